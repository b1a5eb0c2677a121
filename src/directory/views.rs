//! Institutions and contacts as the desk shows them, and a contact as the public sees it.

use maud::{Markup, html};

use super::contact::{Channel, ChannelKind, ContactKind, ContactPoint, dialled};
use super::handlers::{CHANNELS, Draft, Mays, Wrongs, in_each_language};
use super::model::{Family, Institution};
use super::public;
use super::settings::Settings;
use crate::ids::ContactId;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Tone};
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};

/// Those that somebody may see, under their families.
pub fn list(all: &[Institution], lang: Lang, words: &Phrases) -> Markup {
    html! {
        (desk::page_top(html! { a href=(paths::DESK) { (words.desk_title()) } }, &words.desk_nav_directory(), html! {}))
        @if all.is_empty() { p.gap { (words.directory_none()) } }
        @for family in Family::ALL {
            @let own: Vec<&Institution> = all.iter().filter(|institution| institution.family == *family).collect();
            @if !own.is_empty() {
                div.gap-l { (desk::section(family.as_str(), &family_name(*family, words), html! {}, html! {
                    ul.rows {
                        @for institution in own {
                            li { p.t { a href=(paths::of_institution(paths::DESK_INSTITUTION, institution.id)) { (institution.names.text(lang)) } } }
                        }
                    }
                })) }
            }
        }
    }
}

fn family_name(family: Family, words: &Phrases) -> String {
    match family {
        Family::Council => words.family_council(),
        Family::Government => words.family_government(),
        Family::Institutions => words.family_institutions(),
    }
}

/// All that the page of an institution shows.
pub struct InstitutionPage<'a> {
    /// The site's.
    pub languages: &'a [Lang],
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its forms bring back.
    pub form_token: &'a str,
    /// Whose page it is.
    pub institution: &'a Institution,
    /// What it has set, or what was typed.
    pub own: &'a Settings,
    /// Whom the press calls.
    pub contacts: &'a [(ContactPoint, Vec<Channel>)],
    /// What this person may change.
    pub mays: Mays,
    /// What is wrong with what was typed.
    pub wrongs: &'a Wrongs,
}

/// An institution: its contacts, which change often, and its settings, which do not.
pub fn institution(it: &InstitutionPage<'_>) -> Markup {
    let (lang, words) = (it.lang, it.words);
    let name = it.institution.names.text(lang);
    let crumb = html! { a href=(paths::DESK_INSTITUTIONS) { (words.desk_nav_directory()) } };
    let actions = html! {
        @if it.mays.press_lists {
            a.btn href=(paths::of_institution(paths::DESK_PRESS_LISTS, it.institution.id)) { (words.press_list_title()) }
        }
        @if it.mays.contacts {
            a.btn.main href=(paths::of_institution(paths::DESK_CONTACTS_NEW, it.institution.id)) { (words.directory_contact_new()) }
        }
    };
    html! {
        (desk::page_top(crumb, name, actions))
        (desk::error(&words.form_wrong(it.wrongs.len()), it.wrongs))
        div.home {
            div { (contacts(it)) }
            div { (settings(it)) }
        }
    }
}

fn contacts(it: &InstitutionPage<'_>) -> Markup {
    let words = it.words;
    let own = |pattern: &str, id: ContactId| {
        paths::of_institution(pattern, it.institution.id).replace("{contact}", &id.to_string())
    };
    let last = it.contacts.len().saturating_sub(1);
    let body = html! {
        @if it.contacts.is_empty() { p.soft { (words.directory_contacts_none()) } } @else {
            ul.rows {
                @for (place, (point, channels)) in it.contacts.iter().enumerate() {
                    li.row {
                        div { @if point.is_default { (desk::state(Mark::Ok, Tone::Ok, &words.directory_default())) } }
                        div {
                            p.t {
                                @if it.mays.contacts { a href=(own(paths::DESK_CONTACT, point.id)) { (point.name) } } @else { (point.name) }
                            }
                            p.soft { (about(point.functions.as_ref(), &point.languages, it.lang)) }
                            ul {
                                @for channel in channels {
                                    li {
                                        (channel.value) " "
                                        span.soft {
                                            @if channel.public { (words.directory_public()) } @else { (desk::mark(Mark::Lock)) " " (words.directory_internal()) }
                                            @if !channel.note.is_empty() { " · " (channel.note) }
                                        }
                                    }
                                }
                            }
                            @if !point.note.is_empty() { p.soft { (point.note) } }
                        }
                        div {
                            @if it.mays.contacts {
                                form.acts method="post" action=(own(paths::DESK_CONTACT_PLACE, point.id)) {
                                    input type="hidden" name="form_token" value=(it.form_token);
                                    @if place > 0 { button name="to" value="up" aria-label=(words.directory_up(&point.name)) { (desk::mark(Mark::Up)) } }
                                    @if place < last { button name="to" value="down" aria-label=(words.directory_down(&point.name)) { (desk::mark(Mark::Down)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    desk::section("contacts", &words.directory_contacts(), html! {}, body)
}

fn settings(it: &InstitutionPage<'_>) -> Markup {
    let (lang, words, own) = (it.lang, it.words, it.own);
    let of_council = it.institution.family == Family::Council;
    let value = |texts: Option<&Texts>, of: Lang| texts.and_then(|texts| texts.0.get(&of)).cloned().unwrap_or_default();
    let wrong = |id: &str| it.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let fixed = !it.mays.settings;
    let body = html! {
        form.form method="post" action=(paths::of_institution(paths::DESK_INSTITUTION_SETTINGS, it.institution.id)) {
            input type="hidden" name="form_token" value=(it.form_token);
            @if it.mays.names {
                (in_each_language(it.languages, lang, "name", &words.directory_names(), it.wrongs, |id, of, wrong| html! {
                    input id=(id) name=(id) lang=(of) value=(value(Some(&own.names), of)) maxlength="200"
                        aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
                }))
            } @else { p.soft { (words.directory_names_fixed()) } }
            (desk::field("website", &words.directory_website(), None, wrong("website"), html! {
                input #website type="url" name="website" value=[own.website.as_ref()] readonly[fixed] inputmode="url"
                    aria-invalid=[wrong("website").map(|_| "true")] aria-describedby=[described_by("website", false, wrong("website").is_some())];
            }))
            fieldset {
                legend.lab { (words.directory_required()) }
                p.hint { (words.directory_required_hint()) }
                @for of in it.languages {
                    label.pick {
                        input type="checkbox" name="required" value=(of) checked[own.required.contains(of)] disabled[fixed];
                        span { (dates::capital(&language_name(*of, lang))) }
                    }
                }
            }
            label.pick {
                input type="checkbox" name="four_eyes" checked[own.four_eyes || of_council] disabled[fixed || of_council];
                span { (words.directory_four_eyes()) span.soft { (words.directory_four_eyes_hint()) } }
            }
            (in_each_language(it.languages, lang, "boilerplate", &words.directory_boilerplate(), it.wrongs, |id, of, wrong| html! {
                textarea id=(id) name=(id) lang=(of) rows="3" readonly[fixed]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())] { (value(own.boilerplate.as_ref(), of)) }
            }))
            @if !fixed { div.acts { button { (words.directory_save_settings()) } } }
        }
    };
    desk::section("settings", &words.directory_settings(), html! {}, body)
}

/// All that the form of a contact shows.
pub struct ContactPage<'a> {
    /// The site's.
    pub languages: &'a [Lang],
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its form brings back.
    pub form_token: &'a str,
    /// Whose contact it is.
    pub institution: &'a Institution,
    /// Which one; none: a new one.
    pub id: Option<ContactId>,
    /// What it says.
    pub draft: &'a Draft,
    /// What the page is called.
    pub title: &'a str,
}

/// The form of a contact. Rows for as many numbers and addresses as it has, and three more.
pub fn contact(it: &ContactPage<'_>) -> Markup {
    let (lang, words) = (it.lang, it.words);
    let own = &it.draft.written;
    let wrongs = &it.draft.wrongs;
    let wrong = |id: &str| wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let pattern = if it.id.is_some() { paths::DESK_CONTACT } else { paths::DESK_CONTACTS };
    let contact = it.id.map(|id| id.to_string()).unwrap_or_default();
    let address = |pattern: &str| paths::of_institution(pattern, it.institution.id).replace("{contact}", &contact);
    let back = paths::of_institution(paths::DESK_INSTITUTION, it.institution.id);
    let rows = (own.channels.len() + 3).min(CHANNELS);
    html! {
        (desk::page_top(html! { a href=(back) { (it.institution.names.text(lang)) } }, it.title, html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), wrongs))
        form.form.narrow.gap method="post" action=(address(pattern)) {
            input type="hidden" name="form_token" value=(it.form_token);
            fieldset {
                legend.lab { (words.directory_kind()) }
                @for (kind, name) in [(ContactKind::Person, words.directory_kind_person()), (ContactKind::Service, words.directory_kind_service())] {
                    label.pick { input type="radio" name="kind" value=(kind) checked[own.kind == kind]; span { (name) } }
                }
            }
            (desk::field("name", &words.directory_contact_name(), None, wrong("name"), html! {
                input #name name="name" value=(own.name) maxlength="200" required autocomplete="off"
                    aria-invalid=[wrong("name").map(|_| "true")] aria-describedby=[described_by("name", false, wrong("name").is_some())];
            }))
            (in_each_language(it.languages, lang, "function", &words.directory_function(), wrongs, |id, of, wrong| html! {
                input id=(id) name=(id) lang=(of) maxlength="200" value=[own.functions.as_ref().and_then(|texts| texts.0.get(&of))]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
            }))
            fieldset {
                legend.lab { (words.directory_languages()) }
                @for of in Lang::ALL {
                    label.pick {
                        input type="checkbox" name="language" value=(of) checked[own.languages.contains(&of)];
                        span { (dates::capital(&language_name(of, lang))) }
                    }
                }
            }
            fieldset {
                legend.lab { (words.directory_channels()) }
                p.hint { (words.directory_channels_hint()) }
                @for n in 0..rows {
                    @let channel = own.channels.get(n);
                    @let (kind_id, value_id, note_id, public_id) = (format!("kind-{n}"), format!("value-{n}"), format!("note-{n}"), format!("public-{n}"));
                    @let usual = if n % 2 == 0 { ChannelKind::Phone } else { ChannelKind::Mail };
                    @let kind = channel.map_or(usual, |channel| channel.kind);
                    div.line role="group" aria-label=(words.directory_channel(n + 1)) {
                        (desk::field(&kind_id, &words.directory_channel_kind(), None, None, html! {
                            select id=(kind_id) name=(kind_id) {
                                option value=(ChannelKind::Phone) selected[kind == ChannelKind::Phone] { (words.directory_phone()) }
                                option value=(ChannelKind::Mail) selected[kind == ChannelKind::Mail] { (words.directory_mail()) }
                            }
                        }))
                        (desk::field(&value_id, &words.directory_value(), None, wrong(&value_id), html! {
                            input id=(value_id) name=(value_id) value=[channel.map(|channel| &channel.value)] maxlength="200" autocomplete="off"
                                aria-invalid=[wrong(&value_id).map(|_| "true")] aria-describedby=[described_by(&value_id, false, wrong(&value_id).is_some())];
                        }))
                        (desk::field(&note_id, &words.directory_channel_note(), None, None, html! {
                            input id=(note_id) name=(note_id) value=[channel.map(|channel| &channel.note)] maxlength="200";
                        }))
                        label.pick {
                            input type="checkbox" name=(public_id) checked[channel.is_some_and(|channel| channel.public)];
                            span { (words.directory_public()) }
                        }
                    }
                }
            }
            (desk::field("note", &words.directory_note(), None, wrong("note"), html! {
                textarea #note name="note" rows="2" maxlength="1000"
                    aria-invalid=[wrong("note").map(|_| "true")] aria-describedby=[described_by("note", false, wrong("note").is_some())] { (own.note) }
            }))
            label.pick {
                input type="checkbox" name="default" checked[own.is_default];
                span { (words.directory_default_long()) }
            }
            div.acts { button.main { (words.directory_save_contact()) } a href=(back) { (words.form_cancel()) } }
        }
        @if it.id.is_some() {
            div.apart.narrow {
                details {
                    summary { (words.directory_end_summary()) }
                    p { (words.directory_end_what()) }
                    form method="post" action=(address(paths::DESK_CONTACT_END)) {
                        input type="hidden" name="form_token" value=(it.form_token);
                        button.danger { (words.directory_end()) }
                    }
                }
            }
        }
    }
}

/// "Press officer · French, Dutch".
fn about(functions: Option<&Texts>, languages: &[Lang], lang: Lang) -> Markup {
    let names: Vec<String> = languages.iter().map(|of| language_name(*of, lang)).collect();
    let function = functions.and_then(|functions| functions.get(lang));
    html! {
        @if let Some((of, function)) = function { span lang=[(of != lang).then_some(of)] { (function) } }
        @if function.is_some() && !names.is_empty() { " · " }
        (names.join(", "))
    }
}

/// Whom journalists may call, as the public site shows them: name, function, languages, numbers and addresses.
pub fn public_contact(contact: &public::Contact, lang: Lang) -> Markup {
    html! {
        div.contact {
            b { (contact.name) }
            p.meta { (about(contact.functions.as_ref(), &contact.languages, lang)) }
            p.act {
                @for (kind, value) in &contact.channels {
                    @match kind {
                        ChannelKind::Phone => a href={ "tel:" (dialled(value)) } { (value) },
                        ChannelKind::Mail => a href={ "mailto:" (value) } { (value) },
                    }
                    " "
                }
            }
        }
    }
}

/// The section below a release, or on the page of an institution; nothing if there is nobody.
pub fn public_contacts(contacts: &[public::Contact], lang: Lang) -> Markup {
    html! {
        @if !contacts.is_empty() {
            section.sec.contacts aria-labelledby="contacts" {
                h2 #contacts { (phrases(lang).directory_press_contacts()) }
                @for contact in contacts { (public_contact(contact, lang)) }
            }
        }
    }
}
