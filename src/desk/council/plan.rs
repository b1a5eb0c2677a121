//! What is planned of a meeting: a form for a new one, and the same to change it. Of a public one only its place, its chair
//! and what stands above its decisions can be put right.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::{Wrongs, answered, crumb, hidden, named, wrong_of};
use crate::account::Visit;
use crate::council::meeting;
use crate::council::model::{INTRO_MAX, Meeting, MeetingKind, Plan, Stage};
use crate::council::query::{self, Member};
use crate::directory::handlers::{in_each_language, line, texts};
use crate::ids::MandateId;
use crate::kit::clock::{self, Wall};
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::see_other;
use crate::kit::{dates, rich_text};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, page_top};
use crate::paths;
use crate::phrases::{Phrases, language_name};

/// The hour at which a Council usually goes public, and until which answers are then asked for.
const PLANNED: &str = "13:00";
const DEADLINE: &str = "12:45";

/// What stands in the form, right or wrong.
struct Form {
    kind: MeetingKind,
    day: String,
    places: Texts,
    is_electronic: bool,
    chair: Option<MandateId>,
    intros: Texts,
    languages: Vec<Lang>,
    planned: (String, String),
    deadline: (String, String),
    silence_agrees: bool,
    wrongs: Wrongs,
}

impl Form {
    /// A new one: the Council, on the coming Friday, public at the usual hour, with a quarter of an hour from the last answer.
    fn offered(now: DateTime<Utc>, zone: Tz) -> Self {
        use chrono::Datelike;
        let local = now.with_timezone(&zone).naive_local();
        let today = local.date();
        let to_friday = (4 + 7 - i64::from(today.weekday().num_days_from_monday())) % 7;
        // On a Friday on which it is too late for answers, the next one.
        let is_late = to_friday == 0 && local.format("%H:%M").to_string().as_str() >= DEADLINE;
        let day = (today + Duration::days(if is_late { 7 } else { to_friday })).to_string();
        Self {
            kind: MeetingKind::Council,
            day: day.clone(),
            places: Texts::default(),
            is_electronic: false,
            chair: None,
            intros: Texts::default(),
            languages: vec![Lang::Fr, Lang::Nl],
            planned: (day.clone(), PLANNED.to_owned()),
            deadline: (day, DEADLINE.to_owned()),
            silence_agrees: false,
            wrongs: Wrongs::new(),
        }
    }

    fn of(plan: &Plan, zone: Tz) -> Self {
        let split = |at: Option<DateTime<Utc>>| match at.map(|at| at.with_timezone(&zone)) {
            Some(at) => (at.format("%Y-%m-%d").to_string(), at.format("%H:%M").to_string()),
            None => (String::new(), String::new()),
        };
        Self {
            kind: plan.kind,
            day: plan.held_on.to_string(),
            places: plan.places.clone().unwrap_or_default(),
            is_electronic: plan.is_electronic,
            chair: plan.chair,
            intros: plan.intros.clone().unwrap_or_default(),
            languages: plan.languages.clone(),
            planned: split(plan.planned_at),
            deadline: split(plan.deadline_at),
            silence_agrees: plan.silence_agrees,
            wrongs: Wrongs::new(),
        }
    }

    fn read(fields: &Fields) -> Self {
        let pair = |name: &str| {
            (fields.get(&format!("{name}_day")).to_owned(), fields.get(&format!("{name}_hour")).to_owned())
        };
        Self {
            kind: fields.get("kind").parse().unwrap_or(MeetingKind::Council),
            day: fields.get("day").to_owned(),
            places: texts(fields, "place", line).unwrap_or_default(),
            is_electronic: fields.is_ticked("electronic"),
            chair: fields.get("chair").parse().ok().map(MandateId),
            intros: texts(fields, "intro", rich_text::normal_form).unwrap_or_default(),
            languages: Lang::ALL
                .into_iter()
                .filter(|lang| fields.all("language").any(|code| code == lang.code()))
                .collect(),
            planned: pair("planned"),
            deadline: pair("deadline"),
            silence_agrees: fields.is_ticked("silence"),
            wrongs: Wrongs::new(),
        }
    }

    /// What it says, or all that is wrong with it.
    fn check(&mut self, zone: Tz, members: &[Member], words: &Phrases) -> Option<Plan> {
        let mut wrongs = Wrongs::new();
        let day: Option<NaiveDate> = self.day.parse().ok().filter(|_| self.day.len() == 10);
        if day.is_none() {
            wrongs.push(("day".into(), words.council_wrong_day()));
        }
        for (lang, intro) in &self.intros.0 {
            if intro.chars().count() > INTRO_MAX {
                wrongs.push((format!("intro-{lang}"), words.council_wrong_long()));
            }
        }
        for (lang, place) in &self.places.0 {
            if place.chars().count() > 200 {
                wrongs.push((format!("place-{lang}"), words.directory_wrong_long(200)));
            }
        }
        if self.chair.is_some_and(|chair| members.iter().all(|member| member.id != chair)) {
            wrongs.push(("chair".into(), words.council_wrong_chair()));
        }
        if self.languages.is_empty() {
            wrongs.push(("language-fr".into(), words.council_wrong_language()));
        }
        let mut instant = |id: &str, (day, hour): &(String, String)| match read_instant(zone, day, hour) {
            Ok(at) => at,
            Err(Wrong::Skipped) => {
                wrongs.push((format!("{id}_hour"), words.council_wrong_skipped()));
                None
            }
            Err(Wrong::Incomplete) => {
                wrongs.push((format!("{id}_day"), words.council_wrong_instant()));
                None
            }
        };
        let planned_at = instant("planned", &self.planned);
        let deadline_at = instant("deadline", &self.deadline);
        if planned_at.zip(deadline_at).is_some_and(|(planned, deadline)| deadline > planned) {
            wrongs.push(("deadline_day".into(), words.council_wrong_deadline()));
        }
        self.wrongs = wrongs;
        let some = |texts: &Texts| (!texts.0.is_empty()).then(|| texts.clone());
        Some(Plan {
            kind: self.kind,
            held_on: day?,
            places: some(&self.places).filter(|_| !self.is_electronic),
            is_electronic: self.is_electronic,
            chair: self.chair,
            intros: some(&self.intros),
            languages: self.languages.clone(),
            deadline_at,
            silence_agrees: self.silence_agrees,
            planned_at,
        })
        .filter(|_| self.wrongs.is_empty())
    }

    fn status(&self) -> StatusCode {
        if self.wrongs.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    Incomplete,
    Skipped,
}

/// Day and hour by the site's zone, or neither; of an hour that summer time doubles the first.
fn read_instant(zone: Tz, day: &str, hour: &str) -> Result<Option<DateTime<Utc>>, Wrong> {
    if day.is_empty() && hour.is_empty() {
        return Ok(None);
    }
    let day: NaiveDate = day.parse().map_err(|_| Wrong::Incomplete)?;
    let hour = NaiveTime::parse_from_str(hour, "%H:%M:%S")
        .or_else(|_| NaiveTime::parse_from_str(hour, "%H:%M"))
        .map_err(|_| Wrong::Incomplete)?;
    match clock::wall(zone, NaiveDateTime::new(day, hour)) {
        Wall::Once(at) | Wall::Twice(at, _) => Ok(Some(at)),
        Wall::Skipped => Err(Wrong::Skipped),
    }
}

/// Who may preside on the day that the form says, and whoever it names already.
async fn members(conn: &mut AsyncPgConnection, ctx: &Context, form: &Form) -> Result<Vec<Member>, WebError> {
    let day = form.day.parse().unwrap_or_else(|_| NaiveDate::default());
    let besides: Vec<MandateId> = form.chair.into_iter().collect();
    Ok(query::members(conn, ctx.settings.zone, day, &besides).await?)
}

/// `GET /desk/meetings/new`
pub async fn begin(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let form = Form::offered(clock::now(&mut conn).await?, ctx.settings.zone);
    let members = members(&mut conn, &ctx, &form).await?;
    Ok(drawn(&ctx, &visit, None, &form, &members))
}

/// `POST /desk/meetings`
pub async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let mut form = Form::read(&fields);
    let members = members(&mut conn, &ctx, &form).await?;
    let Some(plan) = form.check(ctx.settings.zone, &members, visit.words) else {
        return Ok(drawn(&ctx, &visit, None, &form, &members));
    };
    let id = meeting::plan(&mut conn, &visit.person, &plan).await?;
    Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, id)))
}

/// `GET /desk/meetings/{meeting}/plan`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let meeting = named(&mut conn, *id).await?;
    let form = Form::of(&meeting.plan(), ctx.settings.zone);
    let members = members(&mut conn, &ctx, &form).await?;
    Ok(drawn(&ctx, &visit, Some(&meeting), &form, &members))
}

/// `POST /desk/meetings/{meeting}/plan`
pub async fn change(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let meeting = named(&mut conn, *id).await?;
    let mut form = Form::read(&fields);
    if meeting.stage() == Stage::Published {
        // What stays does not stand in its form.
        let own = Form::of(&meeting.plan(), ctx.settings.zone);
        form = Form {
            kind: own.kind,
            day: own.day,
            languages: own.languages,
            planned: own.planned,
            deadline: own.deadline,
            silence_agrees: own.silence_agrees,
            ..form
        };
    }
    let members = members(&mut conn, &ctx, &form).await?;
    let Some(plan) = form.check(ctx.settings.zone, &members, visit.words) else {
        return Ok(drawn(&ctx, &visit, Some(&meeting), &form, &members));
    };
    meeting::change(&mut conn, &visit.person, meeting.id, &plan).await?;
    Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, meeting.id)))
}

fn drawn(ctx: &Context, visit: &Visit, of: Option<&Meeting>, form: &Form, members: &[Member]) -> HttpResponse {
    let (lang, words) = (visit.lang, visit.words);
    let title = if of.is_some() { words.council_form_change() } else { words.council_form_new() };
    let is_public = of.is_some_and(|meeting| meeting.stage() == Stage::Published);
    let is_armed = of.is_some_and(|meeting| meeting.stage() == Stage::Armed);
    let action = of.map_or_else(
        || paths::DESK_MEETINGS.to_owned(),
        |meeting| paths::of_meeting(paths::DESK_MEETING_PLAN, meeting.id),
    );
    let way_back = match of {
        Some(meeting) => crumb(visit, meeting),
        None => html! { a href=(paths::DESK_MEETINGS) { (words.council_desk_title()) } },
    };
    let main = html! {
        (page_top(way_back, &title, html! {}))
        (desk::error(&words.form_wrong(form.wrongs.len()), &form.wrongs))
        @if is_public { p.note { (words.council_form_public()) } }
        @if is_armed { p.note { (words.council_form_disarms()) } }
        form.form.narrow.gap method="post" action=(action) novalidate {
            (hidden("form_token", &visit.form_token))
            @if !is_public { (when(form, words)) }
            (place(ctx, lang, form, words))
            (chair(lang, form, members, words))
            @if !is_public { (agreed(ctx, lang, form, words)) }
            (in_each_language(&ctx.settings.languages, lang, "intro", &words.council_form_intro(), &form.wrongs, |id, of, wrong| html! {
                textarea id=(id) name=(id) lang=(of) rows="3" aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[described_by(id, false, wrong.is_some())] { (form.intros.0.get(&of).map(String::as_str).unwrap_or_default()) }
            }))
            p.hint { (words.council_form_intro_hint()) }
            div.acts { button.main { @if of.is_some() { (words.council_form_save()) } @else { (words.council_form_create()) } } }
        }
    };
    answered(ctx, visit, &title, main, form.status())
}

fn when(form: &Form, words: &Phrases) -> Markup {
    let wrong = |id: &str| wrong_of(&form.wrongs, id);
    html! {
        fieldset {
            legend.lab { (words.council_form_kind()) }
            @for (kind, name) in [(MeetingKind::Council, words.council_kind_council()), (MeetingKind::InnerCabinet, words.council_kind_inner())] {
                label.pick { input type="radio" name="kind" value=(kind) checked[form.kind == kind]; span { (name) } }
            }
        }
        (desk::field("day", &words.council_form_day(), None, wrong("day"), html! {
            input #day name="day" type="date" value=(form.day) required aria-invalid=[wrong("day").map(|_| "true")]
                aria-describedby=[described_by("day", false, wrong("day").is_some())];
        }))
        (instant("planned", &words.council_form_planned(), &words.council_form_planned_hint(), &form.planned, form, words))
    }
}

/// A day and an hour, both or neither.
fn instant(
    name: &str,
    label: &str,
    hint: &str,
    (day, hour): &(String, String),
    form: &Form,
    words: &Phrases,
) -> Markup {
    let (day_id, hour_id) = (format!("{name}_day"), format!("{name}_hour"));
    let (day_wrong, hour_wrong) = (wrong_of(&form.wrongs, &day_id), wrong_of(&form.wrongs, &hour_id));
    html! {
        div.line role="group" aria-label=(label) {
            (desk::field(&day_id, label, Some(hint), day_wrong, html! {
                input id=(day_id) name=(day_id) type="date" value=(day) aria-invalid=[day_wrong.map(|_| "true")]
                    aria-describedby=[described_by(&day_id, true, day_wrong.is_some())];
            }))
            (desk::field(&hour_id, &words.council_form_hour(), None, hour_wrong, html! {
                input id=(hour_id) name=(hour_id) type="time" value=(hour) aria-invalid=[hour_wrong.map(|_| "true")]
                    aria-describedby=[described_by(&hour_id, false, hour_wrong.is_some())];
            }))
        }
    }
}

fn place(ctx: &Context, lang: Lang, form: &Form, words: &Phrases) -> Markup {
    html! {
        (in_each_language(&ctx.settings.languages, lang, "place", &words.council_form_where(), &form.wrongs, |id, of, wrong| html! {
            input id=(id) name=(id) lang=(of) maxlength="200" value=[form.places.0.get(&of)] aria-invalid=[wrong.map(|_| "true")]
                aria-describedby=[described_by(id, false, wrong.is_some())];
        }))
        label.pick { input type="checkbox" name="electronic" checked[form.is_electronic]; span { (words.council_form_electronic()) } }
    }
}

fn chair(lang: Lang, form: &Form, members: &[Member], words: &Phrases) -> Markup {
    let wrong = wrong_of(&form.wrongs, "chair");
    desk::field(
        "chair",
        &words.council_form_chair(),
        None,
        wrong,
        html! {
            select #chair name="chair" aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by("chair", false, wrong.is_some())] {
                option value="" { (words.council_form_nobody()) }
                @for member in members { (option(member, form.chair == Some(member.id), lang, words)) }
            }
        },
    )
}

/// A member of the government as a choice.
pub(super) fn option(member: &Member, is_chosen: bool, lang: Lang, words: &Phrases) -> Markup {
    html! {
        option value=(member.id) selected[is_chosen] {
            (member.name) ", " (member.titles.text(lang)) @if !member.in_office { " (" (words.council_former()) ")" }
        }
    }
}

fn agreed(ctx: &Context, lang: Lang, form: &Form, words: &Phrases) -> Markup {
    let wrong = wrong_of(&form.wrongs, "language-fr");
    html! {
        (instant("deadline", &words.council_form_deadline(), &words.council_form_deadline_hint(), &form.deadline, form, words))
        fieldset aria-describedby=[wrong.map(|_| "language-fr-error")] {
            legend.lab { (words.council_form_languages()) }
            @for of in &ctx.settings.languages {
                label.pick {
                    input id=(format!("language-{of}")) type="checkbox" name="language" value=(of) checked[form.languages.contains(of)];
                    span { (dates::capital(&language_name(*of, lang))) }
                }
            }
            @if let Some(wrong) = wrong { (desk::field_error("language-fr", wrong)) }
        }
        label.pick {
            input type="checkbox" name="silence" checked[form.silence_agrees];
            span { (words.council_form_silence()) " " span.soft { (words.council_form_silence_hint()) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_whole_or_not_there() {
        let zone = chrono_tz::Europe::Brussels;
        let at = |text: &str| Some(text.parse::<DateTime<Utc>>().expect("an instant"));
        for (day, hour, expected) in [
            ("", "", Ok(None)),
            ("2026-11-20", "13:00", Ok(at("2026-11-20T12:00:00Z"))),
            ("2026-11-20", "13:00:00", Ok(at("2026-11-20T12:00:00Z"))),
            ("2026-10-25", "02:30", Ok(at("2026-10-25T00:30:00Z"))),
            ("2026-11-20", "", Err(Wrong::Incomplete)),
            ("", "13:00", Err(Wrong::Incomplete)),
            ("2026-11-31", "13:00", Err(Wrong::Incomplete)),
            ("2026-03-29", "02:30", Err(Wrong::Skipped)),
        ] {
            assert_eq!(read_instant(zone, day, hour), expected, "{day} {hour}");
        }
    }

    #[test]
    fn a_new_meeting_is_offered_for_the_coming_friday() {
        let zone = chrono_tz::Europe::Brussels;
        for (now, day) in [
            ("2026-11-16T09:00:00Z", "2026-11-20"),
            ("2026-11-20T09:00:00Z", "2026-11-20"),
            ("2026-11-21T09:00:00Z", "2026-11-27"),
        ] {
            assert_eq!(Form::offered(now.parse().expect("an instant"), zone).day, day, "{now}");
        }
    }
}
