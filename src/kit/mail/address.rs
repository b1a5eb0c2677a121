//! One address that can be written to, as somebody typed it, and the name that may stand before it.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Host;

/// Octets before the `@` (RFC 5321 §4.5.3.1.1).
const LOCAL_LIMIT: usize = 64;
/// Octets of a domain name as DNS carries it (RFC 1035 §2.3.4, without the root's dot).
const DOMAIN_LIMIT: usize = 253;
/// Octets of the whole: a path has 256, two of which are its angle brackets (RFC 5321 §4.5.3.1.3).
const ADDRESS_LIMIT: usize = 254;

/// One address: an ASCII dot-atom, an `@`, and a domain of at least two labels, in lower case and
/// in the form that DNS knows (A-labels, RFC 5890).
///
/// The part before the `@` stays as typed: only its own host may say whether case matters
/// (RFC 5321 §2.4). `Display` shows all of it; `Debug` shows the domain alone, since logs hold no
/// addresses.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address {
    whole: String,
    at: usize,
}

/// Why what was typed isn't an address that we can write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was typed.
    #[error("no address")]
    Empty,
    /// No `@`, or something on one side of it only.
    #[error("an address has a part before and a part after one @")]
    Incomplete,
    /// A list, a name before the address, or spaces within it.
    #[error("more than one plain address")]
    NotOne,
    /// A control character, a line break above all.
    #[error("a control character in an address")]
    Control,
    /// Longer than RFC 5321 §4.5.3.1 allows: 64 octets before the `@`, 254 in all.
    #[error("longer than an address may be")]
    TooLong,
    /// Letters outside ASCII before the `@`: they need SMTPUTF8 (RFC 6531), which we don't speak yet.
    #[error("letters outside ASCII before the @ can't be written to yet")]
    NonAsciiLocal,
    /// A quoted part before the `@`, as in `"a b"@example.org`: legal, and never somebody's own.
    #[error("a quoted part before the @")]
    Quoted,
    /// A part before the `@` that isn't a dot-atom (RFC 5322 §3.2.3).
    #[error("a character or a dot that the part before the @ can't have")]
    Local,
    /// An IP address in the place of a domain.
    #[error("an IP address in the place of a domain")]
    IpLiteral,
    /// A domain that DNS can't know, or one without a dot: `root@localhost` is nobody's subscription.
    #[error("a domain that can't exist on the internet")]
    Domain,
}

impl Address {
    /// Reads exactly one address; white space around it is dropped.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Err(AddressError::Empty);
        }
        if typed.chars().any(char::is_control) {
            return Err(AddressError::Control);
        }
        if typed.contains('"') {
            return Err(AddressError::Quoted);
        }
        let is_delimiter = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';');
        if typed.contains(is_delimiter) {
            return Err(AddressError::NotOne);
        }
        let (local, domain) = typed.split_once('@').ok_or(AddressError::Incomplete)?;
        if local.is_empty() || domain.is_empty() {
            return Err(AddressError::Incomplete);
        }
        if domain.contains('@') {
            return Err(AddressError::NotOne);
        }
        let domain = domain_in_dns(domain)?;
        check_local(local)?;
        let whole = format!("{local}@{domain}");
        if whole.len() > ADDRESS_LIMIT {
            return Err(AddressError::TooLong);
        }
        Ok(Self { whole, at: local.len() })
    }

    /// The address whole.
    pub fn as_str(&self) -> &str {
        &self.whole
    }

    /// What stands before the `@`, as typed.
    pub fn local(&self) -> &str {
        &self.whole[..self.at]
    }

    /// The domain in lower case and A-labels: what DNS is asked, and by what rates are kept.
    pub fn domain(&self) -> &str {
        &self.whole[self.at + 1..]
    }
}

fn check_local(local: &str) -> Result<(), AddressError> {
    if !local.is_ascii() {
        return Err(AddressError::NonAsciiLocal);
    }
    if local.len() > LOCAL_LIMIT {
        return Err(AddressError::TooLong);
    }
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atext);
    if local.split('.').all(is_atom) { Ok(()) } else { Err(AddressError::Local) }
}

fn domain_in_dns(domain: &str) -> Result<String, AddressError> {
    if domain.starts_with('[') {
        return Err(AddressError::IpLiteral);
    }
    // A URL's host may be percent-encoded, a mail's never.
    if domain.contains('%') {
        return Err(AddressError::Domain);
    }
    let domain = match Host::parse(domain) {
        Ok(Host::Domain(domain)) => domain,
        Ok(Host::Ipv4(_) | Host::Ipv6(_)) => return Err(AddressError::IpLiteral),
        Err(_) => return Err(AddressError::Domain),
    };
    if domain.len() > DOMAIN_LIMIT {
        return Err(AddressError::TooLong);
    }
    if domain.contains('.') && domain.split('.').all(is_label) { Ok(domain) } else { Err(AddressError::Domain) }
}

/// A label of letters, digits and hyphens, 63 at most (RFC 1123 §2.1).
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// The characters of an atom (RFC 5322 §3.2.3).
pub(super) fn is_atext(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.whole)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "…@{}", self.domain())
    }
}

impl std::str::FromStr for Address {
    type Err = AddressError;

    fn from_str(typed: &str) -> Result<Self, AddressError> {
        Self::parse(typed)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(typed: String) -> Result<Self, AddressError> {
        Self::parse(&typed)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.whole
    }
}

/// An address with the name that a mail program shows for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    /// What is shown; none shows the address.
    pub name: Option<String>,
    /// Where it is.
    pub address: Address,
}

impl Mailbox {
    /// Reads `Name <address>`, `"Name" <address>` or a bare address, as in a setting.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let Some((name, rest)) = text.rsplit_once('<') else {
            return Ok(Self { name: None, address: Address::parse(text)? });
        };
        let address = Address::parse(rest.strip_suffix('>').ok_or(AddressError::NotOne)?)?;
        if name.chars().any(char::is_control) {
            return Err(AddressError::Control);
        }
        let name = unquoted(name.trim());
        Ok(Self { name: (!name.is_empty()).then_some(name), address })
    }
}

/// A phrase without the quotes and backslashes of a quoted string (RFC 5322 §3.2.4).
fn unquoted(phrase: &str) -> String {
    let Some(quoted) = phrase.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return phrase.to_owned();
    };
    let mut plain = String::with_capacity(quoted.len());
    let mut chars = quoted.chars();
    while let Some(c) = chars.next() {
        plain.extend(if c == '\\' { chars.next() } else { Some(c) });
    }
    plain
}

/// An envelope sender that tells for whom a mail came back: `local+token@bounce_domain`, a *variable
/// envelope return path*.
///
/// `token` is of lower-case letters, digits, `-` and `_`, since hosts on the way may fold the case of
/// it; `local+token` has 64 characters at most. Anything else is refused.
pub fn verp(local: &str, token: &str, bounce_domain: &str) -> Result<Address, AddressError> {
    let is_caseless = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_');
    if token.is_empty() || local.contains('+') || !token.bytes().all(is_caseless) {
        return Err(AddressError::Local);
    }
    Address::parse(&format!("{local}+{token}@{bounce_domain}"))
}

/// The token that [`verp`] put into `address`, or none if that wasn't made by it with this `local`.
/// The case of what came back doesn't matter.
pub fn verp_token(local: &str, address: &Address) -> Option<String> {
    let (before, token) = address.local().split_once('+')?;
    (before.eq_ignore_ascii_case(local) && !token.is_empty()).then(|| token.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_out_as_dns_and_smtp_want_it() {
        let long_local = format!("{}@example.org", "a".repeat(64));
        let table = [
            ("reader@example.org", "reader@example.org"),
            ("  Reader@Example.ORG\r\n", "Reader@example.org"),
            ("r.e+news=x@sub.example.be", "r.e+news=x@sub.example.be"),
            ("o'neill@example.ie", "o'neill@example.ie"),
            ("info@bücher.example", "info@xn--bcher-kva.example"),
            ("info@BÜCHER.example", "info@xn--bcher-kva.example"),
            ("info@XN--BCHER-KVA.example", "info@xn--bcher-kva.example"),
            ("info@fullwidth.example", "info@fullwidth.example"),
            (&long_local, &long_local),
        ];
        for (typed, expected) in table {
            let address = Address::parse(typed).expect(typed);
            assert_eq!(address.as_str(), expected);
            assert_eq!(address.to_string(), expected);
            assert_eq!(format!("{}@{}", address.local(), address.domain()), expected);
            assert_eq!(Address::parse(address.as_str()), Ok(address), "{typed} twice");
        }
    }

    #[test]
    fn what_can_not_be_written_to_says_why() {
        use AddressError::*;
        let too_long_local = format!("{}@example.org", "a".repeat(65));
        let too_long_label = format!("a@{}.org", "b".repeat(64));
        let too_long_whole = format!("{}@{}org", "a".repeat(64), "bcdefghij.".repeat(19));
        let table = [
            ("", Empty),
            (" \t ", Empty),
            ("reader", Incomplete),
            ("@example.org", Incomplete),
            ("reader@", Incomplete),
            ("a@example.org b@example.org", NotOne),
            ("a@example.org,b@example.org", NotOne),
            ("a@example.org;b@example.org", NotOne),
            ("a@b@example.org", NotOne),
            ("Reader <a@example.org>", NotOne),
            ("<a@example.org>", NotOne),
            ("a@example.org\r\nBcc: b@example.org", Control),
            ("a\0@example.org", Control),
            ("a@exam\u{85}ple.org", Control),
            ("\"a b\"@example.org", Quoted),
            ("rené@example.fr", NonAsciiLocal),
            ("用户@example.cn", NonAsciiLocal),
            (".a@example.org", Local),
            ("a.@example.org", Local),
            ("a..b@example.org", Local),
            ("a(b)@example.org", Local),
            ("a\\b@example.org", Local),
            ("a:b@example.org", Local),
            ("a@[192.0.2.1]", IpLiteral),
            ("a@[IPv6:2001:db8::1]", IpLiteral),
            ("a@192.0.2.1", IpLiteral),
            ("a@3221225985", IpLiteral),
            ("a@0x7f.1", IpLiteral),
            ("root@localhost", Domain),
            ("a@example.org.", Domain),
            ("a@.example.org", Domain),
            ("a@example..org", Domain),
            ("a@-example.org", Domain),
            ("a@exam_ple.org", Domain),
            ("a@ex%61mple.org", Domain),
            ("a@example.org:25", Domain),
            ("a@example.123", Domain),
            (&too_long_local, TooLong),
            (&too_long_label, Domain),
            (&too_long_whole, TooLong),
        ];
        for (typed, expected) in table {
            assert_eq!(Address::parse(typed), Err(expected), "{typed:?}");
        }
    }

    #[test]
    fn an_address_travels_through_json_and_is_checked_on_the_way_in() {
        let address = Address::parse("a@Example.org").expect("an address");
        let json = serde_json::to_string(&address).expect("a string");
        assert_eq!(json, r#""a@example.org""#);
        assert_eq!(serde_json::from_str::<Address>(&json).expect("an address"), address);
        assert!(serde_json::from_str::<Address>(r#""a@[127.0.0.1]""#).is_err());
    }

    #[test]
    fn a_log_shows_the_domain_alone() {
        let address = Address::parse("reader@example.org").expect("an address");
        assert_eq!(format!("{address:?}"), "…@example.org");
    }

    #[test]
    fn a_sender_has_a_name_or_none() {
        let table = [
            ("news@example.be", None),
            ("<news@example.be>", None),
            ("Le Gouvernement <news@example.be>", Some("Le Gouvernement")),
            (r#""News, \"official\"" <news@example.be>"#, Some(r#"News, "official""#)),
            ("Öffentlichkeit <news@example.be>", Some("Öffentlichkeit")),
        ];
        for (text, name) in table {
            let mailbox = Mailbox::parse(text).expect(text);
            assert_eq!(mailbox.name.as_deref(), name);
            assert_eq!(mailbox.address.as_str(), "news@example.be");
        }
        for text in ["", "News", "News <news@example.be", "a\nb <news@example.be>"] {
            assert!(Mailbox::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn what_comes_back_names_its_token() {
        let sender = verp("bounce", "k7q2-x", "bounces.example.be").expect("a sender");
        assert_eq!(sender.as_str(), "bounce+k7q2-x@bounces.example.be");
        assert_eq!(verp_token("bounce", &sender).as_deref(), Some("k7q2-x"));
        let folded = Address::parse("BOUNCE+K7Q2-X@bounces.example.be").expect("an address");
        assert_eq!(verp_token("bounce", &folded).as_deref(), Some("k7q2-x"));
        assert_eq!(verp_token("other", &sender), None);
        let too_long = "t".repeat(60);
        for token in ["", "UPPER", "a+b", "a b", "a@b", "a\r\n", too_long.as_str()] {
            assert!(verp("bounce", token, "bounces.example.be").is_err(), "{token:?}");
        }
    }
}
