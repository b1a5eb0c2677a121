//! What a text is made of, for whoever checks it before it goes out: its headings, its links, addresses written bare.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::link::is_web;
use super::render::{bounded, events};

/// A link in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// Where it leads.
    pub address: String,
    /// What is read in its place.
    pub text: String,
}

/// The parts of a text, each in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The levels of its headings, 1 to 6, as they are written.
    pub headings: Vec<u8>,
    /// Its links.
    pub links: Vec<Reference>,
    /// Addresses of the web that stand in the text as they are, without a word in their place.
    pub bare: Vec<String>,
}

/// Reads the Markdown of a text.
pub fn outline(markdown: &str) -> Outline {
    let mut outline = Outline::default();
    let mut open: Option<Reference> = None;
    let markdown = bounded(markdown);
    for (event, _) in events(&markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => outline.headings.push(level as u8),
            Event::Start(Tag::Link { link_type: LinkType::Autolink, dest_url, .. }) => {
                outline.bare.push(dest_url.into_string());
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                open = Some(Reference { address: dest_url.into_string(), text: String::new() });
            }
            Event::End(TagEnd::Link) => outline.links.extend(open.take()),
            Event::Text(text) | Event::Code(text) => match &mut open {
                Some(link) => link.text.push_str(&text),
                None => outline.bare.extend(
                    text.split_whitespace()
                        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '/'))
                        .filter(|word| is_web(word) || word.starts_with("www."))
                        .map(str::to_owned),
                ),
            },
            _ => {}
        }
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_taken_apart() {
        let text = "## Un\n\nVoir [la carte](/fr/carte), [](/vide) et https://example.org/a.\n\n#### Deux\n\n<https://b.example> `www.c.example`";
        let outline = outline(text);
        assert_eq!(outline.headings, [2, 4]);
        let links: Vec<_> = outline.links.iter().map(|link| (link.address.as_str(), link.text.as_str())).collect();
        assert_eq!(links, [("/fr/carte", "la carte"), ("/vide", "")]);
        assert!(outline.bare.contains(&"https://example.org/a".to_owned()), "{:?}", outline.bare);
        assert!(outline.bare.contains(&"https://b.example".to_owned()));
    }
}
