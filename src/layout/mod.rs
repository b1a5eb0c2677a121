//! The frame around every page and every mail.
//!
//! - `public.rs` the public site; `error_page.rs` what is shown when there is no page; `desk.rs` the desk;
//!   `mail.rs` the two bodies of a mail

pub mod desk;
pub mod error_page;
pub mod mail;
pub mod public;
