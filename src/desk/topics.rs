//! The thematic vocabulary over HTTP: add, rename in every language, merge.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use maud::{Markup, html};

use super::merging;
use crate::account::Visit;
use crate::directory::handlers::{Wrongs, in_each_language, line, texts};
use crate::directory::{self, Topic, topics};
use crate::ids::TopicId;
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::web::error::WebError;
use crate::kit::web::form::Fields;
use crate::kit::web::{Keep, page, see_other};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Section};
use crate::paths;
use crate::phrases::Phrases;
use crate::search::filter;

/// The most characters of a name.
const NAME_MAX: usize = 100;

/// `GET /desk/topics`
pub async fn list(ctx: web::Data<Context>, request: HttpRequest) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    let form = Form { code: String::new(), names: Texts::default(), wrongs: Wrongs::new() };
    list_page(&ctx, &visit, &form).await
}

struct Form {
    code: String,
    names: Texts,
    wrongs: Wrongs,
}

impl Form {
    /// `is_new`: with its code.
    fn read(fields: &Fields, languages: &[Lang], is_new: bool, words: &Phrases) -> Self {
        let mut wrongs = Wrongs::new();
        let names = texts(fields, "name", line).unwrap_or_default();
        for lang in languages {
            let wrong = match names.0.get(lang).map(|name| name.chars().count()) {
                None => Some(words.topics_wrong_name()),
                Some(length) if length > NAME_MAX => Some(words.directory_wrong_long(NAME_MAX)),
                Some(_) => None,
            };
            wrongs.extend(wrong.map(|wrong| (format!("name-{lang}"), wrong)));
        }
        let code = fields.get("code").to_owned();
        let is_code =
            filter::code(&code).is_some() && !code.starts_with('-') && !code.ends_with('-') && !code.contains("--");
        if is_new && !is_code {
            wrongs.push(("code".into(), words.topics_wrong_code()));
        }
        Self { code, names, wrongs }
    }

    fn status(&self) -> StatusCode {
        if self.wrongs.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

async fn list_page(ctx: &Context, visit: &Visit, form: &Form) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let all = directory::query::topics(&mut conn).await?;
    drop(conn);
    let (lang, words) = (visit.lang, visit.words);
    let title = words.topics_title();
    let wrong = form.wrongs.iter().find(|(field, _)| field == "code").map(|(_, wrong)| wrong.as_str());
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_SITE) { (words.desk_nav_site()) } }, &title, html! {}))
        (desk::error(&words.form_wrong(form.wrongs.len()), &form.wrongs))
        div.home {
            div { (desk::section("all", &words.topics_all(all.len()), html! {}, html! {
                ul.rows {
                    @for topic in &all {
                        li {
                            p.t { a href=(of_topic(paths::DESK_TOPIC, topic.id)) { (topic.names.text(lang)) } }
                            p.soft { (topic.code) " · " (in_other_languages(topic, &ctx.settings.languages, lang)) }
                        }
                    }
                }
            })) }
            div { (desk::section("new", &words.topics_new(), html! {}, html! {
                form.form method="post" action=(paths::DESK_TOPICS) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    (names(&ctx.settings.languages, lang, words, form))
                    (desk::field("code", &words.topics_code(), Some(&words.topics_code_hint()), wrong, html! {
                        input #code name="code" value=(form.code) maxlength="80" required autocapitalize="none" autocomplete="off"
                            aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by("code", true, wrong.is_some())];
                    }))
                    div.acts { button.main { (words.topics_add()) } }
                }
            })) }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, &title, Section::Site, main));
    *answer.status_mut() = form.status();
    Ok(answer)
}

fn names(languages: &[Lang], lang: Lang, words: &Phrases, form: &Form) -> Markup {
    in_each_language(languages, lang, "name", &words.directory_names(), &form.wrongs, |id, of, wrong| {
        html! {
            input id=(id) name=(id) lang=(of) maxlength="100" value=[form.names.0.get(&of)] required
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, false, wrong.is_some())];
        }
    })
}

fn in_other_languages(topic: &Topic, languages: &[Lang], lang: Lang) -> Markup {
    let others = languages.iter().filter(|of| **of != lang).filter_map(|of| Some((of, topic.names.0.get(of)?)));
    html! { @for (place, (of, name)) in others.enumerate() { @if place > 0 { ", " } span lang=(of) { (name) } } }
}

fn of_topic(pattern: &str, id: TopicId) -> String {
    pattern.replace("{topic}", &id.to_string())
}

/// `POST /desk/topics`
pub async fn create(
    ctx: web::Data<Context>,
    request: HttpRequest,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let mut form = Form::read(&fields, &ctx.settings.languages, true, visit.words);
    if form.wrongs.is_empty() {
        let mut conn = ctx.conn().await?;
        if topics::add(&mut conn, &visit.person, &form.code, &form.names).await?.is_some() {
            return Ok(see_other(paths::DESK_TOPICS));
        }
        form.wrongs.push(("code".into(), visit.words.topics_wrong_taken()));
    }
    list_page(&ctx, &visit, &form).await
}

/// `GET /desk/topics/{topic}`
pub async fn show(ctx: web::Data<Context>, request: HttpRequest, id: web::Path<i64>) -> Result<HttpResponse, WebError> {
    let visit = Visit::of(&ctx, &request).await?;
    topic_page(&ctx, &visit, TopicId(*id), None).await
}

async fn topic_page(ctx: &Context, visit: &Visit, id: TopicId, typed: Option<Form>) -> Result<HttpResponse, WebError> {
    let mut conn = ctx.conn().await?;
    let mut all = directory::query::topics(&mut conn).await?;
    drop(conn);
    let place = all.iter().position(|topic| topic.id == id).ok_or(WebError::NotFound)?;
    let topic = all.remove(place);
    let (lang, words) = (visit.lang, visit.words);
    let form =
        typed.unwrap_or_else(|| Form { code: topic.code.clone(), names: topic.names.clone(), wrongs: Wrongs::new() });
    let title = topic.names.text(lang);
    let main = html! {
        (desk::page_top(html! { a href=(paths::DESK_TOPICS) { (words.topics_title()) } }, title, html! {}))
        (desk::error(&words.form_wrong(form.wrongs.len()), &form.wrongs))
        form.form.narrow.gap method="post" action=(of_topic(paths::DESK_TOPIC, id)) {
            input type="hidden" name="form_token" value=(visit.form_token);
            (names(&ctx.settings.languages, lang, words, &form))
            p.soft { (words.topics_code()) ": " (topic.code) }
            div.acts { button.main { (words.topics_rename()) } }
        }
        div.apart.narrow {
            details {
                summary { (words.topics_merge_summary()) }
                p { (words.topics_merge_what(title)) }
                form.form method="post" action=(of_topic(paths::DESK_TOPIC_MERGING, id)) {
                    input type="hidden" name="form_token" value=(visit.form_token);
                    (desk::field("into", &words.topics_merge_into(), None, None, html! {
                        select #into name="into" required {
                            option value="" { "–" }
                            @for other in &all { option value=(other.id) { (other.names.text(lang)) } }
                        }
                    }))
                    label.pick { input type="checkbox" name="sure" required; span { (words.topics_merge_sure()) } }
                    button.danger { (words.topics_merge()) }
                }
            }
        }
    };
    let mut answer = page(Keep::Never, visit.page(ctx, title, Section::Site, main));
    *answer.status_mut() = form.status();
    Ok(answer)
}

/// `POST /desk/topics/{topic}`: its names.
pub async fn rename(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let form = Form::read(&fields, &ctx.settings.languages, false, visit.words);
    if !form.wrongs.is_empty() {
        return topic_page(&ctx, &visit, TopicId(*id), Some(form)).await;
    }
    let mut conn = ctx.conn().await?;
    topics::rename(&mut conn, &visit.person, TopicId(*id), &form.names).await?;
    Ok(see_other(paths::DESK_TOPICS))
}

/// `POST /desk/topics/{topic}/merging`: into another.
pub async fn merge(
    ctx: web::Data<Context>,
    request: HttpRequest,
    id: web::Path<i64>,
    fields: web::Form<Fields>,
) -> Result<HttpResponse, WebError> {
    let visit = Visit::of_form(&ctx, &request, fields.get("form_token")).await?;
    let into = fields.get("into").parse().map(TopicId).ok().filter(|_| fields.is_ticked("sure"));
    let Some(into) = into else {
        // The browser asks for both; whoever sends neither is shown the form again.
        return topic_page(&ctx, &visit, TopicId(*id), None).await;
    };
    let mut conn = ctx.conn().await?;
    merging::merge(&mut conn, &visit.person, TopicId(*id), into).await?;
    Ok(see_other(&of_topic(paths::DESK_TOPIC, into)))
}
