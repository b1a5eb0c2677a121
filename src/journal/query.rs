//! Every SQL statement on the journal.

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Actor, Entry};
use crate::schema::{journal, journal_addresses};

/// Writes entries, within the transaction of what they tell, and beside them the address that they were asked from.
pub async fn record(
    conn: &mut AsyncPgConnection,
    actor: Actor,
    entries: impl IntoIterator<Item = Entry>,
) -> QueryResult<()> {
    let (account, job, from) = match actor {
        Actor::Account(id, from) => (Some(id), None, from),
        Actor::Visitor(door, from) => (None, Some(door), Some(from)),
        Actor::Job(name) => (None, Some(name), None),
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
        let ids: Vec<i64> = diesel::insert_into(journal::table)
            .values(chunk.to_vec())
            .returning(journal::id)
            .get_results(conn)
            .await?;
        if let Some(from) = from {
            let network = from.to_string();
            let rows: Vec<_> = ids
                .into_iter()
                .map(|id| (journal_addresses::journal_id.eq(id), journal_addresses::network.eq(&network)))
                .collect();
            diesel::insert_into(journal_addresses::table).values(rows).execute(conn).await?;
        }
    }
    Ok(())
}
