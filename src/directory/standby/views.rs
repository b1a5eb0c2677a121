//! A week of the rota in the desk: a grid of contacts and days that is typed from cell to cell.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use maud::{Markup, html};

use super::hours::{self, Span};
use super::lines::{MOST, Wrong};
use super::rota::{self, Days, WEEKS_MOST};
use crate::directory::contact::{Channel, ContactPoint, Owner};
use crate::directory::handlers::Wrongs;
use crate::ids::ContactId;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::desk;
use crate::layout::desk::parts::described_by;
use crate::paths;
use crate::phrases::Phrases;

/// All that the page of a week shows.
pub struct WeekPage<'a> {
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its forms bring back.
    pub form_token: &'a str,
    /// Whose rota it is.
    pub owner: Owner,
    /// What that is called.
    pub owner_name: &'a str,
    /// The first day of the week.
    pub monday: NaiveDate,
    /// The day that it is.
    pub today: NaiveDate,
    /// Who may answer.
    pub contacts: &'a [(ContactPoint, Vec<Channel>)],
    /// What is planned.
    pub days: &'a Days,
    /// What was typed and not taken, by the name of the field.
    pub typed: &'a BTreeMap<String, String>,
    /// What was pasted and not taken.
    pub lines: &'a str,
    /// What is wrong with it.
    pub wrongs: &'a Wrongs,
}

/// The field of a contact's day, Monday being 0.
pub fn cell_id(contact: ContactId, day: usize) -> String {
    format!("day-{contact}-{day}")
}

/// What is wrong with a pasted line.
pub fn line_wrong(words: &Phrases, number: usize, wrong: Wrong) -> String {
    match wrong {
        Wrong::Parts => words.standby_line_parts(number),
        Wrong::Day => words.standby_line_day(number),
        Wrong::Hours => words.standby_line_hours(number),
        Wrong::Contact => words.standby_line_contact(number),
        Wrong::Overlap => words.standby_line_overlap(number),
        Wrong::TooMany => words.standby_line_many(MOST),
    }
}

/// The week: the grid first, then what fills many weeks at once.
pub fn week(it: &WeekPage<'_>) -> Markup {
    let (lang, words) = (it.lang, it.words);
    let address = it.owner.address(paths::DESK_STANDBY);
    let of_week = |monday: NaiveDate| format!("{address}?week={monday}");
    let wrong = |id: &str| it.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let hidden = html! {
        input type="hidden" name="form_token" value=(it.form_token);
        input type="hidden" name="week" value=(it.monday);
    };
    let sunday = rota::later(it.monday, 6);
    html! {
        (desk::page_top(html! { a href=(it.owner.page()) { (it.owner_name) } }, &words.standby_title(), html! {
            a.btn href=(of_week(rota::earlier(it.monday, 7))) rel="prev" { (words.standby_before()) }
            a.btn href=(address) { (words.standby_this()) }
            a.btn href=(of_week(rota::later(it.monday, 7))) rel="next" { (words.standby_after()) }
        }))
        (desk::error(&words.form_wrong(it.wrongs.len()), it.wrongs))
        @if it.contacts.is_empty() { p.gap { (words.standby_nobody()) } } @else {
            form.gap method="post" action=(address) {
                (hidden)
                p #rota-hint { (words.standby_hint()) }
                div.scroll.gap role="region" tabindex="0" aria-labelledby="rota" {
                    table.grid.rota {
                        caption #rota { (words.standby_week(dates::full(lang, it.monday), dates::full(lang, sunday))) }
                        thead { tr {
                            th scope="col" { (words.standby_who()) }
                            @for n in 0..7 {
                                @let day = rota::later(it.monday, n);
                                th scope="col" id={ "day-" (n) } aria-current=[(day == it.today).then_some("date")] {
                                    (dates::capital(dates::weekday(lang, day))) br; (dates::day_and_month(lang, day))
                                }
                            }
                        } }
                        tbody {
                            @for (point, _) in it.contacts {
                                tr {
                                    th scope="row" id={ "who-" (point.id) } { (point.name) }
                                    @for n in 0..7_usize {
                                        @let id = cell_id(point.id, n);
                                        @let spans: Vec<Span> = it.days.get(&(point.id, rota::later(it.monday, n as u64)))
                                            .into_iter().flatten().map(|planned| planned.span).collect();
                                        @let value = it.typed.get(&id).cloned().unwrap_or_else(|| hours::written(&spans));
                                        td {
                                            input id=(id) name=(id) value=(value) maxlength="60" autocomplete="off" inputmode="text"
                                                aria-labelledby={ "who-" (point.id) " day-" (n) }
                                                aria-invalid=[wrong(&id).map(|_| "true")]
                                                aria-describedby=[described_by(&id, false, wrong(&id).is_some()).or_else(|| Some("rota-hint".to_owned()))];
                                            @if let Some(wrong) = wrong(&id) { (desk::field_error(&id, wrong)) }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                div.acts.gap {
                    button.main name="act" value="save" { (words.standby_save()) }
                    button name="act" value="copy" formnovalidate { (words.standby_copy()) }
                }
            }
            div.home {
                div { (desk::section("repeat", &words.standby_repeat_title(), html! {}, html! {
                    form.form method="post" action=(address) {
                        (hidden)
                        p { (words.standby_repeat_what()) }
                        (desk::field("weeks", &words.standby_weeks(), None, wrong("weeks"), html! {
                            input #weeks name="weeks" type="number" min="1" max=(WEEKS_MOST) value="4" required
                                aria-invalid=[wrong("weeks").map(|_| "true")] aria-describedby=[described_by("weeks", false, wrong("weeks").is_some())];
                        }))
                        div.acts { button name="act" value="repeat" { (words.standby_repeat()) } }
                    }
                })) }
                div { (desk::section("paste", &words.standby_paste_title(), html! {}, html! {
                    form.form method="post" action=(address) {
                        (hidden)
                        (desk::field("lines", &words.standby_lines(), Some(&words.standby_lines_hint()), wrong("lines"), html! {
                            textarea #lines name="lines" rows="6" spellcheck="false" required
                                aria-invalid=[wrong("lines").map(|_| "true")] aria-describedby=[described_by("lines", true, wrong("lines").is_some())] { (it.lines) }
                        }))
                        div.acts { button name="act" value="lines" { (words.standby_paste()) } }
                    }
                })) }
            }
        }
    }
}
