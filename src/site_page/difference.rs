//! What two texts do not share, word by word.

use maud::{Markup, html};

/// The most words that are compared one by one; of longer texts the middle counts as changed.
const WORDS: usize = 2_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part<'a> {
    Same(&'a str),
    Gone(&'a str),
    New(&'a str),
}

/// Words with the blanks that follow them.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive([' ', '\n', '\t']).collect()
}

fn compare<'a>(old: &'a str, new: &'a str) -> Vec<Part<'a>> {
    let (old, new) = (words(old), words(new));
    let before = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let after = old[before..].iter().rev().zip(new[before..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&old[before..old.len() - after], &new[before..new.len() - after]);
    let mut parts: Vec<Part<'a>> = old[..before].iter().map(|word| Part::Same(word)).collect();
    if a.len() > WORDS || b.len() > WORDS {
        parts.extend(a.iter().map(|word| Part::Gone(word)));
        parts.extend(b.iter().map(|word| Part::New(word)));
    } else {
        // The longest common subsequence, by the table of its lengths from the end.
        let width = b.len() + 1;
        let mut lengths = vec![0_u16; (a.len() + 1) * width];
        for i in (0..a.len()).rev() {
            for j in (0..b.len()).rev() {
                lengths[i * width + j] = if a[i] == b[j] {
                    lengths[(i + 1) * width + j + 1] + 1
                } else {
                    lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
                };
            }
        }
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            if i < a.len() && j < b.len() && a[i] == b[j] {
                parts.push(Part::Same(a[i]));
                (i, j) = (i + 1, j + 1);
            } else if i < a.len() && (j == b.len() || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
                parts.push(Part::Gone(a[i]));
                i += 1;
            } else {
                parts.push(Part::New(b[j]));
                j += 1;
            }
        }
    }
    parts.extend(old[old.len() - after..].iter().map(|word| Part::Same(word)));
    parts
}

/// The new text with what is gone and what has come marked; runs of one kind stand together.
pub fn marked(old: &str, new: &str) -> Markup {
    let parts = compare(old, new);
    let runs = parts.chunk_by(|a, b| std::mem::discriminant(a) == std::mem::discriminant(b));
    html! {
        @for run in runs {
            @let text: String = run.iter().map(|part| match part { Part::Same(word) | Part::Gone(word) | Part::New(word) => *word }).collect();
            @match run[0] {
                Part::Same(_) => (text),
                Part::Gone(_) => del { (text) },
                Part::New(_) => ins { (text) },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_what_is_shared_and_its_own() {
        for (old, new, expected) in [
            ("one two three", "one two three", "one two three"),
            ("one two three", "one 2 three", "one <del>two </del><ins>2 </ins>three"),
            ("", "one", "<ins>one</ins>"),
            ("a b c d", "b c x d", "<del>a </del>b c <ins>x </ins>d"),
            ("a <b>", "a <i>", "a <del>&lt;b&gt;</del><ins>&lt;i&gt;</ins>"),
        ] {
            assert_eq!(marked(old, new).into_string(), expected);
            let parts = compare(old, new);
            let of = |is: fn(&Part<'_>) -> bool| -> String {
                parts
                    .iter()
                    .filter(|part| is(part))
                    .map(|part| match part {
                        Part::Same(word) | Part::Gone(word) | Part::New(word) => *word,
                    })
                    .collect()
            };
            assert_eq!(of(|part| !matches!(part, Part::New(_))), old);
            assert_eq!(of(|part| !matches!(part, Part::Gone(_))), new);
        }
    }
}
