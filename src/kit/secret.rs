//! The site's secret: signed tokens that need no row, and keyed hashes of what must not be stored.
//!
//! Old keys stay valid for checking, so that a link in an old mail still unsubscribes after a rotation: the secret
//! file holds one key a line, the newest first.

use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Context as _, ensure};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};
use hmac::{Hmac, KeyInit, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// The keys, the newest first. Never shown, not even by `Debug`.
#[derive(Clone)]
pub struct Secret {
    keys: Vec<Vec<u8>>,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Secret({} keys)", self.keys.len())
    }
}

impl Secret {
    /// Reads the file, or makes it with a fresh key of 256 bits, readable by its owner alone.
    pub fn load_or_make(path: &Path) -> anyhow::Result<Self> {
        match fs::read_to_string(path) {
            Ok(text) => {
                let keys = text
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty() && !line.starts_with('#'))
                    .map(|line| HEXLOWER_PERMISSIVE.decode(line.as_bytes()))
                    .collect::<Result<Vec<_>, _>>()
                    .with_context(|| format!("{}: a key is not hexadecimal", path.display()))?;
                ensure!(!keys.is_empty(), "{}: holds no key", path.display());
                ensure!(keys.iter().all(|key| key.len() >= 32), "{}: a key has fewer than 256 bits", path.display());
                Ok(Self { keys })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let key: [u8; 32] = rand::random();
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
                }
                // Whole or not there, and never overwritten: of two processes that start at once, one gives it its name and
                // the other reads it; a full disk leaves no half of one.
                let unnamed = path.with_extension(format!("{}.new", std::process::id()));
                let written = write_private(&unnamed, format!("{}\n", HEXLOWER_PERMISSIVE.encode(&key)).as_bytes())
                    .and_then(|()| fs::hard_link(&unnamed, path));
                let _ = fs::remove_file(&unnamed);
                match written {
                    Ok(()) => Ok(Self { keys: vec![key.to_vec()] }),
                    Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Self::load_or_make(path),
                    Err(error) => Err(error).with_context(|| format!("making {}", path.display())),
                }
            }
            Err(error) => Err(error).with_context(|| format!("reading {}", path.display())),
        }
    }

    /// A secret that lives as long as this value, for tests.
    pub fn ephemeral() -> Self {
        Self { keys: vec![rand::random::<[u8; 32]>().to_vec()] }
    }

    /// A token that only this site can have made, for one purpose, readable by whoever holds it (it is signed, not
    /// encrypted). Safe in an address.
    pub fn sign<T: Serialize>(&self, purpose: &str, payload: &T) -> String {
        let body = serde_json::to_vec(payload).expect("a token's payload is plain data");
        let tag = mac(&self.keys[0], purpose, &body);
        format!("{}.{}", BASE64URL_NOPAD.encode(&body), BASE64URL_NOPAD.encode(&tag))
    }

    /// What a token of that purpose says, if any of our keys signed it.
    pub fn verify<T: DeserializeOwned>(&self, purpose: &str, token: &str) -> Option<T> {
        let (body, tag) = token.split_once('.')?;
        let body = BASE64URL_NOPAD.decode(body.as_bytes()).ok()?;
        let tag = BASE64URL_NOPAD.decode(tag.as_bytes()).ok()?;
        // Every key is tried, so that the time taken does not tell which one signed.
        let signed =
            self.keys.iter().fold(subtle::Choice::from(0), |found, key| found | mac(key, purpose, &body).ct_eq(&tag));
        bool::from(signed).then(|| serde_json::from_slice(&body).ok()).flatten()
    }

    /// Encrypts what must be read again and must not be read in the database: ChaCha20-Poly1305 (RFC 8439) with a key made
    /// of ours for this purpose. `place` binds it to where it stands: copied into another row it opens nothing.
    pub fn seal(&self, purpose: &str, place: &str, plain: &[u8]) -> Vec<u8> {
        let nonce: [u8; 12] = rand::random();
        let payload = Payload { msg: plain, aad: place.as_bytes() };
        let sealed = cipher(&self.keys[0], purpose)
            .encrypt(&Nonce::from(nonce), payload)
            .expect("what fits in memory fits in a ciphertext");
        [nonce.as_slice(), &sealed].concat()
    }

    /// What was sealed for that purpose and place, by any of our keys.
    pub fn open(&self, purpose: &str, place: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(12)?;
        let nonce: [u8; 12] = nonce.try_into().ok()?;
        self.keys.iter().find_map(|key| {
            let payload = Payload { msg: sealed, aad: place.as_bytes() };
            cipher(key, purpose).decrypt(&Nonce::from(nonce), payload).ok()
        })
    }

    /// A token that only this site can have made and that only it can read, for one purpose; safe in an address. Its nonce
    /// is made of what it says, so that the same payload gives the same token: a mail that is sent twice is the same bytes
    /// twice. Two different payloads share a nonce once in 2⁴⁸ tokens.
    pub fn seal_token<T: Serialize>(&self, purpose: &str, payload: &T) -> String {
        let body = serde_json::to_vec(payload).expect("a token's payload is plain data");
        let hash = mac(&self.keys[0], &format!("nonce.{purpose}"), &body);
        let nonce: [u8; 12] = hash.first_chunk().copied().expect("a MAC of SHA-256 has 32 bytes");
        let sealed = cipher(&self.keys[0], purpose)
            .encrypt(&Nonce::from(nonce), Payload { msg: &body, aad: b"token" })
            .expect("what fits in memory fits in a ciphertext");
        BASE64URL_NOPAD.encode(&[nonce.as_slice(), &sealed].concat())
    }

    /// What a sealed token of that purpose says, if any of our keys made it.
    pub fn open_token<T: DeserializeOwned>(&self, purpose: &str, token: &str) -> Option<T> {
        let sealed = BASE64URL_NOPAD.decode(token.as_bytes()).ok()?;
        serde_json::from_slice(&self.open(purpose, "token", &sealed)?).ok()
    }

    /// A hash that tells two values apart and gives neither away without the key.
    pub fn keyed_hash(&self, purpose: &str, value: &str) -> Vec<u8> {
        mac(&self.keys[0], purpose, value.as_bytes())
    }

    /// The keyed hashes by every key, the newest first: to look up what an older key wrote.
    pub fn keyed_hashes(&self, purpose: &str, value: &str) -> Vec<Vec<u8>> {
        self.keys.iter().map(|key| mac(key, purpose, value.as_bytes())).collect()
    }
}

/// A new file that only its owner reads, on the disk when this returns.
fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn mac(key: &[u8], purpose: &str, body: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(purpose.as_bytes());
    mac.update(&[0]);
    mac.update(body);
    mac.finalize().into_bytes().to_vec()
}

fn cipher(key: &[u8], purpose: &str) -> ChaCha20Poly1305 {
    let key: [u8; 32] = mac(key, "seal", purpose.as_bytes()).try_into().expect("a MAC of SHA-256 has 32 bytes");
    <ChaCha20Poly1305 as chacha20poly1305::KeyInit>::new(&Key::from(key))
}

/// A fresh unguessable token of 256 bits, safe in a cookie or an address.
pub fn random_token() -> String {
    BASE64URL_NOPAD.encode(&rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_speaks_for_its_purpose_only_and_for_old_keys_too() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        let old = Secret::load_or_make(&path).expect("made");
        let token = old.sign("unsubscribe", &(7, "x"));
        let text = fs::read_to_string(&path).expect("read");
        fs::write(&path, format!("{}\n{text}", "ab".repeat(32))).expect("written");
        let rotated = Secret::load_or_make(&path).expect("read again");
        assert_eq!(rotated.verify("unsubscribe", &token), Some((7, "x".to_owned())));
        assert_eq!(rotated.verify::<(i32, String)>("confirm", &token), None);
        assert_eq!(rotated.verify::<(i32, String)>("unsubscribe", &token.replace('.', "A.")), None);
        assert_ne!(rotated.sign("unsubscribe", &(7, "x")), token);
        let sealed = old.seal("totp", "account 7", b"known to one");
        assert_eq!(rotated.open("totp", "account 7", &sealed).as_deref(), Some(b"known to one".as_slice()));
        assert!(!sealed.windows(5).any(|bytes| bytes == b"known"));
        assert_eq!(rotated.open("totp", "account 8", &sealed), None);
        assert_eq!(rotated.open("else", "account 7", &sealed), None);
        assert_eq!(rotated.open("totp", "account 7", &sealed[..20]), None);
        assert_eq!(rotated.open("totp", "account 7", b"short"), None);
        let token = old.seal_token("manage", &(7, "reader@example.org"));
        assert_eq!(old.seal_token("manage", &(7, "reader@example.org")), token, "the same mail is the same bytes");
        assert_eq!(rotated.open_token("manage", &token), Some((7, "reader@example.org".to_owned())));
        assert_eq!(rotated.open_token::<(i32, String)>("confirm", &token), None);
        assert_eq!(rotated.open_token::<(i32, String)>("manage", &token[1..]), None);
        assert!(
            BASE64URL_NOPAD
                .decode(token.as_bytes())
                .is_ok_and(|bytes| !bytes.windows(7).any(|part| part == b"example"))
        );
    }
}
