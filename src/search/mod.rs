//! What somebody looks for: one filter that list, subscription, and later search, feed and API share.
//!
//! - `filter.rs` its parameters, its canonical form, the sentence that describes it, and what it selects

pub mod filter;

pub use filter::{Filter, Resolved};
