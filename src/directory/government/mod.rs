//! Who governs: governments, the offices in them, the persons that hold one from an instant to an instant (a mandate), what
//! they are competent for, and who speaks for them.
//!
//! A government that has no start is being **prepared**: the Chancellery and the admins know of it, nobody else, and no
//! public page. It takes over by one operation (`desk::government::takeover`), which there is no way back from but
//! preparing another: what the public has seen, has happened. One government is in office at a time, one person in an
//! office: the database refuses anything else.
//!
//! - `model.rs` the nouns; `query.rs` reads and writes for the desk; `public.rs` the door of the public
//! - `keeping.rs` prepares a government, writes its mandates, ends one; `register.rs` persons, offices, competences;
//!   `speaking.rs` spokespersons and deputies
//! - `views.rs` the public pages of a government and of a member, which the desk shows beforehand

pub mod keeping;
pub mod model;
pub mod public;
pub mod query;
pub mod register;
pub mod speaking;
pub mod views;

pub use model::{Government, Mandate, Spokesperson};
