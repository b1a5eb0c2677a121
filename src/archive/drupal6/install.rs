//! What the small tables of a Drupal say, as text.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::bail;

use super::gather::{self, AllGathered, Gathered, Kept, number};
use super::lookup::Lookup;
use crate::archive::encoding::{Charset, decode};
use crate::archive::php;

/// A Drupal, its tables of nodes aside.
#[derive(Debug)]
pub struct Install {
    /// What its tables begin with.
    pub prefix: String,
    /// Tables of nodes by tag, less the first of its own.
    pub tables: BTreeMap<u32, Columns>,
    /// Its first tag.
    pub first_tag: u32,
    /// Terms by number.
    pub terms: HashMap<u64, Term>,
    /// Vocabularies by number.
    pub vocabularies: BTreeMap<u64, String>,
    /// Users by number.
    pub users: HashMap<u64, String>,
    /// Files by number: where, name, type.
    files: Lookup,
    file_charsets: Vec<Charset>,
    /// Formats of input by number.
    pub formats: HashMap<u64, Format>,
    /// Languages with the first part of their addresses.
    pub languages: BTreeMap<String, String>,
    /// The language of the site.
    pub default_language: String,
    /// Where its files stood: `sites/default/files`.
    pub files_folder: String,
    /// Its name.
    pub site_name: Option<String>,
    /// Fields by name: type, and whether its dates are UTC.
    pub fields: BTreeMap<String, (String, bool)>,
    /// Fields of each type, with label and widget.
    pub instances: BTreeMap<String, Vec<(String, String, String)>>,
    /// Names of types.
    pub types: BTreeMap<String, String>,
    /// Nodes by type, language and year.
    pub counts: BTreeMap<(String, String, i32), u64>,
    /// The numbers of all nodes.
    pub nids: HashSet<u32>,
    /// Addresses that are no node's: what they meant, the address, its language.
    pub other_aliases: Vec<(String, String, String)>,
    /// Tables that are not there.
    pub missing: Vec<&'static str>,
    /// How many rows the tables have, for whoever compares.
    pub rows: BTreeMap<String, u64>,
    /// Columns that are not UTF-8, or hold something else: for the inspection.
    pub encodings: Vec<String>,
}

/// What is kept of a table.
#[derive(Debug, Clone)]
pub struct Columns {
    /// Its name, without prefix.
    pub name: String,
    /// Their names and character sets.
    pub columns: Vec<(String, Charset)>,
}

/// A term of a vocabulary.
#[derive(Debug, Clone, Default)]
pub struct Term {
    /// Its vocabulary.
    pub vocabulary: u64,
    /// What it is called.
    pub name: String,
    /// In which language, if that matters.
    pub language: String,
    /// Terms of one number are one term in several languages.
    pub translations: u64,
    /// Its place among its like.
    pub weight: i64,
    /// What stands above it.
    pub parents: Vec<u64>,
    /// What it is also called.
    pub synonyms: Vec<String>,
}

/// A format of input.
#[derive(Debug, Clone, Default)]
pub struct Format {
    /// What it is called.
    pub name: String,
    /// Whether it runs PHP.
    pub is_php: bool,
    /// Whether line ends break lines and empty lines part paragraphs.
    pub breaks_lines: bool,
}

impl Install {
    /// The Drupal of that prefix, or the only one.
    ///
    /// # Errors
    /// There is none, or several and no prefix says which.
    pub fn choose(mut all: AllGathered, prefix: Option<&str>) -> anyhow::Result<Self> {
        // A site is where there are nodes and their texts.
        let is_site = |drupal: &Gathered| drupal.tables.contains_key(&(drupal.first_tag + gather::NODE));
        let found: Vec<String> =
            all.drupals.iter().filter(|(_, drupal)| is_site(drupal)).map(|(prefix, _)| prefix.clone()).collect();
        let chosen = match (prefix, found.as_slice()) {
            (Some(prefix), _) if found.iter().any(|there| there == prefix) => prefix.to_owned(),
            (Some(prefix), _) => bail!("no table `{prefix}node` with rows is in the dump; there is: {}", named(&found)),
            (None, [only]) => only.clone(),
            (None, []) => {
                let declared = all.declared.len();
                bail!(
                    "no Drupal 6 is in the dump: of {declared} tables none is `node` with the columns of one and has rows"
                )
            }
            (None, _) => bail!("several Drupals are in the dump; name one by its prefix: {}", named(&found)),
        };
        let drupal = all.drupals.remove(&chosen).unwrap_or_default();
        Ok(Self::of(chosen, drupal))
    }

    fn of(prefix: String, mut drupal: Gathered) -> Self {
        let mut encodings = Vec::new();
        for kept in drupal.tables.values().chain(drupal.small.values()) {
            for (column, tally) in kept.columns.iter().zip(&kept.tallies) {
                if tally.charset() != Charset::Utf8 || tally.odd() > 0 {
                    let odd = if tally.odd() > 0 { format!(", {} values are not", tally.odd()) } else { String::new() };
                    encodings.push(format!("`{}`.`{column}` is {}{odd}", kept.name, tally.charset().name()));
                }
            }
        }
        encodings.sort();
        let first_tag = drupal.first_tag;
        let without_prefix = |name: &str| name.strip_prefix(&prefix).unwrap_or(name).to_owned();
        let tables: BTreeMap<u32, Columns> = drupal
            .tables
            .iter()
            .map(|(tag, kept)| {
                let columns = kept.columns.iter().cloned().zip(charsets(kept)).collect();
                (tag - first_tag, Columns { name: without_prefix(&kept.name), columns })
            })
            .collect();
        let rows = drupal
            .tables
            .values()
            .chain(drupal.small.values())
            .map(|kept| (without_prefix(&kept.name), kept.rows))
            .collect();
        let missing = [("node_revisions", gather::REVISIONS)]
            .into_iter()
            .filter(|(_, tag)| !tables.contains_key(tag))
            .map(|(name, _)| name)
            .chain(
                ["files", "term_data", "vocabulary", "users", "filters"]
                    .into_iter()
                    .filter(|name| !drupal.small.contains_key(name)),
            )
            .collect();
        let table = |drupal: &Gathered, name: &str| -> Vec<Vec<String>> { texts(drupal, name) };
        let mut terms: HashMap<u64, Term> = HashMap::new();
        for row in table(&drupal, "term_data") {
            let [tid, vid, name, language, trid, weight] = first(row);
            let term = Term {
                vocabulary: parse(&vid),
                name: name.trim().to_owned(),
                language,
                translations: parse(&trid),
                weight: weight.parse().unwrap_or_default(),
                ..Term::default()
            };
            terms.insert(parse(&tid), term);
        }
        for row in table(&drupal, "term_hierarchy") {
            let [tid, parent] = first(row);
            if let Some(term) = terms.get_mut(&parse(&tid)).filter(|_| parse(&parent) > 0) {
                term.parents.push(parse(&parent));
            }
        }
        for row in table(&drupal, "term_synonym") {
            let [tid, name] = first(row);
            if let Some(term) = terms.get_mut(&parse(&tid)) {
                term.synonyms.push(name);
            }
        }
        let mut formats: HashMap<u64, Format> = HashMap::new();
        for row in table(&drupal, "filter_formats") {
            let [format, name] = first(row);
            formats.insert(parse(&format), Format { name, ..Format::default() });
        }
        for row in table(&drupal, "filters") {
            let [format, module, delta] = first(row);
            let format = formats.entry(parse(&format)).or_default();
            format.is_php |= module == "php";
            // filter_filter: 0 HTML, 1 line breaks, 2 addresses, 3 correction.
            format.breaks_lines |= module == "filter" && delta == "1";
        }
        let variables: HashMap<String, String> = table(&drupal, "variable")
            .into_iter()
            .map(|row| {
                let [name, value] = first(row);
                (name, value)
            })
            .collect();
        let setting = |name: &str| variables.get(name).and_then(|value| php::read(value));
        let default_language = setting("language_default")
            .and_then(|value| value.get("language").and_then(|code| code.text().map(str::to_owned)))
            .unwrap_or_else(|| "en".to_owned());
        let text_of = |name: &str| setting(name).and_then(|value| value.text().map(str::to_owned));
        let languages = table(&drupal, "languages")
            .into_iter()
            .map(|row| {
                let [code, prefix] = first(row);
                (code, prefix)
            })
            .collect();
        let fields = table(&drupal, "content_node_field")
            .into_iter()
            .map(|row| {
                let [name, kind, settings] = first(row);
                let settings = php::read(&settings);
                let handling = settings.as_ref().and_then(|it| it.get("tz_handling")).and_then(php::Php::text);
                let is_utc = matches!(handling, Some("site" | "user" | "date" | "utc"));
                (name, (kind, is_utc))
            })
            .collect();
        let mut instances: BTreeMap<String, Vec<(String, String, String)>> = BTreeMap::new();
        for row in table(&drupal, "content_node_field_instance") {
            let [name, kind, label, widget] = first(row);
            instances.entry(kind).or_default().push((name, label, widget));
        }
        let counts = drupal
            .counts
            .iter()
            .map(|((kind, language, year), count)| {
                let text = |bytes: &[u8]| decode(bytes, Charset::Utf8).0.into_owned();
                ((text(kind), text(language), *year), *count)
            })
            .collect();
        let alias_charsets = drupal.tables.get(&(first_tag + gather::ALIASES)).map(charsets).unwrap_or_default();
        let other_aliases = drupal
            .other_aliases
            .all()
            .map(|(_, row)| {
                let [src, dst, language] = first(decoded(row, &alias_charsets));
                (src, dst, language)
            })
            .collect();
        Self {
            vocabularies: table(&drupal, "vocabulary")
                .into_iter()
                .map(|row| {
                    let [vid, name] = first(row);
                    (parse(&vid), name)
                })
                .collect(),
            users: table(&drupal, "users")
                .into_iter()
                .map(|row| {
                    let [uid, name] = first(row);
                    (parse(&uid), name)
                })
                .collect(),
            types: table(&drupal, "node_type")
                .into_iter()
                .map(|row| {
                    let [kind, name] = first(row);
                    (kind, name)
                })
                .collect(),
            files_folder: text_of("file_directory_path").unwrap_or_else(|| "sites/default/files".to_owned()),
            site_name: text_of("site_name"),
            file_charsets: drupal.small.get("files").map(charsets).unwrap_or_default(),
            files: drupal.lookups.remove("files").unwrap_or_default(),
            nids: std::mem::take(&mut drupal.nids),
            prefix,
            tables,
            first_tag,
            terms,
            formats,
            languages,
            default_language,
            fields,
            instances,
            counts,
            other_aliases,
            missing,
            rows,
            encodings,
        }
    }

    /// The file of that number: its path and its name.
    pub fn file(&self, fid: u64) -> Option<(String, String)> {
        let row = self.files.of(fid).next()?;
        let [_, path, name] = first(decoded(row, &self.file_charsets));
        Some((path, name))
    }

    /// All files: their paths.
    pub fn files(&self) -> impl Iterator<Item = String> {
        self.files.all().map(|(_, row)| {
            let [_, path] = first(decoded(row, &self.file_charsets));
            path
        })
    }

    /// How many files there are.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// What addresses in that language begin with: `/fr`, or nothing.
    pub fn address_prefix(&self, language: &str) -> String {
        match self.languages.get(language) {
            Some(prefix) if prefix.is_empty() => String::new(),
            Some(prefix) => format!("/{prefix}"),
            None if language.is_empty() => String::new(),
            None => format!("/{language}"),
        }
    }
}

fn named(prefixes: &[String]) -> String {
    if prefixes.is_empty() {
        return "none".to_owned();
    }
    prefixes.iter().map(|prefix| format!("{prefix:?}")).collect::<Vec<_>>().join(", ")
}

fn charsets(kept: &Kept) -> Vec<Charset> {
    kept.tallies.iter().map(gather_charset).collect()
}

fn gather_charset(tally: &crate::archive::encoding::Tally) -> Charset {
    tally.charset()
}

fn texts(drupal: &Gathered, name: &str) -> Vec<Vec<String>> {
    let (Some(lookup), Some(kept)) = (drupal.lookups.get(name), drupal.small.get(name)) else { return Vec::new() };
    let charsets = charsets(kept);
    lookup.all().map(|(_, row)| decoded(row, &charsets)).collect()
}

/// The values of a row as text, NULL as nothing.
pub fn decoded<'a>(row: impl Iterator<Item = Option<&'a [u8]>>, charsets: &[Charset]) -> Vec<String> {
    row.enumerate()
        .map(|(at, value)| {
            let charset = charsets.get(at).copied().unwrap_or_default();
            value.map(|bytes| decode(bytes, charset).0.into_owned()).unwrap_or_default()
        })
        .collect()
}

/// The first columns of a row, empty where it has none.
pub fn first<const N: usize>(row: Vec<String>) -> [String; N] {
    let mut row = row.into_iter();
    std::array::from_fn(|_| row.next().unwrap_or_default())
}

/// A number, 0 for what is none.
pub fn parse(text: &str) -> u64 {
    number(text.trim().as_bytes()).unwrap_or_default()
}
