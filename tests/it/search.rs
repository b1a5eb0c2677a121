//! The search: whoever reads a language finds what they would type in it, every number on the page is true, and nothing
//! that somebody types is wrong.

use std::collections::BTreeMap;

use communique::account::Role;
use communique::directory::Family;
use communique::ids::ReleaseId;
use communique::kit::lang::{Lang, Texts};
use communique::kit::page_cache::Lease;
use communique::release::model::{Content, LanguageVersion, NewRelease};
use communique::release::{drafting, publication, withdrawal};
use scraper::{Html, Selector};

use crate::support::{Answer, TestSite};

const FRIDAY: &str = "2026-11-20T12:00:00Z";

fn texts(answer: &Answer, selector: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(&answer.body)
        .select(&selector)
        .map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

fn attribute(answer: &Answer, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    Html::parse_document(&answer.body)
        .select(&selector)
        .filter_map(|element| element.value().attr(name).map(str::to_owned))
        .collect()
}

fn query(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// The search in a language, once the index knows of the last change: a build for tests on a busy machine may need longer
/// than a reader waits.
async fn search(site: &TestSite, lang: Lang, parameters: &str) -> Answer {
    followed(site).await;
    let answer = site.get(&communique::paths::search(lang, parameters)).await;
    assert!(texts(&answer, ".notice.info").is_empty(), "it catches up in time: {parameters}");
    answer
}

async fn followed(site: &TestSite) {
    let last = communique::change::last(&mut *site.conn().await).await.unwrap();
    assert!(site.index.wait_for(last, std::time::Duration::from_secs(30)).await, "the index follows");
}

async fn titles(site: &TestSite, lang: Lang, words: &str) -> Vec<String> {
    let answer = search(site, lang, &format!("q={}", query(words))).await;
    assert_eq!(answer.status, 200, "{words}");
    texts(&answer, ".item-title")
}

/// What the page says that there is.
fn total(answer: &Answer) -> String {
    texts(answer, ".understood p b").into_iter().next().unwrap_or_default()
}

/// One text: language, title, lead, body.
type Version<'a> = (Lang, &'a str, &'a str, &'a str);

async fn draft(
    site: &TestSite,
    institution: &str,
    versions: &[Version<'_>],
    topics: &[&str],
) -> (ReleaseId, communique::ids::EditionId) {
    let lead = site.institution(institution, Family::Institutions).await;
    let mut topic_ids = Vec::new();
    for topic in topics {
        topic_ids.push(site.topic(topic).await);
    }
    let versions: BTreeMap<Lang, LanguageVersion> = versions
        .iter()
        .map(|(lang, title, lead, body)| {
            (*lang, LanguageVersion { title: (*title).into(), lead: (*lead).into(), body: (*body).into() })
        })
        .collect();
    let author = site.person(Role::Contributor, Some(institution)).await;
    let mut conn = site.conn().await;
    let new =
        NewRelease { issuers: vec![lead], content: Content { versions, topics: topic_ids, ..Content::default() } };
    drafting::begin(&mut conn, &author, new).await.unwrap()
}

async fn publish(site: &TestSite, institution: &str, versions: &[Version<'_>], topics: &[&str]) -> ReleaseId {
    let (release, edition) = draft(site, institution, versions, topics).await;
    let publisher = site.person(Role::Publisher, Some(institution)).await;
    let mut conn = site.conn().await;
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    release
}

/// Four releases as a newsroom has them.
async fn newsroom(site: &TestSite) {
    publish(
        site,
        "water-agency",
        &[
            (
                Lang::Fr,
                "La crue recule, la navigation reprend",
                "Les écluses fermées rouvrent samedi.",
                "Le niveau de l’eau baisse.\n\nLes mesures prises par l’Agence de l’eau restent en vigueur pour les bateliers.",
            ),
            (
                Lang::Nl,
                "Het hoogwater zakt, de scheepvaart herneemt",
                "De gesloten sluizen gaan zaterdag weer open.",
                "Het waterpeil daalt. De maatregelen voor de schippers blijven van kracht.",
            ),
            (
                Lang::De,
                "Das Hochwasser sinkt, die Schifffahrt beginnt wieder",
                "Die geschlossenen Schleusen öffnen am Samstag.",
                "Der Wasserstand sinkt. Die Maßnahmen für die Binnenschiffer gelten weiter.",
            ),
        ],
        &["water"],
    )
    .await;
    publish(
        site,
        "fps-pensions",
        &[
            (
                Lang::Fr,
                "Avant-projet de loi sur les pensions minimales des indépendants",
                "Le premier ministre présente deux décrets.",
                "La pension minimale augmente de 3,5 % au 1er janvier.",
            ),
            (
                Lang::Nl,
                "Voorontwerp van wet over de minimumpensioenen van zelfstandigen",
                "De eerste minister stelt twee besluiten voor.",
                "Het minimumpensioen stijgt met 3,5 % op 1 januari.",
            ),
        ],
        &["pensions"],
    )
    .await;
    publish(
        site,
        "fps-justice",
        &[(
            Lang::De,
            "Zwei Gesetzesvorentwürfe zur Straße",
            "Der Ministerrat hat sie gebilligt.",
            "Über die Übergangsfrist wird noch beraten.",
        )],
        &[],
    )
    .await;
    publish(
        site,
        "statistics",
        &[(
            Lang::En,
            "House prices rise in the third quarter",
            "The minister’s answer came first.",
            "Prices of houses rose by 1.9 % and inflation fell. See 2026-0001 for the method.",
        )],
        &["pensions"],
    )
    .await;
}

#[actix_web::test]
async fn whoever_reads_a_language_finds_what_they_would_type_in_it() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    let (crue, hoogwater, hochwasser) = (
        "La crue recule, la navigation reprend",
        "Het hoogwater zakt, de scheepvaart herneemt",
        "Das Hochwasser sinkt, die Schifffahrt beginnt wieder",
    );
    let (loi, wet) = (
        "Avant-projet de loi sur les pensions minimales des indépendants",
        "Voorontwerp van wet over de minimumpensioenen van zelfstandigen",
    );
    let (gesetz, houses) = ("Zwei Gesetzesvorentwürfe zur Straße", "House prices rise in the third quarter");
    for (lang, words, expected) in [
        // Plural and singular, accents or none, small and large.
        (Lang::Fr, "crues", vec![crue]),
        (Lang::Fr, "ECLUSE", vec![crue]),
        (Lang::Fr, "décret", vec![loi]),
        (Lang::Fr, "decrets", vec![loi]),
        (Lang::Fr, "l'eau", vec![crue]),
        (Lang::Fr, "batelier mesure", vec![crue]),
        (Lang::Nl, "maatregel", vec![hoogwater]),
        (Lang::Nl, "sluis", vec![hoogwater]),
        (Lang::Nl, "minimumpensioen", vec![wet]),
        (Lang::De, "Gesetzesvorentwurf", vec![gesetz]),
        (Lang::De, "strasse", vec![gesetz]),
        (Lang::De, "Massnahme", vec![hochwasser]),
        (Lang::De, "Übergangsfrist", vec![gesetz]),
        (Lang::De, "Ubergangsfrist", vec![gesetz]),
        (Lang::En, "house price", vec![houses]),
        // Words that begin with one are found by its plural, too: Ministerrat.
        (Lang::En, "ministers", vec![houses, gesetz, loi]),
        // However a compound is written.
        (Lang::Nl, "minimum pensioen", vec![wet]),
        (Lang::Nl, "minimum-pensioenen", vec![wet]),
        (Lang::Nl, "water peil", vec![hoogwater]),
        (Lang::De, "Binnen Schiffer", vec![hochwasser]),
        (Lang::De, "Übergangs-Frist", vec![gesetz]),
        (Lang::Nl, "minimum wet", vec![]),
        // Small words ask for nothing, but in a phrase.
        (Lang::Fr, "les mesures de la navigation", vec![crue]),
        (Lang::Nl, "de maatregelen van het waterpeil", vec![hoogwater]),
        (Lang::Fr, "« prises par »", vec![crue]),
        (Lang::Fr, "« prises sur »", vec![]),
        // A beginning: the last word need not be complete.
        (Lang::Fr, "navig", vec![crue]),
        (Lang::De, "Gesetzesvor", vec![gesetz]),
        (Lang::Nl, "scheepv", vec![hoogwater]),
        (Lang::En, "infla", vec![houses]),
        // Words beside each other, in any kind of marks.
        (Lang::Fr, "« premier ministre »", vec![loi]),
        (Lang::Fr, "\"ministre premier\"", vec![]),
        (Lang::Fr, "avant-projet", vec![loi]),
        (Lang::Nl, "“eerste minister”", vec![wet]),
        (Lang::En, "\"third quarter\"", vec![houses]),
        (Lang::En, "\"quarter third\"", vec![]),
        (Lang::De, "„Wasserstand sinkt“", vec![hochwasser]),
        // Without.
        (Lang::Fr, "indépendants", vec![loi]),
        (Lang::Fr, "-décret indépendants", vec![]),
        (Lang::Fr, "indépendants -crue", vec![loi]),
        // By what the topic of another is called.
        (Lang::Fr, "pension", vec![houses, loi]),
        (Lang::Fr, "3,5", vec![loi]),
        // All words in one language's text: not one here, one there.
        (Lang::Fr, "crue hoogwater", vec![]),
        (Lang::Fr, "crue pension", vec![]),
        (Lang::Fr, "introuvable", vec![]),
        // In another language than the page's, which shows its own.
        (Lang::Fr, "hoogwater", vec![crue]),
        (Lang::En, "Gesetzesvorentwürfe", vec![gesetz]),
    ] {
        assert_eq!(titles(&site, lang, words).await, expected, "{words} in {lang}");
    }
}

#[actix_web::test]
async fn what_was_found_is_marked_where_it_stands() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    let page = search(&site, Lang::Fr, "q=crues+%C3%A9cluse").await;
    assert_eq!(texts(&page, ".item mark"), ["crue", "écluses"]);
    assert_eq!(total(&page), "1 communiqué");
    assert_eq!(texts(&page, ".understood p")[0], "1 communiqué avec crues et écluse");
    assert_eq!(attribute(&page, "#q", "value"), ["crues écluse"]);
    assert_eq!(attribute(&page, "meta[name=robots]", "content"), ["noindex"]);
    assert_eq!(texts(&page, "title"), ["« crues écluse » – Four Rivers"]);
    assert!(attribute(&page, ".site-head .find input", "id").is_empty(), "the page has its own field");
    assert_eq!(attribute(&page, ".site-langs a[lang=nl]", "href"), ["/nl/zoeken?q=crues+%C3%A9cluse"]);
    assert_eq!(
        attribute(&page, "link[rel=alternate][title]", "href"),
        ["atom", "rss", "json"].map(|format| format!("/fr/communiques.{format}?q=crues+%C3%A9cluse"))
    );

    // Neither in title nor lead: a piece of the text stands in the lead's place.
    let page = search(&site, Lang::Fr, "q=batelier").await;
    assert_eq!(
        texts(&page, ".item-lead"),
        ["Le niveau de l’eau baisse. Les mesures prises par l’Agence de l’eau restent en vigueur pour les bateliers."]
    );
    assert_eq!(texts(&page, ".item-lead mark"), ["bateliers"]);

    // Only in another version: it is named and linked.
    let page = search(&site, Lang::Fr, "q=scheepvaart").await;
    assert_eq!(texts(&page, ".item-marks a"), ["Vos mots figurent dans la version en néerlandais"]);
    let version = attribute(&page, ".item-marks a", "href").remove(0);
    assert_eq!(texts(&site.get(&version).await, "h1"), ["Het hoogwater zakt, de scheepvaart herneemt"]);

    // The sentence in each language; words that are not wanted; what is too much.
    for (lang, words, expected) in [
        (Lang::En, "\"third quarter\" prices -water", "1 press release with “third quarter” and prices, without water"),
        (Lang::Nl, "minister besluit wet", "1 persbericht met minister, besluit en wet"),
        (Lang::De, "Schleuse", "1 Pressemitteilung mit Schleuse"),
        (Lang::De, "nirgends", "Keine Pressemitteilung mit nirgends"),
    ] {
        let page = search(&site, lang, &format!("q={}", query(words))).await;
        assert_eq!(texts(&page, ".understood p")[0], expected);
    }
}

#[actix_web::test]
async fn whatever_a_title_is_it_stays_text() {
    let site = TestSite::at(FRIDAY).await;
    let title = "Une <script>alert(1)</script> & une <b>crue</b>";
    publish(&site, "water-agency", &[(Lang::Fr, title, "<img src=x onerror=alert(1)> crue", "a")], &[]).await;
    for words in ["crue", "script alert", "<script>", "img onerror", "\"alert(1)\""] {
        let page = search(&site, Lang::Fr, &format!("q={}", query(words))).await;
        assert_eq!(texts(&page, ".item-title"), [title], "{words}");
        assert!(!texts(&page, ".item mark").is_empty(), "{words}");
        assert!(texts(&page, ".item script, .item b, .item img, .understood script, main form script").is_empty());
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{words}");
    }
}

#[actix_web::test]
async fn every_count_is_that_of_the_search_it_leads_to() {
    let site = TestSite::at("2025-12-31T23:30:00Z").await;
    // Already 2026 in the site's zone.
    let new_year = &[(Lang::Fr, "Voeux sur l’eau", "", "a"), (Lang::De, "Wünsche", "", "a")];
    publish(&site, "water-agency", new_year, &["water"]).await;
    site.advance_to("2025-10-05T10:00:00Z").await;
    publish(&site, "statistics", &[(Lang::En, "Water and eau", "", "a")], &["water", "figures"]).await;
    site.institution("minister-water", Family::Government).await;
    site.advance_to("2026-10-30T12:00:00Z").await;
    publish(&site, "minister-water", &[(Lang::Fr, "Une eau plus chère", "", "a")], &["water"]).await;
    site.advance_to(FRIDAY).await;
    for n in 0..7 {
        let title = format!("Eau {n}");
        let institution = if n % 2 == 0 { "water-agency" } else { "statistics" };
        let topics: &[&str] = if n % 3 == 0 { &["figures"] } else { &["water", "figures"] };
        publish(&site, institution, &[(Lang::Fr, &title, "", "a"), (Lang::Nl, &title, "", "a")], topics).await;
    }
    for start in
        ["q=eau", "q=eau&order=best", "family=institutions", "q=eau&topic=water", "q=eau&year=2026", "language=fr"]
    {
        let page = search(&site, Lang::Fr, start).await;
        let selector = Selector::parse(".facet a").unwrap();
        let document = Html::parse_document(&page.body);
        let mut followed = 0;
        for link in document.select(&selector).filter(|link| link.value().attr("aria-current").is_none()) {
            let text = link.text().collect::<String>();
            let count = text.split_whitespace().last().unwrap().to_owned();
            let to = link.value().attr("href").unwrap();
            let there = site.get(to).await;
            let said = total(&there);
            assert_eq!(said.split_whitespace().next(), Some(count.as_str()), "{start}: {text} → {to}");
            assert_eq!(texts(&there, ".item").len().to_string(), count, "{to}");
            followed += 1;
        }
        assert!(followed >= 4, "{start}: {followed}");
    }
    // A chosen value leads back; each choice and all of them can be taken off; the order stays.
    let page = search(&site, Lang::Fr, "q=eau&topic=water&month=2026-11&order=best").await;
    assert_eq!(
        attribute(&page, ".understood a", "href"),
        ["/fr/recherche?q=eau&month=2026-11&order=best", "/fr/recherche?q=eau&topic=water&order=best", "/fr/recherche"]
    );
    assert_eq!(
        attribute(&page, ".facet a[aria-current]", "href"),
        [
            "/fr/recherche?q=eau&month=2026-11&order=best",
            "/fr/recherche?q=eau&topic=water&order=best",
            "/fr/recherche?q=eau&topic=water&year=2026&order=best",
        ]
    );
    assert_eq!(attribute(&page, "main form input[type=hidden]", "name"), ["topic", "month", "order"]);
    assert_eq!(attribute(&page, ".order a", "href")[0], "/fr/recherche?q=eau&topic=water&month=2026-11");
}

#[actix_web::test]
async fn results_are_paged_both_ways_in_both_orders() {
    let site = TestSite::at(FRIDAY).await;
    for n in 1..=45 {
        let title = format!("Decision {n} on water");
        publish(&site, "council", &[(Lang::En, &title, "", if n % 3 == 0 { "Water, water." } else { "Paper." })], &[])
            .await;
    }
    followed(&site).await;
    for order in ["", "&order=best"] {
        let mut address = format!("/en/search?q=water{order}");
        let (mut seen, mut pages) = (Vec::new(), Vec::new());
        loop {
            let page = site.get(&address).await;
            assert_eq!((page.status, total(&page).as_str()), (200, "45 press releases"), "{address}");
            seen.extend(texts(&page, ".item-title"));
            let next = attribute(&page, ".pager a[rel=next]", "href");
            pages.push(page);
            match next.first() {
                Some(next) => address = next.clone(),
                None => break,
            }
        }
        assert_eq!((seen.len(), pages.len()), (45, 3));
        let mut once = seen.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), 45, "each once");
        if order.is_empty() {
            assert_eq!((seen[0].as_str(), seen[44].as_str()), ("Decision 45 on water", "Decision 1 on water"));
        }
        let back = site.get(&attribute(&pages[2], ".pager a[rel=prev]", "href")[0]).await;
        assert_eq!(texts(&back, ".item-title"), texts(&pages[1], ".item-title"));
        let first = site.get(&attribute(&back, ".pager a[rel=prev]", "href")[0]).await;
        let first = if first.status == 302 { site.get(first.header("location")).await } else { first };
        assert_eq!(texts(&first, ".item-title"), texts(&pages[0], ".item-title"));
    }
    for wrong in ["before=x", "after=1", "before=0-1&after=0-1", "order=oldest", "before=1~2~3"] {
        assert_eq!(site.get(&format!("/en/search?q=water&{wrong}")).await.status, 400, "{wrong}");
    }
}

#[actix_web::test]
async fn a_number_or_a_day_leads_straight_to_it() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    draft(&site, "water-agency", &[(Lang::Fr, "La digue cède", "", "a")], &[]).await;
    for (typed, to) in [
        ("2026-0002", "/fr/2026-0002"),
        (" 2026-0002 ", "/fr/2026-0002"),
        ("20/11/2026", "/fr/communiques?day=2026-11-20"),
        ("20 novembre 2026", "/fr/communiques?day=2026-11-20"),
        ("1er février 2020", "/fr/communiques?day=2020-02-01"),
    ] {
        let answer = site.get(&format!("/fr/recherche?q={}", query(typed))).await;
        assert_eq!((answer.status, answer.header("location")), (302, to), "{typed}");
    }
    let day = site.get("/fr/communiques?day=2026-11-20").await;
    assert_eq!(texts(&day, ".item").len(), 4);
    assert!(texts(&site.get("/fr/communiques?day=2020-02-01").await, ".item").is_empty());
    // With anything else it is a word: the number is found where it is cited and where it is a release's own.
    let cited = titles(&site, Lang::En, "2026-0001 method").await;
    assert_eq!(cited, ["House prices rise in the third quarter"]);
    // What the list cannot say leads here.
    let list = site.get("/fr/communiques?q=eau&topic=water").await;
    assert_eq!((list.status, list.header("location")), (302, "/fr/recherche?q=eau&topic=water"));
    let within = site.get("/fr/communiques?topic=water&month=2026-11").await;
    assert_eq!(attribute(&within, "main form", "action"), ["/fr/recherche"]);
    assert_eq!(attribute(&within, "main form input[type=hidden]", "value"), ["water", "2026-11"]);
}

#[actix_web::test]
async fn a_word_is_found_however_it_is_written() {
    let site = TestSite::at(FRIDAY).await;
    let (nl, de) = ("Een minimum-pensioen voor 12.000 zelfstandigen", "Die Mindestrente für 12 000 Selbstständige");
    let (fr, en) = ("Travaux sur 12\u{202f}000 km de voies", "12,000 women on the boards of museums");
    publish(&site, "fps-pensions", &[(Lang::Nl, nl, "", "De gemeentebelasting."), (Lang::De, de, "", "a")], &[]).await;
    publish(&site, "rail-agency", &[(Lang::Fr, fr, "Covid-19", "a"), (Lang::En, en, "", "a")], &[]).await;
    for (lang, words, expected) in [
        (Lang::Nl, "minimumpensioen", vec![nl]),
        (Lang::Nl, "minimumpensioenen", vec![nl]),
        (Lang::Nl, "minimumpens", vec![nl]),
        (Lang::Nl, "minimum pensioen zelfstandigen", vec![nl]),
        (Lang::Nl, "\"minimum pensioen voor\"", vec![nl]),
        (Lang::Nl, "-minimumpensioen zelfstandigen", vec![]),
        (Lang::Nl, "gemeenten", vec![nl]),
        (Lang::De, "Mindest-Rente", vec![de]),
        (Lang::De, "mindest renten", vec![de]),
        (Lang::De, "12 000", vec!["Travaux sur 12 000 km de voies", de]),
        (Lang::Fr, "12.000 km", vec!["Travaux sur 12 000 km de voies"]),
        (Lang::Fr, "12000", vec!["Travaux sur 12 000 km de voies", nl]),
        (Lang::Fr, "000", vec![]),
        (Lang::Fr, "travail", vec!["Travaux sur 12 000 km de voies"]),
        (Lang::Fr, "covid19", vec!["Travaux sur 12 000 km de voies"]),
        (Lang::Fr, "covid 19", vec!["Travaux sur 12 000 km de voies"]),
        (Lang::En, "woman museum", vec![en]),
        (Lang::En, "‘women on the boards’", vec![en]),
        (Lang::En, "‘boards on’", vec![]),
    ] {
        let page = search(&site, lang, &format!("q={}", query(words))).await;
        assert_eq!(texts(&page, ".item-title"), expected, "{words} in {lang}");
        if lang != Lang::De && !expected.is_empty() && expected.len() == 1 {
            assert!(!texts(&page, ".item mark").is_empty(), "{words} in {lang} is marked");
        }
    }
    // A compound that nobody wrote: its parts, if they find something.
    let page = search(&site, Lang::Nl, "q=zelfstandigenbelasting").await;
    assert!(texts(&page, ".near a").is_empty(), "belasting stands by itself nowhere");
    let page = search(&site, Lang::Nl, "q=zelfstandigenpensioen").await;
    assert_eq!(texts(&page, ".near a"), ["zelfstandigen pensioen"]);
    assert_eq!(texts(&site.get(&attribute(&page, ".near a", "href")[0]).await, ".item-title"), [nl]);
}

#[actix_web::test]
async fn a_name_or_a_time_leads_to_its_list_before_what_was_found() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    draft(&site, "secret-service", &[(Lang::Fr, "Kryptonite", "", "a")], &["krypton"]).await;
    for (lang, words, offers, to) in [
        (
            Lang::Fr,
            "water-agency (fr)",
            vec!["Water-agency (fr) : son communiqué"],
            vec!["/fr/communiques?institution=water-agency"],
        ),
        (
            Lang::Nl,
            "Water Agency nl",
            vec!["Water-agency (nl): het persbericht van deze instelling"],
            vec!["/nl/persberichten?institution=water-agency"],
        ),
        (
            Lang::Fr,
            "pensions fr",
            vec!["Thème « pensions (fr) » : 2 communiqués"],
            vec!["/fr/communiques?topic=pensions"],
        ),
        // In a language in which nothing of theirs can be read.
        (
            Lang::Fr,
            "fps-justice (fr)",
            vec!["Fps-justice (fr) : son communiqué"],
            vec!["/fr/communiques?institution=fps-justice"],
        ),
        (Lang::Fr, "novembre 2026", vec!["Novembre 2026 : 4 communiqués"], vec!["/fr/communiques?month=2026-11"]),
        (Lang::De, "2026", vec!["2026: 4 Pressemitteilungen"], vec!["/de/pressemitteilungen?year=2026"]),
        (
            Lang::De,
            "20. November",
            vec!["20. November 2026: 4 Pressemitteilungen"],
            vec!["/de/pressemitteilungen?day=2026-11-20"],
        ),
        (Lang::Fr, "21 novembre", vec![], vec![]),
        (Lang::Fr, "agency", vec![], vec![]),
        (Lang::Fr, "secret-service (fr)", vec![], vec![]),
        (Lang::Fr, "krypton fr", vec![], vec![]),
    ] {
        let page = search(&site, lang, &format!("q={}", query(words))).await;
        assert_eq!(texts(&page, ".offers a"), offers, "{words}");
        assert_eq!(attribute(&page, ".offers a", "href"), to, "{words}");
        for to in to {
            let list = site.get(to).await;
            let count = texts(&list, ".item").len();
            assert!(count == 1 || offers[0].contains(&count.to_string()), "{to}: {count}");
        }
    }
    // Beside a choice it is a word like others.
    let page = search(&site, Lang::Fr, "q=novembre+2026&topic=water").await;
    assert!(texts(&page, ".offers a").is_empty());
    // Names complete what is being typed, and one form of each word does.
    let suggested = site.get("/fr/recherche/suggestions?q=water").await;
    assert_eq!(suggested.body, "[\"water-agency (fr)\",\"water (fr)\"]");
    assert_eq!(site.get("/fr/recherche/suggestions?q=secr").await.body, "[]");
    assert_eq!(site.get("/nl/zoeken/suggestions?q=x").await.status, 404);
}

#[actix_web::test]
async fn a_number_that_is_not_there_says_so_whatever_is_behind_it() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    let (_, planned) = draft(&site, "water-agency", &[(Lang::Fr, "Plutonium", "", "a")], &["water"]).await;
    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        drafting::submit(&mut conn, &publisher, planned).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, planned).await.unwrap();
        let at = "2026-11-20T13:00:00Z".parse().unwrap();
        drafting::schedule(&mut conn, &publisher, planned, at).await.unwrap();
    }
    // One comes in an hour, one never was.
    let mut pages = Vec::new();
    for number in ["2026-0005", "1999-1234"] {
        let page = search(&site, Lang::Fr, &format!("q={number}")).await;
        let expected = format!("Aucun communiqué ne porte la référence {number}.");
        assert!(texts(&page, ".nothing .lead").contains(&expected), "{number}: {:?}", texts(&page, ".nothing .lead"));
        pages.push(page.body.replace(number, "…"));
    }
    assert!(pages.windows(2).all(|pair| pair[0] == pair[1]));
    // One that is cited is found where it is.
    let page = search(&site, Lang::Fr, "q=2026-0001+method").await;
    assert!(!page.body.contains("ne porte la référence"));
}

#[actix_web::test]
async fn examples_are_words_of_late_and_find_something() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    for lang in Lang::ALL {
        let page = search(&site, lang, "").await;
        let examples = attribute(&page, "[aria-labelledby=examples] a", "href");
        assert!(examples.len() >= 3, "{lang}: {examples:?}");
        for example in examples {
            assert!(!texts(&site.get(&example).await, ".item").is_empty(), "{example}");
        }
    }
    let words = texts(&search(&site, Lang::Fr, "").await, "[aria-labelledby=examples] a");
    assert!(
        words.contains(&"« pensions minimales »".to_owned()) || words.contains(&"« navigation reprend »".to_owned()),
        "{words:?}"
    );
}

#[actix_web::test]
async fn little_or_nothing_found_shows_the_ways_to_more() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    let page = search(&site, Lang::Fr, "q=crue+pensions&topic=water").await;
    assert_eq!(texts(&page, ".nothing .lead"), ["Aucun communiqué ne correspond à cette recherche."]);
    assert_eq!(texts(&page, ".nothing .ways a"), ["sans « pensions » (1)"]);
    let to = attribute(&page, ".nothing .ways a", "href").remove(0);
    assert_eq!(texts(&site.get(&to).await, ".item").len(), 1);

    let page = search(&site, Lang::Fr, "q=ind%C3%A9pendants+-d%C3%A9crets&topic=water").await;
    assert_eq!(texts(&page, ".nothing .ways a"), ["sans « indépendants » (1)"], "what finds no more is not offered");
    let page = search(&site, Lang::Fr, "q=pension&topic=water").await;
    assert_eq!(texts(&page, ".nothing .ways a"), ["sans le choix « thème : water (fr) » (2)", "sans « pension » (1)"]);

    // A slip of the finger.
    let page = search(&site, Lang::Fr, "q=navigaton+crue").await;
    assert_eq!(texts(&page, ".near a"), ["navigation crue"]);
    let near = site.get(&attribute(&page, ".near a", "href")[0]).await;
    assert_eq!(texts(&near, ".item").len(), 1);
    // With a choice too many and another word too many: what is left, step by step.
    let page = search(&site, Lang::Fr, "q=navigaton+pensions&topic=water").await;
    assert_eq!(texts(&page, ".near a"), ["navigation"]);
    assert_eq!(attribute(&page, ".near a", "href"), ["/fr/recherche?q=navigation"]);
    assert_eq!(texts(&page, ".nothing .ways a"), ["« pensions » seulement (2)"]);
}

#[actix_web::test]
async fn with_nothing_typed_the_page_tells_how() {
    let site = TestSite::at(FRIDAY).await;
    let empty = search(&site, Lang::De, "").await;
    assert_eq!((empty.status, texts(&empty, "h1")), (200, vec!["In den Pressemitteilungen suchen".to_owned()]));
    assert!(texts(&empty, ".tips li").len() >= 4 && texts(&empty, ".item, .facet").is_empty());
    assert!(attribute(&empty, "meta[name=robots]", "content").is_empty());
    assert_eq!(attribute(&empty, "link[rel=alternate][hreflang]", "hreflang"), ["fr", "nl", "de", "en"]);
    publish(&site, "water-agency", &[(Lang::De, "Energie (de) und Wasser", "", "a")], &["energie"]).await;
    for (words, finds) in [("q=++", false), ("", false)] {
        let page = search(&site, Lang::De, words).await;
        assert_eq!(texts(&page, ".item").len(), usize::from(finds));
    }
    // Every page but this one has the field in its head.
    for address in ["/de/", "/de/themen", "/de/gibt-es-nicht", "/de/abonnement"] {
        let page = site.get(address).await;
        assert_eq!(attribute(&page, ".site-head .find", "action"), ["/de/suche"], "{address}");
    }
}

#[actix_web::test]
async fn nothing_that_is_secret_is_found_counted_or_completed() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    let gone = publish(&site, "water-agency", &[(Lang::Fr, "Zyklon sur la Meurthe", "", "a")], &["water"]).await;
    let mut page = search(&site, Lang::Fr, "q=zyklon").await;
    assert_eq!(total(&page), "1 communiqué");
    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        let why = Texts::one(Lang::Fr, "Erreur.");
        withdrawal::unpublish(&mut conn, &publisher, gone, &why, None).await.unwrap();
    }
    draft(&site, "secret-service", &[(Lang::Fr, "Kryptonite à Vaurmont", "kryptonite", "kryptonite")], &["krypton"])
        .await;
    let (_, planned) =
        draft(&site, "water-agency", &[(Lang::Fr, "Plutonium dans l’eau", "plutonium", "plutonium")], &["water"]).await;
    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        drafting::submit(&mut conn, &publisher, planned).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, planned).await.unwrap();
        let at = "2026-11-20T13:00:00Z".parse().unwrap();
        drafting::schedule(&mut conn, &publisher, planned, at).await.unwrap();
    }
    let masked = |answer: &Answer, word: &str| answer.body.replace(word, "…").replace(&word[..word.len() - 1], "…");
    let never = search(&site, Lang::Fr, "q=brouillards").await;
    for secret in ["zyklon", "kryptonite", "plutonium"] {
        let hidden = search(&site, Lang::Fr, &format!("q={secret}")).await;
        assert_eq!(hidden.status, 200);
        assert_eq!(masked(&hidden, secret), masked(&never, "brouillards"), "{secret}");
        for (asked, never) in [(secret, "brouillards"), (&secret[..4], "brouil"), (&secret[..3], "bro")] {
            let (hidden, never) = (
                site.get(&format!("/fr/recherche/suggestions?q={asked}")).await,
                site.get(&format!("/fr/recherche/suggestions?q={never}")).await,
            );
            assert_eq!((hidden.status, hidden.body.as_str()), (200, "[]"), "{asked}");
            assert_eq!(hidden.body, never.body);
        }
    }
    // A slip of the finger is not put right into a secret, and a count does not know of it.
    for slip in ["zyklom", "kryptonit", "plutoniun"] {
        let page = search(&site, Lang::Fr, &format!("q={slip}")).await;
        assert!(texts(&page, ".near").is_empty(), "{slip}");
    }
    page = search(&site, Lang::Fr, "topic=water").await;
    assert_eq!(total(&page), "1 communiqué");
    assert_eq!(total(&search(&site, Lang::Fr, "topic=krypton").await), "Aucun communiqué");
    assert_eq!(total(&search(&site, Lang::Fr, "institution=secret-service").await), "Aucun communiqué");

    // A withdrawn one stays, with its mark.
    let kept = publish(&site, "water-agency", &[(Lang::Fr, "Horaires de l’écluse", "", "a")], &[]).await;
    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        withdrawal::withdraw(&mut conn, &publisher, kept, &Texts::one(Lang::Fr, "Dates fausses.")).await.unwrap();
    }
    let page = search(&site, Lang::Fr, "q=horaires").await;
    assert_eq!(texts(&page, ".item .is-embargo"), ["Retiré"]);

    // At its hour the planned one is there.
    site.advance_to("2026-11-20T13:00:00Z").await;
    publication::publish_due(&site.ctx).await.unwrap();
    assert_eq!(titles(&site, Lang::Fr, "plutonium").await, ["Plutonium dans l’eau"]);
    let suggested = site.get("/fr/recherche/suggestions?q=plu").await;
    assert_eq!(suggested.body, "[\"Plutonium\"]");
}

#[actix_web::test]
async fn an_index_that_is_behind_says_so_and_shows_nothing_that_is_gone() {
    let site = TestSite::at(FRIDAY).await;
    let gone = publish(&site, "water-agency", &[(Lang::Fr, "La crue monte", "", "a")], &[]).await;
    publish(&site, "water-agency", &[(Lang::Fr, "La crue recule", "", "a")], &[]).await;
    let whole = search(&site, Lang::Fr, "q=crue").await;
    assert_eq!((whole.status, texts(&whole, ".item-title").len()), (200, 2));

    // From here on nobody takes up what changes.
    site.end_following();
    publish(&site, "water-agency", &[(Lang::Fr, "La crue revient", "", "a")], &[]).await;
    site.ctx.pages.forget();
    let begun = std::time::Instant::now();
    let behind = site.get("/fr/recherche?q=crue").await;
    assert!(begun.elapsed() >= std::time::Duration::from_millis(200), "it was given its time");
    assert_eq!(texts(&behind, ".notice.info").len(), 1, "it says that it catches up");
    assert_eq!(texts(&behind, ".item-title"), ["La crue recule", "La crue monte"]);
    assert_eq!((behind.status, behind.header("cache-control")), (200, "private, no-store"));
    assert_eq!(
        behind.header("communique-sequence"),
        whole.header("communique-sequence"),
        "no newer than what was counted"
    );

    {
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        let why = Texts::one(Lang::Fr, "Erreur.");
        withdrawal::unpublish(&mut conn, &publisher, gone, &why, None).await.unwrap();
    }
    // What was taken away must not be counted either, nor be suggested.
    site.ctx.pages.forget();
    let behind = site.get("/fr/recherche?q=crue").await;
    assert_eq!((behind.status, behind.header("cache-control")), (200, "private, no-store"));
    assert_eq!(behind.header("communique-sequence"), "0", "of no sequence");
    assert_eq!((texts(&behind, ".item").len(), texts(&behind, ".facet").len()), (0, 0));
    assert!(!behind.body.contains("La crue") && !behind.body.contains("2 communiqués"));
    // Suggestions look at no row: they end with the lease, or when the index is behind what is heard.
    while matches!(site.ctx.pages.lease(), Lease::Held(_)) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(site.get("/fr/recherche/suggestions?q=mon").await.body, "[]");
}

#[actix_web::test]
async fn suggestions_complete_the_last_word_by_titles() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    followed(&site).await;
    for (lang, typed, expected) in [
        (Lang::Fr, "navi", vec!["navigation"]),
        (Lang::Fr, "crue navi", vec!["crue navigation"]),
        // Not within a phrase, whose other words would have to stand before it.
        (Lang::Fr, "\"la navi", vec![]),
        (Lang::Fr, "introuvable navi", vec![]),
        (Lang::Fr, "-navi", vec!["-navigation"]),
        (Lang::Fr, "INDEP", vec!["indépendants"]),
        (Lang::Nl, "scheep", vec!["scheepvaart"]),
        (Lang::De, "Schiff", vec!["Schifffahrt"]),
        // Not of leads and texts, and nothing where no word is being typed.
        (Lang::Fr, "bateli", vec![]),
        (Lang::Fr, "navi ", vec![]),
        (Lang::Fr, "", vec![]),
        (Lang::Fr, "n", vec![]),
    ] {
        let answer = site.get(&format!("{}?q={}", communique::paths::suggestions(lang), query(typed))).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"), "{typed}");
        let words: Vec<String> = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(words, expected, "{typed}");
    }
    assert_eq!(site.get("/fr/recherche/suggestions?x=1").await.status, 400);
}

#[actix_web::test]
async fn nothing_that_is_typed_is_an_error() {
    let site = TestSite::at(FRIDAY).await;
    newsroom(&site).await;
    let signs_only = [
        "-",
        "\"\"",
        "* ? : ( )",
        "+++ --- ~~~",
        "« »",
        "-\"\"",
        "'",
        "👩‍👩‍👧",
        "\u{200b}\u{202e}x\u{202c}".trim_matches('x'),
    ];
    for typed in signs_only {
        let page = site.get(&format!("/en/search?q={}", query(typed))).await;
        assert_eq!(page.status, 200, "{typed:?}");
        assert!(texts(&page, ".item").is_empty());
        let empty = communique::search::Words::read(typed).is_none();
        assert_eq!(texts(&page, ".nothing .lead").len(), usize::from(!empty), "a sentence for {typed:?}");
    }
    let five_hundred = (0..500).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let odd = [
        "*water",
        "?ater",
        "w*",
        "title:water",
        "water AND (prices OR NOT x)",
        "[a TO b]",
        "{a TO *}",
        "water~2 water^3",
        "\"water",
        "water\"",
        "((((((",
        "\u{202e}retaw",
        "wa\u{200b}ter",
        "\u{301}\u{301}\u{301}",
        "e\u{301}cluse",
        "\u{0}water",
        "مياه",
        "水",
        "ﬀ ﬁ ẞ Ǆ",
        "-water",
        "-a -b -c",
        "%00%ff",
        "<b>&amp;",
        "' OR 1=1 --",
        "💧 water",
        "a",
        "1",
        "0",
    ];
    for typed in odd.into_iter().map(str::to_owned).chain([five_hundred.clone(), "x".repeat(1900), "\"a ".repeat(300)])
    {
        let page = site.get(&format!("/en/search?q={}", query(&typed))).await;
        if query(&typed).len() < 2000 {
            assert_eq!(page.status, 200, "{typed:?}");
            assert!(!texts(&page, ".understood p, .nothing .lead").is_empty(), "a sentence for {typed:?}");
        } else {
            assert_eq!(page.status, 400, "{typed:?}");
            assert_eq!(texts(&page, "h1").len(), 1);
        }
    }
    // What is too long is cut after a word, and the field shows nothing that nobody typed.
    let page = site.get(&format!("/en/search?q={}", query(&"water ".repeat(60)))).await;
    assert!(attribute(&page, "#q", "value")[0].ends_with(" water"));
    assert!(texts(&page, "title")[0].ends_with("water” – Four Rivers"), "{:?}", texts(&page, "title"));
    assert_eq!(texts(&page, ".understood p")[1], "Only the first 300 characters of your search were looked at.");
    // Twenty words are looked for, and the others named.
    let twenty_five = (0..25).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
    let page = site.get(&format!("/en/search?q={}", query(&twenty_five))).await;
    assert_eq!(texts(&page, ".understood p")[1], "We look for at most 20 words. Left out: w20 w21 w22 w23 w24.");
    // A megabyte does not reach us.
    let huge = site.http.get(format!("{}/en/search?q={}", site.base, "x".repeat(1_000_000))).send().await;
    if let Ok(answer) = huge {
        assert!(answer.status().is_client_error(), "{}", answer.status());
    }
    for raw in ["q=%ff%fe", "q=%C3%28", "q=%", "q=a%00b", "q=a&q=b", "q[]=a"] {
        let status = site.get(&format!("/en/search?{raw}")).await.status;
        assert!(status == 200 || status == 400, "{raw}: {status}");
    }
}
