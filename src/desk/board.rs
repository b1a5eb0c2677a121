//! The desk's first page: what is scheduled, what is being written, what went out last.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::json;

use super::query::{self, Row};
use super::states;
use crate::account::handlers::signed_form;
use crate::account::rights::{Action, Object, may};
use crate::account::{Person, Visit};
use crate::digest::model::Run;
use crate::digest::{self, slot};
use crate::ids::EditionId;
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::desk::{self, Section};
use crate::phrases::Phrases;
use crate::release::state::State;
use crate::{paths, subscription};

/// How many runs are shown.
const RUNS: i64 = 10;
/// How many of the releases that went out last are shown.
const PUBLISHED: usize = 10;

/// `GET /desk`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let (person, lang, words) = (&visit.person, visit.lang, visit.words);
    let mut conn = ctx.conn().await?;
    let mut rows = query::latest(&mut conn).await?;
    rows.retain(|row| may_read(person, row));
    // Whoever sees what is not public yet is written down (DESIGN §11), one entry a page.
    let unseen: Vec<EditionId> = rows.iter().filter(|row| row.state != State::Published).map(|row| row.id).collect();
    if !unseen.is_empty() {
        let entry = Entry::on_site("release.titles_read").with(json!({ "editions": unseen }));
        journal::record(&mut conn, person.actor(), [entry]).await?;
    }
    let digests = if may(person, Action::RunDigests, Object::Site) {
        let now = clock::now(&mut conn).await?;
        let runs = digest::query::runs(&mut conn, RUNS).await?;
        let subscribers = subscription::query::active(&mut conn).await?;
        Some(digests(&ctx, lang, words, &visit.form_token, now, subscribers, &runs))
    } else {
        None
    };
    let main = html! {
        (desk::page_top(html! {}, &words.desk_title(), html! {}))
        div.home {
            @if let Some(digests) = digests { (digests) }
            (releases(&ctx, lang, words, &rows))
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &words.desk_title(), Section::Home, main)))
}

/// When the next slot is, what the last ones sent; on the demo, whose clock may be moved, a way not to wait for it.
fn digests(
    ctx: &Context,
    lang: Lang,
    words: &Phrases,
    form_token: &str,
    now: DateTime<Utc>,
    subscribers: i64,
    runs: &[Run],
) -> Markup {
    let zone = ctx.settings.zone;
    let at = |at| format!("{}, {}", dates::short(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    html! {
        section.sec aria-labelledby="digests" {
            h2 #digests { (words.desk_digests()) }
            p { (words.desk_next_slot(at(slot::next(&ctx.settings, now)))) " · " (words.desk_subscribers(subscribers)) }
            @if ctx.demo {
                form method="post" action=(paths::DESK_DEMO_CLOCK) {
                    input type="hidden" name="form_token" value=(form_token);
                    button.main { (words.desk_advance()) }
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
                                    td.num { (dates::number(lang, run.failed)) }
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

fn may_read(person: &Person, row: &Row) -> bool {
    let object =
        Object::Release { issuers: &row.issuers, of_council: row.of_council, is_draft: row.state == State::Draft };
    may(person, Action::Read, object)
}

fn releases(ctx: &Context, lang: Lang, words: &Phrases, rows: &[Row]) -> Markup {
    let mut scheduled: Vec<&Row> = rows.iter().filter(|row| row.state == State::Scheduled).collect();
    scheduled.sort_by_key(|row| row.planned_at);
    let open: Vec<&Row> = rows
        .iter()
        .filter(|row| !matches!(row.state, State::Scheduled | State::Published | State::Superseded))
        .collect();
    let published: Vec<&Row> = rows.iter().filter(|row| row.state == State::Published).take(PUBLISHED).collect();
    let zone = ctx.settings.zone;
    let at = |at: Option<chrono::DateTime<chrono::Utc>>| {
        at.map(|at| format!("{}, {}", dates::short(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at)))
    };
    html! {
        (section("scheduled", &words.desk_scheduled(), &words.desk_scheduled_none(), lang, words, &scheduled, |row| {
            at(row.planned_at).map(|at| words.desk_goes_public(at))
        }))
        (section("open", &words.desk_in_progress(), &words.desk_in_progress_none(), lang, words, &open, |row| {
            Some(states::word(words, row.state))
        }))
        (section("published", &words.desk_published(), &words.desk_published_none(), lang, words, &published, |row| at(row.published_at)))
    }
}

fn section(
    id: &str,
    title: &str,
    none: &str,
    lang: Lang,
    words: &Phrases,
    rows: &[&Row],
    beside: impl Fn(&Row) -> Option<String>,
) -> Markup {
    html! {
        section.sec aria-labelledby=(id) {
            h2 id=(id) { (title) }
            @if rows.is_empty() { p.soft { (none) } } @else {
                ul.rows {
                    @for row in rows {
                        @let title = row.titles.as_ref().and_then(|titles| titles.get(lang));
                        li {
                            h3 lang=[title.map(|(of, _)| of).filter(|of| *of != lang)] {
                                @if let Some((_, title)) = title { (title) } @else { (words.desk_untitled()) }
                            }
                            @if let Some(beside) = beside(row) { span.soft { (beside) } }
                        }
                    }
                }
            }
        }
    }
}
