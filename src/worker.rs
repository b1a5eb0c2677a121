//! Every job and every hour at which something falls due, on one page.
//!
//! - the job queue: mails that somebody waits for
//! - twice a second: releases and meetings whose instant has come
//! - each second: the slots of the digests
//! - always: the senders, one task for each SMTP connection
//! - each minute: a seal over what the journal says
//! - as they come: copies of uploaded files
//! - each hour: what has ended by itself, files that no row names, forced publications that wait for somebody's word

use std::time::Duration;

use anyhow::Context as _;
use tokio::task::JoinSet;

use crate::account;
use crate::account::mails::AccountMail;
use crate::council::mails::HeldBackMail;
use crate::kit::context::Context;
use crate::kit::stop::{Stop, wait};
use crate::kit::{clock, job};
use crate::release::mails::{PreviewMail, RatificationMail};
use crate::release::{forcing, publication};
use crate::site_page::suggestion::SuggestionMail;
use crate::subscription::signup::ConfirmationMail;
use crate::{council, digest, journal, media, subscription};

/// How often scheduled releases are looked at. An index of the scheduled ones alone makes it cheap.
const DUE_EVERY: Duration = Duration::from_millis(500);
/// How often it is asked whether a slot has come: two reads.
const SLOTS_EVERY: Duration = Duration::from_secs(1);
/// How often the journal is sealed: what is older than that cannot be changed without its being seen.
const SEAL_EVERY: Duration = Duration::from_secs(60);
/// How often ended sessions and spent tokens are cleared.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// Runs all of it until `stop` says so, then ends in order: jobs are given back, the mail in hand is finished.
pub async fn run(ctx: Context, stop: Stop) -> anyhow::Result<()> {
    let mut tasks = JoinSet::new();
    tasks.spawn(queue(ctx.clone(), stop.clone()));
    tasks.spawn(every(DUE_EVERY, "publishing what is due", ctx.clone(), stop.clone(), async |ctx| {
        publication::publish_due(ctx).await?;
        council::publication::publish_due(ctx).await.map(|_| ()).map_err(Into::into)
    }));
    tasks.spawn(every(SLOTS_EVERY, "opening digests", ctx.clone(), stop.clone(), async |ctx| {
        // What is scheduled for the very instant of a slot is in its digest.
        publication::publish_due(ctx).await?;
        council::publication::publish_due(ctx).await?;
        if let digest::run::Due::Held { due_at, oldest_at } = digest::run::open_due(ctx).await? {
            anyhow::bail!("the digest of {due_at} waits for an operator: something in it is of {oldest_at}");
        }
        Ok(())
    }));
    tasks.spawn({
        let (ctx, stop) = (ctx.clone(), stop.clone());
        async move { digest::deliver::run_senders(&ctx, stop).await }
    });
    tasks.spawn(every(SEAL_EVERY, "sealing the journal", ctx.clone(), stop.clone(), async |ctx| {
        Ok(journal::seal::seal_all(&mut *ctx.conn().await?).await?)
    }));
    tasks.spawn({
        let (ctx, stop) = (ctx.clone(), stop.clone());
        async move { media::renditions::run(&ctx, stop).await }
    });
    tasks.spawn(every(SWEEP_EVERY, "sweeping files", ctx.clone(), stop.clone(), async |ctx| {
        media::sweep::run(ctx).await.map(drop)
    }));
    tasks.spawn(every(SWEEP_EVERY, "sweeping", ctx, stop, sweep));
    while let Some(ended) = tasks.join_next().await {
        ended.context("a task of the worker panicked")??;
    }
    Ok(())
}

/// The queue; when the database goes away it comes back by itself.
async fn queue(ctx: Context, mut stop: Stop) -> anyhow::Result<()> {
    while !*stop.borrow() {
        let mut ended = stop.clone();
        let worker = job::options(ctx.direct_url())?
            .add_extension(ctx.clone())
            .define_job::<ConfirmationMail>()
            .define_job::<SuggestionMail>()
            .define_job::<PreviewMail>()
            .define_job::<RatificationMail>()
            .define_job::<HeldBackMail>()
            .define_job::<AccountMail>()
            .shutdown_signal(async move {
                let _ = ended.wait_for(|stop| *stop).await;
            })
            .init()
            .await;
        let outcome = match worker {
            Ok(worker) => worker.run().await.map_err(anyhow::Error::from),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "the job queue stopped; again in a second");
            wait(Duration::from_secs(1), &mut stop).await;
        }
    }
    Ok(())
}

/// Runs `step` at every tick; an error is logged and the next tick tries again, once a minute louder than the rest.
async fn every(
    period: Duration,
    what: &'static str,
    ctx: Context,
    mut stop: Stop,
    step: impl AsyncFn(&Context) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut failing_since: Option<tokio::time::Instant> = None;
    while !*stop.borrow() {
        match step(&ctx).await {
            Ok(()) => {
                if failing_since.take().is_some() {
                    tracing::info!("{what}: works again");
                }
            }
            Err(error) => {
                let since = *failing_since.get_or_insert_with(|| {
                    tracing::warn!(error = format!("{error:#}"), "{what} failed; trying again");
                    tokio::time::Instant::now()
                });
                if since.elapsed() > Duration::from_secs(60) {
                    tracing::error!(error = format!("{error:#}"), "{what} has failed for a minute");
                    failing_since = Some(tokio::time::Instant::now());
                }
            }
        }
        wait(period, &mut stop).await;
    }
    Ok(())
}

async fn sweep(ctx: &Context) -> anyhow::Result<()> {
    let mut conn = ctx.conn().await?;
    let at = clock::now(&mut conn).await?;
    account::query::delete_old_sessions(&mut conn, at).await?;
    let kept_from = at - chrono::Duration::days(ctx.settings.address_days.into());
    journal::query::forget_addresses(&mut conn, kept_from).await?;
    subscription::query::purge(&mut conn).await?;
    drop(conn);
    // What was forced and nobody has ratified: once a day, told by the row and not by this clock.
    forcing::remind(ctx).await?;
    Ok(())
}
