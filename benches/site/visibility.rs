//! How long it takes from the commit of a publication until everything that shows it shows it, on several processes.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use chrono::NaiveDate;
use communique::account::creation::{self, NewAccount};
use communique::account::{Person, Role};
use communique::change;
use communique::directory;
use communique::ids::{InstitutionId, TopicId};
use communique::journal::Actor;
use communique::kit::lang::Lang;
use communique::kit::{clock, db, slug};
use communique::paths;
use communique::release::model::{Content, NewRelease};
use communique::release::{drafting, publication};
use diesel_async::AsyncPgConnection;

use super::corpus::{Corpus, Head, ZONE};
use super::http::Connection;
use super::paths::encoded;

/// Which answer this is made of: every public one says it (DESIGN §9).
pub const SEQUENCE: &str = "communique-sequence";
/// How often a page is asked for.
const PERIOD: Duration = Duration::from_millis(10);
/// Later than this it does not count as shown.
const PATIENCE: Duration = Duration::from_secs(20);
/// Numbers of invented releases that no corpus reaches.
const UNREACHED: u64 = 1 << 40;

/// When something was seen after the commit, on the last of the processes.
#[derive(Debug, Clone)]
pub struct Seen {
    /// What shows it.
    pub what: &'static str,
    /// None: not within 20 s.
    pub after: Option<Duration>,
}

/// Publishes one release and watches every surface of every server until it is there. `number` makes it another one.
pub async fn publish_and_watch(
    url: &str,
    corpus: &Corpus,
    servers: &[SocketAddr],
    number: u64,
    surfaces: &Surfaces,
) -> anyhow::Result<Vec<Seen>> {
    let mut conn = db::establish(url).await?;
    let (author, institution, topic) = author(&mut conn, corpus).await?;
    let head = Head { languages: vec![Lang::Fr, Lang::Nl], ..corpus.head(UNREACHED + number) };
    let word = unheard_of(number);
    let mut content = Content { versions: corpus.texts(&head), topics: vec![topic], ..Content::default() };
    for version in content.versions.values_mut() {
        version.title = format!("{word} {}", version.title.chars().take(60).collect::<String>()).trim().to_owned();
    }
    let title = content.versions[&Lang::Fr].title.clone();
    let slug = slug::slug(Lang::Fr, &title);
    let today = clock::now(&mut conn).await?.with_timezone(&ZONE).date_naive();
    let pages = surfaces.pages(corpus, today, &slug, &word);
    // What there was before is in every cache that there may be, the 404 of its own page included.
    for server in servers {
        let mut connection = Connection::open(*server).await?;
        for (_, path) in &pages {
            connection.get(path).await?;
        }
    }
    let new = NewRelease { issuers: vec![institution], content };
    let (_, edition) = drafting::begin(&mut conn, &author, new).await?;
    publication::publish_draft(&mut conn, ZONE, &author, edition).await?;
    let committed = Instant::now();
    let sequence = change::last(&mut conn).await?.0;
    let mut watched = tokio::task::JoinSet::new();
    for server in servers {
        for (what, path) in pages.clone() {
            let (server, slug) = (*server, slug.clone());
            watched.spawn(async move {
                Ok::<_, anyhow::Error>((what, watch(server, &path, &slug, sequence, committed).await?))
            });
        }
    }
    let mut seen: Vec<Seen> = Vec::new();
    while let Some(one) = watched.join_next().await {
        let (what, after) = one??;
        match seen.iter_mut().find(|seen| seen.what == what) {
            Some(seen) => seen.after = seen.after.zip(after).map(|(a, b)| a.max(b)),
            None => seen.push(Seen { what, after }),
        }
    }
    Ok(seen)
}

/// Which surfaces there are.
#[derive(Debug, Clone, Copy)]
pub struct Surfaces {
    /// Whether there are feeds.
    pub feeds: bool,
    /// Whether there is a search.
    pub search: bool,
}

impl Surfaces {
    fn pages(self, corpus: &Corpus, today: NaiveDate, slug: &str, word: &str) -> Vec<(&'static str, String)> {
        let lang = Lang::Fr;
        let code = &corpus.institutions()[INSTITUTION].code;
        let topic = &corpus.topics()[TOPIC].0;
        let mut pages = vec![
            ("its page", paths::release(lang, today, slug)),
            ("front page", paths::home(lang)),
            ("lists", paths::releases(lang, "")),
            ("lists", paths::releases(lang, "family=institutions")),
            ("lists", paths::releases(lang, &format!("institution={code}"))),
            ("lists", paths::releases(lang, &format!("topic={topic}"))),
            ("lists", paths::institution(lang, code)),
        ];
        if self.feeds {
            pages.push(("feed", paths::feed(lang, "atom", "")));
            pages.push(("feed", paths::feed(lang, "atom", &format!("topic={topic}"))));
        }
        if self.search {
            pages.push(("search", paths::search(lang, &format!("q={}", encoded(word)))));
        }
        pages
    }
}

/// The issuer's place in the corpus: a federal institution, which asks for no second person.
const INSTITUTION: usize = 30;
/// The topic's.
const TOPIC: usize = 3;

async fn author(conn: &mut AsyncPgConnection, corpus: &Corpus) -> anyhow::Result<(Person, InstitutionId, TopicId)> {
    const EMAIL: &str = "bench@institution.example";
    let code = &corpus.institutions()[INSTITUTION].code;
    let institution = directory::query::institution_by_code(conn, code).await?.context("the corpus' institution")?.id;
    let topic = directory::query::topic_by_code(conn, &corpus.topics()[TOPIC].0).await?.context("its topic")?.id;
    let there = communique::account::query::by_email(conn, EMAIL).await?;
    let person = match there {
        Some((person, _)) => person,
        None => {
            let new = NewAccount {
                email: EMAIL.into(),
                name: "Bench".into(),
                role: Role::Publisher,
                institution_id: Some(institution),
                password: None,
            };
            creation::create(conn, Actor::Job("bench"), new).await?
        }
    };
    Ok((person, institution, topic))
}

/// A word that no text has: `q` stands before `x` in none of our languages.
fn unheard_of(number: u64) -> String {
    let letters = std::iter::successors(Some(number + 26), |rest| (*rest >= 26).then_some(rest / 26))
        .map(|rest| char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
    std::iter::once('q').chain(std::iter::once('x')).chain(letters).collect()
}

async fn watch(
    server: SocketAddr,
    path: &str,
    slug: &str,
    sequence: i64,
    committed: Instant,
) -> anyhow::Result<Option<Duration>> {
    let mut connection = Connection::open(server).await?;
    while committed.elapsed() < PATIENCE {
        let answer = connection.get(path).await?;
        let there = answer.status == 200 && answer.text()?.contains(slug);
        if there {
            return Ok(Some(committed.elapsed()));
        }
        let says: Option<i64> = answer.header(SEQUENCE).and_then(|says| says.parse().ok());
        ensure!(
            answer.status != 200 || says.is_none_or(|says| says < sequence),
            "{path} says that it is made at {says:?} and does not show what {sequence} published"
        );
        tokio::time::sleep(PERIOD).await;
    }
    Ok(None)
}
