//! Follows the log for what this process keeps: which tags changed, and how far it has heard (DESIGN §9).
//!
//! NOTIFY makes it quick and nothing more. What it is right by is that the log's last sequence is asked four times a second;
//! the answer is worth one second from the moment it was asked.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use futures::StreamExt;

use super::query;
use crate::ids::Sequence;
use crate::kit::context::Context;
use crate::kit::db;
use crate::kit::stop::{Stop, wait};

/// How often the log is asked for its last sequence.
const EVERY: Duration = Duration::from_millis(250);
/// How long an answer may take before the line counts as dead.
const PATIENCE: Duration = Duration::from_secs(2);
/// How many changes are read at once.
const BATCH: i64 = 2_000;

/// Follows until `stop` says so; a line that breaks is made anew.
pub async fn run(ctx: Context, mut stop: Stop) {
    let mut seen: Option<(Sequence, String)> = None;
    let mut is_cut = false;
    while !*stop.borrow() {
        let Err(error) = follow(&ctx, &mut seen, &mut is_cut, &mut stop).await else { return };
        if !std::mem::replace(&mut is_cut, true) {
            tracing::warn!(
                error = format!("{error:#}"),
                "the log of changes is out of reach; what is kept is served for five minutes"
            );
        }
        wait(EVERY, &mut stop).await;
    }
}

async fn follow(
    ctx: &Context,
    seen: &mut Option<(Sequence, String)>,
    is_cut: &mut bool,
    stop: &mut Stop,
) -> anyhow::Result<()> {
    let connecting = tokio::time::timeout(PATIENCE, db::establish_site(ctx.direct_url()));
    let mut conn = connecting.await.context("connecting takes too long")??;
    conn.batch_execute("LISTEN communique_public_change").await?;
    if let Some((sequence, mark)) = &*seen
        && query::mark(&mut conn, *sequence).await?.as_ref() != Some(mark)
    {
        // Another database, or an older state of ours, has taken its place while the line was cut.
        tracing::warn!("the log of changes is another one; what was kept is forgotten");
        ctx.pages.forget();
        *seen = None;
    }
    while !*stop.borrow() {
        let asked_at = Instant::now();
        let last = tokio::time::timeout(PATIENCE, catch_up(ctx, &mut conn, seen.as_ref().map(|seen| seen.0)))
            .await
            .context("no answer in time")??;
        ctx.pages.heard(last.0, asked_at);
        if seen.as_ref().is_none_or(|seen| seen.0 != last) {
            *seen = Some((last, query::mark(&mut conn, last).await?.unwrap_or_default()));
        }
        if std::mem::take(is_cut) {
            tracing::info!("the log of changes is followed again");
        }
        let mut told = std::pin::pin!(conn.notifications_stream());
        tokio::select! {
            told = tokio::time::timeout(EVERY, told.next()) => {
                anyhow::ensure!(!matches!(told, Ok(None)), "the line is closed");
            }
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
    Ok(())
}

/// Takes in what was appended since `seen`; gives the log's last sequence. At the very start nothing is kept, and what was
/// appended before concerns nobody.
async fn catch_up(ctx: &Context, conn: &mut AsyncPgConnection, seen: Option<Sequence>) -> anyhow::Result<Sequence> {
    let last = query::last(conn).await?;
    let mut after = seen.unwrap_or(last);
    while after < last {
        let changes = query::tags_after(conn, after, BATCH).await?;
        after = changes.last().context("the log has a gap")?.0;
        ctx.pages.changed(changes.iter().map(|(sequence, tags)| (sequence.0, tags.as_slice())));
    }
    // Further, where more was appended meanwhile; less, where another database has taken the place of ours.
    Ok(if seen.is_some_and(|seen| last < seen) { last } else { after })
}
