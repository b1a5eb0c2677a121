//! Every SQL statement on the journal.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Actor, Entry};
use crate::ids::AccountId;
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
        let ids: Vec<i64> =
            diesel::insert_into(journal::table).values(chunk.to_vec()).returning(journal::id).get_results(conn).await?;
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

/// An entry, as it is read.
#[derive(Debug, Clone, QueryableByName)]
pub struct Read {
    /// Its number.
    #[diesel(sql_type = BigInt)]
    pub id: i64,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Who, if it was a person.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub account_id: Option<AccountId>,
    /// What they are called today.
    #[diesel(sql_type = Nullable<Text>)]
    pub name: Option<String>,
    /// Which job or door, if it was none.
    #[diesel(sql_type = Nullable<Text>)]
    pub job: Option<String>,
    /// What was done.
    #[diesel(sql_type = Text)]
    pub action: String,
    /// To what kind of thing.
    #[diesel(sql_type = Text)]
    pub object: String,
    /// To which one.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub object_id: Option<i64>,
    /// What else.
    #[diesel(sql_type = Jsonb)]
    pub detail: serde_json::Value,
    /// From which address, while that is kept.
    #[diesel(sql_type = Nullable<Text>)]
    pub network: Option<String>,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of that person.
    pub account_id: Option<AccountId>,
    /// Whose action begins with this.
    pub action: String,
    /// On that kind of thing.
    pub object: Option<String>,
    /// On that one.
    pub object_id: Option<i64>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// And before this one.
    pub until: Option<DateTime<Utc>>,
    /// With a smaller number: the next page.
    pub before: Option<i64>,
}

/// The entries, the last one first, at most `most`.
pub async fn entries(conn: &mut AsyncPgConnection, wanted: &Wanted, most: i64) -> QueryResult<Vec<Read>> {
    // What is not asked for is not in the statement: with it, no index could be used.
    let mut sql = String::from(
        "SELECT j.id, j.at, j.account_id, a.name, j.job, j.action, j.object, j.object_id, j.detail, n.network
         FROM journal j LEFT JOIN accounts a ON a.id = j.account_id LEFT JOIN journal_addresses n ON n.journal_id = j.id
         WHERE ($1 IS NULL OR j.id < $1)",
    );
    for (is_asked, condition) in [
        (wanted.account_id.is_some(), " AND j.account_id = $2"),
        (!wanted.action.is_empty(), " AND starts_with(j.action, $3)"),
        (wanted.object.is_some(), " AND j.object = $4"),
        (wanted.object_id.is_some(), " AND j.object_id = $5"),
        (wanted.from.is_some(), " AND j.at >= $6"),
        (wanted.until.is_some(), " AND j.at < $7"),
    ] {
        if is_asked {
            sql.push_str(condition);
        }
    }
    sql.push_str(" ORDER BY j.id DESC LIMIT $8");
    diesel::sql_query(sql)
        .bind::<Nullable<BigInt>, _>(wanted.before)
        .bind::<Nullable<BigInt>, _>(wanted.account_id)
        .bind::<Text, _>(&wanted.action)
        .bind::<Nullable<Text>, _>(wanted.object.as_deref())
        .bind::<Nullable<BigInt>, _>(wanted.object_id)
        .bind::<Nullable<Timestamptz>, _>(wanted.from)
        .bind::<Nullable<Timestamptz>, _>(wanted.until)
        .bind::<BigInt, _>(most)
        .load(conn)
        .await
}

/// Forgets addresses of entries before that instant.
pub async fn forget_addresses(conn: &mut AsyncPgConnection, before: DateTime<Utc>) -> QueryResult<usize> {
    diesel::sql_query("DELETE FROM journal_addresses n USING journal j WHERE j.id = n.journal_id AND j.at < $1")
        .bind::<Timestamptz, _>(before)
        .execute(conn)
        .await
}
