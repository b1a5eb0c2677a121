//! Every SQL statement on press lists, their members, and the releases that were chosen for them.

use chrono::{DateTime, Utc};
use diesel::QueryResult;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Binary, Bool, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use super::Described;
use crate::ids::{AccountId, InstitutionId, PressListId, ReleaseId, Sequence, SubscriberId, SubscriptionId};
use crate::kit::lang::{Lang, Texts};
use crate::kit::mail::Address;
use crate::schema::{institutions, press_lists, release_press_lists};
use crate::subscription::model::{SubscriberState, press_list_filter};

/// A list that is kept.
#[derive(Debug, Clone, QueryableByName)]
pub struct PressList {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: PressListId,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub institution_id: InstitutionId,
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Why its members may be written to.
    #[diesel(sql_type = Text)]
    pub basis: String,
    /// In the order of preference.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// How many are on it.
    #[diesel(sql_type = BigInt)]
    pub members: i64,
    /// Of those: how many cannot be reached, and are not written to.
    #[diesel(sql_type = BigInt)]
    pub unreachable: i64,
}

const LIST: &str = "SELECT l.id, l.institution_id, l.name, l.basis, l.languages,
        (SELECT count(*) FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id AND p.email IS NOT NULL
         WHERE s.filter = 'press-list=' || l.id AND s.ended_at IS NULL) AS members,
        (SELECT count(*) FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id AND p.state = 'suspended'
         WHERE s.filter = 'press-list=' || l.id AND s.ended_at IS NULL) AS unreachable
    FROM press_lists l WHERE l.ended_at IS NULL";

/// The lists of an institution, by name.
pub async fn of_institution(conn: &mut AsyncPgConnection, of: InstitutionId) -> QueryResult<Vec<PressList>> {
    diesel::sql_query(format!("{LIST} AND l.institution_id = $1 ORDER BY lower(l.name), l.id"))
        .bind::<BigInt, _>(of)
        .load(conn)
        .await
}

/// A list of that institution.
pub async fn list(conn: &mut AsyncPgConnection, of: InstitutionId, id: PressListId) -> QueryResult<Option<PressList>> {
    diesel::sql_query(format!("{LIST} AND l.institution_id = $1 AND l.id = $2"))
        .bind::<BigInt, _>(of)
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()
}

/// As [`list`], locked until the transaction ends.
pub async fn lock(conn: &mut AsyncPgConnection, of: InstitutionId, id: PressListId) -> QueryResult<Option<PressList>> {
    diesel::sql_query(format!("{LIST} AND l.institution_id = $1 AND l.id = $2 FOR UPDATE OF l"))
        .bind::<BigInt, _>(of)
        .bind::<BigInt, _>(id)
        .get_result(conn)
        .await
        .optional()
}

/// What a list is called, also one that is closed, and whose it is.
pub async fn named(conn: &mut AsyncPgConnection, id: PressListId) -> QueryResult<Option<(String, Texts)>> {
    press_lists::table
        .inner_join(institutions::table.on(institutions::id.eq(press_lists::institution_id)))
        .filter(press_lists::id.eq(id))
        .select((press_lists::name, institutions::names))
        .first(conn)
        .await
        .optional()
}

/// Why the members of those lists may be written to.
pub async fn bases(conn: &mut AsyncPgConnection, ids: &[PressListId]) -> QueryResult<Vec<(PressListId, String)>> {
    press_lists::table
        .filter(press_lists::id.eq_any(ids))
        .order(press_lists::id)
        .select((press_lists::id, press_lists::basis))
        .load(conn)
        .await
}

#[derive(QueryableByName)]
struct New {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// A new list; none if the institution has one of that name.
pub async fn insert(
    conn: &mut AsyncPgConnection,
    of: InstitutionId,
    described: &Described,
) -> QueryResult<Option<PressListId>> {
    diesel::insert_into(press_lists::table)
        .values((
            press_lists::institution_id.eq(of),
            press_lists::name.eq(&described.name),
            press_lists::basis.eq(&described.basis),
            press_lists::languages.eq(&described.languages),
        ))
        .on_conflict_do_nothing()
        .returning(press_lists::id)
        .get_result(conn)
        .await
        .optional()
}

/// Describes it anew; false if another list of its institution has that name.
pub async fn update(conn: &mut AsyncPgConnection, id: PressListId, described: &Described) -> QueryResult<bool> {
    let rows = diesel::sql_query(
        "UPDATE press_lists l SET name = $2, basis = $3, languages = $4
         WHERE id = $1 AND NOT EXISTS (SELECT FROM press_lists o WHERE o.institution_id = l.institution_id AND o.id <> l.id
                                       AND lower(o.name) = lower($2) AND o.ended_at IS NULL)",
    )
    .bind::<BigInt, _>(id)
    .bind::<Text, _>(&described.name)
    .bind::<Text, _>(&described.basis)
    .bind::<Array<Text>, _>(&described.languages)
    .execute(conn)
    .await?;
    Ok(rows == 1)
}

/// Closes it and ends what its members have by it; gives how many they were.
pub async fn close(conn: &mut AsyncPgConnection, id: PressListId) -> QueryResult<usize> {
    diesel::sql_query("UPDATE press_lists SET ended_at = site_now() WHERE id = $1")
        .bind::<BigInt, _>(id)
        .execute(conn)
        .await?;
    #[derive(QueryableByName)]
    struct Left {
        #[diesel(sql_type = BigInt)]
        subscriber_id: SubscriberId,
    }
    let left: Vec<Left> = diesel::sql_query(
        "UPDATE subscriptions SET ended_at = site_now() WHERE filter = $1 AND ended_at IS NULL RETURNING subscriber_id",
    )
    .bind::<Text, _>(press_list_filter(id))
    .load(conn)
    .await?;
    let ids: Vec<SubscriberId> = left.iter().map(|row| row.subscriber_id).collect();
    unsubscribe_idle(conn, &ids).await?;
    Ok(ids.len())
}

/// Who of these people has nothing that runs is written to no more.
async fn unsubscribe_idle(conn: &mut AsyncPgConnection, ids: &[SubscriberId]) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE subscribers p SET state = 'unsubscribed', ended_at = site_now()
         WHERE p.id = ANY ($1) AND p.state = 'active'
           AND NOT EXISTS (SELECT FROM subscriptions s WHERE s.subscriber_id = p.id AND s.ended_at IS NULL)",
    )
    .bind::<Array<BigInt>, _>(ids)
    .execute(conn)
    .await
    .map(drop)
}

/// Somebody on a list.
#[derive(Debug, Clone, QueryableByName)]
pub struct Member {
    /// Their subscription to it.
    #[diesel(sql_type = BigInt)]
    pub id: SubscriptionId,
    /// Where they are written to.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Since when.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// Whether they are.
    #[diesel(sql_type = Text)]
    pub state: SubscriberState,
}

/// Who is on a list, by address, from after one on; at most so many.
pub async fn members(
    conn: &mut AsyncPgConnection,
    id: PressListId,
    after: &str,
    most: i64,
) -> QueryResult<Vec<Member>> {
    diesel::sql_query(
        "SELECT s.id, p.email, s.created_at, p.state FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id
         WHERE s.filter = $1 AND s.ended_at IS NULL AND p.email IS NOT NULL AND lower(p.email) > lower($2)
         ORDER BY lower(p.email) LIMIT $3",
    )
    .bind::<Text, _>(press_list_filter(id))
    .bind::<Text, _>(after)
    .bind::<BigInt, _>(most)
    .load(conn)
    .await
}

/// The person of an address, new or as they are, with one more reason to be written to. Whoever chose languages of their
/// own keeps them.
pub async fn upsert_member(
    conn: &mut AsyncPgConnection,
    email: &Address,
    languages: &[Lang],
    consent: &Value,
) -> QueryResult<SubscriberId> {
    let row: New = diesel::sql_query(
        "INSERT INTO subscribers (email, languages, wished_at, consent)
         VALUES ($1, $2, site_now(), jsonb_build_array($3::jsonb))
         ON CONFLICT (lower(email)) DO UPDATE SET consent = subscribers.consent || excluded.consent,
             state = CASE WHEN subscribers.state = 'unsubscribed' THEN 'active' ELSE subscribers.state END,
             ended_at = CASE WHEN subscribers.state = 'unsubscribed' THEN NULL ELSE subscribers.ended_at END,
             languages = CASE WHEN subscribers.state = 'unsubscribed' THEN excluded.languages ELSE subscribers.languages END
         RETURNING id",
    )
    .bind::<Text, _>(email.as_str())
    .bind::<Array<Text>, _>(languages)
    .bind::<Jsonb, _>(consent)
    .get_result(conn)
    .await?;
    Ok(SubscriberId(row.id))
}

/// Puts somebody on a list from `cursor` on; none if they are.
pub async fn join(
    conn: &mut AsyncPgConnection,
    subscriber_id: SubscriberId,
    id: PressListId,
    cursor: Sequence,
) -> QueryResult<Option<SubscriptionId>> {
    let row: Option<New> = diesel::sql_query(
        "INSERT INTO subscriptions (subscriber_id, filter, frequency, cursor) VALUES ($1, $2, 'press_list', $3)
         ON CONFLICT (subscriber_id, filter) WHERE ended_at IS NULL DO NOTHING RETURNING id",
    )
    .bind::<BigInt, _>(subscriber_id)
    .bind::<Text, _>(press_list_filter(id))
    .bind::<BigInt, _>(cursor)
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| SubscriptionId(row.id)))
}

/// Takes somebody off; gives who it was, none if they are not on it.
pub async fn leave(
    conn: &mut AsyncPgConnection,
    id: PressListId,
    member: SubscriptionId,
) -> QueryResult<Option<SubscriberId>> {
    let row: Option<New> = diesel::sql_query(
        "UPDATE subscriptions SET ended_at = site_now() WHERE id = $1 AND filter = $2 AND ended_at IS NULL
         RETURNING subscriber_id AS id",
    )
    .bind::<BigInt, _>(member)
    .bind::<Text, _>(press_list_filter(id))
    .get_result(conn)
    .await
    .optional()?;
    let Some(row) = row else { return Ok(None) };
    unsubscribe_idle(conn, &[SubscriberId(row.id)]).await?;
    Ok(Some(SubscriberId(row.id)))
}

/// Keeps an address away from the lists of the institutions that keep these ones.
pub async fn refuse(conn: &mut AsyncPgConnection, lists: &[PressListId], key: &[u8]) -> QueryResult<()> {
    diesel::sql_query(
        "INSERT INTO press_list_refusals (institution_id, key)
         SELECT DISTINCT institution_id, $2 FROM press_lists WHERE id = ANY ($1) ON CONFLICT DO NOTHING",
    )
    .bind::<Array<BigInt>, _>(lists)
    .bind::<Binary, _>(key)
    .execute(conn)
    .await
    .map(drop)
}

/// Whether an address left a list of that institution.
pub async fn is_refused(conn: &mut AsyncPgConnection, of: InstitutionId, keys: &[Vec<u8>]) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        refused: bool,
    }
    let row: Row = diesel::sql_query(
        "SELECT EXISTS (SELECT FROM press_list_refusals WHERE institution_id = $1 AND key = ANY ($2)) AS refused",
    )
    .bind::<BigInt, _>(of)
    .bind::<Array<Binary>, _>(keys)
    .get_result(conn)
    .await?;
    Ok(row.refused)
}

/// Whether the owner of an address ended all that they had: what was ended last was a subscription of their own, or a list
/// that they left themselves. Whom staff took off the last list may be put back.
pub async fn has_left(conn: &mut AsyncPgConnection, email: &Address, keys: &[Vec<u8>]) -> QueryResult<bool> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Bool)]
        has_left: bool,
    }
    let row: Row = diesel::sql_query(
        "SELECT EXISTS (
             SELECT FROM subscribers p JOIN subscriptions s ON s.subscriber_id = p.id AND s.ended_at >= p.ended_at
             WHERE lower(p.email) = lower($1) AND p.state = 'unsubscribed'
               AND (s.frequency <> 'press_list' OR EXISTS (
                    SELECT FROM press_lists l JOIN press_list_refusals r ON r.institution_id = l.institution_id
                    WHERE 'press-list=' || l.id = s.filter AND r.key = ANY ($2)))) AS has_left",
    )
    .bind::<Text, _>(email.as_str())
    .bind::<Array<Binary>, _>(keys)
    .get_result(conn)
    .await?;
    Ok(row.has_left)
}

/// The lists that a release goes to.
pub async fn chosen(conn: &mut AsyncPgConnection, release_id: ReleaseId) -> QueryResult<Vec<PressListId>> {
    release_press_lists::table
        .filter(release_press_lists::release_id.eq(release_id))
        .order(release_press_lists::press_list_id)
        .select(release_press_lists::press_list_id)
        .load(conn)
        .await
}

/// Exactly these lists from now on.
pub async fn set_chosen(
    conn: &mut AsyncPgConnection,
    release_id: ReleaseId,
    lists: &[PressListId],
    by: AccountId,
) -> QueryResult<()> {
    diesel::delete(release_press_lists::table)
        .filter(release_press_lists::release_id.eq(release_id))
        .filter(release_press_lists::press_list_id.ne_all(lists))
        .execute(conn)
        .await?;
    diesel::sql_query(
        "INSERT INTO release_press_lists (release_id, press_list_id, account_id)
         SELECT $1, unnest($2), $3 ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(release_id)
    .bind::<Array<BigInt>, _>(lists)
    .bind::<Nullable<BigInt>, _>(Some(by))
    .execute(conn)
    .await
    .map(drop)
}

/// Of those releases, which go to which lists: what a run matches members with.
pub async fn chosen_for(
    conn: &mut AsyncPgConnection,
    releases: &[ReleaseId],
) -> QueryResult<Vec<(PressListId, ReleaseId)>> {
    release_press_lists::table
        .filter(release_press_lists::release_id.eq_any(releases))
        .order((release_press_lists::press_list_id, release_press_lists::release_id))
        .select((release_press_lists::press_list_id, release_press_lists::release_id))
        .load(conn)
        .await
}
