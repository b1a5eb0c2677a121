//! Content codings (RFC 9110 §8.4): which one a client takes, and making it.

use std::cell::RefCell;
use std::io::Read;

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use libdeflater::{CompressionLvl, Compressor};

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// RFC 7932.
    Brotli,
    /// RFC 1952.
    Gzip,
    /// As it is.
    Plain,
}

impl Coding {
    /// All of them, the smallest first.
    pub const ALL: [Coding; 3] = [Coding::Brotli, Coding::Gzip, Coding::Plain];

    /// The value of `Content-Encoding`; none for a body that is sent as it is.
    pub const fn header(self) -> Option<&'static str> {
        match self {
            Coding::Brotli => Some("br"),
            Coding::Gzip => Some("gzip"),
            Coding::Plain => None,
        }
    }

    /// The strong validator of a body in this coding (RFC 9110 §8.8.3): each coding has its own, since their bytes differ.
    pub fn tag(self, digest: &str) -> HeaderValue {
        let tag = match self.header() {
            Some(name) => format!("\"{digest}.{name}\""),
            None => format!("\"{digest}\""),
        };
        HeaderValue::try_from(tag).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
    }

    /// The body in this coding: gzip as quickly as it goes at a fair size, brotli smaller and five times as long.
    pub fn encode(self, body: &[u8]) -> Vec<u8> {
        match self {
            Coding::Plain => body.to_vec(),
            Coding::Gzip => GZIP.with_borrow_mut(|compressor| {
                let mut out = vec![0; compressor.gzip_compress_bound(body.len())];
                let length = compressor.gzip_compress(body, &mut out).expect("the bound is enough");
                out.truncate(length);
                out.shrink_to_fit();
                out
            }),
            Coding::Brotli => {
                let mut out = Vec::with_capacity(body.len() / 3);
                let params = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    size_hint: body.len(),
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*body, &mut out, &params).expect("writing to memory succeeds");
                out.shrink_to_fit();
                out
            }
        }
    }

    /// The body that was encoded in this coding by [`Coding::encode`].
    pub fn decode(self, encoded: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(encoded.len() * 4);
        match self {
            Coding::Plain => out.extend_from_slice(encoded),
            Coding::Gzip => {
                flate2::read::GzDecoder::new(encoded).read_to_end(&mut out).map(drop).expect("our own encoding");
            }
            Coding::Brotli => brotli::BrotliDecompress(&mut &*encoded, &mut out).expect("our own encoding"),
        }
        out
    }
}

/// The codings that a client takes (RFC 9110 §12.5.3). Weights only say what is refused: all of ours hold the same text,
/// and what a client takes at all it takes gladly. What refuses everything gets it as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Accepted {
    /// Brotli.
    pub brotli: bool,
    /// Gzip.
    pub gzip: bool,
}

impl Accepted {
    /// What a request says.
    pub fn of(headers: &HeaderMap) -> Self {
        Self::parse(headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default())
    }

    fn parse(accepted: &str) -> Self {
        let (mut brotli, mut gzip, mut any) = (None, None, None);
        for part in accepted.split(',') {
            let mut pieces = part.split(';');
            let name = pieces.next().unwrap_or_default().trim();
            let is_refused =
                pieces.any(|piece| {
                    let piece = piece.trim();
                    piece.strip_prefix("q=").or_else(|| piece.strip_prefix("Q=")).map(str::trim).is_some_and(|weight| {
                        weight.starts_with('0') && weight.bytes().all(|b| matches!(b, b'0' | b'.'))
                    })
                });
            if name.eq_ignore_ascii_case("br") {
                brotli = Some(!is_refused);
            } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                gzip = Some(!is_refused);
            } else if name == "*" {
                any = Some(!is_refused);
            }
        }
        let takes = |said: Option<bool>| said.or(any).unwrap_or(false);
        Self { brotli: takes(brotli), gzip: takes(gzip) }
    }

    /// The smallest.
    pub fn smallest(self) -> Coding {
        match self {
            Accepted { brotli: true, .. } => Coding::Brotli,
            Accepted { gzip: true, .. } => Coding::Gzip,
            _ => Coding::Plain,
        }
    }
}

/// Whether an `If-None-Match` names a body of this digest (RFC 9110 §13.1.2). Compared weakly, as that header asks:
/// whichever coding was kept, its text is this one.
pub fn is_same(headers: &HeaderMap, digest: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).any(|tags| {
        tags.to_str().is_ok_and(|tags| {
            tags.split(',').any(|tag| {
                let tag = tag.trim();
                tag == "*" || tag.trim_start_matches("W/").trim_matches('"').split('.').next() == Some(digest)
            })
        })
    })
}

/// A third of the time of the usual 6, and a tenth larger: what is asked for often is sent smaller.
const GZIP_LEVEL: i32 = 1;

thread_local! {
    /// Its tables are some hundred kilobytes, which cost more to get than a page takes to compress.
    static GZIP: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::new(GZIP_LEVEL).unwrap_or_default()));
}
const BROTLI_QUALITY: i32 = 7;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_is_the_smallest() {
        use Coding::{Brotli, Gzip, Plain};
        for (accepted, smallest) in [
            ("gzip, deflate, br, zstd", Brotli),
            ("br;q=0.1, gzip;q=1.0", Brotli),
            ("br", Brotli),
            ("gzip, br;q=0", Gzip),
            ("gzip, br;q=0.000", Gzip),
            ("GZIP", Gzip),
            ("x-gzip", Gzip),
            ("*", Brotli),
            ("br;q=0, *", Gzip),
            ("*;q=0, gzip", Gzip),
            ("identity", Plain),
            ("", Plain),
            ("brotli, gzipped", Plain),
            (";;,=,br;q=x", Brotli),
        ] {
            assert_eq!(Accepted::parse(accepted).smallest(), smallest, "{accepted}");
        }
    }

    #[test]
    fn what_is_encoded_is_decoded() {
        let body = "Ein Satz, der sich wiederholt. ".repeat(500).into_bytes();
        for coding in Coding::ALL {
            let encoded = coding.encode(&body);
            assert!(coding == Coding::Plain || encoded.len() < body.len() / 10, "{coding:?}: {}", encoded.len());
            assert_eq!(coding.decode(&encoded), body, "{coding:?}");
            assert_eq!(coding.decode(&coding.encode(b"")), b"", "{coding:?}");
        }
    }
}
