//! Where an edition and its release stand, and every legal move (DESIGN §3). These two tables are the whole workflow;
//! the database repeats them, and a test holds the two together.

use crate::text_enum;

text_enum! {
    /// Where an edition stands between its first line and the public site.
    pub enum State {
        /// Being written.
        Draft = "draft",
        /// Handed in; whoever sends it on reads it.
        Submitted = "submitted",
        /// Spokespersons are asked.
        InValidation = "in_validation",
        /// Nothing is missing.
        Ready = "ready",
        /// Goes public at its planned instant by itself.
        Scheduled = "scheduled",
        /// What the public reads, or read until the release was taken off.
        Published = "published",
        /// A later edition stands in its place.
        Superseded = "superseded",
    }
}

text_enum! {
    /// What the public can see of a release.
    pub enum PublicState {
        /// Nothing: as what never existed.
        NeverPublic = "never_public",
        /// Everything.
        Public = "public",
        /// The text under a notice with the reason.
        Withdrawn = "withdrawn",
        /// The reason only.
        Unpublished = "unpublished",
    }
}

/// A step of an edition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Its author hands it in.
    Submit,
    /// It goes back to its author, with a reason.
    SendBack,
    /// Spokespersons are asked.
    AskForValidation,
    /// Nothing is missing any more.
    MakeReady,
    /// It gets its instant.
    Schedule,
    /// It loses its instant.
    Unschedule,
    /// Somebody who had agreed no longer does.
    TakeBack,
    /// Its text is taken up again.
    Revise,
    /// The public reads it.
    Publish,
    /// A later edition takes its place.
    Supersede,
}

/// A step of a release towards or away from the public.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicMove {
    /// For the first time.
    Publish,
    /// Stays readable under a notice.
    Withdraw,
    /// Is taken off.
    Unpublish,
    /// Comes back.
    Restore,
}

/// A step that is not open in that state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IllegalMove {
    /// Of an edition.
    #[error("an edition that is {from} cannot {step:?}")]
    Edition {
        /// Where it stands.
        from: State,
        /// What was asked.
        step: Move,
    },
    /// Of a release.
    #[error("a release that is {from} cannot {step:?}")]
    Release {
        /// Where it stands.
        from: PublicState,
        /// What was asked.
        step: PublicMove,
    },
}

impl State {
    /// The state that `step` leads to. Nothing else sets a state.
    pub fn after(self, step: Move) -> Result<State, IllegalMove> {
        match (self, step) {
            (State::Draft, Move::Submit) => Ok(State::Submitted),
            (State::Submitted | State::InValidation, Move::SendBack) => Ok(State::Draft),
            (State::Submitted, Move::AskForValidation) => Ok(State::InValidation),
            (State::Submitted | State::InValidation, Move::MakeReady) => Ok(State::Ready),
            (State::Ready, Move::Schedule) => Ok(State::Scheduled),
            (State::Scheduled, Move::Unschedule) => Ok(State::Ready),
            (State::Ready, Move::TakeBack) => Ok(State::InValidation),
            (State::Ready | State::Scheduled, Move::Revise) => Ok(State::Draft),
            (State::Ready | State::Scheduled, Move::Publish) => Ok(State::Published),
            (State::Published, Move::Supersede) => Ok(State::Superseded),
            (from, step) => Err(IllegalMove::Edition { from, step }),
        }
    }

    /// Whether its text can be written.
    pub fn is_open_for_writing(self) -> bool {
        self == State::Draft
    }
}

impl PublicState {
    /// The state that `step` leads to.
    pub fn after(self, step: PublicMove) -> Result<PublicState, IllegalMove> {
        match (self, step) {
            (PublicState::NeverPublic, PublicMove::Publish) => Ok(PublicState::Public),
            (PublicState::Public, PublicMove::Withdraw) => Ok(PublicState::Withdrawn),
            (PublicState::Public, PublicMove::Unpublish) => Ok(PublicState::Unpublished),
            (PublicState::Withdrawn | PublicState::Unpublished, PublicMove::Restore) => Ok(PublicState::Public),
            (from, step) => Err(IllegalMove::Release { from, step }),
        }
    }
}

impl Move {
    /// All steps, for whoever walks the table.
    pub const ALL: [Move; 10] = [
        Move::Submit,
        Move::SendBack,
        Move::AskForValidation,
        Move::MakeReady,
        Move::Schedule,
        Move::Unschedule,
        Move::TakeBack,
        Move::Revise,
        Move::Publish,
        Move::Supersede,
    ];
}

impl PublicMove {
    /// All steps, for whoever walks the table.
    pub const ALL: [PublicMove; 4] =
        [PublicMove::Publish, PublicMove::Withdraw, PublicMove::Unpublish, PublicMove::Restore];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edition_reaches_the_public_only_through_ready() {
        for from in State::ALL {
            let may = from.after(Move::Publish).is_ok();
            assert_eq!(may, matches!(from, State::Ready | State::Scheduled), "{from}");
        }
    }

    #[test]
    fn nothing_leaves_superseded_and_nothing_becomes_never_public() {
        assert!(Move::ALL.iter().all(|step| State::Superseded.after(*step).is_err()));
        for from in PublicState::ALL {
            for step in PublicMove::ALL {
                assert_ne!(from.after(step).ok(), Some(PublicState::NeverPublic));
            }
        }
    }
}
