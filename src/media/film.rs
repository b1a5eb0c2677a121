//! Film and sound in the container of ISO 14496-12 (MP4, M4A, MOV): how long and how large, and what of it may not leave
//! the house. Its boxes are read one by one; nothing is decoded.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;

/// The most boxes that are looked at: a film has some dozens, one in fragments some thousands.
const BOXES_MAX: usize = 50_000;

/// What the boxes say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Film {
    /// How long, in milliseconds.
    pub duration_ms: Option<i64>,
    /// Width and height of its picture, if it has one.
    pub size: Option<(u32, u32)>,
}

struct Found {
    kind: [u8; 4],
    /// Where its content begins and ends.
    begin: u64,
    end: u64,
    /// Where its head begins.
    head: u64,
}

/// Boxes whose content is boxes.
const NESTS: [&[u8; 4]; 5] = [b"moov", b"trak", b"mdia", b"minf", b"edts"];

/// Reads it; none if it has no `moov`, which no player plays.
pub fn read(file: &File, length: u64) -> Option<Film> {
    let boxes = boxes(file, length).ok()?;
    boxes.iter().find(|found| &found.kind == b"moov")?;
    let mut film = Film::default();
    for found in &boxes {
        let mut bytes = vec![0; usize::try_from((found.end - found.begin).min(128)).ok()?];
        match &found.kind {
            b"mvhd" => {
                file.read_exact_at(&mut bytes, found.begin).ok()?;
                let (scale, duration) = match bytes.first()? {
                    0 => (u32_of(&bytes, 12)?, u64::from(u32_of(&bytes, 16)?)),
                    _ => (u32_of(&bytes, 20)?, (u64::from(u32_of(&bytes, 24)?) << 32) | u64::from(u32_of(&bytes, 28)?)),
                };
                film.duration_ms = duration
                    .checked_mul(1000)
                    .filter(|_| scale > 0)
                    .and_then(|ms| i64::try_from(ms / u64::from(scale)).ok());
            }
            b"tkhd" => {
                file.read_exact_at(&mut bytes, found.begin).ok()?;
                let at = if bytes.first()? == &0 { 76 } else { 88 };
                // Fixed point, 16.16.
                let (w, h) = (u32_of(&bytes, at)? >> 16, u32_of(&bytes, at + 4)? >> 16);
                film.size = film.size.or_else(|| (w > 0 && h > 0).then_some((w, h)));
            }
            _ => {}
        }
    }
    Some(film)
}

/// Blanks what says where, when and with which device it was made: the boxes `udta`, `meta` and `uuid` become free space of
/// the same length, so that nothing else of the file moves.
pub fn strip(path: &Path) -> io::Result<()> {
    let file = File::options().read(true).write(true).open(path)?;
    let length = file.metadata()?.len();
    for found in boxes(&file, length)? {
        if [b"udta", b"meta", b"uuid"].contains(&&found.kind) {
            let kind_at = found.head + 4;
            file.write_all_at(b"free", kind_at)?;
            let mut at = found.begin;
            while at < found.end {
                let piece = usize::try_from((found.end - at).min(65_536)).unwrap_or(65_536);
                file.write_all_at(&vec![0; piece], at)?;
                at += piece as u64;
            }
        }
    }
    Ok(())
}

/// All boxes, those inside others too.
fn boxes(file: &File, length: u64) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut spans = vec![(0, length)];
    while let Some((mut at, end)) = spans.pop() {
        while at + 8 <= end {
            if found.len() >= BOXES_MAX {
                return Err(io::ErrorKind::InvalidData.into());
            }
            let mut head = [0; 16];
            let read = file.read_at(&mut head, at)?;
            if read < 8 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let kind = [head[4], head[5], head[6], head[7]];
            let (size, begins) = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
                0 => (end - at, 8),
                1 if read == 16 => (
                    u64::from_be_bytes([head[8], head[9], head[10], head[11], head[12], head[13], head[14], head[15]]),
                    16,
                ),
                size => (u64::from(size), 8),
            };
            let next =
                at.checked_add(size).filter(|next| size >= begins && *next <= end).ok_or(io::ErrorKind::InvalidData)?;
            if NESTS.contains(&&kind) {
                spans.push((at + begins, next));
            }
            found.push(Found { kind, begin: at + begins, end: next, head: at });
            at = next;
        }
    }
    Ok(found)
}

fn u32_of(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).map(|four| u32::from_be_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_box(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
        let mut out = u32::try_from(content.len() + 8).expect("small").to_be_bytes().to_vec();
        out.extend_from_slice(kind);
        out.extend_from_slice(content);
        out
    }

    fn film() -> Vec<u8> {
        let mut mvhd = vec![0; 100];
        mvhd[12..16].copy_from_slice(&600_u32.to_be_bytes());
        mvhd[16..20].copy_from_slice(&1500_u32.to_be_bytes());
        let mut tkhd = vec![0; 84];
        tkhd[76..80].copy_from_slice(&(640_u32 << 16).to_be_bytes());
        tkhd[80..84].copy_from_slice(&(360_u32 << 16).to_be_bytes());
        let place = a_box(b"udta", &a_box(b"\xa9xyz", b"+50.8503+004.3517/"));
        let moov = [a_box(b"mvhd", &mvhd), a_box(b"trak", &a_box(b"tkhd", &tkhd)), place].concat();
        [a_box(b"ftyp", b"isom\0\0\0\0"), a_box(b"moov", &moov), a_box(b"mdat", b"frames")].concat()
    }

    #[test]
    fn a_film_says_how_long_it_is_and_leaves_without_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("film.mp4");
        std::fs::write(&path, film()).expect("written");
        let file = File::open(&path).expect("opened");
        let length = film().len() as u64;
        let expected = Film { duration_ms: Some(2500), size: Some((640, 360)) };
        assert_eq!(read(&file, length), Some(expected));
        strip(&path).expect("stripped");
        let after = std::fs::read(&path).expect("read");
        assert_eq!(after.len() as u64, length);
        assert!(!after.windows(8).any(|part| part == b"+50.8503"), "the place is gone");
        assert!(after.ends_with(b"frames"));
        assert_eq!(read(&File::open(&path).expect("opened"), length), Some(expected));
    }

    #[test]
    fn boxes_that_lie_end_the_reading() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("film.mp4");
        let mut too_long = film();
        too_long[0..4].copy_from_slice(&0x7fff_ffff_u32.to_be_bytes());
        for bytes in [
            too_long,
            film()[..60].to_vec(),
            a_box(b"free", &[0; 20]),
            b"\0\0\0\x01moov".to_vec(),
            b"\0\0\0\x04moov".to_vec(),
        ] {
            std::fs::write(&path, &bytes).expect("written");
            let file = File::open(&path).expect("opened");
            assert_eq!(read(&file, bytes.len() as u64), None, "{bytes:?}");
        }
    }
}
