//! A load that does not wait for its server: requests leave at a fixed rate, and each is timed from the instant at which
//! it was to leave. A server that stalls is charged with all who would have come meanwhile; a client that sends its next
//! request after the last answer would leave them out ("coordinated omission").

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};

use super::http::Connection;

/// A connection that was idle for longer is not used again: the server may be closing it (RFC 9112 §9.5).
const IDLE: Duration = Duration::from_secs(2);

/// When the `n`th request from 0 is to leave, after the first.
pub fn intended(n: u32, per_second: u32) -> Duration {
    Duration::from_nanos(u64::from(n) * 1_000_000_000 / u64::from(per_second.max(1)))
}

/// Milliseconds from the intended departures to the last byte of their answers, in the order of departure.
///
/// A request takes a connection that is free, or opens another: there are as many as the server keeps waiting. Paths are
/// taken in turn. An answer that is not 200 is an error: it would be no figure of what was asked.
pub async fn run(to: SocketAddr, paths: &[String], per_second: u32, requests: u32) -> anyhow::Result<Vec<f64>> {
    ensure!(!paths.is_empty(), "nothing to ask for");
    let free: Arc<Mutex<Vec<(Connection, Instant)>>> = Arc::default();
    let (depart, mut departures) = tokio::sync::mpsc::unbounded_channel::<(u32, Instant)>();
    // A thread that sleeps to the microsecond: the runtime's timer goes by whole milliseconds.
    let begun = Instant::now() + Duration::from_millis(5);
    let clock = std::thread::spawn(move || {
        for n in 0..requests {
            let due = begun + intended(n, per_second);
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            if depart.send((n, due)).is_err() {
                break;
            }
        }
    });
    let mut asked = tokio::task::JoinSet::new();
    while let Some((n, due)) = departures.recv().await {
        let (free, path) = (Arc::clone(&free), paths[n as usize % paths.len()].clone());
        asked.spawn(async move {
            let kept = free.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut connection = match kept {
                Some((connection, since)) if since.elapsed() < IDLE => connection,
                _ => Connection::open(to).await?,
            };
            let answer = connection.get(&path).await?;
            let took = due.elapsed();
            ensure!(answer.status == 200, "{path} answered {}", answer.status);
            free.lock().unwrap_or_else(PoisonError::into_inner).push((connection, Instant::now()));
            Ok((n, took.as_secs_f64() * 1e3))
        });
    }
    clock.join().map_err(|_| anyhow::anyhow!("the clock of the departures panicked"))?;
    let mut timed = Vec::with_capacity(requests as usize);
    while let Some(one) = asked.join_next().await {
        timed.push(one.context("a request panicked")??);
    }
    timed.sort_by_key(|(n, _)| *n);
    Ok(timed.into_iter().map(|(_, took_ms)| took_ms).collect())
}
