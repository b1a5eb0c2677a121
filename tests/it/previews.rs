//! Personal links: made, mailed, opened on one device, read under a name, ended; and what they never show.

use communique::account::Role;
use communique::ids::{GrantId, ReleaseId};
use communique::kit::lang::Lang;
use communique::release::mails::PreviewMail;
use communique::release::{publication, query};
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::support::{Answer, TestSite, english};

const AT: &str = "2026-11-20T12:00:00Z";
const SECRET: &str = "Le pont-canal rouvre";

fn previews(release: ReleaseId) -> String {
    format!("/desk/releases/{release}/previews")
}

async fn grant(site: &TestSite, release: ReleaseId, more: &[(&str, &str)]) -> (Answer, String) {
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    publisher.get(&previews(release)).await;
    let fields = [
        ("name", "Maud Terlinck, Rivers Agency"),
        ("email", "maud@rivers.example"),
        ("lang", "fr"),
        ("expires_day", "2026-11-21"),
        ("expires_hour", "13:00"),
    ];
    let given = publisher.post(&previews(release), &[more, fields.as_slice()].concat()).await;
    assert_eq!(given.status, 303, "{}", given.body);
    let page = publisher.get(given.header("location")).await;
    let link = page.body.split("/preview/").nth(1).expect("the link is shown").split('<').next().unwrap();
    (page.clone(), format!("/preview/{link}"))
}

/// The same but for the sequence of the log and the hour.
fn bare(answer: &Answer) -> (u16, String, Vec<String>) {
    let names = answer.headers.keys().filter(|name| *name != "date").cloned().collect();
    (answer.status, answer.body.clone(), names)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_shows_nothing_before_it_is_opened_on_that_device() {
    let site = english(AT).await;
    let versions = [(Lang::Fr, SECRET), (Lang::Nl, "De kanaalbrug opent")];
    let (release, _) = site.draft("water-agency", &versions, &[]).await;
    let (_, link) = grant(&site, release, &[("by_hand", "1")]).await;
    // What a mail scanner does: it follows links.
    let door = site.get(&link).await;
    assert_eq!(door.status, 200);
    assert!(door.body.contains("Maud Terlinck") && !door.body.contains(SECRET), "{}", door.body);
    for (name, value) in [("cache-control", "private, no-store"), ("referrer-policy", "no-referrer")] {
        assert_eq!(door.header(name), value);
    }
    assert!(door.header("x-robots-tag").contains("noindex"));
    let before = site.get(&format!("{link}/fr")).await;
    assert_eq!((before.status, before.header("location")), (303, link.as_str()));
    // A press of the button, from our own page only.
    let request = site.http.post(format!("{}{link}", site.base)).header("sec-fetch-site", "cross-site");
    assert_eq!(Answer::of(request.send().await.unwrap()).await.status, 403);
    let reader = site.browser();
    let opened = reader.post(&link, &[]).await;
    assert_eq!((opened.status, opened.header("location")), (303, format!("{link}/fr").as_str()));
    let set = opened.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
    let page = reader.get(&format!("{link}/fr")).await;
    assert_eq!((page.status, page.header("cache-control")), (200, "private, no-store"));
    assert!(page.body.contains(SECRET) && page.body.contains("Aperçu pour Maud Terlinck"));
    assert!(page.body.contains("content=\"noindex\"") && page.body.contains("watermark"));
    // The other language is there, on the same road, and no public address of it.
    assert!(page.body.contains(&format!("{link}/nl")) && !page.body.contains("/nl/2026/"), "{}", page.body);
    assert!(reader.get(&format!("{link}/nl")).await.body.contains("De kanaalbrug opent"));
    let missing = reader.get(&format!("{link}/de")).await;
    assert_eq!((missing.status, missing.header("location")), (303, format!("{link}/fr").as_str()));
    // On another device the same link asks again.
    assert_eq!(site.browser().get(&format!("{link}/fr")).await.status, 303);
    // All of it is written down.
    let mut conn = site.conn().await;
    let reads: Vec<String> =
        diesel::dsl::sql::<Text>("SELECT what FROM preview_reads ORDER BY at, what").load(&mut conn).await.unwrap();
    assert_eq!(reads, ["opened", "page fr", "page nl"]);
    let journaled: i64 =
        diesel::dsl::sql::<BigInt>("SELECT count(*) FROM journal WHERE action = 'preview.read' AND job = 'preview'")
            .get_result(&mut conn)
            .await
            .unwrap();
    assert_eq!(journaled, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_nothing_looks_like_what_never_was() {
    let site = english(AT).await;
    let (release, _) = site.draft("water-agency", &[(Lang::Fr, SECRET)], &[]).await;
    let (_, revoked) = grant(&site, release, &[("by_hand", "1")]).await;
    let (_, ended) = grant(&site, release, &[("by_hand", "1"), ("name", "Somebody else")]).await;
    let reader = site.browser();
    for link in [&revoked, &ended] {
        reader.post(link, &[]).await;
        assert_eq!(reader.get(&format!("{link}/fr")).await.status, 200);
    }
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let list = publisher.get(&previews(release)).await;
    assert!(list.body.contains("Somebody else") && list.body.contains("read 2 times"), "{}", list.body);
    let ids: Vec<i64> = {
        let mut conn = site.conn().await;
        query::grants(&mut conn, release).await.unwrap().into_iter().map(|grant| grant.id.0).collect()
    };
    let first = ids.iter().min().unwrap();
    assert_eq!(publisher.post(&format!("{}/{first}/end", previews(release)), &[]).await.status, 303);
    let unknown = "/preview/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let nothing = bare(&reader.get(unknown).await);
    assert_eq!(nothing.0, 404);
    // Chance may part a token like words; the page takes up nothing of it.
    let parted = "/preview/AAAAAAAAAAAA-secret-words-AAAAAAAAAAAAAAAAA";
    assert_eq!(bare(&reader.get(parted).await), nothing);
    assert_eq!(bare(&reader.get(&revoked).await), nothing);
    assert_eq!(bare(&reader.get(&format!("{revoked}/fr")).await), nothing);
    assert_eq!(reader.post(&revoked, &[]).await.status, 404);
    site.advance_to("2026-11-21T12:00:00Z").await;
    assert_eq!(bare(&reader.get(&format!("{ended}/fr")).await), nothing);
    assert_eq!(bare(&reader.get("/preview/%00").await).0, 404);
    // A link of another release can't be ended from this one.
    let (other, _) = site.draft("water-agency", &[(Lang::Fr, "Un autre")], &[]).await;
    let last = ids.iter().max().unwrap();
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    assert_eq!(publisher.post(&format!("{}/{last}/end", previews(other)), &[]).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mail_brings_the_link_and_no_word_of_the_text() {
    let site = english(AT).await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, SECRET)], &[]).await;
    let (page, link) = grant(&site, release, &[]).await;
    assert!(page.body.contains("It is shown here only now"));
    let mut conn = site.conn().await;
    let payload: String = diesel::dsl::sql::<Text>(
        "SELECT payload::text FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'preview-mail'",
    )
    .get_result(&mut conn)
    .await
    .unwrap();
    let token = link.strip_prefix("/preview/").unwrap();
    assert!(!payload.contains(token), "the queue holds no token: {payload}");
    let id = query::grants(&mut conn, release).await.unwrap()[0].id;
    PreviewMail { grant_id: id }.send(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    let text = mails[0].text();
    assert!(text.contains(&format!("{}{link}", site.base)) && text.contains("Maud Terlinck"), "{text}");
    assert!(!text.contains(SECRET) && !mails[0].html().contains(SECRET) && !mails[0].subject().contains(SECRET));
    // Not shown again, not even to its maker.
    site.advance_to("2026-11-20T12:06:00Z").await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let later = publisher.get(&format!("{}?made={id}", previews(release))).await;
    assert!(later.status == 200 && !later.body.contains(token));
    // Once it is public, the link leads to the public page.
    let reader = site.browser();
    reader.post(&link, &[]).await;
    let person = site.person(Role::Publisher, Some("water-agency")).await;
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &person, edition).await.unwrap();
    let there = reader.get(&format!("{link}/fr")).await;
    assert_eq!((there.status, there.header("location")), (303, "/fr/2026/11/20/le-pont-canal-rouvre"));
    assert_ne!(id, GrantId(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_with_a_link_is_said_at_once() {
    let site = english(AT).await;
    let (release, _) = site.draft("water-agency", &[(Lang::Fr, SECRET)], &[]).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    publisher.get(&previews(release)).await;
    let wrong =
        [("name", "  "), ("email", "nobody"), ("lang", "xx"), ("expires_day", "2026-11-19"), ("expires_hour", "13:00")];
    let answer = publisher.post(&previews(release), &wrong).await;
    assert_eq!(answer.status, 422);
    for said in ["Give a name", "no e-mail address", "within the next 90 days", "value=\"nobody\""] {
        assert!(answer.body.contains(said), "{said}");
    }
    // Writing is not enough.
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    assert_eq!(author.get(&previews(release)).await.status, 403);
}
