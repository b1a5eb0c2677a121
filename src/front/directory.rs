//! Who publishes, and about what: institutions by their families, each institution, and the topics.

use maud::{Markup, html};

use super::home::family_name;
use crate::directory::government::Mandate;
use crate::directory::profile::PublicProfile;
use crate::directory::public::Contact;
use crate::directory::views::{Moment, public_contacts};
use crate::directory::{Family, Institution, Topic};
use crate::kit::config::Settings;
use crate::kit::lang::{Lang, Texts};
use crate::kit::slug;
use crate::layout::public::{Feed, Frame, Section};
use crate::paths;
use crate::phrases::phrases;
use crate::release::public::{Card, Label};
use crate::release::views::{self, Column, Show};

/// How many releases the page of an institution holds.
pub const SIZE: usize = 10;
/// How many of its topics.
pub const TOPICS: i64 = 12;

/// Puts what has a name into the order of its names in `lang`, without regard to accents and capitals.
pub fn by_name<T>(lang: Lang, of: &mut [T], names: impl Fn(&T) -> &Texts) {
    of.sort_by_cached_key(|it| slug::slug(lang, names(it).text(lang)));
}

fn frame<'a>(
    settings: &'a Settings,
    demo: bool,
    lang: Lang,
    title: String,
    section: Section,
    path: impl Fn(Lang) -> String,
    description: &str,
) -> Frame<'a> {
    Frame {
        settings,
        demo,
        lang,
        title,
        section: Some(section),
        translations: settings.languages.iter().map(|of| (*of, path(*of))).collect(),
        indexed: true,
        feeds: vec![Feed::all(lang)],
        head: html! { meta name="description" content=(description); },
    }
}

/// Every institution, under its family.
pub fn institutions(settings: &Settings, demo: bool, lang: Lang, all: &[Institution]) -> Markup {
    let words = phrases(lang);
    let frame = frame(
        settings,
        demo,
        lang,
        words.nav_institutions(),
        Section::Institutions,
        paths::institutions,
        &words.front_institutions_lead(),
    );
    let main = html! {
        header.head {
            h1 { (words.nav_institutions()) }
            p.lead { @if all.is_empty() { (words.front_institutions_empty()) } @else { (words.front_institutions_lead()) } }
        }
        @for family in Family::ALL {
            @let own: Vec<&Institution> = all.iter().filter(|institution| institution.family == *family).collect();
            @if !own.is_empty() {
                section.sec aria-labelledby=(family) {
                    h2 id=(family) { (family_name(*family, words)) }
                    ul.index {
                        @for institution in own {
                            li { a href=(paths::institution(lang, &institution.code)) { (views::text(&institution.names, lang)) } }
                        }
                    }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

/// All that the page of an institution shows.
#[derive(Debug)]
pub struct InstitutionPage<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// Whose page it is.
    pub institution: &'a Institution,
    /// Its last releases, the newest first.
    pub releases: &'a [Card],
    /// Whether it has more.
    pub has_more: bool,
    /// What it publishes about, the most frequent first.
    pub topics: &'a [Label],
    /// Whom the press calls.
    pub contacts: &'a [Contact],
    /// What else it says of itself.
    pub profile: &'a PublicProfile,
    /// Who governs: the members whose policy cell it is.
    pub members: &'a [Mandate],
    /// The instant, and who answers at it.
    pub moment: Moment<'a>,
}

/// An institution: what it is called, where its own site is, what it published last and about what.
pub fn institution(it: &InstitutionPage<'_>) -> Markup {
    let lang = it.lang;
    let words = phrases(lang);
    let name = it.institution.names.text(lang);
    let wish = format!("institution={}", it.institution.code);
    let family = it.institution.family;
    let frame = frame(
        it.settings,
        it.demo,
        lang,
        name.to_owned(),
        Section::Institutions,
        |of| paths::institution(of, &it.institution.code),
        &words.front_list_of(name),
    );
    let feed = Feed { query: wish.clone(), title: words.front_list_of(name) };
    let frame = Frame { feeds: vec![feed], ..frame };
    let show = Show { lang, zone: it.settings.zone, column: Column::Date, level: 3, brief: false };
    let main = html! {
        div.cols {
            div.flow {
                header.head {
                    p.kicker { a href=(paths::releases(lang, &format!("family={family}"))) { (family_name(family, words)) } }
                    h1 { (views::text(&it.institution.names, lang)) }
                    @for member in it.members.iter().filter(|member| member.policy_cell_id == Some(it.institution.id)) {
                        p.lead { a href=(paths::member(lang, &member.person_code)) { (member.name()) } ", " (views::text(&member.titles, lang)) }
                    }
                    @if it.profile.is_closed {
                        p.lead {
                            (words.directory_issues_nothing())
                            @if let Some(successor) = &it.profile.successor {
                                " " (words.directory_taken_over()) " " a href=(paths::institution(lang, &successor.code)) { (views::text(&successor.names, lang)) }
                            }
                        }
                    }
                    @if let Some(website) = &it.institution.website {
                        p.by-line {
                            span { (words.front_institution_website()) }
                            a href=(website) { (website.split_once("://").map_or(website.as_str(), |(_, rest)| rest.trim_end_matches('/'))) }
                        }
                    }
                }
                section.sec aria-labelledby="latest" {
                    h2 #latest { (words.front_institution_latest()) }
                    @if it.releases.is_empty() { p { (words.front_institution_empty()) } }
                    @else { (views::dated(it.releases, &show)) }
                    @if it.has_more {
                        p.more { a href=(paths::releases(lang, &wish)) { strong { (words.front_institution_all()) } } }
                    }
                }
                (public_contacts(it.contacts, &it.moment, lang, html! {}))
            }
            div.aside {
                (about(it))
                section.sec.no-print aria-labelledby="mail" {
                    h2 #mail { (words.nav_subscribe()) }
                    p.more { a href=(paths::subscribe(lang, &wish)) { (words.front_institution_subscribe()) } }
                    p.more { a href=(paths::feed(lang, "atom", &wish)) type="application/atom+xml" { (words.feeds_of_institution()) } }
                }
                @if !it.topics.is_empty() {
                    section.sec.no-print aria-labelledby="topics" {
                        h2 #topics { (words.front_institution_topics()) }
                        ul.topics.small {
                            @for topic in it.topics {
                                li { a href=(paths::releases(lang, &format!("{wish}&topic={}", topic.code))) { (views::text(&topic.names, lang)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

/// What it is called for short, where it is, where else it speaks, what it belongs to and what belongs to it.
fn about(it: &InstitutionPage<'_>) -> Markup {
    let (lang, profile) = (it.lang, it.profile);
    let words = phrases(lang);
    let is_empty = profile.abbreviations.is_none()
        && profile.addresses.is_none()
        && profile.accounts.is_empty()
        && profile.parent.is_none()
        && profile.parts.is_empty();
    html! {
        @if !is_empty {
            section.sec aria-labelledby="about" {
                h2 #about { (words.directory_about()) }
                dl.facts.stacked {
                    @if let Some(names) = &profile.abbreviations { dt { (words.directory_abbreviations()) } dd { (views::text(names, lang)) } }
                    @if let Some((of, address)) = profile.addresses.as_ref().and_then(|texts| texts.get(lang)) {
                        dt { (words.directory_addresses()) }
                        dd lang=[(of != lang).then_some(of)] { @for (place, line) in address.lines().enumerate() { @if place > 0 { br; } (line) } }
                    }
                    @if let Some(parent) = &profile.parent {
                        dt { (words.directory_parent()) }
                        dd { a href=(paths::institution(lang, &parent.code)) { (views::text(&parent.names, lang)) } }
                    }
                    @if !profile.parts.is_empty() {
                        dt { (words.directory_parts()) }
                        @for part in &profile.parts { dd { a href=(paths::institution(lang, &part.code)) { (views::text(&part.names, lang)) } } }
                    }
                    @if !profile.accounts.is_empty() {
                        dt { (words.directory_accounts()) }
                        @for account in &profile.accounts { dd { a href=(account.url) rel="me" { (account.network) } } }
                    }
                }
            }
        }
    }
}

/// Every topic.
pub fn topics(settings: &Settings, demo: bool, lang: Lang, all: &[Topic]) -> Markup {
    let words = phrases(lang);
    let frame =
        frame(settings, demo, lang, words.nav_topics(), Section::Topics, paths::topics, &words.front_topics_lead());
    let main = html! {
        header.head {
            h1 { (words.nav_topics()) }
            p.lead { @if all.is_empty() { (words.front_topics_empty()) } @else { (words.front_topics_lead()) } }
        }
        @if !all.is_empty() {
            ul.index.ruled {
                @for topic in all {
                    li { a href=(paths::releases(lang, &format!("topic={}", topic.code))) { (views::text(&topic.names, lang)) } }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_ordered_without_regard_to_accents() {
        let mut names: Vec<Texts> = ["Zones", "Énergie", "eau", "Émigration", "Agriculture"]
            .iter()
            .map(|name| Texts::one(Lang::Fr, *name))
            .collect();
        by_name(Lang::Fr, &mut names, |name| name);
        let ordered: Vec<&str> = names.iter().map(|name| name.text(Lang::Fr)).collect();
        assert_eq!(ordered, ["Agriculture", "eau", "Émigration", "Énergie", "Zones"]);
    }
}
