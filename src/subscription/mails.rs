//! The mails that somebody waits for: the question whether a subscription was meant, the link to one's subscriptions, the
//! proof of another address and the word to the old one.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use maud::html;

use super::model::Wish;
use super::wording;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{self, AUTO_GENERATED, Address, Composed, Mail, Outcome};
use crate::layout::mail::{Colour, Letter, button, head_style, text_style, wrap};
use crate::paths;
use crate::phrases::phrases;

/// A short mail of a few sentences and at most one thing to do.
struct Note<'a> {
    to: &'a Address,
    lang: Lang,
    /// What kind of mail it is, for its Message-ID.
    kind: &'a str,
    /// The letter before its envelope token.
    letter: char,
    /// Tells two of a kind apart; the same at each try.
    unique: &'a str,
    at: DateTime<Utc>,
    subject: String,
    title: String,
    paragraphs: Vec<String>,
    /// Where its button leads, and what that says.
    action: Option<(String, String)>,
    foot: String,
}

/// Composes it. The same values give the same bytes.
fn compose(ctx: &Context, note: Note<'_>) -> anyhow::Result<Composed> {
    let words = phrases(note.lang);
    let preheader = note.paragraphs.first().cloned().unwrap_or_default();
    let letter = Letter { settings: &ctx.settings, lang: note.lang, title: &note.title, preheader: &preheader };
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (note.title) }
            @for (place, paragraph) in note.paragraphs.iter().enumerate() {
                p.ink style=(text_style(Colour::Ink, 15, 22, if place == 0 { "4px 0 0" } else { "12px 0 0" })) { (paragraph) }
            }
            @if let Some((href, label)) = &note.action {
                p style="margin:20px 0 0;" { (button(href, label)) }
            }
        } }
    };
    let foot = html! { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (note.foot) } };
    let mut body = String::new();
    for paragraph in std::iter::once(&note.title).chain(&note.paragraphs) {
        wrap(&mut body, "", "", paragraph);
        body.push('\n');
    }
    if let Some((href, label)) = &note.action {
        wrap(&mut body, "", "", &words.mail_labelled(label));
        wrap(&mut body, "", "", href);
    }
    let mut foot_text = String::new();
    wrap(&mut foot_text, "", "", &note.foot);

    // Safe in a Message-ID and, whatever hosts make of its case, in an envelope sender.
    let purpose = format!("subscription.{}", note.kind);
    let unique = data_encoding::HEXLOWER.encode(&ctx.secret.keyed_hash(&purpose, note.unique)[..10]);
    let token = format!("{}-{unique}", note.letter);
    let mail = Mail {
        to: note.to.clone(),
        subject: note.subject,
        text: letter.text(&body, &foot_text),
        html: letter.html(&rows, &foot),
        lang: note.lang.code().to_owned(),
        date: note.at,
        message_id: ctx.mail.message_id(&format!("{}.{unique}", note.kind))?,
        envelope_from: ctx.mail.envelope_from("bounce", &token).context("COMMUNIQUE_BOUNCE_DOMAIN")?,
        headers: vec![(AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned())],
    };
    Ok(mail::message(&ctx.mail, &mail)?)
}

/// Asks whether a subscription was meant; `choice` is the wish's filter in words.
pub fn confirmation(ctx: &Context, wish: &Wish, choice: &str) -> anyhow::Result<Composed> {
    let lang = wish.lang();
    let words = phrases(lang);
    let link = ctx.settings.absolute(&paths::confirmation(lang, &wish.token(&ctx.secret)));
    let chosen = words.subscription_mail_choice(
        choice,
        wording::order(&wish.languages, lang),
        wording::rhythm(&wish.rhythm, &ctx.settings.slots, lang),
    );
    compose(
        ctx,
        Note {
            to: &wish.email,
            lang,
            kind: "confirmation",
            letter: 'c',
            unique: &wish.id,
            at: wish.wished_at,
            subject: words.subscription_mail_subject(ctx.settings.site_name.text(lang)),
            title: words.subscription_confirm_title(),
            paragraphs: vec![words.subscription_mail_intro(), chosen],
            action: Some((link, words.subscription_mail_link())),
            foot: words.subscription_mail_until(),
        },
    )
}

/// The link that opens somebody's subscriptions.
pub fn manage_link(
    ctx: &Context,
    to: &Address,
    lang: Lang,
    token: &str,
    unique: &str,
    at: DateTime<Utc>,
) -> anyhow::Result<Composed> {
    let words = phrases(lang);
    let link = ctx.settings.absolute(&paths::managing_opened(lang, token));
    compose(
        ctx,
        Note {
            to,
            lang,
            kind: "manage",
            letter: 'm',
            unique,
            at,
            subject: words.manage_mail_subject(ctx.settings.site_name.text(lang)),
            title: words.manage_title(),
            paragraphs: vec![words.manage_mail_intro()],
            action: Some((link, words.manage_open_button())),
            foot: words.manage_mail_until(),
        },
    )
}

/// To a new address: is it theirs?
pub fn address_proof(
    ctx: &Context,
    to: &Address,
    lang: Lang,
    token: &str,
    unique: &str,
    at: DateTime<Utc>,
) -> anyhow::Result<Composed> {
    let words = phrases(lang);
    let link = ctx.settings.absolute(&paths::managing_address(lang, token));
    compose(
        ctx,
        Note {
            to,
            lang,
            kind: "address",
            letter: 'a',
            unique,
            at,
            subject: words.manage_address_mail_subject(ctx.settings.site_name.text(lang)),
            title: words.manage_address_title(),
            paragraphs: vec![words.manage_address_mail_intro()],
            action: Some((link, words.manage_address_button())),
            foot: words.manage_address_mail_until(),
        },
    )
}

/// To the old one: the subscriptions have gone elsewhere.
pub fn address_notice(
    ctx: &Context,
    to: &Address,
    lang: Lang,
    unique: &str,
    at: DateTime<Utc>,
) -> anyhow::Result<Composed> {
    let words = phrases(lang);
    compose(
        ctx,
        Note {
            to,
            lang,
            kind: "moved",
            letter: 'n',
            unique,
            at,
            subject: words.manage_notice_mail_subject(ctx.settings.site_name.text(lang)),
            title: words.manage_notice_title(),
            paragraphs: vec![words.manage_notice_mail_intro()],
            action: None,
            foot: words.manage_notice_mail_foot(&ctx.settings.contact_mail),
        },
    )
}

/// How a job ends after such a mail: tried again if the mail server surely did not take it, and never a second mail if it
/// may have.
pub fn settle(what: &str, outcome: Outcome) -> anyhow::Result<()> {
    match outcome {
        Outcome::Accepted { .. } => Ok(()),
        Outcome::Temporary { reply, stage, .. } => anyhow::bail!("not sent, at {stage}: {reply}"),
        Outcome::Permanent { code, reply, stage } => {
            tracing::info!(code, reply, %stage, "{what} was refused");
            Ok(())
        }
        // Who did not get it can ask again.
        Outcome::Uncertain { why } => {
            tracing::warn!(why, "{what} may not have arrived");
            Ok(())
        }
    }
}
