//! Who speaks for a mandate: spokespersons, whom the Chancellery or the policy cell's admin names, and deputies, whom a
//! spokesperson may name too. They are never public: whom the press calls is a contact.

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::keeping::{self, GovernmentError};
use super::query;
use crate::account::rights::Action;
use crate::account::{self, Person};
use crate::ids::{AccountId, MandateId, SpokespersonId};
use crate::journal::{self, Entry};
use crate::kit::clock;
use crate::kit::lang::Lang;

/// A spokesperson as they are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// What they are called.
    pub name: String,
    /// Where requests reach them.
    pub email: String,
    /// Where the Chancellery calls them.
    pub phone: Option<String>,
    /// The language they are written to.
    pub lang: Lang,
    /// Whether they stand in for another.
    pub is_deputy: bool,
    /// Since when; none: from now on.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when; none: until somebody says so.
    pub ends_at: Option<DateTime<Utc>>,
}

/// What it takes: a deputy is the spokespersons' own to name.
fn action(is_deputy: bool) -> Action {
    if is_deputy { Action::Contacts } else { Action::People }
}

/// The account of that address, if it has one: they sign in with it, and see there what waits for them.
async fn account_of(conn: &mut AsyncPgConnection, email: &str) -> Result<Option<AccountId>, GovernmentError> {
    let found = account::query::by_email(conn, &email.to_lowercase()).await?;
    Ok(found.map(|(person, _)| person.id()))
}

/// Somebody speaks for the mandate from now on, or from the instant that is written.
pub async fn name(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: MandateId,
    new: &Written,
) -> Result<SpokespersonId, GovernmentError> {
    conn.transaction(async |conn| {
        let mandate = keeping::lock(conn, by, of, action(new.is_deputy)).await?;
        if mandate.ends_at.is_some() {
            return Err(GovernmentError::NotInOffice);
        }
        let account = account_of(conn, &new.email).await?;
        let id = query::insert_spokesperson(conn, of, new, account).await?;
        // Who they are is data of a person: the journal names the row.
        let entry = Entry::new("spokesperson.named", "spokesperson", id.0).with(
            json!({ "mandate": of, "deputy": new.is_deputy, "account": account, "from": new.starts_at, "until": new.ends_at }),
        );
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(id)
    })
    .await
}

/// Writes what one of them says.
pub async fn change(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: MandateId,
    id: SpokespersonId,
    new: &Written,
) -> Result<(), GovernmentError> {
    conn.transaction(async |conn| {
        keeping::lock(conn, by, of, action(new.is_deputy)).await?;
        let before = query::lock_spokesperson(conn, of, id).await?.ok_or(GovernmentError::NotFound)?;
        // Whoever may name deputies only, makes nobody a deputy of theirs who was more.
        keeping::lock(conn, by, of, action(before.is_deputy)).await?;
        let account = account_of(conn, &new.email).await?;
        query::update_spokesperson(conn, id, new, account).await?;
        let entry = Entry::new("spokesperson.changed", "spokesperson", id.0).with(json!({
            "mandate": of, "deputy": [before.is_deputy, new.is_deputy], "account": account,
            "email_changed": before.email != new.email, "until": new.ends_at,
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// They speak for it no longer. What they answered stays theirs.
pub async fn end(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: MandateId,
    id: SpokespersonId,
) -> Result<(), GovernmentError> {
    conn.transaction(async |conn| {
        // The mandate before who speaks for it, as everywhere: two can't wait for each other.
        keeping::lock(conn, by, of, Action::Contacts).await?;
        let before = query::lock_spokesperson(conn, of, id).await?.ok_or(GovernmentError::NotFound)?;
        keeping::lock(conn, by, of, action(before.is_deputy)).await?;
        let at = clock::now(conn).await?;
        if before.ends_at.is_some_and(|ends_at| ends_at <= at) {
            return Ok(());
        }
        // Who has not begun never spoke.
        if before.starts_at >= at {
            query::delete_spokesperson(conn, id).await?;
        } else {
            query::end_spokesperson(conn, id, at).await?;
        }
        let entry = Entry::new("spokesperson.ended", "spokesperson", id.0).with(json!({ "mandate": of }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}
