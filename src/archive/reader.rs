//! Opens a file of an archive and yields its records one by one, never holding more than one.
//!
//! A reader yields the same pieces each time it is asked: the importer reads twice. Formats whose rows stand apart in their
//! file ([`drupal6`]) are brought in order in a scratch folder first, which goes with the reader.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use anyhow::{Context as _, bail};
use data_encoding::HEXLOWER;
use flate2::bufread::MultiGzDecoder;

use super::mapping::Mapping;
use super::record::Piece;
use super::{drupal6, wxr};
use crate::text_enum;

text_enum! {
    /// The formats that can be read.
    pub enum Format {
        /// One JSON object a line.
        Jsonl = "jsonl",
        /// A dump of the database of Drupal 6.
        Drupal6 = "drupal6",
        /// An export of WordPress.
        Wxr = "wxr",
    }
}

/// The pieces of a file in their order. One that cannot be read is yielded as a refusal and the rest goes on; what ends
/// the reading (a broken archive, a disk) is yielded last.
pub type Pieces = Box<dyn Iterator<Item = Piece> + Send>;

/// The name of a source when nobody gives one: that of the file, without what its end says of packing and format.
///
/// It is part of the identity of every item, so it must stay the same from run to run: whoever renames files, or splits
/// them by year, names the source.
pub fn source_of(path: &Path) -> Option<String> {
    let mut name = path.file_name()?.to_str()?;
    for ending in [".gz", ".zst", ".jsonl", ".ndjson", ".json", ".sql", ".xml"] {
        name = name.strip_suffix(ending).unwrap_or(name);
    }
    (!name.is_empty()).then(|| name.to_owned())
}

/// A file that can be read any number of times.
#[derive(Debug)]
pub enum Opened {
    /// One JSON object a line.
    Jsonl(PathBuf),
    /// A dump, in order.
    Drupal6 {
        /// What is in it.
        dump: Arc<drupal6::Dump>,
        /// What that is here.
        mapping: Arc<Mapping>,
        /// Where it stands.
        scratch: Scratch,
    },
    /// An export of WordPress.
    Wxr {
        /// The file.
        path: PathBuf,
        /// What its items need of it.
        channel: Arc<wxr::Channel>,
        /// What that is here.
        mapping: Arc<Mapping>,
    },
}

/// What a file holds, for who decides what becomes of it.
#[derive(Debug)]
pub struct Inspection {
    /// For people.
    pub text: String,
    /// The file to go on with; none for a format that needs none.
    pub mapping: Option<String>,
    /// The paths of its files, where the format knows them beforehand.
    pub files: Vec<String>,
    /// Below which address they stood.
    pub files_folder: String,
}

impl Opened {
    /// Opens `path`. Without a mapping, that which its names suggest is taken. `scratch`: a folder for what must be sorted.
    ///
    /// # Errors
    /// The file cannot be opened, or is a folder, or is nothing of that format.
    pub fn open(path: &Path, format: Format, mapping: Option<&Mapping>, scratch: &Path) -> anyhow::Result<Self> {
        Ok(match format {
            Format::Jsonl => {
                drop(text_of(path)?);
                Opened::Jsonl(path.to_owned())
            }
            Format::Drupal6 => {
                let scratch = Scratch::make(scratch)?;
                let prefix = mapping.and_then(|mapping| mapping.prefix.as_deref());
                let dump = drupal6::Dump::read(text_of(path)?, &scratch.0, prefix)
                    .with_context(|| path.display().to_string())?;
                let mapping = match mapping {
                    Some(mapping) => mapping.clone(),
                    None => dump.guess()?,
                };
                Opened::Drupal6 { dump: Arc::new(dump), mapping: Arc::new(mapping), scratch }
            }
            Format::Wxr => {
                let channel = wxr::Channel::read(BufReader::new(text_of(path)?))
                    .with_context(|| format!("reading {}", path.display()))?;
                let mapping = mapping.cloned().unwrap_or_else(|| channel.inspect().mapping);
                Opened::Wxr { path: path.to_owned(), channel: Arc::new(channel), mapping: Arc::new(mapping) }
            }
        })
    }

    /// Everything in it, from the beginning.
    ///
    /// # Errors
    /// The file is no longer there.
    pub fn pieces(&self) -> anyhow::Result<Pieces> {
        Ok(match self {
            Opened::Jsonl(path) => Box::new(super::jsonl::pieces(text_of(path)?)),
            Opened::Drupal6 { dump, mapping, .. } => dump.pieces(mapping),
            Opened::Wxr { path, channel, mapping } => {
                Box::new(wxr::pieces(text_of(path)?, Arc::clone(channel), Arc::clone(mapping)))
            }
        })
    }

    /// What it holds.
    ///
    /// # Errors
    /// The scratch folder cannot be read.
    pub fn inspect(&self, source: &str) -> anyhow::Result<Inspection> {
        let with_source = |mapping: &Mapping| Mapping { source: Some(source.to_owned()), ..mapping.clone() };
        Ok(match self {
            Opened::Jsonl(_) => Inspection {
                text: "One JSON object a line: its fields say themselves what they are.\n".into(),
                mapping: None,
                files: Vec::new(),
                files_folder: String::new(),
            },
            Opened::Drupal6 { dump, .. } => {
                let it = dump.inspect()?;
                let mapping = with_source(&it.mapping).write(&it.remarks);
                Inspection { text: it.text, mapping: Some(mapping), files: it.files, files_folder: it.files_folder }
            }
            Opened::Wxr { channel, .. } => {
                let it = channel.inspect();
                let files = channel.files.values().map(|file| file.url.clone()).collect();
                let mapping = with_source(&it.mapping).write(&it.remarks);
                Inspection {
                    text: it.to_string(),
                    mapping: Some(mapping),
                    files,
                    files_folder: "wp-content/uploads".into(),
                }
            }
        })
    }

    /// The name that its mapping gives the source.
    pub fn source(&self) -> Option<&str> {
        self.mapping()?.source.as_deref()
    }

    fn mapping(&self) -> Option<&Mapping> {
        match self {
            Opened::Jsonl(_) => None,
            Opened::Drupal6 { mapping, .. } | Opened::Wxr { mapping, .. } => Some(mapping),
        }
    }

    /// Where the former site was.
    pub fn base_url(&self) -> Option<&str> {
        self.mapping()?.base_url.as_deref()
    }

    /// Below which address its files stood.
    pub fn files_folder(&self) -> String {
        match self {
            Opened::Jsonl(_) => String::new(),
            Opened::Drupal6 { dump, .. } => dump.files_folder(),
            Opened::Wxr { .. } => "wp-content/uploads".into(),
        }
    }

    /// Addresses of lists of terms: (address there, the name of the topic, the language it was read in).
    pub fn term_addresses(&self) -> Vec<(String, String, String)> {
        match self {
            Opened::Jsonl(_) => Vec::new(),
            Opened::Drupal6 { dump, mapping, .. } => dump.term_addresses(mapping),
            Opened::Wxr { channel, mapping, .. } => channel.term_addresses(mapping),
        }
    }

    /// Other names of topics.
    pub fn also_called(&self) -> Vec<(String, Vec<String>)> {
        match self {
            Opened::Drupal6 { dump, mapping, .. } => dump.also_called(mapping),
            _ => Vec::new(),
        }
    }

    /// Items of types that are no releases, by type.
    pub fn left_alone(&self) -> Vec<(String, u64)> {
        match self {
            Opened::Jsonl(_) => Vec::new(),
            Opened::Drupal6 { dump, mapping, .. } => dump.left_alone(mapping),
            Opened::Wxr { channel, mapping, .. } => channel.left_alone(mapping),
        }
    }
}

/// The text of a file, unpacked.
fn text_of(path: &Path) -> anyhow::Result<Box<dyn BufRead + Send>> {
    let file = File::open(path).with_context(|| format!("opening {}", path.display()))?;
    let about = file.metadata().with_context(|| format!("asking for {}", path.display()))?;
    if about.is_dir() {
        bail!("{} is a folder; name the files in it", path.display());
    }
    let packed = BufReader::with_capacity(128 * 1024, file);
    unpacked(packed, about.len()).with_context(|| format!("reading {}", path.display()))
}

/// How much more may come out of a packed file than is in it: dumps are packed ten to forty times, and what gives more is
/// made to fill a disk.
const UNPACKED_FACTOR: u64 = 100;
/// Small files may be packed better.
const UNPACKED_ALWAYS: u64 = 1 << 30;

/// A reader that gives so much and then fails.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.left = self.left.checked_sub(read as u64).ok_or_else(|| {
            let why = format!("more than {UNPACKED_FACTOR} times as much comes out of it as is in it");
            io::Error::new(io::ErrorKind::FileTooLarge, why)
        })?;
        Ok(read)
    }
}

/// Gzip and zstd are known by their first bytes (RFC 1952 §2.3.1, RFC 8878 §3.1.1), not by a name; several members or
/// frames in a row are one file.
fn unpacked(mut packed: impl BufRead + Send + 'static, bytes: u64) -> anyhow::Result<Box<dyn BufRead + Send>> {
    fn bounded(inner: impl Read + Send + 'static, bytes: u64) -> Box<dyn BufRead + Send> {
        let left = bytes.saturating_mul(UNPACKED_FACTOR).max(UNPACKED_ALWAYS);
        Box::new(BufReader::with_capacity(128 * 1024, Bounded { inner, left }))
    }
    let beginning = packed.fill_buf()?;
    Ok(if beginning.starts_with(&[0x1f, 0x8b]) {
        bounded(MultiGzDecoder::new(packed), bytes)
    } else if beginning.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        bounded(Frames { packed: Some(packed), now: None }, bytes)
    } else {
        Box::new(packed)
    })
}

/// Zstd, one frame after the other.
struct Frames<R: BufRead> {
    packed: Option<R>,
    now: Option<Box<ruzstd::decoding::StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>>,
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if let Some(now) = &mut self.now {
                let read = now.read(into)?;
                if read > 0 || into.is_empty() {
                    return Ok(read);
                }
                self.packed = self.now.take().map(|now| now.into_inner());
            }
            let Some(mut packed) = self.packed.take() else { return Ok(0) };
            if packed.fill_buf()?.is_empty() {
                return Ok(0);
            }
            let frame = ruzstd::decoding::StreamingDecoder::new(packed)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
            self.now = Some(Box::new(frame));
        }
    }
}

/// A folder of its own, gone with this value.
#[derive(Debug)]
pub struct Scratch(PathBuf);

/// After that, what a killed process left is taken away.
const LEFT_AFTER: Duration = Duration::from_secs(24 * 3600);

impl Scratch {
    /// In `parent`, which is made if it is not there.
    fn make(parent: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(parent).with_context(|| format!("making {}", parent.display()))?;
        for left in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            let is_old = left
                .metadata()
                .and_then(|it| it.modified())
                .is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age > LEFT_AFTER));
            if is_old {
                let _ = std::fs::remove_dir_all(left.path());
            }
        }
        let path = parent.join(HEXLOWER.encode(&rand::random::<[u8; 8]>()));
        std::fs::create_dir(&path).with_context(|| format!("making {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
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
            ("press.sql.zst", Some("press")),
            ("press.xml", Some("press")),
            ("press", Some("press")),
            ("/", None),
        ] {
            assert_eq!(source_of(Path::new(path)).as_deref(), source, "{path}");
        }
    }

    #[test]
    fn frames_in_a_row_are_one_text_and_a_cut_one_is_an_error() {
        let frame = |text: &str| {
            ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
        };
        let mut packed = frame("one, ");
        packed.extend(frame("two"));
        let mut text = String::new();
        unpacked(io::Cursor::new(packed.clone()), 1).expect("zstd").read_to_string(&mut text).expect("whole");
        assert_eq!(text, "one, two");
        packed.truncate(packed.len() - 3);
        assert!(unpacked(io::Cursor::new(packed), 1).expect("zstd").read_to_string(&mut String::new()).is_err());
    }

    #[test]
    fn what_is_made_to_fill_a_disk_is_read_to_its_bound() {
        let mut bounded = Bounded { inner: io::repeat(b'x'), left: 1_000 };
        let error = bounded.read_to_end(&mut Vec::new()).expect_err("endless");
        assert_eq!(error.kind(), io::ErrorKind::FileTooLarge);
    }
}
