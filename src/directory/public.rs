//! The door through which the public sees the directory: views that hold what was announced, and what something public
//! names. An institution or topic of which there is nothing but an embargoed release is as one that never existed.

use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::model::{Family, Institution, Topic};
use crate::ids::{InstitutionId, TopicId};

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
