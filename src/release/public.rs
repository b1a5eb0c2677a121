//! The one door through which the public sees releases: it reads the `public_*` views and nothing else, so that what is
//! not public cannot come through it, whatever a page asks (DESIGN §4).

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::listing::Shelf;
use super::state::PublicState;
use crate::directory::Family;
use crate::ids::{EditionId, InstitutionId, ReleaseId, RevisionId, Sequence, TopicId};
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};

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
    /// Whether the edition before it can be read in the page's language.
    pub has_former: bool,
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
    /// "Do not use before": a notice while that instant has not come.
    pub not_before: Option<DateTime<Utc>>,
}

/// What has become of an address.
#[derive(Debug, Clone, QueryableByName)]
pub struct Address {
    /// The sequence of the log at which it was read.
    #[diesel(sql_type = BigInt)]
    pub sequence: Sequence,
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
    // Only fixed text is put together here; every value is bound. Each kind of list is a statement of its own, without
    // conditions that are true of all rows: the range of one index, read in its order.
    let mut sql = String::from(
        "SELECT l.published_at, l.place, l.release_id FROM public_listings l WHERE l.shelf = $1 AND l.shelf_id = $2",
    );
    let mut query = diesel::sql_query("").into_boxed::<Pg>();
    query = query.bind::<Text, _>(first.key().0).bind::<BigInt, _>(first.key().1);
    let mut bound = 2;
    let mut next = || {
        bound += 1;
        bound
    };
    // Postgres' own bounds are wider than a year of four digits and narrower than chrono's.
    let clamp = |at: DateTime<Utc>| at.clamp(far(-62_135_596_800), far(253_402_300_799));
    if let Some((from, until)) = selection.period {
        sql.push_str(&format!(" AND l.published_at >= ${} AND l.published_at < ${}", next(), next()));
        query = query.bind::<Timestamptz, _>(clamp(from)).bind::<Timestamptz, _>(clamp(until));
    }
    if let Some(key) = edge {
        let side = if descending { '<' } else { '>' };
        sql.push_str(&format!(" AND (l.published_at, l.place) {side} (${}, ${})", next(), next()));
        query = query.bind::<Timestamptz, _>(clamp(key.published_at)).bind::<BigInt, _>(key.place);
    }
    for other in others {
        sql.push_str(&format!(
            " AND EXISTS (SELECT FROM public_listings o
                          WHERE o.release_id = l.release_id AND o.shelf = ${} AND o.shelf_id = ${})",
            next(),
            next()
        ));
        query = query.bind::<Text, _>(other.key().0).bind::<BigInt, _>(other.key().1);
    }
    let order = if descending { "l.published_at DESC, l.place DESC" } else { "l.published_at, l.place" };
    sql.push_str(&format!(" ORDER BY {order} LIMIT ${}", next()));
    let limit = i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1);
    let mut rows: Vec<KeyRow> = prepared(query.sql(sql).bind::<BigInt, _>(limit)).load(conn).await?;
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

/// The columns of a card, of the row `r` of `public_releases`. What there are several of comes as JSON, so that a list is
/// one statement and a page is another. A table of names is asked in a query of its own, not joined: the planner would
/// read all of it for each release.
const CARD: &str =
    "r.id, r.reference, r.source_number, r.public_state, r.first_published_at, r.first_published_on, r.time_known,
     r.changed_at, r.edition_id, r.revision_id, r.notice,
     (SELECT json_agg(json_build_array(v.lang, v.title, v.lead,
                 (SELECT a.slug FROM addresses a WHERE a.release_id = r.id AND a.lang = v.lang AND a.current)))::text
      FROM language_versions v WHERE v.revision_id = r.revision_id) AS versions,
     (SELECT json_agg(
                 (SELECT json_build_array(i.id, i.code, i.family, i.names) FROM institutions i
                  WHERE i.id = s.institution_id) ORDER BY s.position)::text
      FROM issuers s WHERE s.release_id = r.id) AS issuers";

#[derive(QueryableByName)]
struct CardRow {
    #[diesel(embed)]
    release: Standing,
    #[diesel(sql_type = Nullable<Text>)]
    versions: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    issuers: Option<String>,
}

impl CardRow {
    fn card(self) -> QueryResult<Card> {
        let versions: Vec<(Lang, String, String, String)> = several(self.versions.as_deref())?;
        let issuers: Vec<(InstitutionId, String, Word<Family>, Texts)> = several(self.issuers.as_deref())?;
        Ok(Card {
            release: self.release,
            versions: versions
                .into_iter()
                .map(|(lang, title, lead, slug)| (lang, Version { title, lead, slug }))
                .collect(),
            issuers: issuers
                .into_iter()
                .map(|(id, code, Word(family), names)| Issuer { id, code, family, names })
                .collect(),
        })
    }
}

/// A word of one of our enums in JSON.
struct Word<T>(T);

impl<'de, T: std::str::FromStr<Err: std::fmt::Display>> serde::Deserialize<'de> for Word<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        word.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// What stands in a column of [`CARD`] as JSON; nothing, where there is none.
fn several<'a, T: serde::Deserialize<'a>>(json: Option<&'a str>) -> QueryResult<Vec<T>> {
    json.map_or_else(|| Ok(Vec::new()), serde_json::from_str)
        .map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}

/// What lists show of those releases, in the order asked for. Whatever is no longer public is left out.
pub async fn cards(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Card>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CardRow> = prepared(
        diesel::sql_query(format!("SELECT {CARD} FROM public_releases r WHERE r.id = ANY($1)"))
            .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    let mut cards = HashMap::with_capacity(rows.len());
    for row in rows {
        cards.insert(row.release.id, row.card()?);
    }
    Ok(ids.iter().filter_map(|id| cards.remove(id)).filter(|card: &Card| !card.versions.is_empty()).collect())
}

/// Whose address this is, and what has become of it.
pub async fn address(
    conn: &mut AsyncPgConnection,
    lang: Lang,
    on: NaiveDate,
    slug: &str,
) -> QueryResult<Option<Address>> {
    prepared(diesel::sql_query(
        "SELECT (SELECT last FROM public_change_counter) AS sequence, release_id, current, public_state, moved_to, notice
         FROM public_addresses WHERE lang = $1 AND published_on = $2 AND slug = $3",
    )
    .bind::<Text, _>(lang)
    .bind::<Date, _>(on)
    .bind::<Text, _>(slug))
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
    let rows: Vec<Row> = prepared(
        diesel::sql_query("SELECT lang, published_on, slug FROM public_addresses WHERE reference = $1 AND current")
            .bind::<Text, _>(reference),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.lang, (row.published_on, row.slug))).collect())
}

/// The page of an address with all that it shows: one statement, which is one snapshot.
#[derive(Debug, Clone)]
pub struct Place {
    /// The sequence of the log at which it was read.
    pub sequence: Sequence,
    /// The instant at which it was read.
    pub now: DateTime<Utc>,
    /// Whether the release lives there, or lived there.
    pub current: bool,
    /// What is read there.
    pub page: Page,
    /// When it was withdrawn, if it is; unknown of what came so from an archive.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// The newest others of the same source that are not withdrawn, at most [`RELATED`].
    pub related: Vec<Card>,
}

/// How many others a page proposes to read.
pub const RELATED: usize = 3;

/// What is read at the address of that language, date and slug. None if nothing is: [`address`] knows whether it was.
pub async fn at(conn: &mut AsyncPgConnection, lang: Lang, on: NaiveDate, slug: &str) -> QueryResult<Option<Place>> {
    let sql = page_sql("lang = $1 AND published_on = $2 AND slug = $3");
    let query = diesel::sql_query(sql).bind::<Text, _>(lang).bind::<Date, _>(on).bind::<Text, _>(slug);
    place(prepared(query).load(conn).await?)
}

/// All that the page of a release shows in `lang`; none if it is not public or not in that language.
pub async fn page(conn: &mut AsyncPgConnection, id: ReleaseId, lang: Lang) -> QueryResult<Option<Page>> {
    let sql = page_sql("lang = $1 AND release_id = $2 AND current");
    let query = diesel::sql_query(sql).bind::<Text, _>(lang).bind::<BigInt, _>(id);
    Ok(place(prepared(query).load(conn).await?)?.map(|place| place.page))
}

#[derive(QueryableByName)]
struct PageRow {
    #[diesel(sql_type = BigInt)]
    sequence: Sequence,
    #[diesel(sql_type = Bool)]
    current: bool,
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    not_before: Option<DateTime<Utc>>,
    #[diesel(embed)]
    card: CardRow,
    /// The first row's only, and those that follow.
    #[diesel(sql_type = Nullable<Text>)]
    body: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    topics: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    corrections: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    withdrawn_at: Option<DateTime<Utc>>,
}

fn place(rows: Vec<PageRow>) -> QueryResult<Option<Place>> {
    let mut rows = rows.into_iter();
    // A former address may be of a language that the release no longer has.
    let Some((row, body)) = rows.next().and_then(|mut row| row.body.take().map(|body| (row, body))) else {
        return Ok(None);
    };
    let topics: Vec<(TopicId, String, Texts)> = several(row.topics.as_deref())?;
    let corrections: Vec<(i32, DateTime<Utc>, Texts, bool)> = several(row.corrections.as_deref())?;
    Ok(Some(Place {
        sequence: row.sequence,
        current: row.current,
        now: row.now,
        withdrawn_at: row.withdrawn_at,
        page: Page {
            card: row.card.card()?,
            body,
            topics: topics.into_iter().map(|(id, code, names)| Label { id, code, names }).collect(),
            corrections: corrections
                .into_iter()
                .map(|(number, published_at, note, has_former)| Correction { number, published_at, note, has_former })
                .collect(),
            not_before: row.not_before,
        },
        related: rows.map(|row| row.card.card()).collect::<QueryResult<_>>()?,
    }))
}

/// The release of one address first, then others of its source. `$1` is the language.
fn page_sql(address: &str) -> String {
    format!(
        "WITH address AS (SELECT release_id, current FROM public_addresses
                          WHERE {address} AND public_state IN ('public', 'withdrawn')),
              shown AS (
                  SELECT 0 AS nth, release_id FROM address
                  UNION ALL
                  SELECT row_number() OVER (), release_id FROM (
                      SELECT other.release_id
                      FROM address
                      JOIN issuers lead ON lead.release_id = address.release_id AND lead.position = 0
                      JOIN LATERAL (
                          SELECT l.release_id, l.published_at, l.place
                          FROM public_listings l JOIN public_releases p ON p.id = l.release_id
                          WHERE l.shelf = 'institution' AND l.shelf_id = lead.institution_id
                            AND l.release_id <> address.release_id AND p.public_state = 'public'
                          ORDER BY l.published_at DESC, l.place DESC LIMIT {RELATED}) other ON true
                      ORDER BY other.published_at DESC, other.place DESC) others)
         SELECT (SELECT last FROM public_change_counter) AS sequence, address.current, site_now() AS now,
                CASE WHEN nth = 0 THEN
                    (SELECT v.not_before FROM revisions v WHERE v.id = r.revision_id)
                END AS not_before, {CARD},
                CASE WHEN nth = 0 THEN
                    (SELECT v.body FROM language_versions v WHERE v.revision_id = r.revision_id AND v.lang = $1)
                END AS body,
                CASE WHEN nth = 0 THEN
                    (SELECT json_agg(
                                (SELECT json_build_array(t.id, t.code, t.names) FROM topics t WHERE t.id = rt.topic_id)
                                ORDER BY rt.position)::text
                     FROM revision_topics rt WHERE rt.revision_id = r.revision_id)
                END AS topics,
                CASE WHEN nth = 0 THEN
                    (SELECT json_agg(json_build_array(e.number, e.published_at, e.note,
                                EXISTS (SELECT FROM public_editions f
                                        JOIN language_versions v ON v.revision_id = f.revision_id AND v.lang = $1
                                        WHERE f.release_id = e.release_id AND f.number = e.number - 1))
                            ORDER BY e.number DESC)::text
                     FROM public_editions e WHERE e.release_id = r.id AND e.number > 1 AND e.note IS NOT NULL)
                END AS corrections,
                CASE WHEN nth = 0 AND r.public_state = 'withdrawn' THEN
                    (SELECT max(c.at) FROM public_changes c WHERE c.release_id = r.id AND c.kind = 'withdrawn')
                END AS withdrawn_at
         FROM shown CROSS JOIN address JOIN public_releases r ON r.id = shown.release_id
         ORDER BY nth"
    )
}

/// An edition that is no longer the present one, in one language, and what has taken its place.
#[derive(Debug, Clone, QueryableByName)]
pub struct Former {
    /// The sequence of the log at which it was read.
    #[diesel(sql_type = BigInt)]
    pub sequence: Sequence,
    /// Of which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Public or withdrawn.
    #[diesel(sql_type = Text)]
    pub public_state: PublicState,
    /// When it was published.
    #[diesel(sql_type = Timestamptz)]
    pub published_at: DateTime<Utc>,
    /// When the next one was.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub replaced_at: Option<DateTime<Utc>>,
    /// Where the release lives now in this language; nowhere, if it no longer has it.
    #[diesel(sql_type = Nullable<Text>)]
    pub present_slug: Option<String>,
    /// Its title.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// Its lead.
    #[diesel(sql_type = Text)]
    pub lead: String,
    /// Its text, as Markdown.
    #[diesel(sql_type = Text)]
    pub body: String,
    /// What the release says now.
    #[diesel(sql_type = Nullable<Text>)]
    pub present_title: Option<String>,
    /// Its lead.
    #[diesel(sql_type = Nullable<Text>)]
    pub present_lead: Option<String>,
    /// Its text.
    #[diesel(sql_type = Nullable<Text>)]
    pub present_body: Option<String>,
}

/// A former edition of the release of an address; none if it never was public, is the present one, or had no such language.
pub async fn former(
    conn: &mut AsyncPgConnection,
    lang: Lang,
    on: NaiveDate,
    slug: &str,
    number: i32,
) -> QueryResult<Option<Former>> {
    prepared(
        diesel::sql_query(
            "SELECT (SELECT last FROM public_change_counter) AS sequence, r.id AS release_id, r.public_state, e.published_at,
                    (SELECT min(n.published_at) FROM public_editions n
                     WHERE n.release_id = e.release_id AND n.number > e.number) AS replaced_at,
                    p.slug AS present_slug, old.title, old.lead, old.body,
                    new.title AS present_title, new.lead AS present_lead, new.body AS present_body
             FROM public_addresses a
             JOIN public_releases r ON r.id = a.release_id
             JOIN public_editions e ON e.release_id = r.id AND e.number = $4 AND e.id <> r.edition_id
             JOIN language_versions old ON old.revision_id = e.revision_id AND old.lang = a.lang
             LEFT JOIN language_versions new ON new.revision_id = r.revision_id AND new.lang = a.lang
             LEFT JOIN public_addresses p ON p.release_id = r.id AND p.lang = a.lang AND p.current AND new.lang IS NOT NULL
             WHERE a.lang = $1 AND a.published_on = $2 AND a.slug = $3",
        )
        .bind::<Text, _>(lang)
        .bind::<Date, _>(on)
        .bind::<Text, _>(slug)
        .bind::<diesel::sql_types::Integer, _>(number),
    )
    .get_result(conn)
    .await
    .optional()
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
    let rows: Vec<Row> = prepared(
        diesel::sql_query("SELECT lang, body FROM public_versions WHERE release_id = $1").bind::<BigInt, _>(id),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.lang, row.body)).collect())
}

/// The Markdown texts of those versions.
pub async fn texts(
    conn: &mut AsyncPgConnection,
    versions: &[(ReleaseId, Lang)],
) -> QueryResult<HashMap<(ReleaseId, Lang), String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
        #[diesel(sql_type = Text)]
        lang: Lang,
        #[diesel(sql_type = Text)]
        body: String,
    }
    if versions.is_empty() {
        return Ok(HashMap::new());
    }
    let (ids, langs): (Vec<ReleaseId>, Vec<Lang>) = versions.iter().copied().unzip();
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT r.id AS release_id, v.lang, v.body
             FROM unnest($1::bigint[], $2::text[]) AS wanted (id, lang)
             JOIN public_releases r ON r.id = wanted.id
             JOIN language_versions v ON v.revision_id = r.revision_id AND v.lang = wanted.lang",
        )
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(langs),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| ((row.release_id, row.lang), row.body)).collect())
}

/// The releases that were corrected or withdrawn since then and still are, newest first, each once.
pub async fn corrected(conn: &mut AsyncPgConnection, since: DateTime<Utc>, size: i64) -> QueryResult<Vec<ReleaseId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: ReleaseId,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT r.id FROM public_changes c JOIN public_releases r ON r.id = c.release_id
         WHERE c.kind IN ('corrected', 'withdrawn') AND c.at >= $1
           AND (c.kind = 'corrected' OR r.public_state = 'withdrawn')
         GROUP BY r.id ORDER BY max(c.sequence) DESC LIMIT $2",
        )
        .bind::<Timestamptz, _>(since)
        .bind::<BigInt, _>(size),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
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
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "WITH latest AS (SELECT release_id FROM public_listings WHERE shelf = 'institution' AND shelf_id = $1
                         ORDER BY published_at DESC, place DESC LIMIT 200)
         SELECT t.id, t.code, t.names FROM latest
         JOIN public_listings l ON l.release_id = latest.release_id AND l.shelf = 'topic'
         JOIN topics t ON t.id = l.shelf_id
         GROUP BY t.id ORDER BY count(*) DESC, t.code LIMIT $2",
        )
        .bind::<BigInt, _>(id)
        .bind::<BigInt, _>(size),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| Label { id: row.id, code: row.code, names: row.names }).collect())
}

/// The months in which something was published, newest first, at most so many: one index probe each, however many releases
/// they hold.
pub async fn months(
    conn: &mut AsyncPgConnection,
    zone: chrono_tz::Tz,
    most: usize,
) -> QueryResult<Vec<crate::kit::clock::Month>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Date)]
        first: NaiveDate,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "WITH RECURSIVE month AS (
             SELECT date_trunc('month', max(published_at) AT TIME ZONE $1) AS first
             FROM public_listings WHERE shelf = 'all' AND shelf_id = 0
             UNION ALL
             SELECT (SELECT date_trunc('month', max(l.published_at) AT TIME ZONE $1) FROM public_listings l
                     WHERE l.shelf = 'all' AND l.shelf_id = 0 AND l.published_at < month.first AT TIME ZONE $1)
             FROM month WHERE month.first IS NOT NULL)
         SELECT first::date FROM month WHERE first IS NOT NULL LIMIT $2",
        )
        .bind::<Text, _>(zone.name())
        .bind::<BigInt, _>(i64::try_from(most).unwrap_or(i64::MAX)),
    )
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
