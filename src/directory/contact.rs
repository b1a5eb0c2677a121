//! Press contacts: a person or a service of an institution, with the channels on which they are reached. Only channels that
//! are marked public leave the desk (DESIGN §2, ContactPoint).

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::ids::{ContactId, InstitutionId, MandateId};
use crate::kit::lang::{Lang, Texts};
use crate::paths;
use crate::schema::contact_points;
use crate::text_enum;

text_enum! {
    /// Who answers.
    pub enum ContactKind {
        /// A person, by name.
        Person = "person",
        /// A service: whoever is there.
        Service = "service",
    }
}

text_enum! {
    /// How they are reached.
    pub enum ChannelKind {
        /// By telephone.
        Phone = "phone",
        /// By mail.
        Mail = "mail",
    }
}

/// A number as a telephone takes it: digits, and the plus in front (RFC 3966).
pub fn dialled(value: &str) -> String {
    value.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// One way to reach them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Which way.
    pub kind: ChannelKind,
    /// The number or the address.
    pub value: String,
    /// Whether the public may know it.
    pub public: bool,
    /// For the desk: "evenings", "not on Fridays".
    pub note: String,
}

/// Whose contacts: an institution's, all of them; or those of a mandate, which are its policy cell's and end with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Owner {
    /// An institution.
    Institution(InstitutionId),
    /// A member of the government.
    Mandate(MandateId),
}

impl Owner {
    /// Its page in the desk, below which its contacts and its rota stand.
    pub fn page(self) -> String {
        match self {
            Owner::Institution(id) => paths::of_institution(paths::DESK_INSTITUTION, id),
            Owner::Mandate(id) => paths::of_mandate(paths::DESK_MANDATE, id),
        }
    }

    /// The address of a pattern of institutions, `DESK_CONTACTS` and its like, below its page.
    pub fn address(self, pattern: &str) -> String {
        format!("{}{}", self.page(), pattern.strip_prefix(paths::DESK_INSTITUTION).unwrap_or_default())
    }
}

/// Whom journalists may call.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = contact_points, check_for_backend(diesel::pg::Pg))]
pub struct ContactPoint {
    /// Which one.
    pub id: ContactId,
    /// Of which institution.
    pub institution_id: InstitutionId,
    /// A person or a service.
    pub kind: ContactKind,
    /// What they are called.
    pub name: String,
    /// What they do there.
    pub functions: Option<Texts>,
    /// The languages they speak.
    pub languages: Vec<Lang>,
    /// For the desk only.
    pub note: String,
    /// Stands on a new release of its institution by itself.
    pub is_default: bool,
    /// No longer reached since; releases of their time still name them.
    pub ended_at: Option<DateTime<Utc>>,
    /// For which member of the government they answer.
    pub mandate_id: Option<MandateId>,
    /// When they are reached, for everybody.
    pub hours: Option<Texts>,
}
