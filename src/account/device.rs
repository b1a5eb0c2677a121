//! From which browser somebody comes: what it calls itself, in words that its owner recognises.
//!
//! No more than a handful of names is told apart: the list of one's sessions needs "Firefox, Windows", not a version.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::kit::config::Settings;
use crate::kit::web::limit;

/// The longest name of a browser that is kept, in characters.
const AGENT_MAX: usize = 300;

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The network address, as [`limit::client`] sees it.
    pub from: IpAddr,
    /// What the browser calls itself.
    pub agent: String,
}

impl Device {
    /// Of that request.
    pub fn of(settings: &Settings, request: &HttpRequest) -> Self {
        let agent = request.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
        Self { from: limit::client(request, &settings.trusted_proxies), agent: agent.chars().take(AGENT_MAX).collect() }
    }
}

/// Browser and system that a `User-Agent` names (RFC 9110 §10.1.5), as "Firefox, Windows"; empty if it names neither.
pub fn name(agent: &str) -> String {
    // The order matters: Edge calls itself Chrome as well, Chrome calls itself Safari, Android calls itself Linux.
    let first =
        |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
        ("curl", "curl"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    browser.into_iter().chain(system).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_recognised_by_its_owner() {
        for (agent, expected) in [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Windows"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Safari/537.36 Edg/140.0.0.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                 Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 \
                 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            ("something else", ""),
            ("", ""),
        ] {
            assert_eq!(name(agent), expected, "{agent}");
        }
    }
}
