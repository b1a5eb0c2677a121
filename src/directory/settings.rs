//! An institution's own settings: what it is called, what it asks for before a release goes on, whom the press calls.
//!
//! Each step is one transaction with its journal entry; what the public sees of it goes to the log last.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::contact::{Channel, ContactKind, Owner};
use super::government;
use super::model::{Family, Institution};
use super::{query, standby};
use crate::account::Person;
use crate::account::rights::{Action, Object, Verdict, may, verdict};
use crate::change::{self, Change, Kind};
use crate::ids::{ContactId, InstitutionId, MandateId};
use crate::journal::{self, Entry};
use crate::kit::clock;
use crate::kit::db::Busy;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::WebError;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryError {
    /// There is none, or none that this person may know of.
    #[error("no such institution or contact")]
    NotFound,
    /// This person may see it, and may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// A mandate without a policy cell, or one that has ended, has no contacts.
    #[error("no policy cell")]
    NoCell,
    /// An institution cannot belong to what belongs to it.
    #[error("belongs to itself")]
    Circle,
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<DirectoryError> for WebError {
    fn from(error: DirectoryError) -> Self {
        match error {
            DirectoryError::NotFound => WebError::NotFound,
            DirectoryError::NotAllowed => WebError::Forbidden,
            DirectoryError::Db(error) => error.into(),
            DirectoryError::Busy(busy) => busy.into(),
            DirectoryError::NoCell | DirectoryError::Circle => WebError::Conflict(Box::new(error)),
        }
    }
}

/// What an institution may set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// What it is called; at least one language.
    pub names: Texts,
    /// Its own site.
    pub website: Option<String>,
    /// The languages without which a release of its own does not go on.
    pub required: Vec<Lang>,
    /// Whether a second person sends its releases on. The Council's always ask for one.
    pub four_eyes: bool,
    /// What it says of itself below each new release, as Markdown.
    pub boilerplate: Option<Texts>,
}

/// A contact as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// A person or a service.
    pub kind: ContactKind,
    /// What they are called.
    pub name: String,
    /// What they do there.
    pub functions: Option<Texts>,
    /// The languages they speak.
    pub languages: Vec<Lang>,
    /// When they are reached, for everybody.
    pub hours: Option<Texts>,
    /// For the desk only.
    pub note: String,
    /// Stands on a new release by itself.
    pub is_default: bool,
    /// In their order.
    pub channels: Vec<Channel>,
}

/// The institution, locked, if this person may do that to it.
pub async fn lock(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: InstitutionId,
    action: Action,
) -> Result<Institution, DirectoryError> {
    let institution = query::lock_institution(conn, id).await?.ok_or(DirectoryError::NotFound)?;
    let object = Object::Institution { id, of_council: institution.family == Family::Council };
    match verdict(by, action, object) {
        Verdict::Allowed => Ok(institution),
        Verdict::Refused => Err(DirectoryError::NotAllowed),
        Verdict::Hidden => Err(DirectoryError::NotFound),
    }
}

/// Changes the settings. A new name takes whoever may name institutions, and reaches every page, feed and the search by
/// the one entry of the log.
pub async fn change(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: InstitutionId,
    new: &Settings,
) -> Result<(), DirectoryError> {
    conn.transaction(async |conn| {
        let before = lock(conn, by, id, Action::Settings).await?;
        let old = query::settings(conn, id).await?.ok_or(DirectoryError::NotFound)?;
        if old == *new {
            return Ok(());
        }
        if old.names != new.names && !may(by, Action::Institutions, Object::Site) {
            return Err(DirectoryError::NotAllowed);
        }
        query::set_settings(conn, id, new).await?;
        let entry = Entry::new("institution.settings_changed", "institution", id.0).with(json!({
            "code": before.code,
            "names": (old.names != new.names).then_some([&old.names, &new.names]),
            "website": (old.website != new.website).then_some([&old.website, &new.website]),
            "required_languages": (old.required != new.required).then_some([&old.required, &new.required]),
            "four_eyes": (old.four_eyes != new.four_eyes).then_some([old.four_eyes, new.four_eyes]),
            "boilerplate": old.boilerplate != new.boilerplate,
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        if old.names != new.names || old.website != new.website {
            announce(conn, id).await?;
        }
        Ok(())
    })
    .await
}

/// Where the contacts of an owner stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Home {
    /// Whose they are.
    pub institution_id: InstitutionId,
    /// For which mandate they answer.
    pub mandate_id: Option<MandateId>,
    /// Whether the public may know of them: nobody knows those of a mandate that has not begun.
    pub is_public: bool,
}

/// Locks whose contacts they are, if this person may see to them.
pub async fn lock_home(conn: &mut AsyncPgConnection, by: &Person, of: Owner) -> Result<Home, DirectoryError> {
    let home = match of {
        Owner::Institution(id) => {
            lock(conn, by, id, Action::Contacts).await?;
            Home { institution_id: id, mandate_id: None, is_public: true }
        }
        Owner::Mandate(id) => {
            let mandate = government::query::lock_mandate(conn, id).await?.ok_or(DirectoryError::NotFound)?;
            let rights = government::query::rights_of(conn, id, by.id()).await?.ok_or(DirectoryError::NotFound)?;
            match verdict(by, Action::Contacts, rights.object()) {
                Verdict::Allowed => {}
                Verdict::Refused => return Err(DirectoryError::NotAllowed),
                Verdict::Hidden => return Err(DirectoryError::NotFound),
            }
            let cell = mandate.policy_cell_id.filter(|_| mandate.ends_at.is_none()).ok_or(DirectoryError::NoCell)?;
            // Whoever comes by the page of the institution waits.
            query::lock_institution(conn, cell).await?;
            Home { institution_id: cell, mandate_id: Some(id), is_public: mandate.starts_at.is_some() }
        }
    };
    Ok(home)
}

/// Writes a contact: a new one, at the end, or that one. Nothing of it that is not public leaves the desk.
pub async fn write_contact(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: Owner,
    id: Option<ContactId>,
    new: &Written,
) -> Result<ContactId, DirectoryError> {
    conn.transaction(async |conn| {
        let home = lock_home(conn, by, of).await?;
        let (id, action) = match id {
            Some(id) if query::update_contact(conn, home, id, new).await? => (id, "contact.changed"),
            Some(_) => return Err(DirectoryError::NotFound),
            None => (query::insert_contact(conn, home, new).await?, "contact.added"),
        };
        query::set_channels(conn, id, &new.channels).await?;
        let public = new.channels.iter().filter(|channel| channel.public).count();
        // Who they are is data of a person: the journal names the row.
        let entry = Entry::new(action, "contact", id.0).with(json!({
            "institution": home.institution_id, "mandate": home.mandate_id, "channels": new.channels.len(),
            "public": public, "default": new.is_default,
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        announce_contacts(conn, home, &[id]).await?;
        Ok(id)
    })
    .await
}

/// Moves a contact one place up or down in the order of its owner.
pub async fn move_contact(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: Owner,
    id: ContactId,
    up: bool,
) -> Result<(), DirectoryError> {
    conn.transaction(async |conn| {
        let home = lock_home(conn, by, of).await?;
        let mut order = query::contact_order(conn, home).await?;
        let place = order.iter().position(|there| *there == id).ok_or(DirectoryError::NotFound)?;
        let other = if up { place.checked_sub(1) } else { Some(place + 1).filter(|next| *next < order.len()) };
        let Some(other) = other else { return Ok(()) };
        order.swap(place, other);
        query::set_contact_order(conn, &order).await?;
        let entry = Entry::new("contact.moved", "contact", id.0)
            .with(json!({ "institution": home.institution_id, "mandate": home.mandate_id, "place": other + 1 }));
        journal::record(conn, by.actor(), [entry]).await?;
        announce_contacts(conn, home, &[]).await
    })
    .await
}

/// The contact is no longer reached: it stands on no new release, no page gives its numbers any more, and nothing of its
/// rota after now stands.
pub async fn end_contact(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: Owner,
    id: ContactId,
) -> Result<(), DirectoryError> {
    conn.transaction(async |conn| {
        let home = lock_home(conn, by, of).await?;
        if !query::end_contact(conn, home, id).await? {
            return Err(DirectoryError::NotFound);
        }
        let at = clock::now(conn).await?;
        standby::query::end(conn, &[id], at).await?;
        let entry = Entry::new("contact.ended", "contact", id.0)
            .with(json!({ "institution": home.institution_id, "mandate": home.mandate_id }));
        journal::record(conn, by.actor(), [entry]).await?;
        announce_contacts(conn, home, &[id]).await
    })
    .await
}

/// Last of its transaction: whatever lists contacts, the pages of this institution, and those of releases that name one.
async fn announce_contacts(
    conn: &mut AsyncPgConnection,
    home: Home,
    changed: &[ContactId],
) -> Result<(), DirectoryError> {
    announce_to(conn, "contacts", home, changed).await
}

/// As for contacts, of the rota: what says who answers now, and not what only says whom one may call.
pub async fn announce_standby(
    conn: &mut AsyncPgConnection,
    home: Home,
    changed: &[ContactId],
) -> Result<(), DirectoryError> {
    announce_to(conn, "standby", home, changed).await
}

async fn announce_to(
    conn: &mut AsyncPgConnection,
    what: &str,
    home: Home,
    changed: &[ContactId],
) -> Result<(), DirectoryError> {
    if !home.is_public {
        return Ok(());
    }
    let mut tags = vec![what.to_owned(), format!("contacts:{}", home.institution_id)];
    tags.extend(changed.iter().map(|id| format!("contact:{id}")));
    change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
    Ok(())
}

/// Last of its transaction. The tag of the institution tells the search whose releases it reads again.
async fn announce(conn: &mut AsyncPgConnection, id: InstitutionId) -> Result<(), DirectoryError> {
    let tags = vec!["directory".to_owned(), format!("institution:{id}")];
    change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
    Ok(())
}
