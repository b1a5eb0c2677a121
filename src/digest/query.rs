//! Every SQL statement on runs, deliveries and their items. Nothing here decides anything.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Date, Double, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use diesel::{ExpressionMethods, OptionalExtension, QueryDsl, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::matching::Announcement;
use super::model::{Audience, Claimed, Run, RunKind, State};
use super::returned::Verdict;
use crate::change::{Kind, Span};
use crate::ids::{DeliveryId, PressListId, ReleaseId, RunId, Sequence, SubscriberId, SubscriptionId};
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::release::state::PublicState;
use crate::schema::returned_mails;
use crate::subscription::rhythm::Frequency;

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
    let row: Instant = prepared(diesel::sql_query(
        "SELECT coalesce((SELECT max(due_at) FROM digest_runs WHERE kind = 'slot'),
                         (SELECT min(created_at) FROM subscriptions)) AS at",
    ))
    .get_result(conn)
    .await?;
    Ok(row.at)
}

/// The slot of the last run before that one, as [`considered_up_to`].
pub async fn considered_before(
    conn: &mut AsyncPgConnection,
    slot: DateTime<Utc>,
) -> QueryResult<Option<DateTime<Utc>>> {
    let row: Instant = diesel::sql_query(
        "SELECT coalesce((SELECT max(due_at) FROM digest_runs WHERE kind = 'slot' AND due_at < $1),
                         (SELECT min(created_at) FROM subscriptions)) AS at",
    )
    .bind::<Timestamptz, _>(slot)
    .get_result(conn)
    .await?;
    Ok(row.at)
}

/// Up to which public change runs at once have looked; none if there was none.
pub async fn at_once_bound(conn: &mut AsyncPgConnection) -> QueryResult<Option<Sequence>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        bound: Sequence,
    }
    let row: Option<Row> = prepared(diesel::sql_query(
        "SELECT bound FROM digest_runs WHERE kind = 'at_once' ORDER BY due_at DESC LIMIT 1",
    ))
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.bound))
}

/// Up to which change a run may look: the last, but nothing from the first on that the site's clock has not reached. That
/// happens where a clock was set back; the door does not show such a release yet, and a cursor must not pass it by.
pub async fn bound(conn: &mut AsyncPgConnection) -> QueryResult<Sequence> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        bound: Sequence,
    }
    // What an earlier run looked at had been reached then; the rest is short.
    let row: Row = prepared(diesel::sql_query(
        "SELECT coalesce((SELECT min(sequence) - 1 FROM public_changes
                          WHERE sequence > coalesce((SELECT max(bound) FROM digest_runs), 0) AND at > site_now()), last) AS bound
         FROM public_change_counter",
    ))
    .get_result(conn)
    .await?;
    Ok(row.bound)
}

/// Whether one of these changes lies ahead of the site's clock.
pub async fn is_ahead(conn: &mut AsyncPgConnection, sequences: &[Sequence]) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        ahead: bool,
    }
    let row: Row = prepared(
        diesel::sql_query(
            "SELECT EXISTS (SELECT FROM public_changes WHERE sequence = ANY ($1) AND at > site_now()) AS ahead",
        )
        .bind::<Array<BigInt>, _>(sequences),
    )
    .get_result(conn)
    .await?;
    Ok(row.ahead)
}

/// Whether somebody who is told at once has not been considered for the last announcement up to that change.
pub async fn is_due_at_once(conn: &mut AsyncPgConnection, bound: Sequence) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        due: bool,
    }
    let row: Row = prepared(
        diesel::sql_query(
            "SELECT EXISTS (
             SELECT FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id AND p.state = 'active'
             WHERE s.frequency IN ('at_once', 'press_list') AND s.ended_at IS NULL
               AND NOT is_paused(s.paused_from, s.paused_until, site_now())
               AND s.cursor < (SELECT max(sequence) FROM public_changes WHERE announced AND sequence <= $1)) AS due",
        )
        .bind::<BigInt, _>(bound),
    )
    .get_result(conn)
    .await?;
    Ok(row.due)
}

#[derive(QueryableByName)]
struct NewRun {
    #[diesel(sql_type = BigInt)]
    id: RunId,
    #[diesel(sql_type = Timestamptz)]
    due_at: DateTime<Utc>,
}

/// The run of that slot; none if there is one.
pub async fn insert_slot(
    conn: &mut AsyncPgConnection,
    due_at: DateTime<Utc>,
    bound: Sequence,
    give_up_at: DateTime<Utc>,
) -> QueryResult<Option<RunId>> {
    let row: Option<NewRun> = diesel::sql_query(
        "INSERT INTO digest_runs (due_at, bound, give_up_at) VALUES ($1, $2, $3) ON CONFLICT (due_at) DO NOTHING
         RETURNING id, due_at",
    )
    .bind::<Timestamptz, _>(due_at)
    .bind::<BigInt, _>(bound)
    .bind::<Timestamptz, _>(give_up_at)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.id))
}

/// A run at once, with its instant: now, or after the last one if a clock was set back. It ends in a microsecond, so that
/// it is no slot's, whatever the clock says.
pub async fn insert_at_once(
    conn: &mut AsyncPgConnection,
    bound: Sequence,
    give_up_at: DateTime<Utc>,
) -> QueryResult<(RunId, DateTime<Utc>)> {
    let row: NewRun = diesel::sql_query(
        "INSERT INTO digest_runs (kind, due_at, bound, give_up_at)
         SELECT 'at_once', date_trunc('milliseconds', greatest(site_now(), max(due_at))) + interval '1001 microseconds',
                $1, $2
         FROM digest_runs WHERE kind = 'at_once'
         RETURNING id, due_at",
    )
    .bind::<BigInt, _>(bound)
    .bind::<Timestamptz, _>(give_up_at)
    .get_result(conn)
    .await?;
    Ok((row.id, row.due_at))
}

/// Writes down what a run found and how long that took.
pub async fn mark_opened(
    conn: &mut AsyncPgConnection,
    id: RunId,
    floor: Sequence,
    laid: &Laid,
    opening_ms: i32,
) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE digest_runs SET floor = $2, deliveries = $3::integer, items = $4, opening_ms = $5,
                finished_at = CASE WHEN $3 = 0 THEN site_now() END, accepted = CASE WHEN $3 = 0 THEN 0 END
         WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(floor)
    .bind::<BigInt, _>(laid.deliveries)
    .bind::<BigInt, _>(laid.items)
    .bind::<Integer, _>(opening_ms)
    .execute(conn)
    .await
    .map(drop)
}

/// Subscriptions with the same filter and the same cursor: matched once, however many they are.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Group {
    /// A canonical filter, or the name of a press list.
    #[diesel(sql_type = Text)]
    pub filter: String,
    /// Where they stand.
    #[diesel(sql_type = BigInt)]
    pub cursor: Sequence,
    /// How often those are told who have it.
    #[diesel(sql_type = Array<Text>)]
    pub frequencies: Vec<Frequency>,
}

/// Which rows `s` of subscriptions a run is for, of those behind its bound; the numbers of the parameters for frequencies,
/// for the local times of the slots, for all times of the site, and for the bound.
fn due(frequencies: u8, times: u8, site_times: u8, bound: u8) -> String {
    format!(
        "s.frequency = ANY (${frequencies}::text[]) AND s.ended_at IS NULL AND s.cursor < ${bound}
         AND NOT is_paused(s.paused_from, s.paused_until, site_now())
         AND (s.frequency <> 'slots' OR s.slots IS NULL OR s.slots && ${times}::text[]
              OR NOT s.slots && ${site_times}::text[])"
    )
}

/// The groups of subscriptions that a run is for.
pub async fn groups(conn: &mut AsyncPgConnection, audience: &Audience, bound: Sequence) -> QueryResult<Vec<Group>> {
    diesel::sql_query(format!(
        "SELECT filter, cursor, array_agg(DISTINCT frequency) AS frequencies FROM subscriptions s
         WHERE {} GROUP BY filter, cursor ORDER BY cursor, filter",
        due(1, 2, 3, 4)
    ))
    .bind::<Array<Text>, _>(&audience.frequencies)
    .bind::<Array<Text>, _>(&audience.times)
    .bind::<Array<Text>, _>(&audience.site_times)
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

impl From<AnnouncementRow> for (Announcement, DateTime<Utc>) {
    fn from(row: AnnouncementRow) -> Self {
        let AnnouncementRow { sequence, kind, release_id, languages, at } = row;
        (Announcement { sequence, kind, release_id, languages }, at)
    }
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
    Ok(rows.into_iter().map(Into::into).collect())
}

/// All announcements of those releases up to that change, in their order.
pub async fn announced_of(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
    up_to: Sequence,
) -> QueryResult<Vec<Announcement>> {
    let rows: Vec<AnnouncementRow> = prepared(
        diesel::sql_query(
            "SELECT sequence, kind, release_id, languages, at FROM public_changes
             WHERE announced AND release_id = ANY ($1) AND sequence <= $2 ORDER BY sequence",
        )
        .bind::<Array<BigInt>, _>(ids)
        .bind::<BigInt, _>(up_to),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| <(Announcement, DateTime<Utc>)>::from(row).0).collect())
}

/// How those releases stand, as the door shows them. What is not public is not there.
pub async fn present(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<HashMap<ReleaseId, PublicState>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: ReleaseId,
        #[diesel(sql_type = Text)]
        public_state: PublicState,
    }
    let rows: Vec<Row> = diesel::sql_query("SELECT id, public_state FROM public_releases WHERE id = ANY($1)")
        .bind::<Array<BigInt>, _>(ids)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.public_state)).collect())
}

/// A release as an item of a meeting of the Council.
#[derive(Debug, Clone, QueryableByName)]
pub struct Sitting {
    /// Which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Its place among the items.
    #[diesel(sql_type = Integer)]
    pub position: i32,
    /// Which meeting.
    #[diesel(sql_type = BigInt)]
    pub meeting_id: i64,
    /// Whether it is the inner cabinet.
    #[diesel(sql_type = Bool)]
    pub is_inner: bool,
    /// The day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
    /// Where; nowhere, by electronic procedure.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub places: Option<Texts>,
    /// The titles of those who propose it, in their order.
    #[diesel(sql_type = Array<Jsonb>)]
    pub proposers: Vec<Texts>,
}

/// Those of the releases that are items of a public meeting, as the door shows them.
pub async fn sittings(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Sitting>> {
    prepared(
        diesel::sql_query(
            "SELECT d.release_id, d.position, m.id AS meeting_id, m.kind = 'inner_cabinet' AS is_inner, m.held_on, m.places,
                    ARRAY(SELECT p.titles FROM edition_mandates e JOIN public_mandates p ON p.id = e.mandate_id
                          WHERE e.edition_id = d.edition_id ORDER BY e.position) AS proposers
             FROM public_decisions d JOIN public_meetings m ON m.id = d.meeting_id
             WHERE d.release_id = ANY ($1)",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await
}

/// To which press lists those releases were to go once they are public.
pub async fn chosen_for_lists(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<Vec<(PressListId, ReleaseId)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        press_list_id: PressListId,
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
    }
    let rows: Vec<Row> =
        diesel::sql_query("SELECT press_list_id, release_id FROM release_press_lists WHERE release_id = ANY ($1)")
            .bind::<Array<BigInt>, _>(ids)
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.press_list_id, row.release_id)).collect())
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

/// What was laid out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Laid {
    /// Mails.
    pub deliveries: i64,
    /// Releases in them, each once, however many readers get it.
    pub items: i64,
}

/// Who is due with which group, and what each of them wants: the same for a run and for a plan, but for where `due` comes
/// from, and what is read `also`. Parameters 1 and 2 are the groups, 3 the bound, 4 to 8 the offers, 9 to 11 the audience.
fn wanted(due: &str, also: &str) -> String {
    // Had: by a mail that was accepted, may have arrived, or is still on its way. A release has few announcements, and a
    // person's are found by them.
    format!(
        "groups AS (
             SELECT * FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS g (filter, cursor, number)),
         due AS ({due}),
         offers AS (
             SELECT * FROM unnest($4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::bool[])
                 AS o (number, sequence, release_id, languages, only_had)),
         wanted AS (
             SELECT d.subscriber_id, o.sequence, o.release_id, array_agg(d.id) AS subscription_ids{also}
             FROM due d JOIN offers o ON o.number = d.number
             WHERE (o.languages = '' OR d.languages && string_to_array(o.languages, ' '))
               AND (NOT o.only_had OR EXISTS (
                    SELECT FROM public_changes c
                    JOIN delivery_items h ON h.subscriber_id = d.subscriber_id AND h.sequence = c.sequence AND NOT h.left_out
                    JOIN deliveries hd ON hd.id = h.delivery_id
                    WHERE c.release_id = o.release_id AND c.announced
                      AND (hd.doubtful OR hd.state IN ('queued', 'sending', 'accepted', 'delivered', 'uncertain'))))
             GROUP BY d.subscriber_id, o.sequence, o.release_id)"
    )
}

/// Moves the cursors of the groups to `bound` and lays out a delivery for each of their subscribers who is offered
/// something, with its items: one statement, and so one snapshot. A subscription that was confirmed a moment ago is in it
/// whole, or keeps its cursor for the next run.
///
/// An announcement that a person was sent before, or is being sent, by another subscription is not laid out again; that
/// mail knows then that this one asks for it, too, and a delivery that is empty by that is not made.
pub async fn lay_out(
    conn: &mut AsyncPgConnection,
    run: RunId,
    audience: &Audience,
    bound: Sequence,
    groups: &[Group],
    offers: &Offers,
) -> QueryResult<Laid> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        wanted: i64,
        #[diesel(sql_type = BigInt)]
        laid: i64,
        #[diesel(sql_type = BigInt)]
        items: i64,
        #[diesel(sql_type = BigInt)]
        releases: i64,
    }
    // A million rows are sorted here; the default of 4 MB would do it on disk, and compile for it first.
    diesel::sql_query("SELECT set_config('work_mem', '128MB', true), set_config('jit', 'off', true)")
        .execute(conn)
        .await?;
    let move_on = format!(
        "UPDATE subscriptions s SET cursor = $3 FROM groups g, subscribers p
         WHERE s.filter = g.filter AND s.cursor = g.cursor AND {}
           AND p.id = s.subscriber_id AND p.state = 'active'
         RETURNING s.id, s.subscriber_id, p.languages, g.number",
        due(9, 10, 11, 3)
    );
    let row: Row = diesel::sql_query(format!(
        "WITH {},
         laid AS (
             INSERT INTO deliveries (run_id, subscriber_id, due_at)
             SELECT $12, subscriber_id, site_now() FROM wanted GROUP BY subscriber_id ORDER BY subscriber_id
             RETURNING id, subscriber_id),
         items AS (
             INSERT INTO delivery_items AS i (delivery_id, subscriber_id, sequence, subscription_ids, release_id)
             SELECT l.id, l.subscriber_id, w.sequence, w.subscription_ids, w.release_id
             FROM wanted w JOIN laid l ON l.subscriber_id = w.subscriber_id
             ON CONFLICT (subscriber_id, sequence) WHERE NOT left_out DO UPDATE
                 SET subscription_ids = ARRAY(SELECT DISTINCT unnest(i.subscription_ids || excluded.subscription_ids) ORDER BY 1)
             RETURNING i.xmax = 0 AS is_fresh, i.release_id)
         SELECT (SELECT count(*) FROM wanted) AS wanted, (SELECT count(*) FROM laid) AS laid,
                (SELECT count(*) FROM items WHERE is_fresh) AS items,
                (SELECT count(*) FROM (SELECT DISTINCT release_id FROM items WHERE is_fresh) r) AS releases",
        wanted(&move_on, "")
    ))
    .bind::<Array<Text>, _>(groups.iter().map(|group| group.filter.as_str()).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(groups.iter().map(|group| group.cursor).collect::<Vec<_>>())
    .bind::<BigInt, _>(bound)
    .bind::<Array<BigInt>, _>(&offers.group)
    .bind::<Array<BigInt>, _>(&offers.sequence)
    .bind::<Array<BigInt>, _>(&offers.release)
    .bind::<Array<Text>, _>(&offers.languages)
    .bind::<Array<Bool>, _>(&offers.only_had)
    .bind::<Array<Text>, _>(&audience.frequencies)
    .bind::<Array<Text>, _>(&audience.times)
    .bind::<Array<Text>, _>(&audience.site_times)
    .bind::<BigInt, _>(run)
    .get_result(conn)
    .await?;
    let empty = match row.items < row.wanted {
        false => 0,
        true => {
            diesel::sql_query(
                "DELETE FROM deliveries d WHERE run_id = $1
                 AND NOT EXISTS (SELECT FROM delivery_items i WHERE i.delivery_id = d.id)",
            )
            .bind::<BigInt, _>(run)
            .execute(conn)
            .await?
        }
    };
    Ok(Laid { deliveries: row.laid - i64::try_from(empty).unwrap_or(0), items: row.releases })
}

/// What a run would bring: of one filter, of one release, or altogether where neither is named.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Planned {
    /// The number of the group, from 1.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub group: Option<i64>,
    /// The release.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub release_id: Option<ReleaseId>,
    /// The first of its announcements there.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub sequence: Option<Sequence>,
    /// How many mails it is part of.
    #[diesel(sql_type = BigInt)]
    pub deliveries: i64,
    /// How many releases it brings to them, altogether.
    #[diesel(sql_type = BigInt)]
    pub items: i64,
}

/// What [`lay_out`] would lay out; changes nothing and waits for nobody.
pub async fn planned(
    conn: &mut AsyncPgConnection,
    audience: &Audience,
    bound: Sequence,
    groups: &[Group],
    offers: &Offers,
) -> QueryResult<Vec<Planned>> {
    let standing = format!(
        "SELECT s.id, s.subscriber_id, p.languages, g.number FROM subscriptions s
         JOIN groups g ON g.filter = s.filter AND g.cursor = s.cursor
         JOIN subscribers p ON p.id = s.subscriber_id AND p.state = 'active' WHERE {}",
        due(9, 10, 11, 3)
    );
    diesel::sql_query(format!(
        "WITH {},
         fresh AS (
             SELECT w.subscriber_id, w.sequence, w.release_id, n.number
             FROM wanted w CROSS JOIN unnest(w.numbers) AS n (number)
             WHERE NOT EXISTS (SELECT FROM delivery_items i
                               WHERE i.subscriber_id = w.subscriber_id AND i.sequence = w.sequence AND NOT i.left_out))
         SELECT number AS \"group\", release_id, min(sequence) AS sequence, count(DISTINCT subscriber_id) AS deliveries,
                count(DISTINCT (subscriber_id, release_id)) AS items
         FROM fresh GROUP BY GROUPING SETS ((number), (release_id), ())",
        wanted(&standing, ", array_agg(d.number) AS numbers")
    ))
    .bind::<Array<Text>, _>(groups.iter().map(|group| group.filter.as_str()).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(groups.iter().map(|group| group.cursor).collect::<Vec<_>>())
    .bind::<BigInt, _>(bound)
    .bind::<Array<BigInt>, _>(&offers.group)
    .bind::<Array<BigInt>, _>(&offers.sequence)
    .bind::<Array<BigInt>, _>(&offers.release)
    .bind::<Array<Text>, _>(&offers.languages)
    .bind::<Array<Bool>, _>(&offers.only_had)
    .bind::<Array<Text>, _>(&audience.frequencies)
    .bind::<Array<Text>, _>(&audience.times)
    .bind::<Array<Text>, _>(&audience.site_times)
    .load(conn)
    .await
}

/// Tells the senders, once the transaction commits.
pub async fn notify(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_notify($1, '')").bind::<Text, _>(CHANNEL).execute(conn).await.map(drop)
}

/// What of a run is still to be sent: queued, in hand, or uncertain and due once more. One that waits for somebody's word is
/// due never.
const OPEN: &str = "(d.state IN ('queued', 'sending')
                     OR (d.state = 'uncertain' AND NOT d.doubtful AND d.due_at < '9999-12-31'))";

const COUNTS: &str = "r.id, r.kind, r.due_at, r.opened_at, r.bound, r.finished_at, r.items, r.opening_ms";

fn counted() -> String {
    format!(
        "SELECT {COUNTS}, count(d.id) AS deliveries,
                count(d.id) FILTER (WHERE {OPEN}) AS open,
                count(d.id) FILTER (WHERE d.attempts > 0 AND d.state <> 'cancelled') AS sent,
                count(d.id) FILTER (WHERE d.state IN ('accepted', 'delivered', 'complained')) AS accepted,
                count(d.id) FILTER (WHERE d.state = 'failed') AS failed,
                count(d.id) FILTER (WHERE d.state = 'bounced') AS bounced,
                count(d.id) FILTER (WHERE d.state = 'cancelled') AS cancelled,
                count(d.id) FILTER (WHERE d.state = 'uncertain' AND (d.doubtful OR d.due_at = '9999-12-31')) AS uncertain,
                count(d.id) FILTER (WHERE d.state = 'uncertain' AND NOT d.doubtful AND d.due_at = '9999-12-31') AS waiting"
    )
}

/// The latest runs with their counts, the newest first: those of slots, and those at once that had somebody to tell.
/// `before`: only earlier ones.
pub async fn runs(conn: &mut AsyncPgConnection, before: Option<RunId>, most: i64) -> QueryResult<Vec<Run>> {
    listed(conn, "kind = 'slot' OR deliveries > 0", before, most).await
}

/// The latest runs of slots with their counts, the newest first.
pub async fn slots(conn: &mut AsyncPgConnection, most: i64) -> QueryResult<Vec<Run>> {
    listed(conn, "kind = 'slot'", None, most).await
}

async fn listed(
    conn: &mut AsyncPgConnection,
    which: &'static str,
    before: Option<RunId>,
    most: i64,
) -> QueryResult<Vec<Run>> {
    diesel::sql_query(format!(
        "{} FROM (SELECT * FROM digest_runs WHERE ({which}) AND ($2 IS NULL OR id < $2) ORDER BY id DESC LIMIT $1) r
         LEFT JOIN deliveries d ON d.run_id = r.id GROUP BY {COUNTS} ORDER BY r.id DESC",
        counted()
    ))
    .bind::<BigInt, _>(most)
    .bind::<Nullable<BigInt>, _>(before)
    .load(conn)
    .await
}

/// One run with its counts.
pub async fn run(conn: &mut AsyncPgConnection, id: RunId) -> QueryResult<Option<Run>> {
    diesel::sql_query(format!(
        "{} FROM digest_runs r LEFT JOIN deliveries d ON d.run_id = r.id WHERE r.id = $1 GROUP BY {COUNTS}",
        counted()
    ))
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()
}

/// Marks runs as finished of which nothing is left to send, and writes down how many were accepted.
pub async fn finish_runs(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    prepared(diesel::sql_query(format!(
        "UPDATE digest_runs r SET finished_at = site_now(),
                accepted = (SELECT count(*) FROM deliveries d
                            WHERE d.run_id = r.id AND d.state IN ('accepted', 'delivered', 'complained'))
         WHERE finished_at IS NULL AND NOT EXISTS (SELECT FROM deliveries d WHERE d.run_id = r.id AND {OPEN})"
    )))
    .execute(conn)
    .await
    .map(drop)
}

/// Marks this session as a living sender, until it ends, however it ends.
pub async fn mark_alive(conn: &mut AsyncPgConnection, sender: i64) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_lock($1)").bind::<BigInt, _>(sender).execute(conn).await.map(drop)
}

/// The oldest delivery that is due and that no other sender is taking, taken by the sender of that parameter.
fn claiming(sender: u8) -> String {
    format!(
        "next AS (
             SELECT id, state = 'uncertain' AS was_uncertain FROM deliveries
             WHERE (state = 'queued' OR (state = 'uncertain' AND NOT doubtful)) AND due_at <= site_now()
             ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         UPDATE deliveries d SET state = 'sending', sender = ${sender}, sending_at = site_now(), attempts = attempts + 1,
                doubtful = doubtful OR next.was_uncertain
         FROM next WHERE d.id = next.id
         RETURNING d.id, d.attempts, next.was_uncertain"
    )
}

/// Takes the oldest delivery that is due and that no other sender is taking.
pub async fn claim(conn: &mut AsyncPgConnection, sender: i64) -> QueryResult<Option<Claimed>> {
    prepared(diesel::sql_query(format!("WITH {}", claiming(1))).bind::<BigInt, _>(sender))
        .get_result(conn)
        .await
        .optional()
}

/// As [`settle`] of an acceptance by this very sender, and [`claim`], by one statement: what nearly every mail is.
pub async fn settle_accepted_and_claim(
    conn: &mut AsyncPgConnection,
    id: DeliveryId,
    sender: i64,
    reply: &str,
) -> QueryResult<Option<Claimed>> {
    prepared(
        diesel::sql_query(format!(
            "WITH settled AS (
                 UPDATE deliveries SET state = 'accepted', sender = NULL, settled_at = site_now(), reply = $3
                 WHERE id = $1 AND ((state = 'sending' AND sender = $2) OR state = 'uncertain')),
             {}",
            claiming(2)
        ))
        .bind::<BigInt, _>(id)
        .bind::<BigInt, _>(sender)
        .bind::<Text, _>(reply),
    )
    .get_result(conn)
    .await
    .optional()
}

/// Writes what became of a delivery. It is no longer ours if somebody took us for dead meanwhile; then an acceptance
/// still counts, as long as nobody has begun to send it once more. `waits`: until somebody says that it is to be sent once
/// more.
pub async fn settle(
    conn: &mut AsyncPgConnection,
    id: DeliveryId,
    sender: i64,
    state: State,
    reply: Option<&str>,
    waits: bool,
) -> QueryResult<bool> {
    let rows = diesel::sql_query(
        "UPDATE deliveries SET state = $3, sender = NULL, settled_at = site_now(), reply = $4,
                due_at = CASE WHEN $5 THEN '9999-12-31' ELSE due_at END
         WHERE id = $1 AND ((state = 'sending' AND sender = $2) OR (state = 'uncertain' AND $3 = 'accepted'))",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(sender)
    .bind::<Text, _>(state)
    .bind::<Nullable<Text>, _>(reply)
    .bind::<Bool, _>(waits)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// Lets what waits for somebody's word be sent once more; gives how many of the run did.
pub async fn send_waiting(conn: &mut AsyncPgConnection, run: RunId) -> QueryResult<usize> {
    let released = diesel::sql_query(
        "UPDATE deliveries SET due_at = site_now()
         WHERE run_id = $1 AND state = 'uncertain' AND NOT doubtful AND due_at = '9999-12-31'",
    )
    .bind::<BigInt, _>(run)
    .execute(conn)
    .await?;
    diesel::sql_query("UPDATE digest_runs SET finished_at = NULL, accepted = NULL WHERE id = $1 AND $2")
        .bind::<BigInt, _>(run)
        .bind::<Bool, _>(released > 0)
        .execute(conn)
        .await?;
    Ok(released)
}

/// Puts a delivery off that its domain's rate does not let through yet, as if it had not been taken.
pub async fn put_off(conn: &mut AsyncPgConnection, claimed: &Claimed, sender: i64, after_s: f64) -> QueryResult<()> {
    prepared(
        diesel::sql_query(
            "UPDATE deliveries SET state = CASE WHEN $3 THEN 'uncertain' ELSE 'queued' END, sender = NULL,
                    due_at = site_now() + make_interval(secs => $4), attempts = attempts - 1,
                    doubtful = doubtful AND NOT $3
             WHERE id = $1 AND state = 'sending' AND sender = $2",
        )
        .bind::<BigInt, _>(claimed.id)
        .bind::<BigInt, _>(sender)
        .bind::<Bool, _>(claimed.was_uncertain)
        .bind::<Double, _>(after_s),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Remembers which items of a delivery were in the mail: the others were left out, and another subscription may still bring
/// them.
pub async fn mark_left_out(conn: &mut AsyncPgConnection, id: DeliveryId, shown: &[Sequence]) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE delivery_items SET left_out = true WHERE delivery_id = $1 AND NOT left_out AND NOT sequence = ANY ($2)",
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

/// So many tries a delivery gets whose senders die of whatever: one that ends each process would else go round for ever.
const DEATHS_MAX: i16 = 6;

/// What a sender that is no longer there had in hand becomes uncertain, and due once more however often that was before: a
/// process that dies has mostly not begun, and nobody is to be missed because it died twice. What is uncertain because the
/// line was cut a second time stays so. Gives how many. Whoever can take its lock, until
/// the transaction ends, knows that its session is over. The session that asks must not be the sender's own.
pub async fn release_dead(conn: &mut AsyncPgConnection, sender: i64, waits: bool) -> QueryResult<usize> {
    let Free { free } = diesel::sql_query("SELECT pg_try_advisory_xact_lock($1) AS free")
        .bind::<BigInt, _>(sender)
        .get_result(conn)
        .await?;
    if !free {
        return Ok(0);
    }
    diesel::sql_query(
        "UPDATE deliveries SET state = 'uncertain', sender = NULL, settled_at = site_now(),
                due_at = CASE WHEN $2 THEN '9999-12-31' ELSE site_now() END, doubtful = doubtful AND attempts >= $3,
                reply = 'the sender ended before the answer'
         WHERE state = 'sending' AND sender = $1",
    )
    .bind::<BigInt, _>(sender)
    .bind::<Bool, _>(waits)
    .bind::<SmallInt, _>(DEATHS_MAX)
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
         WHERE (state = 'queued' OR (state = 'uncertain' AND NOT doubtful)) AND due_at < '9999-12-31'",
    )
    .get_result(conn)
    .await?;
    Ok(row.seconds)
}

/// A delivery as it stands now.
#[derive(Debug, Clone, QueryableByName)]
pub struct Wanted {
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
    /// Of which run.
    #[diesel(sql_type = BigInt)]
    pub run_id: RunId,
    /// What made it fall due.
    #[diesel(sql_type = Text)]
    pub run_kind: RunKind,
    /// The slot, or when the log had grown.
    #[diesel(sql_type = Timestamptz)]
    pub slot_at: DateTime<Utc>,
    /// When the run was opened: the date of the mail at each try.
    #[diesel(sql_type = Timestamptz)]
    pub opened_at: DateTime<Utc>,
    /// Its announcements, in their order.
    #[diesel(sql_type = Array<BigInt>)]
    pub sequences: Vec<Sequence>,
    /// Of which release each is.
    #[diesel(sql_type = Array<BigInt>)]
    pub releases: Vec<ReleaseId>,
    /// The subscriptions that asked for each, their numbers parted by blanks.
    #[diesel(sql_type = Array<Text>)]
    pub asked_by: Vec<String>,
    /// The person's subscriptions that run.
    #[diesel(sql_type = Array<BigInt>)]
    pub subscription_ids: Vec<SubscriptionId>,
    /// Their filters.
    #[diesel(sql_type = Array<Text>)]
    pub filters: Vec<String>,
    /// How often: the frequency, and after a blank for each the chosen slots.
    #[diesel(sql_type = Array<Text>)]
    pub rhythms: Vec<String>,
}

/// A delivery as it stands now; none if its subscriber is not active, or no subscription of theirs runs: none has ended and
/// none is paused.
pub async fn wanted_now(conn: &mut AsyncPgConnection, id: DeliveryId) -> QueryResult<Option<Wanted>> {
    prepared(
        diesel::sql_query(
            "SELECT c.last, p.id AS subscriber_id, p.email, p.languages, r.id AS run_id, r.kind AS run_kind,
                    r.due_at AS slot_at, r.opened_at, i.sequences, i.releases, i.asked_by, s.subscription_ids, s.filters, s.rhythms
             FROM deliveries d
             JOIN digest_runs r ON r.id = d.run_id
             JOIN subscribers p ON p.id = d.subscriber_id AND p.state = 'active'
             CROSS JOIN LATERAL (
                 SELECT array_agg(i.sequence ORDER BY i.sequence) AS sequences,
                        array_agg(i.release_id ORDER BY i.sequence) AS releases,
                        array_agg(array_to_string(i.subscription_ids, ' ') ORDER BY i.sequence) AS asked_by
                 FROM delivery_items i WHERE i.delivery_id = d.id AND NOT i.left_out) i
             CROSS JOIN LATERAL (
                 SELECT array_agg(s.id ORDER BY s.id) AS subscription_ids, array_agg(s.filter ORDER BY s.id) AS filters,
                        array_agg(concat_ws(' ', s.frequency, array_to_string(s.slots, ' ')) ORDER BY s.id) AS rhythms
                 FROM subscriptions s
                 WHERE s.subscriber_id = p.id AND s.ended_at IS NULL
                   AND NOT is_paused(s.paused_from, s.paused_until, site_now())) s
             CROSS JOIN public_change_counter c
             WHERE d.id = $1 AND s.subscription_ids IS NOT NULL AND i.sequences IS NOT NULL",
        )
        .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()
}

/// The last announcement of each of those releases that a person had in another mail than this one.
pub async fn had_up_to(
    conn: &mut AsyncPgConnection,
    subscriber: SubscriberId,
    ids: &[ReleaseId],
    but: DeliveryId,
) -> QueryResult<HashMap<ReleaseId, Sequence>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
        #[diesel(sql_type = BigInt)]
        sequence: Sequence,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT c.release_id, max(h.sequence) AS sequence FROM public_changes c
             JOIN delivery_items h ON h.subscriber_id = $1 AND h.sequence = c.sequence AND NOT h.left_out
             JOIN deliveries d ON d.id = h.delivery_id AND d.id <> $3
             WHERE c.release_id = ANY ($2) AND c.announced
               AND (d.doubtful OR d.state IN ('accepted', 'delivered', 'complained', 'uncertain'))
             GROUP BY c.release_id",
        )
        .bind::<BigInt, _>(subscriber)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<BigInt, _>(but),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.release_id, row.sequence)).collect())
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

/// Whose delivery it is, if there is one.
pub async fn owner_of(conn: &mut AsyncPgConnection, id: DeliveryId) -> QueryResult<Option<SubscriberId>> {
    let row: Option<Owner> = diesel::sql_query("SELECT subscriber_id FROM deliveries WHERE id = $1")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(|row| row.subscriber_id))
}

/// A message that came back, as it is kept.
#[derive(Debug, Clone, Copy)]
pub struct NewReturned<'a> {
    /// SHA-256 of the message.
    pub digest: &'a [u8],
    /// What it meant.
    pub verdict: Verdict,
    /// The status of RFC 3463.
    pub status: Option<&'a str>,
    /// What the host said, without addresses.
    pub diagnostic: Option<&'a str>,
    /// The mail that came back.
    pub delivery_id: Option<DeliveryId>,
    /// Whose that was.
    pub subscriber_id: Option<SubscriberId>,
    /// The message itself, where it is kept aside.
    pub message: Option<&'a [u8]>,
}

/// What a message meant when it was read before.
pub async fn returned_before(conn: &mut AsyncPgConnection, digest: &[u8]) -> QueryResult<Option<Verdict>> {
    returned_mails::table
        .filter(returned_mails::digest.eq(digest))
        .select(returned_mails::verdict)
        .first(conn)
        .await
        .optional()
}

/// How many messages were kept aside within a day.
pub async fn aside_of_a_day(conn: &mut AsyncPgConnection) -> QueryResult<i64> {
    returned_mails::table
        .filter(returned_mails::message.is_not_null())
        .filter(returned_mails::received_at.gt(diesel::dsl::sql::<Timestamptz>("site_now() - interval '1 day'")))
        .count()
        .get_result(conn)
        .await
}

/// Keeps a message; false if it is kept.
pub async fn insert_returned(conn: &mut AsyncPgConnection, new: &NewReturned<'_>) -> QueryResult<bool> {
    let rows = diesel::insert_into(returned_mails::table)
        .values((
            returned_mails::digest.eq(new.digest),
            returned_mails::verdict.eq(new.verdict),
            returned_mails::status.eq(new.status),
            returned_mails::diagnostic.eq(new.diagnostic),
            returned_mails::delivery_id.eq(new.delivery_id),
            returned_mails::subscriber_id.eq(new.subscriber_id),
            returned_mails::message.eq(new.message),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    Ok(rows == 1)
}

/// A delivery of which a mail server answered for: what became of it then. A complaint is the last word; what bounced did
/// not arrive, whatever a relay said before or says later of a copy.
pub async fn mark_returned(
    conn: &mut AsyncPgConnection,
    id: DeliveryId,
    state: State,
    status: Option<&str>,
    diagnostic: Option<&str>,
) -> QueryResult<()> {
    let reply: Vec<&str> = status.into_iter().chain(diagnostic).collect();
    diesel::sql_query(
        "UPDATE deliveries SET state = $2, reply = CASE $3 WHEN '' THEN reply ELSE $3 END, settled_at = coalesce(settled_at, site_now())
         WHERE id = $1 AND (state IN ('accepted', 'delivered') OR (state = 'uncertain' AND doubtful)
                            OR (state = 'bounced' AND $2 = 'complained'))",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(state)
    .bind::<Text, _>(reply.join(" "))
    .execute(conn)
    .await
    .map(drop)
}

/// How many of a person's mails could not be delivered in a row, within so many days, counted back from the last that
/// could not: one that a host took and that has not come back since ends the row. Mails come back in the order in which
/// they were sent, for a host tries all of them equally long.
pub async fn finals_in_a_row(conn: &mut AsyncPgConnection, id: SubscriberId, days: i32) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let row: Row = diesel::sql_query(
        "WITH failed AS (
             SELECT DISTINCT d.id FROM deliveries d JOIN returned_mails r ON r.delivery_id = d.id
             WHERE d.subscriber_id = $1 AND r.verdict = 'final' AND d.state = 'bounced'
               AND r.received_at > site_now() - make_interval(days => $2)),
         taken AS (
             SELECT max(d.id) AS id FROM deliveries d
             WHERE d.subscriber_id = $1 AND d.state IN ('accepted', 'delivered') AND d.id < (SELECT max(id) FROM failed))
         SELECT count(*) AS count FROM failed, taken WHERE failed.id > coalesce(taken.id, 0)",
    )
    .bind::<BigInt, _>(id)
    .bind::<diesel::sql_types::Integer, _>(days)
    .get_result(conn)
    .await?;
    Ok(row.count)
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

/// A delivery of which nobody knew at some time whether it arrived, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Doubted {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: DeliveryId,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub subscriber_id: SubscriberId,
    /// Where it stands now.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// Handed over a second time.
    #[diesel(sql_type = Bool)]
    pub doubtful: bool,
    /// Waits for somebody's word.
    #[diesel(sql_type = Bool)]
    pub waits: bool,
    /// When a sender took it last.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub sending_at: Option<DateTime<Utc>>,
    /// What was last said of it.
    #[diesel(sql_type = Nullable<Text>)]
    pub reply: Option<String>,
}

/// The deliveries of a run that were ever uncertain, in their order, at most so many.
pub async fn doubted(conn: &mut AsyncPgConnection, run: RunId, most: i64) -> QueryResult<Vec<Doubted>> {
    diesel::sql_query(
        "SELECT id, subscriber_id, state, doubtful, state = 'uncertain' AND due_at = '9999-12-31' AS waits, sending_at, reply
         FROM deliveries WHERE run_id = $1 AND (doubtful OR state = 'uncertain') ORDER BY id LIMIT $2",
    )
    .bind::<BigInt, _>(run)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// What hosts said of the deliveries of a run that did not go through, the most frequent first.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Refusal {
    /// Where they stand: refused, or put off so far.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// What was said, without addresses.
    #[diesel(sql_type = Text)]
    pub reply: String,
    /// Of how many.
    #[diesel(sql_type = BigInt)]
    pub deliveries: i64,
}

/// As [`Refusal`] says, at most so many.
pub async fn refusals(conn: &mut AsyncPgConnection, run: RunId, most: i64) -> QueryResult<Vec<Refusal>> {
    diesel::sql_query(
        "SELECT state, reply, count(*) AS deliveries FROM deliveries
         WHERE run_id = $1 AND state IN ('failed', 'bounced', 'queued') AND reply IS NOT NULL
         GROUP BY state, reply ORDER BY deliveries DESC, reply LIMIT $2",
    )
    .bind::<BigInt, _>(run)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// A mail that somebody was sent, or is to be.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Sent {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: DeliveryId,
    /// Of which run.
    #[diesel(sql_type = BigInt)]
    pub run_id: RunId,
    /// What made that fall due.
    #[diesel(sql_type = Text)]
    pub kind: RunKind,
    /// Its instant.
    #[diesel(sql_type = Timestamptz)]
    pub slot_at: DateTime<Utc>,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// How often it was tried.
    #[diesel(sql_type = SmallInt)]
    pub attempts: i16,
    /// Handed over a second time.
    #[diesel(sql_type = Bool)]
    pub doubtful: bool,
    /// When that was known.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub settled_at: Option<DateTime<Utc>>,
    /// What the mail server said: its number of the mail above all.
    #[diesel(sql_type = Nullable<Text>)]
    pub reply: Option<String>,
    /// The releases in it.
    #[diesel(sql_type = Array<BigInt>)]
    pub releases: Vec<ReleaseId>,
    /// For each of them: which change it told of, the strongest where there are several.
    #[diesel(sql_type = Array<Text>)]
    pub told: Vec<String>,
    /// The order of languages that the mail was made in.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// Those that were left out of it.
    #[diesel(sql_type = BigInt)]
    pub left_out: i64,
}

/// What somebody was sent, the newest first.
pub async fn sent_to(conn: &mut AsyncPgConnection, id: SubscriberId, most: i64) -> QueryResult<Vec<Sent>> {
    diesel::sql_query(
        "SELECT d.id, d.run_id, r.kind, r.due_at AS slot_at, d.state, d.attempts, d.doubtful, d.settled_at, d.reply,
                coalesce(i.releases, '{}') AS releases, coalesce(i.told, '{}') AS told, p.languages, i.left_out
         FROM (SELECT * FROM deliveries WHERE subscriber_id = $1 ORDER BY id DESC LIMIT $2) d
         JOIN digest_runs r ON r.id = d.run_id
         JOIN subscribers p ON p.id = d.subscriber_id
         CROSS JOIN LATERAL (
             SELECT array_agg(t.release_id ORDER BY t.first) AS releases, array_agg(t.told ORDER BY t.first) AS told,
                    (SELECT count(*) FROM delivery_items o WHERE o.delivery_id = d.id AND o.left_out) AS left_out
             FROM (SELECT i.release_id, min(i.sequence) AS first,
                          CASE WHEN bool_or(c.kind = 'withdrawn') THEN 'withdrawn'
                               WHEN bool_or(c.kind = 'corrected') THEN 'corrected' ELSE '' END AS told
                   FROM delivery_items i JOIN public_changes c ON c.sequence = i.sequence
                   WHERE i.delivery_id = d.id AND NOT i.left_out GROUP BY i.release_id) t) i
         ORDER BY d.id DESC",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// A release that a run brought to readers of one order of languages.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct WentOut {
    /// The release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Their order.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// How many they are whose host took it, or may have.
    #[diesel(sql_type = BigInt)]
    pub readers: i64,
}

/// What a run brought, in the order of publication.
pub async fn went_out(conn: &mut AsyncPgConnection, run: RunId) -> QueryResult<Vec<WentOut>> {
    diesel::sql_query(
        "SELECT i.release_id, p.languages, count(DISTINCT d.id) AS readers
         FROM deliveries d JOIN delivery_items i ON i.delivery_id = d.id AND NOT i.left_out
         JOIN subscribers p ON p.id = d.subscriber_id
         WHERE d.run_id = $1 AND d.state IN ('accepted', 'delivered', 'complained', 'uncertain')
         GROUP BY i.release_id, p.languages ORDER BY i.release_id",
    )
    .bind::<BigInt, _>(run)
    .load(conn)
    .await
}

/// The last run of a slot as public pages say it: what was written down when it ended.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct LastRun {
    /// The slot.
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
    /// When it was opened.
    #[diesel(sql_type = Timestamptz)]
    pub opened_at: DateTime<Utc>,
    /// When nothing was left to send; none: it goes on.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub finished_at: Option<DateTime<Utc>>,
    /// Mails laid out.
    #[diesel(sql_type = Integer)]
    pub deliveries: i32,
    /// Mails accepted by then.
    #[diesel(sql_type = Nullable<Integer>)]
    pub accepted: Option<i32>,
}

/// The last runs of slots, the newest first.
pub async fn last_runs(conn: &mut AsyncPgConnection, most: i64) -> QueryResult<Vec<LastRun>> {
    prepared(
        diesel::sql_query(
            "SELECT due_at, opened_at, finished_at, deliveries, accepted FROM digest_runs
             WHERE kind = 'slot' ORDER BY due_at DESC LIMIT $1",
        )
        .bind::<BigInt, _>(most),
    )
    .load(conn)
    .await
}

/// How many deliveries of the last day stand in each state, for whoever watches the house.
pub async fn standing(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(State, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        state: State,
        #[diesel(sql_type = BigInt)]
        deliveries: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT d.state, count(*) AS deliveries FROM deliveries d JOIN digest_runs r ON r.id = d.run_id
         WHERE r.opened_at > site_now() - interval '1 day' OR r.finished_at IS NULL GROUP BY d.state",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.state, row.deliveries)).collect())
}
