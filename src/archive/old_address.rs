//! Where an address of the former site leads now.

use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use url::Url;

use super::query;
use crate::kit::lang::Lang;
use crate::paths;

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

/// Where an address that was asked for (`/index.php?id=12`) leads now, by one permanent redirect; nothing for what is not
/// public: that answers as what never existed.
pub async fn leads_to(conn: &mut AsyncPgConnection, asked: &str) -> QueryResult<Option<String>> {
    let Ok(path) = path_of(asked) else { return Ok(None) };
    let Some(found) = query::redirect(conn, &path).await? else { return Ok(None) };
    Ok(found.target.or_else(|| {
        let lang: Lang = found.lang?;
        Some(paths::release(lang, found.published_on?, &found.slug?))
    }))
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
}
