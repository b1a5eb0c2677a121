//! How a file is answered, whichever door it comes through: its own type and no other, a disposition that suits it, a part
//! of it where a part is asked for (RFC 9110 §14), and nothing where it is known already (§13).

use std::ops::Range;

use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse};
use futures::TryStreamExt;

use super::query::Served;
use crate::kit::storage::{Key, Storage, StorageError};
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, coding};

/// A file runs nothing and loads nothing but itself, in whatever window it is opened (PROMISES 3.2.1).
const CSP: &str = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                   form-action 'none'; frame-ancestors 'none'; sandbox";

/// Who may keep it, and which pages may show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody, as long as it is public: asked again each time.
    Everybody,
    /// Who asked, and nobody keeps it.
    Asker,
}

/// The file.
///
/// # Errors
/// It is not in storage, or storage is away.
pub async fn file(
    storage: &Storage,
    request: &HttpRequest,
    served: &Served,
    audience: Audience,
) -> Result<HttpResponse, WebError> {
    let length = served.bytes.unsigned_abs();
    let tag = format!("\"{}\"", served.digest);
    let same = coding::is_same(request.headers(), &served.digest);
    let part = if same { Part::Whole } else { part(request.headers(), &tag, length) };
    let status = match part {
        _ if same => StatusCode::NOT_MODIFIED,
        Part::Whole => StatusCode::OK,
        Part::Of(_) => StatusCode::PARTIAL_CONTENT,
        Part::None => StatusCode::RANGE_NOT_SATISFIABLE,
    };
    let body = match &part {
        _ if same => BoxBody::new(()),
        Part::None => BoxBody::new(()),
        Part::Whole if request.method() == Method::HEAD => {
            let nothing = futures::stream::empty::<Result<actix_web::web::Bytes, std::io::Error>>();
            BoxBody::new(SizedStream::new(length, nothing))
        }
        Part::Whole | Part::Of(_) => {
            let range = if let Part::Of(range) = &part { Some(range.clone()) } else { None };
            let (length, pieces) =
                storage.read(&Key::stored(&served.storage_key), range).await.map_err(|error| match error {
                    StorageError::Missing => {
                        WebError::Internal(anyhow::anyhow!("a file that a row names is not in storage"))
                    }
                    away => WebError::Unavailable(Box::new(away)),
                })?;
            BoxBody::new(SizedStream::new(length, pieces.map_err(std::io::Error::other)))
        }
    };
    let mut response = HttpResponse::with_body(status, body);
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.insert(name, value);
        }
    };
    set(header::ETAG, &tag);
    set(header::ACCEPT_RANGES, "bytes");
    set(header::CONTENT_SECURITY_POLICY, CSP);
    let (keep, resource) = match audience {
        Audience::Everybody => (Keep::Public, "cross-origin"),
        Audience::Asker => (Keep::Never, "same-origin"),
    };
    set(header::CACHE_CONTROL, keep.header());
    set(HeaderName::from_static("cross-origin-resource-policy"), resource);
    match &part {
        _ if same => {}
        Part::None => set(header::CONTENT_RANGE, &format!("bytes */{length}")),
        Part::Of(range) => set(header::CONTENT_RANGE, &format!("bytes {}-{}/{length}", range.start, range.end - 1)),
        Part::Whole => {}
    }
    if !same && part != Part::None {
        set(header::CONTENT_TYPE, &served.media_type);
        set(header::CONTENT_DISPOSITION, &disposition(&served.file_name, served.attachment));
        // A part of a file is a part of these bytes: nobody compresses them on their way.
        set(header::CONTENT_ENCODING, "identity");
    }
    Ok(response)
}

/// A picture that was drawn for who asks, and is kept by nobody.
pub fn in_memory(request: &HttpRequest, served: &Served, bytes: actix_web::web::Bytes) -> HttpResponse {
    let body = if request.method() == Method::HEAD {
        let nothing = futures::stream::empty::<Result<actix_web::web::Bytes, std::io::Error>>();
        BoxBody::new(SizedStream::new(bytes.len() as u64, nothing))
    } else {
        BoxBody::new(bytes)
    };
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .insert_header((header::CONTENT_SECURITY_POLICY, CSP))
        .insert_header((header::CONTENT_DISPOSITION, disposition(&served.file_name, false)))
        .insert_header((header::CONTENT_TYPE, served.media_type.clone()));
    answer.body(body)
}

/// What is wanted of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Whole,
    Of(Range<u64>),
    /// A part that it does not have.
    None,
}

/// What a request asks for. More than one part, or a part of another version, is answered with all of it, as RFC 9110
/// §14.2 and §13.1.5 allow and ask.
fn part(headers: &HeaderMap, tag: &str, length: u64) -> Part {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(wanted) = text(header::RANGE).and_then(|range| range.strip_prefix("bytes=")) else { return Part::Whole };
    if text(header::IF_RANGE).is_some_and(|of| of != tag) || wanted.contains(',') {
        return Part::Whole;
    }
    let Some((first, last)) = wanted.trim().split_once('-') else { return Part::Whole };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u64>().ok()).flatten();
    match (first, last) {
        ("", last) => match number(last) {
            Some(0) => Part::None,
            Some(count) => Part::Of(length.saturating_sub(count)..length),
            None => Part::Whole,
        },
        (first, "") => match number(first) {
            Some(first) if first < length => Part::Of(first..length),
            Some(_) => Part::None,
            None => Part::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if last < first => Part::Whole,
            (Some(first), Some(last)) if first < length => Part::Of(first..length.min(last.saturating_add(1))),
            (Some(_), Some(_)) => Part::None,
            _ => Part::Whole,
        },
    }
}

/// `Content-Disposition` with a name in any script (RFC 6266 §4.3, RFC 8187): for old readers in ASCII first.
pub fn disposition(file_name: &str, attachment: bool) -> String {
    use std::fmt::Write;
    let how = if attachment { "attachment" } else { "inline" };
    let plain: String =
        file_name.chars().map(|c| if c.is_ascii_alphanumeric() || "-._()".contains(c) { c } else { '_' }).collect();
    let mut out = format!("{how}; filename=\"{plain}\"");
    if plain != file_name {
        out.push_str("; filename*=UTF-8''");
        for byte in file_name.bytes() {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                out.push(char::from(byte));
            } else {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_a_part_or_all_or_nothing() {
        for (range, if_range, expected) in [
            ("bytes=0-0", "", Part::Of(0..1)),
            ("bytes=0-99", "", Part::Of(0..10)),
            ("bytes=5-", "", Part::Of(5..10)),
            ("bytes=-3", "", Part::Of(7..10)),
            ("bytes=-30", "", Part::Of(0..10)),
            ("bytes=9-9", "\"a\"", Part::Of(9..10)),
            ("bytes=9-9", "\"b\"", Part::Whole),
            ("bytes=9-9", "W/\"a\"", Part::Whole),
            ("bytes=10-", "", Part::None),
            ("bytes=-0", "", Part::None),
            ("bytes=10-20", "", Part::None),
            ("bytes=5-4", "", Part::Whole),
            ("bytes=0-0,2-3", "", Part::Whole),
            ("bytes=", "", Part::Whole),
            ("bytes=-", "", Part::Whole),
            ("bytes=x-5", "", Part::Whole),
            ("bytes=+1-5", "", Part::Whole),
            ("lines=0-1", "", Part::Whole),
            ("bytes=0-18446744073709551615", "", Part::Of(0..10)),
            ("bytes=99999999999999999999999-", "", Part::Whole),
            ("", "", Part::Whole),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, HeaderValue::from_static(range));
            if !if_range.is_empty() {
                headers.insert(header::IF_RANGE, HeaderValue::from_static(if_range));
            }
            assert_eq!(part(&headers, "\"a\"", 10), expected, "{range} {if_range}");
        }
    }

    #[test]
    fn a_name_breaks_no_header() {
        for (name, attachment, expected) in [
            ("pont-640.webp", false, "inline; filename=\"pont-640.webp\""),
            ("écluse.pdf", true, "attachment; filename=\"_cluse.pdf\"; filename*=UTF-8''%C3%A9cluse.pdf"),
            ("a\"b\r\n.pdf", true, "attachment; filename=\"a_b__.pdf\"; filename*=UTF-8''a%22b%0D%0A.pdf"),
        ] {
            assert_eq!(disposition(name, attachment), expected);
        }
    }
}
