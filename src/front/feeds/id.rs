//! What feeds and entries are called, for ever: UUIDs by name, so that one stored for a release serves its languages.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::kit::lang::Lang;

/// Of the entry of a release in one language. `feed_id` is the release's own.
pub fn of_entry(feed_id: &str, lang: Lang) -> String {
    by_name(feed_id, lang.code())
}

/// Of a feed, all its pages and formats: of this newsroom, one language and one filter in its canonical form.
pub fn of_feed(site_id: &str, lang: Lang, canonical: &str) -> String {
    by_name(site_id, &format!("{lang}?{canonical}"))
}

/// `urn:uuid:` and a UUID of version 8 made of SHA-256, as RFC 9562 §B.2 makes them. What is no UUID counts as nil.
fn by_name(namespace: &str, name: &str) -> String {
    let digits: String = namespace.chars().filter(|c| *c != '-').collect();
    let namespace = HEXLOWER.decode(digits.as_bytes()).ok().filter(|bytes| bytes.len() == 16).unwrap_or(vec![0; 16]);
    let digest = Sha256::new().chain_update(&namespace).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = HEXLOWER.encode(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_make_the_uuids_of_the_standard() {
        // The example of RFC 9562 §B.2.
        let of = by_name("6ba7b810-9dad-11d1-80b4-00c04fd430c8", "www.example.com");
        assert_eq!(of, "urn:uuid:5c146b14-3c52-8afd-938a-375d0df1fbf6");
    }

    #[test]
    fn each_language_and_each_filter_has_its_own() {
        let release = "0b9e6a3c-4b1f-4f5e-9a53-3f6d2f1e7c11";
        let mut all: Vec<String> = Lang::ALL.map(|lang| of_entry(release, lang)).to_vec();
        all.extend(Lang::ALL.map(|lang| of_feed(release, lang, "")));
        all.push(of_feed(release, Lang::Fr, "topic=water"));
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 9);
    }
}
