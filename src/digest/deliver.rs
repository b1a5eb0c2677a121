//! Sending: one task per SMTP connection, one delivery in its hands at a time.
//!
//! The outcome of one delivery and the claim on the next are one commit, made before a byte of the next is sent: whoever
//! finds a row in `sending` later knows that it may have left, and that it is the only one of its sender. What goes into
//! the mail is read *after* that commit: a withdrawal or an end of subscription that was committed before it is seen,
//! without a lock that would make a publisher wait for senders (PROMISES I-11, I-15).
//!
//! A sender lives as long as its database session, on which it holds an advisory lock: however it ends, the lock goes
//! with it, and what it had in hand becomes *uncertain* and is sent once more, under the same Message-ID and envelope
//! sender, so that a mailbox can drop the copy. That is the choice of DESIGN §6 between a second copy and none at all.
//!
//! Confirmations don't wait behind digests: they go by the job queue, on lines of their own.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use futures::StreamExt;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::mails::{self, Digest};
use super::matching::{self, Announcement, Mark};
use super::model::{Claimed, State};
use super::query::{self, CHANNEL};
use crate::ids::{ReleaseId, Sequence};
use crate::kit::context::Context;
use crate::kit::db;
use crate::kit::lang::{Lang, Texts};
use crate::kit::mail::{Address, Connection, Outcome, Stage};
use crate::kit::stop::{Stop, wait};
use crate::release::public::{self, Card};
use crate::subscription::model::Ending;
use crate::subscription::{unsubscribe, wording};

/// How long after each try that a server put off it is tried again: 1, 5, 15, 30, 60 minutes, then each hour, until the
/// run gives up.
const BACK_OFF_S: [i64; 5] = [60, 300, 900, 1800, 3600];
/// How long a sender waits after a line that could not be opened: doubled each time up to the second.
const LINE_WAIT: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(60));
/// How often an idle sender looks whether another one died, or a notification was lost.
const IDLE: Duration = Duration::from_secs(30);

/// Runs as many senders as the settings have SMTP connections, until `stop` says so; each finishes its mail in hand.
pub async fn run_senders(ctx: &Context, stop: Stop) -> anyhow::Result<()> {
    let wake = watch::Sender::new(());
    let mut tasks = JoinSet::new();
    for _ in 0..ctx.settings.smtp_connections {
        tasks.spawn(keep_sending(ctx.clone(), stop.clone(), wake.subscribe()));
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
/// The database fails, or no line to the mail server can be opened; what is left stays queued.
pub async fn drain(ctx: &Context) -> anyhow::Result<()> {
    let (_keep, stop) = watch::channel(false);
    let mut sender = Sender::begin(ctx).await?;
    let left = sender.work(&stop).await?;
    sender.end().await;
    match left {
        Left::Nothing { .. } | Left::Stopped => Ok(()),
        Left::NoLine(reply) => anyhow::bail!("no line to the mail server: {reply}"),
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

async fn keep_sending(ctx: Context, mut stop: Stop, mut wake: watch::Receiver<()>) {
    let mut line_wait = LINE_WAIT.0;
    let mut unsettled = None;
    while !*stop.borrow() {
        let mut sender = match Sender::begin(&ctx).await {
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
            match sender.work(&stop).await {
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
        && let Ok(mut sender) = Sender::begin(&ctx).await
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
    ctx: Context,
    conn: AsyncPgConnection,
    /// The name of its lock; fresh for each session, so that a dead one is never taken for this one.
    id: i64,
    line: Connection,
    catalogue: Catalogue,
    unsettled: Option<Settled>,
}

impl Sender {
    async fn begin(ctx: &Context) -> anyhow::Result<Self> {
        let mut conn = db::establish_site(ctx.direct_url()).await.context("a database session for a sender")?;
        let id = rand::random_range(1..i64::MAX);
        query::mark_alive(&mut conn, id).await?;
        Ok(Self {
            ctx: ctx.clone(),
            conn,
            id,
            line: Connection::open(&ctx.transport),
            catalogue: Catalogue::default(),
            unsettled: None,
        })
    }

    async fn end(self) {
        self.line.close().await;
    }

    /// Sends what is due until nothing is, the line fails, or `stop` is asked.
    async fn work(&mut self, stop: &Stop) -> anyhow::Result<Left> {
        // What an earlier session of ours learnt, before anybody takes its delivery for uncertain.
        self.settle().await?;
        self.release_dead().await?;
        loop {
            if *stop.borrow() {
                self.settle().await?;
                return Ok(Left::Stopped);
            }
            let Some(claimed) = self.settle_and_claim().await? else {
                query::finish_runs(&mut self.conn).await?;
                let due_in = query::next_due_in(&mut self.conn).await?;
                return Ok(Left::Nothing { due_in: due_in.map(|due_in| Duration::from_secs_f64(due_in.max(0.0))) });
            };
            let (shown, end) = match self.read(&claimed).await? {
                None => (Vec::new(), End::Cancelled),
                Some((digest, shown)) => match mails::compose(&self.ctx, &digest) {
                    Ok(mail) => (shown, End::of(self.line.send(&mail).await)),
                    // A fault of ours: it must not stop all others.
                    Err(error) => {
                        tracing::error!(
                            delivery = claimed.id.0,
                            error = format!("{error:#}"),
                            "composing a digest failed"
                        );
                        (shown, End::PutOff { reply: "it could not be composed".to_owned(), uncounted: false })
                    }
                },
            };
            let no_line = match &end {
                End::PutOff { reply, uncounted: true } => Some(reply.clone()),
                _ => None,
            };
            self.unsettled = Some(Settled { claimed, sender: self.id, shown, end });
            if let Some(reply) = no_line {
                self.settle().await?;
                return Ok(Left::NoLine(reply));
            }
        }
    }

    /// One commit: what became of the last delivery, and the next one in hand.
    async fn settle_and_claim(&mut self) -> anyhow::Result<Option<Claimed>> {
        let Self { ctx, conn, id, unsettled, .. } = self;
        let claimed = conn
            .transaction(async |conn| {
                if let Some(settled) = &*unsettled {
                    write(ctx, conn, settled).await?;
                }
                query::claim(conn, *id).await
            })
            .await?;
        self.unsettled = None;
        Ok(claimed)
    }

    async fn settle(&mut self) -> anyhow::Result<()> {
        let Self { ctx, conn, unsettled, .. } = self;
        if let Some(settled) = &*unsettled {
            conn.transaction(async |conn| write(ctx, conn, settled).await).await?;
        }
        self.unsettled = None;
        Ok(())
    }

    /// What senders had in hand that are no longer there goes back to all.
    async fn release_dead(&mut self) -> anyhow::Result<()> {
        for sender in query::senders_in_hand(&mut self.conn).await? {
            // Our own session can take its own lock again: that would say nothing.
            if sender == self.id {
                continue;
            }
            let released = self.conn.transaction(async |conn| query::release_dead(conn, sender).await).await?;
            if released > 0 {
                tracing::warn!(released, "a sender ended with a delivery in hand; it is sent once more");
            }
        }
        Ok(())
    }

    /// The digest of a delivery as it stands now, with the announcements in it; none if nobody wants it any more or nothing of it is public.
    async fn read(&mut self, claimed: &Claimed) -> anyhow::Result<Option<(Digest, Vec<Sequence>)>> {
        let rows = query::wanted_items(&mut self.conn, claimed.id).await?;
        let Some(first) = rows.first().cloned() else { return Ok(None) };
        let ids: Vec<ReleaseId> = rows.iter().map(|row| row.release_id).collect();
        self.catalogue.look_up(&mut self.conn, first.last, &ids).await?;
        let mut items = Vec::new();
        let mut shown = Vec::new();
        let mut seen: Vec<ReleaseId> = Vec::new();
        let mut wishes: Vec<(crate::ids::SubscriptionId, String)> = Vec::new();
        for row in &rows {
            if seen.contains(&row.release_id) {
                continue;
            }
            seen.push(row.release_id);
            let Some(card) = self.catalogue.cards.get(&row.release_id).cloned().flatten() else { continue };
            let of_release = || rows.iter().filter(|other| other.release_id == row.release_id);
            let announcements: Vec<Announcement> = of_release()
                .map(|row| Announcement {
                    sequence: row.sequence,
                    kind: row.kind,
                    release_id: row.release_id,
                    languages: row.announced.clone(),
                })
                .collect();
            let had = of_release().filter_map(|row| row.had_up_to).max();
            let Some(mark) = matching::mark(card.release.public_state, &announcements, had) else { continue };
            let note = match mark {
                Mark::Withdrawn => card.release.notice.clone(),
                Mark::Corrected => self.catalogue.note(&mut self.conn, &card).await?,
                Mark::Plain | Mark::AlsoIn(_) | Mark::Restored => None,
            };
            for row in of_release() {
                shown.push(row.sequence);
                wishes.extend(row.subscription_ids.iter().copied().zip(row.filters.iter().cloned()));
            }
            items.push(mails::Item { card, mark, note });
        }
        if items.is_empty() {
            return Ok(None);
        }
        let Ok(to) = Address::parse(&first.email) else {
            tracing::error!(subscriber = first.subscriber_id.0, "a stored address can't be written to");
            return Ok(None);
        };
        wishes.sort();
        wishes.dedup();
        let lang = first.languages.first().copied().unwrap_or(Lang::Fr);
        let mut choices = Vec::new();
        for (_, filter) in &wishes {
            choices.push(self.catalogue.choice(&mut self.conn, filter, lang).await?);
        }
        let digest = Digest {
            id: claimed.id,
            to,
            languages: first.languages,
            slot_at: first.slot_at,
            opened_at: first.opened_at,
            items,
            filters: wishes.iter().map(|(_, filter)| filter.clone()).collect(),
            choices,
            ending: Ending {
                subscriber_id: first.subscriber_id,
                subscription_ids: wishes.into_iter().map(|(id, _)| id).collect(),
            },
        };
        Ok(Some((digest, shown)))
    }
}

async fn write(ctx: &Context, conn: &mut AsyncPgConnection, settled: &Settled) -> diesel::QueryResult<()> {
    let Settled { claimed, sender, shown, end } = settled;
    // Of an earlier try that may have arrived everything counts as had.
    if matches!(end, End::Accepted(_) | End::Uncertain(_)) && !claimed.was_uncertain {
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
    let is_ours = query::settle(conn, claimed.id, *sender, state, reply).await?;
    if is_ours && state == State::Bounced {
        let subscriber = query::subscriber_of(conn, claimed.id).await?;
        unsubscribe::stop_bounced_within(ctx, conn, subscriber).await?;
    }
    Ok(())
}

/// What a sender knows of releases, as of one entry of the log: thousands of mails tell of the same few.
#[derive(Default)]
struct Catalogue {
    last: Sequence,
    cards: HashMap<ReleaseId, Option<Arc<Card>>>,
    notes: HashMap<ReleaseId, Option<Texts>>,
    choices: HashMap<(String, Lang), String>,
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
        let missing: Vec<ReleaseId> = ids.iter().copied().filter(|id| !self.cards.contains_key(id)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let mut found: HashMap<ReleaseId, Arc<Card>> =
            public::cards(conn, &missing).await?.into_iter().map(|card| (card.release.id, Arc::new(card))).collect();
        for id in missing {
            let card = found.remove(&id);
            self.cards.entry(id).or_insert(card);
        }
        Ok(())
    }

    /// What the edition that is read says it corrects.
    async fn note(&mut self, conn: &mut AsyncPgConnection, card: &Card) -> diesel::QueryResult<Option<Texts>> {
        let id = card.release.id;
        if let Some(note) = self.notes.get(&id) {
            return Ok(note.clone());
        }
        let note = match card.versions.keys().next() {
            Some(lang) => public::page(conn, id, *lang).await?.and_then(|page| page.corrections.into_iter().next()),
            None => None,
        };
        let note = note.map(|correction| correction.note);
        self.notes.insert(id, note.clone());
        Ok(note)
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
