//! What a person wrote: Markdown in, HTML that can do no harm out; and old HTML in, Markdown out.
//!
//! We keep Markdown and not cleaned HTML: one format for the desk, the comparison of two editions,
//! the search, the text of a mail and the page, and nowhere a tag that somebody has to trust. It is
//! [CommonMark 0.31](https://spec.commonmark.org/0.31.2/) with the tables and the `~~deletions~~`
//! of [GFM](https://github.github.com/gfm/) (two tildes: one alone is often just *about*). Raw HTML
//! is off: tags are shown as the text that they are. Footnotes are off too: their targets would
//! meet on a page that shows a text in two languages or two editions.
//!
//! - [`render()`] makes the page's HTML, [`plain_text`] the mail's text;
//! - [`from_clipboard`] brings in what is pasted;
//! - [`from_html`] brings foreign HTML in, [`visible_words`] proves that no word got lost;
//! - [`normal_form`] is what is hashed and compared.
//!
//! All of them are linear in the length of their input and none of them recurses on it: `render`
//! says how Markdown is kept shallow, `dom` how HTML is.

mod clipboard;
mod dom;
mod import;
mod inline;
mod layout;
mod link;
pub(in crate::kit) mod prose;
mod render;
mod words;

#[cfg(test)]
mod tests;

pub use clipboard::from_clipboard;
pub use import::from_html;
pub use render::{Labels, SafeHtml, plain_text, render, text_without_urls};
pub use words::visible_words;

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The one form in which two texts are compared and hashed (DESIGN §5): Unicode NFC, line ends as
/// LF, no blanks at the end of a line, runs of blanks as one, no empty lines in a row, at the
/// start or at the end.
///
/// Blanks at the start of a line stay, for they say which item a line belongs to. A no-break space
/// is a letter here: it's typography that somebody chose.
pub fn normal_form(markdown: &str) -> String {
    let composed: Cow<'_, str> = match is_nfc_quick(markdown.chars()) {
        IsNormalized::Yes => markdown.into(),
        _ => markdown.nfc().collect::<String>().into(),
    };
    let mut normal = String::with_capacity(composed.len());
    let mut empty_before = true;
    for line in composed.replace("\r\n", "\n").split(['\n', '\r']) {
        let line = line.trim_end_matches([' ', '\t']);
        if line.is_empty() {
            empty_before = true;
            continue;
        }
        if !normal.is_empty() {
            normal.push_str(if empty_before { "\n\n" } else { "\n" });
        }
        empty_before = false;
        let text = line.trim_start_matches([' ', '\t']);
        normal.push_str(&line[..line.len() - text.len()]);
        let mut blank_before = false;
        for c in text.chars() {
            let blank = c == ' ' || c == '\t';
            if !blank {
                normal.push(c);
            } else if !blank_before {
                normal.push(' ');
            }
            blank_before = blank;
        }
    }
    normal
}

/// The words of a text, without its marks and addresses; a sign on its own is none.
pub fn word_count(markdown: &str) -> usize {
    text_without_urls(markdown).split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}
