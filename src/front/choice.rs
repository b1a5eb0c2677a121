//! `/`: the language of the reader, or a choice of all.

use maud::{Markup, html};

use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::layout::public::Frame;
use crate::paths;
use crate::phrases::phrases;

/// A page that offers every language of the site, each in its own words: for whoever reads none of them first.
pub fn page(settings: &Settings, demo: bool) -> Markup {
    let lang = settings.languages.first().copied().unwrap_or(Lang::En);
    let frame = Frame {
        settings,
        demo,
        lang,
        title: phrases(lang).front_choose(),
        section: None,
        translations: Vec::new(),
        indexed: false,
        feeds: Vec::new(),
        head: html! {},
    };
    let main = html! {
        div.flow.narrow {
            header.head {
                h1 {
                    @for (place, of) in settings.languages.iter().enumerate() {
                        @if place > 0 { br; }
                        span lang=(of) { (phrases(*of).front_choose()) }
                    }
                }
            }
            ul.index.ruled.single {
                @for of in &settings.languages {
                    li { a href=(paths::home(*of)) lang=(of) hreflang=(of) { (phrases(*of).front_choose_own()) } }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}
