//! Takes the form, keeps to the limits, and sends the one mail that asks whether it was meant (double opt-in).
//!
//! Whoever sends the form learns nothing about the address (PROMISES I-13): it isn't looked up among the subscribers at
//! all, and an address that had its confirmations for today gets the same statements, the same job (which then sends
//! nothing) and the same answer. The mail leaves by a job, so that a slow mail server isn't felt.
//!
//! A second wish within the hour is not kept for later: what waits for its mail would be an address that nobody confirmed,
//! and a form that anybody can fill in would send three mails instead of one. The form and the page after it say so, and
//! where several choices are made at once: under "My subscriptions", after the first is confirmed.
//!
//! The job's payload necessarily holds the wish, and with it the address. The queue deletes it once the job has
//! succeeded, and the job succeeds at the latest when the wish has expired.

use chrono::NaiveTime;
use diesel_async::AsyncConnection;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use serde::{Deserialize, Serialize};

use super::model::{self, SuppressionReason, Wish};
use super::rhythm::{self, Frequency, Rhythm};
use super::{mails, query, wording};
use crate::directory::{self, Family, Institution, Topic};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::db::Busy;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, AddressError, Connection};
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::form::Fields;
use crate::kit::{clock, job};
use crate::release::decision::{self, Proposer, PublicMeeting};
use crate::search::filter::Named;
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
    /// Its slots.
    pub slots: Vec<NaiveTime>,
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
        slots: ctx.settings.slots.clone(),
    })
}

/// What the selects of the language order are called, the most preferred first.
pub const ORDER: [&str; 4] = ["first", "second", "third", "fourth"];

/// The form as it was filled in, or as it is offered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// `everything`, a family, `institution`, `topic`, or `filter`.
    pub what: String,
    /// A canonical filter: the list from which the reader came, where no other choice says it.
    pub filter: String,
    /// The code of an institution.
    pub institution: String,
    /// The code of a topic.
    pub topic: String,
    /// `slots`, `at-once`, `daily` or `weekly`; empty: `slots`.
    pub frequency: String,
    /// The chosen slots, as `09:00`.
    pub slots: Vec<String>,
    /// The languages in their order; the empty ones are none. See [`ORDER`].
    pub languages: [String; 4],
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
    /// No frequency that we offer.
    Frequency,
    /// None of the site's slots.
    Slots,
    /// No language of the site.
    Language,
    /// Not an address that can be written to.
    Address(AddressError),
}

impl Form {
    /// The form as a page in `lang` offers it to somebody who comes from a list with this filter.
    pub fn offered(filter: &Filter, lang: Lang, settings: &Settings) -> Self {
        let filter = filter.lasting();
        let mut form = Self { frequency: "slots".to_owned(), ..Self::default() };
        lang.code().clone_into(&mut form.languages[0]);
        form.slots = settings.slots.iter().map(|slot| slot.format("%H:%M").to_string()).collect();
        let plain = Filter {
            words: None,
            kind: None,
            language: None,
            mandate: None,
            meeting: None,
            instrument: None,
            ..filter.clone()
        } == filter;
        form.what = match (&filter.family, &filter.institution, &filter.topic) {
            (None, None, None) if plain => "everything",
            (Some(family), None, None) if plain => family.as_str(),
            (None, Some(code), None) if plain => {
                form.institution.clone_from(code);
                "institution"
            }
            (None, None, Some(code)) if plain => {
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

    /// Shows a rhythm that was chosen before.
    pub fn showing(mut self, rhythm: &Rhythm, settings: &Settings) -> Self {
        let shown = rhythm.to_string();
        self.frequency = shown.split(':').next().unwrap_or_default().to_owned();
        let slots = Rhythm::EVERY_SLOT.among(&settings.slots);
        let chosen = if rhythm.frequency() == Frequency::Slots { rhythm.among(&settings.slots) } else { slots };
        self.slots = chosen.iter().map(|slot| slot.format("%H:%M").to_string()).collect();
        self
    }

    /// Reads a body of `application/x-www-form-urlencoded`.
    pub fn read(body: &[u8]) -> Result<Self, WebError> {
        let fields: Fields = serde_urlencoded::from_bytes(body).map_err(|_| WebError::BadRequest(BadRequest::Form))?;
        Ok(Self::of(&fields))
    }

    /// Out of fields that were read.
    pub fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.get(name).to_owned();
        Self {
            what: text("what"),
            filter: text("filter"),
            institution: text("institution"),
            topic: text("topic"),
            frequency: text("frequency"),
            slots: fields.all("slot").map(str::to_owned).collect(),
            languages: ORDER.map(text),
            email: text("email"),
        }
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

    /// The rhythm that was chosen. All slots are no choice among them: whoever has them gets one that is added later, too.
    pub fn rhythm(&self, choices: &Choices) -> Result<Rhythm, Problem> {
        match self.frequency.as_str() {
            "" => Ok(Rhythm::EVERY_SLOT),
            "slots" => {
                let times: Option<Vec<NaiveTime>> = self
                    .slots
                    .iter()
                    .map(|slot| rhythm::time(slot).filter(|time| choices.slots.contains(time)))
                    .collect();
                let chosen = times.and_then(Rhythm::at).ok_or(Problem::Slots)?;
                let all = choices.slots.iter().all(|slot| chosen.slots().is_some_and(|own| own.contains(slot)));
                Ok(if all { Rhythm::EVERY_SLOT } else { chosen })
            }
            other => other.parse().map_err(|_| Problem::Frequency),
        }
    }

    /// The languages in their order, each once; the first must be there.
    pub fn order(&self, choices: &Choices) -> Result<Vec<Lang>, Problem> {
        let offered = |code: &str| code.parse::<Lang>().ok().filter(|lang| choices.languages.contains(lang));
        let mut order = Vec::new();
        for (place, code) in self.languages.iter().enumerate() {
            match offered(code) {
                Some(lang) if order.contains(&lang) => {}
                Some(lang) => order.push(lang),
                None if code.is_empty() && place > 0 => {}
                None => return Err(Problem::Language),
            }
        }
        Ok(order)
    }

    /// What it asks for, or everything that has to be corrected, in the order of the form.
    pub fn check(&self, choices: &Choices) -> Result<Asked, Vec<Problem>> {
        let email = Address::parse(&self.email).map_err(Problem::Address);
        match (self.chosen(choices), self.rhythm(choices), self.order(choices), email) {
            (Ok(filter), Ok(rhythm), Ok(languages), Ok(email)) => Ok(Asked { email, filter, rhythm, languages }),
            (filter, rhythm, languages, email) => {
                Err([filter.err(), rhythm.err(), languages.err(), email.err()].into_iter().flatten().collect())
            }
        }
    }

    /// As [`Form::check`], of what alone and how often: for somebody whose address and languages we know.
    pub fn check_choice(&self, choices: &Choices) -> Result<(Filter, Rhythm), Vec<Problem>> {
        match (self.chosen(choices), self.rhythm(choices)) {
            (Ok(filter), Ok(rhythm)) => Ok((filter, rhythm)),
            (filter, rhythm) => Err([filter.err(), rhythm.err()].into_iter().flatten().collect()),
        }
    }
}

/// A form that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Who asks, or whom somebody entered.
    pub email: Address,
    /// What they want.
    pub filter: Filter,
    /// How often.
    pub rhythm: Rhythm,
    /// In the order of preference.
    pub languages: Vec<Lang>,
}

impl Choices {
    /// The filter with what its codes mean; none if one is unknown.
    pub fn resolve(&self, filter: &Filter) -> Option<Resolved> {
        filter.clone().resolve_among(&Named {
            institutions: &self.institutions,
            topics: &self.topics,
            mandates: &self.mandates,
            meetings: &self.meetings,
        })
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
pub async fn ask(ctx: &Context, asked: Asked) -> Result<(), SignupError> {
    let mut conn = ctx.conn().await?;
    let Asked { email, filter, rhythm, languages } = asked;
    conn.transaction(async |conn| {
        let key = model::mailbox_key(&ctx.secret, &email);
        query::lock_address(conn, &key).await?;
        let (last_hour, last_day) = query::attempts(conn, std::slice::from_ref(&key)).await?;
        let withheld = last_hour >= PER_HOUR || last_day >= PER_DAY;
        query::insert_attempt(conn, &key, withheld).await?;
        let wish = Wish::new(email, &filter, languages, clock::now(conn).await?).at(rhythm);
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
        mails::settle("a confirmation", outcome)
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
            slots: settings().slots,
        }
    }

    fn settings() -> Settings {
        Settings::understand(&crate::kit::config::Source::default()).expect("settings")
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
            ("q=digue&language=nl", "filter", "avec le mot «\u{202f}digue\u{202f}», disponible en néerlandais"),
            ("family=council&q=digue", "filter", "Conseil des ministres, avec le mot «\u{202f}digue\u{202f}»"),
            ("kind=decision", "filter", "décisions du Conseil des ministres"),
        ] {
            let filter = Filter::parse(query).expect(query);
            let form = Form { email: "a@b.example".into(), ..Form::offered(&filter, Lang::Fr, &settings()) };
            assert_eq!(form.what, what, "{query}");
            let asked = form.check(&choices()).expect(query);
            assert_eq!(asked.filter, filter.lasting(), "{query}");
            assert_eq!(asked.languages, [Lang::Fr]);
            assert_eq!(asked.rhythm, Rhythm::EVERY_SLOT);
            assert_eq!(choices().in_words(&asked.filter.canonical(), Lang::Fr).as_deref(), Some(said));
        }
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once_in_the_order_of_the_form() {
        let good = Form::offered(&Filter::default(), Lang::Fr, &settings());
        let with = |change: &dyn Fn(&mut Form)| {
            let mut form = Form { email: "a@b.example".into(), ..good.clone() };
            form.languages[1] = "nl".into();
            change(&mut form);
            form.check(&choices()).map(|asked| (asked.languages, asked.rhythm.to_string()))
        };
        let both = vec![Lang::Fr, Lang::Nl];
        assert_eq!(with(&|_| {}), Ok((both.clone(), "slots".into())));
        assert_eq!(with(&|form| form.languages[1] = "fr".into()), Ok((vec![Lang::Fr], "slots".into())));
        assert_eq!(
            with(&|form| form.languages = ["fr".into(), String::new(), "fr".into(), "nl".into()]),
            Ok((both.clone(), "slots".into()))
        );
        assert_eq!(
            with(&|form| form.slots = vec!["17:00".into(), "09:00".into()]),
            Ok((both.clone(), "slots:09:00+17:00".into()))
        );
        assert_eq!(with(&|form| form.frequency = "weekly".into()), Ok((both, "weekly".into())));
        assert_eq!(with(&|form| form.slots.clear()), Err(vec![Problem::Slots]));
        assert_eq!(with(&|form| form.slots.push("10:00".into())), Err(vec![Problem::Slots]), "not of this site");
        assert_eq!(with(&|form| form.frequency = "press-list".into()), Err(vec![Problem::Frequency]));
        assert_eq!(with(&|form| form.email.clear()), Err(vec![Problem::Address(AddressError::Empty)]));
        assert_eq!(with(&|form| form.what = "institution".into()), Err(vec![Problem::Institution]));
        assert_eq!(with(&|form| form.what = "topic".into()), Err(vec![Problem::Topic]));
        assert_eq!(with(&|form| form.languages[1] = "en".into()), Err(vec![Problem::Language]), "not of this site");
        let worst =
            Form { what: "filter".into(), filter: "topic=gone".into(), frequency: "slots".into(), ..Form::default() };
        let problems = [Problem::What, Problem::Slots, Problem::Language, Problem::Address(AddressError::Empty)];
        assert_eq!(worst.check(&choices()), Err(problems.to_vec()));
    }
}
