//! Every SQL statement on the tables of validation, and what they ask of meetings, items and mandates. Nothing here decides
//! anything; what is settled is decided by `edition_is_settled`, in the database.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, sql_query};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::agreed::Parts;
use super::model::{
    Answer, Channel, Fate, Item, Link, MailKind, MailState, Mandate, Meeting, Receipt, Request, Say, Settled, Speaker,
    Written,
};
use crate::ids::{
    AccountId, AnswerId, DeviceId, EditionId, LinkId, MailId, MandateId, MeetingId, ReceiptId, RequestId, RevisionId,
    RoundId, SpokespersonId,
};
use crate::kit::lang::Lang;
use crate::release::decision::Instrument;
use crate::release::model::LanguageVersion;

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Bool)]
    found: bool,
}

const MEETING: &str =
    "SELECT id, kind, institution_id, held_on, languages, deadline_at, silence_agrees, planned_at, armed_at,
        published_at, cancelled_at FROM meetings";

/// A meeting.
pub async fn meeting(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Option<Meeting>> {
    sql_query(format!("{MEETING} WHERE id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// The meeting, locked: of two sendings at once, the second sees the first.
pub async fn lock_meeting(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Option<Meeting>> {
    sql_query(format!("{MEETING} WHERE id = $1 FOR NO KEY UPDATE"))
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()
}

/// Holds the meeting against whoever publishes it or calls it off, and lets others answer beside: taken before the editions,
/// in the order in which publication takes them, so that the two can't wait for each other.
pub async fn hold_meeting(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Option<Meeting>> {
    sql_query(format!("{MEETING} WHERE id = $1 FOR KEY SHARE")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

const ITEMS: &str = "SELECT d.release_id, d.position, e.id AS edition_id, e.state, e.head_revision_id AS head,
        d.held_back_at IS NOT NULL AS is_held_back, agreed_set(e.id, e.head_revision_id) AS whole,
        edition_is_settled(e.id, e.head_revision_id) AS is_settled, e.hands
    FROM decisions d
    JOIN LATERAL (SELECT * FROM editions WHERE release_id = d.release_id AND state <> 'superseded'
                  ORDER BY number DESC LIMIT 1) e ON true";

/// The items of a meeting in their order, each with the edition that is worked on.
pub async fn items(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Vec<Item>> {
    sql_query(format!("{ITEMS} WHERE d.meeting_id = $1 ORDER BY d.position")).bind::<BigInt, _>(id).load(conn).await
}

/// One of them.
pub async fn item(conn: &mut AsyncPgConnection, id: EditionId) -> QueryResult<Option<Item>> {
    sql_query(format!("{ITEMS} WHERE e.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// In which meeting an edition is an item.
pub async fn meeting_of(conn: &mut AsyncPgConnection, id: EditionId) -> QueryResult<Option<MeetingId>> {
    let row: Option<Id> =
        sql_query("SELECT d.meeting_id AS id FROM decisions d JOIN editions e USING (release_id) WHERE e.id = $1")
            .bind::<BigInt, _>(id)
            .get_result(conn)
            .await
            .optional()?;
    Ok(row.map(|row| MeetingId(row.id)))
}

/// Headline and lead of revisions in every language.
pub async fn heads(
    conn: &mut AsyncPgConnection,
    ids: &[RevisionId],
) -> QueryResult<Vec<(RevisionId, Lang, String, String)>> {
    use crate::schema::language_versions as v;
    v::table.filter(v::revision_id.eq_any(ids)).select((v::revision_id, v::lang, v::title, v::lead)).load(conn).await
}

/// Whole texts of revisions in these languages.
pub async fn texts(
    conn: &mut AsyncPgConnection,
    ids: &[RevisionId],
) -> QueryResult<Vec<(RevisionId, Lang, String, String, String)>> {
    use crate::schema::language_versions as v;
    v::table
        .filter(v::revision_id.eq_any(ids))
        .select((v::revision_id, v::lang, v::title, v::lead, v::body))
        .load(conn)
        .await
}

/// The same by revision and language.
pub async fn texts_by_revision(
    conn: &mut AsyncPgConnection,
    ids: &[RevisionId],
) -> QueryResult<BTreeMap<RevisionId, BTreeMap<Lang, LanguageVersion>>> {
    let mut all: BTreeMap<RevisionId, BTreeMap<Lang, LanguageVersion>> = BTreeMap::new();
    for (revision, lang, title, lead, body) in texts(conn, ids).await? {
        all.entry(revision).or_default().insert(lang, LanguageVersion { title, lead, body });
    }
    Ok(all)
}

#[derive(QueryableByName)]
struct Proposes {
    #[diesel(sql_type = BigInt)]
    edition_id: EditionId,
    #[diesel(sql_type = BigInt)]
    mandate_id: MandateId,
}

/// Who proposes these editions, in their order.
pub async fn proposing(conn: &mut AsyncPgConnection, ids: &[EditionId]) -> QueryResult<Vec<(EditionId, MandateId)>> {
    let rows: Vec<Proposes> = sql_query(
        "SELECT edition_id, mandate_id FROM edition_mandates WHERE edition_id = ANY ($1) ORDER BY edition_id, position",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.edition_id, row.mandate_id)).collect())
}

/// What these editions are, in their order: instrument and reading.
pub async fn instruments(
    conn: &mut AsyncPgConnection,
    ids: &[EditionId],
) -> QueryResult<Vec<(EditionId, Instrument, Option<i16>)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        edition_id: EditionId,
        #[diesel(sql_type = Text)]
        instrument: Instrument,
        #[diesel(sql_type = Nullable<diesel::sql_types::SmallInt>)]
        reading: Option<i16>,
    }
    let rows: Vec<Row> = sql_query(
        "SELECT edition_id, instrument, reading FROM edition_instruments WHERE edition_id = ANY ($1)
         ORDER BY edition_id, position",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.edition_id, row.instrument, row.reading)).collect())
}

/// The mandates, by precedence.
pub async fn mandates(conn: &mut AsyncPgConnection, ids: &[MandateId]) -> QueryResult<Vec<Mandate>> {
    sql_query(
        "SELECT m.id, m.titles, o.names AS offices, p.given_name || ' ' || p.family_name AS person, m.position,
                coalesce(m.starts_at <= site_now() AND (m.ends_at IS NULL OR m.ends_at > site_now()), false) AS is_current
         FROM mandates m JOIN persons p ON p.id = m.person_id JOIN offices o ON o.id = m.office_id
         WHERE m.id = ANY ($1) ORDER BY m.position, m.id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await
}

/// All mandates that are in force, by precedence.
pub async fn mandates_in_force(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Mandate>> {
    sql_query(
        "SELECT m.id, m.titles, o.names AS offices, p.given_name || ' ' || p.family_name AS person, m.position,
                true AS is_current
         FROM mandates m JOIN persons p ON p.id = m.person_id JOIN offices o ON o.id = m.office_id
         WHERE m.starts_at <= site_now() AND (m.ends_at IS NULL OR m.ends_at > site_now()) ORDER BY m.position, m.id",
    )
    .load(conn)
    .await
}

const SPEAKERS: &str =
    "SELECT s.id, s.mandate_id, s.name, lower(s.email) AS email, s.phone, s.lang, s.is_deputy, s.account_id,
        EXISTS (SELECT FROM validation_delegations g WHERE g.spokesperson_id = s.id AND g.mandate_id = s.mandate_id
                AND g.ended_at IS NULL AND g.starts_at <= site_now() AND g.ends_at > site_now()) AS is_delegate
    FROM spokespersons s JOIN mandates m ON m.id = s.mandate_id
    WHERE s.starts_at <= site_now() AND (s.ends_at IS NULL OR s.ends_at > site_now())
      AND m.starts_at <= site_now() AND (m.ends_at IS NULL OR m.ends_at > site_now())";

/// Who may answer for these mandates now.
pub async fn speakers(conn: &mut AsyncPgConnection, of: &[MandateId]) -> QueryResult<Vec<Speaker>> {
    sql_query(format!("{SPEAKERS} AND s.mandate_id = ANY ($1) ORDER BY s.mandate_id, s.is_deputy, s.id"))
        .bind::<Array<BigInt>, _>(of)
        .load(conn)
        .await
}

/// For whom somebody of that address may answer now.
pub async fn speakers_at(conn: &mut AsyncPgConnection, email: &str) -> QueryResult<Vec<Speaker>> {
    sql_query(format!("{SPEAKERS} AND lower(s.email) = $1 ORDER BY s.mandate_id, s.is_deputy, s.id"))
        .bind::<Text, _>(email)
        .load(conn)
        .await
}

/// For whom somebody who signs in may answer now: by their account, or by its address where none is named.
pub async fn speakers_with(conn: &mut AsyncPgConnection, account: AccountId) -> QueryResult<Vec<Speaker>> {
    sql_query(format!(
        "{SPEAKERS} AND (s.account_id = $1 OR s.account_id IS NULL
            AND lower(s.email) = (SELECT email FROM accounts WHERE id = $1))
         ORDER BY s.mandate_id, s.is_deputy, s.id"
    ))
    .bind::<BigInt, _>(account)
    .load(conn)
    .await
}

/// A mandate for which somebody of that address spoke once, whether they still do or not: for the sentence that tells them.
pub async fn spoke_for(conn: &mut AsyncPgConnection, email: &str) -> QueryResult<Vec<MandateId>> {
    let rows: Vec<Id> = sql_query("SELECT DISTINCT mandate_id AS id FROM spokespersons WHERE lower(email) = $1")
        .bind::<Text, _>(email)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| MandateId(row.id)).collect())
}

const REQUESTS: &str =
    "SELECT r.id, r.edition_id, r.mandate_id, r.is_added, r.round_id, r.asked_revision_id, r.asked_parts,
        r.asked_at, r.opened_at, r.answer_id, r.is_refused, r.settled_as, r.settled_parts, r.settled_at, r.reason
    FROM validation_requests r";

/// The requests about these editions.
pub async fn requests(conn: &mut AsyncPgConnection, of: &[EditionId]) -> QueryResult<Vec<Request>> {
    sql_query(format!("{REQUESTS} WHERE r.edition_id = ANY ($1) ORDER BY r.id"))
        .bind::<Array<BigInt>, _>(of)
        .load(conn)
        .await
}

/// One request, for whoever holds its edition or only looks.
pub async fn request(conn: &mut AsyncPgConnection, id: RequestId) -> QueryResult<Option<Request>> {
    sql_query(format!("{REQUESTS} WHERE r.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// What these mandates were asked in a meeting about the editions that are worked on. One that no longer proposes and was
/// not added is not asked any more.
pub async fn requests_to(conn: &mut AsyncPgConnection, id: MeetingId, of: &[MandateId]) -> QueryResult<Vec<Request>> {
    sql_query(format!(
        "{REQUESTS} JOIN editions e ON e.id = r.edition_id JOIN decisions d ON d.release_id = e.release_id
         WHERE d.meeting_id = $1 AND r.mandate_id = ANY ($2) AND e.state <> 'superseded' AND r.asked_at IS NOT NULL
           AND NOT EXISTS (SELECT FROM editions later WHERE later.release_id = e.release_id AND later.number > e.number)
           AND (r.is_added OR EXISTS (SELECT FROM edition_mandates m WHERE m.edition_id = r.edition_id AND m.mandate_id = r.mandate_id))
         ORDER BY d.position, r.id"
    ))
    .bind::<BigInt, _>(id)
    .bind::<Array<BigInt>, _>(of)
    .load(conn)
    .await
}

/// The request of that mandate about that edition, made if there is none.
pub async fn request_of(
    conn: &mut AsyncPgConnection,
    edition: EditionId,
    mandate: MandateId,
) -> QueryResult<RequestId> {
    let row: Option<Id> = sql_query(
        "INSERT INTO validation_requests (edition_id, mandate_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING id",
    )
    .bind::<BigInt, _>(edition)
    .bind::<BigInt, _>(mandate)
    .get_result(conn)
    .await
    .optional()?;
    if let Some(row) = row {
        return Ok(RequestId(row.id));
    }
    let row: Id = sql_query("SELECT id FROM validation_requests WHERE edition_id = $1 AND mandate_id = $2")
        .bind::<BigInt, _>(edition)
        .bind::<BigInt, _>(mandate)
        .get_result(conn)
        .await?;
    Ok(RequestId(row.id))
}

/// The Chancellery asks it beside those who propose.
pub async fn mark_added(conn: &mut AsyncPgConnection, id: RequestId, by: AccountId, reason: &str) -> QueryResult<()> {
    sql_query(
        "UPDATE validation_requests SET is_added = true, settled_as = NULL, settled_parts = NULL, settled_at = NULL,
                settled_by = $2, reason = $3 WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(by)
    .bind::<Text, _>(reason)
    .execute(conn)
    .await
    .map(drop)
}

/// There is a request of each mandate about each edition.
pub async fn ensure_requests(conn: &mut AsyncPgConnection, pairs: &[(EditionId, MandateId)]) -> QueryResult<usize> {
    let (editions, mandates): (Vec<EditionId>, Vec<MandateId>) = pairs.iter().copied().unzip();
    sql_query(
        "INSERT INTO validation_requests (edition_id, mandate_id)
         SELECT * FROM unnest($1::bigint[], $2::bigint[]) ON CONFLICT DO NOTHING",
    )
    .bind::<Array<BigInt>, _>(editions)
    .bind::<Array<BigInt>, _>(mandates)
    .execute(conn)
    .await
}

/// Each of these is asked about that text in that round.
pub async fn mark_asked(
    conn: &mut AsyncPgConnection,
    round: RoundId,
    asked: &[(RequestId, RevisionId, &Parts)],
) -> QueryResult<()> {
    let requests: Vec<RequestId> = asked.iter().map(|(id, _, _)| *id).collect();
    let revisions: Vec<RevisionId> = asked.iter().map(|(_, revision, _)| *revision).collect();
    let parts: Vec<&Parts> = asked.iter().map(|(_, _, parts)| *parts).collect();
    sql_query(
        "WITH asked AS (
             INSERT INTO validation_asks (request_id, round_id, revision_id, parts)
             SELECT id, $1, revision_id, parts
             FROM unnest($2::bigint[], $3::bigint[], $4::jsonb[]) AS own (id, revision_id, parts)
             RETURNING request_id, revision_id, parts)
         UPDATE validation_requests r SET round_id = $1, asked_revision_id = asked.revision_id, asked_parts = asked.parts,
                asked_at = site_now(), opened_at = NULL, is_refused = false
         FROM asked WHERE r.id = asked.request_id",
    )
    .bind::<BigInt, _>(round)
    .bind::<Array<BigInt>, _>(requests)
    .bind::<Array<BigInt>, _>(revisions)
    .bind::<Array<Jsonb>, _>(parts)
    .execute(conn)
    .await
    .map(drop)
}

/// A person has seen what these mandates are asked in the meeting.
pub async fn mark_opened(conn: &mut AsyncPgConnection, id: MeetingId, of: &[MandateId]) -> QueryResult<usize> {
    // In the order of the editions: each row's trigger holds its own.
    sql_query(
        "UPDATE validation_requests r SET opened_at = site_now()
         FROM (SELECT q.id FROM validation_requests q JOIN editions e ON e.id = q.edition_id
               JOIN decisions d ON d.release_id = e.release_id
               WHERE d.meeting_id = $1 AND q.mandate_id = ANY ($2) AND q.asked_at IS NOT NULL AND q.opened_at IS NULL
               ORDER BY e.id FOR UPDATE OF e) seen
         WHERE r.id = seen.id",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<BigInt>, _>(of)
    .execute(conn)
    .await
}

/// The last answer that counts is this one.
pub async fn mark_answered(conn: &mut AsyncPgConnection, id: RequestId, answer: AnswerId) -> QueryResult<()> {
    sql_query(
        "UPDATE validation_requests SET answer_id = $2, is_refused = false, opened_at = coalesce(opened_at, site_now())
         WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(answer)
    .execute(conn)
    .await
    .map(drop)
}

/// How a request is settled, on what, by whom of the Chancellery and why; or that it is not.
#[derive(Debug, Clone, Copy)]
pub struct Settlement<'a> {
    /// How.
    pub settled: Settled,
    /// On which text; of a waiver none.
    pub parts: Option<&'a Parts>,
    /// Who of the Chancellery.
    pub by: Option<AccountId>,
    /// Why.
    pub reason: Option<&'a str>,
}

/// Writes how a request is settled, or that it is open.
pub async fn mark_settled(conn: &mut AsyncPgConnection, id: RequestId, how: Option<Settlement<'_>>) -> QueryResult<()> {
    sql_query(
        "UPDATE validation_requests SET settled_as = $2, settled_parts = $3, settled_by = $4, reason = $5,
                settled_at = CASE WHEN $2 IS NULL THEN NULL ELSE site_now() END WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Nullable<Text>, _>(how.map(|how| how.settled))
    .bind::<Nullable<Jsonb>, _>(how.and_then(|how| how.parts))
    .bind::<Nullable<BigInt>, _>(how.and_then(|how| how.by))
    .bind::<Nullable<Text>, _>(how.and_then(|how| how.reason))
    .execute(conn)
    .await
    .map(drop)
}

/// What they answered was not taken: the next sending asks again.
pub async fn mark_refused(conn: &mut AsyncPgConnection, id: RequestId) -> QueryResult<()> {
    sql_query("UPDATE validation_requests SET is_refused = true WHERE id = $1")
        .bind::<BigInt, _>(id)
        .execute(conn)
        .await
        .map(drop)
}

#[derive(QueryableByName)]
struct Asked {
    #[diesel(sql_type = BigInt)]
    revision_id: RevisionId,
    #[diesel(sql_type = Jsonb)]
    parts: Parts,
}

/// Every text that was asked about by a request, the newest first.
pub async fn asked(conn: &mut AsyncPgConnection, id: RequestId) -> QueryResult<Vec<(RevisionId, Parts)>> {
    let rows: Vec<Asked> =
        sql_query("SELECT revision_id, parts FROM validation_asks WHERE request_id = $1 ORDER BY id DESC")
            .bind::<BigInt, _>(id)
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.revision_id, row.parts)).collect())
}

/// Meetings in which these mandates were asked, the newest first, and how many answers each waits for.
pub async fn meetings_asking(conn: &mut AsyncPgConnection, of: &[MandateId]) -> QueryResult<Vec<(Meeting, usize)>> {
    let rows: Vec<Id> = sql_query(
        "SELECT DISTINCT d.meeting_id AS id FROM validation_requests r JOIN editions e ON e.id = r.edition_id
         JOIN decisions d ON d.release_id = e.release_id
         WHERE r.mandate_id = ANY ($1) AND r.asked_at IS NOT NULL ORDER BY 1 DESC LIMIT 20",
    )
    .bind::<Array<BigInt>, _>(of)
    .load(conn)
    .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in rows {
        let id = MeetingId(row.id);
        let Some(meeting) = meeting(conn, id).await? else { continue };
        let open = requests_to(conn, id, of).await?;
        let items = items(conn, id).await?;
        let count = open
            .iter()
            .filter(|request| {
                request.waits_for_answer()
                    && items.iter().any(|item| item.edition_id == request.edition_id && item.is_open())
            })
            .count();
        all.push((meeting, count));
    }
    Ok(all)
}

/// The language of somebody who spoke under that address once.
pub async fn language_of(conn: &mut AsyncPgConnection, email: &str) -> QueryResult<Option<Lang>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        lang: Lang,
    }
    let row: Option<Row> = sql_query("SELECT lang FROM spokespersons WHERE lower(email) = $1 ORDER BY id DESC LIMIT 1")
        .bind::<Text, _>(email)
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(|row| row.lang))
}

// ── Rounds ──

/// The number of the meeting's last round.
pub async fn last_round(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<i32> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Integer)]
        last: i32,
    }
    let row: Row = sql_query("SELECT coalesce(max(number), 0) AS last FROM validation_rounds WHERE meeting_id = $1")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await?;
    Ok(row.last)
}

/// A new round of a locked meeting, with what its mails will say of time and silence.
pub async fn insert_round(
    conn: &mut AsyncPgConnection,
    meeting: &Meeting,
    by: Option<AccountId>,
    remind_at: Option<DateTime<Utc>>,
) -> QueryResult<RoundId> {
    let row: Id = sql_query(
        "INSERT INTO validation_rounds (meeting_id, number, sent_by, deadline_at, silence_agrees, remind_at)
         SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5 FROM validation_rounds WHERE meeting_id = $1
         RETURNING id",
    )
    .bind::<BigInt, _>(meeting.id)
    .bind::<Nullable<BigInt>, _>(by)
    .bind::<Nullable<Timestamptz>, _>(meeting.deadline_at)
    .bind::<Bool, _>(meeting.silence_agrees && meeting.deadline_at.is_some())
    .bind::<Nullable<Timestamptz>, _>(remind_at)
    .get_result(conn)
    .await?;
    Ok(RoundId(row.id))
}

/// A round whose hour has come.
#[derive(Debug, Clone, QueryableByName)]
pub struct DueRound {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: RoundId,
    /// Of which meeting.
    #[diesel(sql_type = BigInt)]
    pub meeting_id: MeetingId,
    /// Whether its mails said that silence agrees, and the meeting still says so.
    #[diesel(sql_type = Bool)]
    pub silence_agrees: bool,
}

/// Rounds to remind of, locked; one that another process holds is left to it.
pub async fn lock_to_remind(conn: &mut AsyncPgConnection) -> QueryResult<Vec<DueRound>> {
    sql_query(
        "SELECT r.id, r.meeting_id, false AS silence_agrees FROM validation_rounds r JOIN meetings m ON m.id = r.meeting_id
         WHERE r.reminded_at IS NULL AND r.remind_at <= site_now() AND r.passed_at IS NULL
           AND m.published_at IS NULL AND m.cancelled_at IS NULL
         ORDER BY r.id FOR UPDATE OF r SKIP LOCKED LIMIT 20",
    )
    .load(conn)
    .await
}

/// The round was reminded of.
pub async fn mark_reminded(conn: &mut AsyncPgConnection, id: RoundId) -> QueryResult<()> {
    sql_query("UPDATE validation_rounds SET reminded_at = site_now() WHERE id = $1")
        .bind::<BigInt, _>(id)
        .execute(conn)
        .await
        .map(drop)
}

/// Rounds whose deadline has passed, as they were told it and as the meeting has it now; locked likewise.
pub async fn lock_passed(conn: &mut AsyncPgConnection) -> QueryResult<Vec<DueRound>> {
    sql_query(
        "SELECT r.id, r.meeting_id, r.silence_agrees AND m.silence_agrees AS silence_agrees
         FROM validation_rounds r JOIN meetings m ON m.id = r.meeting_id
         WHERE r.passed_at IS NULL AND greatest(r.deadline_at, m.deadline_at) <= site_now() AND r.deadline_at IS NOT NULL
           AND m.published_at IS NULL AND m.cancelled_at IS NULL
         ORDER BY r.id FOR UPDATE OF r SKIP LOCKED LIMIT 20",
    )
    .load(conn)
    .await
}

/// The round's deadline was seen to.
pub async fn mark_passed(conn: &mut AsyncPgConnection, id: RoundId) -> QueryResult<()> {
    sql_query("UPDATE validation_rounds SET passed_at = site_now() WHERE id = $1")
        .bind::<BigInt, _>(id)
        .execute(conn)
        .await
        .map(drop)
}

/// Editions about which somebody was last asked in that round.
pub async fn editions_of_round(conn: &mut AsyncPgConnection, id: RoundId) -> QueryResult<Vec<EditionId>> {
    let rows: Vec<Id> =
        sql_query("SELECT DISTINCT edition_id AS id FROM validation_requests WHERE round_id = $1 ORDER BY 1")
            .bind::<BigInt, _>(id)
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(|row| EditionId(row.id)).collect())
}

/// Meetings in which something waits for an answer, whoever is to give it.
pub async fn open_meetings(conn: &mut AsyncPgConnection) -> QueryResult<Vec<MeetingId>> {
    let rows: Vec<Id> = sql_query(
        "SELECT DISTINCT m.id FROM meetings m JOIN decisions d ON d.meeting_id = m.id
         JOIN editions e ON e.release_id = d.release_id AND e.state = 'in_validation'
         WHERE m.published_at IS NULL AND m.cancelled_at IS NULL ORDER BY 1",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| MeetingId(row.id)).collect())
}

/// Meetings with mail that is not done with.
pub async fn meetings_with_mail(conn: &mut AsyncPgConnection) -> QueryResult<Vec<MeetingId>> {
    let rows: Vec<Id> = sql_query(
        "SELECT DISTINCT meeting_id AS id FROM validation_mails WHERE state IN ('queued', 'sending') ORDER BY 1",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| MeetingId(row.id)).collect())
}

/// The meeting to come that was planned last; of the demo the one.
pub async fn next_meeting(conn: &mut AsyncPgConnection) -> QueryResult<Option<MeetingId>> {
    let row: Option<Id> = sql_query(
        "SELECT id FROM meetings WHERE published_at IS NULL AND cancelled_at IS NULL ORDER BY held_on DESC, id DESC LIMIT 1",
    )
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| MeetingId(row.id)))
}

/// Until when answers are asked for.
pub async fn set_deadline(conn: &mut AsyncPgConnection, id: MeetingId, at: DateTime<Utc>) -> QueryResult<()> {
    sql_query("UPDATE meetings SET deadline_at = $2 WHERE id = $1")
        .bind::<BigInt, _>(id)
        .bind::<Timestamptz, _>(at)
        .execute(conn)
        .await
        .map(drop)
}

// ── Links and devices ──

/// The number of the next link.
pub async fn next_link_id(conn: &mut AsyncPgConnection) -> QueryResult<LinkId> {
    let row: Id =
        sql_query("SELECT nextval(pg_get_serial_sequence('validation_links', 'id')) AS id").get_result(conn).await?;
    Ok(LinkId(row.id))
}

/// A link of that number.
pub async fn insert_link(
    conn: &mut AsyncPgConnection,
    id: LinkId,
    meeting: MeetingId,
    email: &str,
    token_hash: &[u8],
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    sql_query(
        "INSERT INTO validation_links (id, meeting_id, email, token_hash, expires_at) OVERRIDING SYSTEM VALUE
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(meeting)
    .bind::<Text, _>(email)
    .bind::<Binary, _>(token_hash)
    .bind::<Timestamptz, _>(expires_at)
    .execute(conn)
    .await
    .map(drop)
}

const LINK: &str = "SELECT l.id, l.meeting_id, l.email, l.token_hash, l.expires_at, l.opened_at, l.revoked_at,
        d.id AS device_id, d.key_hash, d.ended_at
    FROM validation_links l LEFT JOIN validation_devices d ON d.link_id = l.id";

/// The link of a token's hash.
pub async fn link_by_hash(conn: &mut AsyncPgConnection, hash: &[u8]) -> QueryResult<Option<Link>> {
    sql_query(format!("{LINK} WHERE l.token_hash = $1")).bind::<Binary, _>(hash).get_result(conn).await.optional()
}

/// The same, locked: of two presses of *Open*, the second sees the first.
pub async fn lock_link(conn: &mut AsyncPgConnection, hash: &[u8]) -> QueryResult<Option<Link>> {
    sql_query(format!("{LINK} WHERE l.token_hash = $1 FOR UPDATE OF l"))
        .bind::<Binary, _>(hash)
        .get_result(conn)
        .await
        .optional()
}

/// A link, by its number.
pub async fn link(conn: &mut AsyncPgConnection, id: LinkId) -> QueryResult<Option<Link>> {
    sql_query(format!("{LINK} WHERE l.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// Whether the Chancellery ended the links of somebody in a meeting and has sent none since. What a newer link replaced
/// has that newer one behind it.
pub async fn are_links_ended(conn: &mut AsyncPgConnection, id: MeetingId, email: &str) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        ended: bool,
    }
    let row: Option<Row> = sql_query(
        "SELECT revoked_at IS NOT NULL AS ended FROM validation_links
         WHERE meeting_id = $1 AND email = $2 ORDER BY id DESC LIMIT 1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(email)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.is_some_and(|row| row.ended))
}

/// The link that was opened on a device.
pub async fn link_of_device(conn: &mut AsyncPgConnection, id: DeviceId) -> QueryResult<Option<Link>> {
    sql_query(format!("{LINK} WHERE d.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// The link is spent on a device, which holds the key of that hash; earlier devices of this person in this meeting hold
/// nothing any more, and earlier links open nothing.
pub async fn bind_device(conn: &mut AsyncPgConnection, link: &Link, key_hash: &[u8]) -> QueryResult<DeviceId> {
    sql_query(
        "UPDATE validation_devices d SET ended_at = site_now() FROM validation_links l
         WHERE d.link_id = l.id AND l.meeting_id = $1 AND l.email = $2 AND d.ended_at IS NULL",
    )
    .bind::<BigInt, _>(link.meeting_id)
    .bind::<Text, _>(&link.email)
    .execute(conn)
    .await?;
    sql_query(
        "UPDATE validation_links SET revoked_at = site_now()
         WHERE meeting_id = $1 AND email = $2 AND id < $3 AND opened_at IS NULL AND revoked_at IS NULL",
    )
    .bind::<BigInt, _>(link.meeting_id)
    .bind::<Text, _>(&link.email)
    .bind::<BigInt, _>(link.id)
    .execute(conn)
    .await?;
    sql_query("UPDATE validation_links SET opened_at = site_now() WHERE id = $1")
        .bind::<BigInt, _>(link.id)
        .execute(conn)
        .await?;
    let row: Id = sql_query("INSERT INTO validation_devices (link_id, key_hash) VALUES ($1, $2) RETURNING id")
        .bind::<BigInt, _>(link.id)
        .bind::<Binary, _>(key_hash)
        .get_result(conn)
        .await?;
    Ok(DeviceId(row.id))
}

/// All links and devices of somebody in a meeting open nothing any more.
pub async fn revoke_links(conn: &mut AsyncPgConnection, id: MeetingId, email: &str) -> QueryResult<usize> {
    sql_query(
        "UPDATE validation_devices d SET ended_at = site_now() FROM validation_links l
         WHERE d.link_id = l.id AND l.meeting_id = $1 AND l.email = $2 AND d.ended_at IS NULL",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(email)
    .execute(conn)
    .await?;
    sql_query(
        "UPDATE validation_links SET revoked_at = site_now() WHERE meeting_id = $1 AND email = $2 AND revoked_at IS NULL",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(email)
    .execute(conn)
    .await
}

// ── Mails ──

/// A mail to be written.
#[derive(Debug, Clone)]
pub struct NewMail<'a> {
    /// About which meeting.
    pub meeting_id: MeetingId,
    /// Of which round.
    pub round_id: Option<RoundId>,
    /// What it is.
    pub kind: MailKind,
    /// To whom.
    pub email: &'a str,
    /// In which language.
    pub lang: Lang,
    /// How they are addressed.
    pub name: &'a str,
    /// The link in it.
    pub link_id: Option<LinkId>,
    /// The receipt it is of.
    pub receipt_id: Option<ReceiptId>,
    /// What it is known by.
    pub token: &'a str,
}

/// Queues a mail; not a second one of its round and kind to the same address.
pub async fn insert_mail(conn: &mut AsyncPgConnection, mail: &NewMail<'_>) -> QueryResult<bool> {
    sql_query(
        "INSERT INTO validation_mails (meeting_id, round_id, kind, email, lang, name, link_id, receipt_id, token)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(mail.meeting_id)
    .bind::<Nullable<BigInt>, _>(mail.round_id)
    .bind::<Text, _>(mail.kind)
    .bind::<Text, _>(mail.email)
    .bind::<Text, _>(mail.lang)
    .bind::<Text, _>(mail.name)
    .bind::<Nullable<BigInt>, _>(mail.link_id)
    .bind::<Nullable<BigInt>, _>(mail.receipt_id)
    .bind::<Text, _>(mail.token)
    .execute(conn)
    .await
    .map(|rows| rows > 0)
}

const WRITTEN: &str =
    "id, meeting_id, round_id, kind, email, lang, name, link_id, receipt_id, token, state, created_at, done_at";

/// Takes one mail of the meeting in hand: the oldest that nobody has. What was left in hand by a process that died is taken
/// again after a minute, under the same Message-ID.
pub async fn claim_mail(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Option<Written>> {
    sql_query(format!(
        "UPDATE validation_mails SET state = 'sending', done_at = now() WHERE id = (
             SELECT id FROM validation_mails
             WHERE meeting_id = $1 AND (state = 'queued' OR (state = 'sending' AND done_at < now() - interval '1 minute'))
             ORDER BY id FOR UPDATE SKIP LOCKED LIMIT 1)
         RETURNING {WRITTEN}"
    ))
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()
}

/// What became of a mail.
pub async fn mark_mail(
    conn: &mut AsyncPgConnection,
    id: MailId,
    state: MailState,
    reply: Option<&str>,
) -> QueryResult<()> {
    sql_query("UPDATE validation_mails SET state = $2, reply = $3, done_at = site_now() WHERE id = $1")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(state)
        .bind::<Nullable<Text>, _>(reply)
        .execute(conn)
        .await
        .map(drop)
}

/// A mail came back.
pub async fn mark_bounced(conn: &mut AsyncPgConnection, token: &str, reply: &str) -> QueryResult<Option<MeetingId>> {
    let row: Option<Id> = sql_query(
        "UPDATE validation_mails SET state = 'bounced', reply = $2, done_at = site_now() WHERE token = $1
         RETURNING meeting_id AS id",
    )
    .bind::<Text, _>(token)
    .bind::<Text, _>(reply)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| MeetingId(row.id)))
}

/// The last mail to each address about a meeting that asked for an answer.
pub async fn last_asking_mails(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Vec<Written>> {
    sql_query(format!(
        "SELECT DISTINCT ON (email) {WRITTEN} FROM validation_mails
         WHERE meeting_id = $1 AND kind IN ('ask', 'reminder', 'new_link') ORDER BY email, id DESC"
    ))
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}

/// How many new links somebody had sent within the last hour, and within the last minute.
pub async fn new_links_since(conn: &mut AsyncPgConnection, id: MeetingId, email: &str) -> QueryResult<(i64, i64)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        hour: i64,
        #[diesel(sql_type = BigInt)]
        minute: i64,
    }
    let row: Row = sql_query(
        "SELECT count(*) AS hour, count(*) FILTER (WHERE created_at > site_now() - interval '1 minute') AS minute
         FROM validation_mails WHERE meeting_id = $1 AND email = $2 AND kind = 'new_link'
           AND created_at > site_now() - interval '1 hour'",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(email)
    .get_result(conn)
    .await?;
    Ok((row.hour, row.minute))
}

// ── Answers ──

/// What is written of an answer.
#[derive(Debug, Clone)]
pub struct NewAnswer<'a> {
    /// To what.
    pub request_id: RequestId,
    /// With what else.
    pub receipt_id: ReceiptId,
    /// By whom.
    pub spokesperson_id: SpokespersonId,
    /// The answer.
    pub say: Say,
    /// The text they read.
    pub revision_id: RevisionId,
    /// Its hashes.
    pub parts: &'a Parts,
    /// Why.
    pub reason: Option<&'a str>,
    /// Their text.
    pub suggestion: Option<serde_json::Value>,
    /// What becomes of it.
    pub fate: Fate,
}

/// Writes an answer.
pub async fn insert_answer(conn: &mut AsyncPgConnection, new: &NewAnswer<'_>) -> QueryResult<AnswerId> {
    let row: Id = sql_query(
        "INSERT INTO validation_answers
             (request_id, receipt_id, spokesperson_id, kind, revision_id, parts, reason, suggestion, fate)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id",
    )
    .bind::<BigInt, _>(new.request_id)
    .bind::<BigInt, _>(new.receipt_id)
    .bind::<BigInt, _>(new.spokesperson_id)
    .bind::<Text, _>(new.say)
    .bind::<BigInt, _>(new.revision_id)
    .bind::<Jsonb, _>(new.parts)
    .bind::<Nullable<Text>, _>(new.reason)
    .bind::<Nullable<Jsonb>, _>(&new.suggestion)
    .bind::<Text, _>(new.fate)
    .get_result(conn)
    .await?;
    Ok(AnswerId(row.id))
}

const ANSWERS: &str =
    "SELECT a.id, a.request_id, a.receipt_id, a.kind AS say, a.revision_id, a.parts, a.reason, a.suggestion,
        a.at, a.fate, s.name AS by, s.is_deputy, p.accepted, p.reason AS reply
    FROM validation_answers a
    JOIN spokespersons s ON s.id = a.spokesperson_id
    LEFT JOIN validation_replies p ON p.answer_id = a.id";

/// All answers to these requests, the newest first.
pub async fn answers(conn: &mut AsyncPgConnection, to: &[RequestId]) -> QueryResult<Vec<Answer>> {
    sql_query(format!("{ANSWERS} WHERE a.request_id = ANY ($1) ORDER BY a.id DESC"))
        .bind::<Array<BigInt>, _>(to)
        .load(conn)
        .await
}

/// One answer.
pub async fn answer(conn: &mut AsyncPgConnection, id: AnswerId) -> QueryResult<Option<Answer>> {
    sql_query(format!("{ANSWERS} WHERE a.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// What was answered together.
pub async fn answers_of_receipt(conn: &mut AsyncPgConnection, id: ReceiptId) -> QueryResult<Vec<Answer>> {
    sql_query(format!("{ANSWERS} WHERE a.receipt_id = $1 ORDER BY a.id")).bind::<BigInt, _>(id).load(conn).await
}

/// Since when a mandate knows a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// When they answered to it.
    pub at: DateTime<Utc>,
    /// Whether they agreed to it.
    pub agreed: bool,
}

/// The text to which each mandate agreed last, else the one to which it answered last, of the same release, whatever the
/// edition: (request, revision).
pub async fn last_known(
    conn: &mut AsyncPgConnection,
    of: &[RequestId],
) -> QueryResult<Vec<(RequestId, RevisionId, Since)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: RequestId,
        #[diesel(sql_type = BigInt)]
        revision_id: RevisionId,
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
        #[diesel(sql_type = Bool)]
        agreed: bool,
    }
    let rows: Vec<Row> = sql_query(
        "SELECT DISTINCT ON (r.id) r.id, a.revision_id, a.at, a.kind = 'agree' AS agreed
         FROM validation_requests r JOIN editions e ON e.id = r.edition_id
         JOIN editions o ON o.release_id = e.release_id
         JOIN validation_requests q ON q.edition_id = o.id AND q.mandate_id = r.mandate_id
         JOIN validation_answers a ON a.request_id = q.id AND a.fate = 'counts'
         WHERE r.id = ANY ($1) ORDER BY r.id, a.kind = 'agree' DESC, a.id DESC",
    )
    .bind::<Array<BigInt>, _>(of)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.revision_id, Since { at: row.at, agreed: row.agreed })).collect())
}

/// Whether the Chancellery has replied to an answer.
pub async fn is_replied(conn: &mut AsyncPgConnection, id: AnswerId) -> QueryResult<bool> {
    let row: Found = sql_query("SELECT EXISTS (SELECT FROM validation_replies WHERE answer_id = $1) AS found")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await?;
    Ok(row.found)
}

/// What the Chancellery did with an answer.
pub async fn insert_reply(
    conn: &mut AsyncPgConnection,
    id: AnswerId,
    accepted: bool,
    by: AccountId,
    reason: Option<&str>,
) -> QueryResult<bool> {
    sql_query(
        "INSERT INTO validation_replies (answer_id, accepted, account_id, reason) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(id)
    .bind::<Bool, _>(accepted)
    .bind::<BigInt, _>(by)
    .bind::<Nullable<Text>, _>(reason)
    .execute(conn)
    .await
    .map(|rows| rows > 0)
}

/// The place in the agenda of what these requests are about.
pub async fn positions(conn: &mut AsyncPgConnection, of: &[RequestId]) -> QueryResult<Vec<(RequestId, i32)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: RequestId,
        #[diesel(sql_type = Integer)]
        position: i32,
    }
    let rows: Vec<Row> = sql_query(
        "SELECT r.id, d.position FROM validation_requests r JOIN editions e ON e.id = r.edition_id
         JOIN decisions d ON d.release_id = e.release_id WHERE r.id = ANY ($1)",
    )
    .bind::<Array<BigInt>, _>(of)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.position)).collect())
}

/// A receipt for what somebody answers now.
pub async fn insert_receipt(
    conn: &mut AsyncPgConnection,
    meeting: MeetingId,
    email: &str,
    name: &str,
    by: (Option<AccountId>, Option<DeviceId>),
) -> QueryResult<ReceiptId> {
    let channel = if by.0.is_some() { Channel::Desk } else { Channel::Link };
    let row: Id = sql_query(
        "INSERT INTO validation_receipts (meeting_id, email, name, channel, account_id, device_id)
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
    )
    .bind::<BigInt, _>(meeting)
    .bind::<Text, _>(email)
    .bind::<Text, _>(name)
    .bind::<Text, _>(channel)
    .bind::<Nullable<BigInt>, _>(by.0)
    .bind::<Nullable<BigInt>, _>(by.1)
    .get_result(conn)
    .await?;
    Ok(ReceiptId(row.id))
}

/// A receipt.
pub async fn receipt(conn: &mut AsyncPgConnection, id: ReceiptId) -> QueryResult<Option<Receipt>> {
    sql_query("SELECT id, meeting_id, email, name, channel, at FROM validation_receipts WHERE id = $1")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()
}

/// Whether it stands in the journal of the last minutes that somebody read the board of a meeting.
pub async fn has_read_lately(conn: &mut AsyncPgConnection, id: MeetingId, who: AccountId) -> QueryResult<bool> {
    let row: Found = sql_query(
        "SELECT EXISTS (SELECT FROM journal WHERE object = 'meeting' AND object_id = $1 AND account_id = $2
                        AND action = 'validation.board_read' AND at > site_now() - interval '5 minutes') AS found",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(who)
    .get_result(conn)
    .await?;
    Ok(row.found)
}

// ── Delegations ──

/// Somebody answers in the others' place until then; who did before, no longer does.
pub async fn insert_delegation(
    conn: &mut AsyncPgConnection,
    mandate: MandateId,
    to: SpokespersonId,
    until: DateTime<Utc>,
    by: (Option<AccountId>, &str),
) -> QueryResult<()> {
    sql_query(
        "UPDATE validation_delegations SET ended_at = site_now()
         WHERE mandate_id = $1 AND ended_at IS NULL AND ends_at > site_now()",
    )
    .bind::<BigInt, _>(mandate)
    .execute(conn)
    .await?;
    sql_query(
        "INSERT INTO validation_delegations (mandate_id, spokesperson_id, ends_at, account_id, given_by)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind::<BigInt, _>(mandate)
    .bind::<BigInt, _>(to)
    .bind::<Timestamptz, _>(until)
    .bind::<Nullable<BigInt>, _>(by.0)
    .bind::<Text, _>(by.1)
    .execute(conn)
    .await
    .map(drop)
}

// ── Whom the Chancellery's mails reach ──

/// Accounts of the Chancellery: address, name, language.
pub async fn chancellery(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(String, String, Option<Lang>)>> {
    use crate::schema::accounts as a;
    a::table
        .filter(a::role.eq("chancellery-editor"))
        .filter(a::disabled_at.is_null())
        .order(a::id)
        .select((a::email, a::name, a::lang))
        .load(conn)
        .await
}

/// The telephone of the Chancellery that its press contact has.
pub async fn chancellery_phone(conn: &mut AsyncPgConnection, meeting: MeetingId) -> QueryResult<Option<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        value: String,
    }
    let row: Option<Row> = sql_query(
        "SELECT h.value FROM meetings m JOIN contact_points c ON c.institution_id = m.institution_id AND c.ended_at IS NULL
         JOIN contact_channels h ON h.contact_id = c.id AND h.kind = 'phone'
         WHERE m.id = $1 ORDER BY c.position, c.id, h.public, h.position LIMIT 1",
    )
    .bind::<BigInt, _>(meeting)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.value))
}
