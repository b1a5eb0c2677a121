//! A parsed HTML fragment as one flat table of nodes, and what a browser would show of each.
//!
//! Foreign HTML is hostile until shown otherwise. html5ever builds the tree exactly as a browser
//! does, which is what makes "no visible word is lost" a meaningful sentence, but two things cost
//! it more than the length of its input: a deep stack of open elements, which is searched at
//! every tag, and open formatting elements, which are copied into every paragraph. So the text is
//! fed in small pieces, and between two of them depth and number of nodes are looked at. What
//! goes over [`MAX_DEPTH`], or makes more nodes than it has bytes, is read a second time by the
//! tokenizer alone, and comes out as plain paragraphs: every word, no structure
//! (and what only an attribute hides is shown; scripts, styles and comments stay out).
//! Nodes refer to each other by number, so that dropping a tree or walking it needs no recursion.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::driver::parse_fragment_for_element;
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, LocalName, ParseOpts, QualName, local_name, ns};

/// The place of a node in its [`Dom`].
pub(super) type NodeId = u32;

/// Elements inside each other, from which on a tree counts as hostile: where Blink stops, too.
const MAX_DEPTH: u32 = 512;

/// Bytes given to the parser between two looks at what it has built.
const PIECE_BYTES: usize = 4096;

const NONE: NodeId = NodeId::MAX;
const ROOT: NodeId = 0;

/// A fragment of HTML, as `innerHTML` of a `body` would read it.
pub(super) struct Dom {
    nodes: Vec<Node>,
}

struct Node {
    parent: NodeId,
    first: NodeId,
    last: NodeId,
    before: NodeId,
    after: NodeId,
    depth: u32,
    content: Content,
}

/// What a node is; comments and processing instructions are [`Content::Nothing`].
pub(super) enum Content {
    /// No part of the text.
    Nothing,
    /// A comment by which Word says what only other programs need: `[if !supportLists]` and the
    /// `[endif]` that belongs to it or to another condition.
    Remark(StrTendril),
    /// Characters.
    Text(StrTendril),
    /// A tag and its attributes.
    Element(QualName, Vec<Attribute>),
}

/// One step of a walk through a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// The node begins.
    Enter(NodeId),
    /// The node and all inside it is over.
    Leave(NodeId),
}

/// How an element takes part in the flow of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Display {
    /// Not shown, nor anything inside it.
    Hidden,
    /// Runs on in its line.
    Inline,
    /// Begins and ends a line.
    Block,
}

impl Dom {
    /// Reads `html`; never fails, as no browser does. Linear in its length (see above).
    pub(super) fn parse(html: &str) -> Dom {
        Self::parse_as_browser(html).unwrap_or_else(|| Self::parse_as_paragraphs(html))
    }

    fn parse_as_browser(html: &str) -> Option<Dom> {
        let sink = Sink::default();
        // The context takes no part in the tree: the parser puts its own `html` under the root.
        let context = sink.create_element(html_name(local_name!("body")), Vec::new(), ElementFlags::default());
        let options = ParseOpts {
            tokenizer: TokenizerOpts::default(),
            tree_builder: TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() },
        };
        let mut parser = parse_fragment_for_element(sink, options, context, false, None);
        let mut fed_bytes = 0;
        for piece in pieces(html) {
            parser.process(StrTendril::from_slice(piece));
            fed_bytes += piece.len();
            let sink = &parser.tokenizer.sink.sink;
            if sink.deepest.get() > MAX_DEPTH || sink.nodes.borrow().len() > 64 + fed_bytes {
                return None;
            }
        }
        Some(parser.finish())
    }

    fn parse_as_paragraphs(html: &str) -> Dom {
        let tokenizer = Tokenizer::new(Paragraphs::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        for piece in pieces(html) {
            input.push_back(StrTendril::from_slice(piece));
            // Only a script that runs would make it pause; none does here.
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        Dom { nodes: tokenizer.sink.nodes.into_inner() }
    }

    /// The step before all others.
    pub(super) fn start(&self) -> Step {
        Step::Enter(ROOT)
    }

    /// The step after `step` in the walk through `root`, in document order.
    pub(super) fn next(&self, step: Step, root: NodeId) -> Option<Step> {
        match step {
            Step::Enter(id) => Some(match self.node(id).first {
                NONE => Step::Leave(id),
                child => Step::Enter(child),
            }),
            Step::Leave(id) if id == root => None,
            Step::Leave(id) => match self.node(id) {
                Node { after, .. } if *after != NONE => Some(Step::Enter(*after)),
                Node { parent, .. } if *parent != NONE => Some(Step::Leave(*parent)),
                _ => None,
            },
        }
    }

    /// What the node is.
    pub(super) fn content(&self, id: NodeId) -> &Content {
        &self.node(id).content
    }

    /// The node's children, in order.
    pub(super) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let some = |id| (id != NONE).then_some(id);
        std::iter::successors(some(self.node(id).first), move |id| some(self.node(*id).after))
    }

    /// The tag's name, in lower case; empty for what isn't an element.
    pub(super) fn name(&self, id: NodeId) -> &str {
        match self.content(id) {
            Content::Element(name, _) => &name.local,
            _ => "",
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match self.content(id) {
            Content::Element(_, attributes) => {
                attributes.iter().find(|attribute| &*attribute.name.local == wanted).map(|attribute| &*attribute.value)
            }
            _ => None,
        }
    }

    /// The last value that the element's own `style` gives to a property.
    pub(super) fn style(&self, id: NodeId, property: &str) -> Option<&str> {
        self.attribute(id, "style")?
            .split(';')
            .filter_map(|declaration| declaration.split_once(':'))
            .filter(|(name, _)| name.trim().eq_ignore_ascii_case(property))
            .map(|(_, value)| value.trim().trim_end_matches("!important").trim_end())
            .next_back()
    }

    /// Whether and how a browser shows the element, by its name and its own attributes.
    ///
    /// Style sheets are not looked at. `noscript` is hidden, as it is wherever scripts run; so is
    /// what Word and Outlook leave in a paste (`<xml>`, `w:*`), which no one ever meant to be read.
    pub(super) fn display(&self, id: NodeId) -> Display {
        let Content::Element(name, attributes) = self.content(id) else {
            return Display::Inline;
        };
        let local = &*name.local;
        let by_name = match local {
            "script" | "style" | "template" | "head" | "title" | "noscript" | "noembed" | "noframes" | "iframe"
            | "audio" | "video" | "canvas" | "datalist" | "xml" | "desc" | "metadata" | "annotation"
            | "annotation-xml" => Display::Hidden,
            "address" | "article" | "aside" | "blockquote" | "body" | "caption" | "center" | "details" | "dialog"
            | "dd" | "dir" | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1"
            | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "listing"
            | "main" | "marquee" | "menu" | "nav" | "ol" | "optgroup" | "option" | "p" | "plaintext" | "pre"
            | "search" | "section" | "select" | "summary" | "svg" | "table" | "tbody" | "td" | "text" | "textarea"
            | "tfoot" | "th" | "thead" | "tr" | "ul" | "xmp" => Display::Block,
            word if word.starts_with("w:") => Display::Hidden,
            _ => Display::Inline,
        };
        if by_name == Display::Hidden || attributes.is_empty() {
            return by_name;
        }
        if self.attribute(id, "hidden").is_some() || self.is_hidden_by_style(id) {
            return Display::Hidden;
        }
        match self.style(id, "display") {
            Some(value)
                if ["block", "flex", "grid", "list-item", "table"].iter().any(|block| starts_with(value, block)) =>
            {
                Display::Block
            }
            _ => by_name,
        }
    }

    fn is_hidden_by_style(&self, id: NodeId) -> bool {
        let says = |property, hidden| self.style(id, property).is_some_and(|value| starts_with(value, hidden));
        says("display", "none") || says("visibility", "hidden") || says("mso-hide", "all")
    }

    /// The words that stand for something which has no text inside: the alternative text of an
    /// image, the title or else the address of a film or a frame, the label on a button.
    pub(super) fn stand_in(&self, id: NodeId) -> Option<&str> {
        if self.attribute(id, "hidden").is_some() || self.is_hidden_by_style(id) {
            return None;
        }
        let words = match self.name(id) {
            "img" | "area" => self.attribute(id, "alt"),
            "iframe" | "video" | "audio" => self
                .attribute(id, "title")
                .filter(|title| !title.trim().is_empty())
                .or_else(|| self.source(id).filter(|source| is_web_address(source))),
            "input" => match self.attribute(id, "type") {
                Some(kind) if ["button", "submit", "reset"].contains(&kind) => self.attribute(id, "value"),
                Some("image") => self.attribute(id, "alt"),
                _ => None,
            },
            _ => None,
        };
        words.filter(|words| words.chars().any(|c| !c.is_whitespace()))
    }

    /// Where the thing is fetched from that an image, a film or a frame shows.
    pub(super) fn source(&self, id: NodeId) -> Option<&str> {
        self.attribute(id, "src").or_else(|| {
            self.children(id)
                .filter(|child| self.name(*child) == "source")
                .find_map(|child| self.attribute(child, "src"))
        })
    }

    /// The node that it stands in, but for the root and what was removed.
    pub(super) fn parent(&self, id: NodeId) -> Option<NodeId> {
        Some(self.node(id).parent).filter(|parent| *parent != NONE)
    }

    /// Whether `wanted` is one of the element's classes.
    pub(super) fn has_class(&self, id: NodeId, wanted: impl Fn(&str) -> bool) -> bool {
        self.attribute(id, "class").is_some_and(|classes| classes.split_ascii_whitespace().any(wanted))
    }

    /// All nodes below the root, in document order.
    pub(super) fn all(&self) -> Vec<NodeId> {
        self.inside(ROOT).skip(1).collect()
    }

    /// `root` and all nodes in it, in document order.
    pub(super) fn inside(&self, root: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(Step::Enter(root)), move |step| self.next(*step, root)).filter_map(|step| match step
        {
            Step::Enter(id) => Some(id),
            Step::Leave(_) => None,
        })
    }

    /// An element that stands nowhere yet.
    pub(super) fn create(&mut self, name: LocalName) -> NodeId {
        add(&mut self.nodes, Content::Element(html_name(name), Vec::new()))
    }

    /// Calls an element otherwise; its attributes stay.
    pub(super) fn rename(&mut self, id: NodeId, name: LocalName) {
        if let Content::Element(old, _) = &mut self.nodes[id as usize].content {
            *old = html_name(name);
        }
    }

    /// Gives an element an attribute, instead of one of that name.
    pub(super) fn set_attribute(&mut self, id: NodeId, name: LocalName, value: &str) {
        if let Content::Element(_, attributes) = &mut self.nodes[id as usize].content {
            attributes.retain(|attribute| attribute.name.local != name);
            let name = QualName::new(None, ns!(), name);
            attributes.push(Attribute { name, value: StrTendril::from_slice(value) });
        }
    }

    /// Takes an attribute off.
    pub(super) fn remove_attribute(&mut self, id: NodeId, name: &str) {
        if let Content::Element(_, attributes) = &mut self.nodes[id as usize].content {
            attributes.retain(|attribute| &*attribute.name.local != name);
        }
    }

    /// Writes other characters where a text stands.
    pub(super) fn set_text(&mut self, id: NodeId, text: &str) {
        self.nodes[id as usize].content = Content::Text(StrTendril::from_slice(text));
    }

    /// Takes a node and all inside it out of the tree.
    pub(super) fn remove(&mut self, id: NodeId) {
        detach(&mut self.nodes, id);
    }

    /// Moves a node to the end of another, which must not stand inside it.
    pub(super) fn append(&mut self, parent: NodeId, id: NodeId) {
        attach(&mut self.nodes, parent, id, NONE);
    }

    /// Moves a node before another.
    pub(super) fn insert_before(&mut self, id: NodeId, after: NodeId) {
        if let Some(parent) = self.parent(after) {
            attach(&mut self.nodes, parent, id, after);
        }
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id as usize]
    }
}

fn starts_with(value: &str, prefix: &str) -> bool {
    value.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn is_web_address(address: &str) -> bool {
    starts_with(address.trim(), "http://") || starts_with(address.trim(), "https://")
}

fn html_name(local: LocalName) -> QualName {
    QualName::new(None, ns!(html), local)
}

fn pieces(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE_BYTES));
        text = rest;
        (!piece.is_empty()).then_some(piece)
    })
}

/// Takes the tree from the parser, node by node.
struct Sink {
    nodes: RefCell<Vec<Node>>,
    deepest: Cell<u32>,
}

impl Default for Sink {
    fn default() -> Self {
        Sink { nodes: RefCell::new(vec![Node::new(Content::Nothing)]), deepest: Cell::new(0) }
    }
}

impl Node {
    fn new(content: Content) -> Node {
        Node { parent: NONE, first: NONE, last: NONE, before: NONE, after: NONE, depth: 0, content }
    }
}

fn add(nodes: &mut Vec<Node>, content: Content) -> NodeId {
    let id = nodes.len() as NodeId;
    nodes.push(Node::new(content));
    id
}

fn detach(nodes: &mut [Node], id: NodeId) {
    let Node { parent, before, after, .. } = nodes[id as usize];
    if parent == NONE {
        return;
    }
    match before {
        NONE => nodes[parent as usize].first = after,
        _ => nodes[before as usize].after = after,
    }
    match after {
        NONE => nodes[parent as usize].last = before,
        _ => nodes[after as usize].before = before,
    }
    let node = &mut nodes[id as usize];
    (node.parent, node.before, node.after) = (NONE, NONE, NONE);
}

/// Puts `id` among the children of `parent`, before `after`, or last where that is `NONE`.
fn attach(nodes: &mut [Node], parent: NodeId, id: NodeId, after: NodeId) -> u32 {
    detach(nodes, id);
    let before = match after {
        NONE => nodes[parent as usize].last,
        _ => nodes[after as usize].before,
    };
    match before {
        NONE => nodes[parent as usize].first = id,
        _ => nodes[before as usize].after = id,
    }
    match after {
        NONE => nodes[parent as usize].last = id,
        _ => nodes[after as usize].before = id,
    }
    let depth = nodes[parent as usize].depth + 1;
    let node = &mut nodes[id as usize];
    (node.parent, node.before, node.after, node.depth) = (parent, before, after, depth);
    depth
}

impl Sink {
    fn insert(&self, parent: NodeId, child: NodeOrText<NodeId>, after: NodeId) {
        let nodes = &mut *self.nodes.borrow_mut();
        let id = match child {
            NodeOrText::AppendNode(id) => id,
            NodeOrText::AppendText(text) => {
                let before = match after {
                    NONE => nodes[parent as usize].last,
                    _ => nodes[after as usize].before,
                };
                if before != NONE
                    && let Content::Text(already) = &mut nodes[before as usize].content
                {
                    already.push_tendril(&text);
                    return;
                }
                add(nodes, Content::Text(text))
            }
        };
        let depth = attach(nodes, parent, id, after);
        self.deepest.set(self.deepest.get().max(depth));
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Dom;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Dom {
        Dom { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.nodes.borrow(), |nodes| match &nodes[*target as usize].content {
            Content::Element(name, _) => name,
            _ => unreachable!("the parser asks only elements for their name"),
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        add(&mut self.nodes.borrow_mut(), Content::Element(name, attributes))
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        let content = match text.trim() {
            "[if !supportLists]" | "[endif]" => Content::Remark(text),
            _ => Content::Nothing,
        };
        add(&mut self.nodes.borrow_mut(), content)
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        add(&mut self.nodes.borrow_mut(), Content::Nothing)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.insert(*parent, child, NONE);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, before: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow()[*element as usize].parent != NONE;
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(before, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    /// The content of a template is no part of the page; it stays inside it here, and hidden.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow()[*sibling as usize].parent;
        if parent != NONE {
            self.insert(parent, child, *sibling);
        }
    }

    fn add_attrs_if_missing(&self, _target: &NodeId, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &NodeId) {
        detach(&mut self.nodes.borrow_mut(), *target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let nodes = &mut *self.nodes.borrow_mut();
        loop {
            let child = nodes[*node as usize].first;
            if child == NONE {
                break;
            }
            let depth = attach(nodes, *new_parent, child, NONE);
            self.deepest.set(self.deepest.get().max(depth));
        }
    }
}

/// Reads tokens into paragraphs of text, images and line breaks, whatever their tags would build.
struct Paragraphs {
    nodes: RefCell<Vec<Node>>,
    paragraph: Cell<NodeId>,
    /// The element whose raw text is being passed over.
    skipping: RefCell<Option<LocalName>>,
}

impl Default for Paragraphs {
    fn default() -> Self {
        Paragraphs {
            nodes: RefCell::new(vec![Node::new(Content::Nothing)]),
            paragraph: Cell::new(NONE),
            skipping: RefCell::new(None),
        }
    }
}

impl Paragraphs {
    fn append(&self, content: Content) {
        let nodes = &mut *self.nodes.borrow_mut();
        if self.paragraph.get() == NONE {
            let paragraph = add(nodes, Content::Element(html_name(local_name!("p")), Vec::new()));
            attach(nodes, ROOT, paragraph, NONE);
            self.paragraph.set(paragraph);
        }
        let id = add(nodes, content);
        attach(nodes, self.paragraph.get(), id, NONE);
    }

    fn tag(&self, tag: Tag) -> TokenSinkResult<()> {
        match &*tag.name {
            "br" | "img" => {
                self.append(Content::Element(html_name(tag.name), tag.attrs));
                return TokenSinkResult::Continue;
            }
            // What runs on in its line; all else, known or not, ends the paragraph.
            "a" | "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "del" | "dfn" | "em"
            | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "q" | "s" | "samp" | "small" | "span"
            | "strike" | "strong" | "sub" | "sup" | "tt" | "u" | "var" | "wbr" => return TokenSinkResult::Continue,
            _ => self.paragraph.set(NONE),
        }
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        let raw = match &*tag.name {
            "script" => RawKind::ScriptData,
            "style" | "iframe" | "noembed" | "noframes" | "noscript" | "xml" => RawKind::Rawtext,
            "title" => RawKind::Rcdata,
            _ => return TokenSinkResult::Continue,
        };
        *self.skipping.borrow_mut() = Some(tag.name);
        TokenSinkResult::RawData(raw)
    }
}

impl TokenSink for Paragraphs {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        let ends_skip = match &token {
            Token::TagToken(tag) => tag.kind == TagKind::EndTag && self.skipping.borrow().as_ref() == Some(&tag.name),
            _ => false,
        };
        if ends_skip {
            *self.skipping.borrow_mut() = None;
        }
        match token {
            _ if self.skipping.borrow().is_some() => TokenSinkResult::Continue,
            Token::CharacterTokens(text) => {
                self.append(Content::Text(text));
                TokenSinkResult::Continue
            }
            Token::TagToken(tag) => self.tag(tag),
            _ => TokenSinkResult::Continue,
        }
    }
}
