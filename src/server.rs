//! The routes of every slice and the order of the middleware, on one page.

use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Server, Service, ServiceRequest, ServiceResponse, Transform};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use anyhow::Context as _;
use futures::TryFutureExt;
use futures::future::{Either, MapOk, Ready, ready};

use crate::account::rights::{Action, Object, Right, Verdict, verdict};
use crate::account::{Person, sign_in};
use crate::change::answer;
use crate::directory::Family;
use crate::front::tracking;
use crate::ids::{AccountId, AssetId, InstitutionId, MandateId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::migrations;
use crate::kit::web::error::{SIGNED_OUT_CHALLENGE, WebError};
use crate::kit::web::routes::{self, OwnPaths, Route};
use crate::kit::web::{Keep, assets, body, headers, moved, see_other};
use crate::layout::error_page;
use crate::search::Index;
use crate::{
    account, archive, desk, digest, directory, front, media, paths, release, site_page, subscription, validation,
};

/// Requests in flight may take this long after SIGTERM.
const SHUTDOWN_S: u64 = 8;

/// Every route of the site, with the right that it asks for.
pub fn routes(settings: &Settings) -> Vec<Route<Right>> {
    let mut all = vec![
        routes::get(paths::STATIC, Right::Public, assets::serve),
        routes::get(paths::HEALTHZ, Right::Public, healthz),
        routes::get(paths::READYZ, Right::Public, readyz),
    ];
    all.extend(front::handlers::routes(settings));
    all.extend(front::search::handlers::routes(settings));
    all.extend(release::handlers::routes(settings));
    all.extend(account::handlers::routes());
    all.extend(directory::handlers::routes());
    all.extend(site_page::handlers::routes(settings));
    all.extend(media::handlers::routes());
    all.extend(archive::handlers::routes());
    all.extend(desk::routes());
    all.extend(subscription::routes(settings));
    all.extend(digest::handlers::routes());
    all.extend(validation::routes());
    all.extend(desk::board::routes());
    all
}

/// Serves on the listener until it is told to stop; then requests in flight end.
pub fn serve(ctx: Context, index: Index, listener: TcpListener, workers: usize) -> anyhow::Result<Server> {
    // Beside the first requests: it takes as long as a hash of a password.
    tokio::task::spawn_blocking(account::password::warm_up);
    let connections = connections_for_each(workers);
    let database_connections = (ctx.settings.database_connections / workers.max(1)).max(2);
    let routes: Arc<[Route<Right>]> = routes(&ctx.settings).into();
    let _ = ctx.own_paths.set(OwnPaths::of(&routes));
    let https = ctx.settings.is_https();
    let tries = web::Data::new(account::handlers::Tries::default());
    let live = web::Data::new(validation::live::Live::default());
    let server = HttpServer::new(move || {
        let routes = Arc::clone(&routes);
        // Each worker has a thread of its own, and connections that live on it: an answer of the database is read where
        // it is waited for, and wakes no other thread.
        let ctx = ctx.with_own_connections(database_connections).expect("the address was understood before");
        App::new()
            .app_data(web::Data::new(ctx.clone()))
            .app_data(web::Data::new(index.clone()))
            .app_data(tries.clone())
            .app_data(live.clone())
            .app_data(web::PayloadConfig::new(body::FORM_MAX))
            .app_data(web::FormConfig::default().limit(body::FORM_MAX))
            // From the inside out, for what is wrapped last is asked first: former addresses, the body, other sites'
            // parameters,
            // the page of whatever went wrong inside, compression, the headers of every answer, what is kept of public pages.
            .wrap(from_fn(old_addresses))
            .wrap(from_fn(|request, next| body::in_time(request, next, desk::editor::holds_texts, paths::takes_files)))
            .wrap(from_fn(tracking::redirect))
            .wrap(Compress::default())
            .wrap(from_fn(error_page::errors))
            .wrap(from_fn(move |request, next| headers::secure(https, request, next)))
            // Nearly every request ends here.
            .wrap(Kept { ctx: ctx.clone(), https })
            .configure(move |cfg| routes::configure(cfg, &routes, allow))
            .default_service(web::to(|| async { Err::<HttpResponse, _>(WebError::NotFound) }))
    })
    .workers(workers)
    // Below what the process may open, so that the database, files and mail are still reached when readers are many.
    .max_connections(connections)
    .shutdown_timeout(SHUTDOWN_S)
    .client_request_timeout(Duration::from_secs(15))
    .disable_signals()
    .listen(listener)
    .context("listening")?
    .run();
    Ok(server)
}

/// Middleware: answers with the page that is kept under the address, if there is one. Written out, not `from_fn`, for
/// this is the one whose cost is felt.
struct Kept {
    ctx: Context,
    https: bool,
}

/// [`Kept`] around what answers the rest.
struct KeptBefore<S> {
    ctx: Context,
    https: bool,
    rest: S,
}

impl<S, B> Transform<S, ServiceRequest> for Kept
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = actix_web::Error;
    type Transform = KeptBefore<S>;
    type InitError = ();
    type Future = Ready<Result<Self::Transform, ()>>;

    fn new_transform(&self, rest: S) -> Self::Future {
        ready(Ok(KeptBefore { ctx: self.ctx.clone(), https: self.https, rest }))
    }
}

impl<S, B> Service<ServiceRequest> for KeptBefore<S>
where
    S: Service<ServiceRequest, Response = ServiceResponse<B>, Error = actix_web::Error>,
{
    type Response = ServiceResponse<EitherBody<B>>;
    type Error = actix_web::Error;
    type Future =
        Either<Ready<Result<Self::Response, Self::Error>>, MapOk<S::Future, fn(S::Response) -> Self::Response>>;

    actix_web::dev::forward_ready!(rest);

    fn call(&self, request: ServiceRequest) -> Self::Future {
        match answer::kept(&self.ctx, self.https, request.head()) {
            Some(response) => Either::Left(ready(Ok(request.into_response(response).map_into_right_body()))),
            None if let Some(response) = archive::redirects::quick(&self.ctx, self.https, request.head()) => {
                Either::Left(ready(Ok(request.into_response(response).map_into_right_body())))
            }
            None => Either::Right(self.rest.call(request).map_ok(|mut response| {
                answer::say_sequence(&mut response);
                response.map_into_left_body()
            })),
        }
    }
}

/// Descriptors kept for everything but readers' connections.
const RESERVE: u64 = 256;

/// How many connections each worker takes: all that the process may open, after asking for as much as it is allowed, less
/// a reserve.
fn connections_for_each(workers: usize) -> usize {
    use nix::sys::resource::{Resource, getrlimit, setrlimit};
    let open_files = match getrlimit(Resource::RLIMIT_NOFILE) {
        Ok((soft, hard)) => {
            let wanted = hard.min(65_536).max(soft);
            if setrlimit(Resource::RLIMIT_NOFILE, wanted, hard).is_ok() { wanted } else { soft }
        }
        Err(_) => 1024,
    };
    let for_readers = usize::try_from(open_files.saturating_sub(RESERVE)).unwrap_or(usize::MAX).max(64);
    (for_readers / workers.max(1)).max(32)
}

/// Lets the request through to its handler, or says why not: hidden is not found, what one knows of and may not do is
/// refused. Who is not signed in is shown the door of the desk; a form or a script gets 401 in its place, and what was
/// written is still on its page (PROMISES 7.3.1).
async fn allow(request: HttpRequest, right: Right) -> Result<(), actix_web::Error> {
    if right == Right::Public {
        return Ok(());
    }
    let ctx = request.app_data::<web::Data<Context>>().cloned().ok_or(WebError::NotFound)?;
    if right == Right::DemoOnly {
        return if ctx.demo { Ok(()) } else { Err(WebError::NotFound.into()) };
    }
    let person = sign_in::who(&ctx, &request).await?;
    let Some(person) = person else {
        let readable = matches!(*request.method(), Method::GET | Method::HEAD);
        return Err(if readable && !wants_json(&request) {
            let there = request.uri().path_and_query().map_or(paths::DESK, |there| there.as_str());
            actix_web::error::InternalError::from_response("not signed in", see_other(&paths::sign_in(there))).into()
        } else if wants_json(&request) {
            let answer = HttpResponse::Unauthorized()
                .insert_header((header::WWW_AUTHENTICATE, SIGNED_OUT_CHALLENGE))
                .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
                .json(serde_json::json!({ "error": "signed_out", "sign_in": paths::SIGN_IN }));
            actix_web::error::InternalError::from_response("not signed in", answer).into()
        } else {
            WebError::SignedOut.into()
        });
    };
    let (answer, action, object, id) = judge(&ctx, &request, &person, right).await?;
    let error = match answer {
        Verdict::Allowed => return Ok(()),
        Verdict::Refused => WebError::Forbidden,
        Verdict::Hidden => WebError::NotFound,
    };
    // Who tries a door that is not theirs is written down (PROMISES 16.3.2).
    let entry = Entry::refused("access.refused", object, id).with(serde_json::json!({ "to": action.to_string() }));
    let mut conn = ctx.conn().await.map_err(WebError::from)?;
    journal::record(&mut conn, person.actor(), [entry]).await.map_err(WebError::from)?;
    Err(error.into())
}

fn wants_json(request: &HttpRequest) -> bool {
    let accept = request.headers().get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    accept.starts_with("application/json")
}

/// The verdict on a route's right, with what was asked of which thing. What is not there is hidden like what may not be
/// known of, by the same statement.
async fn judge(
    ctx: &Context,
    request: &HttpRequest,
    person: &Person,
    right: Right,
) -> Result<(Verdict, Action, &'static str, Option<i64>), WebError> {
    let segment =
        |name: &str| request.match_info().get(name).and_then(|id| id.parse::<i64>().ok()).filter(|id| *id > 0);
    let (action, object, id) = match right {
        Right::Public | Right::DemoOnly | Right::SignedIn => {
            return Ok((Verdict::Allowed, Action::Read, "site", None));
        }
        Right::Site(action) => return Ok((verdict(person, action, Object::Site), action, "site", None)),
        Right::Release(action) => (action, "release", segment("release")),
        Right::Institution(action) => (action, "institution", segment("institution")),
        Right::Asset(action) => (action, "asset", segment("asset")),
        Right::Account(action) => (action, "account", segment("account")),
        Right::Mandate(action) => (action, "mandate", segment("mandate")),
    };
    let Some(id) = id else { return Ok((Verdict::Hidden, action, object, None)) };
    let mut conn = ctx.conn().await?;
    let answer = match right {
        Right::Release(_) => {
            release::query::rights_of(&mut conn, ReleaseId(id)).await?.map(|of| verdict(person, action, of.object()))
        }
        Right::Institution(_) => directory::query::family_of(&mut conn, InstitutionId(id)).await?.map(|family| {
            let of_council = family == Family::Council;
            verdict(person, action, Object::Institution { id: InstitutionId(id), of_council })
        }),
        Right::Account(_) => account::query::standing_of(&mut conn, AccountId(id))
            .await?
            .map(|(role, institution_id)| verdict(person, action, Object::Account { institution_id, role })),
        Right::Asset(_) => media::query::rights_of(&mut conn, AssetId(id)).await?.map(|of| of.verdict(person, action)),
        Right::Mandate(_) => directory::government::query::rights_of(&mut conn, MandateId(id), person.id())
            .await?
            .map(|of| verdict(person, action, of.object())),
        Right::Public | Right::DemoOnly | Right::SignedIn | Right::Site(_) => None,
    };
    // Of what is not there no id is kept.
    Ok(match answer {
        Some(answer) => (answer, action, object, Some(id)),
        None => (Verdict::Hidden, action, object, None),
    })
}

/// Middleware: nothing is found at this address; one of a former site leads to where its release lives now, whatever
/// shape it has, and a filter by a topic that was merged leads to the other.
async fn old_addresses<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    let response = next.call(request).await?;
    let request = response.request();
    // Also a query string that none of our pages knows: Drupal asked for everything by `/?q=`.
    let is_unknown = matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST);
    let has_query = !request.query_string().is_empty();
    if !is_unknown
        || (response.status() == StatusCode::BAD_REQUEST && !has_query)
        || !matches!(*request.method(), Method::GET | Method::HEAD)
    {
        return Ok(response.map_into_left_body());
    }
    let asked = request.uri().path_and_query().map_or(request.path(), |asked| asked.as_str());
    let ctx = request.app_data::<web::Data<Context>>().ok_or(WebError::NotFound)?;
    let to = match archive::redirects::leads_to(ctx, asked).await? {
        Some(to) => Some(to),
        None if asked.contains("topic=") && ctx.own_paths.get().is_some_and(|own| own.has(request.path())) => {
            let mut conn = ctx.conn().await.map_err(WebError::from)?;
            front::former::leads_to(&mut conn, asked).await.map_err(WebError::from)?
        }
        None => None,
    };
    match to {
        Some(to) => Ok(response.into_response(moved(&to)).map_into_right_body()),
        None => Ok(response.map_into_left_body()),
    }
}

/// Alive: the process answers.
async fn healthz() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .content_type("text/plain; charset=utf-8")
        .body("ok\n")
}

/// Ready: the database answers, and its schema is this build's.
async fn readyz(ctx: web::Data<Context>) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    if !migrations::is_migrated(&mut conn).await? {
        return Err(WebError::Unavailable("the schema is not this build's".into()));
    }
    Ok(healthz().await)
}
