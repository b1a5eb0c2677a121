//! In somebody's place: for a time, a deputy is written to where the spokespersons were. Either the Chancellery says so, or
//! one of them from their own page. What waits is sent to the deputy at once.

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::ask;
use super::error::ValidationError;
use super::link::{self, Answerer};
use super::model::{MailKind, Meeting, Request};
use super::query;
use super::round;
use super::routing::Addressee;
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::ids::{AccountId, MandateId, MeetingId, SpokespersonId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;

/// The Chancellery lets one who speaks for the mandate answer in the others' place until then.
///
/// # Errors
/// Nobody of that number speaks for it now; an end that is past.
pub async fn give(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Person,
    meeting: MeetingId,
    mandate: MandateId,
    to: SpokespersonId,
    until: Option<DateTime<Utc>>,
) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        let meeting = round::lock(conn, meeting).await?;
        let object = Object::Institution { id: meeting.institution_id, of_council: true };
        if !may(by, Action::Write, object) {
            return Err(ValidationError::NotFound);
        }
        give_within(conn, ctx, by.actor(), &meeting, mandate, to, until, (Some(by.id()), by.name())).await
    })
    .await
}

/// A spokesperson lets one of their own mandate answer in their place, until the meeting ends.
pub async fn hand_over(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Answerer,
    to: SpokespersonId,
) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        let meeting = round::lock(conn, by.meeting.id).await?;
        let mandates = by.mandates();
        let speakers = query::speakers(conn, &mandates).await?;
        let one = speakers.iter().find(|one| one.id == to && one.email != by.email).ok_or(ValidationError::Form)?;
        give_within(conn, ctx, by.actor, &meeting, one.mandate_id, to, None, (by.account_id, by.name())).await
    })
    .await
}

#[expect(clippy::too_many_arguments, reason = "who gives what to whom, where and until when")]
async fn give_within(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: Actor,
    meeting: &Meeting,
    mandate: MandateId,
    to: SpokespersonId,
    until: Option<DateTime<Utc>>,
    given: (Option<AccountId>, &str),
) -> Result<(), ValidationError> {
    let now = clock::now(conn).await?;
    let until = until.unwrap_or_else(|| meeting.ends_at(ctx.settings.zone, now));
    if until <= now {
        return Err(ValidationError::Time);
    }
    let speakers = query::speakers(conn, &[mandate]).await?;
    let deputy = speakers.iter().find(|one| one.id == to).ok_or(ValidationError::Form)?;
    query::insert_delegation(conn, mandate, to, until, given).await?;
    let waits = query::requests_to(conn, meeting.id, &[mandate]).await?.iter().any(Request::waits_for_answer);
    if waits {
        let to = Addressee {
            email: deputy.email.clone(),
            name: deputy.name.clone(),
            lang: deputy.lang,
            mandates: vec![mandate],
        };
        link::send_within(conn, ctx, meeting, None, MailKind::NewLink, &to).await?;
        ask::enqueue(conn, meeting.id).await?;
    }
    let entry = Entry::new("validation.delegated", "meeting", meeting.id.0)
        .with(json!({ "mandate": mandate, "spokesperson": to, "until": until }));
    journal::record(conn, by, [entry]).await?;
    Ok(())
}
