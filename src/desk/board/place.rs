//! One mandate's say about one item: what they answered and when, a suggestion as a tracked difference, and everything the
//! Chancellery can do about it. What ends somebody's say stands apart, asks for a reason, and says what follows.

use maud::{Markup, html};

use super::words as shown;
use crate::account::Visit;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::layout::desk::{page_top, state};
use crate::paths;
use crate::phrases::language_name;
use crate::validation::asked::Texts;
use crate::validation::board::{Board, Cell, Line, Place};
use crate::validation::mails;
use crate::validation::model::{Answer, Mandate, REASON_MAX, Say};
use crate::validation::views::{languages, meeting_name, minister};

/// What the page needs.
pub struct Of<'a> {
    /// The meeting.
    pub board: &'a Board,
    /// The item.
    pub line: &'a Line,
    /// The place.
    pub place: &'a Place,
    /// Their last word's text as they read it.
    pub read: &'a Texts,
    /// All their answers, the newest first.
    pub answers: &'a [Answer],
    /// Who else could be asked about the item.
    pub others: &'a [Mandate],
    /// What kept the last press from being done.
    pub wrong: Option<&'a str>,
    /// The press that was refused.
    pub act: &'a str,
    /// The reason that was typed with it.
    pub reason: &'a str,
}

/// The page.
pub fn page(ctx: &Context, visit: &Visit, of: &Of<'_>) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    let (board, line, place) = (of.board, of.line, of.place);
    let meeting = board.meeting.id;
    let here = paths::board_place(meeting, line.item.edition_id, place.mandate_id);
    let Some(mandate) = board.mandate(place.mandate_id) else { return html! {} };
    let (shape, tone) = shown::shape(place.cell);
    let title = words.board_place_title(line.item.position, mandate.offices.text(lang));
    let written = board.written_to(place.mandate_id);
    let deputies = board.deputies(place.mandate_id);
    let last = place
        .last
        .as_ref()
        .filter(|last| place.request.as_ref().is_some_and(|request| request.answer_id == Some(last.id)));
    let token = || html! { input type="hidden" name="form_token" value=(visit.form_token); };
    // What was typed comes back where it was typed, and nowhere else.
    let is_wrong = |act: &str| of.wrong.is_some() && of.act == act;
    let why = |act: &str| {
        let id = format!("{act}-reason");
        html! {
            div.field.bad[is_wrong(act)] {
                label for=(id) { (words.board_reason()) }
                textarea id=(id) name="reason" rows="2" maxlength=(REASON_MAX) aria-invalid=[is_wrong(act).then_some("true")] {
                    @if is_wrong(act) { (of.reason) }
                }
            }
        }
    };
    let is_open = line.item.is_open();
    html! {
        (page_top(html! { a href=(paths::of_meeting(paths::DESK_BOARD, meeting)) { (dates::capital(&meeting_name(lang, &board.meeting))) } }, &title, html! {}))
        @if let Some(wrong) = of.wrong { (super::views::refused(wrong)) }
        div.standing {
            p.lg { b { (line.titles.text(lang)) } }
            p { (minister(lang, mandate)) " · " (state(shape, tone, &shown::said(words, place.cell)))
                @if let Some(at) = place.at { ", " (dates::hour_in_words(lang, zone, at)) } }
            @if let Some(reason) = place.request.as_ref().and_then(|request| request.reason.as_ref()) { p { (words.board_because(reason.as_str())) } }
            @for one in &written {
                p { (one.name) ", " a href={ "mailto:" (one.email) } { (one.email) }
                    @if let Some(phone) = &one.phone { ", " a href={ "tel:" (phone.replace(' ', "")) } { (phone) } } }
            }
            @if written.is_empty() && mandate.is_current { p.err { (words.board_nobody_hint()) } }
        }
        @if let Some(last) = last.filter(|last| is_open && last.say != Say::Agree && last.accepted.is_none()) {
            section.sec aria-labelledby="said" {
                h2 #said { (mails::say(words, last.say)) span.soft { (last.by) ", " (dates::hour_in_words(lang, zone, last.at)) } }
                @if let Some(reason) = &last.reason { p.lg { q { (reason) } } }
                @if last.say == Say::Suggest {
                    div.two {
                        @for own in languages(lang, of.read) {
                            @if let (Some(old), Some(new)) = (of.read.get(&own), last.suggested().get(&own)) {
                                div { h3 { (dates::capital(&language_name(own, lang))) }
                                    (super::views::tracked(own, [&old.title, &old.lead, &old.body], [&new.title, &new.lead, &new.body])) }
                            }
                        }
                    }
                }
                form.form method="post" action=(here) {
                    (token()) input type="hidden" name="answer" value=(last.id);
                    div.acts {
                        @if last.say == Say::Suggest {
                            button.main name="act" value="accept" { (words.board_accept()) }
                            @if line.places.len() > 1 { button name="act" value="accept-send" { (words.board_accept_send()) } }
                        }
                        @if last.say == Say::None { button.main name="act" value="confirm" { (words.board_confirm()) } }
                        @if last.say == Say::Change { button.main name="act" value="edit" { (words.board_edit()) } }
                    }
                }
                details open[is_wrong("refuse")] {
                    summary { (words.board_refuse()) }
                    form.form method="post" action=(here) { (token()) input type="hidden" name="answer" value=(last.id);
                        (why("refuse")) button name="act" value="refuse" { (words.board_refuse_button()) } }
                }
            }
        }
        @if is_open {
            section.sec aria-labelledby="again" {
                h2 #again { (words.board_write_again()) }
                div.acts {
                    @if matches!(place.cell, Cell::Sent | Cell::Opened | Cell::Again | Cell::Repeated | Cell::Bounced) && !written.is_empty() {
                        form method="post" action=(here) { (token()) button name="act" value="resend" { (words.board_resend()) } }
                    }
                    @for one in &written {
                        form method="post" action=(here) { (token()) input type="hidden" name="email" value=(one.email); button name="act" value="revoke" { (words.board_revoke(one.name.as_str())) } }
                    }
                    @if mandate.is_current { a.btn href=(paths::of_mandate(paths::DESK_SPOKESPERSONS, mandate.id)) { (words.board_other_address()) } }
                }
                @if !deputies.is_empty() {
                    form.line.gap method="post" action=(here) {
                        (token())
                        div.field { label for="deputy" { (words.board_deputy()) } select #deputy name="spokesperson" { @for one in &deputies { option value=(one.id) { (one.name) } } } }
                        div.field { label for="until" { (words.board_until()) } input #until type="datetime-local" name="until"; }
                        button name="act" value="delegate" { (words.board_delegate()) }
                    }
                    p.soft { (words.board_delegate_hint()) }
                }
            }
            section.apart aria-labelledby="rule" {
                h2 #rule { (words.board_rule()) }
                @if matches!(place.cell, Cell::Waived | Cell::Forced) {
                    form.form method="post" action=(here) { (token()) (why("ask")) button name="act" value="ask" { (words.board_ask_after_all()) } }
                } @else {
                    details open[is_wrong("waive")] { summary { (words.board_waive()) } p { (words.board_waive_hint()) }
                        form.form method="post" action=(here) { (token()) (why("waive")) button.danger name="act" value="waive" { (words.board_waive_button()) } } }
                    @if !matches!(place.cell, Cell::ToSend) && place.cell.turn() != crate::validation::board::Turn::Done {
                        details open[is_wrong("force")] { summary { (words.board_force()) } p { (words.board_force_hint()) }
                            form.form method="post" action=(here) { (token()) (why("force")) button.danger name="act" value="force" { (words.board_force_button()) } } }
                    }
                }
            }
        }
        @if is_open && !of.others.is_empty() {
            section.apart aria-labelledby="more" {
                h2 #more { (words.board_add(line.item.position)) }
                form.form method="post" action=(paths::of_item(paths::DESK_BOARD_ADDITION, meeting, line.item.edition_id)) {
                    (token())
                    div.field { label for="add-mandate" { (words.board_add_who()) }
                        select #add-mandate name="mandate" { @for other in of.others { option value=(other.id) { (minister(lang, other)) } } } }
                    div.field { label for="add-reason" { (words.board_reason()) } textarea #add-reason name="reason" rows="2" maxlength=(REASON_MAX) {} }
                    button { (words.board_add_button()) }
                }
            }
        }
        section.sec aria-labelledby="all" {
            h2 #all { (words.board_all_answers()) }
            @if of.answers.is_empty() { p.soft { (words.board_no_answers()) } }
            ol.rows {
                @for answer in of.answers {
                    li {
                        p { b { (mails::said(words, answer)) } ", " (answer.by) ", " time datetime=(dates::machine(zone, answer.at)) { (dates::hour_to_the_second(lang, zone, answer.at)) } }
                        @if let Some(reason) = &answer.reason { p { q { (reason) } } }
                        @if let Some(fate) = mails::fate(words, answer) { p.soft { (fate) } }
                        @if let Some(accepted) = answer.accepted { p.soft { @if accepted { (words.board_accepted()) } @else { (words.board_refused(answer.reply.as_deref().unwrap_or_default())) } } }
                        p.soft.code { (mails::hashes(answer)) }
                    }
                }
            }
        }
    }
}
