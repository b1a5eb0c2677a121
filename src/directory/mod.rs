//! Who issues releases, and the words they are filed under: institutions in their families, and topics.
//!
//! - `model.rs` the nouns; `query.rs` reads and writes them; `register.rs` adds to them.

pub mod model;
pub mod query;
pub mod register;

pub use model::{Family, Institution, Topic};
