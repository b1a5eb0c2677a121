//! The query string of a public address: every parameter is known and has a range, or the answer is 400.
//!
//! What other sites hang onto our addresses to follow people is taken off by one redirect (DESIGN §7).

use std::collections::BTreeMap;

use super::error::{BadRequest, WebError};

/// Parameters that mailing services, social networks and search engines add; exact names, or beginnings that end in `*`.
pub const TRACKING: &[&str] = &[
    "utm_*",
    "mtm_*",
    "pk_*",
    "piwik_*",
    "matomo_*",
    "hsa_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "li_fat_id",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "oly_anon_id",
    "oly_enc_id",
    "vero_id",
    "wickedid",
    "s_cid",
    "ref_src",
    "ref_url",
    "cmpid",
    "at_medium",
    "at_campaign",
    "xtor",
    "srsltid",
];

/// Whether others add this parameter to follow people.
pub fn is_tracking(name: &str) -> bool {
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(beginning) => name.starts_with(beginning),
        None => name == *known,
    })
}

/// The query string without the tracking parameters, if it had any.
pub fn without_tracking(query: &str) -> Option<String> {
    let name = |pair: &str| {
        let raw = pair.split('=').next().unwrap_or_default();
        url::form_urlencoded::parse(raw.as_bytes()).next().map_or_else(String::new, |(name, _)| name.into_owned())
    };
    let kept: Vec<&str> = query.split('&').filter(|pair| !is_tracking(&name(pair))).collect();
    (kept.len() < query.split('&').count()).then(|| kept.join("&"))
}

/// The most bytes of a query string that is looked at.
pub const MAX: usize = 2048;

/// The parameters of a request, each taken once. What is left over when the page has taken its own is unknown: 400.
#[derive(Debug)]
pub struct Parameters {
    given: BTreeMap<String, String>,
}

impl Parameters {
    /// Reads the query string; a name given twice, or more than [`MAX`] bytes, is a bad request. An empty value counts
    /// as not given, so that a form's empty field is no error.
    pub fn read(query: &str) -> Result<Self, WebError> {
        if query.len() > MAX {
            return Err(WebError::BadRequest(BadRequest::WrongParameter("…".into())));
        }
        let mut given = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            if given.insert(name.to_string(), value.into_owned()).is_some() {
                return Err(WebError::BadRequest(BadRequest::RepeatedParameter(shown(&name))));
            }
        }
        given.retain(|_, value| !value.is_empty());
        Ok(Self { given })
    }

    /// The value of a parameter as `parse` understands it; none if it was not given; 400 if `parse` refuses it.
    pub fn take<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, WebError> {
        let Some(value) = self.given.remove(name) else { return Ok(None) };
        match parse(&value) {
            Some(value) => Ok(Some(value)),
            None => Err(WebError::BadRequest(BadRequest::WrongParameter(shown(name)))),
        }
    }

    /// Nothing may be left.
    pub fn finish(self) -> Result<(), WebError> {
        match self.given.keys().next() {
            None => Ok(()),
            Some(name) => Err(WebError::BadRequest(BadRequest::UnknownParameter(shown(name)))),
        }
    }
}

/// A parameter's name as an error page may show it: short, printable.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_is_taken_off_and_nothing_else() {
        for (query, expected) in [
            ("utm_source=x&topic=water", Some("topic=water")),
            ("fbclid=1", Some("")),
            ("topic=water", None),
            ("u%74m_medium=1&a=b", Some("a=b")),
            ("gclid", Some("")),
            ("", None),
        ] {
            assert_eq!(without_tracking(query).as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn unknown_repeated_and_wrong_parameters_are_refused() {
        let bad = |query: &str| {
            let mut parameters = Parameters::read(query)?;
            parameters.take("n", |value| value.parse::<u8>().ok())?;
            parameters.finish()
        };
        assert!(bad("n=7").is_ok() && bad("n=").is_ok() && bad("").is_ok());
        for query in ["n=x", "n=1&n=2", "m=1", "n=256", &"n=1&".repeat(1000)] {
            assert!(matches!(bad(query), Err(WebError::BadRequest(_))), "{query}");
        }
    }
}
