//! Markdown as HTML for a page, and as text for a mail.
//!
//! Three things keep hostile text harmless: it's made shallow before it is parsed
//! ([`bounded`]), the HTML is written here from events, tag by tag out of a short list, and what
//! was written goes through ammonia with that same list, so that a mistake here is no hole.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use maud::{PreEscaped, Render};
use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::layout::Layout;
use super::link::is_allowed;

/// Quotations and list items inside each other, beyond which their marks are shown as text.
const MAX_BLOCK_DEPTH: usize = 60;

/// Emphasis inside emphasis, beyond which it adds nothing.
const MAX_INLINE_DEPTH: usize = 8;

/// The longest text that reaches the sanitiser in one piece; empty comments, which it drops, part
/// them. At each `&` html5ever 0.40 looks through the rest of a piece for `<` when it writes it
/// out: without this, the time for ten thousand `&` would be a square.
const MAX_TEXT_NODE_BYTES: usize = 4096;

/// HTML that went through the sanitiser. Only [`render`] makes one, and maud sets it unescaped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// The HTML itself: a fragment of blocks.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for a reader who is not on our site: links to `/…` lead to `site` (scheme and host, without a closing
    /// slash), links to `#…` to the place on `page` (a whole address).
    pub fn with_whole_links(&self, site: &str, page: &str) -> Cow<'_, SafeHtml> {
        // Only a link of ours reads so: in a text `<` is escaped, and `href` is the one attribute that a link keeps.
        const LINK: &str = "<a href=\"";
        let mut rest = self.0.as_str();
        let mut out = String::new();
        while let Some(at) = rest.find(LINK).map(|at| at + LINK.len()) {
            let base = match rest.as_bytes().get(at) {
                Some(b'/') => site,
                Some(b'#') => page,
                _ => "",
            };
            out.push_str(&rest[..at]);
            escape(base, &mut out);
            rest = &rest[at..];
        }
        if out.is_empty() {
            return Cow::Borrowed(self);
        }
        out.push_str(rest);
        Cow::Owned(SafeHtml(out))
    }
}

impl Render for SafeHtml {
    fn render_to(&self, buffer: &mut String) {
        PreEscaped(&self.0).render_to(buffer);
    }
}

/// The words that a rendered text needs besides its own, in the page's language.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// Names a table's scrolling frame to those who can't see it: "Table", "Tableau".
    pub table: &'a str,
}

/// The page's HTML for a text.
///
/// - Headings begin at `h2`, below the page's title, and skip no level (WCAG 2.2, 1.3.1): `#` and
///   `##` give `h2`, `###` `h3`, deeper ones `h4`.
/// - A table stands in a frame that scrolls by itself (1.4.10) and by keyboard (2.1.1), named by
///   `labels`; its column heads have `scope=col`; right-aligned cells have the class `n`, for
///   numerals of equal width. A header without words is left out.
/// - Links lead to `http`, `https`, `mailto`, `tel`, `/…` and `#…`; of any other only the words
///   stay. An image becomes a link with its alternative text: files are shown by the page.
///
/// Takes time and space linear in the text, whatever it is: its blocks are at most
/// 60 deep and its emphasis 8, tables are filled up to a limit set by
/// pulldown-cmark, and neither parser nor sanitiser recurses.
pub fn render(markdown: &str, labels: &Labels<'_>) -> SafeHtml {
    let markdown = bounded(markdown);
    let mut page = Page {
        out: String::with_capacity(markdown.len() * 5 / 4),
        labels,
        open: Vec::new(),
        unbroken_bytes: 0,
        inline_depth: 0,
        last_heading: 1,
        table: TableState::default(),
        link: None,
    };
    for (event, range) in events(&markdown) {
        page.write(event, &markdown[range]);
    }
    SafeHtml(SANITISER.clean(&page.out).to_string())
}

/// The text for a mail: paragraphs parted by an empty line, items after `- `, a table's rows as
/// lines, addresses in parentheses after the words that link to them.
pub fn plain_text(markdown: &str) -> String {
    text(markdown, true)
}

/// As [`plain_text`], without the addresses: for a description, a preview, a count.
pub fn text_without_urls(markdown: &str) -> String {
    text(markdown, false)
}

pub(super) fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let extensions = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    Parser::new_ext(markdown, extensions).into_offset_iter()
}

/// The text with LF line ends, and with no line that opens more than [`MAX_BLOCK_DEPTH`] blocks.
///
/// A block inside a block needs a mark or two columns in front of *each* line that belongs to it
/// (CommonMark §5), so a look at the start of every line bounds the depth of the whole. Beyond the
/// limit a backslash takes the mark its meaning, and blanks are dropped; no character that a reader
/// would see is.
pub(super) fn bounded(markdown: &str) -> Cow<'_, str> {
    let text: Cow<'_, str> = if markdown.contains('\r') {
        markdown.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        markdown.into()
    };
    if !text.lines().any(|line| too_deep_at(line).is_some()) {
        return text;
    }
    let mut shallow = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        let Some(at) = too_deep_at(line) else {
            shallow.push_str(line);
            continue;
        };
        let rest = line[at..].trim_start_matches([' ', '\t']);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        shallow.push_str(&line[..at]);
        shallow.push_str(&rest[..digits]);
        if rest[digits..].starts_with(|c: char| c.is_ascii_punctuation()) {
            shallow.push('\\');
        }
        shallow.push_str(&rest[digits..]);
    }
    shallow.into()
}

/// Where the marks and blanks at the start of a line begin to be too many.
fn too_deep_at(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let ends_mark = |at: usize| bytes.get(at).is_none_or(u8::is_ascii_whitespace);
    let mut half_depths = 0;
    let mut at = 0;
    while half_depths <= 2 * MAX_BLOCK_DEPTH {
        let (length, cost) = match *bytes.get(at)? {
            b' ' => (1, 1),
            b'\t' => (1, 4),
            b'>' => (1, 2),
            b'-' | b'+' | b'*' if ends_mark(at + 1) => (1, 2),
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take(10).take_while(|b| b.is_ascii_digit()).count();
                let closed = matches!(bytes.get(at + digits), Some(b'.' | b')'));
                if !closed || !ends_mark(at + digits + 1) {
                    return None;
                }
                (digits + 1, 2)
            }
            _ => return None,
        };
        at += length;
        half_depths += cost;
    }
    Some(at)
}

/// What may stand in a text. Classes and roles are written by [`Page`] alone: no author can.
static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(HashSet::from([
            "p",
            "h2",
            "h3",
            "h4",
            "ul",
            "ol",
            "li",
            "blockquote",
            "div",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "strong",
            "em",
            "a",
            "br",
            "hr",
            "sup",
            "sub",
            "code",
            "pre",
            "del",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href"])),
            ("ol", HashSet::from(["start"])),
            ("div", HashSet::from(["aria-label"])),
        ]))
        .tag_attribute_values(HashMap::from([
            ("div", HashMap::from([("role", HashSet::from(["region"])), ("tabindex", HashSet::from(["0"]))])),
            ("th", HashMap::from([("scope", HashSet::from(["col"]))])),
        ]))
        .allowed_classes(HashMap::from([
            ("div", HashSet::from(["scroll"])),
            ("th", HashSet::from(["n"])),
            ("td", HashSet::from(["n"])),
        ]))
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None);
    builder
});

/// A page's HTML, event by event.
struct Page<'a> {
    out: String,
    labels: &'a Labels<'a>,
    /// What each open tag is closed with; nothing for one that was left out.
    open: Vec<&'static str>,
    /// Text written since the last break of [`MAX_TEXT_NODE_BYTES`].
    unbroken_bytes: usize,
    inline_depth: usize,
    last_heading: usize,
    table: TableState,
    /// The open link: where its words begin, and where it leads.
    link: Option<(usize, String)>,
}

#[derive(Default)]
struct TableState {
    alignments: Vec<Alignment>,
    column: usize,
    /// Where the header begins, while inside it.
    head_at: Option<usize>,
    head_has_words: bool,
    has_rows: bool,
}

impl Page<'_> {
    fn write(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => {
                let close = self.begin(tag, source);
                self.open.push(close);
            }
            Event::End(tag) => {
                let close = self.open.pop().unwrap_or_default();
                self.end(tag, close);
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.table.head_has_words |= !text.trim().is_empty();
                self.text(&text);
            }
            Event::Code(code) => {
                self.table.head_has_words = true;
                self.out.push_str("<code>");
                self.text(&code);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.out.push('\n'),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            // Extensions that are off.
            Event::InlineMath(_) | Event::DisplayMath(_) | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, mut text: &str) {
        while !text.is_empty() {
            let room = MAX_TEXT_NODE_BYTES - self.unbroken_bytes;
            let (piece, rest) = text.split_at(text.floor_char_boundary(room));
            escape(piece, &mut self.out);
            self.unbroken_bytes += piece.len();
            if !rest.is_empty() {
                self.out.push_str("<!---->");
                self.unbroken_bytes = 0;
            }
            text = rest;
        }
    }

    /// Opens a tag; answers with what will close it.
    fn begin(&mut self, tag: Tag<'_>, source: &str) -> &'static str {
        let (open, close) = match tag {
            Tag::Paragraph | Tag::HtmlBlock => ("<p>", "</p>\n"),
            Tag::Heading { level, .. } => self.heading(level),
            Tag::BlockQuote(_) => ("<blockquote>\n", "</blockquote>\n"),
            Tag::CodeBlock(_) => ("<pre><code>", "</code></pre>\n"),
            Tag::List(None) => ("<ul>\n", "</ul>\n"),
            Tag::List(Some(1)) => ("<ol>\n", "</ol>\n"),
            Tag::List(Some(start)) => {
                self.out.push_str(&format!("<ol start=\"{start}\">\n"));
                ("", "</ol>\n")
            }
            Tag::Item => ("<li>", "</li>\n"),
            Tag::Table(alignments) => {
                self.table = TableState { alignments, ..TableState::default() };
                self.out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
                escape(self.labels.table, &mut self.out);
                ("\"><table>\n", "</table></div>\n")
            }
            Tag::TableHead => {
                self.table.column = 0;
                self.table.head_at = Some(self.out.len());
                ("<thead><tr>", "</tr></thead>\n")
            }
            Tag::TableRow => {
                self.table.column = 0;
                let first = !std::mem::replace(&mut self.table.has_rows, true);
                (if first { "<tbody>\n<tr>" } else { "<tr>" }, "</tr>\n")
            }
            Tag::TableCell => self.cell(),
            Tag::Emphasis => self.emphasis("<em>", "</em>"),
            Tag::Strong => self.emphasis("<strong>", "</strong>"),
            Tag::Strikethrough if source.starts_with("~~") => self.emphasis("<del>", "</del>"),
            Tag::Strikethrough => {
                self.inline_depth += 1;
                ("~", "~")
            }
            Tag::Link { link_type, dest_url, .. } => self.link(link_type, &dest_url),
            Tag::Image { link_type, dest_url, .. } => self.link(link_type, &dest_url),
            // Extensions that are off.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => ("", ""),
        };
        self.out.push_str(open);
        close
    }

    fn end(&mut self, tag: TagEnd, close: &'static str) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => self.inline_depth -= 1,
            TagEnd::Link | TagEnd::Image => {
                // A link without words has no name to be called by (WCAG 2.2, 2.4.4).
                if !close.is_empty()
                    && let Some((at, address)) = self.link.take()
                    && self.out[at..].trim().is_empty()
                {
                    escape(&address, &mut self.out);
                }
            }
            TagEnd::TableCell => self.table.column += 1,
            TagEnd::Table if self.table.has_rows => self.out.push_str("</tbody>\n"),
            _ => {}
        }
        self.out.push_str(close);
        if tag == TagEnd::TableHead
            && let Some(at) = self.table.head_at.take()
            && !self.table.head_has_words
        {
            self.out.truncate(at);
        }
    }

    fn heading(&mut self, level: HeadingLevel) -> (&'static str, &'static str) {
        let wanted = (level as usize).clamp(2, 4);
        self.last_heading = wanted.min(self.last_heading + 1);
        match self.last_heading {
            2 => ("<h2>", "</h2>\n"),
            3 => ("<h3>", "</h3>\n"),
            _ => ("<h4>", "</h4>\n"),
        }
    }

    fn cell(&self) -> (&'static str, &'static str) {
        let right = self.table.alignments.get(self.table.column) == Some(&Alignment::Right);
        match (self.table.head_at.is_some(), right) {
            (true, true) => ("<th scope=\"col\" class=\"n\">", "</th>"),
            (true, false) => ("<th scope=\"col\">", "</th>"),
            (false, true) => ("<td class=\"n\">", "</td>"),
            (false, false) => ("<td>", "</td>"),
        }
    }

    fn emphasis(&mut self, open: &'static str, close: &'static str) -> (&'static str, &'static str) {
        self.inline_depth += 1;
        if self.inline_depth > MAX_INLINE_DEPTH {
            return ("", "");
        }
        (open, close)
    }

    fn link(&mut self, link_type: LinkType, address: &str) -> (&'static str, &'static str) {
        let address = reachable(link_type, address);
        // An image inside a link is words of that link.
        if self.link.is_some() || !is_allowed(&address) {
            return ("", "");
        }
        self.out.push_str("<a href=\"");
        escape(&address, &mut self.out);
        self.out.push_str("\">");
        self.link = Some((self.out.len(), address.into_owned()));
        ("", "</a>")
    }
}

/// The address of a link; `<someone@example.org>` stands for a `mailto:` (CommonMark §6.5).
fn reachable(link_type: LinkType, address: &str) -> Cow<'_, str> {
    match link_type {
        LinkType::Email => format!("mailto:{address}").into(),
        _ => address.into(),
    }
}

fn escape(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&quot;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

fn text(markdown: &str, with_urls: bool) -> String {
    let markdown = bounded(markdown);
    let mut mail =
        Mail { layout: Layout::plain(), line: String::new(), rows: Vec::new(), links: Vec::new(), with_urls };
    for (event, range) in events(&markdown) {
        mail.write(event, &markdown[range]);
    }
    mail.flush();
    mail.layout.finish()
}

/// A mail's text, event by event.
struct Mail {
    layout: Layout,
    line: String,
    rows: Vec<String>,
    /// Open links and images: where their words begin, and where they lead.
    links: Vec<(usize, String)>,
    with_urls: bool,
}

impl Mail {
    fn write(&mut self, event: Event<'_>, source: &str) {
        match event {
            Event::Start(tag) => self.begin(tag, source),
            Event::End(tag) => self.end(tag, source),
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                self.line.push_str(&text);
            }
            Event::SoftBreak => self.line.push(' '),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule if self.with_urls => self.layout.block("* * *"),
            _ => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>, source: &str) {
        match tag {
            Tag::List(start) => {
                self.flush();
                self.layout.open_list(start);
            }
            Tag::Item => self.layout.open_item(None),
            Tag::BlockQuote(_) => {
                self.flush();
                self.layout.open_quote();
            }
            Tag::Paragraph | Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::Table(_) => self.flush(),
            Tag::Strikethrough if !source.starts_with("~~") => self.line.push('~'),
            Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. } => {
                let address = reachable(link_type, &dest_url).into_owned();
                self.links.push((self.line.len(), address));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, source: &str) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                self.flush();
            }
            TagEnd::Item => {
                self.flush();
                self.layout.close_item();
            }
            TagEnd::List(_) => self.layout.close_list(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.layout.close_quote();
            }
            TagEnd::Strikethrough if !source.starts_with("~~") => self.line.push('~'),
            TagEnd::TableCell => self.line.push_str(" | "),
            TagEnd::TableHead | TagEnd::TableRow => {
                let row = std::mem::take(&mut self.line);
                let row = row.trim_end_matches([' ', '|']);
                if !row.is_empty() {
                    self.rows.push(row.to_owned());
                }
            }
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                self.layout.block(&rows.join("\n"));
            }
            TagEnd::Link | TagEnd::Image => self.end_link(),
            _ => {}
        }
    }

    fn end_link(&mut self) {
        let Some((at, address)) = self.links.pop() else {
            return;
        };
        // A link around an image that has told its address already says nothing new.
        let inside_link = !self.links.is_empty();
        let shown = self.line[at..].trim();
        let seen = address.strip_prefix("mailto:").unwrap_or(&address);
        if !self.with_urls || inside_link || shown == seen || !is_allowed(&address) {
            return;
        }
        // `/…` and `#…` lead nowhere from a mail.
        if address.starts_with(['/', '#']) {
            return;
        }
        let addition = match shown.is_empty() {
            true => seen.to_owned(),
            false => format!(" ({seen})"),
        };
        self.line.push_str(&addition);
    }

    fn flush(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_matches('\n').trim_end();
        if !line.is_empty() {
            self.layout.block(line);
        }
    }
}
