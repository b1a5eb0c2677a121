//! Who works here: their list, and the page of each. An institution's admin sees their own institution's people.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};
use serde::Deserialize;

use crate::account::creation::CreationError;
use crate::account::mails::role_name;
use crate::account::model::Account;
use crate::account::people::{self, PeopleError};
use crate::account::query::Listed;
use crate::account::rights::{Action, Object, may, may_give};
use crate::account::views::{Line, line, token};
use crate::account::{Person, Role, Visit, query};
use crate::directory::{self, Institution};
use crate::ids::{AccountId, InstitutionId};
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{self, Mark, Section, Tone, error, field, mark, page_top, row, section, state};
use crate::paths;

/// People on a page.
const PAGE: i64 = 100;

/// The filter of the list, as typed, and the place where it goes on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    role: String,
    institution: String,
    after_name: String,
    after: Option<i64>,
    done: String,
}

/// The institutions whose people somebody sees to.
async fn institutions(ctx: &Context, person: &Person) -> Result<Vec<Institution>, WebError> {
    let mut all = directory::query::institutions(&mut *ctx.conn().await?).await?;
    all.retain(|there| {
        let of_council = there.family == directory::Family::Council;
        may(person, Action::People, Object::Institution { id: there.id, of_council })
    });
    Ok(all)
}

/// `GET /desk/people`
pub async fn list(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let institutions = institutions(&ctx, &visit.person).await?;
    let chosen = asked.institution.parse().ok().map(InstitutionId);
    let listed = Listed {
        // Whoever is no admin sees one institution, whatever the address asks for.
        institution_id: if visit.person.role() == Role::Admin { chosen } else { visit.person.institution_id() },
        role: asked.role.parse().ok(),
        words: asked.q.trim().to_owned(),
        after: asked.after.map(|id| (asked.after_name.clone(), id)),
    };
    let found = query::list(&mut *ctx.conn().await?, &listed, PAGE).await?;
    let name_of = |id: Option<InstitutionId>| {
        id.and_then(|id| institutions.iter().find(|there| there.id == id)).map(|there| there.names.text(visit.lang))
    };
    let content = html! {
        (page_top(html! {}, &words.people_title(), html! { a.btn.main href=(paths::DESK_PEOPLE_NEW) { (words.people_invite()) } }))
        form.line method="get" action=(paths::DESK_PEOPLE) {
            div.field { label for="q" { (words.people_find()) } input #q name="q" type="search" value=(asked.q); }
            div.field {
                label for="role" { (words.people_role()) }
                select #role name="role" {
                    option value="" { (words.people_all_roles()) }
                    @for role in Role::ALL {
                        option value=(role) selected[listed.role == Some(*role)] { (role_name(words, *role)) }
                    }
                }
            }
            @if visit.person.role() == Role::Admin {
                div.field {
                    label for="institution" { (words.people_institution()) }
                    select #institution name="institution" {
                        option value="" { (words.people_all_institutions()) }
                        @for there in &institutions {
                            option value=(there.id) selected[chosen == Some(there.id)] { (there.names.text(visit.lang)) }
                        }
                    }
                }
            }
            button { (words.people_filter()) }
        }
        @if found.is_empty() { p.soft { (words.people_none()) } } @else {
            ul.rows {
                @for account in &found {
                    (row(
                        standing(&visit, account),
                        html! { a href=(paths::of_account(paths::DESK_PERSON, account.id)) { (account.name) } },
                        html! {
                            (role_name(words, account.role))
                            @if let Some(name) = name_of(account.institution_id) { " · " (name) }
                            " · " (account.email)
                            @if account.totp_confirmed_at.is_some() { " · " (words.people_second_factor()) }
                        },
                        html! {},
                    ))
                }
            }
        }
        @if let Some(last) = found.last().filter(|_| found.len() as i64 == PAGE) {
            p { a href=(further(&asked, last)) { (words.people_more()) } }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &words.people_title(), Section::People, content)))
}

fn further(asked: &Asked, last: &Account) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in [("q", &asked.q), ("role", &asked.role), ("institution", &asked.institution)] {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.append_pair("after_name", &last.name).append_pair("after", &last.id.to_string());
    format!("{}?{}", paths::DESK_PEOPLE, query.finish())
}

fn standing(visit: &Visit, account: &Account) -> Markup {
    let words = visit.words;
    if account.disabled_at.is_some() {
        state(Mark::Withdrawn, Tone::Mute, &words.people_state_closed())
    } else if account.password_hash.is_none() {
        state(Mark::Submitted, Tone::Now, &words.people_state_invited())
    } else {
        state(Mark::Ok, Tone::Ok, &words.people_state_open())
    }
}

/// Somebody's standing, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Standing {
    form_token: String,
    email: String,
    name: String,
    role: String,
    institution: String,
}

/// What is wrong with it, by the name of the field.
type Wrongs = Vec<(&'static str, String)>;

/// The fields of a standing: `with_address` when somebody is invited.
fn fields(
    visit: &Visit,
    institutions: &[Institution],
    typed: &Standing,
    wrongs: &Wrongs,
    with_address: bool,
) -> Markup {
    let words = visit.words;
    let wrong = |name: &str| wrongs.iter().find(|(of, _)| *of == name).map(|(_, wrong)| wrong.as_str());
    let select =
        |name: &str| (wrong(name).map(|_| "true"), desk::parts::described_by(name, false, wrong(name).is_some()));
    html! {
        @if with_address {
            (line(&Line { name: "email", label: &words.sign_in_email(), hint: None, wrong: wrong("email"), kind: "email",
                autocomplete: "off", value: &typed.email, focus: false }))
        }
        (line(&Line { name: "name", label: &words.account_name(), hint: None, wrong: wrong("name"), kind: "text",
            autocomplete: "off", value: &typed.name, focus: false }))
        (field("role", &words.people_role(), None, wrong("role"), html! {
            @let (invalid, described) = select("role");
            select #role name="role" aria-invalid=[invalid] aria-describedby=[described] {
                @for role in Role::ALL.iter().filter(|role| may_give(visit.person.role(), **role)) {
                    option value=(role) selected[typed.role == role.as_str()] { (role_name(words, *role)) }
                }
            }
        }))
        (field("institution", &words.people_institution(), None, wrong("institution"), html! {
            @let (invalid, described) = select("institution");
            select #institution name="institution" aria-invalid=[invalid] aria-describedby=[described] {
                @if visit.person.role() == Role::Admin { option value="" { (words.people_institution_none()) } }
                @for there in institutions {
                    option value=(there.id) selected[typed.institution == there.id.to_string()] { (there.names.text(visit.lang)) }
                }
            }
        }))
    }
}

fn on_top(visit: &Visit, wrongs: &Wrongs) -> Markup {
    let count = i64::try_from(wrongs.len()).unwrap_or(i64::MAX);
    let listed: Vec<(String, String)> =
        wrongs.iter().map(|(name, wrong)| ((*name).to_owned(), wrong.clone())).collect();
    error(&visit.words.people_errors(count), &listed)
}

/// What stands in the fields, if it can be taken; else all that is wrong, at once.
fn understood(visit: &Visit, typed: &Standing, with_address: bool) -> Result<(Role, Option<InstitutionId>), Wrongs> {
    let words = visit.words;
    let mut wrongs = Wrongs::new();
    if with_address && crate::kit::mail::Address::parse(&typed.email).is_err() {
        wrongs.push(("email", words.account_email_wrong()));
    }
    if crate::account::own::name(&typed.name).is_none() {
        wrongs.push(("name", words.account_name_wrong()));
    }
    let role = typed.role.parse::<Role>();
    if role.is_err() {
        wrongs.push(("role", words.people_error_role()));
    }
    let institution = typed.institution.parse().ok().map(InstitutionId);
    if role.as_ref().is_ok_and(|role| role.needs_institution()) && institution.is_none() {
        wrongs.push(("institution", words.people_error_institution()));
    }
    match role {
        Ok(role) if wrongs.is_empty() => {
            // Who sees to one institution gives its roles, and no other.
            if may(&visit.person, Action::People, Object::Account { institution_id: institution, role }) {
                Ok((role, institution))
            } else {
                Err(vec![("role", words.people_error_not_yours())])
            }
        }
        _ => Err(wrongs),
    }
}

/// `GET /desk/people/new`
pub async fn invite_form(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let typed = Standing {
        role: Role::Contributor.to_string(),
        institution: visit.person.institution_id().map(|id| id.to_string()).unwrap_or_default(),
        ..Standing::default()
    };
    Ok(page(Keep::Never, invite_page(&ctx, &visit, &typed, &Wrongs::new()).await?))
}

async fn invite_page(ctx: &Context, visit: &Visit, typed: &Standing, wrongs: &Wrongs) -> Result<Markup, WebError> {
    let words = visit.words;
    let institutions = institutions(ctx, &visit.person).await?;
    let content = html! {
        (page_top(html! { a href=(paths::DESK_PEOPLE) { (words.people_title()) } }, &words.people_invite(), html! {}))
        div.narrow {
            (on_top(visit, wrongs))
            p { (words.people_invite_lead()) }
            form method="post" action=(paths::DESK_PEOPLE_NEW) {
                (token(&visit.form_token))
                (fields(visit, &institutions, typed, wrongs, true))
                div.acts { button.main { (words.people_send()) } }
            }
        }
    };
    Ok(visit.page(ctx, &words.people_invite(), Section::People, content))
}

fn to_correct(markup: Markup) -> HttpResponse {
    let mut answer = page(Keep::Never, markup);
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    answer
}

/// `POST /desk/people/new`
pub async fn invite(
    ctx: web::Data<Context>,
    request: HttpRequest,
    typed: web::Form<Standing>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &typed.form_token).await?;
    let wrongs = match understood(&visit, &typed, true) {
        Err(wrongs) => wrongs,
        Ok((role, institution)) => {
            match people::invite(&ctx, &visit.person, &typed.email, &typed.name, role, institution).await {
                Ok(person) => {
                    let to = paths::of_account(paths::DESK_PERSON, person.id());
                    return Ok(see_other(&format!("{to}?done=invited")));
                }
                Err(PeopleError::Creation(CreationError::Taken)) => {
                    vec![("email", visit.words.people_error_taken())]
                }
                Err(PeopleError::Creation(CreationError::Address)) => {
                    vec![("email", visit.words.account_email_wrong())]
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    Ok(to_correct(invite_page(&ctx, &visit, &typed, &wrongs).await?))
}

/// `GET /desk/people/{account}`
pub async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let account = query::account(&mut *ctx.conn().await?, AccountId(*id)).await?.ok_or(WebError::NotFound)?;
    let typed = typed(&account);
    let done = match asked.done.as_str() {
        "invited" => Some(visit.words.people_done_invited()),
        "saved" => Some(visit.words.people_done_saved()),
        _ => None,
    };
    Ok(page(Keep::Never, person_page(&ctx, &visit, &account, &typed, &Wrongs::new(), done).await?))
}

fn typed(account: &Account) -> Standing {
    Standing {
        name: account.name.clone(),
        role: account.role.to_string(),
        institution: account.institution_id.map(|id| id.to_string()).unwrap_or_default(),
        ..Standing::default()
    }
}

async fn person_page(
    ctx: &Context,
    visit: &Visit,
    account: &Account,
    typed: &Standing,
    wrongs: &Wrongs,
    done: Option<String>,
) -> Result<Markup, WebError> {
    let words = visit.words;
    let institutions = institutions(ctx, &visit.person).await?;
    let address = |pattern: &str| paths::of_account(pattern, account.id);
    let object = Object::Account { institution_id: account.institution_id, role: account.role };
    let is_own = account.id == visit.person.id();
    let may_change = !is_own && may(&visit.person, Action::People, object);
    let press = |pattern: &str, label: String, hint: Option<String>, danger: bool| {
        html! {
            form method="post" action=(address(pattern)) {
                (token(&visit.form_token))
                @if let Some(hint) = hint { p.soft { (hint) } }
                div.acts { button.danger[danger] { (label) } }
            }
        }
    };
    let content = html! {
        (page_top(
            html! { a href=(paths::DESK_PEOPLE) { (words.people_title()) } },
            &account.name,
            html! {
                @if may(&visit.person, Action::Journal, Object::Site) {
                    a.btn href={ (paths::DESK_JOURNAL) "?person=" (account.id) } { (words.people_journal()) }
                }
            },
        ))
        @if let Some(done) = done { p.note role="status" { (mark(Mark::Ok)) " " (done) } }
        div.narrow {
            (on_top(visit, wrongs))
            p { (standing(visit, account)) " " (account.email)
                @if account.totp_confirmed_at.is_some() { " · " (words.people_second_factor()) } }
            @if is_own { p.note { (mark(Mark::Info)) " " (words.people_own()) } }
            @if may_change {
                (section("standing", &words.people_standing(), html! {}, html! {
                    form method="post" action=(address(paths::DESK_PERSON)) {
                        (token(&visit.form_token))
                        (fields(visit, &institutions, typed, wrongs, false))
                        p.soft { (words.people_standing_hint()) }
                        div.acts { button.main { (words.account_save()) } }
                    }
                }))
                (section("access", &words.people_access(), html! {}, html! {
                    @if account.disabled_at.is_some() {
                        (press(paths::DESK_PERSON_OPENING, words.people_open(), None, false))
                    } @else {
                        @if account.password_hash.is_none() {
                            (press(paths::DESK_PERSON_INVITATION, words.people_invite_again(), None, false))
                        }
                        @if account.totp_confirmed_at.is_some() {
                            (press(paths::DESK_PERSON_SECOND_FACTOR, words.people_reset_second_factor(), Some(words.people_reset_second_factor_hint()), true))
                        }
                        (press(paths::DESK_PERSON_CLOSING, words.people_close(), Some(words.people_close_hint()), true))
                    }
                }))
            }
        }
    };
    Ok(visit.page(ctx, &account.name, Section::People, content))
}

/// `POST /desk/people/{account}`
pub async fn change(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    typed: web::Form<Standing>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &typed.form_token).await?;
    let wrongs = match understood(&visit, &typed, false) {
        Err(wrongs) => wrongs,
        Ok((role, institution)) => {
            people::change(&ctx, &visit.person, AccountId(*id), &typed.name, role, institution).await?;
            return Ok(back(*id, "saved"));
        }
    };
    let account = query::account(&mut *ctx.conn().await?, AccountId(*id)).await?.ok_or(WebError::NotFound)?;
    Ok(to_correct(person_page(&ctx, &visit, &account, &typed, &wrongs, None).await?))
}

fn back(id: i64, done: &str) -> HttpResponse {
    see_other(&format!("{}?done={done}", paths::of_account(paths::DESK_PERSON, AccountId(id))))
}

/// A form with nothing in it but its token.
#[derive(Deserialize)]
pub struct Signed {
    form_token: String,
}

/// `POST /desk/people/{account}/closing`
pub async fn close(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    people::close(&ctx, &visit.person, AccountId(*id)).await?;
    Ok(back(*id, "saved"))
}

/// `POST /desk/people/{account}/opening`
pub async fn open(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    people::open(&ctx, &visit.person, AccountId(*id)).await?;
    Ok(back(*id, "saved"))
}

/// `POST /desk/people/{account}/invitation`
pub async fn invite_again(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    people::invite_again(&ctx, &visit.person, AccountId(*id)).await?;
    Ok(back(*id, "invited"))
}

/// `POST /desk/people/{account}/second-factor`
pub async fn reset_second_factor(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Signed>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, &form.form_token).await?;
    people::reset_second_factor(&ctx, &visit.person, AccountId(*id)).await?;
    Ok(back(*id, "saved"))
}
