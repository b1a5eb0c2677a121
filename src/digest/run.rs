//! Opens a run: freezes one bound on the log, and lays out a delivery for everybody to whom something up to it is new.
//!
//! One transaction does it all, cursors included, so that two workers, a crash or a slow commit neither skip nor repeat
//! anything. Runs open one after the other. The slot's instant is unique: there is never a second mail for it.

use chrono::{DateTime, Duration, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::matching::{self, Announcement};
use super::query::{self, Offers, Planned};
use super::slot;
use crate::change::{self, Span};
use crate::council;
use crate::ids::{ReleaseId, RunId, Sequence};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::release;
use crate::search::Filter;

/// A slot that was missed is made up for at once if it is not longer ago than this; else at the next slot.
pub const LATE: Duration = Duration::hours(4);
/// An item older than this is no news: whether it still goes out is for an operator to say.
pub const STALE: Duration = Duration::hours(48);

/// What became of looking whether a run is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nothing is, until then.
    NotUntil(DateTime<Utc>),
    /// It was opened.
    Opened(Opened),
    /// It waits for an operator ([`run_slot_now`]): something in it is older than [`STALE`].
    Held {
        /// The slot.
        due_at: DateTime<Utc>,
        /// The instant of the oldest announcement that would go out.
        oldest_at: DateTime<Utc>,
    },
}

/// A run that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Which one.
    pub id: RunId,
    /// The slot.
    pub due_at: DateTime<Utc>,
    /// The last public change that it looked at.
    pub bound: Sequence,
    /// Mails laid out.
    pub deliveries: usize,
}

/// What a run would do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For which slot.
    pub due_at: DateTime<Utc>,
    /// Mails that would be laid out.
    pub deliveries: usize,
    /// By filter, the largest first.
    pub by_filter: Vec<Planned>,
    /// The instant of the oldest announcement that would go out.
    pub oldest_at: Option<DateTime<Utc>>,
}

/// Why no run was opened. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Not one of the site's slots.
    #[error("{0} is no slot of this site")]
    NoSuchSlot(DateTime<Utc>),
    /// It is yet to come.
    #[error("the slot of {0} is yet to come")]
    NotYet(DateTime<Utc>),
    /// It was opened before: nobody gets two mails for one slot.
    #[error("the slot of {0} was opened before")]
    AlreadyOpen(DateTime<Utc>),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<RunError> for crate::kit::web::error::WebError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::NoSuchSlot(_) => Self::NotFound,
            RunError::NotYet(_) | RunError::AlreadyOpen(_) => Self::Conflict(Box::new(error)),
            RunError::Db(error) => error.into(),
            RunError::Busy(busy) => busy.into(),
        }
    }
}

/// How long a slot waits for a publication planned up to its instant that is not done yet. Longer than that and it is
/// broken, and what it would bring goes out at the next slot.
const PATIENCE: Duration = Duration::minutes(2);

/// Opens the run that is due, if one is. All slots that were missed are one run, at once if the latest is at most
/// [`LATE`] ago, else at the next slot. However many processes ask at the same time, one opens it.
pub async fn open_due(ctx: &Context) -> Result<Due, RunError> {
    let mut conn = ctx.conn().await?;
    let settings = &ctx.settings;
    // Most of the time nothing is due: two reads, no lock.
    let now = clock::now(&mut conn).await?;
    let due_at = match due_slot(settings, query::considered_up_to(&mut conn).await?, now) {
        Ok(due_at) => due_at,
        Err(next) => return Ok(Due::NotUntil(next)),
    };
    // What is planned for the very instant of the slot is in its digest; it may be in another process's hands just now.
    let is_overdue =
        release::query::is_overdue(&mut conn, due_at).await? || council::query::is_overdue(&mut conn, due_at).await?;
    if now - due_at < PATIENCE && is_overdue {
        return Ok(Due::NotUntil(now));
    }
    let outcome = conn
        .transaction(async |conn| {
            query::lock_runs(conn).await?;
            match due_slot(settings, query::considered_up_to(conn).await?, clock::now(conn).await?) {
                Err(next) => Ok(Due::NotUntil(next)),
                Ok(due_at) => match open_within(conn, settings, due_at).await? {
                    (_, Some(oldest_at)) if clock::now(conn).await? - oldest_at > STALE => {
                        Err(Undone::With(Due::Held { due_at, oldest_at }))
                    }
                    (opened, _) => Ok(Due::Opened(opened)),
                },
            }
        })
        .await;
    Undone::unless_held(outcome)
}

/// The slot to open a run for, or when to look again.
fn due_slot(
    settings: &Settings,
    considered_up_to: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DateTime<Utc>> {
    let latest = slot::last(settings, now);
    let is_missing = considered_up_to.is_some_and(|considered| considered < latest);
    if !is_missing || now - latest > LATE { Err(slot::next(settings, now)) } else { Ok(latest) }
}

/// Opens the run of a slot that has come, whatever its age and that of its items: an operator's word.
pub async fn run_slot_now(ctx: &Context, by: Actor, due_at: DateTime<Utc>) -> Result<Opened, RunError> {
    let mut conn = ctx.conn().await?;
    let settings = &ctx.settings;
    if slot::last(settings, due_at) != due_at {
        return Err(RunError::NoSuchSlot(due_at));
    }
    conn.transaction(async |conn| {
        query::lock_runs(conn).await?;
        if due_at > clock::now(conn).await? {
            return Err(RunError::NotYet(due_at));
        }
        let (opened, _) = open_within(conn, settings, due_at).await?;
        journal::record(conn, by, [Entry::new("digest.opened_by_hand", "digest_run", opened.id.0)]).await?;
        Ok(opened)
    })
    .await
}

/// What a run would do if it opened now, for the next slot or for the one that is due. It is the same transaction, taken
/// back: nothing is changed.
pub async fn plan(ctx: &Context) -> Result<Plan, RunError> {
    let mut conn = ctx.conn().await?;
    let settings = &ctx.settings;
    let outcome = conn
        .transaction(async |conn| {
            query::lock_runs(conn).await?;
            let due_at = match due_slot(settings, query::considered_up_to(conn).await?, clock::now(conn).await?) {
                Ok(due) => due,
                Err(next) => next,
            };
            let (opened, oldest_at) = open_within(conn, settings, due_at).await?;
            let by_filter = query::by_filter(conn, opened.id).await?;
            Err::<Plan, _>(Undone::With(Plan { due_at, deliveries: opened.deliveries, by_filter, oldest_at }))
        })
        .await;
    Undone::unless_held(outcome)
}

/// The run inside the caller's transaction, which holds the lock; with the instant of the oldest announcement in it.
async fn open_within(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    due_at: DateTime<Utc>,
) -> Result<(Opened, Option<DateTime<Utc>>), RunError> {
    let now = clock::now(conn).await?;
    let bound = change::last(conn).await?;
    let give_up_at = slot::next_but_one(settings, due_at.max(now));
    let id = query::insert_run(conn, due_at, bound, give_up_at).await?.ok_or(RunError::AlreadyOpen(due_at))?;
    let groups = query::groups(conn, bound).await?;
    let Some(after) = groups.iter().map(|group| group.cursor).min() else {
        query::lay_out(conn, id, bound, &[], &Offers::default()).await?;
        return Ok((Opened { id, due_at, bound, deliveries: 0 }, None));
    };
    let announced = query::announced_within(conn, Span { after, up_to: bound }).await?;
    let mut ids: Vec<ReleaseId> = announced.iter().map(|(announcement, _)| announcement.release_id).collect();
    ids.sort();
    ids.dedup();
    let present = query::present(conn, &ids).await?;
    let announcements: Vec<Announcement> = announced.iter().map(|(announcement, _)| announcement.clone()).collect();
    let mut offers = Offers::default();
    for (group, number) in groups.iter().zip(1..) {
        let resolved = match Filter::parse(&group.filter) {
            Ok(filter) => filter.resolve(conn).await?,
            Err(_) => None,
        };
        let Some(resolved) = resolved else {
            tracing::warn!(filter = group.filter, "a subscription to something that is not there matches nothing");
            continue;
        };
        for offer in matching::offers(&resolved, group.cursor, &announcements, &present) {
            offers.group.push(number);
            offers.sequence.push(offer.sequence.0);
            offers.release.push(offer.release_id.0);
            let codes: Vec<&str> = offer.only_languages.iter().map(|lang| lang.code()).collect();
            offers.languages.push(codes.join(" "));
            offers.only_had.push(offer.only_had);
        }
    }
    let deliveries = query::lay_out(conn, id, bound, &groups, &offers).await?;
    let oldest_at = announced
        .iter()
        .filter(|(announcement, _)| deliveries > 0 && offers.sequence.contains(&announcement.sequence.0))
        .map(|(_, at)| *at)
        .min();
    query::notify(conn).await?;
    Ok((Opened { id, due_at, bound, deliveries }, oldest_at))
}

/// A transaction that is taken back on purpose, with what was learnt in it; or one that failed.
enum Undone<T> {
    With(T),
    Failed(RunError),
}

impl<T> Undone<T> {
    fn unless_held(outcome: Result<T, Self>) -> Result<T, RunError> {
        match outcome {
            Ok(value) | Err(Self::With(value)) => Ok(value),
            Err(Self::Failed(error)) => Err(error),
        }
    }
}

impl<T> From<diesel::result::Error> for Undone<T> {
    fn from(error: diesel::result::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl<T> From<RunError> for Undone<T> {
    fn from(error: RunError) -> Self {
        Self::Failed(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;

    #[test]
    fn a_missed_slot_is_made_up_for_within_four_hours_and_else_at_the_next() {
        let settings = Settings::understand(&Source::default()).expect("settings");
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        // Slots in November: 08:00, 12:00, 16:00 UTC.
        for (what, last, now, expected) in [
            ("on the dot", Some("2026-11-20T08:00:00Z"), "2026-11-20T12:00:00Z", Ok("2026-11-20T12:00:00Z")),
            ("open already", Some("2026-11-20T12:00:00Z"), "2026-11-20T12:00:01Z", Err("2026-11-20T16:00:00Z")),
            ("two missed, one run", Some("2026-11-19T16:00:00Z"), "2026-11-20T13:00:00Z", Ok("2026-11-20T12:00:00Z")),
            ("four hours late", Some("2026-11-20T12:00:00Z"), "2026-11-20T20:00:00Z", Ok("2026-11-20T16:00:00Z")),
            ("later", Some("2026-11-20T12:00:00Z"), "2026-11-20T20:00:01Z", Err("2026-11-21T08:00:00Z")),
            ("nobody waits", None, "2026-11-20T12:30:00Z", Err("2026-11-20T16:00:00Z")),
        ] {
            let found = due_slot(&settings, last.map(at), at(now));
            assert_eq!(found, expected.map(at).map_err(at), "{what}");
        }
    }
}
