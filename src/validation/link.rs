//! Personal links: one for each mail, to all that waits for one person in one meeting. Its token is a keyed hash of its
//! number: stored nowhere, only its SHA-256 is, and who reads the database cannot make it; the job that writes the mail can.
//!
//! GET of a link changes nothing and shows nothing of a text, for mail scanners follow links. Its POST spends it and binds
//! the device by a random key of 256 bits in a `__Host-` cookie, of which again only the SHA-256 is stored. One device for
//! each person and meeting: opening a newer link lets go of the one before, so whoever got hold of a forwarded link loses it
//! as soon as the one it was meant for asks for a new one.

use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite};
use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::ask;
use super::error::ValidationError;
use super::model::{Link, MailKind, Meeting, Speaker};
use super::query::{self, NewMail};
use super::routing::Addressee;
use crate::ids::{DeviceId, LinkId, MandateId, MeetingId, RoundId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::secret::{Secret, random_token};

const TOKEN: &str = "validation.link";

/// New links that one person may have sent: in a minute, and in an hour.
const NEW_PER_MINUTE: i64 = 1;
const NEW_PER_HOUR: i64 = 6;

/// How a link stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Its POST opens.
    Fresh,
    /// Spent on the device that asks.
    Here,
    /// Spent on another one, or this device was let go of.
    Elsewhere,
    /// Its day is over.
    Expired,
    /// Ended before.
    Revoked,
    /// The Chancellery ended all links of the person, and has sent none since.
    Ended,
    /// The person speaks for nobody any more.
    NoLongerSpeaks,
}

/// The token of a link; none if the key that made it is gone.
pub fn token(secret: &Secret, link: &Link) -> Option<String> {
    tokens(secret, link.id).into_iter().find(|token| bool::from(hash(token).ct_eq(&link.token_hash)))
}

fn tokens(secret: &Secret, id: LinkId) -> Vec<String> {
    let encode = |hash: Vec<u8>| data_encoding::BASE64URL_NOPAD.encode(&hash);
    secret.keyed_hashes(TOKEN, &id.to_string()).into_iter().map(encode).collect()
}

/// What is stored of a token, or of a device's key.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A link for somebody in a meeting, with the mail that brings it; inside the caller's transaction, which enqueues
/// [`ask::SendMails`]. False: this round's mail to them is written already.
pub async fn send_within(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    meeting: &Meeting,
    round: Option<RoundId>,
    kind: MailKind,
    to: &Addressee,
) -> Result<bool, ValidationError> {
    let now = clock::now(conn).await?;
    let id = query::next_link_id(conn).await?;
    let token = tokens(&ctx.secret, id).into_iter().next().ok_or(ValidationError::NotFound)?;
    query::insert_link(conn, id, meeting.id, &to.email, &hash(&token), meeting.ends_at(ctx.settings.zone, now)).await?;
    let mail = NewMail {
        meeting_id: meeting.id,
        round_id: round,
        kind,
        email: &to.email,
        lang: to.lang,
        name: &to.name,
        link_id: Some(id),
        receipt_id: None,
        token: &ask::mail_token(),
    };
    Ok(query::insert_mail(conn, &mail).await?)
}

/// Somebody who answers: who they are, in which meeting, and for whom they speak at this instant.
#[derive(Debug, Clone)]
pub struct Answerer {
    /// In which meeting.
    pub meeting: Meeting,
    /// Their address, or that of their account.
    pub email: String,
    /// For whom, by which of their places.
    pub speaks: Vec<Speaker>,
    /// The device that they opened a link on; none if they are signed in.
    pub device_id: Option<DeviceId>,
    /// Their account, if they are.
    pub account_id: Option<crate::ids::AccountId>,
    /// As the journal names them.
    pub actor: Actor,
}

impl Answerer {
    /// What they are called.
    pub fn name(&self) -> &str {
        self.speaks.first().map_or("", |one| &one.name)
    }

    /// The language in which they are spoken to.
    pub fn lang(&self) -> crate::kit::lang::Lang {
        self.speaks.first().map_or(crate::kit::lang::Lang::Fr, |one| one.lang)
    }

    /// The mandates that they speak for.
    pub fn mandates(&self) -> Vec<MandateId> {
        let mut all: Vec<MandateId> = self.speaks.iter().map(|one| one.mandate_id).collect();
        all.dedup();
        all
    }
}

/// How the link of a token stands for a request, with the link; none: there is no such link.
pub async fn standing(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    request: &HttpRequest,
    token: &str,
) -> Result<Option<(Link, Meeting, Standing)>, ValidationError> {
    let Some(link) = query::link_by_hash(conn, &hash(token)).await? else { return Ok(None) };
    let meeting = query::meeting(conn, link.meeting_id).await?.ok_or(ValidationError::NotFound)?;
    let now = clock::now(conn).await?;
    let standing = stands(&link, now, is_here(ctx, request, &link));
    let speaks = !query::speakers_at(conn, &link.email).await?.is_empty();
    let standing = match standing {
        Standing::Expired => Standing::Expired,
        _ if !speaks => Standing::NoLongerSpeaks,
        Standing::Here | Standing::Fresh => standing,
        // Whoever reads the mailbox of a lost phone gets no other one by a press.
        _ if query::are_links_ended(conn, link.meeting_id, &link.email).await? => Standing::Ended,
        other => other,
    };
    Ok(Some((link, meeting, standing)))
}

fn stands(link: &Link, now: DateTime<Utc>, is_here: bool) -> Standing {
    match link {
        link if now >= link.expires_at => Standing::Expired,
        link if link.opened_at.is_some() && link.ended_at.is_none() && is_here => Standing::Here,
        link if link.opened_at.is_some() => Standing::Elsewhere,
        link if link.revoked_at.is_some() => Standing::Revoked,
        _ => Standing::Fresh,
    }
}

/// Opens a link: spends it and binds the device, whose key is given back once. Of two presses at once the second finds it
/// spent.
pub async fn open(
    conn: &mut AsyncPgConnection,
    actor: Actor,
    token: &str,
) -> Result<Result<(DeviceId, String), Standing>, ValidationError> {
    conn.transaction(async |conn| {
        let Some(link) = query::lock_link(conn, &hash(token)).await? else { return Err(ValidationError::NotFound) };
        let now = clock::now(conn).await?;
        let speaks = query::speakers_at(conn, &link.email).await?;
        match stands(&link, now, false) {
            Standing::Expired => return Ok(Err(Standing::Expired)),
            _ if speaks.is_empty() => return Ok(Err(Standing::NoLongerSpeaks)),
            Standing::Fresh => {}
            other => return Ok(Err(other)),
        }
        let key = random_token();
        let device = query::bind_device(conn, &link, &hash(&key)).await?;
        let mandates: Vec<MandateId> = speaks.iter().map(|one| one.mandate_id).collect();
        query::mark_opened(conn, link.meeting_id, &mandates).await?;
        let entry = Entry::new("validation.opened", "meeting", link.meeting_id.0)
            .with(json!({ "link": link.id, "device": device, "spokespersons": speaks.iter().map(|one| one.id).collect::<Vec<_>>() }));
        journal::record(conn, actor, [entry]).await?;
        Ok(Ok((device, key)))
    })
    .await
}

/// Whoever asks from a bound device; an error says how it stands where it is not one any more.
pub async fn answerer(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    request: &HttpRequest,
    actor: Actor,
    device: DeviceId,
) -> Result<Result<Answerer, (Link, Standing)>, ValidationError> {
    let link = query::link_of_device(conn, device).await?.ok_or(ValidationError::NotFound)?;
    // Without its key a device is nothing that one may know of.
    if !is_here(ctx, request, &link) {
        return Err(ValidationError::NotFound);
    }
    let now = clock::now(conn).await?;
    match stands(&link, now, true) {
        Standing::Here => {}
        other => return Ok(Err((link, other))),
    }
    let speaks = query::speakers_at(conn, &link.email).await?;
    if speaks.is_empty() {
        return Ok(Err((link, Standing::NoLongerSpeaks)));
    }
    let meeting = query::meeting(conn, link.meeting_id).await?.ok_or(ValidationError::NotFound)?;
    let email = link.email.clone();
    Ok(Ok(Answerer { meeting, email, speaks, device_id: Some(device), account_id: None, actor }))
}

/// Sends a new link to the known address, unless they had one just now. Whoever asks is told the same.
pub async fn send_new(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    actor: Actor,
    token: &str,
) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        let link = query::lock_link(conn, &hash(token)).await?.ok_or(ValidationError::NotFound)?;
        let meeting = query::lock_meeting(conn, link.meeting_id).await?.ok_or(ValidationError::NotFound)?;
        let now = clock::now(conn).await?;
        let speaks = query::speakers_at(conn, &link.email).await?;
        let (hour, minute) = query::new_links_since(conn, meeting.id, &link.email).await?;
        let too_many = hour >= NEW_PER_HOUR || minute >= NEW_PER_MINUTE;
        let Some(first) = speaks.first().filter(|_| !too_many && now < meeting.ends_at(ctx.settings.zone, now)) else {
            return Ok(());
        };
        // Past the day of the meeting nothing is opened any more, and no new one is made; nor for whom the Chancellery has
        // ended all, until it sends one.
        if now >= link.expires_at || query::are_links_ended(conn, meeting.id, &link.email).await? {
            return Ok(());
        }
        let to = Addressee {
            email: link.email.clone(),
            name: first.name.clone(),
            lang: first.lang,
            mandates: speaks.iter().map(|one| one.mandate_id).collect(),
        };
        send_within(conn, ctx, &meeting, None, MailKind::NewLink, &to).await?;
        ask::enqueue(conn, meeting.id).await?;
        let entry = Entry::new("validation.new_link", "meeting", meeting.id.0).with(json!({ "after": link.id }));
        journal::record(conn, actor, [entry]).await?;
        Ok(())
    })
    .await
}

/// Ends all links and devices of somebody in a meeting.
pub async fn revoke(
    conn: &mut AsyncPgConnection,
    by: &crate::account::Person,
    meeting: MeetingId,
    email: &str,
) -> Result<(), ValidationError> {
    conn.transaction(async |conn| {
        let ended = query::revoke_links(conn, meeting, email).await?;
        let entry = Entry::new("validation.links_revoked", "meeting", meeting.0).with(json!({ "links": ended }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Whether the request comes from the device on which the link was opened.
fn is_here(ctx: &Context, request: &HttpRequest, link: &Link) -> bool {
    let (Some(device), Some(key)) = (link.device_id, &link.key_hash) else { return false };
    request
        .cookie(&cookie_name(&ctx.settings, device))
        .is_some_and(|cookie| bool::from(hash(cookie.value()).as_slice().ct_eq(key.as_slice())))
}

fn cookie_name(settings: &Settings, device: DeviceId) -> String {
    if settings.is_https() { format!("__Host-answers-{device}") } else { format!("answers-{device}") }
}

/// The cookie that holds a device's key until the meeting's end.
pub fn cookie(settings: &Settings, device: DeviceId, key: &str) -> Cookie<'static> {
    Cookie::build(cookie_name(settings, device), key.to_owned())
        .path("/")
        .secure(settings.is_https())
        .http_only(true)
        .same_site(SameSite::Lax)
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_256_bits_and_is_its_links_alone() {
        let secret = Secret::ephemeral();
        let (one, other) = (&tokens(&secret, LinkId(1))[0], &tokens(&secret, LinkId(2))[0]);
        assert_ne!(one, other);
        assert_eq!(one.len(), 43);
        assert_ne!(one, &tokens(&Secret::ephemeral(), LinkId(1))[0]);
    }

    #[test]
    fn every_end_of_a_link_has_one_name() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let link = |opened: bool, revoked: bool, ended: bool| Link {
            id: LinkId(1),
            meeting_id: MeetingId(1),
            email: "a@b.example".into(),
            token_hash: Vec::new(),
            expires_at: at("2026-11-20T23:00:00Z"),
            opened_at: opened.then(|| at("2026-11-20T11:00:00Z")),
            revoked_at: revoked.then(|| at("2026-11-20T11:30:00Z")),
            device_id: opened.then_some(DeviceId(1)),
            key_hash: None,
            ended_at: ended.then(|| at("2026-11-20T11:30:00Z")),
        };
        let (now, late) = (at("2026-11-20T12:00:00Z"), at("2026-11-20T23:00:00Z"));
        for (link, now, here, expected) in [
            (link(false, false, false), now, false, Standing::Fresh),
            (link(true, false, false), now, true, Standing::Here),
            (link(true, false, false), now, false, Standing::Elsewhere),
            (link(true, false, true), now, true, Standing::Elsewhere),
            (link(false, true, false), now, false, Standing::Revoked),
            (link(true, true, true), now, true, Standing::Elsewhere),
            (link(false, false, false), late, false, Standing::Expired),
            (link(true, false, false), late, true, Standing::Expired),
        ] {
            assert_eq!(stands(&link, now, here), expected);
        }
    }
}
