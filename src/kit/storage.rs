//! Files: in the data folder, or in an S3 where several machines share a site (object_store speaks both).
//!
//! - **Whole or not there.** A file is written under another name and moved; on a disk it and its folder are synced first,
//!   so that a row that names it never names half of it.
//! - **Names are the server's**: random, without a word of their owner's.
//! - **A full disk says so**: [`StorageError::Full`] is told apart, and what was begun is taken away.
//!
//! Under way, a file stands in a folder of this machine ([`Storage::under_way`]); what a process leaves there when it is
//! killed, and what no row names, is swept.

use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::web::Bytes;
use anyhow::Context as _;
use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use futures::stream::{self, BoxStream};
use futures::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::client::SpawnedReqwestConnector;
use object_store::local::LocalFileSystem;
use object_store::prefix::PrefixStore;
use object_store::{GetOptions, GetResultPayload, ObjectStore, ObjectStoreExt, PutPayload, WriteMultipart};
use tokio::io::AsyncReadExt;
use url::Url;

/// How much of a file is read and handed on at once.
const PIECE: usize = 256 * 1024;

/// Why a file was not stored or could not be read.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No room: the disk or its owner's share of it is full.
    #[error("storage is full")]
    Full,
    /// No such file.
    #[error("no such file in storage")]
    Missing,
    /// It cannot be reached, or refuses.
    #[error("storage")]
    Away(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<std::io::Error> for StorageError {
    fn from(error: std::io::Error) -> Self {
        if is_full(&error) { StorageError::Full } else { StorageError::Away(Box::new(error)) }
    }
}

impl From<object_store::Error> for StorageError {
    fn from(error: object_store::Error) -> Self {
        if let object_store::Error::NotFound { .. } = error {
            return StorageError::Missing;
        }
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(of) = cause {
            if of.downcast_ref::<std::io::Error>().is_some_and(is_full) {
                return StorageError::Full;
            }
            cause = of.source();
        }
        StorageError::Away(Box::new(error))
    }
}

fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Where a file is stored: `ab/ab34…`, random.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// A fresh one of 128 bits. Two letters of it are a folder, so that none grows too large.
    pub fn random() -> Self {
        let name = HEXLOWER.encode(&rand::random::<[u8; 16]>());
        Self(format!("{}/{name}", &name[..2]))
    }

    /// One that a row names.
    pub fn stored(key: &str) -> Self {
        Self(key.to_owned())
    }

    /// As a row names it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn path(&self) -> object_store::path::Path {
        object_store::path::Path::from(self.0.as_str())
    }
}

/// A file that is there.
#[derive(Debug)]
pub struct Stored {
    /// Where.
    pub key: String,
    /// When it was written, by the clock of whoever stores it.
    pub written_at: DateTime<Utc>,
}

/// Where files are stored. Cheap to clone.
#[derive(Clone)]
pub struct Storage {
    store: Arc<dyn ObjectStore>,
    /// Where they are on this machine, if they are.
    folder: Option<PathBuf>,
    under_way: PathBuf,
}

impl fmt::Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Storage({})", self.store)
    }
}

impl Storage {
    /// The folder `media` of the data folder, or what `url` names: `file:///folder`, or `s3://bucket/prefix` with the keys
    /// and the endpoint that AWS' own variables give (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL`, …). Opens nothing yet.
    ///
    /// # Errors
    /// The address cannot be understood.
    pub fn new(url: Option<&str>, data_dir: &Path) -> anyhow::Result<Self> {
        let under_way = data_dir.join("under-way");
        let of_folder = |folder: PathBuf| {
            let folder = std::path::absolute(folder)?;
            // Not `new_with_prefix`, which wants the folder to be there: a site whose storage is away still serves its pages.
            let root = object_store::path::Path::from_absolute_path(&folder)?;
            let store = PrefixStore::new(LocalFileSystem::new().with_fsync(true), root);
            Ok(Self { store: Arc::new(store), folder: Some(folder), under_way: under_way.clone() })
        };
        let Some(url) = url else { return of_folder(data_dir.join("media")) };
        let url: Url = url.parse().context("not an address")?;
        match url.scheme() {
            "file" => of_folder(url.to_file_path().map_err(|()| anyhow::anyhow!("not a folder"))?),
            "s3" => {
                let bucket = url.host_str().context("no bucket is named")?;
                let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
                // Requests run where the process began: a worker's own runtime may end before them.
                builder = builder.with_http_connector(SpawnedReqwestConnector::new(tokio::runtime::Handle::current()));
                let store = builder.build().context("S3")?;
                let store: Arc<dyn ObjectStore> = match url.path().trim_matches('/') {
                    "" => Arc::new(store),
                    prefix => Arc::new(PrefixStore::new(store, prefix)),
                };
                Ok(Self { store, folder: None, under_way })
            }
            _ => anyhow::bail!("it begins neither with file:// nor with s3://"),
        }
    }

    /// The folder of this machine for files under way, made if absent.
    pub async fn under_way(&self) -> Result<&Path, StorageError> {
        tokio::fs::create_dir_all(&self.under_way).await?;
        Ok(&self.under_way)
    }

    /// Stores a file of this machine, which is gone then.
    pub async fn take(&self, file: &Path, key: &Key) -> Result<(), StorageError> {
        if let Some(folder) = &self.folder {
            let (from, to) = (file.to_owned(), folder.join(key.as_str()));
            let moved = tokio::task::spawn_blocking(move || move_synced(&from, &to)).await;
            match moved.map_err(|error| StorageError::Away(Box::new(error)))? {
                Ok(()) => return Ok(()),
                // Another disk: copied.
                Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {}
                Err(error) => return Err(error.into()),
            }
        }
        let mut from = tokio::fs::File::open(file).await?;
        let mut to = WriteMultipart::new(self.store.put_multipart(&key.path()).await?);
        let outcome = async {
            loop {
                let mut piece = Vec::with_capacity(PIECE);
                if (&mut from).take(PIECE as u64).read_to_end(&mut piece).await? == 0 {
                    return Ok::<_, StorageError>(());
                }
                to.wait_for_capacity(2).await?;
                to.put(piece.into());
            }
        }
        .await;
        match outcome {
            Ok(()) => to.finish().await.map(drop)?,
            Err(error) => {
                let _ = to.abort().await;
                return Err(error);
            }
        }
        // Of this machine's scratch: if it stays, the sweep takes it.
        let _ = tokio::fs::remove_file(file).await;
        Ok(())
    }

    /// Stores bytes.
    pub async fn put(&self, bytes: Bytes, key: &Key) -> Result<(), StorageError> {
        self.store.put(&key.path(), PutPayload::from_bytes(bytes)).await.map(drop).map_err(Into::into)
    }

    /// A file on this machine that can be read now: the stored one itself, or a copy of it at `copy`.
    pub async fn on_this_machine(&self, key: &Key, copy: &Path) -> Result<PathBuf, StorageError> {
        if let Some(folder) = &self.folder {
            let file = folder.join(key.as_str());
            // That it cannot be opened is storage's fault and not the file's.
            tokio::fs::metadata(&file).await?;
            return Ok(file);
        }
        let (_, mut pieces) = self.read(key, None).await?;
        let mut file = tokio::fs::File::create(copy).await?;
        while let Some(piece) = pieces.try_next().await? {
            tokio::io::AsyncWriteExt::write_all(&mut file, &piece).await?;
        }
        tokio::io::AsyncWriteExt::flush(&mut file).await?;
        Ok(copy.to_owned())
    }

    /// The length of the range (or the whole), and it, in pieces that are read as they are taken.
    pub async fn read(
        &self,
        key: &Key,
        range: Option<Range<u64>>,
    ) -> Result<(u64, BoxStream<'static, Result<Bytes, StorageError>>), StorageError> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        let found = self.store.get_opts(&key.path(), options).await?;
        let range = found.range.clone();
        let length = range.end - range.start;
        let pieces = match found.payload {
            GetResultPayload::File(file, _) => pieces_of(file, range),
            GetResultPayload::Stream(pieces) => pieces.map_err(Into::into).boxed(),
        };
        Ok((length, pieces))
    }

    /// All of it.
    pub async fn read_whole(&self, key: &Key) -> Result<Bytes, StorageError> {
        self.store.get(&key.path()).await?.bytes().await.map_err(Into::into)
    }

    /// Takes a file away; one that is not there is no fault.
    pub async fn remove(&self, key: &Key) -> Result<(), StorageError> {
        match self.store.delete(&key.path()).await.map_err(StorageError::from) {
            Ok(()) | Err(StorageError::Missing) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Every file that is stored.
    pub fn all(&self) -> BoxStream<'static, Result<Stored, StorageError>> {
        let store = Arc::clone(&self.store);
        store
            .list(None)
            .map(|found| {
                Ok(found.map(|meta| Stored { key: meta.location.to_string(), written_at: meta.last_modified })?)
            })
            .boxed()
    }

    /// Takes away what a process that was killed left under way longer ago than `age`.
    pub async fn sweep_under_way(&self, age: std::time::Duration) -> Result<usize, StorageError> {
        let mut swept = 0;
        let mut files = tokio::fs::read_dir(self.under_way().await?).await?;
        while let Some(file) = files.next_entry().await? {
            let old = file.metadata().await?.modified()?.elapsed().is_ok_and(|since| since > age);
            if old && tokio::fs::remove_file(file.path()).await.is_ok() {
                swept += 1;
            }
        }
        Ok(swept)
    }
}

/// Moves a file to its name, its content and both names on the disk when this returns.
fn move_synced(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::File::open(from)?.sync_all()?;
    let folder = to.parent().unwrap_or(to);
    if !folder.exists() {
        std::fs::create_dir_all(folder)?;
        if let Some(above) = folder.parent() {
            std::fs::File::open(above)?.sync_all()?;
        }
    }
    std::fs::rename(from, to)?;
    std::fs::File::open(folder)?.sync_all()
}

/// A range of a file of this machine, read piece by piece beside the requests.
fn pieces_of(file: std::fs::File, range: Range<u64>) -> BoxStream<'static, Result<Bytes, StorageError>> {
    stream::try_unfold((file, range.start), move |(file, at)| async move {
        if at >= range.end {
            return Ok(None);
        }
        let read = tokio::task::spawn_blocking(move || {
            use std::os::unix::fs::FileExt;
            let length = usize::try_from(range.end - at).unwrap_or(PIECE).min(PIECE);
            let mut piece = vec![0; length];
            file.read_exact_at(&mut piece, at)?;
            Ok::<_, std::io::Error>((Bytes::from(piece), file))
        });
        let (piece, file) = read.await.map_err(|error| StorageError::Away(Box::new(error)))??;
        let next = at + piece.len() as u64;
        Ok(Some((piece, (file, next))))
    })
    .boxed()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn read(storage: &Storage, key: &Key, range: Option<Range<u64>>) -> Vec<u8> {
        let (length, pieces) = storage.read(key, range).await.expect("found");
        let read = pieces.try_fold(Vec::new(), |mut all, piece| async move {
            all.extend_from_slice(&piece);
            Ok(all)
        });
        let read = read.await.expect("read");
        assert_eq!(read.len() as u64, length);
        read
    }

    #[tokio::test]
    async fn a_file_is_stored_read_in_ranges_and_taken_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let here = Storage::new(None, folder.path()).expect("opened");
        let elsewhere =
            Storage { store: Arc::new(object_store::memory::InMemory::new()), folder: None, ..here.clone() };
        let text: Vec<u8> = (0..1_000_000_u32).map(|n| n.to_be_bytes()[3] ^ n.to_be_bytes()[2]).collect();
        for storage in [here, elsewhere] {
            let (key, small) = (Key::random(), Key::random());
            let file = storage.under_way().await.expect("a folder").join("x");
            std::fs::write(&file, &text).expect("written");
            storage.take(&file, &key).await.expect("stored");
            assert!(!file.exists(), "moved");
            storage.put(Bytes::from_static(b"small"), &small).await.expect("stored");
            assert_eq!(read(&storage, &key, None).await, text);
            for range in [0..1, 262_143..262_146, 999_999..1_000_000, 0..1_000_000] {
                let expected = &text[range.start as usize..range.end as usize];
                assert_eq!(read(&storage, &key, Some(range)).await, expected);
            }
            assert_eq!(storage.read_whole(&small).await.expect("read"), "small");
            let mut all: Vec<String> = storage.all().map_ok(|stored| stored.key).try_collect().await.expect("listed");
            all.sort();
            let mut expected = vec![key.as_str().to_owned(), small.as_str().to_owned()];
            expected.sort();
            assert_eq!(all, expected, "{storage:?}");
            storage.remove(&key).await.expect("removed");
            storage.remove(&key).await.expect("gone already");
            assert!(matches!(storage.read(&key, None).await, Err(StorageError::Missing)));
        }
    }

    #[test]
    fn addresses_of_a_storage() {
        let folder = Path::new("/var/lib/x");
        for (url, fits) in
            [(None, true), (Some("file:///srv/media"), true), (Some("ftp://x"), false), (Some("media"), false)]
        {
            assert_eq!(Storage::new(url, folder).is_ok(), fits, "{url:?}");
        }
    }
}
