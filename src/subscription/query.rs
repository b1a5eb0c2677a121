//! Every SQL statement on subscribers, their subscriptions, and what keeps them from being written to.

use chrono::{DateTime, Duration, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Double, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use super::model::{SubscriberState, Subscription, SuppressionReason};
use super::rhythm::{Frequency, Pause, Rhythm};
use crate::ids::{Sequence, SubscriberId, SubscriptionId};
use crate::kit::clock;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::schema::{manage_sessions, subscribers, subscriptions, suppressions};

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
    diesel::sql_query("DELETE FROM manage_sessions WHERE expires_at <= site_now()").execute(conn).await?;
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

/// As [`suppress`], but in the place of a reason that can be lifted.
pub async fn suppress_for_good(conn: &mut AsyncPgConnection, key: &[u8], reason: SuppressionReason) -> QueryResult<()> {
    diesel::insert_into(suppressions::table)
        .values((suppressions::key.eq(key), suppressions::reason.eq(reason)))
        .on_conflict(suppressions::key)
        .do_update()
        .set((suppressions::reason.eq(reason), suppressions::at.eq(clock::site_now())))
        .execute(conn)
        .await
        .map(drop)
}

/// Lifts a suppression, whatever its reason: its owner says so.
pub async fn lift(conn: &mut AsyncPgConnection, keys: &[Vec<u8>]) -> QueryResult<()> {
    diesel::delete(suppressions::table).filter(suppressions::key.eq_any(keys)).execute(conn).await.map(drop)
}

/// Since when an address is suppressed, and why.
pub async fn suppressed_since(
    conn: &mut AsyncPgConnection,
    keys: &[Vec<u8>],
) -> QueryResult<Option<(SuppressionReason, DateTime<Utc>)>> {
    suppressions::table
        .filter(suppressions::key.eq_any(keys))
        .select((suppressions::reason, suppressions::at))
        .order(suppressions::at.desc())
        .first(conn)
        .await
        .optional()
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

/// What runs for somebody whose address is suspended goes on from now: nobody is told of weeks at once.
async fn pass_over_suspension(conn: &mut AsyncPgConnection, email: &Address) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE subscriptions s SET cursor = c.last FROM subscribers p, public_change_counter c
         WHERE lower(p.email) = lower($1) AND p.state = 'suspended' AND s.subscriber_id = p.id AND s.ended_at IS NULL",
    )
    .bind::<Text, _>(email.as_str())
    .execute(conn)
    .await
    .map(drop)
}

/// The subscriber of that address, new or back, with one more proof of consent. What ran for somebody whose address was
/// suspended goes on from now.
pub async fn upsert_subscriber(
    conn: &mut AsyncPgConnection,
    email: &Address,
    languages: &[Lang],
    wished_at: DateTime<Utc>,
    consent: &Value,
) -> QueryResult<SubscriberId> {
    pass_over_suspension(conn, email).await?;
    let row: NewSubscriber = diesel::sql_query(
        "INSERT INTO subscribers (email, languages, wished_at, consent) VALUES ($1, $2, $3, jsonb_build_array($4::jsonb))
         ON CONFLICT (lower(email)) DO UPDATE SET state = 'active', ended_at = NULL, languages = excluded.languages,
             confirmed_at = site_now(), wished_at = excluded.wished_at, consent = subscribers.consent || excluded.consent
         RETURNING id",
    )
    .bind::<Text, _>(email.as_str())
    .bind::<Array<Text>, _>(languages)
    .bind::<Timestamptz, _>(wished_at)
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
    rhythm: &Rhythm,
    cursor: Sequence,
) -> QueryResult<SubscriptionId> {
    let row: NewSubscription = diesel::sql_query(
        "INSERT INTO subscriptions (subscriber_id, filter, cursor, frequency, slots) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (subscriber_id, filter) WHERE ended_at IS NULL DO UPDATE
             SET cursor = CASE WHEN is_paused(subscriptions.paused_from, subscriptions.paused_until, site_now())
                               THEN excluded.cursor ELSE subscriptions.cursor END,
                 frequency = excluded.frequency, slots = excluded.slots,
                 paused_from = NULL, paused_until = NULL, catch_up = false
         RETURNING id",
    )
    .bind::<BigInt, _>(subscriber_id)
    .bind::<Text, _>(filter)
    .bind::<BigInt, _>(cursor)
    .bind::<Text, _>(rhythm.frequency())
    .bind::<Nullable<Array<Text>>, _>(rhythm.stored_slots())
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
                     WHERE c.sequence > s.cursor AND c.at >= s.paused_until),
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

/// Its host refuses it: nothing is sent any more until its owner comes back.
pub async fn mark_suspended(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<()> {
    diesel::update(subscribers::table)
        .filter(subscribers::id.eq(id))
        .filter(subscribers::state.eq(SubscriberState::Active))
        .set((
            subscribers::state.eq(SubscriberState::Suspended),
            subscribers::ended_at.eq(clock::site_now().nullable()),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Sent to again.
pub async fn reactivate(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<()> {
    diesel::update(subscribers::table)
        .filter(subscribers::id.eq(id))
        .filter(subscribers::state.eq(SubscriberState::Suspended))
        .set((subscribers::state.eq(SubscriberState::Active), subscribers::ended_at.eq(None::<DateTime<Utc>>)))
        .execute(conn)
        .await
        .map(drop)
}

/// Blanks the addresses of those people and ends what runs; their counts stay.
pub async fn blank(conn: &mut AsyncPgConnection, ids: &[SubscriberId]) -> QueryResult<()> {
    diesel::sql_query(
        "WITH blanked AS (
             UPDATE subscribers SET email = NULL, state = 'erased', ended_at = coalesce(ended_at, site_now())
             WHERE id = ANY ($1) RETURNING id),
         closed AS (DELETE FROM manage_sessions WHERE subscriber_id = ANY ($1))
         UPDATE subscriptions SET ended_at = site_now() WHERE subscriber_id = ANY ($1) AND ended_at IS NULL",
    )
    .bind::<Array<BigInt>, _>(ids)
    .execute(conn)
    .await
    .map(drop)
}

/// Whose address is to be blanked: nothing has been sent to them since before `ended_before`.
pub async fn to_blank(
    conn: &mut AsyncPgConnection,
    ended_before: DateTime<Utc>,
    most: i64,
) -> QueryResult<Vec<SubscriberId>> {
    subscribers::table
        .filter(subscribers::state.eq_any([SubscriberState::Suspended, SubscriberState::Unsubscribed]))
        .filter(subscribers::ended_at.le(ended_before))
        .order(subscribers::id)
        .select(subscribers::id)
        .limit(most)
        .for_update()
        .skip_locked()
        .load(conn)
        .await
}

/// Blanks what was kept aside of mails that came back before an instant; gives how many.
pub async fn blank_returned(conn: &mut AsyncPgConnection, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::sql_query("UPDATE returned_mails SET message = NULL WHERE message IS NOT NULL AND received_at <= $1")
        .bind::<Timestamptz, _>(before)
        .execute(conn)
        .await
}

/// Deletes the jobs that were given up before an instant, for theirs are the texts and addresses of mails that nobody will
/// send; gives how many. The queue deletes those that succeed by itself.
pub async fn delete_unsent(conn: &mut AsyncPgConnection, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::sql_query(
        "DELETE FROM graphile_worker._private_jobs WHERE attempts >= max_attempts AND locked_at IS NULL AND updated_at <= $1",
    )
    .bind::<Timestamptz, _>(before)
    .execute(conn)
    .await
}

/// When somebody was last written to no more.
pub async fn ended_at(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<Option<DateTime<Utc>>> {
    subscribers::table.find(id).select(subscribers::ended_at).first(conn).await.optional().map(Option::flatten)
}

/// The person of an address that another system brings, with its proof of consent. Whoever is subscribed here keeps what
/// they chose here.
pub async fn upsert_imported(
    conn: &mut AsyncPgConnection,
    email: &Address,
    languages: &[Lang],
    consented_at: DateTime<Utc>,
    consent: &Value,
) -> QueryResult<SubscriberId> {
    pass_over_suspension(conn, email).await?;
    let row: NewSubscriber = diesel::sql_query(
        "INSERT INTO subscribers (email, languages, wished_at, confirmed_at, consent)
         VALUES ($1, $2, $3, $3, jsonb_build_array($4::jsonb))
         ON CONFLICT (lower(email)) DO UPDATE SET consent = subscribers.consent || excluded.consent,
             languages = CASE WHEN subscribers.state = 'active' THEN subscribers.languages ELSE excluded.languages END,
             state = 'active', ended_at = NULL
         RETURNING id",
    )
    .bind::<Text, _>(email.as_str())
    .bind::<Array<Text>, _>(languages)
    .bind::<Timestamptz, _>(consented_at)
    .bind::<Jsonb, _>(consent)
    .get_result(conn)
    .await?;
    Ok(row.id)
}

/// A running subscription as it is taken along.
#[derive(Debug, Clone, QueryableByName)]
pub struct Exported {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: SubscriptionId,
    /// Whose.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// In the order of preference.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// A canonical filter.
    #[diesel(sql_type = Text)]
    pub filter: String,
    /// How often.
    #[diesel(sql_type = Text)]
    pub frequency: Frequency,
    /// Which slots.
    #[diesel(sql_type = Nullable<Array<Text>>)]
    pub slots: Option<Vec<String>>,
    /// When they consented, to this filter if that is known.
    #[diesel(sql_type = Timestamptz)]
    pub consented_at: DateTime<Utc>,
    /// Where that is proved, if elsewhere.
    #[diesel(sql_type = Nullable<Text>)]
    pub source: Option<String>,
}

/// The running subscriptions after one, in their order, at most so many; without press lists.
pub async fn export(conn: &mut AsyncPgConnection, after: SubscriptionId, most: i64) -> QueryResult<Vec<Exported>> {
    diesel::sql_query(
        "SELECT s.id, p.email, p.languages, s.filter, s.frequency, s.slots,
                coalesce((c.proof->>'consented_at')::timestamptz, (c.proof->>'confirmed_at')::timestamptz, p.confirmed_at)
                    AS consented_at,
                c.proof->>'source' AS source
         FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id AND p.state = 'active'
         LEFT JOIN LATERAL (
             SELECT proof FROM jsonb_array_elements(p.consent) WITH ORDINALITY AS e (proof, place)
             WHERE proof->>'filter' = s.filter ORDER BY place DESC LIMIT 1) c ON true
         WHERE s.ended_at IS NULL AND s.frequency <> 'press_list' AND s.id > $1 ORDER BY s.id LIMIT $2",
    )
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// Somebody with an address.
#[derive(Debug, Clone, QueryableByName)]
pub struct Known {
    /// Who.
    #[diesel(sql_type = BigInt)]
    pub id: SubscriberId,
    /// As it was typed.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// In the order of preference.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// Whether they are written to.
    #[diesel(sql_type = Text)]
    pub state: SubscriberState,
}

/// The person of an address, however it is typed.
pub async fn subscriber_by_email(conn: &mut AsyncPgConnection, email: &Address) -> QueryResult<Option<Known>> {
    diesel::sql_query("SELECT id, email, languages, state FROM subscribers WHERE lower(email) = lower($1)")
        .bind::<Text, _>(email.as_str())
        .get_result(conn)
        .await
        .optional()
}

/// Whose session it is, if it lasts.
pub async fn subscriber_of_session(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<Option<Known>> {
    diesel::sql_query(
        "SELECT p.id, p.email, p.languages, p.state FROM manage_sessions m JOIN subscribers p ON p.id = m.subscriber_id
         WHERE m.token_hash = $1 AND m.expires_at > site_now() AND p.email IS NOT NULL",
    )
    .bind::<Binary, _>(token_hash)
    .get_result(conn)
    .await
    .optional()
}

/// Opens a session.
pub async fn insert_session(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    id: SubscriberId,
    lasts: Duration,
) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO manage_sessions (token_hash, subscriber_id, expires_at)
         VALUES ($1, $2, site_now() + make_interval(secs => $3))",
    )
    .bind::<Binary, _>(token_hash)
    .bind::<BigInt, _>(id)
    .bind::<Double, _>(lasts.num_seconds() as f64)
    .execute(conn)
    .await
    .map(drop)
}

/// Closes a session.
pub async fn delete_session(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<()> {
    diesel::delete(manage_sessions::table.find(token_hash)).execute(conn).await.map(drop)
}

/// In which order somebody's releases come.
pub async fn set_languages(conn: &mut AsyncPgConnection, id: SubscriberId, languages: &[Lang]) -> QueryResult<()> {
    diesel::update(subscribers::table.find(id)).set(subscribers::languages.eq(languages)).execute(conn).await.map(drop)
}

/// Where somebody's mail goes from now on. Other devices that stand open close.
pub async fn set_address(conn: &mut AsyncPgConnection, id: SubscriberId, email: &Address) -> QueryResult<()> {
    diesel::update(subscribers::table.find(id)).set(subscribers::email.eq(Some(email.as_str()))).execute(conn).await?;
    diesel::delete(manage_sessions::table.filter(manage_sessions::subscriber_id.eq(id))).execute(conn).await.map(drop)
}

/// How often those subscriptions are told.
pub async fn set_rhythm(conn: &mut AsyncPgConnection, ids: &[SubscriptionId], rhythm: &Rhythm) -> QueryResult<()> {
    diesel::update(subscriptions::table.filter(subscriptions::id.eq_any(ids)))
        .set((subscriptions::frequency.eq(rhythm.frequency()), subscriptions::slots.eq(rhythm.stored_slots())))
        .execute(conn)
        .await
        .map(drop)
}

/// When nothing of those subscriptions is sent.
pub async fn set_pause(conn: &mut AsyncPgConnection, ids: &[SubscriptionId], pause: Pause) -> QueryResult<()> {
    diesel::update(subscriptions::table.filter(subscriptions::id.eq_any(ids)))
        .set((
            subscriptions::paused_from.eq(Some(pause.from)),
            subscriptions::paused_until.eq(pause.until),
            subscriptions::catch_up.eq(pause.catch_up),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Ends the pause of those subscriptions; they go on from `cursor`, or from where they stood. Never further back.
pub async fn resume(conn: &mut AsyncPgConnection, ids: &[SubscriptionId], cursor: Option<Sequence>) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE subscriptions SET paused_from = NULL, paused_until = NULL, catch_up = false,
                cursor = greatest(cursor, coalesce($2, cursor)) WHERE id = ANY ($1) AND ended_at IS NULL",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Nullable<BigInt>, _>(cursor)
    .execute(conn)
    .await
    .map(drop)
}

/// Everything that is kept about somebody, for them: a JSON of plain names. What was sent is of the slice above, and is
/// theirs all the same.
pub async fn all_about(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<Option<Value>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Jsonb)]
        data: Value,
    }
    let row: Option<Row> = diesel::sql_query(
        "SELECT jsonb_build_object(
             'address', p.email, 'state', p.state, 'languages', p.languages, 'wished_at', p.wished_at,
             'confirmed_at', p.confirmed_at, 'ended_at', p.ended_at, 'consent', p.consent,
             'subscriptions', coalesce((SELECT jsonb_agg(jsonb_build_object(
                     'filter', s.filter, 'frequency', s.frequency, 'slots', s.slots, 'created_at', s.created_at,
                     'paused_from', s.paused_from, 'paused_until', s.paused_until, 'catch_up', s.catch_up,
                     'ended_at', s.ended_at,
                     'press_list', (SELECT jsonb_build_object('name', l.name, 'basis', l.basis, 'institution', i.names)
                                    FROM press_lists l JOIN institutions i ON i.id = l.institution_id
                                    WHERE s.filter = 'press-list=' || l.id)) ORDER BY s.id)
                 FROM subscriptions s WHERE s.subscriber_id = p.id), '[]'),
             'mails', coalesce((SELECT jsonb_agg(jsonb_build_object(
                     'due_at', r.due_at, 'state', d.state, 'attempts', d.attempts, 'settled_at', d.settled_at,
                     'answer', d.reply,
                     'releases', (SELECT jsonb_agg(DISTINCT coalesce(e.reference, e.source_number)) FROM delivery_items i
                                  JOIN releases e ON e.id = i.release_id
                                  WHERE i.delivery_id = d.id AND NOT i.left_out)) ORDER BY d.id)
                 FROM deliveries d JOIN digest_runs r ON r.id = d.run_id WHERE d.subscriber_id = p.id), '[]'),
             'returned', coalesce((SELECT jsonb_agg(jsonb_build_object(
                     'received_at', b.received_at, 'verdict', b.verdict, 'status', b.status, 'diagnostic', b.diagnostic)
                     ORDER BY b.id)
                 FROM returned_mails b WHERE b.subscriber_id = p.id), '[]'),
             'open_on_devices', (SELECT count(*) FROM manage_sessions m
                                 WHERE m.subscriber_id = p.id AND m.expires_at > site_now())) AS data
         FROM subscribers p WHERE p.id = $1",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.data))
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
