//! Takes away what no row names: files of uploads that were given up, and of processes that were killed between storing and
//! writing the row.

use std::time::Duration;

use chrono::Utc;
use futures::TryStreamExt;

use super::uploads;
use crate::instance;
use crate::kit::context::Context;
use crate::kit::storage::Key;

/// Younger ones may be somebody's who has not written the row yet.
const AGE: Duration = Duration::from_secs(24 * 3600);
/// How many are asked about at once.
const AT_ONCE: usize = 500;

/// Sweeps; gives how many files went.
///
/// Every stored file of a day's age is asked about, however many there are: once an hour, five hundred a statement.
pub async fn run(ctx: &Context) -> anyhow::Result<usize> {
    uploads::delete_old(&mut *ctx.conn().await?).await?;
    let mut swept = ctx.storage.sweep_under_way(AGE).await?;
    swept += orphans(ctx, AGE).await?;
    Ok(swept)
}

/// Takes away stored files older than `age` that no row names.
pub async fn orphans(ctx: &Context, age: Duration) -> anyhow::Result<usize> {
    let before = Utc::now() - age;
    let mut swept = 0;
    let old = ctx.storage.all().try_filter(move |file| std::future::ready(file.written_at <= before));
    let mut chunks = std::pin::pin!(old.map_ok(|file| file.key).try_chunks(AT_ONCE));
    while let Some(keys) = chunks.try_next().await? {
        let named = uploads::named(&mut *ctx.conn().await?, &keys).await?;
        for key in keys.iter().filter(|key| !named.contains(key) && !instance::is_mark(key)) {
            ctx.storage.remove(&Key::stored(key)).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
