//! Ends pauses whose last instant has come. A run asks for it before it looks, and a job each minute, so that pages say
//! what is.

use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use serde_json::json;

use super::query;
use crate::journal::{self, Actor, Entry};

/// Ends every pause that is over, inside the caller's transaction; gives how many. Whoever did not ask for what they
/// missed goes on from what the log said at that instant, and not from now: what went public since is in their next
/// mail, however late this comes.
pub async fn resume_due_within(conn: &mut AsyncPgConnection) -> QueryResult<usize> {
    let resumed = query::resume_due(conn).await?;
    let entries = resumed.iter().map(|(id, subscriber_id)| {
        Entry::new("subscription.resumed", "subscription", id.0).with(json!({ "subscriber": subscriber_id }))
    });
    journal::record(conn, Actor::Job("pause"), entries).await?;
    Ok(resumed.len())
}
