//! The page of the search: the form, the query as it was understood, and what there is, or how to come to something.

use maud::{Markup, html};

use super::offers::{Offer, What};
use crate::directory::Topic;
use crate::front::list;
use crate::front::narrow::{self, Facet, Narrow};
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::public::{Find, Frame, Section, find};
use crate::paths;
use crate::phrases::{Phrases, phrases};
use crate::release::public::Card;
use crate::release::views::{self, Column, Excerpt, Show};
use crate::search::filter::{Filter, Resolved};
use crate::search::words::{Term, Understood, Words};

/// Results that are fewer than this call for ways to more.
pub(super) const FEW: u64 = 5;

/// All that the page shows.
pub(super) struct Page<'a> {
    pub(super) settings: &'a Settings,
    pub(super) demo: bool,
    pub(super) lang: Lang,
    pub(super) wish: &'a Resolved,
    pub(super) understood: &'a Understood,
    /// Whether the best match comes first.
    pub(super) best_first: bool,
    /// The query string of this very page, in one order.
    pub(super) query: &'a str,
    pub(super) content: Content<'a>,
}

/// What there is below the form.
pub(super) enum Content<'a> {
    /// Nothing is looked for yet: how to, with examples that find something.
    Help { examples: &'a [Words], topics: &'a [Topic] },
    /// Signs only.
    NoWords,
    /// The index is being built.
    Away,
    /// What was found.
    Results(&'a Results<'a>),
}

/// What was found.
pub(super) struct Results<'a> {
    pub(super) total: u64,
    /// How many stand before this page.
    pub(super) before: u64,
    /// Those of this page.
    pub(super) rows: &'a [(Card, Excerpt)],
    pub(super) facets: &'a [Facet],
    /// The addresses of what stands before and after.
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
    /// Whether this is the first page.
    pub(super) first: bool,
    /// Lists that may be meant, each with what it holds.
    pub(super) offers: &'a [Offer],
    /// The number of a release that was typed and is nowhere to be seen.
    pub(super) no_reference: Option<&'a str>,
    /// A search with words put right that finds something.
    pub(super) near: Option<&'a Filter>,
    /// Wider filters, what each gives up, and how many they find.
    pub(super) wider: &'a [Wider],
    /// Whether the index is behind the log.
    pub(super) catching_up: bool,
}

/// A filter that asks for less.
pub(super) struct Wider {
    pub(super) without: String,
    pub(super) to: Filter,
    pub(super) count: u64,
}

impl Page<'_> {
    fn filter(&self) -> &Filter {
        &self.wish.filter
    }

    pub(super) fn narrow(&self) -> Narrow<'_> {
        Narrow { lang: self.lang, wish: self.wish, to: paths::search, stays: stays(self.best_first) }
    }

    fn words(&self) -> &str {
        self.filter().words.as_ref().map_or("", Words::shown)
    }
}

/// The parameter that the order is, if it is not the usual one.
pub(super) fn stays(best_first: bool) -> &'static str {
    if best_first { "order=best" } else { "" }
}

/// The page in its frame.
pub(super) fn page(it: &Page<'_>) -> Markup {
    let words = phrases(it.lang);
    let title = match &it.filter().words {
        Some(typed) => words.search_page_title(typed.shown()),
        None if it.filter().is_everything() => words.search_title(),
        None => list::heading(it.lang, it.wish),
    };
    let frame = Frame {
        settings: it.settings,
        demo: it.demo,
        lang: it.lang,
        title,
        section: Some(Section::Search),
        // Words mean the same in every language, and so does a key.
        translations: it.settings.languages.iter().map(|of| (*of, paths::search(*of, it.query))).collect(),
        // What it finds stands in lists and on pages of its own, which are there to be indexed.
        indexed: it.filter().is_everything(),
        feeds: vec![list::feed(it.lang, it.wish)],
        head: html! {
            meta name="description" content=(words.search_description());
            @if let Content::Results(results) = &it.content {
                @if let Some(next) = &results.next { link rel="next" href=(next); }
                @if let Some(previous) = &results.previous { link rel="prev" href=(previous); }
            }
        },
    };
    crate::layout::public::page(&frame, main(it, words))
}

fn main(it: &Page<'_>, words: &Phrases) -> Markup {
    let kept = Filter { words: None, ..it.filter().clone() }.canonical();
    let kept = [kept.as_str(), stays(it.best_first)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    html! {
        h1 { (words.search_title()) }
        (find(&Find {
            lang: it.lang, id: "q", label: &words.search_label(), label_seen: true, big: true, within: false,
            words: it.words(), kept: &kept.join("&"),
        }))
        @match &it.content {
            Content::Help { examples, topics } => (help(it, examples, topics, words)),
            Content::NoWords => {
                (it.narrow().understood(&words.search_understood(), None))
                div.nothing.flow { p.lead role="status" { (words.search_no_words()) } (tips(words)) }
            }
            Content::Away => {
                (it.narrow().understood(&words.search_understood(), None))
                div.nothing.flow {
                    p.lead role="status" { (words.search_away()) }
                    p.more {
                        a href=(paths::search(it.lang, it.query)) { strong { (words.search_again()) } }
                        a href=(paths::releases(it.lang, "")) { (words.front_latest()) }
                        a href=(paths::topics(it.lang)) { (words.nav_topics()) }
                        a href=(paths::archive(it.lang)) { (words.nav_archive()) }
                    }
                }
            }
            Content::Results(results) => (found(it, results, words)),
        }
    }
}

fn found(it: &Page<'_>, results: &Results<'_>, words: &Phrases) -> Markup {
    let show = Show { lang: it.lang, zone: it.settings.zone, column: Column::Date, level: 3, brief: false };
    let shown = number(it.lang, results.total);
    let sentence = sentence(it, results, words);
    html! {
        (offers(it, results.offers, words))
        (it.narrow().understood(&words.search_understood(), Some(&sentence)))
        @if results.catching_up { p.notice.info role="status" { (words.search_catching_up()) } }
        // With nothing to narrow by there is no column for it.
        div class=[(!results.facets.is_empty()).then_some("cols left")] {
            (it.narrow().panel(results.facets, &words.search_show(signed(results.total), shown)))
            div.list {
                @if results.rows.is_empty() {
                    div.nothing.flow {
                        @if !results.first {
                            p.lead { (words.front_list_end()) }
                            p.more { a href=(it.narrow().address(it.filter())) { strong { (words.front_list_newest()) } } }
                        } @else {
                            p.lead {
                                @match results.no_reference {
                                    Some(reference) => (words.search_no_reference(reference)),
                                    None => (words.search_nothing()),
                                }
                            }
                            (more(it, results, words))
                            (tips(words))
                        }
                    }
                } @else {
                    h2.vh { (words.search_results()) }
                    (order(it, results, words))
                    ol.items.dated { @for (card, excerpt) in results.rows { (views::excerpt(card, &show, excerpt)) } }
                    (narrow::pager(
                        words,
                        results.previous.clone().map(|to| (to, words.search_previous())),
                        Some(words.search_of(
                            format!("{}\u{2060}–\u{2060}{}", number(it.lang, results.before + 1), number(it.lang, results.before + results.rows.len() as u64)),
                            number(it.lang, results.total),
                        )),
                        results.next.clone().map(|to| (to, words.search_next())),
                    ))
                    @if results.total < FEW { (more(it, results, words)) }
                }
            }
        }
    }
}

/// What may be meant by a name or a time: each leads to its list.
fn offers(it: &Page<'_>, offers: &[Offer], words: &Phrases) -> Markup {
    html! {
        @if !offers.is_empty() {
            section.offers aria-labelledby="offers" {
                h2.vh #offers { (words.search_offers()) }
                ul.ways {
                    @for offer in offers {
                        @let (count, shown) = (signed(offer.count), number(it.lang, offer.count));
                        @let name = dates::capital(&offer.name);
                        @let sentence = match offer.of {
                            What::Institution(_) => words.search_offer_institution(count, name, shown),
                            What::Topic(_) => words.search_offer_topic(count, offer.name.as_str(), shown),
                            What::Period(_) => words.search_offer_period(count, name, shown),
                        };
                        li { a href=(paths::releases(it.lang, &offer.to.canonical())) { strong { (sentence) } } }
                    }
                }
            }
        }
    }
}

/// "38 press releases with water and “high tide”, without minister"; and what was left out.
fn sentence(it: &Page<'_>, results: &Results<'_>, words: &Phrases) -> Markup {
    let understood = it.understood;
    html! {
        p role="status" {
            b { (words.search_count(signed(results.total), number(it.lang, results.total))) }
            @if !understood.wanted.is_empty() { " " (words.search_with()) " " (terms(&understood.wanted, true, words)) }
            @if !understood.unwanted.is_empty() {
                @if !understood.wanted.is_empty() { "," }
                " " (words.search_without()) " " (terms(&understood.unwanted, false, words))
            }
        }
        @if let (Some(reference), false) = (results.no_reference, results.rows.is_empty()) { p { (words.search_no_reference(reference)) } }
        @if !understood.left_out.is_empty() {
            p.small { (words.search_left_out(signed(Understood::MAX as u64), understood.left_out.join(" "))) }
        }
        @if understood.cut { p.small { (words.search_cut(signed(Words::MAX as u64))) } }
    }
}

fn terms(terms: &[Term], marked: bool, words: &Phrases) -> Markup {
    html! {
        @for (place, term) in terms.iter().enumerate() {
            @if place > 0 { @if place + 1 == terms.len() { " " (words.front_last_word()) " " } @else { ", " } }
            @let text = match term { Term::Phrase(_) => words.search_phrase(term.text()), _ => term.text() };
            @if marked { mark { (text) } } @else { b { (text) } }
        }
    }
}

/// In which order they stand, the other order, and the ways to be told of new ones.
fn order(it: &Page<'_>, results: &Results<'_>, words: &Phrases) -> Markup {
    let filter = it.filter();
    let with = |best_first| Narrow { stays: stays(best_first), ..it.narrow() }.address(filter);
    html! {
        p.act.order.no-print {
            @if it.understood.wanted.is_empty() || results.total < 2 {
                b { (words.search_newest_now()) }
            } @else if it.best_first {
                b { (words.search_best_now()) }
                a href=(with(false)) { (words.search_newest()) }
            } @else {
                b { (words.search_newest_now()) }
                a href=(with(true)) { (words.search_best()) }
            }
            a href=(paths::feed(it.lang, "atom", &filter.canonical())) type=(paths::FEED_FORMATS[0].2) { (words.search_feed()) }
            // A search is a subscription; of one time only the rest can be, for nothing new comes to it.
            a href=(paths::subscribe(it.lang, &filter.lasting().canonical())) { (words.search_subscribe()) }
        }
    }
}

/// What is near, and what asks for less, each with what it finds.
fn more(it: &Page<'_>, results: &Results<'_>, words: &Phrases) -> Markup {
    html! {
        @if let Some((near, words_near)) = results.near.and_then(|near| Some((near, near.words.as_ref()?))) {
            p.near { (words.search_near()) " " a href=(it.narrow().address(near)) { strong { (words_near.text()) } } }
        }
        @if !results.wider.is_empty() {
            section.sec aria-labelledby="wider" {
                h2 #wider { (words.search_widen()) }
                ul.ways {
                    @for wider in results.wider {
                        li {
                            a href=(it.narrow().address(&wider.to)) {
                                span { (wider.without) " (" span.num { (number(it.lang, wider.count)) } ")" }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// For whoever has never searched: what can be typed, by examples that find something here.
fn help(it: &Page<'_>, examples: &[Words], topics: &[Topic], words: &Phrases) -> Markup {
    html! {
        div.flow {
            @if !examples.is_empty() {
                section.sec aria-labelledby="examples" {
                    h2 #examples { (words.search_examples()) }
                    ul.ways {
                        @for example in examples {
                            @let filter = Filter { words: Some(example.clone()), ..Filter::default() };
                            li { a href=(it.narrow().address(&filter)) { (example.text()) } }
                        }
                    }
                }
            }
            (tips(words))
            section.sec aria-labelledby="or" {
                h2 #or { (words.search_or_lists()) }
                ul.topics.small {
                    @for topic in topics {
                        li { a href=(paths::search(it.lang, &format!("topic={}", topic.code))) { (views::text(&topic.names, it.lang)) } }
                    }
                }
                p.more {
                    a href=(paths::releases(it.lang, "")) { (words.front_latest()) }
                    a href=(paths::institutions(it.lang)) { (words.front_all_institutions()) }
                    a href=(paths::topics(it.lang)) { (words.front_all_topics()) }
                    a href=(paths::archive(it.lang)) { (words.nav_archive()) }
                }
            }
        }
    }
}

fn tips(words: &Phrases) -> Markup {
    html! {
        section.sec aria-labelledby="tips" {
            h2 #tips { (words.search_help()) }
            ul.tips {
                li { (words.search_help_words()) }
                li { (words.search_help_beginning()) }
                li { (words.search_help_phrase()) " " b { (words.search_help_phrase_example()) } }
                li { (words.search_help_without()) " " b { (words.search_help_without_example()) } }
                li { (words.search_help_direct()) }
            }
        }
    }
}

fn number(lang: Lang, n: u64) -> String {
    dates::number(lang, signed(n))
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
