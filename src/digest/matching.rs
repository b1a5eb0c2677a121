//! What of a span of announcements is worth telling to whom. No I/O: values in, values out.

use std::collections::{HashMap, HashSet};

use crate::change::Kind;
use crate::ids::{ReleaseId, Sequence};
use crate::kit::lang::Lang;
use crate::release::state::PublicState;

/// An entry of the log that may be told by mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its place in the log.
    pub sequence: Sequence,
    /// What it says.
    pub kind: Kind,
    /// Of which release.
    pub release_id: ReleaseId,
    /// The languages it speaks of.
    pub languages: Vec<Lang>,
}

/// What is laid into a subscriber's delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which announcement.
    pub sequence: Sequence,
    /// Of which release.
    pub release_id: ReleaseId,
    /// Only for those who read one of these languages; empty: for all.
    pub only_languages: Vec<Lang>,
    /// Only for those who had an announcement of this release before.
    pub only_had: bool,
}

/// What a subscription with this cursor is offered, whose filter finds these releases; `present` says how those stand that
/// the door shows.
///
/// Published and withdrawn since the cursor is nothing; a withdrawal is for those who had the release; a language is for
/// those who read it. A correction is for all: who never had the release gets it as a plain item.
pub fn offers<'a>(
    found: &'a HashSet<ReleaseId>,
    cursor: Sequence,
    announcements: &'a [Announcement],
    present: &'a HashMap<ReleaseId, PublicState>,
) -> impl Iterator<Item = Offer> + 'a {
    // In their order: what was considered before is passed over at once.
    let from = announcements.partition_point(|announcement| announcement.sequence <= cursor);
    announcements[from..].iter().filter_map(move |announcement| {
        let state = present.get(&announcement.release_id)?;
        let is_withdrawal = announcement.kind == Kind::Withdrawn;
        // What was said before it was withdrawn, or while it was, no longer holds.
        if is_withdrawal != (*state == PublicState::Withdrawn) || !found.contains(&announcement.release_id) {
            return None;
        }
        let only_languages = match announcement.kind {
            Kind::LanguageAdded => announcement.languages.clone(),
            _ => Vec::new(),
        };
        Some(Offer {
            sequence: announcement.sequence,
            release_id: announcement.release_id,
            only_languages,
            only_had: is_withdrawal,
        })
    })
}

/// How an item stands in a mail; the strongest of what its announcements say (DESIGN §6).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    /// New to this person.
    Plain,
    /// They had it without these languages.
    AlsoIn(Vec<Lang>),
    /// They had it, it was gone, and is back.
    Restored,
    /// They had it before its correction.
    Corrected,
    /// They had it, and it is withdrawn.
    Withdrawn,
}

/// How a release stands in the mail that is about to be sent; none if it is left out.
///
/// `announcements` are those of this release in the delivery; `had_up_to` is the last of its announcements in any other
/// mail that this person got, if any.
pub fn mark(state: PublicState, announcements: &[Announcement], had_up_to: Option<Sequence>) -> Option<Mark> {
    let last = announcements.iter().map(|announcement| announcement.sequence).max()?;
    // A mail that was tried again came after a later one: what it says of this release is old.
    if had_up_to.is_some_and(|had| had > last) {
        return None;
    }
    let had = had_up_to.is_some();
    let says = |kind: Kind| announcements.iter().any(|announcement| announcement.kind == kind);
    match state {
        PublicState::Withdrawn => (had && says(Kind::Withdrawn)).then_some(Mark::Withdrawn),
        PublicState::Public => {
            let announces = announcements.iter().any(|announcement| announcement.kind != Kind::Withdrawn);
            if !announces {
                None
            } else if !had {
                Some(Mark::Plain)
            } else if says(Kind::Corrected) {
                Some(Mark::Corrected)
            } else if says(Kind::Restored) {
                Some(Mark::Restored)
            } else if says(Kind::LanguageAdded) {
                let mut added: Vec<Lang> = announcements
                    .iter()
                    .filter(|announcement| announcement.kind == Kind::LanguageAdded)
                    .flat_map(|announcement| announcement.languages.iter().copied())
                    .collect();
                added.sort();
                added.dedup();
                Some(Mark::AlsoIn(added))
            } else {
                Some(Mark::Plain)
            }
        }
        PublicState::NeverPublic | PublicState::Unpublished => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(sequence: i64, kind: Kind) -> Announcement {
        let languages = if kind == Kind::LanguageAdded { vec![Lang::Nl] } else { vec![Lang::Fr] };
        Announcement { sequence: Sequence(sequence), kind, release_id: ReleaseId(1), languages }
    }

    fn present(state: PublicState) -> HashMap<ReleaseId, PublicState> {
        [(ReleaseId(1), state)].into()
    }

    #[test]
    fn a_span_offers_what_still_holds_at_its_end() {
        use Kind::{Corrected, LanguageAdded, New, Restored, Withdrawn};
        use PublicState::{Public, Withdrawn as Off};
        let found = HashSet::from([ReleaseId(1)]);
        for (what, log, state, cursor, offered) in [
            ("new", vec![said(5, New)], Public, 4, vec![5]),
            ("considered before", vec![said(5, New)], Public, 5, vec![]),
            ("new and corrected", vec![said(5, New), said(6, Corrected)], Public, 4, vec![5, 6]),
            ("the correction alone", vec![said(5, New), said(6, Corrected)], Public, 5, vec![6]),
            ("new and withdrawn", vec![said(5, New), said(6, Withdrawn)], Off, 4, vec![6]),
            ("withdrawn and back", vec![said(5, Withdrawn), said(6, Restored)], Public, 4, vec![6]),
            ("a language", vec![said(5, LanguageAdded)], Public, 4, vec![5]),
        ] {
            let there = present(state);
            let offers: Vec<Offer> = offers(&found, Sequence(cursor), &log, &there).collect();
            assert_eq!(offers.iter().map(|offer| offer.sequence.0).collect::<Vec<_>>(), offered, "{what}");
            assert!(offers.iter().all(|offer| offer.only_had == (state == Off)), "{what}");
        }
        let nowhere = HashMap::new();
        assert_eq!(offers(&found, Sequence(0), &[said(5, New)], &nowhere).count(), 0, "unpublished since");
        let other = HashSet::from([ReleaseId(2)]);
        assert_eq!(offers(&other, Sequence(0), &[said(5, New)], &present(Public)).count(), 0, "not what was asked for");
        let log = [said(5, LanguageAdded)];
        let there = present(Public);
        let added: Vec<Offer> = offers(&found, Sequence(0), &log, &there).collect();
        assert_eq!(added[0].only_languages, [Lang::Nl]);
    }

    #[test]
    fn the_mark_is_the_strongest_that_this_person_can_understand() {
        use Kind::{Corrected, LanguageAdded, New, Restored, Withdrawn};
        use PublicState::{Public, Withdrawn as Off};
        for (what, state, kinds, had, expected) in [
            ("new", Public, vec![New], None, Some(Mark::Plain)),
            ("corrected, never had", Public, vec![Corrected], None, Some(Mark::Plain)),
            ("corrected, had", Public, vec![Corrected], Some(2), Some(Mark::Corrected)),
            ("corrected and added, had", Public, vec![LanguageAdded, Corrected], Some(2), Some(Mark::Corrected)),
            ("added, had", Public, vec![LanguageAdded], Some(2), Some(Mark::AlsoIn(vec![Lang::Nl]))),
            ("added, never had", Public, vec![LanguageAdded], None, Some(Mark::Plain)),
            ("restored, had", Public, vec![Restored], Some(2), Some(Mark::Restored)),
            ("withdrawn, had", Off, vec![Withdrawn], Some(2), Some(Mark::Withdrawn)),
            ("withdrawn, never had", Off, vec![Withdrawn], None, None),
            ("new, withdrawn before it was sent", Off, vec![New], None, None),
            ("withdrawn, back before it was sent", Public, vec![Withdrawn], Some(2), None),
            ("tried again after a later mail told of it", Public, vec![New], Some(99), None),
            ("unpublished", PublicState::Unpublished, vec![New], None, None),
        ] {
            let announcements: Vec<Announcement> = kinds.iter().zip(5..).map(|(kind, n)| said(n, *kind)).collect();
            assert_eq!(mark(state, &announcements, had.map(Sequence)), expected, "{what}");
        }
    }
}
