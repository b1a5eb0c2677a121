//! What became of every item and every address: for the person who answers for the former site.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use serde::Serialize;

use crate::kit::csv::cell;
use crate::text_enum;

text_enum! {
    /// What an import does with a language version.
    pub enum Fate {
        /// It was not there.
        New = "new",
        /// It came before and says the same.
        Unchanged = "unchanged",
        /// It came before and says something else now.
        Changed = "changed",
        /// It cannot come in.
        Refused = "refused",
        /// It says something else now, but somebody worked on it in the desk: the desk wins.
        Conflict = "conflict",
    }
}

text_enum! {
    /// What an import does with an address of the former site.
    pub enum AddressFate {
        /// It leads to the release from now on.
        New = "new",
        /// It did so before.
        Unchanged = "unchanged",
        /// It belongs to a draft: it answers as what never existed until that is published.
        Draft = "draft",
        /// The release lives there already: to lead it there would lead in a circle.
        Loop = "loop",
        /// It leads elsewhere already, and goes on doing so.
        Conflict = "conflict",
        /// It cannot be redirected, or its version was refused.
        Refused = "refused",
    }
}

text_enum! {
    /// What an import does with a file of an item.
    pub enum FileFate {
        /// It came in.
        New = "new",
        /// It was here.
        Unchanged = "unchanged",
        /// It is not in the folder of files, or there is no such folder.
        Missing = "missing",
        /// It is nothing that is taken.
        Refused = "refused",
    }
}

text_enum! {
    /// What an import does with a link of a text to the former site.
    pub enum LinkFate {
        /// It leads to the new site.
        Changed = "changed",
        /// It stays as it was: nothing here is what it led to.
        Missing = "missing",
    }
}

impl Serialize for FileFate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for LinkFate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Fate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for AddressFate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One item of a file. Some 300 bytes each: 50,000 items are 15 MB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// The file, as it was named.
    pub file: String,
    /// The line that it begins at.
    pub line: u64,
    /// The source that it counts as.
    pub source: String,
    /// The source's own name for it, if it could be read.
    pub id: Option<String>,
    /// As the source writes it.
    pub lang: Option<String>,
    /// What became of it.
    pub fate: Fate,
    /// Whether it is a draft in the desk rather than public.
    pub draft: bool,
    /// Why, or what else is to be known.
    pub notes: Vec<String>,
    /// Its address on the former site.
    pub old_address: Option<String>,
    /// What became of that.
    pub address_fate: Option<AddressFate>,
    /// Where it lives now.
    pub address: Option<String>,
    /// What became of its other addresses there.
    pub more_addresses: Vec<(String, AddressFate)>,
    /// What became of its files.
    pub files: Vec<(String, FileFate, String)>,
    /// What became of the links in its text to the former site.
    pub links: Vec<(String, LinkFate)>,
}

/// What became of everything.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// Nothing was written.
    pub dry_run: bool,
    /// Every item, in the order of the files.
    pub items: Vec<Item>,
    /// Names of institutions that were added to the directory.
    pub institutions_added: Vec<String>,
    /// Names of topics that were added to it.
    pub topics_added: Vec<String>,
    /// Fields that nobody knows, and in how many items they stand.
    pub unknown_fields: BTreeMap<String, u64>,
    /// Types of the source that are no releases, and how many items are of them.
    pub left_alone: Vec<(String, u64)>,
    /// What became of addresses that are no item's: lists of terms.
    pub other_addresses: Vec<(String, AddressFate)>,
    /// Releases that were written, whatever their languages.
    pub releases_added: u64,
    /// How long it took.
    pub took: Duration,
    /// Why it stopped before the end, if it did. What the items say happened.
    pub stopped: Option<String>,
}

impl Report {
    /// How many items have that fate.
    pub fn count(&self, fate: Fate) -> usize {
        self.items.iter().filter(|item| item.fate == fate).count()
    }

    /// How many addresses have that fate.
    pub fn count_addresses(&self, fate: AddressFate) -> usize {
        let of_items = self.items.iter().map(|item| {
            usize::from(item.address_fate == Some(fate)) + item.more_addresses.iter().filter(|it| it.1 == fate).count()
        });
        of_items.sum::<usize>() + self.other_addresses.iter().filter(|it| it.1 == fate).count()
    }

    /// How many files have that fate: of each item, so that one that several show counts for each.
    pub fn count_files(&self, fate: FileFate) -> usize {
        self.items.iter().flat_map(|item| &item.files).filter(|it| it.1 == fate).count()
    }

    /// How many links have that fate.
    pub fn count_links(&self, fate: LinkFate) -> usize {
        self.items.iter().flat_map(|item| &item.links).filter(|it| it.1 == fate).count()
    }

    /// The status for whoever runs this in a script (DESIGN §10): 0 all well, 1 some items refused, 2 nothing done. An
    /// item that came before counts as done, and a conflict as well: the desk's text stands, which is the rule.
    pub fn exit_code(&self) -> u8 {
        let refused = self.count(Fate::Refused);
        if self.stopped.is_some() || refused == self.items.len() { 2 } else { u8::from(refused > 0) }
    }

    /// Writes `summary.txt`, `items.csv` (and `addresses.csv`, `files.csv`, `links.csv`) and `items.json` into the folder, which is made if it is not there.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let write = |name: &str, text: &[u8]| {
            let path = folder.join(name);
            fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
        };
        write("summary.txt", self.to_string().as_bytes())?;
        write("items.csv", self.csv().as_bytes())?;
        write("addresses.csv", self.addresses_csv().as_bytes())?;
        write("files.csv", self.files_csv().as_bytes())?;
        write("links.csv", self.links_csv().as_bytes())?;
        write("items.json", &serde_json::to_vec_pretty(self).context("writing the report as JSON")?)
    }

    /// Every old address with its fate and where it leads.
    pub fn addresses_csv(&self) -> String {
        let mut csv = String::from("id,old_address,fate,address\r\n");
        for item in &self.items {
            let id = item.id.as_deref().unwrap_or_default();
            let first = item.old_address.iter().zip(item.address_fate);
            for (old, fate) in first.chain(item.more_addresses.iter().map(|(old, fate)| (old, *fate))) {
                let to = item.address.as_deref().unwrap_or_default();
                csv.push_str(&[id, old, fate.as_str(), to].map(cell).join(","));
                csv.push_str("\r\n");
            }
        }
        for (old, fate) in &self.other_addresses {
            csv.push_str(&["", old.as_str(), fate.as_str(), ""].map(cell).join(","));
            csv.push_str("\r\n");
        }
        csv
    }

    fn files_csv(&self) -> String {
        let mut csv = String::from("id,file,fate,note\r\n");
        for item in &self.items {
            for (file, fate, note) in &item.files {
                csv.push_str(&[item.id.as_deref().unwrap_or_default(), file, fate.as_str(), note].map(cell).join(","));
                csv.push_str("\r\n");
            }
        }
        csv
    }

    fn links_csv(&self) -> String {
        let mut csv = String::from("id,link,fate\r\n");
        for item in &self.items {
            for (link, fate) in &item.links {
                csv.push_str(&[item.id.as_deref().unwrap_or_default(), link, fate.as_str()].map(cell).join(","));
                csv.push_str("\r\n");
            }
        }
        csv
    }

    /// Every item with its fate.
    pub fn csv(&self) -> String {
        let mut csv = String::from(
            "file,line,source,id,lang,fate,draft,notes,old_address,address_fate,address,files_missing\r\n",
        );
        for item in &self.items {
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            let cells = [
                item.file.clone(),
                item.line.to_string(),
                item.source.clone(),
                text(&item.id),
                text(&item.lang),
                item.fate.to_string(),
                if item.draft { "draft".into() } else { String::new() },
                item.notes.join("; "),
                text(&item.old_address),
                item.address_fate.map(|fate| fate.to_string()).unwrap_or_default(),
                text(&item.address),
                item.files
                    .iter()
                    .filter(|file| file.1 == FileFate::Missing)
                    .map(|file| file.0.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            ];
            csv.push_str(&cells.map(|text| cell(&text)).join(","));
            csv.push_str("\r\n");
        }
        csv
    }
}

/// The most refused items and conflicts that the summary lists; the files list all of them.
const LISTED: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.took.as_secs_f64();
        let rate = if seconds > 0.0 { self.items.len() as f64 / seconds } else { 0.0 };
        if self.dry_run {
            writeln!(f, "Dry run: nothing was written.")?;
        }
        if let Some(why) = &self.stopped {
            writeln!(f, "Stopped before the end: {why}\nWhat is counted below was written; run it again to go on.")?;
        }
        writeln!(f, "{} items in {seconds:.1} s ({rate:.0} a second)", self.items.len())?;
        for fate in Fate::ALL {
            writeln!(f, "  {:<10} {}", fate.as_str(), self.count(*fate))?;
        }
        let drafts = self.items.iter().filter(|item| item.draft).count();
        if drafts > 0 {
            writeln!(f, "  of these, drafts: {drafts}")?;
        }
        writeln!(f, "{} releases added", self.releases_added)?;
        let counted = |what: &str, counts: Vec<(&str, usize)>| {
            let counts: Vec<String> = counts
                .into_iter()
                .filter(|(_, count)| *count > 0)
                .map(|(fate, count)| format!("{count} {fate}"))
                .collect();
            if counts.is_empty() { String::new() } else { format!("{what}: {}\n", counts.join(", ")) }
        };
        let addresses = AddressFate::ALL.iter().map(|fate| (fate.as_str(), self.count_addresses(*fate))).collect();
        let files = FileFate::ALL.iter().map(|fate| (fate.as_str(), self.count_files(*fate))).collect();
        let links = LinkFate::ALL.iter().map(|fate| (fate.as_str(), self.count_links(*fate))).collect();
        f.write_str(&counted("Old addresses", addresses))?;
        f.write_str(&counted("Files", files))?;
        f.write_str(&counted("Links to the former site", links))?;
        for (what, names) in [("Institutions", &self.institutions_added), ("Topics", &self.topics_added)] {
            if !names.is_empty() {
                writeln!(f, "{what} added: {}", names.len())?;
            }
        }
        if !self.left_alone.is_empty() {
            let kinds: Vec<String> = self.left_alone.iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
            writeln!(f, "Left alone, for the mapping does not name them: {}", kinds.join(", "))?;
        }
        if !self.unknown_fields.is_empty() {
            let fields: Vec<String> =
                self.unknown_fields.iter().map(|(name, count)| format!("{name} ({count})")).collect();
            writeln!(f, "Fields that are not known: {}", fields.join(", "))?;
        }
        for fate in [Fate::Refused, Fate::Conflict] {
            let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
            let items: Vec<&Item> = self.items.iter().filter(|item| item.fate == fate).collect();
            for item in &items {
                *reasons.entry(item.notes.first().map_or("", String::as_str)).or_default() += 1;
            }
            if items.is_empty() {
                continue;
            }
            writeln!(f, "{}:", if fate == Fate::Refused { "Refused" } else { "Conflicts; the desk's text stays" })?;
            if reasons.len() < items.len().min(LISTED) {
                for (reason, count) in reasons {
                    writeln!(f, "  {count} × {reason}")?;
                }
            }
            for item in items.iter().take(LISTED) {
                let mut line = format!("  {}:{}", item.file, item.line);
                if let Some(id) = &item.id {
                    let _ = write!(line, " {id}");
                }
                writeln!(f, "{line}: {}", item.notes.join("; "))?;
            }
            if items.len() > LISTED {
                writeln!(f, "  … and {} more: see items.csv (--report FOLDER)", items.len() - LISTED)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(fate: Fate) -> Item {
        Item {
            file: "a.jsonl".into(),
            line: 3,
            source: "a".into(),
            id: Some("=1+1".into()),
            lang: Some("fr".into()),
            fate,
            draft: false,
            notes: vec!["a \"b\", c".into()],
            old_address: None,
            address_fate: None,
            address: None,
            more_addresses: Vec::new(),
            files: Vec::new(),
            links: Vec::new(),
        }
    }

    #[test]
    fn the_status_tells_scripts_how_it_went() {
        for (fates, code) in [
            (vec![], 2),
            (vec![Fate::Refused], 2),
            (vec![Fate::New], 0),
            (vec![Fate::Unchanged, Fate::Conflict], 0),
            (vec![Fate::Unchanged, Fate::Refused], 1),
        ] {
            let report = Report { items: fates.iter().map(|fate| item(*fate)).collect(), ..Report::default() };
            assert_eq!(report.exit_code(), code, "{fates:?}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        let csv = Report { items: vec![item(Fate::New)], ..Report::default() }.csv();
        assert!(csv.contains("a.jsonl,3,a,'=1+1,fr,new,,\"a \"\"b\"\", c\""), "{csv}");
    }
}
