//! How many readers something reaches by mail: counted from the subscriptions of today, by the filter that digests match
//! with.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Text};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::slot;
use crate::directory::{self, Family};
use crate::ids::{InstitutionId, ReleaseId, TopicId};
use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::release::listing::Shelf;
use crate::search::Filter;

/// Readers by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The slot at which their mails go out.
    pub slot_at: DateTime<Utc>,
    /// By the language in which each reads it; each reader once.
    pub by_language: Vec<(Lang, i64)>,
}

impl Reach {
    /// All of them.
    pub fn readers(&self) -> i64 {
        self.by_language.iter().map(|(_, readers)| readers).sum()
    }
}

/// Where a release stands once it is public.
pub async fn shelves(
    conn: &mut AsyncPgConnection,
    issuers: &[InstitutionId],
    topics: &[TopicId],
) -> QueryResult<Vec<Shelf>> {
    let institutions = directory::query::institutions_by_id(conn, issuers).await?;
    let families: Vec<Family> = institutions.iter().map(|institution| institution.family).collect();
    Ok(std::iter::once(Shelf::All)
        .chain(families.into_iter().map(Shelf::Family))
        .chain(issuers.iter().copied().map(Shelf::Institution))
        .chain(topics.iter().copied().map(Shelf::Topic))
        .collect())
}

/// Who gets a release that goes public at `at`, stands on those shelves and is written in those languages.
pub async fn reach(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    shelves: &[Shelf],
    languages: &[Lang],
    at: DateTime<Utc>,
) -> QueryResult<Reach> {
    let mut matching = Vec::new();
    for filter in filters(conn).await? {
        let Ok(parsed) = Filter::parse(&filter) else { continue };
        if parsed.resolve(conn).await?.is_some_and(|resolved| resolved.matches(shelves)) {
            matching.push(filter);
        }
    }
    let mut by_language: Vec<(Lang, i64)> = Vec::new();
    for row in readers(conn, &matching).await? {
        let Some(lang) = Lang::best(&row.languages, languages) else { continue };
        match by_language.iter_mut().find(|(of, _)| *of == lang) {
            Some((_, count)) => *count += row.readers,
            None => by_language.push((lang, row.readers)),
        }
    }
    by_language.sort();
    // What is published at the very instant of a slot is in its digest.
    let slot_at = slot::next(settings, at - chrono::Duration::microseconds(1));
    Ok(Reach { slot_at, by_language })
}

#[derive(QueryableByName)]
struct FilterRow {
    #[diesel(sql_type = Text)]
    filter: String,
}

async fn filters(conn: &mut AsyncPgConnection) -> QueryResult<Vec<String>> {
    let rows: Vec<FilterRow> = diesel::sql_query(
        "SELECT DISTINCT filter FROM subscriptions WHERE ended_at IS NULL AND NOT is_paused(paused_from, paused_until, site_now()) ORDER BY filter",
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.filter).collect())
}

#[derive(QueryableByName)]
struct ReadersRow {
    #[diesel(sql_type = Array<Text>)]
    languages: Vec<Lang>,
    #[diesel(sql_type = BigInt)]
    readers: i64,
}

async fn readers(conn: &mut AsyncPgConnection, filters: &[String]) -> QueryResult<Vec<ReadersRow>> {
    diesel::sql_query(
        "SELECT p.languages, count(*) AS readers FROM subscribers p
         WHERE p.state = 'active' AND EXISTS (
             SELECT FROM subscriptions s
             WHERE s.subscriber_id = p.id AND s.filter = ANY ($1) AND s.ended_at IS NULL AND NOT is_paused(s.paused_from, s.paused_until, site_now()))
         GROUP BY p.languages",
    )
    .bind::<Array<Text>, _>(filters)
    .load(conn)
    .await
}

/// How many readers have had a release by mail: accepted by their host, or perhaps.
pub async fn had(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<i64> {
    diesel::dsl::sql::<BigInt>(
        "SELECT count(DISTINCT i.subscriber_id) FROM delivery_items i JOIN deliveries d ON d.id = i.delivery_id
         WHERE NOT i.left_out AND (d.doubtful OR d.state IN ('accepted', 'delivered', 'complained', 'uncertain'))
           AND i.release_id = ",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
}
