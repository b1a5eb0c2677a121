//! The meetings of the Council of Ministers as the public reads them: their list by year, the page of each, all its texts at
//! once, their feed.
//!
//! - `handlers.rs` the routes; `views.rs` list, page, and the block on the front page
//! - `press_kit.rs` all texts of a meeting as a page, and as files; `feed.rs` the meetings as Atom, RSS and JSON Feed

pub mod feed;
pub mod handlers;
pub mod press_kit;
pub mod views;
