//! Contacts for other programs: as a table (RFC 4180), as JSON, as cards (`vcard.rs`).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::contact::ChannelKind;
use super::government::Mandate;
use super::model::Institution;
use super::public::Contact;
use crate::kit::csv::cell;
use crate::kit::lang::Lang;
use crate::phrases::{Phrases, language_name};

/// A contact with what is said of it.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// Who.
    pub contact: &'a Contact,
    /// Of which institution.
    pub institution: &'a Institution,
    /// For which member of the government.
    pub member: Option<&'a Mandate>,
    /// Until when they answer, if they do now.
    pub answers_until: Option<DateTime<Utc>>,
    /// What address books know it by.
    pub uid: String,
    /// The page where it stands.
    pub page: String,
}

impl Row<'_> {
    fn values(&self, kind: ChannelKind) -> Vec<&str> {
        self.contact.channels.iter().filter(|(of, _)| *of == kind).map(|(_, value)| value.as_str()).collect()
    }
}

/// A table with a heading, lines ended by CRLF, and a byte order mark: without it, the program that most people open it
/// with reads another alphabet. No cell is taken for a formula (CWE-1236).
pub fn csv(rows: &[Row<'_>], lang: Lang, words: &Phrases) -> String {
    let mut out = String::from("\u{feff}");
    let heading = [
        words.contacts_csv_name(),
        words.contacts_csv_function(),
        words.contacts_csv_institution(),
        words.contacts_csv_member(),
        words.contacts_csv_title(),
        words.contacts_csv_phones(),
        words.contacts_csv_mails(),
        words.contacts_csv_languages(),
        words.contacts_csv_hours(),
    ];
    push(&mut out, heading.iter().map(String::as_str));
    for row in rows {
        let languages: Vec<String> = row.contact.languages.iter().map(|of| language_name(*of, lang)).collect();
        push(
            &mut out,
            [
                row.contact.name.as_str(),
                row.contact.functions.as_ref().map_or("", |texts| texts.text(lang)),
                row.institution.names.text(lang),
                &row.member.map(Mandate::name).unwrap_or_default(),
                row.member.map_or("", |member| member.titles.text(lang)),
                &row.values(ChannelKind::Phone).join(" / "),
                &row.values(ChannelKind::Mail).join(" / "),
                &languages.join(", "),
                row.contact.hours.as_ref().map_or("", |texts| texts.text(lang)),
            ]
            .into_iter(),
        );
    }
    out
}

fn push<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    out.push_str(&cells.map(cell).collect::<Vec<_>>().join(","));
    out.push_str("\r\n");
}

/// All of them with their texts in every language; `answers_until` where somebody answers now.
pub fn json(rows: &[Row<'_>]) -> String {
    let all: Vec<Value> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.uid,
                "kind": row.contact.kind.as_str(),
                "name": row.contact.name,
                "functions": row.contact.functions,
                "languages": row.contact.languages,
                "phones": row.values(ChannelKind::Phone),
                "mails": row.values(ChannelKind::Mail),
                "hours": row.contact.hours,
                "institution": { "code": row.institution.code, "family": row.institution.family.as_str(), "names": row.institution.names },
                "member": row.member.map(|member| json!({
                    "mandate": member.code, "person": member.person_code, "name": member.name(), "titles": member.titles,
                })),
                "answers_until": row.answers_until,
                "page": row.page,
            })
        })
        .collect();
    json!({ "contacts": all }).to_string()
}
