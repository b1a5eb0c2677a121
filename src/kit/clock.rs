//! Time: the database's clock decides, the site's zone shows it.
//!
//! What is public, due or expired is asked of `site_now()` in SQL. Process clocks measure durations only.

use chrono::{DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use diesel::sql_types::Timestamptz;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use super::role;

diesel::define_sql_function! {
    /// The instant that decides, by the database's clock.
    fn site_now() -> Timestamptz;
}

/// The instant that decides what is public, due or expired: the database's, the same throughout a transaction.
pub async fn now(conn: &mut AsyncPgConnection) -> QueryResult<DateTime<Utc>> {
    diesel::select(site_now()).get_result(conn).await
}

/// Gives this database a clock that can be set. Only for a test or a demo: it replaces `site_now()`, which needs the
/// owner of the database, and there is no way back but a new database.
pub async fn make_shiftable(conn: &mut AsyncPgConnection) -> QueryResult<()> {
    conn.batch_execute(
        "CREATE TABLE IF NOT EXISTS site_clock (
             only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
             shift interval NOT NULL DEFAULT '0', frozen_at timestamptz);
         INSERT INTO site_clock DEFAULT VALUES ON CONFLICT DO NOTHING;
         CREATE OR REPLACE FUNCTION site_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS
             'SELECT coalesce(frozen_at, now() + shift) FROM site_clock';",
    )
    .await?;
    role::grant(conn).await
}

/// Stops a shiftable clock at `at`.
pub async fn freeze(conn: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query("UPDATE site_clock SET frozen_at = $1").bind::<Timestamptz, _>(at).execute(conn).await.map(drop)
}

/// Lets a shiftable clock run on from `at`.
pub async fn run_from(conn: &mut AsyncPgConnection, at: DateTime<Utc>) -> QueryResult<()> {
    diesel::sql_query("UPDATE site_clock SET frozen_at = NULL, shift = $1 - now()")
        .bind::<Timestamptz, _>(at)
        .execute(conn)
        .await
        .map(drop)
}

/// Whether this database's clock can be shifted: a test's or a demo's.
pub async fn is_shiftable(conn: &mut AsyncPgConnection) -> QueryResult<bool> {
    diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>("to_regclass('site_clock') IS NOT NULL"))
        .get_result(conn)
        .await
}

/// The one instant of a local wall time: the earlier of a doubled hour, the end of the gap for a skipped one.
///
/// So a slot at 02:30 happens once on each day of the year, whatever summer time does (PROMISES I-9).
pub fn instant(zone: Tz, local: NaiveDateTime) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => at.to_utc(),
        LocalResult::Ambiguous(first, second) => first.min(second).to_utc(),
        LocalResult::None => {
            // No zone skips more than a day; the first minute that exists again ends the gap.
            (1..=24 * 60)
                .find_map(|minutes| {
                    zone.from_local_datetime(&(floor_to_minute(local) + Duration::minutes(minutes))).earliest()
                })
                .map_or_else(|| Utc.from_utc_datetime(&local), |at| at.to_utc())
        }
    }
}

/// What instant a local wall time is, where somebody typed it and can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    /// Like nearly all.
    Once(DateTime<Utc>),
    /// Summer time skips it.
    Skipped,
    /// Summer time's end repeats it: the earlier and the later one.
    Twice(DateTime<Utc>, DateTime<Utc>),
}

/// As [`instant`], without deciding anything.
pub fn wall(zone: Tz, local: NaiveDateTime) -> Wall {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Wall::Once(at.to_utc()),
        LocalResult::Ambiguous(one, other) => Wall::Twice(one.min(other).to_utc(), one.max(other).to_utc()),
        LocalResult::None => Wall::Skipped,
    }
}

fn floor_to_minute(local: NaiveDateTime) -> NaiveDateTime {
    local - Duration::seconds(i64::from(chrono::Timelike::second(&local)))
}

/// Midnight at which `day` begins in the zone.
pub fn start_of_day(zone: Tz, day: NaiveDate) -> DateTime<Utc> {
    instant(zone, day.and_time(NaiveTime::MIN))
}

/// A calendar month, `2026-11` in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Month {
    first: NaiveDate,
}

impl Month {
    /// The month that `day` is in.
    pub fn of(day: NaiveDate) -> Self {
        Self { first: day.with_day(1).unwrap_or(day) }
    }

    /// From `2026-11`; years 1900 to 2199.
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        if year.len() != 4 || month.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
            return None;
        }
        let year = year.parse().ok().filter(|year| (1900..2200).contains(year))?;
        NaiveDate::from_ymd_opt(year, month.parse().ok()?, 1).map(|first| Self { first })
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.first
    }

    /// The first day of the next month.
    pub fn next_first_day(self) -> NaiveDate {
        self.first.checked_add_months(chrono::Months::new(1)).unwrap_or(NaiveDate::MAX)
    }

    /// Its instants in the zone: from the first, up to and without the second.
    pub fn bounds(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        (start_of_day(zone, self.first), start_of_day(zone, self.next_first_day()))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.first.format("%Y-%m"))
    }
}

/// A calendar year, `2026` in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Year(i32);

impl Year {
    /// The year that `day` is in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.year())
    }

    /// From `2026`; 1900 to 2199.
    pub fn parse(text: &str) -> Option<Self> {
        let fine = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|year| fine && (1900..2200).contains(year)).map(Self)
    }

    /// Its number.
    pub fn number(self) -> i32 {
        self.0
    }

    /// Its instants in the zone: from the first, up to and without the second.
    pub fn bounds(self, zone: Tz) -> (DateTime<Utc>, DateTime<Utc>) {
        let first = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MAX);
        (start_of_day(zone, first(self.0)), start_of_day(zone, first(self.0 + 1)))
    }
}

impl std::fmt::Display for Year {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a local time")
    }

    #[test]
    fn a_skipped_hour_ends_the_gap_and_a_doubled_one_comes_first() {
        let zone = chrono_tz::Europe::Brussels;
        for (at, expected) in [
            ("2026-03-29 02:30", "2026-03-29T01:00:00Z"),
            ("2026-03-29 03:00", "2026-03-29T01:00:00Z"),
            ("2026-10-25 02:30", "2026-10-25T00:30:00Z"),
            ("2026-10-25 03:00", "2026-10-25T02:00:00Z"),
            ("2026-11-20 13:00", "2026-11-20T12:00:00Z"),
            ("2026-07-20 13:00", "2026-07-20T11:00:00Z"),
        ] {
            assert_eq!(instant(zone, local(at)), expected.parse::<DateTime<Utc>>().expect("an instant"), "{at}");
        }
    }

    #[test]
    fn what_a_wall_shows_may_be_once_never_or_twice() {
        let zone = chrono_tz::Europe::Brussels;
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        assert_eq!(wall(zone, local("2026-03-29 02:30")), Wall::Skipped);
        assert_eq!(wall(zone, local("2026-11-20 13:00")), Wall::Once(at("2026-11-20T12:00:00Z")));
        assert_eq!(
            wall(zone, local("2026-10-25 02:30")),
            Wall::Twice(at("2026-10-25T00:30:00Z"), at("2026-10-25T01:30:00Z"))
        );
    }

    #[test]
    fn months_are_read_strictly() {
        assert_eq!(Month::parse("2026-11").map(|m| m.to_string()), Some("2026-11".into()));
        for wrong in ["2026-13", "2026-1", "26-11", "2026-00", "1899-12", "+026-11", "2026-11-01", ""] {
            assert_eq!(Month::parse(wrong), None, "{wrong}");
        }
    }
}
