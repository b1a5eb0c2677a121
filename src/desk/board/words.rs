//! Each state of the board: its shape, its word, how pressing it is. The word of the table is short and is explained below
//! it; the whole one stands in the lists.

use crate::kit::lang::Lang;
use crate::layout::desk::{Mark, Tone};
use crate::phrases::Phrases;
use crate::validation::board::{Cell, Row};
use crate::validation::model::Mandate;

/// All states of a place, in the order of the legend.
pub const CELLS: [Cell; 17] = [
    Cell::Agreed,
    Cell::Suggests,
    Cell::Change,
    Cell::NotOurs,
    Cell::NotConcerned,
    Cell::Deputy,
    Cell::Sent,
    Cell::Opened,
    Cell::Again,
    Cell::Repeated,
    Cell::ToSend,
    Cell::Bounced,
    Cell::Nobody,
    Cell::Ended,
    Cell::Waived,
    Cell::Silence,
    Cell::Forced,
];

/// Its shape and how pressing it is.
pub fn shape(cell: Cell) -> (Mark, Tone) {
    match cell {
        Cell::ToSend => (Mark::Up, Tone::Warn),
        Cell::Nobody | Cell::Ended => (Mark::Nobody, Tone::Stop),
        Cell::Bounced => (Mark::Bounced, Tone::Stop),
        Cell::Sent => (Mark::Sent, Tone::Warn),
        Cell::Opened => (Mark::Opened, Tone::Warn),
        Cell::Again | Cell::Repeated => (Mark::Again, Tone::Warn),
        Cell::Agreed => (Mark::Published, Tone::Ok),
        Cell::Silence => (Mark::Ready, Tone::Ok),
        Cell::Deputy => (Mark::Deputy, Tone::Ok),
        Cell::Suggests => (Mark::Suggest, Tone::Warn),
        Cell::Change => (Mark::Change, Tone::Stop),
        Cell::NotOurs => (Mark::Withdrawn, Tone::Warn),
        Cell::NotConcerned => (Mark::Withdrawn, Tone::Mute),
        Cell::Waived => (Mark::Waived, Tone::Mute),
        Cell::Forced => (Mark::Forced, Tone::Warn),
    }
}

/// Its whole word.
pub fn said(words: &Phrases, cell: Cell) -> String {
    match cell {
        Cell::ToSend => words.board_cell_to_send(),
        Cell::Nobody => words.board_cell_nobody(),
        Cell::Ended => words.board_cell_ended(),
        Cell::Bounced => words.board_cell_bounced(),
        Cell::Sent => words.board_cell_sent(),
        Cell::Opened => words.board_cell_opened(),
        Cell::Again => words.board_cell_again(),
        Cell::Repeated => words.board_cell_repeated(),
        Cell::Agreed => words.board_cell_agreed(),
        Cell::Silence => words.board_cell_silence(),
        Cell::Deputy => words.board_cell_deputy(),
        Cell::Suggests => words.board_cell_suggests(),
        Cell::Change => words.board_cell_change(),
        Cell::NotOurs => words.board_cell_not_ours(),
        Cell::NotConcerned => words.board_cell_not_concerned(),
        Cell::Waived => words.board_cell_waived(),
        Cell::Forced => words.board_cell_forced(),
    }
}

/// The short word of the table; agreement has none on sight.
pub fn short(words: &Phrases, cell: Cell) -> Option<String> {
    Some(match cell {
        Cell::Agreed => return None,
        Cell::ToSend => words.board_short_to_send(),
        Cell::Nobody => words.board_short_nobody(),
        Cell::Ended => words.board_short_ended(),
        Cell::Bounced => words.board_short_bounced(),
        Cell::Sent => words.board_short_sent(),
        Cell::Opened => words.board_short_opened(),
        Cell::Again => words.board_short_again(),
        Cell::Repeated => words.board_short_repeated(),
        Cell::Silence => words.board_short_silence(),
        Cell::Deputy => words.board_short_deputy(),
        Cell::Suggests => words.board_short_suggests(),
        Cell::Change => words.board_short_change(),
        Cell::NotOurs | Cell::NotConcerned => words.board_short_not_ours(),
        Cell::Waived => words.board_short_waived(),
        Cell::Forced => words.board_short_forced(),
    })
}

/// A row: shape, how pressing, word, and its class in strip and table.
pub fn row(words: &Phrases, row: Row) -> (Mark, Tone, String, &'static str) {
    match row {
        Row::Unsent => (Mark::Draft, Tone::Mute, words.board_row_unsent(), "unsent"),
        Row::Blocked => (Mark::Change, Tone::Stop, words.board_row_blocked(), "block"),
        Row::Waiting => (Mark::Clock, Tone::Warn, words.board_row_waiting(), "wait"),
        Row::Ready => (Mark::Ready, Tone::Ok, words.board_row_ready(), "ready"),
        Row::Public => (Mark::Published, Tone::Mute, words.board_row_public(), "public"),
        Row::Out => (Mark::Pause, Tone::Mute, words.board_row_out(), "out"),
    }
}

/// The head of a column: the first word of the office that tells it apart, cut to what fits; its whole name stands beside.
pub fn column(lang: Lang, mandate: &Mandate) -> String {
    let name = mandate.offices.text(lang);
    let is_common = |word: &str| {
        let word = word.to_lowercase();
        ["minist", "staatssekret", "secrétair", "staatssecret", "secretar", "vice", "premi", "eerst", "deputy", "prime"]
            .iter()
            .any(|common| word.starts_with(common))
    };
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3 && *word != "voor").collect();
    let word = words.iter().find(|word| !is_common(word)).or(words.first()).copied().unwrap_or(name);
    if word.chars().count() > COLUMN { word.chars().take(COLUMN - 1).chain(['.']).collect() } else { word.to_owned() }
}

/// The most characters of a column's head.
const COLUMN: usize = 8;
