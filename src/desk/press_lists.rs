//! The press lists of an institution over HTTP: which there are, who is on them, why they may be written to.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use crate::account::Visit;
use crate::directory::handlers::{Wrongs, line};
use crate::directory::{self, Institution};
use crate::ids::{InstitutionId, PressListId, SubscriptionId};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Section, Tone};
use crate::paths;
use crate::phrases::{Phrases, language_name};
use crate::subscription::model::SubscriberState;
use crate::subscription::press_list::query::{self, Member, PressList};
use crate::subscription::press_list::{self, Added, BASIS_MAX, Described, NAME_MAX, PressListError};
use crate::subscription::signup::ORDER;

/// How many members stand on a page.
const MEMBERS: i64 = 200;

/// A list as a form shows it, right or wrong.
#[derive(Debug, Clone)]
struct Draft {
    name: String,
    basis: String,
    languages: Vec<Lang>,
    wrongs: Wrongs,
}

impl Draft {
    fn empty(visit: &Visit) -> Self {
        Self { name: String::new(), basis: String::new(), languages: vec![visit.lang], wrongs: Wrongs::new() }
    }

    fn of(list: &PressList) -> Self {
        let PressList { name, basis, languages, .. } = list.clone();
        Self { name, basis, languages, wrongs: Wrongs::new() }
    }

    fn read(fields: &Fields, site: &[Lang], words: &Phrases) -> Self {
        let mut wrongs = Wrongs::new();
        let name = line(fields.get("name"));
        if name.is_empty() {
            wrongs.push(("name".into(), words.press_list_wrong_name()));
        } else if name.chars().count() > NAME_MAX {
            wrongs.push(("name".into(), words.directory_wrong_long(NAME_MAX)));
        }
        let basis = line(fields.get("basis"));
        if basis.is_empty() {
            wrongs.push(("basis".into(), words.press_list_wrong_basis()));
        } else if basis.chars().count() > BASIS_MAX {
            wrongs.push(("basis".into(), words.directory_wrong_long(BASIS_MAX)));
        }
        let mut languages: Vec<Lang> = Vec::new();
        for name in ORDER {
            let lang = fields.get(name).parse::<Lang>().ok().filter(|lang| site.contains(lang));
            languages.extend(lang.filter(|lang| !languages.contains(lang)));
        }
        if languages.is_empty() {
            wrongs.push(("first".into(), words.subscription_error_language()));
        }
        Self { name, basis, languages, wrongs }
    }

    fn described(&self) -> Described {
        Described { name: self.name.clone(), basis: self.basis.clone(), languages: self.languages.clone() }
    }

    fn wrong(&self, id: &str) -> Option<&str> {
        self.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str())
    }

    fn fields(&self, ctx: &Context, visit: &Visit) -> Markup {
        let words = visit.words;
        let labels = [
            words.subscription_first_language(),
            words.subscription_second_language(),
            words.subscription_third_language(),
            words.subscription_fourth_language(),
        ];
        html! {
            (desk::field("name", &words.press_list_name(), None, self.wrong("name"), html! {
                input #name name="name" value=(self.name) maxlength="200" required autocomplete="off"
                    aria-invalid=[self.wrong("name").map(|_| "true")] aria-describedby=[described_by("name", false, self.wrong("name").is_some())];
            }))
            (desk::field("basis", &words.press_list_basis(), Some(&words.press_list_basis_hint()), self.wrong("basis"), html! {
                textarea #basis name="basis" rows="3" maxlength="1000" required
                    aria-invalid=[self.wrong("basis").map(|_| "true")] aria-describedby=[described_by("basis", true, self.wrong("basis").is_some())] { (self.basis) }
            }))
            fieldset {
                legend.lab { (words.manage_languages()) }
                p.hint { (words.press_list_languages_hint()) }
                div.line {
                    @for (place, label) in labels.iter().enumerate().take(ctx.settings.languages.len()) {
                        @let wrong = if place == 0 { self.wrong("first") } else { None };
                        (desk::field(ORDER[place], label, None, wrong, html! {
                            select id=(ORDER[place]) name=(ORDER[place]) aria-invalid=[wrong.map(|_| "true")]
                                aria-describedby=[described_by(ORDER[place], false, wrong.is_some())] {
                                @if place > 0 { option value="" { (words.subscription_no_language()) } }
                                @for of in &ctx.settings.languages {
                                    option value=(of) selected[self.languages.get(place) == Some(of)] { (dates::capital(&language_name(*of, visit.lang))) }
                                }
                            }
                        }))
                    }
                }
            }
        }
    }
}

/// The institution that the address names; the route has asked the right.
async fn named(ctx: &Context, id: i64) -> Result<Institution, WebError> {
    let mut conn = ctx.conn().await?;
    directory::query::institutions_by_id(&mut conn, &[InstitutionId(id)]).await?.pop().ok_or(WebError::NotFound)
}

fn of_list(pattern: &str, institution: InstitutionId, list: PressListId) -> String {
    paths::of_institution(pattern, institution).replace("{list}", &list.to_string())
}

/// `GET /desk/institutions/{institution}/press-lists`
pub async fn list(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let institution = named(&ctx, *id).await?;
    let draft = Draft::empty(&visit);
    list_page(&ctx, &visit, &institution, &draft).await
}

async fn list_page(
    ctx: &Context,
    visit: &Visit,
    institution: &Institution,
    draft: &Draft,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let all = query::of_institution(&mut conn, institution.id).await?;
    drop(conn);
    let words = visit.words;
    let crumb = html! {
        a href=(paths::of_institution(paths::DESK_INSTITUTION, institution.id)) { (institution.names.text(visit.lang)) }
    };
    let main = html! {
        (desk::page_top(crumb, &words.press_list_title(), html! {}))
        (desk::error(&words.form_wrong(draft.wrongs.len()), &draft.wrongs))
        p.soft { (words.press_list_lead()) }
        div.home {
            div { (desk::section("all", &words.press_list_all(all.len()), html! {}, html! {
                ul.rows {
                    @for list in &all {
                        li {
                            p.t { a href=(of_list(paths::DESK_PRESS_LIST, institution.id, list.id)) { (list.name) } }
                            p.soft { (members_of(visit, list)) }
                        }
                    }
                }
            })) }
            div { (desk::section("new", &words.press_list_new(), html! {}, html! {
                form.form method="post" action=(paths::of_institution(paths::DESK_PRESS_LISTS, institution.id)) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    (draft.fields(ctx, visit))
                    div.acts { button.main { (words.press_list_make()) } }
                }
            })) }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &words.press_list_title(), Section::Directory, main));
    if !draft.wrongs.is_empty() {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// `POST /desk/institutions/{institution}/press-lists`
pub async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let institution = named(&ctx, *id).await?;
    let mut draft = Draft::read(&fields, &ctx.settings.languages, visit.words);
    if draft.wrongs.is_empty() {
        let mut conn = ctx.conn().await?;
        match press_list::make(&mut conn, &visit.person, institution.id, &draft.described()).await {
            Ok(made) => return Ok(see_other(&of_list(paths::DESK_PRESS_LIST, institution.id, made))),
            Err(PressListError::Taken) => draft.wrongs.push(("name".into(), visit.words.press_list_wrong_taken())),
            Err(error) => return Err(error.into()),
        }
    }
    list_page(&ctx, &visit, &institution, &draft).await
}

/// `GET /desk/institutions/{institution}/press-lists/{list}`
pub async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    after: web::Query<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let institution = named(&ctx, ids.0).await?;
    let of = ListPage {
        draft: None,
        added: None,
        typed: String::new(),
        after: after.get("after").to_owned(),
        unsure: false,
    };
    list_of(&ctx, &visit, &institution, PressListId(ids.1), of).await
}

/// What the page of one list shows besides the list.
struct ListPage {
    draft: Option<Draft>,
    added: Option<Added>,
    typed: String,
    after: String,
    /// Nobody said that the reason holds for them.
    unsure: bool,
}

async fn list_of(
    ctx: &Context,
    visit: &Visit,
    institution: &Institution,
    id: PressListId,
    of: ListPage,
) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let list = query::list(&mut conn, institution.id, id).await?.ok_or(WebError::NotFound)?;
    let mut members = query::members(&mut conn, id, &of.after, MEMBERS + 1).await?;
    drop(conn);
    let has_more = members.len() > usize::try_from(MEMBERS).unwrap_or(usize::MAX);
    members.truncate(usize::try_from(MEMBERS).unwrap_or(usize::MAX));
    let words = visit.words;
    let draft = of.draft.unwrap_or_else(|| Draft::of(&list));
    let crumb = html! {
        a href=(paths::of_institution(paths::DESK_PRESS_LISTS, institution.id)) { (words.press_list_title()) }
    };
    let own = |pattern: &str| of_list(pattern, institution.id, id);
    let main = html! {
        (desk::page_top(crumb, &list.name, html! {}))
        (desk::error(&words.form_wrong(draft.wrongs.len()), &draft.wrongs))
        @if of.unsure { (desk::error(&words.form_wrong(1), &[("addresses".to_owned(), words.press_list_unsure())])) }
        @if let Some(added) = &of.added { (told(words, visit.lang, added)) }
        div.home {
            div {
                (desk::section("members", &members_of(visit, &list), html! {}, html! {
                    @if members.is_empty() { p.soft { (words.press_list_empty()) } } @else {
                        ul.rows { @for member in &members { (row(ctx, visit, member, &own(paths::DESK_PRESS_LIST_REMOVAL))) } }
                    }
                    @if let (true, Some(last)) = (has_more, members.last()) {
                        @let next = url::form_urlencoded::byte_serialize(last.email.as_bytes()).collect::<String>();
                        p { a href=(format!("{}?after={next}", own(paths::DESK_PRESS_LIST))) { (words.press_list_more()) } }
                    }
                }))
            }
            div {
                (desk::section("add", &words.press_list_add_title(), html! {}, html! {
                    form.form method="post" action=(own(paths::DESK_PRESS_LIST_MEMBERS)) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        (desk::field("addresses", &words.press_list_addresses(), Some(&words.press_list_addresses_hint()), None, html! {
                            textarea #addresses name="addresses" rows="6" required aria-describedby="addresses-hint" { (of.typed) }
                        }))
                        label.pick { input type="checkbox" name="sure" required; span { (words.press_list_sure()) } }
                        div.acts { button.main { (words.press_list_add()) } }
                    }
                }))
                (desk::section("about", &words.press_list_about(), html! {}, html! {
                    form.form method="post" action=(own(paths::DESK_PRESS_LIST)) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        (draft.fields(ctx, visit))
                        div.acts { button { (words.press_list_save()) } }
                    }
                }))
                div.apart {
                    details {
                        summary { (words.press_list_close_summary()) }
                        p { (words.press_list_close_what()) }
                        form.form method="post" action=(own(paths::DESK_PRESS_LIST_CLOSING)) {
                            input type="hidden" name="form_token" value=(visit.form_token);
                            label.pick { input type="checkbox" name="sure" required; span { (words.press_list_close_sure()) } }
                            button.danger { (words.press_list_close()) }
                        }
                    }
                }
            }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &list.name, Section::Directory, main));
    let refused = of.added.as_ref().is_some_and(|added| !added.wrong.is_empty() || !added.refused.is_empty());
    if !draft.wrongs.is_empty() || refused || of.unsure {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

fn row(ctx: &Context, visit: &Visit, member: &Member, removal: &str) -> Markup {
    let words = visit.words;
    let state = match member.state {
        SubscriberState::Suspended => desk::state(Mark::Missing, Tone::Warn, &words.press_list_bounces()),
        _ => html! {},
    };
    let since = dates::full(visit.lang, dates::day(ctx.settings.zone, member.created_at));
    let action = html! {
        form method="post" action=(removal) {
            input type="hidden" name="form_token" value=(visit.form_token);
            input type="hidden" name="member" value=(member.id);
            button { (words.press_list_remove()) span.vh { " " (member.email) } }
        }
    };
    desk::row(state, html! { (member.email) }, html! { (words.press_list_since(since)) }, action)
}

/// How many are on it, and how many of them are not written to.
fn members_of(visit: &Visit, list: &PressList) -> String {
    let words = visit.words;
    let members = words.press_list_members(list.members, dates::number(visit.lang, list.members));
    match list.unreachable {
        0 => members,
        some => format!("{members}, {}", words.press_list_unreachable(some, dates::number(visit.lang, some))),
    }
}

/// What became of the addresses that were added.
fn told(words: &Phrases, lang: Lang, added: &Added) -> Markup {
    let number = |count: usize| dates::number(lang, i64::try_from(count).unwrap_or(i64::MAX));
    html! {
        div.errors[!added.wrong.is_empty() || !added.refused.is_empty()] role="status" tabindex="-1" autofocus {
            p { (words.press_list_added(added.added, number(added.added))) @if added.there > 0 { " " (words.press_list_there(added.there, number(added.there))) } }
            @if !added.refused.is_empty() {
                p.err { (words.press_list_refused()) }
                ul { @for address in &added.refused { li { (address) } } }
            }
            @if !added.wrong.is_empty() {
                p.err { (words.press_list_wrong_addresses()) }
                ul { @for (typed, _) in &added.wrong { li { (typed) } } }
            }
            @if added.beyond > 0 { p.err { (words.press_list_beyond(press_list::ADDED_MAX, number(added.beyond))) } }
        }
    }
}

/// `POST /desk/institutions/{institution}/press-lists/{list}`
pub async fn describe(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let institution = named(&ctx, ids.0).await?;
    let id = PressListId(ids.1);
    let mut draft = Draft::read(&fields, &ctx.settings.languages, visit.words);
    if draft.wrongs.is_empty() {
        let mut conn = ctx.conn().await?;
        match press_list::describe(&mut conn, &visit.person, institution.id, id, &draft.described()).await {
            Ok(()) => return Ok(see_other(&of_list(paths::DESK_PRESS_LIST, institution.id, id))),
            Err(PressListError::Taken) => draft.wrongs.push(("name".into(), visit.words.press_list_wrong_taken())),
            Err(error) => return Err(error.into()),
        }
    }
    let of = ListPage { draft: Some(draft), added: None, typed: String::new(), after: String::new(), unsure: false };
    list_of(&ctx, &visit, &institution, id, of).await
}

/// `GET /desk/institutions/{institution}/press-lists/{list}/members`: whoever loads the answer to the form again comes back
/// to the list.
pub async fn back(ids: web::Path<(i64, i64)>) -> HttpResponse {
    see_other(&of_list(paths::DESK_PRESS_LIST, InstitutionId(ids.0), PressListId(ids.1)))
}

/// `POST /desk/institutions/{institution}/press-lists/{list}/members`
pub async fn add(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let institution = named(&ctx, ids.0).await?;
    let id = PressListId(ids.1);
    let back = of_list(paths::DESK_PRESS_LIST, institution.id, id);
    if !fields.is_ticked("sure") {
        // The browser asks for it; whoever sends it without is shown the form again.
        let typed = fields.get("addresses").to_owned();
        let of = ListPage { draft: None, added: None, typed, after: String::new(), unsure: true };
        return list_of(&ctx, &visit, &institution, id, of).await;
    }
    let mut conn = ctx.conn().await?;
    let added = press_list::add(&ctx, &mut conn, &visit.person, institution.id, id, fields.get("addresses")).await?;
    drop(conn);
    if added.wrong.is_empty() && added.refused.is_empty() && added.beyond == 0 {
        return Ok(see_other(&back));
    }
    let typed = added.wrong.iter().map(|(typed, _)| typed.as_str()).collect::<Vec<_>>().join("\n");
    let of = ListPage { draft: None, added: Some(added), typed, after: String::new(), unsure: false };
    list_of(&ctx, &visit, &institution, id, of).await
}

/// `POST /desk/institutions/{institution}/press-lists/{list}/removal`
pub async fn remove(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let institution = named(&ctx, ids.0).await?;
    let id = PressListId(ids.1);
    let member = fields.get("member").parse().map(SubscriptionId).map_err(|_| WebError::NotFound)?;
    let mut conn = ctx.conn().await?;
    press_list::remove(&mut conn, &visit.person, institution.id, id, member).await?;
    Ok(see_other(&of_list(paths::DESK_PRESS_LIST, institution.id, id)))
}

/// `POST /desk/institutions/{institution}/press-lists/{list}/closing`
pub async fn close(
    ctx: web::Data<Context>,
    request: HttpRequest,
    ids: web::Path<(i64, i64)>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let institution = named(&ctx, ids.0).await?;
    let id = PressListId(ids.1);
    if !fields.is_ticked("sure") {
        return Ok(see_other(&of_list(paths::DESK_PRESS_LIST, institution.id, id)));
    }
    let mut conn = ctx.conn().await?;
    press_list::close(&mut conn, &visit.person, institution.id, id).await?;
    Ok(see_other(&paths::of_institution(paths::DESK_PRESS_LISTS, institution.id)))
}
