//! Where in a text stands what somebody looked for: by the same analysis that the index was filled by, so that a stem, a
//! plural or an accent lights up wherever the index found it.

use std::ops::Range;

use super::analysis::{self, Token};
use super::words::{Term, Understood};
use crate::kit::lang::Lang;

/// Looks for the same words in many texts of one language.
#[derive(Debug)]
pub struct Highlighter {
    lang: Lang,
    patterns: Vec<Pattern>,
    /// What their words begin with; none if it is not always a plain letter.
    first: Option<Vec<u8>>,
}

/// A wanted term as the index knows it.
#[derive(Debug)]
struct Pattern {
    /// Which terms it is: one, or two that are written as one word.
    terms: u32,
    /// Tokens that stand beside each other.
    parts: Vec<String>,
    /// What the last one may begin with instead, in plain letters.
    beginning: Option<String>,
}

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

impl Highlighter {
    /// For the wanted words in texts of that language.
    pub fn new(understood: &Understood, lang: Lang) -> Self {
        let of = |text: &str| analysis::tokens(lang, text).into_iter().map(|token| token.term).collect::<Vec<_>>();
        let pattern = |term: &Term, terms| match term {
            Term::Word(word) => Pattern { terms, parts: of(word), beginning: None },
            Term::Phrase(words) => Pattern { terms, parts: of(&words.join(" ")), beginning: None },
            Term::Prefix(word) => {
                let last =
                    analysis::tokens(lang, word).pop().map(|token| analysis::beginning(lang, &word[token.range]));
                Pattern { terms, parts: of(word), beginning: last }
            }
        };
        let wanted = understood.wanted.iter().enumerate().map(|(place, term)| pattern(term, bit(place)));
        let joined = understood.joined();
        let joined =
            joined.iter().map(|it| pattern(&it.term, it.places.clone().fold(0, |all, place| all | bit(place))));
        let patterns: Vec<Pattern> = wanted.chain(joined).collect();
        let words = patterns.iter().flat_map(|pattern| pattern.parts.iter().chain(&pattern.beginning));
        let first = words.map(|word| word.bytes().next().filter(u8::is_ascii)).collect();
        Self { lang, patterns, first }
    }

    fn tokens(&self, text: &str) -> Vec<Token> {
        match &self.first {
            Some(first) => analysis::tokens_beginning(self.lang, text, first),
            None => analysis::tokens(self.lang, text),
        }
    }

    /// Whether all that is wanted is among what was found in these parts of one text. A term that this language's
    /// analysis makes nothing of counts as found, as it does for the index.
    pub fn is_all<'a>(&self, found: impl IntoIterator<Item = &'a Found>) -> bool {
        let terms = found.into_iter().fold(0, |terms, part| terms | part.terms);
        let is_one = |pattern: &&Pattern| pattern.terms.is_power_of_two();
        self.patterns.iter().filter(is_one).all(|pattern| pattern.parts.is_empty() || terms & pattern.terms != 0)
    }

    /// What of it stands in a text.
    pub fn find(&self, text: &str) -> Found {
        let tokens = self.tokens(text);
        let mut hits = Vec::new();
        let mut terms = 0;
        for (found, first, last) in self.hits(text, &tokens) {
            terms |= found;
            hits.push(tokens[first].range.start..tokens[last].range.end);
        }
        Found { marks: joined(hits), terms }
    }

    /// The piece of a text, some `length` characters long, in which most of what is wanted stands; none if nothing does.
    pub fn snippet(&self, text: &str, length: usize) -> Option<Snippet> {
        let text = one_line(text);
        let tokens = self.tokens(&text);
        let hits: Vec<(u32, Range<usize>)> = self
            .hits(&text, &tokens)
            .map(|(terms, first, last)| (terms, tokens[first].range.start..tokens[last].range.end))
            .collect();
        // The first of those windows that hold most different terms, and then most hits; from each hit on.
        let mut best: Option<(u32, usize, usize)> = None;
        for (at, (_, hit)) in hits.iter().enumerate() {
            let inside = hits[at..].iter().take_while(|(_, other)| other.end <= hit.start + length * 3 / 4);
            let (terms, count) = inside.fold((0, 0), |(terms, count), (found, _)| (terms | found, count + 1));
            let terms: u32 = u32::count_ones(terms);
            if best.is_none_or(|(most, many, _)| (terms, count) > (most, many)) {
                best = Some((terms, count, hit.start));
            }
        }
        let (_, _, from) = best?;
        let window = window(&text, from, length);
        let (before, after) = (window.start > 0, window.end < text.len());
        let ellipsis = if before { "… " } else { "" };
        let marks = hits
            .into_iter()
            .map(|(_, hit)| hit)
            .filter(|hit| hit.start >= window.start && hit.end <= window.end)
            .map(|hit| hit.start - window.start + ellipsis.len()..hit.end - window.start + ellipsis.len())
            .collect();
        let piece = &text[window];
        Some(Snippet { text: format!("{ellipsis}{piece}{}", if after { " …" } else { "" }), marks: joined(marks) })
    }

    /// Each place at which a term stands: which terms, and the first and last token. Work: tokens × terms, of which there
    /// are 20, and as many again that are two in one.
    fn hits<'a>(&'a self, text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = (u32, usize, usize)> + 'a {
        tokens.iter().enumerate().flat_map(move |(first, _)| {
            self.patterns.iter().filter_map(move |pattern| {
                let length = pattern.parts.len();
                let (last, others) = tokens.get(first..first + length)?.split_last()?;
                let all = others.iter().zip(&pattern.parts).all(|(token, part)| token.term == *part)
                    && pattern.ends_with(last, text);
                if all {
                    return Some((pattern.terms, first, first + length - 1));
                }
                let last = self.hyphenated(pattern, text, tokens, first).filter(|_| length == 1)?;
                Some((pattern.terms, first, last))
            })
        })
    }

    /// The last token of what hyphens join from the first on, if without them it is the word of the pattern.
    fn hyphenated(&self, pattern: &Pattern, text: &str, tokens: &[Token], first: usize) -> Option<usize> {
        let joint = |place: usize| {
            let (before, after) = (tokens.get(place)?, tokens.get(place + 1)?);
            analysis::is_one_hyphen(&text[before.range.end..after.range.start]).then_some(())
        };
        // Nearly always there is none.
        joint(first)?;
        if first.checked_sub(1).is_some_and(|before| joint(before).is_some()) {
            return None;
        }
        let last = (first + 1..).find(|place| joint(*place).is_none())?;
        let joined = analysis::joined(&text[tokens[first].range.start..tokens[last].range.end]);
        let [(_, word)] = joined.as_slice() else { return None };
        let begins = pattern.beginning.as_ref().is_some_and(|beginning| word.starts_with(beginning.as_str()));
        let is_it = || analysis::tokens(self.lang, word).iter().map(|token| &token.term).eq(&pattern.parts);
        (begins || is_it()).then_some(last)
    }
}

impl Pattern {
    fn ends_with(&self, token: &Token, text: &str) -> bool {
        if self.parts.last() == Some(&token.term) {
            return true;
        }
        // Folding costs more than a look at the first letter; a Dutch stem may begin otherwise than its word.
        let first = text.as_bytes()[token.range.start];
        self.beginning.as_ref().is_some_and(|beginning| {
            (!first.is_ascii() || beginning.as_bytes().first() == Some(&first.to_ascii_lowercase()))
                && (token.term.starts_with(beginning.as_str())
                    || analysis::folded(&text[token.range.clone()]).starts_with(beginning.as_str()))
        })
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
        let snippet = highlighter.snippet(&text, 120).expect("found");
        let shown = shown(&snippet.text, &snippet.marks);
        assert!(shown.contains("The [water] at high [tide], says the [agency]."), "{shown}");
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(snippet.text.chars().count() <= 126, "{shown}");
        assert_eq!(highlighter.snippet("Nothing of it", 120), None);
        let short = highlighter.snippet("A tide", 120).expect("found");
        assert_eq!((short.text.as_str(), &short.text[short.marks[0].clone()]), ("A tide", "tide"));
    }

    proptest! {
        #[test]
        fn no_text_is_too_odd(words in any::<String>(), text in any::<String>(), length in 10..200usize) {
            for lang in Lang::ALL {
                let highlighter = Highlighter::new(&understood(&words), lang);
                for mark in highlighter.find(&text).marks {
                    prop_assert!(text.get(mark).is_some_and(|marked| !marked.is_empty()));
                }
                if let Some(snippet) = highlighter.snippet(&text, length) {
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
