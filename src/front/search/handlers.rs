//! The search over HTTP: parse, ask the index and the public door until both speak of the same sequence, answer.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Days, Utc};
use diesel_async::AsyncPgConnection;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::offers::{self, Offer, What};
use super::rows::Marker;
use super::views::{self, Content, Results, Wider};
use super::{examples, facets};
use crate::account::rights::Right;
use crate::change::answer::{self, Answer, Page};
use crate::change::{self, snapshot};
use crate::directory::{self, Institution, Topic};
use crate::front::directory as pages;
use crate::front::narrow::Narrow;
use crate::ids::Sequence;
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::page_cache::Lease;
use crate::kit::web::Keep;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{Route, get};
use crate::paths;
use crate::phrases::phrases;
use crate::release::public::{self, Card};
use crate::release::views::Excerpt;
use crate::search::filter::{Filter, Period, Resolved};
use crate::search::index::{Found, Hit, Index, Key, Order, Query, Start};
use crate::search::words::{Direct, Term, Understood, Words};

/// How many results a page holds.
const SIZE: usize = 20;
/// For how long a reader waits for an index that is behind.
pub(in crate::front) const PATIENCE: Duration = Duration::from_millis(200);
/// How often index and door are asked until they agree.
pub(in crate::front) const TRIES: u32 = 3;
/// The most wanted words that are left out one by one when little is found.
const WIDER_WORDS: usize = 6;
/// The most examples for who has not typed anything.
const EXAMPLES: usize = 4;
/// The most topics below them.
const TOPICS: usize = 24;
/// The most lists that are offered for what was typed.
const OFFERS: usize = 3;
/// The most names among the completions.
const NAMES: usize = 3;
/// The most completions of a word.
const SUGGESTIONS: usize = 8;

/// The search and its suggestions, in each language of the site.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    let mut routes = Vec::new();
    for lang in settings.languages.iter().copied() {
        routes.extend([
            get(paths::search(lang, ""), Right::Public, move |ctx, index, request| show(lang, ctx, index, request)),
            get(paths::suggestions(lang), Right::Public, move |ctx, index, request| suggest(lang, ctx, index, request)),
        ]);
    }
    routes
}

/// What a request asks for.
struct Wish {
    filter: Filter,
    understood: Understood,
    order: Order,
    start: Start,
    /// The query string of just this, in one order.
    query: String,
}

impl Wish {
    fn parse(query: &str) -> Result<Self, WebError> {
        let mut parameters = Parameters::read(query)?;
        let filter = Filter::take(&mut parameters)?;
        let order = parameters
            .take("order", |text| match text {
                "newest" => Some(Order::Newest),
                "best" => Some(Order::Best),
                _ => None,
            })?
            .unwrap_or(Order::Newest);
        let before = parameters.take("before", Key::parse)?;
        let after = parameters.take("after", Key::parse)?;
        parameters.finish()?;
        let start = match (before, after) {
            (None, None) => Start::First,
            (Some(key), None) => Start::After(key),
            (None, Some(key)) => Start::Before(key),
            (Some(_), Some(_)) => return Err(WebError::BadRequest(BadRequest::WrongParameter("after".into()))),
        };
        let understood = filter.words.as_ref().map(Words::understood).unwrap_or_default();
        let mut parts = vec![filter.canonical(), views::stays(order == Order::Best).to_owned()];
        match start {
            Start::First => {}
            Start::After(key) => parts.push(format!("before={key}")),
            Start::Before(key) => parts.push(format!("after={key}")),
        }
        parts.retain(|part| !part.is_empty());
        Ok(Self { filter, understood, order, start, query: parts.join("&") })
    }
}

async fn show(
    lang: Lang,
    ctx: web::Data<Context>,
    index: web::Data<Index>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let wish = Wish::parse(request.query_string())?;
    answer::fill(&ctx, &request, async || {
        let _turn = take_turn().await?;
        for _ in 0..TRIES {
            match attempt(lang, &ctx, &index, &wish, Last::No).await? {
                Attempt::Answered(answer, sequence) => return Ok((answer, sequence)),
                Attempt::Behind(sequence) if !index.wait_for(sequence, PATIENCE).await => break,
                Attempt::Behind(_) | Attempt::Apart => {}
            }
        }
        match attempt(lang, &ctx, &index, &wish, Last::Yes).await? {
            Attempt::Answered(answer, sequence) => Ok((answer, sequence)),
            Attempt::Behind(_) | Attempt::Apart => Err(WebError::Unavailable("the index is out of step".into())),
        }
    })
    .await
}

/// How many searches are made at a time. Each holds a connection while it waits for the index; the others are for pages.
const TURNS: usize = 4;
/// How many wait for that before the next is told to come back.
const QUEUE: usize = 64;

static AT_WORK: Semaphore = Semaphore::const_new(TURNS);
static WAITING: AtomicUsize = AtomicUsize::new(0);

/// The right to search. What is costly to find costs who asks for it, and who searches at the same time.
pub(in crate::front) async fn take_turn() -> Result<SemaphorePermit<'static>, WebError> {
    /// Counts one who waits, until they do no longer, however that ends.
    struct Waits;
    impl Drop for Waits {
        fn drop(&mut self) {
            WAITING.fetch_sub(1, Ordering::Relaxed);
        }
    }
    let before = WAITING.fetch_add(1, Ordering::Relaxed);
    let _waits = Waits;
    if before >= QUEUE {
        return Err(WebError::Unavailable("too many search at a time".into()));
    }
    AT_WORK.acquire().await.map_err(|error| WebError::Internal(error.into()))
}

/// How index and public door got on with each other.
enum Attempt {
    /// They spoke of the same sequence; or it was the last try, and the page says that the index is catching up.
    Answered(Answer, Sequence),
    /// The rows know of changes that the index does not.
    Behind(Sequence),
    /// The index knows of changes that came after these rows, or of a release that the door refuses.
    Apart,
}

/// Whether the answer is given as it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Yes,
    No,
}

/// Asks once. The snapshot is older than the index' answer, so that equal sequences mean equal states.
async fn attempt(lang: Lang, ctx: &Context, index: &Index, wish: &Wish, last: Last) -> Result<Attempt, WebError> {
    snapshot::read(ctx, async |conn, at| {
        if let Some(to) = direct(conn, lang, &wish.filter).await? {
            return Ok(Attempt::Answered(see(&to).into(), at.sequence));
        }
        let resolved = wish.filter.clone().resolve(conn).await?.ok_or(WebError::NotFound)?;
        let page = |content| {
            views::page(&views::Page {
                settings: &ctx.settings,
                demo: ctx.demo,
                lang,
                wish: &resolved,
                understood: &wish.understood,
                best_first: wish.order == Order::Best,
                query: &wish.query,
                content,
            })
        };
        let kept = |content| Page::html(lang, page(content), tags());
        if wish.filter.words.is_some() && wish.understood.is_empty() {
            return Ok(Attempt::Answered(kept(Content::NoWords).into(), at.sequence));
        }
        let query = wish.query(&resolved, ctx);
        let Ok(found) = index.find(query.clone()).await else {
            // 200 and a sentence, which nobody keeps: whoever searches is told where else to look, and a monitor sees that
            // the answer is of no sequence.
            return Ok(Attempt::Answered(kept(Content::Away).not_kept().into(), Sequence::default()));
        };
        if last == Last::No && found.sequence < at.sequence {
            return Ok(Attempt::Behind(at.sequence));
        }
        if last == Last::No && found.sequence > at.sequence {
            return Ok(Attempt::Apart);
        }
        if found.sequence < at.sequence && change::query::takes_away_after(conn, found.sequence).await? {
            // What the index still knows of it must not be counted, nor be near.
            return Ok(Attempt::Answered(kept(Content::Away).not_kept().into(), Sequence::default()));
        }
        if wish.filter.is_everything() {
            let mut topics = directory::public::topics(conn).await?;
            pages::by_name(lang, &mut topics, |topic| &topic.names);
            let ids: Vec<_> = found.hits.iter().map(|hit| hit.release_id).collect();
            let recent = public::cards(conn, &ids).await?;
            let examples = examples(index, lang, &recent, &topics).await;
            topics.truncate(TOPICS);
            let content = Content::Help { examples: &examples, topics: &topics };
            return Ok(Attempt::Answered(kept(content).into(), at.sequence));
        }
        let rows = rows(conn, lang, &wish.understood, &found).await?;
        if rows.len() < found.hits.len() && last == Last::No {
            // The door refused one: what was counted is not what is shown.
            return Ok(Attempt::Apart);
        }
        if matches!(wish.start, Start::Before(_)) && !found.has_before() {
            // Whoever came back to the first is at the search's own address, which is a whole page and can be kept.
            let first = resolved_narrow(lang, &resolved, wish).address(&wish.filter);
            return Ok(Attempt::Answered(see(&first).into(), at.sequence));
        }
        let (institutions, topics) = facets::most(&found.facets);
        let institutions = directory::public::institutions_of(conn, &institutions).await?;
        let topics = directory::public::topics_of(conn, &topics).await?;
        let offers = match typed_alone(wish) {
            // Whoever bears a name has it in the text of each release, so that they are among those of the facets; what
            // is found nowhere may be their name in a language in which they publish nothing.
            Some(typed) if found.total == 0 => {
                let (all, about) =
                    (directory::public::institutions(conn).await?, directory::public::topics(conn).await?);
                offers(index, ctx, lang, typed, &all, &about, at.now).await
            }
            Some(typed) => offers(index, ctx, lang, typed, &institutions, &topics, at.now).await,
            None => Vec::new(),
        };
        let no_reference = match typed_alone(wish).and_then(Words::direct) {
            // One that is there was answered above.
            Some(Direct::Reference(reference)) => Some(reference),
            _ => None,
        };
        let facets = facets::facets(lang, &resolved, &found.facets, &institutions, &topics);
        let (near, wider) = if found.total < views::FEW && wish.start == Start::First {
            // Words that find something are meant as they are.
            let near = if found.total == 0 { near(index, lang, wish, &query).await } else { None };
            (near, wider(index, lang, &resolved, wish, &query, found.total, ctx).await)
        } else {
            (None, Vec::new())
        };
        let catching_up = found.sequence != at.sequence || rows.len() < found.hits.len();
        let key = |parameter: &str, hit: Option<&Hit>| {
            let canonical = [wish.filter.canonical(), views::stays(wish.order == Order::Best).to_owned()];
            let parts = canonical.into_iter().chain(hit.map(|hit| format!("{parameter}={}", hit.key)));
            paths::search(lang, &parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&"))
        };
        let results = Results {
            total: found.total,
            before: found.before,
            rows: &rows,
            facets: &facets,
            previous: found.has_before().then(|| key("after", found.hits.first())),
            next: found.has_after().then(|| key("before", found.hits.last())),
            first: wish.start == Start::First,
            offers: &offers,
            no_reference: no_reference.as_deref(),
            near: near.as_ref(),
            wider: &wider,
            catching_up,
        };
        let page = kept(Content::Results(&results));
        let page = if catching_up { page.not_kept() } else { page };
        let tomorrow = at.now.with_timezone(&ctx.settings.zone).date_naive() + Days::new(1);
        let page = match offers.iter().any(|offer| matches!(offer.of, What::Period(_))) {
            // A day without a year is the last one up to today.
            true => page.until(clock::start_of_day(ctx.settings.zone, tomorrow), at.now),
            false => page,
        };
        Ok(Attempt::Answered(page.into(), at.sequence.min(found.sequence)))
    })
    .await
}

impl Wish {
    /// What the index is asked.
    fn query(&self, resolved: &Resolved, ctx: &Context) -> Query {
        Query {
            order: self.order,
            start: self.start,
            size: SIZE,
            facets: true,
            ..question(&self.understood, resolved, &self.filter, ctx)
        }
    }
}

/// A filter as the index takes it: its ids, its instants; which and how many, and no page.
pub(in crate::front) fn question(
    understood: &Understood,
    resolved: &Resolved,
    filter: &Filter,
    ctx: &Context,
) -> Query {
    Query {
        words: understood.clone(),
        family: filter.family,
        institution: resolved.institution.as_ref().filter(|_| filter.institution.is_some()).map(|own| own.id),
        topic: resolved.topic.as_ref().filter(|_| filter.topic.is_some()).map(|own| own.id),
        kind: filter.kind,
        language: filter.language,
        period: filter.period.map(|period| period.bounds(ctx.settings.zone)),
        ..Query::default()
    }
}

/// The rows of the hits, in their order, with what was found in them marked. Texts are read of those only of which
/// neither title nor lead has a hit.
async fn rows(
    conn: &mut AsyncPgConnection,
    lang: Lang,
    understood: &Understood,
    found: &Found,
) -> Result<Vec<(Card, Excerpt)>, WebError> {
    let ids: Vec<_> = found.hits.iter().map(|hit| hit.release_id).collect();
    let cards = public::cards(conn, &ids).await?;
    let marker = Marker::new(understood, lang);
    let bare: Vec<_> = cards.iter().filter_map(|card| Some((card.release.id, marker.needs_text(card)?))).collect();
    let snippets = marker.snippets(&public::texts(conn, &bare).await?);
    // Where the version that is shown has nothing of it, another one does.
    let others: Vec<_> = cards
        .iter()
        .filter(|card| bare.iter().any(|(id, of)| *id == card.release.id && !snippets.contains_key(&(*id, *of))))
        .flat_map(|card| card.versions.keys().map(|of| (card.release.id, *of)))
        .collect();
    let texts = public::texts(conn, &others).await?;
    Ok(cards
        .into_iter()
        .map(|card| {
            let excerpt = marker.excerpt(&card, &snippets, &texts);
            (card, excerpt)
        })
        .collect())
}

/// Where a number or a day leads that was typed alone. Of a number that is not public, nowhere: it is a word like others.
async fn direct(conn: &mut AsyncPgConnection, lang: Lang, filter: &Filter) -> Result<Option<String>, WebError> {
    let alone = Filter { words: filter.words.clone(), ..Filter::default() } == *filter;
    match filter.words.as_ref().filter(|_| alone).and_then(Words::direct) {
        Some(Direct::Reference(reference)) => {
            let there = public::by_reference(conn, &reference).await?;
            Ok((!there.is_empty()).then(|| paths::short_in(lang, &reference)))
        }
        Some(Direct::Day(day)) => {
            let day = Filter { period: Some(Period::Day(day)), ..Filter::default() };
            Ok(Some(paths::releases(lang, &day.canonical())))
        }
        None => Ok(None),
    }
}

/// What was typed, if nothing else was chosen.
fn typed_alone(wish: &Wish) -> Option<&Words> {
    let alone = Filter { words: wish.filter.words.clone(), ..Filter::default() } == wish.filter;
    wish.filter.words.as_ref().filter(|_| alone && wish.start == Start::First)
}

/// The lists that may be meant by it, with how many each holds: only those that hold any.
async fn offers(
    index: &Index,
    ctx: &Context,
    lang: Lang,
    typed: &Words,
    institutions: &[Institution],
    topics: &[Topic],
    now: DateTime<Utc>,
) -> Vec<Offer> {
    let zone = ctx.settings.zone;
    let today = now.with_timezone(&zone).date_naive();
    let mut offers = Vec::new();
    for offer in offers::meant(lang, typed, institutions, topics, today).into_iter().take(OFFERS) {
        let query = match offer.of {
            What::Institution(id) => Query { institution: Some(id), ..Query::default() },
            What::Topic(id) => Query { topic: Some(id), ..Query::default() },
            What::Period(period) => Query { period: Some(period.bounds(zone)), ..Query::default() },
        };
        let count = index.find(query).await.map_or(0, |found| found.total);
        if count > 0 {
            offers.push(Offer { count, ..offer });
        }
    }
    offers
}

/// The search with words put right that are nowhere: with its choices, or else without them, or else such a word alone.
/// Only what finds something.
async fn near(index: &Index, lang: Lang, wish: &Wish, query: &Query) -> Option<Filter> {
    let mut right = wish.understood.clone();
    let mut alone = Vec::new();
    for (place, term) in wish.understood.wanted.iter().enumerate() {
        let (Term::Word(word) | Term::Prefix(word)) = term else { continue };
        if let Ok(Some(near)) = index.near(word, lang).await {
            right = right.with(place, &near);
            alone.push(near);
        }
    }
    let (true, Some(words)) = (!alone.is_empty(), Words::read(&right.typed())) else { return None };
    let of_words = |words: &Words| Filter { words: Some(words.clone()), ..Filter::default() };
    let whole = Filter { words: Some(words.clone()), ..wish.filter.clone() };
    let asked = Query { words: words.understood(), size: 0, facets: false, start: Start::First, ..query.clone() };
    let mut candidates = vec![(whole, asked), (of_words(&words), plain(&words))];
    candidates.extend(alone.iter().filter_map(|word| Words::read(word)).map(|word| (of_words(&word), plain(&word))));
    for (filter, query) in candidates {
        if index.find(query).await.is_ok_and(|found| found.total > 0) {
            return Some(filter);
        }
    }
    None
}

/// How many there are with these words, whatever else is chosen.
fn plain(words: &Words) -> Query {
    Query { words: words.understood(), ..Query::default() }
}

/// The filters that ask for one thing less, with how many they find: only those that find more.
async fn wider(
    index: &Index,
    lang: Lang,
    resolved: &Resolved,
    wish: &Wish,
    query: &Query,
    total: u64,
    ctx: &Context,
) -> Vec<Wider> {
    let words = phrases(lang);
    let mut ways: Vec<(String, Filter, Understood)> = resolved_narrow(lang, resolved, wish)
        .chosen()
        .into_iter()
        .map(|(label, to)| (words.search_widen_choice(label), to, wish.understood.clone()))
        .collect();
    let less = |understood: Understood| {
        let filter = Filter { words: Words::read(&understood.typed()), ..wish.filter.clone() };
        // A search for nothing is none.
        (!filter.is_everything()).then_some((filter, understood))
    };
    for (place, term) in wish.understood.wanted.iter().enumerate().take(WIDER_WORDS) {
        if let Term::Phrase(parts) = term
            && parts.len() > 1
        {
            let mut loose = wish.understood.clone();
            loose.wanted.splice(place..=place, parts.iter().cloned().map(Term::Word));
            if let Some((filter, understood)) = less(loose) {
                ways.push((words.search_widen_phrase(term.text()), filter, understood));
            }
        }
        if let Some((filter, understood)) = less(wish.understood.without(place)) {
            ways.push((words.search_widen_word(term.text()), filter, understood));
        }
    }
    for (place, term) in wish.understood.unwanted.iter().enumerate().take(WIDER_WORDS) {
        let mut understood = wish.understood.clone();
        understood.unwanted.remove(place);
        if let Some((filter, understood)) = less(understood) {
            ways.push((words.search_widen_unwanted(term.text()), filter, understood));
        }
    }
    let mut wider = Vec::new();
    for (without, to, understood) in ways {
        let query = Query { order: query.order, ..question(&understood, resolved, &to, ctx) };
        let count = index.find(query).await.map_or(0, |found| found.total);
        if count > total {
            wider.push(Wider { without, to, count });
        }
    }
    if wider.is_empty() && total == 0 {
        // One step less finds nothing either: each word by itself, whatever else was chosen.
        for term in wish.understood.wanted.iter().take(WIDER_WORDS) {
            let Some(alone) = Words::read(&term.typed()) else { continue };
            let count = index.find(plain(&alone)).await.map_or(0, |found| found.total);
            let to = Filter { words: Some(alone), ..Filter::default() };
            if count > 0 && to != wish.filter {
                wider.push(Wider { without: words.search_widen_only(term.text()), to, count });
            }
        }
    }
    wider
}

/// What somebody may type here. Only what finds something.
async fn examples(index: &Index, lang: Lang, recent: &[Card], topics: &[Topic]) -> Vec<Words> {
    let mut examples = Vec::new();
    for words in examples::typed(lang, recent, topics).iter().filter_map(|typed| Words::read(typed)) {
        if examples.len() < EXAMPLES && index.find(plain(&words)).await.is_ok_and(|found| found.total > 0) {
            examples.push(words);
        }
    }
    examples
}

fn resolved_narrow<'a>(lang: Lang, resolved: &'a Resolved, wish: &Wish) -> Narrow<'a> {
    Narrow { lang, wish: resolved, to: paths::search, stays: views::stays(wish.order == Order::Best) }
}

/// Any release may enter any search, and names stand in the facets.
fn tags() -> Vec<String> {
    ["list", "directory", "topics"].map(str::to_owned).to_vec()
}

/// For now elsewhere; kept by nobody.
fn see(to: &str) -> HttpResponse {
    HttpResponse::Found()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .finish()
}

/// Completions of the last word, each with what stands before it: what the field would then hold.
async fn suggest(
    lang: Lang,
    ctx: web::Data<Context>,
    index: web::Data<Index>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let typed = parameters.take("q", |text| Some(text.to_owned()))?.unwrap_or_default();
    parameters.finish()?;
    answer::fill(&ctx, &request, async || {
        let _turn = take_turn().await?;
        // What was taken away must not be suggested: an index that is behind, or may be, suggests nothing.
        let is_behind = match ctx.pages.lease() {
            Lease::Held(known) => !index.wait_for(Sequence(known), PATIENCE).await,
            Lease::Lost(..) | Lease::Never => true,
        };
        // Before it is asked: what it answers is at least of that state.
        let sequence = index.sequence().filter(|_| !is_behind);
        let words = match Words::read(&typed) {
            Some(words) if !is_behind && typed.ends_with(char::is_alphanumeric) => {
                complete(&index, lang, words.text()).await
            }
            _ => Vec::new(),
        };
        let body = serde_json::to_string(&words).map_err(|error| WebError::Internal(error.into()))?;
        let page = Page::of("application/json", body, vec!["list".into()]);
        Ok(match sequence {
            Some(sequence) => (page.into(), sequence),
            // While it is being built there are no words that one could keep.
            None => (page.not_kept().into(), Sequence::default()),
        })
    })
    .await
}

/// What was typed, with its last word completed in each way that titles know.
async fn complete(index: &Index, lang: Lang, typed: &str) -> Vec<String> {
    let at = typed
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| typed[at..].chars().next().map_or(0, |c| at + c.len_utf8()));
    let (before, begun) = typed.split_at(at);
    // Within a phrase the word before it would have to be known, too.
    if Words::read(before).is_some_and(|words| words.is_open()) {
        return Vec::new();
    }
    // Names first: they lead to all that somebody publishes.
    let mut complete = index.names(typed, lang, NAMES).await.unwrap_or_default();
    for word in index.suggest(begun, lang, SUGGESTIONS).await.unwrap_or_default() {
        let typed = format!("{before}{word}");
        // With what stands before it, only what finds something.
        let finds = match Words::read(&typed).filter(|_| !before.trim().is_empty()) {
            Some(words) => index.find(plain(&words)).await.is_ok_and(|found| found.total > 0),
            None => true,
        };
        if finds && complete.len() < SUGGESTIONS && !complete.contains(&typed) {
            complete.push(typed);
        }
    }
    complete
}
