//! Feeds: every list of the site, by the same query string, for machines that ask again and again.
//!
//! - `handlers.rs` the routes, and which releases a feed holds; `entry.rs` what an entry says, whatever the format
//! - `atom.rs`, `rss.rs`, `json.rs` the three formats; `id.rs` what feeds and entries are called
//! - `help.rs` the page that tells people of them
//!
//! What we decided, and would argue about again:
//!
//! - **An entry is a language version**, not a release: it has an address, a title and a text of its own. A feed in French
//!   shows each release in French, or else in the best language that it has, marked so; then it is the very entry that the
//!   Dutch feed shows, and who reads both sees it once. When French comes, the French entry is new to its readers, as it is
//!   in the mail of that day. Its id comes of a random UUID of the release: no change of host, address or number changes
//!   it, and it counts nothing.
//! - **By their own date.** Entries stand in the order of first publication; what comes from an archive stands where its
//!   date puts it and is never news. A date without an hour is the midnight at which that day begins in the site's zone.
//! - **Corrected, withdrawn, back:** the same entry with a newer `updated`, the note or the reason on top of its text; a
//!   withdrawn one says so in its title. Minor corrections change the text and not `updated`: the instant that Atom asks for
//!   is of changes that we consider significant (RFC 4287 §4.2.15). Unpublished: a tombstone (RFC 6721) in Atom, the id
//!   under `_communique` in JSON; RSS has no word for it.
//! - **Nothing tells of the rendering.** `updated` and `lastBuildDate` are the latest instant of what is shown, so that two
//!   answers are the same bytes until something changes.
//! - **The whole** is walked by `before=` a key (RFC 5005): `next` and `previous`, and since what stands before a key stays,
//!   the older pages are its archive documents as well.

pub mod atom;
pub mod entry;
pub mod handlers;
pub mod help;
pub mod id;
pub mod json;
pub mod rss;

use crate::paths;

/// How many entries a feed, and each older page of it, holds.
pub const SIZE: usize = 30;
/// How many tombstones it carries.
const TOMBSTONES: i64 = 30;

/// A format of a feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// RFC 4287.
    Atom,
    /// RSS 2.0 with its usual modules.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All of them, the richest first.
    pub const ALL: [Format; 3] = [Format::Atom, Format::Rss, Format::Json];

    /// The end of its address.
    pub const fn extension(self) -> &'static str {
        paths::FEED_FORMATS[self as usize].0
    }

    /// What people call it.
    pub const fn name(self) -> &'static str {
        paths::FEED_FORMATS[self as usize].1
    }

    /// Its type, as links have it.
    pub const fn media_type(self) -> &'static str {
        paths::FEED_FORMATS[self as usize].2
    }

    /// As `Content-Type` has it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Format::Atom => "application/atom+xml; charset=utf-8",
            Format::Rss => "application/rss+xml; charset=utf-8",
            Format::Json => "application/feed+json",
        }
    }
}
