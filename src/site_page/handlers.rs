//! The pages about the site over HTTP, for readers and for whoever edits them.

use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::model::{Content, SitePage};
use super::suggestion::{self, Form, Problem, Source};
use super::writing::{self, WritingError};
use super::{query, views};
use crate::account::Visit;
use crate::account::rights::{Action, Right};
use crate::change::answer::{self, Page};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::rich_text;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::limit::{self, Limiter, PerClient};
use crate::kit::web::origin::own_site;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::Section;
use crate::paths;

/// The most characters of a heading, and of a text.
const TITLE_MAX: usize = 200;
const BODY_MAX: usize = 20_000;

/// The public pages in each language of the site, and those of the desk.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    // Three at once, and one more each twenty seconds: more than a person writes.
    let three = NonZeroU32::new(3).expect("three is not zero");
    let limit: Arc<PerClient> = Arc::new(Limiter::new(three, three));
    let mut routes = Vec::new();
    for lang in settings.languages.iter().copied() {
        for which in SitePage::ALL.iter().copied() {
            let path = which.path(lang);
            routes.push(routes::get(path, Right::Public, move |ctx, request| show(lang, which, ctx, request)));
            if which.has_form() {
                let limit = Arc::clone(&limit);
                routes.push(routes::post(
                    paths::site_message(lang, which.word()),
                    Right::Public,
                    move |ctx, request, fields| create_message(lang, which, Arc::clone(&limit), ctx, request, fields),
                ));
                routes.push(routes::get(paths::site_message_sent(lang, which.word()), Right::Public, move |ctx| {
                    show_sent(lang, which, ctx)
                }));
            }
        }
    }
    let pages = Right::Site(Action::Pages);
    routes.extend([
        routes::get(paths::DESK_SITE, pages, index),
        routes::get(paths::DESK_PAGES, pages, list),
        routes::get(paths::DESK_PAGE, pages, edit),
        routes::post(paths::DESK_PAGE, pages, write),
        routes::get(paths::DESK_PAGE_HISTORY, pages, history),
        routes::post(paths::DESK_PAGE_RESTORATION, pages, restore),
        routes::get(paths::DESK_SUGGESTION, Right::SignedIn, suggest),
        routes::post(paths::DESK_SUGGESTION, Right::SignedIn, {
            let limit = Arc::clone(&limit);
            move |ctx, request, fields| create_suggestion(Arc::clone(&limit), ctx, request, fields)
        }),
    ]);
    routes
}

async fn show(
    lang: Lang,
    which: SitePage,
    ctx: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    answer::answer(
        &ctx,
        &request,
        async |conn, _| Ok(query::public(conn, which).await?),
        async |content, _| {
            let markup = views::public(&ctx, lang, which, &content, &Form::default(), &[]);
            Ok(Page::html(lang, markup, vec!["pages".into()]).into())
        },
    )
    .await
}

async fn create_message(
    lang: Lang,
    which: SitePage,
    limit: Arc<PerClient>,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    limit.count(&limit::client(&request, &ctx.settings.trusted_proxies))?;
    let form = form(&fields);
    match form.check() {
        Ok((text, address)) => {
            let source = if which == SitePage::Accessibility { Source::Accessibility } else { Source::Contact };
            suggestion::send(&ctx, source, lang, text, address, &form.about, None).await?;
            Ok(see_other(&paths::site_message_sent(lang, which.word())))
        }
        Err(problems) => {
            let content = query::public(&mut *ctx.conn().await?, which).await?;
            Ok(unprocessable(page(Keep::Never, views::public(&ctx, lang, which, &content, &form, &problems))))
        }
    }
}

fn form(fields: &Fields) -> Form {
    let text = |name| fields.get(name).to_owned();
    Form { text: text("text"), email: text("email"), about: text("about") }
}

fn unprocessable(mut answer: HttpResponse) -> HttpResponse {
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    answer
}

async fn show_sent(lang: Lang, which: SitePage, ctx: web::Data<Context>) -> HttpResponse {
    page(Keep::Public, views::sent(&ctx, lang, which))
}

/// `GET /desk/site`: what there is to look after.
async fn index(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let title = visit.words.desk_nav_site();
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Site, views::index(visit.words))))
}

async fn list(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let mut all = Vec::new();
    for which in SitePage::ALL.iter().copied() {
        all.extend(query::revisions(&mut conn, which).await?.into_iter().next().map(|last| (which, last)));
    }
    drop(conn);
    let title = visit.words.site_pages_title();
    Ok(page(
        Keep::Never,
        visit.page(&ctx, &title, Section::Site, views::list(&ctx.settings, visit.lang, visit.words, &all)),
    ))
}

fn named(name: &str) -> Result<SitePage, WebError> {
    name.parse().map_err(|_| WebError::NotFound)
}

async fn edit(
    ctx: web::Data<Context>,
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let which = named(&name)?;
    let mut conn = ctx.conn().await?;
    let last = query::revisions(&mut conn, which).await?.into_iter().next().ok_or(WebError::NotFound)?;
    drop(conn);
    Ok(editor(&ctx, &visit, which, last.number, &last.content, &[], false))
}

fn editor(
    ctx: &Context,
    visit: &Visit,
    which: SitePage,
    over: i32,
    content: &Content,
    wrongs: &[(String, String)],
    is_overtaken: bool,
) -> HttpResponse {
    let title = which.brought().titles.text(visit.lang).to_owned();
    let main = views::editor(&views::Editor {
        settings: &ctx.settings,
        lang: visit.lang,
        words: visit.words,
        form_token: &visit.form_token,
        which,
        over,
        content,
        wrongs,
        is_overtaken,
    });
    let answer = page(Keep::Never, visit.page(ctx, &title, Section::Site, main));
    if wrongs.is_empty() && !is_overtaken { answer } else { unprocessable(answer) }
}

async fn write(
    ctx: web::Data<Context>,
    request: HttpRequest,
    name: web::Path<String>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let which = named(&name)?;
    let over: i32 = fields.get("over").parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let mut content = Content { titles: Texts::default(), bodies: Texts::default() };
    let mut wrongs = Vec::new();
    for lang in Lang::ALL {
        let title = fields.get(&format!("title-{lang}")).to_owned();
        let body = rich_text::normal_form(fields.get(&format!("body-{lang}")));
        if title.is_empty() && body.trim().is_empty() && !ctx.settings.languages.contains(&lang) {
            continue;
        }
        // Every language of the site has every page: none is the main one.
        if title.is_empty() {
            wrongs.push((format!("title-{lang}"), visit.words.site_pages_wrong_title()));
        } else if title.chars().count() > TITLE_MAX {
            wrongs.push((format!("title-{lang}"), visit.words.directory_wrong_long(TITLE_MAX)));
        }
        if body.trim().is_empty() {
            wrongs.push((format!("body-{lang}"), visit.words.site_pages_wrong_body()));
        } else if body.chars().count() > BODY_MAX {
            wrongs.push((format!("body-{lang}"), visit.words.directory_wrong_long(BODY_MAX)));
        }
        content.titles.0.insert(lang, title);
        content.bodies.0.insert(lang, body);
    }
    if !wrongs.is_empty() {
        return Ok(editor(&ctx, &visit, which, over, &content, &wrongs, false));
    }
    let mut conn = ctx.conn().await?;
    match writing::write(&mut conn, &visit.person, which, over, &content).await {
        Ok(()) => Ok(see_other(&paths::of_page(paths::DESK_PAGE_HISTORY, which.as_str()))),
        // Nobody's words are lost: the form comes back with them, over the text that came first.
        Err(WritingError::Overtaken) => {
            let last = query::revisions(&mut conn, which).await?.into_iter().next().ok_or(WebError::NotFound)?;
            Ok(editor(&ctx, &visit, which, last.number, &content, &[], true))
        }
        Err(error) => Err(error.into()),
    }
}

async fn history(
    ctx: web::Data<Context>,
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let which = named(&name)?;
    let mut parameters = Parameters::read(request.query_string())?;
    let from = parameters.take("from", |text| text.parse::<i32>().ok())?;
    let to = parameters.take("to", |text| text.parse::<i32>().ok())?;
    parameters.finish()?;
    let mut conn = ctx.conn().await?;
    let all = query::revisions(&mut conn, which).await?;
    drop(conn);
    let of = |number: Option<i32>, or: usize| match number {
        Some(number) => all.iter().find(|revision| revision.number == number).ok_or(WebError::NotFound),
        None => all.get(or).or(all.last()).ok_or(WebError::NotFound),
    };
    let (to, from) = (of(to, 0)?, of(from, 1)?);
    let main = views::history(&views::History {
        settings: &ctx.settings,
        lang: visit.lang,
        words: visit.words,
        form_token: &visit.form_token,
        which,
        all: &all,
        from,
        to,
    });
    let title = which.brought().titles.text(visit.lang).to_owned();
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Site, main)))
}

async fn restore(
    ctx: web::Data<Context>,
    request: HttpRequest,
    name: web::Path<String>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let which = named(&name)?;
    let number: i32 = fields.get("revision").parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    writing::restore(&mut conn, &visit.person, which, number).await?;
    Ok(see_other(&paths::of_page(paths::DESK_PAGE_HISTORY, which.as_str())))
}

async fn suggest(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut parameters = Parameters::read(request.query_string())?;
    let sent = parameters.take("sent", |text| (text == "1").then_some(()))?.is_some();
    parameters.finish()?;
    Ok(suggestion_page(&ctx, &visit, &Form::default(), &[], sent))
}

fn suggestion_page(ctx: &Context, visit: &Visit, form: &Form, problems: &[Problem], sent: bool) -> HttpResponse {
    let title = visit.words.suggestion_desk_title();
    let main = views::suggestion(visit.words, &visit.form_token, form, problems, sent);
    let answer = page(Keep::Never, visit.page(ctx, &title, Section::Home, main));
    if problems.is_empty() { answer } else { unprocessable(answer) }
}

async fn create_suggestion(
    limit: Arc<PerClient>,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    limit.count(&limit::client(&request, &ctx.settings.trusted_proxies))?;
    let form = form(&fields);
    match form.check() {
        Ok((text, _)) => {
            let from = Some((visit.person.actor(), visit.person.name()));
            suggestion::send(&ctx, Source::Desk, visit.lang, text, None, &form.about, from).await?;
            Ok(see_other(&format!("{}?sent=1", paths::DESK_SUGGESTION)))
        }
        Err(problems) => Ok(suggestion_page(&ctx, &visit, &form, &problems, false)),
    }
}
