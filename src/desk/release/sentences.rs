//! Findings of pre-flight in words, and the list that shows them.

use maud::{Markup, html};

use super::{Item, in_languages, instant, name};
use crate::account::Visit;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::layout::desk::{Mark, mark};
use crate::paths;
use crate::release::preflight::{Finding, Gravity};

/// What was found, and what to do about it or why it is fine.
pub fn sentence(visit: &Visit, settings: &Settings, item: &Item, finding: &Finding) -> (String, String) {
    let words = visit.words;
    let lang = |of| dates::capital(&name(visit, of));
    let day = |day| dates::full(visit.lang, day);
    let none = String::new();
    match finding {
        Finding::Empty => (words.preflight_empty(), none),
        Finding::LanguageMissing(of) => (words.preflight_language_missing(lang(*of)), words.preflight_together()),
        Finding::LanguageLater(of) => (words.preflight_language_later(lang(*of)), words.preflight_together()),
        Finding::Languages(of) => {
            (words.preflight_languages(in_languages(visit, of.iter().copied())), words.preflight_languages_hint())
        }
        Finding::TitleMissing(of) => (words.preflight_title_missing(lang(*of)), none),
        Finding::LeadMissing(of) => (words.preflight_lead_missing(lang(*of)), words.preflight_lead_missing_hint()),
        Finding::BodyMissing(of) => (words.preflight_body_missing(lang(*of)), none),
        Finding::TitleLong(of, count) => {
            (words.preflight_title_long(lang(*of), *count), words.preflight_title_long_hint())
        }
        Finding::LeadLong(of, count) => {
            (words.preflight_lead_long(lang(*of), *count), words.preflight_lead_long_hint())
        }
        Finding::Lengths(of) => {
            let each: Vec<String> = of.iter().map(|(of, count)| format!("{} {count}", name(visit, *of))).collect();
            (words.preflight_lengths(), words.preflight_lengths_hint(each.join(", ")))
        }
        Finding::NoContact => (words.preflight_no_contact(), words.preflight_no_contact_hint()),
        Finding::NoneReachable => (words.preflight_none_reachable(), words.preflight_none_reachable_hint()),
        Finding::Reachable(names) => (words.preflight_reachable(), names.join(", ")),
        Finding::NoDescription(number, _, file, of) => (
            words.preflight_no_description(*number, name(visit, *of)),
            words.preflight_no_description_hint(file.as_str()),
        ),
        Finding::NoCredit(number, _, file) => (words.preflight_no_credit(*number), file.clone()),
        Finding::Pictures(_) => (words.preflight_pictures(), none),
        Finding::DeadLink(of, address) => (words.preflight_dead_link(lang(*of)), address.clone()),
        Finding::BareAddress(of, address) => (words.preflight_bare_address(lang(*of)), address.clone()),
        Finding::EmptyLink(of, address) => (words.preflight_empty_link(lang(*of)), address.clone()),
        Finding::Headings(of) => (words.preflight_headings(lang(*of)), words.preflight_headings_hint()),
        Finding::Structure => (words.preflight_structure(), none),
        Finding::WrongWeekday(of, on) => (words.preflight_wrong_weekday(lang(*of)), words.preflight_is_a(day(*on))),
        Finding::OtherDay(of, on) => (words.preflight_other_day(lang(*of)), words.preflight_says(day(*on))),
        Finding::Day(on) => (words.preflight_day(), day(*on)),
        Finding::WrongLanguage(of, is) => (words.preflight_wrong_language(lang(*of), name(visit, *is)), none),
        Finding::SameText(one, other) => {
            (words.preflight_same_text(name(visit, *one), name(visit, *other)), words.preflight_same_text_hint())
        }
        Finding::Texts => (words.preflight_texts(), words.preflight_texts_hint()),
        Finding::Behind(of, ahead, of_at, ahead_at) => (
            words.preflight_behind(lang(*of)),
            words.preflight_behind_hint(
                name(visit, *ahead),
                instant(settings, visit.lang, *ahead_at),
                name(visit, *of),
                instant(settings, visit.lang, *of_at),
            ),
        ),
        Finding::NoTopic => (words.preflight_no_topic(), words.preflight_no_topic_hint()),
        Finding::Topics(count) => (words.preflight_topics(*count), none),
        Finding::SameTitle(of) => (words.preflight_same_title(lang(*of)), item.number()),
    }
}

/// Where a finding is put right.
pub fn spot(item: &Item, finding: &Finding) -> String {
    match finding {
        Finding::Behind(..) => paths::of_release(paths::DESK_HISTORY, item.id),
        finding => format!("{}#{}", paths::of_release(paths::DESK_EDITOR, item.id), finding.spot()),
    }
}

/// The findings under their headings: to put right, to look at, in order.
pub fn list(visit: &Visit, settings: &Settings, item: &Item, findings: &[Finding]) -> Markup {
    let words = visit.words;
    let of = |gravity| findings.iter().filter(move |finding| finding.gravity() == gravity);
    let count = |gravity| of(gravity).count();
    let rows = |gravity, shape, class: &'static str, link: Option<String>| {
        html! {
            ul.chk {
                @for finding in of(gravity) {
                    @let (said, hint) = sentence(visit, settings, item, finding);
                    li {
                        span class=(class) { (mark(shape)) }
                        div { b { (said) } @if !hint.is_empty() { span.soft { (hint) } } }
                        div {
                            @if let Some(link) = &link {
                                a href=(spot(item, finding)) {
                                    @if matches!(finding, Finding::Behind(..)) { (words.preflight_compare()) } @else { (link) }
                                    span.vh { " : " (said) }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    html! {
        @if count(Gravity::Must) > 0 {
            h3.stop { (mark(Mark::Change)) " " (words.preflight_must(count(Gravity::Must))) }
            (rows(Gravity::Must, Mark::Missing, "stop", Some(words.preflight_correct())))
        }
        @if count(Gravity::Should) > 0 {
            h3.warn { (mark(Mark::Stale)) " " (words.preflight_should(count(Gravity::Should))) }
            (rows(Gravity::Should, Mark::Stale, "warn", Some(words.preflight_look())))
        }
        details open[count(Gravity::Must) + count(Gravity::Should) == 0] {
            summary { (words.preflight_fine(count(Gravity::Fine))) }
            (rows(Gravity::Fine, Mark::Ok, "ok", None))
        }
    }
}
