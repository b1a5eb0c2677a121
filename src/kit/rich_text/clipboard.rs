//! What programs put on the clipboard as HTML (Word, Outlook, LibreOffice, Google Docs, Pages,
//! Excel, a web page), as Markdown.
//!
//! Nothing is imported here: the tree is brought into the form for which HTML has words, and then
//! the one importer writes it. Word's lists, which are paragraphs with a bullet typed before them,
//! become lists; what a style sheet says of a class is written at the element; what nobody means
//! to paste (tracked deletions, comments, pictures, marks of the program) is taken out. A decision
//! that a web page would ask for, too, belongs into `import`.
//!
//! Each pass reads the tree from its beginning and looks at every node a fixed number of times.
//!
//! What it can't know: the letters and Roman numbers of a list become digits, as Markdown has no
//! others; a suggestion that Google Docs writes like any other text stays.

use std::borrow::Cow;
use std::collections::HashMap;

use html5ever::{LocalName, local_name};
use url::Url;

use super::dom::{Content, Dom, NodeId};
use super::import::{self, is_number};
use super::words::is_invisible;

/// Levels of a list that are told apart: Word has nine.
const MAX_LEVEL: usize = 9;

/// Redirectors around one address that are taken off.
const MAX_WRAPPINGS: usize = 4;

/// Characters of a cell or a list's marker that are looked at.
const MAX_LOOK_CHARS: usize = 64;

/// Turns the `text/html` of a clipboard into Markdown for a release's text.
///
/// - Headings begin at `##`, whatever level they had, and skip none: the page's `h1` is the title.
///   A paragraph that is merely bold is none.
/// - Links lead where they lead, without the redirectors of Google, Outlook and others around them.
///   One without a host is a page of the site that it was copied from: only its words stay.
/// - Pictures go, and so do comments and what a tracked change deleted; footnotes stay as text.
/// - A no-break space stays, a soft hyphen goes.
///
/// Any text may be given: what is no clipboard's HTML is read as a page's. Linear in its length.
pub fn from_clipboard(html: &str) -> String {
    import::write(&cleaned(html), None)
}

/// The tree of what was meant to be pasted.
fn cleaned(html: &str) -> Dom {
    let html = whole_table(without_windows_header(html));
    let mut dom = Dom::parse(&html);
    write_out_style_sheet(&mut dom);
    drop_what_is_not_meant(&mut dom);
    make_lists(&mut dom);
    make_headings(&mut dom);
    tell_tables_from_layout(&mut dom);
    dom
}

/// Windows writes some lines about offsets before the HTML (`CF_HTML`); no browser hands them on,
/// but remote desktops do.
fn without_windows_header(html: &str) -> &str {
    let is_header = html.starts_with("Version:") && html.contains("StartHTML:");
    match html.find('<') {
        Some(at) if is_header => &html[at..],
        _ => html,
    }
}

/// Rows that Excel's fragment holds without their table get one.
fn whole_table(html: &str) -> Cow<'_, str> {
    let find = |tag: &str| {
        let bytes = html.as_bytes();
        bytes.windows(tag.len()).position(|window| window.eq_ignore_ascii_case(tag.as_bytes()))
    };
    match find("<tr") {
        Some(row) if find("<table").is_none_or(|table| table > row) => {
            Cow::Owned(format!("{}<table>{}", &html[..row], &html[row..]))
        }
        _ => Cow::Borrowed(html),
    }
}

// What a style sheet says of a class.

#[derive(Debug, Clone, Copy, Default)]
struct Declared {
    bold: Option<bool>,
    italic: Option<bool>,
    outline: Option<u8>,
    hidden: bool,
}

/// Writes at each element what the style sheets in the text say of its classes, as far as the
/// importer asks: Excel and Word set bold and outline levels so.
fn write_out_style_sheet(dom: &mut Dom) {
    let mut classes = HashMap::new();
    let nodes = dom.all();
    for id in nodes.iter().filter(|id| dom.name(**id) == "style") {
        for child in dom.children(*id) {
            if let Content::Text(sheet) = dom.content(child) {
                read_style_sheet(sheet, &mut classes);
            }
        }
    }
    if classes.is_empty() {
        return;
    }
    for id in nodes {
        let Some(names) = dom.attribute(id, "class") else { continue };
        let tag = dom.name(id);
        let found = names
            .split_ascii_whitespace()
            .take(16)
            .flat_map(|name| [classes.get(&format!(".{name}")), classes.get(&format!("{tag}.{name}"))])
            .flatten();
        let declared = found.fold(Declared::default(), |so_far, next: &Declared| Declared {
            bold: next.bold.or(so_far.bold),
            italic: next.italic.or(so_far.italic),
            outline: next.outline.or(so_far.outline),
            hidden: next.hidden || so_far.hidden,
        });
        let written = declared.written();
        if !written.is_empty() {
            // Before its own declarations: the last of a property counts.
            let style = written + dom.attribute(id, "style").unwrap_or_default();
            dom.set_attribute(id, local_name!("style"), &style);
        }
    }
}

impl Declared {
    fn written(self) -> String {
        let mut style = String::new();
        if let Some(bold) = self.bold {
            style.push_str(if bold { "font-weight:bold;" } else { "font-weight:normal;" });
        }
        if let Some(italic) = self.italic {
            style.push_str(if italic { "font-style:italic;" } else { "font-style:normal;" });
        }
        if let Some(level) = self.outline {
            style.push_str(&format!("mso-outline-level:{level};"));
        }
        if self.hidden {
            style.push_str("display:none;");
        }
        style
    }
}

fn read_style_sheet(sheet: &str, classes: &mut HashMap<String, Declared>) {
    let mut rest = sheet;
    while let Some((selectors, after)) = rest.split_once('{') {
        // A comment may stand before the rule, and Word puts the whole into one of HTML's.
        let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim();
        let selectors = selectors.trim_start_matches("<!--").trim_start();
        if selectors.starts_with("@media") {
            rest = after;
            continue;
        }
        let (body, next) = after.split_once('}').unwrap_or((after, ""));
        rest = next;
        if selectors.starts_with('@') {
            continue;
        }
        let declared = declarations(body);
        for selector in selectors.split(',') {
            let selector = selector.trim();
            let Some((tag, class)) = selector.split_once('.') else { continue };
            let is_name = |name: &str| name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
            if is_name(tag) && is_name(class) {
                classes.insert(selector.to_owned(), declared);
            }
        }
    }
}

fn declarations(body: &str) -> Declared {
    let mut declared = Declared::default();
    for (property, value) in body.split(';').filter_map(|declaration| declaration.split_once(':')) {
        let value = value.trim();
        match property.trim() {
            "font-weight" => {
                declared.bold = Some(value.starts_with("bold") || value.parse().is_ok_and(|weight: u32| weight >= 600));
            }
            "font-style" => declared.italic = Some(value == "italic"),
            "mso-outline-level" => declared.outline = value.parse().ok().filter(|level| (1..=9).contains(level)),
            "display" => declared.hidden = value.starts_with("none"),
            "mso-hide" => declared.hidden = value.starts_with("all"),
            _ => {}
        }
    }
    declared
}

// What is not meant.

fn drop_what_is_not_meant(dom: &mut Dom) {
    for id in dom.all() {
        let text = match dom.content(id) {
            Content::Text(text) => clean_text(dom, id, text),
            Content::Element(..) => None,
            Content::Nothing | Content::Remark(_) => continue,
        };
        if let Some(text) = text {
            dom.set_text(id, &text);
        } else if is_not_meant(dom, id) {
            dom.remove(id);
        } else if dom.name(id) == "w:sdt" {
            // A field to fill in, with its words: the one thing of Word's own that is text.
            dom.rename(id, local_name!("span"));
        } else if dom.name(id) == "a"
            && let Some(href) = dom.attribute(id, "href")
        {
            match real_address(href) {
                Some(address) => dom.set_attribute(id, local_name!("href"), &address),
                None => dom.remove_attribute(id, "href"),
            }
        }
    }
}

fn clean_text(dom: &Dom, id: NodeId, text: &str) -> Option<String> {
    // Joiners form letters and emoji; all else that is not seen is a mark of the program.
    let is_noise = |c: char| is_invisible(c) && !matches!(c, '\u{200c}' | '\u{200d}');
    let is_padding = dom.parent(id).is_some_and(|parent| dom.has_class(parent, |c| c == "Apple-converted-space"));
    if !is_padding && !text.contains(is_noise) {
        return None;
    }
    let shown = text.chars().filter(|c| !is_noise(*c));
    Some(shown.map(|c| if is_padding && c == '\u{a0}' { ' ' } else { c }).collect())
}

fn is_not_meant(dom: &Dom, id: NodeId) -> bool {
    let by_name = match dom.name(id) {
        "img" | "picture" | "svg" | "map" | "area" | "input" | "del" => true,
        // The rule above Word's footnotes.
        "hr" => dom.attribute(id, "width") == Some("33%") && dom.attribute(id, "size") == Some("1"),
        "a" => dom.attribute(id, "href").is_some_and(|href| href.starts_with("#_msocom") || href.starts_with("#cmnt")),
        name => name.starts_with("v:"),
    };
    let by_class = |class: &str| {
        matches!(class, "msocomanchor" | "msocomtxt" | "MsoCommentReference" | "msoDel" | "mw-editsection")
            || class.starts_with("TrackChangeTextDeletion")
    };
    let by_style = || {
        let is = |property, value: &str| dom.style(id, property).is_some_and(|found| found.starts_with(value));
        is("mso-element", "comment")
            || is("mso-element", "header")
            || is("mso-element", "footer")
            || is("mso-special-character", "comment")
    };
    by_name || dom.has_class(id, by_class) || by_style()
}

/// The address behind the redirectors that mail programs and search engines put around it; none
/// for one without a host.
fn real_address(href: &str) -> Option<String> {
    let mut address = href.trim().to_owned();
    if address.starts_with('/') && !address.starts_with("//") || is_note(&address) {
        return None;
    }
    for _ in 0..MAX_WRAPPINGS {
        match unwrapped(&address) {
            Some(inner) => address = inner,
            None => break,
        }
    }
    Some(address)
}

/// Whether it leads to a note or a heading of the document that it comes from: browsers put their own page's address
/// before it on its way through the clipboard.
fn is_note(address: &str) -> bool {
    const OF_WORD: [&str; 6] = ["_ftn", "_edn", "_Toc", "_Ref", "_Hlk", "sdfootnote"];
    address.rsplit_once('#').is_some_and(|(_, place)| OF_WORD.iter().any(|name| place.starts_with(name)))
}

fn unwrapped(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let host = url.host_str()?;
    let wanted: &[&str] = match (host, url.path()) {
        (host, "/url") if host.starts_with("www.google.") || host == "google.com" => &["q", "url"],
        (host, _) if host.ends_with(".safelinks.protection.outlook.com") => &["url"],
        ("statics.teams.cdn.office.net", path) if path.contains("safelinks") => &["url"],
        ("l.facebook.com" | "lm.facebook.com" | "l.instagram.com" | "l.messenger.com", _) => &["u"],
        ("www.linkedin.com", "/redir/redirect") => &["url"],
        ("urldefense.com", path) => return proofpoint(path),
        _ => return None,
    };
    let inner = wanted.iter().find_map(|name| url.query_pairs().find(|(key, _)| key == name))?.1.into_owned();
    let is_address = Url::parse(&inner).is_ok_and(|inner| matches!(inner.scheme(), "http" | "https" | "mailto"));
    is_address.then_some(inner)
}

/// `/v3/__https://example.org/__;!!…`; where `*` stands for characters that are told elsewhere, it
/// stays as it is.
fn proofpoint(path: &str) -> Option<String> {
    let (inner, _) = path.strip_prefix("/v3/__")?.split_once("__;")?;
    let is_whole = !inner.contains('*') && Url::parse(inner).is_ok_and(|inner| inner.has_host());
    is_whole.then(|| inner.to_owned())
}

// Lists.

/// An item of a list that is none yet.
struct Item {
    /// The paragraph or, from Word in a browser, the `li`.
    node: NodeId,
    /// 1 to 9.
    level: usize,
    number: Option<Number>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    value: u64,
    /// Written in digits, so that nothing was guessed.
    exact: bool,
}

/// What a node is to the list that the nodes before it are part of.
enum Part {
    Items(Vec<Item>),
    /// One more paragraph of the last item.
    More,
    /// Blanks between two.
    Nothing,
    Other,
}

fn make_lists(dom: &mut Dom) {
    let mut parents: Vec<NodeId> = Vec::new();
    for id in dom.all() {
        if is_fake_item(dom, id) || is_list_of_the_web(dom, id) {
            let mut parent = dom.parent(id);
            if let Some(wrapper) = parent.filter(|parent| dom.has_class(*parent, |c| c == "ListContainerWrapper")) {
                parent = dom.parent(wrapper);
            }
            parents.extend(parent.filter(|parent| parents.last() != Some(parent)));
        }
    }
    // Two lists beside a list inside: their parent was met twice.
    parents.sort_unstable();
    parents.dedup();
    for parent in parents {
        let mut lists = Lists::default();
        let children: Vec<NodeId> = dom.children(parent).collect();
        for child in children {
            match part(dom, child, !lists.open.is_empty()) {
                Part::Items(items) => {
                    for item in items {
                        lists.add(dom, child, item);
                    }
                    if dom.name(child) != "p" {
                        dom.remove(child);
                    }
                }
                Part::More => {
                    if let Some(open) = lists.open.last() {
                        dom.append(open.item, child);
                    }
                }
                Part::Nothing => {}
                Part::Other => lists = Lists::default(),
            }
        }
    }
}

/// Whether it's a paragraph that Word wrote for an item; its numbered headings are none.
fn is_fake_item(dom: &Dom, id: NodeId) -> bool {
    dom.name(id) == "p" && level_of_word(dom, id).is_some() && heading_level(dom, id).is_none()
}

/// The level in `mso-list:l0 level2 lfo1`.
fn level_of_word(dom: &Dom, id: NodeId) -> Option<usize> {
    let level = dom.style(id, "mso-list")?.split_ascii_whitespace().find_map(|word| word.strip_prefix("level"))?;
    level.parse().ok().map(|level: usize| level.clamp(1, MAX_LEVEL))
}

/// Whether it's one of the lists of Word in a browser, which makes one for each item and tells the
/// level in an attribute.
fn is_list_of_the_web(dom: &Dom, id: NodeId) -> bool {
    matches!(dom.name(id), "ul" | "ol")
        && dom.children(id).any(|item| dom.attribute(item, "data-aria-level").is_some())
        && dom.children(id).filter(|item| !dom.name(*item).is_empty()).all(|item| dom.name(item) == "li")
}

fn part(dom: &mut Dom, id: NodeId, in_list: bool) -> Part {
    if is_fake_item(dom, id) {
        let level = level_of_word(dom, id).unwrap_or(1);
        let marker = take_marker(dom, id);
        return Part::Items(vec![Item { node: id, level, number: number(&marker) }]);
    }
    let list = match dom.has_class(id, |c| c == "ListContainerWrapper") {
        true => dom.children(id).find(|child| !dom.name(*child).is_empty()).unwrap_or(id),
        false => id,
    };
    if is_list_of_the_web(dom, list)
        && (list == id || dom.children(id).filter(|c| !dom.name(*c).is_empty()).count() == 1)
    {
        let start = dom.attribute(list, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        let ordered = dom.name(list) == "ol";
        let items = dom.children(list).filter(|item| dom.name(*item) == "li").zip(start..);
        return Part::Items(
            items
                .map(|(node, value)| Item {
                    node,
                    level: dom
                        .attribute(node, "data-aria-level")
                        .and_then(|level| level.parse().ok())
                        .map_or(1, |level: usize| level.clamp(1, MAX_LEVEL)),
                    number: ordered.then_some(Number { value, exact: true }),
                })
                .collect(),
        );
    }
    let is_blank = match dom.content(id) {
        Content::Text(text) => text.chars().all(char::is_whitespace),
        Content::Element(..) => dom.name(id) == "p" && !has_words(dom, id),
        Content::Nothing | Content::Remark(_) => true,
    };
    let goes_on = |class: &str| class.starts_with("MsoListParagraph") || class.starts_with("MsoListContinue");
    match dom.name(id) {
        _ if is_blank => Part::Nothing,
        "p" if in_list && heading_level(dom, id).is_none() && dom.has_class(id, goes_on) => Part::More,
        _ => Part::Other,
    }
}

/// Takes the bullet or number off that Word wrote into a paragraph for programs without lists.
fn take_marker(dom: &mut Dom, paragraph: NodeId) -> String {
    let mut found = Vec::new();
    let mut within = None;
    for id in dom.inside(paragraph) {
        match dom.content(id) {
            Content::Remark(text) if text.trim().starts_with("[if") => within = dom.parent(id),
            Content::Remark(_) => within = None,
            _ if within.is_some() && dom.parent(id) == within => found.push(id),
            Content::Element(..)
                if dom.style(id, "mso-list").is_some_and(|list| list.eq_ignore_ascii_case("ignore")) =>
            {
                found.push(id);
            }
            _ => {}
        }
    }
    let mut marker = String::new();
    for id in found {
        marker.push_str(&beginning(dom, id));
        dom.remove(id);
    }
    marker
}

/// The number that a marker tells: `3.`, `c)`, `iv.`, `2.1.3`; none for a bullet, such as `o`.
fn number(marker: &str) -> Option<Number> {
    let marker = marker.trim().trim_start_matches('(');
    let bare = marker.trim_end_matches(['.', ')', ':', '°', '-']);
    if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        let value = bare.rsplit('.').next()?.parse().ok().filter(|value| *value < 1_000_000_000)?;
        return Some(Number { value, exact: true });
    }
    let is_letters = !bare.is_empty() && bare.len() <= 6 && bare.bytes().all(|b| b.is_ascii_alphabetic());
    if bare.len() == marker.len() || !is_letters {
        return None;
    }
    let bare = bare.to_ascii_lowercase();
    let value = match bare.as_bytes() {
        // Of one letter, these are Roman where a list begins.
        [b'i' | b'v' | b'x'] => roman(&bare),
        [letter] => Some(u64::from(letter - b'a') + 1),
        _ => roman(&bare),
    };
    Some(Number { value: value?, exact: false })
}

fn roman(number: &str) -> Option<u64> {
    let digit = |letter| match letter {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let digits: Vec<u64> = number.chars().map(digit).collect::<Option<_>>()?;
    let below = |at: usize| digits.get(at + 1).is_some_and(|next| *next > digits[at]);
    let (minus, plus): (Vec<usize>, Vec<usize>) = (0..digits.len()).partition(|at| below(*at));
    let sum = |places: Vec<usize>| places.into_iter().map(|at| digits[at]).sum::<u64>();
    sum(plus).checked_sub(sum(minus)).filter(|value| *value > 0)
}

/// The lists that are being made of neighbours, outermost first.
#[derive(Default)]
struct Lists {
    open: Vec<OpenList>,
}

struct OpenList {
    level: usize,
    node: NodeId,
    item: NodeId,
    /// The number after the last one; none in a bulleted list.
    next: Option<u64>,
}

impl Lists {
    /// Puts `item`, which stands in `place`, into its list.
    fn add(&mut self, dom: &mut Dom, place: NodeId, item: Item) {
        while self.open.last().is_some_and(|open| open.level > item.level) {
            self.open.pop();
        }
        let goes_on = |open: &OpenList| match (open.next, item.number) {
            (None, None) => true,
            (Some(next), Some(number)) => !number.exact || number.value == next,
            _ => false,
        };
        if self.open.last().is_some_and(|open| open.level == item.level && !goes_on(open)) {
            self.open.pop();
        }
        let node = match self.open.last() {
            Some(open) if open.level == item.level => open.node,
            around => {
                let node = dom.create(if item.number.is_some() { local_name!("ol") } else { local_name!("ul") });
                if let Some(number) = item.number {
                    dom.set_attribute(node, local_name!("start"), &number.value.to_string());
                }
                match around {
                    Some(around) => dom.append(around.item, node),
                    None => dom.insert_before(node, place),
                }
                let next = item.number.map(|number| number.value);
                self.open.push(OpenList { level: item.level, node, item: node, next });
                node
            }
        };
        let li = match dom.name(item.node) {
            "li" => item.node,
            _ => {
                let li = dom.create(local_name!("li"));
                dom.append(li, item.node);
                li
            }
        };
        dom.append(node, li);
        if let Some(open) = self.open.last_mut() {
            open.item = li;
            open.next = open.next.map(|next| next + 1);
        }
    }
}

// Headings.

/// Gives every heading the level that its place among the others asks for, from `h2` on.
fn make_headings(dom: &mut Dom) {
    let mut around: Vec<u32> = Vec::new();
    for id in dom.all() {
        let Some(level) = heading_level(dom, id) else { continue };
        if !has_words(dom, id) {
            continue;
        }
        around.retain(|outer| *outer < level);
        around.push(level);
        dom.rename(
            id,
            match around.len() {
                1 => local_name!("h2"),
                2 => local_name!("h3"),
                _ => local_name!("h4"),
            },
        );
    }
}

/// The level that the program gave to a heading, 1 for the highest to 9.
fn heading_level(dom: &Dom, id: NodeId) -> Option<u32> {
    stated_level(dom, id).map(|level| level.clamp(1, 9))
}

fn stated_level(dom: &Dom, id: NodeId) -> Option<u32> {
    let name = dom.name(id);
    if let Some(level) = name.strip_prefix('h').and_then(|level| level.parse().ok()) {
        return Some(level);
    }
    if name != "p" && name != "div" {
        return None;
    }
    if dom.attribute(id, "role") == Some("heading") {
        return Some(dom.attribute(id, "aria-level").and_then(|level| level.parse().ok()).unwrap_or(2));
    }
    let classes = dom.attribute(id, "class").unwrap_or_default();
    let by_class = classes.split_ascii_whitespace().find_map(|class| match class {
        "MsoTitle" => Some(1),
        class => class.strip_prefix("MsoHeading").and_then(|level| level.parse().ok()),
    });
    by_class.or_else(|| dom.style(id, "mso-outline-level")?.parse().ok())
}

// Tables.

/// Marks the first row of a table as its head where the program says or shows so, and tables that
/// only put things side by side as such.
fn tell_tables_from_layout(dom: &mut Dom) {
    let nesting = import::nesting_tables(dom);
    for table in dom.all() {
        if dom.name(table) != "table" || nesting.binary_search(&table).is_ok() {
            continue;
        }
        let mut rows: Vec<Vec<NodeId>> = Vec::new();
        let mut has_head = false;
        let mut has_border = false;
        let inside: Vec<NodeId> = dom.inside(table).collect();
        for id in inside {
            match dom.name(id) {
                "tr" => rows.push(Vec::new()),
                "td" | "th" => {
                    let row = dom.parent(id);
                    let in_head = row.and_then(|row| dom.parent(row)).is_some_and(|part| dom.name(part) == "thead");
                    if in_head || dom.attribute(id, "role") == Some("columnheader") {
                        dom.rename(id, local_name!("th"));
                    }
                    has_head |= dom.name(id) == "th";
                    has_border |= dom.attribute(id, "style").is_some_and(|style| {
                        ["solid", "dotted", "dashed", "double"].iter().any(|line| style.contains(line))
                    });
                    if let Some(row) = rows.last_mut() {
                        row.push(id);
                    }
                }
                _ => {}
            }
        }
        if has_head {
            continue;
        }
        let texts: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| beginning(dom, *cell)).collect()).collect();
        let has_numbers = has_column_of_numbers(&texts);
        if let ([first, _, ..], [heads, _, ..]) = (&rows[..], &texts[..])
            && has_numbers
            && heads.len() > 1
            && heads.iter().all(|head| !head.is_empty() && !is_number(head))
        {
            for cell in first {
                dom.rename(*cell, local_name!("th"));
            }
        }
        let is_borderless = !has_border && dom.attribute(table, "border").is_none_or(|border| border == "0");
        if is_borderless && !has_numbers && dom.has_class(table, |class| class == "MsoNormalTable") {
            dom.set_attribute(table, LocalName::from("role"), "presentation");
        }
    }
}

/// Whether, below the first row, some column has numbers and nothing else.
fn has_column_of_numbers(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let is_grid = !rest.is_empty() && rest.iter().all(|row| row.len() == first.len());
    is_grid && (0..first.len()).any(|column| rest.iter().all(|row| is_number(&row[column])))
}

// What stands inside.

fn has_words(dom: &Dom, id: NodeId) -> bool {
    !beginning(dom, id).is_empty()
}

/// The first characters inside a node, trimmed.
fn beginning(dom: &Dom, id: NodeId) -> String {
    let mut text = String::new();
    for inner in dom.inside(id) {
        if let Content::Text(more) = dom.content(inner) {
            text.extend(more.trim_start().chars().take(MAX_LOOK_CHARS));
            if !more.trim().is_empty() && text.len() >= MAX_LOOK_CHARS {
                break;
            }
        }
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests;
