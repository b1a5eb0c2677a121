//! Sends what waits in a meeting: the chosen items go into validation, each mandate whose text is new or another one is
//! asked, and each spokesperson who is asked something gets one mail for all that waits for them.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Duration, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::agreed::Parts;
use super::answer;
use super::ask;
use super::error::ValidationError;
use super::link;
use super::model::{Item, MailKind, Meeting, Request};
use super::query;
use super::routing;
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::{EditionId, MandateId, MeetingId, RevisionId, RoundId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::release::state::State;
use crate::release::{draft, drafting};

/// A reminder leaves this long before the deadline, or half-way to it where there is less than twice as much time.
const REMIND_BEFORE: Duration = Duration::minutes(30);

/// What one sending did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// Which round it was.
    pub round_id: RoundId,
    /// How many requests were asked.
    pub requests: usize,
    /// How many mails leave.
    pub mails: usize,
    /// Mandates for whom nobody speaks.
    pub nobody: Vec<MandateId>,
}

/// The mandates that are to be asked about these editions: who proposes each, and whom the Chancellery added.
pub async fn to_ask(
    conn: &mut AsyncPgConnection,
    editions: &[EditionId],
    requests: &[Request],
) -> Result<Vec<(EditionId, MandateId)>, ValidationError> {
    let mut all = query::proposing(conn, editions).await?;
    for one in requests.iter().filter(|one| one.is_added && editions.contains(&one.edition_id)) {
        if !all.contains(&(one.edition_id, one.mandate_id)) {
            all.push((one.edition_id, one.mandate_id));
        }
    }
    Ok(all)
}

/// Sends these items of the meeting. What is written of a draft becomes a revision and is handed in first, in this
/// person's name.
///
/// # Errors
/// The meeting is over; an item is not one of it or is public; a headline or a body is missing in a language that the
/// meeting asks for; nothing of it has to be asked and nothing becomes ready. Nothing has changed then.
pub async fn send(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Person,
    meeting: MeetingId,
    chosen: &[EditionId],
) -> Result<Sent, ValidationError> {
    conn.transaction(async |conn| send_within(conn, ctx, by, meeting, chosen).await).await
}

/// As [`send`], inside the caller's transaction.
pub async fn send_within(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Person,
    id: MeetingId,
    chosen: &[EditionId],
) -> Result<Sent, ValidationError> {
    let meeting = lock(conn, id).await?;
    let mut chosen = chosen.to_vec();
    chosen.sort();
    chosen.dedup();
    if chosen.is_empty() {
        return Err(ValidationError::Nothing);
    }
    // In the order of the ids, so that two can't wait for each other.
    let mut editions = Vec::with_capacity(chosen.len());
    for edition in &chosen {
        let mut locked = drafting::lock(conn, *edition).await?;
        locked.allow(by, Action::Publish)?;
        if locked.edition.state == State::Draft {
            draft::keep_within(conn, by, *edition, "").await?;
            drafting::submit_within(conn, by, *edition).await?;
            locked = drafting::lock(conn, *edition).await?;
        }
        editions.push(locked);
    }
    let items: Vec<Item> =
        query::items(conn, id).await?.into_iter().filter(|item| chosen.contains(&item.edition_id)).collect();
    if items.len() != chosen.len() || items.iter().any(|item| !item.is_open()) {
        return Err(ValidationError::Changed);
    }
    let latest: Vec<RevisionId> = items.iter().filter_map(|item| item.head).collect();
    let texts = query::texts_by_revision(conn, &latest).await?;
    for item in &items {
        let lacks = match item.head.and_then(|head| texts.get(&head)) {
            Some(texts) => meeting.lacks(texts),
            None => meeting.languages.clone(),
        };
        if let Some(lang) = lacks.first() {
            return Err(ValidationError::MissingLanguage { position: item.position, lang: *lang });
        }
    }
    for locked in &editions {
        let is_settled = items.iter().any(|item| item.edition_id == locked.edition.id && item.is_settled);
        match locked.edition.state {
            State::Submitted => drafting::ask_within(conn, by, locked).await?,
            // What it is or who proposes it changed after it was ready.
            State::Ready if !is_settled => drafting::take_back_within(conn, by.actor(), locked).await?,
            _ => {}
        }
    }
    let now = clock::now(conn).await?;
    let round_id = query::insert_round(conn, &meeting, Some(by.id()), remind_at(&meeting, now)).await?;
    let there = query::requests(conn, &chosen).await?;
    let pairs = to_ask(conn, &chosen, &there).await?;
    query::ensure_requests(conn, &pairs).await?;
    let requests = query::requests(conn, &chosen).await?;
    let heads: HashMap<EditionId, (RevisionId, &Parts)> =
        items.iter().filter_map(|item| Some((item.edition_id, (item.head?, &item.whole)))).collect();
    let pairs: HashSet<(EditionId, MandateId)> = pairs.into_iter().collect();
    let asked: Vec<(&Request, RevisionId, &Parts)> = requests
        .iter()
        .filter(|request| pairs.contains(&(request.edition_id, request.mandate_id)))
        .filter_map(|request| heads.get(&request.edition_id).map(|(head, whole)| (request, *head, *whole)))
        .filter(|(request, _, whole)| request.waits_to_be_sent(whole))
        .collect();
    let marked: Vec<_> = asked.iter().map(|(request, head, whole)| (request.id, *head, *whole)).collect();
    query::mark_asked(conn, round_id, &marked).await?;
    let mut mandates: Vec<MandateId> = asked.iter().map(|(request, _, _)| request.mandate_id).collect();
    mandates.sort();
    mandates.dedup();
    let speakers = query::speakers(conn, &mandates).await?;
    let mut mails = 0;
    for to in routing::addressees(&mandates, &speakers) {
        mails += usize::from(link::send_within(conn, ctx, &meeting, Some(round_id), MailKind::Ask, &to).await?);
    }
    // Without a mandate that is asked, or all of them agreed to it before: nothing else is missing.
    let mut ready = Vec::new();
    for edition in &chosen {
        if answer::stand_within(conn, by.actor(), *edition).await? == Some(State::Ready) {
            ready.push(*edition);
        }
    }
    if asked.is_empty() && ready.is_empty() {
        return Err(ValidationError::Nothing);
    }
    ask::enqueue(conn, id).await?;
    let entry = Entry::new("validation.sent", "meeting", id.0).with(json!({
        "round": round_id, "editions": chosen, "requests": asked.len(), "mails": mails, "ready": ready,
    }));
    journal::record(conn, by.actor(), [entry]).await?;
    let nobody = mandates.into_iter().filter(|of| !speakers.iter().any(|one| one.mandate_id == *of)).collect();
    Ok(Sent { round_id, requests: asked.len(), mails, nobody })
}

/// The meeting, locked, if something may still happen in it. One that is public goes on with what is not.
pub async fn lock(conn: &mut AsyncPgConnection, id: MeetingId) -> Result<Meeting, ValidationError> {
    let meeting = query::lock_meeting(conn, id).await?.ok_or(ValidationError::NotFound)?;
    if meeting.cancelled_at.is_some() { Err(ValidationError::Over) } else { Ok(meeting) }
}

fn remind_at(meeting: &Meeting, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let deadline = meeting.deadline_at.filter(|deadline| *deadline > now)?;
    Some(deadline - REMIND_BEFORE.min((deadline - now) / 2))
}

/// Writes once more to whoever is asked for these mandates and has not answered: a new link for each person.
pub async fn remind(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: Actor,
    id: MeetingId,
    mandates: &[MandateId],
    round: Option<RoundId>,
) -> Result<usize, ValidationError> {
    conn.transaction(async |conn| {
        let meeting = lock(conn, id).await?;
        remind_within(conn, ctx, by, &meeting, mandates, round).await
    })
    .await
}

/// As [`remind`], inside the caller's transaction, of a locked meeting. By itself it writes to nobody whose links the
/// Chancellery ended: the mailbox may be on the phone for which it did.
pub async fn remind_within(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: Actor,
    meeting: &Meeting,
    mandates: &[MandateId],
    round: Option<RoundId>,
) -> Result<usize, ValidationError> {
    let open: Vec<MandateId> = query::requests_to(conn, meeting.id, mandates)
        .await?
        .into_iter()
        .filter(Request::waits_for_answer)
        .map(|request| request.mandate_id)
        .collect();
    let mut mandates = open;
    mandates.sort();
    mandates.dedup();
    let speakers = query::speakers(conn, &mandates).await?;
    let is_by_itself = matches!(by, Actor::Job(_));
    let mut mails = 0;
    for to in routing::addressees(&mandates, &speakers) {
        if is_by_itself && query::are_links_ended(conn, meeting.id, &to.email).await? {
            continue;
        }
        mails += usize::from(link::send_within(conn, ctx, meeting, round, MailKind::Reminder, &to).await?);
    }
    ask::enqueue(conn, meeting.id).await?;
    let entry = Entry::new("validation.reminded", "meeting", meeting.id.0)
        .with(json!({ "mandates": mandates, "mails": mails, "round": round }));
    journal::record(conn, by, [entry]).await?;
    Ok(mails)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::lang::Lang;

    #[test]
    fn a_reminder_leaves_half_an_hour_before_or_half_way() {
        let at = |text: &str| format!("2026-11-20T{text}:00Z").parse::<DateTime<Utc>>().expect("an instant");
        let meeting = |deadline: Option<&str>| Meeting {
            id: MeetingId(1),
            kind: "council".into(),
            institution_id: crate::ids::InstitutionId(1),
            held_on: "2026-11-20".parse().expect("a day"),
            languages: vec![Lang::Fr],
            deadline_at: deadline.map(at),
            silence_agrees: false,
            planned_at: None,
            armed_at: None,
            published_at: None,
            cancelled_at: None,
        };
        for (now, deadline, expected) in [
            ("10:00", Some("11:45"), Some("11:15")),
            ("11:25", Some("11:45"), Some("11:35")),
            ("11:45", Some("11:45"), None),
            ("10:00", None, None),
        ] {
            assert_eq!(remind_at(&meeting(deadline), at(now)), expected.map(at), "{now} {deadline:?}");
        }
        assert_eq!(meeting(None).ends_at(chrono_tz::Europe::Brussels, at("10:00")), at("23:00"));
    }
}
