//! The SQL statements on files that come in pieces.

use diesel::sql_types::{Array, BigInt, Binary, Bool, Nullable, Text};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};

use super::upload::For;
use crate::ids::AssetId;
use crate::kit::db::prepared;

/// A file under way.
#[derive(Debug, Clone, QueryableByName)]
pub struct Upload {
    /// Cleaned.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// As its sender said.
    #[diesel(sql_type = BigInt)]
    pub size_bytes: i64,
    /// How much is there.
    #[diesel(sql_type = BigInt)]
    pub received_bytes: i64,
    /// Where its pieces are stored, in their order.
    #[diesel(sql_type = Array<Text>)]
    pub pieces: Vec<String>,
    /// What it became.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub asset_id: Option<AssetId>,
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A new one.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    token: &str,
    to: For<'_>,
    file_name: &str,
    size_bytes: u64,
) -> QueryResult<()> {
    prepared(
        diesel::sql_query(
            "INSERT INTO uploads (token_hash, account_id, release_id, institution_id, file_name, size_bytes)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind::<Binary, _>(hash(token))
        .bind::<BigInt, _>(to.by.id())
        .bind::<BigInt, _>(to.release)
        .bind::<BigInt, _>(to.institution)
        .bind::<Text, _>(file_name)
        .bind::<BigInt, _>(i64::try_from(size_bytes).unwrap_or(i64::MAX)),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// That of a token, if the same person brings it for the same release.
pub async fn by_token(conn: &mut AsyncPgConnection, token: &str, to: For<'_>) -> QueryResult<Option<Upload>> {
    prepared(
        diesel::sql_query(
            "SELECT file_name, size_bytes, received_bytes, pieces, asset_id FROM uploads
             WHERE token_hash = $1 AND account_id = $2 AND release_id = $3",
        )
        .bind::<Binary, _>(hash(token))
        .bind::<BigInt, _>(to.by.id())
        .bind::<BigInt, _>(to.release),
    )
    .get_result(conn)
    .await
    .optional()
}

/// Counts a piece that begins at `at`; not, if another came first.
pub async fn add_piece(
    conn: &mut AsyncPgConnection,
    token: &str,
    at: u64,
    length: u64,
    key: &str,
) -> QueryResult<bool> {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let changed = prepared(
        diesel::sql_query(
            "UPDATE uploads SET received_bytes = received_bytes + $3, pieces = pieces || $4, touched_at = now()
             WHERE token_hash = $1 AND received_bytes = $2 AND asset_id IS NULL",
        )
        .bind::<Binary, _>(hash(token))
        .bind::<BigInt, _>(number(at))
        .bind::<BigInt, _>(number(length))
        .bind::<Text, _>(key),
    )
    .execute(conn)
    .await?;
    Ok(changed == 1)
}

/// It became an asset; its pieces are no longer wanted.
pub async fn end(conn: &mut AsyncPgConnection, token: &str, asset: AssetId) -> QueryResult<()> {
    prepared(
        diesel::sql_query("UPDATE uploads SET asset_id = $2, pieces = '{}', touched_at = now() WHERE token_hash = $1")
            .bind::<Binary, _>(hash(token))
            .bind::<BigInt, _>(asset),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// It is over.
pub async fn delete(conn: &mut AsyncPgConnection, token: &str) -> QueryResult<()> {
    prepared(diesel::sql_query("DELETE FROM uploads WHERE token_hash = $1").bind::<Binary, _>(hash(token)))
        .execute(conn)
        .await
        .map(drop)
}

/// Those nobody has touched for a day.
pub async fn delete_old(conn: &mut AsyncPgConnection) -> QueryResult<usize> {
    prepared(diesel::sql_query("DELETE FROM uploads WHERE touched_at < now() - interval '1 day'")).execute(conn).await
}

/// Of those stored files the ones that some row names.
pub async fn named(conn: &mut AsyncPgConnection, keys: &[String]) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        key: String,
        #[diesel(sql_type = Bool)]
        named: bool,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT key, EXISTS (SELECT FROM assets WHERE storage_key = key AND state <> 'refused')
                      OR EXISTS (SELECT FROM renditions WHERE storage_key = key)
                      OR EXISTS (SELECT FROM uploads WHERE key = ANY(pieces)) AS named
             FROM unnest($1) AS key",
        )
        .bind::<Array<Text>, _>(keys),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().filter(|row| row.named).map(|row| row.key).collect())
}
