//! Institutions in the desk over HTTP: what each has set, and whom the press calls.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::contact::{Channel, ChannelKind, ContactKind};
use super::model::{Family, Institution};
use super::settings::{self, Settings, Written};
use super::{query, views};
use crate::account::Visit;
use crate::account::rights::{Action, Object, Right, may};
use crate::ids::{ContactId, InstitutionId};
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

/// The pages of institutions in the desk.
pub fn routes() -> Vec<Route<Right>> {
    let contacts = Right::Institution(Action::Contacts);
    vec![
        routes::get(paths::DESK_INSTITUTIONS, Right::SignedIn, list),
        routes::get(paths::DESK_INSTITUTION, Right::Institution(Action::Read), show),
        routes::post(paths::DESK_INSTITUTION_SETTINGS, Right::Institution(Action::Settings), change_settings),
        routes::get(paths::DESK_CONTACTS_NEW, contacts, new_contact),
        routes::post(paths::DESK_CONTACTS, contacts, create_contact),
        routes::get(paths::DESK_CONTACT, contacts, edit_contact),
        routes::post(paths::DESK_CONTACT, contacts, change_contact),
        routes::post(paths::DESK_CONTACT_PLACE, contacts, move_contact),
        routes::post(paths::DESK_CONTACT_END, contacts, end_contact),
    ]
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
    drop(conn);
    let title = visit.words.desk_nav_directory();
    let main = views::list(&all, visit.lang, visit.words);
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Directory, main)))
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
    institution_page(&ctx, &visit, &institution, &own, &Wrongs::new(), StatusCode::OK).await
}

async fn institution_page(
    ctx: &Context,
    visit: &Visit,
    institution: &Institution,
    own: &Settings,
    wrongs: &Wrongs,
    status: StatusCode,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let contacts = query::contacts(&mut conn, &[institution.id]).await?;
    drop(conn);
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
        return institution_page(&ctx, &visit, &institution, &new, &wrongs, StatusCode::UNPROCESSABLE_ENTITY).await;
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
    let is_web = |website: &String| {
        url::Url::parse(website).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
    };
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
            note,
            is_default: form.is_ticked("default"),
            channels,
        };
        Self { written, wrongs }
    }
}

/// Whether somebody could dial it: digits, at least six of them, with what people put between; a plus only in front.
fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let rest = text.strip_prefix('+').unwrap_or(text);
    (6..=20).contains(&digits)
        && rest
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '.' | '/' | '-' | '(' | ')' | '\u{a0}' | '\u{202f}'))
}

fn contact_page(
    ctx: &Context,
    visit: &Visit,
    institution: &Institution,
    id: Option<ContactId>,
    draft: &Draft,
) -> HttpResponse {
    let words = visit.words;
    let title = if id.is_some() { words.directory_contact_change() } else { words.directory_contact_new() };
    let main = views::contact(&views::ContactPage {
        languages: &ctx.settings.languages,
        lang: visit.lang,
        words,
        form_token: &visit.form_token,
        institution,
        id,
        draft,
        title: &title,
    });
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Directory, main));
    if !draft.wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    answer
}

async fn new_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let institution = named(&ctx, *id).await?;
    Ok(contact_page(&ctx, &visit, &institution, None, &Draft::empty()))
}

async fn create_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    write(&ctx, &request, *id, None, &form).await
}

async fn edit_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let institution = named(&ctx, ids.0).await?;
    let mut conn = ctx.conn().await?;
    let contacts = query::contacts(&mut conn, &[institution.id]).await?;
    let id = ContactId(ids.1);
    let (point, channels) = contacts.into_iter().find(|(point, _)| point.id == id).ok_or(WebError::NotFound)?;
    let written = Written {
        kind: point.kind,
        name: point.name,
        functions: point.functions,
        languages: point.languages,
        note: point.note,
        is_default: point.is_default,
        channels,
    };
    Ok(contact_page(&ctx, &visit, &institution, Some(id), &Draft { written, wrongs: Wrongs::new() }))
}

async fn change_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    write(&ctx, &request, ids.0, Some(ContactId(ids.1)), &form).await
}

async fn write(
    ctx: &Context,
    request: &HttpRequest,
    of: i64,
    id: Option<ContactId>,
    form: &Fields,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(ctx, request, form.get("form_token")).await?;
    let institution = named(ctx, of).await?;
    let draft = Draft::read(form, visit.words);
    if !draft.wrongs.is_empty() {
        return Ok(contact_page(ctx, &visit, &institution, id, &draft));
    }
    let mut conn = ctx.conn().await?;
    settings::write_contact(&mut conn, &visit.person, institution.id, id, &draft.written).await?;
    Ok(see_other(&format!("{}#contacts", paths::of_institution(paths::DESK_INSTITUTION, institution.id))))
}

async fn move_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let (of, id) = (InstitutionId(ids.0), ContactId(ids.1));
    let mut conn = ctx.conn().await?;
    settings::move_contact(&mut conn, &visit.person, of, id, form.get("to") == "up").await?;
    Ok(see_other(&format!("{}#contacts", paths::of_institution(paths::DESK_INSTITUTION, of))))
}

async fn end_contact(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let (of, id) = (InstitutionId(ids.0), ContactId(ids.1));
    let mut conn = ctx.conn().await?;
    settings::end_contact(&mut conn, &visit.person, of, id).await?;
    Ok(see_other(&format!("{}#contacts", paths::of_institution(paths::DESK_INSTITUTION, of))))
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
