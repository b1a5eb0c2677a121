//! The digest as a mail: two bodies made of the same values, in the words and the order of its reader.

use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use maud::{Markup, html};
use subtle::ConstantTimeEq;

use super::matching::Mark;
use super::slot;
use crate::directory::Family;
use crate::ids::DeliveryId;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::mail::{self, Address, Composed, List, Mail};
use crate::layout::mail::{COLUMNS, Colour, Letter, head_style, link, rule, strong_rule, text_style, wrap};
use crate::paths;
use crate::phrases::{language_name, phrases};
use crate::release::public::Card;
use crate::subscription::model::Ending;
use crate::subscription::wording;

/// Octets of all items as they travel, both bodies together. With its frame a mail stays well under the 102 kB at which
/// Gmail cuts, and under our own 100 kB (PROMISES I-24); the rest is one link.
const ITEMS_MAX: usize = 60_000;

/// The list's name for machines (RFC 2919).
const LIST: &str = "digest";
/// Names the sender to feedback loops, for ever.
const FEEDBACK_SENDER: &str = "communique";

/// What one person gets at one slot.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Which delivery it is.
    pub id: DeliveryId,
    /// Where it goes.
    pub to: Address,
    /// In the order of preference; the first is the language of the mail itself.
    pub languages: Vec<Lang>,
    /// The slot.
    pub slot_at: DateTime<Utc>,
    /// When the run was opened: the date of the mail at each try.
    pub opened_at: DateTime<Utc>,
    /// At least one.
    pub items: Vec<Item>,
    /// Because of which filters it comes, canonical.
    pub filters: Vec<String>,
    /// The same in words, in the language of the mail.
    pub choices: Vec<String>,
    /// What its last link ends.
    pub ending: Ending,
}

/// A release in it, once, as it stands now.
#[derive(Debug, Clone)]
pub struct Item {
    /// What the public sees of it.
    pub card: Arc<Card>,
    /// How it stands in this mail.
    pub mark: Mark,
    /// What was corrected, or why it was withdrawn.
    pub note: Option<Texts>,
}

/// A group of items under its heading.
struct Group {
    name: String,
    items: Vec<Line>,
}

/// An item in words.
struct Line {
    at: DateTime<Utc>,
    hour: String,
    /// The day, where it is another one than the slot's.
    day: Option<String>,
    issuer: String,
    lang: Option<Lang>,
    title: String,
    /// Lead, note or reason, with its language where it is another one than the mail's.
    text: Option<(Option<Lang>, String)>,
    mark: Option<(Colour, String)>,
    href: String,
}

/// Composes it. The same delivery has the same Message-ID and envelope sender at each try, and the same bytes as long as
/// what it tells of stays the same.
pub fn compose(ctx: &Context, digest: &Digest) -> anyhow::Result<Composed> {
    let lang = digest.languages.first().copied().unwrap_or(Lang::Fr);
    let words = phrases(lang);
    let groups = grouped(ctx, digest, lang);
    let count = digest.items.len();
    let titles: Vec<&Line> = groups.iter().flat_map(|group| &group.items).collect();
    let first = titles.first().context("a digest has at least one item")?;
    let unsubscribe = ctx.settings.absolute(&paths::unsubscribe(lang, &digest.ending.token(&ctx.secret)));
    let heading = words.digest_heading(
        dates::heading(lang, dates::day(ctx.settings.zone, digest.slot_at)),
        dates::hour_in_words(lang, ctx.settings.zone, digest.slot_at),
    );
    let summary = match groups.as_slice() {
        [_] => words.digest_count(count),
        many => {
            let named = many.iter().map(|group| format!("{}\u{a0}{}", group.name, group.items.len()));
            words.digest_summary(words.digest_count(count), named.collect::<Vec<_>>().join(", "))
        }
    };
    let preheader = match titles.as_slice() {
        [only] => only.text.as_ref().map_or_else(|| summary.clone(), |(_, text)| text.clone()),
        [_, others @ ..] => short(&others.iter().map(|line| line.title.as_str()).collect::<Vec<_>>().join(" · "), 150),
        [] => summary.clone(),
    };
    let letter = Letter { settings: &ctx.settings, lang, title: &heading, preheader: &preheader };
    let foot = foot(ctx, digest, lang, &unsubscribe);
    let (rows, body) = bodies(ctx, digest, lang, &groups, &heading, &summary);
    let unique = unique(ctx, digest.id);
    let feedback = format!("slot-{}", digest.slot_at.format("%Y%m%d-%H%M"));
    let list = List {
        label: LIST,
        title: ctx.settings.site_name.text(lang),
        unsubscribe: &unsubscribe.parse()?,
        help: &ctx.settings.absolute(&paths::subscribe(lang, "")).parse()?,
        feedback: &[&feedback, LIST, FEEDBACK_SENDER],
    };
    let mail = Mail {
        to: digest.to.clone(),
        subject: words.digest_subject(count, &first.title),
        text: letter.text(&body, &foot.1),
        html: letter.html(&rows, &foot.0),
        lang: lang.code().to_owned(),
        date: digest.opened_at,
        message_id: ctx.mail.message_id(&format!("digest.{unique}"))?,
        envelope_from: ctx.mail.envelope_from("bounce", &format!("d-{unique}")).context("COMMUNIQUE_BOUNCE_DOMAIN")?,
        headers: list.headers(&ctx.settings.public_url)?,
    };
    Ok(mail::message(&ctx.mail, &mail)?)
}

/// What tells a delivery apart in Message-ID and envelope sender: its number, and a keyed hash of it, so that nobody can
/// report a bounce of a mail that they did not get, and a copy of the database made elsewhere has other ones.
pub fn unique(ctx: &Context, id: DeliveryId) -> String {
    let hash = ctx.secret.keyed_hash("digest.delivery", &id.to_string());
    format!("{id}-{}", data_encoding::HEXLOWER.encode(&hash[..10]))
}

/// Whether a token is a delivery's own ([`unique`]), by any key of ours.
pub fn is_unique(ctx: &Context, id: DeliveryId, token: &str) -> bool {
    let hashes = ctx.secret.keyed_hashes("digest.delivery", &id.to_string());
    hashes.iter().any(|hash| {
        let own = format!("{id}-{}", data_encoding::HEXLOWER.encode(&hash[..10]));
        bool::from(own.as_bytes().ct_eq(token.as_bytes()))
    })
}

fn grouped(ctx: &Context, digest: &Digest, lang: Lang) -> Vec<Group> {
    let mut families: Vec<Group> =
        Family::ALL.iter().map(|of| Group { name: wording::family(*of, lang), items: Vec::new() }).collect();
    let mut changes = Group { name: phrases(lang).digest_changes(), items: Vec::new() };
    for item in &digest.items {
        let Some(line) = line(ctx, digest, lang, item) else { continue };
        match item.mark {
            Mark::Plain | Mark::AlsoIn(_) => {
                // By its lead; a release without issuers does not exist, and would stand with the last.
                let family = item.card.issuers.first().map_or(Family::Institutions, |lead| lead.family);
                let place = Family::ALL.iter().position(|of| *of == family).unwrap_or(Family::ALL.len() - 1);
                families[place].items.push(line);
            }
            Mark::Corrected | Mark::Restored | Mark::Withdrawn => changes.items.push(line),
        }
    }
    families.push(changes);
    families.retain(|group| !group.items.is_empty());
    for group in &mut families {
        // The newest first; within an instant in the order of their publication.
        group.items.sort_by_key(|line| std::cmp::Reverse(line.at));
    }
    families
}

fn line(ctx: &Context, digest: &Digest, lang: Lang, item: &Item) -> Option<Line> {
    let words = phrases(lang);
    let zone = ctx.settings.zone;
    let release = &item.card.release;
    let there: Vec<Lang> = item.card.versions.keys().copied().collect();
    let of = Lang::best(&digest.languages, &there)?;
    let version = item.card.versions.get(&of)?;
    let foreign = |of: Lang| (of != lang).then_some(of);
    let at = match item.mark {
        Mark::Corrected => release.changed_at.unwrap_or(release.first_published_at),
        _ => release.first_published_at,
    };
    let when = |at| format!("{}, {}", dates::long(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
    let mark = match &item.mark {
        Mark::Corrected => Some((Colour::Warn, words.digest_corrected(when(at)))),
        Mark::Withdrawn => Some((Colour::Stop, words.digest_withdrawn())),
        Mark::Restored => Some((Colour::Warn, words.digest_restored())),
        Mark::AlsoIn(added) => Some((Colour::Quiet, words.digest_also_in(wording::all_of(added, lang)))),
        Mark::Plain => foreign(of)
            .map(|of| (Colour::Quiet, dates::capital(&words.subscription_in_language(language_name(of, lang))))),
    };
    let told = item.note.as_ref().and_then(|note| {
        let order = std::iter::once(of).chain(digest.languages.iter().copied());
        order.into_iter().find_map(|of| note.0.get(&of).map(|text| (of, text.as_str()))).or_else(|| note.get(of))
    });
    let text = match told {
        Some((of, text)) => Some((foreign(of), text.to_owned())),
        None => Some((foreign(of), version.lead.clone())),
    };
    let day = dates::day(zone, at);
    let path = match &release.reference {
        Some(reference) => paths::short_in(of, reference),
        None => paths::release(of, release.first_published_on, &version.slug),
    };
    Some(Line {
        at,
        hour: if release.time_known { dates::hour(lang, zone, at) } else { String::new() },
        day: (day != dates::day(zone, digest.slot_at)).then(|| dates::short(lang, day)),
        issuer: item.card.issuers.iter().map(|issuer| issuer.names.text(lang)).collect::<Vec<_>>().join(", "),
        lang: foreign(of),
        title: version.title.clone(),
        text: text.filter(|(_, text)| !text.is_empty()),
        mark,
        href: ctx.settings.absolute(&path),
    })
}

/// Both bodies, item by item alike, until they are large enough.
fn bodies(
    ctx: &Context,
    digest: &Digest,
    lang: Lang,
    groups: &[Group],
    heading: &str,
    summary: &str,
) -> (Markup, String) {
    let words = phrases(lang);
    let mut text = String::new();
    wrap(&mut text, "", "", heading);
    wrap(&mut text, "", "", summary);
    let mut sections: Vec<Markup> = Vec::new();
    let mut size = 0;
    let mut left = digest.items.len();
    for group in groups {
        let mut rows: Vec<Markup> = Vec::new();
        let mut lines = String::new();
        for line in &group.items {
            let row = item_row(line, rows.is_empty());
            let mut paragraph = String::new();
            item_text(&mut paragraph, line);
            size += as_it_travels(&row.0) + as_it_travels(&paragraph);
            if size > ITEMS_MAX && left < digest.items.len() {
                break;
            }
            rows.push(row);
            lines.push_str(&paragraph);
            left -= 1;
        }
        if rows.is_empty() {
            break;
        }
        text.push_str("\n\n");
        wrap(&mut text, "", "", &format!("{} ({})", group.name.to_uppercase(), group.items.len()));
        text.push_str(&"-".repeat(COLUMNS));
        text.push('\n');
        text.push_str(lines.trim_end());
        text.push('\n');
        sections.push(section(&group.name, group.items.len(), &rows));
    }
    let rest = (left > 0).then(|| {
        let filter = match digest.filters.as_slice() {
            [only] => only.as_str(),
            _ => "",
        };
        (words.digest_rest(left), ctx.settings.absolute(&paths::releases(lang, filter)))
    });
    if let Some((said, href)) = &rest {
        text.push_str("\n\n");
        wrap(&mut text, "", "", said);
        wrap(&mut text, "", "", &format!("{} {href}", words.mail_labelled(words.digest_rest_link())));
    }
    let rows = html! {
        tr { td style="padding:16px 0 0;" {
            h1.ink style=(head_style(Colour::Ink, 21, 28, "0")) { (heading) }
            p.ink style=(text_style(Colour::Ink, 15, 22, "4px 0 0")) { (summary) }
        } }
        @for section in &sections { (section) }
        @if let Some((said, href)) = &rest {
            tr { td style="padding:16px 0 0;" {
                p.ink style=(text_style(Colour::Ink, 15, 22, "0")) { (said) " " (link(href, &words.digest_rest_link())) }
            } }
        }
    };
    (rows, text)
}

fn section(name: &str, count: usize, rows: &[Markup]) -> Markup {
    html! {
        tr { td style="padding:32px 0 0;" {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                tr { td.strong colspan="2" style=(format!("{}{}padding:8px 0;", strong_rule("top"), rule("bottom"))) {
                    h2.ink style=(head_style(Colour::Ink, 20, 26, "0")) {
                        (name) " " span.ink2 style="font-size:15px;font-weight:normal;" { (count) }
                    }
                } }
                @for row in rows { (row) }
            }
        } }
    }
}

fn item_row(line: &Line, is_first: bool) -> Markup {
    let edge = if is_first { String::new() } else { rule("top") };
    let hour = format!("{edge}padding:15px 0;{}font-weight:bold;", text_style(Colour::Ink, 15, 20, "0"));
    let title = format!("{}display:block;text-decoration:none;", head_style(Colour::Accent, 19, 24, "0"));
    html! {
        tr {
            td.rule.when width="60" valign="top" style=(hour) { span.ink { (line.hour) } }
            td.rule valign="top" style=(format!("{edge}padding:15px 0;")) {
                p.ink style=(text_style(Colour::Ink, 14, 20, "0 0 2px")) {
                    (line.issuer)
                    @if let Some(day) = &line.day { " · " (day) }
                }
                h3 lang=[line.lang] style="margin:0;" { a.acc href=(line.href) style=(title) { (line.title) } }
                @if let Some((lang, text)) = &line.text {
                    p.ink lang=[*lang] style=(text_style(Colour::Ink, 15, 22, "4px 0 0")) { (text) }
                }
                @if let Some((colour, mark)) = &line.mark {
                    p class=(colour.class()) style=(text_style(*colour, 14, 20, "6px 0 0")) {
                        @if *colour == Colour::Quiet { (mark) } @else { b { (mark) } }
                    }
                }
            }
        }
    }
}

fn item_text(out: &mut String, line: &Line) {
    const INDENT: &str = "      ";
    let day = line.day.as_ref().map(|day| format!(" · {day}")).unwrap_or_default();
    wrap(out, &format!("{:>5} ", line.hour), INDENT, &format!("{}{day}", line.issuer));
    wrap(out, INDENT, INDENT, &line.title);
    if let Some((_, text)) = &line.text {
        wrap(out, INDENT, INDENT, text);
    }
    match &line.mark {
        Some((Colour::Quiet, mark)) => wrap(out, INDENT, INDENT, mark),
        Some((_, mark)) => wrap(out, &format!("{INDENT}>> "), &format!("{INDENT}   "), &mark.to_uppercase()),
        None => {}
    }
    wrap(out, INDENT, INDENT, &line.href);
    out.push('\n');
}

fn foot(ctx: &Context, digest: &Digest, lang: Lang, unsubscribe: &str) -> (Markup, String) {
    let words = phrases(lang);
    let zone = ctx.settings.zone;
    let next = slot::next(&ctx.settings, digest.slot_at.max(digest.opened_at));
    let next = words.digest_next(format!(
        "{}, {}",
        dates::full(lang, dates::day(zone, next)),
        dates::hour_in_words(lang, zone, next)
    ));
    let choice = words.digest_choice(
        digest.choices.join("; "),
        wording::times(&ctx.settings.slots, lang),
        wording::order(&digest.languages, lang),
    );
    let markup = html! {
        p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (next) }
        p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (choice) }
        p style=(text_style(Colour::Ink, 15, 32, "0 0 10px")) { (link(unsubscribe, &words.digest_unsubscribe())) }
    };
    let mut text = String::new();
    wrap(&mut text, "", "", &next);
    text.push('\n');
    wrap(&mut text, "", "", &choice);
    text.push('\n');
    wrap(&mut text, "", "", &words.mail_labelled(words.digest_unsubscribe()));
    wrap(&mut text, "", "", unsubscribe);
    (markup, text)
}

/// Octets in quoted-printable, soft line ends aside.
fn as_it_travels(text: &str) -> usize {
    text.bytes().map(|byte| if byte.is_ascii() && byte != b'=' { 1 } else { 3 }).sum()
}

/// At most so many characters, cut between words.
fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end_matches([' ', '·']))
}
