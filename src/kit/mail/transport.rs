//! Where mail goes, read from one URL that an operator writes.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::TlsParameters;
use lettre::transport::smtp::extension::ClientId;
use url::{Host, Url};

use super::outbox::Outbox;

/// Where mail goes: a server, or a folder. Neither `Debug` nor `Display` shows who signs in, or with
/// what.
#[derive(Clone)]
pub struct Transport {
    pub(super) route: Route,
    pub(super) timeouts: Timeouts,
}

#[derive(Clone)]
pub(super) enum Route {
    Server(Arc<Server>),
    Outbox(Outbox),
}

#[derive(Clone)]
pub(super) struct Server {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) tls: Tls,
    /// A line that stays on this machine: nobody is in between, so that its certificate, often one
    /// that the machine made for itself, isn't checked.
    pub(super) is_loopback: bool,
    pub(super) credentials: Option<Credentials>,
    pub(super) hello: ClientId,
}

#[derive(Clone)]
pub(super) enum Tls {
    /// In the clear.
    Never,
    /// STARTTLS where the server offers it (RFC 3207); a certificate that doesn't hold ends the try.
    Offered(TlsParameters),
    /// STARTTLS, or nothing is sent.
    Required(TlsParameters),
    /// From the first byte on (RFC 8314 §3.3).
    Implicit(TlsParameters),
}

/// How long a server may be silent before it's taken for gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until the TCP connection stands: 10 s.
    pub connect: Duration,
    /// Until a command, the greeting and TLS included, is answered: 60 s.
    pub command: Duration,
    /// From the first byte of a message to the answer to its last: 10 min. RFC 5321 §4.5.3.2.6 asks
    /// for that much, since giving up too early is how a mail comes twice.
    pub reply: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), command: Duration::from_secs(60), reply: Duration::from_secs(600) }
    }
}

/// What is wrong with the URL. No message repeats it: there may be a password in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// Not a URL, often since a character of the password isn't percent-encoded.
    #[error(
        "the mail URL can't be read ({0}); allowed are smtp://[user:password@]host[:port], \
         smtps://… and file:///folder, with the password percent-encoded"
    )]
    Url(url::ParseError),
    /// Another scheme.
    #[error("the mail URL begins with {0:?}; allowed are smtp, smtps and file")]
    Scheme(String),
    /// No host.
    #[error("the mail URL has no host, as in smtp://mail.example.org:587")]
    Host,
    /// A path behind the host.
    #[error("the mail URL has a path; allowed is smtp://[user:password@]host[:port]")]
    Path,
    /// A user without a password, the reverse, or bytes that aren't UTF-8.
    #[error("the mail URL needs a user and a password, or neither, percent-encoded as UTF-8")]
    Credentials,
    /// An unknown option.
    #[error("the mail URL has the option {0:?}; allowed are tls=none, tls=required and hello=NAME")]
    Option(String),
    /// `tls=` on `smtps`, which is TLS from its first byte.
    #[error("smtps is always encrypted; the option tls is for smtp")]
    TlsOption,
    /// A password that would travel in the clear.
    #[error("with tls=none a password would travel in the clear; allowed on this machine only")]
    Clear,
    /// A `file:` URL that isn't a folder of this machine.
    #[error("an outbox is an absolute folder of this machine, as in file:///var/outbox")]
    Folder,
    /// The TLS library refused its own settings.
    #[error("TLS can't be set up")]
    Tls,
}

impl Transport {
    /// Reads the URL:
    ///
    /// - `smtp://[user:password@]host[:port]`, port 587 with a user and 25 without. STARTTLS is used
    ///   where it's offered, and required with a user or `?tls=required`. `?tls=none` never uses it.
    /// - `smtps://[user:password@]host[:port]`, port 465.
    /// - `file:///folder`: an [`Outbox`].
    ///
    /// Both kinds of server take `?hello=NAME`, the name given in EHLO; else it's the machine's.
    /// Certificates are checked, but for a server on this very machine.
    pub fn parse(text: &str) -> Result<Self, TransportError> {
        let url = Url::parse(text.trim()).map_err(TransportError::Url)?;
        let route = match url.scheme() {
            "smtp" | "smtps" => Route::Server(Arc::new(server(&url)?)),
            "file" => Route::Outbox(Outbox::new(folder(&url)?)),
            other => return Err(TransportError::Scheme(other.to_owned())),
        };
        Ok(Self { route, timeouts: Timeouts::default() })
    }

    /// The same with other patience.
    pub fn with_timeouts(self, timeouts: Timeouts) -> Self {
        Self { timeouts, ..self }
    }

    /// The outbox, where mail goes to one.
    pub fn outbox(&self) -> Option<&Outbox> {
        match &self.route {
            Route::Outbox(outbox) => Some(outbox),
            Route::Server(_) => None,
        }
    }
}

fn folder(url: &Url) -> Result<PathBuf, TransportError> {
    if url.query().is_some() || url.fragment().is_some() {
        return Err(TransportError::Folder);
    }
    url.to_file_path().ok().filter(|folder| folder.parent().is_some()).ok_or(TransportError::Folder)
}

fn server(url: &Url) -> Result<Server, TransportError> {
    let (host, is_loopback) = host(url)?;
    if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
        return Err(TransportError::Path);
    }
    let credentials = credentials(url)?;
    let mut asked = None;
    let mut hello = ClientId::default();
    for (name, value) in url.query_pairs() {
        match (&*name, &*value) {
            ("tls", "none" | "required") => asked = Some(value.into_owned()),
            ("hello", name) if is_host_name(name) => hello = ClientId::Domain(name.to_owned()),
            _ => return Err(TransportError::Option(name.into_owned())),
        }
    }
    let parameters = || {
        TlsParameters::builder(host.clone())
            .dangerous_accept_invalid_certs(is_loopback)
            .dangerous_accept_invalid_hostnames(is_loopback)
            .build()
            .map_err(|_| TransportError::Tls)
    };
    let is_secret = credentials.is_some();
    let tls = match (url.scheme(), asked.as_deref()) {
        ("smtps", None) => Tls::Implicit(parameters()?),
        ("smtps", Some(_)) => return Err(TransportError::TlsOption),
        (_, Some("none")) if is_secret && !is_loopback => return Err(TransportError::Clear),
        (_, Some("none")) => Tls::Never,
        (_, asked) if asked.is_some() || is_secret => Tls::Required(parameters()?),
        _ => Tls::Offered(parameters()?),
    };
    let port = url.port().unwrap_or(match (&tls, is_secret) {
        (Tls::Implicit(_), _) => 465,
        (_, true) => 587,
        (_, false) => 25,
    });
    Ok(Server { host, port, tls, is_loopback, credentials, hello })
}

fn host(url: &Url) -> Result<(String, bool), TransportError> {
    // The host of a scheme that browsers don't know comes as it was typed.
    let typed = url.host_str().filter(|host| !host.is_empty()).ok_or(TransportError::Host)?;
    match Host::parse(typed).map_err(TransportError::Url)? {
        Host::Domain(name) => {
            let is_loopback = name == "localhost" || name.ends_with(".localhost");
            Ok((name, is_loopback))
        }
        Host::Ipv4(ip) => Ok((ip.to_string(), IpAddr::V4(ip).is_loopback())),
        Host::Ipv6(ip) => Ok((ip.to_string(), IpAddr::V6(ip).is_loopback())),
    }
}

fn credentials(url: &Url) -> Result<Option<Credentials>, TransportError> {
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        (user, Some(password)) if !user.is_empty() && !password.is_empty() => {
            let (user, password) = (percent_decoded(user), percent_decoded(password));
            match (user, password) {
                (Some(user), Some(password)) => Ok(Some(Credentials::new(user, password))),
                _ => Err(TransportError::Credentials),
            }
        }
        _ => Err(TransportError::Credentials),
    }
}

/// `text` with each `%XX` as its byte, if that's UTF-8 without control characters (a NUL would part
/// the fields of AUTH PLAIN, RFC 4616 §2).
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        let hex = (byte == b'%').then(|| after.get(..2)).flatten();
        let decoded = hex
            .and_then(|hex| std::str::from_utf8(hex).ok())
            .filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match decoded {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().filter(|text| !text.chars().any(char::is_control))
}

fn is_host_name(name: &str) -> bool {
    (1..=253).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b))
}

impl fmt::Display for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.route {
            Route::Outbox(outbox) => write!(f, "file://{}", outbox.folder().display()),
            Route::Server(server) => server.fmt(f),
        }
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, option) = match &self.tls {
            Tls::Implicit(_) => ("smtps", ""),
            Tls::Required(_) => ("smtp", "?tls=required"),
            Tls::Never => ("smtp", "?tls=none"),
            Tls::Offered(_) => ("smtp", ""),
        };
        let user = if self.credentials.is_some() { "…@" } else { "" };
        match self.host.contains(':') {
            true => write!(f, "{scheme}://{user}[{}]:{}{option}", self.host, self.port),
            false => write!(f, "{scheme}://{user}{}:{}{option}", self.host, self.port),
        }
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Transport").field(&format_args!("{self}")).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_where_mail_goes() {
        let table = [
            ("smtp://mail.example.org", "smtp://mail.example.org:25"),
            ("smtp://mail.example.org:2525/", "smtp://mail.example.org:2525"),
            ("smtp://MAIL.Example.org:25", "smtp://mail.example.org:25"),
            ("smtp://mail.example.org?tls=required", "smtp://mail.example.org:25?tls=required"),
            ("smtp://u:p@mail.example.org", "smtp://…@mail.example.org:587?tls=required"),
            ("smtp://u%40x:p%2F%3A@m.example:25", "smtp://…@m.example:25?tls=required"),
            ("smtp://127.0.0.1:2525?tls=none", "smtp://127.0.0.1:2525?tls=none"),
            ("smtp://u:p@[::1]:2525?tls=none", "smtp://…@[::1]:2525?tls=none"),
            ("smtp://localhost:1025?hello=news.example.be", "smtp://localhost:1025"),
            ("smtps://mail.example.org", "smtps://mail.example.org:465"),
            ("smtps://u:p@mail.example.org:8465", "smtps://…@mail.example.org:8465"),
            (" file:///var/outbox\n", "file:///var/outbox"),
            ("file:///var/out%20box", "file:///var/out box"),
        ];
        for (url, shown) in table {
            let transport = Transport::parse(url).expect(url);
            assert_eq!(transport.to_string(), shown, "{url}");
            assert_eq!(format!("{transport:?}"), format!("Transport({shown})"));
            assert_eq!(transport.outbox().is_some(), shown.starts_with("file"));
        }
    }

    #[test]
    fn a_wrong_url_says_what_is_allowed_and_no_secret() {
        use TransportError as E;
        type Expected = fn(&E) -> bool;
        let table: [(&str, Expected); 20] = [
            ("", |e| matches!(e, E::Url(_))),
            ("mail.example.org", |e| matches!(e, E::Url(_))),
            ("mail.example.org:25", |e| matches!(e, E::Scheme(_))),
            ("http://hunter2@mail.example.org", |e| matches!(e, E::Scheme(_))),
            ("smtp://", |e| matches!(e, E::Host)),
            ("smtp:mail.example.org", |e| matches!(e, E::Host)),
            ("smtp://u:hunter2#x@mail.example.org", |e| matches!(e, E::Url(_))),
            ("smtp://mail.example.org/path", |e| matches!(e, E::Path)),
            ("smtp://mail.example.org:99999", |e| matches!(e, E::Url(_))),
            ("smtp://ma il.example.org", |e| matches!(e, E::Url(_))),
            ("smtp://user@mail.example.org", |e| matches!(e, E::Credentials)),
            ("smtp://:hunter2@mail.example.org", |e| matches!(e, E::Credentials)),
            ("smtp://u:hunter2%00@mail.example.org", |e| matches!(e, E::Credentials)),
            ("smtp://u:hunter2%FF@mail.example.org", |e| matches!(e, E::Credentials)),
            ("smtp://mail.example.org?tls=maybe", |e| matches!(e, E::Option(_))),
            ("smtp://mail.example.org?starttls=yes", |e| matches!(e, E::Option(_))),
            ("smtp://mail.example.org?hello=a%0D%0Ab", |e| matches!(e, E::Option(_))),
            ("smtps://mail.example.org?tls=none", |e| matches!(e, E::TlsOption)),
            ("smtp://u:hunter2@mail.example.org?tls=none", |e| matches!(e, E::Clear)),
            ("file:///", |e| matches!(e, E::Folder)),
        ];
        for (url, expected) in table {
            let error = Transport::parse(url).expect_err(url);
            assert!(expected(&error), "{url}: {error:?}");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        }
        assert!(matches!(Transport::parse("file://host/x"), Err(E::Folder)));
    }

    #[test]
    fn a_password_is_what_was_encoded() {
        let table = [
            ("plain", Some("plain")),
            ("p%40ss%3Aw%2Frd", Some("p@ss:w/rd")),
            ("100%", Some("100%")),
            ("%zz%4", Some("%zz%4")),
            ("%+1", Some("%+1")),
            ("%c3%a9", Some("é")),
            ("a+b", Some("a+b")),
            ("%0a", None),
        ];
        for (text, expected) in table {
            assert_eq!(percent_decoded(text).as_deref(), expected, "{text}");
        }
    }
}
