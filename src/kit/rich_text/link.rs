//! The addresses that a text may link to.

use url::Url;

/// The longest address that is followed; servers and browsers refuse longer ones as well
/// (RFC 9110, §4.1 asks for 8000 bytes at least).
const MAX_BYTES: usize = 8000;

/// Whether a reader's browser may be sent there: `http`, `https`, `mailto`, `tel`, a page of this
/// site (`/…`) or a place on the page (`#…`).
///
/// Browsers drop tabs and line ends from an address and read `\` as `/` (URL Standard, §4.4), so
/// what holds any of these or a blank is refused, as is `//host`, which looks like a page of ours.
///
/// Addresses of more than 8000 bytes are refused.
pub(super) fn is_allowed(address: &str) -> bool {
    let bends = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    if address.len() > MAX_BYTES || address.contains(bends) {
        return false;
    }
    if address.starts_with('#') || (address.starts_with('/') && !address.starts_with("//")) {
        return true;
    }
    is_web(address)
        || Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "mailto" | "tel") && !url.path().is_empty())
}

/// Whether it is a full address on the web.
pub(super) fn is_web(address: &str) -> bool {
    let written_out = ["http://", "https://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    written_out && Url::parse(address).is_ok_and(|url| url.has_host())
}
