//! What changed between any two revisions: both languages side by side, word by word, what did not change folded; and a
//! way back, which is a new revision.

use std::collections::BTreeSet;

use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::AsyncPgConnection;
use maud::{Markup, html};
use serde::Deserialize;

use super::query::RevisionRow;
use super::{Item, instant, name, query};
use crate::account::Visit;
use crate::account::rights::Action;
use crate::desk::editor::form::Pairs;
use crate::directory;
use crate::ids::{ReleaseId, RevisionId};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::{BadRequest, WebError};
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{Mark, Section, mark, page_top};
use crate::paths;
use crate::release::difference::{self, Kind, Piece, Stretch};
use crate::release::model::{Content, LanguageVersion};
use crate::release::state::State;
use crate::release::{drafting, query as releases};

/// Which two.
#[derive(Debug, Deserialize)]
pub struct Between {
    from: Option<i64>,
    to: Option<i64>,
}

/// `GET /desk/releases/{release}/history`
pub async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    between: web::Query<Between>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    item.note_reading(&mut conn, &visit).await?;
    let mut revisions = query::revisions(&mut conn, item.id).await?;
    // A co-issuer sees what was handed in or published, not what is only being written.
    if !item.may(&visit, Action::Write) && item.edition.state == State::Draft {
        revisions.retain(|revision| revision.edition != item.edition.number);
    }
    let find = |id: Option<i64>| revisions.iter().find(|revision| id == Some(revision.id.0));
    let to = find(between.to).or(revisions.first());
    let from = find(between.from).or_else(|| {
        let place = revisions.iter().position(|revision| to.is_some_and(|to| to.id == revision.id))?;
        revisions.get(place + 1)
    });
    let title = match (from, to) {
        (Some(from), Some(to)) => words.history_between(label(&visit, from), label(&visit, to)),
        _ => words.history_title(),
    };
    let compared = match (from, to) {
        (Some(from), Some(to)) => {
            let old = releases::content(&mut conn, from.id).await?;
            let new = releases::content(&mut conn, to.id).await?;
            Some(difference_of(&mut conn, &ctx, &visit, &item, &old, &new).await?)
        }
        _ => None,
    };
    let main = html! {
        (page_top(item.crumb(&visit), &title, html! {
            @if item.may(&visit, Action::Write) { a.btn.main href=(paths::of_release(paths::DESK_EDITOR, item.id)) { (words.overview_write()) } }
        }))
        @if revisions.is_empty() { p { (words.history_none()) } } @else {
            div.cmp {
                (picker(&ctx, &visit, &item, &revisions, from, to))
                section aria-label=(words.history_difference()) {
                    @if let Some(compared) = compared { (compared) } @else { p { (words.history_only_one()) } }
                }
            }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Releases, main)))
}

fn label(visit: &Visit, revision: &RevisionRow) -> String {
    visit.words.history_revision(i64::from(revision.edition), i64::from(revision.number))
}

fn picker(
    ctx: &Context,
    visit: &Visit,
    item: &Item,
    revisions: &[RevisionRow],
    from: Option<&RevisionRow>,
    to: Option<&RevisionRow>,
) -> Markup {
    let words = visit.words;
    let here = paths::of_release(paths::DESK_HISTORY, item.id);
    let may_restore = item.may(visit, Action::Write) && matches!(item.edition.state, State::Draft | State::Published);
    html! {
        div.sec {
            form #revisions method="get" action=(here) aria-labelledby="revisions-title" {
                h2 #revisions-title { (words.history_revisions()) }
                ol.revs {
                    @for revision in revisions {
                        @let said = label(visit, revision);
                        li {
                            b { (revision.edition) "." (revision.number) }
                            div {
                                p { (instant(&ctx.settings, visit.lang, revision.at)) @if let Some(by) = &revision.by { ", " (by) } }
                                @if !revision.name.is_empty() { p.soft { (words.history_named(revision.name.as_str())) } }
                                @if revision.is_public { p.ok { (mark(Mark::Published)) " " (words.history_public()) } }
                                div.ab {
                                    label { input type="radio" name="from" value=(revision.id) checked[from.is_some_and(|of| of.id == revision.id)]; (words.history_from()) span.vh { " " (said) } }
                                    label { input type="radio" name="to" value=(revision.id) checked[to.is_some_and(|of| of.id == revision.id)]; (words.history_to()) span.vh { " " (said) } }
                                }
                            }
                        }
                    }
                }
                div.acts { button { (words.history_compare()) } }
            }
            @if let Some(from) = from.filter(|_| may_restore) {
                form.apart method="post" action=(here) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    p.soft { (words.history_restore_says()) }
                    button name="revision" value=(from.id) { (words.history_restore(label(visit, from))) }
                }
            }
        }
    }
}

/// `POST /desk/releases/{release}/history`: an older text becomes the newest revision.
pub async fn restore(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    body: web::Bytes,
) -> Result<HttpResponse, WebError> {
    let form = Pairs::read(&body);
    let token = form.get("form_token").ok_or(WebError::BadRequest(BadRequest::Form))?;
    let visit = Visit::of_form(&ctx, &request, token).await?;
    let revision: i64 =
        form.get("revision").and_then(|id| id.parse().ok()).ok_or(WebError::BadRequest(BadRequest::Form))?;
    let mut conn = ctx.conn().await?;
    let item = Item::read(&mut conn, &visit, ReleaseId(*id)).await?;
    if !query::is_revision_of(&mut conn, item.id, RevisionId(revision)).await? {
        return Err(WebError::BadRequest(BadRequest::Form));
    }
    drafting::restore(&mut conn, &visit.person, item.edition.id, RevisionId(revision)).await?;
    let to = if item.edition.state == State::Draft { paths::DESK_HISTORY } else { paths::DESK_CORRECTION };
    Ok(see_other(&paths::of_release(to, item.id)))
}

/// One field of a language in both texts.
fn parts(version: Option<&LanguageVersion>) -> [&str; 3] {
    version.map_or([""; 3], |version| [version.title.as_str(), version.lead.as_str(), version.body.as_str()])
}

/// The whole difference of two contents, languages in pairs of columns.
pub async fn difference_of(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    visit: &Visit,
    item: &Item,
    old: &Content,
    new: &Content,
) -> Result<Markup, WebError> {
    let words = visit.words;
    let mut languages: Vec<Lang> =
        old.versions.keys().chain(new.versions.keys()).copied().collect::<BTreeSet<_>>().into_iter().collect();
    languages.sort_by_key(|lang| *lang != visit.lang);
    // Comparing two long texts is work: beside the requests.
    let (one, other, order) = (old.clone(), new.clone(), languages.clone());
    let columns: Vec<Column> = web::block(move || {
        order.iter().map(|lang| Column::of(*lang, one.versions.get(lang), other.versions.get(lang))).collect()
    })
    .await
    .map_err(|error| WebError::Internal(error.into()))?;
    let behind = one_sided(&columns);
    let rest = rest(conn, ctx, visit, item, old, new).await?;
    Ok(html! {
        @if let Some((moved, stayed)) = &behind {
            p.err.warn { (mark(Mark::Stale)) (words.history_one_sided(
                dates::capital(&name(visit, *moved)),
                stayed.iter().map(|lang| name(visit, *lang)).collect::<Vec<_>>().join(", "),
            )) }
        }
        @if columns.iter().all(|column| !column.is_changed()) && rest.is_empty() { p { (words.history_same()) } }
        @for pair in columns.chunks(2) {
            div.two {
                @for column in pair {
                    h2 { (dates::capital(&name(visit, column.lang))) span.soft.counts {
                        @if column.is_changed() { (words.history_counts(column.come, column.gone)) } @else { (words.history_unchanged()) }
                    } }
                }
                @if pair.len() == 1 { h2.vh aria-hidden="true" {} }
                @for (place, field) in [words.history_field_title(), words.history_field_lead(), words.history_field_text()].into_iter().enumerate() {
                    p.fl { (field) }
                    @for column in pair { (column.field(place, words)) }
                    @if pair.len() == 1 { div {} }
                }
            }
        }
        @if !rest.is_empty() {
            div.two {
                p.fl { (words.history_rest()) }
                div.tx { @for (kind, said) in &rest { p {
                    @match kind {
                        Kind::Come => ins { (said) },
                        Kind::Gone => del { (said) },
                        Kind::Same => (said),
                    }
                } } }
            }
        }
    })
}

/// A language in both texts.
struct Column {
    lang: Lang,
    title: Vec<Piece>,
    lead: Vec<Piece>,
    body: Vec<Stretch>,
    come: usize,
    gone: usize,
    is_in_both: bool,
}

impl Column {
    fn of(lang: Lang, old: Option<&LanguageVersion>, new: Option<&LanguageVersion>) -> Self {
        let ([old_title, old_lead, old_body], [new_title, new_lead, new_body]) = (parts(old), parts(new));
        let title = difference::words(old_title, new_title);
        let lead = difference::words(old_lead, new_lead);
        let body = difference::paragraphs(old_body, new_body);
        let changed = body.iter().filter_map(|stretch| match stretch {
            Stretch::Changed(pieces) => Some(pieces),
            Stretch::Same(_) => None,
        });
        let (come, gone) = difference::count(title.iter().chain(&lead).chain(changed.flatten()));
        Self { lang, title, lead, body, come, gone, is_in_both: old.is_some() && new.is_some() }
    }

    fn is_changed(&self) -> bool {
        let is = |pieces: &[Piece]| pieces.iter().any(|piece| piece.kind != Kind::Same);
        is(&self.title) || is(&self.lead) || self.body.iter().any(|stretch| matches!(stretch, Stretch::Changed(_)))
    }

    fn field(&self, place: usize, words: &crate::phrases::Phrases) -> Markup {
        html! {
            @match place {
                0 => p.tx.h lang=(self.lang) { (difference::word_difference(&self.title)) },
                1 => p.tx lang=(self.lang) { (difference::word_difference(&self.lead)) },
                _ => div.tx {
                    @for stretch in &self.body {
                        @match stretch {
                            Stretch::Same(paragraphs) => details.same {
                                summary { (words.history_folded(paragraphs.len())) }
                                @for paragraph in paragraphs { p.pre lang=(self.lang) { (paragraph) } }
                            },
                            Stretch::Changed(pieces) => p.pre lang=(self.lang) { (difference::word_difference(pieces)) },
                        }
                    }
                },
            }
        }
    }
}

/// A language that moved while others stayed as they were.
fn one_sided(columns: &[Column]) -> Option<(Lang, Vec<Lang>)> {
    let both: Vec<&Column> = columns.iter().filter(|column| column.is_in_both).collect();
    let moved = both.iter().find(|column| column.is_changed())?;
    let stayed: Vec<Lang> = both.iter().filter(|column| !column.is_changed()).map(|column| column.lang).collect();
    (!stayed.is_empty()).then_some((moved.lang, stayed))
}

/// What else changed: topics, contacts, links, notices, each as a line that came or is gone.
async fn rest(
    conn: &mut AsyncPgConnection,
    ctx: &Context,
    visit: &Visit,
    item: &Item,
    old: &Content,
    new: &Content,
) -> Result<Vec<(Kind, String)>, WebError> {
    let words = visit.words;
    let mut lines = Vec::new();
    if old.topics != new.topics {
        let topics = directory::query::topics(conn).await?;
        let named =
            |id| topics.iter().find(|topic| topic.id == id).map(|topic| topic.names.text(visit.lang).to_owned());
        both(&mut lines, &old.topics, &new.topics, |id| Some(words.history_topic(named(*id)?)));
    }
    if old.contacts != new.contacts {
        let contacts = directory::query::contacts(conn, &item.rights.issuers).await?;
        both(&mut lines, &old.contacts, &new.contacts, |id| {
            let point = contacts.iter().find(|(point, _)| point.id == *id).map(|(point, _)| point.name.clone());
            Some(words.history_contact(point.unwrap_or_else(|| format!("{id}"))))
        });
    }
    both(&mut lines, &old.links, &new.links, |link| {
        Some(words.history_link(format!("{} – {}", link.labels.text(visit.lang), link.url)))
    });
    let boilerplate = |content: &Content| {
        content.boilerplate.as_ref().map(|texts| texts.text(visit.lang).to_owned()).into_iter().collect::<Vec<_>>()
    };
    both(&mut lines, &boilerplate(old), &boilerplate(new), |text| Some(words.history_boilerplate(text.as_str())));
    let not_before = |content: &Content| content.not_before.into_iter().collect::<Vec<_>>();
    both(&mut lines, &not_before(old), &not_before(new), |at| {
        Some(words.history_not_before(instant(&ctx.settings, visit.lang, *at)))
    });
    Ok(lines)
}

fn both<T: PartialEq>(lines: &mut Vec<(Kind, String)>, old: &[T], new: &[T], said: impl Fn(&T) -> Option<String>) {
    let but = |all: &[T], others: &[T], kind| -> Vec<(Kind, String)> {
        all.iter().filter(|one| !others.contains(one)).filter_map(|one| Some((kind, said(one)?))).collect()
    };
    lines.extend(but(old, new, Kind::Gone));
    lines.extend(but(new, old, Kind::Come));
}
