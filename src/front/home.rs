//! The front page: what was published last, what of it was corrected, and the ways on.

use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::meetings::views::{self as meetings, Block};
use crate::directory::{Family, Topic};
use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::kit::{clock, dates};
use crate::layout::public::{Feed, Frame, Section};
use crate::paths;
use crate::phrases::{Phrases, phrases};
use crate::release::public::{Card, Issuer, Key};
use crate::release::views::{self, Column, Show};
use crate::search::filter::Filter;

/// How many releases the front page holds.
pub const SIZE: usize = 20;
/// How many corrections it holds at most.
pub const CORRECTIONS: i64 = 5;
/// For how many days a correction is shown.
pub const CORRECTION_DAYS: i64 = 7;
/// For how many days the last meeting of the Council leads.
pub const COUNCIL_DAYS: i64 = 6;
/// How many topics it names at most; all of them stand on their own page.
const TOPICS: usize = 24;

/// All that the front page shows.
#[derive(Debug)]
pub struct Home<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// The newest first.
    pub releases: &'a [Card],
    /// Where older ones begin, if there are any.
    pub older: Option<Key>,
    /// Corrected or withdrawn lately, the newest change first.
    pub corrected: &'a [Card],
    /// Every topic.
    pub topics: &'a [Topic],
    /// When the next digest leaves.
    pub next_sending: Option<DateTime<Utc>>,
    /// The last meeting of the Council, while that is news.
    pub council: Option<Block<'a>>,
}

/// The page in its frame.
pub fn page(it: &Home<'_>) -> Markup {
    let words = phrases(it.lang);
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang: it.lang,
        title: String::new(),
        section: Some(Section::Releases),
        translations: it.settings.languages.iter().map(|of| (*of, paths::home(*of))).collect(),
        indexed: true,
        feeds: vec![Feed::all(it.lang)],
        head: html! {
            meta name="description" content=(words.front_list_description());
            meta property="og:type" content="website";
            meta property="og:title" content=(it.settings.site_name.text(it.lang));
            meta property="og:description" content=(words.front_list_description());
            meta property="og:url" content=(it.settings.absolute(&paths::home(it.lang)));
            meta property="og:locale" content=(it.lang.open_graph());
        },
    };
    crate::layout::public::page(&frame, main(it, words))
}

fn main(it: &Home<'_>, words: &Phrases) -> Markup {
    let lang = it.lang;
    let show = Show { lang, zone: it.settings.zone, column: Column::Hour, level: 4, brief: false };
    html! {
        h1.vh { (words.front_heading()) }
        div.cols {
            div {
                @if let Some(council) = &it.council { (meetings::block(council, it.settings, lang)) }
                section.list aria-labelledby="latest" {
                    h2.vh #latest { (words.front_latest()) }
                    (tabs(lang, &Filter::default(), words))
                    @if it.releases.is_empty() && it.council.is_none() {
                        p.lead { (words.front_empty()) }
                    } @else {
                        (views::by_day(it.releases, &show))
                    }
                    @if let Some(key) = it.older {
                        p.more { a href=(paths::releases(lang, &format!("before={key}"))) rel="next" { strong { (words.front_older()) } } }
                    }
                }
            }
            div.aside {
                (mail(it, words))
                @if !it.corrected.is_empty() {
                    section.sec aria-labelledby="corrections" {
                        h2 #corrections { (words.front_corrections()) }
                        p.small.meta { (words.front_corrections_period()) }
                        (views::dated(it.corrected, &Show { column: Column::Date, level: 3, brief: true, ..show }))
                    }
                }
                (institutions(it, words))
                (topics(it, words))
            }
        }
    }
}

/// The families of sources as tabs, each a link to the list with the rest of the filter kept.
pub fn tabs(lang: Lang, filter: &Filter, words: &Phrases) -> Markup {
    let to = |family: Option<Family>| {
        let wish = Filter { family, ..filter.clone() };
        if wish.is_everything() { paths::home(lang) } else { paths::releases(lang, &wish.canonical()) }
    };
    html! {
        nav.tabs aria-label=(words.front_sources()) {
            ul {
                li { a href=(to(None)) aria-current=[filter.family.is_none().then_some("page")] { (words.front_all()) } }
                @for family in Family::ALL {
                    li { a href=(to(Some(*family))) aria-current=[(filter.family == Some(*family)).then_some("page")] { (family_name(*family, words)) } }
                }
            }
        }
    }
}

/// What a family is called.
pub fn family_name(family: Family, words: &Phrases) -> String {
    match family {
        Family::Council => words.family_council(),
        Family::Government => words.family_government(),
        Family::Institutions => words.family_institutions(),
    }
}

fn mail(it: &Home<'_>, words: &Phrases) -> Markup {
    let lang = it.lang;
    let zone = it.settings.zone;
    html! {
        section.sec.no-print aria-labelledby="mail" {
            h2 #mail { (words.front_mail_heading()) }
            p.small { (words.front_mail_text(hours(lang, &it.settings.slots, words))) }
            @if let Some(at) = it.next_sending {
                p.small {
                    (words.front_mail_next()) " "
                    time datetime=(dates::machine(zone, at)) {
                        b { (dates::full(lang, dates::day(zone, at))) ", " (dates::hour_in_words(lang, zone, at)) }
                    }
                }
            }
            p.more { a href=(paths::subscribe(lang, "")) { strong { (words.front_mail_subscribe()) } } }
        }
    }
}

/// `9:00, 13:00 et 17:00`, `9.00, 13.00 en 17.00 uur`.
fn hours(lang: Lang, slots: &[NaiveTime], words: &Phrases) -> String {
    let form = match lang {
        Lang::Fr | Lang::En => "%-H:%M",
        Lang::Nl | Lang::De => "%-H.%M",
    };
    let mut hours: Vec<String> = slots.iter().map(|slot| slot.format(form).to_string()).collect();
    let last = hours.pop().unwrap_or_default();
    let joined =
        if hours.is_empty() { last } else { format!("{} {} {last}", hours.join(", "), words.front_last_word()) };
    match lang {
        Lang::Fr | Lang::En => joined,
        Lang::Nl => format!("{joined}\u{a0}uur"),
        Lang::De => format!("{joined}\u{a0}Uhr"),
    }
}

/// The first slot after `now`, by the site's wall clock: summer time moves it as it moves everybody's.
pub fn next_sending(zone: Tz, slots: &[NaiveTime], now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = dates::day(zone, now);
    let days = [Some(today), today.checked_add_days(Days::new(1))];
    days.into_iter()
        .flatten()
        .flat_map(|day| slots.iter().map(move |slot| clock::instant(zone, day.and_time(*slot))))
        .filter(|at| *at > now)
        .min()
}

/// Whoever published one of the releases on the page, in the order of their last one.
fn institutions(it: &Home<'_>, words: &Phrases) -> Markup {
    let mut seen: Vec<&Issuer> = Vec::new();
    for issuer in it.releases.iter().flat_map(|card| &card.issuers) {
        if seen.iter().all(|before| before.id != issuer.id) {
            seen.push(issuer);
        }
    }
    html! {
        section.sec.no-print aria-labelledby="institutions" {
            h2 #institutions { (words.nav_institutions()) }
            ul.ways.small {
                @for issuer in seen.iter().take(8) {
                    li { a href=(paths::institution(it.lang, &issuer.code)) { (views::text(&issuer.names, it.lang)) } }
                }
            }
            p.more { a href=(paths::institutions(it.lang)) { (words.front_all_institutions()) } }
        }
    }
}

fn topics(it: &Home<'_>, words: &Phrases) -> Markup {
    html! {
        @if !it.topics.is_empty() {
            section.sec.no-print aria-labelledby="topics" {
                h2 #topics { (words.nav_topics()) }
                ul.topics.small {
                    @for topic in it.topics.iter().take(TOPICS) {
                        li { a href=(paths::releases(it.lang, &format!("topic={}", topic.code))) { (views::text(&topic.names, it.lang)) } }
                    }
                }
                p.more { a href=(paths::topics(it.lang)) { (words.front_all_topics()) } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_sending_is_the_next_slot_of_the_wall_clock() {
        let zone = chrono_tz::Europe::Brussels;
        let slots: Vec<NaiveTime> =
            [9, 13, 17].iter().filter_map(|hour| NaiveTime::from_hms_opt(*hour, 0, 0)).collect();
        for (now, expected) in [
            ("2026-11-20T12:05:00Z", "2026-11-20T16:00:00Z"),
            ("2026-11-20T12:00:00Z", "2026-11-20T16:00:00Z"),
            ("2026-11-20T11:59:59Z", "2026-11-20T12:00:00Z"),
            ("2026-11-20T16:00:00Z", "2026-11-21T08:00:00Z"),
            // The night in which summer time begins.
            ("2026-03-28T20:00:00Z", "2026-03-29T07:00:00Z"),
        ] {
            let at = next_sending(zone, &slots, now.parse().expect("an instant"));
            assert_eq!(at, Some(expected.parse::<DateTime<Utc>>().expect("an instant")), "{now}");
        }
        assert_eq!(next_sending(zone, &[], Utc::now()), None);
    }

    #[test]
    fn hours_are_listed_as_each_language_does() {
        let slots: Vec<NaiveTime> =
            [9, 13, 17].iter().filter_map(|hour| NaiveTime::from_hms_opt(*hour, 0, 0)).collect();
        for (lang, slots, expected) in [
            (Lang::Fr, &slots[..], "9:00, 13:00 et 17:00"),
            (Lang::Nl, &slots[..], "9.00, 13.00 en 17.00\u{a0}uur"),
            (Lang::De, &slots[..1], "9.00\u{a0}Uhr"),
            (Lang::En, &slots[..2], "9:00 and 13:00"),
        ] {
            assert_eq!(hours(lang, slots, phrases(lang)), expected);
        }
    }
}
