//! Publishing against the policy, where nobody else is there and the text has to go out: with a reason, marked, and waiting
//! for somebody else's word. Whoever may send on and is not the one who forced it ratifies; until then admins hear of it
//! once a day (DESIGN §3).

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use graphile_worker::TaskHandler;
use serde_json::json;

use super::drafting;
use super::error::ReleaseError;
use super::mails::RatificationMail;
use super::model::Edition;
use super::query;
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::{AccountId, EditionId, ReleaseId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::job;

/// A publication that was forced.
#[derive(Debug, Clone, diesel::QueryableByName)]
pub struct Forced {
    /// Which edition.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub edition_id: EditionId,
    /// Of which release.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub release_id: ReleaseId,
    /// Who forced it.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub account_id: AccountId,
    /// By name.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub by: String,
    /// When.
    #[diesel(sql_type = diesel::sql_types::Timestamptz)]
    pub at: DateTime<Utc>,
    /// Why.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub reason: String,
    /// Who ratified it, by name.
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Text>)]
    pub ratified_by: Option<String>,
    /// When.
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>)]
    pub ratified_at: Option<DateTime<Utc>>,
}

/// Marks an edition as forced, inside the transaction that publishes or schedules it.
pub async fn force_within(
    conn: &mut AsyncPgConnection,
    by: &Person,
    edition: &Edition,
    reason: &str,
) -> Result<(), ReleaseError> {
    query::insert_forced(conn, edition.id, by.id(), reason).await?;
    let entry = Entry::new("release.forced", "release", edition.release_id.0)
        .with(json!({ "edition": edition.id, "reason": reason }));
    journal::record(conn, by.actor(), [entry]).await?;
    Ok(())
}

/// Somebody else says that it was right.
pub async fn ratify(conn: &mut AsyncPgConnection, by: &Person, id: EditionId) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let locked = drafting::lock(conn, id).await?;
        locked.allow(by, Action::Publish)?;
        let forced = query::forced(conn, locked.edition.release_id).await?;
        let open = forced.iter().find(|forced| forced.edition_id == id && forced.ratified_at.is_none());
        if open.ok_or(ReleaseError::NotFound)?.account_id == by.id() {
            return Err(ReleaseError::FourEyes);
        }
        query::ratify(conn, id, by.id()).await?;
        let entry =
            Entry::new("release.ratified", "release", locked.edition.release_id.0).with(json!({ "edition": id }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Tells every admin, once a day, of what was forced more than a day ago and nobody has ratified. However many processes
/// look, each day's mails are enqueued once: the row says when they were.
pub async fn remind(ctx: &Context) -> Result<usize, ReleaseError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let waiting = query::claim_unratified(conn).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let admins = crate::account::query::admins(conn).await?;
        for admin in &admins {
            job::enqueue(conn, RatificationMail::IDENTIFIER, &RatificationMail { account_id: *admin }, None).await?;
        }
        let entries: Vec<Entry> = waiting
            .iter()
            .map(|(release, edition)| {
                Entry::new("release.ratification_asked", "release", release.0).with(json!({ "edition": edition }))
            })
            .collect();
        journal::record(conn, Actor::Job("ratification"), entries).await?;
        Ok(admins.len())
    })
    .await
}
