//! The words of the interface, one Fluent file per term and language; the build makes typed functions of them.

use std::sync::LazyLock;

use crate::kit::lang::Lang;

mod generated {
    #![allow(
        missing_docs,
        clippy::all,
        clippy::unwrap_used,
        dead_code,
        unused_imports,
        reason = "written by the build"
    )]
    include!(concat!(env!("OUT_DIR"), "/phrases.rs"));
}

use generated::L10n;
/// The phrases of one language.
pub use generated::L10nLanguage as Phrases;

static ALL: LazyLock<[Phrases; 4]> =
    LazyLock::new(|| [L10n::Fr.load(), L10n::Nl.load(), L10n::De.load(), L10n::En.load()]);

/// The phrases in `lang`.
pub fn phrases(lang: Lang) -> &'static Phrases {
    &ALL[lang as usize]
}

/// What a language is called in another: `nl` in German is "Niederländisch".
pub fn language_name(of: Lang, lang: Lang) -> String {
    phrases(lang).language(of)
}

impl Phrases {
    /// What a language is called in that of these phrases.
    pub fn language(&self, of: Lang) -> String {
        match of {
            Lang::Fr => self.language_fr(),
            Lang::Nl => self.language_nl(),
            Lang::De => self.language_de(),
            Lang::En => self.language_en(),
        }
    }
}
