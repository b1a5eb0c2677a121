//! Every SQL statement on the rota.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use diesel::prelude::*;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

use super::Shift;
use crate::ids::{ContactId, InstitutionId};
use crate::kit::clock;
use crate::schema::{contact_points, standby_shifts};

/// The shifts of those contacts that begin on local days from the first up to and without the second, in their order.
pub async fn beginning_within(
    conn: &mut AsyncPgConnection,
    zone: Tz,
    of: &[ContactId],
    from: NaiveDate,
    until: NaiveDate,
) -> QueryResult<Vec<Shift>> {
    let rows: Vec<(ContactId, DateTime<Utc>, DateTime<Utc>, String)> = standby_shifts::table
        .filter(standby_shifts::contact_id.eq_any(of))
        .filter(standby_shifts::starts_at.ge(clock::start_of_day(zone, from)))
        .filter(standby_shifts::starts_at.lt(clock::start_of_day(zone, until)))
        .order((standby_shifts::contact_id, standby_shifts::starts_at))
        .select((standby_shifts::contact_id, standby_shifts::starts_at, standby_shifts::ends_at, standby_shifts::note))
        .load(conn)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(contact_id, starts_at, ends_at, note)| Shift { contact_id, starts_at, ends_at, note })
        .collect())
}

/// Who of those institutions answers now, and until when, by their names.
pub async fn on_duty(
    conn: &mut AsyncPgConnection,
    of: &[InstitutionId],
) -> QueryResult<Vec<(ContactId, String, DateTime<Utc>)>> {
    standby_shifts::table
        .inner_join(contact_points::table.on(contact_points::id.eq(standby_shifts::contact_id)))
        .filter(contact_points::institution_id.eq_any(of))
        .filter(standby_shifts::starts_at.le(clock::site_now()))
        .filter(standby_shifts::ends_at.gt(clock::site_now()))
        .order((contact_points::position, contact_points::id))
        .select((contact_points::id, contact_points::name, standby_shifts::ends_at))
        .load(conn)
        .await
}

/// Takes those shifts away.
pub async fn delete(conn: &mut AsyncPgConnection, shifts: &[&Shift]) -> QueryResult<()> {
    for shift in shifts {
        diesel::delete(
            standby_shifts::table
                .filter(standby_shifts::contact_id.eq(shift.contact_id))
                .filter(standby_shifts::starts_at.eq(shift.starts_at)),
        )
        .execute(conn)
        .await?;
    }
    Ok(())
}

/// Adds them.
pub async fn insert(conn: &mut AsyncPgConnection, shifts: &[&Shift]) -> QueryResult<()> {
    let rows: Vec<_> = shifts
        .iter()
        .map(|shift| {
            (
                standby_shifts::contact_id.eq(shift.contact_id),
                standby_shifts::starts_at.eq(shift.starts_at),
                standby_shifts::ends_at.eq(shift.ends_at),
                standby_shifts::note.eq(&shift.note),
            )
        })
        .collect();
    // Four values a row, 65,535 a statement.
    for chunk in rows.chunks(10_000) {
        diesel::insert_into(standby_shifts::table).values(chunk.to_vec()).execute(conn).await?;
    }
    Ok(())
}

/// Those contacts answer no longer from then on: the shift that runs ends, later ones go.
pub async fn end(conn: &mut AsyncPgConnection, of: &[ContactId], at: DateTime<Utc>) -> QueryResult<()> {
    diesel::delete(
        standby_shifts::table.filter(standby_shifts::contact_id.eq_any(of)).filter(standby_shifts::starts_at.ge(at)),
    )
    .execute(conn)
    .await?;
    diesel::update(
        standby_shifts::table.filter(standby_shifts::contact_id.eq_any(of)).filter(standby_shifts::ends_at.gt(at)),
    )
    .set(standby_shifts::ends_at.eq(at))
    .execute(conn)
    .await
    .map(drop)
}
