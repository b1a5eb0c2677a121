//! Makes the copies of what was uploaded, a job: the file as it may leave the house, and a picture's smaller sizes.
//!
//! Assets to do are rows with a loop of their own, claimed with SKIP LOCKED for ten minutes; whoever dies over one has
//! counted first, and the third time it is refused. In a process one picture is decoded at a time, so that memory is that
//! of one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use actix_web::web::Bytes;
use anyhow::Context as _;
use data_encoding::HEXLOWER;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::StreamExt;
use serde_json::json;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::model::{Refusal, Rendition};
use super::picture::{self, Picture};
use super::query::{self, Asset};
use super::{film, opening, strip};
use crate::change::{self, Change};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::db;
use crate::kit::stop::{Stop, wait};
use crate::kit::storage::{Key, StorageError};

/// How often it is looked for work when nobody says that there is some.
const EVERY: Duration = Duration::from_secs(5);
/// How often the copies of one asset are begun.
const ATTEMPTS_MAX: i16 = 3;
/// How long one asset may take. What runs longer is left running, and counted.
const PATIENCE: Duration = Duration::from_secs(300);

/// One at a time in a process.
static ONE: Semaphore = Semaphore::const_new(1);

/// Whether copies are made of a file of that type; the others leave the house as they came.
pub fn makes_copies_of(media_type: &str) -> bool {
    media_type.starts_with("image/") || matches!(media_type, "video/mp4" | "audio/mp4")
}

/// Makes copies until `stop` says so: at once where NOTIFY says that something came, and every few seconds.
pub async fn run(ctx: &Context, mut stop: Stop) -> anyhow::Result<()> {
    while !*stop.borrow() {
        if let Err(error) = listen(ctx, &mut stop).await {
            tracing::warn!(error = format!("{error:#}"), "making copies of uploads stopped; again in a second");
            wait(Duration::from_secs(1), &mut stop).await;
        }
    }
    Ok(())
}

async fn listen(ctx: &Context, stop: &mut Stop) -> anyhow::Result<()> {
    let mut line = db::establish_site(ctx.direct_url()).await?;
    line.batch_execute("LISTEN communique_asset").await?;
    while !*stop.borrow() {
        while !*stop.borrow() && make_next(ctx).await? {}
        let mut told = std::pin::pin!(line.notifications_stream());
        tokio::select! {
            told = tokio::time::timeout(EVERY, told.next()) => {
                anyhow::ensure!(!matches!(told, Ok(None)), "the line is closed");
            }
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
    Ok(())
}

/// Makes the copies of all that waits for them; what the tests call.
pub async fn make_all(ctx: &Context) -> anyhow::Result<usize> {
    let mut made = 0;
    while make_next(ctx).await? {
        made += 1;
    }
    Ok(made)
}

/// Makes the copies of the next asset; none waits: false.
pub async fn make_next(ctx: &Context) -> anyhow::Result<bool> {
    let Some(asset) = query::claim(&mut *ctx.conn().await?).await? else { return Ok(false) };
    let made =
        if asset.attempts > ATTEMPTS_MAX { Err(Failure::Refused(Refusal::Broken)) } else { make(ctx, &asset).await };
    match made {
        Ok(made) => {
            let mut conn = ctx.conn().await?;
            conn.transaction(async |conn| ready_within(conn, &asset, &made).await).await?;
        }
        Err(Failure::Refused(why)) => {
            let mut conn = ctx.conn().await?;
            conn.transaction(async |conn| {
                query::mark_refused(conn, asset.id, why).await?;
                let entry = Entry::new("asset.refused", "asset", asset.id.0).with(json!({ "why": why.as_str() }));
                journal::record(conn, Actor::Job("renditions"), [entry]).await
            })
            .await?;
        }
        Err(Failure::Later(error)) => {
            query::put_back(&mut *ctx.conn().await?, asset.id).await?;
            return Err(error.context(format!("copies of asset {}", asset.id)));
        }
    }
    Ok(true)
}

/// Why there are no copies.
enum Failure {
    /// There will be none.
    Refused(Refusal),
    /// For no fault of the file: storage is away or full.
    Later(anyhow::Error),
}

impl From<Refusal> for Failure {
    fn from(why: Refusal) -> Self {
        Failure::Refused(why)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Failure::Later(error.into())
    }
}

struct Made {
    copies: Vec<Rendition>,
    size: Option<(u32, u32)>,
    colour: Option<i32>,
}

async fn make(ctx: &Context, asset: &Asset) -> Result<Made, Failure> {
    let key = Key::stored(asset.storage_key.as_deref().ok_or(Refusal::Broken)?);
    let media_type = asset.media_type.clone().ok_or(Refusal::Broken)?;
    let scratch = ctx.storage.under_way().await?.join(HEXLOWER.encode(&rand::random::<[u8; 16]>()));
    let scratch = Scratch(scratch);
    let original = ctx.storage.on_this_machine(&key, &scratch.0).await?;
    if !media_type.starts_with("image/") {
        return film_of(ctx, asset, &media_type, &original, &scratch).await;
    }
    let max_pixels = ctx.settings.picture_max_pixels;
    let drawn = {
        let turn = ONE.acquire().await.context("the turn").map_err(Failure::Later)?;
        let work = tokio::task::spawn_blocking(move || {
            // Held by the work and not by who waits for it: what runs too long keeps the next from starting beside it.
            let _turn = turn;
            draw(&original, &media_type, max_pixels)
        });
        match tokio::time::timeout(PATIENCE, work).await {
            Ok(drawn) => drawn.unwrap_or(Err(Refusal::Broken))?,
            Err(_) => return Err(Refusal::Broken.into()),
        }
    };
    let mut copies = Vec::with_capacity(drawn.copies.len());
    for Drawn { variant, media_type, extension, size, bytes } in drawn.copies {
        copies.push(put(ctx, variant, media_type, extension, size, bytes).await?);
    }
    Ok(Made { copies, size: Some(drawn.size), colour: Some(drawn.colour) })
}

async fn put(
    ctx: &Context,
    variant: String,
    media_type: &str,
    extension: &str,
    size: Option<(u32, u32)>,
    bytes: Vec<u8>,
) -> Result<Rendition, Failure> {
    let key = Key::random();
    let digest = HEXLOWER.encode(&Sha256::digest(&bytes));
    let length = bytes.len() as u64;
    ctx.storage.put(Bytes::from(bytes), &key).await?;
    Ok(Rendition {
        variant,
        media_type: media_type.into(),
        extension: extension.into(),
        size,
        bytes: length,
        storage_key: key.as_str().into(),
        digest,
    })
}

/// A copy in memory.
struct Drawn {
    variant: String,
    media_type: &'static str,
    extension: &'static str,
    size: Option<(u32, u32)>,
    bytes: Vec<u8>,
}

struct AllDrawn {
    copies: Vec<Drawn>,
    size: (u32, u32),
    colour: i32,
}

/// Everything that is made of a picture. Some 2 MB of copies at most are held at once beside its pixels.
fn draw(original: &Path, media_type: &str, max_pixels: u64) -> Result<AllDrawn, Refusal> {
    let [.., widest] = super::model::WIDTHS;
    let picture = picture::read(original, media_type, max_pixels, widest)?;
    let (size, colour) = (picture.original, picture.narrowed(64).colour());
    let mut copies = Vec::new();
    let mut from = picture.clone();
    // From the widest down, each from the one before: a tenth of the work, and the eye sees no difference.
    for width in picture.widths().into_iter().rev() {
        from = from.narrowed(width);
        copies.push(sized(&from, "webp", "image/webp", "webp", from.webp()));
        copies.push(sized(&from, "jpeg", "image/jpeg", "jpg", from.jpeg()));
    }
    drop(from);
    let file = match strip::strip(std::fs::read(original).map_err(|_| Refusal::Broken)?.into(), media_type) {
        Ok(Some(bytes)) => {
            let (media_type, extension) = match media_type {
                "image/png" => ("image/png", "png"),
                "image/gif" => ("image/gif", "gif"),
                "image/webp" => ("image/webp", "webp"),
                _ => ("image/jpeg", "jpg"),
            };
            Drawn { variant: "file".into(), media_type, extension, size: Some(size), bytes }
        }
        // What cannot be taken apart, and TIFF, in which anything may stand anywhere, leaves as a new JPEG of its full size.
        Ok(None) | Err(_) => {
            let whole = picture::read(original, media_type, max_pixels, u32::MAX)?;
            Drawn {
                variant: "file".into(),
                media_type: "image/jpeg",
                extension: "jpg",
                size: Some(size),
                bytes: whole.file_jpeg(),
            }
        }
    };
    copies.push(file);
    Ok(AllDrawn { copies, size, colour })
}

fn sized(of: &Picture, format: &str, media_type: &'static str, extension: &'static str, bytes: Vec<u8>) -> Drawn {
    Drawn { variant: format!("{format}-{}", of.size().0), media_type, extension, size: Some(of.size()), bytes }
}

/// A film without the place where it was made.
async fn film_of(
    ctx: &Context,
    asset: &Asset,
    media_type: &str,
    original: &Path,
    scratch: &Scratch,
) -> Result<Made, Failure> {
    let copy = Scratch(scratch.0.with_extension("film"));
    let (from, to) = (original.to_owned(), copy.0.clone());
    let digest = tokio::task::spawn_blocking(move || {
        std::fs::copy(from, &to).map_err(StorageError::from)?;
        film::strip(&to).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof => Failure::Refused(Refusal::Broken),
            _ => StorageError::from(error).into(),
        })?;
        digest_of(&to).map_err(|error| StorageError::from(error).into())
    })
    .await
    .unwrap_or(Err(Failure::Refused(Refusal::Broken)))?;
    let key = Key::random();
    ctx.storage.take(&copy.0, &key).await?;
    let size = asset.width.zip(asset.height).map(|(w, h)| (w.unsigned_abs(), h.unsigned_abs()));
    let file = Rendition {
        variant: "file".into(),
        media_type: media_type.into(),
        extension: if media_type == "audio/mp4" { "m4a" } else { "mp4" }.into(),
        size,
        bytes: asset.bytes.unwrap_or_default().unsigned_abs(),
        storage_key: key.as_str().into(),
        digest,
    };
    Ok(Made { copies: vec![file], size: None, colour: None })
}

/// Of a file of any length, piece by piece.
fn digest_of(path: &Path) -> std::io::Result<String> {
    use std::io::Read;
    let (mut file, mut hash, mut piece) = (std::fs::File::open(path)?, Sha256::new(), vec![0; 64 * 1024]);
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(HEXLOWER.encode(&hash.finalize())),
            length => hash.update(&piece[..length]),
        }
    }
}

/// Writes the copies down; if something public shows the asset, they open and its pages change.
async fn ready_within(conn: &mut AsyncPgConnection, asset: &Asset, made: &Made) -> diesel::QueryResult<()> {
    query::lock(conn, &[asset.id]).await?;
    query::insert_renditions(conn, asset.id, &made.copies).await?;
    query::mark_ready(conn, asset.id, made.size, made.colour).await?;
    let shown_by = opening::open_copies_within(conn, asset.id).await?;
    let changes = shown_by.into_iter().map(|release| {
        Change::of_release(change::Kind::Media, release, None, Vec::new(), vec![format!("release:{release}")])
    });
    change::append(conn, changes).await?;
    Ok(())
}

/// A file that is gone with this value.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}
