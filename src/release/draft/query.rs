//! Every SQL statement on the draft buffer.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use super::{Conflict, Field, Present, Saved};
use crate::ids::{AccountId, EditionId};
use crate::schema::{accounts, draft_conflicts, draft_fields, draft_presence};

/// How long after their last sign somebody counts as present, in seconds: the editor gives one every twenty.
pub const PRESENT_S: i32 = 60;

type Row = (String, Value, i64, Option<String>, DateTime<Utc>, DateTime<Utc>);

fn saved((name, value, version, by, at, begun_at): Row) -> Option<(Field, Saved)> {
    Some((name.parse().ok()?, Saved { value, version, by, at, begun_at }))
}

/// Every field that was saved.
pub async fn fields(conn: &mut AsyncPgConnection, id: EditionId) -> QueryResult<BTreeMap<Field, Saved>> {
    let rows: Vec<Row> = draft_fields::table
        .left_join(accounts::table.on(draft_fields::account_id.eq(accounts::id.nullable())))
        .filter(draft_fields::edition_id.eq(id))
        .select((
            draft_fields::field,
            draft_fields::value,
            draft_fields::version,
            accounts::name.nullable(),
            draft_fields::saved_at,
            draft_fields::begun_at,
        ))
        .load(conn)
        .await?;
    Ok(rows.into_iter().filter_map(saved).collect())
}

/// What is being written of the texts of these drafts, field by field.
pub async fn texts_of(conn: &mut AsyncPgConnection, ids: &[EditionId]) -> QueryResult<Vec<(EditionId, Field, Value)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(EditionId, String, Value)> = draft_fields::table
        .filter(draft_fields::edition_id.eq_any(ids))
        .select((draft_fields::edition_id, draft_fields::field, draft_fields::value))
        .load(conn)
        .await?;
    let texts = rows.into_iter().filter_map(|(id, field, value)| {
        let field: Field = field.parse().ok()?;
        field.lang().map(|_| (id, field, value))
    });
    Ok(texts.collect())
}

/// One of them.
pub async fn field(conn: &mut AsyncPgConnection, id: EditionId, field: Field) -> QueryResult<Option<Saved>> {
    let row: Option<Row> = draft_fields::table
        .left_join(accounts::table.on(draft_fields::account_id.eq(accounts::id.nullable())))
        .filter(draft_fields::edition_id.eq(id))
        .filter(draft_fields::field.eq(field.to_string()))
        .select((
            draft_fields::field,
            draft_fields::value,
            draft_fields::version,
            accounts::name.nullable(),
            draft_fields::saved_at,
            draft_fields::begun_at,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(row.and_then(saved).map(|(_, saved)| saved))
}

/// Stores the value if `over` is still the field's version; gives the new one. The edition is locked. `had_words`: the
/// head revision had a text here already.
pub async fn save(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    field: Field,
    value: &Value,
    over: i64,
    had_words: bool,
    by: AccountId,
) -> QueryResult<Option<i64>> {
    let statement = if over == 0 {
        "INSERT INTO draft_fields (edition_id, field, value, version, account_id, begun_at)
         VALUES ($1, $2, $3, $4 + 1, $5, CASE WHEN $6 THEN 'epoch' ELSE site_now() END)
         ON CONFLICT DO NOTHING RETURNING version"
    } else {
        "UPDATE draft_fields
         SET value = $3, version = $4 + 1, account_id = $5, saved_at = site_now(),
             begun_at = CASE WHEN $6 OR value <> '\"\"' THEN begun_at ELSE site_now() END
         WHERE edition_id = $1 AND field = $2 AND version = $4 RETURNING version"
    };
    let rows: Vec<VersionRow> = diesel::sql_query(statement)
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(field.to_string())
        .bind::<Jsonb, _>(value)
        .bind::<BigInt, _>(over)
        .bind::<BigInt, _>(by)
        .bind::<Bool, _>(had_words)
        .load(conn)
        .await?;
    Ok(rows.into_iter().next().map(|row| row.version))
}

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = BigInt)]
    version: i64,
}

/// Stores the value over whatever there is, as its next version.
pub async fn overwrite(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    field: Field,
    value: &Value,
    had_words: bool,
    by: AccountId,
) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO draft_fields (edition_id, field, value, version, account_id, begun_at)
         VALUES ($1, $2, $3, 1, $4, CASE WHEN $5 THEN 'epoch' ELSE site_now() END)
         ON CONFLICT (edition_id, field) DO UPDATE
         SET value = excluded.value, version = draft_fields.version + 1, account_id = excluded.account_id,
             saved_at = site_now(),
             begun_at = CASE WHEN draft_fields.value <> '\"\"' THEN draft_fields.begun_at ELSE site_now() END",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(field.to_string())
    .bind::<Jsonb, _>(value)
    .bind::<BigInt, _>(by)
    .bind::<Bool, _>(had_words)
    .execute(conn)
    .await
    .map(drop)
}

/// Keeps what somebody wrote beside the field; of several, the last.
pub async fn keep_conflict(
    conn: &mut AsyncPgConnection,
    id: EditionId,
    by: AccountId,
    field: Field,
    value: &Value,
) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO draft_conflicts (edition_id, field, value, account_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (edition_id, account_id, field) WHERE settled_at IS NULL
         DO UPDATE SET value = excluded.value, at = site_now()",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(field.to_string())
    .bind::<Jsonb, _>(value)
    .bind::<BigInt, _>(by)
    .execute(conn)
    .await
    .map(drop)
}

/// What that person wrote beside and has not chosen about.
pub async fn conflicts(conn: &mut AsyncPgConnection, id: EditionId, of: AccountId) -> QueryResult<Vec<Conflict>> {
    let rows: Vec<(String, Value)> = draft_conflicts::table
        .filter(draft_conflicts::edition_id.eq(id))
        .filter(draft_conflicts::account_id.eq(of))
        .filter(draft_conflicts::settled_at.is_null())
        .order(draft_conflicts::id)
        .select((draft_conflicts::field, draft_conflicts::value))
        .load(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|(field, mine)| Some(Conflict { field: field.parse().ok()?, mine })).collect())
}

/// They have chosen; the row stays, so that even then no word is lost.
pub async fn settle(conn: &mut AsyncPgConnection, id: EditionId, by: AccountId, field: Field) -> QueryResult<()> {
    diesel::update(draft_conflicts::table)
        .filter(draft_conflicts::edition_id.eq(id))
        .filter(draft_conflicts::account_id.eq(by))
        .filter(draft_conflicts::field.eq(field.to_string()))
        .filter(draft_conflicts::settled_at.is_null())
        .set(draft_conflicts::settled_at.eq(diesel::dsl::sql::<Nullable<diesel::sql_types::Timestamptz>>("site_now()")))
        .execute(conn)
        .await
        .map(drop)
}

/// That person has it open now; since when is counted anew after a pause.
pub async fn seen(conn: &mut AsyncPgConnection, id: EditionId, by: AccountId, field: Option<Field>) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO draft_presence AS p (edition_id, account_id, field) VALUES ($1, $2, $3)
         ON CONFLICT (edition_id, account_id) DO UPDATE
         SET since = CASE WHEN p.seen_at < site_now() - make_interval(secs => $4) THEN site_now() ELSE p.since END,
             seen_at = site_now(), field = coalesce(excluded.field, p.field)",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(by)
    .bind::<Nullable<Text>, _>(field.map(|field| field.to_string()))
    .bind::<diesel::sql_types::Integer, _>(PRESENT_S)
    .execute(conn)
    .await
    .map(drop)
}

/// Who else has it open, who came first first.
pub async fn others(conn: &mut AsyncPgConnection, id: EditionId, but: AccountId) -> QueryResult<Vec<Present>> {
    let rows: Vec<(String, DateTime<Utc>, Option<String>)> = draft_presence::table
        .inner_join(accounts::table.on(accounts::id.eq(draft_presence::account_id)))
        .filter(draft_presence::edition_id.eq(id))
        .filter(draft_presence::account_id.ne(but))
        .filter(
            draft_presence::seen_at.gt(diesel::dsl::sql::<diesel::sql_types::Timestamptz>(
                "site_now() - make_interval(secs => ",
            )
            .bind::<diesel::sql_types::Integer, _>(PRESENT_S)
            .sql(")")),
        )
        .order((draft_presence::since, draft_presence::account_id))
        .select((accounts::name, draft_presence::since, draft_presence::field))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(name, since, field)| Present { name, since, field: field.and_then(|field| field.parse().ok()) })
        .collect())
}

/// That person has closed it.
pub async fn gone(conn: &mut AsyncPgConnection, id: EditionId, by: AccountId) -> QueryResult<()> {
    diesel::delete(draft_presence::table.find((id, by))).execute(conn).await.map(drop)
}
