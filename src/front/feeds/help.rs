//! What a feed is, for people who never had one, and where ours stand.

use maud::{Markup, html};

use super::{Format, SIZE};
use crate::directory::{Family, Institution, Topic};
use crate::front::home::family_name;
use crate::kit::config::Settings;
use crate::kit::lang::{Lang, Texts};
use crate::layout::public::{Feed, Frame};
use crate::paths;
use crate::phrases::{Phrases, phrases};
use crate::release::views;

/// The page: first what it is for, then every feed that has a name.
pub fn page(settings: &Settings, demo: bool, lang: Lang, institutions: &[Institution], topics: &[Topic]) -> Markup {
    let words = phrases(lang);
    let frame = Frame {
        settings,
        demo,
        lang,
        title: words.feeds_heading(),
        section: None,
        translations: settings.languages.iter().map(|of| (*of, paths::feeds(*of))).collect(),
        indexed: true,
        feeds: vec![Feed::all(lang)],
        head: html! { meta name="description" content=(words.feeds_lead()); },
    };
    let example = settings.absolute(&paths::feed(lang, Format::Atom.extension(), "topic=…"));
    let main = html! {
        header.head {
            h1 { (words.feeds_heading()) }
            p.lead { (words.feeds_lead()) }
        }
        section.sec.flow aria-labelledby="how" {
            h2 #how { (words.feeds_how()) }
            p { (words.feeds_how_text()) }
            p { (words.feeds_formats()) }
            p { (words.feeds_any()) " " code { (example) } }
            p { (words.feeds_content(i64::try_from(SIZE).unwrap_or_default())) }
            p { (words.feeds_changes()) }
        }
        section.sec aria-labelledby="all" {
            h2 #all { (words.feeds_by_source()) }
            ul.feeds {
                (row(lang, "", html! { (words.feeds_everything()) }, &words.feeds_everything(), words))
                @for family in Family::ALL {
                    @let name = family_name(*family, words);
                    (row(lang, &format!("family={family}"), html! { (name) }, &name, words))
                }
            }
        }
        @if !institutions.is_empty() {
            section.sec aria-labelledby="institutions" {
                h2 #institutions { (words.nav_institutions()) }
                @for family in Family::ALL {
                    @let own: Vec<&Institution> = institutions.iter().filter(|it| it.family == *family).collect();
                    @if !own.is_empty() {
                        h3 { (family_name(*family, words)) }
                        ul.feeds { @for it in own { (named(lang, "institution", &it.code, &it.names, words)) } }
                    }
                }
            }
        }
        @if !topics.is_empty() {
            section.sec aria-labelledby="topics" {
                h2 #topics { (words.nav_topics()) }
                ul.feeds { @for it in topics { (named(lang, "topic", &it.code, &it.names, words)) } }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

fn named(lang: Lang, parameter: &str, code: &str, names: &Texts, words: &Phrases) -> Markup {
    row(lang, &format!("{parameter}={code}"), views::text(names, lang), names.text(lang), words)
}

/// A feed in its formats. The name stands in each link for whoever hears them one by one (WCAG 2.2, 2.4.4).
fn row(lang: Lang, query: &str, shown: Markup, name: &str, words: &Phrases) -> Markup {
    html! {
        li {
            span { (shown) }
            span.formats {
                @for format in Format::ALL {
                    " "
                    a href=(paths::feed(lang, format.extension(), query)) type=(format.media_type())
                        aria-label=(words.feeds_named(format.name(), name)) { (format.name()) }
                }
            }
        }
    }
}
