//! What was found, marked where it stands: in the title and the lead, else in a piece of the text, else in the version of
//! another language, which is named and linked.

use std::collections::HashMap;
use std::ops::Range;

use maud::{Markup, html};

use crate::ids::ReleaseId;
use crate::kit::lang::Lang;
use crate::kit::rich_text;
use crate::paths;
use crate::phrases::{language_name, phrases};
use crate::release::public::Card;
use crate::release::views::{self, Excerpt};
use crate::search::highlight::{Found, Highlighter, Part, Snippet};
use crate::search::words::Understood;

/// The most characters of a piece of text that stands in the place of a lead.
const SNIPPET: usize = 240;

/// Markdown texts by release and language.
type Texts = HashMap<(ReleaseId, Lang), String>;

/// Marks the same words in many releases, for a page in one language.
pub(super) struct Marker {
    lang: Lang,
    highlighters: [Highlighter; 4],
    anything: bool,
}

impl Marker {
    pub(super) fn new(understood: &Understood, lang: Lang) -> Self {
        Self {
            lang,
            highlighters: Lang::ALL.map(|of| Highlighter::new(understood, of)),
            anything: !understood.wanted.is_empty(),
        }
    }

    fn of(&self, lang: Lang) -> &Highlighter {
        &self.highlighters[lang as usize]
    }

    /// What stands in title and lead of the version that the page shows; none if it shows none, or nothing is looked for.
    pub(super) fn look(&self, card: &Card) -> Option<Looked> {
        let (of, version, _) = views::shown(card, self.lang).filter(|_| self.anything)?;
        Some(Looked { of, title: self.of(of).find(&version.title), lead: self.of(of).find(&version.lead) })
    }

    /// The pieces of the texts that have any of it.
    pub(super) fn snippets(&self, texts: &Texts) -> HashMap<(ReleaseId, Lang), Snippet> {
        texts.iter().filter_map(|(version, text)| Some((*version, snippet(self.of(version.1), text)?))).collect()
    }

    /// What its item shows. `texts`: those of the other languages of a release of which the version that is shown has
    /// nothing.
    pub(super) fn excerpt(
        &self,
        card: &Card,
        looked: Option<&Looked>,
        snippets: &HashMap<(ReleaseId, Lang), Snippet>,
        texts: &Texts,
    ) -> Excerpt {
        let Some((looked, (of, version, _))) = looked.zip(views::shown(card, self.lang)) else {
            return Excerpt::default();
        };
        let Looked { title, lead, .. } = looked;
        let mut excerpt = Excerpt {
            title: (!title.is_empty()).then(|| marked(&version.title, &title.marks)),
            lead: (!lead.is_empty()).then(|| marked(&version.lead, &lead.marks)),
            mark: None,
        };
        if looked.is_bare() {
            match snippets.get(&(card.release.id, of)) {
                Some(snippet) => excerpt.lead = Some(marked(&snippet.text, &snippet.marks)),
                None => excerpt.mark = self.elsewhere(card, of, texts),
            }
        }
        excerpt
    }

    /// The version that has all of it, else the first that has some, with a link to it.
    fn elsewhere(&self, card: &Card, shown: Lang, texts: &Texts) -> Option<Markup> {
        let mut some = None;
        let mut all = None;
        for (of, version) in card.versions.iter().filter(|(of, _)| **of != shown) {
            let highlighter = self.of(*of);
            // Drawn as text only where that may matter.
            let body = texts.get(&(card.release.id, *of)).map_or("", String::as_str);
            let body = if highlighter.is_in(body) || hides_words(body) { flowing(body) } else { String::new() };
            let found: [Found; 3] = [&version.title, &version.lead, &body].map(|text| highlighter.find(text));
            if found.iter().any(|part| !part.is_empty()) {
                some = some.or(Some((*of, version)));
                if highlighter.is_all(&found) {
                    all = Some((*of, version));
                    break;
                }
            }
        }
        let (of, version) = all.or(some)?;
        let path = paths::release(of, card.release.first_published_on, &version.slug);
        let words = phrases(self.lang);
        Some(html! { a href=(path) hreflang=(of) { (words.search_elsewhere(language_name(of, self.lang))) } })
    }
}

/// What stands in title and lead of the version that the page shows.
pub(super) struct Looked {
    of: Lang,
    title: Found,
    lead: Found,
}

impl Looked {
    /// The language of the version, if its text is needed, for neither title nor lead has any of it.
    pub(super) fn needs_text(&self) -> Option<Lang> {
        self.is_bare().then_some(self.of)
    }

    fn is_bare(&self) -> bool {
        self.title.is_empty() && self.lead.is_empty()
    }
}

/// The piece of a Markdown body in which most of it stands.
///
/// Drawing a body as text takes longer than looking through it. So the body is looked through as it is, and only the blocks
/// around what is found are drawn; all of it, where that may give something else.
fn snippet(highlighter: &Highlighter, body: &str) -> Option<Snippet> {
    let whole = || highlighter.snippet(&flowing(body), SNIPPET, Part::default());
    if has_definitions(body) {
        return whole();
    }
    match highlighter.best(body, SNIPPET) {
        Some(at) => {
            let blocks = around(body, at);
            let part = Part { goes_before: blocks.start > 0, goes_on: blocks.end < body.trim_end().len() };
            // What was found may be an address, which is not read.
            highlighter.snippet(&flowing(&body[blocks]), SNIPPET, part).or_else(whole)
        }
        None if hides_words(body) => whole(),
        None => None,
    }
}

/// Whether links may have their addresses elsewhere in the text.
fn has_definitions(body: &str) -> bool {
    body.contains("]: ")
}

/// Whether words may be read that do not stand there as they are read: written with marks in them or between them.
fn hides_words(body: &str) -> bool {
    let is_mark = |byte: &u8| matches!(byte, b'*' | b'_' | b'~' | b'`' | b'\\' | b'&' | b'[' | b']' | b'<');
    let is_letter = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
    let bytes = body.as_bytes();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(is_mark) {
        let start = at + next;
        at = start + bytes[start..].iter().take_while(|byte| is_mark(byte)).count();
        let is_inside =
            is_letter(start.checked_sub(1).and_then(|before| bytes.get(before))) && is_letter(bytes.get(at));
        // An address parts the words around it.
        if is_inside || bytes[start] == b'&' || bytes[at - 1] == b']' && bytes.get(at) == Some(&b'(') {
            return true;
        }
    }
    false
}

/// The blocks of a Markdown text that hold a snippet around that place.
fn around(body: &str, at: usize) -> Range<usize> {
    let mut start = body.floor_char_boundary(at.saturating_sub(SNIPPET / 2));
    start = loop {
        match body[..start].rfind("\n\n") {
            // What is set in belongs to the block before it.
            Some(gap) if body[gap + 2..].starts_with([' ', '\t', '\n']) => start = gap,
            Some(gap) => break gap + 2,
            None => break 0,
        }
    };
    let reach = body.ceil_char_boundary((at + 2 * SNIPPET).min(body.len()));
    start..body[reach..].find("\n\n").map_or(body.len(), |gap| reach + gap)
}

/// The text of a Markdown body as one reads it on: without the signs of its lines, a line that ends in nothing closed by
/// a point.
fn flowing(body: &str) -> String {
    let mut flowing = String::with_capacity(body.len());
    for line in rich_text::text_without_urls(body).lines() {
        let line = line.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '>' | '|' | '*' | '#'));
        let line = line.trim_end_matches(|c: char| c.is_whitespace() || c == '|');
        if line.is_empty() {
            continue;
        }
        if let Some(last) = flowing.chars().next_back() {
            flowing.push_str(if last.is_alphanumeric() || last == ')' { ". " } else { " " });
        }
        flowing.push_str(&line.replace(" | ", " · "));
    }
    flowing
}

/// The text with its marks; each piece is escaped by itself.
pub(super) fn marked(text: &str, marks: &[Range<usize>]) -> Markup {
    // Each mark with where the one before it ended.
    let ends = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    let last = marks.last().map_or(0, |mark| mark.end);
    html! {
        @for (mark, at) in marks.iter().zip(ends) {
            (text.get(at..mark.start).unwrap_or_default())
            mark { (text.get(mark.clone()).unwrap_or_default()) }
        }
        (text.get(last..).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Words;

    #[test]
    fn a_text_is_read_on_without_the_signs_of_its_lines() {
        let body = "## Ce qui change\n\n- Les 26 stations\n- trois crues\n\n> Nous tenons.\n\n| Station | Niveau |\n| --- | --- |\n| Hallre | 4,2 m |";
        let flowing = flowing(body);
        assert!(flowing.starts_with("Ce qui change. Les 26 stations. trois crues. Nous tenons. "), "{flowing}");
        assert!(flowing.contains("Station · Niveau") && !flowing.contains(['|', '>', '#']), "{flowing}");
    }

    fn highlighter(words: &str) -> Highlighter {
        let understood = Words::read(words).map(|words| words.understood()).unwrap_or_default();
        Highlighter::new(&understood, Lang::En)
    }

    #[test]
    fn a_snippet_of_a_few_blocks_is_that_of_all_of_them() {
        let filler = "Some words of no interest follow here, one after another.\n\n".repeat(12);
        for (words, middle) in [
            ("tide", "The *high* tide of Monday."),
            ("tide", "- first\n- the tide\n\n  set in\n\n- third"),
            ("tide station", "| Station | Tide |\n| --- | --- |\n| Hallre | 4,2 |"),
            ("tide", "> Quoted: [the tide](https://example.org/tide)."),
            ("tide", "1. one\n\n   the tide, set in\n\n2. two"),
            ("tide", "Ti**de** and ti&#100;e"),
            ("\"high tide\"", "High [tide](https://example.org/), high **tide**."),
            ("\"high tide\"", "A [high](https://example.org/a-page) tide."),
            ("tide", "The [tide][1] rises.\n\n[1]: https://example.org/"),
            ("tide", "See <https://example.org/tide> only."),
            ("example", "[No word of it](https://example.org/) here."),
            ("tide", "Nothing."),
        ] {
            let highlighter = highlighter(words);
            for body in [middle.to_owned(), format!("{filler}{middle}\n\n{filler}"), format!("{filler}{middle}\n")] {
                let whole = highlighter.snippet(&flowing(&body), SNIPPET, Part::default());
                let blocks = snippet(&highlighter, &body);
                assert_eq!(blocks.is_some(), whole.is_some(), "{words}: {middle}");
                let (Some(blocks), Some(whole)) = (blocks, whole) else { continue };
                let marked = |snippet: &Snippet| {
                    snippet.marks.iter().map(|mark| snippet.text[mark.clone()].to_owned()).collect::<Vec<_>>()
                };
                assert_eq!(marked(&blocks), marked(&whole), "{words}: {middle}");
                let ends = |snippet: &Snippet| (snippet.text.starts_with("… "), snippet.text.ends_with(" …"));
                assert_eq!(ends(&blocks), ends(&whole), "{words}: {middle}: {blocks:?} {whole:?}");
            }
        }
    }

    #[test]
    fn what_is_marked_is_still_text() {
        let text = "A <script>alert(1)</script> & “b”";
        assert_eq!(
            marked(text, &[3..9, 10..15]).into_string(),
            "A &lt;<mark>script</mark>&gt;<mark>alert</mark>(1)&lt;/script&gt; &amp; “b”"
        );
        assert_eq!(marked("a<b", &[]).into_string(), "a&lt;b");
        // Ranges that are none of this text's show nothing that is not there.
        assert_eq!(marked("é", &[1..2, 5..9]).into_string(), "<mark></mark><mark></mark>");
    }
}
