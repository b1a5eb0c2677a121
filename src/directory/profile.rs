//! What else an institution says of itself: its abbreviations, its postal address, its accounts elsewhere, what it belongs
//! to, and what took its place.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::Institution;
use super::settings::{self, DirectoryError};
use super::{public, query};
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::change::{self, Change, Kind};
use crate::ids::InstitutionId;
use crate::journal::{self, Entry};
use crate::kit::clock;
use crate::kit::db::prepared;
use crate::kit::lang::Texts;
use crate::schema::institutions;

/// The most accounts elsewhere.
pub const ACCOUNTS_MOST: usize = 8;

/// An account of theirs elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SocialAccount {
    /// What the network is called: "Mastodon".
    pub network: String,
    /// Where it is.
    pub url: String,
}

/// What it says besides its settings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Profile {
    /// "FOD", "SPF".
    pub abbreviations: Option<Texts>,
    /// Postal, with line ends.
    pub addresses: Option<Texts>,
    /// In their order.
    pub accounts: Vec<SocialAccount>,
    /// What it belongs to.
    pub parent_id: Option<InstitutionId>,
}

/// As the desk knows it, with whether it is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// What it says.
    pub profile: Profile,
    /// What took its place.
    pub successor_id: Option<InstitutionId>,
    /// Since when it issues nothing.
    pub closed_at: Option<DateTime<Utc>>,
}

#[derive(QueryableByName)]
struct StandingRow {
    #[diesel(sql_type = Nullable<Jsonb>)]
    abbreviations: Option<Texts>,
    #[diesel(sql_type = Nullable<Jsonb>)]
    addresses: Option<Texts>,
    #[diesel(sql_type = Jsonb)]
    social: serde_json::Value,
    #[diesel(sql_type = Nullable<BigInt>)]
    parent_id: Option<InstitutionId>,
    #[diesel(sql_type = Nullable<BigInt>)]
    successor_id: Option<InstitutionId>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    closed_at: Option<DateTime<Utc>>,
}

/// How it stands.
pub async fn standing(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<Option<Standing>> {
    let row: Option<StandingRow> = diesel::sql_query(
        "SELECT abbreviations, addresses, social, parent_id, successor_id, closed_at FROM institutions WHERE id = $1",
    )
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| Standing {
        profile: Profile {
            abbreviations: row.abbreviations,
            addresses: row.addresses,
            accounts: serde_json::from_value(row.social).unwrap_or_default(),
            parent_id: row.parent_id,
        },
        successor_id: row.successor_id,
        closed_at: row.closed_at,
    }))
}

/// Writes it. What an institution belongs to, whoever names institutions says.
pub async fn change(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: InstitutionId,
    new: &Profile,
) -> Result<(), DirectoryError> {
    conn.transaction(async |conn| {
        let institution = settings::lock(conn, by, id, Action::Settings).await?;
        let old = standing(conn, id).await?.ok_or(DirectoryError::NotFound)?.profile;
        if old == *new {
            return Ok(());
        }
        if old.parent_id != new.parent_id {
            if !may(by, Action::Institutions, Object::Site) {
                return Err(DirectoryError::NotAllowed);
            }
            if let Some(parent) = new.parent_id
                && (parent == id || is_below(conn, parent, id).await?)
            {
                return Err(DirectoryError::Circle);
            }
        }
        diesel::sql_query(
            "UPDATE institutions SET abbreviations = $2, addresses = $3, social = $4, parent_id = $5 WHERE id = $1",
        )
        .bind::<BigInt, _>(id)
        .bind::<Nullable<Jsonb>, _>(&new.abbreviations)
        .bind::<Nullable<Jsonb>, _>(&new.addresses)
        .bind::<Jsonb, _>(json!(new.accounts))
        .bind::<Nullable<BigInt>, _>(new.parent_id)
        .execute(conn)
        .await?;
        let entry = Entry::new("institution.profile_changed", "institution", id.0).with(json!({
            "code": institution.code,
            "abbreviations": (old.abbreviations != new.abbreviations).then_some([&old.abbreviations, &new.abbreviations]),
            "addresses": old.addresses != new.addresses,
            "accounts": (old.accounts != new.accounts).then_some([&old.accounts, &new.accounts]),
            "parent": (old.parent_id != new.parent_id).then_some([old.parent_id, new.parent_id]),
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        announce(conn, [Some(id), old.parent_id, new.parent_id]).await
    })
    .await
}

/// Whether the first belongs to the second, by however many steps.
async fn is_below(conn: &mut AsyncPgConnection, id: InstitutionId, of: InstitutionId) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        found: bool,
    }
    let row: Row = diesel::sql_query(
        "WITH RECURSIVE above AS (
             SELECT id, parent_id FROM institutions WHERE id = $1
             UNION SELECT i.id, i.parent_id FROM institutions i JOIN above a ON a.parent_id = i.id)
         SELECT EXISTS (SELECT FROM above WHERE id = $2) AS found",
    )
    .bind::<BigInt, _>(id)
    .bind::<BigInt, _>(of)
    .get_result(conn)
    .await?;
    Ok(row.found)
}

/// It issues nothing any more from now on, and its page says what took its place; or, without a closing, it does again.
/// Its releases stay.
pub async fn close(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: InstitutionId,
    is_closed: bool,
    successor: Option<InstitutionId>,
) -> Result<(), DirectoryError> {
    if !may(by, Action::Institutions, Object::Site) {
        return Err(DirectoryError::NotFound);
    }
    conn.transaction(async |conn| {
        let institution = query::lock_institution(conn, id).await?.ok_or(DirectoryError::NotFound)?;
        let before = standing(conn, id).await?.ok_or(DirectoryError::NotFound)?;
        if let Some(successor) = successor {
            let there = query::institutions_by_id(conn, &[successor]).await?;
            if successor == id || there.is_empty() {
                return Err(DirectoryError::NotFound);
            }
        }
        let successor = successor.filter(|_| is_closed);
        let at = if is_closed { Some(before.closed_at.unwrap_or(clock::now(conn).await?)) } else { None };
        diesel::update(institutions::table.find(id))
            .set((institutions::closed_at.eq(at), institutions::successor_id.eq(successor)))
            .execute(conn)
            .await?;
        let entry =
            Entry::new(if is_closed { "institution.closed" } else { "institution.opened" }, "institution", id.0)
                .with(json!({ "code": institution.code, "successor": successor }));
        journal::record(conn, by.actor(), [entry]).await?;
        announce(conn, [Some(id), successor, before.successor_id]).await
    })
    .await
}

/// Last of its transaction. The names of what it belongs to stand on its page, and its own on theirs.
async fn announce(conn: &mut AsyncPgConnection, pages: [Option<InstitutionId>; 3]) -> Result<(), DirectoryError> {
    let mut tags = vec!["contacts".to_owned()];
    tags.extend(pages.into_iter().flatten().map(|id| format!("profile:{id}")));
    change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
    Ok(())
}

/// What the public page of an institution says besides its name: what it belongs to, what belongs to it, and what took its
/// place, as far as the public knows of them.
#[derive(Debug, Clone, Default)]
pub struct PublicProfile {
    /// What it is called for short.
    pub abbreviations: Option<Texts>,
    /// Postal.
    pub addresses: Option<Texts>,
    /// Its accounts elsewhere.
    pub accounts: Vec<SocialAccount>,
    /// What it belongs to.
    pub parent: Option<Institution>,
    /// What took its place.
    pub successor: Option<Institution>,
    /// Whether it issues nothing any more.
    pub is_closed: bool,
    /// What belongs to it.
    pub parts: Vec<Institution>,
}

/// What the public knows of it; through the door.
pub async fn public(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<PublicProfile> {
    #[derive(QueryableByName)]
    struct Part {
        #[diesel(sql_type = BigInt)]
        id: InstitutionId,
    }
    let row: Option<StandingRow> = prepared(
        diesel::sql_query(
            "SELECT abbreviations, addresses, social, parent_id, successor_id, closed_at
             FROM public_institutions WHERE id = $1",
        )
        .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()?;
    let Some(row) = row else { return Ok(PublicProfile::default()) };
    let parts: Vec<Part> = prepared(
        diesel::sql_query(
            "SELECT id FROM public_institutions WHERE parent_id = $1 AND closed_at IS NULL ORDER BY code",
        )
        .bind::<BigInt, _>(id),
    )
    .load(conn)
    .await?;
    let parts: Vec<InstitutionId> = parts.into_iter().map(|part| part.id).collect();
    let named: Vec<InstitutionId> = row.parent_id.into_iter().chain(row.successor_id).chain(parts.clone()).collect();
    let known = public::institutions_of(conn, &named).await?;
    let find = |id: InstitutionId| known.iter().find(|it| it.id == id).cloned();
    Ok(PublicProfile {
        abbreviations: row.abbreviations,
        addresses: row.addresses,
        accounts: serde_json::from_value(row.social).unwrap_or_default(),
        parent: row.parent_id.and_then(find),
        successor: row.successor_id.and_then(find),
        is_closed: row.closed_at.is_some(),
        parts: parts.into_iter().filter_map(find).collect(),
    })
}

/// What every institution is called for short: the press looks for them by it.
pub async fn abbreviations(conn: &mut AsyncPgConnection) -> QueryResult<Vec<(InstitutionId, Texts)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: InstitutionId,
        #[diesel(sql_type = Jsonb)]
        abbreviations: Texts,
    }
    let rows: Vec<Row> = prepared(diesel::sql_query(
        "SELECT id, abbreviations FROM public_institutions WHERE abbreviations IS NOT NULL",
    ))
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.abbreviations)).collect())
}

/// Those of them that issue nothing any more.
pub async fn closed(conn: &mut AsyncPgConnection, ids: &[InstitutionId]) -> QueryResult<Vec<InstitutionId>> {
    institutions::table
        .filter(institutions::id.eq_any(ids))
        .filter(institutions::closed_at.is_not_null())
        .select(institutions::id)
        .load(conn)
        .await
}
