//! Every SQL statement on accounts and sessions.

use chrono::{DateTime, Duration, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Person, Role};
use crate::ids::{AccountId, InstitutionId};
use crate::kit::lang::Lang;
use crate::schema::{accounts, sessions};

/// A session ends after this long without a request (PROMISES V7).
pub const IDLE: Duration = Duration::minutes(30);
/// And after this long whatever happens.
pub const ABSOLUTE: Duration = Duration::hours(12);

type Row = (AccountId, String, Role, Option<InstitutionId>);

fn person((id, name, role, institution_id): Row) -> Person {
    Person { id, name, role, institution_id, request: None }
}

/// The account of that address, with its password's hash; disabled ones are not there.
pub async fn by_email(conn: &mut AsyncPgConnection, email: &str) -> QueryResult<Option<(Person, Option<String>)>> {
    let row: Option<(Row, Option<String>)> = accounts::table
        .filter(accounts::email.eq(email))
        .filter(accounts::disabled_at.is_null())
        .select(((accounts::id, accounts::name, accounts::role, accounts::institution_id), accounts::password_hash))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(row, hash)| (person(row), hash)))
}

/// A new account; none if the address has one.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    email: &str,
    name: &str,
    role: Role,
    institution_id: Option<InstitutionId>,
    password_hash: Option<&str>,
) -> QueryResult<Option<Person>> {
    let id: Option<AccountId> = diesel::insert_into(accounts::table)
        .values((
            accounts::email.eq(email),
            accounts::name.eq(name),
            accounts::role.eq(role),
            accounts::institution_id.eq(institution_id),
            accounts::password_hash.eq(password_hash),
        ))
        .on_conflict_do_nothing()
        .returning(accounts::id)
        .get_result(conn)
        .await
        .optional()?;
    Ok(id.map(|id| Person { id, name: name.to_owned(), role, institution_id, request: None }))
}

/// A new session.
pub async fn insert_session(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    id: AccountId,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token_hash),
            sessions::account_id.eq(id),
            sessions::created_at.eq(at),
            sessions::seen_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Whose session it is, if it lives at `at`; and notes, at most once a minute, that they were seen.
pub async fn by_session(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> QueryResult<Option<Person>> {
    let row: Option<(Row, DateTime<Utc>)> = sessions::table
        .inner_join(accounts::table.on(accounts::id.eq(sessions::account_id)))
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::seen_at.gt(at - IDLE))
        .filter(sessions::created_at.gt(at - ABSOLUTE))
        .filter(accounts::disabled_at.is_null())
        .select(((accounts::id, accounts::name, accounts::role, accounts::institution_id), sessions::seen_at))
        .first(conn)
        .await
        .optional()?;
    let Some((row, seen_at)) = row else { return Ok(None) };
    if at - seen_at > Duration::minutes(1) {
        diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(at)).execute(conn).await?;
    }
    Ok(Some(person(row)))
}

/// The session is over.
pub async fn delete_session(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<()> {
    diesel::delete(sessions::table.find(token_hash)).execute(conn).await.map(drop)
}

/// Sessions that ended by themselves.
pub async fn delete_old_sessions(conn: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(sessions::table)
        .filter(sessions::seen_at.lt(at - IDLE).or(sessions::created_at.lt(at - ABSOLUTE)))
        .execute(conn)
        .await
}

/// What rights on that account depend on.
pub async fn standing_of(
    conn: &mut AsyncPgConnection,
    id: AccountId,
) -> QueryResult<Option<(Role, Option<InstitutionId>)>> {
    accounts::table.find(id).select((accounts::role, accounts::institution_id)).first(conn).await.optional()
}

/// Whoever runs the site.
pub async fn admins(conn: &mut AsyncPgConnection) -> QueryResult<Vec<AccountId>> {
    accounts::table
        .filter(accounts::role.eq(Role::Admin))
        .filter(accounts::disabled_at.is_null())
        .order(accounts::id)
        .select(accounts::id)
        .load(conn)
        .await
}

/// Where an account gets its mail, and in which language if it chose one.
pub async fn mailbox_of(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<Option<(String, Option<Lang>)>> {
    accounts::table
        .find(id)
        .filter(accounts::disabled_at.is_null())
        .select((accounts::email, accounts::lang))
        .first(conn)
        .await
        .optional()
}
