//! How the desk shows an edition in its lists: its state, its headline, what is missing, what to do next.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::query::Row;
use super::states;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::desk::{self, Mark};
use crate::paths;
use crate::phrases::Phrases;
use crate::release::state::State;

/// What every row is shown with.
#[derive(Clone, Copy)]
pub struct Show<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'static Phrases,
    /// The instant that decides.
    pub now: DateTime<Utc>,
}

impl Show<'_> {
    /// The hour of today, the day of any other.
    pub fn when(&self, at: DateTime<Utc>) -> String {
        let zone = self.settings.zone;
        let day = dates::day(zone, at);
        if day == dates::day(zone, self.now) { dates::hour(self.lang, zone, at) } else { dates::short(self.lang, day) }
    }

    /// The hour of today, day and hour of any other; within a sentence.
    pub fn when_in_words(&self, at: DateTime<Utc>) -> String {
        let zone = self.settings.zone;
        let (day, hour) = (dates::day(zone, at), dates::hour_in_words(self.lang, zone, at));
        if day == dates::day(zone, self.now) { hour } else { format!("{}, {hour}", dates::short(self.lang, day)) }
    }
}

/// The mark and the word of where it stands.
pub fn state(row: &Row, words: &Phrases) -> Markup {
    match row.state {
        State::Published | State::Superseded => states::public(words, row.public_state),
        open => states::edition(words, open),
    }
}

/// The headline, which leads to what one does with it.
pub fn title(row: &Row, lang: Lang, words: &Phrases, to: &str) -> Markup {
    match row.title(lang) {
        Some((of, title)) => html! { a href=(to) lang=[(of != lang).then_some(of)] { (title) } },
        None => html! { a href=(to) { (words.desk_untitled()) " " (number(row)) } },
    }
}

/// Its number; until it has one, the desk's own, of another form.
pub fn number(row: &Row) -> String {
    row.reference.clone().unwrap_or_else(|| format!("W-{}", row.release_id))
}

/// What the languages of a draft have and miss: "FR complete, NL without text".
pub fn languages(row: &Row, words: &Phrases) -> Markup {
    let there = |lang: &Lang| {
        let filled = row.filled(*lang);
        row.required.contains(lang) || filled.title || filled.body
    };
    let code = |lang: &Lang| lang.code().to_uppercase();
    let langs: Vec<Lang> = Lang::ALL.into_iter().filter(there).collect();
    let whole: Vec<String> =
        langs.iter().filter(|lang| row.filled(**lang).title && row.filled(**lang).body).map(code).collect();
    let holes: Vec<String> = langs
        .iter()
        .filter_map(|lang| {
            let filled = row.filled(*lang);
            match (filled.title, filled.body) {
                (true, true) => None,
                (true, false) => Some(words.home_without_text(code(lang))),
                (false, true) => Some(words.home_without_title(code(lang))),
                (false, false) => Some(words.home_missing(code(lang))),
            }
        })
        .collect();
    html! {
        @if let Some((last, others)) = whole.split_last() {
            @if others.is_empty() { (words.home_complete(last)) } @else { (words.home_complete_both(others.join(", "), last)) }
            @if !holes.is_empty() { ", " }
        }
        @for (place, hole) in holes.iter().enumerate() {
            @if place > 0 { ", " }
            span.warn { (desk::mark(Mark::Missing)) " " (hole) }
        }
    }
}

/// Who else has it open.
pub fn others(row: &Row, show: &Show<'_>) -> Markup {
    html! {
        @for (name, since) in row.others() { " · " span.who { (show.words.home_open_at(name, show.when_in_words(since))) } }
    }
}

/// Whether it is of today, for the list of what is urgent.
pub fn is_today(at: DateTime<Utc>, show: &Show<'_>) -> bool {
    let zone = show.settings.zone;
    dates::day(zone, at) == dates::day(zone, show.now)
}

/// A row of a list: its state, its headline, whose it is, how far it is, when.
pub fn listed(row: &Row, show: &Show<'_>) -> Markup {
    let words = show.words;
    let to = match row.state {
        State::Draft => paths::of_release(paths::DESK_EDITOR, row.release_id),
        _ => paths::of_release(paths::DESK_RELEASE, row.release_id),
    };
    let at = row.planned_at.filter(|_| row.state == State::Scheduled).or(row.published_at).or(row.saved_at);
    desk::row(
        state(row, words),
        title(row, show.lang, words, &to),
        html! {
            (number(row)) " · " (row.lead.text(show.lang)) " · " (languages(row, words)) (others(row, show))
        },
        html! { @if let Some(at) = at { time.soft datetime=(dates::machine(show.settings.zone, at)) { (show.when(at)) } } },
    )
}
