//! Style, script and icons: in the binary, compressed by the build, under names that carry their digest.

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};

use super::coding::{self, Coding};
use super::error::WebError;

/// A file as it is served; `build/assets.rs` lists them.
struct Asset {
    /// As it stands in `static/`.
    name: &'static str,
    /// With its digest.
    named: &'static str,
    address: &'static str,
    digest: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, kind)| kind) {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// The address of a file of `static/`, with its digest: it can be kept for ever.
///
/// # Panics
/// No such file: a mistake in a view, which any test that draws it finds.
pub fn address(name: &str) -> &'static str {
    ASSETS.iter().find(|asset| asset.name == name).unwrap_or_else(|| panic!("no file static/{name}")).address
}

/// `/static/{name}`: immutable, in the best encoding that the client takes.
pub async fn serve(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, WebError> {
    let asset = ASSETS.iter().find(|asset| asset.named == *name).ok_or(WebError::NotFound)?;
    let accepted = request.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let (coding, body) = match (Coding::best(accepted.unwrap_or_default()), asset.brotli, asset.gzip) {
        (Coding::Brotli, Some(body), _) => (Coding::Brotli, body),
        (Coding::Gzip, _, Some(body)) => (Coding::Gzip, body),
        _ => (Coding::Plain, asset.plain),
    };
    let same = coding::is_same(request.headers(), asset.digest);
    let mut answer = if same { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, coding.tag(asset.digest)))
        .insert_header((header::VARY, "accept-encoding"));
    if same {
        return Ok(answer.finish());
    }
    if let Some(name) = coding.header() {
        answer.insert_header((header::CONTENT_ENCODING, name));
    }
    Ok(answer.content_type(content_type(asset.name)).body(Bytes::from_static(body)))
}
