//! Makes a record of all rows of a node.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::Dump;
use super::fields::Fields;
use super::gather::{ALIASES, CONTENT, NODE, REVISIONS, TAGS, TERMS, UPLOADS};
use super::install::{Columns, Install, Term, first, parse};
use crate::archive::encoding::decode;
use crate::archive::mapping::{Mapping, Type};
use crate::archive::record::{OldFile, Piece, Record, Refusal, When, shortened};
use crate::archive::spool::{Entry, Merge, read_values};
use crate::archive::{paragraphs, php};

/// Where a teaser ends. The page of a node shows all of it.
const BREAK: &str = "<!--break-->";

/// All rows of one node, as text.
#[derive(Debug, Default)]
pub struct Node {
    /// Its line in the dump; 0 if it has no row of its own.
    pub line: u64,
    /// Its number.
    pub nid: u64,
    vid: u64,
    /// Its type.
    pub kind: String,
    /// As the site has it; empty: none.
    pub language: String,
    title: String,
    uid: u64,
    published: bool,
    created: String,
    tnid: u64,
    text: Option<Text>,
    aliases: Vec<(String, String)>,
    terms: Vec<u64>,
    uploads: Vec<(i64, OldUpload)>,
    /// Its fields.
    pub fields: Fields,
    /// How many values are not of the character set of their column.
    odd: usize,
}

#[derive(Debug, Default)]
struct Text {
    title: String,
    body: String,
    teaser: String,
    format: u64,
}

#[derive(Debug)]
struct OldUpload {
    fid: u64,
    description: String,
}

/// Reads nodes from the spool, one after the other.
pub struct Nodes<'a> {
    install: &'a Install,
    merge: Merge,
    entry: Entry,
    is_there: bool,
}

impl<'a> Nodes<'a> {
    /// All nodes of that Drupal, in the order of their numbers.
    pub fn read(install: &'a Install, sorted: &crate::archive::spool::Sorted) -> std::io::Result<Self> {
        let mut nodes = Self { install, merge: sorted.read()?, entry: Entry::default(), is_there: false };
        nodes.is_there = nodes.merge.next_into(&mut nodes.entry)?;
        Ok(nodes)
    }

    /// The next node. Of its revisions only the current one is kept.
    pub fn next(&mut self) -> std::io::Result<Option<Node>> {
        loop {
            if !self.is_there {
                return Ok(None);
            }
            let nid = self.entry.key;
            let mut node = Node { nid, ..Node::default() };
            let mut any = false;
            while self.is_there && self.entry.key == nid {
                let tag = self.entry.tag.checked_sub(self.install.first_tag).filter(|tag| *tag < TAGS);
                if let Some(tag) = tag
                    && let Some(table) = self.install.tables.get(&tag)
                {
                    any = true;
                    node.take(tag, table, &self.entry.bytes);
                }
                self.is_there = self.merge.next_into(&mut self.entry)?;
            }
            if any {
                node.fields.order();
                node.uploads.sort_by_key(|(weight, _)| *weight);
                return Ok(Some(node));
            }
        }
    }
}

impl Node {
    fn take(&mut self, tag: u32, table: &Columns, bytes: &[u8]) {
        let Some((line, rest)) = bytes.split_first_chunk::<8>() else { return };
        let mut odd = self.odd;
        let mut all = || -> Vec<String> {
            read_values(rest)
                .zip(&table.columns)
                .map(|(value, (_, charset))| {
                    let (text, is_odd) = value.map_or_else(Default::default, |value| decode(value, *charset));
                    odd += usize::from(is_odd);
                    text.into_owned()
                })
                .collect()
        };
        match tag {
            NODE if self.line == 0 => {
                let [_, vid, kind, title, language, uid, status, created, _, tnid] = first(all());
                self.line = u64::from_le_bytes(*line);
                (self.vid, self.kind, self.title, self.language) = (parse(&vid), kind, title, language);
                (self.uid, self.published, self.created, self.tnid) =
                    (parse(&uid), status == "1", created, parse(&tnid));
            }
            REVISIONS if self.is_current(rest, table) => {
                let [_, _, title, body, teaser, format] = first(all());
                self.text = Some(Text { title, body, teaser, format: parse(&format) });
            }
            ALIASES => {
                let [_, dst, language] = first(all());
                self.aliases.push((dst, language));
            }
            TERMS if self.is_current(rest, table) => {
                let [_, _, tid] = first(all());
                self.terms.push(parse(&tid));
            }
            UPLOADS if self.is_current(rest, table) => {
                let [_, _, fid, description, list, weight] = first(all());
                // What is not listed is for the text alone.
                if list != "0" {
                    let weight = weight.parse().unwrap_or_default();
                    self.uploads.push((weight, OldUpload { fid: parse(&fid), description }));
                }
            }
            tag if tag >= CONTENT && self.is_current(rest, table) => {
                self.fields.take(table, read_values(rest), &mut odd);
            }
            _ => {}
        }
        self.odd = odd;
    }

    /// Whether a row is of the revision that the node shows.
    fn is_current(&self, row: &[u8], table: &Columns) -> bool {
        let at = table.columns.iter().position(|(name, _)| name == "vid");
        let vid = at.and_then(|at| read_values(row).nth(at)).flatten().and_then(super::gather::number);
        vid == Some(self.vid)
    }
}

/// See [`Dump::pieces`].
pub fn pieces(dump: &Arc<Dump>, mapping: &Arc<Mapping>) -> Box<dyn Iterator<Item = Piece> + Send> {
    let faults: Vec<Piece> = dump
        .faults
        .iter()
        .map(|fault| Piece { line: fault.line, record: Err(Refusal { id: None, reason: fault.what.clone() }) })
        .collect();
    Box::new(faults.into_iter().chain(Pieces { dump: Arc::clone(dump), mapping: Arc::clone(mapping), state: None }))
}

struct Pieces {
    dump: Arc<Dump>,
    mapping: Arc<Mapping>,
    state: Option<State>,
}

struct State {
    merge: Option<(Merge, Entry, bool)>,
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let install = &self.dump.install;
        if self.state.is_none() {
            let merge = match Nodes::read(install, &self.dump.sorted) {
                Ok(nodes) => Some((nodes.merge, nodes.entry, nodes.is_there)),
                Err(error) => {
                    self.state = Some(State { merge: None });
                    return Some(unreadable(&error));
                }
            };
            self.state = Some(State { merge });
        }
        let state = self.state.as_mut()?;
        let (merge, entry, is_there) = state.merge.take()?;
        let mut nodes = Nodes { install, merge, entry, is_there };
        loop {
            match nodes.next() {
                Ok(Some(node)) => {
                    if let Some(piece) = piece(install, &self.mapping, node) {
                        state.merge = Some((nodes.merge, nodes.entry, nodes.is_there));
                        return Some(piece);
                    }
                }
                Ok(None) => return None,
                Err(error) => return Some(unreadable(&error)),
            }
        }
    }
}

fn unreadable(error: &std::io::Error) -> Piece {
    Piece { line: 0, record: Err(Refusal { id: None, reason: format!("the scratch folder cannot be read: {error}") }) }
}

/// The record of a node; none for one that is left alone, or that is not there although something names it.
fn piece(install: &Install, mapping: &Mapping, node: Node) -> Option<Piece> {
    if node.line == 0 {
        // Addresses, terms and counts of nodes that were deleted are everywhere; a text without its node is a loss.
        return None;
    }
    let fields = mapping.types.get(&node.kind)?;
    let line = node.line;
    let id = format!("node/{}", node.nid);
    let record = record(install, mapping, fields, node, id.clone());
    Some(Piece { line, record: record.map_err(|reason| Refusal { id: Some(id), reason }) })
}

fn record(install: &Install, mapping: &Mapping, fields: &Type, node: Node, id: String) -> Result<Record, String> {
    let mut notes = Vec::new();
    let text = node.text.as_ref().ok_or("its current revision is not in node_revisions")?;
    let format = install.formats.get(&text.format);
    if format.is_some_and(|format| format.is_php) && text.body.contains("<?") {
        return Err(format!("its text is PHP code (format {}); left alone", text.format));
    }
    if node.odd > 0 {
        notes.push(format!("{} of its texts are not in the character set of their column", node.odd));
    }
    let own = if node.language.is_empty() {
        mapping.neutral_language.clone().unwrap_or_else(|| install.default_language.clone())
    } else {
        node.language.clone()
    };
    let terms = terms_of(install, &node, &mut notes);
    let in_any = |vocabularies: &[String], term: &Term| {
        install.vocabularies.get(&term.vocabulary).is_some_and(|name| vocabularies.iter().any(|one| one == name))
    };
    let author = install.users.get(&node.uid).filter(|name| !name.trim().is_empty());
    if author.is_none() && node.uid > 0 {
        notes.push(format!("its author (user {}) is gone", node.uid));
    }
    let mut issuers: Vec<String> = terms
        .iter()
        .filter(|term| in_any(&mapping.institutions.vocabularies, term))
        .map(|term| mapping.institution(&term.name))
        .collect();
    if let Some(institution) = &fields.institution {
        issuers.retain(|name| name != institution);
        issuers.insert(0, institution.clone());
    }
    if issuers.is_empty()
        && let Some(author) = author
        && mapping.institutions.authors.iter().any(|one| one == author || one == "*")
    {
        issuers.push(mapping.institution(author));
    }
    issuers.extend(mapping.institutions.default.clone().filter(|_| issuers.is_empty()));
    if issuers.is_empty() {
        return Err("no institution issues it: no term, author or default of the mapping names one".into());
    }
    let institution = issuers.remove(0);
    issuers.retain(|name| *name != institution);
    let mut topics = Vec::new();
    for term in terms.iter().filter(|term| in_any(&mapping.topics.vocabularies, term)) {
        let mut at = Some(*term);
        // A circle of parents is somebody's mistake; eight levels are more than anybody drew.
        for _ in 0..8 {
            let Some(term) = at else { break };
            if let Some(name) = mapping.topic(&term.name).filter(|name| !topics.contains(name)) {
                topics.push(name);
            }
            at = term.parents.first().and_then(|tid| install.terms.get(tid)).filter(|_| mapping.topics.with_parents);
        }
    }
    if node.tnid > 0 && !u32::try_from(node.tnid).is_ok_and(|tnid| install.nids.contains(&tnid)) {
        notes.push(format!(
            "its translation source node/{} is gone; its other languages are joined all the same",
            node.tnid
        ));
    }
    let date = date(install, fields, &node, &mut notes)?;
    let lead = match fields.lead.as_deref() {
        // A teaser of its own, which the text does not repeat.
        Some("teaser") => Some(text.teaser.as_str()).filter(|teaser| !text.body.contains(teaser.trim())),
        Some(field) => node.fields.text(field),
        None => None,
    };
    let mut body = text.body.replace(BREAK, "\n\n");
    if format.map_or(!body.contains("<p"), |format| format.breaks_lines) {
        body = paragraphs::of_lines(&body);
    }
    for field in fields.append.iter().chain(&fields.contact) {
        for value in node.fields.texts(field) {
            body.push_str("\n\n");
            body.push_str(&paragraphs::of_lines(value));
        }
    }
    let files = files(install, fields, &node, &mut notes);
    let addresses = addresses(install, &node);
    let base = mapping.base_url.as_deref().unwrap_or_default().trim_end_matches('/');
    let (url, rest) = addresses.split_first().ok_or("it has no address")?;
    let title = if text.title.trim().is_empty() { &node.title } else { &text.title };
    if title.trim().is_empty() {
        return Err("title: is missing".into());
    }
    let mut record = Record {
        id,
        set: format!("node/{}", if node.tnid > 0 { node.tnid } else { node.nid }),
        lang: mapping.language(&own).to_owned(),
        title: title.clone(),
        date,
        body_html: body,
        lead: lead.map(str::to_owned).filter(|lead| !lead.trim().is_empty()),
        institution,
        components: issuers,
        topics,
        number: fields.number.as_deref().and_then(|field| node.fields.text(field)).map(str::to_owned),
        url: Some(format!("{base}{url}")),
        addresses: rest.to_vec(),
        files,
        author: author.cloned(),
        published: node.published,
        unknown: Vec::new(),
        notes,
        digest: [0; 32],
    };
    record.digest = record.digest_of();
    Ok(record)
}

/// Its terms, by vocabulary in the order of their weights, each once.
fn terms_of<'a>(install: &'a Install, node: &Node, notes: &mut Vec<String>) -> Vec<&'a Term> {
    let mut terms: Vec<&Term> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for tid in node.terms.iter().filter(|tid| seen.insert(**tid)) {
        match install.terms.get(tid) {
            Some(term) => terms.push(term),
            None => notes.push(format!("its term {tid} is gone")),
        }
    }
    terms.sort_by_key(|term| (term.vocabulary, term.weight));
    terms
}

fn date(install: &Install, fields: &Type, node: &Node, notes: &mut Vec<String>) -> Result<When, String> {
    if let Some(field) = &fields.date
        && let Some(text) = node.fields.text(field)
    {
        let is_utc = install.fields.get(field).is_some_and(|(_, is_utc)| *is_utc);
        let found = match text.parse::<i64>() {
            Ok(seconds) => DateTime::from_timestamp(seconds, 0).map(When::At).ok_or_else(|| "no instant".to_owned()),
            Err(_) if is_utc => utc(text).map_or_else(|| When::parse(text), Ok),
            Err(_) => When::parse(text),
        };
        match found {
            Ok(when) => return Ok(when),
            Err(why) => notes.push(format!("{field}: {why}; dated by its making")),
        }
    }
    let created = node.created.parse::<i64>().ok().filter(|seconds| *seconds > 0);
    let at: Option<DateTime<Utc>> = created.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    at.map(When::At).ok_or_else(|| format!("date: {:?} is no instant", shortened(&node.created)))
}

/// A date that the database keeps in UTC.
fn utc(text: &str) -> Option<When> {
    let wall = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text.trim(), form).ok())?;
    Some(When::At(wall.and_utc()))
}

fn files(install: &Install, fields: &Type, node: &Node, notes: &mut Vec<String>) -> Vec<OldFile> {
    let mut files: Vec<OldFile> = Vec::new();
    let mut add = |fid: u64, title: &str, alt: &str| {
        if fid == 0 {
            return;
        }
        match install.file(fid) {
            Some((path, name)) => {
                if !files.iter().any(|file| file.path == path) {
                    let title = if title.trim().is_empty() { name } else { title.trim().to_owned() };
                    files.push(OldFile { path, title, alt: alt.trim().to_owned(), caption: String::new() });
                }
            }
            None => notes.push(format!("its file {fid} has no row in files")),
        }
    };
    for field in fields.pictures.iter().chain(&fields.attachments) {
        if field == "upload" {
            for (_, upload) in &node.uploads {
                add(upload.fid, &upload.description, "");
            }
            continue;
        }
        for parts in node.fields.of(field) {
            if parts.get("list").is_some_and(|list| list == "0") && !fields.pictures.contains(field) {
                continue;
            }
            let Some(fid) = parts.get("fid") else { continue };
            let said = parts.get("data").and_then(|data| php::read(data));
            let of =
                |name: &str| said.as_ref().and_then(|it| it.get(name)).and_then(php::Php::text).unwrap_or_default();
            let title = [of("description"), of("title")].into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            add(parse(fid), title, of("alt"));
        }
    }
    files
}

/// Where it lived, the address that the site showed first.
fn addresses(install: &Install, node: &Node) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut add = |address: String| {
        if !all.contains(&address) {
            all.push(address);
        }
    };
    for (dst, language) in &node.aliases {
        let dst = dst.trim_matches('/');
        if dst.is_empty() {
            continue;
        }
        let path = super::super::old_address::escaped(dst);
        add(format!("{}/{path}", install.address_prefix(language)));
        if *language == install.default_language {
            add(format!("/{path}"));
        }
    }
    add(format!("/node/{}", node.nid));
    all
}

/// See [`Dump::term_addresses`].
pub fn term_addresses(install: &Install, mapping: &Mapping) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    let topic = |tid: u64| {
        let term = install.terms.get(&tid)?;
        let vocabulary = install.vocabularies.get(&term.vocabulary)?;
        mapping.topics.vocabularies.contains(vocabulary).then_some(())?;
        Some((mapping.topic(&term.name)?, term.language.clone()))
    };
    let mut tids: Vec<u64> = install.terms.keys().copied().collect();
    tids.sort_unstable();
    for tid in tids {
        let Some((name, language)) = topic(tid) else { continue };
        for address in [format!("/taxonomy/term/{tid}"), format!("/taxonomy/term/{tid}/all")] {
            all.push((address, name.clone(), language.clone()));
        }
    }
    for (src, dst, language) in &install.other_aliases {
        let Some(tid) = src.strip_prefix("taxonomy/term/").map(|rest| rest.split('/').next().unwrap_or_default())
        else {
            continue;
        };
        let Some((name, of_term)) = topic(parse(tid)) else { continue };
        let path = super::super::old_address::escaped(dst.trim_matches('/'));
        let language = if language.is_empty() { of_term } else { language.clone() };
        all.push((format!("{}/{path}", install.address_prefix(&language)), name, language));
    }
    all
}

/// See [`Dump::also_called`].
pub fn also_called(install: &Install, mapping: &Mapping) -> Vec<(String, Vec<String>)> {
    let mut translations: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for term in install.terms.values().filter(|term| term.translations > 0) {
        translations.entry(term.translations).or_default().push(&term.name);
    }
    let mut all: Vec<(String, Vec<String>)> = install
        .terms
        .values()
        .filter_map(|term| {
            let others = translations.get(&term.translations).into_iter().flatten().map(|name| (*name).to_owned());
            let names: Vec<String> =
                term.synonyms.iter().cloned().chain(others).filter(|name| *name != term.name).collect();
            (!names.is_empty()).then(|| (mapping.topic(&term.name).unwrap_or_default(), names))
        })
        .collect();
    all.sort();
    all
}
