//! Tables in CSV (RFC 4180), written and read, as spreadsheets of the continent write them too: with semicolons.
//!
//! No program that opens one must take a cell for a formula (CWE-1236, PROMISES 1.2.10): what begins like one gets an
//! apostrophe in front. One whose columns are parted by semicolons or tabs begins a cell after each of these, too.
//!
//! A line that is read is a record: no value of ours holds a line break there, so that a quotation mark that nobody closed
//! costs its own line and not the rest of the file.

use std::fmt::Write as _;

/// With what a formula begins.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];
/// As [`FORMULA`], and what stands before one: [`bare`] gives back what [`write()`] was given.
const STARTS: [char; 5] = ['=', '+', '-', '@', '\''];

/// Where a program may begin a cell.
fn parts(c: char) -> bool {
    matches!(c, ';' | '\t' | '\n' | '\r')
}

fn guarded(text: &str, signs: &[char]) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    let mut begins = true;
    for c in text.chars() {
        if begins && signs.contains(&c) {
            out.push('\'');
        }
        out.push(c);
        begins = parts(c);
    }
    out
}

fn quoted(text: String) -> String {
    if text.contains(|c| parts(c) || c == ',' || c == '"') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

/// One cell, quoted where it must be.
pub fn cell(text: &str) -> String {
    let guard = if text.starts_with(['\t', '\r']) { "'" } else { "" };
    quoted(format!("{guard}{}", guarded(text, &FORMULA)))
}

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

/// One line with its end, to be read again by [`read`] and [`bare`].
pub fn write(values: &[&str]) -> String {
    let mut line = String::new();
    for (place, value) in values.iter().enumerate() {
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let comma = if place > 0 { "," } else { "" };
        let _ = write!(line, "{comma}{}", quoted(guarded(&value, &STARTS)));
    }
    line.push_str("\r\n");
    line
}

/// A value without the guards that [`write()`] put into it.
pub fn bare(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut begins = true;
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        if begins && c == '\'' && chars.peek().is_some_and(|next| STARTS.contains(next)) {
            begins = false;
            continue;
        }
        out.push(c);
        begins = parts(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_again() {
        for values in [
            vec!["a@example.org", "fr nl", "", "slots:09:00+17:00", "2025-01-01", "card, \"signed\""],
            vec!["=cmd@example.org", "+1", "-1", "@x", "'quoted", "'", "a;=1", "a;'=1;b"],
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
    fn no_program_takes_a_cell_for_a_formula_whatever_parts_its_columns() {
        for (text, written) in [
            ("plain", "plain"),
            ("'t Hooft", "'t Hooft"),
            ("=1+1", "'=1+1"),
            ("a,b", "\"a,b\""),
            ("a;=1+1", "\"a;'=1+1\""),
            ("a\t@x", "\"a\t'@x\""),
            ("a\n-1", "\"a\n'-1\""),
            ("\t=1", "\"'\t'=1\""),
            ("say \"yes\"", "\"say \"\"yes\"\"\""),
        ] {
            assert_eq!(cell(text), written);
        }
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
