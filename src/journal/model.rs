//! Who acted, and what they did.

use std::net::IpAddr;

use serde_json::{Value, json};

use crate::ids::AccountId;

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody who signed in, and the address that they asked from, where a request is behind it.
    Account(AccountId, Option<IpAddr>),
    /// Somebody at the door, by what they came through: not signed in, or not yet.
    Visitor(&'static str, IpAddr),
    /// A job or a command, by its name.
    Job(&'static str),
}

/// What was done: `release.published` on `release` 12, with what else is worth knowing. No text of an unpublished
/// item, no address, no token.
#[derive(Debug, Clone)]
pub struct Entry {
    pub(super) action: &'static str,
    pub(super) object: &'static str,
    pub(super) object_id: Option<i64>,
    pub(super) detail: Value,
}

impl Entry {
    /// An act on one thing.
    pub fn new(action: &'static str, object: &'static str, object_id: i64) -> Self {
        Self { action, object, object_id: Some(object_id), detail: json!({}) }
    }

    /// Something that was not allowed; on nothing in particular where what was named is not there.
    pub fn refused(action: &'static str, object: &'static str, object_id: Option<i64>) -> Self {
        Self { action, object, object_id, detail: json!({}) }
    }

    /// An act on the site as a whole.
    pub fn on_site(action: &'static str) -> Self {
        Self { action, object: "site", object_id: None, detail: json!({}) }
    }

    /// With particulars.
    pub fn with(mut self, detail: Value) -> Self {
        self.detail = detail;
        self
    }
}
