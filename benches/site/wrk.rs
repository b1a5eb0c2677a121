//! Runs wrk: as many requests as the server answers, over connections that always have one under way.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, ensure};
use tokio::process::Command;

use super::http::ACCEPT_ENCODING;

/// Connections that ask all the time.
const CONNECTIONS: usize = 32;

/// What wrk counted.
#[derive(Debug, Clone, Copy)]
pub struct Counted {
    /// Whole answers.
    pub requests: u64,
    /// In how long.
    pub took: Duration,
}

/// The paths in turn, each thread every second, third… of them; it ends after `period`. Answers that are not 2xx or 3xx,
/// and connections that break, are an error.
pub async fn run(folder: &Path, to: SocketAddr, paths: &[String], period: Duration) -> anyhow::Result<Counted> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    let list = folder.join("paths.txt");
    tokio::fs::write(&list, paths.join("\n")).await?;
    let script = folder.join("paths.lua");
    let mut lua = String::new();
    // Requests are made ready before the run, up to some ten thousand, so that the client's own work does not count.
    write!(
        lua,
        r#"local count = 0
function setup(thread)
   thread:set("first", count)
   count = count + 1
end
function init(args)
   requests, place = {{}}, 0
   local number = 0
   for path in io.lines("{list}") do
      if number % {threads} == first or {single} then
         requests[#requests + 1] = wrk.format("GET", path, {{ ["Host"] = "{to}", ["Accept-Encoding"] = "{ACCEPT_ENCODING}" }})
      end
      number = number + 1
   end
end
function request()
   place = place % #requests + 1
   return requests[place]
end
function done(summary, latency, requests)
   local e = summary.errors
   print(string.format("counted %d %d %d", summary.requests, summary.duration, e.status + e.connect + e.read + e.write + e.timeout))
end
"#,
        list = list.display(),
        single = paths.len() < threads,
    )?;
    tokio::fs::write(&script, lua).await?;
    let output = Command::new("wrk")
        .args(["-t", &threads.to_string(), "-c", &CONNECTIONS.to_string(), "-s"])
        .arg(&script)
        .args(["-d", &format!("{}s", period.as_secs().max(1)), &format!("http://{to}")])
        .kill_on_drop(true)
        .output()
        .await
        .context("running wrk (Debian: apt install wrk)")?;
    let text = String::from_utf8_lossy(&output.stdout);
    ensure!(output.status.success(), "wrk: {}", String::from_utf8_lossy(&output.stderr));
    let line = text.lines().find_map(|line| line.strip_prefix("counted ")).context("wrk counted nothing")?;
    let numbers: Vec<u64> = line.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [requests, took_us, errors] = numbers[..] else { anyhow::bail!("wrk said {line:?}") };
    ensure!(errors == 0, "{errors} of {requests} requests failed: {}", paths.first().map_or("", String::as_str));
    Ok(Counted { requests, took: Duration::from_micros(took_us) })
}
