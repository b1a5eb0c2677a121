//! A change of government: one operation, one transaction, one instant.
//!
//! The present mandates end, and with them who speaks and who answers for them; those of the prepared government begin.
//! What of their work goes to whom was chosen for each mandate beforehand, or is what `Handover::usual` proposes. Releases
//! that are public keep the mandate in whose name they were issued, for ever. Nothing undoes it but another one.
//!
//! In this order, since an office is held once and the database sees to it at every statement: drafts, items of meetings,
//! spokespersons and contacts go over; what is left of them ends, then the mandates and the government; the new ones begin;
//! their policy cells open, under their new names; the cells that nobody has any more close, with what took their place and
//! with whoever answered for them.
//!
//! At its planned instant a job does it, as it would be done by hand. If it cannot be done any more (somebody took a
//! member out meanwhile), its instant is taken away, the journal says so, and the present government stays.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpRequest, HttpResponse, web};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use maud::{Markup, html};
use serde_json::json;

use super::page::Facts;
use super::{named, query as meetings};
use crate::account::{Person, Visit};
use crate::change::{self, Change, Kind};
use crate::directory::government::keeping::{self, GovernmentError};
use crate::directory::government::model::Drafts;
use crate::directory::government::{Mandate, query};
use crate::ids::{GovernmentId, InstitutionId, MandateId, MeetingId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::{self, Mark, Section};
use crate::paths;
use crate::release::error::ReleaseError;
use crate::release::handover;
use crate::validation;
use crate::validation::views::meeting_name;

/// Why the present government stays.
#[derive(Debug, thiserror::Error)]
pub enum TakeoverError {
    /// As for any step on governments.
    #[error(transparent)]
    Government(#[from] GovernmentError),
    /// A release could not be handed over.
    #[error(transparent)]
    Release(#[from] ReleaseError),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] crate::kit::db::Busy),
}

impl From<TakeoverError> for WebError {
    fn from(error: TakeoverError) -> Self {
        match error {
            TakeoverError::Government(error) => error.into(),
            TakeoverError::Release(error) => error.into(),
            TakeoverError::Db(error) => error.into(),
            TakeoverError::Busy(busy) => busy.into(),
        }
    }
}

/// The prepared government takes over now.
pub async fn take_over(conn: &mut AsyncPgConnection, by: &Person, id: GovernmentId) -> Result<(), TakeoverError> {
    keeping::allowed(by)?;
    conn.transaction(async |conn| take_over_within(conn, by.actor(), id).await).await
}

/// Whether it is to happen whatever was planned, or only if its planned instant has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Now,
    IfDue,
}

/// As [`take_over`], inside the caller's transaction, which must do nothing after it but commit.
pub async fn take_over_within(conn: &mut AsyncPgConnection, by: Actor, id: GovernmentId) -> Result<(), TakeoverError> {
    change_within(conn, by, id, When::Now).await.map(drop)
}

/// Whether it happened: what is no longer due, or is being done by somebody else, is left alone.
async fn change_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    id: GovernmentId,
    when: When,
) -> Result<bool, TakeoverError> {
    let present = query::in_office(conn).await?;
    // In the order of their ids, so that two can't wait for each other.
    let mut ids: Vec<GovernmentId> = present.iter().map(|of| of.id).chain([id]).collect();
    ids.sort();
    let mut locked = Vec::new();
    for id in ids {
        locked.extend(query::lock_government(conn, id).await?);
    }
    let next = locked.iter().find(|of| of.id == id).ok_or(GovernmentError::NotFound)?;
    let at = clock::now(conn).await?;
    let present = locked.iter().find(|of| of.id != id);
    // Another took over while we waited.
    let is_late = present.is_some_and(|of| !of.is_in_office());
    let is_due = next.takes_over_at.is_some_and(|planned| planned <= at);
    if when == When::IfDue && (!next.is_prepared() || is_late || !is_due) {
        return Ok(false);
    }
    if !next.is_prepared() {
        return Err(GovernmentError::Begun.into());
    }
    if is_late {
        return Err(GovernmentError::Changed.into());
    }
    let facts = Facts::read(conn, id).await?;
    keeping::check_whole(&facts.coming)?;
    for it in &facts.handovers {
        keeping::check_handover(it, &facts.coming)?;
    }
    let pairs: Vec<(&Mandate, _)> = facts.going.iter().zip(&facts.handovers).collect();

    let going: Vec<MandateId> = facts.going.iter().map(|mandate| mandate.id).collect();
    let mut told = Vec::new();
    // Editions before institutions, as publishing locks them.
    for (mandate, it) in &pairs {
        let heir = facts.heir(it);
        let mut items = 0;
        if let Some(heir) = heir.filter(|_| it.drafts != Drafts::Close) {
            items = meetings::hand_items_over(conn, mandate.id, heir.id).await?;
        }
        let to = heir.and_then(|heir| heir.policy_cell_id).filter(|to| Some(*to) != mandate.policy_cell_id);
        let releases = match (it.drafts, mandate.policy_cell_id, to) {
            (Drafts::HandOver, Some(cell), Some(to)) => handover::hand_over_within(conn, by, cell, to).await?,
            (Drafts::Close, Some(cell), _) => handover::keep_back_within(conn, by, cell).await?,
            _ => Vec::new(),
        };
        let mut people = (0, 0);
        if let Some(heir) = heir {
            if it.spokespersons {
                people.0 = query::hand_spokespersons_over(conn, mandate.id, heir.id, at).await?;
            }
            if let (true, Some(cell)) = (it.contacts, heir.policy_cell_id) {
                people.1 = query::hand_contacts_over(conn, mandate.id, heir.id, cell).await?;
            }
        }
        told.push((people, items, releases));
    }
    query::end_spokespersons(conn, &going, at).await?;
    let mut ended = query::end_contacts(conn, &going, at).await?;
    query::end_mandates(conn, &going, at).await?;
    if let Some(present) = present {
        query::end_government(conn, present.id, at).await?;
    }
    query::start_government(conn, id, at).await?;
    let coming: Vec<MandateId> = facts.coming.iter().map(|mandate| mandate.id).collect();
    let mut cells: BTreeSet<InstitutionId> = facts.going.iter().filter_map(|mandate| mandate.policy_cell_id).collect();
    for mandate in &facts.coming {
        if let Some(cell) = mandate.policy_cell_id {
            query::open_cell(conn, cell, mandate.cell_names.as_ref()).await?;
            cells.insert(cell);
        }
    }
    query::start_mandates(conn, &coming, at).await?;
    let former: Vec<InstitutionId> = facts.going.iter().filter_map(|mandate| mandate.policy_cell_id).collect();
    let in_use = query::cells_in_use(conn, &former).await?;
    let mut closed = BTreeSet::new();
    for (mandate, it) in &pairs {
        let Some(cell) = mandate.policy_cell_id.filter(|cell| !in_use.contains(cell)) else { continue };
        if it.drafts != Drafts::Keep && closed.insert(cell) {
            let successor = facts.heir(it).and_then(|heir| heir.policy_cell_id).filter(|to| *to != cell);
            query::close_cell(conn, cell, successor, at).await?;
            // Whoever answered for the cell as such.
            match successor.filter(|_| it.contacts) {
                Some(successor) => query::move_contacts(conn, cell, successor).await?,
                None => ended.extend(query::end_contacts_of_cell(conn, cell, at).await?),
            }
        }
    }
    let entry = Entry::new("government.took_over", "government", id.0).with(json!({
        "planned_at": next.takes_over_at,
        "from": present.map(|of| of.id),
        "began": coming,
        "ended": pairs.iter().zip(&told).map(|((mandate, it), (people, items, drafts))| json!({
            "mandate": mandate.id, "to": it.to, "drafts": it.drafts.as_str(), "spokespersons": people.0,
            "contacts": people.1, "items": items, "releases": drafts,
        })).collect::<Vec<_>>(),
        "contacts_ended": ended,
        "cells_closed": closed,
    }));
    journal::record(conn, by, [entry]).await?;
    let mut tags = keeping::tags();
    tags.push("list".to_owned());
    tags.extend(going.iter().chain(&coming).map(|mandate| format!("mandate:{mandate}")));
    // Names of cells reach the search by the tag of the institution.
    tags.extend(
        cells
            .iter()
            .flat_map(|cell| [format!("institution:{cell}"), format!("contacts:{cell}"), format!("profile:{cell}")]),
    );
    tags.extend(ended.iter().map(|contact| format!("contact:{contact}")));
    // Last: the log's counter is held from here to COMMIT, and nobody should wait for anything else.
    change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
    Ok(true)
}

/// Lets whatever has fallen due take over, also what fell due while nobody looked; however many processes do it, once. Gives
/// which did.
pub async fn take_over_due(ctx: &Context) -> Result<Vec<GovernmentId>, TakeoverError> {
    let mut conn = ctx.conn().await?;
    let mut done = Vec::new();
    // Nearly always none: one probe of an index that holds nothing else. Locked only then, in the order of all.
    for id in query::due(&mut conn).await? {
        let outcome =
            conn.transaction(async |conn| change_within(conn, Actor::Job("due-scan"), id, When::IfDue).await).await;
        match outcome {
            Ok(true) => done.push(id),
            Ok(false) => {}
            Err(TakeoverError::Db(error)) => return Err(error.into()),
            Err(TakeoverError::Busy(busy)) => return Err(busy.into()),
            Err(TakeoverError::Government(GovernmentError::Db(error))) => return Err(error.into()),
            Err(TakeoverError::Release(ReleaseError::Db(error))) => return Err(error.into()),
            Err(why) => {
                tracing::warn!(government = id.0, %why, "a government cannot take over; its instant is taken away");
                conn.transaction(async |conn| {
                    meetings::call_off(conn, id).await?;
                    let entry =
                        Entry::new("government.held_back", "government", id.0).with(json!({ "why": why.to_string() }));
                    journal::record(conn, Actor::Job("due-scan"), [entry]).await
                })
                .await?;
            }
        }
    }
    Ok(done)
}

/// `GET /desk/governments/{government}/takeover`: what will happen, and the button.
pub async fn ask(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let of = named(&ctx, *id).await?;
    if !of.is_prepared() {
        return Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, of.id)));
    }
    let mut conn = ctx.conn().await?;
    let facts = Facts::read(&mut conn, of.id).await?;
    let present = query::in_office(&mut conn).await?;
    let going: Vec<MandateId> = facts.going.iter().map(|mandate| mandate.id).collect();
    let items = meetings::open_items(&mut conn, &going).await?;
    let mut names: BTreeMap<MeetingId, String> = BTreeMap::new();
    for (_, meeting, _) in &items {
        if !names.contains_key(meeting)
            && let Some(of) = validation::query::meeting(&mut conn, *meeting).await?
        {
            names.insert(*meeting, meeting_name(visit.lang, &of));
        }
    }
    drop(conn);
    let (lang, words) = (visit.lang, visit.words);
    let back = paths::of_government(paths::DESK_GOVERNMENT, of.id);
    let hindrance = keeping::check_whole(&facts.coming)
        .and_then(|()| facts.handovers.iter().try_for_each(|it| keeping::check_handover(it, &facts.coming)))
        .err();
    let hindrance = match hindrance {
        Some(error) => Some(super::refusal(words, error)?),
        None => None,
    };
    let title = words.government_take_over_title(of.names.text(lang));
    let main = html! {
        (desk::page_top(html! { a href=(back) { (of.names.text(lang)) } }, &title, html! {}))
        div.narrow {
            p.fate {
                @match &present {
                    Some(present) => (words.government_fate(facts.going.len(), present.names.text(lang), facts.coming.len())),
                    None => (words.government_fate_first(facts.coming.len())),
                }
            }
            p { (words.government_fate_kept()) }
            ul.rows.gap { @for (mandate, it) in facts.going.iter().zip(&facts.handovers) { li {
                p.t { (mandate.name()) }
                p.soft { (mandate.titles.text(lang)) }
                @let proposed: BTreeMap<MeetingId, Vec<String>> = items.iter().filter(|(of, ..)| *of == mandate.id).fold(BTreeMap::new(), |mut all, (_, meeting, number)| { all.entry(*meeting).or_insert_with(Vec::new).push(number.to_string()); all });
                @let proposed: Vec<String> = proposed.iter().filter_map(|(meeting, numbers)| Some(words.government_fate_item(names.get(meeting)?.as_str(), numbers.join(", ")))).collect();
                (fate(&visit, &facts, mandate, it, &proposed))
            } } }
            p.note.gap { (desk::mark(Mark::Forced)) " " (words.government_no_way_back()) }
            @if let Some(hindrance) = hindrance {
                p.err { (desk::mark(Mark::Change)) (hindrance) }
                div.acts { a.btn.main href=(back) { (words.government_correct_plan()) } }
            } @else {
                form.acts.gap method="post" action=(paths::of_government(paths::DESK_GOVERNMENT_TAKEOVER, of.id)) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    button.main.big { (words.government_take_over_now()) }
                    a.btn.big href=(back) { (words.publication_not_yet()) }
                }
            }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Directory, main)))
}

/// What becomes of one mandate's work, in a line each. `proposed`: the open decisions that it proposes, by meeting.
fn fate(
    visit: &Visit,
    facts: &Facts,
    mandate: &Mandate,
    it: &crate::directory::government::model::Handover,
    proposed: &[String],
) -> Markup {
    let words = visit.words;
    let heir = facts.heir(it).map(|heir| format!("{}, {}", heir.name(), heir.titles.text(visit.lang)));
    let count = facts.drafts(mandate);
    html! {
        ul {
            @if let Some(heir) = &heir { li { (words.government_goes_to(heir.as_str())) } }
            li {
                @match it.drafts {
                    Drafts::HandOver => (words.government_fate_hand_over(count)),
                    Drafts::Keep => (words.government_fate_keep(count)),
                    Drafts::Close => (words.government_fate_close(count)),
                }
            }
            @if !proposed.is_empty() {
                li { (words.government_fate_items(proposed.join(" ; "))) }
                li { @if heir.is_some() && it.drafts != Drafts::Close { (words.government_fate_items_go()) } @else { (words.government_fate_items_stay()) } }
            }
            li { @if it.spokespersons { (words.government_keep_spokespersons()) } @else { (words.government_end_spokespersons()) } }
            li { @if it.contacts { (words.government_keep_contacts()) } @else { (words.government_end_contacts()) } }
        }
    }
}

/// `POST /desk/governments/{government}/takeover`
pub async fn confirm(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    form: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, form.get("form_token")).await?;
    let id = GovernmentId(*id);
    let mut conn = ctx.conn().await?;
    take_over(&mut conn, &visit.person, id).await?;
    Ok(see_other(&paths::of_government(paths::DESK_GOVERNMENT, id)))
}
