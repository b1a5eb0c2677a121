//! The vocabulary in the desk: added, renamed, merged; and what follows: lists, addresses, subscriptions, the search.

use communique::account::Role;
use communique::desk::merging;
use communique::directory::settings::DirectoryError;
use communique::kit::lang::Lang;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::support::TestSite;

const NOW: &str = "2026-11-20T11:40:00Z";
const NAMES: [(&str, &str); 4] =
    [("name-fr", "Crues"), ("name-nl", "Overstromingen"), ("name-de", "Hochwasser"), ("name-en", "Floods")];

#[tokio::test(flavor = "multi_thread")]
async fn a_topic_is_added_and_renamed_in_every_language() {
    let site = TestSite::at(NOW).await;
    let admin = site.signed_in(Role::Admin, None).await;
    admin.get("/desk/topics").await;
    let incomplete = admin.post("/desk/topics", &[("name-fr", "Crues"), ("code", "Crues!")]).await;
    assert_eq!(incomplete.status, 422);
    for id in ["name-nl", "name-de", "name-en", "code"] {
        assert!(incomplete.body.contains(&format!("id=\"{id}-error\"")), "{id}");
    }
    let mut form = NAMES.to_vec();
    form.push(("code", "floods"));
    assert_eq!(admin.post("/desk/topics", &form).await.status, 303);
    assert_eq!(admin.post("/desk/topics", &form).await.status, 422, "the code is taken");
    site.until("/nl/themas", "the topic", |answer| answer.body.contains("Overstromingen")).await;

    site.publish_about("water-agency", &[(Lang::Fr, "Alerte")], &["floods"]).await;
    let id = site.topic("floods").await;
    admin.get(&format!("/desk/topics/{id}")).await;
    let renamed =
        [("name-fr", "Inondations"), ("name-nl", "Wateroverlast"), ("name-de", "Flut"), ("name-en", "Floods")];
    assert_eq!(admin.post(&format!("/desk/topics/{id}"), &renamed).await.status, 303);
    for path in ["/fr/themes", "/fr/2026/11/20/alerte", "/fr/communiques?topic=floods"] {
        site.until(path, "the new name", |answer| answer.body.contains("Inondations")).await;
    }
    site.until("/fr/recherche?q=inondations", "found by it", |answer| answer.body.contains("/2026/11/20/alerte")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stood_under_a_merged_topic_stands_under_the_other() {
    let site = TestSite::at(NOW).await;
    site.publish_about("water-agency", &[(Lang::Fr, "Alerte crue")], &["floods"]).await;
    site.publish_about("water-agency", &[(Lang::Fr, "Digue")], &["water", "floods"]).await;
    let (from, into, other) = (site.topic("floods").await, site.topic("water").await, site.topic("dikes").await);
    let mut conn = site.conn().await;
    // One who follows the first, one who follows both, one who follows it together with an institution.
    for (n, filters) in
        [vec!["topic=floods"], vec!["topic=floods", "topic=water"], vec!["institution=water-agency&topic=floods"]]
            .iter()
            .enumerate()
    {
        for (cursor, filter) in filters.iter().enumerate() {
            diesel::sql_query(
                "WITH person AS (INSERT INTO subscribers (email, languages, wished_at) VALUES ($1, '{fr}', site_now())
                                 ON CONFLICT (lower(email)) DO UPDATE SET languages = '{fr}' RETURNING id)
                 INSERT INTO subscriptions (subscriber_id, filter, cursor) SELECT id, $2, $3 FROM person",
            )
            .bind::<Text, _>(format!("reader{n}@example.org"))
            .bind::<Text, _>(*filter)
            .bind::<BigInt, _>(i64::try_from(cursor).unwrap() + 1)
            .execute(&mut conn)
            .await
            .unwrap();
        }
    }
    assert!(site.get("/fr/communiques?topic=floods").await.body.contains("Alerte crue"));
    let admin = site.person(Role::Admin, None).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let refused = merging::merge(&mut conn, &publisher, from, into).await;
    assert!(matches!(refused, Err(DirectoryError::NotFound)), "not theirs");
    assert!(matches!(merging::merge(&mut conn, &admin, from, from).await, Err(DirectoryError::NotFound)));

    let browser = site.signed_in(Role::Admin, None).await;
    browser.get(&format!("/desk/topics/{from}")).await;
    let unsure = browser.post(&format!("/desk/topics/{from}/merging"), &[("into", &into.to_string())]).await;
    assert_eq!(unsure.status, 200, "nothing without the tick");
    let merged =
        browser.post(&format!("/desk/topics/{from}/merging"), &[("into", &into.to_string()), ("sure", "on")]).await;
    assert_eq!((merged.status, merged.header("location")), (303, format!("/desk/topics/{into}").as_str()));

    let list = site.until("/fr/communiques?topic=water", "both", |answer| answer.body.contains("Alerte crue")).await;
    assert!(list.body.contains("Digue"));
    for (old, new) in [
        ("/fr/communiques?topic=floods", "/fr/communiques?topic=water"),
        ("/fr/communiques.atom?topic=floods", "/fr/communiques.atom?topic=water"),
        ("/nl/zoeken?q=crue&topic=floods", "/nl/zoeken?q=crue&topic=water"),
        ("/de/abonnement?topic=floods", "/de/abonnement?topic=water"),
    ] {
        let led = site.until(old, "led on", |answer| answer.status == 301).await;
        assert_eq!(led.header("location"), new);
    }
    // Nobody is led to another site by an address that looks like one of ours.
    for path in ["//evil.example/?topic=floods", "///evil.example/?topic=floods", "/nothing?topic=floods"] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    let page = site.until("/fr/2026/11/20/digue", "one topic", |answer| !answer.body.contains("topic=floods")).await;
    assert_eq!(page.body.matches("href=\"/fr/communiques?topic=water\"").count(), 1, "each topic once");
    assert!(!site.get("/fr/themes").await.body.contains("floods (fr)"));
    site.until("/fr/recherche?topic=water&q=alerte", "found under the other", |answer| {
        answer.body.contains("alerte-crue")
    })
    .await;

    let mut running = filters(&site, "ended_at IS NULL").await;
    running.sort();
    assert_eq!(
        running,
        ["institution=water-agency&topic=water 1", "topic=water 1", "topic=water 1"],
        "from where the earlier stood"
    );
    assert_eq!(filters(&site, "ended_at IS NOT NULL").await.len(), 1);

    // Merged once more, the first leads to the last.
    merging::merge(&mut conn, &admin, into, other).await.unwrap();
    let led = site
        .until("/fr/communiques?topic=floods", "led to the last", |answer| {
            answer.header("location").ends_with("topic=dikes")
        })
        .await;
    assert_eq!(led.status, 301);
    assert!(
        matches!(merging::merge(&mut conn, &admin, from, other).await, Err(DirectoryError::NotFound)),
        "it is gone"
    );
    // What is published under the first afterwards stands under the last, too.
    site.publish_about("water-agency", &[(Lang::Fr, "Nouvelle crue")], &["floods"]).await;
    site.until("/fr/communiques?topic=dikes", "the new one", |answer| answer.body.contains("Nouvelle crue")).await;
}

async fn filters(site: &TestSite, which: &str) -> Vec<String> {
    let mut conn = site.conn().await;
    diesel::dsl::sql::<Text>(&format!("SELECT filter || ' ' || cursor FROM subscriptions WHERE {which}"))
        .load(&mut conn)
        .await
        .unwrap()
}
