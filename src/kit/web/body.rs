//! Bodies of requests: read whole, within a time and a size, before anything else is asked.

use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::Bytes;

/// A form of ours is a few hundred bytes; whoever needs longer than this to send it holds a connection for its own sake.
const PATIENCE: Duration = Duration::from_secs(10);

/// Middleware: the body of a request that may have one, within ten seconds, or 408 and the connection closed (RFC 9110
/// §15.5.9). Its size is bounded by `PayloadConfig`; that and other faults are answered by whoever takes it out. Where
/// `streams` says that an address takes files, its handler reads them as they come, with limits of its own.
pub async fn in_time<B: MessageBody>(
    streams: fn(&str) -> bool,
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD) || streams(request.path()) {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    match tokio::time::timeout(PATIENCE, request.extract::<Bytes>()).await {
        Ok(Ok(body)) => {
            request.set_payload(Payload::from(body));
            next.call(request).await.map(ServiceResponse::map_into_left_body)
        }
        Ok(Err(error)) => Ok(request.into_response(error.error_response()).map_into_right_body()),
        Err(_) => {
            let late =
                HttpResponse::RequestTimeout().insert_header((header::CONNECTION, "close")).force_close().finish();
            Ok(request.into_response(late).map_into_right_body())
        }
    }
}
