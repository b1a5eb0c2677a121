//! The meetings of the Council at the desk: their list, what is planned of one, its agenda, what its decisions are and who
//! proposes them, its publication.
//!
//! - `list.rs` all meetings; `plan.rs` day, place, chair, languages, instants; `agenda.rs` the page of a meeting
//! - `terms.rs` who proposes a decision and what it is; `import.rs` an agenda that is pasted
//! - `publication.rs` what goes out and what does not, and the one button

pub mod agenda;
pub mod import;
pub mod list;
pub mod plan;
pub mod publication;
pub mod terms;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use crate::account::Visit;
use crate::account::rights::{Action, Object, Right, may};
use crate::council::mails::name_of;
use crate::council::model::{Meeting, Stage};
use crate::council::query;
use crate::ids::MeetingId;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, page};
use crate::layout::desk::{self, Mark, Section, Tone, mark};
use crate::paths;
use crate::phrases::Phrases;

/// The pages of meetings.
pub fn routes() -> Vec<Route<Right>> {
    let (read, write) = (Right::Site(Action::ReadMeetings), Right::Site(Action::Meetings));
    vec![
        get(paths::DESK_MEETINGS, read, list::show),
        get(paths::DESK_MEETINGS_NEW, write, plan::begin),
        post(paths::DESK_MEETINGS, write, plan::create),
        get(paths::DESK_MEETING, read, agenda::show),
        get(paths::DESK_MEETING_PLAN, write, plan::show),
        post(paths::DESK_MEETING_PLAN, write, plan::change),
        get(paths::DESK_MEETING_IMPORT, write, import::show),
        post(paths::DESK_MEETING_IMPORT, write, import::send),
        post(paths::DESK_MEETING_DECISIONS, write, agenda::add),
        get(paths::DESK_MEETING_DECISION, write, terms::show),
        post(paths::DESK_MEETING_DECISION, write, terms::change),
        post(paths::DESK_MEETING_PLACE, write, agenda::put),
        post(paths::DESK_MEETING_MOVE, write, agenda::move_to),
        post(paths::DESK_MEETING_HOLD, write, agenda::hold),
        post(paths::DESK_MEETING_LATER, write, publication::send_later),
        get(paths::DESK_MEETING_PUBLICATION, write, publication::show),
        post(paths::DESK_MEETING_PUBLICATION, write, publication::send),
        post(paths::DESK_MEETING_DISARMING, write, publication::disarm),
        post(paths::DESK_MEETING_CANCELLATION, write, agenda::cancel),
        post(paths::DESK_MEETING_REOPENING, write, agenda::reopen),
    ]
}

/// What a form says is wrong: by the id of the field, all at once.
type Wrongs = Vec<(String, String)>;

/// The meeting that the address names.
async fn named(conn: &mut AsyncPgConnection, id: i64) -> Result<Meeting, WebError> {
    query::meeting(conn, MeetingId(id)).await?.ok_or(WebError::NotFound)
}

/// Whether this person may do more than read.
fn may_write(visit: &Visit) -> bool {
    may(&visit.person, Action::Meetings, Object::Site)
}

/// Where a meeting stands: shape and word.
fn stage(words: &Phrases, of: Stage) -> Markup {
    let (shape, tone, word) = match of {
        Stage::Preparing => (Mark::Draft, Tone::Mute, words.council_stage_preparing()),
        Stage::Armed => (Mark::Clock, Tone::Now, words.council_stage_armed()),
        Stage::Published => (Mark::Published, Tone::Ok, words.council_stage_published()),
        Stage::Cancelled => (Mark::Withdrawn, Tone::Stop, words.council_stage_cancelled()),
    };
    desk::state(shape, tone, &word)
}

/// The way back: the list, and the meeting.
fn crumb(visit: &Visit, meeting: &Meeting) -> Markup {
    html! {
        a href=(paths::DESK_MEETINGS) { (visit.words.council_desk_title()) } " · "
        a href=(paths::of_meeting(paths::DESK_MEETING, meeting.id)) { (name_of(meeting, visit.lang)) }
    }
}

/// Something that is said once, on top.
fn told(text: Option<&str>) -> Markup {
    html! { @if let Some(text) = text { div.errors role="alert" tabindex="-1" autofocus { p.err { (mark(Mark::Change)) (text) } } } }
}

fn hidden(name: &str, value: &str) -> Markup {
    html! { input type="hidden" name=(name) value=(value); }
}

fn answered(ctx: &Context, visit: &Visit, title: &str, main: Markup, status: StatusCode) -> HttpResponse {
    let drawn = visit.frame(ctx, title, Some(Section::Council), &["council.js"], desk::main(main));
    let mut answer = page(Keep::Never, drawn);
    *answer.status_mut() = status;
    answer
}

fn wrong_of<'a>(wrongs: &'a Wrongs, id: &str) -> Option<&'a str> {
    wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str())
}
