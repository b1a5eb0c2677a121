//! A few releases in memory, asked as the whole index is: what a digest matches filters against.
//!
//! So a subscription is a search: the same words are found by the same analysis, whatever page, feed or mail asks.

use std::sync::Arc;

use anyhow::Context as _;
use chrono_tz::Tz;
use tantivy::{IndexReader, ReloadPolicy, SingleSegmentIndexWriter};

use super::columns::Columns;
use super::finding;
use super::question::Query;
use super::schema::{Document, Fields};
use super::view::View;
use crate::ids::{ReleaseId, Sequence};
use crate::search::Resolved;
use crate::search::query::Entry;

/// Memory that the library begins with; what is more it takes as it goes.
const BUILDING_BYTES: usize = 20_000_000;

/// An index of a few releases, in memory only.
pub struct Handful {
    view: Option<View>,
    zone: Tz,
}

impl Handful {
    /// The most releases that one holds: as many as one answer names.
    pub const MOST: usize = Query::SIZE_MAX;

    /// Of these, at most [`Handful::MOST`]. It takes some milliseconds for each hundred, on the thread that asks.
    ///
    /// # Errors
    /// The search library fails.
    pub fn of(entries: &[Entry], zone: Tz) -> anyhow::Result<Self> {
        if entries.is_empty() {
            return Ok(Self { view: None, zone });
        }
        let fields = Arc::new(Fields::default());
        let mut writer: SingleSegmentIndexWriter<Document> =
            fields.in_memory(BUILDING_BYTES).context("a small index")?;
        for entry in entries.iter().take(Self::MOST) {
            writer.add_document(fields.document(entry, zone))?;
        }
        let index = writer.finalize()?;
        let reader: IndexReader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let columns = searcher.segment_readers().iter().map(Columns::read).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { view: Some(View { searcher, columns, sequence: Sequence::default(), fields }), zone })
    }

    /// Which of them a filter finds.
    ///
    /// # Errors
    /// The search library fails.
    pub fn matching(&self, wanted: &Resolved) -> anyhow::Result<Vec<ReleaseId>> {
        let Some(view) = &self.view else { return Ok(Vec::new()) };
        let filter = &wanted.filter;
        let query = Query {
            words: filter.words.as_ref().map(|words| words.understood()).unwrap_or_default(),
            family: filter.family,
            institution: wanted.institution.as_ref().map(|own| own.id),
            topic: wanted.topic.as_ref().map(|own| own.id),
            mandate: wanted.mandate.as_ref().map(|own| own.id),
            meeting: wanted.meeting.as_ref().map(|own| own.id),
            instrument: filter.instrument,
            kind: filter.kind,
            language: filter.language,
            period: filter.period.map(|period| period.bounds(self.zone)),
            size: Query::SIZE_MAX,
            ..Query::default()
        };
        Ok(finding::find(view, &query)?.hits.into_iter().map(|hit| hit.release_id).collect())
    }
}
