//! `/media/…`: what is public, and nothing else. It looks at no cookie, and asks one table (DESIGN §4).

use actix_web::{HttpRequest, HttpResponse, web};

use super::answer::{self, Audience};
use super::query;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;

/// The file of a token under its name; whatever else is asked for is not there, in the words of any address that never was.
pub async fn serve(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (token, name) = path.into_inner();
    let is_token = token.len() <= 64 && token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    // What cannot be a token is looked up all the same, as one that nobody has.
    let found = query::public_file(&mut *ctx.conn().await?, if is_token { &token } else { "" }).await?;
    let served = found.filter(|served| served.file_name == name).ok_or(WebError::NotFound)?;
    answer::file(&ctx.storage, &request, &served, Audience::Everybody).await
}
