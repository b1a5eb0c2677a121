//! A meeting, what is planned of it, and its decisions as the desk sees them.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Jsonb, Nullable, Text, Timestamptz};
use sha2::{Digest, Sha256};

use crate::ids::{AccountId, EditionId, InstitutionId, MandateId, MeetingId, ReleaseId, RevisionId};
use crate::kit::lang::{Lang, Texts};
use crate::release::state::{PublicState, State};

pub use crate::release::decision::{Instrument, MeetingKind, Reading, Terms};

/// The most decisions of one meeting.
pub const ITEMS_MAX: usize = 200;
/// The most characters of what stands above the decisions on the public page, in one language.
pub const INTRO_MAX: usize = 4_000;

/// A meeting.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Meeting {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MeetingId,
    /// Its word in addresses: its day, and `-2` for a second one of that day.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Council or inner cabinet.
    #[diesel(sql_type = Text)]
    pub kind: MeetingKind,
    /// Whose releases its decisions are.
    #[diesel(sql_type = BigInt)]
    pub institution_id: InstitutionId,
    /// Its day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
    /// Where.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub places: Option<Texts>,
    /// By writing, and nowhere.
    #[diesel(sql_type = Bool)]
    pub is_electronic: bool,
    /// Who presides.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub chair_mandate_id: Option<MandateId>,
    /// What stands above its decisions, as Markdown.
    #[diesel(sql_type = Nullable<Jsonb>)]
    pub intros: Option<Texts>,
    /// In which languages its decisions must be agreed.
    #[diesel(sql_type = Array<Text>)]
    pub languages: Vec<Lang>,
    /// Until when answers are asked for.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub deadline_at: Option<DateTime<Utc>>,
    /// Whether silence then agrees.
    #[diesel(sql_type = Bool)]
    pub silence_agrees: bool,
    /// When it is to be public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub planned_at: Option<DateTime<Utc>>,
    /// Since when that happens by itself.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub armed_at: Option<DateTime<Utc>>,
    /// By whose act.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub armed_by: Option<AccountId>,
    /// When it went public.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub published_at: Option<DateTime<Utc>>,
    /// When it was cancelled.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub cancelled_at: Option<DateTime<Utc>>,
}

/// Where a meeting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Being prepared.
    Preparing,
    /// Goes public at its instant by itself.
    Armed,
    /// Public.
    Published,
    /// Does not take place.
    Cancelled,
}

impl Meeting {
    /// Where it stands.
    pub fn stage(&self) -> Stage {
        match (self.cancelled_at, self.published_at, self.armed_at) {
            (Some(_), ..) => Stage::Cancelled,
            (None, Some(_), _) => Stage::Published,
            (None, None, Some(_)) => Stage::Armed,
            (None, None, None) => Stage::Preparing,
        }
    }

    /// What is planned of it.
    pub fn plan(&self) -> Plan {
        Plan {
            kind: self.kind,
            held_on: self.held_on,
            places: self.places.clone(),
            is_electronic: self.is_electronic,
            chair: self.chair_mandate_id,
            intros: self.intros.clone(),
            languages: self.languages.clone(),
            deadline_at: self.deadline_at,
            silence_agrees: self.silence_agrees,
            planned_at: self.planned_at,
        }
    }
}

/// All that one says of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Council or inner cabinet.
    pub kind: MeetingKind,
    /// Its day.
    pub held_on: NaiveDate,
    /// Where; nothing of an electronic procedure.
    pub places: Option<Texts>,
    /// By writing.
    pub is_electronic: bool,
    /// Who presides.
    pub chair: Option<MandateId>,
    /// What stands above its decisions, as Markdown.
    pub intros: Option<Texts>,
    /// In which languages its decisions must be agreed; at least one.
    pub languages: Vec<Lang>,
    /// Until when answers are asked for.
    pub deadline_at: Option<DateTime<Utc>>,
    /// Whether silence then agrees; else it is escalated.
    pub silence_agrees: bool,
    /// When it is to be public.
    pub planned_at: Option<DateTime<Utc>>,
}

/// A decision as the desk sees it: the edition that is worked on, else what the public reads or read last.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Item {
    /// Which release.
    #[diesel(sql_type = BigInt)]
    pub release_id: ReleaseId,
    /// Its place in the agenda: 1 for the first.
    #[diesel(sql_type = Integer)]
    pub number: i32,
    /// Which edition.
    #[diesel(sql_type = BigInt)]
    pub edition_id: EditionId,
    /// Its latest revision.
    #[diesel(sql_type = Nullable<BigInt>)]
    pub head_revision_id: Option<RevisionId>,
    /// Where it stands.
    #[diesel(sql_type = Text)]
    pub state: State,
    /// What the public sees of it.
    #[diesel(sql_type = Text)]
    pub public_state: PublicState,
    /// Who wrote, edited or submitted since it was last ready.
    #[diesel(sql_type = Array<BigInt>)]
    pub hands: Vec<AccountId>,
    /// Since when it is pulled out.
    #[diesel(sql_type = Nullable<Timestamptz>)]
    pub held_back_at: Option<DateTime<Utc>>,
    /// Why.
    #[diesel(sql_type = Nullable<Text>)]
    pub held_back_reason: Option<String>,
}

impl Item {
    /// Whether the public has never read it.
    pub fn is_to_come(&self) -> bool {
        self.public_state == PublicState::NeverPublic
    }

    /// Whether the next publication of its meeting takes it along.
    pub fn goes_out(&self) -> bool {
        self.is_to_come() && self.state == State::Ready && self.held_back_at.is_none()
    }
}

/// Tells two states of an agenda apart, as far as a publication depends on them; safe in a form.
pub fn fingerprint(meeting: &Meeting, items: &[Item]) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{:?} {:?}\n", meeting.stage(), meeting.planned_at));
    for item in items {
        let line = (
            item.release_id,
            item.number,
            item.edition_id,
            item.head_revision_id,
            item.state,
            item.held_back_at.is_some(),
        );
        hash.update(format!("{line:?}\n"));
    }
    data_encoding::BASE64URL_NOPAD.encode(&hash.finalize()[..15])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(state: State, public_state: PublicState, held: bool) -> Item {
        Item {
            release_id: ReleaseId(1),
            number: 1,
            edition_id: EditionId(1),
            head_revision_id: Some(RevisionId(1)),
            state,
            public_state,
            hands: Vec::new(),
            held_back_at: held.then(Utc::now),
            held_back_reason: held.then(|| "x".into()),
        }
    }

    #[test]
    fn only_what_is_ready_new_and_not_pulled_out_goes_out() {
        for state in State::ALL {
            for public_state in PublicState::ALL {
                for held in [false, true] {
                    let goes = item(*state, *public_state, held).goes_out();
                    let expected = *state == State::Ready && *public_state == PublicState::NeverPublic && !held;
                    assert_eq!(goes, expected, "{state} {public_state} {held}");
                }
            }
        }
    }
}
