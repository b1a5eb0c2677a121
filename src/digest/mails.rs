//! The digest as a mail: two bodies made of the same values, in the words and the order of its reader.
//!
//! Two steps: a [`Draft`] is all that mails to readers of the same choice have in common, bodies encoded; [`address`] puts in
//! a reader's own links and signs. Both together are the same bytes for the same delivery at each try.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use chrono::{DateTime, NaiveDate, Utc};
use maud::{Markup, html};
use subtle::ConstantTimeEq;

use super::matching::Mark;
use super::model::RunKind;
use super::query::Sitting;
use super::slot;
use crate::directory::Family;
use crate::directory::contact::{ChannelKind, dialled};
use crate::ids::DeliveryId;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::mail::{self, Address, Bodies, Composed, List, Mail};
use crate::layout::mail::{COLUMNS, Colour, Letter, head_style, link, rule, strong_rule, text_style, wrap};
use crate::paths;
use crate::phrases::{language_name, phrases};
use crate::release::public::Page;
use crate::subscription::manage::link::Key;
use crate::subscription::model::{Ending, press_list_of};
use crate::subscription::rhythm::{Frequency, Rhythm};
use crate::subscription::wording;

/// Octets of all items as they travel, both bodies together. With its frame a mail stays well under the 102 kB at which
/// Gmail cuts, and under our own 100 kB (PROMISES I-24); the rest is one link.
const ITEMS_MAX: usize = 60_000;

/// The list's name for machines (RFC 2919).
const LIST: &str = "digest";
/// Names the sender to feedback loops, for ever.
const FEEDBACK_SENDER: &str = "communique";
/// The gap of the token that ends the subscriptions …
const ENDING: usize = 0;
/// … and of the one that opens them.
const MANAGING: usize = 1;

/// What one person gets by one run.
#[derive(Debug, Clone)]
pub struct Digest {
    /// Which delivery it is.
    pub id: DeliveryId,
    /// Where it goes.
    pub to: Address,
    /// In the order of preference; the first is the language of the mail itself.
    pub languages: Vec<Lang>,
    /// What made its run fall due.
    pub run_kind: RunKind,
    /// The slot, or when the log had grown.
    pub slot_at: DateTime<Utc>,
    /// When the run was opened: the date of the mail at each try.
    pub opened_at: DateTime<Utc>,
    /// At least one.
    pub told: Vec<Told>,
    /// Because of which subscriptions it comes.
    pub choices: Vec<Choice>,
    /// What its last link ends.
    pub ending: Ending,
}

/// A release in it, once, as it stands now.
#[derive(Debug, Clone)]
pub struct Told {
    /// What the public sees of it.
    pub page: Arc<Page>,
    /// As an item of a meeting, if it is one.
    pub sitting: Option<Arc<Sitting>>,
    /// How it stands in this mail.
    pub mark: Mark,
    /// Which of the choices asked for it, by their places.
    pub asked_by: Vec<usize>,
}

/// A subscription because of which the mail comes.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Canonical, or the name of a press list.
    pub filter: String,
    /// The same in words, in the language of the mail.
    pub said: String,
    /// How often, as the row has it: the frequency, and the chosen slots.
    pub rhythm: String,
    /// Of a press list: why its members may be written to, in its institution's words.
    pub basis: Option<String>,
}

/// What mails to readers of the same choice have in common.
#[derive(Debug)]
pub struct Draft {
    lang: Lang,
    subject: String,
    bodies: Bodies,
    feedback: String,
}

impl Draft {
    /// How many octets it takes.
    pub fn size(&self) -> usize {
        self.bodies.size() + 256
    }
}

/// A group of items under its heading.
struct Group {
    name: String,
    /// Of a meeting: its day and place.
    lead: Option<String>,
    items: Vec<Line>,
}

impl Group {
    fn named(name: String) -> Self {
        Self { name, lead: None, items: Vec::new() }
    }
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
    /// Not to be used before.
    not_before: Option<String>,
    mark: Option<(Colour, String)>,
    /// "In French", beside a mark of another kind.
    in_language: Option<String>,
    /// Whom one may call: a name and a number.
    contact: Option<(String, String)>,
    /// What else asked for it.
    also: Option<String>,
    href: String,
}

/// Composes what is the same for everybody of this choice.
///
/// # Errors
/// There is nothing in it.
pub fn draft(ctx: &Context, digest: &Digest) -> anyhow::Result<Draft> {
    let settings = &ctx.settings;
    let lang = digest.languages.first().copied().unwrap_or(Lang::Fr);
    let words = phrases(lang);
    let groups = grouped(settings, digest, lang);
    let count = digest.told.len();
    let mut titles: Vec<&Line> = groups.iter().flat_map(|group| &group.items).collect();
    // What nobody may use yet does not stand in a subject unmarked, and leads only where nothing else does.
    let free = titles.iter().position(|line| line.not_before.is_none()).unwrap_or(0);
    if free < titles.len() {
        titles[..=free].rotate_right(1);
    }
    let first = titles.first().context("a digest has at least one item")?;
    let heading = words.digest_heading(
        dates::heading(lang, dates::day(settings.zone, digest.slot_at)),
        dates::hour_in_words(lang, settings.zone, digest.slot_at),
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
    // What is inside: one title, said as what it is, or how many and the first.
    let title = match first.not_before {
        Some(_) => words.digest_subject_embargo(&first.title),
        None => first.title.clone(),
    };
    let subject = match (count, digest.told.first().map(|told| &told.mark)) {
        (1, Some(Mark::Corrected)) => words.digest_subject_corrected(&title),
        (1, Some(Mark::Withdrawn)) => words.digest_subject_withdrawn(&title),
        _ => words.digest_subject(count, &title),
    };
    let letter = Letter { settings, lang, title: &heading, preheader: &preheader };
    let foot = foot(settings, digest, lang);
    let (rows, body) = bodies(settings, digest, lang, &groups, &heading, &summary);
    Ok(Draft {
        lang,
        subject,
        bodies: Bodies::encode(&letter.text(&body, &foot.1), &letter.html(&rows, &foot.0)),
        feedback: match digest.run_kind {
            RunKind::Slot => format!("slot-{}", digest.slot_at.format("%Y%m%d-%H%M")),
            RunKind::AtOnce => format!("once-{}", digest.slot_at.format("%Y%m%d")),
        },
    })
}

/// Makes one person's mail of it. The same delivery has the same Message-ID and envelope sender at each try, and the same
/// bytes as long as what it tells of stays the same.
///
/// # Errors
/// An address of the settings cannot be used.
pub fn address(ctx: &Context, draft: &Draft, digest: &Digest) -> anyhow::Result<Composed> {
    let (settings, lang) = (&ctx.settings, draft.lang);
    let token = digest.ending.token(&ctx.secret);
    let subscriber = digest.ending.subscriber_id;
    let key = Key::of_mail(&ctx.secret, subscriber, &digest.to, digest.id, digest.opened_at).token(&ctx.secret);
    let list = List {
        label: LIST,
        title: settings.site_name.text(lang),
        unsubscribe: &settings.absolute(&paths::unsubscribe(lang, &token)).parse()?,
        help: &settings.absolute(&paths::subscribe(lang, "")).parse()?,
        feedback: &[&draft.feedback, LIST, FEEDBACK_SENDER],
    };
    let unique = unique(ctx, digest.id);
    let mail = Mail {
        to: digest.to.clone(),
        subject: draft.subject.clone(),
        text: String::new(),
        html: String::new(),
        lang: lang.code().to_owned(),
        date: digest.opened_at,
        message_id: ctx.mail.message_id(&format!("digest.{unique}"))?,
        envelope_from: ctx.mail.envelope_from("bounce", &format!("d-{unique}")).context("COMMUNIQUE_BOUNCE_DOMAIN")?,
        headers: list.headers(&settings.public_url)?,
    };
    Ok(mail::compose(&ctx.mail, &mail, &draft.bodies, &[&token, &key])?)
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

/// By what asked for it, where several things did; else by source. What changed stands at the end, whoever asked for it.
fn grouped(settings: &Settings, digest: &Digest, lang: Lang) -> Vec<Group> {
    let mut families: Vec<Group> = Family::ALL.iter().map(|of| Group::named(wording::family(*of, lang))).collect();
    let mut changes = Group::named(changes_name(digest, lang));
    let mut own: Vec<Group> = digest.choices.iter().map(|choice| Group::named(dates::capital(&choice.said))).collect();
    let mut meetings: BTreeMap<(Reverse<NaiveDate>, i64), (Group, Vec<i32>)> = BTreeMap::new();
    for told in &digest.told {
        let is_new = matches!(told.mark, Mark::Plain | Mark::AlsoIn(_));
        // A meeting is one block, whatever asked for its items.
        let sitting = told.sitting.as_ref().filter(|_| is_new);
        let place = if is_new && sitting.is_none() { narrowest(digest, told) } else { None };
        let Some(line) = line(settings, digest, lang, told, place) else { continue };
        if let Some(sitting) = sitting {
            let of_meeting = (Reverse(sitting.held_on), sitting.meeting_id);
            let (group, positions) = meetings.entry(of_meeting).or_insert_with(|| (meeting(sitting, lang), Vec::new()));
            let place = positions.partition_point(|position| *position <= sitting.position);
            positions.insert(place, sitting.position);
            group.items.insert(place, of_meeting_item(line, sitting, lang));
            continue;
        }
        match place {
            _ if !is_new => changes.items.push(line),
            Some(place) => own[place].items.push(line),
            None => {
                // By its lead; a release without issuers does not exist, and would stand with the last.
                let family = told.page.card.issuers.first().map_or(Family::Institutions, |lead| lead.family);
                let place = Family::ALL.iter().position(|of| *of == family).unwrap_or(Family::ALL.len() - 1);
                families[place].items.push(line);
            }
        }
    }
    own.sort_by(|a, b| a.name.cmp(&b.name));
    let mut others: Vec<Group> = own.into_iter().chain(families).chain(std::iter::once(changes)).collect();
    others.retain(|group| !group.items.is_empty());
    for group in &mut others {
        // The newest first; within an instant in the order of their publication.
        group.items.sort_by_key(|line| Reverse(line.at));
    }
    meetings.into_values().map(|(group, _)| group).chain(others).collect()
}

/// What the group of what changed is called: by what is in it.
fn changes_name(digest: &Digest, lang: Lang) -> String {
    let words = phrases(lang);
    let is = |wanted: &Mark| digest.told.iter().any(|told| told.mark == *wanted);
    match (is(&Mark::Corrected), is(&Mark::Withdrawn), is(&Mark::Restored)) {
        (true, false, false) => words.digest_changes(),
        (false, true, false) => words.digest_withdrawn(),
        (false, false, true) => words.digest_restored(),
        _ => words.digest_changes_mixed(),
    }
}

/// The block of a meeting, still without its items.
fn meeting(sitting: &Sitting, lang: Lang) -> Group {
    let name = match sitting.is_inner {
        true => phrases(lang).digest_inner_cabinet(),
        false => wording::family(Family::Council, lang),
    };
    let day = dates::heading(lang, sitting.held_on);
    let lead = match &sitting.places {
        Some(places) => format!("{day} · {}", places.text(lang)),
        None => day,
    };
    Group { name, lead: Some(lead), items: Vec::new() }
}

/// An item of a meeting: its number in the place of the hour, and who proposes it in the place of the issuer.
fn of_meeting_item(line: Line, sitting: &Sitting, lang: Lang) -> Line {
    let proposers: Vec<&str> = sitting.proposers.iter().map(|titles| titles.text(lang)).collect();
    let issuer = if proposers.is_empty() { line.issuer } else { proposers.join(" · ") };
    Line { hour: format!("{}.", sitting.position), day: None, issuer, ..line }
}

/// Under which choice an item stands: the one that says most. None where it stands under its source: there is one choice
/// alone, or it is asked for by whoever asks for everything.
fn narrowest(digest: &Digest, told: &Told) -> Option<usize> {
    if digest.choices.len() < 2 {
        return None;
    }
    let says = |place: &usize| {
        let filter = digest.choices.get(*place).map_or("", |choice| choice.filter.as_str());
        if filter.is_empty() { 0 } else { filter.matches('&').count() + 1 }
    };
    // Of two that say as much, the first.
    let best = told.asked_by.iter().copied().rev().max_by_key(says)?;
    (says(&best) > 0).then_some(best)
}

/// An item as it is told. `under` is the choice under whose name it stands; the others that asked for it are named.
fn line(settings: &Settings, digest: &Digest, lang: Lang, told: &Told, under: Option<usize>) -> Option<Line> {
    let words = phrases(lang);
    let zone = settings.zone;
    let card = &told.page.card;
    let release = &card.release;
    let there: Vec<Lang> = card.versions.keys().copied().collect();
    let of = Lang::best(&digest.languages, &there)?;
    let version = card.versions.get(&of)?;
    let foreign = |of: Lang| (of != lang).then_some(of);
    let at = match told.mark {
        Mark::Corrected => release.changed_at.unwrap_or(release.first_published_at),
        _ => release.first_published_at,
    };
    let mark = match &told.mark {
        Mark::Corrected => {
            let (day, hour) = (dates::long(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at));
            Some((Colour::Warn, words.digest_corrected(day, hour)))
        }
        Mark::Withdrawn => Some((Colour::Stop, words.digest_withdrawn())),
        Mark::Restored => Some((Colour::Warn, words.digest_restored())),
        Mark::AlsoIn(added) => Some((Colour::Quiet, words.digest_also_in(wording::all_of(added, lang)))),
        Mark::Plain => foreign(of)
            .map(|of| (Colour::Quiet, dates::capital(&words.subscription_in_language(language_name(of, lang))))),
    };
    // Beside its mark: what somebody is told of in another language than the mail's says so.
    let in_language = foreign(of)
        .filter(|_| told.mark != Mark::Plain)
        .map(|of| dates::capital(&words.subscription_in_language(language_name(of, lang))));
    let note = match told.mark {
        Mark::Withdrawn => release.notice.as_ref(),
        Mark::Corrected => told.page.corrections.first().map(|correction| &correction.note),
        Mark::Plain | Mark::AlsoIn(_) | Mark::Restored => None,
    };
    let said = note.and_then(|note: &Texts| {
        let order = std::iter::once(of).chain(digest.languages.iter().copied());
        order.into_iter().find_map(|of| note.0.get(&of).map(|text| (of, text.as_str()))).or_else(|| note.get(of))
    });
    let text = match said {
        Some((of, text)) => Some((foreign(of), text.to_owned())),
        None => Some((foreign(of), version.lead.clone())),
    };
    // The mail says what held when it was sent; whoever reads it later reads the hour with it.
    let not_before = told.page.card.not_before.filter(|at| *at > digest.opened_at && told.mark != Mark::Withdrawn);
    let not_before = not_before.map(|at| {
        words.release_not_before(dates::full(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at))
    });
    // Whom to call is no news of what is gone.
    let contact = told.page.foot.contacts.iter().filter(|_| told.mark != Mark::Withdrawn).find_map(|contact| {
        let phone = contact.channels.iter().find(|(kind, _)| *kind == ChannelKind::Phone)?;
        Some((contact.name.clone(), phone.1.clone()))
    });
    let others: Vec<&str> = told
        .asked_by
        .iter()
        .filter(|place| digest.choices.len() > 1 && Some(**place) != under)
        // That everything was asked for is no news of one of it.
        .filter_map(|place| digest.choices.get(*place).filter(|choice| !choice.filter.is_empty()))
        .map(|choice| choice.said.as_str())
        .collect();
    let also = (!others.is_empty()).then(|| words.digest_also_asked(others.join(" · ")));
    let day = dates::day(zone, at);
    let path = match &release.reference {
        Some(reference) => paths::short_in(of, reference),
        None => paths::release(of, release.first_published_on, &version.slug),
    };
    Some(Line {
        at,
        hour: if release.time_known { dates::hour(lang, zone, at) } else { String::new() },
        day: (day != dates::day(zone, digest.slot_at)).then(|| dates::short(lang, day)),
        issuer: card.issuers.iter().map(|issuer| issuer.names.text(lang)).collect::<Vec<_>>().join(", "),
        lang: foreign(of),
        title: version.title.clone(),
        text: text.filter(|(_, text)| !text.is_empty()),
        not_before,
        mark,
        in_language,
        contact,
        also,
        href: settings.absolute(&path),
    })
}

/// Both bodies, item by item alike, until they are large enough.
fn bodies(
    settings: &Settings,
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
    let mut left = digest.told.len();
    for group in groups {
        let mut rows: Vec<Markup> = Vec::new();
        let mut lines = String::new();
        for line in &group.items {
            let row = item_row(line, rows.is_empty(), lang);
            let mut paragraph = String::new();
            item_text(&mut paragraph, line, lang);
            size += as_it_travels(&row.0) + as_it_travels(&paragraph);
            if size > ITEMS_MAX && left < digest.told.len() {
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
        if let Some(lead) = &group.lead {
            wrap(&mut text, "", "", lead);
            text.push('\n');
        }
        text.push_str(lines.trim_end());
        text.push('\n');
        sections.push(section(group, &rows));
    }
    let rest = (left > 0).then(|| {
        // A press list is no search.
        let filter = match digest.choices.as_slice() {
            [only] if press_list_of(&only.filter).is_none() => only.filter.as_str(),
            _ => "",
        };
        (words.digest_rest(left), settings.absolute(&paths::releases(lang, filter)))
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

fn section(group: &Group, rows: &[Markup]) -> Markup {
    html! {
        tr { td style="padding:32px 0 0;" {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" {
                tr { td.strong colspan="2" style=(format!("{}{}padding:8px 0;", strong_rule("top"), rule("bottom"))) {
                    h2.ink style=(head_style(Colour::Ink, 20, 26, "0")) {
                        (group.name) " " span.ink2 style="font-size:15px;font-weight:normal;" { (group.items.len()) }
                    }
                    @if let Some(lead) = &group.lead { p.ink2 style=(text_style(Colour::Quiet, 14, 20, "2px 0 0")) { (lead) } }
                } }
                @for row in rows { (row) }
            }
        } }
    }
}

fn item_row(line: &Line, is_first: bool, lang: Lang) -> Markup {
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
                @if let Some((of, text)) = &line.text {
                    p.ink lang=[*of] style=(text_style(Colour::Ink, 15, 22, "4px 0 0")) { (text) }
                }
                @if let Some(not_before) = &line.not_before {
                    p.stop style=(text_style(Colour::Stop, 14, 20, "6px 0 0")) { b { (not_before) } }
                }
                @if let Some((colour, mark)) = &line.mark {
                    p class=(colour.class()) style=(text_style(*colour, 14, 20, "6px 0 0")) {
                        @if *colour == Colour::Quiet { (mark) } @else { b { (mark) } }
                    }
                }
                @if let Some(said) = &line.in_language { p.ink2 style=(text_style(Colour::Quiet, 14, 20, "2px 0 0")) { (said) } }
                @if let Some(also) = &line.also { p.ink2 style=(text_style(Colour::Quiet, 14, 20, "2px 0 0")) { (also) } }
                @if let Some((name, phone)) = &line.contact {
                    p.ink2 style=(text_style(Colour::Quiet, 14, 20, "2px 0 0")) {
                        (phrases(lang).digest_contact(name)) " " (link(&format!("tel:{}", dialled(phone)), phone))
                    }
                }
            }
        }
    }
}

fn item_text(out: &mut String, line: &Line, lang: Lang) {
    const INDENT: &str = "      ";
    let day = line.day.as_ref().map(|day| format!(" · {day}")).unwrap_or_default();
    wrap(out, &format!("{:>5} ", line.hour), INDENT, &format!("{}{day}", line.issuer));
    wrap(out, INDENT, INDENT, &line.title);
    if let Some((_, text)) = &line.text {
        wrap(out, INDENT, INDENT, text);
    }
    let shout = |out: &mut String, said: &str| {
        wrap(out, &format!("{INDENT}>> "), &format!("{INDENT}   "), &shouted(said));
    };
    if let Some(not_before) = &line.not_before {
        shout(out, not_before);
    }
    match &line.mark {
        Some((Colour::Quiet, mark)) => wrap(out, INDENT, INDENT, mark),
        Some((_, mark)) => shout(out, mark),
        None => {}
    }
    if let Some(said) = &line.in_language {
        wrap(out, INDENT, INDENT, said);
    }
    if let Some(also) = &line.also {
        wrap(out, INDENT, INDENT, also);
    }
    if let Some((name, phone)) = &line.contact {
        // A number is not broken.
        let phone = phone.replace(' ', "\u{a0}");
        wrap(out, INDENT, INDENT, &format!("{} {phone}", phrases(lang).digest_contact(name)));
    }
    wrap(out, INDENT, INDENT, &line.href);
    out.push('\n');
}

/// In capitals, for a body that has no bold type; the unit of an hour stays as it is written ("13.07 uur").
fn shouted(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    let mut after_hour = false;
    for word in said.split_inclusive([' ', '\u{a0}', '\u{202f}']) {
        let bare = word.trim();
        if after_hour {
            out.push_str(word)
        } else {
            out.push_str(&word.to_uppercase())
        }
        after_hour = bare.contains([':', '.']) && bare.ends_with(|c: char| c.is_ascii_digit());
    }
    out
}

/// What comes next, why this came, and the ways out.
fn foot(settings: &Settings, digest: &Digest, lang: Lang) -> (Markup, String) {
    let words = phrases(lang);
    let zone = settings.zone;
    let rhythms: Vec<Rhythm> = digest.choices.iter().map(|choice| rhythm(&choice.rhythm)).collect();
    // A press list is written to when somebody writes to it, and whoever is told at once when it happens.
    let next = rhythms
        .iter()
        .filter_map(|rhythm| slot::next_for(settings, rhythm, digest.slot_at.max(digest.opened_at)))
        .min()
        .map(|next| {
            words.digest_next(format!(
                "{}, {}",
                dates::full(lang, dates::day(zone, next)),
                dates::hour_in_words(lang, zone, next)
            ))
        });
    let languages = wording::order(&digest.languages, lang);
    let often = |rhythm: &Rhythm| wording::rhythm(rhythm, &settings.slots, lang);
    let is_one_rhythm = rhythms.windows(2).all(|two| two[0] == two[1]);
    let said = digest.choices.iter().zip(&rhythms);
    let choice = match rhythms.first() {
        Some(rhythm) if is_one_rhythm => {
            let all: Vec<&str> = digest.choices.iter().map(|choice| choice.said.as_str()).collect();
            words.digest_choice(all.join(" · "), often(rhythm), languages)
        }
        _ => {
            let each: Vec<String> =
                said.map(|(choice, rhythm)| format!("{} ({})", choice.said, often(rhythm))).collect();
            words.digest_choices(each.join(" · "), languages)
        }
    };
    // Why somebody is written to who did not ask for it (GDPR, article 14).
    let bases: Vec<&str> = digest.choices.iter().filter_map(|choice| choice.basis.as_deref()).collect();
    let manage = settings.absolute(&paths::managing_opened(lang, mail::gap(MANAGING)));
    let unsubscribe = settings.absolute(&paths::unsubscribe(lang, mail::gap(ENDING)));
    let links = [(words.digest_manage(), manage), (words.digest_unsubscribe(), unsubscribe)];
    let markup = html! {
        @if let Some(next) = &next { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (next) } }
        p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (choice) }
        @for basis in &bases { p.ink2 style=(text_style(Colour::Quiet, 14, 21, "0 0 10px")) { (words.digest_basis(*basis)) } }
        p style=(text_style(Colour::Ink, 15, 32, "0 0 10px")) {
            @for (place, (said, href)) in links.iter().enumerate() {
                @if place > 0 { " \u{a0} " }
                (link(href, said))
            }
        }
    };
    let mut text = String::new();
    if let Some(next) = &next {
        wrap(&mut text, "", "", next);
        text.push('\n');
    }
    wrap(&mut text, "", "", &choice);
    for basis in &bases {
        text.push('\n');
        wrap(&mut text, "", "", &words.digest_basis(*basis));
    }
    for (said, href) in &links {
        text.push('\n');
        wrap(&mut text, "", "", &words.mail_labelled(said));
        wrap(&mut text, "", "", href);
    }
    (markup, text)
}

/// How often, as a row has it.
fn rhythm(row: &str) -> Rhythm {
    let mut parts = row.split(' ');
    let frequency = parts.next().and_then(|part| part.parse().ok()).unwrap_or(Frequency::Slots);
    let slots: Vec<String> = parts.map(str::to_owned).collect();
    Rhythm::stored(frequency, (!slots.is_empty()).then_some(slots))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_leave_the_unit_of_an_hour_alone() {
        for (said, shown) in [
            ("Rechtgezet op 20 november 2026 om 13.07\u{a0}uur", "RECHTGEZET OP 20 NOVEMBER 2026 OM 13.07\u{a0}uur"),
            ("Berichtigt am 20. November 2026 um 13.07 Uhr", "BERICHTIGT AM 20. NOVEMBER 2026 UM 13.07 Uhr"),
            ("Retiré", "RETIRÉ"),
        ] {
            assert_eq!(shouted(said), shown);
        }
    }
}
