//! Builds the index, follows the log, and hands over to another process.
//!
//! Whoever has the folder's lock writes. What is on the disk is trusted only after a look: the files are as they were
//! written (their checksums), the format and the zone are ours, and the log says at the index's sequence what it said when
//! that was committed. Else, or if there is none, it is built anew in a folder beside it, and until then nothing is found:
//! no answer is better than a wrong one.
//!
//! Each state is made in one snapshot of the database, whatever the log names up to it, and committed with the snapshot's
//! sequence. A building reads in many snapshots, the log's last sequence before the first; what changed meanwhile is
//! taken in by following from there, which may be done twice without harm. So it makes no difference at which instant the
//! process dies: the last commit stands, and what is beside it is swept away by the next who writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use diesel_async::{AnsiTransactionManager as Manager, AsyncPgConnection, TransactionManager};
use tantivy::IndexWriter;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tokio::sync::{Semaphore, mpsc, watch};

use super::Index;
use super::folder::Lock;
use super::schema::Document;
use super::view::{Following, Mark, View};
use crate::change::{self, Span};
use crate::kit::context::Context;
use crate::kit::stop::{Stop, wait};
use crate::search::query::{self, Entry};

/// How often the log is asked, if nothing is heard.
const EVERY: Duration = Duration::from_millis(250);
/// How often a reader looks for the commit of what it has heard of.
const HURRY: Duration = Duration::from_millis(20);
/// For so long.
const HURRY_FOR: Duration = Duration::from_secs(1);
/// The longest pause after a failure.
const PAUSE_MAX: Duration = Duration::from_secs(5);
/// How many releases are read at once: some 2 MB of texts.
const BATCH: i64 = 250;
/// What tantivy gathers before it writes a segment: while following, and while building, by all who index together.
const FOLLOWING_BYTES: usize = 15_000_000;
const BUILDING_BYTES: usize = 72_000_000;
/// The most threads that index side by side. More would write more and smaller segments, each with its own dictionary.
const BUILDERS_MAX: usize = 2;
/// How many segments of a size are merged into one: while following, and while building, where merging waits until the
/// index is in place, unless there are very many.
const FOLLOWING_MERGED: usize = 8;
const BUILDING_MERGED: usize = 32;
/// How much text waits for them, in kilobytes. tantivy's own queue is bounded by documents only: 10,000.
const WAITING_KB: usize = 8 * 1024;
/// How long one may have to wait for its place in that queue. Writing a segment takes a second.
const WAITING_MAX: Duration = Duration::from_secs(60);
/// A segment with at most this fraction of all releases is a small one.
const SMALL: u32 = 8;
/// Connections of its own: readers, however many, do not keep a publication from being found.
const CONNECTIONS: usize = 2;
/// So often in a row it cannot be followed before it is given up and built anew.
const FAILURES_MAX: u32 = 4;
/// The share of deleted documents at which a segment is written anew without them.
const DELETED_MAX: f32 = 0.2;

/// Until `stop` says so.
pub(super) async fn keep(index: &Index, ctx: &Context, stop: Stop) {
    let ctx = match ctx.with_own_connections(CONNECTIONS) {
        Ok(ctx) => ctx,
        Err(error) => {
            tracing::error!(error = format!("{error:#}"), "the search index has no connections");
            return;
        }
    };
    let known = ctx.pages.known();
    let mut keeper = Keeper { index, ctx, stop, known, opened: None, hurry_until: None, failures: 0, doubts: 0 };
    let mut pause = EVERY;
    let mut failing_since: Option<Instant> = None;
    while !*keeper.stop.borrow() {
        match keeper.turn().await {
            Ok(()) => {
                pause = EVERY;
                keeper.failures = 0;
                if failing_since.take().is_some() {
                    tracing::info!("the search index is kept again");
                }
            }
            Err(error) => {
                keeper.failures += 1;
                // Whatever it was: what is on the disk is looked at again before it is gone on with.
                if let Some(opened) = &mut keeper.opened {
                    opened.is_checked = false;
                }
                let since = *failing_since.get_or_insert_with(|| {
                    tracing::warn!(error = format!("{error:#}"), "the search index is not kept; trying again");
                    Instant::now()
                });
                if since.elapsed() > Duration::from_secs(60) {
                    tracing::error!(error = format!("{error:#}"), "the search index has not been kept for a minute");
                    failing_since = Some(Instant::now());
                }
                wait(pause, &mut keeper.stop).await;
                pause = (pause * 2).min(PAUSE_MAX);
            }
        }
    }
}

struct Keeper<'a> {
    index: &'a Index,
    ctx: Context,
    stop: Stop,
    /// The last sequence that this process heard of.
    known: watch::Receiver<i64>,
    opened: Option<Opened>,
    /// A commit of the writer is expected.
    hurry_until: Option<Instant>,
    /// How often in a row it could not be kept.
    failures: u32,
    /// How often somebody met what cannot be, since it was built.
    doubts: u32,
}

/// What became of the log that the index follows.
#[derive(PartialEq, Eq)]
enum Followed {
    /// The index is at its end.
    ToItsEnd,
    /// It is another one.
    Another,
}

impl Keeper<'_> {
    /// Writes for as long as the lock is ours; or looks once what another wrote.
    async fn turn(&mut self) -> anyhow::Result<()> {
        let folder = self.index.0.folder.clone();
        match blocking(move || folder.lock()).await?? {
            Some(lock) => self.write(&lock).await,
            None => {
                self.read_along().await?;
                self.pause().await;
                Ok(())
            }
        }
    }

    async fn write(&mut self, lock: &Lock) -> anyhow::Result<()> {
        let mut writer = None;
        while !*self.stop.borrow() {
            self.known.mark_unchanged();
            if !self.index.0.folder.is_held(lock) {
                // Removed under our hands: begun anew, with a lock that others can see.
                self.opened = None;
                return Ok(());
            }
            if self.index.0.doubted.swap(false, Ordering::Relaxed)
                && let Some(opened) = &mut self.opened
            {
                opened.is_checked = false;
                self.doubts += 1;
            }
            // Doubted again after a look that found nothing, or not to be kept though the database answers: what no
            // checksum covers may be wrong, too.
            if self.doubts > 1 || self.failures >= FAILURES_MAX && self.ctx.conn().await.is_ok() {
                tracing::warn!("the search index cannot be trusted; it is built anew");
                (self.doubts, self.failures) = (0, 0);
                self.forget(lock)?;
            }
            if !self.is_usable(lock).await? {
                drop(writer.take());
                if !self.build(lock).await? {
                    return Ok(());
                }
                writer = self.tidy().await?;
            }
            if self.catch_up(&mut writer).await? == Followed::Another {
                tracing::warn!("the database is not the one that the search index was made of; it is built anew");
                self.forget(lock)?;
                writer = None;
                continue;
            }
            self.show().await?;
            self.pause().await;
        }
        Ok(())
    }

    /// Until something is heard, or a while.
    async fn pause(&mut self) {
        let hurrying = self.hurry_until.is_some_and(|until| Instant::now() < until);
        let period = if hurrying { HURRY } else { EVERY };
        tokio::select! {
            _ = self.stop.wait_for(|stop| *stop) => {}
            Ok(()) = self.known.changed() => self.hurry_until = Some(Instant::now() + HURRY_FOR),
            () = tokio::time::sleep(period) => {}
        }
    }

    /// Whether what is on the disk is whole and ours; if not, it is forgotten.
    async fn is_usable(&mut self, lock: &Lock) -> anyhow::Result<bool> {
        let Some(path) = self.index.0.folder.current()? else {
            self.opened = None;
            self.index.hide();
            return Ok(false);
        };
        if self.opened.as_ref().is_some_and(|opened| opened.is_checked && opened.following.folder() == path) {
            return Ok(path.exists());
        }
        let outcome = self.open(path, true).await?;
        match outcome {
            Ok((opened, view)) => {
                // Also what another database was indexed from is whole.
                if self.is_of_our_log(&opened.mark).await? {
                    self.index.show(view);
                    self.opened = Some(opened);
                    self.index.0.folder.remove_others(lock)?;
                    return Ok(true);
                }
                tracing::warn!("the search index is not of this database; it is built anew");
            }
            Err(error) => {
                // tantivy quotes the file that it cannot read.
                let error: String = format!("{error:#}").chars().take(300).collect();
                tracing::warn!(error, "the search index is damaged; it is built anew");
            }
        }
        self.forget(lock)?;
        Ok(false)
    }

    /// Opens the index in that folder, after a look at the checksum of each of its files if so asked.
    async fn open(&self, path: PathBuf, is_checked: bool) -> anyhow::Result<anyhow::Result<(Opened, View)>> {
        let fields = Arc::clone(&self.index.0.fields);
        blocking(move || {
            if is_checked {
                let damaged = fields.open(&path)?.validate_checksum()?;
                anyhow::ensure!(damaged.is_empty(), "files are not as they were written: {damaged:?}");
            }
            let mut following = Following::open(&fields, &path)?;
            let (view, mark) = following.next()?.context("no commit in it")?;
            Ok((Opened { following, mark, is_checked }, view))
        })
        .await
    }

    async fn is_of_our_log(&self, mark: &Mark) -> anyhow::Result<bool> {
        if mark.zone != self.ctx.settings.zone.name() {
            return Ok(false);
        }
        let mut conn = self.ctx.conn().await?;
        Ok(change::query::mark(&mut conn, mark.sequence).await?.as_ref() == Some(&mark.entry))
    }

    fn forget(&mut self, lock: &Lock) -> anyhow::Result<()> {
        self.opened = None;
        self.index.hide();
        self.index.0.folder.forget(lock)?;
        Ok(())
    }

    /// Shows the last commit, if it is another than the one that is shown.
    async fn show(&mut self) -> anyhow::Result<()> {
        let Some(mut opened) = self.opened.take() else { return Ok(()) };
        let (opened, next) = blocking(move || {
            let next = opened.following.next();
            (opened, next)
        })
        .await?;
        // If it fails it is opened anew, with a look at its checksums.
        if let Some((view, mark)) = next? {
            self.index.show(view);
            self.opened = Some(Opened { mark, ..opened });
            self.hurry_until = None;
        } else {
            self.opened = Some(opened);
        }
        Ok(())
    }

    /// Shows what another process wrote.
    async fn read_along(&mut self) -> anyhow::Result<()> {
        if self.index.0.doubted.swap(false, Ordering::Relaxed) {
            self.opened = None;
        }
        let Some(path) = self.index.0.folder.current()? else {
            self.opened = None;
            self.index.hide();
            return Ok(());
        };
        if self.opened.as_ref().is_some_and(|opened| opened.following.folder() == path) {
            return self.show().await;
        }
        let (opened, view) = self.open(path, false).await??;
        if self.is_of_our_log(&opened.mark).await? {
            self.index.show(view);
            self.opened = Some(opened);
        } else {
            // Whoever writes it sees that too.
            self.opened = None;
            self.index.hide();
        }
        Ok(())
    }

    /// Takes in what the log says since the last commit: all of it, in one snapshot, as one commit.
    async fn catch_up(&mut self, writer: &mut Option<IndexWriter<Document>>) -> anyhow::Result<Followed> {
        let Some(opened) = &mut self.opened else { return Ok(Followed::ToItsEnd) };
        let mut conn = self.ctx.conn().await?;
        let conn = &mut *conn;
        Manager::begin_transaction_sql(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?;
        let its = Work { index: self.index, ctx: &self.ctx, stop: &self.stop };
        // Taken: what fails leaves no writer, and the next begins with the last commit.
        let outcome = its.follow(conn, &opened.mark, opened.following.folder(), writer.take()).await;
        Manager::rollback_transaction(conn).await?;
        match outcome? {
            Step::Another => Ok(Followed::Another),
            Step::Nothing(unused) => {
                *writer = unused;
                Ok(Followed::ToItsEnd)
            }
            Step::Took(used, mark) => {
                *writer = Some(used);
                opened.mark = mark;
                Ok(Followed::ToItsEnd)
            }
        }
    }

    /// Builds an index anew and puts it in place; whether it came to its end.
    async fn build(&mut self, lock: &Lock) -> anyhow::Result<bool> {
        let begun = Instant::now();
        let path = self.index.0.folder.fresh(lock)?;
        let its = Work { index: self.index, ctx: &self.ctx, stop: &self.stop };
        let Some(mark) = its.fill(&path).await? else { return Ok(false) };
        let (opened, _) = self.open(path.clone(), false).await??;
        // It was just written, and nobody else could.
        self.opened = Some(Opened { mark, is_checked: true, ..opened });
        if self.catch_up(&mut None).await? == Followed::Another {
            anyhow::bail!("the database was exchanged while it was read");
        }
        self.index.0.folder.put_in_place(lock, &path)?;
        self.index.0.folder.remove_others(lock)?;
        // What was caught up may have been nothing: shown all the same.
        let (opened, view) = self.open(path, false).await??;
        tracing::info!(
            sequence = view.sequence.0,
            releases = view.searcher.num_docs(),
            ms = begun.elapsed().as_millis(),
            "the search index is built"
        );
        self.index.show(view);
        self.opened = Some(Opened { is_checked: true, ..opened });
        Ok(true)
    }

    /// Has the many small segments of a building merged into one, behind the backs of who searches: a word is looked up in
    /// each segment. Gives the writer that does it, which goes on following meanwhile.
    async fn tidy(&self) -> anyhow::Result<Option<IndexWriter<Document>>> {
        let Some(opened) = &self.opened else { return Ok(None) };
        let (fields, path) = (Arc::clone(&self.index.0.fields), opened.following.folder().to_owned());
        let writer = blocking(move || {
            let index = fields.open(&path)?;
            let segments = index.searchable_segment_metas()?;
            let all: u32 = segments.iter().map(|segment| segment.max_doc()).sum();
            let small = segments.iter().filter(|segment| segment.max_doc() <= all / SMALL);
            let small: Vec<_> = small.map(|segment| segment.id()).collect();
            let mut writer = open_writer(&index, 1, FOLLOWING_BYTES, FOLLOWING_MERGED)?;
            if small.len() > 1 {
                // Nobody waits for it, and the index is whole without it.
                drop(writer.merge(&small));
            }
            anyhow::Ok(writer)
        });
        Ok(Some(writer.await??))
    }
}

/// An index that is followed.
struct Opened {
    following: Following,
    /// Of the last commit.
    mark: Mark,
    /// Whether its checksums were found right, or it was made by this process.
    is_checked: bool,
}

/// What a writer is handed.
struct Work<'a> {
    index: &'a Index,
    ctx: &'a Context,
    stop: &'a Stop,
}

enum Step {
    Another,
    Nothing(Option<IndexWriter<Document>>),
    Took(IndexWriter<Document>, Mark),
}

impl Work<'_> {
    /// In a snapshot: what happened since that mark.
    async fn follow(
        &self,
        conn: &mut AsyncPgConnection,
        seen: &Mark,
        path: &Path,
        writer: Option<IndexWriter<Document>>,
    ) -> anyhow::Result<Step> {
        if change::query::mark(conn, seen.sequence).await?.as_ref() != Some(&seen.entry) {
            return Ok(Step::Another);
        }
        let mark = self.mark(conn).await?;
        if mark.sequence == seen.sequence {
            return Ok(Step::Nothing(writer));
        }
        let mut writer = match writer {
            Some(writer) => writer,
            None => {
                let (fields, path) = (Arc::clone(&self.index.0.fields), path.to_owned());
                blocking(move || open_writer(&fields.open(&path)?, 1, FOLLOWING_BYTES, FOLLOWING_MERGED)).await??
            }
        };
        let changed = query::changed(conn, Span { after: seen.sequence, up_to: mark.sequence }).await?;
        for ids in changed.chunks(usize::try_from(BATCH).unwrap_or(1)) {
            if *self.stop.borrow() {
                return Ok(Step::Nothing(None));
            }
            let entries = query::entries(conn, ids).await?;
            let (fields, zone, ids) = (Arc::clone(&self.index.0.fields), self.ctx.settings.zone, ids.to_vec());
            writer = blocking(move || {
                for id in ids {
                    writer.delete_term(fields.of_release(id));
                }
                for entry in &entries {
                    writer.add_document(fields.document(entry, zone))?;
                }
                anyhow::Ok(writer)
            })
            .await??;
        }
        let committed = mark.clone();
        let writer = blocking(move || commit(writer, &committed)).await??;
        Ok(Step::Took(writer, mark))
    }

    /// Where the log ends.
    async fn mark(&self, conn: &mut AsyncPgConnection) -> anyhow::Result<Mark> {
        let sequence = change::last(conn).await?;
        let entry = change::query::mark(conn, sequence).await?.context("the log has a gap")?;
        Ok(Mark { sequence, entry, zone: self.ctx.settings.zone.name().to_owned() })
    }

    /// Fills a fresh folder with all that is public; gives the log's end before that, or nothing if it is to stop.
    async fn fill(&self, path: &Path) -> anyhow::Result<Option<Mark>> {
        let mut conn = self.ctx.conn().await?;
        let conn = &mut *conn;
        let mark = self.mark(conn).await?;
        let about = query::about_how_many(conn).await?;
        self.index.0.done.store(0, Ordering::Relaxed);
        self.index.0.of.store(u64::try_from(about).unwrap_or_default(), Ordering::Relaxed);
        // Read, drawn as text and indexed at once: by Postgres, a thread of ours and those of tantivy.
        let (batches, mut to_index) = mpsc::channel::<Option<Vec<Entry>>>(2);
        let (index, path, zone) = (self.index.clone(), path.to_owned(), self.ctx.settings.zone);
        let committed = mark.clone();
        let runtime = tokio::runtime::Handle::current();
        let indexing = tokio::task::spawn_blocking(move || {
            let fields = &index.0.fields;
            let builders = std::thread::available_parallelism().map_or(1, usize::from).min(BUILDERS_MAX);
            let own = BUILDING_BYTES / builders;
            let writer = open_writer(&fields.create(&path)?, builders, own, BUILDING_MERGED)?;
            let waiting = Arc::new(Semaphore::new(WAITING_KB));
            while let Some(batch) = to_index.blocking_recv() {
                let Some(entries) = batch else {
                    commit(writer, &committed)?;
                    return anyhow::Ok(());
                };
                for entry in &entries {
                    let document = fields.document(entry, zone);
                    let kb = u32::try_from((document.text_bytes() / 1024).clamp(1, WAITING_KB))?;
                    let room = tokio::time::timeout(WAITING_MAX, Arc::clone(&waiting).acquire_many_owned(kb));
                    let room = runtime.block_on(room).context("indexing stands still")??;
                    writer.add_document(document.within(room))?;
                }
                index.0.done.fetch_add(entries.len() as u64, Ordering::Relaxed);
            }
            // Given up: nothing is committed.
            Ok(())
        });
        let read = async {
            let mut key = None;
            loop {
                if *self.stop.borrow() {
                    return anyhow::Ok(false);
                }
                let (ids, last) = query::after(conn, key, BATCH).await?;
                if last.is_none() {
                    return Ok(batches.send(None).await.is_ok());
                }
                key = last;
                if batches.send(Some(query::entries(conn, &ids).await?)).await.is_err() {
                    // It has failed, and says why.
                    return Ok(false);
                }
            }
        }
        .await;
        drop(batches);
        indexing.await.context("indexing panicked")??;
        Ok(read?.then_some(mark))
    }
}

/// A writer with so many threads, which gather so many bytes each, and merge so many segments of a size into one.
fn open_writer(
    index: &tantivy::Index,
    threads: usize,
    bytes: usize,
    merged: usize,
) -> anyhow::Result<IndexWriter<Document>> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(threads)
        .memory_budget_per_thread(bytes)
        .num_merge_threads(1)
        .build();
    let writer: IndexWriter<Document> = index.writer_with_options(options)?;
    let mut merging = LogMergePolicy::default();
    merging.set_min_layer_size(1_000);
    merging.set_min_num_segments(merged);
    merging.set_del_docs_ratio_before_merge(DELETED_MAX);
    writer.set_merge_policy(Box::new(merging));
    Ok(writer)
}

fn commit(mut writer: IndexWriter<Document>, mark: &Mark) -> anyhow::Result<IndexWriter<Document>> {
    let mut commit = writer.prepare_commit()?;
    commit.set_payload(&mark.payload());
    commit.commit()?;
    Ok(writer)
}

/// Runs what touches the disk or takes long away from the runtime's threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(work).await.context("keeping the search index panicked")
}
