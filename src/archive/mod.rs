//! Releases of a former site: brought in with their numbers, dates, languages, issuers and addresses, twice without harm
//! (DESIGN §8).
//!
//! One road for all formats: a reader yields one typed record for each language version, one importer writes it.
//!
//! - `record.rs` what a source says of one version; `reader.rs` opens a file and yields records; `lines.rs` lines within
//!   a bound; `jsonl.rs` the format that we ask of others
//! - `mysqldump.rs` reads dumps of databases, `encoding.rs` finds their character sets, `php.rs` reads PHP's values,
//!   `spool.rs` sorts what is larger than memory, `drupal6/` makes records of all of it
//! - `wxr.rs` exports of WordPress, `shortcodes.rs` what stands in their texts; `paragraphs.rs` makes paragraphs of lines
//! - `mapping.rs` what a type, a field or a vocabulary of a former site is here
//! - `convert.rs` makes of a record what the newsroom keeps: Markdown, our languages, instants
//! - `import.rs` the road from files to releases; `sets.rs` waits for the other languages of a release; `names.rs` finds
//!   institutions and topics, or adds them; `plan.rs` decides
//!   the fate of every version; `writing.rs` writes a batch in one transaction
//! - `files.rs` finds the files of an old text and brings them into the storage of media; `links.rs` leads links to the
//!   former site to the new one
//! - `report.rs` what became of everything; `progress.rs` shows it while it lasts
//! - `old_address.rs` the forms in which an address of the former site is asked for; `redirects.rs` where it leads now
//! - `imports.rs` an import as a whole: wished for at the desk or by the command, fulfilled by a worker, accepted or taken
//!   back; `undoing.rs` takes one back; `handlers.rs`, `views/` their pages, and those of old addresses
//! - `query.rs` every SQL statement on these tables

pub mod convert;
pub mod drupal6;
pub mod encoding;
pub mod files;
pub mod import;
pub mod imports;
pub mod jsonl;
pub mod lines;
pub mod links;
pub mod mapping;
pub mod mysqldump;
pub mod names;
pub mod old_address;
pub mod paragraphs;
pub mod php;
pub mod plan;
pub mod progress;
pub mod query;
pub mod reader;
pub mod record;
pub mod redirects;
pub mod report;
pub mod sets;
pub mod shortcodes;
pub mod spool;
pub mod undoing;
pub mod writing;
pub mod wxr;
