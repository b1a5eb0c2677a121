//! The running text of a Markdown, block by block, and changes of single characters in it that
//! leave all else as it stands: marks, code, addresses, escapes, the bars of a table.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::render::{bounded, events};

/// Stands for a piece of code among the letters: a word that nobody may change.
pub(in crate::kit) const CODE: char = '\u{fffc}';

/// One character of a text, and where it stands in the source.
#[derive(Debug, Clone, Copy)]
pub(in crate::kit) struct Letter {
    /// The character that a reader sees.
    pub(in crate::kit) c: char,
    /// Nothing of it may change: code, an escape, a character reference, an address.
    pub(in crate::kit) fixed: bool,
    /// Its bytes in the source; none, where it was put in.
    at: usize,
    end: usize,
    changed: bool,
}

/// A change at one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::kit) enum Change {
    /// Another character in its place.
    Set(char),
    /// Nothing in its place.
    Cut,
    /// One more before it, after whatever mark stands there.
    Before(char),
    /// One more after it, before whatever mark stands there.
    After(char),
}

/// The letters of one block: a paragraph, a heading, a cell, a line.
#[derive(Debug, Default)]
pub(in crate::kit) struct Prose {
    letters: Vec<Letter>,
    cuts: Vec<Range<usize>>,
}

impl Prose {
    /// The letters, in their order.
    pub(in crate::kit) fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// Lets nothing change in some letters.
    pub(in crate::kit) fn fix(&mut self, letters: Range<usize>) {
        for letter in &mut self.letters[letters] {
            letter.fixed = true;
        }
    }

    /// Makes changes, each at the place of a letter; those at fixed letters are left out. Whether
    /// any was made.
    pub(in crate::kit) fn apply(&mut self, mut changes: Vec<(usize, Change)>) -> bool {
        changes.retain(|(at, _)| !self.letters[*at].fixed);
        if changes.is_empty() {
            return false;
        }
        changes.sort_by_key(|(at, _)| *at);
        let mut changes = changes.into_iter().peekable();
        let mut letters = Vec::with_capacity(self.letters.len() + changes.len());
        for (at, letter) in self.letters.iter().enumerate() {
            let mut now = Some(*letter);
            let mut after = None;
            let put_in = |c, at| Letter { c, fixed: false, at, end: at, changed: true };
            while let Some((_, change)) = changes.next_if(|(place, _)| *place == at) {
                match change {
                    Change::Set(c) => now = now.map(|letter| Letter { c, changed: true, ..letter }),
                    Change::Cut => now = None,
                    Change::Before(c) => letters.push(put_in(c, letter.at)),
                    Change::After(c) => after = Some(put_in(c, letter.end)),
                }
            }
            match now {
                Some(letter) => letters.push(letter),
                None if letter.at < letter.end => self.cuts.push(letter.at..letter.end),
                None => {}
            }
            letters.extend(after);
        }
        self.letters = letters;
        true
    }

    fn push(&mut self, text: &str, at: usize, fixed: bool) {
        for (offset, c) in text.char_indices() {
            let at = at + offset;
            self.letters.push(Letter { c, fixed, at, end: at + c.len_utf8(), changed: false });
        }
    }

    /// Characters that the source spells otherwise.
    fn push_fixed(&mut self, shown: &str, source: Range<usize>) {
        let mut at = source.start;
        for c in shown.chars() {
            self.letters.push(Letter { c, fixed: true, at, end: source.end, changed: false });
            at = source.end;
        }
    }

    fn patches(self) -> impl Iterator<Item = Patch> {
        let changed = self.letters.into_iter().filter(|letter| letter.changed);
        let letters = changed.map(|letter| (letter.at..letter.end, Some(letter.c)));
        letters.chain(self.cuts.into_iter().map(|cut| (cut, None)))
    }
}

type Patch = (Range<usize>, Option<char>);

/// Has `by` change the letters of each line of a text without marks.
pub(in crate::kit) fn revise_lines(text: &str, mut by: impl FnMut(&mut Prose)) -> String {
    let mut patches = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut prose = Prose::default();
        prose.push(line.trim_end_matches(['\r', '\n']), at, false);
        by(&mut prose);
        patches.extend(prose.patches());
        at += line.len();
    }
    patched(text, patches)
}

/// Has `by` change the letters of each block of a Markdown, as [`render`](super::render()) reads it.
///
/// Where a change would make other marks of the text, it stays as it is; so does a text with blocks
/// nested deeper than anyone would write. Line ends become LF.
pub(in crate::kit) fn revise(markdown: &str, mut by: impl FnMut(&mut Prose)) -> String {
    let source: Cow<'_, str> = match markdown.contains('\r') {
        true => markdown.replace("\r\n", "\n").replace('\r', "\n").into(),
        false => markdown.into(),
    };
    if bounded(&source) != source {
        return source.into_owned();
    }
    let mut patches = Vec::new();
    let mut prose = Prose::default();
    let mut unread = 0_usize;
    let mut in_code = false;
    for (event, range) in events(&source) {
        match event {
            Event::Text(_) if in_code => {}
            Event::Text(text) if source[range.clone()] == *text && unread == 0 => {
                let at = range.start;
                // The escape is part of what it escapes.
                let escaped = match source[..at].ends_with('\\') {
                    true => text.chars().next().filter(char::is_ascii_punctuation).map_or(0, char::len_utf8),
                    false => 0,
                };
                if escaped > 0 {
                    prose.push_fixed(&text[..escaped], at - 1..at + escaped);
                }
                prose.push(&text[escaped..], at + escaped, false);
            }
            Event::Text(text) | Event::InlineHtml(text) => prose.push_fixed(&text, range),
            Event::Code(_) => prose.push_fixed(CODE.encode_utf8(&mut [0; 4]), range),
            Event::SoftBreak | Event::HardBreak => prose.push_fixed("\n", range),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {}
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                unread += usize::from(unread > 0 || !has_words_of_its_own(link_type));
            }
            Event::End(TagEnd::Link | TagEnd::Image) => unread = unread.saturating_sub(1),
            block => {
                match block {
                    Event::Start(Tag::CodeBlock(_)) => in_code = true,
                    Event::End(TagEnd::CodeBlock) => in_code = false,
                    _ => {}
                }
                let mut block = std::mem::take(&mut prose);
                if !block.letters.is_empty() {
                    by(&mut block);
                    patches.extend(block.patches());
                }
            }
        }
    }
    let revised = patched(&source, patches);
    match revised == source || marks(&revised).eq(marks(&source)) {
        true => revised,
        false => source.into_owned(),
    }
}

/// Whether a link's words may change without its leading elsewhere: those of an autolink are its
/// address, those of `[words]` the name of a definition.
fn has_words_of_its_own(link_type: LinkType) -> bool {
    matches!(link_type, LinkType::Inline | LinkType::Reference)
}

/// What a text is made of, but for its words.
fn marks(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    events(markdown).map(|(event, _)| event).filter(|event| !matches!(event, Event::Text(_)))
}

fn patched(source: &str, mut patches: Vec<Patch>) -> String {
    // Of several at one place, what is put in comes before what stands there; else as they came.
    patches.sort_by_key(|(range, _)| (range.start, range.end));
    let mut out = String::with_capacity(source.len() + 3 * patches.len());
    let mut done = 0;
    for (range, c) in patches {
        out.push_str(&source[done..range.start]);
        out.extend(c);
        done = range.end;
    }
    out.push_str(&source[done..]);
    out
}
