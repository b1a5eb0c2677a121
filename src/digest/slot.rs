//! When digests fall due: local times of the site's zone, each of them one instant on every day of the year.

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use crate::kit::clock;
use crate::kit::config::Settings;
use crate::subscription::rhythm::{Frequency, Rhythm};

/// How far a slot may be away: the settings allow no week without a day that has one, and no more than two hundred dates
/// beside.
const FURTHEST: [u64; 3] = [4, 40, 1500];

/// The slots of the local days around `at`, some days before and after it.
fn around(settings: &Settings, at: DateTime<Utc>, before: u64, after: u64) -> Vec<DateTime<Utc>> {
    let today = at.with_timezone(&settings.zone).date_naive();
    let first = today.checked_sub_days(Days::new(before)).unwrap_or(today);
    let mut instants: Vec<DateTime<Utc>> = first
        .iter_days()
        .take(usize::try_from(before + after + 1).unwrap_or(usize::MAX))
        .filter(|day| !settings.days_off.holds(*day))
        .flat_map(|day| settings.slots.iter().map(move |slot| clock::instant(settings.zone, day.and_time(*slot))))
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
    // A day is skipped by a zone once in a century (Samoa, 2011): four days hold three at least, unless they are days off.
    FURTHEST
        .into_iter()
        .find_map(|days| around(settings, at, 0, days).into_iter().filter(|slot| *slot > at).nth(n))
        .expect("there is a slot within some years")
}

/// The last slot at or before `at`.
pub fn last(settings: &Settings, at: DateTime<Utc>) -> DateTime<Utc> {
    FURTHEST
        .into_iter()
        .find_map(|days| around(settings, at, days, 0).into_iter().rfind(|slot| *slot <= at))
        .expect("there was a slot within some years")
}

/// All slots after `after`, up to and including `up_to`; two spans that touch share none and leave none out.
pub fn within(settings: &Settings, after: DateTime<Utc>, up_to: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let days = u64::try_from((up_to - after).num_days()).unwrap_or(0) + 1;
    around(settings, up_to, days, 0).into_iter().filter(|slot| *slot > after && *slot <= up_to).collect()
}

/// Who is told at a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The site's times that it is, as subscriptions have them; two in a skipped hour.
    pub times: Vec<String>,
    /// It is the first of its day: whoever is told once a day.
    pub daily: bool,
    /// It is the first from the weekly day on: whoever is told once a week.
    pub weekly: bool,
}

/// Who is told at that slot.
pub fn told(settings: &Settings, slot: DateTime<Utc>) -> Told {
    let zone = settings.zone;
    let day = slot.with_timezone(&zone).date_naive();
    let is_it = |time: &&NaiveTime| clock::instant(zone, day.and_time(**time)) == slot;
    let back = (day.weekday().num_days_from_monday() + 7 - settings.weekly_on.num_days_from_monday()) % 7;
    let weekly_from = day.checked_sub_days(Days::new(u64::from(back))).unwrap_or(day);
    // What falls on a day off is told at the first slot after it.
    let is_first_since = |day: NaiveDate| {
        let before = clock::start_of_day(zone, day) - TimeDelta::microseconds(1);
        next(settings, before) == slot
    };
    Told {
        times: settings.slots.iter().filter(is_it).map(|time| time.format("%H:%M").to_string()).collect(),
        daily: is_first_since(day),
        weekly: is_first_since(weekly_from),
    }
}

/// The slot at which somebody of that frequency is told of what was announced at `at`.
pub fn expected(settings: &Settings, frequency: Frequency, at: DateTime<Utc>) -> DateTime<Utc> {
    let just_before = at - TimeDelta::microseconds(1);
    match frequency {
        Frequency::AtOnce | Frequency::PressList => at,
        Frequency::Slots => next(settings, just_before),
        Frequency::Daily => first_told(settings, just_before, |told| told.daily),
        Frequency::Weekly => first_told(settings, just_before, |told| told.weekly),
    }
}

/// The first slot after `at` at which somebody of that rhythm is told; none for whoever is told at once.
pub fn next_for(settings: &Settings, rhythm: &Rhythm, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let times: Vec<String> =
        rhythm.among(&settings.slots).iter().map(|time| time.format("%H:%M").to_string()).collect();
    match rhythm.frequency() {
        Frequency::AtOnce | Frequency::PressList => None,
        Frequency::Slots => Some(first_told(settings, at, |told| told.times.iter().any(|time| times.contains(time)))),
        Frequency::Daily => Some(first_told(settings, at, |told| told.daily)),
        Frequency::Weekly => Some(first_told(settings, at, |told| told.weekly)),
    }
}

fn first_told(settings: &Settings, after: DateTime<Utc>, is_it: impl Fn(&Told) -> bool) -> DateTime<Utc> {
    let mut slot = next(settings, after);
    // At most a week of slots, and as many days off as there may be.
    while !is_it(&told(settings, slot)) {
        slot = next(settings, slot);
    }
    slot
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;
    use chrono::{Duration, NaiveDate};

    fn settings(slots: &str) -> Settings {
        with_days_off(slots, "")
    }

    fn with_days_off(slots: &str, off: &str) -> Settings {
        let mut source = Source::default();
        source.default_to("COMMUNIQUE_SLOTS", slots);
        source.default_to("COMMUNIQUE_DAYS_OFF", off);
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

    #[test]
    fn days_off_have_no_slot_and_the_next_day_tells_of_them() {
        let settings = with_days_off("09:00,13:00", "sat,sun,2026-12-28,12-25");
        for (after, expected) in [
            ("2026-11-20T12:00:00Z", "2026-11-23T08:00:00Z"),
            ("2026-12-24T12:00:00Z", "2026-12-29T08:00:00Z"),
            ("2027-12-24T12:00:00Z", "2027-12-27T08:00:00Z"),
        ] {
            assert_eq!(next(&settings, at(after)), at(expected), "{after}");
            assert_eq!(last(&settings, at(expected) - Duration::seconds(1)), at(after), "{expected}");
        }
        let far = with_days_off(
            "09:00",
            "mon,tue,wed,thu,fri,sat,2026-11-22,2026-11-29,2026-12-06,2026-12-13,2026-12-20,12-27",
        );
        assert_eq!(next(&far, at("2026-11-20T12:00:00Z")), at("2027-01-03T08:00:00Z"));
    }

    #[test]
    fn once_a_day_is_at_its_first_slot_and_once_a_week_at_the_first_from_monday_on() {
        let settings = with_days_off("09:00,13:00,17:00", "2026-11-30,sun");
        for (slot, times, daily, weekly) in [
            ("2026-11-23T08:00:00Z", "09:00", true, true),
            ("2026-11-23T12:00:00Z", "13:00", false, false),
            ("2026-11-24T08:00:00Z", "09:00", true, false),
            // Monday the 30th is a day off: Tuesday tells for the week.
            ("2026-12-01T08:00:00Z", "09:00", true, true),
            ("2026-12-02T08:00:00Z", "09:00", true, false),
            // Summer time begins on a Sunday; the Monday after it has its slot an hour earlier by UTC.
            ("2026-03-30T07:00:00Z", "09:00", true, true),
        ] {
            let told = told(&settings, at(slot));
            assert_eq!((told.times.join(" ").as_str(), told.daily, told.weekly), (times, daily, weekly), "{slot}");
        }
        let skipped = self::told(&self::settings("02:10,02:50"), at("2026-03-29T01:00:00Z"));
        assert_eq!(skipped.times, ["02:10", "02:50"], "both are that instant");
        assert!(skipped.daily);
    }

    #[test]
    fn each_frequency_has_one_slot_for_each_instant() {
        let settings = settings("09:00,13:00,17:00");
        for (announced, slots, daily, weekly) in [
            ("2026-11-20T08:30:00Z", "2026-11-20T12:00:00Z", "2026-11-21T08:00:00Z", "2026-11-23T08:00:00Z"),
            ("2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z", "2026-11-21T08:00:00Z", "2026-11-23T08:00:00Z"),
            ("2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z"),
            ("2026-11-23T08:00:01Z", "2026-11-23T12:00:00Z", "2026-11-24T08:00:00Z", "2026-11-30T08:00:00Z"),
        ] {
            for (frequency, expected) in [
                (Frequency::Slots, slots),
                (Frequency::Daily, daily),
                (Frequency::Weekly, weekly),
                (Frequency::AtOnce, announced),
            ] {
                assert_eq!(
                    super::expected(&settings, frequency, at(announced)),
                    at(expected),
                    "{frequency}, {announced}"
                );
            }
        }
    }
}
