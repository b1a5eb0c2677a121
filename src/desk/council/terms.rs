//! Who proposes a decision, in their order, and what it is in law: with its texts this is what is agreed (DESIGN §5).

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::agenda::{Agenda, refused};
use super::plan::option;
use super::{answered, crumb, hidden, named};
use crate::account::Visit;
use crate::council::decision;
use crate::council::model::{Instrument, Item, Meeting, Reading, Terms};
use crate::council::query::{self, Member};
use crate::ids::{MandateId, MeetingId, ReleaseId};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::see_other;
use crate::layout::desk::{self, page_top};
use crate::paths;
use crate::phrases::Phrases;
use crate::release::decision as terms_of;
use crate::release::state::State;
use crate::release::views::instrument_name;

/// How many empty rows follow those that are filled.
const EMPTY: usize = 2;

/// What the page shows.
struct Page {
    meeting: Meeting,
    item: Item,
    terms: Terms,
    members: Vec<Member>,
    title: (Option<Lang>, String),
}

async fn read(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    (id, release): (i64, i64),
) -> Result<Page, WebError> {
    let meeting = named(conn, id).await?;
    let (_, item) =
        query::item(conn, ReleaseId(release)).await?.filter(|(of, _)| *of == meeting.id).ok_or(WebError::NotFound)?;
    let terms = terms_of::terms(conn, &[item.edition_id]).await?.remove(&item.edition_id).unwrap_or_default();
    let members = query::members(conn, ctx.settings.zone, meeting.held_on, &terms.mandates).await?;
    let title = Agenda::read(ctx, conn, visit, id).await?.title(&item, visit);
    Ok(Page { meeting, item, terms, members, title })
}

/// `GET …/decisions/{release}`
pub async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let of = read(&ctx, &mut conn, &visit, *path).await?;
    drop(conn);
    let (_, title) = &of.title;
    Ok(answered(&ctx, &visit, title, main(&visit, &of), StatusCode::OK))
}

fn main(visit: &Visit, of: &Page) -> Markup {
    let (lang, words) = (visit.lang, visit.words);
    let (own, title) = &of.title;
    let is_open = matches!(of.item.state, State::Draft | State::Submitted);
    let here = paths::of_decision(paths::DESK_MEETING_DECISION, of.meeting.id, of.item.release_id);
    let rows = of.terms.mandates.len() + EMPTY;
    let instruments = of.terms.instruments.len() + 1;
    html! {
        (page_top(crumb(visit, &of.meeting), title, html! { a.btn href=(paths::of_release(paths::DESK_RELEASE, of.item.release_id)) lang=[own.map(|_| lang)] { (words.desk_nav_releases()) } }))
        @if is_open { p.soft.gap { (words.council_terms_hint()) } } @else { p.note { (words.council_terms_closed()) } }
        @if of.members.is_empty() { p.note { (words.council_members_none()) } }
        form.form.narrow.gap method="post" action=(here) {
            (hidden("form_token", &visit.form_token))
            fieldset disabled[!is_open] {
                legend.lab { (words.council_proposed_by()) }
                @for n in 0..rows {
                    @let id = format!("mandate-{n}");
                    @let chosen = of.terms.mandates.get(n).copied();
                    (desk::field(&id, &words.council_proposer(n + 1), None, None, html! {
                        select id=(id) name="mandate" {
                            option value="" { (words.council_form_nobody()) }
                            @for member in &of.members { (option(member, chosen == Some(member.id), lang, words)) }
                        }
                    }))
                }
            }
            fieldset disabled[!is_open] {
                legend.lab { (words.council_instrument()) }
                @for n in 0..instruments { (instrument(n, of.terms.instruments.get(n), lang, words)) }
            }
            @if is_open { div.acts { button.main { (words.council_terms_save()) } } }
        }
    }
}

fn instrument(n: usize, chosen: Option<&Reading>, lang: Lang, words: &Phrases) -> Markup {
    let (id, reading) = (format!("instrument-{n}"), format!("reading-{n}"));
    html! {
        div.line {
            (desk::field(&id, &words.council_instrument_n(n + 1), None, None, html! {
                select id=(id) name=(id) {
                    option value="" { (words.council_no_reading()) }
                    (instrument_options(chosen.map(|one| one.instrument), lang))
                }
            }))
            (desk::field(&reading, &words.council_reading_label(), None, None, html! {
                select id=(reading) name=(reading) { (reading_options(chosen.and_then(|one| one.reading), words)) }
            }))
        }
    }
}

/// Every instrument as a choice.
pub(super) fn instrument_options(chosen: Option<Instrument>, lang: Lang) -> Markup {
    html! {
        @for one in Instrument::ALL {
            option value=(one) selected[chosen == Some(*one)] { (dates::capital(&instrument_name(*one, lang))) }
        }
    }
}

/// The readings as choices.
pub(super) fn reading_options(chosen: Option<i16>, words: &Phrases) -> Markup {
    html! {
        option value="" { (words.council_no_reading()) }
        @for reading in 1..=3_i16 {
            option value=(reading) selected[chosen == Some(reading)] { (words.council_reading(i64::from(reading))) }
        }
    }
}

/// The instrument and the reading of two fields.
pub(super) fn read_instrument(fields: &Fields, instrument: &str, reading: &str) -> Option<Reading> {
    let instrument = fields.get(instrument).parse().ok()?;
    let reading = fields.get(reading).parse().ok().filter(|reading| (1..=3).contains(reading));
    Some(Reading { instrument, reading })
}

/// `POST …/decisions/{release}`
pub async fn change(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (id, release) = (MeetingId(path.0), ReleaseId(path.1));
    let terms = Terms {
        mandates: fields.all("mandate").filter_map(|id| id.parse().ok()).map(MandateId).collect(),
        instruments: (0..crate::release::decision::TERMS_MAX)
            .filter_map(|n| read_instrument(&fields, &format!("instrument-{n}"), &format!("reading-{n}")))
            .collect(),
    };
    let mut conn = ctx.conn().await?;
    let outcome = decision::set_terms(&mut conn, &visit.person, id, release, &terms).await;
    drop(conn);
    match outcome {
        Ok(()) => Ok(see_other(&format!("{}#agenda", paths::of_meeting(paths::DESK_MEETING, id)))),
        Err(error) => refused(&ctx, &visit, id.0, error).await,
    }
}
