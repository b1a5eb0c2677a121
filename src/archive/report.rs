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
        /// It leads elsewhere already, and goes on doing so.
        Conflict = "conflict",
        /// It cannot be redirected, or its version was refused.
        Refused = "refused",
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
    /// Addresses of its files: not taken, files come later.
    pub files_not_taken: Vec<String>,
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
        self.items.iter().filter(|item| item.address_fate == Some(fate)).count()
    }

    /// The status for whoever runs this in a script (DESIGN §10): 0 all well, 1 some items refused, 2 nothing done. An
    /// item that came before counts as done, and a conflict as well: the desk's text stands, which is the rule.
    pub fn exit_code(&self) -> u8 {
        let refused = self.count(Fate::Refused);
        if self.stopped.is_some() || refused == self.items.len() { 2 } else { u8::from(refused > 0) }
    }

    /// Writes `summary.txt`, `items.csv` and `items.json` into the folder, which is made if it is not there.
    pub fn write(&self, folder: &Path) -> anyhow::Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
        let write = |name: &str, text: &[u8]| {
            let path = folder.join(name);
            fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
        };
        write("summary.txt", self.to_string().as_bytes())?;
        write("items.csv", self.csv().as_bytes())?;
        write("items.json", &serde_json::to_vec_pretty(self).context("writing the report as JSON")?)
    }

    fn csv(&self) -> String {
        let mut csv = String::from(
            "file,line,source,id,lang,fate,draft,notes,old_address,address_fate,address,files_not_taken\r\n",
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
                item.files_not_taken.join(" "),
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
        if self.items.iter().any(|item| item.address_fate.is_some()) {
            let counts: Vec<String> = AddressFate::ALL
                .iter()
                .map(|fate| (fate, self.count_addresses(*fate)))
                .filter(|(_, count)| *count > 0)
                .map(|(fate, count)| format!("{count} {fate}"))
                .collect();
            writeln!(f, "Old addresses: {}", counts.join(", "))?;
        }
        for (what, names) in [("Institutions", &self.institutions_added), ("Topics", &self.topics_added)] {
            if !names.is_empty() {
                writeln!(f, "{what} added: {}", names.len())?;
            }
        }
        let files: usize = self.items.iter().map(|item| item.files_not_taken.len()).sum();
        if files > 0 {
            let of = self.items.iter().filter(|item| !item.files_not_taken.is_empty()).count();
            writeln!(f, "Not taken: {files} files of {of} items: files come later; items.csv lists them")?;
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
            files_not_taken: Vec::new(),
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
