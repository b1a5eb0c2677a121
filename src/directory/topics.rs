//! The thematic vocabulary: adds a topic, renames it. (To merge two concerns lists and subscriptions, which stand above:
//! `desk::merging`.)

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::query;
use super::settings::DirectoryError;
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::change::{self, Change, Kind};
use crate::ids::TopicId;
use crate::journal::{self, Entry};
use crate::kit::lang::Texts;

/// Adds a topic that the public may know of at once; none if the code is taken.
pub async fn add(
    conn: &mut AsyncPgConnection,
    by: &Person,
    code: &str,
    names: &Texts,
) -> Result<Option<TopicId>, DirectoryError> {
    allowed(by)?;
    conn.transaction(async |conn| {
        let Some(id) = query::insert_topic(conn, code, names, true).await? else { return Ok(None) };
        let entry = Entry::new("topic.added", "topic", id.0).with(json!({ "code": code, "names": names }));
        journal::record(conn, by.actor(), [entry]).await?;
        change::append(conn, [Change::of_site(Kind::Topics, vec!["topics".into()])]).await?;
        Ok(Some(id))
    })
    .await
}

/// Gives a topic its names; its code, which stands in addresses, stays. Every page, feed and the search follow by the one
/// entry of the log.
pub async fn rename(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: TopicId,
    names: &Texts,
) -> Result<(), DirectoryError> {
    allowed(by)?;
    conn.transaction(async |conn| {
        let before = query::lock_topic(conn, id).await?.ok_or(DirectoryError::NotFound)?;
        if before.names == *names {
            return Ok(());
        }
        query::set_topic_names(conn, id, names).await?;
        let entry = Entry::new("topic.renamed", "topic", id.0)
            .with(json!({ "code": before.code, "names": [&before.names, names] }));
        journal::record(conn, by.actor(), [entry]).await?;
        let tags = vec!["topics".to_owned(), format!("topic:{id}")];
        change::append(conn, [Change::of_site(Kind::Topics, tags)]).await?;
        Ok(())
    })
    .await
}

fn allowed(by: &Person) -> Result<(), DirectoryError> {
    if may(by, Action::Topics, Object::Site) { Ok(()) } else { Err(DirectoryError::NotFound) }
}
