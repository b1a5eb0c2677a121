//! What somebody does to their own account: by a mailed link before they are in, and from their account's page.
//!
//! What opens the door (password, address, second factor) wants the password typed within the last ten minutes, ends what
//! it should end, and is told to its owner by mail.

use actix_web::HttpResponse;
use diesel_async::AsyncConnection;
use serde_json::json;

use super::mails::{self, Notice};
use super::model::{Account, Person, Purpose};
use super::password::{self, PasswordError};
use super::query;
use super::second_factor::{self, SetUp};
use super::sign_in::{self, SignInError};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::web::error::WebError;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// Not a link of ours, used, too old, or of a closed account.
    #[error("a link that opens nothing")]
    Void,
    /// The password was not typed within the last ten minutes.
    #[error("the password has to be typed again")]
    Unproved,
    /// The password cannot be taken.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// The present password is not that one.
    #[error(transparent)]
    Proof(SignInError),
    /// The code is wrong.
    #[error("a wrong code")]
    Code,
    /// Not an address that can be written to.
    #[error("not a mail address")]
    Address,
    /// A name is something.
    #[error("a name is missing")]
    Name,
    /// An authenticator is there, or is not.
    #[error("nothing to do")]
    Nothing,
    /// Somebody else has the address by now.
    #[error("this address has an account already")]
    Taken,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] crate::kit::db::Busy),
    /// Hashing was interrupted.
    #[error("interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

impl From<OwnError> for WebError {
    fn from(error: OwnError) -> Self {
        match error {
            OwnError::Void => WebError::NotFound,
            OwnError::Proof(error) => error.into(),
            OwnError::Db(error) => error.into(),
            OwnError::Busy(busy) => busy.into(),
            OwnError::Password(PasswordError::Hash) | OwnError::Interrupted(_) => WebError::Internal(error.into()),
            refused => WebError::Conflict(Box::new(refused)),
        }
    }
}

/// The longest name, in characters.
pub const NAME_MAX: usize = 120;

/// A name as it is kept: without blanks around it, on one line.
pub fn name(typed: &str) -> Option<String> {
    let name = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let name = name.collect::<Vec<_>>().join(" ");
    (!name.is_empty() && name.chars().count() <= NAME_MAX).then_some(name)
}

/// Whose link it is, and the address that it proves. Changes nothing: programs open links before people do.
pub async fn look(ctx: &Context, purpose: Purpose, token: &str) -> Result<(Account, String), OwnError> {
    let mut conn = ctx.conn().await?;
    let at = clock::now(&mut conn).await?;
    query::link(&mut conn, &sign_in::hash(token), purpose, at).await?.ok_or(OwnError::Void)
}

/// Chooses the password of an invitation or in the place of a forgotten one. It signs nobody in: the door asks for it, and
/// for the second factor, like every time (PROMISES 6.4.3). All sessions before end.
pub async fn choose_password(
    ctx: &Context,
    from: std::net::IpAddr,
    purpose: Purpose,
    token: &str,
    new: &str,
) -> Result<Account, OwnError> {
    let (account, email) = look(ctx, purpose, token).await?;
    password::check(new, &account.own_words())?;
    let hash = hashed(new).await?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let account = query::lock(conn, account.id).await?.ok_or(OwnError::Void)?;
        // A link to an address that is theirs no longer proves nothing.
        if account.email != email || account.disabled_at.is_some() {
            return Err(OwnError::Void);
        }
        if !query::use_link(conn, &sign_in::hash(token), at).await? {
            return Err(OwnError::Void);
        }
        query::void_links(conn, account.id, at).await?;
        query::set_password(conn, account.id, &hash, at).await?;
        query::delete_sessions_of(conn, account.id, None).await?;
        let action = match purpose {
            Purpose::Invitation => "account.invitation_taken",
            _ => "account.password_reset",
        };
        let entry = Entry::new(action, "account", account.id.0);
        journal::record(conn, Actor::Account(account.id, Some(from)), [entry]).await?;
        if purpose == Purpose::NewPassword {
            mails::notice_within(ctx, conn, account.id, None, Notice::Password, at).await?;
        }
        Ok(account)
    })
    .await
}

async fn hashed(new: &str) -> Result<String, OwnError> {
    let new = new.to_owned();
    Ok(tokio::task::spawn_blocking(move || password::hash(&new)).await??)
}

/// Changes the password from within. Their other sessions end, and links that were sent.
pub async fn change_password(ctx: &Context, by: &Person, current: &str, new: &str) -> Result<(), OwnError> {
    sign_in::prove(ctx, by, current).await.map_err(OwnError::Proof)?;
    let account = {
        let mut conn = ctx.conn().await?;
        query::account(&mut conn, by.id).await?.ok_or(OwnError::Void)?
    };
    password::check(new, &account.own_words())?;
    let hash = hashed(new).await?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        query::set_password(conn, by.id, &hash, at).await?;
        query::void_links(conn, by.id, at).await?;
        query::delete_sessions_of(conn, by.id, by.session_id()).await?;
        journal::record(conn, by.actor(), [Entry::new("account.password_changed", "account", by.id.0)]).await?;
        mails::notice_within(ctx, conn, by.id, None, Notice::Password, at).await?;
        Ok(())
    })
    .await
}

/// Changes name and language.
pub async fn change_profile(ctx: &Context, by: &Person, typed: &str, lang: Option<Lang>) -> Result<(), OwnError> {
    let name = name(typed).ok_or(OwnError::Name)?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        query::set_profile(conn, by.id, &name, lang).await?;
        let entry = Entry::new("account.profile_changed", "account", by.id.0)
            .with(json!({ "renamed": name != by.name, "lang": lang.map(Lang::code) }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Asks for another address: a link goes there, and only using it changes anything. An address that somebody has gets none,
/// and the same answer.
pub async fn ask_address(ctx: &Context, by: &Person, typed: &str) -> Result<(), OwnError> {
    if !by.has_proved() {
        return Err(OwnError::Unproved);
    }
    let email = Address::parse(typed).map_err(|_| OwnError::Address)?.as_str().to_lowercase();
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        journal::record(conn, by.actor(), [Entry::new("account.address_asked", "account", by.id.0)]).await?;
        if query::by_email(conn, &email).await?.is_none() {
            mails::link_within(ctx, conn, by.id, Purpose::Address, &email).await?;
        }
        Ok(())
    })
    .await
}

/// The new address is proved: from now on they sign in with it. The old one is told.
pub async fn confirm_address(ctx: &Context, from: std::net::IpAddr, token: &str) -> Result<(), OwnError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let hash = sign_in::hash(token);
        let (account, email) = query::link(conn, &hash, Purpose::Address, at).await?.ok_or(OwnError::Void)?;
        if !query::use_link(conn, &hash, at).await? {
            return Err(OwnError::Void);
        }
        if !query::set_email(conn, account.id, &email).await? {
            return Err(OwnError::Taken);
        }
        // Links to the old one open nothing any more.
        query::void_links(conn, account.id, at).await?;
        let entry = Entry::new("account.address_changed", "account", account.id.0);
        journal::record(conn, Actor::Account(account.id, Some(from)), [entry]).await?;
        mails::notice_within(ctx, conn, account.id, Some(&account.email), Notice::Email, at).await?;
        Ok(())
    })
    .await
}

/// Begins to set up an authenticator, or goes on.
pub async fn begin_second_factor(ctx: &Context, by: &Person) -> Result<SetUp, OwnError> {
    if !by.has_proved() {
        return Err(OwnError::Unproved);
    }
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let account = query::account(conn, by.id).await?.ok_or(OwnError::Void)?;
        second_factor::begin_within(ctx, conn, &account).await?.ok_or(OwnError::Nothing)
    })
    .await
}

/// Its first code: from now on it is asked at the door. Gives the recovery codes; their other sessions end.
pub async fn confirm_second_factor(ctx: &Context, by: &Person, code: &str) -> Result<Vec<String>, OwnError> {
    if !by.has_proved() {
        return Err(OwnError::Unproved);
    }
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let codes = second_factor::confirm_within(ctx, conn, by.id, code, at).await?.ok_or(OwnError::Code)?;
        if let Some(session) = by.session_id() {
            query::set_second_factor_given(conn, session, at).await?;
        }
        query::delete_sessions_of(conn, by.id, by.session_id()).await?;
        journal::record(conn, by.actor(), [Entry::new("account.second_factor_set_up", "account", by.id.0)]).await?;
        mails::notice_within(ctx, conn, by.id, None, Notice::SecondFactorOn, at).await?;
        Ok(codes)
    })
    .await
}

/// No authenticator any more; where one is asked of them, setting up the next is what signing in leads to.
pub async fn end_second_factor(ctx: &Context, by: &Person) -> Result<(), OwnError> {
    if !by.has_proved() {
        return Err(OwnError::Unproved);
    }
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        query::clear_totp(conn, by.id).await?;
        query::delete_sessions_of(conn, by.id, by.session_id()).await?;
        journal::record(conn, by.actor(), [Entry::new("account.second_factor_ended", "account", by.id.0)]).await?;
        mails::notice_within(ctx, conn, by.id, None, Notice::SecondFactorOff, at).await?;
        Ok(())
    })
    .await
}

/// New recovery codes; those before open nothing any more.
pub async fn renew_recovery_codes(ctx: &Context, by: &Person) -> Result<Vec<String>, OwnError> {
    if !by.has_proved() {
        return Err(OwnError::Unproved);
    }
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let at = clock::now(conn).await?;
        let account = query::lock(conn, by.id).await?.ok_or(OwnError::Void)?;
        if account.totp_confirmed_at.is_none() {
            return Err(OwnError::Nothing);
        }
        let codes = second_factor::renew_recovery_codes_within(ctx, conn, by.id).await?;
        journal::record(conn, by.actor(), [Entry::new("account.recovery_codes_renewed", "account", by.id.0)]).await?;
        mails::notice_within(ctx, conn, by.id, None, Notice::RecoveryCodesRenewed, at).await?;
        Ok(codes)
    })
    .await
}

/// Ends one of their sessions.
pub async fn end_session(ctx: &Context, by: &Person, session_id: i64) -> Result<(), OwnError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        if query::delete_session_of(conn, by.id, session_id).await? {
            journal::record(conn, by.actor(), [Entry::new("account.session_ended", "account", by.id.0)]).await?;
        }
        Ok(())
    })
    .await
}

/// Ends all of their sessions but the one that asks.
pub async fn end_other_sessions(ctx: &Context, by: &Person) -> Result<(), OwnError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let ended = query::delete_sessions_of(conn, by.id, by.session_id()).await?;
        let entry = Entry::new("account.sessions_ended", "account", by.id.0).with(json!({ "ended": ended }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// The recovery codes as a file of text; none if what was sent are no such codes.
pub fn recovery_file(codes: &str, title: &str) -> Option<HttpResponse> {
    let lines: Vec<&str> = codes.split_whitespace().collect();
    let are_codes = |code: &&str| code.len() == 19 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if lines.is_empty() || lines.len() > 20 || !lines.iter().all(are_codes) {
        return None;
    }
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("text/plain; charset=utf-8")
        .insert_header(("content-disposition", "attachment; filename=\"recovery-codes.txt\""))
        .insert_header(("cache-control", crate::kit::web::Keep::Never.header()));
    Some(answer.body(format!("{title}\r\n\r\n{}\r\n", lines.join("\r\n"))))
}
