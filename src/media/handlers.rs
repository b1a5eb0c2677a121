//! Files over HTTP: two of their doors, and the ways in.

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use futures::{StreamExt, TryStreamExt};
use serde::Deserialize;
use serde_json::{Value, json};

use super::model::{MediaUse, Refusal};
use super::query::{self, Asset};
use super::upload::{self, For, PIECE_MAX, Progress, UploadError};
use super::views::desk as views;
use super::{desk_door, public_door};
use crate::account::rights::{Action, Right};
use crate::account::visit::Visit;
use crate::ids::{InstitutionId, ReleaseId};
use crate::kit::context::Context;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::Section;
use crate::paths;

/// The most bytes of a field that is no file.
const FIELD_MAX: usize = 2_000;
/// The header in which the script brings the form's token.
const FORM_TOKEN: &str = "x-form-token";

/// The doors for files, and the ways in.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        get(paths::MEDIA, Right::Public, public_door::serve),
        get(paths::DESK_FILE, Right::Asset(Action::Read), desk_door::serve),
        post(paths::DESK_MEDIA, Right::Release(Action::Write), create),
        post(paths::DESK_UPLOADS, Right::Release(Action::Write), begin),
        get(paths::DESK_UPLOAD, Right::Release(Action::Write), progress),
        post(paths::DESK_UPLOAD, Right::Release(Action::Write), go_on),
    ]
}

impl From<UploadError> for WebError {
    fn from(error: UploadError) -> Self {
        match error {
            UploadError::NotFound => WebError::NotFound,
            UploadError::Refused(_) | UploadError::GoesOnAt(_) => WebError::Conflict(Box::new(error)),
            UploadError::Dropped => WebError::BadRequest(BadRequest::Form),
            UploadError::Storage(_) => WebError::Unavailable(Box::new(error)),
            UploadError::Db(error) => error.into(),
            UploadError::Busy(busy) => busy.into(),
        }
    }
}

/// What became of one file of several.
pub struct Outcome {
    /// As its owner called it.
    pub name: String,
    /// Stored, or why not.
    pub what: Result<Asset, Refusal>,
}

/// `POST /desk/releases/{release}/media`: files and links, as a form without script sends them. One that is not taken costs
/// the others nothing.
async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<i64>,
    mut body: Multipart,
) -> Result<HttpResponse, WebError> {
    let release = ReleaseId(*path);
    let bad = |_| WebError::BadRequest(BadRequest::Form);
    let mut visit = None;
    let mut outcomes = Vec::new();
    while let Some(mut field) = body.try_next().await.map_err(bad)? {
        let of_file = field.content_disposition().and_then(|of| of.get_filename().map(ToOwned::to_owned));
        match (field.name().unwrap_or_default(), &visit) {
            // It stands first in the form: nothing is stored for whom it doesn't name.
            ("form_token", None) => {
                let token = text(&mut field).await?;
                visit = Some(Visit::of_form(&ctx, &request, &token).await?);
            }
            (_, None) => return Err(WebError::BadRequest(BadRequest::Form)),
            ("link", Some(of)) => {
                let address = text(&mut field).await?;
                if !address.trim().is_empty() {
                    let to = for_release(&ctx, of, release).await?;
                    let what = refused(upload::link(&ctx, to, &address).await)?;
                    outcomes.push(Outcome { name: address, what });
                }
            }
            ("file", Some(of)) => {
                let Some(name) = of_file.filter(|name| !name.is_empty()) else { continue };
                let to = for_release(&ctx, of, release).await?;
                let what = refused(upload::receive(&ctx, to, &name, field).await)?;
                outcomes.push(Outcome { name, what });
            }
            _ => {}
        }
    }
    let visit = visit.ok_or(WebError::BadRequest(BadRequest::Form))?;
    let editor = paths::of_release(paths::DESK_EDITOR, release);
    if wants_json(&request) {
        let all: Vec<Value> = outcomes.iter().map(|outcome| told(&ctx, &visit, outcome)).collect();
        return Ok(json_answer(StatusCode::OK, &json!(all)));
    }
    if outcomes.iter().all(|outcome| outcome.what.is_ok()) {
        // There they stand in the form, to be described and kept.
        let brought: Vec<String> = outcomes
            .iter()
            .filter_map(|outcome| outcome.what.as_ref().ok())
            .map(|asset| format!("uploaded={}", asset.id))
            .collect();
        return Ok(see_other(&format!("{editor}?{}#media", brought.join("&"))));
    }
    let title = visit.words.media_some_refused();
    let markup =
        visit.page(&ctx, &title, Section::Releases, views::refused(&outcomes, &editor, &ctx.settings, visit.words));
    let mut answer = page(Keep::Never, markup);
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(answer)
}

#[derive(Deserialize)]
struct Begun {
    name: String,
    size: u64,
}

/// `POST /desk/releases/{release}/uploads`
async fn begin(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<i64>,
    form: web::Form<Begun>,
) -> Result<HttpResponse, WebError> {
    let visit = of_script(&ctx, &request).await?;
    let release = ReleaseId(*path);
    let to = for_release(&ctx, &visit, release).await?;
    match upload::begin(&ctx, to, &form.name, form.size).await {
        Ok(token) => {
            let address = paths::of_release(paths::DESK_UPLOADS, release);
            let begun = json!({ "address": format!("{address}/{token}"), "offset": 0, "piece": PIECE_MAX / 2 });
            Ok(json_answer(StatusCode::CREATED, &begun))
        }
        Err(error) => failed(&ctx, &visit, &form.name, error),
    }
}

/// `GET /desk/releases/{release}/uploads/{upload}`
async fn progress(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, String)>,
) -> Result<HttpResponse, WebError> {
    let (release, token) = path.into_inner();
    let visit = Visit::of(&ctx, &request).await?;
    let to = for_release(&ctx, &visit, ReleaseId(release)).await?;
    Ok(come_to(&ctx, &visit, upload::progress(&ctx, to, &token).await?))
}

#[derive(Deserialize)]
struct Offset {
    offset: u64,
}

/// `POST /desk/releases/{release}/uploads/{upload}?offset=…`: the piece that begins there.
async fn go_on(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, String)>,
    at: web::Query<Offset>,
    body: web::Payload,
) -> Result<HttpResponse, WebError> {
    let (release, token) = path.into_inner();
    let visit = of_script(&ctx, &request).await?;
    let to = for_release(&ctx, &visit, ReleaseId(release)).await?;
    match upload::receive_piece(&ctx, to, &token, at.offset, body).await {
        Ok(progress) => Ok(come_to(&ctx, &visit, progress)),
        Err(error) => failed(&ctx, &visit, "", error),
    }
}

/// Who sent this by our script; refused if it came from elsewhere.
async fn of_script(ctx: &Context, request: &HttpRequest) -> Result<Visit, WebError> {
    let token = request.headers().get(FORM_TOKEN).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Visit::of_form(ctx, request, token).await
}

/// Of a release's lead the files are; the route has asked whether it may be written.
async fn for_release<'a>(ctx: &Context, visit: &'a Visit, release: ReleaseId) -> Result<For<'a>, WebError> {
    let institution: InstitutionId =
        query::lead_of(&mut *ctx.conn().await?, release).await?.ok_or(WebError::NotFound)?;
    Ok(For { by: &visit.person, release, institution })
}

async fn text(field: &mut actix_multipart::Field) -> Result<String, WebError> {
    let mut text = Vec::new();
    while let Some(piece) = field.next().await {
        text.extend_from_slice(&piece.map_err(|_| WebError::BadRequest(BadRequest::Form))?);
        if text.len() > FIELD_MAX {
            return Err(WebError::TooLarge);
        }
    }
    String::from_utf8(text).map_err(|_| WebError::BadRequest(BadRequest::Form))
}

/// A refusal of one file is told beside it; what is not its fault ends the request, but for a storage that is away.
fn refused(outcome: Result<Asset, UploadError>) -> Result<Result<Asset, Refusal>, WebError> {
    match outcome {
        Ok(asset) => Ok(Ok(asset)),
        Err(UploadError::Refused(why)) => Ok(Err(why)),
        Err(UploadError::Storage(error)) => {
            tracing::warn!(error = format!("{error:?}"), "an upload could not be stored");
            Ok(Err(Refusal::NotStored))
        }
        Err(error) => Err(error.into()),
    }
}

fn wants_json(request: &HttpRequest) -> bool {
    request.headers().get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"))
}

fn json_answer(status: StatusCode, value: &Value) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .content_type("application/json")
        .body(value.to_string())
}

fn come_to(ctx: &Context, visit: &Visit, progress: Progress) -> HttpResponse {
    match progress {
        Progress::At(offset) => json_answer(StatusCode::OK, &json!({ "offset": offset })),
        Progress::Done(asset) => {
            json_answer(StatusCode::OK, &told(ctx, visit, &Outcome { name: asset.file_name.clone(), what: Ok(*asset) }))
        }
    }
}

fn failed(ctx: &Context, visit: &Visit, name: &str, error: UploadError) -> Result<HttpResponse, WebError> {
    match error {
        UploadError::GoesOnAt(offset) => Ok(json_answer(StatusCode::CONFLICT, &json!({ "offset": offset }))),
        error => {
            let why = refused(Err(error))?;
            let outcome = Outcome { name: name.to_owned(), what: why };
            let status = if outcome.what == Err(Refusal::NotStored) {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::UNPROCESSABLE_ENTITY
            };
            Ok(json_answer(status, &told(ctx, visit, &outcome)))
        }
    }
}

/// For the script: the asset with its row of the editor, or why there is none.
fn told(ctx: &Context, visit: &Visit, outcome: &Outcome) -> Value {
    match &outcome.what {
        Ok(asset) => {
            let row = views::Row { asset: asset.clone(), of: MediaUse::of(asset.id), place: 0, count: 0 };
            json!({
                "name": outcome.name, "asset": asset.id, "kind": asset.kind.as_str(), "state": asset.state.as_str(),
                "row": views::media_row(&row, &ctx.settings.languages, visit.lang).into_string(),
            })
        }
        Err(why) => json!({
            "name": outcome.name, "refusal": why.as_str(), "sentence": views::sentence(*why, &ctx.settings, visit.words),
        }),
    }
}
