//! The public pages of a government and of its members. Values in, a page out: the desk shows the one of a prepared
//! government by the same functions, before anybody else may know of it.

use maud::{Markup, html};

use super::model::{Government, Mandate};
use crate::directory::model::Institution;
use crate::directory::public::Contact;
use crate::directory::views::{Moment, public_contacts};
use crate::ids::MandateId;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::layout::public::{Frame, page};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// A text in the page's language, or in another one that says so (WCAG 2.2, success criterion 3.1.2).
pub fn text(texts: &Texts, lang: Lang) -> Markup {
    match texts.get(lang) {
        Some((of, text)) if of != lang => html! { span lang=(of) { (text) } },
        Some((_, text)) => html! { (text) },
        None => html! {},
    }
}

/// How long: "since 3 February 2025", "from … to …".
pub fn period(
    settings: &Settings,
    lang: Lang,
    words: &Phrases,
    starts_at: Option<chrono::DateTime<chrono::Utc>>,
    ends_at: Option<chrono::DateTime<chrono::Utc>>,
) -> String {
    let day = |at| dates::long(lang, dates::day(settings.zone, at));
    match (starts_at, ends_at) {
        (Some(from), Some(until)) => words.government_from_until(day(from), day(until)),
        (Some(from), None) => words.government_since(day(from)),
        (None, _) => words.government_not_begun(),
    }
}

/// All that the page of a government shows.
pub struct GovernmentPage<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// Which one; none: nobody has said who governs.
    pub government: Option<&'a Government>,
    /// Its members by precedence.
    pub members: &'a [Mandate],
    /// What they are competent for.
    pub competences: &'a [(MandateId, Texts)],
    /// The others there have been, the last one first.
    pub others: &'a [Government],
    /// What stands above it: that it is a preview.
    pub banner: Option<Markup>,
    /// Where the page of a member is.
    pub member: &'a dyn Fn(&Mandate) -> String,
}

/// A government: since when, its members in the order of precedence with what they are competent for, and the others.
pub fn government(it: &GovernmentPage<'_>) -> Markup {
    let (lang, words) = (it.lang, phrases(it.lang));
    let title = it.government.map_or_else(|| words.government_title(), |of| of.names.text(lang).to_owned());
    let path = |of: Lang| match it.government {
        // The present one lives at one address, the others at theirs.
        Some(government) if !government.is_in_office() => paths::government(of, &government.code),
        _ => paths::present_government(of),
    };
    let translations = it.settings.languages.iter().map(|of| (*of, path(*of))).collect();
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang,
        title: title.clone(),
        section: None,
        translations: if it.banner.is_some() { Vec::new() } else { translations },
        indexed: it.banner.is_none(),
        feeds: Vec::new(),
        head: html! { meta name="description" content=(words.government_description(title.as_str())); },
    };
    let (held, left): (Vec<&Mandate>, Vec<&Mandate>) = it.members.iter().partition(|member| {
        // Who left before their government did.
        member.ends_at.is_none() || member.ends_at == it.government.and_then(|of| of.ends_at)
    });
    let main = html! {
        @if let Some(banner) = &it.banner { (banner) }
        div.cols {
            div.flow {
                header.head {
                    p.kicker { (words.government_title()) }
                    h1 { (title) }
                    @if let Some(government) = it.government {
                        p.lead {
                            (dates::capital(&period(it.settings, lang, words, government.starts_at, government.ends_at)))
                            @if let Some(from) = government.caretaker_from.filter(|_| government.ends_at.is_none()) {
                                ". " strong { (words.government_caretaker_since(dates::long(lang, dates::day(it.settings.zone, from)))) }
                            }
                        }
                    } @else { p.lead { (words.government_none()) } }
                }
                @if !held.is_empty() {
                    section.sec aria-labelledby="members" {
                        h2 #members { (words.government_members()) }
                        ol.people { @for member in held { (row(it, member)) } }
                    }
                }
                @if !left.is_empty() {
                    section.sec aria-labelledby="left" {
                        h2 #left { (words.government_left()) }
                        ol.people { @for member in left { (row(it, member)) } }
                    }
                }
            }
            div.aside {
                @if it.government.is_some_and(Government::is_in_office) {
                    section.sec.no-print aria-labelledby="press" {
                        h2 #press { (words.directory_press_contacts()) }
                        p.more { a href={ (paths::press_contacts(lang)) "?by=government" } { (words.contacts_by_government()) } }
                    }
                }
                @if !it.others.is_empty() {
                    section.sec aria-labelledby="others" {
                        h2 #others { (words.government_others()) }
                        ul.ways {
                            @for other in it.others {
                                @let to = if other.is_in_office() { paths::present_government(lang) } else { paths::government(lang, &other.code) };
                                li { a href=(to) { span {
                                    (text(&other.names, lang)) br;
                                    span.meta { (period(it.settings, lang, words, other.starts_at, other.ends_at)) }
                                } } }
                            }
                        }
                    }
                }
            }
        }
    };
    page(&frame, main)
}

fn row(it: &GovernmentPage<'_>, member: &Mandate) -> Markup {
    let lang = it.lang;
    let own: Vec<&Texts> = it.competences.iter().filter(|(id, _)| *id == member.id).map(|(_, names)| names).collect();
    html! {
        li.person {
            div {
                h3 { a href=((it.member)(member)) { (member.name()) } }
                p.meta { (text(&member.titles, lang)) }
            }
            @if !own.is_empty() { (competences(&own, lang)) }
        }
    }
}

fn competences(own: &[&Texts], lang: Lang) -> Markup {
    html! {
        ul.plain.competences aria-label=(phrases(lang).government_competences()) { @for names in own { li { (text(names, lang)) } } }
    }
}

/// All that the page of a member shows.
pub struct MemberPage<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// Whether this is the demo.
    pub demo: bool,
    /// The language of the page.
    pub lang: Lang,
    /// Their mandates, those that are held first, then the last one first; at least one.
    pub mandates: &'a [Mandate],
    /// All governments.
    pub governments: &'a [Government],
    /// What the mandates are or were competent for.
    pub competences: &'a [(MandateId, Texts)],
    /// The policy cells of the mandates that are held.
    pub cells: &'a [Institution],
    /// Whom the press calls.
    pub contacts: &'a [Contact],
    /// The instant, and who answers at it.
    pub moment: Moment<'a>,
    /// Their last releases, as the pages above show them.
    pub releases: Markup,
    /// Where all releases of a mandate stand, if there is such a list.
    pub all_releases: &'a dyn Fn(&Mandate) -> Option<String>,
    /// What stands above it: that it is a preview, in which they hold what they are to hold.
    pub banner: Option<Markup>,
}

/// A member of the government, or a former one: the offices they hold, what they are competent for, whom the press calls,
/// what they published last, the offices they held.
pub fn member(it: &MemberPage<'_>) -> Markup {
    let (lang, words) = (it.lang, phrases(it.lang));
    let Some(first) = it.mandates.first() else { return html! {} };
    let name = first.name();
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang,
        title: name.clone(),
        section: None,
        translations: if it.banner.is_some() {
            Vec::new()
        } else {
            it.settings.languages.iter().map(|of| (*of, paths::member(*of, &first.person_code))).collect()
        },
        indexed: it.banner.is_none(),
        feeds: Vec::new(),
        head: html! { meta name="description" content={ (name) ", " (first.titles.text(lang)) }; },
    };
    let (held, former): (Vec<&Mandate>, Vec<&Mandate>) =
        it.mandates.iter().partition(|mandate| mandate.ends_at.is_none());
    let government = |of: &Mandate| it.governments.iter().find(|government| government.id == of.government_id);
    let line = |of: &Mandate| {
        html! {
            @if let Some(government) = government(of) {
                @let to = if government.is_in_office() { paths::present_government(lang) } else { paths::government(lang, &government.code) };
                a href=(to) { (text(&government.names, lang)) } ", "
            }
            (period(it.settings, lang, words, of.starts_at, of.ends_at))
        }
    };
    let main = html! {
        @if let Some(banner) = &it.banner { (banner) }
        div.cols {
            div.flow {
                header.head {
                    p.kicker { a href=(paths::present_government(lang)) { (words.government_title()) } }
                    h1 { (name) }
                    @for mandate in &held { p.lead { (text(&mandate.titles, lang)) } }
                    @for mandate in &held { p.by-line { span { (line(mandate)) } } }
                    @if held.is_empty() { p.lead { (words.government_no_member()) } }
                }
                @for mandate in &held {
                    @let own: Vec<&Texts> = it.competences.iter().filter(|(id, _)| *id == mandate.id).map(|(_, names)| names).collect();
                    @if !own.is_empty() {
                        @let id = format!("competences-{}", mandate.code);
                        section.sec aria-labelledby=(id) {
                            h2 id=(id) { (words.government_competences()) }
                            (competences(&own, lang))
                        }
                    }
                }
                (public_contacts(it.contacts, &it.moment, lang, html! {}))
                section.sec aria-labelledby="latest" {
                    h2 #latest { (words.front_institution_latest()) }
                    @if it.releases.0.is_empty() { p { (words.government_no_releases()) } } @else { (it.releases) }
                    @for mandate in &held {
                        @if let Some(all) = (it.all_releases)(mandate) { p.more { a href=(all) { strong { (words.government_all_releases()) } } } }
                    }
                }
                @if !former.is_empty() {
                    section.sec aria-labelledby="former" {
                        h2 #former { (words.government_former_mandates()) }
                        ul.people {
                            @for mandate in &former {
                                li.person {
                                    div { h3 { (text(&mandate.titles, lang)) } p.meta { (line(mandate)) } }
                                    @if let Some(all) = (it.all_releases)(mandate) {
                                        p.more { a href=(all) { (words.government_releases_of_then()) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            div.aside {
                @if !it.cells.is_empty() {
                    section.sec aria-labelledby="cell" {
                        h2 #cell { (words.government_policy_cell()) }
                        ul.ways { @for cell in it.cells {
                            li { a href=(paths::institution(lang, &cell.code)) { (text(&cell.names, lang)) } }
                        } }
                    }
                }
            }
        }
    };
    page(&frame, main)
}
