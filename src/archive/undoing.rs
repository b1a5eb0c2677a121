//! Takes a whole import back: its releases, files and old addresses go; in the log of public changes a numbered entry
//! without text stays (DESIGN §8). What somebody edited, corrected or cites since is listed and stays, unless it is chosen.
//!
//! A few hundred releases a transaction, each whole or not at all: stopped at any point, the same undoing goes on.

use std::collections::HashSet;

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::import::BY;
use super::query::{self, Known};
use super::{plan, writing};
use crate::change::{self, Change, Kind};
use crate::ids::{AssetId, ImportId, RedirectId, ReleaseId, RevisionId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::release::listing;
use crate::release::state::PublicState;

/// The most releases of one transaction.
const AT_ONCE: i64 = 200;
/// The most that are listed as kept.
const KEPT_LISTED: usize = 500;

/// A release that stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which one.
    pub release_id: ReleaseId,
    /// Its headline in one of its languages.
    pub title: String,
    /// Why.
    pub why: String,
}

#[derive(QueryableByName)]
struct Brought {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = BigInt)]
    revision_id: RevisionId,
    #[diesel(sql_type = Nullable<Text>)]
    title: Option<String>,
}

/// Takes it back, but for what somebody worked on; of that, `also` goes too. Gives what stayed.
///
/// # Errors
/// The database is away; what was taken back stays so.
pub async fn undo(ctx: &Context, id: ImportId, also: &[ReleaseId]) -> anyhow::Result<Vec<Kept>> {
    let mut conn = ctx.conn().await?;
    let also: HashSet<ReleaseId> = also.iter().copied().collect();
    let cited = cited(&mut conn, id).await?;
    let mut kept = Vec::new();
    let mut after = ReleaseId(0);
    loop {
        let batch = brought(&mut conn, id, after).await?;
        let Some(last) = batch.last() else { break };
        after = last.release_id;
        kept.extend(conn.transaction(async |conn| undo_within(conn, id, &batch, &also, &cited).await).await?);
    }
    conn.transaction(async |conn| undo_rest_within(conn, id, kept.len()).await).await?;
    kept.truncate(KEPT_LISTED);
    Ok(kept)
}

/// Releases that this import brought first, after `after` in the order of their ids.
async fn brought(conn: &mut AsyncPgConnection, id: ImportId, after: ReleaseId) -> QueryResult<Vec<Brought>> {
    diesel::sql_query(
        "SELECT i.release_id, max(i.revision_id) AS revision_id,
                (SELECT v.title FROM language_versions v WHERE v.revision_id = max(i.revision_id) ORDER BY v.lang LIMIT 1) AS title
         FROM source_items i
         WHERE i.import_id = $1 AND i.release_id > $2 GROUP BY i.release_id ORDER BY i.release_id LIMIT $3",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(after)
    .bind::<BigInt, _>(AT_ONCE)
    .get_results(conn)
    .await
}

/// Releases of the import to which a text that did not come with it links.
async fn cited(conn: &mut AsyncPgConnection, id: ImportId) -> QueryResult<HashSet<ReleaseId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
    }
    let rows: Vec<Row> = diesel::sql_query(
        "WITH cited AS (
             SELECT DISTINCT m[1] AS lang, m[2] AS on_day, m[3] AS slug
             FROM editions e JOIN language_versions v ON v.revision_id = e.head_revision_id,
                  regexp_matches(v.body, '/(fr|nl|de|en)/([0-9]{4}/[01][0-9]/[0-3][0-9])/([a-z0-9-]+)', 'g') AS m
             WHERE NOT EXISTS (SELECT FROM source_items i WHERE i.release_id = e.release_id AND i.import_id = $1))
         SELECT DISTINCT a.release_id FROM addresses a
         JOIN cited c ON c.lang = a.lang AND c.on_day = to_char(a.published_on, 'YYYY/MM/DD') AND c.slug = a.slug
         JOIN source_items i ON i.release_id = a.release_id AND i.import_id = $1",
    )
    .bind::<BigInt, _>(id)
    .get_results(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.release_id).collect())
}

async fn undo_within(
    conn: &mut AsyncPgConnection,
    import: ImportId,
    batch: &[Brought],
    also: &HashSet<ReleaseId>,
    cited: &HashSet<ReleaseId>,
) -> QueryResult<Vec<Kept>> {
    query::take_turns(conn).await?;
    let ids: Vec<ReleaseId> = batch.iter().map(|one| one.release_id).collect();
    query::lock(conn, &ids).await?;
    let standing = query::standing(conn, &ids).await?;
    let mut kept = Vec::new();
    let mut going = Vec::new();
    for one in batch {
        let Some(release) = standing.iter().find(|release| release.release_id == one.release_id) else { continue };
        let known = Known {
            source_id: String::new(),
            source_set: String::new(),
            release_id: one.release_id,
            lang: Lang::Fr,
            digest: Vec::new(),
            revision_id: one.revision_id,
            lacks_files: false,
        };
        let why =
            plan::touched(release, &known).or(cited.contains(&one.release_id).then_some("cited by another release"));
        match why.filter(|_| !also.contains(&one.release_id)) {
            Some(why) => kept.push(Kept {
                release_id: one.release_id,
                title: one.title.clone().unwrap_or_default(),
                why: why.to_owned(),
            }),
            None => going.push(release.clone()),
        }
    }
    if going.is_empty() {
        return Ok(kept);
    }
    let ids: Vec<ReleaseId> = going.iter().map(|release| release.release_id).collect();
    let old = languages(conn, &ids).await?;
    let assets = shown(conn, &ids).await?;
    // What shows them, before they are gone: off their shelves, and their files closed.
    let unpublished: Vec<ReleaseId> = going
        .iter()
        .filter(|release| release.public_state != PublicState::NeverPublic)
        .map(|it| it.release_id)
        .collect();
    let mut tags = listing::shelve_within(conn, &unpublished).await?;
    close_files(conn, &ids).await?;
    for statement in [
        "DELETE FROM listings WHERE release_id = ANY($1)",
        "DELETE FROM release_press_lists WHERE release_id = ANY($1)",
        "UPDATE releases SET public_edition_id = NULL, public_revision_id = NULL, public_state = 'unpublished',
                             notice = '{\"en\": \"-\"}' WHERE id = ANY($1) AND public_state IN ('public', 'withdrawn')",
        "UPDATE editions SET head_revision_id = NULL WHERE release_id = ANY($1)",
        "DELETE FROM releases WHERE id = ANY($1)",
    ] {
        diesel::sql_query(statement).bind::<Array<BigInt>, _>(&ids).execute(conn).await?;
    }
    delete_assets(conn, import, Some(&assets)).await?;
    let entries = going.iter().map(|release| {
        let detail = json!({ "import": import, "forced": also.contains(&release.release_id) });
        Entry::new("release.import_undone", "release", release.release_id.0).with(detail)
    });
    journal::record(conn, BY, entries.collect::<Vec<_>>()).await?;
    query::check_now(conn).await?;
    let changes: Vec<Change> = unpublished
        .iter()
        .map(|id| {
            let languages = old.iter().filter(|(release, _)| release == id).map(|(_, lang)| *lang).collect();
            Change::of_release(Kind::Unpublished, *id, None, languages, tags.remove(id).unwrap_or_default())
        })
        .collect();
    // Last: the log's counter is held from here to COMMIT.
    change::append(conn, changes).await?;
    Ok(kept)
}

#[derive(QueryableByName)]
struct OfLang {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    lang: Lang,
}

async fn languages(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<(ReleaseId, Lang)>> {
    let rows: Vec<OfLang> =
        diesel::sql_query("SELECT release_id, lang FROM addresses WHERE release_id = ANY($1) AND current")
            .bind::<Array<BigInt>, _>(ids)
            .get_results(conn)
            .await?;
    Ok(rows.into_iter().map(|row| (row.release_id, row.lang)).collect())
}

#[derive(QueryableByName)]
struct Asset {
    #[diesel(sql_type = BigInt)]
    id: AssetId,
}

async fn shown(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<Vec<AssetId>> {
    let rows: Vec<Asset> = diesel::sql_query(
        "SELECT DISTINCT m.asset_id AS id FROM revision_media m JOIN revisions v ON v.id = m.revision_id
         JOIN editions e ON e.id = v.edition_id WHERE e.release_id = ANY($1)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .get_results(conn)
    .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Files that only these releases show are no longer public.
async fn close_files(conn: &mut AsyncPgConnection, ids: &[ReleaseId]) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM public_files WHERE release_ids <@ $1")
        .bind::<Array<BigInt>, _>(ids)
        .execute(conn)
        .await?;
    diesel::sql_query(
        "UPDATE public_files SET release_ids = ARRAY(SELECT unnest(release_ids) EXCEPT SELECT unnest($1::bigint[]) ORDER BY 1)
         WHERE release_ids && $1",
    )
    .bind::<Array<BigInt>, _>(ids)
    .execute(conn)
    .await
    .map(drop)
}

/// Files that the import brought and nothing shows any more. What is stored of them is swept.
async fn delete_assets(conn: &mut AsyncPgConnection, import: ImportId, of: Option<&[AssetId]>) -> QueryResult<usize> {
    diesel::sql_query(
        "DELETE FROM assets a WHERE a.import_id = $1 AND ($2 IS NULL OR a.id = ANY($2))
         AND NOT EXISTS (SELECT FROM revision_media m WHERE m.asset_id = a.id)",
    )
    .bind::<BigInt, _>(import)
    .bind::<Nullable<Array<BigInt>>, _>(of)
    .execute(conn)
    .await
}

/// Addresses that are no release's, and files that no release took. One entry says that the whole is undone.
async fn undo_rest_within(conn: &mut AsyncPgConnection, import: ImportId, kept: usize) -> QueryResult<()> {
    #[derive(QueryableByName)]
    struct Gone {
        #[diesel(sql_type = BigInt)]
        id: RedirectId,
    }
    // Of what stays, the addresses stay.
    let gone: Vec<Gone> = diesel::sql_query(
        "DELETE FROM redirects r WHERE r.import_id = $1 AND r.release_id IS NULL
         AND (r.asset_id IS NULL OR NOT EXISTS (SELECT FROM revision_media m WHERE m.asset_id = r.asset_id)) RETURNING id",
    )
    .bind::<BigInt, _>(import)
    .get_results(conn)
    .await?;
    let files = delete_assets(conn, import, None).await?;
    let detail = json!({ "kept": kept, "redirects": gone.len(), "files": files });
    journal::record(conn, BY, [Entry::new("import.undone", "import", import.0).with(detail)]).await?;
    if !gone.is_empty() {
        let tags = gone.iter().map(|row| writing::redirect_tag(&row.id)).collect();
        change::append(conn, [Change::of_site(Kind::Redirects, tags)]).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::imports::{State, Wish};

    #[test]
    fn what_may_be_wished_depends_on_where_it_stands() {
        for (state, wishes) in [
            (State::New, "i"),
            (State::Inspected, "if"),
            (State::Foreseen, "ifm"),
            (State::Running, "fmu"),
            (State::Done, "fmu"),
            (State::Accepted, ""),
            (State::Undone, "u"),
        ] {
            let all = [(Wish::Inspect, 'i'), (Wish::Foresee, 'f'), (Wish::Import, 'm'), (Wish::Undo, 'u')];
            let found: String = all.iter().filter(|(wish, _)| state.allows(*wish)).map(|(_, letter)| *letter).collect();
            assert_eq!(found, wishes, "{state}");
        }
    }
}
