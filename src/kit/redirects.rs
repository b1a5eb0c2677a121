//! Addresses that lead elsewhere, half a million of them, in memory: a request for one is answered without the database.
//!
//! An address is kept as a hash of 64 bits under a key that only this process has, so that nobody can choose addresses
//! which collide; that two of a million do by chance is once in forty million processes. Where several lead to the same
//! place, that stands there once. For 500,000 addresses of 200,000 places that is about 36 MB.
//!
//! What it holds is right at one sequence of the log; whoever asks says which one it must be.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};
use std::sync::{PoisonError, RwLock};

/// No sequence: nothing was read yet.
const NOTHING: i64 = i64::MIN;
/// In the place of a target: the entry is gone.
const GONE: u32 = u32::MAX;
/// In the place of a target: where it leads must be asked of the database.
const ASK: u32 = u32::MAX - 1;

/// An address that leads somewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// By which its requests are counted.
    pub id: i64,
    /// The address.
    pub path: String,
    /// What its place belongs to: whoever changes that says so by this number. 0: nothing.
    pub owner: i64,
    /// Where it leads; none: that changes too often to be kept.
    pub to: Option<String>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It leads there.
    To(String),
    /// It leads somewhere: the database says where.
    Ask,
}

/// All of them.
#[derive(Debug)]
pub struct Redirects {
    map: RwLock<Map>,
    at: AtomicI64,
    /// Held by whoever brings it up to the log.
    pub turn: tokio::sync::Mutex<()>,
}

impl Default for Redirects {
    fn default() -> Self {
        Self { map: RwLock::default(), at: AtomicI64::new(NOTHING), turn: tokio::sync::Mutex::default() }
    }
}

impl Redirects {
    /// The sequence of the log at which it is right; none while nothing was read.
    pub fn at(&self) -> Option<i64> {
        Some(self.at.load(Ordering::Acquire)).filter(|at| *at != NOTHING)
    }

    /// Where the first of the addresses leads that leads anywhere; counted.
    pub fn find<'a>(&self, paths: impl IntoIterator<Item = &'a str>) -> Option<Found> {
        let map = self.map.read().unwrap_or_else(PoisonError::into_inner);
        paths.into_iter().find_map(|path| map.find(path))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.map.read().unwrap_or_else(PoisonError::into_inner).live
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes all rows anew, as they are at that sequence. What was counted and not taken stays counted.
    pub fn fill(&self, rows: impl Iterator<Item = Row>, at: i64) {
        let mut map = Map::default();
        for row in rows {
            map.put(row);
        }
        let mut there = self.map.write().unwrap_or_else(PoisonError::into_inner);
        map.lost.extend(there.take_hits());
        *there = map;
        drop(there);
        self.at.store(at, Ordering::Release);
    }

    /// Takes what changed up to that sequence: all entries of these owners and ids go, and the rows come.
    pub fn apply(&self, owners: &HashSet<i64>, ids: &HashSet<i64>, rows: Vec<Row>, at: i64) {
        let mut map = self.map.write().unwrap_or_else(PoisonError::into_inner);
        if !owners.is_empty() || !ids.is_empty() {
            map.remove(owners, ids);
        }
        for row in rows {
            map.put(row);
        }
        drop(map);
        self.at.store(at, Ordering::Release);
    }

    /// What was counted since it was asked last, by id; each is then at zero.
    pub fn take_hits(&self) -> Vec<(i64, u32)> {
        let mut map = self.map.write().unwrap_or_else(PoisonError::into_inner);
        map.take_hits()
    }

    /// Counts again what could not be written down.
    pub fn give_back(&self, taken: Vec<(i64, u32)>) {
        self.map.write().unwrap_or_else(PoisonError::into_inner).lost.extend(taken);
    }

    /// A request that the database answered.
    pub fn count(&self, id: i64) {
        self.map.write().unwrap_or_else(PoisonError::into_inner).lost.push((id, 1));
    }
}

#[derive(Debug)]
struct Entry {
    print: u64,
    id: i64,
    target: u32,
    hits: AtomicU32,
}

#[derive(Debug)]
struct Target {
    owner: i64,
    from: u32,
    length: u16,
}

#[derive(Debug, Default)]
struct Map {
    hasher: RandomState,
    /// Open addressing: one more than the place in `entries`, 0 for none.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    targets: Vec<Target>,
    texts: String,
    live: usize,
    /// Counts of entries that are gone, not written down yet.
    lost: Vec<(i64, u32)>,
}

impl Map {
    fn place(&self, print: u64) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = print as usize & mask;
        loop {
            let at = self.slots[slot].checked_sub(1)? as usize;
            if self.entries[at].print == print {
                return Some(at);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn find(&self, path: &str) -> Option<Found> {
        let entry = &self.entries[self.place(self.hasher.hash_one(path))?];
        let found = match entry.target {
            GONE => return None,
            ASK => Found::Ask,
            target => {
                let target = &self.targets[target as usize];
                let from = target.from as usize;
                Found::To(self.texts[from..from + usize::from(target.length)].to_owned())
            }
        };
        if found != Found::Ask {
            entry.hits.fetch_add(1, Ordering::Relaxed);
        }
        Some(found)
    }

    fn put(&mut self, row: Row) {
        let print = self.hasher.hash_one(row.path.as_str());
        let target = match row.to {
            None => ASK,
            Some(to) => self.target(row.owner, &to).unwrap_or(ASK),
        };
        if let Some(at) = self.place(print) {
            self.live += usize::from(self.entries[at].target == GONE);
            (self.entries[at].target, self.entries[at].id) = (target, row.id);
            return;
        }
        if (self.entries.len() + 1) * 4 > self.slots.len() * 3 {
            self.grow();
        }
        self.entries.push(Entry { print, id: row.id, target, hits: AtomicU32::new(0) });
        self.live += 1;
        self.link(self.entries.len() - 1);
    }

    /// Rows of one owner usually come one after the other.
    fn target(&mut self, owner: i64, to: &str) -> Option<u32> {
        let number = |at: usize| u32::try_from(at).ok().filter(|at| *at < ASK);
        for (at, there) in self.targets.iter().enumerate().rev().take(4) {
            let from = there.from as usize;
            if there.owner == owner && self.texts.get(from..from + usize::from(there.length)) == Some(to) {
                return number(at);
            }
        }
        let from = u32::try_from(self.texts.len()).ok()?;
        let length = u16::try_from(to.len()).ok()?;
        self.texts.push_str(to);
        self.targets.push(Target { owner, from, length });
        number(self.targets.len() - 1)
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 2).max(64);
        self.slots = vec![0; size];
        for at in 0..self.entries.len() {
            self.link(at);
        }
    }

    fn link(&mut self, at: usize) {
        let mask = self.slots.len() - 1;
        let mut slot = self.entries[at].print as usize & mask;
        while self.slots[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.slots[slot] = u32::try_from(at + 1).unwrap_or(u32::MAX);
    }

    fn remove(&mut self, owners: &HashSet<i64>, ids: &HashSet<i64>) {
        let mut gone = 0;
        for entry in &mut self.entries {
            let owner = self.targets.get(entry.target as usize).map_or(0, |target| target.owner);
            if entry.target != GONE && (ids.contains(&entry.id) || owner != 0 && owners.contains(&owner)) {
                entry.target = GONE;
                gone += 1;
                let hits = std::mem::take(entry.hits.get_mut());
                if hits > 0 {
                    self.lost.push((entry.id, hits));
                }
            }
        }
        self.live -= gone;
        // What is gone takes room; when it is much, all is laid anew.
        if self.entries.len() > 1_000 && self.live * 4 < self.entries.len() * 3 {
            self.lay_anew();
        }
    }

    fn lay_anew(&mut self) {
        self.entries.retain(|entry| entry.target != GONE);
        let mut new: Vec<u32> = vec![GONE; self.targets.len()];
        let (mut texts, mut targets) = (String::new(), Vec::new());
        for entry in self.entries.iter_mut().filter(|entry| entry.target != ASK) {
            let old = entry.target as usize;
            if new[old] == GONE {
                let target = &self.targets[old];
                let from = target.from as usize;
                new[old] = u32::try_from(targets.len()).unwrap_or(GONE);
                targets.push(Target {
                    owner: target.owner,
                    from: u32::try_from(texts.len()).unwrap_or(0),
                    length: target.length,
                });
                texts.push_str(&self.texts[from..from + usize::from(target.length)]);
            }
            entry.target = new[old];
        }
        (self.texts, self.targets) = (texts, targets);
        self.slots.fill(0);
        for at in 0..self.entries.len() {
            self.link(at);
        }
    }

    fn take_hits(&mut self) -> Vec<(i64, u32)> {
        let mut taken = std::mem::take(&mut self.lost);
        for entry in &mut self.entries {
            let hits = std::mem::take(entry.hits.get_mut());
            if hits > 0 {
                taken.push((entry.id, hits));
            }
        }
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, path: &str, owner: i64, to: &str) -> Row {
        Row { id, path: path.into(), owner, to: Some(to.into()).filter(|to: &String| !to.is_empty()) }
    }

    fn to(redirects: &Redirects, path: &str) -> Option<String> {
        match redirects.find([path])? {
            Found::To(to) => Some(to),
            Found::Ask => Some("ask".into()),
        }
    }

    #[test]
    fn addresses_come_change_and_go() {
        let redirects = Redirects::default();
        assert_eq!((redirects.at(), to(&redirects, "/a")), (None, None));
        redirects.fill(
            [row(1, "/a", 7, "/x"), row(2, "/b", 7, "/x"), row(3, "/c", 0, "/y"), row(4, "/d", 0, "")].into_iter(),
            5,
        );
        assert_eq!(redirects.at(), Some(5));
        for (path, expected) in
            [("/a", Some("/x")), ("/b", Some("/x")), ("/c", Some("/y")), ("/d", Some("ask")), ("/e", None)]
        {
            assert_eq!(to(&redirects, path).as_deref(), expected, "{path}");
        }
        // The release moved, and lost one of its addresses; another row was edited.
        redirects.apply(
            &HashSet::from([7]),
            &HashSet::from([3]),
            vec![row(1, "/a", 7, "/x2"), row(3, "/c2", 0, "/z")],
            6,
        );
        for (path, expected) in
            [("/a", Some("/x2")), ("/b", None), ("/c", None), ("/c2", Some("/z")), ("/d", Some("ask"))]
        {
            assert_eq!(to(&redirects, path).as_deref(), expected, "{path}");
        }
        let mut hits = redirects.take_hits();
        hits.sort_unstable();
        assert_eq!(hits, [(1, 1), (1, 1), (2, 1), (3, 1), (3, 1)], "also of what is gone");
        assert_eq!(redirects.take_hits(), []);
        redirects.give_back(hits);
        assert_eq!(redirects.take_hits().len(), 5);
        assert_eq!(
            redirects.find(["/nothing", "/a", "/c2"]),
            Some(Found::To("/x2".into())),
            "the first that leads anywhere"
        );
    }

    #[test]
    fn many_are_found_and_what_is_gone_takes_no_room() {
        let redirects = Redirects::default();
        let rows = |from: i64, to: i64| {
            (from..to).map(|n| row(n, &format!("/node/{n}"), n / 3 + 1, &format!("/fr/{}", n / 3)))
        };
        redirects.fill(rows(0, 30_000), 1);
        assert_eq!(redirects.len(), 30_000);
        let owners: HashSet<i64> = (1..=9_000).collect();
        redirects.apply(&owners, &HashSet::new(), Vec::new(), 2);
        assert_eq!(redirects.len(), 3_000);
        let map = redirects.map.read().expect("not poisoned");
        assert_eq!((map.entries.len(), map.targets.len()), (3_000, 1_000));
        drop(map);
        for n in [27_000, 28_500, 29_999] {
            assert_eq!(to(&redirects, &format!("/node/{n}")), Some(format!("/fr/{}", n / 3)));
        }
        assert_eq!(to(&redirects, "/node/26999"), None);
    }
}
