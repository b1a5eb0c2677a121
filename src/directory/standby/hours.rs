//! A cell of the rota: the hours of one day, as one types them.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;

use crate::kit::clock;

/// Minutes of a day.
const DAY: u16 = 24 * 60;

/// From a minute of the day until a later one, of the next day perhaps; 24 hours at most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    from: u16,
    until: u16,
}

/// Why a cell is no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoHours {
    /// It cannot be read.
    Unreadable,
    /// Two of its spans overlap.
    Overlap,
}

impl Span {
    /// From and until as minutes of the day; an end that is not after its beginning is of the next day.
    pub fn new(from: u16, until: u16) -> Option<Self> {
        if from >= DAY || until > DAY {
            return None;
        }
        Some(Self { from, until: if until > from { until } else { until + DAY } })
    }

    /// Of hours like `9`, `09:30`, `9.30`, `9h30`, `24`.
    pub fn of_hours(from: &str, until: &str) -> Option<Self> {
        Self::new(minute(from)?, minute(until)?)
    }

    /// Of a shift, by the wall clock; none if it is longer than what a cell can say.
    pub fn of(zone: Tz, starts_at: DateTime<Utc>, ends_at: DateTime<Utc>) -> Option<(NaiveDate, Self)> {
        let (from, until) = (starts_at.with_timezone(&zone).naive_local(), ends_at.with_timezone(&zone).naive_local());
        let minutes = |time: NaiveTime| u16::try_from(time.num_seconds_from_midnight() / 60).unwrap_or_default();
        let days = (until.date() - from.date()).num_days();
        let until = match days {
            0 => minutes(until.time()),
            1 => minutes(until.time()) + DAY,
            _ => return None,
        };
        let from_minute = minutes(from.time());
        let span = Self { from: from_minute, until };
        (until > from_minute && until - from_minute <= DAY).then_some((from.date(), span))
    }

    /// Whether some of it is some of the other, both of one day.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.until && other.from < self.until
    }

    /// Its instants on that day.
    pub fn on(self, zone: Tz, day: NaiveDate) -> (DateTime<Utc>, DateTime<Utc>) {
        let at = |minute: u16| {
            let day = day.checked_add_days(Days::new(u64::from(minute / DAY))).unwrap_or(day);
            let minute = u32::from(minute % DAY);
            let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or_default();
            clock::instant(zone, day.and_time(time))
        };
        (at(self.from), at(self.until))
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let hour = |minute: u16| match minute % 60 {
            0 => format!("{}", minute / 60),
            rest => format!("{}:{rest:02}", minute / 60),
        };
        let until = if self.until > DAY { self.until - DAY } else { self.until };
        write!(f, "{}-{}", hour(self.from), hour(until))
    }
}

fn minute(text: &str) -> Option<u16> {
    let text = text.trim().to_ascii_lowercase();
    let text = text.strip_suffix("uur").or_else(|| text.strip_suffix("uhr")).unwrap_or(&text).trim();
    let (hour, minute) = match text.split_once([':', '.', 'h']) {
        Some((hour, "")) => (hour, "0"),
        Some((hour, minute)) if minute.len() == 2 => (hour, minute),
        Some(_) => return None,
        None => (text, "0"),
    };
    let number = |part: &str| {
        (!part.is_empty() && part.len() <= 2 && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute)?);
    let all = hour * 60 + minute;
    (minute < 60 && all <= DAY).then_some(all)
}

/// The spans of a cell, in their order; none of an empty one.
///
/// # Errors
/// What is no hours, or overlaps within the day.
pub fn read(text: &str) -> Result<Vec<Span>, NoHours> {
    let mut spans = Vec::new();
    for part in text.split([',', ';', '+']).map(str::trim).filter(|part| !part.is_empty()) {
        let (from, until) = part.split_once(['-', '–', '—']).ok_or(NoHours::Unreadable)?;
        spans.push(Span::of_hours(from, until).ok_or(NoHours::Unreadable)?);
    }
    spans.sort();
    if spans.windows(2).any(|pair| pair[0].until > pair[1].from) {
        return Err(NoHours::Overlap);
    }
    Ok(spans)
}

/// The cell of those spans, as [`read`] takes it.
pub fn written(spans: &[Span]) -> String {
    spans.iter().map(Span::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_read_as_it_is_typed_and_shown_one_way() {
        for (typed, shown) in [
            ("", Some("")),
            ("9-18", Some("9-18")),
            ("09:00 – 18:00", Some("9-18")),
            ("9h-17h30", Some("9-17:30")),
            ("9.30 uur - 17 uur", Some("9:30-17")),
            ("18-8", Some("18-8")),
            ("0-24", Some("0-24")),
            ("8-8", Some("8-8")),
            ("14-18, 9-12", Some("9-12, 14-18")),
            ("9-12+12-14", Some("9-12, 12-14")),
            ("9-12, 18-0", Some("9-12, 18-24")),
            ("9-12, 11-14", None),
            ("18-8, 20-22", None),
            ("9", None),
            ("9-", None),
            ("25-26", None),
            ("9-18:7", None),
            ("9:60-18", None),
            ("neuf-dix", None),
            ("-9-18", None),
        ] {
            assert_eq!(read(typed).ok().map(|spans| written(&spans)).as_deref(), shown, "{typed:?}");
            if let Some(shown) = shown {
                assert_eq!(read(shown).map(|spans| written(&spans)).as_deref(), Ok(shown));
            }
        }
        assert_eq!(read("9-12, 11-14"), Err(NoHours::Overlap));
        assert_eq!(read("x"), Err(NoHours::Unreadable));
    }

    #[test]
    fn hours_are_the_wall_clocks_in_the_nights_that_change_it() {
        let zone = chrono_tz::Europe::Brussels;
        for (day, cell, starts, ends) in [
            ("2026-11-20", "9-18", "2026-11-20T08:00:00Z", "2026-11-20T17:00:00Z"),
            ("2026-11-20", "18-8", "2026-11-20T17:00:00Z", "2026-11-21T07:00:00Z"),
            // The night is an hour shorter, then an hour longer.
            ("2026-03-28", "18-8", "2026-03-28T17:00:00Z", "2026-03-29T06:00:00Z"),
            ("2026-10-24", "18-8", "2026-10-24T16:00:00Z", "2026-10-25T07:00:00Z"),
            ("2026-03-29", "0-24", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ] {
            let day: NaiveDate = day.parse().expect("a day");
            let span = read(cell).expect("hours")[0];
            let (from, until) = span.on(zone, day);
            let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
            assert_eq!((from, until), (at(starts), at(ends)), "{day} {cell}");
            assert_eq!(Span::of(zone, from, until), Some((day, span)), "{day} {cell} back");
        }
    }
}
