//! Writes a ZIP as it is read (APPNOTE.TXT 6.3): files are stored as they are, for pictures and documents are packed already.
//! The checksum of a file follows it (bit 3 of its flags), so that nothing is read twice and nothing waits in memory.
//!
//! No ZIP64: [`Zip`] refuses what needs it, 4 GiB or 65,535 files.

use flate2::Crc;

/// The instant that every file in it bears: the format wants one, and an archive of the same files is the same bytes.
/// 1 January 1980, 00:00.
const DATE: u16 = 0x21;
/// Names are UTF-8; sizes and checksum follow the content.
const FLAGS: u16 = 1 << 11 | 1 << 3;
/// 2.0: folders.
const VERSION: u16 = 20;

/// The archive would need another form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too large for a ZIP of 4 GiB")]
pub struct TooLarge;

/// An archive that is being written. Each method gives the bytes that come next.
#[derive(Default)]
pub struct Zip {
    at: u64,
    done: Vec<Done>,
    open: Option<Open>,
}

struct Open {
    name: String,
    begins_at: u32,
    crc: Crc,
    length: u64,
}

struct Done {
    name: String,
    begins_at: u32,
    crc: u32,
    length: u32,
}

impl Zip {
    /// How many bytes an archive of files of those names and lengths has.
    ///
    /// # Errors
    /// [`TooLarge`]
    pub fn size<'a>(files: impl IntoIterator<Item = (&'a str, u64)>) -> Result<u64, TooLarge> {
        let (mut size, mut count) = (22_u64, 0_u64);
        for (name, length) in files {
            size += 30 + 16 + 46 + 2 * name.len() as u64 + length;
            count += 1;
        }
        if size > u64::from(u32::MAX) || count > u64::from(u16::MAX) { Err(TooLarge) } else { Ok(size) }
    }

    /// Begins a file. The one before must have ended.
    ///
    /// # Errors
    /// [`TooLarge`]
    pub fn begin(&mut self, name: &str) -> Result<Vec<u8>, TooLarge> {
        let begins_at = u32::try_from(self.at).map_err(|_| TooLarge)?;
        let length = u16::try_from(name.len()).map_err(|_| TooLarge)?;
        let mut out = Vec::with_capacity(30 + name.len());
        out.extend(0x0403_4b50_u32.to_le_bytes());
        for field in [VERSION, FLAGS, 0, 0, DATE] {
            out.extend(field.to_le_bytes());
        }
        out.extend([0; 12]);
        out.extend(length.to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        out.extend(name.as_bytes());
        self.open = Some(Open { name: name.to_owned(), begins_at, crc: Crc::new(), length: 0 });
        self.at += out.len() as u64;
        Ok(out)
    }

    /// A piece of the file: it is written as it is.
    pub fn piece(&mut self, piece: &[u8]) {
        if let Some(open) = &mut self.open {
            open.crc.update(piece);
            open.length += piece.len() as u64;
            self.at += piece.len() as u64;
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`TooLarge`]
    pub fn end(&mut self) -> Result<Vec<u8>, TooLarge> {
        let Some(open) = self.open.take() else { return Ok(Vec::new()) };
        let length = u32::try_from(open.length).map_err(|_| TooLarge)?;
        let crc = open.crc.sum();
        let mut out = Vec::with_capacity(16);
        for field in [0x0807_4b50, crc, length, length] {
            out.extend(field.to_le_bytes());
        }
        self.at += out.len() as u64;
        self.done.push(Done { name: open.name, begins_at: open.begins_at, crc, length });
        Ok(out)
    }

    /// The list of what is in it, which ends it.
    ///
    /// # Errors
    /// [`TooLarge`]
    pub fn finish(self) -> Result<Vec<u8>, TooLarge> {
        let begins_at = u32::try_from(self.at).map_err(|_| TooLarge)?;
        let count = u16::try_from(self.done.len()).map_err(|_| TooLarge)?;
        let mut out = Vec::new();
        for done in &self.done {
            out.extend(0x0201_4b50_u32.to_le_bytes());
            for field in [VERSION, VERSION, FLAGS, 0, 0, DATE] {
                out.extend(field.to_le_bytes());
            }
            for field in [done.crc, done.length, done.length] {
                out.extend(field.to_le_bytes());
            }
            // Its length was looked at when it was begun.
            out.extend((done.name.len() as u16).to_le_bytes());
            out.extend([0; 12]);
            out.extend(done.begins_at.to_le_bytes());
            out.extend(done.name.as_bytes());
        }
        let length = u32::try_from(out.len()).map_err(|_| TooLarge)?;
        out.extend(0x0605_4b50_u32.to_le_bytes());
        out.extend([0; 4]);
        out.extend(count.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(length.to_le_bytes());
        out.extend(begins_at.to_le_bytes());
        out.extend(0_u16.to_le_bytes());
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_has_the_size_that_was_said_and_its_parts_where_they_should_be() {
        let files: [(&str, &[u8]); 3] = [("a.txt", b"hello"), ("d\u{e9}/b.txt", b""), ("c", &[7; 1000])];
        let mut zip = Zip::default();
        let mut out = Vec::new();
        for (name, content) in files {
            out.extend(zip.begin(name).expect("small"));
            for piece in content.chunks(300) {
                zip.piece(piece);
                out.extend(piece);
            }
            out.extend(zip.end().expect("small"));
        }
        out.extend(zip.finish().expect("small"));
        let size = Zip::size(files.map(|(name, content)| (name, content.len() as u64))).expect("small");
        assert_eq!(out.len() as u64, size);
        // The end of the list of contents: three files, and where the list begins.
        let end = &out[out.len() - 22..];
        assert_eq!(&end[..4], b"PK\x05\x06");
        assert_eq!(u16::from_le_bytes([end[10], end[11]]), 3);
        let begins = u32::from_le_bytes([end[16], end[17], end[18], end[19]]) as usize;
        assert_eq!(&out[begins..begins + 4], b"PK\x01\x02");
        // CRC-32 of "hello", in the list and behind its content.
        let crc = 0x3610_a686_u32.to_le_bytes();
        assert_eq!(out[begins + 16..begins + 20], crc);
        assert_eq!(out[30 + 5 + 5 + 4..][..4], crc);
        assert_eq!(Zip::size([("a", u64::from(u32::MAX))]), Err(TooLarge));
    }
}
