//! What a mandate says, over HTTP: office, person, title, policy cell, competences, precedence.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{named, refusal};
use crate::account::Visit;
use crate::directory::government::keeping::{self, Cell, WrittenMandate};
use crate::directory::government::model::{Competence, Holder, Office};
use crate::directory::government::{Government, Mandate, query, register};
use crate::directory::handlers::{Wrongs, in_each_language, line, texts};
use crate::directory::{self, Family, Institution};
use crate::ids::{CompetenceId, InstitutionId, MandateId, OfficeId, PersonId};
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Section};
use crate::paths;

/// The most characters of a title.
const TITLE_MAX: usize = 200;

/// A mandate as its form shows it, right or wrong.
#[derive(Debug, Clone, Default)]
struct Draft {
    office: Option<OfficeId>,
    person: Option<PersonId>,
    given_name: String,
    family_name: String,
    titles: Texts,
    /// `none`, `new`, or the id of an institution.
    cell: String,
    cell_names: Texts,
    position: i32,
    competences: Vec<CompetenceId>,
    wrongs: Wrongs,
}

/// What one may choose from.
struct Choices {
    offices: Vec<Office>,
    holders: Vec<Holder>,
    competences: Vec<Competence>,
    cells: Vec<Institution>,
}

impl Choices {
    async fn read(conn: &mut diesel_async::AsyncPgConnection, own: Option<&Mandate>) -> Result<Self, WebError> {
        let mut cells = directory::query::institutions(conn).await?;
        cells.retain(|it| it.family == Family::Government);
        // Its own, of which nobody else is to know yet.
        if let Some(cell) = own.and_then(|own| own.policy_cell_id)
            && !cells.iter().any(|it| it.id == cell)
        {
            cells.extend(directory::query::institutions_by_id(conn, &[cell]).await?);
        }
        Ok(Self {
            offices: query::offices(conn).await?,
            holders: query::holders(conn).await?,
            competences: query::competences(conn).await?,
            cells,
        })
    }
}

/// `GET /desk/governments/{government}/mandates`: a member to add.
pub async fn new(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let government = named(&ctx, *id).await?;
    let mut conn = ctx.conn().await?;
    let last =
        query::mandates_of(&mut conn, government.id).await?.iter().map(|it| it.position).max().unwrap_or_default();
    drop(conn);
    let draft = Draft { cell: "none".into(), position: last + 1, ..Draft::default() };
    form_page(&ctx, &visit, &government, None, &draft).await
}

/// `POST /desk/governments/{government}/mandates`
pub async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let government = named(&ctx, *id).await?;
    let mut draft = read(&ctx, &visit, &form, None);
    if draft.wrongs.is_empty() {
        let mut conn = ctx.conn().await?;
        let new = written(&mut conn, &visit, &draft).await?;
        match keeping::add_mandate(&mut conn, &visit.person, government.id, &new).await {
            Ok(id) => return Ok(see_other(&paths::of_mandate(paths::DESK_MANDATE, id))),
            Err(error) => draft.wrongs.push(("office".into(), refusal(visit.words, error)?)),
        }
        draft.person = Some(new.person_id);
    }
    form_page(&ctx, &visit, &government, None, &draft).await
}

/// `GET /desk/mandates/{mandate}/facts`
pub async fn edit(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let it = query::mandate(&mut conn, MandateId(*id)).await?.ok_or(WebError::NotFound)?;
    let competences = query::competences_of(&mut conn, &[it.id]).await?.into_iter().map(|(_, one)| one.id).collect();
    drop(conn);
    let government = named(&ctx, it.government_id.0).await?;
    let draft = Draft {
        office: Some(it.office_id),
        person: Some(it.person_id),
        titles: it.titles.clone(),
        cell: it.policy_cell_id.map_or_else(|| "none".to_owned(), |cell| cell.to_string()),
        cell_names: it.cell_names.clone().unwrap_or_default(),
        position: it.position,
        competences,
        ..Draft::default()
    };
    form_page(&ctx, &visit, &government, Some(&it), &draft).await
}

/// `POST /desk/mandates/{mandate}/facts`
pub async fn change(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let mut conn = ctx.conn().await?;
    let it = query::mandate(&mut conn, MandateId(*id)).await?.ok_or(WebError::NotFound)?;
    let government = query::government(&mut conn, it.government_id).await?.ok_or(WebError::NotFound)?;
    let mut draft = read(&ctx, &visit, &form, Some(&it));
    if draft.wrongs.is_empty() {
        let new = written(&mut conn, &visit, &draft).await?;
        match keeping::change_mandate(&mut conn, &visit.person, it.id, &new).await {
            Ok(()) => return Ok(see_other(&paths::of_mandate(paths::DESK_MANDATE, it.id))),
            Err(error) => draft.wrongs.push(("office".into(), refusal(visit.words, error)?)),
        }
    }
    drop(conn);
    form_page(&ctx, &visit, &government, Some(&it), &draft).await
}

/// What was typed, with all that is wrong with it. Of a mandate that has begun, office and person stay.
fn read(ctx: &Context, visit: &Visit, form: &Fields, own: Option<&Mandate>) -> Draft {
    let words = visit.words;
    let mut wrongs = Wrongs::new();
    let begun = own.filter(|own| own.starts_at.is_some());
    let office = begun.map(|own| own.office_id).or_else(|| form.get("office").parse().ok().map(OfficeId));
    if office.is_none() {
        wrongs.push(("office".into(), words.government_wrong_office()));
    }
    let (given_name, family_name) = (line(form.get("given_name")), line(form.get("family_name")));
    let person = begun.map(|own| own.person_id).or_else(|| form.get("person").parse().ok().map(PersonId));
    if person.is_none() {
        for (field, name) in [("given_name", &given_name), ("family_name", &family_name)] {
            if name.is_empty() {
                wrongs.push((field.into(), words.government_wrong_person()));
            } else if name.chars().count() > 100 {
                wrongs.push((field.into(), words.directory_wrong_long(100)));
            }
        }
    }
    let titles = texts(form, "title", line).unwrap_or_default();
    for lang in &ctx.settings.languages {
        let wrong = match titles.0.get(lang).map(|title| title.chars().count()) {
            None => Some(words.government_wrong_title()),
            Some(length) if length > TITLE_MAX => Some(words.directory_wrong_long(TITLE_MAX)),
            Some(_) => None,
        };
        wrongs.extend(wrong.map(|wrong| (format!("title-{lang}"), wrong)));
    }
    let cell = form.get("cell").to_owned();
    let cell_names = texts(form, "cell", line).unwrap_or_default();
    if cell == "new" || (cell != "none" && !cell_names.0.is_empty()) {
        for lang in &ctx.settings.languages {
            let wrong = match cell_names.0.get(lang).map(|name| name.chars().count()) {
                None => Some(words.directory_wrong_every_name()),
                Some(length) if length > 200 => Some(words.directory_wrong_long(200)),
                Some(_) => None,
            };
            wrongs.extend(wrong.map(|wrong| (format!("cell-{lang}"), wrong)));
        }
    }
    let position = form.get("position").parse::<i32>().ok().filter(|place| (0..1_000).contains(place));
    if position.is_none() {
        wrongs.push(("position".into(), words.government_wrong_order()));
    }
    let competences = form.all("competence").filter_map(|id| id.parse().ok()).map(CompetenceId).collect();
    Draft {
        office,
        person,
        given_name,
        family_name,
        titles,
        cell,
        cell_names,
        position: position.unwrap_or_default(),
        competences,
        wrongs,
    }
}

/// As the step takes it; a person who is new is added first.
async fn written(
    conn: &mut diesel_async::AsyncPgConnection,
    visit: &Visit,
    draft: &Draft,
) -> Result<WrittenMandate, WebError> {
    let person_id = match draft.person {
        Some(person) => person,
        None => register::add_person(conn, &visit.person, &draft.given_name, &draft.family_name).await?,
    };
    let named = (!draft.cell_names.0.is_empty()).then(|| draft.cell_names.clone());
    Ok(WrittenMandate {
        office_id: draft.office.ok_or(WebError::NotFound)?,
        person_id,
        titles: draft.titles.clone(),
        cell: match draft.cell.as_str() {
            "new" => Cell::New(draft.cell_names.clone()),
            there => match there.parse().ok().map(InstitutionId) {
                Some(id) => Cell::There(id, named),
                None => Cell::None,
            },
        },
        position: draft.position,
        competences: draft.competences.clone(),
    })
}

async fn form_page(
    ctx: &Context,
    visit: &Visit,
    government: &Government,
    own: Option<&Mandate>,
    draft: &Draft,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let choices = Choices::read(&mut conn, own).await?;
    drop(conn);
    let (lang, words) = (visit.lang, visit.words);
    let wrongs = &draft.wrongs;
    let wrong = |id: &str| wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let is_begun = own.is_some_and(|own| own.starts_at.is_some());
    let (title, action, back) = match own {
        Some(own) => (
            own.name(),
            paths::of_mandate(paths::DESK_MANDATE_FACTS, own.id),
            paths::of_mandate(paths::DESK_MANDATE, own.id),
        ),
        None => (
            words.government_add_member(),
            paths::of_government(paths::DESK_GOVERNMENT_MANDATES, government.id),
            paths::of_government(paths::DESK_GOVERNMENT, government.id),
        ),
    };
    let main = html! {
        (desk::page_top(html! { a href=(back) { (government.names.text(lang)) } }, &title, html! {
            a.btn href=(paths::DESK_REGISTERS) { (words.government_registers()) }
        }))
        (desk::error(&words.form_wrong(wrongs.len()), wrongs))
        @if own.is_none() && government.is_in_office() { p.note.gap { (words.government_begins_at_once()) } }
        form.form.narrow.gap method="post" action=(action) {
            input type="hidden" name="form_token" value=(visit.form_token);
            @if is_begun {
                p.soft { (words.government_fixed()) }
            } @else {
                (desk::field("office", &words.government_office(), Some(&words.government_office_hint()), wrong("office"), html! {
                    select #office name="office" required aria-invalid=[wrong("office").map(|_| "true")]
                        aria-describedby=[described_by("office", true, wrong("office").is_some())] {
                        option value="" { "–" }
                        @for one in &choices.offices { option value=(one.id) selected[draft.office == Some(one.id)] { (one.names.text(lang)) } }
                    }
                }))
                fieldset {
                    legend.lab { (words.government_person()) }
                    (desk::field("person", &words.government_person_known(), None, None, html! {
                        select #person name="person" {
                            option value="" { (words.government_person_new()) }
                            @for one in &choices.holders {
                                option value=(one.id) selected[draft.person == Some(one.id)] { (one.family_name) ", " (one.given_name) }
                            }
                        }
                    }))
                    div.line {
                        (text_field("given_name", &words.government_given_name(), &draft.given_name, wrong("given_name")))
                        (text_field("family_name", &words.government_family_name(), &draft.family_name, wrong("family_name")))
                    }
                }
            }
            (in_each_language(&ctx.settings.languages, lang, "title", &words.government_full_title(), wrongs, |id, of, wrong| html! {
                input id=(id) name=(id) lang=(of) maxlength=(TITLE_MAX) value=[draft.titles.0.get(&of)] required
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
            }))
            (desk::field("position", &words.government_order(), Some(&words.government_order_hint()), wrong("position"), html! {
                input #position name="position" type="number" min="0" max="999" value=(draft.position) required
                    aria-invalid=[wrong("position").map(|_| "true")] aria-describedby=[described_by("position", true, wrong("position").is_some())];
            }))
            (desk::field("cell", &words.government_policy_cell(), Some(&words.government_cell_hint()), None, html! {
                select #cell name="cell" aria-describedby="cell-hint" {
                    option value="none" selected[draft.cell == "none"] { (words.government_cell_none()) }
                    option value="new" selected[draft.cell == "new"] { (words.government_cell_new()) }
                    @for one in &choices.cells { option value=(one.id) selected[draft.cell == one.id.to_string()] { (one.names.text(lang)) } }
                }
            }))
            @if !is_begun || draft.cell == "new" || wrongs.iter().any(|(field, _)| field.starts_with("cell-")) {
                (in_each_language(&ctx.settings.languages, lang, "cell", &words.government_cell_names(), wrongs, |id, of, wrong| html! {
                    input id=(id) name=(id) lang=(of) maxlength="200" value=[draft.cell_names.0.get(&of)]
                        aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
                }))
            }
            (competences(&choices, draft, lang, &words.government_competences()))
            div.acts { button.main { (words.government_save_member()) } a href=(back) { (words.form_cancel()) } }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Directory, main));
    if !wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

fn text_field(id: &str, label: &str, value: &str, wrong: Option<&str>) -> Markup {
    desk::field(
        id,
        label,
        None,
        wrong,
        html! {
            input id=(id) name=(id) value=(value) maxlength="100" autocomplete="off"
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
        },
    )
}

/// Those that are chosen first, in their order; the rest by name.
fn competences(choices: &Choices, draft: &Draft, lang: Lang, label: &str) -> Markup {
    let mut all: Vec<&Competence> = choices.competences.iter().collect();
    all.sort_by_cached_key(|one| {
        let place = draft.competences.iter().position(|id| *id == one.id).unwrap_or(usize::MAX);
        (place, one.names.text(lang).to_lowercase())
    });
    html! {
        fieldset {
            legend.lab { (label) }
            div.many {
                @for one in all {
                    label.pick {
                        input type="checkbox" name="competence" value=(one.id) checked[draft.competences.contains(&one.id)];
                        span { (one.names.text(lang)) }
                    }
                }
            }
        }
    }
}
