//! Reading at one sequence: a page never mixes what was before a publication with what is after it (DESIGN §9).

use chrono::{DateTime, Utc};
use diesel_async::{AnsiTransactionManager as Manager, AsyncPgConnection, TransactionManager};

use super::query;
use crate::ids::Sequence;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;

/// When and at which sequence it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Snapshot {
    /// The last change that the rows know of.
    pub sequence: Sequence,
    /// The instant that decides, by the database's clock.
    pub now: DateTime<Utc>,
}

/// Reads in one snapshot.
///
/// # Errors
/// What `read` says; or the database is away.
pub async fn read<T>(
    ctx: &Context,
    read: impl AsyncFnOnce(&mut AsyncPgConnection, &Snapshot) -> Result<T, WebError>,
) -> Result<T, WebError> {
    let mut conn = ctx.conn().await?;
    let conn = &mut *conn;
    // By hand, for what reads is a handler's and stays on its thread, which the transaction of the library asks to leave.
    Manager::begin_transaction_sql(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
    let outcome = async {
        let (sequence, now) = query::last_and_now(conn).await?;
        read(conn, &Snapshot { sequence, now }).await
    }
    .await;
    // Nothing was written: how it ends makes no difference but to the connection, which is lent again.
    Manager::rollback_transaction(conn).await?;
    outcome
}
