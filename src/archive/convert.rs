//! Makes of a record what the newsroom keeps.
//!
//! The body becomes Markdown (`kit::rich_text::from_html`) and not cleaned HTML: so an old release can be corrected,
//! compared, searched and mailed like a new one, and no tag of the former site has to be trusted for ever. What it said
//! is kept beside it, in `source_items.original_html`, so that a better conversion can be made later.

use super::links::Hosts;
use super::record::{OldFile, Record, When, shortened};
use super::{files, links, old_address};
use crate::ids::AssetId;
use crate::kit::lang::Lang;
use crate::kit::rich_text::{self, Labels};
use crate::media::model::Kind;
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
    /// Its addresses there, that one first, with what of each is redirected, or why nothing is.
    pub old_paths: Vec<(String, Result<String, &'static str>)>,
    /// Files that belong to it, those in its text among them.
    pub files: Vec<OldFile>,
    /// Those of them that are here, once they were brought in.
    pub assets: Vec<(OldFile, AssetId, Kind)>,
    /// Whether one of them is not.
    pub lacks_files: bool,
    /// Whether one of them is, also in a dry run, which brings none in.
    pub finds_files: bool,
    /// Whether one of them was not here before.
    pub brings_files: bool,
    /// Who wrote it, as the former site names them.
    pub author: Option<String>,
    /// What is odd about it.
    pub notes: Vec<String>,
    /// Whether its text links to the former site, so that the links must lead to the new one.
    pub has_old_links: bool,
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

/// Converts a record, or says why no release can be like that. `hosts`: of the former site.
pub fn convert(record: Record, offered: &[Lang], hosts: &Hosts) -> Result<Version, String> {
    let lang = language(&record.lang, offered)?;
    let institution = one_line(&record.institution);
    if institution.is_empty() {
        return Err("institution: is missing".into());
    }
    let base = hosts.base(record.url.as_deref());
    let mut notes = record.notes;
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
    let lost = lost_words(&record.body_html, &text.body);
    if !lost.is_empty() {
        notes.push(format!("words of its text are lost: {}", shortened(&lost.join(" "))));
    }
    let mut old_paths = Vec::new();
    for address in record.url.iter().chain(&record.addresses) {
        let path = old_address::path_of(address);
        if path.is_err() || !old_paths.iter().any(|(_, there)| *there == path) {
            old_paths.push((address.clone(), path));
        }
    }
    let mut files = record.files;
    for file in files::inside(&record.body_html) {
        match files.iter_mut().find(|there| there.path == file.path) {
            Some(there) => there.complete(file),
            None => files.push(file),
        }
    }
    let has_old_links = links::to_follow(&text.body, hosts);
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
        has_old_links,
        old_paths,
        lacks_files: false,
        finds_files: false,
        brings_files: false,
        assets: Vec::new(),
        files,
        author: record.author.as_deref().map(one_line).filter(|name| !name.is_empty()),
        notes,
        url: record.url,
        original_html: record.body_html,
        digest: record.digest,
    })
}

/// The words that a browser would show of the HTML and does not of the Markdown that became of it.
fn lost_words(html: &str, markdown: &str) -> Vec<String> {
    let shown = rich_text::render(markdown, &Labels { table: "" });
    let (before, after) = (rich_text::visible_words(html), rich_text::visible_words(shown.as_str()));
    if before == after {
        return Vec::new();
    }
    let mut there: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
    for word in &after {
        *there.entry(word).or_default() += 1;
    }
    before
        .iter()
        .filter(|word| match there.get_mut(word.as_str()) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        })
        .cloned()
        .collect()
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
