//! Opens a file of an archive and yields its records one by one, never holding more than one.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context as _, bail};
use flate2::bufread::MultiGzDecoder;

use super::record::{Record, Refusal};

/// The most bytes of one record in a file; the longest real ones have some hundred thousand.
pub const RECORD_MAX_BYTES: usize = 16 * 1024 * 1024;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, plain or gzip.
    Jsonl,
}

/// One piece of a file: a record, or why it is none.
#[derive(Debug)]
pub struct Piece {
    /// The line that it begins at, 1 for the first.
    pub line: u64,
    /// What it says.
    pub record: Result<Record, Refusal>,
}

/// The pieces of a file in their order. One that cannot be read is yielded as a refusal and the rest goes on; what ends
/// the reading (a broken archive, a disk) is yielded last.
pub type Pieces = Box<dyn Iterator<Item = Piece> + Send>;

/// The name of a source when nobody gives one: that of the file, without `.gz` and without `.jsonl`, `.ndjson` or `.json`.
///
/// It is part of the identity of every item, so it must stay the same from run to run: whoever renames files, or splits
/// them by year, names the source.
pub fn source_of(path: &Path) -> Option<String> {
    let mut name = path.file_name()?.to_str()?;
    for ending in [".gz", ".jsonl", ".ndjson", ".json"] {
        name = name.strip_suffix(ending).unwrap_or(name);
    }
    (!name.is_empty()).then(|| name.to_owned())
}

/// Opens `path` and yields its pieces.
///
/// # Errors
/// The file cannot be opened, or is a folder.
pub fn open(path: &Path, format: Format) -> anyhow::Result<Pieces> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    if file.metadata().with_context(|| format!("asking for {}", path.display()))?.is_dir() {
        bail!("{} is a folder; name the files in it", path.display());
    }
    let packed = BufReader::with_capacity(128 * 1024, file);
    let text = unpacked(packed).with_context(|| format!("reading {}", path.display()))?;
    Ok(match format {
        Format::Jsonl => Box::new(super::jsonl::pieces(text)),
    })
}

/// Gzip is known by its first two bytes (RFC 1952 §2.3.1), not by a name; several members in a row are one file (§2.2).
fn unpacked(mut packed: impl BufRead + Send + 'static) -> io::Result<Box<dyn BufRead + Send>> {
    Ok(if packed.fill_buf()?.starts_with(&[0x1f, 0x8b]) {
        Box::new(BufReader::with_capacity(128 * 1024, MultiGzDecoder::new(packed)))
    } else {
        Box::new(packed)
    })
}

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
    use super::*;

    #[test]
    fn a_source_is_named_after_its_file() {
        for (path, source) in [
            ("/a/debian-even-years.jsonl.gz", Some("debian-even-years")),
            ("press.ndjson", Some("press")),
            ("press.json", Some("press")),
            ("press 2012.jsonl", Some("press 2012")),
            ("press", Some("press")),
            ("/", None),
        ] {
            assert_eq!(source_of(Path::new(path)).as_deref(), source, "{path}");
        }
    }

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
