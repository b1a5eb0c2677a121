//! Where an edition stands, as the desk says it everywhere: one shape, one word.

use maud::Markup;

use crate::layout::desk::{Mark, Tone, state};
use crate::phrases::Phrases;
use crate::release::state::{PublicState, State};

/// The word of an edition's state.
pub fn word(words: &Phrases, of: State) -> String {
    match of {
        State::Draft => words.desk_state_draft(),
        State::Submitted => words.desk_state_submitted(),
        State::InValidation => words.desk_state_in_validation(),
        State::Ready => words.desk_state_ready(),
        State::Scheduled => words.desk_state_scheduled(),
        State::Published => words.desk_state_published(),
        State::Superseded => words.desk_state_superseded(),
    }
}

/// Its shape and how pressing it is.
pub fn shape(of: State) -> (Mark, Tone) {
    match of {
        State::Draft => (Mark::Draft, Tone::Mute),
        State::Submitted => (Mark::Submitted, Tone::Warn),
        State::InValidation => (Mark::Validation, Tone::Warn),
        State::Ready => (Mark::Ready, Tone::Ok),
        State::Scheduled => (Mark::Clock, Tone::Now),
        State::Published => (Mark::Published, Tone::Ok),
        State::Superseded => (Mark::Stale, Tone::Mute),
    }
}

/// Where an edition stands: shape and word.
pub fn edition(words: &Phrases, of: State) -> Markup {
    let (mark, tone) = shape(of);
    state(mark, tone, &word(words, of))
}

/// What the public sees of a release: shape and word.
pub fn public(words: &Phrases, of: PublicState) -> Markup {
    let (mark, tone, word) = match of {
        PublicState::NeverPublic => (Mark::Lock, Tone::Mute, words.desk_never_public()),
        PublicState::Public => (Mark::Published, Tone::Ok, words.desk_state_published()),
        PublicState::Withdrawn => (Mark::Withdrawn, Tone::Stop, words.desk_withdrawn()),
        PublicState::Unpublished => (Mark::Withdrawn, Tone::Stop, words.desk_unpublished()),
    };
    state(mark, tone, &word)
}
