//! Every job and every hour at which something falls due, on one page.
//!
//! - the job queue: mails that somebody waits for
//! - twice a second: releases and meetings whose instant has come
//! - each second: the slots of the digests, whoever is told at once, a government whose instant has come, reminders and
//!   deadlines of validation
//! - always: the senders, one task for each SMTP connection
//! - each minute: a seal over what the journal says, pauses that are over
//! - as they come: copies of uploaded files, what is wished of imports
//! - each hour: what has ended by itself, addresses and mails that are kept no longer, files that no row names, forced
//!   publications that wait for somebody's word
//!
//! Where the database turns out not to be the site (`instance`), nothing of this leaves the house: nothing is mailed, and
//! nothing is published by itself.

use std::time::Duration;

use anyhow::Context as _;
use diesel_async::AsyncConnection;
use tokio::task::JoinSet;

use crate::account;
use crate::account::mails::AccountMail;
use crate::council::mails::HeldBackMail;
use crate::desk::government::takeover;
use crate::digest::run::{self, Due};
use crate::instance::{self, InstanceError};
use crate::kit::context::Context;
use crate::kit::stop::{Stop, wait};
use crate::kit::{clock, job};
use crate::release::mails::{PreviewMail, RatificationMail};
use crate::release::{forcing, publication};
use crate::site_page::suggestion::SuggestionMail;
use crate::subscription::manage::address::MovingMail;
use crate::subscription::manage::link::LinkMail;
use crate::subscription::signup::ConfirmationMail;
use crate::validation::ask::{ReturnedMail, SendMails};
use crate::{archive, council, digest, journal, media, subscription, validation};

/// How often scheduled releases are looked at. An index of the scheduled ones alone makes it cheap.
const DUE_EVERY: Duration = Duration::from_millis(500);
/// How often it is asked whether a slot has come: two reads.
const SLOTS_EVERY: Duration = Duration::from_secs(1);
/// How often it is asked whether a digest that waits for an operator still does: to see that takes as long as to open it.
const HELD_EVERY: Duration = Duration::from_secs(60);
/// How often the journal is sealed: what is older than that cannot be changed without its being seen.
const SEAL_EVERY: Duration = Duration::from_secs(60);
/// How often pauses are ended whose last day is over. A run looks by itself.
const PAUSES_EVERY: Duration = Duration::from_secs(60);
/// How often it is asked whether somebody wishes something of an import.
const IMPORTS_EVERY: Duration = Duration::from_secs(1);
/// How often ended sessions and spent tokens are cleared.
const SWEEP_EVERY: Duration = Duration::from_secs(3600);

/// Runs all of it until `stop` says so, then ends in order: jobs are given back, the mail in hand is finished.
pub async fn run(ctx: Context, stop: Stop) -> anyhow::Result<()> {
    let mut tasks = JoinSet::new();
    // Known before anything begins.
    if let Err(error) = instance::examine(&ctx).await {
        tracing::warn!(error = format!("{error:#}"), "nobody can tell yet whether this is the site");
    }
    tasks.spawn({
        let (ctx, stop) = (ctx.clone(), stop.clone());
        async move {
            instance::watch(ctx, stop).await;
            Ok(())
        }
    });
    tasks.spawn(queue(ctx.clone(), stop.clone()));
    tasks.spawn(every(DUE_EVERY, "publishing what is due", ctx.clone(), stop.clone(), async |ctx| {
        if is_site(ctx).await? {
            publication::publish_due(ctx).await?;
            council::publication::publish_due(ctx).await?;
        }
        Ok(())
    }));
    tasks.spawn(every(SLOTS_EVERY, "changing the government", ctx.clone(), stop.clone(), async |ctx| {
        if is_site(ctx).await? {
            takeover::take_over_due(ctx).await?;
        }
        Ok(())
    }));
    tasks.spawn(every(SLOTS_EVERY, "opening digests", ctx.clone(), stop.clone(), async |ctx| {
        if !is_site(ctx).await? {
            return Ok(SLOTS_EVERY);
        }
        // What is scheduled for the very instant of a slot is in its digest.
        publication::publish_due(ctx).await?;
        council::publication::publish_due(ctx).await?;
        if let Due::Held { due_at, oldest_at } = run::open_due(ctx).await? {
            tracing::error!(%due_at, %oldest_at, "a digest waits for an operator: something in it is old (`communique digest run`)");
            return Ok(HELD_EVERY);
        }
        Ok(SLOTS_EVERY)
    }));
    tasks.spawn(every(SLOTS_EVERY, "telling at once", ctx.clone(), stop.clone(), async |ctx| {
        if !is_site(ctx).await? {
            return Ok(SLOTS_EVERY);
        }
        if let Due::Held { oldest_at, .. } = run::open_at_once(ctx).await? {
            tracing::error!(%oldest_at, "mails at once wait for an operator: something in them is old (`communique digest run --at-once`)");
            return Ok(HELD_EVERY);
        }
        Ok(SLOTS_EVERY)
    }));
    tasks.spawn(every(SLOTS_EVERY, "the hours of validation", ctx.clone(), stop.clone(), async |ctx| {
        if is_site(ctx).await? {
            validation::hours::run(ctx).await?;
        }
        Ok(SLOTS_EVERY)
    }));
    tasks.spawn({
        let (ctx, stop) = (ctx.clone(), stop.clone());
        async move { digest::deliver::run_senders(&ctx, stop).await }
    });
    tasks.spawn(every(SEAL_EVERY, "sealing the journal", ctx.clone(), stop.clone(), async |ctx| {
        Ok(journal::seal::seal_all(&mut *ctx.conn().await?).await?)
    }));
    tasks.spawn(every(PAUSES_EVERY, "ending pauses", ctx.clone(), stop.clone(), async |ctx| {
        let mut conn = ctx.conn().await?;
        conn.transaction(async |conn| subscription::pause::resume_due_within(conn).await).await.map(drop)?;
        Ok(())
    }));
    tasks.spawn({
        let (ctx, stop) = (ctx.clone(), stop.clone());
        async move { media::renditions::run(&ctx, stop).await }
    });
    tasks.spawn(every(IMPORTS_EVERY, "imports", ctx.clone(), stop.clone(), {
        let stop = stop.clone();
        async move |ctx| {
            let mut stop = stop.clone();
            // What is under way ends with the process, and goes on with the next.
            tokio::select! {
                done = archive::imports::fulfil_next(ctx) => done.map(drop),
                _ = stop.wait_for(|stop| *stop) => Ok(()),
            }
        }
    }));
    tasks.spawn(every(SWEEP_EVERY, "sweeping files", ctx.clone(), stop.clone(), async |ctx| {
        media::sweep::run(ctx).await.map(drop)
    }));
    tasks.spawn(every(SWEEP_EVERY, "sweeping", ctx, stop, sweep));
    while let Some(ended) = tasks.join_next().await {
        ended.context("a task of the worker panicked")??;
    }
    Ok(())
}

/// Whether anything may leave the house. What is held has been said by `instance::watch`.
async fn is_site(ctx: &Context) -> anyhow::Result<bool> {
    if ctx.is_held() {
        return Ok(false);
    }
    match instance::ensure_site(ctx, &mut *ctx.conn().await?).await {
        Ok(()) => Ok(true),
        Err(InstanceError::Held(_)) => Ok(false),
        Err(InstanceError::Db(error)) => Err(error.into()),
    }
}

/// The queue; when the database goes away it comes back by itself. All its jobs are mails: while the database is not the
/// site it rests.
async fn queue(ctx: Context, mut stop: Stop) -> anyhow::Result<()> {
    while !*stop.borrow() {
        if !is_site(&ctx).await.unwrap_or(false) {
            wait(Duration::from_secs(1), &mut stop).await;
            continue;
        }
        let mut ended = stop.clone();
        let held = ctx.clone();
        let worker = job::options(ctx.direct_url())?
            .add_extension(ctx.clone())
            .define_job::<ConfirmationMail>()
            .define_job::<LinkMail>()
            .define_job::<MovingMail>()
            .define_job::<SuggestionMail>()
            .define_job::<PreviewMail>()
            .define_job::<RatificationMail>()
            .define_job::<HeldBackMail>()
            .define_job::<AccountMail>()
            .define_job::<SendMails>()
            .define_job::<ReturnedMail>()
            .shutdown_signal(async move {
                while !*ended.borrow() && !held.is_held() {
                    wait(Duration::from_secs(1), &mut ended).await;
                }
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

/// When a step is to be done again: after its period, or after another time that it gives.
trait Again {
    fn after(self, period: Duration) -> Duration;
}

impl Again for () {
    fn after(self, period: Duration) -> Duration {
        period
    }
}

impl Again for Duration {
    fn after(self, _: Duration) -> Duration {
        self
    }
}

/// Runs `step` at every tick; an error is logged and the next tick tries again, once a minute louder than the rest.
async fn every<T: Again>(
    period: Duration,
    what: &'static str,
    ctx: Context,
    mut stop: Stop,
    step: impl AsyncFn(&Context) -> anyhow::Result<T>,
) -> anyhow::Result<()> {
    let mut failing_since: Option<tokio::time::Instant> = None;
    while !*stop.borrow() {
        let mut pause = period;
        match step(&ctx).await {
            Ok(again) => {
                pause = again.after(period);
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
        wait(pause, &mut stop).await;
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
    subscription::retention::run(ctx).await?;
    // What was forced and nobody has ratified: once a day, told by the row and not by this clock.
    forcing::remind(ctx).await?;
    Ok(())
}
