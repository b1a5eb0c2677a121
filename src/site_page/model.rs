//! Which pages there are, and what one says.

use chrono::{DateTime, Utc};

use crate::kit::config::Settings;
use crate::kit::lang::{Lang, Texts};
use crate::paths::{self, Word};
use crate::phrases::phrases;
use crate::text_enum;

/// The texts of one page, in the order of `Lang::ALL`.
macro_rules! texts {
    ($page:literal) => {
        [
            include_str!(concat!("texts/", $page, ".fr.md")),
            include_str!(concat!("texts/", $page, ".nl.md")),
            include_str!(concat!("texts/", $page, ".de.md")),
            include_str!(concat!("texts/", $page, ".en.md")),
        ]
    };
}

text_enum! {
    /// A page about the site.
    pub enum SitePage {
        /// What it is for.
        About = "about",
        /// Whom to write to.
        Contact = "contact",
        /// Who publishes it, and under which law.
        Legal = "legal",
        /// What becomes of data about people.
        Privacy = "privacy",
        /// How it is used.
        Help = "help",
        /// The statement of Directive (EU) 2016/2102, in the model of Implementing Decision (EU) 2018/1523.
        Accessibility = "accessibility",
    }
}

impl SitePage {
    /// Its word in addresses.
    pub fn word(self) -> Word {
        match self {
            SitePage::About => paths::ABOUT,
            SitePage::Contact => paths::CONTACT,
            SitePage::Legal => paths::LEGAL,
            SitePage::Privacy => paths::PRIVACY,
            SitePage::Help => paths::HELP,
            SitePage::Accessibility => paths::ACCESSIBILITY,
        }
    }

    /// `/fr/accessibilite`
    pub fn path(self, lang: Lang) -> String {
        paths::site_page(lang, self.word())
    }

    /// Whether readers can write from it.
    pub fn has_form(self) -> bool {
        matches!(self, SitePage::Contact | SitePage::Accessibility)
    }

    /// As the program brings it.
    pub fn brought(self) -> Content {
        let texts: [&str; 4] = match self {
            SitePage::About => texts!("about"),
            SitePage::Contact => texts!("contact"),
            SitePage::Legal => texts!("legal"),
            SitePage::Privacy => texts!("privacy"),
            SitePage::Help => texts!("help"),
            SitePage::Accessibility => texts!("accessibility"),
        };
        let mut content = Content::default();
        for (lang, text) in Lang::ALL.into_iter().zip(texts) {
            let (title, body) = text.split_once('\n').unwrap_or((text, ""));
            content.titles.0.insert(lang, title.trim_start_matches("# ").to_owned());
            content.bodies.0.insert(lang, body.trim().to_owned());
        }
        content
    }
}

/// What a page says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Its heading, by language.
    pub titles: Texts,
    /// Markdown, by language, with the places of [`filled`].
    pub bodies: Texts,
}

/// What was written at one time; it never changes.
#[derive(Debug, Clone)]
pub struct Revision {
    /// 1 for the first; 0 for what the program brings.
    pub number: i32,
    /// What it says.
    pub content: Content,
    /// Who wrote it, by name.
    pub by: Option<String>,
    /// When; not known of what the program brings.
    pub at: Option<DateTime<Utc>>,
}

/// The text with what the installation has set in its places: `{site}`, `{service}`, `{mailbox}`, `{address}`.
pub fn filled(text: &str, settings: &Settings, lang: Lang) -> String {
    let site = settings.site_name.text(lang);
    let service = match &settings.site_owner {
        Some(owner) => phrases(lang).footer_owner(owner.text(lang)),
        None => format!("{site}."),
    };
    let mailbox = settings.contact_mail.rsplit_once('<').map_or(settings.contact_mail.as_str(), |(_, rest)| rest);
    text.replace("{site}", site)
        .replace("{service}", &service)
        .replace("{mailbox}", mailbox.trim_end_matches('>'))
        .replace("{address}", settings.public_url.as_str().trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;
    use crate::kit::rich_text;

    #[test]
    fn every_page_is_brought_in_every_language_and_all_its_places_are_filled() {
        let mut source = Source::default();
        source.default_to("COMMUNIQUE_MAIL_FROM", "Press <press@example.org>");
        source.default_to("COMMUNIQUE_SITE_NAME", "Four Rivers");
        let settings = Settings::understand(&source).expect("settings");
        for page in SitePage::ALL {
            let content = page.brought();
            for lang in Lang::ALL {
                assert!(
                    !content.titles.0[&lang].is_empty() && !content.titles.0[&lang].starts_with('#'),
                    "{page} {lang}"
                );
                let text = filled(&content.bodies.0[&lang], &settings, lang);
                assert!(!text.contains(['{', '}']), "{page} {lang}: {text}");
                assert!(rich_text::word_count(&text) > 25, "{page} {lang}");
                assert!(!text.contains('\u{27}'), "{page} {lang}: an apostrophe is ’");
            }
        }
        let contact = SitePage::Contact.brought();
        assert!(
            filled(&contact.bodies.0[&Lang::En], &settings, Lang::En)
                .contains("[press@example.org](mailto:press@example.org)")
        );
        // The headings that Implementing Decision (EU) 2018/1523 asks for.
        let statement = &SitePage::Accessibility.brought().bodies.0[&Lang::En];
        for heading in [
            "Compliance status",
            "Non-accessible content",
            "Preparation of this",
            "Feedback and contact",
            "Enforcement procedure",
        ] {
            assert!(statement.contains(&format!("## {heading}")), "{heading}");
        }
    }
}
