//! Every SQL statement on the journal.

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Actor, Entry};
use crate::schema::journal;

/// Writes entries, within the transaction of what they tell.
pub async fn record(
    conn: &mut AsyncPgConnection,
    actor: Actor,
    entries: impl IntoIterator<Item = Entry>,
) -> QueryResult<()> {
    let (account, job) = match actor {
        Actor::Account(id, _) => (Some(id), None),
        Actor::Visitor(door, _) => (None, Some(door)),
        Actor::Job(name) => (None, Some(name)),
    };
    let rows: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            (
                journal::account_id.eq(account),
                journal::job.eq(job),
                journal::action.eq(entry.action),
                journal::object.eq(entry.object),
                journal::object_id.eq(entry.object_id),
                journal::detail.eq(entry.detail),
            )
        })
        .collect();
    // Six values a row, 65,535 a statement.
    for chunk in rows.chunks(5_000) {
        diesel::insert_into(journal::table).values(chunk.to_vec()).execute(conn).await?;
    }
    Ok(())
}
