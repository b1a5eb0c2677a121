//! The mail, measured: how fast a run opens and leaves, what kills cost, how long a confirmation takes meanwhile. `bin/bench
//! --mail` says how to run it.
//!
//! The measure beside ours is what `smtp-source` hands to the same `smtp-sink` (both of Debian's postfix) in the same
//! minutes, with mails of the same size and as many lines; ours are matched, rendered, addressed and durably recorded one by
//! one on the way. Nothing here passes or fails but the kills, which must leave nobody out.
//!
//! - `readers.rs` subscribers, releases, filters; `sink.rs` a mail server that remembers who got what

#[path = "../site/http.rs"]
#[expect(dead_code, reason = "what process.rs asks with")]
mod http;
#[path = "../site/process.rs"]
#[expect(dead_code, reason = "of its servers only what ends with us is used")]
mod process;
#[path = "../site/table.rs"]
#[expect(dead_code, reason = "its other rows are the site's")]
mod table;

mod readers;
mod sink;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use clap::Parser;
use communique::digest::query;
use communique::digest::run::{self, Due, Opened};
use communique::kit::cluster::{Cluster, Durability};
use communique::kit::context::Context;
use communique::kit::lang::Lang;
use communique::kit::mail::Address;
use communique::search::Filter;
use communique::subscription::signup::{self, Asked};
use rand::RngExt as _;

use self::readers::House;
use self::sink::Sink;
use self::table::Row;

/// Lines to the mail server, ours and the measure's alike.
const LINES: usize = 8;

/// Measures the mail of the release build and prints one table, which is kept in target/bench/mail.md.
#[derive(Debug, Parser)]
#[command(name = "bin/bench --mail")]
struct Options {
    /// Subscribers of the large run
    #[arg(long, default_value_t = 100_000)]
    subscribers: u32,
    /// Distinct filters of the other run
    #[arg(long, default_value_t = 20_000)]
    filters: u32,
    /// Recipients of the run that is killed
    #[arg(long, default_value_t = 10_000)]
    killed: u32,
    /// Kills
    #[arg(long, default_value_t = 20)]
    kills: u32,
    /// A twentieth of all that: to see that it runs
    #[arg(long)]
    quick: bool,
    /// Only a run through a real Postfix, whose notifications of unknown readers are read then; needs root
    #[arg(long)]
    postfix: bool,
    /// What cargo says to a benchmark
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        // What `communique work` and `communique bounces` do, with their settings from the environment.
        Some("work" | "bounces") => match process::end_with_parent() {
            Ok(()) => communique::cli::main(),
            Err(error) => failed(&error),
        },
        None => {
            println!("Measuring takes minutes: bin/bench --mail");
            ExitCode::SUCCESS
        }
        Some(_) => measure(&Options::parse()).map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("bench: {error:#}");
    ExitCode::FAILURE
}

fn measure(options: &Options) -> anyhow::Result<()> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let folder = std::env::current_exe()?.ancestors().nth(3).context("no target folder")?.join("bench");
    let run = folder.join("mail-run");
    let _ = std::fs::remove_dir_all(&run);
    std::fs::create_dir_all(&run)?;
    let cluster = Cluster::start(&run.join("postgres"), Durability::Kept)?;
    let rows = runtime.block_on(async {
        tokio::select! {
            rows = all(options, &cluster, &run) => rows,
            _ = tokio::signal::ctrl_c() => anyhow::bail!("interrupted"),
        }
    })?;
    let caption =
        format!("Mail, {}, {LINES} lines to the mail server, {}.", chrono::Utc::now().format("%Y-%m-%d"), machine());
    let table = table::markdown(&caption, &rows);
    std::fs::write(folder.join("mail.md"), &table)?;
    println!("{table}");
    Ok(())
}

fn machine() -> String {
    let cpu = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{cores} cores of {}", model.trim_start_matches([' ', '\t', ':']))
}

async fn all(options: &Options, cluster: &Cluster, folder: &Path) -> anyhow::Result<Vec<Row>> {
    if options.postfix {
        return through_postfix(cluster, folder).await;
    }
    let part = if options.quick { 20 } else { 1 };
    let mut rows = large(cluster, folder, options.subscribers / part).await?;
    rows.extend(many_filters(cluster, folder, options.filters / part).await?);
    rows.extend(killed(cluster, folder, options.killed / part, if options.quick { 4 } else { options.kills }).await?);
    Ok(rows)
}

async fn opened(ctx: &Context) -> anyhow::Result<Opened> {
    match run::open_due(ctx).await? {
        Due::Opened(opened) => Ok(opened),
        other => anyhow::bail!("no run was opened: {other:?}"),
    }
}

/// Five frequencies, forty filters, thirty items: opened, and sent to `smtp-sink`.
async fn large(cluster: &Cluster, folder: &Path, subscribers: u32) -> anyhow::Result<Vec<Row>> {
    eprintln!("{subscribers} subscribers …");
    let port = free_port()?;
    let house = House::build(cluster, folder, "large", &format!("smtp://127.0.0.1:{port}?tls=none"), LINES).await?;
    house.subscribe_by_forty_filters(subscribers).await?;
    house.publish(30).await?;
    let begun = Instant::now();
    let Due::Opened(at_once) = run::open_at_once(&house.ctx).await? else { anyhow::bail!("nothing at once") };
    house.at_the_slot().await?;
    let slot = opened(&house.ctx).await?;
    let opening = begun.elapsed().as_secs_f64();
    let mails = at_once.deliveries + slot.deliveries;
    let items = house.items().await?;
    // Of the same size: some of ours, as they travel.
    let size = house.mean_size(200).await?;
    let _sink = Ended(
        Command::new("smtp-sink")
            .args(["-c", &format!("127.0.0.1:{port}"), "200"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("smtp-sink")?,
    );
    wait_for_port(port).await?;
    let measure = mails.min(20_000);
    let begun = Instant::now();
    let source = tokio::process::Command::new("smtp-source")
        .args(["-s", &LINES.to_string(), "-m", &measure.to_string(), "-l", &size.to_string()])
        .args(["-d", "-f", "bounce@example.org", "-t", "reader@example.org", &format!("127.0.0.1:{port}")])
        .status()
        .await
        .context("smtp-source")?;
    ensure!(source.success(), "smtp-source ended with {source}");
    let limit = measure as f64 / begun.elapsed().as_secs_f64();
    let before = house.accepted().await?;
    let begun = Instant::now();
    let worker = house.work()?;
    let mut memory = 0;
    loop {
        memory = memory.max(peak_memory(worker.0.id()));
        let accepted = house.accepted().await?;
        if accepted >= mails as i64 {
            break;
        }
        ensure!(begun.elapsed() < Duration::from_secs(1200), "{accepted} of {mails} after 20 minutes");
        // The table is what is measured: asked now and then only.
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let took = begun.elapsed().as_secs_f64();
    drop(worker);
    let rate = (mails as i64 - before) as f64 / took;
    let what = format!("{} mails of {:.1} kB to smtp-sink", table::thousands(mails as i64), size as f64 / 1e3);
    Ok(vec![
        Row::of(
            format!(
                "opening for {} subscribers, 40 filters, five frequencies, 30 items: {} items",
                table::thousands(i64::from(subscribers)),
                table::thousands(items)
            ),
            opening,
            10.0,
            "s",
            "",
        ),
        Row::of(format!("{what}: mails"), rate, limit, "/s", "smtp-source (aim: 0.4)"),
        Row::of(format!("{what}: all of them"), took, 0.0, "s", ""),
        Row::of("memory of `work` at its peak", memory as f64 / 1e6, 150.0, "MB", ""),
    ])
}

/// Every subscriber has a filter of their own, half of them with words.
async fn many_filters(cluster: &Cluster, folder: &Path, filters: u32) -> anyhow::Result<Vec<Row>> {
    eprintln!("{filters} filters …");
    let house = House::build(cluster, folder, "filters", "smtp://127.0.0.1:9?tls=none", 1).await?;
    house.subscribe_each_otherwise(filters).await?;
    house.publish(30).await?;
    house.at_the_slot().await?;
    let begun = Instant::now();
    let opened = opened(&house.ctx).await?;
    let took = begun.elapsed().as_secs_f64();
    Ok(vec![Row::of(
        format!(
            "opening for {} distinct filters, half of them words: {} mails",
            table::thousands(i64::from(filters)),
            table::thousands(opened.deliveries as i64)
        ),
        took,
        30.0,
        "s",
        "",
    )])
}

/// SIGKILL at random instants, begun again each time; and confirmations while it goes on.
async fn killed(cluster: &Cluster, folder: &Path, recipients: u32, kills: u32) -> anyhow::Result<Vec<Row>> {
    eprintln!("{kills} kills of a run of {recipients} …");
    let sink = Sink::start().await?;
    let house = House::build(cluster, folder, "killed", &sink.url(), LINES).await?;
    house.subscribe_to_everything(recipients).await?;
    house.publish(1).await?;
    house.at_the_slot().await?;
    let run = opened(&house.ctx).await?;
    let mut rng = rand::rng();
    let mut done = 0;
    let mut worker = house.work()?;
    for kill in 0..kills {
        // Somewhere in what is left, an equal part for each kill.
        let share = (recipients as usize).saturating_sub(sink.recipients()) / (kills - kill + 1) as usize;
        let until = sink.recipients() + rng.random_range(1..=share.max(1));
        if !sink.wait_for(until, Duration::from_secs(60)).await {
            break;
        }
        worker.kill()?;
        done += 1;
        worker = house.work()?;
    }
    // Confirmations meanwhile: from the form's transaction to the relay.
    let mut latest = Duration::ZERO;
    let mut count = 0;
    while sink.recipients() < recipients as usize && count < 20 {
        let email = format!("confirm{count}@example.net");
        let begun = Instant::now();
        house.ask(&email).await?;
        ensure!(sink.wait_for_one(&email, Duration::from_secs(20)).await, "no confirmation within 20 s");
        latest = latest.max(begun.elapsed());
        count += 1;
    }
    let begun = Instant::now();
    while house.runs().await?.iter().any(|run| run.open > 0) {
        ensure!(begun.elapsed() < Duration::from_secs(600), "the run does not end");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(worker);
    let (missing, copies, other_numbers) = sink.account_for(recipients);
    let doubted = query::doubted(&mut *house.ctx.conn().await?, run.id, i64::MAX).await?.len();
    let counted = house.runs().await?.into_iter().find(|one| one.id == run.id).context("the run")?;
    ensure!(missing == 0, "{missing} recipients got nothing");
    ensure!(other_numbers == 0, "{other_numbers} copies under another Message-ID");
    ensure!(copies <= doubted && copies <= done * LINES, "{copies} copies, {doubted} listed, {done} kills");
    ensure!(counted.accepted + counted.uncertain == counted.deliveries, "not accounted for: {counted:?}");
    let mut rows = vec![Row::text(
        format!("{done} SIGKILLs of a run of {} recipients", table::thousands(i64::from(recipients))),
        format!("0 missing, {copies} copies, {doubted} listed"),
        format!("0 missing, at most {} copies", done * LINES),
    )];
    if count > 0 {
        rows.push(Row::of(
            format!("confirmation during a run, slowest of {count}"),
            latest.as_secs_f64(),
            1.0,
            "s",
            "",
        ));
    }
    Ok(rows)
}

/// A hundred readers behind a real Postfix, of whom it knows ninety: what comes back is read, and those are written to no more.
async fn through_postfix(cluster: &Cluster, folder: &Path) -> anyhow::Result<Vec<Row>> {
    const READERS: u32 = 100;
    let port = free_port()?;
    let relay = folder.join("postfix");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/mail/postfix");
    let child =
        Command::new(script).arg(&relay).arg(port.to_string()).stdout(Stdio::null()).spawn().context("the script")?;
    let child = Scripted(child);
    wait_for_port(port).await?;
    let house = House::build(cluster, folder, "postfix", &format!("smtp://127.0.0.1:{port}?tls=none"), 4).await?;
    house.subscribe_to_everything(READERS).await?;
    house.publish(3).await?;
    house.at_the_slot().await?;
    let run = opened(&house.ctx).await?;
    let worker = house.work()?;
    let (readers, bounces) = (relay.join("mail/readers/new"), relay.join("mail/bounces/new"));
    let files = |folder: &Path| std::fs::read_dir(folder).map_or(0, Iterator::count);
    let begun = Instant::now();
    while files(&readers) + files(&bounces) < READERS as usize {
        ensure!(
            begun.elapsed() < Duration::from_secs(120),
            "{} arrived, {} came back",
            files(&readers),
            files(&bounces)
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let (arrived, back) = (files(&readers), files(&bounces));
    drop(worker);
    let settings: BTreeMap<&str, String> = house.settings.iter().cloned().collect();
    let maildir = relay.join("mail/bounces").display().to_string();
    let read =
        Command::new(std::env::current_exe()?).args(["bounces", "--maildir", &maildir]).envs(settings).output()?;
    ensure!(read.status.success(), "bounces: {}", String::from_utf8_lossy(&read.stderr));
    drop(child);
    let counted = house.runs().await?.into_iter().find(|one| one.id == run.id).context("the run")?;
    Ok(vec![
        Row::text(
            format!("{READERS} mails through Postfix, of which it knows {} readers", READERS - READERS / 10),
            format!("{arrived} arrived, {back} came back"),
            "90, 10",
        ),
        Row::text("notifications read: mails of the run that bounced", counted.bounced.to_string(), "10"),
    ])
}

/// A script that ends in order when it is told, and takes what it started with it.
struct Scripted(Child);

impl Drop for Scripted {
    fn drop(&mut self) {
        use nix::sys::signal::{Signal, kill};
        if let Ok(pid) = i32::try_from(self.0.id()) {
            let _ = kill(nix::unistd::Pid::from_raw(pid), Signal::SIGTERM);
        }
        let _ = self.0.wait();
    }
}

/// A child that ends with us.
struct Ended(Child);

impl Ended {
    fn kill(mut self) -> anyhow::Result<()> {
        self.0.kill()?;
        self.0.wait().map(drop).map_err(Into::into)
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl House {
    /// The worker as a process of its own.
    fn work(&self) -> anyhow::Result<Ended> {
        let mut command = Command::new(std::env::current_exe()?);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("COMMUNIQUE_") || name == "DATABASE_URL")
        {
            command.env_remove(name);
        }
        let log = std::fs::File::create(self.folder.join("work.log"))?;
        let settings: BTreeMap<&str, String> = self.settings.iter().cloned().collect();
        let child = command
            .arg("work")
            .current_dir(&self.folder)
            .envs(settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log);
        Ok(Ended(child.spawn().context("starting the worker")?))
    }

    async fn ask(&self, email: &str) -> anyhow::Result<()> {
        let (email, filter) = (Address::parse(email)?, Filter::default());
        let asked = Asked { email, filter, rhythm: Default::default(), languages: vec![Lang::Fr] };
        signup::ask(&self.ctx, asked).await.map_err(Into::into)
    }
}

fn free_port() -> anyhow::Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

async fn wait_for_port(port: u16) -> anyhow::Result<()> {
    let begun = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        ensure!(begun.elapsed() < Duration::from_secs(10), "nothing listens on {port}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}

/// Of a process, in bytes (`VmHWM`, proc(5)).
fn peak_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(PathBuf::from(format!("/proc/{pid}/status"))).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse::<u64>().unwrap_or_default() * 1024
}
