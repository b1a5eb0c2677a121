//! The way of an edition to the public in one press: what is being written becomes a revision, is handed in, made ready,
//! scheduled or published, as far as was asked. One transaction, so that nothing stops half-way.
//!
//! Who presses has seen a page that says what will happen; what was on it is named by its fingerprint, and if the text has
//! changed since, nothing happens.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::draft::{self, Field};
use super::drafting::{self, Locked};
use super::error::ReleaseError;
use super::forcing;
use super::model::{Content, Edition};
use super::publication::{self, Publisher};
use super::query;
use super::state::{IllegalMove, Move, State};
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::EditionId;
use crate::journal::{self, Entry};
use crate::kit::lang::Lang;

/// How far it is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Handed in.
    Submit,
    /// Nothing is missing.
    MakeReady,
    /// Public at that instant.
    Schedule(DateTime<Utc>),
    /// Public now.
    Publish,
}

/// What was asked.
#[derive(Debug, Clone)]
pub struct Order {
    /// How far.
    pub goal: Goal,
    /// The [`fingerprint`] of what was on the page.
    pub seen: String,
    /// Languages that are written and follow later.
    pub later: BTreeSet<Lang>,
    /// Why a language that its lead asks for does not go out with the others.
    pub language_reason: Option<String>,
    /// The notice "do not use before": as it is, or another one, or none.
    pub not_before: Option<Option<DateTime<Utc>>>,
    /// Why the policy is not kept to.
    pub forced: Option<String>,
}

/// Tells two contents apart; safe in a form.
pub fn fingerprint(content: &Content) -> String {
    let mut hash = Sha256::new();
    for field in Field::all() {
        hash.update(field.to_string());
        hash.update(field.value(content).to_string());
        hash.update([0]);
    }
    data_encoding::BASE64URL_NOPAD.encode(&hash.finalize()[..15])
}

/// What would go out: of a draft what is being written, else the head revision.
pub async fn outgoing(conn: &mut AsyncPgConnection, edition: &Edition) -> Result<Content, ReleaseError> {
    match (edition.state, edition.head_revision_id) {
        (State::Draft | State::Published, _) | (_, None) => Ok(draft::load(conn, edition).await?.content),
        (_, Some(head)) => Ok(query::content(conn, head).await?),
    }
}

/// Takes the edition as far as was asked, or changes nothing.
pub async fn go(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    id: EditionId,
    order: &Order,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| go_within(conn, zone, by, id, order).await).await
}

async fn go_within(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    id: EditionId,
    order: &Order,
) -> Result<(), ReleaseError> {
    let locked = drafting::lock(conn, id).await?;
    locked.allow(by, if order.goal == Goal::Submit { Action::Write } else { Action::Publish })?;
    // Somebody else's press was first: that is what this one is told, not that the text is another one.
    if matches!(locked.edition.state, State::Published | State::Superseded) {
        return Err(IllegalMove::Edition { from: locked.edition.state, step: Move::Publish }.into());
    }
    if fingerprint(&outgoing(conn, &locked.edition).await?) != order.seen {
        return Err(ReleaseError::Changed);
    }
    if order.forced.as_ref().is_some_and(|reason| reason.trim().is_empty()) {
        return Err(ReleaseError::NoReason);
    }
    if locked.edition.state == State::Draft {
        draft::keep_within(conn, by, id, "").await?;
        drafting::submit_within(conn, by, id).await?;
    }
    if order.goal == Goal::Submit {
        return Ok(());
    }
    let mut locked = drafting::lock(conn, id).await?;
    if order.forced.is_none() {
        locked.second_pair_of_eyes(by)?;
    }
    if matches!(locked.edition.state, State::Submitted | State::InValidation) {
        drafting::ready_within(conn, by, &locked).await?;
        locked = drafting::lock(conn, id).await?;
    }
    if order.goal == Goal::MakeReady {
        return Ok(());
    }
    if let Some(reason) = &order.forced {
        forcing::force_within(conn, by, &locked.edition, reason.trim()).await?;
    }
    adjust_within(conn, by, &locked, order).await?;
    match order.goal {
        Goal::Schedule(at) => {
            // A new instant for what has one is a new decision: off the old one first.
            if locked.edition.state == State::Scheduled {
                drafting::unschedule_within(conn, by, &locked).await?;
            }
            let locked = drafting::lock(conn, id).await?;
            drafting::schedule_within(conn, by, &locked, at).await
        }
        Goal::Submit | Goal::MakeReady => Ok(()),
        Goal::Publish => {
            let publisher = match order.forced {
                Some(_) => Publisher::Forced(by),
                None => Publisher::Person(by),
            };
            publication::publish_within(conn, zone, publisher, &[id]).await.map(drop)
        }
    }
}

/// Languages that follow later are left out of what goes out, and stay where they are written; the notice is as it was
/// asked. No word of a text is another one by it.
async fn adjust_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    locked: &Locked,
    order: &Order,
) -> Result<(), ReleaseError> {
    let edition = &locked.edition;
    let head = edition.head_revision_id.ok_or(ReleaseError::NotFound)?;
    let whole = query::content(conn, head).await?;
    let mut outgoing = whole.clone();
    outgoing.versions.retain(|lang, _| !order.later.contains(lang));
    if outgoing.versions.is_empty() {
        return Err(ReleaseError::NoLanguage);
    }
    if let Some(not_before) = order.not_before {
        outgoing.not_before = not_before;
    }
    if let Some(reason) = &order.language_reason {
        query::set_language_reason(conn, edition.id, reason).await?;
        let entry = Entry::new("release.language_later", "release", edition.release_id.0)
            .with(json!({ "edition": edition.id, "languages": order.later, "reason": reason }));
        journal::record(conn, by.actor(), [entry]).await?;
    }
    if outgoing == whole {
        return Ok(());
    }
    draft::set_within(conn, by, edition.id, Field::NotBefore, &outgoing).await?;
    for lang in order.later.iter().filter(|lang| whole.versions.contains_key(lang)) {
        for field in [Field::Title(*lang), Field::Lead(*lang), Field::Body(*lang)] {
            draft::set_within(conn, by, edition.id, field, &whole).await?;
        }
    }
    query::insert_revision(conn, edition.id, Some(by.id()), &outgoing).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::model::LanguageVersion;

    #[test]
    fn a_fingerprint_changes_with_every_word() {
        let content = |title: &str, lead: &str| Content {
            versions: [(Lang::Fr, LanguageVersion { title: title.into(), lead: lead.into(), body: String::new() })]
                .into(),
            ..Content::default()
        };
        let one = fingerprint(&content("a", "b"));
        assert_eq!(one, fingerprint(&content("a", "b")));
        for other in [content("a", "c"), content("ab", ""), content("b", "a"), Content::default()] {
            assert_ne!(one, fingerprint(&other));
        }
    }
}
