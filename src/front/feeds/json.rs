//! A feed as [JSON Feed 1.1](https://www.jsonfeed.org/version/1.1/), with what it has no word for under `_communique`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Format;
use super::entry::{Entry, Feed};
use crate::directory::contact::ChannelKind;
use crate::directory::public::Contact;
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
    /// `release`, `decision`, `invitation` or `speech`: what `kind=` asks for.
    kind: &'static str,
    /// "Do not use before", while that instant has not come.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<String>,
    /// Whom one may call.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contacts: Vec<OfContact<'a>>,
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

/// Whom one may call, by their public numbers and addresses.
#[derive(Serialize)]
struct OfContact<'a> {
    name: &'a str,
    languages: &'a [Lang],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phones: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mails: Vec<&'a str>,
}

impl<'a> OfContact<'a> {
    fn of(contact: &'a Contact) -> Self {
        let all = |wanted| {
            contact.channels.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, value)| value.as_str()).collect()
        };
        Self {
            name: &contact.name,
            languages: &contact.languages,
            phones: all(ChannelKind::Phone),
            mails: all(ChannelKind::Mail),
        }
    }
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
            kind: of.kind.as_str(),
            not_before: of.not_before.map(|at| feed.instant(at)),
            contacts: of.contacts.iter().map(OfContact::of).collect(),
            reference: of.reference.as_deref(),
            corrected_at: of.changed_at.map(|at| feed.instant(at)),
            withdrawn_at: of.withdrawn_at.map(|at| feed.instant(at)),
            translations: entry.translations.iter().map(|(lang, url)| (*lang, url.as_str())).collect(),
        },
    }
}
