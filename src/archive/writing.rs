//! Writes a batch of releases in one transaction: all of it, or nothing.
//!
//! The order matters for everybody else on the site. All that takes time comes first (conversion is done before the
//! transaction begins, constraints are checked before its end); the log's counter, which every publication waits for, is
//! taken by the last statement and held for one COMMIT.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono_tz::Tz;
use diesel::QueryResult;
use diesel_async::{AsyncConnection, AsyncPgConnection};
use serde_json::json;

use super::links::{self, Hosts};
use super::names::Names;
use super::plan::{self, Here, Plan};
use super::query::{self, LeadsTo, NewRelease, NewRevision, SourceItem};
use super::report::{AddressFate, Fate, LinkFate};
use super::sets::{Group, Key, Member, key};
use super::{files, old_address, redirects};
use crate::change::{self, Change, Kind};
use crate::ids::{EditionId, ImportId, ReleaseId, RevisionId, TopicId};
use crate::journal::{self, Actor, Entry};
use crate::kit::clock;
use crate::kit::lang::Lang;
use crate::kit::web::routes::OwnPaths;
use crate::paths;
use crate::release::address::{self, Claim};
use crate::release::listing;
use crate::release::model::{Content, LanguageVersion};
use crate::release::state::PublicState;

/// What became of one version.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Its item in the report.
    pub item: usize,
    /// What became of it.
    pub fate: Fate,
    /// Whether it is a draft.
    pub draft: bool,
    /// Why, or what else is to be known.
    pub notes: Vec<String>,
    /// What became of its old address, if it has one.
    pub address_fate: Option<AddressFate>,
    /// What became of its others.
    pub more_addresses: Vec<(String, AddressFate)>,
    /// Where it lives now.
    pub address: Option<String>,
}

impl Settled {
    /// A fate that needed no writing.
    pub fn without_writing(item: usize, fate: Fate, notes: Vec<String>) -> Self {
        Self { item, fate, draft: false, notes, address_fate: None, more_addresses: Vec::new(), address: None }
    }
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Written {
    /// Every version in it.
    pub settled: Vec<Settled>,
    /// How many releases are new.
    pub releases_added: u64,
    /// Versions whose text links to the former site, with their items.
    pub with_links: Vec<(ReleaseId, Lang, usize)>,
}

/// Who writes, where, and how.
#[derive(Debug, Clone)]
pub struct Writer {
    /// The site's zone.
    pub zone: Tz,
    /// As the journal names it.
    pub by: Actor,
    /// The import that this is a run of.
    pub import: Option<ImportId>,
    /// Addresses of this site, which no old address takes.
    pub own: Arc<OnceLock<OwnPaths>>,
}

impl Writer {
    /// Writes the groups, all of one source, in one transaction.
    pub async fn write(&self, conn: &mut AsyncPgConnection, groups: &[Group], names: &Names) -> QueryResult<Written> {
        conn.transaction(async |conn| self.write_within(conn, groups, names).await).await
    }

    /// Only says what would be done. `taken` remembers the old addresses of groups before, which are not written either.
    pub async fn foresee(
        &self,
        conn: &mut AsyncPgConnection,
        groups: &[Group],
        taken: &mut HashSet<Key>,
    ) -> QueryResult<Written> {
        let here = look(conn, groups, false).await?;
        let now = clock::now(conn).await?;
        let plans: Vec<Plan> = groups.iter().map(|group| plan::decide(group, &here, now, self.zone)).collect();
        let ids: Vec<ReleaseId> =
            plans.iter().map(|plan| plan.release.as_ref().map_or(NO_RELEASE, |release| release.release_id)).collect();
        let (mut fates, new) = self.old_addresses(conn, &plans, &ids, &HashMap::new()).await?;
        for (path, item) in &new {
            if !taken.insert(key("", path))
                && let Some(one) =
                    fates.get_mut(item).into_iter().flatten().find(|one| one.path.as_deref() == Some(path.as_str()))
            {
                one.fate = AddressFate::Conflict;
                one.note = Some(format!("its old address {path} leads to another item of this import"));
            }
        }
        let settled = settled(&plans, &ids, &mut fates, &HashMap::new(), None);
        let releases_added = plans.iter().filter(|plan| plan.release.is_none() && !plan.versions.is_empty()).count();
        Ok(Written { settled, releases_added: releases_added as u64, with_links: Vec::new() })
    }

    async fn write_within(
        &self,
        conn: &mut AsyncPgConnection,
        groups: &[Group],
        names: &Names,
    ) -> QueryResult<Written> {
        query::take_turns(conn).await?;
        let here = look(conn, groups, true).await?;
        let now = clock::now(conn).await?;
        let plans: Vec<Plan> = groups.iter().map(|group| plan::decide(group, &here, now, self.zone)).collect();

        let mut releases = self.new_releases(conn, groups, &plans, names).await?;
        let mut bulk = Bulk::default();
        let old = present(conn, &plans).await?;
        let added = releases.len() as u64;
        let mut ids = Vec::with_capacity(plans.len());
        for (group, plan) in groups.iter().zip(&plans) {
            // Those of a language that did not change count as well.
            let mut came: Vec<&Member> = group.members.iter().filter(|member| plan.counts(member.item)).collect();
            came.sort_by_key(|member| member.lang);
            let topics = names.topics(came.iter().flat_map(|member| &member.topics).map(String::as_str));
            ids.push(match &plan.release {
                Some(release) => {
                    let languages = came.iter().map(|member| member.lang).collect();
                    bulk.revise(release, plan, old.get(&release.head_revision_id), topics, &languages);
                    release.release_id
                }
                None if plan.versions.is_empty() => NO_RELEASE,
                None => bulk.begin(&releases.pop_front().expect("one for each plan of a new release"), plan, topics),
            });
        }
        bulk.take_ids(conn).await?;
        self.write_rows(conn, groups, &plans, &ids, &mut bulk).await?;

        let of_item: HashMap<usize, (ReleaseId, Lang)> = plans
            .iter()
            .zip(&ids)
            .flat_map(|(plan, id)| plan.versions.iter().map(|(lang, one)| (one.item, (*id, *lang))))
            .collect();
        let mut addresses = HashMap::new();
        for lives in query::addresses(conn, &ids).await? {
            let path = paths::release(lives.lang, lives.published_on, &lives.slug);
            addresses.insert((lives.release_id, lives.lang), path);
        }
        let addresses: HashMap<usize, String> =
            of_item.iter().filter_map(|(item, place)| addresses.get(place).map(|path| (*item, path.clone()))).collect();
        let (mut fates, new) = self.old_addresses(conn, &plans, &ids, &addresses).await?;
        let mut rows: Vec<(String, LeadsTo)> = new
            .into_iter()
            .filter_map(|(path, item)| of_item.get(&item).map(|(id, lang)| (path, LeadsTo::Release(*id, *lang))))
            .collect();
        // Where its files were leads to them: as long as something public shows them.
        for (old, asset, _) in plans.iter().flat_map(|plan| plan.versions.values()).flat_map(|one| &one.version.assets)
        {
            if let Some(path) = old_address::path_of_file(&old.path)
                && !self.is_own(&path)
            {
                rows.push((path, LeadsTo::File(*asset)));
            }
        }
        query::insert_redirects(conn, self.import, &rows).await?;
        let with_links = plans
            .iter()
            .zip(&ids)
            .flat_map(|(plan, id)| plan.versions.iter().map(move |(lang, one)| (*id, *lang, one)))
            .filter(|(_, _, one)| one.version.has_old_links)
            .map(|(id, lang, one)| (id, lang, one.item))
            .collect();
        self.announce(conn, groups, &plans, &ids, &bulk).await?;
        Ok(Written {
            settled: settled(&plans, &ids, &mut fates, &addresses, Some(&bulk)),
            releases_added: added,
            with_links,
        })
    }

    fn is_own(&self, path: &str) -> bool {
        self.own.get().is_some_and(|own| own.has(path))
    }

    async fn new_releases(
        &self,
        conn: &mut AsyncPgConnection,
        groups: &[Group],
        plans: &[Plan<'_>],
        names: &Names,
    ) -> QueryResult<std::collections::VecDeque<NewRelease>> {
        let new: Vec<(&Group, &Plan)> =
            groups.iter().zip(plans).filter(|(_, plan)| plan.release.is_none() && !plan.versions.is_empty()).collect();
        if new.is_empty() {
            return Ok(std::collections::VecDeque::new());
        }
        let ids = query::new_ids(conn, new.len()).await?;
        let revisions = query::new_revision_ids(conn, new.len()).await?;
        let releases: std::collections::VecDeque<NewRelease> = new
            .into_iter()
            .zip(ids)
            .zip(revisions)
            .map(|(((group, plan), ids), revision_id)| {
                let versions = || plan.versions.values().map(|one| one.version);
                let leads: Vec<&str> = versions().map(|version| version.institution.as_str()).collect();
                NewRelease {
                    id: ids.release_id,
                    edition_id: ids.edition_id,
                    revision_id,
                    at: group.date.at,
                    on: group.date.on,
                    time_known: group.date.time_known,
                    is_public: plan.is_public,
                    source_number: versions().find_map(|version| version.number.clone()),
                    issuers: names.issuers(
                        leads.iter().copied(),
                        versions().flat_map(|version| version.components.iter()).map(String::as_str),
                    ),
                }
            })
            .collect();
        let (front, back) = releases.as_slices();
        debug_assert!(back.is_empty(), "collected in one go");
        query::insert_releases(conn, front).await?;
        Ok(releases)
    }

    async fn write_rows(
        &self,
        conn: &mut AsyncPgConnection,
        groups: &[Group],
        plans: &[Plan<'_>],
        ids: &[ReleaseId],
        bulk: &mut Bulk,
    ) -> QueryResult<()> {
        if !bulk.revisions.is_empty() {
            query::insert_revisions(conn, &bulk.revisions).await?;
        }
        if !bulk.heads.is_empty() {
            query::set_heads(conn, &bulk.heads).await?;
        }
        let numbers: Vec<(ReleaseId, String)> = plans
            .iter()
            .zip(ids)
            .filter(|(plan, _)| plan.release.is_some())
            .filter_map(|(plan, id)| {
                plan.versions.values().find_map(|one| one.version.number.clone()).map(|number| (*id, number))
            })
            .collect();
        if !numbers.is_empty() {
            query::set_source_numbers(conn, &numbers).await?;
        }
        let claims: Vec<Claim> = groups
            .iter()
            .zip(plans)
            .zip(ids)
            .filter(|((_, plan), _)| plan.is_public)
            .flat_map(|((group, plan), id)| {
                let on = plan.release.as_ref().and_then(|release| release.first_published_on).unwrap_or(group.date.on);
                plan.versions.iter().filter(|(_, one)| one.fate == Fate::New).map(move |(lang, one)| Claim {
                    release_id: *id,
                    lang: *lang,
                    published_on: on,
                    title: one.version.text.title.clone(),
                })
            })
            .collect();
        address::claim_within(conn, &claims).await?;
        let mut items = Vec::new();
        for ((group, plan), id) in groups.iter().zip(plans).zip(ids) {
            for (lang, one) in &plan.versions {
                items.push(SourceItem {
                    source: &group.source,
                    source_id: &one.version.id,
                    source_set: &group.set,
                    release_id: *id,
                    lang: *lang,
                    digest: &one.version.digest,
                    revision_id: bulk.now[id],
                    url: one.version.url.as_deref(),
                    original_html: &one.version.original_html,
                    import_id: self.import,
                    author: one.version.author.as_deref(),
                    lacks_files: one.version.lacks_files,
                });
            }
        }
        query::put_source_items(conn, &items).await?;
        let revised: Vec<(ReleaseId, RevisionId)> = plans
            .iter()
            .zip(ids)
            .filter(|(plan, _)| plan.release.is_some())
            .filter_map(|(_, id)| bulk.now.get(id).map(|revision| (*id, *revision)))
            .collect();
        if !revised.is_empty() {
            query::set_item_revisions(conn, &revised).await?;
        }
        Ok(())
    }

    /// The journal, and last of all the log.
    async fn announce(
        &self,
        conn: &mut AsyncPgConnection,
        groups: &[Group],
        plans: &[Plan<'_>],
        ids: &[ReleaseId],
        bulk: &Bulk,
    ) -> QueryResult<()> {
        let shown: Vec<ReleaseId> = plans
            .iter()
            .zip(ids)
            .filter(|(plan, id)| plan.is_public && bulk.written.contains_key(id))
            .map(|(_, id)| *id)
            .collect();
        let mut tags = listing::shelve_within(conn, &shown).await?;
        let mut entries = Vec::new();
        let mut changes = Vec::new();
        for ((group, plan), id) in groups.iter().zip(plans).zip(ids) {
            let is_same = plan.versions.values().all(|one| one.only_files) && !bulk.written.contains_key(id);
            if plan.versions.is_empty() || is_same {
                continue;
            }
            let with_fate = |fate: Fate| -> Vec<Lang> {
                plan.versions.iter().filter(|(_, one)| one.fate == fate).map(|(lang, _)| *lang).collect()
            };
            let (added, changed) = (with_fate(Fate::New), with_fate(Fate::Changed));
            let action = if plan.release.is_none() { "release.imported" } else { "release.imported_again" };
            entries.push(Entry::new(action, "release", id.0).with(json!({
                "source": &*group.source, "set": group.set, "public": plan.is_public,
                "revision": bulk.now.get(id), "added": added, "changed": changed,
            })));
            let (true, Some(edition)) = (plan.is_public, bulk.written.get(id)) else { continue };
            let tags = tags.remove(id).unwrap_or_default();
            for (kind, languages) in [(Kind::FromArchive, added), (Kind::MinorCorrection, changed)] {
                if !languages.is_empty() {
                    changes.push(Change::of_release(kind, *id, Some(*edition), languages, tags.clone()));
                }
            }
        }
        journal::record(conn, self.by, entries).await?;
        query::check_now(conn).await?;
        // Last: the log's counter is held from here to COMMIT.
        change::append(conn, changes).await.map(drop)
    }
}

/// Stands for a release that is not there: nothing of the group comes in, or nothing is written.
const NO_RELEASE: ReleaseId = ReleaseId(0);

/// What stands here of the groups; `lock` keeps it so until the transaction ends.
async fn look(conn: &mut AsyncPgConnection, groups: &[Group], lock: bool) -> QueryResult<Here> {
    let Some(source) = groups.first().map(|group| &*group.source) else { return Ok(Here::default()) };
    let sets: Vec<&str> = groups.iter().map(|group| group.set.as_str()).collect();
    let ids: Vec<&str> = groups.iter().flat_map(|group| &group.members).map(|member| member.id.as_str()).collect();
    let known = query::known(conn, source, &sets, &ids).await?;
    let elsewhere = query::under_other_names(conn, source, &ids).await?;
    let mut releases: Vec<ReleaseId> = known.iter().map(|known| known.release_id).collect();
    releases.sort();
    releases.dedup();
    let mut standing = HashMap::new();
    if !releases.is_empty() {
        if lock {
            query::lock(conn, &releases).await?;
        }
        standing = query::standing(conn, &releases).await?.into_iter().map(|one| (one.release_id, one)).collect();
    }
    Ok(Here { known, elsewhere, standing })
}

/// What the releases to be revised hold now.
async fn present(conn: &mut AsyncPgConnection, plans: &[Plan<'_>]) -> QueryResult<HashMap<RevisionId, Content>> {
    let heads: Vec<RevisionId> = plans
        .iter()
        .filter(|plan| !plan.versions.is_empty())
        .filter_map(|plan| plan.release.as_ref().map(|release| release.head_revision_id))
        .collect();
    contents(conn, &heads).await
}

/// The rows of a batch, before they are written.
#[derive(Debug, Default)]
struct Bulk {
    revisions: Vec<NewRevision>,
    /// Editions that get a later revision; its id comes with [`Bulk::take_ids`].
    heads: Vec<(EditionId, RevisionId)>,
    /// Places in `revisions` that have no id yet, with their release.
    without_id: Vec<(usize, ReleaseId)>,
    /// The revision of each release that holds what the source says now.
    now: HashMap<ReleaseId, RevisionId>,
    /// The releases that got a revision, with their edition.
    written: HashMap<ReleaseId, EditionId>,
}

impl Bulk {
    /// The first revision of a new release.
    fn begin(&mut self, release: &NewRelease, plan: &Plan<'_>, topics: Vec<TopicId>) -> ReleaseId {
        let versions = plan.versions.iter().map(|(lang, one)| (*lang, one.version.text.clone())).collect();
        self.revisions.push(NewRevision {
            id: release.revision_id,
            edition_id: release.edition_id,
            number: 1,
            content: Content {
                versions,
                topics,
                media: files::uses(plan.versions.values().map(|one| one.version)),
                ..Content::default()
            },
        });
        self.now.insert(release.id, release.revision_id);
        self.written.insert(release.id, release.edition_id);
        release.id
    }

    /// A later revision of one that is here, unless the text stays the same.
    fn revise(
        &mut self,
        release: &query::Standing,
        plan: &Plan<'_>,
        old: Option<&Content>,
        topics: Vec<TopicId>,
        came: &HashSet<Lang>,
    ) {
        let (false, Some(old)) = (plan.versions.is_empty(), old) else { return };
        let mut content = old.clone();
        for (lang, one) in &plan.versions {
            content.versions.insert(*lang, one.version.text.clone());
        }
        // Languages that did not come now keep their topics.
        let all_came = old.versions.keys().all(|lang| came.contains(lang));
        let mut now = if all_came { Vec::new() } else { old.topics.clone() };
        for topic in topics {
            if !now.contains(&topic) {
                now.push(topic);
            }
        }
        content.topics = now;
        // The same of files; what a missing folder does not bring stays.
        let came_now = files::uses(plan.versions.values().map(|one| one.version));
        let lacks = plan.versions.values().any(|one| one.version.lacks_files);
        if all_came && !lacks {
            content.media = came_now;
        } else {
            for it in came_now {
                if !content.media.iter().any(|there| there.asset == it.asset) {
                    content.media.push(it);
                }
            }
        }
        if content == *old {
            self.now.insert(release.release_id, release.head_revision_id);
            return;
        }
        self.without_id.push((self.revisions.len(), release.release_id));
        self.revisions.push(NewRevision {
            id: RevisionId(0),
            edition_id: release.edition_id,
            number: release.head_number + 1,
            content,
        });
        self.written.insert(release.release_id, release.edition_id);
    }

    async fn take_ids(&mut self, conn: &mut AsyncPgConnection) -> QueryResult<()> {
        if self.without_id.is_empty() {
            return Ok(());
        }
        let ids = query::new_revision_ids(conn, self.without_id.len()).await?;
        for ((place, release), id) in self.without_id.drain(..).zip(ids) {
            self.revisions[place].id = id;
            self.heads.push((self.revisions[place].edition_id, id));
            self.now.insert(release, id);
        }
        Ok(())
    }
}

/// What becomes of one old address.
#[derive(Debug)]
struct OldAddress {
    /// As the source has it.
    old: String,
    /// What of it is looked up.
    path: Option<String>,
    fate: AddressFate,
    note: Option<String>,
}

/// By item, in the order of the source.
type AddressFates = HashMap<usize, Vec<OldAddress>>;

impl Writer {
    /// What becomes of the old addresses of the versions that are written; with it those to be written, and their items.
    async fn old_addresses(
        &self,
        conn: &mut AsyncPgConnection,
        plans: &[Plan<'_>],
        ids: &[ReleaseId],
        addresses: &HashMap<usize, String>,
    ) -> QueryResult<(AddressFates, Vec<(String, usize)>)> {
        let versions =
            || plans.iter().zip(ids).flat_map(|(plan, id)| plan.versions.iter().map(move |one| (plan, *id, one)));
        let paths: Vec<&str> = versions()
            .flat_map(|(_, _, (_, one))| &one.version.old_paths)
            .filter_map(|(_, path)| path.as_deref().ok())
            .collect();
        let mut there: HashMap<String, (Option<ReleaseId>, Option<Lang>)> = HashMap::new();
        for old in query::redirects(conn, &paths).await? {
            there.insert(old.path, (old.release_id, old.lang));
        }
        let mut fates = AddressFates::new();
        let mut new = Vec::new();
        for (plan, id, (lang, one)) in versions() {
            for (old, path) in &one.version.old_paths {
                let (fate, note) = match path {
                    Err(why) => (AddressFate::Refused, Some(format!("its old address is not redirected: {why}"))),
                    Ok(path) if addresses.get(&one.item).is_some_and(|new| new == path) => {
                        (AddressFate::Loop, Some("its old address is its new one".to_owned()))
                    }
                    Ok(path) if self.is_own(path) => {
                        (AddressFate::Conflict, Some(format!("its old address {path} is an address of this site")))
                    }
                    Ok(path) => match there.get(path) {
                        None => {
                            there.insert(path.clone(), (Some(id), Some(*lang)));
                            new.push((path.clone(), one.item));
                            (if plan.is_public { AddressFate::New } else { AddressFate::Draft }, None)
                        }
                        Some((Some(release), Some(known))) if *release == id && known == lang && id != NO_RELEASE => {
                            (AddressFate::Unchanged, None)
                        }
                        Some((Some(release), Some(known))) if *release != NO_RELEASE => (
                            AddressFate::Conflict,
                            Some(format!("its old address leads to release {release} in {known} already")),
                        ),
                        Some((Some(_), _)) => {
                            (AddressFate::Conflict, Some("its old address leads to another item of this import".into()))
                        }
                        Some((None, _)) => {
                            (AddressFate::Conflict, Some("its old address leads to a page of this site already".into()))
                        }
                    },
                };
                let path = path.as_ref().ok().cloned();
                fates.entry(one.item).or_default().push(OldAddress { old: old.clone(), path, fate, note });
            }
        }
        Ok((fates, new))
    }

    /// Leads links of the releases on, in one transaction: a revision of each that has some which lead somewhere now. Of
    /// what the desk touched since its last import, nothing.
    pub async fn lead_links_on(
        &self,
        conn: &mut AsyncPgConnection,
        batch: &[(ReleaseId, Lang, usize)],
        hosts: &[Hosts],
    ) -> QueryResult<Vec<(usize, String, LinkFate)>> {
        conn.transaction(async |conn| self.lead_links_on_within(conn, batch, hosts).await).await
    }

    async fn lead_links_on_within(
        &self,
        conn: &mut AsyncPgConnection,
        batch: &[(ReleaseId, Lang, usize)],
        hosts: &[Hosts],
    ) -> QueryResult<Vec<(usize, String, LinkFate)>> {
        query::take_turns(conn).await?;
        let mut ids: Vec<ReleaseId> = batch.iter().map(|one| one.0).collect();
        ids.sort();
        ids.dedup();
        query::lock(conn, &ids).await?;
        let written: HashMap<ReleaseId, RevisionId> =
            query::revisions_of_items(conn, &ids).await?.into_iter().collect();
        let standing: Vec<query::Standing> = query::standing(conn, &ids)
            .await?
            .into_iter()
            .filter(|one| one.editions == 1 && written.get(&one.release_id) == Some(&one.head_revision_id))
            .collect();
        let mut old = contents(conn, &standing.iter().map(|one| one.head_revision_id).collect::<Vec<_>>()).await?;
        let mut found = Vec::new();
        let mut bulk = Bulk::default();
        let mut revised: Vec<(ReleaseId, EditionId, Vec<Lang>, bool)> = Vec::new();
        for release in &standing {
            let Some(content) = old.remove(&release.head_revision_id) else { continue };
            let mut now = content.clone();
            let mut languages = Vec::new();
            for (_, lang, item) in batch.iter().filter(|one| one.0 == release.release_id) {
                let Some(version) = now.versions.get_mut(lang) else { continue };
                let mut new = HashMap::new();
                for (link, path) in hosts.iter().flat_map(|hosts| links::to_the_former_site(&version.body, hosts)) {
                    let to = redirects::ask(conn, &path).await?.map(|(_, to)| to);
                    // What is a page of ours already is no link to the former site.
                    if to.is_none() && link.starts_with('/') && self.is_own(&path) {
                        continue;
                    }
                    let fate = if to.is_some() { LinkFate::Changed } else { LinkFate::Missing };
                    found.push((*item, link.clone(), fate));
                    new.extend(to.map(|to| (link, to)));
                }
                let led = links::led_on(&version.body, &new);
                if led != version.body {
                    version.body = led;
                    languages.push(*lang);
                }
            }
            if now != content {
                bulk.without_id.push((bulk.revisions.len(), release.release_id));
                bulk.revisions.push(NewRevision {
                    id: RevisionId(0),
                    edition_id: release.edition_id,
                    number: release.head_number + 1,
                    content: now,
                });
                let is_public = release.public_state == PublicState::Public;
                revised.push((release.release_id, release.edition_id, languages, is_public));
            }
        }
        if revised.is_empty() {
            return Ok(found);
        }
        bulk.take_ids(conn).await?;
        query::insert_revisions(conn, &bulk.revisions).await?;
        query::set_heads(conn, &bulk.heads).await?;
        query::set_item_revisions(conn, &bulk.now.iter().map(|(id, revision)| (*id, *revision)).collect::<Vec<_>>())
            .await?;
        let shown: Vec<ReleaseId> = revised.iter().filter(|one| one.3).map(|one| one.0).collect();
        let mut tags = listing::shelve_within(conn, &shown).await?;
        let entries = revised.iter().map(|(id, ..)| {
            Entry::new("release.links_led_on", "release", id.0).with(json!({ "revision": bulk.now.get(id) }))
        });
        journal::record(conn, self.by, entries.collect::<Vec<_>>()).await?;
        query::check_now(conn).await?;
        let changes = revised.into_iter().filter(|one| one.3).map(|(id, edition, languages, _)| {
            Change::of_release(
                Kind::MinorCorrection,
                id,
                Some(edition),
                languages,
                tags.remove(&id).unwrap_or_default(),
            )
        });
        change::append(conn, changes.collect::<Vec<_>>()).await?;
        Ok(found)
    }

    /// Leads addresses of lists of terms to the lists of their topics.
    pub async fn lead_terms_on(
        &self,
        conn: &mut AsyncPgConnection,
        batch: &[(String, Option<TopicId>, String)],
        fallback: Lang,
        dry_run: bool,
    ) -> QueryResult<Vec<(String, AddressFate)>> {
        let run = async |conn: &mut AsyncPgConnection| -> QueryResult<_> {
            let topics: Vec<TopicId> = batch.iter().filter_map(|one| one.1).collect();
            let codes: HashMap<TopicId, String> = query::public_topic_codes(conn, &topics).await?.into_iter().collect();
            let wanted: Vec<(String, Option<String>)> = batch
                .iter()
                .map(|(address, topic, language)| {
                    let lang = language.parse().unwrap_or(fallback);
                    let code = topic.and_then(|id| codes.get(&id));
                    (address.clone(), code.map(|code| paths::releases(lang, &format!("topic={code}"))))
                })
                .collect();
            let paths: Vec<&str> = wanted.iter().map(|one| one.0.as_str()).collect();
            let there: HashSet<String> =
                query::redirects(conn, &paths).await?.into_iter().map(|old| old.path).collect();
            let mut fates = Vec::new();
            let mut new: Vec<(String, LeadsTo)> = Vec::new();
            for (address, target) in wanted {
                let is_taken = new.iter().any(|(taken, _)| *taken == address);
                let fate = match target {
                    _ if there.contains(&address) => AddressFate::Unchanged,
                    _ if is_taken || self.is_own(&address) => AddressFate::Conflict,
                    // Nothing public is of that topic: who asks is told what anybody is.
                    None => AddressFate::Draft,
                    Some(target) => {
                        new.push((address.clone(), LeadsTo::Page(target)));
                        AddressFate::New
                    }
                };
                fates.push((address, fate));
            }
            if !dry_run && !new.is_empty() {
                let ids = query::insert_redirects(conn, self.import, &new).await?;
                let entry =
                    Entry::on_site("redirects.imported").with(json!({ "import": self.import, "added": ids.len() }));
                journal::record(conn, self.by, [entry]).await?;
                change::append(conn, [Change::of_site(Kind::Redirects, ids.iter().map(redirect_tag).collect())])
                    .await?;
            }
            Ok(fates)
        };
        conn.transaction(async |conn| run(conn).await).await
    }
}

/// How the log names an old address.
pub fn redirect_tag(id: &crate::ids::RedirectId) -> String {
    format!("redirect:{id}")
}

/// What the revisions hold.
async fn contents(conn: &mut AsyncPgConnection, heads: &[RevisionId]) -> QueryResult<HashMap<RevisionId, Content>> {
    let mut contents: HashMap<RevisionId, Content> = HashMap::new();
    if heads.is_empty() {
        return Ok(contents);
    }
    for row in query::versions(conn, heads).await? {
        let version = LanguageVersion { title: row.title, lead: row.lead, body: row.body };
        contents.entry(row.revision_id).or_default().versions.insert(row.lang, version);
    }
    for row in query::topics(conn, heads).await? {
        contents.entry(row.revision_id).or_default().topics.push(row.topic_id);
    }
    for head in heads {
        contents.entry(*head).or_default().media = crate::media::query::uses(conn, *head).await?;
    }
    Ok(contents)
}

fn settled(
    plans: &[Plan<'_>],
    ids: &[ReleaseId],
    fates: &mut AddressFates,
    addresses: &HashMap<usize, String>,
    bulk: Option<&Bulk>,
) -> Vec<Settled> {
    let mut all = Vec::new();
    for (plan, id) in plans.iter().zip(ids) {
        all.extend(plan.settled.iter().cloned().map(|(item, fate, notes)| Settled::without_writing(item, fate, notes)));
        for one in plan.versions.values() {
            let mut notes = one.notes.clone();
            notes.extend(one.version.notes.iter().cloned());
            // Files that were looked for once more, and changed nothing.
            let changes = bulk.map_or(one.version.brings_files, |bulk| bulk.written.contains_key(id));
            let fate = if one.only_files && !changes { Fate::Unchanged } else { one.fate };
            let mut old = fates.remove(&one.item).unwrap_or_default();
            notes.extend(old.iter_mut().filter_map(|it| it.note.take()));
            let mut old = old.into_iter();
            let address_fate = old.next().map(|it| it.fate);
            all.push(Settled {
                item: one.item,
                fate,
                draft: !plan.is_public,
                notes,
                address_fate,
                more_addresses: old.map(|it| (it.old, it.fate)).collect(),
                address: addresses.get(&one.item).cloned(),
            });
        }
    }
    all
}
