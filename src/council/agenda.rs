//! The order of a meeting's decisions, and their way from one meeting to another.
//!
//! Each step locks the meeting first, so that of two at once the second sees what the first did; places are written anew
//! in one statement, without a gap.

use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::error::CouncilError;
use super::model::{ITEMS_MAX, Item, Stage};
use super::{meeting, query};
use crate::account::Person;
use crate::ids::{MeetingId, ReleaseId};
use crate::journal::{self, Entry};

/// Where a decision goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// One place up.
    Up,
    /// One place down.
    Down,
    /// To that place, 1 being the first; beyond the last: the last.
    Place(usize),
}

/// Moves a decision within the agenda of a meeting that is not public. One that is at the end already stays there.
pub async fn put(
    conn: &mut AsyncPgConnection,
    by: &Person,
    id: MeetingId,
    release: ReleaseId,
    to: To,
) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        meeting::lock_open(conn, by, id).await?;
        let items = query::items(conn, id).await?;
        let mut order: Vec<ReleaseId> = items.iter().map(|item| item.release_id).collect();
        let from = order.iter().position(|there| *there == release).ok_or(CouncilError::NotFound)?;
        let target = target(from, order.len(), to);
        if target == from {
            return Ok(());
        }
        let moved = order.remove(from);
        order.insert(target, moved);
        query::set_order(conn, &order).await?;
        let entry = Entry::new("meeting.reordered", "meeting", id.0)
            .with(json!({ "release": release, "from": from + 1, "to": target + 1 }));
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

fn target(from: usize, count: usize, to: To) -> usize {
    let last = count.saturating_sub(1);
    match to {
        To::Up => from.saturating_sub(1),
        To::Down => (from + 1).min(last),
        To::Place(place) => place.saturating_sub(1).min(last),
    }
}

/// Moves a decision that was never public to the end of another meeting's agenda. What was agreed of it stays agreed.
pub async fn move_to(
    conn: &mut AsyncPgConnection,
    by: &Person,
    from: MeetingId,
    release: ReleaseId,
    into: MeetingId,
) -> Result<(), CouncilError> {
    conn.transaction(async |conn| {
        // In the order of the ids, so that two can't wait for each other.
        for id in [from.min(into), from.max(into)] {
            meeting::lock(conn, by, id).await?;
        }
        let target = query::meeting(conn, into).await?.ok_or(CouncilError::NotFound)?;
        let mut items = query::items(conn, from).await?;
        let place = items.iter().position(|item| item.release_id == release).ok_or(CouncilError::NotFound)?;
        if from == into {
            return Ok(());
        }
        match target.stage() {
            Stage::Preparing | Stage::Armed => {}
            Stage::Published => return Err(CouncilError::Published),
            Stage::Cancelled => return Err(CouncilError::Cancelled),
        }
        if !items[place].is_to_come() {
            return Err(CouncilError::Published);
        }
        if query::items(conn, into).await?.len() >= ITEMS_MAX {
            return Err(CouncilError::Changed);
        }
        items.remove(place);
        query::append(conn, into, release).await?;
        query::set_held_back(conn, release, None).await?;
        close_gaps(conn, &items).await?;
        let detail = json!({ "from": from, "into": into });
        let entry = Entry::new("release.moved_to_meeting", "release", release.0).with(detail);
        journal::record(conn, by.actor(), [entry]).await?;
        Ok(())
    })
    .await
}

/// Gives those that are left their places anew; numbers that the public knows come first, and stay.
async fn close_gaps(conn: &mut AsyncPgConnection, items: &[Item]) -> Result<(), CouncilError> {
    let (known, to_come): (Vec<&Item>, Vec<&Item>) = items.iter().partition(|item| !item.is_to_come());
    let order: Vec<ReleaseId> = known.into_iter().chain(to_come).map(|item| item.release_id).collect();
    Ok(query::set_order(conn, &order).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_stays_within_its_agenda() {
        for (from, count, to, expected) in [
            (0, 3, To::Up, 0),
            (2, 3, To::Up, 1),
            (2, 3, To::Down, 2),
            (0, 3, To::Down, 1),
            (0, 1, To::Down, 0),
            (0, 3, To::Place(3), 2),
            (2, 3, To::Place(1), 0),
            (1, 3, To::Place(0), 0),
            (1, 3, To::Place(99), 2),
        ] {
            assert_eq!(target(from, count, to), expected, "{from} of {count}, {to:?}");
        }
    }
}
