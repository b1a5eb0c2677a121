//! Writes a page of the site, or brings an earlier text of it back: a new revision each time.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model::{Content, SitePage};
use super::query;
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::change::{self, Change, Kind};
use crate::journal::{self, Entry};
use crate::kit::web::error::WebError;

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WritingError {
    /// Not this person's to write.
    #[error("not allowed")]
    NotAllowed,
    /// There is no such revision.
    #[error("no such revision")]
    NotFound,
    /// Somebody else wrote it since the form was opened.
    #[error("another revision came first")]
    Overtaken,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
}

impl From<WritingError> for WebError {
    fn from(error: WritingError) -> Self {
        match error {
            WritingError::NotAllowed | WritingError::NotFound => WebError::NotFound,
            WritingError::Db(error) => error.into(),
            refusal @ WritingError::Overtaken => WebError::Conflict(Box::new(refusal)),
        }
    }
}

/// Writes the next revision over the one of that number, which must still be the last. Nothing, if it says the same.
pub async fn write(
    conn: &mut AsyncPgConnection,
    by: &Person,
    page: SitePage,
    over: i32,
    content: &Content,
) -> Result<(), WritingError> {
    conn.transaction(async |conn| {
        let last = begin(conn, by, page).await?;
        if last.number != over {
            return Err(WritingError::Overtaken);
        }
        if last.content == *content {
            return Ok(());
        }
        end(conn, by, page, content, "site_page.written", None).await
    })
    .await
}

/// Brings back what an earlier revision says, as a new one.
pub async fn restore(
    conn: &mut AsyncPgConnection,
    by: &Person,
    page: SitePage,
    number: i32,
) -> Result<(), WritingError> {
    conn.transaction(async |conn| {
        let last = begin(conn, by, page).await?;
        let earlier = query::revisions(conn, page).await?.into_iter().find(|revision| revision.number == number);
        let earlier = earlier.ok_or(WritingError::NotFound)?;
        if earlier.content == last.content {
            return Ok(());
        }
        end(conn, by, page, &earlier.content, "site_page.restored", Some(number)).await
    })
    .await
}

async fn begin(
    conn: &mut AsyncPgConnection,
    by: &Person,
    page: SitePage,
) -> Result<super::model::Revision, WritingError> {
    if !may(by, Action::Pages, Object::Site) {
        return Err(WritingError::NotAllowed);
    }
    query::lock(conn, page).await?;
    query::revisions(conn, page).await?.into_iter().next().ok_or(WritingError::NotFound)
}

async fn end(
    conn: &mut AsyncPgConnection,
    by: &Person,
    page: SitePage,
    content: &Content,
    action: &'static str,
    from: Option<i32>,
) -> Result<(), WritingError> {
    let number = query::insert(conn, page, by.id(), content).await?;
    let entry = Entry::on_site(action).with(json!({ "page": page.as_str(), "revision": number, "from": from }));
    journal::record(conn, by.actor(), [entry]).await?;
    change::append(conn, [Change::of_site(Kind::Pages, vec!["pages".into()])]).await?;
    Ok(())
}
