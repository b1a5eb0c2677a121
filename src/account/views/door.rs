//! The door of the desk.

use maud::{Markup, html};

use super::{Line, code, line, new_password, set_up as steps};
use crate::account::model::Purpose;
use crate::account::second_factor::SetUp;
use crate::layout::desk::{Mark, mark};
use crate::paths;
use crate::phrases::Phrases;

/// What a page before the door shows: its `main`.
pub fn door(title: &str, content: Markup) -> Markup {
    html! {
        main.door #main tabindex="-1" {
            h1 { (title) }
            (content)
        }
    }
}

/// What the page of the door says besides its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    Nothing,
    /// Somebody wants in further, and is not signed in, or no longer.
    Onward,
    /// The password was chosen.
    Chosen,
    /// The address was changed.
    Moved,
}

/// The form to sign in. `failed`: what was typed last time did not go together; the address is kept. `next`: where it
/// leads on to.
pub fn sign_in(words: &Phrases, email: &str, failed: bool, next: &str, said: Said) -> Markup {
    let wrong = failed.then(|| words.sign_in_wrong());
    let note = match said {
        Said::Nothing => None,
        Said::Onward => Some(words.account_sign_in_onward()),
        Said::Chosen => Some(words.account_password_chosen()),
        Said::Moved => Some(words.account_address_changed()),
    };
    door(
        &words.sign_in_title(),
        html! {
            @if let Some(note) = note { p.note role="status" { (mark(Mark::Info)) " " (note) } }
            form method="post" action=(paths::SIGN_IN) {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (line(&Line { name: "email", label: &words.sign_in_email(), hint: None, wrong: None, kind: "email",
                    autocomplete: "username", value: email, focus: !failed }))
                (line(&Line { name: "password", label: &words.sign_in_password(), hint: None, wrong: wrong.as_deref(),
                    kind: "password", autocomplete: "current-password", value: "", focus: failed }))
                div.acts { button.main.big.grow { (words.sign_in_button()) } }
            }
            p { a href=(paths::FORGOTTEN) { (words.account_forgotten()) } }
        },
    )
}

/// The code after the password.
pub fn second_factor(words: &Phrases, next: &str, failed: bool) -> Markup {
    let wrong = failed.then(|| words.account_code_wrong());
    door(
        &words.account_code_title(),
        html! {
            form method="post" action=(paths::SIGN_IN_CODE) {
                @if !next.is_empty() { input type="hidden" name="next" value=(next); }
                (code(words, true, wrong.as_deref()))
                div.acts { button.main.big.grow { (words.sign_in_button()) } }
            }
            p { a href=(paths::SIGN_IN) { (words.account_other_account()) } }
        },
    )
}

/// An authenticator has to be set up before anything else.
pub fn set_up(words: &Phrases, of: &SetUp, next: &str, failed: bool) -> Markup {
    let wrong = failed.then(|| words.account_code_wrong());
    let hidden = html! { @if !next.is_empty() { input type="hidden" name="next" value=(next); } };
    door(
        &words.account_set_up_title(),
        html! {
            p { (words.account_set_up_needed()) }
            (steps(words, of, paths::SIGN_IN_SET_UP, hidden, wrong.as_deref()))
        },
    )
}

/// The form of who forgot their password.
pub fn forgotten(words: &Phrases, email: &str, failed: bool) -> Markup {
    let wrong = failed.then(|| words.account_email_wrong());
    door(
        &words.account_forgotten_title(),
        html! {
            p { (words.account_forgotten_lead()) }
            form method="post" action=(paths::FORGOTTEN) {
                (line(&Line { name: "email", label: &words.sign_in_email(), hint: None, wrong: wrong.as_deref(), kind: "email",
                    autocomplete: "username", value: email, focus: true }))
                div.acts { button.main.big.grow { (words.account_forgotten_button()) } }
            }
            p { a href=(paths::SIGN_IN) { (words.account_back_to_door()) } }
        },
    )
}

/// What everybody is answered who sent it.
pub fn forgotten_asked(words: &Phrases) -> Markup {
    door(
        &words.account_asked_title(),
        html! {
            p { (words.account_asked()) }
            p.soft { (words.account_asked_late()) }
            p { a href=(paths::SIGN_IN) { (words.account_back_to_door()) } }
        },
    )
}

/// Whom a link is for, and the form that uses it. Nothing happens before it is sent.
pub fn choose(
    words: &Phrases,
    purpose: Purpose,
    name: &str,
    email: &str,
    address: &str,
    wrong: Option<&str>,
) -> Markup {
    let (title, lead) = match purpose {
        Purpose::Invitation => (words.account_welcome_title(name), words.account_welcome()),
        Purpose::NewPassword | Purpose::Address => (words.account_reset_title(), words.account_reset()),
    };
    door(
        &title,
        html! {
            p { (lead) }
            form method="post" action=(address) {
                // So that a password manager knows for whom it keeps it.
                (line(&Line { name: "email", label: &words.sign_in_email(), hint: None, wrong: None, kind: "email",
                    autocomplete: "username", value: email, focus: false }))
                (new_password(words, "password", wrong, true))
                div.acts { button.main.big.grow { (words.account_choose_button()) } }
            }
        },
    )
}

/// A new address that waits for its confirmation.
pub fn confirm_address(words: &Phrases, email: &str, address: &str) -> Markup {
    door(
        &words.account_address_title(),
        html! {
            p { (words.account_address_confirm(email)) }
            form method="post" action=(address) { div.acts { button.main.big.grow { (words.account_address_button()) } } }
        },
    )
}

/// A link that opens nothing, any more or at all.
pub fn void(words: &Phrases, purpose: Purpose) -> Markup {
    door(
        &words.account_void_title(),
        html! {
            p { (words.account_void()) }
            @if purpose == Purpose::Invitation { p { (words.account_void_invitation()) } } @else {
                p { a href=(paths::FORGOTTEN) { (words.account_forgotten()) } }
            }
            p { a href=(paths::SIGN_IN) { (words.account_back_to_door()) } }
        },
    )
}
