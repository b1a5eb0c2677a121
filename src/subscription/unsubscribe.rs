//! Ends subscriptions: by one click of a mail program (RFC 8058), by a person on a page, or because an address cannot be
//! written to. What is queued for them is not sent either, for a sender asks again before each mail.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model::{self, Ending, SubscriberState, Subscription, SuppressionReason};
use super::query;
use crate::ids::{SubscriberId, SubscriptionId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::web::error::WebError;

/// How much is ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The subscriptions because of which the mail came, and any later one to the same.
    These,
    /// Every subscription of the person.
    All,
}

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
        let ended: Vec<SubscriptionId> = match scope {
            Scope::These => running.iter().map(|one| one.id).collect(),
            Scope::All => running.iter().chain(&others).map(|one| one.id).collect(),
        };
        let left = running.len() + others.len() - ended.len();
        end_within(conn, Actor::Job("unsubscribe"), ending.subscriber_id, &ended, left == 0).await?;
        Ok(())
    })
    .await
}

/// Stops writing to a person whose host says that there is no such mailbox (RFC 3463 5.1.x), inside the caller's
/// transaction.
pub async fn stop_bounced_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: SubscriberId,
) -> diesel::QueryResult<()> {
    if query::lock_subscriber(conn, id).await? != Some(SubscriberState::Active) {
        return Ok(());
    }
    if let Some(email) = query::address(conn, id).await? {
        query::suppress(conn, &model::address_key(&ctx.secret, &email), SuppressionReason::Bounced).await?;
    }
    let all = query::subscriptions_of(conn, id).await?;
    let running: Vec<SubscriptionId> = all.iter().filter(|one| one.ended_at.is_none()).map(|one| one.id).collect();
    end_within(conn, Actor::Job("bounce"), id, &running, true).await
}

async fn end_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    subscriber_id: SubscriberId,
    ids: &[SubscriptionId],
    none_left: bool,
) -> diesel::QueryResult<()> {
    let at = clock::now(conn).await?;
    let ended = query::end(conn, ids, at).await?;
    if none_left {
        query::mark_unsubscribed(conn, subscriber_id, at).await?;
    }
    let entries = ended
        .into_iter()
        .map(|id| Entry::new("subscription.ended", "subscription", id.0).with(json!({ "subscriber": subscriber_id })));
    journal::record(conn, by, entries).await
}
