//! How fast mail is handed over: a rate over all, a rate for each domain, and a slow beginning for an address that is new.
//!
//! Durations only, by this process's clock: each process that sends keeps to the rates by itself. Over all, a sender waits
//! for its turn before it takes a delivery. By domain, who may not go yet is put off to the instant that is reserved for it,
//! so that a slow host keeps nobody else waiting, and nobody waits with a delivery in hand.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::NaiveDate;

use crate::ids::DeliveryId;
use crate::kit::config::{DomainRates, Settings};

/// A wait that is worth no second visit.
const BRIEF: Duration = Duration::from_millis(200);
/// The first day's part of the rate, of which each day gives the double.
const RAMP_UP_PARTS: f64 = 32.0;

/// The rates of a process, shared by its senders.
#[derive(Debug)]
pub struct Pace {
    rate: Option<u32>,
    ramp_up: Option<NaiveDate>,
    domains: DomainRates,
    state: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    /// The site's day, as a sender read it last.
    today: Option<NaiveDate>,
    /// The first turn that nobody has.
    next: Option<Instant>,
    by_domain: HashMap<String, Instant>,
    /// Turns that are kept for deliveries which were put off.
    reserved: HashMap<DeliveryId, Instant>,
}

/// When a delivery to a domain may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// After that wait, which is brief.
    Go(Duration),
    /// Not before that long; then it is its turn.
    PutOff(Duration),
}

impl Pace {
    /// As the settings have it.
    pub fn new(settings: &Settings) -> Self {
        Self {
            rate: settings.mail_rate,
            ramp_up: settings.mail_ramp_up,
            domains: settings.mail_domain_rates.clone(),
            state: Mutex::default(),
        }
    }

    /// Says which day it is for the site.
    pub fn is_day(&self, today: NaiveDate) {
        self.state().today = Some(today);
    }

    /// Takes the next turn of all; gives how long to wait for it from `now`.
    pub fn take_turn(&self, now: Instant) -> Duration {
        let mut state = self.state();
        let Some(per_second) = self.per_second(state.today) else { return Duration::ZERO };
        let mine = state.next.map_or(now, |next| next.max(now));
        state.next = Some(mine + Duration::from_secs_f64(1.0 / per_second));
        mine - now
    }

    /// Mails a second, on that day.
    fn per_second(&self, today: Option<NaiveDate>) -> Option<f64> {
        let rate = f64::from(self.rate?);
        Some(match (self.ramp_up, today) {
            (Some(first), Some(today)) => {
                let days = (today - first).num_days().clamp(0, 16);
                (rate / RAMP_UP_PARTS * 2_f64.powi(i32::try_from(days).unwrap_or(16))).min(rate)
            }
            // Nobody has asked the site's clock yet: slowly.
            (Some(_), None) => rate / RAMP_UP_PARTS,
            (None, _) => rate,
        })
    }

    /// When, from `now`, that delivery may go to that domain, in small letters.
    pub fn turn_of(&self, id: DeliveryId, domain: &str, now: Instant) -> Turn {
        let Some(rate) = self.domains.of(domain) else { return Turn::Go(Duration::ZERO) };
        let mut state = self.state();
        let (mine, is_new) = match state.reserved.remove(&id) {
            Some(mine) => (mine.max(now), false),
            None => (state.by_domain.get(domain).map_or(now, |next| (*next).max(now)), true),
        };
        if is_new {
            state.by_domain.insert(domain.to_owned(), mine + Duration::from_secs_f64(1.0 / f64::from(rate)));
        }
        let wait = mine - now;
        if wait <= BRIEF {
            return Turn::Go(wait);
        }
        state.reserved.insert(id, mine);
        Turn::PutOff(wait)
    }

    fn state(&self) -> MutexGuard<'_, Taken> {
        // What is in it is whole after each statement.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;

    fn pace(settings: &[(&'static str, &str)]) -> Pace {
        let mut source = Source::default();
        for (name, value) in settings {
            source.default_to(name, *value);
        }
        Pace::new(&Settings::understand(&source).expect("settings"))
    }

    #[test]
    fn turns_are_as_far_apart_as_the_rate_says() {
        let pace = pace(&[("COMMUNIQUE_MAIL_RATE", "50")]);
        let now = Instant::now();
        let waits: Vec<u128> = (0..5).map(|_| pace.take_turn(now).as_millis()).collect();
        assert_eq!(waits, [0, 20, 40, 60, 80]);
        // A pause is not saved up for a burst.
        let later = now + Duration::from_secs(60);
        let waits: Vec<u128> = (0..3).map(|_| pace.take_turn(later).as_millis()).collect();
        assert_eq!(waits, [0, 20, 40]);
        assert_eq!(self::pace(&[]).take_turn(now), Duration::ZERO);
    }

    #[test]
    fn a_new_address_begins_slowly() {
        let pace = pace(&[("COMMUNIQUE_MAIL_RATE", "320"), ("COMMUNIQUE_MAIL_RAMP_UP", "2026-12-01")]);
        for (day, per_second) in [
            (None, 10.0),
            (Some("2026-11-30"), 10.0),
            (Some("2026-12-01"), 10.0),
            (Some("2026-12-03"), 40.0),
            (Some("2026-12-06"), 320.0),
            (Some("2027-12-06"), 320.0),
        ] {
            let today = day.map(|day| day.parse().expect("a day"));
            assert_eq!(pace.per_second(today), Some(per_second), "{day:?}");
        }
    }

    #[test]
    fn a_slow_domain_keeps_no_other_waiting_and_each_of_its_mails_has_one_turn() {
        let pace = pace(&[("COMMUNIQUE_MAIL_DOMAIN_RATES", "slow.example=1")]);
        let begun = Instant::now();
        let turn = |id: i64, domain: &str, after: u64| {
            pace.turn_of(DeliveryId(id), domain, begun + Duration::from_secs(after))
        };
        let put_off = |seconds| Turn::PutOff(Duration::from_secs(seconds));
        assert_eq!(turn(1, "slow.example", 0), Turn::Go(Duration::ZERO));
        assert_eq!(turn(2, "slow.example", 0), put_off(1));
        assert_eq!(turn(3, "slow.example", 0), put_off(2));
        assert_eq!(turn(4, "other.example", 0), Turn::Go(Duration::ZERO));
        // Asked again too early it keeps its turn; at its time it goes, and takes no other.
        assert_eq!(turn(2, "slow.example", 0), put_off(1));
        assert_eq!(turn(2, "slow.example", 1), Turn::Go(Duration::ZERO));
        assert_eq!(turn(3, "slow.example", 2), Turn::Go(Duration::ZERO));
        assert_eq!(turn(5, "slow.example", 2), put_off(1));
    }
}
