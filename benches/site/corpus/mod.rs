//! An invented archive of any size: release `n` is a function of the seed and of `n` and of nothing else, so that a small
//! corpus is part of every larger one, and two machines measure the same texts.
//!
//! Lengths, languages, weekdays and issuers are spread as in an archive of a federal newsroom: most releases in French and
//! Dutch, Fridays' decisions of the Council at one instant, bodies of 2.5 kB with a long tail, institutions and topics by
//! Zipf's law. What it says is syllables.
//!
//! - `chance.rs` numbers by seed; `words.rs` vocabularies; `text.rs` titles, leads, bodies; `fill.rs` writes it all into a
//!   database.

pub mod chance;
pub mod fill;
mod text;
pub mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use communique::directory::Family;
use communique::directory::register::NewInstitution;
use communique::kit::clock;
use communique::kit::lang::{Lang, Texts};
use communique::release::model::LanguageVersion;

use self::chance::{Chance, Weighted};
use self::words::{Words, capitalized};

/// The zone of the invented site.
pub const ZONE: Tz = chrono_tz::Europe::Brussels;
/// The first day on which something may be published.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(2011, 1, 1).expect("a day");
/// How many days it spans: fifteen years, up to the end of 2025. Fixed, so that the corpus does not depend on today.
const DAYS: u64 = 5_479;
/// Institutions of the three families: Council, members of the government, federal institutions.
const INSTITUTIONS: [usize; 3] = [2, 24, 94];
/// Terms of the thematic vocabulary.
const TOPICS: usize = 40;

/// What purposes chance is drawn for.
const HEAD: u64 = u64::from_le_bytes(*b"head\0\0\0\0");
const TEXT: u64 = u64::from_le_bytes(*b"text\0\0\0\0");
const NOTE: u64 = u64::from_le_bytes(*b"note\0\0\0\0");

/// All there is to know before a release is written.
#[derive(Debug)]
pub struct Corpus {
    seed: u64,
    words: [Words; 4],
    any_day: Weighted,
    any_friday: Weighted,
    family: Weighted,
    of_family: [Weighted; 3],
    topic: Weighted,
}

/// Everything about a release but its texts; cheap to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Which one, from 0.
    pub number: u64,
    /// When it went public.
    pub published_at: DateTime<Utc>,
    /// In the order of [`Lang::ALL`]; at least one.
    pub languages: Vec<Lang>,
    /// Places in [`Corpus::institutions`], the lead first.
    pub issuers: Vec<usize>,
    /// Places in [`Corpus::topics`].
    pub topics: Vec<usize>,
    /// What happened to it since.
    pub fate: Fate,
}

/// What happened to a release after its publication, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    Untouched,
    /// A silent second revision.
    MinorCorrection(DateTime<Utc>),
    /// A second edition with a note.
    Corrected(DateTime<Utc>),
    /// Readable, under a notice.
    Withdrawn(DateTime<Utc>),
    /// Gone, with a notice.
    Unpublished(DateTime<Utc>),
}

impl Corpus {
    /// The corpus of a seed.
    pub fn new(seed: u64) -> Self {
        let day = |place: u64| FIRST_DAY + Days::new(place);
        Self {
            seed,
            words: Lang::ALL.map(|lang| Words::new(seed, lang)),
            any_day: Weighted::new((0..DAYS).map(|place| match day(place).weekday() {
                Weekday::Sat | Weekday::Sun => 0.08,
                Weekday::Fri => 1.25,
                _ => 1.0,
            })),
            any_friday: Weighted::new((0..DAYS).map(|place| match day(place) {
                // The Council does not meet in the summer holidays nor between the years.
                day if day.weekday() != Weekday::Fri => 0.0,
                day if day.month() == 8 || (day.month() == 12 && day.day() > 23) => 0.0,
                _ => 1.0,
            })),
            family: Weighted::new([0.24, 0.31, 0.45]),
            of_family: INSTITUTIONS.map(|count| Weighted::zipf(count, 2.0, 1.0)),
            topic: Weighted::zipf(TOPICS, 4.0, 0.9),
        }
    }

    /// The vocabulary of a language.
    pub fn words(&self, lang: Lang) -> &Words {
        &self.words[lang as usize]
    }

    /// Who issues releases; the first of each family issue most.
    pub fn institutions(&self) -> Vec<NewInstitution> {
        let titles = |family: Family, lang: Lang| match (family, lang) {
            (Family::Council, Lang::Fr) => "Conseil",
            (Family::Council, Lang::Nl) => "Raad",
            (Family::Council, Lang::De) => "Rat",
            (Family::Council, Lang::En) => "Council",
            (Family::Government, Lang::Fr) => "Cellule stratégique",
            (Family::Government, Lang::Nl) => "Beleidscel",
            (Family::Government, Lang::De) => "Strategiezelle",
            (Family::Government, Lang::En) => "Policy cell",
            (Family::Institutions, Lang::Fr) => "Service public",
            (Family::Institutions, Lang::Nl) => "Overheidsdienst",
            (Family::Institutions, Lang::De) => "Öffentlicher Dienst",
            (Family::Institutions, Lang::En) => "Public service",
        };
        let mut all = Vec::new();
        for (family, count) in Family::ALL.iter().zip(INSTITUTIONS) {
            for _ in 0..count {
                let place = all.len();
                let names: Texts = Lang::ALL
                    .map(|lang| (lang, format!("{} {}", titles(*family, lang), self.name(lang, 200 + place))))
                    .into_iter()
                    .collect();
                all.push(NewInstitution {
                    code: format!("{family}-{place}"),
                    family: *family,
                    names,
                    website: Some(format!("https://www.{family}-{place}.example/")),
                    four_eyes: *family == Family::Council,
                    announced: true,
                });
            }
        }
        all
    }

    /// The thematic vocabulary: code and names; the first are the most frequent.
    pub fn topics(&self) -> Vec<(String, Texts)> {
        (0..TOPICS)
            .map(|place| {
                let names = Lang::ALL.map(|lang| (lang, self.name(lang, 400 + place)));
                (format!("topic-{place}"), names.into_iter().collect())
            })
            .collect()
    }

    fn name(&self, lang: Lang, rank: usize) -> String {
        capitalized(self.words(lang).ranked(rank))
    }

    /// Everything about release `number` but its texts.
    pub fn head(&self, number: u64) -> Head {
        let chance = &mut Chance::of(self.seed, HEAD, number);
        let family = self.family.draw(chance);
        let published_at = self.instant(chance, family == 0);
        let first_of_family: usize = INSTITUTIONS[..family].iter().sum();
        let mut issuers = vec![first_of_family + self.of_family[family].draw(chance)];
        if chance.is(0.12) {
            for _ in 0..chance.within(1, 2) {
                let family = 1 + usize::from(chance.is(0.5));
                let first: usize = INSTITUTIONS[..family].iter().sum();
                let with = first + self.of_family[family].draw(chance);
                if !issuers.contains(&with) {
                    issuers.push(with);
                }
            }
        }
        let mut topics = Vec::new();
        for _ in 0..chance.within(1, 3) {
            let topic = self.topic.draw(chance);
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
        let languages = match chance.within(0, 99) {
            0..72 => vec![Lang::Fr, Lang::Nl],
            72..75 => vec![Lang::Fr],
            75..78 => vec![Lang::Nl],
            78..85 => vec![Lang::Fr, Lang::Nl, Lang::De],
            85..93 => vec![Lang::Fr, Lang::Nl, Lang::En],
            _ => Lang::ALL.to_vec(),
        };
        let later = published_at + TimeDelta::minutes(chance.within(20, 6 * 24 * 60) as i64);
        let fate = match chance.within(0, 999) {
            0..30 => Fate::Corrected(later),
            30..75 => Fate::MinorCorrection(later),
            75..84 => Fate::Withdrawn(later),
            84..87 => Fate::Unpublished(later),
            _ => Fate::Untouched,
        };
        Head { number, published_at, languages, issuers, topics, fate }
    }

    fn instant(&self, chance: &mut Chance, of_council: bool) -> DateTime<Utc> {
        let day = |place: usize| FIRST_DAY + Days::new(place as u64);
        // Nine of ten decisions come out of Friday's meeting, all at one instant.
        if of_council && chance.is(0.9) {
            return at(day(self.any_friday.draw(chance)), 13 * 3600);
        }
        let hour = chance.one(&[7, 8, 9, 9, 10, 10, 10, 11, 11, 11, 12, 13, 14, 14, 15, 15, 16, 16, 17, 18]);
        let second = hour * 3600 + u32::try_from(chance.within(0, 3599)).unwrap_or_default();
        at(day(self.any_day.draw(chance)), second) + TimeDelta::microseconds(chance.within(0, 999_999) as i64)
    }

    /// The texts with which a release was first published.
    pub fn texts(&self, head: &Head) -> BTreeMap<Lang, LanguageVersion> {
        let chance = &mut Chance::of(self.seed, TEXT, head.number);
        let bytes = text::body_bytes(chance);
        head.languages.iter().map(|lang| (*lang, text::version(self.words(*lang), chance, bytes))).collect()
    }

    /// The texts after its correction.
    pub fn corrected(&self, head: &Head) -> BTreeMap<Lang, LanguageVersion> {
        let mut texts = self.texts(head);
        let chance = &mut Chance::of(self.seed, NOTE, head.number);
        for (lang, version) in &mut texts {
            version.body.push_str(&text::addition(self.words(*lang), chance));
        }
        texts
    }

    /// Why it was corrected, withdrawn or unpublished, in each of its languages.
    pub fn note(&self, head: &Head) -> Texts {
        let chance = &mut Chance::of(self.seed, NOTE, head.number ^ u64::MAX);
        head.languages.iter().map(|lang| (*lang, text::note(self.words(*lang), chance))).collect()
    }

    /// The first releases that have at least that many language versions together.
    pub fn heads(&self, versions: usize) -> Vec<Head> {
        let mut heads = Vec::new();
        let mut have = 0;
        for number in 0.. {
            if have >= versions {
                break;
            }
            let head = self.head(number);
            have += head.languages.len();
            heads.push(head);
        }
        heads
    }
}

/// A local time of the zone.
fn at(day: NaiveDate, second: u32) -> DateTime<Utc> {
    let time = NaiveTime::from_num_seconds_from_midnight_opt(second, 0).unwrap_or_default();
    clock::instant(ZONE, day.and_time(time))
}
