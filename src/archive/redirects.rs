//! Where old addresses lead: one permanent redirect each, answered from memory (`kit::redirects`), which follows the log.
//!
//! Releases are led to through the door of the public: what is not public has no entry, so that its address answers as one
//! that never existed. Files lead to where they are as long as something public shows them, which is asked each time.
//! Without a lease on the log, and while the memory is being filled, the database is asked.

use std::collections::HashSet;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::dev::RequestHead;
use actix_web::http::Method;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::old_address;
use crate::change;
use crate::change::snapshot;
use crate::ids::Sequence;
use crate::kit::context::Context;
use crate::kit::db::prepared;
use crate::kit::page_cache::Lease;
use crate::kit::redirects::{Found, Row};
use crate::kit::stop::{Stop, wait};
use crate::kit::web::error::WebError;
use crate::kit::web::{headers, moved};
use crate::paths;

/// How many rows are read at once.
const PAGE: i64 = 20_000;
/// How many entries of the log are read at once.
const CHANGES: i64 = 2_000;
/// How many entries we may be behind before all is read anew.
const BEHIND_MAX: i64 = 50_000;
/// How often counts are written down.
const FLUSH_EVERY: Duration = Duration::from_secs(60);

/// Where a row leads, through the door: `a` is the present address of its release.
const TO: &str = "coalesce(r.target,
    CASE WHEN a.public_state = 'unpublished' THEN a.moved_to END,
    '/' || a.lang || '/' || to_char(a.published_on, 'YYYY/MM/DD') || '/' || a.slug)";

#[derive(QueryableByName)]
struct Read {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    path: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    release_id: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    asset_id: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    leads_to: Option<String>,
}

impl Read {
    /// Nothing for what leads nowhere: the release is not public.
    fn row(self) -> Option<Row> {
        if self.leads_to.is_none() && self.asset_id.is_none() {
            return None;
        }
        Some(Row { id: self.id, path: self.path, owner: self.release_id.unwrap_or_default(), to: self.leads_to })
    }
}

/// The answer from memory, with all its headers: before anything else is asked, like a page that is kept. An address of our
/// own is ours, whatever an old site called it.
pub fn quick(ctx: &Context, https: bool, request: &RequestHead) -> Option<HttpResponse> {
    if !matches!(request.method, Method::GET | Method::HEAD) {
        return None;
    }
    let asked = request.uri.path_and_query()?.as_str();
    let Lease::Held(seen) = ctx.pages.lease() else { return None };
    if ctx.redirects.at()? < seen || ctx.redirects.is_empty() {
        return None;
    }
    let own = ctx.own_paths.get()?;
    if own.has(request.uri.path()) {
        return None;
    }
    match found(ctx, asked)? {
        Found::To(to) => {
            let mut response = moved(&to);
            headers::add(https, response.headers_mut());
            Some(response)
        }
        Found::Ask => None,
    }
}

fn found(ctx: &Context, asked: &str) -> Option<Found> {
    let candidates = old_address::candidates(asked);
    ctx.redirects.find(candidates.iter().map(String::as_str))
}

/// Where an address that was asked for (`/index.php?id=12`) leads now, by one permanent redirect; nothing for what is not
/// public: that answers as what never existed.
///
/// # Errors
/// The database is away.
pub async fn leads_to(ctx: &Context, asked: &str) -> Result<Option<String>, WebError> {
    if let Lease::Held(seen) = ctx.pages.lease()
        && catch_up(ctx, seen).await?
    {
        match found(ctx, asked) {
            Some(Found::To(to)) => return Ok(Some(to)),
            Some(Found::Ask) => {}
            None => return Ok(None),
        }
    }
    let mut conn = ctx.conn().await?;
    let Some((id, to)) = ask(&mut conn, asked).await? else { return Ok(None) };
    ctx.redirects.count(id);
    Ok(Some(to))
}

/// Where the database says that an address leads, with the id of the row.
///
/// # Errors
/// The database is away.
pub async fn ask(conn: &mut AsyncPgConnection, asked: &str) -> QueryResult<Option<(i64, String)>> {
    let candidates = old_address::candidates(asked);
    if candidates.is_empty() {
        return Ok(None);
    }
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = Nullable<Text>)]
        leads_to: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        token: Option<String>,
        #[diesel(sql_type = Nullable<Text>)]
        file_name: Option<String>,
    }
    let row: Option<Row> = prepared(
        diesel::sql_query(format!(
            "SELECT r.id, {TO} AS leads_to, f.token, f.file_name
             FROM redirects r
             LEFT JOIN public_addresses a ON a.release_id = r.release_id AND a.lang = r.lang AND a.current
             LEFT JOIN public_files f ON f.asset_id = r.asset_id AND f.variant = 'file'
             WHERE r.path = ANY($1) AND (r.target IS NOT NULL OR a.slug IS NOT NULL OR f.token IS NOT NULL)
             ORDER BY array_position($1, r.path) LIMIT 1"
        ))
        .bind::<Array<Text>, _>(&candidates),
    )
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.and_then(|row| {
        let file = row.token.zip(row.file_name).map(|(token, name)| paths::media(&token, &name));
        Some((row.id, row.leads_to.or(file)?))
    }))
}

/// Brings the memory up to that sequence; `false` if somebody else is at it, who would have to be waited for.
async fn catch_up(ctx: &Context, wanted: i64) -> Result<bool, WebError> {
    if ctx.redirects.at().is_some_and(|at| at >= wanted) {
        return Ok(true);
    }
    let Ok(_turn) = ctx.redirects.turn.try_lock() else { return Ok(false) };
    bring_up(ctx).await?;
    Ok(true)
}

/// Fills the memory, or brings it up to the log. Whoever calls holds the turn.
async fn bring_up(ctx: &Context) -> Result<(), WebError> {
    let at = ctx.redirects.at();
    snapshot::read(ctx, async |conn, now| {
        let last = now.sequence.0;
        match at {
            Some(at) if at == last => {}
            Some(at) if at < last && last - at <= BEHIND_MAX => follow(ctx, conn, at, last).await?,
            _ => load(ctx, conn, last).await?,
        }
        Ok(())
    })
    .await
}

async fn load(ctx: &Context, conn: &mut AsyncPgConnection, last: i64) -> QueryResult<()> {
    let mut rows = Vec::new();
    let mut after = (0, 0);
    loop {
        // By release: rows that lead to one place stand side by side, and name it once.
        let page: Vec<Read> = prepared(
            diesel::sql_query(format!(
                "SELECT r.id, r.path, r.release_id, r.asset_id, {TO} AS leads_to
                 FROM redirects r
                 LEFT JOIN public_addresses a ON a.release_id = r.release_id AND a.lang = r.lang AND a.current
                 WHERE (coalesce(r.release_id, 0), r.id) > ($1, $2)
                 ORDER BY coalesce(r.release_id, 0), r.id LIMIT $3"
            ))
            .bind::<BigInt, _>(after.0)
            .bind::<BigInt, _>(after.1)
            .bind::<BigInt, _>(PAGE),
        )
        .load(conn)
        .await?;
        let Some(end) = page.last() else { break };
        after = (end.release_id.unwrap_or_default(), end.id);
        rows.extend(page.into_iter().filter_map(Read::row));
    }
    ctx.redirects.fill(rows.into_iter(), last);
    Ok(())
}

async fn follow(ctx: &Context, conn: &mut AsyncPgConnection, at: i64, last: i64) -> QueryResult<()> {
    let (mut releases, mut ids) = (HashSet::new(), HashSet::new());
    let mut after = Sequence(at);
    while after.0 < last {
        let changes = change::query::tags_after(conn, after, CHANGES).await?;
        let Some((end, _)) = changes.last() else { break };
        after = *end;
        for tag in changes.iter().flat_map(|(_, tags)| tags) {
            if let Some(id) = tag.strip_prefix("release:").and_then(|id| id.parse().ok()) {
                releases.insert(id);
            } else if let Some(id) = tag.strip_prefix("redirect:").and_then(|id| id.parse().ok()) {
                ids.insert(id);
            }
        }
    }
    let mut rows = Vec::new();
    if !releases.is_empty() || !ids.is_empty() {
        let read: Vec<Read> = prepared(
            diesel::sql_query(format!(
                "SELECT r.id, r.path, r.release_id, r.asset_id, {TO} AS leads_to
                 FROM redirects r
                 LEFT JOIN public_addresses a ON a.release_id = r.release_id AND a.lang = r.lang AND a.current
                 WHERE r.release_id = ANY($1) OR r.id = ANY($2)
                    OR r.asset_id IN (SELECT m.asset_id FROM revision_media m JOIN releases s ON s.public_revision_id = m.revision_id
                                      WHERE s.id = ANY($1))
                 ORDER BY r.release_id, r.id"
            ))
            .bind::<Array<BigInt>, _>(releases.iter().copied().collect::<Vec<i64>>())
            .bind::<Array<BigInt>, _>(ids.iter().copied().collect::<Vec<i64>>()),
        )
        .load(conn)
        .await?;
        rows = read.into_iter().filter_map(Read::row).collect();
    }
    ctx.redirects.apply(&releases, &ids, rows, last);
    Ok(())
}

/// Fills the memory at the start, keeps it up to the log, and writes counts down each minute and at the end.
pub async fn run(ctx: Context, mut stop: Stop) {
    const EVERY: Duration = Duration::from_millis(250);
    let mut flushed_at = tokio::time::Instant::now();
    let mut is_away = false;
    while !*stop.borrow() {
        let behind = match ctx.pages.lease() {
            Lease::Held(seen) => ctx.redirects.at().is_none_or(|at| at < seen),
            _ => false,
        };
        if behind {
            let turn = ctx.redirects.turn.lock().await;
            let outcome = bring_up(&ctx).await;
            drop(turn);
            if let Err(error) = outcome {
                if !std::mem::replace(&mut is_away, true) {
                    tracing::warn!(?error, "old addresses cannot be read; the database is asked for each");
                }
            } else {
                is_away = false;
            }
        }
        if flushed_at.elapsed() >= FLUSH_EVERY {
            flushed_at = tokio::time::Instant::now();
            if let Err(error) = flush(&ctx).await {
                tracing::warn!(
                    error = format!("{error:#}"),
                    "uses of old addresses were not written down; again in a minute"
                );
            }
        }
        wait(EVERY, &mut stop).await;
    }
    if let Err(error) = flush(&ctx).await {
        tracing::warn!(error = format!("{error:#}"), "the last uses of old addresses were not written down");
    }
}

/// Writes down how often each was asked for. What cannot be written is counted again.
///
/// # Errors
/// The database is away.
pub async fn flush(ctx: &Context) -> anyhow::Result<()> {
    const AT_ONCE: usize = 10_000;
    let mut taken = ctx.redirects.take_hits();
    // In the order of their ids, so that two processes cannot wait for each other; each once in a statement.
    taken.sort_unstable();
    taken.dedup_by(|one, before| {
        let same = one.0 == before.0;
        before.1 += if same { one.1 } else { 0 };
        same
    });
    let mut rest = taken.as_slice();
    while !rest.is_empty() {
        let (now, after) = rest.split_at(rest.len().min(AT_ONCE));
        let written = async {
            let mut conn = ctx.conn().await?;
            diesel::sql_query(
                "UPDATE redirects SET hits = hits + n, last_used_on = (site_now() AT TIME ZONE $3)::date
                 FROM unnest($1::bigint[], $2::bigint[]) AS counted (id, n) WHERE redirects.id = counted.id",
            )
            .bind::<Array<BigInt>, _>(now.iter().map(|one| one.0).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(now.iter().map(|one| i64::from(one.1)).collect::<Vec<_>>())
            .bind::<Text, _>(ctx.settings.zone.name())
            .execute(&mut conn)
            .await?;
            anyhow::Ok(())
        }
        .await;
        if let Err(error) = written {
            ctx.redirects.give_back(rest.to_vec());
            return Err(error);
        }
        rest = after;
    }
    Ok(())
}
