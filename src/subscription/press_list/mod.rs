//! Lists of addresses that an institution's own staff keep, with the reason why these people may be written to.
//!
//! A member is a subscriber like any other, with a subscription whose filter names the list (`press-list=7`) and whose
//! cursor follows the log like any other: a release that was chosen for the list is, for its members, what a match is for
//! everybody else. So there is one run, one mail to a person who is also subscribed by themselves, each item once, the
//! correction to whoever had it, and one way out. What was weighed: rows and a sender of their own, which would have
//! needed each of these a second time. What it costs: a filter that no search has, and a frequency that nobody chooses.
//!
//! The list is chosen on the way to the public, and works when the release is public, never before: a run reads the log.
//! Whoever leaves a list, or was taken off by a complaint, is not put back on one of that institution: a keyed hash keeps
//! them away. Whoever ended everything is put on no list at all, until they subscribe again. A list's members see neither each other nor the other lists; staff of other institutions see none of it.

pub mod query;

use std::collections::BTreeSet;

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model;
use crate::account::Person;
use crate::account::rights::{self, Action, Object};
use crate::change;
use crate::directory::{self, Family};
use crate::ids::{InstitutionId, PressListId, ReleaseId, SubscriptionId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, AddressError};
use crate::kit::web::error::WebError;

/// The most characters of a name.
pub const NAME_MAX: usize = 200;
/// The most characters of the reason why they may be written to.
pub const BASIS_MAX: usize = 1000;
/// The most addresses that are added at once.
pub const ADDED_MAX: usize = 500;

/// What a list is called, why its members may be written to, and in which languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    /// Not empty, one of its institution's.
    pub name: String,
    /// Not empty.
    pub basis: String,
    /// In the order of preference, at least one. Of a member who chose an order of their own, theirs counts.
    pub languages: Vec<Lang>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum PressListError {
    /// Not there, not of that institution, or closed.
    #[error("no such press list")]
    NotFound,
    /// Not theirs to keep.
    #[error("not allowed")]
    Forbidden,
    /// The institution has a list of that name.
    #[error("a list of that name is there")]
    Taken,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<PressListError> for WebError {
    fn from(error: PressListError) -> Self {
        match error {
            PressListError::NotFound => WebError::NotFound,
            PressListError::Forbidden => WebError::Forbidden,
            PressListError::Taken => WebError::Conflict(Box::new(error)),
            PressListError::Db(error) => error.into(),
            PressListError::Busy(busy) => busy.into(),
        }
    }
}

/// A new list.
pub async fn make(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: InstitutionId,
    described: &Described,
) -> Result<PressListId, PressListError> {
    conn.transaction(async |conn| {
        allowed(conn, by, of).await?;
        let id = query::insert(conn, of, described).await?.ok_or(PressListError::Taken)?;
        let entry = Entry::new("press_list.made", "press_list", id.0)
            .with(json!({ "institution": of, "name": described.name, "basis": described.basis }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(id)
    })
    .await
}

/// Another name, reason or order of languages.
pub async fn describe(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: InstitutionId,
    id: PressListId,
    described: &Described,
) -> Result<(), PressListError> {
    conn.transaction(async |conn| {
        allowed(conn, by, of).await?;
        query::lock(conn, of, id).await?.ok_or(PressListError::NotFound)?;
        if !query::update(conn, id, described).await? {
            return Err(PressListError::Taken);
        }
        let entry = Entry::new("press_list.described", "press_list", id.0)
            .with(json!({ "name": described.name, "basis": described.basis }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Closes a list; its members get nothing more by it.
pub async fn close(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: InstitutionId,
    id: PressListId,
) -> Result<(), PressListError> {
    conn.transaction(async |conn| {
        allowed(conn, by, of).await?;
        query::lock(conn, of, id).await?.ok_or(PressListError::NotFound)?;
        let left = query::close(conn, id).await?;
        let entry = Entry::new("press_list.closed", "press_list", id.0).with(json!({ "members": left }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// What became of each address that was to be added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// On the list now.
    pub added: usize,
    /// Were on it before.
    pub there: usize,
    /// Left a list of this institution, ended all that they had, asked never to be written to, complained, or bounce: not put on it.
    pub refused: Vec<String>,
    /// No addresses, each with the reason.
    pub wrong: Vec<(String, AddressError)>,
    /// Beyond [`ADDED_MAX`], and not looked at.
    pub beyond: usize,
}

/// Reads addresses, one a line or separated by commas or semicolons; each once.
pub fn read_addresses(typed: &str) -> (Vec<Address>, Vec<(String, AddressError)>, usize) {
    let mut seen = BTreeSet::new();
    let (mut addresses, mut wrong, mut beyond) = (Vec::new(), Vec::new(), 0);
    for part in typed.split(['\n', ',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        // As mail programs copy it: Name <address>.
        let bare = part.rsplit_once('<').and_then(|(_, rest)| rest.strip_suffix('>')).unwrap_or(part);
        if addresses.len() + wrong.len() >= ADDED_MAX {
            beyond += 1;
            continue;
        }
        match Address::parse(bare) {
            Ok(address) if seen.insert(address.as_str().to_lowercase()) => addresses.push(address),
            Ok(_) => {}
            Err(error) => wrong.push((part.chars().filter(|c| !c.is_control()).take(100).collect(), error)),
        }
    }
    (addresses, wrong, beyond)
}

/// Puts addresses on a list, from now on. Those that must not be written to, or left a list of this institution, are named
/// and left out.
pub async fn add(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: InstitutionId,
    id: PressListId,
    typed: &str,
) -> Result<Added, PressListError> {
    let (addresses, wrong, beyond) = read_addresses(typed);
    conn.transaction(async |conn| {
        allowed(conn, by, of).await?;
        let list = query::lock(conn, of, id).await?.ok_or(PressListError::NotFound)?;
        let mut added = Added { wrong, beyond, ..Added::default() };
        let cursor = change::last(conn).await?;
        let mut entries = Vec::new();
        for address in addresses {
            let keys = model::address_keys(&ctx.secret, &address);
            if query::is_refused(conn, of, &keys).await?
                || super::query::suppression(conn, &keys).await?.is_some()
                || query::has_left(conn, &address, &keys).await?
            {
                added.refused.push(address.as_str().to_owned());
                continue;
            }
            let consent = json!({
                "press_list": id, "basis": list.basis, "added_by": by.id(), "added_at": crate::kit::clock::now(conn).await?,
            });
            let subscriber_id = query::upsert_member(conn, &address, &list.languages, &consent).await?;
            match query::join(conn, subscriber_id, id, cursor).await? {
                Some(subscription_id) => {
                    added.added += 1;
                    entries.push(
                        Entry::new("press_list.joined", "press_list", id.0)
                            .with(json!({ "subscriber": subscriber_id, "subscription": subscription_id })),
                    );
                }
                None => added.there += 1,
            }
        }
        journal::record(conn, by.actor(), entries).await?;
        Ok(added)
    })
    .await
}

/// Takes a member off a list; they may be put back. Who has nothing else is written to no more.
pub async fn remove(
    conn: &mut AsyncPgConnection,
    by: &Person,
    of: InstitutionId,
    id: PressListId,
    member: SubscriptionId,
) -> Result<(), PressListError> {
    conn.transaction(async |conn| {
        allowed(conn, by, of).await?;
        query::lock(conn, of, id).await?.ok_or(PressListError::NotFound)?;
        let subscriber_id = query::leave(conn, id, member).await?.ok_or(PressListError::NotFound)?;
        let entry = Entry::new("press_list.left", "press_list", id.0)
            .with(json!({ "subscriber": subscriber_id, "subscription": member }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Chooses the lists that a release goes to: exactly these, all of the institution that leads it. What has been sent stays
/// sent.
pub async fn choose(
    conn: &mut AsyncPgConnection,
    by: &Person,
    lead: InstitutionId,
    release_id: ReleaseId,
    lists: &[PressListId],
) -> Result<(), PressListError> {
    conn.transaction(async |conn| {
        let before = query::chosen(conn, release_id).await?;
        let wanted: BTreeSet<PressListId> = lists.iter().copied().collect();
        if before.iter().copied().collect::<BTreeSet<_>>() == wanted {
            return Ok(());
        }
        allowed(conn, by, lead).await?;
        let own = query::of_institution(conn, lead).await?;
        if wanted.iter().any(|id| !own.iter().any(|list| list.id == *id)) {
            return Err(PressListError::NotFound);
        }
        let wanted: Vec<PressListId> = wanted.into_iter().collect();
        query::set_chosen(conn, release_id, &wanted, by.id()).await?;
        let entry = Entry::new("release.press_lists", "release", release_id.0).with(json!({ "press_lists": wanted }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

async fn allowed(conn: &mut AsyncPgConnection, by: &Person, of: InstitutionId) -> Result<(), PressListError> {
    let family = directory::query::family_of(conn, of).await?.ok_or(PressListError::NotFound)?;
    let object = Object::Institution { id: of, of_council: family == Family::Council };
    if rights::may(by, Action::PressLists, object) { Ok(()) } else { Err(PressListError::Forbidden) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_paste_them() {
        let typed = "a@example.org, Jeanne D. <b@example.org>;\r\nA@Example.org\n\nroot@localhost\nc@example.org\r\nBcc: d@example.org";
        let (addresses, wrong, beyond) = read_addresses(typed);
        let plain: Vec<&str> = addresses.iter().map(Address::as_str).collect();
        assert_eq!(plain, ["a@example.org", "b@example.org", "c@example.org"]);
        assert_eq!(
            wrong,
            [
                ("root@localhost".to_owned(), AddressError::Domain),
                ("Bcc: d@example.org".to_owned(), AddressError::NotOne)
            ]
        );
        assert_eq!(beyond, 0);
        let many = (0..ADDED_MAX + 3).map(|n| format!("r{n}@example.org")).collect::<Vec<_>>().join("\n");
        let (addresses, _, beyond) = read_addresses(&many);
        assert_eq!((addresses.len(), beyond), (ADDED_MAX, 3));
    }

    #[test]
    fn the_filter_of_a_member_is_no_search_and_names_one_list() {
        let filter = model::press_list_filter(PressListId(7));
        assert_eq!(filter, "press-list=7");
        assert_eq!(model::press_list_of(&filter), Some(PressListId(7)));
        assert!(crate::search::Filter::parse(&filter).is_err());
        for other in ["", "press-list=", "press-list=x", "topic=water", "q=press-list%3D7"] {
            assert_eq!(model::press_list_of(other), None, "{other}");
        }
    }
}
