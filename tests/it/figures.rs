//! What must be fast at the desk, measured: not part of the suite, for a busy machine would make liars of the figures.
//!
//! `cargo test --test it figures:: -- --ignored --nocapture --test-threads 1`

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use communique::account::Role;
use communique::kit::clock;
use communique::kit::lang::Lang;
use communique::release::drafting;
use communique::release::model::{Content, LanguageVersion, NewRelease};
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use serde_json::json;

use crate::media;
use crate::support::{TestSite, content};

const AT: &str = "2026-11-20T12:00:00Z";

/// The value that so many of a hundred are below.
fn percentile(times: &mut [Duration], of_hundred: usize) -> Duration {
    times.sort();
    times[(times.len() * of_hundred / 100).min(times.len() - 1)]
}

/// A text of some 6,000 words: longer than any that a newsroom sends.
fn long(lang: Lang) -> LanguageVersion {
    let paragraph = "Le conseil a pris connaissance du rapport sur l’état des ouvrages d’art, **pont par pont**, et décidé \
                     d’un [calendrier](https://example.org/) des travaux qui tient compte de la navigation. ";
    let body = (0..60).map(|n| format!("## Partie {n}\n\n{}\n\n", paragraph.repeat(4))).collect();
    LanguageVersion { title: format!("Un long texte ({lang})"), lead: paragraph.trim().to_owned(), body }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures"]
async fn a_long_release_opens_and_is_saved_while_one_types() {
    let site = TestSite::at(AT).await;
    site.draft("water-agency", &[(Lang::Fr, "Court")], &[]).await;
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    let lead = site.institution("water-agency", communique::directory::Family::Institutions).await;
    let versions = Lang::ALL.map(|lang| (lang, long(lang))).into_iter().collect();
    let new = NewRelease { issuers: vec![lead], content: Content { versions, ..content(&[]) } };
    let draft = drafting::begin(&mut *site.conn().await, &author, new).await.unwrap();
    let browser = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let pictures: Vec<(String, Vec<u8>)> = (0..20).map(|n| (format!("{n}.jpg"), media::jpeg(320, 200, n))).collect();
    let files: Vec<(&str, &[u8])> = pictures.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    media::illustrate(&site, &browser, draft, &files).await;
    let editor = format!("/desk/releases/{}/editor", draft.0);
    browser.get(&editor).await;
    let mut opened = Vec::new();
    for _ in 0..50 {
        let begun = Instant::now();
        let page = browser.get(&editor).await;
        opened.push(begun.elapsed());
        assert!(page.status == 200 && page.body.contains("Partie 59"));
    }
    let mut saved = Vec::new();
    let mut text = long(Lang::Fr).body;
    for version in 0..200 {
        text.push_str("mot ");
        let changes = json!([{ "field": "body.fr", "over": version, "form": [["body.fr", text]] }]);
        let body = json!({ "form_token": browser.form_token(), "changes": changes, "at": "body.fr" });
        let request = site.http.post(format!("{}/desk/releases/{}/draft", site.base, draft.0)).json(&body);
        let begun = Instant::now();
        let answer = browser.send(request).await;
        saved.push(begun.elapsed());
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
    let opened = (percentile(&mut opened, 50), percentile(&mut opened, 95));
    let saved = (percentile(&mut saved, 50), percentile(&mut saved, 95));
    println!("editor of four languages, 6,000 words each, 20 pictures: p50 {:?}, p95 {:?}", opened.0, opened.1);
    println!("autosave of one text of 35 kB, round trip: p50 {:?}, p95 {:?}", saved.0, saved.1);
    assert!(opened.0 < Duration::from_millis(50) && saved.1 < Duration::from_millis(20));
}

/// A worker of its own process, killed when it goes.
struct Worker(Child);

impl Worker {
    fn start(url: &str, folder: &std::path::Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_communique"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("COMMUNIQUE_") || name == "DATABASE_URL")
        {
            command.env_remove(name);
        }
        let outbox = format!("file://{}", folder.join("outbox").display());
        command.current_dir(folder).arg("work").env("DATABASE_URL", url).env("COMMUNIQUE_DATA_DIR", folder);
        command.env("COMMUNIQUE_SMTP_URL", outbox).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(command.spawn().unwrap())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // SIGKILL: it has no time to put anything in order.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures"]
async fn what_is_due_is_public_within_a_second_though_the_worker_was_killed() {
    let site = TestSite::at(AT).await;
    let (_, edition) = site.draft("water-agency", &[(Lang::Fr, "Le pont rouvre")], &[]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let folder = tempfile::tempdir().unwrap();
    let url = site.ctx.db.url().to_owned();
    let mut conn = site.conn().await;
    let begun = site.now().await;
    clock::run_from(&mut conn, begun).await.unwrap();
    let due = clock::now(&mut conn).await.unwrap() + chrono::Duration::seconds(6);
    drafting::submit(&mut conn, &publisher, edition).await.unwrap();
    drafting::make_ready(&mut conn, &publisher, edition).await.unwrap();
    drafting::schedule(&mut conn, &publisher, edition, due).await.unwrap();
    let first = Worker::start(&url, folder.path());
    let until = async |conn: &mut communique::kit::db::Lent, before: chrono::Duration| {
        while clock::now(conn).await.unwrap() < due - before {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    // Killed while it sleeps toward the instant; another begins at once, and the instant comes while it starts.
    until(&mut conn, chrono::Duration::milliseconds(150)).await;
    drop(first);
    let _second = Worker::start(&url, folder.path());
    let public = loop {
        let is_public: bool = diesel::dsl::sql::<Bool>("SELECT EXISTS (SELECT FROM public_releases)")
            .get_result(&mut conn)
            .await
            .unwrap();
        let now = clock::now(&mut conn).await.unwrap();
        assert!(now - due < chrono::Duration::seconds(10), "never");
        if is_public {
            break now;
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    };
    println!(
        "public {} ms after its instant, the worker killed 150 ms before it and started again",
        (public - due).num_milliseconds()
    );
    assert!(public >= due && public - due < chrono::Duration::seconds(1));
}
