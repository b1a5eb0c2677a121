//! The door of the desk, and one's own account, over HTTP.
//!
//! - `door.rs` signing in and out, the second factor, mailed links; `own.rs` one's own account

mod door;
mod own;

use std::num::NonZeroU32;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use maud::Markup;

use super::Person;
use super::rights::Right;
use super::sign_in;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::limit::{Limiter, PerClient};
use crate::kit::web::origin::own_site;
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, page};
use crate::paths;

/// How often one may try at the door: a client five times at once and then once each twelve seconds, an address thirty
/// times a minute whoever tries (PROMISES 6.1.1; `sign_in` tells of the waits beside it). Links for forgotten passwords: a
/// client five times at once, an address three times. Nobody is locked out for ever. One for each server, shared by its
/// workers.
#[derive(Debug)]
pub struct Tries {
    by_client: PerClient,
    by_account: Limiter<Vec<u8>>,
    asking_by_client: PerClient,
    asking_by_address: Limiter<Vec<u8>>,
}

impl Default for Tries {
    fn default() -> Self {
        let of = |n| NonZeroU32::new(n).expect("more than zero");
        Self {
            by_client: Limiter::new(of(5), of(5)),
            by_account: Limiter::new(of(30), of(30)),
            asking_by_client: Limiter::new(of(5), of(5)),
            asking_by_address: Limiter::new(of(1), of(3)),
        }
    }
}

/// The door and the way out, and one's own account.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        routes::get(paths::SIGN_IN, Right::Public, door::sign_in_form),
        routes::post(paths::SIGN_IN, Right::Public, door::create_session),
        routes::get(paths::SIGN_IN_CODE, Right::Public, door::code_form),
        routes::post(paths::SIGN_IN_CODE, Right::Public, door::give_code),
        routes::get(paths::SIGN_IN_SET_UP, Right::Public, door::set_up_form),
        routes::post(paths::SIGN_IN_SET_UP, Right::Public, door::confirm_set_up),
        routes::get(paths::INVITATION, Right::Public, door::invitation_form),
        routes::post(paths::INVITATION, Right::Public, door::take_invitation),
        routes::get(paths::NEW_PASSWORD, Right::Public, door::new_password_form),
        routes::post(paths::NEW_PASSWORD, Right::Public, door::choose_new_password),
        routes::get(paths::NEW_ADDRESS, Right::Public, door::new_address_form),
        routes::post(paths::NEW_ADDRESS, Right::Public, door::confirm_new_address),
        routes::get(paths::FORGOTTEN, Right::Public, door::forgotten_form),
        routes::post(paths::FORGOTTEN, Right::Public, door::ask_new_password),
        routes::get(paths::FORGOTTEN_ASKED, Right::Public, door::asked),
        routes::post(paths::SIGN_OUT, Right::SignedIn, door::delete_session),
        routes::get(paths::DESK_ACCOUNT, Right::SignedIn, own::show),
        routes::post(paths::DESK_ACCOUNT_PROFILE, Right::SignedIn, own::change_profile),
        routes::post(paths::DESK_ACCOUNT_PASSWORD, Right::SignedIn, own::change_password),
        routes::post(paths::DESK_ACCOUNT_ADDRESS, Right::SignedIn, own::change_address),
        routes::get(paths::DESK_ACCOUNT_PROOF, Right::SignedIn, own::proof_form),
        routes::post(paths::DESK_ACCOUNT_PROOF, Right::SignedIn, own::prove),
        routes::get(paths::DESK_ACCOUNT_SECOND_FACTOR, Right::SignedIn, own::second_factor_form),
        routes::post(paths::DESK_ACCOUNT_SECOND_FACTOR, Right::SignedIn, own::confirm_second_factor),
        routes::post(paths::DESK_ACCOUNT_SECOND_FACTOR_END, Right::SignedIn, own::end_second_factor),
        routes::post(paths::DESK_ACCOUNT_RECOVERY_CODES, Right::SignedIn, own::renew_recovery_codes),
        routes::post(paths::DESK_ACCOUNT_RECOVERY_FILE, Right::SignedIn, own::recovery_file),
        routes::post(paths::DESK_ACCOUNT_SESSIONS_END, Right::SignedIn, own::end_other_sessions),
        routes::post(paths::DESK_ACCOUNT_SESSION_END, Right::SignedIn, own::end_session),
    ]
}

/// The language in which the desk speaks to this request: what its person chose, else what the browser asks for.
pub fn desk_language(ctx: &Context, request: &HttpRequest) -> Lang {
    let chosen = request.extensions().get::<Option<Person>>().and_then(|person| person.as_ref()?.lang());
    if let Some(lang) = chosen.filter(|lang| ctx.settings.languages.contains(lang)) {
        return lang;
    }
    let header =
        request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Lang::negotiate(header, &ctx.settings.languages).unwrap_or(ctx.settings.languages[0])
}

/// Who sent this form of ours, and their session's token; refused if it came from elsewhere.
pub async fn signed_form(ctx: &Context, request: &HttpRequest, form_token: &str) -> Result<(Person, String), WebError> {
    own_site(&ctx.settings, request)?;
    let token = sign_in::token(ctx, request).ok_or(WebError::SignedOut)?;
    let person = sign_in::who(ctx, request).await?.ok_or(WebError::SignedOut)?;
    if sign_in::is_own_form(ctx, &person, form_token) { Ok((person, token)) } else { Err(WebError::Forbidden) }
}

/// A page of the desk to which signing in may lead on: a path of ours below `/desk`, and nothing that a browser could take
/// for another host's (PROMISES 3.7.2).
pub fn onward(next: &str) -> Option<&str> {
    let rest = next.strip_prefix(paths::DESK)?;
    let is_below = rest.is_empty() || rest.starts_with(['/', '?']);
    let is_plain =
        next.len() <= 1000 && next.bytes().all(|b| b.is_ascii_graphic() && b != b'\\') && !next.contains("//");
    let is_door = next.starts_with(paths::SIGN_IN) || next.starts_with(paths::SIGN_OUT);
    (is_below && is_plain && !is_door).then_some(next)
}

/// A form that has to be corrected: its page, and 422 (RFC 9110 §15.5.21).
fn to_correct(markup: Markup) -> HttpResponse {
    let mut answer = page(Keep::Never, markup);
    *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    answer
}

#[cfg(test)]
mod tests {
    use super::onward;

    #[test]
    fn signing_in_leads_to_our_own_desk_only() {
        for fine in ["/desk", "/desk/releases/7/editor", "/desk?x=1", "/desk/journal?person=3&day=2026-03-06"] {
            assert_eq!(onward(fine), Some(fine));
        }
        for wrong in [
            "",
            "/",
            "/fr/",
            "/deskx",
            "//evil.example/desk",
            "/desk//evil.example",
            "https://evil.example/desk",
            "/desk\\evil",
            "/desk/\nset-cookie: x",
            "/desk/é",
            "/desk/sign-in",
            "/desk/sign-out",
        ] {
            assert_eq!(onward(wrong), None, "{wrong:?}");
        }
    }
}
