//! The form, and the pages behind the links in mails.

use maud::{Markup, html};

use super::signup::{Choices, Form, Problem};
use super::wording;
use crate::directory::Family;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::mail::AddressError;
use crate::kit::slug;
use crate::layout::public::{self, Frame, Section};
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};

/// The form, with what has to be corrected beside each field; the first of them gets the focus.
pub fn form(ctx: &Context, lang: Lang, query: &str, choices: &Choices, form: &Form, problems: &[Problem]) -> Markup {
    let words = phrases(lang);
    let times = wording::times(&ctx.settings.slots, lang);
    let first = problems.first().copied();
    let main = html! {
        div.cols {
            div.flow {
                header.head {
                    h1 { (words.subscription_title()) }
                    p.lead { (words.subscription_lead(&times)) }
                }
                @if !problems.is_empty() {
                    div.notice.stop role="alert" { p { (words.subscription_errors(problems.len())) } }
                }
                form.form method="post" action=(paths::subscribe(lang, "")) novalidate {
                    (what(words, lang, choices, form, problems, first))
                    (languages(words, lang, choices, form, problems, first))
                    (address(words, form, problems, first))
                    p { button.main { (words.subscription_send()) } }
                }
            }
            div.aside {
                section.sec aria-labelledby="leave" {
                    h2 #leave { (words.subscription_leave_title()) }
                    p.small { (words.subscription_leave()) }
                }
                section.sec aria-labelledby="data" {
                    h2 #data { (words.subscription_data_title()) }
                    p.small { (words.subscription_data()) }
                }
            }
        }
    };
    let frame = frame(ctx, lang, words.subscription_title(), true, |of| paths::subscribe(of, query));
    public::page(&frame, main)
}

fn what(
    words: &Phrases,
    lang: Lang,
    choices: &Choices,
    form: &Form,
    problems: &[Problem],
    first: Option<Problem>,
) -> Markup {
    let radio = |value: &str, label: String| {
        let focus = first == Some(Problem::What) && value == "everything";
        html! {
            label.choice {
                input type="radio" name="what" value=(value) checked[form.what == value] autofocus[focus];
                span { (label) }
            }
        }
    };
    let filtered = choices.in_words(&form.filter, lang).filter(|_| !form.filter.is_empty());
    html! {
        fieldset aria-describedby=[problems.contains(&Problem::What).then_some("what-error")] {
            legend { (words.subscription_what()) }
            (error(problems.contains(&Problem::What), "what-error", || words.subscription_error_what()))
            @if let Some(choice) = filtered {
                input type="hidden" name="filter" value=(form.filter);
                (radio("filter", words.subscription_filtered(choice)))
            }
            (radio("everything", words.subscription_everything()))
            @for family in Family::ALL { (radio(family.as_str(), wording::family(*family, lang))) }
            (radio("institution", words.subscription_institution()))
            div.nested {
                (select("institution", &words.subscription_institution_label(), &words.subscription_choose(), &form.institution,
                    by_name(choices.institutions.iter().map(|one| (one.code.as_str(), one.names.text(lang))), lang),
                    problems.contains(&Problem::Institution).then(|| words.subscription_error_institution()),
                    first == Some(Problem::Institution)))
            }
            (radio("topic", words.subscription_topic()))
            div.nested {
                (select("topic", &words.subscription_topic_label(), &words.subscription_choose(), &form.topic,
                    by_name(choices.topics.iter().map(|one| (one.code.as_str(), one.names.text(lang))), lang),
                    problems.contains(&Problem::Topic).then(|| words.subscription_error_topic()),
                    first == Some(Problem::Topic)))
            }
        }
    }
}

fn languages(
    words: &Phrases,
    lang: Lang,
    choices: &Choices,
    form: &Form,
    problems: &[Problem],
    first: Option<Problem>,
) -> Markup {
    let names =
        || choices.languages.iter().map(|of| (of.code(), crate::kit::dates::capital(&language_name(*of, lang))));
    html! {
        fieldset {
            legend { (words.subscription_languages()) }
            p.hint.legend-hint { (words.subscription_languages_hint()) }
            (select("first", &words.subscription_first_language(), "", &form.first, names(),
                problems.contains(&Problem::Language).then(|| words.subscription_error_language()),
                first == Some(Problem::Language)))
            (select("second", &words.subscription_second_language(), &words.subscription_no_second(), &form.second, names(), None, false))
        }
    }
}

fn address(words: &Phrases, form: &Form, problems: &[Problem], first: Option<Problem>) -> Markup {
    let wrong = problems.iter().find_map(|problem| match problem {
        Problem::Address(why) => Some(*why),
        _ => None,
    });
    let focus = matches!(first, Some(Problem::Address(_)));
    html! {
        fieldset {
            legend { (words.subscription_where()) }
            label.label for="email" { (words.subscription_address()) }
            (error(wrong.is_some(), "email-error", || match wrong {
                Some(AddressError::TooLong) => words.subscription_error_address_long(),
                _ => words.subscription_error_address(),
            }))
            // What it is for: WCAG 2.2, success criterion 1.3.5.
            input #email type="email" name="email" autocomplete="email" required value=(form.email)
                aria-invalid=[wrong.map(|_| "true")] autofocus[focus]
                aria-describedby=(if wrong.is_some() { "email-error email-hint" } else { "email-hint" });
            p.hint #email-hint { (words.subscription_address_hint()) }
        }
    }
}

/// As a reader looks for them: by name, accents and case ignored.
fn by_name<'a>(
    options: impl Iterator<Item = (&'a str, &'a str)>,
    lang: Lang,
) -> impl Iterator<Item = (&'a str, String)> {
    let mut options: Vec<_> = options.collect();
    options.sort_by_cached_key(|(_, name)| slug::slug(lang, name));
    options.into_iter().map(|(code, name)| (code, name.to_owned()))
}

/// A list to choose one from. `none` is what stands in it for no choice; empty: there must be one.
fn select<'a>(
    name: &str,
    label: &str,
    none: &str,
    chosen: &str,
    options: impl Iterator<Item = (&'a str, String)>,
    wrong: Option<String>,
    focus: bool,
) -> Markup {
    let id = format!("{name}-error");
    html! {
        label.label for=(name) { (label) }
        (error(wrong.is_some(), &id, || wrong.clone().unwrap_or_default()))
        select id=(name) name=(name) aria-invalid=[wrong.as_ref().map(|_| "true")]
            aria-describedby=[wrong.as_ref().map(|_| id.as_str())] autofocus[focus] {
            @if !none.is_empty() { option value="" { (none) } }
            @for (value, text) in options { option value=(value) selected[value == chosen] { (text) } }
        }
    }
}

/// What is wrong with a field, in words and beside it (WCAG 2.2, success criterion 3.3.1).
fn error(there: bool, id: &str, text: impl FnOnce() -> String) -> Markup {
    html! { @if there { p.error id=(id) { strong { (text()) } } } }
}

/// After the form: the same for every address.
pub fn asked(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.subscription_asked_title(), &words.subscription_asked()))
        p { (words.subscription_asked_late()) }
    };
    public::page(&frame(ctx, lang, words.subscription_asked_title(), false, paths::subscription_asked), main)
}

/// Where the link of the confirmation mail leads: one button.
pub fn confirm(ctx: &Context, lang: Lang, token: &str, choice: &str) -> Markup {
    let words = phrases(lang);
    let times = wording::times(&ctx.settings.slots, lang);
    let main = html! {
        (head(&words.subscription_confirm_title(), &words.subscription_confirm(choice, &times)))
        form method="post" action=(paths::confirmation(lang, token)) {
            p { button.main { (words.subscription_confirm_button()) } }
        }
    };
    let title = words.subscription_confirm_title();
    public::page(&frame(ctx, lang, title, false, |of| paths::confirmation(of, token)), main)
}

/// It is confirmed, now or before.
pub fn confirmed(ctx: &Context, lang: Lang, token: &str) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.subscription_confirmed_title(), &words.subscription_confirmed()))
        p.more { a href=(paths::home(lang)) { strong { (words.nav_releases()) } } }
    };
    let title = words.subscription_confirmed_title();
    public::page(&frame(ctx, lang, title, false, |of| paths::confirmation(of, token)), main)
}

/// A confirmation link that confirms nothing.
pub fn void(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.subscription_void_title(), &words.subscription_void()))
        p { a href=(paths::subscribe(lang, "")) { (words.subscription_again()) } }
    };
    public::page(&frame(ctx, lang, words.subscription_void_title(), false, |of| paths::subscribe(of, "")), main)
}

/// Where the last link of a mail leads: what runs because of it, in words, with a button each; or that it has ended.
pub fn end(ctx: &Context, lang: Lang, token: &str, choices: &[String], others: usize) -> Markup {
    let words = phrases(lang);
    let button = |scope: &str, label: String, main: bool| {
        html! { button.main[main] name="scope" value=(scope) { (label) } " " }
    };
    let (title, main) = if choices.is_empty() {
        let title = words.subscription_ended_title();
        let main = html! {
            (head(&title, &words.subscription_ended()))
            @if others > 0 {
                p { (words.subscription_ended_others(others)) }
                form method="post" action=(paths::unsubscribe(lang, token)) {
                    p { (button("all", words.subscription_end_all(), false)) }
                }
            }
            p { a href=(paths::subscribe(lang, "")) { (words.subscription_again()) } }
        };
        (title, main)
    } else {
        let title = words.subscription_end_title();
        let main = html! {
            (head(&title, &words.subscription_end(choices.join("; "))))
            form method="post" action=(paths::unsubscribe(lang, token)) {
                p.buttons { (button("this", words.subscription_end_this(), true)) (button("all", words.subscription_end_all(), false)) }
            }
        };
        (title, main)
    };
    public::page(&frame(ctx, lang, title, false, |of| paths::unsubscribe(of, token)), main)
}

/// An unsubscribe link that we never signed.
pub fn end_void(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = head(&words.subscription_end_void_title(), &words.subscription_end_void());
    public::page(&frame(ctx, lang, words.subscription_end_void_title(), false, |of| paths::subscribe(of, "")), main)
}

fn head(title: &str, lead: &str) -> Markup {
    html! { header.head { h1 { (title) } p.lead { (lead) } } }
}

fn frame<'a>(ctx: &'a Context, lang: Lang, title: String, indexed: bool, path: impl Fn(Lang) -> String) -> Frame<'a> {
    Frame {
        settings: &ctx.settings,
        demo: ctx.demo,
        lang,
        title,
        section: Some(Section::Subscribe),
        translations: ctx.settings.languages.iter().map(|of| (*of, path(*of))).collect(),
        indexed,
        feeds: Vec::new(),
        head: html! {},
    }
}
