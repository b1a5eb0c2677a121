//! Runs, deliveries and their items.

use chrono::{DateTime, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Integer, Nullable, Text, Timestamptz};

use crate::ids::{DeliveryId, RunId, Sequence};
use crate::subscription::rhythm::Frequency;
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

text_enum! {
    /// What makes a run fall due.
    pub enum RunKind {
        /// A time of day: whoever is told at slots, once a day or once a week.
        Slot = "slot",
        /// The log's growth: whoever is told at once, and press lists.
        AtOnce = "at_once",
    }
}

impl State {
    /// Whether a mail in this state, or one that was once in doubt, was had by its reader as far as anybody knows.
    pub fn is_had(self) -> bool {
        matches!(self, State::Accepted | State::Delivered | State::Complained | State::Uncertain)
    }
}

/// What fell due at one instant, with what became of it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Run {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: RunId,
    /// What made it fall due.
    #[diesel(sql_type = Text)]
    pub kind: RunKind,
    /// The slot, or when the log had grown.
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
    /// Releases in them, each once. (Runs of before counted them once a reader.)
    #[diesel(sql_type = BigInt)]
    pub items: i64,
    /// How long it took to open.
    #[diesel(sql_type = Nullable<Integer>)]
    pub opening_ms: Option<i32>,
    /// Queued, in a sender's hands, or uncertain and to be sent once more.
    #[diesel(sql_type = BigInt)]
    pub open: i64,
    /// Handed to a mail server, whatever it said: those that were tried at least once.
    #[diesel(sql_type = BigInt)]
    pub sent: i64,
    /// Accepted by a mail server; delivered and complained-of ones too.
    #[diesel(sql_type = BigInt)]
    pub accepted: i64,
    /// Refused, or not taken in time.
    #[diesel(sql_type = BigInt)]
    pub failed: i64,
    /// Came back: it can't arrive, says its host later.
    #[diesel(sql_type = BigInt)]
    pub bounced: i64,
    /// Cancelled.
    #[diesel(sql_type = BigInt)]
    pub cancelled: i64,
    /// Uncertain: sent a second time at most, or waiting for somebody's word.
    #[diesel(sql_type = BigInt)]
    pub uncertain: i64,
    /// Of those: waiting for somebody's word (`COMMUNIQUE_MAIL_UNCERTAIN`).
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
}

impl Run {
    /// From its opening to its end; none while something is left.
    pub fn took(&self) -> Option<chrono::TimeDelta> {
        self.finished_at.map(|finished| finished - self.opened_at)
    }
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

/// Whom a run is for, of those whose subscriptions run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// Who is told.
    pub frequencies: Vec<Frequency>,
    /// Of those told at slots: at these local times.
    pub times: Vec<String>,
    /// Every time that the site has: who has chosen none of them is told at each.
    pub site_times: Vec<String>,
}
