//! The one filter: a query string that list, search and feed show, a subscription keeps and a digest matches.
//!
//! It holds codes and not ids, so that it can stand in an address and in a mail for years. Its canonical form has its
//! parameters in one order; two filters are the same wish if and only if their canonical forms are equal.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use url::form_urlencoded;

use super::words::Words;
use crate::directory::{self, Family, Institution, Topic};
use crate::kit::clock::{self, Month, Year};
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::query::Parameters;
use crate::release::decision::{self, Instrument, Proposer, PublicMeeting};
use crate::release::listing::Shelf;
use crate::release::model::Kind;
use crate::release::public::Selection;

/// What is looked for; empty: everything.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Filter {
    /// Words of the title, the lead or the text, in any language.
    pub words: Option<Words>,
    /// A source family.
    pub family: Option<Family>,
    /// The code of an institution.
    pub institution: Option<String>,
    /// The code of a mandate: a member of the government in an office.
    pub mandate: Option<String>,
    /// The code of a topic.
    pub topic: Option<String>,
    /// The code of a meeting of the Council.
    pub meeting: Option<String>,
    /// What a decision is, in law.
    pub instrument: Option<Instrument>,
    /// A plain release or a decision.
    pub kind: Option<Kind>,
    /// A language in which it can be read.
    pub language: Option<Lang>,
    /// When it was published. A list can be narrowed to that; a subscription can't.
    pub period: Option<Period>,
}

/// A calendar year, month or day, by the site's zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// `year=2026`
    Year(Year),
    /// `month=2026-11`
    Month(Month),
    /// `day=2026-11-20`
    Day(NaiveDate),
}

impl Period {
    /// Its instants in the zone: from the first, up to and without the second.
    pub fn bounds(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        match self {
            Period::Year(year) => year.bounds(zone),
            Period::Month(month) => month.bounds(zone),
            Period::Day(day) => {
                (clock::start_of_day(zone, day), clock::start_of_day(zone, day.succ_opt().unwrap_or(day)))
            }
        }
    }

    /// The month, if it is one.
    pub fn month(self) -> Option<Month> {
        match self {
            Period::Month(month) => Some(month),
            Period::Year(_) | Period::Day(_) => None,
        }
    }

    /// The year that it is or lies in.
    pub fn year(self) -> Year {
        match self {
            Period::Year(year) => year,
            Period::Month(month) => Year::of(month.first_day()),
            Period::Day(day) => Year::of(day),
        }
    }
}

/// All that the codes of filters can name.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// The institutions.
    pub institutions: &'a [Institution],
    /// The topics.
    pub topics: &'a [Topic],
    /// The mandates.
    pub mandates: &'a [Proposer],
    /// The meetings.
    pub meetings: &'a [PublicMeeting],
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
    /// The mandate of its code.
    pub mandate: Option<Proposer>,
    /// The meeting of its code.
    pub meeting: Option<PublicMeeting>,
}

impl Filter {
    /// Takes its parameters out of a request's; the others stay for the page.
    pub fn take(parameters: &mut Parameters) -> Result<Self, WebError> {
        let month = parameters.take("month", Month::parse)?.map(Period::Month);
        let year = parameters.take("year", Year::parse)?.map(Period::Year);
        let day = parameters.take("day", day)?.map(Period::Day);
        let mut periods = [day, month, year].into_iter().flatten();
        let period = periods.next();
        if periods.next().is_some() {
            return Err(WebError::BadRequest(BadRequest::WrongParameter("year".into())));
        }
        Ok(Self {
            words: parameters.take("q", |text| Some(Words::read(text)))?.flatten(),
            family: parameters.take("family", |text| text.parse().ok())?,
            institution: parameters.take("institution", code)?,
            mandate: parameters.take("mandate", |text| code_within(text, MANDATE_MAX))?,
            topic: parameters.take("topic", code)?,
            meeting: parameters.take("meeting", code)?,
            instrument: parameters.take("instrument", |text| text.parse().ok())?,
            kind: parameters.take("kind", |text| text.parse().ok())?,
            language: parameters.take("language", |text| text.parse().ok())?,
            period,
        })
    }

    /// From a canonical form that we wrote ourselves.
    pub fn parse(canonical: &str) -> Result<Self, WebError> {
        let mut parameters = Parameters::read(canonical)?;
        let filter = Self::take(&mut parameters)?;
        parameters.finish()?;
        Ok(filter)
    }

    /// The query string, always the same for the same filter:
    /// `q=…&family=…&institution=…&mandate=…&topic=…&meeting=…&instrument=…&kind=…&language=…&year=…`, or `…&month=…`, or
    /// `…&day=…`, without what is not asked. Only words need escaping.
    pub fn canonical(&self) -> String {
        let mut parts = Vec::new();
        if let Some(words) = &self.words {
            parts.push(format!("q={}", form_urlencoded::byte_serialize(words.text().as_bytes()).collect::<String>()));
        }
        if let Some(family) = self.family {
            parts.push(format!("family={family}"));
        }
        if let Some(code) = &self.institution {
            parts.push(format!("institution={code}"));
        }
        if let Some(code) = &self.mandate {
            parts.push(format!("mandate={code}"));
        }
        if let Some(code) = &self.topic {
            parts.push(format!("topic={code}"));
        }
        if let Some(code) = &self.meeting {
            parts.push(format!("meeting={code}"));
        }
        if let Some(instrument) = self.instrument {
            parts.push(format!("instrument={instrument}"));
        }
        if let Some(kind) = self.kind {
            parts.push(format!("kind={kind}"));
        }
        if let Some(language) = self.language {
            parts.push(format!("language={language}"));
        }
        match self.period {
            Some(Period::Year(year)) => parts.push(format!("year={year}")),
            Some(Period::Month(month)) => parts.push(format!("month={month}")),
            Some(Period::Day(day)) => parts.push(format!("day={day}")),
            None => {}
        }
        parts.join("&")
    }

    /// What of it can be subscribed to: all but the time, for nothing new comes to a month that is over.
    pub fn lasting(&self) -> Self {
        Self { period: None, ..self.clone() }
    }

    /// Whether the shelves and a period say all of it, so that a list can be read without the index.
    pub fn is_shelved(&self) -> bool {
        self.words.is_none() && self.kind.is_none() && self.language.is_none()
    }

    /// Whether it asks for nothing in particular.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// As [`Filter::resolve`], among these: many filters are resolved by one reading.
    pub fn resolve_among(self, named: &Named<'_>) -> Option<Resolved> {
        let institution = match &self.institution {
            Some(code) => Some(named.institutions.iter().find(|own| own.code == *code)?.clone()),
            None => None,
        };
        let topic = match &self.topic {
            Some(code) => Some(named.topics.iter().find(|own| own.code == *code)?.clone()),
            None => None,
        };
        let mandate = match &self.mandate {
            Some(code) => Some(named.mandates.iter().find(|own| own.code == *code)?.clone()),
            None => None,
        };
        let meeting = match &self.meeting {
            Some(code) => Some(named.meetings.iter().find(|own| own.code == *code)?.clone()),
            None => None,
        };
        Some(Resolved { filter: self, institution, topic, mandate, meeting })
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
        let mandate = match &self.mandate {
            Some(code) => match decision::mandate_by_code(conn, code).await? {
                Some(mandate) => Some(mandate),
                None => return Ok(None),
            },
            None => None,
        };
        let meeting = match &self.meeting {
            Some(code) => match decision::meeting_by_code(conn, code).await? {
                Some(meeting) => Some(meeting),
                None => return Ok(None),
            },
            None => None,
        };
        Ok(Some(Resolved { filter: self, institution, topic, mandate, meeting }))
    }
}

impl Resolved {
    /// A filter that names nothing to look up.
    pub fn plain(filter: Filter) -> Self {
        Self { filter, institution: None, topic: None, mandate: None, meeting: None }
    }

    /// Which releases its shelves and its period select, for the door.
    pub fn selection(&self, zone: Tz) -> Selection {
        let shelves = self
            .institution
            .as_ref()
            .map(|institution| Shelf::Institution(institution.id))
            .into_iter()
            .chain(self.topic.as_ref().map(|topic| Shelf::Topic(topic.id)))
            .chain(self.mandate.as_ref().map(|mandate| Shelf::Mandate(mandate.id)))
            .chain(self.meeting.as_ref().map(|meeting| Shelf::Meeting(meeting.id)))
            .chain(self.filter.instrument.map(Shelf::Instrument))
            .chain(self.filter.family.map(Shelf::Family))
            .collect();
        Selection { shelves, period: self.filter.period.map(|period| period.bounds(zone)) }
    }

    /// Whether a release with these shelves is among what it selects, whatever its date: what a digest asks.
    pub fn matches(&self, shelves: &[Shelf]) -> bool {
        let wanted = self.selection(chrono_tz::UTC).shelves;
        wanted.iter().all(|shelf| shelves.contains(shelf))
    }
}

/// A day as addresses have it, and no other spelling of it; years 1900 to 2199.
fn day(text: &str) -> Option<NaiveDate> {
    let day: NaiveDate = text.parse().ok()?;
    (day.to_string() == text && (1900..2200).contains(&day.year())).then_some(day)
}

/// The longest code of a mandate, as its table has it.
const MANDATE_MAX: usize = 120;

/// A code as addresses have it.
pub fn code(text: &str) -> Option<String> {
    code_within(text, 80)
}

fn code_within(text: &str, most: usize) -> Option<String> {
    let fine = text.len() <= most
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
            ("q=%20 ", ""),
            ("topic=water&q=crue++d%C3%A9c%20", "q=crue+d%C3%A9c&topic=water"),
            ("day=2026-11-20&topic=water", "topic=water&day=2026-11-20"),
            ("year=2026&language=de&kind=decision", "kind=decision&language=de&year=2026"),
            (
                "instrument=circular&meeting=2026-11-20&topic=water&mandate=jan-peeters-mobility-2025",
                "mandate=jan-peeters-mobility-2025&topic=water&meeting=2026-11-20&instrument=circular",
            ),
        ] {
            let filter = Filter::parse(query).expect(query);
            assert_eq!(filter.canonical(), canonical);
            assert_eq!(Filter::parse(&filter.canonical()).expect("canonical"), filter);
        }
        for wrong in [
            "family=x",
            "topic=Water",
            "topic=a%20b",
            "month=2026-13",
            "x=x",
            "institution=%00",
            "year=2026&month=2026-11",
            "year=26",
            "day=2026-11-31",
            "day=2026-1-1",
            "day=0026-01-01",
            "day=2026-11-20&month=2026-11",
            "language=xx",
            "kind=x",
            "instrument=x",
            "meeting=A",
            "mandate=a%20b",
        ] {
            assert!(Filter::parse(wrong).is_err(), "{wrong}");
        }
    }
}
