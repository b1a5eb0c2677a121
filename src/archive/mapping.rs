//! What an old site's types, fields and vocabularies are here: a TOML file that a person has read.
//!
//! `--inspect` writes a first one, with what it guessed and why; without one an import takes that guess.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Context as _;
use serde::Deserialize;

/// The whole of it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The name of the source, part of every item's identity.
    pub source: Option<String>,
    /// The prefix of its tables, where a database holds several sites.
    pub prefix: Option<String>,
    /// Where it was: links to it lead to the new site.
    pub base_url: Option<String>,
    /// The language of what names none.
    pub neutral_language: Option<String>,
    /// Our code for each of theirs that is another.
    pub languages: BTreeMap<String, String>,
    /// The types that are releases.
    pub types: BTreeMap<String, Type>,
    /// Who issues.
    pub institutions: Institutions,
    /// What it is about.
    pub topics: Topics,
}

/// A type whose items are releases, and the fields that say what.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Type {
    /// The lead.
    pub lead: Option<String>,
    /// When it was published; without one, when it was made.
    pub date: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Whom to call: stands at the end of the text.
    pub contact: Option<String>,
    /// Further fields whose text follows the body, in their order.
    pub append: Vec<String>,
    /// Fields of files; `upload` is Drupal's own.
    pub attachments: Vec<String>,
    /// Fields of pictures.
    pub pictures: Vec<String>,
    /// Who issues all of this type.
    pub institution: Option<String>,
}

/// Who issues an item: the first that says something.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Institutions {
    /// Vocabularies whose terms are institutions: the first term leads, the others issue with it.
    pub vocabularies: Vec<String>,
    /// Users who are institutions, by name; `"*"`: all.
    pub authors: Vec<String>,
    /// All others.
    pub default: Option<String>,
    /// Our name for theirs.
    pub names: BTreeMap<String, String>,
}

/// What an item is about.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Topics {
    /// Vocabularies whose terms are topics.
    pub vocabularies: Vec<String>,
    /// Whether what stands above a term counts as well.
    pub with_parents: bool,
    /// Our name for theirs; empty: left away.
    pub names: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads one; what is wrong is named with its line.
    ///
    /// # Errors
    /// It is no TOML, or a name in it is unknown.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mapping: Self = toml::from_str(text).context("the mapping")?;
        anyhow::ensure!(!mapping.types.is_empty(), "the mapping: no type is a release: there is no [types.…]");
        Ok(mapping)
    }

    /// Our code for a language of theirs.
    pub fn language<'a>(&'a self, theirs: &'a str) -> &'a str {
        self.languages.get(theirs).map_or(theirs, String::as_str)
    }

    /// Our name for an institution of theirs.
    pub fn institution(&self, theirs: &str) -> String {
        self.institutions.names.get(theirs).map_or(theirs, String::as_str).to_owned()
    }

    /// Our name for a topic of theirs; none: left away.
    pub fn topic(&self, theirs: &str) -> Option<String> {
        let ours = self.topics.names.get(theirs).map_or(theirs, String::as_str);
        (!ours.trim().is_empty()).then(|| ours.to_owned())
    }

    /// As the file that a person goes on with. `remarks`: what was found, beside each type and vocabulary.
    pub fn write(&self, remarks: &Remarks) -> String {
        let mut out = String::from(
            "# What an old site's types, fields and vocabularies are here. Guessed from its names: read it before you import.\n\
             # What is not named is left alone, and the report says so.\n\n",
        );
        let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
        let list = |all: &[String]| format!("[{}]", all.iter().map(|one| text(one)).collect::<Vec<_>>().join(", "));
        let _ = writeln!(out, "# Part of every item's identity: keep it for ever.");
        let _ = writeln!(out, "source = {}", text(self.source.as_deref().unwrap_or("old-site")));
        let set = |out: &mut String, name: &str, value: Option<&String>, example: &str| {
            let _ = match value {
                Some(value) => writeln!(out, "{name} = {}", text(value)),
                None => writeln!(out, "# {name} = {}", text(example)),
            };
        };
        set(&mut out, "prefix", self.prefix.as_ref().filter(|prefix| !prefix.is_empty()), "drupal_");
        let _ = writeln!(out, "# Where it was: links to it lead to the new site.");
        set(&mut out, "base_url", self.base_url.as_ref(), "https://press.example.org");
        let _ = writeln!(out, "# The language of what names none.");
        set(&mut out, "neutral_language", self.neutral_language.as_ref(), "fr");
        let _ = writeln!(out, "\n# Our code for each language that has another there. Found: {}", remarks.languages);
        out.push_str("[languages]\n");
        for (theirs, ours) in &self.languages {
            let _ = writeln!(out, "{} = {}", text(theirs), text(ours));
        }
        for (name, remark) in &remarks.types {
            let _ = writeln!(out, "\n# {remark}");
            for field in remarks.fields.get(name).into_iter().flatten() {
                let _ = writeln!(out, "#   {field}");
            }
            let Some(fields) = self.types.get(name) else {
                let _ = writeln!(out, "# [types.{}]", text(name));
                continue;
            };
            let _ = writeln!(out, "[types.{}]", text(name));
            set(&mut out, "lead", fields.lead.as_ref(), "field_subtitle");
            set(&mut out, "date", fields.date.as_ref(), "field_date");
            set(&mut out, "number", fields.number.as_ref(), "field_number");
            set(&mut out, "contact", fields.contact.as_ref(), "field_contact");
            let _ = writeln!(out, "append = {}", list(&fields.append));
            let _ = writeln!(out, "attachments = {}", list(&fields.attachments));
            let _ = writeln!(out, "pictures = {}", list(&fields.pictures));
            set(&mut out, "institution", fields.institution.as_ref(), "Who issues all of this type");
        }
        let _ = writeln!(
            out,
            "\n# Who issues: terms of these vocabularies (the first leads), else these authors (\"*\": all), else the default."
        );
        for remark in &remarks.vocabularies {
            let _ = writeln!(out, "#   {remark}");
        }
        out.push_str("[institutions]\n");
        let _ = writeln!(out, "vocabularies = {}", list(&self.institutions.vocabularies));
        let _ = writeln!(out, "authors = {}", list(&self.institutions.authors));
        set(&mut out, "default", self.institutions.default.as_ref(), "Press service");
        out.push_str("# Our name for theirs.\n[institutions.names]\n");
        out.push_str("\n[topics]\n");
        let _ = writeln!(out, "vocabularies = {}", list(&self.topics.vocabularies));
        let _ = writeln!(
            out,
            "# Whether what stands above a term counts as well.\nwith_parents = {}",
            self.topics.with_parents
        );
        out.push_str("# Our name for theirs; \"\": left away.\n[topics.names]\n");
        out
    }
}

/// What a first mapping says beside its lines.
#[derive(Debug, Clone, Default)]
pub struct Remarks {
    /// Codes and counts.
    pub languages: String,
    /// Each type with what there is of it.
    pub types: Vec<(String, String)>,
    /// The fields of each, with an example.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Each vocabulary with how many terms it has.
    pub vocabularies: Vec<String>,
}

/// Whether a name has one of these words in it.
pub fn sounds_like(name: &str, words: &[&str]) -> bool {
    let name = name.to_lowercase();
    words.iter().any(|word| name.contains(word))
}

/// What names of types that are releases have in them, in our languages.
pub const RELEASE_WORDS: &[&str] = &[
    "press",
    "release",
    "communique",
    "communiqué",
    "persbericht",
    "mitteilung",
    "bericht",
    "news",
    "nieuws",
    "actualit",
];
/// Of vocabularies of institutions.
pub const INSTITUTION_WORDS: &[&str] = &[
    "source",
    "institution",
    "instelling",
    "einrichtung",
    "issuer",
    "emetteur",
    "émetteur",
    "afzender",
    "absender",
    "minist",
    "department",
    "departement",
    "organi",
    "bron",
    "service",
    "agency",
    "cabinet",
];
/// Of vocabularies of topics.
pub const TOPIC_WORDS: &[&str] = &[
    "topic",
    "theme",
    "thème",
    "thema",
    "subject",
    "sujet",
    "onderwerp",
    "categor",
    "rubri",
    "keyword",
    "tag",
    "trefwoord",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_mapping_is_read_as_it_was() {
        let mapping = Mapping {
            source: Some("press \"centre\"".into()),
            base_url: Some("https://press.example.org".into()),
            neutral_language: Some("en".into()),
            languages: [("nl-be".to_owned(), "nl".to_owned())].into(),
            types: [(
                "press_release".to_owned(),
                Type {
                    lead: Some("field_lead".into()),
                    attachments: vec!["upload".into(), "field_files".into()],
                    ..Type::default()
                },
            )]
            .into(),
            institutions: Institutions { vocabularies: vec!["Source".into()], ..Institutions::default() },
            topics: Topics { vocabularies: vec!["Thèmes".into()], ..Topics::default() },
            ..Mapping::default()
        };
        let remarks = Remarks {
            types: vec![("press_release".into(), "2 nodes".into()), ("page".into(), "1 node".into())],
            fields: [("press_release".to_owned(), vec!["field_lead: “A\"”".to_owned()])].into(),
            ..Remarks::default()
        };
        let text = mapping.write(&remarks);
        assert_eq!(Mapping::parse(&text).expect("what we wrote"), mapping, "{text}");
        assert!(text.contains("# [types.\"page\"]"), "{text}");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (text, why) in [
            ("", "no type is a release"),
            ("[types.a]\nlaed = \"x\"", "laed"),
            ("[types.a\n", "the mapping"),
            ("[types.a]\nlead = 3", "string"),
        ] {
            let error = format!("{:#}", Mapping::parse(text).expect_err(text));
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
