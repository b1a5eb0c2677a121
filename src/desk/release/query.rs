//! What the pages of a release show beside its text. Rights are asked by their handlers.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::{AccountId, EditionId, InstitutionId, ReleaseId, RevisionId};
use crate::kit::lang::{Lang, Texts};
use crate::release::model::Content;
use crate::release::state::State;

/// An edition of a release.
#[derive(Debug, Clone, QueryableByName)]
pub struct EditionRow {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: EditionId,
    /// 1 for the first.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// When it is to go public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub planned_at: Option<DateTime<Utc>>,
    /// When it did.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    /// What it corrects.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub note: Option<Texts>,
    /// Why a language followed later.
    #[diesel(sql_type = Nullable<Text>)]
    pub language_reason: Option<String>,
}

/// The editions, the latest first.
pub async fn editions(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<EditionRow>> {
    diesel::sql_query(
        "SELECT id, number, state, planned_at, published_at, note, language_reason FROM editions
         WHERE release_id = $1 ORDER BY number DESC",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}

/// A revision in the list of history.
#[derive(Debug, Clone, QueryableByName)]
pub struct RevisionRow {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: RevisionId,
    /// Of which edition.
    #[diesel(sql_type = Integer)]
    pub edition: i32,
    /// 1 for the edition's first.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// What its author calls it.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Who wrote it.
    #[diesel(sql_type = Nullable<Text>)]
    pub by: Option<String>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Whether it is what the public reads.
    #[diesel(sql_type = Bool)]
    pub is_public: bool,
}

/// All revisions of all editions, the latest first.
pub async fn revisions(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<RevisionRow>> {
    diesel::sql_query(
        "SELECT v.id, e.number AS edition, v.number, v.name, a.name AS by, v.created_at AS at,
                r.public_revision_id IS NOT DISTINCT FROM v.id AS is_public
         FROM revisions v JOIN editions e ON e.id = v.edition_id JOIN releases r ON r.id = e.release_id
         LEFT JOIN accounts a ON a.id = v.account_id
         WHERE r.id = $1 ORDER BY e.number DESC, v.number DESC",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}

/// A mark of each language's text in each revision, oldest first.
pub async fn marks(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
) -> QueryResult<Vec<(DateTime<Utc>, BTreeMap<Lang, String>)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        revision_id: RevisionId,
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
        #[diesel(sql_type = Text)]
        lang: Lang,
        #[diesel(sql_type = Text)]
        mark: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT v.id AS revision_id, v.created_at AS at, l.lang, md5(l.title || E'\\n' || l.lead || E'\\n' || l.body) AS mark
         FROM revisions v JOIN editions e ON e.id = v.edition_id JOIN language_versions l ON l.revision_id = v.id
         WHERE e.release_id = $1 ORDER BY e.number, v.number, l.lang",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await?;
    let mut all: Vec<(RevisionId, DateTime<Utc>, BTreeMap<Lang, String>)> = Vec::new();
    for row in rows {
        match all.last_mut().filter(|last| last.0 == row.revision_id) {
            Some(last) => drop(last.2.insert(row.lang, row.mark)),
            None => all.push((row.revision_id, row.at, [(row.lang, row.mark)].into())),
        }
    }
    Ok(all.into_iter().map(|(_, at, marks)| (at, marks)).collect())
}

/// The languages in which another public release of that day has the same title.
pub async fn same_titles(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
    on: NaiveDate,
    content: &Content,
) -> QueryResult<Vec<Lang>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        lang: Lang,
    }
    let (languages, titles): (Vec<Lang>, Vec<&str>) =
        content.versions.iter().map(|(lang, version)| (*lang, version.title.trim())).unzip();
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT DISTINCT v.lang FROM public_releases r JOIN language_versions v ON v.revision_id = r.revision_id
         JOIN unnest($3::text[], $4::text[]) AS own (lang, title) ON own.lang = v.lang AND own.title = v.title
         WHERE r.first_published_on = $2 AND r.id <> $1",
    )
    .bind::<BigInt, _>(id)
    .bind::<Date, _>(on)
    .bind::<Array<Text>, _>(languages)
    .bind::<Array<Text>, _>(titles)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.lang).collect())
}

/// Who may send on what that institution leads, and is none of those, by name, at most so many.
pub async fn who_may_publish(
    conn: &mut AsyncPgConnection,
    lead: InstitutionId,
    of_council: bool,
    but: &[AccountId],
    most: i64,
) -> QueryResult<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        name: String,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT name FROM accounts
         WHERE disabled_at IS NULL AND id <> ALL ($3)
           AND ((role IN ('publisher', 'institution-admin') AND institution_id = $1)
                OR ($2 AND role = 'chancellery-editor'))
         ORDER BY name, id LIMIT $4",
    )
    .bind::<BigInt, _>(lead)
    .bind::<Bool, _>(of_council)
    .bind::<Array<BigInt>, _>(but)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

/// The last step of that edition that moved it: who took it and when.
pub async fn last_step(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
) -> QueryResult<Option<(Option<String>, DateTime<Utc>)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        by: Option<String>,
        #[diesel(sql_type = Timestamptz)]
        at: DateTime<Utc>,
    }
    let row: Option<Row> = diesel::sql_query(
        "SELECT a.name AS by, j.at FROM journal j LEFT JOIN accounts a ON a.id = j.account_id
         WHERE j.object = 'release' AND j.object_id = $1
           AND j.action IN ('release.submitted', 'release.sent_back', 'release.made_ready', 'release.revised',
               'release.scheduled', 'release.unscheduled', 'release.published', 'release.minor_correction',
               'release.language_added', 'release.withdrawn', 'release.unpublished', 'release.restored')
         ORDER BY j.id DESC LIMIT 1",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| (row.by, row.at)))
}

/// Requests for its public page, all days together.
pub async fn reads(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<i64> {
    diesel::dsl::sql::<BigInt>("SELECT coalesce(sum(reads), 0)::bigint FROM release_reads WHERE release_id = ")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
}

/// An address of a release, with what it is.
#[derive(Debug, Clone, QueryableByName)]
pub struct AddressRow {
    /// Of which language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// The date in it.
    #[diesel(sql_type = Date)]
    pub published_on: NaiveDate,
    /// Its last part.
    #[diesel(sql_type = Text)]
    pub slug: String,
    /// Whether it lives there, or is redirected from there.
    #[diesel(sql_type = Bool)]
    pub current: bool,
}

/// All its addresses, the present ones first.
pub async fn addresses(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<AddressRow>> {
    diesel::sql_query(
        "SELECT lang, published_on, slug, current FROM addresses WHERE release_id = $1
         ORDER BY current DESC, array_position(ARRAY['fr', 'nl', 'de', 'en'], lang), slug",
    )
    .bind::<BigInt, _>(id)
    .load(conn)
    .await
}

/// Whether that revision is one of this release's.
pub async fn is_revision_of(conn: &mut AsyncPgConnection, id: ReleaseId, revision: RevisionId) -> QueryResult<bool> {
    diesel::dsl::sql::<Bool>(
        "SELECT EXISTS (SELECT FROM revisions v JOIN editions e ON e.id = v.edition_id WHERE e.release_id = ",
    )
    .bind::<BigInt, _>(id)
    .sql(" AND v.id = ")
    .bind::<BigInt, _>(revision)
    .sql(")")
    .get_result(conn)
    .await
}
