//! What the index reads: the log, and through the public door the releases that it names.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::change::Span;
use crate::ids::{InstitutionId, MandateId, MeetingId, ReleaseId, TopicId};
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::release::decision::Instrument;
use crate::release::listing::Shelf;
use crate::release::model::Kind;
use crate::release::public::Key;

/// All that the index knows of a public release.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Which one.
    pub id: ReleaseId,
    /// A plain release or a decision.
    pub kind: Kind,
    /// Its number, and the one that an archive gave it.
    pub numbers: Vec<String>,
    /// Where it stands in lists.
    pub key: Key,
    /// The numbers of its families' shelves.
    pub families: Vec<i64>,
    /// On whose shelves it stands.
    pub institutions: Vec<InstitutionId>,
    /// Under which topics.
    pub topics: Vec<TopicId>,
    /// Whose of the government it is.
    pub mandates: Vec<MandateId>,
    /// Of which meeting it is an item.
    pub meetings: Vec<MeetingId>,
    /// What it is, in law.
    pub instruments: Vec<Instrument>,
    /// What its issuers and topics are called, and who proposes it.
    pub names: Vec<Texts>,
    /// Title, lead and body by language.
    pub texts: BTreeMap<Lang, [String; 3]>,
}

#[derive(QueryableByName)]
struct Head {
    #[diesel(sql_type = BigInt)]
    id: ReleaseId,
    #[diesel(sql_type = Text)]
    kind: Kind,
    #[diesel(sql_type = Nullable<Text>)]
    reference: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    source_number: Option<String>,
}

#[derive(QueryableByName)]
struct Stand {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    shelf: String,
    #[diesel(sql_type = BigInt)]
    shelf_id: i64,
    #[diesel(sql_type = Timestamptz)]
    published_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    place: i64,
}

#[derive(QueryableByName)]
struct NameRow {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Jsonb)]
    names: Texts,
}

#[derive(QueryableByName)]
struct TextRow {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    lang: Lang,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    lead: String,
    #[diesel(sql_type = Text)]
    body: String,
}

/// Those of the releases that are public now.
pub async fn entries(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Entry>> {
    let heads: Vec<Head> = prepared(
        diesel::sql_query("SELECT id, kind, reference, source_number FROM public_releases WHERE id = ANY($1)")
            .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    let stands: Vec<Stand> = prepared(
        diesel::sql_query(
            "SELECT release_id, shelf, shelf_id, published_at, place FROM public_listings WHERE release_id = ANY($1)",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    let texts: Vec<TextRow> = prepared(
        diesel::sql_query("SELECT release_id, lang, title, lead, body FROM public_versions WHERE release_id = ANY($1)")
            .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    let mut entries: HashMap<ReleaseId, Entry> = HashMap::with_capacity(heads.len());
    for stand in &stands {
        if stand.shelf == "all" {
            let entry = Entry {
                id: stand.release_id,
                kind: Kind::Release,
                numbers: Vec::new(),
                key: Key { published_at: stand.published_at, place: stand.place },
                families: Vec::new(),
                institutions: Vec::new(),
                topics: Vec::new(),
                mandates: Vec::new(),
                meetings: Vec::new(),
                instruments: Vec::new(),
                names: Vec::new(),
                texts: BTreeMap::new(),
            };
            entries.insert(stand.release_id, entry);
        }
    }
    for stand in stands {
        let Some(entry) = entries.get_mut(&stand.release_id) else { continue };
        match Shelf::of_key(&stand.shelf, stand.shelf_id) {
            Some(Shelf::Family(_)) => entry.families.push(stand.shelf_id),
            Some(Shelf::Institution(id)) => entry.institutions.push(id),
            Some(Shelf::Topic(id)) => entry.topics.push(id),
            Some(Shelf::Mandate(id)) => entry.mandates.push(id),
            Some(Shelf::Meeting(id)) => entry.meetings.push(id),
            Some(Shelf::Instrument(instrument)) => entry.instruments.push(instrument),
            Some(Shelf::All) | None => {}
        }
    }
    let names: Vec<NameRow> = prepared(
        diesel::sql_query(
            "SELECT s.release_id, i.names FROM public_releases r JOIN issuers s ON s.release_id = r.id
             JOIN institutions i ON i.id = s.institution_id WHERE r.id = ANY($1)
             UNION ALL
             SELECT r.id, t.names FROM public_releases r JOIN revision_topics s ON s.revision_id = r.revision_id
             JOIN topics o ON o.id = s.topic_id JOIN topics t ON t.id = coalesce(o.merged_into, o.id) WHERE r.id = ANY($1)
             UNION ALL
             SELECT l.release_id, (SELECT jsonb_object_agg(t.key, m.given_name || ' ' || m.family_name || ', ' || t.value)
                                   FROM jsonb_each_text(m.titles) t)
             FROM public_listings l JOIN public_mandates m ON m.id = l.shelf_id
             WHERE l.shelf = 'mandate' AND l.release_id = ANY($1)",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    for row in names {
        if let Some(entry) = entries.get_mut(&row.release_id) {
            entry.names.push(row.names);
        }
    }
    for row in texts {
        if let Some(entry) = entries.get_mut(&row.release_id) {
            entry.texts.insert(row.lang, [row.title, row.lead, row.body]);
        }
    }
    Ok(heads
        .into_iter()
        .filter_map(|head| {
            let mut entry = entries.remove(&head.id)?;
            entry.kind = head.kind;
            entry.numbers = head.reference.into_iter().chain(head.source_number).collect();
            // A list shows no release without a text either.
            (!entry.texts.is_empty()).then_some(entry)
        })
        .collect())
}

#[derive(QueryableByName)]
struct Place {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Timestamptz)]
    published_at: DateTime<Utc>,
    #[diesel(sql_type = BigInt)]
    place: i64,
}

/// The next `size` public releases after that key, the oldest first, and where they end.
pub async fn after(
    conn: &mut AsyncPgConnection,
    key: Option<Key>,
    size: i64,
) -> QueryResult<(Vec<ReleaseId>, Option<Key>)> {
    let rows: Vec<Place> = prepared(
        diesel::sql_query(
            "SELECT release_id, published_at, place FROM public_listings
         WHERE shelf = 'all' AND shelf_id = 0
           AND (published_at, place) > (coalesce($1, '-infinity'::timestamptz), coalesce($2, 0))
         ORDER BY published_at, place LIMIT $3",
        )
        .bind::<Nullable<Timestamptz>, _>(key.map(|key| key.published_at))
        .bind::<Nullable<BigInt>, _>(key.map(|key| key.place))
        .bind::<BigInt, _>(size),
    )
    .load(conn)
    .await?;
    let last = rows.last().map(|row| Key { published_at: row.published_at, place: row.place });
    Ok((rows.into_iter().map(|row| row.release_id).collect(), last))
}

/// How many public releases there are, nearly: what a building of the index is measured by.
pub async fn about_how_many(conn: &mut AsyncPgConnection) -> QueryResult<i64> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    prepared(diesel::sql_query("SELECT count(*) AS count FROM public_listings WHERE shelf = 'all' AND shelf_id = 0"))
        .get_result(conn)
        .await
        .map(|row: Row| row.count)
}

/// The releases that the span speaks of, each once: by themselves, or all that stand on the shelf of an institution, a
/// topic or a mandate that was renamed or merged.
pub async fn changed(conn: &mut AsyncPgConnection, span: Span) -> QueryResult<Vec<ReleaseId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT release_id FROM public_changes
             WHERE sequence > $1 AND sequence <= $2 AND release_id IS NOT NULL
             UNION
             SELECT l.release_id
             FROM public_changes c CROSS JOIN unnest(c.tags) AS tag
             JOIN listings l ON l.shelf = split_part(tag, ':', 1) AND l.shelf_id = split_part(tag, ':', 2)::bigint
             WHERE c.sequence > $1 AND c.sequence <= $2 AND c.kind IN ('directory', 'topics')
               AND tag ~ '^(institution|topic|mandate):[0-9]{1,18}$'
             ORDER BY release_id",
        )
        .bind::<BigInt, _>(span.after)
        .bind::<BigInt, _>(span.up_to),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.release_id).collect())
}
