//! The page of a meeting: how it stands in a sentence, its agenda with what each decision lacks and who wrote it, and what
//! can be done to it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::{Wrongs, answered, hidden, may_write, named, stage, told, wrong_of};
use crate::account::Visit;
use crate::council::agenda::{self, To};
use crate::council::decision::{self, NewDecision};
use crate::council::error::CouncilError;
use crate::council::mails::name_of;
use crate::council::meeting;
use crate::council::model::{Item, Meeting, Stage, Terms, fingerprint};
use crate::council::query::{self, Member};
use crate::desk::home::titles_read;
use crate::desk::query::{self as desk_query, Row};
use crate::desk::release::instant;
use crate::desk::{rows, states};
use crate::directory::handlers::{line, texts};
use crate::ids::{AccountId, EditionId, MandateId, MeetingId, ReleaseId};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::see_other;
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Tone, mark, page_top, section};
use crate::paths;
use crate::phrases::{Phrases, language_name};
use crate::release::decision as terms_of;
use crate::release::state::State;
use crate::release::views::reading_name;

/// All that the page shows.
pub(super) struct Agenda {
    pub(super) meeting: Meeting,
    pub(super) items: Vec<Item>,
    /// What is written in each, by release.
    pub(super) rows: HashMap<ReleaseId, Row>,
    terms: HashMap<EditionId, Terms>,
    members: Vec<Member>,
    /// Who wrote, by account.
    pub(super) names: HashMap<AccountId, String>,
    /// Meetings to which a decision can be moved.
    others: Vec<Meeting>,
}

impl Agenda {
    /// Reads it for this person, and writes down that they read the titles (DESIGN §11).
    pub(super) async fn read(
        ctx: &Context,
        conn: &mut AsyncPgConnection,
        visit: &Visit,
        id: i64,
    ) -> Result<Self, WebError> {
        let meeting = named(conn, id).await?;
        let items = query::items(conn, meeting.id).await?;
        let releases: Vec<ReleaseId> = items.iter().map(|item| item.release_id).collect();
        let editions: Vec<EditionId> = items.iter().map(|item| item.edition_id).collect();
        let rows = desk_query::worked_on(conn, &visit.person, &releases).await?;
        titles_read(conn, &visit.person, rows.iter()).await?;
        let terms = terms_of::terms(conn, &editions).await?;
        let named: Vec<MandateId> =
            terms.values().flat_map(|terms| terms.mandates.iter().copied()).chain(meeting.chair_mandate_id).collect();
        let members = query::members(conn, ctx.settings.zone, meeting.held_on, &named).await?;
        let mut hands: Vec<AccountId> = items.iter().flat_map(|item| item.hands.iter().copied()).collect();
        hands.extend(meeting.armed_by);
        let names = query::names(conn, &hands).await?.into_iter().collect();
        let mut others = query::open_meetings(conn).await?;
        others.retain(|other| other.id != meeting.id);
        Ok(Self {
            rows: rows.into_iter().map(|row| (row.release_id, row)).collect(),
            meeting,
            items,
            terms,
            members,
            names,
            others,
        })
    }

    /// A decision's title, with its language where that is not the desk's.
    pub(super) fn title(&self, item: &Item, visit: &Visit) -> (Option<Lang>, String) {
        match self.rows.get(&item.release_id).and_then(|row| row.title(visit.lang)) {
            Some((of, title)) => ((of != visit.lang).then_some(of), title.to_owned()),
            None => (None, visit.words.desk_untitled()),
        }
    }

    /// Who wrote in it.
    pub(super) fn authors(&self, item: &Item) -> String {
        let names: Vec<&str> = item.hands.iter().filter_map(|id| self.names.get(id).map(String::as_str)).collect();
        names.join(", ")
    }

    /// The members of the government who propose a decision, in their order.
    fn proposers(&self, item: &Item) -> Vec<&Member> {
        let of = |id: &MandateId| self.members.iter().find(|member| member.id == *id);
        self.terms.get(&item.edition_id).into_iter().flat_map(|terms| &terms.mandates).filter_map(of).collect()
    }
}

/// What was typed where something is wrong with it, and what is said on top.
#[derive(Default)]
struct Typed {
    titles: Texts,
    wrongs: Wrongs,
    told: Option<String>,
}

/// `GET /desk/meetings/{meeting}`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    page(&ctx, &visit, *id, &Typed::default(), StatusCode::OK).await
}

/// The page as it stands now, after a step that refused: with the reason on top.
pub(super) async fn refused(
    ctx: &Context,
    visit: &Visit,
    id: i64,
    error: CouncilError,
) -> Result<HttpResponse, WebError> {
    let words = visit.words;
    let (told, status) = match &error {
        CouncilError::NoReason => (words.council_wrong_reason(), StatusCode::UNPROCESSABLE_ENTITY),
        CouncilError::NotOpen => (words.council_terms_closed(), StatusCode::CONFLICT),
        CouncilError::FourEyes(numbers) => (words.council_publish_first_pair(listed(numbers)), StatusCode::CONFLICT),
        CouncilError::NotFound | CouncilError::Release(_) | CouncilError::Db(_) | CouncilError::Busy(_) => {
            return Err(error.into());
        }
        _ => (words.council_state_changed(), StatusCode::CONFLICT),
    };
    page(ctx, visit, id, &Typed { told: Some(told), ..Typed::default() }, status).await
}

/// `1, 4, 7`
pub(super) fn listed(numbers: &[i32]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

async fn page(
    ctx: &Context,
    visit: &Visit,
    id: i64,
    typed: &Typed,
    status: StatusCode,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let of = Agenda::read(ctx, &mut conn, visit, id).await?;
    drop(conn);
    let title = name_of(&of.meeting, visit.lang);
    Ok(answered(ctx, visit, &title, main(ctx, visit, &of, typed, &title), status))
}

fn main(ctx: &Context, visit: &Visit, of: &Agenda, typed: &Typed, title: &str) -> Markup {
    let words = visit.words;
    let meeting = &of.meeting;
    let may = may_write(visit);
    let here = |pattern: &str| paths::of_meeting(pattern, meeting.id);
    let is_open = matches!(meeting.stage(), Stage::Preparing | Stage::Armed);
    // One thing is to be done first: agree, and once something is ready, publish.
    let any_ready = of.items.iter().any(Item::goes_out);
    let actions = html! {
        @if meeting.published_at.is_some() { a.btn href=(paths::meeting(visit.lang, &meeting.code)) { (words.council_public_page()) } }
        @if may && is_open { a.btn href=(here(paths::DESK_MEETING_IMPORT)) { (words.council_import()) } }
        @if !of.items.is_empty() && (is_open || of.items.iter().any(|item| item.is_to_come())) { a.btn.main[!any_ready] href={ (here(paths::DESK_MEETING)) "/board" } { (words.council_to_board()) } }
        @if may && is_open && !of.items.is_empty() { a.btn.main[any_ready] href=(here(paths::DESK_MEETING_PUBLICATION)) { (words.council_to_publication()) } }
    };
    html! {
        (page_top(html! { a href=(paths::DESK_MEETINGS) { (words.council_desk_title()) } }, title, actions))
        (told(typed.told.as_deref()))
        (desk::error(&words.form_wrong(typed.wrongs.len()), &typed.wrongs))
        p.standing { (stage(words, meeting.stage())) " " (standing(ctx, visit, of)) }
        div.home {
            div {
                (section("agenda", &words.council_agenda(), html! {}, html! {
                    @if of.items.is_empty() { p.soft { (words.council_agenda_none()) } } @else {
                        ol.rows.agenda data-sortable[may && is_open] {
                            @for (place, item) in of.items.iter().enumerate() { (line_of(visit, of, place, item, may, is_open)) }
                        }
                    }
                }))
                @if may && meeting.cancelled_at.is_none() { (adding(ctx, visit, of, typed)) }
            }
            div {
                (facts(ctx, visit, of, may))
                @if may { (ending(visit, of)) }
            }
        }
    }
}

/// How things stand.
pub(super) fn standing(ctx: &Context, visit: &Visit, of: &Agenda) -> String {
    let words = visit.words;
    let at = |at| instant(&ctx.settings, visit.lang, at);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let to_come = of.items.iter().filter(|item| item.is_to_come()).count();
    let ready = of.items.iter().filter(|item| item.goes_out()).count();
    match (of.meeting.stage(), of.meeting.published_at, of.meeting.planned_at) {
        (Stage::Published, Some(published), _) => format!(
            "{} {}",
            words.council_went_public(at(published)),
            words.council_standing_public(count(to_come), count(of.items.len() - to_come))
        ),
        (Stage::Armed, _, Some(planned)) => format!(
            "{} {}",
            words.council_standing(count(of.items.len()), count(ready)),
            words.council_armed_for(at(planned))
        ),
        (Stage::Preparing, _, Some(planned)) => format!(
            "{} {}",
            words.council_standing(count(of.items.len()), count(ready)),
            words.council_planned_for(at(planned))
        ),
        _ => words.council_standing(count(of.items.len()), count(ready)),
    }
}

/// The mark of a decision: pulled out, or its state.
pub(super) fn item_state(words: &Phrases, item: &Item) -> Markup {
    match (&item.held_back_reason, item.state) {
        (Some(_), _) if item.is_to_come() => desk::state(Mark::Pause, Tone::Warn, &words.council_pulled_out()),
        (_, State::Published | State::Superseded) => states::public(words, item.public_state),
        (_, State::Ready) => desk::state(Mark::Ready, Tone::Ok, &words.board_row_ready()),
        (_, state) => states::edition(words, state),
    }
}

/// What a decision lacks in the languages of its meeting.
fn holes(of: &Agenda, item: &Item, words: &Phrases) -> Markup {
    let Some(row) = of.rows.get(&item.release_id) else { return html! {} };
    let missing: Vec<String> = of
        .meeting
        .languages
        .iter()
        .filter(|lang| {
            let filled = row.filled(**lang);
            !(filled.title && filled.body)
        })
        .map(|lang| lang.code().to_uppercase())
        .collect();
    html! {
        @if missing.is_empty() { (rows::languages(row, words)) }
        @else { span.warn { (mark(Mark::Missing)) " " (words.council_missing(missing.join(", "))) } }
    }
}

fn line_of(visit: &Visit, of: &Agenda, place: usize, item: &Item, may: bool, is_open: bool) -> Markup {
    let words = visit.words;
    let (lang, title) = of.title(item, visit);
    let address = |pattern: &str| paths::of_decision(pattern, of.meeting.id, item.release_id);
    let proposers = of.proposers(item);
    let instruments = of.terms.get(&item.edition_id).map(|terms| terms.instruments.as_slice()).unwrap_or_default();
    let authors = of.authors(item);
    let to = match item.state {
        State::Draft => paths::DESK_EDITOR,
        _ => paths::DESK_RELEASE,
    };
    let last = of.items.len().saturating_sub(1);
    let token = || hidden("form_token", &visit.form_token);
    html! {
        li.row id={ "d" (item.number) } {
            div { p.no { (item.number) } (item_state(words, item)) }
            div {
                p.t { a href=(paths::of_release(to, item.release_id)) lang=[lang] { (title) } }
                p.soft {
                    (holes(of, item, words))
                    @if !authors.is_empty() { " · " (words.council_written_by(authors.as_str())) }
                }
                p.soft {
                    @if proposers.is_empty() { span.warn { (mark(Mark::Missing)) " " (words.council_nobody_proposes()) } }
                    @for (n, member) in proposers.iter().enumerate() { @if n > 0 { ", " } (member.name) }
                    @for one in instruments { " · " (reading_name(one, visit.lang)) }
                }
                @if let Some(reason) = item.held_back_reason.as_deref().filter(|_| item.is_to_come()) {
                    p.warn { (words.council_held_because(reason)) }
                }
                @if may { (acts(visit, of, item, &title)) }
            }
            div.places {
                @if may && is_open {
                    button.grip type="button" hidden tabindex="-1" aria-hidden="true" title=(words.council_drag(title.as_str())) { "⋮⋮" }
                    form.place method="post" action=(address(paths::DESK_MEETING_PLACE)) {
                        (token())
                        @if place > 0 { button id={ "up-" (item.release_id) } name="to" value="up" aria-label=(words.council_up(title.as_str())) { (mark(Mark::Up)) } }
                        @if place < last { button id={ "down-" (item.release_id) } name="to" value="down" aria-label=(words.council_down(title.as_str())) { (mark(Mark::Down)) } }
                    }
                }
            }
        }
    }
}

/// What can be done to a decision, behind a disclosure but for what moves it on.
fn acts(visit: &Visit, of: &Agenda, item: &Item, title: &str) -> Markup {
    let words = visit.words;
    let address = |pattern: &str| paths::of_decision(pattern, of.meeting.id, item.release_id);
    let is_public = of.meeting.stage() == Stage::Published;
    let ready_later = is_public && (Item { held_back_at: None, ..item.clone() }).goes_out();
    let token = || hidden("form_token", &visit.form_token);
    let reason = format!("reason-{}", item.release_id);
    let into = format!("into-{}", item.release_id);
    html! {
        div.acts {
            @if ready_later && !item.hands.contains(&visit.person.id()) {
                form method="post" action=(address(paths::DESK_MEETING_LATER)) {
                    (token()) (hidden("seen", &fingerprint(&of.meeting, &of.items)))
                    button { (words.council_later()) span.vh { " – " (title) } }
                }
            }
            a.btn href=(address(paths::DESK_MEETING_DECISION)) { (words.council_terms()) span.vh { " – " (title) } }
            @if item.is_to_come() && item.held_back_at.is_some() {
                form method="post" action=(address(paths::DESK_MEETING_HOLD)) {
                    (token()) button name="act" value="back" { (words.council_put_back()) span.vh { " – " (title) } }
                }
            }
        }
        @if item.is_to_come() {
            details.more {
                summary { (words.council_more()) span.vh { " – " (title) } }
                @if item.held_back_at.is_none() {
                    form.line method="post" action=(address(paths::DESK_MEETING_HOLD)) {
                        (token())
                        (desk::field(&reason, &words.council_hold(), None, None, html! {
                            input id=(reason) name="reason" maxlength="500" required placeholder=(words.council_hold_reason());
                        }))
                        button name="act" value="hold" { (words.council_hold_button()) }
                    }
                }
                @if of.others.is_empty() { p.soft { (words.council_move_none()) } } @else {
                    form.line method="post" action=(address(paths::DESK_MEETING_MOVE)) {
                        (token())
                        (desk::field(&into, &words.council_move_to(), None, None, html! {
                            select id=(into) name="into" { @for other in &of.others { option value=(other.id) { (name_of(other, visit.lang)) } } }
                        }))
                        button { (words.council_move()) }
                    }
                }
            }
        }
    }
}

fn adding(ctx: &Context, visit: &Visit, of: &Agenda, typed: &Typed) -> Markup {
    let words = visit.words;
    let languages: Vec<Lang> =
        ctx.settings.languages.iter().copied().filter(|lang| of.meeting.languages.contains(lang)).collect();
    section(
        "add",
        &words.council_add(),
        html! {},
        html! {
            form.form method="post" action=(paths::of_meeting(paths::DESK_MEETING_DECISIONS, of.meeting.id)) novalidate {
                (hidden("form_token", &visit.form_token))
                @for lang in languages {
                    @let id = format!("title-{lang}");
                    @let wrong = wrong_of(&typed.wrongs, &id);
                    (desk::field(&id, &words.council_add_title(language_name(lang, visit.lang)), None, wrong, html! {
                        input id=(id) name=(id) lang=(lang) maxlength="255" value=[typed.titles.0.get(&lang)]
                            aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(&id, false, wrong.is_some())];
                    }))
                }
                div.acts { button { (words.council_add_button()) } }
            }
        },
    )
}

fn facts(ctx: &Context, visit: &Visit, of: &Agenda, may: bool) -> Markup {
    let (lang, words, meeting) = (visit.lang, visit.words, &of.meeting);
    let at = |at| instant(&ctx.settings, lang, at);
    let chair = meeting.chair_mandate_id.and_then(|id| of.members.iter().find(|member| member.id == id));
    let aside = html! { @if may && meeting.cancelled_at.is_none() { a href=(paths::of_meeting(paths::DESK_MEETING_PLAN, meeting.id)) { (words.council_plan_change()) } } };
    section(
        "facts",
        &words.council_facts(),
        aside,
        html! {
            dl.figs.facts {
                div { dt { (words.council_date()) " " } dd { (dates::full(lang, meeting.held_on)) } }
                div { dt { (words.council_place()) " " } dd {
                    @if meeting.is_electronic { (words.council_electronic()) }
                    @else { (meeting.places.as_ref().map_or("–", |places| places.text(lang))) }
                } }
                div { dt { (words.council_chair()) " " } dd { @match chair { Some(chair) => { (chair.name) }, None => "–" } } }
                div { dt { (words.council_form_planned()) " " } dd { @match meeting.planned_at { Some(planned) => { (at(planned)) }, None => "–" } } }
                div { dt { (words.council_form_deadline()) " " } dd { @match meeting.deadline_at { Some(deadline) => { (at(deadline)) }, None => "–" } } }
                div { dt { (words.council_form_languages()) " " } dd {
                    (meeting.languages.iter().map(|of| of.code().to_uppercase()).collect::<Vec<_>>().join(", "))
                } }
            }
        },
    )
}

fn ending(visit: &Visit, of: &Agenda) -> Markup {
    let words = visit.words;
    let here = |pattern: &str| paths::of_meeting(pattern, of.meeting.id);
    html! {
        @match of.meeting.stage() {
            Stage::Preparing | Stage::Armed => details.apart {
                summary { (words.council_cancel()) }
                p { (words.council_cancel_hint()) }
                form.form method="post" action=(here(paths::DESK_MEETING_CANCELLATION)) {
                    (hidden("form_token", &visit.form_token))
                    (desk::field("cancel-reason", &words.council_cancel_reason(), None, None, html! {
                        textarea #cancel-reason name="reason" rows="2" required {}
                    }))
                    div.acts { button.danger { (words.council_cancel_button()) } }
                }
            },
            Stage::Cancelled => form method="post" action=(here(paths::DESK_MEETING_REOPENING)) {
                (hidden("form_token", &visit.form_token))
                button { (words.council_reopen()) }
            },
            Stage::Published => {},
        }
    }
}

/// `POST /desk/meetings/{meeting}/decisions`: begins one, and leads to its editor.
pub async fn add(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let meeting = named(&mut conn, *id).await?;
    let titles = texts(&fields, "title", line).unwrap_or_default();
    let first = meeting.languages.first().copied().unwrap_or(visit.lang);
    let mut wrongs = Wrongs::new();
    if titles.0.is_empty() {
        wrongs.push((format!("title-{first}"), words.council_wrong_title()));
    }
    for (lang, title) in &titles.0 {
        if title.chars().count() > crate::release::model::TITLE_MAX {
            wrongs.push((format!("title-{lang}"), words.directory_wrong_long(crate::release::model::TITLE_MAX)));
        }
    }
    if !wrongs.is_empty() {
        let typed = Typed { titles, wrongs, told: None };
        drop(conn);
        return page(&ctx, &visit, *id, &typed, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let new = NewDecision { titles, terms: Terms::default() };
    match decision::add(&mut conn, &visit.person, meeting.id, &[new]).await {
        Ok(begun) => match begun.first() {
            Some((release, _)) => Ok(see_other(&paths::of_release(paths::DESK_EDITOR, *release))),
            None => Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, meeting.id))),
        },
        Err(error) => {
            drop(conn);
            refused(&ctx, &visit, *id, error).await
        }
    }
}

/// The meeting and the decision of an address.
fn ids(path: &web::Path<(i64, i64)>) -> (MeetingId, ReleaseId) {
    (MeetingId(path.0), ReleaseId(path.1))
}

/// `POST …/decisions/{release}/place`
pub async fn put(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (id, release) = ids(&path);
    let to = match fields.get("to") {
        "up" => To::Up,
        "down" => To::Down,
        place => To::Place(place.parse().map_err(|_| WebError::BadRequest(BadRequest::Form))?),
    };
    let mut conn = ctx.conn().await?;
    let outcome = agenda::put(&mut conn, &visit.person, id, release, to).await;
    let items = query::items(&mut conn, id).await?;
    drop(conn);
    let spot = match items.iter().position(|item| item.release_id == release) {
        Some(place) => spot(place, items.len(), release, to),
        None => "#agenda".to_owned(),
    };
    done(&ctx, &visit, id, outcome, &spot).await
}

/// Where one goes on after a move: at the arrow that was pressed, which its address gives the focus; at the end of the list
/// at the other one; after a drag at the decision.
fn spot(place: usize, count: usize, release: ReleaseId, to: To) -> String {
    match to {
        To::Up | To::Down if count < 2 => "#agenda".to_owned(),
        To::Up if place > 0 => format!("#up-{release}"),
        To::Down if place + 1 < count => format!("#down-{release}"),
        To::Up => format!("#down-{release}"),
        To::Down => format!("#up-{release}"),
        To::Place(_) => format!("#d{}", place + 1),
    }
}

/// `POST …/decisions/{release}/meeting`
pub async fn move_to(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (id, release) = ids(&path);
    let into = fields.get("into").parse().map(MeetingId).map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    let outcome = agenda::move_to(&mut conn, &visit.person, id, release, into).await;
    drop(conn);
    done(&ctx, &visit, id, outcome, "#agenda").await
}

/// `POST …/decisions/{release}/hold`
pub async fn hold(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let (id, release) = ids(&path);
    let reason = match fields.get("act") {
        "hold" => Some(line(fields.get("reason")).chars().take(500).collect::<String>()),
        "back" => None,
        _ => return Err(WebError::BadRequest(BadRequest::Form)),
    };
    let mut conn = ctx.conn().await?;
    let outcome = decision::hold_back(&mut conn, &visit.person, id, release, reason.as_deref()).await;
    drop(conn);
    done(&ctx, &visit, id, outcome, "#agenda").await
}

/// `POST /desk/meetings/{meeting}/cancellation`
pub async fn cancel(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let outcome = meeting::cancel(&mut conn, &visit.person, MeetingId(*id), fields.get("reason")).await;
    drop(conn);
    done(&ctx, &visit, MeetingId(*id), outcome, "").await
}

/// `POST /desk/meetings/{meeting}/reopening`
pub async fn reopen(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let outcome = meeting::reopen(&mut conn, &visit.person, MeetingId(*id)).await;
    drop(conn);
    done(&ctx, &visit, MeetingId(*id), outcome, "").await
}

/// Back to the meeting, or why not.
pub(super) async fn done(
    ctx: &Context,
    visit: &Visit,
    id: MeetingId,
    outcome: Result<(), CouncilError>,
    spot: &str,
) -> Result<HttpResponse, WebError> {
    match outcome {
        Ok(()) => Ok(see_other(&format!("{}{spot}", paths::of_meeting(paths::DESK_MEETING, id)))),
        Err(error) => refused(ctx, visit, id.0, error).await,
    }
}
