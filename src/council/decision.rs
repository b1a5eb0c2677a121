//! Decisions of a meeting: adds them, says who proposes one and what it is, pulls one out.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::error::CouncilError;
use super::model::{ITEMS_MAX, Stage, Terms};
use super::{meeting, query};
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::{EditionId, MeetingId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::lang::Texts;
use crate::release::model::Kind;
use crate::release::state::State;
use crate::release::{decision, drafting, query as releases};

/// A decision to begin: what the agenda says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewDecision {
    /// Its titles, as far as there are any.
    pub titles: Texts,
    /// Who proposes it, what it is.
    pub terms: Terms,
}

/// Begins decisions at the end of a meeting's agenda, in their order: all of them or none. Also of a meeting that is
/// public: they follow it. Whoever begins them has a hand in them.
pub async fn add(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MeetingId,
    new: &[NewDecision],
) -> Result<Vec<(ReleaseId, EditionId)>, CouncilError> {
    conn.transaction(async |conn| {
        let of = meeting::lock(conn, by, id).await?;
        if of.stage() == Stage::Cancelled {
            return Err(CouncilError::Cancelled);
        }
        if query::items(conn, id).await?.len() + new.len() > ITEMS_MAX {
            return Err(CouncilError::Changed);
        }
        let mut begun = Vec::with_capacity(new.len());
        for one in new {
            let (release, edition) =
                drafting::begin_titled_within(conn, by, of.institution_id, Kind::Decision, &one.titles).await?;
            decision::set_terms(conn, edition, &one.terms.clone().normal()).await?;
            query::append(conn, id, release).await?;
            begun.push((release, edition));
        }
        let releases: Vec<ReleaseId> = begun.iter().map(|(release, _)| *release).collect();
        let entry = Entry::new("meeting.decisions_added", "meeting", id.0).with(json!({ "releases": releases }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(begun)
    })
    .await
}

/// Says who proposes a decision and what it is, while it is a draft or was handed in: with its texts this is what is
/// agreed (DESIGN §5). Whoever says it has a hand in it.
pub async fn set_terms(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MeetingId,
    release: ReleaseId,
    terms: &Terms,
) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        meeting::lock(conn, by, id).await?;
        let (_, item) = query::item(conn, release).await?.filter(|(of, _)| *of == id).ok_or(CouncilError::NotFound)?;
        let locked = drafting::lock(conn, item.edition_id).await?;
        locked.allow(by, Action::Write)?;
        let terms = terms.clone().normal();
        let before = decision::terms(conn, &[item.edition_id]).await?.remove(&item.edition_id).unwrap_or_default();
        if before == terms {
            return Ok(());
        }
        if !matches!(locked.edition.state, State::Draft | State::Submitted) {
            return Err(CouncilError::NotOpen);
        }
        decision::set_terms(conn, item.edition_id, &terms).await?;
        releases::set_hands(conn, item.edition_id, &locked.hands_with(by)).await?;
        let instruments: Vec<_> =
            terms.instruments.iter().map(|one| json!([one.instrument.as_str(), one.reading])).collect();
        let entry = Entry::new("release.terms_set", "release", release.0)
            .with(json!({ "edition": item.edition_id, "mandates": terms.mandates, "instruments": instruments }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Pulls a decision out of the publication of its meeting, with the reason, or puts it back in (no reason).
pub async fn hold_back(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MeetingId,
    release: ReleaseId,
    reason: Option<&str>,
) -> Result<(), CouncilError> {
    let reason = reason.map(str::trim);
    if reason.is_some_and(str::is_empty) {
        return Err(CouncilError::NoReason);
    }
    conn.transaction(async |conn| {
        meeting::lock(conn, by, id).await?;
        let (_, item) = query::item(conn, release).await?.filter(|(of, _)| *of == id).ok_or(CouncilError::NotFound)?;
        if !item.is_to_come() {
            return Err(CouncilError::Published);
        }
        if item.held_back_reason.as_deref() == reason {
            return Ok(());
        }
        query::set_held_back(conn, release, reason).await?;
        let action = if reason.is_some() { "release.held_back" } else { "release.put_back_in" };
        let entry = Entry::new(action, "release", release.0).with(json!({ "meeting": id, "reason": reason }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}
