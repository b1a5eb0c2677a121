//! Moving in and out: the list of another system, with its proof of consent, becomes subscriptions; and they can be taken
//! along in the same form (DESIGN §10).
//!
//! A second run changes nothing. Whoever has ended a subscription since they consented is not brought back by an old list,
//! and an address that must not be written to is left alone, unless its consent is younger than that. A line that is wrong
//! costs itself alone, and the report says which and why. `dry_run` does everything and takes it back.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model::{self, SubscriberState};
use super::query;
use super::rhythm::Rhythm;
use crate::change;
use crate::ids::SubscriptionId;
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::csv;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::search::Filter;

/// The columns, in the order in which they are written; a file that is read may have them in any.
pub const COLUMNS: [&str; 6] = ["email", "languages", "filter", "frequency", "consented_at", "consent_source"];

/// How many lines are one transaction.
const AT_ONCE: usize = 200;
/// The most octets of a line.
const LINE_MAX: usize = 8 * 1024;
/// The most characters of what proves a consent.
const SOURCE_MAX: usize = 500;
/// How many subscriptions are read at a time to be taken along.
const PAGE: i64 = 2000;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A subscription was made.
    Subscribed,
    /// It was there.
    There,
    /// It stands in this file before.
    Twice,
    /// They ended it after they had consented.
    Ended,
    /// The address must not be written to, and the consent is not younger.
    Suppressed,
    /// It cannot be taken, and why.
    Wrong(String),
}

impl Fate {
    fn word(&self) -> &'static str {
        match self {
            Fate::Subscribed => "subscribed",
            Fate::There => "there already",
            Fate::Twice => "twice in the file",
            Fate::Ended => "ended since",
            Fate::Suppressed => "suppressed",
            Fate::Wrong(_) => "wrong",
        }
    }
}

/// What became of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Nothing was written.
    pub dry_run: bool,
    /// Each line: its number in the file, the address in it, and its fate.
    pub lines: Vec<(usize, String, Fate)>,
}

impl Report {
    /// How many lines had this fate, by its word.
    pub fn count(&self, word: &str) -> usize {
        self.lines.iter().filter(|(_, _, fate)| fate.word() == word).count()
    }

    /// 0: all well. 1: some lines were refused (DESIGN §10).
    pub fn exit_code(&self) -> u8 {
        u8::from(self.lines.iter().any(|(_, _, fate)| matches!(fate, Fate::Wrong(_))))
    }

    /// Writes `summary.txt` and `lines.csv` into a folder, which is made if it is not there.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        let mut text = csv::write(&["line", "email", "fate", "reason"]);
        for (number, email, fate) in &self.lines {
            let reason = if let Fate::Wrong(reason) = fate { reason.as_str() } else { "" };
            text.push_str(&csv::write(&[&number.to_string(), email, fate.word(), reason]));
        }
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(folder.join("summary.txt"), self.to_string()))
            .and_then(|()| std::fs::write(folder.join("lines.csv"), text))
            .with_context(|| format!("writing the report to {}", folder.display()))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.dry_run {
            writeln!(f, "Dry run: nothing was changed.")?;
        }
        for word in ["subscribed", "there already", "twice in the file", "ended since", "suppressed", "wrong"] {
            let count = self.count(word);
            if count > 0 {
                writeln!(f, "{count:>8}  {word}")?;
            }
        }
        // No address: this text ends up in logs and mails.
        for (number, _, fate) in self.lines.iter().filter(|(_, _, fate)| matches!(fate, Fate::Wrong(_))).take(20) {
            if let Fate::Wrong(reason) = fate {
                writeln!(f, "line {number}: {reason}")?;
            }
        }
        Ok(())
    }
}

/// A line that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    email: Address,
    languages: Vec<Lang>,
    filter: Filter,
    rhythm: Rhythm,
    consented_at: DateTime<Utc>,
    source: String,
}

/// Which place each column has in a file.
struct Head {
    places: [usize; COLUMNS.len()],
    separator: char,
    columns: usize,
}

impl Head {
    fn read(line: &str) -> anyhow::Result<Self> {
        let line = line.trim_start_matches('\u{feff}').trim_end();
        let separator = csv::separator(line);
        let names = csv::read(line, separator).context("the first line")?;
        let names: Vec<String> = names.iter().map(|name| name.trim().to_lowercase()).collect();
        for name in &names {
            anyhow::ensure!(
                COLUMNS.contains(&name.as_str()),
                "the first line names the columns {}; {name:?} is none of them",
                COLUMNS.join(",")
            );
        }
        let mut places = [0; COLUMNS.len()];
        for (place, column) in places.iter_mut().zip(COLUMNS) {
            let mut found = names.iter().enumerate().filter(|(_, name)| *name == column);
            *place = found.next().with_context(|| format!("the first line lacks the column {column}"))?.0;
            anyhow::ensure!(found.next().is_none(), "the column {column} stands there twice");
        }
        Ok(Self { places, separator, columns: names.len() })
    }

    fn values(&self, line: &str) -> Result<[String; COLUMNS.len()], String> {
        let values = csv::read(line, self.separator).map_err(|error| error.to_string())?;
        if values.len() != self.columns {
            return Err(format!("{} values in the place of {}", values.len(), self.columns));
        }
        Ok(self.places.map(|place| csv::bare(values[place].trim())))
    }
}

impl Line {
    fn read(values: &[String; COLUMNS.len()], settings: &Settings, now: DateTime<Utc>) -> Result<Self, String> {
        let [email, languages, filter, frequency, consented_at, source] = values;
        let email = Address::parse(email).map_err(|error| error.to_string())?;
        let mut order = Vec::new();
        for code in languages.split_whitespace() {
            let lang = code.parse::<Lang>().ok().filter(|lang| settings.languages.contains(lang));
            let lang = lang.ok_or_else(|| format!("{code:?} is not a language of this site"))?;
            if !order.contains(&lang) {
                order.push(lang);
            }
        }
        if order.is_empty() {
            return Err("no language".to_owned());
        }
        let parsed = Filter::parse(filter.trim_start_matches('?')).map_err(|_| format!("{filter:?} is no search"))?;
        if parsed.lasting() != parsed {
            return Err("a search of one time cannot be subscribed to".to_owned());
        }
        let rhythm: Rhythm = frequency.parse().map_err(|error| format!("{frequency:?} is {error}"))?;
        for slot in rhythm.slots().unwrap_or_default() {
            if !settings.slots.contains(slot) {
                return Err(format!("{} is not a slot of this site", slot.format("%H:%M")));
            }
        }
        let consented_at = match consented_at.parse::<DateTime<Utc>>() {
            Ok(at) => at,
            Err(_) => match consented_at.parse::<NaiveDate>() {
                Ok(day) => clock::start_of_day(settings.zone, day),
                Err(_) => return Err("consented_at is neither a day nor an instant (RFC 3339)".to_owned()),
            },
        };
        if consented_at > now {
            return Err("the consent is of the future".to_owned());
        }
        if source.is_empty() || source.chars().count() > SOURCE_MAX {
            return Err(format!("consent_source says where the consent is proved, in at most {SOURCE_MAX} characters"));
        }
        Ok(Self { email, languages: order, filter: parsed, rhythm, consented_at, source: source.clone() })
    }
}

/// Brings in a list.
///
/// # Errors
/// The file cannot be read, its first line does not name the columns, or the database fails: lines before that are
/// brought in, and a second run goes on.
pub async fn import(ctx: &Context, file: &[u8], dry_run: bool) -> anyhow::Result<Report> {
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let mut raw = file.split(|byte| *byte == b'\n').enumerate();
    let head = match raw.next() {
        Some((_, line)) => Head::read(std::str::from_utf8(line).context("the first line is not UTF-8")?)?,
        None => anyhow::bail!("the file is empty"),
    };
    let mut report = Report { dry_run, lines: Vec::new() };
    let mut seen = BTreeSet::new();
    let mut batch: Vec<(usize, Line)> = Vec::new();
    for (number, line) in raw.map(|(place, line)| (place + 1, line)) {
        let read = understand(line, &head, &ctx.settings, now);
        match read {
            Ok(None) => {}
            Err((email, reason)) => report.lines.push((number, email, Fate::Wrong(reason))),
            Ok(Some(line)) => {
                let email = line.email.as_str().to_owned();
                if !seen.insert((email.to_lowercase(), line.filter.canonical())) {
                    report.lines.push((number, email, Fate::Twice));
                    continue;
                }
                batch.push((number, line));
                if batch.len() == AT_ONCE {
                    bring_in(ctx, &mut conn, &mut batch, &mut report).await?;
                }
            }
        }
    }
    bring_in(ctx, &mut conn, &mut batch, &mut report).await?;
    report.lines.sort_by_key(|(number, _, _)| *number);
    Ok(report)
}

/// A line, nothing where it is empty, or its address as far as it is known and what is wrong.
fn understand(
    line: &[u8],
    head: &Head,
    settings: &Settings,
    now: DateTime<Utc>,
) -> Result<Option<Line>, (String, String)> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if line.len() > LINE_MAX {
        return Err((String::new(), format!("longer than {LINE_MAX} octets")));
    }
    let line = std::str::from_utf8(line).map_err(|_| (String::new(), "not UTF-8".to_owned()))?;
    if line.trim().is_empty() {
        return Ok(None);
    }
    let values = head.values(line).map_err(|reason| (String::new(), reason))?;
    Line::read(&values, settings, now).map(Some).map_err(|reason| (values[0].clone(), reason))
}

/// A transaction that is taken back because nothing is to be changed, with what was learnt in it.
enum Undone {
    With(Vec<Fate>),
    Db(diesel::result::Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error)
    }
}

async fn bring_in(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    batch: &mut Vec<(usize, Line)>,
    report: &mut Report,
) -> anyhow::Result<()> {
    let dry_run = report.dry_run;
    let outcome = conn
        .transaction(async |conn| {
            let mut fates = Vec::new();
            let mut entries = Vec::new();
            for (_, line) in batch.iter() {
                fates.push(one(ctx, conn, line, &mut entries).await?);
            }
            journal::record(conn, Actor::Job("communique subscribers import"), entries).await?;
            if dry_run { Err(Undone::With(fates)) } else { Ok(fates) }
        })
        .await;
    let fates = match outcome {
        Ok(fates) | Err(Undone::With(fates)) => fates,
        Err(Undone::Db(error)) => return Err(error.into()),
    };
    for ((number, line), fate) in batch.drain(..).zip(fates) {
        report.lines.push((number, line.email.as_str().to_owned(), fate));
    }
    Ok(())
}

async fn one(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    line: &Line,
    entries: &mut Vec<Entry>,
) -> diesel::QueryResult<Fate> {
    let filter = line.filter.canonical();
    if line.filter.clone().resolve(conn).await?.is_none() {
        return Ok(Fate::Wrong(format!("{filter:?} names an institution or a topic that is not there")));
    }
    let keys = model::address_keys(&ctx.secret, &line.email);
    let suppressed = query::suppressed_since(conn, &keys).await?;
    if suppressed.is_some_and(|(_, at)| at >= line.consented_at) {
        return Ok(Fate::Suppressed);
    }
    if let Some(known) = query::subscriber_by_email(conn, &line.email).await? {
        query::lock_subscriber(conn, known.id).await?;
        let same: Vec<_> =
            query::subscriptions_of(conn, known.id).await?.into_iter().filter(|one| one.filter == filter).collect();
        if same.iter().any(|one| one.ended_at.is_none()) {
            return Ok(Fate::There);
        }
        let ended = same.iter().filter_map(|one| one.ended_at).max();
        let left = query::ended_at(conn, known.id).await?.filter(|_| known.state == SubscriberState::Unsubscribed);
        if ended.max(left).is_some_and(|at| at >= line.consented_at) {
            return Ok(Fate::Ended);
        }
    }
    if suppressed.is_some() {
        query::lift(conn, &keys).await?;
    }
    let consent = json!({
        "consented_at": line.consented_at,
        "source": line.source,
        "filter": filter,
        "rhythm": line.rhythm,
        "imported_at": clock::now(conn).await?,
    });
    let subscriber_id = query::upsert_imported(conn, &line.email, &line.languages, line.consented_at, &consent).await?;
    let cursor = change::last(conn).await?;
    let id = query::upsert_subscription(conn, subscriber_id, &filter, &line.rhythm, cursor).await?;
    let detail = json!({ "subscriber": subscriber_id, "consent": consent });
    entries.push(Entry::new("subscription.imported", "subscription", id.0).with(detail));
    Ok(Fate::Subscribed)
}

/// Takes every running subscription along, in the form in which it can be brought in elsewhere, a page at a time. Press
/// lists stay: their members consented to nothing.
pub async fn export(ctx: &Context, mut out: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<usize> {
    let mut conn = ctx.conn().await?;
    out(&csv::write(&COLUMNS))?;
    let own = format!("double opt-in at {}", ctx.settings.public_url.host_str().unwrap_or_default());
    let mut after = SubscriptionId(0);
    let mut count = 0;
    loop {
        let rows = query::export(&mut conn, after, PAGE).await?;
        let Some(last) = rows.last() else { return Ok(count) };
        after = last.id;
        let mut text = String::new();
        for row in &rows {
            let rhythm = Rhythm::stored(row.frequency, row.slots.clone());
            let languages = row.languages.iter().map(|lang| lang.code()).collect::<Vec<_>>().join(" ");
            text.push_str(&csv::write(&[
                &row.email,
                &languages,
                &row.filter,
                &rhythm.to_string(),
                &row.consented_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
                row.source.as_deref().unwrap_or(&own),
            ]));
        }
        out(&text)?;
        count += rows.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;

    #[test]
    fn a_line_is_taken_or_says_why_not() {
        let settings = Settings::understand(&Source::default()).expect("settings");
        let now: DateTime<Utc> = "2026-11-24T12:00:00Z".parse().expect("an instant");
        let head = Head::read("email,languages,filter,frequency,consented_at,consent_source\r").expect("a head");
        let read = |line: &str| understand(line.as_bytes(), &head, &settings, now);
        let good = read("Reader@Example.org,nl fr nl,family=council&q=dijk,slots:09:00+17:00,2024-05-01,form 12\r");
        let good = good.expect("taken").expect("a line");
        assert_eq!(good.email.as_str(), "Reader@example.org");
        assert_eq!(good.languages, [Lang::Nl, Lang::Fr]);
        assert_eq!(
            (good.filter.canonical(), good.rhythm.to_string()),
            ("q=dijk&family=council".into(), "slots:09:00+17:00".into())
        );
        assert_eq!(good.consented_at.to_rfc3339(), "2024-04-30T22:00:00+00:00", "midnight in the site's zone");
        assert_eq!(read(""), Ok(None));
        for (line, said) in [
            ("x,fr,,slots,2024-05-01,form", "one @"),
            ("a@b.example,,,slots,2024-05-01,form", "no language"),
            ("a@b.example,es,,slots,2024-05-01,form", "\"es\" is not a language"),
            ("a@b.example,fr,x=y,slots,2024-05-01,form", "no search"),
            ("a@b.example,fr,year=2024,slots,2024-05-01,form", "one time"),
            ("a@b.example,fr,,hourly,2024-05-01,form", "none of at-once"),
            ("a@b.example,fr,,slots:10:00,2024-05-01,form", "10:00 is not a slot"),
            ("a@b.example,fr,,slots,1.5.2024,form", "neither a day"),
            ("a@b.example,fr,,slots,2027-05-01,form", "future"),
            ("a@b.example,fr,,slots,2024-05-01,", "consent_source"),
            ("a@b.example,fr,,slots,2024-05-01", "5 values in the place of 6"),
            ("\"a@b.example,fr,,slots,2024-05-01,form", "quotation mark"),
            ("a@b.example\u{7},fr,,slots,2024-05-01,form", "control character"),
        ] {
            let (_, reason) = read(line).expect_err(said);
            assert!(reason.contains(said), "{line}: {reason}");
        }
        assert!(understand(b"\xff,fr", &head, &settings, now).is_err());
        assert!(Head::read("email,languages").is_err());
        assert!(Head::read("email,name,languages,filter,frequency,consented_at,consent_source").is_err());
        let other = Head::read("\u{feff}consent_source;consented_at;frequency;filter;languages;email").expect("a head");
        let line = understand(b"form;2024-05-01;daily;;fr;a@b.example", &other, &settings, now).expect("taken");
        assert_eq!(line.expect("a line").rhythm.to_string(), "daily");
    }
}
