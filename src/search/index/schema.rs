//! What the index keeps of a release: one document with the texts of all its languages, each in fields of its own.
//!
//! Nothing is stored but what is searched and counted: rows come from Postgres. Per language: `text_xx` (stems, with
//! positions for phrases), `title_xx` (stems again, because a word in a title weighs more), `word_xx` (folded words, for
//! the word that is still being typed and for near spellings) and `spelling_xx` (the words of titles as they are spelled,
//! for suggestions) and `name_xx` (what issuers and topics are called, from each of its words on).

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use tantivy::directory::{MmapDirectory, RamDirectory};
use tantivy::schema::document::{ReferenceValue, ReferenceValueLeaf};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, SingleSegmentIndexWriter, Term};
use tokio::sync::OwnedSemaphorePermit;

use super::completion;
use crate::ids::{MandateId, MeetingId, ReleaseId};
use crate::kit::clock::Month;
use crate::kit::lang::Lang;
use crate::kit::rich_text;
use crate::release::decision::Instrument;
use crate::release::model::Kind;
use crate::search::analysis::{self, Analyser, Form};
use crate::search::query::Entry;

/// The form of what is on the disk. Another form, or another analysis of words, is another number: the index is then
/// built anew beside the old one.
pub const FORMAT: u32 = 6;

/// The fields, by name.
#[derive(Debug, Clone)]
pub struct Fields {
    schema: Schema,
    /// Which release.
    pub id: Field,
    published: Field,
    place: Field,
    flags: Field,
    institutions: Field,
    topics: Field,
    council: Field,
    of: [OfLang; 4],
}

/// The fields of a language.
#[derive(Debug, Clone, Copy)]
pub struct OfLang {
    /// Stems of title, lead, body and numbers.
    pub text: Field,
    /// Stems of the title.
    pub title: Field,
    /// Folded words of title, lead and body.
    pub word: Field,
    /// Words of the title with their spelling.
    pub spelling: Field,
    /// Names of issuers and topics from each of their words on: folded and, after a NUL, the whole name.
    pub name: Field,
}

impl Default for Fields {
    fn default() -> Self {
        let mut builder = Schema::builder();
        let indexed = |tokenizer: &str, option, norms| {
            TextOptions::default().set_indexing_options(
                TextFieldIndexing::default().set_tokenizer(tokenizer).set_index_option(option).set_fieldnorms(norms),
            )
        };
        let fast = || NumericOptions::default().set_fast();
        let id = builder.add_i64_field("id", FAST | INDEXED);
        let published = builder.add_i64_field("published", fast());
        let place = builder.add_i64_field("place", fast());
        let flags = builder.add_u64_field("flags", fast());
        let institutions = builder.add_i64_field("institutions", fast());
        let topics = builder.add_i64_field("topics", fast());
        let council = builder.add_i64_field("council", fast());
        let of = Lang::ALL.map(|lang| {
            let stems = format!("stems_{lang}");
            OfLang {
                text: builder.add_text_field(
                    &format!("text_{lang}"),
                    indexed(&stems, IndexRecordOption::WithFreqsAndPositions, true),
                ),
                title: builder
                    .add_text_field(&format!("title_{lang}"), indexed(&stems, IndexRecordOption::WithFreqs, true)),
                word: builder
                    .add_text_field(&format!("word_{lang}"), indexed("folded", IndexRecordOption::Basic, false)),
                spelling: builder
                    .add_text_field(&format!("spelling_{lang}"), indexed("spelled", IndexRecordOption::Basic, false)),
                name: builder.add_text_field(&format!("name_{lang}"), indexed("raw", IndexRecordOption::Basic, false)),
            }
        });
        Self { schema: builder.build(), id, published, place, flags, institutions, topics, council, of }
    }
}

impl Fields {
    /// Those of a language.
    pub fn of(&self, lang: Lang) -> OfLang {
        self.of[lang as usize]
    }

    /// What deletes a release.
    pub fn of_release(&self, id: ReleaseId) -> Term {
        Term::from_field_i64(self.id, id.0)
    }

    /// An empty index in that folder, which must be there.
    pub fn create(&self, folder: &Path) -> tantivy::Result<Index> {
        let index = Index::builder().schema(self.schema.clone()).tokenizers(tokenizers()).create_in_dir(folder)?;
        Ok(index)
    }

    /// What makes an index in memory, of one segment.
    pub fn in_memory(&self, building_bytes: usize) -> tantivy::Result<SingleSegmentIndexWriter<Document>> {
        Index::builder()
            .schema(self.schema.clone())
            .tokenizers(tokenizers())
            .single_segment_index_writer(RamDirectory::create(), building_bytes)
    }

    /// The index in that folder; refused if its fields are others.
    pub fn open(&self, folder: &Path) -> tantivy::Result<Index> {
        let mut index = Index::open(MmapDirectory::open(folder)?)?;
        if index.schema() != self.schema {
            return Err(tantivy::TantivyError::SchemaError("other fields".into()));
        }
        index.set_tokenizers(tokenizers());
        Ok(index)
    }

    /// The document of a release.
    pub fn document(&self, entry: &Entry, zone: Tz) -> Document {
        let mut values = vec![
            (self.id, Value::Signed(entry.id.0)),
            (self.published, Value::Signed(entry.key.published_at.timestamp_micros())),
            (self.place, Value::Signed(entry.key.place)),
            (self.flags, Value::Unsigned(flags(entry, zone))),
        ];
        values.extend(entry.institutions.iter().map(|institution| (self.institutions, Value::Signed(institution.0))));
        values.extend(entry.topics.iter().map(|topic| (self.topics, Value::Signed(topic.0))));
        let council = (entry.mandates.iter().map(|id| OfCouncil::Mandate(*id)))
            .chain(entry.meetings.iter().map(|id| OfCouncil::Meeting(*id)))
            .chain(entry.instruments.iter().map(|instrument| OfCouncil::Instrument(*instrument)));
        values.extend(council.map(|of| (self.council, Value::Signed(of.number()))));
        for (lang, [title, lead, body]) in &entry.texts {
            let of = self.of(*lang);
            let title: Arc<str> = title.as_str().into();
            let body = rich_text::text_without_urls(body);
            for text in [Arc::clone(&title), lead.as_str().into(), body.into()].into_iter().filter(|it| !it.is_empty())
            {
                // What a hyphen joins, as others write it. Each by itself: no phrase goes on from one to the next.
                let joined = analysis::joined(&text).into_iter().map(|(_, word)| Arc::from(word));
                for text in std::iter::once(Arc::clone(&text)).chain(joined) {
                    values.push((of.text, Value::Text(Arc::clone(&text))));
                    values.push((of.word, Value::Text(text)));
                }
            }
            values.extend(entry.numbers.iter().map(|number| (of.text, Value::Text(number.as_str().into()))));
            // Who issued it and what it is about, as this language calls them.
            for name in entry.names.iter().filter_map(|names| names.0.get(lang)) {
                values.push((of.text, Value::Text(name.as_str().into())));
                let begun = completion::beginnings_of(name).into_iter();
                values.extend(begun.map(|begun| (of.name, Value::Text(format!("{begun}\0{name}").into()))));
            }
            values.push((of.title, Value::Text(Arc::clone(&title))));
            values.push((of.spelling, Value::Text(title)));
        }
        Document { values, _room: None }
    }
}

/// A release on its way into the index. Fields that make different things of one text share it.
pub struct Document {
    values: Vec<(Field, Value)>,
    _room: Option<OwnedSemaphorePermit>,
}

/// What stands in a field.
#[derive(Debug, Clone)]
pub enum Value {
    Text(Arc<str>),
    Signed(i64),
    Unsigned(u64),
}

impl Document {
    /// How many bytes its texts have.
    pub fn text_bytes(&self) -> usize {
        let texts = self.values.iter().filter_map(|(_, value)| match value {
            Value::Text(text) => Some(text.len()),
            _ => None,
        });
        texts.sum()
    }

    /// The same, which takes this room until it is in the index.
    #[must_use]
    pub fn within(self, room: OwnedSemaphorePermit) -> Self {
        Self { _room: Some(room), ..self }
    }
}

impl tantivy::Document for Document {
    type Value<'a> = &'a Value;
    type FieldsValuesIter<'a> =
        std::iter::Map<std::slice::Iter<'a, (Field, Value)>, fn(&'a (Field, Value)) -> (Field, &'a Value)>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().map(|(field, value)| (*field, value))
    }
}

impl<'a> tantivy::schema::Value<'a> for &'a Value {
    type ArrayIter = std::iter::Empty<Self>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        match self {
            Value::Text(text) => ReferenceValueLeaf::Str(text),
            Value::Signed(number) => ReferenceValueLeaf::I64(*number),
            Value::Unsigned(number) => ReferenceValueLeaf::U64(*number),
        }
        .into()
    }
}

fn tokenizers() -> TokenizerManager {
    // Beside those of tantivy, which it asks for even of numbers.
    let tokenizers = TokenizerManager::default();
    for lang in Lang::ALL {
        tokenizers.register(&format!("stems_{lang}"), Analyser::new(Form::Stems(lang)));
    }
    tokenizers.register("folded", Analyser::new(Form::Folded));
    tokenizers.register("spelled", Analyser::new(Form::Spelled));
    tokenizers
}

/// What a release has to do with the government. Most have nothing, and those of one meeting are few: it is kept as one
/// set, so that counting costs one read of it and not three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfCouncil {
    /// Issued or proposed by.
    Mandate(MandateId),
    /// An item of.
    Meeting(MeetingId),
    /// Of that instrument.
    Instrument(Instrument),
}

/// Ids have so many bits; what it is stands above them.
const ID_BITS: u32 = 56;

impl OfCouncil {
    /// As the index keeps it.
    pub fn number(self) -> i64 {
        let (kind, id) = match self {
            OfCouncil::Mandate(id) => (0, id.0),
            OfCouncil::Meeting(id) => (1, id.0),
            OfCouncil::Instrument(instrument) => (2, instrument.number()),
        };
        kind << ID_BITS | id & ((1 << ID_BITS) - 1)
    }

    /// What such a number says; none if another build wrote it.
    pub fn of_number(number: i64) -> Option<Self> {
        let id = number & ((1 << ID_BITS) - 1);
        match number >> ID_BITS {
            0 => Some(OfCouncil::Mandate(MandateId(id))),
            1 => Some(OfCouncil::Meeting(MeetingId(id))),
            2 => Instrument::of_number(id).map(OfCouncil::Instrument),
            _ => None,
        }
    }
}

/// The bit of the first language, after those of the families of shelves 1 to 3; the others follow in the order of [`Lang::ALL`].
pub const FIRST_LANG: u8 = 3;
/// The lowest of the two bits of the kind, after those of the languages: its place in [`Kind::ALL`].
pub const KIND: u8 = 7;
/// How many values the bits of families, languages and kind have together.
pub const FLAGS: usize = 512;

/// A kind as it stands in the flags.
pub fn kind_bits(kind: Kind) -> u16 {
    (kind as u16) << KIND
}

/// What is counted of a release and has one value or few, in one number: families, languages and kind in its lowest 16
/// bits, above them the months since January of the year 0.
fn flags(entry: &Entry, zone: Tz) -> u64 {
    let mut low = kind_bits(entry.kind);
    for family in &entry.families {
        if (1..=3).contains(family) {
            low |= 1 << (family - 1);
        }
    }
    for lang in entry.texts.keys() {
        low |= 1 << (FIRST_LANG + *lang as u8);
    }
    u64::from(low) | u64::from(month_number(entry.key.published_at, zone)) << 16
}

/// Months since January of the year 0, by the zone; what no calendar of ours holds counts as the nearest that it does.
pub fn month_number(at: DateTime<Utc>, zone: Tz) -> u16 {
    let local = at.with_timezone(&zone);
    let number = i64::from(local.year()) * 12 + i64::from(local.month0());
    u16::try_from(number.clamp(0, i64::from(u16::MAX))).unwrap_or_default()
}

/// The month of such a number.
pub fn month_of(number: u16) -> Option<Month> {
    let first = chrono::NaiveDate::from_ymd_opt(i32::from(number / 12), u32::from(number % 12) + 1, 1)?;
    Some(Month::of(first))
}
