//! The sitemap (<https://www.sitemaps.org/protocol.html>): every public page in each of its languages, for search engines.
//!
//! An index leads to one file of the site's own pages and one of each month; a month of more than [`SIZE`] releases has
//! several. They are filled from the oldest release on, so that what is published today changes the last file of its month
//! and no other: a crawler that compares finds the file of 2009 as it was. Withdrawn and unpublished releases are out.
//!
//! Each file carries the tag of the whole list only. A publication drops all of them from the cache, though all but one will
//! be made again as they were: they are asked for a few times a day, and one costs a hundredth of a second, where a tag for
//! each of its releases would cost every publication.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Duration, Utc};
use maud::{Markup, html};

use crate::account::rights::Right;
use crate::change::answer::{Answer, Page, answer};
use crate::council;
use crate::directory::{self, Family, Institution, Topic, government};
use crate::kit::clock::Month;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::kit::xml;
use crate::paths;
use crate::release::syndication::{self, News, Place, SitemapMonth};
use crate::site_page::SitePage;

/// How many releases a file holds at most. In four languages these are 10,000 addresses of at most 1,000 bytes each, where
/// the standard allows 50,000 and 50 MB.
pub const SIZE: i64 = 2_500;
/// How many pages the news sitemap holds at most, as Google asks.
const NEWS: i64 = 1_000;
/// How long a release is news, as Google asks.
const NEWS_HOURS: i64 = 48;

const TYPE: &str = "application/xml; charset=utf-8";
const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";
const GOOGLE_NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// The index and its files, and the news.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        get(paths::SITEMAP, Right::Public, show_index),
        get(paths::SITEMAP_SITE, Right::Public, show_site),
        get(paths::SITEMAP_MONTH, Right::Public, show_month),
        get(paths::SITEMAP_MONTH_PART, Right::Public, show_month_part),
        get(paths::NEWS_SITEMAP, Right::Public, show_news),
    ]
}

async fn show_index(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    answer(
        &ctx,
        &request,
        async |conn, _| Ok(syndication::sitemap_months(conn, ctx.settings.zone).await?),
        async |months, _| Ok(file(index(&ctx.settings, &months), &["list"])),
    )
    .await
}

async fn show_site(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    answer(
        &ctx,
        &request,
        async |conn, _| {
            let governments = government::public::governments(conn).await?;
            let formers: Vec<String> =
                governments.into_iter().filter(|of| !of.is_in_office()).map(|of| of.code).collect();
            Ok(Known {
                institutions: directory::public::institutions(conn).await?,
                topics: directory::public::topics(conn).await?,
                members: government::public::people(conn).await?,
                formers,
                meetings: council::public::places(conn).await?,
            })
        },
        // Who publishes for the first time is in the directory from then on.
        async |known, _| {
            let tags = ["list", "directory", "topics", "government", "meetings"];
            Ok(file(site(&ctx.settings, &known), &tags))
        },
    )
    .await
}

async fn show_month(
    ctx: web::Data<Context>,
    request: HttpRequest,
    month: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    month_part(&ctx, &request, &month, 1).await
}

async fn show_month_part(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (month, part) = path.into_inner();
    // One address each: the first part has none, and none begins with a zero.
    let part = part.parse().ok().filter(|number: &i64| *number > 1 && number.to_string() == part);
    month_part(&ctx, &request, &month, part.ok_or(WebError::NotFound)?).await
}

async fn month_part(ctx: &Context, request: &HttpRequest, month: &str, part: i64) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let month = Month::parse(month).ok_or(WebError::NotFound)?;
    answer(
        ctx,
        request,
        async |conn, _| {
            let bounds = month.bounds(ctx.settings.zone);
            Ok(syndication::places(conn, bounds, (part - 1) * SIZE, SIZE).await?)
        },
        async |places, _| {
            let urls = of_places(&ctx.settings, &places);
            // A file without an address is none, by the schema.
            urls.map(|urls| file(urls, &["list"])).ok_or(WebError::NotFound)
        },
    )
    .await
}

async fn show_news(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let age = Duration::hours(NEWS_HOURS);
    answer(
        &ctx,
        &request,
        async |conn, at| Ok(syndication::news(conn, at.now - age, NEWS).await?),
        async |news, at| {
            let page = Page::of(TYPE, of_news(&ctx.settings, &news), vec!["list".into()]);
            // When the oldest of them is news no longer.
            Ok(page.until(news.last().map(|oldest| oldest.first_published_at + age), at.now).into())
        },
    )
    .await
}

fn file(body: String, tags: &[&str]) -> Answer {
    Page::of(TYPE, body, tags.iter().map(|tag| (*tag).to_owned()).collect()).into()
}

fn index(settings: &Settings, months: &[SitemapMonth]) -> String {
    xml::document(html! {
        sitemapindex xmlns=(SITEMAP) {
            sitemap { loc { (settings.absolute(paths::SITEMAP_SITE)) } }
            @for it in months {
                @for part in 1..=(it.releases + SIZE - 1) / SIZE {
                    sitemap { loc { (settings.absolute(&paths::sitemap_month(it.month, part))) } }
                }
            }
        }
    })
}

/// What has a page of its own and is no release.
struct Known {
    institutions: Vec<Institution>,
    topics: Vec<Topic>,
    /// The members of the government, by their words in addresses.
    members: Vec<String>,
    /// The former governments, by theirs.
    formers: Vec<String>,
    /// The meetings, and in which languages each can be read.
    meetings: Vec<(String, Vec<Lang>)>,
}

/// The pages that are no releases: what leads to them.
fn site(settings: &Settings, known: &Known) -> String {
    let list = |query: String| move |lang: Lang| paths::releases(lang, &query);
    urlset(html! {
        (in_each(settings, paths::home))
        (in_each(settings, list(String::new())))
        @for family in Family::ALL { (in_each(settings, list(format!("family={family}")))) }
        (in_each(settings, paths::institutions))
        @for it in &known.institutions { (in_each(settings, |lang| paths::institution(lang, &it.code))) }
        (in_each(settings, paths::topics))
        @for it in &known.topics { (in_each(settings, list(format!("topic={}", it.code)))) }
        (in_each(settings, |lang| paths::council(lang, "")))
        @for (code, langs) in &known.meetings {
            @let there: Vec<(Lang, String)> = (settings.languages.iter().filter(|lang| langs.contains(lang)))
                .map(|lang| (*lang, settings.absolute(&paths::meeting(*lang, code)))).collect();
            (urls(&there, None))
        }
        (in_each(settings, paths::archive))
        (in_each(settings, |lang| paths::subscribe(lang, "")))
        (in_each(settings, paths::feeds))
        (in_each(settings, paths::press_contacts))
        (in_each(settings, paths::present_government))
        @for it in &known.members { (in_each(settings, |lang| paths::member(lang, it))) }
        @for it in &known.formers { (in_each(settings, |lang| paths::government(lang, it))) }
        @for page in SitePage::ALL { (in_each(settings, |lang| page.path(lang))) }
    })
}

/// A page that there is in each language of the site.
fn in_each(settings: &Settings, path: impl Fn(Lang) -> String) -> Markup {
    let all: Vec<(Lang, String)> =
        settings.languages.iter().map(|lang| (*lang, settings.absolute(&path(*lang)))).collect();
    urls(&all, None)
}

fn of_places(settings: &Settings, places: &[Place]) -> Option<String> {
    let all: Vec<_> = places
        .iter()
        .map(|place| (pages(settings, place), instant(settings, place.changed_at)))
        .filter(|(pages, _)| !pages.is_empty())
        .collect();
    (!all.is_empty()).then(|| urlset(html! { @for (pages, changed) in &all { (urls(pages, Some(changed))) } }))
}

fn pages(settings: &Settings, place: &Place) -> Vec<(Lang, String)> {
    let all = place.langs.iter().zip(&place.slugs);
    all.filter(|(lang, _)| settings.languages.contains(lang))
        .map(|(lang, slug)| (*lang, settings.absolute(&paths::release(*lang, place.first_published_on, slug))))
        .collect()
}

/// A page in its languages: each names all of them, itself included, as Google asks.
fn urls(all: &[(Lang, String)], changed: Option<&str>) -> Markup {
    html! {
        @for (_, own) in all {
            url {
                loc { (own) }
                @if let Some(changed) = changed { lastmod { (changed) } }
                @if all.len() > 1 {
                    @for (lang, path) in all { xhtml:link rel="alternate" hreflang=(lang) href=(path) {} }
                }
            }
        }
    }
}

fn urlset(urls: Markup) -> String {
    xml::document(html! { urlset xmlns=(SITEMAP) xmlns:xhtml=(XHTML) { (urls) } })
}

fn of_news(settings: &Settings, news: &[News]) -> String {
    let shown: Vec<&News> = news.iter().filter(|it| settings.languages.contains(&it.lang)).collect();
    xml::document(html! {
        urlset xmlns=(SITEMAP) xmlns:news=(GOOGLE_NEWS) {
            // Without news the file would have no address, which the schema forbids; an address without its news part is
            // what Google asks for once it is old.
            @if shown.is_empty() {
                @for lang in &settings.languages { url { loc { (settings.absolute(&paths::home(*lang))) } } }
            }
            @for it in shown {
                url {
                    loc { (settings.absolute(&paths::release(it.lang, it.first_published_on, &it.slug))) }
                    news:news {
                        news:publication {
                            news:name { (settings.site_name.text(it.lang)) }
                            news:language { (it.lang) }
                        }
                        news:publication_date { (instant(settings, it.first_published_at)) }
                        news:title { (it.title) }
                    }
                }
            }
        }
    })
}

fn instant(settings: &Settings, at: DateTime<Utc>) -> String {
    at.with_timezone(&settings.zone).to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}
