//! What falls due by the clock: reminders, deadlines, and whoever takes a spokesperson's place in mid-round. However many
//! processes look, each thing is done once: the row says that it was.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::answer;
use super::ask;
use super::error::ValidationError;
use super::link;
use super::model::MailKind;
use super::query::{self, NewMail};
use super::round;
use super::routing;
use crate::ids::{MandateId, MeetingId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;

const REMINDER: Actor = Actor::Job("validation-reminder");
const DEADLINE: Actor = Actor::Job("validation-deadline");
const FOLLOWER: Actor = Actor::Job("validation-successor");

/// All of it.
pub async fn run(ctx: &Context) -> Result<(), ValidationError> {
    let mut conn = ctx.conn().await?;
    remind_due(&mut conn, ctx).await?;
    pass_due(&mut conn, ctx).await?;
    write_to_successors(&mut conn, ctx).await?;
    // What a process that died had in hand.
    for meeting in query::meetings_with_mail(&mut conn).await? {
        ask::enqueue(&mut conn, meeting).await?;
    }
    Ok(())
}

/// Reminds whoever has not answered, once a round.
async fn remind_due(conn: &mut AsyncPgConnection, ctx: &Context) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        for due in query::lock_to_remind(conn).await? {
            query::mark_reminded(conn, due.id).await?;
            let meeting = round::lock(conn, due.meeting_id).await?;
            let mandates = waiting(conn, due.meeting_id).await?;
            if !mandates.is_empty() {
                round::remind_within(conn, ctx, REMINDER, &meeting, &mandates, Some(due.id)).await?;
            }
        }
        Ok(())
    })
    .await
}

/// The mandates that something waits for in a meeting.
async fn waiting(conn: &mut AsyncPgConnection, id: MeetingId) -> Result<Vec<MandateId>, ValidationError> {
    let editions: Vec<_> =
        query::items(conn, id).await?.into_iter().filter(|item| item.is_open()).map(|item| item.edition_id).collect();
    let there = query::requests(conn, &editions).await?;
    let must = round::to_ask(conn, &editions, &there).await?;
    let mut mandates: Vec<MandateId> = there
        .iter()
        .filter(|request| request.waits_for_answer() && must.contains(&(request.edition_id, request.mandate_id)))
        .map(|request| request.mandate_id)
        .collect();
    mandates.sort();
    mandates.dedup();
    Ok(mandates)
}

/// The deadline is past: silence agrees where they were told so, and the Chancellery hears of what is still missing.
async fn pass_due(conn: &mut AsyncPgConnection, ctx: &Context) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        for due in query::lock_passed(conn).await? {
            query::mark_passed(conn, due.id).await?;
            // Before its editions, as publication takes them.
            round::lock(conn, due.meeting_id).await?;
            let silent = match due.silence_agrees {
                true => answer::silence_within(conn, DEADLINE, due.meeting_id, due.id).await?,
                false => 0,
            };
            let missing = waiting(conn, due.meeting_id).await?;
            let mut told = 0;
            if !missing.is_empty() {
                for (email, name, lang) in query::chancellery(conn).await? {
                    let mail = NewMail {
                        meeting_id: due.meeting_id,
                        round_id: Some(due.id),
                        kind: MailKind::Escalation,
                        email: &email,
                        lang: lang.unwrap_or(ctx.settings.languages[0]),
                        name: &name,
                        link_id: None,
                        receipt_id: None,
                        token: &ask::mail_token(),
                    };
                    told += usize::from(query::insert_mail(conn, &mail).await?);
                }
                ask::enqueue(conn, due.meeting_id).await?;
            }
            let entry = Entry::new("validation.deadline_passed", "meeting", due.meeting_id.0)
                .with(json!({ "round": due.id, "silent": silent, "missing": missing, "told": told }));
            journal::record(conn, DEADLINE, [entry]).await?;
        }
        Ok(())
    })
    .await
}

/// Whoever answers for a mandate now and was never written to about the meeting is.
async fn write_to_successors(conn: &mut AsyncPgConnection, ctx: &Context) -> Result<(), ValidationError> {
    for id in query::open_meetings(conn).await? {
        conn.transaction(async |conn| {
            let meeting = round::lock(conn, id).await?;
            let mandates = waiting(conn, id).await?;
            let speakers = query::speakers(conn, &mandates).await?;
            let written = query::last_asking_mails(conn, id).await?;
            let mut entries = Vec::new();
            for to in routing::addressees(&mandates, &speakers) {
                if written.iter().any(|mail| mail.email == to.email) {
                    continue;
                }
                link::send_within(conn, ctx, &meeting, None, MailKind::NewLink, &to).await?;
                entries.push(
                    Entry::new("validation.successor_asked", "meeting", id.0).with(json!({ "mandates": to.mandates })),
                );
            }
            if !entries.is_empty() {
                ask::enqueue(conn, id).await?;
                journal::record(conn, FOLLOWER, entries).await?;
            }
            Ok::<_, ValidationError>(())
        })
        .await?;
    }
    Ok(())
}
