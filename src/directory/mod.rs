//! Who issues releases, and the words they are filed under: institutions in their families, and topics.
//!
//! - `model.rs`, `contact.rs` the nouns; `public.rs` the door of the public; `query.rs` reads and writes for the desk;
//!   `register.rs` adds to them; `settings.rs` what an institution sets, and its contacts; `topics.rs` the
//!   vocabulary
//! - `government/` who governs, and who speaks for whom; `standby/` who answers at which hours; `profile.rs` what else an
//!   institution says of itself
//! - `handlers.rs`, `views.rs` their pages in the desk, and how a public contact is shown; `vcard.rs`, `export.rs` contacts
//!   for other programs

pub mod contact;
pub mod export;
pub mod government;
pub mod handlers;
pub mod model;
pub mod profile;
pub mod public;
pub mod query;
pub mod register;
pub mod settings;
pub mod standby;
pub mod topics;
pub mod vcard;
pub mod views;

pub use model::{Family, Institution, Topic};
