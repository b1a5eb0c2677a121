//! Answering over HTTP: errors, headers, addresses with their parameters, static files, routes with their right.

pub mod assets;
pub mod body;
pub mod coding;
pub mod error;
pub mod form;
pub mod headers;
pub mod limit;
pub mod origin;
pub mod query;
pub mod routes;

use actix_web::HttpResponse;
use actix_web::http::header;
use maud::Markup;

/// How long and by whom an answer may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// A public page: asked again each time, shared caches may hold it for 30 s (DESIGN §9).
    Public,
    /// A public page served without the database: shared caches may keep it, and ask each time.
    Briefly,
    /// Nobody keeps it: what is personal, absent, gone or in error.
    Never,
}

impl Keep {
    /// The value of `Cache-Control` (RFC 9111).
    pub const fn header(self) -> &'static str {
        match self {
            Keep::Public => "public, max-age=0, s-maxage=30, must-revalidate",
            Keep::Briefly => "public, no-cache",
            Keep::Never => "private, no-store",
        }
    }
}

/// A page that answers 200.
pub fn page(keep: Keep, markup: Markup) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, keep.header()))
        .body(markup.into_string())
}

/// After a POST: look here (RFC 9110 §15.4.4).
pub fn see_other(to: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .finish()
}

/// For ever elsewhere on this site. What would lead to another one, or is no address, is not found.
pub fn moved(to: &str) -> HttpResponse {
    let Some(to) = on_this_site(to) else { return HttpResponse::NotFound().finish() };
    HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, Keep::Public.header()))
        .finish()
}

/// A path with its parameters, as it may stand in a header; none if a browser would leave this site by it (`//host/`,
/// `/\host/`; PROMISES 3.7.2).
fn on_this_site(path: &str) -> Option<String> {
    if path.strip_prefix('/').is_none_or(|rest| rest.starts_with(['/', '\\'])) || path.contains(char::is_control) {
        return None;
    }
    let mut to = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'!'..=b'~' => to.push(char::from(byte)),
            _ => to.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_stays_on_this_site() {
        for (to, expected) in [
            ("/fr/recherche?q=%C3%A9", Some("/fr/recherche?q=%C3%A9")),
            ("/fr/recherche?q=é 1", Some("/fr/recherche?q=%C3%A9%201")),
            ("//evil.example/", None),
            ("///evil.example/", None),
            ("/\\evil.example/", None),
            ("https://evil.example/", None),
            ("/a\r\nSet-Cookie: x", None),
            ("", None),
        ] {
            assert_eq!(on_this_site(to).as_deref(), expected, "{to:?}");
            let location = moved(to).headers().get(header::LOCATION).map(|to| to.to_str().map(str::to_owned).ok());
            assert_eq!(location.flatten().as_deref(), expected);
        }
    }
}
