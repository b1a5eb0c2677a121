//! Whom the press calls: written in the desk, shown under releases, on the page of an institution and on one for all; and
//! nothing of it that is not public anywhere.

use communique::account::Role;
use communique::directory::{self, Family};
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

    // Whoever no longer answers stands nowhere any more, at once.
    let contact = directory::query::contact_order(&mut conn, lead).await.unwrap()[0];
    browser.get(&format!("{page}/contacts/{contact}")).await;
    assert_eq!(browser.post(&format!("{page}/contacts/{contact}/end"), &[]).await.status, 303);
    for path in ["/fr/2026/11/20/crue", "/fr/institutions/water-agency", "/fr/contacts-presse"] {
        site.until(path, "no contact", |answer| !answer.body.contains("Lotte Hemelrijck")).await;
    }
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
