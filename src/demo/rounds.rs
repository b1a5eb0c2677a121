//! The demo's validation: this Friday's decisions were sent to the spokespersons at noon. One of them has agreed, one asks for
//! a change; the others have a link in the mailbox, to try.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel_async::AsyncPgConnection;

use crate::ids::EditionId;
use crate::journal::Actor;
use crate::kit::clock;
use crate::kit::context::Context;
use crate::release::state::State;
use crate::validation::answer::{self, Choice};
use crate::validation::asked::{self, Asked};
use crate::validation::link::{self, Answerer};
use crate::validation::model::{Say, Suggestion};
use crate::validation::{query, round};

/// Who writes for the Council (`Stage::set`).
const AUTHOR: &str = "author.council@quatrerivieres.example";
const SCENE: Actor = Actor::Job("communique demo");

/// Sends what was handed in of the meeting to come, if one is being prepared; answers follow some minutes later.
pub async fn rounds(conn: &mut AsyncPgConnection, ctx: &Context, sent_at: DateTime<Utc>) -> anyhow::Result<()> {
    let Some(meeting) = query::next_meeting(conn).await? else { return Ok(()) };
    clock::freeze(conn, sent_at).await?;
    // So that somebody who looks on has some minutes until it.
    query::set_deadline(conn, meeting, sent_at + chrono::Duration::minutes(32)).await?;
    let by = crate::account::query::by_email(conn, AUTHOR).await?.context("the Chancellery has no author")?.0;
    let ready: Vec<EditionId> = query::items(conn, meeting)
        .await?
        .into_iter()
        .filter(|item| item.state == State::Submitted)
        .map(|item| item.edition_id)
        .collect();
    if ready.is_empty() {
        return Ok(());
    }
    round::send(conn, ctx, &by, meeting, &ready).await?;
    let mails = query::last_asking_mails(conn, meeting).await?;
    for (mail, minutes, say) in
        mails.iter().zip([9, 14]).zip([Say::Agree, Say::Change]).map(|((mail, at), say)| (mail, at, say))
    {
        clock::freeze(conn, sent_at + chrono::Duration::minutes(minutes)).await?;
        let link = query::link(conn, mail.link_id.context("a mail without a link")?).await?.context("no such link")?;
        let token = link::token(&ctx.secret, &link).context("a link of another key")?;
        let (device, _) = link::open(conn, SCENE, &token).await?.ok().context("a link that does not open")?;
        let by = Answerer {
            meeting: query::meeting(conn, meeting).await?.context("no such meeting")?,
            email: mail.email.clone(),
            speaks: query::speakers_at(conn, &mail.email).await?,
            device_id: Some(device),
            account_id: None,
            actor: SCENE,
        };
        let all = asked::of(conn, &by).await?;
        let choice = |one: &Asked| Choice {
            request_id: one.request.id,
            on: one.on(),
            say,
            reason: match say {
                Say::Change => "Retirer la date d’entrée en vigueur\u{a0}: l’arrêté n’est pas signé.".to_owned(),
                _ => String::new(),
            },
            suggestion: Suggestion::new(),
        };
        let choices: Vec<Choice> =
            all.iter().take(if say == Say::Change { 1 } else { all.len() }).map(choice).collect();
        answer::answer(conn, &by, &choices).await?;
    }
    Ok(())
}
