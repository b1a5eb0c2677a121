//! Revisions: compared word by word in both languages, and taken up again.

use communique::account::Role;
use communique::ids::{EditionId, ReleaseId};
use communique::kit::lang::Lang;
use communique::release::{drafting, query};
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::support::{TestSite, content, english};

const AT: &str = "2026-11-20T12:00:00Z";

fn history(release: ReleaseId) -> String {
    format!("/desk/releases/{release}/history")
}

/// A draft with two revisions: the second changes the French title and adds a paragraph to it.
async fn two_revisions(site: &TestSite) -> (ReleaseId, EditionId) {
    let versions = [(Lang::Fr, "Le pont rouvre"), (Lang::Nl, "De brug opent")];
    let (release, edition) = site.draft("water-agency", &versions, &[]).await;
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    let mut next = content(&versions);
    let french = next.versions.get_mut(&Lang::Fr).unwrap();
    french.title = "Le pont ferme".into();
    french.body.push_str("\n\nUn paragraphe de plus.");
    next.topics = vec![site.topic("floods").await];
    site.advance_to("2026-11-20T12:30:00Z").await;
    drafting::write(&mut *site.conn().await, &author, edition, next).await.unwrap();
    (release, edition)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_revisions_are_compared_word_by_word() {
    let site = english(AT).await;
    let (release, _) = two_revisions(&site).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let page = author.get(&history(release)).await;
    assert_eq!(page.status, 200);
    for shown in [
        "What changed from revision 1.1 to revision 1.2",
        "Le pont <del>rouvre</del><ins>ferme</ins>",
        "<ins>Un paragraphe de plus.</ins>",
        "3 paragraphs unchanged",
        "<ins>Topic: floods (en)</ins>",
        "French changed, and these stayed as they were: Dutch.",
    ] {
        assert!(page.body.contains(shown), "{shown}: {}", page.body);
    }
    // The other way round what came is gone.
    let mut conn = site.conn().await;
    let ids: Vec<i64> =
        diesel::dsl::sql::<BigInt>("SELECT id FROM revisions ORDER BY number").load(&mut conn).await.unwrap();
    let back = author.get(&format!("{}?from={}&to={}", history(release), ids[1], ids[0])).await;
    assert!(back.body.contains("Le pont <del>ferme</del><ins>rouvre</ins>"));
    assert!(back.body.contains("<del>Topic: floods (en)</del>"));
    // Of another institution nothing is there.
    site.draft("police", &[(Lang::Fr, "x")], &[]).await;
    let stranger = site.signed_in(Role::Publisher, Some("police")).await;
    assert_eq!(stranger.get(&history(release)).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_text_comes_back_as_a_new_revision() {
    let site = english(AT).await;
    let (release, edition) = two_revisions(&site).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    author.get(&history(release)).await;
    let mut conn = site.conn().await;
    let ids: Vec<i64> =
        diesel::dsl::sql::<BigInt>("SELECT id FROM revisions ORDER BY number").load(&mut conn).await.unwrap();
    let restored = author.post(&history(release), &[("revision", &ids[0].to_string())]).await;
    assert_eq!((restored.status, restored.header("location")), (303, history(release).as_str()));
    let current = query::current_edition(&mut conn, release).await.unwrap().unwrap();
    let text = query::content(&mut conn, current.head_revision_id.unwrap()).await.unwrap();
    assert_eq!(text.versions[&Lang::Fr].title, "Le pont rouvre");
    let draft = communique::release::draft::load(&mut conn, &current).await.unwrap();
    assert_eq!((draft.content.versions[&Lang::Fr].title.as_str(), draft.is_ahead), ("Le pont rouvre", false));
    assert_eq!(query::revisions(&mut conn, edition, 10).await.unwrap().len(), 3, "all others are kept");
    // A revision of another release is none of this one's.
    let (_, other) = site.draft("water-agency", &[(Lang::Fr, "Un autre")], &[]).await;
    let foreign = query::revisions(&mut conn, other, 1).await.unwrap()[0].id;
    assert_eq!(author.post(&history(release), &[("revision", &foreign.to_string())]).await.status, 400);
    // What was handed in is not rewritten behind its reader's back.
    let person = site.person(Role::Contributor, Some("water-agency")).await;
    drafting::submit(&mut conn, &person, edition).await.unwrap();
    assert_eq!(author.post(&history(release), &[("revision", &ids[0].to_string())]).await.status, 409);
}
