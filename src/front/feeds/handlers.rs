//! Feeds over HTTP: parse the filter as a list does, read its newest releases whole in one snapshot, answer in a format.

use actix_web::{HttpRequest, HttpResponse, web};

use super::entry::{self, Feed, Read};
use super::{Format, SIZE, TOMBSTONES, atom, help, json, rss};
use crate::account::rights::Right;
use crate::change::answer::{self, Answer, Page, answer};
use crate::change::snapshot;
use crate::directory;
use crate::front::directory::by_name;
use crate::front::handlers::{found, start};
use crate::front::search::handlers::{PATIENCE, TRIES, question, resolve};
use crate::front::search::turns;
use crate::ids::Sequence;
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
use crate::search::index::{self, Found, Index};
use crate::search::{Filter, Resolved, Words};

/// A code in the pattern of an address.
const CODE: &str = "{code:[a-z0-9-]{1,80}}";

/// The feeds in each language and format, and the page that tells of them.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    let mut routes = Vec::new();
    for lang in settings.languages.iter().copied() {
        for format in Format::ALL {
            routes.push(get(paths::feed(lang, format.extension(), ""), Right::Public, move |ctx, index, request| {
                show(lang, format, ctx, index, request)
            }));
            let ending = format.extension();
            // Somebody puts a feed's ending to the address of a page.
            for page in [
                format!("/{lang}"),
                paths::search(lang, ""),
                paths::institutions(lang),
                paths::topics(lang),
                paths::feeds(lang),
            ] {
                routes.push(get(format!("{page}.{ending}"), Right::Public, move |request: HttpRequest| async move {
                    found(&paths::feed(lang, ending, request.query_string()))
                }));
            }
            for (page, parameter) in
                [(paths::institution(lang, CODE), "institution"), (format!("{}/{CODE}", paths::topics(lang)), "topic")]
            {
                // Whether there is one the feed says, to whoever asks for it.
                let of_code = move |code: web::Path<String>| async move {
                    found(&paths::feed(lang, ending, &format!("{parameter}={code}")))
                };
                routes.push(get(format!("{page}.{ending}"), Right::Public, of_code));
            }
        }
        routes.push(get(paths::feeds(lang), Right::Public, move |ctx, request| show_help(lang, ctx, request)));
    }
    routes
}

async fn show(
    lang: Lang,
    format: Format,
    ctx: web::Data<Context>,
    index: web::Data<Index>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let wish = Filter::take(&mut parameters)?;
    let start = start(&mut parameters)?;
    parameters.finish()?;
    answer::fill(&ctx, &request, async || {
        // A feed of a search is a search.
        let _turn = if wish.is_shelved() { None } else { Some(turns::take(&ctx, &request).await?) };
        for _ in 0..TRIES {
            match read(lang, format, &ctx, &index, &wish, start).await? {
                Attempt::Read(read, sequence) => return Ok((draw(lang, format, &ctx, *read).await?, sequence)),
                Attempt::Behind(sequence) if !index.wait_for(sequence, PATIENCE).await => break,
                Attempt::Behind(_) => {}
            }
        }
        // A feed that leaves something out would never bring it: its reader asks again.
        Err(WebError::Unavailable("the search index is catching up".into()))
    })
    .await
}

/// What came of reading a feed.
enum Attempt {
    /// All of it, at one sequence.
    Read(Box<Read>, Sequence),
    /// The rows and the index don't speak of the same sequence; the rows' is this.
    Behind(Sequence),
}

async fn read(
    lang: Lang,
    format: Format,
    ctx: &Context,
    index: &Index,
    wish: &Filter,
    start: Start,
) -> Result<Attempt, WebError> {
    let settings = &ctx.settings;
    // The index answers before a connection is taken. What it says is older than the rows: equal sequences mean equal states.
    let found = if wish.is_shelved() {
        None
    } else if wish.words.as_ref().is_some_and(|words| words.understood().is_empty()) {
        // Signs alone are no words: the search finds nothing and says so.
        Some((Found::default(), None))
    } else {
        let (resolved, _) = resolve(ctx, wish).await?;
        let found = found_by_index(ctx, index, &resolved, start).await?;
        let sequence = found.sequence;
        Some((found, Some((sequence, ids(&resolved)))))
    };
    snapshot::read(ctx, async |conn, at| {
        let wish = wish.clone().resolve(conn).await?.ok_or(WebError::NotFound)?;
        let listed = match &found {
            None => public::list(conn, &wish.selection(settings.zone), start, SIZE).await?,
            Some((found, by)) => {
                let now = (at.sequence, ids(&wish));
                if by.is_some_and(|by| by != now) {
                    return Ok(Attempt::Behind(at.sequence));
                }
                listed(found)
            }
        };
        let texts = syndication::full_texts(conn, &listed.ids, &entry::order(settings, lang)).await?;
        let taken_off = match start {
            Start::Newest if wish.filter.is_shelved() && format != Format::Rss => {
                let oldest = listed.last.filter(|_| listed.has_older).map(|key| key.published_at);
                syndication::taken_off(conn, &wish.selection(settings.zone), oldest, TOMBSTONES).await?
            }
            _ => Vec::new(),
        };
        let site = syndication::site(conn).await?;
        let read = Read { wish, start, listed, texts, taken_off, site, now: at.now };
        Ok(Attempt::Read(Box::new(read), at.sequence))
    })
    .await
}

/// What its codes stand for.
fn ids(wish: &Resolved) -> [Option<i64>; 4] {
    [
        wish.institution.as_ref().map(|it| it.id.0),
        wish.topic.as_ref().map(|it| it.id.0),
        wish.mandate.as_ref().map(|it| it.id.0),
        wish.meeting.as_ref().map(|it| it.id.0),
    ]
}

async fn draw(lang: Lang, format: Format, ctx: &Context, read: Read) -> Result<Answer, WebError> {
    if matches!(read.start, Start::NewerThan(_)) && !read.listed.has_newer {
        // Whoever came back to the newest is at the feed's own address, as in a list.
        return Ok(found(&paths::feed(lang, format.extension(), &read.wish.filter.canonical())).into());
    }
    let bodies: Vec<(Lang, &str)> = read.texts.iter().map(|of| (of.lang, of.body.as_str())).collect();
    let texts = rendered::html_of(&bodies).await?;
    let feed = Feed::new(&ctx.settings, lang, &read, &texts);
    let body = match format {
        Format::Atom => atom::document(&feed),
        Format::Rss => rss::document(&feed),
        Format::Json => json::document(&feed).map_err(|error| WebError::Internal(error.into()))?,
    };
    let tags = vec![narrowest(&read.wish).tag(), "directory".into(), "topics".into(), "contacts".into()];
    let page = Page { lang: Some(lang), ..Page::of(format.content_type(), body, tags) };
    // The notice not to use it before goes by itself at its instant.
    Ok(page.until(read.texts.iter().filter_map(|of| of.not_before), read.now).into())
}

/// Words, kind and language are for the index to find; the newest first, as in any list.
async fn found_by_index(ctx: &Context, index: &Index, wish: &Resolved, start: Start) -> Result<Found, WebError> {
    let words = wish.filter.words.as_ref().map(Words::understood).unwrap_or_default();
    let start = match start {
        Start::Newest => index::Start::First,
        Start::OlderThan(key) => index::Start::After(key.into()),
        Start::NewerThan(key) => index::Start::Before(key.into()),
    };
    let query = index::Query { size: SIZE, start, ..question(&words, wish, &wish.filter, ctx) };
    Ok(index.find(query).await?)
}

fn listed(found: &Found) -> Listed {
    Listed {
        ids: found.hits.iter().map(|hit| hit.release_id).collect(),
        first: found.hits.first().map(|hit| hit.key.listed()),
        last: found.hits.last().map(|hit| hit.key.listed()),
        has_older: found.has_after(),
        has_newer: found.has_before(),
    }
}

/// The shelf by whose changes the whole of it changes.
fn narrowest(wish: &Resolved) -> Shelf {
    let institution = wish.institution.as_ref().map(|institution| Shelf::Institution(institution.id));
    let topic = wish.topic.as_ref().map(|topic| Shelf::Topic(topic.id));
    let mandate = wish.mandate.as_ref().map(|mandate| Shelf::Mandate(mandate.id));
    let meeting = wish.meeting.as_ref().map(|meeting| Shelf::Meeting(meeting.id));
    let of_council = meeting.or(mandate).or(wish.filter.instrument.map(Shelf::Instrument));
    let family = wish.filter.family.map(Shelf::Family);
    of_council.or(institution).or(topic).or(family).unwrap_or(Shelf::All)
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
