//! The signature that says for which domain a mail was sent, over the bytes as they leave
//! (RFC 6376; Ed25519 by RFC 8463).

use std::fmt;
use std::sync::Arc;

use data_encoding::BASE64;
use rustls::SignatureScheme;
use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};
use rustls::sign::{Signer, SigningKey};
use sha2::{Digest, Sha256};

/// The headers that a signature covers where a mail has them, by the names as they are written in
/// `h=`. RFC 8058 §4 asks for the two of unsubscribing; RFC 6376 §5.4.1 for the rest.
const SIGNED: [&str; 14] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-language",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "list-help",
    "feedback-id",
    "auto-submitted",
];

/// Named once more than they occur, so that nobody can add a second one (RFC 6376 §8.15).
const SEALED: [&str; 7] = ["from", "to", "subject", "date", "message-id", "mime-version", "content-type"];

/// What signs for a domain. The public key stands in DNS at `selector._domainkey.domain`.
///
/// `Debug` doesn't show the key.
#[derive(Clone)]
pub struct Dkim {
    selector: String,
    domain: String,
    key: Arc<dyn SigningKey>,
    scheme: SignatureScheme,
}

/// Why nothing can be signed.
#[derive(Debug, thiserror::Error)]
pub enum DkimError {
    /// Not a PEM file with a private key in it.
    #[error("the DKIM key is no PEM file with a PRIVATE KEY (PKCS#8) or RSA PRIVATE KEY (PKCS#1) in it")]
    Pem,
    /// A key of another kind, or too short: RSA has 2048 to 8192 bits (RFC 8301 §3.2 and `ring`).
    #[error("the DKIM key is neither Ed25519 nor RSA of 2048 to 8192 bits")]
    Key,
    /// A selector or domain that can't be a name in DNS.
    #[error("the DKIM {0} can't be a name in DNS")]
    Name(&'static str),
    /// The key refused to sign.
    #[error("signing with the DKIM key")]
    Sign(#[source] rustls::Error),
}

impl Dkim {
    /// Takes the private key out of `pem`: RSA in PKCS#1 or PKCS#8, Ed25519 in PKCS#8, as OpenSSL
    /// writes them.
    pub fn new(selector: &str, domain: &str, pem: &str) -> Result<Self, DkimError> {
        let is_name = |name: &str| {
            !name.is_empty()
                && name.split('.').all(|label| {
                    (1..=63).contains(&label.len())
                        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
                })
        };
        if !is_name(selector) {
            return Err(DkimError::Name("selector"));
        }
        if !is_name(domain) {
            return Err(DkimError::Name("domain"));
        }
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| DkimError::Pem)?;
        let key = any_supported_type(&der).map_err(|_| DkimError::Key)?;
        let scheme = [SignatureScheme::RSA_PKCS1_SHA256, SignatureScheme::ED25519]
            .into_iter()
            .find(|scheme| key.choose_scheme(&[*scheme]).is_some())
            .ok_or(DkimError::Key)?;
        Ok(Self { selector: selector.to_ascii_lowercase(), domain: domain.to_ascii_lowercase(), key, scheme })
    }

    /// The domain that vouches (`d=`). For DMARC it has to be that of the `From`, or one above it.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name in DNS that must hold the public key.
    pub fn dns_name(&self) -> String {
        format!("{}._domainkey.{}", self.selector, self.domain)
    }

    /// The `DKIM-Signature` header, with its line end, for a message whose header block is
    /// `headers` and whose body is `body`, both with CRLF. `signed_at` is in seconds since 1970.
    ///
    /// Both kinds of key sign without chance: the same message and time give the same header.
    pub(super) fn signature(&self, headers: &str, body: &str, signed_at: i64) -> Result<String, DkimError> {
        let fields = fields(headers);
        let present = |name: &&&str| fields.iter().any(|field| is_named(field, name));
        let covered: Vec<&str> = SIGNED.iter().filter(present).chain(&SEALED).copied().collect();
        let algorithm = match self.scheme {
            SignatureScheme::ED25519 => "ed25519-sha256",
            _ => "rsa-sha256",
        };
        let unsigned = format!(
            "DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed;\r\n d={}; s={}; t={signed_at};\r\n \
             h={};\r\n bh={};\r\n b=",
            self.domain,
            self.selector,
            folded_names(&covered),
            BASE64.encode(&Sha256::digest(relaxed_body(body))),
        );
        let input = signing_input(&fields, &covered, &unsigned);
        let signature = self.signer()?.sign(&match self.scheme {
            // Ed25519 signs the hash and not the text (RFC 8463 §3).
            SignatureScheme::ED25519 => Sha256::digest(input.as_bytes()).to_vec(),
            _ => input.into_bytes(),
        });
        let signature = BASE64.encode(&signature.map_err(DkimError::Sign)?);
        let mut signed = unsigned;
        for (at, c) in signature.char_indices() {
            if at > 0 && at % 72 == 0 {
                signed.push_str("\r\n ");
            }
            signed.push(c);
        }
        signed.push_str("\r\n");
        Ok(signed)
    }

    fn signer(&self) -> Result<Box<dyn Signer>, DkimError> {
        self.key.choose_scheme(&[self.scheme]).ok_or(DkimError::Key)
    }
}

impl fmt::Debug for Dkim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dkim")
            .field("selector", &self.selector)
            .field("domain", &self.domain)
            .field("scheme", &self.scheme)
            .finish_non_exhaustive()
    }
}

/// `h=` with a fold now and then: a colon may have white space after it (RFC 6376 §3.5).
fn folded_names(names: &[&str]) -> String {
    let lines: Vec<String> = names.chunks(5).map(|line| line.join(":")).collect();
    lines.join(":\r\n  ")
}

/// The headers of a block, each with its folds and without its last line end.
fn fields(headers: &str) -> Vec<&str> {
    let mut fields = Vec::new();
    let mut rest = headers.strip_suffix("\r\n").unwrap_or(headers);
    while !rest.is_empty() {
        let end = rest
            .match_indices("\r\n")
            .map(|(at, _)| at)
            .find(|at| !rest[at + 2..].starts_with([' ', '\t']))
            .unwrap_or(rest.len());
        fields.push(&rest[..end]);
        rest = rest[end..].strip_prefix("\r\n").unwrap_or_default();
    }
    fields
}

fn is_named(field: &str, name: &str) -> bool {
    field.split_once(':').is_some_and(|(own, _)| own.trim_end().eq_ignore_ascii_case(name))
}

/// What is signed: the headers named, the last of a name first, then the signature's own header
/// without its value and line end (RFC 6376 §3.7, §5.4.2). A name that has run out adds nothing.
fn signing_input(fields: &[&str], covered: &[&str], unsigned: &str) -> String {
    let mut left: Vec<&str> = fields.to_vec();
    let mut input = String::new();
    for name in covered {
        if let Some(at) = left.iter().rposition(|field| is_named(field, name)) {
            input.push_str(&relaxed_header(left.remove(at)));
            input.push_str("\r\n");
        }
    }
    input.push_str(&relaxed_header(unsigned));
    input
}

/// A header in lower case, on one line, with single spaces (RFC 6376 §3.4.2).
fn relaxed_header(field: &str) -> String {
    let (name, value) = field.split_once(':').unwrap_or((field, ""));
    let words: Vec<&str> = value.split([' ', '\t', '\r', '\n']).filter(|word| !word.is_empty()).collect();
    format!("{}:{}", name.trim_end().to_ascii_lowercase(), words.join(" "))
}

/// A body with single spaces, none at the end of a line, and no empty line at the end
/// (RFC 6376 §3.4.4).
fn relaxed_body(body: &str) -> String {
    let mut relaxed = String::with_capacity(body.len());
    let mut empty_lines = 0;
    for line in body.split("\r\n") {
        let line = line.trim_end_matches([' ', '\t']);
        if line.is_empty() {
            empty_lines += 1;
            continue;
        }
        relaxed.push_str(&"\r\n".repeat(std::mem::take(&mut empty_lines)));
        let mut after_space = false;
        for c in line.chars() {
            let is_space = matches!(c, ' ' | '\t');
            if !is_space {
                relaxed.push(c);
            } else if !after_space {
                relaxed.push(' ');
            }
            after_space = is_space;
        }
        relaxed.push_str("\r\n");
    }
    relaxed
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use rustls::crypto::ring::default_provider;

    /// The Ed25519 key of RFC 8463, appendix A.2, in PKCS#8.
    pub(crate) const ED25519_PEM: &str = "-----BEGIN PRIVATE KEY-----\n\
        MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n\
        -----END PRIVATE KEY-----\n";
    /// A key made for these tests with `openssl genrsa`, in both of its forms.
    pub(crate) const RSA_PKCS1_PEM: &str = include_str!("testdata/rsa-pkcs1.pem");
    pub(crate) const RSA_PKCS8_PEM: &str = include_str!("testdata/rsa-pkcs8.pem");

    const RFC_HEADERS: &str = "From: Joe SixPack <joe@football.example.com>\r\n\
        To: Suzie Q <suzie@shopping.example.net>\r\n\
        Subject: Is dinner ready?\r\n\
        Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n\
        Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n";
    const RFC_BODY: &str = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";

    /// Reads a signed message as a receiver would, and says whether the signature holds.
    pub(crate) fn verifies(message: &str, dkim: &Dkim) -> bool {
        let (headers, body) = message.split_once("\r\n\r\n").expect("headers and a body");
        let fields = fields(headers);
        let is_own =
            |field: &&&str| is_named(field, "dkim-signature") && field.contains(&format!(" s={};", dkim.selector));
        let own = fields.iter().find(is_own).expect("a signature");
        let tag = |name: &str| {
            let value = own.split_once(':').expect("a header").1;
            let tag = value.split(';').find_map(|tag| tag.trim().strip_prefix(&format!("{name}=")));
            tag.expect(name).split_whitespace().collect::<String>()
        };
        if tag("bh") != BASE64.encode(&Sha256::digest(relaxed_body(body))) {
            return false;
        }
        let names = tag("h");
        let unsigned = &own[..own.rfind("b=").expect("a signature") + 2];
        let input = signing_input(&fields, &names.split(':').collect::<Vec<_>>(), unsigned);
        let input = match tag("a").as_str() {
            "ed25519-sha256" => Sha256::digest(input.as_bytes()).to_vec(),
            _ => input.into_bytes(),
        };
        let signature = BASE64.decode(tag("b").as_bytes()).expect("base64");
        let spki = dkim.key.public_key().expect("a public key");
        // The key itself is what ends the DER of a SubjectPublicKeyInfo; the algorithm knows its length.
        default_provider().signature_verification_algorithms.all.iter().any(|algorithm| {
            let key = match dkim.scheme {
                SignatureScheme::ED25519 => &spki[spki.len() - 32..],
                _ => &spki[24..],
            };
            algorithm.verify_signature(key, &input, &signature).is_ok()
        })
    }

    #[test]
    fn the_example_of_rfc_8463_comes_out_to_the_letter() {
        let dkim = Dkim::new("brisbane", "football.example.com", ED25519_PEM).expect("a key");
        let hash = BASE64.encode(&Sha256::digest(relaxed_body(RFC_BODY)));
        assert_eq!(hash, "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=");
        let unsigned = "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n \
            d=football.example.com; i=@football.example.com;\r\n \
            q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n \
            subject : date : message-id : from : subject : date;\r\n \
            bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n b=";
        let covered = ["from", "to", "subject", "date", "message-id", "from", "subject", "date"];
        let input = signing_input(&fields(RFC_HEADERS), &covered, unsigned);
        let signer = dkim.signer().expect("a signer");
        let signature = signer.sign(&Sha256::digest(input.as_bytes())).expect("a signature");
        assert_eq!(
            BASE64.encode(&signature),
            "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
        );
    }

    #[test]
    fn every_kind_of_key_signs_and_a_change_breaks_it() {
        for (pem, name) in [(ED25519_PEM, "ed25519"), (RSA_PKCS1_PEM, "rsa"), (RSA_PKCS8_PEM, "rsa")] {
            let dkim = Dkim::new("s1", "football.example.com", pem).expect(name);
            let signature = dkim.signature(RFC_HEADERS, RFC_BODY, 1_528_637_909).expect(name);
            let again = dkim.signature(RFC_HEADERS, RFC_BODY, 1_528_637_909).expect(name);
            assert_eq!(signature, again, "no chance in it");
            assert!(signature.contains(&format!("a={name}-sha256;")));
            assert!(signature.lines().all(|line| line.len() <= 78), "{signature}");
            let message = format!("{signature}{RFC_HEADERS}\r\n{RFC_BODY}");
            assert!(verifies(&message, &dkim), "{name}");
            assert!(verifies(&format!("{message}\r\n\r\n"), &dkim), "empty lines at the end");
            assert!(verifies(&message.replace("Is dinner", "Is \t dinner"), &dkim), "white space");
            assert!(!verifies(&message.replace("dinner", "supper"), &dkim), "a header");
            assert!(!verifies(&message.replace("lost", "won"), &dkim), "the body");
            let doubled = message.replacen("To: ", "From: x@example.org\r\nTo: ", 1);
            assert!(!verifies(&doubled, &dkim), "a second From");
        }
    }

    #[test]
    fn a_body_is_relaxed_by_the_rules() {
        let table = [
            ("", ""),
            ("\r\n\r\n", ""),
            ("a", "a\r\n"),
            ("a\r\n\r\n\r\n", "a\r\n"),
            (" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n"), // RFC 6376 §3.4.5
            ("a\r\n\r\nb\r\n", "a\r\n\r\nb\r\n"),
        ];
        for (body, expected) in table {
            assert_eq!(relaxed_body(body), expected, "{body:?}");
        }
        assert_eq!(relaxed_header("A: X"), "a:X");
        assert_eq!(relaxed_header("B : Y\t\r\n\tZ  "), "b:Y Z");
    }

    #[test]
    fn a_key_that_can_not_sign_is_named() {
        assert!(matches!(Dkim::new("s", "example.be", "no key"), Err(DkimError::Pem)));
        let p256 = include_str!("testdata/p256.pem");
        assert!(matches!(Dkim::new("s", "example.be", p256), Err(DkimError::Key)));
        let short = include_str!("testdata/rsa-1024.pem");
        assert!(matches!(Dkim::new("s", "example.be", short), Err(DkimError::Key)));
        assert!(matches!(Dkim::new("s;", "example.be", ED25519_PEM), Err(DkimError::Name(_))));
        assert!(matches!(Dkim::new("s", "a\r\nb", ED25519_PEM), Err(DkimError::Name(_))));
        let dkim = Dkim::new("s", "Example.be", ED25519_PEM).expect("a key");
        assert_eq!(dkim.dns_name(), "s._domainkey.example.be");
        assert!(!format!("{dkim:?}").contains("key"), "{dkim:?}");
    }
}
