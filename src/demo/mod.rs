//! The demo: an invented federation's newsroom on a Friday at noon, with a database and a mailbox of its own.
//!
//! Its week is played, not loaded: each release is begun, submitted, made ready and published by the steps that the desk
//! uses, with the site's clock set to each instant. The clock then runs on from Friday 20 November 2026, 12:49, so that
//! three scheduled releases come due 2, 5 and 10 minutes after the start and the digest of 13:00 leaves after 11.
//!
//! - `government.rs` who governs, and whom the press calls; `council.rs` its meetings and their decisions; `rounds.rs` a
//!   meeting whose decisions are being agreed
//! - `script.rs` the cast and the stories; `cast.toml`, `releases/` their texts
//!
//! A first start plays into a database under another name and renames it when it is whole: one that was interrupted
//! starts afresh, one that was finished goes on with what is there.

pub mod council;
pub mod government;
pub mod rounds;
pub mod script;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail, ensure};
use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};
use chrono_tz::Tz;
use clap::Args;
use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};

use self::script::{Story, replace};
use crate::account::creation::{self, NewAccount};
use crate::account::{Person, Role};
use crate::archive;
use crate::directory::register::{self, NewInstitution};
use crate::directory::{self, Family};
use crate::ids::{EditionId, InstitutionId, MeetingId, ReleaseId, TopicId};
use crate::instance;
use crate::journal::Actor;
use crate::kit::cluster::{Cluster, Durability};
use crate::kit::config::{Settings, Source};
use crate::kit::context::Context;
use crate::kit::lang::{Lang, Texts};
use crate::kit::secret::{Secret, random_token};
use crate::kit::{clock, db, migrations};
use crate::process;
use crate::release::model::{Content, NewRelease};
use crate::release::{correction, drafting, publication, withdrawal};

/// What `demo` can be told.
#[derive(Debug, Args)]
pub struct Options {
    /// Bring in the real releases that lie beside the project, too, where they are there
    #[arg(long)]
    archive: bool,
}

const ACTOR: Actor = Actor::Job("communique demo");
/// The code of the Council of Ministers.
const COUNCIL: &str = "council";

/// The demo's Friday noon, by the site's zone.
fn start() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 20).and_then(|day| day.and_hms_opt(12, 49, 0)).expect("a Friday")
}

/// Those who sign in, as they are printed. Two of the Chancellery: who writes in a decision does not publish it.
const SIGN_INS: [(&str, &str, Role, Option<&str>); 5] = [
    ("council@quatrerivieres.example", "Margaux Delvigne", Role::ChancelleryEditor, None),
    ("council2@quatrerivieres.example", "Bram Oosterlinde", Role::ChancelleryEditor, None),
    ("mobility@quatrerivieres.example", "Lotte Hemelrijck", Role::Publisher, Some("fps-mobility")),
    ("writer@quatrerivieres.example", "Sanne Obbergen", Role::Contributor, Some("fps-mobility")),
    ("admin@quatrerivieres.example", "Piet Hollander", Role::Admin, None),
];

/// Starts it, the first time after making it, and serves until it is stopped.
pub async fn run(options: Options, mut source: Source) -> anyhow::Result<()> {
    defaults(&mut source);
    let settings = Settings::understand(&source)?;
    process::log(&settings)?;
    // Before anything is made: another demo on the port is one clear line.
    let listener = process::listen(&settings)?;
    let data_dir = std::path::absolute(&settings.data_dir)?;
    std::fs::create_dir_all(&data_dir).with_context(|| format!("making {}", data_dir.display()))?;
    let cluster = match settings.database_url {
        Some(_) => None,
        None => {
            let folder = data_dir.join("postgres");
            Some(tokio::task::spawn_blocking(move || Cluster::start(&folder, Durability::Kept)).await??)
        }
    };
    let url = match (&cluster, &settings.database_url) {
        (Some(cluster), _) => own_database(cluster, &settings).await?,
        (None, Some(url)) => {
            given_database(url, &settings).await?;
            url.clone()
        }
        (None, None) => bail!("no database"),
    };
    let secret = Secret::load_or_make(&settings.secret_file)?;
    let passwords = data_dir.join("demo-accounts.txt");
    let ctx = Context::new(settings.clone(), &url, secret, true)?;
    // A demo is what it is wherever it is started, at whatever port.
    instance::accept(&ctx, ACTOR).await?;
    accounts(&ctx, &passwords).await?;
    if options.archive {
        import_archive(&ctx).await?;
    }
    announce(&ctx, &url, &passwords).await?;
    let worker = settings.worker;
    let served = process::serve(ctx, listener, worker).await;
    drop(cluster);
    served
}

/// What the demo sets where nobody else did.
fn defaults(source: &mut Source) {
    let texts = |fr: &str, nl: &str, de: &str, en: &str| -> Texts {
        [(Lang::Fr, fr), (Lang::Nl, nl), (Lang::De, de), (Lang::En, en)]
            .map(|(lang, text)| (lang, text.to_owned()))
            .into_iter()
            .collect()
    };
    source.default_to_texts(
        "COMMUNIQUE_SITE_NAME",
        texts(
            "Fédération des Quatre-Rivières",
            "Federatie van de Vier Rivieren",
            "Föderation der Vier Flüsse",
            "Federation of the Four Rivers",
        ),
    );
    source.default_to_texts(
        "COMMUNIQUE_SITE_OWNER",
        texts("la Chancellerie fédérale", "de Federale Kanselarij", "der Föderalen Kanzlei", "the Federal Chancellery"),
    );
    source.default_to("COMMUNIQUE_MAIL_FROM", "press@quatrerivieres.example");
    source.default_to("COMMUNIQUE_DATA_DIR", "./var/demo");
    source.default_to("COMMUNIQUE_SECOND_FACTOR", "off");
    if let Ok(settings) = Settings::understand(source) {
        if !source.has("COMMUNIQUE_SMTP_URL") {
            let outbox = std::path::absolute(settings.data_dir.join("outbox")).unwrap_or_default();
            source.default_to("COMMUNIQUE_SMTP_URL", format!("file://{}", outbox.display()));
        }
        if !source.has("COMMUNIQUE_PUBLIC_URL") {
            source.default_to("COMMUNIQUE_PUBLIC_URL", format!("http://{}", settings.listen));
        }
    }
}

/// The demo's database in its private Postgres: played into another name first, so that it is whole or not there.
async fn own_database(cluster: &Cluster, settings: &Settings) -> anyhow::Result<String> {
    let mut admin = db::establish(&cluster.url("postgres")).await?;
    if !exists(&mut admin, "communique").await? {
        eprintln!("Playing the week of the demo: about sixty releases, by the steps of the desk…");
        admin.batch_execute("DROP DATABASE IF EXISTS communique_unfinished").await?;
        admin.batch_execute("CREATE DATABASE communique_unfinished").await?;
        fill(&cluster.url("communique_unfinished"), settings).await?;
        admin.batch_execute("ALTER DATABASE communique_unfinished RENAME TO communique").await?;
    }
    let url = cluster.url("communique");
    migrations::migrate(&url).await?;
    Ok(url)
}

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = diesel::sql_types::Bool)]
    found: bool,
}

async fn exists(conn: &mut AsyncPgConnection, database: &str) -> anyhow::Result<bool> {
    use diesel_async::RunQueryDsl;
    let row: Found = diesel::sql_query("SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1) AS found")
        .bind::<diesel::sql_types::Text, _>(database)
        .get_result(conn)
        .await?;
    Ok(row.found)
}

/// A database that somebody gave us for the demo: an empty one is filled, one of a demo goes on, any other is left alone.
async fn given_database(url: &str, settings: &Settings) -> anyhow::Result<()> {
    use diesel_async::RunQueryDsl;
    let mut conn = db::establish(url).await.context("DATABASE_URL")?;
    let row: Found =
        diesel::sql_query("SELECT to_regclass('releases') IS NOT NULL AS found").get_result(&mut conn).await?;
    if row.found {
        ensure!(
            clock::is_shiftable(&mut conn).await?,
            "the database of DATABASE_URL is a site's and not a demo's; it is left alone. Unset DATABASE_URL, or give an empty one"
        );
        migrations::migrate(url).await?;
        return Ok(());
    }
    drop(conn);
    fill(url, settings).await
}

async fn fill(url: &str, settings: &Settings) -> anyhow::Result<()> {
    migrations::migrate(url).await?;
    let mut conn = db::establish(url).await?;
    clock::make_shiftable(&mut conn).await?;
    Stage::set(&mut conn, settings.zone).await?.play(&mut conn).await?;
    // Of the same secret as the demo that will run: the links in its mails open.
    let ctx = Context::new(settings.clone(), url, Secret::load_or_make(&settings.secret_file)?, true)?;
    rounds::rounds(&mut conn, &ctx, clock::instant(settings.zone, start() - Duration::minutes(25))).await?;
    clock::run_from(&mut conn, clock::instant(settings.zone, start())).await?;
    Ok(())
}

/// The cast in the database, and what has been played so far.
struct Stage {
    zone: Tz,
    stories: Vec<Story>,
    institutions: HashMap<String, InstitutionId>,
    topics: HashMap<String, TopicId>,
    /// By the lead's code: who writes, and who sends on.
    crew: HashMap<String, (Person, Person)>,
    begun: HashMap<usize, (ReleaseId, EditionId)>,
    /// The Council's of a week ago.
    meeting: MeetingId,
}

/// Something that happens in the week.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Scene {
    Begin(usize),
    Submit(usize),
    MakeReady(usize),
    Schedule(usize),
    Publish(Vec<usize>),
    AddLanguages(usize),
    CorrectMinor(usize),
    Correct(usize),
    Withdraw(usize),
}

/// Who works for the institutions, by number: each has another name.
fn person(n: usize) -> String {
    const GIVEN: [&str; 13] = [
        "Anouk", "Bastien", "Céline", "Dries", "Elif", "Floris", "Greta", "Hugo", "Ilse", "Jules", "Karima", "Lucas",
        "Mieke",
    ];
    const FAMILY: [&str; 11] = [
        "Aerdenhoek",
        "Bellerive",
        "Craeyvelt",
        "Delvaulx",
        "Eichenau",
        "Fontigny",
        "Groenendael",
        "Hautmont",
        "Iserlohe",
        "Jonckberg",
        "Lindemarck",
    ];
    format!("{} {}", GIVEN[n % GIVEN.len()], FAMILY[n % FAMILY.len()])
}

impl Stage {
    async fn set(conn: &mut AsyncPgConnection, zone: Tz) -> anyhow::Result<Self> {
        let cast = script::cast()?;
        let stories = script::stories()?;
        let first = stories.first().context("no stories")?.front.at.0;
        clock::freeze(conn, clock::instant(zone, first - Duration::days(7))).await?;
        let mut institutions = HashMap::new();
        let mut crew = HashMap::new();
        for institution in &cast.institutions {
            let new = NewInstitution {
                code: institution.code.clone(),
                family: institution.family()?,
                names: institution.name.clone(),
                website: institution.website.clone(),
                four_eyes: institution.family()? == Family::Council,
                announced: true,
            };
            let id = conn.transaction(async |conn| register::institution_within(conn, ACTOR, &new).await).await?;
            institutions.insert(institution.code.clone(), id);
            let council = institution.family()? == Family::Council;
            let mut people = Vec::new();
            for (n, (what, role)) in
                [("author", Role::Contributor), ("publisher", Role::Publisher)].into_iter().enumerate()
            {
                let new = NewAccount {
                    email: format!("{what}.{}@quatrerivieres.example", institution.code),
                    name: person(2 * institutions.len() + n),
                    role: if council { Role::ChancelleryEditor } else { role },
                    institution_id: (!council).then_some(id),
                    password: None,
                };
                people.push(creation::create(conn, ACTOR, new).await?);
            }
            if let [author, publisher] = people.as_slice() {
                crew.insert(institution.code.clone(), (author.clone(), publisher.clone()));
            }
        }
        let mut topics = HashMap::new();
        for topic in &cast.topics {
            let id = conn
                .transaction(async |conn| register::topic_within(conn, ACTOR, &topic.code, &topic.name, true).await)
                .await?;
            topics.insert(topic.code.clone(), id);
        }
        government::government(conn, zone, &institutions).await?;
        let (author, _) = crew.get(COUNCIL).context("nobody writes for the Council")?;
        let meeting = council::last_week(conn, zone, author).await?;
        Ok(Self { zone, stories, institutions, topics, crew, begun: HashMap::new(), meeting })
    }

    /// The week in its order. Decisions of one meeting go public together.
    fn scenes(&self) -> Vec<(DateTime<Utc>, Scene)> {
        let at = |local: NaiveDateTime| clock::instant(self.zone, local);
        let mut scenes = Vec::new();
        let mut together: BTreeMap<(NaiveDateTime, &str), Vec<usize>> = BTreeMap::new();
        for (i, story) in self.stories.iter().enumerate() {
            let out = story.front.at.0;
            // Written in the hours before, sent on shortly before it goes out; what is scheduled was ready at noon.
            let out_or_scheduled = if story.front.scheduled { start() - Duration::minutes(9) } else { out };
            scenes.push((at(out_or_scheduled - Duration::minutes(150)), Scene::Begin(i)));
            scenes.push((at(out_or_scheduled - Duration::minutes(45)), Scene::Submit(i)));
            scenes.push((at(out_or_scheduled - Duration::minutes(12)), Scene::MakeReady(i)));
            if story.front.scheduled {
                scenes.push((at(start() - Duration::minutes(5)), Scene::Schedule(i)));
            } else {
                let lead = story.front.lead();
                together.entry((out, lead)).or_default().push(i);
            }
            if let Some(later) = &story.front.later {
                scenes.push((at(later.at.0), Scene::AddLanguages(i)));
            }
            if let Some(change) = &story.front.minor {
                scenes.push((at(change.at.0), Scene::CorrectMinor(i)));
            }
            if let Some(change) = &story.front.correction {
                scenes.push((at(change.at.0), Scene::Correct(i)));
            }
            if let Some(change) = &story.front.withdrawal {
                scenes.push((at(change.at.0), Scene::Withdraw(i)));
            }
        }
        scenes.extend(together.into_iter().map(|((out, _), stories)| (at(out), Scene::Publish(stories))));
        scenes.sort();
        scenes
    }

    async fn play(mut self, conn: &mut AsyncPgConnection) -> anyhow::Result<()> {
        for (instant, scene) in self.scenes() {
            clock::freeze(conn, instant).await?;
            self.play_scene(conn, &scene).await.with_context(|| format!("{scene:?} at {instant}"))?;
        }
        let (author, _) = self.crew.get(COUNCIL).context("nobody writes for the Council")?;
        council::meetings(conn, self.zone, author).await?;
        Ok(())
    }

    async fn play_scene(&mut self, conn: &mut AsyncPgConnection, scene: &Scene) -> anyhow::Result<()> {
        match scene {
            Scene::Begin(i) => {
                let story = &self.stories[*i];
                let later = story.front.later.as_ref().map(|later| later.langs.clone()).unwrap_or_default();
                let content = self.content(story, |lang| !later.contains(&lang));
                let issuers = story
                    .front
                    .issuers
                    .iter()
                    .map(|code| self.institutions.get(code).copied().with_context(|| format!("no institution {code}")))
                    .collect::<anyhow::Result<Vec<_>>>()?;
                let begun = drafting::begin(conn, &self.crew(*i)?.0, NewRelease { issuers, content }).await?;
                if story.front.lead() == COUNCIL {
                    let title = story.versions.get(&Lang::Fr).map_or("", |version| version.title.as_str());
                    council::join(conn, self.meeting, begun, &story.front.issuers, title).await?;
                }
                self.begun.insert(*i, begun);
            }
            Scene::Submit(i) => drafting::submit(conn, &self.crew(*i)?.0, self.edition(*i)?).await?,
            Scene::MakeReady(i) if self.stories[*i].front.lead() == COUNCIL => {
                council::agree(conn, &self.crew(*i)?.1, self.meeting, self.edition(*i)?).await?;
            }
            Scene::MakeReady(i) => drafting::make_ready(conn, &self.crew(*i)?.1, self.edition(*i)?).await?,
            Scene::Schedule(i) => {
                let at = clock::instant(self.zone, self.stories[*i].front.at.0);
                drafting::schedule(conn, &self.crew(*i)?.1, self.edition(*i)?, at).await?;
            }
            Scene::Publish(stories) => {
                let editions = stories.iter().map(|i| self.edition(*i)).collect::<anyhow::Result<Vec<_>>>()?;
                let lead = stories.iter().next().copied().context("nobody")?;
                if self.stories[lead].front.lead() == COUNCIL {
                    council::publish(conn, self.zone, &self.crew(lead)?.1, self.meeting).await?;
                } else {
                    publication::publish(conn, self.zone, &self.crew(lead)?.1, &editions).await?;
                }
            }
            Scene::AddLanguages(i) => {
                let content = self.content(&self.stories[*i], |_| true);
                correction::revise_public(conn, &self.crew(*i)?.1, self.release(*i)?, content).await?;
            }
            Scene::CorrectMinor(i) => {
                let story = &self.stories[*i];
                let change = story.front.minor.as_ref().context("no minor correction")?;
                let mut content = self.content(story, |_| true);
                for (lang, change) in &change.by_language {
                    let corrected = replace(&story.versions[lang], &change.from, &change.to)?;
                    content.versions.insert(*lang, corrected);
                }
                correction::revise_public(conn, &self.crew(*i)?.1, self.release(*i)?, content).await?;
            }
            Scene::Correct(i) => {
                let story = &self.stories[*i];
                let change = story.front.correction.as_ref().context("no correction")?;
                let mut content = self.content(story, |_| true);
                let mut note = Texts::default();
                for (lang, change) in &change.by_language {
                    content.versions.insert(*lang, replace(&story.versions[lang], &change.from, &change.to)?);
                    note.0.insert(*lang, change.note.clone());
                }
                correction::correct(conn, self.zone, &self.crew(*i)?.1, self.release(*i)?, content, note).await?;
            }
            Scene::Withdraw(i) => {
                let change = self.stories[*i].front.withdrawal.as_ref().context("no withdrawal")?;
                let reason: Texts = change.by_language.iter().map(|(lang, text)| (*lang, text.clone())).collect();
                withdrawal::withdraw(conn, &self.crew(*i)?.1, self.release(*i)?, &reason).await?;
            }
        }
        Ok(())
    }

    fn content(&self, story: &Story, with: impl Fn(Lang) -> bool) -> Content {
        Content {
            versions: story
                .versions
                .iter()
                .filter(|(lang, _)| with(**lang))
                .map(|(lang, text)| (*lang, text.clone()))
                .collect(),
            topics: story.front.topics.iter().filter_map(|code| self.topics.get(code).copied()).collect(),
            ..Content::default()
        }
    }

    fn crew(&self, i: usize) -> anyhow::Result<&(Person, Person)> {
        let lead = self.stories[i].front.lead();
        self.crew.get(lead).with_context(|| format!("nobody writes for {lead}"))
    }

    fn edition(&self, i: usize) -> anyhow::Result<EditionId> {
        self.begun.get(&i).map(|(_, edition)| *edition).context("not begun")
    }

    fn release(&self, i: usize) -> anyhow::Result<ReleaseId> {
        self.begun.get(&i).map(|(release, _)| *release).context("not begun")
    }
}

/// The accounts, with passwords of their own that stand in a file which only its owner reads.
async fn accounts(ctx: &Context, file: &Path) -> anyhow::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut conn = ctx.conn().await?;
    let mut lines = String::new();
    for (email, name, role, institution) in SIGN_INS {
        if crate::account::query::by_email(&mut conn, email).await?.is_some() {
            continue;
        }
        let password = random_token()[..16].to_owned();
        let institution_id = match institution {
            Some(code) => directory::query::institution_by_code(&mut conn, code).await?.map(|found| found.id),
            None => None,
        };
        let new = NewAccount {
            email: email.to_owned(),
            name: name.to_owned(),
            role,
            institution_id,
            password: Some(password.clone()),
        };
        creation::create(&mut conn, ACTOR, new).await?;
        lines.push_str(&format!("{email}  {password}  ({role})\n"));
    }
    if !lines.is_empty() {
        let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
        file.write_all(lines.as_bytes())?;
    }
    Ok(())
}

/// Brings in the real releases that lie beside the project; again without harm.
async fn import_archive(ctx: &Context) -> anyhow::Result<()> {
    let folder = std::env::var_os("COMMUNIQUE_TEST_DATA")
        .map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from)
        .join("releases");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().contains(".jsonl"))
        .collect();
    files.sort();
    if files.is_empty() {
        eprintln!("No real releases in {}; the demo goes without them.", folder.display());
        return Ok(());
    }
    let report = archive::import::run(
        ctx,
        &files,
        &archive::import::Options::default(),
        archive::progress::on_terminal().as_ref(),
    )
    .await?;
    eprint!("{report}");
    Ok(())
}

/// Says where to look.
async fn announce(ctx: &Context, url: &str, passwords: &Path) -> anyhow::Result<()> {
    let mut conn = ctx.conn().await?;
    let now = clock::now(&mut conn).await?.with_timezone(&ctx.settings.zone);
    let absolute = |path: &str| ctx.settings.absolute(path);
    println!("\n  {}", ctx.settings.site_name.text(Lang::En));
    println!(
        "  The site's clock says {}. Three releases come due 2, 5 and 10 minutes after the first start,",
        now.format("%A %-d %B %Y, %H:%M")
    );
    println!("  and the digest of 13:00 leaves.\n");
    println!("  Site      {}", absolute("/"));
    println!("  Mailbox   {}", absolute(crate::paths::MAILBOX));
    println!("  Desk      {}", absolute(crate::paths::DESK));
    for line in std::fs::read_to_string(passwords).unwrap_or_default().lines() {
        println!("            {line}");
    }
    println!(
        "\n  To run other commands on this demo:\n    export DATABASE_URL='{url}' COMMUNIQUE_DATA_DIR='{}' COMMUNIQUE_PUBLIC_URL='{}'",
        ctx.settings.data_dir.display(),
        ctx.settings.public_url.as_str().trim_end_matches('/')
    );
    println!("\n  Ctrl-C stops it; started again, it goes on.\n");
    Ok(())
}
