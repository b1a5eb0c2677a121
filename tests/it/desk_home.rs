//! The desk's own pages: what waits, what is listed, what is found, what is in the calendar; and that none of them shows
//! what its reader may not see.

use communique::account::rights::{Action, may};
use communique::account::{Person, Role};
use communique::change;
use communique::desk::query;
use communique::directory::Family;
use communique::ids::{EditionId, ReleaseId};
use communique::kit::lang::Lang;
use communique::release::model::NewRelease;
use communique::release::{draft, drafting, publication};
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::support::{TestSite, content};

const NOW: &str = "2026-11-20T11:40:00Z";

/// Until the index knows all that the log says.
async fn indexed(site: &TestSite) {
    let mut conn = site.conn().await;
    let last = change::last(&mut conn).await.unwrap();
    assert!(site.index.wait_for(last, std::time::Duration::from_secs(10)).await, "indexed in time");
}

async fn count(site: &TestSite, sql: &str) -> i64 {
    let mut conn = site.conn().await;
    diesel::dsl::sql::<BigInt>(sql).get_result(&mut conn).await.unwrap()
}

async fn submit(site: &TestSite, by: &Person, edition: EditionId) {
    let mut conn = site.conn().await;
    drafting::submit(&mut conn, by, edition).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_comes_first_and_goes_away_when_it_is_done() {
    let site = TestSite::at(NOW).await;
    site.institution_with("water-agency", Family::Institutions, true).await;
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Crue"), (Lang::Nl, "Hoogwater")], &[]).await;
    submit(&site, &author, edition).await;

    let browser = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let home = browser.get("/desk").await;
    assert_eq!(home.status, 200);
    assert!(home.body.contains("Une chose vous attend"), "{}", home.body);
    assert!(home.body.contains(&format!("href=\"/desk/releases/{release}/publication\"")));
    // Whoever had a hand in it is not asked to send it on.
    let authors = site.signed_in(Role::Contributor, Some("water-agency")).await.get("/desk").await;
    assert!(authors.body.contains("Rien ne vous attend"));

    let mut conn = site.conn().await;
    drafting::send_back(&mut conn, &publisher, edition, "The figure is last year’s.").await.unwrap();
    let authors = site.signed_in(Role::Contributor, Some("water-agency")).await.get("/desk").await;
    assert!(authors.body.contains("Une chose vous attend") && authors.body.contains("The figure is last year’s."));
    assert!(browser.get("/desk").await.body.contains("Rien ne vous attend"));

    submit(&site, &author, edition).await;
    drafting::make_ready(&mut conn, &publisher, edition).await.unwrap();
    drafting::schedule(&mut conn, &publisher, edition, "2026-11-20T17:00:00Z".parse().unwrap()).await.unwrap();
    let home = browser.get("/desk").await.body;
    assert!(home.contains("Une chose vous attend") && home.contains("18:00"), "scheduled today");
    let calendar = browser.get("/desk/calendar").await.body;
    assert!(calendar.contains("18:00") && calendar.contains("Crue"));
    let file = browser.get("/desk/calendar.ics").await;
    assert_eq!(file.header("content-type"), "text/calendar; charset=utf-8");
    assert!(
        file.body.contains("DTSTART:20261120T170000Z\r\n") && file.body.contains("SUMMARY:Crue\r\n"),
        "{}",
        file.body
    );

    site.advance_to("2026-11-20T17:00:00Z").await;
    publication::publish_due(&site.ctx).await.unwrap();
    let browser = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let home = browser.get("/desk").await.body;
    assert!(home.contains("Rien ne vous attend") && home.contains("<dt>lectures</dt>"), "{home}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_says_what_it_misses_and_who_has_it_open() {
    let site = TestSite::at(NOW).await;
    let (_, edition) = site.draft("water-agency", &[(Lang::Fr, "Crue")], &[]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    draft::seen(&mut conn, &publisher, edition, None).await.unwrap();
    let browser = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let home = browser.get("/desk").await.body;
    assert!(home.contains("FR complet") && home.contains("NL manque"), "{home}");
    assert!(home.contains("Somebody l’a ouvert depuis 12:40"));
    let missing = browser.get("/desk/releases?missing=nl").await.body;
    assert!(missing.contains("Crue"));
    assert!(!browser.get("/desk/releases?missing=fr").await.body.contains("Crue"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_finds_what_is_written_and_what_is_public_and_nothing_of_others() {
    let site = TestSite::at(NOW).await;
    site.draft("water-agency", &[(Lang::Fr, "Éclusière secrète")], &[]).await;
    site.draft("police", &[(Lang::Fr, "Éclusière de la police")], &[]).await;
    site.publish("water-agency", &[(Lang::Fr, "Éclusière publique")]).await;
    site.publish("police", &[(Lang::Fr, "Éclusière publiée par la police")]).await;
    indexed(&site).await;
    let browser = site.signed_in(Role::Contributor, Some("water-agency")).await;
    for path in ["/desk/releases?q=eclusiere", "/desk/releases?q=%C3%89CLUSI%C3%88RE"] {
        let found = browser.get(path).await.body;
        assert!(found.contains("Éclusière secrète") && found.contains("Éclusière publique"), "{path}: {found}");
        assert!(!found.contains("la police"), "{path}");
    }
    assert!(!browser.get("/desk/releases?q=eclusiere+introuvable").await.body.contains("Éclusière"));
    let public = browser.get("/desk/releases?state=public").await.body;
    assert!(public.contains("Éclusière publique") && !public.contains("secrète"));
    let admin = site.signed_in(Role::Admin, None).await;
    let found = admin.get("/desk/releases?q=eclusiere").await.body;
    assert_eq!(found.matches("Éclusière").count(), 4, "{found}");
    // Titles under embargo that were shown are in the journal, those of public releases are not.
    let seen = count(&site, "SELECT count(*) FROM journal WHERE action = 'release.titles_read'").await;
    assert!(seen >= 4, "{seen}");
    for wrong in ["/desk/releases?x=1", "/desk/releases?state=published", "/desk/calendar?week=2026-13-01"] {
        assert_eq!(admin.get(wrong).await.status, 400, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_paged_without_a_gap_and_without_a_repetition() {
    let site = TestSite::at(NOW).await;
    for n in 0..65 {
        site.draft("water-agency", &[(Lang::Fr, &format!("Brouillon-{n:02}."))], &[]).await;
    }
    let browser = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let mut path = "/desk/releases?state=draft".to_owned();
    let mut titles = Vec::new();
    loop {
        let page = browser.get(&path).await.body;
        titles.extend((0..65).filter(|n| page.contains(&format!("Brouillon-{n:02}."))));
        let Some((before, _)) = page.split_once("\" rel=\"next\"") else { break };
        path = before.rsplit_once("href=\"").unwrap().1.replace("&amp;", "&");
    }
    titles.sort_unstable();
    assert_eq!(titles, (0..65).collect::<Vec<_>>());
}

/// The SQL that lists ask and `account::rights`, over releases of every kind: led, co-issued, the Council's; drafts,
/// handed in, published, and being corrected.
#[tokio::test(flavor = "multi_thread")]
async fn the_database_and_rights_say_the_same_of_everybody() {
    let site = TestSite::at(NOW).await;
    let council = site.institution("council", Family::Council).await;
    let water = site.institution("water-agency", Family::Institutions).await;
    let police = site.institution("police", Family::Institutions).await;
    let chancellery = site.person(Role::ChancelleryEditor, None).await;
    let mut releases: Vec<ReleaseId> = Vec::new();
    let mut conn = site.conn().await;
    for issuers in [
        vec![water],
        vec![police],
        vec![police, water],
        vec![water, police],
        vec![council],
        vec![council, water],
        vec![water, council],
    ] {
        for state in 0..4 {
            let author = match issuers[0] {
                lead if lead == council => chancellery.clone(),
                lead if lead == water => site.person(Role::Publisher, Some("water-agency")).await,
                _ => site.person(Role::Publisher, Some("police")).await,
            };
            let new =
                NewRelease { issuers: issuers.clone(), content: content(&[(Lang::Fr, "Titre"), (Lang::Nl, "Titel")]) };
            let (release, edition) = drafting::begin(&mut conn, &author, new).await.unwrap();
            releases.push(release);
            if state >= 1 {
                drafting::submit(&mut conn, &author, edition).await.unwrap();
            }
            if state >= 2 && !issuers.contains(&council) {
                drafting::make_ready(&mut conn, &author, edition).await.unwrap();
                publication::publish(&mut conn, site.ctx.settings.zone, &author, &[edition]).await.unwrap();
            }
            if state == 3 && !issuers.contains(&council) {
                let new = content(&[(Lang::Fr, "Autre")]);
                let note = [(Lang::Fr, "Le chiffre.".to_owned())].into_iter().collect();
                communique::release::correction::open_edition(&mut conn, &author, release, new, note).await.unwrap();
            }
        }
    }
    let mut compared = 0;
    for role in Role::ALL {
        for institution in [Some("water-agency"), Some("police"), None] {
            let needs_one = !matches!(role, Role::ChancelleryEditor | Role::Spokesperson | Role::Admin);
            if institution.is_none() && needs_one {
                continue;
            }
            let person = site.person(*role, institution).await;
            for release in &releases {
                let rights = communique::release::query::rights_of(&mut conn, *release).await.unwrap().unwrap();
                let in_sql = query::may_read(&mut conn, &person, *release).await.unwrap();
                assert_eq!(
                    in_sql,
                    may(&person, Action::Read, rights.object()),
                    "{role} of {institution:?} on {release}"
                );
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 28 * (3 * 3 + 5 * 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_and_what_is_under_embargo_is_found_again() {
    let site = TestSite::at(NOW).await;
    site.institution("water-agency", Family::Institutions).await;
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    let versions = [(Lang::Fr, "Un pont"), (Lang::Nl, "Een brug")];
    let (bare, _) = site.draft("water-agency", &versions, &[]).await;
    let (described, edition) = site.draft("water-agency", &[(Lang::Fr, "Une écluse")], &[]).await;
    let browser = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let asset = crate::media::illustrate(
        &site,
        &browser,
        (described, edition),
        &[("ecluse.jpg", &crate::media::jpeg(300, 200, 9))],
    )
    .await[0];
    let mut conn = site.conn().await;
    let contact: i64 = diesel::dsl::sql::<BigInt>(&format!(
        "INSERT INTO contact_points (institution_id, name) SELECT institution_id, 'Inès' FROM issuers WHERE release_id = {bare} RETURNING id"
    ))
    .get_result(&mut conn)
    .await
    .unwrap();
    drop(conn);
    let found = async |query: &str| {
        let page = browser.get(&format!("/desk/releases?{query}")).await;
        assert_eq!(page.status, 200, "{query}: {}", page.body);
        [bare, described].map(|id| page.body.contains(&format!("/desk/releases/{id}")))
    };
    let save = async |field: draft::Field, value: serde_json::Value| {
        let mut conn = site.conn().await;
        let current = communique::release::query::current_edition(&mut conn, described).await.unwrap().unwrap();
        let over = draft::load(&mut conn, &current).await.unwrap().version(field);
        draft::save(&mut conn, &author, edition, &[draft::Written { field, value, over }]).await.unwrap();
    };
    // The head revision says it, then what is being written says it.
    assert_eq!(found("missing=alt").await, [false, false], "described in its one language");
    assert_eq!(found("missing=contact").await, [true, true]);
    assert_eq!(found("embargo=yes").await, [false, false]);
    save(draft::Field::Title(Lang::Nl), "Een sluis".into()).await;
    assert_eq!(found("missing=alt").await, [false, true], "not in the language that came");
    let shown = serde_json::json!([{ "asset": asset, "decorative": true }]);
    save(draft::Field::Media, shown).await;
    assert_eq!(found("missing=alt").await, [false, false]);
    save(draft::Field::Contacts, serde_json::json!([contact])).await;
    assert_eq!(found("missing=contact").await, [true, false]);
    save(draft::Field::NotBefore, serde_json::json!("2026-11-20T17:00:00Z")).await;
    assert_eq!(found("embargo=yes").await, [false, true]);
    assert_eq!(found("embargo=yes&missing=contact").await, [false, false]);
    let home = browser.get("/desk").await;
    for filter in ["missing=alt", "missing=contact", "embargo=yes"] {
        assert!(home.body.contains(&format!("/desk/releases?{filter}\"")), "{filter}");
    }
    // It has passed; so has the session of this morning.
    site.advance_to("2026-11-20T17:00:00Z").await;
    let evening = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let page = evening.get("/desk/releases?embargo=yes").await;
    assert!(page.status == 200 && !page.body.contains(&format!("/desk/releases/{described}\"")), "{}", page.body);
}
