//! An answer: what it is worth when it comes, and where the request and its edition stand then.
//!
//! All that is decided is decided under the lock of the edition, which publication takes too: of an answer and a
//! publication at the same instant one is first, and the other sees it.

use std::collections::BTreeMap;

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::agreed::{self, Parts};
use super::ask;
use super::error::ValidationError;
use super::link::Answerer;
use super::model::{Answer, Fate, MailKind, REASON_MAX, Request, Say, Settled, Suggested, Suggestion};
use super::query::{self, NewAnswer, NewMail, Settlement};
use crate::ids::{AnswerId, EditionId, ReceiptId, RequestId, RevisionId};
use crate::journal::{self, Actor, Entry};
use crate::kit::lang::Lang;
use crate::release::drafting;
use crate::release::model::{Content, LanguageVersion};
use crate::release::state::State;

/// What somebody chose for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// To which request.
    pub request_id: RequestId,
    /// The name of the set of hashes that they had before their eyes ([`Parts::name`]).
    pub on: String,
    /// The answer.
    pub say: Say,
    /// Why.
    pub reason: String,
    /// Their text, of each language in which it is another one; empty for the other answers.
    pub suggestion: Suggestion,
}

/// What is wrong with a choice; the page says it beside the item, all at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// A change is asked for without a reason.
    NoReason,
    /// Over 2000 characters.
    LongReason,
    /// A suggestion that says what the text says.
    Same,
    /// A suggestion that cannot be a text: no headline, too long.
    Text,
}

/// What the choices lack, each with its request.
pub fn faults(
    choices: &[Choice],
    texts: &BTreeMap<RequestId, BTreeMap<Lang, LanguageVersion>>,
) -> Vec<(RequestId, Wrong)> {
    choices
        .iter()
        .filter_map(|choice| {
            let wrong = match choice.say {
                _ if choice.reason.chars().count() > REASON_MAX => Some(Wrong::LongReason),
                Say::Change if choice.reason.trim().is_empty() => Some(Wrong::NoReason),
                Say::Suggest => match checked(&choice.suggestion) {
                    None => Some(Wrong::Text),
                    Some(suggestion) => {
                        let there = texts.get(&choice.request_id);
                        let is_same = suggestion.iter().all(|(lang, text)| {
                            there.and_then(|there| there.get(lang)).map(Suggested::from).as_ref() == Some(text)
                        });
                        is_same.then_some(Wrong::Same)
                    }
                },
                _ => None,
            };
            wrong.map(|wrong| (choice.request_id, wrong))
        })
        .collect()
}

/// A suggestion in the form in which texts are stored; none if it cannot be stored.
pub fn checked(suggestion: &Suggestion) -> Option<Suggestion> {
    let versions = suggestion.iter().map(|(lang, text)| (*lang, LanguageVersion::from(text.clone()))).collect();
    let content = Content { versions, ..Content::default() }.checked().ok()?;
    Some(content.versions.iter().map(|(lang, version)| (*lang, Suggested::from(version))).collect())
}

/// Answers. Double press: the same answer to the same text by the same person is the one they gave; if all are, this is
/// its receipt.
///
/// # Errors
/// A request that was not put to them, a text that nobody was asked about.
pub async fn answer(
    conn: &mut AsyncPgConnection,
    by: &Answerer,
    choices: &[Choice],
) -> Result<ReceiptId, ValidationError> {
    conn.transaction(async |conn| answer_within(conn, by, choices).await).await
}

async fn answer_within(
    conn: &mut AsyncPgConnection,
    by: &Answerer,
    choices: &[Choice],
) -> Result<ReceiptId, ValidationError> {
    query::hold_meeting(conn, by.meeting.id).await?.ok_or(ValidationError::NotFound)?;
    let mut requests = Vec::with_capacity(choices.len());
    for choice in choices {
        requests.push(query::request(conn, choice.request_id).await?.ok_or(ValidationError::Form)?);
    }
    // In the order of the editions' ids, so that two can't wait for each other.
    let mut editions: Vec<EditionId> = requests.iter().map(|request| request.edition_id).collect();
    editions.sort();
    editions.dedup();
    let mut states = BTreeMap::new();
    for edition in &editions {
        if query::meeting_of(conn, *edition).await? != Some(by.meeting.id) {
            return Err(ValidationError::Form);
        }
        states.insert(*edition, drafting::lock(conn, *edition).await?.edition.state);
    }
    let mut fresh: Vec<(&Choice, Request, RevisionId, Parts)> = Vec::new();
    let mut given: Option<ReceiptId> = None;
    for choice in choices {
        // As it stands now that the edition is held.
        let request = query::request(conn, choice.request_id).await?.ok_or(ValidationError::Form)?;
        if !by.speaks.iter().any(|one| one.mandate_id == request.mandate_id) {
            return Err(ValidationError::Form);
        }
        let asked = query::asked(conn, request.id).await?;
        let (revision, parts) =
            asked.into_iter().find(|(_, parts)| parts.name() == choice.on).ok_or(ValidationError::Form)?;
        let last = match request.answer_id {
            Some(answer) => query::answer(conn, answer).await?,
            None => None,
        };
        // On a text that is no longer asked about there is nothing to repeat: they are told so.
        let is_newest = request.asked_parts.as_ref() == Some(&parts);
        match last.filter(|last| is_newest && is_same(last, choice, &parts)) {
            Some(last)
                if query::receipt(conn, last.receipt_id).await?.is_some_and(|receipt| receipt.email == by.email) =>
            {
                given = Some(last.receipt_id);
            }
            _ => fresh.push((choice, request, revision, parts)),
        }
    }
    if fresh.is_empty() {
        return given.ok_or(ValidationError::Form);
    }
    let receipt =
        query::insert_receipt(conn, by.meeting.id, &by.email, by.name(), (by.account_id, by.device_id)).await?;
    let mut entries = Vec::new();
    for (choice, request, revision, parts) in fresh {
        let speaker = by.speaks.iter().find(|one| one.mandate_id == request.mandate_id).ok_or(ValidationError::Form)?;
        let fate = fate(&request, states[&request.edition_id], choice.say, &parts);
        let reason = Some(choice.reason.trim())
            .filter(|reason| !reason.is_empty() && matches!(choice.say, Say::Change | Say::None | Say::Suggest));
        let suggestion = match choice.say {
            Say::Suggest => Some(
                serde_json::to_value(checked(&choice.suggestion).ok_or(ValidationError::Form)?)
                    .map_err(|_| ValidationError::Form)?,
            ),
            _ => None,
        };
        let new = NewAnswer {
            request_id: request.id,
            receipt_id: receipt,
            spokesperson_id: speaker.id,
            say: choice.say,
            revision_id: revision,
            parts: &parts,
            reason,
            suggestion,
            fate,
        };
        let id = query::insert_answer(conn, &new).await?;
        if fate == Fate::Counts {
            count_within(conn, &request, id, choice.say, &parts).await?;
        }
        entries.push(Entry::new("validation.answered", "meeting", by.meeting.id.0).with(json!({
            "request": request.id, "edition": request.edition_id, "mandate": request.mandate_id,
            "spokesperson": speaker.id, "answer": id, "say": choice.say.as_str(), "fate": fate.as_str(), "parts": parts,
        })));
    }
    journal::record(conn, by.actor, entries).await?;
    for edition in editions {
        stand_within(conn, by.actor, edition).await?;
    }
    let mail = NewMail {
        meeting_id: by.meeting.id,
        round_id: None,
        kind: MailKind::Receipt,
        email: &by.email,
        lang: by.lang(),
        name: by.name(),
        link_id: None,
        receipt_id: Some(receipt),
        token: &ask::mail_token(),
    };
    query::insert_mail(conn, &mail).await?;
    ask::enqueue(conn, by.meeting.id).await?;
    Ok(receipt)
}

fn is_same(last: &Answer, choice: &Choice, parts: &Parts) -> bool {
    let suggestion = checked(&choice.suggestion).filter(|_| choice.say == Say::Suggest).unwrap_or_default();
    last.say == choice.say
        && last.parts == *parts
        && last.accepted.is_none()
        && last.reason.as_deref().unwrap_or_default() == choice.reason.trim()
        && last.suggested() == suggestion
}

/// What an answer is worth when it comes.
fn fate(request: &Request, state: State, say: Say, parts: &Parts) -> Fate {
    let is_newest = request.asked_parts.as_ref() == Some(parts);
    match (state, request.settled_as) {
        (State::Published | State::Superseded, _) => Fate::Public,
        (_, Some(Settled::Waived)) => Fate::Waived,
        // The Chancellery has decided on this text; who agrees all the same puts their name to it.
        (_, Some(Settled::Forced)) if say != Say::Agree && request.settled_parts.as_ref() == Some(parts) => {
            Fate::Decided
        }
        _ if !is_newest => Fate::OlderText,
        _ => Fate::Counts,
    }
}

/// The last answer of anyone entitled is where the request stands.
async fn count_within(
    conn: &mut AsyncPgConnection,
    request: &Request,
    id: AnswerId,
    say: Say,
    parts: &Parts,
) -> Result<(), ValidationError> {
    query::mark_answered(conn, request.id, id).await?;
    let settlement = (say == Say::Agree).then_some(Settlement {
        settled: Settled::Agreed,
        parts: Some(parts),
        by: None,
        reason: None,
    });
    query::mark_settled(conn, request.id, settlement).await?;
    Ok(())
}

/// Brings a locked edition to where its requests stand: ready if the last of them is settled on exactly its text, back in
/// validation if one no longer is. Gives the state that it came to, if it moved.
pub async fn stand_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    id: EditionId,
) -> Result<Option<State>, ValidationError> {
    let locked = drafting::lock(conn, id).await?;
    let item = query::item(conn, id).await?.ok_or(ValidationError::NotFound)?;
    match (locked.edition.state, item.is_settled) {
        (State::InValidation, true) => {
            drafting::agreed_within(conn, by, &locked).await?;
            Ok(Some(State::Ready))
        }
        (State::Scheduled, false) => {
            drafting::unschedule_as(conn, by, &locked).await?;
            let locked = drafting::lock(conn, id).await?;
            drafting::take_back_within(conn, by, &locked).await?;
            Ok(Some(State::InValidation))
        }
        (State::Ready, false) => {
            drafting::take_back_within(conn, by, &locked).await?;
            Ok(Some(State::InValidation))
        }
        _ => Ok(None),
    }
}

/// Nobody of these mandates has said otherwise until the deadline, and they were told that silence agrees: settled on the
/// text that they were asked about, with its hashes in the journal. A request with any answer is not silent.
pub async fn silence_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    meeting: crate::ids::MeetingId,
    round: crate::ids::RoundId,
) -> Result<usize, ValidationError> {
    let editions = query::editions_of_round(conn, round).await?;
    let mut silent = 0;
    for edition in editions {
        let locked = drafting::lock(conn, edition).await?;
        if locked.edition.state != State::InValidation {
            continue;
        }
        let mut entries = Vec::new();
        for request in query::requests(conn, &[edition]).await? {
            let Some(parts) = request.asked_parts.clone().filter(|_| request.round_id == Some(round)) else { continue };
            let has_said = query::answers(conn, &[request.id])
                .await?
                .iter()
                .any(|answer| answer.fate == Fate::Counts && answer.parts == parts);
            if has_said || request.settled_as.is_some() && request.settled_on(&parts).is_some() {
                continue;
            }
            // Nobody speaks for them: nobody was told, and nobody was silent.
            if query::speakers(conn, &[request.mandate_id]).await?.is_empty() {
                continue;
            }
            let settlement = Settlement { settled: Settled::Silence, parts: Some(&parts), by: None, reason: None };
            query::mark_settled(conn, request.id, Some(settlement)).await?;
            silent += 1;
            entries.push(Entry::new("validation.silence", "meeting", meeting.0).with(json!({
                "request": request.id, "edition": edition, "mandate": request.mandate_id, "parts": parts,
            })));
        }
        journal::record(conn, by, entries).await?;
        stand_within(conn, by, edition).await?;
    }
    Ok(silent)
}

/// The hashes of a text with a suggestion in its place, as they will be if it is taken unaltered.
pub fn parts_with(parts: &Parts, suggestion: &Suggestion) -> Parts {
    let mut all = parts.clone();
    for (lang, text) in suggestion {
        all.0.insert(lang.code().to_owned(), agreed::hash(&LanguageVersion::from(text.clone())));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(title: &str) -> Suggested {
        Suggested { title: title.into(), lead: String::new(), body: String::new() }
    }

    #[test]
    fn what_a_choice_lacks_is_said() {
        let id = RequestId(1);
        let version = LanguageVersion { title: "Un".into(), lead: String::new(), body: String::new() };
        let texts: BTreeMap<_, _> = [(id, BTreeMap::from([(Lang::Fr, version)]))].into();
        let choice = |say, reason: &str, suggestion: &[(Lang, &str)]| Choice {
            request_id: id,
            on: String::new(),
            say,
            reason: reason.into(),
            suggestion: suggestion.iter().map(|(lang, title)| (*lang, text(title))).collect(),
        };
        for (choice, expected) in [
            (choice(Say::Agree, "", &[]), None),
            (choice(Say::None, "", &[]), None),
            (choice(Say::Change, " ", &[]), Some(Wrong::NoReason)),
            (choice(Say::Change, "Pas signé.", &[]), None),
            (choice(Say::Change, &"x".repeat(REASON_MAX + 1), &[]), Some(Wrong::LongReason)),
            (choice(Say::Suggest, "", &[(Lang::Fr, "Deux")]), None),
            (choice(Say::Suggest, "", &[(Lang::Fr, " Un ")]), Some(Wrong::Same)),
            (choice(Say::Suggest, "", &[(Lang::Fr, "")]), Some(Wrong::Text)),
            (choice(Say::Suggest, "", &[]), Some(Wrong::Text)),
        ] {
            let found = faults(std::slice::from_ref(&choice), &texts).into_iter().map(|(_, wrong)| wrong).next();
            assert_eq!(found, expected, "{choice:?}");
        }
    }
}
