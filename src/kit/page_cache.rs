//! Public pages, rendered once and kept compressed until something that they show changes (DESIGN §9).
//!
//! A page is kept with the sequence of the log that it was read at and with the tags of all that it shows. What follows the
//! log tells of each change and its tags ([`PageCache::changed`]) and how far it has heard ([`PageCache::heard`]). From
//! that everything follows, without a list of what to drop:
//!
//! - **Current** is a page none of whose tags changed after the sequence it was read at. A fill that was under way while a
//!   change came in is thereby never served to anybody but who asked before it, and a page read from a replica that lags is
//!   handled by the same rule.
//! - **The lease**: pages are served freely only within a second of the last word of the log. Without it they are served
//!   for five minutes, marked, except what this process heard changed; later, whatever is asked goes to the database.
//! - **Bounded**: in bytes of bodies. What is asked for once doesn't drive out what is asked for often (quick_cache is
//!   S3-FIFO), so that a crawler of the archive costs the front page nothing.

use std::any::Any;
use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicI64, AtomicU8, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, RwLock};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use quick_cache::sync::{Cache, GuardResult, PlaceholderGuard};
use quick_cache::{DefaultHashBuilder, Weighter};
use tokio::sync::watch;

use super::lang::Lang;
use super::web::coding::{Accepted, Coding};

/// How long after the last word of the log pages are served freely.
pub const LEASE: Duration = Duration::from_secs(1);
/// How long after it they are served at all.
pub const STALE: Duration = Duration::from_secs(300);
/// Up to how many changed tags are remembered one by one. When there are more, after an import, everything that was kept
/// is forgotten once.
const TAGS: usize = 100_000;
/// What an entry weighs beside its body: the tables it stands in.
const OVERHEAD: usize = 700;

/// A page as it is kept.
#[derive(Debug)]
pub struct Kept {
    /// As `Content-Type` has it.
    pub content_type: &'static str,
    /// As `Content-Language` has it.
    pub lang: Option<Lang>,
    /// What its strong validators begin with: the same for the same content and build.
    pub digest: String,
    /// The sequence it was read at.
    pub sequence: i64,
    tags: Box<[u64]>,
    /// The sequence up to which it is known that nothing it shows has changed.
    checked: AtomicI64,
    until: Option<Instant>,
    gzip: Bytes,
    /// Once it is asked for often.
    brotli: OnceLock<Bytes>,
    /// How often it was asked for, up to [`WORTH`].
    asked: AtomicU8,
}

/// Asked for so often, a page is worth being made as small as it goes.
const WORTH: u8 = 3;

impl Kept {
    /// A page that was read at `sequence`, its body compressed ([`Coding::Gzip`]). `until`: when it changes by itself.
    pub fn new(
        content_type: &'static str,
        lang: Option<Lang>,
        digest: String,
        sequence: i64,
        tags: &[String],
        until: Option<Instant>,
        gzip: Vec<u8>,
    ) -> Self {
        let mut tags: Vec<u64> = tags.iter().map(|tag| fingerprint(tag)).collect();
        tags.sort_unstable();
        tags.dedup();
        Self {
            content_type,
            lang,
            digest,
            sequence,
            tags: tags.into_boxed_slice(),
            checked: AtomicI64::new(sequence),
            until,
            gzip: gzip.into(),
            brotli: OnceLock::new(),
            asked: AtomicU8::new(0),
        }
    }

    /// The body in a coding that the client takes: at first the one that is quickly made, which for most pages of an
    /// archive is all that is ever asked, then the smallest. Who takes none is given one of their own, which nobody keeps:
    /// what is kept was weighed.
    pub fn body(&self, accepted: Accepted) -> (Coding, Bytes) {
        let smallest = accepted.smallest();
        if smallest == Coding::Plain {
            return (smallest, Coding::Gzip.decode(&self.gzip).into());
        }
        if smallest == Coding::Brotli {
            if let Some(body) = self.brotli.get() {
                return (smallest, body.clone());
            }
            let asked = self.asked.load(Ordering::Relaxed);
            self.asked.store(asked.saturating_add(1).min(WORTH), Ordering::Relaxed);
            if asked >= WORTH || !accepted.gzip {
                let body = self.brotli.get_or_init(|| Coding::Brotli.encode(&Coding::Gzip.decode(&self.gzip)).into());
                return (smallest, body.clone());
            }
        }
        (Coding::Gzip, self.gzip.clone())
    }
}

/// What the tags of the log are compared by. Two that collide drop each other's pages, which costs a rendering.
fn fingerprint(tag: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    tag.hash(&mut hasher);
    hasher.finish()
}

#[derive(Clone)]
struct Weigh;

impl Weighter<String, Arc<Kept>> for Weigh {
    fn weight(&self, key: &String, kept: &Arc<Kept>) -> u64 {
        // Twice: a smaller coding may join, and what was weighed isn't weighed again.
        (OVERHEAD + key.len() + 8 * kept.tags.len() + 2 * kept.gzip.len()) as u64
    }
}

type Pages = Cache<String, Arc<Kept>, Weigh>;
/// The right to be the one who makes a page that others wait for. Dropped without a page, the others make their own.
pub struct Turn<'a>(Guard<'a>);

type Guard<'a> = PlaceholderGuard<
    'a,
    String,
    Arc<Kept>,
    Weigh,
    DefaultHashBuilder,
    quick_cache::sync::DefaultLifecycle<String, Arc<Kept>>,
>;

impl Turn<'_> {
    /// Keeps the page, and gives it to those who wait. One that is no longer current nobody is given.
    pub fn keep(self, page: Arc<Kept>) {
        // Refused only if the place was taken away meanwhile: then it is not kept.
        let _ = self.0.insert(page);
    }
}

/// The pages that a process keeps.
pub struct PageCache {
    pages: Pages,
    /// The sequence of the last change of each tag.
    changed: RwLock<HashMap<u64, i64>>,
    /// What was read before this sequence is not current: nobody remembers what changed since.
    floor: AtomicI64,
    /// Up to where all changes are known, and how many milliseconds after `born` that was asked; 0: never.
    seen: AtomicI64,
    heard_ms: AtomicU64,
    born: Instant,
    known: watch::Sender<i64>,
    shared: RwLock<Shared>,
}

/// What many pages show beside what is their own, as it was read at one sequence.
#[derive(Default)]
struct Shared {
    /// How often everything was forgotten.
    times: u64,
    sequence: i64,
    all: HashMap<String, Arc<dyn Any + Send + Sync>>,
}

/// Since when something is being read, for [`PageCache::share`].
#[derive(Debug, Clone, Copy)]
pub struct Since(u64);

impl std::fmt::Debug for PageCache {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PageCache").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

/// Whether the log was heard of late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lease {
    /// Within a second; all changes up to this sequence are known.
    Held(i64),
    /// It was, up to this sequence, so long ago.
    Lost(i64, Duration),
    /// Nobody follows the log, or not yet.
    Never,
}

/// What is kept under an address.
#[derive(Debug)]
pub enum Found {
    /// Nothing has changed: valid at this sequence.
    Fresh(Arc<Kept>, i64),
    /// The lease is lost; it was right so long ago, at this sequence.
    Stale(Arc<Kept>, i64, Duration),
    /// Nothing that may be served.
    Nothing,
}

/// Who makes the page.
pub enum Turns<'a> {
    /// It is there.
    There(Arc<Kept>),
    /// The caller; others wait.
    Ours(Turn<'a>),
    /// Each for themselves: who was to make it found no page there.
    Each,
}

impl PageCache {
    /// Keeps at most about so many bytes.
    pub fn new(bytes: usize) -> Self {
        Self {
            pages: Cache::with_weighter((bytes / 8192).max(64), bytes as u64, Weigh),
            changed: RwLock::default(),
            floor: AtomicI64::new(0),
            seen: AtomicI64::new(0),
            heard_ms: AtomicU64::new(0),
            born: Instant::now(),
            known: watch::Sender::new(0),
            shared: RwLock::default(),
        }
    }

    /// Takes in changes of the log in their order; before [`PageCache::heard`] of their last.
    pub fn changed<'a>(&self, changes: impl IntoIterator<Item = (i64, &'a [String])>) {
        let mut changed = self.changed.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut newest = 0;
        for (sequence, tags) in changes {
            newest = newest.max(sequence);
            for tag in tags {
                changed.insert(fingerprint(tag), sequence);
            }
        }
        if changed.len() > TAGS {
            changed.clear();
            self.floor.store(newest, Ordering::Release);
        }
    }

    /// All changes up to `sequence` are known; that was true at `asked_at`, before the question was sent.
    pub fn heard(&self, sequence: i64, asked_at: Instant) {
        let first = self.heard_ms.load(Ordering::Acquire) == 0;
        if first || sequence < self.seen.load(Ordering::Acquire) {
            // What changed before is not known: at the start, and where another database has taken the place of ours.
            self.forget_before(sequence);
        }
        self.seen.store(sequence, Ordering::Release);
        let ms = asked_at.saturating_duration_since(self.born).as_millis();
        self.heard_ms.store(u64::try_from(ms).unwrap_or(u64::MAX).max(1), Ordering::Release);
        self.known.send_if_modified(|known| std::mem::replace(known, sequence) != sequence);
    }

    /// Drops everything: the site's clock was moved.
    pub fn forget(&self) {
        self.forget_before(self.seen.load(Ordering::Acquire));
    }

    fn forget_before(&self, sequence: i64) {
        let mut changed = self.changed.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        changed.clear();
        self.floor.store(sequence, Ordering::Release);
        self.pages.clear();
        let mut shared = self.shared.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        *shared = Shared { times: shared.times + 1, ..Shared::default() };
    }

    /// To be asked before something is read that is then shared.
    pub fn since(&self) -> Since {
        Since(self.shared.read().unwrap_or_else(std::sync::PoisonError::into_inner).times)
    }

    /// What was shared under that name, and the sequence at which it was read: good for a page whose rows are read at the
    /// same one, since whatever the public sees changes with it. Only with the lease held, as for whole pages.
    pub fn shared<T: Any + Send + Sync>(&self, name: &str) -> Option<(i64, Arc<T>)> {
        if !matches!(self.lease(), Lease::Held(_)) {
            return None;
        }
        let shared = self.shared.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let it = Arc::clone(shared.all.get(name)?).downcast().ok()?;
        Some((shared.sequence, it))
    }

    /// Shares what was read at `sequence`, until something newer is. The names must be few: nothing bounds them.
    pub fn share<T: Any + Send + Sync>(&self, name: String, sequence: i64, since: Since, it: Arc<T>) {
        let mut shared = self.shared.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if since.0 != shared.times || sequence < shared.sequence {
            return;
        }
        if sequence > shared.sequence {
            shared.all.clear();
            shared.sequence = sequence;
        }
        shared.all.insert(name, it);
    }

    /// How far the log was heard; whoever follows it waits here.
    pub fn known(&self) -> watch::Receiver<i64> {
        self.known.subscribe()
    }

    /// Whether pages may be served freely.
    pub fn lease(&self) -> Lease {
        let heard = self.heard_ms.load(Ordering::Acquire);
        if heard == 0 {
            return Lease::Never;
        }
        let seen = self.seen.load(Ordering::Acquire);
        let ago = self.born.elapsed().saturating_sub(Duration::from_millis(heard));
        if ago < LEASE { Lease::Held(seen) } else { Lease::Lost(seen, ago) }
    }

    /// What is kept under an address and may be served.
    pub fn find(&self, address: &str) -> Found {
        let (seen, lost) = match self.lease() {
            Lease::Held(seen) => (seen, None),
            Lease::Lost(seen, ago) if ago < STALE => (seen, Some(ago)),
            Lease::Lost(..) | Lease::Never => return Found::Nothing,
        };
        match self.pages.get(address) {
            Some(kept) if self.is_unchanged(&kept, seen) => match lost {
                // What depends on the hour is better late than not at all.
                Some(ago) => Found::Stale(kept, seen, ago),
                None if kept.until.is_some_and(|until| until <= Instant::now()) => Found::Nothing,
                None => {
                    let at = seen.max(kept.sequence);
                    Found::Fresh(kept, at)
                }
            },
            _ => Found::Nothing,
        }
    }

    /// Whether nothing that the page shows has changed since it was read.
    fn is_unchanged(&self, kept: &Kept, seen: i64) -> bool {
        if kept.sequence < self.floor.load(Ordering::Acquire) {
            return false;
        }
        if kept.checked.load(Ordering::Relaxed) >= seen {
            return true;
        }
        let changed = self.changed.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        let unchanged = kept.tags.iter().all(|tag| changed.get(tag).is_none_or(|last| *last <= kept.sequence));
        if unchanged {
            kept.checked.fetch_max(seen, Ordering::Relaxed);
        }
        unchanged
    }

    /// Waits until the page under an address is there, or gives the turn to make it. Only with the lease held.
    pub async fn turn(&self, address: &str) -> Turns<'_> {
        loop {
            let there = match self.pages.get_value_or_guard(address, Some(Duration::ZERO)) {
                GuardResult::Value(kept) => kept,
                GuardResult::Guard(turn) => return Turns::Ours(Turn(turn)),
                GuardResult::Timeout => match self.pages.get_value_or_guard_async(address).await {
                    Ok(kept) => kept,
                    // Who had the turn found nothing to keep. To hand it from one to the next would make all of them wait
                    // for each other.
                    Err(_turn) => return Turns::Each,
                },
            };
            let is_over = there.until.is_some_and(|until| until <= Instant::now());
            if !is_over && self.is_unchanged(&there, self.seen.load(Ordering::Acquire)) {
                return Turns::There(there);
            }
            self.pages.remove_if(address, |kept| Arc::ptr_eq(kept, &there));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(sequence: i64, tags: &[&str]) -> Arc<Kept> {
        let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Arc::new(Kept::new("text/plain", None, "x".into(), sequence, &tags, None, Coding::Gzip.encode(b"page")))
    }

    fn is_fresh(cache: &PageCache, address: &str) -> bool {
        matches!(cache.find(address), Found::Fresh(..))
    }

    fn keep(cache: &PageCache, address: &str, page: Arc<Kept>) {
        cache.pages.insert(address.to_owned(), page);
    }

    fn tags(tags: &[&str]) -> Vec<String> {
        tags.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn a_page_lives_until_one_of_its_tags_changes() {
        let cache = PageCache::new(1 << 20);
        cache.heard(5, Instant::now());
        keep(&cache, "/a", page(5, &["release:1", "list"]));
        keep(&cache, "/b", page(5, &["release:2"]));
        assert!(is_fresh(&cache, "/a") && is_fresh(&cache, "/b"));
        cache.changed([(6, &*tags(&["release:1"]))]);
        cache.heard(6, Instant::now());
        assert!(!is_fresh(&cache, "/a"), "its tag changed");
        assert!(is_fresh(&cache, "/b"), "and no other page");
        assert!(matches!(cache.find("/b"), Found::Fresh(_, 6)), "valid at the sequence that is known");
    }

    #[test]
    fn a_fill_under_way_during_a_change_is_served_to_nobody_after_it() {
        let cache = PageCache::new(1 << 20);
        cache.heard(5, Instant::now());
        let read_before = page(5, &["list"]);
        cache.changed([(6, &*tags(&["list"]))]);
        cache.heard(6, Instant::now());
        keep(&cache, "/a", read_before);
        assert!(!is_fresh(&cache, "/a"));
        // Read after it, though the change is heard only later: it is in there already.
        keep(&cache, "/a", page(7, &["list"]));
        cache.changed([(7, &*tags(&["list"]))]);
        cache.heard(7, Instant::now());
        assert!(is_fresh(&cache, "/a"));
    }

    #[test]
    fn what_was_read_before_the_memory_begins_is_not_current() {
        let cache = PageCache::new(1 << 20);
        keep(&cache, "/a", page(3, &["list"]));
        assert!(!is_fresh(&cache, "/a"), "nobody follows the log");
        cache.heard(5, Instant::now());
        keep(&cache, "/a", page(3, &["list"]));
        assert!(!is_fresh(&cache, "/a"), "a change between 3 and 5 would be unknown");
        keep(&cache, "/a", page(5, &["list"]));
        assert!(is_fresh(&cache, "/a"));
        let many: Vec<String> = (0..=TAGS).map(|n| format!("release:{n}")).collect();
        cache.changed([(6, &*many)]);
        cache.heard(6, Instant::now());
        assert!(!is_fresh(&cache, "/a"), "more tags than are remembered");
        keep(&cache, "/a", page(6, &["list"]));
        cache.heard(2, Instant::now());
        assert!(!is_fresh(&cache, "/a"), "another database, whose log is shorter");
    }

    #[test]
    fn what_is_shared_is_of_one_sequence_and_forgotten_with_the_rest() {
        let cache = PageCache::new(1 << 20);
        let share = |sequence, since, text: &'static str| cache.share("a".to_owned(), sequence, since, Arc::new(text));
        let shared = || cache.shared::<&str>("a").map(|(sequence, text)| (sequence, *text));
        share(5, cache.since(), "five");
        assert_eq!(shared(), None, "nobody follows the log");
        cache.heard(5, Instant::now());
        assert_eq!(shared(), None, "read before it was heard");
        let since = cache.since();
        share(5, since, "five");
        assert_eq!(shared(), Some((5, "five")));
        assert!(cache.shared::<u8>("a").is_none() && cache.shared::<&str>("b").is_none());
        share(4, since, "four");
        assert_eq!(shared(), Some((5, "five")), "what is older does not come back");
        cache.share("b".to_owned(), 6, since, Arc::new("six"));
        assert_eq!(shared(), None, "what was read at another sequence goes with it");
        cache.forget();
        share(7, since, "seven");
        assert_eq!(shared(), None, "read before everything was forgotten");
    }

    #[test]
    fn without_the_lease_a_page_is_stale_for_five_minutes_and_what_changed_is_not_served() {
        let mut cache = PageCache::new(1 << 20);
        cache.born = Instant::now() - Duration::from_secs(3600);
        let ago = |seconds| Instant::now() - Duration::from_secs(seconds);
        cache.heard(5, ago(400));
        keep(&cache, "/a", page(5, &["release:1"]));
        keep(&cache, "/b", page(5, &["release:2"]));
        assert!(matches!(cache.find("/a"), Found::Nothing), "too long ago");
        cache.changed([(6, &*tags(&["release:2"]))]);
        cache.heard(6, ago(100));
        assert!(matches!(cache.find("/a"), Found::Stale(_, 6, ago) if ago.as_secs() == 100));
        assert!(matches!(cache.find("/b"), Found::Nothing), "what changed while it could be heard");
        cache.heard(6, Instant::now());
        assert!(is_fresh(&cache, "/a"));
    }

    #[test]
    fn what_depends_on_the_hour_ends_with_it() {
        let cache = PageCache::new(1 << 20);
        cache.heard(5, Instant::now());
        let over = Some(Instant::now());
        keep(&cache, "/a", Arc::new(Kept::new("text/plain", None, "x".into(), 5, &[], over, Coding::Gzip.encode(b""))));
        assert!(!is_fresh(&cache, "/a"));
    }

    #[test]
    fn what_is_asked_for_often_is_made_as_small_as_it_goes() {
        let text = Bytes::from("Ein Satz, der sich wiederholt. ".repeat(50));
        let kept = Kept::new("text/plain", None, "x".into(), 5, &[], None, Coding::Gzip.encode(&text));
        let both = Accepted { brotli: true, gzip: true };
        for n in 0..WORTH {
            assert_eq!(kept.body(both).0, Coding::Gzip, "{n}");
        }
        for accepted in [both, Accepted { gzip: false, ..both }, Accepted { brotli: false, ..both }] {
            let (coding, body) = kept.body(accepted);
            assert_eq!((coding, coding.decode(&body)), (accepted.smallest(), text.to_vec()));
        }
        assert_eq!(kept.body(Accepted { brotli: false, gzip: false }), (Coding::Plain, text));
    }

    #[test]
    fn the_bound_is_one_of_bytes() {
        let cache = PageCache::new(1 << 20);
        cache.heard(5, Instant::now());
        for n in 0..2_000_u32 {
            // What cannot be made smaller.
            let body: Vec<u8> =
                (0..4096_u32).map(|at| (at * (n + 7)).wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
            let kept = Kept::new("text/plain", None, "x".into(), 5, &[], None, Coding::Gzip.encode(&body));
            keep(&cache, &format!("/{n}"), Arc::new(kept));
        }
        assert!(cache.pages.weight() <= 1 << 20, "{}", cache.pages.weight());
        assert!(cache.pages.len() > 50, "{}", cache.pages.len());
    }

    #[tokio::test]
    async fn one_makes_it_and_the_others_get_it_or_make_their_own() {
        let cache = Arc::new(PageCache::new(1 << 20));
        cache.heard(5, Instant::now());
        let Turns::Ours(turn) = cache.turn("/a").await else { panic!("the first has the turn") };
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let cache = Arc::clone(&cache);
                tokio::spawn(async move { matches!(cache.turn("/a").await, Turns::There(_)) })
            })
            .collect();
        tokio::task::yield_now().await;
        turn.keep(page(5, &["list"]));
        for one in waiting {
            assert!(one.await.expect("no panic"));
        }
        let Turns::Ours(turn) = cache.turn("/none").await else { panic!("the first has the turn") };
        let waiting: Vec<_> = (0..3)
            .map(|_| {
                let cache = Arc::clone(&cache);
                tokio::spawn(async move { matches!(cache.turn("/none").await, Turns::Each) })
            })
            .collect();
        tokio::task::yield_now().await;
        drop(turn);
        for one in waiting {
            assert!(one.await.expect("no panic"));
        }
        // One that is no longer current is made again.
        cache.changed([(6, &*tags(&["list"]))]);
        cache.heard(6, Instant::now());
        assert!(matches!(cache.turn("/a").await, Turns::Ours(_)));
    }
}
