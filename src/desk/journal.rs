//! Who did what: of the whole site for admins, of one release for whoever may read it.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::NaiveDate;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use crate::account::Visit;
use crate::ids::{AccountId, ReleaseId};
use crate::journal::query::{Read, Wanted};
use crate::journal::{self, Entry, seal};
use crate::kit::context::Context;
use crate::kit::csv;
use crate::kit::web::error::WebError;
use crate::kit::web::{Keep, page};
use crate::kit::{clock, dates};
use crate::layout::desk::{Section, page_top};
use crate::{account, paths};

/// Entries on a page.
const PAGE: i64 = 100;
/// Entries of an export; whoever wants more narrows it by day.
const EXPORT: i64 = 100_000;

/// What the form asks for, as it was typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    person: String,
    action: String,
    object: String,
    day: String,
    before: Option<i64>,
}

impl Asked {
    fn wanted(&self, ctx: &Context) -> Wanted {
        let mut words = self.object.split_whitespace();
        let day = self.day.parse::<NaiveDate>().ok();
        let start = |day| clock::start_of_day(ctx.settings.zone, day);
        Wanted {
            account_id: self.person.trim().parse().ok().map(AccountId),
            action: self.action.trim().to_owned(),
            object: words.next().map(str::to_owned),
            object_id: words.next().and_then(|id| id.parse().ok()),
            from: day.map(start),
            until: day.and_then(|day| day.succ_opt()).map(start),
            before: self.before,
        }
    }

    /// The same question, without its page.
    fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in
            [("person", &self.person), ("action", &self.action), ("object", &self.object), ("day", &self.day)]
        {
            if !value.trim().is_empty() {
                query.append_pair(name, value.trim());
            }
        }
        query.finish()
    }
}

/// `GET /desk/journal`
pub async fn show(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let mut conn = ctx.conn().await?;
    let entries = journal::query::entries(&mut conn, &asked.wanted(&ctx), PAGE).await?;
    let sealed = seal::last(&mut conn).await?;
    let of_person = match asked.person.trim().parse() {
        Ok(id) => account::query::account(&mut conn, AccountId(id)).await?,
        Err(_) => None,
    };
    let query = asked.query();
    let export = with_query(paths::DESK_JOURNAL_CSV, &query, None);
    let content = html! {
        (page_top(html! {}, &words.journal_title(), html! { a.btn href=(export) { (words.journal_export()) } }))
        p { (words.journal_lead()) " "
            @if let Some(seal) = sealed { (words.journal_sealed(at(&ctx, &visit, seal.at))) } }
        form.line method="get" action=(paths::DESK_JOURNAL) {
            div.field {
                label for="person" { (words.journal_person()) " (" (words.journal_number()) ")" }
                input #person name="person" type="text" inputmode="numeric" value=(asked.person) aria-describedby="person-name";
                @if let Some(person) = &of_person { p.hint #person-name { (person.name) } }
            }
            (optional("action", &words.journal_action(), &words.journal_action_hint(), &asked.action))
            (optional("object", &words.journal_object(), &words.journal_object_hint(), &asked.object))
            div.field { label for="day" { (words.journal_day()) } input #day name="day" type="date" value=(asked.day); }
            button { (words.journal_filter()) }
        }
        (table(&ctx, &visit, &entries, true))
        @if let Some(last) = entries.last().filter(|_| entries.len() as i64 == PAGE) {
            p { a href=(with_query(paths::DESK_JOURNAL, &query, Some(last.id))) { (words.journal_earlier()) } }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &words.journal_title(), Section::Site, content)))
}

fn optional(name: &str, label: &str, hint: &str, value: &str) -> Markup {
    html! {
        div.field {
            label for=(name) { (label) }
            p.hint id={ (name) "-hint" } { (hint) }
            input id=(name) name=(name) type="text" value=(value) autocapitalize="none" spellcheck="false" aria-describedby={ (name) "-hint" };
        }
    }
}

/// `GET /desk/releases/{release}/journal`
pub async fn of_release(
    ctx: web::Data<Context>,
    request: HttpRequest,
    release: web::Path<i64>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let words = visit.words;
    let id = ReleaseId(*release);
    let mut conn = ctx.conn().await?;
    let wanted =
        Wanted { object: Some("release".into()), object_id: Some(id.0), before: asked.before, ..Wanted::default() };
    let entries = journal::query::entries(&mut conn, &wanted, PAGE).await?;
    let title = words.journal_of_release(format!("W-{id}"));
    let here = paths::of_release(paths::DESK_RELEASE_JOURNAL, id);
    let content = html! {
        (page_top(html! { a href=(paths::of_release(paths::DESK_RELEASE, id)) { "W-" (id) } }, &title, html! {}))
        p { (words.journal_lead()) }
        // From where somebody worked is nobody's business but the admins'.
        (table(&ctx, &visit, &entries, false))
        @if let Some(last) = entries.last().filter(|_| entries.len() as i64 == PAGE) {
            p { a href=(with_query(&here, "", Some(last.id))) { (words.journal_earlier()) } }
        }
    };
    Ok(page(Keep::Never, visit.page(&ctx, &title, Section::Releases, content)))
}

fn with_query(path: &str, query: &str, before: Option<i64>) -> String {
    let before = before.map(|before| format!("before={before}"));
    let parts: Vec<&str> =
        [query, before.as_deref().unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

fn at(ctx: &Context, visit: &Visit, at: chrono::DateTime<chrono::Utc>) -> String {
    let zone = ctx.settings.zone;
    format!("{}, {}", dates::short(visit.lang, dates::day(zone, at)), dates::hour_in_words(visit.lang, zone, at))
}

fn table(ctx: &Context, visit: &Visit, entries: &[Read], with_addresses: bool) -> Markup {
    let words = visit.words;
    let zone = ctx.settings.zone;
    if entries.is_empty() {
        return html! { p.soft { (words.journal_none()) } };
    }
    html! {
        div.scroll role="region" tabindex="0" aria-label=(words.journal_title()) {
            table.journal {
                thead { tr {
                    th scope="col" { (words.journal_when()) }
                    th scope="col" { (words.journal_who()) }
                    th scope="col" { (words.journal_what()) }
                    th scope="col" { (words.journal_on()) }
                    @if with_addresses { th scope="col" { (words.journal_from()) } }
                    th scope="col" { (words.journal_detail()) }
                } }
                tbody {
                    @for entry in entries {
                        tr {
                            td { time datetime=(dates::machine(zone, entry.at)) { (at(ctx, visit, entry.at)) } }
                            td { (entry.name.as_deref().or(entry.job.as_deref()).unwrap_or_default()) }
                            td { code { (entry.action) } }
                            td { (entry.object) @if let Some(id) = entry.object_id { " " (id) } }
                            @if with_addresses { td { (entry.network.as_deref().unwrap_or_default()) } }
                            td.detail { (detail(&entry.detail)) }
                        }
                    }
                }
            }
        }
    }
}

/// Particulars as `name: value`, one after the other.
fn detail(value: &Value) -> String {
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| match value {
                Value::String(text) => format!("{name}: {text}"),
                other => format!("{name}: {other}"),
            })
            .collect::<Vec<_>>()
            .join("; "),
        other => other.to_string(),
    }
}

/// `GET /desk/journal.csv`: what the page shows, in one table for other programs (RFC 4180).
pub async fn export(
    ctx: web::Data<Context>,
    request: HttpRequest,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let mut conn = ctx.conn().await?;
    let entries = journal::query::entries(&mut conn, &asked.wanted(&ctx), EXPORT).await?;
    // Whoever takes a copy away is in it.
    let entry = Entry::on_site("journal.exported").with(serde_json::json!({ "entries": entries.len() }));
    journal::record(&mut conn, visit.person.actor(), [entry]).await?;
    let mut table = String::from("id,at,account_id,name,job,action,object,object_id,network,detail\r\n");
    for entry in entries {
        let number = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
        let cells = [
            entry.id.to_string(),
            entry.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            number(entry.account_id.map(|id| id.0)),
            entry.name.unwrap_or_default(),
            entry.job.unwrap_or_default(),
            entry.action,
            entry.object,
            number(entry.object_id),
            entry.network.unwrap_or_default(),
            entry.detail.to_string(),
        ];
        table.push_str(&cells.map(|text| csv::cell(&text)).join(","));
        table.push_str("\r\n");
    }
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"journal.csv\""))
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .body(table))
}
