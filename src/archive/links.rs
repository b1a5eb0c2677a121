//! Links of an old text to the site that it comes from. They lead to the new addresses once these are known, in a second
//! step after all items are in: the links of the first release lead to the last one too.

use std::collections::{BTreeSet, HashMap};

use url::Url;

use super::old_address;
use crate::kit::rich_text;

/// By which hosts the former site answered.
#[derive(Debug, Clone, Default)]
pub struct Hosts {
    base: Option<Url>,
    names: BTreeSet<String>,
}

impl Hosts {
    /// Those of the former site's address, with `www.` and without.
    pub fn of(base: Option<&str>) -> Self {
        let base = base.and_then(|base| Url::parse(base).ok());
        let mut names = BTreeSet::new();
        if let Some(host) = base.as_ref().and_then(Url::host_str) {
            let bare = host.strip_prefix("www.").unwrap_or(host);
            names.extend([bare.to_owned(), format!("www.{bare}")]);
        }
        Self { base, names }
    }

    /// What relative links in the text of an address are relative to.
    pub fn base(&self, address: Option<&str>) -> Option<Url> {
        match address {
            Some(address) => Url::parse(address).ok().or_else(|| self.base.as_ref()?.join(address).ok()),
            None => self.base.clone(),
        }
    }

    /// The path on the former site that a link means, if it leads there.
    pub fn path_of(&self, link: &str) -> Option<String> {
        if link.starts_with('/') && !link.starts_with("//") {
            return old_address::path_of(link).ok();
        }
        let url = Url::parse(link).ok()?;
        self.names.contains(url.host_str()?).then(|| old_address::path_of(link).ok()).flatten()
    }
}

/// The links of a text that lead to the former site: as they stand, and the path there.
pub fn to_the_former_site(markdown: &str, hosts: &Hosts) -> Vec<(String, String)> {
    if !markdown.contains("](") && !markdown.contains("<http") {
        return Vec::new();
    }
    let outline = rich_text::outline(markdown);
    let mut found: Vec<(String, String)> = Vec::new();
    for link in outline.links.into_iter().map(|link| link.address).chain(outline.bare) {
        if let Some(path) = hosts.path_of(&link)
            && !found.iter().any(|(there, _)| *there == link)
        {
            found.push((link, path));
        }
    }
    found
}

/// Whether there are any.
pub fn to_follow(markdown: &str, hosts: &Hosts) -> bool {
    !to_the_former_site(markdown, hosts).is_empty()
}

/// The text with those links led on; words stay as they are.
pub fn led_on(markdown: &str, new: &HashMap<String, String>) -> String {
    let mut out = String::with_capacity(markdown.len());
    let mut rest = markdown;
    while let Some(at) = rest.find("](").map(|at| at + 2) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (opening, after) = rest.strip_prefix('<').map_or(("", rest), |after| ("<", after));
        let end = after.find(if opening.is_empty() { [')', ' ', '\n'].as_slice() } else { ['>', '\n'].as_slice() });
        let Some(end) = end else { continue };
        // What Markdown escapes in an address.
        let link = after[..end].replace("\\(", "(").replace("\\)", ")").replace("\\_", "_").replace("&amp;", "&");
        if let Some(to) = new.get(&link).or_else(|| new.get(&after[..end])) {
            out.push_str(opening);
            out.push_str(to);
            rest = &after[end..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_the_former_site_are_led_on_and_others_stay() {
        let hosts = Hosts::of(Some("https://www.old.example/"));
        let text = "See [one](https://old.example/node/1), [two](/fr/deux \"x\"), [three](https://else.example/node/1), \
                    [four](<http://www.old.example/a b>) and [five](https://old.example/x_(y)).";
        let found: Vec<String> = to_the_former_site(text, &hosts).into_iter().map(|(_, path)| path).collect();
        assert_eq!(found, ["/node/1", "/fr/deux", "/a%20b", "/x_(y)"]);
        let new = HashMap::from([
            ("https://old.example/node/1".to_owned(), "/en/2012/03/01/one".to_owned()),
            ("/fr/deux".to_owned(), "/fr/2012/03/01/deux".to_owned()),
        ]);
        let led = led_on(text, &new);
        assert!(
            led.starts_with("See [one](/en/2012/03/01/one), [two](/fr/2012/03/01/deux \"x\"), [three](https://else"),
            "{led}"
        );
        assert!(led.ends_with("[four](<http://www.old.example/a b>) and [five](https://old.example/x_(y))."), "{led}");
        assert_eq!(Hosts::of(None).path_of("https://old.example/node/1"), None);
    }
}
