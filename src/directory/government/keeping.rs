//! Keeps governments: prepares one, writes its mandates and what becomes of the present ones, says that the present one only
//! carries on. Taking over itself concerns releases, which stand above: `desk::government::takeover`.
//!
//! Each step is one transaction with its journal entry; of what is prepared the log of public changes hears nothing.

use chrono::{DateTime, Utc};
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::model::{Drafts, Government, Handover, Mandate};
use super::query::{self, MandateRowNew};
use crate::account::Person;
use crate::account::rights::{Action, Object, may};
use crate::change::{self, Change, Kind};
use crate::directory;
use crate::directory::model::{Family, code_of};
use crate::directory::register::{self as institutions, NewInstitution};
use crate::ids::{CompetenceId, GovernmentId, InstitutionId, MandateId, OfficeId, PersonId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::db::Busy;
use crate::kit::lang::{Lang, Texts};
use crate::kit::slug;
use crate::kit::web::error::WebError;

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum GovernmentError {
    /// There is none, or none that this person may know of.
    #[error("no such government, mandate or person")]
    NotFound,
    /// They may see it, and may not do this.
    #[error("not allowed")]
    NotAllowed,
    /// It has begun: it ends by another taking over.
    #[error("it is no longer being prepared")]
    Begun,
    /// It does not govern.
    #[error("it is not in office")]
    NotInOffice,
    /// A government has at least one member.
    #[error("nobody is in it")]
    Nobody,
    /// Two mandates of it are of the same office.
    #[error("an office is held twice")]
    HeldTwice(OfficeId),
    /// Its work goes to somebody who has no policy cell.
    #[error("handed over to a mandate without a policy cell")]
    NoCell(MandateId),
    /// What was chosen names something that is not there any more.
    #[error("somebody changed it meanwhile")]
    Changed,
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
    /// The database cannot be asked.
    #[error("no database connection")]
    Busy(#[from] Busy),
}

impl From<GovernmentError> for WebError {
    fn from(error: GovernmentError) -> Self {
        match error {
            GovernmentError::NotFound => WebError::NotFound,
            GovernmentError::NotAllowed => WebError::Forbidden,
            GovernmentError::Db(error) => error.into(),
            GovernmentError::Busy(busy) => busy.into(),
            refused => WebError::Conflict(Box::new(refused)),
        }
    }
}

/// Whoever keeps governments may; to everybody else there is nothing.
pub fn allowed(by: &Person) -> Result<(), GovernmentError> {
    if may(by, Action::Governments, Object::Site) { Ok(()) } else { Err(GovernmentError::NotFound) }
}

/// The mandate, locked, if this person may do that to it.
pub async fn lock(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MandateId,
    action: Action,
) -> Result<Mandate, GovernmentError> {
    let mandate = query::lock_mandate(conn, id).await?.ok_or(GovernmentError::NotFound)?;
    let of = query::rights_of(conn, id, by.id()).await?.ok_or(GovernmentError::NotFound)?;
    if may(by, action, of.object()) {
        Ok(mandate)
    } else if may(by, Action::Read, of.object()) {
        Err(GovernmentError::NotAllowed)
    } else {
        Err(GovernmentError::NotFound)
    }
}

async fn lock_prepared(conn: &mut AsyncPgConnection, id: GovernmentId) -> Result<Government, GovernmentError> {
    let government = query::lock_government(conn, id).await?.ok_or(GovernmentError::NotFound)?;
    if government.is_prepared() { Ok(government) } else { Err(GovernmentError::Begun) }
}

/// The tags of everything that shows who governs: every page with the name of a member carries the first.
pub fn tags() -> Vec<String> {
    vec!["directory".to_owned(), "government".to_owned(), "contacts".to_owned()]
}

/// Tells the log that the public sees something else of who governs. Last of its transaction.
async fn announce(conn: &mut AsyncPgConnection, mandate: Option<MandateId>) -> Result<(), GovernmentError> {
    let mut tags = tags();
    tags.extend(mandate.map(|id| format!("mandate:{id}")));
    change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
    Ok(())
}

/// Prepares a government. With a copy of the present one: its mandates with their titles, competences, policy cells and
/// order, and everything handed over from each to itself.
pub async fn prepare(
    conn: &mut AsyncPgConnection,
    by: &Person,
    names: &Texts,
    copy: bool,
) -> Result<GovernmentId, GovernmentError> {
    allowed(by)?;
    conn.transaction(async |conn| prepare_within(conn, by.actor(), names, copy).await).await
}

/// As [`prepare`], inside the caller's transaction.
pub async fn prepare_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    names: &Texts,
    copy: bool,
) -> Result<GovernmentId, GovernmentError> {
    let stem = code_of(names.text(Lang::En));
    let mut id = None;
    for n in 1..=1_000 {
        id = query::insert_government(conn, &slug::candidate(&stem, n), names).await?;
        if id.is_some() {
            break;
        }
    }
    let id = id.ok_or(GovernmentError::Changed)?;
    let present = if copy { query::in_office(conn).await? } else { None };
    let mut copied = 0;
    if let Some(present) = &present {
        let mut handovers = Vec::new();
        for of in query::mandates_of(conn, present.id).await?.into_iter().filter(Mandate::is_held) {
            let competences = query::competences_of(conn, &[of.id]).await?;
            let new = MandateRowNew {
                office_id: of.office_id,
                person_id: of.person_id,
                titles: of.titles.clone(),
                policy_cell_id: of.policy_cell_id,
                cell_names: None,
                position: of.position,
            };
            let to = insert_mandate(conn, id, &of, &new).await?;
            let competences: Vec<CompetenceId> = competences.into_iter().map(|(_, it)| it.id).collect();
            query::set_competences(conn, to, &competences).await?;
            handovers.push(Handover {
                mandate_id: of.id,
                to: Some(to),
                drafts: Drafts::Keep,
                spokespersons: true,
                contacts: of.policy_cell_id.is_some(),
            });
        }
        copied = handovers.len();
        query::set_handovers(conn, id, &handovers).await?;
    }
    let entry = Entry::new("government.prepared", "government", id.0)
        .with(json!({ "copied_from": present.map(|present| present.id), "mandates": copied }));
    journal::record(conn, by, [entry]).await?;
    Ok(id)
}

/// A mandate under a word of its own: `helene-varnier-minister-of-mobility`, and `…-2` for the next of the same.
async fn insert_mandate(
    conn: &mut AsyncPgConnection,
    government: GovernmentId,
    of: &Mandate,
    new: &MandateRowNew,
) -> Result<MandateId, GovernmentError> {
    // The copy of a copy is `-3`, not `-2-2`.
    let stem = of.code.rsplit_once('-').filter(|(_, n)| n.len() < 4 && n.bytes().all(|b| b.is_ascii_digit()));
    insert_under(conn, government, stem.map_or(of.code.as_str(), |(stem, _)| stem), new).await
}

async fn insert_under(
    conn: &mut AsyncPgConnection,
    government: GovernmentId,
    stem: &str,
    new: &MandateRowNew,
) -> Result<MandateId, GovernmentError> {
    for n in 1..=1_000 {
        if let Some(id) = query::insert_mandate(conn, government, &slug::candidate(stem, n), new).await? {
            return Ok(id);
        }
    }
    Err(GovernmentError::Changed)
}

/// What a prepared government is called, and when it takes over by itself; and what becomes of each present mandate then.
pub async fn plan(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: GovernmentId,
    names: &Texts,
    takes_over_at: Option<DateTime<Utc>>,
    handovers: &[Handover],
) -> Result<(), GovernmentError> {
    allowed(by)?;
    conn.transaction(async |conn| {
        let before = lock_prepared(conn, id).await?;
        let coming = query::mandates_of(conn, id).await?;
        for it in handovers {
            check_handover(it, &coming)?;
        }
        if takes_over_at.is_some() {
            check_whole(&coming)?;
        }
        query::set_plan(conn, id, names, takes_over_at).await?;
        query::set_handovers(conn, id, handovers).await?;
        let entry = Entry::new("government.planned", "government", id.0).with(json!({
            "takes_over_at": (before.takes_over_at != takes_over_at).then_some([before.takes_over_at, takes_over_at]),
            "renamed": before.names != *names,
            "handovers": handovers.iter().map(|it| json!({ "mandate": it.mandate_id, "to": it.to, "drafts": it.drafts.as_str(),
                "spokespersons": it.spokespersons, "contacts": it.contacts })).collect::<Vec<_>>(),
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Refuses what could not be done when the instant has come.
pub fn check_handover(it: &Handover, coming: &[Mandate]) -> Result<(), GovernmentError> {
    let Some(to) = it.to else {
        let gives = it.drafts == Drafts::HandOver || it.spokespersons || it.contacts;
        return if gives { Err(GovernmentError::Changed) } else { Ok(()) };
    };
    let heir = coming.iter().find(|mandate| mandate.id == to).ok_or(GovernmentError::Changed)?;
    if heir.policy_cell_id.is_none() && (it.drafts == Drafts::HandOver || it.contacts) {
        return Err(GovernmentError::NoCell(to));
    }
    Ok(())
}

/// Refuses a government that could not take over.
pub fn check_whole(coming: &[Mandate]) -> Result<(), GovernmentError> {
    if coming.is_empty() {
        return Err(GovernmentError::Nobody);
    }
    let mut seen = std::collections::BTreeSet::new();
    match coming.iter().find(|mandate| !seen.insert(mandate.office_id)) {
        Some(twice) => Err(GovernmentError::HeldTwice(twice.office_id)),
        None => Ok(()),
    }
}

/// Gives a government that has begun another name.
pub async fn rename(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: GovernmentId,
    names: &Texts,
) -> Result<(), GovernmentError> {
    allowed(by)?;
    conn.transaction(async |conn| {
        let before = query::lock_government(conn, id).await?.ok_or(GovernmentError::NotFound)?;
        if before.names == *names {
            return Ok(());
        }
        query::set_plan(conn, id, names, before.takes_over_at).await?;
        let entry =
            Entry::new("government.renamed", "government", id.0).with(json!({ "names": [&before.names, names] }));
        journal::record(conn, by.actor(), [entry]).await?;
        if before.is_prepared() { Ok(()) } else { announce(conn, None).await }
    })
    .await
}

/// From now on it only carries on; or, `false`, it governs in full again.
pub async fn set_caretaker(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: GovernmentId,
    is_caretaker: bool,
) -> Result<(), GovernmentError> {
    allowed(by)?;
    conn.transaction(async |conn| {
        let government = query::lock_government(conn, id).await?.ok_or(GovernmentError::NotFound)?;
        if !government.is_in_office() {
            return Err(GovernmentError::NotInOffice);
        }
        if government.caretaker_from.is_some() == is_caretaker {
            return Ok(());
        }
        let from = if is_caretaker { Some(clock::now(conn).await?) } else { None };
        query::set_caretaker(conn, id, from).await?;
        let entry =
            Entry::new("government.caretaker_set", "government", id.0).with(json!({ "caretaker": is_caretaker }));
        journal::record(conn, by.actor(), [entry]).await?;
        announce(conn, None).await
    })
    .await
}

/// Takes a prepared government away, as if it had never been thought of; the journal knows.
pub async fn discard(conn: &mut AsyncPgConnection, by: &Person, id: GovernmentId) -> Result<(), GovernmentError> {
    allowed(by)?;
    conn.transaction(async |conn| {
        lock_prepared(conn, id).await?;
        query::delete_prepared(conn, id).await?;
        journal::record(conn, by.actor(), [Entry::new("government.discarded", "government", id.0)]).await?;
        Ok(())
    })
    .await
}

/// The minister's staff, as a mandate names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// None.
    None,
    /// An institution that is there, with the name that it takes when the mandate begins, if that is another.
    There(InstitutionId, Option<Texts>),
    /// A new one, which nobody outside knows of before the mandate begins.
    New(Texts),
}

/// A mandate as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenMandate {
    /// Which office.
    pub office_id: OfficeId,
    /// Who holds it.
    pub person_id: PersonId,
    /// The full title; at least one language.
    pub titles: Texts,
    /// The minister's staff.
    pub cell: Cell,
    /// The order of precedence.
    pub position: i32,
    /// In their order.
    pub competences: Vec<CompetenceId>,
}

/// Adds a mandate: to a prepared government, or to the present one, where it begins at once.
pub async fn add_mandate(
    conn: &mut AsyncPgConnection,
    by: &Person,
    government: GovernmentId,
    new: &WrittenMandate,
) -> Result<MandateId, GovernmentError> {
    allowed(by)?;
    conn.transaction(async |conn| add_mandate_within(conn, by.actor(), government, new).await).await
}

/// As [`add_mandate`], inside the caller's transaction, which appends nothing to the log after it.
pub async fn add_mandate_within(
    conn: &mut AsyncPgConnection,
    by: Actor,
    government: GovernmentId,
    new: &WrittenMandate,
) -> Result<MandateId, GovernmentError> {
    let of = query::lock_government(conn, government).await?.ok_or(GovernmentError::NotFound)?;
    if !of.is_prepared() && !of.is_in_office() {
        return Err(GovernmentError::NotInOffice);
    }
    let taken = query::mandates_of(conn, government).await?;
    if taken.iter().any(|held| held.office_id == new.office_id && held.ends_at.is_none()) {
        return Err(GovernmentError::HeldTwice(new.office_id));
    }
    let office = query::offices(conn).await?.into_iter().find(|it| it.id == new.office_id);
    let holder = query::holders(conn).await?.into_iter().find(|it| it.id == new.person_id);
    let (Some(office), Some(holder)) = (office, holder) else { return Err(GovernmentError::NotFound) };
    let row = row(conn, by, new).await?;
    let stem = format!("{}-{}", holder.code, office.code);
    let id = insert_under(conn, government, stem[..stem.len().min(110)].trim_end_matches('-'), &row).await?;
    query::set_competences(conn, id, &new.competences).await?;
    let entry = Entry::new("mandate.added", "mandate", id.0).with(json!({
        "government": government, "office": office.code, "person": holder.code, "policy_cell": row.policy_cell_id,
        "competences": new.competences,
    }));
    journal::record(conn, by, [entry]).await?;
    if of.is_in_office() {
        let at = clock::now(conn).await?;
        if let Some(cell) = row.policy_cell_id {
            query::open_cell(conn, cell, row.cell_names.as_ref()).await?;
        }
        query::start_mandates(conn, &[id], at).await?;
        announce_begun(conn, id, row.policy_cell_id).await?;
    }
    Ok(id)
}

async fn announce_begun(
    conn: &mut AsyncPgConnection,
    id: MandateId,
    cell: Option<InstitutionId>,
) -> Result<(), GovernmentError> {
    let mut tags = tags();
    tags.push(format!("mandate:{id}"));
    tags.extend(cell.map(|cell| format!("institution:{cell}")));
    change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
    Ok(())
}

/// The row of what was written; a new policy cell is made for it.
async fn row(conn: &mut AsyncPgConnection, by: Actor, new: &WrittenMandate) -> Result<MandateRowNew, GovernmentError> {
    let (policy_cell_id, cell_names) = match &new.cell {
        Cell::None => (None, None),
        Cell::There(id, names) => {
            let there = directory::query::institutions_by_id(conn, &[*id]).await?.pop();
            let there = there.filter(|it| it.family == Family::Government).ok_or(GovernmentError::NotFound)?;
            (Some(*id), names.clone().filter(|names| *names != there.names))
        }
        Cell::New(names) => (Some(new_cell(conn, by, names).await?), None),
    };
    Ok(MandateRowNew {
        office_id: new.office_id,
        person_id: new.person_id,
        titles: new.titles.clone(),
        policy_cell_id,
        cell_names,
        position: new.position,
    })
}

/// A policy cell that the public does not know of yet.
async fn new_cell(conn: &mut AsyncPgConnection, by: Actor, names: &Texts) -> Result<InstitutionId, GovernmentError> {
    let stem = code_of(names.text(Lang::En));
    for n in 1..=1_000 {
        let code = slug::candidate(&stem, n);
        if directory::query::institution_by_code(conn, &code).await?.is_some() {
            continue;
        }
        let new = NewInstitution {
            code,
            family: Family::Government,
            names: names.clone(),
            website: None,
            four_eyes: false,
            announced: false,
        };
        return Ok(institutions::institution_within(conn, by, &new).await?);
    }
    Err(GovernmentError::Changed)
}

/// Writes a mandate. Once it has begun, office and person stay: another person is another mandate; and the name of its
/// policy cell is changed on the page of that institution.
pub async fn change_mandate(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MandateId,
    new: &WrittenMandate,
) -> Result<(), GovernmentError> {
    conn.transaction(async |conn| {
        let before = lock(conn, by, id, Action::Governments).await?;
        let mut row = row(conn, by.actor(), new).await?;
        if before.starts_at.is_some() {
            (row.office_id, row.person_id, row.cell_names) = (before.office_id, before.person_id, None);
        } else {
            let others = query::mandates_of(conn, before.government_id).await?;
            if others.iter().any(|other| other.id != id && other.office_id == row.office_id) {
                return Err(GovernmentError::HeldTwice(row.office_id));
            }
        }
        let competences: Vec<CompetenceId> =
            query::competences_of(conn, &[id]).await?.into_iter().map(|(_, it)| it.id).collect();
        query::update_mandate(conn, id, &row).await?;
        query::set_competences(conn, id, &new.competences).await?;
        if before.is_held()
            && let Some(cell) = row.policy_cell_id.filter(|cell| Some(*cell) != before.policy_cell_id)
        {
            query::open_cell(conn, cell, None).await?;
        }
        let entry = Entry::new("mandate.changed", "mandate", id.0).with(json!({
            "titles": (before.titles != row.titles).then_some([&before.titles, &row.titles]),
            "office": (before.office_id != row.office_id).then_some([before.office_id, row.office_id]),
            "person": (before.person_id != row.person_id).then_some([before.person_id, row.person_id]),
            "policy_cell": (before.policy_cell_id != row.policy_cell_id).then_some([before.policy_cell_id, row.policy_cell_id]),
            "position": (before.position != row.position).then_some([before.position, row.position]),
            "competences": (competences != new.competences).then_some([&competences, &new.competences]),
        }));
        journal::record(conn, by.actor(), [entry]).await?;
        if before.starts_at.is_some() { announce(conn, Some(id)).await } else { Ok(()) }
    })
    .await
}

/// Takes a mandate out of a prepared government.
pub async fn remove_mandate(conn: &mut AsyncPgConnection, by: &Person, id: MandateId) -> Result<(), GovernmentError> {
    conn.transaction(async |conn| {
        let mandate = lock(conn, by, id, Action::Governments).await?;
        if mandate.starts_at.is_some() {
            return Err(GovernmentError::Begun);
        }
        query::delete_mandate(conn, id).await?;
        let entry = Entry::new("mandate.removed", "mandate", id.0).with(json!({ "government": mandate.government_id }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Somebody leaves the government: their mandate ends now, and with it who speaks for it and who answers for it. Its
/// policy cell goes on; its releases keep the mandate.
pub async fn end_mandate(conn: &mut AsyncPgConnection, by: &Person, id: MandateId) -> Result<(), GovernmentError> {
    conn.transaction(async |conn| {
        let mandate = lock(conn, by, id, Action::Governments).await?;
        if !mandate.is_held() {
            return Err(GovernmentError::NotInOffice);
        }
        let at = clock::now(conn).await?;
        query::end_spokespersons(conn, &[id], at).await?;
        let contacts = query::end_contacts(conn, &[id], at).await?;
        query::end_mandates(conn, &[id], at).await?;
        let entry = Entry::new("mandate.ended", "mandate", id.0).with(json!({ "contacts": contacts }));
        journal::record(conn, by.actor(), [entry]).await?;
        let mut tags = tags();
        tags.push(format!("mandate:{id}"));
        tags.extend(mandate.policy_cell_id.map(|cell| format!("contacts:{cell}")));
        tags.extend(contacts.iter().map(|contact| format!("contact:{contact}")));
        change::append(conn, [Change::of_site(Kind::Directory, tags)]).await?;
        Ok(())
    })
    .await
}
