//! Writing: saved as one types, no word lost to another person, another tab or a dead session; and all of it without
//! script, as one form.

use communique::account::Role;
use communique::directory::Family;
use communique::ids::ReleaseId;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use crate::support::browser::Browser;
use crate::support::{Answer, TestSite};

const WATER: &str = "water-agency";

async fn begun(site: &TestSite, author: &Browser<'_>) -> ReleaseId {
    let answer = author.post("/desk/releases/new", &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let to = answer.header("location").to_owned();
    let id = to.trim_start_matches("/desk/releases/").trim_end_matches("/editor").parse().unwrap();
    let page = author.get(&to).await;
    assert_eq!((page.status, page.header("cache-control")), (200, "private, no-store"));
    let _ = site;
    ReleaseId(id)
}

async fn save(by: &Browser<'_>, site: &TestSite, id: ReleaseId, changes: &[(&str, i64, &str)]) -> (Answer, Value) {
    let changes: Vec<Value> = changes
        .iter()
        .map(|(field, over, text)| json!({ "field": field, "over": over, "form": [[field, text]] }))
        .collect();
    let body = json!({ "form_token": by.form_token(), "changes": changes });
    let answer = by.send(site.http.post(format!("{}/desk/releases/{id}/draft", site.base)).json(&body)).await;
    let told = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    (answer, told)
}

async fn site_of_two() -> TestSite {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.institution(WATER, Family::Institutions).await;
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_two_languages_never_meet_and_two_in_one_field_lose_no_word() {
    let site = site_of_two().await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let other = site.signed_in(Role::Publisher, Some(WATER)).await;
    let id = begun(&site, &author).await;
    let editor = format!("/desk/releases/{id}/editor");
    other.get(&editor).await;

    let (_, told) = save(&author, &site, id, &[("title.fr", 0, "Eau potable"), ("body.fr", 0, "Un texte.")]).await;
    assert_eq!(told["saved"], json!({ "title.fr": 1, "body.fr": 1 }), "{told}");
    let (_, told) = save(&other, &site, id, &[("title.nl", 0, "Drinkwater")]).await;
    assert_eq!(told["saved"], json!({ "title.nl": 1 }), "another language is another field");
    assert!(told["others"].as_str().unwrap().contains("Somebody"), "who else is there: {told}");

    // The other one still has the version before.
    let (_, told) = save(&other, &site, id, &[("title.fr", 0, "L’eau du robinet")]).await;
    let met = &told["conflicts"][0];
    assert_eq!((&met["field"], &met["version"], &met["text"]), (&json!("title.fr"), &json!(1), &json!("Eau potable")));
    let html = met["html"].as_str().unwrap();
    assert!(html.contains("L’eau du robinet"), "their own stands beside it: {html}");
    // A reload, a closed laptop: it is still there.
    let page = other.get(&editor).await;
    assert!(page.body.contains("L’eau du robinet") && page.body.contains(">\nEau potable</textarea>"), "{}", page.body);
    // The author sees nothing of it, and goes on.
    assert!(!author.get(&editor).await.body.contains("L’eau du robinet"));

    let settled = other.post(&editor, &[("action", "mine:title.fr")]).await;
    assert_eq!(settled.status, 303, "{}", settled.body);
    let page = other.get(&editor).await;
    assert!(page.body.contains(">\nL’eau du robinet</textarea>") && !page.body.contains("data-conflict"));
    let (_, told) = save(&author, &site, id, &[("title.fr", 1, "Eau potable, enfin")]).await;
    assert_eq!(told["conflicts"][0]["version"], 2, "now it is the author who meets it");
    let yielded = author.post(&editor, &[("action", "theirs:title.fr")]).await;
    assert_eq!(yielded.status, 303);
    assert!(!author.get(&editor).await.body.contains("Eau potable, enfin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_whose_answer_was_lost_is_no_conflict_and_two_at_once_are_one() {
    let site = site_of_two().await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let id = begun(&site, &author).await;
    let (_, first) = save(&author, &site, id, &[("title.fr", 0, "Eau potable")]).await;
    let (_, again) = save(&author, &site, id, &[("title.fr", 0, "Eau potable")]).await;
    assert_eq!((&first["saved"], &again["saved"]), (&json!({ "title.fr": 1 }), &json!({ "title.fr": 1 })));
    assert_eq!(again["conflicts"], json!([]));

    let texts: Vec<String> = (0..8).map(|n| format!("Version {n}")).collect();
    let changes: Vec<[(&str, i64, &str); 1]> = texts.iter().map(|text| [("title.fr", 1, text.as_str())]).collect();
    let saves = changes.iter().map(|change| save(&author, &site, id, change));
    let outcomes = futures::future::join_all(saves).await;
    let stored = outcomes.iter().filter(|(_, told)| told["saved"]["title.fr"] == 2).count();
    let met = outcomes.iter().filter(|(_, told)| told["conflicts"][0]["version"] == 2).count();
    assert_eq!((stored, met), (1, 7), "one wins, the others are told");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_becomes_revisions_without_script_and_all_faults_come_at_once() {
    let site = site_of_two().await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let topic = site.topic("water").await.to_string();
    let id = begun(&site, &author).await;
    let editor = format!("/desk/releases/{id}/editor");
    let fields: [(&str, &str); 12] = [
        ("version.title.fr", "0"),
        ("version.body.fr", "0"),
        ("version.title.nl", "0"),
        ("version.body.nl", "0"),
        ("version.links", "0"),
        ("version.topics", "0"),
        ("topics", &topic),
        ("title.fr", ""),
        ("body.fr", "Un texte sans titre."),
        ("body.nl", "Een tekst zonder titel."),
        ("links.0.url", "javascript:alert(1)"),
        ("action", "keep"),
    ];
    let refused = author.post(&editor, &fields).await;
    assert_eq!(refused.status, 422);
    for id in ["title-fr-error", "title-nl-error", "links-error"] {
        assert!(refused.body.contains(id), "{id}: {}", refused.body);
    }
    assert!(
        refused.body.contains("Un texte sans titre.") && refused.body.contains("javascript:alert(1)"),
        "nothing is lost"
    );

    let mended = author
        .post(
            &editor,
            &[
                ("version.title.fr", "0"),
                ("title.fr", "Eau  potable "),
                ("version.title.nl", "0"),
                ("title.nl", "Drinkwater"),
                ("version.links", "1"),
                ("links.0.url", "https://example.org/eau"),
                ("links.0.label.fr", "Le dossier"),
                ("revision_name", "Premier jet"),
                ("action", "keep"),
            ],
        )
        .await;
    assert_eq!((mended.status, mended.header("location")), (303, editor.as_str()), "{}", mended.body);
    let page = author.get(&editor).await;
    assert!(page.body.contains("Premier jet"), "{}", page.body);
    // The same again makes no second revision.
    author.post(&editor, &[("action", "keep")]).await;
    assert_eq!(revisions(&site, id).await, 1);
    let title = stored_title(&site, id).await;
    assert_eq!(title, "Eau potable", "in its normal form");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_write_is_not_saved() {
    let site = site_of_two().await;
    site.institution("rail-safety", Family::Institutions).await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let stranger = site.signed_in(Role::Publisher, Some("rail-safety")).await;
    let id = begun(&site, &author).await;
    assert_eq!(save(&stranger, &site, id, &[("title.fr", 0, "Autre")]).await.0.status, 404);
    assert_eq!(stranger.get(&format!("/desk/releases/{id}/editor")).await.status, 404);
    let nobody = site.browser();
    assert_ne!(save(&nobody, &site, id, &[("title.fr", 0, "Autre")]).await.0.status, 200);
    let forged = json!({ "form_token": "forged", "changes": [] });
    let forged = author.send(site.http.post(format!("{}/desk/releases/{id}/draft", site.base)).json(&forged)).await;
    assert_eq!(forged.status, 403);
    for (field, over, status) in [("title.xx", 0, 400), ("title.fr", 9, 400)] {
        assert_eq!(save(&author, &site, id, &[(field, over, "x")]).await.0.status, status, "{field} {over}");
    }
    let (_, told) = save(&author, &site, id, &[("lead.fr", 0, "Un \0 mot")]).await;
    assert_eq!(told["saved"], json!({ "lead.fr": 1 }), "what Postgres does not store is not kept");
    let editor = format!("/desk/releases/{id}/editor");
    let nowhere = [("version.title.fr", "0"), ("title.fr", "Eau"), ("version.topics", "0"), ("topics", "999999")];
    assert_eq!(author.post(&editor, &nowhere).await.status, 400, "a topic that is not there");
    let long = "x".repeat(400_000);
    let (answer, told) = save(&author, &site, id, &[("body.fr", 0, &long)]).await;
    assert_eq!((answer.status, &told["saved"]), (200, &json!({ "body.fr": 1 })), "a long text is no attack");
    let longer = "x".repeat(600_000);
    assert_eq!(save(&author, &site, id, &[("body.fr", 1, &longer)]).await.0.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_typed_a_word_is_not_the_second_pair_of_eyes() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.institution_with(WATER, Family::Institutions, true).await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let publisher = site.signed_in(Role::Publisher, Some(WATER)).await;
    let id = begun(&site, &author).await;
    save(&author, &site, id, &[("title.fr", 0, "Eau potable"), ("body.fr", 0, "Un texte.")]).await;
    publisher.get(&format!("/desk/releases/{id}/editor")).await;
    save(&publisher, &site, id, &[("lead.fr", 0, "Un mot du chef.")]).await;
    author.post(&format!("/desk/releases/{id}/editor"), &[("action", "keep")]).await;
    let mut conn = site.conn().await;
    let edition = communique::release::query::current_edition(&mut conn, id).await.unwrap().unwrap();
    assert_eq!(edition.hands.len(), 2, "{:?}", edition.hands);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_what_the_site_shows_and_a_paste_is_markdown() {
    let site = site_of_two().await;
    let author = site.signed_in(Role::Contributor, Some(WATER)).await;
    let id = begun(&site, &author).await;
    let body = json!({ "form_token": author.form_token(), "lang": "fr", "title": "<b>Eau</b>", "body": "## Un\n\nVoici <script>x</script> **deux**" });
    let shown = author.send(site.http.post(format!("{}/desk/releases/{id}/preview", site.base)).json(&body)).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("&lt;b&gt;Eau") && shown.body.contains("<strong>deux</strong>"), "{}", shown.body);
    assert!(!shown.body.contains("<script>"));
    let html = "<meta charset=utf-8><p class=MsoNormal>Un <b>deux</b> <a href='https://example.org/'>trois</a></p>";
    let body = json!({ "form_token": author.form_token(), "lang": "fr", "kind": "html", "text": html });
    let pasted = author.send(site.http.post(format!("{}/desk/pasted", site.base)).json(&body)).await;
    assert_eq!((pasted.status, pasted.body.trim()), (200, "Un **deux** [trois](https://example.org/)"));
}

async fn revisions(site: &TestSite, id: ReleaseId) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }
    let mut conn = site.conn().await;
    let row: Row = diesel::sql_query(
        "SELECT count(*) AS n FROM revisions r JOIN editions e ON e.id = r.edition_id WHERE e.release_id = $1",
    )
    .bind::<BigInt, _>(id)
    .get_result(&mut conn)
    .await
    .unwrap();
    row.n
}

async fn stored_title(site: &TestSite, id: ReleaseId) -> String {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        title: String,
    }
    let mut conn = site.conn().await;
    let row: Row = diesel::sql_query(
        "SELECT v.title FROM editions e JOIN language_versions v ON v.revision_id = e.head_revision_id
         WHERE e.release_id = $1 AND v.lang = 'fr'",
    )
    .bind::<BigInt, _>(id)
    .get_result(&mut conn)
    .await
    .unwrap();
    row.title
}
