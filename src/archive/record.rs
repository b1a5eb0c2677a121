//! What a source says of one language version, whatever the format it came in.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;
use sha2::{Digest as _, Sha256};

use crate::kit::clock;

/// The most bytes of an id, a set, a name or a number; longer ones are no such thing.
pub const WORD_MAX_BYTES: usize = 500;

/// One language version of one release, as the source has it: nothing in it is converted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The source's own name for this version, unique in the source.
    pub id: String,
    /// What joins the language versions of one release; the id where the source has no such thing.
    pub set: String,
    /// A language or country code as the source writes it.
    pub lang: String,
    /// Text, perhaps with entities or inline tags.
    pub title: String,
    /// When it was published.
    pub date: When,
    /// As on the former site.
    pub body_html: String,
    /// One or two sentences; text, perhaps with entities or inline tags.
    pub lead: Option<String>,
    /// The name of the issuer that leads, in the language of the version.
    pub institution: String,
    /// Names of offices or institutions that issue with it.
    pub components: Vec<String>,
    /// Names of topics.
    pub topics: Vec<String>,
    /// Its number on the former site.
    pub number: Option<String>,
    /// Where it lived: `https://…`, or `/…` on the former site.
    pub url: Option<String>,
    /// Where else it lived: `/node/12`, former aliases.
    pub addresses: Vec<String>,
    /// Files that belong to it, in their order; those inside the text are found there.
    pub files: Vec<OldFile>,
    /// Who wrote it, by the name that the source shows. Never an account of ours.
    pub author: Option<String>,
    /// Whether the public could read it there.
    pub published: bool,
    /// Fields that the format's reader does not know, by name.
    pub unknown: Vec<String>,
    /// What is odd about it and does not keep it out.
    pub notes: Vec<String>,
    /// SHA-256 of everything the source says of it, known fields and others.
    pub digest: [u8; 32],
}

/// A file of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OldFile {
    /// As the source names it: an address, or a path below the folder of its files.
    pub path: String,
    /// Its name for people.
    pub title: String,
    /// What is seen in it.
    pub alt: String,
    /// What stands below it.
    pub caption: String,
}

impl OldFile {
    /// Takes from another mention of the same file what this one does not say.
    pub fn complete(&mut self, other: OldFile) {
        for (mine, theirs) in
            [(&mut self.title, other.title), (&mut self.alt, other.alt), (&mut self.caption, other.caption)]
        {
            if mine.is_empty() {
                *mine = theirs;
            }
        }
    }

    /// Known by its path alone.
    pub fn at(path: impl Into<String>) -> Self {
        Self { path: path.into(), ..Self::default() }
    }
}

impl Record {
    /// The digest of all that a reader found, for formats that have no fields of their own to hash.
    pub fn digest_of(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        let mut part = |kind: u8, text: &str| {
            // With their lengths, so that two different lists of parts never give the same bytes.
            hash.update([kind]);
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        };
        let published = if self.published { "1" } else { "0" };
        let date = format!("{:?}", self.date);
        for text in [&self.id, &self.set, &self.lang, &self.title, &self.body_html, &self.institution, published, &date]
        {
            part(b't', text);
        }
        for text in [&self.lead, &self.number, &self.url, &self.author].into_iter() {
            part(b'o', text.as_deref().unwrap_or("\0"));
        }
        for (kind, list) in [(b'c', &self.components), (b'k', &self.topics), (b'a', &self.addresses)] {
            for text in list {
                part(kind, text);
            }
        }
        for file in &self.files {
            for text in [&file.path, &file.title, &file.alt, &file.caption] {
                part(b'f', text);
            }
        }
        hash.finalize().into()
    }
}

/// A date, with its time if the source knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Only the day.
    Day(NaiveDate),
    /// An instant.
    At(DateTime<Utc>),
    /// A wall time of the site's zone.
    Local(NaiveDateTime),
}

impl When {
    /// Reads `2013-06-25`, RFC 3339 (`2013-06-25T10:30:00+02:00`), or a wall time without a zone
    /// (`2013-06-25T10:30`, `2013-06-25 10:30:00`). Years 1900 to 2199.
    ///
    /// Midnight, in whatever zone it is written, is how systems write that they know no time: a day, and the day that is
    /// written, which midnight in New York would not be in Brussels.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let when = NaiveDate::parse_from_str(text, "%Y-%m-%d")
            .ok()
            .filter(|_| text.len() == 10)
            .map(When::Day)
            .or_else(|| {
                let at = DateTime::parse_from_rfc3339(text).ok()?;
                let wall = at.naive_local();
                Some(if wall.time() == NaiveTime::MIN { When::Day(wall.date()) } else { When::At(at.to_utc()) })
            })
            .or_else(|| {
                let wall = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
                    .iter()
                    .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())?;
                Some(if wall.time() == NaiveTime::MIN { When::Day(wall.date()) } else { When::Local(wall) })
            })
            .ok_or_else(|| format!("date: {:?} is no date (RFC 3339, or YYYY-MM-DD)", shortened(text)))?;
        let year = chrono::Datelike::year(&match when {
            When::Day(day) => day,
            When::At(at) => at.date_naive(),
            When::Local(wall) => wall.date(),
        });
        if (1900..2200).contains(&year) {
            Ok(when)
        } else {
            Err(format!("date: the year {year} is not of 1900 to 2199"))
        }
    }

    /// The instant that the site stores, and whether its time is known. A day without a time counts from its beginning
    /// in the site's zone: so the date in its address is the date that was written, and today's is not in the future.
    pub fn instant(self, zone: Tz) -> (DateTime<Utc>, bool) {
        match self {
            When::Day(day) => (clock::start_of_day(zone, day), false),
            When::At(at) => (at, true),
            When::Local(wall) => (clock::instant(zone, wall), true),
        }
    }

    /// The date in its address: the day that is written, or that of the instant in the site's zone.
    pub fn day(self, zone: Tz) -> NaiveDate {
        match self {
            When::Day(day) => day,
            When::Local(wall) => wall.date(),
            When::At(at) => at.with_timezone(&zone).date_naive(),
        }
    }
}

/// Why a piece of a file gave no record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Its id, if it could be read.
    pub id: Option<String>,
    /// For the person who made the file.
    pub reason: String,
}

/// The beginning of a text, for a message.
pub fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// One piece of a file: a record, or why it is none.
#[derive(Debug)]
pub struct Piece {
    /// The line that it begins at, 1 for the first.
    pub line: u64,
    /// What it says.
    pub record: Result<Record, Refusal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_the_day_that_is_written() {
        let zone = chrono_tz::Europe::Brussels;
        for (text, day, instant, time_known) in [
            ("2013-06-25", "2013-06-25", "2013-06-24T22:00:00Z", false),
            ("2013-06-25T00:00:00-04:00", "2013-06-25", "2013-06-24T22:00:00Z", false),
            ("2013-12-25T00:00:00+00:00", "2013-12-25", "2013-12-24T23:00:00Z", false),
            ("2013-12-25T00:00:00Z", "2013-12-25", "2013-12-24T23:00:00Z", false),
            ("2013-06-25T10:30:00+02:00", "2013-06-25", "2013-06-25T08:30:00Z", true),
            ("2013-06-25T23:30:00Z", "2013-06-26", "2013-06-25T23:30:00Z", true),
            ("2013-06-25T10:30", "2013-06-25", "2013-06-25T08:30:00Z", true),
            ("2013-06-25 10:30:15", "2013-06-25", "2013-06-25T08:30:15Z", true),
            (" 2000-02-29 ", "2000-02-29", "2000-02-28T23:00:00Z", false),
        ] {
            let when = When::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(when.day(zone).to_string(), day, "{text}");
            let expected = instant.parse::<DateTime<Utc>>().expect("an instant");
            assert_eq!(when.instant(zone), (expected, time_known), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said() {
        for text in [
            "2012-06-25-",
            "",
            "25/06/2012",
            "2012-06-31",
            "2012-6-5",
            "1812-06-25",
            "2999-01-01",
            "yesterday",
            "20120625",
        ] {
            assert!(When::parse(text).is_err(), "{text}");
        }
    }
}
