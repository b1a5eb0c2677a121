//! Every "may they?" is asked here, with who asks, what they want to do, and to what. What is not allowed in so many
//! words is not allowed (DESIGN §11).

use super::model::{Person, Role};
use crate::ids::InstitutionId;

/// The right that a route asks for, before its handler runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Anybody: a page of the public site, or the door itself.
    Public,
    /// Anybody, on a demo or development site only; elsewhere the route does not exist.
    DemoOnly,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever runs the digests.
    RunDigests,
}

impl std::fmt::Display for Right {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Right::Public => "public",
            Right::DemoOnly => "demo only",
            Right::SignedIn => "signed in",
            Right::RunDigests => "run digests",
        })
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Know that it exists and read it before it is public.
    Read,
    /// Begin, write, hand in.
    Write,
    /// Send on: make ready, schedule, publish, correct, withdraw.
    Publish,
    /// Open a run, see all runs.
    RunDigests,
}

/// What it is done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object<'a> {
    /// A release: who issues it, and whether the edition in question is still its author's own.
    Release {
        /// The lead first.
        issuers: &'a [InstitutionId],
        /// Whether the lead is the Council of Ministers.
        of_council: bool,
        /// Whether it has not been submitted yet.
        is_draft: bool,
    },
    /// The site as a whole.
    Site,
}

/// Whether `person` may do it.
pub fn may(person: &Person, action: Action, object: Object<'_>) -> bool {
    match object {
        Object::Release { issuers, of_council, is_draft } => {
            let leads = issuers.first().copied().is_some_and(|lead| person.institution_id == Some(lead));
            let co_issues = person.institution_id.is_some_and(|own| issuers.contains(&own));
            match (person.role, action) {
                (Role::ChancelleryEditor, Action::Read | Action::Write | Action::Publish) => of_council,
                (Role::Contributor, Action::Write) => leads,
                (Role::Publisher | Role::InstitutionAdmin, Action::Write | Action::Publish) => leads,
                (Role::Contributor | Role::Publisher | Role::InstitutionAdmin, Action::Read) => {
                    leads || (co_issues && !is_draft)
                }
                (Role::Admin, Action::Read) => true,
                _ => false,
            }
        }
        Object::Site => match action {
            Action::RunDigests => matches!(person.role, Role::Admin | Role::ChancelleryEditor),
            Action::Read | Action::Write | Action::Publish => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::model::person;

    const OWN: i64 = 3;
    const OTHER: i64 = 9;

    /// What each role may do to a release led by its own institution, co-issued by it, and of another, as
    /// (read, write, publish); in draft and in submitted.
    #[test]
    fn every_role_against_every_release() {
        let own = [InstitutionId(OWN)];
        let co = [InstitutionId(OTHER), InstitutionId(OWN)];
        let other = [InstitutionId(OTHER)];
        let marks =
            |role, issuers: &[InstitutionId], of_council, is_draft| -> String {
                let person = person(role, Some(OWN));
                [Action::Read, Action::Write, Action::Publish]
                    .iter()
                    .zip(["r", "w", "p"])
                    .map(|(action, mark)| {
                        if may(&person, *action, Object::Release { issuers, of_council, is_draft }) {
                            mark
                        } else {
                            "-"
                        }
                    })
                    .collect()
            };
        for (role, on_own, on_co_draft, on_co_submitted, on_other, on_council) in [
            (Role::Contributor, "rw-", "---", "r--", "---", "---"),
            (Role::Publisher, "rwp", "---", "r--", "---", "---"),
            (Role::InstitutionAdmin, "rwp", "---", "r--", "---", "---"),
            (Role::ChancelleryEditor, "---", "---", "---", "---", "rwp"),
            (Role::Spokesperson, "---", "---", "---", "---", "---"),
            (Role::PictureDesk, "---", "---", "---", "---", "---"),
            (Role::Photographer, "---", "---", "---", "---", "---"),
            (Role::Admin, "r--", "r--", "r--", "r--", "r--"),
        ] {
            assert_eq!(marks(role, &own, false, true), on_own, "{role}, own");
            assert_eq!(marks(role, &co, false, true), on_co_draft, "{role}, co-issued draft");
            assert_eq!(marks(role, &co, false, false), on_co_submitted, "{role}, co-issued submitted");
            assert_eq!(marks(role, &other, false, false), on_other, "{role}, another's");
            assert_eq!(marks(role, &other, true, false), on_council, "{role}, the Council's");
        }
    }
}
