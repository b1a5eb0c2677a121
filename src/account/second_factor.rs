//! The second factor: a code of an authenticator (TOTP, RFC 6238), or one of ten recovery codes, each good once.
//!
//! The secret is stored sealed; a code is taken once (§5.2), one step early or late, by the site's clock. Recovery codes
//! have 80 random bits and stand as keyed hashes.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use diesel_async::AsyncPgConnection;
use totp_rs::{Builder, Secret, Totp};

use super::model::Account;
use super::query;
use crate::ids::AccountId;
use crate::kit::context::Context;

/// How many recovery codes there are.
const RECOVERY_CODES: usize = 10;

/// What somebody types or photographs into their authenticator.
#[derive(Clone, PartialEq, Eq)]
pub struct SetUp {
    /// `otpauth://…`, for the picture.
    pub address: String,
    /// The same secret in base 32, in groups of four, for whoever types.
    pub secret: String,
}

/// How the second factor was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Given {
    /// By a code of the authenticator.
    Code,
    /// By a recovery code, which is gone.
    Recovery,
}

/// Begins to set up, or goes on where it was begun: the picture is the same when the page is loaded again. None where an
/// authenticator is at work: that one ends first.
pub async fn begin_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    account: &Account,
) -> diesel::QueryResult<Option<SetUp>> {
    let stored = query::lock_totp(conn, account.id).await?;
    if stored.totp_confirmed_at.is_some() {
        return Ok(None);
    }
    let secret = match stored.totp_secret.as_deref().and_then(|sealed| open(ctx, account.id, sealed)) {
        Some(secret) => secret,
        None => {
            let secret = Secret::generate().as_bytes().to_vec();
            query::set_totp_secret(conn, account.id, &ctx.secret.seal(PURPOSE, &place(account.id), &secret)).await?;
            secret
        }
    };
    let groups = BASE32_NOPAD.encode(&secret);
    let groups: Vec<&str> = groups.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    // A colon parts issuer and account in the address (Key URI format).
    let plain = |text: &str| text.replace(':', " ");
    let address = Builder::new()
        .with_secret(secret.clone())
        .with_issuer(Some(plain(ctx.settings.site_name.text(ctx.settings.languages[0]))))
        .with_account_name(plain(&account.email))
        .build()
        .ok()
        .and_then(|totp| totp.to_url().ok())
        .unwrap_or_default();
    Ok(Some(SetUp { address, secret: groups.join(" ") }))
}

/// Ends setting up with a first code; gives the recovery codes, which are shown this once. None: the code is wrong.
pub async fn confirm_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: AccountId,
    code: &str,
    at: DateTime<Utc>,
) -> diesel::QueryResult<Option<Vec<String>>> {
    let stored = query::lock_totp(conn, id).await?;
    if stored.totp_confirmed_at.is_some() {
        return Ok(None);
    }
    let secret = stored.totp_secret.as_deref().and_then(|sealed| open(ctx, id, sealed));
    let Some(step) = secret.and_then(|secret| step_of(secret, code, at, None)) else { return Ok(None) };
    query::confirm_totp(conn, id, at).await?;
    query::set_totp_step(conn, id, step).await?;
    renew_recovery_codes_within(ctx, conn, id).await.map(Some)
}

/// Ten recovery codes in the place of those before, shown this once.
pub async fn renew_recovery_codes_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: AccountId,
) -> diesel::QueryResult<Vec<String>> {
    let codes: Vec<String> = std::iter::repeat_with(recovery_code).take(RECOVERY_CODES).collect();
    let hashes: Vec<Vec<u8>> =
        codes.iter().map(|code| ctx.secret.keyed_hash("recovery-code", &recovery_value(id, code))).collect();
    query::replace_recovery_codes(conn, id, &hashes).await?;
    Ok(codes)
}

/// Takes a code of the authenticator or a recovery code, once. None: it is neither, or it was taken before.
pub async fn give_within(
    ctx: &Context,
    conn: &mut AsyncPgConnection,
    id: AccountId,
    code: &str,
    at: DateTime<Utc>,
) -> diesel::QueryResult<Option<Given>> {
    let stored = query::lock_totp(conn, id).await?;
    if stored.totp_confirmed_at.is_none() {
        return Ok(None);
    }
    let secret = stored.totp_secret.as_deref().and_then(|sealed| open(ctx, id, sealed));
    if let Some(step) = secret.and_then(|secret| step_of(secret, code, at, stored.totp_last_step)) {
        query::set_totp_step(conn, id, step).await?;
        return Ok(Some(Given::Code));
    }
    let hashes = ctx.secret.keyed_hashes("recovery-code", &recovery_value(id, code));
    Ok(query::use_recovery_code(conn, id, &hashes, at).await?.then_some(Given::Recovery))
}

const PURPOSE: &str = "totp";

/// A secret copied into another account opens nothing.
fn place(id: AccountId) -> String {
    format!("account {id}")
}

fn open(ctx: &Context, id: AccountId, sealed: &[u8]) -> Option<Vec<u8>> {
    ctx.secret.open(PURPOSE, &place(id), sealed)
}

/// The step whose code this is, if it comes after the last one that was taken.
fn step_of(secret: Vec<u8>, code: &str, at: DateTime<Utc>, last: Option<i64>) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let totp: Totp = Builder::new().with_secret(secret).with_account_name("x").build().ok()?;
    let step = i64::try_from(totp.check(&digits, u64::try_from(at.timestamp()).ok()?)?).ok()?;
    (last.is_none_or(|last| step > last)).then_some(step)
}

/// `abcd-efgh-ijkl-mnop`: 80 bits that can be read out.
fn recovery_code() -> String {
    let letters = BASE32_NOPAD.encode(&rand::random::<[u8; 10]>()).to_lowercase();
    let groups: Vec<&str> = letters.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("-")
}

/// What is hashed: the letters and digits, bound to their owner.
fn recovery_value(id: AccountId, code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).take(64).collect();
    format!("{id}.{}", letters.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, for SHA-1: its codes have eight digits, ours are their last six.
    #[test]
    fn the_codes_are_those_of_the_rfc_and_each_counts_once() {
        let secret = b"12345678901234567890".to_vec();
        for (at, code, step) in [
            (59, "287082", 1),
            (1_111_111_109, "081804", 37_037_036),
            (1_234_567_890, "005924", 41_152_263),
            (20_000_000_000, "353130", 666_666_666),
        ] {
            let instant = |seconds| DateTime::from_timestamp(seconds, 0).expect("an instant");
            let given = |code: &str, seconds, last| step_of(secret.clone(), code, instant(seconds), last);
            assert_eq!(given(code, at, None), Some(step), "{code}");
            assert_eq!(given(&format!("{} {}", &code[..3], &code[3..]), at, None), Some(step), "as it is shown");
            assert_eq!(given(code, at + 30, None), Some(step), "a step late");
            assert_eq!(given(code, at + 90, None), None, "too late");
            assert_eq!(given(code, at, Some(step)), None, "a second time");
            assert_eq!(given(code, at, Some(step - 1)), Some(step));
        }
        let at = DateTime::from_timestamp(59, 0).expect("an instant");
        for wrong in ["", "28708", "2870822", "abcdef", "287083", "٢٨٧٠٨٢"] {
            assert_eq!(step_of(secret.clone(), wrong, at, None), None, "{wrong}");
        }
    }

    #[test]
    fn a_recovery_code_is_read_as_it_is_typed() {
        let code = recovery_code();
        assert_eq!(code.len(), 19, "{code}");
        let id = AccountId(7);
        for typed in [code.to_uppercase(), code.replace('-', ""), format!(" {code} "), code.replace('-', " ")] {
            assert_eq!(recovery_value(id, &typed), recovery_value(id, &code));
        }
        assert_ne!(recovery_value(AccountId(8), &code), recovery_value(id, &code));
    }
}
