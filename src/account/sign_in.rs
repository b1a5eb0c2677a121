//! Who is asking: the session behind a request, and the steps in and out of it.
//!
//! The cookie holds a random token of 256 bits and nothing else; the table holds its hash. A new one is made at each
//! sign-in, and again with the second factor (PROMISES V7): between password and code there is a half session, in a table
//! and under a cookie of its own, which opens nothing.
//!
//! **Tries** (PROMISES 6.1.1): a client tries five times at once and then once each twelve seconds, an address is tried
//! thirty times a minute, whoever tries and whether it has an account or not (`handlers`, in memory). From the fifth
//! failure in a row each waits longer than the one before, from a second to five minutes at the most: nobody is locked out
//! for ever. What is refused meanwhile doesn't lengthen it. A browser that its owner has signed in with before is counted
//! apart, by a signed cookie: whoever tries the address from elsewhere doesn't keep its owner out. Codes are counted
//! likewise.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, Duration, Utc};
use diesel_async::AsyncConnection;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::device::Device;
use super::mails::{self, Notice};
use super::model::Person;
use super::second_factor::{self, Given, SetUp};
use super::{password, query};
use crate::ids::AccountId;
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::mail::Address;
use crate::kit::secret::random_token;
use crate::kit::web::error::WebError;
use crate::kit::web::limit;

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// So many are signing in that this one cannot be checked now.
    #[error("too many at once")]
    Crowded,
    /// Too many failed tries in a row: again in so many seconds.
    #[error("too many failed tries")]
    Wait(u64),
    /// Address and password do not go together; which of them is wrong is not said.
    #[error("this address and password do not go together")]
    Wrong,
    /// The code is wrong, or was taken before.
    #[error("this code is not right")]
    WrongCode,
    /// Nobody is between password and code here, or no longer.
    #[error("the password was not given here")]
    NoHalf,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] crate::kit::db::Busy),
    /// Checking was interrupted.
    #[error("interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl From<SignInError> for WebError {
    fn from(error: SignInError) -> Self {
        match error {
            SignInError::Crowded => WebError::TooMany { retry_after_s: 5 },
            SignInError::Wait(retry_after_s) => WebError::TooMany { retry_after_s },
            SignInError::Wrong | SignInError::WrongCode => WebError::Forbidden,
            SignInError::NoHalf => WebError::SignedOut,
            SignInError::Db(error) => error.into(),
            SignInError::Busy(busy) => busy.into(),
            SignInError::Interrupted(error) => WebError::Internal(error.into()),
        }
    }
}

/// How far somebody came with their password. The tokens are for cookies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// In.
    Whole {
        /// Of the session.
        token: String,
    },
    /// The second factor is asked next.
    Half {
        /// Of the half session.
        token: String,
        /// Whether it has to be set up first.
        set_up: bool,
    },
}

/// Failed tries in a row before the next one has to wait.
const FREE_TRIES: i32 = 5;
/// The longest that it has to.
const LONGEST_WAIT_S: i64 = 300;

/// How long after its last failure a key may be tried again.
fn delay(failures: i32) -> Duration {
    match failures - FREE_TRIES {
        below if below < 0 => Duration::zero(),
        over => Duration::seconds(1_i64.checked_shl(over.min(20) as u32).unwrap_or(LONGEST_WAIT_S).min(LONGEST_WAIT_S)),
    }
}

async fn may_try(conn: &mut diesel_async::AsyncPgConnection, key: &[u8], at: DateTime<Utc>) -> Result<(), SignInError> {
    let Some((failures, last_at)) = query::tries(conn, key).await? else { return Ok(()) };
    let left = last_at + delay(failures) - at;
    if left > Duration::zero() { Err(SignInError::Wait(left.num_seconds().max(0) as u64 + 1)) } else { Ok(()) }
}

/// Under what the tries of an address are counted; `known` is the nonce of a browser that signed in to it before.
pub fn tries_key(ctx: &Context, email: &str, known: Option<&str>) -> Vec<u8> {
    match known {
        Some(nonce) => ctx.secret.keyed_hash("sign-in.device", nonce),
        None => ctx.secret.keyed_hash("sign-in", &email.trim().to_lowercase()),
    }
}

/// Checks address and password. Takes the same time whether the address is known or not.
pub async fn sign_in(
    ctx: &Context,
    device: &Device,
    tries_key: &[u8],
    email: &str,
    given: &str,
) -> Result<Entered, SignInError> {
    // What is no address is looked up all the same, as one that nobody has: the same work for everybody.
    let email = Address::parse(email).map_or_else(|_| String::new(), |email| email.as_str().to_lowercase());
    // The connection is given back before the hashing, which takes longer than a hundred pages.
    let found = {
        let mut conn = ctx.conn().await?;
        let at = clock::now(&mut conn).await?;
        may_try(&mut conn, tries_key, at).await?;
        query::by_email(&mut conn, &email).await?
    };
    let (person, stored) = found.map_or((None, None), |(person, hash)| (Some(person), hash));
    let right = verify(stored.clone(), given.to_owned()).await?;
    let mut conn = ctx.conn().await?;
    let Some(person) = person.as_ref().filter(|_| right).cloned() else {
        let id = person.map(|person| person.id.0);
        let at = clock::now(&mut conn).await?;
        query::count_try(&mut conn, tries_key, at).await?;
        let entry = Entry::refused("account.sign_in_refused", "account", id);
        journal::record(&mut conn, Actor::Visitor("sign-in", device.from), [entry]).await?;
        return Err(SignInError::Wrong);
    };
    if let Some(old) = stored.filter(|old| password::is_outdated(old)) {
        let given = given.to_owned();
        let new = tokio::task::spawn_blocking(move || password::hash(&given)).await?;
        // One that is shorter than ours are today keeps its hash.
        if let Ok(new) = new {
            query::renew_hash(&mut conn, person.id, &old, &new).await?;
        }
    }
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        query::forget_tries(conn, tries_key).await?;
        let totp = query::lock_totp(conn, person.id).await?;
        let token = random_token();
        let set_up = totp.totp_confirmed_at.is_none();
        if !set_up || person.role.needs_second_factor(ctx.settings.second_factor) {
            query::insert_half(conn, &hash(&token), person.id, at).await?;
            return Ok(Entered::Half { token, set_up });
        }
        begin_session(conn, &token, person.id, device, None, at).await?;
        Ok(Entered::Whole { token })
    })
    .await
}

/// Whether a password is theirs: what is asked before an account is changed. Counted like tries at the door.
pub async fn prove(ctx: &Context, person: &Person, given: &str) -> Result<(), SignInError> {
    let key = ctx.secret.keyed_hash("sign-in.proof", &person.id.to_string());
    let (stored, at) = {
        let mut conn = ctx.conn().await?;
        let at = clock::now(&mut conn).await?;
        may_try(&mut conn, &key, at).await?;
        (query::password_hash(&mut conn, person.id).await?, at)
    };
    let right = verify(stored, given.to_owned()).await?;
    let mut conn = ctx.conn().await?;
    if !right {
        query::count_try(&mut conn, &key, at).await?;
        let entry = Entry::refused("account.proof_refused", "account", Some(person.id.0));
        journal::record(&mut conn, person.actor(), [entry]).await?;
        return Err(SignInError::Wrong);
    }
    query::forget_tries(&mut conn, &key).await?;
    if let Some(session) = person.session_id() {
        query::set_proved(&mut conn, session, at).await?;
    }
    Ok(())
}

async fn verify(stored: Option<String>, given: String) -> Result<bool, SignInError> {
    let turn = turn().await?;
    let right = tokio::task::spawn_blocking(move || password::verify(stored.as_deref(), &given)).await?;
    drop(turn);
    Ok(right)
}

async fn begin_session(
    conn: &mut diesel_async::AsyncPgConnection,
    token: &str,
    id: AccountId,
    device: &Device,
    second_factor: Option<&str>,
    at: DateTime<Utc>,
) -> diesel::QueryResult<()> {
    query::insert_session(conn, &hash(token), id, device, second_factor.is_some(), at).await?;
    let entry = Entry::new("account.signed_in", "account", id.0).with(json!({ "second_factor": second_factor }));
    journal::record(conn, Actor::Account(id, Some(device.from)), [entry]).await
}

/// Wrong codes that one half session takes.
const HALF_TRIES: i16 = 5;

/// The second step: a code of the authenticator or a recovery code makes a whole session of the half one. Gives its token,
/// and the address of its account.
pub async fn give_code(
    ctx: &Context,
    device: &Device,
    half: &str,
    code: &str,
) -> Result<(String, String), SignInError> {
    let mut conn = ctx.conn().await?;
    // What failed is counted, so the transaction ends well either way.
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let Some((id, tries)) = query::half(conn, &hash(half), at).await? else { return Ok(Err(SignInError::NoHalf)) };
        let key = ctx.secret.keyed_hash("sign-in.code", &id.to_string());
        if let Err(wait) = may_try(conn, &key, at).await {
            return Ok(Err(wait));
        }
        let account = query::account(conn, id).await?.filter(|account| account.disabled_at.is_none());
        let Some(account) = account else { return Ok(Err(SignInError::NoHalf)) };
        let Some(given) = second_factor::give_within(ctx, conn, id, code, at).await? else {
            query::count_try(conn, &key, at).await?;
            query::count_half_try(conn, &hash(half)).await?;
            let entry = Entry::refused("account.code_refused", "account", Some(id.0));
            journal::record(conn, Actor::Visitor("sign-in", device.from), [entry]).await?;
            if tries + 1 >= HALF_TRIES {
                // Whoever comes this far knows the password.
                query::delete_half(conn, &hash(half)).await?;
                mails::notice_within(ctx, conn, id, None, Notice::CodesRefused, at).await?;
                return Ok(Err(SignInError::NoHalf));
            }
            return Ok(Err(SignInError::WrongCode));
        };
        query::forget_tries(conn, &key).await?;
        query::delete_half(conn, &hash(half)).await?;
        let by = match given {
            Given::Code => "code",
            Given::Recovery => {
                mails::notice_within(ctx, conn, id, None, Notice::RecoveryCodeUsed, at).await?;
                "recovery code"
            }
        };
        let token = random_token();
        begin_session(conn, &token, id, device, Some(by), at).await?;
        Ok::<_, SignInError>(Ok((token, account.email)))
    })
    .await?
}

/// What a half session shows next: nothing where the authenticator is asked, or how one is set up.
pub async fn half_set_up(ctx: &Context, half: &str) -> Result<Option<SetUp>, SignInError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let (id, _) = query::half(conn, &hash(half), at).await?.ok_or(SignInError::NoHalf)?;
        let account = query::account(conn, id).await?.ok_or(SignInError::NoHalf)?;
        Ok(second_factor::begin_within(ctx, conn, &account).await?)
    })
    .await
}

/// The first code of an authenticator that has to be there before anything else: a whole session of that person, with its
/// token, the address of the account, and the recovery codes.
pub async fn confirm_half_set_up(
    ctx: &Context,
    device: &Device,
    half: &str,
    code: &str,
) -> Result<(Person, String, String, Vec<String>), SignInError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let (id, _) = query::half(conn, &hash(half), at).await?.ok_or(SignInError::NoHalf)?;
        let account = query::account(conn, id).await?.filter(|account| account.disabled_at.is_none());
        let account = account.ok_or(SignInError::NoHalf)?;
        let Some(codes) = second_factor::confirm_within(ctx, conn, id, code, at).await? else {
            return Err(SignInError::WrongCode);
        };
        query::delete_half(conn, &hash(half)).await?;
        let entry = Entry::new("account.second_factor_set_up", "account", id.0);
        journal::record(conn, Actor::Account(id, Some(device.from)), [entry]).await?;
        mails::notice_within(ctx, conn, id, None, Notice::SecondFactorOn, at).await?;
        let token = random_token();
        begin_session(conn, &token, id, device, Some("code"), at).await?;
        let person = query::by_session(conn, &hash(&token), ctx.settings.second_factor, device.from, at, true).await?;
        Ok((person.ok_or(SignInError::NoHalf)?, token, account.email, codes))
    })
    .await
}

/// How many passwords are checked at the same time: each takes 64 MiB and a core for a tenth of a second.
const AT_ONCE: usize = 2;
/// How many may wait for it; whoever comes after them is asked to come back.
const WAITING: usize = 16;

static TURNS: Semaphore = Semaphore::const_new(AT_ONCE);
static PLACES: Semaphore = Semaphore::const_new(AT_ONCE + WAITING);

/// A turn at checking a password, held while it lasts.
async fn turn() -> Result<(SemaphorePermit<'static>, SemaphorePermit<'static>), SignInError> {
    let place = PLACES.try_acquire().map_err(|_| SignInError::Crowded)?;
    let turn = TURNS.acquire().await.map_err(|_| SignInError::Crowded)?;
    Ok((turn, place))
}

/// Ends the session of a browser that signs in anew (PROMISES 7.2.4).
pub async fn forget(ctx: &Context, token: &str) -> Result<(), SignInError> {
    query::delete_session(&mut *ctx.conn().await?, &hash(token)).await?;
    Ok(())
}

/// Ends the session of that token.
pub async fn sign_out(ctx: &Context, person: &Person, token: &str) -> Result<(), SignInError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        query::delete_session(conn, &hash(token)).await?;
        journal::record(conn, person.actor(), [Entry::new("account.signed_out", "account", person.id.0)]).await
    })
    .await?;
    Ok(())
}

/// Whose request it is, if anybody's: looked up once, at the first question.
pub async fn who(ctx: &Context, request: &HttpRequest) -> Result<Option<Person>, WebError> {
    if let Some(known) = request.extensions().get::<Option<Person>>() {
        return Ok(known.clone());
    }
    let person = match token(ctx, request) {
        Some(token) => {
            let mut conn = ctx.conn().await?;
            let at = clock::now(&mut conn).await?;
            let from = limit::client(request, &ctx.settings.trusted_proxies);
            let is_somebody = !comes_by_itself(request);
            query::by_session(&mut conn, &hash(&token), ctx.settings.second_factor, from, at, is_somebody).await?
        }
        None => None,
    };
    request.extensions_mut().insert(person.clone());
    Ok(person)
}

/// Whether a page that stands open asked, and not whoever sits before it: a stream of events, and what our scripts mark.
/// Otherwise no session would be idle beside an open board (PROMISES 7.3.1).
fn comes_by_itself(request: &HttpRequest) -> bool {
    let accepts = request.headers().get(actix_web::http::header::ACCEPT);
    request.headers().contains_key("x-by-itself")
        || accepts.is_some_and(|kinds| kinds.as_bytes().starts_with(b"text/event-stream"))
}

/// The token in the request's cookie.
pub fn token(ctx: &Context, request: &HttpRequest) -> Option<String> {
    kept(ctx, request, Kept::Session)
}

/// How many days a form works: it may stand open over a long week-end.
const FORM_DAYS: i64 = 7;

/// What a form must bring back, and another site cannot know (PROMISES 3.5.1): a keyed hash of the account and the day.
///
/// It belongs to the account and not to its session, so that a text which stood open while the session ended can be sent
/// once its writer has signed in again. It opens nothing: a form wants a living session of that account as well, by a
/// cookie that other sites' forms don't bring along (`SameSite=Lax`), and to come from a page of ours (`own_site`).
pub fn form_token(ctx: &Context, person: &Person) -> String {
    let day = person.request.map_or(0, |request| day(request.at));
    format!("{day}.{}", data_encoding::BASE64URL_NOPAD.encode(&form_key(ctx, person, day)))
}

/// Whether a form brought a token of this person, of the last week.
pub fn is_own_form(ctx: &Context, person: &Person, brought: &str) -> bool {
    use subtle::ConstantTimeEq;
    let (Some(request), Some((issued, key))) = (person.request, brought.split_once('.')) else { return false };
    let today = day(request.at);
    let Some(issued) = issued.parse::<i64>().ok().filter(|issued| (today - FORM_DAYS..=today).contains(issued)) else {
        return false;
    };
    let right = data_encoding::BASE64URL_NOPAD.encode(&form_key(ctx, person, issued));
    right.as_bytes().ct_eq(key.as_bytes()).into()
}

fn form_key(ctx: &Context, person: &Person, day: i64) -> Vec<u8> {
    ctx.secret.keyed_hash("form", &format!("{}.{day}", person.id))
}

/// Days since 1970, in UTC.
fn day(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(86_400)
}

/// What is stored of a token.
pub(super) fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// `__Host-` binds the cookie to this host and to TLS (RFC 6265bis §4.1.3); a development site without TLS goes without.
fn cookie_name(settings: &Settings, what: Kept) -> &'static str {
    match (what, settings.is_https()) {
        (Kept::Session, true) => "__Host-session",
        (Kept::Session, false) => "session",
        (Kept::Half, true) => "__Host-half",
        (Kept::Half, false) => "half",
        (Kept::Device, true) => "__Host-device",
        (Kept::Device, false) => "device",
    }
}

/// What a browser keeps for us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// The token of a session, as long as the browser is open.
    Session,
    /// Of a half session.
    Half,
    /// That somebody signed in with this browser before, for half a year.
    Device,
}

/// The token that a request's cookie of that kind holds.
pub fn kept(ctx: &Context, request: &HttpRequest, what: Kept) -> Option<String> {
    request.cookie(cookie_name(&ctx.settings, what)).map(|cookie| cookie.value().to_owned())
}

/// The cookie that keeps a token.
pub fn cookie(settings: &Settings, what: Kept, token: &str) -> Cookie<'static> {
    let mut cookie = Cookie::build(cookie_name(settings, what), token.to_owned())
        .path("/")
        .secure(settings.is_https())
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish();
    if what == Kept::Device {
        cookie.set_max_age(actix_web::cookie::time::Duration::days(180));
    }
    cookie
}

/// Takes the cookie away.
pub fn no_cookie(settings: &Settings, what: Kept) -> Cookie<'static> {
    let mut cookie = cookie(settings, what, "");
    cookie.make_removal();
    cookie
}

/// What marks a browser as known to the owner of that address.
pub fn device_token(ctx: &Context, email: &str) -> String {
    ctx.secret.sign("device", &(device_mark(ctx, email), random_token()))
}

/// The nonce of a browser that its owner signed in with before, if it is one of that address.
pub fn known_device(ctx: &Context, request: &HttpRequest, email: &str) -> Option<String> {
    let (mark, nonce): (String, String) = ctx.secret.verify("device", &kept(ctx, request, Kept::Device)?)?;
    (mark == device_mark(ctx, email)).then_some(nonce)
}

/// Tells addresses apart without saying them.
fn device_mark(ctx: &Context, email: &str) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&ctx.secret.keyed_hash("device", &email.trim().to_lowercase())[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_fails_waits_longer_each_time_and_never_for_ever() {
        let waits: Vec<i64> = (0..40).map(|failures| delay(failures).num_seconds()).collect();
        assert_eq!(waits[..9], [0, 0, 0, 0, 0, 1, 2, 4, 8]);
        assert!(waits.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(waits[39], LONGEST_WAIT_S);
        assert_eq!(delay(i32::MAX).num_seconds(), LONGEST_WAIT_S);
    }
}
