//! What is read of every hit, laid out for one pass: 24 bytes a release, in memory.
//!
//! Half a million hits are counted in a few milliseconds because a hit costs two reads in step and six increments.
//! What has many values (institutions, topics, what it has to do with the government) is interned: releases with the same set share its number, sets are counted,
//! and at the end each set's count goes to its members.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::SegmentReader;
use tantivy::columnar::Column;

/// A segment's columns.
pub struct Columns {
    /// Microseconds since 1970.
    pub published: Vec<i64>,
    /// All else that is counted.
    pub counted: Vec<Counted>,
    /// The first month of any.
    pub first_month: u16,
    /// By whom.
    pub institutions: Sets,
    /// About what.
    pub topics: Sets,
    /// Mandates, meetings and instruments, as [`OfCouncil::number`](super::schema::OfCouncil::number) has them.
    pub council: Sets,
    place: Column<i64>,
    id: Column<i64>,
}

/// What is counted of a release, side by side: one line of the processor's cache is read for it.
#[derive(Clone, Copy)]
pub struct Counted {
    /// The number of its set of institutions.
    pub institution: u32,
    /// The number of its set of topics.
    pub topic: u32,
    /// The number of its set of mandates, meetings and instruments.
    pub council: u32,
    /// As `schema::month_number` counts.
    pub month: u16,
    /// Families, languages, kind.
    pub flags: u16,
}

/// The distinct sets of ids that documents have; a set's place is its number.
pub struct Sets {
    /// The sets.
    pub members: Vec<Box<[i64]>>,
}

impl Columns {
    /// Reads them once for the life of a segment, which never changes but for what is deleted.
    pub fn read(segment: &SegmentReader) -> tantivy::Result<Arc<Self>> {
        let fast = segment.fast_fields();
        let count = segment.max_doc();
        let (published, flags) = (fast.i64("published")?, fast.u64("flags")?);
        let (institutions, by_institution) = Sets::read(&fast.i64("institutions")?, count);
        let (topics, by_topic) = Sets::read(&fast.i64("topics")?, count);
        let (council, by_council) = Sets::read(&fast.i64("council")?, count);
        let sets = by_institution.into_iter().zip(by_topic).zip(by_council);
        let counted = sets.zip(0..count).map(|(((institution, topic), council), doc)| {
            let flags = flags.first(doc).unwrap_or_default();
            // The lowest 16 bits, and those above them.
            Counted { institution, topic, council, month: (flags >> 16) as u16, flags: flags as u16 }
        });
        let counted: Vec<Counted> = counted.collect();
        Ok(Arc::new(Self {
            published: (0..count).map(|doc| published.first(doc).unwrap_or_default()).collect(),
            first_month: counted.iter().map(|counted| counted.month).min().unwrap_or(u16::MAX),
            counted,
            institutions,
            topics,
            council,
            place: fast.i64("place")?,
            id: fast.i64("id")?,
        }))
    }

    /// Its place in lists among those of one instant.
    pub fn place(&self, doc: u32) -> i64 {
        self.place.first(doc).unwrap_or_default()
    }

    /// Which release it is.
    pub fn id(&self, doc: u32) -> i64 {
        self.id.first(doc).unwrap_or_default()
    }
}

impl Sets {
    /// The sets, and for each document the number of its own.
    fn read(column: &Column<i64>, count: u32) -> (Self, Vec<u32>) {
        let mut numbers: HashMap<Box<[i64]>, u32> = HashMap::new();
        let mut members: Vec<Box<[i64]>> = Vec::new();
        let mut set = Vec::new();
        let of = (0..count)
            .map(|doc| {
                set.clear();
                set.extend(column.values_for_doc(doc));
                set.sort_unstable();
                if let Some(number) = numbers.get(set.as_slice()) {
                    return *number;
                }
                // As many as there are documents, which are u32.
                let number = members.len() as u32;
                members.push(set.as_slice().into());
                numbers.insert(set.as_slice().into(), number);
                number
            })
            .collect();
        (Self { members }, of)
    }
}
