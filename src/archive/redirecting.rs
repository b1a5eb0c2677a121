//! Old addresses that people look after: added, changed, taken away, brought in as a table, looked for.

use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Nullable, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde_json::json;

use super::query::{self, LeadsTo};
use super::writing::redirect_tag;
use super::{old_address, redirects};
use crate::account::Person;
use crate::change::{self, Change, Kind};
use crate::ids::{RedirectId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::paths;

/// How many a page shows.
pub const PAGE: i64 = 50;
/// The most rows of a table.
pub const TABLE_MAX: usize = 100_000;
/// How many rows of a table are one transaction.
const AT_ONCE: usize = 500;

/// An old address as the desk shows it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Row {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: RedirectId,
    /// The old address.
    #[diesel(sql_type = Text)]
    pub path: String,
    /// Where it leads; nothing for what is not public.
    #[diesel(sql_type = Nullable<Text>)]
    pub leads_to: Option<String>,
    /// The file that it leads to.
    #[diesel(sql_type = Nullable<Text>)]
    pub file_name: Option<String>,
    /// Requests.
    #[diesel(sql_type = BigInt)]
    pub hits: i64,
    /// The day of the last.
    #[diesel(sql_type = Nullable<Date>)]
    pub last_used_on: Option<chrono::NaiveDate>,
}

const ROW: &str = "SELECT r.id, r.path, r.hits, r.last_used_on, f.file_name,
    coalesce(r.target, '/' || a.lang || '/' || to_char(a.published_on, 'YYYY/MM/DD') || '/' || a.slug) AS leads_to
    FROM redirects r LEFT JOIN assets f ON f.id = r.asset_id
    LEFT JOIN public_addresses a ON a.release_id = r.release_id AND a.lang = r.lang AND a.current";

/// Those whose address holds that text, after an address in their order; of none, all.
pub async fn list(conn: &mut AsyncPgConnection, holds: &str, after: &str) -> QueryResult<Vec<Row>> {
    let pattern = format!("%{}%", holds.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    diesel::sql_query(format!("{ROW} WHERE r.path ILIKE $1 AND r.path > $2 ORDER BY r.path LIMIT $3"))
        .bind::<Text, _>(pattern)
        .bind::<Text, _>(after)
        .bind::<BigInt, _>(PAGE + 1)
        .get_results(conn)
        .await
}

/// One of them.
pub async fn get(conn: &mut AsyncPgConnection, id: RedirectId) -> QueryResult<Option<Row>> {
    diesel::sql_query(format!("{ROW} WHERE r.id = $1")).bind::<BigInt, _>(id).get_result(conn).await.optional()
}

/// How many there are, and how many were asked for in the last thirty days.
pub async fn counts(conn: &mut AsyncPgConnection) -> QueryResult<(i64, i64)> {
    #[derive(QueryableByName)]
    struct Counts {
        #[diesel(sql_type = BigInt)]
        all: i64,
        #[diesel(sql_type = BigInt)]
        used: i64,
    }
    let row: Counts = diesel::sql_query(
        "SELECT count(*) AS all, count(*) FILTER (WHERE last_used_on > (site_now() - interval '30 days')::date) AS used
         FROM redirects",
    )
    .get_result(conn)
    .await?;
    Ok((row.all, row.used))
}

/// Why an old address is not taken. The interface has a sentence for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It is no path of a site.
    NoAddress,
    /// It is an address of this site.
    Own,
    /// It leads elsewhere already.
    Taken,
    /// Where it leads is no address of this site.
    NoTarget,
    /// It leads to itself.
    Loop,
}

/// What breaks; what is wrong with an address is no error.
#[derive(Debug, thiserror::Error)]
pub enum RedirectError {
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] crate::kit::db::Busy),
}

/// An old address and where it shall lead, as they were written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// `/node/12`, or `https://old.example/node/12`.
    pub from: String,
    /// `/fr/2012/03/01/eau`, with or without our host.
    pub to: String,
}

/// What is wanted, understood: the path, and where it leads in one hop.
async fn understood(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    wanted: &Wanted,
) -> QueryResult<Result<(String, LeadsTo), (&'static str, Wrong)>> {
    let is_own = |path: &str| ctx.own_paths.get().is_some_and(|own| own.has(path));
    let Ok(path) = old_address::path_of(wanted.from.trim()) else { return Ok(Err(("from", Wrong::NoAddress))) };
    if is_own(&path) {
        return Ok(Err(("from", Wrong::Own)));
    }
    let to = wanted.to.trim();
    let base = ctx.settings.public_url.as_str().trim_end_matches('/');
    let to = to.strip_prefix(base).unwrap_or(to);
    let is_address = to.strip_prefix('/').is_some_and(|rest| !rest.starts_with(['/', '\\']))
        && !to.contains(|c: char| c == '\\' || c.is_control() || c.is_whitespace())
        && to.len() <= 2_000;
    // Readers are led to what readers may see.
    if !is_address || paths::is_of_the_desk(to) {
        return Ok(Err(("to", Wrong::NoTarget)));
    }
    if to == path {
        return Ok(Err(("to", Wrong::Loop)));
    }
    // A release is meant, wherever it will live.
    if let Some((release, lang)) = release_at(conn, to).await? {
        return Ok(Ok((path, LeadsTo::Release(release, lang))));
    }
    if is_own(to) {
        return Ok(Ok((path, LeadsTo::Page(to.to_owned()))));
    }
    // An old address: where that leads, so that it is one hop.
    match redirects::ask(conn, to).await? {
        Some((_, end)) if end == path => Ok(Err(("to", Wrong::Loop))),
        Some((_, end)) => Ok(Ok((
            path,
            match release_at(conn, &end).await? {
                Some((release, lang)) => LeadsTo::Release(release, lang),
                None => LeadsTo::Page(end),
            },
        ))),
        None => Ok(Err(("to", Wrong::NoTarget))),
    }
}

/// The release of which that is an address, and its language.
async fn release_at(conn: &mut AsyncPgConnection, path: &str) -> QueryResult<Option<(ReleaseId, Lang)>> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let [lang, year, month, day, slug] = parts.as_slice() else { return Ok(None) };
    let (Ok(lang), Ok(on)) = (lang.parse::<Lang>(), format!("{year}-{month}-{day}").parse::<chrono::NaiveDate>())
    else {
        return Ok(None);
    };
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
    }
    let found: Option<Found> = diesel::sql_query(
        "SELECT release_id FROM public_addresses WHERE lang = $1 AND published_on = $2 AND slug = $3",
    )
    .bind::<Text, _>(lang)
    .bind::<Date, _>(on)
    .bind::<Text, _>(slug)
    .get_result(conn)
    .await
    .optional()?;
    Ok(found.map(|found| (found.release_id, lang)))
}

/// Adds one.
///
/// # Errors
/// The database is away. What is wrong with it is no error: the field, and what.
pub async fn add(
    ctx: &Context,
    by: &Person,
    wanted: &Wanted,
) -> Result<Result<RedirectId, (&'static str, Wrong)>, RedirectError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let new = match understood(ctx, conn, wanted).await? {
            Ok(new) => new,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let Some(id) = query::insert_redirects(conn, None, std::slice::from_ref(&new)).await?.pop() else {
            return Ok(Err(("from", Wrong::Taken)));
        };
        let detail = json!({ "from": new.0, "to": wanted.to.trim() });
        journal::record(conn, by.actor(), [Entry::new("redirect.added", "redirect", id.0).with(detail)]).await?;
        change::append(conn, [Change::of_site(Kind::Redirects, vec![redirect_tag(&id)])]).await?;
        Ok(Ok(id))
    })
    .await
}

/// Leads one elsewhere.
///
/// # Errors
/// The database is away.
pub async fn change(
    ctx: &Context,
    by: &Person,
    id: RedirectId,
    to: &str,
) -> Result<Option<Result<(), (&'static str, Wrong)>>, RedirectError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        diesel::sql_query("SELECT FROM redirects WHERE id = $1 FOR UPDATE").bind::<BigInt, _>(id).execute(conn).await?;
        let Some(row) = get(conn, id).await? else { return Ok(None) };
        let wanted = Wanted { from: row.path.clone(), to: to.to_owned() };
        let (_, to) = match understood(ctx, conn, &wanted).await? {
            Ok(new) => new,
            Err(wrong) => return Ok(Some(Err(wrong))),
        };
        let (release, lang, target) = match to {
            LeadsTo::Release(id, lang) => (Some(id), Some(lang), None),
            LeadsTo::Page(path) => (None, None, Some(path)),
            // A form names no file.
            LeadsTo::File(_) => return Ok(Some(Err(("to", Wrong::NoTarget)))),
        };
        diesel::sql_query(
            "UPDATE redirects SET release_id = $2, lang = $3, target = $4, asset_id = NULL WHERE id = $1",
        )
        .bind::<BigInt, _>(id)
        .bind::<Nullable<BigInt>, _>(release)
        .bind::<Nullable<Text>, _>(lang)
        .bind::<Nullable<Text>, _>(target)
        .execute(conn)
        .await?;
        let detail = json!({ "from": row.path, "to": wanted.to.trim() });
        journal::record(conn, by.actor(), [Entry::new("redirect.changed", "redirect", id.0).with(detail)]).await?;
        change::append(conn, [Change::of_site(Kind::Redirects, vec![redirect_tag(&id)])]).await?;
        Ok(Some(Ok(())))
    })
    .await
}

/// Takes one away; `false` if there is none.
///
/// # Errors
/// The database is away.
pub async fn remove(conn: &mut AsyncPgConnection, by: &Person, id: RedirectId) -> QueryResult<bool> {
    conn.transaction(async |conn| {
        let Some(row) = get(conn, id).await? else { return Ok(false) };
        diesel::sql_query("DELETE FROM redirects WHERE id = $1").bind::<BigInt, _>(id).execute(conn).await?;
        let detail = json!({ "from": row.path });
        journal::record(conn, by.actor(), [Entry::new("redirect.removed", "redirect", id.0).with(detail)]).await?;
        change::append(conn, [Change::of_site(Kind::Redirects, vec![redirect_tag(&id)])]).await?;
        Ok(true)
    })
    .await
}

/// A row of a table that was not taken: its line, the old address, and why.
pub type Left = (usize, String, Wrong);

/// Adds all of a table, a few hundred a transaction; gives how many, and those that were not taken.
///
/// # Errors
/// The database is away; what was added stays.
pub async fn add_all(
    ctx: &Context,
    by: &Person,
    table: &[(usize, Wanted)],
) -> Result<(usize, Vec<Left>), RedirectError> {
    let mut conn = ctx.conn().await?;
    let (mut added, mut left) = (0, Vec::new());
    for batch in table.chunks(AT_ONCE) {
        let (count, wrong) = conn
            .transaction::<_, diesel::result::Error, _>(async |conn| {
                let mut new: Vec<(usize, (String, LeadsTo))> = Vec::new();
                let mut wrong: Vec<Left> = Vec::new();
                for (line, wanted) in batch {
                    match understood(ctx, conn, wanted).await? {
                        Ok(row) if new.iter().any(|(_, (path, _))| *path == row.0) => {
                            wrong.push((*line, wanted.from.clone(), Wrong::Taken));
                        }
                        Ok(row) => new.push((*line, row)),
                        Err((_, why)) => wrong.push((*line, wanted.from.clone(), why)),
                    }
                }
                let paths: Vec<&str> = new.iter().map(|(_, (path, _))| path.as_str()).collect();
                let there = query::redirects(conn, &paths).await?;
                new.retain(|(line, (path, _))| {
                    let is_there = there.iter().any(|old| old.path == *path);
                    if is_there {
                        wrong.push((*line, path.clone(), Wrong::Taken));
                    }
                    !is_there
                });
                let rows: Vec<(String, LeadsTo)> = new.into_iter().map(|(_, row)| row).collect();
                let ids = query::insert_redirects(conn, None, &rows).await?;
                if !ids.is_empty() {
                    let detail = json!({ "added": ids.len() });
                    journal::record(conn, by.actor(), [Entry::on_site("redirects.added").with(detail)]).await?;
                    let tags = ids.iter().map(redirect_tag).collect();
                    change::append(conn, [Change::of_site(Kind::Redirects, tags)]).await?;
                }
                Ok((ids.len(), wrong))
            })
            .await?;
        added += count;
        left.extend(wrong);
    }
    left.sort_by_key(|(line, ..)| *line);
    Ok((added, left))
}

/// The rows of a table of two columns: comma, semicolon or tab between them, quotes where needed (RFC 4180). A first line
/// without an address is a heading.
pub fn table(text: &str) -> Vec<(usize, Wanted)> {
    let mut rows = Vec::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let separator = ['\t', ';', ','].into_iter().find(|sign| line.contains(*sign)).unwrap_or(',');
        let cells = cells(line, separator);
        let [from, to, ..] = cells.as_slice() else { continue };
        let is_heading = number == 0 && !from.contains('/');
        if !from.is_empty() && !is_heading {
            rows.push((number + 1, Wanted { from: from.clone(), to: to.clone() }));
        }
    }
    rows
}

fn cells(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut signs = line.chars().peekable();
    while let Some(sign) = signs.next() {
        let cell = cells.last_mut().expect("there is one from the beginning");
        match sign {
            '"' if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            sign if sign == separator && !quoted => cells.push(String::new()),
            sign => cell.push(sign),
        }
    }
    cells.into_iter().map(|cell| cell.trim().to_owned()).collect()
}

/// How an address that is asked for is found: the form under which it is known, and where that leads.
pub async fn test(conn: &mut AsyncPgConnection, asked: &str) -> QueryResult<Option<(String, String)>> {
    let Some((id, to)) = redirects::ask(conn, asked).await? else { return Ok(None) };
    #[derive(QueryableByName)]
    struct Known {
        #[diesel(sql_type = Text)]
        path: String,
    }
    let known: Vec<Known> = diesel::sql_query("SELECT path FROM redirects WHERE id = ANY($1)")
        .bind::<Array<BigInt>, _>(vec![id])
        .get_results(conn)
        .await?;
    Ok(known.into_iter().next().map(|known| (known.path, to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_whatever_parts_its_columns() {
        let expected = [(2, "/node/1", "/fr/a"), (3, "/a,b", "/fr/b")];
        for text in [
            "old,new\n/node/1,/fr/a\n\"/a,b\",/fr/b\n",
            "\u{feff}from\tto\r\n/node/1\t/fr/a\r\n/a,b\t/fr/b\r\n",
            "old;new\n/node/1;/fr/a;x\n/a,b;/fr/b\n\n",
        ] {
            let rows: Vec<_> = table(text).into_iter().map(|(line, it)| (line, it.from, it.to)).collect();
            assert_eq!(rows, expected.map(|(line, from, to)| (line, from.to_owned(), to.to_owned())), "{text}");
        }
        assert_eq!(table("/node/1,/fr/a").len(), 1, "no heading is needed");
        assert_eq!(cells("\"a\"\"b\",c", ','), ["a\"b", "c"]);
    }
}
