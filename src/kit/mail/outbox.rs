//! A folder in the place of a mail server: each mail is a file that any mail program opens.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::Utc;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use tokio::fs;
use tokio::io::AsyncWriteExt;

use super::message::Composed;
use super::outcome::{Outcome, Stage};

/// Names in one process that bear the same instant still have an order.
static WRITTEN: AtomicU64 = AtomicU64::new(0);

/// A folder of `.eml` files, whose names sort by the time of writing.
///
/// Each file begins with `Return-Path` and `Delivered-To`, as a host writes them at final delivery
/// (RFC 5321 §4.4), so that the envelope can be seen. What is in the folder outlives the process; it
/// isn't forced to the disk, for it is a stand-in and no archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outbox {
    folder: PathBuf,
}

/// Why a mail can't be read.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// Not a name that [`Outbox::list`] gives; a path is none.
    #[error("not the name of a mail in the outbox")]
    Name,
    /// Gone, or never there.
    #[error("no such mail in the outbox")]
    NotFound,
    /// The folder can't be read.
    #[error("reading the outbox")]
    Io(#[source] io::Error),
}

impl Outbox {
    /// The outbox in `folder`, which is made when the first mail comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The names of the mails in it, the oldest first; none where there's no folder yet.
    pub async fn list(&self) -> Result<Vec<String>, OutboxError> {
        let mut entries = match fs::read_dir(&self.folder).await {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(OutboxError::Io(error)),
        };
        let mut names = Vec::new();
        while let Some(entry) = entries.next_entry().await.map_err(OutboxError::Io)? {
            names.extend(entry.file_name().into_string().ok().filter(|name| is_safe(name)));
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The bytes of the mail called `name`.
    pub async fn read(&self, name: &str) -> Result<Vec<u8>, OutboxError> {
        if !is_safe(name) {
            return Err(OutboxError::Name);
        }
        fs::read(self.folder.join(name)).await.map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => OutboxError::NotFound,
            _ => OutboxError::Io(error),
        })
    }

    /// Writes `mail` under a name that nobody reads, then gives it its own: whoever lists the folder
    /// sees whole mails only.
    pub async fn write(&self, mail: &Composed) -> io::Result<String> {
        fs::create_dir_all(&self.folder).await?;
        let name = name_for(mail);
        let unfinished = self.folder.join(format!(".{name}.part"));
        let written = async {
            let mut options = fs::OpenOptions::new();
            // Mails hold links that act: nobody else on the machine reads them.
            let mut file = options.write(true).create_new(true).mode(0o600).open(&unfinished).await?;
            let envelope = &mail.envelope;
            let trace = format!("Return-Path: <{}>\r\nDelivered-To: {}\r\n", envelope.from, envelope.to);
            file.write_all(trace.as_bytes()).await?;
            file.write_all(&mail.bytes).await?;
            file.flush().await?;
            fs::rename(&unfinished, self.folder.join(&name)).await
        };
        match written.await {
            Ok(()) => Ok(name),
            Err(error) => {
                // What is left of it is hidden already; failing to remove it changes no outcome.
                let _ = fs::remove_file(&unfinished).await;
                Err(error)
            }
        }
    }

    /// [`Outbox::write`], told as a mail server would tell it.
    pub(super) async fn deliver(&self, mail: &Composed) -> Outcome {
        match self.write(mail).await {
            Ok(name) => Outcome::Accepted { reply: format!("written as {name}") },
            Err(error) => Outcome::Temporary {
                code: None,
                reply: format!("the outbox can't be written: {}", error.kind()),
                stage: Stage::Message,
            },
        }
    }

    /// Writes and removes an empty file, to see whether a mail could be written.
    pub(super) async fn probe(&self) -> io::Result<String> {
        fs::create_dir_all(&self.folder).await?;
        let trial = self.folder.join(format!(".probe-{}.part", std::process::id()));
        fs::write(&trial, b"").await?;
        fs::remove_file(&trial).await?;
        Ok(format!("an outbox in {}; nothing leaves this machine", self.folder.display()))
    }
}

fn name_for(mail: &Composed) -> String {
    let order = WRITTEN.fetch_add(1, Ordering::Relaxed);
    let hash = Sha256::digest(&mail.bytes);
    // Two processes at one instant differ by their number.
    format!(
        "{}-{order:06}-{}-{}.eml",
        Utc::now().format("%Y%m%dT%H%M%S%.6fZ"),
        std::process::id(),
        HEXLOWER.encode(&hash[..4]),
    )
}

/// A plain `.eml` name: no path, nothing hidden.
fn is_safe(name: &str) -> bool {
    name.len() <= 200
        && name.ends_with(".eml")
        && !name.starts_with('.')
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Envelope};
    use super::*;

    fn mail(text: &str) -> Composed {
        Composed {
            bytes: format!("Subject: {text}\r\n\r\n{text}\r\n").into_bytes(),
            envelope: Envelope {
                from: Address::parse("bounce+1@example.be").expect("an address"),
                to: Address::parse("reader@example.org").expect("an address"),
            },
        }
    }

    #[tokio::test]
    async fn mails_are_read_in_the_order_in_which_they_were_written() {
        let home = tempfile::tempdir().expect("a folder");
        let outbox = Outbox::new(home.path().join("made/later"));
        assert_eq!(outbox.list().await.expect("no mail"), Vec::<String>::new());
        for number in 0..12 {
            let outcome = outbox.deliver(&mail(&number.to_string())).await;
            assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        }
        fs::write(outbox.folder().join("notes.txt"), b"").await.expect("a file");
        fs::write(outbox.folder().join(".x.eml.part"), b"").await.expect("a file");
        let names = outbox.list().await.expect("names");
        assert_eq!(names.len(), 12);
        for (number, name) in names.iter().enumerate() {
            let bytes = outbox.read(name).await.expect("a mail");
            let text = String::from_utf8(bytes).expect("text");
            assert!(text.starts_with("Return-Path: <bounce+1@example.be>\r\nDelivered-To: reader"));
            assert!(text.ends_with(&format!("\r\n\r\n{number}\r\n")));
        }
    }

    #[tokio::test]
    async fn a_name_is_never_a_path() {
        let home = tempfile::tempdir().expect("a folder");
        let outbox = Outbox::new(home.path());
        for name in ["", ".eml", "../a.eml", "a/b.eml", "/etc/passwd", "a.txt", "a\0.eml", "é.eml"] {
            assert!(matches!(outbox.read(name).await, Err(OutboxError::Name)), "{name:?}");
        }
        assert!(matches!(outbox.read("none.eml").await, Err(OutboxError::NotFound)));
    }

    #[tokio::test]
    async fn a_folder_that_can_not_be_written_loses_nothing() {
        let home = tempfile::tempdir().expect("a folder");
        let file = home.path().join("file");
        std::fs::write(&file, b"").expect("a file");
        let outbox = Outbox::new(file.join("below"));
        let outcome = outbox.deliver(&mail("x")).await;
        assert!(matches!(outcome, Outcome::Temporary { code: None, .. }), "{outcome:?}");
        assert!(outbox.probe().await.is_err());
        assert!(Outbox::new(home.path()).probe().await.is_ok());
        assert_eq!(Outbox::new(home.path()).list().await.expect("names").len(), 0);
    }
}
