//! `/desk/files/…`: for who works here and may read the asset, which the route asks. And what the third door, of previews,
//! serves to whom a grant names.

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use serde_json::json;

use super::answer::{self, Audience};
use super::model::State;
use super::query::{self, Wanted};
use super::watermark;
use crate::account::sign_in;
use crate::ids::AssetId;
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::storage::Key;
use crate::kit::web::Keep;
use crate::kit::web::error::WebError;

/// `GET /desk/files/{asset}/{size}`
pub async fn serve(
    ctx: web::Data<Context>,
    request: HttpRequest,
    path: web::Path<(i64, String)>,
) -> Result<HttpResponse, WebError> {
    let (asset, size) = path.into_inner();
    let wanted = Wanted::parse(&size).ok_or(WebError::NotFound)?;
    let mut conn = ctx.conn().await?;
    let mut found = query::file_of(&mut conn, AssetId(asset), wanted).await?;
    if found.is_none() && matches!(wanted, Wanted::Width(_)) {
        let asset = query::by_ids(&mut conn, &[AssetId(asset)]).await?.pop().filter(|asset| asset.kind.is_picture());
        match asset.map(|asset| (asset.state, asset.id)) {
            // A picture whose smaller copies are still being made: it will be there in a moment, and the editor asks again.
            Some((State::New, _)) => {
                let answer =
                    HttpResponse::Accepted().insert_header((header::CACHE_CONTROL, Keep::Never.header())).finish();
                return Ok(answer);
            }
            // They came between the two questions, perhaps.
            Some((State::Ready, id)) => found = query::file_of(&mut conn, id, wanted).await?,
            _ => {}
        }
    }
    let served = found.ok_or(WebError::NotFound)?;
    // Who takes a file away in full is written down; the small pictures of an editor's page are not.
    if matches!(wanted, Wanted::Original | Wanted::File) {
        let person = sign_in::who(&ctx, &request).await?.ok_or(WebError::NotFound)?;
        let entry = Entry::new("asset.read", "asset", asset).with(json!({ "size": size }));
        journal::record(&mut conn, person.actor(), [entry]).await?;
    }
    drop(conn);
    answer::file(&ctx.storage, &request, &served, Audience::Asker).await
}

/// What somebody who holds a preview's grant is served of an asset that the grant covers: a web size with their name drawn
/// into it; the file itself only if the grant's maker ticked that. Not there: `None` of the size asked for.
///
/// The grant (that it lives, that it covers this asset, whose name it carries) is asked by its own door, and its reading
/// journaled there.
///
/// # Errors
/// It is not there, or storage is away.
pub async fn preview(
    ctx: &Context,
    request: &HttpRequest,
    asset: AssetId,
    size: &str,
    name: &str,
    with_files: bool,
) -> Result<HttpResponse, WebError> {
    let wanted = Wanted::parse(size).ok_or(WebError::NotFound)?;
    let is_drawn = match wanted {
        Wanted::Width(_) => true,
        Wanted::File if with_files => false,
        Wanted::File | Wanted::Original => return Err(WebError::NotFound),
    };
    let served = query::file_of(&mut *ctx.conn().await?, asset, wanted).await?.ok_or(WebError::NotFound)?;
    if !is_drawn {
        return answer::file(&ctx.storage, request, &served, Audience::Asker).await;
    }
    let picture = ctx
        .storage
        .read_whole(&Key::stored(&served.storage_key))
        .await
        .map_err(|error| WebError::Unavailable(Box::new(error)))?;
    let name = name.to_owned();
    let drawn = web::block(move || watermark::draw(&picture, &name))
        .await
        .map_err(|error| WebError::Internal(error.into()))?
        .ok_or_else(|| WebError::Internal(anyhow::anyhow!("a picture of our own cannot be decoded")))?;
    Ok(answer::in_memory(request, &served, Bytes::from(drawn)))
}
