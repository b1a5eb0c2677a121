//! A release as the newsroom sees it: its editions, what is written in them, and what may be wrong with it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::state::{PublicState, State};
use crate::ids::{AccountId, ContactId, EditionId, InstitutionId, ReleaseId, RevisionId, TopicId};
use crate::kit::lang::{Lang, Texts};
use crate::media::model::{self as media, MediaUse, UseError};
use crate::schema::{editions, releases};
use crate::text_enum;

text_enum! {
    /// What a release is. The order of declaration is that of facets and of the index, which keeps the place of each in it.
    pub enum Kind {
        /// A press release like any other.
        Release = "release",
        /// An item of a meeting of the Council of Ministers: it comes with its meeting, and nobody chooses it by hand.
        Decision = "decision",
        /// The press is asked to come: a press conference, a visit, a photo moment.
        Invitation = "invitation",
        /// What somebody said, or is going to say.
        Speech = "speech",
    }
}

impl Kind {
    /// Those that an author chooses from.
    pub const CHOSEN: [Kind; 3] = [Kind::Release, Kind::Invitation, Kind::Speech];
}

/// The most characters of a title; a real one has 80 to 110.
pub const TITLE_MAX: usize = 255;
/// The most characters of a lead; a real one has 120 to 300. It stands in every list and mail.
pub const LEAD_MAX: usize = 2_000;
/// The most related links.
pub const LINKS_MAX: usize = 20;
/// The most bytes of a body.
pub const BODY_MAX: usize = 500_000;

/// Identity and public standing of a release.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = releases, check_for_backend(diesel::pg::Pg))]
pub struct Release {
    /// Which one.
    pub id: ReleaseId,
    /// What it is.
    pub kind: Kind,
    /// What the public sees of it.
    pub public_state: PublicState,
    /// Its number, from first publication on.
    pub reference: Option<String>,
    /// When the public first saw it.
    pub first_published_at: Option<DateTime<Utc>>,
    /// The date in its address.
    pub first_published_on: Option<NaiveDate>,
    /// The edition that the public reads.
    pub public_edition_id: Option<EditionId>,
    /// The revision that the public reads.
    pub public_revision_id: Option<RevisionId>,
}

/// A numbered version of a release.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = editions, check_for_backend(diesel::pg::Pg))]
pub struct Edition {
    /// Which one.
    pub id: EditionId,
    /// Of which release.
    pub release_id: ReleaseId,
    /// 1 for the first.
    pub number: i32,
    /// Where it stands.
    pub state: State,
    /// Its latest revision.
    pub head_revision_id: Option<RevisionId>,
    /// Who wrote, edited or submitted since it was last ready.
    pub hands: Vec<AccountId>,
    /// When it is to go public.
    pub planned_at: Option<DateTime<Utc>>,
    /// What it corrects, from the second on.
    pub note: Option<Texts>,
}

/// A revision in a list: by whom, when, called what.
#[derive(Debug, Clone, Queryable)]
pub struct RevisionRow {
    /// Which one.
    pub id: RevisionId,
    /// 1 for the edition's first.
    pub number: i32,
    /// What its author calls it; mostly nothing.
    pub name: String,
    /// Who wrote it; nobody if an import did.
    pub by: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// The text in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LanguageVersion {
    /// The headline.
    pub title: String,
    /// One or two sentences that stand alone.
    pub lead: String,
    /// Markdown.
    pub body: String,
}

/// Where readers find more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// An address of the web.
    pub url: String,
    /// What stands for it, by language.
    pub labels: Texts,
}

/// All that a revision holds: what is written, in which languages, under which topics, whom one may call, where one finds
/// more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Content {
    /// By language; at least one.
    pub versions: BTreeMap<Lang, LanguageVersion>,
    /// In the order chosen, without repetition.
    pub topics: Vec<TopicId>,
    /// In the order chosen, without repetition.
    pub contacts: Vec<ContactId>,
    /// In the order chosen, at most [`LINKS_MAX`].
    pub links: Vec<Link>,
    /// Pictures, documents, sound and film, in the order chosen.
    pub media: Vec<MediaUse>,
    /// What its lead says of itself below the text, as it stood when this was written.
    pub boilerplate: Option<Texts>,
    /// "Do not use before": a notice, which hides nothing (DESIGN §4).
    pub not_before: Option<DateTime<Utc>>,
}

/// Why a content cannot be stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// Not one language.
    #[error("no language version")]
    Empty,
    /// A version without a headline.
    #[error("no title in {0}")]
    NoTitle(Lang),
    /// A headline over [`TITLE_MAX`] characters.
    #[error("title in {0} over {TITLE_MAX} characters")]
    LongTitle(Lang),
    /// A lead over [`LEAD_MAX`] characters.
    #[error("lead in {0} over {LEAD_MAX} characters")]
    LongLead(Lang),
    /// A body over [`BODY_MAX`] bytes.
    #[error("body in {0} over {BODY_MAX} bytes")]
    LongBody(Lang),
    /// A related link that is no address of the web, or has no label; or more than [`LINKS_MAX`].
    #[error("related links")]
    Links,
    /// What is said of a picture or a file.
    #[error(transparent)]
    Media(#[from] UseError),
}

impl Content {
    /// Brings texts into their normal form (DESIGN §5) and refuses what no release may be.
    ///
    /// # Errors
    /// The first of [`Content::faults`].
    pub fn checked(self) -> Result<Self, ContentError> {
        let normal = self.normal();
        match normal.faults_of_normal().into_iter().next() {
            Some(fault) => Err(fault),
            None => Ok(normal),
        }
    }

    /// All that keeps it from being a revision, in the order of the editor.
    pub fn faults(&self) -> Vec<ContentError> {
        self.clone().normal().faults_of_normal()
    }

    fn normal(mut self) -> Self {
        for version in self.versions.values_mut() {
            version.title = one_line(&version.title);
            version.lead = one_line(&version.lead);
            version.body = crate::kit::rich_text::normal_form(&version.body);
        }
        let mut seen = BTreeSet::new();
        self.topics.retain(|topic| seen.insert(*topic));
        let mut seen = BTreeSet::new();
        self.contacts.retain(|contact| seen.insert(*contact));
        for link in &mut self.links {
            link.labels = texts_of(link.labels.0.iter().map(|(lang, label)| (*lang, one_line(label))));
        }
        self.boilerplate = self
            .boilerplate
            .map(|texts| texts_of(texts.0.iter().map(|(lang, text)| (*lang, crate::kit::rich_text::normal_form(text)))))
            .filter(|texts| !texts.0.is_empty());
        self
    }

    fn faults_of_normal(&self) -> Vec<ContentError> {
        let mut faults = Vec::new();
        if self.versions.is_empty() {
            faults.push(ContentError::Empty);
        }
        for (lang, version) in &self.versions {
            if version.title.is_empty() {
                faults.push(ContentError::NoTitle(*lang));
            }
            if version.title.chars().count() > TITLE_MAX {
                faults.push(ContentError::LongTitle(*lang));
            }
            if version.lead.chars().count() > LEAD_MAX {
                faults.push(ContentError::LongLead(*lang));
            }
            if version.body.len() > BODY_MAX {
                faults.push(ContentError::LongBody(*lang));
            }
        }
        let is_wrong = |link: &Link| !is_web_address(&link.url) || link.labels.0.is_empty();
        if self.links.len() > LINKS_MAX || self.links.iter().any(is_wrong) {
            faults.push(ContentError::Links);
        }
        if let Err(fault) = media::checked(self.media.clone()) {
            faults.push(fault.into());
        }
        faults
    }

    /// Its languages, in the order of [`Lang::ALL`].
    pub fn languages(&self) -> Vec<Lang> {
        self.versions.keys().copied().collect()
    }
}

/// Those that say something.
pub fn texts_of(texts: impl IntoIterator<Item = (Lang, String)>) -> Texts {
    texts.into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
}

fn is_web_address(url: &str) -> bool {
    url.len() <= 2_000
        && url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// A text of one line: NFC, no control characters, ordinary blanks as one; no-break spaces stay, they are typography.
pub fn one_line(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        if c == ' ' || c.is_control() || c == '\u{2028}' || c == '\u{2029}' {
            if !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
    out.trim_matches(' ').to_owned()
}

/// A release to begin.
#[derive(Debug, Clone)]
pub struct NewRelease {
    /// Its issuers in their order, the lead first.
    pub issuers: Vec<InstitutionId>,
    /// Its first revision.
    pub content: Content,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_line_and_keeps_its_typography() {
        assert_eq!(one_line("  L’eau\u{a0}:\r\n deux\t  pas\u{202f}! "), "L’eau\u{a0}: deux pas\u{202f}!");
        assert_eq!(one_line("e\u{301}"), "é");
    }
}
