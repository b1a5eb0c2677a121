//! How often something is read, counted in memory without a trace of who reads it.
//!
//! A page that is kept holds its counter, so that to count a request is one addition. Robots that say what they are in
//! `User-Agent` are not counted: the number is for people who ask themselves whether a text was read. What a CDN answers
//! by itself is not seen here. Nothing of a request is kept.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use actix_web::http::header::{self, HeaderMap};

/// Counters by the id of what is read.
#[derive(Debug, Default)]
pub struct Reads(Mutex<HashMap<i64, Arc<AtomicU32>>>);

/// One of them, as a page holds it.
#[derive(Debug, Clone)]
pub struct Counter(Arc<AtomicU32>);

impl Counter {
    /// Counts a request with these headers, unless a robot says it is one.
    pub fn count(&self, headers: &HeaderMap) {
        if !is_robot(headers) {
            self.0.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Reads {
    /// The counter of that id.
    pub fn of(&self, id: i64) -> Counter {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Counter(Arc::clone(all.entry(id).or_default()))
    }

    /// What was counted since it was asked last; each is then at zero, and those that no page holds are forgotten.
    pub fn take(&self) -> Vec<(i64, u32)> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.iter().map(|(id, count)| (*id, count.swap(0, Ordering::Relaxed))).filter(|(_, n)| *n > 0);
        let taken = taken.collect();
        // Whoever holds a counter got it under this lock.
        all.retain(|_, count| Arc::strong_count(count) > 1 || count.load(Ordering::Relaxed) > 0);
        taken
    }

    /// Counts again what could not be written down.
    pub fn give_back(&self, taken: &[(i64, u32)]) {
        for (id, n) in taken {
            self.of(*id).0.fetch_add(*n, Ordering::Relaxed);
        }
    }
}

/// Whether `User-Agent` has one of the words by which robots call themselves, or is not there at all. One pass: it is asked
/// of every request.
fn is_robot(headers: &HeaderMap) -> bool {
    let Some(agent) = headers.get(header::USER_AGENT) else { return true };
    let agent = agent.as_bytes();
    agent.iter().enumerate().any(|(at, byte)| {
        let words: &[&[u8]] = match byte | 0x20 {
            b'b' => &[b"bot"],
            b'c' => &[b"crawl"],
            b's' => &[b"spider", b"slurp"],
            b'f' => &[b"feedfetch", b"facebookexternalhit"],
            _ => return false,
        };
        words.iter().any(|word| agent.get(at..at + word.len()).is_some_and(|there| there.eq_ignore_ascii_case(word)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn headers(agent: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if !agent.is_empty() {
            headers.insert(header::USER_AGENT, HeaderValue::from_str(agent).expect("a header"));
        }
        headers
    }

    #[test]
    fn people_are_counted_and_robots_are_not() {
        for (agent, expected) in [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", false),
            ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true),
            ("Mozilla/5.0 (compatible; bingBOT/2.0)", true),
            ("Baiduspider", true),
            ("CCrawler", true),
            ("facebookexternalhit/1.1", true),
            ("Mozilla/5.0 (Macintosh) Safari/605.1.15", false),
            ("", true),
        ] {
            assert_eq!(is_robot(&headers(agent)), expected, "{agent}");
        }
    }

    #[test]
    fn nothing_is_counted_twice_and_nothing_is_lost() {
        let reads = Reads::default();
        let page = reads.of(7);
        let person = headers("Firefox");
        page.count(&person);
        reads.of(7).count(&person);
        assert_eq!(reads.take(), [(7, 2)]);
        assert_eq!(reads.take(), []);
        reads.give_back(&[(7, 2), (9, 1)]);
        page.count(&person);
        let mut taken = reads.take();
        taken.sort_unstable();
        assert_eq!(taken, [(7, 3), (9, 1)]);
        drop(page);
        assert!(reads.take().is_empty() && reads.0.lock().expect("not poisoned").is_empty());
    }
}
