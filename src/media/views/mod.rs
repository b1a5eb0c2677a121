//! How media are shown: `public.rs` on the page of a release, `desk.rs` in its editor.

pub mod desk;
pub mod public;

use crate::kit::lang::Lang;
use crate::phrases::phrases;

/// A size in words: `210 kB`, `8,4 MB`. Of thousands, as disks and browsers count.
pub fn bytes(lang: Lang, bytes: u64) -> String {
    let words = phrases(lang);
    if bytes < 1_000_000 {
        return words.media_kilobytes(bytes.div_ceil(1000).to_string());
    }
    let tenths = (bytes + 50_000) / 100_000;
    let point = if lang == Lang::En { '.' } else { ',' };
    let number =
        if tenths >= 100 { (tenths / 10).to_string() } else { format!("{}{point}{}", tenths / 10, tenths % 10) };
    words.media_megabytes(number)
}

/// What a format is called, by the end of a name.
pub fn format(extension: &str) -> String {
    match extension {
        "jpg" => "JPEG".into(),
        "tif" => "TIFF".into(),
        "webp" => "WebP".into(),
        "webm" => "WebM".into(),
        other => other.to_uppercase(),
    }
}

/// `2:05`, `1:02:05`.
pub fn duration(ms: i64) -> String {
    let s = ms.max(0) / 1000;
    if s >= 3600 {
        format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
    } else {
        format!("{}:{:02}", s / 60, s % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_durations_in_words() {
        for (lang, n, expected) in [
            (Lang::Fr, 209_500, "210\u{a0}ko"),
            (Lang::Nl, 8_430_000, "8,4\u{a0}MB"),
            (Lang::De, 46_000_000, "46\u{a0}MB"),
            (Lang::En, 1_000_000, "1.0\u{a0}MB"),
            (Lang::En, 1, "1\u{a0}kB"),
        ] {
            assert_eq!(bytes(lang, n), expected);
        }
        assert_eq!(
            (duration(125_900), duration(3_725_000), duration(0)),
            ("2:05".into(), "1:02:05".into(), "0:00".into())
        );
    }
}
