//! The door through which the public sees who governs: views that hold what has begun, and nothing of what is prepared.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Government, Mandate};
use crate::ids::{GovernmentId, InstitutionId, MandateId, OfficeId, PersonId};
use crate::kit::db::prepared;
use crate::kit::lang::Texts;

#[derive(QueryableByName)]
struct GovernmentRow {
    #[diesel(sql_type = BigInt)]
    id: GovernmentId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Jsonb)]
    names: Texts,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    caretaker_from: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ends_at: Option<DateTime<Utc>>,
}

/// All governments there have been, the last one first.
pub async fn governments(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Government>> {
    let rows: Vec<GovernmentRow> = prepared(diesel::sql_query(
        "SELECT id, code, names, starts_at, caretaker_from, ends_at FROM public_governments ORDER BY starts_at DESC",
    ))
    .load(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Government {
            id: row.id,
            code: row.code,
            names: row.names,
            takes_over_at: None,
            starts_at: row.starts_at,
            caretaker_from: row.caretaker_from,
            ends_at: row.ends_at,
        })
        .collect())
}

#[derive(QueryableByName)]
struct MemberRow {
    #[diesel(sql_type = BigInt)]
    id: MandateId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = BigInt)]
    government_id: GovernmentId,
    #[diesel(sql_type = BigInt)]
    office_id: OfficeId,
    #[diesel(sql_type = BigInt)]
    person_id: PersonId,
    #[diesel(sql_type = Text)]
    person_code: String,
    #[diesel(sql_type = Text)]
    given_name: String,
    #[diesel(sql_type = Text)]
    family_name: String,
    #[diesel(sql_type = Jsonb)]
    titles: Texts,
    #[diesel(sql_type = Nullable<BigInt>)]
    policy_cell_id: Option<InstitutionId>,
    #[diesel(sql_type = Integer)]
    position: i32,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    starts_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    ends_at: Option<DateTime<Utc>>,
}

impl From<MemberRow> for Mandate {
    fn from(row: MemberRow) -> Self {
        Self {
            id: row.id,
            code: row.code,
            government_id: row.government_id,
            office_id: row.office_id,
            person_id: row.person_id,
            person_code: row.person_code,
            given_name: row.given_name,
            family_name: row.family_name,
            titles: row.titles,
            policy_cell_id: row.policy_cell_id,
            cell_names: None,
            position: row.position,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
        }
    }
}

const MEMBERS: &str =
    "SELECT id, code, government_id, office_id, person_id, person_code, given_name, family_name, titles,
    policy_cell_id, position, starts_at, ends_at FROM public_mandates";

/// The mandates of a government by precedence, those that have ended too.
pub async fn members(conn: &mut AsyncPgConnection, of: GovernmentId) -> QueryResult<Vec<Mandate>> {
    let rows: Vec<MemberRow> = prepared(
        diesel::sql_query(format!("{MEMBERS} WHERE government_id = $1 ORDER BY position, id")).bind::<BigInt, _>(of),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(Mandate::from).collect())
}

/// All mandates that are held today, by precedence.
pub async fn held(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Mandate>> {
    let rows: Vec<MemberRow> =
        prepared(diesel::sql_query(format!("{MEMBERS} WHERE ends_at IS NULL ORDER BY position, id")))
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(Mandate::from).collect())
}

/// The mandates of the person of that word, the last one first.
pub async fn of_person(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Vec<Mandate>> {
    let rows: Vec<MemberRow> = prepared(
        diesel::sql_query(format!(
            "{MEMBERS} WHERE person_id = (SELECT id FROM persons WHERE code = $1)
             ORDER BY ends_at DESC NULLS FIRST, starts_at DESC, position, id"
        ))
        .bind::<Text, _>(code),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(Mandate::from).collect())
}

/// The words in addresses of all who are or were in a government.
pub async fn people(conn: &mut AsyncPgConnection) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        person_code: String,
    }
    let rows: Vec<Row> =
        prepared(diesel::sql_query("SELECT DISTINCT person_code FROM public_mandates ORDER BY person_code"))
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(|row| row.person_code).collect())
}

/// What those mandates are or were competent for, in their order.
pub async fn competences(conn: &mut AsyncPgConnection, of: &[MandateId]) -> QueryResult<Vec<(MandateId, Texts)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        mandate_id: MandateId,
        #[diesel(sql_type = Jsonb)]
        names: Texts,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT mandate_id, names FROM public_mandate_competences WHERE mandate_id = ANY($1)
             ORDER BY mandate_id, position",
        )
        .bind::<Array<BigInt>, _>(of),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.mandate_id, row.names)).collect())
}
