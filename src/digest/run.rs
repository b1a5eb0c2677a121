//! Opens a run: freezes one bound on the log, and lays out a delivery for everybody to whom something up to it is new.
//!
//! One transaction does it all, cursors included, so that two workers, a crash or a slow commit neither skip nor repeat
//! anything. Runs open one after the other. A slot's instant is unique: there is never a second mail for it. Whoever is told
//! at once is told by runs of the same kind whose instant is the log's growth; nobody gets an item twice, whichever run
//! brings it first, for an announcement goes once to each person.
//!
//! Each distinct filter is matched once, against a small index of the announcements in question: the very search that its
//! page is (`search::Handful`). What remains is one statement.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::matching::{self, Announcement};
use super::model::Audience;
use super::query::{self, Group, Laid, Offers};
use super::slot;
use crate::change::Span;
use crate::council;
use crate::directory;
use crate::ids::{ReleaseId, RunId, Sequence};
use crate::instance::{self, Held, InstanceError};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::release::decision;
use crate::search::filter::Named;
use crate::search::{Filter, Handful, Resolved};
use crate::subscription::model::press_list_of;
use crate::subscription::pause;
use crate::subscription::rhythm::Frequency;

/// An item older than this is no news …
pub const STALE: Duration = Duration::hours(48);
/// … if it comes so much later than it should have: then whether it still goes out is for an operator to say. Who is told
/// once a week is told of what is six days old, and on a Monday of what came after Friday's last slot.
const OVERDUE: Duration = Duration::hours(24);
/// How far back it is asked which slots were missed: longer than any frequency's period.
const LOOK_BACK: Duration = Duration::days(40);

/// What became of looking whether a run is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nothing is, until then.
    NotUntil(DateTime<Utc>),
    /// It was opened.
    Opened(Opened),
    /// It waits for an operator ([`run_slot_now`], [`run_at_once_now`]): something in it is older than [`STALE`].
    Held {
        /// The slot, or the present instant.
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
    /// The slot, or when the log had grown.
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
    pub by_filter: Vec<PlannedFilter>,
    /// By release, in the order of what is announced.
    pub by_item: Vec<PlannedItem>,
    /// The instant of the oldest announcement that would go out.
    pub oldest_at: Option<DateTime<Utc>>,
    /// Whether it would wait for an operator.
    pub is_held: bool,
}

/// What a plan brings by one filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFilter {
    /// Canonical; empty: everything.
    pub filter: String,
    /// How many mails it is part of.
    pub deliveries: i64,
    /// How many releases it brings to them, altogether.
    pub items: i64,
}

/// A release in a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedItem {
    /// The first of what is announced of it.
    pub sequence: Sequence,
    /// Which one.
    pub release_id: ReleaseId,
    /// In how many mails.
    pub deliveries: i64,
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
    /// The database is not the site.
    #[error(transparent)]
    Held(#[from] Held),
    /// The search library failed.
    #[error("matching")]
    Matching(#[source] anyhow::Error),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<InstanceError> for RunError {
    fn from(error: InstanceError) -> Self {
        match error {
            InstanceError::Held(held) => Self::Held(held),
            InstanceError::Db(error) => Self::Db(error),
        }
    }
}

impl From<RunError> for crate::kit::web::error::WebError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::NoSuchSlot(_) => Self::NotFound,
            RunError::NotYet(_) | RunError::AlreadyOpen(_) | RunError::Held(_) => Self::Conflict(Box::new(error)),
            RunError::Matching(error) => Self::Internal(error),
            RunError::Db(error) => error.into(),
            RunError::Busy(busy) => busy.into(),
        }
    }
}

/// How long a slot waits for a publication planned up to its instant that is not done yet. Longer than that and it is
/// broken, and what it would bring goes out at the next slot.
const PATIENCE: Duration = Duration::minutes(2);

/// Opens the run that is due, if one is. All slots that were missed are one run, at once if the latest is at most
/// `COMMUNIQUE_LATE_HOURS` ago, else at the next slot. However many processes ask at the same time, one opens it.
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
    let is_overdue = crate::release::query::is_overdue(&mut conn, due_at).await?
        || council::query::is_overdue(&mut conn, due_at).await?;
    if now - due_at < PATIENCE && is_overdue {
        return Ok(Due::NotUntil(now));
    }
    instance::ensure_site(ctx, &mut conn).await?;
    let outcome = conn
        .transaction(async |conn| {
            query::lock_runs(conn).await?;
            let considered = query::considered_up_to(conn).await?;
            match due_slot(settings, considered, clock::now(conn).await?) {
                Err(next) => Ok(Due::NotUntil(next)),
                Ok(due_at) => match open_slot_within(conn, settings, due_at, considered).await? {
                    (_, Some(oldest_at)) => Err(Undone::With(Due::Held { due_at, oldest_at })),
                    (opened, None) => Ok(Due::Opened(opened)),
                },
            }
        })
        .await;
    let due = Undone::unless_held(outcome)?;
    leave_mark(ctx, &due).await;
    Ok(due)
}

/// Opens a run for whoever is told at once, if there is something to tell; else it says when to look again, which is now.
pub async fn open_at_once(ctx: &Context) -> Result<Due, RunError> {
    let mut conn = ctx.conn().await?;
    // Nearly always there is nothing: one probe of an index.
    if !is_due_at_once(&mut conn).await? {
        return Ok(Due::NotUntil(clock::now(&mut conn).await?));
    }
    instance::ensure_site(ctx, &mut conn).await?;
    let settings = &ctx.settings;
    let outcome = conn
        .transaction(async |conn| {
            query::lock_runs(conn).await?;
            if !is_due_at_once(conn).await? {
                return Ok(Due::NotUntil(clock::now(conn).await?));
            }
            match open_at_once_within(conn, settings).await? {
                (opened, Some(oldest_at)) => Err(Undone::With(Due::Held { due_at: opened.due_at, oldest_at })),
                (opened, None) => Ok(Due::Opened(opened)),
            }
        })
        .await;
    let due = Undone::unless_held(outcome)?;
    leave_mark(ctx, &due).await;
    Ok(due)
}

/// Whether there is something to tell at once.
pub async fn is_due_at_once(conn: &mut AsyncPgConnection) -> diesel::QueryResult<bool> {
    let bound = query::bound(conn).await?;
    query::is_due_at_once(conn, bound).await
}

/// The mark by which a restored database is known. Where it cannot be left now, `instance::watch` leaves it later.
async fn leave_mark(ctx: &Context, due: &Due) {
    if let Due::Opened(_) = due
        && let Err(error) = instance::leave_mark(ctx).await
    {
        tracing::warn!(error = format!("{error:#}"), "a run has left no mark in storage; again later");
    }
}

/// The slot to open a run for, or when to look again.
fn due_slot(
    settings: &Settings,
    considered_up_to: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, DateTime<Utc>> {
    let latest = slot::last(settings, now);
    let is_missing = considered_up_to.is_some_and(|considered| considered < latest);
    if !is_missing || now - latest > settings.late { Err(slot::next(settings, now)) } else { Ok(latest) }
}

/// The slot that has come and was not opened, if there is one: it was missed for too long, or waits for an operator.
pub async fn unopened(conn: &mut AsyncPgConnection, settings: &Settings) -> diesel::QueryResult<Option<DateTime<Utc>>> {
    let now = clock::now(conn).await?;
    let latest = slot::last(settings, now);
    let considered = query::considered_up_to(conn).await?;
    // A moment after its instant it is simply being opened.
    Ok(considered.filter(|considered| *considered < latest && now - latest > Duration::minutes(1)).map(|_| latest))
}

/// Lets the uncertain mails of a run that wait for somebody's word be sent once more; gives how many.
pub async fn send_waiting(conn: &mut AsyncPgConnection, by: Actor, id: RunId) -> diesel::QueryResult<usize> {
    conn.transaction(async |conn| {
        let released = query::send_waiting(conn, id).await?;
        let entry = Entry::new("digest.sent_once_more", "digest_run", id.0);
        journal::record(conn, by, [entry.with(serde_json::json!({ "mails": released }))]).await?;
        query::notify(conn).await?;
        Ok(released)
    })
    .await
}

/// Opens the run of a slot that has come, whatever its age and that of its items: an operator's word.
pub async fn run_slot_now(ctx: &Context, by: Actor, due_at: DateTime<Utc>) -> Result<Opened, RunError> {
    let mut conn = ctx.conn().await?;
    let settings = &ctx.settings;
    if slot::last(settings, due_at) != due_at {
        return Err(RunError::NoSuchSlot(due_at));
    }
    instance::ensure_site(ctx, &mut conn).await?;
    let opened = conn
        .transaction(async |conn| {
            query::lock_runs(conn).await?;
            if due_at > clock::now(conn).await? {
                return Err(RunError::NotYet(due_at));
            }
            let considered = query::considered_before(conn, due_at).await?;
            let (opened, _) = open_slot_within(conn, settings, due_at, considered).await?;
            journal::record(conn, by, [Entry::new("digest.opened_by_hand", "digest_run", opened.id.0)]).await?;
            Ok(opened)
        })
        .await?;
    leave_mark(ctx, &Due::Opened(opened.clone())).await;
    Ok(opened)
}

/// Tells at once whoever is told at once, whatever the age of the items: an operator's word. None: there is nothing.
pub async fn run_at_once_now(ctx: &Context, by: Actor) -> Result<Option<Opened>, RunError> {
    let mut conn = ctx.conn().await?;
    let settings = &ctx.settings;
    instance::ensure_site(ctx, &mut conn).await?;
    let opened = conn
        .transaction(async |conn| {
            query::lock_runs(conn).await?;
            if !is_due_at_once(conn).await? {
                return Ok::<_, RunError>(None);
            }
            let (opened, _) = open_at_once_within(conn, settings).await?;
            journal::record(conn, by, [Entry::new("digest.opened_by_hand", "digest_run", opened.id.0)]).await?;
            Ok(Some(opened))
        })
        .await?;
    if let Some(opened) = &opened {
        leave_mark(ctx, &Due::Opened(opened.clone())).await;
    }
    Ok(opened)
}

/// What a run would do if it opened now, for the next slot or for the one that is due. Nothing is changed, and no run waits
/// for it.
pub async fn plan(ctx: &Context) -> Result<Plan, RunError> {
    let mut conn = ctx.conn().await?;
    let settings = &ctx.settings;
    // One snapshot, so that what is counted is what was matched.
    conn.build_transaction()
        .repeatable_read()
        .read_only()
        .run(async |conn| {
            let considered = query::considered_up_to(conn).await?;
            let now = clock::now(conn).await?;
            let due_at = match due_slot(settings, considered, now) {
                Ok(due) => due,
                Err(next) => next,
            };
            let audience = audience(settings, &missed(settings, considered, due_at));
            let bound = query::bound(conn).await?;
            let matched = Matched::of(conn, settings, &audience, bound).await?;
            let overdue = matched.overdue(settings, &Since::Slots { considered, up_to: due_at }, now.max(due_at));
            let mut plan = Plan {
                due_at,
                deliveries: 0,
                by_filter: Vec::new(),
                by_item: Vec::new(),
                oldest_at: None,
                is_held: overdue.is_some(),
            };
            let planned = query::planned(conn, &audience, bound, &matched.groups, &matched.offers).await?;
            let mut by_filter: BTreeMap<String, (i64, i64)> = BTreeMap::new();
            for row in planned {
                let (deliveries, items) = (row.deliveries, row.items);
                match (row.group, row.release_id.and(row.sequence)) {
                    (Some(number), _) => {
                        let group = usize::try_from(number).ok().and_then(|number| matched.groups.get(number - 1));
                        let Some(group) = group else { continue };
                        // The same filter with another cursor is for other people.
                        let sum = by_filter.entry(group.filter.clone()).or_default();
                        *sum = (sum.0 + deliveries, sum.1 + items);
                    }
                    (None, Some(sequence)) => {
                        let Some(announced) = matched.announcement(sequence) else { continue };
                        let release_id = announced.0.release_id;
                        plan.oldest_at = Some(plan.oldest_at.map_or(announced.1, |oldest| oldest.min(announced.1)));
                        plan.by_item.push(PlannedItem { sequence, release_id, deliveries });
                    }
                    (None, None) => plan.deliveries = usize::try_from(deliveries).unwrap_or(0),
                }
            }
            plan.by_item.sort_by_key(|item| item.sequence);
            plan.by_filter = by_filter
                .into_iter()
                .map(|(filter, (deliveries, items))| PlannedFilter { filter, deliveries, items })
                .collect();
            plan.by_filter.sort_by_key(|part| std::cmp::Reverse(part.deliveries));
            Ok(plan)
        })
        .await
}

/// The slots that a run makes up for: those after the last one considered, and its own in any case.
fn missed(settings: &Settings, considered: Option<DateTime<Utc>>, due_at: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let after = considered.unwrap_or(due_at).max(due_at - LOOK_BACK);
    let mut slots = slot::within(settings, after, due_at);
    if slots.is_empty() {
        slots.push(due_at);
    }
    slots
}

/// Who is told at one of these slots.
fn audience(settings: &Settings, slots: &[DateTime<Utc>]) -> Audience {
    let told: Vec<slot::Told> = slots.iter().map(|slot| slot::told(settings, *slot)).collect();
    let mut frequencies = vec![Frequency::Slots];
    frequencies.extend(told.iter().any(|told| told.daily).then_some(Frequency::Daily));
    frequencies.extend(told.iter().any(|told| told.weekly).then_some(Frequency::Weekly));
    Audience {
        frequencies,
        times: told.into_iter().flat_map(|told| told.times).collect(),
        site_times: settings.slots.iter().map(|time| time.format("%H:%M").to_string()).collect(),
    }
}

/// The run of a slot inside the caller's transaction, which holds the lock; with the instant of the oldest announcement in
/// it if it waits for an operator.
async fn open_slot_within(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
    due_at: DateTime<Utc>,
    considered: Option<DateTime<Utc>>,
) -> Result<(Opened, Option<DateTime<Utc>>), RunError> {
    let begun = std::time::Instant::now();
    let now = clock::now(conn).await?;
    // Whose pause is over is looked at like everybody else.
    pause::resume_due_within(conn).await?;
    let bound = query::bound(conn).await?;
    let give_up_at = slot::next_but_one(settings, due_at.max(now));
    let id = query::insert_slot(conn, due_at, bound, give_up_at).await?.ok_or(RunError::AlreadyOpen(due_at))?;
    let audience = audience(settings, &missed(settings, considered, due_at));
    let matched = Matched::of(conn, settings, &audience, bound).await?;
    let overdue = matched.overdue(settings, &Since::Slots { considered, up_to: due_at }, now);
    let laid = matched.lay_out(conn, id, &audience, bound, begun).await?;
    let opened = Opened { id, due_at, bound, deliveries: usize::try_from(laid.deliveries).unwrap_or(0) };
    Ok((opened, overdue.filter(|_| laid.deliveries > 0)))
}

/// As [`open_slot_within`], for whoever is told at once.
async fn open_at_once_within(
    conn: &mut AsyncPgConnection,
    settings: &Settings,
) -> Result<(Opened, Option<DateTime<Utc>>), RunError> {
    let begun = std::time::Instant::now();
    let now = clock::now(conn).await?;
    pause::resume_due_within(conn).await?;
    let bound = query::bound(conn).await?;
    let last_bound = query::at_once_bound(conn).await?;
    let (id, due_at) = query::insert_at_once(conn, bound, slot::next_but_one(settings, now)).await?;
    let audience = Audience {
        frequencies: vec![Frequency::AtOnce, Frequency::PressList],
        times: Vec::new(),
        site_times: Vec::new(),
    };
    let matched = Matched::of(conn, settings, &audience, bound).await?;
    let overdue = matched.overdue(settings, &Since::Bound(last_bound.unwrap_or_default()), now);
    let laid = matched.lay_out(conn, id, &audience, bound, begun).await?;
    let opened = Opened { id, due_at, bound, deliveries: usize::try_from(laid.deliveries).unwrap_or(0) };
    Ok((opened, overdue.filter(|_| laid.deliveries > 0)))
}

/// From where on something is late that a run brings: what is older was passed over by nobody, but asked for again by
/// somebody who came back from a pause.
enum Since {
    /// What was due at a slot after the first instant, up to the second.
    Slots { considered: Option<DateTime<Utc>>, up_to: DateTime<Utc> },
    /// What came after that change.
    Bound(Sequence),
}

/// The subscriptions that a run is for, by filter and cursor, and what each is offered.
struct Matched {
    groups: Vec<Group>,
    announced: Vec<(Announcement, DateTime<Utc>)>,
    offers: Offers,
}

impl Matched {
    async fn of(
        conn: &mut AsyncPgConnection,
        settings: &Settings,
        audience: &Audience,
        bound: Sequence,
    ) -> Result<Self, RunError> {
        let groups = query::groups(conn, audience, bound).await?;
        let Some(after) = groups.iter().map(|group| group.cursor).min() else {
            return Ok(Self { groups, announced: Vec::new(), offers: Offers::default() });
        };
        let announced = query::announced_within(conn, Span { after, up_to: bound }).await?;
        let mut matched = Self { groups, announced, offers: Offers::default() };
        if matched.announced.is_empty() {
            return Ok(matched);
        }
        let found = matched.found(conn, settings).await?;
        let ids: Vec<ReleaseId> = found.values().flatten().copied().collect::<HashSet<_>>().into_iter().collect();
        let present = query::present(conn, &ids).await?;
        let announcements: Vec<Announcement> =
            matched.announced.iter().map(|(announcement, _)| announcement.clone()).collect();
        let offers = &mut matched.offers;
        for (group, number) in matched.groups.iter().zip(1..) {
            let Some(found) = found.get(group.filter.as_str()) else { continue };
            for offer in matching::offers(found, group.cursor, &announcements, &present) {
                offers.group.push(number);
                offers.sequence.push(offer.sequence.0);
                offers.release.push(offer.release_id.0);
                let codes: Vec<&str> = offer.only_languages.iter().map(|lang| lang.code()).collect();
                offers.languages.push(codes.join(" "));
                offers.only_had.push(offer.only_had);
            }
        }
        Ok(matched)
    }

    /// Which of the announced releases each filter finds. Every distinct filter is asked once, of a small index; where the
    /// span is long, since somebody came back and wants what they missed, of several one after the other, and those of
    /// readers who are up to date of the last alone.
    async fn found(
        &self,
        conn: &mut AsyncPgConnection,
        settings: &Settings,
    ) -> Result<HashMap<String, HashSet<ReleaseId>>, RunError> {
        let mut last_of: HashMap<ReleaseId, Sequence> = HashMap::new();
        for (announcement, _) in &self.announced {
            last_of.insert(announcement.release_id, announcement.sequence);
        }
        let mut releases: Vec<(Sequence, ReleaseId)> = last_of.into_iter().map(|(id, last)| (last, id)).collect();
        releases.sort();
        let mut cursors: BTreeMap<String, Sequence> = BTreeMap::new();
        for group in &self.groups {
            match cursors.get_mut(&group.filter) {
                Some(cursor) => *cursor = (*cursor).min(group.cursor),
                None => drop(cursors.insert(group.filter.clone(), group.cursor)),
            }
        }
        let (institutions, topics) =
            (directory::public::institutions(conn).await?, directory::public::topics(conn).await?);
        let (mandates, meetings) = (decision::mandates(conn).await?, decision::meetings(conn).await?);
        let named = Named { institutions: &institutions, topics: &topics, mandates: &mandates, meetings: &meetings };
        let all: Vec<ReleaseId> = releases.iter().map(|(_, id)| *id).collect();
        let for_lists = query::chosen_for_lists(conn, &all).await?;
        let mut filters: Vec<(String, Sequence, Resolved)> = Vec::new();
        let mut found: HashMap<String, HashSet<ReleaseId>> = HashMap::new();
        for (filter, cursor) in cursors {
            if let Some(list) = press_list_of(&filter) {
                let chosen = for_lists.iter().filter(|(of, _)| *of == list).map(|(_, id)| *id).collect();
                found.insert(filter, chosen);
                continue;
            }
            let parsed = Filter::parse(&filter).ok();
            match parsed.and_then(|parsed| parsed.resolve_among(&named)) {
                Some(resolved) => filters.push((filter, cursor, resolved)),
                None => tracing::warn!(filter, "a subscription to something that is not there matches nothing"),
            }
        }
        let filters = Arc::new(filters);
        for chunk in releases.chunks(Handful::MOST) {
            let Some((last, _)) = chunk.last().copied() else { continue };
            if filters.iter().all(|(_, cursor, _)| *cursor >= last) {
                continue;
            }
            let ids: Vec<ReleaseId> = chunk.iter().map(|(_, id)| *id).collect();
            let entries = crate::search::query::entries(conn, &ids).await?;
            let (zone, asking) = (settings.zone, Arc::clone(&filters));
            // It takes the processor for some milliseconds to some seconds: beside what else the process does.
            let asked = tokio::task::spawn_blocking(move || {
                let handful = Handful::of(&entries, zone)?;
                let asking = asking.iter().enumerate().filter(|(_, (_, cursor, _))| *cursor < last);
                asking.map(|(place, (_, _, resolved))| Ok((place, handful.matching(resolved)?))).collect()
            });
            let answers: anyhow::Result<Vec<(usize, Vec<ReleaseId>)>> =
                asked.await.map_err(|error| RunError::Matching(error.into()))?;
            for (place, ids) in answers.map_err(RunError::Matching)? {
                found.entry(filters[place].0.clone()).or_default().extend(ids);
            }
        }
        Ok(found)
    }

    fn announcement(&self, sequence: Sequence) -> Option<&(Announcement, DateTime<Utc>)> {
        let place = self.announced.binary_search_by_key(&sequence, |(announcement, _)| announcement.sequence).ok()?;
        self.announced.get(place)
    }

    /// The instant of the oldest announcement that is offered to somebody too late: if there is one, an operator decides.
    fn overdue(&self, settings: &Settings, since: &Since, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let mut oldest: Option<DateTime<Utc>> = None;
        let mut known: HashMap<(Frequency, Sequence), bool> = HashMap::new();
        for (number, sequence) in self.offers.group.iter().zip(&self.offers.sequence) {
            let sequence = Sequence(*sequence);
            let Some((_, at)) = self.announcement(sequence) else { continue };
            if now - *at <= STALE || oldest.is_some_and(|oldest| oldest <= *at) {
                continue;
            }
            let group = usize::try_from(*number).ok().and_then(|number| self.groups.get(number - 1));
            for frequency in group.map(|group| group.frequencies.as_slice()).unwrap_or_default() {
                let is_late = *known.entry((*frequency, sequence)).or_insert_with(|| match since {
                    Since::Slots { considered, up_to } => {
                        let expected = slot::expected(settings, *frequency, *at);
                        now - expected > OVERDUE
                            && expected <= *up_to
                            && considered.is_none_or(|considered| considered < expected)
                    }
                    Since::Bound(bound) => sequence > *bound,
                });
                if is_late {
                    oldest = Some(*at);
                }
            }
        }
        oldest
    }

    async fn lay_out(
        &self,
        conn: &mut AsyncPgConnection,
        id: RunId,
        audience: &Audience,
        bound: Sequence,
        begun: std::time::Instant,
    ) -> Result<Laid, RunError> {
        let floor = self.groups.iter().map(|group| group.cursor).min().unwrap_or(bound);
        let laid = query::lay_out(conn, id, audience, bound, &self.groups, &self.offers).await?;
        let took_ms = i32::try_from(begun.elapsed().as_millis()).unwrap_or(i32::MAX);
        query::mark_opened(conn, id, floor, &laid, took_ms).await?;
        query::notify(conn).await?;
        Ok(laid)
    }
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
