//! The link that opens somebody's subscriptions: at the foot of each mail, and in a mail of its own for whoever asks.
//!
//! It is a sealed token, so that it tells nothing and needs no row; it opens once (its id is spent then), until it is too
//! old, and only as long as the address is the one that it was sent to.

use chrono::{DateTime, Duration, Utc};
use diesel_async::AsyncConnection;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::session;
use crate::ids::{DeliveryId, SubscriberId};
use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, Connection};
use crate::kit::secret::{Secret, random_token};
use crate::kit::web::error::WebError;
use crate::kit::{clock, job};
use crate::subscription::model::{self, SubscriberState, SuppressionReason};
use crate::subscription::signup::SignupError;
use crate::subscription::{mails, query};

/// How long the link at the foot of a mail works.
pub const FOOT_LASTS: Duration = Duration::days(14);
/// How long one that was asked for works.
pub const ASKED_LASTS: Duration = Duration::hours(24);
/// Links that are sent to one address within an hour …
const PER_HOUR: i64 = 3;
/// … and within a day.
const PER_DAY: i64 = 10;

const PURPOSE: &str = "subscription.manage";
const ATTEMPT: &str = "subscription.manage.asked";

/// What a link says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Key {
    #[serde(rename = "p")]
    subscriber_id: SubscriberId,
    /// Tells two links of one person apart.
    #[serde(rename = "u")]
    unique: String,
    /// Stands for the address that it is sent to: it opens nothing once there is another one.
    #[serde(rename = "k")]
    mark: String,
    #[serde(rename = "e", with = "chrono::serde::ts_seconds")]
    expires_at: DateTime<Utc>,
}

impl Key {
    /// The one at the foot of a mail: the same at each try.
    pub fn of_mail(
        secret: &Secret,
        id: SubscriberId,
        to: &Address,
        delivery: DeliveryId,
        written_at: DateTime<Utc>,
    ) -> Self {
        let unique = format!("d{delivery}");
        Self { subscriber_id: id, unique, mark: mark(secret, to), expires_at: written_at + FOOT_LASTS }
    }

    fn asked(secret: &Secret, id: SubscriberId, to: &Address, at: DateTime<Utc>) -> Self {
        Self { subscriber_id: id, unique: random_token(), mark: mark(secret, to), expires_at: at + ASKED_LASTS }
    }

    /// As it stands in a link.
    pub fn token(&self, secret: &Secret) -> String {
        secret.seal_token(PURPOSE, self)
    }

    fn read(secret: &Secret, token: &str) -> Option<Self> {
        secret.open_token(PURPOSE, token)
    }

    fn spent_id(&self) -> Vec<u8> {
        Sha256::digest(format!("manage {} {}", self.subscriber_id, self.unique)).to_vec()
    }
}

fn mark(secret: &Secret, email: &Address) -> String {
    data_encoding::BASE64URL_NOPAD.encode(&model::address_key(secret, email)[..9])
}

fn is_marked(secret: &Secret, email: &Address, mark: &str) -> bool {
    model::address_keys(secret, email).iter().any(|key| data_encoding::BASE64URL_NOPAD.encode(&key[..9]) == mark)
}

/// What a link is good for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It opens.
    Open,
    /// It was opened before, perhaps on another device.
    Spent,
    /// Not ours, too old, or of an address that is no longer theirs.
    Void,
}

/// Looks at a link and changes nothing, for programs open links before people do.
pub async fn look(ctx: &Context, token: &str) -> Result<Standing, WebError> {
    let Some(key) = Key::read(&ctx.secret, token) else { return Ok(Standing::Void) };
    let mut conn = ctx.conn().await?;
    if key.expires_at <= clock::now(&mut conn).await? {
        return Ok(Standing::Void);
    }
    match query::address(&mut conn, key.subscriber_id).await? {
        Some(email) if is_marked(&ctx.secret, &email, &key.mark) => {}
        _ => return Ok(Standing::Void),
    }
    let spent = query::is_spent(&mut conn, &key.spent_id()).await?;
    Ok(if spent { Standing::Spent } else { Standing::Open })
}

/// Why a link opened nothing.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// It is not good, or no longer.
    #[error("a link that opens nothing")]
    Void,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<OpenError> for WebError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Void => WebError::NotFound,
            OpenError::Db(error) => error.into(),
            OpenError::Busy(busy) => busy.into(),
        }
    }
}

/// Spends the link and gives the token of a session, for this device's cookie.
pub async fn open(ctx: &Context, token: &str) -> Result<String, OpenError> {
    let key = Key::read(&ctx.secret, token).ok_or(OpenError::Void)?;
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        if key.expires_at <= clock::now(conn).await? {
            return Err(OpenError::Void);
        }
        let state = query::lock_subscriber(conn, key.subscriber_id).await?;
        if state.is_none_or(|state| state == SubscriberState::Erased) {
            return Err(OpenError::Void);
        }
        match query::address(conn, key.subscriber_id).await? {
            Some(email) if is_marked(&ctx.secret, &email, &key.mark) => {}
            _ => return Err(OpenError::Void),
        }
        if !query::spend(conn, &key.spent_id(), key.expires_at).await? {
            return Err(OpenError::Void);
        }
        let opened = random_token();
        query::insert_session(conn, &session::hash(&opened), key.subscriber_id, session::LASTS).await?;
        let entry = Entry::new("subscriber.opened", "subscriber", key.subscriber_id.0);
        journal::record(conn, Actor::Job("manage"), [entry]).await?;
        Ok(opened)
    })
    .await
}

/// Sends the link to an address that somebody entered, if it is one that we know. Whoever asks is not told: known or not,
/// often or not, it is the same statements, the same job and the same answer (PROMISES I-13).
pub async fn ask(ctx: &Context, email: Address, lang: Lang) -> Result<(), SignupError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let key = ctx.secret.keyed_hash(ATTEMPT, &email.as_str().to_lowercase());
        query::lock_address(conn, &key).await?;
        let (last_hour, last_day) = query::attempts(conn, std::slice::from_ref(&key)).await?;
        let withheld = last_hour >= PER_HOUR || last_day >= PER_DAY;
        query::insert_attempt(conn, &key, withheld).await?;
        let asked_at = clock::now(conn).await?;
        let job = LinkMail { to: ctx.secret.seal_token(ATTEMPT, &email), lang, asked_at, withheld };
        job::enqueue(conn, LinkMail::IDENTIFIER, &job, None).await?;
        Ok(())
    })
    .await
}

/// The job that sends the link, or nothing where nobody of that address is known.
#[derive(Debug, Serialize, Deserialize)]
pub struct LinkMail {
    /// The address, sealed: the queue shows none.
    to: String,
    lang: Lang,
    asked_at: DateTime<Utc>,
    withheld: bool,
}

impl TaskHandler for LinkMail {
    const IDENTIFIER: &'static str = "subscription-link-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl LinkMail {
    /// Does it now; an error asks the queue to try again later. Whoever complained gets nothing that anybody else can
    /// ask for; an address that is suspended does, for nothing else can tell that it receives again.
    async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let Some(to) = ctx.secret.open_token::<Address>(ATTEMPT, &self.to) else {
            tracing::warn!("a link for an address that was not sealed by us is dropped");
            return Ok(());
        };
        let mut conn = ctx.conn().await?;
        let known = query::subscriber_by_email(&mut conn, &to).await?;
        let suppression = query::suppression(&mut conn, &model::address_keys(&ctx.secret, &to)).await?;
        let now = clock::now(&mut conn).await?;
        drop(conn);
        let suppressed = matches!(suppression, Some(SuppressionReason::Complained | SuppressionReason::Asked));
        let Some(subscriber) = known else { return Ok(()) };
        // Half a day late is no answer any more.
        if self.withheld || suppressed || now - self.asked_at > Duration::hours(12) {
            return Ok(());
        }
        let Ok(own) = Address::parse(&subscriber.email) else { return Ok(()) };
        let key = Key::asked(&ctx.secret, subscriber.id, &own, self.asked_at);
        // To the address as it is known, not as somebody typed it.
        let mail = mails::manage_link(ctx, &own, self.lang, &key.token(&ctx.secret), &key.unique, self.asked_at)?;
        let mut connection = Connection::open(&ctx.transport);
        let outcome = connection.send(&mail).await;
        connection.close().await;
        mails::settle("a link to somebody's subscriptions", outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_tells_nothing_and_is_one_address_s() {
        let secret = Secret::ephemeral();
        let address = |text: &str| Address::parse(text).expect("an address");
        let at = DateTime::from_timestamp(1_795_780_800, 0).expect("an instant");
        let own = address("reader@example.org");
        let key = Key::of_mail(&secret, SubscriberId(7), &own, DeliveryId(12), at);
        assert_eq!(key.token(&secret), Key::of_mail(&secret, SubscriberId(7), &own, DeliveryId(12), at).token(&secret));
        assert_eq!(Key::read(&secret, &key.token(&secret)), Some(key.clone()));
        assert_eq!(key.expires_at - at, FOOT_LASTS);
        assert!(is_marked(&secret, &address("Reader@EXAMPLE.org"), &key.mark));
        assert!(!is_marked(&secret, &address("other@example.org"), &key.mark));
        assert_ne!(
            Key::asked(&secret, SubscriberId(7), &own, at).unique,
            Key::asked(&secret, SubscriberId(7), &own, at).unique
        );
        assert_eq!(Key::read(&Secret::ephemeral(), &key.token(&secret)), None);
    }
}
