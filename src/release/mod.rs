//! The communiqué: identity, reference, issuers, and numbered editions of its texts in several languages.
//!
//! - `state.rs` where it stands and every legal move; `model.rs` the nouns
//! - `draft/` what is being written, saved as one types; `drafting.rs` writes, submits, makes ready; `publication.rs` puts it on the site, now or at its hour;
//!   `correction.rs` changes what is public; `withdrawal.rs` takes it off and brings it back
//! - `address.rs` where it lives; `listing.rs` on which shelves it stands; `reference.rs` its number
//! - `public.rs` the one door through which the public sees releases
//! - `syndication.rs` what feeds and sitemaps read; `rendered.rs` texts as HTML, kept
//! - `query.rs` every other SQL statement on these tables

pub mod address;
pub mod correction;
pub mod draft;
pub mod drafting;
pub mod error;
pub mod handlers;
pub mod listing;
pub mod model;
pub mod public;
pub mod publication;
pub mod query;
pub mod reference;
pub mod rendered;
pub mod state;
pub mod syndication;
pub mod views;
pub mod withdrawal;
