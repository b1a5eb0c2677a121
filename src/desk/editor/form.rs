//! The fields of the editor as a form sends them: pairs of names and values, whether the script saves one field or the
//! browser sends the whole page.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::ids::{ContactId, InstitutionId, TopicId};
use crate::kit::clock;
use crate::kit::lang::{Lang, Texts};
use crate::media;
use crate::release::draft::Field;
use crate::release::model::{Content, Kind, Link, texts_of};

/// What the parts of a form have to be read against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// In which hours are typed.
    pub zone: Tz,
    /// What is written so far.
    pub content: &'a Content,
    /// What the lead says of itself today.
    pub boilerplate: Option<&'a Texts>,
}

/// Pairs of a form in their order.
#[derive(Debug, Default)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// From a body of `application/x-www-form-urlencoded`.
    pub fn read(body: &[u8]) -> Self {
        Self::of(url::form_urlencoded::parse(body).into_owned().collect())
    }

    /// Without U+0000, which no text has and Postgres does not store.
    pub fn of(mut pairs: Vec<(String, String)>) -> Self {
        for (_, value) in &mut pairs {
            value.retain(|c| c != '\0');
        }
        Self(pairs)
    }

    /// The first value of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str())
    }

    fn ids(&self, name: &str) -> Vec<i64> {
        self.0.iter().filter(|(of, _)| of == name).filter_map(|(_, value)| value.parse().ok()).collect()
    }

    /// The version over which a field was written; none if the form did not have the field.
    pub fn over(&self, field: Field) -> Option<i64> {
        self.get(&format!("version.{field}"))?.parse().ok().filter(|version| *version >= 0)
    }

    /// The issuers, the lead first; none if the form did not have them.
    pub fn issuers(&self) -> Option<Vec<InstitutionId>> {
        let ids: Vec<InstitutionId> = self.ids("issuers").into_iter().map(InstitutionId).collect();
        (!ids.is_empty()).then_some(ids)
    }

    /// What kind of release it is; none if the form did not say.
    pub fn kind(&self) -> Option<Kind> {
        self.get("kind")?.parse().ok()
    }

    /// The value of a field.
    pub fn value(&self, field: Field, against: Against<'_>) -> Value {
        match field {
            Field::Title(_) | Field::Lead(_) | Field::Body(_) => {
                // A form's lines end in CRLF (HTML, form submission); the script's in LF.
                Value::String(self.get(&field.to_string()).unwrap_or_default().replace("\r\n", "\n"))
            }
            Field::Topics => json!(self.ids("topics").into_iter().map(TopicId).collect::<Vec<_>>()),
            Field::Contacts => json!(self.ids("contacts").into_iter().map(ContactId).collect::<Vec<_>>()),
            Field::Links => json!(self.links()),
            Field::Boilerplate => match self.get("boilerplate") {
                Some("present") => json!(against.boilerplate),
                Some("kept") => json!(against.content.boilerplate),
                _ => Value::Null,
            },
            Field::Media => json!(media::form::read(&self.0)),
            Field::NotBefore => json!(self.not_before(against.zone)),
        }
    }

    fn links(&self) -> Vec<Link> {
        let mut links = Vec::new();
        for i in 0.. {
            let Some(url) = self.get(&format!("links.{i}.url")) else { break };
            let labels = texts_of(
                Lang::ALL
                    .into_iter()
                    .filter_map(|lang| Some((lang, self.get(&format!("links.{i}.label.{lang}"))?.trim().to_owned()))),
            );
            if !url.trim().is_empty() || !labels.0.is_empty() {
                links.push(Link { url: url.trim().to_owned(), labels });
            }
        }
        links
    }

    fn not_before(&self, zone: Tz) -> Option<chrono::DateTime<chrono::Utc>> {
        let day: NaiveDate = self.get("not_before.day")?.parse().ok()?;
        let hour = self.get("not_before.hour").filter(|hour| !hour.is_empty()).unwrap_or("00:00");
        let hour =
            NaiveTime::parse_from_str(hour, "%H:%M:%S").or_else(|_| NaiveTime::parse_from_str(hour, "%H:%M")).ok()?;
        Some(clock::instant(zone, day.and_time(hour)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn against(content: &Content) -> Against<'_> {
        Against { zone: chrono_tz::Europe::Brussels, content, boilerplate: None }
    }

    #[test]
    fn a_form_becomes_the_values_of_its_fields() {
        let content = Content::default();
        let pairs = Pairs::read(
            "title.fr=Eau+%00potable&version.title.fr=3&body.fr=un%0D%0Adeux&topics=4&topics=2&topics=x\
             &links.0.url=https://example.org/&links.0.label.fr=+Exemple+&links.1.url=&not_before.day=2026-11-20\
             &not_before.hour=18:00"
                .as_bytes(),
        );
        let value = |field| pairs.value(field, against(&content));
        assert_eq!(value(Field::Title(Lang::Fr)), json!("Eau potable"));
        assert_eq!(value(Field::Body(Lang::Fr)), json!("un\ndeux"));
        assert_eq!(value(Field::Topics), json!([4, 2]));
        assert_eq!(value(Field::Links), json!([{ "url": "https://example.org/", "labels": { "fr": "Exemple" } }]));
        assert_eq!(value(Field::NotBefore), json!("2026-11-20T17:00:00Z"));
        assert_eq!((pairs.over(Field::Title(Lang::Fr)), pairs.over(Field::Lead(Lang::Fr))), (Some(3), None));
        assert_eq!(pairs.issuers(), None);
    }

    #[test]
    fn every_value_the_form_makes_is_one_of_its_field() {
        let content = Content::default();
        for field in Field::all() {
            let value = Pairs::default().value(field, against(&content));
            assert_eq!(field.put(&mut Content::default(), &value), Ok(()), "{field}");
        }
    }
}
