//! The door through which the public sees the directory: views that hold what was announced, and what something public
//! names. An institution or topic of which there is nothing but an embargoed release is as one that never existed.

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Deserialize;

use super::contact::{ChannelKind, ContactKind};
use super::model::{Family, Institution, Topic};
use crate::ids::{ContactId, InstitutionId, MandateId, TopicId};
use crate::kit::lang::{Lang, Texts};

diesel::table! {
    #[allow(missing_docs)]
    public_institutions (id) { id -> BigInt, code -> Text, family -> Text, names -> Jsonb, website -> Nullable<Text>, }
}
diesel::table! {
    #[allow(missing_docs)]
    public_topics (id) { id -> BigInt, code -> Text, names -> Jsonb, }
}

/// Its institutions, by family and code.
pub async fn institutions(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Institution>> {
    public_institutions::table.order((public_institutions::family, public_institutions::code)).load(conn).await
}

/// Those of a family, or of all, by code, at most so many.
pub async fn institutions_of_family(
    conn: &mut AsyncPgConnection,
    family: Option<Family>,
    most: usize,
) -> QueryResult<Vec<Institution>> {
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let all = public_institutions::table.order(public_institutions::code).limit(most);
    match family {
        Some(family) => all.filter(public_institutions::family.eq(family)).load(conn).await,
        None => all.load(conn).await,
    }
}

/// The institution of that code.
pub async fn institution_by_code(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Institution>> {
    public_institutions::table.filter(public_institutions::code.eq(code)).first(conn).await.optional()
}

/// Those of its institutions, in no order.
pub async fn institutions_of(conn: &mut AsyncPgConnection, ids: &[InstitutionId]) -> QueryResult<Vec<Institution>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    public_institutions::table.filter(public_institutions::id.eq_any(ids)).load(conn).await
}

/// Those of its topics, in no order.
pub async fn topics_of(conn: &mut AsyncPgConnection, ids: &[TopicId]) -> QueryResult<Vec<Topic>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    public_topics::table.filter(public_topics::id.eq_any(ids)).load(conn).await
}

/// Its topics, by code.
pub async fn topics(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Topic>> {
    public_topics::table.order(public_topics::code).load(conn).await
}

/// The topic of that code.
pub async fn topic_by_code(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Topic>> {
    public_topics::table.filter(public_topics::code.eq(code)).first(conn).await.optional()
}

diesel::table! {
    #[allow(missing_docs)]
    public_contacts (id) {
        id -> BigInt, institution_id -> BigInt, kind -> Text, name -> Text, functions -> Nullable<Jsonb>, languages -> Array<Text>,
        position -> Integer, ended_at -> Nullable<Timestamptz>, channels -> Jsonb, mandate_id -> Nullable<BigInt>,
        hours -> Nullable<Jsonb>,
    }
}

/// Whom journalists may call, as the public knows them: with their public channels, of which there is at least one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "ContactJson")]
pub struct Contact {
    /// Which one.
    pub id: ContactId,
    /// Of which institution.
    pub institution_id: InstitutionId,
    /// A person or a service.
    pub kind: ContactKind,
    /// What they are called.
    pub name: String,
    /// What they do there.
    pub functions: Option<Texts>,
    /// The languages they speak.
    pub languages: Vec<Lang>,
    /// In their order.
    pub channels: Vec<(ChannelKind, String)>,
    /// For which member of the government they answer.
    pub mandate_id: Option<MandateId>,
    /// When they are reached.
    pub hours: Option<Texts>,
}

/// As SQL gives several of them at once.
#[derive(Deserialize)]
struct ContactJson {
    id: ContactId,
    institution_id: InstitutionId,
    kind: String,
    name: String,
    functions: Option<Texts>,
    languages: Vec<Lang>,
    channels: serde_json::Value,
    #[serde(default)]
    mandate_id: Option<MandateId>,
    #[serde(default)]
    hours: Option<Texts>,
}

impl From<ContactJson> for Contact {
    fn from(it: ContactJson) -> Self {
        let kind = it.kind.parse().unwrap_or(ContactKind::Service);
        Self::from((
            it.id,
            it.institution_id,
            kind,
            it.name,
            it.functions,
            it.languages,
            it.channels,
            it.mandate_id,
            it.hours,
        ))
    }
}

type ContactRow = (
    ContactId,
    InstitutionId,
    ContactKind,
    String,
    Option<Texts>,
    Vec<Lang>,
    serde_json::Value,
    Option<MandateId>,
    Option<Texts>,
);

impl From<ContactRow> for Contact {
    fn from(row: ContactRow) -> Self {
        let (id, institution_id, kind, name, functions, languages, channels, mandate_id, hours) = row;
        let channels = channels.as_array().map(Vec::as_slice).unwrap_or_default().iter();
        let channels = channels
            .filter_map(|channel| {
                Some((channel["kind"].as_str()?.parse().ok()?, channel["value"].as_str()?.to_owned()))
            })
            .collect();
        Self { id, institution_id, kind, name, functions, languages, channels, mandate_id, hours }
    }
}

const CONTACT: (
    public_contacts::id,
    public_contacts::institution_id,
    public_contacts::kind,
    public_contacts::name,
    public_contacts::functions,
    public_contacts::languages,
    public_contacts::channels,
    public_contacts::mandate_id,
    public_contacts::hours,
) = (
    public_contacts::id,
    public_contacts::institution_id,
    public_contacts::kind,
    public_contacts::name,
    public_contacts::functions,
    public_contacts::languages,
    public_contacts::channels,
    public_contacts::mandate_id,
    public_contacts::hours,
);

/// The public contacts of an institution that are reached today, in their order.
pub async fn contacts_of(conn: &mut AsyncPgConnection, id: InstitutionId) -> QueryResult<Vec<Contact>> {
    let rows: Vec<ContactRow> = public_contacts::table
        .filter(public_contacts::institution_id.eq(id))
        .filter(public_contacts::ended_at.is_null())
        .order((public_contacts::position, public_contacts::id))
        .select(CONTACT)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

/// All of them, by institution, in their order.
pub async fn contacts(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Contact>> {
    let rows: Vec<ContactRow> = public_contacts::table
        .filter(public_contacts::ended_at.is_null())
        .order((public_contacts::institution_id, public_contacts::position, public_contacts::id))
        .select(CONTACT)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

/// The public contacts of mandates that are reached today, in their order.
pub async fn contacts_of_mandates(conn: &mut AsyncPgConnection, ids: &[MandateId]) -> QueryResult<Vec<Contact>> {
    let rows: Vec<ContactRow> = public_contacts::table
        .filter(public_contacts::mandate_id.eq_any(ids))
        .filter(public_contacts::ended_at.is_null())
        .order((public_contacts::position, public_contacts::id))
        .select(CONTACT)
        .load(conn)
        .await?;
    Ok(rows.into_iter().map(Contact::from).collect())
}

/// That contact, if it is reached today.
pub async fn contact(conn: &mut AsyncPgConnection, id: ContactId) -> QueryResult<Option<Contact>> {
    let row: Option<ContactRow> = public_contacts::table
        .find(id)
        .filter(public_contacts::ended_at.is_null())
        .select(CONTACT)
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(Contact::from))
}

/// Where a merged topic has gone, by its old code: the present code. None if there was none that the public knew.
pub async fn topic_successor(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Topic>> {
    use crate::schema::topics as old;
    let successor: Option<TopicId> = old::table
        .filter(old::code.eq(code))
        .filter(old::announced)
        .select(old::merged_into.assume_not_null())
        .filter(old::merged_into.is_not_null())
        .first(conn)
        .await
        .optional()?;
    match successor {
        Some(id) => public_topics::table.find(id).first(conn).await.optional(),
        None => Ok(None),
    }
}
