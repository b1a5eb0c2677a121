//! Pages are rendered once and kept, static files for ever, and nobody is ever shown one that a publication has overtaken.

use std::time::Duration;

use communique::account::Role;
use communique::kit::db;
use communique::kit::lang::{Lang, Texts};
use communique::release::{publication, withdrawal};
use diesel_async::SimpleAsyncConnection;

use crate::support::TestSite;
use crate::support::pooler::Pooler;

const FRIDAY: &str = "2026-11-20T12:00:00Z";

/// The last part of the address of a title without accents.
fn address(title: &str) -> String {
    format!("/fr/2026/11/20/{}", title.to_lowercase().replace(' ', "-"))
}

#[actix_web::test]
async fn a_page_says_what_it_is_and_whether_it_is_still_the_same() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    site.hears_all().await;
    let page = address("La crue recule");
    let mut tags = Vec::new();
    for coding in ["br", "gzip", ""] {
        // Twice: made, then kept.
        for _ in 0..2 {
            let answer = site.get_with(&page, &[("accept-encoding", coding)]).await;
            assert_eq!((answer.status, answer.header("content-encoding")), (200, coding));
            assert_eq!(answer.header("vary"), "accept-encoding");
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert_eq!(answer.header("content-language"), "fr");
            assert_eq!(answer.header("cache-control"), "public, max-age=0, s-maxage=30, must-revalidate");
            assert_eq!(answer.header("communique-sequence"), "2", "the directory, then the release");
            assert!(!answer.header("content-security-policy").is_empty() && !answer.header("date").is_empty());
            let tag = answer.header("etag").to_owned();
            assert!(tag.starts_with('"') && tag.ends_with('"'), "a strong one: {tag}");
            let same = site.get_with(&page, &[("accept-encoding", coding), ("if-none-match", &tag)]).await;
            assert_eq!((same.status, same.header("etag"), &*same.body), (304, &*tag, ""));
            assert!(!same.header("content-security-policy").is_empty());
            tags.push(tag);
        }
    }
    tags.dedup();
    assert_eq!(tags.len(), 3, "each coding has its own");
    for (asked, status) in [("*", 304), ("\"x\", W/\"y\"", 200), (&*format!("\"x\", W/{}", tags[0]), 304), ("", 200)] {
        assert_eq!(site.get_with(&page, &[("if-none-match", asked)]).await.status, status, "{asked}");
    }
    let head = site.http.head(format!("{}{page}", site.base)).send().await.unwrap();
    assert!(head.headers().contains_key("etag") && head.headers()["content-length"] != "0");
    assert_eq!(head.text().await.unwrap(), "");
}

#[actix_web::test]
async fn what_is_published_is_seen_at_once_by_two_processes_though_no_notice_comes() {
    let site = TestSite::at(FRIDAY).await;
    let other = site.beside().await;
    let mut conn = site.conn().await;
    conn.batch_execute("DROP TRIGGER public_changes_notify ON public_changes").await.unwrap();
    drop(conn);
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    for site in [&site, &other] {
        site.hears_all().await;
        for path in ["/fr/", "/fr/communiques", "/fr/institutions/water-agency"] {
            assert!(site.get(path).await.body.contains("La crue recule"), "{path}");
        }
    }
    let id = site.publish("water-agency", &[(Lang::Fr, "Les digues tiennent")]).await;
    for site in [&site, &other] {
        let committed = std::time::Instant::now();
        for path in ["/fr/", "/fr/communiques", "/fr/institutions/water-agency", &*address("La crue recule")] {
            site.until(path, "with the new release", |page| page.body.contains("Les digues tiennent")).await;
        }
        assert!(committed.elapsed() < Duration::from_secs(2), "the log is asked four times a second");
        assert_eq!(site.get(&address("Les digues tiennent")).await.status, 200);
    }
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    withdrawal::withdraw(&mut conn, &publisher, id, &Texts::one(Lang::Fr, "Les chiffres étaient faux.")).await.unwrap();
    for site in [&site, &other] {
        site.until(&address("Les digues tiennent"), "withdrawn", |page| {
            page.body.contains("Les chiffres étaient faux")
        })
        .await;
        site.until("/fr/", "marked", |page| page.body.contains("is-embargo")).await;
    }
}

#[actix_web::test]
async fn a_page_that_was_being_made_during_a_publication_is_not_kept() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    let (_, edition) = site.draft("water-agency", &[(Lang::Fr, "Les digues tiennent")], &[]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    site.hears_all().await;
    // The index reads names of topics, too: it has.
    let mut conn = site.conn().await;
    let last = communique::change::last(&mut conn).await.unwrap();
    drop(conn);
    assert!(site.index.wait_for(last, Duration::from_secs(5)).await);
    // The front page reads its topics last, through the door; nobody comes through it now.
    let mut holder = db::establish(site.ctx.db.url()).await.unwrap();
    holder
        .batch_execute(
            "SELECT pg_advisory_lock(1);
             CREATE OR REPLACE VIEW public_topics AS
                 SELECT id, code, names FROM topics WHERE (SELECT pg_advisory_xact_lock_shared(1)) IS NOT NULL",
        )
        .await
        .unwrap();
    let url = format!("{}/fr/", site.base);
    let before: Vec<_> = (0..8)
        .map(|_| {
            let (http, url) = (site.http.clone(), url.clone());
            tokio::spawn(async move { http.get(url).send().await.unwrap().text().await.unwrap() })
        })
        .collect();
    let mut conn = site.conn().await;
    let waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND locktype = 'advisory' AND objid = 1
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
    wait_for(&mut conn, waiting).await;
    // Exactly one of the eight asks the database; the others wait for it.
    let queue = rows(&mut conn, waiting).await;
    assert_eq!(queue, 1, "single flight");
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    site.hears_all().await;
    holder.batch_execute("SELECT pg_advisory_unlock(1)").await.unwrap();
    let mut old = 0;
    for page in before {
        let page = page.await.unwrap();
        assert!(page.contains("La crue recule"));
        old += usize::from(!page.contains("Les digues tiennent"));
    }
    assert_eq!(old, 1, "only who had begun to read before the publication");
    for _ in 0..3 {
        assert!(site.get("/fr/").await.body.contains("Les digues tiennent"), "nobody after it");
    }
}

async fn rows(conn: &mut diesel_async::AsyncPgConnection, sql: &str) -> usize {
    use diesel_async::RunQueryDsl;
    diesel::sql_query(sql).execute(conn).await.unwrap()
}

async fn wait_for(conn: &mut diesel_async::AsyncPgConnection, sql: &str) {
    let begun = std::time::Instant::now();
    while rows(conn, sql).await == 0 {
        assert!(begun.elapsed().as_secs() < 5, "{sql}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[actix_web::test]
async fn without_a_database_what_was_read_stays_and_what_was_withdrawn_does_not() {
    let site = TestSite::at(FRIDAY).await;
    let id = site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    site.publish("water-agency", &[(Lang::Fr, "Les digues tiennent")]).await;
    site.hears_all().await;
    let (first, second) = (address("La crue recule"), address("Les digues tiennent"));
    for path in ["/fr/", &first, &second, "/fr/archives"] {
        assert_eq!(site.get(path).await.status, 200);
    }
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    withdrawal::withdraw(&mut conn, &publisher, id, &Texts::one(Lang::Fr, "Faux.")).await.unwrap();
    drop(conn);
    site.hears_all().await;
    assert!(!site.get(&second).await.body.contains("La crue recule"), "no longer proposed");
    let (admin, name) = site.cut_off_database().await;
    let stale = site.until(&second, "marked as stale", |page| !page.header("communique-stale").is_empty()).await;
    assert_eq!((stale.status, stale.header("cache-control")), (200, "public, no-cache"));
    assert!(stale.header("age").parse::<u32>().unwrap() >= 1);
    assert!(stale.body.contains("Les digues tiennent"));
    let gone = site.get(&first).await;
    assert_eq!((gone.status, gone.header("retry-after")), (503, "30"), "it was withdrawn before the line was cut");
    assert_eq!(site.get("/fr/themes").await.status, 503, "never read");
    site.give_database_back(admin, &name).await;
    site.until(&first, "back", |page| page.status == 200 && page.body.contains("Faux.")).await;
    let fresh = site.until(&second, "fresh", |page| page.header("communique-stale").is_empty()).await;
    assert_eq!(fresh.header("cache-control"), "public, max-age=0, s-maxage=30, must-revalidate");
}

#[actix_web::test]
async fn a_pooler_before_the_database_changes_nothing() {
    let site = TestSite::at(FRIDAY).await;
    let Some(pooler) = Pooler::before(site.ctx.db.url()).await else {
        println!("left out: PgBouncer is not installed");
        return;
    };
    let direct = site.ctx.db.url().to_owned();
    let settings = [("DATABASE_URL", pooler.url()), ("COMMUNIQUE_DATABASE_DIRECT_URL", &*direct)];
    let pooled = site.beside_with(&settings).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    pooled.hears_all().await;
    for _ in 0..2 {
        let page = pooled.get(&address("La crue recule")).await;
        assert_eq!((page.status, page.header("communique-sequence")), (200, "2"));
    }
    assert!(pooled.get("/fr/").await.body.contains("La crue recule"));
    site.publish("water-agency", &[(Lang::Fr, "Les digues tiennent")]).await;
    pooled.hears_all().await;
    assert!(pooled.get("/fr/").await.body.contains("Les digues tiennent"));
}

#[actix_web::test]
async fn what_is_absent_is_never_kept_and_waits_for_nobody() {
    let site = TestSite::at(FRIDAY).await;
    let page = address("La crue recule");
    site.publish("water-agency", &[(Lang::Fr, "Les digues tiennent")]).await;
    site.hears_all().await;
    let absent = site.get(&page).await;
    assert_eq!((absent.status, absent.header("cache-control"), absent.header("etag")), (404, "private, no-store", ""));
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    assert_eq!(site.get(&page).await.status, 200, "at once, whatever was said before");
}

#[actix_web::test]
async fn static_files_are_kept_for_ever_under_the_digest_in_their_name() {
    let site = TestSite::at(FRIDAY).await;
    let page = site.get("/fr/").await;
    let (_, rest) = page.body.split_once("/static/site.").unwrap();
    let style = format!("/static/site.{}", rest.split_once('"').unwrap().0);
    let mut plain = 0;
    for (accepted, coding) in [("", ""), ("gzip", "gzip"), ("gzip, br", "br")] {
        let answer = site.get_with(&style, &[("accept-encoding", accepted)]).await;
        assert_eq!((answer.status, answer.header("content-encoding")), (200, coding));
        assert_eq!(answer.header("content-type"), "text/css; charset=utf-8");
        assert_eq!(answer.header("cache-control"), "public, max-age=31536000, immutable");
        let size: usize = answer.header("content-length").parse().unwrap();
        plain = plain.max(size);
        assert!(coding.is_empty() || size < plain / 3, "{coding}: {size} of {plain}");
        let tag = answer.header("etag").to_owned();
        let same = site.get_with(&style, &[("accept-encoding", accepted), ("if-none-match", &tag)]).await;
        assert_eq!((same.status, &*same.body), (304, ""));
    }
    let (stem, kind) = style.rsplit_once('.').unwrap();
    assert_eq!(site.get(&format!("{stem}0.{kind}")).await.status, 404, "another digest is another file");
}
