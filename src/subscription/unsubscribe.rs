//! Ends subscriptions: by one click of a mail program (RFC 8058), by a person on a page, or because an address cannot be
//! written to. What is queued for them is not sent either, for a sender asks again before each mail.

use chrono::Duration;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::manage::change;
use super::model::{self, Ending, SubscriberState, Subscription, SuppressionReason, press_list_of};
use super::rhythm::{Frequency, Pause, Rhythm};
use super::{press_list, query};
use crate::ids::{PressListId, SubscriberId, SubscriptionId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::web::error::WebError;

/// What is done to the subscriptions of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// End the subscriptions because of which the mail came, and any later one to the same.
    These,
    /// End every subscription of the person.
    All,
    /// Send them once a week only. A press list has no rhythm and is left alone.
    Weekly,
    /// Send nothing of them for [`PAUSE`].
    Pause,
}

/// How long the pause lasts that the page behind an unsubscribe link offers.
pub const PAUSE: Duration = Duration::days(28);

/// What an unsubscribe link stands for now.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Those that it would end; none if it ended them, or somebody else did.
    pub running: Vec<Subscription>,
    /// Other subscriptions of the same person that run.
    pub others: Vec<Subscription>,
}

/// Why nothing was ended.
#[derive(Debug, thiserror::Error)]
pub enum UnsubscribeError {
    /// We never signed it.
    #[error("a link that is not ours")]
    Void,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<UnsubscribeError> for WebError {
    fn from(error: UnsubscribeError) -> Self {
        match error {
            UnsubscribeError::Void => WebError::NotFound,
            UnsubscribeError::Db(error) => error.into(),
            UnsubscribeError::Busy(busy) => busy.into(),
        }
    }
}

/// Looks at a link and changes nothing.
pub async fn look(ctx: &Context, token: &str) -> Result<Standing, UnsubscribeError> {
    let ending = Ending::read(&ctx.secret, token).ok_or(UnsubscribeError::Void)?;
    let mut conn = ctx.conn().await?;
    let all = query::subscriptions_of(&mut conn, ending.subscriber_id).await?;
    Ok(standing(&ending, all))
}

/// A link ends what it names, and whatever the person has asked for again in the same words: who clicks in an old mail
/// means the mails, not the row.
fn standing(ending: &Ending, all: Vec<Subscription>) -> Standing {
    let named = |subscription: &Subscription| ending.subscription_ids.contains(&subscription.id);
    let filters: Vec<String> = all.iter().filter(|one| named(one)).map(|one| one.filter.clone()).collect();
    let (running, others) = all
        .into_iter()
        .filter(|subscription| subscription.ended_at.is_none())
        .partition(|subscription| filters.contains(&subscription.filter));
    Standing { running, others }
}

/// Ends what a link stands for. Doing it again changes nothing and is no error.
pub async fn unsubscribe(ctx: &Context, token: &str, scope: Scope) -> Result<(), UnsubscribeError> {
    let ending = Ending::read(&ctx.secret, token).ok_or(UnsubscribeError::Void)?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        // Locked, so that a confirmation at the same time comes before or after, not in between.
        if query::lock_subscriber(conn, ending.subscriber_id).await?.is_none() {
            return Ok(());
        }
        let Standing { running, others } =
            standing(&ending, query::subscriptions_of(conn, ending.subscriber_id).await?);
        let by = Actor::Job("unsubscribe");
        match scope {
            Scope::These => end_within(ctx, conn, by, ending.subscriber_id, &running, others.is_empty()).await?,
            Scope::All => {
                let all: Vec<Subscription> = running.into_iter().chain(others).collect();
                end_within(ctx, conn, by, ending.subscriber_id, &all, true).await?;
            }
            Scope::Weekly => {
                let weekly = Rhythm::of(Frequency::Weekly).unwrap_or_default();
                change::set_rhythm_within(conn, &running, &weekly).await?;
            }
            Scope::Pause => {
                let from = clock::now(conn).await?;
                let pause = Pause { from, until: Some(from + PAUSE), catch_up: false };
                change::pause_within(conn, &running, pause).await?;
            }
        }
        Ok(())
    })
    .await
}

/// Stops writing to a person whose host says that there is no such mailbox (RFC 3463 5.1.x), or who can't be reached for
/// long, inside the caller's transaction. What they asked for stays, and goes on once they prove that they receive.
pub async fn suspend_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: SubscriberId,
) -> diesel::QueryResult<bool> {
    if query::lock_subscriber(conn, id).await? != Some(SubscriberState::Active) {
        return Ok(false);
    }
    if let Some(email) = query::address(conn, id).await? {
        query::suppress(conn, &model::address_key(&ctx.secret, &email), SuppressionReason::Bounced).await?;
    }
    query::mark_suspended(conn, id).await?;
    journal::record(conn, Actor::Job("bounce"), [Entry::new("subscriber.suspended", "subscriber", id.0)]).await?;
    Ok(true)
}

/// Never writes again to a person who called a mail of ours unwanted, inside the caller's transaction.
pub async fn stop_complained_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: SubscriberId,
) -> diesel::QueryResult<()> {
    if query::lock_subscriber(conn, id).await?.is_none_or(|state| state == SubscriberState::Erased) {
        return Ok(());
    }
    if let Some(email) = query::address(conn, id).await? {
        query::suppress_for_good(conn, &model::address_key(&ctx.secret, &email), SuppressionReason::Complained).await?;
    }
    let running: Vec<Subscription> =
        query::subscriptions_of(conn, id).await?.into_iter().filter(|one| one.ended_at.is_none()).collect();
    end_within(ctx, conn, Actor::Job("complaint"), id, &running, true).await
}

/// Ends those subscriptions of one person, whose row the caller has locked. Whoever leaves a press list is not put back on
/// one of that institution.
pub async fn end_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    by: Actor,
    subscriber_id: SubscriberId,
    of: &[Subscription],
    none_left: bool,
) -> diesel::QueryResult<()> {
    let at = clock::now(conn).await?;
    let ids: Vec<SubscriptionId> = of.iter().map(|one| one.id).collect();
    let ended = query::end(conn, &ids, at).await?;
    let lists: Vec<PressListId> = of.iter().filter_map(|one| press_list_of(&one.filter)).collect();
    if !lists.is_empty()
        && let Some(email) = query::address(conn, subscriber_id).await?
    {
        press_list::query::refuse(conn, &lists, &model::address_key(&ctx.secret, &email)).await?;
    }
    if none_left {
        query::mark_unsubscribed(conn, subscriber_id, at).await?;
    }
    let entries = ended
        .into_iter()
        .map(|id| Entry::new("subscription.ended", "subscription", id.0).with(json!({ "subscriber": subscriber_id })));
    journal::record(conn, by, entries).await
}
