//! What goes public when: weeks or a month as a table, and the same for a calendar program (RFC 5545).
//!
//! No address for subscribing to it: a calendar program does not sign in, and a secret address would carry titles under
//! embargo to whoever has it. It is downloaded by who is signed in.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};
use maud::{Markup, html};

use super::home::{monday, titles_read};
use super::query::{self, Row};
use super::rows::{self, Show};
use crate::account::Visit;
use crate::kit::clock::Month;
use crate::kit::context::Context;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::{Keep, page};
use crate::kit::{clock, dates};
use crate::layout::desk::{self, Section};
use crate::paths;

/// How many days the file for a calendar program looks ahead.
const AHEAD: i64 = 92;

/// `GET /desk/calendar?week=2026-11-16`, or `?month=2026-11`; two weeks from this one if nothing is asked.
pub async fn show(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut parameters = Parameters::read(request.query_string())?;
    let week = parameters.take("week", |text| {
        text.parse::<NaiveDate>().ok().filter(|day| (1900..2200).contains(&day.year()) && day.to_string() == text)
    })?;
    let month = parameters.take("month", Month::parse)?;
    parameters.finish()?;
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let zone = ctx.settings.zone;
    let today = dates::day(zone, now);
    let (from, weeks) = match (week, month) {
        (_, Some(month)) => {
            let from = monday(month.first_day());
            let days = (month.next_first_day() - from).num_days();
            (from, u64::try_from(days).unwrap_or_default().div_ceil(7))
        }
        (Some(week), None) => (monday(week), 2),
        (None, None) => (monday(today), 2),
    };
    let mondays: Vec<NaiveDate> = (0..weeks).map(|n| from + Days::new(7 * n)).collect();
    let span = (clock::start_of_day(zone, from), clock::start_of_day(zone, from + Days::new(7 * weeks)));
    let scheduled = query::scheduled(&mut conn, &visit.person, span).await?;
    titles_read(&mut conn, &visit.person, scheduled.iter()).await?;
    drop(conn);
    let show = Show { settings: &ctx.settings, lang: visit.lang, words: visit.words, now };
    let words = visit.words;
    let lang = visit.lang;
    let (title, before, after) = match month {
        Some(month) => {
            let before = Month::of(month.first_day() - Days::new(1));
            let after = Month::of(month.next_first_day());
            (dates::month_heading(lang, month), format!("?month={before}"), format!("?month={after}"))
        }
        None => {
            let last = from + Days::new(13);
            let (first, last) = dates::span(lang, from, last);
            let title = words.calendar_title(first, last);
            (title, format!("?week={}", from - Days::new(14)), format!("?week={}", from + Days::new(14)))
        }
    };
    let actions = html! {
        a.btn href={ (paths::DESK_CALENDAR) (before) } rel="prev" { (words.calendar_before()) }
        a.btn href={ (paths::DESK_CALENDAR) (after) } rel="next" { (words.calendar_after()) }
        a.btn href=(paths::DESK_CALENDAR_ICS) { (words.calendar_file()) }
    };
    let crumb = html! { a href=(paths::DESK) { (words.desk_title()) } };
    let main = html! {
        (desk::page_top(crumb, &title, actions))
        div.gap {
            (self::weeks(&scheduled, &mondays, false, &show))
            p.gap { (words.calendar_count(scheduled.len())) }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Home, main)))
}

/// Weeks as a table, each from its Monday; Saturday and Sunday where something falls on one of them, or if all days are
/// asked for.
pub fn weeks(rows: &[Row], mondays: &[NaiveDate], working_days: bool, show: &Show<'_>) -> Markup {
    let zone = show.settings.zone;
    let today = dates::day(zone, show.now);
    let on =
        |day: NaiveDate| rows.iter().filter(move |row| row.planned_at.is_some_and(|at| dates::day(zone, at) == day));
    let is_busy_weekend = mondays.iter().any(|monday| (5..7).any(|n| on(*monday + Days::new(n)).next().is_some()));
    let days: u64 = if working_days && !is_busy_weekend { 5 } else { 7 };
    let caption = mondays.first().zip(mondays.last()).map(|(first, last)| {
        let last = *last + Days::new(days - 1);
        let (first, last) = dates::span(show.lang, *first, last);
        show.words.calendar_title(first, last)
    });
    html! {
        div.scroll role="region" tabindex="0" aria-label=[caption.as_deref()] {
            table.cal {
                caption.vh { @if let Some(caption) = &caption { (caption) } }
                thead { tr { @for n in 0..days { @if let Some(first) = mondays.first() {
                    th scope="col" { (dates::weekday(show.lang, *first + Days::new(n))) }
                } } } }
                tbody {
                    @for monday in mondays {
                        tr {
                            @for n in 0..days {
                                @let day = *monday + Days::new(n);
                                td.today[day == today] {
                                    span.d {
                                        @if day == today { (show.words.calendar_today()) " " }
                                        time datetime=(day) { (day.day()) @if day.day() == 1 { " " (dates::short_month(show.lang, day)) } }
                                    }
                                    @for row in on(day) { (entry(row, show)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn entry(row: &Row, show: &Show<'_>) -> Markup {
    let zone = show.settings.zone;
    let title = row.title(show.lang);
    html! {
        a href=(paths::of_release(paths::DESK_RELEASE, row.release_id)) {
            @if let Some(at) = row.planned_at {
                time datetime=(dates::machine(zone, at)) { (dates::hour(show.lang, zone, at)) } " "
            }
            @match title {
                Some((of, title)) => span lang=[(of != show.lang).then_some(of)] { (title) },
                None => (rows::number(row)),
            }
        }
    }
}

/// `GET /desk/calendar.ics`: what is scheduled within three months.
pub async fn file(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    Parameters::read(request.query_string())?.finish()?;
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let scheduled = query::scheduled(&mut conn, &visit.person, (now, now + chrono::Duration::days(AHEAD))).await?;
    titles_read(&mut conn, &visit.person, scheduled.iter()).await?;
    let show = Show { settings: &ctx.settings, lang: visit.lang, words: visit.words, now };
    Ok(HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"communique.ics\""))
        .body(calendar(&scheduled, &show)))
}

fn calendar(rows: &[Row], show: &Show<'_>) -> String {
    let host = show.settings.public_url.host_str().unwrap_or("localhost");
    let mut out = String::new();
    for fixed in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Communique//desk//EN", "CALSCALE:GREGORIAN"] {
        line(&mut out, fixed);
    }
    for row in rows {
        let Some(at) = row.planned_at else { continue };
        let title = row.title(show.lang).map_or_else(|| rows::number(row), |(_, title)| title.to_owned());
        line(&mut out, "BEGIN:VEVENT");
        // The same for the same edition, so that a second download moves an event and adds none.
        line(&mut out, &format!("UID:edition-{}@{host}", row.id));
        line(&mut out, &format!("DTSTAMP:{}", instant(show.now)));
        line(&mut out, &format!("DTSTART:{}", instant(at)));
        line(&mut out, "DURATION:PT15M");
        line(&mut out, &format!("SUMMARY:{}", escaped(&title)));
        line(&mut out, &format!("LOCATION:{}", escaped(row.lead.text(show.lang))));
        let url = show.settings.absolute(&paths::of_release(paths::DESK_RELEASE, row.release_id));
        line(&mut out, &format!("URL:{url}"));
        line(&mut out, "CLASS:CONFIDENTIAL");
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn instant(at: DateTime<Utc>) -> String {
    at.format("%Y%m%dT%H%M%SZ").to_string()
}

/// As a value of the kind TEXT (RFC 5545 §3.3.11).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// One line of content, folded at 75 octets between characters (RFC 5545 §3.1).
fn line(out: &mut String, text: &str) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters_and_say_the_same_unfolded() {
        for text in ["short", &"é".repeat(100), &format!("SUMMARY:{}", "mot ".repeat(60))] {
            let mut out = String::new();
            line(&mut out, text);
            assert!(out.ends_with("\r\n"));
            assert!(out.split("\r\n").all(|line| line.len() <= 75), "{out:?}");
            assert_eq!(out.replace("\r\n ", ""), format!("{text}\r\n"));
        }
        assert_eq!(escaped("Eau; gaz, \\ \r\n\u{7}fin"), "Eau\\; gaz\\, \\\\ \\nfin");
    }

    #[test]
    fn a_week_begins_on_its_monday() {
        for (day, expected) in [
            ("2026-11-20", "2026-11-16"),
            ("2026-11-16", "2026-11-16"),
            ("2026-11-22", "2026-11-16"),
            ("2027-01-01", "2026-12-28"),
        ] {
            assert_eq!(monday(day.parse().expect("a day")).to_string(), expected, "{day}");
        }
    }
}
