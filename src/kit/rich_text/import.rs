//! Foreign HTML (Drupal, WordPress, a paste from Word, hand-written pages) as Markdown.
//!
//! One pass over the tree, without recursion, writes blocks as they end; a table that holds data is
//! read cell by cell. **No visible word is lost, and none is joined to its neighbour**:
//! [`visible_words`](super::visible_words) says what a visible word is, and a test holds this
//! file to it with thousands of real bodies.
//!
//! Why not `htmd`: it walks by recursion, keeps what `display:none` hides, and lets text through
//! that Markdown reads as marks; mending that from outside would be a second converter.
//!
//! What Markdown can't say:
//! - **Superscript and subscript** become Unicode's where that is exact (digits, signs, `n`, `º`,
//!   `ª`, `™`, `℠`: `m²`, `CO₂`, `nº`), else plain letters in their place: `1er`, `20th`, as
//!   typewriters did.
//! - **Links inside the page** (`#notes`, `<a name>`) lose their target, so only their words stay;
//!   so do links that could run something or that no reader can follow (`javascript:`, `ftp:`).
//! - **Definition lists** become a strong paragraph and plain ones; underlining and colours go.
//! - **A table's cell** has one line: what stood in several blocks is parted by ` · `. Tables for
//!   layout (nested, of one row or column, with lists or long texts and no header) are unfolded.

use url::Url;

use super::dom::{Content, Display, Dom, NodeId, Step};
use super::inline::{Inline, Place, Style, longest_run};
use super::layout::Layout;
use super::link::{is_allowed, is_web};
use super::words::{is_bullet, quotation_marks};

/// Columns beyond which a table is unfolded: nobody could read it, and rows are padded to it.
const MAX_COLUMNS: usize = 40;

/// Characters in one cell from which on a table without header counts as layout.
const LONG_CELL_CHARS: usize = 600;

/// Turns foreign HTML into Markdown that [`render`](super::render()) shows as the browser showed it.
///
/// Links and images are resolved against `base`, the address that the text came from; without it,
/// relative ones other than `/…` become plain text. Linear in the length of `html`, whatever it is.
pub fn from_html(html: &str, base: Option<&Url>) -> String {
    write(&Dom::parse(html), base)
}

/// As [`from_html`], of a tree that is there already.
pub(super) fn write(dom: &Dom, base: Option<&Url>) -> String {
    let mut import = Import {
        layout_tables: nesting_tables(dom),
        dom,
        base,
        layout: Layout::default(),
        inline: Inline::default(),
        links: Vec::new(),
        now: State::default(),
        saved: Vec::new(),
        pre: None,
        in_cell: false,
        quotes: 0,
    };
    if let start @ Step::Enter(root) = dom.start() {
        import.walk(start, root);
    }
    import.flush();
    import.layout.finish()
}

struct Import<'a> {
    dom: &'a Dom,
    base: Option<&'a Url>,
    layout: Layout,
    /// The paragraph, heading or cell that is being read.
    inline: Inline,
    links: Vec<String>,
    now: State,
    /// What held outside each element that changed it.
    saved: Vec<(NodeId, State)>,
    /// Preformatted text, while inside one, and the element that it ends with.
    pre: Option<(NodeId, String)>,
    in_cell: bool,
    /// Quotations by `<q>` that are open.
    quotes: usize,
    /// Tables with a table inside, in ascending order.
    layout_tables: Vec<NodeId>,
}

/// What holds for the text at hand.
#[derive(Debug, Clone, Copy, Default)]
struct State {
    style: Style,
    /// 2 to 4 inside a heading, 0 in a paragraph.
    heading: usize,
    script: Option<Script>,
}

#[derive(Debug, Clone, Copy)]
enum Script {
    Super,
    Sub,
}

impl Import<'_> {
    fn walk(&mut self, start: Step, root: NodeId) {
        let mut step = Some(start);
        while let Some(now) = step {
            step = match now {
                Step::Enter(id) if !self.enter(id) => self.dom.next(Step::Leave(id), root),
                Step::Enter(_) => self.dom.next(now, root),
                Step::Leave(id) => {
                    self.leave(id);
                    self.dom.next(now, root)
                }
            };
        }
    }

    /// Begins a node; `false` when all of it is dealt with.
    fn enter(&mut self, id: NodeId) -> bool {
        let dom = self.dom;
        match dom.content(id) {
            Content::Nothing | Content::Remark(_) => return true,
            Content::Text(text) => {
                self.text(text);
                return true;
            }
            Content::Element(..) => {}
        }
        if let Some(words) = dom.stand_in(id) {
            self.stand_in(id, words);
            return false;
        }
        let name = dom.name(id);
        match dom.display(id) {
            Display::Hidden => return false,
            Display::Block => {
                self.boundary();
                if name == "table" && !self.in_cell && self.pre.is_none() {
                    let table = Table::read(dom, id);
                    if self.layout_tables.binary_search(&id).is_err() && table.is_data(dom, id) {
                        self.table(&table);
                        return false;
                    }
                }
                if !self.in_cell && self.pre.is_none() {
                    self.open_block(id, name);
                }
            }
            Display::Inline => {}
        }
        match name {
            "br" => self.line_break(),
            "q" => {
                self.text(quotation_marks(self.quotes).0);
                self.quotes += 1;
            }
            _ => {}
        }
        let inside = self.state_inside(id, name);
        self.saved.push((id, std::mem::replace(&mut self.now, inside)));
        true
    }

    fn leave(&mut self, id: NodeId) {
        let name = self.dom.name(id);
        if !name.is_empty() {
            match self.dom.display(id) {
                Display::Block => self.close_block(id, name),
                Display::Inline if name == "q" => {
                    self.quotes = self.quotes.saturating_sub(1);
                    self.text(quotation_marks(self.quotes).1);
                }
                _ => {}
            }
        }
        if self.saved.last().is_some_and(|(saved, _)| *saved == id)
            && let Some((_, outside)) = self.saved.pop()
        {
            self.now = outside;
        }
    }

    fn text(&mut self, text: &str) {
        if let Some((_, pre)) = &mut self.pre {
            pre.extend(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')));
            return;
        }
        match self.now.script {
            None => self.inline.push(text, self.now.style),
            Some(script) => self.inline.push(&script.write(text), self.now.style),
        }
    }

    fn stand_in(&mut self, id: NodeId, words: &str) {
        if let Some((_, pre)) = &mut self.pre {
            pre.extend([" ", words, " "]);
            return;
        }
        let mut style = self.now.style;
        if style.link.is_none()
            && let Some(address) = self.dom.source(id).and_then(|source| self.resolve(source))
            && is_web(&address)
        {
            style.link = Some(self.links.len());
            self.links.push(address);
        }
        self.inline.part();
        self.inline.push(words, style);
        self.inline.part();
    }

    fn line_break(&mut self) {
        if let Some((_, pre)) = &mut self.pre {
            pre.push('\n');
        } else if self.inline.end_line() && !self.in_cell {
            // Two breaks in a row are how a paragraph was made.
            self.flush();
        }
    }

    /// Two texts are shown apart here.
    fn boundary(&mut self) {
        if let Some((_, pre)) = &mut self.pre {
            if !pre.is_empty() && !pre.ends_with('\n') {
                pre.push('\n');
            }
        } else if self.in_cell {
            self.inline.end_block();
        } else {
            self.flush();
        }
    }

    fn open_block(&mut self, id: NodeId, name: &str) {
        match name {
            "hr" => self.layout.block("___"),
            "blockquote" => self.layout.open_quote(),
            "ul" | "menu" | "dir" => self.layout.open_list(None),
            "ol" => self.layout.open_list(Some(self.number(id, "start").unwrap_or(1))),
            "li" => {
                if !self.layout.in_list() {
                    self.layout.open_list(None);
                    self.layout.open_item(None);
                    self.saved.push((id, self.now));
                    return;
                }
                self.layout.open_item(self.number(id, "value"));
            }
            "pre" | "listing" | "xmp" | "plaintext" | "textarea" => {
                self.pre = Some((id, String::new()));
            }
            _ => {}
        }
    }

    fn close_block(&mut self, id: NodeId, name: &str) {
        if let Some((_, text)) = self.pre.take_if(|(pre, _)| *pre == id) {
            return self.preformatted(&text);
        }
        self.boundary();
        if self.in_cell || self.pre.is_some() {
            return;
        }
        match name {
            "blockquote" => self.layout.close_quote(),
            "ul" | "menu" | "dir" | "ol" => self.layout.close_list(),
            "li" => {
                self.layout.close_item();
                // Twice saved: it had no list, and was given one.
                if let [.., (outer, _), (inner, _)] = self.saved[..]
                    && outer == inner
                {
                    self.layout.close_list();
                    self.saved.pop();
                }
            }
            _ => {}
        }
    }

    fn preformatted(&mut self, text: &str) {
        let text = text.trim_end().trim_start_matches('\n');
        if !text.trim().is_empty() {
            let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
            self.layout.block(&format!("{fence}\n{text}\n{fence}"));
        }
    }

    fn number(&self, id: NodeId, attribute: &str) -> Option<u64> {
        let number = self.dom.attribute(id, attribute)?.trim().parse().ok()?;
        (number < 1_000_000_000).then_some(number)
    }

    fn state_inside(&mut self, id: NodeId, name: &str) -> State {
        let mut state = self.now;
        let style = &mut state.style;
        match name {
            "strong" | "b" | "dt" | "th" | "caption" => style.strong = true,
            "em" | "i" | "cite" | "dfn" | "var" => style.emphasis = true,
            "del" | "s" | "strike" => style.deleted = true,
            "code" | "tt" | "kbd" | "samp" => style.code = true,
            "h1" | "h2" => state.heading = 2,
            "h3" => state.heading = 3,
            "h4" | "h5" | "h6" => state.heading = 4,
            "a" => {
                if let Some(address) = self.dom.attribute(id, "href").and_then(|href| self.resolve(href)) {
                    style.link = Some(self.links.len());
                    self.links.push(address);
                }
            }
            "sup" => state.script = Script::Super.if_exact(self.dom, id),
            "sub" => state.script = Script::Sub.if_exact(self.dom, id),
            _ => {}
        }
        if let Some(weight) = self.dom.style(id, "font-weight") {
            style.strong = match weight.parse::<u32>() {
                Ok(number) => number >= 600,
                Err(_) => weight.starts_with("bold") || (style.strong && weight != "normal"),
            };
        }
        if let Some(slant) = self.dom.style(id, "font-style") {
            style.emphasis = slant == "italic" || (style.emphasis && slant != "normal");
        }
        let line = |property| self.dom.style(id, property).is_some_and(|line| line.contains("line-through"));
        style.deleted |= line("text-decoration") || line("text-decoration-line");
        match self.dom.style(id, "vertical-align") {
            Some("super") => state.script = Script::Super.if_exact(self.dom, id),
            Some("sub") => state.script = Script::Sub.if_exact(self.dom, id),
            _ => {}
        }
        state
    }

    /// The address that a link or an image means, if a reader may follow it.
    fn resolve(&self, href: &str) -> Option<String> {
        let href: String = href.trim().chars().filter(|c| !c.is_control()).collect();
        if href.is_empty() || href.starts_with('#') {
            return None;
        }
        let address = match (Url::parse(&href), self.base) {
            // As it was written, where that is already an address; `http:x` is none.
            (Ok(_), _) if is_allowed(&href) && !href.contains([' ', '\\']) => href,
            (Ok(url), _) => url.into(),
            (Err(_), Some(base)) => base.join(&href).ok()?.into(),
            (Err(_), None) if href.starts_with("//") => format!("https:{href}"),
            (Err(_), None) => href,
        };
        is_allowed(&address).then_some(address)
    }

    /// Ends the paragraph or heading and writes it.
    fn flush(&mut self) {
        let mut inline = std::mem::take(&mut self.inline);
        if inline.is_empty() {
            return;
        }
        let heading = self.now.heading;
        if heading > 0 {
            let text = inline.markdown(Place::Heading, &self.links);
            return self.layout.block(&format!("{} {text}", "#".repeat(heading)));
        }
        let Some(bullet_bytes) = leading_bullet(inline.text()) else {
            return self.layout.block(&inline.markdown(Place::Paragraph, &self.links));
        };
        inline.drop_start(bullet_bytes);
        if inline.is_empty() {
            return;
        }
        let text = inline.markdown(Place::Paragraph, &self.links);
        self.layout.open_list(None);
        self.layout.open_item(None);
        self.layout.block(&text);
        self.layout.close_item();
        self.layout.close_list();
    }

    fn table(&mut self, table: &Table) {
        for caption in &table.captions {
            let caption = self.cell(*caption);
            if !caption.is_empty() {
                let text = caption.markdown(Place::Paragraph, &self.links);
                self.layout.block(&text);
            }
        }
        let rows: Vec<Vec<Written>> = table.rows.iter().map(|row| self.row(row)).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let mut rows: Vec<_> = rows.into_iter().filter(|row| row.iter().any(|cell| !cell.inline.is_empty())).collect();
        if rows.is_empty() {
            return;
        }
        let filled = |row: &[Written]| row.iter().filter(|cell| !cell.inline.is_empty()).count();
        let has_header = rows.first().is_some_and(|first| {
            let names = |cell: &Written| cell.inline.is_empty() || cell.header;
            let shouts = |cell: &Written| cell.inline.is_empty() || cell.inline.is_strong();
            first.iter().all(names) || (rows.len() > 1 && filled(first) > 1 && first.iter().all(shouts))
        });
        let header = if has_header { rows.remove(0) } else { Vec::new() };
        let mut lines = Vec::with_capacity(rows.len() + 2);
        lines.push(self.line(header.into_iter().map(Written::without_strong), columns));
        let marks: Vec<&str> = (0..columns)
            .map(|column| match is_numeric(&rows, column) {
                true => "---:",
                false => "---",
            })
            .collect();
        lines.push(format!("| {} |", marks.join(" | ")));
        for row in rows {
            lines.push(self.line(row.into_iter(), columns));
        }
        self.layout.block(&lines.join("\n"));
    }

    fn row(&mut self, row: &[Cell]) -> Vec<Written> {
        let mut written = Vec::with_capacity(row.len());
        for cell in row {
            written.resize_with(cell.column, Written::default);
            written.push(Written { header: cell.header, right: cell.right, inline: self.cell(cell.id) });
            written.resize_with(cell.column + cell.columns, Written::default);
        }
        written
    }

    fn line(&self, row: impl Iterator<Item = Written>, columns: usize) -> String {
        let texts = row.map(|cell| cell.inline.markdown(Place::Cell, &self.links));
        let padded = texts.chain(std::iter::repeat(String::new())).take(columns);
        padded.fold("|".to_owned(), |line, text| line + " " + &text + " |")
    }

    fn cell(&mut self, id: NodeId) -> Inline {
        let outside = std::mem::take(&mut self.inline);
        let was_in_cell = std::mem::replace(&mut self.in_cell, true);
        self.walk(Step::Enter(id), id);
        self.in_cell = was_in_cell;
        std::mem::replace(&mut self.inline, outside)
    }
}

/// The bytes of a bullet at the start of a paragraph, as Word and hurried typists make lists.
fn leading_bullet(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let first = chars.next().filter(|c| is_bullet(*c))?;
    chars.next().is_none_or(char::is_whitespace).then_some(first.len_utf8())
}

impl Script {
    /// This script, if Unicode has all of what stands inside `id` in it.
    fn if_exact(self, dom: &Dom, id: NodeId) -> Option<Script> {
        const LONGEST: usize = 16;
        let mut text = String::new();
        let mut step = Some(Step::Enter(id));
        for _ in 0..4 * LONGEST {
            let Some(now) = step else { break };
            if let Step::Enter(id) = now {
                match dom.content(id) {
                    Content::Text(more) if text.len() + more.len() <= LONGEST => text.push_str(more),
                    Content::Text(_) => return None,
                    _ if dom.display(id) == Display::Hidden => return None,
                    _ => {}
                }
            }
            step = dom.next(now, id);
        }
        let text = text.trim();
        let exact = step.is_none() && !text.is_empty();
        (exact && (self.whole(text).is_some() || text.chars().all(|c| self.letter(c).is_some()))).then_some(self)
    }

    fn write(self, text: &str) -> String {
        match self.whole(text.trim()) {
            Some(sign) => text.replace(text.trim(), sign),
            None => text.chars().map(|c| self.letter(c).unwrap_or(c)).collect(),
        }
    }

    fn whole(self, text: &str) -> Option<&'static str> {
        match (self, text) {
            (Script::Super, "o") => Some("º"),
            (Script::Super, "a") => Some("ª"),
            (Script::Super, "TM") => Some("™"),
            (Script::Super, "SM") => Some("℠"),
            _ => None,
        }
    }

    fn letter(self, c: char) -> Option<char> {
        const PLAIN: &str = "0123456789+-=()n";
        let script = match self {
            Script::Super => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ",
            Script::Sub => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ",
        };
        PLAIN.chars().zip(script.chars()).find_map(|(plain, small)| (plain == c).then_some(small))
    }
}

/// The tables that have a table inside, in ascending order.
pub(super) fn nesting_tables(dom: &Dom) -> Vec<NodeId> {
    let mut open = Vec::new();
    let mut nesting = Vec::new();
    let Step::Enter(root) = dom.start() else {
        return nesting;
    };
    let mut step = Some(dom.start());
    while let Some(now) = step {
        match now {
            Step::Enter(id) if dom.name(id) == "table" => {
                nesting.extend(open.last());
                open.push(id);
            }
            Step::Leave(id) if open.last() == Some(&id) => {
                open.pop();
            }
            _ => {}
        }
        step = dom.next(now, root);
    }
    nesting.sort_unstable();
    nesting
}

/// A table without tables inside, as a grid.
struct Table {
    captions: Vec<NodeId>,
    /// A caption stands after rows, where HTML has no place for one.
    has_late_caption: bool,
    rows: Vec<Vec<Cell>>,
    columns: usize,
}

struct Cell {
    id: NodeId,
    header: bool,
    right: bool,
    column: usize,
    columns: usize,
}

/// A cell once read; the default is the empty one.
#[derive(Default)]
struct Written {
    header: bool,
    right: bool,
    inline: Inline,
}

impl Written {
    fn without_strong(mut self) -> Self {
        self.inline.clear_strong();
        self
    }
}

impl Table {
    fn read(dom: &Dom, table: NodeId) -> Table {
        let mut read = Table { captions: Vec::new(), has_late_caption: false, rows: Vec::new(), columns: 0 };
        // How many more rows each column is taken by a cell above.
        let mut taken: Vec<usize> = Vec::new();
        let mut step = Some(Step::Enter(table));
        while let Some(now) = step {
            let mut next_to = now;
            if let Step::Enter(id) = now {
                match dom.name(id) {
                    _ if dom.display(id) == Display::Hidden => next_to = Step::Leave(id),
                    "caption" => {
                        read.has_late_caption |= !read.rows.is_empty();
                        read.captions.push(id);
                        next_to = Step::Leave(id);
                    }
                    "tr" => {
                        let row = read_row(dom, id, &mut taken);
                        read.rows.push(row);
                        next_to = Step::Leave(id);
                    }
                    _ => {}
                }
            }
            step = dom.next(next_to, table);
        }
        read.columns = taken.len();
        read
    }

    /// Whether its rows and columns mean something, as far as markup tells.
    fn is_data(&self, dom: &Dom, table: NodeId) -> bool {
        let presents = dom.attribute(table, "role").is_some_and(|role| role == "presentation" || role == "none");
        if presents || self.has_late_caption || self.columns < 2 || self.columns > MAX_COLUMNS {
            return false;
        }
        let cells = || self.rows.iter().flatten();
        if !self.captions.is_empty() || cells().any(|cell| cell.header) {
            return true;
        }
        self.rows.len() > 1 && !cells().any(|cell| is_heavy(dom, cell.id))
    }
}

fn read_row(dom: &Dom, row: NodeId, taken: &mut Vec<usize>) -> Vec<Cell> {
    let span = |id, attribute| {
        let number = dom.attribute(id, attribute);
        number.and_then(|number| number.trim().parse::<usize>().ok()).unwrap_or(1).clamp(1, MAX_COLUMNS + 1)
    };
    let cells =
        dom.children(row).filter(|id| matches!(dom.name(*id), "td" | "th") && dom.display(*id) != Display::Hidden);
    let mut read = Vec::new();
    let mut column = 0;
    let mut below = vec![0; taken.len()];
    for id in cells {
        while taken.get(column).is_some_and(|rows| *rows > 0) {
            column += 1;
        }
        let columns = span(id, "colspan");
        let rows = span(id, "rowspan");
        below.resize(below.len().max(column + columns), 0);
        below[column..column + columns].fill(rows);
        read.push(Cell {
            id,
            header: dom.name(id) == "th",
            right: dom.attribute(id, "align") == Some("right") || dom.style(id, "text-align") == Some("right"),
            column,
            columns,
        });
        column += columns;
    }
    // A table with more columns than anyone reads is unfolded anyway: no use in measuring it.
    let width = below.len().max(taken.len()).min(MAX_COLUMNS + 1);
    taken.resize(width, 0);
    for (column, rows) in taken.iter_mut().enumerate() {
        *rows = below.get(column).copied().unwrap_or(0).max(*rows).saturating_sub(1);
    }
    read
}

/// Whether a cell holds what no cell of data does.
fn is_heavy(dom: &Dom, cell: NodeId) -> bool {
    let (mut chars, mut items) = (0, 0);
    let mut step = Some(Step::Enter(cell));
    while let Some(now) = step {
        if let Step::Enter(id) = now {
            if let Content::Text(text) = dom.content(id) {
                chars += text.len();
            }
            let name = dom.name(id);
            let heavy = matches!(name, "dl" | "h1" | "h2" | "h3" | "h4" | "pre" | "blockquote" | "hr");
            items += usize::from(name == "li");
            if heavy || items > 1 || chars > LONG_CELL_CHARS {
                return true;
            }
        }
        step = dom.next(now, cell);
    }
    false
}

fn is_numeric(rows: &[Vec<Written>], column: usize) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.inline.is_empty()).peekable();
    cells.peek().is_some() && cells.all(|cell| cell.right || is_number(cell.inline.text()))
}

/// Whether a cell's text is an amount, a share, a date in digits: what one sets to the right.
pub(super) fn is_number(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "+-–−.,'’%€$£()/".contains(c))
}
