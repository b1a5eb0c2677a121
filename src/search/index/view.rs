//! One state of the index, as readers hold it: its segments, their columns, and the sequence up to which it knows.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use serde::{Deserialize, Serialize};
use tantivy::index::SegmentId;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

use super::columns::Columns;
use super::schema::Fields;
use crate::ids::Sequence;

/// A state of the index.
pub struct View {
    /// Its segments.
    pub searcher: Searcher,
    /// In the order of the searcher's segments.
    pub columns: Vec<Arc<Columns>>,
    /// The last change that it knows of.
    pub sequence: Sequence,
    /// The names of its fields.
    pub fields: Arc<Fields>,
}

/// What is committed with every state: up to where the log was followed, and which log that was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The last change that was seen.
    pub sequence: Sequence,
    /// What the log said there (`change::query::mark`): a restored or another database says something else, or nothing.
    pub entry: String,
    /// The zone by which months were counted.
    pub zone: String,
}

impl Mark {
    /// As it is committed.
    pub fn payload(&self) -> String {
        // Three plain fields.
        serde_json::to_string(self).unwrap_or_default()
    }

    fn parse(payload: Option<&str>) -> anyhow::Result<Self> {
        serde_json::from_str(payload.context("committed without a mark")?).context("a mark of another form")
    }
}

/// Follows the commits of an index, whoever makes them.
pub struct Following {
    folder: PathBuf,
    reader: IndexReader,
    fields: Arc<Fields>,
    known: HashMap<SegmentId, Arc<Columns>>,
    /// The commit that was last read, byte by byte.
    meta: Vec<u8>,
}

impl Following {
    /// Of the index in that folder.
    ///
    /// # Errors
    /// It is damaged, or not ours.
    pub fn open(fields: &Arc<Fields>, folder: &Path) -> anyhow::Result<Self> {
        let index = fields.open(folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self {
            folder: folder.to_owned(),
            reader,
            fields: Arc::clone(fields),
            known: HashMap::new(),
            meta: Vec::new(),
        })
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The present commit, if it is another than the last one that was given.
    ///
    /// # Errors
    /// What it names cannot be read.
    pub fn next(&mut self) -> anyhow::Result<Option<(View, Mark)>> {
        let path = self.folder.join("meta.json");
        let mut meta = std::fs::read(&path)?;
        if meta == self.meta {
            return Ok(None);
        }
        let index = self.reader.searcher().index().clone();
        // A commit between the two would give its segments another's mark.
        loop {
            self.reader.reload()?;
            let mark = Mark::parse(index.load_metas()?.payload.as_deref())?;
            let after = std::fs::read(&path)?;
            if after == meta {
                let view = self.view(&mark)?;
                self.meta = meta;
                return Ok(Some((view, mark)));
            }
            meta = after;
        }
    }

    fn view(&mut self, mark: &Mark) -> anyhow::Result<View> {
        let searcher = self.reader.searcher();
        let mut known = HashMap::new();
        let mut columns = Vec::new();
        for segment in searcher.segment_readers() {
            let id = segment.segment_id();
            let its = match self.known.get(&id) {
                Some(its) => Arc::clone(its),
                None => Columns::read(segment)?,
            };
            known.insert(id, Arc::clone(&its));
            columns.push(its);
        }
        self.known = known;
        Ok(View { searcher, columns, sequence: mark.sequence, fields: Arc::clone(&self.fields) })
    }
}
