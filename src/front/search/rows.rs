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
use crate::search::highlight::{Found, Highlighter, Snippet};
use crate::search::words::Understood;

/// The most characters of a piece of text that stands in the place of a lead.
const SNIPPET: usize = 240;

/// Texts by release and language.
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

    /// The language of the version that the page shows, if neither its title nor its lead has any of it: then its text is
    /// needed.
    pub(super) fn needs_text(&self, card: &Card) -> Option<Lang> {
        let (of, version, _) = views::shown(card, self.lang)?;
        let bare =
            self.anything && self.of(of).find(&version.title).is_empty() && self.of(of).find(&version.lead).is_empty();
        bare.then_some(of)
    }

    /// The pieces of the texts that have any of it.
    pub(super) fn snippets(&self, texts: &Texts) -> HashMap<(ReleaseId, Lang), Snippet> {
        texts
            .iter()
            .filter_map(|(version, text)| {
                let snippet = self.of(version.1).snippet(&flowing(text), SNIPPET)?;
                Some((*version, snippet))
            })
            .collect()
    }

    /// What its item shows. `texts`: all those of a release of which the version that is shown has nothing.
    pub(super) fn excerpt(
        &self,
        card: &Card,
        snippets: &HashMap<(ReleaseId, Lang), Snippet>,
        texts: &Texts,
    ) -> Excerpt {
        let Some((of, version, _)) = views::shown(card, self.lang) else { return Excerpt::default() };
        if !self.anything {
            return Excerpt::default();
        }
        let (title, lead) = (self.of(of).find(&version.title), self.of(of).find(&version.lead));
        let mut excerpt = Excerpt {
            title: (!title.is_empty()).then(|| marked(&version.title, &title.marks)),
            lead: (!lead.is_empty()).then(|| marked(&version.lead, &lead.marks)),
            mark: None,
        };
        if title.is_empty() && lead.is_empty() {
            match snippets.get(&(card.release.id, of)) {
                Some(snippet) => excerpt.lead = Some(marked(&snippet.text, &snippet.marks)),
                None => {
                    let plain = |lang: &Lang| {
                        let text = texts.get(&(card.release.id, *lang));
                        text.map(|body| flowing(body)).unwrap_or_default()
                    };
                    excerpt.mark = self.elsewhere(card, of, plain);
                }
            }
        }
        excerpt
    }

    /// The version that has all of it, else the first that has some, with a link to it.
    fn elsewhere(&self, card: &Card, shown: Lang, plain: impl Fn(&Lang) -> String) -> Option<Markup> {
        let mut some = None;
        let mut all = None;
        for (of, version) in card.versions.iter().filter(|(of, _)| **of != shown) {
            let highlighter = self.of(*of);
            let found: [Found; 3] = [&version.title, &version.lead, &plain(of)].map(|text| highlighter.find(text));
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

    #[test]
    fn a_text_is_read_on_without_the_signs_of_its_lines() {
        let body = "## Ce qui change\n\n- Les 26 stations\n- trois crues\n\n> Nous tenons.\n\n| Station | Niveau |\n| --- | --- |\n| Hallre | 4,2 m |";
        let flowing = flowing(body);
        assert!(flowing.starts_with("Ce qui change. Les 26 stations. trois crues. Nous tenons. "), "{flowing}");
        assert!(flowing.contains("Station · Niveau") && !flowing.contains(['|', '>', '#']), "{flowing}");
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
