//! Every SQL statement on runs, deliveries and their items. Nothing here decides anything.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Double, Nullable, SmallInt, Text, Timestamptz};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::matching::{Announcement, Present};
use super::model::{Claimed, Run, State};
use crate::change::{Kind, Span};
use crate::ids::{DeliveryId, ReleaseId, RunId, Sequence, SubscriberId, SubscriptionId};
use crate::kit::lang::Lang;
use crate::release::listing::Shelf;
use crate::release::state::PublicState;

/// Names the one lock under which runs open: one after the other.
const RUNS: i64 = 0x636f_6d6d_7275_6e73;

/// What is notified when there is something to send.
pub const CHANNEL: &str = "communique_deliveries";

#[derive(QueryableByName)]
struct Instant {
    #[diesel(sql_type = Nullable<Timestamptz>)]
    at: Option<DateTime<Utc>>,
}

/// Waits for a run that is opening, and keeps others waiting until the transaction ends.
pub async fn lock_runs(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(RUNS).execute(conn).await.map(drop)
}

/// Since when slots count: the latest for which a run was opened; on a site without runs its first subscription, for
/// nobody was waiting before. None if nobody is.
pub async fn considered_up_to(conn: &mut AsyncPgConnection) -> QueryResult<Option<DateTime<Utc>>> {
    let row: Instant = diesel::sql_query(
        "SELECT coalesce((SELECT max(due_at) FROM digest_runs), (SELECT min(created_at) FROM subscriptions)) AS at",
    )
    .get_result(conn)
    .await?;
    Ok(row.at)
}

#[derive(QueryableByName)]
struct NewRun {
    #[diesel(sql_type = BigInt)]
    id: RunId,
}

/// The run of that slot; none if there is one.
pub async fn insert_run(
    conn: &mut AsyncPgConnection,
    due_at: DateTime<Utc>,
    bound: Sequence,
    give_up_at: DateTime<Utc>,
) -> QueryResult<Option<RunId>> {
    let row: Option<NewRun> = diesel::sql_query(
        "INSERT INTO digest_runs (due_at, bound, give_up_at) VALUES ($1, $2, $3) ON CONFLICT (due_at) DO NOTHING
         RETURNING id",
    )
    .bind::<Timestamptz, _>(due_at)
    .bind::<BigInt, _>(bound)
    .bind::<Timestamptz, _>(give_up_at)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.id))
}

/// Subscriptions with the same filter and the same cursor: matched once, however many they are.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Group {
    /// A canonical filter.
    #[diesel(sql_type = Text)]
    pub filter: String,
    /// Where they stand.
    #[diesel(sql_type = BigInt)]
    pub cursor: Sequence,
}

/// The groups of running subscriptions that have not been considered up to `bound`.
pub async fn groups(conn: &mut AsyncPgConnection, bound: Sequence) -> QueryResult<Vec<Group>> {
    diesel::sql_query(
        "SELECT filter, cursor FROM subscriptions
         WHERE frequency = 'slots' AND ended_at IS NULL AND paused_at IS NULL AND cursor < $1
         GROUP BY filter, cursor ORDER BY cursor, filter",
    )
    .bind::<BigInt, _>(bound)
    .load(conn)
    .await
}

#[derive(QueryableByName)]
struct AnnouncementRow {
    #[diesel(sql_type = BigInt)]
    sequence: Sequence,
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Array<Text>)]
    languages: Vec<Lang>,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

/// The announcements of a span, each with its instant, in their order. By sequence and not by time: a commit that came
/// late, a wrong clock or a day in summer time can't slip between two spans.
pub async fn announced_within(
    conn: &mut AsyncPgConnection,
    span: Span,
) -> QueryResult<Vec<(Announcement, DateTime<Utc>)>> {
    let rows: Vec<AnnouncementRow> = diesel::sql_query(
        "SELECT sequence, kind, release_id, languages, at FROM public_changes
         WHERE announced AND sequence > $1 AND sequence <= $2 ORDER BY sequence",
    )
    .bind::<BigInt, _>(span.after)
    .bind::<BigInt, _>(span.up_to)
    .load(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let AnnouncementRow { sequence, kind, release_id, languages, at } = row;
            (Announcement { sequence, kind, release_id, languages }, at)
        })
        .collect())
}

#[derive(QueryableByName)]
struct PresentRow {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    public_state: PublicState,
    #[diesel(sql_type = Text)]
    shelf: String,
    #[diesel(sql_type = BigInt)]
    shelf_id: i64,
}

/// Where those releases stand and on which shelves, as the door shows it. What is not public is not there.
pub async fn present(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<HashMap<ReleaseId, Present>> {
    let rows: Vec<PresentRow> = diesel::sql_query(
        "SELECT r.id AS release_id, r.public_state, l.shelf, l.shelf_id
         FROM public_releases r JOIN public_listings l ON l.release_id = r.id WHERE r.id = ANY($1)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await?;
    let mut present: HashMap<ReleaseId, Present> = HashMap::new();
    for row in rows {
        let there =
            present.entry(row.release_id).or_insert_with(|| Present { state: row.public_state, shelves: Vec::new() });
        let Some(shelf) = Shelf::of_key(&row.shelf, row.shelf_id) else { continue };
        there.shelves.push(shelf);
    }
    Ok(present)
}

/// The offers of all groups, one column a field, as the statement takes them.
#[derive(Debug, Default)]
pub struct Offers {
    /// The number of the group, from 1.
    pub group: Vec<i64>,
    /// The announcement.
    pub sequence: Vec<i64>,
    /// Its release.
    pub release: Vec<i64>,
    /// Codes of languages, separated by blanks; empty: for all.
    pub languages: Vec<String>,
    /// For those who had the release only.
    pub only_had: Vec<bool>,
}

/// Moves the cursors of the groups to `bound` and lays out a delivery for each of their subscribers who is offered
/// something, with its items: one statement, and so one snapshot. A subscription that was confirmed a moment ago is in it
/// whole, or keeps its cursor for the next run.
///
/// An announcement that a person was sent before, by another subscription, is not laid out again; a delivery that is
/// empty by that is not made. Gives how many were.
pub async fn lay_out(
    conn: &mut AsyncPgConnection,
    run: RunId,
    bound: Sequence,
    groups: &[Group],
    offers: &Offers,
) -> QueryResult<usize> {
    // A million rows are sorted here; the default of 4 MB would do it on disk, and compile for it first.
    diesel::sql_query("SELECT set_config('work_mem', '128MB', true), set_config('jit', 'off', true)")
        .execute(conn)
        .await?;
    diesel::sql_query(
        "WITH groups AS (
             SELECT * FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS g (filter, cursor, number)),
         due AS (
             UPDATE subscriptions s SET cursor = $3 FROM groups g, subscribers p
             WHERE s.filter = g.filter AND s.cursor = g.cursor
               AND s.frequency = 'slots' AND s.ended_at IS NULL AND s.paused_at IS NULL
               AND p.id = s.subscriber_id AND p.state = 'active'
             RETURNING s.id, s.subscriber_id, p.languages, g.number),
         offers AS (
             SELECT * FROM unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::bool[])
                 AS o (number, sequence, release_id, languages, only_had)),
         wanted AS (
             SELECT d.subscriber_id, o.sequence, o.release_id, array_agg(d.id) AS subscription_ids
             FROM due d JOIN offers o ON o.number = d.number
             WHERE (o.languages = '' OR d.languages && string_to_array(o.languages, ' '))
               AND (NOT o.only_had OR EXISTS (
                    SELECT FROM delivery_items h JOIN deliveries hd ON hd.id = h.delivery_id
                    WHERE h.subscriber_id = d.subscriber_id AND h.release_id = o.release_id AND NOT h.left_out
                      AND (hd.doubtful OR hd.state IN ('queued', 'sending', 'accepted', 'delivered', 'uncertain'))))
             GROUP BY d.subscriber_id, o.sequence, o.release_id),
         laid AS (
             INSERT INTO deliveries (run_id, subscriber_id, due_at)
             SELECT $9, subscriber_id, site_now() FROM wanted GROUP BY subscriber_id ORDER BY subscriber_id
             RETURNING id, subscriber_id)
         INSERT INTO delivery_items (delivery_id, subscriber_id, sequence, subscription_ids, release_id)
         SELECT l.id, l.subscriber_id, w.sequence, w.subscription_ids, w.release_id
         FROM wanted w JOIN laid l ON l.subscriber_id = w.subscriber_id
         ON CONFLICT DO NOTHING",
    )
    .bind::<Array<Text>, _>(groups.iter().map(|group| group.filter.as_str()).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(groups.iter().map(|group| group.cursor).collect::<Vec<_>>())
    .bind::<BigInt, _>(bound)
    .bind::<Array<BigInt>, _>(&offers.group)
    .bind::<Array<BigInt>, _>(&offers.sequence)
    .bind::<Array<BigInt>, _>(&offers.release)
    .bind::<Array<Text>, _>(&offers.languages)
    .bind::<Array<Bool>, _>(&offers.only_had)
    .bind::<BigInt, _>(run)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "DELETE FROM deliveries d WHERE run_id = $1 AND NOT EXISTS (SELECT FROM delivery_items i WHERE i.delivery_id = d.id)",
    )
    .bind::<BigInt, _>(run)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "UPDATE digest_runs SET deliveries = laid.count, finished_at = CASE laid.count WHEN 0 THEN site_now() END
         FROM (SELECT count(*)::integer AS count FROM deliveries WHERE run_id = $1) laid WHERE id = $1",
    )
    .bind::<BigInt, _>(run)
    .execute(conn)
    .await?;
    let run = self::run(conn, run).await?;
    Ok(run.map_or(0, |run| usize::try_from(run.deliveries).unwrap_or(0)))
}

/// Tells the senders, once the transaction commits.
pub async fn notify(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_notify($1, '')").bind::<Text, _>(CHANNEL).execute(conn).await.map(drop)
}

/// What a run would bring to how many: for whoever looks before it leaps.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Planned {
    /// A canonical filter; empty: everything.
    #[diesel(sql_type = Text)]
    pub filter: String,
    /// How many mails it is part of.
    #[diesel(sql_type = BigInt)]
    pub deliveries: i64,
    /// How many announcements it brings to them, altogether.
    #[diesel(sql_type = BigInt)]
    pub items: i64,
}

/// What a run brings, by filter, the largest first.
pub async fn by_filter(conn: &mut AsyncPgConnection, run: RunId) -> QueryResult<Vec<Planned>> {
    diesel::sql_query(
        "SELECT s.filter, count(DISTINCT d.id) AS deliveries, count(*) AS items
         FROM deliveries d JOIN delivery_items i ON i.delivery_id = d.id
         JOIN subscriptions s ON s.id = ANY (i.subscription_ids)
         WHERE d.run_id = $1 GROUP BY s.filter ORDER BY deliveries DESC, s.filter",
    )
    .bind::<BigInt, _>(run)
    .load(conn)
    .await
}

const RUN: &str = "SELECT r.id, r.due_at, r.opened_at, r.bound, r.finished_at,
        count(d.id) AS deliveries,
        count(d.id) FILTER (WHERE d.state IN ('queued', 'sending') OR (d.state = 'uncertain' AND NOT d.doubtful)) AS open,
        count(d.id) FILTER (WHERE d.state IN ('accepted', 'delivered', 'complained')) AS accepted,
        count(d.id) FILTER (WHERE d.state IN ('failed', 'bounced')) AS failed,
        count(d.id) FILTER (WHERE d.state = 'cancelled') AS cancelled,
        count(d.id) FILTER (WHERE d.state = 'uncertain' AND d.doubtful) AS uncertain";

/// The latest runs with their counts, the newest first.
pub async fn runs(conn: &mut AsyncPgConnection, most: i64) -> QueryResult<Vec<Run>> {
    diesel::sql_query(format!(
        "{RUN} FROM (SELECT * FROM digest_runs ORDER BY due_at DESC LIMIT $1) r LEFT JOIN deliveries d ON d.run_id = r.id
         GROUP BY r.id, r.due_at, r.opened_at, r.bound, r.finished_at ORDER BY r.due_at DESC"
    ))
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// One run with its counts.
pub async fn run(conn: &mut AsyncPgConnection, id: RunId) -> QueryResult<Option<Run>> {
    diesel::sql_query(format!(
        "{RUN} FROM digest_runs r LEFT JOIN deliveries d ON d.run_id = r.id WHERE r.id = $1
         GROUP BY r.id, r.due_at, r.opened_at, r.bound, r.finished_at"
    ))
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()
}

/// Marks runs as finished of which nothing is left to send.
pub async fn finish_runs(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE digest_runs r SET finished_at = site_now() WHERE finished_at IS NULL AND NOT EXISTS (
             SELECT FROM deliveries d WHERE d.run_id = r.id
             AND (d.state IN ('queued', 'sending') OR (d.state = 'uncertain' AND NOT d.doubtful)))",
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Marks this session as a living sender, until it ends, however it ends.
pub async fn mark_alive(conn: &mut AsyncPgConnection, sender: i64) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(sender).execute(conn).await.map(drop)
}

/// Takes the oldest delivery that is due and that no other sender is taking.
pub async fn claim(conn: &mut AsyncPgConnection, sender: i64) -> QueryResult<Option<Claimed>> {
    diesel::sql_query(
        "WITH next AS (
             SELECT id, state = 'uncertain' AS was_uncertain FROM deliveries
             WHERE (state = 'queued' OR (state = 'uncertain' AND NOT doubtful)) AND due_at <= site_now()
             ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         UPDATE deliveries d SET state = 'sending', sender = $1, sending_at = site_now(), attempts = attempts + 1,
                doubtful = doubtful OR next.was_uncertain
         FROM next WHERE d.id = next.id
         RETURNING d.id, d.attempts, next.was_uncertain",
    )
    .bind::<BigInt, _>(sender)
    .get_result(conn)
    .await
    .optional()
}

/// Writes what became of a delivery. It is no longer ours if somebody took us for dead meanwhile; then an acceptance
/// still counts, as long as nobody has begun to send it once more.
pub async fn settle(
    conn: &mut AsyncPgConnection,
    id: DeliveryId,
    sender: i64,
    state: State,
    reply: Option<&str>,
) -> QueryResult<bool> {
    let rows = diesel::sql_query(
        "UPDATE deliveries SET state = $3, sender = NULL, settled_at = site_now(), reply = $4
         WHERE id = $1 AND ((state = 'sending' AND sender = $2) OR (state = 'uncertain' AND $3 = 'accepted'))",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(sender)
    .bind::<Text, _>(state)
    .bind::<Nullable<Text>, _>(reply)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// Remembers which items of a delivery were in the mail, and which were left out.
pub async fn mark_left_out(conn: &mut AsyncPgConnection, id: DeliveryId, shown: &[Sequence]) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE delivery_items SET left_out = NOT left_out WHERE delivery_id = $1 AND left_out = (sequence = ANY ($2))",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<BigInt>, _>(shown)
    .execute(conn)
    .await
    .map(drop)
}

/// Gives a delivery back to be tried again `after_s` seconds from now, or lets it fail if that is after its run gives up.
/// A try that said nothing about the mail (`uncounted`) leaves the delivery as it was before.
pub async fn put_back(
    conn: &mut AsyncPgConnection,
    claimed: &Claimed,
    sender: i64,
    after_s: i64,
    uncounted: bool,
    reply: &str,
) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE deliveries d SET sender = NULL, reply = $5,
             state = CASE WHEN site_now() + make_interval(secs => $3) > r.give_up_at THEN 'failed'
                          WHEN $4 AND $6 THEN 'uncertain' ELSE 'queued' END,
             settled_at = CASE WHEN site_now() + make_interval(secs => $3) > r.give_up_at THEN site_now() END,
             due_at = site_now() + make_interval(secs => $3),
             attempts = CASE WHEN $4 THEN d.attempts - 1 ELSE d.attempts END,
             doubtful = CASE WHEN $4 AND $6 THEN false ELSE d.doubtful END
         FROM digest_runs r WHERE r.id = d.run_id AND d.id = $1 AND d.state = 'sending' AND d.sender = $2",
    )
    .bind::<BigInt, _>(claimed.id)
    .bind::<BigInt, _>(sender)
    .bind::<Double, _>(after_s as f64)
    .bind::<Bool, _>(uncounted)
    .bind::<Text, _>(reply)
    .bind::<Bool, _>(claimed.was_uncertain)
    .execute(conn)
    .await
    .map(drop)
}

#[derive(QueryableByName)]
struct Sender {
    #[diesel(sql_type = BigInt)]
    sender: i64,
}

/// The senders that hold a delivery.
pub async fn senders_in_hand(conn: &mut AsyncPgConnection) -> QueryResult<Vec<i64>> {
    let rows: Vec<Sender> =
        diesel::sql_query("SELECT DISTINCT sender FROM deliveries WHERE state = 'sending'").load(conn).await?;
    Ok(rows.into_iter().map(|row| row.sender).collect())
}

#[derive(QueryableByName)]
struct Free {
    #[diesel(sql_type = Bool)]
    free: bool,
}

/// What a sender that is no longer there had in hand becomes uncertain; gives how many. Whoever can take its lock, until
/// the transaction ends, knows that its session is over. The session that asks must not be the sender's own.
pub async fn release_dead(conn: &mut AsyncPgConnection, sender: i64) -> QueryResult<usize> {
    let Free { free } = diesel::sql_query("SELECT pg_try_advisory_xact_lock($1) AS free")
        .bind::<BigInt, _>(sender)
        .get_result(conn)
        .await?;
    if !free {
        return Ok(0);
    }
    diesel::sql_query(
        "UPDATE deliveries SET state = 'uncertain', sender = NULL, settled_at = site_now(), due_at = site_now(),
                reply = 'the sender ended before the answer'
         WHERE state = 'sending' AND sender = $1",
    )
    .bind::<BigInt, _>(sender)
    .execute(conn)
    .await
}

#[derive(QueryableByName)]
struct Wait {
    #[diesel(sql_type = Nullable<Double>)]
    seconds: Option<f64>,
}

/// Seconds, by the site's clock, until the next delivery is due; none if none waits.
pub async fn next_due_in(conn: &mut AsyncPgConnection) -> QueryResult<Option<f64>> {
    let row: Wait = diesel::sql_query(
        "SELECT extract(epoch FROM min(due_at) - site_now())::float8 AS seconds FROM deliveries
         WHERE state = 'queued' OR (state = 'uncertain' AND NOT doubtful)",
    )
    .get_result(conn)
    .await?;
    Ok(row.seconds)
}

/// One item of a delivery as it stands now, with for whom it is.
#[derive(Debug, Clone, QueryableByName)]
pub struct Item {
    /// The last public change: what is known of releases holds up to it.
    #[diesel(sql_type = BigInt)]
    pub last: Sequence,
    /// Whose mail it is.
    #[diesel(sql_type = BigInt)]
    pub subscriber_id: SubscriberId,
    /// Where it goes.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// In the order of preference.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// The slot.
    #[diesel(sql_type = Timestamptz)]
    pub slot_at: DateTime<Utc>,
    /// When the run was opened: the date of the mail at each try.
    #[diesel(sql_type = Timestamptz)]
    pub opened_at: DateTime<Utc>,
    /// The announcement.
    #[diesel(sql_type = BigInt)]
    pub sequence: Sequence,
    /// What it says.
    #[diesel(sql_type = Text)]
    pub kind: Kind,
    /// The languages it speaks of.
    #[diesel(sql_type = Array<Text>)]
    pub announced: Vec<Lang>,
    /// Of which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// The subscriptions that asked for it and still run.
    #[diesel(sql_type = Array<BigInt>)]
    pub subscription_ids: Vec<SubscriptionId>,
    /// Their filters.
    #[diesel(sql_type = Array<Text>)]
    pub filters: Vec<String>,
    /// The last announcement of this release that this person had in another mail.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub had_up_to: Option<Sequence>,
}

/// The items of a delivery that are still wanted: its subscriber is active, and a subscription that asked for the item
/// has neither ended nor is it paused. None if there are none, in their order.
pub async fn wanted_items(conn: &mut AsyncPgConnection, id: DeliveryId) -> QueryResult<Vec<Item>> {
    diesel::sql_query(
        "SELECT c.last, p.id AS subscriber_id, p.email, p.languages, r.due_at AS slot_at, r.opened_at, i.sequence,
                ch.kind, ch.languages AS announced, i.release_id, s.ids AS subscription_ids, s.filters,
                (SELECT max(h.sequence) FROM delivery_items h JOIN deliveries hd ON hd.id = h.delivery_id
                 WHERE h.subscriber_id = d.subscriber_id AND h.release_id = i.release_id AND hd.id <> d.id AND NOT h.left_out
                   AND (hd.doubtful OR hd.state IN ('accepted', 'delivered', 'complained', 'uncertain'))) AS had_up_to
         FROM deliveries d
         JOIN digest_runs r ON r.id = d.run_id
         JOIN subscribers p ON p.id = d.subscriber_id AND p.state = 'active'
         JOIN delivery_items i ON i.delivery_id = d.id
         JOIN public_changes ch ON ch.sequence = i.sequence
         CROSS JOIN LATERAL (
             SELECT array_agg(s.id ORDER BY s.id) AS ids, array_agg(s.filter ORDER BY s.id) AS filters FROM subscriptions s
             WHERE s.id = ANY (i.subscription_ids) AND s.ended_at IS NULL AND s.paused_at IS NULL) s
         CROSS JOIN public_change_counter c
         WHERE d.id = $1 AND s.ids IS NOT NULL ORDER BY i.sequence",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}

#[derive(QueryableByName)]
struct Owner {
    #[diesel(sql_type = BigInt)]
    subscriber_id: SubscriberId,
}

/// Whose delivery it is.
pub async fn subscriber_of(conn: &mut AsyncPgConnection, id: DeliveryId) -> QueryResult<SubscriberId> {
    let row: Owner = diesel::sql_query("SELECT subscriber_id FROM deliveries WHERE id = $1")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await?;
    Ok(row.subscriber_id)
}

/// A delivery's standing, for whoever follows one up.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Followed {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: DeliveryId,
    /// Of which run.
    #[diesel(sql_type = BigInt)]
    pub run_id: RunId,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub subscriber_id: SubscriberId,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// How often it was tried.
    #[diesel(sql_type = SmallInt)]
    pub attempts: i16,
    /// What the mail server said last, without addresses.
    #[diesel(sql_type = Nullable<Text>)]
    pub reply: Option<String>,
    /// Handed over a second time.
    #[diesel(sql_type = Bool)]
    pub doubtful: bool,
    /// When it is due, or was.
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
    /// The sender that holds it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub sender: Option<i64>,
}

/// The deliveries of a run, in the order in which they were laid out.
pub async fn deliveries(conn: &mut AsyncPgConnection, run: RunId) -> QueryResult<Vec<Followed>> {
    diesel::sql_query(
        "SELECT id, run_id, subscriber_id, state, attempts, reply, doubtful, due_at, sender FROM deliveries
         WHERE run_id = $1 ORDER BY id",
    )
    .bind::<BigInt, _>(run)
    .load(conn)
    .await
}
