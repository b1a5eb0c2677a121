//! How the mail is doing, for its readers: the next sending, the last ones, and whether all left. Whoever misses a mail
//! looks here before they write to anybody.

use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Utc};
use maud::{Markup, html};

use crate::digest::query::{self, LastRun};
use crate::digest::slot;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::query::Parameters;
use crate::kit::web::{self as web_answer, Keep};
use crate::kit::{clock, dates};
use crate::layout::public::{Frame, Section, page};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// Sendings that are shown: those of about two days.
const SHOWN: i64 = 6;
/// A slot that has come is opened within seconds; after that somebody is told that it is late.
const LATE_S: i64 = 120;

/// `GET /fr/etat-des-envois`. Nobody keeps it: it speaks of now.
pub async fn show(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    Parameters::read(request.query_string())?.finish()?;
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?;
    let runs = query::last_runs(&mut conn, SHOWN).await?;
    let considered = query::considered_up_to(&mut conn).await?;
    drop(conn);
    let settings = &ctx.settings;
    let words = phrases(lang);
    let latest = slot::last(settings, now);
    let is_late = considered.is_some_and(|considered| considered < latest) && (now - latest).num_seconds() > LATE_S;
    let title = words.mailings_status_title();
    let main = html! {
        h1 { (title) }
        p.lead { (words.mailings_status_lead()) }
        p {
            @if is_late { strong { (words.mailings_status_late(at(settings, lang, latest))) } }
            @else { (words.mailings_next(at(settings, lang, slot::next(settings, now)))) }
        }
        section.sec aria-labelledby="last" {
            h2 #last { (words.mailings_runs()) }
            @if runs.is_empty() { p { (words.mailings_status_none()) } } @else {
                div.scroll role="region" tabindex="0" aria-label=(words.mailings_runs()) {
                    table {
                        thead { tr {
                            th scope="col" { (words.mailings_status_slot()) }
                            th scope="col" { (words.mailings_status_mails()) }
                            th scope="col" { (words.mailings_status_done()) }
                        } }
                        tbody { @for run in &runs { (row(settings, lang, words, run)) } }
                    }
                }
            }
        }
        p { a href=(paths::subscribe(lang, "")) { (words.nav_subscribe()) } }
    };
    let frame = Frame {
        settings,
        demo: ctx.demo,
        lang,
        title,
        section: Some(Section::Subscribe),
        translations: settings.languages.iter().map(|of| (*of, paths::mailings(*of))).collect(),
        indexed: false,
        feeds: Vec::new(),
        head: html! {},
    };
    Ok(web_answer::page(Keep::Never, page(&frame, main)))
}

fn at(settings: &Settings, lang: Lang, at: DateTime<Utc>) -> String {
    let zone = settings.zone;
    format!("{}, {}", dates::full(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at))
}

fn row(settings: &Settings, lang: Lang, words: &Phrases, run: &LastRun) -> Markup {
    let mails = i64::from(run.deliveries);
    let done = match (run.finished_at, run.accepted) {
        _ if mails == 0 => words.mailings_status_nothing_new(),
        (Some(finished), Some(accepted)) => {
            let hour = dates::hour_in_words(lang, settings.zone, finished);
            words.mailings_status_accepted(i64::from(accepted), hour, dates::number(lang, i64::from(accepted)))
        }
        _ => words.mailings_goes_on(),
    };
    html! {
        tr {
            th scope="row" { time datetime=(dates::machine(settings.zone, run.due_at)) { (at(settings, lang, run.due_at)) } }
            td { (dates::number(lang, mails)) }
            td { (done) }
        }
    }
}
