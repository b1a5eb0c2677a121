//! Takes a file in: to this machine's disk while it arrives, examined, stored, and then a row. Whatever goes wrong before
//! the row is there leaves nothing behind; what is stored and has no row is swept.
//!
//! A large file comes in **pieces**: each is stored by itself and counted by compare-and-set, so that a line that drops
//! costs the piece under way, whichever process is asked next.

use std::path::{Path, PathBuf};
use std::time::Duration;

use actix_web::web::Bytes;
use data_encoding::HEXLOWER;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use futures::{Stream, StreamExt, TryStreamExt};
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncWriteExt, BufWriter};

use super::examine::{self, Examined};
use super::model::{Kind, Refusal, Rendition, State, USES_MAX, clean_file_name};
use super::query::{self, Asset, NewAsset};
use super::{hosts, renditions, scan, uploads};
use crate::account::Person;
use crate::ids::{AssetId, InstitutionId, ReleaseId};
use crate::journal::{self, Entry};
use crate::kit::context::Context;
use crate::kit::secret::random_token;
use crate::kit::storage::{Key, StorageError};

/// How long a line may be silent within a file.
const PATIENCE: Duration = Duration::from_secs(30);
/// The most bytes of a piece; a script sends smaller ones.
pub const PIECE_MAX: u64 = 16 << 20;

/// Why a file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// For what it is, or how large.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The line dropped or was silent.
    #[error("the line dropped")]
    Dropped,
    /// A piece that does not follow what is there; it goes on at this byte.
    #[error("goes on at byte {0}")]
    GoesOnAt(u64),
    /// No such upload, or another's.
    #[error("no such upload")]
    NotFound,
    /// It cannot be stored now.
    #[error("storage")]
    Storage(#[source] StorageError),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] crate::kit::db::Busy),
}

impl From<StorageError> for UploadError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Full => UploadError::Refused(Refusal::StorageFull),
            error => UploadError::Storage(error),
        }
    }
}

impl From<std::io::Error> for UploadError {
    fn from(error: std::io::Error) -> Self {
        StorageError::from(error).into()
    }
}

impl From<Refusal> for UploadError {
    fn from(why: Refusal) -> Self {
        UploadError::Refused(why)
    }
}

/// For which release and whose a file is; the right to write the release was asked.
#[derive(Debug, Clone, Copy)]
pub struct For<'a> {
    /// Who brings it.
    pub by: &'a Person,
    /// In whose editor.
    pub release: ReleaseId,
    /// Whose it will be.
    pub institution: InstitutionId,
}

/// Takes a file that arrives whole.
pub async fn receive<E>(
    ctx: &Context,
    to: For<'_>,
    file_name: &str,
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Asset, UploadError> {
    let arrived = Arrived::from(ctx, body, ctx.settings.upload_max_bytes).await?;
    store(ctx, to, file_name, arrived).await
}

/// Begins a file that comes in pieces; gives the token by which it goes on.
pub async fn begin(ctx: &Context, to: For<'_>, file_name: &str, size_bytes: u64) -> Result<String, UploadError> {
    if size_bytes == 0 {
        return Err(Refusal::Empty.into());
    }
    if size_bytes > ctx.settings.upload_max_bytes {
        return Err(Refusal::TooLarge.into());
    }
    let mut conn = ctx.conn().await?;
    has_room(&mut conn, ctx, to, size_bytes).await?;
    let token = random_token();
    let name = clean_file_name(file_name, "part");
    uploads::insert(&mut conn, &token, to, &name, size_bytes).await?;
    Ok(token)
}

/// How far an upload of that person has come.
#[derive(Debug, Clone)]
pub enum Progress {
    /// It goes on at this byte.
    At(u64),
    /// It is there.
    Done(Box<Asset>),
}

/// How far it has come.
pub async fn progress(ctx: &Context, to: For<'_>, token: &str) -> Result<Progress, UploadError> {
    let mut conn = ctx.conn().await?;
    let upload = uploads::by_token(&mut conn, token, to).await?.ok_or(UploadError::NotFound)?;
    match upload.asset_id {
        Some(id) => Ok(Progress::Done(Box::new(the(&mut conn, id).await?))),
        None => Ok(Progress::At(upload.received_bytes.unsigned_abs())),
    }
}

/// Takes the piece that begins at byte `offset`. The last one makes the asset.
pub async fn receive_piece<E>(
    ctx: &Context,
    to: For<'_>,
    token: &str,
    offset: u64,
    body: impl Stream<Item = Result<Bytes, E>>,
) -> Result<Progress, UploadError> {
    let upload = {
        let mut conn = ctx.conn().await?;
        let upload = uploads::by_token(&mut conn, token, to).await?.ok_or(UploadError::NotFound)?;
        if let Some(id) = upload.asset_id {
            return Ok(Progress::Done(Box::new(the(&mut conn, id).await?)));
        }
        upload
    };
    let (received, size) = (upload.received_bytes.unsigned_abs(), upload.size_bytes.unsigned_abs());
    if offset != received {
        return Err(UploadError::GoesOnAt(received));
    }
    let mut at = received;
    // Nothing is left to send where the last answer was lost between the last piece and the asset.
    if received < size {
        let piece = Arrived::from(ctx, body, PIECE_MAX.min(size - received)).await?;
        let key = Key::random();
        let length = piece.length;
        ctx.storage.take(&piece.path, &key).await?;
        let mut conn = ctx.conn().await?;
        if !uploads::add_piece(&mut conn, token, received, length, key.as_str()).await? {
            // Sent twice at the same time: the other was first.
            ctx.storage.remove(&key).await?;
            let now = uploads::by_token(&mut conn, token, to).await?.ok_or(UploadError::NotFound)?;
            return Err(UploadError::GoesOnAt(now.received_bytes.unsigned_abs()));
        }
        at += length;
    }
    if at < size {
        return Ok(Progress::At(at));
    }
    let upload = uploads::by_token(&mut *ctx.conn().await?, token, to).await?.ok_or(UploadError::NotFound)?;
    let keys: Vec<Key> = upload.pieces.iter().map(|key| Key::stored(key)).collect();
    let storage = ctx.storage.clone();
    let all = futures::stream::iter(keys.clone())
        .then(move |key| {
            let storage = storage.clone();
            async move { storage.read(&key, None).await.map(|(_, pieces)| pieces) }
        })
        .try_flatten();
    let arrived = Arrived::from(ctx, all, size).await?;
    let outcome = store(ctx, to, &upload.file_name, arrived).await;
    let mut conn = ctx.conn().await?;
    match &outcome {
        Ok(asset) => uploads::end(&mut conn, token, asset.id).await?,
        // It will not get better; the next try is a new upload.
        Err(UploadError::Refused(_)) => uploads::delete(&mut conn, token).await?,
        Err(_) => return outcome.map(|asset| Progress::Done(Box::new(asset))),
    }
    for key in &keys {
        ctx.storage.remove(key).await?;
    }
    outcome.map(|asset| Progress::Done(Box::new(asset)))
}

/// A link to a film on a known host.
pub async fn link(ctx: &Context, to: For<'_>, address: &str) -> Result<Asset, UploadError> {
    let (url, host) = hosts::known(address).ok_or(Refusal::UnknownHost)?;
    let mut conn = ctx.conn().await?;
    has_room(&mut conn, ctx, to, 0).await?;
    let new = NewAsset {
        institution_id: to.institution,
        uploaded_by: Some(to.by.id()),
        for_release: Some(to.release),
        kind: Kind::Link,
        state: State::Ready,
        file_name: host,
        stored: None,
        size: None,
        pages: None,
        duration_ms: None,
        link: Some(url.as_str()),
    };
    conn.transaction(async |conn| {
        let id = query::insert(conn, &new).await?;
        record(conn, to, id, Kind::Link, 0).await?;
        the(conn, id).await
    })
    .await
}

/// A file on this machine's disk, gone with this value unless it was stored.
struct Arrived {
    path: PathBuf,
    length: u64,
    sha256: [u8; 32],
}

impl Drop for Arrived {
    fn drop(&mut self) {
        // Moved away, usually.
        let _ = std::fs::remove_file(&self.path);
    }
}

impl Arrived {
    /// Writes what comes to the disk, at most `most` bytes, piece by piece.
    async fn from<E>(
        ctx: &Context,
        body: impl Stream<Item = Result<Bytes, E>>,
        most: u64,
    ) -> Result<Self, UploadError> {
        let name = HEXLOWER.encode(&rand::random::<[u8; 16]>());
        let path = ctx.storage.under_way().await?.join(name);
        let mut arrived = Self { path, length: 0, sha256: [0; 32] };
        let mut file = BufWriter::with_capacity(256 * 1024, tokio::fs::File::create(&arrived.path).await?);
        let mut hash = Sha256::new();
        let mut body = std::pin::pin!(body);
        loop {
            let Ok(piece) = tokio::time::timeout(PATIENCE, body.next()).await else { return Err(UploadError::Dropped) };
            let Some(piece) = piece else { break };
            let piece = piece.map_err(|_| UploadError::Dropped)?;
            arrived.length += piece.len() as u64;
            if arrived.length > most {
                return Err(Refusal::TooLarge.into());
            }
            hash.update(&piece);
            file.write_all(&piece).await?;
        }
        file.flush().await?;
        if arrived.length == 0 {
            return Err(Refusal::Empty.into());
        }
        arrived.sha256 = hash.finalize().into();
        Ok(arrived)
    }
}

async fn store(ctx: &Context, to: For<'_>, file_name: &str, arrived: Arrived) -> Result<Asset, UploadError> {
    let max_pixels = ctx.settings.picture_max_pixels;
    let path = arrived.path.clone();
    let examined = tokio::task::spawn_blocking(move || examine_guarded(&path, max_pixels))
        .await
        .unwrap_or(Err(Refusal::Broken))?;
    scan::ask(&ctx.settings.scan_command, &arrived.path).await?;
    {
        let mut conn = ctx.conn().await?;
        // The same file twice is one.
        if let Some(asset) = query::same_content(&mut conn, to.release, &arrived.sha256).await?
            && asset.state != State::Refused
        {
            return Ok(asset);
        }
        has_room(&mut conn, ctx, to, arrived.length).await?;
    }
    let key = Key::random();
    ctx.storage.take(&arrived.path, &key).await?;
    match insert(ctx, to, file_name, &arrived, &examined, &key).await {
        Ok(asset) => Ok(asset),
        Err(error) => {
            // If that fails too, the sweep finds it.
            let _ = ctx.storage.remove(&key).await;
            Err(error)
        }
    }
}

fn examine_guarded(path: &Path, max_pixels: u64) -> Result<Examined, Refusal> {
    std::panic::catch_unwind(|| examine::examine(path, max_pixels)).unwrap_or(Err(Refusal::Broken))
}

async fn insert(
    ctx: &Context,
    to: For<'_>,
    file_name: &str,
    arrived: &Arrived,
    examined: &Examined,
    key: &Key,
) -> Result<Asset, UploadError> {
    let given = file_name.strip_suffix(".part").unwrap_or(file_name);
    let file_name = clean_file_name(given, examined.extension);
    let bytes = i64::try_from(arrived.length).unwrap_or(i64::MAX);
    let later = renditions::makes_copies_of(examined.media_type);
    let new = NewAsset {
        institution_id: to.institution,
        uploaded_by: Some(to.by.id()),
        for_release: Some(to.release),
        kind: examined.kind,
        state: if later { State::New } else { State::Ready },
        file_name: &file_name,
        stored: Some((key.as_str(), &arrived.sha256, bytes, examined.media_type)),
        size: examined.size,
        pages: examined.pages,
        duration_ms: examined.duration_ms,
        link: None,
    };
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let id = query::insert(conn, &new).await?;
        if !later {
            // It leaves the house as it came.
            let file = Rendition {
                variant: "file".into(),
                media_type: examined.media_type.into(),
                extension: examined.extension.into(),
                size: None,
                bytes: arrived.length,
                storage_key: key.as_str().into(),
                digest: HEXLOWER.encode(&arrived.sha256),
            };
            query::insert_renditions(conn, id, &[file]).await?;
        }
        record(conn, to, id, examined.kind, bytes).await?;
        the(conn, id).await
    })
    .await
}

/// Refuses what the release or its institution has no room for.
async fn has_room(conn: &mut AsyncPgConnection, ctx: &Context, to: For<'_>, more: u64) -> Result<(), UploadError> {
    if query::count_for(conn, to.release).await? >= i64::try_from(USES_MAX).unwrap_or(i64::MAX) {
        return Err(Refusal::TooMany.into());
    }
    let used = query::bytes_of(conn, to.institution).await?.unsigned_abs();
    if used.saturating_add(more) > ctx.settings.upload_quota_bytes {
        return Err(Refusal::Quota.into());
    }
    Ok(())
}

async fn record(
    conn: &mut AsyncPgConnection,
    to: For<'_>,
    id: AssetId,
    kind: Kind,
    bytes: i64,
) -> Result<(), UploadError> {
    let detail = json!({ "release": to.release, "kind": kind.as_str(), "bytes": bytes });
    journal::record(conn, to.by.actor(), [Entry::new("asset.uploaded", "asset", id.0).with(detail)]).await?;
    Ok(())
}

async fn the(conn: &mut AsyncPgConnection, id: AssetId) -> Result<Asset, UploadError> {
    query::by_ids(conn, &[id]).await?.pop().ok_or(UploadError::NotFound)
}
