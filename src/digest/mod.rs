//! One mail to each person at each slot with what is new for them: each item once, and none missed (DESIGN §6).
//!
//! There is no clock in what is sent: each subscription has a cursor on the log of public changes, a run looks from there
//! up to one bound, and the cursor moves in the same transaction. Clocks only decide when.
//!
//! - `slot.rs` the instants at which digests fall due; `run.rs` opens a run and lays out its deliveries
//! - `matching.rs` what is worth telling to whom, without I/O; `deliver.rs` the senders, `pace.rs` how fast they may
//! - `returned.rs` what comes back and what it means; `handlers.rs` the address where it is handed in
//! - `reach.rs` how many readers something reaches; `reader.rs` one of them
//! - `mails.rs` the mail in its two bodies; `model.rs` the nouns; `query.rs` every SQL statement on these tables

pub mod deliver;
pub mod handlers;
pub mod mails;
pub mod matching;
pub mod model;
pub mod pace;
pub mod query;
pub mod reach;
pub mod reader;
pub mod returned;
pub mod run;
pub mod slot;
