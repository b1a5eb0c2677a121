//! Writes down each minute, and when the process ends, how often each release was read on which day of the site's zone.

use std::time::Duration;

use diesel::QueryResult;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::kit::context::Context;
use crate::kit::db::prepared;
use crate::kit::stop::{Stop, wait};

/// How often it is written down: what is lost if the process is killed.
const EVERY: Duration = Duration::from_secs(60);

/// Until `stop` says so, and once more then.
pub async fn run(ctx: Context, mut stop: Stop) {
    loop {
        wait(EVERY, &mut stop).await;
        if let Err(error) = flush(&ctx).await {
            tracing::warn!(error = format!("{error:#}"), "reads were not written down; again in a minute");
        }
        if *stop.borrow() {
            return;
        }
    }
}

/// Writes down what was counted, in one statement. What cannot be written is counted again.
///
/// # Errors
/// The database is away.
pub async fn flush(ctx: &Context) -> anyhow::Result<()> {
    let taken = ctx.pages.reads.take();
    if taken.is_empty() {
        return Ok(());
    }
    let written = async {
        let mut conn = ctx.conn().await?;
        insert(&mut conn, ctx.settings.zone.name(), &taken).await?;
        anyhow::Ok(())
    }
    .await;
    if written.is_err() {
        ctx.pages.reads.give_back(&taken);
    }
    written
}

async fn insert(conn: &mut AsyncPgConnection, zone: &str, taken: &[(i64, u32)]) -> QueryResult<()> {
    let (ids, counts): (Vec<i64>, Vec<i64>) = taken.iter().map(|(id, n)| (*id, i64::from(*n))).unzip();
    prepared(
        diesel::sql_query(
            "INSERT INTO release_reads AS there (release_id, on_day, reads)
             SELECT id, (site_now() AT TIME ZONE $3)::date, n
             FROM unnest($1::bigint[], $2::bigint[]) AS counted (id, n)
             WHERE EXISTS (SELECT FROM releases WHERE releases.id = counted.id)
             ORDER BY id
             ON CONFLICT (release_id, on_day) DO UPDATE SET reads = there.reads + excluded.reads",
        )
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<BigInt>, _>(counts)
        .bind::<Text, _>(zone),
    )
    .execute(conn)
    .await
    .map(drop)
}
