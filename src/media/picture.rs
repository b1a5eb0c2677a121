//! Pictures: decoded within bounds, turned as they are to be seen, in the colours of the web, and made smaller.
//!
//! What comes from outside is decoded beside the requests, one picture at a time in a process, and a decoder that panics
//! costs its picture. A JPEG is scaled down while it is decoded, so that a large one takes the memory of a small one.

use std::fs::File;
use std::io::{BufReader, Cursor};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::model::Refusal;

/// The most memory that decoding one picture may take, in bytes.
const MEMORY_MAX: u64 = 400 << 20;
/// The most passes of a progressive JPEG; cameras write one, programs up to a dozen. Each costs the time of a whole one.
const PASSES_MAX: usize = 100;
/// Of 100; the difference to the original is not seen at this size.
const WEBP_QUALITY: f32 = 80.0;
const JPEG_QUALITY: u8 = 82;
/// Of a whole file in another format.
const FILE_QUALITY: u8 = 93;

/// A picture in sRGB, 8 bits a channel, as it is to be seen.
#[derive(Debug, Clone)]
pub struct Picture {
    pixels: Vec<u8>,
    width: u32,
    height: u32,
    has_alpha: bool,
    /// Of the original, turned likewise: it may have been scaled while it was decoded.
    pub original: (u32, u32),
}

/// Reads a picture of at most so many pixels, at least `widest` pixels wide or as wide as it is.
///
/// # Errors
/// It is damaged, or takes too much.
pub fn read(file: &Path, media_type: &str, max_pixels: u64, widest: u32) -> Result<Picture, Refusal> {
    let attempt = || match media_type {
        "image/jpeg" => read_jpeg(file, max_pixels, widest).or_else(|why| match why {
            // What one decoder does not know, the other may.
            Refusal::Broken => read_other(file, ImageFormat::Jpeg, max_pixels, widest),
            why => Err(why),
        }),
        "image/png" => read_other(file, ImageFormat::Png, max_pixels, widest),
        "image/gif" => read_other(file, ImageFormat::Gif, max_pixels, widest),
        "image/webp" => read_other(file, ImageFormat::WebP, max_pixels, widest),
        "image/tiff" => read_other(file, ImageFormat::Tiff, max_pixels, widest),
        _ => Err(Refusal::UnknownType),
    };
    catch_unwind(AssertUnwindSafe(attempt)).unwrap_or(Err(Refusal::Broken))
}

fn read_jpeg(file: &Path, max_pixels: u64, widest: u32) -> Result<Picture, Refusal> {
    let broken = |_| Refusal::Broken;
    let bytes = std::fs::read(file).map_err(|_| Refusal::Broken)?;
    if bytes.windows(2).filter(|pair| pair == b"\xff\xda").count() > PASSES_MAX {
        return Err(Refusal::Broken);
    }
    let mut decoder = jpeg_decoder::Decoder::new(Cursor::new(&bytes));
    decoder.read_info().map_err(broken)?;
    let info = decoder.info().ok_or(Refusal::Broken)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    let pixels = u64::from(width) * u64::from(height);
    // The coefficients of a progressive one are kept whole until its last pass, two bytes each.
    let is_progressive = info.coding_process == jpeg_decoder::CodingProcess::DctProgressive;
    if pixels > max_pixels || (is_progressive && pixels * 6 > MEMORY_MAX) {
        return Err(Refusal::TooManyPixels);
    }
    let orientation = decoder.exif_data().and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms);
    let across = if turns(orientation) { height } else { width };
    // Twice as wide as wanted, so that what is left to scale is done with a good filter.
    let wanted = u64::from(widest.min(across)) * 3 / 2;
    let share = |side: u32| {
        u16::try_from((u64::from(side) * wanted).div_ceil(u64::from(across)).min(65_535)).unwrap_or(u16::MAX)
    };
    let scaled = if wanted < u64::from(across) {
        decoder.scale(share(width), share(height)).map_err(broken)?
    } else {
        (info.width, info.height)
    };
    let icc = decoder.icc_profile();
    decoder.set_max_decoding_buffer_size(usize::try_from(MEMORY_MAX).unwrap_or(usize::MAX));
    let decoded = decoder.decode().map_err(broken)?;
    let (w, h) = (u32::from(scaled.0), u32::from(scaled.1));
    let image = match info.pixel_format {
        jpeg_decoder::PixelFormat::RGB24 => {
            in_srgb(DynamicImage::ImageRgb8(RgbImage::from_raw(w, h, decoded).ok_or(Refusal::Broken)?), icc)
        }
        jpeg_decoder::PixelFormat::L8 => {
            let rgb = decoded.iter().flat_map(|grey| [*grey; 3]).collect();
            DynamicImage::ImageRgb8(RgbImage::from_raw(w, h, rgb).ok_or(Refusal::Broken)?)
        }
        jpeg_decoder::PixelFormat::L16 => {
            let rgb = decoded
                .chunks_exact(2)
                .flat_map(|grey| [u16::from_ne_bytes([grey[0], grey[1]]).to_be_bytes()[0]; 3])
                .collect();
            DynamicImage::ImageRgb8(RgbImage::from_raw(w, h, rgb).ok_or(Refusal::Broken)?)
        }
        jpeg_decoder::PixelFormat::CMYK32 => {
            let rgb = of_inks(&decoded, icc.as_deref());
            DynamicImage::ImageRgb8(RgbImage::from_raw(w, h, rgb).ok_or(Refusal::Broken)?)
        }
    };
    Ok(Picture::of(image, orientation, (width, height), widest))
}

fn read_other(file: &Path, format: ImageFormat, max_pixels: u64, widest: u32) -> Result<Picture, Refusal> {
    let refused = |error: image::ImageError| match error {
        image::ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Broken,
    };
    let file = BufReader::new(File::open(file).map_err(|_| Refusal::Broken)?);
    let mut reader = ImageReader::with_format(file, format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY_MAX);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(refused)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > max_pixels || decoder.total_bytes() > MEMORY_MAX {
        return Err(Refusal::TooManyPixels);
    }
    decoder.set_limits(limits).map_err(refused)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let icc = decoder.icc_profile().ok().flatten();
    let decoded = DynamicImage::from_decoder(decoder).map_err(refused)?;
    let plain = if decoded.color().has_alpha() {
        DynamicImage::ImageRgba8(decoded.into_rgba8())
    } else {
        DynamicImage::ImageRgb8(decoded.into_rgb8())
    };
    // Of the profile first made small, which is quicker and looks the same.
    let small = Picture::of(
        plain,
        Orientation::NoTransforms,
        (width, height),
        if turns(orientation) { u32::MAX } else { widest },
    );
    let image = in_srgb(small.into_image().ok_or(Refusal::Broken)?, icc);
    Ok(Picture::of(image, orientation, (width, height), widest))
}

/// Whether it stands on its side.
fn turns(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    )
}

/// In the colours of the web; a profile that cannot be used is passed over.
fn in_srgb(mut image: DynamicImage, icc: Option<Vec<u8>>) -> DynamicImage {
    let Some(profile) = icc.and_then(|icc| ColorProfile::new_from_slice(&icc).ok()) else { return image };
    if profile.color_space != DataColorSpace::Rgb {
        return image;
    }
    let srgb = ColorProfile::new_srgb();
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) else {
        return image;
    };
    let converted = {
        let mut out = vec![0; image.as_bytes().len()];
        transform.transform(image.as_bytes(), &mut out).is_ok().then_some(out)
    };
    if let Some(out) = converted {
        let (w, h) = (image.width(), image.height());
        let replaced = match layout {
            Layout::Rgba => RgbaImage::from_raw(w, h, out).map(DynamicImage::ImageRgba8),
            _ => RgbImage::from_raw(w, h, out).map(DynamicImage::ImageRgb8),
        };
        image = replaced.unwrap_or(image);
    }
    image
}

/// RGB of the four inks of print, by their profile, or as well as it goes without one.
fn of_inks(inks: &[u8], icc: Option<&[u8]>) -> Vec<u8> {
    let profile =
        icc.and_then(|icc| ColorProfile::new_from_slice(icc).ok()).filter(|p| p.color_space == DataColorSpace::Cmyk);
    if let Some(profile) = profile {
        let transform = profile.create_transform_8bit(
            Layout::Rgba,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        );
        let mut rgb = vec![0; inks.len() / 4 * 3];
        if transform.is_ok_and(|transform| transform.transform(inks, &mut rgb).is_ok()) {
            return rgb;
        }
    }
    let less =
        |ink: u8, black: u8| u8::try_from(u16::from(255 - ink) * u16::from(255 - black) / 255).unwrap_or(u8::MAX);
    inks.chunks_exact(4).flat_map(|ink| [less(ink[0], ink[3]), less(ink[1], ink[3]), less(ink[2], ink[3])]).collect()
}

impl Picture {
    /// Made at most `widest` wide, turned.
    fn of(mut image: DynamicImage, orientation: Orientation, stored: (u32, u32), widest: u32) -> Self {
        let original = if turns(orientation) { (stored.1, stored.0) } else { stored };
        image.apply_orientation(orientation);
        let has_alpha = image.color().has_alpha();
        let (width, height) = (image.width(), image.height());
        let picture = Self { pixels: image.into_bytes(), width, height, has_alpha, original };
        if width > widest { picture.narrowed(widest) } else { picture }
    }

    fn into_image(self) -> Option<DynamicImage> {
        let (w, h) = (self.width, self.height);
        if self.has_alpha {
            RgbaImage::from_raw(w, h, self.pixels).map(DynamicImage::ImageRgba8)
        } else {
            RgbImage::from_raw(w, h, self.pixels).map(DynamicImage::ImageRgb8)
        }
    }

    /// Width and height.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The widths it is made in: those listed that it has, and its own where that is less than the widest listed.
    pub fn widths(&self) -> Vec<u32> {
        let [.., widest] = super::model::WIDTHS;
        let own = self.original.0.min(widest);
        let mut widths: Vec<u32> = super::model::WIDTHS.into_iter().filter(|width| *width < own).collect();
        widths.push(own);
        widths
    }

    /// The same, `width` pixels wide.
    #[must_use]
    pub fn narrowed(&self, width: u32) -> Self {
        if width >= self.width {
            return self.clone();
        }
        let height = u32::try_from(
            (u64::from(self.height) * u64::from(width) + u64::from(self.width) / 2) / u64::from(self.width),
        )
        .unwrap_or(1)
        .max(1);
        let kind = if self.has_alpha { PixelType::U8x4 } else { PixelType::U8x3 };
        let mut to = Image::new(width, height, kind);
        let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
        let scaled = ImageRef::new(self.width, self.height, &self.pixels, kind)
            .is_ok_and(|from| Resizer::new().resize(&from, &mut to, &options).is_ok());
        debug_assert!(scaled, "the buffers have their sizes");
        Self { pixels: to.into_vec(), width, height, ..*self }
    }

    /// As WebP.
    pub fn webp(&self) -> Vec<u8> {
        let encoder = if self.has_alpha {
            webp::Encoder::from_rgba(&self.pixels, self.width, self.height)
        } else {
            webp::Encoder::from_rgb(&self.pixels, self.width, self.height)
        };
        encoder.encode(WEBP_QUALITY).to_vec()
    }

    /// As JPEG, on white where it is transparent.
    pub fn jpeg(&self) -> Vec<u8> {
        self.jpeg_of(JPEG_QUALITY)
    }

    /// As the JPEG that stands for an original in a format that may not leave the house as it is.
    pub fn file_jpeg(&self) -> Vec<u8> {
        self.jpeg_of(FILE_QUALITY)
    }

    fn jpeg_of(&self, quality: u8) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality);
        let encoded = encoder.encode(&self.opaque(), self.width, self.height, image::ExtendedColorType::Rgb8);
        debug_assert!(encoded.is_ok(), "writing to memory succeeds");
        out
    }

    fn opaque(&self) -> std::borrow::Cow<'_, [u8]> {
        if !self.has_alpha {
            return (&self.pixels).into();
        }
        let over = |colour: u8, alpha: u8| {
            let alpha = u16::from(alpha);
            u8::try_from((u16::from(colour) * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
        };
        let pixels: Vec<u8> =
            self.pixels.chunks_exact(4).flat_map(|p| [over(p[0], p[3]), over(p[1], p[3]), over(p[2], p[3])]).collect();
        pixels.into()
    }

    /// Its colour from afar, 0xRRGGBB.
    pub fn colour(&self) -> i32 {
        let pixels = self.opaque();
        let count = (pixels.len() / 3).max(1) as u64;
        let mean = |channel: usize| pixels.iter().skip(channel).step_by(3).map(|v| u64::from(*v)).sum::<u64>() / count;
        i32::try_from((mean(0) << 16) | (mean(1) << 8) | mean(2)).unwrap_or_default()
    }

    /// Of a picture in memory that we made ourselves.
    pub(super) fn of_webp(bytes: &[u8]) -> Option<Self> {
        let image = image::load_from_memory_with_format(bytes, ImageFormat::WebP).ok()?;
        let size = (image.width(), image.height());
        let plain = if image.color().has_alpha() {
            DynamicImage::ImageRgba8(image.into_rgba8())
        } else {
            DynamicImage::ImageRgb8(image.into_rgb8())
        };
        Some(Self::of(plain, Orientation::NoTransforms, size, u32::MAX))
    }

    /// The bytes of a pixel, and how many each has: for the watermark.
    pub(super) fn pixels_mut(&mut self) -> (&mut [u8], usize) {
        (&mut self.pixels, if self.has_alpha { 4 } else { 3 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATA: &str = "../shared/data/media";

    fn data(name: &str) -> Option<std::path::PathBuf> {
        let root = std::env::var("COMMUNIQUE_TEST_DATA").map_or_else(|_| DATA.into(), |data| format!("{data}/media"));
        let path = Path::new(&root).join(name);
        path.exists().then_some(path)
    }

    fn jpeg(width: u32, height: u32) -> Vec<u8> {
        let pixels = (0..width * height).flat_map(|n| [(n % 251) as u8, (n / width % 256) as u8, 90]).collect();
        Picture { pixels, width, height, has_alpha: false, original: (width, height) }.jpeg()
    }

    #[test]
    fn a_picture_is_turned_as_it_is_seen() {
        for (name, size) in [
            ("photos/orientation-landscape_1.jpg", (600, 450)),
            ("photos/orientation-landscape_3.jpg", (600, 450)),
            ("photos/orientation-landscape_6.jpg", (600, 450)),
            ("photos/orientation-landscape_8.jpg", (600, 450)),
        ] {
            let Some(path) = data(name) else { return };
            let picture = read(&path, "image/jpeg", 1_000_000, 320).expect(name);
            assert_eq!((picture.original, picture.size()), (size, (320, 240)), "{name}");
            // All four show the same: grass below, sky above.
            let top = &picture.pixels[..320 * 3 * 20];
            let bottom = &picture.pixels[picture.pixels.len() - 320 * 3 * 20..];
            let blue = |part: &[u8]| part.iter().skip(2).step_by(3).map(|v| u64::from(*v)).sum::<u64>();
            assert!(blue(top) > blue(bottom), "{name}");
        }
        let Some(path) = data("photos/hopper_orientation_6.webp") else { return };
        let turned = read(&path, "image/webp", 1_000_000, 320).expect("decoded");
        assert_eq!(turned.original, (128, 128));
    }

    #[test]
    fn a_large_picture_is_made_in_its_widths() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("x.jpg");
        std::fs::write(&path, jpeg(2000, 1000)).expect("written");
        let picture = read(&path, "image/jpeg", 2_000_000, 1920).expect("decoded");
        assert_eq!((picture.original, picture.size()), ((2000, 1000), (1920, 960)));
        assert_eq!(picture.widths(), [320, 640, 960, 1280, 1920]);
        assert_eq!(picture.narrowed(320).size(), (320, 160));
        assert_eq!(Picture::of_webp(&picture.narrowed(640).webp()).map(|p| p.size()), Some((640, 320)));
        assert_eq!(read(&path, "image/jpeg", 1_999_999, 1920).err(), Some(Refusal::TooManyPixels));
        std::fs::write(&path, &jpeg(2000, 1000)[..400]).expect("written");
        assert_eq!(read(&path, "image/jpeg", 2_000_000, 1920).err(), Some(Refusal::Broken), "cut off");
        std::fs::write(&path, jpeg(500, 10)).expect("written");
        assert_eq!(read(&path, "image/jpeg", 2_000_000, 1920).expect("decoded").widths(), [320, 500]);
    }

    #[test]
    fn hostile_pictures_take_neither_memory_nor_the_process() {
        for (name, media_type, expected) in [
            ("hostile/pillow-decompression_bomb.gif", "image/gif", None),
            ("hostile/made-bomb-20000x20000-1bit.png", "image/png", Some(Refusal::TooManyPixels)),
            ("hostile/fixture-corrupt.png", "image/png", Some(Refusal::Broken)),
            ("hostile/pillow-broken_data_stream.png", "image/png", Some(Refusal::Broken)),
            ("hostile/pillow-broken.png", "image/png", Some(Refusal::Broken)),
            ("hostile/small-invalid.jpg", "image/jpeg", Some(Refusal::Broken)),
        ] {
            let Some(path) = data(name) else { return };
            let why = read(&path, media_type, 100_000_000, 1920).err();
            match expected {
                Some(expected) => assert_eq!(why, Some(expected), "{name}"),
                None => assert!(matches!(why, Some(Refusal::Broken | Refusal::TooManyPixels)), "{name}: {why:?}"),
            }
        }
    }

    #[test]
    fn what_is_transparent_lies_on_white() {
        let picture =
            Picture { pixels: vec![0, 0, 0, 0, 0, 0, 0, 255], width: 2, height: 1, has_alpha: true, original: (2, 1) };
        assert_eq!(&*picture.opaque(), [255, 255, 255, 0, 0, 0]);
        assert_eq!(picture.colour(), 0x7f7f7f);
    }
}
