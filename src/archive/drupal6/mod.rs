//! Drupal 6, from a dump of its database: `mysqldump`'s file, plain, gzip or zstd. No MySQL server is needed.
//!
//! - `gather.rs` reads the dump once: small tables (terms, files, users, settings) into memory, rows of nodes into the
//!   [spool](super::spool), under the number of their node
//! - `lookup.rs` the small tables, closely packed; `install.rs` what they say, as text
//! - `nodes.rs` makes a record of all rows of a node; `fields.rs` reads CCK's columns
//! - `inspect.rs` says what a dump holds, and guesses a mapping
//!
//! Memory is that of the small tables (about 130 bytes a file, 60 a term or user) and of one node; the scratch folder
//! holds as much as the dump unpacked.

mod fields;
mod gather;
mod inspect;
mod install;
mod lookup;
mod nodes;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;

use super::mapping::Mapping;
use super::record::Piece;
use super::spool::Sorted;

pub use inspect::Inspection;
pub use install::Install;

/// A dump that was read.
#[derive(Debug)]
pub struct Dump {
    /// The Drupal in it that the mapping names, or the only one.
    install: Install,
    sorted: Sorted,
    /// What could not be read.
    faults: Vec<Fault>,
}

/// Something that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where it stands.
    pub line: u64,
    /// What it is.
    pub what: String,
}

impl Dump {
    /// Reads a dump. `scratch`: an empty folder, which must stay as long as this is read. `prefix`: of its tables, if
    /// several Drupals share the database.
    ///
    /// # Errors
    /// There is no Drupal 6 in it, or several and no prefix says which; or the scratch folder cannot be written.
    pub fn read(input: impl Read, scratch: &Path, prefix: Option<&str>) -> anyhow::Result<Self> {
        let (gathered, sorted) = gather::gather(input, scratch).context("reading the dump")?;
        let faults = gathered.faults.clone();
        let install = Install::choose(gathered, prefix)?;
        Ok(Self { install, sorted, faults })
    }

    /// What it holds, with the mapping that its names suggest.
    ///
    /// # Errors
    /// The scratch folder cannot be read.
    pub fn inspect(&self) -> anyhow::Result<Inspection> {
        inspect::inspect(&self.install, &self.sorted, &self.faults)
    }

    /// The mapping that its names suggest.
    ///
    /// # Errors
    /// The scratch folder cannot be read.
    pub fn guess(&self) -> anyhow::Result<Mapping> {
        Ok(self.inspect()?.mapping)
    }

    /// What it holds that is no node: faults of the dump first, then every node of a type that is a release. Can be read
    /// any number of times, and is the same each time.
    pub fn pieces(self: &Arc<Self>, mapping: &Arc<Mapping>) -> Box<dyn Iterator<Item = Piece> + Send> {
        nodes::pieces(self, mapping)
    }

    /// The addresses of lists of terms: (address there, the name of the topic, the language it was read in).
    pub fn term_addresses(&self, mapping: &Mapping) -> Vec<(String, String, String)> {
        nodes::term_addresses(&self.install, mapping)
    }

    /// Other names of a topic: its synonyms, and what it is called in other languages.
    pub fn also_called(&self, mapping: &Mapping) -> Vec<(String, Vec<String>)> {
        nodes::also_called(&self.install, mapping)
    }

    /// Below which address its files stood: `sites/default/files`.
    pub fn files_folder(&self) -> String {
        self.install.files_folder.clone()
    }

    /// Nodes of types that are no releases, by type.
    pub fn left_alone(&self, mapping: &Mapping) -> Vec<(String, u64)> {
        let mut all = std::collections::BTreeMap::<String, u64>::new();
        for ((kind, ..), count) in &self.install.counts {
            if !mapping.types.contains_key(kind) {
                *all.entry(kind.clone()).or_default() += count;
            }
        }
        all.into_iter().collect()
    }
}
