//! The leak journey: what the public finds of a release in each of its states, by every kind of address that there is
//! (DESIGN §3's table, §4).
//!
//! Two sites know the same; then one of them writes what is secret, and the other never does. Whatever address is asked,
//! in whatever way, both must give the same answer, byte for byte. The kinds of addresses are those that `server::routes`
//! names: one that is added and for which nothing stands here what its parts may be fails the test.

use std::collections::{BTreeMap, BTreeSet};

use communique::account::Role;
use communique::account::rights::Right;
use communique::directory::Family;
use communique::directory::register::{self, NewInstitution};
use communique::ids::{AssetId, EditionId, ReleaseId};
use communique::journal::Actor;
use communique::kit::lang::{Lang, Texts};
use communique::kit::mail::Address;
use communique::kit::slug::slug;
use communique::release::draft::{self, Field, Written};
use communique::release::model::{Content, LanguageVersion, NewRelease};
use communique::release::{correction, drafting, grant, publication, query, withdrawal};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::media;
use crate::support::TestSite;

const AT: &str = "2026-11-20T12:00:00Z";
/// Without a port, so that two sites write the same.
const SETTINGS: &[(&str, &str)] = &[
    ("COMMUNIQUE_LANGUAGES", "fr,nl"),
    ("COMMUNIQUE_PUBLIC_URL", "http://press.four-rivers.example"),
    // Who signs in comes from an address of their own.
    ("COMMUNIQUE_TRUSTED_PROXIES", "127.0.0.1"),
];
const LANGS: [Lang; 2] = [Lang::Fr, Lang::Nl];

/// A release by words that nothing else holds.
#[derive(Debug, Clone)]
struct Item {
    release: ReleaseId,
    edition: EditionId,
    /// In title, file names and address.
    word: &'static str,
    /// In the lead, and in no address.
    lead: &'static str,
    assets: Vec<AssetId>,
    /// Of every copy and file.
    media: Vec<String>,
}

fn title(lang: Lang, word: &str) -> String {
    match lang {
        Lang::Fr => format!("{word} rouvre demain"),
        _ => format!("{word} gaat morgen open"),
    }
}

fn texts(word: &str, lead: &str) -> Content {
    let versions = LANGS.map(|lang| {
        let version = LanguageVersion {
            title: title(lang, word),
            lead: format!("{lead} {lang}."),
            body: format!("{word} {lead}, {lang}."),
        };
        (lang, version)
    });
    Content { versions: BTreeMap::from(versions), ..Content::default() }
}

/// A draft in two languages under a topic, with a picture and a PDF.
async fn begin(site: &TestSite, lead_code: &str, (word, lead): (&'static str, &'static str), shade: u8) -> Item {
    let lead_id = site.institution(lead_code, Family::Institutions).await;
    let author = site.person(Role::Contributor, Some(lead_code)).await;
    let topics = vec![site.topic("floods").await];
    let content = Content { topics, ..texts(word, lead) };
    let new = NewRelease { issuers: vec![lead_id], content };
    let (release, edition) = drafting::begin(&mut *site.conn().await, &author, new).await.unwrap();
    let browser = site.signed_in(Role::Contributor, Some(lead_code)).await;
    let pdf = format!(
        "%PDF-1.4\n%{word}\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    );
    let files: [(String, Vec<u8>); 2] =
        [(format!("{word}.jpg"), media::jpeg(400, 300, shade)), (format!("{word}-plan.pdf"), pdf.into_bytes())];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let assets = media::illustrate(site, &browser, (release, edition), &files).await;
    let media = media::addresses(site, &assets).await;
    assert!(media.len() >= 4, "{media:?}");
    Item { release, edition, word, lead, assets, media }
}

/// The search with nothing asked yet: it names the few newest, and what was lately corrected or withdrawn.
const ENTRANCES: [&str; 2] = ["/fr/recherche?", "/nl/zoeken?"];

/// What was answered: status, headers but the date, bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Told {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Told {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).to_lowercase()
    }
}

/// Asks the site. Tokens of forms are drawn anew for every page, and compared by nothing.
async fn ask(site: &TestSite, method: &str, address: &str, headers: &[(&str, &str)]) -> Told {
    let request = site.http.request(method.parse().unwrap(), format!("{}{address}", site.base));
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let mut told: Vec<(String, String)> = response
        .headers()
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            let value = if name == "set-cookie" { value.split('=').next().unwrap_or_default() } else { &value };
            (name.to_string(), value.to_owned())
        })
        .collect();
    told.sort();
    let body = response.bytes().await.unwrap().to_vec();
    const TOKEN: &[u8] = b"name=\"form_token\" value=\"";
    let body = match body.windows(TOKEN.len()).position(|part| part == TOKEN) {
        Some(at) => {
            let (before, after) = body.split_at(at + TOKEN.len());
            let end = after.iter().position(|byte| *byte == b'"').unwrap_or(0);
            [before, &after[end..]].concat()
        }
        None => body,
    };
    Told { status, headers: told, body }
}

/// An address, and what kind it is of: the route's pattern and a query.
type Kinded = (String, String);

/// What may stand for each variable part of a public address.
fn values(part: &str, of: &Item) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match part {
        r"{year:\d{4}}" => words(&["2026"]),
        r"{month:\d{2}}" => words(&["11"]),
        r"{day:\d{2}}" => words(&["20"]),
        "{slug}" => {
            let slugs = LANGS.map(|lang| slug(lang, &title(lang, of.word)));
            let mut all: Vec<String> =
                slugs.iter().flat_map(|slug| ["", "-2", ".css", ".html"].map(|end| format!("{slug}{end}"))).collect();
            all.extend([of.release.to_string(), of.edition.to_string(), of.word.to_owned()]);
            all
        }
        r"{number:\d{1,4}}" => words(&["1", "2"]),
        // The next that would be given, and the working number of the desk.
        r"{reference:\d{4}-\d{4,}}" => {
            let mut all: Vec<String> = (1..=12).map(|n| format!("2026-{n:04}")).collect();
            all.push(format!("2026-{:04}", of.release.0 + 1000));
            all
        }
        "{code}" | "{code:[a-z0-9-]{1,80}}" => {
            words(&["water-agency", "floods", "hidden-agency", "hidden-topic", "nothing", "2026-11-20", "2026-11-27"])
        }
        r"{month:\d{4}-\d{2}}" => words(&["2026-11", "2026-12"]),
        r"{part:\d{1,4}}" => words(&["2"]),
        "{token}" | "{device}" => vec!["A".repeat(43), of.media[0].split('/').nth(2).unwrap().to_owned()],
        "{lang}" => words(&["fr"]),
        "{asset}" => of.assets.iter().map(ToString::to_string).collect(),
        "{size}" => words(&["original", "file", "320", "640"]),
        "{format:vcf|csv|json}" => words(&["vcf", "csv", "json"]),
        r"{contact:\d{1,18}}" => words(&["1", "2", "999"]),
        "{person}" | "{meeting}" | "{receipt}" => words(&["hidden", "1"]),
        "{name}" => words(&["site.css", "nothing.css"]),
        _ => panic!("what may stand for {part} in a public address? Say it here, so that it is asked"),
    }
}

/// What a list, a search or a feed may be asked, of a release or of the hidden things.
fn queries(pattern: &str, of: &Item) -> Vec<Kinded> {
    let of_list = ["communiques", "persberichten"].iter().any(|word| pattern.contains(word));
    let of_search = ["recherche", "zoeken"].iter().any(|word| pattern.contains(word));
    let (word, lead) = (of.word.to_lowercase(), of.lead.to_lowercase());
    let begun = &word[..word.len() - 3];
    let mut all: Vec<Kinded> = vec![(String::new(), String::new()), ("x=1".into(), "x=1".into())];
    if of_list || of_search {
        for (kind, query) in [
            ("q=title", format!("q={word}")),
            ("q=begun", format!("q={begun}*")),
            ("q=lead", format!("q={lead}")),
            ("q=caption", "q=l%C3%A9gende+secr%C3%A8te".to_owned()),
            ("topic", "topic=floods".to_owned()),
            ("topic,institution", "institution=water-agency&topic=floods".to_owned()),
            ("topic=hidden", "topic=hidden-topic".to_owned()),
            ("institution=hidden", "institution=hidden-agency".to_owned()),
            ("day", "day=2026-11-20".to_owned()),
            ("language", "language=nl".to_owned()),
            ("kind", "kind=release".to_owned()),
            ("meeting=planned", "meeting=2026-11-20".to_owned()),
            ("instrument", "instrument=circular".to_owned()),
        ] {
            all.push((kind.to_owned(), query));
        }
    }
    if of_search {
        all.push(("q=typed".into(), format!("q={begun}")));
        all.push(("q=best".into(), format!("q={word}&order=best")));
    }
    all
}

/// The pattern with every choice of its parts.
fn filled(pattern: &str, of: &Item) -> Vec<String> {
    let Some(open) = pattern.find('{') else { return vec![pattern.to_owned()] };
    let mut depth = 0;
    let close = open
        + pattern[open..]
            .char_indices()
            .find(|(_, c)| {
                depth += i32::from(*c == '{') - i32::from(*c == '}');
                depth == 0
            })
            .unwrap()
            .0;
    let rest = filled(&pattern[close + 1..], of);
    values(&pattern[open..=close], of)
        .iter()
        .flat_map(|value| rest.iter().map(move |rest| format!("{}{value}{rest}", &pattern[..open])))
        .collect()
}

/// Every public address that there is for this release, by its kind.
fn addresses(site: &TestSite, of: &Item) -> Vec<Kinded> {
    let mut all = Vec::new();
    for route in communique::server::routes(&site.ctx.settings) {
        if route.right != Right::Public || route.method != "GET" {
            continue;
        }
        let pattern = route.pattern.as_str();
        if pattern == communique::paths::MEDIA {
            for address in &of.media {
                all.push((format!("{pattern} file"), address.clone()));
                // Another size, and the name under which it came.
                let folder = address.rsplit_once('/').unwrap().0;
                all.push((format!("{pattern} guessed"), format!("{folder}/{}-original.jpg", of.word)));
                all.push((format!("{pattern} guessed"), format!("{address}.css")));
            }
            continue;
        }
        for path in filled(pattern, of) {
            for (kind, query) in queries(pattern, of) {
                let address = if query.is_empty() { path.clone() } else { format!("{path}?{query}") };
                all.push((format!("{pattern}?{kind}"), address));
            }
        }
    }
    // What no route knows: former addresses, numbers, other endings, the doors of others.
    for address in [
        format!("/node/{}", of.release),
        format!("/old/{}", of.word.to_lowercase()),
        format!("/fr/node/{}", of.release),
        format!("/fr/{}", of.word.to_lowercase()),
        format!("/releases/{}.json", of.release),
        format!("/media/{}", of.assets[0]),
        format!("/media/{}/original", of.assets[0]),
        format!("/files/{}.jpg", of.word),
        format!("/fr/2026/11/20/{}/edition/", slug(Lang::Fr, &title(Lang::Fr, of.word))),
        format!("/fr//2026/11/20/{}", slug(Lang::Fr, &title(Lang::Fr, of.word))),
        format!("/desk/files/{}/320", of.assets[0]),
        format!("/desk/releases/{}", of.release),
    ] {
        all.push(("no route".into(), address));
    }
    all
}

/// The ways in which an address is asked besides GET. `tags`: what a reader who had seen it would hold.
fn ways(tag: &str) -> Vec<(&'static str, Vec<(&'static str, &str)>)> {
    vec![
        ("HEAD", vec![]),
        ("GET", vec![("range", "bytes=0-9")]),
        ("GET", vec![("if-none-match", tag)]),
        ("GET", vec![("if-none-match", "*")]),
        ("HEAD", vec![("if-none-match", tag)]),
        ("GET", vec![("if-range", tag), ("range", "bytes=0-")]),
        ("GET", vec![("accept-encoding", "br, gzip"), ("accept-language", "nl")]),
        ("GET", vec![("accept", "application/json"), ("cookie", "desk=1")]),
        ("POST", vec![]),
    ]
}

/// Waits until pages and index of the site have heard of all that is committed.
async fn caught_up(site: &TestSite) {
    site.hears_all().await;
    let mut conn = site.conn().await;
    let last = communique::change::last(&mut conn).await.unwrap();
    assert!(site.index.wait_for(last, std::time::Duration::from_secs(10)).await, "the index follows");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_never_public_leaves_no_trace() {
    let site = TestSite::with(AT, SETTINGS).await;
    // What is public on both.
    site.institution("council", Family::Council).await;
    let one = begin(&site, "water-agency", ("Ombrevalle", "tirelonde"), 1).await;
    let other = begin(&site, "water-agency", ("Sardoigne", "mirebelle"), 2).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let zone = site.ctx.settings.zone;
    {
        let mut conn = site.conn().await;
        for edition in [one.edition, other.edition] {
            publication::publish_draft(&mut conn, zone, &publisher, edition).await.unwrap();
        }
    }
    caught_up(&site).await;
    let twin = site.twin(SETTINGS).await;

    // What only the first of them knows.
    let hidden = NewInstitution {
        code: "hidden-agency".into(),
        family: Family::Institutions,
        names: Texts::one(Lang::Fr, "Agence Calvadine"),
        website: None,
        four_eyes: false,
        announced: false,
    };
    {
        let mut conn = site.conn().await;
        conn.transaction(async |conn| {
            register::institution_within(conn, Actor::Job("test"), &hidden).await?;
            register::topic_within(conn, Actor::Job("test"), "hidden-topic", &Texts::one(Lang::Fr, "Calvadine"), false)
                .await
        })
        .await
        .unwrap();
    }
    let drafted = begin(&site, "water-agency", ("Zalvonne", "brimoutte"), 10).await;
    let of_hidden = begin(&site, "hidden-agency", ("Calvadine", "drapouille"), 11).await;
    let submitted = begin(&site, "water-agency", ("Quiborne", "veltassin"), 12).await;
    let ready = begin(&site, "water-agency", ("Fristelle", "onguilaire"), 13).await;
    let scheduled = begin(&site, "water-agency", ("Morvalle", "estrapagne"), 14).await;
    let planned = "2026-11-20T13:00:00Z";
    let link = {
        let mut conn = site.conn().await;
        for of in [&submitted, &ready, &scheduled] {
            drafting::submit(&mut conn, &publisher, of.edition).await.unwrap();
        }
        for of in [&ready, &scheduled] {
            drafting::make_ready(&mut conn, &publisher, of.edition).await.unwrap();
        }
        drafting::schedule(&mut conn, &publisher, scheduled.edition, planned.parse().unwrap()).await.unwrap();
        // Somebody may read the ready one before.
        let new = grant::NewGrant {
            name: "Maud Terlinck".into(),
            email: Address::parse("maud@rivers.example").unwrap(),
            lang: Lang::Fr,
            with_files: true,
            expires_at: "2026-11-21T12:00:00Z".parse().unwrap(),
            mailed: false,
        };
        grant::give(&mut conn, &site.ctx.secret, &publisher, ready.release, new).await.unwrap();
        let given = query::grants(&mut conn, ready.release).await.unwrap().remove(0).token(&site.ctx.secret).unwrap();
        // The next text of what is public, typed and not published; of another a correction that is prepared.
        let written = |field, text: &str| Written { field, value: text.into(), over: 0 };
        let next = [
            written(Field::Title(Lang::Fr), "Ortigeon ferme demain"),
            written(Field::Lead(Lang::Nl), "Ortigeon sluit."),
        ];
        draft::save(&mut conn, &publisher, one.edition, &next).await.unwrap();
        let note: Texts = LANGS.map(|lang| (lang, "Ortigeon".to_owned())).into_iter().collect();
        let content = texts("Ortigeon", "ortigeonne");
        correction::open_edition(&mut conn, &publisher, other.release, content, note).await.unwrap();
        // A former site's address of what an import brought as a draft.
        diesel::sql_query(format!(
            "INSERT INTO redirects (path, release_id, lang) VALUES ('/old/zalvonne', {}, 'fr')",
            drafted.release
        ))
        .execute(&mut conn)
        .await
        .unwrap();
        given
    };
    // A meeting of the Council that is planned, with a decision that waits for it.
    let meeting = site.meeting("2026-11-20", Some(planned)).await;
    let titles = [(Lang::Fr, "Zorbidule est fermé"), (Lang::Nl, "Zorbidule is dicht")];
    site.decision(meeting, &titles, &[]).await;
    caught_up(&site).await;
    caught_up(&twin).await;

    let secrets = [&drafted, &of_hidden, &submitted, &ready, &scheduled];
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    for of in secrets.into_iter().chain([&one, &other]) {
        all.extend(addresses(&site, of).into_iter().map(|(kind, address)| (address, kind)));
    }
    let never: BTreeSet<&str> = secrets.iter().flat_map(|of| of.media.iter().map(String::as_str)).collect();
    let marks: Vec<String> = secrets
        .iter()
        .flat_map(|of| [of.word, of.lead])
        .chain(["Ortigeon", "Zorbidule"])
        .map(str::to_lowercase)
        .collect();
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let mut wrong = Vec::new();
    let mut asked = 0_usize;
    let mut in_all_ways = BTreeSet::new();
    for (address, kind) in &all {
        let (here, there) = (ask(&site, "GET", address, &[]).await, ask(&twin, "GET", address, &[]).await);
        asked += 1;
        let text = here.text();
        let asked_for = address.to_lowercase();
        if let Some(mark) = marks.iter().find(|mark| !asked_for.contains(mark.as_str()) && text.contains(mark.as_str()))
        {
            wrong.push(format!("{kind}: {address} says {mark}"));
        }
        if here != there {
            wrong.push(differs(kind, "GET", address, &here, &there));
            continue;
        }
        assert!(!never.contains(address.as_str()) || here.status == 404, "{address}: {}", here.status);
        if here.status >= 400 {
            assert!(here.header("cache-control").contains("no-store"), "{address}");
        }
        // A search costs more than a page, and which way it is asked in is the page's business, not the search's. Every
        // other way is for what names something secret, and once for each kind of address.
        let names_something = marks.iter().any(|mark| asked_for.contains(mark)) || never.contains(address.as_str());
        if kind.contains("?q=") || kind.contains("?x=1") || !(names_something || in_all_ways.insert(kind.clone())) {
            continue;
        }
        // The tag that the answer has; of a file that is secret the one that its bytes have, as its author sees it.
        let own = if here.status == 404 && never.contains(address.as_str()) {
            let of = secrets.iter().find(|of| of.media.contains(address)).unwrap();
            let place = usize::from(address.ends_with(".pdf"));
            author.get(&format!("/desk/files/{}/file", of.assets[place])).await.header("etag").to_owned()
        } else {
            here.header("etag").to_owned()
        };
        let tag = if own.is_empty() { "\"x\"".to_owned() } else { own };
        for (method, headers) in ways(&tag) {
            let (here, there) =
                (ask(&site, method, address, &headers).await, ask(&twin, method, address, &headers).await);
            asked += 1;
            if here != there {
                wrong.push(differs(kind, &format!("{method} {headers:?}"), address, &here, &there));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} answers:\n{}", wrong.len(), wrong.join("\n"));
    assert!(asked > 2_000, "only {asked} answers compared");

    // The personal link shows no word before it is opened.
    let door = ask(&site, "GET", &format!("/preview/{link}"), &[]).await;
    assert_eq!(door.status, 200);
    for address in [
        format!("/preview/{link}"),
        format!("/preview/{link}/fr"),
        format!("/preview/{link}/files/{}/640", ready.assets[0]),
    ] {
        for (method, headers) in ways("\"x\"") {
            if method == "POST" {
                continue;
            }
            let told = ask(&site, method, &address, &headers).await;
            assert!(marks.iter().all(|mark| !told.text().contains(mark)), "{method} {headers:?} {address}");
        }
    }

    // What comes next has the number, the place and the address that it would have had.
    for of in [&site, &twin] {
        of.publish("water-agency", &[(Lang::Fr, "Le lendemain"), (Lang::Nl, "De dag daarna")]).await;
        caught_up(of).await;
    }
    for address in [
        "/fr/communiques",
        "/fr/",
        "/nl/persberichten?topic=floods",
        "/sitemap-2026-11.xml",
        "/fr/2026-0003",
        "/2026-0003",
    ] {
        let (here, there) = (ask(&site, "GET", address, &[]).await, ask(&twin, "GET", address, &[]).await);
        assert!(here == there, "{}", differs("afterwards", "GET", address, &here, &there));
    }
    sees_what_differs(&site, &twin).await;
}

/// That the comparison sees what it is for: what one of the sites publishes alone is told of by every kind of address that
/// shows it.
async fn sees_what_differs(site: &TestSite, twin: &TestSite) {
    site.publish("water-agency", &[(Lang::Fr, "Le surlendemain"), (Lang::Nl, "Twee dagen later")]).await;
    caught_up(site).await;
    for address in [
        "/fr/",
        "/fr/communiques",
        "/fr/communiques.atom",
        "/fr/communiques.rss",
        "/nl/persberichten.json",
        "/fr/recherche?q=surlendemain",
        "/fr/recherche/suggestions?q=surlen",
        "/fr/institutions/water-agency",
        "/sitemap.xml",
        "/sitemap-2026-11.xml",
        "/news-sitemap.xml",
        "/2026-0004",
        "/fr/2026/11/20/le-surlendemain",
    ] {
        for method in ["GET", "HEAD"] {
            let (here, there) = (ask(site, method, address, &[]).await, ask(twin, method, address, &[]).await);
            assert_ne!(here, there, "{method} {address}");
        }
    }
}

fn differs(kind: &str, way: &str, address: &str, here: &Told, there: &Told) -> String {
    let mut out = format!("{kind}: {way} {address}: {} and {}", here.status, there.status);
    for header in here.headers.iter().filter(|header| !there.headers.contains(header)) {
        out.push_str(&format!("\n    here {header:?}"));
    }
    for header in there.headers.iter().filter(|header| !here.headers.contains(header)) {
        out.push_str(&format!("\n    there {header:?}"));
    }
    if let Some(at) = here.body.iter().zip(&there.body).position(|(a, b)| a != b) {
        let part =
            |body: &[u8]| String::from_utf8_lossy(&body[at.saturating_sub(60)..body.len().min(at + 100)]).into_owned();
        out.push_str(&format!("\n    here …{}…\n    there …{}…", part(&here.body), part(&there.body)));
    } else if here.body.len() != there.body.len() {
        out.push_str(&format!("\n    {} bytes and {}", here.body.len(), there.body.len()));
    }
    out
}

/// The kinds of addresses at which a word of the release is read that the address itself does not hold; with the status of
/// each address of a page, a short address and a file of its own.
async fn found(site: &TestSite, of: &Item) -> (BTreeSet<String>, BTreeMap<String, BTreeSet<u16>>) {
    let marks = [of.word, of.lead].map(str::to_lowercase);
    let (mut kinds, mut statuses) = (BTreeSet::new(), BTreeMap::<String, BTreeSet<u16>>::new());
    for (kind, address) in addresses(site, of) {
        let told = ask(site, "GET", &address, &[]).await;
        let asked_for = address.to_lowercase();
        let text = told.text();
        let is_file = kind.starts_with(communique::paths::MEDIA);
        if !is_file && told.status == 200 && marks.iter().any(|mark| !asked_for.contains(mark) && text.contains(mark)) {
            kinds.insert(kind.clone());
        }
        statuses.entry(kind).or_default().insert(told.status);
    }
    (kinds, statuses)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_state_is_seen_as_its_row_says() {
    let site = TestSite::with(AT, SETTINGS).await;
    let public = begin(&site, "water-agency", ("Ombrevalle", "tirelonde"), 1).await;
    let withdrawn = begin(&site, "water-agency", ("Sardoigne", "mirebelle"), 2).await;
    let gone = begin(&site, "water-agency", ("Zalvonne", "brimoutte"), 3).await;
    let moved = begin(&site, "water-agency", ("Quiborne", "veltassin"), 4).await;
    let due = begin(&site, "water-agency", ("Morvalle", "estrapagne"), 5).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let zone = site.ctx.settings.zone;
    let page = |of: &Item, lang: Lang| {
        communique::paths::release(lang, "2026-11-20".parse().unwrap(), &slug(lang, &title(lang, of.word)))
    };
    {
        let mut conn = site.conn().await;
        for of in [&public, &withdrawn, &gone, &moved] {
            publication::publish_draft(&mut conn, zone, &publisher, of.edition).await.unwrap();
        }
        drafting::submit(&mut conn, &publisher, due.edition).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, due.edition).await.unwrap();
        drafting::schedule(&mut conn, &publisher, due.edition, "2026-11-20T13:00:00Z".parse().unwrap()).await.unwrap();
    }
    caught_up(&site).await;

    // Public: the measure of the others. Everything that may show it does.
    let (shown, statuses) = found(&site, &public).await;
    for kind in [
        "/fr/?",
        "/nl/?",
        "/fr/communiques?",
        "/nl/persberichten?topic",
        "/fr/communiques?day",
        "/fr/communiques.atom?",
        "/fr/communiques.rss?",
        "/fr/communiques.json?",
        "/nl/persberichten.json?topic",
        "/fr/recherche?q=lead",
        "/fr/recherche?q=begun",
        "/fr/recherche/suggestions?q=typed",
        "/fr/institutions/{code}?",
        r"/sitemap-{month:\d{4}-\d{2}}.xml?",
        "/news-sitemap.xml?",
        r"/fr/{year:\d{4}}/{month:\d{2}}/{day:\d{2}}/{slug}?",
    ] {
        assert!(shown.contains(kind), "{kind} shows what is public: {shown:#?}");
    }
    assert_eq!(statuses["/media/{token}/{name} file"], BTreeSet::from([200]));
    assert_eq!(statuses["/media/{token}/{name} guessed"], BTreeSet::from([404]));
    let (before, _) = found(&site, &due).await;
    assert_eq!(before, BTreeSet::new(), "scheduled");

    // What a reader holds of each before it is taken off.
    let mut held = BTreeMap::new();
    for of in [&withdrawn, &gone, &moved] {
        for address in [page(of, Lang::Fr), page(of, Lang::Nl)].into_iter().chain(of.media.iter().cloned()) {
            let tag = ask(&site, "GET", &address, &[]).await.header("etag").to_owned();
            assert!(!tag.is_empty(), "{address}");
            held.insert(address, tag);
        }
    }
    {
        let mut conn = site.conn().await;
        let reason: Texts = LANGS.map(|lang| (lang, "Une erreur de chiffres".to_owned())).into_iter().collect();
        withdrawal::withdraw(&mut conn, &publisher, withdrawn.release, &reason).await.unwrap();
        withdrawal::unpublish(&mut conn, &publisher, gone.release, &reason, None).await.unwrap();
        withdrawal::unpublish(&mut conn, &publisher, moved.release, &reason, Some(&page(&public, Lang::Fr)))
            .await
            .unwrap();
    }
    caught_up(&site).await;

    // Withdrawn: its page under a notice, listed with the mark; out of the sitemaps; its files stay.
    let (of_withdrawn, statuses) = found(&site, &withdrawn).await;
    let out: Vec<&String> = shown.difference(&of_withdrawn).collect();
    let more: Vec<&String> = of_withdrawn.difference(&shown).collect();
    assert_eq!(more, ENTRANCES);
    // And the lead of what nobody may take for valid is shown by no list.
    let expected = [
        "/fr/recherche?q=best",
        "/fr/recherche?q=title",
        "/news-sitemap.xml?",
        "/nl/zoeken?q=best",
        "/nl/zoeken?q=title",
        r"/sitemap-{month:\d{4}-\d{2}}.xml?",
    ];
    assert_eq!(out, expected);
    assert_eq!(statuses["/media/{token}/{name} file"], BTreeSet::from([200]));
    for lang in LANGS {
        let told = ask(&site, "GET", &page(&withdrawn, lang), &[]).await;
        assert_eq!(told.status, 200);
        let text = told.text();
        assert!(
            text.contains("une erreur de chiffres") && text.contains("noindex") && text.contains(withdrawn.lead),
            "{text}"
        );
        let late =
            ask(&site, "GET", &page(&withdrawn, lang), &[("if-none-match", &held[&page(&withdrawn, lang)])]).await;
        assert_eq!(late.status, 200, "who holds the page of before is not told that it is the same");
    }
    for list in ["/fr/communiques", "/fr/communiques?topic=floods", "/fr/recherche?q=mirebelle"] {
        let text = ask(&site, "GET", list, &[]).await.text();
        assert!(text.contains("retiré"), "{list} marks it: {text}");
    }

    // Unpublished: the reason or another address; no list, count, feed, sitemap or file knows of it.
    let never = "/media/".to_owned() + &"A".repeat(43);
    for (of, status) in [(&gone, 410), (&moved, 301)] {
        let (kinds, statuses) = found(&site, of).await;
        assert_eq!(kinds, BTreeSet::new(), "{}", of.word);
        assert_eq!(statuses["/media/{token}/{name} file"], BTreeSet::from([404]));
        for lang in LANGS {
            let address = page(of, lang);
            let tag = held[&address].clone();
            for (method, headers) in ways(&tag).into_iter().chain([("GET", vec![])]) {
                if method == "POST" {
                    continue;
                }
                let told = ask(&site, method, &address, &headers).await;
                assert_eq!(told.status, status, "{method} {headers:?} {address}");
                assert!(
                    !told.text().contains(of.lead) && !told.text().contains(&of.word.to_lowercase()),
                    "{}",
                    told.text()
                );
                match status {
                    301 => assert_eq!(told.header("location"), page(&public, Lang::Fr)),
                    _ => assert!(told.header("cache-control").contains("no-store"), "{:?}", told.headers),
                }
            }
            if status == 410 {
                assert!(ask(&site, "GET", &address, &[]).await.text().contains("une erreur de chiffres"));
            }
            let former = format!("{address}/{}/1", communique::paths::EDITION.of(lang));
            assert_eq!(ask(&site, "GET", &former, &[]).await.status, 404, "{former}");
        }
        for address in &of.media {
            let nowhere = format!("{never}/{}", address.rsplit('/').next().unwrap());
            for (method, headers) in ways(&held[address]).into_iter().chain([("GET", vec![])]) {
                let (told, absent) =
                    (ask(&site, method, address, &headers).await, ask(&site, method, &nowhere, &headers).await);
                let text =
                    |told: &Told| told.text().replace(&address.to_lowercase(), "").replace(&nowhere.to_lowercase(), "");
                assert_eq!(told.status, if method == "POST" { 405 } else { 404 }, "{method} {headers:?} {address}");
                assert!(
                    told.headers == absent.headers && text(&told) == text(&absent),
                    "{}",
                    differs("file", method, address, &told, &absent)
                );
            }
        }
    }
    // The feed that people's programs keep says that the entries are gone, and no word of them.
    let atom = ask(&site, "GET", "/fr/communiques.atom", &[]).await.text();
    assert_eq!(atom.matches("deleted-entry ref").count(), 2, "{atom}");
    let total = ask(&site, "GET", "/fr/recherche?topic=floods", &[]).await.text();
    assert!(
        total.contains(">2 communiqués<") || total.contains("2\u{a0}communiqués") || total.contains("2 communiqués"),
        "{total}"
    );

    // Its hour comes, and it is seen as what is public is; what was taken off comes back as it was.
    site.advance_to("2026-11-20T13:00:00Z").await;
    assert_eq!(publication::publish_due(&site.ctx).await.unwrap().len(), 1);
    {
        let mut conn = site.conn().await;
        for of in [&withdrawn, &gone, &moved] {
            withdrawal::restore(&mut conn, &publisher, of.release).await.unwrap();
        }
    }
    caught_up(&site).await;
    for of in [&due, &withdrawn, &gone, &moved] {
        let (kinds, statuses) = found(&site, of).await;
        let differ: Vec<&String> =
            kinds.symmetric_difference(&shown).filter(|kind| !ENTRANCES.contains(&kind.as_str())).collect();
        assert!(differ.is_empty(), "{}: {differ:#?}", of.word);
        assert_eq!(statuses["/media/{token}/{name} file"], BTreeSet::from([200]));
    }
}
