//! The parts of forms: what, how often, in which languages, where; each with what has to be corrected beside it.

use chrono::NaiveTime;
use maud::{Markup, html};

use crate::directory::Family;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::mail::AddressError;
use crate::kit::slug;
use crate::phrases::{Phrases, language_name, phrases};
use crate::subscription::signup::{Choices, Form, ORDER, Problem};
use crate::subscription::wording;

/// A form as it is shown: the first of its problems gets the focus.
pub struct Shown<'a> {
    /// The language of the page.
    pub lang: Lang,
    /// What there is to choose from.
    pub choices: &'a Choices,
    /// What was filled in, or is offered.
    pub form: &'a Form,
    /// What has to be corrected, in the order of the form.
    pub problems: &'a [Problem],
}

impl Shown<'_> {
    fn words(&self) -> &'static Phrases {
        phrases(self.lang)
    }

    fn has(&self, problem: Problem) -> bool {
        self.problems.contains(&problem)
    }

    fn is_first(&self, problem: Problem) -> bool {
        self.problems.first() == Some(&problem)
    }

    /// How many answers are to be corrected.
    pub fn errors(&self) -> Markup {
        html! {
            @if !self.problems.is_empty() {
                div.notice.stop role="alert" { p { (self.words().subscription_errors(self.problems.len())) } }
            }
        }
    }

    /// What somebody would like to receive.
    pub fn what(&self) -> Markup {
        let (words, lang, form) = (self.words(), self.lang, self.form);
        let radio = |value: &str, label: String| {
            let focus = self.is_first(Problem::What) && value == "everything";
            html! {
                label.choice {
                    input type="radio" name="what" value=(value) checked[form.what == value] autofocus[focus];
                    span { (label) }
                }
            }
        };
        let filtered = self.choices.in_words(&form.filter, lang).filter(|_| !form.filter.is_empty());
        html! {
            fieldset aria-describedby=[self.has(Problem::What).then_some("what-error")] {
                legend { (words.subscription_what()) }
                (error(self.has(Problem::What), "what-error", || words.subscription_error_what()))
                @if let Some(choice) = filtered {
                    input type="hidden" name="filter" value=(form.filter);
                    (radio("filter", words.subscription_filtered(choice)))
                }
                (radio("everything", words.subscription_everything()))
                @for family in Family::ALL { (radio(family.as_str(), wording::family(*family, lang))) }
                (radio("institution", words.subscription_institution()))
                div.nested {
                    (select("institution", &words.subscription_institution_label(), &words.subscription_choose(), &form.institution,
                        by_name(self.choices.institutions.iter().map(|one| (one.code.as_str(), one.names.text(lang))), lang),
                        self.has(Problem::Institution).then(|| words.subscription_error_institution()),
                        self.is_first(Problem::Institution)))
                }
                (radio("topic", words.subscription_topic()))
                div.nested {
                    (select("topic", &words.subscription_topic_label(), &words.subscription_choose(), &form.topic,
                        by_name(self.choices.topics.iter().map(|one| (one.code.as_str(), one.names.text(lang))), lang),
                        self.has(Problem::Topic).then(|| words.subscription_error_topic()),
                        self.is_first(Problem::Topic)))
                }
            }
        }
    }

    /// How often. `id` tells several such forms of one page apart.
    pub fn when(&self, id: &str, legend: &str) -> Markup {
        let (words, lang, form) = (self.words(), self.lang, self.form);
        let wrong_slots = self.has(Problem::Slots);
        let error_id = format!("{id}slots-error");
        let radio = |value: &str, label: String, focus: bool| {
            html! {
                label.choice {
                    input type="radio" name="frequency" value=(value) checked[form.frequency == value] autofocus[focus];
                    span { (label) }
                }
            }
        };
        let first = &self.choices.slots[..self.choices.slots.len().min(1)];
        html! {
            fieldset aria-describedby=[self.has(Problem::Frequency).then_some("frequency-error")] {
                legend { (legend) }
                (error(self.has(Problem::Frequency), "frequency-error", || words.subscription_error_frequency()))
                (radio("slots", words.subscription_when_slots(), self.is_first(Problem::Frequency)))
                (error(wrong_slots, &error_id, || words.subscription_error_slots()))
                div.choices.short.nested role="group" aria-label=(words.subscription_when_hours())
                    aria-describedby=[wrong_slots.then_some(error_id.as_str())] {
                    @for (place, slot) in self.choices.slots.iter().enumerate() {
                        @let value = slot.format("%H:%M").to_string();
                        label.choice {
                            input type="checkbox" name="slot" value=(value) checked[form.slots.contains(&value)]
                                autofocus[place == 0 && self.is_first(Problem::Slots)];
                            span { (hour(*slot, lang)) }
                        }
                    }
                }
                (radio("at-once", words.subscription_when_at_once(), false))
                (radio("daily", words.subscription_when_daily(wording::times(first, lang)), false))
                (radio("weekly", words.subscription_when_weekly(), false))
            }
        }
    }

    /// In which order of languages.
    pub fn order(&self, legend: &str) -> Markup {
        let words = self.words();
        let labels = [
            words.subscription_first_language(),
            words.subscription_second_language(),
            words.subscription_third_language(),
            words.subscription_fourth_language(),
        ];
        let names =
            || self.choices.languages.iter().map(|of| (of.code(), dates::capital(&language_name(*of, self.lang))));
        html! {
            fieldset {
                legend { (legend) }
                p.hint.legend-hint { (words.subscription_languages_hint()) }
                div.langs-order {
                    @for (place, label) in labels.iter().enumerate().take(self.choices.languages.len()) {
                        @let wrong = (place == 0 && self.has(Problem::Language)).then(|| words.subscription_error_language());
                        @let none = if place == 0 { String::new() } else { words.subscription_no_language() };
                        div {
                            (select(ORDER[place], label, &none, &self.form.languages[place], names(), wrong,
                                place == 0 && self.is_first(Problem::Language)))
                        }
                    }
                }
            }
        }
    }

    /// At which address.
    pub fn address(&self, legend: &str, hint: &str) -> Markup {
        let wrong = self.problems.iter().find_map(|problem| match problem {
            Problem::Address(why) => Some(*why),
            _ => None,
        });
        let focus = matches!(self.problems.first(), Some(Problem::Address(_)));
        html! {
            fieldset {
                legend { (legend) }
                (address_field(self.words(), &self.form.email, wrong, focus, hint))
            }
        }
    }
}

/// The field of an address.
pub fn address_field(words: &Phrases, typed: &str, wrong: Option<AddressError>, focus: bool, hint: &str) -> Markup {
    html! {
        label.label for="email" { (words.subscription_address()) }
        (error(wrong.is_some(), "email-error", || match wrong {
            Some(AddressError::TooLong) => words.subscription_error_address_long(),
            Some(AddressError::NonAsciiLocal) => words.subscription_error_address_letters(),
            _ => words.subscription_error_address(),
        }))
        // What it is for: WCAG 2.2, success criterion 1.3.5.
        input #email type="email" name="email" autocomplete="email" required value=(typed)
            aria-invalid=[wrong.map(|_| "true")] autofocus[focus]
            aria-describedby=(if wrong.is_some() { "email-error email-hint" } else { "email-hint" });
        p.hint #email-hint { (hint) }
    }
}

fn hour(slot: NaiveTime, lang: Lang) -> String {
    wording::times(&[slot], lang)
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
pub fn error(there: bool, id: &str, text: impl FnOnce() -> String) -> Markup {
    html! { @if there { p.error id=(id) { strong { (text()) } } } }
}
