//! Adds institutions and topics to the directory: what the demo and an import bring with them.

use diesel::QueryResult;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model::Family;
use super::query;
use super::settings::DirectoryError;
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::change::{self, Change, Kind};
use crate::ids::{InstitutionId, TopicId};
use crate::journal::{self, Actor, Entry};
use crate::kit::lang::Texts;

/// An institution to add.
#[derive(Debug, Clone)]
pub struct NewInstitution {
    /// Its word in addresses.
    pub code: String,
    /// Its source family.
    pub family: Family,
    /// What it is called.
    pub names: Texts,
    /// Its own site.
    pub website: Option<String>,
    /// Whether a second person must send its releases on.
    pub four_eyes: bool,
    /// Whether the public may know of it before it has published anything.
    pub announced: bool,
}

/// Adds the institution inside the caller's transaction, which must append nothing to the log after it. One of the same
/// code that is there already stays as it is.
pub async fn institution_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    new: &NewInstitution,
) -> QueryResult<InstitutionId> {
    if let Some(there) = query::institution_by_code(conn, &new.code).await? {
        return Ok(there.id);
    }
    let inserted = query::insert_institution(
        conn,
        &new.code,
        new.family,
        &new.names,
        new.website.as_deref(),
        new.four_eyes,
        new.announced,
    )
    .await?;
    let Some(id) = inserted else {
        // Somebody was quicker between the two statements.
        return query::institution_by_code(conn, &new.code)
            .await
            .map(|there| there.map_or(InstitutionId(0), |it| it.id));
    };
    journal::record(conn, by, [Entry::new("institution.added", "institution", id.0).with(json!({ "code": new.code }))])
        .await?;
    if new.announced {
        change::append(conn, [Change::of_site(Kind::Directory, vec!["directory".into()])]).await?;
    }
    Ok(id)
}

/// Adds an institution in the desk; none if one of that code is there.
pub async fn add(
    conn: &mut AsyncPgConnection,
    by: &Person,
    new: &NewInstitution,
) -> Result<Option<InstitutionId>, DirectoryError> {
    if !may(by, Action::Institutions, Object::Site) {
        return Err(DirectoryError::NotFound);
    }
    conn.transaction(async |conn| {
        if query::institution_by_code(conn, &new.code).await?.is_some() {
            return Ok(None);
        }
        Ok(Some(institution_within(conn, by.actor(), new).await?))
    })
    .await
}

/// As [`institution_within`], a topic.
pub async fn topic_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    code: &str,
    names: &Texts,
    announced: bool,
) -> QueryResult<TopicId> {
    if let Some(there) = query::topic_by_code(conn, code).await? {
        return Ok(there.id);
    }
    let Some(id) = query::insert_topic(conn, code, names, announced).await? else {
        return query::topic_by_code(conn, code).await.map(|there| there.map_or(TopicId(0), |it| it.id));
    };
    journal::record(conn, by, [Entry::new("topic.added", "topic", id.0).with(json!({ "code": code }))]).await?;
    if announced {
        change::append(conn, [Change::of_site(Kind::Topics, vec!["topics".into()])]).await?;
    }
    Ok(id)
}
