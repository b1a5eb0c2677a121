//! A person and their role, and what stands in their account.

use std::net::IpAddr;

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::ids::{AccountId, InstitutionId};
use crate::journal::Actor;
use crate::kit::config::SecondFactor;
use crate::kit::lang::Lang;
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

impl Role {
    /// Whether somebody of that role speaks for an institution, and must belong to one.
    pub fn needs_institution(self) -> bool {
        !matches!(self, Role::ChancelleryEditor | Role::Spokesperson | Role::Admin)
    }

    /// Whether the site's policy wants a second factor of them.
    pub fn needs_second_factor(self, policy: SecondFactor) -> bool {
        match policy {
            SecondFactor::Off => false,
            SecondFactor::Publishers => {
                matches!(self, Role::Publisher | Role::InstitutionAdmin | Role::ChancelleryEditor | Role::Admin)
            }
            SecondFactor::All => true,
        }
    }
}

/// Somebody who signed in, or whom a command of the operator speaks for. Only `sign_in` and `creation` make one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub(super) id: AccountId,
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) institution_id: Option<InstitutionId>,
    pub(super) lang: Option<Lang>,
    /// The request behind it, if there is one.
    pub(super) request: Option<Asked>,
}

/// When and from where somebody asked, in which session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Asked {
    /// By the site's clock.
    pub at: DateTime<Utc>,
    /// As `kit::web::limit::client` sees it.
    pub from: IpAddr,
    /// Which of their sessions.
    pub session_id: i64,
    /// When the password was last typed in it.
    pub proved_at: Option<DateTime<Utc>>,
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

    /// The language that they chose for their desk and for mails to them.
    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// As the journal names them.
    pub fn actor(&self) -> Actor {
        Actor::Account(self.id, self.request.map(|request| request.from))
    }

    /// Which of their sessions asks, if one does.
    pub fn session_id(&self) -> Option<i64> {
        self.request.map(|request| request.session_id)
    }

    /// Whether they typed their password within the last ten minutes, as what changes an account wants (PROMISES 7.5.1).
    pub fn has_proved(&self) -> bool {
        self.request.is_some_and(|request| {
            request.proved_at.is_some_and(|proved_at| request.at - proved_at <= super::query::PROOF)
        })
    }
}

/// An account, as lists of people and its own page show it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::schema::accounts)]
pub struct Account {
    /// Which one.
    pub id: AccountId,
    /// What they sign in with, in small letters.
    pub email: String,
    /// What they are called.
    pub name: String,
    /// What they are there for.
    pub role: Role,
    /// Whom they speak for.
    pub institution_id: Option<InstitutionId>,
    /// The language that they chose.
    pub lang: Option<Lang>,
    /// None: never signed in yet.
    pub password_hash: Option<String>,
    /// Since when they may not come in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Since when their authenticator is asked.
    pub totp_confirmed_at: Option<DateTime<Utc>>,
}

impl Account {
    /// The words that a password of theirs must not be made of.
    pub fn own_words(&self) -> Vec<&str> {
        let mut words: Vec<&str> = vec![&self.email, &self.name];
        words.extend(self.email.split(['@', '.', '-', '_', '+']));
        words.extend(self.name.split_whitespace());
        words.push("communiqué");
        words.push("communique");
        words
    }

    /// The person, without a request behind them: what rights are asked of.
    pub fn person(&self) -> Person {
        Person {
            id: self.id,
            name: self.name.clone(),
            role: self.role,
            institution_id: self.institution_id,
            lang: self.lang,
            request: None,
        }
    }
}

/// A session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::schema::sessions)]
pub struct Session {
    /// Which one.
    pub id: i64,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Last request, to the minute.
    pub seen_at: DateTime<Utc>,
    /// From which address it began.
    pub network: Option<String>,
    /// What its browser called itself.
    pub agent: Option<String>,
}

text_enum! {
    /// What a mailed link is for.
    pub enum Purpose {
        /// To come in for the first time and choose a password.
        Invitation = "invitation",
        /// To choose a new one.
        NewPassword = "new-password",
        /// To prove a new mail address.
        Address = "address",
    }
}

#[cfg(test)]
pub(crate) fn person(role: Role, institution: Option<i64>) -> Person {
    Person {
        id: AccountId(1),
        name: "Somebody".into(),
        role,
        institution_id: institution.map(InstitutionId),
        lang: None,
        request: None,
    }
}
