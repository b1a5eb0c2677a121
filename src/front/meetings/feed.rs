//! The meetings as a feed: an entry each, with the list of its decisions as its content. `updated` is the latest instant of
//! what is shown, so that a decision that follows later or is corrected brings the entry back.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde_json::json;

use crate::council::public::{Item, Listed};
use crate::front::feeds::{Format, id};
use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::kit::xml::{self, Text};
use crate::paths;
use crate::phrases::phrases;
use crate::release::syndication::Site;
use crate::release::views::{meeting_named, shown};

/// How many meetings it holds.
pub const SIZE: i64 = 20;

/// The feed of the meetings in one language.
pub struct Feed<'a> {
    settings: &'a Settings,
    lang: Lang,
    id: String,
    title: String,
    updated_at: DateTime<Utc>,
    entries: Vec<Entry>,
}

struct Entry {
    id: String,
    title: String,
    url: String,
    summary: String,
    content: Markup,
    published_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl<'a> Feed<'a> {
    /// Of the meetings with their decisions, the latest first.
    pub fn new(settings: &'a Settings, lang: Lang, site: &Site, meetings: &[(Listed, Vec<Item>)]) -> Self {
        let words = phrases(lang);
        let entries: Vec<Entry> = meetings
            .iter()
            .map(|(meeting, items)| {
                let releases = items.iter().map(|item| &item.card.release);
                let instants =
                    releases.flat_map(|release| [Some(release.first_published_at), release.changed_at]).flatten();
                Entry {
                    // Of this newsroom, language and meeting: no filter has a slash in it.
                    id: id::of_feed(&site.id, lang, &format!("meeting/{}", meeting.code)),
                    title: meeting_named(meeting.kind, meeting.held_on, lang),
                    url: settings.absolute(&paths::meeting(lang, &meeting.code)),
                    summary: words.council_count(meeting.decisions),
                    content: content(settings, lang, items),
                    published_at: meeting.published_at,
                    updated_at: instants.fold(meeting.published_at, DateTime::max),
                }
            })
            .collect();
        Self {
            settings,
            lang,
            id: id::of_feed(&site.id, lang, "meetings/"),
            title: format!("{} – {}", words.nav_council(), settings.site_name.text(lang)),
            updated_at: entries.iter().map(|entry| entry.updated_at).max().unwrap_or(site.set_up_at),
            entries,
        }
    }

    /// In that format.
    ///
    /// # Errors
    /// None of these values can fail; serde's type says that some might.
    pub fn document(&self, format: Format) -> Result<String, serde_json::Error> {
        match format {
            Format::Atom => Ok(self.atom()),
            Format::Rss => Ok(self.rss()),
            Format::Json => serde_json::to_string(&self.json()),
        }
    }

    fn own(&self, format: Format) -> String {
        self.settings.absolute(&paths::council_feed(self.lang, format.extension()))
    }

    fn page(&self) -> String {
        self.settings.absolute(&paths::council(self.lang, ""))
    }

    fn instant(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.settings.zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
    }

    fn rfc822(&self, at: DateTime<Utc>) -> String {
        at.with_timezone(&self.settings.zone).to_rfc2822()
    }

    fn atom(&self) -> String {
        let lang = self.lang;
        xml::document(html! {
            feed xmlns="http://www.w3.org/2005/Atom" xml:lang=(lang) {
                id { (self.id) }
                title { (self.title) }
                subtitle { (phrases(lang).council_lead()) }
                updated { (self.instant(self.updated_at)) }
                author { name { (self.settings.site_name.text(lang)) } }
                link rel="self" type=(Format::Atom.media_type()) href=(self.own(Format::Atom)) {}
                link rel="alternate" type="text/html" hreflang=(lang) href=(self.page()) {}
                @for entry in &self.entries {
                    entry {
                        id { (entry.id) }
                        title { (entry.title) }
                        published { (self.instant(entry.published_at)) }
                        updated { (self.instant(entry.updated_at)) }
                        link rel="alternate" type="text/html" hreflang=(lang) href=(entry.url) {}
                        summary { (entry.summary) }
                        content type="html" { (Text(&entry.content.0)) }
                    }
                }
            }
        })
    }

    fn rss(&self) -> String {
        xml::document(html! {
            rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" {
                channel {
                    title { (self.title) }
                    link { (self.page()) }
                    description { (phrases(self.lang).council_lead()) }
                    language { (self.lang) }
                    lastBuildDate { (self.rfc822(self.updated_at)) }
                    atom:link rel="self" type="application/rss+xml" href=(self.own(Format::Rss)) {}
                    @for entry in &self.entries {
                        item {
                            title { (entry.title) }
                            link { (entry.url) }
                            guid isPermaLink="false" { (entry.id) }
                            pubDate { (self.rfc822(entry.published_at)) }
                            @if entry.updated_at > entry.published_at { atom:updated { (self.instant(entry.updated_at)) } }
                            description { (entry.summary) }
                            content:encoded { (Text(&entry.content.0)) }
                        }
                    }
                }
            }
        })
    }

    fn json(&self) -> serde_json::Value {
        let items: Vec<_> = self
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "id": entry.id,
                    "url": entry.url,
                    "title": entry.title,
                    "summary": entry.summary,
                    "content_html": entry.content.0,
                    "date_published": self.instant(entry.published_at),
                    "date_modified": self.instant(entry.updated_at),
                    "language": self.lang,
                })
            })
            .collect();
        json!({
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": self.page(),
            "feed_url": self.own(Format::Json),
            "description": phrases(self.lang).council_lead(),
            "language": self.lang,
            "authors": [{ "name": self.settings.site_name.text(self.lang), "url": self.settings.absolute(&paths::home(self.lang)) }],
            "_communique": { "id": self.id, "updated_at": self.instant(self.updated_at) },
            "items": items,
        })
    }
}

/// The decisions as a list, each with the way to it.
fn content(settings: &Settings, lang: Lang, items: &[Item]) -> Markup {
    html! {
        ol {
            @for item in items {
                @if let Some((of, version, path)) = shown(&item.card, lang) {
                    li value=(item.number) lang=[(of != lang).then_some(of)] {
                        a href=(settings.absolute(&path)) { (version.title) }
                        @if !version.lead.is_empty() && item.card.release.notice.is_none() { br; (version.lead) }
                    }
                }
            }
        }
    }
}
