//! What can be asked of the index, and what it answers.

use chrono::{DateTime, Utc};

use crate::directory::Family;
use crate::ids::{InstitutionId, MandateId, MeetingId, ReleaseId, Sequence, TopicId};
use crate::kit::clock::{Month, Year};
use crate::kit::lang::Lang;
use crate::release::decision::Instrument;
use crate::release::model::Kind;
use crate::release::public;
use crate::search::Understood;

/// Which releases are looked for, and which page of them.
///
/// A release is found if the text of *one* of its languages holds all wanted words and phrases, and none of its texts an
/// unwanted one. Words that are no words (signs) ask for nothing.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// The words; none: whatever they say.
    pub words: Understood,
    /// A source family.
    pub family: Option<Family>,
    /// Who issued or co-issued it.
    pub institution: Option<InstitutionId>,
    /// A topic.
    pub topic: Option<TopicId>,
    /// A member of the government.
    pub mandate: Option<MandateId>,
    /// A meeting of the Council.
    pub meeting: Option<MeetingId>,
    /// What a decision is, in law.
    pub instrument: Option<Instrument>,
    /// A plain release or a decision.
    pub kind: Option<Kind>,
    /// A language in which it can be read.
    pub language: Option<Lang>,
    /// First published from the first instant, up to and without the second.
    pub period: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// What comes first.
    pub order: Order,
    /// Where the page begins.
    pub start: Start,
    /// How many hits it holds; at most [`Query::SIZE_MAX`].
    pub size: usize,
    /// Whether to count by facet.
    pub facets: bool,
}

impl Query {
    /// The longest page.
    pub const SIZE_MAX: usize = 1000;
}

/// What comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Order {
    /// The newest, as in any list.
    #[default]
    Newest,
    /// The one that speaks of it most (BM25, a title's words counting more), a newer one somewhat before an older one.
    Best,
}

/// Which way hits are paged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Start {
    /// At the first.
    #[default]
    First,
    /// After this one.
    After(Key),
    /// Before this one.
    Before(Key),
}

/// Where a hit stands: another page begins after or before it, and costs what the first does.
///
/// In the order of time it is the key of every list. In the order of rank it has the rank in front, which depends on that
/// text alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// How much it speaks of it, in thousandths; zero in the order of time.
    pub rank: u32,
    /// Microseconds since 1970.
    published: i64,
    place: i64,
}

impl Key {
    pub(super) fn new(rank: u32, published: i64, place: i64) -> Self {
        Self { rank, published, place }
    }

    /// The same place at another rank.
    pub(super) fn ranked(self, rank: u32) -> Self {
        Self { rank, ..self }
    }

    pub(super) fn published(&self) -> i64 {
        self.published
    }

    /// From a parameter: `1795780800.123456-417`, or `12345~1795780800-417` in the order of rank.
    pub fn parse(text: &str) -> Option<Self> {
        let (rank, rest) = match text.split_once('~') {
            Some((rank, rest)) => {
                let fine = rank.len() <= 9 && rank.bytes().all(|byte| byte.is_ascii_digit());
                (rank.parse().ok().filter(|_| fine)?, rest)
            }
            None => (0, text),
        };
        Some(Self { rank, ..public::Key::parse(rest)?.into() })
    }

    /// As lists have it.
    pub fn listed(&self) -> public::Key {
        public::Key {
            published_at: DateTime::from_timestamp_micros(self.published).unwrap_or_default(),
            place: self.place,
        }
    }
}

impl From<public::Key> for Key {
    fn from(key: public::Key) -> Self {
        Self { rank: 0, published: key.published_at.timestamp_micros(), place: key.place }
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.rank > 0 {
            write!(f, "{}~", self.rank)?;
        }
        self.listed().fmt(f)
    }
}

/// A page of hits.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// The last change that the index knew of.
    pub sequence: Sequence,
    /// How many there are on all pages.
    pub total: u64,
    /// How many stand before this page.
    pub before: u64,
    /// In their order, each release once.
    pub hits: Vec<Hit>,
    /// If they were asked for.
    pub facets: Facets,
}

impl Found {
    /// Whether others stand before this page.
    pub fn has_before(&self) -> bool {
        self.before > 0
    }

    /// Whether others follow this page.
    pub fn has_after(&self) -> bool {
        self.before + (self.hits.len() as u64) < self.total
    }
}

/// A release that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// Which one. Whether it may still be shown is for the public door to say.
    pub release_id: ReleaseId,
    /// Where it stands.
    pub key: Key,
}

/// How many hits there are by value, the values in their own order and without those that have none.
///
/// The counts of a facet are those of the query without the choice that was made *in that facet*: they say how many there
/// would be if one chose otherwise. The period is one facet, shown as years and as months.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// A release that several issue counts in the family of each.
    pub families: Vec<(Family, u64)>,
    /// By id.
    pub institutions: Vec<(InstitutionId, u64)>,
    /// By id.
    pub topics: Vec<(TopicId, u64)>,
    /// By id.
    pub mandates: Vec<(MandateId, u64)>,
    /// By id.
    pub meetings: Vec<(MeetingId, u64)>,
    /// In the order of their numbers.
    pub instruments: Vec<(Instrument, u64)>,
    /// In the order of [`Lang::ALL`].
    pub languages: Vec<(Lang, u64)>,
    /// Plain releases, decisions.
    pub kinds: Vec<(Kind, u64)>,
    /// The newest first.
    pub years: Vec<(Year, u64)>,
    /// The newest first.
    pub months: Vec<(Month, u64)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_address_and_nothing_else_is_one() {
        for text in ["1795780800-417", "1795780800.123456-1", "-86400-5", "12345~1795780800.000001-1", "1~0-1"] {
            let key = Key::parse(text).expect(text);
            assert_eq!(Key::parse(&key.to_string()), Some(key));
            assert_eq!(text.contains('~'), key.rank > 0);
        }
        for wrong in ["", "~", "~0-1", "1~", "x~0-1", "9999999999~0-1", "1~2~0-1", "+1~0-1", "-1~0-1", "0-1~5"] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
        let lists = public::Key::parse("1795780800.123456-417").expect("a key");
        assert_eq!(Key::from(lists).to_string(), lists.to_string());
        assert_eq!(Key::from(lists).listed(), lists);
    }
}
