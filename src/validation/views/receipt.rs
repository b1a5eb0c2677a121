//! The receipt: who answered what, for whom, by which way, when, on which hashes.

use maud::{Markup, html};

use super::{first_text, house, masked, minister, page};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::layout::desk::{Mark, repeated};
use crate::phrases::phrases;
use crate::validation::asked::Asked;
use crate::validation::link::Answerer;
use crate::validation::mails;
use crate::validation::model::{Answer, Channel, Receipt, Say};

/// The whole page.
pub fn receipt(
    ctx: &Context,
    lang: Lang,
    by: &Answerer,
    receipt: &Receipt,
    answers: &[Answer],
    asked: &[Asked],
    back: &str,
) -> Markup {
    let words = phrases(lang);
    let zone = ctx.settings.zone;
    let title = words.answer_received(dates::hour_to_the_second(lang, zone, receipt.at));
    let open = asked.iter().filter(|one| one.is_open()).count();
    let mut ministers: Vec<String> = answers
        .iter()
        .filter_map(|answer| asked.iter().find(|one| one.request.id == answer.request_id))
        .map(|one| minister(lang, &one.mandate))
        .collect();
    ministers.sort();
    ministers.dedup();
    let channel = match receipt.channel {
        Channel::Link => words.answer_by_link(),
        Channel::Desk => words.answer_by_desk(),
    };
    page(
        ctx,
        lang,
        &title,
        html! {
            div.ph-wrap data-clear=(format!("answers-{}-{}", by.meeting.id, by.device_id.map_or(0, |id| id.0))) {
                div.ph-top.bare {
                    (house(ctx, lang))
                    h1 { span.ok { (repeated(Mark::Published)) } " " (title) }
                    p { @if open == 0 { (words.answer_all_done()) } @else { (words.answer_still_open(open)) } }
                    p.ph-small { (words.answer_receipt_by(receipt.name.as_str(), ministers.join("; "), channel, masked(&receipt.email))) }
                }
                p { a.btn.wide href=(back) { @if open == 0 { (words.answer_revise()) } @else { (words.answer_go_on()) } } }
                table.rc {
                    caption.vh { (words.answer_receipt_caption()) }
                    thead.vh { tr { th scope="col" { (words.answer_column_item()) } th scope="col" { (words.answer_column_answer()) } } }
                    tbody {
                        @for answer in answers {
                            @let one = asked.iter().find(|one| one.request.id == answer.request_id);
                            @let (mark, class) = shape(answer.say);
                            tr {
                                td { @if let Some(one) = one { (one.item.position) } }
                                td {
                                    span.st.(class) { (repeated(mark)) (mails::said(words, answer)) }
                                    @if let Some(text) = one.and_then(|one| first_text(lang, &one.texts)) { br; (text.title) }
                                    @if let Some(reason) = &answer.reason { br; q { (reason) } }
                                    @if let Some(fate) = mails::fate(words, answer) { br; b { (fate) } }
                                    br; span.soft.code { (mails::hashes(answer)) }
                                }
                            }
                        }
                    }
                }
                p.ph-small.soft.last { (words.answer_hash_note())
                    @if let Some(at) = by.meeting.planned_at.filter(|_| by.meeting.published_at.is_none()) { " " (words.answer_mail_publication(dates::hour_in_words(lang, zone, at))) }
                }
            }
        },
    )
}

/// The shape of an answer, and its colour.
pub fn shape(say: Say) -> (Mark, &'static str) {
    match say {
        Say::Agree => (Mark::Published, "ok"),
        Say::Suggest => (Mark::Suggest, "ok"),
        Say::Change => (Mark::Change, "stop"),
        Say::None => (Mark::Withdrawn, "mute"),
    }
}
