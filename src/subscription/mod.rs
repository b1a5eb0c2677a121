//! Who wants what by mail: an address with its consent, and the filters it asked for, each with its cursor on the log
//! of public changes (DESIGN §6).
//!
//! There is no account and no password: until it is confirmed a wish lives only in a signed token, and afterwards the
//! links in the mails manage everything. GET changes nothing.
//!
//! - `signup.rs` takes the form, keeps to the limits, and sends the one confirmation mail (a job)
//! - `confirmation.rs` makes a subscription of a wish; `unsubscribe.rs` ends one (RFC 8058), or stops an address
//! - `rhythm.rs` how often, and not between which dates; `pause.rs` ends pauses (a job)
//! - `manage/` one's own subscriptions without a password: change, pause, another address, one's data, the end
//! - `press_list/` lists of addresses that institutions keep, with their own reason
//! - `moving.rs` lists brought from another system, and taken along
//! - `retention.rs` what is not kept longer than it is needed (a job)
//! - `model.rs` the nouns; `wording.rs` filters, languages and hours in words
//! - `handlers/`, `views/`, `mails.rs` what readers see; `query.rs` every SQL statement on these tables

pub mod confirmation;
pub mod handlers;
pub mod mails;
pub mod manage;
pub mod model;
pub mod moving;
pub mod pause;
pub mod press_list;
pub mod query;
pub mod retention;
pub mod rhythm;
pub mod signup;
pub mod unsubscribe;
pub mod views;
pub mod wording;

pub use handlers::routes;
