//! Every SQL statement on assets, their copies and the uses of them. Nothing here decides anything; what is public is
//! written by `opening.rs`.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Integer, Jsonb, Nullable, SmallInt, Text};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Kind, MediaUse, Refusal, Rendition, Rights, Shown, State};
use crate::ids::{AccountId, AssetId, InstitutionId, ReleaseId, RevisionId};
use crate::kit::db::prepared;
use crate::kit::lang::Texts;
use crate::kit::secret::random_token;

/// What the page of a release shows of its media, as one column of JSON text that `model::Shown` reads: of the revision of
/// the row `c`. Of a release without media it costs one probe of an index.
pub const SHOWN: &str = "(SELECT json_agg(json_build_object(
         'kind', a.kind, 'is_lead', m.is_lead, 'decorative', m.decorative, 'alt', m.alt, 'caption', m.caption,
         'credit', m.credit, 'size', CASE WHEN a.width > 0 THEN json_build_array(a.width, a.height) END,
         'pages', a.pages, 'duration_ms', a.duration_ms, 'link', a.link, 'file_name', a.file_name,
         'files', (SELECT json_agg(json_build_object(
                        'variant', f.variant, 'token', f.token, 'name', f.file_name, 'media_type', f.media_type,
                        'bytes', f.bytes, 'size', CASE WHEN f.width > 0 THEN json_build_array(f.width, f.height) END))
                   FROM public_files f WHERE f.asset_id = a.id)) ORDER BY m.position)::text
      FROM revision_media m JOIN assets a ON a.id = m.asset_id
      WHERE m.revision_id = c.revision_id AND a.state <> 'refused')";

/// As [`SHOWN`], of a revision that is not public: its files as a personal link fetches them, below `door`. The file itself
/// only `with_files`.
pub async fn shown_to_few(
    conn: &mut AsyncPgConnection,
    revision: RevisionId,
    door: &str,
    with_files: bool,
) -> QueryResult<Vec<Shown>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Text>)]
        shown: Option<String>,
    }
    let row: Row = prepared(
        diesel::sql_query(
            "SELECT (SELECT json_agg(json_build_object(
                 'kind', a.kind, 'is_lead', m.is_lead, 'decorative', m.decorative, 'alt', m.alt, 'caption', m.caption,
                 'credit', m.credit, 'size', CASE WHEN a.width > 0 THEN json_build_array(a.width, a.height) END,
                 'pages', a.pages, 'duration_ms', a.duration_ms, 'link', a.link, 'file_name', a.file_name,
                 'files', (SELECT json_agg(json_build_object(
                                'variant', f.variant, 'token', '', 'name', a.file_name, 'media_type', f.media_type,
                                'bytes', f.bytes, 'size', CASE WHEN f.width > 0 THEN json_build_array(f.width, f.height) END,
                                'elsewhere', $2 || '/' || a.id || '/'
                                    || CASE WHEN f.variant = 'file' THEN 'file' ELSE f.width::text END))
                           FROM renditions f
                           WHERE f.asset_id = a.id AND (f.variant <> 'file' OR $3))) ORDER BY m.position)::text
              FROM revision_media m JOIN assets a ON a.id = m.asset_id
              WHERE m.revision_id = $1 AND a.state = 'ready') AS shown",
        )
        .bind::<BigInt, _>(revision)
        .bind::<Text, _>(door)
        .bind::<Bool, _>(with_files),
    )
    .get_result(conn)
    .await?;
    row.shown
        .map_or_else(|| Ok(Vec::new()), |json| serde_json::from_str(&json))
        .map_err(|error| diesel::result::Error::DeserializationError(error.into()))
}

/// Whether a revision shows that asset.
pub async fn is_shown_by(conn: &mut AsyncPgConnection, revision: RevisionId, asset: AssetId) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        shown: bool,
    }
    let row: Row = prepared(
        diesel::sql_query(
            "SELECT EXISTS (SELECT FROM revision_media WHERE revision_id = $1 AND asset_id = $2) AS shown",
        )
        .bind::<BigInt, _>(revision)
        .bind::<BigInt, _>(asset),
    )
    .get_result(conn)
    .await?;
    Ok(row.shown)
}

/// An asset with all that the desk shows of it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Asset {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: AssetId,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub institution_id: InstitutionId,
    /// What it is.
    #[diesel(sql_type = Text)]
    pub kind: Kind,
    /// Whether its copies are there.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// Why not, for ever.
    #[diesel(sql_type = Nullable<Text>)]
    pub refusal: Option<Refusal>,
    /// As its owner called it.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// Where it is stored; nowhere, of a link.
    #[diesel(sql_type = Nullable<Text>)]
    pub storage_key: Option<String>,
    /// How large it is.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub bytes: Option<i64>,
    /// Found in its content.
    #[diesel(sql_type = Nullable<Text>)]
    pub media_type: Option<String>,
    /// As it is seen.
    #[diesel(sql_type = Nullable<Integer>)]
    pub width: Option<i32>,
    /// As it is seen.
    #[diesel(sql_type = Nullable<Integer>)]
    pub height: Option<i32>,
    /// Of a document.
    #[diesel(sql_type = Nullable<Integer>)]
    pub pages: Option<i32>,
    /// Of sound and film.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub duration_ms: Option<i64>,
    /// The page of a film on a known host.
    #[diesel(sql_type = Nullable<Text>)]
    pub link: Option<String>,
    /// How often its copies were begun.
    #[diesel(sql_type = SmallInt)]
    pub attempts: i16,
}

const ASSET: &str =
    "id, institution_id, kind, state, refusal, file_name, storage_key, bytes, media_type, width, height,
                     pages, duration_ms, link, attempts";

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: AssetId,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// An asset to store.
#[derive(Debug, Clone)]
pub struct NewAsset<'a> {
    /// Whose.
    pub institution_id: InstitutionId,
    /// Who brings it; none: an import.
    pub uploaded_by: Option<AccountId>,
    /// In whose editor it was uploaded.
    pub for_release: Option<ReleaseId>,
    /// What it is.
    pub kind: Kind,
    /// New, if copies of it are to be made.
    pub state: State,
    /// Cleaned.
    pub file_name: &'a str,
    /// Where, its digest, its length and its type; of a link: none.
    pub stored: Option<(&'a str, &'a [u8], i64, &'a str)>,
    /// As it is seen.
    pub size: Option<(u32, u32)>,
    /// Of a document.
    pub pages: Option<u32>,
    /// Of sound and film.
    pub duration_ms: Option<i64>,
    /// The page of a film on a known host.
    pub link: Option<&'a str>,
}

/// A new asset.
pub async fn insert(conn: &mut AsyncPgConnection, new: &NewAsset<'_>) -> QueryResult<AssetId> {
    let pixels = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let row: Id = prepared(
        diesel::sql_query(
            "INSERT INTO assets (institution_id, uploaded_by, for_release, kind, state, file_name, storage_key, sha256, bytes,
                                 media_type, width, height, pages, duration_ms, link)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
        )
        .bind::<BigInt, _>(new.institution_id)
        .bind::<Nullable<BigInt>, _>(new.uploaded_by)
        .bind::<Nullable<BigInt>, _>(new.for_release)
        .bind::<Text, _>(new.kind)
        .bind::<Text, _>(new.state)
        .bind::<Text, _>(new.file_name)
        .bind::<Nullable<Text>, _>(new.stored.map(|stored| stored.0))
        .bind::<Nullable<Binary>, _>(new.stored.map(|stored| stored.1))
        .bind::<Nullable<BigInt>, _>(new.stored.map(|stored| stored.2))
        .bind::<Nullable<Text>, _>(new.stored.map(|stored| stored.3))
        .bind::<Nullable<Integer>, _>(new.size.map(|size| pixels(size.0)))
        .bind::<Nullable<Integer>, _>(new.size.map(|size| pixels(size.1)))
        .bind::<Nullable<Integer>, _>(new.pages.map(pixels))
        .bind::<Nullable<BigInt>, _>(new.duration_ms)
        .bind::<Nullable<Text>, _>(new.link),
    )
    .get_result(conn)
    .await?;
    Ok(row.id)
}

/// The assets of those ids, in the order asked for.
pub async fn by_ids(conn: &mut AsyncPgConnection, ids: &[AssetId]) -> QueryResult<Vec<Asset>> {
    prepared(
        diesel::sql_query(format!(
            "SELECT {ASSET} FROM assets WHERE id = ANY($1) ORDER BY array_position($1::bigint[], id)"
        ))
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await
}

/// What was uploaded in the editor of that release, in its order: an upload whose answer was lost is found here.
pub async fn uploaded_for(conn: &mut AsyncPgConnection, release: ReleaseId) -> QueryResult<Vec<Asset>> {
    prepared(
        diesel::sql_query(format!("SELECT {ASSET} FROM assets WHERE for_release = $1 ORDER BY id"))
            .bind::<BigInt, _>(release),
    )
    .load(conn)
    .await
}

/// The asset of the same content that was uploaded for the same release: the same file twice is one.
pub async fn same_content(
    conn: &mut AsyncPgConnection,
    release: ReleaseId,
    sha256: &[u8],
) -> QueryResult<Option<Asset>> {
    prepared(
        diesel::sql_query(format!(
            "SELECT {ASSET} FROM assets WHERE sha256 = $2 AND for_release = $1 ORDER BY id LIMIT 1"
        ))
        .bind::<BigInt, _>(release)
        .bind::<Binary, _>(sha256),
    )
    .get_result(conn)
    .await
    .optional()
}

/// How many bytes the files of an institution take.
pub async fn bytes_of(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<i64> {
    let row: Number = prepared(
        diesel::sql_query("SELECT coalesce(sum(bytes), 0)::bigint AS number FROM assets WHERE institution_id = $1")
            .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await?;
    Ok(row.number)
}

/// How many assets were uploaded for a release.
pub async fn count_for(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<i64> {
    let row: Number = prepared(
        diesel::sql_query("SELECT count(*) AS number FROM assets WHERE for_release = $1").bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await?;
    Ok(row.number)
}

/// Who leads a release: theirs are the files that are uploaded for it.
pub async fn lead_of(conn: &mut AsyncPgConnection, id: ReleaseId) -> QueryResult<Option<InstitutionId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        institution_id: InstitutionId,
    }
    let row: Option<Row> = prepared(
        diesel::sql_query("SELECT institution_id FROM issuers WHERE release_id = $1 AND position = 0")
            .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| row.institution_id))
}

/// What rights on the asset depend on, by one statement.
pub async fn rights_of(conn: &mut AsyncPgConnection, id: AssetId) -> QueryResult<Option<Rights>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        institution_id: InstitutionId,
        #[diesel(sql_type = Bool)]
        of_council: bool,
        #[diesel(sql_type = Nullable<BigInt>)]
        uploaded_by: Option<AccountId>,
        #[diesel(sql_type = Array<BigInt>)]
        shown_by: Vec<InstitutionId>,
        #[diesel(sql_type = Bool)]
        shown_by_council: bool,
    }
    let row: Option<Row> = prepared(
        diesel::sql_query(
            "WITH shown AS (
                 SELECT DISTINCT s.institution_id, s.position
                 FROM revision_media m
                 JOIN revisions v ON v.id = m.revision_id
                 JOIN editions e ON e.id = v.edition_id AND e.state <> 'draft'
                 JOIN issuers s ON s.release_id = e.release_id
                 WHERE m.asset_id = $1)
             SELECT a.institution_id, i.family = 'council' AS of_council, a.uploaded_by,
                    ARRAY(SELECT DISTINCT institution_id FROM shown ORDER BY 1) AS shown_by,
                    EXISTS (SELECT FROM shown JOIN institutions c ON c.id = shown.institution_id
                            WHERE shown.position = 0 AND c.family = 'council') AS shown_by_council
             FROM assets a JOIN institutions i ON i.id = a.institution_id WHERE a.id = $1",
        )
        .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| Rights {
        institution_id: row.institution_id,
        of_council: row.of_council,
        uploaded_by: row.uploaded_by,
        shown_by: row.shown_by,
        shown_by_council: row.shown_by_council,
    }))
}

/// Writes what a revision shows, in its order.
pub async fn insert_uses(conn: &mut AsyncPgConnection, revision: RevisionId, uses: &[MediaUse]) -> QueryResult<()> {
    if uses.is_empty() {
        return Ok(());
    }
    let json = serde_json::to_value(uses).map_err(|error| diesel::result::Error::SerializationError(error.into()))?;
    prepared(
        diesel::sql_query(
            "INSERT INTO revision_media (revision_id, position, asset_id, is_lead, decorative, alt, caption, credit)
             SELECT $1, place - 1, (it ->> 'asset')::bigint, (it ->> 'is_lead')::boolean, (it ->> 'decorative')::boolean,
                    nullif(it -> 'alt', '{}'), nullif(it -> 'caption', '{}'), it ->> 'credit'
             FROM jsonb_array_elements($2) WITH ORDINALITY AS uses (it, place)",
        )
        .bind::<BigInt, _>(revision)
        .bind::<Jsonb, _>(json),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// What a revision shows, in its order.
pub async fn uses(conn: &mut AsyncPgConnection, revision: RevisionId) -> QueryResult<Vec<MediaUse>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        asset_id: AssetId,
        #[diesel(sql_type = Bool)]
        is_lead: bool,
        #[diesel(sql_type = Bool)]
        decorative: bool,
        #[diesel(sql_type = Nullable<Jsonb>)]
        alt: Option<Texts>,
        #[diesel(sql_type = Nullable<Jsonb>)]
        caption: Option<Texts>,
        #[diesel(sql_type = Text)]
        credit: String,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT asset_id, is_lead, decorative, alt, caption, credit FROM revision_media
             WHERE revision_id = $1 ORDER BY position",
        )
        .bind::<BigInt, _>(revision),
    )
    .load(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| MediaUse {
            asset: row.asset_id,
            is_lead: row.is_lead,
            decorative: row.decorative,
            alt: row.alt.unwrap_or_default(),
            caption: row.caption.unwrap_or_default(),
            credit: row.credit,
        })
        .collect())
}

/// Takes one asset whose copies are to be made, for ten minutes: whoever dies over it leaves it to the next.
pub async fn claim(conn: &mut AsyncPgConnection) -> QueryResult<Option<Asset>> {
    prepared(diesel::sql_query(format!(
        "UPDATE assets SET attempts = attempts + 1, due_at = now() + interval '10 minutes'
         WHERE id = (SELECT id FROM assets WHERE state = 'new' AND due_at <= now()
                     ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING {ASSET}"
    )))
    .get_result(conn)
    .await
    .optional()
}

/// What was begun and could not be ended, for no fault of the file: again in a while.
pub async fn put_back(conn: &mut AsyncPgConnection, id: AssetId) -> QueryResult<()> {
    prepared(
        diesel::sql_query(
            "UPDATE assets SET attempts = attempts - 1, due_at = now() + interval '30 seconds' WHERE id = $1 AND state = 'new'",
        )
        .bind::<BigInt, _>(id),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// It is nothing that can be shown.
pub async fn mark_refused(conn: &mut AsyncPgConnection, id: AssetId, why: Refusal) -> QueryResult<()> {
    prepared(
        diesel::sql_query("UPDATE assets SET state = 'refused', refusal = $2 WHERE id = $1 AND state = 'new'")
            .bind::<BigInt, _>(id)
            .bind::<Text, _>(why),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Its copies are there.
pub async fn mark_ready(
    conn: &mut AsyncPgConnection,
    id: AssetId,
    size: Option<(u32, u32)>,
    colour: Option<i32>,
) -> QueryResult<()> {
    let pixels = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    prepared(
        diesel::sql_query(
            "UPDATE assets SET state = 'ready', width = coalesce($2, width), height = coalesce($3, height),
                               colour = coalesce($4, colour)
             WHERE id = $1",
        )
        .bind::<BigInt, _>(id)
        .bind::<Nullable<Integer>, _>(size.map(|size| pixels(size.0)))
        .bind::<Nullable<Integer>, _>(size.map(|size| pixels(size.1)))
        .bind::<Nullable<Integer>, _>(colour),
    )
    .execute(conn)
    .await
    .map(drop)
}

/// Locks the assets until the transaction ends, in the order of their ids.
pub async fn lock(conn: &mut AsyncPgConnection, ids: &[AssetId]) -> QueryResult<Vec<AssetId>> {
    let rows: Vec<Id> = prepared(
        diesel::sql_query("SELECT id FROM assets WHERE id = ANY($1) ORDER BY id FOR UPDATE")
            .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Copies of an asset; those that are there already stay as they are, and the address that each has.
pub async fn insert_renditions(conn: &mut AsyncPgConnection, id: AssetId, new: &[Rendition]) -> QueryResult<()> {
    for it in new {
        let pixels = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        prepared(
            diesel::sql_query(
                "INSERT INTO renditions (asset_id, variant, token, media_type, extension, width, height, bytes, storage_key, digest)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (asset_id, variant) DO NOTHING",
            )
            .bind::<BigInt, _>(id)
            .bind::<Text, _>(&it.variant)
            .bind::<Text, _>(random_token())
            .bind::<Text, _>(&it.media_type)
            .bind::<Text, _>(&it.extension)
            .bind::<Nullable<Integer>, _>(it.size.map(|size| pixels(size.0)))
            .bind::<Nullable<Integer>, _>(it.size.map(|size| pixels(size.1)))
            .bind::<BigInt, _>(i64::try_from(it.bytes).unwrap_or(i64::MAX))
            .bind::<Text, _>(&it.storage_key)
            .bind::<Text, _>(&it.digest),
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// A file that one of the doors serves.
#[derive(Debug, Clone, QueryableByName)]
pub struct Served {
    /// Where it is stored.
    #[diesel(sql_type = Text)]
    pub storage_key: String,
    /// Of its content.
    #[diesel(sql_type = Text)]
    pub media_type: String,
    /// How large it is.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
    /// Of its content.
    #[diesel(sql_type = Text)]
    pub digest: String,
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub file_name: String,
    /// Whether it is to be kept rather than shown.
    #[diesel(sql_type = Bool)]
    pub attachment: bool,
}

/// The public file of that token. The public door asks this and nothing else.
pub async fn public_file(conn: &mut AsyncPgConnection, token: &str) -> QueryResult<Option<Served>> {
    prepared(
        diesel::sql_query(
            "SELECT storage_key, media_type, bytes, digest, file_name, attachment FROM public_files WHERE token = $1",
        )
        .bind::<Text, _>(token),
    )
    .get_result(conn)
    .await
    .optional()
}

/// For the desk and for previews: the copy of an asset of that variant, or of the width next to it.
pub async fn file_of(conn: &mut AsyncPgConnection, id: AssetId, wanted: Wanted) -> QueryResult<Option<Served>> {
    let named = "regexp_replace(a.file_name, '\\.[a-z0-9]+$', '')";
    match wanted {
        Wanted::Original => prepared(
            diesel::sql_query(
                "SELECT storage_key, media_type, bytes, encode(sha256, 'hex') AS digest, file_name, true AS attachment
                     FROM assets WHERE id = $1 AND storage_key IS NOT NULL AND state <> 'refused'",
            )
            .bind::<BigInt, _>(id),
        )
        .get_result(conn)
        .await
        .optional(),
        Wanted::File => prepared(
            diesel::sql_query(format!(
                "SELECT r.storage_key, r.media_type, r.bytes, r.digest, {named} || '.' || r.extension AS file_name,
                            a.kind NOT IN ('audio', 'video') AS attachment
                     FROM renditions r JOIN assets a ON a.id = r.asset_id WHERE r.asset_id = $1 AND r.variant = 'file'"
            ))
            .bind::<BigInt, _>(id),
        )
        .get_result(conn)
        .await
        .optional(),
        Wanted::Width(width) => prepared(
            diesel::sql_query(format!(
                "SELECT r.storage_key, r.media_type, r.bytes, r.digest,
                            {named} || '-' || r.width || '.' || r.extension AS file_name, false AS attachment
                     FROM renditions r JOIN assets a ON a.id = r.asset_id
                     WHERE r.asset_id = $1 AND r.variant LIKE 'webp-%' AND (r.width = $2 OR $3)
                     ORDER BY abs(r.width - $2), r.width LIMIT 1"
            ))
            .bind::<BigInt, _>(id)
            .bind::<Integer, _>(i32::try_from(width).unwrap_or(i32::MAX))
            .bind::<Bool, _>(super::model::WIDTHS.contains(&width)),
        )
        .get_result(conn)
        .await
        .optional(),
    }
}

/// What the desk or a preview asks of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// The file as it came, whole: for the desk alone.
    Original,
    /// The file as it leaves the house.
    File,
    /// The picture of that width; of one that the site makes ([`super::model::WIDTHS`]) the next to it, if the picture is
    /// smaller.
    Width(u32),
}

impl Wanted {
    /// The word of an address.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "original" => Some(Wanted::Original),
            "file" => Some(Wanted::File),
            width => width.parse().ok().filter(|width| (1..=9_999).contains(width)).map(Wanted::Width),
        }
    }
}
