//! What the board shows: editions with their title, whoever may see them. Rights are asked of each row by its caller.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::{EditionId, InstitutionId};
use crate::kit::lang::Texts;
use crate::release::state::State;

/// An edition on the board.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: EditionId,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// Its titles.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub titles: Option<Texts>,
    /// When it goes public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub planned_at: Option<DateTime<Utc>>,
    /// When it went public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    /// The lead first.
    #[diesel(sql_type = Array<BigInt>)]
    pub issuers: Vec<InstitutionId>,
    /// Whether the Council leads.
    #[diesel(sql_type = Bool)]
    pub of_council: bool,
}

/// The latest open editions and the latest published ones, 200 of each: what a first page can show.
pub async fn latest(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Row>> {
    diesel::sql_query(
        "WITH chosen AS (
             (SELECT id FROM editions WHERE state NOT IN ('published', 'superseded') ORDER BY id DESC LIMIT 200)
             UNION ALL
             (SELECT r.public_edition_id FROM releases r
              WHERE r.public_state IN ('public', 'withdrawn') AND r.origin = 'desk'
              ORDER BY r.first_published_at DESC, r.id DESC LIMIT 200))
         SELECT e.id, e.state, e.planned_at, e.published_at,
                (SELECT jsonb_object_agg(v.lang, v.title) FROM language_versions v
                 WHERE v.revision_id = e.head_revision_id) AS titles,
                (SELECT array_agg(s.institution_id ORDER BY s.position) FROM issuers s
                 WHERE s.release_id = e.release_id) AS issuers,
                (SELECT i.family = 'council' FROM issuers s JOIN institutions i ON i.id = s.institution_id
                 WHERE s.release_id = e.release_id AND s.position = 0) AS of_council
         FROM editions e WHERE e.id IN (SELECT id FROM chosen)
         ORDER BY coalesce(e.planned_at, e.published_at, e.created_at) DESC, e.id DESC",
    )
    .load(conn)
    .await
}
