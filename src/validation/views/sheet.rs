//! The page on which a spokesperson answers: who they are and until when, each item with its text or what changed in it,
//! four answers, and below all of them what they are about to send. Nothing is chosen beforehand, nothing agrees to all at
//! once, and the bar that stays in view sends nothing.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::{first_text, house, languages, meeting_name, minister, page};
use crate::ids::RequestId;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::desk::{Mark, repeated};
use crate::phrases::{Phrases, language_name, phrases};
use crate::release::difference::{self, Kind, Stretch};
use crate::release::model::LanguageVersion;
use crate::release::views::instrument_name;
use crate::validation::answer::{Choice, Wrong};
use crate::validation::asked::{Asked, Standing};
use crate::validation::link::Answerer;
use crate::validation::mails;
use crate::validation::model::{Mandate, REASON_MAX, Say, Speaker, Suggested};

/// What the page needs besides what is asked.
pub struct Sheet<'a> {
    /// The site.
    pub ctx: &'a Context,
    /// Who answers.
    pub by: &'a Answerer,
    /// In which language the page speaks.
    pub lang: Lang,
    /// The present instant.
    pub now: chrono::DateTime<chrono::Utc>,
    /// What they are asked.
    pub asked: &'a [Asked],
    /// Where the answers go.
    pub action: &'a str,
    /// Where *somebody else answers* goes.
    pub deputy_action: &'a str,
    /// Who could answer in their place.
    pub deputies: &'a [Speaker],
    /// The Chancellery's telephone.
    pub phone: Option<&'a str>,
    /// What a form of the desk brings back; none for a personal link, whose cookie is enough.
    pub form_token: Option<&'a str>,
    /// What was chosen, where the page comes back.
    pub chosen: &'a [Choice],
    /// What is wrong with it.
    pub wrong: &'a [(RequestId, Wrong)],
}

/// The word for an answer in a form.
pub fn field(id: RequestId) -> String {
    format!("a{id}")
}

/// The whole page.
pub fn sheet(of: &Sheet<'_>) -> Markup {
    let (words, lang, zone) = (phrases(of.lang), of.lang, of.ctx.settings.zone);
    let open: Vec<&Asked> = of.asked.iter().filter(|one| one.is_open()).collect();
    let rest: Vec<&Asked> = of.asked.iter().filter(|one| !one.is_open()).collect();
    let can_answer: Vec<&Asked> = of.asked.iter().filter(|one| one.standing() != Standing::Over).collect();
    let is_all_public = !of.asked.is_empty() && of.asked.iter().all(|one| one.standing() == Standing::Public);
    let title = if is_all_public {
        words.answer_title_public()
    } else if open.is_empty() {
        words.answer_title_none()
    } else {
        words.answer_title(open.len())
    };
    let deadline = of.by.meeting.deadline_at;
    let is_late = deadline.is_some_and(|at| at <= of.now);
    let until = deadline.map(|at| dates::hour_in_words(lang, zone, at));
    let mut ministers: Vec<&Mandate> = Vec::new();
    for one in of.asked {
        if !ministers.iter().any(|there| there.id == one.mandate.id) {
            ministers.push(&one.mandate);
        }
    }
    let several = ministers.len() > 1;
    page(
        of.ctx,
        lang,
        &title,
        html! {
            form.ph-form #answers method="post" action=(of.action) data-count=(open.len())
                data-store=(format!("answers-{}-{}", of.by.meeting.id, of.by.device_id.map_or(0, |id| id.0)))
                data-one=(words.answer_send_one()) data-many=(words.answer_send_many()) data-first=(words.answer_choose_first()) {
                @if let Some(token) = of.form_token { input type="hidden" name="form_token" value=(token); }
                header.ph-top { div.ph-wrap {
                    @if of.form_token.is_some() { p.ph-small { a href=(crate::paths::DESK) { (words.answer_to_desk()) } } }
                    (house(of.ctx, lang))
                    h1 { (title) }
                    p.ph-small { (dates::capital(&meeting_name(lang, &of.by.meeting))) ". "
                        (words.answer_identity(of.by.name(), ministers.iter().map(|one| minister(lang, one)).collect::<Vec<_>>().join("; "))) " "
                        a href="#who" { (words.answer_not_you()) } }
                    p.ph-small { b { (repeated(Mark::Clock)) " "
                        @match (&until, is_late, of.by.meeting.published_at) {
                            (_, _, Some(at)) => (words.answer_public(dates::hour_in_words(lang, zone, at))),
                            (Some(hour), true, _) => (words.answer_deadline_past(hour.as_str())),
                            (Some(hour), false, _) => {
                                (words.answer_until(hour.as_str())) " "
                                span data-deadline=[deadline.filter(|at| (*at - of.now).num_minutes() < 180).map(|at| at.timestamp())] data-none=(words.answer_left_none()) {
                                    (left(words, deadline.map_or(0, |at| (at - of.now).num_minutes().max(0)))) }
                                " " @if of.by.meeting.silence_agrees { (words.answer_silence()) } @else { (words.answer_no_silence()) }
                            },
                            (None, ..) => (words.answer_no_deadline()),
                        }
                    } }
                    @if !of.wrong.is_empty() {
                        div.errors role="alert" tabindex="-1" autofocus {
                            p.err { (words.answer_wrong_title()) }
                            ul { @for (id, wrong) in of.wrong {
                                @if let Some(one) = of.asked.iter().find(|one| one.request.id == *id) {
                                    li { a href={ "#" (wrong_field(*id, *wrong, one, lang)) } { (words.answer_mail_items(words.answer_item(one.item.position), wrong_said(words, *wrong))) } }
                                }
                            } }
                        }
                    }
                } }
                div.ph-wrap {
                    @if !open.is_empty() { h2.grp { (words.answer_choose()) } }
                    @for one in &open { (item(of, words, one, several)) }
                    @if !rest.is_empty() {
                        h2.grp { (words.answer_answered()) }
                        @for one in &rest { (answered(of, words, one, several)) }
                    }
                    @if of.asked.is_empty() { p { (words.answer_nothing()) } }
                }
                @if !can_answer.is_empty() {
                    div.tally { div.ph-wrap {
                        p { b.lg.c-all {} " " @if open.is_empty() { (words.answer_to_send()) } @else { (words.answer_chosen(open.len())) } }
                        div.acts {
                            a.btn #next href={ "#p" (open.first().copied().unwrap_or(can_answer[0]).request.id) } hidden { (repeated(Mark::Down)) (words.answer_next()) }
                            a.btn href="#send" { (words.answer_check()) }
                        }
                    } }
                    section.send.ph-wrap #send aria-labelledby="sh" tabindex="-1" {
                        h2 #sh { (words.answer_send_title()) }
                        div.sum {
                            span.ok { (repeated(Mark::Published)) } b.c-agree {} span { (words.answer_sum_agree()) }
                            span.ok { (repeated(Mark::Suggest)) } b.c-suggest {} span { (words.answer_sum_suggest()) }
                            span.stop { (repeated(Mark::Change)) } b.c-change {} span { (words.answer_sum_change()) }
                            span.mute { (repeated(Mark::Withdrawn)) } b.c-none {} span { (words.answer_sum_none()) }
                        }
                        ol.back #back hidden {
                            @for one in &can_answer {
                                // What was answered stands here once another answer is chosen.
                                li hidden[!one.is_open() && of.chosen.iter().all(|choice| choice.request_id != one.request.id)] { a href={ "#p" (one.request.id) } {
                                    b { (one.item.position) }
                                    span { span.t { (first_text(lang, &one.texts).map_or("", |text| &text.title)) }
                                        span.r.st.mute { (words.answer_not_yet()) } }
                                } }
                            }
                        }
                        p.ph-small.gap { (words.answer_open_stay()) }
                        p.gap { button.main.wide #go { (words.answer_send()) } }
                    }
                }
            }
            section.ph-wrap.ph-foot #who {
                p.ph-small.soft { @if of.form_token.is_none() { (words.answer_personal()) " " } (words.answer_somebody_else()) }
                @if !of.deputies.is_empty() {
                    form method="post" action=(of.deputy_action) {
                        @if let Some(token) = of.form_token { input type="hidden" name="form_token" value=(token); }
                        @for deputy in of.deputies {
                            p { button.wide name="spokesperson" value=(deputy.id) { (words.answer_hand_over(deputy.name.as_str())) } }
                        }
                    }
                    p.ph-small.soft { (words.answer_hand_over_hint()) }
                }
                @if let Some(phone) = of.phone {
                    p.ph-small { a href={ "tel:" (phone.replace(' ', "")) } { (repeated(Mark::Phone)) " " (words.answer_chancellery(phone)) } }
                }
            }
        },
    )
}

fn left(words: &Phrases, minutes: i64) -> String {
    match minutes {
        0 => words.answer_left_none(),
        ..180 => words.answer_left(minutes),
        180..2880 => words.answer_left_hours(minutes / 60),
        _ => words.answer_left_days(minutes / 1440),
    }
}

fn wrong_said(words: &Phrases, wrong: Wrong) -> String {
    match wrong {
        Wrong::NoReason => words.answer_wrong_no_reason(),
        Wrong::LongReason => words.answer_wrong_long(REASON_MAX),
        Wrong::Same => words.answer_wrong_same(),
        Wrong::Text => words.answer_wrong_text(),
    }
}

/// The field that holds what is wrong.
fn wrong_field(id: RequestId, wrong: Wrong, one: &Asked, lang: Lang) -> String {
    match wrong {
        Wrong::NoReason | Wrong::LongReason => format!("r{id}"),
        Wrong::Same | Wrong::Text => {
            format!("s{id}-{}-title", languages(lang, &one.texts).first().copied().unwrap_or(lang))
        }
    }
}

/// What stands above an item's texts.
fn head(of: &Sheet<'_>, words: &Phrases, one: &Asked, several: bool) -> Markup {
    let lang = of.lang;
    let order = languages(lang, &one.texts);
    let (mark, class, said) = match one.standing() {
        Standing::New => (Mark::Sent, "mute", words.answer_new()),
        Standing::Changed => (Mark::Again, "warn", words.answer_changed()),
        Standing::Refused => (Mark::Again, "warn", words.answer_refused()),
        Standing::Public => (Mark::Published, "mute", words.answer_is_public()),
        Standing::Answered | Standing::Over => (Mark::Published, "mute", words.answer_done()),
    };
    html! {
        p.no { span { (words.answer_item(one.item.position)) } span.st.(class) { (repeated(mark)) (said) } }
        @for (place, own) in order.iter().enumerate() {
            @if let Some(text) = one.texts.get(own) {
                @if place == 0 { h3 #{ "t" (one.request.id) } lang=(own) { (text.title) } } @else { p.alt lang=(own) { (text.title) } }
            }
        }
        @if several { p.ph-small.soft { (words.answer_for(minister(lang, &one.mandate))) } }
        p.ph-small.soft {
            @for (instrument, reading) in &one.instruments { (words.answer_instrument(dates::capital(&instrument_name(*instrument, lang)), reading.unwrap_or(0))) ". " }
            (words.answer_proposed(one.proposing.iter().map(|of| of.offices.text(lang).to_owned()).collect::<Vec<_>>().join(", ")))
        }
    }
}

/// The texts of an item: what changed since they agreed, else the leads; and the whole below a line that opens.
fn texts(of: &Sheet<'_>, words: &Phrases, one: &Asked) -> Markup {
    let lang = of.lang;
    let order = languages(lang, &one.texts);
    let zone = of.ctx.settings.zone;
    html! {
        @if let Some(last) = one.last.as_ref().filter(|_| one.standing() == Standing::Refused) {
            p.chg { (words.answer_refused_because(last.reply.as_deref().unwrap_or_default())) }
        }
        @if let Some((since, before)) = &one.before {
            div.chg {
                p.ph-small.soft {
                    @let hour = dates::hour_in_words(lang, zone, since.at);
                    @if since.agreed { (words.answer_changed_since(hour)) } @else { (words.answer_changed_since_answer(hour)) }
                }
                @for own in &order {
                    @if let (Some(old), Some(new)) = (before.get(own), one.texts.get(own)) { (changes(*own, old, new)) }
                    @else { p lang=(own) { span.lg-tag { (own.code().to_uppercase()) } ins { (one.texts[own].title) } } }
                }
            }
        } @else {
            @for own in &order {
                @if let Some(text) = one.texts.get(own).filter(|text| !text.lead.is_empty()) {
                    p.tx lang=(own) { span.lg-tag { (own.code().to_uppercase()) } (text.lead) }
                }
            }
        }
        @if one.is_being_edited() && one.item.is_open() { p.ph-small.chg { (words.answer_being_edited()) } }
        details {
            summary { (repeated(Mark::Down)) (words.answer_full(order.iter().map(|own| own.code().to_uppercase()).collect::<Vec<_>>().join(", "))) }
            div.both {
                @for own in &order {
                    @if let Some(text) = one.texts.get(own) {
                        div.tx lang=(own) {
                            @if !text.lead.is_empty() { p { b { (text.lead) } } }
                            (crate::release::views::text_of(&text.body, *own))
                        }
                    }
                }
            }
        }
    }
}

/// What is another word in one language; nothing where nothing is.
fn changes(lang: Lang, old: &LanguageVersion, new: &LanguageVersion) -> Markup {
    let lines = [difference::words(&old.title, &new.title), difference::words(&old.lead, &new.lead)];
    let changed = |pieces: &[difference::Piece]| pieces.iter().any(|piece| piece.kind != Kind::Same);
    html! {
        @for pieces in lines.iter().filter(|pieces| changed(pieces)) {
            p lang=(lang) { span.lg-tag { (lang.code().to_uppercase()) } (difference::word_difference(pieces)) }
        }
        @for stretch in difference::paragraphs(&old.body, &new.body) {
            @if let Stretch::Changed(pieces) = stretch {
                p.pre lang=(lang) { span.lg-tag { (lang.code().to_uppercase()) } (difference::word_difference(&pieces)) }
            }
        }
    }
}

fn item(of: &Sheet<'_>, words: &Phrases, one: &Asked, several: bool) -> Markup {
    html! {
        section.it #{ "p" (one.request.id) } aria-labelledby={ "t" (one.request.id) } {
            (head(of, words, one, several))
            (texts(of, words, one))
            (choices(of, words, one))
        }
    }
}

/// An item that they have answered, or that is settled: folded, and open to another answer as long as one counts.
fn answered(of: &Sheet<'_>, words: &Phrases, one: &Asked, several: bool) -> Markup {
    let zone = of.ctx.settings.zone;
    html! {
        section.it #{ "p" (one.request.id) } data-answered aria-labelledby={ "t" (one.request.id) } {
            (head(of, words, one, several))
            @if let Some(last) = &one.last {
                p.tx { b { (mails::said(words, last)) } ", " (dates::hour_in_words(of.lang, zone, last.at)) ", " (last.by)
                    @if let Some(reason) = &last.reason { br; q { (reason) } }
                }
            } @else { p.tx { (words.answer_settled()) } }
            @if one.standing() != Standing::Over {
                details open[of.chosen.iter().any(|choice| choice.request_id == one.request.id)] {
                    summary { (repeated(Mark::Down)) @if one.standing() == Standing::Public { (words.answer_leave_remark()) } @else { (words.answer_revise()) } }
                    (texts(of, words, one))
                    (choices(of, words, one))
                }
            }
        }
    }
}

/// The four answers, and the fields of two of them; of what is public the one that is kept, a remark.
fn choices(of: &Sheet<'_>, words: &Phrases, one: &Asked) -> Markup {
    let id = one.request.id;
    let number = one.item.position;
    let chosen = of.chosen.iter().find(|choice| choice.request_id == id);
    let wrong = of.wrong.iter().find(|(of, _)| *of == id).map(|(_, wrong)| *wrong);
    let is_public = one.standing() == Standing::Public;
    let mut said = BTreeMap::from([
        (Say::Agree, ("o-agree", Mark::Published, words.answer_agree())),
        (Say::Suggest, ("o-suggest", Mark::Suggest, words.answer_suggest())),
        (Say::Change, ("o-change", Mark::Change, words.answer_change())),
        (Say::None, ("o-none", Mark::Withdrawn, words.answer_none())),
    ]);
    if is_public {
        said = BTreeMap::from([(Say::Change, ("o-change", Mark::Change, words.answer_remark()))]);
    }
    let order = languages(of.lang, &one.texts);
    html! {
        input type="hidden" name={ "on" (id) } value=(one.on());
        fieldset.ans {
            legend.vh { (words.answer_legend(number)) }
            @for (say, (class, mark, word)) in &said {
                label.opt.(class) {
                    input type="radio" name=(field(id)) value=(say) checked[chosen.is_some_and(|chosen| chosen.say == *say)];
                    span { (repeated(*mark)) (word) }
                }
            }
        }
        div.said {
            span.no-yet.soft { (words.answer_not_yet()) } span.yes { (words.answer_not_sent()) }
            label.undo { input type="radio" name=(field(id)) value=""; span { (words.answer_clear()) span.vh { " " (words.answer_clear_of(number)) } } }
        }
        @if !is_public { div.more.more-s {
            @if let Some(wrong) = wrong.filter(|wrong| matches!(wrong, Wrong::Same | Wrong::Text)) { p.err { (wrong_said(words, wrong)) } }
            @for own in &order {
                @if let Some(text) = one.texts.get(own) {
                    @let mine = chosen.and_then(|chosen| chosen.suggestion.get(own).cloned()).unwrap_or_else(|| Suggested::from(text));
                    @let called = language_name(*own, of.lang);
                    @for (part, label, value, rows) in [
                        ("title", words.answer_your_title(called.as_str()), &mine.title, 2),
                        ("lead", words.answer_your_lead(called.as_str()), &mine.lead, 3),
                        ("body", words.answer_your_text(called.as_str()), &mine.body, 6),
                    ] {
                        @let name = format!("s{id}-{own}-{part}");
                        div.field { label for=(name) { (label) } textarea id=(name) name=(name) lang=(own) rows=(rows)
                            aria-invalid=[wrong.is_some_and(|wrong| matches!(wrong, Wrong::Same | Wrong::Text)).then_some("true")] { (value) } }
                    }
                }
            }
        } }
        div.more.more-c {
            div.field {
                label for={ "r" (id) } { @if is_public { (words.answer_your_remark()) } @else { (words.answer_reason()) } }
                textarea id={ "r" (id) } name={ "r" (id) } rows="3" maxlength=(REASON_MAX)
                    aria-invalid=[wrong.is_some_and(|wrong| matches!(wrong, Wrong::NoReason | Wrong::LongReason)).then_some("true")] {
                    (chosen.map_or("", |chosen| &chosen.reason))
                }
                @if let Some(wrong) = wrong.filter(|wrong| matches!(wrong, Wrong::NoReason | Wrong::LongReason)) { p.err { (wrong_said(words, wrong)) } }
            }
        }
    }
}

/// Without script: what will be sent, once more, before it is.
pub fn confirm(of: &Sheet<'_>) -> Markup {
    let (words, lang) = (phrases(of.lang), of.lang);
    let title = words.answer_confirm_title(of.chosen.len());
    page(
        of.ctx,
        lang,
        &title,
        html! {
            form.ph-wrap.ph-door method="post" action=(of.action) {
                (house(of.ctx, lang))
                h1 { (title) }
                @if let Some(token) = of.form_token { input type="hidden" name="form_token" value=(token); }
                input type="hidden" name="confirmed" value="1";
                table.rc {
                    caption.vh { (words.answer_send_title()) }
                    thead.vh { tr { th scope="col" { (words.answer_column_item()) } th scope="col" { (words.answer_column_answer()) } } }
                    tbody {
                        @for choice in of.chosen {
                            @if let Some(one) = of.asked.iter().find(|one| one.request.id == choice.request_id) {
                                tr {
                                    td { (one.item.position) }
                                    td {
                                        b { @if one.standing() == Standing::Public { (words.answer_remark()) } @else { (mails::say(words, choice.say)) } } br;
                                        @if let Some(text) = first_text(lang, &one.texts) { (text.title) }
                                        @if !choice.reason.is_empty() { br; q { (choice.reason) } }
                                        @for (own, mine) in &choice.suggestion {
                                            @if let Some(text) = one.texts.get(own) { (changes(*own, text, &LanguageVersion::from(mine.clone()))) }
                                        }
                                        input type="hidden" name={ "on" (choice.request_id) } value=(choice.on);
                                        input type="hidden" name=(field(choice.request_id)) value=(choice.say);
                                        input type="hidden" name={ "r" (choice.request_id) } value=(choice.reason);
                                        @for (own, mine) in &choice.suggestion {
                                            @for (part, value) in [("title", &mine.title), ("lead", &mine.lead), ("body", &mine.body)] {
                                                textarea hidden name=(format!("s{}-{own}-{part}", choice.request_id)) { (value) }
                                            }
                                        }
                                    }
                                }
                            }
                        }
                    }
                }
                p.ph-small { (words.answer_open_stay()) }
                p { button.main.wide { (words.answer_confirm_button(of.chosen.len())) } }
                p { a.btn.wide href=(of.action) { (words.answer_confirm_back()) } }
            }
        },
    )
}
