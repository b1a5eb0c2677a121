//! The words that a browser would show, by which an import proves that it lost none.

use unicode_normalization::UnicodeNormalization;

use super::dom::{Content, Display, Dom, Step};

/// The words that a browser shows of `html`, in the order of the document.
///
/// A word is what stands between white space (no-break spaces count as such), block edges, line
/// breaks, cells and images; inline tags part nothing, so that `<b>Pa</b>ris` is one word. An
/// image gives its alternative text, a frame or film its title or else its address, `<q>` its
/// quotation marks.
///
/// Two texts are compared up to this normal form, and nothing else: NFKC (`²` and
/// `<sup>2</sup>` are alike), the minus sign as a hyphen, invisible characters (soft hyphens,
/// zero-width and control characters) left out, as well as a bullet or middle dot on its own,
/// which stands for a list item or parts what a table cell shows on several lines.
pub fn visible_words(html: &str) -> Vec<String> {
    words_of(&Dom::parse(html))
}

/// As [`visible_words`], of a tree that is there already.
pub(super) fn words_of(dom: &Dom) -> Vec<String> {
    let start = dom.start();
    let Step::Enter(root) = start else {
        return Vec::new();
    };
    let mut words = Words::default();
    let mut quotes = 0_usize;
    let mut step = Some(start);
    while let Some(now) = step {
        let mut skip = false;
        match now {
            Step::Enter(id) => match dom.content(id) {
                Content::Text(text) => words.push(text),
                Content::Element(..) => {
                    let display = dom.display(id);
                    skip = display == Display::Hidden;
                    if display == Display::Block || dom.name(id) == "br" {
                        words.end();
                    }
                    if let Some(text) = dom.stand_in(id) {
                        words.end();
                        words.push(text);
                        words.end();
                    } else if dom.name(id) == "q" && !skip {
                        words.push(quotation_marks(quotes).0);
                        quotes += 1;
                    }
                }
                Content::Nothing | Content::Remark(_) => {}
            },
            Step::Leave(id) => match dom.display(id) {
                Display::Block => words.end(),
                Display::Inline if dom.name(id) == "q" => {
                    quotes = quotes.saturating_sub(1);
                    words.push(quotation_marks(quotes).1);
                }
                _ => {}
            },
        }
        step = match now {
            Step::Enter(id) if skip => dom.next(Step::Leave(id), root),
            now => dom.next(now, root),
        };
    }
    words.end();
    words.done
}

/// The marks that a browser sets around `<q>`, `depth` other quotations around it.
pub(super) fn quotation_marks(depth: usize) -> (&'static str, &'static str) {
    match depth {
        0 => ("“", "”"),
        _ => ("‘", "’"),
    }
}

/// Whether a reader sees nothing of the character and no gap either.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || c.is_control() && !c.is_whitespace()
}

/// Whether the character stands before a list item where no list is marked up.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '·' | '▪' | '◦' | '‣' | '●' | '■' | '\u{f0b7}')
}

#[derive(Default)]
struct Words {
    done: Vec<String>,
    current: String,
}

impl Words {
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_whitespace() {
                self.end();
            } else {
                self.current.push(c);
            }
        }
    }

    fn end(&mut self) {
        if self.current.is_empty() {
            return;
        }
        let word: String = if self.current.is_ascii() {
            self.current.chars().filter(|c| !is_invisible(*c)).collect()
        } else {
            let visible = self.current.chars().filter(|c| !is_invisible(*c));
            visible.nfkc().map(|c| if c == '\u{2212}' { '-' } else { c }).collect()
        };
        self.current.clear();
        if word.chars().any(|c| !is_bullet(c)) {
            self.done.push(word);
        }
    }
}
