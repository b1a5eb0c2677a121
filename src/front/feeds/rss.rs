//! A feed as RSS 2.0, with the modules that readers know: `content`, `dc`, `atom`; by the RSS Advisory Board's best
//! practices profile.

use maud::{Markup, html};

use super::Format;
use super::entry::{Entry, Feed};
use crate::kit::xml::{self, Text};
use crate::paths;
use crate::phrases::phrases;
use crate::release::views::kind_name;

const TYPE: &str = "application/rss+xml";

/// The document.
pub fn document(feed: &Feed<'_>) -> String {
    xml::document(html! {
        rss version="2.0"
            xmlns:atom="http://www.w3.org/2005/Atom"
            xmlns:content="http://purl.org/rss/1.0/modules/content/"
            xmlns:dc="http://purl.org/dc/elements/1.1/" {
            channel {
                title { (feed.title) }
                link { (feed.page()) }
                description { (phrases(feed.lang).front_list_description()) }
                language { (feed.lang) }
                lastBuildDate { (rfc822(feed, feed.updated_at)) }
                atom:link rel="self" type=(TYPE) href=(feed.own(Format::Rss)) {}
                @if let Some(newer) = feed.newer(Format::Rss) { atom:link rel="previous" type=(TYPE) href=(newer) {} }
                @if let Some(older) = feed.older(Format::Rss) { atom:link rel="next" type=(TYPE) href=(older) {} }
                @for entry in &feed.entries { (item(feed, entry)) }
            }
        }
    })
}

fn item(feed: &Feed<'_>, entry: &Entry<'_>) -> Markup {
    let of = entry.of;
    html! {
        item {
            title { (entry.title) }
            link { (entry.url) }
            guid isPermaLink="false" { (entry.id) }
            pubDate { (rfc822(feed, of.first_published_at)) }
            // RSS has no word for it; this one is understood.
            @if of.updated_at > of.first_published_at { atom:updated { (feed.instant(of.updated_at)) } }
            dc:language { (of.lang) }
            // `author` would want a mail address.
            @for (name, _) in &entry.authors { dc:creator { (name) } }
            category domain=(feed.settings.absolute(&paths::feeds(feed.lang))) { (kind_name(of.kind, phrases(of.lang))) }
            @for (_, name) in entry.topics() { category { (name) } }
            // HTML by the standard, so what is text is escaped twice.
            @if !entry.summary.is_empty() { description { (html! { (entry.summary) }.0) } }
            content:encoded { (Text(&entry.content.0)) }
        }
    }
}

/// The date of RFC 822 with four digits of the year, in the site's zone: a date without an hour stays that date.
fn rfc822(feed: &Feed<'_>, at: chrono::DateTime<chrono::Utc>) -> String {
    at.with_timezone(&feed.settings.zone).to_rfc2822()
}
