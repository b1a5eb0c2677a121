//! Media in the editor of a release: one row an asset, alternative text first, and the way in for files. Works as a form;
//! `static/upload.js` adds dropping, progress and going on after a line that dropped.

use maud::{Markup, html};

use super::{bytes, duration, format};
use crate::ids::ReleaseId;
use crate::kit::config::Settings;
use crate::kit::lang::Lang;
use crate::layout::desk::{Mark, mark};
use crate::media::handlers::Outcome;
use crate::media::model::{ALT_MAX, CAPTION_MAX, CREDIT_MAX, Kind, MediaUse, Refusal, State};
use crate::media::query::Asset;
use crate::paths;
use crate::phrases::{Phrases, language_name, phrases};

/// The id of the form that uploads: it stands outside the editor's own, for forms do not nest.
const UPLOAD_FORM: &str = "media-upload";

/// An asset with the words of the draft.
#[derive(Debug, Clone)]
pub struct Row {
    /// What it is.
    pub asset: Asset,
    /// What the draft says of it.
    pub of: MediaUse,
    /// Its place, from 1.
    pub place: usize,
    /// How many there are.
    pub count: usize,
}

/// The rows of a draft, in its order.
pub fn media_rows(rows: &[Row], languages: &[Lang], lang: Lang) -> Markup {
    html! { ol.media-rows #media-rows { @for row in rows { (media_row(row, languages, lang)) } } }
}

/// One row: picture and order, then for each language its alternative text and caption. Field names are those of
/// `media::form`.
pub fn media_row(row: &Row, languages: &[Lang], lang: Lang) -> Markup {
    let words = phrases(lang);
    let (asset, of) = (&row.asset, &row.of);
    let id = asset.id;
    let is_picture = asset.kind.is_picture();
    html! {
        li.mrow data-asset=(id) {
            div {
                input type="hidden" name="media" value=(id);
                (face(asset, words))
                p.fn title=(asset.file_name) { (asset.file_name) br; (facts(asset, lang, words)) }
                div.acts {
                    span.ord { @if row.place > 0 { (row.place) } }
                    button name="media-up" value=(id) disabled[row.place == 1] aria-label=(words.media_up(asset.file_name.as_str())) { (mark(Mark::Up)) }
                    button name="media-down" value=(id) disabled[row.place > 0 && row.place == row.count] aria-label=(words.media_down(asset.file_name.as_str())) { (mark(Mark::Down)) }
                    button name="media-remove" value=(id) { (words.media_remove()) span.vh { ": " (asset.file_name) } }
                }
                @if is_picture {
                    label.pick { input type="radio" name="media-lead" value=(id) checked[of.is_lead]; span { (words.media_lead()) } }
                    label.pick { input type="checkbox" name={ "media-" (id) "-decorative" } checked[of.decorative]; span { (words.media_decorative()) } }
                }
            }
            @for of_lang in languages {
                @let alt_id = format!("media-{id}-alt-{of_lang}");
                @let caption_id = format!("media-{id}-caption-{of_lang}");
                @let name = language_name(*of_lang, lang);
                div.field {
                    label for=(alt_id) { @if is_picture { (words.media_alt(name.as_str())) } @else { (words.media_title(name.as_str())) } }
                    textarea id=(alt_id) name=(alt_id) lang=(of_lang) rows="2" maxlength=(ALT_MAX) { (of.alt.0.get(of_lang).map_or("", String::as_str)) }
                    div.cap {
                        label for=(caption_id) { (words.media_caption(name.as_str())) }
                        input id=(caption_id) name=(caption_id) lang=(of_lang) maxlength=(CAPTION_MAX) value=(of.caption.0.get(of_lang).map_or("", String::as_str));
                    }
                }
            }
            div.field.credit-field {
                @let credit_id = format!("media-{id}-credit");
                label for=(credit_id) { (words.media_credit()) }
                input id=(credit_id) name=(credit_id) maxlength=(CREDIT_MAX) value=(of.credit);
            }
        }
    }
}

/// Where files are chosen or dropped; belongs to [`upload_form`], and may stand within another form.
pub fn drop_zone(words: &Phrases, settings: &Settings, form_token: &str) -> Markup {
    let most = settings.upload_max_bytes / 1_000_000;
    html! {
        div.drop #media-drop data-failed=(words.media_line_dropped()) data-going=(words.media_going("{name}")) data-again=(words.media_again())
            data-drop=(words.media_drop()) data-stop=(words.media_pause()) data-done=(words.media_uploaded("{name}")) {
            // Before the files, for a browser sends the fields in their order on the page: whose form it is must be known
            // before anything of a file is read.
            input type="hidden" name="form_token" value=(form_token) form=(UPLOAD_FORM);
            label for="media-files" { (words.media_choose()) }
            p.hint #media-files-hint { (words.media_choose_hint(i64::try_from(most).unwrap_or(i64::MAX))) }
            input type="file" id="media-files" name="file" multiple form=(UPLOAD_FORM) aria-describedby="media-files-hint";
            label for="media-link" { (words.media_link()) }
            input type="url" id="media-link" name="link" form=(UPLOAD_FORM) maxlength="500" placeholder="https://";
            button form=(UPLOAD_FORM) { (words.media_upload()) }
            ul.uploads #media-progress {}
            p.vh role="status" #media-said {}
        }
    }
}

/// The form of the drop zone, to stand outside any other.
pub fn upload_form(release: ReleaseId) -> Markup {
    html! {
        form id=(UPLOAD_FORM) method="post" enctype="multipart/form-data" action=(paths::of_release(paths::DESK_MEDIA, release))
            data-uploads=(paths::of_release(paths::DESK_UPLOADS, release)) {}
    }
}

/// After a form without script: which files were not taken and why, and the way back, where the others are.
pub fn refused(outcomes: &[Outcome], editor: &str, settings: &Settings, words: &Phrases) -> Markup {
    let taken = i64::try_from(outcomes.iter().filter(|outcome| outcome.what.is_ok()).count()).unwrap_or(i64::MAX);
    html! {
        h1 { (words.media_some_refused()) }
        div.errors role="alert" tabindex="-1" autofocus {
            ul {
                @for outcome in outcomes {
                    @if let Err(why) = &outcome.what { li { b { (outcome.name) } ": " (sentence(*why, settings, words)) } }
                }
            }
        }
        p { (words.media_others_taken(taken)) }
        p.acts { a.btn.main href=(editor) { (words.media_back()) } }
    }
}

/// Why a file is not taken.
pub fn sentence(why: Refusal, settings: &Settings, words: &Phrases) -> String {
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    match why {
        Refusal::Empty => words.media_refused_empty(),
        Refusal::TooLarge => words.media_refused_too_large(number(settings.upload_max_bytes / 1_000_000)),
        Refusal::UnknownType => words.media_refused_unknown_type(),
        Refusal::Svg => words.media_refused_svg(),
        Refusal::Heic => words.media_refused_heic(),
        Refusal::Broken => words.media_refused_broken(),
        Refusal::TooManyPixels => words.media_refused_too_many_pixels(number(settings.picture_max_pixels / 1_000_000)),
        Refusal::Bomb => words.media_refused_bomb(),
        Refusal::Macros => words.media_refused_macros(),
        Refusal::Infected => words.media_refused_infected(),
        Refusal::Quota => words.media_refused_quota(),
        Refusal::TooMany => words.media_refused_too_many(),
        Refusal::UnknownHost => words.media_refused_unknown_host(),
        Refusal::StorageFull => words.media_refused_storage_full(),
        Refusal::NotStored => words.media_refused_not_stored(),
    }
}

fn face(asset: &Asset, words: &Phrases) -> Markup {
    html! {
        @match (asset.kind, asset.state) {
            (_, State::Refused) => p.err { (mark(Mark::Change)) (words.media_unusable()) },
            (Kind::Photo | Kind::Infographic, State::Ready) => {
                // Beside its own alternative text.
                img.ph src=(paths::desk_file(asset.id, "320")) alt="" width="320" height="213" loading="lazy";
            }
            (Kind::Photo | Kind::Infographic, State::New) => p.ph.soft { (words.media_preparing()) },
            (Kind::Link, _) => @if let Some(link) = &asset.link { p.ph.soft { a href=(link) rel="external noopener noreferrer" { (link) } } },
            _ => p.ph.soft { a href=(paths::desk_file(asset.id, "original")) { (format(asset.file_name.rsplit_once('.').map_or("", |(_, end)| end))) } },
        }
    }
}

fn facts(asset: &Asset, lang: Lang, words: &Phrases) -> String {
    let mut facts = Vec::new();
    facts.extend(asset.width.zip(asset.height).map(|(width, height)| format!("{width}\u{a0}×\u{a0}{height}")));
    facts.extend(asset.pages.map(|pages| words.media_pages(i64::from(pages))));
    facts.extend(asset.duration_ms.map(duration));
    facts.extend(asset.bytes.map(|n| bytes(lang, n.unsigned_abs())));
    facts.join(", ")
}
