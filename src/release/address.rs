//! Where a release lives: `/{lang}/{yyyy}/{mm}/{dd}/{slug}`, for ever, from its first publication on.

use chrono::NaiveDate;
use diesel::QueryResult;
use diesel::sql_types::{Array, BigInt, Date, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::ReleaseId;
use crate::kit::lang::Lang;
use crate::kit::slug;

/// A release that needs an address in a language in which it has none.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Of which release.
    pub release_id: ReleaseId,
    /// In which language.
    pub lang: Lang,
    /// The date of its first publication.
    pub published_on: NaiveDate,
    /// What the address is made of.
    pub title: String,
}

#[derive(diesel::QueryableByName)]
struct Got {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    lang: Lang,
}

/// A release whose title has become another one lives at the address of its new title; the old one leads there. One that it
/// had before is taken up again. A title that only changes in what no address shows, or an address that an archive gave,
/// stays as it is. `before` and `after` are the titles of two revisions.
pub async fn follow_within(
    conn: &mut AsyncPgConnection,
    release_id: ReleaseId,
    published_on: NaiveDate,
    before: &[(Lang, String)],
    after: &[(Lang, String)],
) -> QueryResult<()> {
    let mut claims = Vec::new();
    for (lang, title) in after {
        let wanted = slug::slug(*lang, title);
        let is_other = before.iter().any(|(of, old)| of == lang && slug::slug(*lang, old) != wanted);
        if !is_other {
            continue;
        }
        // Given up first: of one language there is one current address at each moment.
        diesel::sql_query("UPDATE addresses SET current = false WHERE release_id = $1 AND lang = $2 AND current")
            .bind::<BigInt, _>(release_id)
            .bind::<Text, _>(lang)
            .execute(conn)
            .await?;
        let had = diesel::sql_query(
            "UPDATE addresses SET current = true
             WHERE release_id = $1 AND lang = $2 AND published_on = $3 AND slug = $4",
        )
        .bind::<BigInt, _>(release_id)
        .bind::<Text, _>(lang)
        .bind::<Date, _>(published_on)
        .bind::<Text, _>(&wanted)
        .execute(conn)
        .await?;
        if had == 0 {
            claims.push(Claim { release_id, lang: *lang, published_on, title: title.clone() });
        }
    }
    claim_within(conn, &claims).await
}

/// Gives each claim its address, with `-2`, `-3`… where the same title stands on the same day already. Only what is or
/// was public has an address, so that the number tells of nothing else.
pub async fn claim_within(conn: &mut AsyncPgConnection, claims: &[Claim]) -> QueryResult<()> {
    let mut open: Vec<(&Claim, String)> =
        claims.iter().map(|claim| (claim, slug::slug(claim.lang, &claim.title))).collect();
    let mut attempt = 1;
    while !open.is_empty() {
        let got: Vec<Got> = diesel::sql_query(
            "INSERT INTO addresses (release_id, lang, published_on, slug)
             SELECT * FROM unnest($1::bigint[], $2::text[], $3::date[], $4::text[])
             ON CONFLICT (lang, published_on, slug) DO NOTHING RETURNING release_id, lang",
        )
        .bind::<Array<BigInt>, _>(open.iter().map(|(claim, _)| claim.release_id).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(open.iter().map(|(claim, _)| claim.lang).collect::<Vec<_>>())
        .bind::<Array<Date>, _>(open.iter().map(|(claim, _)| claim.published_on).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(open.iter().map(|(_, slug)| slug::candidate(slug, attempt)).collect::<Vec<_>>())
        .get_results(conn)
        .await?;
        let got: std::collections::HashSet<(ReleaseId, Lang)> =
            got.into_iter().map(|row| (row.release_id, row.lang)).collect();
        open.retain(|(claim, _)| !got.contains(&(claim.release_id, claim.lang)));
        attempt += 1;
    }
    Ok(())
}
