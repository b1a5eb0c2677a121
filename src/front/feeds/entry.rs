//! What a feed and its entries say, whatever the format.

use std::borrow::Cow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::{Format, id};
use crate::directory::views::contact_alone;
use crate::front::list;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::rich_text::SafeHtml;
use crate::paths;
use crate::phrases::phrases;
use crate::release::public::{Listed, Start};
use crate::release::state::PublicState;
use crate::release::syndication::{FullText, Site, Tombstone};
use crate::search::Resolved;

/// All that a feed is made of.
#[derive(Debug)]
pub struct Read {
    /// What is looked for.
    pub wish: Resolved,
    /// Where this page of it begins.
    pub start: Start,
    /// Its keys.
    pub listed: Listed,
    /// What was read of its releases.
    pub texts: Vec<FullText>,
    /// What was taken off its list.
    pub taken_off: Vec<Tombstone>,
    /// This newsroom.
    pub site: Site,
    /// The instant at which it was read.
    pub now: DateTime<Utc>,
}

/// A feed, or an older page of it.
#[derive(Debug)]
pub struct Feed<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Its language.
    pub lang: Lang,
    /// The same for all its pages and formats.
    pub id: String,
    /// What its list is, and the site.
    pub title: String,
    /// The latest change of what it shows; if it shows nothing, when this newsroom was set up.
    pub updated_at: DateTime<Utc>,
    /// The newest release first.
    pub entries: Vec<Entry<'a>>,
    /// Which entries no longer are, and since when.
    pub gone: Vec<(String, DateTime<Utc>)>,
    canonical: String,
    start: Start,
    listed: &'a Listed,
}

/// A release in one language.
#[derive(Debug)]
pub struct Entry<'a> {
    /// What was read of it.
    pub of: &'a FullText,
    /// For ever the same.
    pub id: String,
    /// Its page.
    pub url: String,
    /// The headline, after the mark of a withdrawn one.
    pub title: String,
    /// The lead; of a withdrawn one that it was, and why.
    pub summary: Cow<'a, str>,
    /// Reason or notes, lead, text: HTML with whole links.
    pub content: Markup,
    /// The names of its issuers in its language, and their pages.
    pub authors: Vec<(&'a str, String)>,
    /// Its pages in other languages.
    pub translations: Vec<(Lang, String)>,
}

impl<'a> Feed<'a> {
    /// Puts it together. `texts` are the HTML of what was read, in its order.
    pub fn new(settings: &'a Settings, lang: Lang, read: &'a Read, texts: &[Arc<SafeHtml>]) -> Self {
        let canonical = read.wish.filter.canonical();
        let gone: Vec<(String, DateTime<Utc>)> = read
            .taken_off
            .iter()
            .filter_map(|gone| {
                // Its entry was in the language that this feed chose.
                let of = Lang::best(&order(settings, lang), &gone.languages)?;
                Some((id::of_entry(&gone.feed_id, of), gone.at))
            })
            .collect();
        let shown = read.texts.iter().map(|of| of.updated_at);
        Self {
            settings,
            lang,
            id: id::of_feed(&read.site.id, lang, &canonical),
            title: format!("{} – {}", list::feed(lang, &read.wish).title, settings.site_name.text(lang)),
            updated_at: shown.chain(gone.iter().map(|(_, at)| *at)).max().unwrap_or(read.site.set_up_at),
            entries: read.texts.iter().zip(texts).map(|(of, text)| Entry::new(settings, lang, of, text)).collect(),
            gone,
            canonical,
            start: read.start,
            listed: &read.listed,
        }
    }

    /// Where people read the list.
    pub fn page(&self) -> String {
        self.settings.absolute(&paths::releases(self.lang, &self.canonical))
    }

    /// The feed itself, at its newest entries.
    pub fn newest(&self, format: Format) -> String {
        self.settings.absolute(&paths::feed(self.lang, format.extension(), &self.canonical))
    }

    /// This page of it.
    pub fn own(&self, format: Format) -> String {
        match self.start {
            Start::Newest => self.newest(format),
            Start::OlderThan(key) => self.paged(format, "before", key),
            Start::NewerThan(key) => self.paged(format, "after", key),
        }
    }

    /// The page after it, with older entries.
    pub fn older(&self, format: Format) -> Option<String> {
        self.listed.last.filter(|_| self.listed.has_older).map(|key| self.paged(format, "before", key))
    }

    /// The page before it, with newer entries.
    pub fn newer(&self, format: Format) -> Option<String> {
        self.listed.first.filter(|_| self.listed.has_newer).map(|key| self.paged(format, "after", key))
    }

    /// Whether the same entries will stand on it whatever is published.
    pub fn is_archive(&self) -> bool {
        matches!(self.start, Start::OlderThan(_))
    }

    /// The site in its language.
    pub fn home(&self) -> String {
        self.settings.absolute(&paths::home(self.lang))
    }

    fn paged(&self, format: Format, parameter: &str, key: impl std::fmt::Display) -> String {
        let joint = if self.canonical.is_empty() { "" } else { "&" };
        let query = format!("{}{joint}{parameter}={key}", self.canonical);
        self.settings.absolute(&paths::feed(self.lang, format.extension(), &query))
    }

    /// An instant as RFC 3339 has it, to the second, in the site's zone: a date without an hour stays that date.
    pub fn instant(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.settings.zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }
}

/// The languages in which a feed in `lang` shows a release, the best first: as pages do ([`Lang::best`]), of those that
/// the site has.
pub fn order(settings: &Settings, lang: Lang) -> Vec<Lang> {
    let others = Lang::ALL.into_iter().filter(|of| *of != lang && settings.languages.contains(of));
    std::iter::once(lang).chain(others).collect()
}

impl<'a> Entry<'a> {
    fn new(settings: &Settings, feed: Lang, of: &'a FullText, text: &SafeHtml) -> Self {
        let path = |(lang, slug): &(Lang, String)| {
            (*lang, settings.absolute(&paths::release(*lang, of.first_published_on, slug)))
        };
        let mut pages = of.slugs.iter().map(path);
        let url = pages.next().map_or_else(String::new, |(_, url)| url);
        let words = phrases(of.lang);
        let title = match of.public_state {
            PublicState::Withdrawn => words.feeds_withdrawn_title(of.title.as_str()),
            _ => of.title.clone(),
        };
        let summary = match (&of.notice, of.public_state) {
            (Some(reason), PublicState::Withdrawn) => words.release_withdrawn_lead(reason.text(of.lang)).into(),
            _ => of.lead.as_str().into(),
        };
        Self {
            id: id::of_entry(&of.feed_id, of.lang),
            title,
            summary,
            content: content(settings, of, &url, text),
            authors: of
                .issuers
                .iter()
                // The page that speaks the feed's language: whoever reads it came by that.
                .map(|(code, names)| (names.text(of.lang), settings.absolute(&paths::institution(feed, code))))
                .collect(),
            translations: pages.collect(),
            url,
            of,
        }
    }

    /// Its topics: their words in addresses, and what they are called.
    pub fn topics(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.of.topics.iter().map(|(code, names)| (code.as_str(), names.text(self.of.lang)))
    }
}

/// The whole text as the page has it, in its order: why it was withdrawn, from when it may be used, the lead, what was
/// corrected, the text, whom one may call.
fn content(settings: &Settings, of: &FullText, url: &str, text: &SafeHtml) -> Markup {
    let lang = of.lang;
    let words = phrases(lang);
    let zone = settings.zone;
    let on_day = |at| (dates::full(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    let on = |at| (dates::long(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    html! {
        @if of.public_state == PublicState::Withdrawn {
            p { strong {
                @if let Some((day, hour)) = of.withdrawn_at.map(on) { (words.release_withdrawn_on(day, hour)) }
                @else { (words.release_withdrawn_heading()) }
            } }
            @if let Some(notice) = &of.notice { (paragraphs(notice, lang)) }
            p { (words.release_withdrawn_advice()) }
            hr;
        }
        // It stands before the first word that somebody might use.
        @if let Some((day, hour)) = of.not_before.map(on_day) { p { strong { (words.release_not_before(day, hour)) } } }
        @if !of.lead.is_empty() { p { strong { (of.lead) } } }
        @for (at, note) in &of.corrections {
            @let (day, hour) = on(*at);
            blockquote {
                p { strong { (words.release_corrected_on(day, hour)) } }
                (paragraphs(note, lang))
            }
        }
        (*text.with_whole_links(settings.public_url.as_str().trim_end_matches('/'), url))
        @if !of.contacts.is_empty() {
            h2 { (words.directory_press_contacts()) }
            @for contact in &of.contacts { (contact_alone(contact, lang)) }
        }
    }
}

/// A note that a publisher wrote, as plain paragraphs.
fn paragraphs(texts: &Texts, lang: Lang) -> Markup {
    let (of, note) = texts.get(lang).unwrap_or((lang, ""));
    html! {
        @for paragraph in note.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
            p lang=[(of != lang).then_some(of)] { (paragraph) }
        }
    }
}
