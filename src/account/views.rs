//! The door of the desk.

use maud::{Markup, html};

use crate::layout::desk::field;
use crate::paths;
use crate::phrases::Phrases;

/// The form to sign in. `failed`: what was typed last time did not go together; the address is kept.
pub fn sign_in(words: &Phrases, email: &str, failed: bool) -> Markup {
    let wrong = failed.then(|| words.sign_in_wrong());
    html! {
        main.door #main tabindex="-1" {
            h1 { (words.sign_in_title()) }
            form method="post" action=(paths::SIGN_IN) {
                (field("email", &words.sign_in_email(), None, None, html! {
                    input #email type="email" name="email" value=(email) autocomplete="username" required autofocus[!failed];
                }))
                (field("password", &words.sign_in_password(), None, wrong.as_deref(), html! {
                    input #password type="password" name="password" autocomplete="current-password" required
                        aria-invalid=[failed.then_some("true")] aria-describedby=[failed.then_some("password-error")]
                        autofocus[failed];
                }))
                div.acts { button.main.big.grow { (words.sign_in_button()) } }
            }
        }
    }
}
