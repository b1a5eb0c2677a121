//! Publishes a meeting: at once, or at the instant that it was armed for. All its ready decisions go in one transaction;
//! one that is not ready is held back, holds nobody else back, and the Chancellery hears of it (DESIGN §4).
//!
//! Who publishes or arms has seen a page that says what goes out and what does not; if that has changed since, nothing
//! happens. Arming is the publishing act: whoever wrote a word of a decision does not publish it, neither now nor by having
//! armed it before they wrote (such a decision is held back when the instant comes).

use std::collections::BTreeSet;

use chrono_tz::Tz;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use graphile_worker::TaskHandler;
use serde_json::json;

use super::error::CouncilError;
use super::mails::HeldBackMail;
use super::meeting::{announced, lock, lock_open};
use super::model::{Item, Meeting, Stage, fingerprint};
use super::query;
use crate::account::{self, Person, Role};
use crate::ids::{MeetingId, ReleaseId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::{clock, job};
use crate::release::publication::{self, Publisher};

/// What came of a publication.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    /// What went public, in the order of the agenda.
    pub published: Vec<ReleaseId>,
    /// What did not.
    pub held_back: Vec<ReleaseId>,
}

/// By whose act, and of what they saw.
enum By<'a> {
    Person(&'a Person, &'a str),
    Due,
}

impl By<'_> {
    fn actor(&self) -> Actor {
        match self {
            By::Person(person, _) => person.actor(),
            By::Due => Actor::Job("due-scan"),
        }
    }
}

/// Publishes the meeting now with all its ready decisions. `seen` is the [`fingerprint`] of what was on the page.
pub async fn publish(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    id: MeetingId,
    seen: &str,
) -> Result<Outcome, CouncilError> {
    conn.transaction(async |conn| {
        let meeting = lock_open(conn, by, id).await?;
        publish_within(conn, zone, &By::Person(by, seen), &meeting, &BTreeSet::new()).await
    })
    .await
}

/// What of an agenda goes out by whose act, and what does not.
fn parted<'a>(by: &By<'_>, meeting: &Meeting, items: &'a [Item], left_out: &BTreeSet<ReleaseId>) -> [Vec<&'a Item>; 2] {
    let goes = |item: &&Item| {
        let by_its_author = matches!(by, By::Due) && meeting.armed_by.is_some_and(|armer| item.hands.contains(&armer));
        item.goes_out() && !by_its_author && !left_out.contains(&item.release_id)
    };
    let (goes_out, others): (Vec<&Item>, Vec<&Item>) = items.iter().partition(goes);
    [goes_out, others.into_iter().filter(|item| item.is_to_come()).collect()]
}

/// The meeting is locked.
async fn publish_within(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &By<'_>,
    meeting: &Meeting,
    left_out: &BTreeSet<ReleaseId>,
) -> Result<Outcome, CouncilError> {
    let id = meeting.id;
    let before = query::items(conn, id).await?;
    query::lock_editions(conn, &before).await?;
    // Read once more: whoever held one of them may have changed it.
    let items = query::items(conn, id).await?;
    if let By::Person(_, seen) = by
        && fingerprint(meeting, &items) != *seen
    {
        return Err(CouncilError::Changed);
    }
    let [goes_out, held_back] = parted(by, meeting, &items, left_out);
    if goes_out.is_empty() {
        return Err(CouncilError::NothingReady);
    }
    if let By::Person(person, _) = by {
        refuse_authors(person, goes_out.iter().copied())?;
    }
    // Numbers that the public sees have no gap: what is held back comes after what went out.
    let order: Vec<ReleaseId> = goes_out.iter().chain(&held_back).map(|item| item.release_id).collect();
    query::set_order(conn, &order).await?;
    let at = clock::now(conn).await?;
    query::mark_published(conn, id, at).await?;
    let published: Vec<ReleaseId> = goes_out.iter().map(|item| item.release_id).collect();
    let held: Vec<ReleaseId> = held_back.iter().map(|item| item.release_id).collect();
    let mut entries = vec![
        Entry::new("meeting.published", "meeting", id.0)
            .with(json!({ "published": published, "held_back": held, "armed_by": meeting.armed_by })),
    ];
    entries.extend(held_back.iter().filter(|item| item.held_back_at.is_none()).map(|item| {
        Entry::new("release.held_back", "release", item.release_id.0)
            .with(json!({ "meeting": id, "state": item.state.as_str() }))
    }));
    journal::record(conn, by.actor(), entries).await?;
    if !held.is_empty() {
        tell_chancellery(conn, id).await?;
    }
    let publisher = match by {
        By::Person(person, _) => Publisher::OfMeeting(person),
        By::Due => Publisher::OfMeetingDue,
    };
    let editions: Vec<_> = goes_out.iter().map(|item| item.edition_id).collect();
    // Last: the log's counter is held from there to COMMIT.
    publication::publish_with_within(conn, zone, publisher, &editions, vec![announced(id)]).await?;
    Ok(Outcome { published, held_back: held })
}

/// Refuses whoever wrote in one of them.
fn refuse_authors<'a>(by: &Person, items: impl Iterator<Item = &'a Item>) -> Result<(), CouncilError> {
    let own: Vec<i32> = items.filter(|item| item.hands.contains(&by.id())).map(|item| item.number).collect();
    if own.is_empty() { Ok(()) } else { Err(CouncilError::FourEyes(own)) }
}

/// One mail to each editor of the Chancellery, by a job; a second one of the same meeting takes the place of a first that
/// still waits.
async fn tell_chancellery(conn: &mut AsyncPgConnection, id: MeetingId) -> Result<(), CouncilError> {
    for account in account::query::of_role(conn, Role::ChancelleryEditor).await? {
        let key = format!("held-back-{id}-{account}");
        let mail = HeldBackMail { meeting_id: id, account_id: account };
        job::enqueue(conn, HeldBackMail::IDENTIFIER, &mail, Some(&key)).await?;
    }
    Ok(())
}

/// Arms a meeting for its planned instant. Refused to whoever wrote in one of the decisions that may go out with it.
pub async fn arm(conn: &mut AsyncPgConnection, by: &Person, id: MeetingId, seen: &str) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        let meeting = lock_open(conn, by, id).await?;
        let items = query::items(conn, id).await?;
        if fingerprint(&meeting, &items) != seen {
            return Err(CouncilError::Changed);
        }
        let planned_at = meeting.planned_at.ok_or(CouncilError::NoInstant)?;
        if planned_at <= clock::now(conn).await? {
            return Err(CouncilError::Past);
        }
        // Of those that are not ready yet, too: they may be by then.
        let to_come = items.iter().filter(|item| item.is_to_come() && item.held_back_at.is_none());
        refuse_authors(by, to_come)?;
        query::set_armed(conn, id, Some(by.id())).await?;
        let entry = Entry::new("meeting.armed", "meeting", id.0).with(json!({ "planned_at": planned_at }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Takes the arming off.
pub async fn disarm(conn: &mut AsyncPgConnection, by: &Person, id: MeetingId) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        let meeting = lock_open(conn, by, id).await?;
        if meeting.stage() != Stage::Armed {
            return Err(CouncilError::NotArmed);
        }
        query::set_armed(conn, id, None).await?;
        journal::record(conn, by.actor(), [Entry::new("meeting.disarmed", "meeting", id.0)]).await?;
        Ok(())
    })
    .await
}

/// Publishes one decision after its meeting: the next number, its reference, the log; what pulled it out no longer holds.
pub async fn publish_later(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    id: MeetingId,
    release: ReleaseId,
    seen: &str,
) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        let meeting = lock(conn, by, id).await?;
        if meeting.stage() != Stage::Published {
            return Err(CouncilError::NotPublished);
        }
        let before = query::items(conn, id).await?;
        query::lock_editions(conn, &before).await?;
        let items = query::items(conn, id).await?;
        if fingerprint(&meeting, &items) != seen {
            return Err(CouncilError::Changed);
        }
        let item = items.iter().find(|item| item.release_id == release).ok_or(CouncilError::NotFound)?;
        if !(Item { held_back_at: None, ..item.clone() }).goes_out() {
            return Err(CouncilError::NotReady);
        }
        refuse_authors(by, std::iter::once(item))?;
        query::set_held_back(conn, release, None).await?;
        // After those that are public, before those that are still to come.
        let (known, to_come): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| !item.is_to_come());
        let rest = to_come.into_iter().filter(|other| other.release_id != release);
        let order: Vec<ReleaseId> = known.into_iter().chain([item]).chain(rest).map(|item| item.release_id).collect();
        query::set_order(conn, &order).await?;
        let entry = Entry::new("meeting.decision_published", "meeting", id.0).with(json!({ "release": release }));
        journal::record(conn, by.actor(), [entry]).await?;
        let own = vec![announced(id)];
        publication::publish_with_within(conn, zone, Publisher::OfMeeting(by), &[item.edition_id], own).await?;
        Ok(())
    })
    .await
}

/// Publishes whatever armed meeting has fallen due, also what fell due while nobody looked; however many processes do it
/// at the same time, each meeting goes public once. A decision that cannot go is left out, is journaled, and holds nobody
/// else back; where none can, the arming is taken off, so that it is not tried for ever, and the Chancellery hears of it.
pub async fn publish_due(ctx: &Context) -> Result<Vec<(MeetingId, Outcome)>, CouncilError> {
    let mut all = Vec::new();
    let zone = ctx.settings.zone;
    let mut conn = ctx.conn().await?;
    loop {
        let mut left_out = BTreeSet::new();
        let done = loop {
            let tried = try_due(&mut conn, zone, &left_out).await;
            match tried {
                Ok(done) => break done,
                Err((_, error)) if error.is_fault() => return Err(error),
                Err((meeting, error)) => {
                    tracing::warn!(meeting = meeting.0, %error, "an armed meeting cannot go public as it is");
                    let before = left_out.len();
                    left_out.extend(culprits(&mut conn, zone, meeting).await?);
                    if left_out.len() == before {
                        // All of them alone could go, and together they can't; or none is ready.
                        give_up(&mut conn, meeting, &error).await?;
                        break Some((meeting, Outcome::default()));
                    }
                }
            }
        };
        match done {
            Some(done) => all.push(done),
            None => return Ok(all),
        }
    }
}

async fn try_due(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    left_out: &BTreeSet<ReleaseId>,
) -> Result<Option<(MeetingId, Outcome)>, (MeetingId, CouncilError)> {
    let mut which = MeetingId(0);
    let tried = conn
        .transaction(async |conn| {
            let at = clock::now(conn).await?;
            let Some(meeting) = query::lock_due(conn, at).await? else { return Ok(None) };
            which = meeting.id;
            let outcome = publish_within(conn, zone, &By::Due, &meeting, left_out).await?;
            Ok::<_, CouncilError>(Some((meeting.id, outcome)))
        })
        .await;
    tried.map_err(|error| (which, error))
}

/// Those of a due meeting that cannot go public by themselves: each is tried in a transaction that is taken back.
async fn culprits(conn: &mut AsyncPgConnection, zone: Tz, id: MeetingId) -> Result<Vec<ReleaseId>, CouncilError> {
    let Some(meeting) = query::meeting(conn, id).await? else { return Ok(Vec::new()) };
    let items = query::items(conn, id).await?;
    let [goes_out, _] = parted(&By::Due, &meeting, &items, &BTreeSet::new());
    let mut found = Vec::new();
    for item in goes_out {
        let tried = conn
            .transaction(async |conn| {
                publication::publish_within(conn, zone, Publisher::OfMeetingDue, &[item.edition_id]).await?;
                // It would have gone: taken back.
                Err::<(), CouncilError>(CouncilError::NotPublished)
            })
            .await;
        match tried {
            Err(CouncilError::NotPublished) | Ok(()) => {}
            Err(error) if error.is_fault() => return Err(error),
            Err(error) => {
                tracing::warn!(release = item.release_id.0, %error, "a decision cannot go public; held back");
                found.push(item.release_id);
            }
        }
    }
    Ok(found)
}

async fn give_up(conn: &mut AsyncPgConnection, id: MeetingId, why: &CouncilError) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        let Some(meeting) = query::lock(conn, id).await? else { return Ok(()) };
        if meeting.stage() != Stage::Armed {
            return Ok(());
        }
        query::set_armed(conn, id, None).await?;
        let entry = Entry::new("meeting.disarmed", "meeting", id.0).with(json!({ "why": why.to_string() }));
        journal::record(conn, Actor::Job("due-scan"), [entry]).await?;
        tell_chancellery(conn, id).await
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AccountId, EditionId, InstitutionId, RevisionId};
    use crate::kit::lang::Lang;
    use crate::release::decision::MeetingKind;
    use crate::release::state::{PublicState, State};

    fn meeting(armed_by: i64) -> Meeting {
        Meeting {
            id: MeetingId(1),
            code: "2026-11-20".into(),
            kind: MeetingKind::Council,
            institution_id: InstitutionId(1),
            held_on: "2026-11-20".parse().expect("a day"),
            places: None,
            is_electronic: false,
            chair_mandate_id: None,
            intros: None,
            languages: vec![Lang::Fr, Lang::Nl],
            deadline_at: None,
            silence_agrees: false,
            planned_at: Some("2026-11-20T12:00:00Z".parse().expect("an instant")),
            armed_at: Some("2026-11-20T10:00:00Z".parse().expect("an instant")),
            armed_by: Some(AccountId(armed_by)),
            published_at: None,
            cancelled_at: None,
        }
    }

    fn item(id: i64, state: State, hands: &[i64]) -> Item {
        Item {
            release_id: ReleaseId(id),
            number: id as i32,
            edition_id: EditionId(id),
            head_revision_id: Some(RevisionId(id)),
            state,
            public_state: PublicState::NeverPublic,
            hands: hands.iter().copied().map(AccountId).collect(),
            held_back_at: None,
            held_back_reason: None,
        }
    }

    #[test]
    fn what_whoever_armed_it_wrote_since_does_not_go_out_by_itself() {
        let items = [
            item(1, State::Ready, &[7]),
            item(2, State::Draft, &[7]),
            item(3, State::Ready, &[8, 9]),
            item(4, State::Ready, &[]),
            item(5, State::Ready, &[7]),
        ];
        let left_out = BTreeSet::from([ReleaseId(5)]);
        let [goes, held] = parted(&By::Due, &meeting(9), &items, &left_out);
        assert_eq!(goes.iter().map(|item| item.number).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(held.iter().map(|item| item.number).collect::<Vec<_>>(), [2, 3, 5]);
    }

    #[test]
    fn a_fingerprint_changes_with_all_that_a_publication_depends_on() {
        let of = meeting(9);
        let items = [item(1, State::Ready, &[]), item(2, State::Ready, &[])];
        let seen = fingerprint(&of, &items);
        assert_eq!(seen, fingerprint(&of, &items.clone()));
        let mut swapped = items.clone();
        swapped.swap(0, 1);
        let mut revised = items.clone();
        revised[0].head_revision_id = Some(RevisionId(99));
        let mut back = items.clone();
        back[1].state = State::Draft;
        let mut held = items.clone();
        held[1].held_back_at = of.planned_at;
        for other in [swapped.as_slice(), revised.as_slice(), back.as_slice(), held.as_slice(), &items[..1]] {
            assert_ne!(fingerprint(&of, other), seen);
        }
        let later = Meeting { planned_at: of.armed_at, ..of.clone() };
        assert_ne!(fingerprint(&later, &items), seen);
    }
}
