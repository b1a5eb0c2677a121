//! Makes an account: what `communique account create` and the demo do.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model::{Person, Purpose, Role};
use super::{mails, password, query};
use crate::ids::InstitutionId;
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;

/// An account to make.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Their mail address; what they sign in with.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they are there for.
    pub role: Role,
    /// The institution that they speak for; needed for all roles but chancellery-editor, spokesperson, admin.
    pub institution_id: Option<InstitutionId>,
    /// At least [`password::MIN`] characters; without one nobody signs in with it.
    pub password: Option<String>,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum CreationError {
    /// Not an address.
    #[error("not a mail address")]
    Address,
    /// The role speaks for an institution, and none was named.
    #[error("the role {0} needs an institution")]
    NeedsInstitution(Role),
    /// The address has an account.
    #[error("this address has an account already")]
    Taken,
    /// The password cannot be taken.
    #[error(transparent)]
    Password(#[from] password::PasswordError),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// Hashing was interrupted.
    #[error("interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
}

/// Makes the account and, where it has no password, invites its owner by mail to choose one.
pub async fn invite(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    by: Actor,
    new: NewAccount,
) -> Result<Person, CreationError> {
    conn.transaction(async |conn| {
        let has_password = new.password.is_some();
        let person = create(conn, by, new).await?;
        if !has_password && let Some(account) = query::account(conn, person.id).await? {
            mails::link_within(ctx, conn, person.id, Purpose::Invitation, &account.email).await?;
            journal::record(conn, by, [Entry::new("account.invited", "account", person.id.0)]).await?;
        }
        Ok(person)
    })
    .await
}

/// Makes the account, in one transaction with its journal entry. Invites nobody.
pub async fn create(conn: &mut AsyncPgConnection, by: Actor, new: NewAccount) -> Result<Person, CreationError> {
    let email =
        crate::kit::mail::Address::parse(&new.email).map_err(|_| CreationError::Address)?.as_str().to_lowercase();
    if new.institution_id.is_none() && new.role.needs_institution() {
        return Err(CreationError::NeedsInstitution(new.role));
    }
    let hash = match new.password.clone() {
        Some(password) => Some(tokio::task::spawn_blocking(move || password::hash(&password)).await??),
        None => None,
    };
    conn.transaction(async |conn| {
        let person = query::insert(conn, &email, &new.name, new.role, new.institution_id, hash.as_deref())
            .await?
            .ok_or(CreationError::Taken)?;
        let entry = Entry::new("account.created", "account", person.id.0).with(json!({ "role": new.role.as_str() }));
        journal::record(conn, by, [entry]).await?;
        Ok(person)
    })
    .await
}
