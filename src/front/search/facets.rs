//! The facets of a search, as the index counted them: each value leads to the search with it, the chosen one to the search
//! without it. A count says how many there would be if one chose this one in its place.

use maud::html;

use crate::directory::{Family, Institution, Topic};
use crate::front::home::family_name;
use crate::front::narrow::{Choice, Facet};
use crate::ids::{InstitutionId, MandateId, TopicId};
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::phrases::{language_name, phrases};
use crate::release::decision::{Instrument, Proposer};
use crate::release::views::{self, kind_name};
use crate::search::filter::{Filter, Period, Resolved};
use crate::search::index::Facets;

/// The most values of a facet that are shown; the others are few, and words find them, too.
const VALUES: usize = 12;

/// The institutions, topics and mandates that are shown, the most frequent first.
pub(super) fn most(counts: &Facets) -> (Vec<InstitutionId>, Vec<TopicId>, Vec<MandateId>) {
    (first(&counts.institutions), first(&counts.topics), first(&counts.mandates))
}

fn first<Id: Copy>(counts: &[(Id, u64)]) -> Vec<Id> {
    let mut counts: Vec<(Id, u64)> = counts.to_vec();
    // Stable: of equals the one that was first.
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().take(VALUES).map(|(id, _)| id).collect()
}

/// The facets with more than one value, or with one that is chosen. `institutions`, `topics` and `mandates`: those that [`most`] named.
pub(super) fn facets(
    lang: Lang,
    wish: &Resolved,
    counts: &Facets,
    institutions: &[Institution],
    topics: &[Topic],
    mandates: &[Proposer],
) -> Vec<Facet> {
    let words = phrases(lang);
    let filter = &wish.filter;
    let mut facets = Vec::new();
    let mut add = |id, name, choices: Vec<Choice>| {
        // One value that is not chosen narrows nothing.
        if choices.len() > 1 || choices.iter().any(|choice| choice.chosen) {
            facets.push(Facet { id, name, choices, all: None });
        }
    };
    let family = |family: Family, count| {
        let chosen = filter.family == Some(family);
        Choice {
            name: html! { (family_name(family, words)) },
            count: Some(count),
            chosen,
            to: Filter { family: (!chosen).then_some(family), ..filter.clone() },
        }
    };
    add("by-source", words.front_narrow_source(), values(&counts.families, filter.family, family));

    let by_name = |id: InstitutionId, count| {
        let institution = institutions.iter().chain(&wish.institution).find(|institution| institution.id == id)?;
        let chosen = filter.institution.as_ref() == Some(&institution.code);
        Some(Choice {
            name: views::text(&institution.names, lang),
            count: Some(count),
            chosen,
            to: Filter { institution: (!chosen).then(|| institution.code.clone()), ..filter.clone() },
        })
    };
    let own = wish.institution.as_ref().map(|institution| institution.id);
    add("by-institution", words.front_narrow_institution(), named(&counts.institutions, own, by_name));

    let by_name = |id: TopicId, count| {
        let topic = topics.iter().chain(&wish.topic).find(|topic| topic.id == id)?;
        let chosen = filter.topic.as_ref() == Some(&topic.code);
        Some(Choice {
            name: views::text(&topic.names, lang),
            count: Some(count),
            chosen,
            to: Filter { topic: (!chosen).then(|| topic.code.clone()), ..filter.clone() },
        })
    };
    let own = wish.topic.as_ref().map(|topic| topic.id);
    add("by-topic", words.front_narrow_topic(), named(&counts.topics, own, by_name));

    let by_name = |id: MandateId, count| {
        let mandate = mandates.iter().chain(&wish.mandate).find(|mandate| mandate.id == id)?;
        let chosen = filter.mandate.as_ref() == Some(&mandate.code);
        Some(Choice {
            name: html! { (mandate.name) ", " (views::text(&mandate.titles, lang)) },
            count: Some(count),
            chosen,
            to: Filter { mandate: (!chosen).then(|| mandate.code.clone()), ..filter.clone() },
        })
    };
    let own = wish.mandate.as_ref().map(|mandate| mandate.id);
    add("by-mandate", words.council_narrow_mandate(), named(&counts.mandates, own, by_name));

    let instrument = |of: Instrument, count| {
        let chosen = filter.instrument == Some(of);
        Choice {
            name: html! { (dates::capital(&views::instrument_name(of, lang))) },
            count: Some(count),
            chosen,
            to: Filter { instrument: (!chosen).then_some(of), ..filter.clone() },
        }
    };
    add("by-instrument", words.council_narrow_instrument(), values(&counts.instruments, filter.instrument, instrument));

    let language = |of: Lang, count| {
        let chosen = filter.language == Some(of);
        Choice {
            name: html! { (dates::capital(&language_name(of, lang))) },
            count: Some(count),
            chosen,
            to: Filter { language: (!chosen).then_some(of), ..filter.clone() },
        }
    };
    add("by-language", words.search_by_language(), values(&counts.languages, filter.language, language));

    let year = filter.period.map(Period::year);
    let years = values(&counts.years, year, |of, count| {
        let chosen = year == Some(of);
        Choice {
            name: html! { (of) },
            count: Some(count),
            chosen,
            to: Filter { period: (!chosen).then_some(Period::Year(of)), ..filter.clone() },
        }
    });
    add("by-year", words.search_by_year(), years);
    if let Some(year) = year {
        let month = match filter.period {
            Some(Period::Month(month)) => Some(month),
            _ => None,
        };
        let of_year: Vec<_> =
            counts.months.iter().copied().filter(|(of, _)| Period::Month(*of).year() == year).collect();
        let months = values(&of_year, month, |of, count| {
            let chosen = month == Some(of);
            // Without the month it is still the year.
            let period = if chosen { Period::Year(year) } else { Period::Month(of) };
            Choice {
                name: html! { (dates::month_heading(lang, of)) },
                count: Some(count),
                chosen,
                to: Filter { period: Some(period), ..filter.clone() },
            }
        });
        add("by-month", words.front_narrow_month(), months);
    }

    let kind = |kind, count| {
        let chosen = filter.kind == Some(kind);
        Choice {
            name: html! { (kind_name(kind, words)) },
            count: Some(count),
            chosen,
            to: Filter { kind: (!chosen).then_some(kind), ..filter.clone() },
        }
    };
    add("by-kind", words.search_by_kind(), values(&counts.kinds, filter.kind, kind));
    facets
}

/// Few values in an order of their own. The chosen one is there even if nothing has it.
fn values<V: Copy + PartialEq>(
    counts: &[(V, u64)],
    chosen: Option<V>,
    choice: impl Fn(V, u64) -> Choice,
) -> Vec<Choice> {
    let missing = chosen.filter(|own| counts.iter().all(|(value, _)| value != own)).map(|own| choice(own, 0));
    missing.into_iter().chain(counts.iter().map(|(value, count)| choice(*value, *count))).collect()
}

/// Many values, the most frequent ones; the chosen one first.
fn named<Id: Copy + PartialEq>(
    counts: &[(Id, u64)],
    chosen: Option<Id>,
    choice: impl Fn(Id, u64) -> Option<Choice>,
) -> Vec<Choice> {
    let count_of = |id: Id| counts.iter().find(|(other, _)| *other == id).map_or(0, |(_, count)| *count);
    let others = first(counts).into_iter().filter(|id| Some(*id) != chosen);
    chosen.into_iter().chain(others).filter_map(|id| choice(id, count_of(id))).collect()
}
