//! The one filter: a query string that a page shows, a subscription keeps and a digest matches.
//!
//! It holds codes and not ids, so that it can stand in an address and in a mail for years. Its canonical form has its
//! parameters in one order; two filters are the same wish if and only if their canonical forms are equal.

use chrono_tz::Tz;
use diesel::QueryResult;
use diesel_async::AsyncPgConnection;

use crate::directory::{self, Family, Institution, Topic};
use crate::kit::clock::Month;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::release::listing::Shelf;
use crate::release::public::Selection;

/// What is looked for; empty: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Filter {
    /// A source family.
    pub family: Option<Family>,
    /// The code of an institution.
    pub institution: Option<String>,
    /// The code of a topic.
    pub topic: Option<String>,
    /// A calendar month, by the site's zone. A list can be narrowed to one; a subscription can't.
    pub month: Option<Month>,
}

/// A filter whose codes exist.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// As it was asked.
    pub filter: Filter,
    /// The institution of its code.
    pub institution: Option<Institution>,
    /// The topic of its code.
    pub topic: Option<Topic>,
}

impl Filter {
    /// Takes its parameters out of a request's; the others stay for the page.
    pub fn take(parameters: &mut Parameters) -> Result<Self, WebError> {
        Ok(Self {
            family: parameters.take("family", |text| text.parse().ok())?,
            institution: parameters.take("institution", code)?,
            topic: parameters.take("topic", code)?,
            month: parameters.take("month", Month::parse)?,
        })
    }

    /// From a canonical form that we wrote ourselves.
    pub fn parse(canonical: &str) -> Result<Self, WebError> {
        let mut parameters = Parameters::read(canonical)?;
        let filter = Self::take(&mut parameters)?;
        parameters.finish()?;
        Ok(filter)
    }

    /// The query string, always the same for the same filter: `family=…&institution=…&topic=…&month=…`, without what is
    /// not asked. Codes need no escaping.
    pub fn canonical(&self) -> String {
        let mut parts = Vec::new();
        if let Some(family) = self.family {
            parts.push(format!("family={family}"));
        }
        if let Some(code) = &self.institution {
            parts.push(format!("institution={code}"));
        }
        if let Some(code) = &self.topic {
            parts.push(format!("topic={code}"));
        }
        if let Some(month) = self.month {
            parts.push(format!("month={month}"));
        }
        parts.join("&")
    }

    /// Without its month: what can be subscribed to.
    pub fn lasting(&self) -> Self {
        Self { month: None, ..self.clone() }
    }

    /// Whether it asks for nothing in particular.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Looks its codes up; none if one of them is unknown.
    pub async fn resolve(self, conn: &mut AsyncPgConnection) -> QueryResult<Option<Resolved>> {
        let institution = match &self.institution {
            Some(code) => match directory::public::institution_by_code(conn, code).await? {
                Some(institution) => Some(institution),
                None => return Ok(None),
            },
            None => None,
        };
        let topic = match &self.topic {
            Some(code) => match directory::public::topic_by_code(conn, code).await? {
                Some(topic) => Some(topic),
                None => return Ok(None),
            },
            None => None,
        };
        Ok(Some(Resolved { filter: self, institution, topic }))
    }
}

impl Resolved {
    /// Which releases it selects, for the door.
    pub fn selection(&self, zone: Tz) -> Selection {
        let shelves = self
            .institution
            .as_ref()
            .map(|institution| Shelf::Institution(institution.id))
            .into_iter()
            .chain(self.topic.as_ref().map(|topic| Shelf::Topic(topic.id)))
            .chain(self.filter.family.map(Shelf::Family))
            .collect();
        Selection { shelves, period: self.filter.month.map(|month| month.bounds(zone)) }
    }

    /// Whether a release with these shelves is among what it selects, whatever its date: what a digest asks.
    pub fn matches(&self, shelves: &[Shelf]) -> bool {
        let wanted = self.selection(chrono_tz::UTC).shelves;
        wanted.iter().all(|shelf| shelves.contains(shelf))
    }
}

/// A code as addresses have it.
pub fn code(text: &str) -> Option<String> {
    let fine = text.len() <= 80
        && !text.is_empty()
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    fine.then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_form_is_one_per_wish() {
        for (query, canonical) in [
            ("", ""),
            ("topic=water&family=council", "family=council&topic=water"),
            ("month=2026-11&institution=fps-finance", "institution=fps-finance&month=2026-11"),
            ("topic=", ""),
        ] {
            let filter = Filter::parse(query).expect(query);
            assert_eq!(filter.canonical(), canonical);
            assert_eq!(Filter::parse(&filter.canonical()).expect("canonical"), filter);
        }
        for wrong in ["family=x", "topic=Water", "topic=a%20b", "month=2026-13", "q=x", "institution=%00"] {
            assert!(Filter::parse(wrong).is_err(), "{wrong}");
        }
    }
}
