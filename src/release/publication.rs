//! Puts releases on the site, now or at their hour. One transaction: states, instants, references, addresses, shelves,
//! journal, and last of all the entries in the log of public changes (DESIGN §4).

use std::collections::HashMap;

use chrono_tz::Tz;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::address::{self, Claim};
use super::drafting::{self, Locked};
use super::error::ReleaseError;
use super::model::Release;
use super::state::{Move, PublicMove, PublicState};
use super::{decision, listing, query, reference};
use crate::account::Person;
use crate::account::rights::Action;
use crate::change::{self, Change, Kind};
use crate::directory;
use crate::ids::{EditionId, InstitutionId, ReleaseId, RevisionId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::lang::Lang;

/// By whose act something goes public.
#[derive(Debug, Clone, Copy)]
pub enum Publisher<'a> {
    /// Somebody who presses the button; their right is asked.
    Person(&'a Person),
    /// Somebody who presses it against the policy, with a reason ([`super::forcing`]); their right is asked, a second pair of
    /// eyes is not.
    Forced(&'a Person),
    /// Its hour has come; the right was asked when it was scheduled.
    Due,
    /// Somebody who publishes the meeting whose items these are; their right is asked, and a second pair of eyes.
    OfMeeting(&'a Person),
    /// The hour of their meeting has come; the right was asked of whoever armed it.
    OfMeetingDue,
}

impl<'a> Publisher<'a> {
    fn actor(self) -> Actor {
        match self {
            Publisher::Person(person) | Publisher::Forced(person) | Publisher::OfMeeting(person) => person.actor(),
            Publisher::Due | Publisher::OfMeetingDue => Actor::Job("due-scan"),
        }
    }

    /// Whoever presses the button.
    fn person(self) -> Option<&'a Person> {
        match self {
            Publisher::Person(person) | Publisher::Forced(person) | Publisher::OfMeeting(person) => Some(person),
            Publisher::Due | Publisher::OfMeetingDue => None,
        }
    }

    /// Whether it is a meeting that publishes its items.
    fn is_meeting(self) -> bool {
        matches!(self, Publisher::OfMeeting(_) | Publisher::OfMeetingDue)
    }
}

/// What was published, and when the log says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Which release.
    pub release_id: ReleaseId,
    /// Which of its editions.
    pub edition_id: EditionId,
}

/// Publishes the editions together, or none of them. Readers see them at once, subscribers in their next mail.
pub async fn publish(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    ids: &[EditionId],
) -> Result<Vec<Published>, ReleaseError> {
    conn.transaction(async |conn| publish_within(conn, zone, Publisher::Person(by), ids).await).await
}

/// One press where no policy asks for more: submits, makes ready and publishes a draft, with three journal entries.
pub async fn publish_draft(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    id: EditionId,
) -> Result<Vec<Published>, ReleaseError> {
    conn.transaction(async |conn| {
        drafting::submit_within(conn, by, id).await?;
        drafting::make_ready_within(conn, by, id).await?;
        publish_within(conn, zone, Publisher::Person(by), &[id]).await
    })
    .await
}

/// As [`publish`], inside the caller's transaction, which must do nothing after it but commit. Locks in the order of the
/// ids, so that two can't wait for each other. References are taken in the order given, in which they also stand in lists.
pub async fn publish_within(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: Publisher<'_>,
    ids: &[EditionId],
) -> Result<Vec<Published>, ReleaseError> {
    publish_with_within(conn, zone, by, ids, Vec::new()).await
}

/// As [`publish_within`], with other entries of the log before those of the editions.
pub async fn publish_with_within(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: Publisher<'_>,
    ids: &[EditionId],
    before: Vec<Change>,
) -> Result<Vec<Published>, ReleaseError> {
    let at = clock::now(conn).await?;
    let mut wanted: Vec<EditionId> = ids.to_vec();
    wanted.sort();
    wanted.dedup();
    let mut editions: Vec<Locked> = Vec::with_capacity(wanted.len());
    for edition in query::lock_editions(conn, &wanted).await? {
        editions.push(drafting::of_edition(conn, edition).await?);
    }
    if editions.len() != wanted.len() {
        return Err(ReleaseError::NotFound);
    }
    editions.sort_by_key(|locked| ids.iter().position(|id| *id == locked.edition.id));
    let releases: Vec<ReleaseId> = editions.iter().map(|locked| locked.edition.release_id).collect();
    if !by.is_meeting()
        && let Some(meeting) = decision::waits_for_its_meeting(conn, &releases).await?
    {
        if let Some(person) = by.person() {
            for locked in &editions {
                locked.allow(person, Action::Publish)?;
            }
        }
        return Err(ReleaseError::OfMeeting(meeting));
    }
    let standing: HashMap<ReleaseId, Release> =
        query::lock_releases(conn, &releases).await?.into_iter().map(|release| (release.id, release)).collect();
    for locked in &editions {
        if let Some(person) = by.person() {
            locked.allow(person, Action::Publish)?;
        }
        if let Publisher::Person(person) | Publisher::OfMeeting(person) = by {
            locked.second_pair_of_eyes(person)?;
        }
        locked.edition.state.after(Move::Publish)?;
        if !query::is_agreed(conn, locked.edition.id, locked.edition.head_revision_id).await? {
            return Err(ReleaseError::NotAgreed);
        }
        match standing[&locked.edition.release_id].public_state {
            PublicState::NeverPublic | PublicState::Public => {}
            // A correction of what was taken off waits until it is back.
            from => return Err(super::state::IllegalMove::Release { from, step: PublicMove::Publish }.into()),
        }
    }
    let is_first = |locked: &Locked| standing[&locked.edition.release_id].public_state == PublicState::NeverPublic;
    // What was public before can still be put right.
    let leads: Vec<InstitutionId> = editions
        .iter()
        .filter(|locked| is_first(locked))
        .filter_map(|locked| locked.issuers.first().copied())
        .collect();
    if !directory::profile::closed(conn, &leads).await?.is_empty() {
        return Err(ReleaseError::Closed);
    }

    // What goes out, and what it takes the place of: a title that changes takes its address with it.
    let heads: Vec<RevisionId> = editions
        .iter()
        .filter_map(|locked| locked.edition.head_revision_id)
        .chain(standing.values().filter_map(|release| release.public_revision_id))
        .collect();
    let mut titles: HashMap<RevisionId, Vec<(Lang, String)>> = HashMap::new();
    for (revision, lang, title) in query::titles(conn, &heads).await? {
        titles.entry(revision).or_default().push((lang, title));
    }
    let mut references =
        reference::take(conn, zone, at, editions.iter().filter(|locked| is_first(locked)).count()).await?.into_iter();
    let mut claims = Vec::new();
    for locked in &editions {
        let edition = &locked.edition;
        query::mark_published(conn, edition, at).await?;
        let versions = edition.head_revision_id.and_then(|head| titles.get(&head)).ok_or(ReleaseError::NotFound)?;
        let (on, has) = if is_first(locked) {
            let reference = references.next().expect("as many references as first editions");
            (query::mark_first_public(conn, edition, &reference, at, zone).await?, Vec::new())
        } else {
            if edition.note.is_none() {
                return Err(ReleaseError::NoReason);
            }
            query::mark_corrected(conn, edition, at).await?;
            let release = &standing[&edition.release_id];
            let on = release.first_published_on.ok_or(ReleaseError::NotFound)?;
            let before = release.public_revision_id.and_then(|revision| titles.get(&revision));
            address::follow_within(conn, edition.release_id, on, before.map_or(&[], Vec::as_slice), versions).await?;
            (on, query::addressed_languages(conn, edition.release_id).await?)
        };
        claims.extend(versions.iter().filter(|(lang, _)| !has.contains(lang)).map(|(lang, title)| Claim {
            release_id: edition.release_id,
            lang: *lang,
            published_on: on,
            title: title.clone(),
        }));
    }
    address::claim_within(conn, &claims).await?;
    // Before it stands on its shelves: in whose name it goes out, for ever.
    let firsts: Vec<ReleaseId> =
        editions.iter().filter(|locked| is_first(locked)).map(|locked| locked.edition.release_id).collect();
    directory::government::query::name_issuers(conn, &firsts).await?;
    // The last one stands first in lists.
    let last_first: Vec<ReleaseId> = releases.iter().rev().copied().collect();
    let mut tags = listing::shelve_within(conn, &last_first).await?;
    let entries: Vec<Entry> = editions
        .iter()
        .map(|locked| {
            Entry::new("release.published", "release", locked.edition.release_id.0)
                .with(json!({ "edition": locked.edition.id, "number": locked.edition.number }))
        })
        .collect();
    journal::record(conn, by.actor(), entries).await?;
    let mut changes = before;
    changes.extend(editions.iter().map(|locked| {
        let edition = &locked.edition;
        let languages = edition
            .head_revision_id
            .and_then(|head| titles.get(&head))
            .map(|versions| versions.iter().map(|(lang, _)| *lang).collect())
            .unwrap_or_default();
        let kind = if is_first(locked) { Kind::New } else { Kind::Corrected };
        let tags = tags.remove(&edition.release_id).unwrap_or_default();
        Change::of_release(kind, edition.release_id, Some(edition.id), languages, tags)
    }));
    let published = editions
        .iter()
        .map(|locked| Published { release_id: locked.edition.release_id, edition_id: locked.edition.id })
        .collect();
    // Last: the log's counter is held from here to COMMIT, and nobody should wait for anything else.
    change::append(conn, changes).await?;
    Ok(published)
}

/// At most this many in one transaction, so that nobody waits long for the log.
const AT_ONCE: i64 = 100;

/// Publishes whatever has fallen due, also what fell due while nobody looked; however many processes do it at the same
/// time, each edition goes public once. One that cannot go (its release was taken off meanwhile) goes back to ready, is
/// journaled, and holds nobody else back.
pub async fn publish_due(ctx: &Context) -> Result<Vec<Published>, ReleaseError> {
    let mut all = Vec::new();
    loop {
        let mut conn = ctx.conn().await?;
        let zone = ctx.settings.zone;
        let batch = conn
            .transaction(async |conn| {
                let at = clock::now(conn).await?;
                let due = query::lock_due(conn, at, AT_ONCE).await?;
                if due.is_empty() {
                    return Ok(Vec::new());
                }
                publish_within(conn, zone, Publisher::Due, &due).await
            })
            .await;
        match batch {
            Ok(batch) if batch.is_empty() => return Ok(all),
            Ok(batch) => all.extend(batch),
            Err(ReleaseError::Db(error)) => return Err(error.into()),
            Err(ReleaseError::Busy(busy)) => return Err(busy.into()),
            // One of them cannot go: each by itself, so that it holds nobody else back.
            Err(_) => {
                let one_by_one = publish_due_singly(&mut conn, zone).await?;
                all.extend(one_by_one);
                return Ok(all);
            }
        }
    }
}

async fn publish_due_singly(conn: &mut AsyncPgConnection, zone: Tz) -> Result<Vec<Published>, ReleaseError> {
    let at = clock::now(conn).await?;
    let due = conn.transaction(async |conn| query::lock_due(conn, at, AT_ONCE).await).await?;
    let mut all = Vec::new();
    for id in due {
        let one = conn.transaction(async |conn| publish_within(conn, zone, Publisher::Due, &[id]).await).await;
        match one {
            Ok(one) => all.extend(one),
            Err(ReleaseError::Db(error)) => return Err(error.into()),
            Err(why) => {
                tracing::warn!(edition = id.0, %why, "a scheduled edition cannot go public; back to ready");
                conn.transaction(async |conn| {
                    let locked = drafting::lock(conn, id).await?;
                    if let Ok(state) = locked.edition.state.after(Move::Unschedule) {
                        query::set_state(conn, id, state, &locked.edition.hands, None).await?;
                        let entry = Entry::new("release.held_back", "release", locked.edition.release_id.0)
                            .with(json!({ "edition": id, "why": why.to_string() }));
                        journal::record(conn, Actor::Job("due-scan"), [entry]).await?;
                    }
                    Ok::<_, ReleaseError>(())
                })
                .await?;
            }
        }
    }
    Ok(all)
}
