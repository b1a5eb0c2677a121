//! Whom the press calls: who answers now, then every public contact, by member of the government and by institution. One
//! form narrows it, with script as one types.

use chrono::{DateTime, Utc};
use maud::{Markup, html};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use url::form_urlencoded;

use super::home::family_name;
use crate::directory::contact::ContactKind;
use crate::directory::export::Row;
use crate::directory::government::views::text;
use crate::directory::government::{Government, Mandate};
use crate::directory::public::Contact;
use crate::directory::standby::public::OnDuty;
use crate::directory::views::{Moment, public_contact};
use crate::directory::{Family, Institution};
use crate::ids::{InstitutionId, MandateId};
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::slug;
use crate::layout::public::{Frame, Section};
use crate::paths;
use crate::phrases::phrases;
use crate::text_enum;

text_enum! {
    /// Which of them are listed.
    pub enum By {
        /// Those of the members of the government.
        Government = "government",
        /// Those of all others.
        Institution = "institution",
    }
}

/// The most characters that are looked for.
const WORDS_MAX: usize = 100;

/// What a reader asks of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which of them; none: all.
    pub by: Option<By>,
    /// Words of a name, a function, an institution, a competence.
    pub words: String,
}

impl Asked {
    /// Words as they are looked for; none if they are too long.
    pub fn words(text: &str) -> Option<String> {
        (text.chars().count() <= WORDS_MAX).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The query string of it, in one form.
    pub fn canonical(&self) -> String {
        let mut parts = Vec::new();
        if let Some(by) = self.by {
            parts.push(format!("by={by}"));
        }
        if !self.words.is_empty() {
            parts.push(format!("q={}", form_urlencoded::byte_serialize(self.words.as_bytes()).collect::<String>()));
        }
        parts.join("&")
    }
}

/// All that the page and its files are made of, read in one snapshot.
#[derive(Debug, Clone)]
pub struct Directory {
    /// All that the public knows of.
    pub institutions: Vec<Institution>,
    /// What they are called for short.
    pub abbreviations: Vec<(InstitutionId, Texts)>,
    /// All that are reached today.
    pub contacts: Vec<Contact>,
    /// The mandates that are held, by precedence.
    pub members: Vec<Mandate>,
    /// What they are competent for.
    pub competences: Vec<(MandateId, Texts)>,
    /// The government in office.
    pub government: Option<Government>,
    /// Who answers now.
    pub duty: Vec<OnDuty>,
    /// When somebody begins or ends to answer.
    pub changes_at: Option<DateTime<Utc>>,
}

/// A member of the government or an institution, with its contacts.
struct Group<'a> {
    family: Family,
    member: Option<&'a Mandate>,
    institution: Option<&'a Institution>,
    contacts: Vec<&'a Contact>,
    /// What it is found by besides what one sees.
    words: String,
}

impl Directory {
    fn institution(&self, id: InstitutionId) -> Option<&Institution> {
        self.institutions.iter().find(|institution| institution.id == id)
    }

    /// Members of the government by precedence, then institutions by name. A policy cell stands under its member.
    fn groups(&self, lang: Lang) -> Vec<Group<'_>> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut told: Vec<InstitutionId> = Vec::new();
        for member in &self.members {
            // A cell that serves two members stands under the first.
            let cell = member.policy_cell_id.filter(|cell| !told.contains(cell));
            let contacts = self
                .contacts
                .iter()
                .filter(|it| match it.mandate_id {
                    Some(of) => of == member.id,
                    None => Some(it.institution_id) == cell,
                })
                .collect();
            told.extend(cell);
            let competences =
                self.competences.iter().filter(|(id, _)| *id == member.id).flat_map(|(_, names)| all(names));
            let cell = member.policy_cell_id.and_then(|cell| self.institution(cell));
            let words = competences.chain(all(&member.titles)).chain(cell.iter().flat_map(|cell| all(&cell.names)));
            groups.push(Group {
                family: Family::Government,
                member: Some(member),
                institution: cell,
                contacts,
                words: words.collect::<Vec<_>>().join(" "),
            });
        }
        let mut others: Vec<&Institution> = self.institutions.iter().filter(|it| !told.contains(&it.id)).collect();
        others.sort_by_cached_key(|it| slug::slug(lang, it.names.text(lang)));
        for institution in others {
            let contacts: Vec<&Contact> = self
                .contacts
                .iter()
                // Of a mandate that has ended nothing is reached; of one that is held, it stands above.
                .filter(|it| it.institution_id == institution.id && it.mandate_id.is_none())
                .collect();
            if contacts.is_empty() {
                continue;
            }
            let short =
                self.abbreviations.iter().filter(|(id, _)| *id == institution.id).flat_map(|(_, names)| all(names));
            groups.push(Group {
                family: institution.family,
                member: None,
                institution: Some(institution),
                contacts,
                words: all(&institution.names).chain(short).collect::<Vec<_>>().join(" "),
            });
        }
        groups
    }

    /// The groups that were asked for.
    fn asked(&self, asked: &Asked, lang: Lang) -> Vec<Group<'_>> {
        let wanted: Vec<String> = asked.words.split(' ').map(folded).filter(|word| !word.is_empty()).collect();
        let mut groups = self.groups(lang);
        groups.retain(|group| match asked.by {
            None => true,
            Some(By::Government) => group.member.is_some(),
            Some(By::Institution) => group.member.is_none(),
        });
        if wanted.is_empty() {
            return groups;
        }
        for group in &mut groups {
            let name = group.member.map(Mandate::name).unwrap_or_default();
            let around = format!("{} {name}", group.words);
            // What is looked for may stand in the contact, or in what it is a contact of.
            group.contacts.retain(|contact| {
                let functions = contact.functions.iter().flat_map(all);
                let own = [around.as_str(), &contact.name].into_iter().chain(functions).collect::<Vec<_>>().join(" ");
                let own = folded(&own);
                wanted.iter().all(|word| own.contains(word.as_str()))
            });
        }
        groups.retain(|group| !group.contacts.is_empty());
        groups
    }

    /// The contacts that were asked for, as other programs have them, each once.
    pub fn rows<'a>(&'a self, settings: &Settings, lang: Lang, asked: &Asked) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        for group in self.asked(asked, lang) {
            for contact in group.contacts {
                rows.extend(self.row(settings, lang, contact, group.member));
            }
        }
        rows
    }

    /// One contact, as other programs have it.
    pub fn row<'a>(
        &'a self,
        settings: &Settings,
        lang: Lang,
        contact: &'a Contact,
        member: Option<&'a Mandate>,
    ) -> Option<Row<'a>> {
        let institution = self.institution(contact.institution_id)?;
        let page = match member {
            Some(member) => paths::member(lang, &member.person_code),
            None => paths::institution(lang, &institution.code),
        };
        Some(Row {
            contact,
            institution,
            member,
            answers_until: self.duty.iter().find(|duty| duty.contact_id == contact.id).map(|duty| duty.ends_at),
            // Of one language whatever the site speaks: it stays the same.
            uid: settings.absolute(&paths::press_contact_card(Lang::En, &contact.id.to_string())),
            page: settings.absolute(&page),
        })
    }

    /// The member for whom a contact answers.
    pub fn member_of(&self, contact: &Contact) -> Option<&Mandate> {
        self.members.iter().find(|member| match contact.mandate_id {
            Some(of) => of == member.id,
            None => member.policy_cell_id == Some(contact.institution_id),
        })
    }
}

fn all(texts: &Texts) -> impl Iterator<Item = &str> {
    texts.0.values().map(String::as_str)
}

/// Without accents and capitals: what is typed in a hurry finds what it means. The script does the same.
fn folded(text: &str) -> String {
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The page.
pub fn page(settings: &Settings, demo: bool, lang: Lang, it: &Directory, asked: &Asked, now: DateTime<Utc>) -> Markup {
    let words = phrases(lang);
    let narrowed = |by: Option<By>| {
        let query = Asked { by, ..asked.clone() }.canonical();
        if query.is_empty() { paths::press_contacts(lang) } else { format!("{}?{query}", paths::press_contacts(lang)) }
    };
    let query = Asked { words: String::new(), ..asked.clone() }.canonical();
    let frame = Frame {
        settings,
        demo,
        lang,
        title: words.directory_press_contacts(),
        section: Some(Section::Contacts),
        translations: settings
            .languages
            .iter()
            .map(|of| {
                let path = paths::press_contacts(*of);
                (*of, if query.is_empty() { path } else { format!("{path}?{query}") })
            })
            .collect(),
        indexed: asked.words.is_empty(),
        feeds: Vec::new(),
        head: html! { meta name="description" content=(words.directory_press_contacts_lead()); },
    };
    let moment = Moment { zone: settings.zone, now, duty: &it.duty };
    let groups = it.asked(asked, lang);
    let is_whole = asked.by.is_none() && asked.words.is_empty();
    let count: usize = groups.iter().map(|group| group.contacts.len()).sum();
    let families = [Family::Government, Family::Council, Family::Institutions];
    let main = html! {
        header.head { h1 { (words.directory_press_contacts()) } }
        form.find.big role="search" aria-label=(words.contacts_find()) action=(paths::press_contacts(lang)) {
            label.label for="contacts-q" { (words.contacts_find()) }
            @if let Some(by) = asked.by { input type="hidden" name="by" value=(by); }
            input #contacts-q type="search" name="q" value=[(!asked.words.is_empty()).then_some(&asked.words)] maxlength=(WORDS_MAX)
                enterkeyhint="search" autocomplete="off" data-narrows="contacts-list";
            button.main.big { (words.find_submit()) }
        }
        div.cols {
            div.flow #contacts-list {
                @if is_whole { (answers_now(it, &moment, lang)) }
                nav.tabs aria-label=(words.contacts_order()) { ul {
                    @for (by, name) in [
                        (None, words.contacts_all()),
                        (Some(By::Government), words.contacts_by_government()),
                        (Some(By::Institution), words.contacts_by_institution()),
                    ] { li { a href=(narrowed(by)) aria-current=[(asked.by == by).then_some("page")] { (name) } } }
                } }
                p.nothing #contacts-none hidden[!groups.is_empty()] {
                    @if asked.words.is_empty() { (words.directory_press_contacts_none()) } @else { (words.contacts_nothing()) }
                }
                p.vh role="status" data-count=(words.contacts_count(0)) data-one=(words.contacts_count(1)) data-many=(words.contacts_count_many()) {
                    @if !asked.words.is_empty() { (words.contacts_count(count)) }
                }
                @for family in families {
                    @let own: Vec<&Group<'_>> = groups.iter().filter(|group| {
                        // A former minister's cell, or one without a member, stands with the institutions.
                        if family == Family::Government { group.member.is_some() }
                        else if family == Family::Council { group.member.is_none() && group.family == Family::Council }
                        else { group.member.is_none() && group.family != Family::Council }
                    }).collect();
                    @if !own.is_empty() {
                        section.sec aria-labelledby=(family) {
                            h2 id=(family) {
                                @match (&it.government, family) {
                                    (Some(government), Family::Government) => a href=(paths::present_government(lang)) { (text(&government.names, lang)) },
                                    _ => (family_name(family, words)),
                                }
                            }
                            ul.people {
                                @for group in own { (row(group, &moment, lang)) }
                            }
                        }
                    }
                }
            }
            div.aside {
                section.sec.no-print aria-labelledby="take" {
                    h2 #take { (words.contacts_take()) }
                    ul.files {
                        @let query = asked.canonical();
                        li { a href=(paths::press_contacts_file(lang, "vcf", &query)) { (words.contacts_take_cards()) span { "vCard 4.0" } } }
                        li { a href=(paths::press_contacts_file(lang, "csv", &query)) { (words.contacts_take_table()) span { "CSV" } } }
                        li { a href=(paths::press_contacts_file(lang, "json", &query)) { (words.contacts_take_data()) span { "JSON" } } }
                    }
                }
                section.sec aria-labelledby="government-of" {
                    h2 #government-of { (words.government_title()) }
                    p.more { a href=(paths::present_government(lang)) { (words.contacts_members_and_former()) } }
                }
                section.sec.no-print aria-labelledby="citizens" {
                    h2 #citizens { (words.contacts_not_press()) }
                    p.more { a href=(paths::site_page(lang, paths::CONTACT)) { (words.contacts_for_all()) } }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}

/// Who answers at the instant of the page, and until when that holds.
fn answers_now(it: &Directory, moment: &Moment<'_>, lang: Lang) -> Markup {
    let words = phrases(lang);
    let mut on_duty: Vec<(&Contact, Option<&Mandate>)> = it
        .contacts
        .iter()
        .filter(|contact| moment.of(contact.id).is_some())
        .map(|contact| (contact, it.member_of(contact)))
        .collect();
    // Members of the government by precedence, then institutions by name.
    on_duty.sort_by_cached_key(|(contact, member)| {
        let place = member.map_or(i32::MAX, |member| member.position);
        let name = it.institution(contact.institution_id).map_or("", |of| of.names.text(lang));
        (place, slug::slug(lang, name), contact.id)
    });
    html! {
        section.sec aria-labelledby="now" {
            h2 #now { (words.contacts_now()) }
            p.small {
                (words.contacts_now_at(dates::full(lang, dates::day(moment.zone, moment.now))))
                @if let Some(at) = it.changes_at {
                    " " (words.contacts_now_until(moment.in_words(at, lang)))
                }
                " " (words.contacts_for_journalists())
            }
            @if on_duty.is_empty() { p { (words.contacts_nobody_now()) } } @else {
                ul.people {
                    @for (contact, member) in &on_duty {
                        li.person data-fixed="" {
                            div { (heading(*member, it.institution(contact.institution_id), lang)) }
                            div { (public_contact(contact, moment, lang)) }
                        }
                    }
                }
            }
        }
    }
}

fn heading(member: Option<&Mandate>, institution: Option<&Institution>, lang: Lang) -> Markup {
    html! {
        @if let Some(member) = member {
            h3 { a href=(paths::member(lang, &member.person_code)) { (member.name()) } }
            p.meta { (text(&member.titles, lang)) }
        } @else if let Some(institution) = institution {
            h3 { a href=(paths::institution(lang, &institution.code)) { (text(&institution.names, lang)) } }
        }
    }
}

fn row(group: &Group<'_>, moment: &Moment<'_>, lang: Lang) -> Markup {
    html! {
        li.person data-words=(group.words) {
            div { (heading(group.member, group.institution, lang)) }
            div {
                @if group.contacts.is_empty() { p.meta { (phrases(lang).contacts_none_named()) } }
                @for contact in &group.contacts { (public_contact(contact, moment, lang)) }
            }
        }
    }
}

/// A file name for one card: the contact's, in letters that every system takes.
pub fn card_name(contact: &Contact) -> String {
    let name = slug::slug(Lang::En, &contact.name);
    match contact.kind {
        ContactKind::Person => name,
        ContactKind::Service => format!("{name}-{}", contact.id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_in_a_hurry_finds_what_it_means() {
        for (text, expected) in
            [("Hélène VARNIER", "helene varnier"), ("Brühlmann", "bruhlmann"), ("ŒUVRE", "œuvre"), ("ﬁn", "fin")]
        {
            assert_eq!(folded(text), expected);
        }
        assert_eq!(Asked::words("  a \t b "), Some("a b".into()));
        assert_eq!(Asked::words(&"x".repeat(101)), None);
        let asked = Asked { by: Some(By::Government), words: "a b&c".into() };
        assert_eq!(asked.canonical(), "by=government&q=a+b%26c");
    }
}
