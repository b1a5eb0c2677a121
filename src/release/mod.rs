//! The communiqué: identity, reference, issuers, and numbered editions of its texts in several languages.
//!
//! - `state.rs` where it stands and every legal move; `model.rs` the nouns
//! - `draft/` what is being written, saved as one types; `drafting.rs` writes, submits, makes ready; `publication.rs` puts it on the site, now or at its hour;
//!   `correction.rs` changes what is public; `withdrawal.rs` takes it off and brings it back
//! - `difference.rs` what is different between two texts, word by word
//! - `decision.rs` what makes it an item of a meeting of the Council
//! - `onward.rs` the whole way to the public in one press; `forcing.rs` against the policy, with a reason
//! - `preflight.rs` what it lacks before it goes out
//! - `grant.rs` personal links to what is not public; `preview.rs` what they show; `mails.rs` what is written to one person
//! - `former.rs` the page of an edition that is no longer the present one
//! - `handover.rs` what a policy cell has begun, when another government takes over
//! - `address.rs` where it lives; `listing.rs` on which shelves it stands; `reference.rs` its number
//! - `public.rs` the one door through which the public sees releases
//! - `foot.rs` what stands below its text; `reads.rs` how often it is read
//! - `syndication.rs` what feeds and sitemaps read; `rendered.rs` texts as HTML, kept
//! - `query.rs` every other SQL statement on these tables

pub mod address;
pub mod correction;
pub mod decision;
pub mod difference;
pub mod draft;
pub mod drafting;
pub mod error;
pub mod foot;
pub mod forcing;
pub mod former;
pub mod grant;
pub mod handlers;
pub mod handover;
pub mod listing;
pub mod mails;
pub mod model;
pub mod onward;
pub mod preflight;
pub mod preview;
pub mod public;
pub mod publication;
pub mod query;
pub mod reads;
pub mod reference;
pub mod rendered;
pub mod state;
pub mod syndication;
pub mod views;
pub mod withdrawal;
