//! The search index follows what is public, and is right again whatever happened to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use communique::account::Role;
use communique::change;
use communique::directory::Family;
use communique::ids::{InstitutionId, ReleaseId, TopicId};
use communique::kit::clock::{Month, Year};
use communique::kit::lang::{Lang, Texts};
use communique::release::listing::{self, Shelf};
use communique::release::model::Kind;
use communique::release::public::{self, Selection};
use communique::release::{correction, drafting, withdrawal};
use communique::search::index::{Found, Index, Order, Query, Start};
use communique::search::{Understood, Words};
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::support::{TestSite, content};

/// How long an index may take for what takes a moment.
const PATIENCE: Duration = Duration::from_secs(20);

fn words(typed: &str) -> Understood {
    Words::read(typed).map(|words| words.understood()).unwrap_or_default()
}

fn query(typed: &str) -> Query {
    Query { words: words(typed), size: 100, facets: true, ..Query::default() }
}

/// What an index finds once it knows of all that is committed.
async fn found_in(site: &TestSite, index: &Index, query: Query) -> Found {
    let last = change::last(&mut site.conn().await).await.unwrap();
    assert!(index.wait_for(last, PATIENCE).await, "{last:?} is not reached: {index:?}");
    index.find(query).await.unwrap()
}

async fn ids(site: &TestSite, typed: &str) -> Vec<ReleaseId> {
    found_in(site, &site.index, query(typed)).await.hits.into_iter().map(|hit| hit.release_id).collect()
}

/// An index beside the site's own, as another process would keep it.
struct Kept {
    index: Index,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Kept {
    fn start(site: &TestSite, data: &Path) -> Self {
        let (stop, stopped) = watch::channel(false);
        let index = Index::new(data);
        let task = tokio::spawn(index.clone().keep(site.ctx.clone(), stopped));
        Self { index, stop, task }
    }

    async fn stop(self) {
        self.stop.send(true).unwrap();
        self.task.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_index_holds_what_is_public_and_nothing_else() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let both = [(Lang::Fr, "Décrets sur l’eau potable"), (Lang::Nl, "Maatregelen voor drinkwater")];
    let water = site.publish_about("water-agency", &both, &["water"]).await;
    site.advance_to("2026-03-07T09:00:00Z").await;
    let rail = site.publish("rail-agency", &[(Lang::Fr, "Trains: nouvelles mesures")]).await;
    site.draft("water-agency", &[(Lang::Fr, "Brouillon secret sur l’eau")], &[]).await;
    let (_, planned) = site.draft("rail-agency", &[(Lang::Fr, "Planifié: eau et rail")], &[]).await;
    let publisher = site.person(Role::Publisher, Some("rail-agency")).await;
    {
        let mut conn = site.conn().await;
        drafting::submit(&mut conn, &publisher, planned).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, planned).await.unwrap();
        let at = "2026-03-20T09:00:00Z".parse().unwrap();
        drafting::schedule(&mut conn, &publisher, planned, at).await.unwrap();
    }
    for (typed, expected) in [
        ("", vec![rail, water]),
        ("décret", vec![water]),
        ("DECRETS", vec![water]),
        ("l'eau", vec![water]),
        ("maatregel", vec![water]),
        ("\"sur l’eau potable\"", vec![water]),
        ("\"potable eau\"", vec![]),
        ("decrets maatregel", vec![]),
        ("lead -trains", vec![water]),
        ("-trains", vec![water]),
        ("potab", vec![water]),
        ("2026-0001", vec![water]),
        ("secret", vec![]),
        ("planifié", vec![]),
        ("?! …", vec![rail, water]),
    ] {
        assert_eq!(ids(&site, typed).await, expected, "{typed}");
    }
    assert_eq!(site.index.suggest("plan", Lang::Fr, 5).await.unwrap(), [""; 0]);
    assert_eq!(site.index.suggest("dé", Lang::Fr, 5).await.unwrap(), ["Décrets"]);
    assert_eq!(site.index.near("potible", Lang::Fr).await.unwrap(), Some("potable".into()));
    assert_eq!(site.index.near("drinkwatr", Lang::Fr).await.unwrap(), Some("drinkwater".into()));
    for (word, why) in [("potable", "there"), ("brouilon", "not public"), ("planifie", "not public"), ("2027", "no word")] {
        assert_eq!(site.index.near(word, Lang::Fr).await.unwrap(), None, "{word}: {why}");
    }

    // A minor correction replaces the words, a later language brings its own.
    let of_water = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    let topics = vec![site.topic("water").await];
    let revised = [(Lang::Fr, "Arrêtés sur l’eau potable"), both[1], (Lang::De, "Gesetzesvorentwürfe zum Trinkwasser")];
    let revised = communique::release::model::Content { topics, ..content(&revised) };
    correction::revise_public(&mut conn, &of_water, water, revised).await.unwrap();
    for (typed, expected) in [("décret", vec![]), ("arrêté", vec![water]), ("Gesetzesvorentwurf", vec![water])] {
        assert_eq!(ids(&site, typed).await, expected, "{typed}");
    }
    assert_eq!(site.index.suggest("dé", Lang::Fr, 5).await.unwrap(), [""; 0], "no document has it any more");

    // Withdrawn: found. Unpublished: gone from hits, counts, suggestions.
    let reason = Texts::one(Lang::Fr, "Erreur");
    withdrawal::withdraw(&mut conn, &of_water, water, &reason).await.unwrap();
    assert_eq!(ids(&site, "arrêté").await, [water]);
    withdrawal::restore(&mut conn, &of_water, water).await.unwrap();
    withdrawal::unpublish(&mut conn, &of_water, water, &reason, None).await.unwrap();
    let all = found_in(&site, &site.index, query("")).await;
    assert_eq!(all.hits.iter().map(|hit| hit.release_id).collect::<Vec<_>>(), [rail]);
    assert_eq!((all.total, all.facets.topics.len(), all.facets.institutions.len()), (1, 0, 1));
    assert_eq!(all.facets.languages, [(Lang::Fr, 1)]);
    assert_eq!(site.index.suggest("trink", Lang::De, 5).await.unwrap(), [""; 0]);
    assert_eq!(site.index.near("trinkwaser", Lang::De).await.unwrap(), None);
    withdrawal::restore(&mut conn, &of_water, water).await.unwrap();
    assert_eq!(ids(&site, "Trinkwasser").await, [water]);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_with_one_folder_one_writes_and_the_other_takes_over() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Un")]).await;
    assert_eq!(found_in(&site, &site.index, query("")).await.total, 1);
    let data = site.ctx.settings.data_dir.clone();
    let (one, two) = (Kept::start(&site, &data), Kept::start(&site, &data));
    assert_eq!(found_in(&site, &two.index, query("un")).await.total, 1);
    let other = site.sharing_folder().await;
    site.publish("water-agency", &[(Lang::Fr, "Deux")]).await;
    for index in [&site.index, &one.index, &two.index, &other.index] {
        assert_eq!(found_in(&site, index, query("deux")).await.total, 1);
    }
    // The writer goes: another is the writer within a second, and what was written goes on.
    site.end_following();
    one.stop().await;
    let begun = Instant::now();
    site.publish("water-agency", &[(Lang::Fr, "Trois")]).await;
    assert_eq!(found_in(&site, &two.index, query("trois")).await.total, 1);
    assert_eq!(found_in(&site, &other.index, query("")).await.total, 3);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    two.stop().await;
    site.publish("water-agency", &[(Lang::Fr, "Quatre")]).await;
    assert_eq!(found_in(&site, &other.index, query("quatre")).await.total, 1);
}

/// The folder of the index that is read.
fn current(data: &Path) -> PathBuf {
    let own = data.join("search").join(communique::search::index::FORMAT.to_string());
    let name = std::fs::read_to_string(own.join("current")).unwrap();
    own.join(name)
}

/// The largest file of an index with that ending.
fn file_of(index: &Path, ending: &str) -> PathBuf {
    let mut files: Vec<_> = std::fs::read_dir(index)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|own| own == ending))
        .collect();
    files.sort_by_key(|path| std::fs::metadata(path).unwrap().len());
    files.pop().unwrap_or_else(|| panic!("no .{ending} in {index:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_it_it_is_built_anew() {
    type Harm = fn(&Path);
    let harms: [(&str, Harm); 9] = [
        ("untouched", |_| {}),
        ("removed", |data| std::fs::remove_dir_all(data.join("search")).unwrap()),
        ("no longer named", |data| {
            std::fs::remove_file(current(data).parent().unwrap().join("current")).unwrap();
        }),
        ("named wrongly", |data| {
            std::fs::write(current(data).parent().unwrap().join("current"), "0123456789abcdef").unwrap();
        }),
        ("cut short", |data| {
            let path = file_of(&current(data), "idx");
            let length = std::fs::metadata(&path).unwrap().len();
            std::fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
        }),
        ("a bit turned", |data| {
            let path = file_of(&current(data), "term");
            let mut bytes = std::fs::read(&path).unwrap();
            bytes[20] ^= 4;
            std::fs::write(path, bytes).unwrap();
        }),
        ("a file missing", |data| std::fs::remove_file(file_of(&current(data), "fast")).unwrap()),
        ("half a commit", |data| {
            let path = current(data).join("meta.json");
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(path, &text[..text.len() / 2]).unwrap();
        }),
        ("of an older format", |data| {
            let search = data.join("search");
            std::fs::rename(search.join(communique::search::index::FORMAT.to_string()), search.join("0")).unwrap();
        }),
    ];
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let data = tempfile::tempdir().unwrap();
    let mut expected = 0;
    for (what, harm) in harms {
        // Some of it before, some while nobody keeps it.
        for title in ["Avant", "Pendant"] {
            let kept = Kept::start(&site, data.path());
            expected += 1;
            site.publish("water-agency", &[(Lang::Fr, title)]).await;
            assert_eq!(found_in(&site, &kept.index, query("")).await.total, expected, "{what}");
            kept.stop().await;
        }
        harm(data.path());
        expected += 1;
        site.publish("water-agency", &[(Lang::Fr, "Après")]).await;
        let kept = Kept::start(&site, data.path());
        let found = found_in(&site, &kept.index, query("après")).await;
        assert_eq!(found_in(&site, &kept.index, query("")).await.total, expected, "{what}");
        assert_eq!(found.total * 3, expected, "{what}");
        kept.stop().await;
        assert!(!data.path().join("search/0").exists(), "{what}");
        let folders = std::fs::read_dir(current(data.path()).parent().unwrap()).unwrap();
        let folders = folders.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
        assert_eq!(folders, 1, "{what}: nothing is left behind");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_of_another_database_is_none() {
    let (ahead, behind) = (TestSite::at("2026-03-06T09:00:00Z").await, TestSite::at("2026-03-07T10:00:00Z").await);
    for title in ["Secret un", "Secret deux", "Secret trois"] {
        ahead.publish("water-agency", &[(Lang::Fr, title)]).await;
    }
    let data = tempfile::tempdir().unwrap();
    let kept = Kept::start(&ahead, data.path());
    assert_eq!(found_in(&ahead, &kept.index, query("secret")).await.total, 3);
    kept.stop().await;
    behind.publish("rail-agency", &[(Lang::Fr, "Public")]).await;
    let kept = Kept::start(&behind, data.path());
    assert_eq!(found_in(&behind, &kept.index, query("secret")).await.total, 0, "ahead");
    assert_eq!(found_in(&behind, &kept.index, query("")).await.total, 1);
    kept.stop().await;
    // And when the other has overtaken it.
    for _ in 0..5 {
        ahead.publish("water-agency", &[(Lang::Fr, "Autre")]).await;
    }
    let kept = Kept::start(&ahead, data.path());
    assert_eq!(found_in(&ahead, &kept.index, query("public")).await.total, 0, "of another log");
    assert_eq!(found_in(&ahead, &kept.index, query("")).await.total, 8);
    kept.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_removed_under_a_writer_comes_back() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Un")]).await;
    assert_eq!(found_in(&site, &site.index, query("")).await.total, 1);
    std::fs::remove_dir_all(site.ctx.settings.data_dir.join("search")).unwrap();
    site.publish("water-agency", &[(Lang::Fr, "Deux")]).await;
    assert_eq!(found_in(&site, &site.index, query("")).await.total, 2);
    assert!(current(&site.ctx.settings.data_dir).join("meta.json").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn ended_at_any_moment_it_goes_on() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let data = tempfile::tempdir().unwrap();
    for round in 0..12_u64 {
        let kept = Kept::start(&site, data.path());
        for _ in 0..3 {
            site.publish("water-agency", &[(Lang::Fr, "Encore")]).await;
        }
        // Dropped wherever it stands, with what it holds: no step of its own runs any more.
        tokio::time::sleep(Duration::from_millis(round * 9)).await;
        kept.task.abort();
        let _ = kept.task.await;
    }
    let kept = Kept::start(&site, data.path());
    assert_eq!(found_in(&site, &kept.index, query("encore")).await.total, 36);
    kept.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn odd_questions_cost_little_and_break_nothing() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Une eau")]).await;
    let mut odd: Vec<String> = vec![
        "\"".into(),
        "-".into(),
        "- - -".into(),
        "\"\" \"eau".into(),
        "* eau*".into(),
        "\u{301}\u{301}".into(),
        "𝕎 中文 ﷺ".into(),
        "\0".into(),
        "a".repeat(1_000_000),
        "eau ".repeat(500),
        "\"a b c d e f g h i j k l m n o p q r s t u v w x y z\"".into(),
        "l' d' qu'".into(),
    ];
    odd.push(format!("-{}", "é".repeat(400)));
    for typed in odd {
        for order in [Order::Newest, Order::Best] {
            let found = found_in(&site, &site.index, Query { order, ..query(&typed) }).await;
            assert!(found.total <= 1);
        }
        let start: String = typed.chars().take(100).collect();
        site.index.suggest(&start, Lang::Fr, 10).await.unwrap();
        site.index.near(&start, Lang::Fr).await.unwrap();
    }
    for size in [0, 1, usize::MAX] {
        assert_eq!(found_in(&site, &site.index, Query { size, ..query("") }).await.total, 1);
    }
}
