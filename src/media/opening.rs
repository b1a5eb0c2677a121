//! Makes public what a public release shows, and nothing else, within the transaction that publishes, corrects, withdraws,
//! unpublishes or restores it (DESIGN §3, §4): a release that is public or withdrawn opens the files of the revision that
//! is read; of an unpublished one, and of what a correction took out, they close, unless another public release shows them.

use diesel::sql_types::{Array, BigInt};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::query;
use crate::ids::{AssetId, ReleaseId};
use crate::kit::db::prepared;

/// What a step opened and closed, for the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Followed {
    /// Files that were opened, or are now shown by other releases than before.
    pub written: usize,
    /// Files that were closed.
    pub closed: usize,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: AssetId,
}

#[derive(QueryableByName)]
struct Covering {
    #[diesel(sql_type = BigInt)]
    id: ReleaseId,
}

/// Makes the public files equal to what those releases show now. After their rows are written and before the log is
/// appended to; a second call changes nothing. The releases must be locked, as every step on them has them.
///
/// Locks assets in the order of their ids, after releases and before the log: two that share a picture can't wait for each
/// other, and the second sees what the first did.
pub async fn follow_within(conn: &mut AsyncPgConnection, releases: &[ReleaseId]) -> QueryResult<Followed> {
    let assets: Vec<Id> = prepared(
        diesel::sql_query(
            "SELECT asset_id AS id FROM public_files WHERE release_ids && $1
             UNION
             SELECT m.asset_id FROM releases r JOIN revision_media m ON m.revision_id = r.public_revision_id
             WHERE r.id = ANY($1)",
        )
        .bind::<Array<BigInt>, _>(releases),
    )
    .load(conn)
    .await?;
    let assets: Vec<AssetId> = assets.into_iter().map(|row| row.id).collect();
    if assets.is_empty() {
        return Ok(Followed::default());
    }
    query::lock(conn, &assets).await?;
    write_within(conn, &assets).await
}

/// After copies of an asset were made, its row locked: opens them if something public shows it. Gives the releases that do,
/// whose pages have changed.
pub async fn open_copies_within(conn: &mut AsyncPgConnection, asset: AssetId) -> QueryResult<Vec<ReleaseId>> {
    let followed = write_within(conn, &[asset]).await?;
    if followed.written == 0 {
        return Ok(Vec::new());
    }
    let covering: Vec<Covering> = prepared(
        diesel::sql_query("SELECT DISTINCT unnest(release_ids) AS id FROM public_files WHERE asset_id = $1 ORDER BY 1")
            .bind::<BigInt, _>(asset),
    )
    .load(conn)
    .await?;
    Ok(covering.into_iter().map(|row| row.id).collect())
}

/// Who shows each asset, by what is public now.
const SHOWN: &str = "SELECT m.asset_id, array_agg(DISTINCT r.id ORDER BY r.id) AS release_ids
     FROM revision_media m JOIN releases r ON r.public_revision_id = m.revision_id
     WHERE m.asset_id = ANY($1) AND r.public_state IN ('public', 'withdrawn')
     GROUP BY m.asset_id";

async fn write_within(conn: &mut AsyncPgConnection, assets: &[AssetId]) -> QueryResult<Followed> {
    let closed = prepared(
        diesel::sql_query(format!(
            "WITH shown AS ({SHOWN})
             DELETE FROM public_files WHERE asset_id = ANY($1) AND asset_id NOT IN (SELECT asset_id FROM shown)"
        ))
        .bind::<Array<BigInt>, _>(assets),
    )
    .execute(conn)
    .await?;
    let written = prepared(
        diesel::sql_query(format!(
            "WITH shown AS ({SHOWN})
             INSERT INTO public_files AS p (token, asset_id, variant, storage_key, media_type, bytes, digest, file_name,
                                            attachment, width, height, release_ids)
             SELECT f.token, f.asset_id, f.variant, f.storage_key, f.media_type, f.bytes, f.digest,
                    regexp_replace(a.file_name, '\\.[a-z0-9]+$', '')
                        || CASE WHEN f.variant = 'file' THEN '' ELSE '-' || f.width END || '.' || f.extension,
                    f.variant = 'file' AND a.kind NOT IN ('audio', 'video'), f.width, f.height, shown.release_ids
             FROM shown JOIN renditions f ON f.asset_id = shown.asset_id JOIN assets a ON a.id = f.asset_id
             WHERE a.state = 'ready'
             ON CONFLICT (token) DO UPDATE SET release_ids = excluded.release_ids
                 WHERE p.release_ids <> excluded.release_ids"
        ))
        .bind::<Array<BigInt>, _>(assets),
    )
    .execute(conn)
    .await?;
    Ok(Followed { written, closed })
}
