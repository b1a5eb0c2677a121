//! The Chancellery's live board of a meeting (DESIGN §5): how it stands in a sentence, whose turn it is, and the table of
//! items and mandates that proves it; what can be done about each, in its place.
//!
//! - `handlers.rs` the board, its events, the sending, one place and what is done to it
//! - `views.rs` the board; `place.rs` one mandate's say about one item; `sending.rs` what would be sent, and to whom
//! - `words.rs` how each state is shown

pub mod handlers;
pub mod place;
pub mod sending;
pub mod views;
pub mod words;

pub use handlers::routes;
