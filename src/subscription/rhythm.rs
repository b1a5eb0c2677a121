//! How often a subscription is told, and of a pause.
//!
//! A rhythm only says when: what is told follows from the subscription's cursor (DESIGN §6), so that a change of rhythm
//! neither skips nor repeats anything. A pause is the one thing that moves a cursor without a mail: at its end what was
//! missed is passed over, unless the person asked for it.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveTime, Utc};
use serde::{Deserialize, Serialize};

use crate::text_enum;

text_enum! {
    /// How often.
    pub enum Frequency {
        /// As soon as it is public.
        AtOnce = "at_once",
        /// At the slots of the site, or at some of them.
        Slots = "slots",
        /// At the first slot of a day.
        Daily = "daily",
        /// At the first slot of a week.
        Weekly = "weekly",
        /// When a release is sent to the press list that its filter names; nobody chooses that for themselves.
        PressList = "press_list",
    }
}

/// A frequency that a person can choose, with its slots.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Rhythm {
    frequency: Frequency,
    /// In order, each once; none: every slot that the site has.
    slots: Option<Vec<NaiveTime>>,
}

/// What is no rhythm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("none of at-once, slots, slots:09:00+17:00, daily, weekly")]
pub struct NoRhythm;

impl Default for Rhythm {
    fn default() -> Self {
        Self::EVERY_SLOT
    }
}

impl Rhythm {
    /// At each slot: what somebody gets who chooses nothing.
    pub const EVERY_SLOT: Self = Self { frequency: Frequency::Slots, slots: None };

    /// Of a frequency that has no slots of its own, or of all slots; none of a press list's.
    pub fn of(frequency: Frequency) -> Option<Self> {
        (frequency != Frequency::PressList).then_some(Self { frequency, slots: None })
    }

    /// At some slots; none of them: no rhythm.
    pub fn at(mut slots: Vec<NaiveTime>) -> Option<Self> {
        slots.sort();
        slots.dedup();
        (!slots.is_empty()).then_some(Self { frequency: Frequency::Slots, slots: Some(slots) })
    }

    /// As a row has it. Slots that cannot be read are all of them.
    pub fn stored(frequency: Frequency, slots: Option<Vec<String>>) -> Self {
        let times = slots.map(|slots| slots.iter().filter_map(|slot| time(slot)).collect::<Vec<_>>());
        match times.and_then(Self::at) {
            Some(rhythm) if frequency == Frequency::Slots => rhythm,
            _ => Self { frequency, slots: None },
        }
    }

    /// How often.
    pub fn frequency(&self) -> Frequency {
        self.frequency
    }

    /// The chosen slots; none: all of them.
    pub fn slots(&self) -> Option<&[NaiveTime]> {
        self.slots.as_deref()
    }

    /// The chosen slots as the row has them.
    pub fn stored_slots(&self) -> Option<Vec<String>> {
        self.slots.as_ref().map(|slots| slots.iter().map(|slot| slot.format("%H:%M").to_string()).collect())
    }

    /// Of the slots that the site has now, those at which this one is told. Where the site has none of the chosen ones
    /// any more, each of its own: nobody is forgotten because hours were moved. Empty for other frequencies.
    pub fn among(&self, site: &[NaiveTime]) -> Vec<NaiveTime> {
        if self.frequency != Frequency::Slots {
            return Vec::new();
        }
        let chosen: Vec<NaiveTime> = match &self.slots {
            Some(slots) => site.iter().copied().filter(|slot| slots.contains(slot)).collect(),
            None => Vec::new(),
        };
        if chosen.is_empty() { site.to_vec() } else { chosen }
    }
}

/// `at-once`, `slots`, `slots:09:00+17:00`, `daily`, `weekly`: as forms and lists have it (DESIGN §10).
impl fmt::Display for Rhythm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.frequency {
            Frequency::AtOnce => "at-once",
            Frequency::Slots => "slots",
            Frequency::Daily => "daily",
            Frequency::Weekly => "weekly",
            Frequency::PressList => "press-list",
        })?;
        if let Some(slots) = self.stored_slots() {
            write!(f, ":{}", slots.join("+"))?;
        }
        Ok(())
    }
}

impl FromStr for Rhythm {
    type Err = NoRhythm;

    fn from_str(text: &str) -> Result<Self, NoRhythm> {
        let of = |frequency| Ok(Self { frequency, slots: None });
        match text {
            "at-once" => of(Frequency::AtOnce),
            "slots" => of(Frequency::Slots),
            "daily" => of(Frequency::Daily),
            "weekly" => of(Frequency::Weekly),
            _ => {
                let slots = text.strip_prefix("slots:").ok_or(NoRhythm)?;
                let slots = slots.split('+').map(time).collect::<Option<Vec<_>>>().ok_or(NoRhythm)?;
                Self::at(slots).ok_or(NoRhythm)
            }
        }
    }
}

impl TryFrom<String> for Rhythm {
    type Error = NoRhythm;

    fn try_from(text: String) -> Result<Self, NoRhythm> {
        text.parse()
    }
}

impl From<Rhythm> for String {
    fn from(rhythm: Rhythm) -> Self {
        rhythm.to_string()
    }
}

/// `09:00`, and no other spelling of it.
pub fn time(text: &str) -> Option<NaiveTime> {
    let time = NaiveTime::parse_from_str(text, "%H:%M").ok()?;
    (time.format("%H:%M").to_string() == text).then_some(time)
}

/// From when until when nothing is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// From that instant on.
    pub from: DateTime<Utc>,
    /// Up to and without that one; none: until it is resumed.
    pub until: Option<DateTime<Utc>>,
    /// What was missed comes when it is over.
    pub catch_up: bool,
}

impl Pause {
    /// Whether it holds at that instant: SQL's `is_paused` says the same.
    pub fn holds(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rhythm_is_written_in_one_way() {
        for text in ["at-once", "slots", "slots:09:00", "slots:09:00+17:00", "daily", "weekly"] {
            let rhythm: Rhythm = text.parse().expect(text);
            assert_eq!(rhythm.to_string(), text);
            assert_eq!(Rhythm::stored(rhythm.frequency(), rhythm.stored_slots()), rhythm);
        }
        assert_eq!(
            "slots:17:00+09:00+17:00".parse::<Rhythm>().map(|rhythm| rhythm.to_string()),
            Ok("slots:09:00+17:00".into())
        );
        for wrong in [
            "",
            "hourly",
            "slots:",
            "slots:9:00",
            "slots:24:00",
            "slots:09:00,17:00",
            "daily:09:00",
            "press-list",
            "Slots",
        ] {
            assert_eq!(wrong.parse::<Rhythm>(), Err(NoRhythm), "{wrong}");
        }
    }

    #[test]
    fn chosen_slots_are_those_that_the_site_still_has() {
        let times = |text: &str| text.split_whitespace().map(|text| time(text).expect("a time")).collect::<Vec<_>>();
        let site = times("09:00 13:00 17:00");
        for (rhythm, expected) in [
            ("slots", "09:00 13:00 17:00"),
            ("slots:13:00", "13:00"),
            ("slots:08:00+17:00", "17:00"),
            ("slots:08:00", "09:00 13:00 17:00"),
            ("daily", ""),
        ] {
            assert_eq!(rhythm.parse::<Rhythm>().expect(rhythm).among(&site), times(expected), "{rhythm}");
        }
    }

    #[test]
    fn a_pause_holds_from_its_first_instant_up_to_its_last() {
        let at = |hour: u32| DateTime::from_timestamp(1_795_780_800 + i64::from(hour) * 3600, 0).expect("an instant");
        let pause = Pause { from: at(2), until: Some(at(4)), catch_up: false };
        assert_eq!([1, 2, 3, 4].map(|hour| pause.holds(at(hour))), [false, true, true, false]);
        let open = Pause { until: None, ..pause };
        assert_eq!([1, 2, 9].map(|hour| open.holds(at(hour))), [false, true, true]);
    }
}
