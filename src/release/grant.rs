//! Preview for named people: a personal link to what is not public yet, which ends by itself, can be revoked, and whose
//! every use is written down (DESIGN §4).
//!
//! The link's token is a keyed hash of its grant's number: it is stored nowhere, only its SHA-256 is, and who reads the
//! database cannot make it. The link shows nothing by itself (mail scanners follow links): a press of a button on its page
//! opens it on that device.

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use graphile_worker::TaskHandler;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::drafting;
use super::error::ReleaseError;
use super::mails::PreviewMail;
use super::state::State;
use super::{draft, query};
use crate::account::Person;
use crate::account::rights::Action;
use crate::ids::{GrantId, ReleaseId};
use crate::journal::{self, Actor, Entry};
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::secret::Secret;
use crate::kit::{clock, job};

const TOKEN: &str = "preview.link";
const DEVICE: &str = "preview.device";

/// Whom a link is for.
#[derive(Debug, Clone)]
pub struct NewGrant {
    /// By name: it stands on every page they see.
    pub name: String,
    /// Where the link is sent.
    pub email: Address,
    /// The language in which we write to them.
    pub lang: Lang,
    /// Originals and documents, besides the watermarked web sizes.
    pub with_files: bool,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// Whether the link is mailed; else whoever makes it hands it over.
    pub mailed: bool,
}

/// A personal link.
#[derive(Debug, Clone, diesel::QueryableByName)]
pub struct Grant {
    /// Which one.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub id: GrantId,
    /// To which release.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub release_id: ReleaseId,
    /// For whom.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub name: String,
    /// Their address.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub email: String,
    /// The language in which we write to them.
    #[diesel(sql_type = diesel::sql_types::Text)]
    pub lang: Lang,
    /// Whether originals and documents are covered.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub with_files: bool,
    /// SHA-256 of its token.
    #[diesel(sql_type = diesel::sql_types::Binary)]
    pub token_hash: Vec<u8>,
    /// When it was made.
    #[diesel(sql_type = diesel::sql_types::Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// When it ends.
    #[diesel(sql_type = diesel::sql_types::Timestamptz)]
    pub expires_at: DateTime<Utc>,
    /// When it was ended before.
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>)]
    pub revoked_at: Option<DateTime<Utc>>,
    /// How often something was read by it.
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    pub reads: i64,
    /// When last.
    #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::Timestamptz>)]
    pub read_at: Option<DateTime<Utc>>,
}

impl Grant {
    /// Whether it opens anything at that instant.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// The token of its link; none if the key that made it is gone.
    pub fn token(&self, secret: &Secret) -> Option<String> {
        tokens(secret, self.id).into_iter().find(|token| hash(token) == self.token_hash)
    }
}

fn tokens(secret: &Secret, id: GrantId) -> Vec<String> {
    let encode = |hash: Vec<u8>| data_encoding::BASE64URL_NOPAD.encode(&hash);
    secret.keyed_hashes(TOKEN, &id.to_string()).into_iter().map(encode).collect()
}

/// What is stored of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// What the cookie of a device holds on which the link was opened.
pub fn device(secret: &Secret, token: &str) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&secret.keyed_hash(DEVICE, token))
}

/// Whether a cookie is that of the link.
pub fn is_device(secret: &Secret, token: &str, brought: &str) -> bool {
    use subtle::ConstantTimeEq;
    secret
        .keyed_hashes(DEVICE, token)
        .iter()
        .any(|key| data_encoding::BASE64URL_NOPAD.encode(key).as_bytes().ct_eq(brought.as_bytes()).into())
}

/// Makes a link. What is being written becomes a revision: that is what will be shown, and whatever revision follows it.
pub async fn give(
    conn: &mut AsyncPgConnection,
    secret: &Secret,
    by: &Person,
    id: ReleaseId,
    new: NewGrant,
) -> Result<GrantId, ReleaseError> {
    conn.transaction(async |conn| {
        let edition = query::current_edition(conn, id).await?.ok_or(ReleaseError::NotFound)?;
        let locked = drafting::lock(conn, edition.id).await?;
        locked.allow(by, Action::Publish)?;
        if new.expires_at <= clock::now(conn).await? {
            return Err(ReleaseError::Past);
        }
        if locked.edition.state == State::Draft {
            draft::keep_within(conn, by, edition.id, "").await?;
        }
        let grant_id = query::next_grant_id(conn).await?;
        let token = tokens(secret, grant_id).into_iter().next().ok_or(ReleaseError::NotFound)?;
        query::insert_grant(conn, grant_id, id, &hash(&token), &new, by.id()).await?;
        let entry = Entry::new("preview.granted", "release", id.0)
            .with(json!({ "grant": grant_id, "expires_at": new.expires_at, "with_files": new.with_files }));
        journal::record(conn, by.actor(), [entry]).await?;
        if new.mailed {
            job::enqueue(conn, PreviewMail::IDENTIFIER, &PreviewMail { grant_id }, None).await?;
        }
        Ok(grant_id)
    })
    .await
}

/// Ends a link at once.
pub async fn revoke(
    conn: &mut AsyncPgConnection,
    by: &Person,
    release_id: ReleaseId,
    id: GrantId,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        let edition = query::current_edition(conn, release_id).await?.ok_or(ReleaseError::NotFound)?;
        drafting::lock(conn, edition.id).await?.allow(by, Action::Publish)?;
        if query::revoke_grant(conn, release_id, id).await? == 0 {
            return Err(ReleaseError::NotFound);
        }
        let entry = Entry::new("preview.revoked", "release", release_id.0).with(json!({ "grant": id }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Writes down that something was read by a link: `page fr`, `opened`, a file's name.
pub async fn record_read(
    conn: &mut AsyncPgConnection,
    from: Actor,
    grant: &Grant,
    what: &str,
) -> Result<(), ReleaseError> {
    conn.transaction(async |conn| {
        query::insert_read(conn, grant.id, what).await?;
        let entry =
            Entry::new("preview.read", "release", grant.release_id.0).with(json!({ "grant": grant.id, "what": what }));
        journal::record(conn, from, [entry]).await?;
        Ok(())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_its_grants_alone() {
        let secret = Secret::ephemeral();
        let (one, other) = (&tokens(&secret, GrantId(1))[0], &tokens(&secret, GrantId(2))[0]);
        assert_ne!(one, other);
        assert_eq!(one.len(), 43, "256 bits");
        assert_eq!(one, &tokens(&secret, GrantId(1))[0]);
        assert_ne!(one, &tokens(&Secret::ephemeral(), GrantId(1))[0]);
        assert!(is_device(&secret, one, &device(&secret, one)));
        assert!(!is_device(&secret, one, &device(&secret, other)));
        assert!(!is_device(&secret, one, ""));
    }
}
