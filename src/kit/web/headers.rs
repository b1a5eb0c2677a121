//! The headers that every answer carries (PROMISES V3): nothing from elsewhere, no frame, no sniffing.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// No inline script or style, nothing from another host; forms only to ourselves.
pub const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; font-src 'self'; \
                       connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                       frame-ancestors 'none'";

/// One for the page that shows a mail, whose styles stand in the mail itself: it may be framed by our own mailbox only,
/// runs no script and loads nothing.
pub const CSP_MAIL: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
                            frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

const FIXED: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Middleware: adds them to every answer.
pub async fn secure<B: MessageBody>(
    https: bool,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let mut response = next.call(request).await?;
    // Said by a handler so that nobody inside compresses it; it is not for the wire (RFC 9110 §8.4).
    if response.headers().get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "identity") {
        response.headers_mut().remove(header::CONTENT_ENCODING);
    }
    add(https, response.headers_mut());
    Ok(response)
}

/// Adds them, unless the handler set its own. `https`: whether the world reaches us by TLS (HSTS).
pub fn add(https: bool, headers: &mut HeaderMap) {
    let mut set = |name: &'static str, value: &'static str| {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    for (name, value) in FIXED {
        set(name, value);
    }
    set("content-security-policy", CSP);
    // An old browser knows this one only; the mailbox, which sets its own policy, goes without.
    set("x-frame-options", "DENY");
    if https {
        set("strict-transport-security", "max-age=31536000; includeSubDomains");
    }
}
