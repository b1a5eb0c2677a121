//! Where a form came from: only our own pages change anything.

use actix_web::HttpRequest;
use actix_web::http::header;

use super::error::{BadRequest, WebError};
use crate::kit::config::Settings;

/// Refuses what another site's page sent here: by `Sec-Fetch-Site` where the browser says it, else by `Origin`
/// (PROMISES 3.5.1). A request without either is no browser's.
pub fn own_site(settings: &Settings, request: &HttpRequest) -> Result<(), WebError> {
    let text = |name: &str| match request.headers().get(name) {
        Some(value) => value.to_str().map(Some).map_err(|_| WebError::BadRequest(BadRequest::Form)),
        None => Ok(None),
    };
    match (text("sec-fetch-site")?, text("origin")?) {
        (Some("same-origin" | "none"), _) | (None, None) => Ok(()),
        (Some(_), _) => Err(WebError::Forbidden),
        (None, Some(origin)) => {
            let own = settings.public_url.origin().ascii_serialization();
            let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
            // A development site is also reached under names that are not its public one.
            let same_host = !settings.is_https() && origin.strip_prefix("http://") == Some(host);
            if origin == own || same_host { Ok(()) } else { Err(WebError::Forbidden) }
        }
    }
}
