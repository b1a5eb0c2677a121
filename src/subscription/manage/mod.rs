//! Managing one's subscriptions without a password: a mailed link opens them, on the device that presses its button, for
//! an hour.
//!
//! Whoever reads a person's mail can do this, as they can end the mails; so a link opens once and not for ever, tells
//! nothing to whoever sees it in passing, does nothing by being fetched, and an address is changed only by the new one's
//! owner, with a word to the old one.
//!
//! - `link.rs` the link: of a mail's foot, or asked for; what it opens · `session.rs` the device that opened it
//! - `change.rs` languages, rhythm, pause, resumption, end, one more · `address.rs` another address
//! - `data.rs` all that we hold about somebody, and how it goes

pub mod address;
pub mod change;
pub mod data;
pub mod link;
pub mod session;

pub use session::Holder;
