//! Finds in which character set a column of an old database really is, by what it holds, and makes text of it.
//!
//! What a table declares says little: for years PHP wrote UTF-8 through connections that MySQL took for Latin-1. Dumped as
//! Latin-1 the bytes come out as UTF-8; dumped as UTF-8, each of them was encoded once more. So the bytes themselves are
//! asked: text that happens to be valid UTF-8 is UTF-8, and text whose UTF-8, read as Windows-1252 (what MySQL calls
//! latin1), is once more valid UTF-8 was encoded twice. One short text can deceive; a column doesn't.

use std::borrow::Cow;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Charset {
    /// UTF-8, or nothing but ASCII.
    #[default]
    Utf8,
    /// Windows-1252, MySQL's `latin1`.
    Latin1,
    /// UTF-8 that was taken for Latin-1 and encoded once more.
    Twice,
}

impl Charset {
    /// For people.
    pub const fn name(self) -> &'static str {
        match self {
            Charset::Utf8 => "UTF-8",
            Charset::Latin1 => "Latin-1",
            Charset::Twice => "UTF-8 encoded twice",
        }
    }
}

/// How many values of a column look like what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Valid UTF-8 with other letters than ASCII.
    pub utf8: u64,
    /// The same, and once more valid when it is decoded once.
    pub twice: u64,
    /// No UTF-8.
    pub other: u64,
}

impl Tally {
    /// Counts a value.
    pub fn count(&mut self, value: &[u8]) {
        if value.is_ascii() {
            return;
        }
        match std::str::from_utf8(value) {
            Err(_) => self.other += 1,
            Ok(text) if once(text).is_some() => self.twice += 1,
            Ok(_) => self.utf8 += 1,
        }
    }

    /// What the column is: what most of its values are.
    pub fn charset(&self) -> Charset {
        if self.other > self.utf8 + self.twice {
            Charset::Latin1
        } else if self.twice > self.utf8 {
            Charset::Twice
        } else {
            Charset::Utf8
        }
    }

    /// How many values are not what the column is.
    pub fn odd(&self) -> u64 {
        match self.charset() {
            Charset::Utf8 => self.twice + self.other,
            Charset::Latin1 => self.utf8 + self.twice,
            Charset::Twice => self.utf8 + self.other,
        }
    }
}

/// Makes text of a value of a column of that kind. The second is `true` if it is not what its column is. A value that is
/// no UTF-8 is Latin-1, in which every byte is something; no value is lost. NUL goes, which Postgres cannot hold.
pub fn decode(value: &[u8], charset: Charset) -> (Cow<'_, str>, bool) {
    let (text, is_odd) = if value.is_ascii() {
        // Safe and cheap: ASCII is UTF-8.
        (Cow::Borrowed(std::str::from_utf8(value).unwrap_or_default()), false)
    } else {
        match (charset, std::str::from_utf8(value)) {
            (Charset::Utf8, Ok(text)) => (Cow::Borrowed(text), false),
            (Charset::Twice, Ok(text)) => match once(text) {
                Some(text) => (Cow::Owned(text), false),
                None => (Cow::Borrowed(text), true),
            },
            // Whole sentences of Latin-1 that are valid UTF-8 by chance do not exist.
            (Charset::Latin1, Ok(text)) => (Cow::Borrowed(text), true),
            (charset, Err(_)) => {
                (Cow::Owned(value.iter().map(|byte| of_byte(*byte)).collect()), charset != Charset::Latin1)
            }
        }
    };
    if text.contains('\0') { (Cow::Owned(text.replace('\0', "")), is_odd) } else { (text, is_odd) }
}

/// The text that was encoded twice to give this one; none if this one was not.
pub fn once(text: &str) -> Option<String> {
    // The first byte of every UTF-8 sequence of two or three becomes one of these when it is taken for Latin-1.
    if !text.bytes().any(|byte| matches!(byte, 0xc2..=0xc5)) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        bytes.push(to_byte(c)?);
    }
    String::from_utf8(bytes).ok().filter(|once| once.len() < text.len())
}

/// The bytes 0x80 to 0x9f in Windows-1252. The five that it leaves open are control characters, as MySQL has them.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn of_byte(byte: u8) -> char {
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

fn to_byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (0..=0x7f | 0xa0..=0xff) => u8::try_from(code).ok(),
        _ => HIGH.iter().position(|high| *high == c).and_then(|at| u8::try_from(at + 0x80).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn latin1(text: &str) -> Vec<u8> {
        text.chars().map(|c| to_byte(c).expect("a letter of Latin-1")).collect()
    }

    fn twice(text: &str) -> Vec<u8> {
        text.bytes().map(of_byte).collect::<String>().into_bytes()
    }

    #[test]
    fn a_column_is_what_most_of_its_values_are() {
        let texts =
            ["Économie numérique : l’été", "Größe „und“ Maß", "één € per dag", "plain", "œuvre — déjà", "Ÿ ‰ ž"];
        for (charset, write) in [
            (Charset::Utf8, (|text: &str| text.as_bytes().to_vec()) as fn(&str) -> Vec<u8>),
            (Charset::Latin1, latin1),
            (Charset::Twice, twice),
        ] {
            let mut tally = Tally::default();
            for text in texts {
                tally.count(&write(text));
            }
            assert_eq!((tally.charset(), tally.odd()), (charset, 0), "{tally:?}");
            for text in texts {
                let bytes = write(text);
                assert_eq!(decode(&bytes, tally.charset()), (Cow::Borrowed(text), false), "{charset:?}");
            }
        }
    }

    #[test]
    fn a_value_that_is_not_what_its_column_is_stays_readable_and_is_told() {
        for (bytes, charset, text, is_odd) in [
            (b"caf\xe9".as_slice(), Charset::Utf8, "café", true),
            ("café".as_bytes(), Charset::Latin1, "café", true),
            ("café".as_bytes(), Charset::Twice, "café", true),
            (b"caf\xe9", Charset::Twice, "café", true),
            (b"cafe\0", Charset::Utf8, "cafe", false),
            ("Ω".as_bytes(), Charset::Twice, "Ω", true),
            ("Ã".as_bytes(), Charset::Utf8, "Ã", false),
        ] {
            assert_eq!(decode(bytes, charset), (Cow::Borrowed(text), is_odd), "{bytes:?}");
        }
    }
}
