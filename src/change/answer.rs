//! What a public address answers: rendered at one sequence, with the tags of all that it shows.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::body::BoxBody;
use actix_web::dev::{RequestHead, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::uri::PathAndQuery;
use actix_web::http::{Method, StatusCode, Uri};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use maud::Markup;
use sha2::{Digest, Sha256};

use super::snapshot::{self, Snapshot};
use crate::ids::{ReleaseId, Sequence};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::page_cache::{Found, Kept, Lease, Turns};
use crate::kit::web::coding::{self, Accepted, Coding};
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, headers};

/// An answer 200 that may be kept until a change with one of its tags.
#[derive(Debug)]
pub struct Page {
    /// As `Content-Type` has it.
    pub content_type: &'static str,
    /// Its language, if it has one.
    pub lang: Option<Lang>,
    /// The whole of it.
    pub body: String,
    /// Of all that it shows, as the log writes them.
    pub tags: Vec<String>,
    /// When it changes by itself, if it depends on the hour, and the instant at which that was said.
    pub until: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Whether it may be kept at all.
    pub kept: bool,
    /// The release of which it is the page: its requests are counted.
    pub release: Option<ReleaseId>,
}

impl Page {
    /// A page of the site.
    pub fn html(lang: Lang, markup: Markup, tags: Vec<String>) -> Self {
        Self { lang: Some(lang), ..Self::of("text/html; charset=utf-8", markup.into_string(), tags) }
    }

    /// Anything else.
    pub fn of(content_type: &'static str, body: String, tags: Vec<String>) -> Self {
        Self { content_type, lang: None, body, tags, until: None, kept: true, release: None }
    }

    /// It was read at `now` and changes by itself at the first of these instants, if there is one.
    #[must_use]
    pub fn until(self, at: impl IntoIterator<Item = DateTime<Utc>>, now: DateTime<Utc>) -> Self {
        let first = at.into_iter().chain(self.until.map(|(at, _)| at)).min();
        Self { until: first.map(|at| (at, now)), ..self }
    }

    /// It is the page of that release.
    #[must_use]
    pub fn of_release(self, id: ReleaseId) -> Self {
        Self { release: Some(id), ..self }
    }

    /// It is for who asked, once: a search whose index is catching up.
    #[must_use]
    pub fn not_kept(self) -> Self {
        Self { kept: false, ..self }
    }
}

/// What to answer.
#[derive(Debug)]
pub enum Answer {
    /// A page, which may be kept.
    Page(Page),
    /// A redirect or the like, which is not.
    Other(HttpResponse),
}

impl From<Page> for Answer {
    fn from(page: Page) -> Self {
        Answer::Page(page)
    }
}

impl From<HttpResponse> for Answer {
    fn from(response: HttpResponse) -> Self {
        Answer::Other(response)
    }
}

/// Answers a public GET: reads in one snapshot, then draws, once for all who ask for the same.
///
/// # Errors
/// What `read` or `draw` says; or the database is away.
pub async fn answer<T>(
    ctx: &Context,
    request: &HttpRequest,
    read: impl AsyncFnOnce(&mut AsyncPgConnection, &Snapshot) -> Result<T, WebError>,
    draw: impl AsyncFnOnce(T, &Snapshot) -> Result<Answer, WebError>,
) -> Result<HttpResponse, WebError> {
    fill(ctx, request, async || {
        let read = async |conn: &mut AsyncPgConnection, at: &Snapshot| {
            request.extensions_mut().insert(ReadAt(at.sequence));
            Ok((read(conn, at).await?, *at))
        };
        let (it, at) = snapshot::read(ctx, read).await?;
        Ok((draw(it, &at).await?, at.sequence))
    })
    .await
}

/// The sequence at which an answer was read, for whoever adds the headers of one that is no page.
struct ReadAt(Sequence);

/// Says the sequence of an answer that was read at one and doesn't say so yet: a redirect. That nothing is there is said
/// in the same words of every address, whether it was looked up or not.
pub fn say_sequence<B>(response: &mut ServiceResponse<B>) {
    if !response.status().is_success() && !response.status().is_redirection() {
        return;
    }
    let at = response.request().extensions().get::<ReadAt>().map(|at| at.0.0);
    if let Some(at) = at.filter(|_| !response.headers().contains_key(SEQUENCE)) {
        response.headers_mut().insert(SEQUENCE, HeaderValue::from(at));
    }
}

/// As [`answer`], where what is read comes from more than the database: `make` says at which sequence its answer is.
///
/// # Errors
/// What `make` says.
pub async fn fill(
    ctx: &Context,
    request: &HttpRequest,
    make: impl AsyncFnOnce() -> Result<(Answer, Sequence), WebError>,
) -> Result<HttpResponse, WebError> {
    let turn = match (ctx.pages.lease(), address(request.method(), request.uri())) {
        (Lease::Held(seen), Some(address)) => match ctx.pages.turn(address).await {
            Turns::There(kept) => {
                let at = seen.max(kept.sequence);
                count(&kept, request.method(), request.headers());
                return Ok(respond(&kept, request.headers(), at, None));
            }
            Turns::Ours(turn) => Some(turn),
            Turns::Each => None,
        },
        // Nobody tells what changes: each answer is made for who asks.
        _ => None,
    };
    // From here to its end: rows are read after this instant, so what changes by itself is not kept too long.
    let begun = Instant::now();
    let (answer, sequence) = make().await?;
    let page = match answer {
        Answer::Other(response) => {
            request.extensions_mut().insert(ReadAt(sequence));
            return Ok(response);
        }
        Answer::Page(page) => page,
    };
    let until = page.until.map(|(until, now)| begun + (until - now).to_std().unwrap_or_default());
    let gzip = Coding::Gzip.encode(page.body.as_bytes());
    let digest = digest(page.content_type, &gzip);
    let kept = Kept::new(page.content_type, page.lang, digest, sequence.0, &page.tags, until, gzip);
    let kept = Arc::new(kept.counted(page.release.map(|id| ctx.pages.reads.of(id.0))));
    count(&kept, request.method(), request.headers());
    if let Some(turn) = turn.filter(|_| page.kept) {
        turn.keep(Arc::clone(&kept));
    }
    let mut response = respond(&kept, request.headers(), sequence.0, None);
    if !page.kept {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(Keep::Never.header()));
    }
    Ok(response)
}

/// What is kept of this address, with all its headers: the way of nearly every request, before anything else is asked.
pub fn kept(ctx: &Context, https: bool, request: &RequestHead) -> Option<HttpResponse> {
    let address = address(&request.method, &request.uri)?;
    let (kept, at, ago) = match ctx.pages.find(address) {
        Found::Fresh(kept, at) => (kept, at, None),
        Found::Stale(kept, at, ago) => (kept, at, Some(ago)),
        Found::Nothing => return None,
    };
    count(&kept, &request.method, &request.headers);
    let mut response = respond(&kept, &request.headers, at, ago);
    headers::add(https, response.headers_mut());
    Some(response)
}

/// Counts a request of the page of a release, also one whose reader has it already (304); not HEAD, which reads nothing.
fn count(kept: &Kept, method: &Method, headers: &HeaderMap) {
    if let Some(counter) = kept.counter.as_ref().filter(|_| *method == Method::GET) {
        counter.count(headers);
    }
}

/// The sequence of the log at which an answer holds.
pub const SEQUENCE: HeaderName = HeaderName::from_static("communique-sequence");
/// Seconds since the log was last heard, on what is served without the database.
pub const STALE: HeaderName = HeaderName::from_static("communique-stale");

/// The address that a page is kept under: the same for everybody, since a public page looks at no cookie and at no
/// language but that of its path.
fn address<'a>(method: &Method, uri: &'a Uri) -> Option<&'a str> {
    matches!(*method, Method::GET | Method::HEAD).then(|| uri.path_and_query()).flatten().map(PathAndQuery::as_str)
}

/// The same for the same content and build: an older build's headers may not be ours. Of the body as it is kept, which is
/// a fourth of it to go through, and the same for the same.
fn digest(content_type: &str, gzip: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(env!("COMMUNIQUE_BUILD"));
    hash.update(content_type);
    hash.update(gzip);
    data_encoding::BASE64URL_NOPAD.encode(&hash.finalize()[..12])
}

/// The page, or that it is still the same.
fn respond(kept: &Kept, asked: &HeaderMap, at: i64, lost: Option<Duration>) -> HttpResponse {
    let (coding, body) = kept.body(Accepted::of(asked));
    let same = coding::is_same(asked, &kept.digest);
    let mut response = if same {
        HttpResponse::with_body(StatusCode::NOT_MODIFIED, BoxBody::new(()))
    } else {
        HttpResponse::with_body(StatusCode::OK, BoxBody::new(body))
    };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, coding.tag(&kept.digest));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(SEQUENCE, HeaderValue::from(at));
    match lost {
        None => headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(Keep::Public.header())),
        Some(ago) => {
            let seconds = ago.as_secs();
            headers.insert(header::AGE, HeaderValue::from(seconds));
            headers.insert(STALE, HeaderValue::from(seconds));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(Keep::Briefly.header()))
        }
    };
    if !same {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kept.content_type));
        if let Some(name) = coding.header() {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
        }
        if let Some(lang) = kept.lang {
            headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
        }
    }
    response
}
