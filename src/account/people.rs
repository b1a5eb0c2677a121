//! Who works here: invited, changed, closed, opened again, by whoever may see to them (`rights::may`, `Action::People`).
//!
//! Nobody changes their own standing, so that somebody who may is always left. What changes ends the sessions of before
//! and is told to the person by mail.

use diesel_async::AsyncConnection;
use serde_json::json;

use super::creation::{self, CreationError, NewAccount};
use super::mails::{self, Notice};
use super::model::{Account, Person, Purpose, Role};
use super::own;
use super::query;
use super::rights::{Action, Object, may};
use crate::ids::{AccountId, InstitutionId};
use crate::journal::{self, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// No such account, or none that they may know of.
    #[error("no such account")]
    NotFound,
    /// Not theirs to see to, or more than they may give.
    #[error("not allowed")]
    NotAllowed,
    /// Their own account.
    #[error("nobody changes their own standing")]
    Own,
    /// A name is something.
    #[error("a name is missing")]
    Name,
    /// The account cannot be made or stand so.
    #[error(transparent)]
    Creation(#[from] CreationError),
    /// The account is not in the state for it.
    #[error("nothing to do")]
    Nothing,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] crate::kit::db::Busy),
}

impl From<PeopleError> for WebError {
    fn from(error: PeopleError) -> Self {
        match error {
            PeopleError::NotFound => WebError::NotFound,
            PeopleError::NotAllowed => WebError::Forbidden,
            PeopleError::Db(error) => error.into(),
            PeopleError::Busy(busy) => busy.into(),
            PeopleError::Creation(CreationError::Db(error)) => error.into(),
            refused => WebError::Conflict(Box::new(refused)),
        }
    }
}

/// Makes an account without a password and invites its owner.
pub async fn invite(
    ctx: &Context,
    by: &Person,
    email: &str,
    typed: &str,
    role: Role,
    institution_id: Option<InstitutionId>,
) -> Result<Person, PeopleError> {
    if !may(by, Action::People, Object::Account { institution_id, role }) {
        return Err(PeopleError::NotAllowed);
    }
    let name = own::name(typed).ok_or(PeopleError::Name)?;
    let new = NewAccount { email: email.to_owned(), name, role, institution_id, password: None };
    let mut conn = ctx.conn().await?;
    Ok(creation::invite(ctx, &mut conn, by.actor(), new).await?)
}

/// Locks the account of somebody whom `by` may see to.
async fn theirs(
    conn: &mut diesel_async::AsyncPgConnection,
    by: &Person,
    id: AccountId,
) -> Result<Account, PeopleError> {
    let account = query::lock(conn, id).await?.ok_or(PeopleError::NotFound)?;
    let object = Object::Account { institution_id: account.institution_id, role: account.role };
    if !may(by, Action::People, object) {
        let seen = may(by, Action::Read, object);
        return Err(if seen { PeopleError::NotAllowed } else { PeopleError::NotFound });
    }
    if account.id == by.id {
        return Err(PeopleError::Own);
    }
    Ok(account)
}

/// Gives them another name, role and institution. What they may do changes at once.
pub async fn change(
    ctx: &Context,
    by: &Person,
    id: AccountId,
    typed: &str,
    role: Role,
    institution_id: Option<InstitutionId>,
) -> Result<(), PeopleError> {
    let name = own::name(typed).ok_or(PeopleError::Name)?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let account = theirs(conn, by, id).await?;
        if role.needs_institution() && institution_id.is_none() {
            return Err(CreationError::NeedsInstitution(role).into());
        }
        if !may(by, Action::People, Object::Account { institution_id, role }) {
            return Err(PeopleError::NotAllowed);
        }
        let moved = (role, institution_id) != (account.role, account.institution_id);
        if !moved && name == account.name {
            return Ok(());
        }
        query::set_standing(conn, id, &name, role, institution_id).await?;
        if moved {
            query::delete_sessions_of(conn, id, None).await?;
        }
        let at = clock::now(conn).await?;
        let entry = Entry::new("account.standing_changed", "account", id.0).with(json!({
            "role": [account.role.as_str(), role.as_str()],
            "institution": [account.institution_id, institution_id],
            "renamed": name != account.name,
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        mails::notice_within(ctx, conn, id, None, Notice::Standing, at).await?;
        Ok(())
    })
    .await
}

/// Closes the account: its sessions end now, and its links open nothing.
pub async fn close(ctx: &Context, by: &Person, id: AccountId) -> Result<(), PeopleError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let account = theirs(conn, by, id).await?;
        if account.disabled_at.is_some() {
            return Err(PeopleError::Nothing);
        }
        let at = clock::now(conn).await?;
        query::set_disabled(conn, id, Some(at)).await?;
        query::delete_sessions_of(conn, id, None).await?;
        query::void_links(conn, id, at).await?;
        journal::record(conn, by.actor(), [Entry::new("account.closed", "account", id.0)]).await?;
        mails::notice_within(ctx, conn, id, None, Notice::Closed, at).await?;
        Ok(())
    })
    .await
}

/// Opens it again, with the password of before.
pub async fn open(ctx: &Context, by: &Person, id: AccountId) -> Result<(), PeopleError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let account = theirs(conn, by, id).await?;
        if account.disabled_at.is_none() {
            return Err(PeopleError::Nothing);
        }
        let at = clock::now(conn).await?;
        query::set_disabled(conn, id, None).await?;
        journal::record(conn, by.actor(), [Entry::new("account.opened", "account", id.0)]).await?;
        mails::notice_within(ctx, conn, id, None, Notice::Opened, at).await?;
        Ok(())
    })
    .await
}

/// Sends the invitation again; the one before opens nothing any more.
pub async fn invite_again(ctx: &Context, by: &Person, id: AccountId) -> Result<(), PeopleError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let account = theirs(conn, by, id).await?;
        if account.disabled_at.is_some() || account.password_hash.is_some() {
            return Err(PeopleError::Nothing);
        }
        mails::link_within(ctx, conn, id, Purpose::Invitation, &account.email).await?;
        journal::record(conn, by.actor(), [Entry::new("account.invited_again", "account", id.0)]).await?;
        Ok(())
    })
    .await
}

/// Takes away an authenticator that its owner lost together with the recovery codes; their sessions end.
pub async fn reset_second_factor(ctx: &Context, by: &Person, id: AccountId) -> Result<(), PeopleError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let account = theirs(conn, by, id).await?;
        if account.totp_confirmed_at.is_none() {
            return Err(PeopleError::Nothing);
        }
        let at = clock::now(conn).await?;
        query::clear_totp(conn, id).await?;
        query::delete_sessions_of(conn, id, None).await?;
        journal::record(conn, by.actor(), [Entry::new("account.second_factor_reset", "account", id.0)]).await?;
        mails::notice_within(ctx, conn, id, None, Notice::SecondFactorOff, at).await?;
        Ok(())
    })
    .await
}
