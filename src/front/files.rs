//! The two text files that others look for at fixed places.

use chrono::{DateTime, Days, Utc};

use crate::kit::clock;
use crate::kit::config::Settings;
use crate::paths;

/// How long security.txt stays valid: RFC 9116 §2.5.5 advises less than a year.
const VALID_DAYS: u64 = 180;

/// Where to tell us of a weakness (RFC 9116). It expires at a midnight, so that it is the same file all day.
pub fn security_txt(settings: &Settings, now: DateTime<Utc>) -> String {
    let today = now.with_timezone(&settings.zone).date_naive();
    let until = clock::start_of_day(settings.zone, today.checked_add_days(Days::new(VALID_DAYS)).unwrap_or(today));
    let languages: Vec<&str> = settings.languages.iter().map(|lang| lang.code()).collect();
    format!(
        "Contact: mailto:{}\nExpires: {}\nPreferred-Languages: {}\nCanonical: {}\n",
        settings.contact_mail,
        until.format("%Y-%m-%dT%H:%M:%SZ"),
        languages.join(", "),
        settings.absolute(paths::SECURITY_TXT),
    )
}

/// Everything that is public may be read by everybody (RFC 9309); the desk is nothing to index. Names the sitemaps, whose
/// addresses must be whole.
pub fn robots_txt(settings: &Settings) -> String {
    format!(
        "User-agent: *\nDisallow: {}\nDisallow: {}\n\nSitemap: {}\nSitemap: {}\n",
        paths::DESK,
        paths::MAILBOX,
        settings.absolute(paths::SITEMAP),
        settings.absolute(paths::NEWS_SITEMAP),
    )
}
