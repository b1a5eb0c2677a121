//! The board: the sentence and the clocks, one box an item, whose turn it is, the table. Parts that change carry an id and
//! `data-live`: `static/board.js` puts their new content in place and moves nothing.

use maud::{Markup, html};

use super::words::{self as shown, CELLS};
use crate::account::Visit;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::layout::desk::{Mark, mark, state};
use crate::paths;
use crate::phrases::Phrases;
use crate::release::difference;
use crate::release::difference::word_difference;
use crate::validation::board::{Board, Cell, Line, Place, Row, Turn};
use crate::validation::model::{Answer, Fate, Say};
use crate::validation::views::meeting_name;

/// The whole main part. `may`: whether whoever looks may do something, too.
pub fn board(ctx: &Context, visit: &Visit, board: &Board, may: bool) -> Markup {
    let (words, lang) = (visit.words, visit.lang);
    let meeting = board.meeting.id;
    html! {
        main.bd.wall #main tabindex="-1" data-events=(paths::of_meeting(paths::DESK_BOARD_EVENTS, meeting)) data-now=(board.now.timestamp()) {
            div.bd-head {
                div {
                    p.crumb { a href=(format!("/desk/meetings/{meeting}")) { (dates::capital(&meeting_name(lang, &board.meeting))) }
                        " · " span #bd-crumb data-live { (words.board_crumb(board.lines.len(), i64::from(board.rounds))) } }
                    h1 #bd-sentence data-live { (sentence(visit, board)) }
                }
                (clocks(ctx, visit, board))
            }
            h2.vh { (words.board_agenda()) }
            ol.strip #bd-strip data-live {
                @for line in &board.lines { (strip(words, line)) }
            }
            div.line.apart-ends {
                ul.key #bd-key data-live aria-label=(words.board_key_strip()) {
                    li { span.st.ok { (mark(Mark::Ready)) } " " (words.board_key_ready(board.count(Row::Ready))) }
                    li { span.st.warn { (mark(Mark::Clock)) } " " (words.board_key_waiting(board.count(Row::Waiting))) }
                    li { span.st.stop { (mark(Mark::Change)) } " " (words.board_key_blocked(board.count(Row::Blocked))) }
                }
                p.soft { span.now #bd-live hidden { (mark(Mark::Live)) " " b { (words.board_live()) } ", " } span #bd-at data-live { (dates::hour_to_the_second(lang, ctx.settings.zone, board.now)) } " · "
                    a href=(paths::of_meeting(paths::DESK_BOARD, meeting)) { (words.board_reload()) } }
            }
            @if may { div #bd-send data-live { (send_bar(words, board)) } }
            div.bd-body {
                div.turns {
                    section.sec aria-labelledby="us" { h2 #us { (words.board_ours()) span.soft #bd-us-count data-live { (words.board_ours_count(count(board, &[Turn::Ours, Turn::OursToDecide]))) } }
                        div #bd-us data-live { (ours(ctx, visit, board, may)) } }
                    section.sec aria-labelledby="them" {
                        h2 #them { (words.board_theirs()) span.soft #bd-them-count data-live { (words.board_theirs_count(count(board, &[Turn::Theirs]))) } }
                        div #bd-them data-live {
                            (theirs(ctx, visit, board, may))
                            @let waiting = waiting(board);
                            @if may && waiting > 0 {
                                form.acts method="post" action=(paths::of_meeting(paths::DESK_BOARD_REMINDER, meeting)) {
                                    input type="hidden" name="form_token" value=(visit.form_token);
                                    button { (words.board_remind(waiting)) } span.soft { (words.board_remind_hint()) }
                                }
                            }
                        }
                        h3.sec-h #log { (words.board_latest()) }
                        div role="log" aria-labelledby="log" { ol.feed #bd-log data-live { (latest(ctx, visit, board)) } }
                    }
                }
                div.mx-wrap {
                    div.scroll role="region" aria-label=(words.board_table()) tabindex="0" #bd-table data-live { (table(ctx, visit, board, may)) }
                    ul.key aria-label=(words.board_key_table()) {
                        @for cell in CELLS { li { (mark(shown::shape(cell).0)) " " (shown::said(words, cell)) } }
                    }
                }
            }
        }
    }
}

fn count(board: &Board, turns: &[Turn]) -> usize {
    board
        .lines
        .iter()
        .filter(|line| {
            line.item.is_open()
                && line.row != Row::Unsent
                && line.places.iter().any(|place| turns.contains(&place.cell.turn()))
        })
        .count()
}

/// How many mandates have still to answer.
fn waiting(board: &Board) -> usize {
    board
        .mandates
        .iter()
        .filter(|mandate| {
            board.lines.iter().any(|line| {
                line.item.is_open() && line.place(mandate.id).is_some_and(|place| place.cell.turn() == Turn::Theirs)
            })
        })
        .count()
}

fn sentence(visit: &Visit, board: &Board) -> Markup {
    let words = visit.words;
    let (blocked, waiting) = (board.count(Row::Blocked), board.count(Row::Waiting));
    let (unsent, ready) = (board.count(Row::Unsent), board.count(Row::Ready));
    let is_forced = |line: &&Line| line.item.is_open() && line.places.iter().any(|place| place.cell == Cell::Forced);
    let forced = board.lines.iter().filter(is_forced).count();
    html! {
        @if board.lines.is_empty() { (words.board_says_empty()) }
        @else if board.meeting.published_at.is_some() { (words.board_says_public(board.count(Row::Public))) }
        @else {
            @if blocked > 0 { span.stop { (words.board_says_blocked(blocked)) } ", " }
            @if waiting > 0 { (words.board_says_waiting(waiting)) ", " }
            @if unsent > 0 { (words.board_says_unsent(unsent)) ", " }
            @if forced > 0 { (words.board_says_forced(forced)) ", " }
            (words.board_says_ready(ready))
        }
    }
}

fn clocks(ctx: &Context, visit: &Visit, board: &Board) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    let is_past = |at: chrono::DateTime<chrono::Utc>| at <= board.now;
    let left = |at: chrono::DateTime<chrono::Utc>, past: String| {
        let minutes = (at - board.now).num_minutes();
        let said = match minutes {
            _ if is_past(at) => past.clone(),
            0 => words.board_minutes_none(),
            ..180 => words.board_minutes(minutes),
            180..2880 => words.board_hours(minutes / 60),
            _ => words.board_days(minutes / 1440),
        };
        let is_soon = minutes < 180;
        html! { span data-until=[is_soon.then(|| at.timestamp())] data-none=(words.board_minutes_none()) data-past=(past) { (said) } }
    };
    html! {
        dl.clock #bd-clocks data-live {
            @if let Some(at) = board.meeting.deadline_at {
                div { dt { (words.board_deadline(dates::hour_in_words(lang, zone, at))) }
                    dd.stop[at - board.now < chrono::Duration::minutes(10)] { (left(at, words.board_deadline_past()))
                        small { @if board.meeting.silence_agrees { (words.board_then_silence()) } @else { (words.board_then_escalate()) } } } }
            }
            @if let Some(at) = board.meeting.planned_at {
                div { dt { (words.board_planned(dates::hour_in_words(lang, zone, at))) }
                    dd { (left(at, words.board_planned_past()))
                        small { @if is_past(at) && board.meeting.published_at.is_none() { a href=(paths::of_meeting(paths::DESK_MEETING_PUBLICATION, board.meeting.id)) { (words.board_publish_now()) } }
                            @else if board.meeting.armed_at.is_some() { (words.board_armed()) } @else { (words.board_not_armed()) } } } }
            }
        }
    }
}

fn strip(words: &Phrases, line: &Line) -> Markup {
    let (shape, tone, said, class) = shown::row(words, line.row);
    let number = line.item.position;
    html! {
        li { a.(class).(tone.class()) href={ "#d" (number) } { span.vh { (words.board_item()) " " } (number) " " (mark(shape)) span.vh { ", " (said) } } }
    }
}

fn send_bar(words: &Phrases, board: &Board) -> Markup {
    let waiting = board.to_send().len();
    let drafts = board.drafts().len();
    html! {
        @if board.meeting.cancelled_at.is_none() && (waiting > 0 || drafts > 0) {
            p.acts.note { a.btn.main href=(paths::of_meeting(paths::DESK_BOARD_ROUND, board.meeting.id)) {
                    @if waiting > 0 { (words.board_send(waiting)) } @else { (words.board_send_drafts()) } }
                span.soft { @if waiting > 0 && drafts > 0 { (words.board_send_and_drafts(drafts)) } @else { (words.board_send_hint()) } } }
        }
    }
}

/// Whom one waits for: each member of the government once, with the items and how far they got.
fn theirs(ctx: &Context, visit: &Visit, board: &Board, may: bool) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    let waits = |mandate| -> Vec<(&Line, &Place)> {
        let lines = board.lines.iter().filter(|line| line.item.is_open() && line.row != Row::Unsent);
        lines
            .filter_map(|line| Some((line, line.place(mandate)?)))
            .filter(|(_, place)| place.cell.turn() == Turn::Theirs)
            .collect()
    };
    html! {
        @if board.mandates.iter().all(|mandate| waits(mandate.id).is_empty()) { p.soft { (words.board_nothing()) } }
        @for mandate in &board.mandates {
            @let all = waits(mandate.id);
            @let written = board.written_to(mandate.id);
            @if let Some((first, _)) = all.first() {
                article.blk.whole {
                    div {
                        h3.t { (mandate.offices.text(lang)) @if !written.is_empty() { span.soft { ", " (written.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")) } } }
                        ul.figs {
                            @for (line, place) in &all {
                                @let (shape, tone) = shown::shape(place.cell);
                                li { a href={ "#d" (line.item.position) } { (line.item.position) } " " (state(shape, tone, &shown::said(words, place.cell)))
                                    @if let Some(at) = place.at { " " time datetime=(dates::machine(zone, at)) { (dates::hour(lang, zone, at)) } } }
                            }
                        }
                        div.acts {
                            @if may { a.btn href=(paths::board_place(board.meeting.id, first.item.edition_id, mandate.id)) { (words.board_act_more()) } }
                            @for one in &written { @if let Some(phone) = &one.phone {
                                a.btn href={ "tel:" (phone.replace(' ', "")) } { (mark(Mark::Phone)) (phone) }
                            } }
                        }
                    }
                }
            }
        }
    }
}

/// The places in which it is the Chancellery's turn, the most pressing first.
fn ours(ctx: &Context, visit: &Visit, board: &Board, may: bool) -> Markup {
    let words = visit.words;
    let mut all: Vec<(&Line, &Place)> = board
        .lines
        .iter()
        .filter(|line| line.item.is_open() && line.row != Row::Unsent)
        .flat_map(|line| line.places.iter().map(move |place| (line, place)))
        .filter(|(_, place)| matches!(place.cell.turn(), Turn::Ours | Turn::OursToDecide))
        .collect();
    all.sort_by_key(|(line, place)| (place.cell.turn() != Turn::Ours, line.item.position));
    html! {
        @if all.is_empty() { p.soft { (words.board_nothing()) } }
        @for (line, place) in all { (turn(ctx, visit, board, line, place, may)) }
    }
}

fn turn(ctx: &Context, visit: &Visit, board: &Board, line: &Line, place: &Place, may: bool) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    let (shape, tone) = shown::shape(place.cell);
    let mandate = board.mandate(place.mandate_id);
    let who = mandate.map(|mandate| mandate.offices.text(lang).to_owned()).unwrap_or_default();
    let written = board.written_to(place.mandate_id);
    let here = paths::board_place(board.meeting.id, line.item.edition_id, place.mandate_id);
    html! {
        article.blk {
            p.n.(tone.class()) { (line.item.position) }
            div {
                h3.t { (line.titles.text(lang)) }
                p.why {
                    (state(shape, tone, &words.board_who_what(who, shown::said(words, place.cell))))
                    @if let Some(at) = place.at { " " time datetime=(dates::machine(zone, at)) { (dates::hour(lang, zone, at)) } }
                    @if let Some(last) = place.last.as_ref().filter(|_| matches!(place.cell, Cell::Change | Cell::NotOurs | Cell::Suggests)) {
                        @if let Some(reason) = &last.reason { ", " q { (reason) } }
                        @if last.say == Say::Suggest { " " (words.board_suggests_in(last.suggested().keys().map(|lang| lang.code().to_uppercase()).collect::<Vec<_>>().join(", "))) }
                        " " (last.by)
                    } @else if !written.is_empty() { ". " (written.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ")) }
                }
                div.acts {
                    @if may { a.btn href=(here) { (action(words, place.cell)) } }
                    @for one in &written { @if let Some(phone) = &one.phone {
                        a.btn href={ "tel:" (phone.replace(' ', "")) } { (mark(Mark::Phone)) (phone) }
                    } }
                    @if may && matches!(place.cell, Cell::Change) {
                        form method="post" action=(paths::of_item(paths::DESK_BOARD_EDITING, board.meeting.id, line.item.edition_id)) {
                            input type="hidden" name="form_token" value=(visit.form_token);
                            button { (words.board_edit()) }
                        }
                    }
                }
            }
        }
    }
}

/// What the way to a place is called.
fn action(words: &Phrases, cell: Cell) -> String {
    match cell {
        Cell::Suggests => words.board_act_suggestion(),
        Cell::Change => words.board_act_change(),
        Cell::NotOurs => words.board_act_confirm(),
        _ => words.board_act_more(),
    }
}

/// What they did, as the log tells it.
fn did(words: &Phrases, answer: &Answer) -> String {
    match (answer.say, answer.fate) {
        (Say::Change, Fate::Public) => words.board_log_remark(),
        (Say::Agree, _) => words.board_log_agree(),
        (Say::Suggest, _) => words.board_log_suggest(),
        (Say::Change, _) => words.board_log_change(),
        (Say::None, _) => words.board_log_none(),
    }
}

fn latest(ctx: &Context, visit: &Visit, board: &Board) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    html! {
        @for (position, mandate, answer) in &board.latest {
            li { time datetime=(dates::machine(zone, answer.at)) { (dates::hour(lang, zone, answer.at)) } " "
                span { (words.board_log(board.mandate(*mandate).map(|one| one.offices.text(lang)).unwrap_or_default(), did(words, answer), *position)) } }
        }
    }
}

fn table(ctx: &Context, visit: &Visit, board: &Board, may: bool) -> Markup {
    let (words, lang, zone) = (visit.words, visit.lang, ctx.settings.zone);
    html! {
        table.mx {
            caption { (words.board_caption()) }
            colgroup { col.w-no; col; col.w-st; @for _ in &board.mandates { col.w-c; } }
            thead { tr {
                th scope="col" { span.vh { (words.board_item()) } }
                th scope="col" { (words.board_column_title()) }
                th scope="col" { (words.board_column_state()) }
                @for mandate in &board.mandates {
                    @let missing = board.missing(mandate.id).len();
                    th scope="col" {
                        abbr title={ (mandate.offices.text(lang)) ", " (mandate.person) } { (shown::column(lang, mandate)) }
                        @if missing > 0 { span.soft { (missing) } } @else { span.ok { (mark(Mark::Ok)) span.vh { (words.board_column_done()) } } }
                    }
                }
            } }
            tbody {
                @for line in &board.lines {
                    @let (shape, tone, said, class) = shown::row(words, line.row);
                    tr #{ "d" (line.item.position) } .{ "r-" (class) } {
                        td.no { (line.item.position) }
                        th scope="row" { a href=(paths::of_release(paths::DESK_RELEASE, line.item.release_id)) { @if line.titles.0.is_empty() { (words.board_untitled()) } @else { (line.titles.text(lang)) } } }
                        td { (state(shape, tone, &said)) }
                        @for mandate in &board.mandates {
                            @match line.place(mandate.id) {
                                None => td.c {},
                                Some(place) => {
                                    @let (shape, tone) = shown::shape(place.cell);
                                    @let pressing = match place.cell.turn() { _ if !line.item.is_open() || line.row == Row::Unsent => "", Turn::Ours => "block", Turn::OursToDecide => "ours", Turn::Done => "", Turn::Theirs => "wait" };
                                    td.c.(pressing) {
                                        @let inside = html! {
                                            (mark(shape)) @if let Some(at) = place.at { " " time datetime=(dates::machine(zone, at)) { (dates::hour(lang, zone, at)) } }
                                            @match shown::short(words, place.cell) { Some(word) => span.w aria-hidden="true" { (word) }, None => "" }
                                            span.vh { " " (shown::said(words, place.cell)) }
                                        };
                                        @if may { a.cell.(tone.class()) href=(paths::board_place(board.meeting.id, line.item.edition_id, mandate.id)) { (inside) } }
                                        @else { span.cell.(tone.class()) { (inside) } }
                                    }
                                },
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The difference of a suggestion, field by field, in one language.
pub fn tracked(lang: crate::kit::lang::Lang, old: [&str; 3], new: [&str; 3]) -> Markup {
    html! {
        @for place in 0..2 {
            p.tx.h[place == 0] lang=(lang) { (word_difference(&difference::words(old[place], new[place]))) }
        }
        div.tx {
            @for stretch in difference::paragraphs(old[2], new[2]) {
                @match stretch {
                    difference::Stretch::Same(paragraphs) => { @for paragraph in paragraphs { p.pre.soft lang=(lang) { (paragraph) } } },
                    difference::Stretch::Changed(pieces) => p.pre lang=(lang) { (word_difference(&pieces)) },
                }
            }
        }
    }
}

/// A notice after something was done.
pub fn done(said: &str) -> Markup {
    html! { p.said-ok role="status" { (said) } }
}

/// What was refused.
pub fn refused(said: &str) -> Markup {
    html! { div.errors role="alert" tabindex="-1" autofocus { p.err { (mark(Mark::Change)) (said) } } }
}
