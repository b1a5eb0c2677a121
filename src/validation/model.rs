//! The nouns of validation: requests and where they stand, who speaks, what is answered.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz};
use serde::{Deserialize, Serialize};

use super::agreed::Parts;
use crate::ids::{
    AccountId, AnswerId, DeviceId, EditionId, InstitutionId, LinkId, MailId, MandateId, MeetingId, ReceiptId,
    ReleaseId, RequestId, RevisionId, RoundId, SpokespersonId,
};
use crate::kit::clock;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::release::model::LanguageVersion;
use crate::release::state::State;
use crate::text_enum;

/// The most characters of a reason.
pub const REASON_MAX: usize = 2_000;

text_enum! {
    /// The four answers.
    pub enum Say {
        /// To exactly this text, in all its languages.
        Agree = "agree",
        /// If this text takes its place; no agreement yet.
        Suggest = "suggest",
        /// Not as it is, with the reason.
        Change = "change",
        /// Does not concern them; settled once the Chancellery confirms it.
        None = "none",
    }
}

text_enum! {
    /// How a request was settled.
    pub enum Settled {
        /// They agreed.
        Agreed = "agreed",
        /// Nobody said otherwise until the deadline, as the meeting's policy has it.
        Silence = "silence",
        /// The Chancellery does not ask this mandate.
        Waived = "waived",
        /// The Chancellery decided without them.
        Forced = "forced",
        /// They said so, and the Chancellery confirmed it.
        NotConcerned = "not_concerned",
    }
}

text_enum! {
    /// What became of an answer when it came.
    pub enum Fate {
        /// It counts until the next one.
        Counts = "counts",
        /// They were asked about a newer text meanwhile.
        OlderText = "older_text",
        /// The decision was public.
        Public = "public",
        /// The mandate was waived.
        Waived = "waived",
        /// The Chancellery had decided.
        Decided = "decided",
    }
}

text_enum! {
    /// By which way somebody answered.
    pub enum Channel {
        /// A personal link.
        Link = "link",
        /// Signed in.
        Desk = "desk",
    }
}

text_enum! {
    /// What is written.
    pub enum MailKind {
        /// What waits for them.
        Ask = "ask",
        /// It still does.
        Reminder = "reminder",
        /// A link for another device.
        NewLink = "new_link",
        /// What they answered.
        Receipt = "receipt",
        /// To the Chancellery: who has not answered.
        Escalation = "escalation",
    }
}

text_enum! {
    /// How far a mail got.
    pub enum MailState {
        /// Waits for the job.
        Queued = "queued",
        /// In the job's hands.
        Sending = "sending",
        /// The relay took it.
        Sent = "sent",
        /// The relay refused it for good.
        Refused = "refused",
        /// It came back.
        Bounced = "bounced",
    }
}

/// As much of a meeting as validation depends on.
#[derive(Debug, Clone, QueryableByName)]
pub struct Meeting {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MeetingId,
    /// `council` or `inner_cabinet`.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Whose releases its items are.
    #[diesel(sql_type = BigInt)]
    pub institution_id: InstitutionId,
    /// Its day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
    /// In which languages its items must be agreed.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// Until when answers are asked for.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub deadline_at: Option<DateTime<Utc>>,
    /// Whether silence then agrees.
    #[diesel(sql_type = Bool)]
    pub silence_agrees: bool,
    /// When it is to go public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub planned_at: Option<DateTime<Utc>>,
    /// Since when it does so by itself.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub armed_at: Option<DateTime<Utc>>,
    /// When it did.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    /// When it was called off.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub cancelled_at: Option<DateTime<Utc>>,
}

impl Meeting {
    /// The end of the day on which it ends, by the site's zone: links and devices open nothing after it.
    pub fn ends_at(&self, zone: Tz, now: DateTime<Utc>) -> DateTime<Utc> {
        let days = [self.planned_at, self.deadline_at, Some(now)].into_iter().flatten().map(|at| dates::day(zone, at));
        let last = days.chain([self.held_on]).max().unwrap_or(self.held_on);
        clock::start_of_day(zone, last.succ_opt().unwrap_or(last))
    }

    /// The languages that it asks for and of which these texts have no headline or no body, as the agenda says it.
    pub fn lacks(&self, texts: &BTreeMap<Lang, LanguageVersion>) -> Vec<Lang> {
        let is_whole = |text: &LanguageVersion| !text.title.trim().is_empty() && !text.body.trim().is_empty();
        self.languages.iter().copied().filter(|lang| !texts.get(lang).is_some_and(is_whole)).collect()
    }
}

/// An item of a meeting, with the edition that is worked on: the open one, else the published one.
#[derive(Debug, Clone, QueryableByName)]
pub struct Item {
    /// Which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Its place in the agenda.
    #[diesel(sql_type = Integer)]
    pub position: i32,
    /// Which edition.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
    /// Where that stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// Its latest revision.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub head: Option<RevisionId>,
    /// Whether it was pulled out of the meeting's publication.
    #[diesel(sql_type = Bool)]
    pub is_held_back: bool,
    /// What must be agreed to, as it is now; of no revision: only what it is.
    #[diesel(sql_type = Jsonb)]
    pub whole: Parts,
    /// Whether all have.
    #[diesel(sql_type = Bool)]
    pub is_settled: bool,
    /// Who had a hand in it.
    #[diesel(sql_type = Array<BigInt>)]
    pub hands: Vec<AccountId>,
}

impl Item {
    /// Whether somebody has still to agree before it goes public.
    pub fn is_open(&self) -> bool {
        !matches!(self.state, State::Published | State::Superseded)
    }
}

/// One mandate's say about one edition.
#[derive(Debug, Clone, QueryableByName)]
pub struct Request {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: RequestId,
    /// About what.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
    /// Whose.
    #[diesel(sql_type = BigInt)]
    pub mandate_id: MandateId,
    /// Whether the Chancellery added it.
    #[diesel(sql_type = Bool)]
    pub is_added: bool,
    /// In which round it was asked last.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub round_id: Option<RoundId>,
    /// About which text.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub asked_revision_id: Option<RevisionId>,
    /// Its hashes.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub asked_parts: Option<Parts>,
    /// When.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub asked_at: Option<DateTime<Utc>>,
    /// When a person saw it first since.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub opened_at: Option<DateTime<Utc>>,
    /// The last answer that counts.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub answer_id: Option<AnswerId>,
    /// What they answered was not taken: to be asked again.
    #[diesel(sql_type = Bool)]
    pub is_refused: bool,
    /// How it was settled.
    #[diesel(sql_type = Nullable<Text>)]
    pub settled_as: Option<Settled>,
    /// On which text.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub settled_parts: Option<Parts>,
    /// When.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub settled_at: Option<DateTime<Utc>>,
    /// Why, where the Chancellery settled or added it.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
}

impl Request {
    /// How it is settled on that text, if it is.
    pub fn settled_on(&self, whole: &Parts) -> Option<Settled> {
        let settled = self.settled_as?;
        let holds = settled == Settled::Waived || self.settled_parts.as_ref().is_some_and(|parts| parts.cover(whole));
        holds.then_some(settled)
    }

    /// Whether the next sending asks about it: never asked, or about another text, or what they said was not taken.
    pub fn waits_to_be_sent(&self, whole: &Parts) -> bool {
        self.settled_on(whole).is_none()
            && (self.is_refused || !self.asked_parts.as_ref().is_some_and(|asked| asked.cover(whole)))
    }

    /// Whether a spokesperson has been asked and should answer.
    pub fn waits_for_answer(&self) -> bool {
        match (&self.asked_parts, &self.settled_as) {
            (None, _) | (_, Some(Settled::Waived)) => false,
            (Some(asked), _) => self.settled_on(asked).is_none(),
        }
    }
}

/// Who may answer for a mandate at an instant.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Speaker {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: SpokespersonId,
    /// For whom.
    #[diesel(sql_type = BigInt)]
    pub mandate_id: MandateId,
    /// What they are called.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Their address, small letters: two spokespersons of one address are one person.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// Their telephone.
    #[diesel(sql_type = Nullable<Text>)]
    pub phone: Option<String>,
    /// The language in which they are written to.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// Whether they stand in.
    #[diesel(sql_type = Bool)]
    pub is_deputy: bool,
    /// If they also sign in.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub account_id: Option<AccountId>,
    /// Whether they answer in the others' place now.
    #[diesel(sql_type = Bool)]
    pub is_delegate: bool,
}

/// A mandate, as these pages name it.
#[derive(Debug, Clone, QueryableByName)]
pub struct Mandate {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MandateId,
    /// The full title, by language.
    #[diesel(sql_type = Jsonb)]
    pub titles: Texts,
    /// The office's short name, by language.
    #[diesel(sql_type = Jsonb)]
    pub offices: Texts,
    /// Who holds it.
    #[diesel(sql_type = Text)]
    pub person: String,
    /// Whether it is in force.
    #[diesel(sql_type = Bool)]
    pub is_current: bool,
    /// The order of precedence.
    #[diesel(sql_type = Integer)]
    pub position: i32,
}

/// A text that somebody suggests in the place of another, in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// The headline.
    pub title: String,
    /// The lead.
    pub lead: String,
    /// Markdown.
    pub body: String,
}

impl From<&LanguageVersion> for Suggested {
    fn from(version: &LanguageVersion) -> Self {
        Self { title: version.title.clone(), lead: version.lead.clone(), body: version.body.clone() }
    }
}

impl From<Suggested> for LanguageVersion {
    fn from(text: Suggested) -> Self {
        Self { title: text.title, lead: text.lead, body: text.body }
    }
}

/// A suggestion by language.
pub type Suggestion = BTreeMap<Lang, Suggested>;

/// What a spokesperson answered.
#[derive(Debug, Clone, QueryableByName)]
pub struct Answer {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: AnswerId,
    /// To what.
    #[diesel(sql_type = BigInt)]
    pub request_id: RequestId,
    /// With what else.
    #[diesel(sql_type = BigInt)]
    pub receipt_id: ReceiptId,
    /// The answer.
    #[diesel(sql_type = Text)]
    pub say: Say,
    /// The text they read.
    #[diesel(sql_type = BigInt)]
    pub revision_id: RevisionId,
    /// Its hashes.
    #[diesel(sql_type = Jsonb)]
    pub parts: Parts,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub reason: Option<String>,
    /// Their text.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub suggestion: Option<serde_json::Value>,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// What became of it then.
    #[diesel(sql_type = Text)]
    pub fate: Fate,
    /// Who, by name.
    #[diesel(sql_type = Text)]
    pub by: String,
    /// Whether they stand in.
    #[diesel(sql_type = Bool)]
    pub is_deputy: bool,
    /// What the Chancellery did with it.
    #[diesel(sql_type = Nullable<Bool>)]
    pub accepted: Option<bool>,
    /// Why it was not taken.
    #[diesel(sql_type = Nullable<Text>)]
    pub reply: Option<String>,
}

impl Answer {
    /// Their text, if they suggested one.
    pub fn suggested(&self) -> Suggestion {
        self.suggestion.clone().and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default()
    }
}

/// A personal link.
#[derive(Debug, Clone, QueryableByName)]
pub struct Link {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: LinkId,
    /// To which meeting's questions.
    #[diesel(sql_type = BigInt)]
    pub meeting_id: MeetingId,
    /// Whose.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// SHA-256 of its token.
    #[diesel(sql_type = diesel::sql_types::Binary)]
    pub token_hash: Vec<u8>,
    /// When it ends by itself.
    #[diesel(sql_type = Timestamptz)]
    pub expires_at: DateTime<Utc>,
    /// When it was spent.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was ended before.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub revoked_at: Option<DateTime<Utc>>,
    /// The device on which it was opened.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub device_id: Option<DeviceId>,
    /// SHA-256 of what that device keeps.
    #[diesel(sql_type = Nullable<diesel::sql_types::Binary>)]
    pub key_hash: Option<Vec<u8>>,
    /// When the device was let go.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub ended_at: Option<DateTime<Utc>>,
}

/// A mail to one spokesperson.
#[derive(Debug, Clone, QueryableByName)]
pub struct Written {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MailId,
    /// About which meeting.
    #[diesel(sql_type = BigInt)]
    pub meeting_id: MeetingId,
    /// Of which round, if of one.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub round_id: Option<RoundId>,
    /// What it is.
    #[diesel(sql_type = Text)]
    pub kind: MailKind,
    /// To whom.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// In which language.
    #[diesel(sql_type = Text)]
    pub lang: Lang,
    /// How they are addressed.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The link in it.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub link_id: Option<LinkId>,
    /// The receipt that it is of.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub receipt_id: Option<ReceiptId>,
    /// What it is known by when it comes back.
    #[diesel(sql_type = Text)]
    pub token: String,
    /// How far it got.
    #[diesel(sql_type = Text)]
    pub state: MailState,
    /// When it was written.
    #[diesel(sql_type = Timestamptz)]
    pub created_at: DateTime<Utc>,
    /// When it was done with.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub done_at: Option<DateTime<Utc>>,
}

/// What was answered together.
#[derive(Debug, Clone, QueryableByName)]
pub struct Receipt {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: ReceiptId,
    /// In which meeting.
    #[diesel(sql_type = BigInt)]
    pub meeting_id: MeetingId,
    /// Under which address.
    #[diesel(sql_type = Text)]
    pub email: String,
    /// By whom.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// By which way.
    #[diesel(sql_type = Text)]
    pub channel: Channel,
    /// When.
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(asked: Option<&str>, settled: Option<(Settled, &str)>, is_refused: bool) -> Request {
        let parts = |hash: &str| Parts([("fr".to_owned(), hash.to_owned())].into());
        let at = Some("2026-11-20T11:00:00Z".parse().expect("an instant"));
        Request {
            id: RequestId(1),
            edition_id: EditionId(1),
            mandate_id: MandateId(1),
            is_added: false,
            round_id: asked.map(|_| RoundId(1)),
            asked_revision_id: asked.map(|_| RevisionId(1)),
            asked_parts: asked.map(parts),
            asked_at: asked.and(at),
            opened_at: None,
            answer_id: None,
            is_refused,
            settled_as: settled.map(|(settled, _)| settled),
            settled_parts: settled.filter(|(settled, _)| *settled != Settled::Waived).map(|(_, hash)| parts(hash)),
            settled_at: settled.and(at),
            reason: None,
        }
    }

    /// The text is `b`.
    #[test]
    fn a_mandate_is_asked_again_if_and_only_if_what_it_agreed_to_changed() {
        let whole = Parts([("fr".to_owned(), "b".to_owned())].into());
        for (asked, settled, refused, to_send, to_answer) in [
            (None, None, false, true, false),
            (Some("a"), None, false, true, true),
            (Some("b"), None, false, false, true),
            (Some("b"), None, true, true, true),
            (Some("a"), Some((Settled::Agreed, "a")), false, true, false),
            (Some("b"), Some((Settled::Agreed, "b")), false, false, false),
            (Some("a"), Some((Settled::Agreed, "b")), false, false, true),
            (Some("b"), Some((Settled::Silence, "b")), false, false, false),
            (Some("b"), Some((Settled::Forced, "a")), false, false, true),
            (Some("a"), Some((Settled::Waived, "")), false, false, false),
            (None, Some((Settled::Waived, "")), false, false, false),
        ] {
            let request = request(asked, settled, refused);
            assert_eq!(request.waits_to_be_sent(&whole), to_send, "{asked:?} {settled:?} {refused}");
            assert_eq!(request.waits_for_answer(), to_answer, "{asked:?} {settled:?} {refused}");
        }
    }
}
