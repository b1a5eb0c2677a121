//! Who is asking: the session behind a request, and the steps in and out of it.
//!
//! The cookie holds a random token of 256 bits and nothing else; the table holds its hash. A new one is made at each
//! sign-in (PROMISES V7).

use std::net::IpAddr;

use actix_web::cookie::{Cookie, SameSite};
use actix_web::{HttpMessage, HttpRequest};
use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;
use sha2::{Digest, Sha256};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::model::{Asked, Person};
use super::{password, query};
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
    /// Address and password do not go together; which of them is wrong is not said.
    #[error("this address and password do not go together")]
    Wrong,
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

/// Checks address and password; gives the token for the cookie. Takes the same time whether the address is known or not.
pub async fn sign_in(ctx: &Context, from: IpAddr, email: &str, given: &str) -> Result<(Person, String), SignInError> {
    // What is no address is looked up all the same, as one that nobody has: the same work for everybody.
    let email = Address::parse(email).map_or_else(|_| String::new(), |email| email.as_str().to_lowercase());
    let turn = turn().await?;
    // The connection is given back before the hashing, which takes longer than a hundred pages.
    let found = query::by_email(&mut *ctx.conn().await?, &email).await?;
    let (person, stored) = found.map_or((None, None), |(person, hash)| (Some(person), hash));
    let given = given.to_owned();
    let right = tokio::task::spawn_blocking(move || password::verify(stored.as_deref(), &given)).await?;
    drop(turn);
    let mut conn = ctx.conn().await?;
    let Some(person) = person.as_ref().filter(|_| right).cloned() else {
        let id = person.map(|person| person.id.0);
        journal::record(
            &mut conn,
            Actor::Visitor("sign-in", from),
            [Entry::refused("account.sign_in_refused", "account", id)],
        )
        .await?;
        return Err(SignInError::Wrong);
    };
    let token = random_token();
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        query::insert_session(conn, &hash(&token), person.id, at).await?;
        journal::record(
            conn,
            Actor::Account(person.id, Some(from)),
            [Entry::new("account.signed_in", "account", person.id.0)],
        )
        .await
    })
    .await?;
    Ok((person, token))
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
            let mut person = query::by_session(&mut conn, &hash(&token), at).await?;
            if let Some(person) = &mut person {
                person.request = Some(Asked { at, from: limit::client(request, &ctx.settings.trusted_proxies) });
            }
            person
        }
        None => None,
    };
    request.extensions_mut().insert(person.clone());
    Ok(person)
}

/// The token in the request's cookie.
pub fn token(ctx: &Context, request: &HttpRequest) -> Option<String> {
    request.cookie(cookie_name(&ctx.settings)).map(|cookie| cookie.value().to_owned())
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

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// `__Host-` binds the cookie to this host and to TLS (RFC 6265bis §4.1.3); a development site without TLS goes without.
fn cookie_name(settings: &Settings) -> &'static str {
    if settings.is_https() { "__Host-session" } else { "session" }
}

/// The cookie that carries the token for the length of the browser's session.
pub fn cookie(settings: &Settings, token: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(settings), token.to_owned())
        .path("/")
        .secure(settings.is_https())
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

/// Takes the cookie away.
pub fn no_cookie(settings: &Settings) -> Cookie<'static> {
    let mut cookie = cookie(settings, "");
    cookie.make_removal();
    cookie
}
