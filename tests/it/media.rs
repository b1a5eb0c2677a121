//! Pictures and documents: from the hands of a communicator to the page, and off it again; and what nobody gets.

use std::path::{Path, PathBuf};

use communique::account::Role;
use communique::ids::{AssetId, EditionId, ReleaseId, RevisionId};
use communique::kit::lang::{Lang, Texts};
use communique::media::model::MediaUse;
use communique::media::upload::{For, Progress};
use communique::media::{opening, query, renditions, sweep, upload};
use communique::release::{publication, withdrawal};
use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde_json::Value;

use crate::support::browser::Browser;
use crate::support::{Answer, TestSite};

const NOW: &str = "2026-03-06T09:00:00Z";

/// The folder of real and hostile files, where the machine has it.
fn data() -> Option<PathBuf> {
    let root = std::env::var("COMMUNIQUE_TEST_DATA").unwrap_or_else(|_| "../shared/data".into());
    let folder = Path::new(&root).join("media");
    folder.exists().then_some(folder)
}

/// A picture of that size, which no other is like.
pub fn jpeg(width: u32, height: u32, shade: u8) -> Vec<u8> {
    let pixels: Vec<u8> =
        (0..width * height).flat_map(|n| [shade, (n % width * 255 / width) as u8, (n / width % 256) as u8]).collect();
    let mut out = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, 80)
        .encode(&pixels, width, height, image::ExtendedColorType::Rgb8)
        .unwrap();
    out
}

const PDF: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

/// Sends files as a form of our own page does, and asks for JSON.
async fn post_files(site: &TestSite, browser: &Browser<'_>, release: ReleaseId, files: &[(&str, &[u8])]) -> Answer {
    send(site, browser, release, files, "application/json", &browser.form_token()).await
}

async fn send(
    site: &TestSite,
    browser: &Browser<'_>,
    release: ReleaseId,
    files: &[(&str, &[u8])],
    accept: &str,
    token: &str,
) -> Answer {
    let mut body =
        format!("--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{token}\r\n").into_bytes();
    for (name, content) in files {
        let name = name.replace('"', "%22");
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--x--\r\n");
    let request = site
        .http
        .post(format!("{}/desk/releases/{release}/media", site.base))
        .header("content-type", "multipart/form-data; boundary=x")
        .header("accept", accept)
        .body(body);
    browser.send(request).await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.body))
}

fn asset(told: &Value) -> AssetId {
    AssetId(told["asset"].as_i64().unwrap_or_else(|| panic!("{told}")))
}

/// Uploads the files, has their copies made, and puts them into the draft.
pub async fn illustrate(
    site: &TestSite,
    browser: &Browser<'_>,
    (release, edition): (ReleaseId, EditionId),
    files: &[(&str, &[u8])],
) -> Vec<AssetId> {
    let told = json(&post_files(site, browser, release, files).await);
    let assets: Vec<AssetId> = told.as_array().unwrap().iter().map(asset).collect();
    renditions::make_all(&site.ctx).await.unwrap();
    show(site, edition, &assets).await;
    assets
}

pub async fn show(site: &TestSite, edition: EditionId, assets: &[AssetId]) {
    let mut conn = site.conn().await;
    let uses: Vec<MediaUse> = assets
        .iter()
        .enumerate()
        .map(|(place, id)| MediaUse {
            is_lead: place == 0,
            alt: Texts::one(Lang::Fr, format!("Vue {place}")),
            caption: Texts::one(Lang::Fr, format!("Légende secrète {place}")),
            credit: "© Somebody".into(),
            ..MediaUse::of(*id)
        })
        .collect();
    let head: i64 = diesel::dsl::sql::<BigInt>(&format!("SELECT head_revision_id FROM editions WHERE id = {edition}"))
        .get_result(&mut conn)
        .await
        .unwrap();
    query::insert_uses(&mut conn, RevisionId(head), &uses).await.unwrap();
    assert_eq!(query::uses(&mut conn, RevisionId(head)).await.unwrap(), uses);
}

#[derive(QueryableByName)]
struct Address {
    #[diesel(sql_type = Text)]
    address: String,
}

/// The address of every copy, public or not.
pub async fn addresses(site: &TestSite, assets: &[AssetId]) -> Vec<String> {
    let mut conn = site.conn().await;
    let rows: Vec<Address> = diesel::sql_query(
        "SELECT '/media/' || r.token || '/' || regexp_replace(a.file_name, '\\.[a-z0-9]+$', '')
                || CASE WHEN r.variant = 'file' THEN '' ELSE '-' || r.width END || '.' || r.extension AS address
         FROM renditions r JOIN assets a ON a.id = r.asset_id WHERE r.asset_id = ANY($1) ORDER BY 1",
    )
    .bind::<Array<BigInt>, _>(assets)
    .load(&mut conn)
    .await
    .unwrap();
    rows.into_iter().map(|row| row.address).collect()
}

/// What an address answers to all the ways of asking, with what differs by chance taken out.
async fn all_answers(site: &TestSite, path: &str, tag: &str) -> Vec<String> {
    let mut all = Vec::new();
    for headers in [
        &[][..],
        &[("range", "bytes=0-1")],
        &[("if-none-match", tag)],
        &[("if-none-match", "*")],
        &[("if-range", tag), ("range", "bytes=0-")],
    ] {
        let answer = site.get_with(path, headers).await;
        all.push(told(&answer, path));
    }
    let head = site.http.head(format!("{}{path}", site.base)).send().await.unwrap();
    all.push(told(&Answer::of(head).await, path));
    let posted = site.post(path, &[]).await;
    all.push(told(&posted, path));
    all
}

fn told(answer: &Answer, path: &str) -> String {
    let headers: Vec<String> = answer
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date"))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    format!("{} {headers:?} {}", answer.status, answer.body.replace(path, "PATH"))
}

/// Nothing at any of those addresses, in the very words of one that never was.
async fn is_nowhere(site: &TestSite, addresses: &[String], when: &str) {
    for path in addresses {
        let name = path.rsplit('/').next().unwrap();
        let never = format!("/media/{}/{name}", "A".repeat(43));
        let (here, nowhere) = (all_answers(site, path, "\"x\"").await, all_answers(site, &never, "\"x\"").await);
        assert!(here[0].starts_with("404") && here[0].contains("no-store"), "{when}: {path}: {}", here[0]);
        assert_eq!(here, nowhere, "{when}: {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_public_with_its_release_and_no_longer() {
    let site = TestSite::at(NOW).await;
    let draft = site.draft("water-agency", &[(Lang::Fr, "Le pont"), (Lang::Nl, "De brug")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let picture = jpeg(1400, 700, 10);
    let assets = illustrate(&site, &author, draft, &[("pont.jpg", &picture), ("Plan détaillé.pdf", PDF)]).await;
    let all = addresses(&site, &assets).await;
    assert_eq!(all.len(), 2 * 5 + 1 + 1, "{all:#?}");

    is_nowhere(&site, &all, "draft").await;
    for path in ["/fr/", "/fr/communiques", "/sitemap.xml", "/fr/communiques.atom"] {
        let page = site.get(path).await.body;
        assert!(!page.contains("pont") && !page.contains("secrète"), "{path}");
    }

    // The desk's door: who may read it does, kept by nobody.
    let file = format!("/desk/files/{}/640", assets[0]);
    let mine = author.get(&file).await;
    assert_eq!((mine.status, mine.header("cache-control")), (200, "private, no-store"));
    assert_eq!(
        (mine.header("content-type"), mine.header("cross-origin-resource-policy")),
        ("image/webp", "same-origin")
    );
    assert_eq!(site.get(&file).await.status, 303, "nobody is shown the door");
    site.institution("police", communique::directory::Family::Institutions).await;
    let stranger = site.signed_in(Role::Publisher, Some("police")).await;
    assert_eq!(stranger.get(&file).await.status, 404);
    for wrong in ["641", "0", "-1", "file.jpg", "..%2F..", "99999999999"] {
        assert_eq!(author.get(&format!("/desk/files/{}/{wrong}", assets[0])).await.status, 404, "{wrong}");
    }
    assert_eq!(author.get("/desk/files/424242/640").await.status, 404);

    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    publication::publish_draft(&mut *site.conn().await, site.ctx.settings.zone, &publisher, draft.1).await.unwrap();
    site.hears_all().await;
    let page = site.get("/fr/2026/03/06/le-pont").await;
    assert_eq!(page.status, 200);
    for part in [
        "<figure id=\"lead-picture\">",
        "1280w",
        "alt=\"Vue 0\"",
        "Légende secrète 0",
        "© Somebody",
        "og:image",
        "width=\"1400\" height=\"700\"",
        "Plan-d%C3%A9taill%C3%A9.pdf",
    ] {
        assert!(page.body.contains(part), "{}\nlacks {part}", page.body);
    }
    for path in &all {
        assert!(page.body.contains(path.split('/').nth(2).unwrap()), "the page names {path}");
        let whole = site.get(path).await;
        assert_eq!(whole.status, 200, "{path}");
        assert_eq!(whole.header("cache-control"), "public, max-age=0, s-maxage=30, must-revalidate");
        assert_eq!(whole.header("x-content-type-options"), "nosniff");
        assert!(whole.header("content-security-policy").contains("sandbox"));
        assert!(!whole.headers.contains_key("content-encoding") && !whole.headers.contains_key("set-cookie"), "{path}");
        let length: u64 = whole.header("content-length").parse().unwrap();
        let tag = whole.header("etag").to_owned();
        let part = site.get_with(path, &[("range", "bytes=2-5"), ("accept-encoding", "gzip, br")]).await;
        assert_eq!((part.status, part.header("content-length")), (206, "4"), "{path}");
        assert_eq!(part.header("content-range"), format!("bytes 2-5/{length}"));
        assert_eq!(site.get_with(path, &[("range", "bytes=99999999-")]).await.status, 416);
        let same = site.get_with(path, &[("if-none-match", &tag)]).await;
        assert_eq!((same.status, same.body.as_str()), (304, ""));
        let head = Answer::of(site.http.head(format!("{}{path}", site.base)).send().await.unwrap()).await;
        assert_eq!((head.status, head.header("content-length")), (200, length.to_string().as_str()));
        assert_eq!(site.get(&format!("{path}x")).await.status, 404);
        let is_inline = whole.header("content-disposition").starts_with("inline");
        assert_eq!(
            is_inline,
            path.contains("-640.")
                || path.contains("-320.")
                || path.contains("-960.")
                || path.contains("-1280.")
                || path.contains("-1400."),
            "{path}"
        );
    }

    // Withdrawn: they stay. Unpublished: gone at once, in the words of what never was. Back: the same addresses.
    let reason = Texts::one(Lang::Fr, "Erreur");
    let zone_conn = &mut *site.conn().await;
    withdrawal::withdraw(zone_conn, &publisher, draft.0, &reason).await.unwrap();
    for path in &all {
        assert_eq!(site.get(path).await.status, 200, "withdrawn: {path}");
    }
    withdrawal::restore(zone_conn, &publisher, draft.0).await.unwrap();
    withdrawal::unpublish(zone_conn, &publisher, draft.0, &reason, None).await.unwrap();
    is_nowhere(&site, &all, "unpublished").await;
    withdrawal::restore(zone_conn, &publisher, draft.0).await.unwrap();
    for path in &all {
        assert_eq!(site.get(path).await.status, 200, "back: {path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_of_two_releases_closes_with_the_last() {
    let site = TestSite::at(NOW).await;
    let first = site.draft("water-agency", &[(Lang::Fr, "Un")], &[]).await;
    let second = site.draft("water-agency", &[(Lang::Fr, "Deux")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let assets = illustrate(&site, &author, first, &[("a.jpg", &jpeg(400, 300, 1))]).await;
    show(&site, second.1, &assets).await;
    let all = addresses(&site, &assets).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let conn = &mut *site.conn().await;
    let zone = site.ctx.settings.zone;
    publication::publish_draft(conn, zone, &publisher, first.1).await.unwrap();
    publication::publish_draft(conn, zone, &publisher, second.1).await.unwrap();
    // Following again changes nothing.
    let again = conn.transaction(async |conn| opening::follow_within(conn, &[first.0, second.0]).await).await.unwrap();
    assert_eq!(again, opening::Followed::default());
    let reason = Texts::one(Lang::Fr, "Erreur");
    withdrawal::unpublish(conn, &publisher, first.0, &reason, None).await.unwrap();
    assert_eq!(site.get(&all[0]).await.status, 200, "the second shows it still");
    withdrawal::unpublish(conn, &publisher, second.0, &reason, None).await.unwrap();
    is_nowhere(&site, &all, "both gone").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_that_is_made_after_publication_changes_the_page() {
    let site = TestSite::at(NOW).await;
    let draft = site.draft("water-agency", &[(Lang::Fr, "Vite")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let told = json(&post_files(&site, &author, draft.0, &[("a.jpg", &jpeg(700, 400, 2))]).await);
    let id = asset(&told[0]);
    show(&site, draft.1, &[id]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    publication::publish_draft(&mut *site.conn().await, site.ctx.settings.zone, &publisher, draft.1).await.unwrap();
    site.hears_all().await;
    let before = site.get("/fr/2026/03/06/vite").await;
    assert!(before.body.contains("en préparation") && !before.body.contains("/media/"), "{}", before.body);
    assert_eq!(renditions::make_all(&site.ctx).await.unwrap(), 1);
    site.hears_all().await;
    let after = site.get("/fr/2026/03/06/vite").await;
    assert!(after.body.contains("/media/") && !after.body.contains("en préparation"), "{}", after.body);
    for path in addresses(&site, &[id]).await {
        assert_eq!(site.get(&path).await.status, 200, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_file_that_is_refused_costs_the_others_nothing() {
    let site = TestSite::with(NOW, &[("COMMUNIQUE_UPLOAD_MAX_MB", "1")]).await;
    let (release, _) = site.draft("water-agency", &[(Lang::Fr, "Titre")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let (good, large) = (jpeg(300, 200, 3), vec![0xff; 1_500_000]);
    let files: &[(&str, &[u8])] = &[
        ("../../dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("large.jpg", &large),
        ("empty.png", b""),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>"),
        ("pont.png", &good),
        ("again.jpg", &good),
    ];
    let told = json(&post_files(&site, &author, release, files).await);
    let refusals: Vec<&str> =
        told.as_array().unwrap().iter().map(|one| one["refusal"].as_str().unwrap_or("-")).collect();
    assert_eq!(refusals, ["svg", "too-large", "empty", "unknown-type", "-", "-"], "{told}");
    assert_eq!(told[4]["asset"], told[5]["asset"], "the same file twice is one");
    assert!(told[4]["row"].as_str().unwrap().contains("pont.jpg"), "its name says what it is: {told}");
    assert!(told[0]["sentence"].as_str().unwrap().contains("SVG"));
    let folder = site.ctx.settings.data_dir.join("under-way");
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0, "nothing is left under way");

    // Without script: a page says which, the rest is in the editor.
    let page = send(&site, &author, release, files, "text/html", &author.form_token()).await;
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("large.jpg") && page.body.contains(&format!("/desk/releases/{release}/editor")),
        "{}",
        page.body
    );
    let fine = send(&site, &author, release, &files[4..], "text/html", &author.form_token()).await;
    assert_eq!(fine.status, 303);
    let to = fine.header("location");
    assert!(to.starts_with(&format!("/desk/releases/{release}/editor?uploaded=")) && to.ends_with("#media"), "{to}");
    let editor = author.get(to.trim_end_matches("#media")).await;
    assert!(editor.body.contains("name=\"media\" value="), "there it stands in the form: {}", editor.body);

    // Neither a form from elsewhere nor somebody without the right stores anything.
    assert_eq!(send(&site, &author, release, files, "text/html", "forged").await.status, 403);
    site.institution("police", communique::directory::Family::Institutions).await;
    let stranger = site.signed_in(Role::Publisher, Some("police")).await;
    assert_eq!(post_files(&site, &stranger, release, files).await.status, 404);
    let nobody = site.browser();
    assert_eq!(post_files(&site, &nobody, release, files).await.status, 401);
    let mut conn = site.conn().await;
    assert_eq!(query::uploaded_for(&mut conn, release).await.unwrap().len(), 1);
}

/// One step of an upload in pieces.
async fn piece(site: &TestSite, browser: &Browser<'_>, address: &str, offset: usize, bytes: &[u8]) -> (u16, Value) {
    let request = site
        .http
        .post(format!("{}{address}?offset={offset}", site.base))
        .header("x-form-token", browser.form_token())
        .header("accept", "application/json")
        .body(bytes.to_vec());
    let answer = browser.send(request).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or_default())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_drops_costs_the_piece_under_way() {
    let site = TestSite::at(NOW).await;
    let (release, _) = site.draft("water-agency", &[(Lang::Fr, "Titre")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let picture = jpeg(900, 900, 4);
    let (half, size) = (picture.len() / 2, picture.len());
    let begun = site
        .http
        .post(format!("{}/desk/releases/{release}/uploads", site.base))
        .header("x-form-token", author.form_token())
        .form(&[("name", "grande.jpg"), ("size", &size.to_string())]);
    let begun = author.send(begun).await;
    assert_eq!(begun.status, 201, "{}", begun.body);
    let address = json(&begun)["address"].as_str().unwrap().to_owned();
    let progress = async || json(&author.get(&address).await);

    assert_eq!(piece(&site, &author, &address, 0, &picture[..half]).await.1["offset"], half);
    // The answer was lost: sent again, it is told where it goes on.
    let (status, told) = piece(&site, &author, &address, 0, &picture[..half]).await;
    assert_eq!((status, &told["offset"]), (409, &half.into()));
    assert_eq!(progress().await["offset"], half);
    assert_eq!(piece(&site, &author, &address, half, &[0; 10].repeat(size)).await.0, 422, "more than it was to be");
    assert_eq!(progress().await["offset"], half, "and nothing of that is kept");
    // Another process takes the rest.
    let beside = site.sharing_folder().await;
    let by = site.person(Role::Contributor, Some("water-agency")).await;
    let institution = query::lead_of(&mut *site.conn().await, release).await.unwrap().unwrap();
    let to = For { by: &by, release, institution };
    let token = address.rsplit('/').next().unwrap();
    let rest = futures::stream::iter([Ok::<_, std::io::Error>(picture[half..].to_vec().into())]);
    let Progress::Done(done) = upload::receive_piece(&beside.ctx, to, token, half as u64, rest).await.unwrap() else {
        panic!("all of it is there");
    };
    let id = done.id;
    assert_eq!(asset(&progress().await), id);
    assert_eq!(
        asset(&piece(&site, &author, &address, half, &picture[half..]).await.1),
        id,
        "its answer too may be lost"
    );
    renditions::make_all(&site.ctx).await.unwrap();
    let original = author.get(&format!("/desk/files/{id}/original")).await;
    assert_eq!(original.header("content-length"), size.to_string(), "whole");
    let mut conn = site.conn().await;
    assert_eq!(query::uploaded_for(&mut conn, release).await.unwrap().len(), 1);
    drop(conn);

    let colleague = site.signed_in(Role::Publisher, Some("water-agency")).await;
    assert_eq!(colleague.get(&address).await.status, 404, "another's upload");
    assert_eq!(site.get(&address).await.status, 303);
    let (status, _) = piece(&site, &colleague, &address, 0, b"x").await;
    assert_eq!(status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_of_the_collection_goes_through_and_harms_nothing() {
    let Some(folder) = data() else { return };
    let site = TestSite::at(NOW).await;
    let draft = site.draft("water-agency", &[(Lang::Fr, "Tout")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let mut taken = Vec::new();
    for kind in ["photos", "documents", "video", "hostile", "svg"] {
        let mut names: Vec<PathBuf> =
            std::fs::read_dir(folder.join(kind)).unwrap().map(|entry| entry.unwrap().path()).collect();
        names.sort();
        for path in names {
            let bytes = std::fs::read(&path).unwrap();
            let name = path.file_name().unwrap().to_str().unwrap();
            let answer = post_files(&site, &author, draft.0, &[(name, &bytes)]).await;
            assert_eq!(answer.status, 200, "{name}: {}", answer.body);
            let told = json(&answer);
            match (kind, told[0]["refusal"].as_str()) {
                (_, None) => taken.push((format!("{kind}/{name}"), asset(&told[0]), bytes)),
                ("photos", Some(why)) => assert_eq!((name, why), ("samplefilehub.heif", "heic")),
                ("documents" | "video", Some(why)) => panic!("{name}: {why}"),
                ("svg", Some(why)) => assert_eq!(why, "svg", "{name}"),
                (_, Some(_)) => {}
            }
        }
    }
    renditions::make_all(&site.ctx).await.unwrap();
    let mut conn = site.conn().await;
    let ids: Vec<AssetId> = taken.iter().map(|(_, id, _)| *id).collect();
    let states: std::collections::BTreeMap<AssetId, query::Asset> =
        query::by_ids(&mut conn, &ids).await.unwrap().into_iter().map(|asset| (asset.id, asset)).collect();
    for (name, id, _) in &taken {
        let asset = &states[id];
        let state = asset.state.as_str();
        assert_ne!(state, "new", "{name}");
        assert!(state == "ready" || name.starts_with("hostile/"), "{name}: {:?}", asset.refusal);
    }
    let unusable: Vec<&str> = taken
        .iter()
        .filter(|(_, id, _)| states[id].state.as_str() == "refused")
        .map(|(name, _, _)| name.as_str())
        .collect();
    for name in ["hostile/fixture-corrupt.png", "hostile/pillow-broken_data_stream.png"] {
        assert!(
            unusable.contains(&name) || !taken.iter().any(|(taken, _, _)| taken == name),
            "{name} is shown: {unusable:?}"
        );
    }
    // In public: nothing of where and with what a picture was taken, and nothing that runs.
    let ready: Vec<AssetId> = ids.iter().copied().filter(|id| states[id].state.as_str() == "ready").collect();
    let mut once: Vec<AssetId> = ready.clone();
    once.dedup();
    show(&site, draft.1, &once).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, draft.1).await.unwrap();
    drop(conn);
    for path in addresses(&site, &once).await {
        let answer = site.http.get(format!("{}{path}", site.base)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(!kind.contains("html") && !kind.contains("svg") && !kind.contains("javascript"), "{path}: {kind}");
        let disposition = answer.headers()["content-disposition"].to_str().unwrap().to_owned();
        assert!(
            kind.starts_with("image/") || kind.starts_with("video/") || disposition.starts_with("attachment"),
            "{path}"
        );
        let bytes = answer.bytes().await.unwrap();
        if kind.starts_with("image/") {
            for text in [&b"GPSLatitude"[..], b"NIKON", b"Canon", b"FUJIFILM", b"http://ns.adobe.com/xap", b"<script"] {
                assert!(
                    !bytes.windows(text.len()).any(|part| part == text),
                    "{path} says {}",
                    String::from_utf8_lossy(text)
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn storage_that_is_away_costs_an_upload_and_nothing_else() {
    let site = TestSite::at(NOW).await;
    let draft = site.draft("water-agency", &[(Lang::Fr, "Titre")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let folder = site.ctx.settings.data_dir.join("media");
    std::fs::write(&folder, b"a file where the folder was to be").unwrap();
    let told = json(&post_files(&site, &author, draft.0, &[("a.jpg", &jpeg(300, 200, 5))]).await);
    assert_eq!(told[0]["refusal"], "not-stored", "{told}");
    assert_eq!(site.get("/fr/").await.status, 200, "pages are read meanwhile");
    assert_eq!(std::fs::read_dir(site.ctx.settings.data_dir.join("under-way")).unwrap().count(), 0);
    std::fs::remove_file(&folder).unwrap();
    let told = json(&post_files(&site, &author, draft.0, &[("a.jpg", &jpeg(300, 200, 5))]).await);
    let id = asset(&told[0]);

    // Away while copies are made: they wait, and are made when it is back.
    let aside = site.ctx.settings.data_dir.join("aside");
    std::fs::rename(&folder, &aside).unwrap();
    std::fs::write(&folder, b"").unwrap();
    let away = renditions::make_next(&site.ctx).await;
    std::fs::remove_file(&folder).unwrap();
    std::fs::rename(&aside, &folder).unwrap();
    let mut conn = site.conn().await;
    if away.is_err() {
        diesel::sql_query("UPDATE assets SET due_at = now()").execute(&mut conn).await.unwrap();
        renditions::make_all(&site.ctx).await.unwrap();
    }
    let state = query::by_ids(&mut conn, &[id]).await.unwrap()[0].state.to_string();
    assert_eq!((away.is_err(), state.as_str()), (true, "ready"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_row_names_is_swept() {
    let site = TestSite::at(NOW).await;
    let draft = site.draft("water-agency", &[(Lang::Fr, "Titre")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let assets = illustrate(&site, &author, draft, &[("a.jpg", &jpeg(500, 400, 6)), ("b.pdf", PDF)]).await;
    let key = communique::kit::storage::Key::random();
    site.ctx.storage.put("left behind".into(), &key).await.unwrap();
    assert_eq!(sweep::orphans(&site.ctx, std::time::Duration::from_secs(3600)).await.unwrap(), 0, "it is young");
    assert_eq!(sweep::orphans(&site.ctx, std::time::Duration::ZERO).await.unwrap(), 1);
    assert!(site.ctx.storage.read_whole(&key).await.is_err());
    for id in assets {
        assert_eq!(author.get(&format!("/desk/files/{id}/file")).await.status, 200, "what is named stays");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quota_and_a_link() {
    let site = TestSite::at(NOW).await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Film")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let link = async |address: &str| {
        let body = format!(
            "--x\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name=\"link\"\r\n\r\n{address}\r\n--x--\r\n",
            author.form_token()
        );
        let request = site.http.post(format!("{}/desk/releases/{release}/media", site.base));
        let request =
            request.header("content-type", "multipart/form-data; boundary=x").header("accept", "application/json");
        json(&author.send(request.body(body)).await)
    };
    assert_eq!(link("https://example.org/film").await[0]["refusal"], "unknown-host");
    let told = link("https://vimeo.com/76979871").await;
    show(&site, edition, &[asset(&told[0])]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    publication::publish_draft(&mut *site.conn().await, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    let page = site.get("/fr/2026/03/06/film").await.body;
    assert!(page.contains("href=\"https://vimeo.com/76979871\"") && page.contains("Vimeo"), "{page}");
    assert!(!page.contains("<iframe") && !page.contains("src=\"https://vimeo"), "nothing is loaded from there");
    let mut conn = site.conn().await;
    diesel::sql_query("UPDATE assets SET kind = 'document', link = NULL, storage_key = 'x', sha256 = sha256('x'), bytes = 200000000000, media_type = 'application/pdf'")
        .execute(&mut conn)
        .await
        .unwrap();
    let told = json(&post_files(&site, &author, release, &[("a.pdf", PDF)]).await);
    assert_eq!(told[0]["refusal"], "quota", "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scanner_has_its_say_before_a_file_is_stored() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let scanner = folder.path().join("scan");
    // As clamdscan does: 0 clean, 1 infected, 2 when it cannot say.
    std::fs::write(
        &scanner,
        "#!/bin/sh\n[ \"$1\" = --quiet ] || exit 2\ngrep -q EICAR \"$2\" && exit 1\ngrep -q UNSURE \"$2\" && exit 2\nexit 0\n",
    )
    .unwrap();
    std::fs::set_permissions(&scanner, std::fs::Permissions::from_mode(0o755)).unwrap();
    let command = format!("{} --quiet", scanner.display());
    let site = TestSite::with(NOW, &[("COMMUNIQUE_SCAN_COMMAND", &command)]).await;
    let (release, _) = site.draft("water-agency", &[(Lang::Fr, "Titre")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let with = |word: &str| [PDF, format!("%{word}\n").as_bytes()].concat();
    let (infected, unsure) = (with("EICAR"), with("UNSURE"));
    let files: &[(&str, &[u8])] = &[("a.pdf", &infected), ("b.pdf", &unsure), ("c.pdf", PDF)];
    let told = json(&post_files(&site, &author, release, files).await);
    let refusals: Vec<&str> =
        told.as_array().unwrap().iter().map(|one| one["refusal"].as_str().unwrap_or("-")).collect();
    assert_eq!(refusals, ["infected", "not-stored", "-"], "{told}");
    assert!(told[0]["sentence"].as_str().unwrap().contains("virus"));
    assert_eq!(std::fs::read_dir(site.ctx.settings.data_dir.join("under-way")).unwrap().count(), 0);
    assert_eq!(query::uploaded_for(&mut *site.conn().await, release).await.unwrap().len(), 1);

    // One that is not there calls nothing clean.
    let site = TestSite::with(NOW, &[("COMMUNIQUE_SCAN_COMMAND", "/nowhere/scan")]).await;
    let (release, _) = site.draft("water-agency", &[(Lang::Fr, "Titre")], &[]).await;
    let author = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let told = json(&post_files(&site, &author, release, &[("c.pdf", PDF)]).await);
    assert_eq!(told[0]["refusal"], "not-stored", "{told}");
}
