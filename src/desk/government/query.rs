//! The SQL statements of a change of government on what meetings are preparing.

use diesel::QueryResult;
use diesel::sql_types::{Array, BigInt, Integer};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::{MandateId, MeetingId};

/// What the first mandate proposes and is not public yet, the second proposes from now on; so does the chair of a meeting
/// that has not been published. What was agreed on the proposers is no longer agreed, for they are others (DESIGN §5).
pub async fn hand_items_over(conn: &mut AsyncPgConnection, from: MandateId, to: MandateId) -> QueryResult<usize> {
    diesel::sql_query(
        "DELETE FROM edition_mandates m USING editions e
         WHERE e.id = m.edition_id AND e.state NOT IN ('published', 'superseded') AND m.mandate_id = $1
           AND EXISTS (SELECT FROM edition_mandates o WHERE o.edition_id = m.edition_id AND o.mandate_id = $2)",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(to)
    .execute(conn)
    .await?;
    let items = diesel::sql_query(
        "UPDATE edition_mandates m SET mandate_id = $2 FROM editions e
         WHERE e.id = m.edition_id AND e.state NOT IN ('published', 'superseded') AND m.mandate_id = $1",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(to)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "UPDATE meetings SET chair_mandate_id = $2
         WHERE chair_mandate_id = $1 AND published_at IS NULL AND cancelled_at IS NULL",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(to)
    .execute(conn)
    .await?;
    Ok(items)
}

/// The decisions that these mandates propose and that are not public yet, in meetings that are still to come: mandate,
/// meeting, number.
pub async fn open_items(
    conn: &mut AsyncPgConnection,
    of: &[MandateId],
) -> QueryResult<Vec<(MandateId, MeetingId, i32)>> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        mandate_id: MandateId,
        #[diesel(sql_type = BigInt)]
        meeting_id: MeetingId,
        #[diesel(sql_type = Integer)]
        position: i32,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT m.mandate_id, d.meeting_id, d.position
         FROM edition_mandates m JOIN editions e ON e.id = m.edition_id JOIN decisions d ON d.release_id = e.release_id
         JOIN meetings g ON g.id = d.meeting_id
         WHERE m.mandate_id = ANY ($1) AND e.state NOT IN ('published', 'superseded') AND g.cancelled_at IS NULL
         ORDER BY m.mandate_id, d.meeting_id, d.position",
    )
    .bind::<Array<BigInt>, _>(of)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.mandate_id, row.meeting_id, row.position)).collect())
}

/// Gives a prepared government up to nobody: its instant is taken away, since it could not take over at it.
pub async fn call_off(conn: &mut AsyncPgConnection, id: crate::ids::GovernmentId) -> QueryResult<()> {
    diesel::sql_query("UPDATE governments SET takes_over_at = NULL WHERE id = $1 AND starts_at IS NULL")
        .bind::<BigInt, _>(id)
        .execute(conn)
        .await
        .map(drop)
}
