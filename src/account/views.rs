//! The door of the desk.

use maud::{Markup, html};

use crate::paths;
use crate::phrases::Phrases;

/// The form to sign in. `failed`: what was typed last time did not go together; the address is kept.
pub fn sign_in(words: &Phrases, email: &str, failed: bool) -> Markup {
    html! {
        div.flow.narrow.door {
            h1 { (words.sign_in_title()) }
            form.form method="post" action=(paths::SIGN_IN) {
                div {
                    label.label for="email" { (words.sign_in_email()) }
                    input #email type="email" name="email" value=(email) autocomplete="username" required
                        autofocus[!failed];
                }
                div {
                    label.label for="password" { (words.sign_in_password()) }
                    input #password type="password" name="password" autocomplete="current-password" required
                        aria-invalid=[failed.then_some("true")] aria-describedby=[failed.then_some("password-error")] autofocus[failed];
                    @if failed {
                        p.field-error #password-error role="alert" { (words.sign_in_wrong()) }
                    }
                }
                p { button.main { (words.sign_in_button()) } }
            }
        }
    }
}
