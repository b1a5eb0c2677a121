//! What a public address answers: rendered at one sequence, with the tags of all that it shows.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use maud::Markup;

use super::snapshot::{self, Snapshot};
use crate::ids::Sequence;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::Keep;
use crate::kit::web::error::WebError;

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
    /// When it changes by itself, if it depends on the hour.
    pub until: Option<DateTime<Utc>>,
    /// Whether it may be kept at all.
    pub kept: bool,
}

impl Page {
    /// A page of the site.
    pub fn html(lang: Lang, markup: Markup, tags: Vec<String>) -> Self {
        Self { lang: Some(lang), ..Self::of("text/html; charset=utf-8", markup.into_string(), tags) }
    }

    /// Anything else.
    pub fn of(content_type: &'static str, body: String, tags: Vec<String>) -> Self {
        Self { content_type, lang: None, body, tags, until: None, kept: true }
    }

    /// It changes by itself then.
    #[must_use]
    pub fn until(self, at: DateTime<Utc>) -> Self {
        Self { until: Some(at), ..self }
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
        let (it, at) = snapshot::read(ctx, async |conn, at| Ok((read(conn, at).await?, *at))).await?;
        Ok((draw(it, &at).await?, at.sequence))
    })
    .await
}

/// As [`answer`], where what is read comes from more than the database: `make` says at which sequence its answer is.
///
/// # Errors
/// What `make` says.
pub async fn fill(
    _ctx: &Context,
    _request: &HttpRequest,
    make: impl AsyncFnOnce() -> Result<(Answer, Sequence), WebError>,
) -> Result<HttpResponse, WebError> {
    let (answer, _sequence) = make().await?;
    Ok(match answer {
        Answer::Other(response) => response,
        Answer::Page(page) => {
            let mut response = HttpResponse::Ok()
                .content_type(page.content_type)
                .insert_header((header::CACHE_CONTROL, Keep::Public.header()))
                .body(page.body);
            if let Some(lang) = page.lang {
                response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.code()));
            }
            response
        }
    })
}
