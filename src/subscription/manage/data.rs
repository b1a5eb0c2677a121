//! All that we hold about somebody, for them to take along; and how it goes.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::{Value, json};

use super::Holder;
use super::change::{self, ChangeError};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::phrases::phrases;
use crate::subscription::model::{self, SuppressionReason};
use crate::subscription::rhythm::Rhythm;
use crate::subscription::{query, wording};

/// Everything that is kept about them, as JSON (GDPR art. 15 and 20): the address, the proofs of consent, what was asked
/// for, each mail with what was in it and what its host answered, and what came back.
pub async fn export(ctx: &Context, holder: &Holder) -> Result<Value, ChangeError> {
    let mut conn = ctx.conn().await?;
    let mut data = query::all_about(&mut conn, holder.id).await?.ok_or(ChangeError::NotFound)?;
    let suppression = query::suppression(&mut conn, &model::address_keys(&ctx.secret, &holder.email)).await?;
    if let Some(Value::Array(consents)) = data.get_mut("consent") {
        for consent in consents {
            if let Some(said) = sentence(ctx, &mut conn, consent).await? {
                consent["sentence"] = json!(said);
            }
        }
    }
    if let Value::Object(fields) = &mut data {
        fields.insert("site".into(), json!(ctx.settings.absolute("/")));
        fields.insert("exported_at".into(), json!(clock::now(&mut conn).await?));
        fields.insert("suppressed".into(), json!(suppression.map(SuppressionReason::as_str)));
    }
    Ok(data)
}

/// What the page said above the button by which they consented, in its language; none where there was no such page.
async fn sentence(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    consent: &Value,
) -> Result<Option<String>, diesel::result::Error> {
    let text = |name: &str| consent.get(name).and_then(Value::as_str);
    let (Some(_), Some(filter), Some(lang)) = (text("text"), text("filter"), text("lang")) else { return Ok(None) };
    let (Ok(lang), Some(Ok(rhythm))) = (lang.parse::<Lang>(), text("rhythm").map(str::parse::<Rhythm>)) else {
        return Ok(None);
    };
    let choice = wording::stored_choice(conn, filter, lang).await?;
    let often = wording::rhythm(&rhythm, &ctx.settings.slots, lang);
    Ok(Some(phrases(lang).subscription_confirm(choice, often)))
}

/// Blanks the address and ends what runs; only counts are left, and with `never_again` a keyed hash that keeps anybody
/// from writing to it.
pub async fn erase(ctx: &Context, holder: &Holder, never_again: bool) -> Result<(), ChangeError> {
    let mut conn = ctx.conn().await?;
    conn.transaction(async |conn| {
        change::lock(conn, holder).await?;
        if never_again {
            query::suppress(conn, &model::address_key(&ctx.secret, &holder.email), SuppressionReason::Asked).await?;
        }
        query::blank(conn, &[holder.id]).await?;
        let entry = Entry::new("subscriber.erased", "subscriber", holder.id.0)
            .with(json!({ "by": "themselves", "suppressed": never_again }));
        journal::record(conn, Actor::Job("manage"), [entry]).await?;
        Ok(())
    })
    .await
}
