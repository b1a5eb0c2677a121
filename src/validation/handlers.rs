//! The spokespersons' pages over HTTP: a personal link, what it opens on one device, and the same for who signs in.
//!
//! No answer here is kept by anybody; each reading of the texts is written down (PROMISES I-20).

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};
use serde_json::json;

use super::answer::{self, Choice};
use super::asked::{self, Asked};
use super::error::ValidationError;
use super::link::{self, Answerer, Standing};
use super::model::{Say, Suggested, Suggestion};
use super::views::{self, door, receipt, sheet};
use super::{delegation, query};
use crate::account::Visit;
use crate::account::rights::{Action, Right};
use crate::ids::{DeviceId, MeetingId, ReceiptId, RequestId, SpokespersonId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::origin::own_site;
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, body, limit, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::desk::{Section, page_top};
use crate::paths;

/// Links and devices are anybody's who has them; the pages of the desk are for who signs in as a spokesperson.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        get(paths::ANSWER_DOOR, Right::Public, show_door),
        post(paths::ANSWER_DOOR, Right::Public, open),
        post(paths::ANSWER_NEW_LINK, Right::Public, new_link),
        get(paths::ANSWERS, Right::Public, show),
        post(paths::ANSWERS, Right::Public, create),
        post(paths::ANSWERS_DEPUTY, Right::Public, hand_over),
        get(paths::ANSWERS_RECEIPT, Right::Public, show_receipt),
        get(paths::DESK_ANSWERS, Right::Site(Action::Answer), desk_list),
        get(paths::DESK_ANSWERS_MEETING, Right::Site(Action::Answer), desk_show),
        post(paths::DESK_ANSWERS_MEETING, Right::Site(Action::Answer), desk_create),
        post(paths::DESK_ANSWERS_DEPUTY, Right::Site(Action::Answer), desk_hand_over),
        get(paths::DESK_ANSWERS_RECEIPT, Right::Site(Action::Answer), desk_receipt),
    ]
}

fn visitor(ctx: &Context, request: &HttpRequest) -> Actor {
    Actor::Visitor("validation", limit::client(request, &ctx.settings.trusted_proxies))
}

/// Nobody keeps it, nobody finds it, and no other site learns its address.
fn unseen(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive"));
    answer
}

fn shown(markup: Markup) -> HttpResponse {
    unseen(page(Keep::Never, markup))
}

fn with_status(status: StatusCode, markup: Markup) -> HttpResponse {
    let mut answer = shown(markup);
    *answer.status_mut() = status;
    answer
}

/// The status of a link that opens nothing.
fn gone(standing: Standing) -> StatusCode {
    match standing {
        Standing::Expired | Standing::Revoked | Standing::Ended | Standing::NoLongerSpeaks => StatusCode::GONE,
        Standing::Fresh | Standing::Here | Standing::Elsewhere => StatusCode::OK,
    }
}

/// Whose link it is: their name, and the language in which they are spoken to.
async fn whose(conn: &mut AsyncPgConnection, ctx: &Context, email: &str) -> Result<(String, Lang), WebError> {
    let speaks = query::speakers_at(conn, email).await?;
    Ok(match speaks.first() {
        Some(first) => (first.name.clone(), first.lang),
        None => (String::new(), query::language_of(conn, email).await?.unwrap_or(ctx.settings.languages[0])),
    })
}

/// `GET /answer/{token}`: changes nothing, shows nothing of a text.
async fn show_door(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let found = link::standing(&mut conn, &ctx, &request, &token).await?;
    let (link, meeting, standing) = found.ok_or(WebError::NotFound)?;
    let (name, lang) = whose(&mut conn, &ctx, &link.email).await?;
    Ok(match (standing, link.device_id) {
        (Standing::Fresh, _) => shown(door::door(&ctx, lang, &meeting, &name, &token)),
        (Standing::Here, Some(device)) => unseen(see_other(&paths::of_device(paths::ANSWERS, device))),
        (standing, _) => {
            with_status(gone(standing), door::end(&ctx, lang, &meeting, standing, &link.email, Some(&token)))
        }
    })
}

/// `POST /answer/{token}`: spends the link and binds this device.
async fn open(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let mut conn = ctx.conn().await?;
    match link::open(&mut conn, visitor(&ctx, &request), &token).await? {
        Ok((device, key)) => {
            let mut answer = see_other(&paths::of_device(paths::ANSWERS, device));
            answer
                .add_cookie(&link::cookie(&ctx.settings, device, &key))
                .map_err(|error| WebError::Internal(error.into()))?;
            Ok(unseen(answer))
        }
        // Its page says how it stands; a second press of the same button finds the page that the first one opened.
        Err(_) => Ok(unseen(see_other(&paths::answer_door(&token)))),
    }
}

/// `POST /answer/{token}/new-link`
async fn new_link(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let mut conn = ctx.conn().await?;
    let found = link::standing(&mut conn, &ctx, &request, &token).await?;
    let (link, meeting, _) = found.ok_or(WebError::NotFound)?;
    link::send_new(&mut conn, &ctx, visitor(&ctx, &request), &token).await?;
    let (_, lang) = whose(&mut conn, &ctx, &link.email).await?;
    Ok(shown(door::sent(&ctx, lang, &meeting, &link.email)))
}

/// Whoever asks from a bound device; or the page of how it ended.
async fn from_device(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    request: &HttpRequest,
    device: i64,
) -> Result<Result<Answerer, HttpResponse>, WebError> {
    let device = DeviceId(device);
    match link::answerer(conn, ctx, request, visitor(ctx, request), device).await? {
        Ok(by) => Ok(Ok(by)),
        Err((link, standing)) => {
            let meeting = query::meeting(conn, link.meeting_id).await?.ok_or(WebError::NotFound)?;
            let (_, lang) = whose(conn, ctx, &link.email).await?;
            let token = link::token(&ctx.secret, &link);
            let markup = door::end(ctx, lang, &meeting, standing, &link.email, token.as_deref());
            Ok(Err(with_status(gone(standing), markup)))
        }
    }
}

/// Where the pages of somebody's answers live.
struct Place {
    action: String,
    deputy: String,
    form_token: Option<String>,
    lang: Lang,
}

impl Place {
    fn of_device(by: &Answerer, device: i64) -> Self {
        let device = DeviceId(device);
        Self {
            action: paths::of_device(paths::ANSWERS, device),
            deputy: paths::of_device(paths::ANSWERS_DEPUTY, device),
            form_token: None,
            lang: by.lang(),
        }
    }

    fn of_desk(by: &Answerer, visit: &Visit) -> Self {
        let meeting = by.meeting.id;
        Self {
            action: paths::of_meeting(paths::DESK_ANSWERS_MEETING, meeting),
            deputy: paths::of_meeting(paths::DESK_ANSWERS_DEPUTY, meeting),
            form_token: Some(visit.form_token.clone()),
            lang: visit.lang,
        }
    }

    fn receipt(&self, id: ReceiptId) -> String {
        format!("{}/receipts/{id}", self.action)
    }
}

/// The page, with what was chosen and what is wrong with it; `confirm` repeats it and asks once more.
#[expect(clippy::too_many_arguments, reason = "the page whole: who, where, what, and what is wrong with it")]
async fn draw(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Answerer,
    place: &Place,
    mut asked: Vec<Asked>,
    chosen: Vec<Choice>,
    wrong: Vec<(RequestId, answer::Wrong)>,
    confirm: bool,
) -> Result<Markup, WebError> {
    asked.retain(|one| !one.is_waived());
    let now = clock::now(conn).await?;
    let phone = query::chancellery_phone(conn, by.meeting.id).await?;
    let mandates: Vec<_> = asked.iter().map(|one| one.mandate.id).collect();
    let mut deputies = query::speakers(conn, &mandates).await?;
    deputies.retain(|one| one.email != by.email);
    let (ctx, by) = (ctx.clone(), by.clone());
    let (action, deputy, token, lang) =
        (place.action.clone(), place.deputy.clone(), place.form_token.clone(), place.lang);
    // Comparing and rendering the texts of a whole meeting is work: beside the requests.
    web::block(move || {
        let of = sheet::Sheet {
            ctx: &ctx,
            by: &by,
            lang,
            now,
            asked: &asked,
            action: &action,
            deputy_action: &deputy,
            deputies: &deputies,
            phone: phone.as_deref(),
            form_token: token.as_deref(),
            chosen: &chosen,
            wrong: &wrong,
        };
        if confirm { sheet::confirm(&of) } else { sheet::sheet(&of) }
    })
    .await
    .map_err(|error| WebError::Internal(error.into()))
}

async fn read(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Answerer,
    place: &Place,
) -> Result<HttpResponse, WebError> {
    query::mark_opened(conn, by.meeting.id, &by.mandates()).await?;
    let asked = asked::of(conn, by).await?;
    let seen: Vec<_> = asked.iter().map(|one| one.item.edition_id).collect();
    let entry = Entry::new("validation.read", "meeting", by.meeting.id.0)
        .with(json!({ "editions": seen, "mandates": by.mandates() }));
    journal::record(conn, by.actor, [entry]).await?;
    Ok(shown(draw(conn, ctx, by, place, asked, Vec::new(), Vec::new(), false).await?))
}

/// `GET /answers/{device}`
async fn show(ctx: web::Data<Context>, request: HttpRequest, device: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    match from_device(&mut conn, &ctx, &request, *device).await? {
        Ok(by) => read(&mut conn, &ctx, &by, &Place::of_device(&by, *device)).await,
        Err(end) => Ok(end),
    }
}

/// What was chosen, of what is asked; what is no answer is a bad form.
fn chosen(fields: &Fields, asked: &[Asked]) -> Result<Vec<Choice>, WebError> {
    let mut all = Vec::new();
    for one in asked {
        let id = one.request.id;
        let said = fields.get(&sheet::field(id));
        if said.is_empty() {
            continue;
        }
        let say: Say = said.parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?;
        let mut suggestion = Suggestion::new();
        if say == Say::Suggest {
            for lang in one.texts.keys() {
                // A form sends each line's end as CRLF; nobody wrote that.
                let part = |part: &str| fields.get(&format!("s{id}-{lang}-{part}")).replace("\r\n", "\n");
                suggestion.insert(*lang, Suggested { title: part("title"), lead: part("lead"), body: part("body") });
            }
        }
        all.push(Choice {
            request_id: id,
            on: fields.get(&format!("on{id}")).to_owned(),
            say,
            reason: if say == Say::Change {
                fields.get(&format!("r{id}")).replace("\r\n", "\n")
            } else {
                String::new()
            },
            suggestion,
        });
    }
    Ok(all)
}

async fn take(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Answerer,
    place: &Place,
    fields: &Fields,
) -> Result<HttpResponse, WebError> {
    let asked = asked::of(conn, by).await?;
    let chosen = chosen(fields, &asked)?;
    if chosen.is_empty() {
        return Ok(unseen(see_other(&place.action)));
    }
    let texts = asked.iter().map(|one| (one.request.id, one.texts.clone())).collect();
    let wrong = answer::faults(&chosen, &texts);
    if !wrong.is_empty() {
        let markup = draw(conn, ctx, by, place, asked, chosen, wrong, false).await?;
        return Ok(with_status(StatusCode::UNPROCESSABLE_ENTITY, markup));
    }
    if !fields.is_ticked("confirmed") {
        return Ok(shown(draw(conn, ctx, by, place, asked, chosen, Vec::new(), true).await?));
    }
    let receipt = answer::answer(conn, by, &chosen).await?;
    Ok(unseen(see_other(&place.receipt(receipt))))
}

async fn form(payload: web::Payload) -> Result<Fields, WebError> {
    serde_urlencoded::from_bytes(&body::text(payload).await?).map_err(|_| WebError::BadRequest(BadRequest::Form))
}

/// `POST /answers/{device}`
async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    device: web::Path<i64>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let fields = form(payload).await?;
    let mut conn = ctx.conn().await?;
    match from_device(&mut conn, &ctx, &request, *device).await? {
        Ok(by) => take(&mut conn, &ctx, &by, &Place::of_device(&by, *device), &fields).await,
        Err(end) => Ok(end),
    }
}

async fn give_over(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Answerer,
    place: &Place,
    fields: &Fields,
) -> Result<HttpResponse, WebError> {
    let to: i64 = fields.get("spokesperson").parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    delegation::hand_over(conn, ctx, by, SpokespersonId(to)).await?;
    Ok(unseen(see_other(&place.action)))
}

/// `POST /answers/{device}/deputy`
async fn hand_over(
    ctx: web::Data<Context>,
    request: HttpRequest,
    device: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let mut conn = ctx.conn().await?;
    match from_device(&mut conn, &ctx, &request, *device).await? {
        Ok(by) => give_over(&mut conn, &ctx, &by, &Place::of_device(&by, *device), &fields).await,
        Err(end) => Ok(end),
    }
}

async fn draw_receipt(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    by: &Answerer,
    place: &Place,
    id: i64,
) -> Result<HttpResponse, WebError> {
    let id = ReceiptId(id);
    let found = query::receipt(conn, id).await?;
    let found = found.filter(|receipt| receipt.meeting_id == by.meeting.id && receipt.email == by.email);
    let found = found.ok_or(WebError::NotFound)?;
    let answers = query::answers_of_receipt(conn, id).await?;
    let asked = asked::of(conn, by).await?;
    Ok(shown(receipt::receipt(ctx, place.lang, by, &found, &answers, &asked, &place.action)))
}

/// `GET /answers/{device}/receipts/{receipt}`
async fn show_receipt(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, WebError> {
    let (device, receipt) = path.into_inner();
    let mut conn = ctx.conn().await?;
    match from_device(&mut conn, &ctx, &request, device).await? {
        Ok(by) => draw_receipt(&mut conn, &ctx, &by, &Place::of_device(&by, device), receipt).await,
        Err(end) => Ok(end),
    }
}

// ── Signed in ──

/// Whoever signs in and speaks for somebody; others find nothing here.
async fn at_desk(conn: &mut AsyncPgConnection, visit: &Visit, meeting: i64) -> Result<Answerer, WebError> {
    let speaks = query::speakers_with(conn, visit.person.id()).await?;
    let meeting = query::meeting(conn, MeetingId(meeting)).await?.ok_or(WebError::NotFound)?;
    let email = speaks.first().map(|one| one.email.clone()).ok_or(WebError::NotFound)?;
    let by = Answerer {
        meeting,
        email,
        speaks,
        device_id: None,
        account_id: Some(visit.person.id()),
        actor: visit.person.actor(),
    };
    // A meeting in which they were asked nothing is one that they do not know of.
    if query::requests_to(conn, by.meeting.id, &by.mandates()).await?.is_empty() {
        return Err(WebError::NotFound);
    }
    Ok(by)
}

/// `GET /desk/answers`: the meetings in which something waits for them, or was answered.
async fn desk_list(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let speaks = query::speakers_with(&mut conn, visit.person.id()).await?;
    let mandates: Vec<_> = speaks.iter().map(|one| one.mandate_id).collect();
    let meetings = query::meetings_asking(&mut conn, &mandates).await?;
    let title = words.answer_list_title();
    let main = html! {
        (page_top(html! {}, &title, html! {}))
        @if meetings.is_empty() { p { (words.answer_list_empty()) } } @else {
            ul.rows {
                @for (meeting, open) in &meetings {
                    li {
                        p.t { a href=(paths::of_meeting(paths::DESK_ANSWERS_MEETING, meeting.id)) { (dates::capital(&views::meeting_name(visit.lang, meeting))) } }
                        p.soft { @if *open > 0 { (words.answer_title(*open)) } @else { (words.answer_title_none()) } }
                    }
                }
            }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Home, main)))
}

/// `GET /desk/answers/{meeting}`
async fn desk_show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    meeting: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let by = at_desk(&mut conn, &visit, *meeting).await?;
    read(&mut conn, &ctx, &by, &Place::of_desk(&by, &visit)).await
}

/// `POST /desk/answers/{meeting}`
async fn desk_create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    meeting: web::Path<i64>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let fields = form(payload).await?;
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let by = at_desk(&mut conn, &visit, *meeting).await?;
    take(&mut conn, &ctx, &by, &Place::of_desk(&by, &visit), &fields).await
}

/// `POST /desk/answers/{meeting}/deputy`
async fn desk_hand_over(
    ctx: web::Data<Context>,
    request: HttpRequest,
    meeting: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let by = at_desk(&mut conn, &visit, *meeting).await?;
    give_over(&mut conn, &ctx, &by, &Place::of_desk(&by, &visit), &fields).await
}

/// `GET /desk/answers/{meeting}/receipts/{receipt}`
async fn desk_receipt(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, WebError> {
    let (meeting, receipt) = path.into_inner();
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let by = at_desk(&mut conn, &visit, meeting).await?;
    draw_receipt(&mut conn, &ctx, &by, &Place::of_desk(&by, &visit), receipt).await
}

/// What the account of a spokesperson has to answer, for the desk's first page: (meeting, how many).
pub async fn waiting_for(
    conn: &mut AsyncPgConnection,
    person: &crate::account::Person,
) -> Result<Vec<(super::model::Meeting, usize)>, ValidationError> {
    let speaks = query::speakers_with(conn, person.id()).await?;
    let mandates: Vec<_> = speaks.iter().map(|one| one.mandate_id).collect();
    Ok(query::meetings_asking(conn, &mandates).await?.into_iter().filter(|(_, open)| *open > 0).collect())
}
