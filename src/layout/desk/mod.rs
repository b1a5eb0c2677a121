//! The frame of the desk, and the parts its pages are made of.
//!
//! A page says first how things stand (`page_top`), then what there is to do. - `marks.rs` one shape for each state;
//! `parts.rs` rows, sections, fields

pub mod marks;
pub mod parts;

use maud::{DOCTYPE, Markup, html};

use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::assets;
use crate::layout::public::logo;
use crate::paths;
use crate::phrases::{Phrases, phrases};

pub use marks::{Mark, Tone, mark, repeated, sprite, state};
pub use parts::{error, field, field_error, page_top, row, section};

/// A part of the desk, as its menu names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// What waits, what is scheduled, what was published.
    Home,
    /// Every release one may see.
    Releases,
    /// The meetings of the Council.
    Council,
    /// Contacts of the institutions, their settings.
    Directory,
    /// Digests and who is reached.
    Mailings,
    /// Who works here.
    People,
    /// Topics, site pages, journal.
    Site,
}

impl Section {
    fn address(self) -> &'static str {
        match self {
            Section::Home => paths::DESK,
            Section::Releases => paths::DESK_RELEASES,
            Section::Council => paths::DESK_MEETINGS,
            Section::Directory => paths::DESK_INSTITUTIONS,
            Section::Mailings => paths::DESK_MAILINGS,
            Section::People => paths::DESK_PEOPLE,
            Section::Site => paths::DESK_SITE,
        }
    }

    fn name(self, words: &Phrases) -> String {
        match self {
            Section::Home => words.desk_title(),
            Section::Releases => words.desk_nav_releases(),
            Section::Council => words.council_nav_desk(),
            Section::Directory => words.desk_nav_directory(),
            Section::Mailings => words.desk_nav_mailings(),
            Section::People => words.desk_nav_people(),
            Section::Site => words.desk_nav_site(),
        }
    }
}

/// Who is signed in, as the frame shows them.
#[derive(Debug, Clone)]
pub struct SignedIn<'a> {
    /// What they are called.
    pub name: &'a str,
    /// What every form of theirs brings back.
    pub form_token: &'a str,
    /// The parts of the desk that are theirs.
    pub sections: &'a [Section],
}

/// What the frame needs to know of the page in it.
pub struct Frame<'a> {
    /// The site.
    pub ctx: &'a Context,
    /// The language of the page.
    pub lang: Lang,
    /// Its title, without the site's name.
    pub title: &'a str,
    /// Who looks at it; nobody at the door.
    pub signed_in: Option<SignedIn<'a>>,
    /// The part of the menu that is current.
    pub section: Option<Section>,
    /// Scripts that make it better, by their names in `static/`.
    pub scripts: &'a [&'static str],
}

/// The whole page around `main`, which brings its own `main` element (see [`main`]).
pub fn frame(frame: &Frame<'_>, main: Markup) -> Markup {
    let (ctx, lang) = (frame.ctx, frame.lang);
    let words = phrases(lang);
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (frame.title) " – " (ctx.settings.site_name.text(lang)) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::address("desk.css"));
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                @for script in frame.scripts { script src=(assets::address(script)) defer {} }
            }
            body {
                a.skip href="#main" { (words.skip_to_content()) }
                @if ctx.demo { aside.demo-line aria-label=(words.mailbox_title()) { a href=(paths::MAILBOX) { (words.mailbox_title()) } } }
                @if ctx.is_held() && frame.signed_in.is_some() {
                    aside.held-line role="alert" { (mark(Mark::Forced)) " " (words.desk_held()) }
                }
                (bar(frame, words))
                (main)
            }
        }
    }
}

/// A page of ordinary measure in its frame.
pub fn page(ctx: &Context, lang: Lang, title: &str, signed_in: Option<SignedIn<'_>>, content: Markup) -> Markup {
    let of = Frame { ctx, lang, title, signed_in, section: None, scripts: &[] };
    frame(&of, main(content))
}

/// The main part of ordinary measure.
pub fn main(content: Markup) -> Markup {
    html! { main.page #main tabindex="-1" { (content) } }
}

fn bar(frame: &Frame<'_>, words: &Phrases) -> Markup {
    html! {
        header.bar {
            a.bar-name href=(paths::DESK) { (logo()) (frame.ctx.settings.site_name.text(frame.lang)) }
            @if let Some(person) = &frame.signed_in {
                nav aria-label=(words.desk_nav()) {
                    ul {
                        @for section in person.sections {
                            li {
                                a href=(section.address())
                                    aria-current=[(frame.section == Some(*section)).then_some("page")] { (section.name(words)) }
                            }
                        }
                    }
                }
                form.bar-search role="search" aria-label=(words.desk_find_all()) action=(paths::DESK_RELEASES) {
                    label.vh for="bar-q" { (words.desk_find_all()) }
                    input #bar-q type="search" name="q";
                    button { (words.desk_find_button()) }
                }
                div.bar-me {
                    a href=(paths::DESK_ACCOUNT) { (person.name) }
                    form method="post" action=(paths::SIGN_OUT) {
                        input type="hidden" name="form_token" value=(person.form_token);
                        button.quiet { (words.sign_out()) }
                    }
                }
            } @else {
                div.bar-me { a href=(paths::home(frame.lang)) { (words.desk_public_site()) } }
            }
        }
    }
}
