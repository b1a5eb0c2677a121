//! On which shelves a public release stands: all, its families, its institutions, its topics. Written by whatever
//! changes what is public, so that each list of the site is one range of one index.

use std::collections::{BTreeMap, HashMap};

use diesel::QueryResult;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::directory::Family;
use crate::ids::{InstitutionId, ReleaseId, TopicId};
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
        }
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
/// (DESIGN §4).
pub async fn shelve_within(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<HashMap<ReleaseId, Vec<String>>> {
    let before = listings(conn, ids).await?;
    prepared(diesel::sql_query("DELETE FROM listings WHERE release_id = ANY($1)").bind::<Array<BigInt>, _>(ids))
        .execute(conn)
        .await?;
    let places: BTreeMap<ReleaseId, i64> = before.iter().map(|row| (row.release_id, row.place)).collect();
    prepared(diesel::sql_query(
        "WITH public AS (SELECT id, first_published_at AS at, public_revision_id AS revision_id FROM releases
                         WHERE id = ANY($1) AND public_state IN ('public', 'withdrawn') ORDER BY first_published_at, id),
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
         UNION SELECT 'topic', t.topic_id, at, place, shown.id
               FROM shown JOIN revision_topics t ON t.revision_id = shown.revision_id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .bind::<Array<BigInt>, _>(places.keys().copied().collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(places.values().copied().collect::<Vec<_>>()))
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
