//! What a release lacks before it goes out, as somebody of the trade would see it. No I/O: its content and what is known
//! of the world come in, findings come out.
//!
//! What *must* be put right keeps it from going out, unless somebody forces it with a reason; what *should* be looked at
//! does not. Nothing here repeats what cannot be stored at all ([`super::model::ContentError`]).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::draft::Field;
use super::model::{Content, LanguageVersion};
use crate::ids::AssetId;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::rich_text::{self, Outline};

/// Characters of a title that fit into two lines of a list.
pub const TITLE_ADVISED: usize = 90;
/// Characters of a lead that lists and mails show whole.
pub const LEAD_ADVISED: usize = 300;
/// Characters of a text below which its language is not guessed.
const GUESSED_FROM: usize = 120;
/// From which share of common words on two texts count as the same one pasted twice.
const SAME_FROM: f64 = 0.6;
/// A day so near to that of publication is taken for it; one further off is what the text is about.
const NEAR_DAYS: i64 = 3;

/// What is known of the world around the text.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The languages that its lead asks for.
    pub required: Vec<Lang>,
    /// Those that are to follow later, by somebody's decision with a reason.
    pub later: BTreeSet<Lang>,
    /// The day of its publication in the site's zone.
    pub publication: Option<NaiveDate>,
    /// The names of its contacts that have a public telephone or mail address.
    pub reachable: Vec<String>,
    /// Those of its links that lead to no page of this site.
    pub dead: BTreeSet<String>,
    /// When each language was last changed, and whether that was a change and not its first line.
    pub moved: BTreeMap<Lang, Moved>,
    /// Languages in which another release of that day has the same title.
    pub same_title: BTreeSet<Lang>,
    /// Its pictures, in their order.
    pub pictures: Vec<Picture>,
}

/// When a language was last changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// The revision of that change, counted over all editions; what is not kept yet comes after the last.
    pub revision: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// Not its first line.
    pub is_change: bool,
}

/// A picture of the release.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Which one.
    pub id: AssetId,
    /// What it is called.
    pub name: String,
    /// Decorative by its author's word: it needs no description.
    pub is_decorative: bool,
    /// The languages in which it is described.
    pub described: BTreeSet<Lang>,
    /// Whether it says who made it.
    pub has_credit: bool,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// To be put right.
    Must,
    /// To be looked at.
    Should,
    /// In order.
    Fine,
}

/// Something that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Nothing is written yet.
    Empty,
    /// A language that its lead asks for is not there.
    LanguageMissing(Lang),
    /// It is to follow, by somebody's decision.
    LanguageLater(Lang),
    /// All languages that are asked for are there.
    Languages(Vec<Lang>),
    /// No headline.
    TitleMissing(Lang),
    /// No lead.
    LeadMissing(Lang),
    /// No text.
    BodyMissing(Lang),
    /// So many characters.
    TitleLong(Lang, usize),
    /// So many characters.
    LeadLong(Lang, usize),
    /// The characters of each lead, none over [`LEAD_ADVISED`].
    Lengths(Vec<(Lang, usize)>),
    /// Nobody to call.
    NoContact,
    /// Contacts, and none with a public telephone or mail address.
    NoneReachable,
    /// Whom one can call.
    Reachable(Vec<String>),
    /// A picture without a description in that language: its place, which one, what it is called.
    NoDescription(usize, AssetId, String, Lang),
    /// A picture that does not say who made it: its place, which one, what it is called.
    NoCredit(usize, AssetId, String),
    /// All pictures are described and credited.
    Pictures(usize),
    /// A link to a page of this site that is not there.
    DeadLink(Lang, String),
    /// An address without a word in its place.
    BareAddress(Lang, String),
    /// A link without a word to follow.
    EmptyLink(Lang, String),
    /// Headings leave a level out, or begin below the second.
    Headings(Lang),
    /// Links and headings are in order.
    Structure,
    /// A day whose weekday is another one.
    WrongWeekday(Lang, NaiveDate),
    /// The text speaks of a day as its own that is not that of its publication.
    OtherDay(Lang, NaiveDate),
    /// The day in the text is that of its publication.
    Day(NaiveDate),
    /// The text of the first is in the second's language.
    WrongLanguage(Lang, Lang),
    /// The same text in two languages.
    SameText(Lang, Lang),
    /// Each text is in its language.
    Texts,
    /// The first was not changed when the second was: when each was.
    Behind(Lang, Lang, DateTime<Utc>, DateTime<Utc>),
    /// Under no topic.
    NoTopic,
    /// Under so many topics.
    Topics(usize),
    /// Another release of that day has this title.
    SameTitle(Lang),
}

impl Finding {
    /// How grave it is.
    pub fn gravity(&self) -> Gravity {
        match self {
            Finding::Empty
            | Finding::LanguageMissing(_)
            | Finding::TitleMissing(_)
            | Finding::BodyMissing(_)
            | Finding::NoDescription(..)
            | Finding::DeadLink(..)
            | Finding::EmptyLink(..)
            | Finding::SameText(..)
            | Finding::WrongLanguage(..) => Gravity::Must,
            Finding::LanguageLater(_)
            | Finding::LeadMissing(_)
            | Finding::TitleLong(..)
            | Finding::LeadLong(..)
            | Finding::NoContact
            | Finding::NoneReachable
            | Finding::NoCredit(..)
            | Finding::BareAddress(..)
            | Finding::Headings(_)
            | Finding::WrongWeekday(..)
            | Finding::OtherDay(..)
            | Finding::Behind(..)
            | Finding::NoTopic
            | Finding::SameTitle(_) => Gravity::Should,
            Finding::Languages(_)
            | Finding::Lengths(_)
            | Finding::Reachable(_)
            | Finding::Pictures(_)
            | Finding::Structure
            | Finding::Day(_)
            | Finding::Texts
            | Finding::Topics(_) => Gravity::Fine,
        }
    }

    /// Where it is put right: the id of a control of the editor.
    pub fn spot(&self) -> String {
        let field = |field: Field| field.to_string().replace('.', "-");
        match self {
            Finding::Empty => field(Field::Title(Lang::Fr)),
            Finding::LanguageMissing(lang)
            | Finding::LanguageLater(lang)
            | Finding::TitleMissing(lang)
            | Finding::TitleLong(lang, _)
            | Finding::SameTitle(lang) => field(Field::Title(*lang)),
            Finding::LeadMissing(lang) | Finding::LeadLong(lang, _) => field(Field::Lead(*lang)),
            Finding::BodyMissing(lang)
            | Finding::DeadLink(lang, _)
            | Finding::BareAddress(lang, _)
            | Finding::EmptyLink(lang, _)
            | Finding::Headings(lang)
            | Finding::WrongWeekday(lang, _)
            | Finding::OtherDay(lang, _)
            | Finding::WrongLanguage(lang, _)
            | Finding::SameText(_, lang)
            | Finding::Behind(lang, ..) => field(Field::Body(*lang)),
            Finding::NoContact | Finding::NoneReachable | Finding::Reachable(_) => field(Field::Contacts),
            Finding::NoTopic | Finding::Topics(_) => field(Field::Topics),
            Finding::NoDescription(_, id, _, lang) => format!("media-{id}-alt-{lang}"),
            Finding::NoCredit(_, id, _) => format!("media-{id}-credit"),
            Finding::Pictures(_) => "media".to_owned(),
            Finding::Languages(_) | Finding::Lengths(_) | Finding::Structure | Finding::Day(_) | Finding::Texts => {
                field(Field::Title(Lang::Fr))
            }
        }
    }
}

/// Looks at everything; the gravest first, and else in the order of the editor.
pub fn check(content: &Content, facts: &Facts) -> Vec<Finding> {
    let mut found = Vec::new();
    if content.versions.is_empty() {
        found.push(Finding::Empty);
    } else {
        languages(content, facts, &mut found);
        lengths(content, &mut found);
        texts(content, &mut found);
        structure(content, facts, &mut found);
        days(content, facts, &mut found);
        behind(content, facts, &mut found);
        found.extend(
            facts.same_title.iter().filter(|lang| content.versions.contains_key(lang)).copied().map(Finding::SameTitle),
        );
    }
    pictures(content, facts, &mut found);
    found.push(match (content.contacts.is_empty(), facts.reachable.is_empty()) {
        (true, _) => Finding::NoContact,
        (false, true) => Finding::NoneReachable,
        (false, false) => Finding::Reachable(facts.reachable.clone()),
    });
    found.push(match content.topics.len() {
        0 => Finding::NoTopic,
        count => Finding::Topics(count),
    });
    found.sort_by_key(Finding::gravity);
    found
}

/// The addresses of this site that its texts link to: whoever knows the site says which of them are dead.
pub fn links_within(content: &Content) -> BTreeSet<String> {
    content
        .versions
        .values()
        .flat_map(|version| rich_text::outline(&version.body).links)
        .map(|link| link.address)
        .filter(|address| address.starts_with('/'))
        .collect()
}

/// When each language was last changed, from all revisions, oldest first, each with its languages; `mark` tells two texts
/// apart.
pub fn moved<T: PartialEq + Clone>(revisions: &[(DateTime<Utc>, BTreeMap<Lang, T>)]) -> BTreeMap<Lang, Moved> {
    let mut moved = BTreeMap::new();
    let mut before: BTreeMap<Lang, T> = BTreeMap::new();
    for ((at, versions), number) in revisions.iter().zip(1..) {
        for (lang, mark) in versions {
            let old = before.insert(*lang, mark.clone());
            if old.as_ref() != Some(mark) {
                moved.insert(*lang, Moved { revision: number, at: *at, is_change: old.is_some() });
            }
        }
    }
    moved
}

fn languages(content: &Content, facts: &Facts, found: &mut Vec<Finding>) {
    let missing: Vec<Lang> =
        facts.required.iter().copied().filter(|lang| !content.versions.contains_key(lang)).collect();
    found.extend(missing.iter().map(|lang| {
        if facts.later.contains(lang) { Finding::LanguageLater(*lang) } else { Finding::LanguageMissing(*lang) }
    }));
    let mut is_whole = missing.is_empty();
    for (lang, version) in &content.versions {
        for (text, finding) in [
            (&version.title, Finding::TitleMissing(*lang)),
            (&version.lead, Finding::LeadMissing(*lang)),
            (&version.body, Finding::BodyMissing(*lang)),
        ] {
            if text.trim().is_empty() {
                is_whole = false;
                found.push(finding);
            }
        }
    }
    if is_whole {
        found.push(Finding::Languages(content.languages()));
    }
}

fn lengths(content: &Content, found: &mut Vec<Finding>) {
    let before = found.len();
    let mut leads = Vec::new();
    for (lang, version) in &content.versions {
        let (title, lead) = (version.title.chars().count(), version.lead.chars().count());
        if title > TITLE_ADVISED {
            found.push(Finding::TitleLong(*lang, title));
        }
        if lead > LEAD_ADVISED {
            found.push(Finding::LeadLong(*lang, lead));
        }
        if lead > 0 {
            leads.push((*lang, lead));
        }
    }
    if found.len() == before && !leads.is_empty() {
        found.push(Finding::Lengths(leads));
    }
}

fn texts(content: &Content, found: &mut Vec<Finding>) {
    let before = found.len();
    let all: Vec<(Lang, String)> = content
        .versions
        .iter()
        .map(|(lang, version)| (*lang, format!("{} {}", version.lead, rich_text::text_without_urls(&version.body))))
        .collect();
    let mut same = BTreeSet::new();
    for (place, (lang, text)) in all.iter().enumerate() {
        for (other, second) in &all[place + 1..] {
            if alike(text, second) {
                same.extend([*lang, *other]);
                found.push(Finding::SameText(*lang, *other));
            }
        }
    }
    for (lang, text) in &all {
        // Of a text pasted twice that is said already.
        if let Some(is) = language_of(text).filter(|is| is != lang && !same.contains(lang)) {
            found.push(Finding::WrongLanguage(*lang, is));
        }
    }
    if found.len() == before && all.iter().any(|(_, text)| !text.trim().is_empty()) {
        found.push(Finding::Texts);
    }
}

/// Whether two texts have most of their words in common; names and figures alone are no text.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let least = a.len().min(b.len());
    least >= 8 && a.intersection(&b).count() as f64 / least as f64 >= SAME_FROM
}

/// The language of a text that is long enough to tell.
fn language_of(text: &str) -> Option<Lang> {
    use whatlang::{Detector, Lang as Known};
    if text.chars().count() < GUESSED_FROM {
        return None;
    }
    let detector = Detector::with_allowlist(vec![Known::Fra, Known::Nld, Known::Deu, Known::Eng]);
    let guess = detector.detect(text).filter(whatlang::Info::is_reliable)?;
    match guess.lang() {
        Known::Fra => Some(Lang::Fr),
        Known::Nld => Some(Lang::Nl),
        Known::Deu => Some(Lang::De),
        Known::Eng => Some(Lang::En),
        _ => None,
    }
}

fn structure(content: &Content, facts: &Facts, found: &mut Vec<Finding>) {
    let before = found.len();
    for (lang, version) in &content.versions {
        let Outline { headings, links, bare } = rich_text::outline(&version.body);
        for link in links {
            if facts.dead.contains(&link.address) {
                found.push(Finding::DeadLink(*lang, link.address));
            } else if link.text.trim().is_empty() {
                found.push(Finding::EmptyLink(*lang, link.address));
            }
        }
        found.extend(bare.into_iter().map(|address| Finding::BareAddress(*lang, address)));
        // A page has its title above; the text begins at the second level, and goes down one at a time.
        let levels = std::iter::once(1).chain(headings.iter().copied().map(|level| level.max(2)));
        if levels.zip(&headings).any(|(above, level)| (*level).max(2) > above + 1) {
            found.push(Finding::Headings(*lang));
        }
    }
    if found.len() == before {
        found.push(Finding::Structure);
    }
}

fn days(content: &Content, facts: &Facts, found: &mut Vec<Finding>) {
    let Some(publication) = facts.publication else { return };
    let mut says_it = false;
    for (lang, version) in &content.versions {
        let mut own: Option<NaiveDate> = None;
        let mut says_it_here = false;
        for mention in dates::mentioned(&opening(version), publication) {
            if mention.is_wrong_weekday {
                found.push(Finding::WrongWeekday(*lang, mention.day));
            } else if mention.day == publication {
                says_it_here = true;
            } else if (mention.day - publication).num_days().abs() <= NEAR_DAYS {
                own.get_or_insert(mention.day);
            }
        }
        says_it |= says_it_here;
        found.extend(own.filter(|_| !says_it_here).map(|day| Finding::OtherDay(*lang, day)));
    }
    if says_it {
        found.push(Finding::Day(publication));
    }
}

/// Where a text says of what day it is: its title, its lead, its first paragraph.
fn opening(version: &LanguageVersion) -> String {
    let first = version.body.split("\n\n").next().unwrap_or_default();
    format!("{}\n{}\n{first}", version.title, version.lead)
}

fn behind(content: &Content, facts: &Facts, found: &mut Vec<Finding>) {
    let there: Vec<(Lang, Moved)> =
        content.versions.keys().filter_map(|lang| facts.moved.get(lang).map(|moved| (*lang, *moved))).collect();
    let Some((ahead, newest)) =
        there.iter().copied().filter(|(_, moved)| moved.is_change).max_by_key(|it| it.1.revision)
    else {
        return;
    };
    for (lang, moved) in there {
        if moved.revision < newest.revision {
            found.push(Finding::Behind(lang, ahead, moved.at, newest.at));
        }
    }
}

fn pictures(content: &Content, facts: &Facts, found: &mut Vec<Finding>) {
    let before = found.len();
    for (picture, number) in facts.pictures.iter().zip(1..) {
        if !picture.is_decorative {
            found.extend(
                content
                    .versions
                    .keys()
                    .filter(|lang| !picture.described.contains(lang))
                    .map(|lang| Finding::NoDescription(number, picture.id, picture.name.clone(), *lang)),
            );
        }
        if !picture.has_credit {
            found.push(Finding::NoCredit(number, picture.id, picture.name.clone()));
        }
    }
    if found.len() == before && !facts.pictures.is_empty() {
        found.push(Finding::Pictures(facts.pictures.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ContactId, TopicId};

    const FRENCH: &str = "Après quatorze mois de travaux, les bateaux franchissent de nouveau la rivière sur le pont-canal. La ministre inaugure l’ouvrage devant les riverains et les bateliers de la région.";
    const DUTCH: &str = "Na veertien maanden werken varen de schepen opnieuw over de rivier langs de kanaalbrug. De minister opent het bouwwerk samen met de omwonenden en de schippers uit de streek.";

    fn version(body: &str) -> LanguageVersion {
        LanguageVersion { title: "Le pont rouvre".into(), lead: "Un chapeau.".into(), body: body.into() }
    }

    fn good() -> (Content, Facts) {
        let content = Content {
            versions: [(Lang::Fr, version(FRENCH)), (Lang::Nl, version(DUTCH))].into(),
            topics: vec![TopicId(1)],
            contacts: vec![ContactId(1)],
            ..Content::default()
        };
        let facts = Facts {
            required: vec![Lang::Fr, Lang::Nl],
            publication: "2026-11-20".parse().ok(),
            reachable: vec!["Joris Vandehaeze".into()],
            ..Facts::default()
        };
        (content, facts)
    }

    fn grave(content: &Content, facts: &Facts) -> Vec<Finding> {
        check(content, facts).into_iter().filter(|finding| finding.gravity() != Gravity::Fine).collect()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("an instant")
    }

    #[test]
    fn a_release_that_is_in_order_has_nothing_to_put_right() {
        let (content, facts) = good();
        assert_eq!(grave(&content, &facts), []);
        assert!(check(&content, &facts).contains(&Finding::Languages(vec![Lang::Fr, Lang::Nl])));
    }

    type Change = fn(&mut Content, &mut Facts);

    #[test]
    fn each_thing_that_is_wrong_is_found_alone() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let cases: Vec<(&str, Change, Vec<Finding>)> = vec![
            ("empty", |content, _| content.versions.clear(), vec![Finding::Empty]),
            (
                "a language",
                |content, _| drop(content.versions.remove(&Lang::Nl)),
                vec![Finding::LanguageMissing(Lang::Nl)],
            ),
            (
                "a language that follows",
                |content, facts| {
                    content.versions.remove(&Lang::Nl);
                    facts.later.insert(Lang::Nl);
                },
                vec![Finding::LanguageLater(Lang::Nl)],
            ),
            (
                "a lead",
                |content, _| content.versions.get_mut(&Lang::Fr).expect("there").lead.clear(),
                vec![Finding::LeadMissing(Lang::Fr)],
            ),
            (
                "long",
                |content, _| {
                    let version = content.versions.get_mut(&Lang::Fr).expect("there");
                    version.title = "é".repeat(91);
                    version.lead = "é".repeat(301);
                },
                vec![Finding::TitleLong(Lang::Fr, 91), Finding::LeadLong(Lang::Fr, 301)],
            ),
            ("nobody", |content, _| content.contacts.clear(), vec![Finding::NoContact]),
            ("nobody reachable", |_, facts| facts.reachable.clear(), vec![Finding::NoneReachable]),
            ("no topic", |content, _| content.topics.clear(), vec![Finding::NoTopic]),
            (
                "pasted twice",
                |content, _| content.versions.get_mut(&Lang::Nl).expect("there").body = FRENCH.into(),
                vec![Finding::SameText(Lang::Fr, Lang::Nl)],
            ),
            (
                "in the wrong column",
                |content, _| {
                    content.versions.remove(&Lang::Fr);
                    content.versions.insert(Lang::De, version(FRENCH));
                },
                vec![Finding::LanguageMissing(Lang::Fr), Finding::WrongLanguage(Lang::De, Lang::Fr)],
            ),
            (
                "links",
                |content, facts| {
                    let version = content.versions.get_mut(&Lang::Fr).expect("there");
                    version.body.push_str("\n\n[là](/fr/nulle-part), [](https://example.org), https://example.org/a");
                    facts.dead.insert("/fr/nulle-part".into());
                },
                vec![
                    Finding::DeadLink(Lang::Fr, "/fr/nulle-part".into()),
                    Finding::EmptyLink(Lang::Fr, "https://example.org".into()),
                    Finding::BareAddress(Lang::Fr, "https://example.org/a".into()),
                ],
            ),
            (
                "headings",
                |content, _| content.versions.get_mut(&Lang::Fr).expect("there").body.push_str("\n\n## A\n\n#### B"),
                vec![Finding::Headings(Lang::Fr)],
            ),
            (
                "another day",
                |content, _| content.versions.get_mut(&Lang::Fr).expect("there").lead = "Ce 19 novembre.".into(),
                vec![Finding::OtherDay(Lang::Fr, day("2026-11-19"))],
            ),
            (
                "a day that is not",
                |content, _| content.versions.get_mut(&Lang::Fr).expect("there").lead = "Jeudi 20 novembre.".into(),
                vec![Finding::WrongWeekday(Lang::Fr, day("2026-11-20"))],
            ),
            (
                "a day that it is about",
                |content, _| content.versions.get_mut(&Lang::Fr).expect("there").lead = "Dès le 1er janvier.".into(),
                vec![],
            ),
            (
                "behind",
                |_, facts| {
                    facts.moved = moved(&[
                        (at("2026-11-20T10:00:00Z"), [(Lang::Fr, "a"), (Lang::Nl, "a")].into()),
                        (at("2026-11-20T11:00:00Z"), [(Lang::Fr, "b"), (Lang::Nl, "a")].into()),
                    ]);
                },
                vec![Finding::Behind(Lang::Nl, Lang::Fr, at("2026-11-20T10:00:00Z"), at("2026-11-20T11:00:00Z"))],
            ),
            (
                "one language after the other",
                |_, facts| {
                    facts.moved = moved(&[
                        (at("2026-11-20T10:00:00Z"), [(Lang::Fr, "a")].into()),
                        (at("2026-11-20T11:00:00Z"), [(Lang::Fr, "a"), (Lang::Nl, "a")].into()),
                    ]);
                },
                vec![],
            ),
            (
                "pictures",
                |_, facts| {
                    facts.pictures = vec![
                        Picture {
                            id: AssetId(7),
                            name: "a".into(),
                            is_decorative: false,
                            described: [Lang::Fr].into(),
                            has_credit: false,
                        },
                        Picture {
                            id: AssetId(8),
                            name: "b".into(),
                            is_decorative: true,
                            described: BTreeSet::new(),
                            has_credit: true,
                        },
                    ];
                },
                vec![
                    Finding::NoDescription(1, AssetId(7), "a".into(), Lang::Nl),
                    Finding::NoCredit(1, AssetId(7), "a".into()),
                ],
            ),
            (
                "same title",
                |_, facts| {
                    facts.same_title.insert(Lang::Fr);
                },
                vec![Finding::SameTitle(Lang::Fr)],
            ),
        ];
        for (what, change, expected) in cases {
            let (mut content, mut facts) = good();
            change(&mut content, &mut facts);
            assert_eq!(grave(&content, &facts), expected, "{what}");
        }
    }

    #[test]
    fn what_is_in_order_is_said_too() {
        let (mut content, facts) = good();
        content.versions.get_mut(&Lang::Fr).expect("there").lead = "Ce vendredi 20 novembre.".into();
        let found = check(&content, &facts);
        assert!(found.contains(&Finding::Day("2026-11-20".parse().expect("a day"))));
        assert!(found.contains(&Finding::Texts) && found.contains(&Finding::Structure));
        assert!(found.is_sorted_by_key(Finding::gravity));
    }
}
