//! Whom the press calls: the public contacts of every institution, on one page.

use maud::{Markup, html};

use super::directory::by_name;
use super::home::family_name;
use crate::directory::public::Contact;
use crate::directory::views::public_contact;
use crate::directory::{Family, Institution};
use crate::ids::InstitutionId;
use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::layout::public::Frame;
use crate::paths;
use crate::phrases::phrases;
use crate::release::views;

/// The page, institutions under their families; those without a public contact are not in it.
pub fn page(settings: &Settings, demo: bool, lang: Lang, mut all: Vec<Institution>, contacts: &[Contact]) -> Markup {
    let words = phrases(lang);
    by_name(lang, &mut all, |institution| &institution.names);
    let of = |id: InstitutionId| contacts.iter().filter(move |contact| contact.institution_id == id);
    all.retain(|institution| of(institution.id).next().is_some());
    let frame = Frame {
        settings,
        demo,
        lang,
        title: words.directory_press_contacts(),
        section: None,
        translations: settings.languages.iter().map(|of| (*of, paths::press_contacts(*of))).collect(),
        indexed: true,
        feeds: Vec::new(),
        head: html! { meta name="description" content=(words.directory_press_contacts_lead()); },
    };
    let main = html! {
        header.head {
            h1 { (words.directory_press_contacts()) }
            p.lead { @if all.is_empty() { (words.directory_press_contacts_none()) } @else { (words.directory_press_contacts_lead()) } }
        }
        @for family in Family::ALL {
            @let own: Vec<&Institution> = all.iter().filter(|institution| institution.family == *family).collect();
            @if !own.is_empty() {
                section.sec aria-labelledby=(family) {
                    h2 id=(family) { (family_name(*family, words)) }
                    ul.people {
                        @for institution in own {
                            li.person {
                                h3 { a href=(paths::institution(lang, &institution.code)) { (views::text(&institution.names, lang)) } }
                                div { @for contact in of(institution.id) { (public_contact(contact, lang)) } }
                            }
                        }
                    }
                }
            }
        }
    };
    crate::layout::public::page(&frame, main)
}
