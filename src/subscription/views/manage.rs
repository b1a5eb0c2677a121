//! One's own subscriptions: all of them on one page, and the small pages on the way to it.

use maud::{Markup, html};

use super::form::{Shown, address_field, error};
use super::{Line, frame, head};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::mail::AddressError;
use crate::layout::public;
use crate::paths::{self, Word};
use crate::phrases::{Phrases, phrases};
use crate::subscription::manage::change::is_own;
use crate::subscription::manage::{Holder, address, link};
use crate::subscription::model::SubscriberState;
use crate::subscription::signup::{Choices, Form, Problem};

/// What has just been done, as the address says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Languages or rhythm.
    Saved,
    /// A pause was set.
    Paused,
    /// It is over.
    Resumed,
    /// Ended.
    Ended,
    /// One more.
    Added,
    /// The proof is on its way to the new address.
    AddressAsked,
}

impl Told {
    /// All of them, with their word in an address.
    pub const ALL: [(Told, &'static str); 6] = [
        (Told::Saved, "saved"),
        (Told::Paused, "paused"),
        (Told::Resumed, "resumed"),
        (Told::Ended, "ended"),
        (Told::Added, "added"),
        (Told::AddressAsked, "address"),
    ];

    fn in_words(self, words: &Phrases) -> String {
        match self {
            Told::Saved => words.manage_told_saved(),
            Told::Paused => words.manage_told_paused(),
            Told::Resumed => words.manage_told_resumed(),
            Told::Ended => words.manage_told_ended(),
            Told::Added => words.manage_told_added(),
            Told::AddressAsked => words.manage_told_address(),
        }
    }
}

/// The fields of a pause as they were typed, and which of its days it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WrongPause {
    /// As typed.
    pub from: String,
    /// As typed.
    pub until: String,
    /// Whether it was ticked.
    pub catch_up: bool,
    /// The first day is over, too far off or none; else it is the last.
    pub is_first: bool,
}

/// What of the page has to be corrected.
#[derive(Debug, Clone, Default)]
pub struct Wrong {
    /// The subscription whose rhythm or pause it is; none: of all of them.
    pub of: Option<i64>,
    /// Of the rhythm or the languages.
    pub problems: Vec<Problem>,
    /// A day of a pause that is none, or in the wrong order.
    pub pause: Option<WrongPause>,
    /// The new address, as typed, and why it is none.
    pub address: Option<(String, AddressError)>,
}

impl Wrong {
    /// Whether anything is.
    pub fn is_any(&self) -> bool {
        !self.problems.is_empty() || self.pause.is_some() || self.address.is_some()
    }
}

/// Asks for the address that a link is sent to.
pub fn ask(ctx: &Context, lang: Lang, typed: &str, wrong: Option<AddressError>) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.manage_title(), &words.manage_ask()))
        form.form method="post" action=(paths::managing_part(lang, paths::MANAGE_LINK)) novalidate {
            fieldset {
                legend.vh { (words.subscription_address()) }
                (address_field(words, typed, wrong, wrong.is_some(), &words.manage_ask_hint()))
            }
            p { button.main { (words.manage_ask_button()) } }
        }
        p.more { a href=(paths::subscribe(lang, "")) { (words.subscription_title()) } }
    };
    public::page(&frame(ctx, lang, words.manage_title(), false, paths::managing), main)
}

/// After that: the same for every address.
pub fn asked(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! { (head(&words.subscription_asked_title(), &words.manage_asked())) };
    public::page(&frame(ctx, lang, words.subscription_asked_title(), false, paths::managing_asked), main)
}

/// Where the link leads: one button, or why it opens nothing and the way to a new one.
pub fn opened(ctx: &Context, lang: Lang, token: &str, standing: link::Standing) -> Markup {
    let words = phrases(lang);
    let main = match standing {
        link::Standing::Open => html! {
            (head(&words.manage_title(), &words.manage_open()))
            form method="post" action=(paths::managing_opened(lang, token)) {
                p { button.main { (words.manage_open_button()) } }
            }
        },
        link::Standing::Spent | link::Standing::Void => html! {
            @let said = if standing == link::Standing::Spent { words.manage_spent() } else { words.manage_void() };
            (head(&words.subscription_void_title(), &said))
            p { a href=(paths::managing(lang)) { (words.manage_ask_button()) } }
        },
    };
    let path = |of| match standing {
        link::Standing::Open => paths::managing_opened(of, token),
        link::Standing::Spent | link::Standing::Void => paths::managing(of),
    };
    public::page(&frame(ctx, lang, words.manage_title(), false, path), main)
}

/// Where the proof of a new address leads.
pub fn proof(ctx: &Context, lang: Lang, token: &str, standing: &address::Standing) -> Markup {
    let words = phrases(lang);
    let main = match standing {
        address::Standing::Open => html! {
            (head(&words.manage_address_title(), &words.manage_address_confirm()))
            form method="post" action=(paths::managing_address(lang, token)) {
                p { button.main { (words.manage_address_button()) } }
            }
        },
        address::Standing::Done => html! {
            (head(&words.manage_address_title(), &words.manage_address_done()))
            p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } }
        },
        address::Standing::Taken => html! {
            (head(&words.manage_address_title(), &words.manage_address_taken()))
            p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } }
        },
        address::Standing::Void => html! {
            (head(&words.subscription_void_title(), &words.manage_address_void()))
            p.more { a href=(paths::managing(lang)) { (words.manage_nav()) } }
        },
    };
    let path = |of| match standing {
        address::Standing::Void => paths::managing(of),
        _ => paths::managing_address(of, token),
    };
    public::page(&frame(ctx, lang, words.manage_address_title(), false, path), main)
}

/// Everything that somebody has, and what can be done with it.
pub struct Mine<'a> {
    /// How the site is set up.
    pub ctx: &'a Context,
    /// The language of the page.
    pub lang: Lang,
    /// Whose.
    pub holder: &'a Holder,
    /// What runs.
    pub lines: &'a [Line],
    /// What there is to choose from.
    pub choices: &'a Choices,
    /// What has just been done.
    pub told: Option<Told>,
    /// What has to be corrected.
    pub wrong: &'a Wrong,
    /// The form that has to be.
    pub typed: Option<&'a Form>,
    /// Today, as a field of a form has it.
    pub today: String,
}

impl Mine<'_> {
    fn words(&self) -> &'static Phrases {
        phrases(self.lang)
    }

    fn post(&self, part: Word, of: Option<i64>, content: Markup) -> Markup {
        html! {
            form.form method="post" action=(paths::managing_part(self.lang, part)) novalidate {
                input type="hidden" name="form_token" value=(self.holder.form_token);
                @if let Some(id) = of { input type="hidden" name="subscription" value=(id); }
                (content)
            }
        }
    }

    /// The page.
    pub fn page(&self) -> Markup {
        let words = self.words();
        let many = self.lines.len() > 1;
        let main = html! {
            div.cols {
                div.flow {
                    header.head {
                        h1 { (words.manage_title()) }
                        p.lead { (words.manage_lead(self.lines.len(), self.holder.email.as_str())) }
                    }
                    @if let Some(told) = self.told { div.notice.info role="status" { p { (told.in_words(words)) } } }
                    @if self.wrong.is_any() {
                        div.notice.stop role="alert" { p { (words.subscription_errors(self.wrong.problems.len().max(1))) } }
                    }
                    @if self.holder.state == SubscriberState::Suspended {
                        div.notice.stop {
                            p { (words.manage_suspended()) }
                            (self.post(paths::MANAGE_RESUMPTION, None, html! { p { button.main { (words.manage_unsuspend()) } } }))
                        }
                    }
                    @for line in self.lines { (self.subscription(line)) }
                    p { a.button href=(paths::managing_part(self.lang, paths::MANAGE_ADDITION)) { (words.manage_add()) } }
                    @if many { (self.all()) }
                }
                div.aside {
                    (self.languages())
                    (self.address())
                    (self.data())
                    section.sec aria-labelledby="closing" {
                        h2 #closing { (words.manage_closing_title()) }
                        p.small { (words.manage_closing()) }
                        (self.post(paths::MANAGE_CLOSING, None, html! { p { button { (words.manage_closing_button()) } } }))
                    }
                }
            }
        };
        public::page(&frame(self.ctx, self.lang, words.manage_title(), false, paths::managing), main)
    }

    fn subscription(&self, line: &Line) -> Markup {
        let words = self.words();
        let settings = &self.ctx.settings;
        let of = line.subscription.id.0;
        let id = format!("s{of}");
        let mine = self.wrong.of == Some(of);
        let offered = Form::default().showing(&line.subscription.rhythm(), settings);
        let form = self.typed.filter(|_| mine).unwrap_or(&offered);
        let problems: &[Problem] = if mine { &self.wrong.problems } else { &[] };
        let shown = Shown { lang: self.lang, choices: self.choices, form, problems };
        html! {
            section.sec aria-labelledby=(id) {
                h2 id=(id) { (dates::capital(&line.choice)) }
                p { (line.standing(settings, self.lang)) }
                @if is_own(&line.subscription) {
                    details open[!problems.is_empty()] {
                        summary { (words.manage_rhythm_summary()) }
                        (self.post(paths::MANAGE_RHYTHM, Some(of), html! {
                            (shown.when(&id, &words.manage_rhythm_legend()))
                            p { button { (words.manage_save()) } }
                        }))
                    }
                }
                @if line.subscription.pause().is_some() {
                    details open {
                        summary { (words.manage_resume_summary()) }
                        (self.resumption(Some(of)))
                    }
                } @else {
                    @let wrong = self.wrong.pause.as_ref().filter(|_| mine);
                    details open[wrong.is_some()] {
                        summary { (words.manage_pause_summary()) }
                        (self.pause(Some(of), wrong))
                    }
                }
                (self.post(paths::UNSUBSCRIBE, Some(of), html! { p { button { (words.manage_end()) span.vh { (": ") (line.choice) } } } }))
            }
        }
    }

    fn pause(&self, of: Option<i64>, wrong: Option<&WrongPause>) -> Markup {
        let words = self.words();
        let name = of.map_or_else(|| "all".to_owned(), |of| of.to_string());
        let (from, until, hint) = (format!("from-{name}"), format!("until-{name}"), format!("until-{name}-hint"));
        let (from_error, until_error) = (format!("{from}-error"), format!("{until}-error"));
        let (wrong_from, wrong_until) =
            (wrong.is_some_and(|wrong| wrong.is_first), wrong.is_some_and(|wrong| !wrong.is_first));
        let offered = WrongPause { from: self.today.clone(), ..WrongPause::default() };
        let typed = wrong.unwrap_or(&offered);
        self.post(
            paths::MANAGE_PAUSE,
            of,
            html! {
                fieldset {
                    legend.vh { (words.manage_pause_summary()) }
                    (error(wrong_from, &from_error, || words.manage_pause_wrong()))
                    (error(wrong_until, &until_error, || words.manage_pause_wrong_until()))
                    div.buttons {
                        div {
                            label.label for=(from) { (words.manage_pause_from()) }
                            input type="date" id=(from) name="from" value=(typed.from) min=(self.today)
                                aria-invalid=[wrong_from.then_some("true")]
                                aria-describedby=[wrong_from.then_some(from_error.as_str())] autofocus[wrong_from];
                        }
                        div {
                            label.label for=(until) { (words.manage_pause_until()) }
                            input type="date" id=(until) name="until" value=(typed.until) min=(self.today)
                                aria-invalid=[wrong_until.then_some("true")] autofocus[wrong_until]
                                aria-describedby=(if wrong_until { format!("{until_error} {hint}") } else { hint.clone() });
                        }
                    }
                    p.hint id=(hint) { (words.manage_pause_hint()) }
                    label.choice { input type="checkbox" name="catch_up" value="yes" checked[typed.catch_up]; span { (words.manage_pause_catch_up()) } }
                }
                p { button { (words.manage_pause_button()) } }
            },
        )
    }

    fn resumption(&self, of: Option<i64>) -> Markup {
        let words = self.words();
        self.post(
            paths::MANAGE_RESUMPTION,
            of,
            html! {
                p.buttons {
                    button { (words.manage_resume_button()) }
                    button name="missed" value="yes" { (words.manage_resume_missed_button()) }
                }
            },
        )
    }

    fn all(&self) -> Markup {
        let words = self.words();
        let paused = self.lines.iter().any(|line| line.subscription.pause().is_some());
        let wrong = self.wrong.pause.as_ref().filter(|_| self.wrong.of.is_none());
        html! {
            section.sec aria-labelledby="all" {
                h2 #all { (words.manage_all_title()) }
                details open[wrong.is_some()] {
                    summary { (words.manage_pause_summary()) }
                    (self.pause(None, wrong))
                }
                @if paused {
                    details { summary { (words.manage_resume_summary()) } (self.resumption(None)) }
                }
                (self.post(paths::UNSUBSCRIBE, None, html! { p { button { (words.subscription_end_all()) } } }))
            }
        }
    }

    fn languages(&self) -> Markup {
        let words = self.words();
        let mut offered = Form::default();
        for (place, lang) in self.holder.languages.iter().enumerate().take(offered.languages.len()) {
            lang.code().clone_into(&mut offered.languages[place]);
        }
        let is_wrong = self.wrong.problems.contains(&Problem::Language);
        let form = self.typed.filter(|_| is_wrong).unwrap_or(&offered);
        let problems: &[Problem] = if is_wrong { &self.wrong.problems } else { &[] };
        let shown = Shown { lang: self.lang, choices: self.choices, form, problems };
        html! {
            section.sec.stacked aria-label=(words.manage_languages()) {
                (self.post(paths::MANAGE_LANGUAGES, None, html! {
                    (shown.order(&words.manage_languages()))
                    p { button { (words.manage_save()) } }
                }))
            }
        }
    }

    fn address(&self) -> Markup {
        let words = self.words();
        let (typed, wrong) = match &self.wrong.address {
            Some((typed, wrong)) => (typed.as_str(), Some(*wrong)),
            None => ("", None),
        };
        html! {
            section.sec aria-labelledby="address" {
                h2 #address { (words.manage_address_title()) }
                details open[wrong.is_some()] {
                    summary { (words.manage_address_summary()) }
                    (self.post(paths::MANAGE_ADDRESS, None, html! {
                        div { (address_field(words, typed, wrong, wrong.is_some(), &words.manage_address_hint())) }
                        p { button { (words.manage_address_ask()) } }
                    }))
                }
            }
        }
    }

    fn data(&self) -> Markup {
        let words = self.words();
        html! {
            section.sec aria-labelledby="data" {
                h2 #data { (words.subscription_data_title()) }
                p.small { (words.manage_data()) }
                p.more { a href=(paths::managing_part(self.lang, paths::MANAGE_DATA)) download { (words.manage_data_link()) } }
                p.more { a href=(paths::managing_part(self.lang, paths::MANAGE_ERASURE)) { (words.manage_erasure_link()) } }
            }
        }
    }
}

/// One more subscription.
pub fn addition(
    ctx: &Context,
    lang: Lang,
    holder: &Holder,
    choices: &Choices,
    form: &Form,
    problems: &[Problem],
) -> Markup {
    let words = phrases(lang);
    let shown = Shown { lang, choices, form, problems };
    let main = html! {
        p.crumb { a href=(paths::managing(lang)) { (words.manage_title()) } }
        (head(&words.manage_add(), &words.manage_add_lead(holder.email.as_str())))
        (shown.errors())
        form.form method="post" action=(paths::managing_part(lang, paths::MANAGE_ADDITION)) novalidate {
            input type="hidden" name="form_token" value=(holder.form_token);
            (shown.what())
            (shown.when("", &words.subscription_when()))
            p { button.main { (words.manage_add_button()) } }
        }
        section.sec aria-labelledby="narrower" {
            h2 #narrower { (words.subscription_narrower_title()) }
            p { (words.subscription_narrower()) }
            p.more { a href=(paths::search(lang, "")) { (words.subscription_narrower_link()) } }
        }
    };
    let path = |of| paths::managing_part(of, paths::MANAGE_ADDITION);
    public::page(&frame(ctx, lang, words.manage_add(), false, path), main)
}

/// What goes and what stays, before it goes.
pub fn erasure(ctx: &Context, lang: Lang, holder: &Holder) -> Markup {
    let words = phrases(lang);
    let main = html! {
        p.crumb { a href=(paths::managing(lang)) { (words.manage_title()) } }
        (head(&words.manage_erasure_title(), &words.manage_erasure(holder.email.as_str())))
        form.form method="post" action=(paths::managing_part(lang, paths::MANAGE_ERASURE)) {
            input type="hidden" name="form_token" value=(holder.form_token);
            label.choice { input type="checkbox" name="never_again" value="yes"; span { (words.manage_erasure_never()) span.hint { (words.manage_erasure_never_hint()) } } }
            p { button.main { (words.manage_erasure_button()) } }
        }
    };
    let path = |of| paths::managing_part(of, paths::MANAGE_ERASURE);
    public::page(&frame(ctx, lang, words.manage_erasure_title(), false, path), main)
}

/// It is gone.
pub fn erased(ctx: &Context, lang: Lang) -> Markup {
    let words = phrases(lang);
    let main = html! {
        (head(&words.manage_erased_title(), &words.manage_erased()))
        p.more { a href=(paths::home(lang)) { strong { (words.nav_releases()) } } }
    };
    public::page(&frame(ctx, lang, words.manage_erased_title(), false, paths::managing), main)
}
