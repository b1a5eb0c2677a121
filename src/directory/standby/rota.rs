//! Writes the rota: days of contacts, whole weeks, a week repeated. What was planned for those days before goes; what is
//! the same stays, with its note.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Days as Count, NaiveDate};
use chrono_tz::Tz;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::hours::Span;
use super::{Shift, query};
use crate::account::Person;
use crate::directory::contact::Owner;
use crate::directory::settings::{self, DirectoryError, Home};
use crate::ids::ContactId;
use crate::journal::{self, Entry};

/// The most weeks that a week is repeated into.
pub const WEEKS_MOST: u32 = 52;

/// Hours of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// From and until.
    pub span: Span,
    /// What journalists are told besides.
    pub note: String,
}

/// What is planned for which contact on which day; an empty list empties the day.
pub type Days = BTreeMap<(ContactId, NaiveDate), Vec<Planned>>;

/// Why the rota stays as it was.
#[derive(Debug, thiserror::Error)]
pub enum RotaError {
    /// A contact would answer twice at once: the first shift runs into the next day's. Who, and on which day.
    #[error("shifts overlap")]
    Overlap(ContactId, NaiveDate),
    /// Not theirs, or not there.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    /// A statement failed.
    #[error("database")]
    Db(#[from] diesel::result::Error),
}

impl From<RotaError> for crate::kit::web::error::WebError {
    fn from(error: RotaError) -> Self {
        match error {
            RotaError::Directory(error) => error.into(),
            RotaError::Db(error) => error.into(),
            overlap => Self::Conflict(Box::new(overlap)),
        }
    }
}

/// The Monday of the week that a day is in.
pub fn monday(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Count::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

/// A day some days later.
pub fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Count::new(days)).unwrap_or(day)
}

/// A day some days before.
pub fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Count::new(days)).unwrap_or(day)
}

/// Plans those days anew.
pub async fn plan(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    of: Owner,
    days: &Days,
) -> Result<(), RotaError> {
    conn.transaction(async |conn| {
        let home = settings::lock_home(conn, by, of).await?;
        plan_within(conn, zone, by, home, days, json!({})).await
    })
    .await
}

/// Plans the week after `from` and those that follow it, `weeks` of them, like the week that begins on the Monday `from`.
pub async fn repeat(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    of: Owner,
    from: NaiveDate,
    weeks: u32,
) -> Result<(), RotaError> {
    let weeks = weeks.clamp(1, WEEKS_MOST);
    conn.transaction(async |conn| {
        let home = settings::lock_home(conn, by, of).await?;
        let contacts = crate::directory::query::contact_order(conn, home).await?;
        let pattern = week(conn, zone, &contacts, from).await?;
        let mut days = Days::new();
        for week in 1..=u64::from(weeks) {
            for contact in &contacts {
                for day in 0..7 {
                    let planned = pattern.get(&(*contact, later(from, day))).cloned().unwrap_or_default();
                    days.insert((*contact, later(from, week * 7 + day)), planned);
                }
            }
        }
        plan_within(conn, zone, by, home, &days, json!({ "repeats": from, "weeks": weeks })).await
    })
    .await
}

/// What is planned in the week that begins on that Monday.
pub async fn week(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    contacts: &[ContactId],
    monday: NaiveDate,
) -> Result<Days, diesel::result::Error> {
    let mut days = Days::new();
    for shift in query::beginning_within(conn, zone, contacts, monday, later(monday, 7)).await? {
        if let Some((day, span)) = Span::of(zone, shift.starts_at, shift.ends_at) {
            days.entry((shift.contact_id, day)).or_default().push(Planned { span, note: shift.note });
        }
    }
    Ok(days)
}

async fn plan_within(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    by: &Person,
    home: Home,
    days: &Days,
    detail: serde_json::Value,
) -> Result<(), RotaError> {
    let own: BTreeSet<ContactId> = crate::directory::query::contact_order(conn, home).await?.into_iter().collect();
    if days.keys().any(|(contact, _)| !own.contains(contact)) {
        return Err(DirectoryError::NotFound.into());
    }
    let (Some(first), Some(last)) = (days.keys().map(|(_, day)| *day).min(), days.keys().map(|(_, day)| *day).max())
    else {
        return Ok(());
    };
    let contacts: Vec<ContactId> =
        days.keys().map(|(contact, _)| *contact).collect::<BTreeSet<_>>().into_iter().collect();
    // From the day before on: a night shift reaches into the first.
    let near =
        query::beginning_within(conn, zone, &contacts, first.pred_opt().unwrap_or(first), later(last, 2)).await?;
    let on = |shift: &Shift| shift.starts_at.with_timezone(&zone).date_naive();
    let (before, kept): (Vec<Shift>, Vec<Shift>) =
        near.into_iter().partition(|shift| days.contains_key(&(shift.contact_id, on(shift))));
    let mut after: Vec<Shift> = Vec::new();
    for ((contact_id, day), planned) in days {
        for it in planned {
            let (starts_at, ends_at) = it.span.on(zone, *day);
            // An hour that summer time skips is no hour.
            if ends_at > starts_at {
                let same = before
                    .iter()
                    .find(|old| old.contact_id == *contact_id && old.starts_at == starts_at && old.ends_at == ends_at);
                let note = if it.note.is_empty() { same.map(|old| old.note.clone()) } else { None };
                let note = note.unwrap_or_else(|| it.note.clone());
                after.push(Shift { contact_id: *contact_id, starts_at, ends_at, note });
            }
        }
    }
    let mut whole: Vec<&Shift> = kept.iter().chain(&after).collect();
    whole.sort_by_key(|shift| (shift.contact_id, shift.starts_at));
    let clash =
        whole.windows(2).find(|pair| pair[0].contact_id == pair[1].contact_id && pair[0].ends_at > pair[1].starts_at);
    if let Some(pair) = clash {
        return Err(RotaError::Overlap(pair[1].contact_id, on(pair[1])));
    }
    let gone: Vec<&Shift> = before.iter().filter(|old| !after.contains(old)).collect();
    let new: Vec<&Shift> = after.iter().filter(|it| !before.contains(it)).collect();
    if gone.is_empty() && new.is_empty() {
        return Ok(());
    }
    query::delete(conn, &gone).await?;
    query::insert(conn, &new).await?;
    let changed: BTreeSet<ContactId> = gone.iter().chain(&new).map(|shift| shift.contact_id).collect();
    let changed: Vec<ContactId> = changed.into_iter().collect();
    let mut told = json!({
        "institution": home.institution_id, "mandate": home.mandate_id, "from": first, "until": last,
        "contacts": changed, "added": new.len(), "removed": gone.len(),
    });
    if let (Some(told), Some(more)) = (told.as_object_mut(), detail.as_object()) {
        told.extend(more.clone());
    }
    let entry = Entry::new("standby.planned", "institution", home.institution_id.0).with(told);
    journal::record(conn, by.actor(), [entry]).await?;
    settings::announce_standby(conn, home, &changed).await?;
    Ok(())
}
