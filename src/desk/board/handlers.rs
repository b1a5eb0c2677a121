//! The board over HTTP. Every form answers 303 to where one came from; what was refused comes back with its sentence.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDateTime;
use diesel_async::AsyncConnection;
use maud::Markup;
use serde_json::json;

use super::{place, sending, views};
use crate::account::Visit;
use crate::account::rights::{Action, Object, Right, may};
use crate::ids::{AnswerId, EditionId, MandateId, MeetingId, SpokespersonId};
use crate::journal::{self, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::db::Lent;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::Section;
use crate::paths;
use crate::release::drafting;
use crate::release::model::LanguageVersion;
use crate::release::state::State;
use crate::validation::asked::Texts;
use crate::validation::board::{self, Board, Line};
use crate::validation::live::Live;
use crate::validation::ruling::Ruling;
use crate::validation::views::meeting_name;
use crate::validation::{ValidationError, delegation, link, query, round, ruling, suggestion};

/// The board's pages. To look is for who reads meetings, to act for who runs them.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        get(paths::DESK_BOARD, Right::Site(Action::ReadMeetings), show),
        get(paths::DESK_BOARD_EVENTS, Right::Site(Action::ReadMeetings), events),
        get(paths::DESK_BOARD_ROUND, Right::Site(Action::Meetings), show_round),
        post(paths::DESK_BOARD_ROUND, Right::Site(Action::Meetings), create_round),
        post(paths::DESK_BOARD_REMINDER, Right::Site(Action::Meetings), create_reminder),
        post(paths::DESK_BOARD_EDITING, Right::Site(Action::Meetings), edit),
        post(paths::DESK_BOARD_ADDITION, Right::Site(Action::Meetings), add),
        get(paths::DESK_BOARD_PLACE, Right::Site(Action::Meetings), show_place),
        post(paths::DESK_BOARD_PLACE, Right::Site(Action::Meetings), act),
    ]
}

/// The board, and that it was read: titles under embargo stand on it. One entry for who has it open, however often it is
/// read again.
async fn read(ctx: &Context, visit: &Visit, id: i64) -> Result<(Lent, Board), WebError> {
    let mut conn = ctx.conn().await?;
    let meeting = query::meeting(&mut conn, MeetingId(id)).await?.ok_or(WebError::NotFound)?;
    let board = board::read(&mut conn, meeting).await?;
    let has_secrets = board.lines.iter().any(|line| line.item.is_open());
    if has_secrets && !query::has_read_lately(&mut conn, board.meeting.id, visit.person.id()).await? {
        let editions: Vec<EditionId> = board.lines.iter().map(|line| line.item.edition_id).collect();
        let entry = Entry::new("validation.board_read", "meeting", id).with(json!({ "editions": editions }));
        journal::record(&mut conn, visit.person.actor(), [entry]).await?;
    }
    Ok((conn, board))
}

fn title(visit: &Visit, board: &Board) -> String {
    visit.words.board_title(meeting_name(visit.lang, &board.meeting))
}

fn answered(status: StatusCode, markup: Markup) -> HttpResponse {
    let mut answer = page(Keep::Never, markup);
    *answer.status_mut() = status;
    answer
}

/// `GET /desk/meetings/{meeting}/board`
async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let (_, board) = read(&ctx, &visit, *id).await?;
    let may = may(&visit.person, Action::Meetings, Object::Site);
    let main = views::board(&ctx, &visit, &board, may);
    Ok(page(Keep::Never, visit.frame(&ctx, &title(&visit, &board), Some(Section::Council), &["board.js"], main)))
}

/// `GET /desk/meetings/{meeting}/board/events`: that it changed, as it changes.
async fn events(ctx: web::Data<Context>, live: web::Data<Live>, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let meeting = query::meeting(&mut conn, MeetingId(*id)).await?.ok_or(WebError::NotFound)?;
    drop(conn);
    Ok(HttpResponse::Ok()
        .content_type("text/event-stream; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        // Nothing on the way holds it back to make it smaller.
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .insert_header(("x-accel-buffering", "no"))
        .streaming(live.events(&ctx, meeting.id)))
}

async fn draw_round(ctx: &Context, visit: &Visit, id: i64, wrong: Option<String>) -> Result<HttpResponse, WebError> {
    let (_, board) = read(ctx, visit, id).await?;
    let main = sending::page(ctx, visit, &board, wrong.as_deref());
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(answered(status, visit.page(ctx, &visit.words.board_sending_title(), Section::Council, main)))
}

/// `GET /desk/meetings/{meeting}/board/round`
async fn show_round(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    draw_round(&ctx, &visit, *id, None).await
}

/// `POST /desk/meetings/{meeting}/board/round`
async fn create_round(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let chosen: Vec<EditionId> = fields
        .all("edition")
        .map(|id| id.parse().map(EditionId))
        .collect::<Result<_, _>>()
        .map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    match round::send(&mut conn, &ctx, &visit.person, MeetingId(*id), &chosen).await {
        Ok(_) => Ok(see_other(&paths::of_meeting(paths::DESK_BOARD, MeetingId(*id)))),
        Err(error) => match error.said(visit.words) {
            Some(said) => {
                drop(conn);
                draw_round(&ctx, &visit, *id, Some(said)).await
            }
            None => Err(error.into()),
        },
    }
}

/// `POST /desk/meetings/{meeting}/board/reminder`: to all who have not answered, or to those of one mandate.
async fn create_reminder(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (mut conn, board) = read(&ctx, &visit, *id).await?;
    let mandates: Vec<MandateId> = board.mandates.iter().map(|mandate| mandate.id).collect();
    round::remind(&mut conn, &ctx, visit.person.actor(), board.meeting.id, &mandates, None).await?;
    Ok(see_other(&paths::of_meeting(paths::DESK_BOARD, board.meeting.id)))
}

/// Takes an item's text up again: back to draft, whatever it was, and into the editor.
async fn take_up(
    conn: &mut Lent,
    visit: &Visit,
    meeting: MeetingId,
    edition: EditionId,
) -> Result<HttpResponse, ValidationError> {
    let item = query::item(conn, edition).await?.ok_or(ValidationError::NotFound)?;
    if query::meeting_of(conn, edition).await? != Some(meeting) {
        return Err(ValidationError::NotFound);
    }
    conn.transaction(async |conn| match drafting::lock(conn, edition).await?.edition.state {
        State::Draft => Ok(()),
        State::Submitted | State::InValidation => {
            drafting::send_back_within(conn, &visit.person, edition, "board").await
        }
        _ => drafting::revise_within(conn, &visit.person, edition).await,
    })
    .await?;
    Ok(see_other(&paths::of_release(paths::DESK_EDITOR, item.release_id)))
}

/// `POST /desk/meetings/{meeting}/board/{edition}/text`
async fn edit(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (meeting, edition) = path.into_inner();
    let mut conn = ctx.conn().await?;
    Ok(take_up(&mut conn, &visit, MeetingId(meeting), EditionId(edition)).await?)
}

/// `POST /desk/meetings/{meeting}/board/{edition}/more`: one more mandate is asked.
async fn add(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (meeting, edition) = (MeetingId(path.0), EditionId(path.1));
    let mandate: i64 = fields.get("mandate").parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    let (by, why) = (&visit.person, fields.get("reason"));
    match ruling::rule(&mut conn, by, meeting, edition, MandateId(mandate), Ruling::Add, why).await {
        Ok(()) => Ok(see_other(&paths::of_meeting(paths::DESK_BOARD_ROUND, meeting))),
        Err(error) => match error.said(visit.words) {
            Some(said) => {
                drop(conn);
                draw_round(&ctx, &visit, meeting.0, Some(said)).await
            }
            None => Err(error.into()),
        },
    }
}

async fn draw_place(
    ctx: &Context,
    visit: &Visit,
    path: (i64, i64, i64),
    wrong: Option<(String, &Fields)>,
) -> Result<HttpResponse, WebError> {
    let (mut conn, board) = read(ctx, visit, path.0).await?;
    let (edition, mandate) = (EditionId(path.1), MandateId(path.2));
    let line: &Line = board.lines.iter().find(|line| line.item.edition_id == edition).ok_or(WebError::NotFound)?;
    let of = line.place(mandate).ok_or(WebError::NotFound)?;
    let answers = match &of.request {
        Some(request) => query::answers(&mut conn, &[request.id]).await?,
        None => Vec::new(),
    };
    let mut read = Texts::new();
    if let Some(last) = &of.last {
        for (_, lang, title, lead, body) in query::texts(&mut conn, &[last.revision_id]).await? {
            if board.meeting.languages.contains(&lang) {
                read.insert(lang, LanguageVersion { title, lead, body });
            }
        }
    }
    let mut others = query::mandates_in_force(&mut conn).await?;
    others.retain(|other| line.place(other.id).is_none());
    drop(conn);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let main = place::page(
        ctx,
        visit,
        &place::Of {
            board: &board,
            line,
            place: of,
            read: &read,
            answers: &answers,
            others: &others,
            wrong: wrong.as_ref().map(|(said, _)| said.as_str()),
            act: wrong.as_ref().map_or("", |(_, fields)| fields.get("act")),
            reason: wrong.as_ref().map_or("", |(_, fields)| fields.get("reason")),
        },
    );
    Ok(answered(status, visit.page(ctx, &title(visit, &board), Section::Council, main)))
}

/// `GET /desk/meetings/{meeting}/board/{edition}/{mandate}`
async fn show_place(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64, i64)>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    draw_place(&ctx, &visit, path.into_inner(), None).await
}

/// `POST /desk/meetings/{meeting}/board/{edition}/{mandate}`: what `act` says.
async fn act(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let path = path.into_inner();
    match done(&ctx, &visit, path, &fields).await {
        Ok(answer) => Ok(answer),
        Err(error) => match error.said(visit.words) {
            Some(said) => draw_place(&ctx, &visit, path, Some((said, &fields))).await,
            None => Err(error.into()),
        },
    }
}

async fn done(
    ctx: &Context,
    visit: &Visit,
    (meeting, edition, mandate): (i64, i64, i64),
    fields: &Fields,
) -> Result<HttpResponse, ValidationError> {
    let (meeting, edition, mandate) = (MeetingId(meeting), EditionId(edition), MandateId(mandate));
    let by = &visit.person;
    let reason = fields.get("reason");
    let number = |name: &str| fields.get(name).parse::<i64>().map_err(|_| ValidationError::Form);
    let mut conn = ctx.conn().await?;
    match fields.get("act") {
        act @ ("accept" | "accept-send") => {
            let answer = AnswerId(number("answer")?);
            suggestion::accept(&mut conn, ctx, by, meeting, answer, act == "accept-send").await?;
        }
        "confirm" => suggestion::confirm(&mut conn, by, meeting, AnswerId(number("answer")?)).await?,
        "refuse" => suggestion::refuse(&mut conn, by, meeting, AnswerId(number("answer")?), reason).await?,
        "edit" => return take_up(&mut conn, visit, meeting, edition).await,
        "resend" => {
            round::remind(&mut conn, ctx, by.actor(), meeting, &[mandate], None).await?;
        }
        "revoke" => {
            let email = fields.get("email");
            let speakers = query::speakers(&mut conn, &[mandate]).await?;
            if !speakers.iter().any(|one| one.email == email) {
                return Err(ValidationError::Form);
            }
            link::revoke(&mut conn, by, meeting, email).await?;
        }
        "delegate" => {
            let until = match fields.get("until") {
                "" => None,
                text => {
                    let local =
                        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|_| ValidationError::Time)?;
                    Some(clock::instant(ctx.settings.zone, local))
                }
            };
            let to = SpokespersonId(number("spokesperson")?);
            delegation::give(&mut conn, ctx, by, meeting, mandate, to, until).await?;
        }
        word => {
            let ruling = Ruling::parse(word).filter(|ruling| *ruling != Ruling::Add).ok_or(ValidationError::Form)?;
            ruling::rule(&mut conn, by, meeting, edition, mandate, ruling, reason).await?;
        }
    }
    Ok(see_other(&paths::of_meeting(paths::DESK_BOARD, meeting)))
}
