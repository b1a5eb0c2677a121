//! What the Chancellery rules about who must agree: one mandate more, one less, or without one, each for a reason that
//! stands in the journal. Whoever wrote the text neither waives nor adds the last word to it (DESIGN §3, four eyes); forcing
//! is open to them, is marked, and waits for somebody else's ratification.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::answer;
use super::error::ValidationError;
use super::model::{REASON_MAX, Settled};
use super::query::{self, Settlement};
use super::round;
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::{EditionId, MandateId, MeetingId};
use crate::journal::{self, Entry};
use crate::release::drafting;
use crate::release::forcing;
use crate::release::state::State;

/// What is ruled about one mandate and one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// It must agree, too.
    Add,
    /// It need not.
    Waive,
    /// It must after all.
    Ask,
    /// It goes out without its agreement.
    Force,
}

impl Ruling {
    /// Its word in a form.
    pub fn as_str(self) -> &'static str {
        match self {
            Ruling::Add => "add",
            Ruling::Waive => "waive",
            Ruling::Ask => "ask",
            Ruling::Force => "force",
        }
    }

    /// What a form means by a word.
    pub fn parse(word: &str) -> Option<Self> {
        [Ruling::Add, Ruling::Waive, Ruling::Ask, Ruling::Force].into_iter().find(|one| one.as_str() == word)
    }
}

/// A reason as it is kept.
///
/// # Errors
/// Empty, or over 2000 characters.
pub fn reason(text: &str) -> Result<&str, ValidationError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > REASON_MAX { Err(ValidationError::NoReason) } else { Ok(text) }
}

/// Rules about one mandate and one item of the meeting.
///
/// # Errors
/// No reason; the item is public or of another meeting; the mandate is not asked about it; whoever rules wrote it.
pub async fn rule(
    conn: &mut AsyncPgConnection,
    by: &Person,
    meeting: MeetingId,
    edition: EditionId,
    mandate: MandateId,
    ruling: Ruling,
    why: &str,
) -> Result<(), ValidationError> {
    let why = reason(why)?;
    conn.transaction(async |conn| {
        round::lock(conn, meeting).await?;
        if query::meeting_of(conn, edition).await? != Some(meeting) {
            return Err(ValidationError::NotFound);
        }
        let locked = drafting::lock(conn, edition).await?;
        locked.allow(by, Action::Publish)?;
        let item = query::item(conn, edition).await?.ok_or(ValidationError::Changed)?;
        if !item.is_open() {
            return Err(ValidationError::Over);
        }
        let there = query::requests(conn, &[edition]).await?;
        let must = round::to_ask(conn, &[edition], &there).await?.iter().any(|(_, of)| *of == mandate);
        if (ruling == Ruling::Add) == must {
            return Err(ValidationError::Changed);
        }
        if ruling == Ruling::Add && !query::mandates_in_force(conn).await?.iter().any(|one| one.id == mandate) {
            return Err(ValidationError::NotFound);
        }
        let id = query::request_of(conn, edition, mandate).await?;
        let request = query::request(conn, id).await?.ok_or(ValidationError::NotFound)?;
        let settle = |settled, parts| Settlement { settled, parts, by: Some(by.id()), reason: Some(why) };
        match ruling {
            Ruling::Add => query::mark_added(conn, id, by.id(), why).await?,
            Ruling::Waive => {
                locked.second_pair_of_eyes(by)?;
                query::mark_settled(conn, id, Some(settle(Settled::Waived, None))).await?;
            }
            Ruling::Ask => {
                if !matches!(request.settled_as, Some(Settled::Waived | Settled::Forced)) {
                    return Err(ValidationError::Changed);
                }
                query::mark_settled(conn, id, None).await?;
            }
            Ruling::Force => {
                // Against what they were asked: what nobody was asked about is not forced on them.
                if locked.edition.state != State::InValidation
                    || request.settled_on(&item.whole).is_some()
                    || request.asked_parts.as_ref().is_none_or(|asked| !asked.cover(&item.whole))
                {
                    return Err(ValidationError::Changed);
                }
                query::mark_settled(conn, id, Some(settle(Settled::Forced, Some(&item.whole)))).await?;
                forcing::force_within(conn, by, &locked.edition, why).await?;
            }
        }
        let action = match ruling {
            Ruling::Add => "validation.added",
            Ruling::Waive => "validation.waived",
            Ruling::Ask => "validation.asked_after_all",
            Ruling::Force => "validation.forced",
        };
        let entry = Entry::new(action, "meeting", meeting.0).with(json!({
            "request": id, "edition": edition, "mandate": mandate, "reason": why, "parts": item.whole,
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        answer::stand_within(conn, by.actor(), edition).await?;
        Ok(())
    })
    .await
}
