//! What the Chancellery does with an answer that is no agreement: takes the suggested text, or says why it stays as it is.
//!
//! Taken unaltered it is the new text, agreed for the mandate that suggested it; who agreed to another text is asked again.
//! Altered in the editor it is a text like any other, and asks them too.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::answer;
use super::error::ValidationError;
use super::model::{Answer, Fate, Item, Request, Say, Settled};
use super::query::{self, Settlement};
use super::round;
use super::ruling;
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::{AnswerId, MeetingId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::release::drafting::{self, Locked};
use crate::release::model::LanguageVersion;
use crate::release::state::State;
use crate::release::{draft, query as releases};

/// Takes the suggestion as it is. `ask_others`: whoever has not agreed to it is asked at once; else with the next sending.
///
/// # Errors
/// It is not the mandate's last word, was replied to, or the text is another one than it was made on.
pub async fn accept(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Person,
    meeting: MeetingId,
    id: AnswerId,
    ask_others: bool,
) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        round::lock(conn, meeting).await?;
        let (said, request, locked, item) = lock(conn, by, meeting, id).await?;
        if said.say != Say::Suggest || !said.parts.cover(&item.whole) {
            return Err(ValidationError::Changed);
        }
        let edition = locked.edition.id;
        let head = item.head.ok_or(ValidationError::Changed)?;
        if locked.edition.state == State::Draft && draft::load(conn, &locked.edition).await?.is_ahead {
            // Somebody is writing: nobody's words are lost by a press on another page.
            return Err(ValidationError::Changed);
        }
        match locked.edition.state {
            State::Draft => {}
            State::Submitted | State::InValidation => {
                drafting::send_back_within(conn, by, edition, "suggestion").await?;
            }
            _ => drafting::revise_within(conn, by, edition).await?,
        }
        let mut content = releases::content(conn, head).await?;
        for (lang, text) in said.suggested() {
            content.versions.insert(lang, LanguageVersion::from(text));
        }
        let revision = drafting::write_within(conn, by, edition, content).await?;
        drafting::submit_within(conn, by, edition).await?;
        let item = query::item(conn, edition).await?.ok_or(ValidationError::NotFound)?;
        let round_id = request.round_id.ok_or(ValidationError::Changed)?;
        query::mark_asked(conn, round_id, &[(request.id, revision, &item.whole)]).await?;
        let settlement = Settlement { settled: Settled::Agreed, parts: Some(&item.whole), by: None, reason: None };
        query::mark_settled(conn, request.id, Some(settlement)).await?;
        reply(conn, by, meeting, &said, true, None).await?;
        let item = query::item(conn, edition).await?.ok_or(ValidationError::NotFound)?;
        if item.is_settled {
            let locked = drafting::lock(conn, edition).await?;
            drafting::ask_within(conn, by, &locked).await?;
            answer::stand_within(conn, by.actor(), edition).await?;
        } else if ask_others {
            round::send_within(conn, ctx, by, meeting, &[edition]).await?;
        }
        Ok(())
    })
    .await
}

/// The text stays as it is, for a reason that they are told with the next sending. Of *does not concern us*: it does.
pub async fn refuse(
    conn: &mut AsyncPgConnection,
    by: &Person,
    meeting: MeetingId,
    id: AnswerId,
    reason: &str,
) -> Result<(), ValidationError> {
    let reason = ruling::reason(reason)?;
    conn.transaction(async |conn| {
        let (said, request, ..) = lock(conn, by, meeting, id).await?;
        if said.say == Say::Agree {
            return Err(ValidationError::Changed);
        }
        query::mark_refused(conn, request.id).await?;
        reply(conn, by, meeting, &said, false, Some(reason)).await
    })
    .await
}

/// Confirms that it does not concern them, on the text that they said it of. By somebody who wrote nothing of it.
pub async fn confirm(
    conn: &mut AsyncPgConnection,
    by: &Person,
    meeting: MeetingId,
    id: AnswerId,
) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        let (said, request, locked, _) = lock(conn, by, meeting, id).await?;
        locked.second_pair_of_eyes(by)?;
        if said.say != Say::None {
            return Err(ValidationError::Changed);
        }
        let settlement =
            Settlement { settled: Settled::NotConcerned, parts: Some(&said.parts), by: Some(by.id()), reason: None };
        query::mark_settled(conn, request.id, Some(settlement)).await?;
        reply(conn, by, meeting, &said, true, None).await?;
        answer::stand_within(conn, by.actor(), request.edition_id).await?;
        Ok(())
    })
    .await
}

/// An answer that is its mandate's last word and has no reply yet, with its edition locked.
async fn lock(
    conn: &mut AsyncPgConnection,
    by: &Person,
    meeting: MeetingId,
    id: AnswerId,
) -> Result<(Answer, Request, Locked, Item), ValidationError> {
    let said = query::answer(conn, id).await?.ok_or(ValidationError::NotFound)?;
    let request = query::request(conn, said.request_id).await?.ok_or(ValidationError::NotFound)?;
    if query::meeting_of(conn, request.edition_id).await? != Some(meeting) {
        return Err(ValidationError::NotFound);
    }
    let locked = drafting::lock(conn, request.edition_id).await?;
    locked.allow(by, Action::Publish)?;
    // Once more, now that nobody else changes it.
    let request = query::request(conn, said.request_id).await?.ok_or(ValidationError::NotFound)?;
    let item = query::item(conn, request.edition_id).await?.ok_or(ValidationError::Changed)?;
    let is_last = request.answer_id == Some(id) && said.fate == Fate::Counts;
    if !is_last || query::is_replied(conn, id).await? || !item.is_open() || request.settled_as == Some(Settled::Waived)
    {
        return Err(ValidationError::Changed);
    }
    Ok((said, request, locked, item))
}

async fn reply(
    conn: &mut AsyncPgConnection,
    by: &Person,
    meeting: MeetingId,
    said: &Answer,
    accepted: bool,
    reason: Option<&str>,
) -> Result<(), ValidationError> {
    if !query::insert_reply(conn, said.id, accepted, by.id(), reason).await? {
        return Err(ValidationError::Changed);
    }
    let entry = Entry::new("validation.replied", "meeting", meeting.0).with(json!({
        "answer": said.id, "request": said.request_id, "say": said.say.as_str(), "accepted": accepted, "reason": reason,
    }));
    journal::record(conn, by.actor(), [entry]).await?;
    Ok(())
}
