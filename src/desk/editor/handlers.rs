//! The editor over HTTP.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use serde::Deserialize;
use serde_json::{Value, json};

use super::conflict;
use super::form::{Against, Pairs};
use super::views::{self, Page};
use crate::account::Visit;
use crate::account::rights::{Action, Object, Right, Verdict, may};
use crate::directory::{self, Family, Institution};
use crate::ids::{AssetId, InstitutionId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, body, page, see_other};
use crate::kit::{clock, dates, rich_text, typography};
use crate::layout::desk::Section;
use crate::media::{self, model::MediaUse};
use crate::paths;
use crate::release::draft::{self, Draft, Field, Outcome, Written};
use crate::release::error::ReleaseError;
use crate::release::model::{ContentError, Edition};
use crate::release::state::{PublicState, State};
use crate::release::{drafting, query, views as release_views};

/// The pages of the editor.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        routes::post(paths::DESK_RELEASES_NEW, Right::Site(Action::Write), begin),
        routes::get(paths::DESK_EDITOR, Right::Release(Action::Read), show),
        routes::post(paths::DESK_EDITOR, Right::Release(Action::Write), send),
        routes::post(paths::DESK_DRAFT, Right::Release(Action::Write), save),
        routes::post(paths::DESK_PREVIEW, Right::Release(Action::Write), preview),
        routes::post(paths::DESK_PASTED, Right::Site(Action::Write), pasted),
    ]
}

/// `POST /desk/releases/new`: begins a release and leads to its editor.
async fn begin(ctx: web::Data<Context>, request: HttpRequest, body: web::Bytes) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let visit = Visit::of_form(&ctx, &request, form.get("form_token").unwrap_or_default()).await?;
    let mut conn = ctx.conn().await?;
    let lead = match form.get("institution").and_then(|id| id.parse().ok()).map(InstitutionId) {
        Some(chosen) => chosen,
        None => leads(&mut conn, &visit).await?.first().map(|lead| lead.id).ok_or(WebError::Forbidden)?,
    };
    let (release, _) = drafting::begin_blank(&mut conn, &visit.person, lead).await?;
    Ok(see_other(&paths::of_release(paths::DESK_EDITOR, release)))
}

/// The institutions in whose name this person may write, their own first.
async fn leads(conn: &mut AsyncPgConnection, visit: &Visit) -> Result<Vec<Institution>, WebError> {
    let mut all = directory::query::institutions(conn).await?;
    all.retain(|one| {
        let object = Object::Release { issuers: &[one.id], of_council: one.family == Family::Council, is_draft: true };
        may(&visit.person, Action::Write, object)
    });
    all.sort_by_key(|one| Some(one.id) != visit.person.institution_id());
    Ok(all)
}

/// The edition that the desk works on, whose texts this person may see.
async fn edition(conn: &mut AsyncPgConnection, visit: &Visit, id: ReleaseId) -> Result<(Edition, bool), WebError> {
    let edition = query::current_edition(conn, id).await?.ok_or(WebError::NotFound)?;
    let rights = drafting::rights(conn, &edition).await?;
    if !rights.may(&visit.person, Action::Read) {
        return Err(WebError::NotFound);
    }
    let may_write = rights.may(&visit.person, Action::Write);
    Ok((edition, may_write))
}

/// `GET /desk/releases/{release}/editor`
async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let page = read(&ctx, &mut conn, &visit, ReleaseId(*id), &request).await?;
    // Whoever reads what is not public yet is written down (DESIGN §11).
    if page.public_state == PublicState::NeverPublic {
        let entry = Entry::new("release.read", "release", *id).with(json!({ "edition": page.edition.id }));
        journal::record(&mut conn, visit.person.actor(), [entry]).await?;
    }
    Ok(drawn(&ctx, &visit, &page, StatusCode::OK))
}

/// All that the page shows.
async fn read(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    id: ReleaseId,
    request: &HttpRequest,
) -> Result<Page, WebError> {
    let (edition, may_write) = edition(conn, visit, id).await?;
    let release = query::release(conn, id).await?.ok_or(WebError::NotFound)?;
    let draft = draft::load(conn, &edition).await?;
    let is_open = may_write
        && match edition.state {
            State::Draft => true,
            State::Published => release.public_state == PublicState::Public,
            _ => false,
        };
    let others = if is_open { draft::seen(conn, &visit.person, edition.id, None).await? } else { Vec::new() };
    let issuers: Vec<InstitutionId> = query::issuers(conn, id).await?.into_iter().map(|(id, _)| id).collect();
    let lead = issuers.first().copied().ok_or(WebError::NotFound)?;
    let wanted = |lang: Lang| {
        web::Query::<BTreeMap<String, String>>::from_query(request.query_string())
            .ok()
            .and_then(|query| query.get("with").map(|with| with.split(['+', ' ', ',']).any(|code| code == lang.code())))
            .unwrap_or_default()
    };
    let required = directory::query::required_languages(conn, lead).await?;
    // The reader's own language first, then the site's order: no language is the main one (DESIGN §3).
    let mut languages: Vec<Lang> = ctx
        .settings
        .languages
        .iter()
        .copied()
        .filter(|lang| {
            required.contains(lang)
                || draft.content.versions.contains_key(lang)
                || wanted(*lang)
                || (required.is_empty() && *lang == visit.lang)
        })
        .collect();
    languages.sort_by_key(|lang| *lang != visit.lang);
    Ok(Page {
        id,
        kind: release.kind,
        reference: release.reference,
        public_state: release.public_state,
        may_write,
        is_open,
        others,
        conflicts: draft::conflicts(conn, edition.id, visit.person.id()).await?,
        required,
        boilerplate: directory::query::boilerplate(conn, lead).await?,
        contacts: directory::query::contacts(conn, &issuers).await?,
        topics: directory::query::topics(conn).await?,
        leads: leads(conn, visit).await?,
        institutions: directory::query::institutions(conn).await?,
        revisions: query::revisions(conn, edition.id, 5).await?,
        now: clock::now(conn).await?,
        media: media_rows(conn, visit, id, &draft, request).await?,
        zone: ctx.settings.zone,
        site_languages: ctx.settings.languages.clone(),
        languages,
        issuers,
        edition,
        draft,
        wrongs: Vec::new(),
    })
}

/// The rows of the draft's media; and, after a form without script, those that it has just brought.
async fn media_rows(
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    id: ReleaseId,
    draft: &Draft,
    request: &HttpRequest,
) -> Result<views::Media, WebError> {
    let mut uses = draft.content.media.clone();
    let uploaded = media::query::uploaded_for(conn, id).await?;
    let brought: Vec<i64> = url::form_urlencoded::parse(request.query_string().as_bytes())
        .filter(|(name, _)| name == "uploaded")
        .filter_map(|(_, id)| id.parse().ok())
        .collect();
    for id in brought.into_iter().map(AssetId) {
        if uses.iter().any(|one| one.asset == id) {
            continue;
        }
        // A file that was there before, for another release, is that same asset: whoever may see it may show it here.
        let may_see = match media::query::rights_of(conn, id).await? {
            Some(rights) => rights.verdict(&visit.person, Action::Read) == Verdict::Allowed,
            None => false,
        };
        let Some(asset) = media::query::by_ids(conn, &[id]).await?.pop().filter(|_| may_see) else { continue };
        // The first picture leads, until somebody says which.
        let is_lead = asset.kind.is_picture() && uses.iter().all(|one| !one.is_lead);
        uses.push(MediaUse { is_lead, ..MediaUse::of(id) });
    }
    let ids: Vec<AssetId> = uses.iter().map(|one| one.asset).collect();
    let assets = media::query::by_ids(conn, &ids).await?;
    let count = uses.len();
    let rows = uses
        .into_iter()
        .enumerate()
        .filter_map(|(i, of)| {
            let asset = assets.iter().find(|asset| asset.id == of.asset)?.clone();
            Some(media::views::desk::Row { asset, of, place: i + 1, count })
        })
        .collect();
    let unused = uploaded.into_iter().filter(|asset| !ids.contains(&asset.id)).collect();
    Ok(views::Media { rows, unused })
}

fn drawn(ctx: &Context, visit: &Visit, of: &Page, status: StatusCode) -> HttpResponse {
    let main = views::editor(ctx, visit, of);
    let title = of.title(visit);
    let mut answer =
        page(Keep::Never, visit.frame(ctx, &title, Some(Section::Releases), &["editor.js", "upload.js"], main));
    *answer.status_mut() = status;
    answer
}

/// `POST /desk/releases/{release}/editor`: the whole form, as a browser without script sends it.
async fn send(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body::text(payload).await?);
    let visit = Visit::of_form(&ctx, &request, form.get("form_token").unwrap_or_default()).await?;
    let mut conn = ctx.conn().await?;
    let release = ReleaseId(*id);
    let here = paths::of_release(paths::DESK_EDITOR, release);
    let (edition, _) = edition(&mut conn, &visit, release).await?;
    // The buttons of the rows of media move them and hand nothing on.
    let is_move = media::form::is_button(&form.0);
    let action = if is_move { "save" } else { form.get("action").unwrap_or("keep") }.to_owned();
    match action.as_str() {
        "revise" => {
            drafting::revise(&mut conn, &visit.person, edition.id).await?;
            return Ok(see_other(&here));
        }
        "discard" => {
            drafting::discard(&mut conn, &visit.person, edition.id).await?;
            return Ok(see_other(paths::DESK));
        }
        _ => {}
    }
    name(&mut conn, &visit, &edition, &form).await?;
    let before = draft::load(&mut conn, &edition).await?;
    let boilerplate = boilerplate_of(&mut conn, release).await?;
    let against = Against { zone: ctx.settings.zone, content: &before.content, boilerplate: boilerplate.as_ref() };
    let mut written = Vec::new();
    for field in Field::all() {
        let Some(over) = form.over(field) else { continue };
        let value = form.value(field, against);
        let is_changed = value != field.value(&before.content);
        if is_changed {
            written.push(Written { field, value, over });
        }
    }
    let mut settled = Vec::new();
    if let Some((choice, field)) =
        action.split_once(':').and_then(|(choice, field)| Some((choice, field.parse().ok()?)))
    {
        settle(&mut conn, &visit, &edition, &before, choice, field, &mut written).await?;
        settled.push(field);
    }
    let outcomes = draft::save(&mut conn, &visit.person, edition.id, &written).await?;
    let met = outcomes.iter().any(|(_, outcome)| matches!(outcome, Outcome::Conflict(_)));
    if met {
        let page = read(&ctx, &mut conn, &visit, release, &request).await?;
        return Ok(drawn(&ctx, &visit, &page, StatusCode::CONFLICT));
    }
    if !settled.is_empty() || action == "save" || edition.state == State::Published {
        let to = match action.as_str() {
            "publication" => paths::of_release(paths::DESK_PUBLICATION, release),
            _ if is_move => format!("{here}#media"),
            _ => here,
        };
        return Ok(see_other(&to));
    }
    if let Some(lang) = action.strip_prefix("with-") {
        return Ok(see_other(&format!("{here}?with={lang}")));
    }
    match draft::keep(&mut conn, &visit.person, edition.id, form.get("revision_name").unwrap_or_default()).await {
        Ok(_) if action == "publication" => Ok(see_other(&paths::of_release(paths::DESK_PUBLICATION, release))),
        Ok(_) => Ok(see_other(&here)),
        Err(ReleaseError::Content(wrong)) => {
            let mut page = read(&ctx, &mut conn, &visit, release, &request).await?;
            page.wrongs = wrongs(&visit, &page.draft, &wrong);
            Ok(drawn(&ctx, &visit, &page, StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error.into()),
    }
}

/// Whose release it is, and what it is: of the release and not of a text, so the last word counts.
async fn name(
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    edition: &Edition,
    form: &Pairs,
) -> Result<(), ReleaseError> {
    if edition.state != State::Draft || edition.number != 1 {
        return Ok(());
    }
    if let Some(issuers) = form.issuers() {
        drafting::set_issuers(conn, &visit.person, edition.id, &issuers).await?;
    }
    if let Some(kind) = form.kind() {
        drafting::set_kind(conn, &visit.person, edition.id, kind).await?;
    }
    Ok(())
}

/// All that keeps the texts from being a revision, each with its field.
fn wrongs(visit: &Visit, draft: &Draft, first: &ContentError) -> Vec<(Field, String)> {
    let all = draft.content.faults();
    let all = if all.is_empty() { vec![first.clone()] } else { all };
    all.iter().map(|wrong| (views::field_of(visit.lang, wrong), views::sentence(visit.words, wrong))).collect()
}

async fn boilerplate_of(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
) -> Result<Option<crate::kit::lang::Texts>, WebError> {
    match query::issuers(conn, id).await?.first() {
        Some((lead, _)) => Ok(directory::query::boilerplate(conn, *lead).await?),
        None => Ok(None),
    }
}

/// Settles a conflict: `mine` puts one's own text over the other's, `theirs` gives one's own up.
async fn settle(
    conn: &mut AsyncPgConnection,
    visit: &Visit,
    edition: &Edition,
    draft: &Draft,
    choice: &str,
    field: Field,
    written: &mut Vec<Written>,
) -> Result<(), WebError> {
    written.retain(|one| one.field != field);
    match choice {
        "mine" => {
            let open = draft::conflicts(conn, edition.id, visit.person.id()).await?;
            if let Some(conflict) = open.into_iter().find(|conflict| conflict.field == field) {
                written.push(Written { field, value: conflict.mine, over: draft.version(field) });
            }
        }
        "theirs" => draft::yield_to(conn, &visit.person, edition.id, field).await?,
        _ => return Err(WebError::BadRequest(BadRequest::Form)),
    }
    Ok(())
}

/// One field as the script sends it: its pairs as a form has them, and the version over which they were written.
#[derive(Debug, Deserialize)]
struct Change {
    field: String,
    over: i64,
    form: Vec<(String, String)>,
}

/// What the script sends half a second after the last key, and every twenty seconds without any.
#[derive(Debug, Deserialize)]
struct Saving {
    form_token: String,
    #[serde(default)]
    changes: Vec<Change>,
    /// Whose release it is and what it is, as a form has it, if that was touched.
    #[serde(default)]
    identity: Option<Vec<(String, String)>>,
    /// Where the caret is.
    #[serde(default)]
    at: Option<String>,
    /// The page is being closed.
    #[serde(default)]
    gone: bool,
}

/// `POST /desk/releases/{release}/draft`: saves what has changed, and says who else is there. One statement of JSON in,
/// one out.
async fn save(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let body = body::text(payload).await?;
    let saving: Saving = serde_json::from_slice(&body).map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, &saving.form_token).await?;
    let mut conn = ctx.conn().await?;
    let (edition, may_write) = edition(&mut conn, &visit, ReleaseId(*id)).await?;
    if !may_write {
        return Err(WebError::Forbidden);
    }
    let at: Option<Field> = saving.at.as_deref().and_then(|field| field.parse().ok());
    let mut saved = serde_json::Map::new();
    let mut conflicts = Vec::new();
    let mut contacts = None;
    if let Some(identity) = saving.identity {
        name(&mut conn, &visit, &edition, &Pairs::of(identity)).await?;
        // Whom one may call depends on who issues it.
        let issuers: Vec<_> = query::issuers(&mut conn, ReleaseId(*id)).await?.into_iter().map(|(id, _)| id).collect();
        let points = directory::query::contacts(&mut conn, &issuers).await?;
        let chosen = draft::load(&mut conn, &edition).await?.content.contacts;
        contacts = Some(views::contact_rows(&visit, &points, &chosen).into_string());
    }
    if !saving.changes.is_empty() {
        // Only what depends on more than its own words needs the rest of the draft.
        let needs_more = saving.changes.iter().any(|change| change.field == "boilerplate");
        let content = if needs_more { draft::load(&mut conn, &edition).await?.content } else { Default::default() };
        let boilerplate = if needs_more { boilerplate_of(&mut conn, ReleaseId(*id)).await? } else { None };
        let against = Against { zone: ctx.settings.zone, content: &content, boilerplate: boilerplate.as_ref() };
        let mut written = Vec::with_capacity(saving.changes.len());
        for change in saving.changes {
            let field: Field = change.field.parse().map_err(ReleaseError::from)?;
            let value = Pairs::of(change.form).value(field, against);
            written.push(Written { field, value, over: change.over.max(0) });
        }
        for (field, outcome) in draft::save(&mut conn, &visit.person, edition.id, &written).await? {
            match outcome {
                Outcome::Saved(version) => {
                    saved.insert(field.to_string(), version.into());
                }
                Outcome::Conflict(theirs) => {
                    let mine = written.iter().find(|one| one.field == field).map(|one| &one.value);
                    let block =
                        conflict::block(&visit, ctx.settings.zone, field, mine.unwrap_or(&Value::Null), &theirs);
                    conflicts.push(json!({
                        "field": field.to_string(),
                        "version": theirs.version,
                        "text": theirs.value,
                        "html": block.into_string(),
                    }));
                }
            }
        }
    }
    let others = if saving.gone {
        draft::gone(&mut conn, &visit.person, edition.id).await?;
        Vec::new()
    } else {
        draft::seen(&mut conn, &visit.person, edition.id, at).await?
    };
    let now = clock::now(&mut conn).await?;
    let said = visit.words.editor_saved_at(dates::hour_to_the_second(visit.lang, ctx.settings.zone, now));
    Ok(HttpResponse::Ok().insert_header(("cache-control", Keep::Never.header())).json(json!({
        "saved": saved,
        "conflicts": conflicts,
        "contacts": contacts,
        "others": views::others(&visit, ctx.settings.zone, &others).into_string(),
        "said": said,
    })))
}

/// A text as the site will show it.
#[derive(Debug, Deserialize)]
struct Shown {
    form_token: String,
    lang: Lang,
    #[serde(default)]
    title: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    body: String,
}

/// `POST /desk/releases/{release}/preview`: by the renderer of the site.
async fn preview(
    ctx: web::Data<Context>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let body = body::text(payload).await?;
    let shown: Shown = serde_json::from_slice(&body).map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    Visit::of_form(&ctx, &request, &shown.form_token).await?;
    let html = web::block(move || {
        let text = release_views::text_of(&rich_text::normal_form(&shown.body), shown.lang);
        views::preview(&shown.title, &shown.lead, &text).into_string()
    })
    .await
    .map_err(|error| WebError::Internal(error.into()))?;
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header(("cache-control", Keep::Never.header()))
        .body(html))
}

/// What is to become clean text.
#[derive(Debug, Deserialize)]
struct Raw {
    form_token: String,
    lang: Lang,
    /// What it is.
    kind: RawKind,
    text: String,
}

/// What a raw text is.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RawKind {
    /// HTML of the clipboard: becomes Markdown.
    Html,
    /// Markdown, whose typography is cared for.
    Markdown,
    /// A line, likewise.
    Line,
}

/// `POST /desk/pasted`: clean Markdown out of what Word, a mail program or a browser put into the clipboard; quotation
/// marks, apostrophes and no-break spaces as its language has them.
async fn pasted(
    ctx: web::Data<Context>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let body = body::text(payload).await?;
    let raw: Raw = serde_json::from_slice(&body).map_err(|_| WebError::BadRequest(BadRequest::Form))?;
    Visit::of_form(&ctx, &request, &raw.form_token).await?;
    let clean = web::block(move || match raw.kind {
        RawKind::Html => typography::care_markdown(raw.lang, &rich_text::from_clipboard(&raw.text)),
        RawKind::Markdown => typography::care_markdown(raw.lang, &raw.text),
        RawKind::Line => typography::care(raw.lang, &raw.text),
    })
    .await
    .map_err(|error| WebError::Internal(error.into()))?;
    Ok(HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .insert_header(("cache-control", Keep::Never.header()))
        .body(clean))
}
