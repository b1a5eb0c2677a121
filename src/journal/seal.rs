//! Seals: each minute a hash over what was committed since, and over the seal before (DESIGN §11, PROMISES 16.4.2).
//!
//! Whoever changes, deletes or slips in an entry after it was sealed, with whatever rights in the database, breaks the
//! chain from there on, and `doctor` says where. What they could still do is write the whole chain anew: so the number and
//! hash of each seal go to the log too, which stands elsewhere.
//!
//! Which entries wait is not told by their numbers: of two transactions, the one that took its numbers first may commit
//! last. Each entry brings a row into `journal_unsealed` with it; a seal takes out what it covers, in its own transaction,
//! and sees what is committed and nothing else.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Binary, Nullable, Text, Timestamptz};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use sha2::{Digest, Sha256};

/// Entries of one seal at the most; what is over has the next one.
const AT_MOST: i64 = 10_000;
/// Two workers don't make the same seal.
const LOCK: i64 = 0x006a_6f75_726e_616c;

/// A seal.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Seal {
    /// 1 for the first, without a gap.
    #[diesel(sql_type = BigInt)]
    pub number: i64,
    /// When, by the database's own clock.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// How many entries it covers.
    #[diesel(sql_type = BigInt)]
    pub entries: i64,
    /// SHA-256.
    #[diesel(sql_type = Binary)]
    pub hash: Vec<u8>,
}

#[derive(QueryableByName)]
struct Entry {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    at_us: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    account_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    job: Option<String>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Text)]
    object: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    object_id: Option<i64>,
    // As Postgres writes it: the order of its keys is its own and always the same.
    #[diesel(sql_type = Text)]
    detail: String,
}

/// Seals what was committed and is not sealed yet; none if there is nothing.
pub async fn seal(conn: &mut AsyncPgConnection) -> QueryResult<Option<Seal>> {
    conn.transaction(async |conn| {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)").bind::<BigInt, _>(LOCK).execute(conn).await?;
        let taken: Vec<Id> = diesel::sql_query(
            "DELETE FROM journal_unsealed WHERE journal_id IN
                 (SELECT journal_id FROM journal_unsealed ORDER BY journal_id LIMIT $1)
             RETURNING journal_id AS id",
        )
        .bind::<BigInt, _>(AT_MOST)
        .load(conn)
        .await?;
        if taken.is_empty() {
            return Ok(None);
        }
        let ids: Vec<i64> = taken.into_iter().map(|row| row.id).collect();
        let before = last(conn).await?;
        let entries: Vec<Entry> = diesel::sql_query(format!("{ENTRIES} WHERE j.id = ANY($1) ORDER BY j.id"))
            .bind::<diesel::sql_types::Array<BigInt>, _>(&ids)
            .load(conn)
            .await?;
        let hash = hash(before.as_ref().map(|seal| seal.hash.as_slice()), &entries);
        let number = before.map_or(0, |seal| seal.number) + 1;
        diesel::sql_query(
            "INSERT INTO journal_seals (number, covers, entries, hash)
             SELECT $1, range_agg(int8range(id, id + 1)), count(*), $3 FROM unnest($2) AS id
             RETURNING number, at, entries, hash",
        )
        .bind::<BigInt, _>(number)
        .bind::<diesel::sql_types::Array<BigInt>, _>(&ids)
        .bind::<Binary, _>(hash)
        .get_result(conn)
        .await
        .map(Some)
    })
    .await
}

/// Seals until nothing waits. Each seal is told to the log.
pub async fn seal_all(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    while let Some(seal) = seal(conn).await? {
        tracing::info!(
            number = seal.number,
            entries = seal.entries,
            hash = data_encoding::HEXLOWER.encode(&seal.hash),
            "journal sealed"
        );
    }
    Ok(())
}

/// The last seal.
pub async fn last(conn: &mut AsyncPgConnection) -> QueryResult<Option<Seal>> {
    diesel::sql_query("SELECT number, at, entries, hash FROM journal_seals ORDER BY number DESC LIMIT 1")
        .get_result(conn)
        .await
        .optional()
}

/// What a look at the whole chain finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Every entry is as it was sealed, or waits for its seal.
    Whole {
        /// How many seals there are.
        seals: i64,
        /// How many entries wait.
        waiting: i64,
    },
    /// From this seal on, entries or seals are not what they were.
    Broken {
        /// The first that doesn't hold.
        number: i64,
    },
    /// So many entries are under no seal and wait for none.
    Unsealed(i64),
}

/// Computes every seal anew. Reads the whole journal: some seconds for a million entries.
pub async fn verify(conn: &mut AsyncPgConnection) -> QueryResult<Chain> {
    conn.build_transaction().repeatable_read().read_only().run(async |conn| verify_within(conn).await).await
}

/// As [`verify`], by what the caller's transaction sees.
pub async fn verify_within(conn: &mut AsyncPgConnection) -> QueryResult<Chain> {
    let mut before: Option<Vec<u8>> = None;
    let mut sealed = 0;
    let mut number = 0;
    loop {
        let next: Option<Seal> = diesel::sql_query(
            "SELECT number, at, entries, hash FROM journal_seals WHERE number > $1 ORDER BY number LIMIT 1",
        )
        .bind::<BigInt, _>(number)
        .get_result(conn)
        .await
        .optional()?;
        let Some(seal) = next else { break };
        number += 1;
        let entries: Vec<Entry> = diesel::sql_query(format!(
            "{ENTRIES} JOIN (SELECT unnest(covers) AS covered FROM journal_seals WHERE number = $1) s
             ON j.id >= lower(s.covered) AND j.id < upper(s.covered) ORDER BY j.id"
        ))
        .bind::<BigInt, _>(seal.number)
        .load(conn)
        .await?;
        let is_whole = seal.number == number
            && i64::try_from(entries.len()) == Ok(seal.entries)
            && hash(before.as_deref(), &entries) == seal.hash;
        if !is_whole {
            return Ok(Chain::Broken { number });
        }
        sealed += seal.entries;
        before = Some(seal.hash);
    }
    let Counts { entries, waiting } = diesel::sql_query(
        "SELECT (SELECT count(*) FROM journal) AS entries, (SELECT count(*) FROM journal_unsealed) AS waiting",
    )
    .get_result(conn)
    .await?;
    Ok(match entries - sealed - waiting {
        0 => Chain::Whole { seals: number, waiting },
        loose => Chain::Unsealed(loose.abs()),
    })
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(QueryableByName)]
struct Counts {
    #[diesel(sql_type = BigInt)]
    entries: i64,
    #[diesel(sql_type = BigInt)]
    waiting: i64,
}

const ENTRIES: &str =
    "SELECT j.id, (extract(epoch FROM j.at) * 1000000)::bigint AS at_us, j.account_id, j.job, j.action,
                              j.object, j.object_id, j.detail::text AS detail FROM journal j";

/// SHA-256 over the hash before and one line of JSON for each entry, whose strings cannot run into each other.
fn hash(before: Option<&[u8]>, entries: &[Entry]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(before.unwrap_or(&[0; 32]));
    for of in entries {
        let line =
            serde_json::json!([of.id, of.at_us, of.account_id, of.job, of.action, of.object, of.object_id, of.detail]);
        hasher.update(line.to_string());
        hasher.update(b"\n");
    }
    hasher.finalize().to_vec()
}
