//! What is different between two texts, word by word: in history, in a conflict of the editor, on the page of a former
//! edition.
//!
//! Words are those of Unicode (UAX #29), blanks stand for themselves, so that a change of typography is a change like any
//! other. The work is bounded: what is not aligned within [`PATIENCE`] is shown as taken out and put in, which is true,
//! only coarser.

use std::time::{Duration, Instant};

use maud::{Markup, html};
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff};

/// How long two texts are compared at the most.
pub const PATIENCE: Duration = Duration::from_millis(150);

/// Whether a piece is in both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// In both.
    Same,
    /// In the old one only.
    Gone,
    /// In the new one only.
    Come,
}

/// Some words of a text, with the blanks between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands.
    pub kind: Kind,
    /// As it is written.
    pub text: String,
}

/// The pieces of both texts in their order. All but what has come is the old text, all but what is gone the new one.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    words_until(old, new, Instant::now() + PATIENCE)
}

fn words_until(old: &str, new: &str, deadline: Instant) -> Vec<Piece> {
    let difference = TextDiff::configure().algorithm(Algorithm::Myers).deadline(deadline).diff_unicode_words(old, new);
    let mut pieces = Vec::new();
    let mut open = Open::default();
    for change in difference.iter_all_changes() {
        let text = change.value();
        match change.tag() {
            ChangeTag::Delete => open.gone.push_str(text),
            ChangeTag::Insert => open.come.push_str(text),
            // Blanks between two changes are part of one change: whole phrases are exchanged, not word for word.
            ChangeTag::Equal if open.is_change() && text.chars().all(is_blank) => open.blanks.push_str(text),
            ChangeTag::Equal => {
                open.close(&mut pieces);
                push(&mut pieces, Kind::Same, text);
            }
        }
        if change.tag() != ChangeTag::Equal && !open.blanks.is_empty() {
            open.go_on(change.tag(), text.len());
        }
    }
    open.close(&mut pieces);
    pieces
}

/// A change that is not finished.
#[derive(Default)]
struct Open {
    gone: String,
    come: String,
    /// In both texts after the change so far.
    blanks: String,
}

impl Open {
    fn is_change(&self) -> bool {
        !self.gone.is_empty() || !self.come.is_empty()
    }

    /// Another word of `len` bytes was added after blanks: they belong to both sides, before it.
    fn go_on(&mut self, tag: ChangeTag, len: usize) {
        let blanks = std::mem::take(&mut self.blanks);
        let (with, without) = match tag {
            ChangeTag::Delete => (&mut self.gone, &mut self.come),
            _ => (&mut self.come, &mut self.gone),
        };
        with.insert_str(with.len() - len, &blanks);
        without.push_str(&blanks);
    }

    fn close(&mut self, pieces: &mut Vec<Piece>) {
        let Open { gone, come, blanks } = std::mem::take(self);
        // What both sides begin or end with is no change: `del a` and `del b` differ in their last word.
        let before = common(gone.chars(), come.chars());
        let (head, gone) = gone.split_at(before);
        let come = &come[before..];
        let after = common(gone.chars().rev(), come.chars().rev());
        let (gone, tail) = gone.split_at(gone.len() - after);
        push(pieces, Kind::Same, head);
        push(pieces, Kind::Gone, gone);
        push(pieces, Kind::Come, &come[..come.len() - after]);
        push(pieces, Kind::Same, tail);
        push(pieces, Kind::Same, &blanks);
    }
}

/// How many bytes of blanks two texts begin with alike.
fn common(a: impl Iterator<Item = char>, b: impl Iterator<Item = char>) -> usize {
    a.zip(b).take_while(|(a, b)| a == b && is_blank(*a)).map(|(a, _)| a.len_utf8()).sum()
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn push(pieces: &mut Vec<Piece>, kind: Kind, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(last) if last.kind == kind => last.text.push_str(text),
        _ => pieces.push(Piece { kind, text: text.to_owned() }),
    }
}

/// A stretch of a longer text: paragraphs that are in both, or one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stretch {
    /// Paragraphs that did not change, as they are: what a page folds.
    Same(Vec<String>),
    /// A paragraph that changed, word by word; or one that is gone, or that came.
    Changed(Vec<Piece>),
}

/// The difference of two texts of several paragraphs (of Markdown: what stands between empty lines). Paragraphs that only
/// moved are gone there and come here.
pub fn paragraphs(old: &str, new: &str) -> Vec<Stretch> {
    let deadline = Instant::now() + PATIENCE;
    let (old, new) = (split(old), split(new));
    let mut stretches = Vec::new();
    for op in similar::capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline)) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                stretches.push(Stretch::Same(
                    old[old_index..old_index + len].iter().map(|text| (*text).to_owned()).collect(),
                ));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                stretches.extend(old[old_index..old_index + old_len].iter().map(|text| whole(Kind::Gone, text)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                stretches.extend(new[new_index..new_index + new_len].iter().map(|text| whole(Kind::Come, text)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (old, new) = (&old[old_index..old_index + old_len], &new[new_index..new_index + new_len]);
                let both = old.len().min(new.len());
                for (old, new) in old.iter().zip(new) {
                    stretches.push(Stretch::Changed(words_until(old, new, deadline)));
                }
                stretches.extend(old[both..].iter().map(|text| whole(Kind::Gone, text)));
                stretches.extend(new[both..].iter().map(|text| whole(Kind::Come, text)));
            }
        }
    }
    stretches
}

fn split(text: &str) -> Vec<&str> {
    text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n')).filter(|text| !text.trim().is_empty()).collect()
}

fn whole(kind: Kind, text: &str) -> Stretch {
    Stretch::Changed(vec![Piece { kind, text: text.to_owned() }])
}

/// How many words came and how many are gone.
pub fn count<'a>(pieces: impl IntoIterator<Item = &'a Piece>) -> (usize, usize) {
    pieces.into_iter().fold((0, 0), |(come, gone), piece| {
        let words = piece.text.split_whitespace().count();
        match piece.kind {
            Kind::Same => (come, gone),
            Kind::Come => (come + words, gone),
            Kind::Gone => (come, gone + words),
        }
    })
}

/// The pieces as a page shows them: struck and underlined, with words for a screen reader in the styles' `::before`.
/// Blanks as they are need `white-space: pre-line` of the element around.
pub fn word_difference(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @match piece.kind {
                Kind::Same => (piece.text),
                Kind::Gone => del { (piece.text) },
                Kind::Come => ins { (piece.text) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `[-gone-]{+come+}`
    fn shown(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| match piece.kind {
                Kind::Same => piece.text.clone(),
                Kind::Gone => format!("[-{}-]", piece.text),
                Kind::Come => format!("{{+{}+}}", piece.text),
            })
            .collect()
    }

    #[test]
    fn a_difference_reads_as_a_person_would_mark_it() {
        for (old, new, expected) in [
            ("", "", ""),
            ("un", "un", "un"),
            ("", "un deux", "{+un deux+}"),
            ("un deux", "", "[-un deux-]"),
            ("Le pont est rouvert", "Le pont rouvre", "Le pont [-est rouvert-]{+rouvre+}"),
            ("de 1 250 tonnes", "de 1 350 tonnes", "de 1 [-250-]{+350+} tonnes"),
            ("Eau\u{a0}: deux", "Eau : deux", "Eau[-\u{a0}-]{+ +}: deux"),
            ("l’eau monte", "l’eau baisse", "l’eau [-monte-]{+baisse+}"),
            ("a b c d", "a x y d", "a [-b c-]{+x y+} d"),
            ("fin", "fin.", "fin{+.+}"),
        ] {
            assert_eq!(shown(&words(old, new)), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn unchanged_paragraphs_stand_together() {
        let old = "Un.\n\nDeux.\n\nTrois mots ici.\n\nQuatre.";
        let new = "Un.\n\nDeux.\n\nTrois mots là.\n\nQuatre.\n\nCinq.";
        let stretches = paragraphs(old, new);
        assert_eq!(stretches.len(), 4, "{stretches:?}");
        assert_eq!(stretches[0], Stretch::Same(vec!["Un.".into(), "Deux.".into()]));
        let Stretch::Changed(pieces) = &stretches[1] else { panic!("{stretches:?}") };
        assert_eq!(shown(pieces), "Trois mots [-ici-]{+là+}.");
        assert_eq!(count(pieces), (1, 1));
        assert_eq!(stretches[3], whole(Kind::Come, "Cinq."));
    }

    #[test]
    fn the_longest_texts_are_compared_in_bounded_time() {
        let old: String = (0..60_000).map(|n| format!("{} ", n * 7 % 1009)).collect();
        let new: String = (0..60_000).map(|n| format!("{} ", n * 11 % 1013)).collect();
        let begun = Instant::now();
        let pieces = words(&old, &new);
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        assert!(pieces.iter().filter(|piece| piece.kind != Kind::Gone).map(|piece| piece.text.as_str()).eq_text(&new));
    }

    trait EqText {
        fn eq_text(self, text: &str) -> bool;
    }

    impl<'a, I: Iterator<Item = &'a str>> EqText for I {
        fn eq_text(self, text: &str) -> bool {
            self.collect::<String>() == text
        }
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_from_the_pieces(old in "[ab é\u{a0}.\n]{0,40}", new in "[ab é\u{a0}.\n]{0,40}") {
            let pieces = words(&old, &new);
            let but = |kind| pieces.iter().filter(move |piece| piece.kind != kind).map(|piece| piece.text.as_str());
            prop_assert!(but(Kind::Come).eq_text(&old), "{pieces:?}");
            prop_assert!(but(Kind::Gone).eq_text(&new), "{pieces:?}");
        }
    }
}
