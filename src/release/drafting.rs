//! Writes a release and hands it on, up to ready: begin, write, submit, send back, make ready, schedule.
//!
//! Each step is one function, one transaction, one journal entry; the `_within` twin works in the caller's transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::error::ReleaseError;
use super::model::{Content, Edition, Kind, LanguageVersion, NewRelease, one_line};
use super::state::{Move, PublicState, State};
use super::{decision, draft, query};
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::directory::{self, Family};
use crate::ids::{AccountId, EditionId, InstitutionId, ReleaseId, RevisionId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::lang::Texts;

/// An edition with what rights depend on; a step has it locked.
#[derive(Debug, Clone)]
pub struct Locked {
    /// Which edition.
    pub edition: Edition,
    /// Who issues it, the lead first.
    pub issuers: Vec<InstitutionId>,
    /// Whether the Council leads.
    pub of_council: bool,
    /// Whether its policy asks for a second person.
    pub four_eyes: bool,
}

impl Locked {
    /// Refuses what `person` may not do; what they may not even see is not found.
    pub fn allow(&self, person: &Person, action: Action) -> Result<(), ReleaseError> {
        match (self.may(person, action), self.may(person, Action::Read)) {
            (true, _) => Ok(()),
            (false, true) => Err(ReleaseError::NotAllowed),
            (false, false) => Err(ReleaseError::NotFound),
        }
    }

    /// Whether `person` may do it.
    pub fn may(&self, person: &Person, action: Action) -> bool {
        let object = Object::Release {
            issuers: &self.issuers,
            of_council: self.of_council,
            is_draft: self.edition.state == State::Draft,
        };
        may(person, action, object)
    }

    /// Refuses whoever had a hand in it, where the lead's policy asks for a second person (DESIGN §3).
    pub fn second_pair_of_eyes(&self, person: &Person) -> Result<(), ReleaseError> {
        if self.four_eyes && self.edition.hands.contains(&person.id()) {
            return Err(ReleaseError::FourEyes);
        }
        Ok(())
    }

    /// Who had a hand in it, and now this person too.
    pub fn hands_with(&self, person: &Person) -> Vec<AccountId> {
        let mut hands = self.edition.hands.clone();
        if !hands.contains(&person.id()) {
            hands.push(person.id());
        }
        hands
    }
}

/// The edition, locked until the transaction ends, with what rights on it depend on.
pub async fn lock(conn: &mut AsyncPgConnection, id: EditionId) -> Result<Locked, ReleaseError> {
    let edition = query::lock_editions(conn, &[id]).await?.pop().ok_or(ReleaseError::NotFound)?;
    of_edition(conn, edition).await
}

pub(super) async fn of_edition(conn: &mut AsyncPgConnection, edition: Edition) -> Result<Locked, ReleaseError> {
    of_editions(conn, vec![edition]).await?.pop().ok_or(ReleaseError::NotFound)
}

/// As [`of_edition`], of many at once.
pub(super) async fn of_editions(
    conn: &mut AsyncPgConnection,
    editions: Vec<Edition>,
) -> Result<Vec<Locked>, ReleaseError> {
    let releases: Vec<ReleaseId> = editions.iter().map(|edition| edition.release_id).collect();
    let mut of: HashMap<ReleaseId, Vec<(InstitutionId, bool, Family)>> = HashMap::new();
    for (release, institution, four_eyes, family) in query::issuers_of(conn, &releases).await? {
        of.entry(release).or_default().push((institution, four_eyes, family));
    }
    let locked = editions.into_iter().map(|edition| {
        let issuers = of.get(&edition.release_id).map_or(&[][..], Vec::as_slice);
        let of_council = issuers.first().is_some_and(|(_, _, family)| *family == Family::Council);
        // It goes out in the name of each of them.
        let four_eyes = issuers.iter().any(|(_, four_eyes, family)| *four_eyes || *family == Family::Council);
        Locked { edition, issuers: issuers.iter().map(|(id, ..)| *id).collect(), of_council, four_eyes }
    });
    Ok(locked.collect())
}

async fn is_council(conn: &mut AsyncPgConnection, lead: Option<InstitutionId>) -> Result<bool, ReleaseError> {
    let Some(lead) = lead else { return Ok(false) };
    let lead = directory::query::institutions_by_id(conn, &[lead]).await?;
    Ok(lead.first().is_some_and(|lead| lead.family == Family::Council))
}

/// What rights on an edition depend on, for a page that only reads.
pub async fn rights(conn: &mut AsyncPgConnection, edition: &Edition) -> Result<Locked, ReleaseError> {
    of_edition(conn, edition.clone()).await
}

/// Begins a release with its first text. The issuers must not be empty; the first of them leads.
pub async fn begin(
    conn: &mut AsyncPgConnection,
    by: &Person,
    new: NewRelease,
) -> Result<(ReleaseId, EditionId), ReleaseError> {
    let content = new.content.checked()?;
    conn.transaction(async |conn| {
        let of_council = is_council(conn, new.issuers.first().copied()).await?;
        if !may(by, Action::Write, Object::Release { issuers: &new.issuers, of_council, is_draft: true }) {
            return Err(ReleaseError::NotAllowed);
        }
        let (release_id, edition_id) = query::insert(conn, &new.issuers).await?;
        query::insert_revision(conn, edition_id, Some(by.id()), &content).await?;
        query::set_state(conn, edition_id, State::Draft, &[by.id()], None).await?;
        journal::record(conn, by.actor(), [Entry::new("release.begun", "release", release_id.0)]).await?;
        Ok((release_id, edition_id))
    })
    .await
}

/// Begins a release without a word in it yet, with what its lead puts on each: its contacts, what it says of itself.
pub async fn begin_blank(
    conn: &mut AsyncPgConnection,
    by: &Person,
    lead: InstitutionId,
) -> Result<(ReleaseId, EditionId), ReleaseError> {
    conn.transaction(async |conn| begin_titled_within(conn, by, lead, Kind::Release, &Texts::default()).await).await
}

/// As [`begin_blank`], inside the caller's transaction: of that kind, with those titles.
pub async fn begin_titled_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    lead: InstitutionId,
    kind: Kind,
    titles: &Texts,
) -> Result<(ReleaseId, EditionId), ReleaseError> {
    let issuers = [lead];
    let of_council = is_council(conn, Some(lead)).await?;
    if !may(by, Action::Write, Object::Release { issuers: &issuers, of_council, is_draft: true }) {
        return Err(ReleaseError::NotAllowed);
    }
    let (release_id, edition_id) = query::insert(conn, &issuers).await?;
    if kind != Kind::Release {
        query::set_kind(conn, release_id, kind).await?;
    }
    query::set_state(conn, edition_id, State::Draft, &[by.id()], None).await?;
    let edition = query::lock_editions(conn, &[edition_id]).await?.pop().ok_or(ReleaseError::NotFound)?;
    let versions = titles.0.iter().map(|(lang, title)| {
        (*lang, LanguageVersion { title: one_line(title), lead: String::new(), body: String::new() })
    });
    let content = Content {
        versions: versions.collect(),
        contacts: directory::query::default_contacts(conn, lead).await?,
        boilerplate: directory::query::boilerplate(conn, lead).await?,
        ..Content::default()
    };
    draft::follow_within(conn, by, &edition, &content).await?;
    journal::record(conn, by.actor(), [Entry::new("release.begun", "release", release_id.0)]).await?;
    Ok((release_id, edition_id))
}

/// Names who issues a release that was never public, the lead first, without repetition. Both the old lead and the new one
/// must be this person's to write for; so must the Council, in whatever place: nobody else speaks in its name.
pub async fn set_issuers(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    issuers: &[InstitutionId],
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = lock(conn, id).await?;
        locked.allow(by, Action::Write)?;
        let release = query::lock_releases(conn, &[locked.edition.release_id]).await?.pop();
        let release = release.ok_or(ReleaseError::NotFound)?;
        if release.public_state != PublicState::NeverPublic || locked.edition.state != State::Draft {
            return Err(super::state::IllegalMove::Edition { from: locked.edition.state, step: Move::Revise }.into());
        }
        let mut seen = std::collections::BTreeSet::new();
        let issuers: Vec<InstitutionId> = issuers.iter().copied().filter(|id| seen.insert(*id)).collect();
        if issuers == locked.issuers {
            return Ok(());
        }
        let of_council = is_council(conn, issuers.first().copied()).await?;
        if issuers.is_empty()
            || !may(by, Action::Write, Object::Release { issuers: &issuers, of_council, is_draft: true })
        {
            return Err(ReleaseError::NotAllowed);
        }
        let added: Vec<InstitutionId> = issuers.iter().copied().filter(|id| !locked.issuers.contains(id)).collect();
        for one in directory::query::institutions_by_id(conn, &added).await? {
            let object = Object::Release { issuers: &[one.id], of_council: true, is_draft: true };
            if one.family == Family::Council && !may(by, Action::Write, object) {
                return Err(ReleaseError::NotAllowed);
            }
        }
        query::set_issuers(conn, release.id, &issuers).await?;
        let entry = Entry::new("release.issuers_set", "release", release.id.0).with(json!({ "issuers": issuers }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Says what a release is that was never public. A decision comes with its meeting: nothing becomes one here, and none
/// becomes something else.
pub async fn set_kind(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    kind: Kind,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = lock(conn, id).await?;
        locked.allow(by, Action::Write)?;
        let release = query::lock_releases(conn, &[locked.edition.release_id]).await?.pop();
        let release = release.ok_or(ReleaseError::NotFound)?;
        if release.kind == kind {
            return Ok(());
        }
        if release.public_state != PublicState::NeverPublic || locked.edition.state != State::Draft {
            return Err(super::state::IllegalMove::Edition { from: locked.edition.state, step: Move::Revise }.into());
        }
        if release.kind == Kind::Decision || kind == Kind::Decision {
            return Err(ReleaseError::NotAllowed);
        }
        query::set_kind(conn, release.id, kind).await?;
        let entry = Entry::new("release.kind_set", "release", release.id.0)
            .with(json!({ "from": release.kind.as_str(), "to": kind.as_str() }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Throws a draft away that the public never saw. Its journal stays.
pub async fn discard(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = lock(conn, id).await?;
        locked.allow(by, Action::Write)?;
        let release = query::lock_releases(conn, &[locked.edition.release_id]).await?.pop();
        let release = release.ok_or(ReleaseError::NotFound)?;
        if release.public_state != PublicState::NeverPublic || locked.edition.state != State::Draft {
            return Err(super::state::IllegalMove::Edition { from: locked.edition.state, step: Move::Revise }.into());
        }
        query::delete_never_public(conn, release.id).await?;
        journal::record(conn, by.actor(), [Entry::new("release.discarded", "release", release.id.0)]).await?;
        Ok(())
    })
    .await
}

/// Writes another revision of a draft.
pub async fn write(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    content: Content,
) -> Result<RevisionId, ReleaseError> {
    conn.transaction(async |conn| write_within(conn, by, id, content).await).await
}

/// As [`write()`], inside the caller's transaction.
pub async fn write_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    content: Content,
) -> Result<RevisionId, ReleaseError> {
    let content = content.checked()?;
    let locked = lock(conn, id).await?;
    locked.allow(by, Action::Write)?;
    if !locked.edition.state.is_open_for_writing() {
        return Err(super::state::IllegalMove::Edition { from: locked.edition.state, step: Move::Revise }.into());
    }
    draft::follow_within(conn, by, &locked.edition, &content).await?;
    let revision = query::insert_revision(conn, id, Some(by.id()), &content).await?;
    query::set_state(conn, id, State::Draft, &locked.hands_with(by), None).await?;
    let entry = Entry::new("release.written", "release", locked.edition.release_id.0)
        .with(json!({ "edition": id, "revision": revision }));
    journal::record(conn, by.actor(), [entry]).await?;
    Ok(revision)
}

/// Takes an older text up again: of a draft it becomes the newest revision, of what is public the text that is prepared
/// for it. What was written since stays in history, or as the version before in the buffer.
pub async fn restore(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    revision: RevisionId,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = lock(conn, id).await?;
        locked.allow(by, Action::Write)?;
        let content = query::content(conn, revision).await?;
        let hands = locked.hands_with(by);
        match locked.edition.state {
            State::Draft => {
                // What is being written becomes a revision first, if it can: no word is lost.
                if draft::load(conn, &locked.edition).await?.content.faults().is_empty() {
                    draft::keep_within(conn, by, id, "").await?;
                }
                let edition = lock(conn, id).await?.edition;
                draft::follow_within(conn, by, &edition, &content).await?;
                query::insert_revision(conn, id, Some(by.id()), &content).await?;
            }
            State::Published => draft::follow_within(conn, by, &locked.edition, &content).await?,
            from => return Err(super::state::IllegalMove::Edition { from, step: Move::Revise }.into()),
        }
        query::set_hands(conn, id, &hands).await?;
        let entry = Entry::new("release.revision_restored", "release", locked.edition.release_id.0)
            .with(json!({ "edition": id, "revision": revision }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Hands a draft in.
pub async fn submit(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| submit_within(conn, by, id).await).await
}

/// As [`submit`], inside the caller's transaction.
pub async fn submit_within(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    let locked = lock(conn, id).await?;
    locked.allow(by, Action::Write)?;
    go(conn, by.actor(), &locked, Move::Submit, Some(locked.hands_with(by)), None, "release.submitted").await
}

/// Sends what was submitted back to its author; the reason stands in the journal.
pub async fn send_back(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    reason: &str,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| send_back_within(conn, by, id, reason).await).await
}

/// As [`send_back`], inside the caller's transaction.
pub async fn send_back_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    reason: &str,
) -> Result<(), ReleaseError> {
    if reason.trim().is_empty() {
        return Err(ReleaseError::NoReason);
    }
    let locked = lock(conn, id).await?;
    locked.allow(by, Action::Publish)?;
    let state = locked.edition.state.after(Move::SendBack)?;
    query::set_state(conn, id, state, &locked.edition.hands, None).await?;
    let entry = Entry::new("release.sent_back", "release", locked.edition.release_id.0)
        .with(json!({ "edition": id, "reason": reason }));
    journal::record(conn, by.actor(), [entry]).await?;
    Ok(())
}

/// What was handed in is shown to those who must agree to it; inside the caller's transaction.
pub async fn ask_within(conn: &mut AsyncPgConnection, by: &Person, locked: &Locked) -> Result<(), ReleaseError> {
    locked.allow(by, Action::Publish)?;
    go(conn, by.actor(), locked, Move::AskForValidation, None, None, "release.validation_asked").await
}

/// The last of those who must agree has: nothing is missing any more. Who wrote it is still known when it is published.
/// Inside the caller's transaction.
///
/// # Errors
/// Somebody has not agreed to exactly this text.
pub async fn agreed_within(conn: &mut AsyncPgConnection, by: Actor, locked: &Locked) -> Result<(), ReleaseError> {
    if !query::is_agreed(conn, locked.edition.id, locked.edition.head_revision_id).await? {
        return Err(ReleaseError::NotAgreed);
    }
    go(conn, by, locked, Move::MakeReady, None, None, "release.made_ready").await
}

/// Somebody no longer agrees with what was ready; inside the caller's transaction.
pub async fn take_back_within(conn: &mut AsyncPgConnection, by: Actor, locked: &Locked) -> Result<(), ReleaseError> {
    go(conn, by, locked, Move::TakeBack, None, None, "release.taken_back").await
}

/// Nothing is missing any more. Refused to whoever wrote or submitted it, where four eyes are asked.
pub async fn make_ready(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| make_ready_within(conn, by, id).await).await
}

/// As [`make_ready`], inside the caller's transaction.
pub async fn make_ready_within(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    let locked = lock(conn, id).await?;
    locked.allow(by, Action::Publish)?;
    locked.second_pair_of_eyes(by)?;
    ready_within(conn, by, &locked).await
}

/// Without asking for a second pair of eyes: the caller has, or forces it.
pub(super) async fn ready_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    locked: &Locked,
) -> Result<(), ReleaseError> {
    if !query::is_agreed(conn, locked.edition.id, locked.edition.head_revision_id).await? {
        return Err(ReleaseError::NotAgreed);
    }
    // Who wrote it is still known when it is published; a revision begins a new list.
    go(conn, by.actor(), locked, Move::MakeReady, None, None, "release.made_ready").await
}

/// Takes the text up again: back to draft. The hands of before no longer count against anybody.
pub async fn revise(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| revise_within(conn, by, id).await).await
}

/// As [`revise`], inside the caller's transaction.
pub async fn revise_within(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    let locked = lock(conn, id).await?;
    locked.allow(by, Action::Write)?;
    go(conn, by.actor(), &locked, Move::Revise, Some(vec![by.id()]), None, "release.revised").await
}

/// Gives a ready edition the instant at which it goes public by itself. This is the publishing act, and asks its right.
pub async fn schedule(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    at: DateTime<Utc>,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = lock(conn, id).await?;
        locked.allow(by, Action::Publish)?;
        locked.second_pair_of_eyes(by)?;
        schedule_within(conn, by, &locked, at).await
    })
    .await
}

/// Without asking for a second pair of eyes: the caller has, or forces it.
pub(super) async fn schedule_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    locked: &Locked,
    at: DateTime<Utc>,
) -> Result<(), ReleaseError> {
    if let Some(meeting) = decision::waits_for_its_meeting(conn, &[locked.edition.release_id]).await? {
        return Err(ReleaseError::OfMeeting(meeting));
    }
    if at <= clock::now(conn).await? {
        return Err(ReleaseError::Past);
    }
    go(conn, by.actor(), locked, Move::Schedule, None, Some(at), "release.scheduled").await
}

/// Takes the instant away again.
pub async fn unschedule(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = lock(conn, id).await?;
        locked.allow(by, Action::Publish)?;
        unschedule_within(conn, by, &locked).await
    })
    .await
}

/// As [`unschedule`], where the right was asked.
pub(super) async fn unschedule_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    locked: &Locked,
) -> Result<(), ReleaseError> {
    unschedule_as(conn, by.actor(), locked).await
}

/// The same in anybody's name: what was scheduled is taken back.
pub async fn unschedule_as(conn: &mut AsyncPgConnection, by: Actor, locked: &Locked) -> Result<(), ReleaseError> {
    go(conn, by, locked, Move::Unschedule, None, None, "release.unscheduled").await
}

async fn go(
    conn: &mut AsyncPgConnection,
    by: Actor,
    locked: &Locked,
    step: Move,
    hands: Option<Vec<AccountId>>,
    planned_at: Option<DateTime<Utc>>,
    action: &'static str,
) -> Result<(), ReleaseError> {
    let edition = &locked.edition;
    let state = edition.state.after(step)?;
    query::set_state(conn, edition.id, state, hands.as_ref().unwrap_or(&edition.hands), planned_at).await?;
    let mut detail = json!({ "edition": edition.id });
    if let Some(at) = planned_at {
        detail["planned_at"] = json!(at);
    }
    journal::record(conn, by, [Entry::new(action, "release", edition.release_id.0).with(detail)]).await?;
    Ok(())
}
