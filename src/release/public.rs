//! The one door through which the public sees releases: it reads the `public_*` views and nothing else, so that what is
//! not public cannot come through it, whatever a page asks (DESIGN §4).

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, SmallInt, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::listing::Shelf;
use super::state::PublicState;
use crate::directory::Family;
use crate::ids::{EditionId, InstitutionId, ReleaseId, RevisionId, TopicId};
use crate::kit::lang::{Lang, Texts};
use crate::kit::statement::kept;

/// What a list shows of a release.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its standing.
    pub release: Standing,
    /// Title and lead by language; at least one.
    pub versions: BTreeMap<Lang, Version>,
    /// The lead first.
    pub issuers: Vec<Issuer>,
}

/// Identity, instants and standing of a public release.
#[derive(Debug, Clone, QueryableByName)]
pub struct Standing {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: ReleaseId,
    /// Its number; none for what an archive brought without one.
    #[diesel(sql_type = Nullable<Text>)]
    pub reference: Option<String>,
    /// The number that an archive gave it.
    #[diesel(sql_type = Nullable<Text>)]
    pub source_number: Option<String>,
    /// Public or withdrawn.
    #[diesel(sql_type = Text)]
    pub public_state: PublicState,
    /// When the public first saw it.
    #[diesel(sql_type = Timestamptz)]
    pub first_published_at: DateTime<Utc>,
    /// The date in its address.
    #[diesel(sql_type = Date)]
    pub first_published_on: NaiveDate,
    /// Whether the hour is known, or only the day.
    #[diesel(sql_type = Bool)]
    pub time_known: bool,
    /// When it was last corrected.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub changed_at: Option<DateTime<Utc>>,
    /// The edition that is read.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
    /// The revision that is read.
    #[diesel(sql_type = BigInt)]
    pub revision_id: RevisionId,
    /// Why it was withdrawn.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub notice: Option<Texts>,
}

/// Title, lead and address in one language.
#[derive(Debug, Clone)]
pub struct Version {
    /// The headline.
    pub title: String,
    /// One or two sentences; may be empty.
    pub lead: String,
    /// The last part of its address.
    pub slug: String,
}

/// An institution as a release names it.
#[derive(Debug, Clone)]
pub struct Issuer {
    /// Which one.
    pub id: InstitutionId,
    /// Its word in addresses.
    pub code: String,
    /// Its source family.
    pub family: Family,
    /// What it is called.
    pub names: Texts,
}

/// A topic as a release names it.
#[derive(Debug, Clone)]
pub struct Label {
    /// Which one.
    pub id: TopicId,
    /// Its word in addresses.
    pub code: String,
    /// What it is called.
    pub names: Texts,
}

/// A correction that readers are told of: the note of an edition after the first.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The number of the edition.
    pub number: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// What it corrects.
    pub note: Texts,
}

/// All that the page of a release shows.
#[derive(Debug, Clone)]
pub struct Page {
    /// As in a list, with all its languages.
    pub card: Card,
    /// The text of the language asked for, in Markdown.
    pub body: String,
    /// In the order that its author chose.
    pub topics: Vec<Label>,
    /// The newest first.
    pub corrections: Vec<Correction>,
}

/// What has become of an address.
#[derive(Debug, Clone, QueryableByName)]
pub struct Address {
    /// Whose it is.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Whether the release lives there, or lived there.
    #[diesel(sql_type = Bool)]
    pub current: bool,
    /// Public, withdrawn or unpublished.
    #[diesel(sql_type = Text)]
    pub public_state: PublicState,
    /// Where an unpublished release's address leads.
    #[diesel(sql_type = Nullable<Text>)]
    pub moved_to: Option<String>,
    /// Why it was unpublished.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub notice: Option<Texts>,
}

/// Where a list stands: the next page begins after this release. One page costs what any other does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// When it was first published.
    pub published_at: DateTime<Utc>,
    /// Its place among those of that instant: no id, which would tell how many releases are not public.
    pub place: i64,
}

impl Key {
    /// As a parameter: seconds and fraction since 1970, and the place; `1795780800.123456-417`.
    pub fn parse(text: &str) -> Option<Self> {
        let (at, place) = text.rsplit_once('-')?;
        let (seconds, micros) = at.split_once('.').unwrap_or((at, "0"));
        let digits =
            |text: &str, most| !text.is_empty() && text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
        let (sign, bare) = seconds.strip_prefix('-').map_or((1, seconds), |rest| (-1, rest));
        if !digits(bare, 12) || !digits(micros, 6) || !digits(place, 18) {
            return None;
        }
        let seconds: i64 = bare.parse::<i64>().ok()? * sign;
        let published_at = DateTime::from_timestamp(seconds, micros.parse::<u32>().ok()? * 1000)?;
        Some(Self { published_at, place: place.parse().ok()? })
    }
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at = self.published_at;
        match at.timestamp_subsec_micros() {
            0 => write!(f, "{}-{}", at.timestamp(), self.place),
            micros => write!(f, "{}.{micros}-{}", at.timestamp(), self.place),
        }
    }
}

/// Which releases a list holds: those on all of its shelves, of its period.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// All must hold; empty: every release.
    pub shelves: Vec<Shelf>,
    /// From the first instant, up to and without the second.
    pub period: Option<(DateTime<Utc>, DateTime<Utc>)>,
}

/// Which way a list is paged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// At the newest.
    Newest,
    /// After this one, towards older ones.
    OlderThan(Key),
    /// Before this one, towards newer ones.
    NewerThan(Key),
}

/// One page of a list, newest first.
#[derive(Debug, Clone)]
pub struct Listed {
    /// In their order.
    pub ids: Vec<ReleaseId>,
    /// Where the first of them stands: newer ones are before it.
    pub first: Option<Key>,
    /// Where the last of them stands: older ones are after it.
    pub last: Option<Key>,
    /// Whether older ones follow.
    pub has_older: bool,
    /// Whether newer ones stand before.
    pub has_newer: bool,
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Timestamptz)]
    published_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    place: i64,
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
}

/// One page of at most `size` releases, by one range of the shelf's index, whatever stands before it.
pub async fn list(
    conn: &mut AsyncPgConnection,
    selection: &Selection,
    start: Start,
    size: usize,
) -> QueryResult<Listed> {
    // The narrowest shelf leads: institution before topic before family before all.
    let mut shelves: Vec<Shelf> = selection.shelves.clone();
    shelves.sort_by_key(|shelf| match shelf {
        Shelf::Institution(_) => 0,
        Shelf::Topic(_) => 1,
        Shelf::Family(_) => 2,
        Shelf::All => 3,
    });
    // As slices: on a Vec, `first` is diesel's here.
    let first = shelves.as_slice().first().copied().unwrap_or(Shelf::All);
    let others: Vec<Shelf> = shelves.into_iter().skip(1).collect();
    let (descending, edge) = match start {
        Start::Newest => (true, None),
        Start::OlderThan(key) => (true, Some(key)),
        Start::NewerThan(key) => (false, Some(key)),
    };
    // Only fixed text is put together here; every value is bound.
    let mut sql = String::from(
        "SELECT l.published_at, l.place, l.release_id FROM public_listings l
         WHERE l.shelf = $1 AND l.shelf_id = $2 AND l.published_at >= $3 AND l.published_at < $4",
    );
    if edge.is_some() {
        sql.push_str(if descending {
            " AND (l.published_at, l.place) < ($6, $7)"
        } else {
            " AND (l.published_at, l.place) > ($6, $7)"
        });
    } else {
        // Bound all the same, so that the places of the parameters stay.
        sql.push_str(" AND ($6::timestamptz IS NULL OR $7::bigint IS NULL)");
    }
    sql.push_str(
        " AND (SELECT count(*) FROM unnest($8::text[], $9::bigint[]) AS other (shelf, shelf_id)
               JOIN public_listings o ON o.release_id = l.release_id AND o.shelf = other.shelf AND o.shelf_id = other.shelf_id)
              = cardinality($8)",
    );
    sql.push_str(if descending {
        " ORDER BY l.published_at DESC, l.place DESC LIMIT $5"
    } else {
        " ORDER BY l.published_at, l.place LIMIT $5"
    });
    let (from, until) = selection.period.unwrap_or((DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC));
    // Postgres' own bounds are wider than a year of four digits and narrower than chrono's.
    let clamp = |at: DateTime<Utc>| at.clamp(far(-62_135_596_800), far(253_402_300_799));
    let limit = i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1);
    let query = diesel::sql_query(sql)
        .bind::<Text, _>(first.key().0)
        .bind::<BigInt, _>(first.key().1)
        .bind::<Timestamptz, _>(clamp(from))
        .bind::<Timestamptz, _>(clamp(until))
        .bind::<BigInt, _>(limit)
        .bind::<Nullable<Timestamptz>, _>(edge.map(|key| clamp(key.published_at)))
        .bind::<Nullable<BigInt>, _>(edge.map(|key| key.place))
        .bind::<Array<Text>, _>(others.iter().map(|shelf| shelf.key().0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(others.iter().map(|shelf| shelf.key().1).collect::<Vec<_>>());
    // One of a few texts: which of them, the start says.
    let mut rows: Vec<KeyRow> = kept(query).load(conn).await?;
    let more = rows.len() > size;
    rows.truncate(size);
    if !descending {
        rows.reverse();
    }
    let key = |row: &KeyRow| Key { published_at: row.published_at, place: row.place };
    let (first, last) = (rows.as_slice().first().map(key), rows.last().map(key));
    let ids = rows.iter().map(|row| row.release_id).collect();
    Ok(match start {
        Start::Newest => Listed { ids, first, last, has_older: more, has_newer: false },
        Start::OlderThan(_) => Listed { ids, first, last, has_older: more, has_newer: true },
        Start::NewerThan(_) => Listed { ids, first, last, has_older: true, has_newer: more },
    })
}

fn far(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

#[derive(QueryableByName)]
struct VersionRow {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    lang: Lang,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    lead: String,
    #[diesel(sql_type = Text)]
    slug: String,
}

#[derive(QueryableByName)]
struct IssuerRow {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = BigInt)]
    id: InstitutionId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    family: Family,
    #[diesel(sql_type = Jsonb)]
    names: Texts,
}

/// What lists show of those releases, in the order asked for. Whatever is no longer public is left out.
pub async fn cards(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Card>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let standings: Vec<Standing> = diesel::sql_query(
        "SELECT id, reference, source_number, public_state, first_published_at, first_published_on, time_known,
                changed_at, edition_id, revision_id, notice FROM public_releases WHERE id = ANY($1)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await?;
    let versions: Vec<VersionRow> =
        diesel::sql_query("SELECT release_id, lang, title, lead, slug FROM public_versions WHERE release_id = ANY($1)")
            .bind::<Array<BigInt>, _>(ids)
            .load(conn)
            .await?;
    let issuers: Vec<IssuerRow> = diesel::sql_query(
        "SELECT s.release_id, i.id, i.code, i.family, i.names
         FROM public_releases r JOIN issuers s ON s.release_id = r.id JOIN institutions i ON i.id = s.institution_id
         WHERE r.id = ANY($1) ORDER BY s.release_id, s.position",
    )
    .bind::<Array<BigInt>, _>(ids)
    .load(conn)
    .await?;
    let mut cards: HashMap<ReleaseId, Card> = standings
        .into_iter()
        .map(|release| (release.id, Card { release, versions: BTreeMap::new(), issuers: Vec::new() }))
        .collect();
    for row in versions {
        if let Some(card) = cards.get_mut(&row.release_id) {
            card.versions.insert(row.lang, Version { title: row.title, lead: row.lead, slug: row.slug });
        }
    }
    for row in issuers {
        if let Some(card) = cards.get_mut(&row.release_id) {
            card.issuers.push(Issuer { id: row.id, code: row.code, family: row.family, names: row.names });
        }
    }
    Ok(ids.iter().filter_map(|id| cards.remove(id)).filter(|card| !card.versions.is_empty()).collect())
}

/// Whose address this is, and what has become of it.
pub async fn address(
    conn: &mut AsyncPgConnection,
    lang: Lang,
    on: NaiveDate,
    slug: &str,
) -> QueryResult<Option<Address>> {
    diesel::sql_query(
        "SELECT release_id, current, public_state, moved_to, notice FROM public_addresses
         WHERE lang = $1 AND published_on = $2 AND slug = $3",
    )
    .bind::<Text, _>(lang)
    .bind::<Date, _>(on)
    .bind::<Text, _>(slug)
    .get_result(conn)
    .await
    .optional()
}

/// The addresses of the release of that reference, by language: where its short address leads. Also of one that is gone,
/// whose address says why.
pub async fn by_reference(
    conn: &mut AsyncPgConnection,
    reference: &str,
) -> QueryResult<BTreeMap<Lang, (NaiveDate, String)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        lang: Lang,
        #[diesel(sql_type = Date)]
        published_on: NaiveDate,
        #[diesel(sql_type = Text)]
        slug: String,
    }
    let rows: Vec<Row> =
        diesel::sql_query("SELECT lang, published_on, slug FROM public_addresses WHERE reference = $1 AND current")
            .bind::<Text, _>(reference)
            .load(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.lang, (row.published_on, row.slug))).collect())
}

/// All that the page of a release shows in `lang`; none if it is not public or not in that language.
pub async fn page(conn: &mut AsyncPgConnection, id: ReleaseId, lang: Lang) -> QueryResult<Option<Page>> {
    #[derive(QueryableByName)]
    struct Body {
        #[diesel(sql_type = Text)]
        body: String,
    }
    #[derive(QueryableByName)]
    struct TopicRow {
        #[diesel(sql_type = BigInt)]
        id: TopicId,
        #[diesel(sql_type = Text)]
        code: String,
        #[diesel(sql_type = Jsonb)]
        names: Texts,
        #[diesel(sql_type = SmallInt)]
        #[allow(dead_code, reason = "what the rows are ordered by")]
        position: i16,
    }
    #[derive(QueryableByName)]
    struct CorrectionRow {
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = Timestamptz)]
        published_at: DateTime<Utc>,
        #[diesel(sql_type = Jsonb)]
        note: Texts,
    }
    let Some(card) = cards(conn, &[id]).await?.pop() else { return Ok(None) };
    if !card.versions.contains_key(&lang) {
        return Ok(None);
    }
    let body: Option<Body> = diesel::sql_query("SELECT body FROM public_versions WHERE release_id = $1 AND lang = $2")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(lang)
        .get_result(conn)
        .await
        .optional()?;
    let Some(Body { body }) = body else { return Ok(None) };
    let topics: Vec<TopicRow> = diesel::sql_query(
        "SELECT t.id, t.code, t.names, rt.position FROM public_releases r
         JOIN revision_topics rt ON rt.revision_id = r.revision_id JOIN topics t ON t.id = rt.topic_id
         WHERE r.id = $1 ORDER BY rt.position",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await?;
    let corrections: Vec<CorrectionRow> = diesel::sql_query(
        "SELECT number, published_at, note FROM public_editions
         WHERE release_id = $1 AND number > 1 AND note IS NOT NULL ORDER BY number DESC",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await?;
    Ok(Some(Page {
        card,
        body,
        topics: topics.into_iter().map(|row| Label { id: row.id, code: row.code, names: row.names }).collect(),
        corrections: corrections
            .into_iter()
            .map(|row| Correction { number: row.number, published_at: row.published_at, note: row.note })
            .collect(),
    }))
}

/// The Markdown texts of those releases, in all their languages.
pub async fn bodies(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<BTreeMap<Lang, String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        lang: Lang,
        #[diesel(sql_type = Text)]
        body: String,
    }
    let rows: Vec<Row> = diesel::sql_query("SELECT lang, body FROM public_versions WHERE release_id = $1")
        .bind::<BigInt, _>(id)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.lang, row.body)).collect())
}

/// The releases that were corrected or withdrawn since then and still are, newest first, each once.
pub async fn corrected(conn: &mut AsyncPgConnection, since: DateTime<Utc>, size: i64) -> QueryResult<Vec<ReleaseId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: ReleaseId,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT r.id FROM public_changes c JOIN public_releases r ON r.id = c.release_id
         WHERE c.kind IN ('corrected', 'withdrawn') AND c.at >= $1
           AND (c.kind = 'corrected' OR r.public_state = 'withdrawn')
         GROUP BY r.id ORDER BY max(c.sequence) DESC LIMIT $2",
    )
    .bind::<Timestamptz, _>(since)
    .bind::<BigInt, _>(size)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// When a release that is withdrawn was; none if it is not, or came so from an archive.
pub async fn withdrawn_at(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Option<DateTime<Utc>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>)]
        at: Option<DateTime<Utc>>,
    }
    let row: Row = diesel::sql_query(
        "SELECT max(c.at) AS at FROM public_releases r JOIN public_changes c ON c.release_id = r.id
         WHERE r.id = $1 AND r.public_state = 'withdrawn' AND c.kind = 'withdrawn'",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await?;
    Ok(row.at)
}

/// The topics of what an institution published last (its newest 200 releases), the most frequent first.
pub async fn topics_of(conn: &mut AsyncPgConnection, id: InstitutionId, size: i64) -> QueryResult<Vec<Label>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: TopicId,
        #[diesel(sql_type = Text)]
        code: String,
        #[diesel(sql_type = Jsonb)]
        names: Texts,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "WITH latest AS (SELECT release_id FROM public_listings WHERE shelf = 'institution' AND shelf_id = $1
                         ORDER BY published_at DESC, place DESC LIMIT 200)
         SELECT t.id, t.code, t.names FROM latest
         JOIN public_listings l ON l.release_id = latest.release_id AND l.shelf = 'topic'
         JOIN topics t ON t.id = l.shelf_id
         GROUP BY t.id ORDER BY count(*) DESC, t.code LIMIT $2",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(size)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Label { id: row.id, code: row.code, names: row.names }).collect())
}

/// The months in which something was published, newest first: one index probe each, however many releases they hold.
pub async fn months(conn: &mut AsyncPgConnection, zone: chrono_tz::Tz) -> QueryResult<Vec<crate::kit::clock::Month>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Date)]
        first: NaiveDate,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "WITH RECURSIVE month AS (
             SELECT date_trunc('month', max(published_at) AT TIME ZONE $1) AS first
             FROM public_listings WHERE shelf = 'all' AND shelf_id = 0
             UNION ALL
             SELECT (SELECT date_trunc('month', max(l.published_at) AT TIME ZONE $1) FROM public_listings l
                     WHERE l.shelf = 'all' AND l.shelf_id = 0 AND l.published_at < month.first AT TIME ZONE $1)
             FROM month WHERE month.first IS NOT NULL)
         SELECT first::date FROM month WHERE first IS NOT NULL",
    )
    .bind::<Text, _>(zone.name())
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| crate::kit::clock::Month::of(row.first)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_the_address_and_nothing_else_is_one() {
        for text in ["1795780800-417", "1795780800.123456-1", "-86400-5", "0-1"] {
            let key = Key::parse(text).expect(text);
            assert_eq!(key.to_string(), text);
            assert_eq!(Key::parse(&key.to_string()), Some(key));
        }
        for wrong in ["", "-", "1-", "-1", "x-1", "1-x", "1.1234567-1", "99999999999999-1", "1795780800-1-", "1e5-1"] {
            assert_eq!(Key::parse(wrong), None, "{wrong}");
        }
    }
}
