//! What a policy cell has begun and nobody has read yet, when another government takes over: it goes to the new cell, or it
//! stays where nothing goes public any more. Either way it is a draft again: whoever sends it on says so afresh.
//!
//! All of it works in the caller's transaction, and concerns releases that were never public: those keep their issuers.

use std::collections::BTreeSet;

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::json;

use super::error::ReleaseError;
use super::model::Edition;
use super::query;
use super::state::{Move, PublicState, State};
use crate::ids::{EditionId, InstitutionId, ReleaseId};
use crate::journal::{self, Actor, Entry};
use crate::schema::{editions, issuers, releases};

/// What the first institution leads or co-issues, the second does from now on. Gives which releases it led.
pub async fn hand_over_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    from: InstitutionId,
    to: InstitutionId,
) -> Result<Vec<ReleaseId>, ReleaseError> {
    let mut led = Vec::new();
    for edition in lock_open(conn, from).await? {
        let before: Vec<InstitutionId> =
            query::issuers(conn, edition.release_id).await?.into_iter().map(|(id, _)| id).collect();
        let mut seen = BTreeSet::new();
        let after: Vec<InstitutionId> =
            before.iter().map(|id| if *id == from { to } else { *id }).filter(|id| seen.insert(*id)).collect();
        query::set_issuers(conn, edition.release_id, &after).await?;
        let mut entries = Vec::new();
        // As a slice: on a Vec, `first` is diesel's here.
        if before.as_slice().first() == Some(&from) {
            back_to_draft(conn, &edition).await?;
            led.push(edition.release_id);
        }
        entries.push(Entry::new("release.handed_over", "release", edition.release_id.0).with(
            json!({ "edition": edition.id, "from": from, "to": to, "state": edition.state.as_str(), "issuers": after }),
        ));
        journal::record(conn, by, entries).await?;
    }
    Ok(led)
}

/// What the institution leads stays with it, as drafts: nothing of it goes public by itself. Gives which releases those are.
pub async fn keep_back_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    of: InstitutionId,
) -> Result<Vec<ReleaseId>, ReleaseError> {
    let mut led = Vec::new();
    for edition in lock_open(conn, of).await? {
        let lead = query::issuers(conn, edition.release_id).await?.into_iter().next();
        if lead.map(|(id, _)| id) != Some(of) {
            continue;
        }
        led.push(edition.release_id);
        if edition.state == State::Draft {
            continue;
        }
        back_to_draft(conn, &edition).await?;
        let entry = Entry::new("release.held_back", "release", edition.release_id.0)
            .with(json!({ "edition": edition.id, "state": edition.state.as_str(), "why": "its policy cell closes" }));
        journal::record(conn, by, [entry]).await?;
    }
    Ok(led)
}

/// The open editions of what the institution leads or co-issues and the public never saw, locked in the order of their ids.
async fn lock_open(conn: &mut AsyncPgConnection, of: InstitutionId) -> QueryResult<Vec<Edition>> {
    let ids: Vec<EditionId> = editions::table
        .inner_join(releases::table.on(releases::id.eq(editions::release_id)))
        .inner_join(issuers::table.on(issuers::release_id.eq(editions::release_id)))
        .filter(issuers::institution_id.eq(of))
        .filter(releases::public_state.eq(PublicState::NeverPublic))
        .filter(editions::state.ne_all([State::Published, State::Superseded]))
        .order(editions::id)
        .select(editions::id)
        .load(conn)
        .await?;
    let mut locked = query::lock_editions(conn, &ids).await?;
    // Somebody may have published one while we waited: it is no longer what nobody has read.
    locked.retain(|edition| !matches!(edition.state, State::Published | State::Superseded));
    Ok(locked)
}

async fn back_to_draft(conn: &mut AsyncPgConnection, edition: &Edition) -> Result<(), ReleaseError> {
    let step = match edition.state {
        State::Draft => return Ok(()),
        State::Submitted | State::InValidation => Move::SendBack,
        _ => Move::Revise,
    };
    let state = edition.state.after(step)?;
    query::set_state(conn, edition.id, state, &edition.hands, None).await?;
    Ok(())
}
