//! The public site: what a reader finds, by which address, and what they are told when there is nothing.

use std::collections::BTreeMap;

use communique::account::Role;
use communique::directory::Family;
use communique::ids::ReleaseId;
use communique::kit::lang::{Lang, Texts};
use communique::release::model::NewRelease;
use communique::release::{correction, drafting, publication, withdrawal};
use diesel_async::SimpleAsyncConnection;
use scraper::{Html, Selector};

use crate::support::{Answer, TestSite, content};

const FRIDAY: &str = "2026-11-20T12:00:00Z";

/// The elements of a page that match.
fn all(answer: &Answer, selector: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(&answer.body)
        .select(&selector)
        .map(|element| {
            let attributes = element.value().attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
            let text = element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
            (text, attributes)
        })
        .collect()
}

fn texts(answer: &Answer, selector: &str) -> Vec<String> {
    all(answer, selector).into_iter().map(|(text, _)| text).collect()
}

/// One attribute of the elements that match.
fn attribute(answer: &Answer, selector: &str, name: &str) -> Vec<String> {
    all(answer, selector).into_iter().filter_map(|(_, mut attributes)| attributes.remove(name)).collect()
}

/// The path that an absolute address of the site has.
fn path(site: &TestSite, address: &str) -> String {
    address.strip_prefix(&site.base).unwrap_or(address).to_owned()
}

async fn with_header(site: &TestSite, path: &str, name: &str, value: &str) -> Answer {
    Answer::of(site.http.get(format!("{}{path}", site.base)).header(name, value).send().await.unwrap()).await
}

async fn head(site: &TestSite, path: &str) -> Answer {
    Answer::of(site.http.head(format!("{}{path}", site.base)).send().await.unwrap()).await
}

/// What two answers are compared by: all but the instant at which they were given.
fn comparable(answer: &Answer) -> (u16, BTreeMap<String, String>, String) {
    let mut headers = answer.headers.clone();
    headers.remove("date");
    headers.remove("content-length");
    (answer.status, headers, answer.body_but_own_words())
}

async fn unpublish(site: &TestSite, id: ReleaseId, reason: &Texts, moved_to: Option<&str>) {
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    withdrawal::unpublish(&mut conn, &publisher, id, reason, moved_to).await.unwrap();
}

#[actix_web::test]
async fn a_release_in_two_languages_is_found_and_read_in_both() {
    let site = TestSite::at(FRIDAY).await;
    site.publish_about("water-agency", &[(Lang::Fr, "La crue recule"), (Lang::Nl, "Het water zakt")], &["floods"])
        .await;

    let home = site.get("/fr/").await;
    assert_eq!(home.status, 200);
    assert_eq!(home.header("content-language"), "fr");
    assert_eq!(home.header("cache-control"), "public, max-age=0, s-maxage=30, must-revalidate");
    assert_eq!(texts(&home, ".day"), ["Vendredi 20 novembre 2026"]);
    assert_eq!(texts(&home, ".item-by time"), ["13:00"]);
    assert_eq!(texts(&home, ".item-source"), ["water-agency (fr)"]);
    assert_eq!(all(&home, ".item a").len(), 1, "one link an item");
    let address = attribute(&home, ".item-title a", "href").remove(0);
    assert_eq!(address, "/fr/2026/11/20/la-crue-recule");

    let french = site.get(&address).await;
    assert_eq!((french.status, french.header("content-language")), (200, "fr"));
    assert_eq!(texts(&french, "h1"), ["La crue recule"]);
    assert_eq!(texts(&french, ".prose h2"), ["What changes"]);
    assert_eq!(texts(&french, ".by-line b"), ["vendredi 20 novembre 2026, 13:00", "2026-0001"]);
    assert_eq!(texts(&french, ".versions .missing"), ["Allemand : pas disponible", "Anglais : pas disponible"]);
    assert_eq!(attribute(&french, ".topics a", "href"), ["/fr/communiques?topic=floods"]);
    assert_eq!(attribute(&french, ".kicker a", "href"), ["/fr/institutions/water-agency"]);
    assert_eq!(attribute(&french, "link[rel=canonical]", "href"), [format!("{}{address}", site.base)]);
    assert_eq!(attribute(&french, "link[rel=alternate]", "hreflang"), ["fr", "nl"]);
    assert!(all(&french, "meta[name=robots]").is_empty());

    let dutch = site.get(&attribute(&french, ".versions a", "href")[0]).await;
    assert_eq!((dutch.status, texts(&dutch, "h1")), (200, vec!["Het water zakt".to_owned()]));
    assert_eq!(site.get("/de/2026/11/20/la-crue-recule").await.status, 404, "not in German");
    assert_eq!(site.get("/nl/2026/11/20/la-crue-recule").await.status, 404, "its Dutch address is another");
}

#[actix_web::test]
async fn machines_read_what_people_read() {
    let site = TestSite::at(FRIDAY).await;
    let title = "Une </script><script>alert(1)</script> & « citation »";
    site.publish_about("water-agency", &[(Lang::Fr, title), (Lang::De, "Zitat")], &["floods"]).await;
    let address = attribute(&site.get("/fr/").await, ".item-title a", "href").remove(0);
    let page = site.get(&address).await;

    let data = texts(&page, "script[type='application/ld+json']");
    assert_eq!(data.len(), 1);
    let article: serde_json::Value = serde_json::from_str(&data[0]).unwrap();
    assert_eq!(article["@type"], "NewsArticle");
    assert_eq!(article["headline"], title);
    assert_eq!(article["inLanguage"], "fr");
    assert_eq!(article["datePublished"], "2026-11-20T13:00+01:00");
    assert_eq!(article["identifier"], "2026-0001");
    assert_eq!(article["author"][0]["name"], "water-agency (fr)");
    assert_eq!(article["workTranslation"][0]["inLanguage"], "de");
    assert!(!page.body.contains("<script>alert"), "nobody's words end our script");
    assert_eq!(attribute(&page, "meta[property='og:title']", "content"), [title]);
    assert_eq!(attribute(&page, "meta[property='og:type']", "content"), ["article"]);
    assert_eq!(attribute(&page, "meta[name=description]", "content"), [format!("{title}: the lead.")]);
    for wrong in [" style=", " onclick=", "<style"] {
        assert!(!page.body.contains(wrong), "{wrong} is against our own policy");
    }
}

#[actix_web::test]
async fn a_dutch_list_shows_what_is_only_in_french_and_says_so() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    let list = site.get("/nl/persberichten").await;
    assert_eq!(attribute(&list, ".item-title", "lang"), ["fr"]);
    assert_eq!(attribute(&list, ".item-lead", "lang"), ["fr"]);
    assert_eq!(attribute(&list, ".item-title a", "href"), ["/fr/2026/11/20/la-crue-recule"]);
    assert_eq!(texts(&list, ".item-marks"), ["In het Frans"]);
    assert_eq!(texts(&list, ".item-codes .vh"), ["Talen: Frans"]);
    let own = site.get("/fr/communiques").await;
    assert!(attribute(&own, ".item-title", "lang").is_empty() && texts(&own, ".item-marks").is_empty());
}

#[actix_web::test]
async fn a_list_is_paged_both_ways_over_releases_of_one_instant() {
    let site = TestSite::at(FRIDAY).await;
    let titles: Vec<String> = (1..=45).map(|n| format!("Decision {n}")).collect();
    for title in &titles {
        site.publish("council", &[(Lang::En, title)]).await;
    }
    let mut expected = titles.clone();
    expected.reverse();

    let mut address = "/en/releases?institution=council".to_owned();
    let mut seen = Vec::new();
    let mut pages = Vec::new();
    loop {
        let page = site.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        seen.extend(texts(&page, ".item-title"));
        let next = attribute(&page, ".pager a[rel=next]", "href");
        assert_eq!(attribute(&page, "link[rel=next]", "href"), next);
        assert_eq!(all(&page, "meta[name=robots]").len(), usize::from(!pages.is_empty()), "further back: not indexed");
        pages.push(page);
        match next.first() {
            Some(next) => address = next.clone(),
            None => break,
        }
    }
    assert_eq!(seen, expected, "each once, in order");
    assert_eq!(pages.len(), 3);
    assert!(attribute(&pages[0], ".pager a[rel=prev]", "href").is_empty());

    // One that comes in between moves nothing that is further back.
    site.publish("council", &[(Lang::En, "Decision 46")]).await;
    let back = site.get(&attribute(&pages[2], ".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(texts(&back, ".item-title"), texts(&pages[1], ".item-title"));
    // The newest page is the list's own address.
    let front = site.get(&attribute(&back, ".pager a[rel=prev]", "href")[0]).await;
    assert_eq!(front.status, 200, "Decision 46 stands before it");
    assert_eq!(texts(&front, ".item-title")[0], "Decision 45");
    let first = site.get(&attribute(&front, ".pager a[rel=prev]", "href")[0]).await;
    assert_eq!((first.status, first.header("location")), (302, "/en/releases?institution=council"));
    // A page in another language begins at the same place.
    let french = attribute(&pages[1], ".site-langs a[lang=fr]", "href").remove(0);
    assert_eq!(texts(&site.get(&french).await, ".item-title"), texts(&pages[1], ".item-title"));
}

#[actix_web::test]
async fn a_filter_narrows_and_each_choice_can_be_taken_back() {
    let site = TestSite::at("2026-10-30T12:00:00Z").await;
    site.institution("minister-water", Family::Government).await;
    site.publish_about("water-agency", &[(Lang::En, "October on floods")], &["floods"]).await;
    site.advance_to(FRIDAY).await;
    site.publish_about("water-agency", &[(Lang::En, "November on floods")], &["floods"]).await;
    site.publish_about("water-agency", &[(Lang::En, "November on pensions")], &["pensions"]).await;
    site.publish_about("minister-water", &[(Lang::En, "The minister on floods")], &["floods"]).await;
    for (query, expected) in [
        ("", vec!["The minister on floods", "November on pensions", "November on floods", "October on floods"]),
        ("topic=floods", vec!["The minister on floods", "November on floods", "October on floods"]),
        ("family=government", vec!["The minister on floods"]),
        ("institution=water-agency&topic=floods", vec!["November on floods", "October on floods"]),
        ("month=2026-10", vec!["October on floods"]),
        ("month=2026-11&topic=floods&family=institutions", vec!["November on floods"]),
        ("month=2025-01", vec![]),
    ] {
        let page = site.get(&format!("/en/releases?{query}")).await;
        assert_eq!(
            (page.status, texts(&page, ".item-title")),
            (200, expected.iter().map(|t| (*t).to_owned()).collect()),
            "{query}"
        );
    }
    let page = site.get("/en/releases?month=2026-11&topic=floods&institution=water-agency").await;
    assert_eq!(texts(&page, "h1"), ["Press releases: water-agency (en) on the topic of “floods (en)”, November 2026"]);
    assert_eq!(
        attribute(&page, ".understood a", "href"),
        [
            "/en/releases?topic=floods&month=2026-11",
            "/en/releases?institution=water-agency&month=2026-11",
            "/en/releases?institution=water-agency&topic=floods",
            "/en/releases",
        ]
    );
    assert_eq!(all(&page, "meta[name=robots]").len(), 1, "a combination is nobody's entry");
    let followed = attribute(&page, ".list > .more a", "href");
    let own = ["subscribe", "releases.atom"].map(|page| format!("/en/{page}?institution=water-agency&topic=floods"));
    assert_eq!(followed, own, "without the month");
    let empty = site.get("/en/releases?month=2025-01").await;
    assert_eq!(texts(&empty, ".nothing .lead"), ["No press release matches all of this."]);

    let archive = site.get("/en/archive").await;
    assert_eq!(attribute(&archive, ".months a", "href"), ["/en/releases?month=2026-11", "/en/releases?month=2026-10"]);
    let institution = site.get("/en/institutions/water-agency").await;
    assert_eq!(texts(&institution, ".item-title").len(), 3);
    assert_eq!(
        attribute(&institution, ".topics a", "href"),
        ["/en/releases?institution=water-agency&topic=floods", "/en/releases?institution=water-agency&topic=pensions"]
    );
    assert_eq!(texts(&site.get("/en/institutions").await, ".index a"), ["minister-water (en)", "water-agency (en)"]);
    assert_eq!(texts(&site.get("/en/topics").await, ".index a"), ["floods (en)", "pensions (en)"]);
    for unknown in ["/en/releases?topic=x", "/en/releases?institution=x", "/en/institutions/x", "/en/institutions/%00"]
    {
        assert_eq!(site.get(unknown).await.status, 404, "{unknown}");
    }
}

#[actix_web::test]
async fn an_address_that_is_not_understood_leads_to_the_page_without_it() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    for (address, plain) in [
        ("/fr/communiques?x=eau", "/fr/communiques"),
        ("/fr/communiques?topic=a&topic=b", "/fr/communiques"),
        ("/fr/communiques?family=x", "/fr/communiques"),
        ("/fr/communiques?month=2026-13", "/fr/communiques"),
        ("/fr/communiques?before=yesterday", "/fr/communiques"),
        ("/fr/communiques?before=1-1&after=1-1", "/fr/communiques"),
        ("/fr/?page=2", "/fr/"),
        ("/fr/themes?x=%3Cscript%3E", "/fr/themes"),
        ("/fr/2026/11/20/la-crue-recule?print=1", "/fr/2026/11/20/la-crue-recule"),
    ] {
        let page = site.get(address).await;
        assert_eq!(page.status, 400, "{address}");
        assert_eq!(page.header("cache-control"), "private, no-store");
        assert_eq!(attribute(&page, "main .more a", "href")[0], plain, "{address}");
        assert_eq!(site.get(plain).await.status, 200, "{plain}");
        assert!(!page.body.contains("<script>"));
    }
    // A topic that is not there: the list without it is one step away. Of an address that no page has, nothing is.
    let unknown = site.get("/fr/communiques?topic=nowhere").await;
    assert_eq!(unknown.status, 404);
    assert!(attribute(&unknown, "main .more a", "href").contains(&"/fr/communiques".to_owned()));
    let nothing = site.get("/fr/rien?topic=nowhere").await;
    assert!(!attribute(&nothing, "main .more a", "href").contains(&"/fr/rien".to_owned()));
}

#[actix_web::test]
async fn other_sites_parameters_are_taken_off_by_one_redirect() {
    let site = TestSite::at(FRIDAY).await;
    for (address, to) in [
        ("/fr/?utm_source=x&utm_medium=y", "/fr/"),
        ("/fr/communiques?fbclid=1&family=council", "/fr/communiques?family=council"),
        ("/?gclid=1", "/"),
    ] {
        let answer = site.get(address).await;
        assert_eq!((answer.status, answer.header("location")), (301, to), "{address}");
        assert_eq!(head(&site, address).await.status, 301);
    }
    // Never to another site.
    let answer = site.get("//example.org/?utm_source=x").await;
    assert_eq!((answer.status, answer.header("location")), (404, ""));
}

#[actix_web::test]
async fn what_is_secret_answers_as_what_never_was() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    site.draft("water-agency", &[(Lang::Fr, "La digue cède")], &["floods"]).await;
    let (_, planned) = site.draft("water-agency", &[(Lang::Fr, "La digue tient")], &["floods"]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    {
        let mut conn = site.conn().await;
        drafting::submit(&mut conn, &publisher, planned).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, planned).await.unwrap();
        drafting::schedule(&mut conn, &publisher, planned, "2026-11-20T13:00:00Z".parse().unwrap()).await.unwrap();
    }
    let pairs = [
        ("/fr/2026/11/20/la-digue-cede", "/fr/2026/11/20/il-ne-s-est-rien-passe"),
        ("/fr/2026/11/20/la-digue-tient", "/fr/2026/11/20/il-ne-s-est-rien-passe"),
        ("/fr/2026/11/20/la-digue-tient", "/fr/nulle-part"),
        ("/2026-0002", "/2026-9999"),
    ];
    for (secret, never) in pairs {
        let (hidden, absent) = (site.get(secret).await, site.get(never).await);
        assert_eq!(hidden.status, 404, "{secret}");
        assert_eq!(hidden.header("cache-control"), "private, no-store");
        assert_eq!(comparable(&hidden), comparable(&absent), "{secret} and {never}");
        assert_eq!(comparable(&head(&site, secret).await), comparable(&head(&site, never).await));
    }
    // Not in any list, count or facet either: the topic has nothing, the page of the institution one.
    for address in
        ["/fr/communiques?topic=floods", "/fr/", "/fr/communiques", "/fr/institutions/water-agency", "/fr/archives"]
    {
        assert!(!site.get(address).await.body.contains("digue"), "{address}");
    }
    assert!(texts(&site.get("/fr/communiques?topic=floods").await, ".item").is_empty());
    assert!(texts(&site.get("/fr/institutions/water-agency").await, ".aside .topics").is_empty());

    // At its hour it is there, and its number tells of no draft before it.
    site.advance_to("2026-11-20T13:00:00Z").await;
    publication::publish_due(&site.ctx).await.unwrap();
    let page = site.get("/fr/2026/11/20/la-digue-tient").await;
    assert_eq!((page.status, texts(&page, ".by-line b")[1].as_str()), (200, "2026-0002"));
}

#[actix_web::test]
async fn a_withdrawn_release_keeps_its_text_under_a_notice() {
    let site = TestSite::at(FRIDAY).await;
    let id = site.publish("water-agency", &[(Lang::Fr, "La crue recule"), (Lang::Nl, "Het water zakt")]).await;
    site.advance_to("2026-11-20T13:30:00Z").await;
    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        let reason = Texts::one(Lang::Fr, "Les chiffres étaient faux.");
        withdrawal::withdraw(&mut conn, &publisher, id, &reason).await.unwrap();
    }
    let page = site.get("/nl/2026/11/20/het-water-zakt").await;
    assert_eq!(page.status, 200);
    assert_eq!(texts(&page, ".notice.stop strong"), ["Ingetrokken op 20 november 2026 om 14.30 uur"]);
    assert_eq!(attribute(&page, ".notice.stop p", "lang"), ["fr"], "the reason exists in French only, and says so");
    assert_eq!(attribute(&page, "meta[name=robots]", "content"), ["noindex"]);
    assert!(!texts(&page, ".prose p").is_empty());
    let home = site.get("/nl/").await;
    assert_eq!(texts(&home, ".list .is-embargo"), ["Ingetrokken"]);
    assert_eq!(texts(&home, ".aside .is-embargo"), ["Ingetrokken"], "and among what was corrected");
    site.advance_to("2026-11-28T13:30:00Z").await;
    assert!(texts(&site.get("/nl/").await, ".aside .is-embargo").is_empty(), "for a week");
}

#[actix_web::test]
async fn a_correction_stands_above_the_text_with_its_hour() {
    let site = TestSite::at(FRIDAY).await;
    let id = site.publish("water-agency", &[(Lang::En, "Water falls")]).await;
    site.advance_to("2026-11-20T13:20:00Z").await;
    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        let note = Texts::one(Lang::En, "The level is 4.12 m and not 4.21 m.");
        let corrected = content(&[(Lang::En, "Water falls to 4.12 m")]);
        correction::correct(&mut conn, site.ctx.settings.zone, &publisher, id, corrected, note).await.unwrap();
    }
    let former = site.get("/en/2026/11/20/water-falls").await;
    let to = former.header("location").to_owned();
    assert_eq!(
        (former.status, to.as_str()),
        (301, "/en/2026/11/20/water-falls-to-4-12-m"),
        "an address follows its title"
    );
    let page = site.get(&to).await;
    assert_eq!(texts(&page, "h1"), ["Water falls to 4.12 m"]);
    assert_eq!(texts(&page, ".notice h2"), ["Corrected on 20 November 2026 at 14:20"]);
    let said = texts(&page, ".notice p");
    assert_eq!(said, ["The level is 4.12 m and not 4.21 m.", "Read edition 1, with what has changed since"]);
    let home = site.get("/en/").await;
    assert_eq!(texts(&home, ".list .is-corrected"), ["Corrected at 14:20"]);
    assert_eq!(texts(&home, ".aside .is-corrected"), ["Corrected on 20 November 2026 at 14:20"]);
    // On another day's list the day stands with the hour.
    assert_eq!(
        texts(&site.get("/en/institutions/water-agency").await, ".is-corrected"),
        ["Corrected on 20 November 2026 at 14:20"]
    );
}

#[actix_web::test]
async fn what_was_unpublished_says_why_or_leads_on() {
    let site = TestSite::at(FRIDAY).await;
    let gone = site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    let moved = site.publish("water-agency", &[(Lang::Fr, "La crue monte")]).await;
    unpublish(&site, gone, &Texts::one(Lang::Fr, "Publié par erreur."), None).await;
    unpublish(&site, moved, &Texts::one(Lang::Fr, "Remplacé."), Some("/fr/themes")).await;

    let page = site.get("/fr/2026/11/20/la-crue-recule").await;
    assert_eq!((page.status, page.header("cache-control")), (410, "private, no-store"));
    assert_eq!(texts(&page, ".notice p"), ["Publié par erreur."]);
    assert!(!page.body.contains("La crue recule"), "nothing of its text");
    let moved = site.get("/fr/2026/11/20/la-crue-monte").await;
    assert_eq!((moved.status, moved.header("location")), (301, "/fr/themes"));
    let short = site.get("/2026-0001").await;
    assert_eq!((short.status, short.header("location")), (302, "/fr/2026/11/20/la-crue-recule"));
    assert!(texts(&site.get("/fr/").await, ".item").is_empty());
    assert_eq!(site.get("/fr/communiques").await.status, 200);
}

#[actix_web::test]
async fn an_old_address_leads_to_the_present_one() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    let mut conn = site.conn().await;
    conn.batch_execute(
        "UPDATE addresses SET current = false;
         INSERT INTO addresses (lang, published_on, slug, release_id)
         SELECT lang, published_on, 'la-crue-recule-enfin', release_id FROM addresses",
    )
    .await
    .unwrap();
    drop(conn);
    let old = site.get("/fr/2026/11/20/la-crue-recule").await;
    assert_eq!((old.status, old.header("location")), (301, "/fr/2026/11/20/la-crue-recule-enfin"));
    assert_eq!(site.get("/fr/2026/11/20/la-crue-recule-enfin").await.status, 200);
    for never in
        ["/fr/2026/11/21/la-crue-recule", "/fr/2026/02/30/la-crue-recule", "/fr/2026/11/20/%00", "/fr/2026/11/20/"]
    {
        assert_eq!(site.get(never).await.status, 404, "{never}");
    }
}

#[actix_web::test]
async fn the_reader_s_language_is_negotiated() {
    let site = TestSite::with(FRIDAY, &[("COMMUNIQUE_LANGUAGES", "nl,fr,de")]).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule"), (Lang::De, "Das Wasser sinkt")]).await;
    for (asked, to) in [("nl-BE,nl;q=0.9,fr;q=0.8", "/nl/"), ("en, fr;q=0.5, de;q=0.7", "/de/"), ("fr", "/fr/")] {
        let answer = with_header(&site, "/", "accept-language", asked).await;
        assert_eq!((answer.status, answer.header("location")), (302, to), "{asked}");
        assert_eq!(answer.header("cache-control"), "private, no-store");
        assert!(answer.header("vary").contains("accept-language"), "{}", answer.header("vary"));
    }
    for asked in ["en", "ja", "*"] {
        let choice = with_header(&site, "/", "accept-language", asked).await;
        assert_eq!(choice.status, 200);
        assert_eq!(choice.header("cache-control"), "private, no-store");
        assert_eq!(attribute(&choice, "main .index a", "href"), ["/nl/", "/fr/", "/de/"], "{asked}");
    }
    for (asked, to) in [("de", "/de/2026/11/20/das-wasser-sinkt"), ("nl", "/fr/2026/11/20/la-crue-recule")] {
        let answer = with_header(&site, "/2026-0001", "accept-language", asked).await;
        assert_eq!((answer.status, answer.header("location")), (302, to), "{asked}");
        assert!(answer.header("vary").contains("accept-language"));
    }
    // In a mail the reader's language is known, whatever the browser says.
    for (address, to) in
        [("/de/2026-0001", "/de/2026/11/20/das-wasser-sinkt"), ("/nl/2026-0001", "/fr/2026/11/20/la-crue-recule")]
    {
        let answer = with_header(&site, address, "accept-language", "fr").await;
        assert_eq!((answer.status, answer.header("location")), (302, to), "{address}");
    }
    assert_eq!(site.get("/de/2026-0002").await.status, 404);
    for (address, asked, spoken) in
        [("/de/nichts", "fr", "de"), ("/nothing", "fr", "fr"), ("/en/", "de", "de"), ("/nothing", "ja", "nl")]
    {
        let answer = with_header(&site, address, "accept-language", asked).await;
        assert_eq!((answer.status, answer.header("content-language")), (404, spoken), "{address} {asked}");
        assert_eq!(attribute(&answer, "html", "lang"), [spoken]);
    }
    assert_eq!(site.get("/fr").await.header("location"), "/fr/");
}

#[actix_web::test]
async fn head_answers_as_get_without_a_body() {
    let site = TestSite::at(FRIDAY).await;
    let id = site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue monte")]).await;
    unpublish(&site, id, &Texts::one(Lang::Fr, "Publié par erreur."), None).await;
    for address in [
        "/",
        "/fr/",
        "/fr/communiques",
        "/fr/institutions",
        "/fr/institutions/water-agency",
        "/fr/themes",
        "/fr/archives",
        "/fr/2026/11/20/la-crue-monte",
        "/fr/2026/11/20/la-crue-recule",
        "/fr/rien",
        "/fr/?x=1",
        "/2026-0002",
        "/robots.txt",
        "/.well-known/security.txt",
    ] {
        let (get, head) = (site.get(address).await, head(&site, address).await);
        let (get, head) = (comparable(&get), comparable(&head));
        assert_eq!((get.0, get.1), (head.0, head.1), "{address}");
        assert_eq!(head.2, "", "{address}");
    }
}

#[actix_web::test]
async fn a_new_site_says_that_it_is_empty() {
    let site = TestSite::at(FRIDAY).await;
    for (address, said) in [
        ("/en/", "Nothing has been published yet."),
        ("/fr/communiques", "Rien n’a encore été publié."),
        ("/nl/instellingen", "nog geen enkele instelling"),
        ("/de/themen", "noch keine Themen"),
        ("/en/archive", "The archive begins with the first press release."),
    ] {
        let page = site.get(address).await;
        assert_eq!(page.status, 200);
        assert!(texts(&page, "main .lead").concat().contains(said), "{address}");
    }
}

#[actix_web::test]
async fn every_refusal_is_a_page_and_tells_nothing_of_its_cause() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    let method = site.post("/fr/communiques", &[]).await;
    assert_eq!((method.status, texts(&method, "h1")), (405, vec!["Cela ne se fait pas ainsi".to_owned()]));
    assert_eq!(method.header("allow"), "GET, HEAD");
    // A page of the demo alone is, here, a page that is not there: to the byte and with the headers of every answer.
    let (demo, never) = (site.get("/mailbox").await, site.get("/nothing").await);
    assert_eq!(comparable(&demo), comparable(&never));
    assert!(!demo.header("content-security-policy").is_empty());

    // A fault shows its number only.
    let mut conn = site.conn().await;
    conn.batch_execute("ALTER VIEW public_releases RENAME TO elsewhere").await.unwrap();
    let fault = site.get("/fr/").await;
    assert_eq!((fault.status, fault.header("cache-control")), (500, "private, no-store"));
    assert_eq!(texts(&fault, "main b.num")[0].len(), 9);
    for cause in ["public_releases", "relation", "diesel", "SELECT"] {
        assert!(!fault.body.contains(cause), "{cause}");
    }
    conn.batch_execute("ALTER VIEW elsewhere RENAME TO public_releases").await.unwrap();
    drop(conn);
    assert_eq!(site.get("/fr/").await.status, 200);

    // The database goes away: the reader is told when to come back.
    let (admin, name) = site.cut_off_database().await;
    let away = site.get("/fr/themes").await;
    assert_eq!((away.status, away.header("retry-after")), (503, "30"));
    assert_eq!(texts(&away, "h1"), ["De retour dans un instant"]);
    assert_eq!(site.get("/fr/").await.status, 200, "what was read before stays readable");
    site.give_database_back(admin, &name).await;
    assert_eq!(site.get("/fr/themes").await.status, 200, "it recovers by itself");
}

#[actix_web::test]
async fn two_text_files_stand_where_others_look() {
    let site = TestSite::at(FRIDAY).await;
    let security = site.get("/.well-known/security.txt").await;
    assert_eq!((security.status, security.header("content-type")), (200, "text/plain; charset=utf-8"));
    let lines: Vec<&str> = security.body.lines().collect();
    assert_eq!(lines[0], "Contact: mailto:press@four-rivers.example");
    let expires: chrono::DateTime<chrono::Utc> = lines[1].strip_prefix("Expires: ").unwrap().parse().unwrap();
    let left = expires - site.now().await;
    assert!(left > chrono::Duration::days(30) && left < chrono::Duration::days(365));
    assert_eq!(lines[2], "Preferred-Languages: fr, nl, de, en");
    assert_eq!(path(&site, lines[3].strip_prefix("Canonical: ").unwrap()), "/.well-known/security.txt");
    let robots = site.get("/robots.txt").await;
    assert!(robots.body.starts_with("User-agent: *\n") && robots.body.contains("Disallow: /desk"));
}

#[actix_web::test]
async fn a_release_of_two_institutions_names_both_and_stands_with_each() {
    let site = TestSite::at(FRIDAY).await;
    let lead = site.institution("fps-mobility", Family::Institutions).await;
    let second = site.institution("minister", Family::Government).await;
    let publisher = site.person(Role::Publisher, Some("fps-mobility")).await;
    {
        let mut conn = site.conn().await;
        let new = NewRelease { issuers: vec![lead, second], content: content(&[(Lang::En, "Locks reopen")]) };
        let (_, edition) = drafting::begin(&mut conn, &publisher, new).await.unwrap();
        publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    }
    for address in ["/en/institutions/minister", "/en/institutions/fps-mobility", "/en/releases?family=government"] {
        assert_eq!(texts(&site.get(address).await, ".item-source"), ["fps-mobility (en), minister (en)"], "{address}");
    }
    let page = site.get("/en/2026/11/20/locks-reopen").await;
    assert_eq!(attribute(&page, ".kicker a", "href"), ["/en/institutions/fps-mobility", "/en/institutions/minister"]);
}
