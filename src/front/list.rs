//! One page for every list of releases: what it holds is a filter, and the page says which, and how to narrow or widen it.

use maud::{Markup, html};

use super::home::{family_name, tabs};
use super::narrow::{self, Choice, Facet, Narrow};
use crate::directory::{Institution, Topic};
use crate::kit::clock::Month;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::public::{Feed, Find, Frame, Section, find};
use crate::paths;
use crate::phrases::{Phrases, phrases};
use crate::release::decision::Proposer;
use crate::release::public::{Card, Listed, Start};
use crate::release::views::{self, Column, Show};
use crate::search::filter::{Filter, Period, Resolved};

/// How many releases a page of a list holds.
pub const SIZE: usize = 20;
/// How many months one can narrow to here; all stand in the archive.
pub const MONTHS: usize = 6;
/// Up to how many institutions one can narrow to here; more stand on their own page.
pub const INSTITUTIONS: usize = 20;
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

    fn narrow(&self) -> Narrow<'_> {
        Narrow { lang: self.lang, wish: self.wish, to: paths::releases, stays: "" }
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
    let choices = it.narrow().chosen().len();
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
        feeds: vec![feed(lang, it.wish)],
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
    let mut heading = match (&wish.institution, &wish.meeting, &wish.mandate, wish.filter.family) {
        (Some(institution), ..) => words.front_list_of(institution.names.text(lang)),
        (None, Some(meeting), ..) => words.front_list_of(views::meeting_name(meeting, lang)),
        (None, None, Some(mandate), _) => words.front_list_of(member_name(mandate, lang)),
        (None, None, None, Some(family)) => words.front_list_of(family_name(family, words)),
        (None, None, None, None) => words.front_heading(),
    };
    if let Some(mandate) = wish.mandate.as_ref().filter(|_| wish.institution.is_some() || wish.meeting.is_some()) {
        heading = words.front_list_in(heading, member_name(mandate, lang));
    }
    if let Some(instrument) = wish.filter.instrument {
        heading = words.front_list_in(heading, views::instrument_name(instrument, lang));
    }
    if let Some(topic) = &wish.topic {
        heading = words.front_list_about(heading, topic.names.text(lang));
    }
    if let Some(period) = wish.filter.period {
        heading = words.front_list_in(heading, period_name(lang, period));
    }
    heading
}

/// A member of the government with their title.
pub fn member_name(mandate: &Proposer, lang: Lang) -> String {
    format!("{}, {}", mandate.name, mandate.titles.text(lang))
}

/// The feed of the list, called as it is.
pub fn feed(lang: Lang, wish: &Resolved) -> Feed {
    let title = match &wish.filter.words {
        Some(typed) => format!("{} – {}", phrases(lang).search_page_title(typed.shown()), heading(lang, wish)),
        None => heading(lang, wish),
    };
    Feed { query: wish.filter.canonical(), title }
}

/// "November 2026", or "2026".
pub fn period_name(lang: Lang, period: Period) -> String {
    match period {
        Period::Year(year) => year.to_string(),
        Period::Month(month) => dates::month_name(lang, month),
        Period::Day(day) => dates::long(lang, day),
    }
}

fn main(it: &List<'_>, title: &str, words: &Phrases) -> Markup {
    let lang = it.lang;
    let show = Show { lang, zone: it.settings.zone, column: Column::Hour, level: 3, brief: false };
    html! {
        div.head.list-head {
            h1 { (title) }
            (it.narrow().understood(&words.front_chosen(), None))
        }
        div.cols.left {
            (it.narrow().panel(&facets(it, words), &words.front_narrow_close()))
            div.list {
                (find(&Find { id: "within", label: &words.search_within(), label_seen: true, big: false, within: true, words: "", kept: &it.filter().canonical(), lang }))
                // An institution is of one family, which its page names.
                @if it.wish.institution.is_none() { (tabs(lang, it.filter(), words)) }
                @if it.releases.is_empty() {
                    (empty(it, words))
                } @else {
                    (views::by_day(it.releases, &show))
                }
                (narrow::pager(
                    words,
                    it.newer().map(|to| (to, words.front_newer())),
                    None,
                    it.older().map(|to| (to, words.front_older())),
                ))
                p.more.no-print {
                    a href=(paths::subscribe(lang, &it.filter().lasting().canonical())) { (words.front_list_subscribe()) }
                    // Nothing new comes to a month that is over.
                    @let followed = Filter { period: None, ..it.filter().clone() };
                    a href=(paths::feed(lang, "atom", &followed.canonical())) type=(paths::FEED_FORMATS[0].2) { (words.feeds_of_list()) }
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

/// The ways to narrow the list.
fn facets(it: &List<'_>, words: &Phrases) -> Vec<Facet> {
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
                count: None,
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
                count: None,
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
            count: None,
            chosen: false,
            to: Filter { institution: Some(institution.code.clone()), ..filter.clone() },
        })
        .chain(it.wish.institution.iter().map(|own| Choice {
            name: views::text(&own.names, lang),
            count: None,
            chosen: true,
            to: Filter { institution: None, ..filter.clone() },
        }))
        .collect();
    vec![
        Facet {
            id: "by-month",
            name: words.front_narrow_month(),
            choices: months,
            all: Some((paths::archive(lang), words.front_other_months())),
        },
        Facet {
            id: "by-topic",
            name: words.front_narrow_topic(),
            choices: topics,
            all: (it.topics.len() > TOPICS).then(|| (paths::topics(lang), words.front_all_topics())),
        },
        Facet {
            id: "by-institution",
            name: words.front_narrow_institution(),
            choices: institutions,
            all: Some((paths::institutions(lang), words.front_all_institutions())),
        },
    ]
}
