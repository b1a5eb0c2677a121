//! What a step is handed: connections, settings, the secret. It knows no route and no slice.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use anyhow::Context as _;

use super::config::Settings;
use super::db::{Busy, Db, Lent};
use super::mail;
use super::page_cache::PageCache;
use super::redirects::Redirects;
use super::secret::Secret;
use super::storage::Storage;
use super::web::routes::OwnPaths;

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
    /// Public pages that were rendered before.
    pub pages: Arc<PageCache>,
    /// Old addresses that lead elsewhere.
    pub redirects: Arc<Redirects>,
    /// The addresses of this site, once whoever wires its routes has said them.
    pub own_paths: Arc<OnceLock<OwnPaths>>,
    /// Where files are stored.
    pub storage: Storage,
    /// Whether this is the demo: its clock was moved and its mailbox can be read in the browser.
    pub demo: bool,
    /// Whether the database turned out to be a copy or a restored one (`instance`): then nothing leaves the house.
    pub held: Arc<AtomicBool>,
}

impl std::fmt::Debug for Context {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context").field("demo", &self.demo).finish_non_exhaustive()
    }
}

impl Context {
    /// Puts it together. Connects to nothing yet.
    ///
    /// # Errors
    /// The address of the mail server, the sender or the DKIM key cannot be used.
    pub fn new(settings: Settings, database_url: &str, secret: Secret, demo: bool) -> anyhow::Result<Self> {
        let transport = mail::Transport::parse(&settings.smtp_url).context("COMMUNIQUE_SMTP_URL")?;
        let from = mail::Mailbox::parse(&settings.mail_from).context("COMMUNIQUE_MAIL_FROM")?;
        let mut dkim = Vec::new();
        for (file, selector) in &settings.dkim {
            let pem = std::fs::read_to_string(file)
                .with_context(|| format!("COMMUNIQUE_DKIM_KEY_FILE: {}", file.display()))?;
            dkim.push(
                mail::Dkim::new(selector, from.address.domain(), &pem)
                    .with_context(|| format!("COMMUNIQUE_DKIM_KEY_FILE: {}", file.display()))?,
            );
        }
        // Message-IDs want a name that is ours for ever (RFC 5322 §3.6.4); a development site's address is none.
        let site_host = match settings.public_url.domain() {
            Some(host) if host.contains('.') => host.to_owned(),
            _ => from.address.domain().to_owned(),
        };
        let storage =
            Storage::new(settings.storage_url.as_deref(), &settings.data_dir).context("COMMUNIQUE_STORAGE_URL")?;
        let (bounce_domain, site_name) = (settings.bounce_domain.clone(), settings.site_name.clone());
        let mail = mail::Settings { from, site_name, bounce_domain, dkim, site_host };
        Ok(Self {
            db: Db::new(database_url, settings.database_connections)?,
            pages: Arc::new(PageCache::new(settings.page_cache_bytes)),
            redirects: Arc::default(),
            own_paths: Arc::default(),
            settings: Arc::new(settings),
            secret,
            transport: Arc::new(transport),
            mail: Arc::new(mail),
            storage,
            demo,
            held: Arc::default(),
        })
    }

    /// Whether the database is taken for a copy or a restored one, as was last seen.
    pub fn is_held(&self) -> bool {
        self.held.load(Ordering::Relaxed)
    }

    /// Remembers what was seen, for every part of this process.
    pub fn set_held(&self, held: bool) {
        self.held.store(held, Ordering::Relaxed);
    }

    /// The address of a session connection: what listens, and a lock that outlives its statement, are lost in a pooler.
    pub fn direct_url(&self) -> &str {
        self.settings.database_direct_url.as_deref().unwrap_or_else(|| self.db.url())
    }

    /// The same with a pool of its own.
    pub fn with_own_connections(&self, size: usize) -> anyhow::Result<Self> {
        Ok(Self { db: Db::new(self.db.url(), size)?, ..self.clone() })
    }

    /// A connection, or [`Busy`].
    pub async fn conn(&self) -> Result<Lent, Busy> {
        self.db.get().await
    }
}
