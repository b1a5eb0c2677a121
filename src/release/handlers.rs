//! Releases over HTTP, for the public: the page of each, and what has become of its old addresses.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use tokio::sync::Semaphore;

use super::public::{self, Address, Page, Place};
use super::state::PublicState;
use super::views::{self, ReleasePage};
use super::{former, preview};
use crate::account::rights::Right;
use crate::change::answer::{self, Answer};
use crate::ids::Sequence;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::rich_text::SafeHtml;
use crate::kit::web::error::WebError;
use crate::kit::web::moved;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::paths;

/// The page of a release in each language of the site, its former editions, and what personal links show.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    settings
        .languages
        .iter()
        .flat_map(|lang| {
            let lang = *lang;
            [
                get(paths::release_pattern(lang), Right::Public, move |ctx, request, address| {
                    show(lang, ctx, request, address)
                }),
                get(paths::edition_pattern(lang), Right::Public, move |ctx, request, address| {
                    show_former(lang, ctx, request, address)
                }),
            ]
        })
        .chain(preview::routes())
        .collect()
}

async fn show(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    address: web::Path<(String, String, String, String)>,
) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let (year, month, day, slug) = address.into_inner();
    let on = named(&year, &month, &day, &slug)?;
    answer::fill(&ctx, &request, async || {
        let mut conn = ctx.conn().await?;
        let place = match public::at(&mut conn, lang, on, &slug).await? {
            Some(place) => place,
            // Absent and secret are one road of the same two statements.
            None => return gone(public::address(&mut conn, lang, on, &slug).await?),
        };
        drop(conn);
        if !place.current {
            return Ok((lives_at(&place, lang)?.into(), place.sequence));
        }
        let text = text_of(&place.page, lang).await?;
        let markup = views::page(&ReleasePage {
            text: &text,
            settings: &ctx.settings,
            demo: ctx.demo,
            lang,
            page: &place.page,
            withdrawn_at: place.withdrawn_at,
            now: place.now,
            related: &place.related,
            preview: None,
        });
        let card = &place.page.card;
        let mut tags = vec![format!("release:{}", card.release.id), "directory".into(), "topics".into()];
        // What else the source has published.
        tags.extend(card.issuers.first().map(|lead| format!("institution:{}", lead.id)));
        // Its neighbours in the meeting.
        tags.extend(place.page.decision.as_ref().map(|decision| format!("meeting:{}", decision.meeting_id)));
        // Who answers for it, and whom it names.
        tags.extend(card.issuers.first().map(|lead| format!("contacts:{}", lead.id)));
        tags.extend(place.page.foot.contacts.iter().map(|contact| format!("contact:{}", contact.id)));
        let page = answer::Page::html(lang, markup, tags).of_release(card.release.id);
        // The notice not to use it before goes by itself at its instant; so does who answers now.
        let not_before = public::first_to_be_free(place.related.iter().chain([&place.page.card]));
        let page = page.until(not_before.into_iter().chain(place.page.duty.changes_at()), place.now);
        Ok((page.into(), place.sequence))
    })
    .await
}

/// The day in an address whose last part could be one.
fn named(year: &str, month: &str, day: &str, slug: &str) -> Result<NaiveDate, WebError> {
    let number = |text: &str| text.parse().ok();
    let on = number(year)
        .zip(number(month))
        .zip(number(day))
        .and_then(|((year, month), day)| NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day));
    on.filter(|_| is_slug(slug)).ok_or(WebError::NotFound)
}

async fn show_former(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    address: web::Path<(String, String, String, String, i32)>,
) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let (year, month, day, slug, number) = address.into_inner();
    let on = named(&year, &month, &day, &slug)?;
    answer::fill(&ctx, &request, async || {
        let mut conn = ctx.conn().await?;
        let former = public::former(&mut conn, lang, on, &slug, number).await?.ok_or(WebError::NotFound)?;
        drop(conn);
        if former.present_slug.as_ref().is_some_and(|present| *present != slug) {
            let present = former.present_slug.as_deref().unwrap_or_default();
            return Ok((moved(&paths::edition(lang, on, present, number)).into(), former.sequence));
        }
        // Comparing two long texts takes a while: beside the requests.
        let of = former.clone();
        let drawn =
            web::block(move || former::Drawn::of(&of, lang)).await.map_err(|error| WebError::Internal(error.into()))?;
        let markup = former::page(&ctx.settings, ctx.demo, lang, on, number, &former, &drawn);
        let tags = vec![format!("release:{}", former.release_id)];
        Ok((answer::Page::html(lang, markup, tags).into(), former.sequence))
    })
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

/// Where the release of a former address lives now.
fn lives_at(place: &Place, lang: Lang) -> Result<HttpResponse, WebError> {
    let card = &place.page.card;
    let version = card.versions.get(&lang).ok_or(WebError::NotFound)?;
    Ok(moved(&paths::release(lang, card.release.first_published_on, &version.slug)))
}

/// What an address answers at which nothing is read: where it leads, why it is gone, or that nothing is there.
fn gone(address: Option<Address>) -> Result<(Answer, Sequence), WebError> {
    match address.filter(|address| address.public_state == PublicState::Unpublished) {
        Some(Address { moved_to: Some(to), sequence, .. }) => Ok((moved(&to).into(), sequence)),
        Some(Address { notice, .. }) => Err(WebError::Gone { reason: notice.unwrap_or_default() }),
        None => Err(WebError::NotFound),
    }
}

/// Whether a text could be the last part of an address, as the table's `CHECK` has it.
fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 120
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
