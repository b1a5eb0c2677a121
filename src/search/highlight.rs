//! Where in a text stands what somebody looked for: by the same analysis that the index was filled by, so that a stem, a
//! plural or an accent lights up wherever the index found it.

use std::ops::Range;

use super::analysis::{self, First};
use super::words::{Term, Understood};
use crate::kit::lang::Lang;

/// Looks for the same words in many texts of one language.
#[derive(Debug)]
pub struct Highlighter {
    lang: Lang,
    patterns: Vec<Pattern>,
    /// The terms of all patterns, each once.
    terms: Vec<String>,
    /// What they, and beginnings, begin with.
    first: First,
}

/// A wanted term as the index knows it.
#[derive(Debug)]
struct Pattern {
    /// Which wanted terms it is, by their places: one, or two that are written as one word.
    wanted: u32,
    /// Terms that stand beside each other, by their places.
    parts: Vec<usize>,
    /// What the last one may begin with instead, in plain letters.
    beginning: Option<String>,
}

/// A word of a text that may be part of a hit.
struct Word {
    /// How many words stand before it.
    nth: usize,
    range: Range<usize>,
    /// Which term it is.
    term: Option<usize>,
    /// Of which patterns it is a beginning, of which there are at most 60.
    begins: u64,
}

/// A place at which wanted terms stand: which ones, and its bytes.
type Hit = (u32, Range<usize>);

/// What was found in a text.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Found {
    /// Where, in bytes, in their order; none touches the next.
    pub marks: Vec<Range<usize>>,
    /// Which of the wanted terms were, by their place.
    terms: u32,
}

impl Found {
    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }
}

/// A piece of a text, with what was found in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// The piece, on one line; with `…` where the text goes on.
    pub text: String,
    /// Where in it, in bytes.
    pub marks: Vec<Range<usize>>,
}

/// Whether a text that is looked at is a part, and more stands before or after it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Something stands before it.
    pub goes_before: bool,
    /// Something follows.
    pub goes_on: bool,
}

impl Highlighter {
    /// For the wanted words in texts of that language.
    pub fn new(understood: &Understood, lang: Lang) -> Self {
        let mut terms: Vec<String> = Vec::new();
        let mut of = |text: &str| {
            let mut parts = Vec::new();
            analysis::each(lang, text, |_, term| {
                let known = terms.iter().position(|known| known == term);
                parts.push(known.unwrap_or_else(|| {
                    terms.push(term.to_owned());
                    terms.len() - 1
                }));
            });
            parts
        };
        let mut pattern = |term: &Term, wanted| match term {
            Term::Word(word) => Pattern { wanted, parts: of(word), beginning: None },
            Term::Phrase(words) => Pattern { wanted, parts: of(&words.join(" ")), beginning: None },
            Term::Prefix(word) => {
                let last =
                    analysis::tokens(lang, word).pop().map(|token| analysis::beginning(lang, &word[token.range]));
                Pattern { wanted, parts: of(word), beginning: last }
            }
        };
        let mut patterns: Vec<Pattern> =
            understood.wanted.iter().enumerate().map(|(place, term)| pattern(term, bit(place))).collect();
        for joined in understood.joined() {
            patterns.push(pattern(&joined.term, joined.places.fold(0, |all, place| all | bit(place))));
        }
        let beginnings = patterns.iter().filter_map(|pattern| pattern.beginning.as_deref());
        let first = First::of(terms.iter().map(String::as_str).chain(beginnings));
        Self { lang, patterns, terms, first }
    }

    /// Whether all that is wanted is among what was found in these parts of one text. A term that this language's
    /// analysis makes nothing of counts as found, as it does for the index.
    pub fn is_all<'a>(&self, found: impl IntoIterator<Item = &'a Found>) -> bool {
        let terms = found.into_iter().fold(0, |terms, part| terms | part.terms);
        terms & self.all() == self.all()
    }

    /// What is all of it.
    fn all(&self) -> u32 {
        let some = self.patterns.iter().filter(|pattern| pattern.wanted.is_power_of_two() && !pattern.parts.is_empty());
        some.fold(0, |all, pattern| all | pattern.wanted)
    }

    /// What of it stands in a text.
    pub fn find(&self, text: &str) -> Found {
        let mut terms = 0;
        let mut hits = Vec::new();
        self.scan(text, |(found, range)| {
            terms |= found;
            hits.push(range);
            true
        });
        Found { marks: joined(hits), terms }
    }

    /// Whether anything of it stands in a text.
    pub fn is_in(&self, text: &str) -> bool {
        let mut is_in = false;
        self.scan(text, |_| {
            is_in = true;
            false
        });
        is_in
    }

    /// Where a snippet of some `length` characters would begin to be of interest: at the first hit from which on all that
    /// is wanted stands together, else most of it. None if nothing of it is there.
    pub fn best(&self, text: &str, length: usize) -> Option<usize> {
        let within = length * 3 / 4;
        let all = self.all();
        let mut latest = [None; u32::BITS as usize];
        let mut hits: Vec<Hit> = Vec::new();
        self.scan(text, |(found, range)| {
            let mut together = 0;
            for (place, start) in latest.iter_mut().enumerate() {
                if found & bit(place) != 0 {
                    *start = Some(range.start);
                }
                if start.is_some_and(|start| range.end <= start + within) {
                    together |= bit(place);
                }
            }
            hits.push((found, range));
            together & all != all
        });
        hits.sort_by_key(|(_, range)| range.start);
        // The first of those windows that hold most different terms, and then most hits; from each hit on.
        let mut best: Option<(u32, usize, usize)> = None;
        for (at, (_, hit)) in hits.iter().enumerate() {
            let inside = hits[at..].iter().take_while(|(_, other)| other.end <= hit.start + within);
            let (terms, count) = inside.fold((0, 0), |(terms, count), (found, _)| (terms | found, count + 1));
            let terms: u32 = u32::count_ones(terms);
            if best.is_none_or(|(most, many, _)| (terms, count) > (most, many)) {
                best = Some((terms, count, hit.start));
            }
        }
        best.map(|(_, _, from)| from)
    }

    /// The piece of a text, some `length` characters long, in which most of what is wanted stands; none if nothing does.
    pub fn snippet(&self, text: &str, length: usize, part: Part) -> Option<Snippet> {
        let text = one_line(text);
        let from = self.best(&text, length)?;
        let window = window(&text, from, length);
        let ellipsis = if window.start > 0 || part.goes_before { "… " } else { "" };
        let goes_on = if window.end < text.len() || part.goes_on { " …" } else { "" };
        let piece = &text[window];
        let marks = self.find(piece).marks;
        let marks = marks.into_iter().map(|mark| mark.start + ellipsis.len()..mark.end + ellipsis.len()).collect();
        Some(Snippet { text: format!("{ellipsis}{piece}{goes_on}"), marks })
    }

    /// Each hit, for as long as `take` asks for more. Work: words that begin as a term does, times terms, of which there
    /// are 20, and twice as many that are two in one or one without its hyphen.
    fn scan(&self, text: &str, mut take: impl FnMut(Hit) -> bool) {
        let mut words: Vec<Word> = Vec::new();
        let (mut nth, mut before) = (0, 0);
        analysis::each_beginning(self.lang, text, &self.first, |range, term| {
            nth += 1;
            let between = &text[std::mem::replace(&mut before, range.end)..range.start];
            let goes_on = nth > 1 && analysis::is_one_hyphen(between);
            let Some(term) = term else { return true };
            // Nearly always there is none.
            let whole = analysis::joined_from(text, range.clone()).filter(|_| !goes_on);
            let word = self.word(nth, range, term, text);
            let may_end = word.is_some();
            words.extend(word);
            self.patterns.iter().enumerate().all(|(place, pattern)| {
                let hit = pattern.ends(place, &words).filter(|_| may_end);
                let joined = || whole.as_ref().filter(|(_, word)| pattern.is_joined(self, word));
                match hit.or_else(|| joined().map(|(range, _)| range.clone())) {
                    Some(hit) => take((pattern.wanted, hit)),
                    None => true,
                }
            })
        });
    }

    /// The word, if it may be part of a hit.
    fn word(&self, nth: usize, range: Range<usize>, term: &[u8], text: &str) -> Option<Word> {
        let of = self.terms.iter().position(|wanted| wanted.as_bytes() == term);
        // Folding costs more than a look at the first letter; a Dutch stem may begin otherwise than its word.
        let first = text.as_bytes()[range.start];
        let mut begins = 0;
        for (place, pattern) in self.patterns.iter().enumerate() {
            if pattern.beginning.as_ref().is_some_and(|beginning| {
                (!first.is_ascii() || beginning.as_bytes().first() == Some(&first.to_ascii_lowercase()))
                    && (term.starts_with(beginning.as_bytes())
                        || analysis::folded(&text[range.clone()]).starts_with(beginning.as_str()))
            }) {
                begins |= 1 << (place % 64);
            }
        }
        (of.is_some() || begins != 0).then_some(Word { nth, range, term: of, begins })
    }
}

impl Pattern {
    /// Where it stands, if it ends with the last of these words.
    fn ends(&self, place: usize, words: &[Word]) -> Option<Range<usize>> {
        let (part, before) = self.parts.split_last()?;
        let beside = words.get(words.len().checked_sub(self.parts.len())?..)?;
        let (last, others) = beside.split_last()?;
        let is_last = last.term == Some(*part) || last.begins & 1 << (place % 64) != 0;
        let first = beside.first()?;
        let all = others.iter().zip(before).all(|(word, part)| word.term == Some(*part));
        (is_last && all && last.nth - first.nth == before.len()).then_some(first.range.start..last.range.end)
    }

    /// Whether it is that word, in plain letters, of which a text parts the parts by hyphens.
    fn is_joined(&self, of: &Highlighter, word: &str) -> bool {
        let [part] = self.parts.as_slice() else { return false };
        let begins = self.beginning.as_ref().is_some_and(|beginning| word.starts_with(beginning.as_str()));
        begins || matches!(analysis::tokens(of.lang, word).as_slice(), [token] if token.term == of.terms[*part])
    }
}

fn bit(place: usize) -> u32 {
    1 << (place % 32)
}

/// Without those that lie in others or touch them.
fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}') || c.is_control()) {
        if !word.is_empty() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    line
}

/// Some `length` characters around `from`, a fourth of them before it, cut between words.
fn window(text: &str, from: usize, length: usize) -> Range<usize> {
    let back = |at: usize, chars: usize| text[..at].char_indices().rev().nth(chars).map_or(0, |(at, _)| at);
    // Near the end of the text there is room for more before it.
    let start = match back(from, length / 4).min(back(text.len(), length)) {
        0 => 0,
        at => text[at..from].find(' ').map_or(from, |blank| at + blank + 1),
    };
    let end = match text[start..].char_indices().nth(length) {
        None => text.len(),
        // A word that is longer than all of it is cut.
        Some((cut, _)) => {
            start + text[start..start + cut].rfind(' ').filter(|blank| start + blank > from).unwrap_or(cut)
        }
    };
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::Words;

    fn understood(words: &str) -> Understood {
        Words::read(words).map(|words| words.understood()).unwrap_or_default()
    }

    fn shown(text: &str, marks: &[Range<usize>]) -> String {
        let mut out = String::new();
        let mut at = 0;
        for mark in marks {
            out.push_str(&text[at..mark.start]);
            out.push_str(&format!("[{}]", &text[mark.clone()]));
            at = mark.end;
        }
        out + &text[at..]
    }

    #[test]
    fn what_was_looked_for_lights_up_in_every_form() {
        for (lang, words, text, expected) in [
            (Lang::Fr, "pension", "Les pensions et la pension.", "Les [pensions] et la [pension]."),
            (Lang::Fr, "decret", "Le DÉCRET et les décrets", "Le [DÉCRET] et les [décrets]"),
            (Lang::Fr, "l'eau", "L’eau monte, l’eau-mère", "L’[eau] monte, l’[eau]-mère"),
            (
                Lang::Fr,
                "\"premier ministre\"",
                "Le premier ministre, premier des ministres",
                "Le [premier ministre], premier des ministres",
            ),
            (Lang::Nl, "maatregel", "Nieuwe maatregelen", "Nieuwe [maatregelen]"),
            (Lang::Nl, "minimum pensioen", "Een minimumpensioen", "Een [minimumpensioen]"),
            (Lang::Nl, "minimum-pensioenen", "Een minimumpensioen", "Een [minimumpensioen]"),
            (Lang::Nl, "minimumpensioenen wet", "Het minimum-pensioen", "Het [minimum-pensioen]"),
            (Lang::Nl, "minimumpensioen", "Het minimum-pensioen stijgt", "Het [minimum-pensioen] stijgt"),
            (Lang::Nl, "minimumpens", "Minimum-pensioenen", "[Minimum-pensioenen]"),
            (Lang::Nl, "gemeenten", "De gemeentebelasting", "De [gemeentebelasting]"),
            (
                Lang::De,
                "Mindest Rente",
                "Die Mindestrente, die Mindest-Rente",
                "Die [Mindestrente], die [Mindest-Rente]",
            ),
            (Lang::Fr, "12000", "Les 12\u{202f}000 emplois", "Les [12\u{202f}000] emplois"),
            (Lang::Fr, "travail", "Les travaux", "Les [travaux]"),
            (Lang::De, "Gesetzesvorentwurf", "Zwei Gesetzesvorentwürfe", "Zwei [Gesetzesvorentwürfe]"),
            (Lang::De, "strasse", "Die Straße", "Die [Straße]"),
            (Lang::En, "navig", "Navigation resumes; navigable", "[Navigation] resumes; [navigable]"),
            (Lang::En, "high water", "High water: high", "[High] [water]: [high]"),
            (Lang::En, "2026-0417", "See 2026-0417 and 2026", "See [2026-0417] and 2026"),
            (Lang::En, "water -high", "high water", "high [water]"),
            (Lang::En, "<script>", "A <script> here", "A <[script]> here"),
            (Lang::En, "nothing", "A text", "A text"),
        ] {
            let found = Highlighter::new(&understood(words), lang).find(text);
            assert_eq!(shown(text, &found.marks), expected, "{words}");
        }
    }

    #[test]
    fn all_of_it_may_be_spread_over_title_and_lead() {
        let highlighter = Highlighter::new(&understood("water \"high tide\" alert"), Lang::En);
        let joined = Highlighter::new(&understood("minimum pensioen wet"), Lang::Nl);
        assert!(joined.is_all(&["Het minimumpensioen", "Een wet"].map(|text| joined.find(text))));
        assert!(!joined.is_all(&["Het minimumpensioen", "Een maximum"].map(|text| joined.find(text))));
        let parts = ["Water alert", "At high tide", "High water"].map(|text| highlighter.find(text));
        assert!(highlighter.is_all(&parts[..2]) && !highlighter.is_all([&parts[0], &parts[2]]));
    }

    #[test]
    fn a_snippet_is_where_most_of_it_stands() {
        let filler = "One word after another until the line is long enough to matter. ".repeat(6);
        let text = format!("Water here.\n\n{filler}\n\nThe water\nat high tide, says the agency. {filler}");
        let highlighter = Highlighter::new(&understood("water tide agency"), Lang::En);
        let snippet = highlighter.snippet(&text, 120, Part::default()).expect("found");
        let shown = shown(&snippet.text, &snippet.marks);
        assert!(shown.contains("The [water] at high [tide], says the [agency]."), "{shown}");
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(snippet.text.chars().count() <= 126, "{shown}");
        assert_eq!(highlighter.snippet("Nothing of it", 120, Part::default()), None);
        let short = highlighter.snippet("A tide", 120, Part::default()).expect("found");
        assert_eq!((short.text.as_str(), &short.text[short.marks[0].clone()]), ("A tide", "tide"));
        let part = highlighter.snippet("A tide", 120, Part { goes_before: true, goes_on: true }).expect("found");
        assert_eq!((part.text.as_str(), &part.text[part.marks[0].clone()]), ("… A tide …", "tide"));
        // The first place where all of it stands is enough; what follows in the piece is marked, too.
        let highlighter = Highlighter::new(&understood("tide"), Lang::En);
        let text = format!("One tide and another. {filler} Tide, tide, tide.");
        let first = highlighter.snippet(&text, 120, Part::default()).expect("found");
        assert!(first.text.starts_with("One tide") && first.marks.len() == 1, "{first:?}");
        let text = format!("One tide and another tide. {filler}");
        assert_eq!(highlighter.snippet(&text, 120, Part::default()).expect("found").marks.len(), 2);
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(words in any::<String>(), text in any::<String>(), length in 10..200usize) {
            for lang in Lang::ALL {
                let highlighter = Highlighter::new(&understood(&words), lang);
                prop_assert_eq!(highlighter.is_in(&text), !highlighter.find(&text).is_empty());
                for mark in highlighter.find(&text).marks {
                    prop_assert!(text.get(mark).is_some_and(|marked| !marked.is_empty()));
                }
                if let Some(snippet) = highlighter.snippet(&text, length, Part::default()) {
                    for mark in snippet.marks {
                        prop_assert!(snippet.text.get(mark).is_some());
                    }
                }
            }
        }

        #[test]
        fn every_word_of_a_text_is_found_in_it(text in "[a-zA-Zéèüß’' .-]{1,60}") {
            let highlighter = Highlighter::new(&understood(&text), Lang::Fr);
            if highlighter.patterns.iter().any(|pattern| !pattern.parts.is_empty()) {
                prop_assert!(!highlighter.find(&text.replace('-', " ")).is_empty() || text.contains('-'));
            }
        }
    }
}
