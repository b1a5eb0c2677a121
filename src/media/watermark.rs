//! The name of whom a preview is for, drawn into its pictures, so that one that travels tells whence.
//!
//! In letters of 8 by 8 dots, which need no font on the machine; what they lack is written in ASCII.

use font8x8::UnicodeFonts;

use super::picture::Picture;

/// How much of a name is drawn.
const LETTERS_MAX: usize = 48;

/// The WebP of the same picture with the name across it, again and again; none if it is no picture.
pub fn draw(webp: &[u8], name: &str) -> Option<Vec<u8>> {
    let mut picture = Picture::of_webp(webp)?;
    let (width, height) = picture.size();
    let dots = letters(name);
    // Three times over the width, and not smaller than can be read.
    let scale = (width / 3 / (u32::try_from(dots.len()).unwrap_or(1) * 8).max(1)).max(1);
    let (line, step) = (8 * scale, (u32::try_from(dots.len()).unwrap_or(1) + 4) * 8 * scale);
    let (pixels, channels) = picture.pixels_mut();
    let mut row = 0;
    let mut top = line;
    while top + line <= height.max(2 * line) {
        let mut left = (row % 2) * step / 2;
        while left < width {
            for (place, letter) in (0_u32..).zip(&dots) {
                for (y, bits) in (0_u32..).zip(letter) {
                    for x in (0..8).filter(|x| bits >> x & 1 == 1) {
                        let at = (left + (place * 8 + x) * scale, top + y * scale);
                        dot(pixels, channels, (width, height), at, scale);
                    }
                }
            }
            left += step;
        }
        row += 1;
        top += line * 5;
    }
    Some(picture.webp())
}

/// One dot of a letter: white, and dark at its lower right, so that it is seen on either.
fn dot(pixels: &mut [u8], channels: usize, (width, height): (u32, u32), (left, top): (u32, u32), scale: u32) {
    let mut blend = |x: u32, y: u32, towards: u16| {
        if x >= width || y >= height {
            return;
        }
        let at = (y as usize * width as usize + x as usize) * channels;
        for value in pixels.iter_mut().skip(at).take(3) {
            *value = u8::try_from((u16::from(*value) * 11 + towards * 9) / 20).unwrap_or(u8::MAX);
        }
        if channels == 4
            && let Some(alpha) = pixels.get_mut(at + 3)
        {
            *alpha = (*alpha).max(140);
        }
    };
    for y in top..top + scale {
        for x in left..left + scale {
            blend(x, y, 255);
        }
    }
    for step in 0..scale {
        blend(left + scale, top + step + 1, 0);
    }
}

fn letters(name: &str) -> Vec<[u8; 8]> {
    let known = |c: char| {
        font8x8::BASIC_FONTS.get(c).or_else(|| font8x8::LATIN_FONTS.get(c)).or_else(|| font8x8::GREEK_FONTS.get(c))
    };
    name.chars()
        .take(LETTERS_MAX)
        .flat_map(|c| {
            if let Some(letter) = known(c) {
                return vec![letter];
            }
            // As an address would write it.
            let plain = slug::slugify(c.to_string());
            let plain = if c.is_uppercase() { plain.to_uppercase() } else { plain };
            plain.chars().filter_map(known).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grey(width: u32, height: u32) -> Vec<u8> {
        webp::Encoder::from_rgb(&vec![128; (width * height * 3) as usize], width, height).encode(90.0).to_vec()
    }

    #[test]
    fn a_name_is_seen_in_the_picture() {
        for (width, height) in [(320, 200), (1280, 853), (8, 8), (40, 2000)] {
            let drawn = draw(&grey(width, height), "Łukasz Ørsted – Le Soir").expect("drawn");
            let picture =
                image::load_from_memory_with_format(&drawn, image::ImageFormat::WebP).expect("decoded").into_rgb8();
            assert_eq!(picture.dimensions(), (width, height));
            let changed = picture.pixels().filter(|pixel| pixel.0[0] > 150).count();
            if width >= 40 {
                assert!(changed > (width * height / 200) as usize, "{width}x{height}: {changed}");
            }
        }
        assert_eq!(draw(b"no picture", "x"), None);
        assert!(draw(&grey(100, 100), "").is_some());
    }

    #[test]
    fn letters_that_are_lacking_are_written_otherwise() {
        assert_eq!(letters("é").len(), 1);
        assert_eq!(letters("Ł"), letters("L"));
        assert_eq!(letters(&"x".repeat(500)).len(), LETTERS_MAX);
    }
}
