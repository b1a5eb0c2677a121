//! Films on other hosts: a release links to them, and its page loads nothing from there.

use url::Url;

/// The hosts that are known, with the name that readers are told.
const HOSTS: &[(&str, &str)] = &[
    ("youtube.com", "YouTube"),
    ("youtu.be", "YouTube"),
    ("youtube-nocookie.com", "YouTube"),
    ("vimeo.com", "Vimeo"),
    ("dailymotion.com", "Dailymotion"),
    ("dai.ly", "Dailymotion"),
    ("peertube.tv", "PeerTube"),
    ("audiovisual.ec.europa.eu", "EC Audiovisual Service"),
    ("soundcloud.com", "SoundCloud"),
    ("flickr.com", "Flickr"),
];

/// The address in its plain form and the name of its host, if it is one of those known.
pub fn known(given: &str) -> Option<(Url, &'static str)> {
    let mut url: Url = given.trim().parse().ok()?;
    if url.scheme() == "http" {
        url.set_scheme("https").ok()?;
    }
    let plain =
        url.scheme() == "https" && url.username().is_empty() && url.password().is_none() && url.port().is_none();
    if !plain || url.as_str().len() > 500 {
        return None;
    }
    let host = url.host_str()?.to_owned();
    let (_, name) = HOSTS
        .iter()
        .find(|(known, _)| host == *known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.')))?;
    Some((url, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_hosts_are_linked_to() {
        for (given, expected) in [
            ("https://www.youtube.com/watch?v=abc", Some("YouTube")),
            (" http://youtu.be/abc ", Some("YouTube")),
            ("https://vimeo.com/1", Some("Vimeo")),
            ("https://notvimeo.com/1", None),
            ("https://vimeo.com.example.org/1", None),
            ("https://vimeo.com@example.org/1", None),
            ("https://user:x@vimeo.com/1", None),
            ("javascript:alert(1)//vimeo.com", None),
            ("https://vimeo.com:8443/1", None),
            ("vimeo", None),
        ] {
            assert_eq!(known(given).map(|(_, name)| name), expected, "{given}");
        }
        assert_eq!(known("http://vimeo.com/1").map(|(url, _)| url.to_string()).as_deref(), Some("https://vimeo.com/1"));
    }
}
