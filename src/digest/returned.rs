//! What comes back of the mails that were sent: takes a message, finds the delivery that it speaks of, and does what it
//! means. From a maildir, from a pipe of the mail server, or over HTTP.
//!
//! A message counts for the delivery whose envelope sender it came back to, or whose Message-ID stands in it; both hold a
//! keyed hash (`mails::unique`), so that nobody can report a mail that they have not seen. What cannot be matched or
//! understood is kept aside for some days and changes nothing. Nothing is answered, and read twice it counts once.
//!
//! | It says | Delivery | Person |
//! | --- | --- | --- |
//! | no such mailbox (5.1.x) | bounced | suspended |
//! | could not be delivered (4.x for too long, 5.2.2 …) | bounced | suspended at the third in 14 days with nothing delivered between |
//! | refused for what it is or for who sends it (5.6.x, 5.7.x, 5.1.7, 5.1.8) | bounced | – |
//! | late | – | – |
//! | delivered | delivered | what failed before is forgotten |
//! | unwanted (ARF) | complained | ended, and never written to again |
//! | a machine's reply | – | – |

use std::fmt;
use std::path::Path;

use anyhow::Context as _;
use diesel_async::AsyncConnection;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::model::State;
use super::{mails, query};
use crate::ids::DeliveryId;
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::job;
use crate::kit::mail::returned::{self, Meaning, Recipient, Says};
use crate::subscription::unsubscribe;
use crate::text_enum;

/// The most octets of a message that is looked at; a mail of ours has 100 kB, and comes back whole at most.
pub const MESSAGE_MAX: usize = 1024 * 1024;
/// The most octets that are kept of a message that is kept aside: its headers, and the part for people.
const ASIDE_MAX: usize = 64 * 1024;
/// That many messages are kept aside in a day; of more, nothing is kept: who fills our mailbox must not fill the database.
const ASIDE_A_DAY: i64 = 1000;
/// That many failures in a row within [`FINALS_DAYS`] suspend an address …
pub const FINALS: i64 = 3;
/// … of that many days.
pub const FINALS_DAYS: i32 = 14;

text_enum! {
    /// What a message meant.
    pub enum Verdict {
        /// There is no such mailbox.
        NoMailbox = "no_mailbox",
        /// It could not be delivered.
        Final = "final",
        /// It is late.
        Passing = "passing",
        /// It was refused for what it is, or for who sends it.
        Refused = "refused",
        /// It arrived.
        Delivered = "delivered",
        /// It was not wanted.
        Complaint = "complaint",
        /// A machine's reply, or one about a mail of which nothing follows.
        Ignored = "ignored",
        /// Not understood, forged, or of no mail that we know.
        Aside = "aside",
    }
}

impl Verdict {
    fn of(recipient: &Recipient) -> Self {
        match recipient.meaning() {
            Meaning::NoMailbox => Self::NoMailbox,
            Meaning::Final => Self::Final,
            Meaning::Passing => Self::Passing,
            Meaning::Refused => Self::Refused,
            Meaning::Delivered => Self::Delivered,
            Meaning::Nothing => Self::Ignored,
        }
    }

    /// Where the delivery stands then.
    fn state(self) -> Option<State> {
        match self {
            Self::NoMailbox | Self::Final | Self::Refused => Some(State::Bounced),
            Self::Delivered => Some(State::Delivered),
            Self::Complaint => Some(State::Complained),
            Self::Passing | Self::Ignored | Self::Aside => None,
        }
    }
}

/// Takes one message and does what it means; gives what that was. The same message again changes nothing.
pub async fn take(ctx: &Context, message: &[u8]) -> anyhow::Result<Verdict> {
    let shown = &message[..message.len().min(MESSAGE_MAX)];
    let digest = Sha256::digest(message).to_vec();
    let read = if message.len() > MESSAGE_MAX { None } else { Some(returned::read(shown)) };
    let delivery = read.as_ref().and_then(|read| delivery_of(ctx, &read.traces));
    let decisive = match read.as_ref().map(|read| &read.says) {
        Some(Says::Report(recipients)) => Says::decisive(recipients),
        _ => None,
    };
    let said = match read.as_ref().map(|read| &read.says) {
        Some(Says::Report(_)) => decisive.map_or(Verdict::Aside, Verdict::of),
        Some(Says::Complaint) => Verdict::Complaint,
        Some(Says::Automatic) => Verdict::Ignored,
        Some(Says::Unknown) | None => Verdict::Aside,
    };
    let status = decisive.and_then(|recipient| recipient.status).map(|status| status.to_string());
    let diagnostic = decisive.and_then(|recipient| recipient.diagnostic.clone());
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        if let Some(before) = query::returned_before(conn, &digest).await? {
            return Ok(before);
        }
        let owner = match delivery {
            Some(id) => query::owner_of(conn, id).await?.map(|owner| (id, owner)),
            None => None,
        };
        let verdict = match (said, owner) {
            // Nothing follows from it, whoever's it is.
            (Verdict::Ignored, _) => Verdict::Ignored,
            (_, None) => Verdict::Aside,
            (said, Some(_)) => said,
        };
        let elsewhere = read.as_ref().and_then(|read| written_elsewhere(&read.traces));
        let aside = (verdict == Verdict::Aside).then_some(&shown[..shown.len().min(ASIDE_MAX)]);
        if aside.is_some() && elsewhere.is_none() && query::aside_of_a_day(conn).await? >= ASIDE_A_DAY {
            tracing::warn!("more returned mail of nothing that we know than is kept in a day; it is dropped");
            return Ok(verdict);
        }
        let row = query::NewReturned {
            digest: &digest,
            verdict,
            status: status.as_deref(),
            diagnostic: diagnostic.as_deref(),
            delivery_id: owner.map(|(id, _)| id),
            subscriber_id: owner.map(|(_, owner)| owner),
            message: aside,
        };
        if !query::insert_returned(conn, &row).await? {
            // Another process reads the same one just now.
            return Ok(verdict);
        }
        let Some((id, subscriber)) = owner else {
            // Of a mail that somebody else wrote: theirs to know.
            let is_final = matches!(said, Verdict::NoMailbox | Verdict::Final | Verdict::Refused);
            if let Some((task, token)) = elsewhere.filter(|_| is_final) {
                let reply = diagnostic.as_deref().or(status.as_deref()).unwrap_or_default();
                job::enqueue(conn, task, &json!({ "token": token, "reply": reply }), None).await?;
            }
            return Ok(verdict);
        };
        if let Some(state) = verdict.state() {
            query::mark_returned(conn, id, state, status.as_deref(), diagnostic.as_deref()).await?;
        }
        match verdict {
            Verdict::NoMailbox => {
                unsubscribe::suspend_within(ctx, conn, subscriber).await?;
            }
            Verdict::Final => {
                if query::finals_in_a_row(conn, subscriber, FINALS_DAYS).await? >= FINALS {
                    unsubscribe::suspend_within(ctx, conn, subscriber).await?;
                }
            }
            Verdict::Complaint => unsubscribe::stop_complained_within(ctx, conn, subscriber).await?,
            Verdict::Passing | Verdict::Refused | Verdict::Delivered | Verdict::Ignored | Verdict::Aside => {}
        }
        if verdict.state().is_some() {
            let entry = Entry::new("delivery.returned", "delivery", id.0)
                .with(json!({ "subscriber": subscriber, "verdict": verdict.as_str(), "status": status }));
            journal::record(conn, Actor::Job("bounces"), [entry]).await?;
        }
        Ok(verdict)
    })
    .await
}

/// The delivery of which one of these texts speaks, if a keyed hash of ours stands beside its number.
fn delivery_of(ctx: &Context, traces: &[String]) -> Option<DeliveryId> {
    traces.iter().find_map(|trace| {
        let trace = trace.to_ascii_lowercase();
        // `bounce+d-12-<hash>@…` and `<digest.12-<hash>@…>`.
        ["+d-", "digest."].into_iter().find_map(|start| {
            let token = trace.split_once(start)?.1.split('@').next()?;
            let (number, _) = token.split_once('-')?;
            let id = DeliveryId(number.parse().ok()?);
            mails::is_unique(ctx, id, token).then_some(id)
        })
    })
}

/// Mails that other slices write: with what their envelope sender's token begins, and the job that hears of what came back,
/// with that token and what was said. Such a token is random, and nobody knows it who has not seen the mail.
const ELSEWHERE: &[(&str, &str)] = &[("+v-", "mail-returned-v")];

fn written_elsewhere(traces: &[String]) -> Option<(&'static str, String)> {
    traces.iter().find_map(|trace| {
        let trace = trace.to_ascii_lowercase();
        ELSEWHERE.iter().find_map(|(start, task)| {
            let token = trace.split_once(start)?.1.split('@').next()?;
            Some((*task, token.to_owned()))
        })
    })
}

/// What became of a maildir's messages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Done {
    /// How many meant what, in the order of [`Verdict::ALL`].
    pub counts: Vec<(Verdict, usize)>,
    /// Files that could not be read or moved.
    pub failed: usize,
    /// Of those that failed or were kept aside: the file's name, and why.
    pub said: Vec<(String, String)>,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (verdict, count) in self.counts.iter().filter(|(_, count)| *count > 0) {
            writeln!(f, "{count:>8}  {verdict}")?;
        }
        if self.failed > 0 {
            writeln!(f, "{:>8}  could not be read", self.failed)?;
        }
        for (file, reason) in &self.said {
            writeln!(f, "{file}: {reason}")?;
        }
        Ok(())
    }
}

/// Reads the new messages of a maildir, and moves each to `cur` as seen once what it means is done: one that is left is
/// read again the next time.
///
/// # Errors
/// The folder is no maildir, or the database fails.
pub async fn read_maildir(ctx: &Context, folder: &Path) -> anyhow::Result<Done> {
    let new = folder.join("new");
    let cur = folder.join("cur");
    let entries = std::fs::read_dir(&new).with_context(|| format!("{} is no maildir", folder.display()))?;
    std::fs::create_dir_all(&cur).with_context(|| format!("making {}", cur.display()))?;
    let mut files: Vec<_> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    let mut done = Done { counts: Verdict::ALL.iter().map(|verdict| (*verdict, 0)).collect(), ..Done::default() };
    for file in files {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let message = match read_file(&file) {
            Ok(message) => message,
            Err(error) => {
                tracing::warn!(%error, "a message of the maildir could not be read");
                done.failed += 1;
                done.said.push((name, error.to_string()));
                continue;
            }
        };
        let verdict = take(ctx, &message).await?;
        if let Some((_, count)) = done.counts.iter_mut().find(|(of, _)| *of == verdict) {
            *count += 1;
        }
        if verdict == Verdict::Aside {
            done.said.push((name.clone(), "not understood, or of no mail that we know: kept aside".to_owned()));
        }
        let seen = cur.join(format!("{}:2,S", name.split(':').next().unwrap_or_default()));
        if let Err(error) = std::fs::rename(&file, seen) {
            tracing::warn!(%error, "a message of the maildir could not be moved");
            done.failed += 1;
            done.said.push((name, error.to_string()));
        }
    }
    Ok(done)
}

fn read_file(file: &Path) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    let mut message = Vec::new();
    std::fs::File::open(file)?.take(MESSAGE_MAX as u64 + 1).read_to_end(&mut message)?;
    Ok(message)
}
