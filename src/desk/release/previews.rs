//! Who may see a release before it is public: personal links, made, listed with what was read by them, and ended.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use maud::{Markup, html};

use super::{Item, instant, name};
use crate::account::Visit;
use crate::desk::editor::form::Pairs;
use crate::ids::{GrantId, ReleaseId};
use crate::kit::clock::{self, Wall};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Section, page_top, section};
use crate::paths;
use crate::release::error::ReleaseError;
use crate::release::grant::{self, Grant, NewGrant};
use crate::release::query as releases;

/// How long a link opens where nothing is planned.
const LASTS: Duration = Duration::days(7);
/// The most that one opens.
const AT_MOST: Duration = Duration::days(90);
/// How long the page that made a link shows it.
const SHOWN: Duration = Duration::minutes(5);
/// The most characters of a name.
const NAME_MAX: usize = 200;

#[derive(Debug, Default)]
struct Typed {
    name: String,
    email: String,
    lang: String,
    day: String,
    hour: String,
    with_files: bool,
    by_hand: bool,
}

type Wrongs = Vec<(&'static str, String)>;

/// `GET /desk/releases/{release}/previews`
pub async fn list(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let made = request.query_string().strip_prefix("made=").and_then(|id| id.parse().ok()).map(GrantId);
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    let now = clock::now(&mut conn).await?;
    let typed = offered(&ctx, &visit, &item, now);
    let grants = releases::grants(&mut conn, item.id).await?;
    Ok(drawn(&ctx, &visit, &item, &grants, now, made, &typed, &Vec::new(), StatusCode::OK))
}

/// Until the planned instant, or for a week.
fn offered(ctx: &Context, visit: &Visit, item: &Item, now: DateTime<Utc>) -> Typed {
    let until = item.edition.planned_at.filter(|at| *at > now).unwrap_or(now + LASTS).with_timezone(&ctx.settings.zone);
    Typed {
        lang: visit.lang.code().to_owned(),
        day: until.format("%Y-%m-%d").to_string(),
        hour: until.format("%H:%M").to_string(),
        ..Typed::default()
    }
}

/// `POST /desk/releases/{release}/previews`
pub async fn give(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    let now = clock::now(&mut conn).await?;
    let text = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let typed = Typed {
        name: text("name"),
        email: text("email"),
        lang: text("lang"),
        day: text("expires_day"),
        hour: text("expires_hour"),
        with_files: form.get("with_files").is_some(),
        by_hand: form.get("by_hand").is_some(),
    };
    let mut wrongs = Wrongs::new();
    let is_name =
        !typed.name.is_empty() && typed.name.chars().count() <= NAME_MAX && !typed.name.contains(char::is_control);
    if !is_name {
        wrongs.push(("name", words.preview_wrong_name()));
    }
    let email = Address::parse(&typed.email);
    if email.is_err() {
        wrongs.push(("email", words.preview_wrong_email()));
    }
    let expires_at = expiry(&ctx, &typed).filter(|at| *at > now && *at <= now + AT_MOST);
    if expires_at.is_none() {
        wrongs.push(("expires_day", words.preview_wrong_expiry()));
    }
    let lang =
        typed.lang.parse::<Lang>().ok().filter(|lang| ctx.settings.languages.contains(lang)).unwrap_or(visit.lang);
    let outcome = match (email, expires_at) {
        (Ok(email), Some(expires_at)) if wrongs.is_empty() => {
            let new = NewGrant {
                name: typed.name.clone(),
                email,
                lang,
                with_files: typed.with_files,
                expires_at,
                mailed: !typed.by_hand,
            };
            Some(grant::give(&mut conn, &ctx.secret, &visit.person, item.id, new).await)
        }
        _ => None,
    };
    match outcome {
        Some(Ok(made)) => {
            return Ok(see_other(&format!("{}?made={made}", paths::of_release(paths::DESK_PREVIEWS, item.id))));
        }
        Some(Err(ReleaseError::Content(fault))) => {
            wrongs.push(("name", crate::desk::editor::views::sentence(words, &fault)));
        }
        Some(Err(error)) => return Err(error.into()),
        None => {}
    }
    let grants = releases::grants(&mut conn, item.id).await?;
    Ok(drawn(&ctx, &visit, &item, &grants, now, None, &typed, &wrongs, StatusCode::UNPROCESSABLE_ENTITY))
}

fn expiry(ctx: &Context, typed: &Typed) -> Option<DateTime<Utc>> {
    let day: NaiveDate = typed.day.parse().ok()?;
    let hour = NaiveTime::parse_from_str(&typed.hour, "%H:%M").ok()?;
    match clock::wall(ctx.settings.zone, day.and_time(hour)) {
        Wall::Once(at) | Wall::Twice(at, _) => Some(at),
        Wall::Skipped => None,
    }
}

/// `POST /desk/releases/{release}/previews/{grant}/end`
pub async fn end(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let (release, id) = ids.into_inner();
    let mut conn = ctx.conn().await?;
    grant::revoke(&mut conn, &visit.person, ReleaseId(release), GrantId(id)).await?;
    Ok(see_other(&paths::of_release(paths::DESK_PREVIEWS, ReleaseId(release))))
}

#[expect(clippy::too_many_arguments, reason = "all that the page shows")]
fn drawn(
    ctx: &Context,
    visit: &Visit,
    item: &Item,
    grants: &[Grant],
    now: DateTime<Utc>,
    made: Option<GrantId>,
    typed: &Typed,
    wrongs: &Wrongs,
    status: StatusCode,
) -> HttpResponse {
    let words = visit.words;
    let title = words.preview_title();
    let errors: Vec<(String, String)> = wrongs.iter().map(|(id, wrong)| ((*id).to_owned(), wrong.clone())).collect();
    // Shown where and when it was made, and never again.
    let shown = made
        .and_then(|id| grants.iter().find(|grant| grant.id == id))
        .filter(|grant| grant.is_open(now) && now - grant.created_at < SHOWN)
        .and_then(|grant| Some((grant, ctx.settings.absolute(&paths::preview(&grant.token(&ctx.secret)?)))));
    let main = html! {
        (page_top(item.crumb(visit), &title, html! { a.btn href=(paths::of_release(paths::DESK_PUBLICATION, item.id)) { (words.overview_to_publication()) } }))
        (desk::error(&words.publication_wrongs(), &errors))
        @if let Some((grant, href)) = &shown {
            div.note role="status" {
                p { b { (words.preview_made(grant.name.as_str())) } }
                p.code #link { (href) }
            }
        }
        div.pub {
            (section("links", &words.preview_links(), html! {}, rows(ctx, visit, item, grants, now)))
            (section("new", &words.preview_new(), html! {}, new_form(ctx, visit, item, typed, wrongs)))
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Releases, main));
    *answer.status_mut() = status;
    answer
}

fn rows(ctx: &Context, visit: &Visit, item: &Item, grants: &[Grant], now: DateTime<Utc>) -> Markup {
    let words = visit.words;
    html! {
        @if grants.is_empty() { p { (words.publication_who_nobody()) } } @else {
            ul.rows.links {
                @for grant in grants {
                    li.row {
                        div {
                            @if grant.revoked_at.is_some() { (words.preview_revoked()) }
                            @else if grant.is_open(now) { (words.preview_open()) }
                            @else { (words.preview_expired()) }
                        }
                        div {
                            p.t { (grant.name) }
                            p.soft { (grant.email) }
                            p.soft {
                                (words.preview_reads(grant.reads))
                                @if let Some(at) = grant.read_at { " · " (words.preview_last(instant(&ctx.settings, visit.lang, at))) }
                                " · " (words.preview_until(instant(&ctx.settings, visit.lang, grant.expires_at)))
                                @if grant.with_files { " · " (words.preview_files()) }
                            }
                        }
                        div {
                            @if grant.is_open(now) {
                                form method="post" action=(paths::preview_end(item.id, grant.id)) {
                                    input type="hidden" name="form_token" value=(visit.form_token);
                                    button.danger { (words.preview_revoke()) span.vh { " : " (grant.name) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn new_form(ctx: &Context, visit: &Visit, item: &Item, typed: &Typed, wrongs: &Wrongs) -> Markup {
    let words = visit.words;
    let wrong = |id: &str| wrongs.iter().find(|(of, _)| *of == id).map(|(_, wrong)| wrong.as_str());
    let input = |id: &str, kind: &str, label: String, hint: Option<&str>, value: &str| {
        desk::field(
            id,
            &label,
            hint,
            wrong(id),
            html! {
                input id=(id) name=(id) type=(kind) value=(value) required autocomplete="off" aria-invalid=[wrong(id).map(|_| "true")]
                    aria-describedby=[described_by(id, hint.is_some(), wrong(id).is_some())];
            },
        )
    };
    html! {
        form.stack method="post" action=(paths::of_release(paths::DESK_PREVIEWS, item.id)) novalidate {
            input type="hidden" name="form_token" value=(visit.form_token);
            p.soft { (words.preview_says()) }
            (input("name", "text", words.preview_name(), Some(&words.preview_name_hint()), &typed.name))
            (input("email", "email", words.preview_email(), None, &typed.email))
            (desk::field("lang", &words.preview_lang(), None, None, html! {
                select #lang name="lang" {
                    @for lang in &ctx.settings.languages { option value=(lang) selected[typed.lang == lang.code()] { (name(visit, *lang)) } }
                }
            }))
            div.line {
                (input("expires_day", "date", words.preview_expires(), None, &typed.day))
                (input("expires_hour", "time", words.publication_hour(), None, &typed.hour))
            }
            label.pick { input type="checkbox" name="with_files" checked[typed.with_files]; span { (words.preview_with_files()) span.soft { (words.preview_with_files_hint()) } } }
            label.pick { input type="checkbox" name="by_hand" checked[typed.by_hand]; span { (words.preview_by_hand()) span.soft { (words.preview_by_hand_hint()) } } }
            div.acts { button.main { (words.preview_give()) } }
        }
    }
}
