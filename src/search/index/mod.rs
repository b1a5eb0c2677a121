//! The projection of public releases that answers searches: which, how many, and how many by facet (DESIGN §9).
//!
//! It is fed by nothing but the log of public changes, through the public door: what is not public cannot be found,
//! counted or suggested, because it never comes in. Rows and highlights are Postgres's. A state of the index is that of the
//! log at one sequence, which is committed with it; it can always be thrown away.
//!
//! - `question.rs` what can be asked and what is answered; `finding.rs` answers it; `completion.rs` suggests words
//! - `schema.rs` what is kept of a release; `columns.rs` what is counted, laid out for it; `view.rs` one state of the index
//! - `folder.rs` where it lives and who may write it; `keeper.rs` builds, follows, hands over
//! - `handful.rs` a few releases in memory, asked in the same way
//!
//! We count by ourselves instead of by tantivy's aggregations, which know neither facets without their own filter nor a
//! page that begins anywhere: half a million hits take some milliseconds. A question runs on a thread for blocking work, as
//! many at once as there are processors, so that a long one keeps no page waiting.

mod columns;
mod completion;
mod finding;
mod folder;
mod handful;
mod keeper;
pub mod question;
mod schema;
mod view;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tokio::sync::{Semaphore, watch};

pub use self::handful::Handful;
pub use self::question::{Facets, Found, Hit, Key, Order, Query, Start};
pub use self::schema::FORMAT;

use self::folder::Folder;
use self::schema::Fields;
use self::view::View;
use crate::ids::Sequence;
use crate::kit::context::Context;
use crate::kit::lang::Lang;
use crate::kit::stop::Stop;
use crate::kit::web::error::WebError;

/// The index of a process. Cheap to clone.
#[derive(Clone)]
pub struct Index(Arc<Inner>);

struct Inner {
    folder: Folder,
    fields: Arc<Fields>,
    view: ArcSwapOption<View>,
    sequence: watch::Sender<Option<Sequence>>,
    /// Somebody met what cannot be: the keeper looks whether the files are as they were written.
    doubted: AtomicBool,
    done: AtomicU64,
    of: AtomicU64,
    turns: Semaphore,
}

/// Nothing can be searched yet: the index is being opened or built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the search index is being built: {done} of {of} releases")]
pub struct NotReady {
    /// How many releases are in.
    pub done: u64,
    /// How many there are, about; zero while that is not known.
    pub of: u64,
}

impl From<NotReady> for WebError {
    fn from(error: NotReady) -> Self {
        WebError::Unavailable(error.to_string().into())
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("sequence", &self.sequence()).finish_non_exhaustive()
    }
}

impl Index {
    /// The index in that data folder. Opens nothing: [`Index::keep`] does.
    pub fn new(data: &Path) -> Self {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Self(Arc::new(Inner {
            folder: Folder::new(data),
            fields: Arc::new(Fields::default()),
            view: ArcSwapOption::empty(),
            sequence: watch::Sender::new(None),
            doubted: AtomicBool::new(false),
            done: AtomicU64::new(0),
            of: AtomicU64::new(0),
            turns: Semaphore::new(processors),
        }))
    }

    /// Opens, builds, follows, until `stop` says so. One task of each process that serves; whichever has the folder's lock
    /// writes, the others read what it wrote.
    pub async fn keep(self, ctx: Context, stop: Stop) {
        keeper::keep(&self, &ctx, stop).await;
    }

    /// The page of hits and the counts.
    ///
    /// # Errors
    /// Nothing can be searched yet.
    pub async fn find(&self, query: Query) -> Result<Found, NotReady> {
        self.ask(move |view| finding::find(view, &query)).await
    }

    /// How many there are of each of these, all from one state of the index, whatever page and order they ask for.
    ///
    /// # Errors
    /// Nothing can be searched yet.
    pub async fn counts(&self, queries: Vec<Query>) -> Result<Vec<u64>, NotReady> {
        if queries.is_empty() {
            return Ok(Vec::new());
        }
        self.ask(move |view| finding::counts(view, &queries)).await
    }

    /// How a word of public titles that begins as `typed` is spelled, the commonest first; nothing for fewer than two
    /// letters.
    ///
    /// # Errors
    /// Nothing can be searched yet.
    pub async fn suggest(&self, typed: &str, lang: Lang, limit: usize) -> Result<Vec<String>, NotReady> {
        let typed = typed.to_owned();
        self.ask(move |view| completion::suggest(view, lang, &typed, limit)).await
    }

    /// What issuers and topics of public releases are called that begin as what was typed, or have a word that does.
    ///
    /// # Errors
    /// Nothing can be searched yet.
    pub async fn names(&self, typed: &str, lang: Lang, limit: usize) -> Result<Vec<String>, NotReady> {
        let typed = typed.to_owned();
        self.ask(move |view| completion::names(view, lang, &typed, limit)).await
    }

    /// The word that somebody who typed one that is nowhere may have meant, in that language first; none if it is there.
    ///
    /// # Errors
    /// Nothing can be searched yet.
    pub async fn near(&self, word: &str, lang: Lang) -> Result<Option<String>, NotReady> {
        let word = word.to_owned();
        self.ask(move |view| completion::near(view, lang, &word)).await
    }

    /// The last change that can be found; none while nothing can.
    pub fn sequence(&self) -> Option<Sequence> {
        *self.0.sequence.borrow()
    }

    /// Waits until the change can be found, at most so long; whether it can.
    pub async fn wait_for(&self, sequence: Sequence, at_most: Duration) -> bool {
        let mut known = self.0.sequence.subscribe();
        let reached = known.wait_for(|known| known.is_some_and(|known| known >= sequence));
        tokio::time::timeout(at_most, reached).await.is_ok_and(|reached| reached.is_ok())
    }

    /// How far it is, while nothing can be searched.
    fn not_ready(&self) -> NotReady {
        NotReady { done: self.0.done.load(Ordering::Relaxed), of: self.0.of.load(Ordering::Relaxed) }
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&View) -> tantivy::Result<T> + Send + 'static,
    ) -> Result<T, NotReady> {
        let _turn = self.0.turns.acquire().await;
        let view = self.0.view.load_full().ok_or_else(|| self.not_ready())?;
        let error = match tokio::task::spawn_blocking(move || question(&view)).await {
            Ok(Ok(answer)) => return Ok(answer),
            Ok(Err(error)) => error.to_string(),
            // Of damaged bytes tantivy may make anything.
            Err(panic) => panic.to_string(),
        };
        if !self.0.doubted.swap(true, Ordering::Relaxed) {
            tracing::error!(error, "the search index gave no answer; looking whether it is whole");
        }
        Err(self.not_ready())
    }

    fn show(&self, view: View) {
        let sequence = view.sequence;
        self.0.view.store(Some(Arc::new(view)));
        self.0.sequence.send_replace(Some(sequence));
    }

    fn hide(&self) {
        self.0.view.store(None);
        self.0.sequence.send_replace(None);
    }
}
