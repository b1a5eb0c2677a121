//! Subscribing over HTTP. GET changes nothing. Only `manage.rs`, one's own subscriptions, knows a cookie.

pub mod manage;

use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;

use super::confirmation::{self, ConfirmationError};
use super::model::Subscription;
use super::signup::{self, Form};
use super::unsubscribe::{self, Scope, UnsubscribeError};
use super::views::Line;
use super::{views, wording};
use crate::account::rights::Right;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::limit::{self, PerClient};
use crate::kit::web::origin::own_site;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, page, see_other};
use crate::paths;
use crate::search::Filter;

/// The form and the bodies of the links are small.
const BODY_MAX: usize = 8 * 1024;

/// Twenty forms at once, then ten a minute for each client: a newsroom behind one address can subscribe, a machine that
/// types in addresses can't.
fn forms() -> Arc<PerClient> {
    Arc::new(PerClient::new(NonZeroU32::new(10).expect("ten"), NonZeroU32::new(20).expect("twenty")))
}

/// The form, the page after it, and the two links in mails, in each language of the site.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    // One count for all languages, as long as these routes are served.
    let limit = forms();
    settings
        .languages
        .iter()
        .copied()
        .flat_map(|lang| {
            let limit = Arc::clone(&limit);
            let form = paths::subscribe(lang, "");
            let confirm = paths::confirmation(lang, "{token}");
            let end = paths::unsubscribe(lang, "{token}");
            [
                routes::get(form.clone(), Right::Public, move |ctx, request| show_form(lang, ctx, request)),
                routes::post(form, Right::Public, move |ctx, request, body| {
                    create_wish(lang, Arc::clone(&limit), ctx, request, body)
                }),
                routes::get(paths::subscription_asked(lang), Right::Public, move |ctx| show_asked(lang, ctx)),
                routes::get(confirm.clone(), Right::Public, move |ctx, token| show_confirmation(lang, ctx, token)),
                routes::post(confirm, Right::Public, move |ctx, token| create_subscription(lang, ctx, token)),
                routes::get(end.clone(), Right::Public, move |ctx, token| show_ending(lang, ctx, token)),
                routes::post(end, Right::Public, move |ctx, token, body| create_ending(lang, ctx, token, body)),
            ]
        })
        .chain(manage::routes(settings, &limit))
        .collect()
}

async fn show_form(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let filter = Filter::take(&mut parameters)?.lasting();
    parameters.finish()?;
    let choices = signup::choices(&ctx).await?;
    // A list that is not there can't be subscribed to.
    choices.resolve(&filter).ok_or(WebError::NotFound)?;
    let form = Form::offered(&filter, lang, &ctx.settings);
    Ok(page(Keep::Public, views::form(&ctx, lang, &filter.canonical(), &choices, &form, &[])))
}

async fn create_wish(
    lang: Lang,
    limit: Arc<PerClient>,
    ctx: web::Data<Context>,
    request: HttpRequest,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    limit.count(&limit::client(&request, &ctx.settings.trusted_proxies))?;
    if body.len() > BODY_MAX {
        return Err(WebError::TooLarge);
    }
    let form = Form::read(&body)?;
    let choices = signup::choices(&ctx).await?;
    match form.check(&choices) {
        Ok(asked) => {
            signup::ask(&ctx, asked).await?;
            Ok(see_other(&paths::subscription_asked(lang)))
        }
        Err(problems) => {
            let markup = views::form(&ctx, lang, "", &choices, &form, &problems);
            Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, page(Keep::Never, markup)))
        }
    }
}

async fn show_asked(lang: Lang, ctx: web::Data<Context>) -> HttpResponse {
    page(Keep::Public, views::asked(&ctx, lang))
}

async fn show_confirmation(
    lang: Lang,
    ctx: web::Data<Context>,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    match confirmation::look(&ctx, &token).await? {
        confirmation::Standing::Open(wish) => {
            let choice = in_words(&ctx, &wish.filter, lang).await?;
            Ok(personal(views::confirm(&ctx, lang, &token, &choice, &wish.rhythm)))
        }
        confirmation::Standing::Confirmed(wish) => {
            let choice = in_words(&ctx, &wish.filter, lang).await?;
            Ok(personal(views::confirmed(&ctx, lang, &token, &choice, &wish.rhythm)))
        }
        confirmation::Standing::Void => Ok(with_status(StatusCode::GONE, personal(views::void(&ctx, lang)))),
    }
}

async fn create_subscription(
    lang: Lang,
    ctx: web::Data<Context>,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    match confirmation::confirm(&ctx, &token).await {
        Ok(()) => Ok(see_other(&paths::confirmation(lang, &token))),
        Err(ConfirmationError::Void) => Ok(with_status(StatusCode::GONE, personal(views::void(&ctx, lang)))),
        Err(error) => Err(error.into()),
    }
}

async fn show_ending(lang: Lang, ctx: web::Data<Context>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let standing = match unsubscribe::look(&ctx, &token).await {
        Ok(standing) => standing,
        Err(UnsubscribeError::Void) => {
            return Ok(with_status(StatusCode::NOT_FOUND, personal(views::end_void(&ctx, lang))));
        }
        Err(error) => return Err(error.into()),
    };
    let lines = lines(&ctx, standing.running, lang).await?;
    Ok(personal(views::end(&ctx, lang, &token, &lines, standing.others.len())))
}

/// A person's button says how much is to end, and gets the page that says what has become of it. Anything else is a mail
/// program's one click (RFC 8058 §3.2): no cookie, no `Origin`, as form or multipart, and no redirect, since programs
/// don't follow any.
async fn create_ending(
    lang: Lang,
    ctx: web::Data<Context>,
    token: web::Path<String>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let button = url::form_urlencoded::parse(&body[..body.len().min(BODY_MAX)])
        .find(|(name, _)| name == "scope")
        .map(|(_, value)| value.into_owned());
    let scope = match button.as_deref() {
        Some("all") => Scope::All,
        Some("weekly") => Scope::Weekly,
        Some("pause") => Scope::Pause,
        _ => Scope::These,
    };
    match unsubscribe::unsubscribe(&ctx, &token, scope).await {
        Ok(()) if button.is_some() => Ok(see_other(&paths::unsubscribe(lang, &token))),
        Ok(()) => Ok(personal(views::end(&ctx, lang, &token, &[], 0))),
        Err(UnsubscribeError::Void) => Ok(with_status(StatusCode::NOT_FOUND, personal(views::end_void(&ctx, lang)))),
        Err(error) => Err(error.into()),
    }
}

/// Subscriptions with their filters in words.
async fn lines(ctx: &Context, of: Vec<Subscription>, lang: Lang) -> Result<Vec<Line>, WebError> {
    let mut conn = ctx.conn().await?;
    let mut lines = Vec::new();
    for subscription in of {
        let choice = wording::stored_choice(&mut conn, &subscription.filter, lang).await?;
        lines.push(Line { subscription, choice });
    }
    Ok(lines)
}

async fn in_words(ctx: &Context, filter: &str, lang: Lang) -> Result<String, WebError> {
    let mut conn = ctx.conn().await?;
    Ok(wording::stored_choice(&mut conn, filter, lang).await?)
}

/// A page behind a link with a token: nobody keeps it, and no other site hears of its address (PROMISES 14.2.1).
fn personal(markup: Markup) -> HttpResponse {
    let mut answer = page(Keep::Never, markup);
    answer.headers_mut().insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    answer
}

fn with_status(status: StatusCode, mut answer: HttpResponse) -> HttpResponse {
    *answer.status_mut() = status;
    answer
}
