//! A release on one page: how it stands, where it lives, what can be done now, who has seen it.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::query::{AddressRow, EditionRow};
use super::{Item, in_languages, instant, name, query};
use crate::account::Visit;
use crate::account::rights::Action;
use crate::archive;
use crate::desk::editor::form::Pairs;
use crate::desk::states;
use crate::digest::reach;
use crate::directory;
use crate::directory::contact::ContactPoint;
use crate::ids::{ContactId, EditionId, ReleaseId};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{Mark, Section, mark, page_top, section};
use crate::paths;
use crate::release::forcing::{self, Forced};
use crate::release::state::{PublicState, State};
use crate::release::{draft, query as releases};

/// `GET /desk/releases/{release}`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    item.note_reading(&mut conn, &visit).await?;
    let editions = query::editions(&mut conn, item.id).await?;
    let addresses = query::addresses(&mut conn, item.id).await?;
    let forced = releases::forced(&mut conn, item.id).await?;
    let grants = releases::grants(&mut conn, item.id).await?;
    let reached = reach::reached(&mut conn, item.id).await?;
    let reads = query::reads(&mut conn, item.id).await?;
    let is_ahead = item.edition.state == State::Published && draft::load(&mut conn, &item.edition).await?.is_ahead;
    let named = directory::query::contacts_named(&mut conn, &item.content.contacts).await?;
    let duty = directory::standby::query::on_duty(&mut conn, &item.rights.issuers).await?;
    let added = match item.release.public_revision_id.filter(|_| is_ahead) {
        Some(revision) => {
            let public = releases::content(&mut conn, revision).await?.languages();
            item.content.languages().into_iter().filter(|lang| !public.contains(lang)).collect()
        }
        None => Vec::new(),
    };
    let has_original = archive::query::has_original(&mut conn, item.id).await?;
    let (lang, title) = item.title(&visit);
    let main = html! {
        (page_top(
            html! { a href=(paths::DESK_RELEASES) { (words.desk_nav_releases()) } " · " (item.number()) },
            &title,
            actions(&visit, &item, is_ahead, &added),
        ))
        p.standing lang=[lang.map(|_| visit.lang)] {
            (states::public(words, item.release.public_state))
            @if item.release.public_edition_id != Some(item.edition.id) { " " (states::edition(words, item.edition.state)) }
            @if let Some(at) = item.edition.planned_at.filter(|_| item.edition.state == State::Scheduled) {
                " " (words.desk_goes_public(instant(&ctx.settings, visit.lang, at)))
            }
        }
        (forced_notices(&ctx, &visit, &item, &forced))
        div.home {
            div {
                (section("editions", &words.overview_editions(), html! { a href=(paths::of_release(paths::DESK_HISTORY, item.id)) { (words.overview_history()) } },
                    edition_rows(&ctx, &visit, &editions)))
                (section("addresses", &words.overview_addresses(), html! {}, address_rows(&visit, &item, &addresses)))
            }
            div {
                (section("reach", &words.overview_reach(), html! {}, html! {
                    dl.figs {
                        div { dt { (words.overview_mails()) " " } dd { (dates::number(visit.lang, reached.had)) } }
                        @for (name, count) in [
                            (words.mailings_reach_waiting(), reached.on_the_way), (words.mailings_reach_refused(), reached.refused),
                            (words.mailings_reach_uncertain(), reached.uncertain),
                        ] { @if count > 0 { div { dt { (name) " " } dd { (dates::number(visit.lang, count)) } } } }
                        div { dt { (words.overview_requests()) " " } dd { (dates::number(visit.lang, reads)) } }
                    }
                }))
                @if !named.is_empty() || !duty.is_empty() {
                    (section("contacts", &words.directory_contacts(), html! {}, contact_rows(&ctx, &visit, &item, &named, &duty)))
                }
                @if item.may(&visit, Action::Publish) {
                    (section("previews", &words.overview_previews(), html! { a href=(paths::of_release(paths::DESK_PREVIEWS, item.id)) { (words.overview_previews_all()) } }, html! {
                        @if grants.is_empty() { p { (words.publication_who_nobody()) } } @else {
                            ul.rows { @for grant in grants.iter().take(5) {
                                li { (grant.name) span.soft { " · " (words.preview_reads(grant.reads)) } }
                            } }
                        }
                    }))
                }
                p { a href=(paths::of_release(paths::DESK_RELEASE_JOURNAL, item.id)) { (words.overview_journal()) } }
                @if has_original { p { a href=(paths::of_release(paths::DESK_ORIGINAL, item.id)) { (words.archive_original_title()) } } }
                (more(&visit, &item))
            }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Releases, main)))
}

/// One filled button: what moves the work on. `added`: languages that are written and not public yet.
fn actions(visit: &Visit, item: &Item, is_ahead: bool, added: &[Lang]) -> Markup {
    let words = visit.words;
    let may_write = item.may(visit, Action::Write);
    let address = |pattern| paths::of_release(pattern, item.id);
    let is_public = item.release.public_state == PublicState::Public;
    html! {
        @match item.edition.state {
            State::Draft if may_write => {
                a.btn href=(address(paths::DESK_PUBLICATION)) { (words.overview_to_publication()) }
                a.btn.main href=(address(paths::DESK_EDITOR)) { (words.overview_write()) }
            },
            State::Submitted | State::InValidation | State::Ready | State::Scheduled if may_write => {
                a.btn.main href=(address(paths::DESK_PUBLICATION)) { (words.overview_to_publication()) }
            },
            State::Published if may_write && is_public => {
                a.btn href=(address(paths::DESK_EDITOR)) { (words.overview_write()) }
                a.btn.main[is_ahead] href=(address(paths::DESK_CORRECTION)) {
                    @if added.is_empty() { (words.overview_correct()) }
                    @else { (words.overview_language(in_languages(visit, added.iter().copied()))) }
                }
            },
            _ => {},
        }
    }
}

fn more(visit: &Visit, item: &Item) -> Markup {
    let words = visit.words;
    let off = matches!(item.release.public_state, PublicState::Withdrawn | PublicState::Unpublished);
    html! {
        @if item.may(visit, Action::Publish) && item.release.public_state != PublicState::NeverPublic {
            details.apart open[off] {
                summary { @if off { (words.overview_back()) } @else { (words.overview_take_off()) } }
                p { a.btn.danger[!off] href=(paths::of_release(paths::DESK_WITHDRAWAL, item.id)) {
                    @if off { (words.overview_restore()) } @else { (words.overview_withdraw()) }
                } }
            }
        }
    }
}

fn edition_rows(ctx: &Context, visit: &Visit, editions: &[EditionRow]) -> Markup {
    let words = visit.words;
    html! {
        ul.rows {
            @for edition in editions {
                li.row {
                    div { (states::edition(words, edition.state)) }
                    div {
                        p.t { (words.publication_edition(i64::from(edition.number))) }
                        @if let Some(at) = edition.published_at.or(edition.planned_at) { p.soft { (instant(&ctx.settings, visit.lang, at)) } }
                        @if let Some((lang, note)) = edition.note.as_ref().and_then(|note| note.get(visit.lang)) {
                            p lang=[(lang != visit.lang).then_some(lang)] { (note) }
                        }
                        @if let Some(reason) = &edition.language_reason { p.soft { (words.overview_language_reason(reason.as_str())) } }
                    }
                    div {}
                }
            }
        }
    }
}

/// Whom it names, with whether they are still reached; and who answers for its issuers now.
fn contact_rows(
    ctx: &Context,
    visit: &Visit,
    item: &Item,
    named: &[ContactPoint],
    duty: &[(ContactId, String, DateTime<Utc>)],
) -> Markup {
    let words = visit.words;
    let until = |at| words.contacts_answers_until(instant(&ctx.settings, visit.lang, at));
    html! {
        ul.rows {
            @for point in item.content.contacts.iter().filter_map(|id| named.iter().find(|point| point.id == *id)) {
                li {
                    (point.name)
                    @if point.ended_at.is_some() { span.soft { " · " (words.contacts_ended()) } }
                    @if let Some((_, _, at)) = duty.iter().find(|(id, ..)| *id == point.id) { span.ok { " · " (mark(Mark::Phone)) " " (until(*at)) } }
                }
            }
            @for (_, name, at) in duty.iter().filter(|(id, ..)| !item.content.contacts.contains(id)) {
                li { (name) span.ok { " · " (mark(Mark::Phone)) " " (until(*at)) } }
            }
        }
    }
}

fn address_rows(visit: &Visit, item: &Item, addresses: &[AddressRow]) -> Markup {
    let words = visit.words;
    let readable = item.release.public_state != PublicState::Unpublished;
    html! {
        @if addresses.is_empty() { p { (words.overview_no_address()) } } @else {
            ul.rows {
                @if let Some(reference) = &item.release.reference {
                    li { span.soft { (words.overview_short()) " · " } a href=(paths::short(reference)) { (paths::short(reference)) } }
                }
                @for address in addresses {
                    @let path = paths::release(address.lang, address.published_on, &address.slug);
                    li {
                        span.soft { (name(visit, address.lang)) " · " }
                        @if address.current && readable { a href=(path) { (path) } } @else { (path) }
                        @if !address.current { span.soft { " · " (words.overview_redirects()) } }
                    }
                }
            }
        }
    }
}

fn forced_notices(ctx: &Context, visit: &Visit, item: &Item, forced: &[Forced]) -> Markup {
    let words = visit.words;
    html! {
        @for one in forced {
            @let said = words.publication_forced_by(instant(&ctx.settings, visit.lang, one.at), one.by.as_str(), one.reason.as_str());
            div.note.forced {
                p { (mark(Mark::Forced)) " " (said) }
                @match (&one.ratified_by, one.ratified_at) {
                    (Some(by), Some(at)) => p.soft { (words.publication_ratified_by(by.as_str(), instant(&ctx.settings, visit.lang, at))) },
                    _ if one.account_id == visit.person.id() => p.soft { (words.publication_ratify_another()) },
                    _ if item.may(visit, Action::Publish) => form method="post" action=(paths::of_release(paths::DESK_RATIFICATION, item.id)) {
                        input type="hidden" name="form_token" value=(visit.form_token);
                        button name="edition" value=(one.edition_id) { (words.publication_ratify()) }
                    },
                    _ => p.soft { (words.publication_unratified()) },
                }
            }
        }
    }
}

/// `POST /desk/releases/{release}/ratification`
pub async fn ratify(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let edition = form.get("edition").and_then(|id| id.parse().ok()).ok_or(WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    // Of this release and no other: the right was asked of the one in the address.
    let of_this = releases::forced(&mut conn, ReleaseId(*id)).await?;
    if !of_this.iter().any(|forced| forced.edition_id == EditionId(edition)) {
        return Err(WebError::BadRequest(BadRequest::Form));
    }
    forcing::ratify(&mut conn, &visit.person, EditionId(edition)).await?;
    Ok(see_other(&paths::of_release(paths::DESK_RELEASE, ReleaseId(*id))))
}
