//! What leaves by mail, for whoever answers for it: the runs with what became of their mails, what the next slot would
//! send, what waits for an operator's word, and for admins what one reader was sent.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, TimeDelta, Utc};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};
use serde::Deserialize;

use crate::account::Visit;
use crate::account::rights::{Action, Object, Right, may};
use crate::digest::model::{Run, RunKind, State};
use crate::digest::query::{self, Doubted, Sent};
use crate::digest::run::{self, RunError};
use crate::digest::{reader, slot};
use crate::ids::{ReleaseId, RunId, SubscriberId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Section, Tone, mark, state};
use crate::paths;
use crate::phrases::language_name;
use crate::release::public::{self, Card};
use crate::subscription::wording;

/// Runs on a page.
const RUNS: i64 = 20;
/// Uncertain mails, and answers of hosts, that a page lists.
const LISTED: i64 = 200;
/// Mails of one reader on a page.
const SENT: i64 = 100;

/// The pages of what leaves by mail.
pub fn routes() -> Vec<Route<Right>> {
    let (runs, readers) = (Right::Site(Action::RunDigests), Right::Site(Action::Subscribers));
    vec![
        get(paths::DESK_MAILINGS, runs, list),
        get(paths::DESK_MAILINGS_PLAN, runs, plan),
        post(paths::DESK_MAILINGS_OPENING, runs, open),
        get(paths::DESK_RUN, runs, show),
        post(paths::DESK_RUN_SENDING, runs, send_waiting),
        get(paths::DESK_READERS, readers, ask_reader),
        post(paths::DESK_READERS, readers, find_reader),
        get(paths::DESK_READER, readers, show_reader),
    ]
}

/// What a page shows of instants and numbers.
struct Show<'a> {
    ctx: &'a Context,
    visit: &'a Visit,
}

impl Show<'_> {
    fn at(&self, at: DateTime<Utc>) -> String {
        let (lang, zone) = (self.visit.lang, self.ctx.settings.zone);
        format!("{}, {}", dates::short(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at))
    }

    fn number(&self, n: i64) -> String {
        dates::number(self.visit.lang, n)
    }

    fn run(&self, run: &Run) -> String {
        let words = self.visit.words;
        match run.kind {
            RunKind::Slot => self.at(run.due_at),
            RunKind::AtOnce => words.mailings_at_once(self.at(run.due_at)),
        }
    }

    fn took(&self, took: Option<TimeDelta>) -> String {
        let words = self.visit.words;
        match took {
            Some(took) if took < TimeDelta::minutes(2) => {
                words.mailings_seconds(self.number(took.num_seconds().max(0)))
            }
            Some(took) => words.mailings_minutes(self.number(took.num_minutes())),
            None => words.mailings_goes_on(),
        }
    }
}

/// Which page of the runs.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    before: Option<i64>,
}

/// `GET /desk/mailings`
pub async fn list(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let show = Show { ctx: &ctx, visit: &visit };
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let subscribers = crate::subscription::query::active(&mut conn).await?;
    let runs = query::runs(&mut conn, asked.before.map(RunId), RUNS).await?;
    let unopened = run::unopened(&mut conn, &ctx.settings).await?;
    let at_once_waits = run::is_due_at_once(&mut conn).await?;
    drop(conn);
    let title = words.mailings_title();
    let sees_readers = may(&visit.person, Action::Subscribers, Object::Site);
    let actions = html! {
        @if sees_readers { a.btn href=(paths::DESK_READERS) { (words.mailings_reader_find()) } }
        a.btn href=(paths::DESK_MAILINGS_PLAN) { (words.mailings_plan()) }
    };
    let main = html! {
        (desk::page_top(html! {}, &title, actions))
        p.standing {
            (words.mailings_next(show.at(slot::next(&ctx.settings, now)))) " · " (words.desk_subscribers(subscribers))
        }
        @if ctx.is_held() { p.note { (mark(Mark::Forced)) " " (words.desk_held()) } }
        @if let Some(slot_at) = unopened {
            div.note {
                p { (mark(Mark::Clock)) " " (words.mailings_unopened(show.at(slot_at))) }
                (opening(&visit, &slot_at.to_rfc3339(), &words.mailings_open(show.at(slot_at))))
            }
        }
        @if at_once_waits {
            div.note {
                p { (mark(Mark::Clock)) " " (words.mailings_at_once_waits()) }
                (opening(&visit, AT_ONCE, &words.mailings_open_at_once()))
            }
        }
        (desk::section("runs", &words.mailings_runs(), html! {}, html! {
            @if runs.is_empty() { p { (words.desk_runs_none()) } } @else { (run_table(&show, &runs)) }
            @if let Some(last) = runs.last().filter(|_| runs.len() as i64 == RUNS) {
                p { a href={ (paths::DESK_MAILINGS) "?before=" (last.id) } { (words.mailings_earlier()) } }
            }
        }))
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Mailings, main)))
}

/// What the form says instead of a slot.
const AT_ONCE: &str = "at-once";

fn opening(visit: &Visit, slot: &str, label: &str) -> Markup {
    html! {
        form method="post" action=(paths::DESK_MAILINGS_OPENING) {
            input type="hidden" name="form_token" value=(visit.form_token);
            input type="hidden" name="slot" value=(slot);
            button { (label) }
        }
    }
}

fn run_table(show: &Show<'_>, runs: &[Run]) -> Markup {
    let words = show.visit.words;
    html! {
        div.scroll role="region" tabindex="0" aria-label=(words.mailings_runs()) {
            table.grid {
                thead { tr {
                    th scope="col" { (words.desk_run_due()) }
                    @for (name, far) in [
                        (words.mailings_recipients(), false), (words.mailings_items(), true), (words.mailings_sent(), true),
                        (words.desk_run_accepted(), false), (words.mailings_bounced(), true), (words.desk_run_failed(), true),
                        (words.mailings_not_arrived(), false), (words.mailings_uncertain(), true),
                        (words.desk_run_open(), true), (words.mailings_took(), true),
                    ] { th.num.far[far] scope="col" { (name) } }
                } }
                tbody {
                    @for run in runs {
                        tr {
                            th scope="row" { a href=(paths::of_run(paths::DESK_RUN, run.id)) { (show.run(run)) } }
                            @for (count, far) in [
                                (run.deliveries, false), (run.items, true), (run.sent, true), (run.accepted, false),
                                (run.bounced, true), (run.failed, true), (run.bounced + run.failed, false),
                                (run.uncertain, true), (run.open, true),
                            ] { td.num.far[far] { (show.number(count)) } }
                            td.num.far { (show.took(run.took())) }
                        }
                    }
                }
            }
        }
    }
}

/// `GET /desk/mailings/runs/{run}`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let show = Show { ctx: &ctx, visit: &visit };
    let mut conn = ctx.conn().await?;
    let run = query::run(&mut conn, RunId(*id)).await?.ok_or(WebError::NotFound)?;
    let refusals = query::refusals(&mut conn, run.id, LISTED).await?;
    let doubted = query::doubted(&mut conn, run.id, LISTED).await?;
    let went_out = went_out(&mut conn, &visit, run.id).await?;
    drop(conn);
    let sees_readers = may(&visit.person, Action::Subscribers, Object::Site);
    let title = show.run(&run);
    let opened_in = run.opening_ms.map(|ms| words.mailings_opened_in(show.number(i64::from(ms))));
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_MAILINGS) { (words.mailings_title()) } }, &title, html! {}))
        p.standing {
            @match run.finished_at {
                Some(at) => (words.mailings_finished(show.at(at), show.took(run.took()))),
                None => (words.mailings_unfinished(run.open, show.number(run.open))),
            }
            @if let Some(opened_in) = &opened_in { " " (opened_in) }
        }
        (desk::section("counts", &words.mailings_counts(), html! {}, html! {
            table.grid { tbody {
                @for (name, count) in [
                    (words.mailings_recipients(), run.deliveries), (words.mailings_items(), run.items),
                    (words.mailings_sent(), run.sent), (words.desk_run_accepted(), run.accepted),
                    (words.mailings_bounced(), run.bounced), (words.desk_run_failed(), run.failed),
                    (words.mailings_cancelled(), run.cancelled), (words.mailings_uncertain(), run.uncertain),
                    (words.desk_run_open(), run.open),
                ] { tr { th scope="row" { (name) } td.num { (show.number(count)) } } }
            } }
        }))
        @if !went_out.is_empty() {
            (desk::section("items", &words.mailings_went_out(), html! {}, html! {
                ul.rows { @for (card, readers) in &went_out {
                    li.row { div { (card.release.reference.as_deref().unwrap_or("–")) } div {
                        p.t { (titled(card, &[visit.lang])) }
                        p.soft { (readers.iter().map(|(of, count)| format!("{} {}", language_name(*of, visit.lang), show.number(*count)))
                            .collect::<Vec<_>>().join(", ")) }
                    } div { (show.number(readers.values().sum())) } }
                } }
            }))
        }
        @if !doubted.is_empty() {
            (desk::section("uncertain", &words.mailings_uncertain(), html! {}, html! {
                p { (words.mailings_uncertain_what()) }
                ul.rows { @for one in &doubted { (doubted_row(&show, one, sees_readers)) } }
                @if run.waiting > 0 {
                    form method="post" action=(paths::of_run(paths::DESK_RUN_SENDING, run.id)) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        button { (words.mailings_send_waiting(run.waiting)) }
                    }
                }
            }))
        }
        @if !refusals.is_empty() {
            (desk::section("answers", &words.mailings_answers(), html! {}, html! {
                ul.rows { @for refusal in &refusals {
                    li.row {
                        div { (state_of(&show, refusal.state, false)) }
                        div { p.t { (refusal.reply) } }
                        div { (show.number(refusal.deliveries)) }
                    }
                } }
            }))
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Mailings, main)))
}

/// The releases that a run brought and that are still public, each with its readers by the language that they got it in.
async fn went_out(
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    run: RunId,
) -> Result<Vec<(Card, BTreeMap<Lang, i64>)>, WebError> {
    let rows = query::went_out(conn, run).await?;
    let ids: Vec<ReleaseId> = rows.iter().map(|row| row.release_id).collect();
    let mut readers: BTreeMap<ReleaseId, BTreeMap<Lang, i64>> = BTreeMap::new();
    let mut cards = cards(conn, &ids).await?;
    for row in rows {
        let Some(card) = cards.get(&row.release_id) else { continue };
        let there: Vec<Lang> = card.versions.keys().copied().collect();
        let of = Lang::best(&row.languages, &there).unwrap_or(visit.lang);
        *readers.entry(row.release_id).or_default().entry(of).or_default() += row.readers;
    }
    Ok(readers.into_iter().filter_map(|(id, readers)| Some((cards.remove(&id)?, readers))).collect())
}

fn doubted_row(show: &Show<'_>, one: &Doubted, sees_readers: bool) -> Markup {
    let words = show.visit.words;
    let number = words.mailings_mail_number(one.id.0);
    let became = match (one.state, one.waits, one.doubtful) {
        (_, true, _) => words.mailings_became_waits(),
        (State::Uncertain, _, true) => words.mailings_became_doubtful(),
        (State::Uncertain, _, false) => words.mailings_became_again(),
        (State::Accepted | State::Delivered | State::Complained, ..) => words.mailings_became_accepted(),
        (State::Bounced | State::Failed, ..) => words.mailings_became_refused(),
        (State::Queued | State::Sending | State::Cancelled, ..) => words.mailings_became_again(),
    };
    desk::row(
        state_of(show, one.state, one.doubtful),
        html! { @if sees_readers { a href=(paths::of_reader(one.subscriber_id)) { (number) } } @else { (number) } " · " (became) },
        html! {
            @if let Some(at) = one.sending_at { (show.at(at)) } @if let Some(reply) = &one.reply { " · " (reply) }
        },
        html! {},
    )
}

/// Where a mail stands, as shape and word.
fn state_of(show: &Show<'_>, of: State, doubtful: bool) -> Markup {
    let words = show.visit.words;
    let (shape, tone, word) = match of {
        State::Queued => (Mark::Clock, Tone::Now, words.mailings_state_queued()),
        State::Sending => (Mark::Clock, Tone::Now, words.mailings_state_sending()),
        State::Accepted | State::Delivered if doubtful => (Mark::Ready, Tone::Ok, words.mailings_state_twice()),
        State::Accepted => (Mark::Ready, Tone::Ok, words.mailings_state_accepted()),
        State::Delivered => (Mark::Published, Tone::Ok, words.mailings_state_delivered()),
        State::Bounced => (Mark::Missing, Tone::Stop, words.mailings_state_bounced()),
        State::Complained => (Mark::Change, Tone::Stop, words.mailings_state_complained()),
        State::Failed => (Mark::Missing, Tone::Warn, words.mailings_state_failed()),
        State::Cancelled => (Mark::Withdrawn, Tone::Mute, words.mailings_state_cancelled()),
        State::Uncertain => (Mark::Stale, Tone::Warn, words.mailings_state_uncertain()),
    };
    state(shape, tone, &word)
}

/// `POST /desk/mailings/runs/{run}/sending`: what waits for somebody's word is sent once more.
pub async fn send_waiting(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    query::run(&mut conn, RunId(*id)).await?.ok_or(WebError::NotFound)?;
    run::send_waiting(&mut conn, visit.person.actor(), RunId(*id)).await?;
    Ok(see_other(&paths::of_run(paths::DESK_RUN, RunId(*id))))
}

/// `POST /desk/mailings/opening`: a slot that has come, or what is to be told at once, goes out whatever its age.
pub async fn open(
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let by = visit.person.actor();
    if fields.get("slot") == AT_ONCE {
        run::run_at_once_now(&ctx, by).await?;
        return Ok(see_other(paths::DESK_MAILINGS));
    }
    let slot_at = fields.get("slot").parse::<DateTime<Utc>>();
    match slot_at {
        Ok(slot_at) => match run::run_slot_now(&ctx, by, slot_at).await {
            Ok(opened) => Ok(see_other(&paths::of_run(paths::DESK_RUN, opened.id))),
            // The worker, or somebody else, was quicker: there they are.
            Err(RunError::AlreadyOpen(_)) => Ok(see_other(paths::DESK_MAILINGS)),
            Err(error) => Err(error.into()),
        },
        Err(_) => Ok(see_other(paths::DESK_MAILINGS)),
    }
}

/// `GET /desk/mailings/plan`: what the next slot would send, and to how many. Changes nothing.
pub async fn plan(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let show = Show { ctx: &ctx, visit: &visit };
    let plan = run::plan(&ctx).await?;
    let mut conn = ctx.conn().await?;
    let ids: Vec<ReleaseId> = plan.by_item.iter().map(|item| item.release_id).collect();
    let cards = cards(&mut conn, &ids).await?;
    let mut filters = Vec::new();
    for part in plan.by_filter.iter().take(LISTED as usize) {
        filters.push((wording::stored_choice(&mut conn, &part.filter, visit.lang).await?, part));
    }
    drop(conn);
    let title = words.mailings_plan();
    let mails = i64::try_from(plan.deliveries).unwrap_or(i64::MAX);
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_MAILINGS) { (words.mailings_title()) } }, &title, html! {}))
        p.standing { (words.mailings_plan_standing(mails, show.at(plan.due_at), show.number(mails))) }
        @if let Some(oldest) = plan.oldest_at.filter(|_| plan.is_held) {
            p.note { (mark(Mark::Clock)) " " (words.mailings_plan_held(show.at(oldest))) }
        }
        div.home {
            div { (desk::section("items", &words.mailings_plan_items(), html! {}, html! {
                ul.rows { @for item in &plan.by_item {
                    @if let Some(card) = cards.get(&item.release_id) {
                        li.row { div { (card.release.reference.as_deref().unwrap_or("–")) } div { p.t { (titled(card, &[visit.lang])) } }
                            div { (show.number(item.deliveries)) } }
                    }
                } }
            })) }
            div { (desk::section("filters", &words.mailings_plan_filters(), html! {}, html! {
                ul.rows { @for (said, part) in &filters {
                    li.row { div {} div { p.t { (said) } p.soft { (words.mailings_plan_part(part.items, show.number(part.items))) } }
                        div { (show.number(part.deliveries)) } }
                } }
            })) }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Mailings, main)))
}

async fn cards(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> Result<HashMap<ReleaseId, Card>, WebError> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    let cards = public::cards(conn, &ids).await?;
    Ok(cards.into_iter().map(|card| (card.release.id, card)).collect())
}

/// Its title in the best language of an order, with a link to it.
fn titled(card: &Card, order: &[Lang]) -> Markup {
    let there: Vec<Lang> = card.versions.keys().copied().collect();
    let best = Lang::best(order, &there);
    html! {
        @if let Some((of, version)) = best.and_then(|of| Some((of, card.versions.get(&of)?))) {
            a href=(paths::release(of, card.release.first_published_on, &version.slug)) lang=(of) {
                (version.title)
            }
        }
    }
}

/// `GET /desk/mailings/readers`: whose mails are looked for.
pub async fn ask_reader(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    Ok(reader_form(&ctx, &visit, "", None))
}

fn reader_form(ctx: &Context, visit: &Visit, typed: &str, wrong: Option<String>) -> HttpResponse {
    let words = visit.words;
    let title = words.mailings_reader_find();
    let wrongs: Vec<(String, String)> = wrong.iter().map(|wrong| ("email".to_owned(), wrong.clone())).collect();
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_MAILINGS) { (words.mailings_title()) } }, &title, html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), &wrongs))
        form.form.narrow method="post" action=(paths::DESK_READERS) {
            input type="hidden" name="form_token" value=(visit.form_token);
            (desk::field("email", &words.mailings_reader_address(), Some(&words.mailings_reader_hint()), wrong.as_deref(), html! {
                input #email name="email" type="email" value=(typed) required autocomplete="off" maxlength="320"
                    aria-invalid=[wrong.as_ref().map(|_| "true")] aria-describedby=[described_by("email", true, wrong.is_some())];
            }))
            div.acts { button.main { (words.mailings_reader_show()) } }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Mailings, main));
    if wrong.is_some() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// `POST /desk/mailings/readers`: an address stands in no address of ours, which logs would keep.
pub async fn find_reader(
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let typed = fields.get("email");
    let mut conn = ctx.conn().await?;
    let found = reader::by_address(&mut conn, typed).await?;
    let entry = Entry::on_site("subscriber.searched").with(serde_json::json!({ "found": found }));
    journal::record(&mut conn, visit.person.actor(), [entry]).await?;
    drop(conn);
    match found {
        Some(id) => Ok(see_other(&paths::of_reader(id))),
        None => Ok(reader_form(&ctx, &visit, typed, Some(visit.words.mailings_reader_unknown()))),
    }
}

/// `GET /desk/mailings/readers/{subscriber}`: what one reader asked for and was sent.
pub async fn show_reader(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let show = Show { ctx: &ctx, visit: &visit };
    let mut conn = ctx.conn().await?;
    let reader = reader::by_id(&mut conn, SubscriberId(*id)).await?.ok_or(WebError::NotFound)?;
    let subscriptions = crate::subscription::query::subscriptions_of(&mut conn, reader.id).await?;
    let sent = query::sent_to(&mut conn, reader.id, SENT).await?;
    let ids: Vec<ReleaseId> = sent.iter().flat_map(|sent| sent.releases.iter().copied()).collect();
    let cards = cards(&mut conn, &ids).await?;
    let mut choices = Vec::new();
    for subscription in &subscriptions {
        choices.push((wording::stored_choice(&mut conn, &subscription.filter, visit.lang).await?, subscription));
    }
    // Whose mail somebody looks at is written down.
    let entry = Entry::new("subscriber.read", "subscriber", reader.id.0);
    journal::record(&mut conn, visit.person.actor(), [entry]).await?;
    drop(conn);
    let title = reader.email.clone().unwrap_or_else(|| words.mailings_reader_erased());
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_READERS) { (words.mailings_reader_find()) } }, &title, html! {}))
        p.standing {
            (reader_state(&show, &reader)) " · " (wording::order(&reader.languages, visit.lang)) " · "
            (words.mailings_reader_since(show.at(reader.confirmed_at)))
        }
        (desk::section("subscriptions", &words.mailings_reader_subscriptions(), html! {}, html! {
            ul.rows { @for (said, subscription) in &choices {
                li {
                    p.t { (said) }
                    p.soft {
                        (dates::capital(&wording::rhythm(&subscription.rhythm(), &ctx.settings.slots, visit.lang)))
                        @if let Some(at) = subscription.ended_at { " · " (words.mailings_reader_ended(show.at(at))) }
                        @else if let Some(pause) = subscription.pause() { " · " (words.mailings_reader_paused(show.at(pause.from))) }
                    }
                }
            } }
        }))
        (desk::section("mails", &words.mailings_reader_mails(), html! {}, html! {
            @if sent.is_empty() { p { (words.mailings_reader_none()) } }
            ul.rows { @for one in &sent { (sent_row(&show, one, &cards)) } }
        }))
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Mailings, main)))
}

fn reader_state(show: &Show<'_>, reader: &reader::Reader) -> String {
    use crate::subscription::model::SubscriberState;
    let words = show.visit.words;
    match reader.state {
        SubscriberState::Active => words.mailings_reader_active(),
        SubscriberState::Suspended => words.mailings_reader_suspended(),
        SubscriberState::Unsubscribed => words.mailings_reader_unsubscribed(),
        SubscriberState::Erased => words.mailings_reader_erased(),
    }
}

fn sent_row(show: &Show<'_>, one: &Sent, cards: &HashMap<ReleaseId, Card>) -> Markup {
    let words = show.visit.words;
    let when = match one.kind {
        RunKind::Slot => show.at(one.slot_at),
        RunKind::AtOnce => words.mailings_at_once(show.at(one.slot_at)),
    };
    desk::row(
        state_of(show, one.state, one.doubtful),
        html! { a href=(paths::of_run(paths::DESK_RUN, one.run_id)) { (when) } " · " (words.mailings_mail_number(one.id.0)) },
        html! {
            @if let Some(at) = one.settled_at { (show.at(at)) } @if let Some(reply) = &one.reply { " · " (reply) }
            ul { @for (id, told) in one.releases.iter().zip(&one.told) { li {
                @match cards.get(id) { Some(card) => (titled(card, &one.languages)), None => (words.mailings_reader_gone()) }
                @match told.as_str() {
                    "withdrawn" => { " · " (words.mailings_mark_withdrawn()) }
                    "corrected" => { " · " (words.mailings_mark_corrected()) }
                    _ => {}
                }
            } } }
        },
        html! {},
    )
}
