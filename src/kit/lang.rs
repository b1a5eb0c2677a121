//! The languages of the site, and texts that exist in some of them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{Jsonb, Text};
use serde::{Deserialize, Serialize};

/// A language in which releases appear and the interface speaks. None of them is the main one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, AsExpression, FromSqlRow,
)]
#[diesel(sql_type = Text)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// French.
    Fr,
    /// Dutch.
    Nl,
    /// German.
    De,
    /// English.
    En,
}

impl Lang {
    /// All of them, in the order in which a page lists them.
    pub const ALL: [Lang; 4] = [Lang::Fr, Lang::Nl, Lang::De, Lang::En];

    /// The tag of BCP 47, for `lang`, `hreflang` and addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::Nl => "nl",
            Lang::De => "de",
            Lang::En => "en",
        }
    }

    /// What its speakers call it, as a language menu shows it.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::Fr => "Français",
            Lang::Nl => "Nederlands",
            Lang::De => "Deutsch",
            Lang::En => "English",
        }
    }

    /// The language and territory that Open Graph wants (`og:locale`).
    pub const fn open_graph(self) -> &'static str {
        match self {
            Lang::Fr => "fr_BE",
            Lang::Nl => "nl_BE",
            Lang::De => "de_BE",
            Lang::En => "en_GB",
        }
    }

    /// The first of `order` that is in `there`, else the first that is there in the order of [`Lang::ALL`].
    pub fn best(order: &[Lang], there: &[Lang]) -> Option<Lang> {
        order.iter().chain(&Lang::ALL).copied().find(|lang| there.contains(lang))
    }

    /// The best of `offered` for an `Accept-Language` header (RFC 9110 §12.5.4), or none if it names none of them.
    pub fn negotiate(header: &str, offered: &[Lang]) -> Option<Lang> {
        let mut wanted: Vec<(f32, usize, Lang)> = header
            .split(',')
            .take(32)
            .enumerate()
            .filter_map(|(place, part)| {
                let mut pieces = part.split(';');
                let primary = pieces.next()?.trim().split('-').next()?.to_ascii_lowercase();
                let weight = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q=").map(str::trim))
                    .map_or(Some(1.0), |q| q.parse::<f32>().ok().filter(|q| (0.0..=1.0).contains(q)))?;
                let lang = primary.parse().ok().filter(|lang| offered.contains(lang))?;
                (weight > 0.0).then_some((weight, place, lang))
            })
            .collect();
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        wanted.first().map(|best| best.2)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A language that the site does not have.
#[derive(Debug, thiserror::Error)]
#[error("not a language of the site: {0:?} (fr, nl, de, en)")]
pub struct NoSuchLang(String);

impl FromStr for Lang {
    type Err = NoSuchLang;

    fn from_str(code: &str) -> Result<Self, NoSuchLang> {
        Lang::ALL
            .into_iter()
            .find(|lang| lang.code() == code)
            .ok_or_else(|| NoSuchLang(code.chars().take(20).collect()))
    }
}

impl ToSql<Text, Pg> for Lang {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        <str as ToSql<Text, Pg>>::to_sql(self.code(), out)
    }
}

impl FromSql<Text, Pg> for Lang {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(<String as FromSql<Text, Pg>>::from_sql(value)?.parse()?)
    }
}

/// The same text in the languages in which it exists. Never empty once stored (the database checks).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, AsExpression, FromSqlRow)]
#[diesel(sql_type = Jsonb)]
#[serde(transparent)]
pub struct Texts(pub BTreeMap<Lang, String>);

impl Texts {
    /// The text in `lang`, else in the first language there is, with the language it is really in.
    pub fn get(&self, lang: Lang) -> Option<(Lang, &str)> {
        self.0
            .get(&lang)
            .map(|text| (lang, text.as_str()))
            .or_else(|| self.0.iter().next().map(|(lang, text)| (*lang, text.as_str())))
    }

    /// As [`Texts::get`], the text alone; empty if there is none at all.
    pub fn text(&self, lang: Lang) -> &str {
        self.get(lang).map_or("", |(_, text)| text)
    }

    /// One language only.
    pub fn one(lang: Lang, text: impl Into<String>) -> Self {
        Self([(lang, text.into())].into())
    }
}

impl FromIterator<(Lang, String)> for Texts {
    fn from_iter<T: IntoIterator<Item = (Lang, String)>>(texts: T) -> Self {
        Self(texts.into_iter().collect())
    }
}

impl ToSql<Jsonb, Pg> for Texts {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        let value = serde_json::to_value(self)?;
        <serde_json::Value as ToSql<Jsonb, Pg>>::to_sql(&value, &mut out.reborrow())
    }
}

impl FromSql<Jsonb, Pg> for Texts {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        let value = <serde_json::Value as FromSql<Jsonb, Pg>>::from_sql(value)?;
        Ok(serde_json::from_value(value)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_language_chooses_by_weight_then_by_place() {
        for (header, expected) in [
            ("nl-BE,nl;q=0.9,fr;q=0.8", Some(Lang::Nl)),
            ("es, de;q=0.3, fr;q=0.7", Some(Lang::Fr)),
            ("fr;q=0, en", Some(Lang::En)),
            ("*", None),
            ("", None),
            ("pt-BR", None),
            ("de;q=2, nl", Some(Lang::Nl)),
        ] {
            assert_eq!(Lang::negotiate(header, &Lang::ALL), expected, "{header}");
        }
    }
}
