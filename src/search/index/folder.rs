//! Where the index lives, who may write it, and how a new one takes the place of an old one.
//!
//! ```text
//! <data>/search/1/writer      locked by the process that writes; the lock dies with it
//!                /current     the name of the index that is read
//!                /7f3a…/      an index
//! <data>/search/0/            of an older format; removed when ours is whole and nobody writes it
//! ```

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use nix::fcntl::{Flock, FlockArg};

use super::schema::FORMAT;

/// The folder of our format.
#[derive(Debug, Clone)]
pub struct Folder {
    all: PathBuf,
    own: PathBuf,
}

/// The right to write, until it is dropped or the process ends, however it ends.
pub struct Lock {
    file: Flock<File>,
}

impl Folder {
    /// Of that data folder. Touches nothing.
    pub fn new(data: &Path) -> Self {
        let all = data.join("search");
        Self { own: all.join(FORMAT.to_string()), all }
    }

    /// The right to write, if nobody has it. Where we may not write it is as if another had it: what is there is read.
    pub fn lock(&self) -> io::Result<Option<Lock>> {
        match fs::create_dir_all(&self.own).and_then(|()| lock(&self.own)) {
            Err(error) if is_forbidden(&error) && self.own.is_dir() => Ok(None),
            outcome => outcome,
        }
    }

    /// Whether the locked file is still the one that others would lock: a folder may be removed under a writer.
    pub fn is_held(&self, lock: &Lock) -> bool {
        let there = fs::metadata(self.own.join("writer")).map(|there| (there.dev(), there.ino()));
        let held = lock.file.metadata().map(|held| (held.dev(), held.ino()));
        matches!((there, held), (Ok(there), Ok(held)) if there == held)
    }

    /// The index that is read, if there is one.
    pub fn current(&self) -> io::Result<Option<PathBuf>> {
        match fs::read(self.own.join("current")) {
            // Cut short or overwritten: as none.
            Ok(name) => Ok(str::from_utf8(&name).ok().filter(|name| is_name(name)).map(|name| self.own.join(name))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A fresh folder for an index that is being built. Only for who holds the lock: what others began is removed.
    pub fn fresh(&self, _lock: &Lock) -> io::Result<PathBuf> {
        self.sweep()?;
        let name = format!("{:016x}", rand::random::<u64>());
        let path = self.own.join(name);
        fs::create_dir(&path)?;
        Ok(path)
    }

    /// From now on that index is read; others go.
    pub fn put_in_place(&self, _lock: &Lock, index: &Path) -> io::Result<()> {
        let name = index.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let beside = self.own.join("current.new");
        let mut file = File::create(&beside)?;
        file.write_all(name.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, self.own.join("current"))?;
        File::open(&self.own)?.sync_all()?;
        self.sweep()?;
        Ok(())
    }

    /// Removes what is of other formats, now that ours is whole.
    pub fn remove_others(&self, _lock: &Lock) -> io::Result<()> {
        for entry in fs::read_dir(&self.all)? {
            let path = entry?.path();
            // One that somebody writes belongs to a process of another version, which still serves with it.
            if path != self.own && path.is_dir() && lock(&path)?.is_some() {
                fs::remove_dir_all(&path)?;
            }
        }
        Ok(())
    }

    /// Nothing is read until another is put in place: what was there is wrong.
    pub fn forget(&self, _lock: &Lock) -> io::Result<()> {
        match fs::remove_file(self.own.join("current")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn sweep(&self) -> io::Result<()> {
        let current = self.current()?;
        for entry in fs::read_dir(&self.own)? {
            let path = entry?.path();
            if path.is_dir() && current.as_ref() != Some(&path) {
                fs::remove_dir_all(&path)?;
            }
        }
        Ok(())
    }
}

fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join("writer"))?;
    match Flock::lock(file, FlockArg::LockExclusiveNonblock) {
        Ok(file) => Ok(Some(Lock { file })),
        Err((_, nix::errno::Errno::EWOULDBLOCK)) => Ok(None),
        Err((_, error)) => Err(error.into()),
    }
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

fn is_name(name: &str) -> bool {
    name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writes_and_what_it_puts_in_place_is_read() {
        let data = tempfile::tempdir().expect("a folder");
        let (one, other) = (Folder::new(data.path()), Folder::new(data.path()));
        let lock = one.lock().expect("locked").expect("free");
        assert!(other.lock().expect("asked").is_none());
        assert_eq!(other.current().expect("asked"), None);
        let first = one.fresh(&lock).expect("made");
        one.put_in_place(&lock, &first).expect("put in place");
        assert_eq!(other.current().expect("asked"), Some(first.clone()));
        let second = one.fresh(&lock).expect("made");
        assert!(first.exists(), "the one that is read stays");
        one.put_in_place(&lock, &second).expect("put in place");
        assert_eq!((first.exists(), other.current().expect("asked")), (false, Some(second)));
        drop(lock);
        assert!(other.lock().expect("asked").is_some());
    }

    #[test]
    fn other_formats_go_unless_somebody_writes_them() {
        let data = tempfile::tempdir().expect("a folder");
        let ours = Folder::new(data.path());
        let (left, living) = (data.path().join("search/0"), data.path().join("search/99"));
        for folder in [&left, &living] {
            fs::create_dir_all(folder.join("0123456789abcdef")).expect("made");
        }
        let _written = lock(&living).expect("asked").expect("free");
        let own = ours.lock().expect("asked").expect("free");
        let index = ours.fresh(&own).expect("made");
        ours.put_in_place(&own, &index).expect("put in place");
        ours.remove_others(&own).expect("removed");
        assert_eq!((left.exists(), living.exists()), (false, true));
    }

    #[test]
    fn a_torn_name_is_none() {
        let data = tempfile::tempdir().expect("a folder");
        let folder = Folder::new(data.path());
        let _lock = folder.lock().expect("asked");
        let torn: [&[u8]; 5] = [b"", b"0123", b"../../../etc/pass", b"0123456789abcdez", b"0123456789abcde\xff"];
        for torn in torn {
            fs::write(folder.own.join("current"), torn).expect("written");
            assert_eq!(folder.current().expect("asked"), None, "{torn:?}");
        }
    }
}
