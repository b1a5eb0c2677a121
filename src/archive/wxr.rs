//! WordPress exports (WXR 1.0 to 1.2): posts, their languages, terms, authors and files.
//!
//! Such files are often not well-formed: old versions nested CDATA, plugins write what they like, editors cut. So this is no
//! XML parser that stops: an item is what stands between `<item>` and `</item>`, an element of it ends at its own end tag,
//! text in CDATA at `]]>` before that end tag. What cannot be read is told with its line, and the next item is read.
//!
//! The file is read three times, an item at a time: first for what other items need (files by number, the channel), then as
//! every format. Of WordPress' plugins for several languages we read what stands in exports: Polylang's terms (`language`,
//! `post_translations`), qTranslate's marks (`[:fr]…[:]`, `<!--:fr-->…<!--:-->`), WPML's fields (`_wpml_language`,
//! `_icl_lang…`).

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, BufRead};
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime};

use super::encoding::{Charset, decode};
use super::mapping::{INSTITUTION_WORDS, Institutions, Mapping, Remarks, Topics, Type, sounds_like};
use super::record::{OldFile, Piece, Record, Refusal, When};
use super::{paragraphs, shortcodes};

/// The most bytes of one item.
const ITEM_MAX_BYTES: usize = 32 << 20;

/// What the whole file says, and each item needs.
#[derive(Debug, Default, Clone)]
pub struct Channel {
    /// The name of the site.
    pub title: String,
    /// Where it was.
    pub base_url: String,
    /// Its language.
    pub language: String,
    /// Authors: what they are called, by what they sign in with.
    pub authors: BTreeMap<String, String>,
    /// Files by their number.
    pub files: HashMap<String, Attachment>,
    /// Lists of terms: (domain, nicename, name).
    pub terms: Vec<(String, String, String)>,
    /// Items by type, status and language.
    pub counts: BTreeMap<(String, String, String), u64>,
    /// Terms by domain.
    pub domains: BTreeMap<String, u64>,
    /// Names of fields of items, with an example.
    pub fields: BTreeMap<String, (u64, String)>,
}

/// A file of the old site.
#[derive(Debug, Default, Clone)]
pub struct Attachment {
    /// Where it stood.
    pub url: String,
    /// Its title, what is seen in it, what stands below it.
    pub file: OldFile,
    /// The item that it was uploaded to.
    pub parent: String,
}

impl Channel {
    /// Reads the file once.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(text: impl BufRead) -> io::Result<Self> {
        let mut channel = Self::default();
        let mut items = Items::new(text);
        while let Some((_, found)) = items.next()? {
            let Found::Item(item) = found else { continue };
            channel.take_item(&item);
        }
        channel.take_head(&items.head);
        Ok(channel)
    }

    fn take_head(&mut self, head: &str) {
        // A head that is no `channel` holds the same elements.
        let elements = Elements::of(head);
        let one = |name: &str| elements.text(name).map(plain).unwrap_or_default();
        self.title = one("title");
        self.language = one("language").to_lowercase();
        let base = [one("wp:base_blog_url"), one("wp:base_site_url"), one("link")];
        self.base_url = base.into_iter().find(|url| !url.is_empty()).unwrap_or_default();
        for author in elements.all("wp:author") {
            let author = Elements::of(&author.raw);
            let text = |name: &str| author.text(name).map(plain).unwrap_or_default();
            let shown = [text("wp:author_display_name"), text("wp:author_login")];
            let shown = shown.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
            self.authors.insert(text("wp:author_login"), shown);
        }
        for (element, domain, nicename, name) in [
            ("wp:category", "category", "wp:category_nicename", "wp:cat_name"),
            ("wp:tag", "post_tag", "wp:tag_slug", "wp:tag_name"),
            ("wp:term", "", "wp:term_slug", "wp:term_name"),
        ] {
            for term in elements.all(element) {
                let term = Elements::of(&term.raw);
                let text = |name: &str| term.text(name).map(plain).unwrap_or_default();
                let domain = if domain.is_empty() { text("wp:term_taxonomy") } else { domain.to_owned() };
                self.terms.push((domain, text(nicename), text(name)));
            }
        }
    }

    fn take_item(&mut self, item: &str) {
        let elements = Elements::of(item);
        let text = |name: &str| elements.text(name).unwrap_or_default();
        let kind = plain(text("wp:post_type"));
        let language = language_of(&elements).unwrap_or_default();
        *self.counts.entry((kind.clone(), plain(text("wp:status")), language)).or_default() += 1;
        for category in elements.all("category") {
            *self.domains.entry(category.attribute("domain").unwrap_or("category").to_owned()).or_default() += 1;
        }
        for (name, value) in meta(&elements) {
            if !name.starts_with('_') {
                self.fields.entry(name).or_insert_with(|| (0, value)).0 += 1;
            }
        }
        if kind == "attachment" {
            let meta: HashMap<String, String> = meta(&elements).collect();
            let url = plain(text("wp:attachment_url"));
            let url = if url.is_empty() { plain(text("guid")) } else { url };
            let alt = meta.get("_wp_attachment_image_alt").map(|alt| alt.trim().to_owned()).unwrap_or_default();
            let file = OldFile {
                path: url.clone(),
                title: plain(text("title")),
                alt,
                caption: without_tags(text("excerpt:encoded")),
            };
            let parent = plain(text("wp:post_parent"));
            self.files.insert(plain(text("wp:post_id")), Attachment { url, file, parent });
        }
    }

    /// What there is, with the mapping that it suggests.
    pub fn inspect(&self) -> Inspection {
        let mut by_type: BTreeMap<&str, u64> = BTreeMap::new();
        for ((kind, ..), count) in &self.counts {
            *by_type.entry(kind).or_default() += count;
        }
        let is_own = |kind: &str| {
            matches!(kind, "attachment" | "nav_menu_item" | "page" | "revision" | "custom_css" | "customize_changeset")
                || kind.starts_with("wp_")
        };
        let types: BTreeMap<String, Type> = by_type
            .keys()
            .filter(|kind| **kind == "post" || sounds_like(kind, super::mapping::RELEASE_WORDS) && !is_own(kind))
            .map(|kind| ((*kind).to_owned(), Type { lead: Some("excerpt".into()), ..Type::default() }))
            .collect();
        let domains: Vec<&String> = self.domains.keys().collect();
        let institutions: Vec<String> =
            domains.iter().filter(|name| sounds_like(name, INSTITUTION_WORDS)).map(|name| (*name).clone()).collect();
        let topics: Vec<String> = domains
            .iter()
            .filter(|name| {
                matches!(name.as_str(), "category" | "post_tag") || sounds_like(name, super::mapping::TOPIC_WORDS)
            })
            .filter(|name| !institutions.contains(name))
            .map(|name| (*name).clone())
            .collect();
        let language = self.language.split(['-', '_']).next().unwrap_or_default();
        let mapping = Mapping {
            base_url: Some(self.base_url.clone()).filter(|url| !url.is_empty()),
            neutral_language: Some(language.to_owned()).filter(|code| !code.is_empty()),
            types,
            institutions: Institutions {
                vocabularies: institutions,
                default: Some(if self.title.is_empty() { "Press service".to_owned() } else { self.title.clone() }),
                ..Institutions::default()
            },
            // A category that nobody chose says nothing.
            topics: Topics {
                vocabularies: topics,
                names: [("Uncategorized".to_owned(), String::new())].into(),
                ..Topics::default()
            },
            ..Mapping::default()
        };
        let mut remarks = Remarks { languages: self.language.clone(), ..Remarks::default() };
        for (kind, count) in by_type {
            remarks.types.push((kind.to_owned(), format!("{kind}: {count} items")));
        }
        remarks.vocabularies = self.domains.iter().map(|(name, count)| format!("{name}: used {count} times")).collect();
        let fields = self.fields.iter().map(|(name, (count, example))| {
            format!("{name}, in {count} items, as in “{}”", super::record::shortened(example))
        });
        remarks.fields.insert("post".into(), fields.collect());
        Inspection { channel: self.clone(), mapping, remarks }
    }

    /// The addresses of lists of terms: (address there, the name of the topic, the language).
    pub fn term_addresses(&self, mapping: &Mapping) -> Vec<(String, String, String)> {
        self.terms
            .iter()
            .filter(|(domain, ..)| mapping.topics.vocabularies.contains(domain))
            .filter_map(|(domain, nicename, name)| {
                let base = if domain == "post_tag" { "tag" } else { domain };
                let topic = mapping.topic(name)?;
                Some((format!("/{base}/{nicename}"), topic, String::new()))
            })
            .collect()
    }

    /// Items of types that are no releases, by type.
    pub fn left_alone(&self, mapping: &Mapping) -> Vec<(String, u64)> {
        let mut all = BTreeMap::<String, u64>::new();
        for ((kind, ..), count) in &self.counts {
            if !mapping.types.contains_key(kind) {
                *all.entry(kind.clone()).or_default() += count;
            }
        }
        all.into_iter().collect()
    }
}

/// What a file holds.
#[derive(Debug, Clone)]
pub struct Inspection {
    channel: Channel,
    /// What its names suggest.
    pub mapping: Mapping,
    /// What stands beside it in its file.
    pub remarks: Remarks,
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let it = &self.channel;
        writeln!(f, "WordPress of “{}”, {}, {}\n\nItems", it.title, it.base_url, it.language)?;
        for ((kind, status, language), count) in &it.counts {
            let mark = if self.mapping.types.contains_key(kind) { "→" } else { " " };
            writeln!(f, "  {mark} {kind:<20} {status:<10} {language:<4} {count:>6}")?;
        }
        writeln!(f, "\nTerms")?;
        for (domain, count) in &it.domains {
            writeln!(f, "  {domain:<24} used {count} times")?;
        }
        writeln!(f, "\nFields")?;
        for field in self.remarks.fields.values().flatten() {
            writeln!(f, "  {field}")?;
        }
        writeln!(f, "\n{} authors, {} files", it.authors.len(), it.files.len())
    }
}

/// The items of a file, as records; an item in several languages gives one record each.
pub fn pieces(
    text: impl BufRead + Send + 'static,
    channel: Arc<Channel>,
    mapping: Arc<Mapping>,
) -> impl Iterator<Item = Piece> {
    let mut items = Items::new(text);
    let mut ready: std::collections::VecDeque<Piece> = std::collections::VecDeque::new();
    let mut is_over = false;
    std::iter::from_fn(move || {
        while ready.is_empty() && !is_over {
            match items.next() {
                Ok(Some((line, Found::Item(item)))) => ready.extend(of_item(&item, line, &channel, &mapping)),
                Ok(Some((line, Found::Broken(reason)))) => {
                    ready.push_back(Piece { line, record: Err(Refusal { id: None, reason }) });
                }
                Ok(None) => is_over = true,
                Err(error) => {
                    is_over = true;
                    let reason = format!("the file cannot be read from here on: {error}");
                    ready.push_back(Piece { line: items.line, record: Err(Refusal { id: None, reason }) });
                }
            }
        }
        ready.pop_front()
    })
}

fn of_item(item: &str, line: u64, channel: &Channel, mapping: &Mapping) -> Vec<Piece> {
    let elements = Elements::of(item);
    let text = |name: &str| elements.text(name).unwrap_or_default();
    let kind = plain(text("wp:post_type"));
    let kind = if kind.is_empty() { "post".to_owned() } else { kind };
    let Some(fields) = mapping.types.get(&kind) else { return Vec::new() };
    let number = plain(text("wp:post_id"));
    let guid = plain(text("guid"));
    let id = if number.is_empty() { guid.clone() } else { format!("post/{number}") };
    let refuse = |reason: String| {
        let id = (!id.is_empty()).then(|| id.clone());
        vec![Piece { line, record: Err(Refusal { id, reason }) }]
    };
    if id.is_empty() {
        return refuse("it has neither a number (wp:post_id) nor a guid".into());
    }
    let status = plain(text("wp:status"));
    if matches!(status.as_str(), "trash" | "auto-draft" | "inherit") {
        // What its owner threw away is not brought back.
        return Vec::new();
    }
    let mut notes = Vec::new();
    let has_password = !plain(text("wp:post_password")).is_empty();
    if has_password {
        notes.push("protected by a password there; a draft here".to_owned());
    }
    let date = match date(&elements) {
        Ok(date) => date,
        Err(reason) => return refuse(reason),
    };
    let terms: Vec<(&str, &str, String)> = elements
        .all("category")
        .map(|it| {
            (it.attribute("domain").unwrap_or("category"), it.attribute("nicename").unwrap_or_default(), plain(&it.raw))
        })
        .collect();
    let of = |vocabularies: &[String]| -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for (domain, _, name) in &terms {
            if vocabularies.iter().any(|one| one == domain) && !names.contains(name) {
                names.push(name.clone());
            }
        }
        names
    };
    let login = plain(text("dc:creator"));
    let author = channel.authors.get(&login).cloned().or_else(|| (!login.is_empty()).then(|| login.clone()));
    let mut issuers: Vec<String> =
        of(&mapping.institutions.vocabularies).iter().map(|name| mapping.institution(name)).collect();
    if let Some(institution) = &fields.institution {
        issuers.retain(|name| name != institution);
        issuers.insert(0, institution.clone());
    }
    if issuers.is_empty()
        && let Some(author) = &author
        && mapping.institutions.authors.iter().any(|one| one == author || *one == login || one == "*")
    {
        issuers.push(mapping.institution(author));
    }
    issuers.extend(mapping.institutions.default.clone().filter(|_| issuers.is_empty()));
    if issuers.is_empty() {
        return refuse("no institution issues it: no term, author or default of the mapping names one".into());
    }
    let topics: Vec<String> = of(&mapping.topics.vocabularies).iter().filter_map(|name| mapping.topic(name)).collect();
    let link = plain(text("link"));
    let mut addresses: Vec<String> = Vec::new();
    for address in [&guid, &format!("/?p={number}")] {
        let is_ours = address.starts_with('/') && !number.is_empty() || address.starts_with("http");
        if is_ours && *address != link && !addresses.contains(address) {
            addresses.push(address.clone());
        }
    }
    let said: HashMap<String, String> = meta(&elements).collect();
    let field = |name: &Option<String>| -> Option<String> {
        let name = name.as_deref()?;
        let value = if name == "excerpt" { text("excerpt:encoded").to_owned() } else { said.get(name)?.clone() };
        Some(value).filter(|value| !value.trim().is_empty())
    };
    let mut body = text("content:encoded").to_owned();
    for name in fields.append.iter().chain(&fields.contact) {
        if let Some(value) = said.get(name).filter(|value| !value.trim().is_empty()) {
            body.push_str("\n\n");
            body.push_str(value);
        }
    }
    let mut files: Vec<OldFile> = Vec::new();
    if let Some(file) = said.get("_thumbnail_id").and_then(|number| channel.files.get(number.trim())) {
        files.push(file.file.clone());
    }
    let body = shortcodes::read(&body, &number, channel, &mut notes);
    let title = text("title").to_owned();
    let own = language_of(&elements).unwrap_or_else(|| {
        mapping
            .neutral_language
            .clone()
            .unwrap_or_else(|| channel.language.split(['-', '_']).next().unwrap_or("en").to_owned())
    });
    let set = terms
        .iter()
        .find(|(domain, ..)| *domain == "post_translations")
        .map(|(_, nicename, name)| if nicename.is_empty() { name.clone() } else { (*nicename).to_owned() })
        .or_else(|| said.get("_icl_trid").or(said.get("_wpml_trid")).map(|trid| format!("trid/{trid}")))
        .unwrap_or_else(|| id.clone());
    let institution = issuers.remove(0);
    issuers.retain(|name| *name != institution);
    let lead = field(&fields.lead);
    let number_there = field(&fields.number);
    let languages = languages_in(&title, &body);
    let versions: Vec<(String, String)> = if languages.is_empty() {
        vec![(id.clone(), own)]
    } else {
        languages.iter().map(|lang| (format!("{id}/{lang}"), lang.clone())).collect()
    };
    versions
        .into_iter()
        .map(|(version, lang)| {
            let of_lang = |text: &str| if languages.is_empty() { text.to_owned() } else { in_language(text, &lang) };
            let mut body = of_lang(&body);
            // Blocks say their paragraphs themselves.
            if !body.contains("<!-- wp:") {
                body = paragraphs::of_lines(&body);
            }
            let title = of_lang(&title);
            let mut record = Record {
                id: version.clone(),
                set: set.clone(),
                lang: mapping.language(&lang).to_owned(),
                title: plain(&title),
                date,
                body_html: body,
                lead: lead.as_deref().map(of_lang).filter(|lead| !lead.trim().is_empty()),
                institution: institution.clone(),
                components: issuers.clone(),
                topics: topics.clone(),
                number: number_there.clone(),
                url: (!link.is_empty()).then(|| link.clone()),
                addresses: addresses.clone(),
                files: files.clone(),
                author: author.clone(),
                published: matches!(status.as_str(), "publish" | "future" | "") && !has_password,
                unknown: Vec::new(),
                notes: notes.clone(),
                digest: [0; 32],
            };
            if record.title.trim().is_empty() {
                let refusal = Refusal { id: Some(version), reason: "title: is missing".into() };
                return Piece { line, record: Err(refusal) };
            }
            record.digest = record.digest_of();
            Piece { line, record: Ok(record) }
        })
        .collect()
}

/// When it was published: what is kept in UTC, else the wall time of the site, else the date of the feed.
fn date(elements: &Elements<'_>) -> Result<When, String> {
    let wall = |name: &str| {
        let text = plain(elements.text(name)?);
        NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S").ok()
    };
    if let Some(at) = wall("wp:post_date_gmt") {
        return Ok(When::At(at.and_utc()));
    }
    if let Some(at) = wall("wp:post_date") {
        return Ok(When::Local(at));
    }
    let text = elements.text("pubDate").map(plain).unwrap_or_default();
    let at =
        DateTime::parse_from_rfc2822(&text).map_err(|_| format!("date: {text:?} is none, and wp:post_date is none"))?;
    if chrono::Datelike::year(&at) < 1900 {
        return Err(format!("date: {text:?} is none, and wp:post_date is none"));
    }
    Ok(When::At(at.to_utc()))
}

/// The language that a plugin for several of them wrote.
fn language_of(elements: &Elements<'_>) -> Option<String> {
    let term = elements.all("category").find(|it| it.attribute("domain") == Some("language"));
    let code = match term {
        Some(term) => term.attribute("nicename").map_or_else(|| plain(&term.raw), str::to_owned),
        None => meta(elements)
            .find(|(name, _)| {
                matches!(name.as_str(), "_wpml_language" | "_icl_lang" | "_icl_language" | "_locale" | "wpml_language")
            })
            .map(|(_, value)| value)?,
    };
    let code = code.split(['-', '_']).next().unwrap_or_default().trim().to_lowercase();
    (!code.is_empty()).then_some(code)
}

/// The fields of an item.
fn meta<'a>(elements: &Elements<'a>) -> impl Iterator<Item = (String, String)> + use<'a> {
    let all: Vec<String> = elements.all("wp:postmeta").map(|it| it.raw.to_string()).collect();
    all.into_iter().map(|raw| {
        let it = Elements::of(&raw);
        (it.text("wp:meta_key").map(plain).unwrap_or_default(), it.text("wp:meta_value").unwrap_or_default().to_owned())
    })
}

// --- qTranslate

/// The languages whose marks stand in the texts.
fn languages_in(title: &str, body: &str) -> Vec<String> {
    let mut languages: Vec<String> = Vec::new();
    for text in [title, body] {
        for (opening, closing) in [("[:", "]"), ("<!--:", "-->")] {
            for (at, _) in text.match_indices(opening) {
                let rest = &text[at + opening.len()..];
                if let Some(code) = rest.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_lowercase()))
                    && rest[2..].starts_with(closing)
                    && !languages.iter().any(|there| there == code)
                {
                    languages.push(code.to_owned());
                }
            }
        }
    }
    languages
}

/// What a text says in that language: what stands under its mark, and what stands under none.
fn in_language(text: &str, lang: &str) -> String {
    let mut out = String::new();
    let mut now: Option<&str> = None;
    let mut rest = text;
    loop {
        let next = [("[:", "]"), ("<!--:", "-->")]
            .iter()
            .filter_map(|(opening, closing)| {
                rest.match_indices(opening).find_map(|(at, _)| {
                    let inside = &rest[at + opening.len()..];
                    let end = inside.find(closing).filter(|end| matches!(end, 0 | 2))?;
                    Some((at, &inside[..end], at + opening.len() + end + closing.len()))
                })
            })
            .min_by_key(|(at, ..)| *at);
        let before = next.map_or(rest, |(at, ..)| &rest[..at]);
        if now.is_none_or(|now| now == lang) {
            out.push_str(before);
        }
        let Some((_, code, end)) = next else { return out };
        now = (!code.is_empty()).then_some(code);
        rest = &rest[end..];
    }
}

// --- reading

/// The text of an element, its references resolved, without blanks around it.
fn plain(text: &str) -> String {
    text.trim().to_owned()
}

fn without_tags(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    unescaped(out.trim())
}

/// The five references of XML and those by number; others stay, for the HTML in the text to say.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end < 12);
        let found = end.and_then(|end| {
            let name = &rest[1..end];
            let c = match name {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => {
                    let code = name.strip_prefix('#')?;
                    let code = match code.strip_prefix(['x', 'X']) {
                        Some(code) => u32::from_str_radix(code, 16).ok()?,
                        None => code.parse().ok()?,
                    };
                    char::from_u32(code)?
                }
            };
            Some((c, end + 1))
        });
        let (c, length) = found.unwrap_or(('&', 1));
        out.push(c);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// An element of an item.
#[derive(Debug)]
struct Element<'a> {
    name: &'a str,
    attributes: Vec<(&'a str, String)>,
    /// Its text, out of CDATA and with references resolved; of one that holds elements, those as they stand.
    raw: std::borrow::Cow<'a, str>,
}

impl Element<'_> {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(there, _)| *there == name).map(|(_, value)| value.as_str())
    }
}

/// The elements directly inside a piece of a file.
#[derive(Debug)]
struct Elements<'a> {
    all: Vec<Element<'a>>,
    /// Whether the last of them has no end.
    is_open: bool,
}

/// Those that hold others.
const HOLD_OTHERS: &[&str] = &[
    "wp:postmeta",
    "wp:author",
    "wp:category",
    "wp:tag",
    "wp:term",
    "wp:comment",
    "wp:commentmeta",
    "wp:termmeta",
    "image",
];

impl<'a> Elements<'a> {
    fn of(text: &'a str) -> Self {
        let mut elements = Self { all: Vec::new(), is_open: false };
        let mut at = 0;
        while let Some(begin) = text[at..].find('<').map(|begin| at + begin) {
            let rest = &text[begin..];
            if rest.starts_with("<!--") {
                at = rest.find("-->").map_or(text.len(), |end| begin + end + 3);
                continue;
            }
            if rest.starts_with("<![CDATA[") {
                at = rest.find("]]>").map_or(text.len(), |end| begin + end + 3);
                continue;
            }
            if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic()) {
                at = begin + 1;
                continue;
            }
            let Some(tag_end) = rest.find('>') else {
                elements.is_open = true;
                break;
            };
            let tag = &rest[1..tag_end];
            let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
            let name_end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
            let (name, attributes) = (&tag[..name_end], attributes(&tag[name_end..]));
            let inside = begin + tag_end + 1;
            if is_empty {
                elements.all.push(Element { name, attributes, raw: "".into() });
                at = inside;
                continue;
            }
            // What only holds others is walked into: `rss`, `channel`, and what a broken file calls it.
            if matches!(name, "rss" | "channel") || name.contains("channel") {
                at = inside;
                continue;
            }
            match content(text, inside, name) {
                Some((raw, end)) => {
                    elements.all.push(Element { name, attributes, raw });
                    at = end;
                }
                None => {
                    elements.is_open = true;
                    // It has no end here: what stands in it may have.
                    at = inside;
                }
            }
        }
        elements
    }

    fn all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s Element<'a>> {
        self.all.iter().filter(move |element| element.name == name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.all.iter().find(|element| element.name == name).map(|element| &*element.raw)
    }
}

/// What stands in an element that begins at `from`, and where it ends.
fn content<'a>(text: &'a str, from: usize, name: &str) -> Option<(std::borrow::Cow<'a, str>, usize)> {
    let end_tag = format!("</{name}");
    let inside = &text[from..];
    let blank = inside.len() - inside.trim_start().len();
    if inside[blank..].starts_with("<![CDATA[") && !HOLD_OTHERS.contains(&name) {
        // To the end tag that follows the end of a CDATA: a text may hold CDATA, and even its own end tag.
        let mut at = 0;
        while let Some(found) = inside[at..].find(&end_tag).map(|found| at + found) {
            if inside[..found].trim_end().ends_with("]]>") {
                let whole = inside[blank..found].trim_end();
                let whole =
                    whole.strip_prefix("<![CDATA[").and_then(|whole| whole.strip_suffix("]]>")).unwrap_or(whole);
                // How `]]>` is written inside one.
                let raw = if whole.contains("]]]]><![CDATA[>") {
                    whole.replace("]]]]><![CDATA[>", "]]>").into()
                } else {
                    whole.into()
                };
                return Some((raw, from + found + end(&inside[found..])?));
            }
            at = found + end_tag.len();
        }
        return None;
    }
    // Outside CDATA, for the elements inside may have any text in theirs.
    let mut at = 0;
    loop {
        let rest = &inside[at..];
        let found = rest.find(&end_tag)?;
        match rest.find("<![CDATA[").filter(|begin| *begin < found) {
            Some(begin) => at += begin + rest[begin..].find("]]>")? + 3,
            None => {
                let raw = &inside[..at + found];
                let raw = if HOLD_OTHERS.contains(&name) { raw.into() } else { unescaped(raw).into() };
                return Some((raw, from + at + found + end(&rest[found..])?));
            }
        }
    }
}

fn end(tag: &str) -> Option<usize> {
    tag.find('>').map(|end| end + 1)
}

fn attributes(text: &str) -> Vec<(&str, String)> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some(equals) = rest.find('=') {
        let name = rest[..equals].trim();
        let value = rest[equals + 1..].trim_start();
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { break };
        let Some(end) = value[1..].find(quote) else { break };
        all.push((name, unescaped(&value[1..=end])));
        rest = &value[end + 2..];
    }
    all
}

/// The items of a file, one after the other.
struct Items<R> {
    text: R,
    buffer: Vec<u8>,
    /// Of what comes next in the buffer.
    line: u64,
    /// What stands before the first item, and between them.
    head: String,
    is_over: bool,
}

enum Found {
    Item(String),
    Broken(String),
}

impl<R: BufRead> Items<R> {
    fn new(text: R) -> Self {
        Self { text, buffer: Vec::new(), line: 1, head: String::new(), is_over: false }
    }

    /// Reads on to the end of the next tag-like sign; whether anything came.
    fn more(&mut self) -> io::Result<bool> {
        let ahead = loop {
            match self.text.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                ahead => break ahead?,
            }
        };
        let count = ahead.len();
        self.buffer.extend_from_slice(ahead);
        self.text.consume(count);
        self.is_over = count == 0;
        Ok(count > 0)
    }

    fn take(&mut self, count: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(count);
        let taken = std::mem::replace(&mut self.buffer, rest);
        self.line += memchr::memchr_iter(b'\n', &taken).count() as u64;
        taken
    }

    /// The next item with the line that it begins at.
    fn next(&mut self) -> io::Result<Option<(u64, Found)>> {
        // To the beginning of an item.
        loop {
            if let Some(at) = find_item(&self.buffer) {
                let before = self.take(at);
                if self.head.len() < 4 << 20 {
                    self.head.push_str(&text_of(&before));
                }
                break;
            }
            if !self.more()? {
                let rest = self.buffer.len();
                let rest = self.take(rest);
                if self.head.len() < 4 << 20 {
                    self.head.push_str(&text_of(&rest));
                }
                return Ok(None);
            }
        }
        let line = self.line;
        let mut from = 0;
        loop {
            match memchr::memmem::find(&self.buffer[from..], b"</item>").map(|at| from + at) {
                Some(end) => {
                    let begin = self.buffer.iter().position(|byte| *byte == b'>').map_or(0, |at| at + 1);
                    let text = text_of(&self.buffer[begin.min(end)..end]);
                    // A text may speak of `</item>`: then something is still open.
                    if !Elements::of(&text).is_open {
                        self.take(end + 7);
                        return Ok(Some((line, Found::Item(text))));
                    }
                    from = end + 7;
                    // It is broken rather, if the next one begins.
                    let rest = self.buffer[from..].trim_ascii_start();
                    if rest.starts_with(b"<item>") || rest.starts_with(b"</channel") {
                        self.take(from);
                        let what = "an element of this item has no end; what could be read of it is not trusted";
                        return Ok(Some((line, Found::Broken(what.into()))));
                    }
                }
                None => {
                    from = self.buffer.len().saturating_sub(7).max(from);
                    if self.buffer.len() > ITEM_MAX_BYTES {
                        self.take(ITEM_MAX_BYTES / 2);
                        let what = format!("an item over {} MB", ITEM_MAX_BYTES >> 20);
                        return Ok(Some((line, Found::Broken(what))));
                    }
                    if !self.more()? {
                        // Past this beginning, so that an item which stands in it is still found.
                        let next = find_item(&self.buffer[5..]).map(|at| at + 5);
                        self.take(next.unwrap_or(self.buffer.len()));
                        return Ok(Some((line, Found::Broken("the item has no end".into()))));
                    }
                }
            }
        }
    }
}

fn find_item(buffer: &[u8]) -> Option<usize> {
    memchr::memmem::find_iter(buffer, b"<item")
        .find(|at| matches!(buffer.get(at + 5), Some(b'>' | b' ' | b'\n' | b'\t' | b'\r')))
}

/// UTF-8; bytes that are none of it are Latin-1. Control characters that XML has none of go.
fn text_of(bytes: &[u8]) -> String {
    let text = decode(bytes, Charset::Utf8).0;
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Vec<Piece> {
        let channel = Arc::new(Channel::read(xml.as_bytes()).expect("memory"));
        let mapping = Arc::new(channel.inspect().mapping);
        pieces(io::Cursor::new(xml.as_bytes().to_vec()), channel, mapping).collect()
    }

    fn item(title: &str, content: &str, more: &str) -> String {
        format!(
            "<item><title>{title}</title><link>https://old.example/{title}/</link><guid isPermaLink=\"false\">https://old.example/?p=7</guid>\
             <content:encoded><![CDATA[{content}]]></content:encoded><wp:post_id>7</wp:post_id><wp:post_date>2012-01-05 15:30:46</wp:post_date>\
             <wp:post_date_gmt>2012-01-05 14:30:46</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{more}</item>\n"
        )
    }

    fn records(xml: &str) -> Vec<Record> {
        read(xml).into_iter().map(|piece| piece.record.unwrap_or_else(|refusal| panic!("{xml}: {refusal:?}"))).collect()
    }

    #[test]
    fn an_item_is_read_whatever_its_text_holds() {
        for content in [
            "plain",
            "a <![CDATA[ nested ]]> :)",
            "a ]]]]><![CDATA[> b",
            "speaks of </item> and </content:encoded> and <item>",
            "<b>bold</b> &amp; &lt;",
        ] {
            let xml = format!(
                "<rss><channel><title>S</title>{}{}</channel></rss>",
                item("one", content, ""),
                item("two", "x", "")
            );
            let found = records(&xml);
            assert_eq!(found.len(), 2, "{content}");
            let expected = content.replace("]]]]><![CDATA[>", "]]>");
            assert_eq!(found[0].body_html.trim(), format!("<p>{expected}</p>"), "{content}");
        }
    }

    #[test]
    fn languages_of_plugins_become_versions() {
        let marked = item("[:fr]Eau[:nl]Water[:]", "[:fr]Bonjour[:nl]Dag[:]!", "");
        let found = records(&format!("<channel><language>fr-BE</language>{marked}</channel>"));
        let seen: Vec<_> =
            found.iter().map(|it| (it.id.as_str(), it.lang.as_str(), it.title.as_str(), it.body_html.trim())).collect();
        assert_eq!(seen, [("post/7/fr", "fr", "Eau", "<p>Bonjour!</p>"), ("post/7/nl", "nl", "Water", "<p>Dag!</p>")]);
        assert!(found.iter().all(|it| it.set == "post/7"));
        let polylang = "<category domain=\"language\" nicename=\"nl\"><![CDATA[Nederlands]]></category>\
                        <category domain=\"post_translations\" nicename=\"pll_5f\"><![CDATA[pll_5f]]></category>\
                        <category domain=\"category\" nicename=\"w\"><![CDATA[Water & more]]></category>";
        let found = records(&format!("<channel>{}</channel>", item("a", "b", polylang)));
        assert_eq!((found[0].lang.as_str(), found[0].set.as_str()), ("nl", "pll_5f"));
        assert_eq!(found[0].topics, ["Water & more"]);
    }

    #[test]
    fn dates_and_states_are_what_they_were() {
        for (from, to, expected) in [
            ("", "", Some(When::parse("2012-01-05T14:30:46Z").expect("a date"))),
            (
                "<wp:post_date_gmt>2012-01-05 14:30:46",
                "<wp:post_date_gmt>0000-00-00 00:00:00",
                Some(When::parse("2012-01-05T15:30:46").expect("a date")),
            ),
            ("2012-01-05", "0000-00-00", None),
        ] {
            let xml = format!("<channel>{}</channel>", item("a", "b", "").replace(from, to));
            let xml = if from.is_empty() { format!("<channel>{}</channel>", item("a", "b", "")) } else { xml };
            let found = read(&xml).remove(0).record;
            assert_eq!(found.ok().map(|record| record.date), expected, "{to}");
        }
        for (status, more, published) in [
            ("publish", "", Some(true)),
            ("draft", "", Some(false)),
            ("trash", "", None),
            ("publish", "<wp:post_password>x</wp:post_password>", Some(false)),
        ] {
            let xml = format!("<channel>{}</channel>", item("a", "b", more).replace("publish", status));
            assert_eq!(records(&xml).first().map(|it| it.published), published, "{status} {more}");
        }
    }

    #[test]
    fn a_broken_item_costs_itself() {
        let broken = item("two", "x", "").replace("</content:encoded>", "");
        let xml = format!("<channel>\n{}{broken}{}</channel>", item("one", "a", ""), item("three", "c", ""));
        let found: Vec<_> =
            read(&xml).into_iter().map(|it| (it.line, it.record.map(|record| record.title).ok())).collect();
        assert_eq!(found, [(2, Some("one".into())), (3, None), (4, Some("three".into()))]);
        let cut = format!("<channel>{}", &item("one", "a", "")[..100]);
        assert!(matches!(&read(&cut)[..], [Piece { record: Err(_), .. }]));
        let cut = format!("<channel>{}{}", item("one", "a", ""), "<item><title>x");
        assert_eq!(read(&cut).len(), 2);
    }
}
