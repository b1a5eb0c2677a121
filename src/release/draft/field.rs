//! What a draft is made of: fields that are saved each on its own, so that two people who write in two languages never
//! meet.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::kit::lang::{Lang, Texts};
use crate::release::model::{BODY_MAX, Content, LanguageVersion};

/// A field of a draft. Its name in forms and in the database is `title.fr`, `topics`, ….
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline in one language.
    Title(Lang),
    /// The lead.
    Lead(Lang),
    /// The text, as Markdown.
    Body(Lang),
    /// Its topics, in order.
    Topics,
    /// Whom one may call, in order.
    Contacts,
    /// Where one finds more.
    Links,
    /// What its lead says of itself.
    Boilerplate,
    /// Pictures and files, in order, with what is said of them.
    Media,
    /// "Do not use before".
    NotBefore,
}

/// A value that does not belong in its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a value of this field")]
pub struct WrongValue;

impl Field {
    /// All of them, in the order of the editor.
    pub fn all() -> impl Iterator<Item = Field> {
        Lang::ALL.into_iter().flat_map(|lang| [Field::Title(lang), Field::Lead(lang), Field::Body(lang)]).chain([
            Field::Topics,
            Field::Contacts,
            Field::Links,
            Field::Boilerplate,
            Field::Media,
            Field::NotBefore,
        ])
    }

    /// The language of a text.
    pub fn lang(self) -> Option<Lang> {
        match self {
            Field::Title(lang) | Field::Lead(lang) | Field::Body(lang) => Some(lang),
            _ => None,
        }
    }

    /// What it is in `content`.
    pub fn value(self, content: &Content) -> Value {
        let text = |lang, part: fn(&LanguageVersion) -> &String| {
            Value::String(content.versions.get(&lang).map(part).cloned().unwrap_or_default())
        };
        match self {
            Field::Title(lang) => text(lang, |version| &version.title),
            Field::Lead(lang) => text(lang, |version| &version.lead),
            Field::Body(lang) => text(lang, |version| &version.body),
            Field::Topics => json(&content.topics),
            Field::Contacts => json(&content.contacts),
            Field::Links => json(&content.links),
            Field::Boilerplate => json(&content.boilerplate),
            Field::Media => json(&content.media),
            Field::NotBefore => json(&content.not_before),
        }
    }

    /// Puts a value in its place.
    ///
    /// # Errors
    /// It is not of the field's kind, or a text longer than any that could be stored.
    pub fn put(self, content: &mut Content, value: &Value) -> Result<(), WrongValue> {
        match self {
            Field::Title(lang) | Field::Lead(lang) | Field::Body(lang) => {
                let text = value.as_str().filter(|text| text.len() <= BODY_MAX).ok_or(WrongValue)?.to_owned();
                let version = content.versions.entry(lang).or_insert_with(|| LanguageVersion {
                    title: String::new(),
                    lead: String::new(),
                    body: String::new(),
                });
                match self {
                    Field::Title(_) => version.title = text,
                    Field::Lead(_) => version.lead = text,
                    _ => version.body = text,
                }
                if version.title.trim().is_empty() && version.lead.trim().is_empty() && version.body.trim().is_empty() {
                    content.versions.remove(&lang);
                }
            }
            Field::Topics => content.topics = read(value)?,
            Field::Contacts => content.contacts = read(value)?,
            Field::Links => content.links = read(value)?,
            Field::Boilerplate => {
                content.boilerplate = read::<Option<Texts>>(value)?.filter(|texts| !texts.0.is_empty())
            }
            Field::Media => content.media = read(value)?,
            Field::NotBefore => content.not_before = read::<Option<DateTime<Utc>>>(value)?,
        }
        Ok(())
    }
}

fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).expect("ids, texts and instants are JSON")
}

fn read<T: DeserializeOwned>(value: &Value) -> Result<T, WrongValue> {
    T::deserialize(value).map_err(|_| WrongValue)
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Field::Title(lang) => write!(f, "title.{lang}"),
            Field::Lead(lang) => write!(f, "lead.{lang}"),
            Field::Body(lang) => write!(f, "body.{lang}"),
            Field::Topics => f.write_str("topics"),
            Field::Contacts => f.write_str("contacts"),
            Field::Links => f.write_str("links"),
            Field::Boilerplate => f.write_str("boilerplate"),
            Field::Media => f.write_str("media"),
            Field::NotBefore => f.write_str("not_before"),
        }
    }
}

impl FromStr for Field {
    type Err = WrongValue;

    fn from_str(name: &str) -> Result<Self, WrongValue> {
        Field::all().find(|field| field.to_string() == name).ok_or(WrongValue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::TopicId;
    use crate::release::model::Link;

    #[test]
    fn every_field_comes_back_from_its_name_and_its_value() {
        let mut content = Content {
            topics: vec![TopicId(3)],
            links: vec![Link { url: "https://example.org/".into(), labels: Texts::one(Lang::Fr, "Exemple") }],
            boilerplate: Some(Texts::one(Lang::Nl, "Het agentschap…")),
            not_before: "2026-11-20T17:00:00Z".parse().ok(),
            media: vec![crate::media::model::MediaUse::of(crate::ids::AssetId(1))],
            ..Content::default()
        };
        Field::Title(Lang::Fr).put(&mut content, &"Titre".into()).expect("a text");
        Field::Body(Lang::De).put(&mut content, &"Text".into()).expect("a text");
        let mut copy = Content::default();
        for field in Field::all() {
            assert_eq!(field.to_string().parse(), Ok(field));
            field.put(&mut copy, &field.value(&content)).expect("its own value");
        }
        assert_eq!(copy, content);
        assert_eq!("title.xx".parse::<Field>(), Err(WrongValue));
        assert_eq!(Field::Topics.put(&mut copy, &"3".into()), Err(WrongValue));
    }

    #[test]
    fn a_language_without_a_word_is_not_there() {
        let mut content = Content::default();
        Field::Title(Lang::Fr).put(&mut content, &"Titre".into()).expect("a text");
        Field::Title(Lang::Fr).put(&mut content, &"  ".into()).expect("a text");
        assert!(content.versions.is_empty());
    }
}
