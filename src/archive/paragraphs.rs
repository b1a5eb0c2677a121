//! Makes paragraphs of text in which empty lines stood for them: Drupal's line break converter (`_filter_autop`) and
//! WordPress' `wpautop` did so at each showing, and kept the text without.

/// Elements that are no part of a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "iframe",
    "legend",
    "li",
    "main",
    "map",
    "math",
    "menu",
    "nav",
    "noscript",
    "object",
    "ol",
    "option",
    "p",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
    "video",
    "audio",
];

/// Elements whose inside stays as it is.
const WHOLE: &[&str] = &["pre", "script", "style", "textarea"];

/// HTML in which empty lines part paragraphs and other line ends break lines.
pub fn of_lines(html: &str) -> String {
    let html = html.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(html.len() + html.len() / 16);
    // Text between block elements, which is what becomes paragraphs.
    let mut text = String::new();
    let mut rest = html.as_str();
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (is_end, name) = tag(rest);
        let length = rest.find('>').map_or(rest.len(), |end| end + 1);
        if !is_end && WHOLE.contains(&name.as_str()) {
            flush(&mut text, &mut out);
            let end = find_end(rest, &name).unwrap_or(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if rest.starts_with("<!--") {
            let end = rest.find("-->").map_or(rest.len(), |end| end + 3);
            text.push_str(&rest[..end]);
            rest = &rest[end..];
        } else if BLOCKS.contains(&name.as_str()) {
            flush(&mut text, &mut out);
            out.push_str(&rest[..length]);
            rest = &rest[length..];
        } else {
            // A tag of a paragraph, or a sign that is none.
            let length = if name.is_empty() { 1 } else { length };
            let inside = rest[..length].replace('\n', " ");
            text.push_str(&inside);
            rest = &rest[length..];
        }
    }
    text.push_str(rest);
    flush(&mut text, &mut out);
    out
}

fn tag(text: &str) -> (bool, String) {
    let inside = &text[1..];
    let (is_end, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let length = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
    (is_end, inside[..length].to_ascii_lowercase())
}

fn find_end(text: &str, name: &str) -> Option<usize> {
    let end = format!("</{name}");
    let at = text.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()))?;
    Some(text[at..].find('>').map_or(text.len(), |length| at + length + 1))
}

/// The text as it stands between two block elements: one paragraph stays what it is around it, several get their own.
fn flush(text: &mut String, out: &mut String) {
    let mut paragraphs = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.split('\n').chain([""]) {
        if !line.trim().is_empty() {
            lines.push(line);
        } else if !lines.is_empty() {
            paragraphs.push(std::mem::take(&mut lines));
        }
    }
    let has_several = paragraphs.len() > 1;
    for lines in paragraphs {
        let mut paragraph = String::new();
        for (place, line) in lines.iter().enumerate() {
            let broken = paragraph.trim_end().to_ascii_lowercase();
            if place > 0 {
                let there_already = ["<br>", "<br/>", "<br />"].iter().any(|end| broken.ends_with(end));
                paragraph.push_str(if there_already { "\n" } else { "<br>\n" });
            }
            paragraph.push_str(line);
        }
        // Inside a list item or a cell a single text needs no paragraph of its own.
        if has_several || out.is_empty() || out.trim_end().ends_with('>') && !opens_flow(out) {
            out.push_str("<p>");
            out.push_str(&paragraph);
            out.push_str("</p>\n");
        } else {
            out.push_str(&paragraph);
        }
    }
    text.clear();
}

/// Whether what was written ends with the begin tag of an element that may hold bare text.
fn opens_flow(out: &str) -> bool {
    let out = out.trim_end();
    let Some(at) = out.rfind('<') else { return false };
    let (is_end, name) = tag(&out[at..]);
    !is_end && !name.is_empty() && !matches!(name.as_str(), "hr" | "col")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lines_part_paragraphs() {
        for (html, expected) in [
            ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
            ("a\nb", "<p>a<br>\nb</p>\n"),
            ("a<br />\nb", "<p>a<br />\nb</p>\n"),
            ("a\r\n\r\n\r\nb", "<p>a</p>\n<p>b</p>\n"),
            ("<p>a</p>\n\nb", "<p>a</p><p>b</p>\n"),
            ("a\n<ul>\n<li>b</li>\n<li>c\n</li></ul>\nd", "<p>a</p>\n<ul><li>b</li><li>c</li></ul><p>d</p>\n"),
            ("<pre>a\n\nb</pre>", "<pre>a\n\nb</pre>"),
            ("<P>open\n\n<P>two", "<P>open<P>two"),
            ("a <b\nclass=\"x\">c</b> < d", "<p>a <b class=\"x\">c</b> < d</p>\n"),
            ("a<!-- x\n\ny -->b", "<p>a<!-- x</p>\n<p>y -->b</p>\n"),
            ("", ""),
        ] {
            let got = of_lines(html);
            // A remark is none of ours to read; what matters is that nothing in it is lost.
            assert_eq!(got, expected, "{html}");
        }
    }
}
