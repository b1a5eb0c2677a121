//! Makes a subscription of a wish whose link came back: from then on its owner has consented.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::{Value, json};

use super::model::{self, SuppressionReason, TEXT_VERSION, Wish};
use super::query;
use super::rhythm::Rhythm;
use crate::change;
use crate::ids::SubscriptionId;
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;

/// What a confirmation link stands for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can be confirmed.
    Open(Wish),
    /// It was confirmed before.
    Confirmed(Wish),
    /// Not ours, too old, or for an address that must not be written to: nothing can be done with it.
    Void,
}

/// Why a confirmation was not taken. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmationError {
    /// The link is not ours, or too old, or its address complained since.
    #[error("a link that confirms nothing")]
    Void,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<ConfirmationError> for WebError {
    fn from(error: ConfirmationError) -> Self {
        match error {
            ConfirmationError::Void => WebError::NotFound,
            ConfirmationError::Db(error) => error.into(),
            ConfirmationError::Busy(busy) => busy.into(),
        }
    }
}

/// Looks at a link and changes nothing, for programs open links before people do.
pub async fn look(ctx: &Context, token: &str) -> Result<Standing, ConfirmationError> {
    let Some(wish) = Wish::read(&ctx.secret, token) else { return Ok(Standing::Void) };
    let mut conn = ctx.conn().await?;
    if wish.expires_at() <= clock::now(&mut conn).await? {
        Ok(Standing::Void)
    } else if query::is_spent(&mut conn, &spent_id(&wish)).await? {
        Ok(Standing::Confirmed(wish))
    } else {
        Ok(Standing::Open(wish))
    }
}

/// Confirms the wish of a link. Doing it again changes nothing and is no error.
pub async fn confirm(ctx: &Context, token: &str) -> Result<(), ConfirmationError> {
    let wish = Wish::read(&ctx.secret, token).ok_or(ConfirmationError::Void)?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        if wish.expires_at() <= clock::now(conn).await? {
            return Err(ConfirmationError::Void);
        }
        if !query::spend(conn, &spent_id(&wish), wish.expires_at()).await? {
            return Ok(());
        }
        let keys = model::address_keys(&ctx.secret, &wish.email);
        match query::suppression(conn, &keys).await? {
            Some(SuppressionReason::Complained | SuppressionReason::Asked) => return Err(ConfirmationError::Void),
            // The mail has arrived.
            Some(SuppressionReason::Bounced) => query::lift_bounce(conn, &keys).await?,
            None => {}
        }
        subscribe_within(conn, &wish).await?;
        Ok(())
    })
    .await
}

/// Subscribes the address of a wish inside the caller's transaction, with its proof of consent. It misses nothing that
/// goes public from now on, and is told of nothing that was public before.
pub async fn subscribe_within(conn: &mut AsyncPgConnection, wish: &Wish) -> diesel::QueryResult<SubscriptionId> {
    let at = clock::now(conn).await?;
    let consent = consent(wish.wished_at, at, wish.lang(), &wish.filter, &wish.rhythm);
    let subscriber_id = query::upsert_subscriber(conn, &wish.email, &wish.languages, wish.wished_at, &consent).await?;
    let cursor = change::last(conn).await?;
    let id = query::upsert_subscription(conn, subscriber_id, &wish.filter, &wish.rhythm, cursor).await?;
    let detail = json!({ "subscriber": subscriber_id, "consent": consent });
    let entry = Entry::new("subscription.confirmed", "subscription", id.0).with(detail);
    journal::record(conn, Actor::Job("confirmation"), [entry]).await?;
    Ok(id)
}

/// The proof of a consent: when it was wished and confirmed, which texts were shown in which language, to what.
pub fn consent(
    wished_at: DateTime<Utc>,
    confirmed_at: DateTime<Utc>,
    lang: Lang,
    filter: &str,
    rhythm: &Rhythm,
) -> Value {
    json!({
        "wished_at": wished_at,
        "confirmed_at": confirmed_at,
        "text": TEXT_VERSION,
        "lang": lang,
        "filter": filter,
        "rhythm": rhythm,
    })
}

fn spent_id(wish: &Wish) -> Vec<u8> {
    BASE64URL_NOPAD.decode(wish.id.as_bytes()).unwrap_or_else(|_| wish.id.as_bytes().to_vec())
}
