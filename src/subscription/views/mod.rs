//! The form, and the pages behind the links in mails.
//!
//! - `form.rs` the parts of forms · `manage.rs` one's own subscriptions

pub mod form;
pub mod manage;

use maud::{Markup, html};

use self::form::Shown;
use super::model::Subscription;
use super::rhythm::{Frequency, Rhythm};
use super::signup::{Choices, Form, Problem};
use super::wording;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::public::{self, Frame, Section};
use crate::paths;
use crate::phrases::phrases;

/// The form, with what has to be corrected beside each field; the first of them gets the focus.
pub fn form(ctx: &Context, lang: Lang, query: &str, choices: &Choices, form: &Form, problems: &[Problem]) -> Markup {
    let words = phrases(lang);
    let shown = Shown { lang, choices, form, problems };
    let main = html! {
        div.cols {
            div.flow {
                header.head {
                    h1 { (words.subscription_title()) }
                    p.lead { (words.subscription_lead()) }
                }
                (shown.errors())
                form.form method="post" action=(paths::subscribe(lang, "")) novalidate {
                    (shown.what())
                    (shown.when("", &words.subscription_when()))
                    (shown.order(&words.subscription_languages()))
                    (shown.address(&words.subscription_where(), &words.subscription_address_hint()))
                    p { button.main { (words.subscription_send()) } }
                }
            }
            div.aside {
                section.sec aria-labelledby="mine" {
                    h2 #mine { (words.subscription_leave_title()) }
                    p.small { (words.subscription_leave()) }
                    p.small { (words.subscription_several()) }
                    p.more.small { a href=(paths::managing(lang)) { (words.manage_nav()) } }
                    // Whoever has theirs open adds this list there; without, the page asks for a link.
                    p.more.small { a href=(addition(lang, query)) rel="nofollow" { (words.subscription_add_mine()) } }
                }
                section.sec aria-labelledby="narrower" {
                    h2 #narrower { (words.subscription_narrower_title()) }
                    p.small { (words.subscription_narrower()) }
                    p.more.small { a href=(paths::search(lang, "")) { (words.subscription_narrower_link()) } }
                }
                section.sec aria-labelledby="data" {
                    h2 #data { (words.subscription_data_title()) }
                    p.small { (words.subscription_data()) }
                    p.more.small { a href=(paths::site_page(lang, paths::PRIVACY)) { (words.nav_privacy()) } }
                }
            }
        }
    };
    let frame = frame(ctx, lang, words.subscription_title(), true, |of| paths::subscribe(of, query));
    public::page(&frame, main)
}

/// After the form: the same for every address.
pub fn asked(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.subscription_asked_title(), &words.subscription_asked()))
        p { (words.subscription_asked_late()) }
        p { (words.subscription_several()) }
        p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } }
    };
    public::page(&frame(ctx, lang, words.subscription_asked_title(), false, paths::subscription_asked), main)
}

/// Where the link of the confirmation mail leads: one button.
pub fn confirm(ctx: &Context, lang: Lang, token: &str, choice: &str, rhythm: &Rhythm) -> Markup {
    let words = phrases(lang);
    let often = wording::rhythm(rhythm, &ctx.settings.slots, lang);
    let main = html! {
        (head(&words.subscription_confirm_title(), &words.subscription_confirm(choice, &often)))
        form method="post" action=(paths::confirmation(lang, token)) {
            p { button.main { (words.subscription_confirm_button()) } }
        }
    };
    let title = words.subscription_confirm_title();
    public::page(&frame(ctx, lang, title, false, |of| paths::confirmation(of, token)), main)
}

/// It is confirmed, now or before.
pub fn confirmed(ctx: &Context, lang: Lang, token: &str, choice: &str, rhythm: &Rhythm) -> Markup {
    let words = phrases(lang);
    let often = wording::rhythm(rhythm, &ctx.settings.slots, lang);
    let main = html! {
        (head(&words.subscription_confirmed_title(), &words.subscription_confirm(choice, &often)))
        p { (words.subscription_confirmed()) }
        p.more { a href=(addition(lang, "")) rel="nofollow" { (words.manage_add()) } }
        p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } }
        p.more { a href=(paths::home(lang)) { strong { (words.nav_releases()) } } }
    };
    let title = words.subscription_confirmed_title();
    public::page(&frame(ctx, lang, title, false, |of| paths::confirmation(of, token)), main)
}

/// Where a choice is added to the subscriptions that stand open on this device.
fn addition(lang: Lang, filter: &str) -> String {
    let path = paths::managing_part(lang, paths::MANAGE_ADDITION);
    if filter.is_empty() { path } else { format!("{path}?{filter}") }
}

/// A confirmation link that confirms nothing.
pub fn void(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.subscription_void_title(), &words.subscription_void()))
        p { a href=(paths::subscribe(lang, "")) { (words.subscription_again()) } }
    };
    public::page(&frame(ctx, lang, words.subscription_void_title(), false, |of| paths::subscribe(of, "")), main)
}

/// What a subscription brings, how often, and whether it rests, in words: a line of a list.
pub struct Line {
    /// The subscription.
    pub subscription: Subscription,
    /// Its filter in words.
    pub choice: String,
}

impl Line {
    /// How often, and of a pause.
    pub fn standing(&self, settings: &Settings, lang: Lang) -> String {
        let words = phrases(lang);
        let often = dates::capital(&wording::rhythm(&self.subscription.rhythm(), &settings.slots, lang));
        let Some(pause) = self.subscription.pause() else { return format!("{often}.") };
        let day = |at| dates::full(lang, dates::day(settings.zone, at));
        let paused = match pause.until {
            // The last day without mail, not the first with it.
            Some(until) => words.manage_paused_until(day(pause.from), day(until - chrono::Duration::seconds(1))),
            None => words.manage_paused(day(pause.from)),
        };
        format!("{often}. {paused}")
    }
}

/// Where the last link of a mail leads: what runs because of it, in words, with what can be done about it; or that it has
/// ended.
pub fn end(ctx: &Context, lang: Lang, token: &str, lines: &[Line], others: usize) -> Markup {
    let words = phrases(lang);
    let action = paths::unsubscribe(lang, token);
    let button = |scope: &str, label: String, main: bool| {
        html! { button.main[main] name="scope" value=(scope) { (label) } " " }
    };
    let mine = html! { p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } } };
    let (title, main) = if lines.is_empty() {
        let title = words.subscription_ended_title();
        let main = html! {
            (head(&title, &words.subscription_ended()))
            @if others > 0 {
                p { (words.subscription_ended_others(others)) }
                form method="post" action=(action) {
                    p { (button("all", words.subscription_end_all(), false)) }
                }
                (mine)
            }
            p { a href=(paths::subscribe(lang, "")) { (words.subscription_again()) } }
        };
        (title, main)
    } else {
        let title = words.subscription_end_title();
        let chosen = lines.iter().map(|line| line.choice.as_str()).collect::<Vec<_>>().join("; ");
        let own: Vec<&Line> = lines.iter().filter(|line| line.subscription.frequency != Frequency::PressList).collect();
        let is_weekly = own.iter().all(|line| line.subscription.frequency == Frequency::Weekly);
        let is_resting = lines.iter().all(|line| line.subscription.paused_from.is_some());
        let main = html! {
            (head(&title, &words.subscription_end(chosen)))
            ul.flow { @for line in lines { li { b { (line.choice) } br; (line.standing(&ctx.settings, lang)) } } }
            form method="post" action=(action) {
                p.buttons {
                    (button("this", words.subscription_end_this(), true))
                    @if others > 0 { (button("all", words.subscription_end_all(), false)) }
                }
                @if !is_weekly || !is_resting {
                    h2 { (words.subscription_less_title()) }
                    p.buttons {
                        @if !is_weekly && !own.is_empty() { (button("weekly", words.subscription_less_weekly(), false)) }
                        @if !is_resting { (button("pause", words.subscription_less_pause(), false)) }
                    }
                }
            }
            (mine)
        };
        (title, main)
    };
    public::page(&frame(ctx, lang, title, false, |of| paths::unsubscribe(of, token)), main)
}

/// An unsubscribe link that we never signed.
pub fn end_void(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.subscription_end_void_title(), &words.subscription_end_void()))
        p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } }
    };
    public::page(&frame(ctx, lang, words.subscription_end_void_title(), false, |of| paths::subscribe(of, "")), main)
}

fn head(title: &str, lead: &str) -> Markup {
    html! { header.head { h1 { (title) } p.lead { (lead) } } }
}

fn frame<'a>(ctx: &'a Context, lang: Lang, title: String, indexed: bool, path: impl Fn(Lang) -> String) -> Frame<'a> {
    Frame {
        settings: &ctx.settings,
        demo: ctx.demo,
        lang,
        title,
        section: Some(Section::Subscribe),
        translations: ctx.settings.languages.iter().map(|of| (*of, path(*of))).collect(),
        indexed,
        feeds: Vec::new(),
        head: html! {},
    }
}
