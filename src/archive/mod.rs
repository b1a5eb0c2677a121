//! Releases of a former site: brought in with their numbers, dates, languages, issuers and addresses, twice without harm
//! (DESIGN §8).
//!
//! One road for all formats: a reader yields one typed record for each language version, one importer writes it.
//!
//! - `record.rs` what a source says of one version; `reader.rs` opens a file and yields records; `lines.rs` lines within
//!   a bound; `jsonl.rs` the format that we ask of others
//! - `convert.rs` makes of a record what the newsroom keeps: Markdown, our languages, instants
//! - `import.rs` the road from files to releases; `sets.rs` waits for the other languages of a release; `names.rs` finds
//!   institutions and topics, or adds them; `plan.rs` decides
//!   the fate of every version; `writing.rs` writes a batch in one transaction
//! - `report.rs` what became of everything; `progress.rs` shows it while it lasts
//! - `old_address.rs` where an address of the former site leads now
//! - `query.rs` every SQL statement on these tables

pub mod convert;
pub mod import;
pub mod jsonl;
pub mod lines;
pub mod names;
pub mod old_address;
pub mod plan;
pub mod progress;
pub mod query;
pub mod reader;
pub mod record;
pub mod report;
pub mod sets;
pub mod writing;
