//! The door through which the public sees the rota: who answers now, until when, and when that changes.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Nullable, Text, Timestamptz};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use crate::ids::ContactId;
use crate::kit::db::prepared;

/// A contact that answers now.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct OnDuty {
    /// Who.
    #[diesel(sql_type = BigInt)]
    pub contact_id: ContactId,
    /// Until when.
    #[diesel(sql_type = Timestamptz)]
    pub ends_at: DateTime<Utc>,
    /// What journalists are told besides.
    #[diesel(sql_type = Text)]
    pub note: String,
}

/// Everybody who answers now, of everybody.
pub async fn on_duty(conn: &mut AsyncPgConnection) -> QueryResult<Vec<OnDuty>> {
    prepared(diesel::sql_query(
        "SELECT contact_id, ends_at, note FROM public_standby
         WHERE starts_at <= site_now() AND ends_at > site_now() ORDER BY contact_id",
    ))
    .load(conn)
    .await
}

/// When somebody begins or ends to answer next: until then a page that says who does is right.
pub async fn next_change(conn: &mut AsyncPgConnection) -> QueryResult<Option<DateTime<Utc>>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Nullable<Timestamptz>)]
        at: Option<DateTime<Utc>>,
    }
    let row: Row = prepared(diesel::sql_query(
        "SELECT least((SELECT min(starts_at) FROM public_standby WHERE starts_at > site_now()),
                      (SELECT min(ends_at) FROM public_standby WHERE starts_at <= site_now() AND ends_at > site_now())) AS at",
    ))
    .get_result(conn)
    .await?;
    Ok(row.at)
}
