//! Sending: one task per SMTP connection, one delivery in its hands at a time.
//!
//! The outcome of one delivery and the claim on the next are one commit, made before a byte of the next is sent: whoever
//! finds a row in `sending` later knows that it may have left, and that it is the only one of its sender. What goes into
//! the mail is read *after* that commit: a withdrawal or an end of subscription that was committed before it is seen,
//! without a lock that would make a publisher wait for senders (PROMISES I-11, I-15).
//!
//! A sender lives as long as its database session, on which it holds an advisory lock: however it ends, the lock goes
//! with it, and what it had in hand becomes *uncertain* and is sent once more (after a cut line once; after a death again), under the same Message-ID and envelope
//! sender, so that a mailbox can drop the copy. That is the choice of DESIGN §6 between a second copy and none at all.
//!
//! What a mail needs is read by one statement, and thousands of mails differ in their reader's links alone: what the others
//! have in common is composed once ([`mails::draft`]) and kept while the log stands still.
//!
//! Confirmations and validation mails don't wait behind digests: they go by the job queue, on lines of their own, and no rate
//! holds them back.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::StreamExt;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::mails::{self, Choice, Digest, Draft, Told};
use super::matching::{self, Announcement, Mark};
use super::model::{Claimed, State};
use super::pace::{Pace, Turn};
use super::query::{self, CHANNEL, Sitting};
use crate::ids::{PressListId, ReleaseId, RunId, Sequence, SubscriptionId};
use crate::instance;
use crate::kit::config::Uncertain;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, Connection, Outcome, Stage};
use crate::kit::stop::{Stop, wait};
use crate::kit::{clock, dates, db};
use crate::release::public::{self, Page};
use crate::subscription::model::{Ending, press_list_of};
use crate::subscription::{press_list, unsubscribe, wording};

/// How long after each try that a server put off it is tried again: 1, 5, 15, 30, 60 minutes, then each hour, until the
/// run gives up.
const BACK_OFF_S: [i64; 5] = [60, 300, 900, 1800, 3600];
/// How long a sender waits after a line that could not be opened: doubled each time up to the second.
const LINE_WAIT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));
/// How often an idle sender looks whether another one died, or a notification was lost.
const IDLE: Duration = Duration::from_secs(30);
/// How often a sender looks whether the database has become the site.
const HELD: Duration = Duration::from_secs(2);
/// How long a delivery is put off that lies ahead of the site's clock.
const AHEAD: Duration = Duration::from_secs(60);
/// Memory for what mails have in common, of all senders together.
const DRAFTS_BYTES: u64 = 24_000_000;

/// Runs as many senders as the settings have SMTP connections, until `stop` says so; each finishes its mail in hand.
pub async fn run_senders(ctx: &Context, stop: Stop) -> anyhow::Result<()> {
    let wake = watch::Sender::new(());
    let mut tasks = JoinSet::new();
    let shared = Shared::new(ctx);
    for _ in 0..ctx.settings.smtp_connections {
        tasks.spawn(keep_sending(shared.clone(), stop.clone(), wake.subscribe()));
    }
    tasks.spawn(listen(ctx.clone(), stop, wake));
    while let Some(ended) = tasks.join_next().await {
        ended.context("a sender panicked")?;
    }
    Ok(())
}

/// Sends all that is due now by one sender, and comes back when nothing is: for commands and tests.
///
/// # Errors
/// The database fails or is not the site, or no line to the mail server can be opened; what is left stays queued.
pub async fn drain(ctx: &Context) -> anyhow::Result<()> {
    let (_keep, mut stop) = watch::channel(false);
    let mut sender = Sender::begin(&Shared::new(ctx)).await?;
    let left = sender.work(&mut stop).await?;
    sender.end().await;
    match left {
        Left::Nothing { .. } | Left::Stopped => Ok(()),
        Left::NoLine(reply) => anyhow::bail!("no line to the mail server: {reply}"),
        Left::Held => anyhow::bail!("the database is not taken for the site"),
    }
}

/// As [`drain`], at most so many mails: for the benches, which want to know how large they are.
///
/// # Errors
/// As [`drain`].
pub async fn send_some(ctx: &Context, most: usize) -> anyhow::Result<()> {
    let (stop, mut stopped) = watch::channel(false);
    let mut sender = Sender::begin(&Shared::new(ctx)).await?;
    sender.left = Some((most, stop));
    sender.work(&mut stopped).await?;
    sender.settle().await?;
    sender.end().await;
    Ok(())
}

/// What the senders of a process have in common.
#[derive(Clone)]
struct Shared {
    ctx: Context,
    pace: Arc<Pace>,
    drafts: Arc<Drafts>,
}

impl Shared {
    fn new(ctx: &Context) -> Self {
        let drafts = quick_cache::sync::Cache::with_weighter(1000, DRAFTS_BYTES, Weight);
        Self { ctx: ctx.clone(), pace: Arc::new(Pace::new(&ctx.settings)), drafts: Arc::new(drafts) }
    }
}

type Drafts = quick_cache::sync::Cache<DraftKey, Arc<Draft>, Weight>;

/// What makes two mails the same but for their readers: all that they are made of.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct DraftKey {
    run: RunId,
    last: Sequence,
    languages: Vec<Lang>,
    items: Vec<(ReleaseId, Mark, Vec<usize>)>,
    filters: Vec<String>,
    rhythms: Vec<String>,
}

#[derive(Clone)]
struct Weight;

impl quick_cache::Weighter<DraftKey, Arc<Draft>> for Weight {
    fn weight(&self, _: &DraftKey, draft: &Arc<Draft>) -> u64 {
        draft.size() as u64
    }
}

/// Wakes the senders whenever something is notified.
async fn listen(ctx: Context, mut stop: Stop, wake: watch::Sender<()>) {
    while !*stop.borrow() {
        let listening = async {
            let mut conn = db::establish_site(ctx.direct_url()).await?;
            conn.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
            // What was notified while nobody listened.
            wake.send_replace(());
            let mut notifications = std::pin::pin!(conn.notifications_stream());
            while let Some(notification) = notifications.next().await {
                notification?;
                wake.send_replace(());
            }
            anyhow::bail!("the session ended")
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            ended = listening => {
                let ended: anyhow::Result<()> = ended;
                if let Err(error) = ended {
                    tracing::warn!(error = format!("{error:#}"), "nobody listens for deliveries; again in a second");
                }
            }
        }
        wait(LINE_WAIT.0, &mut stop).await;
    }
}

async fn keep_sending(shared: Shared, mut stop: Stop, mut wake: watch::Receiver<()>) {
    let mut line_wait = LINE_WAIT.0;
    let mut unsettled = None;
    while !*stop.borrow() {
        let mut sender = match Sender::begin(&shared).await {
            Ok(sender) => sender,
            Err(error) => {
                tracing::warn!(error = format!("{error:#}"), "a sender has no database session; again in a second");
                wait(LINE_WAIT.0, &mut stop).await;
                continue;
            }
        };
        sender.unsettled = unsettled.take();
        while !*stop.borrow() {
            wake.mark_unchanged();
            match sender.work(&mut stop).await {
                Ok(Left::Nothing { due_in }) => {
                    line_wait = LINE_WAIT.0;
                    let patience = due_in.map_or(IDLE, |due_in| due_in.min(IDLE));
                    tokio::select! {
                        _ = stop.wait_for(|stop| *stop) => {}
                        _ = wake.changed() => {}
                        () = tokio::time::sleep(patience) => {}
                    }
                }
                Ok(Left::NoLine(reply)) => {
                    tracing::warn!(reply, "no line to the mail server; again in {} s", line_wait.as_secs());
                    wait(line_wait, &mut stop).await;
                    line_wait = (line_wait * 2).min(LINE_WAIT.1);
                }
                Ok(Left::Held) => wait(HELD, &mut stop).await,
                Ok(Left::Stopped) => break,
                Err(error) => {
                    tracing::warn!(
                        error = format!("{error:#}"),
                        "a sender lost its database session; again in a second"
                    );
                    wait(LINE_WAIT.0, &mut stop).await;
                    break;
                }
            }
        }
        // Told to the next session: a mail that was accepted must not be sent again because Postgres was away.
        unsettled = sender.unsettled.take();
        sender.end().await;
    }
    if let Some(settled) = unsettled
        && let Ok(mut sender) = Sender::begin(&shared).await
    {
        sender.unsettled = Some(settled);
        if let Err(error) = sender.settle().await {
            tracing::warn!(error = format!("{error:#}"), "the outcome of the last mail could not be written");
        }
        sender.end().await;
    }
}

/// Why a sender has stopped for now.
#[derive(Debug)]
enum Left {
    /// Nothing is due; something will be after that time, if anything waits.
    Nothing { due_in: Option<Duration> },
    /// No line to the mail server.
    NoLine(String),
    /// The database is not the site.
    Held,
    /// The process is to end.
    Stopped,
}

/// What became of a delivery, until it is written.
struct Settled {
    claimed: Claimed,
    /// The sender that had it.
    sender: i64,
    /// The announcements that were in the mail.
    shown: Vec<Sequence>,
    /// Whether others were not.
    is_partial: bool,
    end: End,
}

enum End {
    Accepted(String),
    /// Refused for good; whether the address itself is.
    Refused {
        reply: String,
        is_address: bool,
    },
    /// Put off by the server, or (uncounted) by a line that said nothing about the mail.
    PutOff {
        reply: String,
        uncounted: bool,
    },
    Uncertain(String),
    /// Nobody wants it any more, or nothing of it is public.
    Cancelled,
}

impl End {
    fn of(outcome: Outcome) -> Self {
        let code = outcome.enhanced_code().map(str::to_owned);
        match outcome {
            Outcome::Accepted { reply } => Self::Accepted(reply),
            Outcome::Permanent { code: basic, reply, stage } => {
                // 5.1.x speaks of the address (RFC 3463 §3.2); refused elsewhere, or with another code, it's the mail or us.
                let is_address = stage == Stage::Rcpt && code.is_some_and(|code| code.starts_with("5.1."));
                Self::Refused { reply: format!("{basic} {reply}"), is_address }
            }
            Outcome::Temporary { code, reply, stage } => {
                let reply = code.map_or_else(|| reply.clone(), |code| format!("{code} {reply}"));
                Self::PutOff { reply, uncounted: stage < Stage::Mail }
            }
            Outcome::Uncertain { why } => Self::Uncertain(why),
        }
    }
}

struct Sender {
    shared: Shared,
    conn: AsyncPgConnection,
    /// The name of its lock; fresh for each session, so that a dead one is never taken for this one.
    id: i64,
    line: Connection,
    catalogue: Catalogue,
    unsettled: Option<Settled>,
    /// How many mails are left to send, and who is told when none is; without one all there are.
    left: Option<(usize, watch::Sender<bool>)>,
}

/// What a delivery turns out to be.
enum Read {
    /// A mail.
    Something(Box<Prepared>),
    /// Nobody wants it any more, or nothing of it is public.
    Nothing,
    /// The clock was set back to before a publication in it: the door will show it again.
    Ahead,
}

/// What there is to send to one person.
struct Prepared {
    digest: Digest,
    key: DraftKey,
    shown: Vec<Sequence>,
    is_partial: bool,
}

impl Sender {
    async fn begin(shared: &Shared) -> anyhow::Result<Self> {
        let ctx = &shared.ctx;
        let mut conn = db::establish_site(ctx.direct_url()).await.context("a database session for a sender")?;
        // Each statement here is a probe of an index, whatever the tables were when it was first planned: a queue that was
        // empty then may hold a hundred thousand a minute later.
        conn.batch_execute(
            "SET plan_cache_mode = force_generic_plan; SET jit = off; SET enable_seqscan = off; SET enable_bitmapscan = off",
        )
        .await?;
        let id = rand::random_range(1..i64::MAX);
        query::mark_alive(&mut conn, id).await?;
        Ok(Self {
            shared: shared.clone(),
            conn,
            id,
            line: Connection::open(&ctx.transport),
            catalogue: Catalogue::default(),
            unsettled: None,
            left: None,
        })
    }

    async fn end(self) {
        self.line.close().await;
    }

    /// Sends what is due until nothing is, the line fails, or `stop` is asked.
    async fn work(&mut self, stop: &mut Stop) -> anyhow::Result<Left> {
        // What an earlier session of ours learnt, before anybody takes its delivery for uncertain.
        self.settle().await?;
        match instance::ensure_site(&self.shared.ctx, &mut self.conn).await {
            Ok(()) => {}
            Err(instance::InstanceError::Held(_)) => return Ok(Left::Held),
            Err(instance::InstanceError::Db(error)) => return Err(error.into()),
        }
        let now = clock::now(&mut self.conn).await?;
        self.shared.pace.is_day(dates::day(self.shared.ctx.settings.zone, now));
        self.release_dead().await?;
        loop {
            if !self.has_turn(stop).await {
                self.settle().await?;
                return Ok(Left::Stopped);
            }
            let Some(claimed) = self.settle_and_claim().await? else {
                query::finish_runs(&mut self.conn).await?;
                let due_in = query::next_due_in(&mut self.conn).await?;
                return Ok(Left::Nothing { due_in: due_in.map(|due_in| Duration::from_secs_f64(due_in.max(0.0))) });
            };
            let settled = match self.read(&claimed).await? {
                Read::Ahead => {
                    query::put_off(&mut self.conn, &claimed, self.id, AHEAD.as_secs_f64()).await?;
                    continue;
                }
                Read::Nothing => {
                    Settled { claimed, sender: self.id, shown: Vec::new(), is_partial: true, end: End::Cancelled }
                }
                Read::Something(prepared) => {
                    match self.shared.pace.turn_of(claimed.id, prepared.digest.to.domain(), Instant::now()) {
                        Turn::Go(after) => tokio::time::sleep(after).await,
                        Turn::PutOff(after) => {
                            query::put_off(&mut self.conn, &claimed, self.id, after.as_secs_f64()).await?;
                            continue;
                        }
                    }
                    let end = self.hand_over(&prepared).await;
                    let Prepared { shown, is_partial, .. } = *prepared;
                    Settled { claimed, sender: self.id, shown, is_partial, end }
                }
            };
            let no_line = match &settled.end {
                End::PutOff { reply, uncounted: true } => Some(reply.clone()),
                _ => None,
            };
            self.unsettled = Some(settled);
            if let Some((left, stop)) = &mut self.left {
                *left = left.saturating_sub(1);
                stop.send_replace(*left == 0);
            }
            if let Some(reply) = no_line {
                self.settle().await?;
                return Ok(Left::NoLine(reply));
            }
            // A process that has learnt that it is held sends nothing more.
            if self.shared.ctx.is_held() {
                self.settle().await?;
                return Ok(Left::Held);
            }
        }
    }

    /// Waits until the rate over all lets one more mail go; false if the process is to end.
    async fn has_turn(&self, stop: &mut Stop) -> bool {
        if *stop.borrow() {
            return false;
        }
        let turn = self.shared.pace.take_turn(Instant::now());
        if !turn.is_zero() {
            wait(turn, stop).await;
        }
        !*stop.borrow()
    }

    async fn hand_over(&mut self, prepared: &Prepared) -> End {
        let ctx = &self.shared.ctx;
        let composed = self
            .shared
            .drafts
            .get_or_insert_with(&prepared.key, || mails::draft(ctx, &prepared.digest).map(Arc::new))
            .and_then(|draft| mails::address(ctx, &draft, &prepared.digest));
        match composed {
            Ok(mail) => End::of(self.line.send(&mail).await),
            // A fault of ours: it must not stop all others.
            Err(error) => {
                let delivery = prepared.digest.id.0;
                tracing::error!(delivery, error = format!("{error:#}"), "composing a digest failed");
                End::PutOff { reply: "it could not be composed".to_owned(), uncounted: false }
            }
        }
    }

    /// One commit: what became of the last delivery, and the next one in hand.
    async fn settle_and_claim(&mut self) -> anyhow::Result<Option<Claimed>> {
        let Self { shared, conn, id, unsettled, .. } = self;
        let claimed = match &*unsettled {
            None => query::claim(conn, *id).await?,
            // Nearly always: one statement, which is its own transaction.
            Some(Settled { claimed, sender, end: End::Accepted(reply), is_partial, .. })
                if *sender == *id && (!is_partial || claimed.was_uncertain) =>
            {
                query::settle_accepted_and_claim(conn, claimed.id, *id, reply).await?
            }
            Some(settled) => {
                conn.transaction(async |conn| {
                    write(&shared.ctx, conn, settled).await?;
                    query::claim(conn, *id).await
                })
                .await?
            }
        };
        self.unsettled = None;
        Ok(claimed)
    }

    async fn settle(&mut self) -> anyhow::Result<()> {
        let Self { shared, conn, unsettled, .. } = self;
        if let Some(settled) = &*unsettled {
            conn.transaction(async |conn| write(&shared.ctx, conn, settled).await).await?;
        }
        self.unsettled = None;
        Ok(())
    }

    /// What senders had in hand that are no longer there goes back to all.
    async fn release_dead(&mut self) -> anyhow::Result<()> {
        let waits = self.shared.ctx.settings.mail_uncertain == Uncertain::Hold;
        for sender in query::senders_in_hand(&mut self.conn).await? {
            // Our own session can take its own lock again: that would say nothing.
            if sender == self.id {
                continue;
            }
            let released = self.conn.transaction(async |conn| query::release_dead(conn, sender, waits).await).await?;
            if released > 0 {
                tracing::warn!(released, "a sender ended with a delivery in hand; whether it arrived is uncertain");
            }
        }
        Ok(())
    }

    /// The digest of a delivery as it stands now, with the announcements in it.
    async fn read(&mut self, claimed: &Claimed) -> anyhow::Result<Read> {
        let Some(wanted) = query::wanted_now(&mut self.conn, claimed.id).await? else { return Ok(Read::Nothing) };
        let running: BTreeSet<i64> = wanted.subscription_ids.iter().map(|id| id.0).collect();
        // What each announcement is asked for by, of what still runs.
        let mut by_release: Vec<(ReleaseId, Vec<Sequence>, BTreeSet<SubscriptionId>)> = Vec::new();
        for ((sequence, release), asked_by) in wanted.sequences.iter().zip(&wanted.releases).zip(&wanted.asked_by) {
            let ids = asked_by.split(' ').filter_map(|id| id.parse().ok()).filter(|id| running.contains(id));
            let asked_by: BTreeSet<SubscriptionId> = ids.map(SubscriptionId).collect();
            if asked_by.is_empty() {
                continue;
            }
            match by_release.iter_mut().find(|(id, ..)| id == release) {
                Some((_, sequences, all)) => {
                    sequences.push(*sequence);
                    all.extend(asked_by);
                }
                None => by_release.push((*release, vec![*sequence], asked_by)),
            }
        }
        let ids: Vec<ReleaseId> = by_release.iter().map(|(id, ..)| *id).collect();
        self.catalogue.look_up(&mut self.conn, wanted.last, &ids).await?;
        if ids.iter().any(|id| self.catalogue.of(*id).is_none())
            && query::is_ahead(&mut self.conn, &wanted.sequences).await?
        {
            self.catalogue = Catalogue::default();
            return Ok(Read::Ahead);
        }
        // Only what was announced before can have been had before.
        let earlier: Vec<ReleaseId> = by_release
            .iter()
            .filter(|(id, sequences, _)| {
                self.catalogue.of(*id).is_some_and(|known| known.announced.len() > sequences.len())
            })
            .map(|(id, ..)| *id)
            .collect();
        let had = match earlier.is_empty() {
            true => HashMap::new(),
            false => query::had_up_to(&mut self.conn, wanted.subscriber_id, &earlier, claimed.id).await?,
        };
        let lang = wanted.languages.first().copied().unwrap_or(Lang::Fr);
        let mut told = Vec::new();
        let mut shown = Vec::new();
        let mut asked: Vec<SubscriptionId> = Vec::new();
        for (id, sequences, asked_by) in by_release {
            let Some(known) = self.catalogue.of(id) else { continue };
            let announcements: Vec<Announcement> =
                known.announced.iter().filter(|one| sequences.contains(&one.sequence)).cloned().collect();
            let state = known.page.card.release.public_state;
            let Some(mark) = matching::mark(state, &announcements, had.get(&id).copied()) else { continue };
            shown.extend(sequences);
            let asked_by: Vec<usize> = asked_by
                .into_iter()
                .map(|subscription| match asked.iter().position(|known| *known == subscription) {
                    Some(place) => place,
                    None => {
                        asked.push(subscription);
                        asked.len() - 1
                    }
                })
                .collect();
            let (page, sitting) = (Arc::clone(&known.page), known.sitting.clone());
            told.push(Told { page, sitting, mark, asked_by });
        }
        if told.is_empty() {
            return Ok(Read::Nothing);
        }
        let Ok(to) = Address::parse(&wanted.email) else {
            tracing::error!(subscriber = wanted.subscriber_id.0, "a stored address can't be written to");
            return Ok(Read::Nothing);
        };
        let mut choices = Vec::new();
        for subscription in &asked {
            let place = wanted.subscription_ids.iter().position(|id| id == subscription);
            let Some(filter) = place.and_then(|place| wanted.filters.get(place)) else { continue };
            let rhythm = place.and_then(|place| wanted.rhythms.get(place)).cloned().unwrap_or_default();
            let said = self.catalogue.choice(&mut self.conn, filter, lang).await?;
            let basis = match press_list_of(filter) {
                Some(list) => self.catalogue.basis(&mut self.conn, list).await?,
                None => None,
            };
            choices.push(Choice { filter: filter.clone(), said, rhythm, basis });
        }
        let key = DraftKey {
            run: wanted.run_id,
            last: wanted.last,
            languages: wanted.languages.clone(),
            items: told
                .iter()
                .map(|told| (told.page.card.release.id, told.mark.clone(), told.asked_by.clone()))
                .collect(),
            filters: choices.iter().map(|choice| choice.filter.clone()).collect(),
            rhythms: choices.iter().map(|choice| choice.rhythm.clone()).collect(),
        };
        let is_partial = shown.len() < wanted.sequences.len();
        let digest = Digest {
            id: claimed.id,
            to,
            languages: wanted.languages,
            run_kind: wanted.run_kind,
            slot_at: wanted.slot_at,
            opened_at: wanted.opened_at,
            told,
            choices,
            ending: Ending { subscriber_id: wanted.subscriber_id, subscription_ids: asked },
        };
        Ok(Read::Something(Box::new(Prepared { digest, key, shown, is_partial })))
    }
}

async fn write(ctx: &Context, conn: &mut AsyncPgConnection, settled: &Settled) -> diesel::QueryResult<()> {
    let Settled { claimed, sender, shown, is_partial, end } = settled;
    // Of an earlier try that may have arrived everything counts as had.
    if *is_partial && matches!(end, End::Accepted(_) | End::Uncertain(_) | End::Cancelled) && !claimed.was_uncertain {
        query::mark_left_out(conn, claimed.id, shown).await?;
    }
    let (state, reply) = match end {
        End::Accepted(reply) => (State::Accepted, Some(reply.as_str())),
        End::Cancelled => (State::Cancelled, None),
        End::Refused { reply, is_address: false } => (State::Failed, Some(reply.as_str())),
        End::Refused { reply, is_address: true } => (State::Bounced, Some(reply.as_str())),
        // In the table it is due at once, and sent once more at most: a second time it stays as it is.
        End::Uncertain(why) => (State::Uncertain, Some(why.as_str())),
        End::PutOff { reply, uncounted } => {
            let tries = usize::try_from(claimed.attempts).unwrap_or(1).clamp(1, BACK_OFF_S.len());
            let after_s = if *uncounted { 0 } else { BACK_OFF_S[tries - 1] };
            return query::put_back(conn, claimed, *sender, after_s, *uncounted, reply).await;
        }
    };
    let waits = state == State::Uncertain && !claimed.was_uncertain && ctx.settings.mail_uncertain == Uncertain::Hold;
    let is_ours = query::settle(conn, claimed.id, *sender, state, reply, waits).await?;
    if is_ours && state == State::Bounced {
        let subscriber = query::subscriber_of(conn, claimed.id).await?;
        unsubscribe::suspend_within(ctx, conn, subscriber).await?;
    }
    Ok(())
}

/// What a sender knows of releases, as of one entry of the log: thousands of mails tell of the same few.
#[derive(Default)]
struct Catalogue {
    last: Sequence,
    releases: HashMap<ReleaseId, Option<Known>>,
    choices: HashMap<(String, Lang), String>,
    bases: HashMap<PressListId, Option<String>>,
}

/// A public release, with all that was announced of it.
struct Known {
    page: Arc<Page>,
    /// As an item of a meeting.
    sitting: Option<Arc<Sitting>>,
    announced: Vec<Announcement>,
}

impl Catalogue {
    /// Forgets everything if the log went on, and reads what is missing. What is read may be newer than `last`, never
    /// older.
    async fn look_up(
        &mut self,
        conn: &mut AsyncPgConnection,
        last: Sequence,
        ids: &[ReleaseId],
    ) -> diesel::QueryResult<()> {
        if self.last != last {
            *self = Self { last, ..Self::default() };
        }
        let missing: Vec<ReleaseId> = ids.iter().copied().filter(|id| !self.releases.contains_key(id)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut announced: HashMap<ReleaseId, Vec<Announcement>> = HashMap::new();
        for announcement in query::announced_of(conn, &missing, last).await? {
            announced.entry(announcement.release_id).or_default().push(announcement);
        }
        let mut sittings: HashMap<ReleaseId, Arc<Sitting>> = query::sittings(conn, &missing)
            .await?
            .into_iter()
            .map(|sitting| (sitting.release_id, Arc::new(sitting)))
            .collect();
        let there: HashMap<ReleaseId, Lang> = public::cards(conn, &missing)
            .await?
            .into_iter()
            .filter_map(|card| Some((card.release.id, *card.versions.keys().next()?)))
            .collect();
        for id in missing {
            let page = match there.get(&id) {
                Some(lang) => public::page(conn, id, *lang).await?,
                None => None,
            };
            let announced = announced.remove(&id).unwrap_or_default();
            let sitting = sittings.remove(&id);
            self.releases.insert(id, page.map(|page| Known { page: Arc::new(page), sitting, announced }));
        }
        Ok(())
    }

    fn of(&self, id: ReleaseId) -> Option<&Known> {
        self.releases.get(&id)?.as_ref()
    }

    async fn basis(&mut self, conn: &mut AsyncPgConnection, list: PressListId) -> diesel::QueryResult<Option<String>> {
        if let Some(basis) = self.bases.get(&list) {
            return Ok(basis.clone());
        }
        let found = press_list::query::bases(conn, &[list]).await?.into_iter().next();
        let basis = found.map(|(_, basis)| basis);
        self.bases.insert(list, basis.clone());
        Ok(basis)
    }

    async fn choice(&mut self, conn: &mut AsyncPgConnection, filter: &str, lang: Lang) -> diesel::QueryResult<String> {
        let key = (filter.to_owned(), lang);
        if let Some(choice) = self.choices.get(&key) {
            return Ok(choice.clone());
        }
        let choice = wording::stored_choice(conn, filter, lang).await?;
        self.choices.insert(key, choice.clone());
        Ok(choice)
    }
}
