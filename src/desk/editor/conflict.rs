//! A text that met another: both are shown, with what differs, and neither is lost.

use chrono_tz::Tz;
use maud::{Markup, html};
use serde_json::Value;

use crate::account::Visit;
use crate::kit::dates;
use crate::layout::desk::{Mark, mark};
use crate::release::draft::{Field, Saved};

/// What stands above the field: whose text is in it, one's own beside it, and the choice.
pub fn block(visit: &Visit, zone: Tz, field: Field, mine: &Value, theirs: &Saved) -> Markup {
    let words = visit.words;
    let who = theirs.by.clone().unwrap_or_else(|| words.editor_nobody());
    let at = dates::hour_in_words(visit.lang, zone, theirs.at);
    html! {
        div.met role="group" data-conflict=(field) aria-label=(words.editor_conflict()) {
            p.err { (mark(Mark::Change)) (words.editor_conflict_said(at, who)) }
            @if let Some(mine) = mine.as_str() {
                p.lab { (words.editor_conflict_mine()) }
                div.mine lang=[field.lang()] { (mine) }
            }
            div.acts {
                button name="action" value={ "mine:" (field) } data-choice="mine" { (words.editor_conflict_take_mine()) }
                button name="action" value={ "theirs:" (field) } data-choice="theirs" { (words.editor_conflict_take_theirs()) }
            }
        }
    }
}
