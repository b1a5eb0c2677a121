//! What must be fast, measured against its physical limit: the release build as real processes on a generated corpus,
//! beside a server that answers fixed bytes. `bin/bench --help` says how to run it.
//!
//! A figure of a machine means little on another, so that each stands beside one that the same machine gave in the same
//! minutes, or beside a target; nothing here passes or fails.
//!
//! - `corpus/` the invented archive; `database.rs` keeps it, `paths.rs` knows its addresses
//! - `process.rs` starts servers and counts what they cost; `fixed.rs` is the limit
//! - `wrk.rs`, `open_loop.rs` ask, `http.rs` reads answers; `rounds.rs` does it in turns, `statistics.rs` takes the middle
//! - `weight.rs` the first view of a page; `visibility.rs` from commit to every surface; `table.rs` the outcome

mod corpus;
mod database;
mod fixed;
mod http;
mod open_loop;
mod paths;
mod process;
mod rounds;
mod statistics;
mod table;
mod visibility;
mod weight;
mod wrk;

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use clap::Parser;

use self::corpus::Corpus;
use self::database::Database;
use self::paths::Paths;
use self::process::{Meter, Server};
use self::rounds::{Periods, RATE, ROUNDS, Scenario};
use self::statistics::median;
use self::table::{Row, figure, thousands};
use self::visibility::{SEQUENCE, Seen, Surfaces};

/// Measures the release build on a generated corpus, beside a server that answers fixed bytes, and prints one table,
/// which is kept in target/bench/last.md.
///
/// The corpus of a size is generated once, into a private Postgres under target/bench. Nothing else should run on the
/// machine meanwhile.
#[derive(Debug, Parser)]
#[command(name = "bin/bench")]
struct Options {
    /// Language versions in the corpus; 100,000 are about 45,000 releases
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(1_000..=10_000_000))]
    size: u32,
    /// Seconds instead of minutes: to see that it runs, not how fast
    #[arg(long)]
    quick: bool,
    /// Another corpus of the same kind
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only make the corpus
    #[arg(long)]
    only_corpus: bool,
    /// What cargo says to a benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        // What `communique serve` does, with its settings from the environment.
        Some("serve") => match process::end_with_parent() {
            Ok(()) => communique::cli::main(),
            Err(error) => failed(&error),
        },
        Some("fixed") => ended(fixed_bytes(arguments.next())),
        // `cargo test --benches` asks like this: there is nothing to test.
        None => {
            println!("Measuring takes minutes: bin/bench");
            ExitCode::SUCCESS
        }
        Some(_) => ended(measure(&Options::parse())),
    }
}

fn ended(outcome: anyhow::Result<()>) -> ExitCode {
    outcome.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("bench: {error:#}");
    ExitCode::FAILURE
}

fn fixed_bytes(file: Option<String>) -> anyhow::Result<()> {
    process::end_with_parent()?;
    let file = file.context("which bytes?")?;
    let listener = TcpListener::bind(std::env::var("COMMUNIQUE_LISTEN").context("COMMUNIQUE_LISTEN")?)?;
    actix_web::rt::System::new().block_on(fixed::serve(listener, Path::new(&file)))
}

fn measure(options: &Options) -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        // Whichever ends first, what was started is ended by being dropped.
        tokio::select! {
            outcome = run(options) => outcome,
            _ = tokio::signal::ctrl_c() => bail!("interrupted"),
            _ = terminate.recv() => bail!("terminated"),
        }
    })
}

/// `target/bench`, whatever the target is called.
fn folder() -> anyhow::Result<PathBuf> {
    let program = std::env::current_exe()?;
    // target/release/deps/site-…
    Ok(program.ancestors().nth(3).context("no target folder")?.join("bench"))
}

async fn run(options: &Options) -> anyhow::Result<()> {
    let folder = folder()?;
    std::fs::create_dir_all(&folder)?;
    let corpus = Arc::new(Corpus::new(options.seed));
    let database = database::prepare(&folder, &corpus, options.seed, options.size as usize).await?;
    if options.only_corpus {
        return Ok(());
    }
    let run_folder = folder.join("run");
    let _ = std::fs::remove_dir_all(&run_folder);
    std::fs::create_dir_all(&run_folder)?;
    let client = database.connect().await?;
    let paths = paths::read(&client, &corpus, options.seed).await?;
    let bench = Bench {
        periods: if options.quick {
            Periods { closed: Duration::from_secs(1), open_s: 1 }
        } else {
            Periods { closed: Duration::from_secs(4), open_s: 5 }
        },
        folder: run_folder,
        database: &database,
        corpus: &corpus,
        paths: &paths,
    };
    let rows = bench.run().await?;
    let postgres: String = client.query_one("SHOW server_version", &[]).await?.get(0);
    let caption = format!(
        "{} language versions of {} releases, {}{}: {}, Postgres {}.",
        thousands(database.versions),
        thousands(database.releases),
        chrono::Utc::now().format("%Y-%m-%d"),
        if options.quick { ", a quick run whose figures mean little" } else { "" },
        machine(),
        postgres.split(' ').next().unwrap_or_default(),
    );
    let table = table::markdown(&caption, &rows);
    std::fs::write(folder.join("last.md"), &table)?;
    println!("{table}");
    Ok(())
}

/// Cores, processor, memory.
fn machine() -> String {
    let read = |file: &str| std::fs::read_to_string(file).unwrap_or_default();
    let (cpu, memory) = (read("/proc/cpuinfo"), read("/proc/meminfo"));
    let of = |text: &str, name: &str| {
        text.lines()
            .find_map(|line| line.strip_prefix(name).map(|rest| rest.trim_start_matches([' ', '\t', ':']).to_owned()))
            .unwrap_or_default()
    };
    let kib: f64 = of(&memory, "MemTotal").split(' ').next().and_then(|kib| kib.parse().ok()).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {}, {:.0} GB", of(&cpu, "model name"), kib * 1024.0 / 1e9)
}

/// One run.
struct Bench<'a> {
    periods: Periods,
    folder: PathBuf,
    database: &'a Database,
    corpus: &'a Corpus,
    paths: &'a Paths,
}

/// Pages that only warm a new process up: connections, plans, allocations.
const WARM_UP: usize = 400;
/// Publications that are watched.
const PUBLICATIONS: u64 = 5;
/// How long an index may take to be built.
const INDEX_PATIENCE: Duration = Duration::from_secs(900);

impl Bench<'_> {
    async fn run(&self) -> anyhow::Result<Vec<Row>> {
        let (mut site, first) = self.start().await?;
        let surfaces = Surfaces {
            feeds: self.is_there(&site, &self.paths.feed).await?,
            search: self.is_there(&site, &self.paths.a_search).await?,
        };
        if surfaces.search {
            self.index_is_whole(site.address).await?;
        }
        let fixed = self.start_fixed(site.address).await?;
        let mut starts = vec![first];
        let mut scenarios = self.scenarios(surfaces);
        let mut limit = Scenario::new("fixed bytes", vec![self.paths.usual_release.clone()]);
        let postmaster = Some(self.database.postmaster()?);
        for round in 1..=ROUNDS {
            // The cache of a page lives in the process: a new one has none.
            drop(site);
            let (again, start) = self.start().await?;
            site = again;
            starts.push(start);
            if surfaces.search {
                self.index_is_whole(site.address).await?;
            }
            self.warm_up(site.address).await?;
            let meter = Meter { servers: vec![site.pid()], postmaster };
            for scenario in &mut scenarios {
                eprintln!("round {round} of {ROUNDS}: {}", scenario.what);
                scenario.round(&self.folder, site.address, &meter, self.periods).await?;
            }
            eprintln!("round {round} of {ROUNDS}: {}", limit.what);
            let meter = Meter { servers: vec![fixed.pid()], postmaster: None };
            limit.round(&self.folder, fixed.address, &meter, self.periods).await?;
        }
        let memory = process::memory_bytes(site.pid())?;
        drop(fixed);
        let mut rows = Vec::new();
        for scenario in &scenarios {
            rows.extend(rows_of(scenario, &limit));
        }
        for (there, what) in [(surfaces.feeds, "feed"), (surfaces.search, "search")] {
            if !there {
                rows.push(Row::not_there(what));
            }
        }
        rows.push(Row::of("memory of `serve` after all of it", memory as f64 / 1e6, 150.0, "MB", ""));
        rows.push(self.start_up(&starts));
        rows.extend(self.weigh(site.address).await?);
        rows.extend(self.watch(&site, surfaces).await?);
        drop(site);
        rows.push(match surfaces.search {
            true => self.index_anew().await?,
            false => Row::not_there("index built anew"),
        });
        Ok(rows)
    }

    fn scenarios(&self, surfaces: Surfaces) -> Vec<Scenario> {
        let paths = self.paths;
        let measured = paths.releases.len().saturating_sub(WARM_UP).max(1);
        // The cache is empty at the beginning of a round only: what is asked for once comes first.
        let mut all = vec![
            Scenario::new(RANDOM, paths.releases[..measured].to_vec()),
            Scenario::new(LIST_2, paths.list_2.clone()),
            Scenario::new(format!("list page {}, not asked for before", paths.deep_page), paths.list_200.clone()),
        ];
        if surfaces.feeds {
            all.push(Scenario::new(FEED, paths.feeds.clone()));
        }
        if surfaces.search {
            all.push(Scenario::new(SEARCH, paths.searches.clone()));
        }
        all.push(Scenario::new(HOT, vec![paths.usual_release.clone()]));
        all.push(Scenario::new("front page", vec![communique::paths::home(communique::kit::lang::Lang::Fr)]));
        if surfaces.feeds {
            all.push(Scenario::new("feed, hot", vec![paths.feed.clone()]));
        }
        all
    }

    /// Starts the site; gives how long it took to its first page.
    async fn start(&self) -> anyhow::Result<(Server, Duration)> {
        let settings = [
            ("DATABASE_URL", self.database.url()),
            ("COMMUNIQUE_DATA_DIR", self.data().display().to_string()),
            ("COMMUNIQUE_SMTP_URL", format!("file://{}", self.folder.join("outbox").display())),
            ("COMMUNIQUE_LOG", "warn".into()),
        ];
        let begun = Instant::now();
        let mut server = Server::start(&self.folder, &["serve"], &settings)?;
        let took = server.first_answer(&self.paths.usual_release, begun).await?;
        Ok((server, took))
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// Starts what answers the bytes and headers of the usual page.
    async fn start_fixed(&self, site: SocketAddr) -> anyhow::Result<Server> {
        // Twice, for what is kept may come with other headers than what was just made.
        http::get(site, &self.paths.usual_release).await?;
        let page = http::get(site, &self.paths.usual_release).await?;
        let by_the_server = ["content-length", "transfer-encoding", "date", "connection"];
        let headers = page
            .headers
            .iter()
            .filter(|(name, _)| !by_the_server.contains(&name.to_ascii_lowercase().as_str()))
            .cloned()
            .collect();
        let file = self.folder.join("fixed.json");
        std::fs::write(&file, serde_json::to_vec(&fixed::Fixed { headers, body: page.body })?)?;
        let mut server = Server::start(&self.folder, &["fixed", &file.display().to_string()], &[])?;
        server.first_answer("/", Instant::now()).await?;
        Ok(server)
    }

    async fn is_there(&self, site: &Server, path: &str) -> anyhow::Result<bool> {
        let answer = http::get(site.address, path).await?;
        ensure!(matches!(answer.status, 200 | 404), "{path} answered {}", answer.status);
        Ok(answer.status == 200)
    }

    async fn warm_up(&self, site: SocketAddr) -> anyhow::Result<()> {
        let pages = self.paths.releases.iter().rev().take(WARM_UP);
        let mut connections = Vec::new();
        for _ in 0..8 {
            connections.push(http::Connection::open(site).await?);
        }
        // Side by side, so that every connection to the database there is to be is opened.
        let pages: Vec<String> = pages.cloned().collect();
        let share = pages.len().div_ceil(connections.len());
        let all = connections.into_iter().zip(pages.chunks(share.max(1))).map(|(mut connection, pages)| async move {
            for path in pages {
                connection.get(path).await?;
            }
            Ok::<_, anyhow::Error>(())
        });
        futures::future::try_join_all(all).await.map(drop)
    }

    fn start_up(&self, starts: &[Duration]) -> Row {
        let starts: Vec<f64> = starts.iter().map(Duration::as_secs_f64).collect();
        Row::of("`serve` to its first page", median(&starts), 0.2, "s", "")
    }

    async fn weigh(&self, site: SocketAddr) -> anyhow::Result<Vec<Row>> {
        let weight = weight::first_view(site, &self.paths.usual_release).await?;
        Ok(vec![
            Row::of(
                format!("first view of a release: answers to {} requests, with headers", weight.requests),
                weight.bytes as f64 / 1e3,
                25.0,
                "kB",
                "3 requests",
            ),
            Row::of(
                format!(
                    "its HTML, compressed from {} kB; {} bytes of Markdown",
                    figure(weight.html_plain_bytes as f64 / 1e3),
                    self.paths.usual_bytes
                ),
                weight.html_bytes as f64 / 1e3,
                5.0,
                "kB",
                "",
            ),
            Row::text("its icon, fetched afterwards", format!("{} kB", figure(weight.icon_bytes as f64 / 1e3)), ""),
        ])
    }

    /// From the commit of a publication to all surfaces of two processes.
    async fn watch(&self, one: &Server, surfaces: Surfaces) -> anyhow::Result<Vec<Row>> {
        let (other, _) = self.start().await?;
        if surfaces.search {
            self.index_is_whole(other.address).await?;
        }
        let servers = [one.address, other.address];
        let mut all: Vec<Vec<Seen>> = Vec::new();
        for number in 0..PUBLICATIONS {
            let url = self.database.url();
            all.push(visibility::publish_and_watch(&url, self.corpus, &servers, number, &surfaces).await?);
        }
        let kinds = all.first().map(|seen| seen.iter().map(|seen| seen.what).collect::<Vec<_>>()).unwrap_or_default();
        Ok(kinds
            .into_iter()
            .map(|what| {
                let name = format!("commit of a publication to {what}, two processes, slowest of {PUBLICATIONS}");
                let times: Option<Vec<f64>> = all
                    .iter()
                    .flatten()
                    .filter(|seen| seen.what == what)
                    .map(|seen| seen.after.map(|after| after.as_secs_f64()))
                    .collect();
                match times {
                    Some(times) => Row::of(name, times.into_iter().fold(0.0, f64::max), 1.0, "s", ""),
                    None => Row::text(name, "not within 20 s", "1 s"),
                }
            })
            .collect())
    }

    /// Waits until a search is made at the last change.
    async fn index_is_whole(&self, site: SocketAddr) -> anyhow::Result<()> {
        let client = self.database.connect().await?;
        let last: i64 = client.query_one("SELECT last FROM public_change_counter", &[]).await?.get(0);
        let begun = Instant::now();
        loop {
            let answer = http::get(site, &self.paths.a_search).await?;
            let says = answer.header(SEQUENCE).and_then(|says| says.parse::<i64>().ok());
            ensure!(answer.status != 200 || says.is_some(), "a search does not say at which sequence it is made");
            if answer.status == 200 && says >= Some(last) {
                return Ok(());
            }
            ensure!(begun.elapsed() < INDEX_PATIENCE, "the search is at {says:?}, not at {last}");
            // Nothing tells: asked again.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// How long it takes until a search without an index is whole again, pages being served meanwhile.
    async fn index_anew(&self) -> anyhow::Result<Row> {
        std::fs::remove_dir_all(self.data().join("search")).context("removing the index")?;
        let begun = Instant::now();
        let (site, _) = self.start().await?;
        self.index_is_whole(site.address).await?;
        Ok(Row::of("index built anew, from the start of `serve`", begun.elapsed().as_secs_f64(), 20.0, "s", ""))
    }
}

const HOT: &str = "release page, hot";
const RANDOM: &str = "random release page, not asked for before";
const LIST_2: &str = "list page 2, not asked for before";
const FEED: &str = "feed, not asked for before";
const SEARCH: &str = "search";

/// The rows of a scenario: how many a second, what one costs, how long one takes.
fn rows_of(scenario: &Scenario, limit: &Scenario) -> Vec<Row> {
    let note = if scenario.repeated() { " (some twice)" } else { "" };
    let what = format!("{}{note}", scenario.what);
    let (_, postgres_us, all_us) = scenario.cpu_us();
    let (_, _, limit_us) = limit.cpu_us();
    let (p50, p99) = scenario.latency_ms();
    let (limit_p50, limit_p99) = limit.latency_ms();
    let cpu = format!("{what}: CPU of a request, {} µs of it in Postgres", figure(postgres_us));
    let (requests, cpu) = match scenario.what.as_str() {
        RANDOM => (None, Row::of(cpu, all_us, 400.0, "µs", "")),
        what if what.starts_with("list") || what == FEED => (None, Row::of(cpu, all_us, 1000.0, "µs", "")),
        SEARCH => (None, Row::of(cpu, all_us, 0.0, "µs", "")),
        _ => (
            Some(Row::of(format!("{what}: requests"), scenario.per_second(), limit.per_second(), "/s", "fixed bytes")),
            Row::of(cpu, all_us, limit_us, "µs", "fixed bytes"),
        ),
    };
    let against = match scenario.what.as_str() {
        SEARCH => "2, 10 ms".to_owned(),
        _ => format!("{}, {} ms, fixed bytes", figure(limit_p50), figure(limit_p99)),
    };
    let requests = requests
        .unwrap_or_else(|| Row::text(format!("{what}: requests"), format!("{} /s", figure(scenario.per_second())), ""));
    let latency = format!("{}, {} ms", figure(p50), figure(p99));
    vec![requests, cpu, Row::text(format!("{what}: p50, p99 at {RATE}/s"), latency, against)]
}
