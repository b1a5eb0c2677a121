//! The demo's mailbox: what the outbox of `.eml` files holds, as a person reads mail. On a demo only.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::DateTime;
use mail_parser::{Message, MessageParser};
use maud::{Markup, html};

use crate::account::handlers::desk_language;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::mail::{Outbox, OutboxError};
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, headers, page};
use crate::layout::desk;
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// How many mails the list shows, the newest first.
const SHOWN: usize = 200;

impl From<OutboxError> for WebError {
    fn from(error: OutboxError) -> Self {
        match error {
            OutboxError::Name | OutboxError::NotFound => WebError::NotFound,
            OutboxError::Io(_) => WebError::Internal(error.into()),
        }
    }
}

fn outbox(ctx: &Context) -> Result<&Outbox, WebError> {
    ctx.transport.outbox().ok_or(WebError::NotFound)
}

/// `GET /mailbox`
pub async fn list(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let lang = desk_language(&ctx, &request);
    let words = phrases(lang);
    let outbox = outbox(&ctx)?;
    let mut mails = Vec::new();
    for name in outbox.list().await?.into_iter().rev().take(SHOWN) {
        let bytes = outbox.read(&name).await?;
        if let Some(mail) = MessageParser::default().parse(&bytes) {
            mails.push((name, recipient(&mail), subject(words, &mail), date(&ctx, lang, &mail)));
        }
    }
    let main = html! {
        h1 { (words.mailbox_title()) }
        p.soft { (words.mailbox_lead()) }
        @if mails.is_empty() { p { (words.mailbox_empty()) } } @else {
            ul.rows {
                @for (name, to, subject, date) in &mails {
                    li {
                        p.t { a href=(address(paths::MAILBOX_MAIL, name)) { (subject) } }
                        p.soft { (to) " · " (date) }
                    }
                }
            }
        }
    };
    Ok(page(Keep::Never, desk::page(&ctx, lang, &words.mailbox_title(), None, main)))
}

/// `GET /mailbox/{name}`
pub async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    let lang = desk_language(&ctx, &request);
    let words = phrases(lang);
    let bytes = outbox(&ctx)?.read(&name).await?;
    let mail = MessageParser::default().parse(&bytes).ok_or(WebError::NotFound)?;
    let subject = subject(words, &mail);
    let main = html! {
        p.crumb { a href=(paths::MAILBOX) { (words.mailbox_back()) } }
        div.stack {
            h1 { (subject) }
            (head(&ctx, lang, words, &mail))
            section.sec aria-labelledby="as-html" {
                h2 #as-html { (words.mailbox_html()) }
                iframe.mail-frame src=(address(paths::MAILBOX_HTML, &name)) title=(subject) {}
            }
            section.sec aria-labelledby="as-text" {
                h2 #as-text { (words.mailbox_text()) }
                div.mail-text { (linked(&mail.body_text(0).unwrap_or_default())) }
            }
            details {
                summary { (words.mailbox_source()) }
                div.mail-text { (String::from_utf8_lossy(&bytes)) }
            }
        }
    };
    let mut answer = page(Keep::Never, desk::page(&ctx, lang, &subject, None, main));
    answer.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_str(&format!("{}; frame-src 'self'", headers::CSP))
            .map_err(|error| WebError::Internal(error.into()))?,
    );
    Ok(answer)
}

/// `GET /mailbox/{name}/html`: the HTML body alone, for the frame around it.
pub async fn html_body(ctx: web::Data<Context>, name: web::Path<String>) -> Result<HttpResponse, WebError> {
    let bytes = outbox(&ctx)?.read(&name).await?;
    let mail = MessageParser::default().parse(&bytes).ok_or(WebError::NotFound)?;
    let body = mail.body_html(0).ok_or(WebError::NotFound)?.into_owned();
    Ok(HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .insert_header((header::CONTENT_SECURITY_POLICY, headers::CSP_MAIL))
        .insert_header(("x-frame-options", "SAMEORIGIN"))
        .body(body))
}

fn address(pattern: &str, name: &str) -> String {
    pattern.replace("{name}", name)
}

fn subject(words: &Phrases, mail: &Message<'_>) -> String {
    mail.subject().map_or_else(|| words.mailbox_unnamed(), str::to_owned)
}

fn recipient(mail: &Message<'_>) -> String {
    let first = mail.to().and_then(|to| to.first());
    first.and_then(|to| to.address()).unwrap_or_default().to_owned()
}

/// By the site's zone, as everything else.
fn date(ctx: &Context, lang: Lang, mail: &Message<'_>) -> String {
    let at = mail.date().and_then(|date| DateTime::from_timestamp(date.to_timestamp(), 0));
    let zone = ctx.settings.zone;
    at.map(|at| format!("{}, {}", dates::short(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at)))
        .unwrap_or_default()
}

fn head(ctx: &Context, lang: Lang, words: &Phrases, mail: &Message<'_>) -> Markup {
    let from = mail.from().and_then(|from| from.first());
    let name = from.and_then(|from| from.name()).unwrap_or_default();
    let sender = from.and_then(|from| from.address()).unwrap_or_default();
    html! {
        dl.mail-head {
            dt { (words.mailbox_from()) } dd { @if name.is_empty() { (sender) } @else { (name) " <" (sender) ">" } }
            dt { (words.mailbox_to()) } dd { (recipient(mail)) }
            dt { (words.mailbox_date()) } dd { (date(ctx, lang, mail)) }
        }
    }
}

/// The text with its addresses as links: in the demo one follows them from here.
fn linked(text: &str) -> Markup {
    html! {
        @for piece in text.split_inclusive(char::is_whitespace) {
            @let word = piece.trim_end();
            @if word.starts_with("http://") || word.starts_with("https://") {
                a href=(word) { (word) } (piece[word.len()..])
            } @else { (piece) }
        }
    }
}
