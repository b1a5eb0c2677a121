//! Dates and times in words, as each language writes them.
//!
//! A table of our own and not CLDR's: the newsroom's forms differ from it where they matter (`1er février`,
//! `13.00 uur`, `13.00 Uhr`), and twenty items a page ask for them.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use chrono_tz::Tz;

use super::clock::Month;
use super::lang::Lang;

const WEEKDAYS: [[&str; 7]; 4] = [
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 4] = [
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];
const SHORT_MONTHS: [[&str; 12]; 4] = [
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."],
    ["jan.", "feb.", "mrt.", "apr.", "mei", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec."],
    ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."],
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
];

fn month(lang: Lang, day: NaiveDate) -> &'static str {
    MONTHS[lang as usize][day.month0() as usize]
}

fn day_number(lang: Lang, day: NaiveDate) -> String {
    match (lang, day.day()) {
        (Lang::Fr, 1) => "1er".to_owned(),
        (Lang::De, n) => format!("{n}."),
        (_, n) => n.to_string(),
    }
}

/// `20 novembre 2026`, `20. November 2026`; no-break space between day and month.
pub fn long(lang: Lang, day: NaiveDate) -> String {
    format!("{}\u{a0}{} {}", day_number(lang, day), month(lang, day), day.year())
}

/// Two days as the ends of a span, the first without what the last says again: `16` and `29 novembre 2026`.
pub fn span(lang: Lang, from: NaiveDate, to: NaiveDate) -> (String, String) {
    let first = long(lang, from);
    let shorter = match () {
        () if (from.year(), from.month()) == (to.year(), to.month()) => first.split(char::is_whitespace).next(),
        () if from.year() == to.year() => first.rsplit_once(char::is_whitespace).map(|(day, _)| day),
        () => None,
    };
    (shorter.unwrap_or(&first).to_owned(), long(lang, to))
}

/// `20 nov. 2026`, for a column of dates.
pub fn short(lang: Lang, day: NaiveDate) -> String {
    format!("{}\u{a0}{} {}", day_number(lang, day), SHORT_MONTHS[lang as usize][day.month0() as usize], day.year())
}

/// `vendredi 20 novembre 2026`, `Freitag, 20. November 2026`: within a sentence.
pub fn full(lang: Lang, day: NaiveDate) -> String {
    let weekday = WEEKDAYS[lang as usize][day.weekday().num_days_from_monday() as usize];
    let comma = if lang == Lang::De { "," } else { "" };
    format!("{weekday}{comma} {}", long(lang, day))
}

/// `vendredi`, `Freitag`.
pub fn weekday(lang: Lang, day: NaiveDate) -> &'static str {
    WEEKDAYS[lang as usize][day.weekday().num_days_from_monday() as usize]
}

/// `nov.`, where the year is known.
pub fn short_month(lang: Lang, day: NaiveDate) -> &'static str {
    SHORT_MONTHS[lang as usize][day.month0() as usize]
}

/// `20 nov.`, `20. Nov.`, where the year is known.
pub fn day_and_month(lang: Lang, day: NaiveDate) -> String {
    format!("{}\u{a0}{}", day_number(lang, day), short_month(lang, day))
}

/// As [`full`], with a capital: a heading of its own.
pub fn heading(lang: Lang, day: NaiveDate) -> String {
    capital(&full(lang, day))
}

/// `novembre 2026`, for a heading with a capital.
pub fn month_heading(lang: Lang, which: Month) -> String {
    capital(&month_name(lang, which))
}

/// `novembre 2026`, within a sentence.
pub fn month_name(lang: Lang, which: Month) -> String {
    format!("{} {}", month(lang, which.first_day()), which.first_day().year())
}

/// The hour alone in a column: `13:00` in French and English, `13.00` in Dutch and German.
pub fn hour(lang: Lang, zone: Tz, at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&zone);
    match lang {
        Lang::Fr | Lang::En => at.format("%-H:%M").to_string(),
        Lang::Nl | Lang::De => at.format("%-H.%M").to_string(),
    }
}

/// The hour to the second: `13:00:05`, `13.00.05`.
pub fn hour_to_the_second(lang: Lang, zone: Tz, at: DateTime<Utc>) -> String {
    let at = at.with_timezone(&zone);
    match lang {
        Lang::Fr | Lang::En => at.format("%-H:%M:%S").to_string(),
        Lang::Nl | Lang::De => at.format("%-H.%M.%S").to_string(),
    }
}

/// The hour within a sentence: `13:00`, `13.00 uur`, `13.00 Uhr`.
pub fn hour_in_words(lang: Lang, zone: Tz, at: DateTime<Utc>) -> String {
    let hour = hour(lang, zone, at);
    match lang {
        Lang::Fr | Lang::En => hour,
        Lang::Nl => format!("{hour}\u{a0}uur"),
        Lang::De => format!("{hour}\u{a0}Uhr"),
    }
}

/// For `<time datetime>`: local time with its offset, to the minute.
pub fn machine(zone: Tz, at: DateTime<Utc>) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M%:z").to_string()
}

/// The day on which `at` falls in the zone.
pub fn day(zone: Tz, at: DateTime<Utc>) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// A whole number as each language groups its thousands.
pub fn number(lang: Lang, n: i64) -> String {
    let separator = match lang {
        Lang::Fr => '\u{202f}',
        Lang::Nl | Lang::De => '.',
        Lang::En => ',',
    };
    let digits = n.unsigned_abs().to_string();
    // Four digits stand together in French, Dutch and German running text.
    let group_from = if lang == Lang::En { 4 } else { 5 };
    let mut out = String::new();
    if n < 0 {
        out.push('\u{2212}');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && digits.len() >= group_from && (digits.len() - i).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// The day that a text is, however it is written: `2026-11-20`, `20/11/2026`, `20.11.2026`, `vendredi 20 novembre 2026`,
/// `1er févr. 2027`, `November 20, 2026`. The day stands before the month, as in all our languages; years 1900 to 2199.
pub fn read(text: &str) -> Option<NaiveDate> {
    if text.len() > 60 {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(5).collect();
    let number = |part: &str| {
        let part = part.strip_suffix("er").unwrap_or(part);
        (part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<u32>().ok()).flatten()
    };
    // The name of a weekday may stand before it; whether it is the right one is nobody's question.
    let parts = match parts.as_slice() {
        [weekday, rest @ ..] if is_weekday(weekday) => rest,
        all => all,
    };
    let [first, second, third] = parts else { return None };
    let (year, month, day) = match (number(first), number(second), number(third)) {
        (Some(year), Some(month), Some(day)) if first.len() == 4 => (year, month, day),
        (Some(day), Some(month), Some(year)) => (year, month, day),
        (Some(day), None, Some(year)) => (year, month_of(second)?, day),
        (None, Some(day), Some(year)) => (year, month_of(first)?, day),
        _ => return None,
    };
    let year = i32::try_from(year).ok().filter(|year| (1900..2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A day that a running text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// Which day.
    pub day: NaiveDate,
    /// Whether the weekday that stands before it is another one than that day's.
    pub is_wrong_weekday: bool,
}

/// The days that a text names with day and month, `20 novembre`, `vendredi 1er novembre 2026`, `November 20`. Without a year
/// it is the one nearest to `near`.
pub fn mentioned(text: &str, near: NaiveDate) -> Vec<Mention> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |word: &str, digits: usize| {
        let word = word.strip_suffix("er").unwrap_or(word);
        (word.len() <= digits && word.bytes().all(|b| b.is_ascii_digit())).then(|| word.parse::<u32>().ok()).flatten()
    };
    // The month stands first in English alone: elsewhere "novembre, 20" is the end of one thing and the start of another.
    let is_english = |word: &str| MONTHS[Lang::En as usize].iter().any(|month| folded(month) == folded(word));
    let english = |word: &str| month_of(word).filter(|_| is_english(word));
    let mut found = Vec::new();
    for (at, pair) in words.windows(2).enumerate() {
        let (day, month) = match (number(pair[0], 2), month_of(pair[1]), english(pair[0]), number(pair[1], 2)) {
            (Some(day), Some(month), _, _) | (_, _, Some(month), Some(day)) => (day, month),
            _ => continue,
        };
        let year = words.get(at + 2).filter(|word| word.len() == 4).and_then(|word| number(word, 4));
        let day = match year.and_then(|year| i32::try_from(year).ok()).filter(|year| (1900..2200).contains(year)) {
            Some(year) => NaiveDate::from_ymd_opt(year, month, day),
            None => [near.year() - 1, near.year(), near.year() + 1]
                .into_iter()
                .filter_map(|year| NaiveDate::from_ymd_opt(year, month, day))
                .min_by_key(|day| (*day - near).num_days().abs()),
        };
        let Some(day) = day else { continue };
        let weekday = at.checked_sub(1).and_then(|before| weekday_of(words[before]));
        let is_wrong_weekday = weekday.is_some_and(|weekday| weekday != day.weekday().num_days_from_monday());
        found.push(Mention { day, is_wrong_weekday });
    }
    found
}

/// The place of a weekday in the week, 0 for Monday, from its name in any of our languages.
fn weekday_of(name: &str) -> Option<u32> {
    let wanted = folded(name);
    WEEKDAYS.iter().find_map(|days| {
        let place = days.iter().position(|day| folded(day) == wanted)?;
        u32::try_from(place).ok()
    })
}

/// The first day of the month that a text is: `novembre 2026`, `Nov. 2026`, `11/2026`, `2026-11`; years 1900 to 2199.
pub fn read_month(text: &str) -> Option<NaiveDate> {
    let [first, second] = two_parts(text)?;
    let (month, year) = if first.len() == 4 && digits(first) { (second, first) } else { (first, second) };
    let month = if digits(month) { small_number(month)? } else { month_of(month)? };
    let year = Some(year).filter(|year| year.len() == 4 && digits(year))?.parse().ok()?;
    (1900..2200).contains(&year).then(|| NaiveDate::from_ymd_opt(year, month, 1)).flatten()
}

/// Month and day that a text is without a year: `20 novembre`, `vendredi 20 novembre`, `20. November`, `March 3`, `20/11`.
pub fn read_day_of_year(text: &str) -> Option<(u32, u32)> {
    let [first, second] = two_parts(text)?;
    let ordinal = |part: &str| {
        let endings = ["er", "st", "nd", "rd", "th", "e"];
        small_number(endings.iter().find_map(|ending| part.strip_suffix(ending)).unwrap_or(part))
    };
    let (month, day) = match (ordinal(first), ordinal(second)) {
        (Some(day), None) => (month_of(second)?, day),
        (None, Some(day)) => (month_of(first)?, day),
        // Two numbers are many things; with a stroke between them they are a day.
        (Some(day), Some(month)) if text.contains('/') => (month, day),
        _ => return None,
    };
    // Some year has it.
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}

/// Its words and numbers, if they are two after the name of a weekday or none.
fn two_parts(text: &str) -> Option<[&str; 2]> {
    if text.len() > 60 {
        return None;
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).take(4).collect();
    match parts.as_slice() {
        [first, second] => Some([first, second]),
        [weekday, first, second] if is_weekday(weekday) => Some([first, second]),
        _ => None,
    }
}

fn is_weekday(name: &str) -> bool {
    WEEKDAYS.iter().flatten().any(|known| folded(known) == folded(name))
}

fn digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

/// A number of one digit or two.
fn small_number(part: &str) -> Option<u32> {
    (digits(part) && part.len() <= 2).then(|| part.parse().ok()).flatten()
}

/// The number of a month from its name in any of our languages, whole or short, with or without its accents.
fn month_of(name: &str) -> Option<u32> {
    let wanted = folded(name);
    MONTHS.iter().chain(&SHORT_MONTHS).find_map(|months| {
        let place = months.iter().position(|month| folded(month.trim_end_matches('.')) == wanted)?;
        u32::try_from(place + 1).ok()
    })
}

/// Small letters without accents.
fn folded(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfd().filter(char::is_ascii).collect::<String>().to_ascii_lowercase()
}

/// The text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_says_no_month_and_no_year_twice() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (lang, from, to, first, last) in [
            (Lang::Fr, "2026-11-01", "2026-11-14", "1er", "14\u{a0}novembre 2026"),
            (Lang::De, "2026-11-16", "2026-11-29", "16.", "29.\u{a0}November 2026"),
            (Lang::Nl, "2026-11-30", "2026-12-13", "30\u{a0}november", "13\u{a0}december 2026"),
            (Lang::En, "2026-12-28", "2027-01-10", "28\u{a0}December 2026", "10\u{a0}January 2027"),
        ] {
            assert_eq!(span(lang, day(from), day(to)), (first.to_owned(), last.to_owned()));
        }
    }

    #[test]
    fn each_language_writes_its_own_dates() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 1).expect("a day");
        for (lang, expected) in [
            (Lang::Fr, "Lundi 1er\u{a0}février 2027"),
            (Lang::Nl, "Maandag 1\u{a0}februari 2027"),
            (Lang::De, "Montag, 1.\u{a0}Februar 2027"),
            (Lang::En, "Monday 1\u{a0}February 2027"),
        ] {
            assert_eq!(heading(lang, day), expected);
        }
    }

    #[test]
    fn a_text_names_its_days() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (text, expected) in [
            ("Bruxelles, le vendredi 20 novembre 2026. Le pont", vec![("2026-11-20", false)]),
            ("ce jeudi 20 novembre", vec![("2026-11-20", true)]),
            ("op 2 januari, en op 20 november", vec![("2027-01-02", false), ("2026-11-20", false)]),
            ("am Freitag, dem 20. November", vec![("2026-11-20", false)]),
            ("on Friday, November 20, 2026", vec![("2026-11-20", false)]),
            ("31 novembre, 20 mesures, mars 2026", vec![]),
        ] {
            let found: Vec<_> =
                mentioned(text, day("2026-11-20")).iter().map(|it| (it.day, it.is_wrong_weekday)).collect();
            let expected: Vec<_> = expected.into_iter().map(|(at, wrong)| (day(at), wrong)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn hours_follow_the_zone_through_summer_time() {
        let zone = chrono_tz::Europe::Brussels;
        let winter = "2026-11-20T12:05:00Z".parse().expect("an instant");
        let summer = "2026-07-20T07:05:00Z".parse().expect("an instant");
        assert_eq!(hour(Lang::Fr, zone, winter), "13:05");
        assert_eq!(hour_in_words(Lang::De, zone, summer), "9.05\u{a0}Uhr");
        assert_eq!(machine(zone, summer), "2026-07-20T09:05+02:00");
    }

    #[test]
    fn thousands_are_grouped_as_read() {
        assert_eq!(number(Lang::Fr, 84305), "84\u{202f}305");
        assert_eq!(number(Lang::Nl, 84305), "84.305");
        assert_eq!(number(Lang::En, 1250), "1,250");
        assert_eq!(number(Lang::De, 1250), "1250");
    }
}
