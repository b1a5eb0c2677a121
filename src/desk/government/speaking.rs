//! Spokespersons and deputies of a mandate over HTTP.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, NaiveDate, Utc};
use maud::html;

use crate::account::Visit;
use crate::account::rights::{Action, may};
use crate::directory::government::keeping::GovernmentError;
use crate::directory::government::speaking::{self, Written};
use crate::directory::government::{Mandate, query};
use crate::directory::handlers::{Wrongs, is_phone, line};
use crate::ids::{MandateId, SpokespersonId};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Section};
use crate::paths;
use crate::phrases::language_name;

/// A spokesperson as their form shows them, right or wrong.
#[derive(Debug, Clone)]
struct Draft {
    name: String,
    email: String,
    phone: String,
    lang: Lang,
    is_deputy: bool,
    /// Days, as typed.
    from: String,
    until: String,
    wrongs: Wrongs,
}

/// The mandate of the address, and whether this person names more than deputies.
async fn place(ctx: &Context, visit: &Visit, request: &HttpRequest) -> Result<(Mandate, bool), WebError> {
    let id = request.match_info().get("mandate").and_then(|id| id.parse().ok()).map(MandateId);
    let id = id.ok_or(WebError::NotFound)?;
    let mut conn = ctx.conn().await?;
    let it = query::mandate(&mut conn, id).await?.ok_or(WebError::NotFound)?;
    let of = query::rights_of(&mut conn, id, visit.person.id()).await?.ok_or(WebError::NotFound)?;
    Ok((it, may(&visit.person, Action::People, of.object())))
}

fn spokesperson(request: &HttpRequest) -> Result<SpokespersonId, WebError> {
    let id = request.match_info().get("spokesperson").and_then(|id| id.parse().ok());
    id.map(SpokespersonId).ok_or(WebError::NotFound)
}

/// `GET /desk/mandates/{mandate}/spokespersons`: somebody to name.
pub async fn new(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let (of, may_people) = place(&ctx, &visit, &request).await?;
    let draft = Draft {
        name: String::new(),
        email: String::new(),
        phone: String::new(),
        lang: visit.lang,
        is_deputy: !may_people,
        from: String::new(),
        until: String::new(),
        wrongs: Wrongs::new(),
    };
    Ok(form_page(&ctx, &visit, &of, may_people, None, &draft))
}

/// `POST /desk/mandates/{mandate}/spokespersons`
pub async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    write(&ctx, &request, None, &form).await
}

/// `GET /desk/mandates/{mandate}/spokespersons/{spokesperson}`
pub async fn edit(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let (of, may_people) = place(&ctx, &visit, &request).await?;
    let id = spokesperson(&request)?;
    let mut conn = ctx.conn().await?;
    let all = query::spokespersons(&mut conn, &[of.id]).await?;
    drop(conn);
    let one = all.into_iter().find(|one| one.id == id).ok_or(WebError::NotFound)?;
    if !one.is_deputy && !may_people {
        return Err(WebError::Forbidden);
    }
    let day = |at: DateTime<Utc>| dates::day(ctx.settings.zone, at).to_string();
    let draft = Draft {
        name: one.name,
        email: one.email,
        phone: one.phone.unwrap_or_default(),
        lang: one.lang,
        is_deputy: one.is_deputy,
        from: day(one.starts_at),
        // The day that is still whole theirs.
        until: one.ends_at.map(|at| day(at - chrono::Duration::seconds(1))).unwrap_or_default(),
        wrongs: Wrongs::new(),
    };
    Ok(form_page(&ctx, &visit, &of, may_people, Some(id), &draft))
}

/// `POST /desk/mandates/{mandate}/spokespersons/{spokesperson}`
pub async fn change(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let id = spokesperson(&request)?;
    write(&ctx, &request, Some(id), &form).await
}

async fn write(
    ctx: &Context,
    request: &HttpRequest,
    id: Option<SpokespersonId>,
    form: &Fields,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(ctx, request, form.get("form_token")).await?;
    let (of, may_people) = place(ctx, &visit, request).await?;
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let before = query::spokespersons(&mut conn, &[of.id]).await?.into_iter().find(|one| Some(one.id) == id);
    let (draft, written) = read(ctx, &visit, form, may_people, before.map(|one| one.starts_at), now);
    let Some(written) = written else {
        drop(conn);
        return Ok(form_page(ctx, &visit, &of, may_people, id, &draft));
    };
    let outcome = match id {
        Some(id) => speaking::change(&mut conn, &visit.person, of.id, id, &written).await,
        None => speaking::name(&mut conn, &visit.person, of.id, &written).await.map(drop),
    };
    match outcome {
        Ok(()) => Ok(see_other(&format!("{}#speakers", paths::of_mandate(paths::DESK_MANDATE, of.id)))),
        Err(GovernmentError::NotInOffice) => Err(WebError::Conflict(Box::new(GovernmentError::NotInOffice))),
        Err(error) => Err(error.into()),
    }
}

/// What was typed, and as the step takes it if nothing is wrong with it. Days are whole: from the midnight at which the
/// first begins to the one at which the last ends.
fn read(
    ctx: &Context,
    visit: &Visit,
    form: &Fields,
    may_people: bool,
    before: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> (Draft, Option<Written>) {
    let words = visit.words;
    let zone = ctx.settings.zone;
    let mut draft = Draft {
        name: line(form.get("name")),
        email: form.get("email").to_owned(),
        phone: line(form.get("phone")),
        lang: form.get("lang").parse().unwrap_or(visit.lang),
        is_deputy: !may_people || form.is_ticked("deputy"),
        from: form.get("from").to_owned(),
        until: form.get("until").to_owned(),
        wrongs: Wrongs::new(),
    };
    let mut wrong = |field: &str, said: String| draft.wrongs.push((field.to_owned(), said));
    if draft.name.is_empty() {
        wrong("name", words.speaking_wrong_name());
    } else if draft.name.chars().count() > 200 {
        wrong("name", words.directory_wrong_long(200));
    }
    if Address::parse(&draft.email).is_err() {
        wrong("email", words.directory_wrong_mail());
    }
    if !draft.phone.is_empty() && (!is_phone(&draft.phone) || draft.phone.len() > 60) {
        wrong("phone", words.directory_wrong_phone());
    }
    let day = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<NaiveDate>().ok().map(Some) };
    let (from, until) = (day(&draft.from), day(&draft.until));
    if from.is_none() {
        wrong("from", words.speaking_wrong_day());
    }
    let starts_at = from.flatten().map(|day| clock::start_of_day(zone, day));
    let ends_at = until.flatten().and_then(|day| day.succ_opt()).map(|day| clock::start_of_day(zone, day));
    // A first day that is the one of before keeps its hour; today begins now.
    let same_day = |one: DateTime<Utc>, other: DateTime<Utc>| dates::day(zone, one) == dates::day(zone, other);
    let starts_at = match (starts_at, before) {
        (Some(at), Some(before)) if same_day(at, before) => None,
        (Some(at), None) if same_day(at, now) => None,
        (at, _) => at,
    };
    if until.is_none() || ends_at.is_some_and(|end| end <= starts_at.or(before).unwrap_or(now)) {
        wrong("until", words.speaking_wrong_until());
    }
    let written = draft.wrongs.is_empty().then(|| Written {
        name: draft.name.clone(),
        email: draft.email.clone(),
        phone: (!draft.phone.is_empty()).then(|| draft.phone.clone()),
        lang: draft.lang,
        is_deputy: draft.is_deputy,
        starts_at,
        ends_at,
    });
    (draft, written)
}

fn form_page(
    ctx: &Context,
    visit: &Visit,
    of: &Mandate,
    may_people: bool,
    id: Option<SpokespersonId>,
    draft: &Draft,
) -> HttpResponse {
    let (lang, words) = (visit.lang, visit.words);
    let wrongs = &draft.wrongs;
    let wrong = |id: &str| wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let address = |pattern: &str| {
        let id = id.map(|id| id.to_string()).unwrap_or_default();
        paths::of_mandate(pattern, of.id).replace("{spokesperson}", &id)
    };
    let back = paths::of_mandate(paths::DESK_MANDATE, of.id);
    let title = match (id, may_people) {
        (Some(_), _) => draft.name.clone(),
        (None, true) => words.speaking_add(),
        (None, false) => words.speaking_add_deputy(),
    };
    let action = address(if id.is_some() { paths::DESK_SPOKESPERSON } else { paths::DESK_SPOKESPERSONS });
    let field = |name: &'static str, label: &str, hint: Option<&str>, kind: &str, value: &str| {
        desk::field(
            name,
            label,
            hint,
            wrong(name),
            html! {
                input id=(name) name=(name) type=(kind) value=(value) autocomplete="off" required[matches!(name, "name" | "email")]
                    aria-invalid=[wrong(name).map(|_| "true")] aria-describedby=[described_by(name, hint.is_some(), wrong(name).is_some())];
            },
        )
    };
    let main = html! {
        (desk::page_top(html! { a href=(back) { (of.name()) } }, &title, html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), wrongs))
        form.form.narrow.gap method="post" action=(action) {
            input type="hidden" name="form_token" value=(visit.form_token);
            (field("name", &words.directory_contact_name(), None, "text", &draft.name))
            (field("email", &words.speaking_email(), Some(&words.speaking_email_hint()), "email", &draft.email))
            (field("phone", &words.speaking_phone(), Some(&words.speaking_phone_hint()), "tel", &draft.phone))
            (desk::field("lang", &words.speaking_lang(), None, None, html! {
                select #lang name="lang" { @for of in &ctx.settings.languages {
                    option value=(of) selected[draft.lang == *of] { (dates::capital(&language_name(*of, lang))) }
                } }
            }))
            @if may_people {
                label.pick {
                    input type="checkbox" name="deputy" checked[draft.is_deputy];
                    span { (words.speaking_is_deputy()) span.soft { (words.speaking_is_deputy_hint()) } }
                }
            }
            div.line {
                (field("from", &words.speaking_from(), None, "date", &draft.from))
                (field("until", &words.speaking_until(), None, "date", &draft.until))
            }
            p.hint { (words.speaking_days_hint()) }
            div.acts { button.main { (words.speaking_save()) } a href=(back) { (words.form_cancel()) } }
        }
        @if id.is_some() {
            div.apart.narrow {
                details {
                    summary { (words.speaking_end_summary()) }
                    p { (words.speaking_end_what()) }
                    form method="post" action=(address(paths::DESK_SPOKESPERSON_END)) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        button.danger { (words.speaking_end()) }
                    }
                }
            }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Directory, main));
    if !wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

/// `POST /desk/mandates/{mandate}/spokespersons/{spokesperson}/end`
pub async fn end(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let (of, _) = place(&ctx, &visit, &request).await?;
    let id = spokesperson(&request)?;
    let mut conn = ctx.conn().await?;
    speaking::end(&mut conn, &visit.person, of.id, id).await?;
    Ok(see_other(&format!("{}#speakers", paths::of_mandate(paths::DESK_MANDATE, of.id))))
}
