//! Addresses of a former site: what of them is kept, and the forms in which they are asked for.

use url::{Url, form_urlencoded};

/// The most bytes of an old address; longer ones do not fit an index of Postgres (a third of a page of 8 kB).
const MAX_BYTES: usize = 2_000;

/// The part of an old address that tells it from the others of its site: its path, with its query string if it has one
/// (`/index.php?id=12`).
pub fn path_of(url: &str) -> Result<String, &'static str> {
    let ground = Url::parse("http://former.invalid/").expect("a constant address");
    let parsed = match url {
        _ if url.starts_with("//") => Err(url::ParseError::RelativeUrlWithoutBase),
        _ if url.starts_with('/') => ground.join(url),
        _ => Url::parse(url),
    };
    let parsed = parsed.map_err(|_| "no address (https://…, or /… on the former site)")?;
    if !matches!(parsed.scheme(), "http" | "https") {
        return Err("no address of a web page");
    }
    let path = match parsed.query() {
        Some(query) if !query.is_empty() => format!("{}?{query}", parsed.path()),
        _ => parsed.path().to_owned(),
    };
    match path.as_str() {
        "/" => Err("the home page is no release's address"),
        _ if path.len() > MAX_BYTES => Err("longer than 2,000 bytes"),
        _ => Ok(path),
    }
}

/// A path of a former site as an address has it: what stands for itself stays, the rest is escaped.
pub fn escaped(path: &str) -> String {
    // By the rules of addresses on the web, so that the same is found again when a browser asks for it.
    Url::parse("http://former.invalid/").ok().map_or_else(String::new, |mut url| {
        url.set_path(path);
        url.path().trim_start_matches('/').to_owned()
    })
}

/// The path of a file of the former site, as its address has it.
pub fn path_of_file(old: &str) -> Option<String> {
    if old.contains("://") || old.starts_with('/') {
        return path_of(old).ok();
    }
    path_of(&format!("/{}", escaped(old))).ok()
}

/// Under which paths an address that is asked for may be known, the likeliest first: as it is; what Drupal means by
/// `?q=`; without a query string; without a slash at its end; in small letters; without a language in front, which Drupal
/// gave to every address; and of a feed what it is the feed of.
pub fn candidates(asked: &str) -> Vec<String> {
    let Ok(exact) = path_of(asked) else { return Vec::new() };
    let mut all = vec![exact.clone()];
    let mut add = |path: String| {
        if path.len() > 1 && !all.contains(&path) {
            all.push(path);
        }
    };
    let (path, query) = exact.split_once('?').map_or((exact.as_str(), ""), |(path, query)| (path, query));
    let asked_for = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "q").map(|(_, value)| value);
    let mut bases = Vec::new();
    if let Some(meant) = asked_for {
        let before = path.trim_end_matches('/').trim_end_matches("/index.php");
        let meant = escaped(meant.trim_matches('/'));
        bases.push(format!("{before}/{meant}"));
        bases.push(format!("/{meant}"));
    }
    // A page of WordPress is asked for by its number alone.
    if !(query.starts_with("p=") || path == "/" || path == "/index.php") {
        bases.push(path.to_owned());
    }
    for base in bases {
        let base = base.trim_end_matches('/');
        let lower = base.to_lowercase();
        for form in [base, lower.as_str()] {
            add(form.to_owned());
            let plain = without_language(form);
            add(plain.unwrap_or(form).to_owned());
            for end in ["/0/feed", "/all/feed", "/feed/rss2", "/feed/atom", "/feed", "/all", "/0"] {
                if let Some(of) = form.strip_suffix(end) {
                    add(of.to_owned());
                    add(without_language(of).unwrap_or(of).to_owned());
                }
            }
        }
    }
    all
}

/// `/fr/node/12` as `/node/12`; also `/pt-br/…`.
fn without_language(path: &str) -> Option<&str> {
    let (code, _) = path.strip_prefix('/')?.split_once('/')?;
    let is_code = match code.split_once('-') {
        Some((language, country)) => language.len() == 2 && matches!(country.len(), 2..=4),
        None => code.len() == 2,
    };
    let is_letters = code.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    (is_code && is_letters).then(|| &path[1 + code.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_is_its_path_and_query() {
        for (url, path) in [
            ("https://www.debian.org/News/2000/20000815.nl.html", Ok("/News/2000/20000815.nl.html")),
            ("http://old.example/index.php?id=12#top", Ok("/index.php?id=12")),
            ("https://old.example/a?", Ok("/a")),
            ("/node/12", Ok("/node/12")),
            ("/fr/communiqué d'été", Ok("/fr/communiqu%C3%A9%20d'%C3%A9t%C3%A9")),
            ("https://old.example/a/../b", Ok("/b")),
            ("https://old.example", Err("the home page is no release's address")),
            ("node/12", Err("no address (https://…, or /… on the former site)")),
            ("//old.example/a", Err("no address (https://…, or /… on the former site)")),
            ("mailto:a@example.org", Err("no address of a web page")),
            ("javascript:alert(1)", Err("no address of a web page")),
        ] {
            assert_eq!(path_of(url), path.map(str::to_owned), "{url}");
        }
        assert!(path_of(&format!("/{}", "a".repeat(2_000))).is_err());
    }

    #[test]
    fn an_address_is_known_in_whatever_form_it_is_asked_for() {
        for (asked, known) in [
            ("/node/12", "/node/12"),
            ("/node/12/", "/node/12"),
            ("/fr/node/12", "/node/12"),
            ("/?q=node/12", "/node/12"),
            ("/index.php?q=node/12", "/node/12"),
            ("/index.php?q=fr/node/12", "/node/12"),
            ("/fr/?q=node/12", "/fr/node/12"),
            ("/?q=fr/eau&page=1", "/fr/eau"),
            ("/nl/PressRelease/20130118/X", "/nl/pressrelease/20130118/x"),
            ("/node/12?page=1", "/node/12"),
            ("/taxonomy/term/5/0/feed", "/taxonomy/term/5"),
            ("/nl/taxonomy/term/5/feed", "/taxonomy/term/5"),
            ("/?p=7", "/?p=7"),
            ("/2012/01/eau/feed/", "/2012/01/eau"),
            ("/nl/pressreleaserss/toespraak", "/nl/pressreleaserss/toespraak"),
            ("/repository/rss/nl/Ext_102110_5.xml", "/repository/rss/nl/Ext_102110_5.xml"),
        ] {
            assert!(candidates(asked).contains(&known.to_owned()), "{asked}: {:?}", candidates(asked));
        }
        assert_eq!(candidates("/?p=7"), ["/?p=7"], "the home page is not what it asks for");
        assert_eq!(candidates("/"), [""; 0]);
        assert!(!candidates("/faq/x").contains(&"/x".to_owned()));
    }
}
