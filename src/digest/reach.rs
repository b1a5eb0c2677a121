//! How many readers something reaches by mail, when, and in which language: counted from the subscriptions of today, by the
//! search that digests match with and the slots at which they fall due.

use std::collections::{BTreeMap, HashSet};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::slot;
use crate::directory;
use crate::ids::{InstitutionId, PressListId, ReleaseId};
use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::release::decision;
use crate::release::listing::Shelf;
use crate::release::model::{Content, Kind};
use crate::release::public::Key;
use crate::search::filter::Named;
use crate::search::query::Entry;
use crate::search::{Filter, Handful, Resolved};
use crate::subscription::model::press_list_filter;
use crate::subscription::rhythm::Rhythm;

/// Readers by mail, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// How many are told as soon as it is public, those of press lists among them.
    pub at_once: i64,
    /// How many at which slot, in their order: of those who are told at several instants the first counts.
    pub by_slot: BTreeMap<DateTime<Utc>, i64>,
    /// By the language in which each reads it.
    pub by_language: BTreeMap<Lang, i64>,
    /// How many of them are on a press list that it goes to.
    pub on_lists: i64,
}

impl Reach {
    fn tell(&mut self, at: Option<DateTime<Utc>>, readers: i64) {
        match at {
            None => self.at_once += readers,
            Some(slot) => *self.by_slot.entry(slot).or_default() += readers,
        }
    }

    /// All of them.
    pub fn readers(&self) -> i64 {
        self.by_language.values().sum()
    }
}

/// What would go public: as much of it as decides who is reached.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Which release.
    pub id: ReleaseId,
    /// A plain release or a decision.
    pub kind: Kind,
    /// The lead first.
    pub issuers: &'a [InstitutionId],
    /// Its texts in the languages that go out, and its topics.
    pub content: &'a Content,
    /// The press lists that it goes to.
    pub lists: &'a [PressListId],
    /// When it goes public.
    pub at: DateTime<Utc>,
}

/// Who gets it.
pub async fn reach(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    outgoing: &Outgoing<'_>,
) -> Result<Reach, WebError> {
    let languages: Vec<Lang> = outgoing.content.versions.keys().copied().collect();
    if languages.is_empty() {
        return Ok(Reach::default());
    }
    let lists: Vec<String> = outgoing.lists.iter().map(|id| press_list_filter(*id)).collect();
    let mut filters = matching(conn, settings, outgoing).await?;
    filters.extend(lists.iter().cloned());
    let mut reach = Reach::default();
    for row in readers(conn, &filters, &lists, outgoing.at).await? {
        let Some(lang) = Lang::best(&row.languages, &languages) else { continue };
        *reach.by_language.entry(lang).or_default() += row.readers;
        if row.on_list {
            reach.on_lists += row.readers;
        }
        reach.tell(first_told(settings, &row.rhythms, outgoing.at), row.readers);
    }
    Ok(reach)
}

/// When somebody of these rhythms is told of what is public at an instant; none is at once, which comes before any slot.
fn first_told(settings: &Settings, rhythms: &[String], at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    // What is published at the very instant of a slot is in its digest.
    let just_before = at - chrono::Duration::microseconds(1);
    let told = rhythms.iter().map(|text| slot::next_for(settings, &text.parse::<Rhythm>().ok()?, just_before));
    told.min().flatten()
}

/// A subscription's rhythm as [`Rhythm`] reads it; a press list is told at once.
const RHYTHM: &str = "CASE s.frequency WHEN 'at_once' THEN 'at-once' WHEN 'press_list' THEN 'at-once'
    ELSE s.frequency || coalesce(':' || array_to_string(s.slots, '+'), '') END";

/// The filters of running subscriptions that find it, asked as the digest's run will ask them.
async fn matching(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    outgoing: &Outgoing<'_>,
) -> Result<Vec<String>, WebError> {
    // As the public will find them: what is announced by this very release does not yet stand among those.
    let institutions = directory::query::institutions(conn).await?;
    let topics = directory::query::topics(conn).await?;
    let (mandates, meetings) = (decision::mandates(conn).await?, decision::meetings(conn).await?);
    let named = Named { institutions: &institutions, topics: &topics, mandates: &mandates, meetings: &meetings };
    let (proposed_by, instruments) = decision::in_prospect(conn, outgoing.id).await?;
    let own = |id: &InstitutionId| institutions.iter().find(|institution| institution.id == *id);
    let families: HashSet<i64> =
        outgoing.issuers.iter().filter_map(own).map(|institution| Shelf::Family(institution.family).key().1).collect();
    let names = outgoing.issuers.iter().filter_map(own).map(|institution| institution.names.clone());
    let topic_names = topics.iter().filter(|topic| outgoing.content.topics.contains(&topic.id));
    let entry = Entry {
        id: outgoing.id,
        kind: outgoing.kind,
        numbers: Vec::new(),
        key: Key { published_at: outgoing.at, place: 0 },
        families: families.into_iter().collect(),
        institutions: outgoing.issuers.to_vec(),
        topics: outgoing.content.topics.clone(),
        mandates: proposed_by,
        // Nobody can wish for a meeting that is not public.
        meetings: decision::meetings_of(conn, &[outgoing.id]).await?.into_values().collect(),
        instruments,
        names: names.chain(topic_names.map(|topic| topic.names.clone())).collect(),
        texts: outgoing
            .content
            .versions
            .iter()
            .map(|(lang, version)| (*lang, [version.title.clone(), version.lead.clone(), version.body.clone()]))
            .collect(),
    };
    let mut asked: Vec<(String, Resolved)> = Vec::new();
    for filter in filters(conn, outgoing.at).await? {
        let parsed = Filter::parse(&filter).ok();
        if let Some(resolved) = parsed.and_then(|parsed| parsed.resolve_among(&named)) {
            asked.push((filter, resolved));
        }
    }
    let zone = settings.zone;
    let found = tokio::task::spawn_blocking(move || {
        let handful = Handful::of(&[entry], zone)?;
        let mut found = Vec::new();
        for (filter, resolved) in asked {
            if !handful.matching(&resolved)?.is_empty() {
                found.push(filter);
            }
        }
        Ok::<_, anyhow::Error>(found)
    });
    found.await.context("asking a small index").and_then(|found| found).map_err(WebError::Internal)
}

#[derive(QueryableByName)]
struct FilterRow {
    #[diesel(sql_type = Text)]
    filter: String,
}

async fn filters(conn: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<Vec<String>> {
    let rows: Vec<FilterRow> = diesel::sql_query(
        "SELECT DISTINCT filter FROM subscriptions
         WHERE ended_at IS NULL AND frequency <> 'press_list' AND NOT is_paused(paused_from, paused_until, $1)
         ORDER BY filter",
    )
    .bind::<Timestamptz, _>(at)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.filter).collect())
}

#[derive(QueryableByName)]
struct ReadersRow {
    #[diesel(sql_type = Array<Text>)]
    languages: Vec<Lang>,
    #[diesel(sql_type = Array<Text>)]
    rhythms: Vec<String>,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    on_list: bool,
    #[diesel(sql_type = BigInt)]
    readers: i64,
}

/// How many people have one of those filters, by their languages and rhythms, and whether by a press list.
async fn readers(
    conn: &mut AsyncPgConnection,
    filters: &[String],
    lists: &[String],
    at: DateTime<Utc>,
) -> QueryResult<Vec<ReadersRow>> {
    diesel::sql_query(format!(
        "SELECT languages, rhythms, on_list, count(*) AS readers FROM (
             SELECT p.languages, bool_or(s.filter = ANY ($2)) AS on_list,
                    array_agg(DISTINCT {RHYTHM}) AS rhythms
             FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id AND p.state = 'active'
             WHERE s.filter = ANY ($1) AND s.ended_at IS NULL AND NOT is_paused(s.paused_from, s.paused_until, $3)
             GROUP BY p.id) r
         GROUP BY languages, rhythms, on_list"
    ))
    .bind::<Array<Text>, _>(filters)
    .bind::<Array<Text>, _>(lists)
    .bind::<Timestamptz, _>(at)
    .load(conn)
    .await
}

/// How many readers have had a release by mail: accepted by their host, or perhaps.
pub async fn had(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<i64> {
    Ok(reached(conn, id).await?.had)
}

/// When those who have had a release, or whose mail is on its way, are told of what becomes of it: by the subscriptions
/// that it came by and that still run.
pub async fn told_of_a_change(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    id: ReleaseId,
    at: DateTime<Utc>,
) -> QueryResult<Reach> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Array<Text>)]
        rhythms: Vec<String>,
        #[diesel(sql_type = BigInt)]
        readers: i64,
    }
    let rows: Vec<Row> = diesel::sql_query(format!(
        "SELECT rhythms, count(*) AS readers FROM (
             SELECT array_agg(DISTINCT {RHYTHM}) AS rhythms
             FROM public_changes c
             JOIN delivery_items i ON i.sequence = c.sequence AND NOT i.left_out
             JOIN deliveries d ON d.id = i.delivery_id
                  AND (d.doubtful OR d.state IN ('queued', 'sending', 'accepted', 'delivered', 'uncertain'))
             JOIN subscribers p ON p.id = i.subscriber_id AND p.state = 'active'
             JOIN subscriptions s ON s.id = ANY (i.subscription_ids) AND s.ended_at IS NULL
                  AND NOT is_paused(s.paused_from, s.paused_until, $2)
             WHERE c.release_id = $1 AND c.announced GROUP BY p.id) r
         GROUP BY rhythms"
    ))
    .bind::<BigInt, _>(id)
    .bind::<Timestamptz, _>(at)
    .load(conn)
    .await?;
    let mut reach = Reach::default();
    for row in rows {
        reach.tell(first_told(settings, &row.rhythms, at), row.readers);
    }
    Ok(reach)
}

/// What became of the mails that a release is in, of each reader the best.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, QueryableByName)]
pub struct Reached {
    /// Readers whose host took it, or who may have it.
    #[diesel(sql_type = BigInt)]
    pub had: i64,
    /// Of those: nobody knows.
    #[diesel(sql_type = BigInt)]
    pub uncertain: i64,
    /// Readers to whom it is still on its way.
    #[diesel(sql_type = BigInt)]
    pub on_the_way: i64,
    /// Readers whose host refused it, at once or later.
    #[diesel(sql_type = BigInt)]
    pub refused: i64,
}

/// One release's reach. Its items are found by its announcements, whose sequences lie together in the table.
pub async fn reached(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Reached> {
    diesel::sql_query(
        "WITH mails AS (
             SELECT i.subscriber_id,
                    bool_or(d.state IN ('accepted', 'delivered', 'complained')) AS accepted,
                    bool_or(d.doubtful OR d.state = 'uncertain') AS uncertain,
                    bool_or(d.state IN ('queued', 'sending')) AS waiting,
                    bool_or(d.state IN ('failed', 'bounced')) AS refused
             FROM public_changes c
             JOIN delivery_items i ON i.sequence = c.sequence AND NOT i.left_out
             JOIN deliveries d ON d.id = i.delivery_id
             WHERE c.release_id = $1 AND c.announced GROUP BY i.subscriber_id)
         SELECT count(*) FILTER (WHERE accepted OR uncertain) AS had,
                count(*) FILTER (WHERE uncertain AND NOT accepted) AS uncertain,
                count(*) FILTER (WHERE waiting AND NOT accepted AND NOT uncertain) AS on_the_way,
                count(*) FILTER (WHERE refused AND NOT accepted AND NOT uncertain AND NOT waiting) AS refused
         FROM mails",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
}
