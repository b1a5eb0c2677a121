//! The spokespersons' pages: small ones around a personal link, the page on which they answer, the receipt. Made for a
//! phone, with a style sheet of their own and none of the desk's frame; complete without script.
//!
//! - `door.rs` the link and its ends; `sheet.rs` what is asked, and what will be sent; `receipt.rs` what was

pub mod door;
pub mod receipt;
pub mod sheet;

use maud::{DOCTYPE, Markup, html};

use super::asked::Texts;
use super::model::{Mandate, Meeting};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::assets;
use crate::layout::desk::{Mark, sprite};
use crate::phrases::phrases;
use crate::release::model::LanguageVersion;

/// The shapes that these pages repeat.
const SHAPES: [Mark; 9] = [
    Mark::Again,
    Mark::Published,
    Mark::Change,
    Mark::Clock,
    Mark::Down,
    Mark::Withdrawn,
    Mark::Sent,
    Mark::Suggest,
    Mark::Phone,
];

/// A page of these, with its script. Nothing of it is kept, found, or told to another site; see `handlers::unseen`.
fn page(ctx: &Context, lang: Lang, title: &str, main: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                title { (title) " – " (ctx.settings.site_name.text(lang)) }
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href=(assets::address("answers.css"));
                link rel="icon" href=(assets::address("icon.svg")) type="image/svg+xml";
                script src=(assets::address("answers.js")) defer {}
            }
            body.ph-page {
                (sprite(&SHAPES))
                main #main { (main) }
            }
        }
    }
}

/// The line above every title: whose site this is.
fn house(ctx: &Context, lang: Lang) -> Markup {
    html! { p.ph-small.soft { (ctx.settings.site_name.text(lang)) " · " (phrases(lang).answer_chancellery_name()) } }
}

/// `Council of Ministers of Friday 20 November 2026`, in a sentence.
pub fn meeting_name(lang: Lang, meeting: &Meeting) -> String {
    let (words, day) = (phrases(lang), dates::full(lang, meeting.held_on));
    if meeting.kind == "inner_cabinet" { words.answer_meeting_inner(day) } else { words.answer_meeting_council(day) }
}

/// `Emma Kestelyns, Minister of Health`.
pub fn minister(lang: Lang, mandate: &Mandate) -> String {
    format!("{}, {}", mandate.person, mandate.titles.text(lang))
}

/// The languages of a text, the reader's own first.
pub fn languages(own: Lang, texts: &Texts) -> Vec<Lang> {
    let mut all: Vec<Lang> = texts.keys().copied().collect();
    all.sort_by_key(|lang| *lang != own);
    all
}

/// The text in the reader's language, else in the first there is.
pub fn first_text(own: Lang, texts: &Texts) -> Option<&LanguageVersion> {
    languages(own, texts).first().and_then(|lang| texts.get(lang))
}

/// `n•••@health.example`: enough to know one's own address, too little to learn another's.
pub fn masked(email: &str) -> String {
    match email.split_once('@') {
        Some((local, domain)) => format!("{}•••@{domain}", local.chars().next().unwrap_or('•')),
        None => "•••".into(),
    }
}
