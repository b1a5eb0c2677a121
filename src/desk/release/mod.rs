//! A release at the desk, beside its editor: how it stands, the way to the public, who sees it before, its history, and
//! what is done to it once it is public.
//!
//! - `overview.rs` what it is and what can be done now; `publication.rs` the checks, what will happen, the button
//! - `previews.rs` personal links; `history.rs` revisions and their difference; `after.rs` correction and withdrawal
//! - `facts.rs` what pre-flight has to know of the world; `sentences.rs` findings in words; `query.rs` SQL

pub mod after;
pub mod facts;
pub mod history;
pub mod overview;
pub mod previews;
pub mod publication;
pub mod query;
pub mod sentences;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};
use serde_json::json;

use crate::account::Visit;
use crate::account::rights::{Action, Right};
use crate::ids::ReleaseId;
use crate::journal::{self, Entry};
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::routes::{Route, get, post};
use crate::paths;
use crate::phrases::language_name;
use crate::release::drafting::{self, Locked};
use crate::release::model::{Content, Edition, Release};
use crate::release::state::PublicState;
use crate::release::{onward, query as releases};

/// The pages of a release at the desk.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        get(paths::DESK_RELEASE, Right::Release(Action::Read), overview::show),
        get(paths::DESK_PUBLICATION, Right::Release(Action::Write), publication::show),
        post(paths::DESK_PUBLICATION, Right::Release(Action::Write), publication::send),
        post(paths::DESK_RATIFICATION, Right::Release(Action::Publish), overview::ratify),
        get(paths::DESK_PREVIEWS, Right::Release(Action::Publish), previews::list),
        post(paths::DESK_PREVIEWS, Right::Release(Action::Publish), previews::give),
        post(paths::DESK_PREVIEW_END, Right::Release(Action::Publish), previews::end),
        get(paths::DESK_HISTORY, Right::Release(Action::Read), history::show),
        post(paths::DESK_HISTORY, Right::Release(Action::Write), history::restore),
        get(paths::DESK_CORRECTION, Right::Release(Action::Write), after::correction),
        post(paths::DESK_CORRECTION, Right::Release(Action::Write), after::correct),
        get(paths::DESK_WITHDRAWAL, Right::Release(Action::Publish), after::withdrawal),
        post(paths::DESK_WITHDRAWAL, Right::Release(Action::Publish), after::withdraw),
    ]
}

/// A release as one works on it.
pub struct Item {
    /// Which one.
    pub id: ReleaseId,
    /// Its standing with the public.
    pub release: Release,
    /// The edition that is worked on: the open one, else what the public reads.
    pub edition: Edition,
    /// What rights on it depend on.
    pub rights: Locked,
    /// What would go out.
    pub content: Content,
}

impl Item {
    /// Reads it for this person; what they may not see is not there.
    pub async fn read(conn: &mut AsyncPgConnection, visit: &Visit, id: ReleaseId) -> Result<Self, WebError> {
        let edition = releases::current_edition(conn, id).await?.ok_or(WebError::NotFound)?;
        let rights = drafting::rights(conn, &edition).await?;
        if !rights.may(&visit.person, Action::Read) {
            return Err(WebError::NotFound);
        }
        let release = releases::release(conn, id).await?.ok_or(WebError::NotFound)?;
        let content = onward::outgoing(conn, &edition).await?;
        Ok(Self { id, release, edition, rights, content })
    }

    /// Writes down that somebody read what is not public (DESIGN §11).
    pub async fn note_reading(&self, conn: &mut AsyncPgConnection, visit: &Visit) -> Result<(), WebError> {
        if self.release.public_state == PublicState::NeverPublic
            || self.release.public_edition_id != Some(self.edition.id)
        {
            let entry = Entry::new("release.read", "release", self.id.0).with(json!({ "edition": self.edition.id }));
            journal::record(conn, visit.person.actor(), [entry]).await?;
        }
        Ok(())
    }

    /// Whether this person may.
    pub fn may(&self, visit: &Visit, action: Action) -> bool {
        self.rights.may(&visit.person, action)
    }

    /// Whether a second pair of eyes is asked for and this person's are the first.
    pub fn is_first_pair(&self, visit: &Visit) -> bool {
        self.rights.second_pair_of_eyes(&visit.person).is_err()
    }

    /// What it is called, with its language where that is not the desk's.
    pub fn title(&self, visit: &Visit) -> (Option<Lang>, String) {
        let there: Vec<Lang> =
            self.content.versions.iter().filter(|(_, v)| !v.title.trim().is_empty()).map(|(lang, _)| *lang).collect();
        match Lang::best(&[visit.lang], &there) {
            Some(lang) => ((lang != visit.lang).then_some(lang), self.content.versions[&lang].title.clone()),
            None => (None, visit.words.desk_untitled()),
        }
    }

    /// Its number: `W-12` until it has a reference.
    pub fn number(&self) -> String {
        self.release.reference.clone().unwrap_or_else(|| format!("W-{}", self.id))
    }

    /// Where one is: the way back to the overview.
    pub fn crumb(&self, visit: &Visit) -> Markup {
        let (lang, title) = self.title(visit);
        html! {
            a href=(paths::of_release(paths::DESK_RELEASE, self.id)) lang=[lang] { (title) }
            " · " (self.number()) " · " (visit.words.publication_edition(i64::from(self.edition.number)))
        }
    }
}

/// Names of languages in the language of the desk, as a sentence lists them.
pub fn in_languages(visit: &Visit, languages: impl IntoIterator<Item = Lang>) -> String {
    crate::subscription::wording::all_of(&languages.into_iter().collect::<Vec<_>>(), visit.lang)
}

/// The name of one.
pub fn name(visit: &Visit, lang: Lang) -> String {
    language_name(lang, visit.lang)
}

/// A day and an hour, within a sentence.
pub fn instant(settings: &Settings, lang: Lang, at: DateTime<Utc>) -> String {
    format!("{}, {}", dates::full(lang, dates::day(settings.zone, at)), dates::hour_in_words(lang, settings.zone, at))
}
