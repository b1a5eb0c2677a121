//! The copy of a picture that may leave the house: the same pixels, bit for bit, without place, serial numbers, previews,
//! history and whatever hangs behind its end (PROMISES 14.2.8). Caption, credit and copyright stay (IPTC-IIM), and so do
//! the colour profile and the way up.

use actix_web::web::Bytes;
use image::metadata::Orientation;
use img_parts::jpeg::{Jpeg, JpegSegment, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;

use super::model::Refusal;

/// The picture of that type, stripped; none of a format that is made anew instead ([`super::picture`]).
///
/// # Errors
/// Its parts cannot be told apart.
pub fn strip(bytes: Bytes, media_type: &str) -> Result<Option<Vec<u8>>, Refusal> {
    match media_type {
        "image/jpeg" => jpeg(bytes).map(Some),
        "image/png" => png(bytes).map(Some),
        "image/webp" => webp(bytes).map(Some),
        "image/gif" => gif(&bytes).map(Some),
        _ => Ok(None),
    }
}

fn jpeg(bytes: Bytes) -> Result<Vec<u8>, Refusal> {
    let mut jpeg = Jpeg::from_bytes(bytes).map_err(|_| Refusal::Broken)?;
    let mut orientation = Orientation::NoTransforms;
    let mut caption = None;
    jpeg.segments_mut().retain(|segment| {
        let content = segment.contents();
        match segment.marker() {
            markers::APP0 => content.starts_with(b"JFIF\0"),
            markers::APP1 => {
                if let Some(exif) = content.strip_prefix(b"Exif\0\0") {
                    orientation = Orientation::from_exif_chunk(exif).unwrap_or(orientation);
                }
                false
            }
            markers::APP2 => content.starts_with(b"ICC_PROFILE\0"),
            markers::APP13 => {
                caption =
                    caption.take().or_else(|| content.strip_prefix(b"Photoshop 3.0\0").and_then(kept_of_photoshop));
                false
            }
            // How its colours are to be understood.
            markers::APP14 => content.starts_with(b"Adobe"),
            markers::COM | markers::APP3..=markers::APP15 => false,
            _ => true,
        }
    });
    // Behind JFIF, which must come first.
    let place = jpeg.segments().iter().take_while(|segment| segment.marker() == markers::APP0).count();
    if let Some(caption) = caption {
        jpeg.segments_mut().insert(place, JpegSegment::new_with_contents(markers::APP13, caption.into()));
    }
    if orientation != Orientation::NoTransforms {
        let exif = [b"Exif\0\0".as_slice(), &exif_of(orientation)].concat();
        jpeg.segments_mut().insert(place, JpegSegment::new_with_contents(markers::APP1, exif.into()));
    }
    // The last one holds all that follows the first scan's head, to the end of the file.
    if let Some(scan) = jpeg.segments_mut().pop() {
        let data = scans(&scan_data(&scan));
        jpeg.segments_mut().push(JpegSegment::new_with_entropy(scan.marker(), scan.contents().clone(), data.into()));
    }
    Ok(jpeg.encoder().bytes().to_vec())
}

/// What follows the head of a scan.
fn scan_data(segment: &JpegSegment) -> Vec<u8> {
    let head = 4 + segment.contents().len();
    let whole = segment.clone().encoder().bytes();
    whole.get(head..).unwrap_or_default().to_vec()
}

/// The scans of a picture (ITU T.81, B.1.1) up to its end, without metadata between them and whatever hangs behind.
fn scans(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(data.len());
    let mut at = 0;
    while let Some(byte) = data.get(at) {
        match (byte, data.get(at + 1)) {
            (0xff, Some(0xd9) | None) => break,
            // A byte of data, or where the decoder starts afresh.
            (0xff, Some(0x00 | 0xd0..=0xd7)) => {
                out.extend_from_slice(&data[at..at + 2]);
                at += 2;
            }
            (0xff, Some(0xff)) => at += 1,
            (0xff, Some(marker)) => {
                let length = data
                    .get(at + 2..at + 4)
                    .map_or(usize::MAX, |two| usize::from(u16::from_be_bytes([two[0], two[1]])));
                let Some(segment) = data.get(at..at.saturating_add(2).saturating_add(length)) else { break };
                if !matches!(marker, 0xe0..=0xef | 0xfe) {
                    out.extend_from_slice(segment);
                }
                at += segment.len();
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    out.extend_from_slice(&[0xff, 0xd9]);
    out
}

/// Exif that says which way is up, and nothing else (TIFF 6.0: one directory of one entry).
fn exif_of(orientation: Orientation) -> Vec<u8> {
    let mut exif = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend_from_slice(&[orientation.to_exif(), 0, 0, 0, 0, 0, 0]);
    exif
}

/// The datasets of IIM 4.2 that stay: the character set, and of the second record what a newsroom prints beside a picture:
/// object name, keywords, date, by-line and its title, headline, credit, source, copyright, caption and its writer. Not its
/// city and place: whoever wants those in public writes them into the caption.
const IIM_KEPT: &[(u8, u8)] = &[
    (1, 90),
    (2, 0),
    (2, 5),
    (2, 25),
    (2, 55),
    (2, 80),
    (2, 85),
    (2, 105),
    (2, 110),
    (2, 115),
    (2, 116),
    (2, 120),
    (2, 122),
];

/// Of Photoshop's resources the one of IPTC, with what stays of it; none if nothing does.
fn kept_of_photoshop(resources: &[u8]) -> Option<Vec<u8>> {
    let mut rest = resources;
    while rest.len() > 12 && rest.starts_with(b"8BIM") {
        let id = u16::from_be_bytes([rest[4], rest[5]]);
        // A name, padded to an even length with its own length's byte; then the size, and data padded likewise.
        let name = (usize::from(rest[6]) + 2) & !1;
        let size_at = 6 + name;
        let size = rest.get(size_at..size_at + 4)?;
        let size = usize::try_from(u32::from_be_bytes([size[0], size[1], size[2], size[3]])).ok()?;
        let data = rest.get(size_at + 4..(size_at + 4).checked_add(size)?)?;
        if id == 0x0404 {
            let kept = kept_of_iim(data);
            if kept.is_empty() {
                return None;
            }
            let mut out = b"Photoshop 3.0\x008BIM\x04\x04\0\0".to_vec();
            out.extend_from_slice(&u32::try_from(kept.len()).ok()?.to_be_bytes());
            out.extend_from_slice(&kept);
            if kept.len() % 2 == 1 {
                out.push(0);
            }
            return Some(out);
        }
        rest = rest.get(size_at + 4 + ((size + 1) & !1)..)?;
    }
    None
}

fn kept_of_iim(data: &[u8]) -> Vec<u8> {
    let (mut rest, mut out) = (data, Vec::new());
    while let [0x1c, record, dataset, high, low, ..] = *rest {
        let length = usize::from(u16::from_be_bytes([high, low]));
        // Longer ones count otherwise; no caption is that long.
        if length > 0x7fff {
            break;
        }
        let Some(whole) = rest.get(..5 + length) else { break };
        if IIM_KEPT.contains(&(record, dataset)) {
            out.extend_from_slice(whole);
        }
        rest = &rest[5 + length..];
    }
    out
}

fn png(bytes: Bytes) -> Result<Vec<u8>, Refusal> {
    let mut png = Png::from_bytes(bytes).map_err(|_| Refusal::Broken)?;
    let orientation = png
        .chunk_by_type(*b"eXIf")
        .and_then(|chunk| Orientation::from_exif_chunk(chunk.contents()))
        .filter(|orientation| *orientation != Orientation::NoTransforms);
    const KEPT: [&[u8; 4]; 15] = [
        b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"bKGD",
        b"acTL", b"fcTL", b"fdAT",
    ];
    png.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.kind()) || &chunk.kind() == b"pHYs");
    if let Some(orientation) = orientation {
        let chunk = img_parts::png::PngChunk::new(*b"eXIf", exif_of(orientation).into());
        let place = png.chunks().iter().position(|chunk| &chunk.kind() == b"IDAT").unwrap_or(1);
        png.chunks_mut().insert(place, chunk);
    }
    Ok(png.encoder().bytes().to_vec())
}

fn webp(bytes: Bytes) -> Result<Vec<u8>, Refusal> {
    use img_parts::ImageEXIF;
    let mut webp = WebP::from_bytes(bytes).map_err(|_| Refusal::Broken)?;
    let orientation = webp
        .exif()
        .and_then(|exif| Orientation::from_exif_chunk(exif.strip_prefix(b"Exif\0\0").unwrap_or(&exif)))
        .filter(|orientation| *orientation != Orientation::NoTransforms);
    const KEPT: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];
    webp.chunks_mut().retain(|chunk| KEPT.contains(&&chunk.id()));
    // Sets the flags of its head too.
    webp.set_exif(orientation.map(|orientation| exif_of(orientation).into()));
    let bytes = webp.encoder().bytes().to_vec();
    Ok(bytes)
}

/// Without comments and foreign extensions; how often it is repeated stays.
fn gif(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut at = 13;
    let head = bytes.get(..at).ok_or(Refusal::Broken)?;
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    at += table(head[10]);
    let mut out = bytes.get(..at).ok_or(Refusal::Broken)?.to_vec();
    let blocks_end = |mut at: usize| loop {
        match bytes.get(at) {
            Some(0) => return Ok(at + 1),
            Some(length) => at += 1 + usize::from(*length),
            None => return Err(Refusal::Broken),
        }
    };
    loop {
        match bytes.get(at) {
            Some(0x21) => {
                let label = *bytes.get(at + 1).ok_or(Refusal::Broken)?;
                let end = blocks_end(at + 2)?;
                let whole = bytes.get(at..end).ok_or(Refusal::Broken)?;
                let repeats = label == 0xff && whole.get(3..14).is_some_and(|name| name == b"NETSCAPE2.0");
                if label == 0xf9 || repeats {
                    out.extend_from_slice(whole);
                }
                at = end;
            }
            Some(0x2c) => {
                let flags = *bytes.get(at + 9).ok_or(Refusal::Broken)?;
                let end = blocks_end(at + 10 + table(flags) + 1)?;
                out.extend_from_slice(bytes.get(at..end).ok_or(Refusal::Broken)?);
                at = end;
            }
            // The end, or where a lazy program forgot it.
            _ => {
                out.push(0x3b);
                return Ok(out);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn data(name: &str) -> Option<Bytes> {
        let root = std::env::var("COMMUNIQUE_TEST_DATA")
            .map_or_else(|_| "../shared/data/media".into(), |data| format!("{data}/media"));
        std::fs::read(Path::new(&root).join(name)).ok().map(Bytes::from)
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn place_and_serial_numbers_leave_and_the_caption_stays() {
        for (name, gone, stays) in [
            ("photos/gps-DSCN0010.jpg", &["NIKON", "COOLPIX"][..], &[][..]),
            ("photos/exiftool-GPS.jpg", &["FUJIFILM", "FinePix"], &[]),
            ("photos/exiftool-IPTC.jpg", &["Kingston"], &["A witty caption", "My Credit", "Copyright 2004"]),
            ("photos/exiftool-XMP.jpg", &["http://ns.adobe.com/xap"], &[]),
            ("photos/Canon_40D.jpg", &["Canon"], &[]),
            ("photos/pillow-iptc.jpg", &["http://ns.adobe.com"], &[]),
        ] {
            let Some(original) = data(name) else { return };
            let stripped = strip(original.clone(), "image/jpeg").expect(name).expect("stripped");
            for text in gone {
                assert!(!holds(&stripped, text.as_bytes()), "{name}: {text} is still there");
            }
            for text in stays {
                assert!(
                    holds(&original, text.as_bytes()) && holds(&stripped, text.as_bytes()),
                    "{name}: {text} is gone"
                );
            }
            assert!(stripped.len() < original.len(), "{name}");
            let decode = |bytes: &[u8]| jpeg_decoder::Decoder::new(bytes).decode().expect(name);
            assert!(decode(&original) == decode(&stripped), "{name}: other pixels");
        }
    }

    #[test]
    fn the_way_up_stays() {
        for (name, media_type) in [
            ("photos/orientation-landscape_6.jpg", "image/jpeg"),
            ("photos/hopper_orientation_6.jpg", "image/jpeg"),
            ("photos/hopper_orientation_6.webp", "image/webp"),
        ] {
            let Some(original) = data(name) else { return };
            let stripped = strip(original, media_type).expect(name).expect("stripped");
            let mut file = tempfile::NamedTempFile::new().expect("a file");
            std::io::Write::write_all(&mut file, &stripped).expect("written");
            let (mut reader, format) = match media_type {
                "image/jpeg" => (image::ImageReader::open(file.path()).expect("opened"), image::ImageFormat::Jpeg),
                _ => (image::ImageReader::open(file.path()).expect("opened"), image::ImageFormat::WebP),
            };
            reader.set_format(format);
            let mut decoder = reader.into_decoder().expect("decoded");
            let orientation = image::ImageDecoder::orientation(&mut decoder).expect("read");
            assert_eq!(orientation, Orientation::Rotate90, "{name}");
        }
    }

    #[test]
    fn what_hangs_behind_the_end_is_cut() {
        for (name, media_type) in [
            ("photos/fixture.gif", "image/gif"),
            ("photos/Nikon_D70.jpg", "image/jpeg"),
            ("photos/fixture.webp", "image/webp"),
        ] {
            let Some(original) = data(name) else { return };
            let with_page = [&original, b"<script>alert(1)</script>".as_slice()].concat();
            let Ok(Some(stripped)) = strip(with_page.into(), media_type) else { continue };
            assert!(!holds(&stripped, b"<script>"), "{name}");
        }
        for (media_type, bytes) in [
            ("image/gif", &b"GIF89a"[..]),
            ("image/jpeg", b"\xff\xd8\xff"),
            ("image/png", b"\x89PNG"),
            ("image/webp", b"RIFF"),
        ] {
            assert!(strip(Bytes::from_static(bytes), media_type).is_err(), "{media_type}");
        }
    }

    #[test]
    fn a_comment_of_a_gif_is_taken_out() {
        let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe\x06secret\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0\x3btail";
        let stripped = strip(Bytes::from_static(gif), "image/gif").expect("read").expect("stripped");
        assert!(!holds(&stripped, b"secret") && stripped.ends_with(b"\x44\x01\0\x3b"));
    }
}
