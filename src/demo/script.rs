//! What the demo plays: the cast, and one file for each release, with what becomes of it.

use std::collections::BTreeMap;

use anyhow::{Context as _, bail, ensure};
use chrono::NaiveDateTime;
use include_dir::{Dir, include_dir};
use serde::Deserialize;

use crate::directory::Family;
use crate::kit::lang::{Lang, Texts};
use crate::release::model::LanguageVersion;

static RELEASES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/demo/releases");

/// Who is there and what they write about.
#[derive(Debug, Deserialize)]
pub struct Cast {
    /// Who issues releases.
    #[serde(rename = "institution")]
    pub institutions: Vec<CastInstitution>,
    /// What they are filed under.
    #[serde(rename = "topic")]
    pub topics: Vec<CastTopic>,
}

/// An institution of the cast.
#[derive(Debug, Deserialize)]
pub struct CastInstitution {
    /// Its word in addresses.
    pub code: String,
    /// council, government or institutions.
    pub family: String,
    /// Its own site.
    pub website: Option<String>,
    /// What it is called.
    pub name: Texts,
}

impl CastInstitution {
    /// Its source family.
    pub fn family(&self) -> anyhow::Result<Family> {
        self.family.parse().map_err(anyhow::Error::msg)
    }
}

/// A topic of the cast.
#[derive(Debug, Deserialize)]
pub struct CastTopic {
    /// Its word in addresses.
    pub code: String,
    /// What it is called.
    pub name: Texts,
}

/// Reads the cast.
pub fn cast() -> anyhow::Result<Cast> {
    toml::from_str(include_str!("cast.toml")).context("src/demo/cast.toml")
}

/// A release of the week, as it was written first.
#[derive(Debug)]
pub struct Story {
    /// The file, for messages.
    pub name: String,
    /// What stands above its texts.
    pub front: Front,
    /// Its texts.
    pub versions: BTreeMap<Lang, LanguageVersion>,
}

/// When, by whom, about what; and what becomes of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Front {
    /// Local time of its publication.
    pub at: NaiveDateTimeText,
    /// Whether it is still scheduled when the demo starts.
    #[serde(default)]
    pub scheduled: bool,
    /// The lead first.
    pub issuers: Vec<String>,
    /// In their order.
    pub topics: Vec<String>,
    /// A new edition with a public note.
    pub correction: Option<Change<NotedReplacement>>,
    /// A new revision without one.
    pub minor: Option<Change<Replacement>>,
    /// A withdrawal with its reason.
    pub withdrawal: Option<Change<String>>,
    /// Languages that are published later.
    pub later: Option<Later>,
}

impl Front {
    /// The code of the institution that leads; empty if nobody does, which the database refuses.
    pub fn lead(&self) -> &str {
        self.issuers.first().map_or("", String::as_str)
    }
}

/// Something that happens to it afterwards, in the languages it concerns.
#[derive(Debug, Deserialize)]
pub struct Change<T> {
    /// Local time.
    pub at: NaiveDateTimeText,
    /// By language.
    #[serde(flatten)]
    pub by_language: BTreeMap<Lang, T>,
}

/// Languages that come later.
#[derive(Debug, Deserialize)]
pub struct Later {
    /// Local time.
    pub at: NaiveDateTimeText,
    /// Which.
    pub langs: Vec<Lang>,
}

/// One passage for another.
#[derive(Debug, Clone, Deserialize)]
pub struct Replacement {
    /// Occurs once.
    pub from: String,
    /// Stands there afterwards.
    pub to: String,
}

/// One passage for another, and what readers are told.
#[derive(Debug, Clone, Deserialize)]
pub struct NotedReplacement {
    /// The public note.
    pub note: String,
    /// Occurs once.
    pub from: String,
    /// Stands there afterwards.
    pub to: String,
}

/// `2026-11-20T12:54`
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NaiveDateTimeText(pub NaiveDateTime);

impl<'de> Deserialize<'de> for NaiveDateTimeText {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M").map(Self).map_err(serde::de::Error::custom)
    }
}

/// All stories, by the instant of their publication.
pub fn stories() -> anyhow::Result<Vec<Story>> {
    let mut stories = RELEASES
        .files()
        .map(|file| {
            let name = file.path().display().to_string();
            let text = file.contents_utf8().with_context(|| format!("{name} is not UTF-8"))?;
            parse(&name, text).with_context(|| name.clone())
        })
        .collect::<anyhow::Result<Vec<_>>>()?;
    stories.sort_by(|a, b| a.front.at.cmp(&b.front.at).then_with(|| a.name.cmp(&b.name)));
    Ok(stories)
}

fn parse(name: &str, text: &str) -> anyhow::Result<Story> {
    let rest = text.strip_prefix("+++\n").context("no front matter")?;
    let (front, texts) = rest.split_once("\n+++\n").context("the front matter does not end")?;
    let front: Front = toml::from_str(front)?;
    let mut versions = BTreeMap::new();
    for part in texts.split("=== ").skip(1) {
        let (lang, part) = part.split_once('\n').context("a section without text")?;
        let lang: Lang = lang.trim().parse()?;
        let line = |part: &'_ str, label: &str| -> anyhow::Result<(String, usize)> {
            let line = part.lines().next().unwrap_or_default();
            let text = line.strip_prefix(label).with_context(|| format!("{lang}: no {label}"))?;
            Ok((text.trim_matches(' ').to_owned(), line.len() + 1))
        };
        let (title, end) = line(part, "title:")?;
        let part = &part[end..];
        let (lead, end) = line(part, "lead:")?;
        let body = part.get(end..).unwrap_or_default().trim().to_owned();
        ensure!(versions.insert(lang, LanguageVersion { title, lead, body }).is_none(), "{lang} stands twice");
    }
    if versions.is_empty() {
        bail!("no text");
    }
    Ok(Story { name: name.to_owned(), front, versions })
}

/// The text with one passage replaced, wherever in it that stands.
pub fn replace(version: &LanguageVersion, from: &str, to: &str) -> anyhow::Result<LanguageVersion> {
    let count: usize =
        [&version.title, &version.lead, &version.body].iter().map(|text| text.matches(from).count()).sum();
    ensure!(count == 1, "{from:?} stands {count} times");
    Ok(LanguageVersion {
        title: version.title.replace(from, to),
        lead: version.lead.replace(from, to),
        body: version.body.replace(from, to),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_story_can_be_played() {
        let cast = cast().expect("the cast");
        let stories = stories().expect("the stories");
        assert!(stories.iter().filter(|story| !story.front.scheduled).count() >= 60);
        assert_eq!(stories.iter().filter(|story| story.front.scheduled).count(), 3);
        for story in &stories {
            let name = &story.name;
            for code in &story.front.issuers {
                assert!(cast.institutions.iter().any(|institution| institution.code == *code), "{name}: {code}");
            }
            for code in &story.front.topics {
                assert!(cast.topics.iter().any(|topic| topic.code == *code), "{name}: {code}");
            }
            assert!(story.versions.contains_key(&Lang::Fr) && story.versions.contains_key(&Lang::Nl), "{name}");
            for (lang, change) in story.front.correction.iter().flat_map(|change| &change.by_language) {
                replace(&story.versions[lang], &change.from, &change.to).expect(name);
            }
            for (lang, change) in story.front.minor.iter().flat_map(|change| &change.by_language) {
                replace(&story.versions[lang], &change.from, &change.to).expect(name);
            }
        }
    }
}
