//! An import as a whole: what somebody wants of it next, and who fulfils that.
//!
//! A wish is a row. Whoever works takes the oldest under an advisory lock of its connection, so that a process which is
//! killed leaves it to the next, and two never work on one; the importer goes on from what is committed. Nothing of it is
//! held in memory between wishes.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::import::{self, Options};
use super::mapping::Mapping;
use super::progress::Progress;
use super::reader::{Format, Opened, source_of};
use super::report::{AddressFate, Fate, FileFate, LinkFate, Report};
use super::undoing;
use crate::account::Person;
use crate::ids::{AccountId, ImportId, ReleaseId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::db;
use crate::kit::storage::Key;
use crate::text_enum;

text_enum! {
    /// Where an import stands.
    pub enum State {
        /// Nothing was looked at yet.
        New = "new",
        /// What its file holds is known.
        Inspected = "inspected",
        /// A dry run said what would become of everything.
        Foreseen = "foreseen",
        /// It came in, in part or whole, and goes on.
        Running = "running",
        /// It came in.
        Done = "done",
        /// Somebody said that it is right.
        Accepted = "accepted",
        /// It was taken back.
        Undone = "undone",
    }
}

text_enum! {
    /// What somebody wants of it next.
    pub enum Wish {
        /// Say what the file holds.
        Inspect = "inspect",
        /// Say what would become of everything.
        Foresee = "foresee",
        /// Bring it in.
        Import = "import",
        /// Take it back.
        Undo = "undo",
    }
}

impl State {
    /// Whether that may be wished for of an import that stands there. While a wish waits, nothing may.
    pub fn allows(self, wish: Wish) -> bool {
        match wish {
            Wish::Inspect => matches!(self, State::New | State::Inspected | State::Foreseen),
            Wish::Foresee => matches!(self, State::Inspected | State::Foreseen | State::Running | State::Done),
            Wish::Import => matches!(self, State::Foreseen | State::Running | State::Done),
            // Again, for releases that were kept and are chosen now.
            Wish::Undo => matches!(self, State::Running | State::Done | State::Undone),
        }
    }
}

/// An import.
#[derive(Debug, Clone, QueryableByName)]
pub struct Import {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: ImportId,
    /// What its file is.
    #[diesel(sql_type = Text)]
    pub format: Format,
    /// What its file is called.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The name of the source.
    #[diesel(sql_type = Text)]
    pub source: String,
    /// Where the file is.
    #[diesel(sql_type = Text)]
    pub path: String,
    /// Whether it came by the desk.
    #[diesel(sql_type = Bool)]
    pub uploaded: bool,
    /// The folder of the former site's files.
    #[diesel(sql_type = Nullable<Text>)]
    pub files_folder: Option<String>,
    /// TOML.
    #[diesel(sql_type = Text)]
    pub mapping: String,
    /// What is wanted next.
    #[diesel(sql_type = Nullable<Text>)]
    pub wish: Option<Wish>,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// What its file holds.
    #[diesel(sql_type = Text)]
    pub inspection: String,
    /// Of the last run or dry run.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub report: Option<serde_json::Value>,
    /// The same as files.
    #[diesel(sql_type = Nullable<Text>)]
    pub report_csv_key: Option<String>,
    /// The same as files.
    #[diesel(sql_type = Nullable<Text>)]
    pub report_json_key: Option<String>,
    /// Why the last wish was not fulfilled.
    #[diesel(sql_type = Nullable<Text>)]
    pub problem: Option<String>,
    /// How far it has come.
    #[diesel(sql_type = BigInt)]
    pub settled_items: i64,
    /// Of how many.
    #[diesel(sql_type = BigInt)]
    pub all_items: i64,
    /// Who began it; nobody if a command did.
    #[diesel(sql_type = Nullable<Text>)]
    pub by: Option<String>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// When its last step began.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub begun_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ended_at: Option<DateTime<Utc>>,
    /// Releases that an undoing takes although somebody worked on them.
    #[diesel(sql_type = Array<BigInt>)]
    pub also_undo: Vec<ReleaseId>,
}

impl Import {
    /// Of the last run or dry run.
    pub fn summary(&self) -> Option<Summary> {
        serde_json::from_value(self.report.clone()?).ok()
    }
}

const IMPORT: &str = "i.id, i.format, i.name, i.source, i.path, i.uploaded, i.files_folder, i.mapping, i.wish, i.state,
    i.inspection, i.report, i.report_csv_key, i.report_json_key, i.problem, i.settled_items, i.all_items, a.name AS by,
    i.created_at, i.begun_at, i.ended_at, i.also_undo";

/// The newest first, at most a hundred.
pub async fn list(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Import>> {
    diesel::sql_query(format!(
        "SELECT {IMPORT} FROM imports i LEFT JOIN accounts a ON a.id = i.account_id ORDER BY i.id DESC LIMIT 100"
    ))
    .get_results(conn)
    .await
}

/// One of them.
pub async fn get(conn: &mut AsyncPgConnection, id: ImportId) -> QueryResult<Option<Import>> {
    diesel::sql_query(format!(
        "SELECT {IMPORT} FROM imports i LEFT JOIN accounts a ON a.id = i.account_id WHERE i.id = $1"
    ))
    .bind::<BigInt, _>(id)
    .get_result(conn)
    .await
    .optional()
}

/// An import to begin.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// What its file is.
    pub format: Format,
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Whether it came by the desk.
    pub uploaded: bool,
    /// The folder of the former site's files.
    pub files_folder: Option<PathBuf>,
}

/// Why something is not done with an import.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No such import.
    #[error("no such import")]
    NotFound,
    /// Not now: something is under way, or it stands elsewhere.
    #[error("not in this state")]
    NotNow,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: ImportId,
}

async fn insert(
    conn: &mut AsyncPgConnection,
    new: &NewImport,
    by: Option<AccountId>,
    wish: Option<Wish>,
    state: State,
) -> QueryResult<ImportId> {
    let row: Id = diesel::sql_query(
        "INSERT INTO imports (format, name, path, uploaded, files_folder, account_id, wish, state, wished_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $7 IS NOT NULL THEN now() END) RETURNING id",
    )
    .bind::<Text, _>(new.format)
    .bind::<Text, _>(&new.name)
    .bind::<Text, _>(new.path.display().to_string())
    .bind::<Bool, _>(new.uploaded)
    .bind::<Nullable<Text>, _>(new.files_folder.as_ref().map(|path| path.display().to_string()))
    .bind::<Nullable<BigInt>, _>(by)
    .bind::<Nullable<Text>, _>(wish)
    .bind::<Text, _>(state)
    .get_result(conn)
    .await?;
    Ok(row.id)
}

/// Begins one at the desk: its file is looked into first.
///
/// # Errors
/// The database is away.
pub async fn begin(conn: &mut AsyncPgConnection, by: &Person, new: &NewImport) -> QueryResult<ImportId> {
    conn.transaction(async |conn| {
        let id = insert(conn, new, Some(by.id()), Some(Wish::Inspect), State::New).await?;
        let detail = json!({ "format": new.format.as_str(), "uploaded": new.uploaded });
        journal::record(conn, by.actor(), [Entry::new("import.begun", "import", id.0).with(detail)]).await?;
        Ok(id)
    })
    .await
}

/// Begins one by the command, which fulfils it itself.
///
/// # Errors
/// The database is away.
pub async fn begin_by_command(conn: &mut AsyncPgConnection, new: &NewImport) -> QueryResult<ImportId> {
    conn.transaction(async |conn| {
        let id = insert(conn, new, None, None, State::Running).await?;
        let detail = json!({ "format": new.format.as_str(), "uploaded": false });
        journal::record(conn, import::BY, [Entry::new("import.begun", "import", id.0).with(detail)]).await?;
        Ok(id)
    })
    .await
}

/// What a person may change before it is run.
#[derive(Debug, Clone)]
pub struct Change<'a> {
    /// TOML.
    pub mapping: &'a str,
    /// The folder of the former site's files.
    pub files_folder: Option<&'a Path>,
}

/// Somebody wishes something of an import, perhaps with another mapping.
///
/// # Errors
/// It is not there, or it is not the time for that.
pub async fn wish(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: ImportId,
    wish: Wish,
    change: Option<Change<'_>>,
    also_undo: &[ReleaseId],
) -> Result<(), ImportError> {
    conn.transaction(async |conn| {
        let import = lock(conn, id).await?.ok_or(ImportError::NotFound)?;
        if import.wish.is_some() || !import.state.allows(wish) {
            return Err(ImportError::NotNow);
        }
        if let Some(change) = change {
            diesel::sql_query("UPDATE imports SET mapping = $2, files_folder = $3 WHERE id = $1")
                .bind::<BigInt, _>(id)
                .bind::<Text, _>(change.mapping)
                .bind::<Nullable<Text>, _>(change.files_folder.map(|path| path.display().to_string()))
                .execute(conn)
                .await?;
        }
        diesel::sql_query(
            "UPDATE imports SET wish = $2, wished_at = now(), problem = NULL, also_undo = $3, settled_items = 0, all_items = 0
             WHERE id = $1",
        )
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(wish)
        .bind::<Array<BigInt>, _>(also_undo)
        .execute(conn)
        .await?;
        let detail = json!({ "wish": wish.as_str(), "also": also_undo });
        journal::record(conn, by.actor(), [Entry::new("import.wished", "import", id.0).with(detail)]).await?;
        Ok(())
    })
    .await
}

/// Somebody says that it is right.
///
/// # Errors
/// It is not there, or it did not come in.
pub async fn accept(conn: &mut AsyncPgConnection, by: &Person, id: ImportId) -> Result<(), ImportError> {
    conn.transaction(async |conn| {
        let import = lock(conn, id).await?.ok_or(ImportError::NotFound)?;
        if import.wish.is_some() || import.state != State::Done {
            return Err(ImportError::NotNow);
        }
        set_state(conn, id, State::Accepted).await?;
        journal::record(conn, by.actor(), [Entry::new("import.accepted", "import", id.0)]).await?;
        Ok(())
    })
    .await
}

async fn lock(conn: &mut AsyncPgConnection, id: ImportId) -> QueryResult<Option<Import>> {
    diesel::sql_query("SELECT FROM imports WHERE id = $1 FOR UPDATE").bind::<BigInt, _>(id).execute(conn).await?;
    get(conn, id).await
}

async fn set_state(conn: &mut AsyncPgConnection, id: ImportId, state: State) -> QueryResult<()> {
    diesel::sql_query("UPDATE imports SET state = $2 WHERE id = $1")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(state)
        .execute(conn)
        .await
        .map(drop)
}

// --- the work

/// Fulfils the oldest wish, if there is one that nobody is at. Gives whether there was.
///
/// # Errors
/// The database is away. What goes wrong with the import itself is written beside it.
pub async fn fulfil_next(ctx: &Context) -> anyhow::Result<bool> {
    let waiting: Vec<Id> = diesel::sql_query("SELECT id FROM imports WHERE wish IS NOT NULL ORDER BY wished_at, id")
        .get_results(&mut *ctx.conn().await?)
        .await?;
    if waiting.is_empty() {
        return Ok(false);
    }
    // A connection of its own: the lock is gone with it, whatever happens to us.
    let mut own = db::establish(ctx.direct_url()).await?;
    for Id { id } in waiting {
        #[derive(QueryableByName)]
        struct Taken {
            #[diesel(sql_type = Bool)]
            taken: bool,
        }
        let taken: Taken =
            diesel::sql_query("SELECT pg_try_advisory_lock(hashtext('communique import'), $1::int) AS taken")
                .bind::<BigInt, _>(id)
                .get_result(&mut own)
                .await?;
        if !taken.taken {
            continue;
        }
        // Read again under the lock: another may have fulfilled it meanwhile.
        if let Some(import) = get(&mut own, id).await?
            && let Some(wish) = import.wish
        {
            fulfil(ctx, &import, wish).await?;
            return Ok(true);
        }
    }
    Ok(false)
}

async fn fulfil(ctx: &Context, import: &Import, wish: Wish) -> anyhow::Result<()> {
    let begun = "UPDATE imports SET begun_at = site_now(), ended_at = NULL WHERE id = $1";
    diesel::sql_query(begun).bind::<BigInt, _>(import.id).execute(&mut *ctx.conn().await?).await?;
    let outcome = match wish {
        Wish::Inspect => inspect(ctx, import).await,
        Wish::Foresee => run(ctx, import, true).await,
        Wish::Import => run(ctx, import, false).await,
        Wish::Undo => undo(ctx, import).await,
    };
    let mut conn = ctx.conn().await?;
    let problem = outcome.err().map(|error| format!("{error:#}"));
    if let Some(problem) = &problem {
        tracing::warn!(import = %import.id, wish = wish.as_str(), problem, "an import stopped");
    }
    diesel::sql_query("UPDATE imports SET wish = NULL, problem = $2, ended_at = site_now() WHERE id = $1")
        .bind::<BigInt, _>(import.id)
        .bind::<Nullable<Text>, _>(problem)
        .execute(&mut conn)
        .await?;
    Ok(())
}

async fn inspect(ctx: &Context, import: &Import) -> anyhow::Result<()> {
    let (path, format) = (PathBuf::from(&import.path), import.format);
    let source = source_of(Path::new(&import.name)).unwrap_or_else(|| "old-site".into());
    let scratch = ctx.settings.data_dir.join(import::SCRATCH);
    let folder = import.files_folder.clone();
    let found = tokio::task::spawn_blocking(move || {
        let found = Opened::open(&path, format, None, &scratch)?.inspect(&source)?;
        let mut text = found.text;
        if !found.files.is_empty() {
            text.push_str(&files_there(folder.as_deref().map(Path::new), &found.files, &found.files_folder)?);
        }
        anyhow::Ok((text, found.mapping.unwrap_or_default()))
    })
    .await??;
    diesel::sql_query(
        "UPDATE imports SET inspection = $2, mapping = CASE WHEN mapping = '' THEN $3 ELSE mapping END, state = 'inspected'
         WHERE id = $1",
    )
    .bind::<BigInt, _>(import.id)
    // Postgres holds no NUL; a dump may.
    .bind::<Text, _>(found.0.replace('\0', ""))
    .bind::<Text, _>(found.1.replace('\0', ""))
    .execute(&mut *ctx.conn().await?)
    .await?;
    Ok(())
}

/// How many of the files are in the folder, in words, with the first that are not.
///
/// # Errors
/// There is no such folder.
pub fn files_there(folder: Option<&Path>, files: &[String], stood: &str) -> anyhow::Result<String> {
    const LISTED: usize = 20;
    let Some(folder) = folder else {
        return Ok(format!("\nFiles: {} are named; name their folder to see which are there\n", files.len()));
    };
    let folder = super::files::Folder::open(folder, stood)?;
    let missing: Vec<&String> = files.iter().filter(|path| folder.find(path).is_none()).collect();
    let mut text = format!("\nFiles: {} are there, {} are missing\n", files.len() - missing.len(), missing.len());
    for path in missing.iter().take(LISTED) {
        text.push_str(&format!("  {path}\n"));
    }
    if missing.len() > LISTED {
        text.push_str(&format!("  … and {} more\n", missing.len() - LISTED));
    }
    Ok(text)
}

async fn run(ctx: &Context, import: &Import, dry_run: bool) -> anyhow::Result<()> {
    let mapping = match import.mapping.trim() {
        "" => None,
        text => Some(Mapping::parse(text)?),
    };
    let source = match &mapping {
        Some(Mapping { source: Some(source), .. }) => source.clone(),
        _ => source_of(Path::new(&import.name)).unwrap_or_else(|| "old-site".into()),
    };
    {
        let mut conn = ctx.conn().await?;
        diesel::sql_query(
            "UPDATE imports SET source = $2, state = CASE WHEN $3 THEN state ELSE 'running' END WHERE id = $1",
        )
        .bind::<BigInt, _>(import.id)
        .bind::<Text, _>(&source)
        .bind::<Bool, _>(dry_run)
        .execute(&mut conn)
        .await?;
    }
    let options = Options {
        source: Some(source),
        format: import.format,
        mapping,
        folder: import.files_folder.as_ref().map(PathBuf::from),
        import: Some(import.id),
        dry_run,
        report: None,
    };
    let progress = Arc::new(Counted::default());
    let told = tokio::spawn(tell(ctx.clone(), import.id, Arc::clone(&progress)));
    let outcome = import::run(ctx, &[PathBuf::from(&import.path)], &options, &*progress).await;
    told.abort();
    let report = outcome?;
    let state = match (dry_run, import.state) {
        (true, State::Inspected | State::Foreseen | State::New) => State::Foreseen,
        (true, other) => other,
        (false, _) => State::Done,
    };
    end(ctx, import, &report, state).await
}

/// Writes down what became of everything.
///
/// # Errors
/// The database or the storage is away.
pub async fn end(ctx: &Context, import: &Import, report: &Report, state: State) -> anyhow::Result<()> {
    let csv = stored(ctx, report.csv().into_bytes()).await?;
    let json = stored(ctx, serde_json::to_vec(report)?).await?;
    let summary = serde_json::to_value(Summary::of(report))?;
    let count = i64::try_from(report.items.len()).unwrap_or(i64::MAX);
    let mut conn = ctx.conn().await?;
    diesel::sql_query(
        "UPDATE imports SET report = $2, report_csv_key = $3, report_json_key = $4, state = $5, settled_items = $6,
                            all_items = $6 WHERE id = $1",
    )
    .bind::<BigInt, _>(import.id)
    .bind::<Jsonb, _>(summary)
    .bind::<Text, _>(csv.as_str())
    .bind::<Text, _>(json.as_str())
    .bind::<Text, _>(state)
    .bind::<BigInt, _>(count)
    .execute(&mut conn)
    .await?;
    Ok(())
}

async fn stored(ctx: &Context, bytes: Vec<u8>) -> anyhow::Result<Key> {
    let key = Key::random();
    let path = ctx.storage.under_way().await?.join(key.as_str().replace('/', "-"));
    tokio::fs::write(&path, bytes).await.context("writing a report")?;
    ctx.storage.take(&path, &key).await.context("storing a report")?;
    Ok(key)
}

async fn undo(ctx: &Context, import: &Import) -> anyhow::Result<()> {
    let kept = undoing::undo(ctx, import.id, &import.also_undo).await?;
    let mut summary = import.summary().unwrap_or_default();
    summary.kept = kept;
    let mut conn = ctx.conn().await?;
    diesel::sql_query("UPDATE imports SET state = 'undone', report = $2, also_undo = '{}' WHERE id = $1")
        .bind::<BigInt, _>(import.id)
        .bind::<Jsonb, _>(serde_json::to_value(summary)?)
        .execute(&mut conn)
        .await?;
    Ok(())
}

/// Counts what is settled.
#[derive(Debug, Default)]
struct Counted {
    settled: AtomicU64,
    all: AtomicU64,
}

impl Progress for Counted {
    fn begin(&self, items: u64) {
        self.all.store(items, Ordering::Relaxed);
    }

    fn settled(&self, items: u64) {
        self.settled.fetch_add(items, Ordering::Relaxed);
    }
}

/// Writes down each second how far it has come, for the page that is looked at.
async fn tell(ctx: Context, id: ImportId, progress: Arc<Counted>) {
    let mut each_second = tokio::time::interval(Duration::from_secs(1));
    loop {
        each_second.tick().await;
        let Ok(mut conn) = ctx.conn().await else { continue };
        let count = |number: &AtomicU64| i64::try_from(number.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
        let written = diesel::sql_query("UPDATE imports SET settled_items = $2, all_items = $3 WHERE id = $1")
            .bind::<BigInt, _>(id)
            .bind::<BigInt, _>(count(&progress.settled))
            .bind::<BigInt, _>(count(&progress.all))
            .execute(&mut conn)
            .await;
        if let Err(error) = written {
            tracing::debug!(%error, "the progress of an import was not written down");
        }
    }
}

// --- what became of it

/// The most of each kind that the page lists; the files hold all.
const LISTED: usize = 100;

/// The report, as much of it as a page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// How many items have each fate.
    pub items: Vec<(String, u64)>,
    /// How many of them are drafts.
    pub drafts: u64,
    /// How many addresses have each fate.
    pub addresses: Vec<(String, u64)>,
    /// How many files have each fate.
    pub files: Vec<(String, u64)>,
    /// How many links have each fate.
    pub links: Vec<(String, u64)>,
    /// Institutions that were added.
    pub institutions_added: Vec<String>,
    /// Topics that were added.
    pub topics_added: Vec<String>,
    /// Types that are no releases.
    pub left_alone: Vec<(String, u64)>,
    /// Items that were refused or stand against the desk's text, with their line, id and reasons.
    pub listed: Vec<Listed>,
    /// Addresses that lead elsewhere or nowhere.
    pub address_list: Vec<(String, String)>,
    /// Files that are missing or not taken.
    pub file_list: Vec<(String, String)>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Releases that an undoing left, because somebody worked on them or cites them.
    pub kept: Vec<undoing::Kept>,
}

/// An item that a person should look at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Where it stands in the file.
    pub line: u64,
    /// Its id there.
    pub id: String,
    /// What became of it.
    pub fate: String,
    /// Why.
    pub notes: Vec<String>,
}

impl Summary {
    /// Of a report.
    pub fn of(report: &Report) -> Self {
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let of_files = report.items.iter().flat_map(|item| &item.files);
        let bad_addresses = [AddressFate::Conflict, AddressFate::Loop, AddressFate::Refused];
        let addresses = report.items.iter().flat_map(|item| {
            let first = item.old_address.iter().cloned().zip(item.address_fate);
            first.chain(item.more_addresses.iter().cloned())
        });
        // Refusals and conflicts first; then what is odd and came in all the same.
        let of_note = |item: &&super::report::Item| {
            !item.notes.is_empty() && !matches!(item.fate, Fate::Refused | Fate::Conflict)
        };
        let listed = report
            .items
            .iter()
            .filter(|item| matches!(item.fate, Fate::Refused | Fate::Conflict))
            .take(LISTED)
            .chain(report.items.iter().filter(of_note).take(LISTED))
            .map(|item| Listed {
                line: item.line,
                id: item.id.clone().unwrap_or_default(),
                fate: item.fate.to_string(),
                notes: item.notes.iter().take(5).cloned().collect(),
            })
            .collect();
        Self {
            dry_run: report.dry_run,
            items: Fate::ALL.iter().map(|fate| (fate.to_string(), count(report.count(*fate)))).collect(),
            drafts: count(report.items.iter().filter(|item| item.draft).count()),
            addresses: AddressFate::ALL
                .iter()
                .map(|fate| (fate.to_string(), count(report.count_addresses(*fate))))
                .collect(),
            files: FileFate::ALL.iter().map(|fate| (fate.to_string(), count(report.count_files(*fate)))).collect(),
            links: LinkFate::ALL.iter().map(|fate| (fate.to_string(), count(report.count_links(*fate)))).collect(),
            institutions_added: report.institutions_added.iter().take(LISTED).cloned().collect(),
            topics_added: report.topics_added.iter().take(LISTED).cloned().collect(),
            left_alone: report.left_alone.clone(),
            listed,
            address_list: addresses
                .filter(|(_, fate)| bad_addresses.contains(fate))
                .map(|(address, fate)| (address, fate.to_string()))
                .take(LISTED)
                .collect(),
            file_list: of_files
                .filter(|(_, fate, _)| matches!(fate, FileFate::Missing | FileFate::Refused))
                .map(|(path, fate, note)| (path.clone(), if note.is_empty() { fate.to_string() } else { note.clone() }))
                .take(LISTED)
                .collect(),
            took_ms: u64::try_from(report.took.as_millis()).unwrap_or(u64::MAX),
            kept: Vec::new(),
        }
    }
}

/// How the journal names who fulfils wishes.
pub const WORKER: Actor = import::BY;
