//! Reads the dump once and puts every row where it is found again.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Read};
use std::path::Path;

use super::Fault;
use super::lookup::Lookup;
use crate::archive::encoding::Tally;
use crate::archive::mysqldump::{self, Row, Sink, Table};
use crate::archive::spool::{Sorted, Spool, write_values};

/// The tables whose rows belong to nodes, in the order in which a node wants them; [`CONTENT`] and what follows are CCK's.
pub const NODE: u32 = 0;
/// Its texts.
pub const REVISIONS: u32 = 1;
/// Its addresses.
pub const ALIASES: u32 = 2;
/// Its terms.
pub const TERMS: u32 = 3;
/// Its files.
pub const UPLOADS: u32 = 4;
/// Its fields.
pub const CONTENT: u32 = 16;
/// How many tags each Drupal has.
pub const TAGS: u32 = 4_096;

/// The most faults that are listed one by one; the rest is counted.
const FAULTS_MAX: usize = 1_000;

/// The tables that are read: their name without prefix, the columns in the order in which they are kept (the first is the
/// key, and all up to the bar must be there), and where they go.
const TABLES: &[(&str, &[&str], usize, Place)] = &[
    (
        "node",
        &[
            "nid", "vid", "type", "title", "language", "uid", "status", "created", "changed", "tnid", "promote",
            "sticky",
        ],
        4,
        Place::Spool(NODE),
    ),
    (
        "node_revisions",
        &["nid", "vid", "title", "body", "teaser", "format", "uid", "timestamp"],
        4,
        Place::Spool(REVISIONS),
    ),
    ("url_alias", &["src", "dst", "language", "pid"], 2, Place::Aliases),
    ("term_node", &["nid", "vid", "tid"], 3, Place::Spool(TERMS)),
    ("upload", &["nid", "vid", "fid", "description", "list", "weight"], 3, Place::Spool(UPLOADS)),
    ("term_data", &["tid", "vid", "name", "language", "trid", "weight"], 3, Place::Lookup),
    ("term_hierarchy", &["tid", "parent"], 2, Place::Lookup),
    ("term_synonym", &["tid", "name"], 2, Place::Lookup),
    ("vocabulary", &["vid", "name"], 2, Place::Lookup),
    ("users", &["uid", "name", "mail"], 3, Place::Lookup),
    ("files", &["fid", "filepath", "filename", "filemime", "filesize"], 2, Place::Lookup),
    ("filters", &["format", "module", "delta"], 3, Place::Lookup),
    ("filter_formats", &["format", "name"], 2, Place::Lookup),
    ("languages", &["language", "prefix", "name"], 1, Place::Lookup),
    ("variable", &["name", "value"], 2, Place::Variables),
    ("content_node_field", &["field_name", "type", "global_settings"], 2, Place::Lookup),
    ("content_node_field_instance", &["field_name", "type_name", "label", "widget_type"], 2, Place::Lookup),
    ("node_type", &["type", "name"], 2, Place::Lookup),
];

/// Settings that matter here.
const VARIABLES: &[&str] =
    &["language_default", "file_directory_path", "site_name", "date_default_timezone_name", "language_negotiation"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Spool(u32),
    Lookup,
    Aliases,
    Variables,
    Content,
}

/// One table of one Drupal.
#[derive(Debug, Default)]
pub struct Kept {
    /// Its name in the dump.
    pub name: String,
    /// What is kept of it.
    pub columns: Vec<String>,
    /// Beside each column what it looks like.
    pub tallies: Vec<Tally>,
    /// Rows that were read.
    pub rows: u64,
}

/// One Drupal of the database: its tables begin with one prefix.
#[derive(Debug, Default)]
pub struct Gathered {
    /// By name without prefix.
    pub lookups: HashMap<&'static str, Lookup>,
    /// Tables by tag; those of `lookups` by name.
    pub tables: BTreeMap<u32, Kept>,
    /// The same of small tables.
    pub small: HashMap<&'static str, Kept>,
    /// Addresses that are no node's: of terms, users, views.
    pub other_aliases: Lookup,
    /// Nodes: type, language, year; as bytes where text.
    pub counts: HashMap<(Vec<u8>, Vec<u8>, i32), u64>,
    /// The numbers of all nodes.
    pub nids: HashSet<u32>,
    /// The first tag of its own.
    pub first_tag: u32,
    next_content: u32,
}

/// All that was found in a dump.
#[derive(Debug, Default)]
pub struct AllGathered {
    /// By prefix.
    pub drupals: BTreeMap<String, Gathered>,
    /// What could not be read.
    pub faults: Vec<Fault>,
    /// Tables that the dump declares.
    pub declared: Vec<String>,
}

struct Gatherer {
    all: AllGathered,
    spool: Spool,
    columns: HashMap<String, Vec<String>>,
    /// The statement at hand.
    now: Option<Statement>,
    /// Faults beyond those listed.
    unlisted: u64,
}

struct Statement {
    table: String,
    prefix: String,
    base: &'static str,
    place: Place,
    tag: u32,
    /// Where in a row each kept column stands.
    places: Vec<Option<usize>>,
    /// How many values a row has.
    values: usize,
}

/// Reads all of it.
pub fn gather(input: impl Read, scratch: &Path) -> io::Result<(AllGathered, Sorted)> {
    let mut gatherer = Gatherer {
        all: AllGathered::default(),
        spool: Spool::new(scratch),
        columns: HashMap::new(),
        now: None,
        unlisted: 0,
    };
    let end = mysqldump::scan(input, &mut gatherer)?;
    let Gatherer { mut all, spool, unlisted, .. } = gatherer;
    if unlisted > 0 {
        all.faults.push(Fault {
            line: end.line,
            what: format!("and {unlisted} more rows or statements that cannot be read"),
        });
    }
    for drupal in all.drupals.values_mut() {
        drupal.lookups.values_mut().for_each(Lookup::close);
        drupal.other_aliases.close();
    }
    Ok((all, spool.finish()?))
}

impl Gatherer {
    fn tell(&mut self, line: u64, what: String) {
        if self.all.faults.len() < FAULTS_MAX {
            self.all.faults.push(Fault { line, what });
        } else {
            self.unlisted += 1;
        }
    }

    /// Which of ours a table is: its prefix, and the rest of its name.
    fn known(name: &str, columns: &[String]) -> Option<(String, &'static str, Place)> {
        for part in ["content_type_", "content_field_"] {
            if let Some(at) = name.find(part)
                && columns.iter().any(|column| column == "vid")
                && columns.iter().any(|column| column == "nid")
            {
                return Some((name[..at].to_owned(), "content", Place::Content));
            }
        }
        // The longest name that fits: `term_node` is no `node` of a site with the prefix `term_`.
        TABLES
            .iter()
            .filter(|(base, wanted, needed, _)| {
                name.ends_with(base)
                    && wanted[..*needed].iter().all(|column| columns.iter().any(|there| there == column))
            })
            .max_by_key(|(base, ..)| base.len())
            .map(|(base, _, _, place)| (name[..name.len() - base.len()].to_owned(), *base, *place))
    }
}

impl Sink for Gatherer {
    fn table(&mut self, table: &Table) {
        self.all.declared.push(table.name.clone());
        self.columns.insert(table.name.clone(), table.columns.clone());
    }

    fn rows_of(&mut self, table: &str, columns: Option<&[String]>, line: u64) -> bool {
        let columns: Vec<String> = match (columns, self.columns.get(table)) {
            (Some(columns), _) => columns.to_vec(),
            (None, Some(columns)) => columns.clone(),
            (None, None) => {
                // Only of tables that would be ours.
                if TABLES.iter().any(|(base, ..)| table == *base) || table.starts_with("content_") {
                    self.tell(line, format!("rows of `{table}`, whose columns the dump does not say"));
                }
                return false;
            }
        };
        let Some((prefix, base, place)) = Self::known(table, &columns) else {
            self.now = None;
            // A table of ours that lacks what it must have is worth a word.
            if let Some((base, wanted, needed, _)) = TABLES.iter().find(|(base, ..)| table == *base)
                && let Some(lacks) =
                    wanted[..*needed].iter().find(|column| !columns.iter().any(|there| there == *column))
            {
                self.tell(line, format!("`{base}` has no column `{lacks}`; its rows are left alone"));
            }
            return false;
        };
        if let Some(now) = &self.now
            && now.table == table
            && now.values == columns.len()
        {
            return true;
        }
        let count = u32::try_from(self.all.drupals.len()).unwrap_or(u32::MAX);
        let drupal = self.all.drupals.entry(prefix.clone()).or_insert_with(|| Gathered {
            first_tag: count * TAGS,
            next_content: CONTENT,
            ..Gathered::default()
        });
        let kept: Vec<String> = match place {
            Place::Content => columns.clone(),
            _ => TABLES
                .iter()
                .find(|(name, ..)| *name == base)
                .map(|(_, wanted, ..)| wanted.iter().map(|name| (*name).to_owned()).collect())
                .unwrap_or_default(),
        };
        let find = |name: &str| columns.iter().position(|there| there == name);
        let mut places: Vec<Option<usize>> = kept.iter().map(|name| find(name)).collect();
        let tag = match place {
            Place::Spool(tag) => drupal.first_tag + tag,
            Place::Aliases => drupal.first_tag + ALIASES,
            Place::Content => {
                places.insert(0, find("nid"));
                let there = drupal.tables.iter().find(|(_, there)| there.name == table).map(|(tag, _)| *tag);
                there.unwrap_or_else(|| {
                    let tag = drupal.first_tag + drupal.next_content.min(TAGS - 1);
                    drupal.next_content += 1;
                    tag
                })
            }
            Place::Lookup | Place::Variables => 0,
        };
        let new = || Kept {
            name: table.to_owned(),
            tallies: vec![Tally::default(); kept.len()],
            columns: kept.clone(),
            rows: 0,
        };
        match place {
            Place::Lookup | Place::Variables => {
                drupal.small.entry(base).or_insert_with(new);
                drupal.lookups.entry(base).or_default();
            }
            _ => {
                drupal.tables.entry(tag).or_insert_with(new);
            }
        }
        self.now = Some(Statement { table: table.to_owned(), prefix, base, place, tag, places, values: columns.len() });
        true
    }

    fn row(&mut self, row: &Row, line: u64) -> io::Result<()> {
        let Some(now) = &self.now else { return Ok(()) };
        if row.len() != now.values {
            let what = format!("a row of `{}` with {} values instead of {}", now.table, row.len(), now.values);
            self.tell(line, what);
            return Ok(());
        }
        let Some(drupal) = self.all.drupals.get_mut(&now.prefix) else { return Ok(()) };
        let is_content = now.place == Place::Content;
        let value = |place: &Option<usize>| place.and_then(|at| row.get(at));
        // Of a content table the key stands before its columns.
        let (key, places) = if is_content { now.places.split_at(1) } else { now.places.split_at(0) };
        let key = key.first().or(places.first()).and_then(value).unwrap_or_default();
        let kept = match now.place {
            Place::Lookup | Place::Variables => drupal.small.get_mut(now.base),
            _ => drupal.tables.get_mut(&now.tag),
        };
        let Some(kept) = kept else { return Ok(()) };
        if now.place == Place::Variables && !VARIABLES.iter().any(|name| name.as_bytes() == key) {
            return Ok(());
        }
        kept.rows += 1;
        for (tally, place) in kept.tallies.iter_mut().zip(places) {
            if let Some(bytes) = value(place) {
                tally.count(bytes);
            }
        }
        match now.place {
            Place::Spool(_) | Place::Content => {
                let Some(nid) = number(key) else {
                    let what = format!("a row of `{}` without the number of its node", now.table);
                    self.tell(line, what);
                    return Ok(());
                };
                if now.place == Place::Spool(NODE) {
                    let text = |at: usize| value(&now.places[at]).unwrap_or_default().to_vec();
                    let created = number(value(&now.places[7]).unwrap_or_default()).unwrap_or_default();
                    let year = chrono::DateTime::from_timestamp(i64::try_from(created).unwrap_or_default(), 0)
                        .map_or(1970, |at| chrono::Datelike::year(&at));
                    *drupal.counts.entry((text(2), text(4), year)).or_default() += 1;
                    drupal.nids.insert(u32::try_from(nid).unwrap_or(u32::MAX));
                }
                self.spool.put(nid, now.tag, |out| {
                    out.extend(line.to_le_bytes());
                    write_values(places.iter().map(value), out);
                })
            }
            Place::Aliases => {
                let nid = key.strip_prefix(b"node/").and_then(number);
                match nid {
                    Some(nid) => self.spool.put(nid, now.tag, |out| {
                        out.extend(line.to_le_bytes());
                        write_values(places.iter().map(value), out);
                    }),
                    None => {
                        drupal.other_aliases.add(0, places.iter().map(value));
                        Ok(())
                    }
                }
            }
            Place::Lookup | Place::Variables => {
                let lookup = drupal.lookups.entry(now.base).or_default();
                if !lookup.add(number(key).unwrap_or_default(), places.iter().map(value)) {
                    let what = format!("`{}` is too large: a row is left out", now.table);
                    self.tell(line, what);
                }
                Ok(())
            }
        }
    }

    fn fault(&mut self, line: u64, what: String) {
        self.tell(line, what);
    }
}

/// A number without sign.
pub fn number(bytes: &[u8]) -> Option<u64> {
    if bytes.is_empty() || bytes.len() > 18 {
        return None;
    }
    bytes.iter().try_fold(0_u64, |number, byte| byte.is_ascii_digit().then(|| number * 10 + u64::from(byte - b'0')))
}
