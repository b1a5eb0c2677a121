//! What makes a release an item of a meeting of the Council: who proposes it, what it is, its number, and what its page
//! shows of its meeting. The meeting itself is `council`'s; here stands what releases and their filters have to know of it.
//!
//! Who proposes and what it is are agreed together with the texts (DESIGN §5), so each edition has its own: a correction
//! begins with those of the edition before.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Bool, Date, Jsonb, Nullable, SmallInt, Text};
use diesel::{OptionalExtension, QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde::Deserialize;

use crate::ids::{EditionId, MandateId, MeetingId, ReleaseId};
use crate::kit::db::prepared;
use crate::kit::lang::{Lang, Texts};
use crate::text_enum;

text_enum! {
    /// What a decision is, in law.
    pub enum Instrument {
        /// A bill before the Council of State has given its opinion.
        PreliminaryDraftLaw = "preliminary_draft_law",
        /// A bill as it goes to Parliament.
        DraftLaw = "draft_law",
        /// Not signed yet.
        DraftRoyalDecree = "draft_royal_decree",
        /// Signed.
        RoyalDecree = "royal_decree",
        /// Of one minister.
        MinisterialDecree = "ministerial_decree",
        /// To administrations.
        Circular = "circular",
        /// Between the federal state and its parts.
        CooperationAgreement = "cooperation_agreement",
        /// With other states.
        Treaty = "treaty",
        /// What is bought.
        PublicContract = "public_contract",
        /// Who is given an office.
        Appointment = "appointment",
        /// On policy.
        Note = "note",
        /// On what was done.
        Report = "report",
        /// None of these.
        Other = "other",
    }
}

impl Instrument {
    /// The number of its shelf: 1 for the first. New ones come last.
    pub fn number(self) -> i64 {
        Self::ALL.iter().position(|other| *other == self).map_or(0, |place| place as i64 + 1)
    }

    /// The instrument of that number.
    pub fn of_number(number: i64) -> Option<Self> {
        let place = usize::try_from(number.checked_sub(1)?).ok()?;
        Self::ALL.get(place).copied()
    }
}

/// An instrument and, of what is read more than once, which reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "(String, Option<i16>)")]
pub struct Reading {
    /// What it is.
    pub instrument: Instrument,
    /// 1 to 3.
    pub reading: Option<i16>,
}

impl TryFrom<(String, Option<i16>)> for Reading {
    type Error = String;

    fn try_from((word, reading): (String, Option<i16>)) -> Result<Self, String> {
        Ok(Self { instrument: word.parse()?, reading })
    }
}

/// What is agreed of a decision besides its texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Terms {
    /// On whose proposal, in the order chosen, without repetition.
    pub mandates: Vec<MandateId>,
    /// What it is, in the order chosen; mostly one.
    pub instruments: Vec<Reading>,
}

/// The most proposing mandates, and the most instruments, of one decision.
pub const TERMS_MAX: usize = 20;

impl Terms {
    /// Without repetition.
    #[must_use]
    pub fn normal(mut self) -> Self {
        let mut seen = std::collections::BTreeSet::new();
        self.mandates.retain(|mandate| seen.insert(*mandate));
        let mut seen = Vec::new();
        self.instruments.retain(|one| {
            let is_new = !seen.contains(one);
            seen.push(*one);
            is_new
        });
        self.mandates.truncate(TERMS_MAX);
        self.instruments.truncate(TERMS_MAX);
        self
    }
}

/// Who proposes each of the editions, and what each is. Those of which nothing is said are not in it.
pub async fn terms(conn: &mut AsyncPgConnection, ids: &[EditionId]) -> QueryResult<HashMap<EditionId, Terms>> {
    #[derive(QueryableByName)]
    struct MandateRow {
        #[diesel(sql_type = BigInt)]
        edition_id: EditionId,
        #[diesel(sql_type = BigInt)]
        mandate_id: MandateId,
    }
    #[derive(QueryableByName)]
    struct InstrumentRow {
        #[diesel(sql_type = BigInt)]
        edition_id: EditionId,
        #[diesel(sql_type = Text)]
        instrument: Instrument,
        #[diesel(sql_type = Nullable<SmallInt>)]
        reading: Option<i16>,
    }
    let mut terms: HashMap<EditionId, Terms> = HashMap::new();
    let mandates: Vec<MandateRow> = prepared(
        diesel::sql_query(
            "SELECT edition_id, mandate_id FROM edition_mandates WHERE edition_id = ANY($1) ORDER BY edition_id, position",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    for row in mandates {
        terms.entry(row.edition_id).or_default().mandates.push(row.mandate_id);
    }
    let instruments: Vec<InstrumentRow> = prepared(
        diesel::sql_query(
            "SELECT edition_id, instrument, reading FROM edition_instruments
             WHERE edition_id = ANY($1) ORDER BY edition_id, position",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    for row in instruments {
        let one = Reading { instrument: row.instrument, reading: row.reading };
        terms.entry(row.edition_id).or_default().instruments.push(one);
    }
    Ok(terms)
}

/// Writes them in the place of what was said before, inside the caller's transaction, which has the edition locked.
pub async fn set_terms(conn: &mut AsyncPgConnection, id: EditionId, terms: &Terms) -> QueryResult<()> {
    diesel::sql_query("DELETE FROM edition_mandates WHERE edition_id = $1").bind::<BigInt, _>(id).execute(conn).await?;
    diesel::sql_query("DELETE FROM edition_instruments WHERE edition_id = $1")
        .bind::<BigInt, _>(id)
        .execute(conn)
        .await?;
    diesel::sql_query(
        "INSERT INTO edition_mandates (edition_id, position, mandate_id)
         SELECT $1, place - 1, id FROM unnest($2::bigint[]) WITH ORDINALITY AS given (id, place)",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<BigInt>, _>(&terms.mandates)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "INSERT INTO edition_instruments (edition_id, position, instrument, reading)
         SELECT $1, place - 1, word, reading
         FROM unnest($2::text[], $3::smallint[]) WITH ORDINALITY AS given (word, reading, place)",
    )
    .bind::<BigInt, _>(id)
    .bind::<Array<Text>, _>(terms.instruments.iter().map(|one| one.instrument).collect::<Vec<_>>())
    .bind::<Array<Nullable<SmallInt>>, _>(terms.instruments.iter().map(|one| one.reading).collect::<Vec<_>>())
    .execute(conn)
    .await
    .map(drop)
}

/// A later edition begins with what the one before it says.
pub(super) async fn copy_within(conn: &mut AsyncPgConnection, from: EditionId, to: EditionId) -> QueryResult<()> {
    for table in [
        "edition_mandates (edition_id, position, mandate_id) SELECT $2, position, mandate_id FROM edition_mandates",
        "edition_instruments (edition_id, position, instrument, reading) SELECT $2, position, instrument, reading FROM edition_instruments",
    ] {
        diesel::sql_query(format!("INSERT INTO {table} WHERE edition_id = $1"))
            .bind::<BigInt, _>(from)
            .bind::<BigInt, _>(to)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// On which shelves of the government and of instruments a release would stand if it went out now: what its latest
/// edition says, and in whose name its issuers speak.
pub async fn in_prospect(
    conn: &mut AsyncPgConnection,
    id: ReleaseId,
) -> QueryResult<(Vec<MandateId>, Vec<Instrument>)> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Array<BigInt>)]
        mandates: Vec<MandateId>,
        #[diesel(sql_type = Array<Text>)]
        instruments: Vec<Instrument>,
    }
    let row: Option<Row> = prepared(
        diesel::sql_query(
            "SELECT ARRAY(SELECT m.mandate_id FROM edition_mandates m WHERE m.edition_id = e.id
                    UNION SELECT coalesce(i.mandate_id, (SELECT m.id FROM mandates m
                              WHERE m.policy_cell_id = i.institution_id AND m.starts_at <= site_now()
                                AND (m.ends_at IS NULL OR m.ends_at > site_now()) ORDER BY m.position, m.id LIMIT 1)) AS named
                          FROM issuers i WHERE i.release_id = e.release_id AND (i.mandate_id IS NOT NULL
                              OR EXISTS (SELECT FROM mandates m WHERE m.policy_cell_id = i.institution_id
                                         AND m.starts_at <= site_now()
                                         AND (m.ends_at IS NULL OR m.ends_at > site_now())))) AS mandates,
                    ARRAY(SELECT DISTINCT s.instrument FROM edition_instruments s WHERE s.edition_id = e.id) AS instruments
             FROM editions e WHERE e.release_id = $1 ORDER BY e.number DESC LIMIT 1",
        )
        .bind::<BigInt, _>(id),
    )
    .get_result(conn)
    .await
    .optional()?;
    Ok(row.map(|row| (row.mandates, row.instruments)).unwrap_or_default())
}

/// Those of the releases that are items of a meeting, and of which.
pub async fn meetings_of(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<HashMap<ReleaseId, MeetingId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        release_id: ReleaseId,
        #[diesel(sql_type = BigInt)]
        meeting_id: MeetingId,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query("SELECT release_id, meeting_id FROM decisions WHERE release_id = ANY($1)")
            .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.release_id, row.meeting_id)).collect())
}

text_enum! {
    /// Which meeting it is.
    pub enum MeetingKind {
        /// All members of the government.
        Council = "council",
        /// The prime minister and the deputy prime ministers.
        InnerCabinet = "inner_cabinet",
    }
}

/// A meeting as the public knows it, in a line.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct PublicMeeting {
    /// Which one.
    #[diesel(sql_type = BigInt)]
    pub id: MeetingId,
    /// Its word in addresses.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Which kind.
    #[diesel(sql_type = Text)]
    pub kind: MeetingKind,
    /// Its day.
    #[diesel(sql_type = Date)]
    pub held_on: NaiveDate,
}

/// The public meeting of that code.
pub async fn meeting_by_code(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<PublicMeeting>> {
    prepared(
        diesel::sql_query("SELECT id, code, kind, held_on FROM public_meetings WHERE code = $1").bind::<Text, _>(code),
    )
    .get_result(conn)
    .await
    .optional()
}

/// All public meetings, the newest first.
pub async fn meetings(conn: &mut AsyncPgConnection) -> QueryResult<Vec<PublicMeeting>> {
    prepared(diesel::sql_query("SELECT id, code, kind, held_on FROM public_meetings ORDER BY held_on DESC, id DESC"))
        .load(conn)
        .await
}

/// A member of the government as releases name them: the mandate of its time.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName, Deserialize)]
pub struct Proposer {
    /// Which mandate.
    #[diesel(sql_type = BigInt)]
    pub id: MandateId,
    /// Its word in addresses.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// Given and family name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// The full title in their government.
    #[diesel(sql_type = Jsonb)]
    pub titles: Texts,
}

const PROPOSER: &str = "SELECT id, code, given_name || ' ' || family_name AS name, titles FROM public_mandates";

/// The mandate of that code, if the public may know of it.
pub async fn mandate_by_code(conn: &mut AsyncPgConnection, code: &str) -> QueryResult<Option<Proposer>> {
    prepared(diesel::sql_query(format!("{PROPOSER} WHERE code = $1")).bind::<Text, _>(code))
        .get_result(conn)
        .await
        .optional()
}

/// All mandates that the public may know of, in no order. Some hundred of them.
pub async fn mandates(conn: &mut AsyncPgConnection) -> QueryResult<Vec<Proposer>> {
    prepared(diesel::sql_query(PROPOSER)).load(conn).await
}

/// Those mandates that the public may know of, in no order.
pub async fn mandates_of(conn: &mut AsyncPgConnection, ids: &[MandateId]) -> QueryResult<Vec<Proposer>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    prepared(diesel::sql_query(format!("{PROPOSER} WHERE id = ANY($1)")).bind::<Array<BigInt>, _>(ids)).load(conn).await
}

/// What the page of a decision shows besides a release's.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Decision {
    /// Which meeting.
    pub meeting_id: MeetingId,
    /// Its word in addresses.
    pub meeting_code: String,
    /// Which kind of meeting.
    meeting_kind: String,
    /// The meeting's day.
    pub held_on: NaiveDate,
    /// Its number in the meeting.
    pub number: i32,
    /// What it is.
    #[serde(default)]
    pub instruments: Vec<Reading>,
    /// On whose proposal.
    #[serde(default)]
    pub proposers: Vec<Proposer>,
    /// The decision before it that is public, if there is one.
    #[serde(default)]
    pub previous: Option<Neighbour>,
    /// The one after it.
    #[serde(default)]
    pub next: Option<Neighbour>,
}

impl Decision {
    /// Which kind of meeting.
    pub fn kind(&self) -> MeetingKind {
        self.meeting_kind.parse().unwrap_or(MeetingKind::Council)
    }
}

/// Another decision of the same meeting.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Neighbour {
    /// Its number in the meeting.
    pub number: i32,
    /// The date in its addresses.
    pub on: NaiveDate,
    /// Title and last part of its address, by language.
    #[serde(default)]
    pub versions: BTreeMap<Lang, (String, String)>,
}

/// The decision of the release of the row `c`, as one column of JSON text: one probe of an index where there is none. From
/// the views of the door alone.
pub(super) const DECISION: &str = "(SELECT json_strip_nulls(json_build_object(
         'meeting_id', m.id, 'meeting_code', m.code, 'meeting_kind', m.kind, 'held_on', m.held_on, 'number', d.position,
         'instruments', (SELECT json_agg(json_build_array(i.instrument, i.reading) ORDER BY i.position)
                         FROM edition_instruments i WHERE i.edition_id = d.edition_id),
         'proposers', (SELECT json_agg(json_build_object('id', p.id, 'code', p.code,
                                       'name', p.given_name || ' ' || p.family_name, 'titles', p.titles) ORDER BY s.position)
                       FROM edition_mandates s JOIN public_mandates p ON p.id = s.mandate_id
                       WHERE s.edition_id = d.edition_id),
         'previous', (SELECT json_build_object('number', o.position, 'on', r.first_published_on, 'versions',
                             (SELECT json_object_agg(v.lang, json_build_array(v.title, v.slug))
                              FROM public_versions v WHERE v.release_id = r.id))
                      FROM public_decisions o JOIN public_releases r ON r.id = o.release_id
                      WHERE o.meeting_id = d.meeting_id AND o.position < d.position
                      ORDER BY o.position DESC LIMIT 1),
         'next', (SELECT json_build_object('number', o.position, 'on', r.first_published_on, 'versions',
                         (SELECT json_object_agg(v.lang, json_build_array(v.title, v.slug))
                          FROM public_versions v WHERE v.release_id = r.id))
                  FROM public_decisions o JOIN public_releases r ON r.id = o.release_id
                  WHERE o.meeting_id = d.meeting_id AND o.position > d.position
                  ORDER BY o.position LIMIT 1)))::text
     FROM public_decisions d JOIN public_meetings m ON m.id = d.meeting_id WHERE d.release_id = c.release_id)";

/// Whether the release never was public and is an item of a meeting: it goes public with that, and in no other way.
pub(super) async fn waits_for_its_meeting(
    conn: &mut AsyncPgConnection,
    ids: &[ReleaseId],
) -> QueryResult<Option<MeetingId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        meeting_id: MeetingId,
        #[diesel(sql_type = Bool)]
        never_public: bool,
    }
    let rows: Vec<Row> = prepared(
        diesel::sql_query(
            "SELECT d.meeting_id, r.public_state = 'never_public' AS never_public
             FROM decisions d JOIN releases r ON r.id = d.release_id WHERE d.release_id = ANY($1) ORDER BY r.id",
        )
        .bind::<Array<BigInt>, _>(ids),
    )
    .load(conn)
    .await?;
    Ok(rows.into_iter().find(|row| row.never_public).map(|row| row.meeting_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_instrument_has_the_number_of_its_place() {
        for (place, instrument) in Instrument::ALL.iter().enumerate() {
            assert_eq!(instrument.number(), place as i64 + 1);
            assert_eq!(Instrument::of_number(instrument.number()), Some(*instrument));
        }
        for number in [-1, 0, 14, i64::MAX, i64::MIN + 1] {
            assert_eq!(Instrument::of_number(number), None, "{number}");
        }
    }

    #[test]
    fn terms_hold_nothing_twice() {
        let once = Reading { instrument: Instrument::DraftLaw, reading: Some(2) };
        let other = Reading { instrument: Instrument::DraftLaw, reading: None };
        let terms =
            Terms { mandates: vec![MandateId(2), MandateId(1), MandateId(2)], instruments: vec![once, other, once] }
                .normal();
        assert_eq!(terms.mandates, [MandateId(2), MandateId(1)]);
        assert_eq!(terms.instruments, [once, other]);
    }
}
