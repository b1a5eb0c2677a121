//! Feeds and sitemaps: what machines that ask again and again are told, and what they are never told.

use std::collections::{BTreeMap, BTreeSet};

use communique::account::Role;
use communique::archive::import::{self, Options};
use communique::archive::progress::Quiet;
use communique::directory::Family;
use communique::ids::ReleaseId;
use communique::kit::lang::{Lang, Texts};
use communique::release::model::{Content, LanguageVersion, NewRelease};
use communique::release::{correction, drafting, publication, withdrawal};
use diesel_async::SimpleAsyncConnection;
use feed_rs::model::{Entry, Feed};
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Selector};
use serde_json::Value;

use crate::support::{Answer, TestSite, content};

const FRIDAY: &str = "2026-11-20T12:00:00Z";
const FORMATS: [&str; 3] = ["atom", "rss", "json"];

/// A feed as an independent reader understands it.
async fn feed(site: &TestSite, path: &str) -> Feed {
    let answer = site.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let expected = match () {
        () if path.contains(".atom") => "application/atom+xml; charset=utf-8",
        () if path.contains(".rss") => "application/rss+xml; charset=utf-8",
        () => "application/feed+json",
    };
    assert_eq!(answer.header("content-type"), expected);
    if !path.contains(".json") {
        xml(&answer.body);
    }
    feed_rs::parser::parse(answer.body.as_bytes()).unwrap_or_else(|error| panic!("{path}: {error}\n{}", answer.body))
}

async fn json(site: &TestSite, path: &str) -> Value {
    serde_json::from_str(&site.get(path).await.body).unwrap()
}

/// An element of XML.
#[derive(Debug, Default, Clone)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn one<'a>(&'a self, name: &str) -> &'a Element {
        let mut all = self.children.iter().filter(|child| child.name == name);
        let first = all.next().unwrap_or_else(|| panic!("no {name} in {self:#?}"));
        assert!(all.next().is_none(), "more than one {name} in {self:#?}");
        first
    }

    fn links(&self, rel: &str) -> Vec<&str> {
        self.all("link")
            .filter(|link| link.attributes["rel"] == rel)
            .map(|link| link.attributes["href"].as_str())
            .collect()
    }
}

/// Reads it strictly, names by the prefixes that stand in it; fails at anything that is no well-formed XML 1.0 (§2.2 too,
/// which the reader itself does not look at).
fn xml(text: &str) -> Element {
    let forbidden = |c: char| (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    assert!(!text.contains(forbidden), "a character that XML forbids");
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{error}: {text}")) {
            Event::Start(start) => {
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let name = attribute.key.as_ref().to_owned();
                        let value = &attribute.value;
                        (name, quick_xml::escape::unescape(value).unwrap().into_owned())
                    })
                    .collect();
                let name = start.name().as_ref().to_owned();
                open.push(Element { name, attributes, ..Element::default() });
            }
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(name) => {
                let text = quick_xml::escape::unescape(&format!("&{};", &*name)).unwrap().into_owned();
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Decl(_) => {}
            Event::Eof => break,
            other => panic!("{other:?} is not what we write"),
        }
    }
    let mut document = open.pop().unwrap();
    assert!(open.is_empty() && document.children.len() == 1);
    document.children.remove(0)
}

async fn atom(site: &TestSite, path: &str) -> Element {
    let answer = site.get(path).await;
    assert_eq!(answer.status, 200, "{path}");
    xml(&answer.body)
}

fn title(entry: &Entry) -> &str {
    &entry.title.as_ref().unwrap().content
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().map(title).collect()
}

fn text(entry: &Entry) -> &str {
    entry.content.as_ref().unwrap().body.as_deref().unwrap()
}

fn attributes(answer: &Answer, selector: &str, name: &str) -> Vec<String> {
    let selector = Selector::parse(selector).unwrap();
    let page = Html::parse_document(&answer.body);
    page.select(&selector).filter_map(|element| element.value().attr(name).map(str::to_owned)).collect()
}

fn note(text: &str) -> Texts {
    Lang::ALL.map(|lang| (lang, format!("{text} ({lang})"))).into_iter().collect()
}

async fn withdraw(site: &TestSite, id: ReleaseId, reason: &str) {
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    withdrawal::withdraw(&mut conn, &publisher, id, &note(reason)).await.unwrap();
}

async fn unpublish(site: &TestSite, id: ReleaseId) {
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    withdrawal::unpublish(&mut conn, &publisher, id, &note("Why"), None).await.unwrap();
}

async fn restore(site: &TestSite, id: ReleaseId) {
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    withdrawal::restore(&mut conn, &publisher, id).await.unwrap();
}

#[actix_web::test]
async fn three_formats_say_the_same_and_all_of_it() {
    let site = TestSite::at(FRIDAY).await;
    let titles_of = [(Lang::Fr, "La crue recule"), (Lang::Nl, "Het water zakt")];
    site.publish_about("water-agency", &titles_of, &["floods", "rivers"]).await;
    site.advance_to("2026-11-20T13:00:00.5Z").await;
    site.publish("police", &[(Lang::De, "Nur auf Deutsch")]).await;

    let mut seen = Vec::new();
    for format in FORMATS {
        let feed = feed(&site, &format!("/fr/communiques.{format}")).await;
        assert_eq!(feed.title.as_ref().unwrap().content, "Communiqués de presse – Four Rivers", "{format}");
        assert_eq!(feed.language.as_deref(), Some("fr"), "{format}");
        assert_eq!(titles(&feed), ["Nur auf Deutsch", "La crue recule"], "{format}");
        let flood = &feed.entries[1];
        assert_eq!(flood.published.unwrap().to_rfc3339(), "2026-11-20T12:00:00+00:00");
        assert_eq!(flood.authors[0].name.as_deref(), Some("water-agency (fr)"), "{format}");
        assert!(text(flood).contains("<p><strong>La crue recule: the lead.</strong></p>"), "{format}");
        assert!(text(flood).contains("<h2>What changes</h2>"), "{format}");
        assert!(flood.id.starts_with("urn:uuid:"), "{}", flood.id);
        seen.push(
            feed.entries
                .iter()
                .map(|entry| {
                    let link = entry.links[0].href.clone();
                    let summary = entry.summary.as_ref().unwrap().content.clone();
                    let seconds = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| at.timestamp());
                    let updated = if format == "rss" { seconds(entry.published) } else { seconds(entry.updated) };
                    (entry.id.clone(), link, text(entry).trim().to_owned(), seconds(entry.published), updated, summary)
                })
                .collect::<Vec<_>>(),
        );
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0], seen[2]);
    let address = format!("{}/fr/2026/11/20/la-crue-recule", site.base);
    assert_eq!(seen[0][1].1, address);

    let root = atom(&site, "/fr/communiques.atom").await;
    assert_eq!(root.attributes["xml:lang"], "fr");
    assert_eq!(root.links("self"), [format!("{}/fr/communiques.atom", site.base)]);
    assert_eq!(root.links("alternate"), [format!("{}/fr/communiques", site.base)]);
    assert_eq!(root.one("updated").text, "2026-11-20T14:00:00+01:00", "of the latest release, in the site's zone");
    let entries: Vec<&Element> = root.all("entry").collect();
    assert_eq!(entries[0].attributes["xml:lang"], "de", "its language is marked");
    assert_eq!(entries[0].one("author").one("name").text, "police (de)");
    let flood = entries[1];
    assert_eq!(flood.links("alternate"), [address, format!("{}/nl/2026/11/20/het-water-zakt", site.base)]);
    let plain = flood.all("link").filter(|link| link.attributes["type"] == "text/html").count();
    assert_eq!(plain, 1, "readers that know no hreflang find its own page");
    let categories: Vec<_> =
        flood.all("category").map(|it| (it.attributes["term"].as_str(), it.attributes["label"].as_str())).collect();
    let kind = ("release", "Communiqué de presse");
    assert_eq!(categories, [kind, ("floods", "floods (fr)"), ("rivers", "rivers (fr)")]);

    let items = json(&site, "/fr/communiques.json").await;
    assert_eq!(items["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(items["items"][0]["language"], "de");
    assert_eq!(items["items"][1]["tags"], serde_json::json!(["floods (fr)", "rivers (fr)"]));
    assert_eq!(items["items"][1]["_communique"]["reference"], "2026-0001");
    assert_eq!(items["items"][1]["_communique"]["state"], "public");
    assert_eq!(items["items"][1]["_communique"]["kind"], "release");
    let dutch = &items["items"][1]["_communique"]["translations"]["nl"];
    assert_eq!(*dutch, format!("{}/nl/2026/11/20/het-water-zakt", site.base));

    let channel = atom(&site, "/fr/communiques.rss").await;
    let channel = channel.one("channel");
    assert_eq!(channel.one("lastBuildDate").text, "Fri, 20 Nov 2026 14:00:00 +0100");
    let item = channel.all("item").last().unwrap();
    assert_eq!(item.one("guid").attributes["isPermaLink"], "false");
    assert_eq!(item.one("pubDate").text, "Fri, 20 Nov 2026 13:00:00 +0100");
    assert_eq!(
        (item.one("dc:language").text.as_str(), item.one("dc:creator").text.as_str()),
        ("fr", "water-agency (fr)")
    );
}

#[actix_web::test]
async fn one_release_in_four_feeds_is_one_entry_for_each_text() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Nl, "Alleen Nederlands")]).await;
    site.publish("water-agency", &[(Lang::Fr, "Crue"), (Lang::Nl, "Hoogwater")]).await;
    let mut ids: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for path in ["/fr/communiques.atom", "/nl/persberichten.atom", "/de/pressemitteilungen.atom", "/en/releases.atom"] {
        let feed = feed(&site, path).await;
        ids.insert(path, feed.entries.iter().map(|entry| entry.id.clone()).collect());
        ids.entry("feeds").or_default().push(feed.id);
    }
    let (french, dutch, german) =
        (&ids["/fr/communiques.atom"], &ids["/nl/persberichten.atom"], &ids["/de/pressemitteilungen.atom"]);
    assert_eq!(french[1], dutch[1], "the same Dutch text in both");
    assert_ne!(french[0], dutch[0], "two texts");
    assert_eq!(french[0], german[0], "where there is no German, the French one");
    assert_eq!(ids["feeds"].iter().collect::<BTreeSet<_>>().len(), 4);
}

#[actix_web::test]
async fn a_feed_holds_what_the_list_of_the_same_query_holds() {
    let site = TestSite::at(FRIDAY).await;
    for (day, institution, topics) in [
        ("2026-10-31T23:30:00Z", "water-agency", &["floods"][..]),
        ("2026-11-01T09:00:00Z", "police", &["floods", "traffic"]),
        ("2026-11-02T09:00:00Z", "police", &[]),
        ("2025-11-02T09:00:00Z", "water-agency", &["traffic"]),
        ("2026-11-03T09:00:00Z", "policy-cell", &["traffic"]),
    ] {
        site.advance_to(day).await;
        if institution == "policy-cell" {
            site.institution(institution, Family::Government).await;
        }
        site.publish_about(institution, &[(Lang::Fr, &format!("Avis du {day}"))], topics).await;
    }
    site.advance_to(FRIDAY).await;
    for query in [
        "",
        "?institution=police",
        "?topic=floods",
        "?topic=traffic&institution=police",
        "?family=government",
        "?family=institutions&topic=traffic",
        "?month=2026-11",
        "?year=2025",
        "?year=2024",
        "?month=2026-11&topic=floods",
    ] {
        for (page, feed_of) in [("/fr/communiques", "fr/communiques"), ("/en/releases", "en/releases")] {
            let list = site.get(&format!("{page}{query}")).await;
            let expected: Vec<String> = attributes(&list, ".item-title a", "href");
            let whole: Vec<String> = expected.iter().map(|path| format!("{}{path}", site.base)).collect();
            for format in FORMATS {
                let feed = feed(&site, &format!("/{feed_of}.{format}{query}")).await;
                let links: Vec<&str> = feed.entries.iter().map(|entry| entry.links[0].href.as_str()).collect();
                assert_eq!(links, whole, "{feed_of}.{format}{query}");
            }
        }
    }
    for (query, status) in [
        ("?institution=nobody", 404),
        ("?topic=nothing", 404),
        ("?x=1", 400),
        ("?before=x", 400),
        ("?topic=a&topic=b", 400),
        ("?month=2026-13", 400),
    ] {
        assert_eq!(site.get(&format!("/fr/communiques{query}")).await.status, status);
        for format in FORMATS {
            assert_eq!(site.get(&format!("/fr/communiques.{format}{query}")).await.status, status, "{format}{query}");
        }
    }
    assert_eq!(site.get("/fr/communiques.xml").await.status, 404);
    assert_eq!(site.get("/fr/releases.atom").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_somebody_guesses_leads_to_its_feed() {
    let site = TestSite::at(FRIDAY).await;
    site.publish_about("water-agency", &[(Lang::Fr, "Crue")], &["floods"]).await;
    for format in FORMATS {
        for (guessed, query) in [
            (format!("/fr.{format}"), ""),
            (format!("/fr/flux.{format}"), ""),
            (format!("/fr/institutions.{format}"), ""),
            (format!("/fr/themes.{format}"), ""),
            (format!("/fr/recherche.{format}?q=crue"), "?q=crue"),
            (format!("/fr/institutions/water-agency.{format}"), "?institution=water-agency"),
            (format!("/fr/themes/floods.{format}"), "?topic=floods"),
            (format!("/fr/institutions/nobody.{format}"), "?institution=nobody"),
        ] {
            let answer = site.get(&guessed).await;
            let to = format!("/fr/communiques.{format}{query}");
            assert_eq!((answer.status, answer.header("location")), (302, to.as_str()), "{guessed}");
            let there = if guessed.contains("nobody") { 404 } else { 200 };
            let followed = site.until(&to, "the index follows", |answer| answer.status != 503).await;
            assert_eq!(followed.status, there, "{guessed}");
        }
    }
    assert_eq!(site.get("/fr/institutions/Water.atom").await.status, 404);
    assert_eq!(site.get("/fr/institutions/water-agency").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_holds_nothing_yet_is_as_old_as_its_newsroom() {
    let site = TestSite::at(FRIDAY).await;
    site.institution("water-agency", Family::Institutions).await;
    for path in ["/fr/communiques.atom", "/fr/communiques.atom?institution=water-agency"] {
        let empty = feed(&site, path).await;
        let updated = empty.updated.unwrap();
        assert!(empty.entries.is_empty() && updated.timestamp() > 1_700_000_000, "{path}: {updated}");
        assert_eq!(feed(&site, path).await.updated, Some(updated), "the same each time");
    }
}

#[actix_web::test]
async fn corrected_translated_withdrawn_taken_off_and_back() {
    let site = TestSite::at(FRIDAY).await;
    let id = site.publish_about("water-agency", &[(Lang::Nl, "Drinkwater")], &["water"]).await;
    site.publish("police", &[(Lang::Nl, "Verkeer")]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let zone = site.ctx.settings.zone;
    let water = "/nl/persberichten.atom?topic=water";
    let at = |element: &Element, name: &str| element.one(name).text.clone();
    let first = atom(&site, water).await;
    let entry = first.one("entry");
    let own = at(entry, "id");
    assert_eq!((at(entry, "published"), at(entry, "updated")), (at(&first, "updated"), at(&first, "updated")));

    // A minor correction: another text, and no news.
    site.advance_to("2026-11-20T12:30:00Z").await;
    let mut revised = Content { topics: vec![site.topic("water").await], ..content(&[(Lang::Nl, "Drinkwater")]) };
    revised.versions.get_mut(&Lang::Nl).unwrap().body.push_str("\n\nPunt.");
    let mut conn = site.conn().await;
    correction::revise_public(&mut conn, &publisher, id, revised.clone()).await.unwrap();
    let minor = atom(&site, water).await;
    assert!(minor.one("entry").one("content").text.contains("Punt."));
    assert_eq!(at(minor.one("entry"), "updated"), at(entry, "updated"));

    // A major one: the same entry, newer, with the note.
    site.advance_to("2026-11-20T13:00:00Z").await;
    revised.versions.get_mut(&Lang::Nl).unwrap().title = "Drinkwater: drie gemeenten".into();
    correction::correct(&mut conn, zone, &publisher, id, revised.clone(), note("Drie")).await.unwrap();
    let corrected = atom(&site, water).await;
    let entry = corrected.one("entry");
    assert_eq!((at(entry, "id"), at(entry, "title")), (own.clone(), "Drinkwater: drie gemeenten".into()));
    assert_eq!(at(entry, "published"), "2026-11-20T13:00:00+01:00");
    assert_eq!(
        (at(entry, "updated"), at(&corrected, "updated")),
        (at(&corrected, "updated"), "2026-11-20T14:00:00+01:00".into())
    );
    let shown = &entry.one("content").text;
    assert!(
        shown.contains("Rechtgezet op 20\u{a0}november 2026 om 14.00\u{a0}uur") && shown.contains("<p>Drie (nl)</p>"),
        "{shown}"
    );
    let item = &json(&site, "/nl/persberichten.json?topic=water").await["items"][0];
    assert_eq!((&item["id"], &item["_communique"]["corrected_at"]), (&own.clone().into(), &item["date_modified"]));
    let rss = atom(&site, "/nl/persberichten.rss?topic=water").await;
    assert_eq!(rss.one("channel").one("item").one("atom:updated").text, "2026-11-20T14:00:00+01:00");
    assert_eq!(rss.one("channel").one("lastBuildDate").text, "Fri, 20 Nov 2026 14:00:00 +0100");

    // French comes: new in the French feed, nothing new in the Dutch one but the link.
    let before = feed(&site, "/fr/communiques.atom?topic=water").await.entries[0].id.clone();
    assert_eq!(before, own);
    site.advance_to("2026-11-20T14:00:00Z").await;
    let french = LanguageVersion { title: "Eau potable".into(), ..revised.versions[&Lang::Nl].clone() };
    revised.versions.insert(Lang::Fr, french);
    correction::revise_public(&mut conn, &publisher, id, revised.clone()).await.unwrap();
    let french = atom(&site, "/fr/communiques.atom?topic=water").await;
    assert_eq!(french.one("entry").one("title").text, "Eau potable");
    assert_ne!(french.one("entry").one("id").text, own);
    assert_eq!(french.one("entry").one("updated").text, "2026-11-20T15:00:00+01:00");
    let dutch = atom(&site, water).await;
    assert_eq!(dutch.one("entry").one("updated").text, "2026-11-20T14:00:00+01:00");
    assert_eq!(dutch.one("entry").links("alternate").len(), 2);

    // Withdrawn: still there, marked, the reason on top.
    site.advance_to("2026-11-20T15:00:00Z").await;
    withdraw(&site, id, "Fout").await;
    for format in FORMATS {
        let feed = feed(&site, &format!("/nl/persberichten.{format}?topic=water")).await;
        assert_eq!(titles(&feed), ["Ingetrokken: Drinkwater: drie gemeenten"]);
        let shown = text(&feed.entries[0]);
        let (reason, lead) = (shown.find("Fout (nl)").unwrap(), shown.find("the lead").unwrap());
        assert!(reason < lead && shown.contains("Ingetrokken op 20\u{a0}november 2026 om 16.00\u{a0}uur"), "{shown}");
        assert_eq!(feed.entries[0].id, own);
    }
    let item = &json(&site, "/nl/persberichten.json?topic=water").await["items"][0]["_communique"];
    assert_eq!((&item["state"], &item["withdrawn_at"]), (&"withdrawn".into(), &"2026-11-20T16:00:00+01:00".into()));

    // Back, and taken off: a tombstone where it stood, and nowhere else.
    site.advance_to("2026-11-20T16:00:00Z").await;
    restore(&site, id).await;
    assert_eq!(at(atom(&site, water).await.one("entry"), "updated"), "2026-11-20T17:00:00+01:00");
    site.advance_to("2026-11-20T17:00:00Z").await;
    unpublish(&site, id).await;
    for (path, expected) in [
        (water, 1),
        ("/nl/persberichten.atom", 1),
        ("/nl/persberichten.atom?institution=police", 0),
        ("/nl/persberichten.atom?month=2026-10", 0),
        ("/nl/persberichten.atom?month=2026-11", 1),
    ] {
        let feed = atom(&site, path).await;
        let gone: Vec<&Element> = feed.all("at:deleted-entry").collect();
        assert_eq!(gone.len(), expected, "{path}");
        for tombstone in gone {
            assert_eq!(tombstone.attributes["ref"], own);
            assert_eq!(tombstone.attributes["when"], "2026-11-20T18:00:00+01:00");
            assert_eq!(feed.one("updated").text, "2026-11-20T18:00:00+01:00");
        }
    }
    for format in FORMATS {
        let body = site.get(&format!("/nl/persberichten.{format}")).await.body;
        assert!(!body.contains("Drinkwater") && !body.contains("Why"), "no word of it: {body}");
    }
    assert_eq!(json(&site, "/nl/persberichten.json").await["_communique"]["removed"][0]["id"], own);
    // In French it was another entry.
    let french_entry = french.one("entry").one("id").text.clone();
    assert_eq!(atom(&site, "/fr/communiques.atom").await.one("at:deleted-entry").attributes["ref"], french_entry);

    site.advance_to("2026-11-20T18:00:00Z").await;
    restore(&site, id).await;
    let back = atom(&site, water).await;
    assert_eq!(back.all("at:deleted-entry").count(), 0);
    assert_eq!(
        (at(back.one("entry"), "id"), at(back.one("entry"), "updated")),
        (own, "2026-11-20T19:00:00+01:00".into())
    );
}

#[actix_web::test]
async fn what_an_archive_brings_stands_where_its_date_puts_it() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "Ancien du bureau")]).await;
    site.advance_to("2026-11-21T12:00:00Z").await;
    let before = atom(&site, "/fr/communiques.atom").await.one("updated").text.clone();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("old.jsonl");
    let line = serde_json::json!({
        "id": "1-fr", "set": "1", "lang": "fr", "title": "De 2012", "date": "2012-03-01", "institution": "Water Agency",
        "body_html": "<p>Texte et <a href=\"/autre\">lien</a>.</p>", "url": "https://old.example/fr/1.html",
    });
    std::fs::write(&file, format!("{line}\n")).unwrap();
    import::run(&site.ctx, &[file], &Options::default(), &Quiet).await.unwrap();
    site.hears_all().await;
    let after = atom(&site, "/fr/communiques.atom").await;
    assert_eq!(after.one("updated").text, before, "no news");
    let entries: Vec<&Element> = after.all("entry").collect();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[1].one("title").text, "De 2012");
    for name in ["published", "updated"] {
        assert_eq!(entries[1].one(name).text, "2012-03-01T00:00:00+01:00", "midnight of the site's zone");
    }
    let news = site.get("/news-sitemap.xml").await.body;
    assert!(news.contains("Ancien du bureau") && !news.contains("2012"));
    let month = atom(&site, "/sitemap-2012-03.xml").await;
    assert_eq!(month.one("url").one("lastmod").text, "2012-03-01T00:00:00+01:00");
}

/// Every address of ours that is not a page.
async fn surfaces(site: &TestSite) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for format in FORMATS {
        for query in ["", "?institution=water-agency", "?topic=floods", "?family=institutions", "?month=2026-11"] {
            all.push(format!("/fr/communiques.{format}{query}"));
            all.push(format!("/en/releases.{format}{query}"));
        }
    }
    let fixed = [
        "/sitemap.xml",
        "/sitemap-site.xml",
        "/sitemap-2026-11.xml",
        "/news-sitemap.xml",
        "/fr/flux",
        "/de/feeds",
        "/robots.txt",
    ];
    all.extend(fixed.map(str::to_owned));
    let mut answers = Vec::new();
    for path in all {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        answers.push((path, answer.body));
    }
    answers
}

#[actix_web::test]
async fn nothing_changes_until_something_is_public() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    site.publish_about("water-agency", &[(Lang::Fr, "Crue"), (Lang::En, "Flood")], &["floods"]).await;
    let other = site.publish_about("water-agency", &[(Lang::Fr, "Autre")], &["floods"]).await;
    site.advance_to("2026-11-20T08:00:30Z").await;
    let before = surfaces(&site).await;
    // A draft, a scheduled one of an institution that nobody has heard of, a correction that waits; and a minute goes by.
    site.draft("water-agency", &[(Lang::Fr, "Secret")], &["floods"]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let (_, scheduled) = site.draft("water-agency", &[(Lang::Fr, "Sous embargo")], &["floods"]).await;
    {
        let mut conn = site.conn().await;
        drafting::submit(&mut conn, &publisher, scheduled).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, scheduled).await.unwrap();
        drafting::schedule(&mut conn, &publisher, scheduled, FRIDAY.parse().unwrap()).await.unwrap();
        let secret = content(&[(Lang::Fr, "Correction secrète")]);
        correction::open_edition(&mut conn, &publisher, other, secret, note("Note secrète")).await.unwrap();
    }
    site.advance_to("2026-11-20T08:01:30Z").await;
    assert_eq!(surfaces(&site).await, before);
    // A database whose rows say public before its clock does: the door is by the clock.
    site.advance_to(FRIDAY).await;
    assert_eq!(publication::publish_due(&site.ctx).await.unwrap().len(), 1);
    let after = surfaces(&site).await;
    assert!(
        after.iter().filter(|(path, _)| path.contains("communiques")).all(|(_, body)| body.contains("Sous embargo"))
    );
    site.advance_to("2026-11-20T11:59:59Z").await;
    assert_eq!(surfaces(&site).await, before);
}

#[actix_web::test]
async fn who_asks_again_is_told_that_nothing_changed() {
    let site = TestSite::at(FRIDAY).await;
    let id = site.publish_about("water-agency", &[(Lang::Fr, "Crue")], &["floods"]).await;
    for path in [
        "/fr/communiques.atom",
        "/fr/communiques.rss?topic=floods",
        "/fr/communiques.json",
        "/sitemap.xml",
        "/sitemap-2026-11.xml",
    ] {
        let first = site.get(path).await;
        assert!(first.header("communique-sequence").parse::<i64>().unwrap() > 0, "{path}");
        let ask = || site.http.get(format!("{}{path}", site.base)).header("if-none-match", first.header("etag"));
        let again = Answer::of(ask().send().await.unwrap()).await;
        assert_eq!((again.status, again.body.as_str()), (304, ""), "{path}");
    }
    let before = site.get("/fr/communiques.atom").await;
    withdraw(&site, id, "Fout").await;
    site.hears_all().await;
    let ask =
        site.http.get(format!("{}/fr/communiques.atom", site.base)).header("if-none-match", before.header("etag"));
    let after = Answer::of(ask.send().await.unwrap()).await;
    assert!(after.status == 200 && after.body.contains("Retiré\u{a0}: Crue"), "{}", after.body);
}

#[actix_web::test]
async fn the_whole_is_walked_by_its_pages() {
    let site = TestSite::at(FRIDAY).await;
    let mut expected: Vec<String> = Vec::new();
    for n in 1..=65 {
        let title = format!("Avis {n}");
        site.publish("water-agency", &[(Lang::Fr, &title)]).await;
        expected.insert(0, title);
    }
    let path = |address: &str| address.strip_prefix(&site.base).unwrap().to_owned();
    for (format, query) in
        [("atom", ""), ("atom", "?institution=water-agency&month=2026-11"), ("json", ""), ("rss", "")]
    {
        let mut next = Some(format!("/fr/communiques.{format}{query}"));
        let (mut seen, mut sizes, mut ids) = (Vec::new(), Vec::new(), BTreeSet::new());
        while let Some(address) = next {
            let feed = feed(&site, &address).await;
            seen.extend(titles(&feed).into_iter().map(str::to_owned));
            sizes.push(feed.entries.len());
            next = match format {
                "json" => json(&site, &address).await["next_url"].as_str().map(path),
                _ => feed.links.iter().find(|link| link.rel.as_deref() == Some("next")).map(|link| path(&link.href)),
            };
            ids.insert(feed.id);
        }
        assert_eq!((seen, sizes), (expected.clone(), vec![30, 30, 5]), "{format}{query}");
        if format == "atom" {
            assert_eq!(ids.len(), 1, "one feed, whatever its page");
        }
    }
    let newest = atom(&site, "/fr/communiques.atom").await;
    assert!(newest.all("fh:archive").next().is_none() && newest.links("previous").is_empty());
    assert_eq!(newest.links("next"), newest.links("prev-archive"));
    let second = path(newest.links("next")[0]);
    let older = atom(&site, &second).await;
    assert_eq!(older.all("fh:archive").count(), 1);
    assert_eq!(older.links("current"), [format!("{}/fr/communiques.atom", site.base)]);
    assert_eq!(older.links("self"), [format!("{}{second}", site.base)]);
    let back = site.get(&path(older.links("previous")[0])).await;
    assert_eq!((back.status, back.header("location")), (302, "/fr/communiques.atom"), "the newest have one address");
    // What stands before a key stays, whatever comes.
    site.publish("water-agency", &[(Lang::Fr, "Plus nouveau")]).await;
    site.hears_all().await;
    let again = atom(&site, &second).await;
    assert_eq!(format!("{again:?}"), format!("{older:?}"));
    let newer = feed(&site, &path(older.links("previous")[0])).await;
    assert_eq!((newer.entries.len(), title(&newer.entries[0])), (30, "Avis 65"));
}

#[actix_web::test]
async fn hostile_texts_harm_no_reader() {
    let site = TestSite::at(FRIDAY).await;
    let lead = site.institution("water-agency", Family::Institutions).await;
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let controls: String = (1..0x20u8).map(char::from).collect();
    let headline = format!("]]> <script>alert(1)</script> &amp; \u{202e}rtl\u{202c} {controls}\u{fffe}\u{ffff}fin");
    let body = format!(
        "]]> <script>alert(2)</script> {controls} \u{fffe}\n\n[ici](/fr/themes) [là](#x) [mal](javascript:alert(3)) \
         `<a href=\"/y\">`\n\n\u{202e}à l’envers & <b>gras</b>"
    );
    let version = LanguageVersion { title: headline, lead: "<img src=x onerror=alert(4)> & ]]>".into(), body };
    let versions = [(Lang::Fr, version)].into();
    let mut conn = site.conn().await;
    let new = NewRelease { issuers: vec![lead], content: Content { versions, ..Content::default() } };
    let (_, edition) = drafting::begin(&mut conn, &author, new).await.unwrap();
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    for format in FORMATS {
        let feed = feed(&site, &format!("/fr/communiques.{format}")).await;
        let entry = &feed.entries[0];
        assert!(
            title(entry).starts_with("]]> <script>alert(1)</script> &amp; \u{202e}rtl"),
            "{format}: {}",
            title(entry)
        );
        let shown = Html::parse_fragment(text(entry));
        let elements = |selector: &str| shown.select(&Selector::parse(selector).unwrap()).count();
        assert_eq!(elements("script, img, b, [onerror]"), 0, "{format}: {}", text(entry));
        let links: Vec<&str> =
            shown.select(&Selector::parse("a").unwrap()).filter_map(|link| link.value().attr("href")).collect();
        let own = &entry.links[0].href;
        assert_eq!(links, [format!("{}/fr/themes", site.base), format!("{own}#x")], "{format}");
        assert!(text(entry).contains("&lt;a href=\"/y\"&gt;"), "what only looks like a link stays as it is");
        let summary = &entry.summary.as_ref().unwrap().content;
        assert!(!Html::parse_fragment(summary).html().contains("<img") || format != "rss", "{format}: {summary}");
    }
    for path in ["/sitemap.xml", "/sitemap-2026-11.xml", "/news-sitemap.xml"] {
        xml(&site.get(path).await.body);
    }
}

#[actix_web::test]
async fn feeds_are_found_from_the_pages_and_explained() {
    let site = TestSite::at(FRIDAY).await;
    site.publish_about("water-agency", &[(Lang::Fr, "Crue")], &["floods"]).await;
    for (page, query) in [
        ("/fr/", ""),
        ("/fr/communiques", ""),
        ("/fr/communiques?topic=floods&institution=water-agency", "?institution=water-agency&topic=floods"),
        ("/fr/institutions/water-agency", "?institution=water-agency"),
        ("/fr/institutions", ""),
        ("/fr/themes", ""),
        ("/fr/flux", ""),
    ] {
        let answer = site.get(page).await;
        let found = attributes(&answer, "head link[rel=alternate][type]", "href");
        assert_eq!(found, FORMATS.map(|format| format!("/fr/communiques.{format}{query}")), "{page}");
        for address in found {
            assert_eq!(site.get(&address).await.status, 200, "{address}");
        }
        assert!(attributes(&answer, "footer a", "href").contains(&"/fr/flux".to_owned()), "{page}");
    }
    // A list is called the same wherever its feed is offered, and each format says which it is.
    let site_name = "Four Rivers";
    let formats = ["Atom", "RSS", "JSON"];
    let titled = |title: &str| formats.map(|format| format!("{title} – {site_name} ({format})"));
    for (page, title) in [
        ("/fr/", "Communiqués de presse"),
        ("/fr/themes", "Communiqués de presse"),
        ("/fr/institutions/water-agency", "Communiqués de presse\u{a0}: water-agency (fr)"),
        ("/fr/communiques?institution=water-agency", "Communiqués de presse\u{a0}: water-agency (fr)"),
    ] {
        let answer = site.get(page).await;
        assert_eq!(attributes(&answer, "head link[rel=alternate][type]", "title"), titled(title), "{page}");
    }
    // Beside a release: everything, and what its first issuer publishes.
    let release = site.get("/fr/2026/11/20/crue").await;
    let titles = attributes(&release, "head link[rel=alternate][type]", "title");
    assert_eq!(titles[..3], titled("Communiqués de presse"));
    assert_eq!(titles[3..], titled("Communiqués de presse\u{a0}: water-agency (fr)"));
    for address in attributes(&release, "head link[rel=alternate][type]", "href") {
        assert_eq!(site.get(&address).await.status, 200, "{address}");
    }
    let list = site.get("/fr/communiques?topic=floods&month=2026-11").await;
    assert_eq!(
        attributes(&list, ".more a[type='application/atom+xml']", "href"),
        ["/fr/communiques.atom?topic=floods"]
    );
    for path in ["/fr/flux", "/nl/feeds", "/de/feeds", "/en/feeds"] {
        let help = site.get(path).await;
        assert_eq!(help.status, 200, "{path}");
        let links = attributes(&help, "main a", "href");
        assert_eq!(links.len(), 3 * (1 + 3 + 1 + 1), "all, families, institutions, topics: {links:?}");
        for address in links {
            assert_eq!(site.get(&address).await.status, 200, "{address}");
        }
    }
    let robots = site.get("/robots.txt").await.body;
    for line in [
        format!("Sitemap: {}/sitemap.xml", site.base),
        format!("Sitemap: {}/news-sitemap.xml", site.base),
        "Disallow: /desk".into(),
    ] {
        assert!(robots.lines().any(|own| own == line), "{robots}\nlacks {line}");
    }
}

/// Holds a sitemap against the rules of its schemas: sitemap 0.9 (order and number of elements, lengths, dates), the link of
/// XHTML, Google's news 0.9. Gives the addresses.
fn sitemap(text: &str) -> Vec<String> {
    let root = xml(text);
    assert_eq!(root.attributes["xmlns"], "http://www.sitemaps.org/schemas/sitemap/0.9");
    let child = match root.name.as_str() {
        "urlset" => "url",
        "sitemapindex" => "sitemap",
        other => panic!("{other}"),
    };
    assert!((1..=50_000).contains(&root.children.len()) && text.len() < 50_000_000);
    let dated =
        |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    root.children
        .iter()
        .map(|url| {
            assert_eq!(url.name, child);
            let names: Vec<&str> = url.children.iter().map(|it| it.name.as_str()).collect();
            let mut rest = names.iter().peekable();
            assert_eq!(rest.next(), Some(&"loc"), "{names:?}");
            if rest.next_if(|name| **name == "lastmod").is_some() {
                dated(&url.one("lastmod").text);
            }
            for name in rest {
                match *name {
                    "xhtml:link" => assert_eq!(root.attributes["xmlns:xhtml"], "http://www.w3.org/1999/xhtml"),
                    "news:news" => {
                        assert_eq!(root.attributes["xmlns:news"], "http://www.google.com/schemas/sitemap-news/0.9");
                        let news = url.one("news:news");
                        let names: Vec<&str> = news.children.iter().map(|it| it.name.as_str()).collect();
                        assert_eq!(names, ["news:publication", "news:publication_date", "news:title"]);
                        let publication = news.one("news:publication");
                        let names: Vec<&str> = publication.children.iter().map(|it| it.name.as_str()).collect();
                        assert_eq!(names, ["news:name", "news:language"]);
                        assert!(Lang::ALL.iter().any(|lang| lang.code() == publication.one("news:language").text));
                        dated(&news.one("news:publication_date").text);
                    }
                    other => panic!("{other} is in no schema of ours"),
                }
            }
            for link in url.all("xhtml:link") {
                assert_eq!(link.attributes["rel"], "alternate");
                assert!(Lang::ALL.iter().any(|lang| lang.code() == link.attributes["hreflang"]));
                assert!(link.attributes["href"].starts_with("http://"));
            }
            let address = url.one("loc").text.clone();
            assert!((12..=2048).contains(&address.len()) && address.starts_with("http://"), "{address}");
            address
        })
        .collect()
}

#[actix_web::test]
async fn the_sitemap_leads_to_every_public_page_and_to_no_other() {
    let site = TestSite::at("2026-10-15T12:00:00Z").await;
    assert_eq!(sitemap(&site.get("/sitemap.xml").await.body), [format!("{}/sitemap-site.xml", site.base)]);
    assert_eq!(sitemap(&site.get("/news-sitemap.xml").await.body).len(), 4, "an empty site has its front pages");
    site.publish_about(
        "water-agency",
        &[(Lang::Fr, "Octobre"), (Lang::Nl, "Oktober"), (Lang::De, "Oktober")],
        &["floods"],
    )
    .await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Novembre")]).await;
    let withdrawn = site.publish("water-agency", &[(Lang::Fr, "Retiré")]).await;
    let gone = site.publish("water-agency", &[(Lang::Fr, "Dépublié")]).await;
    withdraw(&site, withdrawn, "Fout").await;
    unpublish(&site, gone).await;
    site.draft("water-agency", &[(Lang::Fr, "Brouillon")], &[]).await;
    let october = site.get("/sitemap-2026-10.xml").await.body;

    let files = sitemap(&site.get("/sitemap.xml").await.body);
    let names = ["site", "2026-10", "2026-11"].map(|name| format!("{}/sitemap-{name}.xml", site.base));
    assert_eq!(files, names);
    let mut releases = Vec::new();
    let mut pages = BTreeSet::new();
    for file in &files {
        let path = file.strip_prefix(&site.base).unwrap();
        let answer = site.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "application/xml; charset=utf-8"));
        for address in sitemap(&answer.body) {
            let page = address.strip_prefix(&site.base).unwrap().to_owned();
            let answer = site.get(&page).await;
            assert_eq!(answer.status, 200, "{page}");
            assert!(attributes(&answer, "meta[name=robots]", "content").is_empty() || path.contains("site"), "{page}");
            // What it says of itself and what the sitemap says agree.
            assert_eq!(attributes(&answer, "link[rel=canonical]", "href").pop().unwrap_or(address.clone()), address);
            if path != "/sitemap-site.xml" {
                releases.push(page.clone());
            }
            assert!(pages.insert(page), "{address} stands twice");
        }
    }
    let expected =
        ["/de/2026/10/15/oktober", "/fr/2026/10/15/octobre", "/nl/2026/10/15/oktober", "/fr/2026/11/20/novembre"];
    assert_eq!(releases, expected);
    for page in
        ["/fr/", "/nl/instellingen/water-agency", "/de/pressemitteilungen?topic=floods", "/en/archive", "/fr/flux"]
    {
        assert!(pages.contains(page), "{page}");
    }
    let root = xml(&october);
    assert_eq!(root.all("url").next().unwrap().all("xhtml:link").count(), 3, "each language names all");
    assert_eq!(root.all("url").next().unwrap().one("lastmod").text, "2026-10-15T14:00:00+02:00");
    site.publish("water-agency", &[(Lang::Fr, "Encore un")]).await;
    site.hears_all().await;
    assert_eq!(sitemap(&site.get("/sitemap-2026-11.xml").await.body).len(), 2);
    assert_eq!(site.get("/sitemap-2026-10.xml").await.body, october, "a file of the past stays as it was");
    for path in [
        "/sitemap-2026-09.xml",
        "/sitemap-2026-10-2.xml",
        "/sitemap-2026-13.xml",
        "/sitemap-2026-10-1.xml",
        "/sitemap-2026-10-02.xml",
    ] {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    assert_eq!(site.get("/sitemap.xml?x=1").await.status, 400);
}

#[actix_web::test]
async fn news_are_of_two_days() {
    let site = TestSite::at("2026-11-18T12:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Mercredi & jeudi"), (Lang::Nl, "Woensdag")]).await;
    site.advance_to("2026-11-19T12:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Jeudi")]).await;
    let withdrawn = site.publish("water-agency", &[(Lang::Fr, "Retiré")]).await;
    withdraw(&site, withdrawn, "Fout").await;
    site.advance_to("2026-11-20T11:59:59Z").await;
    let answer = site.get("/news-sitemap.xml").await;
    assert_eq!(sitemap(&answer.body).len(), 3);
    let root = xml(&answer.body);
    let first = root.all("url").nth(1).unwrap();
    assert_eq!(first.one("news:news").one("news:title").text, "Mercredi & jeudi");
    assert_eq!(first.one("news:news").one("news:publication_date").text, "2026-11-18T13:00:00+01:00");
    assert_eq!(first.one("news:news").one("news:publication").one("news:name").text, "Four Rivers");
    site.advance_to("2026-11-20T12:00:00Z").await;
    assert_eq!(sitemap(&site.get("/news-sitemap.xml").await.body), [format!("{}/fr/2026/11/19/jeudi", site.base)]);
    site.advance_to("2026-11-21T12:00:00Z").await;
    let empty = site.get("/news-sitemap.xml").await.body;
    assert!(sitemap(&empty).iter().all(|address| !address.contains("2026")) && !empty.contains("news:news>"));
}

/// Puts `count` releases of two languages straight into the database, of one institution and topic, `per_day` a day from
/// the first day of `from` on; so many would take the steps of the desk too long.
async fn many(site: &TestSite, count: usize, per_day: usize, from: &str) {
    site.institution("water-agency", Family::Institutions).await;
    site.topic("floods").await;
    let paragraph = "Le niveau de la **Meurthe basse** recule depuis midi, et les quais rouvrent l’un après l’autre ; \
                     voir [la carte](/fr/themes) et les conseils de l’agence pour les riverains. ";
    let body = format!(
        "{p}\n\n## Ce qui change\n\n- {p}\n- {p}\n\n{p}{p}\n\n| Lieu | Niveau |\n| - | -: |\n| Orvalle | 3,20 |\n| Weyrath | 2,90 |\n\n{p}{p}",
        p = paragraph
    );
    let mut conn = site.conn().await;
    conn.batch_execute(&format!(
        "SET session_replication_role = replica;
         CREATE TEMP TABLE many AS SELECT n, timestamptz '{from}' + (n / {per_day}) * interval '1 day'
             + (n % {per_day}) * interval '1 second' AS at FROM generate_series(0, {count} - 1) AS n;
         INSERT INTO releases (id, public_state, reference, first_published_at, first_published_on, public_edition_id, public_revision_id)
             OVERRIDING SYSTEM VALUE
             SELECT 1000 + n, 'public', '2000-' || lpad((n + 1000)::text, 7, '0'), at, at::date, 1000 + n, 1000 + n FROM many;
         INSERT INTO issuers SELECT 1000 + n, 0, (SELECT id FROM institutions WHERE code = 'water-agency') FROM many;
         INSERT INTO editions (id, release_id, number, state, head_revision_id, published_at) OVERRIDING SYSTEM VALUE
             SELECT 1000 + n, 1000 + n, 1, 'published', 1000 + n, at FROM many;
         INSERT INTO revisions (id, edition_id, number) OVERRIDING SYSTEM VALUE SELECT 1000 + n, 1000 + n, 1 FROM many;
         INSERT INTO language_versions SELECT 1000 + n, lang, lang || ' ' || n, 'Le chapeau du communiqué ' || n || '.', n || ' ' || $body${body}$body$
             FROM many, unnest('{{fr,nl}}'::text[]) AS lang;
         INSERT INTO revision_topics SELECT 1000 + n, 0, (SELECT id FROM topics WHERE code = 'floods') FROM many;
         INSERT INTO addresses SELECT lang, at::date, lang || '-' || n, 1000 + n FROM many, unnest('{{fr,nl}}'::text[]) AS lang;
         INSERT INTO listings SELECT 'all', 0, at, n, 1000 + n FROM many;
         INSERT INTO listings SELECT 'topic', (SELECT id FROM topics WHERE code = 'floods'), at, n, 1000 + n FROM many;
         INSERT INTO public_changes (sequence, at, kind, release_id, edition_id, languages, tags)
             SELECT 1000 + n, at, 'new', 1000 + n, 1000 + n, '{{fr,nl}}', '{{list}}' FROM many;
         UPDATE public_change_counter SET last = 1000 + {count};
         SET session_replication_role = origin;"
    ))
    .await
    .unwrap();
    conn.batch_execute("VACUUM ANALYZE").await.unwrap();
}

#[actix_web::test]
async fn a_month_of_many_has_several_files() {
    let site = TestSite::at(FRIDAY).await;
    many(&site, 2_600, 2_600, "2026-10-01T06:00:00Z").await;
    let files = sitemap(&site.get("/sitemap.xml").await.body);
    assert_eq!(files.len(), 3);
    let first = sitemap(&site.get("/sitemap-2026-10.xml").await.body);
    let second = sitemap(&site.get("/sitemap-2026-10-2.xml").await.body);
    assert_eq!((first.len(), second.len()), (5_000, 200));
    assert!(
        first[0].ends_with("/fr/2026/10/01/fr-0") && second[0].ends_with("/fr/2026/10/01/fr-2500"),
        "the oldest first"
    );
    let all: BTreeSet<&String> = first.iter().chain(&second).collect();
    assert_eq!(all.len(), 5_200);
}

/// What a feed costs, Postgres included: `cargo test --release --test it measure_feeds -- --ignored --nocapture`.
#[actix_web::test]
#[ignore = "a measurement, by hand and of a release build"]
async fn measure_feeds() {
    let site = TestSite::at(FRIDAY).await;
    many(&site, 50_000, 10, "2010-01-01T06:00:00Z").await;
    let key = {
        let root = atom(&site, "/fr/communiques.atom?year=2016").await;
        root.links("next")[0].rsplit_once("before=").unwrap().1.to_owned()
    };
    for (path, times) in [
        ("/healthz".to_owned(), 2_000),
        ("/fr/communiques.atom".to_owned(), 1_000),
        ("/fr/communiques.rss".to_owned(), 1_000),
        ("/fr/communiques.json".to_owned(), 1_000),
        ("/fr/communiques.atom?topic=floods".to_owned(), 1_000),
        (format!("/fr/communiques.atom?before={key}"), 1_000),
        ("/fr/communiques".to_owned(), 300),
        ("/sitemap.xml".to_owned(), 50),
        ("/sitemap-2016-05.xml".to_owned(), 50),
        ("/news-sitemap.xml".to_owned(), 200),
    ] {
        let first = std::time::Instant::now();
        let bytes = site.get(&path).await.body.len();
        let first = first.elapsed();
        for _ in 0..20 {
            site.ctx.pages.forget();
            site.get(&path).await;
        }
        let before = (own_cpu(), postgres_cpu(&site).await);
        for _ in 0..times {
            // Each is made anew: of what is kept, nothing is left but the HTML of texts.
            site.ctx.pages.forget();
            assert_eq!(site.get(&path).await.status, 200);
        }
        let after = (own_cpu(), postgres_cpu(&site).await);
        let each = |from: f64, to: f64| (to - from) * 1e6 / f64::from(times);
        println!(
            "{path}: {bytes} bytes, first {first:?}; per request {:.0} µs of ours (the client included), {:.0} µs of Postgres",
            each(before.0, after.0),
            each(before.1, after.1),
        );
    }
}

/// Seconds of processor time.
fn cpu(stat: &str) -> f64 {
    let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap();
    ticks / 100.0
}

fn own_cpu() -> f64 {
    cpu(&std::fs::read_to_string("/proc/self/stat").unwrap())
}

async fn postgres_cpu(site: &TestSite) -> f64 {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::Integer)]
        pid: i32,
    }
    let mut conn = site.conn().await;
    let sql = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()";
    let rows: Vec<Row> = diesel_async::RunQueryDsl::load(diesel::sql_query(sql), &mut conn).await.unwrap();
    rows.iter().map(|row| cpu(&std::fs::read_to_string(format!("/proc/{}/stat", row.pid)).unwrap())).sum()
}

#[actix_web::test]
async fn a_search_is_followed_like_any_list() {
    let site = TestSite::at(FRIDAY).await;
    site.publish("water-agency", &[(Lang::Fr, "Crue de la Meurthe"), (Lang::De, "Hochwasser der Meurthe")]).await;
    site.publish("water-agency", &[(Lang::Fr, "Eau potable à Oostmere")]).await;
    site.publish("police", &[(Lang::Fr, "Crues et circulation")]).await;
    site.hears_all().await;
    for (query, expected) in [
        ("q=crue", vec!["Crues et circulation", "Crue de la Meurthe"]),
        ("q=crue&institution=police", vec!["Crues et circulation"]),
        ("q=hochwasser", vec!["Crue de la Meurthe"]),
        ("language=de", vec!["Crue de la Meurthe"]),
        ("q=neige", vec![]),
        // Signs alone ask for nothing; the search says so, and finds nothing.
        ("q=--", vec![]),
        ("kind=decision", vec![]),
    ] {
        for format in ["atom", "rss", "json"] {
            let path = format!("/fr/communiques.{format}?{query}");
            site.until(&path, "answered", |answer| answer.status == 200).await;
            assert_eq!(titles(&feed(&site, &path).await), expected, "{path}");
        }
    }
    // What comes later is there at once, and what goes, gone.
    let id = site.publish("water-agency", &[(Lang::Fr, "La crue recule")]).await;
    let path = "/fr/communiques.atom?q=crue";
    site.until(path, "with the new one", |answer| answer.body.contains("La crue recule")).await;
    unpublish(&site, id).await;
    site.until(path, "without it", |answer| answer.status == 200 && !answer.body.contains("La crue recule")).await;
}
