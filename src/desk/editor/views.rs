//! The editor drawn: language columns side by side, aligned field by field, so that Tab goes from one language to the
//! other; at its side what is missing, whose release it is, whom one may call, under which topics.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use maud::{Markup, html};

use super::conflict;
use super::holes::{Hole, hole};
use crate::account::Visit;
use crate::desk::states;
use crate::directory::contact::{Channel, ContactPoint};
use crate::directory::{Family, Institution, Topic};
use crate::ids::{ContactId, InstitutionId, ReleaseId};
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::{Lang, Texts};
use crate::kit::rich_text::{SafeHtml, word_count};
use crate::layout::desk::{Mark, Tone, field_error, mark, state};
use crate::media;
use crate::paths;
use crate::phrases::Phrases;
use crate::release::draft::{Conflict, Draft, Field, Present};
use crate::release::model::{ContentError, Edition, Kind, Link, RevisionRow};
use crate::release::state::{PublicState, State};
use crate::release::views::kind_name;

/// A title beyond this many characters is cut in lists of others and in search engines.
pub const TITLE_ADVISED: usize = 90;
/// A lead beyond this many characters is no lead.
pub const LEAD_ADVISED: usize = 300;

/// Pictures and files of the draft.
#[derive(Debug)]
pub struct Media {
    /// Those it shows, in order.
    pub rows: Vec<media::views::desk::Row>,
    /// Those that were uploaded here and are not shown.
    pub unused: Vec<media::query::Asset>,
}

/// All that the page shows.
#[derive(Debug)]
pub struct Page {
    /// Which release.
    pub id: ReleaseId,
    /// What it is.
    pub kind: Kind,
    /// Its number, once it was public.
    pub reference: Option<String>,
    /// What the public sees of it.
    pub public_state: PublicState,
    /// The edition that is worked on.
    pub edition: Edition,
    /// Whether this person may write in it at all.
    pub may_write: bool,
    /// Whether it can be written in now.
    pub is_open: bool,
    /// What is written.
    pub draft: Draft,
    /// What this person wrote beside somebody else's text.
    pub conflicts: Vec<Conflict>,
    /// Who else has it open.
    pub others: Vec<Present>,
    /// The languages that have a column, the person's own first.
    pub languages: Vec<Lang>,
    /// The languages of the site.
    pub site_languages: Vec<Lang>,
    /// The languages that the lead's policy asks for.
    pub required: Vec<Lang>,
    /// Who issues it, the lead first.
    pub issuers: Vec<InstitutionId>,
    /// In whose name this person may write.
    pub leads: Vec<Institution>,
    /// All that may co-issue.
    pub institutions: Vec<Institution>,
    /// Whom one may call, of the issuers.
    pub contacts: Vec<(ContactPoint, Vec<Channel>)>,
    /// All topics.
    pub topics: Vec<Topic>,
    /// What the lead says of itself today.
    pub boilerplate: Option<Texts>,
    /// The latest revisions.
    pub revisions: Vec<RevisionRow>,
    /// The instant of the page.
    pub now: DateTime<Utc>,
    /// Pictures and files.
    pub media: Media,
    /// The zone in which hours are shown and typed.
    pub zone: Tz,
    /// What keeps it from being a revision.
    pub wrongs: Vec<(Field, String)>,
}

impl Page {
    /// What it is called, in the person's language if it has a title there.
    pub fn title(&self, visit: &Visit) -> String {
        let versions = &self.draft.content.versions;
        let title =
            |lang: &Lang| versions.get(lang).map(|version| version.title.trim()).filter(|title| !title.is_empty());
        title(&visit.lang)
            .or_else(|| Lang::ALL.iter().find_map(title))
            .map_or_else(|| visit.words.desk_untitled(), str::to_owned)
    }

    fn wrong(&self, field: Field) -> Option<&str> {
        self.wrongs.iter().find(|(of, _)| *of == field).map(|(_, wrong)| wrong.as_str())
    }
}

/// The id of a field's control: `title-fr`.
pub fn control_id(field: Field) -> String {
    field.to_string().replace('.', "-")
}

/// Which field a fault belongs to; of a release without any words, the title in the person's language.
pub fn field_of(own: Lang, fault: &ContentError) -> Field {
    match fault {
        ContentError::Empty => Field::Title(own),
        ContentError::NoTitle(lang) | ContentError::LongTitle(lang) => Field::Title(*lang),
        ContentError::LongLead(lang) => Field::Lead(*lang),
        ContentError::LongBody(lang) => Field::Body(*lang),
        ContentError::Links => Field::Links,
        ContentError::Media(_) => Field::Media,
    }
}

/// What is wrong, and what to do.
pub fn sentence(words: &Phrases, fault: &ContentError) -> String {
    match fault {
        ContentError::Empty => words.editor_wrong_empty(),
        ContentError::NoTitle(_) => words.editor_wrong_no_title(),
        ContentError::LongTitle(_) => words.editor_wrong_long_title(),
        ContentError::LongLead(_) => words.editor_wrong_long_lead(),
        ContentError::LongBody(_) => words.editor_wrong_long_body(),
        ContentError::Links => words.editor_wrong_links(),
        ContentError::Media(_) => words.editor_wrong_media(),
    }
}

/// The name of a language in the language of the desk.
pub fn language(words: &Phrases, lang: Lang) -> String {
    match lang {
        Lang::Fr => words.desk_french(),
        Lang::Nl => words.desk_dutch(),
        Lang::De => words.desk_german(),
        Lang::En => words.desk_english(),
    }
}

/// The whole main part.
pub fn editor(ctx: &Context, visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let here = paths::of_release(paths::DESK_EDITOR, page.id);
    html! {
        main #main tabindex="-1" {
            form #editor method="post" action=(here)
                data-draft=(paths::of_release(paths::DESK_DRAFT, page.id))
                data-preview=(paths::of_release(paths::DESK_PREVIEW, page.id))
                data-pasted=(paths::DESK_PASTED)
                data-sign-in=(paths::SIGN_IN)
                data-open[page.is_open]
                data-saving=(words.editor_saving()) data-offline=(words.editor_offline())
                data-signed-out=(words.editor_signed_out()) data-unsaved=(words.editor_unsaved())
                data-of=(words.editor_count_of("{n}", "{most}"))
                data-words=(words.editor_count_words("{n}")) {
                input type="hidden" name="form_token" value=(visit.form_token);
                // Enter in a field of one line keeps a revision, and nothing more.
                button.vh name="action" value="keep" tabindex="-1" aria-hidden="true" disabled[!page.is_open] {}
                (top(visit, page))
                fieldset disabled[!page.is_open] {
                    legend.vh { (words.editor_release()) }
                    div.ed {
                        div {
                            @if !page.wrongs.is_empty() {
                                (crate::layout::desk::error(
                                    &words.editor_wrongs(),
                                    &page.wrongs.iter().map(|(field, wrong)| (control_id(*field), wrong.clone())).collect::<Vec<_>>(),
                                ))
                            }
                            (around(visit, page))
                            (columns(visit, page))
                            (media_section(ctx, visit, page))
                            (previews(words, page))
                        }
                        (side(visit, page))
                    }
                }
            }
            // Forms do not nest: what uploads stands beside.
            @if page.is_open { (media::views::desk::upload_form(page.id)) }
        }
    }
}

fn top(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let last = page.draft.saved.values().max_by_key(|saved| saved.at);
    html! {
        div.ed-top {
            h1 { span.vh { (words.editor_release()) ": " } span #heading data-untitled=(words.desk_untitled()) { (page.title(visit)) } }
            (states::edition(words, page.edition.state))
            span.soft { (words.editor_edition(i64::from(page.edition.number))) " · "
                @match &page.reference { Some(reference) => { (reference) } None => { "W-" (page.id) } } }
            span.save.soft role="status" #saved {
                @if let Some(last) = last {
                    (words.editor_saved_at(dates::hour_to_the_second(visit.lang, page.zone, last.at)))
                }
            }
            span.acts {
                @if page.is_open {
                    @if page.edition.state == State::Draft {
                        button name="action" value="keep" { (words.editor_keep()) }
                    } @else {
                        button name="action" value="save" { (words.editor_save()) }
                    }
                    button.main name="action" value="publication" { (words.editor_publish()) }
                } @else {
                    @if page.may_write && matches!(page.edition.state, State::Submitted | State::InValidation | State::Ready) {
                        button name="action" value="revise" { (words.editor_revise()) }
                    }
                    a.btn.main href=(paths::of_release(paths::DESK_PUBLICATION, page.id)) { (words.editor_publish()) }
                }
            }
        }
    }
}

/// Who else is there, and the languages that can join.
fn around(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    html! {
        div.langs {
            div #others aria-live="polite" { (others(visit, page.zone, &page.others)) }
            @let absent: Vec<Lang> = page.site_languages.iter().copied().filter(|lang| !page.languages.contains(lang)).collect();
            @if page.is_open && !absent.is_empty() {
                p.soft.push {
                    (words.editor_add_language()) " "
                    @for lang in &absent {
                        button.quiet id={ "add-" (lang) } name="action" value={ "with-" (lang) } { (language(words, *lang)) }
                    }
                }
            }
        }
        @if !page.is_open {
            p.note { (mark(Mark::Info)) " " (words.editor_closed(states::word(words, page.edition.state))) }
        } @else if page.edition.state == State::Published {
            p.note { (mark(Mark::Info)) " " (words.editor_of_public()) }
        }
    }
}

/// Who else has it open, one line each.
pub fn others(visit: &Visit, zone: Tz, others: &[Present]) -> Markup {
    let words = visit.words;
    html! {
        @for other in others {
            @let since = dates::hour_in_words(visit.lang, zone, other.since);
            p.who {
                (mark(Mark::Eye)) " "
                (words.editor_also_here(&other.name, since))
                @if let Some(field) = other.field { ": " (field_name(words, field)) }
            }
        }
    }
}

fn field_name(words: &Phrases, field: Field) -> String {
    let of = |name: String, lang: Lang| format!("{name}, {}", language(words, lang));
    match field {
        Field::Title(lang) => of(words.editor_title(), lang),
        Field::Lead(lang) => of(words.editor_lead(), lang),
        Field::Body(lang) => of(words.editor_body(), lang),
        Field::Topics => words.editor_topics(),
        Field::Contacts => words.editor_contacts(),
        Field::Links => words.editor_links(),
        Field::Boilerplate => words.editor_boilerplate(),
        Field::Media => words.editor_media(),
        Field::NotBefore => words.editor_not_before(),
    }
}

fn columns(visit: &Visit, page: &Page) -> Markup {
    html! {
        // Two by two: what is compared stands side by side, at any width.
        @for pair in page.languages.chunks(2) {
            div.cols {
                @for lang in pair { (head(visit, page, *lang)) }
                @for lang in pair { (text_field(visit, page, Field::Title(*lang), *lang)) }
                @for lang in pair { (text_field(visit, page, Field::Lead(*lang), *lang)) }
                @for lang in pair { (text_field(visit, page, Field::Body(*lang), *lang)) }
            }
        }
    }
}

fn head(visit: &Visit, page: &Page, lang: Lang) -> Markup {
    let words = visit.words;
    let open = [Field::Title(lang), Field::Lead(lang), Field::Body(lang)]
        .into_iter()
        .filter(|field| matches!(hole(&page.draft, &page.required, *field), Hole::Missing | Hole::Stale))
        .count();
    html! {
        div.colh {
            h2 { (language(words, lang)) }
            span data-points=(lang) { (points(words, open)) }
        }
    }
}

/// How many texts of a language are missing or stale.
fn points(words: &Phrases, open: usize) -> Markup {
    if open == 0 {
        state(Mark::Ok, Tone::Ok, &words.editor_complete())
    } else {
        state(Mark::Stale, Tone::Warn, &words.editor_points(i64::try_from(open).unwrap_or_default()))
    }
}

fn text_field(visit: &Visit, page: &Page, field: Field, lang: Lang) -> Markup {
    let words = visit.words;
    let id = control_id(field);
    let value = field.value(&page.draft.content);
    let text = value.as_str().unwrap_or_default();
    let wrong = page.wrong(field);
    let (name, class, rows, most) = match field {
        Field::Title(_) => (words.editor_title(), "f-title", 2, Some(TITLE_ADVISED)),
        Field::Lead(_) => (words.editor_lead(), "f-lead", 4, Some(LEAD_ADVISED)),
        _ => (words.editor_body(), "f-body", 16, None),
    };
    let saved = page.draft.saved.get(&field);
    let length = text.chars().count();
    html! {
        div.field.(class) data-field=(field) {
            label for=(id) { (name) span.vh { ", " (language(words, lang)) } }
            span.cnt.over[most.is_some_and(|most| length > most)] id={ (id) "-count" } data-most=[most] {
                @match most {
                    Some(most) => { (words.editor_count_of(length.to_string(), most.to_string())) }
                    None => { (words.editor_count_words(word_count(text).to_string())) }
                }
            }
            @if let (Some(conflict), Some(saved)) = (page.conflicts.iter().find(|conflict| conflict.field == field), saved) {
                (conflict::block(visit, page.zone, field, &conflict.mine, saved))
            }
            @if matches!(field, Field::Body(_)) {
                div.tools role="toolbar" hidden aria-label=(words.editor_tools(language(words, lang))) aria-controls=(id)
                    data-tools=(id) {
                    button.k-h type="button" data-tool="heading" title="Ctrl+Alt+2" { (words.editor_tool_heading()) }
                    button.k-b type="button" data-tool="bold" title="Ctrl+B" { (words.editor_tool_bold()) }
                    button.k-i type="button" data-tool="italic" title="Ctrl+I" { (words.editor_tool_italic()) }
                    button type="button" data-tool="list" title="Ctrl+Shift+8" { (words.editor_tool_list()) }
                    button type="button" data-tool="numbers" title="Ctrl+Shift+7" { (words.editor_tool_numbers()) }
                    button type="button" data-tool="quote" title="Ctrl+Shift+9" { (words.editor_tool_quote()) }
                    button.k-l type="button" data-tool="link" title="Ctrl+K" { (words.editor_tool_link()) }
                    button type="button" data-tool="table" { (words.editor_tool_table()) }
                    button type="button" data-tool="care" title=(words.editor_tool_care_says()) { (words.editor_tool_care()) }
                }
            }
            textarea id=(id) name=(field) lang=(lang) rows=(rows) spellcheck="true"
                aria-describedby={ (id) "-count" @if wrong.is_some() { " " (id) "-error" } }
                aria-invalid=[wrong.map(|_| "true")] { "\n" (text) }
            @if let Some(wrong) = wrong { (field_error(&id, wrong)) }
            (version(page, field))
        }
    }
}

/// A choice that met another: what this person had chosen, in words, and the way to settle it.
fn met(visit: &Visit, page: &Page, field: Field) -> Markup {
    let conflict = page.conflicts.iter().find(|conflict| conflict.field == field);
    html! {
        @if let (Some(conflict), Some(saved)) = (conflict, page.draft.saved.get(&field)) {
            (conflict::block(visit, page.zone, field, &described(visit, page, field, &conflict.mine).into(), saved))
        }
    }
}

/// A value of a field that is no text, in words.
fn described(visit: &Visit, page: &Page, field: Field, value: &serde_json::Value) -> String {
    let mut of = crate::release::model::Content::default();
    if field.put(&mut of, value).is_err() {
        return String::new();
    }
    let names: Vec<String> = match field {
        Field::Topics => of
            .topics
            .iter()
            .filter_map(|id| page.topics.iter().find(|topic| topic.id == *id))
            .map(|topic| topic.names.text(visit.lang).to_owned())
            .collect(),
        Field::Contacts => of
            .contacts
            .iter()
            .filter_map(|id| page.contacts.iter().find(|(point, _)| point.id == *id))
            .map(|(point, _)| point.name.clone())
            .collect(),
        Field::Links => of.links.iter().map(|link| format!("{} {}", link.labels.text(visit.lang), link.url)).collect(),
        Field::Media => of
            .media
            .iter()
            .map(|one| {
                let row = page.media.rows.iter().find(|row| row.asset.id == one.asset);
                let unused = page.media.unused.iter().find(|asset| asset.id == one.asset);
                let name = row.map(|row| &row.asset).or(unused).map_or("?", |asset| asset.file_name.as_str());
                format!("{name}: {}", one.alt.text(visit.lang))
            })
            .collect(),
        Field::Boilerplate => vec![
            of.boilerplate
                .map_or_else(|| visit.words.editor_boilerplate_none(), |texts| texts.text(visit.lang).to_owned()),
        ],
        Field::NotBefore => vec![of.not_before.map_or_else(
            || "–".to_owned(),
            |at| {
                let day = dates::long(visit.lang, dates::day(page.zone, at));
                format!("{day}, {}", dates::hour_in_words(visit.lang, page.zone, at))
            },
        )],
        Field::Title(_) | Field::Lead(_) | Field::Body(_) => Vec::new(),
    };
    if names.is_empty() { "–".to_owned() } else { names.join("\n") }
}

fn version(page: &Page, field: Field) -> Markup {
    html! { input type="hidden" name={ "version." (field) } value=(page.draft.version(field)); }
}

fn media_section(ctx: &Context, visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    html! {
        section.sec.gap-l #media data-field="media" aria-labelledby="media-title" {
            h2 #media-title { (words.editor_media()) span.soft { (words.editor_media_says()) } }
            (met(visit, page, Field::Media))
            @if let Some(wrong) = page.wrong(Field::Media) { (field_error("media", wrong)) }
            (media::views::desk::media_rows(&page.media.rows, &page.languages, visit.lang))
            @if !page.media.unused.is_empty() {
                details {
                    summary { (words.editor_media_unused(i64::try_from(page.media.unused.len()).unwrap_or(i64::MAX))) }
                    ul {
                        @for asset in &page.media.unused {
                            li { label.pick { input type="checkbox" name="media" value=(asset.id); span { (asset.file_name) } } }
                        }
                    }
                }
            }
            (version(page, Field::Media))
            @if page.is_open { (media::views::desk::drop_zone(words, &ctx.settings, &visit.form_token)) }
        }
    }
}

/// Where the previews stand that the script fills, by the renderer of the site.
fn previews(words: &Phrases, page: &Page) -> Markup {
    html! {
        section.sec.gap-l #previews hidden aria-labelledby="preview" {
            h2 #preview { (words.editor_preview()) " " span.soft { (words.editor_preview_says()) } }
            @for pair in page.languages.chunks(2) {
                div.cols { @for lang in pair { article.pv lang=(lang) data-preview-of=(lang) {} } }
            }
        }
    }
}

/// One language of the preview: what the page of the site shows of it.
pub fn preview(title: &str, lead: &str, text: &SafeHtml) -> Markup {
    html! {
        h3 { (title) }
        @if !lead.is_empty() { p.lead { (lead) } }
        div.pv-text { (text) }
    }
}

fn side(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    html! {
        section.ed-side aria-label=(words.editor_side()) {
            (holes_grid(visit, page))
            (issuers(visit, page))
            (contacts(visit, page))
            (topics(visit, page))
            (links(visit, page))
            (boilerplate(visit, page))
            (not_before(visit, page))
            (history(visit, page))
        }
    }
}

fn holes_grid(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    type OfLang = fn(Lang) -> Field;
    let rows: [(String, OfLang); 3] =
        [(words.editor_title(), Field::Title), (words.editor_lead(), Field::Lead), (words.editor_body(), Field::Body)];
    html! {
        section.sec aria-labelledby="missing" {
            h2 #missing { (words.editor_missing()) }
            table.holes {
                thead {
                    tr {
                        th { span.vh { (words.editor_field()) } }
                        @for lang in &page.site_languages { th scope="col" { abbr title=(language(words, *lang)) { (lang.code().to_uppercase()) } } }
                    }
                }
                tbody {
                    @for (name, field) in &rows {
                        tr {
                            th scope="row" { (name) }
                            @for lang in &page.site_languages {
                                (hole_cell(words, field(*lang), hole(&page.draft, &page.required, field(*lang)), page.languages.contains(lang)))
                            }
                        }
                    }
                }
            }
            // What a cell becomes as one types.
            template #hole-ok { (mark(Mark::Ok)) (words.editor_hole_ok()) }
            template #hole-missing { (mark(Mark::Missing)) (words.editor_hole_missing()) }
            // What stands at the head of a column then: title, lead and text are three at most.
            @for open in 0..=3 { template id={ "points-" (open) } { (points(words, open)) } }
            @if page.required.len() > 1 { p.soft { (words.editor_together(page.required.iter().map(|lang| lang.code().to_uppercase()).collect::<Vec<_>>().join(", "))) } }
        }
    }
}

fn hole_cell(words: &Phrases, field: Field, hole: Hole, has_column: bool) -> Markup {
    let (shape, class, word) = match hole {
        Hole::Ok => (Mark::Ok, "ok", words.editor_hole_ok()),
        Hole::Stale => (Mark::Stale, "warn bad", words.editor_hole_stale()),
        Hole::Missing => (Mark::Missing, "stop bad", words.editor_hole_missing()),
        Hole::Later => (Mark::Clock, "mute", words.editor_hole_later()),
        Hole::NotAsked => (Mark::NotAsked, "mute", words.editor_hole_not_asked()),
    };
    let to = if has_column { format!("#{}", control_id(field)) } else { String::new() };
    html! {
        td data-hole=(field) {
            @if to.is_empty() { span.mute { (mark(shape)) span.vh { (word) } } }
            @else { a class=(class) href=(to) { (mark(shape)) (word) } }
        }
    }
}

fn issuers(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let name = |id: InstitutionId| {
        page.institutions.iter().find(|one| one.id == id).map_or("", |one| one.names.text(visit.lang))
    };
    let is_fixed = page.public_state != PublicState::NeverPublic || page.edition.state != State::Draft;
    html! {
        section.sec.stack aria-labelledby="issuers-title" #issuers data-identity[!is_fixed] {
            h2 #issuers-title { (words.editor_issuers()) }
            @if is_fixed || page.kind == Kind::Decision {
                p.soft { (kind_name(page.kind, words)) }
            } @else {
                div.field {
                    label for="kind" { (words.editor_kind()) }
                    select #kind name="kind" {
                        @for kind in Kind::CHOSEN { option value=(kind) selected[kind == page.kind] { (kind_name(kind, words)) } }
                    }
                }
            }
            @if is_fixed {
                ol { @for id in &page.issuers { li { (name(*id)) } } }
            } @else {
                @let lead = page.issuers.first().copied();
                div.field {
                    label for="issuer-lead" { (words.editor_issuer_lead()) }
                    select #issuer-lead name="issuers" {
                        @for one in &page.leads { option value=(one.id) selected[Some(one.id) == lead] { (one.names.text(visit.lang)) } }
                        @if let Some(lead) = lead.filter(|lead| page.leads.iter().all(|one| one.id != *lead)) {
                            option value=(lead) selected { (name(lead)) }
                        }
                    }
                }
                @for (i, co) in page.issuers.iter().skip(1).map(Some).chain([None]).enumerate() {
                    div.field data-co-issuer=(words.editor_issuer_co()) {
                        label for={ "issuer-" (i) } { @if co.is_some() { (words.editor_issuer_co()) } @else { (words.editor_issuer_add()) } }
                        select id={ "issuer-" (i) } name="issuers" {
                            option value="" { "–" }
                            // Nobody else speaks in the Council's name: it is offered to those who may.
                            @for one in page.institutions.iter().filter(|one| {
                                one.family != Family::Council || Some(&one.id) == co || page.leads.iter().any(|own| own.id == one.id)
                            }) { option value=(one.id) selected[Some(&one.id) == co] { (one.names.text(visit.lang)) } }
                        }
                    }
                }
            }
        }
    }
}

fn contacts(visit: &Visit, page: &Page) -> Markup {
    html! {
        fieldset.sec #contacts data-field="contacts" {
            legend.sec-h { (visit.words.editor_contacts()) }
            (met(visit, page, Field::Contacts))
            div #contact-rows { (contact_rows(visit, &page.contacts, &page.draft.content.contacts)) }
            (version(page, Field::Contacts))
        }
    }
}

/// Whom one may call, each to be ticked.
pub fn contact_rows(visit: &Visit, contacts: &[(ContactPoint, Vec<Channel>)], chosen: &[ContactId]) -> Markup {
    let words = visit.words;
    html! {
        @if contacts.is_empty() { p.soft { (words.editor_no_contacts()) } }
        ul.rows {
            @for (point, channels) in contacts {
                @let public: Vec<&Channel> = channels.iter().filter(|channel| channel.public).collect();
                li {
                    label.pick {
                        input type="checkbox" name="contacts" value=(point.id) checked[chosen.contains(&point.id)];
                        span {
                            (point.name)
                            @if !point.languages.is_empty() { ", " (point.languages.iter().map(|lang| lang.code().to_uppercase()).collect::<Vec<_>>().join(" ")) }
                            @if let Some(first) = public.first() { span.soft { (first.value) } }
                            @else { span.soft.warn { (mark(Mark::Pause)) " " (words.editor_contact_not_public()) } }
                        }
                    }
                }
            }
        }
    }
}

fn topics(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let chosen = &page.draft.content.topics;
    // Closed, it shows what was chosen: nothing else can be.
    let mut all: Vec<&Topic> = page.topics.iter().filter(|topic| page.is_open || chosen.contains(&topic.id)).collect();
    all.sort_by_key(|topic| (!chosen.contains(&topic.id), topic.names.text(visit.lang).to_lowercase()));
    html! {
        fieldset.sec #topics data-field="topics" {
            legend.sec-h { (words.editor_topics()) }
            (met(visit, page, Field::Topics))
            ul.many {
                @for topic in all {
                    li { label.pick {
                        input type="checkbox" name="topics" value=(topic.id) checked[chosen.contains(&topic.id)];
                        span { (topic.names.text(visit.lang)) }
                    } }
                }
            }
            (version(page, Field::Topics))
        }
    }
}

fn links(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let there = &page.draft.content.links;
    let wrong = page.wrong(Field::Links);
    html! {
        fieldset.sec.stack #links data-field="links" {
            legend.sec-h { (words.editor_links()) }
            (met(visit, page, Field::Links))
            @if let Some(wrong) = wrong { (field_error("links", wrong)) }
            @for (i, link) in there.iter().map(Some).chain([None]).enumerate() { (link_fields(visit, page, i, link)) }
            (version(page, Field::Links))
        }
    }
}

fn link_fields(visit: &Visit, page: &Page, i: usize, link: Option<&Link>) -> Markup {
    let words = visit.words;
    let body = html! {
        div.field {
            label for={ "link-" (i) } { (words.editor_link_address()) }
            input id={ "link-" (i) } type="url" name={ "links." (i) ".url" } value=[link.map(|link| link.url.as_str())] placeholder="https://";
        }
        @for lang in &page.languages {
            div.field {
                label for={ "link-" (i) "-" (lang) } { (words.editor_link_label(language(words, *lang))) }
                input id={ "link-" (i) "-" (lang) } lang=(lang) name={ "links." (i) ".label." (lang) }
                    value=[link.and_then(|link| link.labels.0.get(lang))];
            }
        }
    };
    html! {
        @match link {
            Some(_) => { div.note { (body) } }
            None => { details { summary { (words.editor_link_add()) } (body) } }
        }
    }
}

fn boilerplate(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let kept = &page.draft.content.boilerplate;
    let is_present = kept.is_some() && *kept == page.boilerplate;
    html! {
        @if kept.is_some() || page.boilerplate.is_some() {
            fieldset.sec #boilerplate data-field="boilerplate" {
                legend.sec-h { (words.editor_boilerplate()) }
            (met(visit, page, Field::Boilerplate))
                @if page.boilerplate.is_some() {
                    label.pick { input type="radio" name="boilerplate" value="present" checked[is_present]; span { (words.editor_boilerplate_present()) } }
                }
                @if kept.is_some() && !is_present {
                    label.pick { input type="radio" name="boilerplate" value="kept" checked; span { (words.editor_boilerplate_kept()) } }
                }
                label.pick { input type="radio" name="boilerplate" value="" checked[kept.is_none()]; span { (words.editor_boilerplate_none()) } }
                @if let Some(texts) = kept.as_ref().or(page.boilerplate.as_ref()) { p.soft { (texts.text(visit.lang)) } }
                (version(page, Field::Boilerplate))
            }
        }
    }
}

fn not_before(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    let at = page.draft.content.not_before.map(|at| at.with_timezone(&page.zone));
    html! {
        fieldset.sec #not_before data-field="not_before" {
            legend.sec-h { (words.editor_not_before()) }
            (met(visit, page, Field::NotBefore))
            p.soft { (words.editor_not_before_says()) }
            div.line {
                div.field {
                    label for="not-before-day" { (words.editor_day()) }
                    input #not-before-day type="date" name="not_before.day" value=[at.map(|at| at.format("%Y-%m-%d").to_string())];
                }
                div.field {
                    label for="not-before-hour" { (words.editor_hour()) }
                    input #not-before-hour type="time" name="not_before.hour" value=[at.map(|at| at.format("%H:%M").to_string())];
                }
            }
            (version(page, Field::NotBefore))
        }
    }
}

fn history(visit: &Visit, page: &Page) -> Markup {
    let words = visit.words;
    html! {
        section.sec.stack aria-labelledby="history" {
            h2 #history {
                (words.editor_history())
                " " a href=(paths::of_release(paths::DESK_HISTORY, page.id)) { (words.editor_history_all()) }
            }
            ol.hist {
                @for revision in &page.revisions {
                    li {
                        time datetime=(dates::machine(page.zone, revision.at)) { (dates::hour(visit.lang, page.zone, revision.at)) }
                        span {
                            (words.editor_revision(i64::from(revision.number)))
                            @if let Some(by) = &revision.by { ", " (by) }
                            @if !revision.name.is_empty() { span.soft { " · " (revision.name) } }
                        }
                    }
                }
            }
            @if page.is_open && page.edition.state == State::Draft {
                div.field {
                    label for="revision-name" { (words.editor_revision_name()) }
                    input #revision-name name="revision_name" maxlength="200";
                }
                @if page.public_state == PublicState::NeverPublic {
                    details.apart {
                        summary { (words.editor_discard()) }
                        p.soft { (words.editor_discard_says()) }
                        button.danger name="action" value="discard" { (words.editor_discard_button()) }
                    }
                }
            }
        }
    }
}
