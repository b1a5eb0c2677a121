//! The publication of a meeting: what goes out and what is held back, and why; one press publishes now or arms it for its
//! instant. Each is answered by a page that repeats what will happen, and asks once more; if anything has changed in
//! between, nothing happens.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::agenda::{Agenda, done, item_state, listed, refused, standing};
use super::{answered, crumb, hidden, stage, told};
use crate::account::{self, Role, Visit};
use crate::council::error::CouncilError;
use crate::council::mails::{name_of, state_name};
use crate::council::model::{Item, Stage, fingerprint};
use crate::council::publication;
use crate::council::query;
use crate::desk::release::instant;
use crate::ids::{AccountId, MeetingId, ReleaseId};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::see_other;
use crate::layout::desk::{Mark, mark, page_top, section};
use crate::paths;

/// All that the page shows.
struct Page {
    agenda: Agenda,
    now: DateTime<Utc>,
    /// Who else of the Chancellery could do it: by name, and who they are.
    others: Vec<(AccountId, String)>,
    told: Option<String>,
}

impl Page {
    fn goes_out(&self) -> Vec<&Item> {
        let armer = self.agenda.meeting.armed_by;
        let by_armer = |item: &Item| armer.is_some_and(|armer| item.hands.contains(&armer));
        self.agenda.items.iter().filter(|item| item.goes_out() && !by_armer(item)).collect()
    }

    fn held_back(&self) -> Vec<&Item> {
        let out: Vec<i32> = self.goes_out().iter().map(|item| item.number).collect();
        self.agenda.items.iter().filter(|item| item.is_to_come() && !out.contains(&item.number)).collect()
    }

    /// The decisions in which somebody wrote: of those that go out now, or that may go out at its instant.
    fn written_by(&self, who: AccountId, now: bool) -> Vec<i32> {
        let items = self.agenda.items.iter();
        let counts = |item: &&Item| match now {
            true => item.goes_out(),
            false => item.is_to_come() && item.held_back_at.is_none(),
        };
        items.filter(counts).filter(|item| item.hands.contains(&who)).map(|item| item.number).collect()
    }
}

async fn read(ctx: &Context, visit: &Visit, id: i64) -> Result<Page, WebError> {
    let mut conn = ctx.conn().await?;
    let agenda = Agenda::read(ctx, &mut conn, visit, id).await?;
    let now = clock::now(&mut conn).await?;
    let editors = account::query::of_role(&mut conn, Role::ChancelleryEditor).await?;
    let mut others = query::names(&mut conn, &editors).await?;
    others.retain(|(id, _)| *id != visit.person.id());
    Ok(Page { agenda, now, others, told: None })
}

/// `GET /desk/meetings/{meeting}/publication`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let of = read(&ctx, &visit, *id).await?;
    if !matches!(of.agenda.meeting.stage(), Stage::Preparing | Stage::Armed) {
        return Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, of.agenda.meeting.id)));
    }
    Ok(drawn(&ctx, &visit, &of, StatusCode::OK))
}

fn drawn(ctx: &Context, visit: &Visit, of: &Page, status: StatusCode) -> HttpResponse {
    let words = visit.words;
    let meeting = &of.agenda.meeting;
    let title = words.council_publish_title(name_of(meeting, visit.lang));
    let main = html! {
        (page_top(crumb(visit, meeting), &title, html! { p { (stage(words, meeting.stage())) } }))
        (told(of.told.as_deref()))
        p.standing { (standing(ctx, visit, &of.agenda)) }
        div.pub {
            div { (fate(visit, of)) }
            div { (buttons(ctx, visit, of)) }
        }
    };
    answered(ctx, visit, &title, main, status)
}

/// What goes out, and what does not and why.
fn fate(visit: &Visit, of: &Page) -> Markup {
    let words = visit.words;
    let (out, held) = (of.goes_out(), of.held_back());
    html! {
        (section("out", &words.council_publish_out(), html! {}, html! {
            p.fate { (words.council_publish_goes(out.len())) }
            @if !out.is_empty() { (list(visit, of, &out, false)) }
        }))
        @if !held.is_empty() {
            (section("held", &words.council_publish_back(), html! {}, html! {
                p { (words.council_publish_held(held.len())) }
                (list(visit, of, &held, true))
            }))
        }
    }
}

fn list(visit: &Visit, of: &Page, items: &[&Item], with_why: bool) -> Markup {
    let words = visit.words;
    let armer = of.agenda.meeting.armed_by;
    html! {
        ol.rows.agenda {
            @for item in items {
                @let (lang, title) = of.agenda.title(item, visit);
                li.row {
                    div { p.no { (item.number) } (item_state(words, item)) }
                    div {
                        p.t { a href=(paths::of_release(paths::DESK_RELEASE, item.release_id)) lang=[lang] { (title) } }
                        @if with_why {
                            p.soft {
                                @if let Some(reason) = &item.held_back_reason { (words.council_held_because(reason.as_str())) }
                                @else if item.goes_out() && armer.is_some_and(|armer| item.hands.contains(&armer)) { (words.council_why_author()) }
                                @else { (words.council_why_state(state_name(item.state, words))) }
                                @let authors = of.agenda.authors(item);
                                @if !authors.is_empty() { " · " (words.council_written_by(authors)) }
                            }
                        }
                    }
                    div {}
                }
            }
        }
    }
}

fn buttons(ctx: &Context, visit: &Visit, of: &Page) -> Markup {
    let words = visit.words;
    let meeting = &of.agenda.meeting;
    let here = paths::of_meeting(paths::DESK_MEETING_PUBLICATION, meeting.id);
    let at = |at| instant(&ctx.settings, visit.lang, at);
    let own_now = of.written_by(visit.person.id(), true);
    let own_later = of.written_by(visit.person.id(), false);
    let others: Vec<&str> = of
        .others
        .iter()
        .filter(|(id, _)| of.written_by(*id, false).is_empty())
        .map(|(_, name)| name.as_str())
        .take(5)
        .collect();
    let own = if own_later.is_empty() { &own_now } else { &own_later };
    html! {
        @if let (Some(by), Some(armed)) = (meeting.armed_by, meeting.armed_at) {
            p { (words.council_publish_armed_by(of.agenda.names.get(&by).map(String::as_str).unwrap_or_default(), at(armed))) }
            form method="post" action=(paths::of_meeting(paths::DESK_MEETING_DISARMING, meeting.id)) {
                (hidden("form_token", &visit.form_token))
                button { (words.council_publish_disarm()) }
            }
        }
        @if !own.is_empty() {
            p.gap { (mark(Mark::Eye)) " " (words.council_publish_first_pair(listed(own))) " "
                @if others.is_empty() { (words.council_publish_nobody()) } @else { (words.council_publish_others(others.join(", "))) }
            }
        }
        form.form.gap #publication method="post" action=(here) {
            (hidden("form_token", &visit.form_token))
            (hidden("seen", &fingerprint(meeting, &of.agenda.items)))
            @if meeting.armed_at.is_none() {
                @match meeting.planned_at {
                    Some(planned) if planned > of.now => {
                        @if own_later.is_empty() { div.acts { button.big.main[!of.goes_out().is_empty()] name="act" value="arm" { (words.council_publish_arm(at(planned))) } } }
                    },
                    Some(_) => p.soft { (words.council_publish_past()) },
                    None => p.soft { (words.council_publish_no_instant()) " " a href=(paths::of_meeting(paths::DESK_MEETING_PLAN, meeting.id)) { (words.council_plan_change()) } },
                }
            }
            @if own_now.is_empty() && !of.goes_out().is_empty() {
                div.acts { button.big name="act" value="publish" { (words.council_publish_now()) } }
            }
        }
    }
}

/// `POST /desk/meetings/{meeting}/publication`
pub async fn send(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let is_now = match fields.get("act") {
        "publish" => true,
        "arm" => false,
        _ => return Err(WebError::BadRequest(BadRequest::Form)),
    };
    let seen = fields.get("seen");
    if fields.get("confirmed") != "yes" {
        let mut of = read(&ctx, &visit, *id).await?;
        if fingerprint(&of.agenda.meeting, &of.agenda.items) != seen {
            of.told = Some(visit.words.council_state_changed());
            return Ok(drawn(&ctx, &visit, &of, StatusCode::CONFLICT));
        }
        if let Some(told) = refusal(&visit, &of, is_now) {
            of.told = Some(told);
            return Ok(drawn(&ctx, &visit, &of, StatusCode::CONFLICT));
        }
        return Ok(asked(&ctx, &visit, &of, is_now));
    }
    let mut conn = ctx.conn().await?;
    let meeting = MeetingId(*id);
    let outcome = if is_now {
        publication::publish(&mut conn, ctx.settings.zone, &visit.person, meeting, seen).await.map(drop)
    } else {
        publication::arm(&mut conn, &visit.person, meeting, seen).await
    };
    drop(conn);
    let error = match outcome {
        Ok(()) => return Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, meeting))),
        Err(error) => error,
    };
    let words = visit.words;
    let said = match &error {
        CouncilError::Published | CouncilError::Cancelled => return refused(&ctx, &visit, *id, error).await,
        CouncilError::NothingReady => words.council_publish_goes(0),
        CouncilError::FourEyes(numbers) => words.council_publish_first_pair(listed(numbers)),
        CouncilError::NoInstant => words.council_publish_no_instant(),
        CouncilError::Past => words.council_publish_past(),
        CouncilError::Changed => words.council_state_changed(),
        _ => return Err(error.into()),
    };
    let mut of = read(&ctx, &visit, *id).await?;
    of.told = Some(said);
    Ok(drawn(&ctx, &visit, &of, StatusCode::CONFLICT))
}

/// Why it would not happen, before it is asked once more.
fn refusal(visit: &Visit, of: &Page, is_now: bool) -> Option<String> {
    let words = visit.words;
    let own = of.written_by(visit.person.id(), is_now);
    if is_now && of.goes_out().is_empty() {
        return Some(words.council_publish_goes(0));
    }
    match (is_now, of.agenda.meeting.planned_at) {
        (false, None) => Some(words.council_publish_no_instant()),
        (false, Some(at)) if at <= of.now => Some(words.council_publish_past()),
        _ if !own.is_empty() => Some(words.council_publish_first_pair(listed(&own))),
        _ => None,
    }
}

/// The page that repeats what will happen, and asks once more.
fn asked(ctx: &Context, visit: &Visit, of: &Page, is_now: bool) -> HttpResponse {
    let words = visit.words;
    let meeting = &of.agenda.meeting;
    let planned = meeting.planned_at.map(|at| instant(&ctx.settings, visit.lang, at)).unwrap_or_default();
    let (title, button) = if is_now {
        (words.council_publish_confirm_now(), words.council_publish_button_now())
    } else {
        (words.council_publish_confirm_arm(planned), words.council_publish_button_arm())
    };
    let here = paths::of_meeting(paths::DESK_MEETING_PUBLICATION, meeting.id);
    let main = html! {
        (page_top(crumb(visit, meeting), &title, html! {}))
        form.stack.narrow #confirm method="post" action=(here) {
            (hidden("form_token", &visit.form_token))
            (hidden("seen", &fingerprint(meeting, &of.agenda.items)))
            (hidden("confirmed", "yes"))
            @if !is_now { p { (words.council_publish_arm_says()) } }
            (fate(visit, of))
            div.acts {
                button.main.big name="act" value=(if is_now { "publish" } else { "arm" }) { (button) }
                a.btn href=(here) { (words.council_publish_back_link()) }
            }
        }
    };
    answered(ctx, visit, &title, main, StatusCode::OK)
}

/// `POST /desk/meetings/{meeting}/disarming`
pub async fn disarm(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let outcome = publication::disarm(&mut conn, &visit.person, MeetingId(*id)).await;
    drop(conn);
    done(&ctx, &visit, MeetingId(*id), outcome, "").await
}

/// `POST …/decisions/{release}/publication`: one decision after its meeting.
pub async fn send_later(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (id, release) = (MeetingId(path.0), ReleaseId(path.1));
    let mut conn = ctx.conn().await?;
    let zone = ctx.settings.zone;
    let outcome = publication::publish_later(&mut conn, zone, &visit.person, id, release, fields.get("seen")).await;
    drop(conn);
    done(&ctx, &visit, id, outcome, "#agenda").await
}
