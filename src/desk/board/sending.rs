//! What would be sent, and to whom, before it is: each item that waits, whom it asks, what stands in the way.

use maud::{Markup, html};

use crate::account::Visit;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::layout::desk::{Mark, Tone, mark, state};
use crate::paths;
use crate::phrases::language_name;
use crate::validation::board::{Board, Line};
use crate::validation::views::meeting_name;

/// The page. `wrong`: what kept the last press from being done.
pub fn page(ctx: &Context, visit: &Visit, board: &Board, wrong: Option<&str>) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    let waiting = board.to_send();
    let drafts: Vec<&Line> = board
        .drafts()
        .into_iter()
        .filter(|line| !waiting.iter().any(|one| one.item.edition_id == line.item.edition_id))
        .collect();
    let meeting = board.meeting.id;
    let title = words.board_sending_title();
    html! {
        (crate::layout::desk::page_top(html! { a href=(paths::of_meeting(paths::DESK_BOARD, meeting)) { (dates::capital(&meeting_name(lang, &board.meeting))) } }, &title, html! {}))
        @if let Some(wrong) = wrong { (super::views::refused(wrong)) }
        p.standing {
            @match board.meeting.deadline_at {
                Some(at) if board.meeting.silence_agrees => (words.board_sending_silence(dates::hour_in_words(lang, zone, at))),
                Some(at) => (words.board_sending_deadline(dates::hour_in_words(lang, zone, at))),
                None => (words.board_sending_no_deadline()),
            }
        }
        form method="post" action=(paths::of_meeting(paths::DESK_BOARD_ROUND, meeting)) {
            input type="hidden" name="form_token" value=(visit.form_token);
            @if waiting.is_empty() && drafts.is_empty() { p { (words.board_refused_nothing()) } }
            @if !waiting.is_empty() { section.sec aria-labelledby="waiting" { h2 #waiting { (words.board_sending_waiting()) } ul.rows { @for line in &waiting { (row(visit, board, line, true)) } } } }
            @if !drafts.is_empty() { section.sec aria-labelledby="drafts" { h2 #drafts { (words.board_sending_drafts()) } ul.rows {
                // What was in validation and is being changed goes with the rest; what nobody was asked about waits to be chosen.
                @for line in &drafts { (row(visit, board, line, line.lacks.is_empty() && line.places.iter().any(|place| place.request.as_ref().is_some_and(|request| request.asked_at.is_some())))) }
            } } }
            p.acts.apart { button.main { (words.board_sending_send()) } a.btn href=(paths::of_meeting(paths::DESK_BOARD, meeting)) { (words.board_back()) } span.soft { (words.board_sending_hint()) } }
        }
    }
}

fn row(visit: &Visit, board: &Board, line: &Line, ticked: bool) -> Markup {
    let (words, lang) = (visit.words, visit.lang);
    let id = format!("e{}", line.item.edition_id);
    html! {
        li.pick {
            input type="checkbox" #(id) name="edition" value=(line.item.edition_id) checked[ticked];
            div {
                label for=(id) { b { (line.item.position) ". " @if line.titles.0.is_empty() { (words.board_untitled()) } @else { (line.titles.text(lang)) } } }
                @for missing in &line.lacks { p.err { (mark(Mark::Missing)) (words.board_sending_lacks(language_name(*missing, lang))) } }
                @if line.places.is_empty() { p.err.warn { (mark(Mark::Nobody)) (words.board_sending_nobody_proposes()) } }
                @for place in &line.places {
                    @let settled = place.cell.turn() == crate::validation::board::Turn::Done;
                    @let who = board.mandate(place.mandate_id).map(|one| one.offices.text(lang).to_owned()).unwrap_or_default();
                    @let written = board.written_to(place.mandate_id);
                    p {
                        @if settled { (state(Mark::Ok, Tone::Mute, &words.board_sending_settled(who))) }
                        @else if written.is_empty() { (state(Mark::Nobody, Tone::Stop, &words.board_sending_nobody(who))) }
                        @else { (words.board_sending_to(who, written.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", "))) }
                    }
                }
            }
        }
    }
}
