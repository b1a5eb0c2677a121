//! Opens a file of an archive and yields its records one by one, never holding more than one.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use anyhow::{Context as _, bail};
use flate2::bufread::MultiGzDecoder;

use super::record::Piece;

/// The formats that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line, plain or gzip.
    Jsonl,
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
}
