//! Every SQL statement on subscribers, their subscriptions, and what keeps them from being written to.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Jsonb, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use super::model::{SubscriberState, Subscription, SuppressionReason, Wish};
use crate::ids::{Sequence, SubscriberId, SubscriptionId};
use crate::kit::mail::Address;
use crate::schema::{subscribers, subscriptions, suppressions};

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    last_hour: i64,
    #[diesel(sql_type = BigInt)]
    last_day: i64,
}

/// Two sign-ups for one address at the same time: the second waits for the first to commit.
pub async fn lock_address(conn: &mut AsyncPgConnection, key: &[u8]) -> QueryResult<()> {
    let start = key.first_chunk::<8>().map_or(0, |bytes| i64::from_be_bytes(*bytes));
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(start).execute(conn).await.map(drop)
}

/// How many confirmations went to an address in the last hour and the last day.
pub async fn attempts(conn: &mut AsyncPgConnection, keys: &[Vec<u8>]) -> QueryResult<(i64, i64)> {
    let count: Count = diesel::sql_query(
        "SELECT count(*) FILTER (WHERE at > site_now() - interval '1 hour') AS last_hour, count(*) AS last_day
         FROM signup_attempts WHERE key = ANY($1) AND at > site_now() - interval '1 day'",
    )
    .bind::<Array<Binary>, _>(keys)
    .get_result(conn)
    .await?;
    Ok((count.last_hour, count.last_day))
}

/// Counts a confirmation, unless it is `withheld`; the statement is the same.
pub async fn insert_attempt(conn: &mut AsyncPgConnection, key: &[u8], withheld: bool) -> QueryResult<()> {
    diesel::sql_query("INSERT INTO signup_attempts (key) SELECT $1 WHERE NOT $2")
        .bind::<Binary, _>(key)
        .bind::<Bool, _>(withheld)
        .execute(conn)
        .await
        .map(drop)
}

/// Forgets attempts after a day, and spent tokens once they would have expired anyway.
pub async fn purge(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM signup_attempts WHERE at <= site_now() - interval '1 day'").execute(conn).await?;
    diesel::sql_query("DELETE FROM spent_tokens WHERE expires_at <= site_now()").execute(conn).await?;
    Ok(())
}

/// Spends a token; false if it was spent before.
pub async fn spend(conn: &mut AsyncPgConnection, id: &[u8], expires_at: DateTime<Utc>) -> QueryResult<bool> {
    diesel::sql_query("INSERT INTO spent_tokens (id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind::<Binary, _>(id)
        .bind::<Timestamptz, _>(expires_at)
        .execute(conn)
        .await
        .map(|rows| rows == 1)
}

/// Whether a token was spent.
pub async fn is_spent(conn: &mut AsyncPgConnection, id: &[u8]) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        spent: bool,
    }
    let row: Row = diesel::sql_query("SELECT EXISTS (SELECT FROM spent_tokens WHERE id = $1) AS spent")
        .bind::<Binary, _>(id)
        .get_result(conn)
        .await?;
    Ok(row.spent)
}

/// Why an address must not be written to, if so.
pub async fn suppression(conn: &mut AsyncPgConnection, keys: &[Vec<u8>]) -> QueryResult<Option<SuppressionReason>> {
    suppressions::table
        .filter(suppressions::key.eq_any(keys))
        .select(suppressions::reason)
        .order(suppressions::at.desc())
        .first(conn)
        .await
        .optional()
}

/// Suppresses an address; a reason that is there already stays.
pub async fn suppress(conn: &mut AsyncPgConnection, key: &[u8], reason: SuppressionReason) -> QueryResult<()> {
    diesel::insert_into(suppressions::table)
        .values((suppressions::key.eq(key), suppressions::reason.eq(reason)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(drop)
}

/// Lifts a suppression for a bounce: the address has just proved that it receives.
pub async fn lift_bounce(conn: &mut AsyncPgConnection, keys: &[Vec<u8>]) -> QueryResult<()> {
    diesel::delete(suppressions::table)
        .filter(suppressions::key.eq_any(keys))
        .filter(suppressions::reason.eq(SuppressionReason::Bounced))
        .execute(conn)
        .await
        .map(drop)
}

#[derive(QueryableByName)]
struct NewSubscriber {
    #[diesel(sql_type = BigInt)]
    id: SubscriberId,
}

/// The subscriber of a wish, new or back, with one more proof of consent.
pub async fn upsert_subscriber(
    conn: &mut AsyncPgConnection,
    wish: &Wish,
    consent: &Value,
) -> QueryResult<SubscriberId> {
    let row: NewSubscriber = diesel::sql_query(
        "INSERT INTO subscribers (email, languages, wished_at, consent) VALUES ($1, $2, $3, jsonb_build_array($4::jsonb))
         ON CONFLICT (lower(email)) DO UPDATE SET state = 'active', ended_at = NULL, languages = excluded.languages,
             confirmed_at = site_now(), wished_at = excluded.wished_at, consent = subscribers.consent || excluded.consent
         RETURNING id",
    )
    .bind::<Text, _>(wish.email.as_str())
    .bind::<Array<Text>, _>(&wish.languages)
    .bind::<Timestamptz, _>(wish.wished_at)
    .bind::<Jsonb, _>(consent)
    .get_result(conn)
    .await?;
    Ok(row.id)
}

#[derive(QueryableByName)]
struct NewSubscription {
    #[diesel(sql_type = BigInt)]
    id: SubscriptionId,
}

/// The subscription to `filter`, from `cursor` on. One that runs already keeps its own cursor, so that it misses
/// nothing; one that is paused goes on from `cursor`.
pub async fn upsert_subscription(
    conn: &mut AsyncPgConnection,
    subscriber_id: SubscriberId,
    filter: &str,
    cursor: Sequence,
) -> QueryResult<SubscriptionId> {
    let row: NewSubscription = diesel::sql_query(
        "INSERT INTO subscriptions (subscriber_id, filter, cursor) VALUES ($1, $2, $3)
         ON CONFLICT (subscriber_id, filter) WHERE ended_at IS NULL DO UPDATE
             SET cursor = CASE WHEN is_paused(subscriptions.paused_from, subscriptions.paused_until, site_now())
                               THEN excluded.cursor ELSE subscriptions.cursor END,
                 paused_from = NULL, paused_until = NULL, catch_up = false
         RETURNING id",
    )
    .bind::<BigInt, _>(subscriber_id)
    .bind::<Text, _>(filter)
    .bind::<BigInt, _>(cursor)
    .get_result(conn)
    .await?;
    Ok(row.id)
}

#[derive(QueryableByName)]
struct Resumed {
    #[diesel(sql_type = BigInt)]
    id: SubscriptionId,
    #[diesel(sql_type = BigInt)]
    subscriber_id: SubscriberId,
}

/// Ends the pauses whose end has come; gives whose. The cursor goes to the last change before the first one after the
/// pause: commits are in the order of the log and their instants nearly are, and of two that differ nothing is skipped.
pub async fn resume_due(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(SubscriptionId, SubscriberId)>> {
    let rows: Vec<Resumed> = diesel::sql_query(
        "UPDATE subscriptions s SET paused_from = NULL, paused_until = NULL, catch_up = false,
                cursor = CASE WHEN s.catch_up THEN s.cursor ELSE greatest(s.cursor, coalesce(
                    (SELECT min(c.sequence) - 1 FROM public_changes c
                     WHERE c.sequence > s.cursor AND c.at > s.paused_until),
                    (SELECT last FROM public_change_counter))) END
         WHERE s.ended_at IS NULL AND s.paused_until <= site_now()
         RETURNING s.id, s.subscriber_id",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.subscriber_id)).collect())
}

/// The subscriber's row, locked until the transaction ends, with its standing; none if there is none.
pub async fn lock_subscriber(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<Option<SubscriberState>> {
    subscribers::table.find(id).select(subscribers::state).for_update().first(conn).await.optional()
}

/// All subscriptions of a person, also ended ones.
pub async fn subscriptions_of(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<Vec<Subscription>> {
    subscriptions::table
        .filter(subscriptions::subscriber_id.eq(id))
        .order(subscriptions::id)
        .select(Subscription::as_select())
        .load(conn)
        .await
}

/// Ends those that run of these subscriptions; gives them.
pub async fn end(
    conn: &mut AsyncPgConnection,
    ids: &[SubscriptionId],
    at: DateTime<Utc>,
) -> QueryResult<Vec<SubscriptionId>> {
    diesel::update(subscriptions::table)
        .filter(subscriptions::id.eq_any(ids))
        .filter(subscriptions::ended_at.is_null())
        .set(subscriptions::ended_at.eq(at))
        .returning(subscriptions::id)
        .get_results(conn)
        .await
}

/// Nothing is sent to this person any more: none of their subscriptions runs.
pub async fn mark_unsubscribed(conn: &mut AsyncPgConnection, id: SubscriberId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(subscribers::table)
        .filter(subscribers::id.eq(id))
        .filter(subscribers::state.eq(SubscriberState::Active))
        .set((subscribers::state.eq(SubscriberState::Unsubscribed), subscribers::ended_at.eq(at)))
        .execute(conn)
        .await
        .map(drop)
}

/// The address of a subscriber; none once it is erased.
pub async fn address(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<Option<Address>> {
    let typed: Option<Option<String>> =
        subscribers::table.find(id).select(subscribers::email).first(conn).await.optional()?;
    Ok(typed.flatten().and_then(|typed| Address::parse(&typed).ok()))
}

/// How many people are subscribed.
pub async fn active(conn: &mut AsyncPgConnection) -> QueryResult<i64> {
    use crate::schema::subscribers;
    subscribers::table.filter(subscribers::state.eq(SubscriberState::Active)).count().get_result(conn).await
}

/// The filters of running subscriptions in which a topic stands, each once.
pub async fn filters_with_topic(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        filter: String,
    }
    // Codes are letters, digits and hyphens, and values of other parameters are escaped.
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT filter FROM subscriptions
         WHERE ended_at IS NULL AND '&' || filter || '&' LIKE '%&topic=' || $1 || '&%'",
    )
    .bind::<Text, _>(code)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.filter).collect())
}

/// Running subscriptions to one filter are to another from now on. Whoever has that one already keeps one of the two, which
/// looks from where the earlier one of them stood: nothing between is missed, and nothing comes twice, since each
/// announcement goes to a person once. Gives how many were rewritten.
pub async fn rewrite_filter(conn: &mut AsyncPgConnection, old: &str, new: &str) -> QueryResult<usize> {
    diesel::sql_query(
        "UPDATE subscriptions kept SET cursor = least(kept.cursor, gone.cursor),
                paused_from = CASE WHEN gone.paused_from IS NULL THEN NULL ELSE kept.paused_from END,
                paused_until = CASE WHEN gone.paused_from IS NULL THEN NULL ELSE kept.paused_until END,
                catch_up = gone.paused_from IS NOT NULL AND kept.catch_up
         FROM subscriptions gone
         WHERE gone.filter = $1 AND gone.ended_at IS NULL
           AND kept.subscriber_id = gone.subscriber_id AND kept.filter = $2 AND kept.ended_at IS NULL",
    )
    .bind::<Text, _>(old)
    .bind::<Text, _>(new)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "UPDATE subscriptions gone SET ended_at = site_now()
         WHERE gone.filter = $1 AND gone.ended_at IS NULL
           AND EXISTS (SELECT FROM subscriptions kept WHERE kept.subscriber_id = gone.subscriber_id
                       AND kept.filter = $2 AND kept.ended_at IS NULL)",
    )
    .bind::<Text, _>(old)
    .bind::<Text, _>(new)
    .execute(conn)
    .await?;
    diesel::sql_query("UPDATE subscriptions SET filter = $2 WHERE filter = $1 AND ended_at IS NULL")
        .bind::<Text, _>(old)
        .bind::<Text, _>(new)
        .execute(conn)
        .await
}
