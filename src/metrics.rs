//! What an operator's Prometheus reads, on an address of its own (`COMMUNIQUE_METRICS_LISTEN`) that no reader reaches:
//! whether mail leaves, what waits, how the last sending went (DESIGN §10).
//!
//! Counted when it is asked, by a few statements; text of the exposition format 0.0.4. No address of anybody is in it.

use std::fmt::Write as _;

use actix_web::http::header;
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Double, Nullable};
use diesel_async::RunQueryDsl;

use crate::change;
use crate::digest::model::State;
use crate::digest::query;
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::stop::Stop;
use crate::kit::web::Keep;

/// Serves them until `stop` says so; nothing where no address is set.
///
/// # Errors
/// The address cannot be listened on.
pub async fn serve(ctx: Context, mut stop: Stop) -> anyhow::Result<()> {
    let Some(address) = ctx.settings.metrics_listen else { return Ok(()) };
    let server = HttpServer::new(move || {
        // Two connections, on this thread.
        let ctx = ctx.with_own_connections(2).expect("the address was understood before");
        App::new().app_data(web::Data::new(ctx)).route("/metrics", web::get().to(answer))
    })
    .workers(1)
    .disable_signals()
    .bind(address)
    .with_context(|| format!("cannot listen on {address} (COMMUNIQUE_METRICS_LISTEN)"))?
    .run();
    let handle = server.handle();
    tokio::spawn(async move {
        let _ = stop.wait_for(|stop| *stop).await;
        handle.stop(true).await;
    });
    server.await.context("serving metrics")
}

async fn answer(ctx: web::Data<Context>) -> HttpResponse {
    match text(&ctx).await {
        Ok(text) => HttpResponse::Ok()
            .content_type("text/plain; version=0.0.4; charset=utf-8")
            .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
            .body(text),
        Err(error) => {
            tracing::warn!(error = format!("{error:#}"), "metrics could not be read");
            HttpResponse::ServiceUnavailable().finish()
        }
    }
}

#[derive(QueryableByName)]
struct Jobs {
    #[diesel(sql_type = BigInt)]
    waiting: i64,
    #[diesel(sql_type = Nullable<Double>)]
    oldest_s: Option<f64>,
    #[diesel(sql_type = BigInt)]
    failed: i64,
}

/// What they say now.
///
/// # Errors
/// The database cannot be asked.
pub async fn text(ctx: &Context) -> anyhow::Result<String> {
    let mut conn = ctx.conn().await?;
    let mut out = Exposition(String::new());
    out.gauge(
        "communique_held",
        "Whether the database is not taken for the site, so that nothing is mailed.",
        ctx.is_held().into(),
    );
    let last = change::last(&mut conn).await?;
    out.gauge("communique_public_changes", "Entries of the log of public changes.", last.0 as f64);
    let now = clock::now(&mut conn).await?;
    let runs = query::last_runs(&mut conn, 1).await?;
    if let Some(run) = runs.as_slice().first() {
        let since = |at: DateTime<Utc>| at.timestamp_millis() as f64 / 1e3;
        out.gauge(
            "communique_digest_last_slot_seconds",
            "Instant of the last slot that was opened.",
            since(run.due_at),
        );
        out.gauge("communique_digest_last_mails", "Mails laid out by it.", f64::from(run.deliveries));
        out.gauge(
            "communique_digest_last_accepted",
            "Mails of it that were accepted when it ended.",
            run.accepted.map_or(0.0, f64::from),
        );
        let took = run.finished_at.unwrap_or(now) - run.opened_at;
        out.gauge(
            "communique_digest_last_duration_seconds",
            "From its opening to its end, or until now.",
            took.num_milliseconds() as f64 / 1e3,
        );
    }
    let standing = query::standing(&mut conn).await?;
    let counts = State::ALL.iter().map(|state| {
        let count = standing.iter().find(|(of, _)| of == state).map_or(0, |(_, count)| *count);
        (state.as_str(), count)
    });
    out.labelled(
        "communique_deliveries",
        "Mails of the last day's runs and of those under way, by state.",
        "state",
        counts,
    );
    let jobs: Jobs = diesel::sql_query(
        "SELECT count(*) FILTER (WHERE run_at <= now() AND attempts < max_attempts) AS waiting,
                extract(epoch FROM now() - min(run_at) FILTER (WHERE run_at <= now() AND attempts < max_attempts))::float8 AS oldest_s,
                count(*) FILTER (WHERE attempts >= max_attempts) AS failed
         FROM graphile_worker._private_jobs",
    )
    .get_result(&mut conn)
    .await?;
    out.gauge("communique_jobs_waiting", "Jobs that are due: confirmations and the like.", jobs.waiting as f64);
    out.gauge(
        "communique_jobs_oldest_seconds",
        "How long the oldest of them has been due.",
        jobs.oldest_s.unwrap_or(0.0).max(0.0),
    );
    out.gauge("communique_jobs_failed", "Jobs that failed for good.", jobs.failed as f64);
    Ok(out.0)
}

struct Exposition(String);

impl Exposition {
    fn gauge(&mut self, name: &str, help: &str, value: f64) {
        // Writing into a text does not fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}");
    }

    fn labelled(&mut self, name: &str, help: &str, label: &str, values: impl Iterator<Item = (&'static str, i64)>) {
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} gauge");
        for (value, count) in values {
            let _ = writeln!(self.0, "{name}{{{label}=\"{value}\"}} {count}");
        }
    }
}
