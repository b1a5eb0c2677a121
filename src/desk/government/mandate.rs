//! A mandate in the desk: who speaks for it, who answers for it, what it says.

use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::standing;
use crate::account::Visit;
use crate::account::rights::{Action, may};
use crate::directory;
use crate::directory::contact::Owner;
use crate::directory::government::views::period;
use crate::directory::government::{Government, Mandate, Spokesperson, keeping, query};
use crate::directory::views::{ContactList, contacts};
use crate::ids::MandateId;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{self, Mark, Section};
use crate::paths;
use crate::phrases::language_name;

/// `GET /desk/mandates/{mandate}`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let id = MandateId(*id);
    let mut conn = ctx.conn().await?;
    let it = query::mandate(&mut conn, id).await?.ok_or(WebError::NotFound)?;
    let government = query::government(&mut conn, it.government_id).await?.ok_or(WebError::NotFound)?;
    let rights = query::rights_of(&mut conn, id, visit.person.id()).await?.ok_or(WebError::NotFound)?.object();
    let speakers = query::spokespersons(&mut conn, &[id]).await?;
    let former = query::former_spokespersons(&mut conn, id).await?;
    let points = directory::query::contacts_of_mandates(&mut conn, &[id]).await?;
    let competences = query::competences_of(&mut conn, &[id]).await?;
    let cell = match it.policy_cell_id {
        Some(cell) => directory::query::institutions_by_id(&mut conn, &[cell]).await?.pop(),
        None => None,
    };
    drop(conn);
    let (lang, words) = (visit.lang, visit.words);
    let may_contacts = may(&visit.person, Action::Contacts, rights) && it.ends_at.is_none();
    let may_people = may(&visit.person, Action::People, rights) && it.ends_at.is_none();
    let may_govern = may(&visit.person, Action::Governments, rights);
    let address = |pattern: &str| paths::of_mandate(pattern, id);
    let owner = Owner::Mandate(id);
    let crumb = html! {
        @if may_govern {
            a href=(paths::of_government(paths::DESK_GOVERNMENT, government.id)) { (government.names.text(lang)) }
        } @else { a href=(paths::DESK_INSTITUTIONS) { (words.desk_nav_directory()) } }
    };
    let actions = html! {
        @if may_contacts && cell.is_some() {
            a.btn href=(owner.address(paths::DESK_STANDBY)) { (words.standby_title()) }
            a.btn.main href=(owner.address(paths::DESK_CONTACTS_NEW)) { (words.directory_contact_new()) }
        }
    };
    let main = html! {
        (desk::page_top(crumb, &it.name(), actions))
        p.standing {
            (it.titles.text(lang)) " · " (standing(&government, words)) " · "
            (period(&ctx.settings, lang, words, it.starts_at, it.ends_at))
        }
        div.home {
            div {
                (desk::section("speakers", &words.speaking_title(), html! { @if may_contacts { a href=(address(paths::DESK_SPOKESPERSONS)) {
                    @if may_people { (words.speaking_add()) } @else { (words.speaking_add_deputy()) }
                } } }, html! {
                    @if it.ends_at.is_none() && !speakers.iter().any(|one| !one.is_deputy) {
                        p.warn { (desk::mark(Mark::Missing)) " " (words.speaking_nobody()) }
                    }
                    (speakers_list(&ctx, &visit, &it, &speakers, may_people, may_contacts))
                    @if !former.is_empty() {
                        details { summary { (words.speaking_former(former.len())) }
                            ul.rows { @for one in &former { li { (one.name) " " span.soft { (span(&ctx, &visit, one)) } } } }
                        }
                    }
                }))
                (desk::section("contacts", &words.directory_contacts(), html! {}, html! {
                    @if cell.is_none() { p.warn { (desk::mark(Mark::Missing)) " " (words.government_no_cell_no_contacts()) } }
                    @else {
                        (contacts(&ContactList { lang, words, form_token: &visit.form_token, owner, contacts: &points, may: may_contacts }))
                    }
                }))
            }
            div {
                (desk::section("facts", &words.government_facts(), html! { @if may_govern { a href=(address(paths::DESK_MANDATE_FACTS)) { (words.government_change_facts()) } } }, html! {
                    dl.mail-head {
                        dt { (words.government_full_title()) }
                        dd { @for (of, title) in &it.titles.0 { div lang=(of) { (title) } } }
                        dt { (words.government_policy_cell()) }
                        dd {
                            @match &cell {
                                Some(cell) => {
                                    @let name = it.cell_names.as_ref().unwrap_or(&cell.names).text(lang);
                                    // The page of a cell that is still being prepared is for whoever may know of it.
                                    a href=(paths::of_institution(paths::DESK_INSTITUTION, cell.id)) { (name) }
                                },
                                None => "–",
                            }
                        }
                        dt { (words.government_competences()) }
                        dd { @if competences.is_empty() { "–" } @for (_, one) in &competences { div { (one.names.text(lang)) } } }
                        dt { (words.government_order()) }
                        dd { (it.position) }
                    }
                    @if it.starts_at.is_some() { p.gap { a href=(paths::member(lang, &it.person_code)) { (words.government_public_page()) } } }
                }))
                @if may_govern { (ending(&visit, &government, &it)) }
            }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &it.name(), Section::Directory, main)))
}

fn speakers_list(
    ctx: &Context,
    visit: &Visit,
    of: &Mandate,
    speakers: &[Spokesperson],
    may_people: bool,
    may_contacts: bool,
) -> Markup {
    let words = visit.words;
    html! {
        ul.rows {
            @for one in speakers {
                @let may_change = if one.is_deputy { may_contacts } else { may_people };
                @let there = paths::of_mandate(paths::DESK_SPOKESPERSON, of.id).replace("{spokesperson}", &one.id.to_string());
                li {
                    p.t { @if may_change { a href=(there) { (one.name) } } @else { (one.name) } }
                    p.soft {
                        @if one.is_deputy { (words.speaking_deputy()) } @else { (words.speaking_principal()) }
                        " · " (dates::capital(&language_name(one.lang, visit.lang)))
                        " · " (one.email)
                        @if let Some(phone) = &one.phone { " · " (phone) }
                        " · " (span(ctx, visit, one))
                        @if one.account_id.is_some() { " · " (words.speaking_signs_in()) }
                    }
                }
            }
        }
    }
}

/// How long they speak.
fn span(ctx: &Context, visit: &Visit, one: &Spokesperson) -> String {
    period(&ctx.settings, visit.lang, visit.words, Some(one.starts_at), one.ends_at)
}

/// The end of a mandate, or its being taken out of a prepared government.
fn ending(visit: &Visit, government: &Government, it: &Mandate) -> Markup {
    let words = visit.words;
    html! {
        @if it.ends_at.is_none() {
            div.apart {
                details {
                    summary { @if government.is_prepared() { (words.government_remove_summary()) } @else { (words.government_end_summary()) } }
                    p { @if government.is_prepared() { (words.government_remove_what()) } @else { (words.government_end_what()) } }
                    form method="post" action=(paths::of_mandate(paths::DESK_MANDATE_END, it.id)) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        button.danger { @if government.is_prepared() { (words.government_remove()) } @else { (words.government_end_mandate()) } }
                    }
                }
            }
        }
    }
}

/// `POST /desk/mandates/{mandate}/end`
pub async fn end(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let id = MandateId(*id);
    let mut conn = ctx.conn().await?;
    let it = query::mandate(&mut conn, id).await?.ok_or(WebError::NotFound)?;
    if it.starts_at.is_none() {
        keeping::remove_mandate(&mut conn, &visit.person, id).await?;
        return Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, it.government_id)));
    }
    keeping::end_mandate(&mut conn, &visit.person, id).await?;
    Ok(see_other(&paths::of_mandate(paths::DESK_MANDATE, id)))
}
