//! A private Postgres for the demo and the tests, started from the installed server programs when no server is given.
//!
//! It listens on a socket in its own folder and on no port, runs as an ordinary user even when we are root (Postgres
//! refuses to run as root), and ends with this process, also when the process is killed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Gid, Pid, Uid, User, chown, geteuid};

/// How long a server may take to come up, recovery after a crash included.
const PATIENCE: Duration = Duration::from_secs(60);

/// The longest path of a Unix socket on Linux, its closing zero included (`sun_path`, unix(7)).
const SOCKET_PATH_MAX: usize = 108;

/// What the server is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Data that may go when the machine does: tests.
    Scratch,
    /// Data that is there after a power cut: the demo.
    Kept,
}

/// A running private Postgres. Dropping it stops the server and waits for its end.
pub struct Cluster {
    pid: Pid,
    waiter: Option<std::thread::JoinHandle<()>>,
    folder: PathBuf,
}

/// Where the server programs are: `PG_BINDIR`, what `pg_config` says, the PATH, or the places systems keep them in.
fn programs() -> anyhow::Result<PathBuf> {
    let has_server = |folder: &Path| folder.join("initdb").is_file() && folder.join("postgres").is_file();
    if let Some(folder) = std::env::var_os("PG_BINDIR").map(PathBuf::from) {
        ensure!(has_server(&folder), "PG_BINDIR={}: no initdb and postgres there", folder.display());
        return Ok(folder);
    }
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        let folder = PathBuf::from(String::from_utf8_lossy(&output.stdout).trim());
        if output.status.success() && has_server(&folder) {
            return Ok(folder);
        }
    }
    if let Some(path) = std::env::var_os("PATH")
        && let Some(folder) = std::env::split_paths(&path).find(|folder| has_server(folder))
    {
        return Ok(folder);
    }
    // Debian and Ubuntu; Red Hat and SUSE; Homebrew; the BSDs and hand-made installations.
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    for (parent, prefix) in [
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/usr/lib", "postgresql"),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
    ] {
        for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let version = name.to_str().and_then(|name| name.strip_prefix(prefix)).and_then(|v| v.parse().ok());
            let folder = entry.path().join("bin");
            if let Some(version) = version
                && has_server(&folder)
            {
                found.push((version, folder));
            }
        }
    }
    found.sort();
    found
        .pop()
        .map(|(_, folder)| folder)
        .or_else(|| ["/usr/local/pgsql/bin", "/usr/local/bin"].map(PathBuf::from).into_iter().find(|f| has_server(f)))
        .context(
            "no Postgres server programs found: install them (Debian, Ubuntu: apt install postgresql; Fedora: dnf \
             install postgresql-server; macOS: brew install postgresql), set PG_BINDIR to their folder, or set \
             DATABASE_URL to a server that runs",
        )
}

/// Whom the server runs as, if we are root: an account that owns nothing else.
fn unprivileged() -> anyhow::Result<Option<(Uid, Gid)>> {
    if !geteuid().is_root() {
        return Ok(None);
    }
    let user = ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .context("Postgres refuses to run as root, and there is neither a user `postgres` nor `nobody` to run it as")?;
    Ok(Some((user.uid, user.gid)))
}

impl Cluster {
    /// Starts the server that lives in `folder`, after making it if it is new. One that a crashed run left behind is
    /// stopped first; one that another living process of ours holds is an error.
    pub fn start(folder: &Path, durability: Durability) -> anyhow::Result<Self> {
        Self::start_with(folder, durability, &[])
    }

    /// As [`Cluster::start`], with settings of Postgres, `name=value`.
    ///
    /// # Errors
    /// As [`Cluster::start`]; or Postgres refuses a setting.
    pub fn start_with(folder: &Path, durability: Durability, settings: &[String]) -> anyhow::Result<Self> {
        let programs = programs()?;
        let unprivileged = unprivileged()?;
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let folder = &folder.canonicalize()?;
        if let Some((uid, gid)) = unprivileged {
            chown(folder, Some(uid), Some(gid))?;
        }
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
        let data = folder.join("data");
        ensure!(
            folder.join(".s.PGSQL.5432").as_os_str().len() < SOCKET_PATH_MAX,
            "{}: too deep for a socket (at most {} bytes); choose another COMMUNIQUE_DATA_DIR",
            folder.display(),
            SOCKET_PATH_MAX - 16
        );
        let command = |program: &str| {
            let mut command = Command::new(programs.join(program));
            command.current_dir(folder).env_remove("PGDATA").env("LC_ALL", "C.UTF-8").stdin(Stdio::null());
            if let Some((uid, gid)) = unprivileged {
                command.uid(uid.as_raw()).gid(gid.as_raw());
            }
            command
        };
        if !data.join("PG_VERSION").exists() {
            let mut initdb = command("initdb");
            initdb.arg("-D").arg(&data).args([
                "-U",
                "app",
                "--auth=trust",
                "--encoding=UTF8",
                // With plain C, lower('É') stays 'É'.
                "--locale=C.UTF-8",
            ]);
            if durability == Durability::Scratch {
                initdb.arg("--no-sync");
            }
            let output = initdb
                .output()
                .with_context(|| format!("running initdb{}", passable_hint(folder, unprivileged.is_some())))?;
            ensure!(
                output.status.success(),
                "initdb: {}{}",
                what_went_wrong(&String::from_utf8_lossy(&output.stderr)),
                passable_hint(folder, unprivileged.is_some())
            );
        }
        stop_leftover(&data)?;
        let mut server = command("postgres");
        server
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(folder)
            .args(["-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"])
            .args(["-c", "shared_buffers=128MB", "-c", "max_connections=100"])
            .stdout(Stdio::null())
            .stderr(fs::File::create(folder.join("log"))?)
            // Ctrl-C reaches us, not the server behind us: we stop it when we have finished with it.
            .process_group(0);
        for setting in settings {
            server.args(["-c", setting]);
        }
        if durability == Durability::Scratch {
            server.args(["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]);
        }
        // The kernel sends this signal when the *thread* that forked ends, and a change of user clears it: so it is armed
        // after that change, and the fork is made by a thread that lives as long as the server.
        #[allow(unsafe_code, reason = "pre_exec: one prctl, safe between fork and exec")]
        unsafe {
            server.pre_exec(|| nix::sys::prctl::set_pdeathsig(Signal::SIGINT).map_err(Into::into));
        }
        let (started, start) = mpsc::channel();
        let waiter = std::thread::Builder::new().name("postgres".into()).spawn(move || match server.spawn() {
            Ok(mut child) => {
                let _ = started.send(Ok(child.id()));
                let _ = child.wait();
            }
            Err(error) => {
                let _ = started.send(Err(error));
            }
        })?;
        let pid = Pid::from_raw(i32::try_from(start.recv().context("the thread that starts Postgres ended")??)?);
        let cluster = Self { pid, waiter: Some(waiter), folder: folder.clone() };
        cluster.wait_until_ready(&data)?;
        Ok(cluster)
    }

    fn wait_until_ready(&self, data: &Path) -> anyhow::Result<()> {
        let begun = Instant::now();
        loop {
            // The server writes its state into the eighth line; there is nothing else to wait on.
            let state = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
            let lines: Vec<&str> = state.lines().collect();
            if lines.first() == Some(&self.pid.to_string().as_str())
                && lines.get(7).is_some_and(|state| state.trim() == "ready")
            {
                return Ok(());
            }
            let ended = self.waiter.as_ref().is_none_or(std::thread::JoinHandle::is_finished);
            if ended || begun.elapsed() > PATIENCE {
                let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
                bail!("the private Postgres in {} did not start: {}", self.folder.display(), what_went_wrong(&log));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The address of a database in it, as `DATABASE_URL` takes it.
    pub fn url(&self, database: &str) -> String {
        let host: String = url::form_urlencoded::byte_serialize(self.folder.as_os_str().as_encoded_bytes()).collect();
        format!("postgres://app@/{database}?host={host}")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Fast shutdown: clients are cut, what is committed is kept.
        let _ = kill(self.pid, Signal::SIGINT);
        if let Some(waiter) = self.waiter.take() {
            let _ = waiter.join();
        }
    }
}

/// A server whose parent was killed gets SIGINT by itself; it may need a moment to be gone.
fn stop_leftover(data: &Path) -> anyhow::Result<()> {
    let begun = Instant::now();
    let mut told = false;
    while let Ok(text) = fs::read_to_string(data.join("postmaster.pid")) {
        let Some(pid) = text.lines().next().and_then(|line| line.trim().parse().ok()).map(Pid::from_raw) else { break };
        let here = fs::read_link(format!("/proc/{pid}/cwd")).ok();
        let is_ours = here.is_some_and(|cwd| cwd == data);
        if !is_ours || kill(pid, None).is_err() {
            break;
        }
        let parent = fs::read_to_string(format!("/proc/{pid}/stat"))
            .ok()
            .and_then(|stat| stat.rsplit(')').next()?.split_whitespace().nth(1)?.parse::<i32>().ok());
        let orphan = parent == Some(1);
        if orphan && !told {
            let _ = kill(pid, Signal::SIGINT);
            told = true;
        }
        ensure!(
            begun.elapsed() < Duration::from_secs(if orphan { 60 } else { 10 }),
            "the private Postgres in {} is in use by another process (pid {pid}); stop that one first",
            data.display()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}

/// The one line of what Postgres said that tells the cause; the rest is its own way there.
fn what_went_wrong(said: &str) -> &str {
    let tells = |words: &[&str]| said.lines().find(|line| words.iter().any(|word| line.contains(word)));
    tells(&["No space left", "Permission denied"])
        .or_else(|| tells(&["FATAL", "PANIC", "error:"]))
        .or_else(|| said.lines().rfind(|line| !line.trim().is_empty()))
        .unwrap_or("it said nothing")
}

fn passable_hint(folder: &Path, other_user: bool) -> String {
    let blocked = other_user
        && folder
            .ancestors()
            .skip(1)
            .any(|parent| fs::metadata(parent).is_ok_and(|meta| meta.permissions().mode() & 0o001 == 0));
    if blocked {
        format!(
            " (Postgres runs as another user when started by root, and that user cannot pass the folders above {}; \
             set COMMUNIQUE_DATA_DIR to a folder such as /var/lib/communique)",
            folder.display()
        )
    } else {
        String::new()
    }
}
