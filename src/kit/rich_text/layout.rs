//! Blocks as lines of text: which prefix each line has inside its quotations and list items, and
//! where a blank line stands. Markdown and the plain text of a mail are laid out alike.

/// Quotations and items inside each other, beyond which they are no longer set apart.
const MAX_FRAMES: usize = 12;

/// Lines so far, and the quotations, lists and items that are open.
#[derive(Default)]
pub(super) struct Layout {
    out: String,
    frames: Vec<Frame>,
    /// Frames opened beyond [`MAX_FRAMES`].
    beyond: usize,
    lists: Vec<List>,
    /// The list that the last block belonged to, once closed: another right after it needs a
    /// marker of its own kind, or the two are one (CommonMark §5.3).
    closed: Option<List>,
    /// No two lists of one kind need to be told apart.
    plain: bool,
}

enum Frame {
    Quote { begun: bool },
    Item { marker: String, begun: bool, close_to_last: bool, blocks: usize },
}

#[derive(Clone)]
struct List {
    /// The next number, in an ordered list.
    number: Option<u64>,
    other_marker: bool,
    items: usize,
    /// How many frames stand around it.
    depth: usize,
    /// Blocks in its last item.
    blocks: usize,
    /// It stands between two items of the list around it, and was put into the one before.
    rejoined: bool,
}

impl Layout {
    /// A layout for readers and not for a parser: no marker is ever changed.
    pub(super) fn plain() -> Self {
        Layout { plain: true, ..Layout::default() }
    }

    pub(super) fn finish(self) -> String {
        self.out
    }

    pub(super) fn open_quote(&mut self) {
        self.open(Frame::Quote { begun: false });
    }

    /// Opens a list, bulleted or numbered from `start` on.
    ///
    /// One that goes on right after another of its kind is the same list to a reader, and stays one.
    pub(super) fn open_list(&mut self, start: Option<u64>) {
        let goes_on = |last: &mut List| last.depth == self.frames.len() && last.number == start;
        if !self.plain
            && let Some(list) = self.closed.take_if(goes_on)
        {
            return self.lists.push(List { rejoined: false, ..list });
        }
        // HTML writes an inner list often beside the item that it belongs to, not in it.
        let rejoined = match self.lists.last_mut() {
            Some(around) if around.items > 0 && around.depth == self.frames.len() => {
                around.blocks = 1;
                let width = around.marker_width();
                self.open(Frame::Item { marker: " ".repeat(width), begun: true, close_to_last: true, blocks: 1 });
                true
            }
            _ => false,
        };
        let depth = self.frames.len();
        let other_marker = !self.plain
            && self.closed.take().is_some_and(|last| {
                last.depth == depth && last.number.is_some() == start.is_some() && !last.other_marker
            });
        self.lists.push(List { number: start, other_marker, items: 0, depth, blocks: 0, rejoined });
    }

    pub(super) fn close_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        if list.rejoined {
            self.close();
        }
        if list.items > 0 {
            self.closed = Some(list);
        }
    }

    /// Whether an item opened now would stand in a list.
    pub(super) fn in_list(&self) -> bool {
        self.lists.last().is_some_and(|list| list.depth == self.frames.len() || self.beyond > 0)
    }

    /// `number` is what the item says of itself (`value=`).
    pub(super) fn open_item(&mut self, number: Option<u64>) {
        if self.lists.is_empty() {
            self.open_list(None);
        }
        let Some(list) = self.lists.last_mut() else { return };
        if list.number.is_some() && number.is_some() {
            list.number = number;
        }
        let marker = list.marker();
        let close_to_last = if list.items > 0 {
            list.blocks <= 1
        } else {
            // A list whose first number is not 1 can't follow a paragraph's line (CommonMark §5.3).
            list.number.is_none_or(|number| number == 1) && list.depth > 0
        };
        self.open(Frame::Item { marker, begun: false, close_to_last, blocks: 0 });
    }

    pub(super) fn close_item(&mut self) {
        if let Some(Frame::Item { begun: true, blocks, .. }) = self.close()
            && let Some(list) = self.lists.last_mut()
        {
            list.items += 1;
            list.blocks = blocks;
            list.number = list.number.map(|number| (number + 1).min(999_999_999));
        }
    }

    fn open(&mut self, frame: Frame) {
        if self.frames.len() < MAX_FRAMES {
            self.frames.push(frame);
        } else {
            self.beyond += 1;
        }
    }

    /// Closes the innermost frame, a quotation or an item.
    pub(super) fn close_quote(&mut self) {
        self.close();
    }

    fn close(&mut self) -> Option<Frame> {
        if self.beyond > 0 {
            self.beyond -= 1;
            None
        } else {
            self.frames.pop()
        }
    }

    /// Writes a block; `text` may have several lines.
    pub(super) fn block(&mut self, text: &str) {
        if !self.out.is_empty() {
            self.out.push('\n');
            if !self.is_close_to_last() {
                let at = self.out.len();
                for frame in self.frames.iter().take_while(|frame| frame.has_begun()) {
                    frame.indent(&mut self.out);
                }
                self.out.truncate(at + self.out[at..].trim_end().len());
                self.out.push('\n');
            }
        }
        for (number, line) in text.split('\n').enumerate() {
            let at = self.out.len();
            if number > 0 {
                self.out.push('\n');
            }
            for frame in &mut self.frames {
                frame.prefix(&mut self.out);
            }
            if line.is_empty() {
                let kept = self.out[at..].trim_end_matches(' ').len();
                self.out.truncate(at + kept);
            }
            self.out.push_str(line);
        }
        self.closed = None;
        if let Some(Frame::Item { blocks, .. }) = self.frames.last_mut() {
            *blocks += 1;
        }
    }

    /// Whether the block to come follows the last line at once: the first of an item does, after
    /// an item of one block.
    fn is_close_to_last(&self) -> bool {
        let first_new = self.frames.iter().find(|frame| !frame.has_begun());
        matches!(first_new, Some(Frame::Item { close_to_last: true, .. }))
    }
}

impl List {
    fn marker(&self) -> String {
        match (self.number, self.other_marker) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(number), false) => format!("{number}. "),
            (Some(number), true) => format!("{number}) "),
        }
    }

    fn marker_width(&self) -> usize {
        match self.number {
            None => 2,
            Some(number) => number.saturating_sub(1).to_string().len() + 2,
        }
    }
}

impl Frame {
    fn has_begun(&self) -> bool {
        match self {
            Frame::Quote { begun } | Frame::Item { begun, .. } => *begun,
        }
    }

    fn indent(&self, out: &mut String) {
        match self {
            Frame::Quote { .. } => out.push_str("> "),
            Frame::Item { marker, .. } => out.extend(marker.chars().map(|_| ' ')),
        }
    }

    fn prefix(&mut self, out: &mut String) {
        match self {
            Frame::Item { marker, begun, .. } if !*begun => {
                *begun = true;
                out.push_str(marker);
            }
            Frame::Quote { begun } => {
                *begun = true;
                out.push_str("> ");
            }
            Frame::Item { .. } => self.indent(out),
        }
    }
}
