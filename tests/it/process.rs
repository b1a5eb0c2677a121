//! The program as an operator meets it: its exit status, its one line of error, its end in order, and a database that
//! goes away under it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use communique::kit::cluster::{Cluster, Durability};
use communique::kit::config::{Settings, Source};
use communique::kit::context::Context;
use communique::kit::migrations;
use communique::kit::secret::Secret;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::support::{self, Answer};

/// The program, with nothing of this environment's settings.
fn communique(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_communique"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("COMMUNIQUE_") || name == "DATABASE_URL") {
        command.env_remove(name);
    }
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn one_line(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{text}");
    assert_eq!(text.trim_end().lines().count(), 1, "one line, not: {text}");
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_wrong_is_one_clear_line_and_a_status() {
    let folder = tempfile::tempdir().unwrap();
    let url = support::empty_database().await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let a_file = folder.path().join("a-file");
    std::fs::write(&a_file, "x").unwrap();
    let unwritable = a_file.join("below").display().to_string();
    for (toml, env, args, said) in [
        ("", vec![], vec!["serve"], "DATABASE_URL is not set"),
        (
            "lisen = \"127.0.0.1:1\"",
            vec![],
            vec!["serve"],
            "communique.toml, line 1: unknown setting lisen; did you mean listen?",
        ),
        ("slots = [\"25:00\"]", vec![], vec!["routes"], "communique.toml, line 1: \"25:00\" is not right"),
        ("x = ", vec![], vec!["routes"], "communique.toml, line 1"),
        ("", vec![("COMMUNIQUE_ZONE", "Mars/Olympus")], vec!["doctor"], "environment, COMMUNIQUE_ZONE"),
        (
            "",
            vec![("DATABASE_URL", url.as_str()), ("COMMUNIQUE_LISTEN", "127.0.0.1:0")],
            vec!["serve"],
            "run `communique migrate`",
        ),
        (
            "",
            vec![("DATABASE_URL", url.as_str()), ("COMMUNIQUE_LISTEN", taken.as_str())],
            vec!["serve"],
            "is another one running?",
        ),
        (
            "",
            vec![("DATABASE_URL", url.as_str()), ("COMMUNIQUE_DATA_DIR", unwritable.as_str())],
            vec!["serve"],
            "Not a directory",
        ),
        (
            "",
            vec![("DATABASE_URL", url.as_str()), ("COMMUNIQUE_SMTP_URL", "ftp://x")],
            vec!["serve"],
            "COMMUNIQUE_SMTP_URL",
        ),
        ("", vec![("DATABASE_URL", "postgres://127.0.0.1:1/x")], vec!["migrate"], "onnect"),
        ("", vec![("COMMUNIQUE_LISTEN", taken.as_str())], vec!["demo"], "is another one running?"),
    ] {
        // The port stays taken while this runs.
        let _hold = TcpListener::bind(&taken).ok();
        std::fs::write(folder.path().join("communique.toml"), toml).unwrap();
        let output = communique(folder.path()).args(&args).envs(env).output().unwrap();
        let line = one_line(&output);
        assert!(line.contains(said), "{args:?}: {line}\nlacks: {said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_lists_for_operators_are_whole() {
    let folder = tempfile::tempdir().unwrap();
    let print = |command: &str| {
        let output = communique(folder.path()).arg(command).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let routes = print("routes");
    for line in routes.lines() {
        assert!(
            line.trim_end().ends_with("public")
                || line.trim_end().ends_with("demo only")
                || line.trim_end().ends_with("signed in")
                || ["site: ", "release: ", "institution: ", "asset: ", "account: ", "mandate: "]
                    .iter()
                    .any(|of| line.contains(of)),
            "{line}"
        );
    }
    assert!(routes.lines().count() > 40 && routes.contains("/nl/persberichten") && routes.contains("/desk"));
    assert!(print("settings").contains("COMMUNIQUE_SLOTS"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stops_reading_a_list_has_seen_enough() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = communique(folder.path()).arg("settings").spawn().unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert!(child.wait().unwrap().success() && said.is_empty(), "{said}");
}

/// Serves on a port of its own; ends with the test, whatever becomes of it.
struct Serving {
    child: Child,
    address: String,
    _folder: tempfile::TempDir,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn serve() -> Serving {
    let folder = tempfile::tempdir().unwrap();
    let url = support::empty_database().await;
    migrations::migrate(&url).await.unwrap();
    let address = {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().to_string()
    };
    let mut command = communique(folder.path());
    command
        .arg("serve")
        .env("DATABASE_URL", url)
        .env("COMMUNIQUE_LISTEN", &address)
        .stderr(Stdio::null())
        .stdout(Stdio::null());
    let child = command.spawn().unwrap();
    let serving = Serving { child, address, _folder: folder };
    until(Duration::from_secs(20), || TcpStream::connect(&serving.address).is_ok());
    serving
}

/// Asks until it is so.
fn until(patience: Duration, so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !so() {
        assert!(begun.elapsed() < patience, "waited in vain");
        std::thread::yield_now();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_lets_a_request_in_flight_end() {
    let mut serving = serve().await;
    let mut line = TcpStream::connect(&serving.address).unwrap();
    line.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let body = "email=nobody%40example.org&password=wrong+password";
    // The head and half of the form. That the server asks for the rest (RFC 9110 §10.1.1) shows that it is at it.
    write!(
        line,
        "POST /desk/sign-in HTTP/1.1\r\nHost: {}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\
         Expect: 100-continue\r\n\r\n{}",
        serving.address,
        body.len(),
        &body[..20]
    )
    .unwrap();
    line.flush().unwrap();
    let mut asked = [0; 25];
    line.read_exact(&mut asked).unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");

    kill(Pid::from_raw(i32::try_from(serving.child.id()).unwrap()), Signal::SIGTERM).unwrap();
    until(Duration::from_secs(10), || TcpStream::connect(&serving.address).is_err());
    write!(line, "{}", &body[20..]).unwrap();
    let mut answer = String::new();
    let _ = line.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 422"), "{answer}");
    let begun = Instant::now();
    assert!(serving.child.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_is_said_and_comes_back_by_itself() {
    support::provider();
    let folder = tempfile::tempdir().unwrap();
    let cluster_folder = std::env::temp_dir().join(format!("communique-it-{}", std::process::id())).join("faults");
    let start = || {
        let folder = cluster_folder.clone();
        tokio::task::spawn_blocking(move || Cluster::start(&folder, Durability::Scratch).unwrap())
    };
    let cluster = start().await.unwrap();
    let url = cluster.url("postgres");
    migrations::migrate(&url).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let mut source = Source::default();
    source.default_to("COMMUNIQUE_DATA_DIR", folder.path().display().to_string());
    let settings = Settings::understand(&source).unwrap();
    let ctx = Context::new(settings, &url, Secret::ephemeral(), false).unwrap();
    let server =
        communique::server::serve(ctx.clone(), communique::search::Index::new(&ctx.settings.data_dir), listener, 1)
            .unwrap();
    let handle = server.handle();
    tokio::spawn(server);
    let get = async |path: &str| Answer::of(reqwest::get(format!("{base}{path}")).await.unwrap()).await;

    assert_eq!((get("/fr/").await.status, get("/readyz").await.status), (200, 200));
    tokio::task::spawn_blocking(move || drop(cluster)).await.unwrap();
    for path in ["/fr/", "/nl/persberichten", "/readyz", "/de/2026/03/06/etwas"] {
        let away = get(path).await;
        assert_eq!(away.status, 503, "{path}");
        assert!(away.header("retry-after").parse::<u64>().is_ok(), "{path}: {:?}", away.headers);
        assert!(away.header("cache-control").contains("no-store"));
        for secret in ["postgres", "connection", "socket", "diesel"] {
            assert!(!away.body.to_lowercase().contains(secret), "{path} tells of {secret}");
        }
    }
    assert_eq!(get("/healthz").await.status, 200, "the process itself is well");
    let cluster = start().await.unwrap();
    let begun = Instant::now();
    while get("/fr/").await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(10), "comes back within ten seconds");
    }
    handle.stop(false).await;
    tokio::task::spawn_blocking(move || drop(cluster)).await.unwrap();
}
