//! What somebody looks for: one filter that list, search, feed and subscription share.
//!
//! - `filter.rs` its parameters, its canonical form, and what it selects
//! - `words.rs` the words in it, and what they mean

pub mod filter;
pub mod words;

pub use filter::{Filter, Period, Resolved};
pub use words::{Direct, Term, Understood, Words};
