//! Releases between draft and public: the moves, four eyes, the due scan, the log.

use communique::account::Role;
use communique::directory::Family;
use communique::ids::{ReleaseId, Sequence};
use communique::kit::lang::{Lang, Texts};
use communique::release::draft::{self, Field};
use communique::release::error::ReleaseError;
use communique::release::model::{Content, NewRelease};
use communique::release::public::{self, Key, Selection, Start};
use communique::release::{correction, drafting, publication, withdrawal};
use communique::{change, journal};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::support::{TestSite, content};

#[derive(QueryableByName, Debug, PartialEq, Eq)]
struct Logged {
    #[diesel(sql_type = BigInt)]
    sequence: i64,
    #[diesel(sql_type = Text)]
    kind: String,
}

async fn log(site: &TestSite) -> Vec<Logged> {
    let mut conn = site.conn().await;
    diesel::sql_query("SELECT sequence, kind FROM public_changes WHERE release_id IS NOT NULL ORDER BY sequence")
        .load(&mut conn)
        .await
        .unwrap()
}

async fn visible(site: &TestSite) -> Vec<ReleaseId> {
    let mut conn = site.conn().await;
    let listed = public::list(&mut conn, &Selection::default(), Start::Newest, 50).await.unwrap();
    listed.ids
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_publishes_with_three_journal_entries() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let (release, edition) =
        site.draft("water-agency", &[(Lang::Fr, "Crue"), (Lang::Nl, "Hoogwater")], &["water"]).await;
    assert!(visible(&site).await.is_empty());
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    assert_eq!(visible(&site).await, [release]);
    let page = public::page(&mut conn, release, Lang::Nl).await.unwrap().unwrap();
    assert_eq!(page.card.release.reference.as_deref(), Some("2026-0001"));
    assert_eq!(page.card.versions[&Lang::Nl].slug, "hoogwater");
    let actions: Vec<Logged> = diesel::sql_query(
        "SELECT 0::bigint AS sequence, action AS kind FROM journal WHERE object = 'release' AND object_id = $1 ORDER BY id",
    )
    .bind::<BigInt, _>(release)
    .load(&mut conn)
    .await
    .unwrap();
    let actions: Vec<&str> = actions.iter().map(|row| row.kind.as_str()).collect();
    assert_eq!(actions, ["release.begun", "release.submitted", "release.made_ready", "release.published"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_eyes_keep_the_author_from_sending_it_on() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let council = site.institution_with("council", Family::Council, true).await;
    let author = site.person(Role::ChancelleryEditor, None).await;
    let second = site.person(Role::ChancelleryEditor, Some("council")).await;
    let mut conn = site.conn().await;
    let new = NewRelease { issuers: vec![council], content: content(&[(Lang::Fr, "Décision")]) };
    let (_, edition) = drafting::begin(&mut conn, &author, new).await.unwrap();
    drafting::submit(&mut conn, &author, edition).await.unwrap();
    assert!(matches!(drafting::make_ready(&mut conn, &author, edition).await, Err(ReleaseError::FourEyes)));
    drafting::make_ready(&mut conn, &second, edition).await.unwrap();
    let zone = site.ctx.settings.zone;
    assert!(matches!(publication::publish(&mut conn, zone, &author, &[edition]).await, Err(ReleaseError::FourEyes)));
    let at = "2026-03-06T12:00:00Z".parse().unwrap();
    assert!(matches!(drafting::schedule(&mut conn, &author, edition, at).await, Err(ReleaseError::FourEyes)));
    assert_eq!(publication::publish(&mut conn, zone, &second, &[edition]).await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_may_not_see_is_not_found() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Secret")], &[]).await;
    site.institution("police", Family::Institutions).await;
    let stranger = site.person(Role::Publisher, Some("police")).await;
    let colleague = site.person(Role::Contributor, Some("water-agency")).await;
    let mut conn = site.conn().await;
    let zone = site.ctx.settings.zone;
    for refused in [
        publication::publish_draft(&mut conn, zone, &stranger, edition).await.map(drop),
        drafting::submit(&mut conn, &stranger, edition).await,
        withdrawal::withdraw(&mut conn, &stranger, release, &Texts::one(Lang::Fr, "x")).await,
    ] {
        assert!(matches!(refused, Err(ReleaseError::NotFound)), "{refused:?}");
    }
    drafting::submit(&mut conn, &colleague, edition).await.unwrap();
    assert!(matches!(drafting::make_ready(&mut conn, &colleague, edition).await, Err(ReleaseError::NotAllowed)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_scheduled_goes_public_at_its_instant_once_however_many_look() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let mut planned = Vec::new();
    for minute in [0, 5] {
        let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Crue")], &[]).await;
        let publisher = site.person(Role::Publisher, Some("water-agency")).await;
        let mut conn = site.conn().await;
        drafting::submit(&mut conn, &publisher, edition).await.unwrap();
        drafting::make_ready(&mut conn, &publisher, edition).await.unwrap();
        let past = "2026-03-06T08:00:00Z".parse().unwrap();
        assert!(matches!(drafting::schedule(&mut conn, &publisher, edition, past).await, Err(ReleaseError::Past)));
        let at = format!("2026-03-06T10:{minute:02}:00Z").parse().unwrap();
        drafting::schedule(&mut conn, &publisher, edition, at).await.unwrap();
        planned.push(release);
    }
    site.advance_to("2026-03-06T09:59:59Z").await;
    assert!(publication::publish_due(&site.ctx).await.unwrap().is_empty());
    assert!(visible(&site).await.is_empty());
    site.advance_to("2026-03-06T10:00:00Z").await;
    let both = futures::future::join(publication::publish_due(&site.ctx), publication::publish_due(&site.ctx)).await;
    assert_eq!(both.0.unwrap().len() + both.1.unwrap().len(), 1);
    assert_eq!(visible(&site).await, [planned[0]]);
    // A stop that lasted through the second one.
    site.advance_to("2026-03-07T10:00:00Z").await;
    assert_eq!(publication::publish_due(&site.ctx).await.unwrap().len(), 1);
    assert_eq!(log(&site).await.iter().filter(|entry| entry.kind == "new").count(), 2);
    let mut conn = site.conn().await;
    let page = public::page(&mut conn, planned[1], Lang::Fr).await.unwrap().unwrap();
    assert_eq!(page.card.versions[&Lang::Fr].slug, "crue", "another day, so no number");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_title_on_the_same_day_gets_a_number_and_a_secret_one_takes_none() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.draft("water-agency", &[(Lang::Fr, "Avis")], &[]).await;
    let first = site.publish("water-agency", &[(Lang::Fr, "Avis")]).await;
    let second = site.publish("police", &[(Lang::Fr, "Avis"), (Lang::Nl, "Bericht")]).await;
    let mut conn = site.conn().await;
    let cards = public::cards(&mut conn, &[first, second]).await.unwrap();
    assert_eq!(cards[0].versions[&Lang::Fr].slug, "avis");
    assert_eq!(cards[1].versions[&Lang::Fr].slug, "avis-2");
    assert_eq!(cards[1].versions[&Lang::Nl].slug, "bericht");
    let references: Vec<_> = cards.iter().map(|card| card.release.reference.clone().unwrap()).collect();
    assert_eq!(references, ["2026-0001", "2026-0002"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_corrected_translated_withdrawn_restored_and_taken_off() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let release = site.publish_about("water-agency", &[(Lang::Nl, "Drinkwater")], &["water"]).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let zone = site.ctx.settings.zone;
    let mut conn = site.conn().await;
    let both = Content { ..content(&[(Lang::Nl, "Drinkwater"), (Lang::Fr, "Eau potable")]) };

    site.advance_to("2026-03-06T10:00:00Z").await;
    assert_eq!(
        correction::revise_public(&mut conn, &publisher, release, both.clone()).await.unwrap(),
        correction::Revised::LanguageAdded
    );
    assert_eq!(
        correction::revise_public(&mut conn, &publisher, release, both.clone()).await.unwrap(),
        correction::Revised::Unchanged
    );
    let page = public::page(&mut conn, release, Lang::Fr).await.unwrap().unwrap();
    assert!(page.topics.is_empty(), "the new revision has no topic");
    assert_eq!(page.card.release.changed_at, None);

    let mut minor = both.clone();
    minor.versions.get_mut(&Lang::Fr).unwrap().body.push_str(" Fin.");
    assert_eq!(
        correction::revise_public(&mut conn, &publisher, release, minor.clone()).await.unwrap(),
        correction::Revised::MinorCorrection
    );

    site.advance_to("2026-03-06T11:00:00Z").await;
    let mut major = minor.clone();
    major.versions.get_mut(&Lang::Fr).unwrap().title = "Eau potable : trois communes".into();
    let note = Texts::one(Lang::Fr, "Trois communes et non quatre.");
    let refused = correction::correct(&mut conn, zone, &publisher, release, major.clone(), note.clone()).await;
    assert!(matches!(refused, Err(ReleaseError::NoReason)), "a note in each language: {refused:?}");
    let note: Texts = [(Lang::Fr, "Trois et non quatre.".to_owned()), (Lang::Nl, "Drie en niet vier.".to_owned())]
        .into_iter()
        .collect();
    correction::correct(&mut conn, zone, &publisher, release, major, note).await.unwrap();
    let page = public::page(&mut conn, release, Lang::Fr).await.unwrap().unwrap();
    assert_eq!(page.card.versions[&Lang::Fr].title, "Eau potable : trois communes");
    // The address follows the title; the one before is the release's for ever, and leads there.
    assert_eq!(page.card.versions[&Lang::Fr].slug, "eau-potable-trois-communes");
    let on = page.card.release.first_published_on;
    let before = public::address(&mut conn, Lang::Fr, on, "eau-potable").await.unwrap().unwrap();
    assert_eq!((before.release_id, before.current), (release, false));
    assert_eq!(page.corrections.len(), 1);
    assert_eq!(page.card.release.changed_at, Some("2026-03-06T11:00:00Z".parse().unwrap()));

    let reason = Texts::one(Lang::Fr, "Les analyses étaient fausses.");
    withdrawal::withdraw(&mut conn, &publisher, release, &reason).await.unwrap();
    assert_eq!(visible(&site).await, [release], "listed with its mark");
    assert!(matches!(
        withdrawal::withdraw(&mut conn, &publisher, release, &reason).await,
        Err(ReleaseError::IllegalMove(_))
    ));
    withdrawal::restore(&mut conn, &publisher, release).await.unwrap();
    withdrawal::unpublish(&mut conn, &publisher, release, &reason, None).await.unwrap();
    assert!(visible(&site).await.is_empty());
    let on = "2026-03-06".parse().unwrap();
    let address = public::address(&mut conn, Lang::Fr, on, "eau-potable").await.unwrap().unwrap();
    assert_eq!(address.notice, Some(reason));
    assert!(public::page(&mut conn, release, Lang::Fr).await.unwrap().is_none());
    withdrawal::restore(&mut conn, &publisher, release).await.unwrap();
    assert_eq!(visible(&site).await, [release]);

    let kinds: Vec<String> = log(&site).await.into_iter().map(|entry| entry.kind).collect();
    assert_eq!(
        kinds,
        ["new", "language_added", "minor_correction", "corrected", "withdrawn", "restored", "unpublished", "restored"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_has_no_gap_whatever_fails() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Un")]).await;
    let mut conn = site.conn().await;
    let before = change::last(&mut conn).await.unwrap();
    // A publication that breaks after it appended: its sequence is given back.
    let broken: Result<(), diesel::result::Error> = conn
        .transaction(async |conn| {
            change::append(conn, [change::Change::of_site(change::Kind::Topics, vec!["topics".into()])]).await?;
            Err(diesel::result::Error::RollbackTransaction)
        })
        .await;
    assert!(broken.is_err());
    assert_eq!(change::last(&mut conn).await.unwrap(), before);
    let many = (0..8).map(|i| {
        let site = &site;
        async move { site.publish(&format!("agency-{i}"), &[(Lang::Fr, "Avis"), (Lang::Nl, "Bericht")]).await }
    });
    futures::future::join_all(many).await;
    #[derive(QueryableByName)]
    struct Ends {
        #[diesel(sql_type = BigInt)]
        count: i64,
        #[diesel(sql_type = BigInt)]
        last: i64,
    }
    let ends: Ends = diesel::sql_query("SELECT count(*) AS count, max(sequence) AS last FROM public_changes")
        .get_result(&mut conn)
        .await
        .unwrap();
    assert_eq!(ends.count, ends.last);
    assert_eq!(Sequence(ends.last), change::last(&mut conn).await.unwrap());
    assert_eq!(visible(&site).await.len(), 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_refuses_what_must_never_be() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let release = site.publish("water-agency", &[(Lang::Fr, "Un")]).await;
    let mut conn = site.conn().await;
    journal::record(&mut conn, journal::Actor::Job("test"), [journal::Entry::on_site("x")]).await.unwrap();
    for (statement, why) in [
        ("UPDATE journal SET action = 'y'", "append-only"),
        ("DELETE FROM journal", "append-only"),
        ("TRUNCATE journal", "referenced in a foreign key"),
        ("TRUNCATE journal CASCADE", "append-only"),
        ("UPDATE language_versions SET title = 'y'", "append-only"),
        ("UPDATE public_changes SET kind = 'new'", "append-only"),
        ("UPDATE editions SET state = 'draft'", "cannot go from published to draft"),
        ("UPDATE releases SET public_state = 'never_public'", "cannot go from public to never_public"),
        ("UPDATE releases SET reference = '2026-9999'", "never changes"),
        ("UPDATE releases SET first_published_at = now()", "never changes"),
        ("UPDATE releases SET public_revision_id = NULL", "readable_has_its_text"),
        ("DELETE FROM issuers", "has no lead issuer"),
        ("UPDATE institutions SET names = '{}'", "are_texts"),
        ("UPDATE institutions SET names = '{\"fr\": 1}'", "are_texts"),
        ("INSERT INTO issuers SELECT release_id, 0, institution_id FROM issuers", "issuers_pkey"),
    ] {
        let error = conn.batch_execute(statement).await.expect_err(statement).to_string();
        assert!(error.contains(why) || error.contains("violates check constraint"), "{statement}: {error}");
    }
    // The site itself works as a role that may not even try (DESIGN §11).
    let mut own = site.ctx.conn().await.unwrap();
    for statement in [
        "UPDATE journal SET action = 'y'",
        "DELETE FROM journal",
        "DELETE FROM public_changes",
        "TRUNCATE journal CASCADE",
        "DROP TRIGGER journal_is_append_only ON journal",
        "ALTER TABLE journal DISABLE TRIGGER ALL",
        "DELETE FROM __diesel_schema_migrations",
        "SET session_replication_role = replica",
    ] {
        let error = own.batch_execute(statement).await.expect_err(statement).to_string();
        assert!(error.contains("permission denied") || error.contains("must be owner"), "{statement}: {error}");
    }
    assert_eq!(visible(&site).await, [release]);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_by_key_hold_each_release_once_also_at_one_instant() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let mut expected = Vec::new();
    for day in 1..=3 {
        site.advance_to(&format!("2026-03-{:02}T12:00:00Z", day + 5)).await;
        for _ in 0..5 {
            expected.push(site.publish("water-agency", &[(Lang::Fr, "Décision")]).await);
        }
    }
    expected.reverse();
    let mut conn = site.conn().await;
    let mut seen: Vec<ReleaseId> = Vec::new();
    let mut third: Option<Key> = None;
    let mut start = Start::Newest;
    loop {
        let page = public::list(&mut conn, &Selection::default(), start, 4).await.unwrap();
        if seen.len() == 8 {
            third = page.first;
        }
        seen.extend(&page.ids);
        if !page.has_older {
            break;
        }
        start = Start::OlderThan(page.last.unwrap());
    }
    assert_eq!(seen, expected);
    let back = public::list(&mut conn, &Selection::default(), Start::NewerThan(third.unwrap()), 4).await.unwrap();
    assert_eq!(back.ids, seen[4..8]);
    assert!(back.has_newer && back.has_older);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_speaks_in_the_name_of_the_council_or_names_whom_they_may_not_know() {
    let site = TestSite::at("2026-11-20T09:00:00Z").await;
    let own = site.institution("water-agency", Family::Institutions).await;
    let council = site.institution("council", Family::Council).await;
    let police = site.institution("police", Family::Institutions).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Le Conseil démissionne")], &[]).await;
    let mut conn = site.conn().await;
    let refused = drafting::set_issuers(&mut conn, &publisher, edition, &[own, council]).await;
    assert!(matches!(refused, Err(ReleaseError::NotAllowed)), "{refused:?}");
    drafting::set_issuers(&mut conn, &publisher, edition, &[own, police]).await.unwrap();

    // What another of them asks for is asked of the whole.
    diesel::sql_query("UPDATE institutions SET four_eyes = true WHERE code = 'police'")
        .execute(&mut conn)
        .await
        .unwrap();
    assert!(drafting::lock(&mut conn, edition).await.unwrap().four_eyes);

    conn.batch_execute(&format!(
        "INSERT INTO governments (code, names) VALUES ('next', '{{\"fr\": \"Suivant\"}}');
         INSERT INTO persons (code, given_name, family_name) VALUES ('a-b', 'A', 'B');
         INSERT INTO offices (code, names) VALUES ('one', '{{\"fr\": \"Un\"}}');
         INSERT INTO mandates (code, government_id, office_id, person_id, titles, policy_cell_id)
         SELECT 'prepared', g.id, o.id, p.id, '{{\"fr\": \"Ministre\"}}', {own} FROM governments g, offices o, persons p;
         INSERT INTO contact_points (institution_id, name, functions, position) VALUES ({own}, 'Ours', '{{\"fr\": \"Porte-parole\"}}', 1);
         INSERT INTO contact_points (institution_id, name, functions, position) VALUES ({council}, 'Theirs', '{{\"fr\": \"Porte-parole\"}}', 1);
         INSERT INTO contact_points (institution_id, mandate_id, name, functions, position)
         SELECT {own}, id, 'Secret', '{{\"fr\": \"Porte-parole\"}}', 2 FROM mandates"
    ))
    .await
    .unwrap();
    for (id, may) in [(2, false), (3, false), (1, true)] {
        let written = draft::Written { field: Field::Contacts, value: serde_json::json!([id]), over: 0 };
        let saved = draft::save(&mut conn, &publisher, edition, &[written]).await;
        assert_eq!(saved.is_ok(), may, "contact {id} of {release}: {saved:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_say_until_when_a_release_must_not_be_used() {
    let site = TestSite::at("2026-11-20T09:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Libre")]).await;
    let own = site.institution("water-agency", Family::Institutions).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    let content =
        Content { not_before: Some("2026-11-21T05:00:00Z".parse().unwrap()), ..content(&[(Lang::Fr, "Pas encore")]) };
    let (_, edition) =
        drafting::begin(&mut conn, &publisher, NewRelease { issuers: vec![own], content }).await.unwrap();
    publication::publish_draft(&mut conn, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    let said = "Ne pas utiliser avant le 21\u{a0}novembre 2026, 6:00";
    for path in ["/fr/", "/fr/communiques", "/fr/institutions/water-agency", "/fr/2026/11/20/libre"] {
        let page = site.until(path, "both", |answer| answer.body.contains("Pas encore")).await;
        assert_eq!(page.body.matches(said).count(), 1, "{path}: {}", page.body);
    }
    site.until("/fr/recherche?q=encore", "found", |answer| answer.body.contains(said)).await;
    site.advance_to("2026-11-21T05:00:01Z").await;
    for path in ["/fr/", "/fr/communiques", "/fr/2026/11/20/pas-encore"] {
        assert!(!site.get(path).await.body.contains(said), "{path}");
    }
}
