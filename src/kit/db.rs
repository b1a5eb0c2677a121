//! Connections to Postgres.

use std::time::Duration;

use anyhow::Context as _;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::{ConnectionError, QueryResult};
use diesel_async::pooled_connection::deadpool::{Hook, HookError, Object, Pool};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use futures::FutureExt;
use futures::future::BoxFuture;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::role;

/// A connection that was used so lately is taken to be there still.
const FRESH: Duration = Duration::from_secs(1);

/// How long a request waits for a connection before it answers 503.
const WAIT: Duration = Duration::from_secs(3);

/// No connection could be had: the database is away, or all are in use.
#[derive(Debug, thiserror::Error)]
#[error("no database connection")]
pub struct Busy(#[source] Box<dyn std::error::Error + Send + Sync>);

/// A connection lent by the pool.
pub type Lent = Object<AsyncPgConnection>;

/// The pool of connections that requests and jobs share.
#[derive(Clone)]
pub struct Db {
    pool: Pool<AsyncPgConnection>,
    url: String,
}

impl Db {
    /// A pool of at most `size` connections. Nothing is opened until somebody asks.
    ///
    /// Connections live on the runtime that calls this, and die with it: each of actix's workers has a runtime of its own,
    /// and a pool of its own on it.
    pub fn new(url: &str, size: usize) -> anyhow::Result<Self> {
        Self::saying_first(url, size, role::stepping_down())
    }

    /// As [`Db::new`], of connections that do not step down: for whoever looks behind the site, as tests do.
    pub fn of_owner(url: &str, size: usize) -> anyhow::Result<Self> {
        Self::saying_first(url, size, String::new())
    }

    fn saying_first(url: &str, size: usize, first: String) -> anyhow::Result<Self> {
        let runtime = tokio::runtime::Handle::current();
        let mut config = ManagerConfig::default();
        // Whether it still answers is asked of a connection that was idle for a while, not before each question.
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup = Box::new(move |url: &str| {
            let (runtime, url, first) = (runtime.clone(), url.to_owned(), first.clone());
            async move {
                runtime
                    .spawn(async move { set_up(establish(&url).await?, &first).await })
                    .await
                    .map_err(|error| ConnectionError::BadConnection(error.to_string()))?
            }
            .boxed()
        });
        let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
        let pool = Pool::builder(manager)
            .max_size(size)
            .wait_timeout(Some(WAIT))
            .create_timeout(Some(WAIT))
            .recycle_timeout(Some(WAIT))
            .pre_recycle(Hook::async_fn(|conn: &mut AsyncPgConnection, metrics| {
                Box::pin(async move {
                    if metrics.last_used() < FRESH {
                        return Ok(());
                    }
                    conn.batch_execute("SELECT 1").await.map_err(|error| HookError::message(error.to_string()))
                })
            }))
            .runtime(deadpool::Runtime::Tokio1)
            .build()
            .context("making the pool")?;
        Ok(Self { pool, url: url.to_owned() })
    }

    /// A connection, or [`Busy`] within three seconds.
    pub async fn get(&self) -> Result<Lent, Busy> {
        self.pool.get().await.map_err(|error| Busy(Box::new(error)))
    }

    /// The address, for whoever needs a session of its own (the job queue, locks that mark a living sender).
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A connection of the pool. Its statements are the same again and again, each the range of an index: they are planned
/// once, not each time, which costs more than to run them; and none is worth compiling.
async fn set_up(mut conn: AsyncPgConnection, first: &str) -> Result<AsyncPgConnection, ConnectionError> {
    conn.batch_execute(&format!("SET plan_cache_mode = force_generic_plan; SET jit = off; {first}"))
        .await
        .map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// As [`establish`], stepping down to the site's own role: a session of its own for a part of the site.
pub async fn establish_site(url: &str) -> Result<AsyncPgConnection, ConnectionError> {
    let mut conn = establish(url).await?;
    conn.batch_execute(&role::stepping_down()).await.map_err(ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Opens one connection as whom the address names, by TLS with a checked certificate when the server is not on this machine
/// and the address does not say `sslmode=disable` (PROMISES V12).
pub fn establish(url: &str) -> BoxFuture<'_, Result<AsyncPgConnection, ConnectionError>> {
    async move {
        let bad = |error: tokio_postgres::Error| {
            let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}")).unwrap_or_default();
            ConnectionError::BadConnection(format!("{error}{cause}"))
        };
        let config: tokio_postgres::Config = url.parse().map_err(bad)?;
        if wants_tls(&config) {
            let (client, connection) = config.connect(tls()).await.map_err(bad)?;
            AsyncPgConnection::try_from_client_and_connection(client, connection).await
        } else {
            let (client, connection) = config.connect(tokio_postgres::NoTls).await.map_err(bad)?;
            AsyncPgConnection::try_from_client_and_connection(client, connection).await
        }
    }
    .boxed()
}

/// Whether TLS is to be tried: not on a socket of this machine, and not where the address says `sslmode=disable`.
pub fn wants_tls(config: &tokio_postgres::Config) -> bool {
    let by_socket = config.get_hosts().iter().all(|host| matches!(host, tokio_postgres::config::Host::Unix(_)));
    !by_socket && config.get_ssl_mode() != tokio_postgres::config::SslMode::Disable
}

/// TLS towards Postgres, as `sslmode` in the address asks for it.
pub fn tls() -> MakeRustlsConnect {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    MakeRustlsConnect::new(rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth())
}

/// A query that diesel may not prepare by itself, since it was written as text ([`prepared`]).
#[derive(Debug, Clone)]
pub struct Prepared<Q>(Q);

/// Lets a query that was written as text be parsed and planned once for each connection, and not each time, which costs
/// ten times what most of them take to run. Its text must be one of a few: values are bound, never written into it.
pub fn prepared<Q>(query: Q) -> Prepared<Q> {
    Prepared(query)
}

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _backend: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();
    // Found again by its text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}
