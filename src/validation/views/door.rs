//! A personal link before it is opened, and every way in which it ends: one small page each, a sentence, what to do. No
//! title of a decision stands on any of them.

use maud::{Markup, html};

use super::{house, masked, meeting_name, page};
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::paths;
use crate::phrases::phrases;
use crate::validation::link::Standing;
use crate::validation::model::Meeting;

/// For whom the link was made, of which meeting, and the button.
pub fn door(ctx: &Context, lang: Lang, meeting: &Meeting, name: &str, token: &str) -> Markup {
    let words = phrases(lang);
    let title = words.answer_door_title();
    page(
        ctx,
        lang,
        &title,
        html! {
            div.ph-wrap.ph-door {
                (house(ctx, lang))
                h1 { (title) }
                p { (crate::kit::dates::capital(&meeting_name(lang, meeting))) "." }
                p { (words.answer_door_for(name)) }
                form method="post" action=(paths::answer_door(token)) { button.main.wide { (words.answer_door_open()) } }
                p.ph-small.soft { (words.answer_door_hint()) }
            }
        },
    )
}

/// A link or a device that opens nothing.
pub fn end(
    ctx: &Context,
    lang: Lang,
    meeting: &Meeting,
    standing: Standing,
    email: &str,
    token: Option<&str>,
) -> Markup {
    let words = phrases(lang);
    let (title, said) = match standing {
        Standing::Expired => (words.answer_end_expired_title(), words.answer_end_expired()),
        Standing::Revoked => (words.answer_end_revoked_title(), words.answer_end_revoked()),
        Standing::Ended => (words.answer_end_ended_title(), words.answer_end_ended()),
        Standing::NoLongerSpeaks => (words.answer_end_nobody_title(), words.answer_end_nobody()),
        Standing::Elsewhere | Standing::Fresh | Standing::Here => {
            (words.answer_end_elsewhere_title(), words.answer_end_elsewhere(masked(email)))
        }
    };
    let may_have_another = matches!(standing, Standing::Elsewhere | Standing::Revoked);
    page(
        ctx,
        lang,
        &title,
        html! {
            div.ph-wrap.ph-door {
                (house(ctx, lang))
                h1 { (title) }
                p { (crate::kit::dates::capital(&meeting_name(lang, meeting))) "." }
                p { (said) }
                @if let Some(token) = token.filter(|_| may_have_another) {
                    form method="post" action=(paths::ANSWER_NEW_LINK.replace("{token}", token)) {
                        button.main.wide { (words.answer_end_send_new()) }
                    }
                }
            }
        },
    )
}

/// A new link was asked for; the same whether it was sent or not.
pub fn sent(ctx: &Context, lang: Lang, meeting: &Meeting, email: &str) -> Markup {
    let words = phrases(lang);
    let title = words.answer_end_sent_title();
    page(
        ctx,
        lang,
        &title,
        html! {
            div.ph-wrap.ph-door {
                (house(ctx, lang))
                h1 { (title) }
                p { (crate::kit::dates::capital(&meeting_name(lang, meeting))) "." }
                p { (words.answer_end_sent(masked(email))) }
            }
        },
    )
}
