//! Takes off what mailing services and social networks hang onto our addresses, by one redirect (DESIGN §7).

use actix_web::Error;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::middleware::Next;

use crate::kit::web::moved;
use crate::kit::web::query::without_tracking;

/// Middleware for reading: answers 301 to the same path with the rest of its parameters, or passes the request on.
pub async fn redirect<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    if let Some(to) = target(request.method(), request.path(), request.query_string()) {
        return Ok(request.into_response(moved(&to)).map_into_right_body());
    }
    next.call(request).await.map(ServiceResponse::map_into_left_body)
}

fn target(method: &Method, path: &str, query: &str) -> Option<String> {
    if !matches!(*method, Method::GET | Method::HEAD) {
        return None;
    }
    // `//host/` and `/\host/` would lead a browser to another site (PROMISES 3.7.2); no page of ours begins so.
    if path.strip_prefix('/').is_none_or(|rest| rest.starts_with(['/', '\\'])) {
        return None;
    }
    let rest = without_tracking(query)?;
    Some(if rest.is_empty() { path.to_owned() } else { format!("{path}?{rest}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_redirect_to_the_same_site_and_nowhere_else() {
        for (method, path, query, expected) in [
            (Method::GET, "/fr/", "utm_source=x", Some("/fr/")),
            (Method::HEAD, "/fr/communiques", "topic=eau&fbclid=1", Some("/fr/communiques?topic=eau")),
            (Method::GET, "/fr/", "topic=eau", None),
            (Method::GET, "/", "", None),
            (Method::POST, "/fr/abonnement", "utm_source=x", None),
            (Method::GET, "//example.org/", "utm_source=x", None),
            (Method::GET, "/\\example.org/", "utm_source=x", None),
        ] {
            assert_eq!(target(&method, path, query).as_deref(), expected, "{path}?{query}");
        }
    }
}
