//! How the pages about the site are shown, and edited.

use maud::{Markup, html};

use super::difference;
use super::model::{Content, Revision, SitePage, filled};
use super::suggestion::{Form, Problem};
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::mail::AddressError;
use crate::kit::rich_text::{self, Labels};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark};
use crate::layout::public::{self, Frame};
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};

fn frame<'a>(ctx: &'a Context, lang: Lang, title: String, indexed: bool, path: impl Fn(Lang) -> String) -> Frame<'a> {
    Frame {
        settings: &ctx.settings,
        demo: ctx.demo,
        lang,
        title,
        section: None,
        translations: ctx.settings.languages.iter().map(|of| (*of, path(*of))).collect(),
        indexed,
        feeds: Vec::new(),
        head: html! {},
    }
}

/// A page, with its form where it has one.
pub fn public(
    ctx: &Context,
    lang: Lang,
    which: SitePage,
    content: &Content,
    form: &Form,
    problems: &[Problem],
) -> Markup {
    let words = phrases(lang);
    let (title_lang, title) = content.titles.get(lang).unwrap_or((lang, ""));
    let (body_lang, body) = content.bodies.get(lang).unwrap_or((lang, ""));
    let text = rich_text::render(&filled(body, &ctx.settings, body_lang), &Labels { table: &words.release_table() });
    let main = html! {
        div.flow.article {
            header.head { h1 lang=[(title_lang != lang).then_some(title_lang)] { (title) } }
            div.prose lang=[(body_lang != lang).then_some(body_lang)] { (text) }
            @if which.has_form() { (message(lang, which, form, problems, words)) }
        }
    };
    public::page(&frame(ctx, lang, title.to_owned(), true, |of| which.path(of)), main)
}

fn message(lang: Lang, which: SitePage, form: &Form, problems: &[Problem], words: &Phrases) -> Markup {
    let wrong_text = problems.iter().find_map(|problem| text_problem(*problem, words));
    let wrong_email = problems.iter().find_map(|problem| address_problem(*problem, words));
    let described = |id: &str, hint: bool, wrong: bool| described_by(id, hint, wrong);
    html! {
        section.sec aria-labelledby="write" {
            h2 #write { (words.suggestion_title()) }
            @if !problems.is_empty() { div.notice.stop role="alert" { p { (words.form_wrong(problems.len())) } } }
            form.form method="post" action=(paths::site_message(lang, which.word())) novalidate {
                div.field {
                    label.label for="text" { (words.suggestion_text()) }
                    textarea #text name="text" rows="6" required aria-invalid=[wrong_text.as_ref().map(|_| "true")]
                        autofocus[wrong_text.is_some()] aria-describedby=[described("text", false, wrong_text.is_some())] { (form.text) }
                    @if let Some(wrong) = &wrong_text { p.error #text-error { (wrong) } }
                }
                div.field {
                    label.label for="about" { (words.suggestion_about()) }
                    input #about name="about" maxlength="300" value=(form.about);
                }
                div.field {
                    label.label for="email" { (words.suggestion_email()) }
                    p.hint #email-hint { (words.suggestion_email_hint()) }
                    input #email type="email" name="email" value=(form.email) autocomplete="email" aria-invalid=[wrong_email.as_ref().map(|_| "true")]
                        autofocus[wrong_text.is_none() && wrong_email.is_some()] aria-describedby=[described("email", true, wrong_email.is_some())];
                    @if let Some(wrong) = &wrong_email { p.error #email-error { (wrong) } }
                }
                p { button.main { (words.suggestion_send()) } }
            }
        }
    }
}

fn text_problem(problem: Problem, words: &Phrases) -> Option<String> {
    match problem {
        Problem::NoText => Some(words.suggestion_wrong_empty()),
        Problem::LongText => Some(words.directory_wrong_long(super::suggestion::TEXT_MAX)),
        Problem::Address(_) => None,
    }
}

fn address_problem(problem: Problem, words: &Phrases) -> Option<String> {
    match problem {
        Problem::Address(AddressError::Empty) | Problem::NoText | Problem::LongText => None,
        Problem::Address(_) => Some(words.directory_wrong_mail()),
    }
}

/// What is shown after a message was sent.
pub fn sent(ctx: &Context, lang: Lang, which: SitePage) -> Markup {
    let words = phrases(lang);
    let main = html! {
        header.head {
            h1 { (words.suggestion_sent()) }
            p.lead { (words.suggestion_sent_what()) }
        }
        p.more { a href=(paths::home(lang)) { (words.nav_releases()) } }
    };
    public::page(
        &frame(ctx, lang, words.suggestion_sent(), false, |of| paths::site_message_sent(of, which.word())),
        main,
    )
}

/// What there is to look after: pages, topics, journal.
pub fn index(words: &Phrases) -> Markup {
    html! {
        (desk::page_top(html! { a href=(paths::DESK) { (words.desk_title()) } }, &words.desk_nav_site(), html! {}))
        ul.rows.gap {
            @for (to, name, what) in [
                (paths::DESK_TOPICS, words.topics_title(), words.site_index_topics()),
                (paths::DESK_PAGES, words.site_pages_title(), words.site_index_pages()),
                (paths::DESK_REDIRECTS, words.archive_redirects_title(), words.archive_redirects_index()),
                (paths::DESK_IMPORTS, words.archive_imports_title(), words.archive_imports_index()),
                (paths::DESK_JOURNAL, words.site_index_journal(), words.site_index_journal_what()),
            ] { li { p.t { a href=(to) { (name) } } p.soft { (what) } } }
        }
    }
}

/// Every page, with who wrote it last.
pub fn list(settings: &Settings, lang: Lang, words: &Phrases, all: &[(SitePage, Revision)]) -> Markup {
    html! {
        (desk::page_top(html! { a href=(paths::DESK_SITE) { (words.desk_nav_site()) } }, &words.site_pages_title(), html! {}))
        ul.rows.gap {
            @for (which, last) in all {
                li {
                    p.t { a href=(paths::of_page(paths::DESK_PAGE, which.as_str())) { (last.content.titles.text(lang)) } }
                    p.soft {
                        (revision(last, settings, lang, words)) " · "
                        a href=(which.path(lang)) { (words.site_pages_look()) } " · "
                        a href=(paths::of_page(paths::DESK_PAGE_HISTORY, which.as_str())) { (words.site_pages_history()) }
                    }
                }
            }
        }
    }
}

/// "Revision 3, Margaux Delvigne, 20 Nov 2026".
fn revision(it: &Revision, settings: &Settings, lang: Lang, words: &Phrases) -> String {
    match it.at {
        Some(at) => {
            let when = dates::short(lang, dates::day(settings.zone, at));
            words.site_pages_revision(it.number, it.by.as_deref().unwrap_or("–"), when)
        }
        None => words.site_pages_brought(),
    }
}

/// All that the editor of a page shows.
pub struct Editor<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its form brings back.
    pub form_token: &'a str,
    /// Which page.
    pub which: SitePage,
    /// Over which revision it is written.
    pub over: i32,
    /// What it says.
    pub content: &'a Content,
    /// What is wrong with what was typed.
    pub wrongs: &'a [(String, String)],
    /// Whether somebody else's revision came first.
    pub is_overtaken: bool,
}

/// The page in all its languages, side by side.
pub fn editor(it: &Editor<'_>) -> Markup {
    let (lang, words) = (it.lang, it.words);
    let wrong = |id: &str| it.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let title = it.content.titles.text(lang);
    let actions = html! { a.btn href=(paths::of_page(paths::DESK_PAGE_HISTORY, it.which.as_str())) { (words.site_pages_history()) } };
    html! {
        (desk::page_top(html! { a href=(paths::DESK_PAGES) { (words.site_pages_title()) } }, title, actions))
        (desk::error(&words.form_wrong(it.wrongs.len()), it.wrongs))
        @if it.is_overtaken {
            div.errors role="alert" tabindex="-1" autofocus {
                p.err { (desk::mark(Mark::Change)) (words.site_pages_overtaken()) }
                p { a href=(paths::of_page(paths::DESK_PAGE_HISTORY, it.which.as_str())) { (words.site_pages_history()) } }
            }
        }
        p.soft.gap { (words.site_pages_places()) " " code { "{site}" } " " code { "{service}" } " " code { "{mailbox}" } " " code { "{address}" } }
        form.form method="post" action=(paths::of_page(paths::DESK_PAGE, it.which.as_str())) {
            input type="hidden" name="form_token" value=(it.form_token);
            input type="hidden" name="over" value=(it.over);
            div.cols {
                @for of in &it.settings.languages {
                    @let (title_id, body_id) = (format!("title-{of}"), format!("body-{of}"));
                    section aria-label=(dates::capital(&language_name(*of, lang))) {
                        h2 { (dates::capital(&language_name(*of, lang))) }
                        (desk::field(&title_id, &words.site_pages_heading(), None, wrong(&title_id), html! {
                            input id=(title_id) name=(title_id) lang=(of) maxlength="200" required value=[it.content.titles.0.get(of)]
                                aria-invalid=[wrong(&title_id).map(|_| "true")] aria-describedby=[described_by(&title_id, false, wrong(&title_id).is_some())];
                        }))
                        (desk::field(&body_id, &words.site_pages_body(), None, wrong(&body_id), html! {
                            textarea id=(body_id) name=(body_id) lang=(of) rows="20" required
                                aria-invalid=[wrong(&body_id).map(|_| "true")] aria-describedby=[described_by(&body_id, false, wrong(&body_id).is_some())] {
                                (it.content.bodies.0.get(of).map_or("", String::as_str))
                            }
                        }))
                    }
                }
            }
            // What the site does not show stays.
            @for of in Lang::ALL.iter().filter(|of| !it.settings.languages.contains(of)) {
                @if let (Some(title), Some(body)) = (it.content.titles.0.get(of), it.content.bodies.0.get(of)) {
                    input type="hidden" name=(format!("title-{of}")) value=(title);
                    input type="hidden" name=(format!("body-{of}")) value=(body);
                }
            }
            div.acts { button.main { (words.site_pages_publish()) } a href=(paths::DESK_PAGES) { (words.form_cancel()) } }
        }
    }
}

/// All that the history of a page shows.
pub struct History<'a> {
    /// How the site is set up.
    pub settings: &'a Settings,
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its forms bring back.
    pub form_token: &'a str,
    /// Which page.
    pub which: SitePage,
    /// The newest first.
    pub all: &'a [Revision],
    /// The older of the two that are compared.
    pub from: &'a Revision,
    /// The newer.
    pub to: &'a Revision,
}

/// Its revisions, any two of them compared word by word, and a way back to each.
pub fn history(it: &History<'_>) -> Markup {
    let (lang, words) = (it.lang, it.words);
    let title = it.all.first().map_or("", |last| last.content.titles.text(lang));
    let here = paths::of_page(paths::DESK_PAGE_HISTORY, it.which.as_str());
    let actions = html! {
        a.btn href=(it.which.path(lang)) { (words.site_pages_look()) }
        a.btn.main href=(paths::of_page(paths::DESK_PAGE, it.which.as_str())) { (words.site_pages_edit()) }
    };
    html! {
        (desk::page_top(html! { a href=(paths::DESK_PAGES) { (words.site_pages_title()) } }, title, actions))
        div.cmp {
            div {
                form action=(here) {
                    ul.revs {
                        @for each in it.all {
                            li {
                                span.ab {
                                    label { input type="radio" name="from" value=(each.number) checked[each.number == it.from.number]; span.vh { (words.site_pages_from()) } "A" }
                                    label { input type="radio" name="to" value=(each.number) checked[each.number == it.to.number]; span.vh { (words.site_pages_to()) } "B" }
                                }
                                span { (revision(each, it.settings, lang, words)) }
                            }
                        }
                    }
                    div.acts.gap { button { (words.site_pages_compare()) } }
                }
                @if it.all.first().is_some_and(|last| last.number != it.from.number) {
                    form.gap method="post" action=(paths::of_page(paths::DESK_PAGE_RESTORATION, it.which.as_str())) {
                        input type="hidden" name="form_token" value=(it.form_token);
                        button name="revision" value=(it.from.number) { (words.site_pages_restore(revision(it.from, it.settings, lang, words))) }
                    }
                }
            }
            div {
                @for of in &it.settings.languages {
                    @let text = |from: &Content| (from.titles.0.get(of).cloned().unwrap_or_default(), from.bodies.0.get(of).cloned().unwrap_or_default());
                    @let (old, new) = (text(&it.from.content), text(&it.to.content));
                    section.sec aria-labelledby=(of) lang=(of) {
                        h2 id=(of) { (of.own_name()) }
                        @if old == new { p.soft lang=(lang) { (words.site_pages_same()) } } @else {
                            p.tx.h { (difference::marked(&old.0, &new.0)) }
                            div.mail-text { (difference::marked(&old.1, &new.1)) }
                        }
                    }
                }
            }
        }
    }
}

/// What communicators miss, to the site's mailbox.
pub fn suggestion(words: &Phrases, form_token: &str, form: &Form, problems: &[Problem], sent: bool) -> Markup {
    let wrong = problems.iter().find_map(|problem| text_problem(*problem, words));
    html! {
        (desk::page_top(html! { a href=(paths::DESK) { (words.desk_title()) } }, &words.suggestion_desk_title(), html! {}))
        @if sent { p.said-ok role="status" { (words.suggestion_sent()) } }
        form.form.narrow.gap method="post" action=(paths::DESK_SUGGESTION) novalidate {
            input type="hidden" name="form_token" value=(form_token);
            (desk::field("text", &words.suggestion_desk_text(), None, wrong.as_deref(), html! {
                textarea #text name="text" rows="6" required autofocus[wrong.is_some()] aria-invalid=[wrong.as_ref().map(|_| "true")]
                    aria-describedby=[described_by("text", false, wrong.is_some())] { (form.text) }
            }))
            (desk::field("about", &words.suggestion_about(), None, None, html! {
                input #about name="about" maxlength="300" value=(form.about);
            }))
            div.acts { button.main { (words.suggestion_send()) } }
        }
    }
}
