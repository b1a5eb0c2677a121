//! The mails of releases that are no digest: a personal link to a preview, and a forced publication that waits for somebody
//! else's word.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use maud::html;
use serde::{Deserialize, Serialize};

use super::forcing::Forced;
use super::grant::Grant;
use super::query;
use crate::account;
use crate::ids::{AccountId, GrantId};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{self, AUTO_GENERATED, Address, Composed, Connection, Mail, Outcome};
use crate::kit::{clock, dates};
use crate::layout::mail::{Colour, Letter, button, head_style, link, text_style, wrap};
use crate::paths;
use crate::phrases::phrases;

/// The job that sends a personal link to whom it is for. It holds the number of the grant and no token.
#[derive(Debug, Serialize, Deserialize)]
pub struct PreviewMail {
    /// Which link.
    pub grant_id: GrantId,
}

impl TaskHandler for PreviewMail {
    const IDENTIFIER: &'static str = "preview-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl PreviewMail {
    /// Does it now, unless the link has ended meanwhile; an error asks the queue to try again later.
    pub async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let (grant, now) = {
            let mut conn = ctx.conn().await?;
            (query::grant(&mut conn, self.grant_id).await?, clock::now(&mut conn).await?)
        };
        let Some(grant) = grant.filter(|grant| grant.is_open(now)) else { return Ok(()) };
        let token = grant.token(&ctx.secret).context("the key of this link is gone")?;
        deliver(ctx, &preview(ctx, &grant, &token)?).await
    }
}

/// The job that tells one admin of forced publications that nobody has ratified.
#[derive(Debug, Serialize, Deserialize)]
pub struct RatificationMail {
    /// Which admin.
    pub account_id: AccountId,
}

impl TaskHandler for RatificationMail {
    const IDENTIFIER: &'static str = "ratification-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl RatificationMail {
    /// Does it now, unless all was ratified meanwhile.
    pub async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let (waiting, to, now) = {
            let mut conn = ctx.conn().await?;
            let waiting = query::unratified(&mut conn).await?;
            (waiting, account::query::mailbox_of(&mut conn, self.account_id).await?, clock::now(&mut conn).await?)
        };
        let Some((email, lang)) = to.filter(|_| !waiting.is_empty()) else { return Ok(()) };
        let lang = lang.unwrap_or(ctx.settings.languages[0]);
        deliver(ctx, &ratification(ctx, self.account_id, &Address::parse(&email)?, lang, &waiting, now)?).await
    }
}

/// Hands one mail over; an error asks the queue to try again later.
pub async fn deliver(ctx: &Context, mail: &Composed) -> anyhow::Result<()> {
    let mut connection = Connection::open(&ctx.transport);
    let outcome = connection.send(mail).await;
    connection.close().await;
    match outcome {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Temporary { reply, stage, .. } => anyhow::bail!("not sent, at {stage}: {reply}"),
        Outcome::Permanent { code, reply, stage } => {
            tracing::info!(code, reply, %stage, "a mail of the desk was refused");
            Ok(())
        }
        Outcome::Uncertain { why } => {
            tracing::warn!(why, "a mail of the desk may not have arrived");
            Ok(())
        }
    }
}

/// The link, until when it opens, and that what it shows is not public. No word of the release itself.
fn preview(ctx: &Context, grant: &Grant, token: &str) -> anyhow::Result<Composed> {
    let lang = grant.lang;
    let words = phrases(lang);
    let zone = ctx.settings.zone;
    let href = ctx.settings.absolute(&paths::preview(token));
    let until = words.preview_mail_until(
        dates::full(lang, dates::day(zone, grant.expires_at)),
        dates::hour_in_words(lang, zone, grant.expires_at),
    );
    let (subject, title) = (words.preview_mail_subject(), words.preview_mail_title());
    let said = [words.preview_mail_intro(grant.name.as_str()), words.preview_mail_personal(), until];
    let letter = Letter { settings: &ctx.settings, lang, title: &title, preheader: &said[0] };
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (title) }
            @for said in &said { p.ink style=(text_style(Colour::Ink, 15, 22, "8px 0 0")) { (said) } }
            p style=(text_style(Colour::Ink, 15, 22, "20px 0 0")) { (button(&href, &words.preview_mail_link())) }
        } }
    };
    let mut body = String::new();
    for said in std::iter::once(&title).chain(&said) {
        wrap(&mut body, "", "", said);
        body.push('\n');
    }
    wrap(&mut body, "", "", &words.mail_labelled(words.preview_mail_link()));
    wrap(&mut body, "", "", &href);
    let foot = html! { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (words.preview_mail_foot()) } };
    let mut foot_text = String::new();
    wrap(&mut foot_text, "", "", &words.preview_mail_foot());
    compose(
        ctx,
        Composition {
            kind: "preview",
            number: grant.id.0,
            to: Address::parse(&grant.email)?,
            subject,
            text: letter.text(&body, &foot_text),
            html: letter.html(&rows, &foot),
            lang,
            date: grant.created_at,
        },
    )
}

fn ratification(
    ctx: &Context,
    to: AccountId,
    email: &Address,
    lang: Lang,
    waiting: &[Forced],
    now: DateTime<Utc>,
) -> anyhow::Result<Composed> {
    let words = phrases(lang);
    let zone = ctx.settings.zone;
    let title = words.publication_unratified_mail_title(waiting.len());
    let intro = words.publication_unratified_mail_intro();
    let lines: Vec<(String, String)> = waiting
        .iter()
        .map(|forced| {
            let at = format!(
                "{}, {}",
                dates::long(lang, dates::day(zone, forced.at)),
                dates::hour_in_words(lang, zone, forced.at)
            );
            let said = words.publication_forced_by(at, forced.by.as_str(), forced.reason.as_str());
            (said, ctx.settings.absolute(&paths::of_release(paths::DESK_RELEASE, forced.release_id)))
        })
        .collect();
    let letter = Letter { settings: &ctx.settings, lang, title: &title, preheader: &intro };
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (title) }
            p.ink style=(text_style(Colour::Ink, 15, 22, "4px 0 12px")) { (intro) }
            @for (said, href) in &lines {
                p.ink style=(text_style(Colour::Ink, 15, 22, "8px 0 0")) {
                    (said) " " (link(href, &words.publication_unratified_mail_link()))
                }
            }
        } }
    };
    let mut body = String::new();
    wrap(&mut body, "", "", &title);
    body.push('\n');
    wrap(&mut body, "", "", &intro);
    for (said, href) in &lines {
        body.push('\n');
        wrap(&mut body, "", "", said);
        wrap(&mut body, "", "", href);
    }
    compose(
        ctx,
        Composition {
            kind: "ratification",
            number: to.0,
            to: email.clone(),
            subject: title.clone(),
            text: letter.text(&body, ""),
            html: letter.html(&rows, &html! {}),
            lang,
            date: now,
        },
    )
}

/// A mail of the desk to one person.
pub struct Composition {
    /// What it is, in its Message-ID.
    pub kind: &'static str,
    /// Of what.
    pub number: i64,
    /// To whom.
    pub to: Address,
    /// What a mailbox lists.
    pub subject: String,
    /// The text body.
    pub text: String,
    /// The HTML body.
    pub html: String,
    /// Its language.
    pub lang: Lang,
    /// When.
    pub date: DateTime<Utc>,
}

/// Puts it together, with all headers.
pub fn compose(ctx: &Context, of: Composition) -> anyhow::Result<Composed> {
    let name = format!("{}.{}.{}", of.kind, of.number, of.date.timestamp());
    let unique = data_encoding::HEXLOWER.encode(&ctx.secret.keyed_hash("release.mail", &name)[..10]);
    let mail = Mail {
        to: of.to,
        subject: of.subject,
        text: of.text,
        html: of.html,
        lang: of.lang.code().to_owned(),
        date: of.date,
        message_id: ctx.mail.message_id(&format!("{}.{unique}", of.kind))?,
        envelope_from: ctx.mail.envelope_from("bounce", &format!("r-{unique}")).context("COMMUNIQUE_BOUNCE_DOMAIN")?,
        headers: vec![(AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned())],
    };
    Ok(mail::message(&ctx.mail, &mail)?)
}
