//! A government, its mandates, and who speaks for them.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use crate::account::rights::Object;
use crate::ids::{AccountId, CompetenceId, GovernmentId, InstitutionId, MandateId, OfficeId, PersonId, SpokespersonId};
use crate::kit::lang::{Lang, Texts};
use crate::schema::{competences, governments, offices, persons, spokespersons};
use crate::text_enum;

/// A government, in office, former, or being prepared.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = governments, check_for_backend(diesel::pg::Pg))]
pub struct Government {
    /// Which one.
    pub id: GovernmentId,
    /// Its word in addresses.
    pub code: String,
    /// What it is called.
    pub names: Texts,
    /// When it is to take over by itself.
    pub takes_over_at: Option<DateTime<Utc>>,
    /// Since when it governs; none: it is being prepared.
    pub starts_at: Option<DateTime<Utc>>,
    /// Since when it only carries on.
    pub caretaker_from: Option<DateTime<Utc>>,
    /// When the next one took over.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Government {
    /// Whether it has not begun.
    pub fn is_prepared(&self) -> bool {
        self.starts_at.is_none()
    }

    /// Whether it governs.
    pub fn is_in_office(&self) -> bool {
        self.starts_at.is_some() && self.ends_at.is_none()
    }
}

/// A seat at the table, whoever sits on it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = offices, check_for_backend(diesel::pg::Pg))]
pub struct Office {
    /// Which one.
    pub id: OfficeId,
    /// Its word.
    pub code: String,
    /// What it is called.
    pub names: Texts,
}

/// Somebody who holds or held an office.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = persons, check_for_backend(diesel::pg::Pg))]
pub struct Holder {
    /// Which one.
    pub id: PersonId,
    /// Their word in addresses.
    pub code: String,
    /// First names.
    pub given_name: String,
    /// What they are filed under.
    pub family_name: String,
}

/// What a member of the government is competent for.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = competences, check_for_backend(diesel::pg::Pg))]
pub struct Competence {
    /// Which one.
    pub id: CompetenceId,
    /// Its word.
    pub code: String,
    /// What it is called.
    pub names: Texts,
}

/// A person in an office, with what every page says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mandate {
    /// Which one.
    pub id: MandateId,
    /// Its word in addresses.
    pub code: String,
    /// In which government.
    pub government_id: GovernmentId,
    /// Which office.
    pub office_id: OfficeId,
    /// Who holds it.
    pub person_id: PersonId,
    /// That person's word in addresses.
    pub person_code: String,
    /// First names.
    pub given_name: String,
    /// Family name.
    pub family_name: String,
    /// The full title in this government.
    pub titles: Texts,
    /// The minister's staff.
    pub policy_cell_id: Option<InstitutionId>,
    /// What the staff is called from the beginning on, if that changes.
    pub cell_names: Option<Texts>,
    /// The order of precedence.
    pub position: i32,
    /// Since when; none: prepared.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when.
    pub ends_at: Option<DateTime<Utc>>,
}

impl Mandate {
    /// "Hélène Varnier"
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// Whether it is held at that instant.
    pub fn is_held(&self) -> bool {
        self.starts_at.is_some() && self.ends_at.is_none()
    }
}

/// What rights on a mandate depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RightsOf {
    /// The institution of the minister's staff.
    pub policy_cell: Option<InstitutionId>,
    /// Whether it has not begun.
    pub is_prepared: bool,
    /// Whether whoever asks speaks for it today.
    pub speaks: bool,
}

impl RightsOf {
    /// As `rights::may` takes it.
    pub fn object(self) -> Object<'static> {
        Object::Mandate { policy_cell: self.policy_cell, is_prepared: self.is_prepared, speaks: self.speaks }
    }
}

/// Who speaks for a mandate, and validates for it (DESIGN §5).
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = spokespersons, check_for_backend(diesel::pg::Pg))]
pub struct Spokesperson {
    /// Which one.
    pub id: SpokespersonId,
    /// For whom.
    pub mandate_id: MandateId,
    /// What they are called.
    pub name: String,
    /// Where requests reach them.
    pub email: String,
    /// Where the Chancellery calls them; never public.
    pub phone: Option<String>,
    /// The language they are written to.
    pub lang: Lang,
    /// Whether they stand in for another.
    pub is_deputy: bool,
    /// The account that they sign in with, if they have one.
    pub account_id: Option<AccountId>,
    /// Since when.
    pub starts_at: DateTime<Utc>,
    /// Until when.
    pub ends_at: Option<DateTime<Utc>>,
}

text_enum! {
    /// What becomes of a policy cell's open drafts when another government takes over.
    pub enum Drafts {
        /// They are the new policy cell's, as drafts.
        HandOver = "hand_over",
        /// They stay as they are with the present one, which goes on.
        Keep = "keep",
        /// They stay with the present one, which closes: nothing of it goes public any more.
        Close = "close",
    }
}

/// What becomes of a present mandate's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handover {
    /// The mandate that ends.
    pub mandate_id: MandateId,
    /// Who takes over; nobody.
    pub to: Option<MandateId>,
    /// Its policy cell's open drafts, and where it proposes what is not public yet.
    pub drafts: Drafts,
    /// Whether its spokespersons and deputies go on to speak for the other.
    pub spokespersons: bool,
    /// Whether its contacts go on to answer for the other, with their rota.
    pub contacts: bool,
}

impl Handover {
    /// What is proposed where nobody has chosen: the same office's new holder takes the drafts; the people only if the
    /// person stays. Without an heir, the cell closes.
    pub fn usual(of: &Mandate, coming: &[Mandate]) -> Self {
        let heir = coming
            .iter()
            .find(|next| next.office_id == of.office_id)
            .or_else(|| coming.iter().find(|next| next.person_id == of.person_id));
        let same_person = heir.is_some_and(|next| next.person_id == of.person_id);
        let same_cell =
            heir.is_some_and(|next| next.policy_cell_id.is_some() && next.policy_cell_id == of.policy_cell_id);
        Self {
            mandate_id: of.id,
            to: heir.map(|next| next.id),
            drafts: match (heir, same_cell) {
                (None, _) => Drafts::Close,
                (Some(_), true) => Drafts::Keep,
                (Some(next), false) if next.policy_cell_id.is_some() => Drafts::HandOver,
                (Some(_), false) => Drafts::Keep,
            },
            spokespersons: same_person,
            contacts: same_person,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mandate(id: i64, office: i64, person: i64, cell: Option<i64>) -> Mandate {
        Mandate {
            id: MandateId(id),
            code: format!("m-{id}"),
            government_id: GovernmentId(1),
            office_id: OfficeId(office),
            person_id: PersonId(person),
            person_code: "p".into(),
            given_name: "A".into(),
            family_name: "B".into(),
            titles: Texts::one(Lang::Fr, "ministre"),
            policy_cell_id: cell.map(InstitutionId),
            cell_names: None,
            position: 0,
            starts_at: None,
            ends_at: None,
        }
    }

    #[test]
    fn what_is_proposed_follows_office_then_person() {
        let of = mandate(1, 10, 20, Some(30));
        for (what, coming, to, drafts, people) in [
            ("the same person, office and cell", vec![mandate(2, 10, 20, Some(30))], Some(2), Drafts::Keep, true),
            ("the same person with a new cell", vec![mandate(2, 10, 20, Some(31))], Some(2), Drafts::HandOver, true),
            ("another person in the office", vec![mandate(2, 10, 21, Some(31))], Some(2), Drafts::HandOver, false),
            ("an heir without a cell", vec![mandate(2, 10, 21, None)], Some(2), Drafts::Keep, false),
            ("the person in another office", vec![mandate(2, 11, 20, Some(31))], Some(2), Drafts::HandOver, true),
            (
                "the office before the person",
                vec![mandate(2, 11, 20, None), mandate(3, 10, 21, Some(31))],
                Some(3),
                Drafts::HandOver,
                false,
            ),
            ("nobody", vec![mandate(2, 11, 21, Some(31))], None, Drafts::Close, false),
        ] {
            let usual = Handover::usual(&of, &coming);
            assert_eq!(
                (usual.to, usual.drafts, usual.spokespersons, usual.contacts),
                (to.map(MandateId), drafts, people, people),
                "{what}"
            );
        }
    }
}
