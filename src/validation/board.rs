//! Everything about a meeting at once: each item, each mandate that is asked about it, and how that stands, with whose turn
//! it is. Read in one go, so that two parts of a page never disagree.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use super::agreed;
use super::error::ValidationError;
use super::model::{Answer, Fate, Item, MailState, Mandate, Meeting, Request, Say, Settled, Speaker, Written};
use super::query;
use super::round;
use super::routing;
use crate::ids::{EditionId, MandateId, RequestId, RevisionId};
use crate::kit::clock;
use crate::kit::lang::{Lang, Texts};
use crate::release::draft;
use crate::release::model::{Content, LanguageVersion};
use crate::release::state::State;

/// How one mandate stands towards one item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// The next sending asks about it: never asked, or the text is another one.
    ToSend,
    /// Nobody speaks for the mandate.
    Nobody,
    /// The mandate has ended.
    Ended,
    /// The mail to them came back.
    Bounced,
    /// Written to.
    Sent,
    /// Seen by a person.
    Opened,
    /// Asked again, since the text is another one than they answered to.
    Again,
    /// Asked again about the same text: what they said was not taken.
    Repeated,
    /// They agreed.
    Agreed,
    /// A deputy did.
    Deputy,
    /// They suggest another text.
    Suggests,
    /// They ask for a change.
    Change,
    /// They say that it does not concern them.
    NotOurs,
    /// … and the Chancellery confirmed it.
    NotConcerned,
    /// Agreed by silence.
    Silence,
    /// Need not agree.
    Waived,
    /// Decided without them.
    Forced,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The Chancellery's, and the item stands still until then.
    Ours,
    /// The Chancellery's: to look and decide.
    OursToDecide,
    /// The spokespersons'.
    Theirs,
    /// Nobody's.
    Done,
}

impl Cell {
    /// Whose turn it is.
    pub fn turn(self) -> Turn {
        match self {
            Cell::Nobody | Cell::Ended | Cell::Bounced | Cell::Change => Turn::Ours,
            Cell::ToSend | Cell::Suggests | Cell::NotOurs => Turn::OursToDecide,
            Cell::Sent | Cell::Opened | Cell::Again | Cell::Repeated => Turn::Theirs,
            Cell::Agreed | Cell::Deputy | Cell::NotConcerned | Cell::Silence | Cell::Waived | Cell::Forced => {
                Turn::Done
            }
        }
    }
}

/// How a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// Being written, or handed in and not sent.
    Unsent,
    /// Somebody of the Chancellery must move.
    Blocked,
    /// Somebody has still to answer.
    Waiting,
    /// Nothing is missing.
    Ready,
    /// Public.
    Public,
    /// Pulled out of the meeting's publication.
    Out,
}

/// A cell of the table, with what stands behind it.
#[derive(Debug, Clone)]
pub struct Place {
    /// Whose.
    pub mandate_id: MandateId,
    /// How it stands.
    pub cell: Cell,
    /// Since when.
    pub at: Option<DateTime<Utc>>,
    /// The request, once there is one.
    pub request: Option<Request>,
    /// Their last word that counts.
    pub last: Option<Answer>,
}

/// A row of the table.
#[derive(Debug, Clone)]
pub struct Line {
    /// The item; of a draft, with the hashes of what is being written, which the next sending asks about.
    pub item: Item,
    /// Its headline, by language.
    pub titles: Texts,
    /// How it stands.
    pub row: Row,
    /// Who is asked, in the order in which they propose.
    pub places: Vec<Place>,
    /// Languages that the meeting asks for and in which a headline or a body is missing.
    pub lacks: Vec<Lang>,
}

impl Line {
    /// The place of a mandate.
    pub fn place(&self, mandate: MandateId) -> Option<&Place> {
        self.places.iter().find(|place| place.mandate_id == mandate)
    }
}

/// The whole.
#[derive(Debug, Clone)]
pub struct Board {
    /// The meeting.
    pub meeting: Meeting,
    /// The present instant.
    pub now: DateTime<Utc>,
    /// How many sendings there were.
    pub rounds: i32,
    /// Its items, in their order.
    pub lines: Vec<Line>,
    /// The mandates that are asked about any of them, by precedence.
    pub mandates: Vec<Mandate>,
    /// Those that were asked once and are not any more, such as those that have ended.
    pub former: Vec<Mandate>,
    /// Who answers for these.
    pub speakers: Vec<Speaker>,
    /// The last mail to each address.
    pub mails: Vec<Written>,
    /// The last answers, the newest first, each with its item's number and its mandate.
    pub latest: Vec<(i32, MandateId, Answer)>,
}

/// How many answers the board's log shows.
const LATEST: usize = 12;

/// Reads it.
pub async fn read(conn: &mut AsyncPgConnection, meeting: Meeting) -> Result<Board, ValidationError> {
    let now = clock::now(conn).await?;
    let mut items = query::items(conn, meeting.id).await?;
    let editions: Vec<EditionId> = items.iter().map(|item| item.edition_id).collect();
    let requests = query::requests(conn, &editions).await?;
    let must = round::to_ask(conn, &editions, &requests).await?;
    let mut ids: Vec<MandateId> = must.iter().map(|(_, mandate)| *mandate).collect();
    ids.sort();
    ids.dedup();
    let named: Vec<MandateId> = ids.iter().copied().chain(requests.iter().map(|request| request.mandate_id)).collect();
    let (mandates, former) =
        query::mandates(conn, &named).await?.into_iter().partition::<Vec<Mandate>, _>(|one| ids.contains(&one.id));
    let speakers = query::speakers(conn, &ids).await?;
    let mails = query::last_asking_mails(conn, meeting.id).await?;
    let answers = query::answers(conn, &requests.iter().map(|request| request.id).collect::<Vec<RequestId>>()).await?;
    let written = written(conn, &meeting, &mut items).await?;
    let rounds = query::last_round(conn, meeting.id).await?;
    let lines: Vec<Line> = items
        .into_iter()
        .map(|item| {
            let places: Vec<Place> = must
                .iter()
                .filter(|(edition, _)| *edition == item.edition_id)
                .map(|(_, mandate)| {
                    let request = requests
                        .iter()
                        .find(|request| request.edition_id == item.edition_id && request.mandate_id == *mandate);
                    let last = request.and_then(|request| {
                        answers.iter().find(|answer| answer.request_id == request.id && answer.fate == Fate::Counts)
                    });
                    let is_current = mandates.iter().any(|one| one.id == *mandate && one.is_current);
                    let of: Vec<&Speaker> = speakers.iter().filter(|one| one.mandate_id == *mandate).collect();
                    place(&item, *mandate, request, last, is_current, &of, &mails)
                })
                .collect();
            let row = row(&item, &places);
            let texts = written.get(&item.edition_id);
            let lacks = texts.map_or_else(|| meeting.languages.clone(), |texts| meeting.lacks(texts));
            let titles = texts.into_iter().flatten().filter(|(_, text)| !text.title.trim().is_empty());
            let titles = titles.map(|(lang, text)| (*lang, text.title.clone())).collect();
            Line { item, titles, row, places, lacks }
        })
        .collect();
    let latest = answers
        .iter()
        .filter_map(|answer| {
            let request = requests.iter().find(|request| request.id == answer.request_id)?;
            let line = lines.iter().find(|line| line.item.edition_id == request.edition_id)?;
            Some((line.item.position, request.mandate_id, answer.clone()))
        })
        .take(LATEST)
        .collect();
    Ok(Board { meeting, now, rounds, lines, mandates, former, speakers, mails, latest })
}

/// What is written of each item: of a draft with what no revision holds yet, since that is what a sending keeps and asks
/// about. Brings the drafts' hashes to it.
async fn written(
    conn: &mut AsyncPgConnection,
    meeting: &Meeting,
    items: &mut [Item],
) -> Result<BTreeMap<EditionId, BTreeMap<Lang, LanguageVersion>>, ValidationError> {
    let heads: Vec<RevisionId> = items.iter().filter_map(|item| item.head).collect();
    let texts = query::texts_by_revision(conn, &heads).await?;
    let drafts: Vec<EditionId> =
        items.iter().filter(|item| item.state == State::Draft).map(|item| item.edition_id).collect();
    let being_written = draft::query::texts_of(conn, &drafts).await?;
    let mut all = BTreeMap::new();
    for item in items {
        let mut versions = item.head.and_then(|head| texts.get(&head)).cloned().unwrap_or_default();
        let fields: Vec<_> = being_written.iter().filter(|(id, ..)| *id == item.edition_id).collect();
        if !fields.is_empty() {
            let mut content = Content { versions, ..Content::default() };
            for (_, field, value) in fields {
                // What an older build wrote and this one does not know stays where it is.
                let _ = field.put(&mut content, value);
            }
            versions = content.clone().checked().unwrap_or(content).versions;
            item.whole.0.retain(|part, _| part == agreed::FACTS);
            for (lang, version) in versions.iter().filter(|(lang, _)| meeting.languages.contains(lang)) {
                item.whole.0.insert(lang.code().to_owned(), agreed::hash(version));
            }
        }
        all.insert(item.edition_id, versions);
    }
    Ok(all)
}

/// How a mandate stands towards an item.
fn place(
    item: &Item,
    mandate_id: MandateId,
    request: Option<&Request>,
    last: Option<&Answer>,
    is_current: bool,
    speakers: &[&Speaker],
    mails: &[Written],
) -> Place {
    let with = |cell, at| Place { mandate_id, cell, at, request: request.cloned(), last: last.cloned() };
    let nobody = if !is_current {
        Some(Cell::Ended)
    } else if speakers.is_empty() {
        Some(Cell::Nobody)
    } else {
        None
    };
    let Some(request) = request else { return with(nobody.unwrap_or(Cell::ToSend), None) };
    if let Some(settled) = request.settled_on(&item.whole) {
        let cell = match settled {
            Settled::Agreed if last.is_some_and(|last| last.is_deputy) => Cell::Deputy,
            Settled::Agreed => Cell::Agreed,
            Settled::Silence => Cell::Silence,
            Settled::Waived => Cell::Waived,
            Settled::Forced => Cell::Forced,
            Settled::NotConcerned => Cell::NotConcerned,
        };
        return with(cell, request.settled_at);
    }
    if let Some(nobody) = nobody {
        return with(nobody, request.asked_at);
    }
    let asked = request.asked_parts.as_ref().filter(|asked| asked.cover(&item.whole));
    let Some(asked) = asked else { return with(Cell::ToSend, request.asked_at) };
    if request.is_refused {
        return with(Cell::ToSend, last.map(|last| last.at));
    }
    // What they last said, if it is about this text and was not replied to before they were asked again.
    if let Some(last) =
        last.filter(|last| last.parts == *asked && request.answer_id == Some(last.id) && last.accepted.is_none())
    {
        let cell = match last.say {
            Say::Agree => Cell::Repeated,
            Say::Suggest => Cell::Suggests,
            Say::Change => Cell::Change,
            Say::None => Cell::NotOurs,
        };
        return with(cell, Some(last.at));
    }
    let has_come_back = |one: &&Speaker| {
        mails
            .iter()
            .find(|mail| mail.email == one.email)
            .is_some_and(|mail| matches!(mail.state, MailState::Bounced | MailState::Refused))
    };
    let written = routing::written_to(speakers.iter().copied());
    match request.opened_at {
        Some(at) => with(Cell::Opened, Some(at)),
        None if written.iter().all(has_come_back) => {
            let at = mails
                .iter()
                .find(|mail| written.iter().any(|one| one.email == mail.email))
                .and_then(|mail| mail.done_at);
            with(Cell::Bounced, at)
        }
        None if last.is_some_and(|last| last.parts == *asked) => with(Cell::Repeated, request.asked_at),
        None if last.is_some() => with(Cell::Again, request.asked_at),
        None => with(Cell::Sent, request.asked_at),
    }
}

fn row(item: &Item, places: &[Place]) -> Row {
    let any = |turn: Turn| places.iter().any(|place| place.cell.turn() == turn);
    match item.state {
        State::Published | State::Superseded => Row::Public,
        _ if item.is_held_back => Row::Out,
        State::Ready | State::Scheduled if item.is_settled => Row::Ready,
        // Being written before anybody was asked.
        State::Draft | State::Submitted
            if places.iter().all(|place| place.request.as_ref().is_none_or(|request| request.asked_at.is_none())) =>
        {
            Row::Unsent
        }
        _ if any(Turn::Ours) => Row::Blocked,
        State::Draft | State::Submitted => Row::Unsent,
        _ => Row::Waiting,
    }
}

impl Board {
    /// How many items stand so.
    pub fn count(&self, row: Row) -> usize {
        self.lines.iter().filter(|line| line.row == row).count()
    }

    /// The items that one mandate has still to answer to.
    pub fn missing(&self, mandate: MandateId) -> Vec<i32> {
        self.lines
            .iter()
            .filter(|line| {
                line.item.is_open() && line.place(mandate).is_some_and(|place| !matches!(place.cell.turn(), Turn::Done))
            })
            .map(|line| line.item.position)
            .collect()
    }

    /// The items of which something waits to be sent, in their order: those that were asked about before, or handed in.
    pub fn to_send(&self) -> Vec<&Line> {
        self.lines
            .iter()
            .filter(|line| {
                let has_place = line.places.iter().any(|place| place.cell == Cell::ToSend)
                    || line.places.iter().any(|place| {
                        matches!(place.cell, Cell::Nobody | Cell::Bounced)
                            && place.request.as_ref().is_none_or(|request| request.waits_to_be_sent(&line.item.whole))
                    });
                line.item.is_open() && !line.item.is_held_back && line.item.state != State::Draft && has_place
                    || line.item.state == State::Submitted && line.item.is_settled && !line.places.is_empty()
            })
            .collect()
    }

    /// The drafts that could be sent, too.
    pub fn drafts(&self) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.item.state == State::Draft && !line.item.is_held_back).collect()
    }

    /// A mandate, also one that is asked no more.
    pub fn mandate(&self, id: MandateId) -> Option<&Mandate> {
        self.mandates.iter().chain(&self.former).find(|one| one.id == id)
    }

    /// Who is written to for a mandate.
    pub fn written_to(&self, id: MandateId) -> Vec<&Speaker> {
        routing::written_to(self.speakers.iter().filter(|one| one.mandate_id == id))
    }

    /// Who could stand in.
    pub fn deputies(&self, id: MandateId) -> Vec<&Speaker> {
        let written = self.written_to(id);
        self.speakers
            .iter()
            .filter(|one| one.mandate_id == id && !written.iter().any(|other| other.email == one.email))
            .collect()
    }
}
