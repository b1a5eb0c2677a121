//! Every SQL statement on where the database stands.

use diesel::sql_types::{BigInt, Bool, Integer, Text};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Serialize;

use super::Difference;
use crate::ids::{RunId, Sequence};
use crate::kit::db::prepared;

/// Where a database stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, QueryableByName)]
pub struct Fingerprint {
    /// Postgres' own number of the cluster, made by `initdb`.
    #[diesel(sql_type = Text)]
    pub system_identifier: String,
    /// Another after a promotion or a recovery.
    #[diesel(sql_type = Integer)]
    pub timeline: i32,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub database: String,
    /// Its number: another one for a database that was made anew under the same name.
    #[diesel(sql_type = BigInt)]
    pub database_oid: i64,
    /// The address of the site that it serves.
    #[diesel(sql_type = Text)]
    pub public_url: String,
}

impl Fingerprint {
    /// In what another one differs from this, which was accepted.
    pub fn differences(&self, found: &Self) -> Vec<Difference> {
        let mut differences = Vec::new();
        // In another cluster all else differs by itself.
        if self.system_identifier != found.system_identifier {
            differences.push(Difference::Cluster);
        } else {
            if self.timeline != found.timeline {
                differences.push(Difference::Timeline { accepted: self.timeline, found: found.timeline });
            }
            if (&self.database, self.database_oid) != (&found.database, found.database_oid) {
                let (accepted, found) = (self.database.clone(), found.database.clone());
                differences.push(Difference::Database { accepted, found });
            }
        }
        if self.public_url != found.public_url {
            let (accepted, found) = (self.public_url.clone(), found.public_url.clone());
            differences.push(Difference::PublicUrl { accepted, found });
        }
        differences
    }
}

/// Where this database stands, serving that address.
pub async fn here(conn: &mut AsyncPgConnection, public_url: &str) -> QueryResult<Fingerprint> {
    prepared(
        diesel::sql_query(
            "SELECT (SELECT system_identifier::text FROM pg_control_system()) AS system_identifier,
                    CASE WHEN pg_is_in_recovery() THEN (SELECT timeline_id FROM pg_control_checkpoint())
                         ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer END AS timeline,
                    datname::text AS database, oid::bigint AS database_oid, $1 AS public_url
             FROM pg_database WHERE datname = current_database()",
        )
        .bind::<Text, _>(public_url),
    )
    .get_result(conn)
    .await
}

/// What was accepted; none: nobody was asked yet.
pub async fn accepted(conn: &mut AsyncPgConnection) -> QueryResult<Option<Fingerprint>> {
    prepared(diesel::sql_query("SELECT system_identifier, timeline, database, database_oid, public_url FROM instance"))
        .get_result(conn)
        .await
        .optional()
}

/// What was accepted; this one, if nobody was asked yet.
pub async fn accepted_or_first(conn: &mut AsyncPgConnection, found: &Fingerprint) -> QueryResult<Fingerprint> {
    if let Some(accepted) = accepted(conn).await? {
        return Ok(accepted);
    }
    insert(conn, found, "DO NOTHING").await?;
    Ok(accepted(conn).await?.unwrap_or_else(|| found.clone()))
}

/// Accepts this one.
pub async fn accept(conn: &mut AsyncPgConnection, found: &Fingerprint) -> QueryResult<()> {
    insert(
        conn,
        found,
        "(only_row) DO UPDATE SET system_identifier = excluded.system_identifier, timeline = excluded.timeline,
             database = excluded.database, database_oid = excluded.database_oid, public_url = excluded.public_url,
             accepted_at = now()",
    )
    .await
}

async fn insert(conn: &mut AsyncPgConnection, found: &Fingerprint, on_conflict: &'static str) -> QueryResult<()> {
    diesel::sql_query(format!(
        "INSERT INTO instance (system_identifier, timeline, database, database_oid, public_url)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT {on_conflict}"
    ))
    .bind::<Text, _>(&found.system_identifier)
    .bind::<Integer, _>(found.timeline)
    .bind::<Text, _>(&found.database)
    .bind::<BigInt, _>(found.database_oid)
    .bind::<Text, _>(&found.public_url)
    .execute(conn)
    .await
    .map(drop)
}

/// Whether the database knows less than a mark says.
pub async fn is_behind(conn: &mut AsyncPgConnection, run: RunId, sequence: Sequence) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        behind: bool,
    }
    let row: Row = diesel::sql_query(
        "SELECT c.last < $2 OR NOT EXISTS (SELECT FROM digest_runs WHERE id = $1 AND bound = $2) AS behind
         FROM public_change_counter c",
    )
    .bind::<BigInt, _>(run)
    .bind::<BigInt, _>(sequence)
    .get_result(conn)
    .await?;
    Ok(row.behind)
}

/// The latest run, and up to which change it looked.
pub async fn latest(conn: &mut AsyncPgConnection) -> QueryResult<Option<(RunId, Sequence)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: RunId,
        #[diesel(sql_type = BigInt)]
        bound: Sequence,
    }
    let row: Option<Row> = prepared(diesel::sql_query("SELECT id, bound FROM digest_runs ORDER BY id DESC LIMIT 1"))
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(|row| (row.id, row.bound)))
}

/// Moves the numbers of runs and mails on, so that none is given twice.
pub async fn jump(conn: &mut AsyncPgConnection, by: i64) -> QueryResult<()> {
    for table in ["digest_runs", "deliveries"] {
        diesel::sql_query(format!(
            "SELECT setval(pg_get_serial_sequence('{table}', 'id'), nextval(pg_get_serial_sequence('{table}', 'id')) + $1)"
        ))
        .bind::<BigInt, _>(by)
        .execute(conn)
        .await?;
    }
    Ok(())
}
