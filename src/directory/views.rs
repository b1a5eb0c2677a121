//! Institutions and contacts as the desk shows them, and a contact as the public sees it.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::contact::{Channel, ChannelKind, ContactKind, ContactPoint, Owner, dialled};
use super::government::Mandate;
use super::handlers::{CHANNELS, Draft, Mays, ProfileDraft, Wrongs, in_each_language};
use super::model::{Family, Institution};
use super::profile::{ACCOUNTS_MOST, Standing};
use super::public;
use super::settings::Settings;
use super::standby::public::OnDuty;
use crate::ids::ContactId;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Tone};
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};

/// Those that somebody may see, under their families.
pub fn list(
    all: &[Institution],
    mandates: &[Mandate],
    may_add: bool,
    may_govern: bool,
    lang: Lang,
    words: &Phrases,
) -> Markup {
    let actions = html! {
        @if may_govern { a.btn href=(paths::DESK_GOVERNMENTS) { (words.government_title()) } }
        @if may_add { a.btn.main href=(paths::DESK_INSTITUTIONS_NEW) { (words.directory_new()) } }
    };
    html! {
        (desk::page_top(html! { a href=(paths::DESK) { (words.desk_title()) } }, &words.desk_nav_directory(), actions))
        @if !mandates.is_empty() {
            div.gap-l { (desk::section("members", &words.government_members(), html! {}, html! {
                ul.rows {
                    @for mandate in mandates {
                        li {
                            p.t { a href=(paths::of_mandate(paths::DESK_MANDATE, mandate.id)) { (mandate.name()) } }
                            p.soft { (mandate.titles.text(lang)) }
                        }
                    }
                }
            })) }
        }
        @if all.is_empty() && mandates.is_empty() { p.gap { (words.directory_none()) } }
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

/// What a family is called.
pub fn family_name(family: Family, words: &Phrases) -> String {
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
    /// What else it says of itself, or what was typed; and whether it is closed.
    pub profile: &'a ProfileDraft,
    /// How it stands.
    pub standing: &'a Standing,
    /// Every institution, for what it belongs to and what took its place.
    pub others: &'a [Institution],
    /// The mandates that it is the policy cell of.
    pub mandates: &'a [Mandate],
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
            a.btn href=(paths::of_institution(paths::DESK_STANDBY, it.institution.id)) { (words.standby_title()) }
            a.btn.main href=(paths::of_institution(paths::DESK_CONTACTS_NEW, it.institution.id)) { (words.directory_contact_new()) }
        }
    };
    html! {
        (desk::page_top(crumb, name, actions))
        (desk::error(&words.form_wrong(it.wrongs.len()), it.wrongs))
        div.home {
            div {
                @if it.standing.closed_at.is_some() { p.note { (desk::mark(Mark::Withdrawn)) " " (words.directory_is_closed()) } }
                @if !it.mandates.is_empty() {
                    (desk::section("mandates", &words.directory_cell_of(), html! {}, html! {
                        ul.rows { @for mandate in it.mandates {
                            li {
                                p.t { a href=(paths::of_mandate(paths::DESK_MANDATE, mandate.id)) { (mandate.name()) } }
                                p.soft { (mandate.titles.text(lang)) }
                            }
                        } }
                    }))
                }
                (desk::section("contacts", &words.directory_contacts(), html! {}, contacts(&ContactList {
                    lang, words, form_token: it.form_token, owner: Owner::Institution(it.institution.id), contacts: it.contacts,
                    may: it.mays.contacts,
                })))
            }
            div { (settings(it)) (profile(it)) (closing(it)) }
        }
    }
}

/// The contacts of an owner, as its page in the desk lists them.
pub struct ContactList<'a> {
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its forms bring back.
    pub form_token: &'a str,
    /// Whose they are.
    pub owner: Owner,
    /// In their order.
    pub contacts: &'a [(ContactPoint, Vec<Channel>)],
    /// Whether this person may change them.
    pub may: bool,
}

/// Whom the press calls, with all their channels, and in which order.
pub fn contacts(it: &ContactList<'_>) -> Markup {
    let words = it.words;
    let own = |pattern: &str, id: ContactId| it.owner.address(pattern).replace("{contact}", &id.to_string());
    let last = it.contacts.len().saturating_sub(1);
    html! {
        @if it.contacts.is_empty() { p.soft { (words.directory_contacts_none()) } } @else {
            ul.rows {
                @for (place, (point, channels)) in it.contacts.iter().enumerate() {
                    li.row {
                        div { @if point.is_default { (desk::state(Mark::Ok, Tone::Ok, &words.directory_default())) } }
                        div {
                            p.t {
                                @if it.may { a href=(own(paths::DESK_CONTACT, point.id)) { (point.name) } } @else { (point.name) }
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
                            @if it.may {
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
    }
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

/// Its abbreviations, postal address, accounts elsewhere, and what it belongs to.
fn profile(it: &InstitutionPage<'_>) -> Markup {
    let (lang, words, own) = (it.lang, it.words, &it.profile.written);
    let wrongs = &it.profile.wrongs;
    let fixed = !it.mays.settings;
    let wrong = |id: &str| wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let value = |texts: Option<&Texts>, of: Lang| texts.and_then(|texts| texts.0.get(&of)).cloned().unwrap_or_default();
    let rows = (own.accounts.len() + 2).min(ACCOUNTS_MOST);
    let body = html! {
        form.form method="post" action=(paths::of_institution(paths::DESK_INSTITUTION_PROFILE, it.institution.id)) {
            input type="hidden" name="form_token" value=(it.form_token);
            (in_each_language(it.languages, lang, "abbreviation", &words.directory_abbreviations(), wrongs, |id, of, wrong| html! {
                input id=(id) name=(id) lang=(of) value=(value(own.abbreviations.as_ref(), of)) maxlength="30" readonly[fixed]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
            }))
            (in_each_language(it.languages, lang, "address", &words.directory_addresses(), wrongs, |id, of, wrong| html! {
                textarea id=(id) name=(id) lang=(of) rows="3" maxlength="500" readonly[fixed]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())] { (value(own.addresses.as_ref(), of)) }
            }))
            fieldset {
                legend.lab { (words.directory_accounts()) }
                @for n in 0..rows {
                    @let account = own.accounts.get(n);
                    @let (network, url) = (format!("network-{n}"), format!("url-{n}"));
                    div.line role="group" aria-label=(words.directory_channel(n + 1)) {
                        (desk::field(&network, &words.directory_network(), None, wrong(&network), html! {
                            input id=(network) name=(network) value=[account.map(|it| &it.network)] maxlength="40" readonly[fixed]
                                aria-invalid=[wrong(&network).map(|_| "true")] aria-describedby=[described_by(&network, false, wrong(&network).is_some())];
                        }))
                        (desk::field(&url, &words.directory_account_url(), None, wrong(&url), html! {
                            input id=(url) name=(url) value=[account.map(|it| &it.url)] inputmode="url" maxlength="500" readonly[fixed]
                                aria-invalid=[wrong(&url).map(|_| "true")] aria-describedby=[described_by(&url, false, wrong(&url).is_some())];
                        }))
                    }
                }
            }
            @if it.mays.names {
                (desk::field("parent", &words.directory_parent(), None, wrong("parent"), html! {
                    select #parent name="parent" aria-invalid=[wrong("parent").map(|_| "true")]
                        aria-describedby=[described_by("parent", false, wrong("parent").is_some())] {
                        option value="" { "–" }
                        @for other in it.others.iter().filter(|other| other.id != it.institution.id) {
                            option value=(other.id) selected[own.parent_id == Some(other.id)] { (other.names.text(lang)) }
                        }
                    }
                }))
            }
            @if !fixed { div.acts { button { (words.directory_save_profile()) } } }
        }
    };
    desk::section("profile", &words.directory_profile(), html! {}, body)
}

/// Its end, and what takes its place; or its return.
fn closing(it: &InstitutionPage<'_>) -> Markup {
    let words = it.words;
    let address = paths::of_institution(paths::DESK_INSTITUTION_CLOSING, it.institution.id);
    html! {
        @if it.mays.names {
            div.apart {
                @if it.standing.closed_at.is_some() {
                    form method="post" action=(address) {
                        input type="hidden" name="form_token" value=(it.form_token);
                        button name="act" value="open" { (words.directory_open_again()) }
                    }
                } @else {
                    details {
                        summary { (words.directory_close_summary()) }
                        p { (words.directory_close_what()) }
                        form.form method="post" action=(address) {
                            input type="hidden" name="form_token" value=(it.form_token);
                            (desk::field("successor", &words.directory_successor(), None, None, html! {
                                select #successor name="successor" {
                                    option value="" { "–" }
                                    @for other in it.others.iter().filter(|other| other.id != it.institution.id) {
                                        option value=(other.id) { (other.names.text(it.lang)) }
                                    }
                                }
                            }))
                            button.danger name="act" value="close" { (words.directory_close()) }
                        }
                    }
                }
            }
        }
    }
}

/// The form of an institution that is to publish here.
pub fn new_institution(
    languages: &[Lang],
    lang: Lang,
    words: &Phrases,
    form_token: &str,
    draft: &super::handlers::NewDraft,
) -> Markup {
    let wrongs = &draft.wrongs;
    html! {
        (desk::page_top(html! { a href=(paths::DESK_INSTITUTIONS) { (words.desk_nav_directory()) } }, &words.directory_new(), html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), wrongs))
        form.form.narrow.gap method="post" action=(paths::DESK_INSTITUTIONS_NEW) {
            input type="hidden" name="form_token" value=(form_token);
            (in_each_language(languages, lang, "name", &words.directory_names(), wrongs, |id, of, wrong| html! {
                input id=(id) name=(id) lang=(of) value=[draft.names.0.get(&of)] maxlength="200"
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
            }))
            fieldset {
                legend.lab { (words.directory_family()) }
                @for family in Family::ALL {
                    label.pick { input type="radio" name="family" value=(family) checked[draft.family == *family]; span { (family_name(*family, words)) } }
                }
            }
            label.pick {
                input type="checkbox" name="announced" checked[draft.announced];
                span { (words.directory_announced()) span.soft { (words.directory_announced_hint()) } }
            }
            div.acts { button.main { (words.directory_add()) } a href=(paths::DESK_INSTITUTIONS) { (words.form_cancel()) } }
        }
    }
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
    pub owner: Owner,
    /// What that is called.
    pub owner_name: &'a str,
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
    let address = |pattern: &str| it.owner.address(pattern).replace("{contact}", &contact);
    let back = it.owner.page();
    let rows = (own.channels.len() + 3).min(CHANNELS);
    html! {
        (desk::page_top(html! { a href=(back) { (it.owner_name) } }, it.title, html! {}))
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
            (in_each_language(it.languages, lang, "hours", &words.directory_hours(), wrongs, |id, of, wrong| html! {
                input id=(id) name=(id) lang=(of) maxlength="200" value=[own.hours.as_ref().and_then(|texts| texts.0.get(&of))]
                    aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
            }))
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

/// Whom journalists may call, as the public site shows them: name, function, languages, hours, numbers and addresses, a card
/// for the address book; and whether they answer at the instant of the page.
pub fn public_contact(contact: &public::Contact, moment: &Moment<'_>, lang: Lang) -> Markup {
    let words = phrases(lang);
    let duty = moment.of(contact.id);
    let now = html! {
        @if let Some(duty) = duty { " " span.now { (words.contacts_answers_until(moment.in_words(duty.ends_at, lang))) } }
    };
    let note = html! { @if let Some(duty) = duty.filter(|duty| !duty.note.is_empty()) { p.meta { (duty.note) } } };
    let card = html! {
        a.no-print href=(paths::press_contact_card(lang, &contact.id.to_string())) aria-label=(words.contacts_card_of(contact.name.as_str())) { "vCard" }
    };
    shown(contact, &now, &note, &card, lang)
}

/// As [`public_contact`], of no particular instant and without a link into the site: in a feed.
pub fn contact_alone(contact: &public::Contact, lang: Lang) -> Markup {
    shown(contact, &html! {}, &html! {}, &html! {}, lang)
}

fn shown(contact: &public::Contact, now: &Markup, note: &Markup, card: &Markup, lang: Lang) -> Markup {
    html! {
        div.contact {
            b { (contact.name) }
            p.meta { (about(contact.functions.as_ref(), &contact.languages, lang)) (now) }
            (note)
            @if let Some((of, hours)) = contact.hours.as_ref().and_then(|hours| hours.get(lang)) {
                p.meta lang=[(of != lang).then_some(of)] { (hours) }
            }
            p.act {
                @for (kind, value) in &contact.channels {
                    @match kind {
                        ChannelKind::Phone => a href={ "tel:" (dialled(value)) } { (value) },
                        ChannelKind::Mail => a href={ "mailto:" (value) } { (value) },
                    }
                    " "
                }
                (card)
            }
        }
    }
}

/// The instant of a page, and who answers at it.
#[derive(Debug, Clone, Copy)]
pub struct Moment<'a> {
    /// The site's zone.
    pub zone: Tz,
    /// The instant.
    pub now: DateTime<Utc>,
    /// Who answers.
    pub duty: &'a [OnDuty],
}

impl Moment<'_> {
    /// The shift of that contact, if it answers.
    pub fn of(&self, id: ContactId) -> Option<&OnDuty> {
        self.duty.iter().find(|duty| duty.contact_id == id)
    }

    /// The hour of the same day, the weekday and the hour within a week, else the day.
    pub fn in_words(&self, at: DateTime<Utc>, lang: Lang) -> String {
        let (day, today) = (dates::day(self.zone, at), dates::day(self.zone, self.now));
        let hour = dates::hour_in_words(lang, self.zone, at);
        match (day - today).num_days() {
            0 => hour,
            1..=6 => format!("{} {hour}", dates::weekday(lang, day)),
            _ => format!("{}, {hour}", dates::long(lang, day)),
        }
    }
}

/// The section below a release, or on the page of an institution; nothing if there is nobody. `more` stands below them.
pub fn public_contacts(contacts: &[public::Contact], moment: &Moment<'_>, lang: Lang, more: Markup) -> Markup {
    html! {
        @if !contacts.is_empty() || !more.0.is_empty() {
            section.sec.contacts aria-labelledby="contacts" {
                h2 #contacts { (phrases(lang).directory_press_contacts()) }
                @for contact in contacts { (public_contact(contact, moment, lang)) }
                (more)
            }
        }
    }
}
