//! The vocabulary of who governs: persons, offices, competences. Added and renamed, never taken away: mandates of the past
//! name them.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::keeping::{self, GovernmentError};
use super::query;
use crate::account::Person;
use crate::change::{self, Change};
use crate::directory::model::code_of;
use crate::ids::PersonId;
use crate::journal::{self, Actor, Entry};
use crate::kit::lang::{Lang, Texts};
use crate::kit::slug;

/// What is called by a name in each language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A seat at the table.
    Office,
    /// What somebody is competent for.
    Competence,
}

impl Kind {
    fn object(self) -> &'static str {
        match self {
            Kind::Office => "office",
            Kind::Competence => "competence",
        }
    }

    fn added(self) -> &'static str {
        match self {
            Kind::Office => "office.added",
            Kind::Competence => "competence.added",
        }
    }

    fn renamed(self) -> &'static str {
        match self {
            Kind::Office => "office.renamed",
            Kind::Competence => "competence.renamed",
        }
    }
}

/// Adds a person. Two of the same name are two.
pub async fn add_person(
    conn: &mut AsyncPgConnection,
    by: &Person,
    given_name: &str,
    family_name: &str,
) -> Result<PersonId, GovernmentError> {
    keeping::allowed(by)?;
    conn.transaction(async |conn| person_within(conn, by.actor(), given_name, family_name).await).await
}

/// As [`add_person`], inside the caller's transaction.
pub async fn person_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    given_name: &str,
    family_name: &str,
) -> Result<PersonId, GovernmentError> {
    let stem = code_of(&format!("{given_name} {family_name}"));
    for n in 1..=1_000 {
        if let Some(id) = query::insert_holder(conn, &slug::candidate(&stem, n), given_name, family_name).await? {
            journal::record(conn, by, [Entry::new("person.added", "person", id.0)]).await?;
            return Ok(id);
        }
    }
    Err(GovernmentError::Changed)
}

/// Gives a person another name; their word in addresses stays.
pub async fn rename_person(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: PersonId,
    given_name: &str,
    family_name: &str,
) -> Result<(), GovernmentError> {
    keeping::allowed(by)?;
    conn.transaction(async |conn| {
        if !query::set_holder(conn, id, given_name, family_name).await? {
            return Err(GovernmentError::NotFound);
        }
        journal::record(conn, by.actor(), [Entry::new("person.renamed", "person", id.0)]).await?;
        change::append(conn, [Change::of_site(change::Kind::Directory, keeping::tags())]).await?;
        Ok(())
    })
    .await
}

/// Adds an office or a competence. Its word is made of its name.
pub async fn add(conn: &mut AsyncPgConnection, by: &Person, kind: Kind, names: &Texts) -> Result<i64, GovernmentError> {
    keeping::allowed(by)?;
    conn.transaction(async |conn| add_within(conn, by.actor(), kind, names).await).await
}

/// As [`add`], inside the caller's transaction.
pub async fn add_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    kind: Kind,
    names: &Texts,
) -> Result<i64, GovernmentError> {
    let stem = code_of(names.text(Lang::En));
    for n in 1..=1_000 {
        let code = slug::candidate(&stem, n);
        if let Some(id) = query::insert_named(conn, kind, &code, names).await? {
            let entry = Entry::new(kind.added(), kind.object(), id).with(json!({ "code": code, "names": names }));
            journal::record(conn, by, [entry]).await?;
            return Ok(id);
        }
    }
    Err(GovernmentError::Changed)
}

/// Gives an office or a competence its names.
pub async fn rename(
    conn: &mut AsyncPgConnection,
    by: &Person,
    kind: Kind,
    id: i64,
    names: &Texts,
) -> Result<(), GovernmentError> {
    keeping::allowed(by)?;
    conn.transaction(async |conn| {
        if !query::set_named(conn, kind, id, names).await? {
            return Err(GovernmentError::NotFound);
        }
        let entry = Entry::new(kind.renamed(), kind.object(), id).with(json!({ "names": names }));
        journal::record(conn, by.actor(), [entry]).await?;
        change::append(conn, [Change::of_site(change::Kind::Directory, keeping::tags())]).await?;
        Ok(())
    })
    .await
}
