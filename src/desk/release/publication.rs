//! The way to the public: what was looked at, what will happen and who is reached, three questions kept apart, and one
//! button. Each press that makes something public is answered by a page that repeats what will happen, and asks once more;
//! if the text has changed in between, nothing happens.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::{Item, facts, in_languages, instant, name, query, sentences};
use crate::account::Visit;
use crate::account::rights::Action;
use crate::council;
use crate::council::mails::name_of;
use crate::council::model::Meeting;
use crate::desk::editor::form::Pairs;
use crate::desk::states;
use crate::digest::reach::{self, Outgoing, Reach};
use crate::ids::{PressListId, ReleaseId};
use crate::kit::clock::Wall;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::{Keep, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Section, field_error, mark, page_top, section};
use crate::paths;
use crate::release::error::ReleaseError;
use crate::release::grant::Grant;
use crate::release::onward::{self, Goal, Order};
use crate::release::preflight::{self, Finding, Gravity};
use crate::release::state::State;
use crate::release::{drafting, query as releases};
use crate::subscription::press_list;
use crate::subscription::press_list::query::PressList;

/// How many of those who could send it on are named.
const NAMED: i64 = 5;

/// What was chosen in the form, or what it offers.
#[derive(Debug, Clone, Default)]
struct Choice {
    now: bool,
    day: String,
    hour: String,
    utc: bool,
    second: Option<bool>,
    later: BTreeSet<Lang>,
    language_reason: String,
    until: bool,
    until_day: String,
    until_hour: String,
    forced: Option<String>,
    lists: BTreeSet<PressListId>,
}

/// What is wrong with a field, by the id of its control.
type Wrong = (&'static str, String);

/// All that the page shows.
struct Page {
    item: Item,
    choice: Choice,
    now: DateTime<Utc>,
    /// When it would go public by the choice.
    at: DateTime<Utc>,
    findings: Vec<Finding>,
    reach: Reach,
    /// Those that its lead keeps.
    lists: Vec<PressList>,
    grants: Vec<Grant>,
    /// Who else could send it on.
    others: Vec<String>,
    wrongs: Vec<Wrong>,
    /// What happened in between.
    told: Option<String>,
    /// A doubled hour: its two instants.
    twice: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// The meeting with which it goes public, if it never was.
    meeting: Option<Meeting>,
}

impl Page {
    fn musts(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.gravity() == Gravity::Must)
    }

    fn goal(&self) -> Goal {
        if self.choice.now { Goal::Publish } else { Goal::Schedule(self.at) }
    }

    /// The languages that go out.
    fn outgoing(&self) -> Vec<Lang> {
        self.item.content.languages().into_iter().filter(|lang| !self.choice.later.contains(lang)).collect()
    }

    fn not_before(&self, zone: Tz) -> Option<DateTime<Utc>> {
        if !self.choice.until {
            return None;
        }
        match read_wall(zone, &self.choice.until_day, &self.choice.until_hour)? {
            Wall::Once(at) | Wall::Twice(at, _) => Some(at),
            Wall::Skipped => None,
        }
    }

    fn wrong(&self, id: &str) -> Option<&str> {
        self.wrongs.iter().find(|(of, _)| *of == id).map(|(_, wrong)| wrong.as_str())
    }
}

/// `GET /desk/releases/{release}/publication`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    item.note_reading(&mut conn, &visit).await?;
    if matches!(item.edition.state, State::Published | State::Superseded) {
        return Ok(see_other(&paths::of_release(paths::DESK_RELEASE, item.id)));
    }
    let now = clock::now(&mut conn).await?;
    let choice = offered(&ctx, &mut conn, &item, now).await?;
    let of = read(&ctx, &mut conn, &visit, item, choice).await?;
    Ok(drawn(&ctx, &visit, &of, StatusCode::OK))
}

/// What the form offers at first: now, or the instant that it has, the next full hour beside it; the press lists that were
/// chosen before.
async fn offered(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    item: &Item,
    now: DateTime<Utc>,
) -> Result<Choice, WebError> {
    let zone = ctx.settings.zone;
    let next_hour = now - Duration::seconds(now.timestamp().rem_euclid(3600)) + Duration::hours(1);
    let local = item.edition.planned_at.unwrap_or(next_hour).with_timezone(&zone);
    let until = item.content.not_before.map(|at| at.with_timezone(&zone));
    Ok(Choice {
        now: item.edition.planned_at.is_none(),
        day: local.format("%Y-%m-%d").to_string(),
        hour: local.format("%H:%M").to_string(),
        until: until.is_some(),
        until_day: until.map(|at| at.format("%Y-%m-%d").to_string()).unwrap_or_default(),
        until_hour: until.map(|at| at.format("%H:%M").to_string()).unwrap_or_default(),
        lists: press_list::query::chosen(conn, item.id).await?.into_iter().collect(),
        ..Choice::default()
    })
}

fn chosen(form: &Pairs, item: &Item) -> Choice {
    let text = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    Choice {
        now: form.get("when") != Some("at"),
        day: text("day"),
        hour: text("hour"),
        utc: form.get("zone") == Some("utc"),
        second: form.get("fold").map(|fold| fold == "second"),
        later: form
            .0
            .iter()
            .filter(|(name, _)| name == "later")
            .filter_map(|(_, lang)| lang.parse().ok())
            .filter(|lang| item.content.versions.contains_key(lang))
            .collect(),
        language_reason: text("language_reason"),
        until: form.get("use") == Some("until"),
        until_day: text("until_day"),
        until_hour: text("until_hour"),
        forced: (form.get("act") == Some("force")).then(|| text("reason")),
        lists: form
            .0
            .iter()
            .filter(|(name, _)| name == "list")
            .filter_map(|(_, id)| id.parse().ok().map(PressListId))
            .collect(),
    }
}

fn read_wall(zone: Tz, day: &str, hour: &str) -> Option<Wall> {
    let day: NaiveDate = day.parse().ok()?;
    let hour =
        NaiveTime::parse_from_str(hour, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(hour, "%H:%M")).ok()?;
    Some(clock::wall(zone, NaiveDateTime::new(day, hour)))
}

async fn read(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    item: Item,
    choice: Choice,
) -> Result<Page, WebError> {
    let words = visit.words;
    let now = clock::now(conn).await?;
    let mut wrongs: Vec<Wrong> = Vec::new();
    let mut twice = None;
    let zone = if choice.utc { chrono_tz::UTC } else { ctx.settings.zone };
    let at = if choice.now {
        now
    } else {
        let at = match read_wall(zone, &choice.day, &choice.hour) {
            None => {
                wrongs.push(("day", words.publication_wrong_instant()));
                now
            }
            Some(Wall::Once(at)) => at,
            Some(Wall::Skipped) => {
                wrongs.push(("hour", words.publication_wrong_skipped()));
                now
            }
            Some(Wall::Twice(first, second)) => {
                twice = Some((first, second));
                match choice.second {
                    None => {
                        wrongs.push(("fold-first", words.publication_wrong_twice()));
                        first
                    }
                    Some(is_second) => {
                        if is_second {
                            second
                        } else {
                            first
                        }
                    }
                }
            }
        };
        if wrongs.is_empty() && at <= now {
            wrongs.push(("day", words.publication_wrong_past()));
        }
        at
    };
    if choice.until {
        match read_wall(ctx.settings.zone, &choice.until_day, &choice.until_hour) {
            None => wrongs.push(("until_day", words.publication_wrong_instant())),
            Some(Wall::Skipped) => wrongs.push(("until_hour", words.publication_wrong_skipped())),
            Some(_) => {}
        }
    }
    let facts = facts::read(&ctx.settings, conn, &item, at, &choice.later).await?;
    if choice.later.iter().any(|lang| facts.required.contains(lang)) && choice.language_reason.is_empty() {
        wrongs.push(("language_reason", words.publication_wrong_language_reason()));
    }
    if !choice.later.is_empty() && item.content.versions.keys().all(|lang| choice.later.contains(lang)) {
        wrongs.push(("language_reason", words.publication_wrong_no_language()));
    }
    if choice.forced.as_ref().is_some_and(String::is_empty) {
        wrongs.push(("reason", words.publication_wrong_reason()));
    }
    let mut outgoing = item.content.clone();
    outgoing.versions.retain(|lang, _| !choice.later.contains(lang));
    let findings = preflight::check(&outgoing, &facts);
    let lead = item.rights.issuers.first().copied().ok_or(WebError::NotFound)?;
    let lists = press_list::query::of_institution(conn, lead).await?;
    let chosen: Vec<PressListId> = lists.iter().map(|list| list.id).filter(|id| choice.lists.contains(id)).collect();
    let reached = Outgoing {
        id: item.id,
        kind: item.release.kind,
        issuers: &item.rights.issuers,
        content: &outgoing,
        lists: &chosen,
        at,
    };
    let reach = reach::reach(conn, &ctx.settings, &reached).await?;
    let grants = releases::grants(conn, item.id).await?;
    let mut hands = if item.rights.four_eyes { item.edition.hands.clone() } else { Vec::new() };
    hands.push(visit.person.id());
    let others = query::who_may_publish(conn, lead, item.rights.of_council, &hands, NAMED).await?;
    let meeting = match council::query::item(conn, item.id).await? {
        Some((meeting, decision)) if decision.is_to_come() => council::query::meeting(conn, meeting).await?,
        _ => None,
    };
    Ok(Page { item, choice, now, at, findings, reach, lists, grants, others, wrongs, told: None, twice, meeting })
}

/// `POST /desk/releases/{release}/publication`
pub async fn send(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    let id = item.id;
    let edition = item.edition.id;
    let act = form.get("act").unwrap_or_default().to_owned();
    let overview = paths::of_release(paths::DESK_RELEASE, id);
    let seen = form.get("seen").unwrap_or_default().to_owned();
    let plain = |goal| Order {
        goal,
        seen: seen.clone(),
        later: BTreeSet::new(),
        language_reason: None,
        not_before: None,
        forced: None,
    };
    let zone = ctx.settings.zone;
    let outcome = match act.as_str() {
        "submit" => onward::go(&mut conn, zone, &visit.person, edition, &plain(Goal::Submit)).await,
        "ready" => onward::go(&mut conn, zone, &visit.person, edition, &plain(Goal::MakeReady)).await,
        "send_back" => {
            drafting::send_back(&mut conn, &visit.person, edition, form.get("back_reason").unwrap_or_default()).await
        }
        "unschedule" => drafting::unschedule(&mut conn, &visit.person, edition).await,
        "go" | "force" => {
            let was_open = !matches!(item.edition.state, State::Published | State::Superseded);
            if !item.may(&visit, Action::Publish) {
                return Err(WebError::Forbidden);
            }
            let choice = chosen(&form, &item);
            let mut of = read(&ctx, &mut conn, &visit, item, choice).await?;
            if was_open {
                let blocked = of.choice.forced.is_none() && of.musts().next().is_some();
                if !of.wrongs.is_empty() || blocked {
                    return Ok(drawn(&ctx, &visit, &of, StatusCode::UNPROCESSABLE_ENTITY));
                }
                if form.get("confirmed") != Some("yes") {
                    if form.get("seen") != Some(onward::fingerprint(&of.item.content).as_str()) {
                        of.told = Some(visit.words.publication_changed());
                        return Ok(drawn(&ctx, &visit, &of, StatusCode::CONFLICT));
                    }
                    return Ok(asked(&ctx, &visit, &of));
                }
            }
            // What was chosen and is not this institution's, or is closed meanwhile, is none of them.
            let lists: Vec<PressListId> =
                of.lists.iter().map(|list| list.id).filter(|id| of.choice.lists.contains(id)).collect();
            if let Some(lead) = of.item.rights.issuers.first().copied().filter(|_| was_open) {
                press_list::choose(&mut conn, &visit.person, lead, id, &lists).await?;
            }
            let not_before = of.not_before(zone);
            let order = Order {
                goal: of.goal(),
                seen: seen.clone(),
                later: of.choice.later.clone(),
                language_reason: Some(of.choice.language_reason.clone())
                    .filter(|reason| !of.choice.later.is_empty() && !reason.is_empty()),
                not_before: Some(not_before),
                forced: of.choice.forced.clone(),
            };
            onward::go(&mut conn, zone, &visit.person, edition, &order).await
        }
        _ => return Err(WebError::BadRequest(BadRequest::Form)),
    };
    match outcome {
        Ok(()) => Ok(see_other(&overview)),
        Err(error) => refused(&ctx, &mut conn, &visit, id, error).await,
    }
}

/// Says why nothing happened, on the page as it stands now.
async fn refused(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    id: ReleaseId,
    error: ReleaseError,
) -> Result<HttpResponse, WebError> {
    let words = visit.words;
    let (told, status) = match &error {
        ReleaseError::IllegalMove(_) => {
            let told = match query::last_step(conn, id).await? {
                Some((by, at)) => words.publication_somebody_was_first(
                    by.unwrap_or_else(|| words.publication_by_itself()),
                    instant(&ctx.settings, visit.lang, at),
                ),
                None => words.publication_changed(),
            };
            (told, StatusCode::CONFLICT)
        }
        ReleaseError::Changed => (words.publication_changed(), StatusCode::CONFLICT),
        ReleaseError::FourEyes => (words.publication_four_eyes(), StatusCode::CONFLICT),
        ReleaseError::OfMeeting(_) => (words.council_of_meeting(), StatusCode::CONFLICT),
        ReleaseError::NotAgreed => (words.publication_not_agreed(), StatusCode::CONFLICT),
        ReleaseError::NoReason => (words.publication_wrong_reason(), StatusCode::UNPROCESSABLE_ENTITY),
        ReleaseError::Closed => (words.publication_closed(), StatusCode::CONFLICT),
        ReleaseError::Past => (words.publication_wrong_past(), StatusCode::UNPROCESSABLE_ENTITY),
        ReleaseError::NoLanguage => (words.publication_wrong_no_language(), StatusCode::UNPROCESSABLE_ENTITY),
        ReleaseError::Content(fault) => {
            (crate::desk::editor::views::sentence(words, fault), StatusCode::UNPROCESSABLE_ENTITY)
        }
        _ => return Err(error.into()),
    };
    let item = Item::read(conn, visit, id).await?;
    let now = clock::now(conn).await?;
    let choice = offered(ctx, conn, &item, now).await?;
    let mut of = read(ctx, conn, visit, item, choice).await?;
    of.told = Some(told);
    Ok(drawn(ctx, visit, &of, status))
}

fn drawn(ctx: &Context, visit: &Visit, of: &Page, status: StatusCode) -> HttpResponse {
    let title = visit.words.publication_title(of.item.title(visit).1);
    let mut answer = page(
        Keep::Never,
        visit.frame(
            ctx,
            &title,
            Some(Section::Releases),
            &["choice.js"],
            crate::layout::desk::main(main(ctx, visit, of, &title)),
        ),
    );
    *answer.status_mut() = status;
    answer
}

fn main(ctx: &Context, visit: &Visit, of: &Page, title: &str) -> Markup {
    let words = visit.words;
    let item = &of.item;
    let here = paths::of_release(paths::DESK_PUBLICATION, item.id);
    let in_order = of.findings.iter().filter(|finding| finding.gravity() == Gravity::Fine).count();
    let errors: Vec<(String, String)> = of.wrongs.iter().map(|(id, wrong)| ((*id).to_owned(), wrong.clone())).collect();
    let is_open = !matches!(item.edition.state, State::Published | State::Superseded);
    html! {
        (page_top(item.crumb(visit), title, html! { p { (states::edition(words, item.edition.state)) } }))
        @if let Some(told) = &of.told {
            div.errors role="alert" tabindex="-1" autofocus { p.err { (mark(Mark::Change)) (told) } }
        }
        (desk::error(&words.publication_wrongs(), &errors))
        @if let Some(meeting) = &of.meeting {
            p.note { (words.council_of_meeting()) " "
                a href=(paths::of_meeting(paths::DESK_MEETING_PUBLICATION, meeting.id)) { (words.council_of_meeting_link(name_of(meeting, visit.lang))) }
            }
        }
        @if is_open {
            form.pub #publication method="post" action=(here) {
                input type="hidden" name="form_token" value=(visit.form_token);
                input type="hidden" name="seen" value=(onward::fingerprint(&item.content));
                div {
                    (section("checks", &words.publication_checks(), html! { (words.publication_seen(of.findings.len(), in_order)) },
                        sentences::list(visit, &ctx.settings, item, &of.findings)))
                }
                div {
                    (section("fate", &words.publication_fate(), html! {}, fate(ctx, visit, of)))
                    @if item.may(visit, Action::Publish) && of.meeting.is_none() { (questions(ctx, visit, of)) }
                    (buttons(ctx, visit, of))
                }
            }
        } @else {
            p { a.btn.main href=(paths::of_release(paths::DESK_RELEASE, item.id)) { (words.publication_to_overview()) } }
        }
    }
}

/// One sentence of what will happen and who is reached, then its particulars.
fn fate(ctx: &Context, visit: &Visit, of: &Page) -> Markup {
    let words = visit.words;
    let settings = &ctx.settings;
    let languages = of.outgoing();
    let said = if languages.is_empty() {
        words.publication_fate_nothing()
    } else if of.choice.now {
        words.publication_fate_now(in_languages(visit, languages.iter().copied()))
    } else {
        words.publication_fate_at(
            dates::full(visit.lang, dates::day(settings.zone, of.at)),
            dates::hour_in_words(visit.lang, settings.zone, of.at),
            zone_name(settings.zone, of.at),
            in_languages(visit, languages.iter().copied()),
        )
    };
    let readers = of.reach.readers();
    let by_language: Vec<String> = of
        .reach
        .by_language
        .iter()
        .map(|(lang, count)| format!("{} {}", name(visit, *lang), dates::number(visit.lang, *count)))
        .collect();
    let count = |readers: i64| dates::number(visit.lang, readers);
    let at_once = (of.reach.at_once > 0).then(|| words.publication_fate_at_once(count(of.reach.at_once)));
    let by_slot =
        of.reach.by_slot.iter().map(|(slot, readers)| {
            words.publication_fate_at_slot(count(*readers), instant(settings, visit.lang, *slot))
        });
    let when = at_once.into_iter().chain(by_slot).collect::<Vec<_>>().join("; ");
    let open = of.grants.iter().filter(|grant| grant.reads > 0).count();
    let is_correction = of.item.edition.number > 1;
    html! {
        p.fate {
            (said) " "
            (words.publication_fate_readers(readers, &when, dates::number(visit.lang, readers)))
        }
        p.soft.after-fate {
            @if !by_language.is_empty() { (words.publication_fate_each(by_language.join(", "))) " " }
            @if of.reach.on_lists > 0 { (words.publication_fate_lists(of.reach.on_lists, dates::number(visit.lang, of.reach.on_lists))) " " }
            @if is_correction { (words.publication_fate_correction()) } @else { (words.publication_fate_until_slot()) }
            @if open > 0 { " " (words.publication_fate_previews(open)) }
            @if let Some(at) = of.not_before(settings.zone) { " " (words.publication_fate_not_before(instant(settings, visit.lang, at))) }
        }
    }
}

/// `Europe/Brussels (UTC+1)`
fn zone_name(zone: Tz, at: DateTime<Utc>) -> String {
    let offset = at.with_timezone(&zone).format("%:z").to_string();
    format!("{}, UTC{offset}", zone.name())
}

fn radio(id: &str, group: &str, value: &str, is_checked: bool, label: Markup) -> Markup {
    html! {
        label.pick { input id=(id) type="radio" name=(group) value=(value) checked[is_checked]; span { (label) } }
    }
}

fn moment(of: &Page, id: &'static str, kind: &str, label: &str, value: &str) -> Markup {
    let wrong = of.wrong(id);
    desk::field(
        id,
        label,
        None,
        wrong,
        html! {
            input id=(id) name=(id) type=(kind) value=(value) aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[described_by(id, false, wrong.is_some())];
        },
    )
}

fn questions(ctx: &Context, visit: &Visit, of: &Page) -> Markup {
    let words = visit.words;
    let choice = &of.choice;
    let settings = &ctx.settings;
    let item = &of.item;
    let previews = paths::of_release(paths::DESK_PREVIEWS, item.id);
    let open: Vec<&Grant> = of.grants.iter().filter(|grant| grant.is_open(of.now)).collect();
    html! {
        fieldset.ask {
            legend.vh { (words.publication_when()) }
            p.q aria-hidden="true" { (words.publication_when()) small { (words.publication_when_hint()) } }
            div {
                (radio("when-now", "when", "now", choice.now, html! { (words.publication_when_now()) }))
                (radio("when-at", "when", "at", !choice.now, html! { (words.publication_when_at()) }))
                div.line data-chooses="when-at" {
                    (moment(of, "day", "date", &words.publication_day(), &choice.day))
                    (moment(of, "hour", "time", &words.publication_hour(), &choice.hour))
                    (desk::field("zone", &words.publication_zone(), None, None, html! {
                        select #zone name="zone" {
                            option value="site" selected[!choice.utc] { (zone_name(settings.zone, of.at)) }
                            option value="utc" selected[choice.utc] { "UTC" }
                        }
                    }))
                }
                @if let Some((first, second)) = of.twice {
                    fieldset {
                        legend { (words.publication_twice()) }
                        (radio("fold-first", "fold", "first", choice.second == Some(false), html! { (words.publication_twice_first(zone_name(settings.zone, first))) }))
                        (radio("fold-second", "fold", "second", choice.second == Some(true), html! { (words.publication_twice_second(zone_name(settings.zone, second))) }))
                        @if let Some(wrong) = of.wrong("fold-first") { (field_error("fold-first", wrong)) }
                    }
                }
                @if item.content.versions.len() > 1 {
                    details open[!choice.later.is_empty()] {
                        summary { (words.publication_later()) }
                        @for lang in item.content.versions.keys() {
                            label.pick {
                                input type="checkbox" name="later" value=(lang) checked[choice.later.contains(lang)];
                                span { (dates::capital(&name(visit, *lang))) }
                            }
                        }
                        @let wrong = of.wrong("language_reason");
                        (desk::field("language_reason", &words.publication_language_reason(), Some(&words.publication_language_reason_hint()), wrong, html! {
                            input #language_reason name="language_reason" value=(choice.language_reason) aria-invalid=[wrong.map(|_| "true")]
                                aria-describedby=[described_by("language_reason", true, wrong.is_some())];
                        }))
                    }
                }
            }
        }
        fieldset.ask {
            legend.vh { (words.publication_who()) }
            p.q aria-hidden="true" { (words.publication_who()) small { (words.publication_who_hint()) } }
            div {
                @if open.is_empty() { p { (words.publication_who_nobody()) } } @else {
                    ul.rows {
                        @for grant in open {
                            li { (grant.name) span.soft { " · " (words.preview_reads(grant.reads)) " · " (words.preview_until(instant(settings, visit.lang, grant.expires_at))) } }
                        }
                    }
                }
                p { a.btn href=(previews) { (words.publication_who_link()) } }
            }
        }
        @if !of.lists.is_empty() {
            fieldset.ask {
                legend.vh { (words.press_list_ask()) }
                p.q aria-hidden="true" { (words.press_list_ask()) small { (words.press_list_ask_hint()) } }
                div {
                    @for list in &of.lists {
                        label.pick {
                            input type="checkbox" name="list" value=(list.id) checked[choice.lists.contains(&list.id)];
                            span { (list.name) " " span.soft { (words.press_list_members(list.members, dates::number(visit.lang, list.members))) } }
                        }
                    }
                }
            }
        }
        fieldset.ask {
            legend.vh { (words.publication_use()) }
            p.q aria-hidden="true" { (words.publication_use()) small { (words.publication_use_hint()) } }
            div {
                (radio("use-now", "use", "now", !choice.until, html! { (words.publication_use_now()) }))
                (radio("use-until", "use", "until", choice.until, html! { (words.publication_use_until()) }))
                div.line data-chooses="use-until" {
                    (moment(of, "until_day", "date", &words.publication_day(), &choice.until_day))
                    (moment(of, "until_hour", "time", &words.publication_hour(), &choice.until_hour))
                }
            }
        }
    }
}

fn buttons(ctx: &Context, visit: &Visit, of: &Page) -> Markup {
    let words = visit.words;
    let item = &of.item;
    let state = item.edition.state;
    let may_publish = item.may(visit, Action::Publish);
    let may_write = item.may(visit, Action::Write);
    let is_first = item.is_first_pair(visit);
    let must = of.musts().next();
    let is_empty = item.content.versions.is_empty();
    let go = if of.choice.now { words.publication_go_now() } else { words.publication_go_at() };
    let others = if of.others.is_empty() {
        words.publication_nobody_else()
    } else {
        words.publication_others(of.others.join(", "))
    };
    html! {
        div.last-ask {
            @if of.meeting.is_some() && state != State::Draft {
                p.soft { (words.council_of_meeting()) }
            } @else if may_publish && !is_first && of.meeting.is_none() {
                @if let Some(must) = must {
                    @let (said, _) = sentences::sentence(visit, &ctx.settings, item, must);
                    p.err #why { (mark(Mark::Missing)) (words.publication_blocked(of.musts().count())) }
                    div.acts {
                        a.btn.main.big href=(sentences::spot(item, must)) { (words.publication_correct_first()) span.vh { " : " (said) } }
                        button.big type="button" disabled aria-describedby="why" { (go) }
                    }
                } @else {
                    div.acts { button.main.big name="act" value="go" { (go) } }
                }
            } @else {
                p {
                    @if is_first { (mark(Mark::Eye)) " " (words.publication_first_pair()) " " }
                    (others)
                }
                @if state == State::Draft && may_write && !is_empty {
                    div.acts { button.main.big name="act" value="submit" { (words.publication_submit()) } }
                } @else if state != State::Draft {
                    p.soft { (words.publication_waits()) }
                }
            }
            div.acts.more-acts {
                @if state == State::Submitted && may_publish && !is_first { button name="act" value="ready" { (words.publication_make_ready()) } }
                @if state == State::Draft && may_publish && !is_first && !is_empty { button name="act" value="submit" { (words.publication_submit()) } }
                @if state == State::Scheduled && may_publish { button name="act" value="unschedule" { (words.publication_unschedule()) } }
                @if may_write { a.btn href=(paths::of_release(paths::DESK_EDITOR, item.id)) { (words.publication_to_editor()) } }
            }
        }
        @if may_publish && (of.meeting.is_none() || state == State::Submitted) {
            details.apart open[of.wrong("reason").is_some()] {
                summary { @if state == State::Submitted { (words.publication_back_or_force()) } @else { (words.publication_force_only()) } }
                @if state == State::Submitted {
                    (desk::field("back_reason", &words.publication_back_reason(), Some(&words.publication_back_hint()), None, html! {
                        textarea #back_reason name="back_reason" rows="2" aria-describedby="back_reason-hint" {}
                    }))
                    div.acts { button name="act" value="send_back" { (words.publication_send_back()) } }
                }
                @if !is_empty && of.meeting.is_none() {
                    @let wrong = of.wrong("reason");
                    (desk::field("reason", &words.publication_force_reason(), Some(&words.publication_force_hint()), wrong, html! {
                        textarea #reason name="reason" rows="2" aria-invalid=[wrong.map(|_| "true")]
                            aria-describedby=[described_by("reason", true, wrong.is_some())] { (of.choice.forced.as_deref().unwrap_or_default()) }
                    }))
                    div.acts { button.danger name="act" value="force" { (words.publication_force()) } }
                }
            }
        }
    }
}

/// The page that repeats what will happen, and asks once more.
fn asked(ctx: &Context, visit: &Visit, of: &Page) -> HttpResponse {
    let words = visit.words;
    let item = &of.item;
    let choice = &of.choice;
    let here = paths::of_release(paths::DESK_PUBLICATION, item.id);
    let title = match (choice.forced.is_some(), choice.now) {
        (true, _) => words.publication_confirm_force(),
        (false, true) => words.publication_confirm_now(),
        (false, false) => words.publication_confirm_at(
            dates::full(visit.lang, dates::day(ctx.settings.zone, of.at)),
            dates::hour_in_words(visit.lang, ctx.settings.zone, of.at),
        ),
    };
    let button = match (choice.forced.is_some(), choice.now) {
        (true, _) => words.publication_force_button(),
        (false, true) => words.publication_publish_button(),
        (false, false) => words.publication_schedule_button(dates::hour_in_words(visit.lang, ctx.settings.zone, of.at)),
    };
    let should = of.findings.iter().filter(|finding| finding.gravity() == Gravity::Should).count();
    let hidden = |name: &str, value: &str| html! { input type="hidden" name=(name) value=(value); };
    let main = html! {
        (page_top(item.crumb(visit), &title, html! {}))
        form.stack.narrow #confirm method="post" action=(here) {
            (hidden("form_token", &visit.form_token))
            (hidden("seen", &onward::fingerprint(&item.content)))
            (hidden("confirmed", "yes"))
            (hidden("when", if choice.now { "now" } else { "at" }))
            (hidden("day", &choice.day)) (hidden("hour", &choice.hour))
            (hidden("zone", if choice.utc { "utc" } else { "site" }))
            @if let Some(second) = choice.second { (hidden("fold", if second { "second" } else { "first" })) }
            @for lang in &choice.later { (hidden("later", lang.code())) }
            @for list in &of.lists { @if choice.lists.contains(&list.id) { (hidden("list", &list.id.to_string())) } }
            (hidden("language_reason", &choice.language_reason))
            (hidden("use", if choice.until { "until" } else { "now" }))
            (hidden("until_day", &choice.until_day)) (hidden("until_hour", &choice.until_hour))
            @if let Some(reason) = &choice.forced { (hidden("reason", reason)) }
            (fate(ctx, visit, of))
            ul.rows {
                @for (lang, version) in item.content.versions.iter().filter(|(lang, _)| !choice.later.contains(lang)) {
                    li { span.soft { (name(visit, *lang)) " · " } b lang=(lang) { (version.title) } }
                }
                @for lang in &choice.later {
                    li { (words.publication_follows_later(dates::capital(&name(visit, *lang)))) }
                }
            }
            @if should > 0 { p.warn { (mark(Mark::Stale)) " " (words.preflight_should(should)) } }
            @if let Some(reason) = &choice.forced { p { (mark(Mark::Forced)) " " (words.publication_forced_with(reason.as_str())) } }
            div.acts {
                button.main.big name="act" value=(if choice.forced.is_some() { "force" } else { "go" }) autofocus { (button) }
                a.btn.big href=(here) { (words.publication_not_yet()) }
            }
        }
    };
    page(Keep::Never, visit.page(ctx, &title, Section::Releases, main))
}
