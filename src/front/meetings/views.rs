//! The list of meetings, the page of each, and the block that the front page has of the last one.

use chrono::Datelike;
use maud::{Markup, html};
use serde_json::json;

use crate::council::public::{Item, Listed, Meeting};
use crate::directory::public::Contact;
use crate::directory::views::{Moment, public_contacts};
use crate::kit::clock::Year;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::public::{Feed, Frame, Section};
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};
use crate::release::decision::{MeetingKind, Proposer, PublicMeeting};
use crate::release::views::{
    self, Column, Show, instrument_name, json_ld, language_codes, marks, meeting_name, meeting_named, reading_name,
    text, text_of,
};

/// How many decisions the front page names at most; all of them stand on the page of the meeting.
const ON_FRONT: usize = 8;

/// What a meeting is called.
pub fn name_of(meeting: &Meeting, lang: Lang) -> String {
    meeting_named(meeting.kind, meeting.held_on, lang)
}

/// All that the list shows.
pub struct ListPage<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// The year that was asked for; none: the latest in which there was a meeting.
    pub asked: Option<Year>,
    /// The year whose meetings are listed; none if there was no meeting at all.
    pub year: Option<Year>,
    /// All years, the latest first.
    pub years: &'a [Year],
    /// The meetings of the year, the latest first.
    pub meetings: &'a [Listed],
}

/// The meetings of a year.
pub fn list(it: &ListPage<'_>) -> Markup {
    let lang = it.lang;
    let words = phrases(lang);
    let query = it.asked.map(|year| format!("year={year}")).unwrap_or_default();
    let title = match it.asked {
        Some(year) => words.council_list_of(year.to_string()),
        None => words.nav_council(),
    };
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang,
        title: title.clone(),
        section: Some(Section::Council),
        translations: it.settings.languages.iter().map(|of| (*of, paths::council(*of, &query))).collect(),
        indexed: !it.meetings.is_empty(),
        feeds: vec![Feed::all(lang)],
        head: html! {
            meta name="description" content=(words.council_lead());
            (feed_links(it.settings, lang))
        },
    };
    let main = html! {
        header.head {
            h1 { (title) }
            p.lead { @if it.years.is_empty() { (words.council_none()) } @else { (words.council_lead()) } }
        }
        div.cols {
            div {
                @if it.meetings.is_empty() && it.asked.is_some() { p.lead { (words.council_none_in_year()) } }
                @for month in it.meetings.chunk_by(|a, b| a.held_on.month() == b.held_on.month()) {
                    @if let Some(first) = month.first() {
                        @let month_name = dates::month_heading(lang, crate::kit::clock::Month::of(first.held_on));
                        h2.day { (month_name) }
                        ol.items.dated {
                            @for meeting in month { (listed(meeting, it.settings, lang, words)) }
                        }
                    }
                }
            }
            div.aside {
                @if it.years.len() > 1 || it.asked.is_some() {
                    section.sec.no-print aria-labelledby="years" {
                        h2 #years { (words.council_years()) }
                        div.facet { ul {
                            @for year in it.years {
                                @let current = it.year == Some(*year);
                                li { a href=(paths::council(lang, &format!("year={year}"))) aria-current=[current.then_some("true")] { span { (year) } } }
                            }
                        } }
                    }
                }
                section.sec.no-print aria-labelledby="follow" {
                    h2 #follow { (words.council_follow()) }
                    p.more {
                        a href=(paths::subscribe(lang, "family=council")) { strong { (words.council_subscribe()) } }
                        a href=(paths::council_feed(lang, "atom")) type=(paths::FEED_FORMATS[0].2) { (words.council_feed()) }
                        a href=(paths::releases(lang, "family=council")) { (words.council_all_decisions()) }
                    }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

/// One meeting: an `li` with one link.
fn listed(meeting: &Listed, settings: &Settings, lang: Lang, words: &Phrases) -> Markup {
    let name = meeting_named(meeting.kind, meeting.held_on, lang);
    html! {
        li.item {
            h3.item-title { a href=(paths::meeting(lang, &meeting.code)) { (name) } }
            p.item-by {
                time datetime=(meeting.held_on) { (dates::short(lang, meeting.held_on)) } " "
                span.item-source { (words.council_count(meeting.decisions)) } " "
                span.item-codes { (words.council_published_at(
                    dates::long(lang, dates::day(settings.zone, meeting.published_at)),
                    dates::hour_in_words(lang, settings.zone, meeting.published_at),
                )) }
            }
        }
    }
}

/// The feeds of the meetings, for whoever looks for them in the page.
fn feed_links(settings: &Settings, lang: Lang) -> Markup {
    let site = settings.site_name.text(lang);
    html! {
        @for (format, name, kind) in paths::FEED_FORMATS {
            link rel="alternate" type=(kind) title={ (phrases(lang).nav_council()) " – " (site) " (" (name) ")" } href=(paths::council_feed(lang, format));
        }
    }
}

/// All that the page of a meeting shows.
pub struct MeetingPage<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// The meeting.
    pub meeting: &'a Meeting,
    /// Who presided.
    pub chair: Option<&'a Proposer>,
    /// Its decisions, in their order.
    pub items: &'a [Item],
    /// The meeting before it.
    pub before: Option<&'a PublicMeeting>,
    /// The meeting after it.
    pub after: Option<&'a PublicMeeting>,
    /// Whom the press calls.
    pub contacts: &'a [Contact],
    /// Who of them answers.
    pub moment: Moment<'a>,
    /// The files of its decisions, in bytes; none if there are none.
    pub files_bytes: Option<i64>,
}

/// How many of the decisions are there in that language.
fn count_in(items: &[Item], lang: Lang) -> usize {
    items.iter().filter(|item| item.card.versions.contains_key(&lang)).count()
}

/// The page of a meeting.
pub fn meeting(it: &MeetingPage<'_>) -> Markup {
    let lang = it.lang;
    let words = phrases(lang);
    let of = it.meeting;
    let title = name_of(of, lang);
    let there: Vec<Lang> =
        it.settings.languages.iter().copied().filter(|of| *of == lang || count_in(it.items, *of) > 0).collect();
    let description = format!("{title}. {}", words.council_count(count(it.items.len())));
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang,
        title: title.clone(),
        section: Some(Section::Council),
        translations: there.iter().map(|to| (*to, paths::meeting(*to, &of.code))).collect(),
        indexed: count_in(it.items, lang) > 0,
        feeds: vec![Feed { query: format!("meeting={}", of.code), title: title.clone() }],
        head: html! {
            meta name="description" content=(description);
            meta property="og:type" content="website";
            meta property="og:title" content=(title);
            meta property="og:description" content=(description);
            meta property="og:url" content=(it.settings.absolute(&paths::meeting(lang, &of.code)));
            meta property="og:locale" content=(lang.open_graph());
            (json_ld(&event(it, &title)))
        },
    };
    let main = html! {
        div.cols {
            article.flow aria-labelledby="title" {
                header.head {
                    p.kicker { a href=(paths::council(lang, "")) { (words.nav_council()) } }
                    h1 #title { (title) }
                    @if let Some((own, intro)) = of.intros.as_ref().and_then(|texts| texts.get(lang)) {
                        div.prose lang=[(own != lang).then_some(own)] { (text_of(intro, own)) }
                    }
                    (versions(it, words))
                }
                section.sec aria-labelledby="decisions" {
                    h2 #decisions { (words.council_decisions()) }
                    @if it.items.is_empty() { p { (words.council_no_decisions()) } } @else {
                        ol.decisions { @for item in it.items { (decision(item, it, words)) } }
                    }
                }
                nav.pager aria-label=(words.council_meetings_nav()) {
                    @if let Some(before) = it.before { a href=(paths::meeting(lang, &before.code)) rel="prev" { (meeting_name(before, lang)) } }
                    a href=(paths::council(lang, "")) { (words.council_all_meetings()) }
                    @if let Some(after) = it.after { a href=(paths::meeting(lang, &after.code)) rel="next" { (meeting_name(after, lang)) } }
                }
            }
            div.aside {
                (facts(it, words))
                (take_along(it, words))
                (members(it, words))
                (public_contacts(it.contacts, &it.moment, lang, html! {}))
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

/// The languages of the site, and how many decisions are missing in one.
fn versions(it: &MeetingPage<'_>, words: &Phrases) -> Markup {
    let all = it.items.len();
    html! {
        nav.versions aria-label=(words.council_versions()) {
            @for of in &it.settings.languages {
                @let own = count_in(it.items, *of);
                @if *of == it.lang { span aria-current="true" { (of.own_name()) } }
                @else if own > 0 { a href=(paths::meeting(*of, &it.meeting.code)) lang=(of) hreflang=(of) { (of.own_name()) } }
            }
            @for of in &it.settings.languages {
                @let own = count_in(it.items, *of);
                @if own < all {
                    span.missing { (words.council_partly(dates::capital(&language_name(*of, it.lang)), count(own), count(all))) }
                }
            }
        }
    }
}

/// One decision: its title, its lead, what it is, who proposed it, what is with it.
fn decision(item: &Item, it: &MeetingPage<'_>, words: &Phrases) -> Markup {
    let lang = it.lang;
    let Some((of, version, path)) = views::shown(&item.card, lang) else { return html! {} };
    let foreign = (of != lang).then_some(of);
    let show = Show { lang, zone: it.settings.zone, column: Column::Hour, level: 3, brief: false };
    let more = html! {
        @if item.pictures > 0 { span { (words.council_pictures(item.pictures)) } }
        @if item.documents > 0 { span { (words.council_documents(item.documents)) } }
    };
    let is_withdrawn = item.card.release.notice.is_some();
    html! {
        li.decision id={ "d" (item.number) } {
            h3 lang=[foreign] { a href=(path) { (version.title) } }
            @if !version.lead.is_empty() && !is_withdrawn { p lang=[foreign] { (version.lead) } }
            @if !item.instruments.is_empty() {
                p.meta {
                    @for (place, one) in item.instruments.iter().enumerate() {
                        @if place > 0 { " · " }
                        @if place == 0 { (dates::capital(&reading_name(one, lang))) } @else { (reading_name(one, lang)) }
                    }
                }
            }
            @if !item.proposers.is_empty() {
                ul.by.plain aria-label=(words.council_proposed_by()) {
                    @for proposer in &item.proposers { li { (text(&proposer.titles, lang)) " " (proposer.name) } }
                }
            }
            p.marks { (language_codes(&item.card, words, lang)) }
            (marks(&item.card, &show, foreign, (item.pictures + item.documents > 0).then_some(&more), words))
        }
    }
}

fn facts(it: &MeetingPage<'_>, words: &Phrases) -> Markup {
    let (lang, of, zone) = (it.lang, it.meeting, it.settings.zone);
    let on = dates::day(zone, of.published_at);
    html! {
        section.sec aria-labelledby="facts" {
            h2 #facts { (words.council_facts()) }
            dl.facts {
                dt { (words.council_date()) }
                dd { time datetime=(of.held_on) { (dates::full(lang, of.held_on)) } }
                @if of.is_electronic {
                    dt { (words.council_place()) } dd { (words.council_electronic()) }
                } @else if let Some(places) = &of.places {
                    dt { (words.council_place()) } dd { (text(places, lang)) }
                }
                @if let Some(chair) = it.chair {
                    dt { (words.council_chair()) } dd { (chair.name) ", " (text(&chair.titles, lang)) }
                }
                dt { (words.council_publication()) }
                dd {
                    time datetime=(dates::machine(zone, of.published_at)) {
                        @if on != of.held_on { (dates::long(lang, on)) ", " }
                        (dates::hour_in_words(lang, zone, of.published_at))
                    }
                }
                dt { (words.council_decisions()) } dd { (it.items.len()) }
            }
        }
    }
}

/// Everything in one file.
fn take_along(it: &MeetingPage<'_>, words: &Phrases) -> Markup {
    let (lang, code) = (it.lang, it.meeting.code.as_str());
    html! {
        @if !it.items.is_empty() {
            section.sec aria-labelledby="take" {
                h2 #take { (words.council_take_along()) }
                ul.files {
                    li { a href=(paths::press_kit(lang, code, "")) { (words.council_kit_page()) span { (words.council_kit_page_hint()) } } }
                    @for other in it.settings.languages.iter().filter(|of| **of != lang && count_in(it.items, **of) > 0) {
                        li { a href=(paths::press_kit(lang, code, &format!("with={other}"))) {
                            (words.council_kit_two(language_name(lang, lang), language_name(*other, lang)))
                        } }
                    }
                    li { a href=(paths::press_kit_file(lang, code, "md", "")) download { (words.council_kit_text()) span { "Markdown" } } }
                    @if let Some(size) = it.files_bytes {
                        li { a href=(paths::press_kit_file(lang, code, "zip", "")) download {
                            (words.council_kit_zip()) span { "ZIP, " (crate::media::views::bytes(lang, u64::try_from(size).unwrap_or_default())) }
                        } }
                    }
                }
                p.more.small.no-print {
                    a href=(paths::feed(lang, "atom", &format!("meeting={code}"))) type=(paths::FEED_FORMATS[0].2) { (words.council_feed_of()) }
                }
            }
        }
    }
}

/// Who proposed how many, by the order in which they first did.
fn members(it: &MeetingPage<'_>, words: &Phrases) -> Markup {
    let mut counts: Vec<(&Proposer, usize)> = Vec::new();
    for proposer in it.items.iter().flat_map(|item| &item.proposers) {
        match counts.iter_mut().find(|(there, _)| there.id == proposer.id) {
            Some((_, count)) => *count += 1,
            None => counts.push((proposer, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    html! {
        @if !counts.is_empty() {
            section.sec.no-print aria-labelledby="members" {
                h2 #members { (words.council_by_member()) }
                div.facet { ul {
                    @for (proposer, count) in &counts {
                        li { a href=(paths::releases(it.lang, &format!("mandate={}&meeting={}", proposer.code, it.meeting.code))) {
                            span { (proposer.name) ", " (text(&proposer.titles, it.lang)) } " " span.num { (count) }
                        } }
                    }
                } }
            }
        }
    }
}

/// <https://schema.org/Event>: what was decided is its subject.
fn event(it: &MeetingPage<'_>, title: &str) -> serde_json::Value {
    let (lang, of) = (it.lang, it.meeting);
    let decisions: Vec<_> = it
        .items
        .iter()
        .filter_map(|item| {
            let (own, version, path) = views::shown(&item.card, lang)?;
            Some(json!({
                "@type": "NewsArticle",
                "headline": version.title,
                "inLanguage": own.code(),
                "url": it.settings.absolute(&path),
                "position": item.number,
            }))
        })
        .collect();
    let mut event = json!({
        "@context": "https://schema.org",
        "@type": "Event",
        "name": title,
        "startDate": of.held_on.to_string(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": if of.is_electronic {
            "https://schema.org/OnlineEventAttendanceMode"
        } else {
            "https://schema.org/OfflineEventAttendanceMode"
        },
        "inLanguage": lang.code(),
        "url": it.settings.absolute(&paths::meeting(lang, &of.code)),
        "organizer": { "@type": "GovernmentOrganization", "name": phrases(lang).nav_council() },
        "subjectOf": decisions,
    });
    if of.is_electronic {
        event["location"] =
            json!({ "@type": "VirtualLocation", "url": it.settings.absolute(&paths::meeting(lang, &of.code)) });
    } else if let Some(places) = &of.places {
        event["location"] = json!({ "@type": "Place", "name": places.text(lang), "address": places.text(lang) });
    }
    event
}

/// What the front page has of the last meeting.
#[derive(Debug)]
pub struct Block<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// Who presided.
    pub chair: Option<&'a Proposer>,
    /// Its decisions, in their order.
    pub items: &'a [Item],
}

/// The lead story of the front page, just after a Council.
pub fn block(it: &Block<'_>, settings: &Settings, lang: Lang) -> Markup {
    let words = phrases(lang);
    let of = it.meeting;
    let zone = settings.zone;
    let kicker = match of.kind {
        MeetingKind::Council => words.nav_council(),
        MeetingKind::InnerCabinet => words.council_kind_inner(),
    };
    let heading = words.council_block(count(it.items.len()), dates::heading(lang, of.held_on));
    let here = paths::meeting(lang, &of.code);
    html! {
        section.council aria-labelledby="council" {
            p.kicker { (kicker) }
            h2 #council { a href=(here) { (heading) } }
            p.by-line {
                span {
                    (words.council_published()) " "
                    time datetime=(dates::machine(zone, of.published_at)) { b { (dates::hour_in_words(lang, zone, of.published_at)) } }
                }
                @if of.is_electronic { span { (words.council_electronic()) } }
                @else if let Some(places) = &of.places { span { (text(places, lang)) } }
                @if let Some(chair) = it.chair { span { (words.council_chaired(chair.name.as_str(), chair.titles.text(lang))) } }
            }
            ol.decisions.two {
                @for item in it.items.iter().take(ON_FRONT) {
                    @if let Some((own, version, path)) = views::shown(&item.card, lang) {
                        li.decision {
                            a href=(path) lang=[(own != lang).then_some(own)] { (version.title) }
                            @if !item.proposers.is_empty() {
                                " " span.by { @for (place, proposer) in item.proposers.iter().enumerate() { @if place > 0 { " · " } (proposer.name) } }
                            } @else if let Some(one) = item.instruments.first() {
                                " " span.by { (dates::capital(&instrument_name(one.instrument, lang))) }
                            }
                        }
                    }
                }
            }
            p.more {
                a href=(here) { strong { (words.council_block_all(count(it.items.len()))) } }
                a href=(paths::press_kit(lang, &of.code, "")) { (words.council_kit_page()) }
            }
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
