//! Releases over HTTP, for the public: the page of each, and what has become of its old addresses.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use tokio::sync::Semaphore;

use super::listing::Shelf;
use super::public::{self, Address, Page, Selection, Start};
use super::state::PublicState;
use super::views::{self, ReleasePage};
use crate::account::rights::Right;
use crate::change::answer;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::rich_text::SafeHtml;
use crate::kit::web::error::WebError;
use crate::kit::web::moved;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::paths;

/// How many others a page proposes to read.
const RELATED: usize = 3;

/// The page of a release in each language of the site.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    settings
        .languages
        .iter()
        .map(|lang| {
            let lang = *lang;
            get(paths::release_pattern(lang), Right::Public, move |ctx, request, address| {
                show(lang, ctx, request, address)
            })
        })
        .collect()
}

/// What an address answers with.
enum Found {
    Page(Box<Page>, Option<chrono::DateTime<chrono::Utc>>, Vec<public::Card>),
    Elsewhere(String),
}

async fn show(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    address: web::Path<(String, String, String, String)>,
) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let (year, month, day, slug) = address.into_inner();
    let number = |text: &str| text.parse().ok();
    let on = number(&year)
        .zip(number(&month))
        .zip(number(&day))
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day))
        .ok_or(WebError::NotFound)?;
    if !is_slug(&slug) {
        return Err(WebError::NotFound);
    }
    answer::answer(
        &ctx,
        &request,
        async |conn, _| {
            // Absent and secret are one answer of one statement.
            let address = public::address(conn, lang, on, &slug).await?.ok_or(WebError::NotFound)?;
            match address.public_state {
                PublicState::Public | PublicState::Withdrawn => {}
                PublicState::Unpublished => return gone(address),
                PublicState::NeverPublic => return Err(WebError::NotFound),
            }
            let page = public::page(conn, address.release_id, lang).await?.ok_or(WebError::NotFound)?;
            if !address.current {
                let standing = &page.card.release;
                let version = page.card.versions.get(&lang).ok_or(WebError::NotFound)?;
                return Ok(Found::Elsewhere(paths::release(lang, standing.first_published_on, &version.slug)));
            }
            let withdrawn_at = match address.public_state {
                PublicState::Withdrawn => public::withdrawn_at(conn, address.release_id).await?,
                _ => None,
            };
            let related = match page.card.issuers.first() {
                Some(lead) => {
                    let shelf = Selection { shelves: vec![Shelf::Institution(lead.id)], period: None };
                    let listed = public::list(conn, &shelf, Start::Newest, 2 * RELATED + 1).await?;
                    let ids: Vec<_> = listed.ids.iter().copied().filter(|id| *id != address.release_id).collect();
                    let mut cards = public::cards(conn, &ids).await?;
                    // What was withdrawn is listed, and not proposed.
                    cards.retain(|card| card.release.public_state == PublicState::Public);
                    cards.truncate(RELATED);
                    cards
                }
                None => Vec::new(),
            };
            Ok(Found::Page(Box::new(page), withdrawn_at, related))
        },
        async |found, _| match found {
            Found::Elsewhere(to) => Ok(moved(&to).into()),
            Found::Page(page, withdrawn_at, related) => {
                let text = text_of(&page, lang).await?;
                let markup = views::page(&ReleasePage {
                    text: &text,
                    settings: &ctx.settings,
                    demo: ctx.demo,
                    lang,
                    page: &page,
                    withdrawn_at,
                    related: &related,
                });
                let mut tags = vec![format!("release:{}", page.card.release.id), "directory".into(), "topics".into()];
                // What else the source has published.
                tags.extend(page.card.issuers.first().map(|lead| format!("institution:{}", lead.id)));
                Ok(answer::Page::html(lang, markup, tags).into())
            }
        },
    )
    .await
}

/// A text over this many bytes is made into HTML beside the requests, one at a time, so that nobody else waits for it.
const LONG: usize = 32 * 1024;

static LONG_ONES: Semaphore = Semaphore::const_new(1);

async fn text_of(page: &Page, lang: Lang) -> Result<SafeHtml, WebError> {
    if page.body.len() <= LONG {
        return Ok(views::text_of(&page.body, lang));
    }
    let _turn = LONG_ONES.acquire().await.map_err(|error| WebError::Internal(error.into()))?;
    let body = page.body.clone();
    web::block(move || views::text_of(&body, lang)).await.map_err(|error| WebError::Internal(error.into()))
}

fn gone(address: Address) -> Result<Found, WebError> {
    match address.moved_to {
        Some(to) => Ok(Found::Elsewhere(to)),
        None => Err(WebError::Gone { reason: address.notice.unwrap_or_default() }),
    }
}

/// Whether a text could be the last part of an address, as the table's `CHECK` has it.
fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 120
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
