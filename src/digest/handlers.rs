//! Returned mail over HTTP: what a mail server hands in, with a secret that it knows (`COMMUNIQUE_BOUNCES_TOKEN`). Without
//! the setting there is no such address, and who does not know the secret is not told that there is one.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use futures::StreamExt;
use subtle::ConstantTimeEq;

use super::returned::{self, MESSAGE_MAX};
use crate::account::rights::Right;
use crate::kit::context::Context;
use crate::kit::web::Keep;
use crate::kit::web::error::WebError;
use crate::kit::web::routes::{self, Route};
use crate::paths;

/// `POST /bounces`
pub fn routes() -> Vec<Route<Right>> {
    vec![routes::post(paths::BOUNCES, Right::Public, create_returned)]
}

async fn create_returned(
    ctx: web::Data<Context>,
    request: HttpRequest,
    mut payload: web::Payload,
) -> Result<HttpResponse, WebError> {
    let Some(secret) = &ctx.settings.bounces_token else { return Err(WebError::NotFound) };
    let brought = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    if !bool::from(brought.as_bytes().ct_eq(secret.as_bytes())) {
        return Err(WebError::NotFound);
    }
    let mut message = Vec::new();
    let reading = async {
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| WebError::TooLarge)?;
            if message.len() + chunk.len() > MESSAGE_MAX {
                return Err(WebError::TooLarge);
            }
            message.extend_from_slice(&chunk);
        }
        Ok(())
    };
    tokio::time::timeout(std::time::Duration::from_secs(30), reading).await.map_err(|_| WebError::TooLarge)??;
    let verdict = returned::take(&ctx, &message).await.map_err(WebError::Internal)?;
    Ok(HttpResponse::Accepted()
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .content_type("text/plain; charset=utf-8")
        .body(format!("{verdict}\n")))
}
