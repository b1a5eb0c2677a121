//! The one door through which the public sees meetings: it reads the `public_*` views and nothing else. Of a meeting that is
//! not published there is nothing behind it, neither its day nor how many there are.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Instrument, MeetingKind, Reading};
use crate::ids::{MandateId, MeetingId, ReleaseId};
use crate::kit::clock::Year;
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::release::decision::{self, Proposer, PublicMeeting};
use crate::release::public::{self, Card};

/// A meeting as its page shows it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Meeting {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MeetingId,
    /// Its word in addresses.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Council or inner cabinet.
    #[diesel(sql_type = Text)]
    pub kind: MeetingKind,
    /// Its day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
    /// Where.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub places: Option<Texts>,
    /// By writing.
    #[diesel(sql_type = Bool)]
    pub is_electronic: bool,
    /// Who presides.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub chair_mandate_id: Option<MandateId>,
    /// What stands above its decisions, as Markdown.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub intros: Option<Texts>,
    /// When it went public.
    #[diesel(sql_type = Timestamptz)]
    pub published_at: DateTime<Utc>,
}

const MEETING: &str = "SELECT id, code, kind, held_on, places, is_electronic, chair_mandate_id, intros, published_at
     FROM public_meetings";

/// The meeting of that code.
pub async fn meeting(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Meeting>> {
    prepared(diesel::sql_query(format!("{MEETING} WHERE code = $1")).bind::<Text, _>(code))
        .get_result(conn)
        .await
        .optional()
}

/// The latest meeting that went public after that instant.
pub async fn last(conn: &mut AsyncPgConnection, after: DateTime<Utc>) -> QueryResult<Option<Meeting>> {
    let sql = format!("{MEETING} WHERE published_at > $1 ORDER BY held_on DESC, id DESC LIMIT 1");
    prepared(diesel::sql_query(sql).bind::<Timestamptz, _>(after)).get_result(conn).await.optional()
}

/// Who presides.
pub async fn chair(conn: &mut AsyncPgConnection, of: &Meeting) -> QueryResult<Option<Proposer>> {
    match of.chair_mandate_id {
        Some(id) => Ok(decision::mandates_of(conn, &[id]).await?.pop()),
        None => Ok(None),
    }
}

/// A decision as the page of its meeting shows it.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its number in the meeting.
    pub number: i32,
    /// As lists have it.
    pub card: Card,
    /// What it is.
    pub instruments: Vec<Reading>,
    /// On whose proposal.
    pub proposers: Vec<Proposer>,
    /// How many pictures it has.
    pub pictures: i64,
    /// How many documents.
    pub documents: i64,
}

#[derive(QueryableByName)]
struct ItemRow {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Array<BigInt>)]
    mandates: Vec<MandateId>,
    #[diesel(sql_type = Array<Text>)]
    instruments: Vec<Instrument>,
    #[diesel(sql_type = Array<Nullable<SmallInt>>)]
    readings: Vec<Option<i16>>,
    #[diesel(sql_type = BigInt)]
    pictures: i64,
    #[diesel(sql_type = BigInt)]
    documents: i64,
}

/// The decisions of a meeting that are public, in their order.
pub async fn items(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Vec<Item>> {
    let rows: Vec<ItemRow> = prepared(
        diesel::sql_query(
            "SELECT d.release_id, d.position AS number,
                    ARRAY(SELECT mandate_id FROM edition_mandates WHERE edition_id = d.edition_id ORDER BY position) AS mandates,
                    ARRAY(SELECT instrument FROM edition_instruments WHERE edition_id = d.edition_id ORDER BY position) AS instruments,
                    ARRAY(SELECT reading FROM edition_instruments WHERE edition_id = d.edition_id ORDER BY position) AS readings,
                    (SELECT count(*) FROM revision_media m JOIN assets a ON a.id = m.asset_id
                     WHERE m.revision_id = r.revision_id AND a.kind IN ('photo', 'infographic')) AS pictures,
                    (SELECT count(*) FROM revision_media m JOIN assets a ON a.id = m.asset_id
                     WHERE m.revision_id = r.revision_id AND a.kind = 'document') AS documents
             FROM public_decisions d JOIN public_releases r ON r.id = d.release_id
             WHERE d.meeting_id = $1 ORDER BY d.position",
        )
        .bind::<BigInt, _>(id),
    )
    .load(conn)
    .await?;
    let mut mandates: Vec<MandateId> = rows.iter().flat_map(|row| row.mandates.iter().copied()).collect();
    mandates.sort_unstable();
    mandates.dedup();
    let proposers = decision::mandates_of(conn, &mandates).await?;
    let ids: Vec<ReleaseId> = rows.iter().map(|row| row.release_id).collect();
    let mut cards: HashMap<ReleaseId, Card> =
        public::cards(conn, &ids).await?.into_iter().map(|card| (card.release.id, card)).collect();
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let of = |id: &MandateId| proposers.iter().find(|proposer| proposer.id == *id).cloned();
            Some(Item {
                number: row.number,
                card: cards.remove(&row.release_id)?,
                instruments: row
                    .instruments
                    .into_iter()
                    .zip(row.readings)
                    .map(|(instrument, reading)| Reading { instrument, reading })
                    .collect(),
                proposers: row.mandates.iter().filter_map(of).collect(),
                pictures: row.pictures,
                documents: row.documents,
            })
        })
        .collect())
}

/// The meetings before and after it.
pub async fn neighbours(
    conn: &mut AsyncPgConnection,
    of: &Meeting,
) -> QueryResult<(Option<PublicMeeting>, Option<PublicMeeting>)> {
    let mut found = [None, None];
    for (place, (side, order)) in [("<", "DESC"), (">", "ASC")].into_iter().enumerate() {
        let sql = format!(
            "SELECT id, code, kind, held_on FROM public_meetings WHERE (held_on, id) {side} ($1, $2)
             ORDER BY held_on {order}, id {order} LIMIT 1"
        );
        let query = diesel::sql_query(sql).bind::<Date, _>(of.held_on).bind::<BigInt, _>(of.id);
        found[place] = prepared(query).get_result(conn).await.optional()?;
    }
    let [before, after] = found;
    Ok((before, after))
}

/// A meeting in their list.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Listed {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MeetingId,
    /// Its word in addresses.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Council or inner cabinet.
    #[diesel(sql_type = Text)]
    pub kind: MeetingKind,
    /// Its day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
    /// When it went public.
    #[diesel(sql_type = Timestamptz)]
    pub published_at: DateTime<Utc>,
    /// How many of its decisions are public.
    #[diesel(sql_type = BigInt)]
    pub decisions: i64,
}

const LISTED: &str = "SELECT m.id, m.code, m.kind, m.held_on, m.published_at,
            (SELECT count(*) FROM public_decisions d WHERE d.meeting_id = m.id) AS decisions
     FROM public_meetings m";

/// The meetings of a year, the latest first.
pub async fn of_year(conn: &mut AsyncPgConnection, year: Year) -> QueryResult<Vec<Listed>> {
    let sql = format!(
        "{LISTED} WHERE m.held_on >= make_date($1, 1, 1) AND m.held_on < make_date($1 + 1, 1, 1)
         ORDER BY m.held_on DESC, m.id DESC"
    );
    prepared(diesel::sql_query(sql).bind::<Integer, _>(year.number())).load(conn).await
}

/// The latest meetings, at most so many.
pub async fn latest(conn: &mut AsyncPgConnection, most: i64) -> QueryResult<Vec<Listed>> {
    let sql = format!("{LISTED} ORDER BY m.held_on DESC, m.id DESC LIMIT $1");
    prepared(diesel::sql_query(sql).bind::<BigInt, _>(most)).load(conn).await
}

/// The years in which there was one, the latest first.
pub async fn years(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Year>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Date)]
        first: NaiveDate,
    }
    let rows: Vec<Row> = prepared(diesel::sql_query(
        "SELECT DISTINCT date_trunc('year', held_on)::date AS first FROM public_meetings ORDER BY 1 DESC",
    ))
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Year::of(row.first)).collect())
}

/// Every meeting with the languages in which one of its decisions can be read, the oldest first: for the sitemap.
pub async fn places(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(String, Vec<Lang>)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        code: String,
        #[diesel(sql_type = Array<Text>)]
        langs: Vec<Lang>,
    }
    let rows: Vec<Row> = prepared(diesel::sql_query(
        "SELECT m.code, array_agg(DISTINCT v.lang) AS langs
         FROM public_meetings m JOIN public_decisions d ON d.meeting_id = m.id
         JOIN public_versions v ON v.release_id = d.release_id
         GROUP BY m.id, m.code, m.held_on ORDER BY m.held_on, m.id",
    ))
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.code, row.langs)).collect())
}

/// Of which meeting each of the releases is an item, and its number there: what a mail makes one block of.
pub async fn of_releases(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<HashMap<ReleaseId, (PublicMeeting, i32)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(embed)]
        meeting: PublicMeeting,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT d.release_id, d.position AS number, m.id, m.code, m.kind, m.held_on
             FROM public_decisions d JOIN public_meetings m ON m.id = d.meeting_id WHERE d.release_id = ANY($1)",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.release_id, (row.meeting, row.number))).collect())
}
