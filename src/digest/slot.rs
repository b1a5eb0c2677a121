//! When digests fall due: local times of the site's zone, each of them one instant on every day of the year.

use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::kit::clock;
use crate::kit::config::Settings;

/// The slots of one local day around `at`, some days before and after it.
fn around(slots: &[NaiveTime], zone: Tz, at: DateTime<Utc>, before: u64, after: u64) -> Vec<DateTime<Utc>> {
    let today = at.with_timezone(&zone).date_naive();
    let first = today.checked_sub_days(Days::new(before)).unwrap_or(today);
    let mut instants: Vec<DateTime<Utc>> = first
        .iter_days()
        .take(usize::try_from(before + after + 1).unwrap_or(usize::MAX))
        .flat_map(|day| slots.iter().map(move |slot| clock::instant(zone, day.and_time(*slot))))
        .collect();
    // Two times within a skipped hour are one instant: one slot.
    instants.sort();
    instants.dedup();
    instants
}

/// The first slot after `at`.
pub fn next(settings: &Settings, at: DateTime<Utc>) -> DateTime<Utc> {
    nth(settings, at, 0)
}

/// The slot after the first one after `at`: until then it is tried to hand over what fell due at `at`.
pub fn next_but_one(settings: &Settings, at: DateTime<Utc>) -> DateTime<Utc> {
    nth(settings, at, 1)
}

fn nth(settings: &Settings, at: DateTime<Utc>, n: usize) -> DateTime<Utc> {
    // A day is skipped by a zone once in a century (Samoa, 2011): four days hold three at least.
    around(&settings.slots, settings.zone, at, 0, 4)
        .into_iter()
        .filter(|slot| *slot > at)
        .nth(n)
        .expect("there is at least one slot on each day")
}

/// The last slot at or before `at`.
pub fn last(settings: &Settings, at: DateTime<Utc>) -> DateTime<Utc> {
    around(&settings.slots, settings.zone, at, 4, 0)
        .into_iter()
        .rfind(|slot| *slot <= at)
        .expect("there is at least one slot on each day")
}

/// All slots after `after`, up to and including `up_to`; two spans that touch share none and leave none out.
pub fn within(settings: &Settings, after: DateTime<Utc>, up_to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let days = u64::try_from((up_to - after).num_days()).unwrap_or(0) + 1;
    around(&settings.slots, settings.zone, up_to, days, 0)
        .into_iter()
        .filter(|slot| *slot > after && *slot <= up_to)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;
    use chrono::{Duration, NaiveDate};

    fn settings(slots: &str) -> Settings {
        let mut source = Source::default();
        source.default_to("COMMUNIQUE_SLOTS", slots);
        Settings::understand(&source).expect("settings")
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn slots_follow_the_wall_on_days_of_23_and_25_hours() {
        let settings = settings("09:00,13:00,17:00");
        for (after, expected) in [
            ("2026-11-20T11:59:59Z", "2026-11-20T12:00:00Z"),
            ("2026-11-20T12:00:00Z", "2026-11-20T16:00:00Z"),
            ("2026-11-20T16:00:00Z", "2026-11-21T08:00:00Z"),
            ("2026-03-28T16:00:00Z", "2026-03-29T07:00:00Z"),
            ("2026-10-24T15:00:00Z", "2026-10-25T08:00:00Z"),
        ] {
            assert_eq!(next(&settings, at(after)), at(expected), "{after}");
        }
        assert_eq!(next_but_one(&settings, at("2026-11-20T12:00:00Z")), at("2026-11-21T08:00:00Z"));
        assert_eq!(last(&settings, at("2026-11-20T12:00:00Z")), at("2026-11-20T12:00:00Z"));
        assert_eq!(last(&settings, at("2026-11-20T07:59:59Z")), at("2026-11-19T16:00:00Z"));
    }

    #[test]
    fn a_year_has_each_slot_of_each_day_exactly_once() {
        // 02:30 does not exist on one day of the year and exists twice on another; so do 02:00 and 02:59.
        for slots in ["09:00,13:00,17:00", "02:30", "00:00,23:59"] {
            let settings = settings(slots);
            let start = at("2025-12-31T22:59:00Z");
            let end = at("2026-12-31T22:59:00Z");
            let all = within(&settings, start, end);
            assert_eq!(all.len(), 365 * settings.slots.len(), "{slots}");
            // The same slots, walked one by one and in spans that touch.
            let mut walked = Vec::new();
            let mut from = start;
            while next(&settings, from) <= end {
                from = next(&settings, from);
                walked.push(from);
            }
            assert_eq!(walked, all);
            let mut spans = Vec::new();
            let mut from = start;
            while from < end {
                let to = (from + Duration::minutes(437)).min(end);
                spans.extend(within(&settings, from, to));
                from = to;
            }
            assert_eq!(spans, all);
        }
    }

    #[test]
    fn two_times_in_a_skipped_hour_are_one_slot() {
        let settings = settings("02:10,02:50");
        let day = |text| clock::start_of_day(settings.zone, NaiveDate::parse_from_str(text, "%F").expect("a day"));
        assert_eq!(within(&settings, day("2026-03-29"), day("2026-03-30")), [at("2026-03-29T01:00:00Z")]);
        assert_eq!(within(&settings, day("2026-10-25"), day("2026-10-26")).len(), 2);
    }
}
