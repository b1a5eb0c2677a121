//! What one person is asked in a meeting: each item with the text that they were asked about, what they agreed to before,
//! what they answered last. A person sees what was sent to them, never what is only being written.

use std::collections::BTreeMap;

use diesel_async::AsyncPgConnection;

use super::error::ValidationError;
use super::link::Answerer;
use super::model::{Answer, Fate, Item, Mandate, Request, Settled};
use super::query::{self, Since};
use crate::ids::{RequestId, RevisionId};
use crate::kit::lang::Lang;
use crate::release::decision::Instrument;
use crate::release::model::LanguageVersion;
use crate::release::state::State;

/// A text by language.
pub type Texts = BTreeMap<Lang, LanguageVersion>;

/// One item, as one mandate is asked about it.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The request.
    pub request: Request,
    /// The item.
    pub item: Item,
    /// For whom they answer.
    pub mandate: Mandate,
    /// Who proposes it, in order.
    pub proposing: Vec<Mandate>,
    /// What it is, each with its reading.
    pub instruments: Vec<(Instrument, Option<i16>)>,
    /// The text that they were asked about, in the languages that the meeting asks for.
    pub texts: Texts,
    /// The text that they agreed to last, or else answered to, and when, if it is another one.
    pub before: Option<(Since, Texts)>,
    /// Their last answer that counts, whoever of them gave it.
    pub last: Option<Answer>,
}

/// How one item stands for who is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Never answered.
    New,
    /// They agreed to another text.
    Changed,
    /// What they said was not taken.
    Refused,
    /// They have answered to this text.
    Answered,
    /// Public: what they say now is kept as a remark.
    Public,
    /// Nothing is asked any more: waived or decided.
    Over,
}

impl Asked {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        if self.is_waived() {
            Standing::Over
        } else if !self.item.is_open() {
            Standing::Public
        } else if !self.request.waits_for_answer() && !self.has_answered() {
            Standing::Over
        } else if self.last.as_ref().is_some_and(|last| last.accepted == Some(false)) {
            Standing::Refused
        } else if self.has_answered() {
            Standing::Answered
        } else if self.before.is_some() || self.last.is_some() {
            Standing::Changed
        } else {
            Standing::New
        }
    }

    /// Whether their last answer is to the text that they were asked about last.
    pub fn has_answered(&self) -> bool {
        let asked = self.request.asked_parts.as_ref();
        self.last.as_ref().is_some_and(|last| Some(&last.parts) == asked)
            || self.request.settled_as.is_some()
                && asked.is_some_and(|asked| self.request.settled_on(asked).is_some())
                && self.last.is_some()
    }

    /// Whether the Chancellery does not ask this mandate.
    pub fn is_waived(&self) -> bool {
        self.request.settled_as == Some(Settled::Waived)
    }

    /// Whether an answer is waited for.
    pub fn is_open(&self) -> bool {
        matches!(self.standing(), Standing::New | Standing::Changed | Standing::Refused)
    }

    /// Whether the Chancellery is at the text now.
    pub fn is_being_edited(&self) -> bool {
        matches!(self.item.state, State::Draft | State::Submitted)
    }

    /// What names the text that is on the page.
    pub fn on(&self) -> String {
        self.request.asked_parts.as_ref().map(super::agreed::Parts::name).unwrap_or_default()
    }
}

/// All that somebody was asked in the meeting, in its order; also what was waived since, which an older page may still show.
pub async fn of(conn: &mut AsyncPgConnection, by: &Answerer) -> Result<Vec<Asked>, ValidationError> {
    let requests: Vec<Request> = query::requests_to(conn, by.meeting.id, &by.mandates()).await?;
    let items = query::items(conn, by.meeting.id).await?;
    let ids: Vec<RequestId> = requests.iter().map(|request| request.id).collect();
    let editions: Vec<_> = requests.iter().map(|request| request.edition_id).collect();
    let known = query::last_known(conn, &ids).await?;
    let answers = query::answers(conn, &ids).await?;
    let proposing = query::proposing(conn, &editions).await?;
    let instruments = query::instruments(conn, &editions).await?;
    let mut wanted: Vec<_> = proposing.iter().map(|(_, mandate)| *mandate).chain(by.mandates()).collect();
    wanted.sort();
    wanted.dedup();
    let mandates = query::mandates(conn, &wanted).await?;
    let mut revisions: Vec<RevisionId> = requests.iter().filter_map(|request| request.asked_revision_id).collect();
    revisions.extend(known.iter().map(|(_, revision, _)| *revision));
    let mut texts: BTreeMap<RevisionId, Texts> = BTreeMap::new();
    for (revision, lang, title, lead, body) in query::texts(conn, &revisions).await? {
        if by.meeting.languages.contains(&lang) {
            texts.entry(revision).or_default().insert(lang, LanguageVersion { title, lead, body });
        }
    }
    let mut all = Vec::with_capacity(requests.len());
    for request in requests {
        let Some(item) = items.iter().find(|item| item.edition_id == request.edition_id) else { continue };
        let Some(mandate) = mandates.iter().find(|mandate| mandate.id == request.mandate_id) else { continue };
        let now = request.asked_revision_id.and_then(|revision| texts.get(&revision)).cloned().unwrap_or_default();
        let before = known
            .iter()
            .find(|(id, ..)| *id == request.id)
            .and_then(|(_, revision, since)| Some((*since, texts.get(revision)?.clone())))
            .filter(|(_, before)| *before != now);
        let named = |id| mandates.iter().find(|mandate| mandate.id == id).cloned();
        all.push(Asked {
            item: item.clone(),
            mandate: mandate.clone(),
            proposing: proposing
                .iter()
                .filter(|(edition, _)| *edition == request.edition_id)
                .filter_map(|(_, id)| named(*id))
                .collect(),
            instruments: instruments
                .iter()
                .filter(|(edition, ..)| *edition == request.edition_id)
                .map(|(_, instrument, reading)| (*instrument, *reading))
                .collect(),
            texts: now,
            before,
            last: answers.iter().find(|answer| answer.request_id == request.id && answer.fate == Fate::Counts).cloned(),
            request,
        });
    }
    Ok(all)
}
