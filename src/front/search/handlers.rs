//! The search over HTTP: parse, ask the index and the public door until both speak of the same sequence, answer.

use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Days, Utc};
use diesel_async::AsyncPgConnection;

use super::offers::{self, Offer, What};
use super::rows::Marker;
use super::turns;
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
use crate::release::decision;
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
        let _turn = turns::take(&ctx, &request).await?;
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

/// A filter with what its codes stand for, and the sequence at which they were looked up, if there were any.
///
/// # Errors
/// A code is unknown; or the database is away.
pub(in crate::front) async fn resolve(
    ctx: &Context,
    filter: &Filter,
) -> Result<(Resolved, Option<Sequence>), WebError> {
    let codes = [&filter.institution, &filter.topic, &filter.mandate, &filter.meeting];
    if codes.iter().all(|code| code.is_none()) {
        return Ok((Resolved::plain(filter.clone()), None));
    }
    let (resolved, at) =
        snapshot::read(ctx, async |conn, at| Ok((filter.clone().resolve(conn).await?, at.sequence))).await?;
    Ok((resolved.ok_or(WebError::NotFound)?, Some(at)))
}

/// Asks once: the index first, and then the rows in one snapshot, so that no connection waits for the index. The index'
/// answer is older than the snapshot: equal sequences mean equal states.
async fn attempt(lang: Lang, ctx: &Context, index: &Index, wish: &Wish, last: Last) -> Result<Attempt, WebError> {
    if wish.filter.words.as_ref().is_some_and(|words| words.direct().is_some()) {
        let to =
            snapshot::read(ctx, async |conn, at| Ok((direct(conn, lang, &wish.filter).await?, at.sequence))).await?;
        if let (Some(to), at) = to {
            return Ok(Attempt::Answered(see(&to).into(), at));
        }
    }
    let (resolved, resolved_at) = resolve(ctx, &wish.filter).await?;
    let kept = |content| {
        let page = views::page(&views::Page {
            settings: &ctx.settings,
            demo: ctx.demo,
            lang,
            wish: &resolved,
            understood: &wish.understood,
            best_first: wish.order == Order::Best,
            query: &wish.query,
            content,
        });
        Page::html(lang, page, tags())
    };
    // 200 and a sentence, which nobody keeps: whoever searches is told where else to look, and a monitor sees that the
    // answer is of no sequence.
    let away = || Ok(Attempt::Answered(kept(Content::Away).not_kept().into(), Sequence::default()));
    if wish.filter.words.is_some() && wish.understood.is_empty() {
        let at = snapshot::read(ctx, async |_, at| Ok(at.sequence)).await?;
        return Ok(Attempt::Answered(kept(Content::NoWords).into(), at));
    }
    let query = wish.query(&resolved, ctx);
    let Ok(found) = index.find(query.clone()).await else { return away() };
    if wish.filter.is_everything() {
        let read = snapshot::read(ctx, async |conn, at| {
            let state = State::of(conn, found.sequence, at.sequence, last).await?;
            let ids: Vec<_> = found.hits.iter().map(|hit| hit.release_id).collect();
            let (recent, topics) = (public::cards(conn, &ids).await?, directory::public::topics(conn).await?);
            Ok((state, at.sequence, recent, topics))
        });
        let (state, at, recent, mut topics) = read.await?;
        match state {
            State::Behind => return Ok(Attempt::Behind(at)),
            State::Apart => return Ok(Attempt::Apart),
            State::Misleading => return away(),
            State::Same | State::Near => {}
        }
        pages::by_name(lang, &mut topics, |topic| &topic.names);
        let examples = examples(index, lang, &recent, &topics).await;
        if last == Last::No && index.sequence() != Some(found.sequence) {
            return Ok(Attempt::Apart);
        }
        topics.truncate(TOPICS);
        let page = kept(Content::Help { examples: &examples, topics: &topics });
        let page = if found.sequence == at { page } else { page.not_kept() };
        return Ok(Attempt::Answered(page.into(), at.min(found.sequence)));
    }
    let (near, wider) = if found.total < views::FEW && wish.start == Start::First {
        // Words that find something are meant as they are.
        let near = if found.total == 0 { near(index, lang, wish, &query).await } else { None };
        (near, wider(index, lang, &resolved, wish, found.total, ctx).await)
    } else {
        (None, Vec::new())
    };
    let read = snapshot::read(ctx, async |conn, at| {
        let state = State::of(conn, found.sequence, at.sequence, last).await?;
        if !matches!(state, State::Same | State::Near) {
            return Ok((state, *at, None));
        }
        let rows = rows(conn, lang, &wish.understood, &found).await?;
        let (institutions, topics, mandates) = facets::most(&found.facets);
        let mandates = decision::mandates_of(conn, &mandates).await?;
        // Whoever bears a name has it in the text of each release, so that they are among those of the facets; what is found
        // nowhere may be their name in a language in which they publish nothing.
        let (institutions, topics) = if found.total == 0 && typed_alone(wish).is_some() {
            (directory::public::institutions(conn).await?, directory::public::topics(conn).await?)
        } else {
            let institutions = directory::public::institutions_of(conn, &institutions).await?;
            (institutions, directory::public::topics_of(conn, &topics).await?)
        };
        Ok((state, *at, Some((rows, institutions, topics, mandates))))
    });
    let (rows, institutions, topics, mandates, snapshot::Snapshot { sequence: at, now }) = match read.await? {
        (State::Behind, at, _) => return Ok(Attempt::Behind(at.sequence)),
        (State::Apart, ..) => return Ok(Attempt::Apart),
        (State::Misleading, ..) | (_, _, None) => return away(),
        (State::Same | State::Near, at, Some((rows, institutions, topics, mandates))) => {
            (rows, institutions, topics, mandates, at)
        }
    };
    if last == Last::No && (rows.len() < found.hits.len() || resolved_at.is_some_and(|before| before != at)) {
        // The door refused one: what was counted is not what is shown. Or the codes may stand for something else.
        return Ok(Attempt::Apart);
    }
    if matches!(wish.start, Start::Before(_)) && !found.has_before() {
        // Whoever came back to the first is at the search's own address, which is a whole page and can be kept.
        let first = resolved_narrow(lang, &resolved, wish).address(&wish.filter);
        return Ok(Attempt::Answered(see(&first).into(), at));
    }
    let offers = match typed_alone(wish) {
        Some(typed) => offers(index, ctx, lang, typed, &institutions, &topics, now).await,
        None => Vec::new(),
    };
    if last == Last::No && !offers.is_empty() && index.sequence() != Some(found.sequence) {
        // They were counted in another state.
        return Ok(Attempt::Apart);
    }
    let no_reference = match typed_alone(wish).and_then(Words::direct) {
        // One that is there was answered above.
        Some(Direct::Reference(reference)) => Some(reference),
        _ => None,
    };
    let facets = facets::facets(lang, &resolved, &found.facets, &institutions, &topics, &mandates);
    let catching_up =
        found.sequence != at || rows.len() < found.hits.len() || resolved_at.is_some_and(|before| before != at);
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
    let tomorrow = now.with_timezone(&ctx.settings.zone).date_naive() + Days::new(1);
    // A day without a year is the last one up to today.
    let has_period = offers.iter().any(|offer| matches!(offer.of, What::Period(_)));
    let day_ends = has_period.then(|| clock::start_of_day(ctx.settings.zone, tomorrow));
    let free = public::first_to_be_free(rows.iter().map(|(card, _)| card));
    let page = page.until(day_ends.into_iter().chain(free), now);
    Ok(Attempt::Answered(page.into(), at.min(found.sequence)))
}

/// How an answer of the index stands to the rows of a snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// They speak of the same sequence.
    Same,
    /// They do not, and it is the last try: the page says so.
    Near,
    /// The rows know of changes that the index does not.
    Behind,
    /// The index knows of changes that the rows do not.
    Apart,
    /// The index is behind at the last try, and something was taken away meanwhile: what it still knows of that must not be
    /// counted, nor be near.
    Misleading,
}

impl State {
    async fn of(conn: &mut AsyncPgConnection, found: Sequence, rows: Sequence, last: Last) -> Result<Self, WebError> {
        Ok(match (found.cmp(&rows), last) {
            (std::cmp::Ordering::Equal, _) => State::Same,
            (std::cmp::Ordering::Less, Last::No) => State::Behind,
            (std::cmp::Ordering::Greater, Last::No) => State::Apart,
            (std::cmp::Ordering::Less, Last::Yes) if change::query::takes_away_after(conn, found).await? => {
                State::Misleading
            }
            (_, Last::Yes) => State::Near,
        })
    }
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
        mandate: resolved.mandate.as_ref().filter(|_| filter.mandate.is_some()).map(|own| own.id),
        meeting: resolved.meeting.as_ref().filter(|_| filter.meeting.is_some()).map(|own| own.id),
        instrument: filter.instrument,
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
    let looked: Vec<_> = cards.iter().map(|card| marker.look(card)).collect();
    let bare: Vec<_> =
        cards.iter().zip(&looked).filter_map(|(card, looked)| Some((card, looked.as_ref()?.needs_text()?))).collect();
    let wanted: Vec<_> = bare.iter().map(|(card, of)| (card.release.id, *of)).collect();
    let snippets = marker.snippets(&public::texts(conn, &wanted).await?);
    // Where the version that is shown has nothing of it, another one does.
    let others: Vec<_> = bare
        .iter()
        .filter(|(card, of)| !snippets.contains_key(&(card.release.id, *of)))
        .flat_map(|(card, shown)| card.versions.keys().filter(move |of| *of != shown).map(|of| (card.release.id, *of)))
        .collect();
    let texts = public::texts(conn, &others).await?;
    Ok(cards
        .into_iter()
        .zip(looked)
        .map(|(card, looked)| {
            let excerpt = marker.excerpt(&card, looked.as_ref(), &snippets, &texts);
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
    let meant: Vec<_> = offers::meant(lang, typed, institutions, topics, today).into_iter().take(OFFERS).collect();
    let queries = meant.iter().map(|offer| match offer.of {
        What::Institution(id) => Query { institution: Some(id), ..Query::default() },
        What::Topic(id) => Query { topic: Some(id), ..Query::default() },
        What::Period(period) => Query { period: Some(period.bounds(zone)), ..Query::default() },
    });
    let counts = index.counts(queries.collect()).await.unwrap_or_default();
    let offers = meant.into_iter().zip(counts).filter(|(_, count)| *count > 0);
    offers.map(|(offer, count)| Offer { count, ..offer }).collect()
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
    let (filters, queries): (Vec<_>, Vec<_>) = candidates.into_iter().unzip();
    let counts = index.counts(queries).await.unwrap_or_default();
    filters.into_iter().zip(counts).find(|(_, count)| *count > 0).map(|(filter, _)| filter)
}

/// How many there are with these words, whatever else is chosen.
fn plain(words: &Words) -> Query {
    Query { words: words.understood(), ..Query::default() }
}

/// The filters that ask for one thing less, with how many they find: only those that find more.
async fn wider(index: &Index, lang: Lang, resolved: &Resolved, wish: &Wish, total: u64, ctx: &Context) -> Vec<Wider> {
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
    let queries = ways.iter().map(|(_, to, understood)| question(understood, resolved, to, ctx)).collect();
    let counts = index.counts(queries).await.unwrap_or_default();
    let mut wider: Vec<Wider> = ways
        .into_iter()
        .zip(counts)
        .filter(|(_, count)| *count > total)
        .map(|((without, to, _), count)| Wider { without, to, count })
        .collect();
    if wider.is_empty() && total == 0 {
        // One step less finds nothing either: each word by itself, whatever else was chosen.
        let terms = wish.understood.wanted.iter().take(WIDER_WORDS);
        let alone: Vec<_> = terms.filter_map(|term| Some((term, Words::read(&term.typed())?))).collect();
        let counts = index.counts(alone.iter().map(|(_, alone)| plain(alone)).collect()).await.unwrap_or_default();
        for ((term, alone), count) in alone.into_iter().zip(counts) {
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
    let typed = examples::typed(lang, recent, topics);
    let typed: Vec<Words> = typed.iter().filter_map(|typed| Words::read(typed)).collect();
    let counts = index.counts(typed.iter().map(plain).collect()).await.unwrap_or_default();
    typed.into_iter().zip(counts).filter(|(_, count)| *count > 0).map(|(words, _)| words).take(EXAMPLES).collect()
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
        let _turn = turns::take(&ctx, &request).await?;
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
    let begun = index.suggest(begun, lang, SUGGESTIONS).await.unwrap_or_default();
    let mut of_words: Vec<String> = begun.into_iter().map(|word| format!("{before}{word}")).collect();
    if !before.trim().is_empty() {
        // With what stands before it, only what finds something.
        let read: Vec<_> = of_words.into_iter().filter_map(|typed| Some((Words::read(&typed)?, typed))).collect();
        let counts = index.counts(read.iter().map(|(words, _)| plain(words)).collect()).await.unwrap_or_default();
        of_words = read.into_iter().zip(counts).filter(|(_, count)| *count > 0).map(|((_, typed), _)| typed).collect();
    }
    for typed in of_words {
        if complete.len() < SUGGESTIONS && !complete.contains(&typed) {
            complete.push(typed);
        }
    }
    complete
}
