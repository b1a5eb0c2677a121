//! The mails about an account: links to come in, to choose a password, to prove an address; and notices of what was
//! changed (PROMISES 6.3.7).
//!
//! They leave by a job. Its payload holds no token and no address: a link's token is made of a nonce by the site's secret,
//! so that the same mail is the same bytes at each try, and whoever reads the queue cannot use it.

use anyhow::Context as _;
use chrono::{DateTime, Duration, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use graphile_worker::{IntoTaskHandlerResult, TaskHandler, WorkerContext};
use maud::html;
use serde::{Deserialize, Serialize};

use super::model::{Account, Purpose};
use super::{query, sign_in};
use crate::ids::AccountId;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::{self, AUTO_GENERATED, Address, Composed, Connection, Mail, Outcome};
use crate::kit::secret::random_token;
use crate::kit::{clock, job};
use crate::layout::mail::{Colour, Letter, button, head_style, text_style, wrap};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// Links to choose a new password that one account is sent within an hour; what is asked beyond gets the same answer and
/// no mail.
const NEW_PASSWORDS_PER_HOUR: i64 = 3;

impl Purpose {
    /// How long such a link can be used (PROMISES 6.4.1).
    pub fn lasts(self) -> Duration {
        match self {
            Purpose::Invitation => Duration::days(7),
            Purpose::NewPassword | Purpose::Address => Duration::hours(1),
        }
    }
}

/// What somebody is told of their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Notice {
    /// Another password.
    Password,
    /// Another mail address; told to the old one.
    Email,
    /// An authenticator is asked from now on.
    SecondFactorOn,
    /// None is, any more.
    SecondFactorOff,
    /// A recovery code opened.
    RecoveryCodeUsed,
    /// New recovery codes.
    RecoveryCodesRenewed,
    /// The password was right, and five codes were wrong.
    CodesRefused,
    /// Another name, role or institution.
    Standing,
    /// Closed.
    Closed,
    /// Open again.
    Opened,
}

/// The job that sends one mail about an account.
#[derive(Debug, Serialize, Deserialize)]
pub enum AccountMail {
    /// A link that stands in the table.
    Link {
        /// What its token is made of.
        nonce: String,
        /// `Purpose`, as its word.
        purpose: String,
    },
    /// Somebody asked for a new password at the door: whether there is such an account is looked up here, where nobody
    /// can feel it.
    Asked {
        /// The address that was typed, sealed.
        email: String,
        /// What a token will be made of.
        nonce: String,
    },
    /// Something was changed.
    Notice {
        /// Whose account.
        account: AccountId,
        /// Another address than theirs of today, sealed.
        to: Option<String>,
        /// What.
        what: Notice,
        /// When.
        at: DateTime<Utc>,
        /// One for each mail.
        nonce: String,
    },
}

/// Makes a link for the account within the caller's transaction, and enqueues the mail that brings it to `email`.
pub async fn link_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: AccountId,
    purpose: Purpose,
    email: &str,
) -> diesel::QueryResult<()> {
    let nonce = random_token();
    let at = clock::now(conn).await?;
    let hash = sign_in::hash(&token(ctx, &nonce));
    query::insert_link(conn, &hash, id, purpose, email, at, at + purpose.lasts()).await?;
    let mail = AccountMail::Link { nonce, purpose: purpose.as_str().to_owned() };
    job::enqueue(conn, AccountMail::IDENTIFIER, &mail, None).await
}

/// Enqueues a link for whoever has that address, if anybody has. The same statements for everybody.
pub async fn ask_new_password(ctx: &Context, email: &Address) -> Result<(), super::own::OwnError> {
    let email = ctx.secret.seal(SEALED, "", email.as_str().to_lowercase().as_bytes());
    let mail = AccountMail::Asked { email: BASE64URL_NOPAD.encode(&email), nonce: random_token() };
    let mut conn = ctx.conn().await?;
    Ok(job::enqueue(&mut conn, AccountMail::IDENTIFIER, &mail, None).await?)
}

/// Enqueues a notice within the caller's transaction, to `to` or to the account's address.
pub async fn notice_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    account: AccountId,
    to: Option<&str>,
    what: Notice,
    at: DateTime<Utc>,
) -> diesel::QueryResult<()> {
    let to = to.map(|to| BASE64URL_NOPAD.encode(&ctx.secret.seal(SEALED, "", to.as_bytes())));
    let mail = AccountMail::Notice { account, to, what, at, nonce: random_token() };
    job::enqueue(conn, AccountMail::IDENTIFIER, &mail, None).await
}

const SEALED: &str = "account.mail";

fn unsealed(ctx: &Context, sealed: &str) -> Option<String> {
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
    String::from_utf8(ctx.secret.open(SEALED, "", &bytes)?).ok()
}

/// The token of a link: 256 bits that only this site can make of the nonce.
fn token(ctx: &Context, nonce: &str) -> String {
    BASE64URL_NOPAD.encode(&ctx.secret.keyed_hash("account.link", nonce))
}

impl TaskHandler for AccountMail {
    const IDENTIFIER: &'static str = "account-mail";

    async fn run(self, worker: WorkerContext) -> impl IntoTaskHandlerResult {
        let ctx = worker.get_ext::<Context>().ok_or("the worker was given no context")?;
        self.send(ctx).await.map_err(|error| format!("{error:#}"))
    }
}

impl AccountMail {
    /// Does it now; an error asks the queue to try again later.
    pub async fn send(&self, ctx: &Context) -> anyhow::Result<()> {
        let Some(mail) = self.compose(ctx).await? else { return Ok(()) };
        let mut connection = Connection::open(&ctx.transport);
        let outcome = connection.send(&mail).await;
        connection.close().await;
        match outcome {
            Outcome::Accepted { .. } => Ok(()),
            Outcome::Temporary { reply, stage, .. } => anyhow::bail!("not sent, at {stage}: {reply}"),
            Outcome::Permanent { code, reply, stage } => {
                tracing::warn!(code, reply, %stage, "a mail about an account was refused");
                Ok(())
            }
            Outcome::Uncertain { why } => {
                tracing::warn!(why, "a mail about an account may not have arrived");
                Ok(())
            }
        }
    }

    /// The mail, unless there is nothing to send any more.
    async fn compose(&self, ctx: &Context) -> anyhow::Result<Option<Composed>> {
        let mut conn = ctx.conn().await?;
        let at = clock::now(&mut conn).await?;
        match self {
            AccountMail::Link { nonce, purpose } => {
                let purpose: Purpose = purpose.parse().map_err(anyhow::Error::msg)?;
                let token = token(ctx, nonce);
                let Some((account, email)) = query::link(&mut conn, &sign_in::hash(&token), purpose, at).await? else {
                    return Ok(None);
                };
                let expires_at = query::link_expires_at(&mut conn, &sign_in::hash(&token)).await?;
                link(ctx, &account, &email, purpose, &token, expires_at, nonce).map(Some)
            }
            AccountMail::Asked { email, nonce } => {
                let Some(email) = unsealed(ctx, email) else { return Ok(None) };
                let Some((person, _)) = query::by_email(&mut conn, &email).await? else { return Ok(None) };
                let token = token(ctx, nonce);
                let hash = sign_in::hash(&token);
                let there = conn
                    .transaction(async |conn| {
                        let purpose = Purpose::NewPassword;
                        if query::link(conn, &hash, purpose, at).await?.is_none() {
                            // Two jobs at once for one account: the second counts the first.
                            query::lock(conn, person.id()).await?;
                            let since = at - Duration::hours(1);
                            if query::links_since(conn, person.id(), purpose, since).await? >= NEW_PASSWORDS_PER_HOUR {
                                return Ok(None);
                            }
                            query::insert_link(conn, &hash, person.id(), purpose, &email, at, at + purpose.lasts())
                                .await?;
                        }
                        query::link(conn, &hash, purpose, at).await
                    })
                    .await?;
                let Some((account, email)) = there else { return Ok(None) };
                let expires_at = query::link_expires_at(&mut conn, &hash).await?;
                link(ctx, &account, &email, Purpose::NewPassword, &token, expires_at, nonce).map(Some)
            }
            AccountMail::Notice { account, to, what, at, nonce } => {
                let Some(account) = query::account(&mut conn, *account).await? else { return Ok(None) };
                let to = to.as_deref().and_then(|to| unsealed(ctx, to)).unwrap_or_else(|| account.email.clone());
                notice(ctx, &account, &to, *what, *at, nonce).map(Some)
            }
        }
    }
}

fn language(ctx: &Context, account: &Account) -> Lang {
    account.lang.filter(|lang| ctx.settings.languages.contains(lang)).unwrap_or(ctx.settings.languages[0])
}

fn link(
    ctx: &Context,
    account: &Account,
    to: &str,
    purpose: Purpose,
    token: &str,
    expires_at: DateTime<Utc>,
    nonce: &str,
) -> anyhow::Result<Composed> {
    let lang = language(ctx, account);
    let words = phrases(lang);
    let site = ctx.settings.site_name.text(lang);
    let zone = ctx.settings.zone;
    let until = words.account_mail_until(format!(
        "{}, {}",
        crate::kit::dates::long(lang, crate::kit::dates::day(zone, expires_at)),
        crate::kit::dates::hour_in_words(lang, zone, expires_at)
    ));
    let (title, sentence, label) = match purpose {
        Purpose::Invitation => (
            words.account_invitation_subject(site),
            words.account_invitation_mail(account.name.as_str(), role_name(words, account.role)),
            words.account_invitation_link(),
        ),
        Purpose::NewPassword => {
            (words.account_reset_subject(), words.account_reset_mail(site), words.account_reset_link())
        }
        Purpose::Address => {
            (words.account_address_subject(), words.account_address_mail(site), words.account_address_link())
        }
    };
    let address = ctx.settings.absolute(&paths::account_link(purpose.as_str(), token));
    let letter =
        ToWrite { to, lang, title: &title, paragraphs: &[sentence], button: Some((&address, &label)), foot: &until };
    letter.compose(ctx, expires_at - purpose.lasts(), nonce)
}

fn notice(
    ctx: &Context,
    account: &Account,
    to: &str,
    what: Notice,
    at: DateTime<Utc>,
    nonce: &str,
) -> anyhow::Result<Composed> {
    let lang = language(ctx, account);
    let words = phrases(lang);
    let title = match what {
        Notice::Password => words.account_notice_password(),
        Notice::Email => words.account_notice_email(),
        Notice::SecondFactorOn => words.account_notice_second_factor_on(),
        Notice::SecondFactorOff => words.account_notice_second_factor_off(),
        Notice::RecoveryCodeUsed => words.account_notice_recovery_used(),
        Notice::RecoveryCodesRenewed => words.account_notice_recovery_renewed(),
        Notice::CodesRefused => words.account_notice_codes_refused(),
        Notice::Standing => words.account_notice_standing(account.name.as_str(), role_name(words, account.role)),
        Notice::Closed => words.account_notice_closed(),
        Notice::Opened => words.account_notice_opened(),
    };
    let zone = ctx.settings.zone;
    let when = words.account_notice_when(format!(
        "{}, {}",
        crate::kit::dates::long(lang, crate::kit::dates::day(zone, at)),
        crate::kit::dates::hour_in_words(lang, zone, at)
    ));
    let foot = words.account_notice_not_you(ctx.settings.contact_mail.as_str());
    let subject = words.account_notice_subject(ctx.settings.site_name.text(lang));
    ToWrite { to, lang, title: &subject, paragraphs: &[title, when], button: None, foot: &foot }.compose(ctx, at, nonce)
}

/// What a role is called.
pub fn role_name(words: &Phrases, role: super::Role) -> String {
    use super::Role;
    match role {
        Role::Contributor => words.account_role_contributor(),
        Role::Publisher => words.account_role_publisher(),
        Role::InstitutionAdmin => words.account_role_institution_admin(),
        Role::ChancelleryEditor => words.account_role_chancellery_editor(),
        Role::Spokesperson => words.account_role_spokesperson(),
        Role::PictureDesk => words.account_role_picture_desk(),
        Role::Photographer => words.account_role_photographer(),
        Role::Admin => words.account_role_admin(),
    }
}

/// A mail with one thing to say.
struct ToWrite<'a> {
    to: &'a str,
    lang: Lang,
    title: &'a str,
    paragraphs: &'a [String],
    button: Option<(&'a str, &'a str)>,
    foot: &'a str,
}

impl ToWrite<'_> {
    fn compose(&self, ctx: &Context, date: DateTime<Utc>, nonce: &str) -> anyhow::Result<Composed> {
        let words = phrases(self.lang);
        let preheader = self.paragraphs.first().map_or("", String::as_str);
        let letter = Letter { settings: &ctx.settings, lang: self.lang, title: self.title, preheader };
        let rows = html! {
            tr { td style="padding:16px 0 0;" {
                h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (self.title) }
                @for paragraph in self.paragraphs {
                    p.ink style=(text_style(Colour::Ink, 15, 22, "8px 0 0")) { (paragraph) }
                }
                @if let Some((link, label)) = self.button { div style="padding:20px 0 0;" { (button(link, label)) } }
            } }
        };
        let foot = html! { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (self.foot) } };
        let mut body = String::new();
        for paragraph in std::iter::once(self.title).chain(self.paragraphs.iter().map(String::as_str)) {
            wrap(&mut body, "", "", paragraph);
            body.push('\n');
        }
        if let Some((link, label)) = self.button {
            wrap(&mut body, "", "", &words.mail_labelled(label));
            wrap(&mut body, "", "", link);
        }
        let mut foot_text = String::new();
        wrap(&mut foot_text, "", "", self.foot);
        let unique = HEXLOWER.encode(&ctx.secret.keyed_hash("account.mail", nonce)[..10]);
        let mail = Mail {
            to: Address::parse(self.to).context("the address of an account")?,
            subject: self.title.to_owned(),
            text: letter.text(&body, &foot_text),
            html: letter.html(&rows, &foot),
            lang: self.lang.code().to_owned(),
            date,
            message_id: ctx.mail.message_id(&format!("account.{unique}"))?,
            envelope_from: ctx
                .mail
                .envelope_from("bounce", &format!("a-{unique}"))
                .context("COMMUNIQUE_BOUNCE_DOMAIN")?,
            headers: vec![(AUTO_GENERATED.0.to_owned(), AUTO_GENERATED.1.to_owned())],
        };
        Ok(mail::message(&ctx.mail, &mail)?)
    }
}
