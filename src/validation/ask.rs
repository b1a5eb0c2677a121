//! The job that writes to the spokespersons of a meeting: all mail that waits, over several SMTP connections at once, each
//! mail taken in hand by one of them. Run twice it sends nothing twice: what was taken is not taken again, but for what a
//! process that died had in hand, which goes once more under the same Message-ID.

use std::sync::Mutex;

use anyhow::Context as _;
use diesel::QueryResult;
use diesel_async::AsyncPgConnection;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::mails;
use super::model::MailState;
use super::query;
use crate::ids::{MailId, MeetingId};
use crate::kit::context::Context;
use crate::kit::job;
use crate::kit::mail::{Connection, Outcome};

/// How many mails are handed over at the same time.
const CONNECTIONS: usize = 4;

/// What is known of the mail that came back: `v-` and its token is the VERP of every mail of validation.
pub const VERP: &str = "v-";

/// The job. It holds the meeting and reads afresh.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendMails {
    /// Whose mails.
    pub meeting_id: MeetingId,
}

impl TaskHandler for SendMails {
    const IDENTIFIER: &'static str = "validation-mails";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

/// Enqueues the job, in the transaction of what it follows.
pub async fn enqueue(conn: &mut AsyncPgConnection, meeting_id: MeetingId) -> QueryResult<()> {
    let key = format!("{}-{meeting_id}", SendMails::IDENTIFIER);
    job::enqueue(conn, SendMails::IDENTIFIER, &SendMails { meeting_id }, Some(&key)).await
}

/// A name for a mail that nobody guesses: who could, would report it as returned.
pub fn mail_token() -> String {
    data_encoding::HEXLOWER.encode(&rand::random::<[u8; 16]>())
}

impl SendMails {
    /// Does it now; an error asks the queue to try again later.
    pub async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let again: Mutex<Vec<(MailId, String)>> = Mutex::default();
        let outcomes = futures::future::join_all((0..CONNECTIONS).map(|_| self.drain(ctx, &again))).await;
        let again = again.into_inner().unwrap_or_default();
        let mut conn = ctx.conn().await?;
        for (mail, reply) in &again {
            query::mark_mail(&mut conn, *mail, MailState::Queued, Some(reply)).await?;
        }
        outcomes.into_iter().collect::<anyhow::Result<()>>()?;
        anyhow::ensure!(again.is_empty(), "{} not sent: {}", again.len(), again[0].1);
        Ok(())
    }

    async fn drain(&self, ctx: &Context, again: &Mutex<Vec<(MailId, String)>>) -> anyhow::Result<()> {
        let mut connection: Option<Connection> = None;
        let outcome = loop {
            let mut conn = ctx.conn().await?;
            let Some(mail) = query::claim_mail(&mut conn, self.meeting_id).await? else { break Ok(()) };
            let composed = match mails::compose(&mut conn, ctx, &mail).await {
                Ok(Some(composed)) => composed,
                // Nothing waits for them any more.
                Ok(None) => {
                    query::mark_mail(&mut conn, mail.id, MailState::Sent, Some("nothing to say any more")).await?;
                    continue;
                }
                Err(error) => break Err(error),
            };
            drop(conn);
            let line = connection.get_or_insert_with(|| Connection::open(&ctx.transport));
            let (state, reply) = match line.send(&composed).await {
                Outcome::Accepted { reply } => (MailState::Sent, reply),
                Outcome::Permanent { code, reply, stage } => {
                    tracing::info!(code, reply, %stage, "a mail to a spokesperson was refused");
                    (MailState::Refused, reply)
                }
                // Under the same Message-ID, so that a mailbox can drop the copy of what did arrive.
                Outcome::Temporary { reply, .. } | Outcome::Uncertain { why: reply } => {
                    let mut again = again.lock().map_err(|_| anyhow::anyhow!("another connection panicked"))?;
                    again.push((mail.id, reply));
                    continue;
                }
            };
            let mut conn = ctx.conn().await?;
            query::mark_mail(&mut conn, mail.id, state, Some(&reply)).await?;
        };
        if let Some(connection) = connection {
            connection.close().await;
        }
        outcome.context("a mail to a spokesperson")
    }
}

/// The job that hears of a mail of ours that came back (`digest::returned` enqueues it by its name).
#[derive(Debug, Serialize, Deserialize)]
pub struct ReturnedMail {
    /// What stood after [`VERP`].
    pub token: String,
    /// What was said.
    pub reply: String,
}

impl TaskHandler for ReturnedMail {
    const IDENTIFIER: &'static str = "mail-returned-v";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        let mut conn = ctx.conn().await.map_err(|error| error.to_string())?;
        returned(&mut conn, &self.token, &self.reply).await.map(drop).map_err(|error| error.to_string())
    }
}

/// A mail of that token came back. True: it was one of ours.
pub async fn returned(conn: &mut AsyncPgConnection, token: &str, reply: &str) -> QueryResult<bool> {
    query::mark_bounced(conn, token, reply).await.map(|meeting| meeting.is_some())
}
