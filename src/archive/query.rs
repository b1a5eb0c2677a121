//! Every SQL statement on what was imported, and the multi-row writes that a bulk of releases needs. Nothing here decides
//! anything.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Date, Integer, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::{AssetId, EditionId, ImportId, InstitutionId, RedirectId, ReleaseId, RevisionId, TopicId};
use crate::kit::lang::Lang;
use crate::release::state::{PublicState, State};

/// An item that came before.
#[derive(Debug, Clone, QueryableByName)]
pub struct Known {
    /// The source's own name for it.
    #[diesel(sql_type = Text)]
    pub source_id: String,
    /// The set that it is of.
    #[diesel(sql_type = Text)]
    pub source_set: String,
    /// What it became.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// In which language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// Of what the source said then.
    #[diesel(sql_type = Binary)]
    pub digest: Vec<u8>,
    /// The revision that an import wrote last.
    #[diesel(sql_type = BigInt)]
    pub revision_id: RevisionId,
    /// Whether files of it were missing.
    #[diesel(sql_type = Bool)]
    pub lacks_files: bool,
}

/// Those of the source that are of one of the sets, or have one of the ids.
pub async fn known(conn: &mut AsyncPgConnection, source: &str, sets: &[&str], ids: &[&str]) -> QueryResult<Vec<Known>> {
    diesel::sql_query(
        "SELECT source_id, source_set, release_id, lang, digest, revision_id, lacks_files FROM source_items
         WHERE source = $1 AND source_set = ANY($2)
         UNION
         SELECT source_id, source_set, release_id, lang, digest, revision_id, lacks_files FROM source_items
         WHERE source = $1 AND source_id = ANY($3)",
    )
    .bind::<Text, _>(source)
    .bind::<Array<Text>, _>(sets)
    .bind::<Array<Text>, _>(ids)
    .get_results(conn)
    .await
}

/// An id and the digest of what was said under it.
#[derive(Debug, QueryableByName)]
pub struct Said {
    /// The source's own name.
    #[diesel(sql_type = Text)]
    pub source_id: String,
    /// Of what the source said then.
    #[diesel(sql_type = Binary)]
    pub digest: Vec<u8>,
    /// Whether files of it were missing.
    #[diesel(sql_type = Bool)]
    pub lacks_files: bool,
}

/// Ids after `after` in their order, with their digests, at most `most` of them.
pub async fn said_after(conn: &mut AsyncPgConnection, source: &str, after: &str, most: i64) -> QueryResult<Vec<Said>> {
    diesel::sql_query(
        "SELECT source_id, digest, lacks_files FROM source_items WHERE source = $1 AND source_id > $2 ORDER BY source_id LIMIT $3",
    )
    .bind::<Text, _>(source)
    .bind::<Text, _>(after)
    .bind::<BigInt, _>(most)
    .get_results(conn)
    .await
}

/// An item that came under another source's name.
#[derive(Debug, QueryableByName)]
pub struct Elsewhere {
    /// Its id there and here.
    #[diesel(sql_type = Text)]
    pub source_id: String,
    /// The name under which it came.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// Of what was said.
    #[diesel(sql_type = Binary)]
    pub digest: Vec<u8>,
}

/// Items with one of the ids that came under the name of another source.
pub async fn under_other_names(
    conn: &mut AsyncPgConnection,
    source: &str,
    ids: &[&str],
) -> QueryResult<Vec<Elsewhere>> {
    diesel::sql_query("SELECT source_id, source, digest FROM source_items WHERE source_id = ANY($2) AND source <> $1")
        .bind::<Text, _>(source)
        .bind::<Array<Text>, _>(ids)
        .get_results(conn)
        .await
}

/// Where a release of an archive stands now.
#[derive(Debug, Clone, QueryableByName)]
pub struct Standing {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// What the public sees of it.
    #[diesel(sql_type = Text)]
    pub public_state: PublicState,
    /// Whether the desk published it.
    #[diesel(sql_type = Bool)]
    pub has_reference: bool,
    /// The date in its address.
    #[diesel(sql_type = Nullable<Date>)]
    pub first_published_on: Option<NaiveDate>,
    /// Its first edition.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
    /// Where that stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// The latest revision of it.
    #[diesel(sql_type = BigInt)]
    pub head_revision_id: RevisionId,
    /// The number of that revision.
    #[diesel(sql_type = Integer)]
    pub head_number: i32,
    /// How many editions it has.
    #[diesel(sql_type = BigInt)]
    pub editions: i64,
}

/// Locks the editions of the releases and then these, each in the order of their ids, as publication does, until the
/// transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<()> {
    for statement in [
        "SELECT id FROM editions WHERE release_id = ANY($1) ORDER BY id FOR UPDATE",
        "SELECT id FROM releases WHERE id = ANY($1) ORDER BY id FOR UPDATE",
    ] {
        diesel::sql_query(statement).bind::<Array<BigInt>, _>(ids).execute(conn).await?;
    }
    Ok(())
}

/// Where the releases stand.
pub async fn standing(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Standing>> {
    diesel::sql_query(
        "SELECT r.id AS release_id, r.public_state, r.reference IS NOT NULL AS has_reference, r.first_published_on,
                e.id AS edition_id, e.state, v.id AS head_revision_id, v.number AS head_number,
                (SELECT count(*) FROM editions WHERE release_id = r.id) AS editions
         FROM releases r
         JOIN editions e ON e.release_id = r.id AND e.number = 1
         JOIN revisions v ON v.id = e.head_revision_id
         WHERE r.id = ANY($1)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .get_results(conn)
    .await
}

/// The text of a revision in one language.
#[derive(Debug, QueryableByName)]
pub struct VersionRow {
    /// Of which revision.
    #[diesel(sql_type = BigInt)]
    pub revision_id: RevisionId,
    /// In which language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// The headline.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The lead.
    #[diesel(sql_type = Text)]
    pub lead: String,
    /// Markdown.
    #[diesel(sql_type = Text)]
    pub body: String,
}

/// The texts of the revisions.
pub async fn versions(conn: &mut AsyncPgConnection, ids: &[RevisionId]) -> QueryResult<Vec<VersionRow>> {
    diesel::sql_query("SELECT revision_id, lang, title, lead, body FROM language_versions WHERE revision_id = ANY($1)")
        .bind::<Array<BigInt>, _>(ids)
        .get_results(conn)
        .await
}

/// A topic of a revision.
#[derive(Debug, QueryableByName)]
pub struct TopicRow {
    /// Of which revision.
    #[diesel(sql_type = BigInt)]
    pub revision_id: RevisionId,
    /// Which topic.
    #[diesel(sql_type = BigInt)]
    pub topic_id: TopicId,
}

/// The topics of the revisions, in their order.
pub async fn topics(conn: &mut AsyncPgConnection, ids: &[RevisionId]) -> QueryResult<Vec<TopicRow>> {
    diesel::sql_query(
        "SELECT revision_id, topic_id FROM revision_topics WHERE revision_id = ANY($1) ORDER BY revision_id, position",
    )
    .bind::<Array<BigInt>, _>(ids)
    .get_results(conn)
    .await
}

/// Lets two imports write one after the other. Held until the transaction ends.
pub async fn take_turns(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtext('communique archive'))").execute(conn).await.map(drop)
}

/// Checks now what would be checked at COMMIT, when the log's counter is held.
pub async fn check_now(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    diesel::sql_query("SET CONSTRAINTS ALL IMMEDIATE").execute(conn).await.map(drop)
}

/// Ids for rows to come.
#[derive(Debug, QueryableByName)]
pub struct Ids {
    /// Of a release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Of its edition.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
}

/// So many ids of releases with their editions. They are taken beforehand because a release, its edition and its revision
/// name each other.
pub async fn new_ids(conn: &mut AsyncPgConnection, count: usize) -> QueryResult<Vec<Ids>> {
    diesel::sql_query(
        "SELECT nextval(pg_get_serial_sequence('releases', 'id')) AS release_id,
                nextval(pg_get_serial_sequence('editions', 'id')) AS edition_id
         FROM generate_series(1, $1)",
    )
    .bind::<BigInt, _>(count as i64)
    .get_results(conn)
    .await
}

#[derive(QueryableByName)]
struct NewRevisionId {
    #[diesel(sql_type = BigInt)]
    id: RevisionId,
}

/// So many ids of revisions.
pub async fn new_revision_ids(conn: &mut AsyncPgConnection, count: usize) -> QueryResult<Vec<RevisionId>> {
    let rows: Vec<NewRevisionId> = diesel::sql_query(
        "SELECT nextval(pg_get_serial_sequence('revisions', 'id')) AS id FROM generate_series(1, $1)",
    )
    .bind::<BigInt, _>(count as i64)
    .get_results(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A release of an archive, with its first edition.
#[derive(Debug)]
pub struct NewRelease {
    /// Its id.
    pub id: ReleaseId,
    /// Its edition's.
    pub edition_id: EditionId,
    /// The edition's first revision, written with it.
    pub revision_id: RevisionId,
    /// First published, or what the source dates a draft.
    pub at: DateTime<Utc>,
    /// The date in its address.
    pub on: NaiveDate,
    /// Whether its time is known.
    pub time_known: bool,
    /// Whether the public reads it.
    pub is_public: bool,
    /// Its number on the former site.
    pub source_number: Option<String>,
    /// The lead first.
    pub issuers: Vec<InstitutionId>,
}

/// Releases, their issuers and their first editions.
pub async fn insert_releases(conn: &mut AsyncPgConnection, new: &[NewRelease]) -> QueryResult<()> {
    let ids: Vec<_> = new.iter().map(|release| release.id).collect();
    let editions: Vec<_> = new.iter().map(|release| release.edition_id).collect();
    let revisions: Vec<_> = new.iter().map(|release| release.revision_id).collect();
    let instants: Vec<_> = new.iter().map(|release| release.at).collect();
    let public: Vec<_> = new.iter().map(|release| release.is_public).collect();
    diesel::sql_query(
        "INSERT INTO releases (id, origin, public_state, first_published_at, first_published_on, time_known,
                               public_edition_id, public_revision_id, source_number)
             OVERRIDING SYSTEM VALUE
         SELECT id, 'archive', CASE WHEN public THEN 'public' ELSE 'never_public' END,
                CASE WHEN public THEN at END, CASE WHEN public THEN \"on\" END, time_known,
                CASE WHEN public THEN edition_id END, CASE WHEN public THEN revision_id END, source_number
         FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::date[], $6::boolean[],
                     $7::boolean[], $8::text[])
              AS new (id, edition_id, revision_id, at, \"on\", time_known, public, source_number)",
    )
    .bind::<Array<BigInt>, _>(&ids)
    .bind::<Array<BigInt>, _>(&editions)
    .bind::<Array<BigInt>, _>(&revisions)
    .bind::<Array<Timestamptz>, _>(&instants)
    .bind::<Array<Date>, _>(new.iter().map(|release| release.on).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(new.iter().map(|release| release.time_known).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(&public)
    .bind::<Array<Nullable<Text>>, _>(new.iter().map(|release| release.source_number.as_deref()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    let issuers: Vec<(ReleaseId, i16, InstitutionId)> = new
        .iter()
        .flat_map(|release| {
            release.issuers.iter().zip(0_i16..).map(|(issuer, position)| (release.id, position, *issuer))
        })
        .collect();
    diesel::sql_query(
        "INSERT INTO issuers (release_id, position, institution_id)
         SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::bigint[])",
    )
    .bind::<Array<BigInt>, _>(issuers.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(issuers.iter().map(|row| row.1).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(issuers.iter().map(|row| row.2).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    // The date of a draft is what the desk may plan it for, if anybody wants to.
    diesel::sql_query(
        "INSERT INTO editions (id, release_id, number, state, head_revision_id, planned_at, published_at)
             OVERRIDING SYSTEM VALUE
         SELECT edition_id, id, 1, CASE WHEN public THEN 'published' ELSE 'draft' END, revision_id,
                CASE WHEN NOT public THEN at END, CASE WHEN public THEN at END
         FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::timestamptz[], $5::boolean[])
              AS new (id, edition_id, revision_id, at, public)",
    )
    .bind::<Array<BigInt>, _>(&ids)
    .bind::<Array<BigInt>, _>(&editions)
    .bind::<Array<BigInt>, _>(&revisions)
    .bind::<Array<Timestamptz>, _>(&instants)
    .bind::<Array<Bool>, _>(&public)
    .execute(conn)
    .await
    .map(drop)
}

/// A revision with all that it holds.
#[derive(Debug)]
pub struct NewRevision {
    /// Its id.
    pub id: RevisionId,
    /// Of which edition.
    pub edition_id: EditionId,
    /// 1 for the first.
    pub number: i32,
    /// Its texts and topics.
    pub content: crate::release::model::Content,
}

/// Revisions with their texts and topics.
pub async fn insert_revisions(conn: &mut AsyncPgConnection, new: &[NewRevision]) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO revisions (id, edition_id, number) OVERRIDING SYSTEM VALUE
         SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::integer[])",
    )
    .bind::<Array<BigInt>, _>(new.iter().map(|revision| revision.id).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(new.iter().map(|revision| revision.edition_id).collect::<Vec<_>>())
    .bind::<Array<Integer>, _>(new.iter().map(|revision| revision.number).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    let versions: Vec<_> = new
        .iter()
        .flat_map(|revision| revision.content.versions.iter().map(|(lang, version)| (revision.id, *lang, version)))
        .collect();
    diesel::sql_query(
        "INSERT INTO language_versions (revision_id, lang, title, lead, body)
         SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[])",
    )
    .bind::<Array<BigInt>, _>(versions.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(versions.iter().map(|row| row.1).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(versions.iter().map(|row| row.2.title.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(versions.iter().map(|row| row.2.lead.as_str()).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(versions.iter().map(|row| row.2.body.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    let topics: Vec<(RevisionId, i16, TopicId)> = new
        .iter()
        .flat_map(|revision| {
            revision.content.topics.iter().zip(0_i16..).map(|(topic, position)| (revision.id, position, *topic))
        })
        .collect();
    diesel::sql_query(
        "INSERT INTO revision_topics (revision_id, position, topic_id)
         SELECT * FROM unnest($1::bigint[], $2::smallint[], $3::bigint[])",
    )
    .bind::<Array<BigInt>, _>(topics.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind::<Array<SmallInt>, _>(topics.iter().map(|row| row.1).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(topics.iter().map(|row| row.2).collect::<Vec<_>>())
    .execute(conn)
    .await?;
    for revision in new {
        crate::media::query::insert_uses(conn, revision.id, &revision.content.media).await?;
    }
    Ok(())
}

/// The revisions become the heads of their editions, and what the public reads where it reads those editions.
pub async fn set_heads(conn: &mut AsyncPgConnection, new: &[(EditionId, RevisionId)]) -> QueryResult<()> {
    for statement in [
        "UPDATE editions SET head_revision_id = new.revision_id
         FROM unnest($1::bigint[], $2::bigint[]) AS new (edition_id, revision_id) WHERE id = new.edition_id",
        "UPDATE releases SET public_revision_id = new.revision_id
         FROM unnest($1::bigint[], $2::bigint[]) AS new (edition_id, revision_id)
         WHERE public_edition_id = new.edition_id",
    ] {
        diesel::sql_query(statement)
            .bind::<Array<BigInt>, _>(new.iter().map(|row| row.0).collect::<Vec<_>>())
            .bind::<Array<BigInt>, _>(new.iter().map(|row| row.1).collect::<Vec<_>>())
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// The numbers that the former site gave them.
pub async fn set_source_numbers(conn: &mut AsyncPgConnection, new: &[(ReleaseId, String)]) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE releases SET source_number = new.number
         FROM unnest($1::bigint[], $2::text[]) AS new (id, number)
         WHERE releases.id = new.id AND source_number IS DISTINCT FROM new.number",
    )
    .bind::<Array<BigInt>, _>(new.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(new.iter().map(|row| row.1.as_str()).collect::<Vec<_>>())
    .execute(conn)
    .await
    .map(drop)
}

/// What came in, and what it became.
#[derive(Debug)]
pub struct SourceItem<'a> {
    /// The source.
    pub source: &'a str,
    /// Its own name for the item.
    pub source_id: &'a str,
    /// What joins it to its other languages.
    pub source_set: &'a str,
    /// What it became.
    pub release_id: ReleaseId,
    /// In which language.
    pub lang: Lang,
    /// Of what was said.
    pub digest: &'a [u8],
    /// The revision that holds it.
    pub revision_id: RevisionId,
    /// Its address there.
    pub url: Option<&'a str>,
    /// As it came.
    pub original_html: &'a str,
    /// The import that brings it.
    pub import_id: Option<ImportId>,
    /// Who wrote it there.
    pub author: Option<&'a str>,
    /// Whether some of its files are missing.
    pub lacks_files: bool,
}

/// Items that came in; one that came before takes what it says now.
pub async fn put_source_items(conn: &mut AsyncPgConnection, items: &[SourceItem<'_>]) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO source_items (source, source_id, source_set, release_id, lang, digest, revision_id, url,
                                   original_html, import_id, author, lacks_files)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[], $6::bytea[], $7::bigint[],
                              $8::text[], $9::text[], $10::bigint[], $11::text[], $12::boolean[])
         ON CONFLICT (source_id, source) DO UPDATE SET digest = excluded.digest, revision_id = excluded.revision_id,
             url = excluded.url, original_html = excluded.original_html, author = excluded.author,
             lacks_files = excluded.lacks_files, imported_at = now()",
    )
    .bind::<Array<Text>, _>(items.iter().map(|item| item.source).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(items.iter().map(|item| item.source_id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(items.iter().map(|item| item.source_set).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(items.iter().map(|item| item.release_id).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(items.iter().map(|item| item.lang).collect::<Vec<_>>())
    .bind::<Array<Binary>, _>(items.iter().map(|item| item.digest).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(items.iter().map(|item| item.revision_id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(items.iter().map(|item| item.url).collect::<Vec<_>>())
    .bind::<Array<Text>, _>(items.iter().map(|item| item.original_html).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(items.iter().map(|item| item.import_id).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(items.iter().map(|item| item.author).collect::<Vec<_>>())
    .bind::<Array<Bool>, _>(items.iter().map(|item| item.lacks_files).collect::<Vec<_>>())
    .execute(conn)
    .await
    .map(drop)
}

/// All items of the releases are as of these revisions.
pub async fn set_item_revisions(conn: &mut AsyncPgConnection, new: &[(ReleaseId, RevisionId)]) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE source_items SET revision_id = new.revision_id
         FROM unnest($1::bigint[], $2::bigint[]) AS new (release_id, revision_id)
         WHERE source_items.release_id = new.release_id",
    )
    .bind::<Array<BigInt>, _>(new.iter().map(|row| row.0).collect::<Vec<_>>())
    .bind::<Array<BigInt>, _>(new.iter().map(|row| row.1).collect::<Vec<_>>())
    .execute(conn)
    .await
    .map(drop)
}

/// An old address.
#[derive(Debug, Clone, QueryableByName)]
pub struct OldPath {
    /// Path, with its query string if it has one.
    #[diesel(sql_type = Text)]
    pub path: String,
    /// Where it leads, unless that is no release.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub release_id: Option<ReleaseId>,
    /// In which language.
    #[diesel(sql_type = Nullable<Text>)]
    pub lang: Option<Lang>,
    /// The file that it leads to.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub asset_id: Option<AssetId>,
}

/// Those of the paths that lead somewhere already.
pub async fn redirects(conn: &mut AsyncPgConnection, paths: &[&str]) -> QueryResult<Vec<OldPath>> {
    diesel::sql_query("SELECT path, release_id, lang, asset_id FROM redirects WHERE path = ANY($1)")
        .bind::<Array<Text>, _>(paths)
        .get_results(conn)
        .await
}

/// Where a new old address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LeadsTo {
    /// A release in a language.
    Release(ReleaseId, Lang),
    /// A file.
    File(AssetId),
    /// A page of this site.
    Page(String),
}

/// Old addresses; of those that lead somewhere already, nothing changes. Gives the ids of the new ones.
pub async fn insert_redirects(
    conn: &mut AsyncPgConnection,
    import: Option<ImportId>,
    new: &[(String, LeadsTo)],
) -> QueryResult<Vec<RedirectId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: RedirectId,
    }
    if new.is_empty() {
        return Ok(Vec::new());
    }
    let of = |to: &LeadsTo| match to {
        LeadsTo::Release(id, lang) => (Some(*id), Some(*lang), None, None),
        LeadsTo::File(id) => (None, None, Some(*id), None),
        LeadsTo::Page(path) => (None, None, None, Some(path.clone())),
    };
    let rows: Vec<Row> = diesel::sql_query(
        "INSERT INTO redirects (path, release_id, lang, asset_id, target, import_id)
         SELECT *, $6 FROM unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::text[])
         ON CONFLICT (path) DO NOTHING RETURNING id",
    )
    .bind::<Array<Text>, _>(new.iter().map(|row| row.0.as_str()).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(new.iter().map(|row| of(&row.1).0).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(new.iter().map(|row| of(&row.1).1).collect::<Vec<_>>())
    .bind::<Array<Nullable<BigInt>>, _>(new.iter().map(|row| of(&row.1).2).collect::<Vec<_>>())
    .bind::<Array<Nullable<Text>>, _>(new.iter().map(|row| of(&row.1).3).collect::<Vec<_>>())
    .bind::<Nullable<BigInt>, _>(import)
    .get_results(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The file of that content that an import brought for that institution.
pub async fn asset_of_content(
    conn: &mut AsyncPgConnection,
    institution: InstitutionId,
    sha256: &[u8],
) -> QueryResult<Option<AssetId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: AssetId,
    }
    let row: Option<Row> = diesel::sql_query(
        "SELECT id FROM assets WHERE sha256 = $1 AND institution_id = $2 AND uploaded_by IS NULL AND state <> 'refused'
         ORDER BY id LIMIT 1",
    )
    .bind::<Binary, _>(sha256)
    .bind::<BigInt, _>(institution)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.id))
}

/// That import brought the file.
pub async fn set_asset_import(conn: &mut AsyncPgConnection, id: AssetId, import: ImportId) -> QueryResult<()> {
    diesel::sql_query("UPDATE assets SET import_id = $2 WHERE id = $1")
        .bind::<BigInt, _>(id)
        .bind::<BigInt, _>(import)
        .execute(conn)
        .await
        .map(drop)
}

/// Where a release lives in a language.
#[derive(Debug, QueryableByName)]
pub struct Lives {
    /// Which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// In which language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// The date in its address.
    #[diesel(sql_type = Date)]
    pub published_on: NaiveDate,
    /// Its last part.
    #[diesel(sql_type = Text)]
    pub slug: String,
}

/// The present addresses of the releases.
pub async fn addresses(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<Lives>> {
    diesel::sql_query(
        "SELECT release_id, lang, published_on, slug FROM addresses WHERE release_id = ANY($1) AND current",
    )
    .bind::<Array<BigInt>, _>(ids)
    .get_results(conn)
    .await
}

/// The revision of each release that an import wrote last.
pub async fn revisions_of_items(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<Vec<(ReleaseId, RevisionId)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
        #[diesel(sql_type = BigInt)]
        revision_id: RevisionId,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "SELECT release_id, max(revision_id) AS revision_id FROM source_items WHERE release_id = ANY($1) GROUP BY release_id",
    )
    .bind::<Array<BigInt>, _>(ids)
    .get_results(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.release_id, row.revision_id)).collect())
}

/// The codes of those topics that the public knows of.
pub async fn public_topic_codes(conn: &mut AsyncPgConnection, ids: &[TopicId]) -> QueryResult<Vec<(TopicId, String)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: TopicId,
        #[diesel(sql_type = Text)]
        code: String,
    }
    let rows: Vec<Row> = diesel::sql_query("SELECT id, code FROM public_topics WHERE id = ANY($1)")
        .bind::<Array<BigInt>, _>(ids)
        .get_results(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.code)).collect())
}

/// What a former site had of one language version, and what that is here.
#[derive(Debug, Clone, QueryableByName)]
pub struct Original {
    /// The name of the source.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// Its own name for it.
    #[diesel(sql_type = Text)]
    pub source_id: String,
    /// In which language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// Where it lived.
    #[diesel(sql_type = Nullable<Text>)]
    pub url: Option<String>,
    /// Who wrote it there.
    #[diesel(sql_type = Nullable<Text>)]
    pub author: Option<String>,
    /// As it came.
    #[diesel(sql_type = Text)]
    pub original_html: String,
    /// The text of the latest revision here.
    #[diesel(sql_type = Nullable<Text>)]
    pub body: Option<String>,
    /// When it came last.
    #[diesel(sql_type = Timestamptz)]
    pub imported_at: DateTime<Utc>,
}

/// The originals of a release, by language.
pub async fn originals(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Vec<Original>> {
    diesel::sql_query(
        "SELECT i.source, i.source_id, i.lang, i.url, i.author, i.original_html, v.body, i.imported_at
         FROM source_items i
         LEFT JOIN editions e ON e.release_id = i.release_id
              AND e.number = (SELECT max(number) FROM editions WHERE release_id = i.release_id)
         LEFT JOIN language_versions v ON v.revision_id = e.head_revision_id AND v.lang = i.lang
         WHERE i.release_id = $1 ORDER BY i.lang, i.source_id",
    )
    .bind::<BigInt, _>(id)
    .get_results(conn)
    .await
}

/// Whether a former site had it.
pub async fn has_original(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        found: bool,
    }
    let row: Row = diesel::sql_query("SELECT EXISTS (SELECT FROM source_items WHERE release_id = $1) AS found")
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await?;
    Ok(row.found)
}
