//! Meetings over HTTP: parse, read in one snapshot, answer. What is not public is not there, by the same statement.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::press_kit::{self, Kit};
use super::{feed, views};
use crate::account::rights::Right;
use crate::change::answer::{Page, answer};
use crate::change::snapshot;
use crate::council::public;
use crate::directory::views::Moment;
use crate::directory::{self, standby};
use crate::front::feeds::Format;
use crate::front::handlers::found;
use crate::kit::clock::Year;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::paths;
use crate::release::{rendered, syndication};
use crate::search::filter;

/// A code in the pattern of an address.
const CODE: &str = "{code:[a-z0-9-]{1,80}}";

/// The pages of meetings, in each language of the site.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    let mut routes = Vec::new();
    for lang in settings.languages.iter().copied() {
        for format in Format::ALL {
            let ending = format.extension();
            routes.push(get(paths::council_feed(lang, ending), Right::Public, move |ctx, request| {
                show_feed(lang, format, ctx, request)
            }));
            // Somebody puts a feed's ending to the address of a meeting.
            let of_code = move |code: web::Path<String>| async move {
                found(&paths::feed(lang, ending, &format!("meeting={code}")))
            };
            routes.push(get(format!("{}.{ending}", paths::meeting(lang, CODE)), Right::Public, of_code));
        }
        routes.extend([
            get(paths::council(lang, ""), Right::Public, move |ctx, request| show_list(lang, ctx, request)),
            get(paths::press_kit(lang, CODE, ""), Right::Public, move |ctx, request, code| {
                show_kit(lang, ctx, request, code)
            }),
            get(paths::press_kit_file(lang, CODE, "md", ""), Right::Public, move |ctx, request, code| {
                send_text(lang, ctx, request, code)
            }),
            get(paths::press_kit_file(lang, CODE, "html", ""), Right::Public, move |ctx, request, code| {
                send_html(lang, ctx, request, code)
            }),
            get(paths::press_kit_file(lang, CODE, "zip", ""), Right::Public, move |ctx, request, code| {
                send_zip(lang, ctx, request, code)
            }),
            get(paths::meeting(lang, CODE), Right::Public, move |ctx, request, code| {
                show_meeting(lang, ctx, request, code)
            }),
        ]);
    }
    routes
}

async fn show_list(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let asked = parameters.take("year", Year::parse)?;
    parameters.finish()?;
    answer(
        &ctx,
        &request,
        async |conn, _| {
            let years = public::years(conn).await?;
            let year = asked.or(years.first().copied());
            let meetings = match year {
                Some(year) => public::of_year(conn, year).await?,
                None => Vec::new(),
            };
            Ok((years, year, meetings))
        },
        async |(years, year, meetings), _| {
            let page = views::list(&views::ListPage {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                asked,
                year,
                years: &years,
                meetings: &meetings,
            });
            Ok(Page::html(lang, page, vec!["meetings".into(), "list".into()]).into())
        },
    )
    .await
}

/// The code of an address, if it could be one.
fn named(code: &str) -> Result<String, WebError> {
    filter::code(code).ok_or(WebError::NotFound)
}

async fn show_meeting(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let code = named(&code)?;
    answer(
        &ctx,
        &request,
        async |conn, _| {
            let meeting = public::meeting(conn, &code).await?.ok_or(WebError::NotFound)?;
            let chair = public::chair(conn, &meeting).await?;
            let items = public::items(conn, meeting.id).await?;
            let near = public::neighbours(conn, &meeting).await?;
            // Whose releases its decisions are.
            let lead = items.first().and_then(|item| item.card.issuers.first()).map(|issuer| issuer.id);
            let contacts = match lead {
                Some(lead) => directory::public::contacts_of(conn, lead).await?,
                None => Vec::new(),
            };
            // Most pages depend on no hour: asked only where somebody could answer.
            let (duty, changes_at) = if contacts.is_empty() {
                (Vec::new(), None)
            } else {
                (standby::public::on_duty(conn).await?, standby::public::next_change(conn).await?)
            };
            let files = press_kit::files(conn, meeting.id).await?;
            Ok((meeting, chair, items, near, (lead, contacts, duty, changes_at), files))
        },
        async |(meeting, chair, items, (before, after), (lead, contacts, duty, changes_at), files), at| {
            let page = views::meeting(&views::MeetingPage {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                meeting: &meeting,
                chair: chair.as_ref(),
                items: &items,
                before: before.as_ref(),
                after: after.as_ref(),
                contacts: &contacts,
                moment: Moment { zone: ctx.settings.zone, now: at.now, duty: &duty },
                files_bytes: (!files.is_empty()).then(|| files.iter().map(|file| file.bytes).sum()),
            });
            let mut tags = tags(meeting.id.0);
            tags.extend(lead.map(|lead| format!("contacts:{lead}")));
            let page = Page::html(lang, page, tags);
            Ok(page.until(changes_at, at.now).into())
        },
    )
    .await
}

/// Of all that a page of a meeting shows.
fn tags(id: i64) -> Vec<String> {
    vec![format!("meeting:{id}"), "meetings".into(), "directory".into()]
}

/// A meeting with all its texts in `lang`, and in a second language if that is asked for.
async fn kit(lang: Lang, ctx: &Context, request: &HttpRequest, code: &str) -> Result<Kit, WebError> {
    let second = second(lang, ctx, request)?;
    let code = named(code)?;
    snapshot::read(ctx, async |conn, _| Kit::read(conn, &code, lang, second).await).await
}

/// `with=nl`: a language of the site beside the page's own.
fn second(lang: Lang, ctx: &Context, request: &HttpRequest) -> Result<Option<Lang>, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let offered = |text: &str| text.parse().ok().filter(|of| *of != lang && ctx.settings.languages.contains(of));
    let second = parameters.take("with", offered)?;
    parameters.finish()?;
    Ok(second)
}

async fn show_kit(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let second = second(lang, &ctx, &request)?;
    let code = named(&code)?;
    answer(
        &ctx,
        &request,
        async |conn, _| Kit::read(conn, &code, lang, second).await,
        async |kit, _| {
            let texts = rendered::html_of(&kit.texts()).await?;
            let page = press_kit::page(&kit, &ctx.settings, ctx.demo, &texts);
            Ok(Page::html(lang, page, tags(kit.meeting.id.0)).into())
        },
    )
    .await
}

async fn send_text(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let kit = kit(lang, &ctx, &request, &code).await?;
    Ok(file("text/markdown; charset=utf-8", &kit.file_name("md"), kit.markdown(&ctx.settings)))
}

async fn send_html(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let kit = kit(lang, &ctx, &request, &code).await?;
    let texts = rendered::html_of(&kit.texts()).await?;
    Ok(file("text/html; charset=utf-8", &kit.file_name("html"), kit.html(&ctx.settings, &texts)))
}

fn file(kind: &'static str, name: &str, body: String) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::CACHE_CONTROL, crate::kit::web::Keep::Public.header()))
        .body(body)
}

async fn send_zip(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    code: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let second = second(lang, &ctx, &request)?;
    let code = named(&code)?;
    let (kit, files) = snapshot::read(&ctx, async |conn, _| {
        let kit = Kit::read(conn, &code, lang, second).await?;
        let files = press_kit::files(conn, kit.meeting.id).await?;
        Ok((kit, files))
    })
    .await?;
    let texts = rendered::html_of(&kit.texts()).await?;
    press_kit::zip(&ctx, &request, &kit, &texts, files)
}

async fn show_feed(
    lang: Lang,
    format: Format,
    ctx: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    answer(
        &ctx,
        &request,
        async |conn, _| {
            let mut all = Vec::new();
            for meeting in public::latest(conn, feed::SIZE).await? {
                let items = public::items(conn, meeting.id).await?;
                all.push((meeting, items));
            }
            Ok((syndication::site(conn).await?, all))
        },
        async |(site, meetings), _| {
            let feed = feed::Feed::new(&ctx.settings, lang, &site, &meetings);
            let body = feed.document(format).map_err(|error| WebError::Internal(error.into()))?;
            let tags = vec!["meetings".into(), "list".into(), "directory".into()];
            Ok(Page { lang: Some(lang), ..Page::of(format.content_type(), body, tags) }.into())
        },
    )
    .await
}
