//! One's own subscriptions over HTTP: a link opens them, its button binds this device for an hour, and to POST to a part
//! is to do it. Whoever has nothing open here is shown the form that asks for a link, whatever they asked for.

use std::sync::Arc;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{lines, personal, with_status};
use crate::account::rights::Right;
use crate::ids::SubscriptionId;
use crate::kit::clock;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::Address;
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::limit::{self, PerClient};
use crate::kit::web::origin::own_site;
use crate::kit::web::query::Parameters;
use crate::kit::web::routes::{self, Route};
use crate::kit::web::{Keep, page, see_other};
use crate::paths::{self, Word};
use crate::search::Filter;
use crate::subscription::manage::change::{self, Which};
use crate::subscription::manage::link::OpenError;
use crate::subscription::manage::{Holder, address, data, link, session};
use crate::subscription::query;
use crate::subscription::rhythm::Pause;
use crate::subscription::signup::{self, Form};
use crate::subscription::views::manage::{self as views, Mine, Told, Wrong, WrongPause};

/// The pages, in one language of the site each.
pub fn routes(settings: &Settings, limit: &Arc<PerClient>) -> Vec<Route<Right>> {
    settings.languages.iter().copied().flat_map(|lang| of(lang, limit)).collect()
}

fn of(lang: Lang, limit: &Arc<PerClient>) -> Vec<Route<Right>> {
    let limit = Arc::clone(limit);
    let part = |word: Word| paths::managing_part(lang, word);
    let opened = paths::managing_opened(lang, "{token}");
    let proof = paths::managing_address(lang, "{token}");
    vec![
        routes::get(paths::managing(lang), Right::Public, move |ctx, request| show(lang, ctx, request)),
        routes::post(part(paths::MANAGE_LINK), Right::Public, move |ctx, request, fields| {
            create_link(lang, Arc::clone(&limit), ctx, request, fields)
        }),
        routes::get(paths::managing_asked(lang), Right::Public, move |ctx| show_asked(lang, ctx)),
        routes::get(opened.clone(), Right::Public, move |ctx, token| show_opened(lang, ctx, token)),
        routes::post(opened, Right::Public, move |ctx, request, token| create_session(lang, ctx, request, token)),
        routes::post(part(paths::MANAGE_CLOSING), Right::Public, move |ctx, request, fields| {
            delete_session(lang, ctx, request, fields)
        }),
        routes::post(part(paths::MANAGE_LANGUAGES), Right::Public, move |ctx, request, fields| {
            set_languages(lang, ctx, request, fields)
        }),
        routes::post(part(paths::MANAGE_RHYTHM), Right::Public, move |ctx, request, fields| {
            set_rhythm(lang, ctx, request, fields)
        }),
        routes::post(part(paths::MANAGE_PAUSE), Right::Public, move |ctx, request, fields| {
            create_pause(lang, ctx, request, fields)
        }),
        routes::post(part(paths::MANAGE_RESUMPTION), Right::Public, move |ctx, request, fields| {
            create_resumption(lang, ctx, request, fields)
        }),
        routes::post(part(paths::UNSUBSCRIBE), Right::Public, move |ctx, request, fields| {
            create_end(lang, ctx, request, fields)
        }),
        routes::get(part(paths::MANAGE_ADDITION), Right::Public, move |ctx, request| show_addition(lang, ctx, request)),
        routes::post(part(paths::MANAGE_ADDITION), Right::Public, move |ctx, request, fields| {
            create_addition(lang, ctx, request, fields)
        }),
        routes::post(part(paths::MANAGE_ADDRESS), Right::Public, move |ctx, request, fields| {
            create_address(lang, ctx, request, fields)
        }),
        routes::get(proof.clone(), Right::Public, move |ctx, token| show_proof(lang, ctx, token)),
        routes::post(proof, Right::Public, move |ctx, request, token| confirm_address(lang, ctx, request, token)),
        routes::get(part(paths::MANAGE_DATA), Right::Public, move |ctx, request| show_data(lang, ctx, request)),
        routes::get(part(paths::MANAGE_ERASURE), Right::Public, move |ctx, request| show_erasure(lang, ctx, request)),
        routes::post(part(paths::MANAGE_ERASURE), Right::Public, move |ctx, request, fields| {
            create_erasure(lang, ctx, request, fields)
        }),
    ]
}

async fn show(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let told =
        parameters.take("told", |text| Told::ALL.iter().find(|(_, word)| *word == text).map(|(told, _)| *told))?;
    parameters.finish()?;
    match Holder::of(&ctx, &request).await? {
        Some(holder) => Ok(personal(mine(&ctx, lang, &holder, told, &Wrong::default(), None).await?)),
        None => Ok(personal(views::ask(&ctx, lang, "", None))),
    }
}

async fn mine(
    ctx: &Context,
    lang: Lang,
    holder: &Holder,
    told: Option<Told>,
    wrong: &Wrong,
    typed: Option<&Form>,
) -> Result<maud::Markup, WebError> {
    let running = change::running(ctx, holder).await?;
    let lines = lines(ctx, running, lang).await?;
    let choices = signup::choices(ctx).await?;
    let today = today(ctx).await?.to_string();
    Ok(Mine { ctx, lang, holder, lines: &lines, choices: &choices, told, wrong, typed, today }.page())
}

/// By the site's clock and in its zone.
async fn today(ctx: &Context) -> Result<NaiveDate, WebError> {
    let now = clock::now(&mut *ctx.conn().await?).await?;
    Ok(now.with_timezone(&ctx.settings.zone).date_naive())
}

async fn create_link(
    lang: Lang,
    limit: Arc<PerClient>,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    limit.count(&limit::client(&request, &ctx.settings.trusted_proxies))?;
    let typed = fields.get("email");
    match Address::parse(typed) {
        Ok(email) => {
            link::ask(&ctx, email, lang).await?;
            Ok(see_other(&paths::managing_asked(lang)))
        }
        Err(wrong) => Ok(unprocessable(views::ask(&ctx, lang, typed, Some(wrong)))),
    }
}

async fn show_asked(lang: Lang, ctx: web::Data<Context>) -> HttpResponse {
    page(Keep::Public, views::asked(&ctx, lang))
}

async fn show_opened(lang: Lang, ctx: web::Data<Context>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let standing = link::look(&ctx, &token).await?;
    let answer = personal(views::opened(&ctx, lang, &token, standing));
    Ok(if standing == link::Standing::Open { answer } else { with_status(StatusCode::GONE, answer) })
}

async fn create_session(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    match link::open(&ctx, &token).await {
        Ok(opened) => {
            let mut answer = see_other(&paths::managing(lang));
            answer.add_cookie(&session::cookie(&ctx.settings, &opened)).map_err(|_| WebError::NotFound)?;
            Ok(answer)
        }
        Err(OpenError::Void) => {
            let standing = match link::look(&ctx, &token).await? {
                link::Standing::Spent => link::Standing::Spent,
                _ => link::Standing::Void,
            };
            Ok(with_status(StatusCode::GONE, personal(views::opened(&ctx, lang, &token, standing))))
        }
        Err(error) => Err(error.into()),
    }
}

async fn delete_session(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    if let Some(holder) = Holder::of_form(&ctx, &request, fields.get("form_token")).await? {
        query::delete_session(&mut *ctx.conn().await?, &holder.token_hash()).await?;
    }
    let mut answer = see_other(&paths::managing(lang));
    let _ = answer.add_cookie(&session::no_cookie(&ctx.settings));
    answer.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

/// Who sent a form, or the way to a link.
macro_rules! holder {
    ($lang:expr, $ctx:expr, $request:expr, $fields:expr) => {
        match Holder::of_form(&$ctx, &$request, $fields.get("form_token")).await? {
            Some(holder) => holder,
            None => return Ok(see_other(&paths::managing($lang))),
        }
    };
}

fn told(lang: Lang, what: Told) -> HttpResponse {
    let word = Told::ALL.iter().find(|(told, _)| *told == what).map_or("", |(_, word)| *word);
    see_other(&format!("{}?told={word}", paths::managing(lang)))
}

fn which(fields: &Fields) -> Result<Which, WebError> {
    match fields.get("subscription") {
        "" => Ok(Which::All),
        id => id.parse().map(|id| Which::One(SubscriptionId(id))).map_err(|_| WebError::NotFound),
    }
}

fn unprocessable(markup: maud::Markup) -> HttpResponse {
    with_status(StatusCode::UNPROCESSABLE_ENTITY, personal(markup))
}

async fn set_languages(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    let form = Form::of(&fields);
    match form.order(&signup::choices(&ctx).await?) {
        Ok(languages) => {
            change::set_languages(&ctx, &holder, &languages).await?;
            Ok(told(lang, Told::Saved))
        }
        Err(problem) => {
            let wrong = Wrong { problems: vec![problem], ..Wrong::default() };
            Ok(unprocessable(mine(&ctx, lang, &holder, None, &wrong, Some(&form)).await?))
        }
    }
}

async fn set_rhythm(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    let Which::One(id) = which(&fields)? else { return Err(WebError::NotFound) };
    let form = Form::of(&fields);
    match form.rhythm(&signup::choices(&ctx).await?) {
        Ok(rhythm) => {
            change::set_rhythm(&ctx, &holder, id, &rhythm).await?;
            Ok(told(lang, Told::Saved))
        }
        Err(problem) => {
            let wrong = Wrong { of: Some(id.0), problems: vec![problem], ..Wrong::default() };
            Ok(unprocessable(mine(&ctx, lang, &holder, None, &wrong, Some(&form)).await?))
        }
    }
}

/// A pause between two days, both without mail; or what was typed, and which of them is none or in the wrong place.
fn read_pause(settings: &Settings, fields: &Fields, today: NaiveDate, now: DateTime<Utc>) -> Result<Pause, WrongPause> {
    let catch_up = fields.is_ticked("catch_up");
    let wrong = |is_first| WrongPause {
        from: fields.get("from").to_owned(),
        until: fields.get("until").to_owned(),
        catch_up,
        is_first,
    };
    // Further off is a slip of the finger.
    let limit = today.checked_add_days(Days::new(3 * 366)).unwrap_or(NaiveDate::MAX);
    let day = |text: &str, first: NaiveDate| text.parse::<NaiveDate>().ok().filter(|day| (first..=limit).contains(day));
    let from = match fields.get("from") {
        "" => today,
        text => day(text, today).ok_or_else(|| wrong(true))?,
    };
    let until = match fields.get("until") {
        "" => None,
        text => Some(day(text, from).and_then(|day| day.succ_opt()).ok_or_else(|| wrong(false))?),
    };
    let start = |day| clock::start_of_day(settings.zone, day);
    Ok(Pause { from: if from == today { now } else { start(from) }, until: until.map(start), catch_up })
}

async fn create_pause(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    let which = which(&fields)?;
    let now = clock::now(&mut *ctx.conn().await?).await?;
    match read_pause(&ctx.settings, &fields, today(&ctx).await?, now) {
        Ok(pause) => {
            change::pause(&ctx, &holder, which, pause).await?;
            Ok(told(lang, Told::Paused))
        }
        Err(typed) => {
            let of = if let Which::One(id) = which { Some(id.0) } else { None };
            let wrong = Wrong { of, pause: Some(typed), ..Wrong::default() };
            Ok(unprocessable(mine(&ctx, lang, &holder, None, &wrong, None).await?))
        }
    }
}

async fn create_resumption(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    change::resume(&ctx, &holder, which(&fields)?, fields.get("missed") == "yes").await?;
    Ok(told(lang, Told::Resumed))
}

async fn create_end(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    match change::end(&ctx, &holder, which(&fields)?).await {
        // Ended before, from a mail or by another press: that is what was wanted.
        Ok(()) | Err(change::ChangeError::NotFound) => Ok(told(lang, Told::Ended)),
        Err(error) => Err(error.into()),
    }
}

async fn show_addition(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let mut parameters = Parameters::read(request.query_string())?;
    let filter = Filter::take(&mut parameters)?.lasting();
    parameters.finish()?;
    let Some(holder) = Holder::of(&ctx, &request).await? else { return Ok(see_other(&paths::managing(lang))) };
    let choices = signup::choices(&ctx).await?;
    choices.resolve(&filter).ok_or(WebError::NotFound)?;
    let form = Form::offered(&filter, lang, &ctx.settings);
    Ok(personal(views::addition(&ctx, lang, &holder, &choices, &form, &[])))
}

async fn create_addition(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    let choices = signup::choices(&ctx).await?;
    let form = Form::of(&fields);
    match form.check_choice(&choices) {
        Ok((filter, rhythm)) => {
            change::add(&ctx, &holder, &filter, &rhythm, lang).await?;
            Ok(told(lang, Told::Added))
        }
        Err(problems) => Ok(unprocessable(views::addition(&ctx, lang, &holder, &choices, &form, &problems))),
    }
}

async fn create_address(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    let typed = fields.get("email");
    match Address::parse(typed) {
        Ok(to) => {
            address::ask(&ctx, &holder, to, lang).await?;
            Ok(told(lang, Told::AddressAsked))
        }
        Err(wrong) => {
            let wrong = Wrong { address: Some((typed.to_owned(), wrong)), ..Wrong::default() };
            Ok(unprocessable(mine(&ctx, lang, &holder, None, &wrong, None).await?))
        }
    }
}

async fn show_proof(lang: Lang, ctx: web::Data<Context>, token: web::Path<String>) -> Result<HttpResponse, WebError> {
    let standing = address::look(&ctx, &token).await?;
    Ok(proved(&ctx, lang, &token, &standing))
}

async fn confirm_address(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    token: web::Path<String>,
) -> Result<HttpResponse, WebError> {
    own_site(&ctx.settings, &request)?;
    match address::confirm(&ctx, &token, lang).await? {
        address::Standing::Done => Ok(see_other(&paths::managing_address(lang, &token))),
        standing => Ok(proved(&ctx, lang, &token, &standing)),
    }
}

fn proved(ctx: &Context, lang: Lang, token: &str, standing: &address::Standing) -> HttpResponse {
    let status = match standing {
        address::Standing::Open | address::Standing::Done => StatusCode::OK,
        address::Standing::Taken => StatusCode::CONFLICT,
        address::Standing::Void => StatusCode::GONE,
    };
    with_status(status, personal(views::proof(ctx, lang, token, standing)))
}

async fn show_data(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let Some(holder) = Holder::of(&ctx, &request).await? else { return Ok(see_other(&paths::managing(lang))) };
    let data = data::export(&ctx, &holder).await?;
    let text = serde_json::to_string_pretty(&data).map_err(|error| WebError::Internal(error.into()))?;
    Ok(HttpResponse::Ok()
        .content_type("application/json; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, Keep::Never.header()))
        .insert_header((header::CONTENT_DISPOSITION, "attachment; filename=\"subscriptions.json\""))
        .body(text))
}

async fn show_erasure(lang: Lang, ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    match Holder::of(&ctx, &request).await? {
        Some(holder) => Ok(personal(views::erasure(&ctx, lang, &holder))),
        None => Ok(see_other(&paths::managing(lang))),
    }
}

async fn create_erasure(
    lang: Lang,
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let holder = holder!(lang, ctx, request, fields);
    data::erase(&ctx, &holder, fields.is_ticked("never_again")).await?;
    let mut answer = personal(views::erased(&ctx, lang));
    let _ = answer.add_cookie(&session::no_cookie(&ctx.settings));
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;

    #[test]
    fn a_pause_is_between_two_days_of_the_site_s_zone() {
        let settings = Settings::understand(&Source::default()).expect("settings");
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let now = at("2026-11-24T14:00:00Z");
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
        let read = |from: &str, until: &str| {
            read_pause(&settings, &Fields::from([("from", from), ("until", until)]), today, now)
                .map(|pause| (pause.from, pause.until))
        };
        assert_eq!(read("", ""), Ok((now, None)));
        assert_eq!(read("2026-11-24", "2026-11-24"), Ok((now, Some(at("2026-11-24T23:00:00Z")))));
        assert_eq!(
            read("2026-12-24", "2027-01-03"),
            Ok((at("2026-12-23T23:00:00Z"), Some(at("2027-01-03T23:00:00Z"))))
        );
        for (from, until, is_first) in [
            ("2026-11-23", "", true),
            ("2026-12-24", "2026-12-23", false),
            ("24/12/2026", "", true),
            ("", "soon", false),
            ("", "9999-12-31", false),
        ] {
            let wrong = WrongPause { from: from.into(), until: until.into(), catch_up: false, is_first };
            assert_eq!(read(from, until), Err(wrong), "{from} {until}");
        }
    }
}
