//! What somebody looks for: one filter that list, search, feed and subscription share.
//!
//! - `filter.rs` its parameters, its canonical form, and what it selects
//! - `words.rs` the words in it; `analysis.rs` what a word is, for the index, a query and a highlight alike

pub mod analysis;
pub mod filter;
pub mod words;

pub use filter::{Filter, Period, Resolved};
pub use words::Words;
