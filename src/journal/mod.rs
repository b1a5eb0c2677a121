//! The journal: who did what to which thing, and when, written in the transaction that does it (DESIGN §11).
//!
//! The database refuses to change or delete an entry. - `model.rs` what an entry says; `query.rs` writes it.

pub mod model;
pub mod query;

pub use model::{Actor, Entry};
pub use query::record;
