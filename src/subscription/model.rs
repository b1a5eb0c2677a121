//! A wish, the subscription that it becomes, and the link that ends it.

use chrono::{DateTime, Duration, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::rhythm::{Frequency, Pause, Rhythm};
use crate::ids::{PressListId, Sequence, SubscriberId, SubscriptionId};
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::secret::{Secret, random_token};
use crate::schema::subscriptions;
use crate::search::Filter;
use crate::text_enum;

/// How long a confirmation link works, by the database's clock.
pub const WISH_LASTS: Duration = Duration::hours(48);

/// Which texts the form and the confirmation showed; part of the proof of consent. It changes with them.
pub const TEXT_VERSION: &str = "2026-11-c";

const CONFIRM: &str = "subscription.confirm";
const END: &str = "subscription.end";
const ADDRESS: &str = "subscription.address";

text_enum! {
    /// Whether an address is written to.
    pub enum SubscriberState {
        /// At least one of its subscriptions runs.
        Active = "active",
        /// Its host refuses it. What it asked for stays, and goes on once its owner comes back.
        Suspended = "suspended",
        /// None does.
        Unsubscribed = "unsubscribed",
        /// Its address was blanked; only counts are left.
        Erased = "erased",
    }
}

text_enum! {
    /// Why an address must not be written to.
    pub enum SuppressionReason {
        /// Its host says that there is no such mailbox.
        Bounced = "bounced",
        /// Its owner, or the host for them, called a mail of ours unwanted.
        Complained = "complained",
        /// Its owner asked for it.
        Asked = "asked",
    }
}

/// What somebody asked for and has not confirmed yet. It is stored nowhere: its token travels to the address and back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// Tells two wishes apart; spent at confirmation.
    pub id: String,
    /// Who asked, or whom somebody entered.
    pub email: Address,
    /// A canonical filter; empty: everything.
    pub filter: String,
    /// In the order of preference; the first is the language of the page, the mails and their links.
    pub languages: Vec<Lang>,
    /// How often.
    #[serde(default)]
    pub rhythm: Rhythm,
    /// When the form was sent.
    #[serde(with = "chrono::serde::ts_seconds")]
    pub wished_at: DateTime<Utc>,
}

impl Wish {
    /// A new wish. A month does not last and is left out of the filter; without a language the page's is the only one.
    pub fn new(email: Address, filter: &Filter, languages: Vec<Lang>, wished_at: DateTime<Utc>) -> Self {
        let rhythm = Rhythm::EVERY_SLOT;
        Self { id: random_token(), email, filter: filter.lasting().canonical(), languages, rhythm, wished_at }
    }

    /// The same at another rhythm.
    pub fn at(self, rhythm: Rhythm) -> Self {
        Self { rhythm, ..self }
    }

    /// As it stands in a link, which does not show the address to whoever reads it on the way.
    pub fn token(&self, secret: &Secret) -> String {
        secret.seal_token(CONFIRM, self)
    }

    /// The wish of a token that we made, however old; also one of before tokens were sealed.
    pub fn read(secret: &Secret, token: &str) -> Option<Self> {
        read(secret, CONFIRM, token).filter(|wish: &Self| !wish.languages.is_empty())
    }

    /// Until when it can be confirmed.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.wished_at + WISH_LASTS
    }

    /// The language of the pages and mails.
    pub fn lang(&self) -> Lang {
        self.languages[0]
    }
}

/// What the link at the end of a mail ends: the subscriptions because of which that mail came. It has no expiry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ending {
    /// Whose.
    #[serde(rename = "p")]
    pub subscriber_id: SubscriberId,
    /// Which of theirs.
    #[serde(rename = "w")]
    pub subscription_ids: Vec<SubscriptionId>,
}

impl Ending {
    /// As it stands in a link: it tells nothing, not how many readers there are either.
    pub fn token(&self, secret: &Secret) -> String {
        secret.seal_token(END, self)
    }

    /// What a token ends, also one of an older key, or of before tokens were sealed.
    pub fn read(secret: &Secret, token: &str) -> Option<Self> {
        read(secret, END, token)
    }
}

/// A sealed token, or one that was only signed: those stand in mails of before, and work for ever.
fn read<T: serde::de::DeserializeOwned>(secret: &Secret, purpose: &str, token: &str) -> Option<T> {
    if token.contains('.') { secret.verify(purpose, token) } else { secret.open_token(purpose, token) }
}

/// A saved filter of one person.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = subscriptions, check_for_backend(diesel::pg::Pg))]
pub struct Subscription {
    /// Which one.
    pub id: SubscriptionId,
    /// Whose.
    pub subscriber_id: SubscriberId,
    /// A canonical filter.
    pub filter: String,
    /// The public change up to which it was considered.
    pub cursor: Sequence,
    /// When it ended, if it did.
    pub ended_at: Option<DateTime<Utc>>,
    /// How often.
    pub frequency: Frequency,
    /// Which slots, as the row has them.
    pub slots: Option<Vec<String>>,
    /// When a pause began, or will.
    pub paused_from: Option<DateTime<Utc>>,
    /// When it ends.
    pub paused_until: Option<DateTime<Utc>>,
    /// Whether what was missed comes then.
    pub catch_up: bool,
}

impl Subscription {
    /// How often, and at which slots.
    pub fn rhythm(&self) -> Rhythm {
        Rhythm::stored(self.frequency, self.slots.clone())
    }

    /// Its pause, over or to come.
    pub fn pause(&self) -> Option<Pause> {
        self.paused_from.map(|from| Pause { from, until: self.paused_until, catch_up: self.catch_up })
    }
}

const PRESS_LIST: &str = "press-list=";

/// The filter of a member of a press list: it names the list, and is no search.
pub fn press_list_filter(id: PressListId) -> String {
    format!("{PRESS_LIST}{id}")
}

/// The press list that a filter names, if it names one.
pub fn press_list_of(filter: &str) -> Option<PressListId> {
    filter.strip_prefix(PRESS_LIST)?.parse().ok().map(PressListId)
}

/// What stands in the tables instead of an address, by the newest key: tells two addresses apart and gives none away.
pub fn address_key(secret: &Secret, email: &Address) -> Vec<u8> {
    secret.keyed_hash(ADDRESS, &email.as_str().to_lowercase())
}

/// As [`address_key`], by every key: to look up what an older one wrote.
pub fn address_keys(secret: &Secret, email: &Address) -> Vec<Vec<u8>> {
    secret.keyed_hashes(ADDRESS, &email.as_str().to_lowercase())
}

/// What the limits count by: the mailbox, for `reader+anything@` is the same one (RFC 5233). Only for counting; whom we
/// write to is what was typed.
pub fn mailbox_key(secret: &Secret, email: &Address) -> Vec<u8> {
    let local = email.local().split('+').next().unwrap_or_default();
    secret.keyed_hash(ADDRESS, &format!("{local}@{}", email.domain()).to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wish_survives_its_link_and_no_other_link_is_one() {
        let secret = Secret::ephemeral();
        let email = Address::parse("Reader@example.org").expect("an address");
        let filter = Filter::parse("topic=water&month=2026-11").expect("a filter");
        let at = DateTime::from_timestamp(1_795_780_800, 0).expect("an instant");
        let wish = Wish::new(email.clone(), &filter, vec![Lang::Nl, Lang::Fr], at);
        assert_eq!(wish.filter, "topic=water");
        assert_eq!(wish.expires_at() - at, Duration::hours(48));
        assert_eq!(Wish::read(&secret, &wish.token(&secret)), Some(wish.clone()));
        let weekly = wish.clone().at("weekly".parse().expect("a rhythm"));
        assert_eq!(Wish::read(&secret, &weekly.token(&secret)), Some(weekly));
        let ending = Ending { subscriber_id: SubscriberId(7), subscription_ids: vec![SubscriptionId(9)] };
        assert_eq!(Ending::read(&secret, &ending.token(&secret)), Some(ending.clone()));
        assert_eq!(Wish::read(&secret, &ending.token(&secret)), None);
        assert_eq!(Ending::read(&secret, &wish.token(&secret)), None);
        assert_eq!(Ending::read(&secret, &secret.sign(END, &ending)), Some(ending), "in a mail of before");
        assert_eq!(Wish::read(&secret, &secret.sign(CONFIRM, &wish)), Some(wish.clone()), "in a mail of before");
        assert_eq!(Wish::read(&Secret::ephemeral(), &wish.token(&secret)), None);
        let same = Address::parse("reader@EXAMPLE.org").expect("an address");
        assert_eq!(address_key(&secret, &email), address_key(&secret, &same));
    }
}
