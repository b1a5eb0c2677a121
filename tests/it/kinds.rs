//! What a release is: chosen by who writes it, said where it is shown, and sought by.

use communique::account::Role;
use communique::directory::Family;
use communique::ids::ReleaseId;
use communique::kit::lang::Lang;
use communique::release::{publication, query};
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use crate::support::browser::Browser;
use crate::support::{Answer, TestSite, english};

const AT: &str = "2026-11-20T12:00:00Z";
const WATER: &str = "water-agency";

/// What the script of the editor sends when somebody chooses.
async fn identify(by: &Browser<'_>, site: &TestSite, id: ReleaseId, identity: &[(&str, &str)]) -> (u16, Value) {
    let body = json!({ "form_token": by.form_token(), "identity": identity });
    let request = site.http.post(format!("{}/desk/releases/{id}/draft", site.base));
    let answer = by.send(request.header("accept", "application/json").json(&body)).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

async fn kind_of(site: &TestSite, id: ReleaseId) -> String {
    query::release(&mut *site.conn().await, id).await.unwrap().unwrap().kind.to_string()
}

async fn publish(site: &TestSite, id: ReleaseId) {
    let publisher = site.person(Role::Publisher, Some(WATER)).await;
    let mut conn = site.conn().await;
    let edition = query::current_edition(&mut conn, id).await.unwrap().unwrap();
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition.id).await.unwrap();
    drop(conn);
    site.hears_all().await;
    let last = communique::change::last(&mut *site.conn().await).await.unwrap();
    assert!(site.index.wait_for(last, std::time::Duration::from_secs(10)).await);
}

fn count(page: &Answer, text: &str) -> usize {
    page.body.matches(text).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_chooses_what_it_is_and_readers_find_it_by_that() {
    let site = english(AT).await;
    site.institution(WATER, Family::Institutions).await;
    let (speech, _) =
        site.draft(WATER, &[(Lang::En, "The bridge opens"), (Lang::Fr, "Le pont ouvre")], &["floods"]).await;
    let (visit, _) = site.draft(WATER, &[(Lang::En, "Come and see the lock")], &["floods"]).await;
    let (plain, _) = site.draft(WATER, &[(Lang::En, "Water levels this week")], &["floods"]).await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let editor = |id: ReleaseId| format!("/desk/releases/{id}/editor");

    // With the script, and without.
    author.get(&editor(speech)).await;
    assert_eq!(identify(&author, &site, speech, &[("kind", "speech")]).await.0, 200);
    assert_eq!(kind_of(&site, speech).await, "speech");
    let sent = author.post(&editor(visit), &[("action", "save"), ("kind", "invitation")]).await;
    assert_eq!((sent.status, kind_of(&site, visit).await.as_str()), (303, "invitation"));
    let page = author.get(&editor(speech)).await;
    assert!(page.body.contains("<option value=\"speech\" selected>Speech</option>"), "{}", page.body);
    assert!(!page.body.contains("value=\"decision\""), "a decision comes with its meeting");
    // Nobody makes one by hand, nor a word that is none.
    assert_eq!(identify(&author, &site, speech, &[("kind", "decision")]).await.0, 403);
    assert_eq!(identify(&author, &site, speech, &[("kind", "poem")]).await.0, 200);
    assert_eq!(kind_of(&site, speech).await, "speech");
    // Nor does somebody to whom it does not belong.
    site.institution("police", Family::Institutions).await;
    let stranger = site.signed_in(Role::Publisher, Some("police")).await;
    stranger.get("/desk/releases").await;
    assert_eq!(identify(&stranger, &site, speech, &[("kind", "release")]).await.0, 404);
    let steps: Vec<String> = diesel::dsl::sql::<Text>(
        "SELECT (detail ->> 'from') || ' ' || (detail ->> 'to') FROM journal WHERE action = 'release.kind_set' ORDER BY id",
    )
    .load(&mut *site.conn().await)
    .await
    .unwrap();
    assert_eq!(steps, ["release speech", "release invitation"]);

    for id in [speech, visit, plain] {
        publish(&site, id).await;
    }
    // On the page and for machines.
    let page = site.get("/en/2026/11/20/the-bridge-opens").await;
    assert!(page.body.contains("<p class=\"kicker\">Speech · "), "{}", page.body);
    assert!(page.body.contains("\"@type\":\"Article\"") && page.body.contains("\"genre\":\"Speech\""));
    assert!(site.get("/fr/2026/11/20/le-pont-ouvre").await.body.contains("<p class=\"kicker\">Discours · "));
    let page = site.get("/en/2026/11/20/water-levels-this-week").await;
    assert!(page.body.contains("<p class=\"kicker\">Press release · ") && page.body.contains("NewsArticle"));
    // In lists, where it is not what one expects there.
    let list = site.get("/en/releases").await;
    assert_eq!((count(&list, "Speech · "), count(&list, "Press invitation · ")), (1, 1));
    assert_eq!(count(&list, "Press release · "), 0);
    // As a facet and a filter of search, list and feed.
    let search = site.get("/en/search?topic=floods").await;
    for kind in ["release", "invitation", "speech"] {
        assert!(search.body.contains(&format!("/en/search?topic=floods&amp;kind={kind}")), "{kind}: {}", search.body);
    }
    assert!(!search.body.contains("kind=decision"));
    for (kind, title) in
        [("speech", "The bridge opens"), ("invitation", "Come and see the lock"), ("release", "Water levels")]
    {
        for address in [
            format!("/en/search?kind={kind}"),
            format!("/en/releases.json?kind={kind}"),
            format!("/en/releases.atom?topic=floods&kind={kind}"),
        ] {
            let found = site.get(&address).await;
            let titles =
                ["The bridge opens", "Come and see the lock", "Water levels"].map(|of| found.body.contains(of));
            assert_eq!(
                titles,
                ["The bridge opens", "Come and see the lock", "Water levels"].map(|of| of == title),
                "{address}"
            );
        }
    }
    assert_eq!(site.get("/en/search?kind=poem").await.status, 400);
    let feed: Value = serde_json::from_str(&site.get("/en/releases.json").await.body).unwrap();
    let kinds: Vec<&str> =
        feed["items"].as_array().unwrap().iter().map(|item| item["_communique"]["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["release", "invitation", "speech"]);
    // What is public stays what it was.
    author.get(&editor(plain)).await;
    assert_eq!(identify(&author, &site, plain, &[("kind", "speech")]).await.0, 200);
    assert_eq!(author.post(&editor(plain), &[("action", "save"), ("kind", "speech")]).await.status, 303);
    assert_eq!(kind_of(&site, plain).await, "release");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_co_issues_is_saved_at_once_and_brings_their_contacts() {
    let site = english(AT).await;
    let lead = site.institution(WATER, Family::Institutions).await;
    let police = site.institution("police", Family::Institutions).await;
    let (id, _) = site.draft(WATER, &[(Lang::En, "The bridge opens")], &[]).await;
    diesel::sql_query(format!(
        "WITH c AS (INSERT INTO contact_points (institution_id, name) VALUES ({police}, 'Night desk') RETURNING id)
         INSERT INTO contact_channels (contact_id, position, kind, value, public) SELECT id, 0, 'phone', '+32 2 555 01 99', true FROM c"
    ))
    .execute(&mut *site.conn().await)
    .await
    .unwrap();
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let page = author.get(&format!("/desk/releases/{id}/editor")).await;
    assert!(!page.body.contains("Night desk"));
    let (lead, police) = (lead.to_string(), police.to_string());
    let (status, told) =
        identify(&author, &site, id, &[("kind", "release"), ("issuers", &lead), ("issuers", &police), ("issuers", "")])
            .await;
    assert_eq!(status, 200);
    assert!(told["contacts"].as_str().unwrap().contains("Night desk"), "{told}");
    let issuers: i64 = diesel::dsl::sql::<BigInt>(&format!("SELECT count(*) FROM issuers WHERE release_id = {id}"))
        .get_result(&mut *site.conn().await)
        .await
        .unwrap();
    assert_eq!(issuers, 2);
    // In somebody else's name one does not write.
    assert_eq!(identify(&author, &site, id, &[("issuers", &police)]).await.0, 403);
}
