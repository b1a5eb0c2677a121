//! One government in the desk: its members, and what can be done with it. A prepared one is planned here: its name, its
//! instant, and what becomes of each present mandate.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use maud::{Markup, html};

use super::list::{name_fields, read_names};
use super::{named, refusal, standing};
use crate::account::Visit;
use crate::directory::government::model::{Drafts, Handover};
use crate::directory::government::views::period;
use crate::directory::government::{Government, Mandate, keeping, query};
use crate::directory::handlers::Wrongs;
use crate::ids::{GovernmentId, MandateId};
use crate::kit::clock::{self, Wall};
use crate::kit::context::Context;
use crate::kit::lang::Texts;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Section};
use crate::paths;

/// A plan as its form shows it, right or wrong.
#[derive(Debug, Clone)]
pub struct Plan {
    names: Texts,
    day: String,
    hour: String,
    handovers: Vec<Handover>,
    wrongs: Wrongs,
}

/// What a handover is about, beside what was chosen.
#[derive(Debug)]
pub struct Facts {
    /// The mandates that would end.
    pub going: Vec<Mandate>,
    /// Those that would begin.
    pub coming: Vec<Mandate>,
    /// What was chosen for each of the first, or what is proposed.
    pub handovers: Vec<Handover>,
    /// How many releases that nobody has read each of their policy cells leads.
    pub open: Vec<(crate::ids::InstitutionId, i64)>,
}

impl Facts {
    /// Of a prepared government, as it stands.
    pub async fn read(
        conn: &mut diesel_async::AsyncPgConnection,
        of: GovernmentId,
    ) -> Result<Self, diesel::result::Error> {
        let coming = query::mandates_of(conn, of).await?;
        let going: Vec<Mandate> = match query::in_office(conn).await? {
            Some(present) => query::mandates_of(conn, present.id).await?.into_iter().filter(Mandate::is_held).collect(),
            None => Vec::new(),
        };
        let chosen = query::handovers(conn, of).await?;
        let handovers = going
            .iter()
            .map(|mandate| {
                let chosen = chosen.iter().find(|it| it.mandate_id == mandate.id).copied();
                chosen.unwrap_or_else(|| Handover::usual(mandate, &coming))
            })
            .collect();
        let cells: Vec<_> = going.iter().filter_map(|mandate| mandate.policy_cell_id).collect();
        let open = query::open_drafts(conn, &cells).await?;
        Ok(Self { going, coming, handovers, open })
    }

    /// How many open drafts the policy cell of that mandate leads.
    pub fn drafts(&self, of: &Mandate) -> i64 {
        let cell = of.policy_cell_id;
        self.open.iter().find(|(id, _)| Some(*id) == cell).map_or(0, |(_, count)| *count)
    }

    /// The mandate of that id among those that would begin.
    pub fn heir(&self, of: &Handover) -> Option<&Mandate> {
        self.coming.iter().find(|mandate| Some(mandate.id) == of.to)
    }
}

/// `GET /desk/governments/{government}`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let of = named(&ctx, *id).await?;
    government_page(&ctx, &visit, &of, None, &Wrongs::new()).await
}

async fn government_page(
    ctx: &Context,
    visit: &Visit,
    of: &Government,
    typed: Option<Plan>,
    wrongs: &Wrongs,
) -> Result<HttpResponse, WebError> {
    let (lang, words, zone) = (visit.lang, visit.words, ctx.settings.zone);
    let mut conn = ctx.conn().await?;
    let members = query::mandates_of(&mut conn, of.id).await?;
    let facts = if of.is_prepared() { Some(Facts::read(&mut conn, of.id).await?) } else { None };
    drop(conn);
    let address = |pattern: &str| paths::of_government(pattern, of.id);
    let token = html! { input type="hidden" name="form_token" value=(visit.form_token); };
    let actions = html! {
        @if of.is_prepared() {
            a.btn href=(address(paths::DESK_GOVERNMENT_PREVIEW)) { (words.government_preview()) }
            a.btn.main href=(address(paths::DESK_GOVERNMENT_TAKEOVER)) { (words.government_take_over_dots()) }
        } @else if of.is_in_office() {
            a.btn href=(paths::present_government(lang)) { (words.government_public_page()) }
        } @else {
            a.btn href=(paths::government(lang, &of.code)) { (words.government_public_page()) }
        }
    };
    let plan = typed.unwrap_or_else(|| {
        let at = of.takes_over_at.map(|at| at.with_timezone(&zone));
        Plan {
            names: of.names.clone(),
            day: at.map(|at| at.format("%Y-%m-%d").to_string()).unwrap_or_default(),
            hour: at.map(|at| at.format("%H:%M").to_string()).unwrap_or_default(),
            handovers: facts.as_ref().map(|facts| facts.handovers.clone()).unwrap_or_default(),
            wrongs: Wrongs::new(),
        }
    });
    let title = of.names.text(lang);
    let all_wrongs: Wrongs = wrongs.iter().chain(&plan.wrongs).cloned().collect();
    let may_add = of.is_prepared() || of.is_in_office();
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_GOVERNMENTS) { (words.government_title()) } }, title, actions))
        p.standing {
            (standing(of, words)) " · "
            @match of.takes_over_at {
                Some(at) => (words.government_takes_over_at(super::instant(ctx, lang, at))),
                None => (period(&ctx.settings, lang, words, of.starts_at, of.ends_at)),
            }
        }
        (desk::error(&words.form_wrong(all_wrongs.len()), &all_wrongs))
        div.home {
            div {
                @let add = html! { @if may_add { a href=(address(paths::DESK_GOVERNMENT_MANDATES)) { (words.government_add_member()) } } };
                (desk::section("members", &words.government_members(), add, html! {
                    @if members.is_empty() { p { (words.government_wrong_nobody()) } }
                    ol.rows {
                        @for member in &members {
                            li {
                                p.t { a href=(paths::of_mandate(paths::DESK_MANDATE, member.id)) { (member.name()) } }
                                p.soft {
                                    (member.titles.text(lang))
                                    @if member.ends_at.is_some() { " · " (period(&ctx.settings, lang, words, member.starts_at, member.ends_at)) }
                                    @if member.policy_cell_id.is_none() && member.ends_at.is_none() { " · " span.warn { (desk::mark(Mark::Missing)) " " (words.government_no_cell()) } }
                                }
                            }
                        }
                    }
                }))
            }
            div {
                @if let Some(facts) = &facts {
                    (desk::section("plan", &words.government_plan(), html! {}, plan_form(ctx, visit, of, &plan, facts)))
                    div.apart {
                        details {
                            summary { (words.government_discard_summary()) }
                            p { (words.government_discard_what()) }
                            form method="post" action=(address(paths::DESK_GOVERNMENT_DISCARDING)) {
                                (token)
                                button.danger { (words.government_discard()) }
                            }
                        }
                    }
                } @else {
                    @if of.is_in_office() {
                        (desk::section("caretaker", &words.government_caretaker(), html! {}, html! {
                            p { (words.government_caretaker_what()) }
                            form method="post" action=(address(paths::DESK_GOVERNMENT_CARETAKER)) {
                                (token)
                                @if of.caretaker_from.is_some() {
                                    button name="caretaker" value="no" { (words.government_caretaker_end()) }
                                } @else {
                                    button name="caretaker" value="yes" { (words.government_caretaker_begin()) }
                                }
                            }
                        }))
                    }
                    (desk::section("name", &words.directory_names(), html! {}, html! {
                        form.form method="post" action=(address(paths::DESK_GOVERNMENT_NAME)) {
                            (token)
                            (name_fields(&ctx.settings.languages, lang, words, &plan.names, &all_wrongs))
                            div.acts { button { (words.government_rename()) } }
                        }
                    }))
                }
            }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, title, Section::Directory, main));
    if !all_wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

fn plan_form(ctx: &Context, visit: &Visit, of: &Government, plan: &Plan, facts: &Facts) -> Markup {
    let (lang, words) = (visit.lang, visit.words);
    let wrong = |id: &str| plan.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    html! {
        form.form method="post" action=(paths::of_government(paths::DESK_GOVERNMENT_PLAN, of.id)) {
            input type="hidden" name="form_token" value=(visit.form_token);
            (name_fields(&ctx.settings.languages, lang, words, &plan.names, &plan.wrongs))
            fieldset {
                legend.lab { (words.government_when()) }
                p.hint { (words.government_when_hint(ctx.settings.zone.name())) }
                div.line {
                    (desk::field("day", &words.publication_day(), None, wrong("day"), html! {
                        input #day name="day" type="date" value=(plan.day) aria-invalid=[wrong("day").map(|_| "true")]
                            aria-describedby=[described_by("day", false, wrong("day").is_some())];
                    }))
                    (desk::field("hour", &words.publication_hour(), None, wrong("hour"), html! {
                        input #hour name="hour" type="time" value=(plan.hour) aria-invalid=[wrong("hour").map(|_| "true")]
                            aria-describedby=[described_by("hour", false, wrong("hour").is_some())];
                    }))
                }
            }
            @if !facts.going.is_empty() {
                h3.gap-l { (words.government_handovers()) }
                p { (words.government_handovers_what()) }
                @for (mandate, it) in facts.going.iter().zip(&plan.handovers) {
                    @let id = mandate.id;
                    @let (to, drafts) = (format!("to-{id}"), format!("drafts-{id}"));
                    fieldset.handover {
                        legend.lab { (mandate.name()) span.soft { " · " (mandate.titles.text(lang)) } }
                        @if facts.drafts(mandate) > 0 { p.hint { (words.government_open_drafts(facts.drafts(mandate))) } }
                        div.line {
                            (desk::field(&to, &words.government_heir(), None, wrong(&to), html! {
                                select id=(to) name=(to) aria-invalid=[wrong(&to).map(|_| "true")]
                                    aria-describedby=[described_by(&to, false, wrong(&to).is_some())] {
                                    option value="" selected[it.to.is_none()] { (words.government_nobody()) }
                                    @for heir in &facts.coming {
                                        option value=(heir.id) selected[it.to == Some(heir.id)] { (heir.name()) " – " (heir.titles.text(lang)) }
                                    }
                                }
                            }))
                            (desk::field(&drafts, &words.government_drafts(), None, wrong(&drafts), html! {
                                select id=(drafts) name=(drafts) {
                                    option value=(Drafts::HandOver) selected[it.drafts == Drafts::HandOver] { (words.government_drafts_hand_over()) }
                                    option value=(Drafts::Keep) selected[it.drafts == Drafts::Keep] { (words.government_drafts_keep()) }
                                    option value=(Drafts::Close) selected[it.drafts == Drafts::Close] { (words.government_drafts_close()) }
                                }
                            }))
                        }
                        label.pick { input type="checkbox" name={ "spokespersons-" (id) } checked[it.spokespersons]; span { (words.government_keep_spokespersons()) } }
                        label.pick { input type="checkbox" name={ "contacts-" (id) } checked[it.contacts]; span { (words.government_keep_contacts()) } }
                    }
                }
            }
            div.acts { button { (words.government_save_plan()) } }
        }
    }
}

/// `POST /desk/governments/{government}/plan`
pub async fn plan(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let of = named(&ctx, *id).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let facts = Facts::read(&mut conn, of.id).await?;
    let now = clock::now(&mut conn).await?;
    let (names, mut wrongs) = read_names(&form, &ctx.settings.languages, words);
    let (day, hour) = (form.get("day").to_owned(), form.get("hour").to_owned());
    let at = match instant_of(&ctx, &day, &hour) {
        Ok(at) => at.filter(|at| {
            if *at <= now {
                wrongs.push(("day".into(), words.government_wrong_past()));
            }
            true
        }),
        Err(field) => {
            let said =
                if field == "hour" { words.publication_wrong_skipped() } else { words.publication_wrong_instant() };
            wrongs.push((field.into(), said));
            None
        }
    };
    let handovers: Vec<Handover> = facts.going.iter().map(|mandate| read_handover(&form, mandate.id)).collect();
    for it in &handovers {
        if let Err(error) = keeping::check_handover(it, &facts.coming) {
            wrongs.push((
                format!("to-{}", it.mandate_id),
                match it.to {
                    None => words.government_wrong_to_nobody(),
                    Some(_) => refusal(words, error)?,
                },
            ));
        }
    }
    if at.is_some()
        && let Err(error) = keeping::check_whole(&facts.coming)
    {
        wrongs.push(("day".into(), refusal(words, error)?));
    }
    if wrongs.is_empty() {
        keeping::plan(&mut conn, &visit.person, of.id, &names, at, &handovers).await?;
        return Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, of.id)));
    }
    drop(conn);
    let plan = Plan { names, day, hour, handovers, wrongs };
    government_page(&ctx, &visit, &of, Some(plan), &Wrongs::new()).await
}

/// The instant of a day and an hour by the site's clock; none if both are empty; else which of them is wrong.
fn instant_of(ctx: &Context, day: &str, hour: &str) -> Result<Option<DateTime<Utc>>, &'static str> {
    if day.is_empty() && hour.is_empty() {
        return Ok(None);
    }
    let day: NaiveDate = day.parse().map_err(|_| "day")?;
    let hour = NaiveTime::parse_from_str(hour.get(..5).unwrap_or(hour), "%H:%M").map_err(|_| "day")?;
    match clock::wall(ctx.settings.zone, day.and_time(hour)) {
        Wall::Once(at) | Wall::Twice(at, _) => Ok(Some(at)),
        Wall::Skipped => Err("hour"),
    }
}

fn read_handover(form: &Fields, of: MandateId) -> Handover {
    Handover {
        mandate_id: of,
        to: form.get(&format!("to-{of}")).parse().ok().map(MandateId),
        drafts: form.get(&format!("drafts-{of}")).parse().unwrap_or(Drafts::Keep),
        spokespersons: form.is_ticked(&format!("spokespersons-{of}")),
        contacts: form.is_ticked(&format!("contacts-{of}")),
    }
}

/// `POST /desk/governments/{government}/name`
pub async fn rename(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let of = named(&ctx, *id).await?;
    let (names, wrongs) = read_names(&form, &ctx.settings.languages, visit.words);
    if !wrongs.is_empty() {
        return government_page(&ctx, &visit, &Government { names, ..of }, None, &wrongs).await;
    }
    let mut conn = ctx.conn().await?;
    keeping::rename(&mut conn, &visit.person, of.id, &names).await?;
    Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, of.id)))
}

/// `POST /desk/governments/{government}/caretaker`
pub async fn set_caretaker(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let id = GovernmentId(*id);
    let mut conn = ctx.conn().await?;
    keeping::set_caretaker(&mut conn, &visit.person, id, form.get("caretaker") == "yes").await?;
    Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, id)))
}

/// `POST /desk/governments/{government}/discarding`
pub async fn discard(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    keeping::discard(&mut conn, &visit.person, GovernmentId(*id)).await?;
    Ok(see_other(paths::DESK_GOVERNMENTS))
}
