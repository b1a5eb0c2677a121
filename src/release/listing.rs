//! On which shelves a public release stands: all, its families, its institutions, its topics, the members of the
//! government that it is of, its meeting, its instruments. Written by whatever changes what is public, so that each list
//! of the site is one range of one index.

use std::collections::{BTreeMap, HashMap};

use diesel::QueryResult;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::decision::Instrument;
use crate::directory::Family;
use crate::ids::{InstitutionId, MandateId, MeetingId, ReleaseId, TopicId};
use crate::kit::db::prepared;
use crate::media;

/// A list of releases, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shelf {
    /// Every release.
    All,
    /// Those of a source family.
    Family(Family),
    /// Those that an institution issued or co-issued.
    Institution(InstitutionId),
    /// Those of a topic.
    Topic(TopicId),
    /// Those that a member of the government issued or proposed.
    Mandate(MandateId),
    /// The decisions of a meeting.
    Meeting(MeetingId),
    /// Those that are of that instrument.
    Instrument(Instrument),
}

impl Shelf {
    /// The two columns that name it.
    pub fn key(self) -> (&'static str, i64) {
        match self {
            Shelf::All => ("all", 0),
            Shelf::Family(Family::Council) => ("family", 1),
            Shelf::Family(Family::Government) => ("family", 2),
            Shelf::Family(Family::Institutions) => ("family", 3),
            Shelf::Institution(id) => ("institution", id.0),
            Shelf::Topic(id) => ("topic", id.0),
            Shelf::Mandate(id) => ("mandate", id.0),
            Shelf::Meeting(id) => ("meeting", id.0),
            Shelf::Instrument(instrument) => ("instrument", instrument.number()),
        }
    }

    /// The shelf of those two columns; none if this build knows no such shelf.
    pub fn of_key(shelf: &str, id: i64) -> Option<Self> {
        Some(match shelf {
            "all" => Shelf::All,
            "family" => Shelf::Family(*Family::ALL.iter().find(|family| Shelf::Family(**family).key().1 == id)?),
            "institution" => Shelf::Institution(InstitutionId(id)),
            "topic" => Shelf::Topic(TopicId(id)),
            "mandate" => Shelf::Mandate(MandateId(id)),
            "meeting" => Shelf::Meeting(MeetingId(id)),
            "instrument" => Shelf::Instrument(Instrument::of_number(id)?),
            _ => return None,
        })
    }

    /// Its tag in the log: what every change of a release that stands or stood on it carries.
    pub fn tag(self) -> String {
        match self {
            Shelf::All => "list".to_owned(),
            shelf => {
                let (shelf, id) = shelf.key();
                format!("{shelf}:{id}")
            }
        }
    }
}

/// Moves everything from one topic's shelf to another's, within the caller's transaction, which holds both topics: a
/// publication under the first has either ended by now, or waits and finds where it was merged to. Gives how many moved.
pub async fn move_topic_within(conn: &mut AsyncPgConnection, from: TopicId, into: TopicId) -> QueryResult<usize> {
    diesel::sql_query(
        "INSERT INTO listings (shelf, shelf_id, published_at, place, release_id)
         SELECT 'topic', $2, published_at, place, release_id FROM listings WHERE shelf = 'topic' AND shelf_id = $1
         ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(from)
    .bind::<BigInt, _>(into)
    .execute(conn)
    .await?;
    diesel::sql_query("DELETE FROM listings WHERE shelf = 'topic' AND shelf_id = $1")
        .bind::<BigInt, _>(from)
        .execute(conn)
        .await
}

#[derive(diesel::QueryableByName)]
struct Listing {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    tag: String,
    #[diesel(sql_type = BigInt)]
    place: i64,
}

async fn listings(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Listing>> {
    prepared(
        diesel::sql_query(
            "SELECT release_id, place, CASE shelf WHEN 'all' THEN 'list' ELSE shelf || ':' || shelf_id END AS tag
         FROM listings WHERE release_id = ANY($1) ORDER BY release_id, tag",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .get_results(conn)
    .await
}

/// Puts the releases on their shelves, or takes them off if they are not public; one that stood there keeps its place.
/// Opens and closes their files likewise. Gives the tags of all shelves that they stand or stood on: what shows each of them, for its change in the log
/// (DESIGN §4). Of those that go public at one instant, the last of `ids` stands first in lists.
pub async fn shelve_within(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<HashMap<ReleaseId, Vec<String>>> {
    let before = listings(conn, ids).await?;
    prepared(diesel::sql_query("DELETE FROM listings WHERE release_id = ANY($1)").bind::<Array<BigInt>, _>(ids))
        .execute(conn)
        .await?;
    // Whoever merges one of their topics into another has ended, or waits for us.
    prepared(
        diesel::sql_query(
            "SELECT FROM topics WHERE id IN (SELECT t.topic_id FROM releases r
                 JOIN revision_topics t ON t.revision_id = r.public_revision_id WHERE r.id = ANY($1)) ORDER BY id FOR SHARE",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .execute(conn)
    .await?;
    let places: BTreeMap<ReleaseId, i64> = before.iter().map(|row| (row.release_id, row.place)).collect();
    prepared(diesel::sql_query(
        "WITH public AS (SELECT r.id, r.first_published_at AS at, r.public_revision_id AS revision_id,
                                r.public_edition_id AS edition_id
                         FROM unnest($1::bigint[]) WITH ORDINALITY AS given (id, turn) JOIN releases r ON r.id = given.id
                         WHERE r.public_state IN ('public', 'withdrawn') ORDER BY r.first_published_at, given.turn),
              shown AS MATERIALIZED (
                  SELECT public.*, coalesce(kept.place, nextval('listing_places')) AS place
                  FROM public LEFT JOIN unnest($2::bigint[], $3::bigint[]) AS kept (release_id, place)
                       ON kept.release_id = public.id)
         INSERT INTO listings (shelf, shelf_id, published_at, place, release_id)
         SELECT 'all', 0, at, place, id FROM shown
         UNION SELECT 'family', CASE i.family WHEN 'council' THEN 1 WHEN 'government' THEN 2 ELSE 3 END, at, place, shown.id
               FROM shown JOIN issuers s ON s.release_id = shown.id JOIN institutions i ON i.id = s.institution_id
         UNION SELECT 'institution', s.institution_id, at, place, shown.id
               FROM shown JOIN issuers s ON s.release_id = shown.id
         UNION SELECT 'topic', coalesce(o.merged_into, o.id), at, place, shown.id
               FROM shown JOIN revision_topics t ON t.revision_id = shown.revision_id
               JOIN topics o ON o.id = t.topic_id
         UNION SELECT 'mandate', s.mandate_id, at, place, shown.id
               FROM shown JOIN issuers s ON s.release_id = shown.id WHERE s.mandate_id IS NOT NULL
         UNION SELECT 'mandate', m.mandate_id, at, place, shown.id
               FROM shown JOIN edition_mandates m ON m.edition_id = shown.edition_id
         UNION SELECT 'meeting', d.meeting_id, at, place, shown.id
               FROM shown JOIN decisions d ON d.release_id = shown.id
         UNION SELECT 'instrument', array_position($4::text[], i.instrument), at, place, shown.id
               FROM shown JOIN edition_instruments i ON i.edition_id = shown.edition_id
               WHERE i.instrument = ANY($4)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<BigInt>, _>(places.keys().copied().collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(places.values().copied().collect::<Vec<_>>())
    .bind::<Array<Text>, _>(Instrument::ALL.iter().map(|instrument| instrument.as_str()).collect::<Vec<_>>()))
    .execute(conn)
    .await?;
    media::opening::follow_within(conn, ids).await?;
    let mut tags: HashMap<ReleaseId, Vec<String>> = ids.iter().map(|id| (*id, vec![format!("release:{id}")])).collect();
    for row in listings(conn, ids).await?.into_iter().chain(before) {
        let known = tags.entry(row.release_id).or_default();
        if !known.contains(&row.tag) {
            known.push(row.tag);
        }
    }
    Ok(tags)
}
