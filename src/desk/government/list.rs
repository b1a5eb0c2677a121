//! All governments on one page, and a new one to prepare.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::standing;
use crate::account::Visit;
use crate::directory::government::views::period;
use crate::directory::government::{Government, keeping, query};
use crate::directory::handlers::{Wrongs, in_each_language, line, texts};
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Section};
use crate::paths;
use crate::phrases::Phrases;

/// The most characters of a name.
pub const NAME_MAX: usize = 120;

/// `GET /desk/governments`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    list_page(&ctx, &visit, &Texts::default(), &Wrongs::new()).await
}

/// `POST /desk/governments`
pub async fn prepare(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let (names, wrongs) = read_names(&form, &ctx.settings.languages, visit.words);
    if !wrongs.is_empty() {
        return list_page(&ctx, &visit, &names, &wrongs).await;
    }
    let mut conn = ctx.conn().await?;
    let id = keeping::prepare(&mut conn, &visit.person, &names, form.is_ticked("copy")).await?;
    Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, id)))
}

/// A name in each language of the site, with what is wrong with it.
pub fn read_names(form: &Fields, languages: &[Lang], words: &Phrases) -> (Texts, Wrongs) {
    let mut wrongs = Wrongs::new();
    let names = texts(form, "name", line).unwrap_or_default();
    for lang in languages {
        let wrong = match names.0.get(lang).map(|name| name.chars().count()) {
            None => Some(words.directory_wrong_every_name()),
            Some(length) if length > NAME_MAX => Some(words.directory_wrong_long(NAME_MAX)),
            Some(_) => None,
        };
        wrongs.extend(wrong.map(|wrong| (format!("name-{lang}"), wrong)));
    }
    (names, wrongs)
}

/// The fields of [`read_names`].
pub fn name_fields(languages: &[Lang], lang: Lang, words: &Phrases, names: &Texts, wrongs: &Wrongs) -> Markup {
    in_each_language(languages, lang, "name", &words.directory_names(), wrongs, |id, of, wrong| {
        html! {
            input id=(id) name=(id) lang=(of) maxlength=(NAME_MAX) value=[names.0.get(&of)] required
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
        }
    })
}

async fn list_page(ctx: &Context, visit: &Visit, names: &Texts, wrongs: &Wrongs) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let all = query::governments(&mut conn).await?;
    drop(conn);
    let (lang, words) = (visit.lang, visit.words);
    let title = words.government_title();
    let actions = html! { a.btn href=(paths::DESK_REGISTERS) { (words.government_registers()) } };
    let has_present = all.iter().any(Government::is_in_office);
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_INSTITUTIONS) { (words.desk_nav_directory()) } }, &title, actions))
        (desk::error(&words.form_wrong(wrongs.len()), wrongs))
        div.home {
            div { (desk::section("all", &words.government_all(), html! {}, html! {
                @if all.is_empty() { p { (words.government_none_yet()) } }
                ul.rows {
                    @for of in &all {
                        (desk::row(
                            standing(of, words),
                            html! { a href=(paths::of_government(paths::DESK_GOVERNMENT, of.id)) { (of.names.text(lang)) } },
                            html! {
                                @match of.takes_over_at {
                                    Some(at) => (words.government_takes_over_at(super::instant(ctx, lang, at))),
                                    None => (period(&ctx.settings, lang, words, of.starts_at, of.ends_at)),
                                }
                            },
                            html! {},
                        ))
                    }
                }
            })) }
            div { (desk::section("prepare", &words.government_prepare(), html! {}, html! {
                form.form method="post" action=(paths::DESK_GOVERNMENTS) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    p { (words.government_prepare_what()) }
                    (name_fields(&ctx.settings.languages, lang, words, names, wrongs))
                    @if has_present {
                        label.pick {
                            input type="checkbox" name="copy" checked;
                            span { (words.government_copy()) span.soft { (words.government_copy_hint()) } }
                        }
                    }
                    div.acts { button.main { (words.government_prepare_button()) } }
                }
            })) }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Directory, main));
    if !wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}
