//! The one analysis of texts and of what is asked: words, folded to plain letters and stemmed by language.
//!
//! Index, query and highlighting go through [`each`] alone, so that they can't disagree about what a word is.
//!
//! - **A word** is a run of letters and digits, as UAX #29 has it, but that hyphens, apostrophes, points and commas part
//!   words: `2026-0417` is two of them in a row, and so is `1,5`, which is found as `1.5` too. Soft hyphens and combining
//!   marks are inside words.
//! - **A number** whose thousands are set apart is one word, whichever way: `12 000` (with any blank), `12.000`, `12,000`,
//!   `12’000` are `12000`.
//! - **Parts that a hyphen joins** are words beside each other, and [`joined`] is what they are without it: who writes
//!   `minimum-pensioen` and who writes `minimumpensioen` mean the same.
//! - **Elided letters** are none: of `l’eau`, `d’argent`, `qu’il`, `the minister’s` remain *eau, argent, il, the,
//!   minister*, so that who asks for `l’eau` finds the text that says only *eau*.
//! - **Folding comes before stemming**: what was typed without accents must find what was written with them, and a
//!   stemmer gives `eleve` and `élève` one stem only if it sees the same letters. Some endings of French tell themselves
//!   apart by their accent alone (`-é`, `-ée`, `-ière`); `before_stemming` brings their plain forms together first. We
//!   give up that *sécurité* and *sécuriser* meet in one stem; we gain one term for each word, which phrases and
//!   highlights need. For German the stemmer itself takes `ue` for `ü`.
//! - Stems are Snowball's. A word with a digit in it, or of fewer than three letters, is its own stem.
//!
//! A stem costs half a microsecond and the same few thousand words make nine tenths of all texts: each thread remembers
//! those of late, in 512 kB for each language that it meets.

use std::cell::RefCell;
use std::hash::BuildHasher;
use std::ops::Range;

use foldhash::fast::RandomState;
use frostem::{Algorithm, Stemmer};
use tantivy::tokenizer;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::kit::lang::Lang;

/// The most characters of a folded word that count; more are one word all the same.
pub const LONGEST: usize = 60;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub range: Range<usize>,
    /// What the index knows it as.
    pub term: String,
}

/// The words of a text in that language, in their order.
pub fn tokens(lang: Lang, text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    each(lang, text, |range, term| tokens.push(Token { range, term: term.to_owned() }));
    tokens
}

/// As [`each`], for who looks for terms that begin with one of these bytes (plain small letters, digits): a word that cannot
/// be one of them is told of without a term, which saves nearly all of the work. Only Dutch has stems that begin otherwise
/// than their word (*gepubliceerd*). Goes on for as long as `take` says so.
pub fn each_beginning(
    lang: Lang,
    text: &str,
    first: &First,
    mut take: impl FnMut(Range<usize>, Option<&[u8]>) -> bool,
) {
    let (mut folded, mut term) = (String::new(), Vec::new());
    for range in words(text) {
        let begins = text.as_bytes()[range.start];
        if begins.is_ascii() && !first.has(begins) && !(lang == Lang::Nl && matches!(begins, b'g' | b'G')) {
            if !take(range, None) {
                return;
            }
            continue;
        }
        // Not lent while it is looked at: who looks may ask for other terms.
        term.clear();
        with_memo(lang, |memo| term.extend_from_slice(memo.term(&text[range.clone()], &mut folded)));
        if !term.is_empty() && !take(range, Some(&term)) {
            return;
        }
    }
}

/// What wanted terms begin with.
#[derive(Debug, Clone)]
pub struct First {
    ascii: [bool; 128],
}

impl First {
    /// Of those terms.
    pub fn of<'a>(terms: impl IntoIterator<Item = &'a str>) -> Self {
        let mut ascii = [false; 128];
        for term in terms {
            match term.bytes().next().map(usize::from) {
                Some(byte) if byte < ascii.len() => {
                    ascii[byte] = true;
                    // As the word may be written.
                    ascii[usize::from((byte as u8).to_ascii_uppercase())] = true;
                }
                // A term of another script: its word begins as it does, and not with one of these.
                _ => {}
            }
        }
        Self { ascii }
    }

    fn has(&self, byte: u8) -> bool {
        self.ascii.get(usize::from(byte)).copied().unwrap_or(true)
    }
}

/// As [`tokens`], without keeping them.
pub fn each(lang: Lang, text: &str, mut take: impl FnMut(Range<usize>, &str)) {
    let mut term = String::new();
    with_memo(lang, |memo| {
        for range in words(text) {
            memo.stem(&text[range.clone()], &mut term);
            if !term.is_empty() {
                take(range, &term);
            }
        }
    });
}

/// A word in plain small letters, unstemmed: what completions and spellings are looked up by.
pub fn folded(word: &str) -> String {
    let mut out = String::new();
    fold(word, &mut out);
    out
}

/// What a word begins with that is still being typed: itself, in plain small letters, or without its ending if that is one
/// of a plural. In Dutch and German other words begin with the singular (*gemeenten*: *gemeentebelasting*); who typed the
/// plural finds what they find who typed the singular.
pub fn beginning(lang: Lang, word: &str) -> String {
    /// Fewer letters begin words that have nothing to do with it.
    const LEFT_MIN: usize = 6;
    let endings: &[&str] = match lang {
        Lang::Nl => &["en", "n", "s"],
        Lang::De => &["en", "er", "n", "e", "s"],
        // Words are not joined there: *temp…* would begin with *temps*.
        Lang::Fr | Lang::En => &[],
    };
    let whole = folded(word);
    let stem = |text: &str| tokens(lang, text).pop().map(|token| token.term);
    let left = endings.iter().filter_map(|ending| whole.strip_suffix(ending));
    // The stemmer knows whether it was an ending.
    match left.filter(|left| left.chars().count() >= LEFT_MIN).find(|left| stem(left) == stem(&whole)) {
        Some(left) => left.to_owned(),
        None => whole,
    }
}

/// The most parts of a word that are joined; a chain of more is no word.
const JOINED_MAX: usize = 4;

/// What the words of the text that hyphens join are without them, in plain small letters, and where they stand. Numbers
/// alone are not joined.
pub fn joined(text: &str) -> Vec<(Range<usize>, String)> {
    let mut joined = Vec::new();
    if !text.contains(is_hyphen) {
        return joined;
    }
    let mut words = words(text).peekable();
    while let Some(first) = words.next() {
        let mut parts = vec![first];
        while let Some(next) =
            words.next_if(|next| parts.last().is_some_and(|last| is_one_hyphen(&text[last.end..next.start])))
        {
            parts.push(next);
        }
        let whole = parts[0].start..parts[parts.len() - 1].end;
        if (2..=JOINED_MAX).contains(&parts.len()) && text[whole.clone()].contains(char::is_alphabetic) {
            let word = parts.into_iter().map(|part| folded(&text[part])).collect();
            joined.push((whole, word));
        }
    }
    joined
}

/// What the word at the beginning of the text is with all that hyphens join to it, as [`joined`] has it; none if there is
/// nothing of that. A look at one character, mostly.
pub fn joined_from(text: &str, first: Range<usize>) -> Option<(Range<usize>, String)> {
    if !text[first.end..].starts_with(is_hyphen) {
        return None;
    }
    let mut end = first.end;
    for word in words(&text[first.start..]).skip(1) {
        let word = first.start + word.start..first.start + word.end;
        if !is_one_hyphen(&text[end..word.start]) {
            break;
        }
        end = word.end;
    }
    let (range, word) = joined(&text[first.start..end]).pop()?;
    (range.start == 0).then_some((first.start..first.start + range.end, word))
}

/// Whether it is a hyphen that joins two words.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether that is all that stands between two words.
pub fn is_one_hyphen(between: &str) -> bool {
    let mut chars = between.chars();
    chars.next().is_some_and(is_hyphen) && chars.next().is_none()
}

/// Where a number ends whose first digits stand at `digits`, if its thousands are set apart: groups of three, all after
/// the same sign.
pub fn number_end(text: &str, digits: Range<usize>) -> usize {
    let mut end = digits.end;
    let first = &text.as_bytes()[digits];
    if first.len() > 3 || first.first().is_none_or(|digit| !(b'1'..=b'9').contains(digit)) {
        return end;
    }
    let mut sign = None;
    while let Some(c) = text[end..].chars().next() {
        let parts = matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '.' | ',' | '\'' | '’');
        let rest = &text[end + c.len_utf8()..];
        let is_group = rest.as_bytes().get(..3).is_some_and(|group| group.iter().all(u8::is_ascii_digit));
        if !parts || !is_group || sign.is_some_and(|sign| sign != c) || rest[3..].starts_with(char::is_alphanumeric) {
            break;
        }
        sign = Some(c);
        end += c.len_utf8() + 3;
    }
    end
}

/// Where the words of a text stand.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    Words { text, at: 0, after_apostrophe: false, before: Before::Nothing }
}

/// What stands before a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Letter,
    Word,
}

struct Words<'a> {
    text: &'a str,
    at: usize,
    after_apostrophe: bool,
    before: Before,
}

impl Iterator for Words<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        loop {
            let range = self.run()?;
            let word = &self.text[range.clone()];
            let joined_before = std::mem::replace(&mut self.after_apostrophe, false);
            let before = self.before;
            // No character has more than four bytes.
            let is_letter = word.len() <= 4 && word.chars().nth(1).is_none() && word.chars().all(char::is_alphabetic);
            let before_apostrophe =
                self.text.as_bytes().get(range.end).is_some_and(|next| *next == b'\'' || !next.is_ascii())
                    && self.text[range.end..].chars().next().is_some_and(is_apostrophe)
                    && self.text[range.end..].chars().nth(1).is_some_and(char::is_alphanumeric);
            self.before = if is_letter { Before::Letter } else { Before::Word };
            if before_apostrophe {
                self.after_apostrophe = true;
                if is_letter || is_elided(word) {
                    continue;
                }
            }
            if joined_before && is_letter && before == Before::Word {
                continue;
            }
            return Some(range);
        }
    }
}

impl Words<'_> {
    /// The next run of letters and digits.
    fn run(&mut self) -> Option<Range<usize>> {
        let bytes = self.text.as_bytes();
        // In the middle of no character: `at` moves by whole ones.
        let other = |at: usize| self.text[at..].chars().next();
        let mut at = self.at;
        let start = loop {
            let byte = *bytes.get(at)?;
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    break at;
                }
                at += 1;
            } else {
                let c = other(at)?;
                if is_inside(c) {
                    break at;
                }
                at += c.len_utf8();
            }
        };
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                at += 1;
            } else {
                let c = other(at)?;
                if !is_inside(c) && !joins(c) {
                    break;
                }
                at += c.len_utf8();
            }
        }
        if bytes[start..at].iter().all(u8::is_ascii_digit) {
            at = number_end(self.text, start..at);
        }
        self.at = at;
        Some(start..at)
    }
}

/// Whether the character is a letter or a digit. Those of Latin-1 and Latin Extended-A and -B are told by their number:
/// all of them are letters, and looking them up costs more than the rest of the walk.
fn is_inside(c: char) -> bool {
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}') || c.is_alphanumeric()
}

/// Whether the character is part of the word around it, without being a letter.
fn joins(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200c}' | '\u{200d}') || is_combining_mark(c)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

/// French: *que* before a vowel, and what ends in it.
fn is_elided(word: &str) -> bool {
    ["qu", "jusqu", "lorsqu", "puisqu", "quoiqu"].iter().any(|elided| word.eq_ignore_ascii_case(elided))
}

/// Writes the word in plain small letters, without accents and ligatures.
fn fold(word: &str, out: &mut String) {
    out.clear();
    if word.is_ascii() {
        out.push_str(&word[..word.len().min(LONGEST)]);
        out.make_ascii_lowercase();
        if out.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            // What sets thousands apart.
            out.retain(|c| c.is_ascii_alphanumeric());
        }
        return;
    }
    let mut left = LONGEST;
    for c in word.chars() {
        let plain = match c {
            'œ' | 'Œ' => "oe",
            'æ' | 'Æ' => "ae",
            'ß' | 'ẞ' => "ss",
            'ø' | 'Ø' => "o",
            'ł' | 'Ł' => "l",
            'đ' | 'Đ' | 'ð' | 'Ð' => "d",
            'þ' | 'Þ' => "th",
            'ı' => "i",
            _ => "",
        };
        if !plain.is_empty() {
            out.push_str(plain);
        } else if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !c.is_ascii() {
            decompose_compatible(c, |part| {
                if part.is_alphanumeric() {
                    out.extend(part.to_lowercase().filter(|small| small.is_alphanumeric()));
                }
            });
        }
        left -= 1;
        if left == 0 {
            break;
        }
    }
    // A single character may decompose into eighteen.
    if let Some((end, _)) = out.char_indices().nth(LONGEST) {
        out.truncate(end);
    }
}

/// Plurals that no ending tells, by how they end; those that press releases have. Each begins as its singular does.
const IRREGULAR: [&[(&str, &str)]; 4] = [
    &[
        ("travaux", "travail"),
        ("baux", "bail"),
        ("vitraux", "vitrail"),
        ("enjeux", "enjeu"),
        ("jeux", "jeu"),
        ("lieux", "lieu"),
        ("feux", "feu"),
        ("voeux", "voeu"),
        ("aveux", "aveu"),
    ],
    &[("steden", "stad"), ("leden", "lid"), ("kinderen", "kind"), ("musea", "museum"), ("centra", "centrum")],
    &[
        ("museen", "museum"),
        ("zentren", "zentrum"),
        ("firmen", "firma"),
        ("themen", "thema"),
        ("konten", "konto"),
        ("risiken", "risiko"),
    ],
    &[
        ("children", "child"),
        ("women", "woman"),
        ("crises", "crisis"),
        ("analyses", "analysis"),
        ("criteria", "criterion"),
        ("indices", "index"),
    ],
];
/// Words that end like one of them and are none.
const REGULAR: &[&str] = &["geleden", "verleden", "overleden", "beleden"];

/// Brings together what only an accent told apart, and the plurals that no ending tells.
fn before_stemming(lang: Lang, word: &mut String) {
    let irregular = IRREGULAR[lang as usize].iter().find(|(plural, _)| word.ends_with(plural));
    if let Some((plural, singular)) = irregular
        && !REGULAR.contains(&word.as_str())
    {
        // A short ending must be the whole word, for many end in it.
        if plural.len() > 4 || word.len() == plural.len() {
            word.truncate(word.len() - plural.len());
            word.push_str(singular);
        }
    }
    if lang == Lang::Nl && (word.ends_with("eeen") || word.ends_with("ieen")) {
        // ideeën, industrieën: as idee, industrie.
        word.truncate(word.len() - 2);
    }
    if lang != Lang::Fr {
        return;
    }
    let plural = word.ends_with('s');
    let singular = word.len() - usize::from(plural);
    if word[..singular].ends_with("ee") && singular > 3 {
        // publiée, publiées: as publié, publiés.
        word.remove(singular - 1);
    } else if word[..singular].ends_with("iere") && singular > 5 {
        // première, premières: as premier, premiers.
        word.remove(singular - 1);
    }
}

/// Takes back what a stemmer does to some forms of a word and not to others.
fn after_stemming(lang: Lang, stem: &mut String) {
    match lang {
        // Of *publie* the stemmer takes the i, of *publier* not; without accents *publié* is the former.
        Lang::Fr if stem.len() > 3 && stem.ends_with('i') => {
            stem.pop();
        }
        // Of *maatregelen* the stemmer makes *maatregeel*, for a plural's vowel may be a long one.
        Lang::Nl => {
            if let [.., before, vowel @ (b'a' | b'e' | b'o' | b'u'), last] = *stem.as_bytes()
                && before == vowel
                && last.is_ascii_alphabetic()
                && !b"aeiou".contains(&last)
            {
                stem.remove(stem.len() - 2);
            }
        }
        _ => {}
    }
}

const SLOTS: usize = 8192;

/// A word as it is written and its term, in one line of the processor's cache.
#[derive(Clone, Copy)]
#[repr(C, align(64))]
struct Slot {
    lengths: [u8; 2],
    word: [u8; 31],
    stem: [u8; 31],
}

/// Terms of words of late, by the hash of how they are written: a newer word takes the place of an older one.
struct Memo {
    lang: Lang,
    stemmer: Stemmer,
    slots: Vec<Slot>,
    hasher: RandomState,
}

impl Memo {
    fn new(lang: Lang) -> Self {
        let algorithm = match lang {
            Lang::Fr => Algorithm::French,
            Lang::Nl => Algorithm::Dutch,
            Lang::De => Algorithm::German,
            Lang::En => Algorithm::English,
        };
        let empty = Slot { lengths: [0; 2], word: [0; 31], stem: [0; 31] };
        Self { lang, stemmer: Stemmer::new(algorithm), slots: vec![empty; SLOTS], hasher: RandomState::default() }
    }

    /// The term of a word: folded and stemmed.
    fn stem(&mut self, word: &str, out: &mut String) {
        let Some(place) = self.known(word) else { return self.make(word, out) };
        out.clear();
        out.push_str(str::from_utf8(self.slots[place].term()).unwrap_or_default());
    }

    /// The bytes of the term of a word; `room` is for one that has no place here.
    fn term<'a>(&'a mut self, word: &str, room: &'a mut String) -> &'a [u8] {
        if let Some(place) = self.known(word) {
            return self.slots[place].term();
        }
        self.make(word, room);
        room.as_bytes()
    }

    fn place(&self, word: &str) -> usize {
        usize::try_from(self.hasher.hash_one(word) % SLOTS as u64).unwrap_or_default()
    }

    /// Where the term of a word stands, if it is remembered.
    fn known(&self, word: &str) -> Option<usize> {
        let place = self.place(word);
        let slot = &self.slots[place];
        (slot.word[..usize::from(slot.lengths[0])] == *word.as_bytes()).then_some(place)
    }

    /// Makes the term of a word and remembers it.
    fn make(&mut self, word: &str, out: &mut String) {
        fold(word, out);
        if out.len() >= 3 && !out.bytes().any(|byte| byte.is_ascii_digit()) {
            before_stemming(self.lang, out);
            let mut stem = self.stemmer.stem(out).into_owned();
            after_stemming(self.lang, &mut stem);
            *out = stem;
        }
        let place = self.place(word);
        let slot = &mut self.slots[place];
        if word.len() <= slot.word.len() && out.len() <= slot.stem.len() {
            // Both are at most 31.
            slot.lengths = [word.len() as u8, out.len() as u8];
            slot.word[..word.len()].copy_from_slice(word.as_bytes());
            slot.stem[..out.len()].copy_from_slice(out.as_bytes());
        }
    }
}

impl Slot {
    fn term(&self) -> &[u8] {
        &self.stem[..usize::from(self.lengths[1])]
    }
}

fn with_memo<T>(lang: Lang, with: impl FnOnce(&mut Memo) -> T) -> T {
    thread_local! {
        static MEMOS: [RefCell<Option<Memo>>; 4] = const { [const { RefCell::new(None) }; 4] };
    }
    MEMOS.with(|memos| {
        let mut memo = memos[lang as usize].borrow_mut();
        with(memo.get_or_insert_with(|| Memo::new(lang)))
    })
}

/// What the index makes of the words of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Stems of that language, for finding.
    Stems(Lang),
    /// Folded words, for completing what is being typed and for near spellings.
    Folded,
    /// The folded word and, after a NUL, its spelling: for suggestions.
    Spelled,
}

/// The same analysis, as tantivy asks for it.
#[derive(Clone)]
pub struct Analyser {
    form: Form,
    seen: Seen,
}

impl Analyser {
    /// That makes this of words.
    pub fn new(form: Form) -> Self {
        Self { form, seen: Seen::default() }
    }
}

/// Which words of a text were met, by their hashes: where neither how often nor where is asked, a second time says nothing.
///
/// A word may be forgotten, and is then met again; one that was not met is not taken for one that was, unless two hashes of
/// 64 bits are the same, which nobody can bring about without knowing our key.
#[derive(Clone, Default)]
struct Seen {
    slots: Vec<u64>,
    text: u64,
    hasher: RandomState,
}

impl Seen {
    const SLOTS: usize = 2048;

    /// The next text begins.
    fn begin(&mut self) {
        self.slots.resize(Self::SLOTS, 0);
        self.text += 1;
    }

    fn meet(&mut self, word: &str) -> bool {
        let hash = self.hasher.hash_one((self.text, word));
        let place = usize::try_from(hash % Self::SLOTS as u64).unwrap_or_default();
        std::mem::replace(&mut self.slots[place], hash) != hash
    }
}

impl tokenizer::Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.seen.begin();
        let words = Words { text, at: 0, after_apostrophe: false, before: Before::Nothing };
        Stream { form: self.form, seen: &mut self.seen, words, token: tokenizer::Token::default() }
    }
}

/// The words of a field, one by one.
pub struct Stream<'a> {
    form: Form,
    seen: &'a mut Seen,
    words: Words<'a>,
    token: tokenizer::Token,
}

impl tokenizer::TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        loop {
            let Some(range) = self.words.next() else { return false };
            let word = &self.words.text[range.clone()];
            let term = &mut self.token.text;
            match self.form {
                Form::Stems(lang) => with_memo(lang, |memo| memo.stem(word, term)),
                Form::Folded | Form::Spelled if !self.seen.meet(word) => continue,
                Form::Folded => fold(word, term),
                Form::Spelled => {
                    fold(word, term);
                    term.push('\0');
                    term.extend(word.chars().filter(|c| !joins(*c) || is_combining_mark(*c)).take(LONGEST));
                }
            }
            if !self.token.text.is_empty() {
                self.token.position = self.token.position.wrapping_add(1);
                (self.token.offset_from, self.token.offset_to) = (range.start, range.end);
                return true;
            }
        }
    }

    fn token(&self) -> &tokenizer::Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut tokenizer::Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use tantivy::tokenizer::{TokenStream, Tokenizer};

    use super::*;

    fn spelled(text: &str) -> Vec<&str> {
        words(text).map(|range| &text[range]).collect()
    }

    fn terms(lang: Lang, text: &str) -> Vec<String> {
        tokens(lang, text).into_iter().map(|token| token.term).collect()
    }

    #[test]
    fn a_stem_begins_as_its_word_does() {
        let texts = [
            (Lang::Fr, include_str!("../phrases/fr/subscription.ftl")),
            (Lang::Nl, include_str!("../phrases/nl/subscription.ftl")),
            (Lang::De, include_str!("../phrases/de/subscription.ftl")),
            (Lang::En, include_str!("../phrases/en/subscription.ftl")),
            (Lang::Nl, "gepubliceerd geïnformeerd begroting ijs Yperlee gegevens goedgekeurd ontgrendeld"),
            (Lang::Fr, "élève œuvre Être yeux union quai"),
            (Lang::De, "Übergang ungültig Äußerung überarbeitet"),
        ];
        for (lang, text) in texts {
            let all = tokens(lang, text);
            for letter in 'a'..='z' {
                let mut some = Vec::new();
                each_beginning(lang, text, &First::of([letter.to_string().as_str()]), |range, term| {
                    some.push((range, term.map(|term| String::from_utf8_lossy(term).into_owned())));
                    true
                });
                assert_eq!(some.len(), all.len());
                for (token, (range, term)) in all.iter().zip(some) {
                    assert_eq!(token.range, range);
                    assert!(term.as_ref().is_none_or(|term| *term == token.term));
                    assert!(term.is_some() || !token.term.starts_with(letter), "{lang} {token:?}");
                }
            }
        }
    }

    #[test]
    fn letters_told_by_their_number_are_letters() {
        for c in ('\0'..='\u{400}').filter(|c| !c.is_ascii()) {
            assert_eq!(is_inside(c), c.is_alphanumeric(), "{c:?}");
        }
    }

    #[test]
    fn a_text_has_these_words() {
        for (text, expected) in [
            ("L’eau d'ici, qu'il faut", vec!["eau", "ici", "il", "faut"]),
            ("the minister's answers don't", vec!["the", "minister", "answers", "don"]),
            ("Bruxelles-Capitale (2026-0417)", vec!["Bruxelles", "Capitale", "2026", "0417"]),
            ("1.250,5 €; COVID-19; 5G", vec!["1.250", "5", "COVID", "19", "5G"]),
            (
                "12 000, 12\u{a0}000 ou 1\u{202f}234\u{202f}567",
                vec!["12 000", "12\u{a0}000", "ou", "1\u{202f}234\u{202f}567"],
            ),
            ("12’000 et 12,000.", vec!["12’000", "et", "12,000"]),
            // No thousands: a year, a number with a nought in front, signs that differ, too few or too many digits.
            ("2026 300", vec!["2026", "300"]),
            ("02 501 02", vec!["02", "501", "02"]),
            ("1.250,500", vec!["1.250", "500"]),
            ("20 11 2026, 3,50", vec!["20", "11", "2026", "3", "50"]),
            ("12 0001 12 000m", vec!["12", "0001", "12", "000m"]),
            ("citoyen·ne·s aujourd’hui", vec!["citoyen", "ne", "s", "aujourd", "hui"]),
            ("infor\u{ad}mation e\u{301}le\u{300}ve", vec!["infor\u{ad}mation", "e\u{301}le\u{300}ve"]),
            ("l’A320", vec!["A320"]),
            ("plan B, l", vec!["plan", "B", "l"]),
            ("’ l’ d'", vec!["l", "d"]),
            ("", vec![]),
            ("!?… «»", vec![]),
        ] {
            assert_eq!(spelled(text), expected, "{text}");
        }
    }

    #[test]
    fn forms_of_one_word_are_one_term() {
        let mut apart = Vec::new();
        for (lang, forms) in [
            (Lang::Fr, vec!["décret", "décrets", "DÉCRETS", "decrets", "De\u{301}cret"]),
            (Lang::Fr, vec!["élève", "eleve", "élèves", "ÉLÈVES"]),
            (Lang::Fr, vec!["publié", "publiée", "publiés", "publiées", "publier", "publiee", "PUBLIE"]),
            (Lang::Fr, vec!["premier", "première", "premières", "premiere", "premiers"]),
            (Lang::Fr, vec!["sécurité", "securite", "SECURITE"]),
            (Lang::Fr, vec!["œuvre", "oeuvres", "ŒUVRE"]),
            (Lang::Fr, vec!["avant-projet", "avant-projets", "Avant projet"]),
            (Lang::Fr, vec!["national", "nationale", "nationaux", "nationales"]),
            (Lang::Fr, vec!["l’eau", "eau", "d'eau"]),
            (Lang::Nl, vec!["maatregel", "maatregelen", "Maatregelen"]),
            (Lang::Nl, vec!["idee", "ideeën", "ideeen"]),
            (Lang::Nl, vec!["industrie", "industrieën"]),
            (Lang::Nl, vec!["geïnformeerd", "geinformeerd"]),
            (Lang::Nl, vec!["minister", "ministers"]),
            (Lang::Nl, vec!["besluit", "besluiten"]),
            (Lang::Nl, vec!["middel", "middelen"]),
            (Lang::Nl, vec!["ambtenaar", "ambtenaren"]),
            (Lang::Nl, vec!["raad", "raden"]),
            (Lang::De, vec!["Gesetzesvorentwurf", "Gesetzesvorentwürfe", "Gesetzesvorentwuerfe"]),
            (Lang::De, vec!["Übergang", "Uebergang", "übergang", "ubergang", "Übergänge"]),
            (Lang::De, vec!["Straße", "Strasse", "STRASSE", "Straßen"]),
            (Lang::De, vec!["Beschluss", "Beschluß"]),
            (Lang::De, vec!["neue", "neuen", "neues"]),
            (Lang::En, vec!["measure", "measures", "Measures"]),
            (Lang::En, vec!["policy", "policies"]),
            (Lang::En, vec!["minister’s", "minister's", "ministers"]),
            (Lang::En, vec!["2026-0417", "2026 0417"]),
            (Lang::Fr, vec!["12 000", "12.000", "12,000", "12\u{a0}000", "12\u{202f}000", "12000"]),
            (Lang::En, vec!["1,234,567", "1 234 567", "1.234.567", "1'234'567"]),
            // As somebody types one or the other.
            (Lang::Fr, vec!["travail", "travaux"]),
            (Lang::Fr, vec!["hôpital", "hôpitaux", "hopitaux"]),
            (Lang::Fr, vec!["journal", "journaux"]),
            (Lang::Fr, vec!["cheval", "chevaux"]),
            (Lang::Fr, vec!["bail", "baux"]),
            (Lang::Fr, vec!["eau", "eaux"]),
            (Lang::Fr, vec!["enjeu", "enjeux"]),
            (Lang::Fr, vec!["prix"]),
            (Lang::Fr, vec!["entreprise", "entreprises"]),
            (Lang::Fr, vec!["indépendant", "indépendante", "indépendants", "indépendantes"]),
            (Lang::Fr, vec!["allocation", "allocations"]),
            (Lang::Fr, vec!["communiqué", "communiqués"]),
            (Lang::Fr, vec!["impôt", "impôts"]),
            (Lang::Fr, vec!["régional", "régionaux", "régionale"]),
            (Lang::Nl, vec!["pensioen", "pensioenen"]),
            (Lang::Nl, vec!["stad", "steden"]),
            (Lang::Nl, vec!["raadslid", "raadsleden"]),
            (Lang::Nl, vec!["lid", "leden"]),
            (Lang::Nl, vec!["kind", "kinderen"]),
            (Lang::Nl, vec!["overheid", "overheden"]),
            (Lang::Nl, vec!["mogelijkheid", "mogelijkheden"]),
            (Lang::Nl, vec!["school", "scholen"]),
            (Lang::Nl, vec!["brief", "brieven"]),
            (Lang::Nl, vec!["huis", "huizen"]),
            (Lang::Nl, vec!["prijs", "prijzen"]),
            (Lang::Nl, vec!["gemeente", "gemeenten", "gemeentes"]),
            (Lang::Nl, vec!["belasting", "belastingen"]),
            (Lang::Nl, vec!["zelfstandige", "zelfstandigen"]),
            (Lang::Nl, vec!["auto", "auto’s"]),
            (Lang::Nl, vec!["centrum", "centra"]),
            (Lang::Nl, vec!["regio", "regio’s"]),
            (Lang::Nl, vec!["museum", "musea"]),
            (Lang::De, vec!["Haus", "Häuser", "Haeuser"]),
            (Lang::De, vec!["Land", "Länder"]),
            (Lang::De, vec!["Kind", "Kinder"]),
            (Lang::De, vec!["Steuer", "Steuern"]),
            (Lang::De, vec!["Maßnahme", "Maßnahmen", "Massnahme"]),
            (Lang::De, vec!["Einrichtung", "Einrichtungen"]),
            (Lang::De, vec!["Rente", "Renten"]),
            (Lang::De, vec!["Stadt", "Städte"]),
            (Lang::De, vec!["Kraftwerk", "Kraftwerke", "Kraftwerken"]),
            (Lang::De, vec!["Ministerin", "Ministerinnen"]),
            (Lang::De, vec!["Museum", "Museen"]),
            (Lang::De, vec!["Risiko", "Risiken"]),
            (Lang::En, vec!["child", "children"]),
            (Lang::En, vec!["woman", "women"]),
            (Lang::En, vec!["city", "cities"]),
            (Lang::En, vec!["tax", "taxes"]),
            (Lang::En, vec!["company", "companies"]),
            (Lang::En, vec!["crisis", "crises"]),
            (Lang::En, vec!["benefit", "benefits"]),
            (Lang::En, vec!["analysis", "analyses"]),
        ] {
            let first = terms(lang, forms[0]);
            for form in &forms {
                if terms(lang, form) != first {
                    apart.push(format!("{form} {:?}, {} {first:?}", terms(lang, form), forms[0]));
                }
                // From memory too.
                assert_eq!(terms(lang, form), terms(lang, form), "{form} again");
            }
        }
        assert_eq!(apart, [""; 0]);
    }

    #[test]
    fn a_plural_begins_what_its_singular_begins() {
        for (lang, typed, expected) in [
            (Lang::Nl, "gemeenten", "gemeent"),
            (Lang::Nl, "Pensioenen", "pensioen"),
            (Lang::Nl, "maatregelen", "maatregel"),
            (Lang::De, "Maßnahmen", "massnahm"),
            (Lang::De, "Einrichtungen", "einrichtung"),
            // The beginning of another word, or no ending at all.
            (Lang::Nl, "scholen", "scholen"),
            (Lang::Nl, "lonen", "lonen"),
            (Lang::Nl, "pensioen", "pensioen"),
            (Lang::De, "Renten", "renten"),
            (Lang::Fr, "temps", "temps"),
            (Lang::Fr, "procès", "proces"),
            (Lang::En, "houses", "houses"),
        ] {
            assert_eq!(beginning(lang, typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_hyphen_joins_what_is_one_word() {
        for (text, expected) in [
            ("Het minimum-pensioen en de CO2-uitstoot", vec!["minimumpensioen", "co2uitstoot"]),
            ("Übergangs‑frist, Covid-19", vec!["ubergangsfrist", "covid19"]),
            ("l’avant-projet de loi-programme", vec!["avantprojet", "loiprogramme"]),
            ("2026-0417; eau - crue; a--b; fin-", vec![]),
            ("a-b-c-d-e f-g-h", vec!["fgh"]),
            ("rien", vec![]),
        ] {
            let joined: Vec<String> = joined(text).into_iter().map(|(_, word)| word).collect();
            assert_eq!(joined, expected, "{text}");
        }
        let text = "Het minimum-pensioen";
        assert_eq!(&text[joined(text)[0].0.clone()], "minimum-pensioen");
    }

    #[test]
    fn words_of_their_own_stay_apart() {
        for (lang, one, other) in [
            (Lang::Fr, "pêche", "pensions"),
            (Lang::Fr, "idée", "idéal"),
            (Lang::Fr, "partie", "parc"),
            (Lang::Nl, "water", "weten"),
            (Lang::Nl, "geleden", "gelid"),
            (Lang::Nl, "verleden", "verlid"),
            (Lang::De, "Steuer", "Staat"),
            (Lang::En, "minister", "ministry"),
            (Lang::En, "417", "0417"),
        ] {
            assert_ne!(terms(lang, one), terms(lang, other), "{one} and {other}");
        }
    }

    #[test]
    fn odd_texts_cost_little_and_break_nothing() {
        let long = "ß".repeat(10_000);
        for lang in Lang::ALL {
            let found = tokens(lang, &long);
            assert_eq!(found.len(), 1);
            assert!(found[0].term.chars().count() <= LONGEST);
            assert_eq!(found[0].range, 0..long.len());
            for text in ["ﷺ", "İI", "𝕎𝕒𝕥𝕖𝕣", "中文字", "\u{301}\u{301}", "a\u{301}", "①②", "ǅ", "ŉ"]
            {
                for token in tokens(lang, text) {
                    assert!(!token.term.is_empty() && text.is_char_boundary(token.range.end), "{text}");
                }
            }
        }
        assert_eq!(folded("𝕎𝕒𝕥𝕖𝕣"), "water");
        assert_eq!(folded("ＩＪｓｅｌ"), "ijsel");
    }

    #[test]
    fn the_index_sees_what_a_highlight_sees() {
        let text = "L’arrêté royal du 1er février 2026 fixe les Maatregelen; Übergänge d’Aujourd’hui.";
        for lang in Lang::ALL {
            let mut analyser = Analyser::new(Form::Stems(lang));
            let mut stream = analyser.token_stream(text);
            for (place, token) in tokens(lang, text).into_iter().enumerate() {
                assert!(stream.advance());
                let seen = stream.token();
                assert_eq!((seen.position, seen.offset_from..seen.offset_to), (place, token.range));
                assert_eq!(seen.text, token.term);
            }
            assert!(!stream.advance());
        }
        let mut spelled = Analyser::new(Form::Spelled);
        let mut stream = spelled.token_stream("Les élèves");
        assert_eq!(stream.next().map(|token| token.text.clone()), Some("les\0Les".into()));
        assert_eq!(stream.next().map(|token| token.text.clone()), Some("eleves\0élèves".into()));
        // Once for each text: nobody asks how often.
        let mut folded = Analyser::new(Form::Folded);
        for text in ["eau claire, eau vive", "eau"] {
            let mut stream = folded.token_stream(text);
            let mut words = Vec::new();
            while stream.advance() {
                words.push(stream.token().text.clone());
            }
            assert_eq!(words.join(" "), text.replace(", eau", ""));
        }
    }
}
