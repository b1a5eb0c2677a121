//! Every SQL statement on the pages of the site.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Content, Revision, SitePage};
use crate::ids::AccountId;
use crate::kit::lang::Texts;
use crate::schema::{accounts, site_page_revisions};

diesel::table! {
    #[allow(missing_docs)]
    public_site_pages (page) { page -> Text, number -> Integer, titles -> Jsonb, bodies -> Jsonb, created_at -> Timestamptz, }
}

/// What the public reads; as the program brings it, if nobody has written anything.
pub async fn public(conn: &mut AsyncPgConnection, page: SitePage) -> QueryResult<Content> {
    let row: Option<(Texts, Texts)> = public_site_pages::table
        .find(page)
        .select((public_site_pages::titles, public_site_pages::bodies))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map_or_else(|| page.brought(), |(titles, bodies)| Content { titles, bodies }))
}

type RevisionRow = (i32, Texts, Texts, Option<String>, DateTime<Utc>);

/// Every revision, the newest first; what the program brings comes last.
pub async fn revisions(conn: &mut AsyncPgConnection, page: SitePage) -> QueryResult<Vec<Revision>> {
    let rows: Vec<RevisionRow> = site_page_revisions::table
        .left_join(accounts::table.on(site_page_revisions::account_id.eq(accounts::id.nullable())))
        .filter(site_page_revisions::page.eq(page))
        .order(site_page_revisions::number.desc())
        .select((
            site_page_revisions::number,
            site_page_revisions::titles,
            site_page_revisions::bodies,
            accounts::name.nullable(),
            site_page_revisions::created_at,
        ))
        .load(conn)
        .await?;
    let brought = Revision { number: 0, content: page.brought(), by: None, at: None };
    let written = rows.into_iter().map(|(number, titles, bodies, by, at)| Revision {
        number,
        content: Content { titles, bodies },
        by,
        at: Some(at),
    });
    Ok(written.chain([brought]).collect())
}

/// One at a time writes a page, until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, page: SitePage) -> QueryResult<()> {
    diesel::sql_query("SELECT pg_advisory_xact_lock(hashtextextended('site_page.' || $1, 0))")
        .bind::<Text, _>(page)
        .execute(conn)
        .await
        .map(drop)
}

/// The next revision; gives its number.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    page: SitePage,
    by: AccountId,
    content: &Content,
) -> QueryResult<i32> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        number: i32,
    }
    diesel::sql_query(
        "INSERT INTO site_page_revisions (page, number, titles, bodies, account_id)
         SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4 FROM site_page_revisions WHERE page = $1
         RETURNING number",
    )
    .bind::<Text, _>(page)
    .bind::<diesel::sql_types::Jsonb, _>(&content.titles)
    .bind::<diesel::sql_types::Jsonb, _>(&content.bodies)
    .bind::<BigInt, _>(by)
    .get_result(conn)
    .await
    .map(|row: Row| row.number)
}
