//! The processes that are measured: how they are started and ended, what they cost.

use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::http;

/// How long a server may take to answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// `USER_HZ`: the unit of times in `/proc/PID/stat`, the same on every Linux of today (proc(5)).
const TICK: Duration = Duration::from_millis(10);

/// A child of ours that listens. Dropping it ends it and waits for its end.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// Where it answers.
    pub address: SocketAddr,
    /// Its standard error.
    pub log: PathBuf,
}

impl Server {
    /// Starts this program again with those arguments and settings, on a port that is free now, in `folder`.
    pub fn start(folder: &Path, arguments: &[&str], settings: &[(&str, String)]) -> anyhow::Result<Self> {
        fs::create_dir_all(folder)?;
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = folder.join(format!("{}-{}.log", arguments.first().unwrap_or(&"server"), address.port()));
        let mut command = Command::new(std::env::current_exe()?);
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("COMMUNIQUE_") || name == "DATABASE_URL")
        {
            command.env_remove(name);
        }
        let child = command
            .args(arguments)
            .current_dir(folder)
            .env("COMMUNIQUE_LISTEN", address.to_string())
            .envs(settings.iter().map(|(name, value)| (*name, value.as_str())))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(fs::File::create(&log)?)
            .spawn()
            .context("starting a server")?;
        Ok(Self { child, address, log })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Waits until `path` answers 200; gives how long that took since `begun`.
    pub async fn first_answer(&mut self, path: &str, begun: Instant) -> anyhow::Result<Duration> {
        loop {
            if let Ok(answer) = http::get(self.address, path).await
                && answer.status == 200
            {
                return Ok(begun.elapsed());
            }
            if let Some(status) = self.child.try_wait()? {
                bail!("a server ended ({status}): {}", fs::read_to_string(&self.log).unwrap_or_default());
            }
            ensure!(
                begun.elapsed() < PATIENCE,
                "{path} is not answered: {}",
                fs::read_to_string(&self.log).unwrap_or_default()
            );
            // Nothing tells when a port is open: asked again each millisecond.
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Ok(pid) = i32::try_from(self.child.id()) {
            let _ = kill(Pid::from_raw(pid), Signal::SIGTERM);
        }
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(12) {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks the kernel to end this process when the one that started it is gone, also when that was killed.
pub fn end_with_parent() -> anyhow::Result<()> {
    nix::sys::prctl::set_pdeathsig(Signal::SIGTERM)?;
    ensure!(nix::unistd::getppid() != Pid::from_raw(1), "nobody waits for this");
    Ok(())
}

/// Whose processor time is counted: servers, and a Postgres with all its children.
#[derive(Debug, Clone)]
pub struct Meter {
    /// Our own processes.
    pub servers: Vec<u32>,
    /// The first process of Postgres.
    pub postmaster: Option<u32>,
}

/// Processor time since each process began.
#[derive(Debug, Clone, Copy, Default)]
pub struct Spent {
    /// Of our processes.
    pub servers: Duration,
    /// Of Postgres.
    pub postgres: Duration,
}

impl Spent {
    /// Since an earlier reading.
    pub fn since(self, before: Self) -> Self {
        Self {
            servers: self.servers.saturating_sub(before.servers),
            postgres: self.postgres.saturating_sub(before.postgres),
        }
    }

    /// Of all together.
    pub fn total(self) -> Duration {
        self.servers + self.postgres
    }
}

impl Meter {
    /// What they have spent so far. A process with threads is read in ticks of 10 ms, which include threads that ended;
    /// one without by the scheduler's nanoseconds, and what Postgres' ended children spent in ticks again.
    pub fn read(&self) -> anyhow::Result<Spent> {
        let mut spent = Spent::default();
        for pid in &self.servers {
            let stat = Stat::read(*pid)?;
            spent.servers += TICK * u32::try_from(stat.own_ticks)?;
        }
        if let Some(postmaster) = self.postmaster {
            let stat = Stat::read(postmaster)?;
            spent.postgres += TICK * u32::try_from(stat.ended_children_ticks)? + scheduled(postmaster)?;
            for pid in processes() {
                if Stat::read(pid).is_ok_and(|stat| stat.parent == postmaster) {
                    // One that ended in between is counted by its parent.
                    spent.postgres += scheduled(pid).unwrap_or_default();
                }
            }
        }
        Ok(spent)
    }
}

/// What `/proc/PID/stat` says.
struct Stat {
    parent: u32,
    own_ticks: u64,
    ended_children_ticks: u64,
}

impl Stat {
    fn read(pid: u32) -> anyhow::Result<Self> {
        let text = fs::read_to_string(format!("/proc/{pid}/stat"))?;
        // The name in parentheses may hold anything; the third field follows it.
        let (_, rest) = text.rsplit_once(')').context("no name in stat")?;
        let fields: Vec<&str> = rest.split_whitespace().collect();
        let field = |number: usize| fields.get(number - 3).and_then(|field| field.parse::<u64>().ok()).context("stat");
        Ok(Self {
            parent: u32::try_from(field(4)?)?,
            own_ticks: field(14)? + field(15)?,
            ended_children_ticks: field(16)? + field(17)?,
        })
    }
}

/// What the scheduler gave the first thread of a process.
fn scheduled(pid: u32) -> anyhow::Result<Duration> {
    let text = fs::read_to_string(format!("/proc/{pid}/schedstat"))?;
    let ns = text.split_whitespace().next().and_then(|ns| ns.parse().ok()).context("schedstat")?;
    Ok(Duration::from_nanos(ns))
}

fn processes() -> impl Iterator<Item = u32> {
    fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok())
}

/// Memory that is the process's own: its proportional set without pages of files, in bytes.
pub fn memory_bytes(pid: u32) -> anyhow::Result<u64> {
    let text = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).context("reading smaps_rollup")?;
    let kib = |name: &str| -> u64 {
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.split_whitespace().next()?.parse().ok())
            .unwrap_or_default()
    };
    Ok((kib("Pss_Anon:") + kib("Pss_Shmem:")) * 1024)
}

/// The first process of the Postgres whose data is in that folder.
pub fn postmaster(data: &Path) -> anyhow::Result<u32> {
    let text = fs::read_to_string(data.join("postmaster.pid")).context("reading postmaster.pid")?;
    text.lines().next().and_then(|line| line.parse().ok()).context("postmaster.pid without a number")
}

/// The machine's memory, in megabytes.
pub fn memory_mb() -> u64 {
    let read = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kib = read.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB")?.parse().ok());
    kib.map_or(4096, |kib: u64| kib / 1024)
}
