//! The language versions of one release, which may stand anywhere in the files.
//!
//! The files are read twice. The first time we note how many versions each set has and which date is the earliest, a few
//! dozen bytes a set; the second time a set waits until it is whole and is then written once, with its right date. When
//! more text waits than [`WAITING_MAX_BYTES`], the set that waits longest goes ahead with what it has, and the rest joins
//! it when it comes: silently, as a later language.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};

use super::convert::{Version, language};
use super::record::Record;
use crate::kit::lang::Lang;

/// The most text that waits for other languages of its release.
pub const WAITING_MAX_BYTES: usize = 48 * 1024 * 1024;

/// A name within a source, in 16 bytes.
pub type Key = [u8; 16];

/// The key of `name` in `source`.
pub fn key(source: &str, name: &str) -> Key {
    let mut hash = Sha256::new();
    hash.update((source.len() as u64).to_be_bytes());
    hash.update(source);
    hash.update(name);
    let mut key = Key::default();
    key.copy_from_slice(&hash.finalize()[..16]);
    key
}

/// When a release was first published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetDate {
    /// The instant that is stored; the beginning of the day if the time is not known.
    pub at: DateTime<Utc>,
    /// Whether its time is known.
    pub time_known: bool,
    /// The date in its address.
    pub on: NaiveDate,
}

/// What the first reading found out.
#[derive(Debug, Default)]
pub struct Facts {
    sets: HashMap<Key, SetFacts>,
    /// Where each id stands first: file and line.
    ids: HashMap<Key, (u32, u64)>,
    /// Pieces of all files, those that are no records included.
    pub items: u64,
}

#[derive(Debug, Default)]
struct SetFacts {
    /// Records that have not come by in the second reading yet.
    left: u32,
    published: Option<SetDate>,
    unpublished: Option<SetDate>,
}

impl Facts {
    /// Notes a record of the first reading.
    pub fn note(&mut self, source: &str, record: &Record, place: (u32, u64), offered: &[Lang], zone: Tz) {
        self.ids.entry(key(source, &record.id)).or_insert(place);
        let set = self.sets.entry(key(source, &record.set)).or_default();
        set.left += 1;
        // A version that does not come in does not date the release.
        if language(&record.lang, offered).is_ok() {
            let (at, time_known) = record.date.instant(zone);
            let date = SetDate { at, time_known, on: record.date.day(zone) };
            let earliest = if record.published { &mut set.published } else { &mut set.unpublished };
            *earliest = Some(earliest.map_or(date, |known| known.min(date)));
        }
    }

    /// Where the id stood before, if `place` is not the first.
    pub fn stood_before(&self, source: &str, id: &str, place: (u32, u64)) -> Option<(u32, u64)> {
        self.ids.get(&key(source, id)).copied().filter(|first| *first != place)
    }
}

/// The versions of one release that are written together.
#[derive(Debug)]
pub struct Group {
    /// Where they come from.
    pub source: Arc<str>,
    /// What joins them there.
    pub set: String,
    /// The earliest date of all published versions of the set, in the files at hand; of all, if none was published.
    pub date: SetDate,
    /// Whether any version of the set was published.
    pub published: bool,
    /// Those that have come; each in a language of the site.
    pub members: Vec<Member>,
}

/// One of them.
#[derive(Debug)]
pub struct Member {
    /// Its place in the report.
    pub item: usize,
    /// The source's own name for it.
    pub id: String,
    /// Its language.
    pub lang: Lang,
    /// The names of its topics.
    pub topics: Vec<String>,
    /// What it says, unless it came before and said the same.
    pub version: Option<Box<Version>>,
}

impl Group {
    /// How many of its members say something new.
    pub fn fresh(&self) -> usize {
        self.members.iter().filter(|member| member.version.is_some()).count()
    }

    /// How much memory it takes, roughly.
    pub fn bytes(&self) -> usize {
        self.members.iter().map(Member::bytes).sum()
    }
}

impl Member {
    fn bytes(&self) -> usize {
        200 + self.version.as_ref().map_or(0, |version| version.bytes())
    }
}

/// The sets that are not whole yet.
#[derive(Debug)]
pub struct Waiting {
    groups: HashMap<Key, Group>,
    /// In the order of their first version; those that are gone are passed over.
    order: VecDeque<Key>,
    bytes: usize,
    most_bytes: usize,
}

impl Waiting {
    /// Nobody yet, and never more text than that.
    pub fn of(most_bytes: usize) -> Self {
        Self { groups: HashMap::new(), order: VecDeque::new(), bytes: 0, most_bytes }
    }

    /// A record of the set came by, as a member or refused. Gives what can be written now.
    pub fn arrive(&mut self, facts: &mut Facts, source: &Arc<str>, set: &str, member: Option<Member>) -> Vec<Group> {
        let key = key(source, set);
        let mut ready = Vec::new();
        let Some(known) = facts.sets.get_mut(&key) else { return ready };
        known.left = known.left.saturating_sub(1);
        if let Some(member) = member
            && let Some(date) = known.published.or(known.unpublished)
        {
            self.bytes += member.bytes();
            let order = &mut self.order;
            self.groups
                .entry(key)
                .or_insert_with(|| {
                    order.push_back(key);
                    let published = known.published.is_some();
                    Group { source: Arc::clone(source), set: set.to_owned(), date, published, members: Vec::new() }
                })
                .members
                .push(member);
        }
        if known.left == 0 {
            ready.extend(self.take(&key));
        }
        while self.bytes > self.most_bytes
            && let Some(oldest) = self.order.pop_front()
        {
            ready.extend(self.take(&oldest));
        }
        ready
    }

    /// All that still waits: at the end of files that changed while they were read.
    pub fn rest(&mut self) -> Vec<Group> {
        let mut rest = Vec::new();
        while let Some(oldest) = self.order.pop_front() {
            rest.extend(self.take(&oldest));
        }
        rest
    }

    fn take(&mut self, key: &Key) -> Option<Group> {
        let group = self.groups.remove(key)?;
        self.bytes -= group.bytes();
        // The order remembers those that are gone; it must not grow with the file.
        if self.order.len() > 64 && self.order.len() > 2 * self.groups.len() {
            let groups = &self.groups;
            self.order.retain(|key| groups.contains_key(key));
        }
        Some(group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::jsonl;

    fn record(id: &str, set: &str, lang: &str, date: &str) -> Record {
        let line =
            format!(r#"{{"id":"{id}","set":"{set}","lang":"{lang}","title":"T","date":"{date}","institution":"I"}}"#);
        jsonl::parse(line.as_bytes()).expect("a record")
    }

    fn member(item: usize, lang: Lang) -> Option<Member> {
        Some(Member { item, id: item.to_string(), lang, topics: Vec::new(), version: None })
    }

    fn facts(records: &[Record]) -> Facts {
        let mut facts = Facts::default();
        for (place, record) in records.iter().enumerate() {
            facts.note("s", record, (0, place as u64), &[Lang::Fr, Lang::Nl], chrono_tz::Europe::Brussels);
        }
        facts
    }

    fn items(groups: &[Group]) -> Vec<(String, Vec<usize>)> {
        groups.iter().map(|group| (group.set.clone(), group.members.iter().map(|one| one.item).collect())).collect()
    }

    #[test]
    fn a_set_waits_until_it_is_whole_and_takes_its_earliest_date() {
        let mut facts = facts(&[
            record("1", "a", "fr", "2012-03-02"),
            record("2", "b", "fr", "2012-03-01"),
            record("3", "a", "nl", "2012-03-01T10:00:00Z"),
            // Does not come in, and so dates nothing.
            record("4", "a", "it", "2010-01-01"),
        ]);
        let (mut waiting, source) = (Waiting::of(WAITING_MAX_BYTES), Arc::from("s"));
        assert!(waiting.arrive(&mut facts, &source, "a", member(1, Lang::Fr)).is_empty());
        assert_eq!(items(&waiting.arrive(&mut facts, &source, "b", member(2, Lang::Fr))), [("b".to_owned(), vec![2])]);
        assert!(waiting.arrive(&mut facts, &source, "a", member(3, Lang::Nl)).is_empty());
        let whole = waiting.arrive(&mut facts, &source, "a", None);
        assert_eq!(items(&whole), [("a".to_owned(), vec![1, 3])]);
        assert_eq!((whole[0].date.on.to_string().as_str(), whole[0].date.time_known), ("2012-03-01", true));
        assert!(waiting.rest().is_empty());
    }

    #[test]
    fn when_too_much_waits_the_oldest_goes_ahead_and_the_rest_follows() {
        let records: Vec<Record> = (0..200)
            .map(|n| record(&n.to_string(), &(n % 100).to_string(), if n < 100 { "fr" } else { "nl" }, "2012-03-01"))
            .collect();
        let mut facts = facts(&records);
        let (mut waiting, source) = (Waiting::of(10 * 200), Arc::from("s"));
        let mut written = Vec::new();
        for (item, record) in records.iter().enumerate() {
            written.extend(waiting.arrive(&mut facts, &source, &record.set, member(item, Lang::Fr)));
            assert!(waiting.bytes <= 10 * 200 && waiting.order.len() <= 65);
        }
        written.extend(waiting.rest());
        let mut all: Vec<usize> = items(&written).into_iter().flat_map(|(_, items)| items).collect();
        all.sort_unstable();
        assert_eq!(all, (0..200).collect::<Vec<_>>(), "each once");
        assert_eq!(items(&written)[0], ("0".to_owned(), vec![0]));
    }

    #[test]
    fn an_id_stands_where_it_stood_first() {
        let facts = facts(&[record("1", "a", "fr", "2012-03-02"), record("1", "b", "fr", "2012-03-02")]);
        assert_eq!(facts.stood_before("s", "1", (0, 0)), None);
        assert_eq!(facts.stood_before("s", "1", (0, 1)), Some((0, 0)));
        assert_eq!(facts.stood_before("t", "1", (0, 1)), None);
    }
}
