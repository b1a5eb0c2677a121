//! Takes the form, keeps to the limits, and sends the one mail that asks whether it was meant (double opt-in).
//!
//! Whoever sends the form learns nothing about the address (PROMISES I-13): it isn't looked up among the subscribers at
//! all, and an address that had its confirmations for today gets the same statements, the same job (which then sends
//! nothing) and the same answer. The mail leaves by a job, so that a slow mail server isn't felt.
//!
//! The job's payload necessarily holds the wish, and with it the address. The queue deletes it once the job has
//! succeeded, and the job succeeds at the latest when the wish has expired.

use diesel_async::AsyncConnection;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::model::{self, SuppressionReason, Wish};
use super::{mails, query, wording};
use crate::directory::{self, Family, Institution, Topic};
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, AddressError, Connection, Outcome};
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::{clock, job};
use crate::release::decision::{self, Proposer, PublicMeeting};
use crate::search::{Filter, Resolved};

/// Confirmations to one address within an hour …
const PER_HOUR: i64 = 1;
/// … and within a day (PROMISES I-13).
const PER_DAY: i64 = 3;

/// What the form offers besides everything and the families.
#[derive(Debug, Clone)]
pub struct Choices {
    /// By family and code.
    pub institutions: Vec<Institution>,
    /// By code.
    pub topics: Vec<Topic>,
    /// The mandates of whose releases one may come: in no order.
    pub mandates: Vec<Proposer>,
    /// The meetings of whose decisions one may come, the newest first.
    pub meetings: Vec<PublicMeeting>,
    /// The languages of the site.
    pub languages: Vec<Lang>,
}

/// What there is to choose from now.
pub async fn choices(ctx: &Context) -> Result<Choices, WebError> {
    let mut conn = ctx.conn().await?;
    Ok(Choices {
        institutions: directory::public::institutions(&mut conn).await?,
        topics: directory::public::topics(&mut conn).await?,
        mandates: decision::mandates(&mut conn).await?,
        meetings: decision::meetings(&mut conn).await?,
        languages: ctx.settings.languages.clone(),
    })
}

/// The form as it was filled in, or as it is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Form {
    /// `everything`, a family, `institution`, `topic`, or `filter`.
    pub what: String,
    /// A canonical filter: the list from which the reader came, where no other choice says it.
    pub filter: String,
    /// The code of an institution.
    pub institution: String,
    /// The code of a topic.
    pub topic: String,
    /// The first language.
    pub first: String,
    /// The second one; empty: none.
    pub second: String,
    /// As typed.
    pub email: String,
}

/// What has to be corrected before the form can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing that we offer was chosen.
    What,
    /// No institution of that code.
    Institution,
    /// No topic of that code.
    Topic,
    /// No language of the site.
    Language,
    /// Not an address that can be written to.
    Address(AddressError),
}

impl Form {
    /// The form as a page in `lang` offers it to somebody who comes from a list with this filter.
    pub fn offered(filter: &Filter, lang: Lang) -> Self {
        let filter = filter.lasting();
        let mut form = Self { first: lang.code().to_owned(), ..Self::default() };
        let is_of_council = filter.mandate.is_some() || filter.meeting.is_some() || filter.instrument.is_some();
        form.what = match (&filter.family, &filter.institution, &filter.topic) {
            _ if is_of_council => {
                form.filter = filter.canonical();
                "filter"
            }
            (None, None, None) => "everything",
            (Some(family), None, None) => family.as_str(),
            (None, Some(code), None) => {
                form.institution.clone_from(code);
                "institution"
            }
            (None, None, Some(code)) => {
                form.topic.clone_from(code);
                "topic"
            }
            _ => {
                form.filter = filter.canonical();
                "filter"
            }
        }
        .to_owned();
        form
    }

    /// Reads a body of `application/x-www-form-urlencoded`.
    pub fn read(body: &[u8]) -> Result<Self, WebError> {
        serde_urlencoded::from_bytes(body).map_err(|_| WebError::BadRequest(BadRequest::Form))
    }

    /// The filter that was chosen.
    pub fn chosen(&self, choices: &Choices) -> Result<Filter, Problem> {
        match self.what.as_str() {
            "everything" => Ok(Filter::default()),
            "institution" => match choices.institutions.iter().find(|there| there.code == self.institution) {
                Some(there) => Ok(Filter { institution: Some(there.code.clone()), ..Filter::default() }),
                None => Err(Problem::Institution),
            },
            "topic" => match choices.topics.iter().find(|there| there.code == self.topic) {
                Some(there) => Ok(Filter { topic: Some(there.code.clone()), ..Filter::default() }),
                None => Err(Problem::Topic),
            },
            "filter" => {
                let filter = Filter::parse(&self.filter).map_err(|_| Problem::What)?.lasting();
                choices.resolve(&filter).map(|_| filter).ok_or(Problem::What)
            }
            family => {
                let family = family.parse::<Family>().map_err(|_| Problem::What)?;
                Ok(Filter { family: Some(family), ..Filter::default() })
            }
        }
    }

    /// What it asks for, or everything that has to be corrected, in the order of the form.
    pub fn check(&self, choices: &Choices) -> Result<(Address, Filter, Vec<Lang>), Vec<Problem>> {
        let offered = |code: &str| code.parse::<Lang>().ok().filter(|lang| choices.languages.contains(lang));
        let filter = self.chosen(choices);
        let first = offered(&self.first).ok_or(Problem::Language);
        let second = match self.second.as_str() {
            "" => Ok(None),
            code => offered(code).map(Some).ok_or(Problem::Language),
        };
        let email = Address::parse(&self.email).map_err(Problem::Address);
        match (filter, first, second, email) {
            (Ok(filter), Ok(first), Ok(second), Ok(email)) => {
                let languages = std::iter::once(first).chain(second.filter(|second| *second != first)).collect();
                Ok((email, filter, languages))
            }
            (filter, first, second, email) => {
                let language = first.err().or(second.err());
                Err([filter.err(), language, email.err()].into_iter().flatten().collect())
            }
        }
    }
}

impl Choices {
    /// The filter with what its codes mean; none if one is unknown.
    pub fn resolve(&self, filter: &Filter) -> Option<Resolved> {
        let institution = match &filter.institution {
            Some(code) => Some(self.institutions.iter().find(|there| there.code == *code)?.clone()),
            None => None,
        };
        let topic = match &filter.topic {
            Some(code) => Some(self.topics.iter().find(|there| there.code == *code)?.clone()),
            None => None,
        };
        let mandate = match &filter.mandate {
            Some(code) => Some(self.mandates.iter().find(|there| there.code == *code)?.clone()),
            None => None,
        };
        let meeting = match &filter.meeting {
            Some(code) => Some(self.meetings.iter().find(|there| there.code == *code)?.clone()),
            None => None,
        };
        Some(Resolved { filter: filter.clone(), institution, topic, mandate, meeting })
    }

    /// A canonical filter in words; none if it is no filter or a code is unknown.
    pub fn in_words(&self, canonical: &str, lang: Lang) -> Option<String> {
        let filter = Filter::parse(canonical).ok()?;
        self.resolve(&filter).map(|resolved| wording::choice(&resolved, lang))
    }
}

/// Why a wish was not taken.
#[derive(Debug, thiserror::Error)]
pub enum SignupError {
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<SignupError> for WebError {
    fn from(error: SignupError) -> Self {
        match error {
            SignupError::Db(error) => error.into(),
            SignupError::Busy(busy) => busy.into(),
        }
    }
}

/// Takes a wish: its confirmation leaves within a second, unless the address had one within the hour or three within
/// the day. Whoever asks is not told which.
pub async fn ask(ctx: &Context, email: Address, filter: &Filter, languages: Vec<Lang>) -> Result<(), SignupError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let key = model::mailbox_key(&ctx.secret, &email);
        query::lock_address(conn, &key).await?;
        let (last_hour, last_day) = query::attempts(conn, std::slice::from_ref(&key)).await?;
        let withheld = last_hour >= PER_HOUR || last_day >= PER_DAY;
        query::insert_attempt(conn, &key, withheld).await?;
        let wish = Wish::new(email, filter, languages, clock::now(conn).await?);
        let job = ConfirmationMail { wish: wish.token(&ctx.secret), withheld };
        job::enqueue(conn, ConfirmationMail::IDENTIFIER, &job, None).await?;
        Ok(())
    })
    .await
}

/// The job that writes to whoever was entered: one mail, and never a second of the same wish, unless the mail server
/// surely did not take the first.
#[derive(Serialize, Deserialize)]
pub struct ConfirmationMail {
    /// The wish, signed.
    wish: String,
    /// Nothing is sent: the address has had its confirmations.
    withheld: bool,
}

impl std::fmt::Debug for ConfirmationMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConfirmationMail").field("withheld", &self.withheld).finish_non_exhaustive()
    }
}

impl TaskHandler for ConfirmationMail {
    const IDENTIFIER: &'static str = "confirmation-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl ConfirmationMail {
    /// Does it now; an error asks the queue to try again later.
    ///
    /// An address that complained or asked never to be written to gets nothing: a form that anybody can fill in is no
    /// consent. One that bounced gets the mail, for nothing else can tell that it receives again; confirming lifts it.
    pub async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let Some(wish) = Wish::read(&ctx.secret, &self.wish) else {
            tracing::warn!("a confirmation with a token that is not ours is dropped");
            return Ok(());
        };
        let choice = {
            let mut conn = ctx.conn().await?;
            let keys = model::address_keys(&ctx.secret, &wish.email);
            let suppression = query::suppression(&mut conn, &keys).await?;
            let suppressed = matches!(suppression, Some(SuppressionReason::Complained | SuppressionReason::Asked));
            if self.withheld || suppressed || wish.expires_at() <= clock::now(&mut conn).await? {
                return Ok(());
            }
            wording::stored_choice(&mut conn, &wish.filter, wish.lang()).await?
        };
        let mail = mails::confirmation(ctx, &wish, &choice)?;
        let mut connection = Connection::open(&ctx.transport);
        let outcome = connection.send(&mail).await;
        connection.close().await;
        match outcome {
            Outcome::Accepted { .. } => Ok(()),
            Outcome::Temporary { reply, stage, .. } => anyhow::bail!("not sent, at {stage}: {reply}"),
            Outcome::Permanent { code, reply, stage } => {
                tracing::info!(code, reply, %stage, "a confirmation was refused");
                Ok(())
            }
            // At most one an hour: who did not get it can ask again.
            Outcome::Uncertain { why } => {
                tracing::warn!(why, "a confirmation may not have arrived");
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{InstitutionId, MandateId, MeetingId, TopicId};
    use crate::kit::lang::Texts;
    use crate::release::decision::MeetingKind;

    fn choices() -> Choices {
        let names = |text: &str| Texts::one(Lang::Fr, text);
        Choices {
            institutions: vec![Institution {
                id: InstitutionId(1),
                code: "water-agency".into(),
                family: Family::Institutions,
                names: names("Agence de l’Eau"),
                website: None,
            }],
            topics: vec![Topic { id: TopicId(1), code: "floods".into(), names: names("Crues") }],
            mandates: vec![Proposer {
                id: MandateId(1),
                code: "jan-peeters-mobility-2025".into(),
                name: "Jan Peeters".into(),
                titles: names("ministre de la Mobilité"),
            }],
            meetings: vec![PublicMeeting {
                id: MeetingId(1),
                code: "2026-11-20".into(),
                kind: MeetingKind::Council,
                held_on: "2026-11-20".parse().expect("a day"),
            }],
            languages: vec![Lang::Fr, Lang::Nl],
        }
    }

    #[test]
    fn a_form_says_what_the_list_before_it_showed() {
        for (query, what, said) in [
            ("", "everything", "tous les communiqués"),
            ("month=2026-11", "everything", "tous les communiqués"),
            ("family=council", "council", "Conseil des ministres"),
            ("institution=water-agency", "institution", "Agence de l’Eau"),
            ("topic=floods", "topic", "thème «\u{202f}Crues\u{202f}»"),
            ("institution=water-agency&topic=floods", "filter", "Agence de l’Eau, thème «\u{202f}Crues\u{202f}»"),
            ("mandate=jan-peeters-mobility-2025", "filter", "Jan Peeters, ministre de la Mobilité"),
            ("meeting=2026-11-20", "filter", "Conseil des ministres du vendredi 20\u{a0}novembre 2026"),
            ("instrument=circular", "filter", "circulaire"),
        ] {
            let filter = Filter::parse(query).expect(query);
            let form = Form { email: "a@b.example".into(), ..Form::offered(&filter, Lang::Fr) };
            assert_eq!(form.what, what, "{query}");
            let (_, chosen, languages) = form.check(&choices()).expect(query);
            assert_eq!(chosen, filter.lasting(), "{query}");
            assert_eq!(languages, [Lang::Fr]);
            assert_eq!(choices().in_words(&chosen.canonical(), Lang::Fr).as_deref(), Some(said));
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
        let good = Form::offered(&Filter::default(), Lang::Fr);
        let with = |change: &dyn Fn(&mut Form)| {
            let mut form = Form { email: "a@b.example".into(), second: "nl".into(), ..good.clone() };
            change(&mut form);
            form.check(&choices()).map(|(_, _, languages)| languages)
        };
        assert_eq!(with(&|_| {}), Ok(vec![Lang::Fr, Lang::Nl]));
        assert_eq!(with(&|form| form.second = "fr".into()), Ok(vec![Lang::Fr]));
        assert_eq!(with(&|form| form.email.clear()), Err(vec![Problem::Address(AddressError::Empty)]));
        assert_eq!(with(&|form| form.what = "institution".into()), Err(vec![Problem::Institution]));
        assert_eq!(with(&|form| form.what = "topic".into()), Err(vec![Problem::Topic]));
        assert_eq!(with(&|form| form.second = "en".into()), Err(vec![Problem::Language]), "not of this site");
        let worst = Form { what: "filter".into(), filter: "topic=gone".into(), first: "xx".into(), ..Form::default() };
        let problems = [Problem::What, Problem::Language, Problem::Address(AddressError::Empty)];
        assert_eq!(worst.check(&choices()), Err(problems.to_vec()));
    }
}
