//! Institutions and topics by the names that a source gives them; what the directory lacks is added to it.

use std::collections::{HashMap, HashSet};

use diesel::QueryResult;
use diesel_async::{AsyncConnection, AsyncPgConnection};

use super::sets::Group;
use crate::directory::model::{Family, code_of};
use crate::directory::register::{self, NewInstitution};
use crate::directory::{self};
use crate::ids::{InstitutionId, TopicId};
use crate::journal::Actor;
use crate::kit::lang::{Lang, Texts};
use crate::kit::slug;

/// Codes from this length on may be cut ([`code_of`]), so that two names can share one.
const CUT_CODE_BYTES: usize = 55;

/// What the directory calls whom.
#[derive(Debug)]
pub struct Names {
    institutions: Known<InstitutionId>,
    topics: Known<TopicId>,
    dry_run: bool,
    by: Actor,
    /// Names of institutions that were added.
    pub institutions_added: Vec<String>,
    /// Names of topics that were added.
    pub topics_added: Vec<String>,
}

#[derive(Debug)]
struct Known<T> {
    by_name: HashMap<String, T>,
    by_code: HashMap<String, T>,
    /// Other names, by a name, both folded.
    also: HashMap<String, Vec<String>>,
}

impl<T: Copy> Known<T> {
    fn new(all: impl Iterator<Item = (T, String, Texts)>) -> Self {
        let mut known = Self { by_name: HashMap::new(), by_code: HashMap::new(), also: HashMap::new() };
        for (id, code, names) in all {
            known.learn(id, code, names.0.values().map(String::as_str));
        }
        known
    }

    fn learn<'a>(&mut self, id: T, code: String, names: impl Iterator<Item = &'a str>) {
        for name in names {
            self.by_name.entry(folded(name)).or_insert(id);
        }
        self.by_code.insert(code, id);
    }

    /// By its name in any language; else by its code, when that stands for the whole name and not for its beginning.
    fn find(&self, name: &str) -> Option<T> {
        let folded = folded(name);
        let others = self.also.get(&folded).map(Vec::as_slice).unwrap_or_default();
        std::iter::once(&folded).chain(others).find_map(|name| self.by_name.get(name)).copied().or_else(|| {
            let code = code_of(name);
            let whole = code.len() < CUT_CODE_BYTES && code != "release";
            self.by_code.get(&code).copied().filter(|_| whole)
        })
    }

    fn free_code(&self, name: &str) -> String {
        let code = code_of(name);
        (1..).map(|n| slug::candidate(&code, n)).find(|code| !self.by_code.contains_key(code)).unwrap_or(code)
    }
}

fn folded(name: &str) -> String {
    name.to_lowercase()
}

impl Names {
    /// All that the directory knows.
    pub async fn load(conn: &mut AsyncPgConnection, by: Actor, dry_run: bool) -> QueryResult<Self> {
        let institutions = directory::query::institutions(conn).await?;
        let topics = directory::query::topics(conn).await?;
        Ok(Self {
            institutions: Known::new(institutions.into_iter().map(|it| (it.id, it.code, it.names))),
            topics: Known::new(topics.into_iter().map(|it| (it.id, it.code, it.names))),
            dry_run,
            by,
            institutions_added: Vec::new(),
            topics_added: Vec::new(),
        })
    }

    /// Topics that the source calls by several names: each finds what any of them names.
    pub fn also_called(&mut self, names: Vec<(String, Vec<String>)>) {
        for (name, others) in names {
            self.topics.also.entry(folded(&name)).or_default().extend(others.iter().map(|other| folded(other)));
        }
    }

    /// The topic of that name, if there is one.
    pub fn topic(&self, name: &str) -> Option<TopicId> {
        self.topics.find(name)
    }

    /// The institution of that name, if there is one.
    pub fn institution(&self, name: &str) -> Option<InstitutionId> {
        self.institutions.find(name)
    }

    /// Adds what the groups name and the directory lacks, each in a transaction of its own: so the log's counter is held
    /// for one row, and what is remembered here is committed. The leading issuer's names in the languages of a set are
    /// one institution's; co-issuers and topics are found by each name alone.
    pub async fn add_missing(&mut self, conn: &mut AsyncPgConnection, groups: &[Group]) -> QueryResult<()> {
        for group in groups {
            let versions: Vec<_> = group.members.iter().filter_map(|member| member.version.as_deref()).collect();
            let leads: Texts = versions.iter().map(|version| (version.lang, version.institution.clone())).collect();
            if !leads.0.values().any(|name| self.institutions.find(name).is_some()) && !leads.0.is_empty() {
                self.add_institution(conn, leads).await?;
            }
            for version in &versions {
                for name in &version.components {
                    if self.institutions.find(name).is_none() {
                        self.add_institution(conn, Texts::one(version.lang, name.as_str())).await?;
                    }
                }
                for name in &version.topics {
                    if self.topics.find(name).is_none() {
                        self.add_topic(conn, version.lang, name).await?;
                    }
                }
            }
        }
        Ok(())
    }

    async fn add_institution(&mut self, conn: &mut AsyncPgConnection, names: Texts) -> QueryResult<()> {
        let name = names.0.values().next().cloned().unwrap_or_default();
        let new = NewInstitution {
            code: self.institutions.free_code(&name),
            family: Family::Institutions,
            names,
            website: None,
            four_eyes: false,
            // Known to the public with its first public release, and not before.
            announced: false,
        };
        let id = if self.dry_run {
            InstitutionId(-1 - self.institutions_added.len() as i64)
        } else {
            let by = self.by;
            conn.transaction(async |conn| register::institution_within(conn, by, &new).await).await?
        };
        self.institutions.learn(id, new.code, new.names.0.values().map(String::as_str));
        self.institutions_added.push(name);
        Ok(())
    }

    async fn add_topic(&mut self, conn: &mut AsyncPgConnection, lang: Lang, name: &str) -> QueryResult<()> {
        let code = self.topics.free_code(name);
        let id = if self.dry_run {
            TopicId(-1 - self.topics_added.len() as i64)
        } else {
            let by = self.by;
            let names = Texts::one(lang, name);
            conn.transaction(async |conn| register::topic_within(conn, by, &code, &names, false).await).await?
        };
        self.topics.learn(id, code, [name].into_iter());
        self.topics_added.push(name.to_owned());
        Ok(())
    }

    /// The issuers of a release of these names, the lead first, each once.
    pub fn issuers<'a>(
        &self,
        leads: impl Iterator<Item = &'a str> + Clone,
        components: impl Iterator<Item = &'a str>,
    ) -> Vec<InstitutionId> {
        let lead = leads.clone().find_map(|name| self.institutions.find(name));
        let rest = leads.chain(components).filter_map(|name| self.institutions.find(name));
        let mut seen = HashSet::new();
        lead.into_iter().chain(rest).filter(|id| seen.insert(*id)).collect()
    }

    /// The topics of these names, each once.
    pub fn topics<'a>(&self, names: impl Iterator<Item = &'a str>) -> Vec<TopicId> {
        let mut seen = HashSet::new();
        names.filter_map(|name| self.topics.find(name)).filter(|id| seen.insert(*id)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_finds_its_own_and_no_other() {
        let long = "Office of the United States Attorney for the Northern District of Lys";
        let mut known = Known::new(
            [
                (1, "finance", [(Lang::Fr, "SPF Finances"), (Lang::Nl, "FOD Financiën")].as_slice()),
                (2, "debian-project", &[(Lang::Fr, "Projet Debian")]),
                (3, &code_of(long), &[(Lang::En, long)]),
            ]
            .into_iter()
            .map(|(id, code, names)| {
                (id, code.to_owned(), names.iter().map(|(lang, name)| (*lang, (*name).to_owned())).collect())
            }),
        );
        for (name, id) in [
            ("spf finances", Some(1)),
            ("FOD Financiën", Some(1)),
            ("FOD Financien", None),
            ("Debian Project", Some(2)),
            ("Debian", None),
            (long, Some(3)),
            // The same beginning, and so the same code; another office.
            ("Office of the United States Attorney for the Northern District of Meurthe", None),
            ("…", None),
        ] {
            assert_eq!(known.find(name), id, "{name}");
        }
        assert_eq!(known.free_code("Debian project"), "debian-project-2");
        known.learn(4, known.free_code("…"), ["…"].into_iter());
        assert_eq!((known.find("…"), known.find("!")), (Some(4), None));
    }
}
