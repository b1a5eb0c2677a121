//! The search: what was understood, what was found, how to narrow and widen it.
//!
//! - `handlers.rs` asks the index and the public door until both agree, and completes what is being typed
//! - `offers.rs` what may be meant by a name or a time; `examples.rs` what can be typed, out of recent headlines
//! - `views.rs` the page; `facets.rs` how to narrow it; `rows.rs` marks what was found in title, lead and text
//! - `turns.rs` whose turn it is, that nobody's searches keep others waiting
//!
//! **Newest first, unless one asks for the best match.** Who searches a newsroom follows a story: the top of the page is
//! then what its feed brings next, and nothing changes its place between two visits. As every word is wanted, even the
//! last hit has them all. The best match first is one click away, for whoever looks for the one text that says it all.

mod examples;
mod facets;
pub mod handlers;
mod offers;
mod rows;
pub mod turns;
mod views;
