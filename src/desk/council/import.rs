//! An agenda that is pasted: first what was understood, line by line, to be put right; then the decisions, all at once.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::agenda::{Agenda, refused};
use super::terms::{instrument_options, read_instrument, reading_options};
use super::{Wrongs, answered, crumb, hidden, named};
use crate::account::Visit;
use crate::council::decision::{self, NewDecision};
use crate::council::model::{ITEMS_MAX, Meeting, Reading, Stage, Terms};
use crate::council::paste::{self, Line, Pasted};
use crate::directory::handlers::line;
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::see_other;
use crate::layout::desk::{self, page_top};
use crate::paths;
use crate::phrases::{Phrases, language_name};
use crate::release::model::TITLE_MAX;

/// A line of the preview.
struct Offered {
    label: String,
    is_part: bool,
    has_parts: bool,
    is_taken: bool,
    is_there: bool,
    titles: Texts,
    instrument: Option<Reading>,
}

/// `GET /desk/meetings/{meeting}/import`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let meeting = named(&mut conn, *id).await?;
    if !matches!(meeting.stage(), Stage::Preparing | Stage::Armed) {
        return Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, meeting.id)));
    }
    Ok(form(&ctx, &visit, &meeting, "", None, StatusCode::OK))
}

fn form(
    ctx: &Context,
    visit: &Visit,
    meeting: &Meeting,
    text: &str,
    wrong: Option<&str>,
    status: StatusCode,
) -> HttpResponse {
    let words = visit.words;
    let title = words.council_import();
    let wrongs: Wrongs = wrong.into_iter().map(|wrong| ("text".to_owned(), wrong.to_owned())).collect();
    let main = html! {
        (page_top(crumb(visit, meeting), &title, html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), &wrongs))
        form.form.gap method="post" action=(paths::of_meeting(paths::DESK_MEETING_IMPORT, meeting.id)) {
            (hidden("form_token", &visit.form_token))
            (desk::field("text", &words.council_import_text(), Some(&words.council_import_hint()), wrong, html! {
                textarea #text name="text" rows="16" required aria-invalid=[wrong.map(|_| "true")]
                    aria-describedby=[desk::parts::described_by("text", true, wrong.is_some())] { (text) }
            }))
            (desk::field("order", &words.council_import_order(), None, None, html! {
                select #order name="order" {
                    option value="" { (words.council_import_auto()) }
                    @for order in orders(meeting) {
                        option value=(codes(&order)) { (names(&order, visit.lang)) }
                    }
                }
            }))
            div.acts { button.main name="act" value="preview" { (words.council_import_preview()) } }
        }
    };
    answered(ctx, visit, &title, main, status)
}

/// One language alone, or two in either order.
fn orders(meeting: &Meeting) -> Vec<Vec<Lang>> {
    let mut orders: Vec<Vec<Lang>> = Vec::new();
    for first in &meeting.languages {
        for second in meeting.languages.iter().filter(|second| *second != first) {
            orders.push(vec![*first, *second]);
        }
    }
    orders.extend(meeting.languages.iter().map(|only| vec![*only]));
    orders
}

fn codes(order: &[Lang]) -> String {
    order.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(" ")
}

fn names(order: &[Lang], lang: Lang) -> String {
    order.iter().map(|of| language_name(*of, lang)).collect::<Vec<_>>().join(", ")
}

/// `POST /desk/meetings/{meeting}/import`
pub async fn send(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let meeting = named(&mut conn, *id).await?;
    match fields.get("act") {
        "preview" => {
            let text = fields.get("text");
            let chosen: Vec<Lang> = fields.get("order").split(' ').filter_map(|code| code.parse().ok()).collect();
            let pasted =
                if chosen.is_empty() { paste::read(text, &meeting.languages) } else { paste::read_as(text, &chosen) };
            if pasted.lines.is_empty() {
                let wrong = words.council_import_nothing();
                return Ok(form(&ctx, &visit, &meeting, text, Some(&wrong), StatusCode::UNPROCESSABLE_ENTITY));
            }
            let there = titles_there(&ctx, &mut conn, &visit, meeting.id.0).await?;
            let is_cut = pasted.is_cut;
            let offered = offered(pasted, &there);
            Ok(preview(&ctx, &visit, &meeting, &offered, is_cut.then(|| words.council_import_cut()), StatusCode::OK))
        }
        "create" => {
            let offered = read_back(&fields);
            let new: Vec<NewDecision> = offered
                .iter()
                .filter(|line| line.is_taken && !line.titles.0.is_empty())
                .map(|line| NewDecision {
                    titles: line.titles.clone(),
                    terms: Terms { mandates: Vec::new(), instruments: line.instrument.into_iter().collect() },
                })
                .collect();
            if new.is_empty() {
                let told = words.council_import_none_taken();
                return Ok(preview(&ctx, &visit, &meeting, &offered, Some(told), StatusCode::UNPROCESSABLE_ENTITY));
            }
            let outcome = decision::add(&mut conn, &visit.person, meeting.id, &new).await;
            drop(conn);
            match outcome {
                Ok(_) => Ok(see_other(&paths::of_meeting(paths::DESK_MEETING, meeting.id))),
                Err(error) => refused(&ctx, &visit, *id, error).await,
            }
        }
        _ => Err(WebError::BadRequest(BadRequest::Form)),
    }
}

/// The titles that are on the agenda already, in any language.
async fn titles_there(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    id: i64,
) -> Result<BTreeSet<String>, WebError> {
    let agenda = Agenda::read(ctx, conn, visit, id).await?;
    let titles = agenda.rows.values().flat_map(|row| Lang::ALL.map(|lang| row.own_title(lang).map(str::to_lowercase)));
    Ok(titles.flatten().collect())
}

/// What was read, as it is offered: a heading of parts and what is there already are not taken by themselves.
fn offered(pasted: Pasted, there: &BTreeSet<String>) -> Vec<Offered> {
    let of = |line: Line| {
        let is_there = line.titles.0.values().any(|title| there.contains(&title.to_lowercase()));
        Offered {
            label: line.label,
            is_part: line.is_part,
            has_parts: line.has_parts,
            is_taken: !is_there && !line.has_parts,
            is_there,
            titles: line.titles,
            instrument: line.instrument,
        }
    };
    pasted.lines.into_iter().map(of).collect()
}

/// The lines as the preview's form brings them back.
fn read_back(fields: &Fields) -> Vec<Offered> {
    let count = fields.get("lines").parse::<usize>().unwrap_or_default().min(ITEMS_MAX);
    (0..count)
        .map(|n| Offered {
            label: line(fields.get(&format!("label-{n}"))).chars().take(20).collect(),
            is_part: fields.is_ticked(&format!("part-{n}")),
            has_parts: fields.is_ticked(&format!("parts-{n}")),
            is_taken: fields.is_ticked(&format!("take-{n}")),
            is_there: fields.is_ticked(&format!("there-{n}")),
            titles: Lang::ALL
                .into_iter()
                .map(|lang| {
                    (lang, line(fields.get(&format!("title-{n}-{lang}"))).chars().take(TITLE_MAX).collect::<String>())
                })
                .filter(|(_, title)| !title.is_empty())
                .collect(),
            instrument: read_instrument(fields, &format!("instrument-{n}"), &format!("reading-{n}")),
        })
        .collect()
}

fn preview(
    ctx: &Context,
    visit: &Visit,
    meeting: &Meeting,
    lines: &[Offered],
    told: Option<String>,
    status: StatusCode,
) -> HttpResponse {
    let (lang, words) = (visit.lang, visit.words);
    let title = words.council_import();
    // Those of the meeting, and whatever else was found.
    let mut languages = meeting.languages.clone();
    for found in lines.iter().flat_map(|line| line.titles.0.keys()) {
        if !languages.contains(found) {
            languages.push(*found);
        }
    }
    let main = html! {
        (page_top(crumb(visit, meeting), &title, html! { a.btn href=(paths::of_meeting(paths::DESK_MEETING_IMPORT, meeting.id)) { (words.council_import_again()) } }))
        (super::told(told.as_deref()))
        p.gap { (words.council_import_found(lines.len())) }
        form.form.gap method="post" action=(paths::of_meeting(paths::DESK_MEETING_IMPORT, meeting.id)) {
            (hidden("form_token", &visit.form_token))
            (hidden("lines", &lines.len().to_string()))
            ol.rows.import {
                @for (n, of) in lines.iter().enumerate() { (line_of(n, of, &languages, lang, words)) }
            }
            div.acts { button.main name="act" value="create" { (words.council_import_create()) } }
        }
    };
    answered(ctx, visit, &title, main, status)
}

fn line_of(n: usize, of: &Offered, languages: &[Lang], lang: Lang, words: &Phrases) -> Markup {
    let id = |name: &str| format!("{name}-{n}");
    html! {
        li.row.part[of.is_part] {
            div {
                (hidden(&id("label"), &of.label))
                @if of.is_part { (hidden(&id("part"), "yes")) }
                @if of.has_parts { (hidden(&id("parts"), "yes")) }
                @if of.is_there { (hidden(&id("there"), "yes")) }
                label.pick {
                    input type="checkbox" name=(id("take")) value="yes" checked[of.is_taken] aria-label=(words.council_import_take(of.label.as_str()));
                    span { (of.label) }
                }
            }
            div {
                @if of.has_parts { p.soft { (words.council_import_heading()) } }
                @if of.is_part { p.soft { (words.council_import_part()) } }
                @if of.is_there { p.warn { (words.council_import_there()) } }
                @for of_lang in languages {
                    @let field = format!("title-{n}-{of_lang}");
                    (desk::field(&field, &words.council_add_title(language_name(*of_lang, lang)), None, None, html! {
                        input id=(field) name=(field) lang=(of_lang) maxlength="255" value=[of.titles.0.get(of_lang)];
                    }))
                }
                div.line {
                    (desk::field(&id("instrument"), &words.council_instrument(), None, None, html! {
                        select id=(id("instrument")) name=(id("instrument")) {
                            option value="" { (words.council_no_reading()) }
                            (instrument_options(of.instrument.map(|one| one.instrument), lang))
                        }
                    }))
                    (desk::field(&id("reading"), &words.council_reading_label(), None, None, html! {
                        select id=(id("reading")) name=(id("reading")) { (reading_options(of.instrument.and_then(|one| one.reading), words)) }
                    }))
                }
            }
            div {}
        }
    }
}
