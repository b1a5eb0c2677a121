//! A public change, and the announcement that some of them are.

use crate::ids::{EditionId, ReleaseId, Sequence};
use crate::kit::lang::Lang;
use crate::text_enum;

text_enum! {
    /// What changed. The first five are announced by mail; the others reach caches and lists only.
    pub enum Kind {
        /// A release is public for the first time.
        New = "new",
        /// A release got a further language.
        LanguageAdded = "language_added",
        /// A new edition with a public note.
        Corrected = "corrected",
        /// Still readable, under a notice.
        Withdrawn = "withdrawn",
        /// Back after a withdrawal or an absence.
        Restored = "restored",
        /// No longer readable.
        Unpublished = "unpublished",
        /// A new revision of the same edition.
        MinorCorrection = "minor_correction",
        /// Came in with an archive.
        FromArchive = "from_archive",
        /// Names of institutions.
        Directory = "directory",
        /// Names of topics.
        Topics = "topics",
        /// Old addresses.
        Redirects = "redirects",
        /// Pages about the site.
        Pages = "pages",
        /// Files that became ready.
        Media = "media",
        /// A meeting of the Council: that it is public, or what is said of it.
        Meetings = "meetings",
    }
}

/// A change to append to the log.
#[derive(Debug, Clone)]
pub struct Change {
    /// What changed.
    pub kind: Kind,
    /// The release it concerns, if any.
    pub release_id: Option<ReleaseId>,
    /// The edition that is public since.
    pub edition_id: Option<EditionId>,
    /// The languages it speaks of.
    pub languages: Vec<Lang>,
    /// What shows it, for whoever keeps copies.
    pub tags: Vec<String>,
}

impl Change {
    /// A change of one release.
    pub fn of_release(
        kind: Kind,
        release_id: ReleaseId,
        edition_id: Option<EditionId>,
        languages: Vec<Lang>,
        tags: Vec<String>,
    ) -> Self {
        Self { kind, release_id: Some(release_id), edition_id, languages, tags }
    }

    /// A change that is of no release.
    pub fn of_site(kind: Kind, tags: Vec<String>) -> Self {
        Self { kind, release_id: None, edition_id: None, languages: Vec::new(), tags }
    }
}

/// A piece of the log: after `after`, up to and including `up_to`. Two that touch share no entry and leave none out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The last entry before it.
    pub after: Sequence,
    /// The last entry in it.
    pub up_to: Sequence,
}
