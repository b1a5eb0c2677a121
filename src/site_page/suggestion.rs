//! What readers and communicators write to the site's mailbox (`COMMUNIQUE_SUGGESTIONS_TO`): an obstacle that somebody met,
//! a mistake, an idea. It leaves by a job, so that a slow mail server isn't felt; nothing of it is kept but on its way.

use chrono::{DateTime, Utc};
use diesel_async::AsyncConnection;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use maud::html;
use serde::{Deserialize, Serialize};

use crate::journal::{self, Actor, Entry};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{self, Address, AddressError, Composed, Connection, Mail, Outcome};
use crate::kit::secret::random_token;
use crate::kit::web::error::WebError;
use crate::kit::{clock, job};
use crate::layout::mail::{Colour, Letter, head_style, text_style, wrap};
use crate::phrases::phrases;

/// The most characters of a message.
pub const TEXT_MAX: usize = 5_000;

/// From where it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// The page whom to write to.
    Contact,
    /// The accessibility statement: an answer is owed.
    Accessibility,
    /// The desk.
    Desk,
}

/// A form as it was filled in.
#[derive(Debug, Clone, Default)]
pub struct Form {
    /// What they say.
    pub text: String,
    /// Where they may be answered; empty: nowhere.
    pub email: String,
    /// The page of which they speak, as they name it.
    pub about: String,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is said.
    NoText,
    /// More than [`TEXT_MAX`] characters.
    LongText,
    /// No address.
    Address(AddressError),
}

impl Form {
    /// The message, or all that is wrong with it in the order of the form.
    pub fn check(&self) -> Result<(String, Option<Address>), Vec<Problem>> {
        let mut problems = Vec::new();
        // Lines stay; what no keyboard types goes.
        let text: String = self.text.replace("\r\n", "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect();
        let text = text.trim().to_owned();
        if text.is_empty() {
            problems.push(Problem::NoText);
        } else if text.chars().count() > TEXT_MAX {
            problems.push(Problem::LongText);
        }
        let address = match self.email.trim() {
            "" => None,
            typed => Address::parse(typed).map_err(|error| problems.push(Problem::Address(error))).ok(),
        };
        if problems.is_empty() { Ok((text, address)) } else { Err(problems) }
    }
}

/// Sends a message on its way. `from`: the name of somebody at the desk.
pub async fn send(
    ctx: &Context,
    source: Source,
    lang: Lang,
    text: String,
    address: Option<Address>,
    about: &str,
    from: Option<(Actor, &str)>,
) -> Result<(), WebError> {
    let about: String = about.chars().filter(|c| !c.is_control()).take(300).collect();
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        let job = SuggestionMail {
            source,
            lang,
            text,
            email: address.as_ref().map(|address| address.as_str().to_owned()),
            name: from.map(|(_, name)| name.to_owned()),
            about,
            id: random_token(),
            at: clock::now(conn).await?,
        };
        job::enqueue(conn, SuggestionMail::IDENTIFIER, &job, None).await?;
        if let Some((actor, _)) = from {
            journal::record(conn, actor, [Entry::on_site("suggestion.sent")]).await?;
        }
        Ok::<_, diesel::result::Error>(())
    })
    .await?;
    Ok(())
}

/// Writes one message to the mailbox.
#[derive(Debug, Serialize, Deserialize)]
pub struct SuggestionMail {
    source: Source,
    lang: Lang,
    text: String,
    email: Option<String>,
    name: Option<String>,
    about: String,
    id: String,
    at: DateTime<Utc>,
}

impl TaskHandler for SuggestionMail {
    const IDENTIFIER: &'static str = "suggestion-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.deliver(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl SuggestionMail {
    async fn deliver(&self, ctx: &Context) -> anyhow::Result<()> {
        let mail = self.compose(ctx)?;
        let mut connection = Connection::open(&ctx.transport);
        let outcome = connection.send(&mail).await;
        connection.close().await;
        match outcome {
            Outcome::Accepted { .. } => Ok(()),
            // Somebody may be owed an answer: tried again until it is taken, under the same Message-ID.
            Outcome::Temporary { reply, stage, .. } | Outcome::Permanent { reply, stage, .. } => {
                anyhow::bail!("not sent, at {stage}: {reply}")
            }
            Outcome::Uncertain { why } => anyhow::bail!("it may not have arrived: {why}"),
        }
    }

    /// Everything that was typed stands in the body, or was parsed: no header can be made of it.
    fn compose(&self, ctx: &Context) -> anyhow::Result<Composed> {
        let lang = self.lang;
        let words = phrases(lang);
        let site = ctx.settings.site_name.text(lang);
        let title = match self.source {
            Source::Contact => words.suggestion_mail_contact(),
            Source::Accessibility => words.suggestion_mail_accessibility(),
            Source::Desk => words.suggestion_mail_desk(),
        };
        let who = match (&self.name, &self.email) {
            (Some(name), _) => words.suggestion_mail_from(name),
            (None, Some(email)) => words.suggestion_mail_from(email),
            (None, None) => words.suggestion_mail_anonymous(),
        };
        let about = (!self.about.is_empty()).then(|| words.suggestion_mail_about(&self.about));
        let paragraphs: Vec<&str> = self.text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()).collect();
        let rows = html! {
            tr { td style="padding:16px 0 0;" {
                h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (title) }
                p.ink2 style=(text_style(Colour::Quiet, 14, 21, "4px 0 0")) { (who) @if let Some(about) = &about { br; (about) } }
                @for paragraph in &paragraphs {
                    p.ink style=(text_style(Colour::Ink, 15, 22, "12px 0 0")) {
                        @for (place, line) in paragraph.lines().enumerate() { @if place > 0 { br; } (line) }
                    }
                }
            } }
        };
        let mut body = String::new();
        wrap(&mut body, "", "", &title);
        body.push_str("\n\n");
        wrap(&mut body, "", "", &who);
        if let Some(about) = &about {
            body.push('\n');
            wrap(&mut body, "", "", about);
        }
        body.push_str("\n\n");
        for line in self.text.lines() {
            wrap(&mut body, "", "", line);
            body.push('\n');
        }
        let letter = Letter { settings: &ctx.settings, lang, title: &title, preheader: &who };
        let unique = data_encoding::HEXLOWER.encode(&ctx.secret.keyed_hash("suggestion.mail", &self.id)[..10]);
        let mut headers = vec![(mail::AUTO_GENERATED.0.to_owned(), mail::AUTO_GENERATED.1.to_owned())];
        if let Some(email) = &self.email {
            // An address with signs that no header line takes as they are stands in the body alone.
            headers.extend(email.is_ascii().then(|| ("Reply-To".to_owned(), email.clone())));
        }
        let mail = Mail {
            to: Address::parse(&ctx.settings.suggestions_to)?,
            subject: format!("{site} – {title}"),
            text: letter.text(&body, ""),
            html: letter.html(&rows, &html! {}),
            lang: lang.code().to_owned(),
            date: self.at,
            message_id: ctx.mail.message_id(&format!("suggestion.{unique}"))?,
            envelope_from: ctx.mail.envelope_from("bounce", &format!("s-{unique}"))?,
            headers,
        };
        Ok(mail::message(&ctx.mail, &mail)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_has_words_and_an_address_that_is_one_or_none() {
        let form = |text: &str, email: &str| Form { text: text.into(), email: email.into(), about: String::new() };
        assert_eq!(form(" Bonjour\r\n\u{7}!", "").check(), Ok(("Bonjour\n!".into(), None)));
        assert_eq!(form(" \n ", "").check(), Err(vec![Problem::NoText]));
        let long = "x".repeat(TEXT_MAX + 1);
        let wrong = form(&long, "a@b.example\r\nBcc: c@d.example").check().expect_err("wrong twice");
        assert!(matches!(wrong[..], [Problem::LongText, Problem::Address(_)]), "{wrong:?}");
    }
}
