//! The frame of the desk.

use maud::{DOCTYPE, Markup, html};

use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::assets;
use crate::layout::public::logo;
use crate::paths;
use crate::phrases::phrases;

/// The whole page around its `main` part. `signed_in`: what they are called, and the token that their forms bring back.
pub fn page(ctx: &Context, lang: Lang, title: &str, signed_in: Option<(&str, &str)>, main: Markup) -> Markup {
    let words = phrases(lang);
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – " (ctx.settings.site_name.text(lang)) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::address("desk.css"));
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
            }
            body {
                a.skip href="#main" { (words.skip_to_content()) }
                header.site-head {
                    p.brand {
                        a href=(paths::DESK) {
                            (logo())
                            span { (ctx.settings.site_name.text(lang)) small { (words.desk_title()) } }
                        }
                    }
                    nav.desk-nav aria-label=(words.desk_title()) {
                        a href=(paths::home(lang)) { (words.desk_public_site()) }
                        @if ctx.demo { a href=(paths::MAILBOX) { (words.mailbox_title()) } }
                        @if let Some((name, form_token)) = signed_in {
                            form method="post" action=(paths::SIGN_OUT) {
                                input type="hidden" name="form_token" value=(form_token);
                                span.meta { (words.desk_signed_in(name)) }
                                button { (words.sign_out()) }
                            }
                        }
                    }
                }
                div.site-head { hr.head-rule; }
                main.page #main tabindex="-1" { (main) }
            }
        }
    }
}
