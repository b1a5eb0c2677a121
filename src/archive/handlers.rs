//! Archives and old addresses over HTTP, for admins.

use std::path::{Path, PathBuf};

use actix_multipart::Multipart;
use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use data_encoding::HEXLOWER;
use futures::{StreamExt, TryStreamExt};
use tokio::io::AsyncWriteExt;

use super::imports::{self, Change, ImportError, NewImport, Wish};
use super::mapping::Mapping;
use super::reader::Format;
use super::redirecting::{self, RedirectError, Wanted, Wrong};
use super::{query, views};
use crate::account::Visit;
use crate::account::rights::{Action, Right};
use crate::ids::{ImportId, RedirectId, ReleaseId};
use crate::kit::context::Context;
use crate::kit::storage::Key;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::Section;
use crate::media::model::clean_file_name;
use crate::paths;

/// The most bytes of a field that is no file.
const FIELD_MAX: usize = 64 * 1024;
/// The most bytes of a table of addresses.
const TABLE_MAX_BYTES: usize = 16 << 20;
/// The most characters of a mapping.
const MAPPING_MAX: usize = 40_000;
/// Below the folder of imports: what came by the desk.
const UPLOADED: &str = "uploaded";
/// The most files and folders of that folder that are offered.
const OFFERED_MAX: usize = 500;

/// The pages of imports and of old addresses, and what stands behind a release of an archive.
pub fn routes() -> Vec<Route<Right>> {
    let imports = Right::Site(Action::Imports);
    let redirects = Right::Site(Action::Redirects);
    vec![
        get(paths::DESK_IMPORTS, imports, list),
        get(paths::DESK_IMPORTS_NEW, imports, new),
        post(paths::DESK_IMPORTS, imports, create),
        post(paths::DESK_IMPORTS_FILE, imports, upload),
        get(paths::DESK_IMPORT, imports, show),
        post(paths::DESK_IMPORT, imports, wish),
        post(paths::DESK_IMPORT_ACCEPTANCE, imports, accept),
        get(paths::DESK_IMPORT_REPORT, imports, report),
        get(paths::DESK_REDIRECTS, redirects, list_redirects),
        post(paths::DESK_REDIRECTS, redirects, add_redirect),
        post(paths::DESK_REDIRECTS_FILE, redirects, add_table),
        get(paths::DESK_REDIRECT, redirects, show_redirect),
        post(paths::DESK_REDIRECT, redirects, change_redirect),
        post(paths::DESK_REDIRECT_REMOVAL, redirects, remove_redirect),
        get(paths::DESK_ORIGINAL, Right::Release(Action::Read), original),
    ]
}

impl From<ImportError> for WebError {
    fn from(error: ImportError) -> Self {
        match error {
            ImportError::NotFound => WebError::NotFound,
            ImportError::NotNow => WebError::Conflict(Box::new(error)),
            ImportError::Db(error) => error.into(),
        }
    }
}

impl From<RedirectError> for WebError {
    fn from(error: RedirectError) -> Self {
        match error {
            RedirectError::Db(error) => error.into(),
            RedirectError::Busy(busy) => busy.into(),
        }
    }
}

fn bad() -> WebError {
    WebError::BadRequest(BadRequest::Form)
}

fn with_status(mut answer: HttpResponse, status: StatusCode) -> HttpResponse {
    *answer.status_mut() = status;
    answer
}

async fn list(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let all = imports::list(&mut *ctx.conn().await?).await?;
    let title = visit.words.archive_imports_title();
    let main = views::imports(&all, &ctx.settings, visit.lang);
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Site, main)))
}

async fn new(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    new_page(&ctx, &visit, &views::Begun::default(), &[]).await
}

async fn new_page(
    ctx: &Context,
    visit: &Visit,
    typed: &views::Begun,
    wrongs: &[(String, String)],
) -> Result<HttpResponse, WebError> {
    let offered = offered(&ctx.settings.import_folder).await;
    let title = visit.words.archive_imports_new();
    let main = views::new_import(&offered, &ctx.settings, visit.words, &visit.form_token, typed, wrongs);
    let answer = page(Keep::Never, visit.page(ctx, &title, Section::Site, main));
    Ok(if wrongs.is_empty() { answer } else { with_status(answer, StatusCode::UNPROCESSABLE_ENTITY) })
}

/// What lies in the folder of imports, three levels deep: files and folders by their paths in it.
async fn offered(folder: &Path) -> views::Offered {
    let folder = folder.to_owned();
    tokio::task::spawn_blocking(move || {
        let mut offered = views::Offered::default();
        let mut waiting = vec![(folder.clone(), 0)];
        while let Some((at, depth)) = waiting.pop() {
            let mut entries: Vec<_> = std::fs::read_dir(&at).into_iter().flatten().flatten().collect();
            entries.sort_by_key(std::fs::DirEntry::file_name);
            for entry in entries {
                let path = entry.path();
                let Some(name) = path.strip_prefix(&folder).ok().and_then(Path::to_str).map(str::to_owned) else {
                    continue;
                };
                if name == UPLOADED
                    || name.starts_with('.')
                    || offered.files.len() + offered.folders.len() >= OFFERED_MAX
                {
                    continue;
                }
                // A link leads nowhere: what it names may be outside.
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => {
                        offered.folders.push(name);
                        if depth < 2 {
                            waiting.push((path, depth + 1));
                        }
                    }
                    Ok(kind) if kind.is_file() && format_of(&name).is_some() => offered.files.push(name),
                    _ => {}
                }
            }
        }
        offered.files.sort();
        offered.folders.sort();
        offered
    })
    .await
    .unwrap_or_default()
}

/// What a file is, by its name.
fn format_of(name: &str) -> Option<Format> {
    let name = name.to_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(&name);
    let of = |ends: &[&str]| ends.iter().any(|end| name.ends_with(end));
    match () {
        () if of(&[".sql"]) => Some(Format::Drupal6),
        () if of(&[".xml"]) => Some(Format::Wxr),
        () if of(&[".jsonl", ".ndjson", ".json"]) => Some(Format::Jsonl),
        () => None,
    }
}

/// A path of the folder, which must be one that was offered: nothing else of this machine can be named.
fn within(folder: &Path, offered: &[String], name: &str) -> Option<PathBuf> {
    offered.iter().any(|there| there == name).then(|| folder.join(name))
}

/// `POST /desk/imports`: from the folder of imports.
async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let folder = &ctx.settings.import_folder;
    let offered = offered(folder).await;
    let typed = views::Begun { file: fields.get("file").to_owned(), files: fields.get("files").to_owned() };
    let mut wrongs = Vec::new();
    let file = within(folder, &offered.files, &typed.file);
    let files_folder = within(folder, &offered.folders, &typed.files);
    if file.is_none() {
        wrongs.push(("file".to_owned(), visit.words.archive_imports_wrong_file()));
    }
    if files_folder.is_none() && !typed.files.is_empty() {
        wrongs.push(("files".to_owned(), visit.words.archive_imports_wrong_folder()));
    }
    let (Some(path), Some(format), true) = (file, format_of(&typed.file), wrongs.is_empty()) else {
        return new_page(&ctx, &visit, &typed, &wrongs).await;
    };
    let new = NewImport { format, name: typed.file, path, uploaded: false, files_folder };
    let id = imports::begin(&mut *ctx.conn().await?, &visit.person, &new).await?;
    Ok(see_other(&paths::of_import(paths::DESK_IMPORT, id)))
}

/// `POST /desk/imports/file`: a file that is sent, to the folder of imports while it arrives.
async fn upload(ctx: web::Data<Context>, request: HttpRequest, mut body: Multipart) -> Result<HttpResponse, WebError> {
    let mut visit = None;
    let mut files_folder = None;
    while let Some(mut field) = body.try_next().await.map_err(|_| bad())? {
        let of_file = field.content_disposition().and_then(|of| of.get_filename().map(ToOwned::to_owned));
        match (field.name().unwrap_or_default(), &visit) {
            // It stands first in the form: nothing is stored for whom it doesn't name.
            ("form_token", None) => {
                let token = text(&mut field, FIELD_MAX).await?;
                visit = Some(Visit::of_form(&ctx, &request, &token).await?);
            }
            ("files", Some(_)) => {
                let name = text(&mut field, FIELD_MAX).await?;
                let folder = &ctx.settings.import_folder;
                files_folder = within(folder, &offered(folder).await.folders, name.trim());
            }
            ("upload", Some(visit)) => {
                let name = of_file.unwrap_or_default();
                let Some(format) = format_of(&name) else {
                    let wrong = vec![("upload".to_owned(), visit.words.archive_imports_wrong_upload())];
                    return new_page(&ctx, visit, &views::Begun::default(), &wrong).await;
                };
                let path = match received(&ctx, field).await {
                    Ok(path) => path,
                    Err(Received::Refused(wrong)) => {
                        let sentence = match wrong {
                            Refused::Empty => visit.words.archive_imports_wrong_upload(),
                            Refused::TooLarge => visit.words.archive_imports_wrong_large(),
                        };
                        return new_page(&ctx, visit, &views::Begun::default(), &[("upload".to_owned(), sentence)])
                            .await;
                    }
                    Err(Received::Failed(error)) => return Err(error),
                };
                let name = clean_file_name(&name, name.rsplit('.').next().unwrap_or("sql"));
                let new = NewImport { format, name, path, uploaded: true, files_folder };
                let id = imports::begin(&mut *ctx.conn().await?, &visit.person, &new).await?;
                return Ok(see_other(&paths::of_import(paths::DESK_IMPORT, id)));
            }
            _ => return Err(bad()),
        }
    }
    Err(bad())
}

enum Refused {
    Empty,
    TooLarge,
}

enum Received {
    Refused(Refused),
    Failed(WebError),
}

/// Writes a file to the folder of what came by the desk; what does not arrive whole leaves nothing.
async fn received(ctx: &Context, mut field: actix_multipart::Field) -> Result<PathBuf, Received> {
    let failed = |error: std::io::Error| Received::Failed(WebError::Unavailable(Box::new(error)));
    let folder = ctx.settings.import_folder.join(UPLOADED);
    tokio::fs::create_dir_all(&folder).await.map_err(failed)?;
    let path = folder.join(HEXLOWER.encode(&rand::random::<[u8; 16]>()));
    let path = std::path::absolute(&path).map_err(failed)?;
    let outcome = async {
        let mut file = tokio::io::BufWriter::new(tokio::fs::File::create(&path).await.map_err(failed)?);
        let mut length = 0_u64;
        while let Some(piece) = field.next().await {
            let piece = piece.map_err(|_| Received::Failed(bad()))?;
            length += piece.len() as u64;
            if length > ctx.settings.import_max_bytes {
                return Err(Received::Refused(Refused::TooLarge));
            }
            file.write_all(&piece).await.map_err(failed)?;
        }
        file.flush().await.map_err(failed)?;
        file.get_ref().sync_all().await.map_err(failed)?;
        if length == 0 { Err(Received::Refused(Refused::Empty)) } else { Ok(()) }
    }
    .await;
    if outcome.is_err() {
        let _ = tokio::fs::remove_file(&path).await;
    }
    outcome.map(|()| path)
}

async fn text(field: &mut actix_multipart::Field, most: usize) -> Result<String, WebError> {
    let mut text = Vec::new();
    while let Some(piece) = field.next().await {
        text.extend_from_slice(&piece.map_err(|_| bad())?);
        if text.len() > most {
            return Err(WebError::TooLarge);
        }
    }
    String::from_utf8(text).map_err(|_| bad())
}

async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    show_page(&ctx, &visit, ImportId(*id), None, &[]).await
}

async fn show_page(
    ctx: &Context,
    visit: &Visit,
    id: ImportId,
    typed: Option<(&str, &str)>,
    wrongs: &[(String, String)],
) -> Result<HttpResponse, WebError> {
    let import = imports::get(&mut *ctx.conn().await?, id).await?.ok_or(WebError::NotFound)?;
    let offered = offered(&ctx.settings.import_folder).await;
    let main = views::import(&views::Page {
        import: &import,
        offered: &offered,
        settings: &ctx.settings,
        lang: visit.lang,
        words: visit.words,
        form_token: &visit.form_token,
        mapping: typed.map_or(import.mapping.as_str(), |typed| typed.0),
        files: typed.map(|typed| typed.1.to_owned()).unwrap_or_else(|| chosen_folder(ctx, &import)),
        wrongs,
    });
    let mut answer = page(Keep::Never, visit.page(ctx, &import.name, Section::Site, main));
    if import.wish.is_some() {
        // Looked at again by itself, without a script; a person may also follow the link.
        answer.headers_mut().insert(header::REFRESH, header::HeaderValue::from_static("5"));
    }
    Ok(if wrongs.is_empty() { answer } else { with_status(answer, StatusCode::UNPROCESSABLE_ENTITY) })
}

fn chosen_folder(ctx: &Context, import: &imports::Import) -> String {
    let chosen = import.files_folder.as_deref().map(Path::new);
    let name = chosen.and_then(|path| path.strip_prefix(&ctx.settings.import_folder).ok()).and_then(Path::to_str);
    name.unwrap_or_default().to_owned()
}

/// `POST /desk/imports/{import}`: what shall be done with it.
async fn wish(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let id = ImportId(*id);
    let wish: Wish = fields.get("wish").parse().map_err(|_| bad())?;
    let mut conn = ctx.conn().await?;
    let import = imports::get(&mut conn, id).await?.ok_or(WebError::NotFound)?;
    let mut wrongs = Vec::new();
    let mut change = None;
    let mapping = fields.get("mapping").replace("\r\n", "\n");
    let files = fields.get("files").to_owned();
    let folder = &ctx.settings.import_folder;
    let mut files_folder = import.files_folder.clone().map(PathBuf::from);
    if fields.is_ticked("mapping") {
        if mapping.chars().count() > MAPPING_MAX {
            wrongs.push(("mapping".to_owned(), visit.words.directory_wrong_long(MAPPING_MAX)));
        } else if import.format != Format::Jsonl
            && let Err(error) = Mapping::parse(&mapping)
        {
            wrongs.push(("mapping".to_owned(), visit.words.archive_imports_wrong_mapping(format!("{error:#}"))));
        }
        if files != chosen_folder(&ctx, &import) {
            files_folder = within(folder, &offered(folder).await.folders, &files);
            if files_folder.is_none() && !files.is_empty() {
                wrongs.push(("files".to_owned(), visit.words.archive_imports_wrong_folder()));
            }
        }
        change = Some(Change { mapping: &mapping, files_folder: files_folder.as_deref() });
    }
    if wish == Wish::Undo && !fields.is_ticked("sure") {
        wrongs.push(("sure".to_owned(), visit.words.archive_imports_wrong_sure()));
    }
    if !wrongs.is_empty() {
        drop(conn);
        let typed = fields.is_ticked("mapping").then_some((mapping.as_str(), files.as_str()));
        return show_page(&ctx, &visit, id, typed, &wrongs).await;
    }
    let also: Vec<ReleaseId> = fields.all("also").filter_map(|id| id.parse().ok()).map(ReleaseId).collect();
    imports::wish(&mut conn, &visit.person, id, wish, change, &also).await?;
    Ok(see_other(&paths::of_import(paths::DESK_IMPORT, id)))
}

async fn accept(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let id = ImportId(*id);
    imports::accept(&mut *ctx.conn().await?, &visit.person, id).await?;
    Ok(see_other(&paths::of_import(paths::DESK_IMPORT, id)))
}

/// `GET /desk/imports/{import}/report/items.csv`
async fn report(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, String)>,
) -> Result<HttpResponse, WebError> {
    Visit::of(&ctx, &request).await?;
    let (id, name) = path.into_inner();
    let import = imports::get(&mut *ctx.conn().await?, ImportId(id)).await?.ok_or(WebError::NotFound)?;
    let (key, media_type) = match name.as_str() {
        "items.csv" => (import.report_csv_key, "text/csv; charset=utf-8"),
        "items.json" => (import.report_json_key, "application/json"),
        _ => (None, ""),
    };
    let key = Key::stored(&key.ok_or(WebError::NotFound)?);
    let (_, pieces) = ctx.storage.read(&key, None).await.map_err(|error| WebError::Unavailable(Box::new(error)))?;
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"import-{id}-{name}\"")))
        .streaming(pieces))
}

// --- old addresses

async fn list_redirects(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut parameters = Parameters::read(request.query_string())?;
    let word = |text: &str| Some(text.to_owned()).filter(|text| text.len() <= 2_000);
    let q = parameters.take("q", word)?.unwrap_or_default();
    let after = parameters.take("after", word)?.unwrap_or_default();
    let test = parameters.take("test", word)?;
    let added = parameters.take("added", |text| text.parse::<u64>().ok())?;
    parameters.finish()?;
    redirects_page(&ctx, &visit, &views::RedirectsForm { q, after, test, added, ..Default::default() }).await
}

async fn redirects_page(ctx: &Context, visit: &Visit, form: &views::RedirectsForm) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let rows = redirecting::list(&mut conn, &form.q, &form.after).await?;
    let counts = redirecting::counts(&mut conn).await?;
    let tested = match form.test.as_deref().map(str::trim).filter(|test| !test.is_empty()) {
        Some(asked) => Some(redirecting::test(&mut conn, asked).await?),
        None => None,
    };
    drop(conn);
    let title = visit.words.archive_redirects_title();
    let main = views::redirects(&rows, counts, tested.as_ref(), form, visit.lang, &visit.form_token);
    let answer = page(Keep::Never, visit.page(ctx, &title, Section::Site, main));
    let is_wrong = !form.wrongs.is_empty() || !form.left.is_empty();
    Ok(if is_wrong { with_status(answer, StatusCode::UNPROCESSABLE_ENTITY) } else { answer })
}

async fn add_redirect(
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let wanted = Wanted { from: fields.get("from").to_owned(), to: fields.get("to").to_owned() };
    match redirecting::add(&ctx, &visit.person, &wanted).await? {
        Ok(_) => Ok(see_other(&format!("{}?added=1", paths::DESK_REDIRECTS))),
        Err((field, wrong)) => {
            let wrongs = vec![(field.to_owned(), views::sentence(wrong, visit.words))];
            let form = views::RedirectsForm { typed: Some(wanted), wrongs, ..Default::default() };
            redirects_page(&ctx, &visit, &form).await
        }
    }
}

async fn add_table(
    ctx: web::Data<Context>,
    request: HttpRequest,
    mut body: Multipart,
) -> Result<HttpResponse, WebError> {
    let mut visit = None;
    while let Some(mut field) = body.try_next().await.map_err(|_| bad())? {
        match (field.name().unwrap_or_default(), &visit) {
            ("form_token", None) => {
                let token = text(&mut field, FIELD_MAX).await?;
                visit = Some(Visit::of_form(&ctx, &request, &token).await?);
            }
            ("table", Some(visit)) => {
                let table = redirecting::table(&text(&mut field, TABLE_MAX_BYTES).await?);
                if table.is_empty() || table.len() > redirecting::TABLE_MAX {
                    let wrongs = vec![("table".to_owned(), visit.words.archive_redirects_wrong_table())];
                    return redirects_page(&ctx, visit, &views::RedirectsForm { wrongs, ..Default::default() }).await;
                }
                let (added, left) = redirecting::add_all(&ctx, &visit.person, &table).await?;
                if left.is_empty() {
                    return Ok(see_other(&format!("{}?added={added}", paths::DESK_REDIRECTS)));
                }
                let added = Some(added as u64);
                return redirects_page(&ctx, visit, &views::RedirectsForm { added, left, ..Default::default() }).await;
            }
            _ => return Err(bad()),
        }
    }
    Err(bad())
}

async fn show_redirect(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    redirect_page(&ctx, &visit, RedirectId(*id), None, None).await
}

async fn redirect_page(
    ctx: &Context,
    visit: &Visit,
    id: RedirectId,
    typed: Option<&str>,
    wrong: Option<Wrong>,
) -> Result<HttpResponse, WebError> {
    let row = redirecting::get(&mut *ctx.conn().await?, id).await?.ok_or(WebError::NotFound)?;
    let main = views::redirect(&row, typed, wrong, visit.lang, &visit.form_token);
    let title = visit.words.archive_redirects_title();
    let answer = page(Keep::Never, visit.page(ctx, &title, Section::Site, main));
    Ok(if wrong.is_some() { with_status(answer, StatusCode::UNPROCESSABLE_ENTITY) } else { answer })
}

async fn change_redirect(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let id = RedirectId(*id);
    match redirecting::change(&ctx, &visit.person, id, fields.get("to")).await? {
        None => Err(WebError::NotFound),
        Some(Ok(())) => Ok(see_other(&paths::of_redirect(paths::DESK_REDIRECT, id))),
        Some(Err((_, wrong))) => redirect_page(&ctx, &visit, id, Some(fields.get("to")), Some(wrong)).await,
    }
}

async fn remove_redirect(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let removed = redirecting::remove(&mut *ctx.conn().await?, &visit.person, RedirectId(*id)).await?;
    if removed { Ok(see_other(paths::DESK_REDIRECTS)) } else { Err(WebError::NotFound) }
}

/// `GET /desk/releases/{release}/original`: what a former site had, beside what became of it.
async fn original(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let id = ReleaseId(*id);
    let originals = query::originals(&mut *ctx.conn().await?, id).await?;
    let title = visit.words.archive_original_title();
    let main = views::originals(id, &originals, visit.lang);
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Releases, main)))
}
