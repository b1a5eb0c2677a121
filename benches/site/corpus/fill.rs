//! Writes a corpus into an empty, migrated database: the same rows as its publications would have left, in the order of
//! time, by COPY.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use communique::directory::Family;
use communique::directory::register;
use communique::ids::{InstitutionId, TopicId};
use communique::journal::Actor;
use communique::kit::lang::{Lang, Texts};
use communique::kit::{db, slug};
use communique::release::model::LanguageVersion;
use diesel_async::AsyncConnection;
use futures::SinkExt as _;
use tokio_postgres::{Client, NoTls};

use super::{Corpus, Fate, Head, ZONE};

/// Releases of one transaction.
const AT_ONCE: usize = 1_000;
/// As the journal names who adds the directory.
const BY: Actor = Actor::Job("corpus");

/// Whether the database looks at each row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Triggers {
    /// Triggers and foreign keys are on: what a test fills.
    #[allow(dead_code, reason = "the benchmark fills without")]
    On,
    /// Only `CHECK` and unique keys are: what a scratch database fills, as its owner. The test has shown that the rows are right.
    Off,
}

/// What there is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// How many releases.
    pub releases: usize,
    /// How many language versions they have in the revisions that the public reads.
    pub versions: usize,
}

/// Fills the database of that address with the first releases that have `versions` language versions together.
pub async fn fill(url: &str, corpus: Arc<Corpus>, versions: usize, triggers: Triggers) -> anyhow::Result<Filled> {
    let directory = register_directory(url, &corpus).await?;
    let (mut client, connection) = tokio_postgres::connect(url, NoTls).await.context("connecting")?;
    tokio::spawn(connection);
    let mut heads = corpus.heads(versions);
    let filled = Filled {
        releases: heads.len(),
        versions: heads.iter().filter(|head| head.is_readable()).map(|head| head.languages.len()).sum(),
    };
    heads.sort_by_key(|head| (head.published_at, head.number));
    let heads = Arc::new(heads);
    let there: i64 = client.query_one("SELECT count(*) FROM releases", &[]).await?.get(0);
    ensure!(there == 0, "the database has releases already");

    let (batches, mut ready) = tokio::sync::mpsc::channel::<Batch>(2);
    let writer = Writer {
        corpus: Arc::clone(&corpus),
        directory: directory.clone(),
        editions: 0,
        revisions: 0,
        day: None,
        taken: HashSet::new(),
        references: BTreeMap::new(),
    };
    let to_write = Arc::clone(&heads);
    let making = tokio::task::spawn_blocking(move || {
        let mut writer = writer;
        for (place, heads) in to_write.chunks(AT_ONCE).enumerate() {
            let batch = writer.batch(place * AT_ONCE, heads);
            if batches.blocking_send(batch).is_err() {
                break;
            }
        }
        writer.references
    });
    while let Some(batch) = ready.recv().await {
        let transaction = begin(&mut client, triggers).await?;
        for (table, columns, rows) in batch.tables() {
            copy(&transaction, table, columns, rows).await.with_context(|| format!("filling {table}"))?;
        }
        transaction.commit().await.context("committing a batch")?;
    }
    let references = making.await.context("the texts")?;
    write_log(&mut client, &heads, &directory, triggers).await?;
    for (year, last) in references {
        client.execute("INSERT INTO reference_counters (year, last) VALUES ($1, $2)", &[&year, &last]).await?;
    }
    if triggers == Triggers::Off {
        client.batch_execute("INSERT INTO cards SELECT * FROM cards_made ORDER BY published_at").await?;
    }
    client
        .batch_execute(
            "SELECT setval(pg_get_serial_sequence('releases', 'id'), (SELECT max(id) FROM releases)),
                    setval(pg_get_serial_sequence('editions', 'id'), (SELECT max(id) FROM editions)),
                    setval(pg_get_serial_sequence('revisions', 'id'), (SELECT max(id) FROM revisions)),
                    setval('listing_places', (SELECT max(place) FROM listings))",
        )
        .await?;
    client.batch_execute("VACUUM (ANALYZE)").await.context("VACUUM ANALYZE")?;
    Ok(filled)
}

/// The ids that the database gave institutions and topics.
#[derive(Debug, Clone)]
struct Directory {
    institutions: Vec<(InstitutionId, Family)>,
    topics: Vec<TopicId>,
}

async fn register_directory(url: &str, corpus: &Corpus) -> anyhow::Result<Directory> {
    let mut conn = db::establish(url).await?;
    let (institutions, topics) = (corpus.institutions(), corpus.topics());
    let directory = conn
        .transaction(async |conn| {
            let mut directory = Directory { institutions: Vec::new(), topics: Vec::new() };
            for new in &institutions {
                directory.institutions.push((register::institution_within(conn, BY, new).await?, new.family));
            }
            for (code, names) in &topics {
                directory.topics.push(register::topic_within(conn, BY, code, names, true).await?);
            }
            Ok::<_, diesel::result::Error>(directory)
        })
        .await?;
    Ok(directory)
}

async fn begin(client: &mut Client, triggers: Triggers) -> anyhow::Result<tokio_postgres::Transaction<'_>> {
    let transaction = client.transaction().await?;
    if triggers == Triggers::Off {
        transaction.batch_execute("SET LOCAL session_replication_role = replica").await?;
    }
    Ok(transaction)
}

async fn copy(
    transaction: &tokio_postgres::Transaction<'_>,
    table: &str,
    columns: &str,
    rows: String,
) -> anyhow::Result<u64> {
    let sink = transaction.copy_in(&format!("COPY {table} ({columns}) FROM STDIN")).await?;
    futures::pin_mut!(sink);
    sink.send(std::io::Cursor::new(rows.into_bytes())).await?;
    Ok(sink.finish().await?)
}

impl Head {
    /// Whether the public can read it: everything but what was taken off.
    pub fn is_readable(&self) -> bool {
        !matches!(self.fate, Fate::Unpublished(_))
    }
}

impl Directory {
    /// The shelves of a readable release, as `listing` names them: kind and id.
    fn shelves(&self, head: &Head) -> Vec<(&'static str, i64)> {
        let mut shelves = vec![("all", 0)];
        for issuer in &head.issuers {
            let (id, family) = self.institutions[*issuer];
            let family = match family {
                Family::Council => ("family", 1),
                Family::Government => ("family", 2),
                Family::Institutions => ("family", 3),
            };
            if !shelves.contains(&family) {
                shelves.push(family);
            }
            shelves.push(("institution", id.0));
        }
        shelves.extend(head.topics.iter().map(|topic| ("topic", self.topics[*topic].0)));
        shelves
    }

    /// What shows it, as the log says it.
    fn tags(&self, head: &Head, release_id: i64) -> Vec<String> {
        let mut tags: Vec<String> = self
            .shelves(head)
            .into_iter()
            .map(|(shelf, id)| if shelf == "all" { "list".into() } else { format!("{shelf}:{id}") })
            .collect();
        tags.sort();
        tags.insert(0, format!("release:{release_id}"));
        tags
    }
}

/// The rows of one transaction, in the text format of COPY.
#[derive(Debug, Default)]
struct Batch {
    releases: String,
    issuers: String,
    editions: String,
    revisions: String,
    language_versions: String,
    revision_topics: String,
    addresses: String,
    listings: String,
}

impl Batch {
    /// Table, columns, rows, in an order that foreign keys allow.
    fn tables(self) -> [(&'static str, &'static str, String); 8] {
        [
            (
                "releases",
                "id, public_state, reference, first_published_at, first_published_on, changed_at, public_edition_id, \
                 public_revision_id, notice, created_at",
                self.releases,
            ),
            ("issuers", "release_id, position, institution_id", self.issuers),
            (
                "editions",
                "id, release_id, number, state, head_revision_id, published_at, note, created_at",
                self.editions,
            ),
            ("revisions", "id, edition_id, number, created_at", self.revisions),
            ("language_versions", "revision_id, lang, title, lead, body", self.language_versions),
            ("revision_topics", "revision_id, position, topic_id", self.revision_topics),
            ("addresses", "lang, published_on, slug, release_id", self.addresses),
            ("listings", "shelf, shelf_id, published_at, place, release_id", self.listings),
        ]
    }
}

/// Makes rows in the order of time and knows which numbers are taken.
struct Writer {
    corpus: Arc<Corpus>,
    directory: Directory,
    editions: i64,
    revisions: i64,
    day: Option<NaiveDate>,
    /// The addresses of that day.
    taken: HashSet<(Lang, String)>,
    references: BTreeMap<i32, i32>,
}

impl Writer {
    /// The rows of releases that follow one another, the first of which has `first` before it.
    fn batch(&mut self, first: usize, heads: &[Head]) -> Batch {
        let mut batch = Batch::default();
        for (place, head) in heads.iter().enumerate() {
            self.write(&mut batch, number(first + place + 1), head);
        }
        batch
    }

    fn write(&mut self, batch: &mut Batch, id: i64, head: &Head) {
        let on = head.published_at.with_timezone(&ZONE).date_naive();
        let texts = self.corpus.texts(head);
        for (place, issuer) in head.issuers.iter().enumerate() {
            row(
                &mut batch.issuers,
                [
                    Some(id.to_string()),
                    Some(place.to_string()),
                    Some(self.directory.institutions[*issuer].0.to_string()),
                ],
            );
        }
        let first_edition = self.edition();
        let first_revision = self.revision(batch, first_edition, 1, head.published_at, head, &texts);
        // What the public reads, and since when it is something else than at first.
        let mut public = (first_edition, first_revision);
        let mut changed_at = None;
        let mut notice = None;
        let (mut first_state, mut state) = ("published", "public");
        match head.fate {
            Fate::Untouched => {}
            Fate::MinorCorrection(at) => {
                let corrected = self.corpus.corrected(head);
                public.1 = self.revision(batch, first_edition, 2, at, head, &corrected);
            }
            Fate::Corrected(at) => {
                let corrected = self.corpus.corrected(head);
                let edition = self.edition();
                let revision = self.revision(batch, edition, 1, at, head, &corrected);
                first_state = "superseded";
                edition_row(batch, edition, id, 2, "published", revision, at, Some(&self.corpus.note(head)));
                public = (edition, revision);
                changed_at = Some(at);
            }
            Fate::Withdrawn(_) => {
                state = "withdrawn";
                notice = Some(self.corpus.note(head));
            }
            Fate::Unpublished(_) => {
                state = "unpublished";
                notice = Some(self.corpus.note(head));
            }
        }
        let head_of_first = if public.0 == first_edition { public.1 } else { first_revision };
        edition_row(batch, first_edition, id, 1, first_state, head_of_first, head.published_at, None);
        let last = self.references.entry(on.year()).or_insert(0);
        *last += 1;
        let readable = head.is_readable();
        row(
            &mut batch.releases,
            [
                Some(id.to_string()),
                Some(state.to_owned()),
                Some(format!("{}-{last:04}", on.year())),
                Some(instant(head.published_at)),
                Some(on.to_string()),
                changed_at.map(instant),
                readable.then(|| public.0.to_string()),
                readable.then(|| public.1.to_string()),
                notice.as_ref().map(json),
                Some(instant(head.published_at)),
            ],
        );
        if self.day != Some(on) {
            self.day = Some(on);
            self.taken.clear();
        }
        for (lang, version) in &texts {
            let wanted = slug::slug(*lang, &version.title);
            let slug = (1..)
                .map(|n| slug::candidate(&wanted, n))
                .find(|slug| self.taken.insert((*lang, slug.clone())))
                .unwrap_or(wanted);
            row(
                &mut batch.addresses,
                [Some(lang.code().to_owned()), Some(on.to_string()), Some(slug), Some(id.to_string())],
            );
        }
        if readable {
            for (shelf, shelf_id) in self.directory.shelves(head) {
                // Its place among those of one instant: releases come in the order of time, so that their number serves.
                row(
                    &mut batch.listings,
                    [
                        Some(shelf.to_owned()),
                        Some(shelf_id.to_string()),
                        Some(instant(head.published_at)),
                        Some(id.to_string()),
                        Some(id.to_string()),
                    ],
                );
            }
        }
    }

    fn edition(&mut self) -> i64 {
        self.editions += 1;
        self.editions
    }

    fn revision(
        &mut self,
        batch: &mut Batch,
        edition: i64,
        number: i32,
        at: DateTime<Utc>,
        head: &Head,
        texts: &BTreeMap<Lang, LanguageVersion>,
    ) -> i64 {
        self.revisions += 1;
        let id = self.revisions;
        row(
            &mut batch.revisions,
            [Some(id.to_string()), Some(edition.to_string()), Some(number.to_string()), Some(instant(at))],
        );
        for (lang, version) in texts {
            let out = &mut batch.language_versions;
            let _ = write!(out, "{id}\t{lang}");
            for text in [&version.title, &version.lead, &version.body] {
                out.push('\t');
                field(out, text);
            }
            out.push('\n');
        }
        for (place, topic) in head.topics.iter().enumerate() {
            let _ = writeln!(batch.revision_topics, "{id}\t{place}\t{}", self.directory.topics[*topic]);
        }
        id
    }
}

#[allow(clippy::too_many_arguments, reason = "the columns of a row")]
fn edition_row(
    batch: &mut Batch,
    id: i64,
    release: i64,
    number: i32,
    state: &str,
    head: i64,
    at: DateTime<Utc>,
    note: Option<&Texts>,
) {
    row(
        &mut batch.editions,
        [
            Some(id.to_string()),
            Some(release.to_string()),
            Some(number.to_string()),
            Some(state.to_owned()),
            Some(head.to_string()),
            Some(instant(at)),
            note.map(json),
            Some(instant(at)),
        ],
    );
}

/// The log of it all: what happened, in the order of time, through the log's counter.
async fn write_log(
    client: &mut Client,
    heads: &[Head],
    directory: &Directory,
    triggers: Triggers,
) -> anyhow::Result<()> {
    // Instant, place of the release, what happened; a release is corrected after it was published.
    let mut events: Vec<(DateTime<Utc>, usize, &'static str)> = Vec::with_capacity(heads.len() + heads.len() / 8);
    for (place, head) in heads.iter().enumerate() {
        events.push((head.published_at, place, "new"));
        match head.fate {
            Fate::Untouched => {}
            Fate::MinorCorrection(at) => events.push((at, place, "minor_correction")),
            Fate::Corrected(at) => events.push((at, place, "corrected")),
            Fate::Withdrawn(at) => events.push((at, place, "withdrawn")),
            Fate::Unpublished(at) => events.push((at, place, "unpublished")),
        }
    }
    events.sort_by_key(|(at, place, _)| (*at, *place));
    // Editions are numbered as `Writer` does it: one for each release, one more for each correction.
    let mut edition_of = Vec::with_capacity(heads.len());
    let mut editions = 0;
    for head in heads {
        edition_of.push(editions + 1);
        editions += if matches!(head.fate, Fate::Corrected(_)) { 2 } else { 1 };
    }
    let transaction = begin(client, triggers).await?;
    let last: i64 = transaction
        .query_one("UPDATE public_change_counter SET last = last + $1 RETURNING last", &[&number(events.len())])
        .await?
        .get(0);
    let mut sequence = last - number(events.len());
    for events in events.chunks(20 * AT_ONCE) {
        let mut rows = String::new();
        for (at, place, kind) in events {
            sequence += 1;
            let head = &heads[*place];
            let id = number(place + 1);
            let edition = edition_of[*place] + i64::from(*kind == "corrected");
            let languages: Vec<&str> = head.languages.iter().map(|lang| lang.code()).collect();
            let tags = directory.tags(head, id).join(",");
            row(
                &mut rows,
                [
                    Some(sequence.to_string()),
                    Some(instant(*at)),
                    Some((*kind).to_owned()),
                    Some(id.to_string()),
                    Some(edition.to_string()),
                    Some(format!("{{{}}}", languages.join(","))),
                    Some(format!("{{{tags}}}")),
                ],
            );
        }
        copy(&transaction, "public_changes", "sequence, at, kind, release_id, edition_id, languages, tags", rows)
            .await
            .context("filling public_changes")?;
    }
    transaction.commit().await?;
    Ok(())
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6fZ").to_string()
}

fn json(texts: &Texts) -> String {
    serde_json::to_string(texts).unwrap_or_default()
}

fn row<const COLUMNS: usize>(out: &mut String, columns: [Option<String>; COLUMNS]) {
    for (place, column) in columns.into_iter().enumerate() {
        if place > 0 {
            out.push('\t');
        }
        match column {
            Some(text) => field(out, &text),
            None => out.push_str("\\N"),
        }
    }
    out.push('\n');
}

/// A text as COPY reads it.
fn field(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\n', '\t', '\r']) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'\n' => "\\n",
            b'\t' => "\\t",
            b'\r' => "\\r",
            _ => "\\\\",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}
