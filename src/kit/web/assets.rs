//! Style, script and icons: in the binary, compressed once at the start, under names that carry their digest.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};

use super::error::WebError;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// A file as it is served.
struct Asset {
    content_type: &'static str,
    plain: Vec<u8>,
    gzip: Option<Vec<u8>>,
    brotli: Option<Vec<u8>>,
    etag: String,
}

/// Style sheets that are sent as one file, in this order: the tokens first, so that an installation's own can follow.
const JOINED: &[(&str, &[&str])] = &[
    (
        "site.css",
        &["tokens.css", "base.css", "frame.css", "list.css", "release.css", "form.css", "wide.css", "print.css"],
    ),
    (
        "desk.css",
        &["tokens.css", "base.css", "frame.css", "list.css", "release.css", "form.css", "wide.css", "desk.css"],
    ),
];

static ASSETS: LazyLock<(BTreeMap<String, Asset>, BTreeMap<String, String>)> = LazyLock::new(|| {
    let mut assets = BTreeMap::new();
    let mut addresses = BTreeMap::new();
    let mut add = |name: &str, plain: Vec<u8>| {
        let digest = data_encoding::HEXLOWER.encode(&Sha256::digest(&plain)[..6]);
        let (stem, kind) = name.rsplit_once('.').unwrap_or((name, ""));
        let named = format!("{stem}.{digest}.{kind}");
        let compressible = matches!(kind, "css" | "js" | "svg");
        addresses.insert(name.to_owned(), format!("/static/{named}"));
        let asset = Asset {
            content_type: content_type(kind),
            gzip: compressible.then(|| gzip(&plain)),
            brotli: compressible.then(|| brotli(&plain)),
            etag: format!("\"{digest}\""),
            plain,
        };
        assets.insert(named, asset);
    };
    let read = |name: &str| FILES.get_file(name).map(|file| file.contents().to_vec());
    for (name, parts) in JOINED {
        let joined = parts
            .iter()
            .map(|part| read(&format!("css/{part}")).unwrap_or_else(|| panic!("static/css/{part} is missing")))
            .map(|part| minify_css(&String::from_utf8_lossy(&part)))
            .collect::<Vec<_>>()
            .join("\n");
        add(name, joined.into_bytes());
    }
    // Single files at the top; `css/` holds the parts of the joined ones.
    for file in FILES.files() {
        if let Some(name) = file.path().to_str() {
            add(name, file.contents().to_vec());
        }
    }
    (assets, addresses)
});

/// Comments and the blanks at the ends of lines: what a style sheet can do without, and nothing cleverer.
fn minify_css(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        out.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    out.push_str(rest);
    out.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn gzip(data: &[u8]) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).and_then(|()| encoder.finish()).expect("writing to memory succeeds")
}

fn brotli(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let params = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut &*data, &mut out, &params).expect("writing to memory succeeds");
    out
}

fn content_type(kind: &str) -> &'static str {
    match kind {
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
    ASSETS.1.get(name).unwrap_or_else(|| panic!("no file static/{name}"))
}

/// Compresses everything now and not at the first request.
pub fn warm_up() {
    LazyLock::force(&ASSETS);
}

/// `/static/{name}`: immutable, in the best encoding that the client takes.
pub async fn serve(request: HttpRequest, name: web::Path<String>) -> Result<HttpResponse, WebError> {
    let asset = ASSETS.0.get(name.as_str()).ok_or(WebError::NotFound)?;
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::ETAG, asset.etag.as_str()))
        .insert_header((header::VARY, "accept-encoding"));
    let asked =
        |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
    if asked(header::IF_NONE_MATCH).split(',').any(|tag| tag.trim().trim_start_matches("W/") == asset.etag) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, asset.etag.as_str())).finish());
    }
    let takes = |coding: &str| {
        asked(header::ACCEPT_ENCODING).split(',').any(|part| {
            let mut pieces = part.trim().split(';');
            pieces.next().is_some_and(|name| name.trim().eq_ignore_ascii_case(coding))
                && !pieces.any(|q| matches!(q.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        })
    };
    Ok(match (&asset.brotli, &asset.gzip) {
        (Some(body), _) if takes("br") => answer.insert_header((header::CONTENT_ENCODING, "br")).body(body.clone()),
        (_, Some(body)) if takes("gzip") => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(body.clone()),
        _ => answer.body(asset.plain.clone()),
    })
}
