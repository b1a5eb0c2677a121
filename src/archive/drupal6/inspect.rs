//! What a dump holds, for a person who decides what becomes of it.

use std::collections::BTreeMap;
use std::fmt;

use super::install::Install;
use super::nodes::Nodes;
use super::{Fault, fields::Parts};
use crate::archive::mapping::{
    INSTITUTION_WORDS, Institutions, Mapping, RELEASE_WORDS, Remarks, TOPIC_WORDS, Topics, Type, sounds_like,
};
use crate::archive::record::shortened;
use crate::archive::spool::Sorted;

/// What there is.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// For people.
    pub text: String,
    /// What its names suggest.
    pub mapping: Mapping,
    /// What stands beside it in its file.
    pub remarks: Remarks,
    /// The paths of all files, for whoever looks which are there.
    pub files: Vec<String>,
    /// Below which address they stood.
    pub files_folder: String,
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Types that are releases only where nothing else could be.
const NO_RELEASES: &[&str] = &["page", "book", "forum", "webform", "poll", "panel", "block", "menu", "event", "agenda"];

/// Looks at everything once.
pub fn inspect(install: &Install, sorted: &Sorted, faults: &[Fault]) -> anyhow::Result<Inspection> {
    let mut nodes = Nodes::read(install, sorted)?;
    // Type → field → (how many nodes have it, an example).
    let mut fields: BTreeMap<String, BTreeMap<String, (u64, Parts)>> = BTreeMap::new();
    let mut texts_without_node = 0_u64;
    while let Some(node) = nodes.next()? {
        if node.line == 0 {
            texts_without_node += 1;
            continue;
        }
        let of_type = fields.entry(node.kind.clone()).or_default();
        for (name, example) in node.fields.examples() {
            match of_type.get_mut(name) {
                Some((count, _)) => *count += 1,
                None => {
                    of_type.insert(name.to_owned(), (1, example.clone()));
                }
            }
        }
    }
    let mapping = guess(install, &fields);
    let remarks = remarks(install, &fields);
    let mut text = String::new();
    let mut line = |written: String| {
        text.push_str(&written);
        text.push('\n');
    };
    line(format!(
        "Drupal 6{}{}",
        install.site_name.as_ref().map_or_else(String::new, |name| format!(" of “{name}”")),
        if install.prefix.is_empty() { String::new() } else { format!(", tables begin with {:?}", install.prefix) }
    ));
    line("\nTypes".into());
    for (kind, remark) in &remarks.types {
        line(format!("  {}{remark}", if mapping.types.contains_key(kind) { "→ " } else { "  " }));
        for field in remarks.fields.get(kind).into_iter().flatten() {
            line(format!("        {field}"));
        }
    }
    line("\nNodes by language and year (types that would be releases)".into());
    let mut by_language: BTreeMap<&str, BTreeMap<i32, u64>> = BTreeMap::new();
    for ((kind, language, year), count) in &install.counts {
        if mapping.types.contains_key(kind) {
            *by_language.entry(language).or_default().entry(*year).or_default() += count;
        }
    }
    for (language, years) in &by_language {
        let all: u64 = years.values().sum();
        let years: Vec<String> = years.iter().map(|(year, count)| format!("{year}: {count}")).collect();
        let language = if language.is_empty() { "(none)" } else { language };
        line(format!("  {language:<8} {all:>7}   {}", years.join(", ")));
    }
    line("\nVocabularies".into());
    for remark in &remarks.vocabularies {
        line(format!("  {remark}"));
    }
    line(format!("\nFiles: {} in `files`", install.file_count()));
    line("\nRows".into());
    for (table, count) in &install.rows {
        line(format!("  {table:<34} {count:>9}"));
    }
    if texts_without_node > 0 {
        line(format!("\n{texts_without_node} nodes that something names are not in `node`"));
    }
    if !install.missing.is_empty() {
        line(format!("\nTables that are not there: {}", install.missing.join(", ")));
    }
    if !install.encodings.is_empty() {
        line("\nCharacter sets that are not UTF-8".into());
        for encoding in &install.encodings {
            line(format!("  {encoding}"));
        }
    }
    if !faults.is_empty() {
        line(format!("\nWhat cannot be read ({})", faults.len()));
        for fault in faults.iter().take(50) {
            line(format!("  line {}: {}", fault.line, fault.what));
        }
    }
    Ok(Inspection {
        text,
        mapping,
        remarks,
        files: install.files().collect(),
        files_folder: install.files_folder.clone(),
    })
}

fn remarks(install: &Install, fields: &BTreeMap<String, BTreeMap<String, (u64, Parts)>>) -> Remarks {
    let mut by_type: BTreeMap<&str, u64> = BTreeMap::new();
    let mut by_language: BTreeMap<&str, u64> = BTreeMap::new();
    for ((kind, language, _), count) in &install.counts {
        *by_type.entry(kind).or_default() += count;
        *by_language.entry(language).or_default() += count;
    }
    let mut remarks = Remarks {
        languages: by_language
            .iter()
            .map(|(code, count)| format!("{} ({count})", if code.is_empty() { "none" } else { code }))
            .collect::<Vec<_>>()
            .join(", "),
        ..Remarks::default()
    };
    for (kind, count) in by_type {
        let name = install.types.get(kind).map_or(kind, String::as_str);
        remarks.types.push((kind.to_owned(), format!("{kind} (“{name}”): {count} nodes")));
        let lines = fields.get(kind).into_iter().flatten().map(|(field, (count, example))| {
            let shown = ["value", "url", "email", "fid"].iter().find_map(|part| example.get(*part)).cloned();
            let shown = shortened(&shown.unwrap_or_default().replace(['\n', '\r'], " "));
            let what = install.fields.get(field).map_or("?", |(kind, _)| kind.as_str());
            format!("{field} ({what}), in {count} nodes, as in “{shown}”")
        });
        remarks.fields.insert(kind.to_owned(), lines.collect());
    }
    for (vid, name) in &install.vocabularies {
        let terms = install.terms.values().filter(|term| term.vocabulary == *vid);
        let (mut count, mut below, mut synonyms) = (0, 0, 0);
        for term in terms {
            count += 1;
            below += usize::from(!term.parents.is_empty());
            synonyms += term.synonyms.len();
        }
        remarks.vocabularies.push(format!("“{name}”: {count} terms, {below} below others, {synonyms} synonyms"));
    }
    remarks
}

fn guess(install: &Install, fields: &BTreeMap<String, BTreeMap<String, (u64, Parts)>>) -> Mapping {
    let mut by_type: BTreeMap<&str, u64> = BTreeMap::new();
    for ((kind, ..), count) in &install.counts {
        *by_type.entry(kind).or_default() += count;
    }
    let label = |kind: &str| format!("{kind} {}", install.types.get(kind).map_or("", String::as_str));
    let mut chosen: Vec<&str> =
        by_type.keys().copied().filter(|kind| sounds_like(&label(kind), RELEASE_WORDS)).collect();
    if chosen.is_empty() {
        // No name says it: the most used type that is not plainly something else.
        let most = by_type.iter().filter(|(kind, _)| !sounds_like(&label(kind), NO_RELEASES)).max_by_key(|(_, n)| **n);
        chosen.extend(most.or_else(|| by_type.iter().max_by_key(|(_, n)| **n)).map(|(kind, _)| *kind));
    }
    let nothing = BTreeMap::new();
    let types = chosen
        .into_iter()
        .map(|kind| {
            let there = fields.get(kind).unwrap_or(&nothing);
            let named = install.instances.get(kind).map(Vec::as_slice).unwrap_or_default();
            let names: Vec<&str> =
                named.iter().map(|(name, ..)| name.as_str()).chain(there.keys().map(String::as_str)).collect();
            let is_file = |name: &str| {
                there.get(name).is_some_and(|(_, parts)| parts.contains_key("fid"))
                    || install.fields.get(name).is_some_and(|(kind, _)| kind == "filefield")
            };
            let find = |words: &[&str]| {
                names.iter().find(|name| !is_file(name) && sounds_like(name, words)).map(|name| (*name).to_owned())
            };
            let is_picture = |name: &str| {
                sounds_like(name, &["photo", "image", "picture", "foto", "afbeelding", "bild", "logo"])
                    || named.iter().any(|(field, _, widget)| field == name && widget.contains("image"))
            };
            let mut files: Vec<&str> = names.iter().copied().filter(|name| is_file(name)).collect();
            files.sort_unstable();
            files.dedup();
            let (pictures, others): (Vec<&str>, Vec<&str>) = files.into_iter().partition(|name| is_picture(name));
            let owned = |all: Vec<&str>| all.into_iter().map(str::to_owned).collect::<Vec<_>>();
            let fields = Type {
                lead: find(&[
                    "subtitle",
                    "lead",
                    "intro",
                    "chapo",
                    "chapeau",
                    "summary",
                    "inleiding",
                    "samenvatting",
                    "resume",
                ]),
                date: names
                    .iter()
                    .find(|name| {
                        install.fields.get(**name).is_some_and(|(kind, _)| kind.starts_with("date"))
                            && !sounds_like(name, &["expir", "end", "event", "update"])
                    })
                    .map(|name| (*name).to_owned()),
                number: find(&["number", "numero", "nummer", "reference"]),
                contact: find(&["contact", "kontakt"]),
                append: Vec::new(),
                attachments: std::iter::once("upload".to_owned()).chain(owned(others)).collect(),
                pictures: owned(pictures),
                institution: None,
            };
            (kind.to_owned(), fields)
        })
        .collect();
    let vocabularies = |words: &[&str]| -> Vec<String> {
        install
            .vocabularies
            .values()
            .filter(|name| sounds_like(name, words) && !sounds_like(name, &["language", "langue", "taal", "sprache"]))
            .cloned()
            .collect()
    };
    let institutions = vocabularies(INSTITUTION_WORDS);
    let topics = vocabularies(TOPIC_WORDS).into_iter().filter(|name| !institutions.contains(name)).collect();
    Mapping {
        source: None,
        prefix: Some(install.prefix.clone()).filter(|prefix| !prefix.is_empty()),
        base_url: None,
        neutral_language: Some(install.default_language.clone()),
        languages: BTreeMap::new(),
        types,
        institutions: Institutions {
            authors: Vec::new(),
            default: install.site_name.clone().or_else(|| Some("Press service".to_owned())),
            vocabularies: institutions,
            names: BTreeMap::new(),
        },
        topics: Topics { vocabularies: topics, ..Topics::default() },
    }
}
