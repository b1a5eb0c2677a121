//! The log of public changes: one gap-free, commit-ordered sequence of everything that changed what the public sees
//! (DESIGN §4). Caches, index, digests and feeds are cursors on it; nothing else tells them.
//!
//! - `model.rs` a change and the announcement in it; `query.rs` appends and reads
//! - `snapshot.rs` reads at one sequence; `answer.rs` what a public address answers, with the tags of what it shows
//! - `follower.rs` tells the pages that a process keeps what has changed

pub mod answer;
pub mod follower;
pub mod model;
pub mod query;
pub mod snapshot;

pub use model::{Change, Kind, Span};
pub use query::{append, last};
