//! One page for every list of releases: what it holds is a filter, and the page says which, and how to narrow or widen it.

use maud::{Markup, html};

use super::home::{family_name, tabs};
use crate::directory::{Institution, Topic};
use crate::kit::clock::Month;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::layout::public::{Frame, Section};
use crate::paths;
use crate::phrases::{Phrases, phrases};
use crate::release::public::{Card, Listed, Start};
use crate::release::views::{self, Column, Show};
use crate::search::filter::{Filter, Period, Resolved};

/// How many releases a page of a list holds.
pub const SIZE: usize = 20;
/// How many months one can narrow to here; all stand in the archive.
const MONTHS: usize = 6;
/// Up to how many institutions one can narrow to here; more stand on their own page.
const INSTITUTIONS: usize = 20;
/// How many topics one can narrow to here; all stand on their own page.
const TOPICS: usize = 24;

/// All that the page of a list shows.
#[derive(Debug)]
pub struct List<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// What is looked for.
    pub wish: &'a Resolved,
    /// Where this page of the list begins.
    pub start: Start,
    /// The keys of this page, and whether others stand before and after.
    pub listed: &'a Listed,
    /// The releases of those keys.
    pub releases: &'a [Card],
    /// Every topic, by name.
    pub topics: &'a [Topic],
    /// Every institution, by name.
    pub institutions: &'a [Institution],
    /// The months in which something was published, the newest first.
    pub months: &'a [Month],
}

impl List<'_> {
    fn filter(&self) -> &Filter {
        &self.wish.filter
    }

    /// The address of the page of this list that begins before or after a key.
    fn paged(&self, parameter: &str, key: impl std::fmt::Display) -> String {
        let canonical = self.filter().canonical();
        let joint = if canonical.is_empty() { "" } else { "&" };
        paths::releases(self.lang, &format!("{canonical}{joint}{parameter}={key}"))
    }

    fn older(&self) -> Option<String> {
        self.listed.last.filter(|_| self.listed.has_older).map(|key| self.paged("before", key))
    }

    fn newer(&self) -> Option<String> {
        self.listed.first.filter(|_| self.listed.has_newer).map(|key| self.paged("after", key))
    }
}

/// The page in its frame.
pub fn page(it: &List<'_>) -> Markup {
    let lang = it.lang;
    let words = phrases(lang);
    let title = heading(lang, it.wish);
    let canonical = it.filter().canonical();
    let first = it.start == Start::Newest;
    let choices = chosen(it, words).len();
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang,
        title: title.clone(),
        section: Some(Section::Releases),
        // A key means the same in every language: the reader stays where they are.
        translations: it
            .settings
            .languages
            .iter()
            .map(|of| {
                let own = match it.start {
                    Start::Newest => paths::releases(*of, &canonical),
                    Start::OlderThan(key) => List { lang: *of, ..*it }.paged("before", key),
                    Start::NewerThan(key) => List { lang: *of, ..*it }.paged("after", key),
                };
                (*of, own)
            })
            .collect(),
        indexed: first && choices <= 1 && !it.releases.is_empty(),
        feed: Some(it.filter().canonical()),
        head: html! {
            meta name="description" content={ (title) ". " (words.front_list_description()) };
            @if let Some(older) = it.older() { link rel="next" href=(older); }
            @if let Some(newer) = it.newer() { link rel="prev" href=(newer); }
        },
    };
    crate::layout::public::page(&frame, main(it, &title, words))
}

/// What the list is: "Press releases: Federal Water Agency on the topic of “Water”, November 2026".
pub fn heading(lang: Lang, wish: &Resolved) -> String {
    let words = phrases(lang);
    let mut heading = match (&wish.institution, wish.filter.family) {
        (Some(institution), _) => words.front_list_of(institution.names.text(lang)),
        (None, Some(family)) => words.front_list_of(family_name(family, words)),
        (None, None) => words.front_heading(),
    };
    if let Some(topic) = &wish.topic {
        heading = words.front_list_about(heading, topic.names.text(lang));
    }
    if let Some(period) = wish.filter.period {
        heading = words.front_list_in(heading, period_name(lang, period));
    }
    heading
}

/// "November 2026", or "2026".
pub fn period_name(lang: Lang, period: Period) -> String {
    match period {
        Period::Year(year) => year.to_string(),
        Period::Month(month) => dates::month_name(lang, month),
    }
}

fn main(it: &List<'_>, title: &str, words: &Phrases) -> Markup {
    let lang = it.lang;
    let show = Show { lang, zone: it.settings.zone, column: Column::Hour, level: 3, brief: false };
    html! {
        div.head.list-head {
            h1 { (title) }
            (understood(it, words))
        }
        div.cols.left {
            (narrow(it, words))
            div.list {
                // An institution is of one family, which its page names.
                @if it.wish.institution.is_none() { (tabs(lang, it.filter(), words)) }
                @if it.releases.is_empty() {
                    (empty(it, words))
                } @else {
                    (views::by_day(it.releases, &show))
                }
                (pager(it, words))
                p.more.no-print {
                    a href=(paths::subscribe(lang, &it.filter().lasting().canonical())) { (words.front_list_subscribe()) }
                    // Nothing new comes to a month that is over.
                    @let followed = Filter { period: None, ..it.filter().clone() };
                    a href=(paths::feed(lang, "atom", &followed.canonical())) type="application/atom+xml" { (words.feeds_of_list()) }
                }
            }
        }
    }
}

fn empty(it: &List<'_>, words: &Phrases) -> Markup {
    html! {
        div.nothing.flow {
            @if it.start != Start::Newest {
                p.lead { (words.front_list_end()) }
                p.more { a href=(paths::releases(it.lang, &it.filter().canonical())) { strong { (words.front_list_newest()) } } }
            } @else if it.filter().is_everything() {
                p.lead { (words.front_empty()) }
            } @else {
                p.lead { (words.front_list_empty()) }
                p { (words.front_list_empty_advice()) }
            }
        }
    }
}

fn pager(it: &List<'_>, words: &Phrases) -> Markup {
    let (newer, older) = (it.newer(), it.older());
    html! {
        @if newer.is_some() || older.is_some() {
            nav.pager aria-label=(words.front_pages()) {
                @if let Some(newer) = newer { a.button href=(newer) rel="prev" { (words.front_newer()) } }
                @if let Some(older) = older { a.button.on-end href=(older) rel="next" { (words.front_older()) } }
            }
        }
    }
}

/// A choice that the filter holds: what it is called, and the filter without it.
fn chosen(it: &List<'_>, words: &Phrases) -> Vec<(Markup, Filter)> {
    let filter = it.filter();
    let lang = it.lang;
    let name = |texts: &Texts| texts.text(lang).to_owned();
    let mut chosen = Vec::new();
    if let Some(family) = filter.family {
        let label = words.front_chosen_source(family_name(family, words));
        chosen.push((html! { (label) }, Filter { family: None, ..filter.clone() }));
    }
    if let Some(institution) = &it.wish.institution {
        let label = words.front_chosen_institution(name(&institution.names));
        chosen.push((html! { (label) }, Filter { institution: None, ..filter.clone() }));
    }
    if let Some(topic) = &it.wish.topic {
        let label = words.front_chosen_topic(name(&topic.names));
        chosen.push((html! { (label) }, Filter { topic: None, ..filter.clone() }));
    }
    if let Some(period) = filter.period {
        let label = match period {
            Period::Year(year) => words.front_chosen_year(year.to_string()),
            Period::Month(month) => words.front_chosen_month(dates::month_name(lang, month)),
        };
        chosen.push((html! { (label) }, Filter { period: None, ..filter.clone() }));
    }
    chosen
}

/// The filter as the page understood it, each part with the link that removes it.
fn understood(it: &List<'_>, words: &Phrases) -> Markup {
    let chosen = chosen(it, words);
    html! {
        @if !chosen.is_empty() {
            section.understood.no-print aria-labelledby="chosen" {
                h2.vh #chosen { (words.front_chosen()) }
                ul.small {
                    @for (label, without) in &chosen {
                        li {
                            span { (label) }
                            a href=(paths::releases(it.lang, &without.canonical())) {
                                (words.front_remove()) span.vh { " – " (label) }
                            }
                        }
                    }
                    @if chosen.len() > 1 { li { a href=(paths::releases(it.lang, "")) { (words.front_clear()) } } }
                }
            }
        }
    }
}

/// One value of a facet: its name, whether it is chosen, and the filter that following it leads to.
struct Choice {
    name: Markup,
    chosen: bool,
    to: Filter,
}

/// The ways to narrow the list. On a small screen a panel of the browser's own (popover); a chosen value is a link that
/// removes it.
fn narrow(it: &List<'_>, words: &Phrases) -> Markup {
    let filter = it.filter();
    let lang = it.lang;
    let topics: Vec<Choice> = it
        .topics
        .iter()
        .take(TOPICS)
        .chain(it.wish.topic.iter().filter(|own| it.topics.iter().take(TOPICS).all(|topic| topic.id != own.id)))
        .map(|topic| {
            let chosen = filter.topic.as_ref() == Some(&topic.code);
            Choice {
                name: views::text(&topic.names, lang),
                chosen,
                to: Filter { topic: (!chosen).then(|| topic.code.clone()), ..filter.clone() },
            }
        })
        .collect();
    let months: Vec<Choice> = it
        .months
        .iter()
        .take(MONTHS)
        .copied()
        .chain(
            filter
                .period
                .and_then(Period::month)
                .filter(|own| !it.months.iter().take(MONTHS).any(|month| month == own)),
        )
        .map(|month| {
            let chosen = filter.period == Some(Period::Month(month));
            Choice {
                name: html! { (dates::month_heading(lang, month)) },
                chosen,
                to: Filter { period: (!chosen).then_some(Period::Month(month)), ..filter.clone() },
            }
        })
        .collect();
    let of_family: Vec<&Institution> = it
        .institutions
        .iter()
        .filter(|institution| filter.family.is_none_or(|family| institution.family == family))
        .collect();
    let institutions: Vec<Choice> = of_family
        .iter()
        .filter(|_| it.wish.institution.is_none() && of_family.len() <= INSTITUTIONS)
        .map(|institution| Choice {
            name: views::text(&institution.names, lang),
            chosen: false,
            to: Filter { institution: Some(institution.code.clone()), ..filter.clone() },
        })
        .chain(it.wish.institution.iter().map(|own| Choice {
            name: views::text(&own.names, lang),
            chosen: true,
            to: Filter { institution: None, ..filter.clone() },
        }))
        .collect();
    let count = i64::try_from(chosen(it, words).len()).unwrap_or_default();
    html! {
        div.no-print {
            button.facets-open type="button" popovertarget="facets" { (words.front_narrow(count)) }
            div.facets #facets popover {
                button.facets-close type="button" popovertarget="facets" popovertargetaction="hide" { (words.front_narrow_close()) }
                h2.vh { (words.front_narrow(0)) }
                (facet("by-month", &words.front_narrow_month(), &months, lang, words, Some((paths::archive(lang), words.front_other_months()))))
                (facet("by-topic", &words.front_narrow_topic(), &topics, lang, words,
                    (it.topics.len() > TOPICS).then(|| (paths::topics(lang), words.front_all_topics()))))
                (facet("by-institution", &words.front_narrow_institution(), &institutions, lang, words,
                    Some((paths::institutions(lang), words.front_all_institutions()))))
            }
        }
    }
}

fn facet(
    id: &str,
    name: &str,
    choices: &[Choice],
    lang: Lang,
    words: &Phrases,
    all: Option<(String, String)>,
) -> Markup {
    html! {
        @if !choices.is_empty() || all.is_some() {
            div.facet {
                h3 id=(id) { (name) }
                ul aria-labelledby=(id) {
                    @for choice in choices {
                        li {
                            a href=(paths::releases(lang, &choice.to.canonical())) aria-current=[choice.chosen.then_some("true")] {
                                span { (choice.name) @if choice.chosen { span.vh { " – " (words.front_remove()) } } }
                                @if choice.chosen { span aria-hidden="true" { "×" } }
                            }
                        }
                    }
                    @if let Some((path, name)) = &all { li.all { a href=(path) { (name) } } }
                }
            }
        }
    }
}
