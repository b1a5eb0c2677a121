//! Takes a release off, and brings it back. Withdrawn: still readable under a notice with the reason. Unpublished: the
//! reason only, or another address (DESIGN §3).

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::drafting;
use super::error::ReleaseError;
use super::state::{PublicMove, PublicState};
use super::{listing, query};
use crate::account::Person;
use crate::account::rights::Action;
use crate::change::{self, Change, Kind};
use crate::ids::ReleaseId;
use crate::journal::{self, Entry};
use crate::kit::lang::Texts;
use crate::media;

/// Marks a public release as withdrawn. Subscribers who had it are told; mail not yet sent leaves it out.
pub async fn withdraw(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
    reason: &Texts,
) -> Result<(), ReleaseError> {
    go(conn, by, id, PublicMove::Withdraw, Some(reason), None).await
}

/// Takes a public release off: its addresses answer 410 with the reason, or lead to `moved_to`.
pub async fn unpublish(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
    reason: &Texts,
    moved_to: Option<&str>,
) -> Result<(), ReleaseError> {
    go(conn, by, id, PublicMove::Unpublish, Some(reason), moved_to).await
}

/// Brings back what was withdrawn or unpublished, as it was.
pub async fn restore(conn: &mut AsyncPgConnection, by: &Person, id: ReleaseId) -> Result<(), ReleaseError> {
    go(conn, by, id, PublicMove::Restore, None, None).await
}

async fn go(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
    step: PublicMove,
    reason: Option<&Texts>,
    moved_to: Option<&str>,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let release = query::lock_releases(conn, &[id]).await?.pop().ok_or(ReleaseError::NotFound)?;
        // The right is asked before anything is said about its state: hidden is not found.
        let (edition_id, head) = query::published_edition(conn, id).await?.ok_or(ReleaseError::NotFound)?;
        drafting::lock(conn, edition_id).await?.allow(by, Action::Publish)?;
        let state = release.public_state.after(step)?;
        if reason.is_some_and(|reason| reason.0.is_empty() || reason.0.values().any(|text| text.trim().is_empty())) {
            return Err(ReleaseError::NoReason);
        }
        let revision = release.public_revision_id.or(head);
        let readable = match state {
            PublicState::Public | PublicState::Withdrawn => revision.map(|revision| (edition_id, revision)),
            PublicState::NeverPublic | PublicState::Unpublished => None,
        };
        query::set_public_state(conn, id, state, reason, readable, moved_to).await?;
        let languages = match revision {
            Some(revision) => query::content(conn, revision).await?.languages(),
            None => Vec::new(),
        };
        let (kind, action) = match step {
            PublicMove::Withdraw => (Kind::Withdrawn, "release.withdrawn"),
            PublicMove::Unpublish => (Kind::Unpublished, "release.unpublished"),
            PublicMove::Restore | PublicMove::Publish => (Kind::Restored, "release.restored"),
        };
        let mut tags = listing::shelve_within(conn, &[id]).await?;
        media::opening::follow_within(conn, &[id]).await?;
        journal::record(conn, by.actor(), [Entry::new(action, "release", id.0).with(json!({ "reason": reason }))])
            .await?;
        change::append(
            conn,
            [Change::of_release(kind, id, Some(edition_id), languages, tags.remove(&id).unwrap_or_default())],
        )
        .await?;
        Ok(())
    })
    .await
}
