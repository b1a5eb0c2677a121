//! What is written to the spokespersons: what waits for them, that it still does, a link for another device, what they
//! answered; and to the Chancellery, who has not. All mails of a meeting to one person are one thread. No word of a decision
//! stands in them, unless the site's setting says that its headline and lead may.

use anyhow::Context as _;
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};

use super::ask::VERP;
use super::asked::{self, Asked, Standing};
use super::link::{self, Answerer};
use super::model::{Answer, MailKind, Meeting, Say, Written};
use super::query;
use super::views;
use crate::ids::MandateId;
use crate::journal::Actor;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::mail::{self, AUTO_GENERATED, Address, Composed, Mail};
use crate::layout::mail::{Colour, Letter, filled_button, head_style, text_style, wrap};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// A line of a mail, for both bodies.
enum Line {
    Plain(String),
    Strong(String),
    Quiet(String),
    /// The one thing to do: what it is called, and where it leads.
    Button(String, String),
}

/// The mail as it leaves; none, if nothing of it is true any more.
pub async fn compose(conn: &mut AsyncPgConnection, ctx: &Context, mail: &Written) -> anyhow::Result<Option<Composed>> {
    let meeting = query::meeting(conn, mail.meeting_id).await?.context("the meeting of a mail")?;
    let words = phrases(mail.lang);
    let said = match mail.kind {
        MailKind::Ask | MailKind::Reminder | MailKind::NewLink => asking(conn, ctx, words, &meeting, mail).await?,
        MailKind::Receipt => receipt(conn, ctx, words, &meeting, mail).await?,
        MailKind::Escalation => escalation(conn, ctx, words, &meeting, mail).await?,
    };
    let Some((subject, title, lines)) = said else { return Ok(None) };
    let preheader = views::meeting_name(mail.lang, &meeting);
    let letter = Letter { settings: &ctx.settings, lang: mail.lang, title: &title, preheader: &preheader };
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (title) }
            @for line in &lines { (as_html(line)) }
        } }
    };
    let mut body = String::new();
    wrap(&mut body, "", "", &title);
    for line in &lines {
        body.push('\n');
        match line {
            Line::Plain(said) | Line::Strong(said) | Line::Quiet(said) => wrap(&mut body, "", "", said),
            Line::Button(said, href) => {
                wrap(&mut body, "", "", &words.mail_labelled(said.as_str()));
                wrap(&mut body, "", "", href);
            }
        }
    }
    let unique = format!("validation.{}", mail.token);
    // A thread of its own for each person and meeting, whatever the subjects say (RFC 5322 §3.6.4).
    let thread = data_encoding::HEXLOWER
        .encode(&ctx.secret.keyed_hash("validation.thread", &format!("{} {}", meeting.id, mail.email))[..10]);
    let root = ctx.mail.message_id(&format!("validation.thread.{thread}"))?;
    let composed = Mail {
        to: Address::parse(&mail.email)?,
        subject,
        text: letter.text(&body, ""),
        html: letter.html(&rows, &html! {}),
        lang: mail.lang.code().to_owned(),
        date: mail.created_at,
        message_id: ctx.mail.message_id(&unique)?,
        envelope_from: ctx
            .mail
            .envelope_from("bounce", &format!("{VERP}{}", mail.token))
            .context("COMMUNIQUE_BOUNCE_DOMAIN")?,
        headers: vec![
            (AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned()),
            ("In-Reply-To".to_owned(), root.clone()),
            ("References".to_owned(), root),
        ],
    };
    Ok(Some(mail::message(&ctx.mail, &composed)?))
}

fn as_html(line: &Line) -> Markup {
    match line {
        Line::Plain(said) => html! { p.ink style=(text_style(Colour::Ink, 16, 24, "12px 0 0")) { (said) } },
        Line::Strong(said) => html! { p.ink style=(text_style(Colour::Ink, 16, 24, "12px 0 0")) { strong { (said) } } },
        Line::Quiet(said) => html! { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "12px 0 0")) { (said) } },
        Line::Button(said, href) => {
            html! { p style=(text_style(Colour::Ink, 16, 24, "20px 0 8px")) { (filled_button(href, said)) } }
        }
    }
}

type Said = Option<(String, String, Vec<Line>)>;

/// What waits for whoever is written to.
async fn asking(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    words: &Phrases,
    meeting: &Meeting,
    mail: &Written,
) -> anyhow::Result<Said> {
    let (lang, zone) = (mail.lang, ctx.settings.zone);
    let id = mail.link_id.context("the link of a mail")?;
    let link = query::link(conn, id).await?.context("the link of a mail")?;
    let speaks = query::speakers_at(conn, &mail.email).await?;
    if speaks.is_empty() || link.revoked_at.is_some() || meeting.cancelled_at.is_some() {
        return Ok(None);
    }
    let token = link::token(&ctx.secret, &link).context("the key of this link is gone")?;
    let by = Answerer {
        meeting: meeting.clone(),
        email: mail.email.clone(),
        speaks,
        device_id: None,
        account_id: None,
        actor: Actor::Job("validation-mails"),
    };
    let all = asked::of(conn, &by).await?;
    let open: Vec<&Asked> = all.iter().filter(|one| one.is_open()).collect();
    // Whoever asked for a new link gets it, also to change what they have answered.
    if open.is_empty() && mail.kind != MailKind::NewLink {
        return Ok(None);
    }
    let name = views::meeting_name(lang, meeting);
    let hour = meeting.deadline_at.map(|at| dates::hour_in_words(lang, zone, at));
    let is_late = meeting.deadline_at.is_some_and(|at| at <= mail.created_at);
    let before = hour.as_ref().filter(|_| !is_late);
    let title = match (before, open.len()) {
        (_, 0) => words.answer_title_none(),
        (Some(hour), count) => words.answer_mail_title_before(hour.as_str(), count),
        (None, count) => words.answer_title(count),
    };
    let title = if mail.kind == MailKind::Reminder { words.answer_mail_reminder(title.as_str()) } else { title };
    let subject = words.answer_mail_subject(title.as_str(), name.as_str());
    let mut lines = vec![Line::Quiet(dates::capital(&name)), Line::Plain(words.answer_mail_hello(mail.name.as_str()))];
    let mut mandates: Vec<MandateId> = open.iter().map(|one| one.mandate.id).collect();
    mandates.sort();
    mandates.dedup();
    for mandate in mandates {
        let of: Vec<&&Asked> = open.iter().filter(|one| one.mandate.id == mandate).collect();
        let who = of.first().map(|one| views::minister(lang, &one.mandate)).unwrap_or_default();
        let numbers = |standing: Standing| {
            let numbers: Vec<String> =
                of.iter().filter(|one| one.standing() == standing).map(|one| one.item.position.to_string()).collect();
            (numbers.len(), numbers.join(", "))
        };
        lines.push(Line::Strong(words.answer_mail_for(who.as_str())));
        for standing in [Standing::New, Standing::Changed, Standing::Refused] {
            let (count, numbers) = numbers(standing);
            if count > 0 {
                lines.push(Line::Plain(match standing {
                    Standing::New => words.answer_mail_new(count, numbers),
                    Standing::Changed => words.answer_mail_changed(count, numbers),
                    _ => words.answer_mail_refused(count, numbers),
                }));
            }
        }
        if ctx.settings.validation_mail_texts {
            for one in of {
                if let Some(text) = views::first_text(lang, &one.texts) {
                    lines.push(Line::Plain(format!("{}. {}", one.item.position, text.title)));
                    if !text.lead.is_empty() {
                        lines.push(Line::Quiet(text.lead.clone()));
                    }
                }
            }
        }
    }
    lines.push(Line::Button(words.answer_mail_button(), ctx.settings.absolute(&paths::answer_door(&token))));
    lines.push(Line::Plain(words.answer_mail_no_password()));
    if let Some(hour) = before {
        lines.push(Line::Strong(match meeting.silence_agrees {
            true => words.answer_mail_silence(hour.as_str()),
            false => words.answer_mail_call(hour.as_str()),
        }));
    } else {
        lines.push(Line::Strong(words.answer_mail_no_deadline()));
    }
    if let Some(at) = meeting.planned_at.filter(|at| *at > mail.created_at) {
        lines.push(Line::Plain(words.answer_mail_publication(dates::hour_in_words(lang, zone, at))));
    }
    lines.push(Line::Plain(words.answer_mail_personal()));
    let deputies = deputies(conn, &by).await?;
    if !deputies.is_empty() {
        lines.push(Line::Plain(words.answer_mail_deputy(deputies.join(", "))));
    }
    if let Some(phone) = query::chancellery_phone(conn, meeting.id).await? {
        lines.push(Line::Plain(words.answer_chancellery(phone)));
    }
    if !ctx.settings.validation_mail_texts {
        lines.push(Line::Quiet(words.answer_mail_no_texts()));
    }
    Ok(Some((subject, title, lines)))
}

/// Who could answer in their place, by name.
async fn deputies(conn: &mut AsyncPgConnection, by: &Answerer) -> anyhow::Result<Vec<String>> {
    let all = query::speakers(conn, &by.mandates()).await?;
    let mut names: Vec<String> =
        all.into_iter().filter(|one| one.is_deputy && one.email != by.email).map(|one| one.name).collect();
    names.dedup();
    Ok(names)
}

/// What they answered, with the hashes of what they had before their eyes.
async fn receipt(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    words: &Phrases,
    meeting: &Meeting,
    mail: &Written,
) -> anyhow::Result<Said> {
    let (lang, zone) = (mail.lang, ctx.settings.zone);
    let id = mail.receipt_id.context("the receipt of a mail")?;
    let receipt = query::receipt(conn, id).await?.context("the receipt of a mail")?;
    let answers = query::answers_of_receipt(conn, id).await?;
    let positions = query::positions(conn, &answers.iter().map(|answer| answer.request_id).collect::<Vec<_>>()).await?;
    let name = views::meeting_name(lang, meeting);
    let hour = dates::hour_to_the_second(lang, zone, receipt.at);
    let title = words.answer_received(hour);
    let subject = words.answer_mail_subject(title.as_str(), name.as_str());
    let mut lines = vec![Line::Quiet(dates::capital(&name)), Line::Plain(words.answer_mail_hello(mail.name.as_str()))];
    for answer in &answers {
        let position = positions.iter().find(|(id, _)| *id == answer.request_id).map_or(0, |(_, position)| *position);
        lines.push(Line::Strong(words.answer_mail_items(words.answer_item(position), said(words, answer))));
        if let Some(fate) = fate(words, answer) {
            lines.push(Line::Plain(fate));
        }
        lines.push(Line::Quiet(hashes(answer)));
    }
    lines.push(Line::Plain(words.answer_hash_note()));
    Ok(Some((subject, title, lines)))
}

/// `NL 7f3a 91c2 · FR b04d e8d1`
pub fn hashes(answer: &Answer) -> String {
    let shown: Vec<String> =
        answer.parts.shown().into_iter().map(|(lang, hash)| format!("{} {hash}", lang.to_uppercase())).collect();
    shown.join(" · ")
}

/// An answer in words, as it counts: after publication it is a remark.
pub fn said(words: &Phrases, answer: &Answer) -> String {
    match (answer.fate, answer.say) {
        (super::model::Fate::Public, Say::Change) => words.answer_remark(),
        _ => say(words, answer.say),
    }
}

/// An answer in words.
pub fn say(words: &Phrases, say: Say) -> String {
    match say {
        Say::Agree => words.answer_agree(),
        Say::Suggest => words.answer_suggest(),
        Say::Change => words.answer_change(),
        Say::None => words.answer_none(),
    }
}

/// Why an answer does not count, to whoever gave it.
pub fn fate(words: &Phrases, answer: &Answer) -> Option<String> {
    use super::model::Fate;
    match answer.fate {
        Fate::Counts => None,
        Fate::OlderText => Some(words.answer_fate_older()),
        Fate::Public => Some(words.answer_fate_public()),
        Fate::Waived => Some(words.answer_fate_waived()),
        Fate::Decided => Some(words.answer_fate_decided()),
    }
}

/// To the Chancellery: who has not answered at the deadline.
async fn escalation(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    words: &Phrases,
    meeting: &Meeting,
    mail: &Written,
) -> anyhow::Result<Said> {
    let (lang, zone) = (mail.lang, ctx.settings.zone);
    let board = super::board::read(conn, meeting.clone()).await?;
    let mut lines = vec![
        Line::Quiet(dates::capital(&views::meeting_name(lang, meeting))),
        Line::Plain(words.answer_mail_hello(mail.name.as_str())),
    ];
    let mut missing = 0;
    for mandate in &board.mandates {
        let numbers: Vec<String> = board.missing(mandate.id).into_iter().map(|position| position.to_string()).collect();
        if numbers.is_empty() {
            continue;
        }
        missing += 1;
        let speakers: Vec<String> =
            super::routing::written_to(board.speakers.iter().filter(|one| one.mandate_id == mandate.id))
                .into_iter()
                .map(|one| match &one.phone {
                    Some(phone) => format!("{} {phone}", one.name),
                    None => one.name.clone(),
                })
                .collect();
        let items = words.answer_mail_items(views::minister(lang, mandate), numbers.join(", "));
        lines.push(Line::Strong(items));
        if !speakers.is_empty() {
            lines.push(Line::Plain(speakers.join(", ")));
        }
    }
    if missing == 0 {
        return Ok(None);
    }
    let hour = meeting.deadline_at.map(|at| dates::hour_in_words(lang, zone, at)).unwrap_or_default();
    let title = words.answer_escalation_title(missing, hour.as_str());
    let subject = words.answer_mail_subject(title.as_str(), views::meeting_name(lang, meeting));
    lines.push(Line::Button(
        words.answer_escalation_button(),
        ctx.settings.absolute(&paths::of_meeting(paths::DESK_BOARD, meeting.id)),
    ));
    Ok(Some((subject, title, lines)))
}
