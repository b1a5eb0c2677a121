//! What is shown when there is no page: what happened, in the reader's language, and what to do now.
//!
//! A reader learns nothing of the cause, and of what is secret not even that it is there: every "not found" of a
//! language is the same page to the byte. A fault is logged once, here, under the number that the reader is shown.

use actix_web::body::{BodySize, EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use maud::{Markup, html};

use super::public::{self, Find, Frame, find};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::web::Keep;
use crate::kit::web::error::{BadRequest, SIGNED_OUT_CHALLENGE, WebError};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// Seconds after which it is worth asking again when the database is away: it is back, or somebody is on their way.
const RETRY_AFTER_S: u64 = 30;

/// The page for `error` in `lang`. `slug` are the words of the address, which the search may find; `bare` is the path of a request that had parameters, which may be what was wrong with it;
/// `reference` the number under which a fault was logged.
pub fn render(
    settings: &Settings,
    demo: bool,
    lang: Lang,
    error: &WebError,
    slug: &str,
    bare: Option<&str>,
    reference: Option<&str>,
) -> Markup {
    let words = phrases(lang);
    let told = told(error, words);
    let frame = Frame {
        settings,
        demo,
        lang,
        title: told.title.clone(),
        section: None,
        translations: Vec::new(),
        indexed: false,
        feeds: Vec::new(),
        head: html! {},
    };
    let main = html! {
        div.flow.narrow {
            header.head {
                p.kicker { (words.error_kicker(error.status().as_str())) }
                h1 { (told.title) }
                p.lead { (told.lead) }
            }
            (reason(error, lang, words))
            @if matches!(error, WebError::SignedOut) {
                // Beside this page: it holds what was sent, and sends it again when it is loaded anew.
                p { a.button href=(paths::SIGN_IN) target="_blank" { (words.error_signed_out_link()) } }
            }
            @if let Some(reference) = reference {
                p { (words.error_number()) " " b.num { (reference) } }
            }
            @if matches!(error, WebError::NotFound) {
                @let label = if slug.is_empty() { words.find_label() } else { words.error_find() };
                (find(&Find { lang, id: "q", label: &label, label_seen: true, big: false, within: false, words: slug, kept: "" }))
            }
            section.sec aria-labelledby="onward" {
                h2 #onward { (words.error_onward()) }
                p.more {
                    @if let Some(bare) = bare.filter(|bare| told.without_query && !bare.starts_with("//")) {
                        a href=(bare) { strong { (words.error_without_query()) } }
                    }
                    a href=(paths::home(lang)) { strong { (words.error_all_releases()) } }
                    a href=(paths::institutions(lang)) { (words.nav_institutions()) }
                    a href=(paths::topics(lang)) { (words.nav_topics()) }
                    a href=(paths::archive(lang)) { (words.nav_archive()) }
                }
                (write(settings, told.write, reference, words))
            }
        }
    };
    public::page(&frame, main)
}

/// The words of a slug that an address ends in, as one would type them; none if it has no two. They come from the address
/// alone: whether something was ever there makes no difference.
fn slug_words(path: &str) -> String {
    /// More are a sentence that nobody wrote, and looked for together find nothing.
    const WORDS_MAX: usize = 8;
    let last = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let last = url::form_urlencoded::parse(last.as_bytes()).next().map_or_else(Default::default, |(last, _)| last);
    let slug = last.rsplit_once('.').map_or(&*last, |(slug, _)| slug);
    let words: Vec<&str> = slug.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let are_words = words.len() > 1 && words.iter().any(|word| word.chars().all(char::is_alphabetic));
    let telling = words.iter().filter(|word| (2..=40).contains(&word.chars().count()));
    if are_words { telling.take(WORDS_MAX).copied().collect::<Vec<_>>().join(" ") } else { String::new() }
}

/// What a reader may want to write to us about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Write {
    /// A link that leads nowhere.
    Link,
    /// A fault, or a release that is needed now.
    Trouble,
    /// Nothing.
    Not,
}

/// An error in the words of one language.
struct Told {
    title: String,
    lead: String,
    /// Whether the same page without its parameters helps.
    without_query: bool,
    write: Write,
}

fn told(error: &WebError, words: &Phrases) -> Told {
    let plain = |title, lead| Told { title, lead, without_query: false, write: Write::Not };
    match error {
        WebError::NotFound => Told {
            write: Write::Link,
            without_query: true,
            ..plain(words.error_not_found(), words.error_not_found_lead())
        },
        WebError::Gone { .. } => plain(words.error_gone(), words.error_gone_lead()),
        WebError::BadRequest(BadRequest::Form) => plain(words.error_bad_form(), words.error_bad_form_lead()),
        WebError::BadRequest(of) => {
            let lead = match of {
                BadRequest::UnknownParameter(name) => words.error_unknown_parameter(name.as_str()),
                BadRequest::RepeatedParameter(name) => words.error_repeated_parameter(name.as_str()),
                BadRequest::WrongParameter(name) => words.error_wrong_parameter(name.as_str()),
                BadRequest::Form => words.error_bad_form_lead(),
            };
            Told { without_query: true, write: Write::Link, ..plain(words.error_bad_request(), lead) }
        }
        WebError::MethodNotAllowed => plain(words.error_method(), words.error_method_lead()),
        WebError::SignedOut => plain(words.error_signed_out(), words.error_signed_out_lead()),
        WebError::Forbidden => plain(words.error_forbidden(), words.error_forbidden_lead()),
        WebError::TooMany { retry_after_s } => {
            let minutes = i64::try_from(retry_after_s.div_ceil(60)).unwrap_or(i64::MAX).max(1);
            plain(words.error_too_many(), words.error_too_many_lead(minutes))
        }
        WebError::Conflict(_) => plain(words.error_conflict(), words.error_conflict_lead()),
        WebError::TooLarge => plain(words.error_too_large(), words.error_too_large_lead()),
        WebError::Unavailable(_) => {
            Told { write: Write::Trouble, ..plain(words.error_unavailable(), words.error_unavailable_lead()) }
        }
        WebError::Internal(_) => {
            Told { write: Write::Trouble, ..plain(words.error_internal(), words.error_internal_lead()) }
        }
    }
}

/// Why a release is gone, as its publisher said it.
fn reason(error: &WebError, lang: Lang, words: &Phrases) -> Markup {
    let WebError::Gone { reason } = error else { return html! {} };
    let Some((of, text)) = reason.get(lang) else { return html! {} };
    html! {
        section.notice.stop aria-labelledby="reason" {
            h2 #reason { (words.error_gone_reason()) }
            p.small lang=[(of != lang).then_some(of)] { (text) }
        }
    }
}

fn write(settings: &Settings, about: Write, reference: Option<&str>, words: &Phrases) -> Markup {
    let to = match reference {
        Some(reference) => format!("mailto:{}?subject={reference}", settings.contact_mail),
        None => format!("mailto:{}", settings.contact_mail),
    };
    match about {
        Write::Link => html! {
            p.small { (words.error_write_question()) " " a href=(to) { (words.error_write()) } "." }
        },
        Write::Trouble => {
            html! { p.small { a href=(to) { (words.error_write_urgent()) } " (" (settings.contact_mail) ")" } }
        }
        Write::Not => html! {},
    }
}

/// Middleware: every answer that is an error and has no page of its own gets one, in the reader's language and with the
/// status, headers and body that are the same for GET and HEAD. `private, no-store`, 404 and 410 too (DESIGN §9).
pub async fn errors<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    // The request itself is handed on; what the page needs of it is kept.
    let mut asked = Asked::of(&request);
    match next.call(request).await {
        Ok(response) => {
            if is_for_a_script(response.headers())
                || !needs_page(response.status(), response.response().error(), response.response().body())
            {
                return Ok(response.map_into_left_body());
            }
            // An address that no route has is not found with or without parameters.
            let pattern = response.request().match_pattern();
            asked.had_query &= pattern.is_some();
            // A token is no words, though chance may part it like some; and it has no business in a page.
            if !pattern.is_some_and(|pattern| pattern.contains("{token}")) {
                asked.slug = slug_words(&asked.path);
            }
            let page = asked.answer(response.status(), response.response().error(), response.response().headers());
            Ok(response.into_response(page).map_into_right_body())
        }
        // What a guard refused before any handler ran comes as an error without a response.
        Err(error) => {
            let page = asked.answer(error.as_response_error().status_code(), Some(&error), &HeaderMap::new());
            Err(InternalError::from_response("answered", page).into())
        }
    }
}

/// Whether the answer is one that a script reads.
fn is_for_a_script(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
}

fn needs_page(status: StatusCode, error: Option<&Error>, body: &impl MessageBody) -> bool {
    let failed = status.is_client_error() || status.is_server_error();
    failed && (error.is_some() || matches!(body.size(), BodySize::None | BodySize::Sized(0)))
}

/// What an error page needs to know of a request.
struct Asked {
    ctx: Option<web::Data<Context>>,
    method: Method,
    path: String,
    had_query: bool,
    /// The words that it may be looked for by; none until the route is known.
    slug: String,
    /// Its route; empty of what has none.
    place: String,
    accept_language: String,
}

impl Asked {
    fn of(request: &ServiceRequest) -> Self {
        let accept_language = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Self {
            ctx: request.app_data::<web::Data<Context>>().cloned(),
            method: request.method().clone(),
            path: request.path().to_owned(),
            had_query: !request.query_string().is_empty(),
            slug: String::new(),
            place: request.match_pattern().unwrap_or_default(),
            accept_language: accept_language.unwrap_or_default().to_owned(),
        }
    }

    fn answer(&self, status: StatusCode, error: Option<&Error>, headers: &HeaderMap) -> HttpResponse {
        let own = error.and_then(|error| error.as_error::<WebError>());
        let foreign;
        let error = match own {
            Some(own) => own,
            None => {
                foreign = of_status(status, error);
                &foreign
            }
        };
        let reference = self.log(error);
        let mut answer = HttpResponse::build(status);
        answer.insert_header((header::CACHE_CONTROL, Keep::Never.header()));
        match error {
            WebError::TooMany { retry_after_s } => {
                answer.insert_header((header::RETRY_AFTER, retry_after_s.to_string()));
            }
            WebError::SignedOut => {
                answer.insert_header((header::WWW_AUTHENTICATE, SIGNED_OUT_CHALLENGE));
            }
            WebError::Unavailable(_) => {
                answer.insert_header((header::RETRY_AFTER, RETRY_AFTER_S.to_string()));
            }
            _ => {}
        }
        // Which methods there are stands beside a 405 (RFC 9110 §15.5.6), if whoever answered it said so.
        if let Some(allow) = headers.get(header::ALLOW) {
            answer.insert_header((header::ALLOW, allow.clone()));
        }
        let Some(ctx) = &self.ctx else { return answer.finish() };
        let (lang, chosen) = language(&self.path, &self.accept_language, &ctx.settings.languages);
        if chosen == Chosen::ByHeader {
            answer.insert_header((header::VARY, HeaderValue::from_static("accept-language")));
        }
        answer.insert_header((header::CONTENT_LANGUAGE, lang.code()));
        answer.content_type("text/html; charset=utf-8");
        let bare = self.had_query.then_some(self.path.as_str());
        answer.body(render(&ctx.settings, ctx.demo, lang, error, &self.slug, bare, reference.as_deref()).into_string())
    }

    /// Writes a fault to the log, once. Gives the number that reader and log share.
    fn log(&self, error: &WebError) -> Option<String> {
        match error {
            WebError::Internal(cause) => {
                let reference = reference();
                // The route only: what stands in its segments may be a token (PROMISES 14.2.1).
                let (method, place) = (&self.method, &self.place);
                tracing::error!(error_number = reference, %method, place, "{cause:#}");
                Some(reference)
            }
            WebError::Unavailable(cause) => {
                let (method, place) = (&self.method, &self.place);
                tracing::warn!(%method, place, "unavailable: {}", chain(cause.as_ref()));
                None
            }
            _ => None,
        }
    }
}

/// An error with its causes, in one line.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    std::iter::successors(Some(error), |error| error.source()).map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// What an error that is none of ours means: actix refused the request before a handler saw it, or found no route.
fn of_status(status: StatusCode, error: Option<&Error>) -> WebError {
    match status {
        StatusCode::NOT_FOUND => WebError::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => WebError::MethodNotAllowed,
        StatusCode::UNAUTHORIZED => WebError::SignedOut,
        StatusCode::FORBIDDEN => WebError::Forbidden,
        StatusCode::PAYLOAD_TOO_LARGE => WebError::TooLarge,
        StatusCode::TOO_MANY_REQUESTS => WebError::TooMany { retry_after_s: RETRY_AFTER_S },
        StatusCode::SERVICE_UNAVAILABLE => WebError::Unavailable(said(error).into()),
        status if status.is_client_error() => WebError::BadRequest(BadRequest::Form),
        _ => WebError::Internal(anyhow::anyhow!(said(error))),
    }
}

fn said(error: Option<&Error>) -> String {
    error.map_or_else(|| "an answer without a page".to_owned(), ToString::to_string)
}

/// A number that nobody can guess another's from: 40 random bits, in letters and digits that can be read out.
fn reference() -> String {
    let text = data_encoding::BASE32_NOPAD.encode(&rand::random::<[u8; 5]>());
    format!("{}-{}", &text[..4], &text[4..])
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Chosen {
    ByPath,
    ByHeader,
}

/// The language of a page that is not there: that of its path, else what the reader asks for, else the site's first.
fn language(path: &str, accept_language: &str, offered: &[Lang]) -> (Lang, Chosen) {
    let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    match first.parse::<Lang>().ok().filter(|lang| offered.contains(lang)) {
        Some(lang) => (lang, Chosen::ByPath),
        None => {
            let lang = Lang::negotiate(accept_language, offered).or_else(|| offered.first().copied());
            (lang.unwrap_or(Lang::En), Chosen::ByHeader)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kit::config::Source;
    use crate::kit::lang::Texts;

    #[test]
    fn the_path_says_the_language_and_else_the_reader() {
        let offered = [Lang::Nl, Lang::Fr];
        for (path, header, expected) in [
            ("/fr/nothing", "nl", Lang::Fr),
            ("/de/nothing", "fr;q=0.2", Lang::Fr),
            ("/nothing", "de", Lang::Nl),
            ("/", "", Lang::Nl),
            ("//fr/", "", Lang::Fr),
            ("/french/", "fr", Lang::Fr),
        ] {
            assert_eq!(language(path, header, &offered).0, expected, "{path} {header}");
        }
    }

    #[test]
    fn every_error_has_its_page_in_every_language_and_tells_nothing_of_its_cause() {
        let settings = Settings::understand(&Source::default()).expect("defaults");
        let secret = || std::io::Error::other("password=hunter2");
        let errors = [
            WebError::NotFound,
            WebError::Gone { reason: Texts::one(Lang::Nl, "Een <vergissing>") },
            WebError::BadRequest(BadRequest::UnknownParameter("<q>".into())),
            WebError::BadRequest(BadRequest::RepeatedParameter("topic".into())),
            WebError::BadRequest(BadRequest::WrongParameter("topic".into())),
            WebError::BadRequest(BadRequest::Form),
            WebError::MethodNotAllowed,
            WebError::SignedOut,
            WebError::Forbidden,
            WebError::TooMany { retry_after_s: 61 },
            WebError::Conflict(Box::new(secret())),
            WebError::TooLarge,
            WebError::Unavailable(Box::new(secret())),
            WebError::Internal(secret().into()),
        ];
        for error in &errors {
            let mut pages = std::collections::BTreeSet::new();
            for lang in Lang::ALL {
                let page =
                    render(&settings, false, lang, error, "la digue", Some("/fr/x"), Some("AAAA-BBBB")).into_string();
                assert!(page.contains(&format!("<html lang=\"{lang}\"")) && page.contains("<h1>"), "{error}");
                assert!(page.contains(error.status().as_str()), "{error}");
                assert!(
                    !page.contains("hunter2") && !page.contains("<vergissing>") && !page.contains("<q>"),
                    "{error}"
                );
                assert!(page.contains("noindex") && !page.contains("rel=\"canonical\""), "{error}");
                pages.insert(page);
            }
            assert_eq!(pages.len(), 4, "{error}");
        }
    }

    #[test]
    fn an_address_is_looked_for_by_its_words() {
        for (path, words) in [
            ("/fr/2026/11/20/la-digue-cede", "la digue cede"),
            ("/fr/2026/11/20/il-ne-s-est-rien-passe/", "il ne est rien passe"),
            ("/fr/node/la_digue.html", "la digue"),
            ("/fr/%C3%A9cluse-ferm%C3%A9e", "écluse fermée"),
            ("/fr/%22%3E%3Cscript%3Ealert(1)", "script alert"),
            ("/fr/a-b-c-d-e-f-g-h-aa-bb-cc", "aa bb cc"),
            ("/fr/un-deux-trois-quatre-cinq-six-sept-huit-neuf", "un deux trois quatre cinq six sept huit"),
            ("/fr/inconnu", ""),
            ("/fr/2026-0417", ""),
            ("/fr/%ff%fe", ""),
            ("/", ""),
        ] {
            assert_eq!(slug_words(path), words, "{path}");
        }
        let settings = Settings::understand(&Source::default()).expect("defaults");
        let page = render(&settings, false, Lang::Fr, &WebError::NotFound, "la \"digue\"", None, None).into_string();
        assert!(page.contains("value=\"la &quot;digue&quot;\""), "{page}");
    }

    #[test]
    fn a_reason_in_another_language_says_which() {
        let settings = Settings::understand(&Source::default()).expect("defaults");
        let error = WebError::Gone { reason: Texts::one(Lang::Nl, "Een vergissing") };
        let page = render(&settings, false, Lang::Fr, &error, "", Some("/fr/x"), None).into_string();
        assert!(page.contains("<p class=\"small\" lang=\"nl\">Een vergissing</p>"));
    }

    #[test]
    fn numbers_of_errors_can_be_read_out() {
        let number = reference();
        assert_eq!(number.len(), 9);
        assert!(number.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-'), "{number}");
    }
}
