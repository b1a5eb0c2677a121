//! The words that somebody looks for, as they were typed and as they are understood.

use unicode_normalization::UnicodeNormalization;

/// Words, phrases in quotation marks, exclusions; as typed, in one spelling (NFC, one blank between words, no control
/// characters, at most [`Words::MAX`] characters).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words(String);

impl Words {
    /// The most characters that are looked at; what follows is left out.
    pub const MAX: usize = 300;

    /// From what was typed; none if nothing is left.
    pub fn read(typed: &str) -> Option<Self> {
        let one_blank = typed.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let text: String = one_blank.collect::<Vec<_>>().join(" ").nfc().take(Self::MAX).collect();
        let text = text.trim_end();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// As typed, in one spelling.
    pub fn text(&self) -> &str {
        &self.0
    }
}
