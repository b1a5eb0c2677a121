//! Who governs: prepared in secret, seen beforehand by the Chancellery alone, then changed at one instant, with what becomes
//! of each present mandate; old releases keep the mandate in whose name they went out.

use chrono::{DateTime, Utc};
use communique::account::Role;
use communique::desk::government::takeover;
use communique::directory::Family;
use communique::directory::government::keeping::{self, Cell, WrittenMandate};
use communique::directory::government::{query, register};
use communique::ids::{CompetenceId, GovernmentId, InstitutionId, MandateId, OfficeId};
use communique::journal::Actor;
use communique::kit::lang::{Lang, Texts};
use communique::release::error::ReleaseError;
use communique::release::state::State;
use communique::release::{drafting, publication};
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl};

use crate::support::browser::Browser;
use crate::support::{TestSite, english};

const NOW: &str = "2026-11-20T09:00:00Z";

fn texts(name: &str) -> Texts {
    Lang::ALL.map(|lang| (lang, format!("{name} ({lang})"))).into_iter().collect()
}

/// A government in office: Hélène Varnier for mobility, with the policy cell `mobility-cell`.
struct Cast {
    government: GovernmentId,
    office: OfficeId,
    competence: CompetenceId,
    cell: InstitutionId,
    varnier: MandateId,
}

async fn member(
    conn: &mut AsyncPgConnection,
    of: GovernmentId,
    office: OfficeId,
    name: (&str, &str),
    cell: Cell,
    competences: Vec<CompetenceId>,
) -> MandateId {
    let by = Actor::Job("test");
    let person_id = register::person_within(conn, by, name.0, name.1).await.unwrap();
    let new = WrittenMandate {
        office_id: office,
        person_id,
        titles: texts("Minister of Mobility"),
        cell,
        position: 2,
        competences,
    };
    conn.transaction(async |conn| keeping::add_mandate_within(conn, by, of, &new).await).await.unwrap()
}

async fn cast(site: &TestSite) -> Cast {
    let by = Actor::Job("test");
    let cell = site.institution("mobility-cell", Family::Government).await;
    let mut conn = site.conn().await;
    let office =
        OfficeId(register::add_within(&mut conn, by, register::Kind::Office, &texts("Mobility")).await.unwrap());
    let competence = CompetenceId(
        register::add_within(&mut conn, by, register::Kind::Competence, &texts("Waterways")).await.unwrap(),
    );
    let government = keeping::prepare_within(&mut conn, by, &texts("Tervarent"), false).await.unwrap();
    let cell_of = Cell::There(cell, None);
    let varnier = member(&mut conn, government, office, ("Hélène", "Varnier"), cell_of, vec![competence]).await;
    site.advance_to("2025-02-03T10:00:00Z").await;
    conn.transaction(async |conn| takeover::take_over_within(conn, by, government).await).await.unwrap();
    site.advance_to(NOW).await;
    Cast { government, office, competence, cell, varnier }
}

async fn speaker(conn: &mut AsyncPgConnection, of: MandateId, email: &str) {
    diesel::sql_query(
        "INSERT INTO spokespersons (mandate_id, name, email, lang, starts_at) VALUES ($1, 'Cédric', $2, 'fr', site_now())",
    )
    .bind::<BigInt, _>(of)
    .bind::<Text, _>(email)
    .execute(conn)
    .await
    .unwrap();
}

async fn number(conn: &mut AsyncPgConnection, sql: &str) -> i64 {
    diesel::dsl::sql::<BigInt>(sql).get_result(conn).await.unwrap()
}

/// A press contact of the mandate, by the form of the desk.
async fn contact(browser: &Browser<'_>, of: MandateId, name: &str) {
    let page = format!("/desk/mandates/{of}/contacts");
    browser.get(&format!("{page}/new")).await;
    let form = [
        ("kind", "person"),
        ("name", name),
        ("kind-0", "phone"),
        ("value-0", "+32 2 555 01 77"),
        ("public-0", "on"),
        ("kind-1", "phone"),
        ("value-1", "+32 470 11 22 33"),
        ("hours-en", "weekdays, 9 to 17"),
        ("default", "on"),
    ];
    let made = browser.post(&page, &form).await;
    assert_eq!(made.status, 303, "{}", made.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_government_is_prepared_in_secret_and_takes_over_at_one_instant() {
    let site = english(NOW).await;
    let it = cast(&site).await;
    site.institution("council", Family::Council).await;
    let chancellery = site.signed_in(Role::ChancelleryEditor, None).await;
    contact(&chancellery, it.varnier, "Cédric Montavaux").await;
    let mut conn = site.conn().await;
    speaker(&mut conn, it.varnier, "cedric@mobility.example").await;
    site.publish("mobility-cell", &[(Lang::En, "Locks open again"), (Lang::Fr, "Écluses")]).await;
    let (_, open) = site.draft("mobility-cell", &[(Lang::En, "Not out yet"), (Lang::Fr, "Pas encore")], &[]).await;
    let author = site.person(Role::Publisher, Some("mobility-cell")).await;
    drafting::submit(&mut conn, &author, open).await.unwrap();

    let release = "/en/2026/11/20/locks-open-again";
    let shown = site.until(release, "there", |answer| answer.status == 200).await.body;
    assert!(shown.contains("Hélène Varnier") && shown.contains("Minister of Mobility (en)"), "in whose name: {shown}");
    assert!(!shown.contains("/en/government/tervarent-en"), "it governs: nothing more is to be said");
    let present = site.get("/en/government").await.body;
    assert!(present.contains("Tervarent (en)") && present.contains("Waterways (en)"));

    // Prepared from the present one; another person in the office, with a new policy cell.
    chancellery.get("/desk/governments").await;
    let form = [
        ("name-en", "Ostrand"),
        ("name-fr", "Ostrand"),
        ("name-nl", "Ostrand"),
        ("name-de", "Ostrand"),
        ("copy", "on"),
    ];
    let made = chancellery.post("/desk/governments", &form).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let page = made.header("location").to_owned();
    let next = GovernmentId(page.rsplit('/').next().unwrap().parse().unwrap());
    let copied = query::mandates_of(&mut conn, next).await.unwrap().remove(0);
    assert_eq!(copied.code, "helene-varnier-mobility-en-2");
    let facts = format!("/desk/mandates/{}/facts", copied.id);
    chancellery.get(&facts).await;
    let office = it.office.to_string();
    let competence = it.competence.to_string();
    let mut form = vec![
        ("office", office.as_str()),
        ("person", ""),
        ("given_name", "Bastien"),
        ("family_name", "Orvalle"),
        ("position", "1"),
        ("cell", "new"),
        ("competence", &competence),
    ];
    for (field, value) in [("title", "Minister of Transport"), ("cell", "Cabinet Orvalle")] {
        for lang in ["fr", "nl", "de", "en"] {
            form.push((format!("{field}-{lang}").leak(), value));
        }
    }
    let written = chancellery.post(&facts, &form).await;
    assert_eq!(written.status, 303, "{}", written.body);
    contact(&chancellery, copied.id, "Lotte Hemelrijck").await;

    // Nobody outside knows: not a page, not a count, and no list of the desk.
    let before = site.get("/en/press-contacts").await.body;
    let files = site.get("/en/press-contacts.json").await.body;
    for secret in ["Ostrand", "Orvalle", "Lotte Hemelrijck", "Minister of Transport"] {
        for path in ["/en/government", "/en/press-contacts", "/en/institutions", "/sitemap-site.xml", release] {
            assert!(!site.get(path).await.body.contains(secret), "{secret} at {path}");
        }
        assert!(!before.contains(secret) && !files.contains(secret), "{secret}");
    }
    for path in ["/en/government/ostrand", "/en/government/members/bastien-orvalle", "/en/institutions/cabinet-orvalle"]
    {
        assert_eq!(site.get(path).await.status, 404, "{path}");
    }
    let writer = site.signed_in(Role::InstitutionAdmin, Some("mobility-cell")).await;
    for path in [page.clone(), format!("/desk/mandates/{}", copied.id), "/desk/governments".into()] {
        assert_eq!(writer.get(&path).await.status, 404, "{path}");
    }
    let cell_page = writer.get(&format!("/desk/institutions/{}", it.cell)).await.body;
    assert!(!cell_page.contains("Lotte Hemelrijck") && !cell_page.contains("Cabinet Orvalle"));

    // Seen beforehand, by the functions that the public pages are drawn with.
    let preview = chancellery.get(&format!("{page}/preview?lang=fr")).await;
    assert!(preview.body.contains("Bastien Orvalle") && preview.body.contains("noindex"), "{}", preview.body);
    let member = chancellery.get(&format!("{page}/preview?lang=en&member={}", copied.id)).await.body;
    assert!(
        member.contains("Lotte Hemelrijck") && member.contains("Cabinet Orvalle") && !member.contains("470 11 22 33")
    );

    // What becomes of the present mandate; at 13:00 by the clock of the site.
    chancellery.get(&page).await;
    let (to, drafts) = (format!("to-{}", it.varnier), format!("drafts-{}", it.varnier));
    let heir = copied.id.to_string();
    let mut plan = vec![
        ("name-en", "Ostrand"),
        ("name-fr", "Ostrand"),
        ("name-nl", "Ostrand"),
        ("name-de", "Ostrand"),
        ("day", "2026-11-20"),
        ("hour", "09:30"),
        (to.as_str(), heir.as_str()),
        (drafts.as_str(), "hand_over"),
    ];
    let late = chancellery.post(&format!("{page}/plan"), &plan).await;
    assert_eq!(late.status, 422, "an instant that is past");
    plan[5] = ("hour", "13:00");
    let planned = chancellery.post(&format!("{page}/plan"), &plan).await;
    assert_eq!(planned.status, 303, "{}", planned.body);
    // What it proposes in a meeting to come is named before, with what becomes of it.
    let meeting = site.meeting("2026-11-27", None).await;
    site.decision(meeting, &[(Lang::Fr, "Une digue"), (Lang::Nl, "Een dijk")], &[it.varnier]).await;
    let asked = chancellery.get(&format!("{page}/takeover")).await.body;
    assert!(asked.contains("Open decisions that they propose: ") && asked.contains("all are asked again"), "{asked}");
    site.advance_to("2026-11-20T11:59:59Z").await;
    assert_eq!(takeover::take_over_due(&site.ctx).await.unwrap(), []);
    assert!(site.get("/en/government").await.body.contains("Tervarent (en)"));
    site.advance_to("2026-11-20T12:00:00Z").await;
    // However many processes look.
    let (one, other) = tokio::join!(takeover::take_over_due(&site.ctx), takeover::take_over_due(&site.ctx));
    let done: Vec<GovernmentId> = one.unwrap().into_iter().chain(other.unwrap()).collect();
    assert_eq!(done, [next]);

    let shown = site.until("/en/government", "the new one", |answer| answer.body.contains("Ostrand")).await.body;
    assert!(shown.contains("Bastien Orvalle") && !shown.contains("Hélène Varnier"));
    assert!(shown.contains("/en/government/tervarent-en"), "the former one is reached");
    let former = site.get("/en/government/tervarent-en").await;
    assert!(former.status == 200 && former.body.contains("Hélène Varnier"), "{}", former.body);
    // The old release keeps its mandate, and says whose government that was.
    let old =
        site.until(release, "that it is of then", |answer| answer.body.contains("/en/government/tervarent-en")).await;
    assert!(old.body.contains("Hélène Varnier") && !old.body.contains("Orvalle"));
    // Contacts of ended mandates end, those of the new ones are reached.
    let contacts = site.get("/en/press-contacts").await.body;
    assert!(contacts.contains("Lotte Hemelrijck") && !contacts.contains("Cédric Montavaux"));
    assert!(site.get("/en/institutions/cabinet-orvalle").await.body.contains("Bastien Orvalle"));
    let closed = site.get("/en/institutions/mobility-cell").await.body;
    assert!(closed.contains("/en/institutions/cabinet-orvalle"), "what took its place");
    assert_eq!(number(&mut conn, "SELECT count(*) FROM spokespersons WHERE ends_at IS NULL").await, 0);

    // What was submitted is a draft of the new cell; nothing of the old one goes out.
    let edition = communique::release::query::lock_editions(&mut conn, &[open]).await.unwrap().remove(0);
    assert_eq!(edition.state, State::Draft);
    let lead = number(
        &mut conn,
        &format!("SELECT institution_id FROM issuers WHERE release_id = {} AND position = 0", edition.release_id),
    )
    .await;
    assert_eq!(InstitutionId(lead), query::mandates_of(&mut conn, next).await.unwrap()[0].policy_cell_id.unwrap());
    // And what the new one sends out, it sends in the new name.
    site.publish("cabinet-orvalle", &[(Lang::En, "First words"), (Lang::Fr, "Premiers mots")]).await;
    let first = site.until("/en/2026/11/20/first-words", "there", |answer| answer.status == 200).await.body;
    assert!(first.contains("Bastien Orvalle"));
    let page = site.get("/en/government/members/bastien-orvalle").await.body;
    assert!(page.contains("First words") && page.contains("Lotte Hemelrijck"));
    let page = site.get("/en/government/members/helene-varnier").await.body;
    assert!(page.contains("Locks open again") && !page.contains("First words"));
    for action in ["government.prepared", "government.planned", "government.took_over", "release.handed_over"] {
        let sql = format!("SELECT count(*) FROM journal WHERE action = '{action}'");
        assert!(number(&mut conn, &sql).await >= 1, "{action}");
    }
    // There is no way back by the same operation.
    let chancellery = site.signed_in(Role::ChancelleryEditor, None).await;
    assert_eq!(chancellery.post(&format!("/desk/governments/{}/takeover", it.government), &[]).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_stays_keeps_their_people_and_a_cell_without_an_heir_closes() {
    let site = english(NOW).await;
    let it = cast(&site).await;
    let by = Actor::Job("test");
    let chancellery = site.signed_in(Role::ChancelleryEditor, None).await;
    contact(&chancellery, it.varnier, "Cédric Montavaux").await;
    let mut conn = site.conn().await;
    speaker(&mut conn, it.varnier, "cedric@mobility.example").await;
    // A second member, whom the next government does not have.
    let health = site.institution("health-cell", Family::Government).await;
    let office = OfficeId(register::add_within(&mut conn, by, register::Kind::Office, &texts("Health")).await.unwrap());
    site.advance_to("2026-03-02T10:00:00Z").await;
    member(&mut conn, it.government, office, ("Katrin", "Lehnertz"), Cell::There(health, None), vec![]).await;
    site.advance_to(NOW).await;
    let (_, scheduled) = site.draft("health-cell", &[(Lang::En, "Flu"), (Lang::Fr, "Grippe")], &[]).await;
    let publisher = site.person(Role::Publisher, Some("health-cell")).await;
    drafting::submit(&mut conn, &publisher, scheduled).await.unwrap();
    drafting::make_ready(&mut conn, &publisher, scheduled).await.unwrap();
    let at: DateTime<Utc> = "2026-11-20T15:00:00Z".parse().unwrap();
    drafting::schedule(&mut conn, &publisher, scheduled, at).await.unwrap();

    let next = keeping::prepare_within(&mut conn, by, &texts("Second"), true).await.unwrap();
    let coming = query::mandates_of(&mut conn, next).await.unwrap();
    let gone = coming.iter().find(|mandate| mandate.office_id == office).unwrap().id;
    let editor = site.person(Role::ChancelleryEditor, None).await;
    keeping::remove_mandate(&mut conn, &editor, gone).await.unwrap();
    let page = format!("/desk/governments/{next}/takeover");
    let asked = chancellery.get(&page).await;
    assert!(asked.status == 200 && asked.body.contains("Katrin Lehnertz"), "{}", asked.body);
    assert_eq!(chancellery.post(&page, &[]).await.status, 303);
    assert_eq!(chancellery.post(&page, &[]).await.status, 409, "pressed twice");

    let heir = query::held(&mut conn).await.unwrap().remove(0).id;
    assert_ne!(heir, it.varnier);
    let speakers = query::spokespersons(&mut conn, &[heir]).await.unwrap();
    assert_eq!(speakers.len(), 1);
    assert!(
        site.until("/en/press-contacts", "their contact", |answer| answer.body.contains("Cédric Montavaux"))
            .await
            .status
            == 200
    );
    // Nobody took the other's work over: the cell closes, and what was scheduled does not go out by itself.
    let edition = communique::release::query::lock_editions(&mut conn, &[scheduled]).await.unwrap().remove(0);
    assert_eq!((edition.state, edition.planned_at), (State::Draft, None));
    site.advance_to("2026-11-20T15:00:00Z").await;
    assert_eq!(publication::publish_due(&site.ctx).await.unwrap(), []);
    let person = site.person(Role::Publisher, Some("health-cell")).await;
    let refused = publication::publish_draft(&mut conn, site.ctx.settings.zone, &person, scheduled).await;
    assert!(matches!(refused, Err(ReleaseError::Closed)), "{refused:?}");
    assert!(site.get("/en/institutions/health-cell").await.body.contains("no longer publishes"));
    let held = query::held(&mut conn).await.unwrap();
    assert_eq!(held.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_government_that_cannot_take_over_stays_where_it_is_and_the_journal_says_so() {
    let site = english(NOW).await;
    let it = cast(&site).await;
    let by = Actor::Job("test");
    let mut conn = site.conn().await;
    let next = keeping::prepare_within(&mut conn, by, &texts("Second"), true).await.unwrap();
    let editor = site.person(Role::ChancelleryEditor, None).await;
    let at: DateTime<Utc> = "2026-11-20T10:00:00Z".parse().unwrap();
    keeping::plan(&mut conn, &editor, next, &texts("Second"), Some(at), &[]).await.unwrap();
    let only = query::mandates_of(&mut conn, next).await.unwrap().remove(0).id;
    keeping::remove_mandate(&mut conn, &editor, only).await.unwrap();
    site.advance_to("2026-11-20T10:00:00Z").await;
    assert_eq!(takeover::take_over_due(&site.ctx).await.unwrap(), []);
    assert!(query::mandate(&mut conn, it.varnier).await.unwrap().unwrap().is_held());
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal WHERE action = 'government.held_back'").await, 1);
    // Not tried again each second.
    assert_eq!(takeover::take_over_due(&site.ctx).await.unwrap(), []);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal WHERE action = 'government.held_back'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_office_is_held_once_and_the_public_sees_a_caretaker() {
    let site = english(NOW).await;
    let it = cast(&site).await;
    let chancellery = site.signed_in(Role::ChancelleryEditor, None).await;
    let page = format!("/desk/governments/{}", it.government);
    chancellery.get(&page).await;
    assert_eq!(chancellery.post(&format!("{page}/caretaker"), &[("caretaker", "yes")]).await.status, 303);
    site.until("/en/government", "that it only carries on", |answer| answer.body.contains("Caretaker since")).await;
    // Another member for the same office.
    let office = it.office.to_string();
    let mut form = vec![
        ("office", office.as_str()),
        ("given_name", "Nour"),
        ("family_name", "Belhadri"),
        ("position", "3"),
        ("cell", "none"),
    ];
    for lang in ["fr", "nl", "de", "en"] {
        form.push((format!("title-{lang}").leak(), "Secretary"));
    }
    chancellery.get(&format!("{page}/mandates")).await;
    let twice = chancellery.post(&format!("{page}/mandates"), &form).await;
    assert_eq!(twice.status, 422, "{}", twice.body);
    let wrong = chancellery.post(&format!("{page}/mandates"), &[("position", "x")]).await;
    assert_eq!(wrong.status, 422);
    for id in ["office", "given_name", "family_name", "title-fr", "position"] {
        assert!(wrong.body.contains(&format!("id=\"{id}-error\"")), "{id}: {}", wrong.body);
    }
    // The first leaves; the second begins at once.
    assert_eq!(chancellery.post(&format!("/desk/mandates/{}/end", it.varnier), &[]).await.status, 303);
    let made = chancellery.post(&format!("{page}/mandates"), &form).await;
    assert_eq!(made.status, 303, "{}", made.body);
    let shown =
        site.until("/en/government", "the new member", |answer| answer.body.contains("Nour Belhadri")).await.body;
    assert!(shown.contains("Left during its term") && shown.contains("Hélène Varnier"));
    // The database refuses it whatever the code does.
    let mut conn = site.conn().await;
    let refused = diesel::sql_query(
        "INSERT INTO mandates (code, government_id, office_id, person_id, titles, starts_at)
         SELECT 'x', government_id, office_id, person_id, titles, site_now() FROM mandates WHERE ends_at IS NULL LIMIT 1",
    )
    .execute(&mut conn)
    .await;
    assert!(refused.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_spokesperson_sees_to_contacts_and_deputies_of_their_mandate_alone() {
    let site = english(NOW).await;
    let it = cast(&site).await;
    let mut conn = site.conn().await;
    speaker(&mut conn, it.varnier, "spokesperson@chancellery.example").await;
    let browser = site.signed_in(Role::Spokesperson, None).await;
    let page = format!("/desk/mandates/{}", it.varnier);
    let directory = browser.get("/desk/institutions").await.body;
    assert!(directory.contains(&page), "found where they look: {directory}");
    assert_eq!(browser.get(&page).await.status, 200);
    contact(&browser, it.varnier, "Cédric Montavaux").await;
    assert!(
        site.until("/en/press-contacts", "it", |answer| answer.body.contains("weekdays, 9 to 17")).await.status == 200
    );
    // A deputy is theirs to name; a second spokesperson is not: what is sent is taken for a deputy.
    let people = format!("{page}/spokespersons");
    browser.get(&people).await;
    let form = [("name", "Ilse"), ("email", "ilse@mobility.example"), ("lang", "nl")];
    assert_eq!(browser.post(&people, &form).await.status, 303);
    let all = query::spokespersons(&mut conn, &[it.varnier]).await.unwrap();
    assert!(all.iter().any(|one| one.name == "Ilse"
        && one.is_deputy
        && one.starts_at == "2026-11-20T09:00:00Z".parse::<DateTime<Utc>>().unwrap()));
    let principal = all.iter().find(|one| !one.is_deputy).unwrap().id;
    assert_eq!(browser.post(&format!("{people}/{principal}/end"), &[]).await.status, 403);
    let wrong = browser
        .post(&people, &[("name", ""), ("email", "x"), ("phone", "call"), ("from", "x"), ("until", "2026-01-01")])
        .await;
    assert_eq!(wrong.status, 422);
    for id in ["name", "email", "phone", "from", "until"] {
        assert!(wrong.body.contains(&format!("id=\"{id}-error\"")), "{id}");
    }
    assert_eq!(browser.get(&format!("{page}/facts")).await.status, 403, "what the mandate says is the Chancellery's");
    // None of it is public but the contact.
    for path in ["/en/press-contacts", "/en/government/members/helene-varnier", "/en/press-contacts.json"] {
        let body = site.get(path).await.body;
        assert!(!body.contains("ilse@") && !body.contains("470 11 22 33"), "{path}");
    }
}
