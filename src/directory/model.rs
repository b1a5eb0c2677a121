//! Institutions and topics.

use diesel::prelude::*;

use crate::ids::{InstitutionId, TopicId};
use crate::kit::lang::Texts;
use crate::schema::{institutions, topics};
use crate::text_enum;

text_enum! {
    /// The three sources of releases, as readers know them.
    pub enum Family {
        /// The Council of Ministers.
        Council = "council",
        /// The members of the government.
        Government = "government",
        /// The federal institutions.
        Institutions = "institutions",
    }
}

/// A federal public service, an agency, a minister's policy cell, or the Council itself.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = institutions, check_for_backend(diesel::pg::Pg))]
pub struct Institution {
    /// Which one.
    pub id: InstitutionId,
    /// Its word in addresses, the same in every language.
    pub code: String,
    /// Its source family.
    pub family: Family,
    /// What it is called.
    pub names: Texts,
    /// Its own site.
    pub website: Option<String>,
}

/// A term of the thematic vocabulary.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = topics, check_for_backend(diesel::pg::Pg))]
pub struct Topic {
    /// Which one.
    pub id: TopicId,
    /// Its word in addresses.
    pub code: String,
    /// What it is called.
    pub names: Texts,
}

/// A word for addresses out of a name: what an import calls an institution that it brings.
pub fn code_of(name: &str) -> String {
    let slug = crate::kit::slug::slug(crate::kit::lang::Lang::En, name);
    let end = slug.len().min(60);
    slug[..end].trim_end_matches('-').to_owned()
}
