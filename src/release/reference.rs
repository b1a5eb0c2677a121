//! The number of a release: `2026-0417`, taken in the transaction of its first publication, so that no gap tells of
//! something secret (DESIGN §4).

use chrono::{DateTime, Datelike, Utc};
use chrono_tz::Tz;
use diesel::QueryResult;
use diesel::sql_types::Integer;
use diesel_async::{AsyncPgConnection, RunQueryDsl};

#[derive(diesel::QueryableByName)]
struct Last {
    #[diesel(sql_type = Integer)]
    last: i32,
}

/// The next `count` references of the year in which `at` falls in the site's zone, in their order.
pub async fn take(conn: &mut AsyncPgConnection, zone: Tz, at: DateTime<Utc>, count: usize) -> QueryResult<Vec<String>> {
    let Ok(count @ 1..) = i32::try_from(count) else { return Ok(Vec::new()) };
    let year = at.with_timezone(&zone).year();
    let Last { last } = diesel::sql_query(
        "INSERT INTO reference_counters (year, last) VALUES ($1, $2)
         ON CONFLICT (year) DO UPDATE SET last = reference_counters.last + excluded.last RETURNING last",
    )
    .bind::<Integer, _>(year)
    .bind::<Integer, _>(count)
    .get_result(conn)
    .await?;
    Ok((last - count + 1..=last).map(|number| format!("{year}-{number:04}")).collect())
}
