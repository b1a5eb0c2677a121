//! A feed as [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/), with what it has no word for under `_communique`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Format;
use super::entry::{Entry, Feed};
use crate::kit::lang::Lang;
use crate::paths;
use crate::phrases::phrases;

#[derive(Serialize)]
struct Document<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: String,
    feed_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_url: Option<String>,
    description: String,
    language: Lang,
    authors: [Author<'a>; 1],
    _communique: OfFeed<'a>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    url: String,
}

/// What JSON Feed has no word for, of a feed.
#[derive(Serialize)]
struct OfFeed<'a> {
    /// Where it is explained.
    about: String,
    /// The feed, for ever.
    id: &'a str,
    updated_at: String,
    /// Entries that no longer are.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<Removed<'a>>,
}

#[derive(Serialize)]
struct Removed<'a> {
    id: &'a str,
    at: String,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'a str,
    date_published: String,
    date_modified: String,
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'a str>,
    language: Lang,
    _communique: OfItem<'a>,
}

/// What JSON Feed has no word for, of an item.
#[derive(Serialize)]
struct OfItem<'a> {
    /// `public` or `withdrawn`.
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrected_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<String>,
    /// Its pages in other languages.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    translations: BTreeMap<Lang, &'a str>,
}

/// The document.
///
/// # Errors
/// None of these values can fail; serde's type says that some might.
pub fn document(feed: &Feed<'_>) -> Result<String, serde_json::Error> {
    let lang = feed.lang;
    serde_json::to_string(&Document {
        version: "https://jsonfeed.org/version/1.1",
        title: &feed.title,
        home_page_url: feed.page(),
        feed_url: feed.own(Format::Json),
        next_url: feed.older(Format::Json),
        description: phrases(lang).front_list_description(),
        language: lang,
        authors: [Author { name: feed.settings.site_name.text(lang), url: feed.home() }],
        _communique: OfFeed {
            about: feed.settings.absolute(&paths::feeds(lang)),
            id: &feed.id,
            updated_at: feed.instant(feed.updated_at),
            removed: feed.gone.iter().map(|(id, at)| Removed { id, at: feed.instant(*at) }).collect(),
        },
        items: feed.entries.iter().map(|entry| item(feed, entry)).collect(),
    })
}

fn item<'a>(feed: &Feed<'_>, entry: &'a Entry<'_>) -> Item<'a> {
    let of = entry.of;
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_html: &entry.content.0,
        summary: &entry.summary,
        date_published: feed.instant(of.first_published_at),
        date_modified: feed.instant(of.updated_at),
        authors: entry.authors.iter().map(|(name, url)| Author { name, url: url.clone() }).collect(),
        tags: entry.topics().map(|(_, name)| name).collect(),
        language: of.lang,
        _communique: OfItem {
            state: of.public_state.as_str(),
            reference: of.reference.as_deref(),
            corrected_at: of.changed_at.map(|at| feed.instant(at)),
            withdrawn_at: of.withdrawn_at.map(|at| feed.instant(at)),
            translations: entry.translations.iter().map(|(lang, url)| (*lang, url.as_str())).collect(),
        },
    }
}
