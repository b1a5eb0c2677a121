//! Office files, which are ZIP archives: told apart by the names in them, and refused if they unpack to what no document
//! is, or hold a program. Only the table of contents is read; nothing is unpacked.

use std::fs::File;
use std::os::unix::fs::FileExt;

use super::model::Refusal;

/// The most parts of a document.
const PARTS_MAX: u64 = 20_000;
/// The most bytes that it unpacks to.
const UNPACKED_MAX: u64 = 2_000_000_000;
/// The most times its own size that it unpacks to, above a megabyte; text packs to a twentieth.
const RATIO_MAX: u64 = 200;
/// The most bytes of its table of contents.
const TABLE_MAX: u64 = 16 << 20;

/// Type and extension of the office file.
///
/// # Errors
/// It is none, is damaged, or is dangerous.
pub fn examine(file: &File, length: u64) -> Result<(&'static str, &'static str), Refusal> {
    let parts = parts(file, length)?;
    let has = |name: &str| parts.iter().any(|part| part.name == name);
    let unpacked: u64 = parts.iter().map(|part| part.unpacked).fold(0, u64::saturating_add);
    if unpacked > UNPACKED_MAX || (unpacked > 1 << 20 && unpacked / RATIO_MAX > length) {
        return Err(Refusal::Bomb);
    }
    let is_program = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.ends_with("vbaproject.bin")
            || name.contains("/activex/")
            || name.starts_with("basic/")
            || name.starts_with("scripts/")
    };
    if parts.iter().any(|part| is_program(&part.name)) {
        return Err(Refusal::Macros);
    }
    if has("[Content_Types].xml") {
        let of = |main: &str| parts.iter().any(|part| part.name == main);
        if of("word/document.xml") {
            return Ok(("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"));
        }
        if of("xl/workbook.xml") {
            return Ok(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"));
        }
        if of("ppt/presentation.xml") {
            return Ok(("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"));
        }
        return Err(Refusal::UnknownType);
    }
    // OpenDocument says what it is in its first part, stored as it is (ODF 1.3 part 2, 3.3).
    let mut head = [0; 120];
    let read = file.read_at(&mut head, 0).map_err(|_| Refusal::Broken)?;
    let head = &head[..read];
    let kinds = [
        ("application/vnd.oasis.opendocument.text", "odt"),
        ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
        ("application/vnd.oasis.opendocument.presentation", "odp"),
    ];
    let said = head.get(30..).and_then(|rest| rest.strip_prefix(b"mimetype")).unwrap_or_default();
    kinds
        .into_iter()
        .find(|(kind, _)| {
            // Not `…text-template`.
            said.strip_prefix(kind.as_bytes()).is_some_and(|rest| !rest.starts_with(b"-") && !rest.starts_with(b"."))
        })
        .filter(|_| has("content.xml"))
        .ok_or(Refusal::UnknownType)
}

struct Part {
    name: String,
    unpacked: u64,
}

/// The table of contents at the archive's end (APPNOTE.TXT 4.3.12, 4.3.16).
fn parts(file: &File, length: u64) -> Result<Vec<Part>, Refusal> {
    let read = |at: u64, size: u64| {
        let mut bytes = vec![0; usize::try_from(size).map_err(|_| Refusal::Broken)?];
        file.read_exact_at(&mut bytes, at).map_err(|_| Refusal::Broken)?;
        Ok::<_, Refusal>(bytes)
    };
    let tail_size = length.min(65_557);
    let tail = read(length - tail_size, tail_size)?;
    let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06").ok_or(Refusal::Broken)?;
    let end = tail.get(end..end + 22).ok_or(Refusal::Broken)?;
    let (count, size, at) = (u64::from(u16_at(end, 10)), u64::from(u32_at(end, 12)), u64::from(u32_at(end, 16)));
    // More would need the wide form of archives, which no document has.
    if count > PARTS_MAX || count == 0xffff || size > TABLE_MAX || at.saturating_add(size) > length {
        return Err(Refusal::Bomb);
    }
    let table = read(at, size)?;
    let mut parts = Vec::new();
    let mut rest = table.as_slice();
    for _ in 0..count {
        let head = rest.get(..46).filter(|head| head.starts_with(b"PK\x01\x02")).ok_or(Refusal::Broken)?;
        let (name, more) =
            (usize::from(u16_at(head, 28)), usize::from(u16_at(head, 30)) + usize::from(u16_at(head, 32)));
        let name_bytes = rest.get(46..46 + name).ok_or(Refusal::Broken)?;
        parts.push(Part {
            name: String::from_utf8_lossy(name_bytes).into_owned(),
            unpacked: u64::from(u32_at(head, 24)),
        });
        rest = rest.get(46 + name + more..).ok_or(Refusal::Broken)?;
    }
    Ok(parts)
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..at + 2).map_or(0, |two| u16::from_le_bytes([two[0], two[1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// An archive of empty parts of those names that claim to unpack to so many bytes each.
    pub fn archive(parts: &[(&str, u32)]) -> Vec<u8> {
        let (mut out, mut table) = (Vec::new(), Vec::new());
        for (name, unpacked) in parts {
            let length = u16::try_from(name.len()).expect("short").to_le_bytes();
            let at = u32::try_from(out.len()).expect("small");
            out.extend_from_slice(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
            out.extend_from_slice(&length);
            out.extend_from_slice(&[0, 0]);
            out.extend_from_slice(name.as_bytes());
            table.extend_from_slice(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
            table.extend_from_slice(&unpacked.to_le_bytes());
            table.extend_from_slice(&length);
            table.extend_from_slice(&[0; 12]);
            table.extend_from_slice(&at.to_le_bytes());
            table.extend_from_slice(name.as_bytes());
        }
        let (at, size) = (out.len() as u32, table.len() as u32);
        out.extend_from_slice(&table);
        out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
        out.extend_from_slice(&(parts.len() as u16).to_le_bytes());
        out.extend_from_slice(&(parts.len() as u16).to_le_bytes());
        out.extend_from_slice(&size.to_le_bytes());
        out.extend_from_slice(&at.to_le_bytes());
        out.extend_from_slice(&[0, 0]);
        out
    }

    fn examined(bytes: &[u8]) -> Result<&'static str, Refusal> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("written");
        examine(&file, bytes.len() as u64).map(|(_, extension)| extension)
    }

    #[test]
    fn what_is_in_an_archive_tells_what_it_is() {
        let types = ("[Content_Types].xml", 10);
        for (parts, expected) in [
            (&[types, ("word/document.xml", 10)][..], Ok("docx")),
            (&[types, ("xl/workbook.xml", 10)], Ok("xlsx")),
            (&[types, ("ppt/presentation.xml", 10)], Ok("pptx")),
            (&[types, ("x.xml", 10)], Err(Refusal::UnknownType)),
            (&[("AndroidManifest.xml", 10)], Err(Refusal::UnknownType)),
            (&[types, ("word/document.xml", 10), ("word/vbaProject.bin", 10)], Err(Refusal::Macros)),
            (&[types, ("word/document.xml", 4_000_000_000)], Err(Refusal::Bomb)),
            (&[types, ("word/document.xml", 50_000_000)], Err(Refusal::Bomb)),
        ] {
            assert_eq!(examined(&archive(parts)), expected, "{parts:?}");
        }
        let whole = archive(&[types, ("word/document.xml", 10)]);
        assert_eq!(examined(&whole[..whole.len() - 30]), Err(Refusal::Broken), "cut off");
        assert_eq!(examined(b"PK\x03\x04"), Err(Refusal::Broken));
        assert_eq!(examined(b""), Err(Refusal::Broken));
    }
}
