//! What a step is handed: connections, settings, the secret. It knows no route and no slice.

use std::sync::Arc;

use super::config::Settings;
use super::db::{Busy, Db, Lent};
use super::mail;
use super::secret::Secret;

/// Everything a step needs from the world. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    /// Connections to the database.
    pub db: Db,
    /// How this installation is set up.
    pub settings: Arc<Settings>,
    /// Signs links, hashes addresses.
    pub secret: Secret,
    /// Where mail goes.
    pub transport: Arc<mail::Transport>,
    /// Who it comes from, and how it is signed.
    pub mail: Arc<mail::Settings>,
    /// Whether this is the demo: its clock was moved and its mailbox can be read in the browser.
    pub demo: bool,
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("demo", &self.demo).finish_non_exhaustive()
    }
}

impl Context {
    /// A connection, or [`Busy`].
    pub async fn conn(&self) -> Result<Lent, Busy> {
        self.db.get().await
    }
}
