//! The door of the desk over HTTP.

use std::num::NonZeroU32;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;
use serde::Deserialize;

use super::rights::Right;
use super::sign_in::{self, SignInError};
use super::views;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::limit::{self, Limiter, PerClient};
use crate::kit::web::origin::own_site;
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{self, Frame};
use crate::paths;
use crate::phrases::phrases;

/// How often one may try to sign in: a client five times at once and then once each twelve seconds, an account thirty times
/// a minute whoever tries (PROMISES 6.1.1). Nobody is locked out for ever. One for each server, shared by its workers.
#[derive(Debug)]
pub struct Tries {
    by_client: PerClient,
    by_account: Limiter<Vec<u8>>,
}

impl Default for Tries {
    fn default() -> Self {
        let five = NonZeroU32::new(5).expect("five is not zero");
        let thirty = NonZeroU32::new(30).expect("thirty is not zero");
        Self { by_client: Limiter::new(five, five), by_account: Limiter::new(thirty, thirty) }
    }
}

/// The door and the way out.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        routes::get(paths::SIGN_IN, Right::Public, sign_in_form),
        routes::post(paths::SIGN_IN, Right::Public, create_session),
        routes::post(paths::SIGN_OUT, Right::SignedIn, delete_session),
    ]
}

/// The language in which the desk speaks to this browser.
pub fn desk_language(ctx: &Context, request: &HttpRequest) -> Lang {
    let header =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::negotiate(header, &ctx.settings.languages).unwrap_or(ctx.settings.languages[0])
}

/// A page before the door: its `main` is its own.
fn door(ctx: &Context, lang: Lang, title: &str, main: Markup) -> Markup {
    desk::frame(&Frame { ctx, lang, title, signed_in: None, section: None, scripts: &[] }, main)
}

async fn sign_in_form(ctx: web::Data<Context>, request: HttpRequest) -> HttpResponse {
    let lang = desk_language(&ctx, &request);
    let words = phrases(lang);
    page(Keep::Never, door(&ctx, lang, &words.sign_in_title(), views::sign_in(words, "", false)))
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
}

async fn create_session(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    form: web::Form<Credentials>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let from = limit::client(&request, &ctx.settings.trusted_proxies);
    tries.by_client.count(&from)?;
    // Known or not, what was typed is counted alike.
    tries.by_account.count(&ctx.secret.keyed_hash("sign-in", &form.email.trim().to_lowercase()))?;
    match sign_in::sign_in(&ctx, from, &form.email, &form.password).await {
        Ok((_, token)) => {
            if let Some(old) = sign_in::token(&ctx, &request) {
                sign_in::forget(&ctx, &old).await.map_err(|error| WebError::Internal(error.into()))?;
            }
            let mut answer = see_other(paths::DESK);
            answer
                .add_cookie(&sign_in::cookie(&ctx.settings, &token))
                .map_err(|error| WebError::Internal(error.into()))?;
            Ok(answer)
        }
        Err(SignInError::Wrong) => {
            let lang = desk_language(&ctx, &request);
            let words = phrases(lang);
            let markup = door(&ctx, lang, &words.sign_in_title(), views::sign_in(words, &form.email, true));
            let mut answer = page(Keep::Never, markup);
            *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer)
        }
        Err(SignInError::Crowded) => Err(WebError::TooMany { retry_after_s: 5 }),
        Err(SignInError::Db(error)) => Err(error.into()),
        Err(SignInError::Busy(busy)) => Err(busy.into()),
        Err(SignInError::Interrupted(error)) => Err(WebError::Internal(error.into())),
    }
}

#[derive(Deserialize)]
struct SignOut {
    form_token: String,
}

async fn delete_session(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<SignOut>,
) -> Result<HttpResponse, WebError> {
    let (person, token) = signed_form(&ctx, &request, &form.form_token).await?;
    sign_in::sign_out(&ctx, &person, &token).await.map_err(|error| WebError::Internal(error.into()))?;
    let mut answer = see_other(paths::SIGN_IN);
    answer.add_cookie(&sign_in::no_cookie(&ctx.settings)).map_err(|error| WebError::Internal(error.into()))?;
    answer.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

/// Who sent this form of ours, and their session's token; refused if it came from elsewhere.
pub async fn signed_form(
    ctx: &Context,
    request: &HttpRequest,
    form_token: &str,
) -> Result<(super::Person, String), WebError> {
    own_site(&ctx.settings, request)?;
    let token = sign_in::token(ctx, request).ok_or(WebError::SignedOut)?;
    let person = sign_in::who(ctx, request).await?.ok_or(WebError::SignedOut)?;
    if sign_in::is_own_form(ctx, &person, form_token) { Ok((person, token)) } else { Err(WebError::Forbidden) }
}
