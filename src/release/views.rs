//! How a release is shown: its page, and the item that lists show of it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, PreEscaped, html};
use serde_json::json;
use url::form_urlencoded;

use super::decision::{Decision, Instrument, MeetingKind, Neighbour, PublicMeeting, Reading};
use super::model::Kind;
use super::public::{Card, InName, Issuer, Page, Standing, Version};
use super::state::PublicState;
use crate::directory::views::{Moment, public_contact, public_contacts};
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::rich_text::{self, Labels, SafeHtml};
use crate::layout::public::{Feed, Frame, Section};
use crate::media::views::public as media;
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};

/// What the column before an item's headline says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// The hour: the day stands in a heading above.
    Hour,
    /// The date.
    Date,
}

/// How items are shown on one page.
#[derive(Debug, Clone, Copy)]
pub struct Show {
    /// The language of the page: items appear in it, or else in the best one that they have.
    pub lang: Lang,
    /// The site's zone.
    pub zone: Tz,
    /// What stands before the headline.
    pub column: Column,
    /// The level of the headline, 2 to 4: one more than that of the heading above.
    pub level: u8,
    /// Whether time, source, headline and marks are all: beside the main part of a page.
    pub brief: bool,
}

/// The version of a card that a page in `lang` shows, and where its page is. None for a card without a version, which
/// the public door does not give.
pub fn shown(card: &Card, lang: Lang) -> Option<(Lang, &Version, String)> {
    let there: Vec<Lang> = card.versions.keys().copied().collect();
    let best = Lang::best(&[lang], &there)?;
    let version = card.versions.get(&best)?;
    Some((best, version, paths::release(best, card.release.first_published_on, &version.slug)))
}

/// One release in a list: an `li` with **one** link, so that twenty items are twenty tab stops. The heading comes first in
/// the source, so that jumping by headings lands where the item starts; the grid puts time and source above it.
pub fn item(card: &Card, show: &Show) -> Markup {
    excerpt(card, show, &Excerpt::default())
}

/// What an item shows instead of title and lead as they are: a search marks what was found in them.
#[derive(Debug, Default)]
pub struct Excerpt {
    /// The headline.
    pub title: Option<Markup>,
    /// What stands in the place of the lead.
    pub lead: Option<Markup>,
    /// What stands after its marks.
    pub mark: Option<Markup>,
}

/// As [`item`], with some of it shown otherwise.
pub fn excerpt(card: &Card, show: &Show, instead: &Excerpt) -> Markup {
    let Some((lang, version, path)) = shown(card, show.lang) else { return html! {} };
    let words = phrases(show.lang);
    let foreign = (lang != show.lang).then_some(lang);
    let title = html! {
        a href=(path) { @if let Some(title) = &instead.title { (title) } @else { (version.title) } }
    };
    html! {
        li.item {
            @match show.level {
                0..=2 => h2.item-title lang=[foreign] { (title) },
                3 => h3.item-title lang=[foreign] { (title) },
                _ => h4.item-title lang=[foreign] { (title) },
            }
            p.item-by {
                @if let Some(time) = column(&card.release, show) { (time) " " }
                span.item-source {
                    @if let Some(kind) = marked_kind(card.release.kind) { (kind_name(kind, words)) " · " }
                    (names(&card.issuers, show.lang))
                } " "
                @if !show.brief { (language_codes(card, words, show.lang)) }
            }
            @if let Some(reason) = withdrawn_reason(card, show, lang) {
                // Not what it said, which nobody may take for valid.
                p.item-lead lang=[foreign] { (phrases(lang).release_withdrawn_lead(reason)) }
            } @else if let Some(lead) = &instead.lead {
                p.item-lead lang=[foreign] { (lead) }
            } @else if !version.lead.is_empty() && !show.brief {
                p.item-lead lang=[foreign] { (version.lead) }
            }
            (marks(card, show, foreign, instead.mark.as_ref(), words))
        }
    }
}

/// What a kind of release is called.
pub fn kind_name(kind: Kind, words: &Phrases) -> String {
    match kind {
        Kind::Release => words.release_kind_release(),
        Kind::Decision => words.release_kind_decision(),
        Kind::Invitation => words.release_kind_invitation(),
        Kind::Speech => words.release_kind_speech(),
    }
}

/// The kind where a list says it: a plain release is what one expects there, and a decision stands under its meeting.
fn marked_kind(kind: Kind) -> Option<Kind> {
    match kind {
        Kind::Release | Kind::Decision => None,
        Kind::Invitation | Kind::Speech => Some(kind),
    }
}

/// What a release of that kind is in the words of <https://schema.org>: news of the day, or else an article.
pub fn schema_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Release | Kind::Decision => "NewsArticle",
        Kind::Invitation | Kind::Speech => "Article",
    }
}

/// Why it was withdrawn, in the language of the version that is shown, where an item shows a lead.
fn withdrawn_reason<'a>(card: &'a Card, show: &Show, lang: Lang) -> Option<&'a str> {
    let withdrawn = card.release.public_state == PublicState::Withdrawn && !show.brief;
    card.release.notice.as_ref().filter(|_| withdrawn).map(|notice| notice.text(lang))
}

/// Items under the headings of their days, the newest first. `show.level` is that of the headlines; the days' is one less.
pub fn by_day(cards: &[Card], show: &Show) -> Markup {
    html! {
        @for day in cards.chunk_by(|a, b| a.release.first_published_on == b.release.first_published_on) {
            @if let Some(first) = day.first() {
                @let name = dates::heading(show.lang, first.release.first_published_on);
                @match show.level {
                    0..=3 => h2.day { (name) },
                    _ => h3.day { (name) },
                }
            }
            ol.items { @for card in day { (item(card, show)) } }
        }
    }
}

/// Items with their dates, in the order given.
pub fn dated(cards: &[Card], show: &Show) -> Markup {
    html! { ol.items.dated { @for card in cards { (item(card, show)) } } }
}

/// A text in the page's language, or in another one that says so (WCAG 2.2, success criterion 3.1.2).
pub fn text(texts: &Texts, lang: Lang) -> Markup {
    match texts.get(lang) {
        Some((of, text)) if of != lang => html! { span lang=(of) { (text) } },
        Some((_, text)) => html! { (text) },
        None => html! {},
    }
}

fn column(release: &Standing, show: &Show) -> Option<Markup> {
    let on = release.first_published_on;
    let at = release.first_published_at;
    match (show.column, release.time_known) {
        (Column::Hour, true) => {
            Some(html! { time datetime=(dates::machine(show.zone, at)) { (dates::hour(show.lang, show.zone, at)) } })
        }
        // The day stands above already, and there is no hour to say.
        (Column::Hour, false) => None,
        (Column::Date, true) => {
            Some(html! { time datetime=(dates::machine(show.zone, at)) { (dates::short(show.lang, on)) } })
        }
        (Column::Date, false) => Some(html! { time datetime=(on) { (dates::short(show.lang, on)) } }),
    }
}

fn names(issuers: &[Issuer], lang: Lang) -> Markup {
    html! {
        @for (place, issuer) in issuers.iter().enumerate() {
            @if place > 0 { ", " }
            (text(&issuer.names, lang))
        }
    }
}

/// `FR NL DE` for the eye, the names of the languages for a screen reader.
pub fn language_codes(card: &Card, words: &Phrases, lang: Lang) -> Markup {
    let names: Vec<String> = card.versions.keys().map(|of| language_name(*of, lang)).collect();
    let codes: Vec<String> = card.versions.keys().map(|of| of.code().to_uppercase()).collect();
    html! {
        span.item-codes {
            span.vh { (words.release_languages(names.join(", "))) }
            span.codes aria-hidden="true" { (codes.join(" ")) }
        }
    }
}

/// What is to be said of an item besides: not to be used yet, withdrawn, in another language, corrected, and `more`.
pub fn marks(card: &Card, show: &Show, foreign: Option<Lang>, more: Option<&Markup>, words: &Phrases) -> Markup {
    let release = &card.release;
    let withdrawn = release.public_state == PublicState::Withdrawn;
    html! {
        @if withdrawn || foreign.is_some() || release.changed_at.is_some() || card.not_before.is_some() || more.is_some() {
            p.item-marks.marks {
                @if let Some(at) = card.not_before.filter(|_| !withdrawn) {
                    @let (day, hour) = (dates::long(show.lang, dates::day(show.zone, at)), dates::hour_in_words(show.lang, show.zone, at));
                    span.is-embargo { (words.release_not_before(day, hour)) }
                }
                @if withdrawn { span.is-embargo { (words.release_withdrawn()) } }
                @if let Some(lang) = foreign { span { (words.release_in_language(language_name(lang, show.lang))) } }
                @if let Some(at) = release.changed_at { span.is-corrected { (corrected(at, release, show, words)) } }
                @if let Some(more) = more { (more) }
            }
        }
    }
}

/// "Corrected at 14:20" under the heading of the same day, with its date everywhere else.
fn corrected(at: DateTime<Utc>, release: &Standing, show: &Show, words: &Phrases) -> String {
    let hour = dates::hour_in_words(show.lang, show.zone, at);
    let day = dates::day(show.zone, at);
    if show.column == Column::Hour && day == release.first_published_on {
        words.release_corrected_at(hour)
    } else {
        words.release_corrected_on(dates::long(show.lang, day), hour)
    }
}

/// All that the page of a release is made of.
#[derive(Debug)]
pub struct ReleasePage<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language that is read.
    pub lang: Lang,
    /// The release.
    pub page: &'a Page,
    /// When it was withdrawn, if it is.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The instant of the page.
    pub now: DateTime<Utc>,
    /// Its text as a page shows it ([`text_of`]).
    pub text: &'a SafeHtml,
    /// Other releases of the same source.
    pub related: &'a [Card],
    /// Somebody who sees it before the public does.
    pub preview: Option<&'a Preview<'a>>,
}

/// What the page of a release says to somebody who sees it before the public does.
#[derive(Debug)]
pub struct Preview<'a> {
    /// Their name, which stands all over it.
    pub name: &'a str,
    /// When it goes public, if that is planned.
    pub goes_public_at: Option<DateTime<Utc>>,
    /// When their link ends.
    pub expires_at: DateTime<Utc>,
    /// The page in each language that there is: it has no address on the site yet.
    pub paths: &'a [(Lang, String)],
}

impl ReleasePage<'_> {
    /// The page of this release in another of its languages.
    fn path(&self, of: Lang, version: &Version) -> String {
        let preview = self.preview.and_then(|preview| preview.paths.iter().find(|(lang, _)| *lang == of));
        preview.map_or_else(
            || paths::release(of, self.page.card.release.first_published_on, &version.slug),
            |(_, path)| path.clone(),
        )
    }
}

/// The Markdown of a release in `lang` as a page shows it.
pub fn text_of(body: &str, lang: Lang) -> SafeHtml {
    rich_text::render(body, &Labels { table: &phrases(lang).release_table() })
}

/// The page of a release, in its frame. A version in `lang` must be there; without it the page is empty.
pub fn page(it: &ReleasePage<'_>) -> Markup {
    let lang = it.lang;
    let card = &it.page.card;
    let release = &card.release;
    let Some(version) = card.versions.get(&lang) else { return html! {} };
    let translations: Vec<(Lang, String)> = it
        .settings
        .languages
        .iter()
        .filter_map(|of| card.versions.get(of).map(|version| (*of, it.path(*of, version))))
        .collect();
    let is_public = it.preview.is_none();
    let of_issuer = card.issuers.first().map(|issuer| Feed {
        query: format!("institution={}", issuer.code),
        title: phrases(lang).front_list_of(issuer.names.text(lang)),
    });
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang,
        title: version.title.clone(),
        section: Some(Section::Releases),
        translations,
        indexed: is_public && release.public_state == PublicState::Public,
        feeds: std::iter::once(Feed::all(lang)).chain(of_issuer).collect(),
        head: if is_public {
            head(it, version)
        } else {
            html! {}
        },
    };
    crate::layout::public::page(&frame, main(it, version))
}

fn main(it: &ReleasePage<'_>, version: &Version) -> Markup {
    let lang = it.lang;
    let words = phrases(lang);
    let card = &it.page.card;
    let zone = it.settings.zone;
    html! {
        @if let Some(preview) = it.preview { (preview_banner(it, preview, words)) }
        div.cols.with-more {
            article.flow.article #release aria-labelledby="title" {
                // Before the headline: on a phone nobody may take it for valid.
                (withdrawal(it, words))
                header.head {
                    (kicker(it, words))
                    h1 #title { (version.title) }
                    @if !version.lead.is_empty() { p.lead #lead { (version.lead) } }
                    (by_line(&card.release, lang, zone, words))
                    (in_name(it, words))
                    (versions(it, words))
                    @if let Some(decision) = &it.page.decision { (terms(decision, lang, words)) }
                }
                (not_before(it, words))
                @for correction in &it.page.corrections {
                    @let id = format!("correction-{}", correction.number);
                    @let at = correction.published_at;
                    section.notice aria-labelledby=(id) {
                        h2 id=(id) {
                            time datetime=(dates::machine(zone, at)) {
                                (words.release_corrected_on(dates::long(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at)))
                            }
                        }
                        (paragraphs(&correction.note, lang))
                        @if correction.has_former && it.preview.is_none() {
                            p.small { a href=(paths::edition(lang, card.release.first_published_on, &version.slug, correction.number - 1)) {
                                (words.release_former(i64::from(correction.number - 1)))
                            } }
                        }
                    }
                }
                (media::lead(&it.page.media, lang))
                div.prose #text {
                    (it.text)
                }
                (media::gallery(&it.page.media, lang))
                (below(it, words))
                @if let Some(decision) = &it.page.decision { (neighbours(decision, lang, words)) }
            }
            div.aside {
                (media::documents(&it.page.media, lang))
                @if it.preview.is_none() { (share(it, version, words)) }
                @if !it.page.topics.is_empty() { (topics(it, words)) }
            }
            // After what concerns this release, where there is one column.
            @if !it.related.is_empty() { (related(it, words)) }
        }
    }
}

/// What it is, and of whom: a decision says its meeting and its number there.
fn kicker(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let lang = it.lang;
    let issuers = &it.page.card.issuers;
    // A meeting is the Council's, which need not be named twice.
    let named = if it.page.decision.is_some() { issuers.get(1..).unwrap_or_default() } else { issuers.as_slice() };
    html! {
        p.kicker {
            @match &it.page.decision {
                Some(decision) => {
                    a href=(paths::meeting(lang, &decision.meeting_code)) { (meeting_named(decision.kind(), decision.held_on, lang)) }
                    " · " (words.council_item(i64::from(decision.number)))
                },
                None => (kind_name(it.page.card.release.kind, words)),
            }
            @for (place, issuer) in named.iter().enumerate() {
                @if place > 0 { ", " } @else { " · " }
                a href=(paths::institution(lang, &issuer.code)) { (text(&issuer.names, lang)) }
            }
        }
    }
}

/// What a decision is, and on whose proposal.
fn terms(decision: &Decision, lang: Lang, words: &Phrases) -> Markup {
    html! {
        @if !decision.instruments.is_empty() || !decision.proposers.is_empty() {
            dl.facts.terms {
                @if !decision.instruments.is_empty() {
                    dt { (words.council_instrument()) }
                    @for one in &decision.instruments {
                        dd { a href=(paths::releases(lang, &format!("instrument={}", one.instrument))) { (dates::capital(&reading_name(one, lang))) } }
                    }
                }
                @if !decision.proposers.is_empty() {
                    dt { (words.council_proposed_by()) }
                    @for proposer in &decision.proposers {
                        dd { a href=(paths::releases(lang, &format!("mandate={}", proposer.code))) { (proposer.name) } ", " (text(&proposer.titles, lang)) }
                    }
                }
            }
        }
    }
}

/// The decisions before and after it.
fn neighbours(decision: &Decision, lang: Lang, words: &Phrases) -> Markup {
    let link = |to: &Neighbour, rel: &str, label: String| {
        let there: Vec<Lang> = to.versions.keys().copied().collect();
        let best = Lang::best(&[lang], &there)?;
        let (title, slug) = to.versions.get(&best)?;
        Some(html! {
            a href=(paths::release(best, to.on, slug)) rel=(rel) {
                (label) span.vh { " – " span lang=[(best != lang).then_some(best)] { (title) } }
            }
        })
    };
    let previous =
        decision.previous.as_ref().and_then(|to| link(to, "prev", words.council_previous_item(i64::from(to.number))));
    let next = decision.next.as_ref().and_then(|to| link(to, "next", words.council_next_item(i64::from(to.number))));
    html! {
        nav.pager aria-label=(words.council_items_nav()) {
            @if let Some(previous) = previous { (previous) }
            a href=(paths::meeting(lang, &decision.meeting_code)) { (words.council_all_items()) }
            @if let Some(next) = next { (next) }
        }
    }
}

/// What a meeting is called: "Council of Ministers of Friday 20 November 2026".
pub fn meeting_name(meeting: &PublicMeeting, lang: Lang) -> String {
    meeting_named(meeting.kind, meeting.held_on, lang)
}

/// As [`meeting_name`].
pub fn meeting_named(kind: MeetingKind, on: chrono::NaiveDate, lang: Lang) -> String {
    let words = phrases(lang);
    let day = match lang {
        // A weekday before a date asks for another case of the article.
        Lang::De => dates::long(lang, on),
        Lang::Fr | Lang::Nl | Lang::En => dates::full(lang, on),
    };
    match kind {
        MeetingKind::Council => words.council_meeting_of(day),
        MeetingKind::InnerCabinet => words.council_inner_of(day),
    }
}

/// What an instrument is called, within a sentence.
pub fn instrument_name(instrument: Instrument, lang: Lang) -> String {
    let words = phrases(lang);
    match instrument {
        Instrument::PreliminaryDraftLaw => words.council_preliminary_draft_law(),
        Instrument::DraftLaw => words.council_draft_law(),
        Instrument::DraftRoyalDecree => words.council_draft_royal_decree(),
        Instrument::RoyalDecree => words.council_royal_decree(),
        Instrument::MinisterialDecree => words.council_ministerial_decree(),
        Instrument::Circular => words.council_circular(),
        Instrument::CooperationAgreement => words.council_cooperation_agreement(),
        Instrument::Treaty => words.council_treaty(),
        Instrument::PublicContract => words.council_public_contract(),
        Instrument::Appointment => words.council_appointment(),
        Instrument::Note => words.council_note(),
        Instrument::Report => words.council_report(),
        Instrument::Other => words.council_other_instrument(),
    }
}

/// An instrument and its reading: "draft law, second reading".
pub fn reading_name(one: &Reading, lang: Lang) -> String {
    let name = instrument_name(one.instrument, lang);
    match one.reading {
        Some(reading) => format!("{name}, {}", phrases(lang).council_reading(i64::from(reading))),
        None => name,
    }
}

/// Structured data. It stands inside a `script` element, so that `<` never appears in it: no text can end that element or
/// open a comment there (PROMISES 1.2.3).
pub fn json_ld(value: &serde_json::Value) -> Markup {
    let text = value
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029");
    html! { script type="application/ld+json" { (PreEscaped(text)) } }
}

/// Whom one may call, where one finds more, who says all this.
fn below(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let (lang, foot) = (it.lang, &it.page.foot);
    let duty = it.page.duty.shifts();
    let moment = Moment { zone: it.settings.zone, now: it.now, duty: &duty };
    // Whoever answers for the source now, where none of those that the release names does.
    let named_answer = foot.contacts.iter().any(|contact| moment.of(contact.id).is_some());
    let others: Vec<_> = it.page.duty.now.iter().map(|on| &on.contact).filter(|_| !named_answer).collect();
    let more = html! {
        @for name in &foot.former { p.meta { (words.contacts_former(name.as_str())) } }
        @if !others.is_empty() {
            h3.gap { (words.contacts_now()) }
            @for contact in others { (public_contact(contact, &moment, lang)) }
        }
    };
    html! {
        @if !foot.links.is_empty() {
            section.sec aria-labelledby="links" {
                h2 #links { (words.release_links()) }
                ul.files { @for link in &foot.links { li { a href=(link.url) { (text(&link.labels, lang)) } } } }
            }
        }
        (public_contacts(&foot.contacts, &moment, lang, more))
        @if let Some((of, own)) = foot.boilerplate.as_ref().and_then(|texts| texts.get(lang)) {
            div.small.meta.boilerplate lang=[(of != lang).then_some(of)] { (text_of(own, of)) }
        }
    }
}

/// In whose name: the member of the government of that time, with the title of that time; and which government that was,
/// where it no longer governs.
fn in_name(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let lang = it.lang;
    // Who proposes a decision is named for that.
    let proposers = it.page.decision.as_ref().map_or(&[][..], |decision| decision.proposers.as_slice());
    let proposes = |of: &InName| proposers.iter().any(|one| one.name == of.name);
    html! {
        @for it in it.page.names.iter().filter(|of| !proposes(of)) {
            p.by-line {
                span {
                    (words.release_in_name_of()) " "
                    a href=(paths::member(lang, &it.person)) { (it.name) } ", " (text(&it.titles, lang))
                    @if !it.in_office {
                        " (" a href=(paths::government(lang, &it.government)) { (text(&it.government_names, lang)) } ")"
                    }
                }
            }
        }
    }
}

/// For whom this page is, and that it is not public: at the top, and all over it.
fn preview_banner(it: &ReleasePage<'_>, preview: &Preview<'_>, words: &Phrases) -> Markup {
    let (lang, zone) = (it.lang, it.settings.zone);
    let when = |at| format!("{}, {}", dates::full(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    html! {
        section.notice.stop.preview-banner aria-labelledby="preview" {
            p #preview { strong { (words.preview_banner(preview.name)) } }
            p.small {
                @match preview.goes_public_at {
                    Some(at) => (words.preview_banner_until(when(at))),
                    None => (words.preview_banner_unplanned()),
                }
                " " (words.preview_banner_ends(when(preview.expires_at)))
            }
        }
        div.watermark aria-hidden="true" { @for _ in 0..24 { span { (preview.name) } } }
    }
}

/// "Do not use before": a notice that hides nothing (DESIGN §4).
fn not_before(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let (lang, zone) = (it.lang, it.settings.zone);
    html! {
        @if let Some(at) = it.page.card.not_before.filter(|at| *at > it.now) {
            section.notice.stop.not-before aria-labelledby="not-before" {
                p #not-before { strong {
                    time datetime=(dates::machine(zone, at)) {
                        (words.release_not_before(dates::full(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at)))
                    }
                } }
            }
        }
    }
}

fn by_line(release: &Standing, lang: Lang, zone: Tz, words: &Phrases) -> Markup {
    let on = dates::full(lang, release.first_published_on);
    html! {
        p.by-line {
            span {
                (words.release_published()) " "
                @if release.time_known {
                    time datetime=(dates::machine(zone, release.first_published_at)) {
                        b { (on) ", " (dates::hour_in_words(lang, zone, release.first_published_at)) }
                    }
                } @else {
                    time datetime=(release.first_published_on) { b { (on) } }
                }
            }
            @if let Some(reference) = &release.reference {
                span { (words.release_reference()) " " b.num { (reference) } }
            }
            @if let Some(number) = &release.source_number {
                span { (words.release_source_number()) " " b.num { (number) } }
            }
        }
    }
}

/// The languages of the site: the present one, those to go to, and those that are missing, which is a word and not a gap.
fn versions(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let card = &it.page.card;
    html! {
        nav.versions aria-label=(words.release_versions()) {
            span aria-current="true" { (it.lang.own_name()) }
            @for of in it.settings.languages.iter().filter(|of| **of != it.lang) {
                @if let Some(version) = card.versions.get(of) {
                    a href=(it.path(*of, version)) lang=(of) hreflang=(of) { (of.own_name()) }
                }
            }
            @for of in it.settings.languages.iter().filter(|of| !card.versions.contains_key(of)) {
                span.missing { (words.release_missing(dates::capital(&language_name(*of, it.lang)))) }
            }
        }
    }
}

fn withdrawal(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let release = &it.page.card.release;
    let (lang, zone) = (it.lang, it.settings.zone);
    html! {
        @if release.public_state == PublicState::Withdrawn {
            section.notice.stop aria-labelledby="withdrawn" {
                // No heading: it stands before the page's first one.
                p #withdrawn { strong {
                    @if let Some(at) = it.withdrawn_at {
                        time datetime=(dates::machine(zone, at)) {
                            (words.release_withdrawn_on(dates::long(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at)))
                        }
                    } @else { (words.release_withdrawn_heading()) }
                } }
                @if let Some(notice) = &release.notice { (paragraphs(notice, lang)) }
                p.small.meta { (words.release_withdrawn_advice()) }
            }
        }
    }
}

/// A note that a publisher wrote, as plain paragraphs.
pub fn paragraphs(texts: &Texts, lang: Lang) -> Markup {
    let (of, note) = texts.get(lang).unwrap_or((lang, ""));
    html! {
        @for paragraph in note.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            p.small lang=[(of != lang).then_some(of)] { (paragraph) }
        }
    }
}

fn related(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let show = Show { lang: it.lang, zone: it.settings.zone, column: Column::Date, level: 3, brief: true };
    html! {
        section.sec.beneath.no-print aria-labelledby="related" {
            h2 #related { (words.release_related()) }
            (dated(it.related, &show))
            @if let Some(lead) = it.page.card.issuers.first() {
                p.more { a href=(paths::releases(it.lang, &format!("institution={}", lead.code))) { strong { (words.release_more()) } } }
            }
        }
    }
}

fn share(it: &ReleasePage<'_>, version: &Version, words: &Phrases) -> Markup {
    let release = &it.page.card.release;
    let own = it.settings.absolute(&paths::release(it.lang, release.first_published_on, &version.slug));
    let short = release.reference.as_ref().map(|reference| it.settings.absolute(&paths::short(reference)));
    // `+` for a blank is a form's habit that mail programs do not know (RFC 6068 §5); a real plus is `%2B` already.
    let escape = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
    let mail = format!("mailto:?subject={}&body={}", escape(&version.title), escape(short.as_ref().unwrap_or(&own)));
    html! {
        section.sec aria-labelledby="share" {
            h2 #share { (words.release_share()) }
            @if let Some(short) = &short {
                p.small {
                    (words.release_short_address()) br;
                    a.address #address href=(short) { (short.split_once("://").map_or(short.as_str(), |(_, rest)| rest)) }
                }
            }
            p.act {
                a href=(mail) { (words.release_mail()) }
                // Shown by static/site.js, which does what they say.
                button.quiet type="button" data-do="copy" data-done=(words.release_copied()) hidden { (words.release_copy()) }
                button.quiet type="button" data-do="print" hidden { (words.release_print()) }
            }
            p.vh role="status" #said {}
        }
    }
}

fn topics(it: &ReleasePage<'_>, words: &Phrases) -> Markup {
    let lead = it.page.card.issuers.first();
    let (wish, name) = match (lead, it.page.topics.first()) {
        (_, Some(topic)) => (format!("topic={}", topic.code), topic.names.text(it.lang)),
        (Some(lead), None) => (format!("institution={}", lead.code), lead.names.text(it.lang)),
        (None, None) => (String::new(), ""),
    };
    html! {
        section.sec.no-print aria-labelledby="topics" {
            h2 #topics { (words.release_topics()) }
            ul.topics.small {
                @for topic in &it.page.topics {
                    li { a href=(paths::releases(it.lang, &format!("topic={}", topic.code))) { (text(&topic.names, it.lang)) } }
                }
            }
            p.more.small { a href=(paths::subscribe(it.lang, &wish)) { (words.release_subscribe(name)) } }
        }
    }
}

/// Description, Open Graph and schema.org's NewsArticle.
fn head(it: &ReleasePage<'_>, version: &Version) -> Markup {
    let lang = it.lang;
    let card = &it.page.card;
    let release = &card.release;
    let description = description(version, &it.page.body);
    let own = it.settings.absolute(&paths::release(lang, release.first_published_on, &version.slug));
    let published = published(release, it.settings.zone);
    let changed = release.changed_at.map(|at| dates::machine(it.settings.zone, at));
    html! {
        meta name="description" content=(description);
        meta property="og:type" content="article";
        meta property="og:site_name" content=(it.settings.site_name.text(lang));
        meta property="og:title" content=(version.title);
        meta property="og:description" content=(description);
        meta property="og:url" content=(own);
        meta property="og:locale" content=(lang.open_graph());
        @for of in card.versions.keys().filter(|of| **of != lang) {
            meta property="og:locale:alternate" content=(of.open_graph());
        }
        meta property="article:published_time" content=(published);
        @if let Some(changed) = &changed { meta property="article:modified_time" content=(changed); }
        (media::open_graph(&it.page.media, it.settings, lang))
        (json_ld(&news_article(it, version, &description, &own)))
    }
}

/// The instant with its offset, or the day alone where the hour is not known.
fn published(release: &Standing, zone: Tz) -> String {
    if release.time_known {
        dates::machine(zone, release.first_published_at)
    } else {
        release.first_published_on.to_string()
    }
}

/// The lead, or else how the text begins: at most some 200 characters, cut between words.
fn description(version: &Version, body: &str) -> String {
    if !version.lead.is_empty() {
        return version.lead.clone();
    }
    let plain = rich_text::text_without_urls(body);
    let mut text = String::new();
    for word in plain.split_whitespace() {
        if text.chars().count() + word.chars().count() > 200 {
            text.push('…');
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
    text
}

/// <https://schema.org/NewsArticle> as JSON-LD.
fn news_article(it: &ReleasePage<'_>, version: &Version, description: &str, own: &str) -> serde_json::Value {
    let lang = it.lang;
    let card = &it.page.card;
    let release = &card.release;
    let zone = it.settings.zone;
    let organisation = |issuer: &Issuer| {
        json!({
            "@type": "GovernmentOrganization",
            "name": issuer.names.text(lang),
            "url": it.settings.absolute(&paths::institution(lang, &issuer.code)),
        })
    };
    let translations: Vec<_> = card
        .versions
        .iter()
        .filter(|(of, _)| **of != lang)
        .map(|(of, version)| {
            json!({
                "@type": schema_type(release.kind),
                "inLanguage": of.code(),
                "headline": version.title,
                "url": it.settings.absolute(&paths::release(*of, release.first_published_on, &version.slug)),
            })
        })
        .collect();
    let mut article = json!({
        "@context": "https://schema.org",
        "@type": schema_type(release.kind),
        "genre": kind_name(release.kind, phrases(lang)),
        "headline": version.title,
        "description": description,
        "inLanguage": lang.code(),
        "url": own,
        "mainEntityOfPage": own,
        "datePublished": published(release, zone),
        "dateModified": release.changed_at.map_or_else(|| published(release, zone), |at| dates::machine(zone, at)),
        "isAccessibleForFree": true,
        "author": card.issuers.iter().map(organisation).collect::<Vec<_>>(),
        "publisher": {
            "@type": "GovernmentOrganization",
            "name": it.settings.site_name.text(lang),
            "url": it.settings.absolute(&paths::home(lang)),
        },
    });
    if let Some(number) = release.reference.as_ref().or(release.source_number.as_ref()) {
        article["identifier"] = json!(number);
    }
    if !it.page.topics.is_empty() {
        article["keywords"] = json!(it.page.topics.iter().map(|topic| topic.names.text(lang)).collect::<Vec<_>>());
    }
    let pictures = media::addresses(&it.page.media, it.settings);
    if !pictures.is_empty() {
        article["image"] = json!(pictures);
    }
    if !translations.is_empty() {
        article["workTranslation"] = json!(translations);
    }
    article
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::directory::Family;
    use crate::ids::{EditionId, InstitutionId, ReleaseId, RevisionId};

    const ZONE: Tz = chrono_tz::Europe::Brussels;

    fn card(time_known: bool, changed_at: Option<&str>) -> Card {
        let version = |title: &str, lead: &str| Version { title: title.into(), lead: lead.into(), slug: "t".into() };
        Card {
            release: Standing {
                id: ReleaseId(1),
                reference: None,
                source_number: Some("99/1".into()),
                kind: Kind::Release,
                public_state: PublicState::Public,
                first_published_at: "1999-05-02T22:00:00Z".parse().expect("an instant"),
                first_published_on: chrono::NaiveDate::from_ymd_opt(1999, 5, 3).expect("a day"),
                time_known,
                changed_at: changed_at.map(|at| at.parse().expect("an instant")),
                edition_id: EditionId(1),
                revision_id: RevisionId(1),
                notice: None,
            },
            not_before: None,
            versions: BTreeMap::from([(Lang::Fr, version("Titre <b>", "")), (Lang::De, version("Titel", "Lead"))]),
            issuers: vec![Issuer {
                id: InstitutionId(1),
                code: "water-agency".into(),
                family: Family::Institutions,
                names: Texts::one(Lang::Nl, "Wateragentschap"),
            }],
        }
    }

    #[test]
    fn an_item_is_one_link_with_all_that_it_owes() {
        let show = Show { lang: Lang::Nl, zone: ZONE, column: Column::Date, level: 3, brief: false };
        assert_eq!(
            item(&card(false, None), &show).into_string(),
            "<li class=\"item\"><h3 class=\"item-title\" lang=\"fr\"><a href=\"/fr/1999/05/03/t\">Titre &lt;b&gt;</a></h3>\
             <p class=\"item-by\"><time datetime=\"1999-05-03\">3\u{a0}mei 1999</time> \
             <span class=\"item-source\">Wateragentschap</span> \
             <span class=\"item-codes\"><span class=\"vh\">Talen: Frans, Duits</span>\
             <span class=\"codes\" aria-hidden=\"true\">FR DE</span></span></p>\
             <p class=\"item-marks marks\"><span>In het Frans</span></p></li>"
        );
    }

    #[test]
    fn the_column_says_the_hour_where_there_is_one() {
        for (column, time_known, expected) in [
            (Column::Hour, true, Some("<time datetime=\"1999-05-03T00:00+02:00\">0.00</time>")),
            (Column::Hour, false, None),
            (Column::Date, true, Some("<time datetime=\"1999-05-03T00:00+02:00\">3.\u{a0}Mai 1999</time>")),
            (Column::Date, false, Some("<time datetime=\"1999-05-03\">3.\u{a0}Mai 1999</time>")),
        ] {
            let show = Show { lang: Lang::De, zone: ZONE, column, level: 3, brief: false };
            let shown = super::column(&card(time_known, None).release, &show).map(Markup::into_string);
            assert_eq!(shown.as_deref(), expected);
        }
    }

    #[test]
    fn a_correction_says_its_day_unless_it_stands_above() {
        for (column, at, expected) in [
            (Column::Hour, "1999-05-03T12:20:00Z", "Rectifié à 14:20"),
            (Column::Hour, "1999-05-04T12:20:00Z", "Rectifié le 4\u{a0}mai 1999 à 14:20"),
            (Column::Date, "1999-05-03T12:20:00Z", "Rectifié le 3\u{a0}mai 1999 à 14:20"),
        ] {
            let show = Show { lang: Lang::Fr, zone: ZONE, column, level: 3, brief: false };
            assert!(item(&card(true, Some(at)), &show).into_string().contains(expected), "{expected}");
        }
    }

    #[test]
    fn a_description_without_a_lead_is_how_the_text_begins() {
        let bare = Version { title: "T".into(), lead: String::new(), slug: "t".into() };
        let long = "Wort ".repeat(80);
        let cut = description(&bare, &format!("## Titel\n\n{long}"));
        assert!(cut.starts_with("Titel Wort") && cut.ends_with("Wort…") && cut.chars().count() <= 205, "{cut}");
        assert_eq!(description(&bare, "Kurz, [ein Link](https://example.org)."), "Kurz, ein Link.");
        assert_eq!(description(&Version { lead: "Lead".into(), ..bare }, "Text"), "Lead");
    }
}
