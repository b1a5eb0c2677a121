//! The corpus in a Postgres of its own, kept from run to run; each run works on a copy.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Context as _;
use communique::kit::cluster::{Cluster, Durability};
use communique::kit::migrations;
use include_dir::{Dir, include_dir};
use sha2::{Digest, Sha256};
use tokio_postgres::{Client, NoTls};

use super::corpus::Corpus;
use super::corpus::fill::{self, Triggers};
use super::process;

/// What the rows follow from: another text in one of these, and the corpus is made anew.
static MIGRATIONS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/migrations");
static GENERATOR: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/benches/site/corpus");

/// Where the corpus is.
const CORPUS: &str = "corpus";
/// The copy of this run.
const COPY: &str = "bench";

/// A running Postgres with a copy of the corpus.
pub struct Database {
    cluster: Cluster,
    folder: PathBuf,
    /// What the copy holds: readable language versions, releases.
    pub versions: i64,
    /// All releases.
    pub releases: i64,
}

/// Starts the Postgres of that size under `folder`, fills it if it is not the corpus of this program, and copies it.
pub async fn prepare(folder: &Path, corpus: &Arc<Corpus>, seed: u64, size: usize) -> anyhow::Result<Database> {
    let folder = folder.join(format!("pg-{size}"));
    let marker = folder.join("corpus.txt");
    let wanted = format!("size {size}\nseed {seed}\nsource {}\n", digest());
    if std::fs::read_to_string(&marker).ok().as_ref() != Some(&wanted) && folder.exists() {
        eprintln!("The corpus of {size} versions is of another generator or schema: made anew.");
        std::fs::remove_dir_all(&folder).context("removing the old corpus")?;
    }
    // Nothing of it is missed after a power cut. A fourth of the memory for its buffers, as its manual advises (§20.4).
    let buffers = format!("shared_buffers={}MB", process::memory_mb() / 4);
    let cluster = Cluster::start_with(&folder, Durability::Scratch, &[buffers])?;
    if !marker.exists() {
        let begun = Instant::now();
        eprintln!("Generating {size} language versions…");
        let admin = connect(&cluster.url("postgres")).await?;
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS {CORPUS}")).await?;
        admin.batch_execute(&format!("CREATE DATABASE {CORPUS}")).await?;
        let url = cluster.url(CORPUS);
        migrations::migrate(&url).await.context("migrating")?;
        let filled = fill::fill(&url, Arc::clone(corpus), size, Triggers::Off).await.context("filling")?;
        std::fs::write(&marker, wanted)?;
        eprintln!("{} releases in {:.0} s.", filled.releases, begun.elapsed().as_secs_f64());
    }
    let admin = connect(&cluster.url("postgres")).await?;
    admin.batch_execute(&format!("DROP DATABASE IF EXISTS {COPY}")).await?;
    admin
        .batch_execute(&format!("CREATE DATABASE {COPY} TEMPLATE {CORPUS} STRATEGY file_copy"))
        .await
        .context("copying the corpus")?;
    // What was copied is on its way to the disk before anything is measured.
    admin.batch_execute("CHECKPOINT").await?;
    let database = Database { cluster, folder, versions: 0, releases: 0 };
    let copy = database.connect().await?;
    let row = copy
        .query_one("SELECT (SELECT count(*) FROM public_versions), (SELECT count(*) FROM public_releases)", &[])
        .await?;
    Ok(Database { versions: row.get(0), releases: row.get(1), ..database })
}

impl Database {
    /// As `DATABASE_URL` has it.
    pub fn url(&self) -> String {
        self.cluster.url(COPY)
    }

    /// A connection to the copy.
    pub async fn connect(&self) -> anyhow::Result<Client> {
        connect(&self.url()).await
    }

    /// The first process of its Postgres.
    pub fn postmaster(&self) -> anyhow::Result<u32> {
        process::postmaster(&self.folder.join("data"))
    }
}

async fn connect(url: &str) -> anyhow::Result<Client> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.context("connecting to the database")?;
    tokio::spawn(connection);
    Ok(client)
}

fn digest() -> String {
    let mut hash = Sha256::new();
    for folder in [&MIGRATIONS, &GENERATOR] {
        add(&mut hash, folder);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

fn add(hash: &mut Sha256, folder: &Dir<'_>) {
    for file in folder.files() {
        hash.update(file.path().as_os_str().as_encoded_bytes());
        hash.update(file.contents());
    }
    folder.dirs().for_each(|dir| add(hash, dir));
}
