//! The page of an edition that is no longer the present one: what it said, and word by word what has changed since. It is
//! for whoever cites it or wonders; search engines leave it alone.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::difference::{self, Stretch};
use super::public::Former;
use super::state::PublicState;
use super::views;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::rich_text::SafeHtml;
use crate::layout::public::{Frame, Section};
use crate::paths;
use crate::phrases::phrases;

/// What takes a while to make of it.
pub struct Drawn {
    difference: Option<Markup>,
    text: SafeHtml,
}

impl Drawn {
    /// Makes it.
    pub fn of(former: &Former, lang: Lang) -> Self {
        let present = former.present_title.as_ref().zip(former.present_lead.as_ref()).zip(former.present_body.as_ref());
        let difference = present.map(|((title, lead), body)| {
            let words = phrases(lang);
            html! {
                p.pre.diff-title { (difference::word_difference(&difference::words(&former.title, title))) }
                p.pre { (difference::word_difference(&difference::words(&former.lead, lead))) }
                @for stretch in difference::paragraphs(&former.body, body) {
                    @match stretch {
                        Stretch::Same(paragraphs) => p.soft { (words.history_folded(paragraphs.len())) },
                        Stretch::Changed(pieces) => p.pre { (difference::word_difference(&pieces)) },
                    }
                }
            }
        });
        Self { difference, text: views::text_of(&former.body, lang) }
    }
}

/// The page, in its frame.
pub fn page(
    settings: &Settings,
    demo: bool,
    lang: Lang,
    on: NaiveDate,
    number: i32,
    former: &Former,
    drawn: &Drawn,
) -> Markup {
    let words = phrases(lang);
    let zone = settings.zone;
    let present = former.present_slug.as_ref().map(|slug| paths::release(lang, on, slug));
    let when = |at| (dates::long(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    let frame = Frame {
        settings,
        demo,
        lang,
        title: words.release_former_title(i64::from(number), former.title.as_str()),
        section: Some(Section::Releases),
        translations: Vec::new(),
        indexed: false,
        feeds: Vec::new(),
        head: html! {},
    };
    let main = html! {
        article.flow.article.narrow aria-labelledby="title" {
            section.notice.stop aria-labelledby="former" {
                p #former { strong {
                    @match former.replaced_at {
                        Some(at) => { @let (day, hour) = when(at); (words.release_former_replaced(i64::from(number), day, hour)) },
                        None => (words.release_former_of(i64::from(number))),
                    }
                } }
                @if former.public_state == PublicState::Withdrawn { p.small { (words.release_withdrawn_heading()) } }
                @if let Some(present) = &present { p { a href=(present) { strong { (words.release_former_present()) } } } }
            }
            @if let Some(difference) = &drawn.difference {
                section.sec.difference aria-labelledby="changes" {
                    h2 #changes { (words.release_former_changes()) }
                    (difference)
                }
            }
            header.head {
                @let (day, hour) = when(former.published_at);
                p.kicker { (words.release_former_published(i64::from(number), day, hour)) }
                h1 #title { (former.title) }
                @if !former.lead.is_empty() { p.lead { (former.lead) } }
            }
            div.prose { (drawn.text) }
        }
    };
    crate::layout::public::page(&frame, main)
}
