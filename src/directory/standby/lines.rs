//! Many shifts at once, pasted from a table: a line each of `date; from; until; contact; note`, parted by tabs, semicolons
//! or commas, as a spreadsheet copies it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::hours::Span;
use super::rota::{Days, Planned};
use crate::ids::ContactId;
use crate::kit::dates;

/// The most lines at once.
pub const MOST: usize = 2_000;

/// Why a line is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// It has not the four parts that it needs.
    Parts,
    /// Its first part is no day.
    Day,
    /// Its second and third parts are no hours.
    Hours,
    /// No contact here is called or reached like its fourth part.
    Contact,
    /// Another line of the same contact has the same hours.
    Overlap,
    /// More than [`MOST`].
    TooMany,
}

/// The days that the lines fill, or each line that is wrong with its number from 1. `who` knows a contact by its name or one
/// of its addresses. A first line that is a heading is passed over.
///
/// # Errors
/// All lines that are wrong.
pub fn read(text: &str, who: impl Fn(&str) -> Option<ContactId>) -> Result<Days, Vec<(usize, Wrong)>> {
    let mut days: Days = BTreeMap::new();
    let mut wrongs = Vec::new();
    let mut count = 0;
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        count += 1;
        if count > MOST {
            wrongs.push((number + 1, Wrong::TooMany));
            break;
        }
        match of_line(line, &who) {
            Ok((key, planned)) => {
                let there = days.entry(key).or_default();
                there.push(planned);
                there.sort_by_key(|it| it.span);
                if there.windows(2).any(|pair| pair[0].span.overlaps(pair[1].span)) {
                    wrongs.push((number + 1, Wrong::Overlap));
                }
            }
            // What no spreadsheet leaves out: the names of its columns.
            Err(Wrong::Day) if count == 1 => {}
            Err(wrong) => wrongs.push((number + 1, wrong)),
        }
    }
    if wrongs.is_empty() { Ok(days) } else { Err(wrongs) }
}

fn of_line(line: &str, who: &impl Fn(&str) -> Option<ContactId>) -> Result<((ContactId, NaiveDate), Planned), Wrong> {
    let parted = ['\t', ';', ','].into_iter().find(|mark| line.contains(*mark)).ok_or(Wrong::Parts)?;
    let parts: Vec<&str> = line.split(parted).map(|part| part.trim().trim_matches('"').trim()).collect();
    let [day, from, until, name, rest @ ..] = parts.as_slice() else { return Err(Wrong::Parts) };
    let day = dates::read(day).ok_or(Wrong::Day)?;
    let span = Span::of_hours(from, until).ok_or(Wrong::Hours)?;
    let contact = who(name).ok_or(Wrong::Contact)?;
    let note: String = rest.join(" ").trim().chars().filter(|c| !c.is_control()).take(200).collect();
    Ok(((contact, day), Planned { span, note }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_and_every_wrong_line_is_named() {
        let who = |name: &str| match name.to_lowercase().as_str() {
            "lotte hemelrijck" | "press@water.example" => Some(ContactId(1)),
            "service" => Some(ContactId(2)),
            _ => None,
        };
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let days = read(
            "Date\tFrom\tUntil\tWho\n2026-11-21\t9\t18\tLotte Hemelrijck\tby the flood desk\n21/11/2026\t18:00\t8:00\tservice\n\n2026-11-21\t18\t20\tpress@water.example",
            who,
        )
        .expect("readable");
        assert_eq!(days.len(), 2);
        let first = &days[&(ContactId(1), day("2026-11-21"))];
        assert_eq!(first.iter().map(|it| it.span.to_string()).collect::<Vec<_>>(), ["9-18", "18-20"]);
        assert_eq!(first[0].note, "by the flood desk");
        let wrongs = read(
            "2026-11-21;9;18;nobody\n2026-11-31;9;18;service\n2026-11-21;9;x;service\nnothing\n2026-11-21;9;18;service\n2026-11-21;17;19;service",
            who,
        )
        .expect_err("wrong");
        assert_eq!(
            wrongs,
            [(1, Wrong::Contact), (2, Wrong::Day), (3, Wrong::Hours), (4, Wrong::Parts), (6, Wrong::Overlap)]
        );
    }
}
