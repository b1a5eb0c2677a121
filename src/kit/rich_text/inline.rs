//! The text of one paragraph, heading or table cell: characters with a style each, and how that
//! is written in Markdown so that exactly those characters are shown.
//!
//! Styles are flags on stretches of text, not nested tags: whatever order or overlap the HTML had,
//! what comes out is nested. CommonMark gives no meaning to `**` or `_` in some places
//! (§6.2, flanking delimiter runs); there the emphasis is left out, because its marks would be
//! read as text.

/// How a stretch of text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) deleted: bool,
    pub(super) code: bool,
    /// Which of the writer's links it belongs to.
    pub(super) link: Option<usize>,
}

/// Where the text will stand, and thus what it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Paragraph,
    Heading,
    Cell,
}

/// Text on its way to becoming Markdown, white space already as a browser would show it.
#[derive(Default)]
pub(super) struct Inline {
    text: String,
    /// Where each style begins; the first at 0 as soon as there is text.
    runs: Vec<(usize, Style)>,
    gap: Gap,
}

/// What parts the text so far from the text to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    Nothing,
    Blank(char),
    Line,
    /// Two blocks that had to go into one cell.
    Block,
}

const LINE: char = '\n';
const BLOCK: char = '\u{1e}';

impl Inline {
    /// Adds text; runs of white space shrink to one blank, a single no-break space stays.
    pub(super) fn push(&mut self, text: &str, style: Style) {
        for c in text.chars() {
            if c.is_whitespace() {
                let blank = match c {
                    '\u{a0}' | '\u{202f}' | '\u{2007}' if self.gap == Gap::Nothing => c,
                    _ => ' ',
                };
                if self.gap < Gap::Line {
                    self.gap = Gap::Blank(blank);
                }
            } else if !c.is_control() {
                self.push_visible(c, style);
            }
        }
    }

    fn push_visible(&mut self, c: char, style: Style) {
        let between = match self.gap {
            Gap::Nothing => None,
            _ if self.text.is_empty() => None,
            Gap::Blank(blank) => Some(blank),
            Gap::Line => Some(LINE),
            Gap::Block => Some(BLOCK),
        };
        self.gap = Gap::Nothing;
        if let Some(between) = between {
            let last = self.runs.last().map(|(_, style)| *style).unwrap_or_default();
            let mut common = last.shared_with(style);
            common.code &= between != LINE && between != BLOCK;
            self.set_style(common);
            self.text.push(between);
        }
        self.set_style(style);
        self.text.push(c);
    }

    fn set_style(&mut self, style: Style) {
        if self.runs.last().is_none_or(|(_, last)| *last != style) {
            self.runs.push((self.text.len(), style));
        }
    }

    /// A blank, where the HTML has none but shows two things apart.
    pub(super) fn part(&mut self) {
        self.push(" ", Style::default());
    }

    /// A line ends. Two ends in a row are a paragraph's: then the answer is `true`.
    pub(super) fn end_line(&mut self) -> bool {
        let again = self.gap >= Gap::Line;
        self.gap = self.gap.max(Gap::Line);
        again
    }

    /// A block ends inside a cell.
    pub(super) fn end_block(&mut self) {
        self.gap = Gap::Block;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The characters without their styles.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether all of it is strong.
    pub(super) fn is_strong(&self) -> bool {
        self.runs.iter().all(|(_, style)| style.strong)
    }

    /// Sets none of it strong: it stands where all is.
    pub(super) fn clear_strong(&mut self) {
        for (_, style) in &mut self.runs {
            style.strong = false;
        }
    }

    /// Drops the first `bytes` of the text and the white space after them.
    pub(super) fn drop_start(&mut self, bytes: usize) {
        let rest = self.text[bytes..].trim_start();
        let cut = self.text.len() - rest.len();
        self.text = rest.to_owned();
        for (start, _) in &mut self.runs {
            *start = start.saturating_sub(cut);
        }
    }

    /// The whole as Markdown; `links` are the addresses that styles refer to.
    pub(super) fn markdown(&self, place: Place, links: &[String]) -> String {
        let ends = self.runs.iter().skip(1).map(|(start, _)| *start);
        let stretches: Vec<Stretch<'_>> = self
            .runs
            .iter()
            .zip(ends.chain([self.text.len()]))
            .map(|((start, style), end)| (*style, &self.text[*start..end]))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        let writer = Writer { place, links };
        let written = writer.links(&stretches);
        match place {
            Place::Paragraph => written.split('\n').map(guard_line_start).collect::<Vec<_>>().join("\n"),
            // `## C #` would lose its last sign (CommonMark §4.2, closing sequence).
            Place::Heading if written.ends_with('#') => {
                format!("{}\\#", &written[..written.len() - 1])
            }
            Place::Heading | Place::Cell => written,
        }
    }
}

impl Style {
    fn shared_with(self, other: Style) -> Style {
        Style {
            strong: self.strong && other.strong,
            emphasis: self.emphasis && other.emphasis,
            deleted: self.deleted && other.deleted,
            code: self.code && other.code,
            link: self.link.filter(|_| self.link == other.link),
        }
    }
}

type Stretch<'a> = (Style, &'a str);

/// The stretches without the blanks around them, which are to stand outside of any mark.
fn trimmed<'a>(stretches: &[Stretch<'a>]) -> (&'a str, Vec<Stretch<'a>>, &'a str) {
    let mut inner = stretches.to_vec();
    let (mut lead, mut trail) = ("", "");
    if let Some((_, first)) = inner.first_mut() {
        let rest = first.trim_start();
        lead = &first[..first.len() - rest.len()];
        *first = rest;
    }
    if let Some((_, last)) = inner.last_mut() {
        let rest = last.trim_end();
        trail = &last[rest.len()..];
        *last = rest;
    }
    inner.retain(|(_, text)| !text.is_empty());
    (lead, inner, trail)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Strong,
    Emphasis,
    Deleted,
}

struct Writer<'a> {
    place: Place,
    links: &'a [String],
}

impl Writer<'_> {
    fn links(&self, stretches: &[Stretch<'_>]) -> String {
        let mut out = String::new();
        let mut rest = stretches;
        for group in stretches.chunk_by(|a, b| a.0.link == b.0.link) {
            rest = &rest[group.len()..];
            let after = rest.first().map_or('\n', |next| match next.0.link {
                Some(_) => '[',
                None => first_char(next.1),
            });
            let before = out.chars().next_back().unwrap_or('\n');
            match group[0].0.link.and_then(|link| self.links.get(link)) {
                None => out.push_str(&self.marked(group, Mark::Strong, before, after, false)),
                Some(address) => {
                    let (lead, group, trail) = trimmed(group);
                    self.escaped(lead, before, false, &mut out);
                    // `!` and a link make an image.
                    if out.ends_with('!') {
                        out.insert(out.len() - 1, '\\');
                    }
                    let shown: String = group.iter().map(|stretch| stretch.1).collect();
                    if is_autolink(&shown, address) {
                        out.push('<');
                        out.push_str(&shown);
                        out.push('>');
                    } else {
                        out.push('[');
                        out.push_str(&self.marked(&group, Mark::Strong, '[', ']', true));
                        out.push_str("](");
                        out.push_str(&destination(address));
                        out.push(')');
                    }
                    self.escaped(trail, ')', false, &mut out);
                }
            }
        }
        out
    }

    fn marked(&self, stretches: &[Stretch<'_>], mark: Mark, before: char, after: char, in_link: bool) -> String {
        let inside = |stretches: &[Stretch<'_>], before, after| match mark {
            Mark::Strong => self.marked(stretches, Mark::Emphasis, before, after, in_link),
            Mark::Emphasis => self.marked(stretches, Mark::Deleted, before, after, in_link),
            Mark::Deleted => self.plain(stretches, before, in_link),
        };
        let has = |style: &Style| match mark {
            Mark::Strong => style.strong,
            Mark::Emphasis => style.emphasis,
            Mark::Deleted => style.deleted,
        };
        if !stretches.iter().any(|(style, _)| has(style)) {
            return inside(stretches, before, after);
        }
        let mut out = String::new();
        let mut rest = stretches;
        for group in stretches.chunk_by(|a, b| has(&a.0) == has(&b.0)) {
            rest = &rest[group.len()..];
            let before = out.chars().next_back().unwrap_or(before);
            let after = rest.first().map_or(after, |next| first_char(next.1));
            // A heading is strong by itself.
            if !has(&group[0].0) || (mark == Mark::Strong && self.place == Place::Heading) {
                out.push_str(&inside(group, before, after));
                continue;
            }
            let (lead, group, trail) = trimmed(group);
            self.escaped(lead, before, in_link, &mut out);
            let before = out.chars().next_back().unwrap_or(before);
            let after = trail.chars().next().unwrap_or(after);
            let candidates: &[&str] = match mark {
                Mark::Strong => &["**"],
                Mark::Emphasis => &["_", "*"],
                Mark::Deleted => &["~~"],
            };
            let fitting = candidates.iter().find_map(|sign| {
                let of = first_char(sign);
                let text = inside(&group, of, of);
                fits(of, before, &text, after).then_some((*sign, text))
            });
            match fitting {
                Some((sign, text)) => {
                    out.push_str(sign);
                    out.push_str(&text);
                    out.push_str(sign);
                }
                None => out.push_str(&inside(&group, before, after)),
            }
            self.escaped(trail, ' ', in_link, &mut out);
        }
        out
    }

    fn plain(&self, stretches: &[Stretch<'_>], before: char, in_link: bool) -> String {
        let mut out = String::new();
        for (style, text) in stretches {
            let last = out.chars().next_back().unwrap_or(before);
            let (lead, rest) = text.split_at(text.len() - text.trim_start().len());
            let (code, trail) = rest.split_at(rest.trim_end().len());
            // Next to another, two code spans would be one. In a link, `[`]: a`](b)` would be read
            // as the definition of a link before anyone looks for code (CommonMark §4.7).
            let can_be_code = (last != '`' || !lead.is_empty()) && !(in_link && code.contains(']'));
            if style.code && !code.is_empty() && can_be_code {
                self.escaped(lead, last, in_link, &mut out);
                self.code(code, &mut out);
                self.escaped(trail, '`', in_link, &mut out);
            } else {
                self.escaped(text, last, in_link, &mut out);
            }
        }
        out
    }

    fn code(&self, text: &str, out: &mut String) {
        let fence = "`".repeat(longest_run(text, '`') + 1);
        let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
        out.push_str(&fence);
        out.push_str(pad);
        match self.place {
            // Cells are cut at `|` before code is looked for (GFM §4.10).
            Place::Cell => out.push_str(&text.replace('|', "\\|")),
            _ => out.push_str(text),
        }
        out.push_str(pad);
        out.push_str(&fence);
    }

    fn escaped(&self, text: &str, before: char, in_link: bool, out: &mut String) {
        let mut last = before;
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            let escape = match c {
                '\\' | '`' | '*' | '[' | '<' | '|' | '~' => true,
                ']' => in_link,
                '_' => !last.is_alphanumeric() || !rest.starts_with(char::is_alphanumeric),
                '&' => rest.is_empty() || starts_reference(rest),
                _ => false,
            };
            match (c, self.place) {
                (LINE, Place::Paragraph) => out.push_str("\\\n"),
                (LINE, _) => out.push(' '),
                (BLOCK, _) => out.push_str(" · "),
                _ => {
                    if escape {
                        out.push('\\');
                    }
                    out.push(c);
                }
            }
            last = c;
        }
    }
}

/// Whether `sign` around `text` opens and closes where it stands (CommonMark §6.2), by the
/// characters alone on which every version of the rules agrees.
fn fits(sign: char, before: char, text: &str, after: char) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
        return false;
    };
    let edge = |outside: char| outside.is_whitespace() || is_surely_punctuation(outside);
    let alone = [before, first, last, after].iter().all(|c| *c != sign);
    let opens = !first.is_whitespace() && (first.is_alphanumeric() || edge(before));
    let closes = !last.is_whitespace() && (last.is_alphanumeric() || edge(after));
    let intraword = sign == '*' || (edge(before) && edge(after));
    alone && opens && closes && intraword
}

fn is_surely_punctuation(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(
            c,
            '«' | '»'
                | '‹'
                | '›'
                | '“'
                | '”'
                | '„'
                | '‘'
                | '’'
                | '‚'
                | '–'
                | '—'
                | '…'
                | '¿'
                | '¡'
                | '·'
                | '•'
        )
}

fn first_char(text: &str) -> char {
    text.chars().next().unwrap_or('\n')
}

/// The length of the longest unbroken row of `wanted`.
pub(super) fn longest_run(text: &str, wanted: char) -> usize {
    text.split(|c| c != wanted).map(str::len).max().unwrap_or(0)
}

/// Whether what follows an ampersand makes a character reference of it (CommonMark §2.5).
fn starts_reference(rest: &str) -> bool {
    let name_bytes = rest.bytes().take(40).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    name_bytes > 0 && rest.as_bytes().get(name_bytes) == Some(&b';')
}

/// Keeps a line from being read as a heading, list item, quotation, rule or row (CommonMark §4, §5).
fn guard_line_start(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = line[digits..].chars();
    let (first, second) = (rest.next(), rest.next());
    let ends_word = second.is_none_or(|c| !c.is_alphanumeric());
    match first {
        Some('.' | ')') if digits > 0 && ends_word => {
            format!("{}\\{}", &line[..digits], &line[digits..])
        }
        Some('#' | '>' | '=') if digits == 0 => format!("\\{line}"),
        Some('-' | '+' | ':') if digits == 0 && ends_word => format!("\\{line}"),
        _ => line.to_owned(),
    }
}

/// Whether `<shown>` is enough to link to `address` (CommonMark §6.5).
fn is_autolink(shown: &str, address: &str) -> bool {
    let plain =
        |text: &str| text.chars().all(|c| c.is_alphanumeric() || (c.is_ascii_graphic() && !"<>|\\`".contains(c)));
    match address.strip_prefix("mailto:") {
        Some(mailbox) => {
            shown == mailbox
                && shown.contains('@')
                && shown.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+@".contains(&b))
                && !shown.starts_with('@')
                && shown.split('@').count() == 2
                && shown.split('@').next_back().is_some_and(|domain| {
                    domain.split('.').all(|label| {
                        !label.is_empty()
                            && label.len() < 64
                            && !label.starts_with('-')
                            && !label.ends_with('-')
                            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    })
                })
        }
        None => shown == address && plain(shown) && address.starts_with("http"),
    }
}

/// A link's address as it stands in its parentheses (CommonMark §6.3).
fn destination(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (at, c) in address.char_indices() {
        match c {
            // Percent-encoded, because each means something to Markdown even in an address.
            '<' | '>' | '|' | '`' | '\\' | ' ' => out.push_str(&format!("%{:02X}", u32::from(c))),
            '(' | ')' => {
                out.push('\\');
                out.push(c);
            }
            '&' if starts_reference(&address[at + 1..]) => out.push_str("\\&"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
