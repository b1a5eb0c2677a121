//! Feeds over HTTP: parse the filter as a list does, read its newest releases whole in one snapshot, answer in a format.

use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;

use super::entry::{self, Feed, Read};
use super::{Format, SIZE, TOMBSTONES, atom, help, json, rss};
use crate::account::rights::Right;
use crate::change::answer::{Answer, Page, answer};
use crate::directory;
use crate::front::directory::by_name;
use crate::front::handlers::{found, start};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::paths;
use crate::release::listing::Shelf;
use crate::release::public::{self, Listed, Start};
use crate::release::{rendered, syndication};
use crate::search::{Filter, Resolved};

/// The feeds in each language and format, and the page that tells of them.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    let mut routes = Vec::new();
    for lang in settings.languages.iter().copied() {
        for format in Format::ALL {
            routes.push(get(paths::feed(lang, format.extension(), ""), Right::Public, move |ctx, request| {
                show(lang, format, ctx, request)
            }));
        }
        routes.push(get(paths::feeds(lang), Right::Public, move |ctx, request| show_help(lang, ctx, request)));
    }
    routes
}

async fn show(
    lang: Lang,
    format: Format,
    ctx: web::Data<Context>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let wish = Filter::take(&mut parameters)?;
    let start = start(&mut parameters)?;
    parameters.finish()?;
    let settings = &ctx.settings;
    answer(
        &ctx,
        &request,
        async |conn, _| {
            let wish = wish.resolve(conn).await?.ok_or(WebError::NotFound)?;
            let listed = which(conn, settings, &wish, start).await?;
            let texts = syndication::full_texts(conn, &listed.ids, &entry::order(settings, lang)).await?;
            let taken_off = match start {
                Start::Newest if wish.filter.is_shelved() && format != Format::Rss => {
                    let oldest = listed.last.filter(|_| listed.has_older).map(|key| key.published_at);
                    syndication::taken_off(conn, &wish.selection(settings.zone), oldest, TOMBSTONES).await?
                }
                _ => Vec::new(),
            };
            let site_id = syndication::site_id(conn).await?;
            Ok(Read { wish, start, listed, texts, taken_off, site_id })
        },
        async |read, _| {
            if matches!(start, Start::NewerThan(_)) && !read.listed.has_newer {
                // Whoever came back to the newest is at the feed's own address, as in a list.
                return Ok(found(&paths::feed(lang, format.extension(), &read.wish.filter.canonical())).into());
            }
            let bodies: Vec<(Lang, &str)> = read.texts.iter().map(|of| (of.lang, of.body.as_str())).collect();
            let texts = rendered::html_of(&bodies).await?;
            let feed = Feed::new(settings, lang, &read, &texts);
            let body = match format {
                Format::Atom => atom::document(&feed),
                Format::Rss => rss::document(&feed),
                Format::Json => json::document(&feed).map_err(|error| WebError::Internal(error.into()))?,
            };
            let tags = vec![narrowest(&read.wish).tag(), "directory".into(), "topics".into()];
            Ok(Page { lang: Some(lang), ..Page::of(format.content_type(), body, tags) }.into())
        },
    )
    .await
}

/// Which releases a feed holds. By its shelves, if they say all of it; words, kind and language are for the index.
async fn which(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    wish: &Resolved,
    start: Start,
) -> Result<Listed, WebError> {
    if !wish.filter.is_shelved() {
        return Err(WebError::Unavailable("the search index does not answer".into()));
    }
    Ok(public::list(conn, &wish.selection(settings.zone), start, SIZE).await?)
}

/// The shelf by whose changes the whole of it changes.
fn narrowest(wish: &Resolved) -> Shelf {
    let institution = wish.institution.as_ref().map(|institution| Shelf::Institution(institution.id));
    let topic = wish.topic.as_ref().map(|topic| Shelf::Topic(topic.id));
    institution.or(topic).or(wish.filter.family.map(Shelf::Family)).unwrap_or(Shelf::All)
}

async fn show_help(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    answer(
        &ctx,
        &request,
        async |conn, _| Ok((directory::public::institutions(conn).await?, directory::public::topics(conn).await?)),
        async |(mut institutions, mut topics), _| {
            by_name(lang, &mut institutions, |institution| &institution.names);
            by_name(lang, &mut topics, |topic| &topic.names);
            let page = help::page(&ctx.settings, ctx.demo, lang, &institutions, &topics);
            // Who publishes for the first time is in the directory from then on.
            let tags = vec!["list".into(), "directory".into(), "topics".into()];
            Ok(Answer::from(Page::html(lang, page, tags)))
        },
    )
    .await
}
