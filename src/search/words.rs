//! The words that somebody looks for, as they were typed and as they are understood.
//!
//! There is no query language to learn and no query that is wrong: every word is wanted, quotation marks of any kind hold
//! words together, a `-` before a word or a phrase keeps it away, and any other sign is a sign. The last word may be one
//! that is still being typed. What journalists try from elsewhere (`AND`, `title:`, `*`, brackets) is read as the words
//! that it is made of. Small words (*de, van, der, the*) stand in every text: beside others they ask for nothing.

use std::ops::Range;

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::analysis;
use super::filter::Period;
use crate::kit::clock::{Month, Year};
use crate::kit::dates;

/// Words, phrases in quotation marks, exclusions; as typed, in one spelling (NFC, one blank between words, no control or
/// invisible characters, at most [`Words::MAX`] characters).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(String);

/// What ends a text that was longer than [`Words::MAX`], so that its canonical form says so, too.
const CUT: &str = " …";

impl Words {
    /// The most characters that are looked at; what follows is left out.
    pub const MAX: usize = 300;

    /// From what was typed; none if nothing is left.
    pub fn read(typed: &str) -> Option<Self> {
        let visible: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
        let one_blank = visible.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let text: String = one_blank.collect::<Vec<_>>().join(" ").nfc().take(Self::MAX + 1).collect();
        if text.chars().count() > Self::MAX {
            // At the end of a word, unless it is one word that has none.
            let kept: String = text.chars().take(Self::MAX - CUT.chars().count()).collect();
            let end = kept.rfind(' ').unwrap_or(kept.len());
            return Some(Self(format!("{}{CUT}", kept[..end].trim_end_matches([' ', '…']))));
        }
        (!text.is_empty()).then_some(Self(text))
    }

    /// As typed, in one spelling.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// As typed, for who reads it: without the sign that it was longer.
    pub fn shown(&self) -> &str {
        if self.understood().cut { self.0.trim_end_matches(['…', ' ']) } else { &self.0 }
    }

    /// As they are understood. Bounded for any text: at most [`Understood::MAX`] words.
    pub fn understood(&self) -> Understood {
        Reader::new(&self.0).read()
    }

    /// Whether a quotation mark waits for its other half: a phrase is being typed.
    pub fn is_open(&self) -> bool {
        self.0.chars().filter(|c| is_quote(*c)).count() % 2 == 1
    }

    /// What they name, if they are nothing but the name of one thing.
    pub fn direct(&self) -> Option<Direct> {
        let text = self.0.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some((year, number)) = text.split_once('-') {
            let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
            if year.len() == 4 && (4..=9).contains(&number.len()) && digits(year) && digits(number) {
                return Some(Direct::Reference(text.to_owned()));
            }
        }
        dates::read(text).map(Direct::Day)
    }

    /// The time that they may mean, if they are nothing but its name: a year, a month, or a day without a year, which is
    /// then the last one up to `today`. They may mean a text that has these words, too.
    pub fn period(&self, today: NaiveDate) -> Option<Period> {
        let text = self.0.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(year) = Year::parse(text) {
            return Some(Period::Year(year));
        }
        if let Some(first) = dates::read_month(text) {
            return Some(Period::Month(Month::of(first)));
        }
        let (month, day) = dates::read_day_of_year(text)?;
        // The 29th of February is there every fourth year, and around 2100 every eighth.
        let days = (0..=8).filter_map(|ago| NaiveDate::from_ymd_opt(today.year() - ago, month, day));
        days.filter(|day| *day <= today).max().map(Period::Day)
    }
}

/// Words that join others and say nothing by themselves: articles, prepositions and conjunctions of our languages, as
/// they are spelled, but for those that are a word of weight in another of them (*or, son, est, an*).
const SMALL: &[&str] = &[
    // French
    "de", "des", "du", "la", "le", "les", "et", "à", "au", "aux", "un", "une", "en", "ou", "par", "pour", "sur", "dans",
    "avec", "ce", "ces", "cette", "qui", "que", // Dutch
    "het", "een", "van", "op", "te", "ten", "ter", "voor", "met", "aan", "bij", "uit", "naar", "om", "tot", "dat",
    "zijn", // German
    "der", "die", "das", "den", "dem", "des", "und", "oder", "zu", "zum", "zur", "im", "am", "von", "vom", "ein",
    "eine", "einer", "eines", "mit", "für", "auf", "bei", "aus", "über", // English
    "the", "of", "and", "to", "in", "on", "for", "by", "at", "with", "from",
];

/// Whether it is one of those. What is written in capitals is not (`OR`, `MIT`, `IT`).
pub fn is_small(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    capitals < 2 && SMALL.contains(&word.to_lowercase().as_str())
}

/// Characters that nobody sees and that break a word in two: direction marks, joiners, the soft hyphen (Unicode's `Cf`
/// as texts are pasted with it).
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A thing that has an address of its own, so that no list of hits is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direct {
    /// The number of a press release: `2026-0417`.
    Reference(String),
    /// A day: `20/11/2026`, `20 novembre 2026`.
    Day(NaiveDate),
}

/// A part of what is looked for, in the spelling that was typed; how words become comparable is for `analysis` to say.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Term {
    /// A word. Its parts stand beside each other, if it has any (`l’eau`, `2026-0417`, `avant-projet`).
    Word(String),
    /// Words that stand beside each other in this order.
    Phrase(Vec<String>),
    /// A word, or any that begins so: the last one typed may not be complete.
    Prefix(String),
}

impl Term {
    /// As somebody would read it: without quotation marks.
    pub fn text(&self) -> String {
        match self {
            Term::Word(word) | Term::Prefix(word) => word.clone(),
            Term::Phrase(words) => words.join(" "),
        }
    }

    /// As somebody would type it so that it is understood as this.
    pub fn typed(&self) -> String {
        match self {
            Term::Word(word) | Term::Prefix(word) => word.clone(),
            Term::Phrase(words) => format!("\"{}\"", words.join(" ")),
        }
    }

    fn words(&self) -> usize {
        match self {
            Term::Word(_) | Term::Prefix(_) => 1,
            Term::Phrase(words) => words.len(),
        }
    }
}

/// What words mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Understood {
    /// All of these must be there.
    pub wanted: Vec<Term>,
    /// None of these may be there.
    pub unwanted: Vec<Term>,
    /// Words beyond the first [`Understood::MAX`], in their order.
    pub left_out: Vec<String>,
    /// Whether the text went on after [`Words::MAX`] characters.
    pub cut: bool,
}

/// Wanted terms that are one word where somebody else writes it as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// The places of the terms that it stands for.
    pub places: Range<usize>,
    /// The word; a beginning if the last of them is one.
    pub term: Term,
}

impl Understood {
    /// The most words that are looked for, phrases' and unwanted ones included.
    pub const MAX: usize = 20;
    /// The fewest characters of which a last word (or its last part) is also a beginning: with one or two, half the
    /// dictionary begins.
    pub const PREFIX_MIN: usize = 3;

    /// Whether there is no word to look for: signs only.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.unwanted.is_empty()
    }

    /// What wanted words are if they are written as one: two that were typed one after the other
    /// (`minimum pensioen`), or the parts of one with a hyphen (`minimum-pensioen`). At most two for each term; most are
    /// no words, which the index knows.
    pub fn joined(&self) -> Vec<Joined> {
        /// Shorter ones join to too many words that have nothing to do with them (`par le`, `en suite`).
        const PART_MIN: usize = 3;
        let plain = |place: usize| match self.wanted.get(place) {
            Some(Term::Word(word) | Term::Prefix(word)) => Some(word.as_str()),
            Some(Term::Phrase(_)) | None => None,
        };
        let is_part = |word: &str| {
            word.chars().all(is_word)
                && (word.chars().count() >= PART_MIN || word.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let mut joined = Vec::new();
        let mut add = |places: Range<usize>, word: String| {
            let open = matches!(self.wanted.get(places.end - 1), Some(Term::Prefix(_)));
            let term = if open { Term::Prefix(word) } else { Term::Word(word) };
            joined.push(Joined { places, term });
        };
        for place in 0..self.wanted.len() {
            let Some(word) = plain(place) else { continue };
            if word.contains(analysis::is_hyphen)
                && let [(range, whole)] = analysis::joined(word).as_slice()
                && *range == (0..word.len())
            {
                add(place..place + 1, whole.clone());
            }
            if let Some(next) = plain(place + 1)
                && is_part(word)
                && is_part(next)
                && (word.contains(char::is_alphabetic) || next.contains(char::is_alphabetic))
            {
                add(place..place + 2, format!("{word}{next}"));
            }
        }
        joined
    }

    /// The words as one would type them, to be understood as this again.
    pub fn typed(&self) -> String {
        let unwanted = self.unwanted.iter().map(|term| format!("-{}", term.typed()));
        // What is also a beginning is the last, or it would be none. Three digits after digits would be thousands.
        let mut after_digit = false;
        let wanted = self.wanted.iter().map(|term| {
            let typed = term.typed();
            let is_apart = after_digit && typed.len() == 3 && typed.bytes().all(|c| c.is_ascii_digit());
            after_digit = typed.ends_with(|c: char| c.is_ascii_digit());
            if is_apart { format!("\"{typed}\"") } else { typed }
        });
        unwanted.chain(wanted).collect::<Vec<_>>().join(" ")
    }

    /// Without one of the wanted terms.
    pub fn without(&self, place: usize) -> Self {
        let mut less = self.clone();
        if place < less.wanted.len() {
            less.wanted.remove(place);
        }
        less
    }

    /// With another word in the place of one of the wanted terms.
    pub fn with(&self, place: usize, word: &str) -> Self {
        let mut other = self.clone();
        if let Some(term) = other.wanted.get_mut(place) {
            *term = Term::Word(word.to_owned());
        }
        other
    }
}

/// Reads the text from its beginning.
struct Reader<'a> {
    rest: &'a str,
    understood: Understood,
    words: usize,
    /// Small words that would be wanted if there were no others.
    small: Vec<Term>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, understood: Understood::default(), words: 0, small: Vec::new() }
    }
}

impl Reader<'_> {
    fn read(mut self) -> Understood {
        if let Some(kept) = self.rest.strip_suffix('…') {
            self.rest = kept;
            self.understood.cut = self.rest.chars().count() > Words::MAX / 2;
        }
        let mut at_start = true;
        // The word that was typed last, if it is wanted and in no quotation marks.
        let mut last = None;
        while let Some(c) = self.rest.chars().next() {
            let after = &self.rest[c.len_utf8()..];
            let unwanted = at_start
                && is_minus(c)
                && (after.starts_with(|next: char| is_word(next) || is_quote(next)) || single_quoted(after).is_some());
            if unwanted {
                self.rest = after;
            }
            if unwanted || is_word(c) || is_quote(c) || at_start && single_quoted(self.rest).is_some() {
                if let Some((term, quoted)) = self.term() {
                    last = (!unwanted && !quoted).then(|| term.clone());
                    self.keep(term, !unwanted);
                }
                at_start = false;
            } else {
                self.rest = after;
                at_start = c.is_whitespace() || matches!(c, '(' | '[' | ',' | ';');
            }
        }
        let mut understood = self.understood;
        if understood.wanted.is_empty() {
            self.small.truncate(Understood::MAX - self.words);
            understood.wanted = self.small;
        }
        // What was cut was cut after a word.
        if let (Some(Term::Word(last)), false) = (last, understood.cut) {
            let open = last.rsplit(|c: char| !is_word(c)).next().map_or(0, |part| part.chars().count());
            let term = understood.wanted.iter_mut().find(|term| matches!(term, Term::Word(word) if *word == last));
            if let (Some(term), true) = (term, open >= Understood::PREFIX_MIN) {
                *term = Term::Prefix(last);
            }
        }
        understood
    }

    /// The term that begins here, and whether it was in quotation marks.
    fn term(&mut self) -> Option<(Term, bool)> {
        let first = self.rest.chars().next()?;
        let (inside, rest) = if let Some(parts) = single_quoted(self.rest) {
            parts
        } else if is_quote(first) {
            // Up to any mark that can end a phrase; one that nothing ends goes to the end.
            let inside = &self.rest[first.len_utf8()..];
            match inside.char_indices().find(|(_, c)| is_quote(*c)) {
                Some((at, mark)) => (&inside[..at], &inside[at + mark.len_utf8()..]),
                None => (inside, ""),
            }
        } else {
            let word = self.word();
            return (!word.is_empty()).then(|| (Term::Word(word.to_owned()), false));
        };
        self.rest = rest;
        let mut reader = Reader::new(inside);
        let mut words = Vec::new();
        while let Some(c) = reader.rest.chars().next() {
            if is_word(c) {
                words.push(reader.word().to_owned());
            } else {
                reader.rest = &reader.rest[c.len_utf8()..];
            }
        }
        // One word in marks is a phrase, too: exactly this, and not what begins so.
        (!words.is_empty()).then_some((Term::Phrase(words), true))
    }

    /// The word that begins here.
    fn word(&mut self) -> &str {
        let end = word_end(self.rest);
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// Puts it with the others as long as there is room; a phrase is shortened to it.
    fn keep(&mut self, mut term: Term, wanted: bool) {
        if let (Term::Word(word), true) = (&term, wanted)
            && is_small(word)
        {
            if !self.small.contains(&term) {
                self.small.push(term);
            }
            return;
        }
        let terms = if wanted { &mut self.understood.wanted } else { &mut self.understood.unwanted };
        if terms.contains(&term) {
            return;
        }
        let room = Understood::MAX - self.words;
        if term.words() > room {
            match &mut term {
                Term::Phrase(words) => {
                    self.understood.left_out.extend(words.drain(room..));
                    if room == 0 {
                        return;
                    }
                }
                Term::Word(word) | Term::Prefix(word) => {
                    self.understood.left_out.push(std::mem::take(word));
                    return;
                }
            }
        }
        self.words += term.words();
        terms.push(term);
    }
}

/// Where the word ends that the text begins with: letters, digits and their marks; an apostrophe, a hyphen or a point
/// between two of them, a comma between two digits, and what sets the thousands of a number apart.
fn word_end(text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let number = analysis::number_end(text, 0..digits);
    let mut end = number;
    let mut before = text[..number].chars().next_back().unwrap_or(' ');
    let mut chars = text.char_indices().skip_while(|(at, _)| *at < number).peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        let inside = match c {
            _ if is_word(c) => true,
            '-' | '\u{2010}' | '\u{2011}' | '.' => is_word(before) && is_word(next),
            ',' => before.is_ascii_digit() && next.is_ascii_digit(),
            _ if is_apostrophe(c) => is_word(before) && is_word(next),
            _ => false,
        };
        if !inside {
            break;
        }
        end = at + c.len_utf8();
        before = c;
    }
    end
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '‘')
}

/// The quotation marks of our languages, and the straight one of every keyboard.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '«' | '»' | '„' | '“' | '”' | '‟' | '‹' | '›' | '＂')
}

/// What stands in single marks that the text begins with (`‘high water’`, `‚hohes Wasser‘`), and what follows. They are
/// apostrophes as well: one opens before a word, and closes behind one where no letter follows (`‘s avonds, regio’s` has
/// none that closes).
fn single_quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix(['‘', '‚'])?;
    if !inside.starts_with(is_word) {
        return None;
    }
    let mut before = ' ';
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if matches!(c, '’' | '‘') && is_word(before) && !is_word(next) {
            return Some((&inside[..at], &inside[at + c.len_utf8()..]));
        }
        if is_quote(c) {
            return None;
        }
        before = c;
    }
    None
}

fn is_minus(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(typed: &str) -> String {
        let Some(words) = Words::read(typed) else { return String::new() };
        let understood = words.understood();
        let term = |term: &Term| match term {
            Term::Word(word) => word.clone(),
            Term::Prefix(word) => format!("{word}*"),
            Term::Phrase(words) => format!("[{}]", words.join(" ")),
        };
        let unwanted = understood.unwanted.iter().map(|it| format!("-{}", term(it)));
        let left_out = understood.left_out.iter().map(|word| format!("({word})"));
        let cut = understood.cut.then(|| "…".to_owned());
        understood.wanted.iter().map(term).chain(unwanted).chain(left_out).chain(cut).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_is_typed_is_understood_as_somebody_means_it() {
        for (typed, expected) in [
            ("crue", "crue*"),
            ("crue décembre", "crue décembre*"),
            ("la TVA", "TVA*"),
            ("eau de", "eau"),
            ("de", "de"),
            ("van der", "van der*"),
            ("the", "the*"),
            ("\"de eau\" des", "[de eau]"),
            ("eau -de", "eau -de"),
            ("-eau de la", "de la -eau"),
            ("OR en barre", "OR barre*"),
            ("de eerste minister van het land", "eerste minister land*"),
            ("12 000 emplois", "12 000 emplois*"),
            ("emplois 12\u{202f}000", "emplois 12 000*"),
            ("12.000 12,000 2026 300", "12.000 12,000 2026 300*"),
            ("‘high water’ tide", "[high water] tide*"),
            ("‚hohes Wasser‘ Flut", "[hohes Wasser] Flut*"),
            ("‹ hautes eaux ›", "[hautes eaux]"),
            ("-‘high water’ tide", "tide* -[high water]"),
            ("‘s avonds regio’s", "s avonds regio’s"),
            ("ministers’ pay", "ministers pay*"),
            ("crue  \u{a0}décembre ", "crue décembre*"),
            ("\"haute eau\" navigation", "[haute eau] navigation*"),
            ("navigation « haute eau »", "navigation [haute eau]"),
            ("„hohes Wasser“ Schifffahrt", "[hohes Wasser] Schifffahrt*"),
            ("“high water”", "[high water]"),
            ("”hoog water”", "[hoog water]"),
            ("\"pension\" d’État", "[pension] d’État*"),
            ("\"pension\"", "[pension]"),
            ("\"l’eau\"", "[l’eau]"),
            ("\"hoog water", "[hoog water]"),
            ("eau\"", "eau*"),
            ("\"\" « » eau", "eau*"),
            ("pension -ministre", "pension -ministre"),
            ("-ministre pension", "pension* -ministre"),
            ("eau crue eau", "eau* crue"),
            ("eau--crue eau-", "eau* crue"),
            ("pension -\"premier ministre\"", "pension -[premier ministre]"),
            ("pension −« premier ministre »", "pension -[premier ministre]"),
            ("-pension", "-pension"),
            ("pension - ministre", "pension ministre*"),
            ("avant-projet de loi", "avant-projet loi*"),
            ("l’eau d'aujourd’hui", "l’eau d'aujourd’hui*"),
            ("l’ea", "l’ea"),
            ("L'ÉTAT", "L'ÉTAT*"),
            ("qu’il", "qu’il"),
            ("budget 3,5 milliards", "budget 3,5 milliards*"),
            ("1 234 567,5", "1 234 567,5"),
            ("eau,crue;digue", "eau crue digue*"),
            ("pensions AND réforme OR NOT x", "pensions AND réforme OR NOT x"),
            ("title:eau (crue [digue])", "title eau crue digue*"),
            ("*eau ?crue* eau~2 eau^3", "eau crue 2 3"),
            ("+eau +crue", "eau crue*"),
            ("eau eau eau", "eau*"),
            ("2026-0417", "2026-0417*"),
            ("C++ & C#", "C"),
            ("- + * ? : ( ) \" '", ""),
            ("'", ""),
            ("   ", ""),
            ("e\u{301}le\u{300}ve", "élève*"),
            ("pen\u{ad}sion\u{200b}s", "pensions*"),
            ("\u{202e}eau\u{202c}", "eau*"),
            ("\u{301}\u{301}", "\u{301}\u{301}"),
            ("👩‍👩‍👧 eau", "eau*"),
            ("مياه 水", "مياه 水"),
            ("eau\0crue", "eau crue*"),
        ] {
            assert_eq!(shown(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn what_is_too_much_is_left_out_and_said() {
        let many: Vec<String> = (100..130).map(|n| format!("w{n}")).collect();
        let understood = Words::read(&many.join(" ")).map(|words| words.understood()).expect("words");
        assert_eq!(understood.wanted.len(), Understood::MAX);
        assert_eq!(understood.left_out, many[Understood::MAX..]);
        assert!(!understood.cut && understood.wanted.iter().all(|term| matches!(term, Term::Word(_))));

        let phrase =
            Words::read(&format!("eau \"{}\"", many.join(" "))).map(|words| words.understood()).expect("words");
        assert_eq!(phrase.wanted[1], Term::Phrase(many[..Understood::MAX - 1].to_vec()));
        assert_eq!(phrase.left_out, many[Understood::MAX - 1..]);

        let long = Words::read(&"eau ".repeat(300_000)).expect("words");
        assert!(long.text().chars().count() <= Words::MAX && long.text().ends_with("eau …"));
        assert!(long.shown().ends_with(" eau") && long.shown().len() + " …".len() == long.text().len());
        assert_eq!(Words::read("eau …").expect("words").shown(), "eau …");
        assert_eq!(
            long.understood(),
            Understood { wanted: vec![Term::Word("eau".into())], cut: true, ..Understood::default() }
        );
        let one = Words::read(&"x".repeat(1000)).expect("words");
        assert!(one.understood().cut && one.understood().wanted.len() == 1);
        assert!(!Words::read("eau …").expect("words").understood().cut, "three points that somebody typed");
    }

    #[test]
    fn two_words_may_be_one() {
        for (typed, expected) in [
            ("minimum pensioen", "0-2 minimumpensioen*"),
            ("minimum-pensioen", "0-1 minimumpensioen*"),
            ("hoog minimum-pensioen", "1-2 minimumpensioen*"),
            ("minimum pensioen stijgt", "0-2 minimumpensioen 1-3 pensioenstijgt*"),
            ("covid 19", "0-2 covid19"),
            ("F 16", ""),
            ("2026 300", ""),
            ("par le", ""),
            ("\"minimum pensioen\"", ""),
            ("l’eau potable", ""),
            ("2026-0417", ""),
        ] {
            let joined = Words::read(typed).map(|words| words.understood().joined()).unwrap_or_default();
            let shown = joined.iter().map(|Joined { places, term }| {
                let open = if matches!(term, Term::Prefix(_)) { "*" } else { "" };
                format!("{}-{} {}{open}", places.start, places.end, term.text())
            });
            assert_eq!(shown.collect::<Vec<_>>().join(" "), expected, "{typed}");
        }
    }

    #[test]
    fn a_month_a_year_or_a_day_may_be_meant() {
        let today = "2026-11-20".parse().expect("a day");
        for (typed, expected) in [
            ("novembre 2026", "month=2026-11"),
            ("Nov. 2026", "month=2026-11"),
            ("maart 2025", "month=2025-03"),
            ("März 2025", "month=2025-03"),
            ("11/2026", "month=2026-11"),
            ("2026-11", "month=2026-11"),
            ("2026", "year=2026"),
            ("20 novembre", "day=2026-11-20"),
            ("20. November", "day=2026-11-20"),
            ("21 novembre", "day=2025-11-21"),
            ("Freitag, 20. November", "day=2026-11-20"),
            ("1er mai", "day=2026-05-01"),
            ("March 3", "day=2026-03-03"),
            ("3rd March", "day=2026-03-03"),
            ("20/11", "day=2026-11-20"),
            ("29 februari", "day=2024-02-29"),
            ("31 novembre", ""),
            ("13/2026", ""),
            ("novembre", ""),
            ("20 11", ""),
            ("20 crues", ""),
            ("mai 20 2026 a", ""),
            ("1789", ""),
        ] {
            let period = Words::read(typed).and_then(|words| words.period(today));
            let filter = crate::search::Filter { period, ..crate::search::Filter::default() };
            assert_eq!(filter.canonical(), expected, "{typed}");
        }
    }

    #[test]
    fn a_number_or_a_day_alone_leads_to_it() {
        let day = |text: &str| text.parse().map(Direct::Day).ok();
        for (typed, expected) in [
            ("2026-0417", Some(Direct::Reference("2026-0417".into()))),
            (" \"2026-12345\" ", Some(Direct::Reference("2026-12345".into()))),
            ("2026-041", None),
            ("2026-0417 eau", None),
            ("2026-11-20", day("2026-11-20")),
            ("20/11/2026", day("2026-11-20")),
            ("20.11.2026", day("2026-11-20")),
            ("20 novembre 2026", day("2026-11-20")),
            ("1er février 2027", day("2027-02-01")),
            ("20. November 2026", day("2026-11-20")),
            ("3 maart 2026", day("2026-03-03")),
            ("vendredi 20 novembre 2026", day("2026-11-20")),
            ("November 20, 2026", day("2026-11-20")),
            ("20 fevrier 2026", day("2026-02-20")),
            ("31/02/2026", None),
            ("novembre 2026", None),
            ("crue", None),
            ("20 crues 2026", None),
        ] {
            assert_eq!(Words::read(typed).and_then(|words| words.direct()), expected, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_once_and_for_all(typed in any::<String>()) {
            if let Some(words) = Words::read(&typed) {
                prop_assert!(words.text().chars().count() <= Words::MAX);
                prop_assert_eq!(Words::read(words.text()), Some(words.clone()));
                let understood = words.understood();
                prop_assert!(understood.wanted.iter().chain(&understood.unwanted).map(Term::words).sum::<usize>() <= Understood::MAX);
                let _ = words.direct();
            }
        }

        // Few enough that no word is left out, whether an elided one counts for one or two.
        #[test]
        fn what_was_understood_is_understood_again(typed in "[-\"«»“”'’ .,:*()a-zé0-9]{0,36}") {
            if let Some(understood) = Words::read(&typed).map(|words| words.understood()) {
                let again = Words::read(&understood.typed()).map(|words| words.understood()).unwrap_or_default();
                let plain = |terms: &[Term]| terms.iter().map(Term::text).collect::<Vec<_>>();
                prop_assert_eq!(plain(&again.wanted), plain(&understood.wanted));
                prop_assert_eq!(plain(&again.unwanted), plain(&understood.unwanted));
            }
        }
    }
}
