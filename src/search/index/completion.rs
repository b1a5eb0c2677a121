//! Words that are in the index: how one that is being typed may go on, and what one that is nowhere may have meant.
//!
//! A dictionary keeps the words of a text that was deleted until its segment is merged. So a word is shown only if a
//! living document has it.

use std::collections::{HashMap, HashSet};
use std::io;

use tantivy::postings::TermInfo;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, SegmentReader, TERMINATED, Term};

use super::view::View;
use crate::kit::lang::Lang;
use crate::search::analysis;
use crate::search::words::is_small;

/// How many words of a dictionary are looked at for one question.
const LOOKED_AT: usize = 20_000;
/// Shorter beginnings are not completed.
const BEGUN_MIN: usize = 2;

fn commonest<T: Ord>(counts: HashMap<T, u64>) -> Vec<(T, u64)> {
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    words
}

fn each_beginning_with(
    view: &View,
    field: Field,
    beginning: &str,
    mut take: impl FnMut(&str, u64),
) -> tantivy::Result<()> {
    for segment in view.searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut words = inverted.terms().range().ge(beginning).into_stream()?;
        let mut left = LOOKED_AT;
        while left > 0 && words.advance() {
            left -= 1;
            let Ok(word) = str::from_utf8(words.key()) else { continue };
            if !word.starts_with(beginning) {
                break;
            }
            take(word, u64::from(words.value().doc_freq));
        }
    }
    Ok(())
}

/// Whether a word of that field begins so. One of a text that was taken away may be among them: it adds no document.
pub fn is_begun(view: &View, field: Field, beginning: &str) -> tantivy::Result<bool> {
    for segment in view.searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        let mut words = inverted.terms().range().ge(beginning).into_stream()?;
        if words.advance() && words.key().starts_with(beginning.as_bytes()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How a word of titles that begins so is spelled, the commonest first; at most `limit`.
pub fn suggest(view: &View, lang: Lang, beginning: &str, limit: usize) -> tantivy::Result<Vec<String>> {
    let beginning = analysis::folded(beginning);
    if beginning.chars().count() < BEGUN_MIN || limit == 0 {
        return Ok(Vec::new());
    }
    let field = view.fields.of(lang).spelling;
    // By the folded word: how often, and how it is spelled.
    let mut words: HashMap<String, Spellings> = HashMap::new();
    each_beginning_with(view, field, &beginning, |term, count| {
        if let Some((folded, spelling)) = term.split_once('\0') {
            words.entry(folded.to_owned()).or_default().add(spelling, count);
        }
    })?;
    let mut words: Vec<_> = words.into_iter().collect();
    words.sort_by(|a, b| b.1.count.cmp(&a.1.count).then_with(|| a.0.cmp(&b.0)));
    let mut suggested = Vec::new();
    // Of a word one form: the others find the same.
    let mut stems = HashSet::new();
    for (folded, spellings) in words {
        if let Some(spelling) = spellings.living(view, field, &folded)?
            && stems.insert(analysis::tokens(lang, &spelling).into_iter().map(|token| token.term).collect::<Vec<_>>())
        {
            suggested.push(spelling);
            if suggested.len() == limit {
                break;
            }
        }
    }
    Ok(suggested)
}

/// What issuers and topics of public releases are called whose name, or a word of it with what follows, begins as what was
/// typed, the commonest first; at most `limit`.
pub fn names(view: &View, lang: Lang, typed: &str, limit: usize) -> tantivy::Result<Vec<String>> {
    let beginning = in_line(analysis::words(typed).map(|range| &typed[range]));
    if beginning.chars().count() < BEGUN_MIN {
        return Ok(Vec::new());
    }
    let field = view.fields.of(lang).name;
    let mut counts: HashMap<String, u64> = HashMap::new();
    each_beginning_with(view, field, &beginning, |term, count| {
        *counts.entry(term.to_owned()).or_default() += count;
    })?;
    let mut names: Vec<String> = Vec::new();
    for (term, _) in commonest(counts) {
        if names.len() == limit {
            break;
        }
        if let Some((_, name)) = term.split_once('\0')
            && names.iter().all(|known| known != name)
            && is_living(view, field, &term)?
        {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// A name in plain small letters from its first word on, and from each other that is no small one.
pub fn beginnings_of(name: &str) -> Vec<String> {
    let words: Vec<&str> = analysis::words(name).map(|range| &name[range]).collect();
    (0..words.len())
        .filter(|place| *place == 0 || !is_small(words[*place]))
        .map(|place| in_line(words[place..].iter().copied()))
        .collect()
}

fn in_line<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.map(analysis::folded).collect::<Vec<_>>().join(" ")
}

/// The spellings of one folded word.
#[derive(Default)]
struct Spellings {
    count: u64,
    of: HashMap<String, u64>,
}

impl Spellings {
    fn add(&mut self, spelling: &str, count: u64) {
        self.count += count;
        *self.of.entry(spelling.to_owned()).or_default() += count;
    }

    /// The best that a living document has: in small letters if one writes it so, for a title's first word says little,
    /// and then the commonest.
    fn living(self, view: &View, field: Field, folded: &str) -> tantivy::Result<Option<String>> {
        let mut spellings = commonest(self.of);
        spellings.sort_by_key(|(spelling, _)| spelling.chars().any(char::is_uppercase));
        for (spelling, _) in spellings {
            if is_living(view, field, &format!("{folded}\0{spelling}"))? {
                return Ok(Some(spelling));
            }
        }
        Ok(None)
    }
}

/// The word that somebody who typed `word` may have meant: the commonest of those one letter away (two, for a word of six
/// and more) that titles of that language spell. None if the word is there in some language, in whatever form, or has a
/// digit in it.
///
/// Of a long word that is the one joined to another, both: Dutch and German make words that nobody has written yet.
pub fn near(view: &View, lang: Lang, word: &str) -> tantivy::Result<Option<String>> {
    let folded = analysis::folded(word);
    let length = folded.chars().count();
    if !(3..=30).contains(&length) || folded.bytes().any(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let languages = || std::iter::once(lang).chain(Lang::ALL.into_iter().filter(move |other| *other != lang));
    for lang in languages() {
        let of = view.fields.of(lang);
        if is_living(view, of.word, &folded)? {
            return Ok(None);
        }
        for token in analysis::tokens(lang, word) {
            if is_living(view, of.text, &token.term)? {
                return Ok(None);
            }
        }
    }
    for distance in 1..=if length >= 6 { 2 } else { 1 } {
        {
            let of = view.fields.of(lang);
            let automaton = FuzzyTermQuery::new(Term::from_field_text(of.word, &folded), distance, true).automaton()?;
            let mut counts: HashMap<String, u64> = HashMap::new();
            for segment in view.searcher.segment_readers() {
                let inverted = segment.inverted_index(of.word)?;
                let mut words = inverted.terms().search(&automaton).into_stream()?;
                let mut left = LOOKED_AT;
                while left > 0 && words.advance() {
                    left -= 1;
                    if let Ok(word) = str::from_utf8(words.key()) {
                        *counts.entry(word.to_owned()).or_default() += u64::from(words.value().doc_freq);
                    }
                }
            }
            for (candidate, _) in commonest(counts) {
                // What no title spells we could only show without its accents.
                if is_living(view, of.word, &candidate)?
                    && let Some(spelled) = spelled(view, of.spelling, &candidate)?
                {
                    return Ok(Some(spelled));
                }
            }
        }
        if distance == 1
            && let Some((first, second)) = parts(view, lang, &folded)?
        {
            return Ok(Some(format!("{first} {second}")));
        }
    }
    Ok(None)
}

/// The two words that one may be joined of, as texts of that language have them: of all ways to part it, the one whose
/// rarer word is the commonest. Some hundred looks into the dictionary.
fn parts(view: &View, lang: Lang, folded: &str) -> tantivy::Result<Option<(String, String)>> {
    /// Shorter words are in too many others.
    const PART_MIN: usize = 4;
    // What may stand between them.
    let between: &[&str] = match lang {
        Lang::Nl => &["", "s", "en", "n", "e"],
        Lang::De => &["", "s", "es", "en", "n", "e", "er"],
        Lang::Fr | Lang::En => &[""],
    };
    let of = view.fields.of(lang);
    let count = |word: &str| -> tantivy::Result<u64> {
        let stem = analysis::tokens(lang, word).pop().map(|token| token.term).unwrap_or_default();
        if stem.is_empty() || !is_living(view, of.word, word)? && !is_living(view, of.text, &stem)? {
            return Ok(0);
        }
        view.searcher.doc_freq(&Term::from_field_text(of.text, &stem))
    };
    let mut best: Option<(u64, String, String)> = None;
    let ends = folded.char_indices().map(|(at, _)| at);
    for at in ends.filter(|at| *at >= PART_MIN && folded.len() - at >= PART_MIN) {
        let (first, second) = folded.split_at(at);
        let of_second = count(second)?;
        if of_second == 0 {
            continue;
        }
        for joint in between {
            let Some(first) = first.strip_suffix(joint).filter(|first| first.len() >= PART_MIN) else { continue };
            let rarer = count(first)?.min(of_second);
            if rarer > best.as_ref().map_or(0, |best| best.0) {
                best = Some((rarer, first.to_owned(), second.to_owned()));
            }
        }
    }
    let Some((_, first, second)) = best else { return Ok(None) };
    let as_spelled = |word: String| Ok::<_, tantivy::TantivyError>(spelled(view, of.spelling, &word)?.unwrap_or(word));
    Ok(Some((as_spelled(first)?, as_spelled(second)?)))
}

/// How titles spell a folded word, if one has it.
fn spelled(view: &View, field: Field, folded: &str) -> tantivy::Result<Option<String>> {
    let mut spellings = Spellings::default();
    each_beginning_with(view, field, &format!("{folded}\0"), |term, count| {
        if let Some((_, spelling)) = term.split_once('\0') {
            spellings.add(spelling, count);
        }
    })?;
    spellings.living(view, field, folded)
}

/// Whether a document that is not deleted has the term.
fn is_living(view: &View, field: Field, term: &str) -> tantivy::Result<bool> {
    for segment in view.searcher.segment_readers() {
        let inverted = segment.inverted_index(field)?;
        if let Some(info) = inverted.terms().get(term)?
            && has_living(segment, &inverted, &info)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn has_living(segment: &SegmentReader, inverted: &tantivy::InvertedIndexReader, info: &TermInfo) -> io::Result<bool> {
    let Some(alive) = segment.alive_bitset() else { return Ok(info.doc_freq > 0) };
    let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
    let mut doc = postings.doc();
    while doc != TERMINATED {
        if alive.is_alive(doc) {
            return Ok(true);
        }
        doc = postings.advance();
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_met_by_each_of_its_words() {
        assert_eq!(beginnings_of("Agence de l’Eau"), ["agence de eau", "eau"]);
        assert_eq!(beginnings_of("De Lijn"), ["de lijn", "lijn"]);
        assert_eq!(beginnings_of("…"), [""; 0]);
    }
}
