//! Decides the fate of every version, from what the source says and what stands here. No I/O.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::convert::Version;
use super::query::{Elsewhere, Known, Standing};
use super::report::Fate;
use super::sets::{Group, SetDate};
use crate::ids::ReleaseId;
use crate::kit::lang::Lang;
use crate::release::state::{PublicState, State};

/// What stands here of the sets at hand.
#[derive(Debug, Default)]
pub struct Here {
    /// Items that came before.
    pub known: Vec<Known>,
    /// Items that came under another source's name.
    pub elsewhere: Vec<Elsewhere>,
    /// The releases of `known`.
    pub standing: HashMap<ReleaseId, Standing>,
}

/// What is to be done with one group.
#[derive(Debug, Default)]
pub struct Plan<'a> {
    /// Versions whose fate needs no writing, by their item, with the reason.
    pub settled: Vec<(usize, Fate, Vec<String>)>,
    /// Versions to write: changed and added ones of a release that is here, or those of a new one. One a language.
    pub versions: BTreeMap<Lang, Planned<'a>>,
    /// The release that they are of; none: a new one.
    pub release: Option<Standing>,
    /// Whether the public reads it.
    pub is_public: bool,
    /// The languages of the release that are here already.
    pub languages: HashSet<Lang>,
}

/// A version to write.
#[derive(Debug)]
pub struct Planned<'a> {
    /// Its item in the report.
    pub item: usize,
    /// New or changed.
    pub fate: Fate,
    /// What it says.
    pub version: &'a Version,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// It says the same as before, and may have files now that were missing then.
    pub only_files: bool,
}

impl Plan<'_> {
    /// Whether what that item says is, or will be, in the release.
    pub fn counts(&self, item: usize) -> bool {
        self.versions.values().any(|one| one.item == item)
            || self.settled.iter().any(|(settled, fate, _)| *settled == item && *fate == Fate::Unchanged)
    }
}

/// Why the desk's work on a release stands against an import, if it does. The import knows the revision that it wrote
/// last; any other head, state or edition is somebody's work.
pub fn touched(release: &Standing, known: &Known) -> Option<&'static str> {
    if release.editions > 1 {
        Some("corrected in the desk since")
    } else if release.head_revision_id != known.revision_id {
        Some("edited in the desk since")
    } else if release.has_reference {
        Some("published in the desk since")
    } else {
        match (release.public_state, release.state) {
            (PublicState::Public, State::Published) | (PublicState::NeverPublic, State::Draft) => None,
            (PublicState::Withdrawn, _) => Some("withdrawn since"),
            (PublicState::Unpublished, _) => Some("unpublished since"),
            _ => Some("handed in in the desk since"),
        }
    }
}

/// The fate of each member of `group`.
pub fn decide<'a>(group: &'a Group, here: &Here, now: DateTime<Utc>, zone: Tz) -> Plan<'a> {
    let of_set: Vec<&Known> = here.known.iter().filter(|known| known.source_set == group.set).collect();
    let by_id = |id: &str| here.known.iter().find(|known| known.source_id == id);
    // Its release is the set's; a set that is new to us may consist of items that came before under another.
    let known = of_set.first().copied().or_else(|| group.members.iter().find_map(|member| by_id(&member.id)));
    let release = known.and_then(|known| here.standing.get(&known.release_id).cloned());
    let touched = release.as_ref().zip(known).and_then(|(release, known)| touched(release, known));
    let SetDate { at, .. } = group.date;
    let is_public = match &release {
        Some(release) => release.public_state == PublicState::Public,
        None => group.published && at <= now,
    };
    let mut plan = Plan {
        languages: here
            .known
            .iter()
            .filter(|known| release.as_ref().is_some_and(|release| release.release_id == known.release_id))
            .map(|known| known.lang)
            .collect(),
        is_public,
        ..Plan::default()
    };
    for member in &group.members {
        let mut settle = |fate, note: String| {
            let notes = if note.is_empty() { Vec::new() } else { vec![note] };
            plan.settled.push((member.item, fate, notes));
        };
        let before = by_id(&member.id);
        let Some(version) = member.version.as_deref() else {
            settle(Fate::Unchanged, String::new());
            continue;
        };
        let says_the_same = before.is_some_and(|before| before.digest == version.digest);
        let only_files = says_the_same && before.is_some_and(|it| it.lacks_files) && version.finds_files;
        if says_the_same && !only_files {
            settle(Fate::Unchanged, String::new());
            continue;
        }
        let other = here.elsewhere.iter().find(|other| other.source_id == version.id && other.digest == version.digest);
        let refusal = match (before, other) {
            (Some(before), _) if before.lang != version.lang => {
                Some(format!("it came before in {}; a version does not change its language", before.lang))
            }
            (Some(before), _) if release.as_ref().is_some_and(|release| release.release_id != before.release_id) => {
                Some(format!(
                    "it came before in the set {:?}; a version does not change its release",
                    before.source_set
                ))
            }
            (Some(_), _) => None,
            (None, Some(other)) => Some(format!(
                "it came before from the source {:?}; if this is the same one, import it with --source",
                other.source
            )),
            (None, None) if plan.languages.contains(&version.lang) || plan.versions.contains_key(&version.lang) => {
                Some(format!("its set has another version in {}", version.lang))
            }
            (None, None) if is_public && !version.published => {
                Some("not published, while another language of its release is".into())
            }
            (None, None) if is_public && version.date.instant(zone).0 > now => Some(
                "dated in the future, while another language of its release is public; import it again then".into(),
            ),
            (None, None) => None,
        };
        if let Some(reason) = refusal {
            settle(Fate::Refused, reason);
            continue;
        }
        if let Some(touched) = touched {
            settle(Fate::Conflict, touched.to_owned());
            continue;
        }
        let mut notes = Vec::new();
        if let Some(on) = release.as_ref().and_then(|release| release.first_published_on)
            && version.date.day(zone) < on
        {
            notes.push(format!("dated {}; its release keeps its date, {on}", version.date.day(zone)));
        }
        if !is_public && version.published && version.date.instant(zone).0 <= now {
            notes.push("its release is a draft in the desk and stays one".into());
        }
        let fate = if before.is_some() { Fate::Changed } else { Fate::New };
        plan.versions.insert(version.lang, Planned { item: member.item, fate, version, notes, only_files });
    }
    plan.release = release;
    plan
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{EditionId, RevisionId};

    #[test]
    fn any_work_of_the_desk_stands_against_an_import() {
        let known = Known {
            source_id: "a".into(),
            source_set: "a".into(),
            release_id: ReleaseId(1),
            lang: Lang::Fr,
            digest: vec![0; 32],
            revision_id: RevisionId(7),
            lacks_files: false,
        };
        let standing = |public_state, state| Standing {
            release_id: ReleaseId(1),
            public_state,
            has_reference: false,
            first_published_on: None,
            edition_id: EditionId(1),
            state,
            head_revision_id: RevisionId(7),
            head_number: 1,
            editions: 1,
        };
        for public in PublicState::ALL {
            for state in State::ALL {
                let free = matches!(
                    (public, state),
                    (PublicState::Public, State::Published) | (PublicState::NeverPublic, State::Draft)
                );
                assert_eq!(touched(&standing(*public, *state), &known).is_none(), free, "{public}, {state}");
            }
        }
        let as_imported = standing(PublicState::Public, State::Published);
        for touched_one in [
            Standing { editions: 2, ..as_imported.clone() },
            Standing { head_revision_id: RevisionId(8), ..as_imported.clone() },
            Standing { has_reference: true, ..as_imported },
        ] {
            assert!(touched(&touched_one, &known).is_some(), "{touched_one:?}");
        }
    }
}
