//! Answers a query from one state of the index: which releases, how many, and how many by facet, in one pass.
//!
//! Words become sets of documents, one bit each, by language; filters never touch tantivy, for they are looked up in small
//! tables while hits are counted ([`columns`](super::columns)). So a facet can be counted without its own filter at no
//! further cost: a release that fails exactly one filter counts for that facet alone.

use std::collections::BTreeMap;
use std::ops::Bound;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, EnableScoring, Occur, PhraseQuery, Query as _, RangeQuery,
    TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{SegmentReader, Term as IndexTerm};

use super::columns::{Columns, Counted, Sets};
use super::completion;
use super::question::{Facets, Found, Hit, Key, Order, Query, Start};
use super::schema::{self, FIRST_LANG, FLAGS, KIND, OfCouncil, kind_bits};
use super::view::View;
use crate::directory::Family;
use crate::ids::{InstitutionId, ReleaseId, TopicId};
use crate::kit::clock::Year;
use crate::kit::lang::Lang;
use crate::release::listing::Shelf;
use crate::release::model::Kind;
use crate::search::analysis;
use crate::search::{Joined, Term, Understood};

/// How much more a word in the title weighs.
const TITLE_WEIGHT: f32 = 2.0;
/// How much a year counts in the order of rank, by one.
const PER_YEAR: f32 = 0.015;
const YEAR_MICROS: f32 = 31_556_952e6;
/// Microseconds from 1970 to 2000: older ones get nothing for their date.
const YEAR_2000: i64 = 946_684_800_000_000;

type Boxed = Box<dyn tantivy::query::Query>;

/// The page and the counts.
pub fn find(view: &View, query: &Query) -> tantivy::Result<Found> {
    let plan = Plan::new(view, query)?;
    let first_month = view.columns.iter().map(|columns| columns.first_month).min().unwrap_or_default();
    let mut sums = Sums::from(first_month);
    let mut page = Page::new(query);
    for (segment, columns) in view.searcher.segment_readers().iter().zip(&view.columns) {
        let set = plan.matching(segment)?;
        count(&set, segment, columns, query, &mut sums, &mut page);
    }
    let (hits, before) = page.finish();
    Ok(Found { sequence: view.sequence, total: sums.total, before, hits, facets: sums.facets(query.facets) })
}

/// How many there are of each query, from one state of the index.
pub fn counts(view: &View, queries: &[Query]) -> tantivy::Result<Vec<u64>> {
    let bare = |query: &Query| Query { size: 0, facets: false, start: Start::First, ..query.clone() };
    // No count depends on the order, and no rank has to be reckoned.
    queries.iter().map(|query| Ok(find(view, &Query { order: Order::Newest, ..bare(query) })?.total)).collect()
}

/// What the words ask of a segment.
struct Plan {
    /// By language, all that is wanted; where that is one term, each of the ways in which it may stand there. None:
    /// whatever it says.
    wanted: Option<Vec<Box<dyn Weight>>>,
    unwanted: Vec<Box<dyn Weight>>,
    scored: bool,
}

/// What a rank is reckoned with instead of how many texts have a word: the same for every word.
///
/// Real counts go on counting a text that was taken away until its segment is merged, so that a rank would tell whether a
/// word stood in it. And every hit has all words: which of them is rare makes no great difference. So the rank of a text
/// depends on that text alone, and does not move when others come.
struct Typical {
    titles: [Field; 4],
}

impl Typical {
    const TEXTS: u64 = 1_000_000;
    const WITH_A_WORD: u64 = 10_000;
    const WORDS: u64 = 450;
    const WORDS_OF_A_TITLE: u64 = 12;
}

impl Bm25StatisticsProvider for Typical {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        let words = if self.titles.contains(&field) { Self::WORDS_OF_A_TITLE } else { Self::WORDS };
        Ok(words * Self::TEXTS)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(Self::TEXTS)
    }

    fn doc_freq(&self, _term: &tantivy::Term) -> tantivy::Result<u64> {
        Ok(Self::WITH_A_WORD)
    }
}

/// The documents of a segment that the words select.
struct Matching {
    bits: Vec<u64>,
    /// By document, in the order of rank.
    scores: Vec<f32>,
}

impl Plan {
    fn new(view: &View, query: &Query) -> tantivy::Result<Self> {
        let scored = query.order == Order::Best;
        let typical = Typical { titles: Lang::ALL.map(|lang| view.fields.of(lang).title) };
        let scoring = match scored {
            true => EnableScoring::enabled_from_statistics_provider(&typical, &view.searcher),
            false => EnableScoring::disabled_from_searcher(&view.searcher),
        };
        let mut wanted = Vec::new();
        let mut asks = false;
        for lang in Lang::ALL {
            let joined = joined_in(view, lang, &query.words)?;
            let mut all: Vec<Vec<Boxed>> = Vec::new();
            for (place, term) in query.words.wanted.iter().enumerate() {
                let Some(mut ways) = of_term(view, lang, term, scored)? else { continue };
                for joined in joined.iter().filter(|joined| joined.places.contains(&place)) {
                    ways.extend(of_term(view, lang, &joined.term, scored)?.into_iter().flatten());
                }
                all.push(ways);
                asks = true;
            }
            if scored || all.len() != 1 {
                let all = all.into_iter().map(either).collect();
                wanted.push(BooleanQuery::intersection(all).weight(scoring)?);
            } else {
                // Whichever of them a text has sets its bit: nothing has to be merged.
                for way in all.into_iter().flatten() {
                    wanted.push(way.weight(scoring)?);
                }
            }
        }
        let unscored = EnableScoring::disabled_from_searcher(&view.searcher);
        let mut unwanted = Vec::new();
        for lang in Lang::ALL {
            for term in &query.words.unwanted {
                for way in of_term(view, lang, term, false)?.into_iter().flatten() {
                    unwanted.push(way.weight(unscored)?);
                }
            }
        }
        Ok(Self { wanted: asks.then_some(wanted), unwanted, scored: scored && asks })
    }

    fn matching(&self, segment: &SegmentReader) -> tantivy::Result<Matching> {
        let count = segment.max_doc() as usize;
        let words = count.div_ceil(64);
        let Some(wanted) = &self.wanted else {
            let mut bits = vec![u64::MAX; words];
            if let Some(last) = bits.last_mut() {
                *last >>= (64 - count % 64) % 64;
            }
            self.exclude(segment, &mut bits)?;
            return Ok(Matching { bits, scores: Vec::new() });
        };
        let mut bits = vec![0; words];
        let mut scores = Vec::new();
        if self.scored {
            scores.resize(count, 0.0_f32);
            for weight in wanted {
                weight.for_each(segment, &mut |doc, score| {
                    bits[doc as usize / 64] |= 1 << (doc % 64);
                    let known = &mut scores[doc as usize];
                    *known = known.max(score);
                })?;
            }
        } else {
            for weight in wanted {
                weight.for_each_no_score(segment, &mut |docs| {
                    for doc in docs {
                        bits[*doc as usize / 64] |= 1 << (doc % 64);
                    }
                })?;
            }
        }
        self.exclude(segment, &mut bits)?;
        Ok(Matching { bits, scores })
    }

    fn exclude(&self, segment: &SegmentReader, bits: &mut [u64]) -> tantivy::Result<()> {
        for weight in &self.unwanted {
            weight.for_each_no_score(segment, &mut |docs| {
                for doc in docs {
                    bits[*doc as usize / 64] &= !(1 << (doc % 64));
                }
            })?;
        }
        Ok(())
    }
}

/// Those of the wanted words that this language's texts write as one: what is in no dictionary costs no set of documents.
fn joined_in(view: &View, lang: Lang, words: &Understood) -> tantivy::Result<Vec<Joined>> {
    let mut there = Vec::new();
    for joined in words.joined() {
        let is_there = match &joined.term {
            Term::Prefix(word) => {
                completion::is_begun(view, view.fields.of(lang).word, &analysis::beginning(lang, word))?
            }
            term => {
                let tokens = analysis::tokens(lang, &term.text());
                tokens.len() == 1 && completion::is_begun(view, view.fields.of(lang).text, &tokens[0].term)?
            }
        };
        if is_there {
            there.push(joined);
        }
    }
    Ok(there)
}

/// As one question.
fn either(mut ways: Vec<Boxed>) -> Boxed {
    match ways.len() {
        1 => ways.remove(0),
        _ => Box::new(BooleanQuery::union(ways)),
    }
}

/// The ways in which a term may stand in one language's text; none if there is no word in it.
fn of_term(view: &View, lang: Lang, term: &Term, scored: bool) -> tantivy::Result<Option<Vec<Boxed>>> {
    let of = view.fields.of(lang);
    let stems = |text: &str| {
        let mut stems = Vec::new();
        analysis::each(lang, text, |_, stem| stems.push(stem.to_owned()));
        stems
    };
    Ok(match term {
        Term::Word(word) => beside(&stems(word), of.text, of.title, scored).map(|whole| vec![whole]),
        Term::Phrase(words) => beside(&stems(&words.join(" ")), of.text, of.title, scored).map(|whole| vec![whole]),
        Term::Prefix(word) => {
            let Some(whole) = beside(&stems(word), of.text, of.title, scored) else { return Ok(None) };
            let parts: Vec<_> = analysis::words(word).map(|range| &word[range]).collect();
            let Some((last, before)) = parts.split_last() else { return Ok(Some(vec![whole])) };
            let last = analysis::beginning(lang, last);
            let [from, until] =
                [last.clone(), last + "\u{10ffff}"].map(|word| IndexTerm::from_field_text(of.word, &word));
            // Every word that begins so, whatever their number, as one set of bits.
            let begun: Boxed = Box::new(RangeQuery::new(Bound::Included(from), Bound::Excluded(until)));
            let begun = match beside(&stems(&before.join(" ")), of.text, of.title, false) {
                // The word before the hyphen is there, and one that begins as the word behind it.
                Some(first) => Box::new(BooleanQuery::intersection(vec![first, begun])),
                None => begun,
            };
            Some(vec![whole, begun])
        }
    })
}

/// The stems beside each other.
fn beside(stems: &[String], text: Field, title: Field, scored: bool) -> Option<Boxed> {
    let (first, rest) = stems.split_first()?;
    if !rest.is_empty() {
        return Some(Box::new(PhraseQuery::new(
            stems.iter().map(|stem| IndexTerm::from_field_text(text, stem)).collect(),
        )));
    }
    if !scored {
        return Some(simple(text, first));
    }
    let in_text = TermQuery::new(IndexTerm::from_field_text(text, first), IndexRecordOption::WithFreqs);
    let in_title = TermQuery::new(IndexTerm::from_field_text(title, first), IndexRecordOption::WithFreqs);
    Some(Box::new(BooleanQuery::new(vec![
        (Occur::Must, Box::new(in_text)),
        (Occur::Should, Box::new(BoostQuery::new(Box::new(in_title), TITLE_WEIGHT))),
    ])))
}

fn simple(field: Field, term: &str) -> Boxed {
    Box::new(TermQuery::new(IndexTerm::from_field_text(field, term), IndexRecordOption::Basic))
}

/// The filters that a release can fail, a bit each.
mod fails {
    pub(super) const FAMILY: u16 = 1;
    pub(super) const LANGUAGE: u16 = 2;
    pub(super) const KIND: u16 = 4;
    pub(super) const INSTITUTION: u16 = 8;
    pub(super) const TOPIC: u16 = 16;
    pub(super) const PERIOD: u16 = 32;
    pub(super) const MANDATE: u16 = 64;
    pub(super) const MEETING: u16 = 128;
    pub(super) const INSTRUMENT: u16 = 256;
}

/// The bits of the kind in a release's flags.
const KINDS: u16 = 0b11 << KIND;

/// The bit of a family in a release's flags.
fn family_bit(family: Family) -> u16 {
    1 << (Shelf::Family(family).key().1 - 1)
}

/// What the flags say against the query, for each of their values.
fn flag_table(query: &Query) -> [u16; FLAGS] {
    std::array::from_fn(|flags| {
        // It has 512 values.
        let flags = flags as u16;
        let mut failed = 0;
        if query.family.is_some_and(|family| flags & family_bit(family) == 0) {
            failed |= fails::FAMILY;
        }
        if query.language.is_some_and(|lang| flags & (1 << (FIRST_LANG + lang as u8)) == 0) {
            failed |= fails::LANGUAGE;
        }
        if query.kind.is_some_and(|kind| flags & KINDS != kind_bits(kind)) {
            failed |= fails::KIND;
        }
        failed
    })
}

/// What each set of a segment says against a choice of one of its members.
fn set_table(sets: &Sets, wanted: Option<i64>, failed: u16) -> Vec<u16> {
    sets.members
        .iter()
        .map(|members| match wanted {
            Some(wanted) if !members.contains(&wanted) => failed,
            _ => 0,
        })
        .collect()
}

/// What each set of a segment says against the member of the government, the meeting and the instrument that are wanted.
fn council_table(sets: &Sets, query: &Query) -> Vec<u16> {
    let wanted = [
        (query.mandate.map(OfCouncil::Mandate), fails::MANDATE),
        (query.meeting.map(OfCouncil::Meeting), fails::MEETING),
        (query.instrument.map(OfCouncil::Instrument), fails::INSTRUMENT),
    ];
    let mut table = vec![0; sets.members.len()];
    for (wanted, failed) in wanted {
        let own = set_table(sets, wanted.map(OfCouncil::number), failed);
        table.iter_mut().zip(own).for_each(|(all, own)| *all |= own);
    }
    table
}

/// Counts the hits of a segment, and keeps those of the page.
fn count(
    matching: &Matching,
    segment: &SegmentReader,
    columns: &Columns,
    query: &Query,
    sums: &mut Sums,
    page: &mut Page,
) {
    let alive = segment.alive_bitset();
    let by_flags = flag_table(query);
    let by_institution = set_table(&columns.institutions, query.institution.map(|id| id.0), fails::INSTITUTION);
    let by_topic = set_table(&columns.topics, query.topic.map(|id| id.0), fails::TOPIC);
    let by_council = council_table(&columns.council, query);
    let (from, until) =
        query.period.map_or((i64::MIN, i64::MAX), |(from, until)| (from.timestamp_micros(), until.timestamp_micros()));
    let mut of_institution = vec![0_u32; columns.institutions.members.len()];
    let mut of_topic = vec![0_u32; columns.topics.members.len()];
    // Of all hits, and of those that fail the mandate, the meeting or the instrument alone.
    let mut of_council = std::array::from_fn::<_, 4, _>(|_| vec![0_u32; columns.council.members.len()]);
    // The newest stand last, mostly: met first, the page is full of them soon, and the others only look in.
    for (place, bits) in matching.bits.iter().enumerate().rev() {
        let mut bits = *bits;
        while bits != 0 {
            let top = 63 - bits.leading_zeros();
            bits &= !(1 << top);
            let index = place * 64 + top as usize;
            let doc = index as u32;
            if alive.is_some_and(|alive| alive.is_deleted(doc)) {
                continue;
            }
            let published = columns.published[index];
            let Counted { institution, topic, council, month, flags } = columns.counted[index];
            let mut failed = by_flags[usize::from(flags) % FLAGS]
                | by_institution[institution as usize]
                | by_topic[topic as usize]
                | by_council[council as usize];
            if published < from || published >= until {
                failed |= fails::PERIOD;
            }
            if failed == 0 {
                sums.total += 1;
                let rank = matching.scores.get(index).map_or(0, |score| rank(*score, published));
                page.take(rank, published, || columns.place(doc), || columns.id(doc));
            }
            if !query.facets {
                continue;
            }
            match failed {
                0 => {
                    sums.flags[0][usize::from(flags) % FLAGS] += 1;
                    of_institution[institution as usize] += 1;
                    of_topic[topic as usize] += 1;
                    of_council[0][council as usize] += 1;
                    sums.month(month);
                }
                fails::FAMILY => sums.flags[1][usize::from(flags) % FLAGS] += 1,
                fails::LANGUAGE => sums.flags[2][usize::from(flags) % FLAGS] += 1,
                fails::KIND => sums.flags[3][usize::from(flags) % FLAGS] += 1,
                fails::INSTITUTION => of_institution[institution as usize] += 1,
                fails::TOPIC => of_topic[topic as usize] += 1,
                fails::MANDATE => of_council[1][council as usize] += 1,
                fails::MEETING => of_council[2][council as usize] += 1,
                fails::INSTRUMENT => of_council[3][council as usize] += 1,
                fails::PERIOD => sums.month(month),
                _ => {}
            }
        }
    }
    if query.facets {
        spread(&columns.institutions, &of_institution, &mut sums.institutions);
        spread(&columns.topics, &of_topic, &mut sums.topics);
        for (counts, to) in of_council.iter().zip(&mut sums.council) {
            spread(&columns.council, counts, to);
        }
    }
}

/// A newer one somewhat before an older one, by a rule in which no *now* is: a key means the same tomorrow.
fn rank(score: f32, published: i64) -> u32 {
    let years = published.saturating_sub(YEAR_2000).max(0) as f32 / YEAR_MICROS;
    // No score reaches the millions that this could hold; a float beyond them stops there.
    ((score * (1.0 + PER_YEAR * years.min(200.0)) * 1000.0) as u32).clamp(1, 999_999_999)
}

/// Gives the counts of sets to their members.
fn spread(sets: &Sets, counts: &[u32], to: &mut BTreeMap<i64, u64>) {
    for (members, count) in sets.members.iter().zip(counts) {
        if *count > 0 {
            for member in members {
                *to.entry(*member).or_default() += u64::from(*count);
            }
        }
    }
}

/// What was counted so far.
struct Sums {
    total: u64,
    /// Of all hits, and of those that fail the family, the language or the kind alone.
    flags: [[u64; FLAGS]; 4],
    institutions: BTreeMap<i64, u64>,
    topics: BTreeMap<i64, u64>,
    /// Of all hits, and of those that fail the mandate, the meeting or the instrument alone.
    council: [BTreeMap<i64, u64>; 4],
    /// From the first one on.
    months: Vec<u64>,
    first_month: u16,
}

impl Sums {
    /// Nothing yet, of releases from that month on.
    fn from(first_month: u16) -> Self {
        Self {
            total: 0,
            flags: [[0; FLAGS]; 4],
            institutions: BTreeMap::new(),
            topics: BTreeMap::new(),
            council: Default::default(),
            months: Vec::new(),
            first_month,
        }
    }

    fn month(&mut self, number: u16) {
        let number = usize::from(number.saturating_sub(self.first_month));
        if self.months.len() <= number {
            self.months.resize(number + 1, 0);
        }
        self.months[number] += 1;
    }

    /// By the bits of `mask`, of all hits and of those that failed only this facet's own filter.
    fn flagged(&self, own: usize, mask: u16, value: u16) -> u64 {
        (0..FLAGS)
            .filter(|flags| *flags as u16 & mask == value)
            .map(|flags| self.flags[0][flags] + self.flags[own][flags])
            .sum()
    }

    /// The counts of what `choose` takes, of all hits and of those that failed only this facet's own filter.
    fn of_council<T>(&self, own: usize, choose: impl Fn(OfCouncil) -> Option<T>) -> Vec<(T, u64)> {
        let mut counts: BTreeMap<i64, u64> = self.council[0].clone();
        for (number, count) in &self.council[own] {
            *counts.entry(*number).or_default() += count;
        }
        counts.into_iter().filter_map(|(number, count)| Some((choose(OfCouncil::of_number(number)?)?, count))).collect()
    }

    fn facets(self, wanted: bool) -> Facets {
        if !wanted {
            return Facets::default();
        }
        let some = |count: u64| (count > 0).then_some(count);
        let months: Vec<_> = self
            .months
            .iter()
            .zip(self.first_month..)
            .filter_map(|(count, number)| some(*count).and_then(|count| Some((schema::month_of(number)?, count))))
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        let mut years: Vec<(Year, u64)> = Vec::new();
        for (month, count) in &months {
            let year = Year::of(month.first_day());
            match years.last_mut() {
                Some((last, sum)) if *last == year => *sum += count,
                _ => years.push((year, *count)),
            }
        }
        let mandates = self.of_council(1, |it| if let OfCouncil::Mandate(id) = it { Some(id) } else { None });
        let meetings = self.of_council(2, |it| if let OfCouncil::Meeting(id) = it { Some(id) } else { None });
        let instruments = self.of_council(3, |it| if let OfCouncil::Instrument(one) = it { Some(one) } else { None });
        Facets {
            mandates,
            meetings,
            instruments,
            families: Family::ALL
                .iter()
                .filter_map(|family| {
                    let bit = family_bit(*family);
                    Some((*family, some(self.flagged(1, bit, bit))?))
                })
                .collect(),
            languages: Lang::ALL
                .into_iter()
                .filter_map(|lang| {
                    let bit = 1 << (FIRST_LANG + lang as u8);
                    Some((lang, some(self.flagged(2, bit, bit))?))
                })
                .collect(),
            kinds: Kind::ALL
                .iter()
                .filter_map(|kind| Some((*kind, some(self.flagged(3, KINDS, kind_bits(*kind)))?)))
                .collect(),
            institutions: self.institutions.into_iter().map(|(id, count)| (InstitutionId(id), count)).collect(),
            topics: self.topics.into_iter().map(|(id, count)| (TopicId(id), count)).collect(),
            years,
            months,
        }
    }
}

/// The hits of the page so far.
struct Page {
    start: Start,
    size: usize,
    kept: Vec<(Key, i64)>,
    /// The rank and instant that a further hit must reach, once enough were met.
    edge: Option<(u32, i64)>,
    /// How many stand before the start, or after it where the page ends there.
    beyond: u64,
    descending: bool,
    ranked: bool,
}

impl Page {
    fn new(query: &Query) -> Self {
        let size = query.size.min(Query::SIZE_MAX);
        Self {
            start: query.start,
            size,
            kept: Vec::with_capacity(2 * size + 64),
            edge: None,
            beyond: 0,
            descending: !matches!(query.start, Start::Before(_)),
            ranked: query.order == Order::Best,
        }
    }

    /// A hit. What is dear to read is read only if it may stand on the page.
    fn take(&mut self, rank: u32, published: i64, place: impl Fn() -> i64, id: impl Fn() -> i64) {
        let short = (rank, published);
        match self.start {
            Start::First => {}
            Start::After(key) | Start::Before(key) => {
                let rank_of_key = if self.ranked { key.rank } else { 0 };
                let edge = key.ranked(rank_of_key);
                let edge_short = (edge.rank, edge.published());
                let against = match short.cmp(&edge_short) {
                    std::cmp::Ordering::Equal => Key::new(rank, published, place()).cmp(&edge),
                    other => other,
                };
                match (self.descending, against) {
                    // After the key: what is not smaller stands before the page.
                    (true, std::cmp::Ordering::Greater | std::cmp::Ordering::Equal) => {
                        self.beyond += 1;
                        return;
                    }
                    // Before the key: only what is greater is of interest.
                    (false, std::cmp::Ordering::Less | std::cmp::Ordering::Equal) => return,
                    (false, std::cmp::Ordering::Greater) => self.beyond += 1,
                    (true, std::cmp::Ordering::Less) => {}
                }
            }
        }
        let useless = self.edge.is_some_and(|edge| if self.descending { short < edge } else { short > edge });
        if useless || self.size == 0 {
            return;
        }
        self.kept.push((Key::new(rank, published, place()), id()));
        if self.kept.len() >= 2 * self.size + 64 {
            self.cut();
        }
    }

    /// Keeps the best of what was met.
    fn cut(&mut self) {
        if self.kept.len() > self.size && self.size > 0 {
            let descending = self.descending;
            self.kept
                .select_nth_unstable_by(self.size - 1, |a, b| if descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
            self.kept.truncate(self.size);
            let worst = self.kept[self.size - 1].0;
            self.edge = Some((worst.rank, worst.published()));
        }
    }

    fn finish(mut self) -> (Vec<Hit>, u64) {
        self.cut();
        self.kept.sort_unstable_by_key(|kept| std::cmp::Reverse(kept.0));
        let before = match self.start {
            Start::First => 0,
            Start::After(_) => self.beyond,
            Start::Before(_) => self.beyond - self.kept.len() as u64,
        };
        let hits = self.kept.into_iter().map(|(key, id)| Hit { release_id: ReleaseId(id), key }).collect();
        (hits, before)
    }
}
