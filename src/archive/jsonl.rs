//! JSONL: one JSON object a line, one line a language version. The format that we ask of whoever leaves another system.
//!
//! | field | | |
//! | --- | --- | --- |
//! | `id` | required | unique in the source, the same in every export |
//! | `title`, `date`, `lang`, `institution` | required | date: RFC 3339, `YYYY-MM-DD`, or a wall time of the site's zone |
//! | `body_html` | | absent: empty |
//! | `set` | | joins the language versions of one release; absent: the id |
//! | `summary`, `subtitle` | | the lead; the first of them that is not empty |
//! | `components` | list | institutions that issue with `institution`: its offices keep their own list and subscription |
//! | `topics` | list | |
//! | `number` | | its number there, shown as it is |
//! | `url` | | where it lived, and what links in its text are relative to |
//! | `attachments`, `images` | list | of addresses or `{"title", "href"}`; with `alt`, `caption`; taken from the folder of `--files` |
//! | `published` | true, false, 1, 0 | false: a draft |
//! | `status` | `published`, `unpublished`, `draft`, 1, 0 | the same in words |
//!
//! `null` and an absent field are alike. `kind`, `updated`, `licence`, `origin`, `original` and what else stands in the
//! object is not taken, but counts in the digest: an item in which it changed is *changed*. Fields that nobody knows are
//! counted in the report, so that a misspelt one is seen.

use std::io::BufRead;

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::lines::{Line, RECORD_MAX_BYTES, read_line};
use super::record::{OldFile, Piece, Record, Refusal, WORD_MAX_BYTES, When, shortened};

/// Fields that are known and not taken.
const PASSED_OVER: &[&str] = &[
    "kind",
    "updated",
    "licence",
    "origin",
    "original",
    "translation_of_revision",
    "body_format",
    "source_encoding",
    "date_note",
];

/// The most bytes of an address; browsers and servers stop at about that.
const URL_MAX_BYTES: usize = 8_000;

/// The most names in a list of one item.
const LIST_MAX: usize = 100;

/// The lines of `text`, empty ones left out.
pub fn pieces(text: impl BufRead) -> impl Iterator<Item = Piece> {
    Lines { text, buffer: Vec::new(), line: 0, ended: false }
}

struct Lines<R> {
    text: R,
    buffer: Vec<u8>,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        while !self.ended {
            let found = read_line(&mut self.text, &mut self.buffer, RECORD_MAX_BYTES);
            self.line += 1;
            let record = match found {
                Ok(Line::End) => {
                    self.ended = true;
                    continue;
                }
                Ok(Line::TooLong) => {
                    let reason = format!("a line over {} MB", RECORD_MAX_BYTES / 1024 / 1024);
                    Err(Refusal { id: None, reason })
                }
                Ok(Line::Whole) => {
                    let mut line = self.buffer.as_slice();
                    if self.line == 1 {
                        // A byte order mark, as some systems write it in front of UTF-8.
                        line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
                    }
                    if line.trim_ascii().is_empty() {
                        continue;
                    }
                    parse(line)
                }
                Err(error) => {
                    self.ended = true;
                    Err(Refusal { id: None, reason: format!("the file cannot be read from here on: {error}") })
                }
            };
            return Some(Piece { line: self.line, record });
        }
        None
    }
}

/// One line.
pub fn parse(line: &[u8]) -> Result<Record, Refusal> {
    let said: Map<String, Value> =
        serde_json::from_slice(line).map_err(|error| refusal(None, &format!("no JSON object: {error}")))?;
    let id = word(&said, "id").map_err(|reason| refusal(None, &reason))?;
    let Some(id) = id else { return Err(refusal(None, "id: is missing")) };
    record(&said, id.clone()).map_err(|reason| refusal(Some(id), &reason))
}

fn refusal(id: Option<String>, reason: &str) -> Refusal {
    Refusal { id, reason: reason.to_owned() }
}

fn record(said: &Map<String, Value>, id: String) -> Result<Record, String> {
    if let Some(name) = said.iter().find_map(|(name, value)| has_nul(name, value).then_some(name)) {
        return Err(format!("{}: holds a NUL character", shortened(name)));
    }
    let required = |name: &str| word(said, name)?.ok_or_else(|| format!("{name}: is missing"));
    let published = match (flag(said, "published")?, status(said)?) {
        (Some(one), Some(other)) if one != other => return Err("published and status contradict each other".into()),
        (one, other) => one.or(other).unwrap_or(true),
    };
    let mut lead = None;
    for name in ["summary", "subtitle"] {
        let found = text(said, name)?.filter(|text| !text.trim().is_empty());
        lead = lead.or(found);
    }
    let mut files = old_files(said, "attachments")?;
    files.extend(old_files(said, "images")?);
    let known = [
        "id",
        "set",
        "lang",
        "title",
        "date",
        "body_html",
        "summary",
        "subtitle",
        "institution",
        "components",
        "topics",
        "number",
        "url",
        "attachments",
        "images",
        "published",
        "status",
    ];
    let unknown = said
        .keys()
        .filter(|name| !known.contains(&name.as_str()) && !PASSED_OVER.contains(&name.as_str()))
        .map(|name| shortened(name))
        .collect();
    Ok(Record {
        set: word(said, "set")?.unwrap_or_else(|| id.clone()),
        id,
        lang: required("lang")?,
        title: text(said, "title")?.filter(|text| !text.trim().is_empty()).ok_or("title: is missing")?.to_owned(),
        date: When::parse(&required("date")?)?,
        body_html: text(said, "body_html")?.unwrap_or_default().to_owned(),
        lead: lead.map(str::to_owned),
        institution: required("institution")?,
        components: names(said, "components")?,
        topics: names(said, "topics")?,
        number: word(said, "number")?,
        url: address(said, "url")?,
        addresses: Vec::new(),
        files,
        author: None,
        published,
        unknown,
        notes: Vec::new(),
        digest: digest(said),
    })
}

/// Of everything that is said, in an order of its own: a file written anew with its keys in another order says the same.
fn digest(said: &Map<String, Value>) -> [u8; 32] {
    let mut fields: Vec<(&String, &Value)> = said.iter().filter(|(_, value)| !value.is_null()).collect();
    fields.sort_by_key(|(name, _)| *name);
    let mut hash = Sha256::new();
    let mut part = |kind: u8, bytes: &[u8]| {
        // With their lengths, so that two different lists of parts never give the same bytes.
        hash.update([kind]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    for (name, value) in fields {
        part(b'n', name.as_bytes());
        match value {
            Value::String(text) => part(b's', text.as_bytes()),
            other => part(b'j', other.to_string().as_bytes()),
        }
    }
    hash.finalize().into()
}

fn has_nul(name: &str, value: &Value) -> bool {
    name.contains('\0')
        || match value {
            Value::String(text) => text.contains('\0'),
            Value::Array(values) => values.iter().any(|value| has_nul("", value)),
            // serde_json refuses more than 128 levels, so that this ends.
            Value::Object(fields) => fields.iter().any(|(name, value)| has_nul(name, value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
}

fn text<'a>(said: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, String> {
    match said.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(format!("{name}: a text is expected, there is {}", kind_of(other))),
    }
}

/// A short text or a number, without blanks around it; empty counts as absent.
fn word(said: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    let word = match said.get(name) {
        Some(Value::Number(number)) => number.to_string(),
        _ => text(said, name)?.unwrap_or_default().trim().to_owned(),
    };
    if word.len() > WORD_MAX_BYTES {
        return Err(format!("{name}: longer than {WORD_MAX_BYTES} bytes"));
    }
    Ok((!word.is_empty()).then_some(word))
}

/// An address; empty counts as absent.
fn address(said: &Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    let address = text(said, name)?.unwrap_or_default().trim();
    if address.len() > URL_MAX_BYTES {
        return Err(format!("{name}: longer than {URL_MAX_BYTES} bytes"));
    }
    Ok((!address.is_empty()).then(|| address.to_owned()))
}

fn list<'a>(said: &'a Map<String, Value>, name: &str) -> Result<&'a [Value], String> {
    match said.get(name) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(values)) if values.len() > LIST_MAX => Err(format!("{name}: more than {LIST_MAX} of them")),
        Some(Value::Array(values)) => Ok(values),
        Some(other) => Err(format!("{name}: a list is expected, there is {}", kind_of(other))),
    }
}

fn names(said: &Map<String, Value>, field: &str) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for value in list(said, field)? {
        let Value::String(name) = value else {
            return Err(format!("{field}: a list of texts is expected, there is {} in it", kind_of(value)));
        };
        let name = name.trim();
        if name.len() > WORD_MAX_BYTES {
            return Err(format!("{field}: a name longer than {WORD_MAX_BYTES} bytes"));
        }
        if !name.is_empty() && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

fn old_files(said: &Map<String, Value>, field: &str) -> Result<Vec<OldFile>, String> {
    let short = |text: &str| -> String { text.chars().take(WORD_MAX_BYTES).collect() };
    let file = |value: &Value| match value {
        Value::String(address) => OldFile::at(short(address)),
        Value::Object(file) => {
            let text =
                |names: &[&str]| names.iter().find_map(|name| file.get(*name).and_then(Value::as_str)).map(short);
            OldFile {
                path: text(&["href", "url", "src"]).unwrap_or_else(|| "(without an address)".into()),
                title: text(&["title", "name"]).unwrap_or_default(),
                alt: text(&["alt"]).unwrap_or_default(),
                caption: text(&["caption"]).unwrap_or_default(),
            }
        }
        other => OldFile::at(short(&other.to_string())),
    };
    Ok(list(said, field)?.iter().map(file).collect())
}

fn flag(said: &Map<String, Value>, name: &str) -> Result<Option<bool>, String> {
    match said.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(*flag)),
        Some(Value::Number(number)) if number.as_u64() == Some(1) => Ok(Some(true)),
        Some(Value::Number(number)) if number.as_u64() == Some(0) => Ok(Some(false)),
        Some(other) => Err(format!("{name}: true or false is expected, there is {}", kind_of(other))),
    }
}

fn status(said: &Map<String, Value>) -> Result<Option<bool>, String> {
    match said.get("status") {
        Some(Value::String(word)) => match word.trim() {
            "published" => Ok(Some(true)),
            "unpublished" | "draft" => Ok(Some(false)),
            other => Err(format!("status: {:?} is none of published, unpublished, draft", shortened(other))),
        },
        _ => flag(said, "status"),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    const LEAST: &str = r#"{"id":"a","lang":"fr","title":"T","date":"2012-01-02","institution":"I"}"#;

    fn with(fields: &str) -> String {
        LEAST.replace('}', &format!(",{fields}}}"))
    }

    #[test]
    fn the_least_that_a_line_may_say() {
        let record = parse(LEAST.as_bytes()).expect("a record");
        assert_eq!((record.set.as_str(), record.body_html.as_str(), record.published), ("a", "", true));
        assert_eq!((record.lead, record.number, record.url), (None, None, None));
    }

    #[test]
    fn what_is_wrong_is_said_with_the_field() {
        for (line, reason) in [
            ("".to_owned(), "no JSON object"),
            ("{".to_owned(), "no JSON object"),
            ("[1]".to_owned(), "no JSON object"),
            (r#"{"title":"T"}"#.to_owned(), "id: is missing"),
            (r#"{"id":{"a":1}}"#.to_owned(), "id: a text is expected, there is an object"),
            (LEAST.replace(r#""T""#, r#""  ""#), "title: is missing"),
            (LEAST.replace(r#""T""#, "null"), "title: is missing"),
            (LEAST.replace(r#""T""#, "[]"), "title: a text is expected, there is a list"),
            (LEAST.replace(r#""T""#, r#""a\u0000b""#), "title: holds a NUL character"),
            (LEAST.replace(r#""I""#, r#""""#), "institution: is missing"),
            (LEAST.replace("2012-01-02", "2012-06-25-"), r#"date: "2012-06-25-" is no date"#),
            (with(r#""topics":"a""#), "topics: a list is expected, there is a text"),
            (with(r#""topics":[1]"#), "topics: a list of texts is expected, there is a number in it"),
            (with(r#""x":[{"y":"\u0000"}]"#), "x: holds a NUL character"),
            (with(r#""status":"live""#), r#"status: "live" is none of"#),
            (with(r#""published":"yes""#), "published: true or false is expected"),
            (with(r#""published":true,"status":0"#), "published and status contradict"),
            (LEAST.replace(r#""a""#, &format!("{:?}", "a".repeat(501))), "id: longer than 500 bytes"),
            (with(&format!(r#""url":"/{}""#, "a".repeat(8_000))), "url: longer than 8000 bytes"),
            (LEAST.replace(r#""T""#, r#""\ud800""#), "no JSON object"),
        ] {
            let refusal = parse(line.as_bytes()).expect_err(&line);
            assert!(refusal.reason.starts_with(reason), "{line}: {}", refusal.reason);
        }
        assert!(parse(b"{\"id\":\"\xff\"}").is_err(), "not UTF-8");
    }

    #[test]
    fn fields_find_their_place() {
        let record = parse(
            with(
                r#""set":7,"summary":null,"subtitle":"S","components":["A","B","A"," "],"number":" 17 - 148 ","status":"draft",
                   "attachments":[{"title":"x","href":"/f.pdf"}],"images":["/i.jpg"],"kind":"news","colour":"red""#,
            )
            .as_bytes(),
        )
        .expect("a record");
        assert_eq!((record.set.as_str(), record.lead.as_deref()), ("7", Some("S")));
        assert_eq!(record.components, ["A", "B"]);
        assert_eq!((record.number.as_deref(), record.published), (Some("17 - 148"), false));
        assert_eq!(record.files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["/f.pdf", "/i.jpg"]);
        assert_eq!(record.unknown, ["colour"]);
    }

    #[test]
    fn the_digest_is_of_what_is_said_and_not_of_how() {
        let one = parse(br#"{"id":"a","lang":"fr","title":"T","date":"2012-01-02","institution":"I"}"#).expect("one");
        let same =
            parse(br#"{"title":"\u0054", "institution":"I","date":"2012-01-02", "lang":"fr","id":"a","url":null}"#)
                .expect("same");
        let other = parse(with(r#""colour":"red""#).as_bytes()).expect("other");
        assert_eq!(one.digest, same.digest);
        assert_ne!(one.digest, other.digest);
    }

    #[test]
    fn a_file_goes_on_after_a_bad_line_and_says_where_it_was() {
        let file = format!("\u{feff}{LEAST}\r\nnonsense\n\n{LEAST}");
        let pieces: Vec<(u64, bool)> =
            pieces(file.as_bytes()).map(|piece| (piece.line, piece.record.is_ok())).collect();
        assert_eq!(pieces, [(1, true), (2, false), (4, true)]);
    }

    #[test]
    fn gzip_of_several_members_is_one_file_and_a_broken_one_is_said() {
        let pack = |text: &str| {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(text.as_bytes()).expect("memory");
            packer.finish().expect("memory")
        };
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("two.jsonl");
        let mut packed = [pack(&format!("{LEAST}\n")), pack(&format!("{LEAST}\n"))].concat();
        let read = |bytes: &[u8]| -> Vec<bool> {
            std::fs::write(&path, bytes).expect("written");
            super::super::reader::open(&path, super::super::reader::Format::Jsonl)
                .expect("opened")
                .map(|piece| piece.record.is_ok())
                .collect()
        };
        assert_eq!(read(&packed), [true, true]);
        packed.truncate(packed.len() - 4);
        assert_eq!(read(&packed).last(), Some(&false), "cut off");
    }
}
