//! One's own account over HTTP.

use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::door::password_problem;
use super::{onward, to_correct};
use crate::account::own::{self, OwnError};
use crate::account::password::PasswordError;
use crate::account::sign_in::{self, SignInError};
use crate::account::views::own as views;
use crate::account::{Visit, query};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk;
use crate::paths;

const SCRIPTS: &[&str] = &["door.js"];

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Done {
    done: String,
}

pub(super) async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    done: web::Query<Done>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let done = match done.done.as_str() {
        "profile" => Some(words.account_saved()),
        "password" => Some(words.account_password_changed()),
        "asked" => Some(words.account_address_asked()),
        "address" => Some(words.account_address_changed()),
        "sessions" => Some(words.account_sessions_ended()),
        "second-factor" => Some(words.account_second_factor_ended()),
        _ => None,
    };
    Ok(page(Keep::Never, account(&ctx, &visit, done, None, None).await?))
}

async fn account(
    ctx: &Context,
    visit: &Visit,
    done: Option<String>,
    wrong: Option<(&'static str, String)>,
    typed: Option<(&'static str, String)>,
) -> Result<maud::Markup, WebError> {
    let mut conn = ctx.conn().await?;
    let at = clock::now(&mut conn).await?;
    let id = visit.person.id();
    let account = query::account(&mut conn, id).await?.ok_or(WebError::NotFound)?;
    let sessions = query::sessions_of(&mut conn, id, at).await?;
    let codes_left = query::recovery_codes_left(&mut conn, id).await?;
    let shown = views::Shown {
        lang: visit.lang,
        words: visit.words,
        zone: ctx.settings.zone,
        languages: &ctx.settings.languages,
        account: &account,
        sessions: &sessions,
        session_id: visit.person.session_id(),
        codes_left,
        form_token: &visit.form_token,
        done,
        wrong,
        typed,
    };
    Ok(framed(ctx, visit, &visit.words.account_title(), views::own(&shown)))
}

fn framed(ctx: &Context, visit: &Visit, title: &str, content: maud::Markup) -> maud::Markup {
    visit.frame(ctx, title, None, SCRIPTS, desk::main(content))
}

fn done(what: &str) -> HttpResponse {
    see_other(&format!("{}?done={what}", paths::DESK_ACCOUNT))
}

/// Where the password is asked for once more, and then the page that asked.
fn prove_first(next: &str) -> HttpResponse {
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("next", next).finish();
    see_other(&format!("{}?{query}", paths::DESK_ACCOUNT_PROOF))
}

#[derive(Deserialize)]
pub(super) struct Signed {
    form_token: String,
}

#[derive(Deserialize)]
pub(super) struct Profile {
    form_token: String,
    name: String,
    lang: String,
}

pub(super) async fn change_profile(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Profile>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    let lang = form.lang.parse::<Lang>().ok().filter(|lang| ctx.settings.languages.contains(lang));
    match own::change_profile(&ctx, &visit.person, &form.name, lang).await {
        Ok(()) => Ok(done("profile")),
        Err(OwnError::Name) => {
            let wrong = Some(("name", visit.words.account_name_wrong()));
            Ok(to_correct(account(&ctx, &visit, None, wrong, Some(("name", form.name.clone()))).await?))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct ChangePassword {
    form_token: String,
    current: String,
    password: String,
}

pub(super) async fn change_password(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<ChangePassword>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    let wrong = match own::change_password(&ctx, &visit.person, &form.current, &form.password).await {
        Ok(()) => return Ok(done("password")),
        Err(OwnError::Proof(SignInError::Wrong)) => ("current", visit.words.account_current_password_wrong()),
        Err(OwnError::Password(why)) if why != PasswordError::Hash => ("password", password_problem(visit.words, why)),
        Err(error) => return Err(error.into()),
    };
    Ok(to_correct(account(&ctx, &visit, None, Some(wrong), None).await?))
}

#[derive(Deserialize)]
pub(super) struct ChangeAddress {
    form_token: String,
    email: String,
}

pub(super) async fn change_address(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<ChangeAddress>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    match own::ask_address(&ctx, &visit.person, &form.email).await {
        Ok(()) => Ok(done("asked")),
        Err(OwnError::Unproved) => Ok(prove_first(paths::DESK_ACCOUNT)),
        Err(OwnError::Address) => {
            let wrong = Some(("email", visit.words.account_email_wrong()));
            Ok(to_correct(account(&ctx, &visit, None, wrong, Some(("email", form.email.clone()))).await?))
        }
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Next {
    next: String,
}

pub(super) async fn proof_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Next>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    Ok(page(Keep::Never, proof(&ctx, &visit, &asked.next, false).await?))
}

async fn proof(ctx: &Context, visit: &Visit, next: &str, failed: bool) -> Result<maud::Markup, WebError> {
    let account = query::account(&mut *ctx.conn().await?, visit.person.id()).await?.ok_or(WebError::NotFound)?;
    let next = onward(next).unwrap_or(paths::DESK_ACCOUNT);
    let content = views::proof(visit.words, &visit.form_token, &account.email, next, failed);
    Ok(framed(ctx, visit, &visit.words.account_proof_title(), content))
}

#[derive(Deserialize)]
pub(super) struct Proof {
    form_token: String,
    password: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn prove(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Proof>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    match sign_in::prove(&ctx, &visit.person, &form.password).await {
        Ok(()) => Ok(see_other(onward(&form.next).unwrap_or(paths::DESK_ACCOUNT))),
        Err(SignInError::Wrong) => Ok(to_correct(proof(&ctx, &visit, &form.next, true).await?)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn second_factor_form(
    ctx: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    match own::begin_second_factor(&ctx, &visit.person).await {
        Ok(set_up) => {
            let content = views::set_up(visit.words, &set_up, &visit.form_token, false);
            Ok(page(Keep::Never, framed(&ctx, &visit, &visit.words.account_set_up_title(), content)))
        }
        Err(OwnError::Unproved) => Ok(prove_first(paths::DESK_ACCOUNT_SECOND_FACTOR)),
        Err(OwnError::Nothing) => Ok(see_other(paths::DESK_ACCOUNT)),
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct FirstCode {
    form_token: String,
    code: String,
}

pub(super) async fn confirm_second_factor(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<FirstCode>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    match own::confirm_second_factor(&ctx, &visit.person, &form.code).await {
        Ok(codes) => Ok(codes_page(&ctx, &visit, &codes)),
        Err(OwnError::Unproved) => Ok(prove_first(paths::DESK_ACCOUNT_SECOND_FACTOR)),
        Err(OwnError::Code) => match own::begin_second_factor(&ctx, &visit.person).await {
            Ok(set_up) => {
                let content = views::set_up(visit.words, &set_up, &visit.form_token, true);
                Ok(to_correct(framed(&ctx, &visit, &visit.words.account_set_up_title(), content)))
            }
            Err(OwnError::Nothing) => Ok(see_other(paths::DESK_ACCOUNT)),
            Err(error) => Err(error.into()),
        },
        Err(error) => Err(error.into()),
    }
}

fn codes_page(ctx: &Context, visit: &Visit, codes: &[String]) -> HttpResponse {
    let content = views::codes(visit.words, codes, &visit.form_token, paths::DESK_ACCOUNT);
    page(Keep::Never, framed(ctx, visit, &visit.words.account_recovery_title(), content))
}

pub(super) async fn renew_recovery_codes(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    match own::renew_recovery_codes(&ctx, &visit.person).await {
        Ok(codes) => Ok(codes_page(&ctx, &visit, &codes)),
        Err(OwnError::Unproved) => Ok(prove_first(paths::DESK_ACCOUNT)),
        Err(OwnError::Nothing) => Ok(see_other(paths::DESK_ACCOUNT)),
        Err(error) => Err(error.into()),
    }
}

#[derive(Deserialize)]
pub(super) struct Codes {
    form_token: String,
    codes: String,
}

/// Gives back as a file what the page before showed: the site keeps no code that it could read.
pub(super) async fn recovery_file(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Codes>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    let title = format!("{} – {}", ctx.settings.site_name.text(visit.lang), visit.words.account_recovery_title());
    own::recovery_file(&form.codes, &title).ok_or(WebError::BadRequest(crate::kit::web::error::BadRequest::Form))
}

pub(super) async fn end_second_factor(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    match own::end_second_factor(&ctx, &visit.person).await {
        Ok(()) => Ok(done("second-factor")),
        Err(OwnError::Unproved) => Ok(prove_first(paths::DESK_ACCOUNT)),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn end_session(
    ctx: web::Data<Context>,
    request: HttpRequest,
    session: web::Path<i64>,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    own::end_session(&ctx, &visit.person, *session).await?;
    Ok(done("sessions"))
}

pub(super) async fn end_other_sessions(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    own::end_other_sessions(&ctx, &visit.person).await?;
    Ok(done("sessions"))
}
