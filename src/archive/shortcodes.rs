//! WordPress' shortcodes, as HTML that says the same: captions, galleries, embedded films. Others stay as the words that
//! they are, for their inside is text.

use std::fmt::Write as _;

use super::wxr::{Attachment, Channel};

/// Replaces those that are known. `number`: of the item, whose gallery a `[gallery]` without ids is.
pub fn read(text: &str, number: &str, channel: &Channel, notes: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name_end = rest[1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-')
            .map_or(rest.len(), |end| end + 1);
        let name = &rest[1..name_end];
        let Some(close) = rest.find(']') else {
            break;
        };
        // `[[gallery]]` speaks of one.
        let is_spoken_of = out.ends_with('[');
        let inside = &rest[name_end.min(close)..close];
        match name {
            "caption" | "wp_caption" if !is_spoken_of => {
                let end_tag = format!("[/{name}]");
                let Some(end) = rest.find(&end_tag).filter(|end| *end > close) else {
                    out.push('[');
                    rest = &rest[1..];
                    continue;
                };
                let content = &rest[close + 1..end];
                // The picture, perhaps in a link, and then its caption; in old posts the caption is an attribute.
                let image_end = content
                    .find("</a>")
                    .map(|at| at + 4)
                    .or_else(|| content.find("<img").and_then(|at| content[at..].find('>').map(|end| at + end + 1)));
                let (image, caption) = content.split_at(image_end.unwrap_or(0));
                let caption = if caption.trim().is_empty() {
                    attribute(inside, "caption").unwrap_or_default()
                } else {
                    caption.trim()
                };
                let _ = write!(out, "<figure>{image}<figcaption>{caption}</figcaption></figure>");
                rest = &rest[end + end_tag.len()..];
            }
            "gallery" if !is_spoken_of => {
                let ids: Vec<&str> = attribute(inside, "ids")
                    .or(attribute(inside, "include"))
                    .map(|ids| ids.split(',').map(str::trim).filter(|id| !id.is_empty()).collect())
                    .unwrap_or_default();
                let mut files: Vec<(&str, &Attachment)> = if ids.is_empty() {
                    let mut all: Vec<_> =
                        channel.files.iter().filter(|(_, file)| file.parent == number && !number.is_empty()).collect();
                    all.sort_by_key(|(id, _)| id.parse::<u64>().unwrap_or_default());
                    all.into_iter().map(|(id, file)| (id.as_str(), file)).collect()
                } else {
                    ids.iter().filter_map(|id| Some((*id, channel.files.get(*id)?))).collect()
                };
                for id in ids.iter().filter(|id| !channel.files.contains_key(**id)) {
                    notes.push(format!("its gallery names the file {id}, which is not in the export"));
                }
                files.retain(|(_, file)| !file.url.is_empty());
                for (_, file) in files {
                    let it = &file.file;
                    let alt = if it.alt.is_empty() { &it.title } else { &it.alt };
                    let _ = write!(out, "<figure><img src=\"{}\" alt=\"{}\">", quoted(&file.url), quoted(alt));
                    if !it.caption.is_empty() {
                        let _ = write!(out, "<figcaption>{}</figcaption>", quoted(&it.caption));
                    }
                    out.push_str("</figure>\n");
                }
                rest = &rest[close + 1..];
            }
            "embed" | "video" | "audio" if !is_spoken_of => {
                let end_tag = format!("[/{name}]");
                let (url, end) = match rest.find(&end_tag).filter(|end| *end > close) {
                    Some(end) => {
                        let inner = rest[close + 1..end].trim();
                        let url = if inner.is_empty() { source(inside) } else { Some(inner) };
                        (url, end + end_tag.len())
                    }
                    None => (source(inside), close + 1),
                };
                if let Some(url) = url {
                    let _ = write!(out, "<p><a href=\"{0}\">{0}</a></p>", quoted(url));
                }
                rest = &rest[end..];
            }
            _ => {
                out.push('[');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn source(attributes: &str) -> Option<&str> {
    ["src", "mp4", "webm", "m4v", "ogv", "mp3", "ogg", "m4a"].iter().find_map(|name| attribute(attributes, name))
}

fn attribute<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let at = text.find(&format!("{name}="))?;
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| !c.is_whitespace()) {
        return None;
    }
    let value = &text[at + name.len() + 1..];
    let quote = value.chars().next()?;
    match quote {
        '"' | '\'' => value[1..].split(quote).next(),
        _ => value.split(char::is_whitespace).next(),
    }
}

fn quoted(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::record::OldFile;

    #[test]
    fn what_they_show_is_shown() {
        let mut channel = Channel::default();
        for (id, caption) in [("4", "Le pont"), ("12", "")] {
            let url = format!("https://old.example/{id}.jpg");
            let file =
                OldFile { path: url.clone(), title: "A & B".into(), alt: String::new(), caption: caption.into() };
            channel.files.insert(id.into(), Attachment { url, file, parent: "7".into() });
        }
        let four = "<figure><img src=\"https://old.example/4.jpg\" alt=\"A &amp; B\"><figcaption>Le pont</figcaption></figure>\n";
        let twelve = "<figure><img src=\"https://old.example/12.jpg\" alt=\"A &amp; B\"></figure>\n";
        for (text, expected) in [
            (
                "a [caption id=\"x\" width=\"3\"]<img src=\"y\" /> Words[/caption] b",
                "a <figure><img src=\"y\" /><figcaption>Words</figcaption></figure> b".to_owned(),
            ),
            (
                "[caption caption='Old']<a href=\"z\"><img src=\"y\"></a>[/caption]",
                "<figure><a href=\"z\"><img src=\"y\"></a><figcaption>Old</figcaption></figure>".into(),
            ),
            ("[gallery ids=\"12,4\"]", format!("{twelve}{four}")),
            ("[gallery]", format!("{four}{twelve}")),
            (
                "[embed]https://film.example/1[/embed]",
                "<p><a href=\"https://film.example/1\">https://film.example/1</a></p>".into(),
            ),
            ("[[gallery]] and [note] and [caption]lost", "[[gallery]] and [note] and [caption]lost".into()),
            ("[contact-form x=\"1\"] [", "[contact-form x=\"1\"] [".into()),
        ] {
            let mut notes = Vec::new();
            assert_eq!(read(text, "7", &channel, &mut notes), expected, "{text}");
            assert!(notes.is_empty());
        }
        let mut notes = Vec::new();
        read("[gallery ids='99']", "7", &channel, &mut notes);
        assert_eq!(notes.len(), 1);
    }
}
