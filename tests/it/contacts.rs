//! Whom the press calls: written in the desk, shown under releases, on the page of an institution and on one for all; and
//! nothing of it that is not public anywhere.

use communique::account::Role;
use communique::directory::{self, Family};
use communique::ids::ContactId;
use communique::kit::lang::Lang;
use communique::release::{drafting, publication};

use crate::support::browser::Browser;
use crate::support::{TestSite, content};

const NOW: &str = "2026-11-20T11:40:00Z";

/// A contact of the form, with a public number, one that is not, and a public address.
const LOTTE: [(&str, &str); 14] = [
    ("kind", "person"),
    ("name", "Lotte Hemelrijck"),
    ("function-fr", "Porte-parole"),
    ("function-nl", "Woordvoerder"),
    ("language", "nl"),
    ("language", "fr"),
    ("kind-0", "phone"),
    ("value-0", "+32 2 555 01 42"),
    ("public-0", "on"),
    ("kind-1", "phone"),
    ("value-1", "+32 470 99 99 99"),
    ("note-1", "evenings only"),
    ("kind-2", "mail"),
    ("value-2", "press@water.example"),
];

async fn admin<'a>(site: &'a TestSite) -> (Browser<'a>, String) {
    let id = site.institution("water-agency", Family::Institutions).await;
    (site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await, format!("/desk/institutions/{id}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_reaches_every_public_page_and_its_internal_number_none() {
    let site = TestSite::at(NOW).await;
    let (browser, page) = admin(&site).await;
    let mut form = LOTTE.to_vec();
    form.extend([("public-2", "on"), ("default", "on"), ("note", "On leave in August")]);
    browser.get(&format!("{page}/contacts/new")).await;
    let made = browser.post(&format!("{page}/contacts"), &form).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let shown = browser.get(&page).await.body;
    assert!(
        shown.contains("+32 470 99 99 99") && shown.contains("evenings only") && shown.contains("On leave in August")
    );

    // A new release has it by itself.
    let author = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    let lead = site.institution("water-agency", Family::Institutions).await;
    let (_, edition) = drafting::begin_blank(&mut conn, &author, lead).await.unwrap();
    let contacts = directory::query::default_contacts(&mut conn, lead).await.unwrap();
    assert_eq!(contacts.len(), 1);
    let text =
        communique::release::model::Content { contacts, ..content(&[(Lang::Fr, "Crue"), (Lang::Nl, "Hoogwater")]) };
    drafting::write(&mut conn, &author, edition, text).await.unwrap();
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &author, edition).await.unwrap();
    let mut pages = Vec::new();
    for path in ["/fr/2026/11/20/crue", "/fr/institutions/water-agency", "/fr/contacts-presse"] {
        let answer = site.until(path, "the contact", |answer| answer.body.contains("Lotte Hemelrijck")).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains("href=\"tel:+3225550142\"") && answer.body.contains("mailto:press@water.example"));
        assert!(answer.body.contains("Porte-parole") && answer.body.contains("néerlandais"), "{path}");
        pages.push(answer.body);
    }
    for body in pages {
        assert!(!body.contains("99 99 99") && !body.contains("evenings") && !body.contains("August"));
    }

    // Whoever no longer answers is reached nowhere any more, at once: the release still names them.
    let contact = directory::query::contact_order(
        &mut conn,
        directory::settings::Home { institution_id: lead, mandate_id: None, is_public: true },
    )
    .await
    .unwrap()[0];
    browser.get(&format!("{page}/contacts/{contact}")).await;
    assert_eq!(browser.post(&format!("{page}/contacts/{contact}/end"), &[]).await.status, 303);
    for path in ["/fr/institutions/water-agency", "/fr/contacts-presse"] {
        site.until(path, "no contact", |answer| !answer.body.contains("Lotte Hemelrijck")).await;
    }
    let release = site.until("/fr/2026/11/20/crue", "no number", |answer| !answer.body.contains("tel:")).await.body;
    assert!(release.contains("Lotte Hemelrijck") && !release.contains("press@water"), "named, not reached");
    assert_eq!(site.get(&format!("/fr/contacts-presse/{contact}.vcf")).await.status, 404);
}

/// The days and hours of a week, by the form of the desk; who answers now follows, by the clock alone.
#[tokio::test(flavor = "multi_thread")]
async fn who_answers_now_follows_the_rota_and_the_clock() {
    let site = TestSite::at(NOW).await;
    let (browser, page) = admin(&site).await;
    for name in ["Lotte Hemelrijck", "Wout Dierickx"] {
        browser.get(&format!("{page}/contacts/new")).await;
        let form = [("name", name), ("kind-0", "phone"), ("value-0", "+32 2 555 01 42"), ("public-0", "on")];
        assert_eq!(browser.post(&format!("{page}/contacts"), &form).await.status, 303);
    }
    site.publish("water-agency", &[(Lang::Fr, "Crue")]).await;
    let mut conn = site.conn().await;
    let id = site.institution("water-agency", Family::Institutions).await;
    let home = directory::settings::Home { institution_id: id, mandate_id: None, is_public: true };
    let order = directory::query::contact_order(&mut conn, home).await.unwrap();
    let (lotte, wout) = (order[0], order[1]);
    // Friday by day the one, by night and on Saturday the other.
    let cell = |who: ContactId, day: usize| -> &'static str { format!("day-{who}-{day}").leak() };
    let rota = format!("{page}/standby");
    let grid = browser.get(&format!("{rota}?week=2026-11-18")).await;
    assert!(grid.body.contains(cell(lotte, 4)) && grid.body.contains("16\u{a0}novembre 2026"), "{}", grid.body);
    let wrong = browser
        .post(
            &rota,
            &[("week", "2026-11-16"), ("act", "save"), (cell(lotte, 4), "9-x"), (cell(wout, 4), "18-8, 20-21")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("value=\"9-x\"") && wrong.body.contains(&format!("{}-error", cell(wout, 4))));
    let week = [
        ("week", "2026-11-16"),
        ("act", "save"),
        (cell(lotte, 4), "9-18"),
        (cell(wout, 4), "18-8"),
        (cell(wout, 5), "8-20"),
    ];
    assert_eq!(browser.post(&rota, &week).await.status, 303);
    // A night that runs into the next morning's shift of the same person is no rota.
    let clash = [("week", "2026-11-16"), ("act", "save"), (cell(wout, 4), "18-8"), (cell(wout, 5), "7-20")];
    assert_eq!(browser.post(&rota, &clash).await.status, 422);

    let now = |body: &str| body.split("id=\"now\"").nth(1).unwrap().split("</section>").next().unwrap().to_owned();
    for path in ["/fr/contacts-presse", "/fr/2026/11/20/crue"] {
        let shown =
            site.until(path, "who answers", |answer| answer.body.contains("répond maintenant, jusqu’à 18:00")).await;
        assert!(shown.body.contains("Lotte Hemelrijck"), "{path}");
    }
    assert!(!now(&site.get("/fr/contacts-presse").await.body).contains("Wout Dierickx"));
    for (instant, answers, until) in [
        ("2026-11-20T17:00:00Z", Some("Wout Dierickx"), "samedi 8:00"),
        ("2026-11-21T08:00:00Z", Some("Wout Dierickx"), "20:00"),
        ("2026-11-21T19:00:00Z", None, ""),
    ] {
        site.advance_to(instant).await;
        let shown = now(&site.get("/fr/contacts-presse").await.body);
        for name in ["Lotte Hemelrijck", "Wout Dierickx"] {
            assert_eq!(shown.contains(name), answers == Some(name), "{name} at {instant}: {shown}");
        }
        assert!(answers.is_none() || shown.contains(&format!("jusqu’à {until}")), "{instant}: {shown}");
    }
    // A kept page carries its next instant: nobody tells it.
    let begun = chrono::Duration::milliseconds(1_500);
    let at: chrono::DateTime<chrono::Utc> = "2026-11-21T07:00:00Z".parse().unwrap();
    communique::kit::clock::run_from(&mut conn, at - begun).await.unwrap();
    site.ctx.pages.forget();
    assert!(site.get("/fr/contacts-presse").await.body.contains("jusqu’à 8:00"));
    site.until("/fr/contacts-presse", "the next shift", |answer| answer.body.contains("jusqu’à 20:00")).await;

    // The week again, for two more; and the table of a spreadsheet. Sessions end by the same clock.
    let browser = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    assert_eq!(browser.post(&rota, &[("week", "2026-11-16"), ("act", "repeat"), ("weeks", "2")]).await.status, 303);
    let shifts = rota_of(&mut conn, wout).await;
    assert_eq!(shifts, 6);
    let pasted = "2026-12-24;9;18;Wout Dierickx;Réveillon\n25/12/2026;9;18;Lotte Hemelrijck";
    assert_eq!(browser.post(&rota, &[("act", "lines"), ("lines", pasted)]).await.status, 303);
    assert_eq!(rota_of(&mut conn, wout).await, 7);
    let wrong = browser.post(&rota, &[("act", "lines"), ("lines", "2026-12-24;9;18;nobody\nx")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("Ligne 1") && wrong.body.contains("Ligne 2"), "{}", wrong.body);
    site.advance_to("2026-12-24T10:00:00Z").await;
    assert!(now(&site.get("/fr/contacts-presse").await.body).contains("Réveillon"));
    // Whoever no longer answers is on no rota.
    let browser = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    assert_eq!(browser.post(&format!("{page}/contacts/{wout}/end"), &[]).await.status, 303);
    site.until("/fr/contacts-presse", "nobody", |answer| !now(&answer.body).contains("Wout")).await;
    // Of another institution's contact there is nothing to plan.
    let other = site.signed_in(Role::InstitutionAdmin, Some("police")).await;
    let police = site.institution("police", Family::Institutions).await;
    other.get(&format!("/desk/institutions/{police}")).await;
    let pasted = other
        .post(
            &format!("/desk/institutions/{police}/standby"),
            &[("act", "lines"), ("lines", "2026-12-30;9;18;Lotte Hemelrijck")],
        )
        .await;
    assert_eq!(pasted.status, 422);
}

async fn rota_of(conn: &mut diesel_async::AsyncPgConnection, who: ContactId) -> i64 {
    use diesel_async::RunQueryDsl;
    diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!(
        "SELECT count(*) FROM standby_shifts WHERE contact_id = {who}"
    ))
    .get_result(conn)
    .await
    .unwrap()
}

/// The address book, the table and the data; and what is looked for.
#[tokio::test(flavor = "multi_thread")]
async fn contacts_are_found_and_taken_along() {
    let site = TestSite::at(NOW).await;
    let (browser, page) = admin(&site).await;
    for form in [
        vec![
            ("name", "Élise Corbantin, dite \"Lise\""),
            ("function-fr", "=HYPERLINK(\"http://evil.example\");A1"),
            ("language", "fr"),
            ("kind-0", "phone"),
            ("value-0", "+32 2 555 01 42"),
            ("public-0", "on"),
            ("kind-1", "mail"),
            ("value-1", "elise@water.example"),
            ("public-1", "on"),
            ("kind-2", "phone"),
            ("value-2", "+32 470 99 99 99"),
        ],
        vec![
            ("kind", "service"),
            ("name", "Permanence"),
            ("kind-0", "phone"),
            ("value-0", "02/555.01.43"),
            ("public-0", "on"),
        ],
    ] {
        browser.get(&format!("{page}/contacts/new")).await;
        assert_eq!(browser.post(&format!("{page}/contacts"), &form).await.status, 303);
    }
    browser.get(&page).await;
    let profile = [
        ("abbreviation-fr", "AFE"),
        ("address-fr", "Quai 1\n1000 Ville"),
        ("network-0", "Mastodon"),
        ("url-0", "https://social.example/@eau"),
    ];
    assert_eq!(browser.post(&format!("{page}/profile"), &profile).await.status, 303);
    let wrong = browser.post(&format!("{page}/profile"), &[("url-0", "javascript:alert(1)")]).await;
    assert!(
        wrong.status == 422
            && wrong.body.contains("id=\"url-0-error\"")
            && wrong.body.contains("id=\"network-0-error\"")
    );
    let own = site
        .until("/fr/institutions/water-agency", "its profile", |answer| answer.body.contains("Mastodon"))
        .await
        .body;
    assert!(own.contains("Quai 1") && own.contains("AFE"));

    // Without accents, by the abbreviation, by a word of the function; and what is not there.
    for (query, found) in [("elise", true), ("AFE%20corbantin", true), ("hyperlink", true), ("police", false)] {
        let body = site.get(&format!("/fr/contacts-presse?q={query}")).await.body;
        let listed = body.split("class=\"tabs\"").nth(1).unwrap();
        assert_eq!(listed.contains("Corbantin"), found, "{query}");
    }
    assert_eq!(site.get("/fr/contacts-presse?by=topic").await.status, 400);
    assert_eq!(site.get("/fr/contacts-presse?by=government").await.status, 200);

    let csv = site.get("/fr/contacts-presse.csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(
        csv.body.contains("'=HYPERLINK")
            && csv.body.contains("'+32 2 555 01 42")
            && !csv.body.contains(",=")
            && !csv.body.contains("470")
    );
    let json: serde_json::Value =
        serde_json::from_str(&site.get("/fr/contacts-presse.json?q=elise").await.body).unwrap();
    assert_eq!(json["contacts"].as_array().unwrap().len(), 1);
    assert_eq!(json["contacts"][0]["phones"], serde_json::json!(["+32 2 555 01 42"]));
    let cards = site.get("/fr/contacts-presse.vcf").await;
    assert_eq!(cards.header("content-type"), "text/vcard; charset=utf-8");
    assert!(cards.header("content-disposition").contains("contacts-presse.vcf"));
    let whole = cards.body.replace("\r\n ", "");
    assert_eq!(whole.matches("BEGIN:VCARD\r\nVERSION:4.0\r\n").count(), 2, "{whole}");
    assert!(whole.contains("FN:Élise Corbantin\\, dite \"Lise\"\r\n"), "{whole}");
    assert!(
        whole.contains(":tel:+3225550142\r\n")
            && whole.contains("TEL;VALUE=text;PREF=1;TYPE=\"work,voice\":02/555.01.43")
    );
    assert!(cards.body.split("\r\n").all(|line| line.len() <= 75) && !cards.body.contains("470"));
    let link = site.get("/fr/contacts-presse").await.body;
    let card = link.split("href=\"").find(|rest| rest.contains(".vcf\"") && rest.contains("contacts-presse/")).unwrap();
    let card = site.get(card.split('"').next().unwrap()).await;
    assert_eq!(card.body.matches("BEGIN:VCARD").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_said_all_at_once_and_what_was_typed_stays() {
    let site = TestSite::at(NOW).await;
    let (browser, page) = admin(&site).await;
    browser.get(&format!("{page}/contacts/new")).await;
    let wrong = browser
        .post(
            &format!("{page}/contacts"),
            &[
                ("name", " "),
                ("kind-0", "phone"),
                ("value-0", "call me"),
                ("kind-1", "mail"),
                ("value-1", "nobody"),
                ("function-fr", "Porte-parole"),
            ],
        )
        .await;
    assert_eq!(wrong.status, 422);
    for id in ["name", "value-0", "value-1"] {
        assert!(
            wrong.body.contains(&format!("href=\"#{id}\"")) && wrong.body.contains(&format!("id=\"{id}-error\"")),
            "{id}"
        );
    }
    assert!(wrong.body.contains("value=\"call me\"") && wrong.body.contains("value=\"Porte-parole\""));
    let html = browser
        .post(
            &format!("{page}/contacts"),
            &[("name", "<b>Lotte</b>"), ("kind-0", "phone"), ("value-0", "+32 2 555 01 42"), ("public-0", "on")],
        )
        .await;
    assert_eq!(html.status, 303);
    assert!(site.get("/fr/contacts-presse").await.body.contains("&lt;b&gt;Lotte"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_sets_what_is_its_own_and_an_admin_its_name() {
    let site = TestSite::at(NOW).await;
    let (browser, page) = admin(&site).await;
    site.publish("water-agency", &[(Lang::Fr, "Crue")]).await;
    browser.get(&page).await;
    let settings = [
        ("website", "https://water.example/"),
        ("required", "fr"),
        ("required", "de"),
        ("four_eyes", "on"),
        ("boilerplate-fr", "L’agence **veille**."),
        ("name-fr", "Un nom à moi"),
    ];
    assert_eq!(browser.post(&format!("{page}/settings"), &settings).await.status, 303);
    let shown = browser.get(&page).await.body;
    assert!(shown.contains("https://water.example/") && shown.contains("L’agence **veille**."));
    let id = site.institution("water-agency", Family::Institutions).await;
    let mut conn = site.conn().await;
    let own = directory::query::settings(&mut conn, id).await.unwrap().unwrap();
    assert_eq!((own.required, own.four_eyes), (vec![Lang::Fr, Lang::De], true));
    assert_eq!(own.names.text(Lang::Fr), "water-agency (fr)", "the name is not theirs to change");
    let wrong = browser.post(&format!("{page}/settings"), &[("website", "javascript:alert(1)")]).await;
    assert_eq!(wrong.status, 422);

    // A new name reaches lists and the search.
    site.until("/fr/institutions", "the old name", |answer| answer.body.contains("water-agency (fr)")).await;
    let admin = site.signed_in(Role::Admin, None).await;
    admin.get(&page).await;
    let named = [("name-fr", "Agence de l’Eau"), ("name-nl", "Waterbureau"), ("required", "fr")];
    assert_eq!(admin.post(&format!("{page}/settings"), &named).await.status, 303);
    for path in ["/fr/institutions", "/fr/", "/fr/communiques.atom", "/fr/2026/11/20/crue"] {
        site.until(path, "the new name", |answer| answer.body.contains("Agence de l’Eau")).await;
    }
    site.until("/fr/recherche?q=Agence", "found by the new name", |answer| answer.body.contains("/fr/2026/11/20/crue"))
        .await;
}
