//! The rota over HTTP: a week on a page; saved whole, copied from the week before, repeated, or pasted.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;

use super::rota::{self, Days, Planned, RotaError};
use super::views::{self, WeekPage};
use super::{hours, lines};
use crate::account::Visit;
use crate::directory::contact::{Channel, ContactPoint, Owner};
use crate::directory::handlers::{Wrongs, contacts_of, owner, owner_name};
use crate::ids::ContactId;
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::query::Parameters;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::Section;
use crate::paths;

type Contacts = Vec<(ContactPoint, Vec<Channel>)>;

/// What a page shows that was typed and not taken.
#[derive(Debug, Default)]
struct Typed {
    /// By the name of the field.
    cells: BTreeMap<String, String>,
    lines: String,
    wrongs: Wrongs,
}

/// `GET …/standby?week=2026-11-23`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut parameters = Parameters::read(request.query_string())?;
    let week = parameters.take("week", |text| text.parse::<NaiveDate>().ok())?;
    parameters.finish()?;
    week_page(&ctx, &visit, owner(&request)?, week, &Typed::default()).await
}

async fn week_page(
    ctx: &Context,
    visit: &Visit,
    of: Owner,
    week: Option<NaiveDate>,
    typed: &Typed,
) -> Result<HttpResponse, WebError> {
    let zone = ctx.settings.zone;
    let name = owner_name(ctx, of, visit.lang).await?;
    let mut conn = ctx.conn().await?;
    let today = dates::day(zone, clock::now(&mut conn).await?);
    let monday = rota::monday(week.unwrap_or(today));
    let contacts = contacts_of(&mut conn, of).await?;
    let ids: Vec<ContactId> = contacts.iter().map(|(point, _)| point.id).collect();
    let days = rota::week(&mut conn, zone, &ids, monday).await?;
    drop(conn);
    let main = views::week(&WeekPage {
        lang: visit.lang,
        words: visit.words,
        form_token: &visit.form_token,
        owner: of,
        owner_name: &name,
        monday,
        today,
        contacts: &contacts,
        days: &days,
        typed: &typed.cells,
        lines: &typed.lines,
        wrongs: &typed.wrongs,
    });
    let mut answer = page(Keep::Never, visit.page(ctx, &visit.words.standby_title(), Section::Directory, main));
    if !typed.wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// `POST …/standby`: what the pressed button says.
pub async fn plan(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let of = owner(&request)?;
    let zone = ctx.settings.zone;
    let mut conn = ctx.conn().await?;
    let today = dates::day(zone, clock::now(&mut conn).await?);
    let monday = rota::monday(form.get("week").parse().unwrap_or(today));
    let contacts = contacts_of(&mut conn, of).await?;
    let mut typed = Typed::default();
    let outcome = match form.get("act") {
        "copy" => rota::repeat(&mut conn, zone, &visit.person, of, rota::earlier(monday, 7), 1).await,
        "repeat" => {
            let weeks = form.get("weeks").parse().unwrap_or(1);
            rota::repeat(&mut conn, zone, &visit.person, of, monday, weeks).await
        }
        "lines" => {
            typed.lines = form.get("lines").to_owned();
            match lines::read(&typed.lines, |name| by_name(&contacts, name)) {
                Ok(days) => rota::plan(&mut conn, zone, &visit.person, of, &days).await,
                Err(wrongs) => {
                    typed.wrongs = wrongs
                        .into_iter()
                        .map(|(number, wrong)| ("lines".to_owned(), views::line_wrong(visit.words, number, wrong)))
                        .collect();
                    Ok(())
                }
            }
        }
        _ => {
            let days = read_grid(&form, &contacts, monday, visit.words, &mut typed);
            if typed.wrongs.is_empty() { rota::plan(&mut conn, zone, &visit.person, of, &days).await } else { Ok(()) }
        }
    };
    drop(conn);
    match outcome {
        Ok(()) => {}
        Err(RotaError::Overlap(contact, day)) => {
            let who =
                contacts.iter().find(|(point, _)| point.id == contact).map_or("", |(point, _)| point.name.as_str());
            let at = (day - monday).num_days();
            let field = if typed.lines.is_empty() && (0..7).contains(&at) {
                views::cell_id(contact, usize::try_from(at).unwrap_or_default())
            } else if typed.lines.is_empty() {
                "weeks".to_owned()
            } else {
                "lines".to_owned()
            };
            typed.wrongs.push((field, visit.words.standby_wrong_overlap(who, dates::full(visit.lang, day))));
        }
        Err(error) => return Err(error.into()),
    }
    if !typed.wrongs.is_empty() {
        return week_page(&ctx, &visit, of, Some(monday), &typed).await;
    }
    Ok(see_other(&format!("{}?week={monday}", of.address(paths::DESK_STANDBY))))
}

/// The week as it was typed: every contact's every day, so that a cell that was emptied empties its day.
fn read_grid(
    form: &Fields,
    contacts: &Contacts,
    monday: NaiveDate,
    words: &crate::phrases::Phrases,
    typed: &mut Typed,
) -> Days {
    let mut days = Days::new();
    for (point, _) in contacts {
        for n in 0..7 {
            let field = views::cell_id(point.id, n);
            let cell = form.get(&field);
            typed.cells.insert(field.clone(), cell.to_owned());
            match hours::read(cell) {
                Ok(spans) => {
                    let planned = spans.into_iter().map(|span| Planned { span, note: String::new() }).collect();
                    days.insert((point.id, rota::later(monday, n as u64)), planned);
                }
                Err(hours::NoHours::Unreadable) => typed.wrongs.push((field, words.standby_wrong_hours(cell))),
                Err(hours::NoHours::Overlap) => typed.wrongs.push((field, words.standby_wrong_cell(cell))),
            }
        }
    }
    days
}

/// The contact of that name, number or address.
fn by_name(contacts: &Contacts, name: &str) -> Option<ContactId> {
    let folded = name.to_lowercase();
    contacts
        .iter()
        .find(|(point, channels)| {
            point.name.to_lowercase() == folded || channels.iter().any(|channel| channel.value.to_lowercase() == folded)
        })
        .map(|(point, _)| point.id)
}
