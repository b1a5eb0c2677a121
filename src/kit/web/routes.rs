//! The list of routes: each with its method, its address and the right that it asks for. `communique routes` prints it,
//! and nothing is served that does not stand in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{Handler, ResourceDef, ServiceRequest};
use actix_web::http::{Method, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::{FromRequest, HttpRequest, HttpResponse, Responder, guard, web};

type Make = Arc<dyn Fn() -> actix_web::Route + Send + Sync>;

/// One route. `R` is the right it asks for, in the words of whoever grants rights.
#[derive(Clone)]
pub struct Route<R> {
    /// GET (HEAD comes with it) or POST.
    pub method: Method,
    /// The pattern of the address.
    pub pattern: String,
    /// What one must be allowed to do.
    pub right: R,
    make: Make,
}

impl<R> std::fmt::Debug for Route<R> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.pattern)
    }
}

/// The addresses of the site, for whoever must not take one of them for something else.
#[derive(Debug, Default)]
pub struct OwnPaths {
    /// Patterns by the first part of their address, where that is a word.
    by_first: BTreeMap<String, Vec<ResourceDef>>,
    /// Those that begin with something variable.
    others: Vec<ResourceDef>,
}

impl OwnPaths {
    /// Those of the routes.
    pub fn of<R>(routes: &[Route<R>]) -> Self {
        let mut own = Self::default();
        for route in routes {
            let first = route.pattern.trim_start_matches('/').split('/').next().unwrap_or_default();
            let pattern = ResourceDef::new(route.pattern.as_str());
            if first.contains('{') {
                own.others.push(pattern);
            } else {
                own.by_first.entry(first.to_owned()).or_default().push(pattern);
            }
        }
        own
    }

    /// Whether a path, with its query string or without, is one of them.
    pub fn has(&self, path: &str) -> bool {
        let path = path.split('?').next().unwrap_or_default();
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        let of_first = self.by_first.get(first).into_iter().flatten();
        of_first.chain(&self.others).any(|pattern| pattern.is_match(path))
    }
}

/// A page, read by GET or HEAD; it changes nothing.
pub fn get<R, F, Args>(pattern: impl Into<String>, right: R, handler: F) -> Route<R>
where
    F: Handler<Args> + Send + Sync,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Route {
        method: Method::GET,
        pattern: pattern.into(),
        right,
        make: Arc::new(move || web::route().guard(guard::Any(guard::Get()).or(guard::Head())).to(handler.clone())),
    }
}

/// What changes something, by POST.
pub fn post<R, F, Args>(pattern: impl Into<String>, right: R, handler: F) -> Route<R>
where
    F: Handler<Args> + Send + Sync,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Route {
        method: Method::POST,
        pattern: pattern.into(),
        right,
        make: Arc::new(move || web::post().to(handler.clone())),
    }
}

/// Registers the routes, several methods of one address together; another method is answered 405, and `allow` is asked
/// first each time, so that no handler runs without its right.
pub fn configure<R, A, Fut>(cfg: &mut web::ServiceConfig, routes: &[Route<R>], allow: A)
where
    R: Copy + Send + Sync + 'static,
    A: Fn(HttpRequest, R) -> Fut + Copy + Send + Sync + 'static,
    Fut: Future<Output = Result<(), actix_web::Error>> + 'static,
{
    let mut by_pattern: Vec<(&str, Vec<&Route<R>>)> = Vec::new();
    let mut places = BTreeMap::new();
    for route in routes {
        let place = *places.entry(route.pattern.as_str()).or_insert_with(|| {
            by_pattern.push((route.pattern.as_str(), Vec::new()));
            by_pattern.len() - 1
        });
        by_pattern[place].1.push(route);
    }
    for (pattern, routes) in by_pattern {
        let mut resource = web::resource(pattern);
        for route in &routes {
            let right = route.right;
            resource = resource.route((route.make)().wrap(from_fn(
                move |request: ServiceRequest, next: Next<BoxBody>| async move {
                    // A refusal is an answer like any other, which passes the middleware outside: were it an error, it
                    // would go without the headers and the page that every other answer has, and be told apart by it.
                    match allow(request.request().clone(), right).await {
                        Ok(()) => next.call(request).await,
                        Err(refusal) => Ok(request.error_response(refusal)),
                    }
                },
            )));
        }
        // Which methods there are is part of the answer (RFC 9110 §15.5.6); its page is drawn outside.
        let methods: Vec<&str> =
            routes.iter().map(|route| if route.method == Method::GET { "GET, HEAD" } else { "POST" }).collect();
        let allowed = methods.join(", ");
        resource = resource.default_service(web::route().to(move || {
            let answer = HttpResponse::MethodNotAllowed().insert_header((header::ALLOW, allowed.clone())).finish();
            async move { answer }
        }));
        cfg.service(resource);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_addresses_are_known_whatever_their_form() {
        let handler = || async { HttpResponse::Ok().finish() };
        let patterns = [
            "/healthz",
            "/fr/",
            "/fr/communiques",
            r"/fr/{year:\d{4}}/{month:\d{2}}/{slug}",
            r"/{reference:\d{4}-\d{4,}}",
        ];
        let own = OwnPaths::of(&patterns.map(|pattern| get(pattern, (), handler)));
        for (path, is_own) in [
            ("/fr/communiques", true),
            ("/fr/communiques?topic=x", true),
            ("/fr/2012/03/eau", true),
            ("/2026-0417", true),
            ("/fr/", true),
            ("/fr/pressrelease/2012/eau", false),
            ("/node/12", false),
            ("/nl/communiques", false),
            ("/2026-x", false),
        ] {
            assert_eq!(own.has(path), is_own, "{path}");
        }
    }
}
