//! A newsroom with readers: ten institutions, twenty topics, releases of the length of real ones, subscriptions by the
//! hundred thousand. Its clock is that of a Monday morning, so that slots, days and weeks fall due together.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use communique::account::creation::{self, NewAccount};
use communique::account::{Person, Role};
use communique::digest::model::Run;
use communique::digest::{deliver, query};
use communique::directory::Family;
use communique::directory::register::{self, NewInstitution};
use communique::ids::{InstitutionId, TopicId};
use communique::journal::Actor;
use communique::kit::cluster::Cluster;
use communique::kit::config::{Settings, Source};
use communique::kit::context::Context;
use communique::kit::lang::{Lang, Texts};
use communique::kit::secret::Secret;
use communique::kit::{clock, db, migrations};
use communique::release::model::{Content, LanguageVersion, NewRelease};
use communique::release::{drafting, publication};
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

const ACTOR: Actor = Actor::Job("bench");

/// The address of a reader.
pub fn address(number: u32) -> String {
    format!("reader{number}@example{}.org", number % 500)
}

/// One newsroom.
pub struct House {
    pub ctx: Context,
    pub folder: PathBuf,
    pub settings: Vec<(&'static str, String)>,
    slot: DateTime<Utc>,
    crew: Vec<(InstitutionId, Person)>,
    topics: Vec<TopicId>,
}

impl House {
    pub async fn build(cluster: &Cluster, folder: &Path, name: &str, smtp: &str, lines: usize) -> anyhow::Result<Self> {
        let folder = folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let mut admin = db::establish(&cluster.url("postgres")).await?;
        admin.batch_execute(&format!("CREATE DATABASE mail_{name}")).await?;
        let url = cluster.url(&format!("mail_{name}"));
        migrations::migrate(&url).await?;
        let slot: DateTime<Utc> = "2026-11-23T08:00:00Z".parse()?;
        let mut conn = db::establish(&url).await?;
        clock::make_shiftable(&mut conn).await?;
        clock::run_from(&mut conn, slot - TimeDelta::hours(2)).await?;
        let settings = vec![
            ("DATABASE_URL", url.clone()),
            ("COMMUNIQUE_DATA_DIR", folder.display().to_string()),
            ("COMMUNIQUE_SMTP_URL", smtp.to_owned()),
            ("COMMUNIQUE_SMTP_CONNECTIONS", lines.to_string()),
            ("COMMUNIQUE_PUBLIC_URL", "https://press.example.org".to_owned()),
            ("COMMUNIQUE_MAIL_FROM", "press@example.org".to_owned()),
            ("COMMUNIQUE_BOUNCE_DOMAIN", "bounces.example.org".to_owned()),
            ("COMMUNIQUE_LOG", "error".to_owned()),
        ];
        let mut source = Source::default();
        for (name, value) in &settings {
            source.default_to(name, value.clone());
        }
        let settings_read = Settings::understand(&source)?;
        let secret = Secret::load_or_make(&settings_read.secret_file)?;
        let ctx = Context::new(settings_read, &url, secret, false)?;
        let mut crew = Vec::new();
        for number in 0..10_usize {
            let new = NewInstitution {
                code: format!("institution-{number}"),
                family: Family::ALL[number % 3],
                names: Lang::ALL
                    .map(|lang| (lang, format!("Institution fédérale numéro {number}")))
                    .into_iter()
                    .collect(),
                website: None,
                four_eyes: false,
                announced: true,
            };
            let id = conn.transaction(async |conn| register::institution_within(conn, ACTOR, &new).await).await?;
            let new = NewAccount {
                email: format!("publisher{number}@press.example.org"),
                name: "Somebody".to_owned(),
                role: Role::Publisher,
                institution_id: Some(id),
                password: None,
            };
            // The Council's releases want two people; here the others publish.
            if number % 3 != 0 {
                crew.push((id, creation::create(&mut conn, ACTOR, new).await?));
            }
        }
        let mut topics = Vec::new();
        for number in 0..20 {
            let names: Texts = Lang::ALL.map(|lang| (lang, format!("Thème {number}"))).into_iter().collect();
            let code = format!("topic-{number}");
            topics.push(
                conn.transaction(async |conn| register::topic_within(conn, ACTOR, &code, &names, true).await).await?,
            );
        }
        Ok(Self { ctx, folder, settings, slot, crew, topics })
    }

    /// Everything, families, institutions, topics and words: forty filters, five frequencies.
    pub async fn subscribe_by_forty_filters(&self, subscribers: u32) -> anyhow::Result<()> {
        let mut filters = vec![String::new()];
        filters.extend(["government", "institutions"].map(|family| format!("family={family}")));
        filters.extend((0..10).map(|number| format!("institution=institution-{number}")));
        filters.extend((0..20).map(|number| format!("topic=topic-{number}")));
        filters
            .extend(["eau", "budget", "santé", "pensions", "transport", "crue", "climat"].map(|word| {
                format!("q={}", url::form_urlencoded::byte_serialize(word.as_bytes()).collect::<String>())
            }));
        anyhow::ensure!(filters.len() == 40, "{} filters", filters.len());
        self.insert(subscribers, &format!(
            // A third has all of it, as most readers of a press centre have; the others one of the narrower ones.
            "SELECT id, (ARRAY[{}])[CASE WHEN id % 3 = 0 THEN 1 ELSE 2 + id % 39 END],
                    (ARRAY['slots', 'slots', 'slots', 'daily', 'weekly', 'at_once', 'chosen'])[1 + id % 7] FROM subscribers",
            filters.iter().map(|filter| format!("'{filter}'")).collect::<Vec<_>>().join(", ")
        )).await
    }

    /// Half of them words that are in no release or in some, half of them two shelves.
    pub async fn subscribe_each_otherwise(&self, filters: u32) -> anyhow::Result<()> {
        self.insert(
            filters,
            "SELECT id, CASE WHEN id % 2 = 0 THEN 'q=' || (ARRAY['budget', 'eau', 'plan', 'mot'])[1 + id % 4] || '+' || id
                             ELSE 'q=crue+-' || id || '&topic=topic-' || id % 20 END, 'slots' FROM subscribers",
        )
        .await
    }

    /// Each to everything.
    pub async fn subscribe_to_everything(&self, subscribers: u32) -> anyhow::Result<()> {
        self.insert(subscribers, "SELECT id, '', 'slots' FROM subscribers").await
    }

    async fn insert(&self, subscribers: u32, wished: &str) -> anyhow::Result<()> {
        let mut conn = db::establish(self.ctx.db.url()).await?;
        conn.batch_execute(&format!(
            "INSERT INTO subscribers (email, languages, wished_at)
             SELECT 'reader' || n || '@example' || n % 500 || '.org', CASE WHEN n % 2 = 0 THEN '{{fr,nl}}' ELSE '{{nl,fr}}' END::text[], site_now()
             FROM generate_series(1, {subscribers}) n;
             INSERT INTO subscriptions (subscriber_id, filter, frequency, slots, cursor)
             SELECT id, filter, CASE frequency WHEN 'chosen' THEN 'slots' ELSE frequency END,
                    CASE frequency WHEN 'chosen' THEN '{{09:00}}'::text[] END, (SELECT last FROM public_change_counter)
             FROM ({wished}) AS wished (id, filter, frequency);
             ANALYZE subscribers; ANALYZE subscriptions"
        ))
        .await?;
        Ok(())
    }

    /// So many releases, in two languages, under topics.
    pub async fn publish(&self, count: usize) -> anyhow::Result<()> {
        let mut conn = self.ctx.conn().await?;
        const WORDS: [&str; 8] = ["eau", "budget", "santé", "pensions", "transport", "crue", "climat", "école"];
        for number in 0..count {
            let (institution, publisher) = &self.crew[number % self.crew.len()];
            let version = |lang: &str| {
                LanguageVersion {
                title: format!("Décision {number} ({lang}) relative au plan {} et à ses suites pour les communes", WORDS[number % 8]),
                lead: "Le projet fixe les moyens, les délais et les services qui en répondent ; il entre en vigueur au premier jour du mois qui suit sa publication.".to_owned(),
                body: format!("Le plan {} est arrêté.\n\n{}", WORDS[(number + 3) % 8], "Les services compétents en assurent l’exécution et en rendent compte chaque trimestre. ".repeat(25)),
            }
            };
            let versions: BTreeMap<Lang, LanguageVersion> =
                [(Lang::Fr, version("fr")), (Lang::Nl, version("nl"))].into();
            let topics = vec![self.topics[number % 20], self.topics[(number * 7 + 3) % 20]];
            let content = Content { versions, topics, ..Content::default() };
            let new = NewRelease { issuers: vec![*institution], content };
            let (_, edition) = drafting::begin(&mut conn, publisher, new).await?;
            publication::publish_draft(&mut conn, self.ctx.settings.zone, publisher, edition).await?;
        }
        Ok(())
    }

    /// Its clock goes on from the slot.
    pub async fn at_the_slot(&self) -> anyhow::Result<()> {
        let mut conn = db::establish(self.ctx.db.url()).await?;
        clock::run_from(&mut conn, self.slot).await?;
        Ok(())
    }

    /// Its runs with their counts.
    pub async fn runs(&self) -> anyhow::Result<Vec<Run>> {
        Ok(query::runs(&mut *self.ctx.conn().await?, None, 100).await?)
    }

    /// How many items stand in all of its mails.
    pub async fn items(&self) -> anyhow::Result<i64> {
        let mut conn = self.ctx.conn().await?;
        Ok(diesel::dsl::sql::<BigInt>("SELECT count(*) FROM delivery_items WHERE NOT left_out")
            .get_result(&mut conn)
            .await?)
    }

    /// How many mails were accepted.
    pub async fn accepted(&self) -> anyhow::Result<i64> {
        let mut conn = self.ctx.conn().await?;
        Ok(diesel::dsl::sql::<BigInt>("SELECT count(*) FROM deliveries WHERE state = 'accepted'")
            .get_result(&mut conn)
            .await?)
    }

    /// The mean size of so many of its mails, as they travel; they are sent to a folder, and count as sent.
    pub async fn mean_size(&self, of: usize) -> anyhow::Result<usize> {
        let outbox = self.folder.join("outbox");
        let mut source = Source::default();
        for (name, value) in &self.settings {
            let value =
                if *name == "COMMUNIQUE_SMTP_URL" { format!("file://{}", outbox.display()) } else { value.clone() };
            source.default_to(name, value);
        }
        let settings = Settings::understand(&source)?;
        let secret = Secret::load_or_make(&settings.secret_file)?;
        let ctx = Context::new(settings, self.ctx.db.url(), secret, false)?;
        deliver::send_some(&ctx, of).await?;
        let mut sizes = Vec::new();
        for entry in std::fs::read_dir(&outbox)? {
            sizes.push(entry?.metadata()?.len());
        }
        anyhow::ensure!(!sizes.is_empty(), "no mail of ours");
        Ok(usize::try_from(sizes.iter().sum::<u64>() / sizes.len() as u64)?)
    }
}
