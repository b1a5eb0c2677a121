//! The one door through which the public sees releases: it reads the `public_*` views and nothing else, so that what is
//! not public cannot come through it, whatever a page asks (DESIGN §4).

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{Array, BigInt, Bool, Date, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Deserialize;

use super::decision::{DECISION, Decision};
use super::foot::{DUTY, Duty, FOOT, Foot};
use super::listing::Shelf;
use super::model::Kind;
use super::state::PublicState;
use crate::change::snapshot::Snapshot;
use crate::directory::Family;
use crate::ids::{EditionId, InstitutionId, MandateId, ReleaseId, RevisionId, Sequence, TopicId};
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::media;
use crate::media::query::SHOWN;

/// What a list shows of a release.
#[derive(Debug, Clone)]
pub struct Card {
    /// Its standing.
    pub release: Standing,
    /// Title and lead by language; at least one.
    pub versions: BTreeMap<Lang, Version>,
    /// The lead first.
    pub issuers: Vec<Issuer>,
    /// Until when it must not be used; none if it may be.
    pub not_before: Option<DateTime<Utc>>,
}

/// The first instant at which a list of these changes by itself: one of them may be used from then on.
pub fn first_to_be_free<'a>(cards: impl IntoIterator<Item = &'a Card>) -> Option<DateTime<Utc>> {
    cards.into_iter().filter_map(|card| card.not_before).min()
}

/// Identity, instants and standing of a public release.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Which one.
    pub id: ReleaseId,
    /// Its number; none for what an archive brought without one.
    pub reference: Option<String>,
    /// The number that an archive gave it.
    pub source_number: Option<String>,
    /// A plain release, a decision, an invitation, a speech.
    pub kind: Kind,
    /// Public or withdrawn.
    pub public_state: PublicState,
    /// When the public first saw it.
    pub first_published_at: DateTime<Utc>,
    /// The date in its address.
    pub first_published_on: NaiveDate,
    /// Whether the hour is known, or only the day.
    pub time_known: bool,
    /// When it was last corrected.
    pub changed_at: Option<DateTime<Utc>>,
    /// The edition that is read.
    pub edition_id: EditionId,
    /// The revision that is read.
    pub revision_id: RevisionId,
    /// Why it was withdrawn.
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
    /// In the order that its author chose.
    pub media: Vec<media::model::Shown>,
    /// What stands below its text.
    pub foot: Foot,
    /// Its meeting, if it is a decision of one.
    pub decision: Option<Decision>,
    /// Who answers for its issuer now, and when that changes.
    pub duty: Duty,
    /// In the name of whom it was issued: the mandates of its time.
    pub names: Vec<InName>,
}

/// A member of the government in whose name an issuer spoke.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InName {
    /// That person's word in addresses.
    pub person: String,
    /// "Hélène Varnier"
    pub name: String,
    /// The title that they had.
    pub titles: Texts,
    /// The word of their government in addresses.
    pub government: String,
    /// What that is called.
    pub government_names: Texts,
    /// Whether it governs today.
    pub in_office: bool,
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

/// A page of a list with what it shows of its releases, and when it was read: one statement, which is one snapshot.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The sequence of the log and the instant at which it was read.
    pub at: Snapshot,
    /// The page.
    pub listed: Listed,
    /// Its releases, in its order.
    pub cards: Vec<Card>,
}

/// One page of at most `size` releases, by one range of the shelf's index, whatever stands before it.
pub async fn list(
    conn: &mut AsyncPgConnection,
    selection: &Selection,
    start: Start,
    size: usize,
) -> QueryResult<Listed> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Timestamptz)]
        published_at: DateTime<Utc>,
        #[diesel(sql_type = BigInt)]
        place: i64,
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
    }
    let Range { rest, bound } = Range::of(selection, start, size);
    let sql = format!("SELECT l.published_at, l.place, l.release_id FROM public_listings l {rest}");
    let rows: Vec<Row> = prepared(bound.sql(sql)).load(conn).await?;
    let keyed = rows.into_iter().map(|row| (Key { published_at: row.published_at, place: row.place }, row.release_id));
    let cut = Cut::of(keyed.collect(), start, size);
    Ok(cut.listed(|id| *id))
}

/// As [`list`], with what it shows.
pub async fn shown(
    conn: &mut AsyncPgConnection,
    selection: &Selection,
    start: Start,
    size: usize,
) -> QueryResult<Shown> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        sequence: Sequence,
        #[diesel(sql_type = Timestamptz)]
        now: DateTime<Utc>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        published_at: Option<DateTime<Utc>>,
        #[diesel(sql_type = Nullable<BigInt>)]
        place: Option<i64>,
        #[diesel(sql_type = Nullable<Text>)]
        kind: Option<Kind>,
        #[diesel(sql_type = Nullable<Text>)]
        card: Option<String>,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        not_before: Option<DateTime<Utc>>,
    }
    let Range { rest, bound } = Range::of(selection, start, size);
    // An empty list was read at a sequence as well.
    let sql = format!(
        "SELECT counter.last AS sequence, site_now() AS now, shown.*
         FROM public_change_counter counter LEFT JOIN LATERAL (
             SELECT l.published_at, l.place, c.kind, c.card, c.not_before
             FROM public_listings l JOIN public_cards c ON c.release_id = l.release_id {rest}) AS shown ON true"
    );
    let rows: Vec<Row> = prepared(bound.sql(sql)).load(conn).await?;
    // As a slice: on a Vec, `first` is diesel's here.
    let at = rows.as_slice().first().map(|row| Snapshot { sequence: row.sequence, now: row.now });
    let mut keyed = Vec::with_capacity(rows.len());
    for row in rows {
        if let (Some(published_at), Some(place), Some(kind), Some(json)) =
            (row.published_at, row.place, row.kind, row.card)
        {
            keyed.push((Key { published_at, place }, Card::parse(kind, row.not_before, &json)?));
        }
    }
    let cut = Cut::of(keyed, start, size);
    let listed = cut.listed(|card| card.release.id);
    let cards = cut.rows.into_iter().map(|(_, card)| card).filter(|card| !card.versions.is_empty()).collect();
    Ok(Shown { at: at.ok_or(diesel::result::Error::NotFound)?, listed, cards })
}

/// What follows `FROM public_listings l` in the statement of a list, with what it binds.
struct Range {
    rest: String,
    bound: BoxedSqlQuery<'static, Pg, SqlQuery>,
}

impl Range {
    /// One more than `size`, to see whether others follow. Only fixed text is put together here; every value is bound.
    /// Each kind of list is a statement of its own, without conditions that are true of all rows: the range of one index,
    /// read in its order.
    fn of(selection: &Selection, start: Start, size: usize) -> Self {
        // The narrowest shelf leads.
        let mut shelves: Vec<Shelf> = selection.shelves.clone();
        shelves.sort_by_key(|shelf| match shelf {
            Shelf::Meeting(_) => 0,
            Shelf::Mandate(_) => 1,
            Shelf::Institution(_) => 2,
            Shelf::Topic(_) => 3,
            Shelf::Instrument(_) => 4,
            Shelf::Family(_) => 5,
            Shelf::All => 6,
        });
        // As slices: on a Vec, `first` is diesel's here.
        let first = shelves.as_slice().first().copied().unwrap_or(Shelf::All);
        let (descending, edge) = match start {
            Start::Newest => (true, None),
            Start::OlderThan(key) => (true, Some(key)),
            Start::NewerThan(key) => (false, Some(key)),
        };
        let mut rest = String::from("WHERE l.shelf = $1 AND l.shelf_id = $2");
        let mut bound = diesel::sql_query("").into_boxed::<Pg>();
        bound = bound.bind::<Text, _>(first.key().0).bind::<BigInt, _>(first.key().1);
        let mut count = 2;
        let mut next = || {
            count += 1;
            count
        };
        // Postgres' own bounds are wider than a year of four digits and narrower than chrono's.
        let clamp = |at: DateTime<Utc>| at.clamp(far(-62_135_596_800), far(253_402_300_799));
        if let Some((from, until)) = selection.period {
            rest.push_str(&format!(" AND l.published_at >= ${} AND l.published_at < ${}", next(), next()));
            bound = bound.bind::<Timestamptz, _>(clamp(from)).bind::<Timestamptz, _>(clamp(until));
        }
        if let Some(key) = edge {
            let side = if descending { '<' } else { '>' };
            rest.push_str(&format!(" AND (l.published_at, l.place) {side} (${}, ${})", next(), next()));
            bound = bound.bind::<Timestamptz, _>(clamp(key.published_at)).bind::<BigInt, _>(key.place);
        }
        for other in shelves.into_iter().skip(1) {
            // A release has one place on all its shelves: a probe of the key for each, which EXISTS would leave to a join
            // of all that both shelves hold.
            rest.push_str(&format!(
                " AND (SELECT true FROM public_listings o WHERE o.shelf = ${} AND o.shelf_id = ${}
                       AND o.published_at = l.published_at AND o.place = l.place)",
                next(),
                next()
            ));
            bound = bound.bind::<Text, _>(other.key().0).bind::<BigInt, _>(other.key().1);
        }
        let order = if descending { "l.published_at DESC, l.place DESC" } else { "l.published_at, l.place" };
        rest.push_str(&format!(" ORDER BY {order} LIMIT ${}", next()));
        let limit = i64::try_from(size).unwrap_or(i64::MAX).saturating_add(1);
        Self { rest, bound: bound.bind::<BigInt, _>(limit) }
    }
}

/// The rows of a [`Range`] as a page has them.
struct Cut<T> {
    /// The newest first.
    rows: Vec<(Key, T)>,
    has_older: bool,
    has_newer: bool,
}

impl<T> Cut<T> {
    fn of(mut rows: Vec<(Key, T)>, start: Start, size: usize) -> Self {
        let more = rows.len() > size;
        // They nearly always come so; what a join gives has no order of its own.
        rows.sort_by_key(|(key, _)| (key.published_at, key.place));
        match start {
            Start::Newest | Start::OlderThan(_) => rows.reverse(),
            Start::NewerThan(_) => {}
        }
        rows.truncate(size);
        let (has_older, has_newer) = match start {
            Start::Newest => (more, false),
            Start::OlderThan(_) => (more, true),
            Start::NewerThan(_) => {
                rows.reverse();
                (true, more)
            }
        };
        Self { rows, has_older, has_newer }
    }

    fn listed(&self, id: impl Fn(&T) -> ReleaseId) -> Listed {
        Listed {
            ids: self.rows.iter().map(|(_, row)| id(row)).collect(),
            first: self.rows.as_slice().first().map(|(key, _)| *key),
            last: self.rows.last().map(|(key, _)| *key),
            has_older: self.has_older,
            has_newer: self.has_newer,
        }
    }
}

fn far(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(seconds, 0).unwrap_or_default()
}

/// The column `card` as migration 5 has it. What there are several of comes as JSON, so that a list is one statement and
/// a page is another.
#[derive(Deserialize)]
struct CardRow(
    ReleaseId,
    Option<String>,
    Option<String>,
    Word<PublicState>,
    Micros,
    NaiveDate,
    bool,
    Option<Micros>,
    EditionId,
    RevisionId,
    Option<Texts>,
    Option<Vec<(Lang, String, String, String)>>,
    Option<Vec<IssuerRow>>,
);

#[derive(Deserialize)]
struct IssuerRow(InstitutionId, String, Word<Family>, Texts);

impl Card {
    /// From the columns `kind`, `not_before` and `card`.
    pub(super) fn parse(kind: Kind, not_before: Option<DateTime<Utc>>, json: &str) -> QueryResult<Self> {
        let row: CardRow = parse(json)?;
        Ok(Self {
            not_before,
            release: Standing {
                id: row.0,
                reference: row.1,
                source_number: row.2,
                kind,
                public_state: row.3.0,
                first_published_at: row.4.0,
                first_published_on: row.5,
                time_known: row.6,
                changed_at: row.7.map(|at| at.0),
                edition_id: row.8,
                revision_id: row.9,
                notice: row.10,
            },
            versions: row
                .11
                .into_iter()
                .flatten()
                .map(|(lang, title, lead, slug)| (lang, Version { title, lead, slug }))
                .collect(),
            issuers: row
                .12
                .into_iter()
                .flatten()
                .map(|IssuerRow(id, code, Word(family), names)| Issuer { id, code, family, names })
                .collect(),
        })
    }
}

/// The column `more`: what feeds call the release, its topics, its corrections.
#[derive(Deserialize)]
pub(super) struct MoreRow(pub(super) String, Option<Vec<(TopicId, String, Texts)>>, Option<Vec<(i32, Micros, Texts)>>);

impl MoreRow {
    pub(super) fn topics(&mut self) -> Vec<Label> {
        let topics = self.1.take().into_iter().flatten();
        topics.map(|(id, code, names)| Label { id, code, names }).collect()
    }

    /// The newest first; `formers` are the numbers of editions that can be read besides the present one.
    pub(super) fn corrections(&mut self, formers: &[i32]) -> Vec<Correction> {
        let corrections = self.2.take().into_iter().flatten();
        corrections
            .map(|(number, Micros(published_at), note)| {
                let has_former = formers.contains(&(number - 1));
                Correction { number, published_at, note, has_former }
            })
            .collect()
    }
}

/// An instant in microseconds since 1970.
struct Micros(DateTime<Utc>);

impl<'de> Deserialize<'de> for Micros {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let micros = i64::deserialize(deserializer)?;
        DateTime::from_timestamp_micros(micros).map(Self).ok_or_else(|| serde::de::Error::custom("no instant"))
    }
}

/// A word of one of our enums in JSON.
struct Word<T>(T);

impl<'de, T: std::str::FromStr<Err: std::fmt::Display>> Deserialize<'de> for Word<T> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        word.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

/// What stands in a column as JSON.
pub(super) fn parse<'a, T: Deserialize<'a>>(json: &'a str) -> QueryResult<T> {
    serde_json::from_str(json).map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}

/// What lists show of those releases, in the order asked for. Whatever is no longer public is left out.
pub async fn cards(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Card>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        kind: Kind,
        #[diesel(sql_type = Text)]
        card: String,
        #[diesel(sql_type = Nullable<Timestamptz>)]
        not_before: Option<DateTime<Utc>>,
    }
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query("SELECT kind, card, not_before FROM public_cards WHERE release_id = ANY($1)")
            .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    let mut cards = HashMap::with_capacity(rows.len());
    for row in rows {
        let card = Card::parse(row.kind, row.not_before, &row.card)?;
        cards.insert(card.release.id, card);
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
    loop {
        let sql = page_sql("a.lang = $1 AND a.published_on = $2 AND a.slug = $3");
        let query = diesel::sql_query(sql).bind::<Text, _>(lang).bind::<Date, _>(on).bind::<Text, _>(slug);
        let Some(row) = prepared(query).get_result::<PageRow>(conn).await.optional()? else { return Ok(None) };
        if let Some(place) = whole(conn, row, lang).await? {
            return Ok(Some(place));
        }
    }
}

/// All that the page of a release shows in `lang`; none if it is not public or not in that language.
pub async fn page(conn: &mut AsyncPgConnection, id: ReleaseId, lang: Lang) -> QueryResult<Option<Page>> {
    loop {
        let sql = page_sql("a.lang = $1 AND a.release_id = $2 AND a.current");
        let query = diesel::sql_query(sql).bind::<Text, _>(lang).bind::<BigInt, _>(id);
        let Some(row) = prepared(query).get_result::<PageRow>(conn).await.optional()? else { return Ok(None) };
        if let Some(place) = whole(conn, row, lang).await? {
            return Ok(Some(place.page));
        }
    }
}

/// The place of a row, with what else its page shows. None if something was published between the two questions: then what
/// was read belongs to no one state, and is read again.
async fn whole(conn: &mut AsyncPgConnection, row: PageRow, lang: Lang) -> QueryResult<Option<Place>> {
    let more = if row.is_plain {
        None
    } else {
        let query = diesel::sql_query(beside_sql()).bind::<BigInt, _>(row.release_id).bind::<Text, _>(lang);
        match prepared(query).get_result::<BesideRow>(conn).await.optional()? {
            Some(more) if more.sequence == row.sequence => Some(more),
            _ => return Ok(None),
        }
    };
    Place::of(row, more).map(Some)
}

#[derive(QueryableByName)]
struct PageRow {
    #[diesel(sql_type = BigInt)]
    sequence: Sequence,
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Bool)]
    current: bool,
    #[diesel(sql_type = Timestamptz)]
    now: DateTime<Utc>,
    /// Whether it has nothing but its text, and nobody on duty: there is no [`BesideRow`] to ask for.
    #[diesel(sql_type = Bool)]
    is_plain: bool,
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = Text)]
    card: String,
    #[diesel(sql_type = Text)]
    more: String,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Array<Text>)]
    related: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    related_kinds: Vec<Kind>,
    #[diesel(sql_type = Array<Nullable<Timestamptz>>)]
    related_not_before: Vec<Option<DateTime<Utc>>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    not_before: Option<DateTime<Utc>>,
}

/// What a page may show beside its text.
#[derive(QueryableByName)]
struct BesideRow {
    #[diesel(sql_type = BigInt)]
    sequence: Sequence,
    /// The numbers of former editions that can be read in the page's language.
    #[diesel(sql_type = Array<diesel::sql_types::Integer>)]
    formers: Vec<i32>,
    /// Its pictures and files, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    media: Option<String>,
    /// What stands below its text, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    foot: Option<String>,
    /// Its meeting, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    decision: Option<String>,
    /// Who answers now, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    duty: Option<String>,
    /// In whose name, as JSON.
    #[diesel(sql_type = Nullable<Text>)]
    names: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    withdrawn_at: Option<DateTime<Utc>>,
}

impl Place {
    fn of(row: PageRow, beside: Option<BesideRow>) -> QueryResult<Self> {
        fn of_json<T: serde::de::DeserializeOwned + Default>(json: Option<&String>) -> QueryResult<T> {
            json.map_or_else(|| Ok(T::default()), |json| parse(json))
        }
        let mut more: MoreRow = parse(&row.more)?;
        let beside = beside.as_ref();
        Ok(Self {
            sequence: row.sequence,
            now: row.now,
            current: row.current,
            page: Page {
                card: Card::parse(row.kind, row.not_before, &row.card)?,
                body: row.body,
                topics: more.topics(),
                corrections: more.corrections(beside.map_or(&[], |it| &it.formers)),
                foot: of_json(beside.and_then(|it| it.foot.as_ref()))?,
                decision: beside.and_then(|it| it.decision.as_deref()).map(parse).transpose()?,
                duty: of_json(beside.and_then(|it| it.duty.as_ref()))?,
                names: of_json(beside.and_then(|it| it.names.as_ref()))?,
                media: of_json(beside.and_then(|it| it.media.as_ref()))?,
            },
            withdrawn_at: beside.and_then(|it| it.withdrawn_at),
            related: row
                .related_kinds
                .iter()
                .zip(&row.related_not_before)
                .zip(&row.related)
                .map(|((kind, not_before), json)| Card::parse(*kind, *not_before, json))
                .collect::<QueryResult<_>>()?,
        })
    }
}

/// The release of one address, and others of its source. A former address may be of a language that the release no longer
/// has: then there is nothing. `public_cards` decides what there is; the rest is reached from its row.
///
/// What is asked of each page stands here alone: a statement costs by what might be in it, not by what is.
fn page_sql(address: &str) -> String {
    format!(
        "SELECT counter.last AS sequence, c.release_id, a.current, site_now() AS now, c.kind, c.card, c.more, c.not_before, v.body,
                c.is_plain AND NOT EXISTS (
                    SELECT FROM contact_points p JOIN standby_shifts s ON s.contact_id = p.id
                    WHERE p.institution_id = c.lead_id AND p.ended_at IS NULL AND s.ends_at > site_now()) AS is_plain,
                others.related, others.related_kinds, others.related_not_before
         FROM addresses a
         JOIN public_cards c ON c.release_id = a.release_id
         JOIN language_versions v ON v.revision_id = c.revision_id AND v.lang = a.lang
         CROSS JOIN public_change_counter counter
         CROSS JOIN LATERAL (
             SELECT coalesce(array_agg(one.card), '{{}}') AS related, coalesce(array_agg(one.kind), '{{}}') AS related_kinds,
                    coalesce(array_agg(one.not_before), '{{}}') AS related_not_before
             FROM (SELECT other.card, other.kind, other.not_before
                   FROM public_listings l JOIN public_cards other ON other.release_id = l.release_id
                   WHERE l.shelf = 'institution' AND l.shelf_id = c.lead_id
                     AND l.release_id <> c.release_id AND NOT other.is_withdrawn
                   ORDER BY l.published_at DESC, l.place DESC LIMIT {RELATED}) AS one) AS others
         WHERE {address}"
    )
}

/// What the page of the release `$1` may show in the language `$2` beside its text.
fn beside_sql() -> String {
    format!(
        "SELECT counter.last AS sequence, {SHOWN} AS media, {FOOT} AS foot, {DUTY} AS duty, {DECISION} AS decision,
                (SELECT json_agg(json_build_object('person', m.person_code, 'name', m.given_name || ' ' || m.family_name,
                                 'titles', m.titles, 'government', g.code, 'government_names', g.names,
                                 'in_office', g.ends_at IS NULL) ORDER BY s.position)
                 FROM issuers s JOIN public_mandates m ON m.id = s.mandate_id
                 JOIN public_governments g ON g.id = m.government_id
                 WHERE s.release_id = c.release_id)::text AS names,
                ARRAY(SELECT e.number FROM public_editions e
                      JOIN language_versions f ON f.revision_id = e.revision_id AND f.lang = $2
                      WHERE e.release_id = c.release_id AND e.revision_id <> c.revision_id) AS formers,
                CASE WHEN c.is_withdrawn THEN
                    (SELECT max(w.at) FROM public_changes w WHERE w.release_id = c.release_id AND w.kind = 'withdrawn')
                END AS withdrawn_at
         FROM public_cards c CROSS JOIN public_change_counter counter
         WHERE c.release_id = $1"
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

/// The last releases that were issued in the name of one of those mandates, the newest first.
pub async fn of_mandates(
    conn: &mut AsyncPgConnection,
    mandates: &[MandateId],
    size: usize,
) -> QueryResult<Vec<ReleaseId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT DISTINCT l.published_at, l.place, l.release_id
             FROM issuers s JOIN public_listings l ON l.release_id = s.release_id AND l.shelf = 'all' AND l.shelf_id = 0
             WHERE s.mandate_id = ANY($1) ORDER BY l.published_at DESC, l.place DESC LIMIT $2",
        )
        .bind::<Array<BigInt>, _>(mandates)
        .bind::<BigInt, _>(i64::try_from(size).unwrap_or(i64::MAX)),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.release_id).collect())
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
