//! Old addresses over HTTP: what no page of this site answers to may be one of the former site's.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};

use super::old_address;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::moved;

/// Answers an address that is no page's: by one permanent redirect, or as what never existed. Absent, a draft's and a
/// foreign one are one question to the database.
pub async fn show_former(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Err(WebError::NotFound);
    }
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    let Ok(path) = old_address::path_of(asked) else { return Err(WebError::NotFound) };
    let mut conn = ctx.conn().await?;
    let to = old_address::leads_to(&mut conn, &path).await?.ok_or(WebError::NotFound)?;
    Ok(moved(&to))
}
