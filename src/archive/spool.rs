//! Brings rows that belong together from all over a file to one place, within a bound of memory.
//!
//! The tables of a dump come one after the other, and a node's text, fields, files and addresses stand in each of them.
//! What is read is put here under the node's number; each time `RUN_BYTES` have come, they are sorted and written to a
//! file of the scratch folder, and at the end all files are read side by side. So memory is that of one run and of one
//! buffer a run, the disk holds what the dump holds, and both reading and merging are in one order. A database of its own
//! would do the same with a server; a folder needs none and is gone with its process.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// How much is sorted in memory at once.
const RUN_BYTES: usize = 16 << 20;
/// What reads each run.
const BUFFER: usize = 32 * 1024;

/// What is being gathered.
#[derive(Debug)]
pub struct Spool {
    folder: PathBuf,
    bytes: Vec<u8>,
    /// Key, tag, and where it stands.
    entries: Vec<(u64, u32, usize, usize)>,
    runs: Vec<PathBuf>,
}

impl Spool {
    /// In that folder, which must be there and empty.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), bytes: Vec::new(), entries: Vec::new(), runs: Vec::new() }
    }

    /// Puts something under a key. Under one key things come back in the order of their tags, and of one tag in that in
    /// which they came.
    pub fn put(&mut self, key: u64, tag: u32, write: impl FnOnce(&mut Vec<u8>)) -> io::Result<()> {
        let from = self.bytes.len();
        write(&mut self.bytes);
        self.entries.push((key, tag, from, self.bytes.len()));
        if self.bytes.len() >= RUN_BYTES { self.end_run() } else { Ok(()) }
    }

    fn end_run(&mut self) -> io::Result<()> {
        // Stable: what has the same key and tag stays in its order.
        self.entries.sort_by_key(|entry| (entry.0, entry.1));
        let path = self.folder.join(format!("run-{}", self.runs.len()));
        let mut file = BufWriter::with_capacity(256 * 1024, File::create(&path)?);
        for (key, tag, from, to) in self.entries.drain(..) {
            file.write_all(&key.to_le_bytes())?;
            file.write_all(&tag.to_le_bytes())?;
            file.write_all(&((to - from) as u64).to_le_bytes())?;
            file.write_all(&self.bytes[from..to])?;
        }
        file.flush()?;
        self.bytes.clear();
        self.bytes.shrink_to(RUN_BYTES + (1 << 20));
        self.runs.push(path);
        Ok(())
    }

    /// All has come.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if !self.entries.is_empty() {
            self.end_run()?;
        }
        Ok(Sorted { runs: std::mem::take(&mut self.runs) })
    }
}

/// What was gathered; can be read any number of times. Gone with its folder.
#[derive(Debug)]
pub struct Sorted {
    runs: Vec<PathBuf>,
}

/// One thing that was put there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Under which key.
    pub key: u64,
    /// Of which kind.
    pub tag: u32,
    /// What it is.
    pub bytes: Vec<u8>,
}

impl Sorted {
    /// Everything, in the order of keys and tags.
    pub fn read(&self) -> io::Result<Merge> {
        let mut merge = Merge { runs: Vec::new(), heap: BinaryHeap::new() };
        for (number, path) in self.runs.iter().enumerate() {
            merge.runs.push(Run { file: BufReader::with_capacity(BUFFER, File::open(path)?), next: Entry::default() });
            merge.advance(number)?;
        }
        Ok(merge)
    }
}

#[derive(Debug)]
struct Run {
    file: BufReader<File>,
    next: Entry,
}

/// Reads all runs side by side.
#[derive(Debug)]
pub struct Merge {
    runs: Vec<Run>,
    heap: BinaryHeap<Reverse<(u64, u32, usize)>>,
}

impl Merge {
    fn advance(&mut self, number: usize) -> io::Result<()> {
        let run = &mut self.runs[number];
        let mut head = [0; 20];
        match run.file.read_exact(&mut head) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
        let number_at = |from: usize, to: usize| {
            head[from..to].iter().rev().fold(0_u64, |number, byte| number << 8 | u64::from(*byte))
        };
        let (key, tag, length) = (number_at(0, 8), number_at(8, 12), number_at(12, 20));
        run.next.key = key;
        run.next.tag = u32::try_from(tag).unwrap_or(u32::MAX);
        run.next.bytes.clear();
        run.next.bytes.shrink_to(1 << 20);
        run.next.bytes.resize(usize::try_from(length).unwrap_or_default(), 0);
        run.file.read_exact(&mut run.next.bytes)?;
        self.heap.push(Reverse((key, run.next.tag, number)));
        Ok(())
    }

    /// The key that comes next.
    pub fn key(&self) -> Option<u64> {
        self.heap.peek().map(|Reverse((key, ..))| *key)
    }

    /// The next entry, in a buffer that is used again.
    pub fn next_into(&mut self, entry: &mut Entry) -> io::Result<bool> {
        let Some(Reverse((_, _, number))) = self.heap.pop() else { return Ok(false) };
        std::mem::swap(entry, &mut self.runs[number].next);
        self.advance(number)?;
        Ok(true)
    }
}

/// Writes a row: each value with its length, NULL as none.
pub fn write_values<'a>(values: impl Iterator<Item = Option<&'a [u8]>>, out: &mut Vec<u8>) {
    for value in values {
        match value {
            None => out.extend(u32::MAX.to_le_bytes()),
            Some(value) => {
                out.extend(u32::try_from(value.len()).unwrap_or(u32::MAX - 1).to_le_bytes());
                out.extend_from_slice(value);
            }
        }
    }
}

/// The values of a row that [`write_values`] wrote.
pub fn read_values(mut bytes: &[u8]) -> impl Iterator<Item = Option<&[u8]>> {
    std::iter::from_fn(move || {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length);
        if length == u32::MAX {
            bytes = rest;
            return Some(None);
        }
        let (value, rest) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        bytes = rest;
        Some(Some(value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_together_comes_together_however_much_there_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut spool = Spool::new(folder.path());
        let filler = vec![b'x'; 400_000];
        // Three runs and a bit; every key in each of them.
        for round in 0..13_u64 {
            for key in [7, 3, 5, 3_000_000_000_000] {
                let tag = (round % 3) as u32;
                spool
                    .put(key, tag, |out| {
                        write_values([Some(round.to_string().as_bytes()), None, Some(&filler)].into_iter(), out);
                    })
                    .expect("written");
            }
        }
        let sorted = spool.finish().expect("written");
        assert!(sorted.runs.len() > 1, "{}", sorted.runs.len());
        for _ in 0..2 {
            let mut merge = sorted.read().expect("read");
            let mut entry = Entry::default();
            let mut seen = Vec::new();
            assert_eq!(merge.key(), Some(3));
            while merge.next_into(&mut entry).expect("read") {
                let values: Vec<_> = read_values(&entry.bytes).collect();
                assert_eq!((values.len(), values[1], values[2].map(<[u8]>::len)), (3, None, Some(filler.len())));
                let round: u64 =
                    std::str::from_utf8(values[0].expect("a value")).expect("ASCII").parse().expect("a number");
                seen.push((entry.key, entry.tag, round));
            }
            let mut expected = seen.clone();
            expected.sort_unstable();
            assert_eq!((seen.len(), &seen), (52, &expected));
        }
    }
}
