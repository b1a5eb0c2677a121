//! Signing in and out, the second factor, and the links that were mailed. A GET changes nothing (PROMISES 14.2.1).

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::Markup;
use serde::Deserialize;

use super::{Tries, desk_language, onward, signed_form, to_correct};
use crate::account::device::Device;
use crate::account::mails;
use crate::account::model::Purpose;
use crate::account::own::{self, OwnError};
use crate::account::password::PasswordError;
use crate::account::sign_in::{self, Entered, Kept, SignInError};
use crate::account::views::door::{self as views, Said};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::web::error::WebError;
use crate::kit::web::origin::own_site;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{self, Frame};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// A page before the door: its `main` is its own.
fn door(ctx: &Context, lang: Lang, title: &str, main: Markup) -> Markup {
    desk::frame(&Frame { ctx, lang, title, signed_in: None, section: None, scripts: &["door.js"] }, main)
}

fn spoken(ctx: &Context, request: &HttpRequest) -> (Lang, &'static Phrases) {
    let lang = desk_language(ctx, request);
    (lang, phrases(lang))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Asked {
    next: String,
    said: String,
}

pub(super) async fn sign_in_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> HttpResponse {
    let (lang, words) = spoken(&ctx, &request);
    let next = onward(&asked.next).unwrap_or_default();
    let said = match asked.said.as_str() {
        "chosen" => Said::Chosen,
        "moved" => Said::Moved,
        _ if !next.is_empty() => Said::Onward,
        _ => Said::Nothing,
    };
    page(Keep::Never, door(&ctx, lang, &words.sign_in_title(), views::sign_in(words, "", false, next, said)))
}

#[derive(Deserialize)]
pub(super) struct Credentials {
    email: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn create_session(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    form: web::Form<Credentials>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let device = Device::of(&ctx.settings, &request);
    tries.by_client.count(&device.from)?;
    // Known or not, what was typed is counted alike; a browser that its owner signed in with before, apart.
    let key = sign_in::tries_key(&ctx, &form.email, sign_in::known_device(&ctx, &request, &form.email).as_deref());
    tries.by_account.count(&key)?;
    let next = onward(&form.next).unwrap_or_default();
    match sign_in::sign_in(&ctx, &device, &key, &form.email, &form.password).await {
        Ok(Entered::Whole { token }) => come_in(&ctx, &request, &token, Some(&form.email), next).await,
        Ok(Entered::Half { token, set_up }) => {
            let step = if set_up { paths::SIGN_IN_SET_UP } else { paths::SIGN_IN_CODE };
            let mut answer = see_other(&with_next(step, next));
            add(&mut answer, sign_in::cookie(&ctx.settings, Kept::Half, &token))?;
            // Whose browser this is shows once the code was given too.
            Ok(answer)
        }
        Err(SignInError::Wrong) => {
            let (lang, words) = spoken(&ctx, &request);
            let main = views::sign_in(words, &form.email, true, next, Said::Nothing);
            Ok(to_correct(door(&ctx, lang, &words.sign_in_title(), main)))
        }
        Err(error) => Err(error.into()),
    }
}

fn with_next(path: &str, next: &str) -> String {
    if next.is_empty() {
        return path.to_owned();
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    format!("{path}?{query}")
}

fn add(answer: &mut HttpResponse, cookie: actix_web::cookie::Cookie<'static>) -> Result<(), WebError> {
    answer.add_cookie(&cookie).map_err(|error| WebError::Internal(error.into()))
}

/// The way in: the session before ends, and the browser is known from now on.
async fn come_in(
    ctx: &Context,
    request: &HttpRequest,
    token: &str,
    email: Option<&str>,
    next: &str,
) -> Result<HttpResponse, WebError> {
    let mut answer = see_other(if next.is_empty() { paths::DESK } else { next });
    cookies_of_entry(ctx, request, token, email, &mut answer).await?;
    Ok(answer)
}

async fn cookies_of_entry(
    ctx: &Context,
    request: &HttpRequest,
    token: &str,
    email: Option<&str>,
    answer: &mut HttpResponse,
) -> Result<(), WebError> {
    if let Some(old) = sign_in::token(ctx, request) {
        sign_in::forget(ctx, &old).await?;
    }
    if let Some(email) = email.filter(|email| sign_in::known_device(ctx, request, email).is_none()) {
        add(answer, sign_in::cookie(&ctx.settings, Kept::Device, &sign_in::device_token(ctx, email)))?;
    }
    if sign_in::kept(ctx, request, Kept::Half).is_some() {
        add(answer, sign_in::no_cookie(&ctx.settings, Kept::Half))?;
    }
    add(answer, sign_in::cookie(&ctx.settings, Kept::Session, token))?;
    Ok(())
}

pub(super) async fn code_form(ctx: web::Data<Context>, request: HttpRequest, asked: web::Query<Asked>) -> HttpResponse {
    if sign_in::kept(&ctx, &request, Kept::Half).is_none() {
        return see_other(paths::SIGN_IN);
    }
    let (lang, words) = spoken(&ctx, &request);
    let next = onward(&asked.next).unwrap_or_default();
    page(Keep::Never, door(&ctx, lang, &words.account_code_title(), views::second_factor(words, next, false)))
}

#[derive(Deserialize)]
pub(super) struct Code {
    code: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn give_code(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    form: web::Form<Code>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let device = Device::of(&ctx.settings, &request);
    tries.by_client.count(&device.from)?;
    let next = onward(&form.next).unwrap_or_default();
    let Some(half) = sign_in::kept(&ctx, &request, Kept::Half) else {
        return Ok(see_other(&with_next(paths::SIGN_IN, next)));
    };
    match sign_in::give_code(&ctx, &device, &half, &form.code).await {
        Ok((token, email)) => come_in(&ctx, &request, &token, Some(&email), next).await,
        Err(SignInError::WrongCode) => {
            let (lang, words) = spoken(&ctx, &request);
            let main = views::second_factor(words, next, true);
            Ok(to_correct(door(&ctx, lang, &words.account_code_title(), main)))
        }
        Err(SignInError::NoHalf) => back_to_door(&ctx, next),
        Err(error) => Err(error.into()),
    }
}

fn back_to_door(ctx: &Context, next: &str) -> Result<HttpResponse, WebError> {
    let mut answer = see_other(&with_next(paths::SIGN_IN, next));
    add(&mut answer, sign_in::no_cookie(&ctx.settings, Kept::Half))?;
    Ok(answer)
}

pub(super) async fn set_up_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let next = onward(&asked.next).unwrap_or_default();
    let Some(half) = sign_in::kept(&ctx, &request, Kept::Half) else { return Ok(see_other(paths::SIGN_IN)) };
    match sign_in::half_set_up(&ctx, &half).await {
        Ok(Some(set_up)) => {
            let (lang, words) = spoken(&ctx, &request);
            let main = views::set_up(words, &set_up, next, false);
            Ok(page(Keep::Never, door(&ctx, lang, &words.account_set_up_title(), main)))
        }
        Ok(None) => Ok(see_other(&with_next(paths::SIGN_IN_CODE, next))),
        Err(SignInError::NoHalf) => back_to_door(&ctx, next),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn confirm_set_up(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    form: web::Form<Code>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let device = Device::of(&ctx.settings, &request);
    tries.by_client.count(&device.from)?;
    let next = onward(&form.next).unwrap_or_default();
    let Some(half) = sign_in::kept(&ctx, &request, Kept::Half) else {
        return Ok(see_other(&with_next(paths::SIGN_IN, next)));
    };
    let (lang, words) = spoken(&ctx, &request);
    match sign_in::confirm_half_set_up(&ctx, &device, &half, &form.code).await {
        Ok((person, token, email, codes)) => {
            let go_on = if next.is_empty() { paths::DESK } else { next };
            let form_token = sign_in::form_token(&ctx, &person);
            let codes = crate::account::views::recovery_codes(words, &codes, &form_token, go_on);
            let title = words.account_recovery_title();
            let mut answer = page(Keep::Never, door(&ctx, lang, &title, views::door(&title, codes)));
            cookies_of_entry(&ctx, &request, &token, Some(&email), &mut answer).await?;
            Ok(answer)
        }
        Err(SignInError::WrongCode) => match sign_in::half_set_up(&ctx, &half).await? {
            Some(set_up) => {
                let main = views::set_up(words, &set_up, next, true);
                Ok(to_correct(door(&ctx, lang, &words.account_set_up_title(), main)))
            }
            None => Ok(see_other(&with_next(paths::SIGN_IN_CODE, next))),
        },
        Err(SignInError::NoHalf) => back_to_door(&ctx, next),
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct SignOut {
    form_token: String,
}

pub(super) async fn delete_session(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<SignOut>,
) -> Result<HttpResponse, WebError> {
    let (person, token) = signed_form(&ctx, &request, &form.form_token).await?;
    sign_in::sign_out(&ctx, &person, &token).await?;
    let mut answer = see_other(paths::SIGN_IN);
    add(&mut answer, sign_in::no_cookie(&ctx.settings, Kept::Session))?;
    answer.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

pub(super) async fn forgotten_form(ctx: web::Data<Context>, request: HttpRequest) -> HttpResponse {
    let (lang, words) = spoken(&ctx, &request);
    page(Keep::Never, door(&ctx, lang, &words.account_forgotten_title(), views::forgotten(words, "", false)))
}

#[derive(Deserialize)]
pub(super) struct Forgotten {
    email: String,
}

/// The same statements and the same answer for every address: whether anybody has it is looked up by the job.
pub(super) async fn ask_new_password(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    form: web::Form<Forgotten>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let device = Device::of(&ctx.settings, &request);
    tries.asking_by_client.count(&device.from)?;
    let Ok(email) = Address::parse(&form.email) else {
        let (lang, words) = spoken(&ctx, &request);
        let main = views::forgotten(words, &form.email, true);
        return Ok(to_correct(door(&ctx, lang, &words.account_forgotten_title(), main)));
    };
    tries.asking_by_address.count(&ctx.secret.keyed_hash("forgotten", &email.as_str().to_lowercase()))?;
    mails::ask_new_password(&ctx, &email).await?;
    Ok(see_other(paths::FORGOTTEN_ASKED))
}

pub(super) async fn asked(ctx: web::Data<Context>, request: HttpRequest) -> HttpResponse {
    let (lang, words) = spoken(&ctx, &request);
    page(Keep::Never, door(&ctx, lang, &words.account_asked_title(), views::forgotten_asked(words)))
}

pub(super) async fn invitation_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    link_form(&ctx, &request, Purpose::Invitation, &token).await
}

pub(super) async fn new_password_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    link_form(&ctx, &request, Purpose::NewPassword, &token).await
}

pub(super) async fn new_address_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    link_form(&ctx, &request, Purpose::Address, &token).await
}

/// What a link shows. Mail programs open it as well: nothing happens.
async fn link_form(
    ctx: &Context,
    request: &HttpRequest,
    purpose: Purpose,
    token: &str,
) -> Result<HttpResponse, WebError> {
    let (lang, words) = spoken(ctx, request);
    match own::look(ctx, purpose, token).await {
        Ok((account, email)) => {
            let lang = account.lang.filter(|lang| ctx.settings.languages.contains(lang)).unwrap_or(lang);
            let words = phrases(lang);
            let address = paths::account_link(purpose.as_str(), token);
            let (title, main) = match purpose {
                Purpose::Address => (words.account_address_title(), views::confirm_address(words, &email, &address)),
                _ => {
                    (words.account_reset_title(), views::choose(words, purpose, &account.name, &email, &address, None))
                }
            };
            Ok(unreferred(page(Keep::Never, door(ctx, lang, &title, main))))
        }
        Err(OwnError::Void) => Ok(void(ctx, lang, words, purpose)),
        Err(error) => Err(error.into()),
    }
}

/// The same page whatever is wrong with the link.
fn void(ctx: &Context, lang: Lang, words: &Phrases, purpose: Purpose) -> HttpResponse {
    let mut answer = page(Keep::Never, door(ctx, lang, &words.account_void_title(), views::void(words, purpose)));
    *answer.status_mut() = actix_web::http::StatusCode::NOT_FOUND;
    unreferred(answer)
}

/// The token in its address is told to nobody, not even to ourselves.
fn unreferred(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    answer
}

#[derive(Deserialize)]
pub(super) struct Chosen {
    password: String,
}

pub(super) async fn take_invitation(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    token: web::Path<String>,
    form: web::Form<Chosen>,
) -> Result<HttpResponse, WebError> {
    choose(&ctx, &tries, &request, Purpose::Invitation, &token, &form.password).await
}

pub(super) async fn choose_new_password(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    token: web::Path<String>,
    form: web::Form<Chosen>,
) -> Result<HttpResponse, WebError> {
    choose(&ctx, &tries, &request, Purpose::NewPassword, &token, &form.password).await
}

async fn choose(
    ctx: &Context,
    tries: &Tries,
    request: &HttpRequest,
    purpose: Purpose,
    token: &str,
    new: &str,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, request)?;
    let device = Device::of(&ctx.settings, request);
    tries.by_client.count(&device.from)?;
    let (lang, words) = spoken(ctx, request);
    match own::choose_password(ctx, device.from, purpose, token, new).await {
        Ok(_) => Ok(see_other(&format!("{}?said=chosen", paths::SIGN_IN))),
        Err(OwnError::Void) => Ok(void(ctx, lang, words, purpose)),
        Err(OwnError::Password(why)) if why != PasswordError::Hash => {
            let (account, email) = own::look(ctx, purpose, token).await?;
            let address = paths::account_link(purpose.as_str(), token);
            let wrong = password_problem(words, why);
            let main = views::choose(words, purpose, &account.name, &email, &address, Some(&wrong));
            Ok(unreferred(to_correct(door(ctx, lang, &words.account_reset_title(), main))))
        }
        Err(error) => Err(error.into()),
    }
}

/// Why a password is not taken, in a sentence.
pub(super) fn password_problem(words: &Phrases, why: PasswordError) -> String {
    match why {
        PasswordError::Short => words.account_password_short(),
        PasswordError::Long => words.account_password_long(),
        PasswordError::Common | PasswordError::Hash => words.account_password_common(),
    }
}

pub(super) async fn confirm_new_address(
    ctx: web::Data<Context>,
    tries: web::Data<Tries>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let device = Device::of(&ctx.settings, &request);
    tries.by_client.count(&device.from)?;
    match own::confirm_address(&ctx, device.from, &token).await {
        Ok(()) => {
            let signed_in = sign_in::who(&ctx, &request).await?.is_some();
            let to = if signed_in {
                format!("{}?done=address", paths::DESK_ACCOUNT)
            } else {
                format!("{}?said=moved", paths::SIGN_IN)
            };
            Ok(see_other(&to))
        }
        Err(OwnError::Void | OwnError::Taken) => {
            let (lang, words) = spoken(&ctx, &request);
            Ok(void(&ctx, lang, words, Purpose::Address))
        }
        Err(error) => Err(error.into()),
    }
}
