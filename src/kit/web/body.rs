//! Bodies of requests: read whole, within a time and a size, before anything else is asked.

use std::time::Duration;

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, header};
use actix_web::middleware::Next;
use actix_web::web::{self, Bytes};
use actix_web::{HttpResponse, ResponseError};
use tokio::sync::Semaphore;

use super::error::WebError;

/// A form of ours is a few hundred bytes; whoever needs longer than this to send it holds a connection for its own sake.
const PATIENCE: Duration = Duration::from_secs(10);

/// No other form of ours is larger, in bytes.
pub const FORM_MAX: usize = 64 * 1024;
/// The most bytes of a form that carries whole texts: four languages of the longest body there may be, as a form encodes
/// them.
pub const TEXT_MAX: usize = 6 * 1024 * 1024;
/// How many of these are in memory at a time.
const LONG_ONES: usize = 16;

static LONG: Semaphore = Semaphore::const_new(LONG_ONES);

/// Middleware: the body of a request that may have one, within ten seconds, or 408 and the connection closed (RFC 9110
/// §15.5.9). It has at most [`FORM_MAX`] bytes; where `holds_texts` says so, [`TEXT_MAX`]. Where `takes_files` says so, it
/// is left to the handler, which reads it as it comes, with limits of its own.
pub async fn in_time<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
    holds_texts: fn(&str) -> bool,
    takes_files: fn(&str) -> bool,
) -> Result<ServiceResponse<EitherBody<B>>, actix_web::Error> {
    if matches!(*request.method(), Method::GET | Method::HEAD) || takes_files(request.path()) {
        return next.call(request).await.map(ServiceResponse::map_into_left_body);
    }
    let said: Option<usize> = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse().ok());
    let is_long = said.is_some_and(|bytes| bytes > FORM_MAX) && holds_texts(request.path());
    let most = if is_long { TEXT_MAX } else { FORM_MAX };
    let read = async {
        // Who would send many long ones at once waits here with them, and everybody's short ones pass by.
        let turn = if is_long { Some(LONG.acquire().await) } else { None };
        let body = request.extract::<web::Payload>().await?.to_bytes_limited(most).await;
        Ok::<_, actix_web::Error>((turn, body))
    };
    match tokio::time::timeout(PATIENCE, read).await {
        Ok(Ok((_, Err(_)))) => Ok(request.into_response(WebError::TooLarge.error_response()).map_into_right_body()),
        Ok(Ok((_, Ok(Err(error))))) => Ok(request.into_response(error.error_response()).map_into_right_body()),
        Ok(Ok((_turn, Ok(Ok(body))))) => {
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

/// The body of a form that carries texts, already read by [`in_time`].
///
/// # Errors
/// Over [`TEXT_MAX`] bytes.
pub async fn text(payload: web::Payload) -> Result<Bytes, WebError> {
    payload.to_bytes_limited(TEXT_MAX).await.map_err(|_| WebError::TooLarge)?.map_err(|_| WebError::TooLarge)
}
