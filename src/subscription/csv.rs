//! Lines of values separated by commas (RFC 4180), as spreadsheets of the continent write them too: by semicolons.
//!
//! A line is a record: no value of ours holds a line break, so that a quotation mark that nobody closed costs its own line
//! and not the rest of the file.

use std::fmt::Write as _;

/// Why a line cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// A quotation mark that is not closed, or something after one that is.
    #[error("a quotation mark in the wrong place")]
    Quotes,
}

/// The values of one line.
pub fn read(line: &str, separator: char) -> Result<Vec<String>, LineError> {
    let mut values = Vec::new();
    let mut rest = line;
    loop {
        let (value, after) = match rest.strip_prefix('"') {
            Some(quoted) => {
                let mut value = String::new();
                let mut chars = quoted.char_indices().peekable();
                let end = loop {
                    match chars.next() {
                        Some((_, '"')) if chars.peek().is_some_and(|(_, next)| *next == '"') => {
                            chars.next();
                            value.push('"');
                        }
                        Some((at, '"')) => break at + 1,
                        Some((_, c)) => value.push(c),
                        None => return Err(LineError::Quotes),
                    }
                };
                (value, &quoted[end..])
            }
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                (rest[..end].to_owned(), &rest[end..])
            }
        };
        values.push(value);
        match after.strip_prefix(separator) {
            Some(next) => rest = next,
            None if after.is_empty() => return Ok(values),
            None => return Err(LineError::Quotes),
        }
    }
}

/// Which character parts the values of a file with this first line.
pub fn separator(head: &str) -> char {
    if !head.contains(',') && head.contains(';') { ';' } else { ',' }
}

/// What a spreadsheet would take for a formula: it gets a `'` before it, and so does what begins with one, so that
/// [`bare`] gives back what was written (PROMISES 1.2.10).
const STARTS: [char; 5] = ['=', '+', '-', '@', '\''];

/// One line with its end.
pub fn write(values: &[&str]) -> String {
    let mut line = String::new();
    for (place, value) in values.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        let guard = if value.starts_with(STARTS) { "'" } else { "" };
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if value.contains([',', ';', '"']) {
            let _ = write!(line, "\"{guard}{}\"", value.replace('"', "\"\""));
        } else {
            let _ = write!(line, "{guard}{value}");
        }
    }
    line.push_str("\r\n");
    line
}

/// A value without the guard that [`write()`] put before it.
pub fn bare(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(STARTS) => rest,
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        for values in [
            vec!["a@example.org", "fr nl", "", "slots:09:00+17:00", "2025-01-01", "card, \"signed\""],
            vec!["=cmd@example.org", "+1", "-1", "@x", "'quoted", "'"],
            vec![""],
        ] {
            let line = write(&values);
            assert!(!line.starts_with('='), "{line}");
            let read = read(line.trim_end(), ',').expect("read");
            assert_eq!(read.iter().map(|value| bare(value)).collect::<Vec<_>>(), values);
        }
        assert_eq!(write(&["a\r\nb"]), "a  b\r\n");
    }

    #[test]
    fn lines_are_read_as_spreadsheets_write_them() {
        assert_eq!(read("a;\"b;c\";", ';'), Ok(vec!["a".into(), "b;c".into(), String::new()]));
        assert_eq!(read("a,b \"c\"", ','), Ok(vec!["a".into(), "b \"c\"".into()]));
        for wrong in ["\"a", "\"a\"b,c", "a,\"b\"\"", "\""] {
            assert_eq!(read(wrong, ','), Err(LineError::Quotes), "{wrong}");
        }
        assert_eq!([separator("email;languages"), separator("email,a;b"), separator("email")], [';', ',', ',']);
    }
}
