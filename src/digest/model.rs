//! Runs, deliveries and their items.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Nullable, Timestamptz};

use crate::ids::{DeliveryId, RunId, Sequence};
use crate::text_enum;

text_enum! {
    /// Where a delivery stands (DESIGN §6).
    pub enum State {
        /// To be sent.
        Queued = "queued",
        /// In the hands of one sender: it may have left.
        Sending = "sending",
        /// A mail server answers for it.
        Accepted = "accepted",
        /// It arrived, says a notification.
        Delivered = "delivered",
        /// It can't arrive.
        Bounced = "bounced",
        /// It arrived where it was not wanted.
        Complained = "complained",
        /// Refused, or not taken in time.
        Failed = "failed",
        /// Nobody wants it any more, or nothing of it is public.
        Cancelled = "cancelled",
        /// The line or the process died between handing over and the answer.
        Uncertain = "uncertain",
    }
}

/// What fell due at one instant, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Run {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: RunId,
    /// The slot.
    #[diesel(sql_type = Timestamptz)]
    pub due_at: DateTime<Utc>,
    /// When it was opened.
    #[diesel(sql_type = Timestamptz)]
    pub opened_at: DateTime<Utc>,
    /// The last public change that it looked at.
    #[diesel(sql_type = BigInt)]
    pub bound: Sequence,
    /// When nothing was left to send.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub finished_at: Option<DateTime<Utc>>,
    /// Mails laid out.
    #[diesel(sql_type = BigInt)]
    pub deliveries: i64,
    /// Queued, in a sender's hands, or uncertain and to be sent once more.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// Accepted by a mail server; delivered and complained-of ones too.
    #[diesel(sql_type = BigInt)]
    pub accepted: i64,
    /// Refused or not taken in time; bounced ones too.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Cancelled.
    #[diesel(sql_type = BigInt)]
    pub cancelled: i64,
    /// Uncertain, and not sent a third time.
    #[diesel(sql_type = BigInt)]
    pub uncertain: i64,
}

/// A delivery that a sender has just taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Claimed {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: DeliveryId,
    /// The how manieth try this is: 1 for the first.
    #[diesel(sql_type = diesel::sql_types::SmallInt)]
    pub attempts: i16,
    /// It was uncertain: this is the once-more.
    #[diesel(sql_type = diesel::sql_types::Bool)]
    pub was_uncertain: bool,
}
