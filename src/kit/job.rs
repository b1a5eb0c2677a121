//! The job queue: graphile_worker's, in the same database, so that a job is enqueued in the transaction of what it
//! follows. It wants a session connection (LISTEN), hence `COMMUNIQUE_DATABASE_DIRECT_URL`.

use std::time::Duration;

use anyhow::Context as _;
use diesel::QueryResult;
use diesel::sql_types::{Jsonb, Nullable, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use graphile_worker::{Database, WorkerOptions};
use serde::Serialize;

use super::db;

/// Connections of the queue to the database.
const CONNECTIONS: usize = 4;

/// The queue's own pool.
pub fn database(url: &str) -> anyhow::Result<Database> {
    let config: tokio_postgres::Config = url.parse().context("the address of the database")?;
    let manager = if db::wants_tls(&config) {
        deadpool_postgres::Manager::new(config, db::tls())
    } else {
        deadpool_postgres::Manager::new(config, tokio_postgres::NoTls)
    };
    let pool = deadpool_postgres::Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(deadpool_postgres::Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(10)))
        .create_timeout(Some(Duration::from_secs(10)))
        .build()
        .context("making the queue's pool")?;
    Ok(pool.into())
}

/// A queue on that database whose end is in the hands of its caller, not of signals that it catches itself.
pub fn options(url: &str) -> anyhow::Result<WorkerOptions> {
    Ok(WorkerOptions::default()
        .database(database(url)?)
        .concurrency(CONNECTIONS)
        // Somebody waits for a confirmation: a free slot looks again at once.
        .poll_interval(Duration::from_millis(100))
        .listen_os_shutdown_signals(false))
}

/// Installs the queue's tables, or brings them up to its version.
pub async fn install(url: &str) -> anyhow::Result<()> {
    options(url)?.init().await.context("installing the job queue")?;
    Ok(())
}

/// Puts a job on the queue, within the caller's transaction: it is there if and only if the rest is. `key`: a second job
/// of the same key takes the place of the first while that one waits.
pub async fn enqueue<T: Serialize + Sync>(
    conn: &mut AsyncPgConnection,
    task: &str,
    payload: &T,
    key: Option<&str>,
) -> QueryResult<()> {
    let payload =
        serde_json::to_value(payload).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    diesel::sql_query("SELECT graphile_worker.add_job($1, $2::json, job_key => $3)")
        .bind::<Text, _>(task)
        .bind::<Jsonb, _>(payload)
        .bind::<Nullable<Text>, _>(key)
        .execute(conn)
        .await
        .map(drop)
}
