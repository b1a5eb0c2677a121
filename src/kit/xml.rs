//! XML that any parser takes. maud writes it as it writes HTML; what it does not know is that some characters may not
//! stand in XML at all, however they are escaped.

use maud::{Markup, PreEscaped, html};

/// The whole document: the declaration, and `root` without the characters that XML 1.0 forbids (§2.2: C0 controls other
/// than tab and line ends, U+FFFE, U+FFFF).
pub fn document(root: Markup) -> String {
    let declaration = PreEscaped("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    let text = html! { (declaration) (root) }.into_string();
    // By bytes, and nearly always at an end then: U+FFFE and U+FFFF begin with 0xEF, as little else does.
    let may_stand = |byte: u8| byte >= 0x20 && byte != 0xef || matches!(byte, b'\t' | b'\n' | b'\r');
    let clean = text.bytes().all(may_stand);
    if clean { text } else { text.chars().filter(|c| is_allowed(*c)).collect() }
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// A text as XML has it: what [`maud`] does, in long steps instead of byte by byte.
pub struct Text<'a>(pub &'a str);

impl maud::Render for Text<'_> {
    fn render_to(&self, out: &mut String) {
        let bytes = self.0.as_bytes();
        let mut from = 0;
        for (at, byte) in bytes.iter().enumerate() {
            let escaped = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                _ => continue,
            };
            out.push_str(&self.0[from..at]);
            out.push_str(escaped);
            from = at + 1;
        }
        out.push_str(&self.0[from..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_xml_forbids_is_left_and_nothing_else_is_lost() {
        for (text, expected) in [
            ("a\u{0}b\u{1f}c\tde\nf\rg", "abc\tde\nf\rg"),
            ("\u{fffe}\u{ffff}\u{fffd}\u{1f600}\u{85}\u{202e}", "\u{fffd}\u{1f600}\u{85}\u{202e}"),
            ("]]> <b> & \"", "]]&gt; &lt;b&gt; &amp; &quot;"),
        ] {
            let document = document(html! { a { (Text(text)) } });
            assert_eq!(document, format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<a>{expected}</a>"));
            assert_eq!(html! { (Text(expected)) }.into_string(), html! { (expected) }.into_string(), "as maud does");
        }
    }
}
