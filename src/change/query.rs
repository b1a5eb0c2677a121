//! Every SQL statement on the log.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::Change;
use crate::ids::Sequence;
use crate::kit::clock;
use crate::kit::db::prepared;
use crate::schema::public_change_counter;

#[derive(diesel::QueryableByName)]
struct Last {
    #[diesel(sql_type = BigInt)]
    last: Sequence,
}

/// Appends the changes in their order; gives the sequence of the last.
///
/// **The last statement before COMMIT.** It takes the log's counter, which every other publication waits for until this
/// transaction ends; that wait is what makes the sequence gap-free and commit-ordered.
pub async fn append(conn: &mut AsyncPgConnection, changes: impl IntoIterator<Item = Change>) -> QueryResult<Sequence> {
    let changes: Vec<Change> = changes.into_iter().collect();
    if changes.is_empty() {
        return last(conn).await;
    }
    let joined = |parts: Vec<&str>| parts.join(" ");
    // One statement: the counter is held from here to COMMIT with no other round trip in between. Languages and tags have
    // no blanks in them, so that one text a row carries them.
    prepared(
        diesel::sql_query(
            "WITH entries AS (
             SELECT * FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
                 WITH ORDINALITY AS e (kind, release_id, edition_id, languages, tags, place)),
         counter AS (
             UPDATE public_change_counter SET last = last + (SELECT count(*) FROM entries) RETURNING last)
         INSERT INTO public_changes (sequence, kind, release_id, edition_id, languages, tags)
         SELECT counter.last - (SELECT count(*) FROM entries) + place, kind, release_id, edition_id,
                CASE languages WHEN '' THEN '{}' ELSE string_to_array(languages, ' ') END,
                CASE tags WHEN '' THEN '{}' ELSE string_to_array(tags, ' ') END
         FROM entries, counter RETURNING sequence AS last",
        )
        .bind::<Array<Text>, _>(changes.iter().map(|change| change.kind.as_str()).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(
            changes.iter().map(|change| change.release_id.map(|id| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<Nullable<BigInt>>, _>(
            changes.iter().map(|change| change.edition_id.map(|id| id.0)).collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            changes
                .iter()
                .map(|change| joined(change.languages.iter().map(|lang| lang.code()).collect()))
                .collect::<Vec<_>>(),
        )
        .bind::<Array<Text>, _>(
            changes.iter().map(|change| joined(change.tags.iter().map(String::as_str).collect())).collect::<Vec<_>>(),
        ),
    )
    .get_results::<Last>(conn)
    .await
    .map(|rows| rows.into_iter().map(|row| row.last).max().unwrap_or_default())
}

/// The sequence of the last change that was committed, or of our own in this transaction.
pub async fn last(conn: &mut AsyncPgConnection) -> QueryResult<Sequence> {
    public_change_counter::table.select(public_change_counter::last).first(conn).await.map(Sequence)
}

/// Whether something that could be read was taken away or rewritten after that change: who does not know of it yet must
/// not speak of what there is.
pub async fn takes_away_after(conn: &mut AsyncPgConnection, sequence: Sequence) -> QueryResult<bool> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        found: bool,
    }
    let row: Row = prepared(
        diesel::sql_query(
            "SELECT EXISTS (SELECT FROM public_changes WHERE sequence > $1
                            AND kind IN ('unpublished', 'withdrawn', 'corrected', 'minor_correction')) AS found",
        )
        .bind::<BigInt, _>(sequence),
    )
    .get_result(conn)
    .await?;
    Ok(row.found)
}

/// The tags of the changes after that one, in their order, at most so many.
pub async fn tags_after(
    conn: &mut AsyncPgConnection,
    after: Sequence,
    most: i64,
) -> QueryResult<Vec<(Sequence, Vec<String>)>> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        sequence: Sequence,
        #[diesel(sql_type = Array<Text>)]
        tags: Vec<String>,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query("SELECT sequence, tags FROM public_changes WHERE sequence > $1 ORDER BY sequence LIMIT $2")
            .bind::<BigInt, _>(after)
            .bind::<BigInt, _>(most),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.sequence, row.tags)).collect())
}

/// The sequence of the last change, and the instant that decides.
pub async fn last_and_now(conn: &mut AsyncPgConnection) -> QueryResult<(Sequence, DateTime<Utc>)> {
    let row: (i64, _) =
        public_change_counter::table.select((public_change_counter::last, clock::site_now())).first(conn).await?;
    Ok((Sequence(row.0), row.1))
}

/// What an entry of the log says, as one text: another log has another there, or none. Of no entry: nothing.
pub async fn mark(conn: &mut AsyncPgConnection, sequence: Sequence) -> QueryResult<Option<String>> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        mark: String,
    }
    if sequence == Sequence::default() {
        return Ok(Some(String::new()));
    }
    let row: Option<Row> = prepared(
        diesel::sql_query(
            "SELECT concat_ws(' ', site_id, extract(epoch FROM at), kind, release_id, edition_id, tags) AS mark
             FROM public_changes, public_change_counter WHERE sequence = $1",
        )
        .bind::<BigInt, _>(sequence),
    )
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.mark))
}
