//! Another address: its owner confirms it, the old one is told.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Holder;
use super::change::{self, ChangeError};
use crate::ids::SubscriberId;
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, Connection};
use crate::kit::secret::{Secret, random_token};
use crate::kit::{clock, job};
use crate::subscription::model::{self, SubscriberState, SuppressionReason, WISH_LASTS};
use crate::subscription::{mails, query};

const PURPOSE: &str = "subscription.move";
const NOTICE: &str = "subscription.moved";
/// Proofs that are sent within a day, by one person or to one address.
const PER_DAY: i64 = 5;

/// From one address to another, as the link to the new one has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moving {
    #[serde(rename = "p")]
    subscriber_id: SubscriberId,
    #[serde(rename = "u")]
    id: String,
    from: Address,
    to: Address,
    #[serde(with = "chrono::serde::ts_seconds")]
    at: DateTime<Utc>,
}

impl Moving {
    fn read(secret: &Secret, token: &str) -> Option<Self> {
        secret.open_token(PURPOSE, token)
    }

    fn spent_id(&self) -> Vec<u8> {
        Sha256::digest(format!("move {}", self.id)).to_vec()
    }

    fn expires_at(&self) -> DateTime<Utc> {
        self.at + WISH_LASTS
    }
}

/// What the link to a new address stands for now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can be confirmed.
    Open,
    /// It was.
    Done,
    /// The new address has subscriptions of its own.
    Taken,
    /// Not ours, too old, or overtaken.
    Void,
}

/// Sends a proof to the new address; nothing changes before its owner confirms. Whoever asks is not told whether it is
/// known, or has had too many.
pub async fn ask(ctx: &Context, holder: &Holder, to: Address, lang: Lang) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        change::lock(conn, holder).await?;
        let by_person = ctx.secret.keyed_hash(PURPOSE, &holder.id.to_string());
        let by_address = ctx.secret.keyed_hash(PURPOSE, &to.as_str().to_lowercase());
        let mut withheld = false;
        for key in [&by_person, &by_address] {
            query::lock_address(conn, key).await?;
            withheld |= query::attempts(conn, std::slice::from_ref(key)).await?.1 >= PER_DAY;
        }
        for key in [&by_person, &by_address] {
            query::insert_attempt(conn, key, withheld).await?;
        }
        let at = clock::now(conn).await?;
        let moving = Moving { subscriber_id: holder.id, id: random_token(), from: holder.email.clone(), to, at };
        let token = ctx.secret.seal_token(PURPOSE, &moving);
        let job = MovingMail { token, lang, what: What::Proof { withheld } };
        job::enqueue(conn, MovingMail::IDENTIFIER, &job, None).await?;
        let entry = Entry::new("subscriber.address_asked", "subscriber", holder.id.0);
        journal::record(conn, Actor::Job("manage"), [entry]).await?;
        Ok(())
    })
    .await
}

/// Looks at a link and changes nothing.
pub async fn look(ctx: &Context, token: &str) -> Result<Standing, ChangeError> {
    let Some(moving) = Moving::read(&ctx.secret, token) else { return Ok(Standing::Void) };
    let mut conn = ctx.conn().await?;
    if query::is_spent(&mut conn, &moving.spent_id()).await? {
        return Ok(Standing::Done);
    }
    if moving.expires_at() <= clock::now(&mut conn).await? {
        return Ok(Standing::Void);
    }
    if query::address(&mut conn, moving.subscriber_id).await?.as_ref() != Some(&moving.from) {
        return Ok(Standing::Void);
    }
    let other = query::subscriber_by_email(&mut conn, &moving.to).await?;
    let is_taken =
        other.is_some_and(|other| other.id != moving.subscriber_id && other.state == SubscriberState::Active);
    Ok(if is_taken { Standing::Taken } else { Standing::Open })
}

/// Moves the subscriptions to the address that the link was sent to; doing it again changes nothing.
pub async fn confirm(ctx: &Context, token: &str, lang: Lang) -> Result<Standing, ChangeError> {
    let Some(moving) = Moving::read(&ctx.secret, token) else { return Ok(Standing::Void) };
    let mut conn = ctx.conn().await?;
    let outcome = conn
        .transaction(async |conn| {
            if moving.expires_at() <= clock::now(conn).await? {
                return Err(Undone::As(Standing::Void));
            }
            let state = query::lock_subscriber(conn, moving.subscriber_id).await?;
            if !query::spend(conn, &moving.spent_id(), moving.expires_at()).await? {
                return Err(Undone::As(Standing::Done));
            }
            let is_theirs = query::address(conn, moving.subscriber_id).await?.as_ref() == Some(&moving.from);
            if !is_theirs || state.is_none_or(|state| state == SubscriberState::Erased) {
                return Err(Undone::As(Standing::Void));
            }
            let keys = model::address_keys(&ctx.secret, &moving.to);
            match query::suppression(conn, &keys).await? {
                Some(SuppressionReason::Complained | SuppressionReason::Asked) => {
                    return Err(Undone::As(Standing::Void));
                }
                // The mail has arrived.
                Some(SuppressionReason::Bounced) => query::lift_bounce(conn, &keys).await?,
                None => {}
            }
            if let Some(other) = query::subscriber_by_email(conn, &moving.to).await?
                && other.id != moving.subscriber_id
            {
                query::lock_subscriber(conn, other.id).await?;
                if other.state == SubscriberState::Active {
                    return Err(Undone::As(Standing::Taken));
                }
                // What they once had under this address is over; only its counts stay.
                query::blank(conn, &[other.id]).await?;
            }
            query::set_address(conn, moving.subscriber_id, &moving.to).await?;
            if state == Some(SubscriberState::Suspended) {
                query::reactivate(conn, moving.subscriber_id).await?;
            }
            let job = MovingMail { token: token.to_owned(), lang, what: What::Notice };
            job::enqueue(conn, MovingMail::IDENTIFIER, &job, None).await?;
            let entry = Entry::new("subscriber.address_changed", "subscriber", moving.subscriber_id.0);
            journal::record(conn, Actor::Job("manage"), [entry]).await?;
            Ok(())
        })
        .await;
    match outcome {
        Ok(()) => Ok(Standing::Done),
        Err(Undone::As(standing)) => Ok(standing),
        Err(Undone::Db(error)) => Err(error.into()),
    }
}

/// A transaction that is taken back, and why.
enum Undone {
    As(Standing),
    Db(diesel::result::Error),
}

impl From<diesel::result::Error> for Undone {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error)
    }
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum What {
    /// To the new address: is it yours?
    Proof { withheld: bool },
    /// To the old one: it was done.
    Notice,
}

/// Writes to the new address, or afterwards to the old one.
#[derive(Debug, Serialize, Deserialize)]
pub struct MovingMail {
    /// Both addresses, sealed.
    token: String,
    lang: Lang,
    what: What,
}

impl TaskHandler for MovingMail {
    const IDENTIFIER: &'static str = "subscription-address-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl MovingMail {
    async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let Some(moving) = Moving::read(&ctx.secret, &self.token) else { return Ok(()) };
        let mail = match self.what {
            What::Proof { withheld } => {
                let mut conn = ctx.conn().await?;
                let keys = model::address_keys(&ctx.secret, &moving.to);
                let suppression = query::suppression(&mut conn, &keys).await?;
                let suppressed = matches!(suppression, Some(SuppressionReason::Complained | SuppressionReason::Asked));
                if withheld || suppressed || moving.expires_at() <= clock::now(&mut conn).await? {
                    return Ok(());
                }
                mails::address_proof(ctx, &moving.to, self.lang, &self.token, &moving.id, moving.at)?
            }
            What::Notice => {
                mails::address_notice(ctx, &moving.from, self.lang, &format!("{NOTICE}{}", moving.id), moving.at)?
            }
        };
        let mut connection = Connection::open(&ctx.transport);
        let outcome = connection.send(&mail).await;
        connection.close().await;
        mails::settle("a mail about another address", outcome)
    }
}
