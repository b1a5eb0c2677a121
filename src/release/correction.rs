//! Changes what is public: a minor correction and a later language as a new revision of the same edition; a major
//! correction as a new edition with a public note (DESIGN §3).

use chrono_tz::Tz;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::address::{self, Claim};
use super::drafting::{self, Locked};
use super::error::ReleaseError;
use super::model::Content;
use super::state::{IllegalMove, PublicMove, PublicState};
use super::{decision, draft, listing, query};
use crate::account::Person;
use crate::account::rights::Action;
use crate::change::{self, Change, Kind};
use crate::ids::{EditionId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::lang::Texts;

/// What a new revision of a public edition turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Revised {
    /// Nothing is different.
    Unchanged,
    /// Silent: reaches pages and caches, no mailbox.
    MinorCorrection,
    /// Announced to the readers of the languages that came.
    LanguageAdded,
}

/// Writes a new revision of what is public. A language that is new is announced to its readers; everything else is
/// silent. No language may be missing that is public now: who wants one gone, withdraws or corrects.
pub async fn revise_public(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
    content: Content,
) -> Result<Revised, ReleaseError> {
    let content = content.checked()?;
    conn.transaction(async |conn| {
        let (release, locked) = lock_public(conn, by, id).await?;
        let edition = &locked.edition;
        let edition_id = edition.id;
        let buffer = draft::load(conn, edition).await?.content;
        // What nobody saved before is this person's own, whoever else wrote in it.
        let wrote_it = buffer.checked().ok().as_ref() != Some(&content) && locked.four_eyes;
        locked.second_pair_of_eyes(by)?;
        if wrote_it {
            return Err(ReleaseError::FourEyes);
        }
        let old = match release.public_revision_id {
            Some(revision) => query::content(conn, revision).await?,
            None => Content::default(),
        };
        if old == content {
            return Ok(Revised::Unchanged);
        }
        if let Some(missing) = old.versions.keys().find(|lang| !content.versions.contains_key(lang)) {
            return Err(super::model::ContentError::NoTitle(*missing).into());
        }
        draft::follow_within(conn, by, edition, &content).await?;
        let revision = query::insert_revision(conn, edition_id, Some(by.id()), &content).await?;
        // Of a decision only what nobody had to agree to changes without a new edition (DESIGN §5).
        if !query::is_agreed(conn, edition_id, Some(revision)).await? {
            return Err(ReleaseError::NotAgreed);
        }
        query::set_public_revision(conn, id, revision).await?;
        query::set_hands(conn, edition_id, &[]).await?;
        let has = query::addressed_languages(conn, id).await?;
        let on = release.first_published_on.ok_or(ReleaseError::NotFound)?;
        let claims: Vec<Claim> = content
            .versions
            .iter()
            .filter(|(lang, _)| !has.contains(lang))
            .map(|(lang, version)| Claim {
                release_id: id,
                lang: *lang,
                published_on: on,
                title: version.title.clone(),
            })
            .collect();
        address::claim_within(conn, &claims).await?;
        let titles = |of: &Content| -> Vec<_> {
            of.versions.iter().map(|(lang, version)| (*lang, version.title.clone())).collect()
        };
        address::follow_within(conn, id, on, &titles(&old), &titles(&content)).await?;
        let added: Vec<_> = content.languages().into_iter().filter(|lang| !old.versions.contains_key(lang)).collect();
        let (kind, outcome, action) = if added.is_empty() {
            (Kind::MinorCorrection, Revised::MinorCorrection, "release.minor_correction")
        } else {
            (Kind::LanguageAdded, Revised::LanguageAdded, "release.language_added")
        };
        let mut tags = listing::shelve_within(conn, &[id]).await?;
        let entry = Entry::new(action, "release", id.0).with(json!({ "revision": revision, "languages": added }));
        journal::record(conn, by.actor(), [entry]).await?;
        let languages = if added.is_empty() { content.languages() } else { added };
        change::append(
            conn,
            [Change::of_release(kind, id, Some(edition_id), languages, tags.remove(&id).unwrap_or_default())],
        )
        .await?;
        Ok(outcome)
    })
    .await
}

async fn lock_public(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
) -> Result<(super::model::Release, Locked), ReleaseError> {
    let release = query::lock_releases(conn, &[id]).await?.pop().ok_or(ReleaseError::NotFound)?;
    let (edition_id, _) = query::published_edition(conn, id).await?.ok_or(ReleaseError::NotFound)?;
    let locked = drafting::lock(conn, edition_id).await?;
    locked.allow(by, Action::Publish)?;
    if release.public_state != PublicState::Public {
        return Err(IllegalMove::Release { from: release.public_state, step: PublicMove::Publish }.into());
    }
    Ok((release, locked))
}

/// Opens the next edition of a public release: a draft with the corrected text and the note that readers will see. It
/// goes the way of every edition from there.
pub async fn open_edition(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
    content: Content,
    note: Texts,
) -> Result<EditionId, ReleaseError> {
    conn.transaction(async |conn| open_edition_within(conn, by, id, content, note).await).await
}

/// As [`open_edition`], inside the caller's transaction.
pub async fn open_edition_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ReleaseId,
    content: Content,
    note: Texts,
) -> Result<EditionId, ReleaseError> {
    let content = content.checked()?;
    if content.versions.keys().any(|lang| !note.0.contains_key(lang)) {
        return Err(ReleaseError::NoReason);
    }
    let release = query::lock_releases(conn, &[id]).await?.pop().ok_or(ReleaseError::NotFound)?;
    let (published, _) = query::published_edition(conn, id).await?.ok_or(ReleaseError::NotFound)?;
    drafting::lock(conn, published).await?.allow(by, Action::Write)?;
    if release.public_state != PublicState::Public {
        return Err(IllegalMove::Release { from: release.public_state, step: PublicMove::Publish }.into());
    }
    let number = query::last_number(conn, id).await? + 1;
    let current = query::current_edition(conn, id).await?.ok_or(ReleaseError::NotFound)?;
    if current.id != published {
        return Err(ReleaseError::OpenEdition);
    }
    // What was written for a minor correction is in the new edition now, and no longer waits at the old one.
    if let Some(head) = current.head_revision_id {
        let head = query::content(conn, head).await?;
        draft::follow_within(conn, by, &current, &head).await?;
        query::set_hands(conn, published, &[]).await?;
    }
    let edition_id = query::insert_edition(conn, id, number).await?;
    decision::copy_within(conn, published, edition_id).await?;
    query::insert_revision(conn, edition_id, Some(by.id()), &content).await?;
    query::set_state(conn, edition_id, super::state::State::Draft, &[by.id()], None).await?;
    query::set_note(conn, edition_id, &note).await?;
    let entry = Entry::new("release.correction_begun", "release", id.0)
        .with(json!({ "edition": edition_id, "number": number }));
    journal::record(conn, by.actor(), [entry]).await?;
    Ok(edition_id)
}

/// Publishes a correction in one press, where no policy asks for a second person.
pub async fn correct(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    id: ReleaseId,
    content: Content,
    note: Texts,
) -> Result<EditionId, ReleaseError> {
    conn.transaction(async |conn| {
        let edition_id = open_edition_within(conn, by, id, content, note).await?;
        drafting::submit_within(conn, by, edition_id).await?;
        drafting::make_ready_within(conn, by, edition_id).await?;
        super::publication::publish_within(conn, zone, super::publication::Publisher::Person(by), &[edition_id])
            .await?;
        Ok(edition_id)
    })
    .await
}
