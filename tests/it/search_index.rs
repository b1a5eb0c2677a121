//! The search index follows what is public, and is right again whatever happened to it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chrono::{DateTime, Datelike, Utc};
use communique::account::Role;
use communique::change::{self, Change};
use communique::directory::Family;
use communique::ids::{EditionId, InstitutionId, MandateId, MeetingId, ReleaseId, TopicId};
use communique::kit::clock::{Month, Year};
use communique::kit::lang::{Lang, Texts};
use communique::release::decision::Instrument;
use communique::release::listing;
use communique::release::model::Kind;
use communique::release::public::{self, Selection};
use communique::release::{correction, drafting, withdrawal};
use communique::search::index::{Facets, Found, Index, Key, Order, Query, Start};
use communique::search::{Term, Understood, Words};
use diesel::sql_types::{Array, BigInt, Text, Timestamptz};
use diesel_async::{AsyncConnection, RunQueryDsl};
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
    let last = change::last(&mut *site.conn().await).await.unwrap();
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
    assert_eq!(site.index.near("drinkwatr", Lang::Nl).await.unwrap(), Some("drinkwater".into()));
    assert_eq!(site.index.near("drinkwatr", Lang::Fr).await.unwrap(), None, "no word of that language");
    for (word, why) in
        [("potable", "there"), ("brouilon", "not public"), ("planifie", "not public"), ("2027", "no word")]
    {
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

/// A release of a generated corpus.
#[derive(Clone)]
struct Made {
    id: ReleaseId,
    at: DateTime<Utc>,
    kind: Kind,
    institutions: Vec<usize>,
    topics: Vec<usize>,
    mandates: Vec<usize>,
    /// Their places in `Instrument::ALL`.
    instruments: Vec<usize>,
    meeting: Option<usize>,
    texts: BTreeMap<Lang, Vec<String>>,
}

/// How many of its words are the title.
const TITLE_WORDS: usize = 8;

/// What a generated corpus is about.
struct Cast {
    institutions: Vec<(InstitutionId, Family)>,
    topics: Vec<TopicId>,
    mandates: Vec<MandateId>,
    meetings: Vec<MeetingId>,
}

/// Numbers that look random and are the same each time (xorshift64*).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let mixed = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D);
        usize::try_from((u128::from(mixed) * limit as u128) >> 64).unwrap()
    }

    /// Of the first words many, of the last few: the frequency of a word falls with its rank, as in texts.
    fn rank(&mut self, limit: usize) -> usize {
        let share = self.below(1 << 30) as f64 / f64::from(1 << 30);
        ((limit as f64).powf(share) - 1.0) as usize
    }

    fn some(&mut self, limit: usize, most: usize) -> Vec<usize> {
        let count = self.below(most + 1);
        (0..count).map(|_| self.below(limit)).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

async fn cast(site: &TestSite, institutions: usize, topics: usize) -> Cast {
    let mut cast = Cast { institutions: Vec::new(), topics: Vec::new(), mandates: Vec::new(), meetings: Vec::new() };
    for number in 0..institutions {
        let family = Family::ALL[number % 3];
        cast.institutions.push((site.institution(&format!("agency-{number}"), family).await, family));
    }
    for number in 0..topics {
        cast.topics.push(site.topic(&format!("topic-{number}")).await);
    }
    for number in 0..5 {
        cast.mandates.push(site.mandate(&format!("mandate-{number}")).await);
        cast.meetings.push(site.meeting(&format!("2026-01-0{}", number + 1), None).await);
    }
    cast
}

/// Puts releases into the database as an archive would, in one transaction, without the steps that a person takes.
async fn put(site: &TestSite, cast: &Cast, made: &[Made]) {
    let mut conn = site.conn().await;
    conn.transaction(async |conn| {
        let ids: Vec<i64> = made.iter().map(|it| it.id.0).collect();
        let at: Vec<DateTime<Utc>> = made.iter().map(|it| it.at).collect();
        let kinds: Vec<&str> = made.iter().map(|it| it.kind.as_str()).collect();
        for (statement, second) in [
            (
                "INSERT INTO releases (id, kind, origin, public_state, first_published_at, first_published_on,
                                       public_edition_id, public_revision_id)
                 OVERRIDING SYSTEM VALUE
                 SELECT id, kind, 'archive', 'public', at, (at AT TIME ZONE 'Europe/Brussels')::date, id, id
                 FROM unnest($1::bigint[], $2::timestamptz[], $3::text[]) AS m (id, at, kind)",
                &kinds,
            ),
            (
                "INSERT INTO editions (id, release_id, number, state, head_revision_id)
                 OVERRIDING SYSTEM VALUE SELECT id, id, 1, 'ready', id
                 FROM unnest($1::bigint[], $2::timestamptz[], $3::text[]) AS m (id, at, kind)",
                &kinds,
            ),
            (
                "INSERT INTO revisions (id, edition_id, number) OVERRIDING SYSTEM VALUE SELECT id, id, 1
                 FROM unnest($1::bigint[], $2::timestamptz[], $3::text[]) AS m (id, at, kind)",
                &kinds,
            ),
        ] {
            diesel::sql_query(statement)
                .bind::<Array<BigInt>, _>(&ids)
                .bind::<Array<Timestamptz>, _>(&at)
                .bind::<Array<Text>, _>(second)
                .execute(conn)
                .await?;
        }
        let texts: Vec<(i64, &str, String, String)> = made
            .iter()
            .flat_map(|it| {
                it.texts.iter().map(|(lang, words)| {
                    let (title, body) = words.split_at(TITLE_WORDS);
                    (it.id.0, lang.code(), title.join(" "), body.join(" "))
                })
            })
            .collect();
        diesel::sql_query(
            "INSERT INTO language_versions (revision_id, lang, title, body)
             SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[])",
        )
        .bind::<Array<BigInt>, _>(texts.iter().map(|text| text.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(texts.iter().map(|text| text.1).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(texts.iter().map(|text| text.2.as_str()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(texts.iter().map(|text| text.3.as_str()).collect::<Vec<_>>())
        .execute(conn)
        .await?;
        diesel::sql_query(
            "INSERT INTO addresses (lang, published_on, slug, release_id)
             SELECT v.lang, r.first_published_on, 'r' || r.id, r.id
             FROM releases r JOIN language_versions v ON v.revision_id = r.public_revision_id WHERE r.id = ANY($1)",
        )
        .bind::<Array<BigInt>, _>(&ids)
        .execute(conn)
        .await?;
        for (statement, pairs) in [
            (
                "INSERT INTO issuers (release_id, position, institution_id) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])",
                made.iter()
                    .flat_map(|it| it.institutions.iter().map(|which| (it.id.0, cast.institutions[*which].0.0)))
                    .collect::<Vec<_>>(),
            ),
            (
                "INSERT INTO revision_topics (revision_id, position, topic_id) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])",
                made.iter()
                    .flat_map(|it| it.topics.iter().map(|which| (it.id.0, cast.topics[*which].0)))
                    .collect::<Vec<_>>(),
            ),
            (
                "INSERT INTO edition_mandates (edition_id, position, mandate_id) SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[])",
                made.iter()
                    .flat_map(|it| it.mandates.iter().map(|which| (it.id.0, cast.mandates[*which].0)))
                    .collect::<Vec<_>>(),
            ),
            (
                "INSERT INTO edition_instruments (edition_id, position, instrument)
                 SELECT id, place, (ARRAY['preliminary_draft_law', 'draft_law', 'draft_royal_decree', 'royal_decree'])[which + 1]
                 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS m (id, place, which)",
                made.iter()
                    .flat_map(|it| it.instruments.iter().map(|which| (it.id.0, *which as i64)))
                    .collect::<Vec<_>>(),
            ),
            (
                // What a published edition is in law, and who proposed it, stays.
                "UPDATE editions e SET state = 'published', published_at = r.first_published_at
                 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS m (id, place, which) JOIN releases r ON r.id = m.id
                 WHERE e.id = m.id",
                made.iter().map(|it| (it.id.0, 0)).collect::<Vec<_>>(),
            ),
            (
                "INSERT INTO decisions (release_id, meeting_id, position)
                 SELECT id, meeting, id + place FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS m (id, place, meeting)",
                made.iter()
                    .flat_map(|it| it.meeting.map(|which| (it.id.0, cast.meetings[which].0)))
                    .collect::<Vec<_>>(),
            ),
        ] {
            let mut of = BTreeMap::new();
            let places: Vec<i64> = pairs.iter().map(|(id, _)| {
                let place = of.entry(*id).or_insert(0);
                *place += 1;
                *place - 1
            }).collect();
            diesel::sql_query(statement)
                .bind::<Array<BigInt>, _>(pairs.iter().map(|pair| pair.0).collect::<Vec<_>>())
                .bind::<Array<BigInt>, _>(places)
                .bind::<Array<BigInt>, _>(pairs.iter().map(|pair| pair.1).collect::<Vec<_>>())
                .execute(conn)
                .await?;
        }
        let ids: Vec<ReleaseId> = made.iter().map(|it| it.id).collect();
        listing::shelve_within(conn, &ids).await?;
        let changes = made.iter().map(|it| {
            let languages = it.texts.keys().copied().collect();
            Change::of_release(change::Kind::FromArchive, it.id, Some(EditionId(it.id.0)), languages, vec!["list".into()])
        });
        change::append(conn, changes).await
    })
    .await
    .unwrap();
}

/// What a query must find, the slow way; in no order, with the facets.
fn expected(cast: &Cast, made: &[Made], query: &Query) -> (BTreeSet<ReleaseId>, Facets) {
    let holds = |it: &Made, lang: Lang, term: &Term| match term {
        Term::Word(word) => it.texts[&lang].contains(word),
        Term::Prefix(word) => it.texts[&lang].iter().any(|own| own.starts_with(word.as_str())),
        // A title and a text are two: no phrase reaches from one into the other.
        Term::Phrase(words) => {
            let (title, body) = it.texts[&lang].split_at(TITLE_WORDS);
            title.windows(words.len()).chain(body.windows(words.len())).any(|own| own == words)
        }
    };
    let families = |it: &Made| -> BTreeSet<_> {
        it.institutions.iter().map(|which| cast.institutions[*which].1.as_str()).collect()
    };
    let institutions =
        |it: &Made| -> Vec<_> { it.institutions.iter().map(|which| cast.institutions[*which].0).collect() };
    let topics = |it: &Made| -> Vec<_> { it.topics.iter().map(|which| cast.topics[*which]).collect() };
    let mut hits = BTreeSet::new();
    let mandates = |it: &Made| -> Vec<_> { it.mandates.iter().map(|which| cast.mandates[*which]).collect() };
    let meetings = |it: &Made| -> Vec<_> { it.meeting.iter().map(|which| cast.meetings[*which]).collect() };
    let mut counts: [BTreeMap<i64, u64>; 10] = Default::default();
    for it in made {
        let worded = query.words.wanted.is_empty()
            || it.texts.keys().any(|lang| query.words.wanted.iter().all(|term| holds(it, *lang, term)));
        let kept_away = it.texts.keys().any(|lang| query.words.unwanted.iter().any(|term| holds(it, *lang, term)));
        if !worded || kept_away {
            continue;
        }
        let failed = [
            query.family.is_some_and(|family| !families(it).contains(family.as_str())),
            query.institution.is_some_and(|id| !institutions(it).contains(&id)),
            query.topic.is_some_and(|id| !topics(it).contains(&id)),
            query.language.is_some_and(|lang| !it.texts.contains_key(&lang)),
            query.kind.is_some_and(|kind| kind != it.kind),
            query.period.is_some_and(|(from, until)| it.at < from || it.at >= until),
            query.mandate.is_some_and(|id| !mandates(it).contains(&id)),
            query.meeting.is_some_and(|id| !meetings(it).contains(&id)),
            query.instrument.is_some_and(|one| it.instruments.iter().all(|which| Instrument::ALL[*which] != one)),
        ];
        let fails_but = |own: usize| failed.iter().enumerate().any(|(which, failed)| *failed && which != own);
        if !failed.contains(&true) {
            hits.insert(it.id);
        }
        let local = it.at.with_timezone(&chrono_tz::Europe::Brussels);
        let values: [(usize, Vec<i64>); 10] = [
            (
                0,
                Family::ALL
                    .iter()
                    .enumerate()
                    .filter(|(_, family)| families(it).contains(family.as_str()))
                    .map(|(place, _)| place as i64)
                    .collect(),
            ),
            (1, institutions(it).iter().map(|id| id.0).collect()),
            (2, topics(it).iter().map(|id| id.0).collect()),
            (3, it.texts.keys().map(|lang| *lang as i64).collect()),
            (4, vec![i64::from(it.kind == Kind::Decision)]),
            (5, vec![i64::from(local.year())]),
            (5, vec![i64::from(local.year()) * 12 + i64::from(local.month0())]),
            (6, mandates(it).iter().map(|id| id.0).collect()),
            (7, meetings(it).iter().map(|id| id.0).collect()),
            (8, it.instruments.iter().map(|which| *which as i64).collect()),
        ];
        for ((own, values), counts) in values.into_iter().zip(&mut counts) {
            if !fails_but(own) {
                for value in values {
                    *counts.entry(value).or_default() += 1;
                }
            }
        }
    }
    let [
        of_family,
        of_institution,
        of_topic,
        of_lang,
        of_kind,
        of_year,
        of_month,
        of_mandate,
        of_meeting,
        of_instrument,
    ] = counts;
    let year = |number: i64| Year::parse(&number.to_string()).unwrap();
    let month = |number: i64| Month::parse(&format!("{}-{:02}", number / 12, number % 12 + 1)).unwrap();
    let facets = Facets {
        families: of_family.into_iter().map(|(value, count)| (Family::ALL[value as usize], count)).collect(),
        institutions: of_institution.into_iter().map(|(value, count)| (InstitutionId(value), count)).collect(),
        topics: of_topic.into_iter().map(|(value, count)| (TopicId(value), count)).collect(),
        mandates: of_mandate.into_iter().map(|(value, count)| (MandateId(value), count)).collect(),
        meetings: of_meeting.into_iter().map(|(value, count)| (MeetingId(value), count)).collect(),
        instruments: of_instrument.into_iter().map(|(value, count)| (Instrument::ALL[value as usize], count)).collect(),
        languages: of_lang.into_iter().map(|(value, count)| (Lang::ALL[value as usize], count)).collect(),
        kinds: of_kind
            .into_iter()
            .map(|(value, count)| ([Kind::Release, Kind::Decision][value as usize], count))
            .collect(),
        years: of_year.into_iter().rev().map(|(value, count)| (year(value), count)).collect(),
        months: of_month.into_iter().rev().map(|(value, count)| (month(value), count)).collect(),
    };
    (hits, facets)
}

/// All hits, by pages of `size` in one direction.
async fn walked(site: &TestSite, query: &Query, size: usize, from_the_end: bool) -> Vec<ReleaseId> {
    let mut all: Vec<ReleaseId> = Vec::new();
    // Before the smallest key there is: the last page.
    let least = Key::parse("-99999999999-0").unwrap();
    let mut start = if from_the_end { Start::Before(least) } else { Start::First };
    loop {
        let found = found_in(site, &site.index, Query { start, size, facets: false, ..query.clone() }).await;
        let page: Vec<ReleaseId> = found.hits.iter().map(|hit| hit.release_id).collect();
        let (before, more) = if from_the_end {
            (found.total - all.len() as u64 - page.len() as u64, found.has_before())
        } else {
            (all.len() as u64, found.has_after())
        };
        if !page.is_empty() {
            assert_eq!(found.before, before, "{start:?}");
        }
        if from_the_end {
            all.splice(0..0, page);
        } else {
            all.extend(page);
        }
        if !more {
            return all;
        }
        start = match from_the_end {
            true => Start::Before(found.hits[0].key),
            false => Start::After(Key::parse(&found.hits.last().unwrap().key.to_string()).unwrap()),
        };
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn counts_and_pages_are_those_of_counting_by_hand() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let cast = cast(&site, 9, 6).await;
    let mut chance = Chance(0x00C0_FFEE);
    let mut made: Vec<Made> = Vec::new();
    for id in 1..=300_i64 {
        let mut texts = BTreeMap::new();
        for lang in Lang::ALL {
            if texts.is_empty() || chance.below(3) == 0 {
                // Words with a digit are their own stems.
                texts.insert(lang, (0..12).map(|_| format!("w{}", chance.rank(40))).collect());
            }
        }
        let mut institutions = chance.some(9, 2);
        institutions.push(chance.below(9));
        institutions.dedup();
        institutions.sort_unstable();
        institutions.dedup();
        // Several at one instant, some at the turn of a local year.
        let day = chance.below(900) as i64 / 3;
        let at = "2024-12-31T23:00:00Z".parse::<DateTime<Utc>>().unwrap() + chrono::Duration::days(day)
            - chrono::Duration::seconds(chance.below(2) as i64);
        let kind = if chance.below(4) == 0 { Kind::Decision } else { Kind::Release };
        let instruments = chance.some(4, 2);
        let meeting = (chance.below(3) == 0).then(|| chance.below(5));
        let mandates = if chance.below(2) == 0 { chance.some(5, 3) } else { Vec::new() };
        let topics = chance.some(6, 3);
        made.push(Made { id: ReleaseId(id), at, kind, institutions, topics, mandates, instruments, meeting, texts });
    }
    // In several commits, so that there are several segments; and some of it revised out of the index again.
    for part in made.chunks(70) {
        put(&site, &cast, part).await;
        found_in(&site, &site.index, query("")).await;
    }
    let gone: Vec<ReleaseId> = made.iter().map(|it| it.id).filter(|id| id.0 % 11 == 0).collect();
    let publishers = Texts::one(Lang::Fr, "Erreur");
    for id in &gone {
        let institution = format!("agency-{}", made[usize::try_from(id.0).unwrap() - 1].institutions[0]);
        let publisher = site.person(Role::Publisher, Some(&institution)).await;
        withdrawal::unpublish(&mut *site.conn().await, &publisher, *id, &publishers, None).await.unwrap();
    }
    made.retain(|it| !gone.contains(&it.id));

    let listed =
        public::list(&mut *site.conn().await, &Selection::default(), public::Start::Newest, 1000).await.unwrap();
    assert_eq!(walked(&site, &query(""), 7, false).await, listed.ids, "the order of lists");
    for round in 0..200 {
        let one_in = |chance: &mut Chance, of: usize| chance.below(of) == 0;
        let mut words = Understood::default();
        for _ in 0..chance.below(3) {
            let word = |chance: &mut Chance| format!("w{}", chance.rank(40));
            words.wanted.push(match chance.below(4) {
                0 => Term::Phrase(vec![word(&mut chance), word(&mut chance)]),
                1 => Term::Prefix(word(&mut chance)),
                _ => Term::Word(word(&mut chance)),
            });
        }
        if one_in(&mut chance, 4) {
            words.unwanted.push(Term::Word(format!("w{}", chance.rank(40))));
        }
        let year = Year::parse("2025").unwrap();
        let month = Month::parse("2025-01").unwrap();
        let zone = chrono_tz::Europe::Brussels;
        let wish = Query {
            words,
            family: one_in(&mut chance, 4).then(|| Family::ALL[chance.below(3)]),
            institution: one_in(&mut chance, 4).then(|| cast.institutions[chance.below(9)].0),
            topic: one_in(&mut chance, 4).then(|| cast.topics[chance.below(6)]),
            kind: one_in(&mut chance, 4).then_some(Kind::Decision),
            mandate: one_in(&mut chance, 4).then(|| cast.mandates[chance.below(5)]),
            meeting: one_in(&mut chance, 6).then(|| cast.meetings[chance.below(5)]),
            instrument: one_in(&mut chance, 4).then(|| Instrument::ALL[chance.below(4)]),
            language: one_in(&mut chance, 4).then(|| Lang::ALL[chance.below(4)]),
            period: match chance.below(8) {
                0 => Some(year.bounds(zone)),
                1 => Some(month.bounds(zone)),
                _ => None,
            },
            order: if one_in(&mut chance, 2) { Order::Best } else { Order::Newest },
            size: 1000,
            facets: true,
            ..Query::default()
        };
        let (hits, facets) = expected(&cast, &made, &wish);
        let found = found_in(&site, &site.index, wish.clone()).await;
        let all: Vec<ReleaseId> = found.hits.iter().map(|hit| hit.release_id).collect();
        assert_eq!((all.iter().copied().collect::<BTreeSet<_>>(), all.len()), (hits.clone(), hits.len()), "{wish:?}");
        assert_eq!((found.total, found.facets), (hits.len() as u64, facets), "{wish:?}");
        assert!(found.hits.is_sorted_by(|a, b| a.key > b.key), "{wish:?}");
        if round % 5 == 0 {
            assert_eq!(walked(&site, &wish, 6, false).await, all, "{wish:?}");
            assert_eq!(walked(&site, &wish, 6, true).await, all, "{wish:?}");
        }
    }
}

/// A word of letters, by its rank.
fn word_of(rank: usize) -> String {
    const SYLLABLES: [&str; 40] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "qui", "ro", "su", "ta", "ve", "wi",
        "xo", "zu", "bran", "cren", "drin", "flon", "grun", "plan", "tren", "stin", "vron", "schun", "ment", "tion",
        "heid", "lijk", "ung", "isch", "able", "eur", "age", "ette",
    ];
    let mut word = String::new();
    let mut rest = rank + 40;
    while rest > 0 {
        word.push_str(SYLLABLES[rest % 40]);
        rest /= 40;
    }
    word
}

/// `COMMUNIQUE_VERSIONS=100000 cargo test --release --test it -- --ignored --nocapture the_index_is_fast`
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: minutes, and a gigabyte of disk"]
async fn the_index_is_fast() {
    let versions: usize =
        std::env::var("COMMUNIQUE_VERSIONS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000);
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.end_following();
    let cast = cast(&site, 60, 40).await;
    let mut chance = Chance(42);
    let begun = Instant::now();
    let releases = versions / 2;
    let mut id = 0_i64;
    while usize::try_from(id).unwrap() < releases {
        let made: Vec<Made> = (0..500)
            .map(|_| {
                id += 1;
                let mut text = |lang| {
                    let offset = if lang == Lang::Fr { 0 } else { 100_000 };
                    (lang, (0..350).map(|_| word_of(chance.rank(60_000) + offset)).collect())
                };
                let texts = BTreeMap::from([text(Lang::Fr), text(Lang::Nl)]);
                let at = "2006-01-01T09:00:00Z".parse::<DateTime<Utc>>().unwrap()
                    + chrono::Duration::seconds(id * 20 * 31_556_952 / i64::try_from(releases).unwrap());
                let institutions = vec![chance.below(60)];
                Made {
                    id: ReleaseId(id),
                    at,
                    kind: Kind::Release,
                    institutions,
                    topics: chance.some(40, 3),
                    mandates: Vec::new(),
                    instruments: Vec::new(),
                    meeting: None,
                    texts,
                }
            })
            .collect();
        put(&site, &cast, &made).await;
    }
    println!("{versions} versions made in {:?}", begun.elapsed());
    for table in ["releases", "editions", "revisions"] {
        let beyond = format!("ALTER TABLE {table} ALTER COLUMN id RESTART WITH {}", id + 1);
        diesel::sql_query(beyond).execute(&mut *site.conn().await).await.unwrap();
    }
    let data = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    let kept = Kept::start(&site, data.path());
    let last = change::last(&mut *site.conn().await).await.unwrap();
    assert!(kept.index.wait_for(last, Duration::from_secs(3600)).await);
    println!("built in {:?}", begun.elapsed());
    kept.stop().await;
    let begun = Instant::now();
    let kept = Kept::start(&site, data.path());
    assert!(kept.index.wait_for(last, Duration::from_secs(3600)).await);
    println!("opened in {:?}", begun.elapsed());
    let mut asked: Vec<(String, Query)> = vec![("everything".into(), query(""))];
    for rank in [0, 1, 10, 100, 1_000, 10_000] {
        let word = word_of(rank);
        asked.push((format!("word {rank}"), Query { words: words(&format!("{word} ")), ..query("") }));
    }
    asked.push(("two words".into(), query(&format!("\"{}\" \"{}\"", word_of(1), word_of(20)))));
    asked.push(("a phrase".into(), query(&format!("\"{} {}\"", word_of(2), word_of(3)))));
    asked.push(("a beginning".into(), query("tion")));
    for (what, wish) in asked {
        for order in [Order::Newest, Order::Best] {
            let mut took = Vec::new();
            let mut total = 0;
            for _ in 0..200 {
                let begun = Instant::now();
                total = kept.index.find(Query { order, size: 20, ..wish.clone() }).await.unwrap().total;
                took.push(begun.elapsed());
            }
            took.sort_unstable();
            println!("{what:12} {order:?}: {total} found, p50 {:?} p99 {:?}", took[100], took[197]);
        }
    }
    let mut took = Vec::new();
    for _ in 0..20 {
        site.publish("agency-1", &[(Lang::Fr, "Une de plus")]).await;
        let begun = Instant::now();
        let last = change::last(&mut *site.conn().await).await.unwrap();
        assert!(kept.index.wait_for(last, PATIENCE).await);
        took.push(begun.elapsed());
    }
    took.sort_unstable();
    println!("a publication is found after {:?} to {:?}, without NOTIFY", took[0], took[19]);
    for line in std::fs::read_to_string("/proc/self/smaps_rollup").unwrap().lines() {
        if line.starts_with("Pss_Anon") {
            println!("{line}");
        }
    }
    kept.stop().await;
}
