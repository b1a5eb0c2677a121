//! What a personal link shows: first for whom it is and a button, then, on the device where that was pressed, the release
//! as it will stand on the site, under a banner with the reader's name. Nothing of it is kept by anybody, and each read is
//! written down. A link that is unknown, has ended or was revoked is one and the same page as any address of nothing.

use actix_web::cookie::{Cookie, SameSite};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use maud::html;

use super::foot::{self, Foot};
use super::grant::{self, Grant};
use super::model::Release;
use super::public::{self, Card, Correction, Page, Standing};
use super::query;
use super::state::PublicState;
use super::views::{self, Preview, ReleasePage};
use crate::account::rights::Right;
use crate::directory;
use crate::ids::{AssetId, RevisionId};
use crate::journal::Actor;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::limit;
use crate::kit::web::origin::own_site;
use crate::kit::web::routes::{Route, get, post};
use crate::kit::web::{Keep, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::public::{Frame, page as framed};
use crate::media;
use crate::paths;
use crate::phrases::phrases;

/// The pages of personal links.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        get(paths::PREVIEW, Right::Public, door),
        post(paths::PREVIEW, Right::Public, open),
        get(paths::PREVIEW_FILE, Right::Public, file),
        get(paths::PREVIEW_PAGE, Right::Public, show),
    ]
}

/// The link, if it opens something now.
async fn opened_by(conn: &mut AsyncPgConnection, token: &str) -> Result<(Grant, DateTime<Utc>), WebError> {
    // What cannot be a token is looked up all the same: one road for everything that is not there.
    let now = clock::now(conn).await?;
    let grant = query::grant_by_hash(conn, &grant::hash(token)).await?;
    Ok((grant.filter(|grant| grant.is_open(now)).ok_or(WebError::NotFound)?, now))
}

/// `GET /preview/{token}`
async fn door(ctx: web::Data<Context>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let (grant, _) = opened_by(&mut conn, &token).await?;
    let lang = grant.lang;
    let words = phrases(lang);
    let zone = ctx.settings.zone;
    let title = words.preview_door_title();
    let until = words.preview_mail_until(
        dates::full(lang, dates::day(zone, grant.expires_at)),
        dates::hour_in_words(lang, zone, grant.expires_at),
    );
    let main = html! {
        div.flow.narrow {
            header.head {
                h1 { (title) }
                p.lead { (words.preview_mail_intro(grant.name.as_str())) }
            }
            p { (words.preview_mail_personal()) }
            p { (until) }
            form method="post" action=(paths::preview(&token)) { button.button { (words.preview_door_open()) } }
        }
    };
    Ok(unseen(page(Keep::Never, framed(&frame(&ctx, lang, title), main))))
}

/// `POST /preview/{token}`: binds this device to the link.
async fn open(
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    let mut conn = ctx.conn().await?;
    let (grant, _) = opened_by(&mut conn, &token).await?;
    grant::record_read(&mut conn, reader(&ctx, &request), &grant, "opened").await?;
    let mut answer = see_other(&paths::preview_page(&token, grant.lang));
    answer.add_cookie(&cookie(&ctx, &token)).map_err(|error| WebError::Internal(error.into()))?;
    Ok(unseen(answer))
}

/// `GET /preview/{token}/{lang}`
async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (token, lang) = path.into_inner();
    let mut conn = ctx.conn().await?;
    let (grant, now) = opened_by(&mut conn, &token).await?;
    let wanted = lang.parse::<Lang>().ok().filter(|lang| ctx.settings.languages.contains(lang));
    let wanted = wanted.ok_or(WebError::NotFound)?;
    let brought = request.cookie(&cookie_name(&ctx.settings, &token));
    if !brought.is_some_and(|cookie| grant::is_device(&ctx.secret, &token, cookie.value())) {
        return Ok(unseen(see_other(&paths::preview(&token))));
    }
    let edition = query::current_edition(&mut conn, grant.release_id).await?.ok_or(WebError::NotFound)?;
    let release = query::release(&mut conn, grant.release_id).await?.ok_or(WebError::NotFound)?;
    if release.public_edition_id == Some(edition.id) {
        // It is public: there is nothing to see before.
        let there = public::cards(&mut conn, &[grant.release_id]).await?;
        let to = there.first().and_then(|card| views::shown(card, wanted)).map(|(_, _, path)| path);
        return Ok(unseen(see_other(&to.ok_or(WebError::NotFound)?)));
    }
    let head = edition.head_revision_id.ok_or(WebError::NotFound)?;
    let mut it = as_it_will_be(&mut conn, &release, head, edition.planned_at.unwrap_or(now), ctx.settings.zone).await?;
    it.media = media::query::shown_to_few(&mut conn, head, &paths::preview_files(&token), grant.with_files).await?;
    let there: Vec<Lang> = it.card.versions.keys().copied().collect();
    let lang = Lang::best(&[wanted], &there).ok_or(WebError::NotFound)?;
    if lang != wanted {
        return Ok(unseen(see_other(&paths::preview_page(&token, lang))));
    }
    grant::record_read(&mut conn, reader(&ctx, &request), &grant, &format!("page {lang}")).await?;
    drop(conn);
    let body = it.texts.iter().find(|(of, _)| *of == lang).map(|(_, body)| body.clone()).unwrap_or_default();
    let corrections = edition
        .note
        .clone()
        .map(|note| Correction {
            number: edition.number,
            published_at: edition.planned_at.unwrap_or(now),
            note,
            has_former: false,
        })
        .into_iter()
        .collect();
    let it = Page { body, corrections, ..it.page() };
    let markdown = it.body.clone();
    let text =
        web::block(move || views::text_of(&markdown, lang)).await.map_err(|error| WebError::Internal(error.into()))?;
    let paths: Vec<(Lang, String)> = there.iter().map(|of| (*of, paths::preview_page(&token, *of))).collect();
    let markup = views::page(&ReleasePage {
        settings: &ctx.settings,
        demo: ctx.demo,
        lang,
        page: &it,
        withdrawn_at: None,
        now,
        text: &text,
        related: &[],
        preview: Some(&Preview {
            name: &grant.name,
            goes_public_at: edition.planned_at.filter(|at| *at > now),
            expires_at: grant.expires_at,
            paths: &paths,
        }),
    });
    Ok(unseen(page(Keep::Never, markup)))
}

/// `GET /preview/{token}/files/{asset}/{size}`: a picture with the reader's name drawn into it; the file itself if the maker
/// of the link ticked that.
async fn file(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(String, i64, String)>,
) -> Result<HttpResponse, WebError> {
    let (token, asset, size) = path.into_inner();
    let asset = AssetId(asset);
    let mut conn = ctx.conn().await?;
    let (grant, _) = opened_by(&mut conn, &token).await?;
    let brought = request.cookie(&cookie_name(&ctx.settings, &token));
    if !brought.is_some_and(|cookie| grant::is_device(&ctx.secret, &token, cookie.value())) {
        return Err(WebError::NotFound);
    }
    let edition = query::current_edition(&mut conn, grant.release_id).await?.ok_or(WebError::NotFound)?;
    let head = edition.head_revision_id.ok_or(WebError::NotFound)?;
    if !media::query::is_shown_by(&mut conn, head, asset).await? {
        return Err(WebError::NotFound);
    }
    if size == "file" {
        grant::record_read(&mut conn, reader(&ctx, &request), &grant, &format!("file {asset}")).await?;
    }
    drop(conn);
    Ok(unseen(media::desk_door::preview(&ctx, &request, asset, &size, &grant.name, grant.with_files).await?))
}

/// A release that is not public, as the renderer of the public site wants it.
struct Unseen {
    card: Card,
    texts: Vec<(Lang, String)>,
    topics: Vec<public::Label>,
    foot: Foot,
    media: Vec<media::model::Shown>,
}

impl Unseen {
    fn page(&self) -> Page {
        Page {
            card: self.card.clone(),
            body: String::new(),
            topics: self.topics.clone(),
            corrections: Vec::new(),
            media: self.media.clone(),
            foot: self.foot.clone(),
            // Its meeting is not public either.
            decision: None,
            duty: Default::default(),
            names: Vec::new(),
        }
    }
}

async fn as_it_will_be(
    conn: &mut AsyncPgConnection,
    release: &Release,
    head: RevisionId,
    at: DateTime<Utc>,
    zone: chrono_tz::Tz,
) -> Result<Unseen, WebError> {
    let content = query::content(conn, head).await?;
    let issuers: Vec<_> = query::issuers(conn, release.id).await?.into_iter().map(|(id, _)| id).collect();
    let institutions = directory::query::institutions_by_id(conn, &issuers).await?;
    let topics = directory::query::topics(conn).await?;
    let first_published_at = release.first_published_at.unwrap_or(at);
    let edition_id = release.public_edition_id.unwrap_or(crate::ids::EditionId(0));
    let card = Card {
        not_before: content.not_before,
        release: Standing {
            id: release.id,
            reference: release.reference.clone(),
            source_number: None,
            kind: release.kind,
            public_state: PublicState::Public,
            first_published_at,
            first_published_on: release.first_published_on.unwrap_or_else(|| dates::day(zone, at)),
            time_known: true,
            changed_at: None,
            edition_id,
            revision_id: head,
            notice: None,
        },
        versions: content
            .versions
            .iter()
            .map(|(lang, version)| {
                let (title, lead) = (version.title.clone(), version.lead.clone());
                (*lang, public::Version { title, lead, slug: String::new() })
            })
            .collect(),
        issuers: issuers
            .iter()
            .filter_map(|id| institutions.iter().find(|institution| institution.id == *id))
            .map(|one| public::Issuer {
                id: one.id,
                code: one.code.clone(),
                family: one.family,
                names: one.names.clone(),
            })
            .collect(),
    };
    Ok(Unseen {
        card,
        topics: content
            .topics
            .iter()
            .filter_map(|id| topics.iter().find(|topic| topic.id == *id))
            .map(|topic| public::Label { id: topic.id, code: topic.code.clone(), names: topic.names.clone() })
            .collect(),
        foot: foot::of(conn, head).await?,
        media: Vec::new(),
        texts: content.versions.into_iter().map(|(lang, version)| (lang, version.body)).collect(),
    })
}

fn reader(ctx: &Context, request: &HttpRequest) -> Actor {
    Actor::Visitor("preview", limit::client(request, &ctx.settings.trusted_proxies))
}

fn frame<'a>(ctx: &'a Context, lang: Lang, title: String) -> Frame<'a> {
    Frame {
        settings: &ctx.settings,
        demo: ctx.demo,
        lang,
        title,
        section: None,
        translations: Vec::new(),
        indexed: false,
        feeds: Vec::new(),
        head: html! {},
    }
}

/// Of each link its own, by a hash of its token: several may be open on one device. `__Host-` as that of a session.
fn cookie_name(settings: &Settings, token: &str) -> String {
    let of = data_encoding::HEXLOWER.encode(&grant::hash(token)[..6]);
    if settings.is_https() { format!("__Host-preview-{of}") } else { format!("preview-{of}") }
}

fn cookie(ctx: &Context, token: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(&ctx.settings, token), grant::device(&ctx.secret, token))
        .path("/")
        .secure(ctx.settings.is_https())
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

/// Nobody keeps it, nobody finds it, and no other site learns its address.
fn unseen(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow, noarchive"));
    answer
}

/// For whoever answers files: the link, if this request comes from a device on which it was opened.
///
/// # Errors
/// Not found, whatever the reason.
pub async fn grant_of(ctx: &Context, request: &HttpRequest, token: &str) -> Result<Grant, WebError> {
    let mut conn = ctx.conn().await?;
    let (grant, _) = opened_by(&mut conn, token).await?;
    let brought = request.cookie(&cookie_name(&ctx.settings, token));
    let is_ours = brought.is_some_and(|cookie| grant::is_device(&ctx.secret, token, cookie.value()));
    if is_ours { Ok(grant) } else { Err(WebError::NotFound) }
}
