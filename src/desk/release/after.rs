//! What is done to a release that is public: corrected, with or without a note to its readers; withdrawn, unpublished,
//! brought back. Each page says beforehand what readers and subscribers will notice.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::{Item, facts, history, in_languages, instant, name};
use crate::account::Visit;
use crate::account::rights::Action;
use crate::desk::editor::form::Pairs;
use crate::desk::states;
use crate::digest::reach::{self, Reach};
use crate::ids::ReleaseId;
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::{Keep, page, see_other};
use crate::kit::{clock, dates};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark, Section, mark, page_top, section};
use crate::paths;
use crate::release::error::ReleaseError;
use crate::release::model::{Content, texts_of};
use crate::release::state::{PublicState, State};
use crate::release::{correction, onward, query as releases, withdrawal};

type Wrongs = Vec<(String, String)>;

/// What the correction's page shows.
struct Correcting {
    item: Item,
    public: Content,
    had: i64,
    /// When those who had it are told, and how many; empty: nobody is.
    told_when: String,
    difference: Markup,
    notes: Texts,
    wrongs: Wrongs,
    told: Option<String>,
}

impl Correcting {
    fn is_changed(&self) -> bool {
        self.item.content.clone().checked().map_or(true, |content| content != self.public)
    }

    fn added(&self) -> Vec<Lang> {
        self.item.content.languages().into_iter().filter(|lang| !self.public.versions.contains_key(lang)).collect()
    }
}

/// How many readers are told at which instant, as the page of publication says it.
fn told_when(ctx: &Context, visit: &Visit, reach: &Reach) -> String {
    let count = |readers: i64| dates::number(visit.lang, readers);
    let at_once = (reach.at_once > 0).then(|| visit.words.publication_fate_at_once(count(reach.at_once)));
    let by_slot = reach.by_slot.iter().map(|(slot, readers)| {
        visit.words.publication_fate_at_slot(count(*readers), instant(&ctx.settings, visit.lang, *slot))
    });
    at_once.into_iter().chain(by_slot).collect::<Vec<_>>().join("; ")
}

fn had_and_told(visit: &Visit, had: i64, told_when: &str) -> String {
    let number = dates::number(visit.lang, had);
    match told_when {
        "" => visit.words.after_had(had, number),
        when => visit.words.after_had_major(had, when, number),
    }
}

async fn correcting(ctx: &Context, visit: &Visit, id: ReleaseId) -> Result<Option<Correcting>, WebError> {
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, visit, id).await?;
    // A correction that is open already is written and sent on like any edition.
    if item.edition.state != State::Published || item.release.public_state != PublicState::Public {
        return Ok(None);
    }
    item.note_reading(&mut conn, visit).await?;
    let revision = item.release.public_revision_id.ok_or(WebError::NotFound)?;
    let public = releases::content(&mut conn, revision).await?;
    let had = reach::had(&mut conn, id).await?;
    let now = clock::now(&mut conn).await?;
    let told_when = told_when(ctx, visit, &reach::told_of_a_change(&mut conn, &ctx.settings, id, now).await?);
    let difference = history::difference_of(&mut conn, ctx, visit, &item, &public, &item.content).await?;
    Ok(Some(Correcting {
        item,
        public,
        had,
        told_when,
        difference,
        notes: Texts::default(),
        wrongs: Wrongs::new(),
        told: None,
    }))
}

/// `GET /desk/releases/{release}/correction`
pub async fn correction(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    Ok(match correcting(&ctx, &visit, ReleaseId(*id)).await? {
        Some(of) => drawn(&ctx, &visit, &of, StatusCode::OK),
        None => see_other(&paths::of_release(paths::DESK_RELEASE, ReleaseId(*id))),
    })
}

/// `POST /desk/releases/{release}/correction`
pub async fn correct(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let words = visit.words;
    let id = ReleaseId(*id);
    let Some(mut of) = correcting(&ctx, &visit, id).await? else {
        return Ok(see_other(&paths::of_release(paths::DESK_RELEASE, id)));
    };
    if form.get("seen") != Some(onward::fingerprint(&of.item.content).as_str()) {
        of.told = Some(words.publication_changed());
        return Ok(drawn(&ctx, &visit, &of, StatusCode::CONFLICT));
    }
    of.notes = texts_of(
        of.item
            .content
            .languages()
            .into_iter()
            .filter_map(|lang| Some((lang, form.get(&format!("note-{lang}"))?.to_owned()))),
    );
    let mut conn = ctx.conn().await?;
    let content = of.item.content.clone();
    let outcome = match form.get("act") {
        Some("minor") => correction::revise_public(&mut conn, &visit.person, id, content).await.map(drop),
        Some("major") => {
            for lang in of.item.content.languages() {
                if !of.notes.0.contains_key(&lang) {
                    of.wrongs.push((format!("note-{lang}"), words.after_wrong_note(name(&visit, lang))));
                }
            }
            if !of.wrongs.is_empty() {
                return Ok(drawn(&ctx, &visit, &of, StatusCode::UNPROCESSABLE_ENTITY));
            }
            correction::open_edition(&mut conn, &visit.person, id, content, of.notes.clone()).await.map(drop)
        }
        _ => return Err(WebError::BadRequest(BadRequest::Form)),
    };
    drop(conn);
    let (told, status) = match outcome {
        Ok(()) => {
            let to = if form.get("act") == Some("major") { paths::DESK_EDITOR } else { paths::DESK_RELEASE };
            return Ok(see_other(&paths::of_release(to, id)));
        }
        Err(ReleaseError::FourEyes) => (words.publication_four_eyes(), StatusCode::CONFLICT),
        Err(ReleaseError::NotAgreed) => (words.after_not_agreed(), StatusCode::CONFLICT),
        Err(ReleaseError::OpenEdition) => (words.after_open(), StatusCode::CONFLICT),
        Err(ReleaseError::Content(fault)) => {
            (crate::desk::editor::views::sentence(words, &fault), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error) => return Err(error.into()),
    };
    of.told = Some(told);
    Ok(drawn(&ctx, &visit, &of, status))
}

fn drawn(ctx: &Context, visit: &Visit, of: &Correcting, status: StatusCode) -> HttpResponse {
    let words = visit.words;
    let item = &of.item;
    let here = paths::of_release(paths::DESK_CORRECTION, item.id);
    let title = words.after_correct_title(item.title(visit).1);
    let had = dates::number(visit.lang, of.had);
    let added = of.added();
    let may_publish = item.may(visit, Action::Publish);
    let is_first = item.is_first_pair(visit);
    let hidden = html! {
        input type="hidden" name="form_token" value=(visit.form_token);
        input type="hidden" name="seen" value=(onward::fingerprint(&item.content));
    };
    let main = html! {
        (page_top(item.crumb(visit), &title, html! { a.btn href=(paths::of_release(paths::DESK_EDITOR, item.id)) { (words.overview_write()) } }))
        @if let Some(told) = &of.told { div.errors role="alert" tabindex="-1" autofocus { p.err { (mark(Mark::Change)) (told) } } }
        (desk::error(&words.publication_wrongs(), &of.wrongs))
        @if !of.is_changed() {
            p.note { (words.after_unchanged()) }
        } @else {
            (section("difference", &words.after_difference(), html! {}, of.difference.clone()))
        }
        div.pub {
            (section("minor", &if added.is_empty() { words.after_minor() } else { words.after_language(in_languages(visit, added.iter().copied())) }, html! {}, html! {
                p { @if added.is_empty() { (words.after_minor_says()) } @else { (words.after_language_says()) } }
                p.soft { (words.after_had(of.had, had.as_str())) }
                @if !may_publish { p { (words.after_not_yours()) } }
                @else if is_first { p { (mark(Mark::Eye)) " " (words.publication_first_pair()) } }
                @else if of.is_changed() {
                    form method="post" action=(here) {
                        (hidden)
                        div.acts { button.main name="act" value="minor" { (words.after_minor_button()) } }
                    }
                }
            }))
            (section("major", &words.after_major(), html! {}, html! {
                p { (words.after_major_says()) }
                p.soft { (had_and_told(visit, of.had, &of.told_when)) }
                form.stack method="post" action=(here) novalidate {
                    (hidden)
                    @for lang in item.content.languages() {
                        @let id = format!("note-{lang}");
                        @let wrong = of.wrongs.iter().find(|(of, _)| *of == id).map(|(_, wrong)| wrong.as_str());
                        (desk::field(&id, &words.after_note(name(visit, lang)), Some(&words.after_note_hint()), wrong, html! {
                            textarea id=(id) name=(id) rows="2" lang=(lang) aria-invalid=[wrong.map(|_| "true")]
                                aria-describedby=[described_by(&id, true, wrong.is_some())] { (of.notes.0.get(&lang).map(String::as_str).unwrap_or_default()) }
                        }))
                    }
                    div.acts { button name="act" value="major" { (words.after_major_button()) } }
                }
            }))
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Releases, main));
    *answer.status_mut() = status;
    answer
}

/// What the withdrawal's page shows.
struct Leaving {
    item: Item,
    languages: Vec<Lang>,
    had: i64,
    /// When those who had it are told, and how many; empty: nobody is.
    told_when: String,
    reasons: Texts,
    moved_to: String,
    wrongs: Wrongs,
}

async fn leaving(ctx: &Context, visit: &Visit, id: ReleaseId) -> Result<Option<Leaving>, WebError> {
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, visit, id).await?;
    if item.release.public_state == PublicState::NeverPublic {
        return Ok(None);
    }
    let revision = match item.release.public_revision_id {
        Some(revision) => Some(revision),
        None => releases::published_edition(&mut conn, id).await?.and_then(|(_, head)| head),
    };
    let languages = match revision {
        Some(revision) => releases::content(&mut conn, revision).await?.languages(),
        None => Vec::new(),
    };
    let had = reach::had(&mut conn, id).await?;
    let now = clock::now(&mut conn).await?;
    let told_when = told_when(ctx, visit, &reach::told_of_a_change(&mut conn, &ctx.settings, id, now).await?);
    Ok(Some(Leaving {
        item,
        languages,
        had,
        told_when,
        reasons: Texts::default(),
        moved_to: String::new(),
        wrongs: Wrongs::new(),
    }))
}

/// `GET /desk/releases/{release}/withdrawal`
pub async fn withdrawal(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    Ok(match leaving(&ctx, &visit, ReleaseId(*id)).await? {
        Some(of) => leaving_page(&ctx, &visit, &of, None, StatusCode::OK),
        None => see_other(&paths::of_release(paths::DESK_RELEASE, ReleaseId(*id))),
    })
}

/// `POST /desk/releases/{release}/withdrawal`
pub async fn withdraw(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let words = visit.words;
    let id = ReleaseId(*id);
    let overview = paths::of_release(paths::DESK_RELEASE, id);
    let Some(mut of) = leaving(&ctx, &visit, id).await? else { return Ok(see_other(&overview)) };
    let act = form.get("act").unwrap_or_default();
    let mut conn = ctx.conn().await?;
    let outcome = match act {
        "restore" => withdrawal::restore(&mut conn, &visit.person, id).await,
        "withdraw" | "unpublish" => {
            of.reasons = texts_of(
                of.languages
                    .iter()
                    .filter_map(|lang| Some((*lang, form.get(&format!("{act}-{lang}"))?.trim().to_owned()))),
            );
            form.get("moved_to").unwrap_or_default().trim().clone_into(&mut of.moved_to);
            for lang in &of.languages {
                if !of.reasons.0.contains_key(lang) {
                    of.wrongs.push((format!("{act}-{lang}"), words.after_wrong_reason(name(&visit, *lang))));
                }
            }
            let to = Some(of.moved_to.as_str()).filter(|to| act == "unpublish" && !to.is_empty());
            if let Some(to) = to {
                // A path alone: with a query string or a fragment it would be another address of the same page.
                let is_path = to.strip_prefix('/').is_some_and(|rest| !rest.starts_with('/'))
                    && to.len() <= 1_000
                    && !to.contains(|c: char| matches!(c, '\\' | '?' | '#') || c.is_control() || c.is_whitespace());
                // Not to itself, by whatever address: they all stop answering.
                let end = if is_path { facts::end_of(&ctx.settings, &mut conn, to).await? } else { None };
                if end.is_none() || end == Some(facts::End::Release(id)) {
                    of.wrongs.push(("moved_to".to_owned(), words.after_wrong_moved()));
                }
            }
            if !of.wrongs.is_empty() {
                return Ok(leaving_page(&ctx, &visit, &of, None, StatusCode::UNPROCESSABLE_ENTITY));
            }
            if act == "withdraw" {
                withdrawal::withdraw(&mut conn, &visit.person, id, &of.reasons).await
            } else {
                withdrawal::unpublish(&mut conn, &visit.person, id, &of.reasons, to).await
            }
        }
        _ => return Err(WebError::BadRequest(BadRequest::Form)),
    };
    match outcome {
        Ok(()) => Ok(see_other(&overview)),
        Err(ReleaseError::IllegalMove(_)) => {
            let told = match super::query::last_step(&mut conn, id).await? {
                Some((by, at)) => words.publication_somebody_was_first(
                    by.unwrap_or_else(|| words.publication_by_itself()),
                    super::instant(&ctx.settings, visit.lang, at),
                ),
                None => words.publication_changed(),
            };
            Ok(leaving_page(&ctx, &visit, &of, Some(told), StatusCode::CONFLICT))
        }
        Err(error) => Err(error.into()),
    }
}

fn leaving_page(ctx: &Context, visit: &Visit, of: &Leaving, told: Option<String>, status: StatusCode) -> HttpResponse {
    let words = visit.words;
    let item = &of.item;
    let here = paths::of_release(paths::DESK_WITHDRAWAL, item.id);
    let title = words.after_withdraw_title(item.title(visit).1);
    let had = dates::number(visit.lang, of.had);
    let token = html! { input type="hidden" name="form_token" value=(visit.form_token); };
    let reasons = |act: &str| {
        html! {
            @for lang in &of.languages {
                @let id = format!("{act}-{lang}");
                @let wrong = of.wrongs.iter().find(|(of, _)| *of == id).map(|(_, wrong)| wrong.as_str());
                (desk::field(&id, &words.after_reason(name(visit, *lang)), Some(&words.after_reason_hint()), wrong, html! {
                    textarea id=(id) name=(id) rows="2" lang=(lang) aria-invalid=[wrong.map(|_| "true")]
                        aria-describedby=[described_by(&id, true, wrong.is_some())] { (of.reasons.0.get(lang).map(String::as_str).unwrap_or_default()) }
                }))
            }
        }
    };
    let main = html! {
        (page_top(item.crumb(visit), &title, html! { p { (states::public(words, item.release.public_state)) } }))
        @if let Some(told) = &told { div.errors role="alert" tabindex="-1" autofocus { p.err { (mark(Mark::Change)) (told) } } }
        (desk::error(&words.publication_wrongs(), &of.wrongs))
        @if item.release.public_state == PublicState::Public {
            div.pub {
                (section("withdraw", &words.after_withdraw(), html! {}, html! {
                    p { (words.after_withdraw_says()) }
                    p.soft { (had_and_told(visit, of.had, &of.told_when)) }
                    form.stack method="post" action=(here) novalidate {
                        (token) (reasons("withdraw"))
                        div.acts { button.danger name="act" value="withdraw" { (words.after_withdraw_button()) } }
                    }
                }))
                (section("unpublish", &words.after_unpublish(), html! {}, html! {
                    p { (words.after_unpublish_says()) }
                    p.soft { (words.after_had(of.had, had.as_str())) }
                    form.stack method="post" action=(here) novalidate {
                        (token) (reasons("unpublish"))
                        @let wrong = of.wrongs.iter().find(|(of, _)| of == "moved_to").map(|(_, wrong)| wrong.as_str());
                        (desk::field("moved_to", &words.after_moved(), Some(&words.after_moved_hint()), wrong, html! {
                            input #moved_to name="moved_to" value=(of.moved_to) aria-invalid=[wrong.map(|_| "true")]
                                aria-describedby=[described_by("moved_to", true, wrong.is_some())];
                        }))
                        div.acts { button.danger name="act" value="unpublish" { (words.after_unpublish_button()) } }
                    }
                }))
            }
        } @else {
            (section("restore", &words.overview_back(), html! {}, html! {
                p { (words.after_restore_says()) }
                p.soft { (had_and_told(visit, of.had, &of.told_when)) }
                form method="post" action=(here) {
                    (token)
                    div.acts { button.main name="act" value="restore" { (words.overview_restore()) } }
                }
            }))
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Releases, main));
    *answer.status_mut() = status;
    answer
}
