//! Who answers at which hours: a rota of shifts for each contact, written by the week.
//!
//! A shift belongs to the local day on which it begins and lasts 24 hours at most, so that a week is a grid of contacts ×
//! days, and a cell a line one types: `9-18`, `9-12, 14-18`, `18-8` (into the next morning). Hours are the site's wall
//! clock; what summer time skips or doubles has the one instant of `kit::clock::instant`. No contact has two shifts at
//! once: the database refuses it.
//!
//! - `hours.rs` a cell; `lines.rs` many at once, pasted from a table; `rota.rs` writes a week, repeats it
//! - `query.rs` reads and writes; `public.rs` the door of the public; `handlers.rs`, `views.rs` the week in the desk

pub mod handlers;
pub mod hours;
pub mod lines;
pub mod public;
pub mod query;
pub mod rota;
pub mod views;

use chrono::{DateTime, Utc};

use crate::ids::ContactId;

/// A contact answers from an instant to an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub contact_id: ContactId,
    /// From.
    pub starts_at: DateTime<Utc>,
    /// Until.
    pub ends_at: DateTime<Utc>,
    /// What journalists are told besides.
    pub note: String,
}
