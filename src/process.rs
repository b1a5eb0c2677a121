//! One process: its log, its address, and how it ends in order.

use std::io::IsTerminal;
use std::net::TcpListener;

use anyhow::Context as _;
use tokio::sync::watch;

use crate::archive::redirects;
use crate::change::follower;
use crate::instance;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::release::reads;
use crate::search::Index;
use crate::{metrics, server, worker};

/// Starts the log on standard error: for people on a terminal, one JSON object a line elsewhere.
pub fn log(settings: &Settings) -> anyhow::Result<()> {
    use tracing_subscriber::EnvFilter;
    // tokio-postgres logs each NOTICE, the queue each job, actix-http each malformed request, and html5ever every oddity of
    // foreign HTML, of which an archive
    // has thousands.
    let quiet = "tokio_postgres=warn,graphile_worker=warn,graphile_worker_migrations=warn,actix_server=warn,actix_http=off,html5ever=off";
    let filter = EnvFilter::try_new(format!("{},{quiet}", settings.log)).context("COMMUNIQUE_LOG")?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if std::io::stderr().is_terminal() { builder.compact().try_init() } else { builder.json().try_init() };
    Ok(())
}

/// Takes the address to serve on; that another process has it is said in one line.
pub fn listen(settings: &Settings) -> anyhow::Result<TcpListener> {
    TcpListener::bind(settings.listen)
        .with_context(|| format!("cannot listen on {} (COMMUNIQUE_LISTEN); is another one running?", settings.listen))
}

/// Connections that the worker keeps to itself beside a server.
const WORKER_CONNECTIONS: usize = 6;

/// Serves until SIGTERM or Ctrl-C; then requests in flight end, jobs are given back, and the mail in hand is finished.
pub async fn serve(ctx: Context, listener: TcpListener, with_worker: bool) -> anyhow::Result<()> {
    let (stop, mut stopped) = watch::channel(false);
    let address = listener.local_addr()?;
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let index = Index::new(&ctx.settings.data_dir);
    let server = server::serve(ctx.clone(), index.clone(), listener, workers)?;
    let handle = server.handle();
    tokio::spawn(stop_on_signal(stop.clone()));
    tokio::spawn(follower::run(ctx.clone(), stopped.clone()));
    let kept = tokio::spawn(index.keep(ctx.clone(), stopped.clone()));
    let counted = tokio::spawn(reads::run(ctx.clone(), stopped.clone()));
    if !with_worker {
        // The worker looks by itself; without one the desk still says what it must know.
        tokio::spawn(instance::watch(ctx.clone(), stopped.clone()));
    }
    let redirected = tokio::spawn(redirects::run(ctx.clone(), stopped.clone()));
    let measured = tokio::spawn(metrics::serve(ctx.clone(), stopped.clone()));
    let work = match with_worker {
        // Connections of its own: readers, however many, do not keep a publication from its instant.
        true => Some(tokio::spawn(worker::run(ctx.with_own_connections(WORKER_CONNECTIONS)?, stopped.clone()))),
        false => None,
    };
    tokio::spawn(async move {
        let _ = stopped.wait_for(|stop| *stop).await;
        handle.stop(true).await;
    });
    tracing::info!(%address, "serving");
    let served = server.await.context("serving");
    let _ = stop.send(true);
    kept.await.context("the keeper of the search index panicked")?;
    measured.await.context("what serves metrics panicked")??;
    counted.await.context("what counts reads panicked")?;
    redirected.await.context("what keeps old addresses panicked")?;
    // What was counted while the last requests ended.
    if let Err(error) = reads::flush(&ctx).await {
        tracing::warn!(error = format!("{error:#}"), "the last reads were not written down");
    }
    if let Err(error) = redirects::flush(&ctx).await {
        tracing::warn!(error = format!("{error:#}"), "the last uses of old addresses were not written down");
    }
    if let Some(work) = work {
        work.await.context("the worker panicked")??;
    }
    served?;
    tracing::info!("stopped");
    Ok(())
}

/// Says so when SIGTERM or Ctrl-C comes.
pub async fn stop_on_signal(stop: watch::Sender<bool>) {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("cannot wait for signals");
        return;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    let _ = stop.send(true);
}
