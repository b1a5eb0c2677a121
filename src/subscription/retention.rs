//! What is not kept longer than it is needed (GDPR art. 5): addresses after the last subscription has ended, mails that
//! came back and could not be understood, and mails that could never be sent. Counts stay. The hour's job does it, and
//! the journal shows it.

use chrono::Duration;
use diesel_async::AsyncConnection;
use serde_json::json;

use super::query;
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;

/// How many addresses are blanked in one transaction.
const AT_ONCE: i64 = 500;

/// What was blanked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Blanked {
    /// Addresses of people.
    pub addresses: usize,
    /// Mails that were kept aside.
    pub returned: usize,
    /// Mails that were given up.
    pub unsent: usize,
}

/// Blanks what is due; again without harm.
pub async fn run(ctx: &Context) -> anyhow::Result<Blanked> {
    let mut conn = ctx.conn().await?;
    let mut blanked = Blanked::default();
    loop {
        let count = conn
            .transaction(async |conn| {
                let ended_before = clock::now(conn).await? - Duration::days(ctx.settings.subscriber_days.into());
                let ids = query::to_blank(conn, ended_before, AT_ONCE).await?;
                query::blank(conn, &ids).await?;
                let entries = ids.iter().map(|id| {
                    Entry::new("subscriber.erased", "subscriber", id.0)
                        .with(json!({ "by": "retention", "days": ctx.settings.subscriber_days }))
                });
                journal::record(conn, Actor::Job("retention"), entries).await?;
                Ok::<_, diesel::result::Error>(ids.len())
            })
            .await?;
        blanked.addresses += count;
        if count == 0 {
            break;
        }
    }
    let (returned, unsent) = conn
        .transaction(async |conn| {
            let before = clock::now(conn).await? - Duration::days(ctx.settings.mail_days.into());
            let returned = query::blank_returned(conn, before).await?;
            let unsent = query::delete_unsent(conn, before).await?;
            if returned + unsent > 0 {
                let entry = Entry::on_site("mails.blanked")
                    .with(json!({ "returned": returned, "unsent": unsent, "days": ctx.settings.mail_days }));
                journal::record(conn, Actor::Job("retention"), [entry]).await?;
            }
            Ok::<_, diesel::result::Error>((returned, unsent))
        })
        .await?;
    blanked.returned = returned;
    blanked.unsent = unsent;
    Ok(blanked)
}
