//! The desk's first page: what waits for me, what I have in hand, what goes public when, what was read of late.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::calendar;
use super::query::{self, Figures, Forced, Row};
use super::rows::{self, Show};
use crate::account::handlers::signed_form;
use crate::account::rights::{Action, Object, may};
use crate::account::{Person, Role, Visit};
use crate::digest::model::Run;
use crate::digest::{self, slot};
use crate::directory::{self, Family, Institution};
use crate::ids::{EditionId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::desk::{self, Mark, Section, Tone};
use crate::release::listing::Shelf;
use crate::release::public::{self, Selection, Start};
use crate::release::state::State;
use crate::{paths, subscription, validation};

/// How many runs are shown.
const RUNS: i64 = 5;
/// How many of the releases that went out last are shown.
const PUBLISHED: usize = 6;
/// How many drafts.
const DRAFTS: usize = 10;
/// How many things are looked at for what waits.
const WAITING: i64 = 100;
/// How many of the next instants.
const NEXT: usize = 8;

/// All that the page shows, and may be shown to whoever asks.
struct Board {
    now: DateTime<Utc>,
    waiting: Vec<Waiting>,
    drafts: Vec<Row>,
    drafts_in_all: i64,
    scheduled: Vec<Row>,
    published: Vec<(Row, Option<Figures>)>,
    institutions: Vec<Institution>,
    digests: Option<(i64, Vec<Run>)>,
}

/// Something that goes no further without this person.
struct Waiting {
    why: Why,
    row: Row,
}

/// Why it waits.
enum Why {
    Conflict,
    ToSendOn,
    SentBack,
    ToRatify(Forced),
    Today,
}

/// `GET /desk`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let board = read(&ctx, &mut conn, &visit.person).await?;
    let unseen = board.waiting.iter().map(|waiting| &waiting.row).chain(&board.drafts).chain(&board.scheduled);
    titles_read(&mut conn, &visit.person, unseen).await?;
    let to_answer = match may(&visit.person, Action::Answer, Object::Site) {
        true => validation::handlers::waiting_for(&mut conn, &visit.person).await?,
        false => Vec::new(),
    };
    drop(conn);
    let show = Show { settings: &ctx.settings, lang: visit.lang, words: visit.words, now: board.now };
    let words = visit.words;
    let zone = ctx.settings.zone;
    let crumb = format!(
        "{}, {}",
        dates::heading(visit.lang, dates::day(zone, board.now)),
        dates::hour_in_words(visit.lang, zone, board.now)
    );
    let main = html! {
        (desk::page_top(html! { (crumb) }, &words.home_waiting(board.waiting.len()), new_release(&visit, &board.institutions)))
        @if may(&visit.person, Action::Answer, Object::Site) {
            (desk::section("answers", &words.answer_list_title(), html! { a href=(paths::DESK_ANSWERS) { (words.answer_list_all()) } }, html! {
                @if to_answer.is_empty() { p { (words.answer_title_none()) "." } }
                ul.rows {
                    @for (meeting, open) in &to_answer {
                        li { p.t { a href=(paths::of_meeting(paths::DESK_ANSWERS_MEETING, meeting.id)) { (words.answer_title(*open)) } }
                            p.soft { (dates::capital(&validation::views::meeting_name(visit.lang, meeting))) } }
                    }
                }
            }))
        }
        div.home {
            div {
                (waiting(&board, &show))
                (drafts(&board, &show))
                (find(&show))
                @if let Some((subscribers, runs)) = &board.digests {
                    (digests(&ctx, &show, &visit.form_token, *subscribers, runs))
                }
                p.gap-l { a href=(paths::DESK_SUGGESTION) { (words.suggestion_desk_title()) } }
            }
            div {
                (scheduled(&board, &show))
                (published(&board, &show))
            }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &words.desk_title(), Section::Home, main)))
}

async fn read(ctx: &Context, conn: &mut AsyncPgConnection, person: &Person) -> Result<Board, WebError> {
    let now = clock::now(conn).await?;
    let zone = ctx.settings.zone;
    let monday = monday(dates::day(zone, now));
    let span = (clock::start_of_day(zone, monday), clock::start_of_day(zone, monday + Days::new(14)));
    let handed_in = query::handed_in(conn, person, WAITING).await?;
    let in_hand = query::in_hand(conn, person, WAITING).await?;
    let scheduled = query::scheduled(conn, person, span).await?;
    let mut waiting = Vec::new();
    for row in in_hand.iter().filter(|row| row.conflicts > 0) {
        waiting.push(Waiting { why: Why::Conflict, row: row.clone() });
    }
    let sends_on =
        |row: &&Row| may(person, Action::Publish, row.object()) && !(row.four_eyes && row.hands.contains(&person.id()));
    for row in handed_in.iter().filter(sends_on) {
        waiting.push(Waiting { why: Why::ToSendOn, row: row.clone() });
    }
    for row in in_hand.iter().filter(|row| row.state == State::Draft && row.sent_back().is_some()) {
        waiting.push(Waiting { why: Why::SentBack, row: row.clone() });
    }
    for (forced, row) in query::forced(conn, person).await? {
        if may(person, Action::Publish, row.object()) {
            waiting.push(Waiting { why: Why::ToRatify(forced), row });
        }
    }
    let today = dates::day(zone, now);
    for row in scheduled.iter().filter(|row| row.planned_at.is_some_and(|at| dates::day(zone, at) == today)) {
        if may(person, Action::Publish, row.object()) {
            waiting.push(Waiting { why: Why::Today, row: row.clone() });
        }
    }
    let published = match readable(person) {
        Some(selection) => public::list(conn, &selection, Start::Newest, PUBLISHED).await?.ids,
        None => Vec::new(),
    };
    let figures = query::figures(conn, &published).await?;
    let rows = query::of_releases(conn, person, &published).await?;
    let published = in_order(&published, rows)
        .into_iter()
        .map(|row| {
            let own = figures.iter().find(|own| own.release_id == row.release_id).copied();
            (row, own)
        })
        .collect();
    let digests = if may(person, Action::RunDigests, Object::Site) {
        Some((subscription::query::active(conn).await?, digest::query::slots(conn, RUNS).await?))
    } else {
        None
    };
    Ok(Board {
        now,
        waiting,
        drafts_in_all: query::count_in_hand(conn, person).await?,
        drafts: in_hand.into_iter().filter(|row| row.state == State::Draft).take(DRAFTS).collect(),
        scheduled,
        published,
        institutions: writes_for(conn, person).await?,
        digests,
    })
}

/// The rows in the order of the releases.
pub(super) fn in_order(ids: &[ReleaseId], rows: Vec<Row>) -> Vec<Row> {
    ids.iter().filter_map(|id| rows.iter().find(|row| row.release_id == *id).cloned()).collect()
}

/// The shelf on which everything public stands that this person may see in the desk; none for whom releases are no
/// matter. Each row is asked for again.
pub(super) fn readable(person: &Person) -> Option<Selection> {
    let shelves = match person.role() {
        Role::Admin => Vec::new(),
        Role::ChancelleryEditor => vec![Shelf::Family(Family::Council)],
        Role::Contributor | Role::Publisher | Role::InstitutionAdmin => {
            vec![Shelf::Institution(person.institution_id()?)]
        }
        Role::Spokesperson | Role::PictureDesk | Role::Photographer => return None,
    };
    Some(Selection { shelves, period: None })
}

/// The institutions that this person may begin a release for.
pub(super) async fn writes_for(conn: &mut AsyncPgConnection, person: &Person) -> Result<Vec<Institution>, WebError> {
    let mut all = directory::query::institutions(conn).await?;
    all.retain(|institution| {
        let object = Object::Release {
            issuers: &[institution.id],
            of_council: institution.family == Family::Council,
            is_draft: true,
        };
        may(person, Action::Write, object)
    });
    Ok(all)
}

/// Whoever sees what is not public yet is written down (DESIGN §11), one entry a page.
pub(super) async fn titles_read<'a>(
    conn: &mut AsyncPgConnection,
    person: &Person,
    rows: impl Iterator<Item = &'a Row>,
) -> Result<(), WebError> {
    let mut unseen: Vec<EditionId> = rows.filter(|row| row.state != State::Published).map(|row| row.id).collect();
    unseen.sort_unstable();
    unseen.dedup();
    if !unseen.is_empty() {
        let entry = Entry::on_site("release.titles_read").with(json!({ "editions": unseen }));
        journal::record(conn, person.actor(), [entry]).await?;
    }
    Ok(())
}

/// The Monday of that day's week.
pub(super) fn monday(day: NaiveDate) -> NaiveDate {
    day - Days::new(day.weekday().num_days_from_monday().into())
}

/// The one filled button: for the institution that somebody writes for, or one of several.
fn new_release(visit: &Visit, institutions: &[Institution]) -> Markup {
    let words = visit.words;
    html! {
        @if let Some(first) = institutions.first() {
            form.line method="post" action=(paths::DESK_RELEASES_NEW) {
                input type="hidden" name="form_token" value=(visit.form_token);
                @if institutions.len() == 1 {
                    input type="hidden" name="institution" value=(first.id);
                } @else {
                    div.field {
                        label for="institution" { (words.home_write_for()) }
                        select #institution name="institution" {
                            @for institution in institutions {
                                option value=(institution.id) { (institution.names.text(visit.lang)) }
                            }
                        }
                    }
                }
                button.main.big { (words.home_write()) }
            }
        }
    }
}

fn waiting(board: &Board, show: &Show<'_>) -> Markup {
    let words = show.words;
    let address = |pattern: &str, row: &Row| paths::of_release(pattern, row.release_id);
    let body = html! {
        @if board.waiting.is_empty() { p.soft { (words.home_waiting_none()) } } @else {
            ul.rows {
                @for Waiting { why, row } in &board.waiting {
                    @let planned = row.planned_at.map(|at| words.home_planned(show.when_in_words(at)));
                    @match why {
                        Why::Conflict => {
                            @let to = address(paths::DESK_EDITOR, row);
                            (desk::row(
                                desk::state(Mark::Change, Tone::Stop, &words.home_why_conflict()),
                                rows::title(row, show.lang, words, &to),
                                html! { (words.home_conflict(row.conflicts)) },
                                html! { a.btn href=(to) { (words.home_choose()) } },
                            ))
                        }
                        Why::ToSendOn => {
                            @let to = address(paths::DESK_PUBLICATION, row);
                            (desk::row(
                                desk::state(Mark::Submitted, Tone::Warn, &words.home_why_send_on()),
                                rows::title(row, show.lang, words, &to),
                                html! {
                                    @if let Some((by, at)) = row.handed_in() { (words.home_handed_in(by, show.when_in_words(at))) }
                                    @if row.four_eyes { " " (words.home_second_eyes()) }
                                    @if let Some(planned) = planned { " " (planned) }
                                },
                                html! { a.btn href=(to) { (words.home_reread()) } },
                            ))
                        }
                        Why::SentBack => {
                            @let to = address(paths::DESK_EDITOR, row);
                            (desk::row(
                                desk::state(Mark::Change, Tone::Warn, &words.home_why_sent_back()),
                                rows::title(row, show.lang, words, &to),
                                html! {
                                    @if let Some((by, at, reason)) = row.sent_back() { (words.home_sent_back(by, show.when_in_words(at), reason)) }
                                },
                                html! { a.btn href=(to) { (words.home_take_up()) } },
                            ))
                        }
                        Why::ToRatify(forced) => {
                            @let to = address(paths::DESK_RELEASE, row);
                            (desk::row(
                                desk::state(Mark::Forced, Tone::Warn, &words.home_why_ratify()),
                                rows::title(row, show.lang, words, &to),
                                html! { (words.home_forced(&forced.by, show.when_in_words(forced.at), &forced.reason)) },
                                html! { a.btn href=(to) { (words.home_examine()) } },
                            ))
                        }
                        Why::Today => {
                            @let to = address(paths::DESK_PUBLICATION, row);
                            (desk::row(
                                desk::state(Mark::Clock, Tone::Now, &words.home_why_today()),
                                rows::title(row, show.lang, words, &to),
                                html! { @if let Some(planned) = planned { (planned) ". " } (rows::languages(row, words)) },
                                html! { a.btn href=(to) { (words.home_check()) } },
                            ))
                        }
                    }
                }
            }
        }
    };
    desk::section("waiting", &words.home_waiting_title(), html! { (words.home_most_pressing()) }, body)
}

fn drafts(board: &Board, show: &Show<'_>) -> Markup {
    let words = show.words;
    let body = html! {
        @if board.drafts.is_empty() { p.soft { (words.home_drafts_none()) } } @else {
            ul.rows { @for row in &board.drafts { (rows::listed(row, show)) } }
        }
    };
    let aside = html! {
        @if board.drafts_in_all > 0 {
            a href={ (paths::DESK_RELEASES) "?state=draft" } { (words.home_drafts_all(board.drafts_in_all)) }
        }
    };
    desk::section("drafts", &words.home_drafts(), aside, body)
}

/// Filters that people come back to, each an address.
fn find(show: &Show<'_>) -> Markup {
    let words = show.words;
    let body = html! {
        p.find {
            @for lang in &show.settings.languages {
                a href=(format!("{}?missing={lang}", paths::DESK_RELEASES)) {
                    (words.home_find_missing(lang.code().to_uppercase()))
                }
            }
            a href={ (paths::DESK_RELEASES) "?missing=alt" } { (words.home_find_alt()) }
            a href={ (paths::DESK_RELEASES) "?missing=contact" } { (words.home_find_contact()) }
            a href={ (paths::DESK_RELEASES) "?embargo=yes" } { (words.home_find_embargo()) }
            @for (state, word) in [
                ("submitted", words.home_find_submitted()),
                ("scheduled", words.home_find_scheduled()),
                ("withdrawn", words.home_find_withdrawn()),
                ("unpublished", words.home_find_unpublished()),
            ] { a href=(format!("{}?state={state}", paths::DESK_RELEASES)) { (word) } }
        }
    };
    desk::section("find", &words.home_find(), html! { (words.home_find_where()) }, body)
}

fn scheduled(board: &Board, show: &Show<'_>) -> Markup {
    let words = show.words;
    let zone = show.settings.zone;
    let today = dates::day(zone, board.now);
    let from = monday(today);
    let weeks: Vec<NaiveDate> = vec![from, from + Days::new(7)];
    let body = html! {
        (calendar::weeks(&board.scheduled, &weeks, true, show))
        @let next: Vec<&Row> = board.scheduled.iter().filter(|row| row.planned_at.is_some_and(|at| at > board.now)).take(NEXT).collect();
        @if next.is_empty() { p.soft.gap { (words.desk_scheduled_none()) } } @else {
            ul.rows.slim.gap {
                @for row in next {
                    @if let Some(at) = row.planned_at {
                        li.row {
                            b { time datetime=(dates::machine(zone, at)) {
                                @if rows::is_today(at, show) { (at.with_timezone(&zone).format("%H:%M:%S")) } @else { (show.when_in_words(at)) }
                            } }
                            div {
                                p.t { (rows::title(row, show.lang, words, &paths::of_release(paths::DESK_RELEASE, row.release_id))) }
                                p { (rows::state(row, words)) " " (rows::languages(row, words)) }
                            }
                        }
                    }
                }
            }
        }
    };
    let aside = html! {
        a href=(paths::DESK_CALENDAR) { (words.calendar_weeks()) } " · "
        a href={ (paths::DESK_CALENDAR) "?month=" (today.format("%Y-%m")) } { (words.calendar_month()) } " · "
        a href=(paths::DESK_CALENDAR_ICS) { "iCalendar" }
    };
    desk::section("scheduled", &words.desk_scheduled(), aside, body)
}

fn published(board: &Board, show: &Show<'_>) -> Markup {
    let words = show.words;
    let (lang, zone) = (show.lang, show.settings.zone);
    let body = html! {
        @if board.published.is_empty() { p.soft { (words.desk_published_none()) } } @else {
            ul.rows.slim {
                @for (row, figures) in &board.published {
                    li.row {
                        div { @if let Some(at) = row.published_at { time datetime=(dates::machine(zone, at)) { (show.when(at)) } } }
                        div {
                            p.t { (rows::title(row, lang, words, &paths::of_release(paths::DESK_RELEASE, row.release_id))) }
                            p.soft { (row.lead.text(lang)) }
                            @if let Some(own) = figures {
                                dl.figs {
                                    div { dt { (words.home_reads()) } " " dd { (dates::number(lang, own.reads)) } }
                                    @if own.mails > 0 {
                                        div { dt { (words.home_mails()) } " " dd { (words.home_of(dates::number(lang, own.accepted), dates::number(lang, own.mails))) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    let aside = html! { a href={ (paths::DESK_RELEASES) "?state=public" } { (words.home_all()) } };
    desk::section("published", &words.home_published(), aside, body)
}

/// When the next slot is, what the last ones sent; on the demo, whose clock may be moved, a way not to wait for it.
fn digests(ctx: &Context, show: &Show<'_>, form_token: &str, subscribers: i64, runs: &[Run]) -> Markup {
    let (lang, words, now) = (show.lang, show.words, show.now);
    let zone = ctx.settings.zone;
    let at = |at| format!("{}, {}", dates::short(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    html! {
        section.sec aria-labelledby="digests" {
            h2 #digests { (words.desk_digests()) }
            p { (words.desk_next_slot(at(slot::next(&ctx.settings, now)))) " · " (words.desk_subscribers(subscribers)) }
            @if ctx.demo {
                form method="post" action=(paths::DESK_DEMO_CLOCK) {
                    input type="hidden" name="form_token" value=(form_token);
                    button { (words.desk_advance()) }
                }
            }
            @if runs.is_empty() { p.soft { (words.desk_runs_none()) } } @else {
                div.scroll role="region" tabindex="0" aria-label=(words.desk_runs()) {
                    table.grid {
                        caption { (words.desk_runs()) }
                        thead { tr {
                            th scope="col" { (words.desk_run_due()) }
                            th.num scope="col" { (words.desk_run_mails()) }
                            th.num scope="col" { (words.desk_run_accepted()) }
                            th.num scope="col" { (words.desk_run_open()) }
                            th.num scope="col" { (words.desk_run_failed()) }
                        } }
                        tbody {
                            @for run in runs {
                                tr {
                                    th scope="row" { (at(run.due_at)) }
                                    td.num { (dates::number(lang, run.deliveries)) }
                                    td.num { (dates::number(lang, run.accepted)) }
                                    td.num { (dates::number(lang, run.open)) }
                                    td.num { (dates::number(lang, run.failed + run.bounced)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A form with nothing in it but its token.
#[derive(Deserialize)]
pub struct Token {
    form_token: String,
}

/// `POST /desk/demo-clock`: moves the demo's clock to its next slot. No other site's clock can be moved.
pub async fn advance_demo_clock(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Token>,
) -> Result<HttpResponse, WebError> {
    signed_form(&ctx, &request, &form.form_token).await?;
    let mut conn = ctx.conn().await?;
    if !ctx.demo || !clock::is_shiftable(&mut conn).await? {
        return Err(WebError::NotFound);
    }
    let now = clock::now(&mut conn).await?;
    clock::run_from(&mut conn, slot::next(&ctx.settings, now)).await?;
    ctx.pages.forget();
    Ok(see_other(paths::DESK))
}
