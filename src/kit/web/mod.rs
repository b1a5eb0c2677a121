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

/// For ever elsewhere.
pub fn moved(to: &str) -> HttpResponse {
    HttpResponse::MovedPermanently()
        .insert_header((header::LOCATION, to))
        .insert_header((header::CACHE_CONTROL, Keep::Public.header()))
        .finish()
}
