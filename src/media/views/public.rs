//! Media on the page of a release: the lead picture above its text, the other pictures below, documents beside, sound and
//! film. Width and height stand in the page, so that nothing jumps; a picture comes in the size that the screen wants; nothing
//! is loaded from another host.

use maud::{Markup, html};

use super::{bytes, duration, format};
use crate::kit::config::Settings;
use crate::kit::lang::{Lang, Texts};
use crate::media::model::{File, Kind, Shown};
use crate::phrases::{Phrases, phrases};

/// How wide a picture stands in the text, and in the list below it.
const IN_TEXT: &str = "(min-width: 40rem) 38rem, 94vw";
const IN_LIST: &str = "(min-width: 60rem) 17rem, (min-width: 40rem) 45vw, 94vw";

/// The picture above the text; nothing if there is none.
pub fn lead(all: &[Shown], lang: Lang) -> Markup {
    html! {
        @if let Some(shown) = all.iter().find(|shown| shown.is_lead && shown.kind().is_picture()) {
            figure #lead-picture { (picture(shown, lang, IN_TEXT, true)) (caption(shown, lang)) }
        }
    }
}

/// The other pictures, and sound and film, each with caption, credit and the file in full; nothing if there is none.
pub fn gallery(all: &[Shown], lang: Lang) -> Markup {
    let words = phrases(lang);
    let pictures: Vec<&Shown> = all.iter().filter(|shown| shown.kind().is_picture() && !shown.is_lead).collect();
    let films: Vec<&Shown> =
        all.iter().filter(|shown| matches!(shown.kind(), Kind::Audio | Kind::Video | Kind::Link)).collect();
    html! {
        @if !pictures.is_empty() {
            section.sec aria-labelledby="pictures" {
                h2 #pictures { (words.media_pictures(count(pictures.len()))) }
                ul.pictures {
                    @for shown in &pictures {
                        li { figure { (picture(shown, lang, IN_LIST, false)) (caption(shown, lang)) } }
                    }
                }
            }
        }
        @if !films.is_empty() {
            section.sec.no-print aria-labelledby="films" {
                h2 #films { (words.media_films(count(films.len()))) }
                ul.pictures { @for shown in &films { li { (film(shown, lang, words)) } } }
            }
        }
    }
}

/// The documents, with what each is and how large; nothing if there is none.
pub fn documents(all: &[Shown], lang: Lang) -> Markup {
    let words = phrases(lang);
    let files: Vec<(&Shown, &File)> = all
        .iter()
        .filter(|shown| shown.kind() == Kind::Document)
        .filter_map(|shown| shown.file().map(|file| (shown, file)))
        .collect();
    html! {
        @if !files.is_empty() {
            section.sec aria-labelledby="documents" {
                h2 #documents { (words.media_documents(count(files.len()))) }
                ul.files {
                    @for (shown, file) in files {
                        @let title = title(shown, lang);
                        li {
                            a href=(file.address()) download {
                                span.file-title lang=[title.0.filter(|of| *of != lang)] { (title.1) }
                                span { (facts(shown, file, lang, words)) }
                            }
                            @if let Some(text) = shown.caption.as_ref() { p.small { (in_language(text, lang)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Open Graph's picture: the lead, or the first there is.
pub fn open_graph(all: &[Shown], settings: &Settings, lang: Lang) -> Markup {
    let Some((shown, file)) = face(all) else { return html! {} };
    html! {
        meta property="og:image" content=(settings.absolute(&file.address()));
        meta property="og:image:type" content=(file.media_type);
        @if let Some((width, height)) = file.size {
            meta property="og:image:width" content=(width);
            meta property="og:image:height" content=(height);
        }
        @if let Some((_, alt)) = shown.alt.as_ref().and_then(|alt| alt.get(lang)) { meta property="og:image:alt" content=(alt); }
    }
}

/// The addresses of the pictures, for `image` of schema.org's NewsArticle; the face first.
pub fn addresses(all: &[Shown], settings: &Settings) -> Vec<String> {
    let mut pictures: Vec<&Shown> = all.iter().filter(|shown| shown.kind().is_picture()).collect();
    pictures.sort_by_key(|shown| !shown.is_lead);
    pictures
        .into_iter()
        .filter_map(|shown| shown.pictures("jpeg").last().map(|file| settings.absolute(&file.address())))
        .collect()
}

/// The picture that stands for the release, in a size that others show.
fn face(all: &[Shown]) -> Option<(&Shown, &File)> {
    let pictures = || all.iter().filter(|shown| shown.kind().is_picture());
    let shown = pictures().find(|shown| shown.is_lead).or_else(|| pictures().next())?;
    let sizes = shown.pictures("jpeg");
    let fits = sizes.iter().rev().find(|file| file.size.is_some_and(|(width, _)| width <= 1280));
    fits.or(sizes.first()).map(|file| (shown, *file))
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn picture(shown: &Shown, lang: Lang, sizes: &str, first: bool) -> Markup {
    let alt = match shown.alt.as_ref().and_then(|alt| alt.get(lang)) {
        Some((of, text)) if !shown.decorative => (Some(of), text),
        _ => (None, ""),
    };
    let set = |files: &[&File]| {
        let each = |file: &&File| file.size.map(|(width, _)| format!("{} {width}w", file.address()));
        files.iter().filter_map(each).collect::<Vec<_>>().join(", ")
    };
    let (webp, jpeg) = (shown.pictures("webp"), shown.pictures("jpeg"));
    // What does not choose by itself is given a middling one.
    let plain = jpeg.iter().find(|file| file.size.is_some_and(|(width, _)| width >= 640)).or(jpeg.last());
    html! {
        @if let (Some(plain), Some((width, height))) = (plain, shown.size) {
            picture {
                @if !webp.is_empty() { source type="image/webp" srcset=(set(&webp)) sizes=(sizes); }
                img src=(plain.address()) srcset=(set(&jpeg)) sizes=(sizes) width=(width) height=(height)
                    alt=(alt.1) lang=[alt.0.filter(|of| *of != lang)] decoding="async" loading=[(!first).then_some("lazy")];
            }
        } @else {
            // Being made; the page changes when it is there.
            p.preparing { (phrases(lang).media_preparing()) @if !alt.1.is_empty() { br; (alt.1) } }
        }
    }
}

fn caption(shown: &Shown, lang: Lang) -> Markup {
    let words = phrases(lang);
    html! {
        figcaption {
            @if let Some(text) = &shown.caption { (in_language(text, lang)) " " }
            @if !shown.credit.is_empty() { span.credit { (shown.credit) } " " }
            @if let Some(file) = shown.file() {
                a.dl.no-print href=(file.address()) download { (words.media_download(facts(shown, file, lang, words))) }
            }
        }
    }
}

fn film(shown: &Shown, lang: Lang, words: &Phrases) -> Markup {
    let (of, name) = title(shown, lang);
    let foreign = of.filter(|of| *of != lang);
    html! {
        @if let Some(link) = &shown.link {
            // No still and no frame: nothing is asked of the other host before somebody goes there.
            p { a href=(link) rel="external noopener noreferrer" {
                span lang=[foreign] { (name) } " (" (words.media_on_host(shown.file_name.as_str())) ")"
            } }
            p.small.meta { (words.media_other_site()) }
            @if shown.caption.is_some() || !shown.credit.is_empty() { div.small { (caption_text(shown, lang)) } }
        } @else if let Some(file) = shown.file() {
            @let address = file.address();
            figure {
                @if shown.kind() == Kind::Video {
                    video controls preload="none" width=[shown.size.map(|size| size.0)] height=[shown.size.map(|size| size.1)] aria-label=(name) {
                        source src=(address) type=(file.media_type);
                    }
                } @else {
                    audio controls preload="none" aria-label=(name) { source src=(address) type=(file.media_type); }
                }
                (caption(shown, lang))
            }
        } @else { p.preparing { (words.media_preparing()) } }
    }
}

fn caption_text(shown: &Shown, lang: Lang) -> Markup {
    html! {
        @if let Some(text) = &shown.caption { (in_language(text, lang)) " " }
        @if !shown.credit.is_empty() { span.credit { (shown.credit) } }
    }
}

/// What it is called: what its author wrote, else the name of the file.
fn title(shown: &Shown, lang: Lang) -> (Option<Lang>, &str) {
    match shown.alt.as_ref().and_then(|alt| alt.get(lang)) {
        Some((of, text)) => (Some(of), text),
        None => (None, shown.file_name.as_str()),
    }
}

/// `PDF, 3 pages, 210 kB`; `JPEG, 6000 × 4000, 8,4 MB`.
fn facts(shown: &Shown, file: &File, lang: Lang, words: &Phrases) -> String {
    let extension = file.name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let mut facts = vec![format(extension)];
    facts.extend(shown.pages.map(|pages| words.media_pages(i64::from(pages))));
    facts.extend(
        file.size.filter(|_| shown.kind().is_picture()).map(|(width, height)| format!("{width}\u{a0}×\u{a0}{height}")),
    );
    facts.extend(shown.duration_ms.map(duration));
    facts.push(bytes(lang, file.bytes));
    facts.join(", ")
}

/// A text in the page's language, or in another one that says so (WCAG 2.2, success criterion 3.1.2).
fn in_language(texts: &Texts, lang: Lang) -> Markup {
    match texts.get(lang) {
        Some((of, text)) if of != lang => html! { span lang=(of) { (text) } },
        Some((_, text)) => html! { (text) },
        None => html! {},
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(variant: &str, name: &str, size: Option<(u32, u32)>) -> File {
        File {
            variant: variant.into(),
            token: format!("T{variant}"),
            name: name.into(),
            media_type: "image/jpeg".into(),
            bytes: 8_400_000,
            size,
            elsewhere: None,
        }
    }

    fn shown(kind: &str, files: Vec<File>) -> Shown {
        Shown {
            kind: kind.into(),
            is_lead: false,
            decorative: false,
            alt: Some(Texts::one(Lang::Fr, "Un <pont>")),
            caption: Some(Texts::one(Lang::Nl, "De brug")),
            credit: "© M. Ostrand".into(),
            size: Some((6000, 4000)),
            pages: None,
            duration_ms: None,
            link: None,
            file_name: "pont.jpg".into(),
            files: Some(files),
        }
    }

    #[test]
    fn a_picture_comes_in_its_sizes_with_words_for_whom_does_not_see_it() {
        let files = vec![
            file("file", "pont.jpg", Some((6000, 4000))),
            file("jpeg-640", "pont-640.jpg", Some((640, 427))),
            file("webp-640", "pont-640.webp", Some((640, 427))),
            file("webp-320", "pont-320.webp", Some((320, 213))),
        ];
        let mut it = shown("photo", files);
        it.is_lead = true;
        let html = lead(&[it.clone()], Lang::Nl).into_string();
        for part in [
            "srcset=\"/media/Twebp-320/pont-320.webp 320w, /media/Twebp-640/pont-640.webp 640w\"",
            "src=\"/media/Tjpeg-640/pont-640.jpg\"",
            "width=\"6000\" height=\"4000\" alt=\"Un &lt;pont&gt;\" lang=\"fr\"",
            "De brug <span class=\"credit\">© M. Ostrand</span>",
            "href=\"/media/Tfile/pont.jpg\"",
            "JPEG, 6000\u{a0}×\u{a0}4000, 8,4\u{a0}MB",
        ] {
            assert!(html.contains(part), "{html}\nlacks {part}");
        }
        assert_eq!(gallery(&[it.clone()], Lang::Nl).into_string(), "");
        it.decorative = true;
        assert!(lead(&[it.clone()], Lang::Nl).into_string().contains("alt=\"\""));
        it.files = None;
        assert!(lead(&[it], Lang::En).into_string().contains(&phrases(Lang::En).media_preparing()));
    }

    #[test]
    fn a_link_loads_nothing() {
        let mut it = shown("link", Vec::new());
        (it.link, it.file_name, it.size) = (Some("https://vimeo.com/1".into()), "Vimeo".into(), None);
        let html = gallery(&[it], Lang::Fr).into_string();
        assert!(html.contains("href=\"https://vimeo.com/1\"") && html.contains("Vimeo"), "{html}");
        assert!(!html.contains("src=") && !html.contains("iframe"), "{html}");
    }
}
