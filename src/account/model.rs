//! A person and their role.

use std::net::IpAddr;

use chrono::{DateTime, Utc};

use crate::ids::{AccountId, InstitutionId};
use crate::journal::Actor;
use crate::text_enum;

text_enum! {
    /// What somebody is there for (DESIGN §11).
    pub enum Role {
        /// Writes their institution's releases.
        Contributor = "contributor",
        /// Writes them and sends them on.
        Publisher = "publisher",
        /// Also its settings, contacts and people.
        InstitutionAdmin = "institution-admin",
        /// Council items and meetings; what institutions submit to the Chancellery.
        ChancelleryEditor = "chancellery-editor",
        /// Agrees, per item they are asked on.
        Spokesperson = "spokesperson",
        /// The library and events of their institution.
        PictureDesk = "picture-desk",
        /// Their own uploads and event.
        Photographer = "photographer",
        /// People, topics, redirects, site pages, slots, imports, journal.
        Admin = "admin",
    }
}

/// Somebody who signed in, or whom a command of the operator speaks for. Only `sign_in` and `creation` make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub(super) id: AccountId,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) institution_id: Option<InstitutionId>,
    /// The request behind it, if there is one.
    pub(super) request: Option<Asked>,
}

/// When and from where somebody asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// By the site's clock.
    pub at: DateTime<Utc>,
    /// As `kit::web::limit::client` sees it.
    pub from: IpAddr,
}

impl Person {
    /// Their account.
    pub fn id(&self) -> AccountId {
        self.id
    }

    /// What they are called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What they are there for.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whom they speak for.
    pub fn institution_id(&self) -> Option<InstitutionId> {
        self.institution_id
    }

    /// As the journal names them.
    pub fn actor(&self) -> Actor {
        Actor::Account(self.id, self.request.map(|request| request.from))
    }
}

#[cfg(test)]
pub(crate) fn person(role: Role, institution: Option<i64>) -> Person {
    Person {
        id: AccountId(1),
        name: "Somebody".into(),
        role,
        institution_id: institution.map(InstitutionId),
        request: None,
    }
}
