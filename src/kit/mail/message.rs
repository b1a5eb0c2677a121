//! From values to the bytes that leave: RFC 5322, two bodies that say the same, one signature.
//!
//! The same [`Mail`] gives the same bytes: no clock, no chance, a boundary made from the Message-ID.
//! Everything is ASCII on the wire (RFC 2047, quoted-printable), so that no host on the way has a
//! reason to recode it and to break the signature by that.

use std::fmt;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, Utc};
use data_encoding::{BASE64, HEXLOWER};
use lettre::message::{Body, header::ContentTransferEncoding};
use sha2::{Digest, Sha256};
use url::Url;

use super::address::{Address, AddressError, Mailbox, is_atext, verp};
use super::dkim::{Dkim, DkimError};
use crate::kit::lang::{Lang, Texts};

/// Octets of a line without its CRLF, at most (RFC 5322 §2.1.1) …
const LINE_LIMIT: usize = 998;
/// … and better not more than these. A line with an encoded word must not have more than 76
/// (RFC 2047 §2).
const LINE_WISH: usize = 76;
/// Octets of text that one encoded word carries: with the longest name of ours before it, a line
/// stays within [`LINE_WISH`].
const WORD_OCTETS: usize = 39;

/// The header of every mail that no person has written, so that no machine answers it (RFC 3834 §5).
pub const AUTO_GENERATED: (&str, &str) = ("Auto-Submitted", "auto-generated");

/// What all mails of a site have in common.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Who writes.
    pub from: Mailbox,
    /// What `from` is called to readers of each language, where it has no name of its own.
    pub site_name: Texts,
    /// The domain to which undeliverable mail returns; without one it returns to `from`.
    pub bounce_domain: Option<String>,
    /// What signs, one signature each: none, one key, or RSA for all and Ed25519 for those who know it (RFC 8463 §5).
    pub dkim: Vec<Dkim>,
    /// The host under which the world sees the site: the right side of Message-IDs and List-Ids.
    pub site_host: String,
}

impl Settings {
    /// The envelope sender of a mail known by `token`: [`verp`] at the bounce domain, or the address
    /// of `from` where there is none: `bounce+…` at the sender's own domain would be an address that nobody set up there,
    /// and hosts that ask whether a sender exists would refuse the mail. A notification is then known by its Message-ID.
    pub fn envelope_from(&self, local: &str, token: &str) -> Result<Address, AddressError> {
        match &self.bounce_domain {
            Some(domain) => verp(local, token, domain),
            None => Ok(self.from.address.clone()),
        }
    }

    /// The Message-ID of a mail known by `unique`, at the site's host.
    pub fn message_id(&self, unique: &str) -> Result<String, MessageError> {
        message_id(unique, &self.site_host)
    }
}

/// A Message-ID, `<unique@host>`. Whoever keeps it with what is to be sent has the same one at each
/// try.
pub fn message_id(unique: &str, host: &str) -> Result<String, MessageError> {
    let id = format!("<{unique}@{host}>");
    check_message_id(&id)?;
    Ok(id)
}

/// One mail to one person.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The one who reads it.
    pub to: Address,
    /// The subject as a reader sees it. Control characters, line breaks too, become single spaces.
    pub subject: String,
    /// The body without markup. Any line ends; control characters but tabs are dropped.
    pub text: String,
    /// The same in HTML, a whole document. Treated as `text` is.
    pub html: String,
    /// The language of both (BCP 47).
    pub lang: String,
    /// When it was written, and signed: the same at each try.
    pub date: DateTime<Utc>,
    /// `<unique@host>`, the same at each try: see [`message_id`].
    pub message_id: String,
    /// Where it returns to, the same at each try: see [`Settings::envelope_from`].
    pub envelope_from: Address,
    /// Further headers in their order, their values in ASCII and on one line: see [`List::headers`].
    pub headers: Vec<(String, String)>,
}

/// For whom a mail is and whence it comes, as the hosts on the way read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// `MAIL FROM`.
    pub from: Address,
    /// `RCPT TO`: one recipient per transaction, so that an outcome has one meaning.
    pub to: Address,
}

/// A mail ready to be handed over. `Debug` shows its size and two domains.
#[derive(Clone, PartialEq, Eq)]
pub struct Composed {
    /// The message with CRLF line ends, the last one included; all ASCII, no line over 998 octets.
    pub bytes: Vec<u8>,
    /// For whom, from where.
    pub envelope: Envelope,
}

impl fmt::Debug for Composed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Composed").field("size_bytes", &self.bytes.len()).field("envelope", &self.envelope).finish()
    }
}

/// Why a mail can't be composed. All of them are faults of the caller, none of the reader.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// Not `<unique@host>` of visible ASCII.
    #[error("a Message-ID is <unique@host>, in ASCII and without spaces")]
    MessageId,
    /// Not a language tag.
    #[error("{0:?} isn't a language tag")]
    Lang(String),
    /// A year that `Date` can't say: it has four digits and begins with 1900 (RFC 5322 §3.3).
    #[error("a date before 1900 or after 9999")]
    Date,
    /// Not a header's name (RFC 5322 §3.6.8).
    #[error("{0:?} isn't the name of a header")]
    HeaderName(String),
    /// Written by [`message`] itself, or given twice.
    #[error("the header {0} would stand there twice")]
    HeaderTwice(String),
    /// A line break or another control character, or one outside ASCII.
    #[error("a control character or one outside ASCII in the header {0}")]
    HeaderValue(String),
    /// A word too long for a line.
    #[error("a word of more than 998 octets in the header {0}")]
    HeaderLine(String),
    /// A reader's own value is not visible ASCII without `=`, or there is none.
    #[error("a value that does not fit into its gap")]
    Gap,
    /// The signature failed.
    #[error("signing a mail")]
    Dkim(#[from] DkimError),
}

/// Headers that [`message`] writes, or that have no business in a mail of ours.
const OWN_HEADERS: [&str; 15] = [
    "from",
    "to",
    "cc",
    "bcc",
    "sender",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
    "content-language",
    "dkim-signature",
    "return-path",
    "precedence", // Never set: it asks old answering machines for silence, and Auto-Submitted does.
];

/// Composes `mail` and signs it.
///
/// Header injection is impossible by value: addresses hold no control characters, a subject's and a
/// name's become spaces, and a Message-ID or a further header with one is refused.
pub fn message(settings: &Settings, mail: &Mail) -> Result<Composed, MessageError> {
    compose(settings, mail, &Bodies::encode(&mail.text, &mail.html), &[])
}

/// As [`message`], with bodies that were encoded before, whose gaps take these values.
///
/// # Errors
/// As [`message`]; a value that is not visible ASCII, or is missing.
pub fn compose(settings: &Settings, mail: &Mail, bodies: &Bodies, values: &[&str]) -> Result<Composed, MessageError> {
    check_message_id(&mail.message_id)?;
    check_lang(&mail.lang)?;
    if !(1900..=9999).contains(&mail.date.year()) {
        return Err(MessageError::Date);
    }
    let boundary = boundary(&mail.message_id);

    let mut headers = Headers::default();
    headers.put("Date", &mail.date.format("%a, %d %b %Y %H:%M:%S +0000").to_string())?;
    let name = || mail.lang.parse::<Lang>().map_or("", |lang| settings.site_name.text(lang)).to_owned();
    let from = Mailbox { name: settings.from.name.clone().or_else(|| Some(name())), ..settings.from.clone() };
    headers.put("From", &mailbox(&from))?;
    headers.put("To", mail.to.as_str())?;
    headers.put("Subject", &unstructured(&mail.subject))?;
    headers.put("Message-ID", &mail.message_id)?;
    for (at, (name, value)) in mail.headers.iter().enumerate() {
        let is_same = |other: &str| other.eq_ignore_ascii_case(name);
        let is_known = OWN_HEADERS.iter().any(|own| is_same(own))
            || mail.headers[..at].iter().any(|(earlier, _)| is_same(earlier));
        if is_known {
            return Err(MessageError::HeaderTwice(name.clone()));
        }
        headers.put(name, value)?;
    }
    headers.put("Content-Language", &mail.lang)?;
    headers.put("MIME-Version", "1.0")?;
    headers.put("Content-Type", &format!("multipart/alternative; boundary=\"{boundary}\""))?;

    // The best last (RFC 2046 §5.1.4): a program that shows HTML shows the second.
    let mut body = String::with_capacity(bodies.size() + 1024);
    for (kind, parts) in [("plain", &bodies.text), ("html", &bodies.html)] {
        body.push_str(&format!(
            "--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\n"
        ));
        fill(&mut body, parts, values)?;
        body.push_str("\r\n");
    }
    body.push_str(&format!("--{boundary}--\r\n"));

    let headers = headers.block;
    let mut signature = String::new();
    for dkim in &settings.dkim {
        signature.push_str(&dkim.signature(&headers, &body, mail.date.timestamp())?);
    }
    Ok(Composed {
        bytes: format!("{signature}{headers}\r\n{body}").into_bytes(),
        envelope: Envelope { from: mail.envelope_from.clone(), to: mail.to.clone() },
    })
}

/// Both bodies of a mail in quoted-printable, with gaps where each reader's own stands: thousands of mails differ in nothing
/// else, and to encode is what a mail costs most.
#[derive(Debug, Clone)]
pub struct Bodies {
    text: Vec<Part>,
    html: Vec<Part>,
}

#[derive(Debug, Clone)]
enum Part {
    /// Encoded.
    Fixed(String),
    /// The place of a value.
    Gap(usize),
}

/// What stands in a body in the place of a reader's own value, by its number from 0 to 3: letters and digits that nobody
/// can guess, so that no text of anybody's is taken for one.
pub fn gap(number: usize) -> &'static str {
    &GAPS[number.min(GAPS.len() - 1)]
}

static GAPS: LazyLock<[String; 4]> =
    LazyLock::new(|| std::array::from_fn(|number| format!("{}{number}", HEXLOWER.encode(&rand::random::<[u8; 16]>()))));

impl Bodies {
    /// Encodes them.
    pub fn encode(text: &str, html: &str) -> Self {
        Self { text: parts(text), html: parts(html) }
    }

    /// How many octets they have, gaps aside.
    pub fn size(&self) -> usize {
        let octets = |part: &Part| if let Part::Fixed(fixed) = part { fixed.len() } else { 0 };
        self.text.iter().chain(&self.html).map(octets).sum()
    }
}

/// Each piece by itself, so that it holds wherever the one before it ends.
fn parts(content: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = content;
    loop {
        let next = GAPS.iter().enumerate().filter_map(|(number, gap)| Some((rest.find(gap.as_str())?, number))).min();
        let Some((at, number)) = next else { break };
        parts.push(Part::Fixed(quoted_printable(&rest[..at])));
        parts.push(Part::Gap(number));
        rest = &rest[at + GAPS[number].len()..];
    }
    parts.push(Part::Fixed(quoted_printable(rest)));
    parts
}

/// Puts the values into the gaps. A soft line break stands before and after each, which no reader sees (RFC 2045 §6.7).
fn fill(body: &mut String, parts: &[Part], values: &[&str]) -> Result<(), MessageError> {
    for part in parts {
        match part {
            Part::Fixed(fixed) => body.push_str(fixed),
            Part::Gap(number) => {
                let value = values.get(*number).ok_or(MessageError::Gap)?;
                if !value.bytes().all(|b| b.is_ascii_graphic() && b != b'=') {
                    return Err(MessageError::Gap);
                }
                let mut rest = *value;
                while !rest.is_empty() {
                    let (line, after) = rest.split_at(rest.len().min(GAP_LINE));
                    body.push_str("=\r\n");
                    body.push_str(line);
                    rest = after;
                }
                body.push_str("=\r\n");
            }
        }
    }
    Ok(())
}

/// Characters of a value on one line: with the sign of a soft break one has 76 at most.
const GAP_LINE: usize = 75;

fn check_message_id(id: &str) -> Result<(), MessageError> {
    let is_part =
        |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_graphic() && !b"<>@()[]\\,;:\"".contains(&b));
    id.strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'))
        .and_then(|rest| rest.split_once('@'))
        .filter(|(unique, host)| is_part(unique) && is_part(host) && id.len() <= 250)
        .map(|_| ())
        .ok_or(MessageError::MessageId)
}

fn check_lang(lang: &str) -> Result<(), MessageError> {
    let is_subtag = |tag: &str| (1..=8).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
    if lang.split('-').all(is_subtag) { Ok(()) } else { Err(MessageError::Lang(lang.to_owned())) }
}

/// What parts the two bodies. Its `=_` can't occur in quoted-printable (RFC 2045 §6.7), so that no
/// text, whoever wrote it, can end its part early.
fn boundary(message_id: &str) -> String {
    let hash = Sha256::digest(message_id.as_bytes());
    format!("=_{}", HEXLOWER.encode(&hash[..16]))
}

/// The lines of a header block.
#[derive(Default)]
struct Headers {
    block: String,
}

impl Headers {
    /// Adds a header, folded at its spaces. An encoded word has none, so that a fold is never inside.
    fn put(&mut self, name: &str, value: &str) -> Result<(), MessageError> {
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_graphic() && b != b':') {
            return Err(MessageError::HeaderName(name.to_owned()));
        }
        let is_text = |b: u8| b == b' ' || b.is_ascii_graphic();
        if value.trim() != value || !value.bytes().all(is_text) {
            return Err(MessageError::HeaderValue(name.to_owned()));
        }
        self.block.push_str(name);
        self.block.push(':');
        let mut column = name.len() + 1;
        for (at, word) in value.split(' ').enumerate() {
            // An empty word (two spaces in a row) never begins a line: it would be white space alone.
            if at > 0 && column + 1 + word.len() > LINE_WISH && !word.is_empty() {
                self.block.push_str("\r\n");
                column = 0;
            }
            self.block.push(' ');
            self.block.push_str(word);
            column += 1 + word.len();
            if column > LINE_LIMIT {
                return Err(MessageError::HeaderLine(name.to_owned()));
            }
        }
        self.block.push_str("\r\n");
        Ok(())
    }
}

/// `text` on one line, with single spaces and no control characters.
fn on_one_line(text: &str) -> String {
    let is_gap = |c: char| c == ' ' || c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let words: Vec<&str> = text.split(is_gap).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// A text that people read in a header: as it is if it is plain, else in encoded words.
fn unstructured(text: &str) -> String {
    let text = on_one_line(text);
    // What looks like an encoded word would be decoded by the reader's program.
    let is_plain = text.is_ascii() && !text.contains("=?") && text.split(' ').all(|word| word.len() < 500);
    if is_plain { text } else { encoded_words(&text) }
}

/// `text` as encoded words, each of whole characters (RFC 2047 §5 asks for that). The spaces between
/// them aren't shown.
fn encoded_words(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = (0..=rest.len().min(WORD_OCTETS)).rev().find(|at| rest.is_char_boundary(*at));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(&format!("=?utf-8?B?{}?=", BASE64.encode(word.as_bytes())));
        rest = after;
    }
    words
}

/// A name before an address, as a phrase (RFC 5322 §3.2.5): plain, quoted or encoded.
fn phrase(name: &str) -> String {
    let name = on_one_line(name);
    if !name.is_ascii() || name.contains("=?") || name.len() > 200 {
        encoded_words(&name)
    } else if name.bytes().all(|b| b == b' ' || is_atext(b)) {
        name
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

fn mailbox(mailbox: &Mailbox) -> String {
    match mailbox.name.as_deref().map(phrase).filter(|name| !name.is_empty()) {
        Some(name) => format!("{name} <{}>", mailbox.address.as_str()),
        None => mailbox.address.as_str().to_owned(),
    }
}

/// `content` in quoted-printable with CRLF, lines of 76 at most, without a line end at the end: the
/// one before a boundary belongs to the boundary.
fn quoted_printable(content: &str) -> String {
    let plain: String = content
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    let encoded = Body::new_with_encoding(plain, ContentTransferEncoding::QuotedPrintable)
        .map_or_else(|as_given| as_given, Body::into_vec);
    String::from_utf8_lossy(&encoded).into_owned()
}

/// What makes a mail one of a list that can be left with one click (RFC 2369, RFC 2919, RFC 8058).
#[derive(Debug, Clone)]
pub struct List<'a> {
    /// The list's name for machines, below the site's host: a label of letters, digits, hyphens.
    pub label: &'a str,
    /// The list's name for people.
    pub title: &'a str,
    /// Where one POST ends it, with an opaque token in it.
    pub unsubscribe: &'a Url,
    /// The page that explains the list.
    pub help: &'a Url,
    /// One to four fields for the feedback loops of large hosts, from the special to the general; the
    /// last one names the sender in 5 to 15 characters and never changes.
    pub feedback: &'a [&'a str],
}

/// Why the headers of a list would be void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// A label or a host that can't stand in a List-Id (RFC 2919 §3).
    #[error("a List-Id is a label of letters, digits and hyphens, and a host")]
    Id,
    /// An address that isn't https, while the site's is.
    #[error("the addresses of a list are https, without user or fragment")]
    Url,
    /// A feedback field with other characters than letters, digits, `.`, `_`, `-`, too many of them,
    /// or a sender of a wrong length.
    #[error("a Feedback-ID has one to four fields, the last of 5 to 15 characters")]
    Feedback,
}

impl List<'_> {
    /// The headers, in an order that doesn't change. `Precedence` isn't among them.
    ///
    /// RFC 8058 §3.1 asks for https. Plain http is let through where `public_url` itself is http: on
    /// the machine of somebody who works on the site.
    pub fn headers(&self, public_url: &Url) -> Result<Vec<(String, String)>, ListError> {
        let host = public_url.host_str().ok_or(ListError::Url)?;
        let is_label = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !is_label(self.label) || !host.split('.').all(is_label) {
            return Err(ListError::Id);
        }
        for url in [self.unsubscribe, self.help] {
            let is_safe = url.scheme() == "https" || (url.scheme() == "http" && public_url.scheme() == "http");
            let is_plain = url.username().is_empty()
                && url.password().is_none()
                && url.fragment().is_none()
                && !url.as_str().contains(['<', '>', ' '])
                && url.as_str().len() <= 900;
            if !(is_safe && is_plain) {
                return Err(ListError::Url);
            }
        }
        let id = format!("<{}.{host}>", self.label);
        let title = phrase(self.title);
        let named = if title.is_empty() { id } else { format!("{title} {id}") };
        Ok([
            ("List-Id", named),
            ("List-Unsubscribe", format!("<{}>", self.unsubscribe)),
            ("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()),
            ("List-Help", format!("<{}>", self.help)),
            ("Feedback-ID", self.feedback_id()?),
            (AUTO_GENERATED.0, AUTO_GENERATED.1.to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec())
    }

    fn feedback_id(&self) -> Result<String, ListError> {
        let is_field = |field: &&str| {
            (1..=60).contains(&field.len()) && field.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        let is_sender = |field: &&str| (5..=15).contains(&field.len());
        if self.feedback.len() <= 4 && self.feedback.iter().all(is_field) && self.feedback.last().is_some_and(is_sender)
        {
            Ok(self.feedback.join(":"))
        } else {
            Err(ListError::Feedback)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::dkim::tests::{ED25519_PEM, RSA_PKCS8_PEM, verifies};
    use super::*;
    use mail_parser::{HeaderValue, MessageParser, MimeHeaders};

    fn address(typed: &str) -> Address {
        Address::parse(typed).expect(typed)
    }

    fn settings() -> Settings {
        Settings {
            from: Mailbox::parse("Le Gouvernement fédéral <news@example.be>").expect("a sender"),
            site_name: Texts::one(Lang::Fr, "Le site"),
            bounce_domain: Some("bounces.example.be".to_owned()),
            dkim: Vec::new(),
            site_host: "news.example.be".to_owned(),
        }
    }

    fn mail() -> Mail {
        let settings = settings();
        Mail {
            to: address("reader@example.org"),
            subject: "Trois nouveautés : pensions, santé, énergie".to_owned(),
            text: "Bonjour,\n\nvoilà l'actualité.\n".to_owned(),
            html: "<!doctype html><p>Bonjour,</p>\n<p>voilà l’actualité.</p>".to_owned(),
            lang: "fr".to_owned(),
            date: "2026-03-06T11:30:00Z".parse().expect("an instant"),
            message_id: settings.message_id("d-77.k3").expect("an id"),
            envelope_from: settings.envelope_from("bounce", "k3x9").expect("a sender"),
            headers: list_headers(),
        }
    }

    fn list_headers() -> Vec<(String, String)> {
        let unsubscribe = url(&format!("https://news.example.be/u/{}", "t".repeat(90)));
        let list = List {
            label: "news",
            title: "Actualités du gouvernement",
            unsubscribe: &unsubscribe,
            help: &url("https://news.example.be/help"),
            feedback: &["slot-9", "news", "example-be"],
        };
        list.headers(&url("https://news.example.be/")).expect("headers")
    }

    fn url(text: &str) -> Url {
        Url::parse(text).expect(text)
    }

    fn text_of(settings: &Settings, mail: &Mail) -> String {
        let composed = message(settings, mail).expect("a message");
        String::from_utf8(composed.bytes).expect("ASCII")
    }

    fn assert_well_formed(message: &str) {
        assert!(message.is_ascii());
        assert!(message.ends_with("\r\n"));
        let bare = message.replace("\r\n", "");
        assert!(!bare.contains(['\r', '\n', '\0']), "line ends are CRLF");
        assert!(message.split("\r\n").all(|line| line.len() <= LINE_LIMIT));
        let (headers, _) = message.split_once("\r\n\r\n").expect("headers and a body");
        for name in ["From", "To", "Date", "Subject", "Message-ID", "MIME-Version", "Content-Type"] {
            let found = headers.split("\r\n").filter(|l| l.starts_with(&format!("{name}:")));
            assert_eq!(found.count(), 1, "one {name}");
        }
        for line in headers.split("\r\n") {
            assert!(!line.trim().is_empty());
            assert!(line.len() <= LINE_WISH || !line.contains("=?"), "RFC 2047 §2: {line}");
        }
    }

    #[test]
    fn what_was_written_is_what_is_read() {
        let mail = mail();
        let text = text_of(&settings(), &mail);
        assert_well_formed(&text);
        let parsed = MessageParser::default().parse(text.as_bytes()).expect("a message");
        assert_eq!(parsed.subject(), Some(mail.subject.as_str()));
        assert_eq!(parsed.body_text(0).as_deref(), Some("Bonjour,\r\n\r\nvoilà l'actualité.\r\n"));
        let html = mail.html.replace('\n', "\r\n");
        assert_eq!(parsed.body_html(0).as_deref(), Some(html.as_str()));
        let from = parsed.from().and_then(|from| from.first()).expect("a sender");
        assert_eq!(from.name(), Some("Le Gouvernement fédéral"));
        assert_eq!(from.address(), Some("news@example.be"));
        let to = parsed.to().and_then(|to| to.first()).expect("a reader");
        assert_eq!((to.name(), to.address()), (None, Some("reader@example.org")));
        assert_eq!(parsed.message_id(), Some("d-77.k3@news.example.be"));
        let date = parsed.date().expect("a date").to_timestamp();
        assert_eq!(date, mail.date.timestamp());
        assert!(text.contains("Date: Fri, 06 Mar 2026 11:30:00 +0000\r\n"));
        let kind = parsed.content_type().expect("a type");
        assert_eq!((kind.ctype(), kind.subtype()), ("multipart", Some("alternative")));
        assert_eq!(parsed.parts.len(), 3, "a frame and two parts");
        assert_eq!(parsed.header("Content-Language").and_then(HeaderValue::as_text), Some("fr"));
        for (name, value) in &mail.headers {
            let raw = parsed.header_raw(name.as_str()).expect(name);
            assert_eq!(raw.trim().replace("\r\n ", " "), *value, "{name}");
        }
    }

    #[test]
    fn the_same_mail_is_the_same_bytes() {
        for pem in [None, Some(ED25519_PEM), Some(RSA_PKCS8_PEM)] {
            let dkim = pem.map(|pem| Dkim::new("s1", "example.be", pem).expect("a key")).into_iter().collect();
            let settings = Settings { dkim, ..settings() };
            let first = message(&settings, &mail()).expect("a message");
            assert_eq!(message(&settings, &mail()).expect("a message"), first);
            assert_eq!(first.envelope.from.as_str(), "bounce+k3x9@bounces.example.be");
            assert_eq!(first.envelope.to.as_str(), "reader@example.org");
            let other = Mail { message_id: "<other@news.example.be>".to_owned(), ..mail() };
            assert_ne!(message(&settings, &other).expect("a message"), first);
        }
    }

    #[test]
    fn two_keys_sign_the_same_mail_and_each_holds() {
        let keys = [("r1", RSA_PKCS8_PEM), ("e1", ED25519_PEM)]
            .map(|(selector, pem)| Dkim::new(selector, "example.be", pem).expect("a key"));
        let settings = Settings { dkim: keys.to_vec(), ..settings() };
        let text = text_of(&settings, &mail());
        assert_well_formed(&text);
        assert_eq!(text.matches("DKIM-Signature:").count(), 2);
        for key in &keys {
            assert!(verifies(&text, key), "{key:?}");
            assert!(!verifies(&text.replace("Subject: ", "Subject: x"), key));
        }
    }

    #[test]
    fn a_gap_takes_a_value_of_any_length_and_nothing_else_moves() {
        for (text, html) in [
            ("before {} after", "<a href=\"{}\">é</a>"),
            ("{}", "{}"),
            ("a line\n{}\nand more", "x{}{}"),
            ("trailing blank {}", "é{}é"),
        ] {
            let with = |value: &str| [text, html].map(|body| body.replace("{}", value));
            let [encoded_text, encoded_html] = with(gap(0));
            let bodies = Bodies::encode(&encoded_text, &encoded_html);
            for value in ["https://example.be/fr/x.y-z_0", "a", &"x".repeat(400)] {
                let composed = compose(&settings(), &mail(), &bodies, &[value]).expect("a message");
                let text = String::from_utf8(composed.bytes.clone()).expect("text");
                assert_well_formed(&text);
                let parsed = MessageParser::default().parse(&composed.bytes).expect("a message");
                let [plain, html] = with(value);
                assert_eq!(parsed.body_text(0).expect("a text").replace("\r\n", "\n"), plain);
                assert_eq!(parsed.body_html(0).expect("html").replace("\r\n", "\n"), html);
            }
            for wrong in ["a b", "a=b", "é", "a\r\nb"] {
                assert!(matches!(compose(&settings(), &mail(), &bodies, &[wrong]), Err(MessageError::Gap)), "{wrong}");
            }
            assert!(matches!(compose(&settings(), &mail(), &bodies, &[]), Err(MessageError::Gap)));
        }
    }

    #[test]
    fn a_signature_holds_and_covers_what_must_not_change() {
        for pem in [ED25519_PEM, RSA_PKCS8_PEM] {
            let dkim = Dkim::new("s1", "example.be", pem).expect("a key");
            let settings = Settings { dkim: vec![dkim.clone()], ..settings() };
            let text = text_of(&settings, &mail());
            assert_well_formed(&text);
            assert!(text.starts_with("DKIM-Signature: v=1; a="));
            assert!(verifies(&text, &dkim));
            let (signature, _) = text.split_once("\r\nDate:").expect("a signature first");
            let signature: String = signature.split_whitespace().collect();
            let covered = signature.split(';').find_map(|tag| tag.strip_prefix("h="));
            let covered: Vec<&str> = covered.expect("names").split(':').collect();
            for name in [
                "from",
                "to",
                "subject",
                "date",
                "message-id",
                "mime-version",
                "content-type",
                "list-id",
                "list-unsubscribe",
                "list-unsubscribe-post",
                "list-help",
                "feedback-id",
                "auto-submitted",
            ] {
                assert!(covered.contains(&name), "{name} in {covered:?}");
                let (headers, body) = text.split_once("\r\n\r\n").expect("headers and a body");
                let changed: Vec<String> = headers
                    .split("\r\n")
                    .map(|line| match line.split_once(": ") {
                        Some((own, value)) if own.eq_ignore_ascii_case(name) => {
                            format!("{own}: X{value}")
                        }
                        _ => line.to_owned(),
                    })
                    .collect();
                let changed = format!("{}\r\n\r\n{body}", changed.join("\r\n"));
                assert_ne!(changed, text, "{name} is there");
                assert!(!verifies(&changed, &dkim), "{name} changed");
            }
        }
    }

    #[test]
    fn a_subject_is_one_line_whatever_is_in_it() {
        let long = "Une très longue énumération de mesures : ".repeat(30);
        let word = "x".repeat(2000);
        let plain = "A plain subject that goes on and on, ".repeat(8);
        let table = [
            ("Pensions", "Pensions"),
            ("", ""),
            ("a\r\nBcc: evil@example.org", "a Bcc: evil@example.org"),
            ("a\nb\0c\td\u{7f}e\u{2028}f", "a b c d e f"),
            ("  two  spaces  ", "two spaces"),
            ("=?utf-8?B?SGk=?=", "=?utf-8?B?SGk=?="),
            ("Größe, œuvre, 中文, 👩‍👩‍👧‍👦 !", "Größe, œuvre, 中文, 👩‍👩‍👧‍👦 !"),
            ("« Guillemets » insécables", "« Guillemets » insécables"),
            (&long, long.trim()),
            (&word, &word),
            (&plain, plain.trim()),
        ];
        for (subject, read) in table {
            let mail = Mail { subject: subject.to_owned(), ..mail() };
            let text = text_of(&settings(), &mail);
            assert_well_formed(&text);
            assert!(!text.contains("\r\nBcc"), "{subject:?}");
            let parsed = MessageParser::default().parse(text.as_bytes()).expect("a message");
            assert_eq!(parsed.subject().unwrap_or_default(), read, "{subject:?}");
        }
    }

    #[test]
    fn a_name_is_shown_as_it_is() {
        let long = "Ministère de la Santé, ".repeat(12);
        for name in ["News", "News, \"official\" \\ (daily)", "Föderal", "a.b", long.trim(), "=?x?="] {
            let from = Mailbox { name: Some(name.to_owned()), address: address("n@example.be") };
            let text = text_of(&Settings { from, ..settings() }, &mail());
            assert_well_formed(&text);
            let parsed = MessageParser::default().parse(text.as_bytes()).expect("a message");
            let from = parsed.from().and_then(|from| from.first()).expect("a sender");
            assert_eq!((from.name(), from.address()), (Some(name), Some("n@example.be")));
        }
        let from = Mailbox { name: Some("a\r\nBcc: x".to_owned()), address: address("n@example.be") };
        let text = text_of(&Settings { from, ..settings() }, &mail());
        assert!(text.contains("From: \"a Bcc: x\" <n@example.be>\r\n"));
    }

    #[test]
    fn a_body_survives_whatever_is_in_it() {
        let boundary = boundary(&mail().message_id);
        let long = "sans fin ".repeat(1000);
        let table = [
            (String::new(), String::new()),
            (".\r\n..\r\n.".to_owned(), ".\r\n..\r\n.".to_owned()),
            ("a\rb\nc\r\nd".to_owned(), "a\r\nb\r\nc\r\nd".to_owned()),
            ("a\0b\u{8}c\td".to_owned(), "abc\td".to_owned()),
            ("trailing \nspace\t\n".to_owned(), "trailing \r\nspace\t\r\n".to_owned()),
            (format!("--{boundary}--\r\n"), format!("--{boundary}--\r\n")),
            ("From here\r\n\r\n\r\n".to_owned(), "From here\r\n\r\n\r\n".to_owned()),
            ("Ελληνικά 中文 👍".repeat(40), "Ελληνικά 中文 👍".repeat(40)),
            (long.clone(), long),
        ];
        for (text, read) in table {
            let mail = Mail { text: text.clone(), html: format!("<p>{text}</p>"), ..mail() };
            let message = text_of(&settings(), &mail);
            assert_well_formed(&message);
            let parsed = MessageParser::default().parse(message.as_bytes()).expect("a message");
            assert_eq!(parsed.parts.len(), 3, "{text:?}");
            assert_eq!(parsed.body_text(0).as_deref().unwrap_or_default(), read, "{text:?}");
            let html = format!("<p>{read}</p>");
            assert_eq!(parsed.body_html(0).as_deref(), Some(html.as_str()), "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_makes_a_mail_that_is_read_as_it_was_written(
            subject in "\\PC{0,200}|[ -~\r\n\t=?éß中]{0,200}",
            name in "\\PC{1,60}",
            text in "(\\PC|[ \t.=\r\n]){0,400}",
        ) {
            let settings = Settings {
                from: Mailbox { name: Some(name.clone()), ..settings().from },
                ..settings()
            };
            let mail = Mail { subject: subject.clone(), text: text.clone(), ..mail() };
            let message = text_of(&settings, &mail);
            assert_well_formed(&message);
            let parsed = MessageParser::default().parse(message.as_bytes()).expect("a message");
            assert_eq!(parsed.subject().unwrap_or_default(), on_one_line(&subject));
            let from = parsed.from().and_then(|from| from.first()).expect("a sender");
            assert_eq!(from.name().unwrap_or_default(), on_one_line(&name));
            let read = parsed.body_text(0).unwrap_or_default().replace("\r\n", "\n");
            assert_eq!(read, text.replace("\r\n", "\n").replace('\r', "\n"));
        }
    }

    #[test]
    fn what_would_break_a_mail_is_refused() {
        let with = |name: &str, value: &str| Mail { headers: vec![(name.to_owned(), value.to_owned())], ..mail() };
        let with_id = |id: &str| Mail { message_id: id.to_owned(), ..mail() };
        let long = "x".repeat(1000);
        let twice = Mail { headers: [list_headers(), list_headers()].concat(), ..mail() };
        type Expected = fn(&MessageError) -> bool;
        let table: [(Mail, Expected); 19] = [
            (with("X-A", "a\r\nBcc: x"), |e| matches!(e, MessageError::HeaderValue(_))),
            (with("X-A", "a\nb"), |e| matches!(e, MessageError::HeaderValue(_))),
            (with("X-A", "a\0b"), |e| matches!(e, MessageError::HeaderValue(_))),
            (with("X-A", "é"), |e| matches!(e, MessageError::HeaderValue(_))),
            (with("X-A", " a"), |e| matches!(e, MessageError::HeaderValue(_))),
            (with("X-A", &long), |e| matches!(e, MessageError::HeaderLine(_))),
            (with("X A", "a"), |e| matches!(e, MessageError::HeaderName(_))),
            (with("X:A", "a"), |e| matches!(e, MessageError::HeaderName(_))),
            (with("", "a"), |e| matches!(e, MessageError::HeaderName(_))),
            (with("X\r\n", "a"), |e| matches!(e, MessageError::HeaderName(_))),
            (with("from", "a@example.be"), |e| matches!(e, MessageError::HeaderTwice(_))),
            (with("Precedence", "bulk"), |e| matches!(e, MessageError::HeaderTwice(_))),
            (twice, |e| matches!(e, MessageError::HeaderTwice(_))),
            (with_id("a@b"), |e| matches!(e, MessageError::MessageId)),
            (with_id("<a>"), |e| matches!(e, MessageError::MessageId)),
            (with_id("<a@b>\r\nX: y"), |e| matches!(e, MessageError::MessageId)),
            (with_id("<a b@c>"), |e| matches!(e, MessageError::MessageId)),
            (Mail { lang: "fr\r\n".to_owned(), ..mail() }, |e| matches!(e, MessageError::Lang(_))),
            (Mail { date: DateTime::<Utc>::MAX_UTC, ..mail() }, |e| matches!(e, MessageError::Date)),
        ];
        for (mail, expected) in table {
            let error = message(&settings(), &mail).expect_err("a refusal");
            assert!(expected(&error), "{error}");
        }
    }

    #[test]
    fn a_list_can_be_left_with_one_click() {
        let headers = list_headers();
        let get = |name: &str| {
            let found: Vec<_> = headers.iter().filter(|(own, _)| own == name).collect();
            assert_eq!(found.len(), 1, "one {name}");
            found[0].1.clone()
        };
        assert!(get("List-Id").ends_with(" <news.news.example.be>"));
        assert!(get("List-Unsubscribe").starts_with("<https://news.example.be/u/ttt"));
        assert_eq!(get("List-Unsubscribe").matches('<').count(), 1, "one address");
        assert_eq!(get("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
        assert_eq!(get("List-Help"), "<https://news.example.be/help>");
        assert_eq!(get("Feedback-ID"), "slot-9:news:example-be");
        assert_eq!(get("Auto-Submitted"), "auto-generated");
        assert!(!headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("precedence")));
    }

    #[test]
    fn a_list_that_would_be_void_is_refused() {
        let headers = |label: &str, public: &str, to: &str, feedback: &[&str]| {
            let (unsubscribe, public) = (url(to), url(public));
            let help = public.join("/help").expect("a page");
            List { label, title: "News", unsubscribe: &unsubscribe, help: &help, feedback }.headers(&public)
        };
        let ok = &["example-be"][..];
        let (public, to) = ("https://example.be", "https://example.be/u/1");
        assert!(headers("news", public, to, ok).is_ok());
        assert!(headers("news", "http://localhost:8080", "http://localhost:8080/u/1", ok).is_ok());
        let http = headers("news", public, "http://example.be/u/1", ok);
        assert_eq!(http, Err(ListError::Url));
        let mailto = headers("news", public, "mailto:u@example.be", ok);
        assert_eq!(mailto, Err(ListError::Url));
        let user = headers("news", public, "https://a:b@example.be/u/1", ok);
        assert_eq!(user, Err(ListError::Url));
        assert_eq!(headers("new s", public, to, ok), Err(ListError::Id));
        for feedback in [&[][..], &["four"], &["a", "b", "c", "d", "example-be"], &["a b", "example"]] {
            assert_eq!(headers("news", public, to, feedback), Err(ListError::Feedback));
        }
    }
}
