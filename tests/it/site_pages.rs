//! The pages about the site: there from the start, edited with revisions, and the forms that reach a mailbox. And how
//! often releases are read.

use communique::account::Role;
use communique::kit::job;
use communique::kit::lang::Lang;
use communique::release::reads;
use communique::site_page::SitePage;
use communique::site_page::suggestion::SuggestionMail;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::support::TestSite;
use crate::support::smtp::Received;

const NOW: &str = "2026-11-20T11:40:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_there_in_every_language_and_every_foot_leads_to_it() {
    let site = TestSite::at(NOW).await;
    let sitemap = site.get("/sitemap-site.xml").await.body;
    for lang in Lang::ALL {
        let home = site.get(&format!("/{lang}/")).await.body;
        for page in SitePage::ALL {
            let path = page.path(lang);
            let answer = site.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_eq!(answer.body.matches("<h1").count(), 1, "{path}");
            assert!(answer.body.contains("rel=\"canonical\"") && !answer.body.contains("{site}"), "{path}");
            assert!(home.contains(&format!("href=\"{path}\"")), "{path} from home");
            assert!(sitemap.contains(&format!("{path}</loc>")), "{path} in the sitemap");
        }
    }
    assert_eq!(site.get("/fr/accessibilite?x=1").await.status, 400);
    assert_eq!(site.get("/fr/accessibility").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_written_compared_and_brought_back() {
    let site = TestSite::at(NOW).await;
    let admin = site.signed_in(Role::Admin, None).await;
    assert!(admin.get("/desk/site").await.body.contains("href=\"/desk/pages\""));
    let mut form: Vec<(String, String)> = Vec::new();
    for lang in Lang::ALL {
        form.push((format!("title-{lang}"), format!("Help {lang}")));
        form.push((format!("body-{lang}"), format!("Call **{lang}** of {{site}}. <script>alert(1)</script>")));
    }
    let with = |over: &'static str| {
        let mut fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("over", over));
        fields
    };
    admin.get("/desk/pages/help").await;
    let empty = admin.post("/desk/pages/help", &[("over", "0"), ("title-fr", "Aide")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.body.contains("id=\"body-fr-error\"") && empty.body.contains("id=\"title-nl-error\""));
    assert_eq!(admin.post("/desk/pages/help", &with("0")).await.status, 303);
    let shown = site.until("/de/hilfe", "the new text", |answer| answer.body.contains("Help de")).await;
    assert!(shown.body.contains("<strong>de</strong>") && !shown.body.contains("alert(1)</script>"), "{}", shown.body);

    // Somebody who opened the form before writes over nothing, and loses no word.
    let overtaken = admin.post("/desk/pages/help", &with("0")).await;
    assert_eq!(overtaken.status, 422);
    assert!(overtaken.body.contains("Help nl") && overtaken.body.contains("name=\"over\" value=\"1\""));

    let history = admin.get("/desk/pages/help/history").await.body;
    assert!(history.contains("<ins>") && history.contains("<del>"));
    assert_eq!(admin.post("/desk/pages/help/restoration", &[("revision", "0")]).await.status, 303);
    site.until("/de/hilfe", "the first text", |answer| answer.body.contains("Anführungszeichen")).await;
    assert_eq!(admin.post("/desk/pages/help/restoration", &[("revision", "9")]).await.status, 404);
    assert_eq!(admin.get("/desk/pages/nothing").await.status, 404);
    let mut conn = site.conn().await;
    let actions: Vec<String> =
        diesel::dsl::sql::<Text>("SELECT action FROM journal WHERE action LIKE 'site_page.%' ORDER BY id")
            .load(&mut conn)
            .await
            .unwrap();
    assert_eq!(actions, ["site_page.written", "site_page.restored"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_to_the_site_is_on_its_way_or_said_to_be_wrong() {
    let site = TestSite::with(
        NOW,
        &[("COMMUNIQUE_TRUSTED_PROXIES", "127.0.0.1"), ("COMMUNIQUE_SUGGESTIONS_TO", "ideas@example.org")],
    )
    .await;
    let reader = site.browser();
    let path = "/fr/accessibilite/message";
    let wrong = reader.post(path, &[("text", " "), ("email", "nobody\r\nBcc: all@example.org")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"text-error\"") && wrong.body.contains("id=\"email-error\""));
    let sent = reader
        .post(path, &[("text", "Le PDF n’a pas de titres.\r\n\r\nBcc: x"), ("email", "lecteur@example.org")])
        .await;
    assert_eq!((sent.status, sent.header("location")), (303, "/fr/accessibilite/message/merci"));
    assert_eq!(reader.get(sent.header("location")).await.status, 200);
    let from_elsewhere = site.http.post(format!("{}{path}", site.base)).header("sec-fetch-site", "cross-site");
    let from_elsewhere = from_elsewhere.form(&[("text", "spam")]).send().await.unwrap();
    assert_eq!(from_elsewhere.status(), 403);
    let mut statuses = Vec::new();
    for _ in 0..5 {
        statuses.push(reader.post("/fr/contact/message", &[("text", "Encore")]).await.status);
    }
    assert!(statuses.contains(&429), "{statuses:?}");

    site.institution("water-agency", communique::directory::Family::Institutions).await;
    let person = site.signed_in(Role::Contributor, Some("water-agency")).await;
    person.get("/desk/suggestion").await;
    assert_eq!(person.post("/desk/suggestion", &[("text", "Un raccourci pour les guillemets")]).await.status, 303);
    assert_eq!(person.post("/desk/suggestion", &[("text", "")]).await.status, 422);
    assert!(person.get("/desk/suggestion?sent=1").await.body.contains("role=\"status\""));

    let worker = job::options(site.ctx.db.url())
        .unwrap()
        .add_extension(site.ctx.clone())
        .define_job::<SuggestionMail>()
        .init()
        .await
        .unwrap();
    worker.run_once().await.unwrap();
    let mails = site.smtp.received().await;
    assert!(mails.len() >= 3 && mails.iter().all(|mail| mail.rcpt == ["ideas@example.org"]), "{mails:?}");
    let of_reader = |mail: &&Received| mail.header("Reply-To").is_some_and(|to| to.contains("lecteur@example.org"));
    let obstacle = mails.iter().find(of_reader).expect("the reader’s");
    assert_eq!(obstacle.header("Bcc"), None);
    assert!(obstacle.text().contains("Le PDF n’a pas de titres."));
    assert!(
        mails
            .iter()
            .any(|mail| mail.text().contains("Un raccourci pour les guillemets") && mail.header("Reply-To").is_none())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_counted_whoever_answers_and_robots_are_not() {
    let site = TestSite::at(NOW).await;
    let release = site.publish("water-agency", &[(Lang::Fr, "Crue"), (Lang::Nl, "Hoogwater")]).await;
    let person = [("user-agent", "Mozilla/5.0 Firefox/140.0")];
    let first = site.get_with("/fr/2026/11/20/crue", &person).await;
    assert_eq!(first.status, 200);
    for _ in 0..4 {
        site.get_with("/fr/2026/11/20/crue", &person).await;
    }
    site.get_with("/nl/2026/11/20/hoogwater", &person).await;
    site.get_with("/nl/2026/11/20/hoogwater", &[("user-agent", "Googlebot/2.1")]).await;
    let head = site
        .http
        .head(format!("{}/fr/2026/11/20/crue", site.base))
        .header("user-agent", "Firefox")
        .send()
        .await
        .unwrap();
    assert_eq!(head.status(), 200);
    let etag = [person[0], ("if-none-match", first.header("etag"))];
    assert_eq!(site.get_with("/fr/2026/11/20/crue", &etag).await.status, 304);
    site.get_with("/fr/2026/11/20/nothing", &person).await;
    reads::flush(&site.ctx).await.unwrap();
    assert_eq!(counted(&site).await, [format!("{release} 2026-11-20 7")]);
    site.advance_to("2026-11-20T23:30:00Z").await; // the next day in Brussels
    site.get_with("/fr/2026/11/20/crue", &person).await;
    reads::flush(&site.ctx).await.unwrap();
    reads::flush(&site.ctx).await.unwrap();
    assert_eq!(counted(&site).await, [format!("{release} 2026-11-20 7"), format!("{release} 2026-11-21 1")]);
    // What cannot be written down is not lost.
    site.get_with("/fr/2026/11/20/crue", &person).await;
    let (admin, name) = site.cut_off_database().await;
    assert!(reads::flush(&site.ctx).await.is_err());
    site.give_database_back(admin, &name).await;
    reads::flush(&site.ctx).await.unwrap();
    assert_eq!(counted(&site).await[1], format!("{release} 2026-11-21 2"));
}

async fn counted(site: &TestSite) -> Vec<String> {
    let mut conn = site.conn().await;
    diesel::dsl::sql::<Text>("SELECT release_id || ' ' || on_day || ' ' || reads FROM release_reads ORDER BY on_day")
        .load(&mut conn)
        .await
        .unwrap()
}
