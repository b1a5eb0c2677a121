//! All texts of a meeting at once, in one language or in two: a page to read and to print, a Markdown and an HTML file, and
//! a ZIP of these with the files of the decisions, each in the folder of its number.
//!
//! A decision that is not there in a language is there in its best other one, and says so; of one that was withdrawn there
//! is the reason and no text.

use std::sync::Arc;

use actix_web::body::SizedStream;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use diesel::sql_types::{BigInt, Integer, Text};
use diesel::{QueryResult, QueryableByName};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use futures::{StreamExt, TryStreamExt, stream};
use maud::{DOCTYPE, Markup, html};

use super::views::name_of;
use crate::council::public::{self, Item, Meeting};
use crate::ids::MeetingId;
use crate::kit::config::Settings;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::db::prepared;
use crate::kit::lang::Lang;
use crate::kit::rich_text::SafeHtml;
use crate::kit::slug;
use crate::kit::storage::Key;
use crate::kit::web::Keep;
use crate::kit::web::error::WebError;
use crate::kit::zip::Zip;
use crate::layout::public::{Frame, Section};
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};
use crate::release::decision::Proposer;
use crate::release::public as releases;
use crate::release::views::reading_name;

/// A meeting with its texts.
pub struct Kit {
    /// The meeting.
    pub meeting: Meeting,
    chair: Option<Proposer>,
    lang: Lang,
    second: Option<Lang>,
    items: Vec<KitItem>,
}

struct KitItem {
    item: Item,
    /// In the kit's languages, as far as it has them, or else in its best one.
    texts: Vec<(Lang, String)>,
}

/// A file of a decision that the public may fetch.
#[derive(Debug, Clone, QueryableByName)]
pub struct KitFile {
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Text)]
    storage_key: String,
    #[diesel(sql_type = Text)]
    file_name: String,
    /// How large it is.
    #[diesel(sql_type = BigInt)]
    pub bytes: i64,
}

/// The files of a meeting's decisions, in full: of what is public, by the table that publication writes (DESIGN §4).
pub async fn files(conn: &mut AsyncPgConnection, id: MeetingId) -> QueryResult<Vec<KitFile>> {
    prepared(
        diesel::sql_query(
            "SELECT d.position AS number, f.storage_key, f.file_name, f.bytes
             FROM public_decisions d JOIN public_files f ON d.release_id = ANY(f.release_ids) AND f.variant = 'file'
             WHERE d.meeting_id = $1 ORDER BY d.position, f.asset_id",
        )
        .bind::<BigInt, _>(id),
    )
    .load(conn)
    .await
}

impl Kit {
    /// Reads it whole, through the door.
    ///
    /// # Errors
    /// There is no such public meeting; or the database is away.
    pub async fn read(
        conn: &mut AsyncPgConnection,
        code: &str,
        lang: Lang,
        second: Option<Lang>,
    ) -> Result<Self, WebError> {
        let meeting = public::meeting(conn, code).await?.ok_or(WebError::NotFound)?;
        let chair = public::chair(conn, &meeting).await?;
        let items = public::items(conn, meeting.id).await?;
        let wanted: Vec<_> = items
            .iter()
            .flat_map(|item| langs_of(item, lang, second).into_iter().map(|of| (item.card.release.id, of)))
            .collect();
        let mut bodies = releases::texts(conn, &wanted).await?;
        let items = items
            .into_iter()
            .map(|item| {
                let texts = langs_of(&item, lang, second)
                    .into_iter()
                    .map(|of| (of, bodies.remove(&(item.card.release.id, of)).unwrap_or_default()))
                    .collect();
                KitItem { item, texts }
            })
            .collect();
        Ok(Self { meeting, chair, lang, second, items })
    }

    /// Its Markdown texts, in the order of the page.
    pub fn texts(&self) -> Vec<(Lang, &str)> {
        self.items.iter().flat_map(|of| of.texts.iter().map(|(lang, body)| (*lang, body.as_str()))).collect()
    }

    /// What it is called as a file.
    pub fn file_name(&self, ending: &str) -> String {
        let second = self.second.map(|lang| format!("-{lang}")).unwrap_or_default();
        format!("{}-{}-{}{second}.{ending}", paths::COUNCIL.of(self.lang), self.meeting.code, self.lang)
    }

    fn title(&self) -> String {
        name_of(&self.meeting, self.lang)
    }

    /// Place, chair, and when it was published, in a line.
    fn facts(&self, settings: &Settings, words: &Phrases) -> String {
        let (lang, of) = (self.lang, &self.meeting);
        let mut parts = Vec::new();
        if of.is_electronic {
            parts.push(words.council_electronic());
        } else if let Some(places) = &of.places {
            parts.push(places.text(lang).to_owned());
        }
        if let Some(chair) = &self.chair {
            parts.push(words.council_chaired(chair.name.as_str(), chair.titles.text(lang)));
        }
        parts.push(words.council_published_at(
            dates::long(lang, dates::day(settings.zone, of.published_at)),
            dates::hour_in_words(lang, settings.zone, of.published_at),
        ));
        parts.join(" · ")
    }

    /// One Markdown text.
    pub fn markdown(&self, settings: &Settings) -> String {
        let words = phrases(self.lang);
        let mut out = format!("# {}\n\n{}\n", self.title(), self.facts(settings, words));
        out.push_str(&format!("{}\n", settings.absolute(&paths::meeting(self.lang, &self.meeting.code))));
        for KitItem { item, texts } in &self.items {
            for (place, (lang, body)) in texts.iter().enumerate() {
                let Some(version) = item.card.versions.get(lang) else { continue };
                let number = if place == 0 { format!("{}. ", item.number) } else { String::new() };
                out.push_str(&format!("\n---\n\n## {number}{}\n", version.title));
                if place == 0 {
                    for line in terms(item, *lang) {
                        out.push_str(&format!("\n*{line}*\n"));
                    }
                }
                match &item.card.release.notice {
                    Some(reason) => {
                        let said = phrases(*lang).release_withdrawn_lead(reason.text(*lang));
                        out.push_str(&format!("\n{said}\n"));
                    }
                    None => {
                        if !version.lead.is_empty() {
                            out.push_str(&format!("\n**{}**\n", version.lead));
                        }
                        // The titles of its parts stand below its own.
                        out.push_str(&format!("\n{}\n", lowered(body)));
                    }
                }
                let path = paths::release(*lang, item.card.release.first_published_on, &version.slug);
                out.push_str(&format!("\n<{}>\n", settings.absolute(&path)));
            }
        }
        out
    }

    /// A page of its own, for a disk: it loads nothing.
    pub fn html(&self, settings: &Settings, texts: &[Arc<SafeHtml>]) -> String {
        let words = phrases(self.lang);
        html! {
            (DOCTYPE)
            html lang=(self.lang) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    title { (self.title()) " – " (settings.site_name.text(self.lang)) }
                }
                body {
                    header {
                        h1 { (self.title()) }
                        p { (self.facts(settings, words)) }
                        p { a href=(settings.absolute(&paths::meeting(self.lang, &self.meeting.code))) { (settings.absolute(&paths::meeting(self.lang, &self.meeting.code))) } }
                    }
                    (self.articles(settings, texts, true))
                }
            }
        }
        .into_string()
    }

    /// The texts one after the other. `whole`: with whole addresses.
    fn articles(&self, settings: &Settings, texts: &[Arc<SafeHtml>], whole: bool) -> Markup {
        let base = settings.public_url.as_str().trim_end_matches('/');
        let mut texts = texts.iter();
        html! {
            @for KitItem { item, texts: own } in &self.items {
                article.kit-item id={ "d" (item.number) } {
                    @for (place, (lang, _)) in own.iter().enumerate() {
                        @let body = texts.next();
                        @if let Some(version) = item.card.versions.get(lang) {
                            @let path = paths::release(*lang, item.card.release.first_published_on, &version.slug);
                            @let href = if whole { settings.absolute(&path) } else { path.clone() };
                            section.kit-text lang=[(*lang != self.lang).then_some(lang)] {
                                h2 { @if place == 0 { span.num { (item.number) ". " } } a href=(href) { (version.title) } }
                                @if place == 0 { @for line in terms(item, *lang) { p.meta { (line) } } }
                                @if let Some(reason) = &item.card.release.notice {
                                    p { strong { (phrases(*lang).release_withdrawn_lead(reason.text(*lang))) } }
                                } @else {
                                    @if !version.lead.is_empty() { p.lead { (version.lead) } }
                                    @if let Some(body) = body {
                                        div.prose { @if whole { (*body.with_whole_links(base, &href)) } @else { (**body) } }
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// In which languages a decision stands in the kit.
fn langs_of(item: &Item, lang: Lang, second: Option<Lang>) -> Vec<Lang> {
    let there: Vec<Lang> = item.card.versions.keys().copied().collect();
    let wanted: Vec<Lang> = [Some(lang), second].into_iter().flatten().filter(|of| there.contains(of)).collect();
    if wanted.is_empty() { Lang::best(&[lang], &there).into_iter().collect() } else { wanted }
}

/// What it is and on whose proposal, a line each.
fn terms(item: &Item, lang: Lang) -> Vec<String> {
    let words = phrases(lang);
    let mut lines = Vec::new();
    if !item.instruments.is_empty() {
        let names: Vec<String> = item.instruments.iter().map(|one| reading_name(one, lang)).collect();
        lines.push(dates::capital(&names.join("; ")));
    }
    if !item.proposers.is_empty() {
        let names: Vec<String> =
            item.proposers.iter().map(|one| format!("{}, {}", one.name, one.titles.text(lang))).collect();
        lines.push(words.council_on_proposal(names.join("; ")));
    }
    lines
}

/// Markdown whose headings stand one level lower; what looks like one within a fence stays.
fn lowered(body: &str) -> String {
    let mut is_fenced = false;
    let lines = body.lines().map(|line| {
        if line.trim_start().starts_with("```") {
            is_fenced = !is_fenced;
        }
        let hashes = line.bytes().take_while(|b| *b == b'#').count();
        let is_heading = !is_fenced && (1..=5).contains(&hashes) && line[hashes..].starts_with(' ');
        if is_heading { format!("#{line}") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The page, which is made to be printed.
pub fn page(kit: &Kit, settings: &Settings, demo: bool, texts: &[Arc<SafeHtml>]) -> Markup {
    let lang = kit.lang;
    let words = phrases(lang);
    let code = kit.meeting.code.as_str();
    let own = kit.second.map(|of| format!("with={of}")).unwrap_or_default();
    let title = words.council_kit_title(kit.title());
    let others: Vec<Lang> = settings
        .languages
        .iter()
        .copied()
        .filter(|of| *of != lang && kit.items.iter().any(|item| item.item.card.versions.contains_key(of)))
        .collect();
    // Of the same meeting in another language of the page; the second one stays, if it is another still.
    let translations = settings.languages.iter().map(|of| {
        let second = kit.second.map(|second| if second == *of { lang } else { second }).filter(|second| second != of);
        (*of, paths::press_kit(*of, code, &second.map(|second| format!("with={second}")).unwrap_or_default()))
    });
    let frame = Frame {
        settings,
        demo,
        lang,
        title: title.clone(),
        section: Some(Section::Council),
        translations: translations.collect(),
        // The same texts as on the pages of the decisions.
        indexed: false,
        feeds: Vec::new(),
        head: html! {},
    };
    let main = html! {
        header.head {
            p.kicker.no-print { a href=(paths::meeting(lang, code)) { (kit.title()) } }
            h1 { (title) }
            p.meta { (kit.facts(settings, words)) }
            nav.versions.no-print aria-label=(words.council_kit_languages()) {
                @let alone = language_name(lang, lang);
                @if kit.second.is_none() { span aria-current="true" { (dates::capital(&alone)) } }
                @else { a href=(paths::press_kit(lang, code, "")) { (dates::capital(&alone)) } }
                @for other in &others {
                    @let both = words.council_kit_both(alone.as_str(), language_name(*other, lang));
                    @if kit.second == Some(*other) { span aria-current="true" { (dates::capital(&both)) } }
                    @else { a href=(paths::press_kit(lang, code, &format!("with={other}"))) { (dates::capital(&both)) } }
                }
            }
            p.more.no-print {
                button.quiet type="button" data-do="print" hidden { (words.release_print()) }
                @for (ending, name) in [("md", "Markdown"), ("html", "HTML"), ("zip", "ZIP")] {
                    a href=(paths::press_kit_file(lang, code, ending, &own)) download { (words.council_kit_download(name)) }
                }
            }
        }
        @if kit.items.is_empty() { p { (words.council_no_decisions()) } }
        div.kit.two[kit.second.is_some()] { (kit.articles(settings, texts, false)) }
    };
    crate::layout::public::page(&frame, main)
}

/// A part of the archive.
enum Part {
    Bytes(String, Vec<u8>),
    Stored(String, Key, u64),
}

impl Part {
    fn name(&self) -> &str {
        match self {
            Part::Bytes(name, _) | Part::Stored(name, ..) => name,
        }
    }

    fn length(&self) -> u64 {
        match self {
            Part::Bytes(_, bytes) => bytes.len() as u64,
            Part::Stored(_, _, length) => *length,
        }
    }
}

/// The texts and the files of all decisions, written as they are read.
///
/// # Errors
/// It would be larger than a ZIP can be.
pub fn zip(
    ctx: &Context,
    request: &HttpRequest,
    kit: &Kit,
    texts: &[Arc<SafeHtml>],
    files: Vec<KitFile>,
) -> Result<HttpResponse, WebError> {
    let settings = &ctx.settings;
    let mut parts = vec![
        Part::Bytes(kit.file_name("md"), kit.markdown(settings).into_bytes()),
        Part::Bytes(kit.file_name("html"), kit.html(settings, texts).into_bytes()),
    ];
    for file in files {
        let safe: String =
            file.file_name.chars().filter(|c| !c.is_control() && !matches!(c, '/' | '\\' | ':')).collect();
        let mut name = format!("{:02}/{safe}", file.number);
        let mut n = 2;
        while parts.iter().any(|part| part.name() == name) {
            name = format!("{:02}/{n}-{safe}", file.number);
            n += 1;
        }
        parts.push(Part::Stored(name, Key::stored(&file.storage_key), file.bytes.unsigned_abs()));
    }
    let size = Zip::size(parts.iter().map(|part| (part.name(), part.length())))
        .map_err(|error| WebError::Conflict(Box::new(error)))?;
    let name = slug::slug(kit.lang, &kit.file_name("zip").replace(".zip", ""));
    let mut answer = HttpResponse::Ok();
    answer
        .content_type("application/zip")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.zip\"")))
        .insert_header((header::CACHE_CONTROL, Keep::Public.header()))
        .insert_header((header::CONTENT_ENCODING, "identity"));
    if request.method() == actix_web::http::Method::HEAD {
        let nothing = stream::empty::<Result<web::Bytes, std::io::Error>>();
        return Ok(answer.body(SizedStream::new(size, nothing)));
    }
    Ok(answer.body(SizedStream::new(size, written(ctx.storage.clone(), parts))))
}

/// What happens next while it is written.
enum Next {
    Begin(usize),
    Pieces(usize, stream::BoxStream<'static, Result<web::Bytes, std::io::Error>>),
    End,
}

fn written(
    storage: crate::kit::storage::Storage,
    parts: Vec<Part>,
) -> impl futures::Stream<Item = Result<web::Bytes, std::io::Error>> + 'static {
    let state = (Zip::default(), parts, Next::Begin(0), storage, false);
    stream::try_unfold(state, |(mut zip, parts, next, storage, is_done)| async move {
        if is_done {
            return Ok(None);
        }
        match next {
            Next::Begin(place) => match parts.get(place) {
                Some(part) => {
                    let head = zip.begin(part.name()).map_err(std::io::Error::other)?;
                    let pieces = match part {
                        Part::Bytes(_, bytes) => stream::iter([Ok(web::Bytes::from(bytes.clone()))]).boxed(),
                        Part::Stored(_, key, _) => {
                            let (_, pieces) = storage.read(key, None).await.map_err(std::io::Error::other)?;
                            pieces.map_err(std::io::Error::other).boxed()
                        }
                    };
                    Ok(Some((web::Bytes::from(head), (zip, parts, Next::Pieces(place, pieces), storage, false))))
                }
                None => {
                    let end = std::mem::take(&mut zip).finish().map_err(std::io::Error::other)?;
                    Ok(Some((web::Bytes::from(end), (zip, parts, Next::End, storage, true))))
                }
            },
            Next::Pieces(place, mut pieces) => match pieces.try_next().await? {
                Some(piece) => {
                    zip.piece(&piece);
                    Ok(Some((piece, (zip, parts, Next::Pieces(place, pieces), storage, false))))
                }
                None => {
                    let end = zip.end().map_err(std::io::Error::other)?;
                    Ok(Some((web::Bytes::from(end), (zip, parts, Next::Begin(place + 1), storage, false))))
                }
            },
            Next::End => Ok(None),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_go_one_level_down_and_nothing_else_does() {
        let body = "## A\n\n#tag\n\n```\n# code\n```\n### B\n###### F";
        assert_eq!(lowered(body), "### A\n\n#tag\n\n```\n# code\n```\n#### B\n###### F");
    }
}
