//! Merges one topic into another: what stood under the first stands under the second, and whoever comes for the first is
//! led on.
//!
//! One transaction: lists, subscriptions, journal, log. Revisions are never changed, so that those of before still name the
//! first; whatever shows a topic looks where it was merged to. One entry of the log carries both shelves' tags; the keeper
//! of the index reads again, in batches, whatever stands on them.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::change::{self, Change, Kind};
use crate::directory;
use crate::directory::settings::DirectoryError;
use crate::ids::TopicId;
use crate::journal::{self, Entry};
use crate::release::listing;
use crate::search::Filter;
use crate::subscription;

/// Merges `from` into `into`. Gives how many releases were moved.
pub async fn merge(
    conn: &mut AsyncPgConnection,
    by: &Person,
    from: TopicId,
    into: TopicId,
) -> Result<usize, DirectoryError> {
    if !may(by, Action::Topics, Object::Site) || from == into {
        return Err(DirectoryError::NotFound);
    }
    conn.transaction(async |conn| {
        // In the order of their ids, so that two who merge crosswise can't wait for each other.
        let first = directory::query::lock_topic(conn, from.min(into)).await?.ok_or(DirectoryError::NotFound)?;
        let second = directory::query::lock_topic(conn, from.max(into)).await?.ok_or(DirectoryError::NotFound)?;
        let (old, new) = if from < into { (first, second) } else { (second, first) };
        directory::query::set_merged(conn, from, into).await?;
        let moved = listing::move_topic_within(conn, from, into).await?;
        let mut subscriptions = 0;
        for stored in subscription::query::filters_with_topic(conn, &old.code).await? {
            let Ok(mut filter) = Filter::parse(&stored) else { continue };
            filter.topic = Some(new.code.clone());
            subscriptions += subscription::query::rewrite_filter(conn, &stored, &filter.canonical()).await?;
        }
        let entry = Entry::new("topic.merged", "topic", from.0).with(json!({
            "code": old.code, "names": old.names, "into": into, "into_code": new.code,
            "releases": moved, "subscriptions": subscriptions,
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        let tags = vec!["topics".to_owned(), "list".to_owned(), format!("topic:{from}"), format!("topic:{into}")];
        change::append(conn, [Change::of_site(Kind::Topics, tags)]).await?;
        Ok(moved)
    })
    .await
}
