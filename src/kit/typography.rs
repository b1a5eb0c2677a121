//! Typographic care: the marks, quotes and spaces that a language sets, where somebody typed what
//! the keyboard had.
//!
//! No letter and no digit ever changes, and what was cared for once stays as it is. Code, the
//! addresses of links, web and mail addresses, escapes and numbers of any kind (`13:00`, `16:9`,
//! `1.350`) are left alone. In doubt nothing is done: an editor sees what was typed, and no wrong
//! mark is of our making.
//!
//! - **French**: « » with a narrow no-break space (U+202F) inside, “ ” within them; U+202F before
//!   `;` `!` `?`, a no-break space (U+00A0) before `:` `%` `€`; U+202F between groups of digits
//!   (*Lexique des règles typographiques en usage à l’Imprimerie nationale*).
//! - **Dutch** (of Belgium): “ ” and ‘ ’, as Taaladvies has it, ’ also at the start (’s morgens).
//! - **German**: „ “ and ‚ ‘ (Duden), no-break spaces in `z. B.` and before `%` (DIN 5008).
//! - **English**: “ ” and ‘ ’.
//!
//! All of them: ’ for an apostrophe, … for three dots, – for a hyphen between spaces, and a
//! no-break space where a line should not end: `12 millions`, `3 mars`, `M. Dupont`. Dutch, German
//! and English have no space before `;` `!` `?` `:` and `,`.

use super::lang::Lang;
use super::rich_text::prose::{CODE, Change, Letter, Prose, revise, revise_lines};

/// U+00A0.
const NO_BREAK: char = '\u{a0}';

/// U+202F.
const NARROW: char = '\u{202f}';

/// Times that the rules go over a text at most, so that one finds what another made.
const MAX_ROUNDS: usize = 4;

/// Cares for a title or another text without marks, line by line.
pub fn care(lang: Lang, text: &str) -> String {
    revise_lines(text, |line| care_for(lang, line))
}

/// Cares for the words of a Markdown; its marks, code and addresses stay as they are.
pub fn care_markdown(lang: Lang, markdown: &str) -> String {
    revise(markdown, |block| care_for(lang, block))
}

/// Quotations that may be open at once; before more, the outermost counts as never ended.
const MAX_OPEN: usize = 8;

type Changes = Vec<(usize, Change)>;

fn care_for(lang: Lang, prose: &mut Prose) {
    fix_addresses(prose);
    for _ in 0..MAX_ROUNDS {
        let mut changed = false;
        for rule in [dots, dashes, quotes, apostrophes, inside_quotes, before_marks, numbers, abbreviations] {
            let mut changes = Changes::new();
            rule(lang, &View(prose.letters()), &mut changes);
            changed |= prose.apply(changes);
        }
        if !changed {
            break;
        }
    }
}

/// Letters, asked for by their place; there is none beyond the ends.
struct View<'a>(&'a [Letter]);

impl View<'_> {
    fn at(&self, place: usize) -> Option<char> {
        self.0.get(place).map(|letter| letter.c)
    }

    fn before(&self, place: usize) -> Option<char> {
        self.at(place.checked_sub(1)?)
    }

    fn after(&self, place: usize) -> Option<char> {
        self.at(place + 1)
    }

    /// All letters that may change, with their places.
    fn free(&self) -> impl Iterator<Item = (usize, char)> + '_ {
        self.0.iter().enumerate().filter(|(_, letter)| !letter.fixed).map(|(place, letter)| (place, letter.c))
    }

    /// Where the spaces begin that end before `place`.
    fn spaces_before(&self, place: usize) -> usize {
        let spaces = self.0[..place].iter().rev().take_while(|letter| is_space(letter.c) && !letter.fixed).count();
        place - spaces
    }

    /// Where the spaces end that begin at `place`.
    fn spaces_from(&self, place: usize) -> usize {
        let rest = self.0.get(place..).unwrap_or_default();
        place + rest.iter().take_while(|letter| is_space(letter.c) && !letter.fixed).count()
    }

    /// Makes one `space` of the spaces in a range.
    fn set_space(&self, start: usize, end: usize, space: char, changes: &mut Changes) {
        if self.at(start) != Some(space) {
            changes.push((start, Change::Set(space)));
        }
        changes.extend((start + 1..end).map(|place| (place, Change::Cut)));
    }

    /// Whether `word` begins at `place` and ends there where a word ends.
    fn has_word(&self, place: usize, word: &str) -> bool {
        let mut end = place;
        for c in word.chars() {
            if self.at(end) != Some(c) || self.0[end].fixed {
                return false;
            }
            end += 1;
        }
        let is_elided = matches!(self.at(end), Some('\'' | '’')) && self.after(end).is_some_and(is_word);
        !is_elided && !self.at(end).is_some_and(is_word)
    }
}

/// A space inside a line that may become another.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | NO_BREAK | NARROW | '\u{2009}')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == CODE
}

fn ends_text(c: Option<char>) -> bool {
    c.is_none_or(char::is_whitespace)
}

/// Whether a quotation may begin after it.
fn leads_in(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || "([{«“„‚‘‹'’\"–—-/¿¡".contains(c))
}

/// Whether a quotation may end before it.
fn leads_out(c: Option<char>) -> bool {
    c.is_none_or(|c| c.is_whitespace() || ")]}»”’“‘›'\".,;:!?…–—-/".contains(c))
}

/// Whether a mark may follow it at once.
fn carries_marks(c: char) -> bool {
    is_word(c) || ")]}»”’“›%€°\"'".contains(c)
}

/// Web and mail addresses, names of accounts and of files with a path, and what looks like a character reference.
fn fix_addresses(prose: &mut Prose) {
    let letters = prose.letters();
    let mut addresses = Vec::new();
    let mut start = 0;
    while start < letters.len() {
        let length = letters[start..].iter().take_while(|letter| !letter.c.is_whitespace()).count();
        let token = &letters[start..start + length];
        let lead = token.iter().take_while(|letter| "([{«“„‚‘‹'\"<".contains(letter.c)).count();
        let trail = token.iter().rev().take_while(|letter| ")]}»”’›'\">.,;:!?…".contains(letter.c)).count();
        if lead + trail < length {
            let core = start + lead..start + length - trail;
            let text: String = letters[core.clone()].iter().map(|letter| letter.c).collect();
            if is_address(&text) {
                addresses.push(core);
            } else if text.starts_with('&') && token[length - trail..].iter().any(|letter| letter.c == ';') {
                addresses.push(start..start + length);
            }
        }
        start += length + 1;
    }
    for address in addresses {
        prose.fix(address);
    }
}

fn is_address(text: &str) -> bool {
    let has_dot_and_path = || text.contains('/') && text.split('/').any(|part| part.trim_matches('.').contains('.'));
    text.contains("://")
        || text.starts_with("www.")
        || text.starts_with("mailto:")
        || text.starts_with('@')
        || text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        || text.contains('\\')
        || has_dot_and_path()
}

// Marks that are one character.

fn dots(_: Lang, view: &View<'_>, changes: &mut Changes) {
    for (place, c) in view.free() {
        let run =
            || view.after(place) == Some('.') && view.at(place + 2) == Some('.') && view.at(place + 3) != Some('.');
        let is_free = || view.0[place..place + 3].iter().all(|letter| !letter.fixed);
        if c == '.'
            && !matches!(view.before(place), Some('.' | '/'))
            && run()
            && is_free()
            && !matches!(view.at(place + 3), Some('/'))
        {
            changes.extend([(place, Change::Set('…')), (place + 1, Change::Cut), (place + 2, Change::Cut)]);
        }
    }
}

fn dashes(_: Lang, view: &View<'_>, changes: &mut Changes) {
    for (place, c) in view.free() {
        let is_lone = |from: usize, to: usize| {
            let between_spaces = view.before(from).is_some_and(is_space) && view.at(to).is_some_and(is_space);
            let outer = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            let (start, end) = (view.spaces_before(from), view.spaces_from(to));
            let sums = outer(view.before(start)) && outer(view.at(end));
            // Between two numbers it may be a minus, a score, a part of one.
            between_spaces && !sums && start > 0 && end < view.0.len()
        };
        // Who says it, below a quotation.
        if matches!(c, '—' | '–') && place == 0 && view.after(place) == Some(' ') && !view.0[1].fixed {
            changes.push((1, Change::Set(NO_BREAK)));
        }
        if c != '-' || view.before(place) == Some('-') {
            continue;
        }
        if is_lone(place, place + 1) {
            changes.push((place, Change::Set('–')));
        } else if view.after(place) == Some('-') && is_lone(place, place + 2) && !view.0[place + 1].fixed {
            changes.extend([(place, Change::Set('–')), (place + 1, Change::Cut)]);
        }
    }
}

// Quotations.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    /// `"`
    Double,
    /// `'`
    Single,
    /// “ ”
    Curly,
    /// „ “
    Low,
    /// « »
    Angle,
    /// ‘ ’
    High,
}

/// A quotation whose two marks were found.
struct Pair {
    quote: Quote,
    open: usize,
    close: usize,
    /// Quotations around it.
    depth: usize,
}

fn quotes(lang: Lang, view: &View<'_>, changes: &mut Changes) {
    for Pair { quote, open, close, depth } in pairs(lang, view) {
        let marks = match (lang, quote) {
            (Lang::Fr, Quote::Double | Quote::Curly) if depth == 0 => ('«', '»'),
            (Lang::Fr, Quote::Double) => ('“', '”'),
            (Lang::Nl | Lang::En, Quote::Double) if depth % 2 == 0 => ('“', '”'),
            (Lang::Nl | Lang::En, Quote::Double | Quote::Single | Quote::High) => ('‘', '’'),
            (Lang::De, Quote::Double | Quote::Curly | Quote::Low) if depth % 2 == 0 => ('„', '“'),
            (Lang::De, Quote::Double | Quote::Single) => ('‚', '‘'),
            _ => continue,
        };
        // Both or none: a mark that is fixed keeps its partner as it is.
        if view.0[open].fixed || view.0[close].fixed {
            continue;
        }
        for (place, mark) in [(open, marks.0), (close, marks.1)] {
            if view.at(place) != Some(mark) {
                changes.push((place, Change::Set(mark)));
            }
        }
    }
}

fn pairs(lang: Lang, view: &View<'_>) -> Vec<Pair> {
    let mut open: Vec<(Quote, usize)> = Vec::new();
    let mut pairs: Vec<Pair> = Vec::new();
    for (place, letter) in view.0.iter().enumerate() {
        let (before, after) = (view.before(place), view.after(place));
        let opens = || leads_in(before) && !ends_text(after);
        let closes = || !ends_text(before) && leads_out(after);
        let (begun, ended): (Option<Quote>, &[Quote]) = match letter.c {
            '"' => (opens().then_some(Quote::Double), if closes() { &[Quote::Double, Quote::Low] } else { &[] }),
            '\'' | '‘' if shortened_word(lang, view, place) => continue,
            '\'' if view.at(place + 3) == Some('s') && shortened_year(lang, view, place) => continue,
            '\'' => (opens().then_some(Quote::Single), if closes() { &[Quote::Single, Quote::High] } else { &[] }),
            '‘' => (opens().then_some(Quote::High), &[]),
            '’' => (None, if closes() { &[Quote::High] } else { &[] }),
            '«' => (Some(Quote::Angle), &[]),
            '»' => (None, &[Quote::Angle]),
            '„' => (Some(Quote::Low), &[]),
            // What opens in English closes in German.
            '“' => (Some(Quote::Curly), if closes() { &[Quote::Low] } else { &[] }),
            '”' => (None, &[Quote::Curly, Quote::Low]),
            _ => continue,
        };
        let partner = open.iter().rposition(|(quote, _)| ended.contains(quote));
        // Of one that could do both, what is open already tells; but `((` opens twice.
        match (partner, begun) {
            (Some(partner), begun) if begun.is_none() || !leads_in(before) || !after.is_some_and(is_word) => {
                let (quote, at) = open[partner];
                open.truncate(partner);
                pairs.push(Pair { quote, open: at, close: place, depth: 0 });
            }
            (_, Some(quote)) => {
                if open.len() == MAX_OPEN {
                    open.remove(0);
                }
                open.push((quote, place));
            }
            _ => {}
        }
    }
    // Outer ones end later, and those that never end are around nothing.
    pairs.sort_by_key(|pair| pair.open);
    let mut around: Vec<usize> = Vec::new();
    for pair in &mut pairs {
        while around.last().is_some_and(|end| *end < pair.open) {
            around.pop();
        }
        pair.depth = around.len();
        if !matches!(pair.quote, Quote::Single | Quote::High) {
            around.push(pair.close);
        }
    }
    pairs
}

fn inside_quotes(lang: Lang, view: &View<'_>, changes: &mut Changes) {
    if lang != Lang::Fr {
        return;
    }
    for (place, c) in view.free() {
        match c {
            '«' => {
                let end = view.spaces_from(place + 1);
                match view.at(end) {
                    None | Some('\n' | '»') => {}
                    Some(_) if end == place + 1 => changes.push((place, Change::After(NARROW))),
                    Some(_) => view.set_space(place + 1, end, NARROW, changes),
                }
            }
            // »So« is how German novels do it.
            '»' if leads_in(view.before(place)) && view.after(place).is_some_and(is_word) => {}
            '»' => {
                let start = view.spaces_before(place);
                match view.before(start) {
                    None | Some('\n' | '«') => {}
                    Some(_) if start == place => changes.push((place, Change::Before(NARROW))),
                    Some(_) => view.set_space(start, place, NARROW, changes),
                }
            }
            _ => {}
        }
    }
}

fn apostrophes(lang: Lang, view: &View<'_>, changes: &mut Changes) {
    for (place, c) in view.free() {
        let (before, after) = (view.before(place), view.after(place));
        let is_apostrophe = match c {
            // Word makes an opening quote of it.
            '‘' => lang == Lang::Nl && shortened_word(lang, view, place),
            '\'' => {
                let inside = match (before, after) {
                    (Some(before), Some(after)) if before.is_alphabetic() => is_word(after) || "«“„‘\"".contains(after),
                    (Some(before), Some(after)) => {
                        before.is_alphanumeric() && after.is_alphabetic() && lang != Lang::Fr
                    }
                    _ => false,
                };
                let ends_word = leads_out(after)
                    && before.is_some_and(|before| match lang {
                        Lang::Fr => false,
                        Lang::En => before.is_alphabetic(),
                        Lang::Nl | Lang::De => matches!(before, 's' | 'x' | 'z' | 'ß'),
                    });
                inside || ends_word || shortened_word(lang, view, place) || shortened_year(lang, view, place)
            }
            _ => false,
        };
        if is_apostrophe {
            changes.push((place, Change::Set('’')));
        }
    }
}

/// Whether the mark stands for letters left out at the start of a word: ’s morgens.
fn shortened_word(lang: Lang, view: &View<'_>, place: usize) -> bool {
    let words: &[&str] = match lang {
        Lang::Fr => return false,
        Lang::Nl => &["s", "t", "n", "k", "m", "ns", "em", "ie"],
        Lang::De => &["s", "n", "ne", "nen", "nem", "ner", "rein", "raus", "ran", "rauf", "rüber"],
        Lang::En => &["tis", "Tis", "twas", "Twas", "em", "til", "cause", "n"],
    };
    leads_in(view.before(place)) && words.iter().any(|word| view.has_word(place + 1, word))
}

/// Whether it stands for a century: ’98, the ’90s.
fn shortened_year(lang: Lang, view: &View<'_>, place: usize) -> bool {
    let is_digit = |at: usize| view.at(at).is_some_and(|c| c.is_ascii_digit());
    let end = if view.at(place + 3) == Some('s') { place + 4 } else { place + 3 };
    lang != Lang::Fr
        && leads_in(view.before(place))
        && is_digit(place + 1)
        && is_digit(place + 2)
        && !view.at(end).is_some_and(|c| is_word(c) || c == '\'' || c == '’')
}

// Spaces.

fn before_marks(lang: Lang, view: &View<'_>, changes: &mut Changes) {
    for (place, c) in view.free() {
        if !";!?:,".contains(c) || (lang == Lang::Fr && c == ',') {
            continue;
        }
        let after = view.after(place);
        let is_mark = match c {
            // A quotation's end or another mark may follow these; the others would smile.
            '!' | '?' => after.is_none_or(|c| c.is_whitespace() || ")]}»”’“\"'…!?.,;:–—".contains(c)),
            ';' => after.is_none_or(|c| c.is_whitespace() || "»”".contains(c)),
            _ => ends_text(after),
        };
        let start = view.spaces_before(place);
        let Some(before) = view.before(start).filter(|_| is_mark) else { continue };
        let has_space = start < place;
        if lang != Lang::Fr {
            let of_numbers =
                before.is_ascii_digit() && view.at(view.spaces_from(place + 1)).is_some_and(|c| c.is_ascii_digit());
            if has_space && carries_marks(before) && !(of_numbers && c == ':') {
                changes.extend((start..place).map(|space| (space, Change::Cut)));
            }
            continue;
        }
        let space = if c == ':' { NO_BREAK } else { NARROW };
        if has_space && (carries_marks(before) || "…!?.".contains(before)) {
            view.set_space(start, place, space, changes);
        } else if !has_space && carries_marks(before) && (before == CODE || !view.0[place - 1].fixed) {
            changes.push((place, Change::Before(space)));
        }
    }
}

const UNITS: &[&str] = &[
    "km", "m", "cm", "mm", "km²", "m²", "m³", "ha", "kg", "g", "mg", "t", "l", "cl", "ml", "°C", "kW", "MW", "GW",
    "kWh", "MWh", "GWh", "TWh", "Mo", "Go", "MB", "GB", "h", "min",
];

fn quantities(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Fr => &[
            "million",
            "millions",
            "milliard",
            "milliards",
            "euro",
            "euros",
            "tonnes",
            "mètres",
            "kilomètres",
            "hectares",
        ],
        Lang::Nl => &["miljoen", "miljard", "euro", "procent", "ton", "meter", "kilometer", "hectare", "uur"],
        Lang::De => &[
            "Million",
            "Millionen",
            "Milliarde",
            "Milliarden",
            "Mio",
            "Mrd",
            "Euro",
            "Prozent",
            "Tonnen",
            "Meter",
            "Kilometer",
            "Hektar",
            "Uhr",
        ],
        Lang::En => &["million", "billion", "euros", "euro", "percent", "tonnes", "metres", "kilometres", "hectares"],
    }
}

fn months(lang: Lang) -> &'static [&'static str] {
    match lang {
        Lang::Fr => &[
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
        Lang::Nl => &[
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
        Lang::De => &[
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
        Lang::En => &[
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
    }
}

fn numbers(lang: Lang, view: &View<'_>, changes: &mut Changes) {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let is_free = |place: usize| view.0.get(place).is_some_and(|letter| !letter.fixed);
    let mut place = 0;
    while place < view.0.len() {
        if !is_digit(view.at(place)) {
            let end = view.spaces_from(place + 1);
            let is_price = matches!(view.at(place), Some('€' | '$' | '£'));
            if is_price && end == place + 2 && view.after(place) == Some(' ') && is_digit(view.at(end)) {
                changes.push((place + 1, Change::Set(NO_BREAK)));
            }
            place += 1;
            continue;
        }
        let start = place;
        while is_digit(view.at(place)) {
            place += 1;
        }
        if !is_free(place - 1) {
            continue;
        }
        // Groups of three, parted by one space each.
        let mut groups = Vec::new();
        groups.push(start..place);
        while view.at(place).is_some_and(is_space) && is_digit(view.after(place)) {
            let group = place + 1;
            place = group;
            while is_digit(view.at(place)) {
                place += 1;
            }
            groups.push(group..place);
        }
        if matches!(lang, Lang::Fr | Lang::De) && is_grouped(view, &groups) {
            let spaces = groups[1..].iter().map(|group| group.start - 1);
            changes.extend(spaces.filter(|at| view.at(*at) != Some(NARROW)).map(|at| (at, Change::Set(NARROW))));
        }
        if view.before(start) == Some('+') && groups.len() > 2 {
            // A telephone number is dialled whole.
            let spaces = groups[1..].iter().map(|group| group.start - 1);
            changes.extend(spaces.filter(|at| view.at(*at) == Some(' ')).map(|at| (at, Change::Set(NO_BREAK))));
        }
        after_number(lang, view, groups.len() == 1 && place - start <= 2, place, changes);
    }
}

fn is_grouped(view: &View<'_>, groups: &[std::ops::Range<usize>]) -> bool {
    let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return false };
    let before = view.before(first.start);
    let number_before = before.is_some_and(is_space)
        && view.before(view.spaces_before(first.start)).is_some_and(|c| c.is_ascii_digit());
    groups.len() > 1
        && first.len() <= 3
        // Telephones begin so.
        && view.at(first.start) != Some('0')
        && groups[1..].iter().all(|group| group.len() == 3)
        && !number_before
        && !before.is_some_and(|c| is_word(c) || "+/.,-–:".contains(c))
        && !view.at(last.end).is_some_and(|c| is_word(c) || "/-:".contains(c))
}

/// The space between a number that ends at `end` and what it counts.
fn after_number(lang: Lang, view: &View<'_>, may_be_day: bool, end: usize, changes: &mut Changes) {
    let spaces_end = view.spaces_from(end);
    let has_space = spaces_end > end;
    let sign = view.at(spaces_end).filter(|_| view.0.get(spaces_end).is_some_and(|letter| !letter.fixed));
    if let Some('%' | '‰' | '€') = sign {
        let stands_alone = !view.after(spaces_end).is_some_and(|c| is_word(c) || c == '-');
        match (lang, has_space) {
            (Lang::Fr | Lang::De, false) if stands_alone => changes.push((end, Change::Before(NO_BREAK))),
            (_, true) if stands_alone && !(spaces_end == end + 1 && view.at(end) == Some(NARROW)) => {
                view.set_space(end, spaces_end, NO_BREAK, changes);
            }
            _ => {}
        }
        return;
    }
    // A day may be written 1er, 3.
    let (end, is_ordinal) = match lang {
        Lang::Fr if view.has_word(end, "er") => (end + 2, true),
        Lang::De if view.at(end) == Some('.') => (end + 1, true),
        _ => (end, false),
    };
    if view.at(end) != Some(' ') || view.0[end].fixed {
        return;
    }
    let counts = |words: &[&str]| words.iter().any(|word| view.has_word(end + 1, word));
    let is_day = may_be_day && counts(months(lang));
    if is_day || (!is_ordinal && (counts(UNITS) || counts(quantities(lang)))) {
        changes.push((end, Change::Set(NO_BREAK)));
    }
}

/// Abbreviations that stand before a name, and those before a number.
fn shortened(lang: Lang) -> (&'static [&'static str], &'static [&'static str]) {
    match lang {
        Lang::Fr => (
            &["M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Pr", "Me", "Mgr"],
            &["n°", "N°", "n°s", "nº", "p.", "pp.", "art.", "Art.", "vol.", "chap.", "fig.", "§"],
        ),
        Lang::Nl => (
            &["dhr.", "Dhr.", "mevr.", "Mevr.", "dr.", "Dr.", "prof.", "Prof.", "Z.M.", "H.M."],
            &["nr.", "Nr.", "nrs.", "blz.", "p.", "art.", "Art.", "§"],
        ),
        Lang::De => (&["Dr.", "Prof.", "Hr.", "Fr.", "Herr", "Frau"], &["Nr.", "S.", "Art.", "Abs.", "Bd.", "§", "§§"]),
        Lang::En => (
            &["Mr", "Mrs", "Ms", "Dr", "Prof", "Mr.", "Mrs.", "Ms.", "Dr.", "Prof."],
            &["No.", "no.", "p.", "pp.", "art.", "Art.", "§"],
        ),
    }
}

/// Parts of German abbreviations, each with a full stop after it.
const GERMAN: &[&[&str]] = &[
    &["z", "B"],
    &["d", "h"],
    &["u", "a"],
    &["i", "d", "R"],
    &["o", "ä"],
    &["u", "U"],
    &["v", "a"],
    &["s", "o"],
    &["s", "u"],
    &["z", "T"],
    &["i", "A"],
    &["n", "Chr"],
    &["v", "Chr"],
];

fn abbreviations(lang: Lang, view: &View<'_>, changes: &mut Changes) {
    let (names, figures) = shortened(lang);
    // The longest of them, in letters.
    const LONGEST: usize = 6;
    for (place, c) in view.free() {
        if c == '°' && lang == Lang::Fr {
            let is_number = matches!(view.before(place), Some('n' | 'N'))
                && leads_in(view.before(place.saturating_sub(1)))
                && view.after(place).is_some_and(|c| c.is_ascii_digit());
            if is_number {
                changes.push((place, Change::After(NO_BREAK)));
            }
        }
        if c == ' ' {
            let from = place.saturating_sub(LONGEST);
            let word = view.0[from..place].iter().rev().take_while(|letter| !leads_in(Some(letter.c))).count();
            let word: String = view.0[place - word..place].iter().map(|letter| letter.c).collect();
            let whole = leads_in(view.before(place - word.chars().count()));
            let next = view.after(place);
            let is_name = || names.contains(&&*word) && next.is_some_and(char::is_uppercase);
            let is_figure = || figures.contains(&&*word) && next.is_some_and(|c| c.is_ascii_digit());
            if whole && (is_name() || is_figure()) {
                changes.push((place, Change::Set(NO_BREAK)));
            }
        }
        if lang == Lang::De && c.is_alphabetic() && leads_in(view.before(place)) {
            for parts in GERMAN {
                if let Some(found) = german(view, place, parts) {
                    changes.extend(found);
                    break;
                }
            }
        }
    }
}

/// What to change where an abbreviation of `parts` begins at `place`; none where another does.
fn german(view: &View<'_>, place: usize, parts: &[&str]) -> Option<Changes> {
    let mut changes = Changes::new();
    let mut at = place;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            match view.at(at)? {
                NO_BREAK | NARROW => at += 1,
                c if is_space(c) => {
                    changes.push((at, Change::Set(NO_BREAK)));
                    at += 1;
                }
                _ => changes.push((at, Change::Before(NO_BREAK))),
            }
        }
        if !view.has_word(at, part) {
            return None;
        }
        at += part.chars().count();
        if view.at(at) != Some('.') || view.0[at].fixed {
            return None;
        }
        at += 1;
    }
    Some(changes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `~` for U+00A0 and `_` for U+202F, so that a reader of the tables sees them.
    fn seen(text: &str) -> String {
        text.replace(NO_BREAK, "~").replace(NARROW, "_")
    }

    fn assert_care(lang: Lang, cases: &[(&str, &str)]) {
        for (typed, expected) in cases {
            let cared = care(lang, typed);
            assert_eq!(seen(&cared), *expected, "{typed}");
            assert_eq!(care(lang, &cared), cared, "twice: {typed}");
        }
    }

    #[test]
    fn french() {
        assert_care(
            Lang::Fr,
            &[
                ("Il a dit \"oui\".", "Il a dit «_oui_»."),
                ("Il a dit “oui”.", "Il a dit «_oui_»."),
                ("«oui» et « non »", "«_oui_» et «_non_»"),
                ("« Il a dit \"oui\" hier »", "«_Il a dit “oui” hier_»"),
                ("\"Le \"oui\" gagne\"", "«_Le “oui” gagne_»"),
                ("l'\"État\" d'aujourd'hui", "l’«_État_» d’aujourd’hui"),
                ("Écran de 15\" et 5'10", "Écran de 15\" et 5'10"),
                ("un \"seul guillemet", "un \"seul guillemet"),
                ("l'État, d'1 million, 'mot'", "l’État, d’1~million, 'mot'"),
                ("Bravo! Qui? Moi; toi", "Bravo_! Qui_? Moi_; toi"),
                ("Bravo ! Qui  ? Moi\u{a0}; toi", "Bravo_! Qui_? Moi_; toi"),
                ("Quoi ?! Non !!! Si?!", "Quoi_?! Non_!!! Si_?!"),
                ("(vraiment?) (?) [!]", "(vraiment_?) (?) [!]"),
                ("\"Bravo!\"", "«_Bravo_!_»"),
                ("Contact: Anne", "Contact~: Anne"),
                ("Contact : Anne", "Contact~: Anne"),
                ("Liste:", "Liste~:"),
                ("à 13:00, score 2:1, échelle 1:1000, ratio 16:9", "à 13:00, score 2:1, échelle 1:1000, ratio 16:9"),
                (";-) :-) :) ;)", ";-) :-) :) ;)"),
                ("12 000 et 1 250 000,50 euros", "12_000 et 1_250_000,50~euros"),
                (
                    "tél. 02 501 02 11, 0475 123 456, +32 475 123 456",
                    "tél. 02 501 02 11, 0475 123 456, +32~475~123~456",
                ),
                ("1000 Bruxelles, en 2024 300 agents", "1000 Bruxelles, en 2024 300 agents"),
                ("5%, 5 %, 100€, 100 €/an", "5~%, 5~%, 100~€, 100~€/an"),
                ("12 km, 3 millions d'euros, 5 moutons", "12~km, 3~millions d’euros, 5 moutons"),
                ("300 l, puis 300 l'an prochain", "300~l, puis 300 l’an prochain"),
                ("— Anne Claes", "—~Anne Claes"),
                ("n°5, n° 5, N°12", "n°~5, n°~5, N°~12"),
                ("1er février, le 1er, 2 mars, 12 marsouins", "1er~février, le 1er, 2~mars, 12 marsouins"),
                ("M. Dupont, Mme Claes, MM. A et B, art. 5", "M.~Dupont, Mme~Claes, MM.~A et B, art.~5"),
                ("Le point M. il", "Le point M. il"),
                ("Et...", "Et…"),
                ("Quoi... ? .... ../a", "Quoi…_? .... ../a"),
                ("Liège - Namur, rendez-vous, 5 - 3, a -- b", "Liège – Namur, rendez-vous, 5 - 3, a – b"),
                ("- un", "- un"),
                (
                    "https://example.be/a?b=1;c!: www.a.be; a.b@c.be!",
                    "https://example.be/a?b=1;c!: www.a.be; a.b@c.be!",
                ),
                ("Voir https://example.be/l'a ! Oui", "Voir https://example.be/l'a_! Oui"),
                ("&nbsp; reste", "&nbsp; reste"),
                ("", ""),
                ("  ", "  "),
                ("!", "!"),
                ("a\n! b", "a\n! b"),
            ],
        );
    }

    #[test]
    fn dutch() {
        assert_care(
            Lang::Nl,
            &[
                ("De foto's van '98 zijn 's morgens", "De foto’s van ’98 zijn ’s morgens"),
                ("'s-Gravenhage, ‘s avonds, 't kan", "’s-Gravenhage, ’s avonds, ’t kan"),
                ("Hans' plan", "Hans’ plan"),
                ("‘50 % korting' en ‘foto's’ van Hans'", "‘50~% korting’ en ‘foto’s’ van Hans’"),
                ("als '60 euro, nu 50'", "als ‘60~euro, nu 50’"),
                ("Hij zei \"ja\" en 'nee'.", "Hij zei “ja” en ‘nee’."),
                ("\"Dat \"ja\" telt\"", "“Dat ‘ja’ telt”"),
                ("1.350 euro, 5%, 5 %, € 12, 3 miljoen", "1.350~euro, 5%, 5~%, €~12, 3~miljoen"),
                ("Contact : An ! Echt ?", "Contact: An! Echt?"),
                ("om 13:00 uur, 1 : 3", "om 13:00~uur, 1 : 3"),
                ("Gent - Brugge...", "Gent – Brugge…"),
                ("3 maart, art. 5, mevr. Claes, nr. 7", "3~maart, art.~5, mevr.~Claes, nr.~7"),
                ("« Bonjour »", "« Bonjour »"),
            ],
        );
    }

    #[test]
    fn german() {
        assert_care(
            Lang::De,
            &[
                ("Er sagte \"ja\" und 'nein'.", "Er sagte „ja“ und ‚nein‘."),
                ("Er sagte “ja” und „nein”.", "Er sagte „ja“ und „nein“."),
                ("„Das „Ja“ zählt“", "„Das „Ja“ zählt“"),
                ("\"Das \"Ja\" zählt\"", "„Das ‚Ja‘ zählt“"),
                ("Wie geht's, 's ist Hans' Auto", "Wie geht’s, ’s ist Hans’ Auto"),
                ("z.B. hier, z. B. da, d.h. dort, i.d.R. so", "z.~B. hier, z.~B. da, d.~h. dort, i.~d.~R. so"),
                ("50%, 50 %, 5 €, 100%ig, 5%-Hürde", "50~%, 50~%, 5~€, 100%ig, 5%-Hürde"),
                ("3. Oktober, Art. 5, Dr. Müller, § 5", "3.~Oktober, Art.~5, Dr.~Müller, §~5"),
                ("12 000 und 12.000, um 13:00 Uhr", "12_000 und 12.000, um 13:00~Uhr"),
                ("Achtung ! Kontakt :", "Achtung! Kontakt:"),
                ("Eupen - Lüttich...", "Eupen – Lüttich…"),
            ],
        );
    }

    #[test]
    fn english() {
        assert_care(
            Lang::En,
            &[
                ("He said \"yes\", don't 'stop'.", "He said “yes”, don’t ‘stop’."),
                ("\"A \"yes\" counts\"", "“A ‘yes’ counts”"),
                ("(\"yes\") - \"no\"", "(“yes”) – “no”"),
                (
                    "the workers' rights of the '90s and 1980's, rock 'n' roll",
                    "the workers’ rights of the ’90s and 1980’s, rock ’n’ roll",
                ),
                ("Really ? Yes ! A ; b : c , d", "Really? Yes! A; b: c, d"),
                ("5 %, 12 million, 3 March, Mr Smith", "5~%, 12~million, 3~March, Mr~Smith"),
                ("6' tall, 15\" wide", "6' tall, 15\" wide"),
                ("see http://a.be/'x'?y... and a@b.be...", "see http://a.be/'x'?y… and a@b.be…"),
            ],
        );
    }

    #[test]
    fn marks_stay_and_words_are_cared_for() {
        for (lang, typed, expected) in [
            (Lang::Fr, "**\"Oui\"** !", "**«_Oui_»**_!"),
            (Lang::Fr, "\"**Oui**\"", "«_**Oui**_»"),
            (Lang::Fr, "l'*État*!", "l’*État*_!"),
            (
                Lang::Fr,
                "**Contact**: [l'agence](https://a.be/l'a?b \"l'a\")",
                "**Contact**~: [l’agence](https://a.be/l'a?b \"l'a\")",
            ),
            (Lang::Fr, "le code `a ? \"b\"`!", "le code `a ? \"b\"`_!"),
            (Lang::Fr, "```\n\"a\" !\n```\n\n    \"b\" !\n\n\"c\"", "```\n\"a\" !\n```\n\n    \"b\" !\n\n«_c_»"),
            (Lang::Fr, "<https://a.be/?b> <l'a@b.be>!", "<https://a.be/?b> <l'a@b.be>!"),
            (Lang::Fr, "[l'a] et [l'b][l'a]\n\n[l'a]: https://a.be", "[l'a] et [l’b][l'a]\n\n[l'a]: https://a.be"),
            (
                Lang::Fr,
                "- l'un\n- l'autre - fin\n\n1. a: b\n\n---\n\n## Quoi?",
                "- l’un\n- l’autre – fin\n\n1. a~: b\n\n---\n\n## Quoi_?",
            ),
            (
                Lang::Fr,
                "| l'an | a: |\n| --- | :-: |\n| 5% | \"b\" |",
                "| l’an | a~: |\n| --- | :-: |\n| 5~% | «_b_» |",
            ),
            (Lang::Fr, "a\\! b\\\" &quot;c&quot; d\\*", "a\\! b\\\" &quot;c&quot; d\\*"),
            (Lang::Fr, "ligne\\\nl'autre  \nfin !", "ligne\\\nl’autre  \nfin_!"),
            (Lang::Fr, "> \"a\"\n> l'b", "> «_a_»\n> l’b"),
            (Lang::Fr, "un\r\nl'autre", "un\nl’autre"),
            (Lang::En, "_\"Yes\"_ and ~~'no'~~...", "_“Yes”_ and ~~‘no’~~…"),
            (Lang::De, "![z.B.](a.jpg) **z.B.**", "![z.~B.](a.jpg) **z.~B.**"),
            (Lang::Nl, "**Let op** : ja", "**Let op**: ja"),
        ] {
            let cared = care_markdown(lang, typed);
            assert_eq!(seen(&cared), expected, "{typed}");
            assert_eq!(care_markdown(lang, &cared), cared, "twice: {typed}");
        }
    }

    #[test]
    fn a_long_text_takes_little_time() {
        for unit in ["\"", "'", "« ", "1 ", "a - ", "...", " !", "\"a", "«", "„", "“", "a@", "z.", "[", "**a \"", "| "]
        {
            let text = unit.repeat(20_000);
            let start = std::time::Instant::now();
            for lang in Lang::ALL {
                care(lang, &text);
                care_markdown(lang, &text);
            }
            assert!(start.elapsed().as_secs() < 20, "{unit:?} took {:?}", start.elapsed());
        }
    }

    fn words(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    const PIECES: &[&str] = &[
        "a",
        "État",
        "s",
        "n",
        "z",
        "B",
        "12",
        "000",
        "1",
        "M",
        "%",
        "€",
        "°",
        " ",
        " ",
        " ",
        "\u{a0}",
        "\u{202f}",
        "\"",
        "'",
        "’",
        "‘",
        "“",
        "”",
        "„",
        "«",
        "»",
        "!",
        "?",
        ";",
        ":",
        ",",
        ".",
        "...",
        "-",
        "--",
        "–",
        "…",
        "(",
        ")",
        "\n",
        "*",
        "**",
        "_",
        "`",
        "[",
        "](b)",
        "\\",
        "&nbsp;",
        "https://a.be/",
        "a@b.be",
        "| ",
        "- ",
        "1. ",
        "# ",
        "> ",
        "\n\n",
        "<",
        ">",
        "~~",
        "mars",
        "millions",
        "km",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn care_is_done_once_and_for_all(pieces in proptest::collection::vec(0..PIECES.len(), 0..24), lang in 0..4_usize) {
            let lang = Lang::ALL[lang];
            let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
            let cared = care(lang, &text);
            prop_assert_eq!(care(lang, &cared), cared.clone(), "{:?}", text);
            prop_assert_eq!(words(&cared), words(&text));
            let cared = care_markdown(lang, &text);
            prop_assert_eq!(care_markdown(lang, &cared), cared.clone(), "{:?}", text);
            prop_assert_eq!(words(&cared), words(&text));
        }
    }
}
