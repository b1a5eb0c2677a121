//! What a list or a search holds, each part with the link that removes it, and the ways to narrow it further: shared by
//! both pages, which differ in where their filters lead.

use maud::{Markup, html};

use super::home::family_name;
use super::list::member_name;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::phrases::{Phrases, language_name, phrases};
use crate::release::views::{instrument_name, kind_name, meeting_name};
use crate::search::filter::{Filter, Period, Resolved};

/// The page whose filter is narrowed.
#[derive(Debug, Clone, Copy)]
pub struct Narrow<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// What it holds.
    pub wish: &'a Resolved,
    /// Where a canonical query string leads: `paths::releases` or `paths::search`.
    pub to: fn(Lang, &str) -> String,
    /// A parameter of the page that stays with every filter, as `order=best`; or nothing.
    pub stays: &'a str,
}

/// One value of a facet: its name, how many there would be, whether it is chosen, and the filter that following it leads to.
#[derive(Debug)]
pub struct Choice {
    /// What it is called.
    pub name: Markup,
    /// How many releases there are with it, if that is counted.
    pub count: Option<u64>,
    /// Whether the filter holds it.
    pub chosen: bool,
    /// The filter with it, or without it if it is chosen.
    pub to: Filter,
}

/// One way to narrow.
#[derive(Debug)]
pub struct Facet {
    /// The element's `id`.
    pub id: &'static str,
    /// What it is called.
    pub name: String,
    /// Its values.
    pub choices: Vec<Choice>,
    /// Where all values stand, and what that link is called.
    pub all: Option<(String, String)>,
}

impl Narrow<'_> {
    /// The page with another filter.
    pub fn address(&self, filter: &Filter) -> String {
        let canonical = filter.canonical();
        // With nothing looked for there is no order either.
        let query = match (canonical.is_empty(), self.stays.is_empty()) {
            (false, false) => format!("{canonical}&{}", self.stays),
            _ => canonical,
        };
        (self.to)(self.lang, &query)
    }

    /// The choices that the filter holds, words aside: what each is called, and the filter without it.
    pub fn chosen(&self) -> Vec<(String, Filter)> {
        let filter = &self.wish.filter;
        let words = phrases(self.lang);
        let name = |texts: &Texts| texts.text(self.lang).to_owned();
        let mut chosen = Vec::new();
        if let Some(family) = filter.family {
            let label = words.front_chosen_source(family_name(family, words));
            chosen.push((label, Filter { family: None, ..filter.clone() }));
        }
        if let Some(institution) = &self.wish.institution {
            let label = words.front_chosen_institution(name(&institution.names));
            chosen.push((label, Filter { institution: None, ..filter.clone() }));
        }
        if let Some(mandate) = &self.wish.mandate {
            let label = words.council_chosen_mandate(member_name(mandate, self.lang));
            chosen.push((label, Filter { mandate: None, ..filter.clone() }));
        }
        if let Some(topic) = &self.wish.topic {
            let label = words.front_chosen_topic(name(&topic.names));
            chosen.push((label, Filter { topic: None, ..filter.clone() }));
        }
        if let Some(meeting) = &self.wish.meeting {
            let label = words.council_chosen_meeting(meeting_name(meeting, self.lang));
            chosen.push((label, Filter { meeting: None, ..filter.clone() }));
        }
        if let Some(instrument) = filter.instrument {
            let label = words.council_chosen_instrument(instrument_name(instrument, self.lang));
            chosen.push((label, Filter { instrument: None, ..filter.clone() }));
        }
        if let Some(kind) = filter.kind {
            let label = words.search_chosen_kind(kind_name(kind, words));
            chosen.push((label, Filter { kind: None, ..filter.clone() }));
        }
        if let Some(of) = filter.language {
            let label = words.search_chosen_language(language_name(of, self.lang));
            chosen.push((label, Filter { language: None, ..filter.clone() }));
        }
        if let Some(period) = filter.period {
            let label = match period {
                Period::Year(year) => words.front_chosen_year(year.to_string()),
                Period::Month(month) => words.front_chosen_month(dates::month_name(self.lang, month)),
                Period::Day(day) => words.front_chosen_day(dates::long(self.lang, day)),
            };
            chosen.push((label, Filter { period: None, ..filter.clone() }));
        }
        chosen
    }

    /// The filter as the page understood it: a sentence, if there is one to say, and each choice with the link that
    /// removes it.
    pub fn understood(&self, heading: &str, sentence: Option<&Markup>) -> Markup {
        let words = phrases(self.lang);
        let chosen = self.chosen();
        let parts = chosen.len() + usize::from(self.wish.filter.words.is_some());
        html! {
            @if sentence.is_some() || !chosen.is_empty() {
                section.understood aria-labelledby="chosen" {
                    h2.vh #chosen { (heading) }
                    @if let Some(sentence) = sentence { (sentence) }
                    @if !chosen.is_empty() {
                        ul.small.no-print {
                            @for (label, without) in &chosen {
                                li {
                                    span { (label) }
                                    a href=(self.address(without)) { (words.front_remove()) span.vh { " – " (label) } }
                                }
                            }
                            @if parts > 1 { li { a href=((self.to)(self.lang, "")) { (words.front_clear()) } } }
                        }
                    }
                }
            }
        }
    }

    /// The ways to narrow. On a small screen a panel of the browser's own (popover), which `close` closes; a chosen value
    /// is a link that removes it.
    pub fn panel(&self, facets: &[Facet], close: &str) -> Markup {
        let words = phrases(self.lang);
        let count = i64::try_from(self.chosen().len()).unwrap_or_default();
        // Nothing to choose, nothing to open.
        let is_empty = facets.iter().all(|facet| facet.choices.is_empty() && facet.all.is_none());
        html! {
            @if !is_empty { div.no-print {
                button.facets-open type="button" popovertarget="facets" { (words.front_narrow(count)) }
                div.facets #facets popover {
                    button.facets-close type="button" popovertarget="facets" popovertargetaction="hide" { (close) }
                    h2.vh { (words.front_narrow(0)) }
                    @for facet in facets { (self.facet(facet, words)) }
                }
            } }
        }
    }

    fn facet(&self, facet: &Facet, words: &Phrases) -> Markup {
        html! {
            @if !facet.choices.is_empty() || facet.all.is_some() {
                div.facet {
                    h3 id=(facet.id) { (facet.name) }
                    ul aria-labelledby=(facet.id) {
                        @for choice in &facet.choices {
                            li {
                                a href=(self.address(&choice.to)) aria-current=[choice.chosen.then_some("true")] {
                                    span { (choice.name) @if choice.chosen { span.vh { " – " (words.front_remove()) } } }
                                    @if choice.chosen {
                                        span aria-hidden="true" { "×" }
                                    } @else if let Some(count) = choice.count {
                                        " " span.num { (dates::number(self.lang, i64::try_from(count).unwrap_or(i64::MAX))) }
                                    }
                                }
                            }
                        }
                        @if let Some((path, name)) = &facet.all { li.all { a href=(path) { (name) } } }
                    }
                }
            }
        }
    }
}

/// The way back and forth, by the addresses of both and what they are called; between them where one is, if that is known.
pub fn pager(
    words: &Phrases,
    newer: Option<(String, String)>,
    at: Option<String>,
    older: Option<(String, String)>,
) -> Markup {
    html! {
        @if newer.is_some() || older.is_some() {
            nav.pager aria-label=(words.front_pages()) {
                @if let Some((to, name)) = newer { a.button href=(to) rel="prev" { (name) } }
                @if let Some(at) = at { span.meta { (at) } }
                @if let Some((to, name)) = older { a.button.on-end href=(to) rel="next" { (name) } }
            }
        }
    }
}
