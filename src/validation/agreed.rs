//! What is agreed: a hash for each language of title, lead and body, and one of what the decision is and who proposes it.
//! Not topics, address, contacts, pictures, place in the agenda (DESIGN §5).
//!
//! The database hashes the same bytes (`agreed_text`, `agreed_set`): it is what every comparison asks. Here stand the type
//! that carries a set from one step to the next, and the hash of a text that no revision holds yet.

use std::collections::BTreeMap;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Jsonb;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::kit::lang::Lang;
use crate::release::model::LanguageVersion;

/// The name of the part that is no language: instruments and proposing mandates.
pub const FACTS: &str = "facts";

/// The hashes of a text by part: `fr`, `nl`, …, and [`FACTS`]; SHA-256 in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Parts(pub BTreeMap<String, String>);

impl Parts {
    /// Whether who agreed to these has agreed to all of `asked`.
    pub fn cover(&self, asked: &Parts) -> bool {
        asked.0.iter().all(|(part, hash)| self.0.get(part) == Some(hash))
    }

    /// Whether it has a hash of that language.
    pub fn has(&self, lang: Lang) -> bool {
        self.0.contains_key(lang.code())
    }

    /// A name for the whole set, safe in a form: which text somebody had before their eyes.
    pub fn name(&self) -> String {
        let mut hash = Sha256::new();
        for (part, of) in &self.0 {
            hash.update(format!("{part} {of}\n"));
        }
        data_encoding::BASE64URL_NOPAD.encode(&hash.finalize()[..15])
    }

    /// The first eight digits of each language's hash in two groups, as a receipt shows them: `7f3a 91c2`.
    pub fn shown(&self) -> Vec<(String, String)> {
        let short =
            |hash: &str| format!("{} {}", hash.get(..4).unwrap_or_default(), hash.get(4..8).unwrap_or_default());
        self.0.iter().filter(|(part, _)| *part != FACTS).map(|(part, hash)| (part.clone(), short(hash))).collect()
    }
}

impl ToSql<Jsonb, Pg> for Parts {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let value = serde_json::to_value(self)?;
        <serde_json::Value as ToSql<Jsonb, Pg>>::to_sql(&value, &mut out.reborrow())
    }
}

impl FromSql<Jsonb, Pg> for Parts {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let value = <serde_json::Value as FromSql<Jsonb, Pg>>::from_sql(value)?;
        Ok(serde_json::from_value(value)?)
    }
}

/// The hash of one language, of a text in its normal form, as every revision holds it.
pub fn hash(version: &LanguageVersion) -> String {
    let LanguageVersion { title, lead, body } = version;
    let mut hash = Sha256::new();
    hash.update(format!("{} {} {title}{lead}{body}", title.len(), lead.len()));
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::model::Content;

    fn of(title: &str, lead: &str, body: &str) -> String {
        let version = LanguageVersion { title: title.into(), lead: lead.into(), body: body.into() };
        let content = Content { versions: [(Lang::Fr, version)].into(), ..Content::default() };
        hash(&content.checked().expect("a content").versions[&Lang::Fr])
    }

    #[test]
    fn what_looks_alike_is_alike_and_every_word_counts() {
        let one = of("Été", "Un chapô.", "Un.\n\nDeux.");
        for alike in [
            of("E\u{301}te\u{301}", "Un chapô.", "Un.\n\nDeux."),
            of(" Été\n", "Un  chapô. ", "Un. \r\n\r\n\r\nDeux.\r\n"),
        ] {
            assert_eq!(one, alike);
        }
        for other in [
            of("Eté", "Un chapô.", "Un.\n\nDeux."),
            of("Été", "Un chapô", "Un.\n\nDeux."),
            of("Été", "Un chapô.", "Un.\nDeux."),
            of("Été", "Un chapô.Un.", "\n\nDeux."),
            of("ÉtéUn chapô.", "", "Un.\n\nDeux."),
        ] {
            assert_ne!(one, other);
        }
    }

    #[test]
    fn an_agreement_covers_less_than_it_says_and_nothing_more() {
        let parts =
            |of: &[(&str, &str)]| Parts(of.iter().map(|(part, hash)| ((*part).into(), (*hash).into())).collect());
        let agreed = parts(&[("facts", "1"), ("fr", "2"), ("nl", "3")]);
        for (asked, covered) in [
            (parts(&[("facts", "1"), ("fr", "2"), ("nl", "3")]), true),
            (parts(&[("facts", "1"), ("fr", "2")]), true),
            (parts(&[("facts", "1"), ("fr", "2"), ("nl", "4")]), false),
            (parts(&[("facts", "0"), ("fr", "2"), ("nl", "3")]), false),
            (parts(&[("facts", "1"), ("fr", "2"), ("nl", "3"), ("de", "5")]), false),
        ] {
            assert_eq!(agreed.cover(&asked), covered, "{asked:?}");
        }
        assert_ne!(agreed.name(), parts(&[("facts", "1"), ("fr", "23"), ("nl", "")]).name());
    }
}
