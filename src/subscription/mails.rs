//! The mail that asks whether a subscription was meant.

use anyhow::Context as _;
use maud::html;

use super::model::Wish;
use super::wording;
use crate::kit::context::Context;
use crate::kit::mail::{self, AUTO_GENERATED, Composed, Mail};
use crate::layout::mail::{Colour, Letter, button, head_style, text_style, wrap};
use crate::paths;
use crate::phrases::phrases;

/// Composes it; `choice` is the wish's filter in words. The same wish gives the same bytes.
pub fn confirmation(ctx: &Context, wish: &Wish, choice: &str) -> anyhow::Result<Composed> {
    let lang = wish.lang();
    let words = phrases(lang);
    let link = ctx.settings.absolute(&paths::confirmation(lang, &wish.token(&ctx.secret)));
    let subject = words.subscription_mail_subject(ctx.settings.site_name.text(lang));
    let title = words.subscription_confirm_title();
    let intro = words.subscription_mail_intro();
    let chosen = words.subscription_mail_choice(
        choice,
        wording::order(&wish.languages, lang),
        wording::times(&ctx.settings.slots, lang),
    );
    let letter = Letter { settings: &ctx.settings, lang, title: &title, preheader: &intro };
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (title) }
            p.ink style=(text_style(Colour::Ink, 15, 22, "4px 0 0")) { (intro) }
            p.ink style=(text_style(Colour::Ink, 15, 22, "12px 0 20px")) { (chosen) }
            (button(&link, &words.subscription_mail_link()))
        } }
    };
    let foot =
        html! { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (words.subscription_mail_until()) } };
    let mut body = String::new();
    for paragraph in [&title, &intro, &chosen] {
        wrap(&mut body, "", "", paragraph);
        body.push('\n');
    }
    wrap(&mut body, "", "", &words.mail_labelled(words.subscription_mail_link()));
    wrap(&mut body, "", "", &link);
    let mut foot_text = String::new();
    wrap(&mut foot_text, "", "", &words.subscription_mail_until());

    // Safe in a Message-ID and, whatever hosts make of its case, in an envelope sender.
    let unique = data_encoding::HEXLOWER.encode(&ctx.secret.keyed_hash("subscription.mail", &wish.id)[..10]);
    let mail = Mail {
        to: wish.email.clone(),
        subject,
        text: letter.text(&body, &foot_text),
        html: letter.html(&rows, &foot),
        lang: lang.code().to_owned(),
        date: wish.wished_at,
        message_id: ctx.mail.message_id(&format!("confirmation.{unique}"))?,
        envelope_from: ctx.mail.envelope_from("bounce", &format!("c-{unique}")).context("COMMUNIQUE_BOUNCE_DOMAIN")?,
        headers: vec![(AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned())],
    };
    Ok(mail::message(&ctx.mail, &mail)?)
}
