//! All meetings: those being prepared, the next first, and those that are over, the latest first.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use maud::{Markup, html};

use super::{answered, may_write, stage};
use crate::account::Visit;
use crate::council::mails::name_of;
use crate::council::model::{Meeting, Stage};
use crate::council::query;
use crate::desk::release::instant;
use crate::ids::MeetingId;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::layout::desk::{page_top, row, section};
use crate::paths;

/// How many of those that are over a page shows.
const SIZE: i64 = 25;

/// `GET /desk/meetings`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut parameters = Parameters::read(request.query_string())?;
    let before = parameters.take("before", place)?;
    parameters.finish()?;
    let mut conn = ctx.conn().await?;
    let open = if before.is_none() { query::open_meetings(&mut conn).await? } else { Vec::new() };
    let mut past = query::past(&mut conn, before, SIZE + 1).await?;
    let older = (past.len() > usize::try_from(SIZE).unwrap_or_default()).then(|| past.pop()).flatten();
    let last = older.and_then(|_| past.last()).map(|last| format!("{}.{}", last.held_on, last.id));
    let ids: Vec<MeetingId> = open.iter().chain(&past).map(|meeting| meeting.id).collect();
    let counts = query::counts(&mut conn, &ids).await?;
    let has_council = query::council(&mut conn).await?.is_some();
    drop(conn);
    let words = visit.words;
    let title = words.council_desk_title();
    let rows = |meetings: &[Meeting]| {
        html! { ul.rows { @for meeting in meetings { (line(&ctx, &visit, meeting, &counts)) } } }
    };
    let actions = html! {
        @if has_council && may_write(&visit) { a.btn.main href=(paths::DESK_MEETINGS_NEW) { (words.council_desk_new()) } }
    };
    let main = html! {
        (page_top(html! { a href=(paths::DESK) { (words.desk_title()) } }, &title, actions))
        @if !has_council { p.gap { (words.council_desk_nobody()) } }
        @if before.is_none() {
            div.gap { (section("open", &words.council_desk_preparing(), html! {}, html! {
                @if open.is_empty() { p.soft { (words.council_desk_none()) } } @else { (rows(&open)) }
            })) }
        }
        div.gap-l { (section("past", &words.council_desk_past(), html! {}, html! {
            @if past.is_empty() { p.soft { (words.council_desk_past_none()) } } @else { (rows(&past)) }
            @if let Some(last) = last { p.gap { a href=(format!("{}?before={last}", paths::DESK_MEETINGS)) rel="next" { (words.council_desk_older()) } } }
        })) }
    };
    Ok(answered(&ctx, &visit, &title, main, StatusCode::OK))
}

/// `2026-11-20.17`: after that meeting.
fn place(text: &str) -> Option<(NaiveDate, MeetingId)> {
    let (day, id) = text.rsplit_once('.')?;
    Some((day.parse().ok()?, MeetingId(id.parse().ok()?)))
}

fn line(ctx: &Context, visit: &Visit, meeting: &Meeting, counts: &[(MeetingId, i64, i64)]) -> Markup {
    let words = visit.words;
    let (all, done) = counts.iter().find(|(id, ..)| *id == meeting.id).map_or((0, 0), |(_, all, done)| (*all, *done));
    let at = |at| instant(&ctx.settings, visit.lang, at);
    row(
        stage(words, meeting.stage()),
        html! { a href=(paths::of_meeting(paths::DESK_MEETING, meeting.id)) { (name_of(meeting, visit.lang)) } },
        html! {
            (words.council_desk_ready(all, done)) ". "
            @match (meeting.stage(), meeting.published_at, meeting.planned_at) {
                (Stage::Published, Some(published), _) => (words.council_went_public(at(published))),
                (Stage::Armed, _, Some(planned)) => (words.council_armed_for(at(planned))),
                (Stage::Preparing, _, Some(planned)) => (words.council_planned_for(at(planned))),
                _ => {},
            }
        },
        html! {},
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_day_and_a_meeting() {
        assert_eq!(place("2026-11-20.17"), Some(("2026-11-20".parse().expect("a day"), MeetingId(17))));
        for wrong in ["", ".", "2026-11-20", "2026-11-20.", "2026-13-01.1", "x.1", "2026-11-20.x"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
    }
}
