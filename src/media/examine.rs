//! Finds what a file is, by its content: its name and what a browser says of it are not believed (PROMISES 5.2.2).

use std::fs::File;
use std::os::unix::fs::FileExt;
use std::path::Path;

use super::model::{Kind, Refusal};
use super::{film, office};

/// A file that is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examined {
    /// What it counts as, until somebody says otherwise.
    pub kind: Kind,
    /// Of its content.
    pub media_type: &'static str,
    /// The end of its name.
    pub extension: &'static str,
    /// Width and height as it is stored, in pixels.
    pub size: Option<(u32, u32)>,
    /// Of a document, where they can be counted.
    pub pages: Option<u32>,
    /// Of sound and film.
    pub duration_ms: Option<i64>,
}

impl Examined {
    fn of(kind: Kind, media_type: &'static str, extension: &'static str) -> Self {
        Self { kind, media_type, extension, size: None, pages: None, duration_ms: None }
    }
}

/// Looks at the beginning of a file, and into it where that is cheap. Pictures are decoded later, by the job that makes their
/// copies.
///
/// # Errors
/// Why it is not taken.
pub fn examine(path: &Path, max_pixels: u64) -> Result<Examined, Refusal> {
    let file = File::open(path).map_err(|_| Refusal::Broken)?;
    let length = file.metadata().map_err(|_| Refusal::Broken)?.len();
    let mut head = [0; 4096];
    let read = file.read_at(&mut head, 0).map_err(|_| Refusal::Broken)?;
    let head = &head[..read];
    if head.is_empty() {
        return Err(Refusal::Empty);
    }
    if is_svg(head) {
        return Err(Refusal::Svg);
    }
    let found = infer::get(head).map(|kind| kind.mime_type());
    let picture = |media_type, extension| {
        let size = imagesize::size(path).map_err(|_| Refusal::Broken)?;
        let (width, height) = (size.width as u64, size.height as u64);
        if width == 0 || height == 0 {
            return Err(Refusal::Broken);
        }
        if width.saturating_mul(height) > max_pixels {
            return Err(Refusal::TooManyPixels);
        }
        let size = Some((u32::try_from(width).unwrap_or(u32::MAX), u32::try_from(height).unwrap_or(u32::MAX)));
        Ok(Examined { size, ..Examined::of(Kind::Photo, media_type, extension) })
    };
    match found {
        Some("image/jpeg") => picture("image/jpeg", "jpg"),
        Some("image/png") => picture("image/png", "png"),
        Some("image/gif") => picture("image/gif", "gif"),
        Some("image/webp") => picture("image/webp", "webp"),
        Some("image/tiff") => picture("image/tiff", "tif"),
        Some("image/heif" | "image/heic") => Err(Refusal::Heic),
        Some("application/pdf") => pdf(&file, length),
        Some("audio/mpeg") => Ok(Examined::of(Kind::Audio, "audio/mpeg", "mp3")),
        Some("audio/ogg") => Ok(Examined::of(Kind::Audio, "audio/ogg", "ogg")),
        Some("video/webm") => Ok(Examined::of(Kind::Video, "video/webm", "webm")),
        _ if head.starts_with(b"PK") => {
            let (media_type, extension) = office::examine(&file, length)?;
            Ok(Examined::of(Kind::Document, media_type, extension))
        }
        _ if head.get(4..8) == Some(b"ftyp") => in_boxes(&file, length, head),
        // Without tags an MP3 begins with its first frame.
        _ if head.starts_with(b"OggS") => Ok(Examined::of(Kind::Audio, "audio/ogg", "ogg")),
        _ => Err(Refusal::UnknownType),
    }
}

/// Text that opens an `svg` element within its first bytes.
fn is_svg(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    text.starts_with('<') && text.to_ascii_lowercase().contains("<svg")
}

/// MP4, M4A, MOV, by the brand at its beginning.
fn in_boxes(file: &File, length: u64, head: &[u8]) -> Result<Examined, Refusal> {
    let brand = head.get(8..12).unwrap_or_default();
    if [b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"].iter().any(|of| brand == *of) {
        return Err(if brand.starts_with(b"avi") { Refusal::UnknownType } else { Refusal::Heic });
    }
    let film = film::read(file, length).ok_or(Refusal::Broken)?;
    let is_sound = brand.starts_with(b"M4A") || brand.starts_with(b"M4B");
    let base = if is_sound {
        Examined::of(Kind::Audio, "audio/mp4", "m4a")
    } else {
        Examined::of(Kind::Video, "video/mp4", "mp4")
    };
    Ok(Examined { size: film.size, duration_ms: film.duration_ms, ..base })
}

/// It must begin as one and end as one; what begins otherwise is something else that a reader mistakes for a PDF.
fn pdf(file: &File, length: u64) -> Result<Examined, Refusal> {
    let tail_size = length.min(2048);
    let mut tail = vec![0; usize::try_from(tail_size).unwrap_or_default()];
    file.read_exact_at(&mut tail, length - tail_size).map_err(|_| Refusal::Broken)?;
    if !tail.windows(5).any(|five| five == b"%%EOF") {
        return Err(Refusal::Broken);
    }
    Ok(Examined { pages: pages(file, length), ..Examined::of(Kind::Document, "application/pdf", "pdf") })
}

/// How often a page's own type stands in it. In a file that packs its objects it stands nowhere, and the number is not known.
fn pages(file: &File, length: u64) -> Option<u32> {
    const READ_MAX: u64 = 32 << 20;
    let mut bytes = vec![0; usize::try_from(length.min(READ_MAX)).ok()?];
    file.read_exact_at(&mut bytes, 0).ok().filter(|()| length <= READ_MAX)?;
    let count = bytes
        .windows(6)
        .enumerate()
        .filter(|(_, window)| window.starts_with(b"/Type"))
        .filter(|(at, _)| {
            let rest = bytes[at + 5..].trim_ascii_start();
            rest.strip_prefix(b"/Page").is_some_and(|rest| !rest.first().is_some_and(u8::is_ascii_alphabetic))
        })
        .count();
    u32::try_from(count).ok().filter(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examined(bytes: &[u8]) -> Result<(&'static str, &'static str), Refusal> {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), bytes).expect("written");
        examine(file.path(), 1_000_000).map(|found| (found.kind.as_str(), found.media_type))
    }

    #[test]
    fn what_a_file_is_stands_in_it() {
        for (bytes, expected) in [
            (&b""[..], Err(Refusal::Empty)),
            (b"<!doctype html><script>", Err(Refusal::UnknownType)),
            (b"\xef\xbb\xbf <?xml version='1.0'?><svg xmlns='x'/>", Err(Refusal::Svg)),
            (b"<!DOCTYPE svg [<!ENTITY x 'y'>]><SVG/>", Err(Refusal::Svg)),
            (b"\xff\xd8\xff", Err(Refusal::Broken)),
            (b"%PDF-1.7\n1 0 obj", Err(Refusal::Broken)),
            (b"%PDF-1.7\n<</Type/Page>> <</Type /Pages>>\n%%EOF\n", Ok(("document", "application/pdf"))),
            (b"GIF89a%PDF-1.7", Err(Refusal::TooManyPixels)),
            (b"MZ\x90\0", Err(Refusal::UnknownType)),
            (b"#!/bin/sh\n", Err(Refusal::UnknownType)),
            (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Err(Refusal::Heic)),
            (b"\0\0\0\x18ftypisom\0\0\0\0isommp42", Err(Refusal::Broken)),
        ] {
            assert_eq!(examined(bytes), expected, "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn real_files_are_what_they_are() {
        let root = std::env::var("COMMUNIQUE_TEST_DATA")
            .map_or_else(|_| "../shared/data/media".into(), |data| format!("{data}/media"));
        if !Path::new(&root).exists() {
            return;
        }
        for (name, expected) in [
            ("documents/pikepdf-fourpages.pdf", Ok(("application/pdf", Some(4)))),
            (
                "documents/fixture.docx",
                Ok(("application/vnd.openxmlformats-officedocument.wordprocessingml.document", None)),
            ),
            ("documents/fixture.odt", Ok(("application/vnd.oasis.opendocument.text", None))),
            ("photos/gps-DSCN0010.jpg", Ok(("image/jpeg", None))),
            ("photos/fixture.gif", Ok(("image/gif", None))),
            ("photos/fixture.webp", Ok(("image/webp", None))),
            ("photos/samplefilehub.heif", Err(Refusal::Heic)),
            ("svg/htmlTest.svg", Err(Refusal::Svg)),
            ("svg/entityTest.svg", Err(Refusal::Svg)),
            ("video/fixture-imovie.mp4", Ok(("video/mp4", None))),
            ("video/fixture.webm", Ok(("video/webm", None))),
            ("hostile/made-bomb-20000x20000-1bit.png", Err(Refusal::TooManyPixels)),
            // Its canvas is small and its frame is not: that is found when it is decoded.
            ("hostile/pillow-decompression_bomb.gif", Ok(("image/gif", None))),
            ("hostile/made-html-named-pdf.pdf", Err(Refusal::UnknownType)),
            ("hostile/made-pdf-named-jpg.jpg", Ok(("application/pdf", Some(1)))),
            ("hostile/drupal-invalid-img-zero-size.png", Err(Refusal::Empty)),
            ("hostile/drupal-php-1.txt", Err(Refusal::UnknownType)),
        ] {
            let found = examine(&Path::new(&root).join(name), 100_000_000);
            assert_eq!(found.map(|found| (found.media_type, found.pages)), expected, "{name}");
        }
    }
}
