//! Plans a meeting, changes what is planned, cancels it.
//!
//! Each step is one function, one transaction, one journal entry; of what the public sees, last of all an entry in the log.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::error::CouncilError;
use super::model::{Meeting, Plan, Stage};
use super::query;
use crate::account::Person;
use crate::change::{self, Change, Kind};
use crate::ids::MeetingId;
use crate::journal::{self, Entry};
use crate::kit::clock;

/// Plans a meeting.
pub async fn plan(conn: &mut AsyncPgConnection, by: &Person, plan: &Plan) -> Result<MeetingId, CouncilError> {
    CouncilError::allow(by)?;
    conn.transaction(async |conn| {
        let council = query::council(conn).await?.ok_or(CouncilError::NotFound)?;
        let id = query::insert(conn, council, plan, by.id()).await?;
        let entry = Entry::new("meeting.planned", "meeting", id.0).with(json!({ "held_on": plan.held_on }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(id)
    })
    .await
}

/// The meeting, locked, for somebody who sees to meetings.
pub(super) async fn lock(conn: &mut AsyncPgConnection, by: &Person, id: MeetingId) -> Result<Meeting, CouncilError> {
    CouncilError::allow(by)?;
    query::lock(conn, id).await?.ok_or(CouncilError::NotFound)
}

/// The meeting, locked, if it can still be prepared.
pub(super) async fn lock_open(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MeetingId,
) -> Result<Meeting, CouncilError> {
    let meeting = lock(conn, by, id).await?;
    match meeting.stage() {
        Stage::Preparing | Stage::Armed => Ok(meeting),
        Stage::Published => Err(CouncilError::Published),
        Stage::Cancelled => Err(CouncilError::Cancelled),
    }
}

/// Changes what is planned. Another instant takes the arming off: it was for the old one. Of a public meeting its place,
/// its chair and what stands above its decisions can be put right; its kind, its day and what it asked for stay.
pub async fn change(conn: &mut AsyncPgConnection, by: &Person, id: MeetingId, plan: &Plan) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        let meeting = lock(conn, by, id).await?;
        let before = meeting.plan();
        let plan = match meeting.stage() {
            Stage::Cancelled => return Err(CouncilError::Cancelled),
            Stage::Published => Plan {
                places: plan.places.clone(),
                is_electronic: plan.is_electronic,
                chair: plan.chair,
                intros: plan.intros.clone(),
                ..before.clone()
            },
            Stage::Preparing | Stage::Armed => plan.clone(),
        };
        if plan == before {
            return Ok(());
        }
        query::set_plan(conn, id, &plan).await?;
        if plan.held_on != before.held_on {
            query::set_code(conn, id, plan.held_on).await?;
        }
        let mut entries = vec![Entry::new("meeting.changed", "meeting", id.0).with(json!({
            "held_on": (plan.held_on != before.held_on).then_some([before.held_on, plan.held_on]),
            "planned_at": (plan.planned_at != before.planned_at).then_some([before.planned_at, plan.planned_at]),
            "deadline_at": (plan.deadline_at != before.deadline_at).then_some([before.deadline_at, plan.deadline_at]),
            "silence_agrees": (plan.silence_agrees != before.silence_agrees).then_some(plan.silence_agrees),
            "languages": (plan.languages != before.languages).then_some(&plan.languages),
        }))];
        if meeting.stage() == Stage::Armed && plan.planned_at != before.planned_at {
            query::set_armed(conn, id, None).await?;
            entries.push(Entry::new("meeting.disarmed", "meeting", id.0).with(json!({ "why": "another instant" })));
        }
        journal::record(conn, by.actor(), entries).await?;
        if meeting.stage() == Stage::Published {
            change::append(conn, [announced(id)]).await?;
        }
        Ok(())
    })
    .await
}

/// The entry of the log that tells of a meeting: what shows it, and their list.
pub(super) fn announced(id: MeetingId) -> Change {
    Change::of_site(Kind::Meetings, vec![format!("meeting:{id}"), "meetings".to_owned()])
}

/// It does not take place. Its decisions stay what they are, and can be moved to another one.
pub async fn cancel(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MeetingId,
    reason: &str,
) -> Result<(), CouncilError> {
    if reason.trim().is_empty() {
        return Err(CouncilError::NoReason);
    }
    conn.transaction(async |conn| {
        let meeting = lock_open(conn, by, id).await?;
        if meeting.armed_at.is_some() {
            query::set_armed(conn, id, None).await?;
        }
        let at = clock::now(conn).await?;
        query::set_cancelled(conn, id, Some(at)).await?;
        let entry = Entry::new("meeting.cancelled", "meeting", id.0).with(json!({ "reason": reason.trim() }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// It takes place after all.
pub async fn reopen(conn: &mut AsyncPgConnection, by: &Person, id: MeetingId) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        let meeting = lock(conn, by, id).await?;
        if meeting.stage() != Stage::Cancelled {
            return Err(CouncilError::Changed);
        }
        query::set_cancelled(conn, id, None).await?;
        journal::record(conn, by.actor(), [Entry::new("meeting.reopened", "meeting", id.0)]).await?;
        Ok(())
    })
    .await
}
