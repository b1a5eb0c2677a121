//! The page of one's own account.

use chrono_tz::Tz;
use maud::{Markup, html};

use super::{Line, line, new_password, set_up as steps, token};
use crate::account::device;
use crate::account::mails::role_name;
use crate::account::model::{Account, Session};
use crate::account::second_factor::SetUp;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::desk::{Mark, Tone, mark};
use crate::layout::desk::{field, page_top, section, state};
use crate::paths;
use crate::phrases::{Phrases, language_name};

/// What the page shows.
pub struct Shown<'a> {
    /// Its language and words.
    pub lang: Lang,
    /// In that language.
    pub words: &'a Phrases,
    /// The site's zone.
    pub zone: Tz,
    /// The languages of the site.
    pub languages: &'a [Lang],
    /// Whose it is.
    pub account: &'a Account,
    /// Their sessions.
    pub sessions: &'a [Session],
    /// The one that looks.
    pub session_id: Option<i64>,
    /// How many recovery codes are left.
    pub codes_left: i64,
    /// What forms bring back.
    pub form_token: &'a str,
    /// What was done, said on top.
    pub done: Option<String>,
    /// What is wrong, by the name of its field.
    pub wrong: Option<(&'static str, String)>,
    /// What was typed, by the name of its field.
    pub typed: Option<(&'static str, String)>,
}

impl Shown<'_> {
    fn wrong(&self, name: &str) -> Option<&str> {
        self.wrong.as_ref().filter(|(of, _)| *of == name).map(|(_, wrong)| wrong.as_str())
    }

    fn typed<'a>(&'a self, name: &str, stored: &'a str) -> &'a str {
        self.typed.as_ref().filter(|(of, _)| *of == name).map_or(stored, |(_, typed)| typed.as_str())
    }

    fn at(&self, at: chrono::DateTime<chrono::Utc>) -> String {
        let day = dates::day(self.zone, at);
        format!("{}, {}", dates::short(self.lang, day), dates::hour_in_words(self.lang, self.zone, at))
    }
}

/// It.
pub fn own(of: &Shown<'_>) -> Markup {
    let words = of.words;
    html! {
        (page_top(html! { (role_name(words, of.account.role)) }, &words.account_title(), html! {}))
        @if let Some(done) = &of.done { p.note role="status" { (mark(Mark::Ok)) " " (done) } }
        div.own {
            (profile(of))
            (password(of))
            (address(of))
            (second_factor(of))
            (sessions(of))
        }
    }
}

fn profile(of: &Shown<'_>) -> Markup {
    let words = of.words;
    section(
        "profile",
        &words.account_profile(),
        html! {},
        html! {
            form method="post" action=(paths::DESK_ACCOUNT_PROFILE) {
                (token(of.form_token))
                (line(&Line { name: "name", label: &words.account_name(), hint: None, wrong: of.wrong("name"), kind: "text",
                    autocomplete: "name", value: of.typed("name", &of.account.name), focus: of.wrong("name").is_some() }))
                (field("lang", &words.account_language(), None, None, html! {
                    select #lang name="lang" {
                        option value="" selected[of.account.lang.is_none()] { (words.account_language_browser()) }
                        @for lang in of.languages {
                            option value=(lang) lang=(lang) selected[of.account.lang == Some(*lang)] {
                                (dates::capital(&language_name(*lang, *lang)))
                            }
                        }
                    }
                }))
                div.acts { button { (words.account_save()) } }
            }
        },
    )
}

fn password(of: &Shown<'_>) -> Markup {
    let words = of.words;
    section(
        "change-password",
        &words.sign_in_password(),
        html! {},
        html! {
            form method="post" action=(paths::DESK_ACCOUNT_PASSWORD) {
                (token(of.form_token))
                input.vh type="email" name="email" value=(of.account.email) autocomplete="username" tabindex="-1" aria-hidden="true" readonly;
                (line(&Line { name: "current", label: &words.account_current_password(), hint: None, wrong: of.wrong("current"),
                    kind: "password", autocomplete: "current-password", value: "", focus: of.wrong("current").is_some() }))
                (new_password(words, "password", of.wrong("password"), of.wrong("password").is_some()))
                p.soft { (words.account_password_ends_others()) }
                div.acts { button { (words.account_change_password()) } }
            }
        },
    )
}

fn address(of: &Shown<'_>) -> Markup {
    let words = of.words;
    section(
        "change-address",
        &words.sign_in_email(),
        html! {},
        html! {
            p { (words.account_address_now()) " " b { (of.account.email) } }
            form method="post" action=(paths::DESK_ACCOUNT_ADDRESS) {
                (token(of.form_token))
                (line(&Line { name: "email", label: &words.account_new_address(), hint: Some(&words.account_new_address_hint()),
                    wrong: of.wrong("email"), kind: "email", autocomplete: "email", value: of.typed("email", ""),
                    focus: of.wrong("email").is_some() }))
                div.acts { button { (words.account_change_address()) } }
            }
        },
    )
}

fn second_factor(of: &Shown<'_>) -> Markup {
    let words = of.words;
    section(
        "second-factor",
        &words.account_second_factor(),
        html! {},
        html! {
            @if of.account.totp_confirmed_at.is_some() {
                p { (state(Mark::Ok, Tone::Ok, &words.account_second_factor_is_on())) }
                p { (words.account_codes_left(of.codes_left)) }
                div.acts {
                    form method="post" action=(paths::DESK_ACCOUNT_RECOVERY_CODES) { (token(of.form_token)) button { (words.account_recovery_new()) } }
                    form method="post" action=(paths::DESK_ACCOUNT_SECOND_FACTOR_END) {
                        (token(of.form_token))
                        button.danger { (words.account_second_factor_end()) }
                    }
                }
            } @else {
                p { (words.account_second_factor_off()) }
                div.acts { a.btn href=(paths::DESK_ACCOUNT_SECOND_FACTOR) { (words.account_set_up_title()) } }
            }
        },
    )
}

fn sessions(of: &Shown<'_>) -> Markup {
    let words = of.words;
    section(
        "sessions",
        &words.account_sessions(),
        html! {},
        html! {
            ul.rows {
                @for session in of.sessions {
                    @let name = session.agent.as_deref().map(device::name).filter(|name| !name.is_empty());
                    @let is_this = of.session_id == Some(session.id);
                    li.session {
                        div {
                            p.t { (name.unwrap_or_else(|| words.account_device_unknown()))
                                @if is_this { " " span.soft { "(" (words.account_this_session()) ")" } } }
                            p.soft {
                                @if let Some(network) = &session.network { (words.account_session_from(network.as_str())) " · " }
                                (words.account_session_since(of.at(session.created_at))) " · "
                                (words.account_session_seen(of.at(session.seen_at)))
                            }
                        }
                        @if !is_this {
                            form method="post" action=(paths::account_session_end(session.id)) {
                                (token(of.form_token))
                                button aria-label={ (words.account_session_end()) ": " (of.at(session.created_at)) } { (words.account_session_end()) }
                            }
                        }
                    }
                }
            }
            @if of.sessions.len() > 1 {
                form method="post" action=(paths::DESK_ACCOUNT_SESSIONS_END) {
                    (token(of.form_token))
                    div.acts { button.danger { (words.account_sessions_end_others()) } }
                }
            }
        },
    )
}

/// The password once more, before something that opens the door is changed.
pub fn proof(words: &Phrases, form_token: &str, email: &str, next: &str, failed: bool) -> Markup {
    let wrong = failed.then(|| words.account_current_password_wrong());
    html! {
        (page_top(html! { a href=(paths::DESK_ACCOUNT) { (words.account_title()) } }, &words.account_proof_title(), html! {}))
        div.narrow {
            p { (words.account_proof()) }
            form method="post" action=(paths::DESK_ACCOUNT_PROOF) {
                (token(form_token))
                input type="hidden" name="next" value=(next);
                input.vh type="email" name="email" value=(email) autocomplete="username" tabindex="-1" aria-hidden="true" readonly;
                (line(&Line { name: "password", label: &words.sign_in_password(), hint: None, wrong: wrong.as_deref(),
                    kind: "password", autocomplete: "current-password", value: "", focus: true }))
                div.acts { button.main { (words.account_proof_button()) } }
            }
        }
    }
}

/// Setting an authenticator up from within.
pub fn set_up(words: &Phrases, of: &SetUp, form_token: &str, failed: bool) -> Markup {
    let wrong = failed.then(|| words.account_code_wrong());
    html! {
        (page_top(html! { a href=(paths::DESK_ACCOUNT) { (words.account_title()) } }, &words.account_set_up_title(), html! {}))
        div.narrow { (steps(words, of, paths::DESK_ACCOUNT_SECOND_FACTOR, token(form_token), wrong.as_deref())) }
    }
}

/// The recovery codes.
pub fn codes(words: &Phrases, codes: &[String], form_token: &str, go_on: &str) -> Markup {
    html! {
        (page_top(html! { a href=(paths::DESK_ACCOUNT) { (words.account_title()) } }, &words.account_recovery_title(), html! {}))
        div.narrow { (super::recovery_codes(words, codes, form_token, go_on)) }
    }
}
