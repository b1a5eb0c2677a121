//! Pictures, documents, sound and film: what was uploaded for a release, the copies made of it, and which files the public
//! may fetch.
//!
//! - `model.rs` the nouns: an asset, its copies, and the use that a revision makes of it
//! - `upload.rs` takes a file in, whole or in pieces; `examine.rs` finds what it is; `office.rs`, `film.rs` look into
//!   containers; `scan.rs` asks the operator's scanner; `picture.rs` decodes, turns, scales; `strip.rs` makes the copy that may leave the house
//! - `renditions.rs` makes the copies, a job; `sweep.rs` takes away what no row names
//! - `opening.rs` makes public what a public release shows, and nothing else, within the transaction that publishes it
//! - `public_door.rs`, `desk_door.rs` two of the three doors for files (DESIGN §4), `answer.rs` how all of them answer;
//!   `watermark.rs` for the third
//! - `form.rs` what the editor's form says of media; `hosts.rs` the hosts of films that are linked to
//! - `handlers.rs`, `views.rs`; `query.rs`, `uploads.rs` every SQL statement on these tables
//!
//! **A file is public if and only if a row of `public_files` says so.** Publication writes that table, the public door reads
//! it and asks nothing else: neither the release nor the asset nor a cookie.
//!
//! **The original stays whole in storage and never leaves it.** What is downloaded, also as "original", is a copy without
//! place, serial numbers and history; caption and credit stay in it.

pub mod answer;
pub mod desk_door;
pub mod examine;
pub mod film;
pub mod form;
pub mod handlers;
pub mod hosts;
pub mod model;
pub mod office;
pub mod opening;
pub mod picture;
pub mod public_door;
pub mod query;
pub mod renditions;
pub mod scan;
pub mod strip;
pub mod sweep;
pub mod upload;
pub mod uploads;
pub mod views;
pub mod watermark;
