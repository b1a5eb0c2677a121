//! The journal: who did what to which thing, and when, written in the transaction that does it (DESIGN §11).
//!
//! The database refuses to change or delete an entry. - `model.rs` what an entry says; `query.rs` writes and reads it;
//! `seal.rs` the chain of hashes that shows whether somebody changed it all the same

pub mod model;
pub mod query;
pub mod seal;

pub use model::{Actor, Entry};
pub use query::record;
