//! Files of an old text: found in its HTML and below a folder of this machine, and brought into the storage of media.
//!
//! A file comes in before the transaction of its release: stored, examined, and then a row. The same content of the same
//! institution is one file, so that a second run, or a run after a stop, brings nothing twice; what no release took is
//! taken away when the import is undone.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};

use anyhow::Context as _;
use data_encoding::HEXLOWER;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::convert::Version;
use super::names::Names;
use super::query;
use super::record::OldFile;
use super::report::FileFate;
use crate::ids::{AssetId, ImportId, InstitutionId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::storage::{Key, StorageError};
use crate::media::examine;
use crate::media::model::{Kind, MediaUse, Refusal, Rendition, State, USES_MAX, clean_file_name};
use crate::media::query::NewAsset;
use crate::media::renditions;

/// The ends of names of files that a text links to.
const ENDS: &[&str] = &[
    "pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "odt", "ods", "odp", "rtf", "zip", "mp3", "m4a", "ogg", "mp4",
    "mov", "webm", "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff",
];

/// The most files that are looked for in one text.
const INSIDE_MAX: usize = 100;

/// The pictures of a text, with what is said of them, and the documents that it links to.
pub fn inside(html: &str) -> Vec<OldFile> {
    let mut files: Vec<OldFile> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let end = rest.find('>').map_or(rest.len(), |end| end + 1);
        let tag = &rest[..end];
        let name: String =
            tag[1..].chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        let found = match name.as_str() {
            "img" => attribute(tag, "src").filter(|src| !src.trim_start().starts_with("data:")).map(|path| OldFile {
                path,
                title: attribute(tag, "title").unwrap_or_default(),
                alt: attribute(tag, "alt").unwrap_or_default(),
                caption: caption_after(&rest[end..]),
            }),
            "a" => attribute(tag, "href").filter(|href| is_file(href)).map(|path| OldFile {
                title: words(rest[end..].split("</a").next().unwrap_or_default()),
                path,
                ..OldFile::default()
            }),
            _ => None,
        };
        if let Some(file) = found {
            match files.iter().position(|there| there.path == file.path) {
                Some(there) => files[there].complete(file),
                None if files.len() < INSIDE_MAX => files.push(file),
                None => {}
            }
        }
        rest = &rest[end..];
    }
    files
}

fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('.').is_some_and(|(_, end)| ENDS.contains(&end.to_ascii_lowercase().as_str()))
}

fn caption_after(rest: &str) -> String {
    // Of the figure that the picture stands in, and of no later one.
    let end = rest.find("</figure").unwrap_or(0);
    let inside = &rest[..end];
    if inside.contains("<img") || inside.contains("<figure") {
        return String::new();
    }
    let caption = inside.find("<figcaption").and_then(|at| Some(&inside[at + inside[at..].find('>')? + 1..]));
    caption.map(|text| words(text.split("</figcaption").next().unwrap_or_default())).unwrap_or_default()
}

/// The text of a piece of HTML, in one line.
fn words(html: &str) -> String {
    crate::kit::rich_text::visible_words(html).join(" ")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name).map(|at| from + at) {
        from = at + name.len();
        let is_whole = lower[..at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
        let Some(value) = tag[from..].trim_start().strip_prefix('=').map(str::trim_start).filter(|_| is_whole) else {
            continue;
        };
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next()?,
            _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next()?,
        };
        let value = value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#039;", "'");
        return Some(value).filter(|value| !value.trim().is_empty());
    }
    None
}

/// A folder of this machine with the files of the former site.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
    /// Below which address they stood there: `sites/default/files`.
    stood: String,
}

impl Folder {
    /// The folder `root`; the files stood below the address `stood`.
    ///
    /// # Errors
    /// There is no such folder.
    pub fn open(root: &Path, stood: &str) -> anyhow::Result<Self> {
        let root = root.canonicalize().with_context(|| format!("the folder of files {}", root.display()))?;
        anyhow::ensure!(root.is_dir(), "{} is no folder", root.display());
        Ok(Self { root, stood: stood.trim_matches('/').to_owned() })
    }

    /// The file that an address or a path of the former site means, if it is here. Never one outside the folder, whatever
    /// the address says and whatever a link in the folder leads to.
    pub fn find(&self, old: &str) -> Option<PathBuf> {
        let path = path_there(old)?;
        let mut candidates = vec![path.clone()];
        if let Some(rest) = path.strip_prefix(&self.stood).map(|rest| rest.trim_start_matches('/'))
            && !self.stood.is_empty()
        {
            candidates.push(rest.to_owned());
        }
        for prefix in ["system/files/", "wp-content/uploads/", "files/"] {
            candidates.extend(path.strip_prefix(prefix).map(str::to_owned));
        }
        // WordPress' smaller copies: photo-300x200.jpg.
        let originals: Vec<String> = candidates.iter().filter_map(|path| without_size(path)).collect();
        candidates.extend(originals);
        candidates.into_iter().find_map(|candidate| {
            let candidate = Path::new(&candidate);
            let is_below = candidate.components().all(|part| matches!(part, Component::Normal(_)));
            let found = self.root.join(candidate).canonicalize().ok().filter(|_| is_below)?;
            (found.starts_with(&self.root) && found.is_file()).then_some(found)
        })
    }
}

/// The path on the former site, unescaped, without a slash in front. Paths that climb are none.
fn path_there(old: &str) -> Option<String> {
    let old = old.trim();
    let path = match Url::parse(old) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url.path().to_owned(),
        // public://x.pdf, as Drupal 7 has it.
        Ok(url) if matches!(url.scheme(), "public" | "private") => old.split_once("://")?.1.to_owned(),
        Ok(_) => return None,
        Err(_) => old.split(['?', '#']).next().unwrap_or_default().to_owned(),
    };
    let bytes: Vec<u8> = {
        let mut out = Vec::new();
        let mut rest = path.as_bytes();
        while let Some((first, after)) = rest.split_first() {
            let code =
                (*first == b'%').then(|| after.get(..2)).flatten().and_then(|code| std::str::from_utf8(code).ok());
            match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                Some(byte) => {
                    out.push(byte);
                    rest = &after[2..];
                }
                None => {
                    out.push(*first);
                    rest = after;
                }
            }
        }
        out
    };
    let path = String::from_utf8(bytes).ok()?.trim_start_matches('/').to_owned();
    let climbs = path.split(['/', '\\']).any(|part| part == "..") || path.contains('\0');
    (!path.is_empty() && !climbs).then_some(path)
}

fn without_size(path: &str) -> Option<String> {
    let (stem, end) = path.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{name}.{end}"))
}

/// What became of a file of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// As the source names it.
    pub old: OldFile,
    /// What became of it.
    pub fate: FileFate,
    /// The file here.
    pub asset: Option<AssetId>,
    /// Why not.
    pub note: String,
}

/// Brings files in.
#[derive(Debug)]
pub struct Files {
    folder: Option<Folder>,
    import: Option<ImportId>,
    by: Actor,
    dry_run: bool,
    /// Those that came already in this run, by institution and path.
    seen: HashMap<(InstitutionId, PathBuf), Result<(AssetId, bool), Refusal>>,
}

impl Files {
    /// From that folder; without one, every file is missing.
    pub fn of(folder: Option<Folder>, import: Option<ImportId>, by: Actor, dry_run: bool) -> Self {
        Self { folder, import, by, dry_run, seen: HashMap::new() }
    }

    /// Whether there is a folder to take them from.
    pub fn has_folder(&self) -> bool {
        self.folder.is_some()
    }

    /// Brings in the files of a version.
    ///
    /// # Errors
    /// The database or the storage is away. That a file cannot be taken is no error.
    pub async fn bring(
        &mut self,
        ctx: &Context,
        conn: &mut AsyncPgConnection,
        version: &Version,
        names: &Names,
    ) -> anyhow::Result<Vec<Brought>> {
        let mut all = Vec::new();
        let institution = names.institution(&version.institution);
        for old in version.files.iter().take(USES_MAX) {
            let mut brought = Brought { old: old.clone(), fate: FileFate::Missing, asset: None, note: String::new() };
            if path_there(&old.path).is_none() {
                brought.fate = FileFate::Refused;
                brought.note = "its path is none below a folder".into();
                all.push(brought);
                continue;
            }
            if let (Some(path), Some(institution)) =
                (self.folder.as_ref().and_then(|it| it.find(&old.path)), institution)
            {
                let key = (institution, path);
                let is_first = !self.seen.contains_key(&key);
                if is_first {
                    let taken = self.take(ctx, conn, institution, &key.1, &old.path).await?;
                    self.seen.insert(key.clone(), taken);
                }
                match &self.seen[&key] {
                    Ok((asset, is_new)) => {
                        brought.fate = if is_first && *is_new { FileFate::New } else { FileFate::Unchanged };
                        brought.asset = (!self.dry_run).then_some(*asset);
                    }
                    Err(refusal) => {
                        brought.fate = FileFate::Refused;
                        brought.note = refusal.to_string();
                    }
                }
            }
            all.push(brought);
        }
        Ok(all)
    }

    async fn take(
        &self,
        ctx: &Context,
        conn: &mut AsyncPgConnection,
        institution: InstitutionId,
        path: &Path,
        old: &str,
    ) -> anyhow::Result<Result<(AssetId, bool), Refusal>> {
        let length = tokio::fs::metadata(path).await.with_context(|| path.display().to_string())?.len();
        if length == 0 {
            return Ok(Err(Refusal::Empty));
        }
        if length > ctx.settings.upload_max_bytes {
            return Ok(Err(Refusal::TooLarge));
        }
        // A copy, for what is stored is moved; what is examined is what is stored.
        let copy = ctx.storage.under_way().await?.join(HEXLOWER.encode(&rand::random::<[u8; 16]>()));
        let (from, to, max_pixels) = (path.to_owned(), copy.clone(), ctx.settings.picture_max_pixels);
        let dry_run = self.dry_run;
        let looked = tokio::task::spawn_blocking(move || -> std::io::Result<_> {
            let hash = if dry_run { digest(&from)? } else { copied(&from, &to)? };
            let at = if dry_run { &from } else { &to };
            let examined =
                std::panic::catch_unwind(|| examine::examine(at, max_pixels)).unwrap_or(Err(Refusal::Broken));
            Ok((hash, examined))
        })
        .await?;
        let outcome = match looked {
            Ok((hash, Ok(_))) if dry_run => {
                let there = query::asset_of_content(conn, institution, &hash).await?;
                Ok(Ok((there.unwrap_or(AssetId(0)), there.is_none())))
            }
            Ok((hash, Ok(examined))) => self.store(ctx, conn, institution, &copy, old, &hash, length, &examined).await,
            Ok((_, Err(refusal))) => Ok(Err(refusal)),
            Err(error) => Err(error).with_context(|| format!("copying {}", path.display())),
        };
        // Moved away, if it was stored.
        let _ = tokio::fs::remove_file(&copy).await;
        outcome
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one file")]
    async fn store(
        &self,
        ctx: &Context,
        conn: &mut AsyncPgConnection,
        institution: InstitutionId,
        copy: &Path,
        old: &str,
        hash: &[u8; 32],
        length: u64,
        examined: &examine::Examined,
    ) -> anyhow::Result<Result<(AssetId, bool), Refusal>> {
        if let Some(there) = query::asset_of_content(conn, institution, hash).await? {
            return Ok(Ok((there, false)));
        }
        let key = Key::random();
        match ctx.storage.take(copy, &key).await {
            Ok(()) => {}
            Err(StorageError::Full) => return Ok(Err(Refusal::StorageFull)),
            Err(error) => return Err(error).context("storing a file"),
        }
        let given = path_there(old).unwrap_or_default();
        let file_name = clean_file_name(&given, examined.extension);
        let bytes = i64::try_from(length).unwrap_or(i64::MAX);
        let later = renditions::makes_copies_of(examined.media_type);
        let new = NewAsset {
            institution_id: institution,
            uploaded_by: None,
            for_release: None,
            kind: examined.kind,
            state: if later { State::New } else { State::Ready },
            file_name: &file_name,
            stored: Some((key.as_str(), hash, bytes, examined.media_type)),
            size: examined.size,
            pages: examined.pages,
            duration_ms: examined.duration_ms,
            link: None,
        };
        let (import, by, kind) = (self.import, self.by, examined.kind);
        let inserted = conn
            .transaction::<_, diesel::result::Error, _>(async |conn| {
                let id = crate::media::query::insert(conn, &new).await?;
                if !later {
                    let file = Rendition {
                        variant: "file".into(),
                        media_type: examined.media_type.into(),
                        extension: examined.extension.into(),
                        size: None,
                        bytes: length,
                        storage_key: key.as_str().into(),
                        digest: HEXLOWER.encode(hash),
                    };
                    crate::media::query::insert_renditions(conn, id, &[file]).await?;
                }
                if let Some(import) = import {
                    query::set_asset_import(conn, id, import).await?;
                }
                let detail = json!({ "import": import, "kind": kind.as_str(), "bytes": bytes });
                journal::record(conn, by, [Entry::new("asset.imported", "asset", id.0).with(detail)]).await?;
                Ok(id)
            })
            .await;
        match inserted {
            Ok(id) => Ok(Ok((id, true))),
            Err(error) => {
                // If that fails too, the sweep finds it.
                let _ = ctx.storage.remove(&key).await;
                Err(error.into())
            }
        }
    }
}

fn digest(path: &Path) -> std::io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    let mut file = std::fs::File::open(path)?;
    let mut piece = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(hash.finalize().into());
        }
        hash.update(&piece[..read]);
    }
}

fn copied(from: &Path, to: &Path) -> std::io::Result<[u8; 32]> {
    std::fs::copy(from, to)?;
    // Of the copy: it is what is stored.
    digest(to)
}

/// What a release shows of the files of its versions: each once, with its words in every language that says some.
pub fn uses<'a>(versions: impl Iterator<Item = &'a Version>) -> Vec<MediaUse> {
    let mut uses: Vec<MediaUse> = Vec::new();
    for version in versions {
        for (old, asset, kind) in &version.assets {
            let place = match uses.iter().position(|it| it.asset == *asset) {
                Some(place) => place,
                None if uses.len() < USES_MAX => {
                    uses.push(MediaUse::of(*asset));
                    uses.len() - 1
                }
                None => continue,
            };
            // What is said of a document is its title.
            let alt = if kind.is_picture() || old.title.is_empty() { &old.alt } else { &old.title };
            let alt = if alt.is_empty() { &old.title } else { alt };
            let it = &mut uses[place];
            for (texts, text, most) in [
                (&mut it.alt, alt, crate::media::model::ALT_MAX),
                (&mut it.caption, &old.caption, crate::media::model::CAPTION_MAX),
            ] {
                let text: String = crate::release::model::one_line(text).chars().take(most).collect();
                if !text.is_empty() {
                    texts.0.entry(version.lang).or_insert(text);
                }
            }
        }
    }
    uses
}

/// The kind of a file, by the end of its name: enough to tell a title from an alternative text.
pub fn kind_of(path: &str) -> Kind {
    let end = path.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    if ["jpg", "jpeg", "png", "gif", "webp", "tif", "tiff"].contains(&end.as_str()) {
        Kind::Photo
    } else {
        Kind::Document
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_in_a_text() {
        let html = r#"<p><a href="/sites/default/files/a.pdf">The <b>plan</b></a> <a href="/node/3">no</a>
            <figure><img alt="A bridge" src='/files/b.jpg'><figcaption>In <i>May</i></figcaption></figure>
            <img src="data:image/png;base64,xx"><IMG SRC=c.png><img src="/files/b.jpg" title="t">"#;
        let found: Vec<_> = inside(html).into_iter().map(|it| (it.path, it.title, it.alt, it.caption)).collect();
        let of = |path: &str, title: &str, alt: &str, caption: &str| {
            (path.to_owned(), title.to_owned(), alt.to_owned(), caption.to_owned())
        };
        assert_eq!(
            found,
            [
                of("/sites/default/files/a.pdf", "The plan", "", ""),
                of("/files/b.jpg", "t", "A bridge", "In May"),
                of("c.png", "", "", "")
            ]
        );
    }

    #[test]
    fn nothing_outside_the_folder_is_found() {
        let parent = tempfile::tempdir().expect("a folder");
        let root = parent.path().join("files");
        std::fs::create_dir_all(root.join("sub")).expect("made");
        std::fs::write(parent.path().join("secret.pdf"), "x").expect("written");
        std::fs::write(root.join("sub/é t.pdf"), "x").expect("written");
        std::fs::write(root.join("photo.jpg"), "x").expect("written");
        std::os::unix::fs::symlink(parent.path().join("secret.pdf"), root.join("link.pdf")).expect("linked");
        let folder = Folder::open(&root, "sites/default/files").expect("there");
        for (path, is_there) in [
            ("sites/default/files/sub/é t.pdf", true),
            ("/sites/default/files/sub/%C3%A9%20t.pdf", true),
            ("https://old.example/sites/default/files/sub/%C3%A9%20t.pdf?x=1", true),
            ("sub/é t.pdf", true),
            ("https://old.example/wp-content/uploads/photo-300x200.jpg", true),
            ("public://photo.jpg", true),
            ("../secret.pdf", false),
            ("sites/default/files/../../secret.pdf", false),
            ("%2e%2e/secret.pdf", false),
            ("sites/default/files/%2e%2e%2fsecret.pdf", false),
            ("link.pdf", false),
            ("/etc/passwd", false),
            ("file:///etc/passwd", false),
            ("sub", false),
            ("", false),
        ] {
            assert_eq!(folder.find(path).is_some(), is_there, "{path}");
        }
    }
}
