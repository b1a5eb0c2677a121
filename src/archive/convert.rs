//! Makes of a record what the newsroom keeps.
//!
//! The body becomes Markdown (`kit::rich_text::from_html`) and not cleaned HTML: so an old release can be corrected,
//! compared, searched and mailed like a new one, and no tag of the former site has to be trusted for ever. What it said
//! is kept beside it, in `source_items.original_html`, so that a better conversion can be made later.

use url::Url;

use super::old_address;
use super::record::{Record, When, shortened};
use crate::kit::lang::Lang;
use crate::kit::rich_text;
use crate::release::model::{Content, LEAD_MAX, LanguageVersion, one_line};

/// A language version as it is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The source's own name for it.
    pub id: String,
    /// One of the site's.
    pub lang: Lang,
    /// In its normal form, within the limits of every release.
    pub text: LanguageVersion,
    /// As the source dates this version; the release takes the earliest.
    pub date: When,
    /// Whether the public could read it on the former site.
    pub published: bool,
    /// The name of the leading issuer, in its language.
    pub institution: String,
    /// The names of co-issuers, in their order.
    pub components: Vec<String>,
    /// The names of topics, in their order.
    pub topics: Vec<String>,
    /// Its number on the former site.
    pub number: Option<String>,
    /// Its address on the former site, as the source has it.
    pub url: Option<String>,
    /// What of that address is redirected, or why nothing is.
    pub old_path: Option<Result<String, &'static str>>,
    /// As it came.
    pub original_html: String,
    /// Of everything that the source says.
    pub digest: [u8; 32],
}

impl Version {
    /// How much memory its texts take, roughly.
    pub fn bytes(&self) -> usize {
        self.original_html.len() + self.text.body.len() + self.text.lead.len() + self.text.title.len() + 500
    }
}

/// The site's language that `code` names, in capitals or not. Country codes and territories name none: whether `br` is
/// Breton or Brazil is for whoever made the file to say.
pub fn language(code: &str, offered: &[Lang]) -> Result<Lang, String> {
    let lang = code.to_ascii_lowercase().parse::<Lang>().ok().filter(|lang| offered.contains(lang));
    lang.ok_or_else(|| format!("lang: {:?} is not a language of this site", shortened(code)))
}

/// Converts a record, or says why no release can be like that.
pub fn convert(record: Record, offered: &[Lang]) -> Result<Version, String> {
    let lang = language(&record.lang, offered)?;
    let institution = one_line(&record.institution);
    if institution.is_empty() {
        return Err("institution: is missing".into());
    }
    let base = record.url.as_deref().and_then(|url| Url::parse(url).ok());
    let mut text = LanguageVersion {
        title: plain(&record.title),
        lead: plain(&record.lead.unwrap_or_default()),
        body: rich_text::from_html(&record.body_html, base.as_ref()),
    };
    if text.lead.chars().count() > LEAD_MAX {
        // No lead, but no word of it is lost: it begins the text.
        let lead = std::mem::take(&mut text.lead);
        text.body = format!("{}\n\n{}", rich_text::from_html(&html_of(&lead), None), text.body);
    }
    let content = Content { versions: [(lang, text)].into(), ..Content::default() };
    let mut checked = content.checked().map_err(|error| error.to_string())?;
    let text = checked.versions.remove(&lang).ok_or("no language version")?;
    Ok(Version {
        id: record.id,
        lang,
        text,
        date: record.date,
        published: record.published,
        institution,
        components: names(&record.components),
        topics: names(&record.topics),
        number: record.number.as_deref().map(one_line).filter(|number| !number.is_empty()),
        old_path: record.url.as_deref().map(old_address::path_of),
        url: record.url,
        original_html: record.body_html,
        digest: record.digest,
    })
}

/// Plain text as HTML that shows it.
fn html_of(text: &str) -> String {
    format!("<p>{}</p>", text.replace('&', "&amp;").replace('<', "&lt;"))
}

fn names(names: &[String]) -> Vec<String> {
    names.iter().map(|name| one_line(name)).filter(|name| !name.is_empty()).collect()
}

/// A title or lead without the tags and entities that some systems keep in it. What has neither stays as it is: `A & B`
/// and `a < b` are not HTML.
fn plain(text: &str) -> String {
    let has_tag = text.match_indices('<').any(|(at, _)| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && text[at..].contains('>')
    });
    let has_entity = text.match_indices('&').any(|(at, _)| {
        let name: &str = &text[at + 1..];
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(name.len());
        end > 0 && name[end..].starts_with(';')
    });
    if has_tag || has_entity {
        one_line(&rich_text::plain_text(&rich_text::from_html(text, None)))
    } else {
        one_line(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_tags_and_entities_and_nothing_else() {
        for (text, expected) in [
            ("Keppel Offshore & Marine", "Keppel Offshore & Marine"),
            ("3.7&nbsp;GHz &amp; more", "3.7\u{a0}GHz & more"),
            ("State of <q>Squeeze</q>", "State of “Squeeze”"),
            ("a < b, c > d", "a < b, c > d"),
            ("AT&T; and more", "AT&T; and more"),
            ("1. No *list* here", "1. No *list* here"),
            ("1. No <b>list</b> *here*", "1. No list *here*"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn only_the_languages_of_the_site_come_in() {
        let offered = [Lang::Fr, Lang::Nl];
        for (code, lang) in
            [("fr", Some(Lang::Fr)), ("NL", Some(Lang::Nl)), ("de", None), ("jp", None), ("fr-CA", None)]
        {
            assert_eq!(language(code, &offered).ok(), lang, "{code}");
        }
    }
}
