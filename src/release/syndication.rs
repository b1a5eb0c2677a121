//! What feeds and sitemaps read of releases: many at once, by one statement, through the public door: which releases and
//! which revision of each, `public_releases` says, and the rest is reached from its rows.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::foot::CONTACTS;
use super::listing::Shelf;
use super::model::Kind;
use super::public::{Card, MoreRow, Selection, parse};
use super::state::PublicState;
use crate::directory::public::Contact;
use crate::ids::ReleaseId;
use crate::kit::clock::Month;
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};

/// A release with its whole text in one language.
#[derive(Debug, Clone)]
pub struct FullText {
    /// Which release.
    pub id: ReleaseId,
    /// What feeds call it, for ever: a UUID in its usual form.
    pub feed_id: String,
    /// Its number; none for what an archive brought without one.
    pub reference: Option<String>,
    /// A plain release, a decision, an invitation, a speech.
    pub kind: Kind,
    /// Public or withdrawn.
    pub public_state: PublicState,
    /// When the public first saw it; of an archive's date without an hour, the midnight at which that day begins.
    pub first_published_at: DateTime<Utc>,
    /// The date in its addresses.
    pub first_published_on: NaiveDate,
    /// When it was last corrected.
    pub changed_at: Option<DateTime<Utc>>,
    /// Its last correction, withdrawal or return, or when this language came; else when it was first published. A minor
    /// correction and an import are no news.
    pub updated_at: DateTime<Utc>,
    /// When it was withdrawn, if it is; none for what came so from an archive.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Why it was withdrawn.
    pub notice: Option<Texts>,
    /// The language of this text.
    pub lang: Lang,
    /// The headline.
    pub title: String,
    /// One or two sentences; may be empty.
    pub lead: String,
    /// Markdown.
    pub body: String,
    /// The last part of its address in each language of the site that it has; this one first.
    pub slugs: Vec<(Lang, String)>,
    /// Code and names of its issuers, the lead first.
    pub issuers: Vec<(String, Texts)>,
    /// Code and names of its topics, in the order that its author chose.
    pub topics: Vec<(String, Texts)>,
    /// What its corrections say, the newest first.
    pub corrections: Vec<(DateTime<Utc>, Texts)>,
    /// "Do not use before": a notice while that instant has not come.
    pub not_before: Option<DateTime<Utc>>,
    /// Whom one may call.
    pub contacts: Vec<Contact>,
}

#[derive(QueryableByName)]
struct FullTextRow {
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = Text)]
    card: String,
    #[diesel(sql_type = Text)]
    more: String,
    #[diesel(sql_type = Text)]
    lang: Lang,
    #[diesel(sql_type = Text)]
    body: String,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    updated_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    withdrawn_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    not_before: Option<DateTime<Utc>>,
    /// As JSON.
    #[diesel(sql_type = Nullable<Text>)]
    contacts: Option<String>,
}

/// Those releases in the order asked for, each in the first language of `order` that it has. What is no longer public,
/// and what has none of these languages, is left out.
pub async fn full_texts(conn: &mut AsyncPgConnection, ids: &[ReleaseId], order: &[Lang]) -> QueryResult<Vec<FullText>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<FullTextRow> = prepared(
        diesel::sql_query(format!(
            "SELECT c.kind, c.card, c.more, t.lang, t.body, log.updated_at,
                    CASE WHEN c.is_withdrawn THEN log.withdrawn_at END AS withdrawn_at,
                    c.not_before,
                    CASE WHEN NOT c.is_plain THEN {CONTACTS}::text END AS contacts
             FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted (id, place)
             JOIN public_cards c ON c.release_id = wanted.id
             CROSS JOIN LATERAL (
                 SELECT v.lang, v.body FROM language_versions v
                 WHERE v.revision_id = c.revision_id AND v.lang = ANY($2)
                 ORDER BY array_position($2::text[], v.lang) LIMIT 1) AS t
             CROSS JOIN LATERAL (
                 SELECT max(n.at) AS updated_at, max(n.at) FILTER (WHERE n.kind = 'withdrawn') AS withdrawn_at
                 FROM public_changes n
                 WHERE n.release_id = c.release_id
                   AND (n.kind IN ('corrected', 'withdrawn', 'restored')
                        OR n.kind = 'language_added' AND t.lang = ANY(n.languages))) AS log
             ORDER BY wanted.place"
        ))
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Text>, _>(order),
    )
    .load(conn)
    .await?;
    rows.into_iter().map(|row| FullText::of(row, order)).collect()
}

impl FullText {
    fn of(row: FullTextRow, order: &[Lang]) -> QueryResult<Self> {
        let mut more: MoreRow = parse(&row.more)?;
        let Card { release, mut versions, issuers, not_before } = Card::parse(row.kind, row.not_before, &row.card)?;
        let slugs =
            order.iter().filter_map(|lang| versions.get(lang).map(|version| (*lang, version.slug.clone()))).collect();
        // Its text was found by the same revision.
        let version = versions.remove(&row.lang).ok_or(diesel::result::Error::NotFound)?;
        let updated = [Some(release.first_published_at), release.changed_at, row.updated_at];
        Ok(Self {
            id: release.id,
            topics: more.topics().into_iter().map(|topic| (topic.code, topic.names)).collect(),
            corrections: more.corrections(&[]).into_iter().map(|of| (of.published_at, of.note)).collect(),
            feed_id: more.0,
            reference: release.reference,
            kind: release.kind,
            not_before,
            contacts: row.contacts.as_deref().map_or_else(|| Ok(Vec::new()), parse)?,
            public_state: release.public_state,
            first_published_at: release.first_published_at,
            first_published_on: release.first_published_on,
            changed_at: release.changed_at,
            updated_at: updated.into_iter().flatten().max().unwrap_or(release.first_published_at),
            withdrawn_at: row.withdrawn_at,
            notice: release.notice,
            lang: row.lang,
            title: version.title,
            lead: version.lead,
            body: row.body,
            slugs,
            issuers: issuers.into_iter().map(|issuer| (issuer.code, issuer.names)).collect(),
        })
    }
}

/// What feeds call this newsroom, for ever: a UUID in its usual form.
pub async fn site(conn: &mut AsyncPgConnection) -> QueryResult<Site> {
    let sql = "SELECT site_id::text AS id,
                      (SELECT min(run_on) AT TIME ZONE 'UTC' FROM __diesel_schema_migrations) AS set_up_at
               FROM public_change_counter";
    prepared(diesel::sql_query(sql)).get_result(conn).await
}

/// This newsroom, whatever its address.
#[derive(Debug, Clone, QueryableByName)]
pub struct Site {
    /// What feeds call it.
    #[diesel(sql_type = Text)]
    pub id: String,
    /// When its database was made.
    #[diesel(sql_type = Timestamptz)]
    pub set_up_at: DateTime<Utc>,
}

/// What was taken off: which feed entries no longer are, without a word of them.
#[derive(Debug, Clone, QueryableByName)]
pub struct Tombstone {
    /// What feeds called the release.
    #[diesel(sql_type = Text)]
    pub feed_id: String,
    /// The languages that it had.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// When it was taken off.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

/// The last `size` that were taken off a list and would stand among its entries from `oldest` on, were they still public;
/// the latest first.
pub async fn taken_off(
    conn: &mut AsyncPgConnection,
    selection: &Selection,
    oldest: Option<DateTime<Utc>>,
    size: i64,
) -> QueryResult<Vec<Tombstone>> {
    let shelves: Vec<String> = selection.shelves.iter().copied().map(Shelf::tag).collect();
    let (from, until) = selection.period.unzip();
    prepared(
        diesel::sql_query(
            "SELECT f.feed_id::text, c.languages, c.at
             FROM public_changes c JOIN public_feed_ids f ON f.release_id = c.release_id
             WHERE c.kind = 'unpublished' AND f.public_state = 'unpublished' AND c.tags @> $1::text[]
               AND f.first_published_at >= coalesce($2, '-infinity') AND f.first_published_at >= coalesce($3, '-infinity')
               AND f.first_published_at < coalesce($4, 'infinity')
               AND NOT EXISTS (SELECT FROM public_changes later WHERE later.release_id = c.release_id
                               AND later.kind = 'unpublished' AND later.sequence > c.sequence)
             ORDER BY c.sequence DESC LIMIT $5",
        )
        .bind::<Array<Text>, _>(shelves)
        .bind::<Nullable<Timestamptz>, _>(oldest)
        .bind::<Nullable<Timestamptz>, _>(from)
        .bind::<Nullable<Timestamptz>, _>(until)
        .bind::<BigInt, _>(size),
    )
    .load(conn)
    .await
}

/// A month of the sitemap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SitemapMonth {
    /// Which one.
    pub month: Month,
    /// How many releases of it are listed, withdrawn ones included.
    pub releases: i64,
}

/// The months in which something that is still public was published, the oldest first: some index probes each, and its
/// entries of the index counted.
pub async fn sitemap_months(conn: &mut AsyncPgConnection, zone: chrono_tz::Tz) -> QueryResult<Vec<SitemapMonth>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Date)]
        first: NaiveDate,
        #[diesel(sql_type = BigInt)]
        releases: i64,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "WITH RECURSIVE month AS (
                 SELECT date_trunc('month', min(published_at) AT TIME ZONE $1) AS first
                 FROM public_listings WHERE shelf = 'all' AND shelf_id = 0
                 UNION ALL
                 SELECT (SELECT date_trunc('month', min(l.published_at) AT TIME ZONE $1) FROM public_listings l
                         WHERE l.shelf = 'all' AND l.shelf_id = 0
                           AND l.published_at >= (month.first + interval '1 month') AT TIME ZONE $1)
                 FROM month WHERE month.first IS NOT NULL)
             SELECT first::date AS first, (
                 SELECT count(*) FROM public_listings l WHERE l.shelf = 'all' AND l.shelf_id = 0
                   AND l.published_at >= month.first AT TIME ZONE $1
                   AND l.published_at < (month.first + interval '1 month') AT TIME ZONE $1) AS releases
             FROM month CROSS JOIN LATERAL (
                 -- Sought month by month, which EXISTS would leave to one great join.
                 SELECT 1 AS found FROM public_listings l
                 JOIN public_releases r ON r.id = l.release_id AND r.public_state = 'public'
                 WHERE l.shelf = 'all' AND l.shelf_id = 0
                   AND l.published_at >= month.first AT TIME ZONE $1
                   AND l.published_at < (month.first + interval '1 month') AT TIME ZONE $1
                 ORDER BY l.published_at LIMIT 1) AS something
             WHERE first IS NOT NULL
             ORDER BY 1",
        )
        .bind::<Text, _>(zone.name()),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| SitemapMonth { month: Month::of(row.first), releases: row.releases }).collect())
}

/// Where a public release is read, for the sitemap.
#[derive(Debug, Clone, QueryableByName)]
pub struct Place {
    /// The date in its addresses.
    #[diesel(sql_type = Date)]
    pub first_published_on: NaiveDate,
    /// When something on its pages last changed, the smallest thing too.
    #[diesel(sql_type = Timestamptz)]
    pub changed_at: DateTime<Utc>,
    /// Its languages.
    #[diesel(sql_type = Array<Text>)]
    pub langs: Vec<Lang>,
    /// The last part of its address in each of them.
    #[diesel(sql_type = Array<Text>)]
    pub slugs: Vec<String>,
}

/// The releases of a period, the oldest first, after `skipped` of them and at most `size`, without those withdrawn; so
/// that a new release changes the last file of its month only.
pub async fn places(
    conn: &mut AsyncPgConnection,
    (from, until): (DateTime<Utc>, DateTime<Utc>),
    skipped: i64,
    size: i64,
) -> QueryResult<Vec<Place>> {
    prepared(
        diesel::sql_query(
            "SELECT r.first_published_on, own.langs, own.slugs,
                    greatest(r.first_published_at, (SELECT max(c.at) FROM public_changes c
                             WHERE c.release_id = r.id AND c.kind <> 'from_archive')) AS changed_at
             FROM (SELECT release_id, published_at, place FROM public_listings
                   WHERE shelf = 'all' AND shelf_id = 0 AND published_at >= $1 AND published_at < $2
                   ORDER BY published_at, place OFFSET $3 LIMIT $4) AS l
             JOIN public_releases r ON r.id = l.release_id AND r.public_state = 'public'
             CROSS JOIN LATERAL (
                 SELECT array_agg(v.lang ORDER BY v.lang) AS langs, array_agg(v.slug ORDER BY v.lang) AS slugs
                 FROM public_versions v WHERE v.release_id = r.id) AS own
             WHERE own.langs IS NOT NULL
             ORDER BY l.published_at, l.place",
        )
        .bind::<Timestamptz, _>(from)
        .bind::<Timestamptz, _>(until)
        .bind::<BigInt, _>(skipped)
        .bind::<BigInt, _>(size),
    )
    .load(conn)
    .await
}

/// A page that is news.
#[derive(Debug, Clone, QueryableByName)]
pub struct News {
    /// When its release was first published.
    #[diesel(sql_type = Timestamptz)]
    pub first_published_at: DateTime<Utc>,
    /// The date in its address.
    #[diesel(sql_type = Date)]
    pub first_published_on: NaiveDate,
    /// Its language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// The headline.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The last part of its address.
    #[diesel(sql_type = Text)]
    pub slug: String,
}

/// The pages of what was first published after `since` and is public, the newest first, at most `size`.
pub async fn news(conn: &mut AsyncPgConnection, since: DateTime<Utc>, size: i64) -> QueryResult<Vec<News>> {
    prepared(
        diesel::sql_query(
            "SELECT r.first_published_at, r.first_published_on, v.lang, v.title, v.slug
             FROM (SELECT release_id, published_at, place FROM public_listings
                   WHERE shelf = 'all' AND shelf_id = 0 AND published_at > $1
                   ORDER BY published_at DESC, place DESC LIMIT $2) AS l
             JOIN public_releases r ON r.id = l.release_id AND r.public_state = 'public'
             JOIN public_versions v ON v.release_id = r.id
             ORDER BY l.published_at DESC, l.place DESC, v.lang LIMIT $2",
        )
        .bind::<Timestamptz, _>(since)
        .bind::<BigInt, _>(size),
    )
    .load(conn)
    .await
}
