//! One reader, for whoever answers the question what they were sent.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::SubscriberId;
use crate::kit::lang::Lang;
use crate::schema::subscribers;
use crate::subscription::model::SubscriberState;

/// Whose mails they are.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = subscribers, check_for_backend(diesel::pg::Pg))]
pub struct Reader {
    /// Which one.
    pub id: SubscriberId,
    /// The address; none once it is erased.
    pub email: Option<String>,
    /// Whether it is written to.
    pub state: SubscriberState,
    /// In the order of preference.
    pub languages: Vec<Lang>,
    /// When they last consented.
    pub confirmed_at: DateTime<Utc>,
}

/// The reader of an address, however it is typed.
pub async fn by_address(conn: &mut AsyncPgConnection, typed: &str) -> QueryResult<Option<SubscriberId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        id: SubscriberId,
    }
    let row: Option<Row> = diesel::sql_query("SELECT id FROM subscribers WHERE lower(email) = lower($1)")
        .bind::<Text, _>(typed.trim())
        .get_result(conn)
        .await
        .optional()?;
    Ok(row.map(|row| row.id))
}

/// A reader.
pub async fn by_id(conn: &mut AsyncPgConnection, id: SubscriberId) -> QueryResult<Option<Reader>> {
    subscribers::table.find(id).select(Reader::as_select()).first(conn).await.optional()
}
