//! Lines of a file, each within a bound, however long they are.

use std::io::{self, BufRead};

/// The most bytes of one record in a file; the longest real ones have some hundred thousand.
pub const RECORD_MAX_BYTES: usize = 16 * 1024 * 1024;

/// What [`read_line`] found.
#[derive(Debug, PartialEq, Eq)]
pub enum Line {
    /// It is in the buffer, without its end.
    Whole,
    /// It is over the limit; it was passed over.
    TooLong,
    /// There is none any more.
    End,
}

/// Reads the next line into `line`, holding at most `most` bytes of it.
pub fn read_line(text: &mut impl BufRead, line: &mut Vec<u8>, most: usize) -> io::Result<Line> {
    line.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let ahead = match text.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ahead => ahead?,
        };
        if ahead.is_empty() {
            break;
        }
        any = true;
        let end = ahead.iter().position(|byte| *byte == b'\n');
        let part = &ahead[..end.unwrap_or(ahead.len())];
        too_long |= line.len() + part.len() > most;
        if !too_long {
            line.extend_from_slice(part);
        }
        let taken = part.len() + usize::from(end.is_some());
        text.consume(taken);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => Line::End,
        (true, true) => {
            line.clear();
            Line::TooLong
        }
        (true, false) => Line::Whole,
    })
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn a_line_over_the_limit_is_passed_over_and_the_next_one_read() {
        // A reader of three bytes, so that lines span its buffers.
        let mut text = BufReader::with_capacity(3, &b"abcd\n0123456789\nefg\n\nlast"[..]);
        let mut line = Vec::new();
        let mut seen = Vec::new();
        loop {
            match read_line(&mut text, &mut line, 5).expect("memory can be read") {
                Line::End => break,
                found => seen.push((found, String::from_utf8(line.clone()).expect("ASCII"))),
            }
        }
        let expected = [
            (Line::Whole, "abcd"),
            (Line::TooLong, ""),
            (Line::Whole, "efg"),
            (Line::Whole, ""),
            (Line::Whole, "last"),
        ];
        assert_eq!(seen, expected.map(|(found, text)| (found, text.to_owned())));
    }
}
