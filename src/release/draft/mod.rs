//! The draft buffer: what is being written, saved as one types, outside visible history (DESIGN §3).
//!
//! Each field has a version, and a save names the version over which it was written. If another save came between, the
//! text is not stored over it: it is kept beside, as a conflict that its author settles with both before their eyes. So
//! two people, two tabs or a laptop that slept lose no word of each other, and two who write in two languages never meet.
//! Versions are never given twice: the rows stay while the edition lives, and what changes the text in another way (a
//! restored revision) counts them up like a save.
//!
//! - `field.rs` what a draft is made of; `query.rs` its SQL statements

pub mod field;
pub mod query;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::{Value, json};

pub use field::{Field, WrongValue};

use super::drafting::{self, Locked};
use super::error::ReleaseError;
use super::model::{Content, Edition};
use super::state::{IllegalMove, Move, State};
use crate::account::Person;
use crate::account::rights::{Action, Verdict};
use crate::directory;
use crate::ids::{AccountId, EditionId, InstitutionId, RevisionId};
use crate::journal::{self, Entry};
use crate::media;

/// A field as it was saved last.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// What it says.
    pub value: Value,
    /// 1 for the first save; 0 stands for the head revision's.
    pub version: i64,
    /// Who saved it, by name; nobody if a job wrote it.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Since when it has had words.
    pub begun_at: DateTime<Utc>,
}

/// What somebody wrote over a version that was no longer the last.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// Which field.
    pub field: Field,
    /// Their text.
    pub mine: Value,
}

/// An edition as it is being written.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What is written, saved revisions and what came since.
    pub content: Content,
    /// The fields that were saved since there is this edition.
    pub saved: BTreeMap<Field, Saved>,
    /// Whether there is something that no revision holds.
    pub is_ahead: bool,
}

impl Draft {
    /// The version of a field: what a save of it must name.
    pub fn version(&self, field: Field) -> i64 {
        self.saved.get(&field).map_or(0, |saved| saved.version)
    }
}

/// The edition as it is being written.
pub async fn load(conn: &mut AsyncPgConnection, edition: &Edition) -> Result<Draft, ReleaseError> {
    let head = match edition.head_revision_id {
        Some(revision) => super::query::content(conn, revision).await?,
        None => Content::default(),
    };
    let saved = query::fields(conn, edition.id).await?;
    let mut content = head.clone();
    for (field, saved) in &saved {
        // What an older build wrote and this one does not know stays where it is.
        let _ = field.put(&mut content, &saved.value);
    }
    // Compared in the form in which they would be stored; what cannot be stored yet is ahead.
    let is_ahead = content != head && content.clone().checked().map_or(true, |content| content != head);
    Ok(Draft { content, saved, is_ahead })
}

/// A text to save.
#[derive(Debug, Clone)]
pub struct Written {
    /// Where.
    pub field: Field,
    /// What.
    pub value: Value,
    /// The version over which it was written.
    pub over: i64,
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is stored, and this is its version.
    Saved(i64),
    /// Somebody else's came first: this is theirs. What was sent is kept beside it.
    Conflict(Saved),
}

/// Saves fields, all in one transaction; each for itself meets a conflict or not. No journal entry: what is named in
/// history are revisions.
pub async fn save(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    written: &[Written],
) -> Result<Vec<(Field, Outcome)>, ReleaseError> {
    conn.transaction(async |conn| save_within(conn, by, id, written).await).await
}

/// As [`save`], inside the caller's transaction.
pub async fn save_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    written: &[Written],
) -> Result<Vec<(Field, Outcome)>, ReleaseError> {
    let locked = open_for_writing(conn, by, id).await?;
    for one in written.iter().filter(|one| one.field == Field::Media) {
        only_own_files(conn, by, &locked.edition, &one.value).await?;
    }
    for one in written.iter().filter(|one| one.field == Field::Contacts) {
        only_contacts_of(conn, &locked.issuers, &locked.edition, &one.value).await?;
    }
    let head = match locked.edition.head_revision_id {
        Some(revision) if written.iter().any(|one| one.over == 0) => super::query::content(conn, revision).await?,
        _ => Content::default(),
    };
    let mut scratch = Content::default();
    let mut outcomes = Vec::with_capacity(written.len());
    for one in written {
        one.field.put(&mut scratch, &one.value)?;
        // What the head revision said before the first save had words since before.
        let had_words = one.over == 0 && is_text(&one.field.value(&head));
        let stored = query::save(conn, id, one.field, &one.value, one.over, had_words, by.id()).await?;
        outcomes.push((
            one.field,
            match stored {
                Some(version) => {
                    query::settle(conn, id, by.id(), one.field).await?;
                    Outcome::Saved(version)
                }
                None => conflict(conn, id, by, one).await?,
            },
        ));
    }
    let has_written = outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Saved(_)));
    if has_written && !locked.edition.hands.contains(&by.id()) {
        // Who wrote a word of it is not the second pair of eyes (DESIGN §3), whoever makes the revision.
        let mut hands = locked.edition.hands.clone();
        hands.push(by.id());
        super::query::set_hands(conn, id, &hands).await?;
    }
    Ok(outcomes)
}

/// Refuses a file that this person may not see: it would become public with the release. What the draft shows already may
/// stay, whoever put it there.
async fn only_own_files(
    conn: &mut AsyncPgConnection,
    by: &Person,
    edition: &Edition,
    value: &Value,
) -> Result<(), ReleaseError> {
    let mut wanted = Content::default();
    Field::Media.put(&mut wanted, value)?;
    let there = load(conn, edition).await?.content.media;
    for one in wanted.media {
        if there.iter().any(|it| it.asset == one.asset) {
            continue;
        }
        match media::query::rights_of(conn, one.asset).await? {
            Some(rights) if rights.verdict(by, Action::Read) == Verdict::Allowed => {}
            _ => return Err(WrongValue.into()),
        }
    }
    Ok(())
}

/// Refuses a contact of an institution that does not issue it, and one of a mandate that has not begun, whose name nobody
/// may learn. What the draft names already may stay.
async fn only_contacts_of(
    conn: &mut AsyncPgConnection,
    issuers: &[InstitutionId],
    edition: &Edition,
    value: &Value,
) -> Result<(), ReleaseError> {
    let mut wanted = Content::default();
    Field::Contacts.put(&mut wanted, value)?;
    let there = load(conn, edition).await?.content.contacts;
    wanted.contacts.retain(|id| !there.contains(id));
    if wanted.contacts.is_empty() {
        return Ok(());
    }
    let own = directory::query::contacts(conn, issuers).await?;
    if wanted.contacts.iter().all(|id| own.iter().any(|(point, _)| point.id == *id)) {
        Ok(())
    } else {
        Err(WrongValue.into())
    }
}

fn is_text(value: &Value) -> bool {
    value.as_str().is_some_and(|text| !text.trim().is_empty())
}

async fn conflict(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    by: &Person,
    one: &Written,
) -> Result<Outcome, ReleaseError> {
    let theirs = query::field(conn, id, one.field).await?;
    match theirs {
        // The same words twice, such as a save whose answer was lost on the way: nobody has to choose.
        Some(theirs) if theirs.value == one.value => Ok(Outcome::Saved(theirs.version)),
        Some(theirs) => {
            query::keep_conflict(conn, id, by.id(), one.field, &one.value).await?;
            Ok(Outcome::Conflict(theirs))
        }
        // A version of a field that was never saved: not from a page of ours.
        None => Err(WrongValue.into()),
    }
}

/// What this person wrote here and has not chosen about.
pub async fn conflicts(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    of: AccountId,
) -> Result<Vec<Conflict>, ReleaseError> {
    Ok(query::conflicts(conn, id, of).await?)
}

/// Gives up what this person wrote beside: the text as it stands is theirs, too.
pub async fn yield_to(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    field: Field,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        open_for_writing(conn, by, id).await?;
        query::settle(conn, id, by.id(), field).await?;
        Ok(())
    })
    .await
}

/// Makes a revision of what is being written, under a name if it has one. Nothing, if the head revision says the same.
pub async fn keep(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    name: &str,
) -> Result<Option<RevisionId>, ReleaseError> {
    conn.transaction(async |conn| keep_within(conn, by, id, name).await).await
}

/// As [`keep`], inside the caller's transaction.
pub async fn keep_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    name: &str,
) -> Result<Option<RevisionId>, ReleaseError> {
    let locked = open_for_writing(conn, by, id).await?;
    if locked.edition.state != State::Draft {
        return Err(IllegalMove::Edition { from: locked.edition.state, step: Move::Revise }.into());
    }
    let draft = load(conn, &locked.edition).await?;
    if !draft.is_ahead && locked.edition.head_revision_id.is_some() {
        return Ok(None);
    }
    let content = draft.content.checked()?;
    let revision = super::query::insert_named_revision(conn, id, Some(by.id()), &content, name.trim()).await?;
    let entry = Entry::new("release.written", "release", locked.edition.release_id.0)
        .with(json!({ "edition": id, "revision": revision }));
    journal::record(conn, by.actor(), [entry]).await?;
    Ok(Some(revision))
}

/// Brings the buffer to what a revision says that was not made of it: whoever has the old text open will meet a conflict
/// and not write over it.
pub(super) async fn follow_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    edition: &Edition,
    content: &Content,
) -> Result<(), ReleaseError> {
    let before = load(conn, edition).await?;
    for field in Field::all() {
        let value = field.value(content);
        if value != field.value(&before.content) {
            let had_words = is_text(&field.value(&before.content));
            query::overwrite(conn, edition.id, field, &value, had_words, by.id()).await?;
        }
    }
    Ok(())
}

/// Brings one field of the buffer to what `content` says, as its next version.
pub(super) async fn set_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    field: Field,
    content: &Content,
) -> Result<(), ReleaseError> {
    let value = field.value(content);
    query::overwrite(conn, id, field, &value, is_text(&value), by.id()).await?;
    Ok(())
}

/// The edition, locked, if one may write in it now: an open draft, or what is public, whose next revision is prepared.
async fn open_for_writing(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<Locked, ReleaseError> {
    let locked = drafting::lock(conn, id).await?;
    locked.allow(by, Action::Write)?;
    match locked.edition.state {
        State::Draft | State::Published => Ok(locked),
        from => Err(IllegalMove::Edition { from, step: Move::Revise }.into()),
    }
}

/// Somebody else who has the same edition open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// By name.
    pub name: String,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Where they wrote last.
    pub field: Option<Field>,
}

/// Says that this person has it open, and who else has.
pub async fn seen(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: EditionId,
    field: Option<Field>,
) -> Result<Vec<Present>, ReleaseError> {
    query::seen(conn, id, by.id(), field).await?;
    Ok(query::others(conn, id, by.id()).await?)
}

/// Says that this person has closed it.
pub async fn gone(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    Ok(query::gone(conn, id, by.id()).await?)
}
