//! Who signs in, and what they may do.
//!
//! - `model.rs` persons and roles; `rights.rs` answers every "may they?"; `password.rs` argon2id (RFC 9106);
//!   `creation.rs` makes accounts; `sign_in.rs` who is asking, and the steps in and out
//! - `handlers.rs`, `views.rs` the door of the desk; `visit.rs` who is at the desk; `query.rs` every SQL statement on accounts and sessions

pub mod creation;
pub mod device;
pub mod handlers;
pub mod mails;
pub mod model;
pub mod own;
pub mod password;
pub mod people;
pub mod query;
pub mod rights;
pub mod second_factor;
pub mod sign_in;
pub mod views;
pub mod visit;

pub use model::{Person, Role};
pub use visit::Visit;
