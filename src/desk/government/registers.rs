//! Offices, competences and persons: what mandates are made of. Added and renamed on one page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::list::{name_fields, read_names};
use crate::account::Visit;
use crate::directory::government::model::Holder;
use crate::directory::government::{query, register};
use crate::directory::handlers::{Wrongs, line};
use crate::ids::PersonId;
use crate::kit::context::Context;
use crate::kit::lang::Texts;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Section};
use crate::paths;

/// What was typed and not taken.
#[derive(Debug, Default)]
struct Typed {
    names: Texts,
    wrongs: Wrongs,
}

/// `GET /desk/offices`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    registers_page(&ctx, &visit, &Typed::default()).await
}

async fn registers_page(ctx: &Context, visit: &Visit, typed: &Typed) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let offices = query::offices(&mut conn).await?;
    let competences = query::competences(&mut conn).await?;
    let holders = query::holders(&mut conn).await?;
    drop(conn);
    let (lang, words) = (visit.lang, visit.words);
    let title = words.government_registers();
    let by_name = |mut all: Vec<(i64, Texts)>| {
        all.sort_by_cached_key(|(_, names)| names.text(lang).to_lowercase());
        all
    };
    let offices = by_name(offices.into_iter().map(|it| (it.id.0, it.names)).collect());
    let competences = by_name(competences.into_iter().map(|it| (it.id.0, it.names)).collect());
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_GOVERNMENTS) { (words.government_title()) } }, &title, html! {}))
        (desk::error(&words.form_wrong(typed.wrongs.len()), &typed.wrongs))
        div.home {
            div {
                (desk::section("offices", &words.government_offices(), html! {}, named(ctx, visit, "office", &offices)))
                (desk::section("competences", &words.government_competences(), html! {}, named(ctx, visit, "competence", &competences)))
                (desk::section("persons", &words.government_persons(), html! {}, persons(visit, &holders)))
            }
            div {
                (desk::section("add", &words.government_register_add(), html! {}, html! {
                    form.form method="post" action=(paths::DESK_REGISTERS) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        fieldset {
                            legend.lab { (words.government_register_kind()) }
                            label.pick { input type="radio" name="kind" value="office" checked; span { (words.government_office()) } }
                            label.pick { input type="radio" name="kind" value="competence"; span { (words.government_competence()) } }
                        }
                        (name_fields(&ctx.settings.languages, lang, words, &typed.names, &typed.wrongs))
                        div.acts { button.main { (words.government_register_add()) } }
                    }
                }))
            }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Directory, main));
    if !typed.wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// Each with its names in all languages behind a disclosure, to be changed in place.
fn named(ctx: &Context, visit: &Visit, kind: &str, all: &[(i64, Texts)]) -> Markup {
    let (lang, words) = (visit.lang, visit.words);
    html! {
        @if all.is_empty() { p.soft { (words.government_register_none()) } }
        ul.rows { @for (id, names) in all { li {
            details {
                summary { (names.text(lang)) }
                form.form method="post" action=(paths::DESK_REGISTERS_NAME) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    input type="hidden" name="kind" value=(kind);
                    input type="hidden" name="id" value=(id);
                    @for of in &ctx.settings.languages {
                        @let field = format!("{kind}-{id}-{of}");
                        div.field {
                            label for=(field) { (crate::kit::dates::capital(&crate::phrases::language_name(*of, lang))) }
                            input id=(field) name={ "name-" (of) } lang=(of) maxlength="120" required value=[names.0.get(of)];
                        }
                    }
                    div.acts { button { (words.government_rename()) } }
                }
            }
        } } }
    }
}

fn persons(visit: &Visit, all: &[Holder]) -> Markup {
    let words = visit.words;
    html! {
        @if all.is_empty() { p.soft { (words.government_register_none()) } }
        ul.rows { @for one in all { li {
            details {
                summary { (one.family_name) ", " (one.given_name) }
                form.form method="post" action=(paths::DESK_REGISTERS_NAME) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    input type="hidden" name="kind" value="person";
                    input type="hidden" name="id" value=(one.id);
                    div.line {
                        @for (name, label, value) in [
                            ("given_name", words.government_given_name(), &one.given_name),
                            ("family_name", words.government_family_name(), &one.family_name),
                        ] {
                            @let field = format!("{name}-{}", one.id);
                            (desk::field(&field, &label, None, None, html! {
                                input id=(field) name=(name) value=(value) maxlength="100" required aria-describedby=[described_by(&field, false, false)];
                            }))
                        }
                    }
                    div.acts { button { (words.government_rename()) } }
                }
            }
        } } }
    }
}

fn kind(form: &Fields) -> Result<register::Kind, WebError> {
    match form.get("kind") {
        "office" => Ok(register::Kind::Office),
        "competence" => Ok(register::Kind::Competence),
        _ => Err(WebError::BadRequest(BadRequest::Form)),
    }
}

/// `POST /desk/offices`
pub async fn add(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let kind = kind(&form)?;
    let (names, wrongs) = read_names(&form, &ctx.settings.languages, visit.words);
    if !wrongs.is_empty() {
        return registers_page(&ctx, &visit, &Typed { names, wrongs }).await;
    }
    let mut conn = ctx.conn().await?;
    register::add(&mut conn, &visit.person, kind, &names).await?;
    Ok(see_other(paths::DESK_REGISTERS))
}

/// `POST /desk/offices/name`
pub async fn rename(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let id: i64 = form.get("id").parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    if form.get("kind") == "person" {
        let (given, family) = (line(form.get("given_name")), line(form.get("family_name")));
        let fits = |name: &str| !name.is_empty() && name.chars().count() <= 100;
        if !fits(&given) || !fits(&family) {
            drop(conn);
            let wrongs = vec![("persons".to_owned(), visit.words.government_wrong_person())];
            return registers_page(&ctx, &visit, &Typed { names: Texts::default(), wrongs }).await;
        }
        register::rename_person(&mut conn, &visit.person, PersonId(id), &given, &family).await?;
        return Ok(see_other(&format!("{}#persons", paths::DESK_REGISTERS)));
    }
    let kind = kind(&form)?;
    let (names, wrongs) = read_names(&form, &ctx.settings.languages, visit.words);
    if !wrongs.is_empty() {
        drop(conn);
        return registers_page(&ctx, &visit, &Typed { names: Texts::default(), wrongs }).await;
    }
    register::rename(&mut conn, &visit.person, kind, id, &names).await?;
    Ok(see_other(paths::DESK_REGISTERS))
}
