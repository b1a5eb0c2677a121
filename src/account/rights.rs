//! Every "may they?" is asked here, with who asks, what they want to do, and to what. What is not allowed in so many
//! words is not allowed (DESIGN §11, PROMISES V8).
//!
//! A route says its [`Right`], which `server::allow` asks before the handler runs; a step asks [`may`] again, on the row
//! that it has locked.

use super::model::{Person, Role};
use crate::ids::{AccountId, InstitutionId};

/// The right that a route asks for, before its handler runs. That of an object names the segment of its address that
/// holds the object's id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// Anybody: a page of the public site, or the door itself.
    Public,
    /// Anybody, on a demo or development site only; elsewhere the route does not exist.
    DemoOnly,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever may do it to the site as a whole.
    Site(Action),
    /// Whoever may do it to the release of the segment `{release}`.
    Release(Action),
    /// Whoever may do it to the institution of the segment `{institution}`.
    Institution(Action),
    /// Whoever may do it to the file of the segment `{asset}`.
    Asset(Action),
    /// Whoever may do it to the account of the segment `{account}`.
    Account(Action),
    /// Whoever may do it to the mandate of the segment `{mandate}`.
    Mandate(Action),
}

impl std::fmt::Display for Right {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Right::Public => f.write_str("public"),
            Right::DemoOnly => f.write_str("demo only"),
            Right::SignedIn => f.write_str("signed in"),
            Right::Site(action) => write!(f, "site: {action}"),
            Right::Release(action) => write!(f, "release: {action}"),
            Right::Institution(action) => write!(f, "institution: {action}"),
            Right::Asset(action) => write!(f, "asset: {action}"),
            Right::Account(action) => write!(f, "account: {action}"),
            Right::Mandate(action) => write!(f, "mandate: {action}"),
        }
    }
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Know that it exists and read it before it is public.
    Read,
    /// Write it; of the site: begin a release.
    Write,
    /// Send on: make ready, schedule, publish, correct, withdraw, unpublish, make preview links, ratify.
    Publish,
    /// How an institution works: languages, four eyes, boilerplate.
    Settings,
    /// Whom the press calls.
    Contacts,
    /// Who works here: of an institution its people, of a mandate its spokespersons, of an account that person, of the site
    /// the list of those one may see.
    People,
    /// Open a run, see all runs.
    RunDigests,
    /// See whose address is written to, and what they were sent.
    Subscribers,
    /// Add, rename, merge topics.
    Topics,
    /// Write the pages about the site.
    Pages,
    /// Where old addresses lead.
    Redirects,
    /// Read who did what.
    Journal,
    /// See and undo imports.
    Imports,
    /// Add and rename institutions.
    Institutions,
    /// Whom an institution's own staff write to.
    PressLists,
    /// Who governs: governments, offices, persons, competences; of a mandate what it says.
    Governments,
    /// Plan meetings, arm and publish them, order their decisions, say who proposes one.
    Meetings,
    /// Read what is planned of meetings.
    ReadMeetings,
    /// Answer for a minister, about what one is asked.
    Answer,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 19] = [
        Action::Read,
        Action::Write,
        Action::Publish,
        Action::Settings,
        Action::Contacts,
        Action::People,
        Action::RunDigests,
        Action::Subscribers,
        Action::Topics,
        Action::Pages,
        Action::Redirects,
        Action::Journal,
        Action::Imports,
        Action::Institutions,
        Action::PressLists,
        Action::Governments,
        Action::Meetings,
        Action::ReadMeetings,
        Action::Answer,
    ];
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Action::Read => "read",
            Action::Write => "write",
            Action::Publish => "publish",
            Action::Settings => "settings",
            Action::Contacts => "contacts",
            Action::People => "people",
            Action::RunDigests => "run digests",
            Action::Subscribers => "subscribers",
            Action::Topics => "topics",
            Action::Pages => "pages",
            Action::Redirects => "redirects",
            Action::Journal => "journal",
            Action::Imports => "imports",
            Action::Institutions => "institutions",
            Action::PressLists => "press lists",
            Action::Governments => "governments",
            Action::Meetings => "meetings",
            Action::ReadMeetings => "read meetings",
            Action::Answer => "answer",
        })
    }
}

/// What it is done to: as much of it as rights depend on.
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
    /// An institution.
    Institution {
        /// Which one.
        id: InstitutionId,
        /// Whether it is the Council of Ministers.
        of_council: bool,
    },
    /// A file that was uploaded.
    Asset {
        /// Whose it is.
        institution_id: InstitutionId,
        /// Whether that is the Council of Ministers.
        of_council: bool,
        /// Who uploaded it, if a person did.
        uploader_id: Option<AccountId>,
    },
    /// Somebody's account.
    Account {
        /// For whom they speak.
        institution_id: Option<InstitutionId>,
        /// What they are there for.
        role: Role,
    },
    /// A mandate of a member of the government.
    Mandate {
        /// The institution of the minister's staff.
        policy_cell: Option<InstitutionId>,
        /// Whether it has not begun: then its name alone would tell who is to govern.
        is_prepared: bool,
        /// Whether whoever asks is one of its spokespersons or deputies today.
        speaks: bool,
    },
    /// The site as a whole.
    Site,
}

/// What somebody who asks for something is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// They may.
    Allowed,
    /// They may not, and know that it is there: 403, with a sentence.
    Refused,
    /// They may not even know that it is there: 404, as for what is not.
    Hidden,
}

/// Whether `person` may do it, and if not, what they are told.
pub fn verdict(person: &Person, action: Action, object: Object<'_>) -> Verdict {
    if may(person, action, object) {
        Verdict::Allowed
    } else if may(person, Action::Read, object) {
        Verdict::Refused
    } else {
        Verdict::Hidden
    }
}

/// Whether `person` may do it.
pub fn may(person: &Person, action: Action, object: Object<'_>) -> bool {
    let is_own = |institution: InstitutionId| person.institution_id == Some(institution);
    match object {
        Object::Release { issuers, of_council, is_draft } => {
            let leads = issuers.first().copied().is_some_and(is_own);
            let co_issues = issuers.iter().copied().any(is_own);
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
        Object::Institution { id, of_council } => match (person.role, action) {
            (
                Role::Admin,
                Action::Read
                | Action::Settings
                | Action::Contacts
                | Action::People
                | Action::PressLists
                | Action::Institutions,
            ) => true,
            (
                Role::InstitutionAdmin,
                Action::Read
                | Action::Write
                | Action::Settings
                | Action::Contacts
                | Action::People
                | Action::PressLists,
            ) => is_own(id),
            (
                Role::ChancelleryEditor,
                Action::Read | Action::Write | Action::Settings | Action::Contacts | Action::PressLists,
            ) if of_council => true,
            // Whoever sends a release on says to whom.
            (Role::Publisher, Action::PressLists) => is_own(id),
            // To write: to upload for it, as one begins a release for it.
            (Role::Contributor | Role::Publisher | Role::PictureDesk | Role::Photographer, Action::Write) => is_own(id),
            // One's own institution is no secret; what of it may be changed is for its admin.
            (_, Action::Read) => is_own(id),
            _ => false,
        },
        Object::Asset { institution_id, of_council, uploader_id } => match (person.role, action) {
            (Role::Admin, Action::Read) => true,
            (Role::ChancelleryEditor, Action::Read | Action::Write) => of_council,
            // Whoever writes a release illustrates it.
            (
                Role::Contributor | Role::Publisher | Role::InstitutionAdmin | Role::PictureDesk,
                Action::Read | Action::Write,
            ) => is_own(institution_id),
            // Theirs as long as they work there.
            (Role::Photographer, Action::Read | Action::Write) => {
                is_own(institution_id) && uploader_id == Some(person.id)
            }
            _ => false,
        },
        Object::Account { institution_id, role } => match (person.role, action) {
            (Role::Admin, Action::Read | Action::People) => true,
            (Role::InstitutionAdmin, Action::Read) => institution_id.is_some_and(is_own),
            (Role::InstitutionAdmin, Action::People) => {
                institution_id.is_some_and(is_own) && may_give(person.role, role)
            }
            _ => false,
        },
        Object::Mandate { policy_cell, is_prepared, speaks } => match (person.role, action) {
            (
                Role::Admin | Role::ChancelleryEditor,
                Action::Read | Action::Contacts | Action::People | Action::Governments,
            ) => true,
            _ if is_prepared => false,
            (Role::InstitutionAdmin, Action::Read | Action::Contacts | Action::People) => {
                speaks && action != Action::People || policy_cell.is_some_and(is_own)
            }
            // Who speaks for it says who answers; who speaks for it is for others to say.
            (_, Action::Read | Action::Contacts) if speaks => true,
            (_, Action::Read) => policy_cell.is_some_and(is_own),
            _ => false,
        },
        Object::Site => match (person.role, action) {
            (Role::Admin, action) => !matches!(
                action,
                Action::Read
                    | Action::Write
                    | Action::Publish
                    | Action::Settings
                    | Action::Contacts
                    | Action::PressLists
                    | Action::Meetings
                    | Action::Answer
            ),
            (
                Role::ChancelleryEditor,
                Action::RunDigests | Action::Governments | Action::Meetings | Action::ReadMeetings,
            ) => true,
            (Role::InstitutionAdmin, Action::People) => true,
            // For whom is derived from the directory, at the instant it is asked.
            (Role::Spokesperson, Action::Answer) => true,
            // Begin a release, of one's own institution or of the Council.
            (Role::Contributor | Role::Publisher | Role::InstitutionAdmin | Role::ChancelleryEditor, Action::Write) => {
                true
            }
            _ => false,
        },
    }
}

/// Whether somebody of the first role, who may see to a person, gives them the second one: nobody gives more than they
/// have, and what is not an institution's to give (the Chancellery, spokespersons, admins) is the admin's.
pub fn may_give(giver: Role, given: Role) -> bool {
    match giver {
        Role::Admin => true,
        Role::InstitutionAdmin => matches!(
            given,
            Role::Contributor | Role::Publisher | Role::InstitutionAdmin | Role::PictureDesk | Role::Photographer
        ),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::model::person;

    const OWN: i64 = 3;
    const OTHER: i64 = 9;

    /// The letters of what they may do, in the order of [`Action::ALL`].
    fn letters(role: Role, object: Object<'_>) -> String {
        let letters = "rwpscoDSTPRJINlGMmA".chars();
        let person = person(role, Some(OWN));
        Action::ALL
            .into_iter()
            .zip(letters)
            .map(|(action, letter)| if may(&person, action, object) { letter } else { '-' })
            .collect::<String>()
            .replace('-', "")
    }

    /// What each role may do to a release led by its own institution, co-issued by it, and of another, as
    /// (read, write, publish); in draft and in submitted.
    #[test]
    fn every_role_against_every_release() {
        let own = [InstitutionId(OWN)];
        let co = [InstitutionId(OTHER), InstitutionId(OWN)];
        let other = [InstitutionId(OTHER)];
        let on = |issuers, of_council, is_draft| Object::Release { issuers, of_council, is_draft };
        for (role, on_own, on_co_draft, on_co_submitted, on_other, on_council) in [
            (Role::Contributor, "rw", "", "r", "", ""),
            (Role::Publisher, "rwp", "", "r", "", ""),
            (Role::InstitutionAdmin, "rwp", "", "r", "", ""),
            (Role::ChancelleryEditor, "", "", "", "", "rwp"),
            (Role::Spokesperson, "", "", "", "", ""),
            (Role::PictureDesk, "", "", "", "", ""),
            (Role::Photographer, "", "", "", "", ""),
            (Role::Admin, "r", "r", "r", "r", "r"),
        ] {
            assert_eq!(letters(role, on(&own, false, true)), on_own, "{role}, own draft");
            assert_eq!(letters(role, on(&own, false, false)), on_own, "{role}, own submitted");
            assert_eq!(letters(role, on(&co, false, true)), on_co_draft, "{role}, co-issued draft");
            assert_eq!(letters(role, on(&co, false, false)), on_co_submitted, "{role}, co-issued submitted");
            assert_eq!(letters(role, on(&other, false, false)), on_other, "{role}, another's");
            assert_eq!(letters(role, on(&other, true, true)), on_council, "{role}, the Council's draft");
            assert_eq!(letters(role, on(&other, true, false)), on_council, "{role}, the Council's");
        }
    }

    /// What each role may do to its own institution, another, and the Council: read, write (upload), settings,
    /// contacts, people (o), press lists (l).
    /// contacts, people (o), its place among all (N).
    #[test]
    fn every_role_against_every_institution() {
        let on = |id, of_council| Object::Institution { id: InstitutionId(id), of_council };
        for (role, own, other, council) in [
            (Role::Contributor, "rw", "", ""),
            (Role::Publisher, "rwl", "", ""),
            (Role::InstitutionAdmin, "rwscol", "", ""),
            (Role::ChancelleryEditor, "r", "", "rwscl"),
            (Role::Spokesperson, "r", "", ""),
            (Role::PictureDesk, "rw", "", ""),
            (Role::Photographer, "rw", "", ""),
            (Role::Admin, "rscoNl", "rscoNl", "rscoNl"),
            (Role::Admin, "rscoNl", "rscoNl", "rscoNl"),
        ] {
            assert_eq!(letters(role, on(OWN, false)), own, "{role}, own");
            assert_eq!(letters(role, on(OTHER, false)), other, "{role}, another");
            assert_eq!(letters(role, on(OTHER, true)), council, "{role}, the Council");
        }
    }

    /// What each role may do to a file that they uploaded for their institution, that a colleague did, that another
    /// institution did, and that they uploaded for the one before, and to one of the Council.
    #[test]
    fn every_role_against_every_file() {
        let me = AccountId(1);
        let on = |institution, of_council, uploader: i64| Object::Asset {
            institution_id: InstitutionId(institution),
            of_council,
            uploader_id: Some(AccountId(uploader)),
        };
        assert_eq!(person(Role::Admin, None).id(), me);
        for (role, mine, colleague, other, former, council) in [
            (Role::Contributor, "rw", "rw", "", "", ""),
            (Role::Publisher, "rw", "rw", "", "", ""),
            (Role::InstitutionAdmin, "rw", "rw", "", "", ""),
            (Role::ChancelleryEditor, "", "", "", "", "rw"),
            (Role::Spokesperson, "", "", "", "", ""),
            (Role::PictureDesk, "rw", "rw", "", "", ""),
            (Role::Photographer, "rw", "", "", "", ""),
            (Role::Admin, "r", "r", "r", "r", "r"),
        ] {
            assert_eq!(letters(role, on(OWN, false, 1)), mine, "{role}, mine");
            assert_eq!(letters(role, on(OWN, false, 2)), colleague, "{role}, a colleague's");
            assert_eq!(letters(role, on(OTHER, false, 2)), other, "{role}, another institution's");
            assert_eq!(letters(role, on(OTHER, false, 1)), former, "{role}, of my former institution");
            assert_eq!(letters(role, on(OTHER, true, 2)), council, "{role}, the Council's");
        }
    }

    /// What each role may do to a mandate of its own policy cell, of another, for which they speak, and to one of their own
    /// policy cell that has not begun.
    #[test]
    fn every_role_against_every_mandate() {
        let on =
            |cell, is_prepared, speaks| Object::Mandate { policy_cell: Some(InstitutionId(cell)), is_prepared, speaks };
        for (role, own, other, spoken_for, prepared) in [
            (Role::Contributor, "r", "", "rc", ""),
            (Role::Publisher, "r", "", "rc", ""),
            (Role::InstitutionAdmin, "rco", "", "rc", ""),
            (Role::ChancelleryEditor, "rcoG", "rcoG", "rcoG", "rcoG"),
            (Role::Spokesperson, "r", "", "rc", ""),
            (Role::PictureDesk, "r", "", "rc", ""),
            (Role::Photographer, "r", "", "rc", ""),
            (Role::Admin, "rcoG", "rcoG", "rcoG", "rcoG"),
        ] {
            assert_eq!(letters(role, on(OWN, false, false)), own, "{role}, of the own policy cell");
            assert_eq!(letters(role, on(OTHER, false, false)), other, "{role}, of another");
            assert_eq!(letters(role, on(OTHER, false, true)), spoken_for, "{role}, whom they speak for");
            assert_eq!(letters(role, on(OWN, true, true)), prepared, "{role}, that has not begun");
        }
    }

    #[test]
    fn every_role_against_every_person_and_the_site() {
        let on =
            |institution: Option<i64>, role| Object::Account { institution_id: institution.map(InstitutionId), role };
        for (role, own, own_admin, other, chancellery, site) in [
            (Role::Contributor, "", "", "", "", "w"),
            (Role::Publisher, "", "", "", "", "w"),
            (Role::InstitutionAdmin, "ro", "ro", "", "", "wo"),
            (Role::ChancelleryEditor, "", "", "", "", "wDGMm"),
            (Role::Spokesperson, "", "", "", "", "A"),
            (Role::PictureDesk, "", "", "", "", ""),
            (Role::Photographer, "", "", "", "", ""),
            (Role::Admin, "ro", "ro", "ro", "ro", "oDSTPRJINGm"),
        ] {
            assert_eq!(letters(role, on(Some(OWN), Role::Publisher)), own, "{role}, a colleague");
            assert_eq!(letters(role, on(Some(OWN), Role::InstitutionAdmin)), own_admin, "{role}, their admin");
            assert_eq!(letters(role, on(Some(OTHER), Role::Contributor)), other, "{role}, another institution's");
            assert_eq!(letters(role, on(None, Role::ChancelleryEditor)), chancellery, "{role}, of none");
            assert_eq!(letters(role, Object::Site), site, "{role}, the site");
        }
        // An admin who happens to belong to an institution is not its admin's to change.
        assert_eq!(letters(Role::InstitutionAdmin, on(Some(OWN), Role::Admin)), "r");
        for given in Role::ALL {
            assert!(may_give(Role::Admin, *given));
            let theirs = !matches!(given, Role::Admin | Role::ChancelleryEditor | Role::Spokesperson);
            assert_eq!(may_give(Role::InstitutionAdmin, *given), theirs, "{given}");
            assert!(!may_give(Role::Publisher, *given) && !may_give(Role::ChancelleryEditor, *given));
        }
    }
}
