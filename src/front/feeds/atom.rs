//! A feed as Atom (RFC 4287), with its pages (RFC 5005) and tombstones (RFC 6721).

use maud::html;

use super::Format;
use super::entry::{Entry, Feed};
use crate::kit::xml::{self, Text};
use crate::paths;
use crate::phrases::phrases;
use crate::release::views::kind_name;

const TYPE: &str = Format::Atom.media_type();

/// The type of a page in another language. Its parameter tells the one page of an entry from the others: many readers look
/// at `rel` and `type` and not at `hreflang`, and some of them (feedparser) take the last that is plain `text/html`.
const TRANSLATION: &str = "text/html; charset=utf-8";

/// The document.
pub fn document(feed: &Feed<'_>) -> String {
    let lang = feed.lang;
    xml::document(html! {
        feed xmlns="http://www.w3.org/2005/Atom"
            xmlns:fh="http://purl.org/syndication/history/1.0"
            xmlns:at="http://purl.org/atompub/tombstones/1.0"
            xml:lang=(lang) {
            id { (feed.id) }
            title { (feed.title) }
            subtitle { (phrases(lang).front_list_description()) }
            updated { (feed.instant(feed.updated_at)) }
            author {
                name { (feed.settings.site_name.text(lang)) }
                uri { (feed.home()) }
            }
            link rel="self" type=(TYPE) href=(feed.own(Format::Atom)) {}
            link rel="alternate" type="text/html" hreflang=(lang) href=(feed.page()) {}
            link rel="first" type=(TYPE) href=(feed.newest(Format::Atom)) {}
            @if let Some(newer) = feed.newer(Format::Atom) { link rel="previous" type=(TYPE) href=(newer) {} }
            @if let Some(older) = feed.older(Format::Atom) {
                link rel="next" type=(TYPE) href=(older) {}
                link rel="prev-archive" type=(TYPE) href=(older) {}
            }
            @if feed.is_archive() {
                fh:archive {}
                link rel="current" type=(TYPE) href=(feed.newest(Format::Atom)) {}
            }
            link rel="help" type="text/html" href=(feed.settings.absolute(&paths::feeds(lang))) {}
            @for (id, at) in &feed.gone { at:deleted-entry ref=(id) when=(feed.instant(*at)) {} }
            @for entry in &feed.entries { (one(feed, entry)) }
        }
    })
}

fn one(feed: &Feed<'_>, entry: &Entry<'_>) -> maud::Markup {
    let of = entry.of;
    html! {
        entry xml:lang=(of.lang) {
            id { (entry.id) }
            title { (entry.title) }
            published { (feed.instant(of.first_published_at)) }
            updated { (feed.instant(of.updated_at)) }
            link rel="alternate" type="text/html" hreflang=(of.lang) href=(entry.url) {}
            @for (lang, url) in &entry.translations { link rel="alternate" type=(TRANSLATION) hreflang=(lang) href=(url) {} }
            @for (name, url) in &entry.authors { author { name { (name) } uri { (url) } } }
            category term=(of.kind) label=(kind_name(of.kind, phrases(of.lang))) scheme=(feed.settings.absolute(&paths::feeds(feed.lang))) {}
            @for (code, name) in entry.topics() { category term=(code) label=(name) {} }
            @if !entry.summary.is_empty() { summary { (entry.summary) } }
            content type="html" { (Text(&entry.content.0)) }
        }
    }
}
