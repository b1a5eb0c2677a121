//! The settings of an installation: from `communique.toml`, and from the environment, which wins.
//!
//! Every setting stands once in [`SETTINGS`], with its default and what is allowed; `communique help settings`, the
//! README's table and the errors all read it. A setting that is unknown or wrong is named with its place.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use chrono_tz::Tz;
use url::Url;

use super::lang::{Lang, Texts};
use super::mail::Address;

/// One setting: its name in the environment, what it means, and the text it has when nobody sets it.
#[derive(Debug)]
pub struct Setting {
    /// The name in the environment; in the file the same without `COMMUNIQUE_`, in small letters.
    pub name: &'static str,
    /// The value when it is not set; none where it has no default.
    pub default: Option<&'static str>,
    /// What it means and what is allowed.
    pub meaning: &'static str,
}

impl Setting {
    /// The name in `communique.toml`.
    pub fn key(&self) -> String {
        self.name.strip_prefix("COMMUNIQUE_").unwrap_or(self.name).to_ascii_lowercase()
    }
}

const fn setting(name: &'static str, default: Option<&'static str>, meaning: &'static str) -> Setting {
    Setting { name, default, meaning }
}

/// Every setting there is (DESIGN §10).
pub const SETTINGS: &[Setting] = &[
    setting(
        "DATABASE_URL",
        None,
        "address of the Postgres database, postgres://user:password@host/name; unset: a private one under the data folder for `demo`, an error for `serve` and `work`",
    ),
    setting(
        "COMMUNIQUE_DATABASE_DIRECT_URL",
        None,
        "a session connection to the same database, when DATABASE_URL is a pooler; unset: DATABASE_URL",
    ),
    setting("COMMUNIQUE_DATABASE_CONNECTIONS", Some("16"), "most connections a process opens: 2 to 500"),
    setting(
        "COMMUNIQUE_PAGE_CACHE_MB",
        Some("48"),
        "most memory that rendered pages are kept in, in megabytes: 1 to 65536",
    ),
    setting("COMMUNIQUE_LISTEN", Some("127.0.0.1:8080"), "address and port to serve on"),
    setting(
        "COMMUNIQUE_METRICS_LISTEN",
        None,
        "address and port of /metrics, for Prometheus; unset: nowhere. Keep it off the public network",
    ),
    setting(
        "COMMUNIQUE_PUBLIC_URL",
        Some("http://127.0.0.1:8080"),
        "how the world sees the site: https://host or http://host:port, without a path",
    ),
    setting(
        "COMMUNIQUE_TRUSTED_PROXIES",
        Some(""),
        "addresses of the proxies whose forwarding headers count, separated by spaces; empty: none",
    ),
    setting("COMMUNIQUE_DATA_DIR", Some("./var"), "folder of the private Postgres and of the secret"),
    setting(
        "COMMUNIQUE_STORAGE_URL",
        None,
        "where pictures and documents are stored: file:///folder, or s3://bucket/prefix with AWS' own variables for keys and endpoint; unset: media in the data folder",
    ),
    setting("COMMUNIQUE_UPLOAD_MAX_MB", Some("512"), "largest file that is taken, in megabytes: 1 to 16384"),
    setting(
        "COMMUNIQUE_UPLOAD_QUOTA_GB",
        Some("200"),
        "most that the files of one institution may take, in gigabytes, smaller copies not counted: 1 to 100000",
    ),
    setting(
        "COMMUNIQUE_PICTURE_MAX_MP",
        Some("100"),
        "most millions of pixels of a picture: 1 to 400; its memory is bounded besides",
    ),
    setting(
        "COMMUNIQUE_IMPORT_FOLDER",
        None,
        "folder of this machine whose files the desk may import; unset: imports in the data folder",
    ),
    setting(
        "COMMUNIQUE_IMPORT_MAX_GB",
        Some("4"),
        "largest file to import that the desk takes, in gigabytes: 1 to 1000",
    ),
    setting(
        "COMMUNIQUE_SCAN_COMMAND",
        None,
        "command that scans each upload, its path the last argument, e.g. clamdscan --fdpass; exit 0 clean, 1 infected; unset: none",
    ),
    setting(
        "COMMUNIQUE_SECRET_FILE",
        None,
        "file of the keys for signed links and keyed hashes, one a line in hexadecimal, the newest first; unset: secret.key in the data folder, made if absent",
    ),
    setting(
        "COMMUNIQUE_SMTP_URL",
        None,
        "smtp://[user:password@]host:port, smtps://…, or file:///folder for an outbox of .eml files; unset: smtp://127.0.0.1:25, and in the demo an outbox in the data folder",
    ),
    setting("COMMUNIQUE_SMTP_CONNECTIONS", Some("4"), "SMTP connections that send at the same time: 1 to 32"),
    setting(
        "COMMUNIQUE_MAIL_FROM",
        None,
        "sender of all mail, press@example.org or Press centre <press@example.org>; unset: press@ the public host",
    ),
    setting(
        "COMMUNIQUE_BOUNCE_DOMAIN",
        None,
        "domain of the envelope senders to which undeliverable mail returns; unset: the sender's",
    ),
    setting(
        "COMMUNIQUE_DKIM_KEY_FILE",
        None,
        "private key (PEM) that signs the mail, RSA or Ed25519; two separated by a comma sign both; unset: not signed",
    ),
    setting(
        "COMMUNIQUE_DKIM_SELECTOR",
        Some("communique"),
        "selector of that key in the DNS; as many as there are keys, in their order",
    ),
    setting(
        "COMMUNIQUE_MAIL_RATE",
        Some("0"),
        "most digests that a process hands over in a second: 1 to 10000; 0: as many as the mail server takes",
    ),
    setting(
        "COMMUNIQUE_MAIL_DOMAIN_RATES",
        Some(""),
        "the same by domain of the recipient, as in `gmail.com=20,*=50`, where * is each other one; empty: no limit",
    ),
    setting(
        "COMMUNIQUE_MAIL_RAMP_UP",
        None,
        "day on which a new sending address begins, as 2026-12-01: from 1/32 of COMMUNIQUE_MAIL_RATE on that day, doubled each day; needs that rate; unset: the whole rate at once",
    ),
    setting(
        "COMMUNIQUE_MAIL_UNCERTAIN",
        Some("again"),
        "what becomes of a digest of which nobody knows whether it arrived, since the line was cut before the answer: again (once more under the same Message-ID) or hold (until somebody says so at the desk)",
    ),
    setting("COMMUNIQUE_ZONE", Some("Europe/Brussels"), "IANA time zone of the site"),
    setting("COMMUNIQUE_SLOTS", Some("09:00,13:00,17:00"), "local times of the digests, HH:MM separated by commas"),
    setting(
        "COMMUNIQUE_DAYS_OFF",
        Some(""),
        "days without digests, separated by commas: sat, sun, 2026-12-24, or 12-25 for each year; what was published on them is in the next one",
    ),
    setting(
        "COMMUNIQUE_WEEKLY_ON",
        Some("mon"),
        "day of the weekly digest, mon to sun: at its first slot, or at the next one if it is a day off",
    ),
    setting(
        "COMMUNIQUE_LATE_HOURS",
        Some("4"),
        "a slot that was missed is made up for at once for so many hours, else at the next one: 0 to 24",
    ),
    setting(
        "COMMUNIQUE_LANGUAGES",
        Some("fr,nl,de,en"),
        "languages of the site, in the order of its menu: some of fr, nl, de, en",
    ),
    setting(
        "COMMUNIQUE_SECOND_FACTOR",
        Some("publishers"),
        "who gives a code of their authenticator after the password: publishers (and whoever may do more), all, or off (those who set one up)",
    ),
    setting(
        "COMMUNIQUE_ADDRESS_DAYS",
        Some("90"),
        "days that the journal keeps from which network address something was done: 30 to 3650",
    ),
    setting(
        "COMMUNIQUE_SUBSCRIBER_DAYS",
        Some("28"),
        "days after somebody's last subscription has ended until their address is blanked: 1 to 365",
    ),
    setting(
        "COMMUNIQUE_MAIL_DAYS",
        Some("7"),
        "days that mails which could not be sent, or came back and could not be understood, are kept: 1 to 28",
    ),
    setting(
        "COMMUNIQUE_BOUNCES_TOKEN",
        None,
        "secret of at least 24 characters with which a mail server hands in returned mail by POST to /bounces, as a bearer token; unset: it cannot",
    ),
    setting(
        "COMMUNIQUE_VALIDATION_MAIL",
        Some("numbers"),
        "what a mail to a spokesperson says of the decisions it asks about: numbers, or texts (headline and lead, which then lie in mailboxes before they are public)",
    ),
    setting("COMMUNIQUE_WORKER", Some("on"), "on, or off where `communique work` runs apart"),
    setting("COMMUNIQUE_LOG", Some("info"), "what is logged: error, warn, info, debug, or filters as of tracing"),
    setting(
        "COMMUNIQUE_SITE_NAME",
        Some("Communiqué"),
        "name of the site; by language in the file, site_name = { fr = \"…\", nl = \"…\" }",
    ),
    setting(
        "COMMUNIQUE_SITE_SERVICE",
        None,
        "line under the name, as `Press centre`; by language in the file; unset: that, in each language",
    ),
    setting(
        "COMMUNIQUE_SITE_OWNER",
        None,
        "who is responsible for the site, for the foot of its pages and mails, as it stands after `A service of`, in German in the genitive; by language in the file",
    ),
    setting(
        "COMMUNIQUE_CONTACT_MAIL",
        None,
        "address to which readers write, for the error pages and security.txt; unset: the sender's",
    ),
    setting(
        "COMMUNIQUE_SUGGESTIONS_TO",
        None,
        "mailbox that receives what readers and communicators write in the forms of the site; unset: the sender's",
    ),
];

/// Where the file is looked for when nobody says.
pub const DEFAULT_FILE: &str = "communique.toml";

/// A setting that cannot be used, with its place.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct Wrong {
    place: String,
    problem: String,
}

fn wrong(place: &str, problem: impl Into<String>) -> Wrong {
    Wrong { place: place.to_owned(), problem: problem.into() }
}

/// Where a value came from, and the value: one text, or one by language.
#[derive(Debug, Clone)]
struct Given {
    place: String,
    text: String,
    texts: Option<Texts>,
}

/// The settings as somebody gave them, not yet understood.
#[derive(Debug, Default, Clone)]
pub struct Source {
    given: BTreeMap<&'static str, Given>,
}

impl Source {
    /// Reads the file (absent: nothing, unless `required`) and the environment.
    pub fn read(file: &Path, required: bool, env: impl IntoIterator<Item = (String, String)>) -> Result<Self, Wrong> {
        let mut source = Self::default();
        match std::fs::read_to_string(file) {
            Ok(text) => source.read_toml(&file.display().to_string(), &text)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !required => {}
            Err(error) => return Err(wrong(&file.display().to_string(), error.to_string())),
        }
        for (name, text) in env {
            let place = format!("environment, {name}");
            match SETTINGS.iter().find(|setting| setting.name == name) {
                // Set to nothing is not set, as in the shell's habit of `NAME= command`.
                Some(_) if text.is_empty() => {}
                Some(setting) => {
                    source.given.insert(setting.name, Given { place, text, texts: None });
                }
                None if name.starts_with("COMMUNIQUE_") && !TEST_VARIABLES.contains(&name.as_str()) => {
                    return Err(wrong(&place, unknown(&name, SETTINGS.iter().map(|s| s.name.to_owned()))));
                }
                None => {}
            }
        }
        Ok(source)
    }

    fn read_toml(&mut self, file: &str, text: &str) -> Result<(), Wrong> {
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        let table = toml::de::DeTable::parse(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            wrong(&format!("{file}, line {}", line(at)), error.message().to_owned())
        })?;
        for (key, value) in table.get_ref() {
            let place = format!("{file}, line {}", line(key.span().start));
            let name: &str = key.get_ref();
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key() == name) else {
                return Err(wrong(&place, unknown(name, SETTINGS.iter().map(Setting::key))));
            };
            let (text, texts) = match value.get_ref() {
                toml::de::DeValue::String(text) => (text.to_string(), None),
                toml::de::DeValue::Integer(number) => (number.to_string(), None),
                toml::de::DeValue::Boolean(on) => (if *on { "on" } else { "off" }.to_owned(), None),
                toml::de::DeValue::Array(values) => {
                    let texts: Option<Vec<&str>> = values.iter().map(|value| value.get_ref().as_str()).collect();
                    let texts = texts.ok_or_else(|| wrong(&place, format!("{name} takes a list of texts")))?;
                    (texts.join(","), None)
                }
                toml::de::DeValue::Table(by_language) => {
                    let mut texts = Texts::default();
                    for (lang, text) in by_language {
                        let lang = lang.get_ref().parse::<Lang>().map_err(|error| wrong(&place, error.to_string()))?;
                        let text = text
                            .get_ref()
                            .as_str()
                            .ok_or_else(|| wrong(&place, format!("{name}.{lang} takes a text")))?;
                        texts.0.insert(lang, text.to_owned());
                    }
                    (String::new(), Some(texts))
                }
                _ => return Err(wrong(&place, format!("{name} takes a text: {}", setting.meaning))),
            };
            self.given.insert(setting.name, Given { place, text, texts });
        }
        Ok(())
    }

    /// Sets a value as if the environment had it, unless somebody gave one: what `demo` and the tests do.
    pub fn default_to(&mut self, name: &'static str, text: impl Into<String>) {
        debug_assert!(SETTINGS.iter().any(|setting| setting.name == name));
        self.given.entry(name).or_insert_with(|| Given { place: "default".into(), text: text.into(), texts: None });
    }

    /// As [`Source::default_to`], by language.
    pub fn default_to_texts(&mut self, name: &'static str, texts: Texts) {
        self.given.entry(name).or_insert_with(|| Given {
            place: "default".into(),
            text: String::new(),
            texts: Some(texts),
        });
    }

    /// Whether somebody gave a value.
    pub fn has(&self, name: &str) -> bool {
        self.given.contains_key(name)
    }

    fn get<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<Option<T>, Wrong> {
        let setting = SETTINGS.iter().find(|setting| setting.name == name).expect("a setting of the table");
        let (place, text) = match self.given.get(name) {
            Some(given) if given.texts.is_some() => {
                return Err(wrong(&given.place, format!("{} is one text, not one by language", setting.key())));
            }
            Some(given) => (given.place.as_str(), given.text.as_str()),
            None => match setting.default {
                Some(text) => ("default", text),
                None => return Ok(None),
            },
        };
        parse(text.trim()).map(Some).map_err(|problem| {
            // A password in an address must not reach a log.
            let shown = if name.ends_with("_URL") || name.ends_with("_TOKEN") { "the value" } else { text };
            wrong(place, format!("{shown:?} is not right: {problem}. Allowed: {}", setting.meaning))
        })
    }

    fn need<T>(&self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, Wrong> {
        self.get(name, parse).map(|value| value.expect("this setting has a default"))
    }

    fn texts(&self, name: &str) -> Option<Texts> {
        let setting = SETTINGS.iter().find(|setting| setting.name == name).expect("a setting of the table");
        match self.given.get(name) {
            Some(Given { texts: Some(texts), .. }) => Some(texts.clone()),
            Some(given) => Some(Lang::ALL.map(|lang| (lang, given.text.clone())).into_iter().collect()),
            None => setting.default.map(|text| Lang::ALL.map(|lang| (lang, text.to_owned())).into_iter().collect()),
        }
    }
}

/// Variables that only the test suite and its scripts read.
const TEST_VARIABLES: &[&str] = &["COMMUNIQUE_TEST_DATA", "COMMUNIQUE_TEST_BASE", "COMMUNIQUE_CONFIG"];

/// "unknown setting `lisen`; did you mean `listen`?", and where all of them stand.
fn unknown(name: &str, known: impl Iterator<Item = String>) -> String {
    let nearest = known.map(|known| (distance(name, &known), known)).min();
    let hint = nearest
        .filter(|(distance, _)| *distance <= 3)
        .map_or_else(String::new, |(_, known)| format!("; did you mean {known}?"));
    format!("unknown setting {name}{hint} (`communique settings` lists all of them)")
}

/// Levenshtein's, over bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let here = (diagonal + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            diagonal = row[j + 1];
            row[j + 1] = here;
        }
    }
    row[b.len()]
}

/// Who must give a second factor. Whoever set one up is asked for it in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecondFactor {
    /// Nobody.
    Off,
    /// Whoever sends releases on, and whoever may do more.
    Publishers,
    /// Everybody.
    All,
}

/// What becomes of a digest of which nobody knows whether it arrived (DESIGN §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncertain {
    /// It is sent once more, under the same Message-ID, so that a mailbox can drop the copy.
    Again,
    /// It waits until somebody says that it is to be sent once more.
    Hold,
}

/// Days on which no digest leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DaysOff {
    weekdays: Vec<Weekday>,
    dates: Vec<NaiveDate>,
    /// Month and day.
    yearly: Vec<(u32, u32)>,
}

impl DaysOff {
    /// The most dates that can be named: so a day with slots is never further away than some years.
    const MAX: usize = 200;

    /// Whether that day is one of them.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.weekdays.contains(&day.weekday())
            || self.dates.contains(&day)
            || self.yearly.contains(&(day.month(), day.day()))
    }
}

/// Digests a second by the domain of the recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DomainRates {
    of: BTreeMap<String, u32>,
    others: Option<u32>,
}

impl DomainRates {
    /// How many to that domain, in small letters; none: no limit.
    pub fn of(&self, domain: &str) -> Option<u32> {
        self.of.get(domain).copied().or(self.others)
    }
}

/// The settings, understood.
#[derive(Debug, Clone)]
pub struct Settings {
    /// None: a private Postgres.
    pub database_url: Option<String>,
    /// For the job queue and the senders' locks; the same unless set.
    pub database_direct_url: Option<String>,
    /// Most connections of this process's pool.
    pub database_connections: usize,
    /// Most bytes of rendered pages that are kept.
    pub page_cache_bytes: usize,
    /// Where `serve` listens.
    pub listen: SocketAddr,
    /// Where `/metrics` is, if anywhere.
    pub metrics_listen: Option<SocketAddr>,
    /// Scheme and host as the world sees them, without a closing slash.
    pub public_url: Url,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpAddr>,
    /// The private Postgres, the secret, the demo's outbox.
    pub data_dir: PathBuf,
    /// Where files are stored, if not in the data folder.
    pub storage_url: Option<String>,
    /// Most bytes of one file.
    pub upload_max_bytes: u64,
    /// Most bytes of the files of one institution.
    pub upload_quota_bytes: u64,
    /// Most pixels of a picture.
    pub picture_max_pixels: u64,
    /// Whose files the desk may import.
    pub import_folder: PathBuf,
    /// Most bytes of a file to import.
    pub import_max_bytes: u64,
    /// The scanner of uploads and its arguments; empty: none.
    pub scan_command: Vec<String>,
    /// The keys of signed links.
    pub secret_file: PathBuf,
    /// The mail server or outbox, not yet parsed (`kit::mail` does).
    pub smtp_url: String,
    /// How many senders run.
    pub smtp_connections: usize,
    /// `Name <address>` or the address.
    pub mail_from: String,
    /// Domain of VERP envelope senders; none: what cannot be delivered returns to the sender's address.
    pub bounce_domain: Option<String>,
    /// PEM files of the DKIM keys, each with its selector; none: mail is not signed.
    pub dkim: Vec<(PathBuf, String)>,
    /// Digests a second, over all.
    pub mail_rate: Option<u32>,
    /// The same by domain.
    pub mail_domain_rates: DomainRates,
    /// The day on which the sending address was new.
    pub mail_ramp_up: Option<NaiveDate>,
    /// What becomes of an uncertain digest.
    pub mail_uncertain: Uncertain,
    /// The site's zone.
    pub zone: Tz,
    /// The digests' local times, in their order.
    pub slots: Vec<NaiveTime>,
    /// Days without slots.
    pub days_off: DaysOff,
    /// The day of the weekly digest.
    pub weekly_on: Weekday,
    /// For how long a missed slot is made up for at once.
    pub late: TimeDelta,
    /// The site's languages, in the order of the menu.
    pub languages: Vec<Lang>,
    /// Who must give a second factor.
    pub second_factor: SecondFactor,
    /// How many days the journal keeps network addresses.
    pub address_days: u16,
    /// How many days after the last subscription an address is blanked.
    pub subscriber_days: u16,
    /// How many days unsent and unreadable returned mails are kept.
    pub mail_days: u16,
    /// What a mail server that hands in returned mail must know.
    pub bounces_token: Option<String>,
    /// Whether mails to spokespersons hold headline and lead of what they ask about.
    pub validation_mail_texts: bool,
    /// Whether `serve` runs the worker too.
    pub worker: bool,
    /// Filter of the log.
    pub log: String,
    /// The site's name.
    pub site_name: Texts,
    /// The line under it, if it is not the usual one.
    pub site_service: Option<Texts>,
    /// Who is responsible.
    pub site_owner: Option<Texts>,
    /// Where readers write to.
    pub contact_mail: String,
    /// Who receives what is written in the forms of the site.
    pub suggestions_to: String,
}

impl Settings {
    /// Understands what was given, or says which of it is wrong, where, and what is allowed.
    pub fn understand(source: &Source) -> Result<Self, Wrong> {
        let text = |text: &str| Ok(text.to_owned());
        let public_url = source.need("COMMUNIQUE_PUBLIC_URL", public_url)?;
        let data_dir = source.need("COMMUNIQUE_DATA_DIR", |text| Ok(PathBuf::from(text)))?;
        // A site without a name in the DNS has no address to send from; `.invalid` says so (RFC 2606).
        let host = match public_url.host() {
            Some(url::Host::Domain(host)) if host.contains('.') => host.to_owned(),
            _ => "site.invalid".to_owned(),
        };
        let mail_from = source.get("COMMUNIQUE_MAIL_FROM", mail_address)?.unwrap_or_else(|| format!("press@{host}"));
        let address =
            mail_from.rsplit_once('<').map_or(mail_from.as_str(), |(_, rest)| rest.trim_end_matches('>')).to_owned();
        Ok(Self {
            database_url: source.get("DATABASE_URL", database_url)?,
            database_direct_url: source.get("COMMUNIQUE_DATABASE_DIRECT_URL", database_url)?,
            database_connections: source.need("COMMUNIQUE_DATABASE_CONNECTIONS", |text| whole(text, 2, 500))?,
            page_cache_bytes: source.need("COMMUNIQUE_PAGE_CACHE_MB", |text| whole(text, 1, 65_536))? << 20,
            metrics_listen: source
                .get("COMMUNIQUE_METRICS_LISTEN", |text| text.parse().map_err(|_| "not an address and port".into()))?,
            listen: source
                .need("COMMUNIQUE_LISTEN", |text| text.parse().map_err(|_| "not an address and port".into()))?,
            trusted_proxies: source.need("COMMUNIQUE_TRUSTED_PROXIES", |text| {
                text.split([' ', ','])
                    .filter(|part| !part.is_empty())
                    .map(|part| part.parse().map_err(|_| format!("{part} is not an IP address")))
                    .collect()
            })?,
            storage_url: source.get("COMMUNIQUE_STORAGE_URL", text)?,
            upload_max_bytes: source.need("COMMUNIQUE_UPLOAD_MAX_MB", |text| whole(text, 1, 16_384))? as u64
                * 1_000_000,
            upload_quota_bytes: source.need("COMMUNIQUE_UPLOAD_QUOTA_GB", |text| whole(text, 1, 100_000))? as u64
                * 1_000_000_000,
            picture_max_pixels: source.need("COMMUNIQUE_PICTURE_MAX_MP", |text| whole(text, 1, 400))? as u64
                * 1_000_000,
            import_folder: source
                .get("COMMUNIQUE_IMPORT_FOLDER", |text| Ok(PathBuf::from(text)))?
                .unwrap_or_else(|| data_dir.join("imports")),
            import_max_bytes: source.need("COMMUNIQUE_IMPORT_MAX_GB", |text| whole(text, 1, 1_000))? as u64
                * 1_000_000_000,
            scan_command: source
                .get("COMMUNIQUE_SCAN_COMMAND", text)?
                .map(|command| command.split_whitespace().map(ToOwned::to_owned).collect())
                .unwrap_or_default(),
            secret_file: source
                .get("COMMUNIQUE_SECRET_FILE", |text| Ok(PathBuf::from(text)))?
                .unwrap_or_else(|| data_dir.join("secret.key")),
            smtp_url: source.get("COMMUNIQUE_SMTP_URL", text)?.unwrap_or_else(|| "smtp://127.0.0.1:25".into()),
            smtp_connections: source.need("COMMUNIQUE_SMTP_CONNECTIONS", |text| whole(text, 1, 32))?,
            bounce_domain: source.get("COMMUNIQUE_BOUNCE_DOMAIN", text)?,
            dkim: dkim(source)?,
            mail_rate: source.need("COMMUNIQUE_MAIL_RATE", |text| {
                Ok(Some(whole(text, 0, 10_000)? as u32).filter(|rate| *rate > 0))
            })?,
            mail_domain_rates: source.need("COMMUNIQUE_MAIL_DOMAIN_RATES", domain_rates)?,
            mail_ramp_up: ramp_up(source)?,
            mail_uncertain: source.need("COMMUNIQUE_MAIL_UNCERTAIN", |text| match text {
                "again" => Ok(Uncertain::Again),
                "hold" => Ok(Uncertain::Hold),
                _ => Err("neither again nor hold".into()),
            })?,
            zone: source
                .need("COMMUNIQUE_ZONE", |text| text.parse().map_err(|_| "not a zone of the IANA database".into()))?,
            slots: source.need("COMMUNIQUE_SLOTS", slots)?,
            days_off: source.need("COMMUNIQUE_DAYS_OFF", days_off)?,
            weekly_on: source
                .need("COMMUNIQUE_WEEKLY_ON", |text| text.parse().map_err(|_| "no day of the week".into()))?,
            late: TimeDelta::hours(source.need("COMMUNIQUE_LATE_HOURS", |text| whole(text, 0, 24))? as i64),
            languages: source.need("COMMUNIQUE_LANGUAGES", languages)?,
            second_factor: source.need("COMMUNIQUE_SECOND_FACTOR", |text| match text {
                "off" => Ok(SecondFactor::Off),
                "publishers" => Ok(SecondFactor::Publishers),
                "all" => Ok(SecondFactor::All),
                _ => Err("none of publishers, all, off".into()),
            })?,
            address_days: source.need("COMMUNIQUE_ADDRESS_DAYS", |text| whole(text, 30, 3650))? as u16,
            subscriber_days: source.need("COMMUNIQUE_SUBSCRIBER_DAYS", |text| whole(text, 1, 365))? as u16,
            mail_days: source.need("COMMUNIQUE_MAIL_DAYS", |text| whole(text, 1, 28))? as u16,
            bounces_token: source.get("COMMUNIQUE_BOUNCES_TOKEN", |text| {
                let fine = text.len() >= 24 && text.bytes().all(|b| b.is_ascii_graphic());
                if fine {
                    Ok(text.to_owned())
                } else {
                    Err("shorter than 24 characters, or not of visible ASCII".into())
                }
            })?,
            validation_mail_texts: source.need("COMMUNIQUE_VALIDATION_MAIL", |text| match text {
                "numbers" => Ok(false),
                "texts" => Ok(true),
                _ => Err("neither numbers nor texts".into()),
            })?,
            worker: source.need("COMMUNIQUE_WORKER", |text| match text {
                "on" => Ok(true),
                "off" => Ok(false),
                _ => Err("neither on nor off".into()),
            })?,
            log: source.need("COMMUNIQUE_LOG", text)?,
            site_name: source.texts("COMMUNIQUE_SITE_NAME").unwrap_or_default(),
            site_service: source.texts("COMMUNIQUE_SITE_SERVICE"),
            site_owner: source.texts("COMMUNIQUE_SITE_OWNER"),
            suggestions_to: source
                .get("COMMUNIQUE_SUGGESTIONS_TO", |text| {
                    Address::parse(text).map(|address| address.as_str().to_owned()).map_err(|error| error.to_string())
                })?
                .unwrap_or_else(|| address.clone()),
            contact_mail: source.get("COMMUNIQUE_CONTACT_MAIL", mail_address)?.unwrap_or(address),
            mail_from,
            public_url,
            data_dir,
        })
    }

    /// The whole address of a path of ours.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_str().trim_end_matches('/'))
    }

    /// Whether the world reaches the site by TLS: then cookies are `Secure` and HSTS is sent.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }
}

fn public_url(text: &str) -> Result<Url, String> {
    let url: Url = text.parse().map_err(|error| format!("{error}"))?;
    let bare = matches!(url.path(), "" | "/")
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    match url.scheme() {
        "http" | "https" if bare && url.host_str().is_some() => Ok(url),
        "http" | "https" => Err("it has a path, a query or a user".into()),
        _ => Err("it begins neither with http:// nor https://".into()),
    }
}

fn database_url(text: &str) -> Result<String, String> {
    text.parse::<tokio_postgres::Config>().map(|_| text.to_owned()).map_err(|error| error.to_string())
}

fn mail_address(text: &str) -> Result<String, String> {
    text.parse::<lettre::message::Mailbox>().map(|_| text.to_owned()).map_err(|error| error.to_string())
}

fn whole(text: &str, least: usize, most: usize) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|n| (least..=most).contains(n))
        .ok_or_else(|| format!("not a whole number from {least} to {most}"))
}

fn slots(text: &str) -> Result<Vec<NaiveTime>, String> {
    let mut slots = text
        .split(',')
        .map(str::trim)
        .map(|slot| NaiveTime::parse_from_str(slot, "%H:%M").map_err(|_| format!("{slot:?} is not a time HH:MM")))
        .collect::<Result<Vec<_>, _>>()?;
    slots.sort();
    slots.dedup();
    if slots.len() > 24 { Err("more than 24 times a day".into()) } else { Ok(slots) }
}

fn days_off(text: &str) -> Result<DaysOff, String> {
    let mut days = DaysOff::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        if let Ok(date) = part.parse::<NaiveDate>() {
            days.dates.push(date);
        // 2024 has a 29th of February.
        } else if let Ok(date) = format!("2024-{part}").parse::<NaiveDate>() {
            days.yearly.push((date.month(), date.day()));
        } else if let Ok(weekday) = part.parse::<Weekday>() {
            days.weekdays.push(weekday);
        } else {
            return Err(format!("{part:?} is neither a day of the week nor a date"));
        }
    }
    days.weekdays.sort_by_key(Weekday::num_days_from_monday);
    days.weekdays.dedup();
    if days.weekdays.len() == 7 {
        return Err("no day is left".into());
    }
    if days.dates.len() + days.yearly.len() > DaysOff::MAX {
        return Err(format!("more than {} dates", DaysOff::MAX));
    }
    Ok(days)
}

fn domain_rates(text: &str) -> Result<DomainRates, String> {
    let mut rates = DomainRates::default();
    for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (domain, rate) = part.split_once('=').ok_or_else(|| format!("{part:?} is not domain=number"))?;
        let rate = whole(rate.trim(), 1, 10_000)? as u32;
        match domain.trim() {
            "*" => rates.others = Some(rate),
            domain => {
                rates.of.insert(domain.to_ascii_lowercase(), rate);
            }
        }
    }
    Ok(rates)
}

fn ramp_up(source: &Source) -> Result<Option<NaiveDate>, Wrong> {
    let rate = source.need("COMMUNIQUE_MAIL_RATE", |text| whole(text, 0, 10_000))?;
    source.get("COMMUNIQUE_MAIL_RAMP_UP", |text| match (text.parse(), rate) {
        (_, 0) => Err("COMMUNIQUE_MAIL_RATE is not set, of which it is a part".into()),
        (Ok(day), _) => Ok(day),
        (Err(_), _) => Err("not a day".into()),
    })
}

/// The keys with their selectors.
fn dkim(source: &Source) -> Result<Vec<(PathBuf, String)>, Wrong> {
    let list = |text: &str| Ok(text.split(',').map(|part| part.trim().to_owned()).collect::<Vec<_>>());
    let selectors = source.need("COMMUNIQUE_DKIM_SELECTOR", list)?;
    let keys = source.get("COMMUNIQUE_DKIM_KEY_FILE", |text| {
        let files = list(text)?;
        if files.len() == selectors.len() {
            Ok(files)
        } else {
            Err(format!("{} keys, and {} selectors (COMMUNIQUE_DKIM_SELECTOR)", files.len(), selectors.len()))
        }
    })?;
    Ok(keys.unwrap_or_default().into_iter().map(PathBuf::from).zip(selectors).collect())
}

fn languages(text: &str) -> Result<Vec<Lang>, String> {
    let mut languages = Vec::new();
    for code in text.split([',', ' ']).filter(|code| !code.is_empty()) {
        let lang = code.parse::<Lang>().map_err(|error| error.to_string())?;
        if languages.contains(&lang) {
            return Err(format!("{code} stands twice"));
        }
        languages.push(lang);
    }
    if languages.is_empty() { Err("none is named".into()) } else { Ok(languages) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(toml: &str, env: &[(&str, &str)]) -> Result<Settings, Wrong> {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("communique.toml");
        std::fs::write(&file, toml).expect("written");
        let env = env.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::understand(&Source::read(&file, true, env)?)
    }

    #[test]
    fn every_setting_has_a_default_and_the_environment_wins() {
        let settings = from("", &[]).expect("defaults");
        assert_eq!(settings.slots.len(), 3);
        assert_eq!(settings.contact_mail, "press@site.invalid");
        let settings = from("listen = \"127.0.0.1:1\"\nslots = [\"06:00\"]", &[("COMMUNIQUE_LISTEN", "127.0.0.1:2")])
            .expect("set");
        assert_eq!((settings.listen.port(), settings.slots.len()), (2, 1));
    }

    #[test]
    fn days_off_and_rates_are_read_as_they_are_meant() {
        let toml = "days_off = \"sun,2026-12-24,12-25\"\nmail_domain_rates = \"Gmail.com=20, *=50\"";
        let settings = from(toml, &[]).expect("set");
        for (day, off) in [
            ("2026-11-22", true),
            ("2026-11-23", false),
            ("2026-12-24", true),
            ("2027-12-24", false),
            ("2026-12-25", true),
            ("2027-12-25", true),
        ] {
            assert_eq!(settings.days_off.holds(day.parse().expect("a day")), off, "{day}");
        }
        let rates = &settings.mail_domain_rates;
        assert_eq!((rates.of("gmail.com"), rates.of("example.org")), (Some(20), Some(50)));
        assert_eq!(from("", &[]).expect("defaults").mail_domain_rates.of("gmail.com"), None);
    }

    #[test]
    fn a_wrong_setting_is_named_with_its_place_and_what_is_allowed() {
        for (toml, env, said) in [
            ("\nlisen = \"x\"", ("", ""), "line 2: unknown setting lisen; did you mean listen?"),
            ("zone = \"Europe/Brussel\"", ("", ""), "line 1: \"Europe/Brussel\" is not right: not a zone of the IANA"),
            ("zone = = 3", ("", ""), "line 1:"),
            (
                "",
                ("COMMUNIQUE_SLOTS", "9:00,25:00"),
                "environment, COMMUNIQUE_SLOTS: \"9:00,25:00\" is not right: \"25:00\" is not",
            ),
            (
                "",
                ("COMMUNIQUE_LANGUAGE", "fr"),
                "unknown setting COMMUNIQUE_LANGUAGE; did you mean COMMUNIQUE_LANGUAGES?",
            ),
            ("languages = [\"fr\", \"es\"]", ("", ""), "not a language of the site: \"es\""),
            ("", ("COMMUNIQUE_PUBLIC_URL", "https://example.org/press"), "it has a path"),
            ("days_off = \"mon,tue,wed,thu,fri,sat,sun\"", ("", ""), "no day is left"),
            ("days_off = \"saturdays\"", ("", ""), "\"saturdays\" is neither a day of the week nor a date"),
            ("mail_domain_rates = \"gmail.com\"", ("", ""), "\"gmail.com\" is not domain=number"),
            ("mail_ramp_up = \"2026-12-01\"", ("", ""), "COMMUNIQUE_MAIL_RATE is not set"),
            ("dkim_key_file = \"a.pem,b.pem\"", ("", ""), "2 keys, and 1 selectors"),
            ("", ("DATABASE_URL", "mysql://u:hunter2@x/y"), "environment, DATABASE_URL: \"the value\" is not right"),
        ] {
            let error = from(toml, &[env]).expect_err(said).to_string();
            assert!(error.contains(said), "{error}\nlacks: {said}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
