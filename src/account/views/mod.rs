//! The door of the desk, and one's own account.
//!
//! - `door.rs` signing in, the second factor, mailed links; `own.rs` the page of one's own account

pub mod door;
pub mod own;

use maud::{Markup, html};

use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, field};
use crate::phrases::Phrases;

/// What a form brings back with every sending.
pub fn token(form_token: &str) -> Markup {
    html! { input type="hidden" name="form_token" value=(form_token); }
}

/// A field of one line.
pub struct Line<'a> {
    /// Its id and name.
    pub name: &'a str,
    /// What it is called.
    pub label: &'a str,
    /// What helps.
    pub hint: Option<&'a str>,
    /// What is wrong with it.
    pub wrong: Option<&'a str>,
    /// `text`, `email`, `password`.
    pub kind: &'a str,
    /// What the browser may fill in (WCAG 2.2, 1.3.5).
    pub autocomplete: &'a str,
    /// What stands in it.
    pub value: &'a str,
    /// Whether it takes the focus when the page opens.
    pub focus: bool,
}

/// It with its label, hint and error.
pub fn line(of: &Line<'_>) -> Markup {
    let described = described_by(of.name, of.hint.is_some(), of.wrong.is_some());
    field(
        of.name,
        of.label,
        of.hint,
        of.wrong,
        html! {
            input id=(of.name) name=(of.name) type=(of.kind) autocomplete=(of.autocomplete)
                value=[(of.kind != "password").then_some(of.value)] required
                aria-invalid=[of.wrong.map(|_| "true")] aria-describedby=[described] autofocus[of.focus]
                data-show=[(of.kind == "password").then_some("")];
        },
    )
}

/// A field for a new password: one, which can be shown (the script `door.js` adds the button).
pub fn new_password(words: &Phrases, name: &str, wrong: Option<&str>, focus: bool) -> Markup {
    let (label, hint) = (words.account_new_password(), words.account_new_password_hint());
    line(&Line {
        name,
        label: &label,
        hint: Some(&hint),
        wrong,
        kind: "password",
        autocomplete: "new-password",
        value: "",
        focus,
    })
}

/// A field for a code of the authenticator, or a recovery code.
pub fn code(words: &Phrases, recovery: bool, wrong: Option<&str>) -> Markup {
    let label = if recovery { words.account_code() } else { words.account_first_code() };
    let hint = recovery.then(|| words.account_code_hint());
    let described = described_by("code", hint.is_some(), wrong.is_some());
    field(
        "code",
        &label,
        hint.as_deref(),
        wrong,
        html! {
            input #code name="code" type="text" inputmode=[(!recovery).then_some("numeric")] autocomplete="one-time-code"
                autocapitalize="none" spellcheck="false" required autofocus
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described];
        },
    )
}

/// A picture of a QR code (ISO/IEC 18004), dark on light in every light: scanners want it so.
pub fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = qrcodegen::QrCode::encode_text(text, qrcodegen::QrCodeEcc::Medium) else { return html! {} };
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        for x in (0..size).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    // Four light modules all around, as the standard asks.
    let side = size + 8;
    html! {
        svg.qr role="img" aria-label=(label) viewBox={ "-4 -4 " (side) " " (side) } shape-rendering="crispEdges" {
            rect x="-4" y="-4" width=(side) height=(side) fill="#fff" {}
            path fill="#000" d=(path) {}
        }
    }
}

/// How an authenticator is set up: picture, secret, first code. `hidden` stands in its form.
pub fn set_up(
    words: &Phrases,
    to: &crate::account::second_factor::SetUp,
    action: &str,
    hidden: Markup,
    wrong: Option<&str>,
) -> Markup {
    html! {
        ol.steps {
            li { (words.account_set_up_app()) }
            li {
                (words.account_set_up_scan())
                (qr(&to.address, &words.account_set_up_picture()))
                p.soft { (words.account_set_up_type()) " " code.secret { (to.secret) } }
            }
            li { (words.account_set_up_code()) }
        }
        form method="post" action=(action) {
            (hidden)
            (code(words, false, wrong))
            div.acts { button.main.big { (words.account_set_up_button()) } }
        }
    }
}

/// The recovery codes, shown this once: to print, or to keep as a file. `go_on` is where the button leads.
pub fn recovery_codes(words: &Phrases, codes: &[String], form_token: &str, go_on: &str) -> Markup {
    html! {
        p.note { (desk::mark(desk::Mark::Info)) " " (words.account_recovery_lead()) }
        ul.codes { @for code in codes { li { code { (code) } } } }
        div.acts {
            form method="post" action=(crate::paths::DESK_ACCOUNT_RECOVERY_FILE) {
                (token(form_token))
                input type="hidden" name="codes" value=(codes.join(" "));
                button { (words.account_recovery_file()) }
            }
            a.btn.main href=(go_on) { (words.account_recovery_kept()) }
        }
    }
}
