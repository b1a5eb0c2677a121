//! The device that opened a link: an hour, by a cookie of its own that opens nothing else.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use chrono::Duration;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::ids::SubscriberId;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::web::error::WebError;
use crate::kit::web::origin::own_site;
use crate::subscription::model::SubscriberState;
use crate::subscription::query;

/// How long it lasts, used or not.
pub const LASTS: Duration = Duration::hours(1);

/// Somebody whose subscriptions stand open on this device: the right to change them.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Whose they are.
    pub id: SubscriberId,
    /// Where their mail goes.
    pub email: Address,
    /// In the order of preference.
    pub languages: Vec<Lang>,
    /// Whether they are written to.
    pub state: SubscriberState,
    /// What their forms bring back.
    pub form_token: String,
    token: String,
}

impl Holder {
    /// Who asks; none if nothing stands open here, or no longer.
    pub async fn of(ctx: &Context, request: &HttpRequest) -> Result<Option<Self>, WebError> {
        let Some(token) = request.cookie(name(&ctx.settings)).map(|cookie| cookie.value().to_owned()) else {
            return Ok(None);
        };
        let mut conn = ctx.conn().await?;
        let Some(row) = query::subscriber_of_session(&mut conn, &hash(&token)).await? else { return Ok(None) };
        let Ok(email) = Address::parse(&row.email) else { return Ok(None) };
        let form_token = data_encoding::BASE64URL_NOPAD.encode(&ctx.secret.keyed_hash("subscription.form", &token));
        Ok(Some(Self { id: row.id, email, languages: row.languages, state: row.state, form_token, token }))
    }

    /// Who sent a form of ours; refused if it came from elsewhere (PROMISES 3.5.1), none if nothing stands open here.
    pub async fn of_form(ctx: &Context, request: &HttpRequest, brought: &str) -> Result<Option<Self>, WebError> {
        own_site(&ctx.settings, request)?;
        match Self::of(ctx, request).await? {
            Some(holder) if bool::from(holder.form_token.as_bytes().ct_eq(brought.as_bytes())) => Ok(Some(holder)),
            Some(_) => Err(WebError::Forbidden),
            None => Ok(None),
        }
    }

    /// What the table has of the session.
    pub fn token_hash(&self) -> Vec<u8> {
        hash(&self.token)
    }
}

/// What is stored of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// `__Host-` binds the cookie to this host and to TLS (RFC 6265bis §4.1.3); a development site without TLS goes without.
fn name(settings: &Settings) -> &'static str {
    if settings.is_https() { "__Host-subscriptions" } else { "subscriptions" }
}

/// The cookie that keeps a token, as long as the browser is open.
pub fn cookie(settings: &Settings, token: &str) -> Cookie<'static> {
    Cookie::build(name(settings), token.to_owned())
        .path("/")
        .secure(settings.is_https())
        .http_only(true)
        // The link's button is pressed on a page of ours: nothing from elsewhere needs it.
        .same_site(SameSite::Strict)
        .finish()
}

/// Takes the cookie away.
pub fn no_cookie(settings: &Settings) -> Cookie<'static> {
    let mut cookie = cookie(settings, "");
    cookie.make_removal();
    cookie
}
