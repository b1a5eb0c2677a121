//! What the Chancellery is written: what of a meeting was held back. Numbers and states only: no word of a decision stands
//! in a mail.

use anyhow::Context as _;
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use maud::html;
use serde::{Deserialize, Serialize};

use super::model::{Item, Meeting, Stage};
use super::query;
use crate::account;
use crate::ids::{AccountId, MeetingId};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{Address, Composed};
use crate::layout::mail::{Colour, Letter, button, head_style, text_style, wrap};
use crate::paths;
use crate::phrases::{Phrases, phrases};
use crate::release::decision::PublicMeeting;
use crate::release::mails::{Composition, compose, deliver};
use crate::release::state::State;
use crate::release::views::meeting_name;

/// The job that tells one editor of the Chancellery what of a meeting was held back.
#[derive(Debug, Serialize, Deserialize)]
pub struct HeldBackMail {
    /// Of which meeting.
    pub meeting_id: MeetingId,
    /// Whom.
    pub account_id: AccountId,
}

impl TaskHandler for HeldBackMail {
    const IDENTIFIER: &'static str = "held-back-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl HeldBackMail {
    /// Does it now, unless everything has gone public meanwhile; an error asks the queue to try again later.
    pub async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let mut conn = ctx.conn().await?;
        let meeting = query::meeting(&mut conn, self.meeting_id).await?.context("no such meeting")?;
        let mut items = query::items(&mut conn, self.meeting_id).await?;
        let to = account::query::mailbox_of(&mut conn, self.account_id).await?;
        let now = clock::now(&mut conn).await?;
        drop(conn);
        items.retain(Item::is_to_come);
        let Some((email, lang)) = to.filter(|_| !items.is_empty()) else { return Ok(()) };
        let lang = lang.unwrap_or(ctx.settings.languages[0]);
        let mail = held_back(ctx, &meeting, &items, &Address::parse(&email)?, lang, now)?;
        deliver(ctx, &mail).await
    }
}

/// How a meeting is called in a sentence.
pub fn name_of(meeting: &Meeting, lang: Lang) -> String {
    let public =
        PublicMeeting { id: meeting.id, code: meeting.code.clone(), kind: meeting.kind, held_on: meeting.held_on };
    meeting_name(&public, lang)
}

/// The word of a state, as the desk has it.
pub fn state_name(state: State, words: &Phrases) -> String {
    match state {
        State::Draft => words.desk_state_draft(),
        State::Submitted => words.desk_state_submitted(),
        State::InValidation => words.desk_state_in_validation(),
        State::Ready => words.desk_state_ready(),
        State::Scheduled => words.desk_state_scheduled(),
        State::Published => words.desk_state_published(),
        State::Superseded => words.desk_state_superseded(),
    }
}

fn held_back(
    ctx: &Context,
    meeting: &Meeting,
    items: &[Item],
    to: &Address,
    lang: Lang,
    now: chrono::DateTime<chrono::Utc>,
) -> anyhow::Result<Composed> {
    let words = phrases(lang);
    let name = name_of(meeting, lang);
    let is_public = meeting.stage() == Stage::Published;
    let (title, intro) = if is_public {
        (words.council_mail_held(items.len()), words.council_mail_held_intro(&name))
    } else {
        (words.council_mail_stopped(), words.council_mail_stopped_intro(&name))
    };
    let href = ctx.settings.absolute(&paths::of_meeting(paths::DESK_MEETING, meeting.id));
    let lines: Vec<String> = items
        .iter()
        .map(|item| {
            let state = match &item.held_back_reason {
                Some(_) => words.council_pulled_out(),
                None => state_name(item.state, words),
            };
            words.council_mail_item(i64::from(item.number), state)
        })
        .collect();
    let letter = Letter { settings: &ctx.settings, lang, title: &title, preheader: &intro };
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (title) }
            p.ink style=(text_style(Colour::Ink, 15, 22, "8px 0 0")) { (intro) }
            ul.ink style=(text_style(Colour::Ink, 15, 22, "8px 0 0")) {
                @for line in &lines { li { (line) } }
            }
            p style=(text_style(Colour::Ink, 15, 22, "20px 0 0")) { (button(&href, &words.council_mail_open())) }
        } }
    };
    let mut body = String::new();
    wrap(&mut body, "", "", &title);
    body.push('\n');
    wrap(&mut body, "", "", &intro);
    body.push('\n');
    for line in &lines {
        wrap(&mut body, "- ", "  ", line);
    }
    body.push('\n');
    wrap(&mut body, "", "", &words.mail_labelled(words.council_mail_open()));
    wrap(&mut body, "", "", &href);
    compose(
        ctx,
        Composition {
            kind: "held-back",
            number: meeting.id.0,
            to: to.clone(),
            subject: format!("{name}{}{title}", words.council_colon()),
            text: letter.text(&body, ""),
            html: letter.html(&rows, &html! {}),
            lang,
            date: now,
        },
    )
}
