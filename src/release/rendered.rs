//! Texts as HTML, kept for whoever shows the same text again: a feed has thirty of them, and each stands in many feeds.
//!
//! Making one takes a tenth of a millisecond, thirty of them three times what a feed may cost. What is kept is a function
//! of the text and its language and of nothing else: the key is the text itself, so that nothing has to be dropped when a
//! release changes, and nothing is shown that its caller has not just read through the public door.

use std::sync::{Arc, LazyLock};

use actix_web::web;
use quick_cache::sync::Cache;
use quick_cache::{Equivalent, Weighter};
use tokio::sync::Semaphore;

use super::views;
use crate::kit::lang::Lang;
use crate::kit::rich_text::SafeHtml;
use crate::kit::web::error::WebError;

/// The most bytes that are kept, texts and HTML together.
const KEPT_BYTES: u64 = 16 * 1024 * 1024;
/// Texts that have more bytes than this in sum are made into HTML beside the requests, one lot at a time, so that nobody
/// else waits for them.
const LONG: usize = 32 * 1024;

#[derive(Debug, PartialEq, Eq, Hash)]
struct Key(Lang, Arc<str>);

/// As [`Key`], of somebody else's text.
#[derive(Hash)]
struct Asked<'a>(Lang, &'a str);

impl Equivalent<Key> for Asked<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.0 == key.0 && *self.1 == *key.1
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Arc<SafeHtml>> for Bytes {
    fn weight(&self, key: &Key, html: &Arc<SafeHtml>) -> u64 {
        (key.1.len() + html.as_str().len() + 128) as u64
    }
}

static KEPT: LazyLock<Cache<Key, Arc<SafeHtml>, Bytes>> =
    LazyLock::new(|| Cache::with_weighter(4096, KEPT_BYTES, Bytes));

static LONG_ONES: Semaphore = Semaphore::const_new(1);

/// The HTML of Markdown texts, each with its language; in their order.
///
/// # Errors
/// The process is about to end.
pub async fn html_of(texts: &[(Lang, &str)]) -> Result<Vec<Arc<SafeHtml>>, WebError> {
    let mut all: Vec<Option<Arc<SafeHtml>>> = texts.iter().map(|(lang, text)| KEPT.get(&Asked(*lang, text))).collect();
    let missing: Vec<(usize, Key)> = all
        .iter()
        .zip(texts)
        .enumerate()
        .filter(|(_, (there, _))| there.is_none())
        .map(|(place, (_, (lang, text)))| (place, Key(*lang, Arc::from(*text))))
        .collect();
    let made = if missing.iter().map(|(_, key)| key.1.len()).sum::<usize>() <= LONG {
        make(missing)
    } else {
        let _turn = LONG_ONES.acquire().await.map_err(|error| WebError::Internal(error.into()))?;
        web::block(move || make(missing)).await.map_err(|error| WebError::Internal(error.into()))?
    };
    for (place, html) in made {
        all[place] = Some(html);
    }
    Ok(all.into_iter().flatten().collect())
}

fn make(texts: Vec<(usize, Key)>) -> Vec<(usize, Arc<SafeHtml>)> {
    texts
        .into_iter()
        .map(|(place, key)| {
            let html = Arc::new(views::text_of(&key.1, key.0));
            KEPT.insert(key, Arc::clone(&html));
            (place, html)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_text_is_made_once_for_each_language_whether_short_or_long() {
        let long = format!("| a | b |\n| - | - |\n| {} | 2 |", "x".repeat(LONG));
        let texts = [(Lang::Fr, "**un**"), (Lang::Fr, long.as_str()), (Lang::Nl, long.as_str()), (Lang::Fr, "**un**")];
        let first = html_of(&texts).await.expect("made");
        let again = html_of(&texts).await.expect("kept");
        assert_eq!(first.len(), 4);
        for (place, (lang, text)) in texts.iter().enumerate() {
            assert_eq!(*first[place], views::text_of(text, *lang));
            assert!(Arc::ptr_eq(&again[place], &html_of(&texts[place..=place]).await.expect("kept")[0]));
        }
        assert_ne!(first[1], first[2], "the frame of a table is named in its language");
    }
}
