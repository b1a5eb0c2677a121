//! Whether the database in front of us is the site, or a copy of it, or an older state that was restored (DESIGN §6,
//! PROMISES I-31).
//!
//! A copy for staging must mail nobody and publish nothing by itself, and neither must a back-up that was read back before
//! somebody has looked at it: it would send again what had been sent. So the first process that meets a database writes
//! down where it stands (the cluster, its timeline, the database, the site's address), and whoever finds it elsewhere later
//! is **held**: nothing is mailed, nothing is published by itself, the desk says so on every page, `doctor` says why, and
//! reading goes on. `communique instance accept` makes it the site.
//!
//! A restored database that stands where it stood looks the same by all that. What it lacks are the latest runs: each run
//! leaves its number and its place in the log in *storage*, which nobody restores with the database, and a database behind
//! that mark is an older one.
//!
//! - `query.rs` every SQL statement on the table

mod query;

use std::fmt;
use std::time::Duration;

use anyhow::Context as _;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use query::Fingerprint;

use crate::ids::{RunId, Sequence};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::db;
use crate::kit::stop::{Stop, wait};
use crate::kit::storage::{Key, StorageError};

/// How often a process looks again: a database is rarely swapped under it, and a new session looks at once.
const EVERY: Duration = Duration::from_secs(15);
/// The name of the mark in storage.
const MARK: &str = "instance/mark.json";
/// How far the numbers of mails jump when a restored database becomes the site: those that it had given away before, and
/// forgot, name mails in people's mailboxes.
const JUMP: i64 = 10_000_000;

/// What the last run left in storage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its number.
    pub run: RunId,
    /// The last public change that it looked at.
    pub sequence: Sequence,
}

/// Why a database is not taken for the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// Another cluster of Postgres.
    Cluster,
    /// The same cluster after a promotion or a recovery.
    Timeline {
        /// What was accepted.
        accepted: i32,
        /// What it is.
        found: i32,
    },
    /// Another database of the cluster, or one of the same name that was made anew.
    Database {
        /// What was accepted.
        accepted: String,
        /// What it is.
        found: String,
    },
    /// The site has another address.
    PublicUrl {
        /// What was accepted.
        accepted: String,
        /// What is set.
        found: String,
    },
    /// Storage knows of a later run.
    Behind(Mark),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cluster => f.write_str("it is in another Postgres cluster than the one that was accepted"),
            Self::Timeline { accepted, found } => write!(
                f,
                "the cluster is on timeline {found} and was on {accepted}: it was promoted or recovered, and may lack what \
                 was sent last"
            ),
            Self::Database { accepted, found } if accepted == found => {
                write!(f, "the database {found} was made anew since it was accepted: a dump was read back")
            }
            Self::Database { accepted, found } => write!(f, "the database is {found}, and {accepted} was accepted"),
            Self::PublicUrl { accepted, found } => {
                write!(f, "the site's address is {found} (COMMUNIQUE_PUBLIC_URL), and {accepted} was accepted")
            }
            Self::Behind(mark) => write!(
                f,
                "storage knows of run {} up to change {}, of which the database does not: an older state was restored",
                mark.run, mark.sequence.0
            ),
        }
    }
}

/// The database is not the site: nothing leaves the house.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this database is not taken for the site: {}; `communique instance accept` makes it the site", said(.0))]
pub struct Held(pub Vec<Difference>);

fn said(differences: &[Difference]) -> String {
    differences.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// Why nobody knows whether it is the site. Then nothing leaves the house either.
#[derive(Debug, thiserror::Error)]
pub enum InstanceError {
    /// It is not.
    #[error(transparent)]
    Held(#[from] Held),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
}

/// Refuses to go on where the database stands elsewhere than the one that was accepted: asked before anything leaves the
/// house. The first that asks writes down where it stands. The mark in storage is not read here: see [`examine`].
///
/// # Errors
/// It is another one; or the statement fails.
pub async fn ensure_site(ctx: &Context, conn: &mut AsyncPgConnection) -> Result<(), InstanceError> {
    let found = query::here(conn, &address(ctx)).await?;
    let accepted = query::accepted_or_first(conn, &found).await?;
    let differences = accepted.differences(&found);
    if differences.is_empty() && !ctx.is_held() { Ok(()) } else { Err(Held(differences).into()) }
}

/// Looks at everything, the mark in storage included, and remembers for this process whether it is held.
///
/// # Errors
/// The database or storage cannot be read: what was known before stays.
pub async fn examine(ctx: &Context) -> anyhow::Result<Result<(), Held>> {
    let mut conn = ctx.conn().await?;
    let found = query::here(&mut conn, &address(ctx)).await?;
    let accepted = query::accepted_or_first(&mut conn, &found).await?;
    let mut differences = accepted.differences(&found);
    if let Some(mark) = mark(ctx).await?
        && query::is_behind(&mut conn, mark.run, mark.sequence).await?
    {
        differences.push(Difference::Behind(mark));
    }
    ctx.set_held(!differences.is_empty());
    Ok(if differences.is_empty() { Ok(()) } else { Err(Held(differences)) })
}

/// Where the accepted database stands and where this one does; none was accepted yet: none.
pub async fn both(ctx: &Context) -> anyhow::Result<(Option<Fingerprint>, Fingerprint)> {
    let mut conn = ctx.conn().await?;
    let found = query::here(&mut conn, &address(ctx)).await?;
    Ok((query::accepted(&mut conn).await?, found))
}

/// Makes this database the site, whatever it was: an operator's word. If it was behind the mark in storage, its mails get
/// numbers that the lost ones cannot have had.
///
/// # Errors
/// The database or storage cannot be written.
pub async fn accept(ctx: &Context, by: Actor) -> anyhow::Result<()> {
    let old_mark = mark(ctx).await?;
    // As whom the address names, for the site's own role may not move the numbers of rows.
    let mut conn = db::establish(ctx.direct_url()).await.context("connecting to the database")?;
    let new_mark = conn
        .transaction(async |conn| {
            let found = query::here(conn, &address(ctx)).await?;
            let before = query::accepted(conn).await?;
            let behind = match old_mark {
                Some(mark) => query::is_behind(conn, mark.run, mark.sequence).await?,
                None => false,
            };
            query::accept(conn, &found).await?;
            if behind {
                query::jump(conn, JUMP).await?;
            }
            let detail = json!({ "before": before, "now": found, "behind": behind });
            journal::record(conn, by, [Entry::on_site("instance.accepted").with(detail)]).await?;
            query::latest(conn).await
        })
        .await?;
    match new_mark {
        Some((run, sequence)) => write(ctx, Mark { run, sequence }).await?,
        None => ctx.storage.remove(&Key::stored(MARK)).await?,
    }
    ctx.set_held(false);
    Ok(())
}

/// Leaves the mark of the latest run in storage, unless it is there already.
///
/// # Errors
/// The database or storage fails.
pub async fn leave_mark(ctx: &Context) -> anyhow::Result<()> {
    let latest = query::latest(&mut *ctx.conn().await?).await?;
    let Some((run, sequence)) = latest else { return Ok(()) };
    let known = mark(ctx).await?;
    // What is behind the mark does not move it: that is what the mark is there to show.
    if known.is_none_or(|known| known.run < run) {
        write(ctx, Mark { run, sequence }).await?;
    }
    Ok(())
}

/// The mark in storage, if one was ever left.
///
/// # Errors
/// Storage is away, or holds something else under that name.
pub async fn mark(ctx: &Context) -> anyhow::Result<Option<Mark>> {
    match ctx.storage.read_whole(&Key::stored(MARK)).await {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes).context("the mark in storage cannot be read")?)),
        Err(StorageError::Missing) => Ok(None),
        Err(error) => Err(error).context("reading the mark in storage"),
    }
}

/// Whether a file in storage is the mark, which no row names.
pub fn is_mark(key: &str) -> bool {
    key == MARK
}

async fn write(ctx: &Context, mark: Mark) -> anyhow::Result<()> {
    let bytes = serde_json::to_vec(&mark)?;
    ctx.storage.put(bytes.into(), &Key::stored(MARK)).await.context("leaving the mark in storage")
}

/// Looks every now and then, and says once what it found.
pub async fn watch(ctx: Context, mut stop: Stop) {
    let mut was_held = false;
    while !*stop.borrow() {
        match examine(&ctx).await {
            Ok(Ok(())) => {
                if std::mem::take(&mut was_held) {
                    tracing::info!("the database was accepted as the site: mail and publications go on");
                }
                if let Err(error) = leave_mark(&ctx).await {
                    tracing::warn!(error = format!("{error:#}"), "the last run has left no mark");
                }
            }
            Ok(Err(held)) => {
                if !std::mem::replace(&mut was_held, true) {
                    tracing::error!("{held}");
                }
            }
            // What was known stays; without a database nothing leaves the house anyway.
            Err(error) => tracing::warn!(error = format!("{error:#}"), "nobody can tell whether this is the site"),
        }
        wait(EVERY, &mut stop).await;
    }
}

fn address(ctx: &Context) -> String {
    ctx.settings.absolute("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let accepted = Fingerprint {
            system_identifier: "7".into(),
            timeline: 1,
            database: "press".into(),
            database_oid: 5,
            public_url: "https://press.example".into(),
        };
        assert!(accepted.differences(&accepted.clone()).is_empty());
        for (what, found, said) in [
            ("cluster", Fingerprint { system_identifier: "8".into(), ..accepted.clone() }, "another Postgres cluster"),
            ("timeline", Fingerprint { timeline: 2, ..accepted.clone() }, "timeline 2 and was on 1"),
            ("dump", Fingerprint { database_oid: 6, ..accepted.clone() }, "press was made anew"),
            ("name", Fingerprint { database: "copy".into(), ..accepted.clone() }, "is copy, and press was accepted"),
            ("address", Fingerprint { public_url: "https://staging".into(), ..accepted.clone() }, "https://staging"),
        ] {
            let found = accepted.differences(&found);
            assert_eq!(found.len(), 1, "{what}");
            assert!(found[0].to_string().contains(said), "{what}: {}", found[0]);
        }
    }
}
