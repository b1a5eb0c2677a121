//! What somebody looks for: one filter that list, search, feed and subscription share, and the index that answers it.
//!
//! - `filter.rs` its parameters, its canonical form, and what it selects
//! - `words.rs` the words in it, and what they mean; `analysis.rs` what a word is, for the index, a query and a highlight
//!   alike; `highlight.rs` where in a text they stand
//! - `index/` the projection of public releases: who writes it, what can be asked of it; `query.rs` what it reads

pub mod analysis;
pub mod filter;
pub mod highlight;
pub mod index;
pub mod query;
pub mod words;

pub use filter::{Filter, Period, Resolved};
pub use highlight::Highlighter;
pub use index::{Handful, Index};
pub use words::{Direct, Joined, Term, Understood, Words};
