//! Institutions in the desk over HTTP: what each has set, and whom the press calls.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::contact::{Channel, ChannelKind, ContactKind, Owner};
use super::government;
use super::government::Mandate;
use super::model::{Family, Institution, code_of};
use super::profile::{self, ACCOUNTS_MOST, Profile, SocialAccount};
use super::register::{self, NewInstitution};
use super::settings::{self, DirectoryError, Settings, Written};
use super::{query, standby, views};
use crate::account::Visit;
use crate::account::rights::{Action, Object, Right, may};
use crate::ids::{ContactId, InstitutionId, MandateId};
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::mail::Address;
use crate::kit::rich_text;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{self, Section};
use crate::paths;
use crate::phrases::Phrases;

/// The most ways to reach one contact.
pub const CHANNELS: usize = 12;
/// The most characters of a name, of a number or address, of a function.
const NAME_MAX: usize = 200;
/// The most characters of what an institution says of itself, in one language.
const BOILERPLATE_MAX: usize = 4_000;

/// The pages of institutions in the desk, and of the contacts and the rota of institutions and mandates.
pub fn routes() -> Vec<Route<Right>> {
    let mut all = vec![
        routes::get(paths::DESK_INSTITUTIONS, Right::SignedIn, list),
        // Before the addresses below which any institution may be named.
        routes::get(paths::DESK_INSTITUTIONS_NEW, Right::Site(Action::Institutions), new_institution),
        routes::post(paths::DESK_INSTITUTIONS_NEW, Right::Site(Action::Institutions), create_institution),
        routes::get(paths::DESK_INSTITUTION, Right::Institution(Action::Read), show),
        routes::post(paths::DESK_INSTITUTION_SETTINGS, Right::Institution(Action::Settings), change_settings),
        routes::post(paths::DESK_INSTITUTION_PROFILE, Right::Institution(Action::Settings), change_profile),
        routes::post(paths::DESK_INSTITUTION_CLOSING, Right::Institution(Action::Institutions), close_institution),
    ];
    let of_both = [
        (Right::Institution(Action::Contacts), str::to_owned as fn(&str) -> String),
        (Right::Mandate(Action::Contacts), paths::for_mandates),
    ];
    for (contacts, address) in of_both {
        all.extend([
            routes::get(address(paths::DESK_CONTACTS_NEW), contacts, new_contact),
            routes::post(address(paths::DESK_CONTACTS), contacts, create_contact),
            routes::get(address(paths::DESK_CONTACT), contacts, edit_contact),
            routes::post(address(paths::DESK_CONTACT), contacts, change_contact),
            routes::post(address(paths::DESK_CONTACT_PLACE), contacts, move_contact),
            routes::post(address(paths::DESK_CONTACT_END), contacts, end_contact),
            routes::get(address(paths::DESK_STANDBY), contacts, standby::handlers::show),
            routes::post(address(paths::DESK_STANDBY), contacts, standby::handlers::plan),
        ]);
    }
    all
}

/// Whose contacts the address names.
pub fn owner(request: &HttpRequest) -> Result<Owner, WebError> {
    let id = |segment: &str| request.match_info().get(segment).and_then(|id| id.parse::<i64>().ok());
    match (id("institution"), id("mandate")) {
        (Some(id), _) => Ok(Owner::Institution(InstitutionId(id))),
        (_, Some(id)) => Ok(Owner::Mandate(MandateId(id))),
        _ => Err(WebError::NotFound),
    }
}

/// What an owner is called, in the desk.
pub async fn owner_name(ctx: &Context, of: Owner, lang: Lang) -> Result<String, WebError> {
    Ok(match of {
        Owner::Institution(id) => named(ctx, id.0).await?.names.text(lang).to_owned(),
        Owner::Mandate(id) => {
            let mut conn = ctx.conn().await?;
            government::query::mandate(&mut conn, id).await?.ok_or(WebError::NotFound)?.name()
        }
    })
}

/// The contacts of an owner that are reached today.
pub async fn contacts_of(
    conn: &mut diesel_async::AsyncPgConnection,
    of: Owner,
) -> Result<Vec<(super::contact::ContactPoint, Vec<Channel>)>, WebError> {
    Ok(match of {
        Owner::Institution(id) => query::contacts(conn, &[id]).await?,
        Owner::Mandate(id) => query::contacts_of_mandates(conn, &[id]).await?,
    })
}

fn contact_id(request: &HttpRequest) -> Result<ContactId, WebError> {
    request.match_info().get("contact").and_then(|id| id.parse().ok()).map(ContactId).ok_or(WebError::NotFound)
}

/// What a form says is wrong: by the id of the field, all at once.
pub type Wrongs = Vec<(String, String)>;

/// What a person may do with an institution.
#[derive(Debug, Clone, Copy)]
pub struct Mays {
    /// Its languages, policy, boilerplate, site.
    pub settings: bool,
    /// Its names.
    pub names: bool,
    /// Its contacts.
    pub contacts: bool,
    /// Whom it writes to itself.
    pub press_lists: bool,
}

fn object(institution: &Institution) -> Object<'_> {
    Object::Institution { id: institution.id, of_council: institution.family == Family::Council }
}

async fn list(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let mut all = query::institutions(&mut conn).await?;
    all.retain(|institution| may(&visit.person, Action::Read, object(institution)));
    let mandates = mandates_of(&mut conn, &visit).await?;
    drop(conn);
    let title = visit.words.desk_nav_directory();
    let may_add = may(&visit.person, Action::Institutions, Object::Site);
    let may_govern = may(&visit.person, Action::Governments, Object::Site);
    let main = views::list(&all, &mandates, may_add, may_govern, visit.lang, visit.words);
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Directory, main)))
}

/// The mandates that are this person's to see to: those that they speak for, and their institution's; all of the present
/// ones for whoever keeps governments.
async fn mandates_of(conn: &mut diesel_async::AsyncPgConnection, visit: &Visit) -> Result<Vec<Mandate>, WebError> {
    let spoken_for = government::query::spoken_for(conn, visit.person.id()).await?;
    let mut held = government::query::held(conn).await?;
    held.retain(|mandate| {
        let of = Object::Mandate {
            policy_cell: mandate.policy_cell_id,
            is_prepared: mandate.starts_at.is_none(),
            speaks: spoken_for.contains(&mandate.id),
        };
        may(&visit.person, Action::Read, of)
    });
    Ok(held)
}

/// The institution that the address names; the route has asked the right.
async fn named(ctx: &Context, id: i64) -> Result<Institution, WebError> {
    let mut conn = ctx.conn().await?;
    query::institutions_by_id(&mut conn, &[InstitutionId(id)]).await?.pop().ok_or(WebError::NotFound)
}

async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let institution = named(&ctx, *id).await?;
    let mut conn = ctx.conn().await?;
    let own = query::settings(&mut conn, institution.id).await?.ok_or(WebError::NotFound)?;
    drop(conn);
    institution_page(&ctx, &visit, &institution, &own, None, &Wrongs::new(), StatusCode::OK).await
}

async fn institution_page(
    ctx: &Context,
    visit: &Visit,
    institution: &Institution,
    own: &Settings,
    typed: Option<ProfileDraft>,
    wrongs: &Wrongs,
    status: StatusCode,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let contacts = query::contacts(&mut conn, &[institution.id]).await?;
    let standing = profile::standing(&mut conn, institution.id).await?.ok_or(WebError::NotFound)?;
    let others = query::institutions(&mut conn).await?;
    let mut mandates = mandates_of(&mut conn, visit).await?;
    mandates.retain(|mandate| mandate.policy_cell_id == Some(institution.id));
    drop(conn);
    let profile = typed.unwrap_or_else(|| ProfileDraft { written: standing.profile.clone(), wrongs: Wrongs::new() });
    let mays = Mays {
        settings: may(&visit.person, Action::Settings, object(institution)),
        names: may(&visit.person, Action::Institutions, Object::Site),
        contacts: may(&visit.person, Action::Contacts, object(institution)),
        press_lists: may(&visit.person, Action::PressLists, object(institution)),
    };
    let main = views::institution(&views::InstitutionPage {
        languages: &ctx.settings.languages,
        lang: visit.lang,
        words: visit.words,
        form_token: &visit.form_token,
        institution,
        own,
        profile: &profile,
        standing: &standing,
        others: &others,
        mandates: &mandates,
        contacts: &contacts,
        mays,
        wrongs,
    });
    let title = institution.names.text(visit.lang);
    let mut answer = page(Keep::Never, visit.page(ctx, title, Section::Directory, main));
    *answer.status_mut() = status;
    Ok(answer)
}

async fn change_settings(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let institution = named(&ctx, *id).await?;
    let mut conn = ctx.conn().await?;
    let before = query::settings(&mut conn, institution.id).await?.ok_or(WebError::NotFound)?;
    let names = may(&visit.person, Action::Institutions, Object::Site);
    let (new, wrongs) = read_settings(&form, &before, names, institution.family == Family::Council, visit.words);
    if !wrongs.is_empty() {
        drop(conn);
        return institution_page(&ctx, &visit, &institution, &new, None, &wrongs, StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    }
    settings::change(&mut conn, &visit.person, institution.id, &new).await?;
    Ok(see_other(&paths::of_institution(paths::DESK_INSTITUTION, institution.id)))
}

/// The settings of the form, with all that is wrong with them. Names that may not be changed stay.
fn read_settings(
    form: &Fields,
    before: &Settings,
    may_name: bool,
    of_council: bool,
    words: &Phrases,
) -> (Settings, Wrongs) {
    let mut wrongs = Wrongs::new();
    let names = if may_name { texts(form, "name", line) } else { Some(before.names.clone()) };
    if names.is_none() {
        wrongs.push(("name-fr".into(), words.directory_wrong_name()));
    }
    let names = names.unwrap_or_default();
    for (lang, name) in &names.0 {
        if name.chars().count() > NAME_MAX {
            wrongs.push((format!("name-{lang}"), words.directory_wrong_long(NAME_MAX)));
        }
    }
    let website = Some(form.get("website")).filter(|website| !website.is_empty()).map(str::to_owned);
    if website.as_ref().is_some_and(|website| !is_web(website) || website.len() > 2_000) {
        wrongs.push(("website".into(), words.directory_wrong_website()));
    }
    let boilerplate = texts(form, "boilerplate", rich_text::normal_form);
    for (lang, text) in boilerplate.iter().flat_map(|texts| &texts.0) {
        if text.chars().count() > BOILERPLATE_MAX {
            wrongs.push((format!("boilerplate-{lang}"), words.directory_wrong_long(BOILERPLATE_MAX)));
        }
    }
    let settings = Settings {
        names,
        website,
        required: Lang::ALL.into_iter().filter(|lang| form.all("required").any(|code| code == lang.code())).collect(),
        four_eyes: of_council || form.is_ticked("four_eyes"),
        boilerplate,
    };
    (settings, wrongs)
}

fn is_web(website: &str) -> bool {
    url::Url::parse(website).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// What else an institution says of itself, as a form shows it, right or wrong.
#[derive(Debug, Clone)]
pub struct ProfileDraft {
    /// What was typed.
    pub written: Profile,
    /// What is wrong with it.
    pub wrongs: Wrongs,
}

impl ProfileDraft {
    /// What it belongs to stays where that is not this person's to say.
    fn read(form: &Fields, before: &Profile, may_place: bool, words: &Phrases) -> Self {
        let mut wrongs = Wrongs::new();
        let abbreviations = texts(form, "abbreviation", line);
        let addresses = texts(form, "address", lines);
        for (name, texts, most) in [("abbreviation", &abbreviations, 30), ("address", &addresses, 500)] {
            for (lang, text) in texts.iter().flat_map(|texts| &texts.0) {
                if text.chars().count() > most {
                    wrongs.push((format!("{name}-{lang}"), words.directory_wrong_long(most)));
                }
            }
        }
        let mut accounts = Vec::new();
        for n in 0..ACCOUNTS_MOST {
            let network = line(form.get(&format!("network-{n}")));
            let url = form.get(&format!("url-{n}")).to_owned();
            if url.is_empty() {
                continue;
            }
            if network.is_empty() || network.chars().count() > 40 {
                wrongs.push((format!("network-{n}"), words.directory_wrong_network()));
            }
            if !is_web(&url) || url.len() > 500 {
                wrongs.push((format!("url-{n}"), words.directory_wrong_website()));
            }
            accounts.push(SocialAccount { network, url });
        }
        let parent_id = if may_place { form.get("parent").parse().ok().map(InstitutionId) } else { before.parent_id };
        Self { written: Profile { abbreviations, addresses, accounts, parent_id }, wrongs }
    }
}

/// Lines without blanks at their ends and without control characters, none of them empty.
fn lines(text: &str) -> String {
    text.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

async fn change_profile(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let institution = named(&ctx, *id).await?;
    let mut conn = ctx.conn().await?;
    let own = query::settings(&mut conn, institution.id).await?.ok_or(WebError::NotFound)?;
    let before = profile::standing(&mut conn, institution.id).await?.ok_or(WebError::NotFound)?;
    let may_place = may(&visit.person, Action::Institutions, Object::Site);
    let mut draft = ProfileDraft::read(&form, &before.profile, may_place, visit.words);
    if draft.wrongs.is_empty() {
        match profile::change(&mut conn, &visit.person, institution.id, &draft.written).await {
            Ok(()) => {
                let there = paths::of_institution(paths::DESK_INSTITUTION, institution.id);
                return Ok(see_other(&format!("{there}#profile")));
            }
            Err(DirectoryError::Circle) => draft.wrongs.push(("parent".into(), visit.words.directory_wrong_parent())),
            Err(error) => return Err(error.into()),
        }
    }
    drop(conn);
    let wrongs = draft.wrongs.clone();
    institution_page(&ctx, &visit, &institution, &own, Some(draft), &wrongs, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn close_institution(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let successor = form.get("successor").parse().ok().map(InstitutionId);
    let mut conn = ctx.conn().await?;
    let id = InstitutionId(*id);
    profile::close(&mut conn, &visit.person, id, form.get("act") == "close", successor).await?;
    Ok(see_other(&paths::of_institution(paths::DESK_INSTITUTION, id)))
}

/// An institution to add, as its form shows it, right or wrong.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// What it is called.
    pub names: Texts,
    /// Its source family.
    pub family: Family,
    /// Whether the public may know of it at once.
    pub announced: bool,
    /// What is wrong with it.
    pub wrongs: Wrongs,
}

async fn new_institution(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let draft =
        NewDraft { names: Texts::default(), family: Family::Institutions, announced: true, wrongs: Wrongs::new() };
    Ok(new_page(&ctx, &visit, &draft))
}

fn new_page(ctx: &Context, visit: &Visit, draft: &NewDraft) -> HttpResponse {
    let main = views::new_institution(&ctx.settings.languages, visit.lang, visit.words, &visit.form_token, draft);
    let mut answer = page(Keep::Never, visit.page(ctx, &visit.words.directory_new(), Section::Directory, main));
    if !draft.wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

async fn create_institution(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let mut draft = NewDraft {
        names: texts(&form, "name", line).unwrap_or_default(),
        family: form.get("family").parse().unwrap_or(Family::Institutions),
        announced: form.is_ticked("announced"),
        wrongs: Wrongs::new(),
    };
    // Every page of the site names it, in its own language.
    for lang in &ctx.settings.languages {
        let wrong = match draft.names.0.get(lang).map(|name| name.chars().count()) {
            None => Some(visit.words.directory_wrong_every_name()),
            Some(length) if length > NAME_MAX => Some(visit.words.directory_wrong_long(NAME_MAX)),
            Some(_) => None,
        };
        draft.wrongs.extend(wrong.map(|wrong| (format!("name-{lang}"), wrong)));
    }
    if !draft.wrongs.is_empty() {
        return Ok(new_page(&ctx, &visit, &draft));
    }
    let new = NewInstitution {
        code: code_of(draft.names.text(Lang::En)),
        family: draft.family,
        names: draft.names.clone(),
        website: None,
        four_eyes: draft.family == Family::Council,
        announced: draft.announced,
    };
    let mut conn = ctx.conn().await?;
    match register::add(&mut conn, &visit.person, &new).await? {
        Some(id) => Ok(see_other(&paths::of_institution(paths::DESK_INSTITUTION, id))),
        None => {
            let first = ctx.settings.languages.first().copied().unwrap_or(Lang::Fr);
            draft.wrongs.push((format!("name-{first}"), visit.words.directory_wrong_taken()));
            Ok(new_page(&ctx, &visit, &draft))
        }
    }
}

/// `name-fr`, `name-nl`, … ; none if all are empty.
pub fn texts(form: &Fields, name: &str, normal: impl Fn(&str) -> String) -> Option<Texts> {
    let texts: Texts = Lang::ALL
        .into_iter()
        .map(|lang| (lang, normal(form.get(&format!("{name}-{lang}")))))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect();
    (!texts.0.is_empty()).then_some(texts)
}

/// One line without control characters.
pub fn line(text: &str) -> String {
    text.split(|c: char| c.is_control() || c == ' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A contact as a form shows it, right or wrong.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What was typed.
    pub written: Written,
    /// What is wrong with it.
    pub wrongs: Wrongs,
}

impl Draft {
    fn empty() -> Self {
        let written = Written {
            kind: ContactKind::Person,
            name: String::new(),
            functions: None,
            languages: Vec::new(),
            hours: None,
            note: String::new(),
            is_default: false,
            channels: Vec::new(),
        };
        Self { written, wrongs: Wrongs::new() }
    }

    fn read(form: &Fields, words: &Phrases) -> Self {
        let mut wrongs = Wrongs::new();
        let name = line(form.get("name"));
        if name.is_empty() {
            wrongs.push(("name".into(), words.directory_wrong_contact_name()));
        } else if name.chars().count() > NAME_MAX {
            wrongs.push(("name".into(), words.directory_wrong_long(NAME_MAX)));
        }
        let functions = texts(form, "function", line);
        for (lang, function) in functions.iter().flat_map(|texts| &texts.0) {
            if function.chars().count() > NAME_MAX {
                wrongs.push((format!("function-{lang}"), words.directory_wrong_long(NAME_MAX)));
            }
        }
        let hours = texts(form, "hours", line);
        for (lang, text) in hours.iter().flat_map(|texts| &texts.0) {
            if text.chars().count() > NAME_MAX {
                wrongs.push((format!("hours-{lang}"), words.directory_wrong_long(NAME_MAX)));
            }
        }
        let note = line(form.get("note"));
        if note.chars().count() > 1_000 {
            wrongs.push(("note".into(), words.directory_wrong_long(1_000)));
        }
        let mut channels = Vec::new();
        for n in 0..CHANNELS {
            let value = line(form.get(&format!("value-{n}")));
            if value.is_empty() {
                continue;
            }
            let kind = form.get(&format!("kind-{n}")).parse().unwrap_or(ChannelKind::Phone);
            let wrong = match kind {
                ChannelKind::Phone if !is_phone(&value) => Some(words.directory_wrong_phone()),
                ChannelKind::Mail if Address::parse(&value).is_err() => Some(words.directory_wrong_mail()),
                _ if value.chars().count() > NAME_MAX => Some(words.directory_wrong_long(NAME_MAX)),
                _ => None,
            };
            wrongs.extend(wrong.map(|wrong| (format!("value-{n}"), wrong)));
            let note: String = line(form.get(&format!("note-{n}"))).chars().take(NAME_MAX).collect();
            let public = form.is_ticked(&format!("public-{n}"));
            channels.push(Channel { kind, value, public, note });
        }
        let written = Written {
            kind: form.get("kind").parse().unwrap_or(ContactKind::Person),
            name,
            functions,
            languages: Lang::ALL
                .into_iter()
                .filter(|lang| form.all("language").any(|code| code == lang.code()))
                .collect(),
            hours,
            note,
            is_default: form.is_ticked("default"),
            channels,
        };
        Self { written, wrongs }
    }
}

/// Whether somebody could dial it: digits, at least six of them, with what people put between; a plus only in front.
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (6..=20).contains(&digits)
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '/' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}'))
}

async fn contact_page(
    ctx: &Context,
    visit: &Visit,
    owner: Owner,
    id: Option<ContactId>,
    draft: &Draft,
) -> Result<HttpResponse, WebError> {
    let words = visit.words;
    let title = if id.is_some() { words.directory_contact_change() } else { words.directory_contact_new() };
    let owner_name = owner_name(ctx, owner, visit.lang).await?;
    let main = views::contact(&views::ContactPage {
        languages: &ctx.settings.languages,
        lang: visit.lang,
        words,
        form_token: &visit.form_token,
        owner,
        owner_name: &owner_name,
        id,
        draft,
        title: &title,
    });
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Directory, main));
    if !draft.wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

async fn new_contact(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    contact_page(&ctx, &visit, owner(&request)?, None, &Draft::empty()).await
}

async fn create_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    write(&ctx, &request, None, &form).await
}

async fn edit_contact(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let (owner, id) = (owner(&request)?, contact_id(&request)?);
    let mut conn = ctx.conn().await?;
    let contacts = contacts_of(&mut conn, owner).await?;
    drop(conn);
    let (point, channels) = contacts.into_iter().find(|(point, _)| point.id == id).ok_or(WebError::NotFound)?;
    let written = Written {
        kind: point.kind,
        name: point.name,
        functions: point.functions,
        languages: point.languages,
        hours: point.hours,
        note: point.note,
        is_default: point.is_default,
        channels,
    };
    contact_page(&ctx, &visit, owner, Some(id), &Draft { written, wrongs: Wrongs::new() }).await
}

async fn change_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let id = contact_id(&request)?;
    write(&ctx, &request, Some(id), &form).await
}

async fn write(
    ctx: &Context,
    request: &HttpRequest,
    id: Option<ContactId>,
    form: &Fields,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(ctx, request, form.get("form_token")).await?;
    let owner = owner(request)?;
    let draft = Draft::read(form, visit.words);
    if !draft.wrongs.is_empty() {
        return contact_page(ctx, &visit, owner, id, &draft).await;
    }
    let mut conn = ctx.conn().await?;
    settings::write_contact(&mut conn, &visit.person, owner, id, &draft.written).await?;
    Ok(see_other(&format!("{}#contacts", owner.page())))
}

async fn move_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let (owner, id) = (owner(&request)?, contact_id(&request)?);
    let mut conn = ctx.conn().await?;
    settings::move_contact(&mut conn, &visit.person, owner, id, form.get("to") == "up").await?;
    Ok(see_other(&format!("{}#contacts", owner.page())))
}

async fn end_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let (owner, id) = (owner(&request)?, contact_id(&request)?);
    let mut conn = ctx.conn().await?;
    settings::end_contact(&mut conn, &visit.person, owner, id).await?;
    Ok(see_other(&format!("{}#contacts", owner.page())))
}

/// A text in each language of the site: fields `name-fr`, `name-nl`, ….
pub fn in_each_language(
    languages: &[Lang],
    lang: Lang,
    name: &str,
    label: &str,
    wrongs: &Wrongs,
    control: impl Fn(&str, Lang, Option<&str>) -> Markup,
) -> Markup {
    html! {
        fieldset {
            legend.lab { (label) }
            @for of in languages {
                @let id = format!("{name}-{of}");
                @let wrong = wrongs.iter().find(|(field, _)| *field == id).map(|(_, wrong)| wrong.as_str());
                (desk::field(&id, &crate::kit::dates::capital(&crate::phrases::language_name(*of, lang)), None, wrong, control(&id, *of, wrong)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_what_somebody_could_dial() {
        for (text, expected) in [
            ("+32 2 555 01 42", true),
            ("02/555.01.42", true),
            ("(02) 555-01-42", true),
            ("112", false),
            ("2+555 01 42", false),
            ("call me", false),
            ("+32 2 555 01 42 ext 3", false),
            ("javascript:alert(1234567)", false),
            ("1234567890123456789012", false),
        ] {
            assert_eq!(is_phone(text), expected, "{text}");
        }
        assert_eq!(line(" A\r\nB\tC  D "), "A B C D");
    }
}
