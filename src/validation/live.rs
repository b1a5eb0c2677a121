//! Tells open boards that their meeting changed, within a second: the database notifies (`communique_validation`, its
//! payload the meeting), one line of this process listens, and each board is told by server-sent events. Nothing but *that*
//! it changed is told; the board is read again with the rights of whoever looks at it.
//!
//! The line listens while somebody looks, and ends when nobody does. If it is cut, boards are told to look again each two
//! seconds until it stands: late by that, and never wrong.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::web::Bytes;
use diesel_async::SimpleAsyncConnection;
use futures::{Stream, StreamExt, stream};
use tokio::sync::broadcast;

use crate::ids::MeetingId;
use crate::kit::context::Context;
use crate::kit::db;

/// How often boards look again while the line is cut.
const POLL: Duration = Duration::from_secs(2);
/// A sign of life, so that proxies keep the stream open and a reader who left is noticed.
const SIGN_OF_LIFE: Duration = Duration::from_secs(15);
/// Streams end by themselves and are opened again by the browser: a session that ended is noticed by then.
const LIFE: Duration = Duration::from_secs(300);

/// What was heard; nothing in particular: look again.
type Heard = Option<MeetingId>;

/// The process's ear; shared by all workers of a server.
#[derive(Clone, Default)]
pub struct Live {
    told: Arc<Mutex<Option<broadcast::Sender<Heard>>>>,
}

impl Live {
    /// Who wants to hear; begins to listen if nobody did.
    fn subscribe(&self, ctx: &Context) -> broadcast::Receiver<Heard> {
        let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(sender) = told.as_ref() {
            return sender.subscribe();
        }
        let (sender, receiver) = broadcast::channel(256);
        *told = Some(sender.clone());
        let (live, ctx) = (self.clone(), ctx.clone());
        tokio::spawn(async move { live.listen(ctx, sender).await });
        receiver
    }

    async fn listen(self, ctx: Context, sender: broadcast::Sender<Heard>) {
        loop {
            if let Err(error) = self.follow(&ctx, &sender).await {
                tracing::warn!(error = format!("{error:#}"), "boards look again each two seconds; their line is cut");
            }
            // Under the lock of whoever subscribes: nobody is left with a sender that nobody feeds.
            {
                let mut told = self.told.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                if sender.receiver_count() == 0 {
                    *told = None;
                    return;
                }
            }
            let _ = sender.send(None);
            tokio::time::sleep(POLL).await;
        }
    }

    /// Follows until nobody listens any more, or the line breaks.
    async fn follow(&self, ctx: &Context, sender: &broadcast::Sender<Heard>) -> anyhow::Result<()> {
        let mut conn = db::establish(ctx.direct_url()).await?;
        conn.batch_execute("LISTEN communique_validation").await?;
        // What was said before this line stood.
        let _ = sender.send(None);
        let mut told = std::pin::pin!(conn.notifications_stream());
        while sender.receiver_count() > 0 {
            match tokio::time::timeout(SIGN_OF_LIFE, told.next()).await {
                Ok(Some(Ok(note))) => {
                    let _ = sender.send(note.payload.parse().ok().map(MeetingId));
                }
                Ok(Some(Err(error))) => return Err(error.into()),
                Ok(None) => anyhow::bail!("the line is closed"),
                Err(_) => {}
            }
        }
        Ok(())
    }

    /// The events of one board.
    pub fn events(
        &self,
        ctx: &Context,
        meeting: MeetingId,
    ) -> impl Stream<Item = Result<Bytes, actix_web::Error>> + use<> {
        let receiver = self.subscribe(ctx);
        let ends = tokio::time::Instant::now() + LIFE;
        let hello = stream::once(async { Ok(Bytes::from_static(b"retry: 1000\n: hello\n\n")) });
        hello.chain(stream::unfold(receiver, move |mut receiver| async move {
            loop {
                if tokio::time::Instant::now() >= ends {
                    return None;
                }
                let wait = SIGN_OF_LIFE.min(ends - tokio::time::Instant::now());
                match tokio::time::timeout(wait, receiver.recv()).await {
                    Ok(Ok(Some(heard))) if heard != meeting => {}
                    // Whoever fell behind looks again, too.
                    Ok(Ok(_) | Err(broadcast::error::RecvError::Lagged(_))) => {
                        return Some((Ok(Bytes::from_static(b"event: changed\ndata: 1\n\n")), receiver));
                    }
                    Ok(Err(broadcast::error::RecvError::Closed)) => return None,
                    Err(_) => return Some((Ok(Bytes::from_static(b": alive\n\n")), receiver)),
                }
            }
        }))
    }
}

impl std::fmt::Debug for Live {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Live")
    }
}
