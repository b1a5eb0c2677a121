//! The changes of the schema that the binary carries, and the job queue's own.

use anyhow::Context as _;
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{db, job, role};

/// Every change of the schema, in its order.
pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");

/// Brings the schema up to this build, the job queue's included, and grants it to the site's role; a second call changes
/// nothing.
///
/// # Errors
/// The database cannot be reached, or a migration fails; what was done before it stays.
pub async fn migrate(url: &str) -> anyhow::Result<Vec<String>> {
    job::install(url).await?;
    let done = run_migrations(url, |harness| {
        Ok(harness
            .run_pending_migrations(MIGRATIONS)
            .map_err(|error| anyhow::anyhow!(error))?
            .into_iter()
            .map(|version| version.to_string())
            .collect())
    })
    .await?;
    role::grant(&mut db::establish(url).await?).await.context("granting the site's role what it needs")?;
    Ok(done)
}

/// Takes every change back, the newest first. Only for the tests, which show that each `down.sql` works.
pub async fn revert_all(url: &str) -> anyhow::Result<Vec<String>> {
    run_migrations(url, |harness| {
        Ok(harness
            .revert_all_migrations(MIGRATIONS)
            .map_err(|error| anyhow::anyhow!(error))?
            .into_iter()
            .map(|version| version.to_string())
            .collect())
    })
    .await
}

/// The names of migrations that this build carries and the database lacks.
pub async fn pending(url: &str) -> anyhow::Result<Vec<String>> {
    run_migrations(url, |harness| {
        Ok(MigrationHarness::pending_migrations(harness, MIGRATIONS)
            .map_err(|error| anyhow::anyhow!(error))?
            .into_iter()
            .map(|migration| migration.name().to_string())
            .collect())
    })
    .await
}

/// Whether the newest migration of this build was run, by one statement: what a probe asks often.
pub async fn is_migrated(conn: &mut AsyncPgConnection) -> diesel::QueryResult<bool> {
    use diesel::migration::{Migration, MigrationSource};
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Found {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        found: bool,
    }
    let migrations: Vec<Box<dyn Migration<diesel::pg::Pg>>> =
        MIGRATIONS.migrations().map_err(diesel::result::Error::DeserializationError)?;
    let newest = migrations.iter().map(|migration| migration.name().version().to_string()).max().unwrap_or_default();
    let row: Found =
        diesel::sql_query("SELECT EXISTS (SELECT FROM __diesel_schema_migrations WHERE version = $1) AS found")
            .bind::<diesel::sql_types::Text, _>(newest)
            .get_result(conn)
            .await?;
    Ok(row.found)
}

type Harness = AsyncMigrationHarness<AsyncPgConnection>;

async fn run_migrations(
    url: &str,
    step: impl FnOnce(&mut Harness) -> anyhow::Result<Vec<String>> + Send + 'static,
) -> anyhow::Result<Vec<String>> {
    let url = url.to_owned();
    // The harness blocks, which a current-thread runtime (actix's, a plain test's) does not allow: a thread of its own.
    tokio::task::spawn_blocking(move || {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
        runtime.block_on(async move {
            let conn = db::establish(&url).await.context("connecting to the database")?;
            tokio::task::spawn(async move { step(&mut AsyncMigrationHarness::new(conn)) })
                .await
                .context("the migrations were interrupted")?
        })
    })
    .await?
}
