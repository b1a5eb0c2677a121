//! Content codings (RFC 9110 §8.4): which one a client takes, and making it.

use std::io::{Read, Write};

use actix_web::http::header::{self, HeaderMap, HeaderValue};

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

    /// The smallest that an `Accept-Encoding` takes (RFC 9110 §12.5.3). Weights only say what is refused: all of ours
    /// hold the same text, and what a client takes at all it takes gladly. What refuses everything gets it as it is.
    pub fn best(accepted: &str) -> Coding {
        let mut any = None;
        let mut takes = [None, None];
        for part in accepted.split(',') {
            let mut pieces = part.split(';');
            let name = pieces.next().unwrap_or_default().trim();
            let refused = pieces.any(|piece| {
                piece.trim().strip_prefix("q=").or_else(|| piece.trim().strip_prefix("Q=")).is_some_and(|weight| {
                    weight.trim().starts_with('0') && weight.trim().bytes().all(|b| matches!(b, b'0' | b'.'))
                })
            });
            if name.eq_ignore_ascii_case("br") {
                takes[0] = Some(!refused);
            } else if name.eq_ignore_ascii_case("gzip") || name.eq_ignore_ascii_case("x-gzip") {
                takes[1] = Some(!refused);
            } else if name == "*" {
                any = Some(!refused);
            }
        }
        let [brotli, gzip] = takes.map(|said| said.or(any).unwrap_or(false));
        if brotli {
            Coding::Brotli
        } else if gzip {
            Coding::Gzip
        } else {
            Coding::Plain
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

    /// The body in this coding, made in a hurry: somebody waits for it.
    pub fn encode(self, body: &[u8]) -> Vec<u8> {
        match self {
            Coding::Plain => body.to_vec(),
            Coding::Gzip => {
                let mut encoder = flate2::write::GzEncoder::new(
                    Vec::with_capacity(body.len() / 3),
                    flate2::Compression::new(GZIP_LEVEL),
                );
                encoder.write_all(body).and_then(|()| encoder.finish()).expect("writing to memory succeeds")
            }
            Coding::Brotli => {
                let mut out = Vec::with_capacity(body.len() / 3);
                let params = brotli::enc::BrotliEncoderParams {
                    quality: BROTLI_QUALITY,
                    size_hint: body.len(),
                    lgwin: 18,
                    ..Default::default()
                };
                brotli::BrotliCompress(&mut &*body, &mut out, &params).expect("writing to memory succeeds");
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

const GZIP_LEVEL: u32 = 4;
const BROTLI_QUALITY: i32 = 4;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_is_taken() {
        for (accepted, best) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("br;q=0.1, gzip;q=1.0", Coding::Brotli),
            ("gzip, br;q=0", Coding::Gzip),
            ("gzip, br;q=0.000", Coding::Gzip),
            ("GZIP", Coding::Gzip),
            ("x-gzip", Coding::Gzip),
            ("*", Coding::Brotli),
            ("br;q=0, *", Coding::Gzip),
            ("*;q=0, gzip", Coding::Gzip),
            ("identity", Coding::Plain),
            ("", Coding::Plain),
            ("brotli, gzipped", Coding::Plain),
            (";;,=,br;q=x", Coding::Brotli),
        ] {
            assert_eq!(Coding::best(accepted), best, "{accepted}");
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
