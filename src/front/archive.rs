//! The archive: every month in which something was published.

use chrono::Datelike;
use maud::{Markup, html};

use crate::kit::clock::Month;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::public::{Feed, Frame, Section};
use crate::paths;
use crate::phrases::phrases;

/// The months by their years, the newest first; each leads to its list.
pub fn page(settings: &Settings, demo: bool, lang: Lang, months: &[Month]) -> Markup {
    let words = phrases(lang);
    let frame = Frame {
        settings,
        demo,
        lang,
        title: words.nav_archive(),
        section: Some(Section::Archive),
        translations: settings.languages.iter().map(|of| (*of, paths::archive(*of))).collect(),
        indexed: true,
        feeds: vec![Feed::all(lang)],
        head: html! { meta name="description" content=(words.front_archive_lead()); },
    };
    let main = html! {
        header.head {
            h1 { (words.nav_archive()) }
            p.lead { @if months.is_empty() { (words.front_archive_empty()) } @else { (words.front_archive_lead()) } }
        }
        @for year in months.chunk_by(|a, b| a.first_day().year() == b.first_day().year()) {
            @if let Some(first) = year.first() {
                @let id = format!("y{}", first.first_day().year());
                section.sec aria-labelledby=(id) {
                    h2 id=(id) { (first.first_day().year()) }
                    ul.index.months {
                        @for month in year {
                            li { a href=(paths::releases(lang, &format!("month={month}"))) { (dates::month_heading(lang, *month)) } }
                        }
                    }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}
