//! An agenda as somebody pastes it from a word processor or a mail: a numbered list, in one language or in two, side by
//! side (a table, whose cells come with tabs), one below the other under one number, or one after the other (the numbers
//! begin anew). No I/O.
//!
//! Nothing is decided here: what was read is shown, line by line, to be put right before anything is begun.

use whatlang::{Detector, Lang as Known};

use super::model::{ITEMS_MAX, Instrument, Reading};
use crate::kit::lang::{Lang, Texts};
use crate::release::model::{TITLE_MAX, one_line};

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As it was numbered: `4`, `4.1`, `4a`.
    pub label: String,
    /// Whether it is a part of the line before it that has parts.
    pub is_part: bool,
    /// Whether it has parts: it is then mostly their heading, and no decision.
    pub has_parts: bool,
    /// Its title in each language in which it was found.
    pub titles: Texts,
    /// What it seems to be.
    pub instrument: Option<Reading>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// In their order.
    pub lines: Vec<Line>,
    /// Whether there was more than a meeting may have.
    pub is_cut: bool,
}

/// Reads a pasted agenda. `languages` are those of the meeting: where the texts do not tell their language, columns and
/// lists are taken to be in that order.
pub fn read(text: &str, languages: &[Lang]) -> Pasted {
    read_with(text, |parts| languages_of(parts, languages))
}

/// As [`read`], where somebody has said in which languages it is, and in which order.
pub fn read_as(text: &str, languages: &[Lang]) -> Pasted {
    read_with(text, |parts| (0..parts.len()).map(|place| languages.get(place).copied()).collect())
}

/// The lines of one column of one list: label, whether it is a part, title.
type Part = Vec<(String, bool, String)>;

fn read_with(text: &str, languages: impl FnOnce(&[Part]) -> Vec<Option<Lang>>) -> Pasted {
    let lists = lists(text);
    let columns = lists.iter().flat_map(|list| list.iter().map(|row| row.cells.len())).max().unwrap_or_default();
    // Side by side: one list with several columns. One after the other: several lists of one column each.
    let mut parts: Vec<Part> = Vec::new();
    for list in &lists {
        for column in 0..columns.max(1) {
            let part: Part = list
                .iter()
                .filter_map(|row| Some((row.label.clone(), row.is_part, row.cells.get(column)?.clone())))
                .filter(|(_, _, title)| !title.is_empty())
                .collect();
            if !part.is_empty() {
                parts.push(part);
            }
        }
    }
    let langs = languages(&parts);
    let mut lines: Vec<Line> = Vec::new();
    for (part, lang) in parts.iter().zip(langs) {
        let Some(lang) = lang else { continue };
        for (label, is_part, title) in part {
            let title: String = one_line(title).chars().take(TITLE_MAX).collect();
            match lines.iter_mut().find(|line| line.label == *label && !line.titles.0.contains_key(&lang)) {
                Some(line) => drop(line.titles.0.insert(lang, title)),
                None => {
                    let line = Line {
                        label: label.clone(),
                        is_part: *is_part,
                        has_parts: false,
                        titles: Texts::one(lang, title),
                        instrument: None,
                    };
                    lines.push(line);
                }
            }
        }
    }
    for place in 0..lines.len() {
        lines[place].has_parts = !lines[place].is_part && lines.get(place + 1).is_some_and(|next| next.is_part);
        lines[place].instrument = lines[place].titles.0.values().find_map(|title| instrument_of(title));
    }
    let is_cut = lines.len() > ITEMS_MAX;
    lines.truncate(ITEMS_MAX);
    Pasted { lines, is_cut }
}

/// A numbered line as it stands: its texts by column.
struct Row {
    label: String,
    is_part: bool,
    cells: Vec<String>,
    /// The lines below it that have no number of their own and no cells.
    below: Vec<String>,
}

/// The lists of a text: a new one begins where the numbers begin anew.
fn lists(text: &str) -> Vec<Vec<Row>> {
    let mut lists: Vec<Vec<Row>> = Vec::new();
    let mut last_number = 0_u32;
    let mut goes_on = false;
    for line in text.lines() {
        let line = plain(line);
        let cells = cells(&line);
        let Some(first) = cells.iter().position(|cell| !cell.is_empty()) else {
            // What comes after an empty line is no continuation.
            goes_on = false;
            continue;
        };
        match mark(&cells[first], last_number > 0) {
            Some((marker, rest)) => {
                let is_new_list = matches!(marker, Marker::Number(number) if number <= last_number && number <= 1);
                if is_new_list || lists.is_empty() {
                    lists.push(Vec::new());
                }
                let list = lists.last_mut().expect("just begun");
                let (label, is_part) = match &marker {
                    Marker::Number(number) => {
                        last_number = *number;
                        (number.to_string(), false)
                    }
                    Marker::Dotted(label) => {
                        last_number = label.split('.').next().and_then(|n| n.parse().ok()).unwrap_or(last_number);
                        (label.clone(), true)
                    }
                    Marker::Letter(letter) => (format!("{last_number}{letter}"), true),
                    Marker::Bullet => {
                        let parts = list.iter().rev().take_while(|row| row.is_part).count();
                        (format!("{last_number}.{}", parts + 1), true)
                    }
                };
                let mut texts: Vec<String> = Vec::new();
                if !rest.is_empty() {
                    texts.push(rest);
                }
                for cell in &cells[first + 1..] {
                    // A table in two languages may number both columns.
                    texts.push(mark(cell, true).map_or_else(|| cell.clone(), |(_, rest)| rest));
                }
                list.push(Row { label, is_part, cells: texts, below: Vec::new() });
                goes_on = true;
            }
            None if goes_on => {
                if let Some(row) = lists.last_mut().and_then(|list| list.last_mut()) {
                    if cells.len() == 1 && row.cells.len() == 1 {
                        row.below.push(cells[first].clone());
                        continue;
                    }
                    let added: Vec<&String> =
                        if cells.len() > 1 { cells.iter().collect() } else { vec![&cells[first]] };
                    // Of a table, cell by cell; else what a mail has broken into lines.
                    let skipped = added.len().saturating_sub(row.cells.len().max(1));
                    for (place, more) in added.into_iter().skip(skipped).enumerate() {
                        match row.cells.get_mut(place) {
                            Some(cell) if cell.is_empty() => cell.clone_from(more),
                            Some(cell) => {
                                cell.push(' ');
                                cell.push_str(more);
                            }
                            None => row.cells.push(more.clone()),
                        }
                    }
                }
            }
            // A heading, a date, a list of who was there.
            None => {}
        }
    }
    for list in &mut lists {
        unfold(list);
    }
    lists
}

/// Joins each row's lines below to its text, as a mail program has broken it; or, where they are in another language than
/// the numbered lines, makes them its title in that one.
fn unfold(list: &mut [Row]) {
    let firsts = list.iter().filter_map(|row| row.cells.first()).cloned().collect::<Vec<_>>().join(". ");
    let own = detected(&firsts, &KNOWN).map(|(of, _)| of);
    // A title begins with a capital; what goes on with a small letter belongs to the line above.
    let begins = |text: &str| text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
    let others: Vec<&str> = list.iter().flat_map(|row| &row.below).map(String::as_str).collect();
    let others: Vec<&str> =
        others.into_iter().filter(|line| begins(line) && detected(line, &KNOWN).map(|(of, _)| of) != own).collect();
    let other = detected(&others.join(". "), &KNOWN).filter(|(of, sure)| Some(*of) != own && *sure > SURE);
    let pair = own.zip(other.map(|(of, _)| of));
    for row in list {
        let mut is_other = false;
        for line in std::mem::take(&mut row.below) {
            is_other |= pair.is_some_and(|(own, other)| {
                begins(&line) && detected(&line, &[own, other]).is_some_and(|(of, _)| of == other)
            });
            let place = usize::from(is_other);
            match row.cells.get_mut(place) {
                Some(cell) if cell.is_empty() => *cell = line,
                Some(cell) => {
                    cell.push(' ');
                    cell.push_str(&line);
                }
                None => row.cells.push(line),
            }
        }
    }
}

/// The languages that are told apart.
const KNOWN: [Known; 4] = [Known::Fra, Known::Nld, Known::Deu, Known::Eng];

/// How sure the detector is of the language of some short titles, when it is right.
const SURE: f64 = 0.1;

/// The language of a text among these, and how sure that is.
fn detected(text: &str, among: &[Known]) -> Option<(Known, f64)> {
    let guess = Detector::with_allowlist(among.to_vec()).detect(text)?;
    Some((guess.lang(), guess.confidence()))
}

/// Without what a word processor leaves between words: no-break spaces become blanks, marks that nobody sees go.
fn plain(line: &str) -> String {
    line.chars()
        .filter(|c| !matches!(c, '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' | '\u{ad}'))
        .map(|c| if matches!(c, '\u{a0}' | '\u{2007}') { ' ' } else { c })
        .collect()
}

/// The cells of a line: of a table in Markdown, or between tabs.
fn cells(line: &str) -> Vec<String> {
    let trimmed = line.trim();
    if let Some(row) = trimmed.strip_prefix('|') {
        let row = row.strip_suffix('|').unwrap_or(row);
        if row.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')) {
            return Vec::new();
        }
        return row.split('|').map(|cell| cell.trim().to_owned()).collect();
    }
    line.split('\t').map(|cell| cell.trim().to_owned()).collect()
}

#[derive(Debug, PartialEq, Eq)]
enum Marker {
    Number(u32),
    Dotted(String),
    Letter(char),
    Bullet,
}

/// Words that stand before a number.
const WORDS: [&str; 10] = ["point", "punt", "punkt", "item", "no.", "n°", "nº", "nr.", "nr", "top"];

/// The number at the beginning of a text, and what follows it. `within`: an item is begun, so that letters and bullets are
/// its parts.
fn mark(text: &str, within: bool) -> Option<(Marker, String)> {
    let mut rest = text.trim_start_matches(['*', '#', '\\']).trim_start();
    let lower = rest.to_lowercase();
    let had_word = WORDS.iter().find(|word| {
        lower.strip_prefix(**word).is_some_and(|after| after.trim_start().starts_with(|c: char| c.is_ascii_digit()))
    });
    if let Some(word) = had_word {
        // The words are as long in capitals.
        rest = rest.get(word.len()..)?.trim_start();
    }
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit()).count();
    if (1..=3).contains(&digits) {
        let mut end = digits;
        let mut levels = 1;
        // `4.1`, `4.1.2`
        loop {
            let more = &rest[end..];
            let Some(next) = more.strip_prefix('.') else { break };
            let count = next.bytes().take_while(|b| b.is_ascii_digit()).count();
            if !(1..=3).contains(&count) {
                break;
            }
            end += 1 + count;
            levels += 1;
        }
        let (number, after) = rest.split_at(end);
        // After a word, the sign may stand apart: `Point 1 : …`.
        let signs = if had_word.is_some() { after.trim_start() } else { after };
        let stripped = signs.trim_start_matches(['.', ')', ':', '-', '–', '—', '°', '\\']);
        let has_sign = stripped.len() < signs.len();
        let is_apart = stripped.is_empty() || stripped.starts_with(' ') || has_sign;
        // "2027 : une année" and "3 millions d’euros" begin with a number, and are none.
        if !is_apart || !(has_sign || levels > 1 || had_word.is_some() || stripped.trim().is_empty()) {
            return None;
        }
        let marker = if levels > 1 { Marker::Dotted(number.to_owned()) } else { Marker::Number(number.parse().ok()?) };
        return Some((marker, stripped.trim().to_owned()));
    }
    if !within {
        return None;
    }
    let mut chars = rest.chars();
    match (chars.next()?, chars.next()) {
        (letter @ 'a'..='z', Some(')' | '.')) => {
            let after = chars.as_str();
            (after.is_empty() || after.starts_with(' ')).then(|| (Marker::Letter(letter), after.trim().to_owned()))
        }
        ('-' | '–' | '—' | '•' | '·' | '▪' | '◦' | 'o', Some(' ')) => {
            Some((Marker::Bullet, chars.as_str().trim().to_owned()))
        }
        _ => None,
    }
}

/// The language of each part, each language once: as its words tell, or else in the order of the meeting. None of a part
/// for which none is left.
fn languages_of(parts: &[Part], order: &[Lang]) -> Vec<Option<Lang>> {
    let detector = Detector::with_allowlist(KNOWN.to_vec());
    let mut found: Vec<Option<Lang>> = Vec::with_capacity(parts.len());
    for part in parts {
        let text: String = part.iter().map(|(_, _, title)| title.as_str()).collect::<Vec<_>>().join(". ");
        let told =
            detector.detect(&text).filter(|guess| guess.confidence() > 0.5).and_then(|guess| match guess.lang() {
                Known::Fra => Some(Lang::Fr),
                Known::Nld => Some(Lang::Nl),
                Known::Deu => Some(Lang::De),
                Known::Eng => Some(Lang::En),
                _ => None,
            });
        found.push(told.filter(|lang| !found.contains(&Some(*lang))));
    }
    let mut left =
        order.iter().chain(&Lang::ALL).copied().filter(|lang| !found.contains(&Some(*lang))).collect::<Vec<_>>();
    left.dedup();
    let mut left = left.into_iter();
    found.into_iter().map(|lang| lang.or_else(|| left.next())).collect()
}

/// What instruments are called in agendas, in small letters, with straight apostrophes.
const NAMES: &[(&str, Instrument)] = &[
    ("avant-projet de loi", Instrument::PreliminaryDraftLaw),
    ("voorontwerp van wet", Instrument::PreliminaryDraftLaw),
    ("gesetzesvorentwurf", Instrument::PreliminaryDraftLaw),
    ("vorentwurf eines gesetzes", Instrument::PreliminaryDraftLaw),
    ("preliminary draft law", Instrument::PreliminaryDraftLaw),
    ("projet de loi", Instrument::DraftLaw),
    ("wetsontwerp", Instrument::DraftLaw),
    ("ontwerp van wet", Instrument::DraftLaw),
    ("gesetzentwurf", Instrument::DraftLaw),
    ("draft law", Instrument::DraftLaw),
    ("projet d'arrêté royal", Instrument::DraftRoyalDecree),
    ("ontwerp van koninklijk besluit", Instrument::DraftRoyalDecree),
    ("entwurf eines königlichen erlasses", Instrument::DraftRoyalDecree),
    ("draft royal decree", Instrument::DraftRoyalDecree),
    ("arrêté royal", Instrument::RoyalDecree),
    ("koninklijk besluit", Instrument::RoyalDecree),
    ("königlicher erlass", Instrument::RoyalDecree),
    ("royal decree", Instrument::RoyalDecree),
    ("arrêté ministériel", Instrument::MinisterialDecree),
    ("ministerieel besluit", Instrument::MinisterialDecree),
    ("ministerieller erlass", Instrument::MinisterialDecree),
    ("ministerial decree", Instrument::MinisterialDecree),
    ("circulaire", Instrument::Circular),
    ("omzendbrief", Instrument::Circular),
    ("rundschreiben", Instrument::Circular),
    ("circular", Instrument::Circular),
    ("accord de coopération", Instrument::CooperationAgreement),
    ("samenwerkingsakkoord", Instrument::CooperationAgreement),
    ("zusammenarbeitsabkommen", Instrument::CooperationAgreement),
    ("cooperation agreement", Instrument::CooperationAgreement),
    ("traité", Instrument::Treaty),
    ("verdrag", Instrument::Treaty),
    ("treaty", Instrument::Treaty),
    ("marché public", Instrument::PublicContract),
    ("overheidsopdracht", Instrument::PublicContract),
    ("öffentlicher auftrag", Instrument::PublicContract),
    ("public contract", Instrument::PublicContract),
    ("nomination", Instrument::Appointment),
    ("benoeming", Instrument::Appointment),
    ("ernennung", Instrument::Appointment),
    ("appointment", Instrument::Appointment),
];

/// What stands for a reading.
const READINGS: &[(&str, i16)] = &[
    ("première lecture", 1),
    ("1re lecture", 1),
    ("eerste lezing", 1),
    ("1ste lezing", 1),
    ("erste lesung", 1),
    ("first reading", 1),
    ("deuxième lecture", 2),
    ("seconde lecture", 2),
    ("2e lecture", 2),
    ("2ème lecture", 2),
    ("tweede lezing", 2),
    ("2de lezing", 2),
    ("zweite lesung", 2),
    ("second reading", 2),
    ("troisième lecture", 3),
    ("3e lecture", 3),
    ("derde lezing", 3),
    ("3de lezing", 3),
    ("dritte lesung", 3),
    ("third reading", 3),
];

/// What a title says that it is: the name that stands first in it, of two at one place the longer one.
pub fn instrument_of(title: &str) -> Option<Reading> {
    let title = title.to_lowercase().replace('’', "'");
    let named = NAMES.iter().filter_map(|(name, instrument)| Some((title.find(name)?, name.len(), *instrument)));
    let (.., instrument) = named.min_by_key(|(place, length, _)| (*place, std::cmp::Reverse(*length)))?;
    let reading = READINGS.iter().find(|(name, _)| title.contains(name)).map(|(_, reading)| *reading);
    Some(Reading { instrument, reading })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Lang; 2] = [Lang::Fr, Lang::Nl];

    fn shown(text: &str) -> Vec<(String, Option<String>, Option<String>)> {
        read(text, &BOTH)
            .lines
            .into_iter()
            .map(|line| (line.label, line.titles.0.get(&Lang::Fr).cloned(), line.titles.0.get(&Lang::Nl).cloned()))
            .collect()
    }

    fn row(label: &str, fr: &str, nl: &str) -> (String, Option<String>, Option<String>) {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (label.to_owned(), some(fr), some(nl))
    }

    #[test]
    fn a_numbered_list_is_read_as_people_number() {
        for (text, expected) in [
            (
                "1. Renfort des centres d’appel d’urgence\n2. Indexation des pensions et allocations",
                vec![
                    row("1", "Renfort des centres d’appel d’urgence", ""),
                    row("2", "Indexation des pensions et allocations", ""),
                ],
            ),
            (
                "1)\tRenfort des centres d’appel d’urgence\r\n2)\u{a0}Indexation des pensions et des allocations\r\n",
                vec![
                    row("1", "Renfort des centres d’appel d’urgence", ""),
                    row("2", "Indexation des pensions et des allocations", ""),
                ],
            ),
            (
                "Ordre du jour du Conseil\n\nPoint 1 : Renfort des centres d’appel\nPOINT 2 – Indexation des pensions\n\nVaurmont, le 20 novembre",
                vec![row("1", "Renfort des centres d’appel", ""), row("2", "Indexation des pensions", "")],
            ),
            // Broken into lines by a mail program.
            (
                "1. Assainissement des berges de la Lys\n   d’Argent et des frayères\n2. Ouverture des données de crue",
                vec![
                    row("1", "Assainissement des berges de la Lys d’Argent et des frayères", ""),
                    row("2", "Ouverture des données de crue", ""),
                ],
            ),
            ("", vec![]),
            ("Une phrase sans numéro.\n2027 : une année", vec![]),
            ("3 millions d’euros pour les digues", vec![]),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn parts_belong_to_their_item() {
        let pasted = read(
            "1. Réforme de la navigation intérieure :\na) avant-projet de loi sur les brevets\nb) projet d’arrêté royal sur les visites\n2. Divers\n2.1 Nomination du président\n3. Données :\n- de crue\n- de sécheresse",
            &[Lang::Fr],
        );
        let labels: Vec<(&str, bool, bool)> =
            pasted.lines.iter().map(|line| (line.label.as_str(), line.is_part, line.has_parts)).collect();
        assert_eq!(
            labels,
            [
                ("1", false, true),
                ("1a", true, false),
                ("1b", true, false),
                ("2", false, true),
                ("2.1", true, false),
                ("3", false, true),
                ("3.1", true, false),
                ("3.2", true, false)
            ]
        );
        assert_eq!(pasted.lines[2].instrument.map(|one| one.instrument), Some(Instrument::DraftRoyalDecree));
    }

    const FR: [&str; 2] =
        ["Renfort de 240 agents pour les centres d’appel d’urgence", "Ouverture des données de crue en temps réel"];
    const NL: [&str; 2] = [
        "240 extra medewerkers voor de noodcentrales van de hulpdiensten",
        "Openstellen van de overstromingsgegevens in reële tijd",
    ];

    #[test]
    fn two_languages_are_read_side_by_side_and_one_after_the_other() {
        let expected = vec![row("1", FR[0], NL[0]), row("2", FR[1], NL[1])];
        for text in [
            format!("1.\t{}\t{}\n2.\t{}\t{}", FR[0], NL[0], FR[1], NL[1]),
            // Dutch first: the words tell.
            format!("1\t{}\t{}\n2\t{}\t{}", NL[0], FR[0], NL[1], FR[1]),
            format!("1. {}\t1. {}\n2. {}\t2. {}", FR[0], NL[0], FR[1], NL[1]),
            format!("| 1. | {} | {} |\n|---|---|---|\n| 2. | {} | {} |", FR[0], NL[0], FR[1], NL[1]),
            format!("Ordre du jour\n\n1. {}\n2. {}\n\nAgenda\n\n1. {}\n2. {}", FR[0], FR[1], NL[0], NL[1]),
            // One below the other, and broken by a mail program.
            format!("1. {}\n{}\n2. {}\n{}", FR[0], NL[0], FR[1], NL[1]),
            format!("1. {}\n   {}\n2. {}\n   {}", NL[0], FR[0], NL[1], FR[1]),
            format!("1. Renfort de 240 agents pour\nles centres d’appel d’urgence\n{}\n2. {}\n{}", NL[0], FR[1], NL[1]),
        ] {
            assert_eq!(shown(&text), expected, "{text}");
        }
        // One language has one item more.
        let text = format!("1. {}\n2. {}\n\n1. {}", FR[0], FR[1], NL[0]);
        assert_eq!(shown(&text), [row("1", FR[0], NL[0]), row("2", FR[1], "")]);
    }

    #[test]
    fn an_instrument_is_known_by_its_name() {
        for (title, expected) in [
            ("Avant-projet de loi relatif aux délais de paiement", Some((Instrument::PreliminaryDraftLaw, None))),
            (
                "Projet d’arrêté royal sur les mariniers – deuxième lecture",
                Some((Instrument::DraftRoyalDecree, Some(2))),
            ),
            (
                "Voorontwerp van wet houdende instemming met het verdrag, tweede lezing",
                Some((Instrument::PreliminaryDraftLaw, Some(2))),
            ),
            ("Marché public pour les radars", Some((Instrument::PublicContract, None))),
            ("Samenwerkingsakkoord over de straffen", Some((Instrument::CooperationAgreement, None))),
            ("Ouverture des données", None),
        ] {
            let found = instrument_of(title).map(|one| (one.instrument, one.reading));
            assert_eq!(found, expected, "{title}");
        }
    }

    #[test]
    fn more_than_a_meeting_holds_is_cut_and_said() {
        let long: String = (1..=ITEMS_MAX + 3).map(|n| format!("{n}. Point numéro {n}\n")).collect();
        let pasted = read(&long, &[Lang::Fr]);
        assert!(pasted.is_cut && pasted.lines.len() == ITEMS_MAX);
    }
}
