//! The SQL statements of the desk on institutions and topics: all there are, announced or not.

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::contact::{Channel, ChannelKind, ContactPoint};
use super::model::{Family, Institution, Topic};
use super::settings::{Home, Settings, Written};
use crate::ids::{ContactId, InstitutionId, MandateId, TopicId};
use crate::kit::clock;
use crate::kit::lang::{Lang, Texts};
use crate::schema::{contact_channels, contact_points, institutions, topics};

/// A policy cell that there is for nothing but a mandate that has not begun: its name would tell who is to govern.
fn is_secret() -> diesel::expression::SqlLiteral<diesel::sql_types::Bool> {
    diesel::dsl::sql(
        "(NOT institutions.announced
          AND EXISTS (SELECT FROM mandates m WHERE m.policy_cell_id = institutions.id AND m.starts_at IS NULL)
          AND NOT EXISTS (SELECT FROM mandates m WHERE m.policy_cell_id = institutions.id AND m.starts_at IS NOT NULL)
          AND NOT EXISTS (SELECT FROM issuers s WHERE s.institution_id = institutions.id))",
    )
}

/// All institutions, by family and code, but for policy cells of which nobody is to know yet. Some hundred of them.
pub async fn institutions(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Institution>> {
    institutions::table
        .filter(diesel::dsl::not(is_secret()))
        .select(Institution::as_select())
        .order((institutions::family, institutions::code))
        .load(conn)
        .await
}

/// The institution of that code.
pub async fn institution_by_code(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Institution>> {
    institutions::table
        .filter(institutions::code.eq(code))
        .select(Institution::as_select())
        .first(conn)
        .await
        .optional()
}

/// Those institutions, in no order.
pub async fn institutions_by_id(conn: &mut AsyncPgConnection, ids: &[InstitutionId]) -> QueryResult<Vec<Institution>> {
    institutions::table.filter(institutions::id.eq_any(ids)).select(Institution::as_select()).load(conn).await
}

/// The family of that institution, on which rights depend.
pub async fn family_of(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<Option<Family>> {
    institutions::table.find(id).select(institutions::family).first(conn).await.optional()
}

/// All topics that were not merged into another, by code. Some hundred of them.
pub async fn topics(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Topic>> {
    topics::table.filter(topics::merged_into.is_null()).select(Topic::as_select()).order(topics::code).load(conn).await
}

/// The topic of that code.
pub async fn topic_by_code(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Topic>> {
    topics::table.filter(topics::code.eq(code)).select(Topic::as_select()).first(conn).await.optional()
}

/// A new institution; none if the code is taken.
pub async fn insert_institution(
    conn: &mut AsyncPgConnection,
    code: &str,
    family: Family,
    names: &Texts,
    website: Option<&str>,
    four_eyes: bool,
    announced: bool,
) -> QueryResult<Option<InstitutionId>> {
    diesel::insert_into(institutions::table)
        .values((
            institutions::code.eq(code),
            institutions::family.eq(family),
            institutions::names.eq(names),
            institutions::website.eq(website),
            institutions::four_eyes.eq(four_eyes),
            institutions::announced.eq(announced),
        ))
        .on_conflict_do_nothing()
        .returning(institutions::id)
        .get_result(conn)
        .await
        .optional()
}

/// A new topic; none if the code is taken.
pub async fn insert_topic(
    conn: &mut AsyncPgConnection,
    code: &str,
    names: &Texts,
    announced: bool,
) -> QueryResult<Option<TopicId>> {
    diesel::insert_into(topics::table)
        .values((topics::code.eq(code), topics::names.eq(names), topics::announced.eq(announced)))
        .on_conflict_do_nothing()
        .returning(topics::id)
        .get_result(conn)
        .await
        .optional()
}

/// Contacts of a mandate that has not begun are known on its own page alone.
fn of_a_begun_mandate() -> diesel::expression::SqlLiteral<diesel::sql_types::Bool> {
    diesel::dsl::sql(
        "(contact_points.mandate_id IS NULL
          OR EXISTS (SELECT FROM mandates m WHERE m.id = contact_points.mandate_id AND m.starts_at IS NOT NULL))",
    )
}

/// The contacts that stand on each new release of an institution, in its order.
pub async fn default_contacts(conn: &mut AsyncPgConnection, of: InstitutionId) -> QueryResult<Vec<ContactId>> {
    contact_points::table
        .filter(contact_points::institution_id.eq(of))
        .filter(contact_points::is_default)
        .filter(contact_points::ended_at.is_null())
        .filter(of_a_begun_mandate())
        .order((contact_points::position, contact_points::id))
        .select(contact_points::id)
        .load(conn)
        .await
}

/// The contacts of institutions that are reached today, in their order, with all their channels.
pub async fn contacts(
    conn: &mut AsyncPgConnection,
    of: &[InstitutionId],
) -> QueryResult<Vec<(ContactPoint, Vec<Channel>)>> {
    let points: Vec<ContactPoint> = contact_points::table
        .filter(contact_points::institution_id.eq_any(of))
        .filter(contact_points::ended_at.is_null())
        .filter(of_a_begun_mandate())
        .order((contact_points::institution_id, contact_points::position, contact_points::id))
        .select(ContactPoint::as_select())
        .load(conn)
        .await?;
    with_channels(conn, points).await
}

/// The contacts of mandates that are reached today, begun or not, in their order, with all their channels.
pub async fn contacts_of_mandates(
    conn: &mut AsyncPgConnection,
    of: &[MandateId],
) -> QueryResult<Vec<(ContactPoint, Vec<Channel>)>> {
    let points: Vec<ContactPoint> = contact_points::table
        .filter(contact_points::mandate_id.eq_any(of))
        .filter(contact_points::ended_at.is_null())
        .order((contact_points::mandate_id, contact_points::position, contact_points::id))
        .select(ContactPoint::as_select())
        .load(conn)
        .await?;
    with_channels(conn, points).await
}

/// The contacts that a revision names, whether they are still reached or not, in its order.
pub async fn contacts_named(conn: &mut AsyncPgConnection, ids: &[ContactId]) -> QueryResult<Vec<ContactPoint>> {
    contact_points::table
        .filter(contact_points::id.eq_any(ids))
        .filter(of_a_begun_mandate())
        .select(ContactPoint::as_select())
        .load(conn)
        .await
}

async fn with_channels(
    conn: &mut AsyncPgConnection,
    points: Vec<ContactPoint>,
) -> QueryResult<Vec<(ContactPoint, Vec<Channel>)>> {
    let ids: Vec<ContactId> = points.iter().map(|point| point.id).collect();
    let rows: Vec<(ContactId, ChannelKind, String, bool, String)> = contact_channels::table
        .filter(contact_channels::contact_id.eq_any(&ids))
        .order((contact_channels::contact_id, contact_channels::position))
        .select((
            contact_channels::contact_id,
            contact_channels::kind,
            contact_channels::value,
            contact_channels::public,
            contact_channels::note,
        ))
        .load(conn)
        .await?;
    Ok(points
        .into_iter()
        .map(|point| {
            let channels = rows
                .iter()
                .filter(|row| row.0 == point.id)
                .map(|(_, kind, value, public, note)| Channel {
                    kind: *kind,
                    value: value.clone(),
                    public: *public,
                    note: note.clone(),
                })
                .collect();
            (point, channels)
        })
        .collect())
}

/// What an institution says of itself below each release.
pub async fn boilerplate(conn: &mut AsyncPgConnection, of: InstitutionId) -> QueryResult<Option<Texts>> {
    institutions::table.find(of).select(institutions::boilerplate).first(conn).await
}

/// The languages that an institution asks for before a release of its own goes on.
pub async fn required_languages(conn: &mut AsyncPgConnection, of: InstitutionId) -> QueryResult<Vec<Lang>> {
    institutions::table.find(of).select(institutions::required_languages).first(conn).await
}

/// The institution, locked until the transaction ends.
pub async fn lock_institution(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<Option<Institution>> {
    institutions::table.find(id).for_update().select(Institution::as_select()).first(conn).await.optional()
}

type SettingsRow = (Texts, Option<String>, Vec<Lang>, bool, Option<Texts>);

/// What an institution has set.
pub async fn settings(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<Option<Settings>> {
    let row: Option<SettingsRow> = institutions::table
        .find(id)
        .select((
            institutions::names,
            institutions::website,
            institutions::required_languages,
            institutions::four_eyes,
            institutions::boilerplate,
        ))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(|(names, website, required, four_eyes, boilerplate)| Settings {
        names,
        website,
        required,
        four_eyes,
        boilerplate,
    }))
}

/// Writes what an institution has set.
pub async fn set_settings(conn: &mut AsyncPgConnection, id: InstitutionId, new: &Settings) -> QueryResult<()> {
    diesel::update(institutions::table.find(id))
        .set((
            institutions::names.eq(&new.names),
            institutions::website.eq(&new.website),
            institutions::required_languages.eq(&new.required),
            institutions::four_eyes.eq(new.four_eyes),
            institutions::boilerplate.eq(&new.boilerplate),
        ))
        .execute(conn)
        .await
        .map(drop)
}

/// A new contact, after all others of its institution.
pub async fn insert_contact(conn: &mut AsyncPgConnection, of: Home, new: &Written) -> QueryResult<ContactId> {
    let last: Option<i32> = contact_points::table
        .filter(contact_points::institution_id.eq(of.institution_id))
        .select(diesel::dsl::max(contact_points::position))
        .first(conn)
        .await?;
    diesel::insert_into(contact_points::table)
        .values((
            contact_points::institution_id.eq(of.institution_id),
            contact_points::mandate_id.eq(of.mandate_id),
            contact_points::kind.eq(new.kind),
            contact_points::name.eq(&new.name),
            contact_points::functions.eq(&new.functions),
            contact_points::languages.eq(&new.languages),
            contact_points::hours.eq(&new.hours),
            contact_points::note.eq(&new.note),
            contact_points::is_default.eq(new.is_default),
            contact_points::position.eq(last.unwrap_or_default() + 1),
        ))
        .returning(contact_points::id)
        .get_result(conn)
        .await
}

/// Writes a contact that is still reached; whether there was one.
pub async fn update_contact(conn: &mut AsyncPgConnection, of: Home, id: ContactId, new: &Written) -> QueryResult<bool> {
    if !is_of(conn, of, id).await? {
        return Ok(false);
    }
    diesel::update(contact_points::table.find(id))
        .set((
            contact_points::kind.eq(new.kind),
            contact_points::name.eq(&new.name),
            contact_points::functions.eq(&new.functions),
            contact_points::languages.eq(&new.languages),
            contact_points::hours.eq(&new.hours),
            contact_points::note.eq(&new.note),
            contact_points::is_default.eq(new.is_default),
        ))
        .execute(conn)
        .await
        .map(|rows| rows == 1)
}

/// Whether a contact is one of those and still reached. Whoever changes it holds its owner's lock.
async fn is_of(conn: &mut AsyncPgConnection, of: Home, id: ContactId) -> QueryResult<bool> {
    let mut found = contact_points::table
        .find(id)
        .filter(contact_points::institution_id.eq(of.institution_id))
        .filter(contact_points::ended_at.is_null())
        .select(contact_points::id)
        .into_boxed();
    found = match of.mandate_id {
        Some(mandate) => found.filter(contact_points::mandate_id.eq(mandate)),
        None => found.filter(of_a_begun_mandate()),
    };
    Ok(found.first::<ContactId>(conn).await.optional()?.is_some())
}

/// How a contact is reached, in that order, and in no other way.
pub async fn set_channels(conn: &mut AsyncPgConnection, id: ContactId, channels: &[Channel]) -> QueryResult<()> {
    diesel::delete(contact_channels::table.filter(contact_channels::contact_id.eq(id))).execute(conn).await?;
    let rows: Vec<_> = channels
        .iter()
        .zip(0_i16..)
        .map(|(channel, position)| {
            (
                contact_channels::contact_id.eq(id),
                contact_channels::position.eq(position),
                contact_channels::kind.eq(channel.kind),
                contact_channels::value.eq(&channel.value),
                contact_channels::public.eq(channel.public),
                contact_channels::note.eq(&channel.note),
            )
        })
        .collect();
    diesel::insert_into(contact_channels::table).values(rows).execute(conn).await.map(drop)
}

/// The contacts of an owner that are reached today, in their order.
pub async fn contact_order(conn: &mut AsyncPgConnection, of: Home) -> QueryResult<Vec<ContactId>> {
    let mut order = contact_points::table
        .filter(contact_points::institution_id.eq(of.institution_id))
        .filter(contact_points::ended_at.is_null())
        .order((contact_points::position, contact_points::id))
        .select(contact_points::id)
        .into_boxed();
    order = match of.mandate_id {
        Some(mandate) => order.filter(contact_points::mandate_id.eq(mandate)),
        None => order.filter(of_a_begun_mandate()),
    };
    order.load(conn).await
}

/// Their places, in that order.
pub async fn set_contact_order(conn: &mut AsyncPgConnection, order: &[ContactId]) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE contact_points SET position = place
         FROM unnest($1::bigint[]) WITH ORDINALITY AS ordered (id, place) WHERE contact_points.id = ordered.id",
    )
    .bind::<diesel::sql_types::Array<diesel::sql_types::BigInt>, _>(order)
    .execute(conn)
    .await
    .map(drop)
}

/// The contact ends now; whether there was one that is still reached.
pub async fn end_contact(conn: &mut AsyncPgConnection, of: Home, id: ContactId) -> QueryResult<bool> {
    if !is_of(conn, of, id).await? {
        return Ok(false);
    }
    diesel::update(contact_points::table.find(id))
        .set((contact_points::ended_at.eq(clock::site_now().nullable()), contact_points::is_default.eq(false)))
        .execute(conn)
        .await
        .map(|rows| rows == 1)
}

/// The topic, locked until the transaction ends; none of one that was merged into another.
pub async fn lock_topic(conn: &mut AsyncPgConnection, id: TopicId) -> QueryResult<Option<Topic>> {
    topics::table
        .find(id)
        .filter(topics::merged_into.is_null())
        .for_no_key_update()
        .select(Topic::as_select())
        .first(conn)
        .await
        .optional()
}

/// What a topic is called.
pub async fn set_topic_names(conn: &mut AsyncPgConnection, id: TopicId, names: &Texts) -> QueryResult<()> {
    diesel::update(topics::table.find(id)).set(topics::names.eq(names)).execute(conn).await.map(drop)
}

/// From now on the first stands for the second, and whatever was merged into the first before stands there, too. Its old
/// code leads on if the public knew it.
pub async fn set_merged(conn: &mut AsyncPgConnection, from: TopicId, into: TopicId) -> QueryResult<()> {
    diesel::sql_query(
        "UPDATE topics SET merged_into = $2,
                announced = announced OR EXISTS (SELECT FROM public_topics p WHERE p.id = topics.id)
         WHERE id = $1 OR merged_into = $1",
    )
    .bind::<diesel::sql_types::BigInt, _>(from)
    .bind::<diesel::sql_types::BigInt, _>(into)
    .execute(conn)
    .await
    .map(drop)
}
