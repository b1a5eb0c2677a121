//! People, releases and a site of their own for the journeys.
//!
//! Each test gets a database of its own, copied from a migrated template in a private Postgres that the whole run shares;
//! a server on a port of its own; a mail server that misbehaves on command; and a clock that stands where it is set.

pub mod browser;
pub mod council;
pub mod pooler;
pub mod smtp;

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use communique::account::{Person, Role};
use communique::change::follower;
use communique::directory::Family;
use communique::directory::register::{self, NewInstitution};
use communique::ids::{EditionId, InstitutionId, ReleaseId, TopicId};
use communique::journal::Actor;
use communique::kit::clock;
use communique::kit::cluster::{Cluster, Durability};
use communique::kit::config::{Settings, Source};
use communique::kit::context::Context;
use communique::kit::db::{self, Db, Lent};
use communique::kit::lang::{Lang, Texts};
use communique::kit::migrations;
use communique::kit::secret::Secret;
use communique::release::model::{Content, LanguageVersion, NewRelease};
use communique::release::{drafting, publication};
use communique::search::Index;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use tokio::sync::watch;

use self::smtp::SmtpServer;

/// The private Postgres of this run and the template in it.
struct Shared {
    cluster: Cluster,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    provider();
    let base = std::env::temp_dir();
    // Folders of runs that are over.
    for entry in std::fs::read_dir(&base).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let of_run =
            name.to_str().and_then(|name| name.strip_prefix("communique-it-")).and_then(|pid| pid.parse::<u32>().ok());
        if of_run.is_some_and(|pid| !PathBuf::from(format!("/proc/{pid}")).exists()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    let folder = base.join(format!("communique-it-{}", std::process::id()));
    // A thread with a runtime of its own: tests come with every kind of runtime.
    std::thread::spawn(move || {
        let cluster = Cluster::start(&folder, Durability::Scratch).expect("a private Postgres");
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let mut admin = db::establish(&cluster.url("postgres")).await.expect("connected");
            admin.batch_execute("CREATE DATABASE template_site").await.expect("a template");
            let url = cluster.url("template_site");
            migrations::migrate(&url).await.expect("migrated");
            let mut conn = db::establish(&url).await.expect("connected");
            clock::make_shiftable(&mut conn).await.expect("a clock");
            drop(conn);
            admin
                .batch_execute(
                    "ALTER DATABASE template_site ALLOW_CONNECTIONS false;
                     SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'template_site'",
                )
                .await
                .expect("closed");
        });
        Shared { cluster }
    })
    .join()
    .expect("the private Postgres started")
});

/// The crypto provider that every TLS client of the process wants to find.
pub fn provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}

static NEXT: AtomicU32 = AtomicU32::new(1);

/// An empty database in the run's private Postgres, for tests of the migrations themselves.
pub async fn empty_database() -> String {
    let name = format!("empty_{}", NEXT.fetch_add(1, Ordering::Relaxed));
    create(&format!("CREATE DATABASE {name}")).await;
    SHARED.cluster.url(&name)
}

async fn create(sql: &str) {
    let url = SHARED.cluster.url("postgres");
    let mut admin = db::establish(&url).await.unwrap();
    admin.batch_execute(sql).await.unwrap();
}

/// A site of its own.
pub struct TestSite {
    /// What its steps are handed.
    pub ctx: Context,
    /// What its searches are answered from.
    pub index: Index,
    /// Where it answers, without a closing slash.
    pub base: String,
    /// The mail server that it hands its mail to.
    pub smtp: SmtpServer,
    /// Follows no redirect and keeps no cookie.
    pub http: reqwest::Client,
    owner: Db,
    server: actix_web::dev::ServerHandle,
    stop: watch::Sender<bool>,
    _folder: tempfile::TempDir,
}

impl Drop for TestSite {
    fn drop(&mut self) {
        // Told, not waited for: the test is over.
        drop(self.server.stop(false));
        let _ = self.stop.send(true);
    }
}

impl TestSite {
    /// A site whose clock stands at that instant.
    pub async fn at(instant: &str) -> Self {
        Self::with(instant, &[]).await
    }

    /// As [`TestSite::at`], with settings as the environment would give them.
    pub async fn with(instant: &str, settings: &[(&'static str, &str)]) -> Self {
        let name = format!("site_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        tokio::task::spawn_blocking(|| LazyLock::force(&SHARED)).await.unwrap();
        create(&format!("CREATE DATABASE {name} TEMPLATE template_site")).await;
        let site = Self::on(&SHARED.cluster.url(&name), settings).await;
        site.advance_to(instant).await;
        site
    }

    /// Another process of the same site: a server of its own, with pages and a data folder of its own.
    pub async fn beside(&self) -> Self {
        self.beside_with(&[]).await
    }

    /// As [`TestSite::beside`], with settings as the environment would give them.
    pub async fn beside_with(&self, settings: &[(&'static str, &str)]) -> Self {
        Self::on(self.ctx.db.url(), settings).await
    }

    /// As [`TestSite::beside`], with the same data folder.
    pub async fn sharing_folder(&self) -> Self {
        let folder = self.ctx.settings.data_dir.display().to_string();
        Self::on(self.ctx.db.url(), &[("COMMUNIQUE_DATA_DIR", &folder)]).await
    }

    /// Ends what follows the log in the background: pages' and index's.
    pub fn end_following(&self) {
        let _ = self.stop.send(true);
    }

    /// Another site that knows what this one knows now, with a copy of its database and of its files: what is written here
    /// from now on never was there. Whatever the two answer otherwise afterwards tells of it.
    pub async fn twin(&self, settings: &[(&'static str, &str)]) -> Self {
        let (admin, name) = self.cut_off_database().await;
        let twin = format!("site_{}", NEXT.fetch_add(1, Ordering::Relaxed));
        create(&format!("CREATE DATABASE {twin} TEMPLATE {name}")).await;
        self.give_database_back(admin, &name).await;
        let site = Self::on(&SHARED.cluster.url(&twin), settings).await;
        let (from, to) = (self.ctx.settings.data_dir.join("media"), site.ctx.settings.data_dir.join("media"));
        copy_folder(&from, &to).unwrap();
        site
    }

    async fn on(url: &str, settings: &[(&'static str, &str)]) -> Self {
        let url = url.to_owned();
        let folder = tempfile::tempdir().unwrap();
        let smtp = SmtpServer::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let mut source = Source::default();
        for (name, value) in settings {
            source.default_to(name, *value);
        }
        source.default_to("DATABASE_URL", url.clone());
        source.default_to("COMMUNIQUE_DATA_DIR", folder.path().display().to_string());
        source.default_to("COMMUNIQUE_SMTP_URL", smtp.url());
        source.default_to("COMMUNIQUE_MAIL_FROM", "Press centre <press@four-rivers.example>");
        source.default_to("COMMUNIQUE_PUBLIC_URL", base.clone());
        source.default_to("COMMUNIQUE_SITE_NAME", "Four Rivers");
        source.default_to("COMMUNIQUE_SECOND_FACTOR", "off");
        let settings = Settings::understand(&source).unwrap();
        let settings_url = settings.database_url.clone().unwrap();
        let ctx = Context::new(settings, &settings_url, Secret::ephemeral(), false).unwrap();
        let owner = Db::of_owner(&url, 8).unwrap();
        let index = Index::new(&ctx.settings.data_dir);
        let server = communique::server::serve(ctx.clone(), index.clone(), listener, 1).unwrap();
        let handle = server.handle();
        tokio::spawn(server);
        let (stop, stopped) = watch::channel(false);
        tokio::spawn(follower::run(ctx.clone(), stopped.clone()));
        tokio::spawn(index.clone().keep(ctx.clone(), stopped));
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { ctx, index, base, smtp, http, owner, server: handle, stop, _folder: folder }
    }

    /// A connection to its database, as its owner: what a test looks at and arranges, the site itself may not always.
    pub async fn conn(&self) -> Lent {
        self.owner.get().await.unwrap()
    }

    /// Sets its clock.
    pub async fn advance_to(&self, instant: &str) {
        let mut conn = self.conn().await;
        clock::freeze(&mut conn, instant.parse().unwrap()).await.unwrap();
        self.ctx.pages.forget();
    }

    /// What its clock says.
    pub async fn now(&self) -> DateTime<Utc> {
        let mut conn = self.conn().await;
        clock::now(&mut conn).await.unwrap()
    }

    /// GET, following nothing.
    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    /// As [`TestSite::get`], with headers.
    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = self.http.get(format!("{}{path}", self.base));
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        Answer::of(request.send().await.unwrap()).await
    }

    /// Asks again until the answer is as wanted; five seconds at the most.
    pub async fn until(&self, path: &str, what: &str, is_wanted: impl Fn(&Answer) -> bool) -> Answer {
        let begun = std::time::Instant::now();
        loop {
            let answer = self.get(path).await;
            if is_wanted(&answer) {
                return answer;
            }
            assert!(begun.elapsed().as_secs() < 5, "{path}: not {what}: {} {:?}", answer.status, answer.headers);
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// Cuts every line to its database and lets nobody in; [`TestSite::give_database_back`] ends that.
    pub async fn cut_off_database(&self) -> (AsyncPgConnection, String) {
        let url = self.ctx.db.url();
        let name = url.rsplit('/').next().and_then(|rest| rest.split('?').next()).unwrap().to_owned();
        let mut admin = db::establish(&url.replacen(&format!("/{name}"), "/postgres", 1)).await.unwrap();
        // Committed first: whoever is thrown out at once knocks again while the others are still being thrown out.
        admin.batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await.unwrap();
        admin
            .batch_execute(&format!(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"
            ))
            .await
            .unwrap();
        (admin, name)
    }

    /// Lets connections in again.
    pub async fn give_database_back(&self, mut admin: AsyncPgConnection, name: &str) {
        admin.batch_execute(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true")).await.unwrap();
    }

    /// Waits until this process has heard of all that is committed.
    pub async fn hears_all(&self) {
        let mut conn = self.conn().await;
        let last = communique::change::last(&mut conn).await.unwrap();
        let mut known = self.ctx.pages.known();
        let heard = known.wait_for(|known| *known >= last.0);
        // Far longer than it takes, however busy the machine is.
        tokio::time::timeout(std::time::Duration::from_secs(60), heard).await.expect("heard in time").unwrap();
    }

    /// POST of a form, as a browser of our own page sends it.
    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request =
            self.http.post(format!("{}{path}", self.base)).header("sec-fetch-site", "same-origin").form(fields);
        Answer::of(request.send().await.unwrap()).await
    }

    /// An institution of that code, or the one that is there; its English name is the code.
    pub async fn institution(&self, code: &str, family: Family) -> InstitutionId {
        self.institution_with(code, family, false).await
    }

    /// As [`TestSite::institution`], with or without four eyes.
    pub async fn institution_with(&self, code: &str, family: Family, four_eyes: bool) -> InstitutionId {
        let new = NewInstitution {
            code: code.to_owned(),
            family,
            names: Lang::ALL.map(|lang| (lang, format!("{code} ({lang})"))).into_iter().collect(),
            website: None,
            four_eyes,
            announced: true,
        };
        let mut conn = self.conn().await;
        conn.transaction(async |conn| register::institution_within(conn, Actor::Job("test"), &new).await).await.unwrap()
    }

    /// A topic of that code, or the one that is there.
    pub async fn topic(&self, code: &str) -> TopicId {
        let names: Texts = Lang::ALL.map(|lang| (lang, format!("{code} ({lang})"))).into_iter().collect();
        let mut conn = self.conn().await;
        conn.transaction(async |conn| register::topic_within(conn, Actor::Job("test"), code, &names, true).await)
            .await
            .unwrap()
    }

    /// Somebody of that role who speaks for the institution; their address is `role@code.example`, their password
    /// [`PASSWORD`].
    pub async fn person(&self, role: Role, institution: Option<&str>) -> Person {
        let mut conn = self.conn().await;
        people::person(&mut conn, role, institution).await
    }

    /// Publishes a release of that institution at the present instant, in one press.
    pub async fn publish(&self, institution: &str, versions: &[(Lang, &str)]) -> ReleaseId {
        self.publish_about(institution, versions, &[]).await
    }

    /// As [`TestSite::publish`], under topics.
    pub async fn publish_about(&self, institution: &str, versions: &[(Lang, &str)], topics: &[&str]) -> ReleaseId {
        let (release, edition) = self.draft(institution, versions, topics).await;
        let publisher = self.person(Role::Publisher, Some(institution)).await;
        let mut conn = self.conn().await;
        publication::publish_draft(&mut conn, self.ctx.settings.zone, &publisher, edition).await.unwrap();
        release
    }

    /// Begins a release of that institution; the body says the title once more.
    pub async fn draft(&self, institution: &str, versions: &[(Lang, &str)], topics: &[&str]) -> (ReleaseId, EditionId) {
        let lead = self.institution(institution, Family::Institutions).await;
        let mut topic_ids = Vec::new();
        for topic in topics {
            topic_ids.push(self.topic(topic).await);
        }
        let author = self.person(Role::Contributor, Some(institution)).await;
        let content = Content { topics: topic_ids, ..content(versions) };
        let mut conn = self.conn().await;
        drafting::begin(&mut conn, &author, NewRelease { issuers: vec![lead], content }).await.unwrap()
    }
}

fn copy_folder(from: &std::path::Path, to: &std::path::Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let there = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &there)?;
        } else {
            std::fs::copy(entry.path(), there)?;
        }
    }
    Ok(())
}

/// A site whose desk speaks English to a browser that asks for nothing.
pub async fn english(instant: &str) -> TestSite {
    TestSite::with(instant, &[("COMMUNIQUE_LANGUAGES", "en,fr,nl,de")]).await
}

/// Texts made of titles.
pub fn content(versions: &[(Lang, &str)]) -> Content {
    let versions: BTreeMap<Lang, LanguageVersion> = versions
        .iter()
        .map(|(lang, title)| {
            let version = LanguageVersion {
                title: (*title).to_owned(),
                lead: format!("{title}: the lead."),
                body: format!("{title}: the body.\n\n## What changes\n\n- one thing\n- another"),
            };
            (*lang, version)
        })
        .collect();
    Content { versions, ..Content::default() }
}

/// What everybody signs in with.
pub const PASSWORD: &str = "correct horse battery staple";

pub mod people {
    //! The cast, by role.

    use super::*;
    use communique::account::creation::{self, CreationError, NewAccount};
    use communique::account::{password, query};

    /// One hash for all, since each costs a tenth of a second.
    static HASH: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD).unwrap());

    /// The person of that role and institution, made at the first question.
    pub async fn person(conn: &mut AsyncPgConnection, role: Role, institution: Option<&str>) -> Person {
        let email = email(role, institution);
        if let Some((person, _)) = query::by_email(conn, &email).await.unwrap() {
            return person;
        }
        let institution_id = match institution {
            Some(code) => {
                communique::directory::query::institution_by_code(conn, code).await.unwrap().map(|found| found.id)
            }
            None => None,
        };
        query::insert(conn, &email, "Somebody", role, institution_id, Some(&HASH)).await.unwrap().unwrap()
    }

    /// What they sign in with.
    pub fn email(role: Role, institution: Option<&str>) -> String {
        format!("{role}@{}.example", institution.unwrap_or("chancellery"))
    }

    /// Through the step that the command line takes.
    pub async fn created(conn: &mut AsyncPgConnection, new: NewAccount) -> Result<Person, CreationError> {
        creation::create(conn, Actor::Job("test"), new).await
    }
}

/// What the site answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// RFC 9110.
    pub status: u16,
    /// Lower-case names.
    pub headers: BTreeMap<String, String>,
    /// As text.
    pub body: String,
}

impl Answer {
    /// Reads it whole; of one that never ends, what stands above it.
    pub async fn of(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
            .collect();
        let is_endless = response
            .headers()
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"text/event-stream"));
        let body = if is_endless { String::new() } else { response.text().await.unwrap_or_default() };
        Self { status, headers, body }
    }

    /// The page without the words that it took from its own address, by which two pages of things that are not there
    /// differ.
    pub fn body_but_own_words(&self) -> String {
        const FIELD: &str = "id=\"q\" name=\"q\" value=\"";
        match self.body.split_once(FIELD) {
            Some((before, after)) => format!("{before}{FIELD}{}", &after[after.find('"').unwrap_or(0)..]),
            None => self.body.clone(),
        }
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}
