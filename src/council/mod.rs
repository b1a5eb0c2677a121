//! A meeting of the Council of Ministers, or of the inner cabinet, and the decisions that come out of it.
//!
//! A decision is a release like any other (`release`), with a place in the agenda of one meeting, the members of the
//! government who propose it, and its instrument. What sets it apart is how it goes public: never alone. The meeting is
//! published, at once or at the instant that it was armed for, by somebody who wrote nothing in it; all its ready decisions
//! go in one transaction, and one that is not ready is held back and holds nobody else back (DESIGN §4). Whether it is
//! ready is for `validation` to say: here the state alone counts.
//!
//! Places in the agenda: before publication those that the Chancellery gives. With publication those that went out come
//! first, in their order, and keep their numbers for ever; one that follows later has the next number. So no gap tells of
//! one that is held back.
//!
//! - `model.rs` the nouns; `meeting.rs` plans, changes, cancels; `agenda.rs` the order of decisions, and their way from one
//!   meeting to another; `decision.rs` adds one, says who proposes it and what it is, pulls it out
//! - `paste.rs` an agenda as somebody pastes it from a word processor
//! - `publication.rs` publishes, arms, and what falls due; `mails.rs` tells the Chancellery what was held back
//! - `public.rs` the one door through which the public sees meetings
//! - `query.rs` the SQL on meetings and decisions; `error.rs` why a step refuses

pub mod agenda;
pub mod decision;
pub mod error;
pub mod mails;
pub mod meeting;
pub mod model;
pub mod paste;
pub mod public;
pub mod publication;
pub mod query;
