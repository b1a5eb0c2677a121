//! What pre-flight has to know of the world: policy, contacts, links within the site, what changed when.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel_async::AsyncPgConnection;

use super::{Item, query};
use crate::archive::redirects;
use crate::directory;
use crate::ids::ReleaseId;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::media;
use crate::paths;
use crate::release::draft::{self, Field};
use crate::release::model::Content;
use crate::release::preflight::{self, Facts};
use crate::release::public;
use crate::release::state::State;

/// For a release that goes public at `at`, with those languages following later.
pub async fn read(
    settings: &Settings,
    conn: &mut AsyncPgConnection,
    item: &Item,
    at: DateTime<Utc>,
    later: &BTreeSet<Lang>,
) -> Result<Facts, WebError> {
    let lead = item.rights.issuers.first().copied().ok_or(WebError::NotFound)?;
    // What is public keeps its day.
    let on = item.release.first_published_on.unwrap_or_else(|| dates::day(settings.zone, at));
    let reachable = directory::query::contacts(conn, &item.rights.issuers)
        .await?
        .into_iter()
        .filter(|(point, channels)| {
            item.content.contacts.contains(&point.id) && channels.iter().any(|channel| channel.public)
        })
        .map(|(point, _)| point.name)
        .collect();
    let mut dead = BTreeSet::new();
    for address in preflight::links_within(&item.content) {
        if end_of(settings, conn, &address).await?.is_none() {
            dead.insert(address);
        }
    }
    let mut marks = query::marks(conn, item.id).await?;
    if matches!(item.edition.state, State::Draft | State::Published) {
        let draft = draft::load(conn, &item.edition).await?;
        if draft.is_ahead {
            let saved_at = draft.saved.values().map(|saved| saved.at).max().unwrap_or(at);
            let last = marks.last().map(|(_, marks)| marks.clone()).unwrap_or_default();
            let head = match item.edition.head_revision_id {
                Some(head) => crate::release::query::content(conn, head).await?,
                None => Default::default(),
            };
            let now = draft
                .content
                .versions
                .keys()
                .map(|lang| {
                    let is_same = [Field::Title(*lang), Field::Lead(*lang), Field::Body(*lang)]
                        .into_iter()
                        .all(|field| field.value(&draft.content) == field.value(&head));
                    let mark = last.get(lang).filter(|_| is_same).cloned().unwrap_or_else(|| "ahead".to_owned());
                    (*lang, mark)
                })
                .collect();
            marks.push((saved_at, now));
        }
    }
    Ok(Facts {
        required: directory::query::required_languages(conn, lead).await?,
        later: later.clone(),
        publication: Some(on),
        reachable,
        dead,
        moved: preflight::moved(&marks),
        same_title: query::same_titles(conn, item.id, on, &item.content).await?.into_iter().collect(),
        pictures: pictures(conn, &item.content).await?,
    })
}

/// What the release shows that has to be described.
async fn pictures(conn: &mut AsyncPgConnection, content: &Content) -> Result<Vec<preflight::Picture>, WebError> {
    let ids: Vec<_> = content.media.iter().map(|one| one.asset).collect();
    let assets = media::query::by_ids(conn, &ids).await?;
    Ok(content
        .media
        .iter()
        .filter_map(|one| Some((one, assets.iter().find(|asset| asset.id == one.asset)?)))
        .filter(|(_, asset)| asset.kind.is_picture())
        .map(|(one, asset)| preflight::Picture {
            id: asset.id,
            name: asset.file_name.clone(),
            is_decorative: one.decorative,
            described: one.alt.0.keys().copied().collect(),
            has_credit: !one.credit.is_empty(),
        })
        .collect())
}

/// What an address of this site leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A release that can be read.
    Release(ReleaseId),
    /// Anything else: a list, a page about the site, a file.
    Page,
}

/// Where an address of this site leads, also one of a former site; none if nothing is there. Pages that are no releases
/// are known by their first words.
pub async fn end_of(settings: &Settings, conn: &mut AsyncPgConnection, address: &str) -> Result<Option<End>, WebError> {
    if let Some(end) = direct(settings, conn, address).await? {
        return Ok(Some(end));
    }
    let Some((_, to)) = redirects::ask(conn, address).await? else { return Ok(None) };
    let to_release = matches!(to.split('/').collect::<Vec<_>>()[..], ["", _, _, _, _, _]);
    Ok(match direct(settings, conn, &to).await? {
        None if !to_release => Some(End::Page),
        end => end,
    })
}

async fn direct(settings: &Settings, conn: &mut AsyncPgConnection, address: &str) -> Result<Option<End>, WebError> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let lang =
        parts.first().and_then(|code| code.parse::<Lang>().ok()).filter(|lang| settings.languages.contains(lang));
    let is_reference = |part: &str| {
        part.split_once('-').is_some_and(|(year, number)| {
            year.len() == 4 && number.len() >= 4 && (year.to_owned() + number).bytes().all(|b| b.is_ascii_digit())
        })
    };
    let mut place: Option<(Lang, NaiveDate, String)> = None;
    let is_page = match (lang, parts.as_slice()) {
        (_, [""]) => true,
        (None, [reference]) if is_reference(reference) => {
            let first = public::by_reference(conn, reference).await?.into_iter().next();
            place = first.map(|(lang, (on, slug))| (lang, on, slug));
            false
        }
        (Some(lang), [_, reference]) if is_reference(reference) => {
            let mut all = public::by_reference(conn, reference).await?;
            place = all.remove(&lang).map(|(on, slug)| (lang, on, slug));
            false
        }
        (Some(lang), [_, year, month, day, slug]) => {
            let on = format!("{year}-{month}-{day}").parse::<NaiveDate>().ok();
            place = on.map(|on| (lang, on, (*slug).to_owned()));
            false
        }
        (Some(lang), [_, word, code]) if *word == paths::INSTITUTIONS.of(lang) => {
            directory::public::institution_by_code(conn, code).await?.is_some()
        }
        // Lists, forms, pages about the site.
        (Some(_), [_] | [_, _]) => true,
        _ => false,
    };
    if is_page {
        return Ok(Some(End::Page));
    }
    // A former address leads on to a page that can be read, or to nothing.
    let Some((lang, on, slug)) = place else { return Ok(None) };
    let found = public::at(conn, lang, on, &slug).await?;
    Ok(found.map(|place| End::Release(place.page.card.release.id)))
}
