//! Interleaved rounds: each asks for everything in turn, so that a machine that grows slower does so for all.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use super::process::{Meter, Spent};
use super::statistics::{median, percentile};
use super::{open_loop, wrk};

/// How many rounds; the middle one counts.
pub const ROUNDS: usize = 3;
/// Requests a second of the open loop.
pub const RATE: u32 = 100;

/// For how long each is asked.
#[derive(Debug, Clone, Copy)]
pub struct Periods {
    /// As fast as it answers.
    pub closed: Duration,
    /// At the fixed rate.
    pub open_s: u32,
}

/// Something to ask for.
#[derive(Debug)]
pub struct Scenario {
    /// What it is.
    pub what: String,
    /// One: it is hot. More: each is asked for once, as long as there are enough.
    pub paths: Vec<String>,
    /// What each round found.
    pub rounds: Vec<Round>,
}

/// What one round found.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    /// Whole answers a second.
    pub per_second: f64,
    /// Processor time of a request.
    pub spent: Spent,
    /// Whether some were asked for twice.
    pub repeated: bool,
    /// Milliseconds from the intended departure, at [`RATE`].
    pub p50_ms: f64,
    /// As `p50_ms`.
    pub p99_ms: f64,
}

impl Scenario {
    /// Nothing is measured yet.
    pub fn new(what: impl Into<String>, paths: Vec<String>) -> Self {
        Self { what: what.into(), paths, rounds: Vec::new() }
    }

    /// Asks for it, first as fast as it answers, then at the fixed rate.
    pub async fn round(
        &mut self,
        folder: &Path,
        to: SocketAddr,
        meter: &Meter,
        periods: Periods,
    ) -> anyhow::Result<()> {
        let open_requests = RATE * periods.open_s;
        // Of the many, the open loop asks for others than the closed one.
        let kept_back = (open_requests as usize).min(self.paths.len() / 2);
        let (closed, open) = match self.paths.len() {
            1 => (&self.paths[..], &self.paths[..]),
            many => self.paths.split_at(many - kept_back),
        };
        let before = meter.read()?;
        let counted = wrk::run(folder, to, closed, periods.closed).await?;
        let spent = meter.read()?.since(before);
        let requests = u32::try_from(counted.requests.max(1))?;
        let timed = open_loop::run(to, open, RATE, open_requests).await?;
        self.rounds.push(Round {
            per_second: f64::from(requests) / counted.took.as_secs_f64(),
            spent: Spent { servers: spent.servers / requests, postgres: spent.postgres / requests },
            repeated: closed.len() > 1 && counted.requests > closed.len() as u64,
            p50_ms: percentile(&timed, 0.5),
            p99_ms: percentile(&timed, 0.99),
        });
        Ok(())
    }

    fn middle(&self, of: impl Fn(&Round) -> f64) -> f64 {
        median(&self.rounds.iter().map(of).collect::<Vec<_>>())
    }

    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.middle(|round| round.per_second)
    }

    /// Microseconds of processor time a request: of our processes, of Postgres, of both.
    pub fn cpu_us(&self) -> (f64, f64, f64) {
        let us = |duration: Duration| duration.as_secs_f64() * 1e6;
        (
            self.middle(|round| us(round.spent.servers)),
            self.middle(|round| us(round.spent.postgres)),
            self.middle(|round| us(round.spent.total())),
        )
    }

    /// Milliseconds: p50 and p99.
    pub fn latency_ms(&self) -> (f64, f64) {
        (self.middle(|round| round.p50_ms), self.middle(|round| round.p99_ms))
    }

    /// Whether a path was asked for twice in some round.
    pub fn repeated(&self) -> bool {
        self.rounds.iter().any(|round| round.repeated)
    }
}
