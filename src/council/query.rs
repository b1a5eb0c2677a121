//! The SQL statements on meetings and decisions. Nothing here decides anything.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Item, Meeting, Plan};
use crate::directory::Family;
use crate::ids::{AccountId, EditionId, InstitutionId, MandateId, MeetingId, ReleaseId};
use crate::kit::clock;
use crate::kit::db::prepared;
use crate::kit::lang::Texts;
use crate::schema::{decisions, institutions, meetings};

const MEETING: &str =
    "SELECT id, code, kind, institution_id, held_on, places, is_electronic, chair_mandate_id, intros, languages,
            deadline_at, silence_agrees, planned_at, armed_at, armed_by, published_at, cancelled_at FROM meetings";

/// The meeting.
pub async fn meeting(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Option<Meeting>> {
    prepared(diesel::sql_query(format!("{MEETING} WHERE id = $1")).bind::<BigInt, _>(id))
        .get_result(conn)
        .await
        .optional()
}

/// The meeting, locked until the transaction ends. Before its decisions, always: so two can't wait for each other.
pub async fn lock(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Option<Meeting>> {
    prepared(diesel::sql_query(format!("{MEETING} WHERE id = $1 FOR UPDATE")).bind::<BigInt, _>(id))
        .get_result(conn)
        .await
        .optional()
}

/// Those that are public or were cancelled, the latest first, from before that one on, at most so many.
pub async fn past(
    conn: &mut AsyncPgConnection,
    before: Option<(NaiveDate, MeetingId)>,
    most: i64,
) -> QueryResult<Vec<Meeting>> {
    let (day, id) = before.unzip();
    let sql = format!(
        "{MEETING} WHERE (published_at IS NOT NULL OR cancelled_at IS NOT NULL)
           AND ($1 IS NULL OR (held_on, id) < ($1, $2)) ORDER BY held_on DESC, id DESC LIMIT $3"
    );
    prepared(
        diesel::sql_query(sql).bind::<Nullable<Date>, _>(day).bind::<Nullable<BigInt>, _>(id).bind::<BigInt, _>(most),
    )
    .load(conn)
    .await
}

/// Those that are being prepared, the next first.
pub async fn open_meetings(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Meeting>> {
    let sql = format!("{MEETING} WHERE published_at IS NULL AND cancelled_at IS NULL ORDER BY held_on, id");
    prepared(diesel::sql_query(sql)).load(conn).await
}

/// How many decisions each meeting has, and how many of them are ready or public.
pub async fn counts(conn: &mut AsyncPgConnection, ids: &[MeetingId]) -> QueryResult<Vec<(MeetingId, i64, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        meeting_id: MeetingId,
        #[diesel(sql_type = BigInt)]
        all: i64,
        #[diesel(sql_type = BigInt)]
        done: i64,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT d.meeting_id, count(*) AS all, count(*) FILTER (WHERE e.state IN ('ready', 'published')) AS done
             FROM decisions d JOIN editions e ON e.release_id = d.release_id AND e.number =
                  (SELECT max(number) FROM editions l WHERE l.release_id = d.release_id)
             WHERE d.meeting_id = ANY($1) GROUP BY d.meeting_id",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.meeting_id, row.all, row.done)).collect())
}

const ITEM: &str = "SELECT d.release_id, d.position AS number, e.id AS edition_id, e.head_revision_id, e.state,
            r.public_state, e.hands, d.held_back_at, d.held_back_reason
     FROM decisions d JOIN releases r ON r.id = d.release_id
     CROSS JOIN LATERAL (SELECT * FROM editions l WHERE l.release_id = d.release_id AND l.state <> 'superseded'
                         ORDER BY l.number DESC LIMIT 1) AS e";

/// The decisions of a meeting in their order.
pub async fn items(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Vec<Item>> {
    prepared(diesel::sql_query(format!("{ITEM} WHERE d.meeting_id = $1 ORDER BY d.position")).bind::<BigInt, _>(id))
        .load(conn)
        .await
}

/// That decision, with its meeting.
pub async fn item(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Option<(MeetingId, Item)>> {
    let meeting: Option<MeetingId> =
        decisions::table.find(id).select(decisions::meeting_id).first(conn).await.optional()?;
    let Some(meeting) = meeting else { return Ok(None) };
    let item = prepared(diesel::sql_query(format!("{ITEM} WHERE d.release_id = $1")).bind::<BigInt, _>(id))
        .get_result(conn)
        .await
        .optional()?;
    Ok(item.map(|item| (meeting, item)))
}

/// The institution whose releases decisions are: the one of the Council's family, of several the first by code.
pub async fn council(conn: &mut AsyncPgConnection) -> QueryResult<Option<InstitutionId>> {
    institutions::table
        .filter(institutions::family.eq(Family::Council))
        .order(institutions::code)
        .select(institutions::id)
        .first(conn)
        .await
        .optional()
}

/// A new meeting under the first free code of its day.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    institution: InstitutionId,
    plan: &Plan,
    by: AccountId,
) -> QueryResult<MeetingId> {
    let mut number = 1;
    loop {
        let code = if number == 1 { plan.held_on.to_string() } else { format!("{}-{number}", plan.held_on) };
        let found: Option<Id> = prepared(
            diesel::sql_query(
                "INSERT INTO meetings (code, institution_id, held_on, created_by) VALUES ($1, $2, $3, $4)
                 ON CONFLICT DO NOTHING RETURNING id",
            )
            .bind::<Text, _>(code)
            .bind::<BigInt, _>(institution)
            .bind::<Date, _>(plan.held_on)
            .bind::<BigInt, _>(by),
        )
        .get_result(conn)
        .await
        .optional()?;
        if let Some(Id { id }) = found {
            set_plan(conn, id, plan).await?;
            return Ok(id);
        }
        number += 1;
    }
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: MeetingId,
}

/// Writes what is planned.
pub async fn set_plan(conn: &mut AsyncPgConnection, id: MeetingId, plan: &Plan) -> QueryResult<()> {
    diesel::update(meetings::table.find(id))
        .set((
            meetings::kind.eq(plan.kind),
            meetings::held_on.eq(plan.held_on),
            meetings::places.eq(&plan.places),
            meetings::is_electronic.eq(plan.is_electronic),
            meetings::chair_mandate_id.eq(plan.chair),
            meetings::intros.eq(&plan.intros),
            meetings::languages.eq(&plan.languages),
            meetings::deadline_at.eq(plan.deadline_at),
            meetings::silence_agrees.eq(plan.silence_agrees),
            meetings::planned_at.eq(plan.planned_at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A meeting that is not public is moved to another day, under the first free code of it.
pub async fn set_code(conn: &mut AsyncPgConnection, id: MeetingId, day: NaiveDate) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE meetings SET code = (
             SELECT c.code FROM generate_series(1, 1000) n
             CROSS JOIN LATERAL (SELECT $2::date::text || CASE n WHEN 1 THEN '' ELSE '-' || n END AS code) c
             WHERE NOT EXISTS (SELECT FROM meetings o WHERE o.code = c.code AND o.id <> $1) ORDER BY n LIMIT 1)
         WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Date, _>(day)
    .execute(conn)
    .await
    .map(drop)
}

/// Armed by somebody, or by nobody.
pub async fn set_armed(conn: &mut AsyncPgConnection, id: MeetingId, by: Option<AccountId>) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE meetings SET armed_at = CASE WHEN $2::bigint IS NULL THEN NULL ELSE site_now() END, armed_by = $2 WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Nullable<BigInt>, _>(by)
    .execute(conn)
    .await
    .map(drop)
}

/// It is public from now on.
pub async fn mark_published(conn: &mut AsyncPgConnection, id: MeetingId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(meetings::table.find(id)).set(meetings::published_at.eq(at)).execute(conn).await.map(drop)
}

/// Cancelled at that instant, or not at all.
pub async fn set_cancelled(conn: &mut AsyncPgConnection, id: MeetingId, at: Option<DateTime<Utc>>) -> QueryResult<()> {
    diesel::update(meetings::table.find(id)).set(meetings::cancelled_at.eq(at)).execute(conn).await.map(drop)
}

/// The next armed meeting whose instant has come, locked; those that another process holds are left to it.
pub async fn lock_due(conn: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<Option<Meeting>> {
    let sql = format!(
        "{MEETING} WHERE armed_at IS NOT NULL AND published_at IS NULL AND cancelled_at IS NULL AND planned_at <= $1
         ORDER BY planned_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
    );
    prepared(diesel::sql_query(sql).bind::<Timestamptz, _>(at)).get_result(conn).await.optional()
}

/// Whether an armed meeting that was to be public by then is not yet: another process may be about it.
pub async fn is_overdue(conn: &mut AsyncPgConnection, by: DateTime<Utc>) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    let row: Row = prepared(
        diesel::sql_query(
            "SELECT EXISTS (SELECT FROM meetings WHERE armed_at IS NOT NULL AND published_at IS NULL
                            AND cancelled_at IS NULL AND planned_at <= $1) AS found",
        )
        .bind::<Timestamptz, _>(by),
    )
    .get_result(conn)
    .await?;
    Ok(row.found)
}

/// Puts a decision at the end of a meeting's agenda.
pub async fn append(conn: &mut AsyncPgConnection, meeting: MeetingId, release: ReleaseId) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO decisions (release_id, meeting_id, position)
         SELECT $1, $2, coalesce(max(position), 0) + 1 FROM decisions WHERE meeting_id = $2
         ON CONFLICT (release_id) DO UPDATE SET meeting_id = excluded.meeting_id, position = excluded.position",
    )
    .bind::<BigInt, _>(release)
    .bind::<BigInt, _>(meeting)
    .execute(conn)
    .await
    .map(drop)
}

/// Their places, in that order, without a gap.
pub async fn set_order(conn: &mut AsyncPgConnection, order: &[ReleaseId]) -> QueryResult<()> {
    // The key looks at it when the transaction ends.
    diesel::sql_query(
        "UPDATE decisions SET position = place
         FROM unnest($1::bigint[]) WITH ORDINALITY AS ordered (id, place)
         WHERE decisions.release_id = ordered.id AND position <> place",
    )
    .bind::<Array<BigInt>, _>(order)
    .execute(conn)
    .await
    .map(drop)
}

/// Pulled out, with the reason; or not any more.
pub async fn set_held_back(conn: &mut AsyncPgConnection, id: ReleaseId, reason: Option<&str>) -> QueryResult<()> {
    let at = match reason {
        Some(_) => Some(clock::now(conn).await?),
        None => None,
    };
    diesel::update(decisions::table.find(id))
        .set((decisions::held_back_at.eq(at), decisions::held_back_reason.eq(reason)))
        .execute(conn)
        .await
        .map(drop)
}

/// The names of those accounts.
pub async fn names(conn: &mut AsyncPgConnection, ids: &[AccountId]) -> QueryResult<Vec<(AccountId, String)>> {
    use crate::schema::accounts;
    accounts::table.filter(accounts::id.eq_any(ids)).select((accounts::id, accounts::name)).load(conn).await
}

/// A member of the government as the desk names them.
#[derive(Debug, Clone, QueryableByName)]
pub struct Member {
    /// Which mandate.
    #[diesel(sql_type = BigInt)]
    pub id: MandateId,
    /// Given and family name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The title in their government.
    #[diesel(sql_type = diesel::sql_types::Jsonb)]
    pub titles: Texts,
    /// Whether the mandate runs on that day.
    #[diesel(sql_type = Bool)]
    pub in_office: bool,
}

/// Those whose mandate runs on that day, in their order of precedence, and those mandates besides.
pub async fn members(
    conn: &mut AsyncPgConnection,
    zone: chrono_tz::Tz,
    on: NaiveDate,
    besides: &[MandateId],
) -> QueryResult<Vec<Member>> {
    // From the morning of that day to its evening: of a change of government in between, both.
    let (from, until) = (clock::start_of_day(zone, on), clock::start_of_day(zone, on.succ_opt().unwrap_or(on)));
    prepared(
        diesel::sql_query(
            "SELECT m.id, p.given_name || ' ' || p.family_name AS name, m.titles, own.in_office
             FROM mandates m JOIN persons p ON p.id = m.person_id
             CROSS JOIN LATERAL (SELECT coalesce(m.starts_at < $2 AND (m.ends_at IS NULL OR m.ends_at > $1), false)
                                        AS in_office) own
             WHERE own.in_office OR m.id = ANY($3)
             ORDER BY own.in_office DESC, m.position, m.id",
        )
        .bind::<Timestamptz, _>(from)
        .bind::<Timestamptz, _>(until)
        .bind::<Array<BigInt>, _>(besides),
    )
    .load(conn)
    .await
}

/// Locks the editions of a meeting's decisions in the order of their ids.
pub async fn lock_editions(conn: &mut AsyncPgConnection, items: &[Item]) -> QueryResult<()> {
    let ids: Vec<EditionId> = items.iter().map(|item| item.edition_id).collect();
    crate::release::query::lock_editions(conn, &ids).await.map(drop)
}
