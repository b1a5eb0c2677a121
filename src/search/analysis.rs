//! The one analysis of texts and of what is asked: words, folded to plain letters and stemmed by language.
//!
//! Index, query and highlighting go through [`each`] alone, so that they can't disagree about what a word is.
//!
//! - **A word** is a run of letters and digits, as UAX #29 has it, but that hyphens, apostrophes, points and commas part
//!   words: `2026-0417` is two of them in a row, and so is `1,5`, which is found as `1.5` too. Soft hyphens and combining
//!   marks are inside words.
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
    let mut folded = String::new();
    with_memo(lang, |memo| {
        for range in words(text) {
            let begins = text.as_bytes()[range.start];
            if begins.is_ascii() && !first.has(begins) && !(lang == Lang::Nl && matches!(begins, b'g' | b'G')) {
                if !take(range, None) {
                    return;
                }
                continue;
            }
            let term = memo.term(&text[range.clone()], &mut folded);
            if !term.is_empty() && !take(range, Some(term)) {
                return;
            }
        }
    });
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
        } else if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
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

/// Brings endings together that only an accent told apart.
fn before_stemming(lang: Lang, word: &mut String) {
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
            ("1.250,5 €; COVID-19; 5G", vec!["1", "250", "5", "COVID", "19", "5G"]),
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
        ] {
            let first = terms(lang, forms[0]);
            for form in &forms {
                assert_eq!(terms(lang, form), first, "{form} as {}", forms[0]);
                // From memory too.
                assert_eq!(terms(lang, form), first, "{form} again");
            }
        }
    }

    #[test]
    fn words_of_their_own_stay_apart() {
        for (lang, one, other) in [
            (Lang::Fr, "pêche", "pensions"),
            (Lang::Fr, "idée", "idéal"),
            (Lang::Fr, "partie", "parc"),
            (Lang::Nl, "water", "weten"),
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
