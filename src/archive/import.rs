//! The road from files to releases.
//!
//! Three things go on at once and none runs ahead of the others by more than a few hundred items, so that memory stays
//! bounded whatever the size of the files: a thread reads, a few convert, and one connection writes, a batch a
//! transaction. A batch is at most [`BATCH_MAX_ITEMS`] and about [`BATCH_WANTED`] long, so that no publication waits
//! behind it for more than that (DESIGN §4).
//!
//! Every batch is whole or absent, and what came before is known by (source, id) and its digest: after a stop at any
//! point, or any number of times, the same command goes on or does nothing.
//!
//! Links to the former site are led on at the end, when every item has its address: a later revision of the releases that
//! have some. Files come in before the transaction of their release ([`files`]).
//!
//! On a second coming, texts, topics, number and old addresses follow the source, as a silent minor correction of the
//! same edition; issuers, date and address stay as they first came; whatever somebody changed in the desk stays.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use diesel::result::{DatabaseErrorKind, Error};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use futures::StreamExt;
use serde_json::json;
use tokio::sync::mpsc;

use super::convert::{self, Version};
use super::files::{self, Files, Folder};
use super::links::Hosts;
use super::mapping::Mapping;
use super::names::Names;
use super::progress::Progress;
use super::query;
use super::reader::{self, Format, Opened};
use super::record::{Piece, Record, WORD_MAX_BYTES};
use super::report::{AddressFate, Fate, FileFate, Item, Report};
use super::sets::{Facts, Group, Key, Member, WAITING_MAX_BYTES, Waiting, key};
use super::writing::{Settled, Writer, Written};
use crate::ids::{ImportId, ReleaseId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::release::model::one_line;

/// The most versions in one transaction.
pub const BATCH_MAX_ITEMS: usize = 500;
/// The fewest that the next batch is made for: below that, the statements cost more than their rows.
pub const BATCH_MIN_ITEMS: usize = 40;
/// How long one transaction should last; the next one is made smaller or larger to meet it.
pub const BATCH_WANTED: Duration = Duration::from_millis(150);
/// The most text in one transaction.
const BATCH_MAX_BYTES: usize = 8 * 1024 * 1024;
/// Records that are read and converted together: enough to be worth a thread's while.
const CHUNK_ITEMS: usize = 64;
/// The same in bytes of their HTML.
const CHUNK_BYTES: usize = 512 * 1024;
/// Releases whose links are led on in one transaction.
const LINKS_AT_ONCE: usize = 100;
/// Groups in a row that the database refuses one by one before we take it that the fault is not theirs.
const REFUSED_IN_A_ROW: usize = 20;

/// What to import, and how.
#[derive(Debug, Clone)]
pub struct Options {
    /// The name of the source, part of every item's identity; none: each file's own ([`reader::source_of`]).
    pub source: Option<String>,
    /// What the files are.
    pub format: Format,
    /// What their types, fields and vocabularies are here; none: what their names suggest.
    pub mapping: Option<Mapping>,
    /// Where the files of the former site are on this machine.
    pub folder: Option<PathBuf>,
    /// The import that this is a run of; what it brings is marked with it.
    pub import: Option<ImportId>,
    /// Everything but the writing.
    pub dry_run: bool,
    /// Where to put `summary.txt`, `items.csv` and `items.json`.
    pub report: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            source: None,
            format: Format::Jsonl,
            mapping: None,
            folder: None,
            import: None,
            dry_run: false,
            report: None,
        }
    }
}

/// Imports the files, in their order. The report is also written when the import stops before its end.
///
/// # Errors
/// A file or the database cannot be read or written. What was committed stays; the same command goes on from there.
pub async fn run(
    ctx: &Context,
    files: &[PathBuf],
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<Report> {
    let begun = Instant::now();
    progress.look_through();
    let files = {
        let (files, options, scratch) = (files.to_vec(), options.clone(), ctx.settings.data_dir.join(SCRATCH));
        tokio::task::spawn_blocking(move || named(&files, &options, &scratch)).await??
    };
    let mut conn = ctx.conn().await?;
    let stood = files.first().map(|file| file.opened.files_folder()).unwrap_or_default();
    let folder = options.folder.as_deref().map(|root| Folder::open(root, &stood)).transpose()?;
    let mut import = Import {
        ctx: ctx.clone(),
        files_here: Files::of(folder, options.import, BY, options.dry_run),
        with_links: Vec::new(),
        files: Arc::clone(&files),
        names: Names::load(&mut conn, BY, options.dry_run).await.context("reading the directory")?,
        writer: Writer { zone: ctx.settings.zone, by: BY, import: options.import, own: Arc::clone(&ctx.own_paths) },
        dry_run: options.dry_run,
        offered: ctx.settings.languages.clone(),
        report: Report { dry_run: options.dry_run, ..Report::default() },
        is_settled: Vec::new(),
        facts: Facts::default(),
        waiting: Waiting::of(WAITING_MAX_BYTES),
        batch: Vec::new(),
        batch_items: 0,
        batch_bytes: 0,
        wanted_items: 100,
        refused_in_a_row: 0,
        taken: HashSet::new(),
        progress,
    };
    for file in files.iter() {
        import.names.also_called(file.opened.also_called());
        import.report.left_alone.extend(file.opened.left_alone());
    }
    let outcome = import.run(&mut conn).await;
    if let Err(error) = &outcome {
        import.report.stopped = Some(format!("{error:#}"));
        // What is not settled was not written.
        let mut settled = import.is_settled.iter();
        import.report.items.retain(|_| settled.next().is_some_and(|settled| *settled));
    }
    import.report.institutions_added = std::mem::take(&mut import.names.institutions_added);
    import.report.topics_added = std::mem::take(&mut import.names.topics_added);
    import.report.took = begun.elapsed();
    progress.end();
    if let Some(folder) = &options.report {
        let (report, folder) = (import.report, folder.clone());
        let (report, written) = tokio::task::spawn_blocking(move || {
            let written = report.write(&folder);
            (report, written)
        })
        .await?;
        written?;
        outcome.map(|()| report)
    } else {
        outcome.map(|()| import.report)
    }
}

/// How the journal names an import.
pub const BY: Actor = Actor::Job("import");
/// Below the data folder: what must be sorted.
pub const SCRATCH: &str = "import";

#[derive(Debug)]
struct SourceFile {
    opened: Opened,
    name: String,
    source: Arc<str>,
    hosts: Hosts,
}

fn named(files: &[PathBuf], options: &Options, scratch: &Path) -> anyhow::Result<Arc<[SourceFile]>> {
    if files.is_empty() {
        bail!("no file to import");
    }
    // A file that is not there should be known before anything is written or sorted.
    for path in files {
        drop(std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?);
    }
    let mut named = Vec::with_capacity(files.len());
    for path in files {
        let opened = Opened::open(path, options.format, options.mapping.as_ref(), scratch)?;
        let source = match options.source.as_deref().or(opened.source()) {
            Some(source) => one_line(source),
            None => reader::source_of(path).context("a file without a name: name its source with --source")?,
        };
        if source.is_empty() || source.len() > WORD_MAX_BYTES || source.contains('\0') {
            bail!("{source:?} cannot name a source: 1 to {WORD_MAX_BYTES} bytes of text");
        }
        let hosts = Hosts::of(opened.base_url());
        named.push(SourceFile { opened, name: path.display().to_string(), source: source.into(), hosts });
    }
    Ok(named.into())
}

/// A piece on its way, with what it became.
struct Came {
    file: usize,
    line: u64,
    piece: Result<Box<Arrived>, super::record::Refusal>,
}

struct Arrived {
    id: String,
    set: String,
    /// As the source writes it.
    lang: String,
    url: Option<String>,
    topics: Vec<String>,
    unknown: Vec<String>,
    /// The version; none: it came before and said the same.
    version: Result<(Lang, Option<Box<Version>>), String>,
}

struct Import<'a> {
    ctx: Context,
    files: Arc<[SourceFile]>,
    files_here: Files,
    /// Releases whose text links to the former site, with the item that says so.
    with_links: Vec<(ReleaseId, Lang, usize)>,
    names: Names,
    writer: Writer,
    dry_run: bool,
    offered: Vec<Lang>,
    report: Report,
    /// Beside each item of the report: whether its fate is final.
    is_settled: Vec<bool>,
    facts: Facts,
    waiting: Waiting,
    batch: Vec<Group>,
    batch_items: usize,
    batch_bytes: usize,
    /// How many versions the next batch takes.
    wanted_items: usize,
    refused_in_a_row: usize,
    /// Old addresses that a dry run would have taken.
    taken: HashSet<Key>,
    progress: &'a dyn Progress,
}

impl Import<'_> {
    async fn run(&mut self, conn: &mut AsyncPgConnection) -> anyhow::Result<()> {
        self.facts = self.look_through().await?;
        self.progress.begin(self.facts.items);
        let said = Arc::new(self.said_before(conn).await.context("reading what came before")?);
        let mut came = self.converted(said);
        while let Some(chunk) = came.recv().await {
            for came in chunk? {
                self.arrive(conn, came).await?;
            }
        }
        for group in self.waiting.rest() {
            self.add(conn, group).await?;
        }
        self.flush(conn).await?;
        self.lead_links_on(conn).await.context("leading links on")?;
        self.lead_terms_on(conn).await.context("leading lists of terms on")?;
        // A thread that broke down is as silent as one that has finished.
        let (came, noted) = (self.report.items.len() as u64, self.facts.items);
        if came != noted {
            bail!(
                "{noted} items were there at the first reading and {came} at the second: the files changed meanwhile"
            );
        }
        self.record_run(conn).await.context("writing the journal")
    }

    /// The first reading: which versions belong together, and which date is the earliest.
    async fn look_through(&self) -> anyhow::Result<Facts> {
        let (files, offered, zone) = (Arc::clone(&self.files), self.offered.clone(), self.writer.zone);
        tokio::task::spawn_blocking(move || {
            let mut facts = Facts::default();
            for (number, file) in files.iter().enumerate() {
                for piece in file.opened.pieces()? {
                    facts.items += 1;
                    if let Ok(record) = &piece.record {
                        facts.note(&file.source, record, (number as u32, piece.line), &offered, zone);
                    }
                }
            }
            Ok(facts)
        })
        .await?
    }

    /// The digests of all that came before from these sources: 48 bytes each.
    async fn said_before(&self, conn: &mut AsyncPgConnection) -> diesel::QueryResult<HashMap<Key, [u8; 32]>> {
        const AT_ONCE: i64 = 10_000;
        let sources: HashSet<&Arc<str>> = self.files.iter().map(|file| &file.source).collect();
        let mut said = HashMap::new();
        for source in sources {
            let mut after = String::new();
            loop {
                let page = query::said_after(conn, source, &after, AT_ONCE).await?;
                let Some(last) = page.last() else { break };
                after.clone_from(&last.source_id);
                for one in page {
                    // What lacked a file is looked at again, now that there is a folder of them.
                    if one.lacks_files && self.files_here.has_folder() {
                        continue;
                    }
                    if let Ok(digest) = one.digest.try_into() {
                        said.insert(key(source, &one.source_id), digest);
                    }
                }
            }
        }
        Ok(said)
    }

    /// The second reading, converted, in the order of the files. All of it ends when the receiver is dropped.
    fn converted(&self, said: Arc<HashMap<Key, [u8; 32]>>) -> mpsc::Receiver<anyhow::Result<Vec<Came>>> {
        let (read, mut to_convert) = mpsc::channel::<anyhow::Result<Vec<(usize, Piece)>>>(2);
        let files = Arc::clone(&self.files);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = read_into(&files, &read) {
                let _ = read.blocking_send(Err(error));
            }
        });
        let (converted, came) = mpsc::channel(4);
        let (files, offered) = (Arc::clone(&self.files), Arc::new(self.offered.clone()));
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get).min(8);
        tokio::spawn(async move {
            let chunks = futures::stream::poll_fn(|cx| to_convert.poll_recv(cx));
            let mut chunks = std::pin::pin!(
                chunks
                    .map(|chunk| {
                        let (files, offered, said) = (Arc::clone(&files), Arc::clone(&offered), Arc::clone(&said));
                        tokio::task::spawn_blocking(move || {
                            let convert = |(file, piece): (usize, Piece)| {
                                let SourceFile { source, hosts, .. } = &files[file];
                                Came {
                                    file,
                                    line: piece.line,
                                    piece: piece
                                        .record
                                        .map(|record| Box::new(arrived(record, source, &said, &offered, hosts))),
                                }
                            };
                            chunk.map(|pieces| pieces.into_iter().map(convert).collect::<Vec<_>>())
                        })
                    })
                    .buffered(threads)
            );
            while let Some(chunk) = chunks.next().await {
                let chunk = chunk.context("a conversion broke down").flatten();
                if converted.send(chunk).await.is_err() {
                    break;
                }
            }
        });
        came
    }

    /// A piece has come: it goes into the report, and to the other languages of its release.
    async fn arrive(&mut self, conn: &mut AsyncPgConnection, came: Came) -> anyhow::Result<()> {
        let files = Arc::clone(&self.files);
        let file = &files[came.file];
        let item = self.report.items.len();
        self.is_settled.push(false);
        let mut row = Item {
            file: file.name.clone(),
            line: came.line,
            source: file.source.to_string(),
            id: None,
            lang: None,
            fate: Fate::Refused,
            draft: false,
            notes: Vec::new(),
            old_address: None,
            address_fate: None,
            address: None,
            more_addresses: Vec::new(),
            files: Vec::new(),
            links: Vec::new(),
        };
        let arrived = match came.piece {
            Ok(arrived) => *arrived,
            Err(refusal) => {
                row.id = refusal.id;
                self.report.items.push(row);
                self.settle(Settled::without_writing(item, Fate::Refused, vec![refusal.reason]));
                return Ok(());
            }
        };
        row.id = Some(arrived.id.clone());
        row.lang = Some(arrived.lang);
        row.old_address = arrived.url;
        self.report.items.push(row);
        for name in arrived.unknown {
            // Names are data too: as many as somebody invents must not fill the memory.
            if self.report.unknown_fields.len() < 1_000 || self.report.unknown_fields.contains_key(&name) {
                *self.report.unknown_fields.entry(name).or_default() += 1;
            }
        }
        let version = match self.facts.stood_before(&file.source, &arrived.id, (came.file as u32, came.line)) {
            Some((first, line)) => Err(format!("its id stands in {}:{line} already", files[first as usize].name)),
            None => arrived.version,
        };
        let member = match version {
            Ok((lang, version)) => Some(Member { item, id: arrived.id, lang, topics: arrived.topics, version }),
            Err(reason) => {
                self.settle(Settled::without_writing(item, Fate::Refused, vec![reason]));
                None
            }
        };
        for group in self.waiting.arrive(&mut self.facts, &file.source, &arrived.set, member) {
            self.add(conn, group).await?;
        }
        Ok(())
    }

    /// A group is to be written, with the next batch.
    async fn add(&mut self, conn: &mut AsyncPgConnection, group: Group) -> anyhow::Result<()> {
        let fresh = group.fresh();
        if fresh == 0 {
            for member in &group.members {
                self.settle(Settled::without_writing(member.item, Fate::Unchanged, Vec::new()));
            }
            return Ok(());
        }
        let bytes = group.bytes();
        let other_source = self.batch.last().is_some_and(|last| last.source != group.source);
        if other_source || self.batch_items + fresh > self.wanted_items || self.batch_bytes + bytes > BATCH_MAX_BYTES {
            self.flush(conn).await?;
        }
        self.batch_items += fresh;
        self.batch_bytes += bytes;
        self.batch.push(group);
        Ok(())
    }

    async fn flush(&mut self, conn: &mut AsyncPgConnection) -> anyhow::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        let items = std::mem::take(&mut self.batch_items);
        self.batch_bytes = 0;
        if batch.is_empty() {
            return Ok(());
        }
        self.names.add_missing(conn, &batch).await.context("adding to the directory")?;
        let mut batch = batch;
        self.bring_files(conn, &mut batch).await?;
        let begun = Instant::now();
        match self.attempt(conn, &batch).await {
            Ok(written) => {
                self.refused_in_a_row = 0;
                self.take(written);
            }
            Err(error) if is_of_the_rows(&error) => self.one_by_one(conn, &batch).await?,
            Err(error) => return Err(error).context("writing a batch"),
        }
        let factor = BATCH_WANTED.as_secs_f64() / begun.elapsed().as_secs_f64().max(0.001);
        let next = (items as f64 * factor.clamp(0.5, 2.0)) as usize;
        self.wanted_items = next.clamp(BATCH_MIN_ITEMS, BATCH_MAX_ITEMS);
        Ok(())
    }

    /// The files of a batch, before its transaction: what takes long holds nobody up.
    async fn bring_files(&mut self, conn: &mut AsyncPgConnection, batch: &mut [Group]) -> anyhow::Result<()> {
        for member in batch.iter_mut().flat_map(|group| &mut group.members) {
            let Some(version) = member.version.as_deref_mut().filter(|version| !version.files.is_empty()) else {
                continue;
            };
            let brought =
                self.files_here.bring(&self.ctx, conn, version, &self.names).await.context("bringing files in")?;
            let any = |fates: &[FileFate]| brought.iter().any(|file| fates.contains(&file.fate));
            version.lacks_files = any(&[FileFate::Missing]);
            version.finds_files = any(&[FileFate::New, FileFate::Unchanged]);
            version.brings_files = any(&[FileFate::New]);
            for file in brought {
                if let Some(asset) = file.asset {
                    let kind = files::kind_of(&file.old.path);
                    version.assets.push((file.old.clone(), asset, kind));
                }
                self.report.items[member.item].files.push((file.old.path, file.fate, file.note));
            }
        }
        Ok(())
    }

    /// Leads links of the texts at hand to where the former site's pages are now. Of what the desk touched since, nothing.
    async fn lead_links_on(&mut self, conn: &mut AsyncPgConnection) -> anyhow::Result<()> {
        let with_links = std::mem::take(&mut self.with_links);
        let hosts: Vec<Hosts> = self.files.iter().map(|file| file.hosts.clone()).collect();
        for batch in with_links.chunks(LINKS_AT_ONCE) {
            let found = self.writer.lead_links_on(conn, batch, &hosts).await?;
            for (item, link, fate) in found {
                self.report.items[item].links.push((link, fate));
            }
        }
        Ok(())
    }

    /// Lists of terms of the former site lead to those of the topics that they became, if the public knows of these.
    async fn lead_terms_on(&mut self, conn: &mut AsyncPgConnection) -> anyhow::Result<()> {
        let mut wanted = Vec::new();
        for file in self.files.iter() {
            for (address, topic, language) in file.opened.term_addresses() {
                wanted.push((address, self.names.topic(&topic), language));
            }
        }
        let fallback = self.offered.first().copied().unwrap_or(Lang::En);
        for batch in wanted.chunks(BATCH_MAX_ITEMS) {
            let fates = self.writer.lead_terms_on(conn, batch, fallback, self.dry_run).await?;
            self.report.other_addresses.extend(fates);
        }
        Ok(())
    }

    /// Writes a batch; once more if another transaction stood in its way.
    async fn attempt(&mut self, conn: &mut AsyncPgConnection, batch: &[Group]) -> diesel::QueryResult<Written> {
        let mut attempts = 0;
        loop {
            let outcome = if self.dry_run {
                self.writer.foresee(conn, batch, &mut self.taken).await
            } else {
                self.writer.write(conn, batch, &self.names).await
            };
            attempts += 1;
            match outcome {
                Err(error) if attempts < 4 && is_in_the_way(&error) => {
                    tracing::warn!(%error, "another transaction stood in the way of a batch; once more");
                }
                outcome => return outcome,
            }
        }
    }

    /// Something in the batch does not suit the database: each release by itself, so that it holds nobody else back.
    async fn one_by_one(&mut self, conn: &mut AsyncPgConnection, batch: &[Group]) -> anyhow::Result<()> {
        for group in batch {
            match self.attempt(conn, std::slice::from_ref(group)).await {
                Ok(written) => {
                    self.refused_in_a_row = 0;
                    self.take(written);
                }
                Err(error) if is_of_the_rows(&error) => {
                    self.refused_in_a_row += 1;
                    if self.refused_in_a_row > REFUSED_IN_A_ROW {
                        return Err(error).context("the database refuses one release after the other");
                    }
                    tracing::warn!(set = group.set, %error, "the database refuses a release of an archive");
                    for member in &group.members {
                        let reason = format!("the database refuses it: {error}");
                        self.settle(Settled::without_writing(member.item, Fate::Refused, vec![reason]));
                    }
                }
                Err(error) => return Err(error).context("writing a release"),
            }
        }
        Ok(())
    }

    fn take(&mut self, written: Written) {
        self.report.releases_added += written.releases_added;
        self.with_links.extend(written.with_links);
        for settled in written.settled {
            self.settle(settled);
        }
    }

    fn settle(&mut self, settled: Settled) {
        let item = &mut self.report.items[settled.item];
        item.fate = settled.fate;
        item.draft = settled.draft;
        item.notes.extend(settled.notes);
        item.address = settled.address;
        item.more_addresses = settled.more_addresses;
        item.address_fate = settled.address_fate.or_else(|| match settled.fate {
            _ if item.old_address.is_none() => None,
            Fate::Refused => Some(AddressFate::Refused),
            Fate::Unchanged | Fate::Conflict => Some(AddressFate::Unchanged),
            Fate::New | Fate::Changed => None,
        });
        self.is_settled[settled.item] = true;
        self.progress.settled(1);
    }

    /// That an import took place stands in the journal even if it changed nothing; what it wrote stands there per release.
    async fn record_run(&mut self, conn: &mut AsyncPgConnection) -> diesel::QueryResult<()> {
        if self.dry_run {
            return Ok(());
        }
        let sources: BTreeMap<&str, ()> = self.files.iter().map(|file| (&*file.source, ())).collect();
        let counts: BTreeMap<&str, usize> =
            Fate::ALL.iter().map(|fate| (fate.as_str(), self.report.count(*fate))).collect();
        let entry = Entry::on_site("archive.imported").with(
            json!({ "import": self.writer.import, "sources": sources.keys().collect::<Vec<_>>(), "items": counts }),
        );
        conn.transaction(async |conn| journal::record(conn, BY, [entry]).await).await
    }
}

/// Reads all files, a chunk at a time, until nobody listens any more.
fn read_into(files: &[SourceFile], read: &mpsc::Sender<anyhow::Result<Vec<(usize, Piece)>>>) -> anyhow::Result<()> {
    for (number, file) in files.iter().enumerate() {
        let mut chunk = Vec::new();
        let mut bytes = 0;
        for piece in file.opened.pieces()? {
            bytes += piece.record.as_ref().map_or(0, |record| record.body_html.len());
            chunk.push((number, piece));
            if chunk.len() >= CHUNK_ITEMS || bytes >= CHUNK_BYTES {
                bytes = 0;
                if read.blocking_send(Ok(std::mem::take(&mut chunk))).is_err() {
                    return Ok(());
                }
            }
        }
        if !chunk.is_empty() && read.blocking_send(Ok(chunk)).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

/// Converts a record, unless it came before and said the same.
fn arrived(
    mut record: Record,
    source: &str,
    said: &HashMap<Key, [u8; 32]>,
    offered: &[Lang],
    hosts: &Hosts,
) -> Arrived {
    let mut arrived = Arrived {
        id: record.id.clone(),
        set: record.set.clone(),
        lang: record.lang.clone(),
        url: record.url.clone().or_else(|| record.addresses.first().cloned()),
        topics: record.topics.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect(),
        unknown: std::mem::take(&mut record.unknown),
        version: Err(String::new()),
    };
    let is_unchanged = said.get(&key(source, &record.id)) == Some(&record.digest);
    arrived.version = match convert::language(&record.lang, offered) {
        Ok(lang) if is_unchanged => Ok((lang, None)),
        _ => convert::convert(record, offered, hosts).map(|version| (version.lang, Some(Box::new(version)))),
    };
    arrived
}

/// Whether the database minds what is in the rows, rather than being away or out of something.
fn is_of_the_rows(error: &Error) -> bool {
    matches!(
        error,
        Error::DatabaseError(
            DatabaseErrorKind::UniqueViolation
                | DatabaseErrorKind::ForeignKeyViolation
                | DatabaseErrorKind::NotNullViolation
                | DatabaseErrorKind::CheckViolation
                | DatabaseErrorKind::Unknown,
            _
        )
    )
}

/// Whether it would go through at another moment.
fn is_in_the_way(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::SerializationFailure, _) => true,
        Error::DatabaseError(DatabaseErrorKind::Unknown, info) => info.message().contains("deadlock"),
        _ => false,
    }
}
