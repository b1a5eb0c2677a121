//! The frame of the public site: complete without script, without a cookie, without anything from elsewhere.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::kit::web::assets;
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// The part of the menu that a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Releases and their lists.
    Releases,
    /// The meetings of the Council of Ministers.
    Council,
    /// Who issues them.
    Institutions,
    /// What they are about.
    Topics,
    /// Whom the press calls.
    Contacts,
    /// By month.
    Archive,
    /// By mail.
    Subscribe,
    /// By words: the page has the form itself, and its head none.
    Search,
}

/// What the frame needs to know of the page in it.
pub struct Frame<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether a line says that this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// Its title, without the site's name; empty on the front page.
    pub title: String,
    /// The part of the menu that is current.
    pub section: Option<Section>,
    /// The paths of this page in each language in which it exists, its own included.
    pub translations: Vec<(Lang, String)>,
    /// Whether search engines may keep it.
    pub indexed: bool,
    /// The lists that readers of this page may want to follow, the first one first.
    pub feeds: Vec<Feed>,
    /// What else stands in the head: description, Open Graph, structured data.
    pub head: Markup,
}

/// A list that can be followed by feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Its filter in canonical form; empty for everything.
    pub query: String,
    /// What is in it, as a feed reader offers it: the same list has the same title on every page.
    pub title: String,
}

impl Feed {
    /// That of all press releases.
    pub fn all(lang: Lang) -> Self {
        Self { query: String::new(), title: phrases(lang).front_heading() }
    }
}

/// The whole page around its `main` part.
pub fn page(frame: &Frame<'_>, main: Markup) -> Markup {
    let lang = frame.lang;
    let words = phrases(lang);
    let site = frame.settings.site_name.text(lang);
    let title = if frame.title.is_empty() {
        format!("{} – {site}", words.nav_releases())
    } else {
        format!("{} – {site}", frame.title)
    };
    let own = frame.translations.iter().find(|(of, _)| *of == lang);
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::address("site.css"));
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                @if !frame.indexed { meta name="robots" content="noindex"; }
                @if let (true, Some((_, path))) = (frame.indexed, own) {
                    link rel="canonical" href=(frame.settings.absolute(path));
                    @for (of, path) in &frame.translations {
                        link rel="alternate" hreflang=(of) href=(frame.settings.absolute(path));
                    }
                }
                @for feed in &frame.feeds {
                    @for (format, name, kind) in paths::FEED_FORMATS {
                        link rel="alternate" type=(kind) title={ (feed.title) " – " (site) " (" (name) ")" } href=(paths::feed(lang, format, &feed.query));
                    }
                }
                (frame.head)
                script src=(assets::address("site.js")) defer {}
            }
            body {
                a.skip href="#main" { (words.skip_to_content()) }
                (header(frame, words))
                div.site-head { hr.head-rule; }
                main.page #main tabindex="-1" { (main) }
                (footer(frame, words))
            }
        }
    }
}

fn header(frame: &Frame<'_>, words: &Phrases) -> Markup {
    let lang = frame.lang;
    let service =
        frame.settings.site_service.as_ref().map_or_else(|| words.press_centre(), |texts| texts.text(lang).to_owned());
    html! {
        header.site-head {
            nav.site-langs aria-label=(words.language_menu()) {
                ul {
                    @for of in &frame.settings.languages {
                        @let path = frame.translations.iter().find(|(there, _)| there == of).map_or_else(|| paths::home(*of), |(_, path)| path.clone());
                        li { a href=(path) lang=(of) hreflang=(of) aria-current=[(*of == lang).then_some("true")] { (of.own_name()) } }
                    }
                }
            }
            p.brand {
                a href=(paths::home(lang)) {
                    (logo())
                    span { (frame.settings.site_name.text(lang)) small { (service) } }
                }
            }
            button.menu-open type="button" popovertarget="menu" { (words.menu()) }
            div.menu #menu popover {
                button.menu-close type="button" popovertarget="menu" popovertargetaction="hide" { (words.menu_close()) }
                nav.site-nav aria-label=(words.sections()) {
                    ul {
                        @for (section, path, name) in [
                            (Section::Releases, paths::home(lang), words.nav_releases()),
                            (Section::Council, paths::council(lang, ""), words.nav_council()),
                            (Section::Institutions, paths::institutions(lang), words.nav_institutions()),
                            (Section::Topics, paths::topics(lang), words.nav_topics()),
                            (Section::Contacts, paths::press_contacts(lang), words.directory_press_contacts()),
                            (Section::Archive, paths::archive(lang), words.nav_archive()),
                            (Section::Subscribe, paths::subscribe(lang, ""), words.nav_subscribe()),
                        ] {
                            @let is_own = frame.translations.iter().any(|(_, own)| *own == path);
                            @let current = if frame.section != Some(section) { None } else if is_own { Some("page") } else { Some("true") };
                            li { a href=(path) aria-current=[current] { (name) } }
                        }
                    }
                }
                @if frame.section != Some(Section::Search) {
                    (find(&Find { lang, id: "find", label: &words.find_label(), label_seen: false, big: false, within: false, words: "", kept: "" }))
                }
            }
        }
    }
}

/// The form that looks for press releases by their words.
#[derive(Debug, Clone, Copy)]
pub struct Find<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// The field's: a page may have the form of its head and one of its own.
    pub id: &'a str,
    /// What the field is called.
    pub label: &'a str,
    /// Whether that is seen, or for screen readers only.
    pub label_seen: bool,
    /// Whether the page is there for it.
    pub big: bool,
    /// Whether it looks within the list that it stands on, and its button says so.
    pub within: bool,
    /// What was typed before.
    pub words: &'a str,
    /// The canonical form of a filter whose choices stay.
    pub kept: &'a str,
}

/// Leads to the search; `static/site.js` completes what is being typed.
pub fn find(it: &Find<'_>) -> Markup {
    let words = phrases(it.lang);
    html! {
        form.find.big[it.big] role="search" aria-label=(it.label) action=(paths::search(it.lang, "")) {
            label class=(if it.label_seen { "label" } else { "vh" }) for=(it.id) { (it.label) }
            input type="search" id=(it.id) name="q" value=[(!it.words.is_empty()).then_some(it.words)] enterkeyhint="search"
                autocomplete="off" autocapitalize="none" data-suggest=(paths::suggestions(it.lang));
            @for (name, value) in url::form_urlencoded::parse(it.kept.as_bytes()).filter(|(name, _)| name != "q") {
                input type="hidden" name=(name) value=(value);
            }
            button.main[it.big] { @if it.within { (words.find_submit_within()) } @else { (words.find_submit()) } }
        }
    }
}

fn footer(frame: &Frame<'_>, words: &Phrases) -> Markup {
    let lang = frame.lang;
    html! {
        footer.site-foot {
            div {
                p {
                    (words.footer_text())
                    @if let Some(owner) = &frame.settings.site_owner { " " (words.footer_owner(owner.text(lang))) }
                    @if frame.demo {
                        span.demo-note { (words.demo_note()) " " a href=(paths::MAILBOX) { (words.demo_mailbox()) } }
                    }
                }
                nav aria-label=(words.about_site()) {
                    ul {
                        li { a href=(paths::archive(lang)) { (words.nav_archive()) } }
                        li { a href=(paths::feeds(lang)) { (words.feeds_nav()) } }
                        li { a href=(paths::present_government(lang)) { (words.government_title()) } }
                        li { a href=(paths::managing(lang)) { (words.manage_nav()) } }
                        li { a href=(paths::press_contacts(lang)) { (words.directory_press_contacts()) } }
                        li { a href=(paths::mailings(lang)) { (words.mailings_status_title()) } }
                        @for (page, name) in [
                            (paths::ABOUT, words.nav_about()),
                            (paths::CONTACT, words.nav_contact()),
                            (paths::HELP, words.nav_help()),
                            (paths::ACCESSIBILITY, words.nav_accessibility()),
                            (paths::PRIVACY, words.nav_privacy()),
                            (paths::LEGAL, words.nav_legal()),
                        ] { li { a href=(paths::site_page(lang, page)) { (name) } } }
                        li { a href=(paths::SECURITY_TXT) { (words.nav_security()) } }
                        li { a href=(paths::DESK) { (words.nav_desk()) } }
                    }
                }
            }
        }
    }
}

/// The sign of the house, drawn in the accent: lines of a text that has been sent.
pub fn logo() -> Markup {
    PreEscaped(
        r#"<svg viewBox="0 0 44 44" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="3.5" d="M2 9c7-6 13-6 20 0s13 6 20 0M2 18c7-6 13-6 20 0s13 6 20 0M2 27c7-6 13-6 20 0s13 6 20 0M2 36c7-6 13-6 20 0s13 6 20 0"/></svg>"#
            .to_owned(),
    )
}
