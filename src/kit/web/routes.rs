//! The list of routes: each with its method, its address and the right that it asks for. `communique routes` prints it,
//! and nothing is served that does not stand in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{Handler, ServiceRequest};
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
