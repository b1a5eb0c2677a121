//! Every SQL statement on accounts, sessions, mailed links and second factors.

use chrono::{DateTime, Duration, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Integer, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::device::Device;
use super::model::{Account, Asked, Person, Purpose, Role, Session};
use crate::ids::{AccountId, InstitutionId};
use crate::kit::config::SecondFactor;
use crate::kit::lang::Lang;
use crate::schema::{account_links, accounts, half_sessions, recovery_codes, sessions, sign_in_tries};

/// A session ends after this long without a request (PROMISES V7).
pub const IDLE: Duration = Duration::minutes(30);
/// And after this long whatever happens.
pub const ABSOLUTE: Duration = Duration::hours(12);
/// How long the typed password counts for what changes an account.
pub const PROOF: Duration = Duration::minutes(10);
/// How long one may take between password and code.
pub const HALF: Duration = Duration::minutes(10);

type Row = (AccountId, String, Role, Option<InstitutionId>, Option<Lang>);

fn person((id, name, role, institution_id, lang): Row) -> Person {
    Person { id, name, role, institution_id, lang, request: None }
}

/// The account of that address, with its password's hash; disabled ones are not there.
pub async fn by_email(conn: &mut AsyncPgConnection, email: &str) -> QueryResult<Option<(Person, Option<String>)>> {
    let row: Option<(Row, Option<String>)> = accounts::table
        .filter(accounts::email.eq(email))
        .filter(accounts::disabled_at.is_null())
        .select((
            (accounts::id, accounts::name, accounts::role, accounts::institution_id, accounts::lang),
            accounts::password_hash,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(row, hash)| (person(row), hash)))
}

/// An account, disabled or not.
pub async fn account(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<Option<Account>> {
    accounts::table.find(id).select(Account::as_select()).first(conn).await.optional()
}

/// As [`account`], locked until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<Option<Account>> {
    accounts::table.find(id).for_update().select(Account::as_select()).first(conn).await.optional()
}

/// Which accounts a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Of that institution only.
    pub institution_id: Option<InstitutionId>,
    /// Of that role only.
    pub role: Option<Role>,
    /// With these letters in name or address.
    pub words: String,
    /// After the account of this name and id, for the next page.
    pub after: Option<(String, i64)>,
}

/// Accounts in the order of their names, at most `most`.
pub async fn list(conn: &mut AsyncPgConnection, listed: &Listed, most: i64) -> QueryResult<Vec<Account>> {
    let mut query = accounts::table.select(Account::as_select()).into_boxed();
    if let Some(institution) = listed.institution_id {
        query = query.filter(accounts::institution_id.eq(institution));
    }
    if let Some(role) = listed.role {
        query = query.filter(accounts::role.eq(role));
    }
    if !listed.words.is_empty() {
        let pattern = format!("%{}%", listed.words.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        query = query.filter(accounts::name.ilike(pattern.clone()).or(accounts::email.ilike(pattern)));
    }
    if let Some((name, id)) = &listed.after {
        query = query.filter(accounts::name.gt(name).or(accounts::name.eq(name).and(accounts::id.gt(AccountId(*id)))));
    }
    query.order((accounts::name, accounts::id)).limit(most).load(conn).await
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
    Ok(id.map(|id| person((id, name.to_owned(), role, institution_id, None))))
}

/// What rights on that account depend on.
pub async fn standing_of(
    conn: &mut AsyncPgConnection,
    id: AccountId,
) -> QueryResult<Option<(Role, Option<InstitutionId>)>> {
    accounts::table.find(id).select((accounts::role, accounts::institution_id)).first(conn).await.optional()
}

/// Another name and language.
pub async fn set_profile(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    name: &str,
    lang: Option<Lang>,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::name.eq(name), accounts::lang.eq(lang)))
        .execute(conn)
        .await
        .map(drop)
}

/// Another name, role and institution.
pub async fn set_standing(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    name: &str,
    role: Role,
    institution_id: Option<InstitutionId>,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::name.eq(name), accounts::role.eq(role), accounts::institution_id.eq(institution_id)))
        .execute(conn)
        .await
        .map(drop)
}

/// Closes the account at that instant, or opens it again.
pub async fn set_disabled(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    disabled_at: Option<DateTime<Utc>>,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::disabled_at.eq(disabled_at)).execute(conn).await.map(drop)
}

/// Another password.
pub async fn set_password(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    hash: &str,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((accounts::password_hash.eq(hash), accounts::password_set_at.eq(at)))
        .execute(conn)
        .await
        .map(drop)
}

/// The same password under today's parameters; nothing if it was changed meanwhile.
pub async fn renew_hash(conn: &mut AsyncPgConnection, id: AccountId, old: &str, new: &str) -> QueryResult<()> {
    diesel::update(accounts::table.find(id).filter(accounts::password_hash.eq(old)))
        .set(accounts::password_hash.eq(new))
        .execute(conn)
        .await
        .map(drop)
}

/// The stored hash of somebody's password.
pub async fn password_hash(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<Option<String>> {
    accounts::table.find(id).select(accounts::password_hash).first(conn).await
}

/// Another address; none if somebody else has it.
pub async fn set_email(conn: &mut AsyncPgConnection, id: AccountId, email: &str) -> QueryResult<bool> {
    // By a statement that sees the other one, for a broken constraint would end the caller's transaction.
    diesel::sql_query(
        "UPDATE accounts SET email = $2 WHERE id = $1
         AND NOT EXISTS (SELECT FROM accounts WHERE email = $2 AND id <> $1)",
    )
    .bind::<BigInt, _>(id)
    .bind::<diesel::sql_types::Text, _>(email)
    .execute(conn)
    .await
    .map(|changed| changed == 1)
}

// Sessions.

/// A new session, in which the password was typed at `at`.
pub async fn insert_session(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    id: AccountId,
    device: &Device,
    second_factor: bool,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token_hash),
            sessions::account_id.eq(id),
            sessions::created_at.eq(at),
            sessions::seen_at.eq(at),
            sessions::proved_at.eq(at),
            sessions::second_factor_at.eq(second_factor.then_some(at)),
            sessions::network.eq(device.from.to_string()),
            sessions::agent.eq(&device.agent),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Whose session it is, if it lives at `at`; and notes, at most once a minute, that they were seen, if `is_somebody` and
/// not a script that asks by itself. A session without a second factor of somebody who needs one is over, whatever they
/// needed when it began.
pub async fn by_session(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    policy: SecondFactor,
    from: std::net::IpAddr,
    at: DateTime<Utc>,
    is_somebody: bool,
) -> QueryResult<Option<Person>> {
    type Times = (i64, DateTime<Utc>, Option<DateTime<Utc>>, Option<DateTime<Utc>>, Option<DateTime<Utc>>);
    let row: Option<(Row, Times)> = sessions::table
        .inner_join(accounts::table.on(accounts::id.eq(sessions::account_id)))
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::seen_at.gt(at - IDLE))
        .filter(sessions::created_at.gt(at - ABSOLUTE))
        .filter(accounts::disabled_at.is_null())
        .select((
            (accounts::id, accounts::name, accounts::role, accounts::institution_id, accounts::lang),
            (
                sessions::id,
                sessions::seen_at,
                sessions::proved_at,
                sessions::second_factor_at,
                accounts::totp_confirmed_at,
            ),
        ))
        .first(conn)
        .await
        .optional()?;
    let Some((row, (session_id, seen_at, proved_at, second_factor_at, totp_confirmed_at))) = row else {
        return Ok(None);
    };
    let mut person = person(row);
    let needed = person.role.needs_second_factor(policy) || totp_confirmed_at.is_some();
    if needed && second_factor_at.is_none() {
        return Ok(None);
    }
    if is_somebody && at - seen_at > Duration::minutes(1) {
        diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(at)).execute(conn).await?;
    }
    person.request = Some(Asked { at, from, session_id, proved_at });
    Ok(Some(person))
}

/// Somebody's sessions that live at `at`, the last seen first.
pub async fn sessions_of(conn: &mut AsyncPgConnection, id: AccountId, at: DateTime<Utc>) -> QueryResult<Vec<Session>> {
    sessions::table
        .filter(sessions::account_id.eq(id))
        .filter(sessions::seen_at.gt(at - IDLE))
        .filter(sessions::created_at.gt(at - ABSOLUTE))
        .order((sessions::seen_at.desc(), sessions::id.desc()))
        .select(Session::as_select())
        .load(conn)
        .await
}

/// The password was typed again in that session.
pub async fn set_proved(conn: &mut AsyncPgConnection, session_id: i64, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(session_id)))
        .set(sessions::proved_at.eq(at))
        .execute(conn)
        .await
        .map(drop)
}

/// The second factor was given in that session.
pub async fn set_second_factor_given(
    conn: &mut AsyncPgConnection,
    session_id: i64,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(session_id)))
        .set(sessions::second_factor_at.eq(at))
        .execute(conn)
        .await
        .map(drop)
}

/// The session is over.
pub async fn delete_session(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<()> {
    diesel::delete(sessions::table.find(token_hash)).execute(conn).await.map(drop)
}

/// That session of theirs is over; whether there was one.
pub async fn delete_session_of(conn: &mut AsyncPgConnection, id: AccountId, session_id: i64) -> QueryResult<bool> {
    diesel::delete(sessions::table.filter(sessions::account_id.eq(id)).filter(sessions::id.eq(session_id)))
        .execute(conn)
        .await
        .map(|ended| ended > 0)
}

/// All of theirs are over, but for that one; half ones too. Gives how many whole ones ended.
pub async fn delete_sessions_of(conn: &mut AsyncPgConnection, id: AccountId, but: Option<i64>) -> QueryResult<usize> {
    diesel::delete(half_sessions::table.filter(half_sessions::account_id.eq(id))).execute(conn).await?;
    diesel::delete(sessions::table.filter(sessions::account_id.eq(id)).filter(sessions::id.ne(but.unwrap_or_default())))
        .execute(conn)
        .await
}

/// What ended by itself: sessions, half ones, links a month after their end, tries of yesterday.
pub async fn delete_old_sessions(conn: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<usize> {
    diesel::delete(half_sessions::table.filter(half_sessions::created_at.lt(at - HALF))).execute(conn).await?;
    diesel::delete(account_links::table.filter(account_links::expires_at.lt(at - Duration::days(30))))
        .execute(conn)
        .await?;
    diesel::delete(sign_in_tries::table.filter(sign_in_tries::last_at.lt(at - Duration::days(1))))
        .execute(conn)
        .await?;
    diesel::delete(sessions::table)
        .filter(sessions::seen_at.lt(at - IDLE).or(sessions::created_at.lt(at - ABSOLUTE)))
        .execute(conn)
        .await
}

// Between password and code.

/// A new half session.
pub async fn insert_half(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    id: AccountId,
    at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::insert_into(half_sessions::table)
        .values((
            half_sessions::token_hash.eq(token_hash),
            half_sessions::account_id.eq(id),
            half_sessions::created_at.eq(at),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// Whose half session it is, if it lives at `at`; locked, so that tries are counted one by one.
pub async fn half(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    at: DateTime<Utc>,
) -> QueryResult<Option<(AccountId, i16)>> {
    half_sessions::table
        .find(token_hash)
        .filter(half_sessions::created_at.gt(at - HALF))
        .select((half_sessions::account_id, half_sessions::tries))
        .for_update()
        .first(conn)
        .await
        .optional()
}

/// One more try in it.
pub async fn count_half_try(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<()> {
    diesel::update(half_sessions::table.find(token_hash))
        .set(half_sessions::tries.eq(half_sessions::tries + 1))
        .execute(conn)
        .await
        .map(drop)
}

/// It is over.
pub async fn delete_half(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<()> {
    diesel::delete(half_sessions::table.find(token_hash)).execute(conn).await.map(drop)
}

// The second factor.

/// What is known of somebody's authenticator.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = crate::schema::accounts)]
pub struct Totp {
    /// Sealed.
    pub totp_secret: Option<Vec<u8>>,
    /// None: being set up.
    pub totp_confirmed_at: Option<DateTime<Utc>>,
    /// The step of the last code that was taken.
    pub totp_last_step: Option<i64>,
}

/// Somebody's authenticator, locked until the transaction ends: of one code given twice at once, one counts.
pub async fn lock_totp(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<Totp> {
    accounts::table.find(id).for_update().select(Totp::as_select()).first(conn).await
}

/// A secret that is being set up.
pub async fn set_totp_secret(conn: &mut AsyncPgConnection, id: AccountId, sealed: &[u8]) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::totp_secret.eq(sealed)).execute(conn).await.map(drop)
}

/// It is set up.
pub async fn confirm_totp(conn: &mut AsyncPgConnection, id: AccountId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::totp_confirmed_at.eq(at)).execute(conn).await.map(drop)
}

/// A code of that step was taken.
pub async fn set_totp_step(conn: &mut AsyncPgConnection, id: AccountId, step: i64) -> QueryResult<()> {
    diesel::update(accounts::table.find(id)).set(accounts::totp_last_step.eq(step)).execute(conn).await.map(drop)
}

/// No authenticator any more, and no recovery codes.
pub async fn clear_totp(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<()> {
    diesel::update(accounts::table.find(id))
        .set((
            accounts::totp_secret.eq(None::<Vec<u8>>),
            accounts::totp_confirmed_at.eq(None::<DateTime<Utc>>),
            accounts::totp_last_step.eq(None::<i64>),
        ))
        .execute(conn)
        .await?;
    replace_recovery_codes(conn, id, &[]).await
}

/// These in the place of all before.
pub async fn replace_recovery_codes(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    hashes: &[Vec<u8>],
) -> QueryResult<()> {
    diesel::delete(recovery_codes::table.filter(recovery_codes::account_id.eq(id))).execute(conn).await?;
    let rows: Vec<_> =
        hashes.iter().map(|hash| (recovery_codes::account_id.eq(id), recovery_codes::code_hash.eq(hash))).collect();
    diesel::insert_into(recovery_codes::table).values(rows).execute(conn).await.map(drop)
}

/// Takes a recovery code, one of whose hashes it is; whether it was there and unused.
pub async fn use_recovery_code(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    hashes: &[Vec<u8>],
    at: DateTime<Utc>,
) -> QueryResult<bool> {
    diesel::update(
        recovery_codes::table
            .filter(recovery_codes::account_id.eq(id))
            .filter(recovery_codes::code_hash.eq_any(hashes))
            .filter(recovery_codes::used_at.is_null()),
    )
    .set(recovery_codes::used_at.eq(at))
    .execute(conn)
    .await
    .map(|used| used == 1)
}

/// How many recovery codes are left.
pub async fn recovery_codes_left(conn: &mut AsyncPgConnection, id: AccountId) -> QueryResult<i64> {
    recovery_codes::table
        .filter(recovery_codes::account_id.eq(id))
        .filter(recovery_codes::used_at.is_null())
        .count()
        .get_result(conn)
        .await
}

// Mailed links.

/// A new link, in the place of those of its purpose that were not used; nothing if it is there already.
pub async fn insert_link(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    id: AccountId,
    purpose: Purpose,
    email: &str,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> QueryResult<()> {
    diesel::update(
        account_links::table
            .filter(account_links::account_id.eq(id))
            .filter(account_links::purpose.eq(purpose))
            .filter(account_links::used_at.is_null())
            .filter(account_links::token_hash.ne(token_hash)),
    )
    .set(account_links::used_at.eq(at))
    .execute(conn)
    .await?;
    diesel::insert_into(account_links::table)
        .values((
            account_links::token_hash.eq(token_hash),
            account_links::account_id.eq(id),
            account_links::purpose.eq(purpose),
            account_links::email.eq(email),
            account_links::created_at.eq(at),
            account_links::expires_at.eq(expires_at),
        ))
        .on_conflict_do_nothing()
        .execute(conn)
        .await
        .map(drop)
}

/// How many links of that purpose the account was sent since then.
pub async fn links_since(
    conn: &mut AsyncPgConnection,
    id: AccountId,
    purpose: Purpose,
    since: DateTime<Utc>,
) -> QueryResult<i64> {
    account_links::table
        .filter(account_links::account_id.eq(id))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::created_at.gt(since))
        .count()
        .get_result(conn)
        .await
}

/// Whose link it is and to which address it went, if it can be used at `at` and its account is open.
pub async fn link(
    conn: &mut AsyncPgConnection,
    token_hash: &[u8],
    purpose: Purpose,
    at: DateTime<Utc>,
) -> QueryResult<Option<(Account, String)>> {
    account_links::table
        .inner_join(accounts::table.on(accounts::id.eq(account_links::account_id)))
        .filter(account_links::token_hash.eq(token_hash))
        .filter(account_links::purpose.eq(purpose))
        .filter(account_links::used_at.is_null())
        .filter(account_links::expires_at.gt(at))
        .filter(accounts::disabled_at.is_null())
        .select((Account::as_select(), account_links::email))
        .first(conn)
        .await
        .optional()
}

/// Uses the link up; whether it was still there to be used. Two at once: one.
pub async fn use_link(conn: &mut AsyncPgConnection, token_hash: &[u8], at: DateTime<Utc>) -> QueryResult<bool> {
    diesel::update(account_links::table.find(token_hash).filter(account_links::used_at.is_null()))
        .set(account_links::used_at.eq(at))
        .execute(conn)
        .await
        .map(|used| used == 1)
}

/// All links of theirs are used up.
pub async fn void_links(conn: &mut AsyncPgConnection, id: AccountId, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::update(
        account_links::table.filter(account_links::account_id.eq(id)).filter(account_links::used_at.is_null()),
    )
    .set(account_links::used_at.eq(at))
    .execute(conn)
    .await
    .map(drop)
}

// Failed tries.

/// How many failed in a row under that key, and when the last one did.
pub async fn tries(conn: &mut AsyncPgConnection, key: &[u8]) -> QueryResult<Option<(i32, DateTime<Utc>)>> {
    sign_in_tries::table
        .find(key)
        .select((sign_in_tries::failures, sign_in_tries::last_at))
        .first(conn)
        .await
        .optional()
}

/// One more failed.
pub async fn count_try(conn: &mut AsyncPgConnection, key: &[u8], at: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO sign_in_tries (key, failures, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (key) DO UPDATE SET failures = least(sign_in_tries.failures + 1, $3), last_at = $2",
    )
    .bind::<Binary, _>(key)
    .bind::<Timestamptz, _>(at)
    .bind::<Integer, _>(1_000_000)
    .execute(conn)
    .await
    .map(drop)
}

/// One succeeded.
pub async fn forget_tries(conn: &mut AsyncPgConnection, key: &[u8]) -> QueryResult<()> {
    diesel::delete(sign_in_tries::table.find(key)).execute(conn).await.map(drop)
}

/// Until when a link can be used.
pub async fn link_expires_at(conn: &mut AsyncPgConnection, token_hash: &[u8]) -> QueryResult<DateTime<Utc>> {
    account_links::table.find(token_hash).select(account_links::expires_at).first(conn).await
}

/// Whoever runs the site.
pub async fn admins(conn: &mut AsyncPgConnection) -> QueryResult<Vec<AccountId>> {
    of_role(conn, Role::Admin).await
}

/// Those of that role who may sign in, in no order that means anything.
pub async fn of_role(conn: &mut AsyncPgConnection, role: Role) -> QueryResult<Vec<AccountId>> {
    accounts::table
        .filter(accounts::role.eq(role))
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
