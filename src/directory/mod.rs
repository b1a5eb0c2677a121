//! Who issues releases, and the words they are filed under: institutions in their families, and topics.
//!
//! - `model.rs` the nouns; `public.rs` the door of the public; `query.rs` reads and writes for the desk; `register.rs`
//!   adds to them.

pub mod contact;
pub mod model;
pub mod public;
pub mod query;
pub mod register;

pub use model::{Family, Institution, Topic};
