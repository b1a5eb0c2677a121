//! Cards are what their sources say, whatever step was taken and whoever changes a name meanwhile.

use communique::account::Role;
use communique::directory::Family;
use communique::kit::lang::{Lang, Texts};
use communique::release::model::NewRelease;
use communique::release::public::{self, Selection, Start};
use communique::release::{correction, drafting, publication, withdrawal};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::support::{TestSite, content};

/// The cards that differ from what they should be, and those that are missing or too many: none, and how many there are.
pub async fn hold(conn: &mut AsyncPgConnection) -> i64 {
    #[derive(QueryableByName)]
    struct Odd {
        #[diesel(sql_type = Text)]
        line: String,
    }
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let odd: Vec<Odd> = diesel::sql_query(
        "WITH made AS (SELECT m.*, r.kind FROM cards_made m JOIN releases r ON r.id = m.release_id),
              there AS (SELECT release_id, published_at, is_withdrawn, revision_id, lead_id, card, more, kind FROM cards)
         SELECT odd::text AS line FROM (
             (TABLE made EXCEPT ALL TABLE there) UNION ALL (TABLE there EXCEPT ALL TABLE made)) AS odd
         UNION ALL
         SELECT 'not plain: ' || release_id FROM cards
         WHERE is_plain AND (is_withdrawn OR NOT has_nothing_but_text(release_id, revision_id))",
    )
    .load(conn)
    .await
    .unwrap();
    let odd: Vec<String> = odd.into_iter().map(|odd| odd.line).collect();
    assert!(odd.is_empty(), "{odd:#?}");
    let count: Count = diesel::sql_query("SELECT count(*) FROM cards").get_result(conn).await.unwrap();
    count.count
}

/// Until a connection to the site's database waits for a lock of another.
async fn until_somebody_waits(site: &TestSite) {
    #[derive(QueryableByName)]
    struct Waiting {
        #[diesel(sql_type = BigInt)]
        waiting: i64,
    }
    let mut conn = site.conn().await;
    let begun = std::time::Instant::now();
    loop {
        let row: Waiting = diesel::sql_query(
            "SELECT count(*) AS waiting FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'",
        )
        .get_result(&mut conn)
        .await
        .unwrap();
        if row.waiting > 0 {
            return;
        }
        assert!(begun.elapsed().as_secs() < 5, "nobody waits");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_follows_every_step() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Crue")], &["water"]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let zone = site.ctx.settings.zone;
    let mut conn = site.conn().await;
    assert_eq!(hold(&mut conn).await, 0, "a draft has none");
    publication::publish_draft(&mut conn, zone, &publisher, edition).await.unwrap();
    assert_eq!(hold(&mut conn).await, 1);
    site.publish("water-agency", &[(Lang::Nl, "Hoogwater")]).await;
    assert_eq!(hold(&mut conn).await, 2);
    let both = content(&[(Lang::Fr, "Crue"), (Lang::De, "Hochwasser")]);
    correction::revise_public(&mut conn, &publisher, release, both).await.unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    let right = content(&[(Lang::Fr, "Crue décennale"), (Lang::De, "Hochwasser")]);
    let note: Texts = [Lang::Fr, Lang::De].into_iter().map(|lang| (lang, "Date".to_owned())).collect();
    correction::correct(&mut conn, zone, &publisher, release, right, note).await.unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    let reason: Texts = [Lang::Fr, Lang::De].into_iter().map(|lang| (lang, "Faux".to_owned())).collect();
    withdrawal::withdraw(&mut conn, &publisher, release, &reason).await.unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    withdrawal::restore(&mut conn, &publisher, release).await.unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    withdrawal::unpublish(&mut conn, &publisher, release, &reason, None).await.unwrap();
    assert_eq!(hold(&mut conn).await, 1, "what was taken off has none");
    withdrawal::restore(&mut conn, &publisher, release).await.unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    conn.batch_execute(
        r#"UPDATE institutions SET names = '{"fr": "Office de l’eau"}' WHERE code = 'water-agency';
           UPDATE topics SET names = '{"fr": "Les eaux"}' WHERE code = 'water'"#,
    )
    .await
    .unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    conn.batch_execute(
        "UPDATE releases SET source_number = '26/1';
         UPDATE addresses SET current = false WHERE lang = 'nl';
         INSERT INTO addresses (lang, published_on, slug, release_id)
         SELECT lang, published_on, 'hoog-water', release_id FROM addresses WHERE lang = 'nl'",
    )
    .await
    .unwrap();
    assert_eq!(hold(&mut conn).await, 2);
    let shown = public::shown(&mut conn, &Selection::default(), Start::Newest, 20).await.unwrap();
    assert!(shown.cards.iter().all(|card| card.issuers[0].names == Texts::one(Lang::Fr, "Office de l’eau")));
}

/// Two at once, in both orders: a name changes while a release that names it goes public.
#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_changes_while_it_is_being_published_is_on_the_card() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let institution = site.institution("river-office", Family::Institutions).await;
    let publisher = site.person(Role::Publisher, Some("river-office")).await;
    let zone = site.ctx.settings.zone;
    let rename =
        |name: &str| format!(r#"UPDATE institutions SET names = '{{"fr": "{name}"}}' WHERE id = {institution}"#);
    for (name, publishes_first) in [("Un", true), ("Deux", false)] {
        let (mut one, mut other) = (site.conn().await, site.conn().await);
        let new = NewRelease { issuers: vec![institution], content: content(&[(Lang::Fr, name)]) };
        let (_, edition) = drafting::begin(&mut one, &publisher, new).await.unwrap();
        drafting::submit(&mut one, &publisher, edition).await.unwrap();
        drafting::make_ready(&mut one, &publisher, edition).await.unwrap();
        let by = publication::Publisher::Person(&publisher);
        let rename = rename(name);
        // The one holds what it wrote until it commits; the other comes to it meanwhile and waits.
        one.batch_execute("BEGIN").await.unwrap();
        if publishes_first {
            publication::publish_within(&mut one, zone, by, &[edition]).await.unwrap();
            let waiting = tokio::spawn(async move { other.batch_execute(&rename).await });
            until_somebody_waits(&site).await;
            one.batch_execute("COMMIT").await.unwrap();
            waiting.await.unwrap().unwrap();
        } else {
            one.batch_execute(&rename).await.unwrap();
            let publishing = async {
                other
                    .transaction(async |conn| publication::publish_within(conn, zone, by, &[edition]).await)
                    .await
                    .unwrap()
            };
            let ending = async {
                until_somebody_waits(&site).await;
                one.batch_execute("COMMIT").await.unwrap();
            };
            futures::join!(publishing, ending);
        }
        let mut conn = site.conn().await;
        hold(&mut conn).await;
    }
}
