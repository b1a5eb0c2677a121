//! The SQL statements of the desk on institutions and topics: all there are, announced or not.

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::contact::{Channel, ChannelKind, ContactPoint};
use super::model::{Family, Institution, Topic};
use crate::ids::{ContactId, InstitutionId, TopicId};
use crate::kit::lang::{Lang, Texts};
use crate::schema::{contact_channels, contact_points, institutions, topics};

/// All institutions, by family and code. Some hundred of them.
pub async fn institutions(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Institution>> {
    institutions::table
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

/// All topics, by code. Some hundred of them.
pub async fn topics(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Topic>> {
    topics::table.select(Topic::as_select()).order(topics::code).load(conn).await
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

/// The contacts that stand on each new release of an institution, in its order.
pub async fn default_contacts(conn: &mut AsyncPgConnection, of: InstitutionId) -> QueryResult<Vec<ContactId>> {
    contact_points::table
        .filter(contact_points::institution_id.eq(of))
        .filter(contact_points::is_default)
        .filter(contact_points::ended_at.is_null())
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
        .order((contact_points::institution_id, contact_points::position, contact_points::id))
        .select(ContactPoint::as_select())
        .load(conn)
        .await?;
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
