//! What somebody changes of their own subscriptions. Each is one transaction with its entry in the journal; what is queued
//! for them follows, for a sender reads again before each mail.

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::Holder;
use crate::change;
use crate::ids::SubscriptionId;
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::search::Filter;
use crate::subscription::confirmation::consent;
use crate::subscription::model::{self, SubscriberState, Subscription, SuppressionReason, press_list_of};
use crate::subscription::rhythm::{Frequency, Pause, Rhythm};
use crate::subscription::{query, unsubscribe};

/// Who did it, for the journal.
const BY: Actor = Actor::Job("manage");

/// Which subscriptions are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// That one.
    One(SubscriptionId),
    /// Every one that runs.
    All,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Not theirs, or it has ended.
    #[error("no such subscription")]
    NotFound,
    /// A press list is no search: it has no hours.
    #[error("a press list has no rhythm")]
    PressList,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<ChangeError> for WebError {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound | ChangeError::PressList => WebError::NotFound,
            ChangeError::Db(error) => error.into(),
            ChangeError::Busy(busy) => busy.into(),
        }
    }
}

/// What of theirs runs, in its order.
pub async fn running(ctx: &Context, holder: &Holder) -> Result<Vec<Subscription>, ChangeError> {
    let mut conn = ctx.conn().await?;
    let all = query::subscriptions_of(&mut conn, holder.id).await?;
    Ok(all.into_iter().filter(|one| one.ended_at.is_none()).collect())
}

/// In which order their releases come; also of what is sent from now on.
pub async fn set_languages(ctx: &Context, holder: &Holder, languages: &[Lang]) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        lock(conn, holder).await?;
        query::set_languages(conn, holder.id, languages).await?;
        let entry =
            Entry::new("subscriber.languages", "subscriber", holder.id.0).with(json!({ "languages": languages }));
        journal::record(conn, BY, [entry]).await?;
        Ok(())
    })
    .await
}

/// How often a subscription is told. Its cursor stays: what is new since then comes at the next instant of the new rhythm.
pub async fn set_rhythm(
    ctx: &Context,
    holder: &Holder,
    id: SubscriptionId,
    rhythm: &Rhythm,
) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let of = chosen(conn, holder, Which::One(id)).await?;
        if of.iter().any(|one| one.frequency == Frequency::PressList) {
            return Err(ChangeError::PressList);
        }
        set_rhythm_within(conn, &of, rhythm).await?;
        Ok(())
    })
    .await
}

/// As [`set_rhythm`], of several, inside the caller's transaction, which holds the subscriber's row.
pub async fn set_rhythm_within(
    conn: &mut AsyncPgConnection,
    of: &[Subscription],
    rhythm: &Rhythm,
) -> diesel::QueryResult<()> {
    let ids: Vec<SubscriptionId> =
        of.iter().filter(|one| one.frequency != Frequency::PressList).map(|one| one.id).collect();
    query::set_rhythm(conn, &ids, rhythm).await?;
    let entries =
        ids.iter().map(|id| Entry::new("subscription.rhythm", "subscription", id.0).with(json!({ "rhythm": rhythm })));
    journal::record(conn, BY, entries).await
}

/// Nothing of them is sent between two instants.
pub async fn pause(ctx: &Context, holder: &Holder, which: Which, pause: Pause) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let of = chosen(conn, holder, which).await?;
        pause_within(conn, &of, pause).await?;
        Ok(())
    })
    .await
}

/// As [`pause`], inside the caller's transaction, which holds the subscriber's row.
pub async fn pause_within(conn: &mut AsyncPgConnection, of: &[Subscription], pause: Pause) -> diesel::QueryResult<()> {
    let ids: Vec<SubscriptionId> = of.iter().map(|one| one.id).collect();
    query::set_pause(conn, &ids, pause).await?;
    let detail = json!({ "from": pause.from, "until": pause.until, "catch_up": pause.catch_up });
    let entries = ids.iter().map(|id| Entry::new("subscription.paused", "subscription", id.0).with(detail.clone()));
    journal::record(conn, BY, entries).await
}

/// Sends again: from now on, or with what was missed. Somebody whose address was suspended has just opened a mail of ours
/// there, so that it counts as one that receives.
pub async fn resume(ctx: &Context, holder: &Holder, which: Which, catch_up: bool) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let of = chosen(conn, holder, which).await?;
        let is_suspended = query::lock_subscriber(conn, holder.id).await? == Some(SubscriberState::Suspended);
        let at = clock::now(conn).await?;
        let ids: Vec<SubscriptionId> =
            of.iter().filter(|one| is_suspended || one.pause().is_some()).map(|one| one.id).collect();
        // A pause that has not begun has missed nothing yet.
        let (missed, ahead): (Vec<&Subscription>, Vec<&Subscription>) = of
            .iter()
            .filter(|one| ids.contains(&one.id))
            .partition(|one| is_suspended || one.pause().is_some_and(|pause| pause.from <= at));
        let cursor = if catch_up { None } else { Some(change::last(conn).await?) };
        let id = |one: &&Subscription| one.id;
        query::resume(conn, &missed.iter().map(id).collect::<Vec<_>>(), cursor).await?;
        query::resume(conn, &ahead.iter().map(id).collect::<Vec<_>>(), None).await?;
        if is_suspended {
            query::lift_bounce(conn, &model::address_keys(&ctx.secret, &holder.email)).await?;
            query::reactivate(conn, holder.id).await?;
        }
        let entries = ids
            .iter()
            .map(|id| Entry::new("subscription.resumed", "subscription", id.0).with(json!({ "catch_up": catch_up })));
        journal::record(conn, BY, entries).await?;
        Ok(())
    })
    .await
}

/// Ends them.
pub async fn end(ctx: &Context, holder: &Holder, which: Which) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let of = chosen(conn, holder, which).await?;
        let all = query::subscriptions_of(conn, holder.id).await?;
        let left = all.iter().filter(|one| one.ended_at.is_none()).count() - of.len();
        unsubscribe::end_within(ctx, conn, BY, holder.id, &of, left == 0).await?;
        Ok(())
    })
    .await
}

/// One more, from now on. The open link stands for the confirmation: whoever holds it reads the address's mail.
pub async fn add(
    ctx: &Context,
    holder: &Holder,
    filter: &Filter,
    rhythm: &Rhythm,
    lang: Lang,
) -> Result<SubscriptionId, ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        lock(conn, holder).await?;
        let keys = model::address_keys(&ctx.secret, &holder.email);
        match query::suppression(conn, &keys).await? {
            Some(SuppressionReason::Bounced) => query::lift_bounce(conn, &keys).await?,
            // Asked by themselves, who now ask for the contrary; or complained of, and then read and opened.
            Some(SuppressionReason::Asked | SuppressionReason::Complained) => query::lift(conn, &keys).await?,
            None => {}
        }
        let at: DateTime<Utc> = clock::now(conn).await?;
        let filter = filter.lasting().canonical();
        let consent = consent(at, at, lang, &filter, rhythm);
        let subscriber_id = query::upsert_subscriber(conn, &holder.email, &holder.languages, at, &consent).await?;
        let cursor = change::last(conn).await?;
        let id = query::upsert_subscription(conn, subscriber_id, &filter, rhythm, cursor).await?;
        let entry = Entry::new("subscription.added", "subscription", id.0)
            .with(json!({ "subscriber": subscriber_id, "consent": consent }));
        journal::record(conn, BY, [entry]).await?;
        Ok(id)
    })
    .await
}

/// The subscriber's row, so that a confirmation or a one-click at the same time comes before or after, not in between.
pub(super) async fn lock(conn: &mut AsyncPgConnection, holder: &Holder) -> Result<SubscriberState, ChangeError> {
    match query::lock_subscriber(conn, holder.id).await? {
        None | Some(SubscriberState::Erased) => Err(ChangeError::NotFound),
        Some(state) => Ok(state),
    }
}

async fn chosen(conn: &mut AsyncPgConnection, holder: &Holder, which: Which) -> Result<Vec<Subscription>, ChangeError> {
    lock(conn, holder).await?;
    let mut running: Vec<Subscription> =
        query::subscriptions_of(conn, holder.id).await?.into_iter().filter(|one| one.ended_at.is_none()).collect();
    if let Which::One(id) = which {
        running.retain(|one| one.id == id);
        if running.is_empty() {
            return Err(ChangeError::NotFound);
        }
    }
    Ok(running)
}

/// Whether a subscription is one that its owner chose, and not a press list's.
pub fn is_own(subscription: &Subscription) -> bool {
    press_list_of(&subscription.filter).is_none()
}
