//! Digests of every frequency, under everything that goes wrong: outages, kills, cut lines, a clock that is set back, a
//! database that is copied. Each item to each person exactly once.

use std::collections::{BTreeMap, BTreeSet};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use communique::account::Role;
use communique::digest::model::{RunKind, State};
use communique::digest::query::{self, Followed};
use communique::digest::run::{self, Due, Opened};
use communique::digest::{deliver, slot};
use communique::directory::Family;
use communique::ids::SubscriptionId;
use communique::instance::{self, Difference};
use communique::journal::Actor;
use communique::kit::config::Settings;
use communique::kit::db;
use communique::kit::lang::{Lang, Texts};
use communique::release::{publication, withdrawal};
use communique::subscription::model::Ending;
use communique::subscription::unsubscribe::{Scope, unsubscribe};
use diesel::sql_types::{Array, BigInt, Text};
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::subscription::{SOON, subscribe};
use crate::support::smtp::{Behaviour, Gate, Received, Step};
use crate::support::{TestSite, english};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Subscribes at a rhythm: `at_once`, `slots`, `slots 09:00`, `daily`, `weekly`.
async fn subscribe_at(site: &TestSite, email: &str, filter: &str, rhythm: &str) -> SubscriptionId {
    let id = subscribe(site, email, filter, &[Lang::Fr]).await;
    let mut parts = rhythm.split(' ');
    let frequency = parts.next().unwrap();
    let slots: Vec<&str> = parts.collect();
    diesel::sql_query("UPDATE subscriptions SET frequency = $2, slots = CASE cardinality($3::text[]) WHEN 0 THEN NULL ELSE $3 END WHERE id = $1")
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(frequency)
        .bind::<Array<Text>, _>(slots)
        .execute(&mut *site.conn().await)
        .await
        .unwrap();
    id
}

async fn opened(site: &TestSite) -> Opened {
    match run::open_due(&site.ctx).await.unwrap() {
        Due::Opened(opened) => opened,
        other => panic!("no run: {other:?}"),
    }
}

async fn deliveries(site: &TestSite, opened: &Opened) -> Vec<Followed> {
    query::deliveries(&mut *site.conn().await, opened.id).await.unwrap()
}

/// How often each reader was sent each title that begins with `Numéro`.
fn copies(mails: &[Received]) -> BTreeMap<(String, String), usize> {
    let mut copies = BTreeMap::new();
    for mail in mails {
        let text = mail.text();
        let titles: BTreeSet<&str> = text.lines().map(str::trim).filter(|line| line.starts_with("Numéro")).collect();
        for title in titles {
            // The lead begins with the title, too.
            if !title.contains(':') {
                *copies.entry((mail.rcpt[0].clone(), title.to_owned())).or_default() += 1;
            }
        }
    }
    copies
}

/// A week: nine readers of five rhythms, something new every five hours, two outages of the worker (one over several slots, one longer
/// than a missed slot is made up for), a clock that goes back an hour, a night in summer time.
#[tokio::test(flavor = "multi_thread")]
async fn five_frequencies_over_a_week_with_outages_bring_each_item_once_to_each() {
    let start = at("2026-03-26T08:30:00Z");
    let site = TestSite::at(&start.to_rfc3339()).await;
    site.institution("water-agency", Family::Institutions).await;
    let readers = [
        ("once@example.org", vec!["at_once"]),
        ("all@example.org", vec!["slots"]),
        ("morning@example.org", vec!["slots 09:00"]),
        ("moved@example.org", vec!["slots 08:15"]),
        ("daily@example.org", vec!["daily"]),
        ("weekly@example.org", vec!["weekly"]),
        ("two@example.org", vec!["at_once", "daily"]),
        ("three@example.org", vec!["slots", "weekly", "at_once"]),
    ];
    for (email, rhythms) in &readers {
        for (rhythm, filter) in rhythms.iter().zip(["", "family=institutions", "institution=water-agency"]) {
            subscribe_at(&site, email, filter, rhythm).await;
        }
    }
    let mut titles = Vec::new();
    let hours = 9 * 24;
    for hour in 0..=hours {
        let now = start + TimeDelta::hours(hour);
        site.advance_to(&now.to_rfc3339()).await;
        if hour % 5 == 0 && hour < hours - 40 {
            let title = format!("Numéro {hour}");
            site.publish("water-agency", &[(Lang::Fr, &title)]).await;
            titles.push(title);
        }
        // Nobody works over three slots, and over a night and a morning.
        let is_down = (20..28).contains(&hour) || (60..79).contains(&hour);
        if is_down {
            continue;
        }
        if hour == 100 {
            // The clock goes back, and what was done stays done.
            site.advance_to(&(now - TimeDelta::hours(1)).to_rfc3339()).await;
        }
        run::open_at_once(&site.ctx).await.unwrap();
        if let Due::Held { .. } = run::open_due(&site.ctx).await.unwrap() {
            panic!("nothing in it is overdue");
        }
        // One of an hour without mail is not kept for another hour.
        site.smtp.behave();
        match hour % 11 {
            3 => site.smtp.next(Behaviour::refuse(Step::Rcpt, 451, "4.7.1 later")),
            5 => site.smtp.next(Behaviour::Cut { at: Step::Data }),
            7 => site.smtp.next(Behaviour::CutWithinData { after_lines: 9 }),
            _ => {}
        }
        // A line that was cut ends it; the next hour goes on.
        let _ = deliver::drain(&site.ctx).await;
    }
    // What was put off, and the last slots.
    site.smtp.behave();
    for hour in 1..=60 {
        site.advance_to(&(start + TimeDelta::hours(hours + hour)).to_rfc3339()).await;
        run::open_due(&site.ctx).await.unwrap();
        deliver::drain(&site.ctx).await.unwrap();
    }
    // A cut inside the message is in doubt, and may have brought a copy under the same number: here nothing was kept of it.
    let copies = copies(&site.smtp.received().await);
    for (email, _) in &readers {
        for title in &titles {
            let found = copies.get(&((*email).to_owned(), title.clone())).copied().unwrap_or(0);
            assert_eq!(found, 1, "{title} to {email}");
        }
    }
    // And never two mails for one slot, nor one without something in it.
    let mut conn = site.conn().await;
    conn.batch_execute(
        "DO $$ BEGIN
             ASSERT NOT EXISTS (SELECT FROM deliveries d WHERE NOT EXISTS (SELECT FROM delivery_items i WHERE i.delivery_id = d.id));
             ASSERT (SELECT count(*) FROM digest_runs WHERE kind = 'at_once') > 10;
         END $$",
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_told_at_once_is_told_at_once_and_not_again_at_the_slot() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.institution("water-agency", Family::Institutions).await;
    let once = subscribe_at(&site, "reader@example.org", "family=institutions", "at_once").await;
    subscribe_at(&site, "reader@example.org", "", "slots").await;
    assert!(matches!(run::open_at_once(&site.ctx).await.unwrap(), Due::NotUntil(_)), "nothing is new");
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    let Due::Opened(first) = run::open_at_once(&site.ctx).await.unwrap() else { panic!("it is new") };
    assert_eq!(first.deliveries, 1);
    assert!(matches!(run::open_at_once(&site.ctx).await.unwrap(), Due::NotUntil(_)), "told once");
    deliver::drain(&site.ctx).await.unwrap();
    // A second one, whose mail is not sent before its subscription ends: the other one still asks for it.
    site.publish("water-agency", &[(Lang::Fr, "Numéro 2")]).await;
    let Due::Opened(second) = run::open_at_once(&site.ctx).await.unwrap() else { panic!("it is new") };
    let ending =
        Ending { subscriber_id: deliveries(&site, &second).await[0].subscriber_id, subscription_ids: vec![once] };
    unsubscribe(&site.ctx, &ending.token(&site.ctx.secret), Scope::These).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(deliveries(&site, &second).await[0].state, State::Cancelled);
    site.advance_to("2026-11-20T12:00:00Z").await;
    assert_eq!(opened(&site).await.deliveries, 1);
    deliver::drain(&site.ctx).await.unwrap();
    let subjects: Vec<String> = site.smtp.received().await.iter().map(Received::subject).collect();
    assert_eq!(subjects, ["Numéro 1", "Numéro 2"]);

    // Two that ask for the same: one mail of the first run, and if its own subscription ends meanwhile, the second asks on.
    subscribe_at(&site, "other@example.org", "", "at_once").await;
    let slots = subscribe_at(&site, "other@example.org", "family=institutions", "slots").await;
    site.smtp.clear();
    site.publish("water-agency", &[(Lang::Fr, "Numéro 3")]).await;
    let Due::Opened(third) = run::open_at_once(&site.ctx).await.unwrap() else { panic!("it is new") };
    site.advance_to("2026-11-20T16:00:00Z").await;
    let at_slot = opened(&site).await;
    let all = deliveries(&site, &third).await;
    let other = all.last().unwrap().subscriber_id;
    assert_eq!(deliveries(&site, &at_slot).await.iter().filter(|one| one.subscriber_id == other).count(), 0);
    diesel::sql_query("UPDATE subscriptions SET ended_at = site_now() WHERE subscriber_id = $1 AND id <> $2")
        .bind::<BigInt, _>(other)
        .bind::<BigInt, _>(slots)
        .execute(&mut *site.conn().await)
        .await
        .unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    let reached: Vec<String> = site.smtp.received().await.iter().flat_map(|mail| mail.rcpt.clone()).collect();
    assert_eq!(reached.iter().filter(|to| *to == "other@example.org").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_subscription_is_a_search_with_its_words_kind_and_language() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.topic("floods").await;
    site.institution("water-agency", Family::Institutions).await;
    site.institution("police", Family::Institutions).await;
    for (email, filter) in [
        ("words", "q=inondation"),
        ("phrase", "q=%22plan+inondation%22"),
        ("other-words", "q=pensions"),
        ("without", "q=inondation+-police"),
        ("dutch", "language=nl"),
        ("decisions", "kind=decision"),
        ("topic", "topic=floods"),
        ("both", "institution=police&topic=floods"),
        ("gone", "topic=no-such-topic"),
    ] {
        let id = subscribe(&site, &format!("{email}@example.org"), "", &[Lang::Fr]).await;
        diesel::sql_query("UPDATE subscriptions SET filter = $2 WHERE id = $1")
            .bind::<BigInt, _>(id)
            .bind::<Text, _>(filter)
            .execute(&mut *site.conn().await)
            .await
            .unwrap();
    }
    site.publish_about(
        "water-agency",
        &[(Lang::Fr, "Les inondations de la Meurthe"), (Lang::Nl, "Overstroming")],
        &["floods"],
    )
    .await;
    site.publish_about("police", &[(Lang::Fr, "Police : le plan inondation est levé")], &["floods"]).await;
    site.publish("police", &[(Lang::Fr, "Circulation rétablie")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let plan = run::plan(&site.ctx).await.unwrap();
    let opened = opened(&site).await;
    assert_eq!(plan.deliveries, opened.deliveries, "what was planned is what is laid out");
    deliver::drain(&site.ctx).await.unwrap();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for mail in site.smtp.received().await {
        let name = mail.rcpt[0].split('@').next().unwrap().to_owned();
        *counts.entry(name).or_default() += mail.html().matches("<h3").count();
    }
    let expected = [("both", 1), ("dutch", 1), ("phrase", 1), ("topic", 2), ("without", 1), ("words", 2)];
    assert_eq!(counts, expected.map(|(name, count)| (name.to_owned(), count)).into());
}

#[tokio::test(flavor = "multi_thread")]
async fn days_off_and_pauses_pass_nothing_over_but_what_was_to_be() {
    let site =
        TestSite::with("2026-11-20T15:00:00Z", &[("COMMUNIQUE_DAYS_OFF", "sat,sun"), ("COMMUNIQUE_WEEKLY_ON", "wed")])
            .await;
    site.institution("water-agency", Family::Institutions).await;
    subscribe_at(&site, "slots@example.org", "", "slots").await;
    subscribe_at(&site, "weekly@example.org", "", "weekly").await;
    let paused = subscribe_at(&site, "paused@example.org", "", "slots").await;
    let missed = subscribe_at(&site, "missed@example.org", "", "slots").await;
    let mut conn = site.conn().await;
    for (id, catch_up) in [(paused, false), (missed, true)] {
        diesel::sql_query(
            "UPDATE subscriptions SET paused_from = '2026-11-20T15:00:00Z', paused_until = '2026-11-23T10:00:00Z', catch_up = $2 WHERE id = $1",
        )
        .bind::<BigInt, _>(id)
        .bind::<diesel::sql_types::Bool, _>(catch_up)
        .execute(&mut conn)
        .await
        .unwrap();
    }
    drop(conn);
    // Friday afternoon, and then a weekend during which nothing leaves.
    site.publish("water-agency", &[(Lang::Fr, "Numéro vendredi")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    opened(&site).await;
    site.advance_to("2026-11-21T09:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro samedi")]).await;
    assert_eq!(run::open_due(&site.ctx).await.unwrap(), Due::NotUntil(at("2026-11-23T08:00:00Z")));
    site.advance_to("2026-11-23T08:00:00Z").await;
    opened(&site).await;
    site.advance_to("2026-11-23T11:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro lundi")]).await;
    site.advance_to("2026-11-23T12:00:00Z").await;
    opened(&site).await;
    site.advance_to("2026-11-25T08:00:00Z").await;
    opened(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let copies = copies(&site.smtp.received().await);
    for (reader, titles) in [
        ("slots", vec!["vendredi", "samedi", "lundi"]),
        ("weekly", vec!["vendredi", "samedi", "lundi"]),
        ("paused", vec!["lundi"]),
        ("missed", vec!["vendredi", "samedi", "lundi"]),
    ] {
        let email = format!("{reader}@example.org");
        let found: BTreeMap<&str, usize> = copies
            .iter()
            .filter(|((to, _), _)| *to == email)
            .map(|((_, title), count)| (title.as_str(), *count))
            .collect();
        let expected: Vec<String> = titles.iter().map(|title| format!("Numéro {title}")).collect();
        assert_eq!(found, expected.iter().map(|title| (title.as_str(), 1)).collect(), "{reader}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_comes_back_from_a_long_pause_does_not_hold_everybody_up() {
    let site = TestSite::at("2026-11-02T08:30:00Z").await;
    site.institution("water-agency", Family::Institutions).await;
    subscribe_at(&site, "slots@example.org", "", "slots").await;
    let back = subscribe_at(&site, "back@example.org", "", "slots").await;
    let weekly = subscribe_at(&site, "weekly@example.org", "", "weekly").await;
    assert_ne!(back, weekly);
    diesel::sql_query(
        "UPDATE subscriptions SET paused_from = site_now(), paused_until = '2026-11-09T07:00:00Z', catch_up = true WHERE id = $1",
    )
    .bind::<BigInt, _>(back)
    .execute(&mut *site.conn().await)
    .await
    .unwrap();
    for hour in 0..=7 * 24 {
        let now = at("2026-11-02T08:30:00Z") + TimeDelta::hours(hour);
        site.advance_to(&now.to_rfc3339()).await;
        if hour == 1 {
            site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
        }
        // Who is told once a week, and who wants what they missed, is told of what is a week old: nothing is late.
        assert!(!matches!(run::open_due(&site.ctx).await.unwrap(), Due::Held { .. }), "{now}");
        deliver::drain(&site.ctx).await.unwrap();
    }
    assert_eq!(copies(&site.smtp.received().await).values().sum::<usize>(), 3);

    // At once, after two days in which nobody worked, an operator is asked; and then it is told.
    subscribe_at(&site, "once@example.org", "", "at_once").await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro 2")]).await;
    site.advance_to("2026-11-11T20:00:00Z").await;
    assert!(matches!(run::open_at_once(&site.ctx).await.unwrap(), Due::Held { .. }));
    assert_eq!(run::run_at_once_now(&site.ctx, Actor::Job("test")).await.unwrap().unwrap().deliveries, 1);
    assert!(run::run_at_once_now(&site.ctx, Actor::Job("test")).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_goes_to_a_press_list_at_its_publication_and_to_nobody_else_of_it() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    let institution = site.institution("water-agency", Family::Institutions).await;
    let member = subscribe(&site, "member@example.org", "", &[Lang::Fr]).await;
    let mut conn = site.conn().await;
    conn.batch_execute(&format!(
        "INSERT INTO press_lists (institution_id, name, basis, languages) VALUES ({institution}, 'Régionale', 'Carte de presse', '{{fr}}');
         UPDATE subscriptions SET filter = 'press-list=1', frequency = 'press_list' WHERE id = {member}"
    ))
    .await
    .unwrap();
    drop(conn);
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "Numéro choisi")], &[]).await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro autre")]).await;
    diesel::sql_query("INSERT INTO release_press_lists (release_id, press_list_id) VALUES ($1, 1)")
        .bind::<BigInt, _>(release)
        .execute(&mut *site.conn().await)
        .await
        .unwrap();
    let Due::Opened(before) = run::open_at_once(&site.ctx).await.unwrap() else { panic!("the log has grown") };
    assert_eq!(before.deliveries, 0, "it is not public, and the other was not chosen");
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    publication::publish_draft(&mut *site.conn().await, site.ctx.settings.zone, &publisher, edition).await.unwrap();
    let Due::Opened(after) = run::open_at_once(&site.ctx).await.unwrap() else { panic!("the log has grown") };
    assert_eq!(after.deliveries, 1);
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 1);
    assert_eq!(mails[0].subject(), "Numéro choisi");
    assert!(mails[0].header("list-unsubscribe").is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_database_mails_nobody_and_publishes_nothing_until_it_is_accepted() {
    let site = english("2026-11-20T08:30:00Z").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    subscribe_at(&site, "once@example.org", "", "at_once").await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    assert_eq!(instance::examine(&site.ctx).await.unwrap(), Ok(()), "the first that looks is the site");
    // The same database under another address is a copy: staging that was pointed at a dump of it.
    let staging = site.beside().await;
    let held = instance::examine(&staging.ctx).await.unwrap().unwrap_err();
    assert!(matches!(held.0.as_slice(), [Difference::PublicUrl { .. }]), "{held}");
    site.advance_to("2026-11-20T12:00:00Z").await;
    assert!(matches!(run::open_due(&staging.ctx).await, Err(run::RunError::Held(_))));
    assert!(matches!(run::open_at_once(&staging.ctx).await, Err(run::RunError::Held(_))));
    // What was laid out where it was the site is not sent where it is not, by the worker either.
    let run = opened(&site).await;
    assert!(deliver::drain(&staging.ctx).await.is_err());
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, "À l’heure")], &[]).await;
    let mut conn = site.conn().await;
    conn.batch_execute(&format!("DO $$ BEGIN ASSERT {release} > 0; END $$")).await.unwrap();
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    communique::release::drafting::submit(&mut conn, &publisher, edition).await.unwrap();
    communique::release::drafting::make_ready(&mut conn, &publisher, edition).await.unwrap();
    communique::release::drafting::schedule(&mut conn, &publisher, edition, at("2026-11-20T12:01:00Z")).await.unwrap();
    drop(conn);
    site.advance_to("2026-11-20T12:05:00Z").await;
    let sent = [("what", "everything"), ("first", "fr"), ("email", "new@example.org")];
    assert_eq!(staging.post("/fr/abonnement", &sent).await.status, 303);
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(communique::worker::run(staging.ctx.clone(), stopped));
    // Long enough for each of its tasks to have had several turns: the journal is sealed by the same worker.
    let begun = std::time::Instant::now();
    while begun.elapsed() < Duration::from_secs(3) {
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert!(staging.smtp.received().await.is_empty(), "held");
    }
    assert!(staging.ctx.is_held());
    let titles = site.get("/fr/communiques").await.body;
    assert!(!titles.contains("À l’heure"), "nothing is published by itself");
    assert_eq!(deliveries(&site, &run).await[0].state, State::Queued);
    // Reading goes on, and the desk says what it is.
    assert_eq!(staging.get("/fr/").await.status, 200);
    let admin = staging.signed_in(Role::Admin, None).await;
    assert!(admin.get("/desk").await.body.contains("communique instance accept"));
    // An operator says that this is the site: then all of it goes on, and the former one is held.
    instance::accept(&staging.ctx, Actor::Job("test")).await.unwrap();
    staging.smtp.wait_for(2, SOON).await;
    stop.send_replace(true);
    tokio::time::timeout(SOON, worker).await.expect("it ends").unwrap().unwrap();
    assert!(instance::examine(&site.ctx).await.unwrap().is_err());
    assert!(!admin.get("/desk").await.body.contains("communique instance accept"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_database_is_known_by_what_its_runs_left_in_storage() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let first = opened(&site).await;
    assert_eq!(instance::mark(&site.ctx).await.unwrap().unwrap().run, first.id);
    // The sweep of files leaves the mark alone, whatever its age.
    communique::media::sweep::orphans(&site.ctx, Duration::ZERO).await.unwrap();
    assert!(instance::mark(&site.ctx).await.unwrap().is_some());
    // As a back-up of before the run would be.
    let mut conn = site.conn().await;
    conn.batch_execute("DELETE FROM delivery_items; DELETE FROM deliveries; DELETE FROM digest_runs; UPDATE subscriptions SET cursor = 0")
        .await
        .unwrap();
    drop(conn);
    let held = instance::examine(&site.ctx).await.unwrap().unwrap_err();
    assert!(matches!(held.0.as_slice(), [Difference::Behind(_)]), "{held}");
    assert!(matches!(run::open_due(&site.ctx).await, Err(run::RunError::Held(_))));
    assert!(deliver::drain(&site.ctx).await.is_err());
    instance::accept(&site.ctx, Actor::Job("test")).await.unwrap();
    let again = opened(&site).await;
    let delivery = deliveries(&site, &again).await.remove(0);
    assert!(delivery.id.0 > 1_000_000, "no number that a lost mail may have had: {delivery:?}");
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_in_doubt_waits_for_somebodys_word_where_that_is_set() {
    let site = TestSite::with(
        "2026-11-20T08:30:00Z",
        &[("COMMUNIQUE_MAIL_UNCERTAIN", "hold"), ("COMMUNIQUE_LANGUAGES", "en,fr,nl,de")],
    )
    .await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let run = opened(&site).await;
    site.smtp.next(Behaviour::KeepAndCut);
    deliver::drain(&site.ctx).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), 1, "not sent again by itself");
    let counted = query::run(&mut *site.conn().await, run.id).await.unwrap().unwrap();
    assert_eq!((counted.uncertain, counted.waiting, counted.open), (1, 1, 0));
    assert!(counted.finished_at.is_some());

    let editor = site.signed_in(Role::ChancelleryEditor, None).await;
    let page = editor.get(&format!("/desk/mailings/runs/{}", run.id)).await;
    assert!(
        page.body.contains("waits for your word") && page.body.contains("Send this one once more"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("reader@example.org"), "an address is an admin's to see");
    assert_eq!(editor.post(&format!("/desk/mailings/runs/{}/sending", run.id), &[]).await.status, 303);
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!((mails.len(), mails[0].header("message-id")), (2, mails[1].header("message-id")));
    let page = editor.get(&format!("/desk/mailings/runs/{}", run.id)).await;
    assert!(page.body.contains("accepted the second time"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_has_its_own_rate_and_keeps_no_other_waiting() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_MAIL_DOMAIN_RATES", "slow.example=2")]).await;
    for number in 0..3 {
        subscribe(&site, &format!("a{number}@slow.example"), "", &[Lang::Fr]).await;
        subscribe(&site, &format!("b{number}@quick.example"), "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let run = opened(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let reached = |mails: &[Received], domain: &str| mails.iter().filter(|mail| mail.rcpt[0].ends_with(domain)).count();
    let mails = site.smtp.received().await;
    assert_eq!((reached(&mails, "quick.example"), reached(&mails, "slow.example")), (3, 1));
    let waiting: Vec<Followed> =
        deliveries(&site, &run).await.into_iter().filter(|one| one.state == State::Queued).collect();
    assert_eq!(waiting.len(), 2);
    assert!(waiting.iter().all(|one| one.attempts == 0 && one.due_at > at("2026-11-20T12:00:00Z")), "{waiting:?}");
    // Their turns come; a process that begins anew has its own.
    for seconds in 1..=4 {
        site.advance_to(&(at("2026-11-20T12:00:00Z") + TimeDelta::seconds(seconds)).to_rfc3339()).await;
        deliver::drain(&site.ctx).await.unwrap();
    }
    assert_eq!(reached(&site.smtp.received().await, "slow.example"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_is_slowed_down_to_its_rate() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_MAIL_RATE", "20")]).await;
    for number in 0..10 {
        subscribe(&site, &format!("a{number}@example.org"), "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    opened(&site).await;
    let begun = std::time::Instant::now();
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), 10);
    assert!(begun.elapsed() >= Duration::from_millis(450), "ten turns at twenty a second: {:?}", begun.elapsed());
}

/// The worker as a process of its own, which ends with the test.
struct Working(Child);

impl Working {
    fn start(site: &TestSite) -> Self {
        let settings: &Settings = &site.ctx.settings;
        let mut command = Command::new(env!("CARGO_BIN_EXE_communique"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("COMMUNIQUE_")) {
            command.env_remove(name);
        }
        let child = command
            .arg("work")
            .env("DATABASE_URL", site.ctx.db.url())
            .env("COMMUNIQUE_DATA_DIR", &settings.data_dir)
            .env("COMMUNIQUE_PUBLIC_URL", &site.base)
            .env("COMMUNIQUE_SMTP_URL", site.smtp.url())
            .env("COMMUNIQUE_MAIL_FROM", "press@four-rivers.example")
            .env("COMMUNIQUE_BOUNCE_DOMAIN", "bounces.example.org")
            .env("COMMUNIQUE_LOG", "error")
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// SIGKILL.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_are_killed_again_and_again_and_nobody_is_missed() {
    const READERS: usize = 150;
    const KILLS: usize = 6;
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.institution("water-agency", Family::Institutions).await;
    let mut conn = site.conn().await;
    conn.batch_execute(&format!(
        "INSERT INTO subscribers (email, languages, wished_at)
         SELECT 'r' || n || '@example.org', '{{fr}}', site_now() FROM generate_series(1, {READERS}) n;
         INSERT INTO subscriptions (subscriber_id, filter, cursor, frequency)
         SELECT id, '', (SELECT last FROM public_change_counter), CASE id % 3 WHEN 0 THEN 'at_once' ELSE 'slots' END FROM subscribers"
    ))
    .await
    .unwrap();
    drop(conn);
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    for round in 0..KILLS {
        let before = site.smtp.received().await.len();
        if before >= READERS {
            break;
        }
        // The next answer is held: both are in the middle of something when they die.
        let gate = Gate::new();
        if round % 2 == 0 {
            site.smtp.next(Behaviour::KeepAndHold(gate.clone()));
        }
        let (one, two) = (Working::start(&site), Working::start(&site));
        site.smtp.wait_for(before + 7 + 5 * round, SOON).await;
        one.kill();
        two.kill();
        gate.open();
    }
    // Left alone, one of them ends it.
    let last = Working::start(&site);
    let begun = std::time::Instant::now();
    loop {
        let runs = query::runs(&mut *site.conn().await, None, 10).await.unwrap();
        let laid: i64 = runs.iter().map(|run| run.deliveries).sum();
        if laid == READERS as i64 && runs.iter().all(|run| run.open == 0) {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{runs:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    last.kill();
    let mails = site.smtp.received().await;
    let mut by_reader: BTreeMap<&str, Vec<&Received>> = BTreeMap::new();
    for mail in &mails {
        by_reader.entry(&mail.rcpt[0]).or_default().push(mail);
    }
    assert_eq!(by_reader.len(), READERS, "0 missing");
    let copies: usize = by_reader.values().map(|mails| mails.len() - 1).sum();
    // Two workers of four lines each.
    assert!(copies <= KILLS * 8, "{copies} copies of {KILLS} kills");
    for (reader, mails) in by_reader.iter().filter(|(_, mails)| mails.len() > 1) {
        let ids: BTreeSet<Option<String>> = mails.iter().map(|mail| mail.header("message-id")).collect();
        assert_eq!(ids.len(), 1, "{reader}: a copy has the same number");
    }
    // Each copy is listed as one, and every recipient is accounted for.
    let mut listed = 0;
    let runs = query::runs(&mut *site.conn().await, None, 10).await.unwrap();
    for run in &runs {
        listed += query::doubted(&mut *site.conn().await, run.id, 1000).await.unwrap().len();
        assert_eq!(run.accepted + run.uncertain, run.deliveries, "{run:?}");
    }
    assert!(copies <= listed, "{copies} copies, {listed} listed");
    let kinds: BTreeSet<RunKind> = runs.iter().map(|run| run.kind).collect();
    assert_eq!(kinds.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn senders_survive_a_database_that_goes_away_in_the_middle() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_SMTP_CONNECTIONS", "2")]).await;
    for number in 0..30 {
        subscribe(&site, &format!("r{number}@example.org"), "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let run = opened(&site).await;
    let gate = Gate::new();
    site.smtp.next(Behaviour::KeepAndHold(gate.clone()));
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let senders = tokio::spawn({
        let ctx = site.ctx.clone();
        async move { deliver::run_senders(&ctx, stopped).await }
    });
    gate.reached().await;
    let (admin, name) = site.cut_off_database().await;
    // The answer comes while nobody can write it down.
    gate.open();
    site.give_database_back(admin, &name).await;
    site.smtp.wait_for(30, Duration::from_secs(60)).await;
    stop.send_replace(true);
    tokio::time::timeout(SOON, senders).await.expect("they end").unwrap().unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    let states: BTreeSet<State> = deliveries(&site, &run).await.iter().map(|one| one.state).collect();
    assert_eq!(states, [State::Accepted].into());
    let mails = site.smtp.received().await;
    let readers: BTreeSet<&str> = mails.iter().map(|mail| mail.rcpt[0].as_str()).collect();
    assert_eq!(readers.len(), 30);
    // Who was in hand when it went may have been told twice: one for each line.
    assert!(mails.len() <= 32, "{}", mails.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_and_the_public_see_how_the_mail_is_doing() {
    let site = english("2026-11-20T08:30:00Z").await;
    let public = site.get("/en/mailings").await;
    assert!(public.status == 200 && public.body.contains("Nothing has been sent yet"), "{}", public.body);
    assert!(site.get("/en/").await.body.contains("href=\"/en/mailings\""), "in the foot");
    for reader in ["good", "gone"] {
        subscribe(&site, &format!("{reader}@example.org"), "", &[Lang::En, Lang::Fr]).await;
    }
    site.smtp.when(|to| to.starts_with("gone"), Behaviour::refuse(Step::Rcpt, 550, "5.1.1 gone@example.org unknown"));
    let release = site.publish("water-agency", &[(Lang::En, "Numéro 1")]).await;
    let editor = site.signed_in(Role::ChancelleryEditor, None).await;
    let plan = editor.get("/desk/mailings/plan").await.body;
    assert!(plan.contains("2 e-mails would leave") && plan.contains("Numéro 1"), "{plan}");
    // Missed for longer than it is made up for: it is said, and can be sent by hand.
    site.advance_to("2026-11-20T22:00:00Z").await;
    // Too long ago for the session, too.
    let editor = site.signed_in(Role::ChancelleryEditor, None).await;
    let page = editor.get("/desk/mailings").await.body;
    assert!(page.contains("has not left") && page.contains("Send the mails of"), "{page}");
    assert!(site.get("/en/mailings").await.body.contains("is late"));
    let slot = slot::last(&site.ctx.settings, at("2026-11-20T22:00:00Z")).to_rfc3339();
    let answer = editor.post("/desk/mailings/opening", &[("slot", &slot)]).await;
    assert_eq!(answer.status, 303);
    let run_page = answer.header("location").to_owned();
    assert_eq!(editor.post("/desk/mailings/opening", &[("slot", &slot)]).await.status, 303, "twice is once");
    deliver::drain(&site.ctx).await.unwrap();
    let page = editor.get(&run_page).await.body;
    assert!(page.contains("5.1.1") && !page.contains("gone@example.org"), "{page}");
    assert!(page.contains("What went out") && page.contains("English 1"), "by release and language: {page}");
    let list = editor.get("/desk/mailings").await.body;
    assert!(list.contains(&run_page), "{list}");
    let public = site.get("/en/mailings").await.body;
    assert!(public.contains("one accepted by"), "{public}");
    for lang in ["fr/etat-des-envois", "nl/stand-van-de-verzendingen", "de/stand-des-versands"] {
        assert_eq!(site.get(&format!("/{lang}")).await.status, 200, "{lang}");
    }

    // One reader's mails are an admin's to see, and that is written down.
    assert_eq!(editor.get("/desk/mailings/readers").await.status, 404);
    let admin = site.signed_in(Role::Admin, None).await;
    admin.get("/desk/mailings/readers").await;
    let unknown = admin.post("/desk/mailings/readers", &[("email", "nobody@example.org")]).await;
    assert!(unknown.status == 422 && unknown.body.contains("Nobody has subscribed"), "{}", unknown.status);
    let found = admin.post("/desk/mailings/readers", &[("email", " Good@Example.org ")]).await;
    assert_eq!(found.status, 303);
    assert!(!found.header("location").contains('@'));
    let reader = admin.get(found.header("location")).await.body;
    assert!(
        reader.contains("good@example.org") && reader.contains("kept as 1") && reader.contains("Numéro 1"),
        "{reader}"
    );
    assert!(reader.contains("At 9:00, 13:00 and 17:00") && !reader.contains(">slots"), "in words: {reader}");
    let mut conn = site.conn().await;
    conn.batch_execute(
        "DO $$ BEGIN
             ASSERT (SELECT count(*) FROM journal WHERE action = 'subscriber.read') = 1;
             ASSERT (SELECT count(*) FROM journal WHERE action = 'subscriber.searched') = 2;
             ASSERT NOT EXISTS (SELECT FROM journal WHERE detail::text LIKE '%example.org%');
         END $$",
    )
    .await
    .unwrap();
    drop(conn);
    // And a release's reach stands on its page.
    let overview = admin.get(&format!("/desk/releases/{release}")).await.body;
    assert!(overview.contains("refused or bounced"), "{overview}");
    let metrics = communique::metrics::text(&site.ctx).await.unwrap();
    assert!(metrics.contains("communique_deliveries{state=\"accepted\"} 1\n"), "{metrics}");
    assert!(metrics.contains("communique_held 0\n") && !metrics.contains('@'), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_waits_for_no_digest() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_MAIL_RATE", "1")]).await;
    for number in 0..20 {
        subscribe(&site, &format!("r{number}@example.org"), "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Numéro 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(communique::worker::run(site.ctx.clone(), stopped));
    site.smtp.wait_for(1, SOON).await;
    let sent = [("what", "everything"), ("first", "fr"), ("email", "new@example.org")];
    assert_eq!(site.post("/fr/abonnement", &sent).await.status, 303);
    let begun = std::time::Instant::now();
    loop {
        let mails = site.smtp.received().await;
        if mails.iter().any(|mail| mail.rcpt[0] == "new@example.org") {
            assert!(mails.len() < 20, "the digests are far from done");
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(10), "not within its time");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    stop.send_replace(true);
    tokio::time::timeout(SOON, worker).await.expect("it ends").unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_withdrawn_between_freeze_and_sending_is_in_no_mail_of_any_frequency() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe_at(&site, "once@example.org", "", "at_once").await;
    subscribe_at(&site, "slots@example.org", "", "slots").await;
    subscribe_at(&site, "daily@example.org", "", "daily").await;
    let wrong = site.publish("water-agency", &[(Lang::Fr, "Numéro faux")]).await;
    run::open_at_once(&site.ctx).await.unwrap();
    site.advance_to("2026-11-21T08:00:00Z").await;
    opened(&site).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let reason = Texts::one(Lang::Fr, "Publié par erreur.");
    withdrawal::withdraw(&mut *site.conn().await, &publisher, wrong, &reason).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    run::open_at_once(&site.ctx).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), 0, "nobody had it: nobody is told");
}

/// A database of the same name that was made anew from a dump has another number, and is no longer the site.
#[tokio::test(flavor = "multi_thread")]
async fn a_dump_that_was_read_back_is_held() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    assert_eq!(instance::examine(&site.ctx).await.unwrap(), Ok(()));
    let url = site.ctx.db.url().to_owned();
    let mut conn = db::establish(&url).await.unwrap();
    conn.transaction(async |conn| {
        diesel::sql_query("UPDATE instance SET database_oid = database_oid + 1").execute(conn).await.map(drop)
    })
    .await
    .unwrap();
    let held = instance::examine(&site.ctx).await.unwrap().unwrap_err();
    assert!(held.to_string().contains("a dump was read back"), "{held}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_meeting_is_one_block_in_its_order_and_the_rest_stands_under_what_asked_for_it() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    let council = site.institution("council", Family::Council).await;
    site.topic("floods").await;
    site.institution("water-agency", Family::Institutions).await;
    for filter in ["", "topic=floods", "institution=water-agency&topic=floods"] {
        subscribe(&site, "reader@example.org", filter, &[Lang::Fr]).await;
    }
    let mut decisions = Vec::new();
    for title in ["Numéro trois", "Numéro un", "Numéro deux"] {
        decisions.push(site.publish_about("water-agency", &[(Lang::Fr, title)], &["floods"]).await);
    }
    site.publish_about("water-agency", &[(Lang::Fr, "Numéro crue")], &["floods"]).await;
    site.publish("water-agency", &[(Lang::Fr, "Numéro reste")]).await;
    let mut conn = site.conn().await;
    conn.batch_execute(&format!(
        "INSERT INTO meetings (code, institution_id, held_on, places, published_at)
         VALUES ('2026-11-20', {council}, '2026-11-20', '{{\"fr\": \"Palais des Confluents\"}}', site_now());
         INSERT INTO decisions (release_id, meeting_id, position) VALUES ({}, 1, 3), ({}, 1, 1), ({}, 1, 2)",
        decisions[0], decisions[1], decisions[2]
    ))
    .await
    .unwrap();
    drop(conn);
    site.advance_to("2026-11-20T12:00:00Z").await;
    opened(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 1);
    // From the heading of the block on: the summary above names the groups, too.
    let text =
        mails[0].text().replace("\r\n", "\n").replace("\n      (fr)", " (fr)").replace(['\u{a0}', '\u{202f}'], " ");
    let text = &text[text.find("CONSEIL DES MINISTRES (3)").unwrap_or_else(|| panic!("no block in {text}"))..];
    // Each after the one before it.
    let mut from = 0;
    for what in [
        "Vendredi 20 novembre 2026 · Palais des Confluents",
        "1. ",
        "Numéro un",
        "Aussi dans votre choix : thème « floods (fr) » · water-agency (fr), thème « floods (fr) »",
        "2. ",
        "Numéro deux",
        "3. ",
        "Numéro trois",
        "WATER-AGENCY (FR), THÈME « FLOODS (FR) » (1)",
        "Numéro crue",
        "Aussi dans votre choix : thème « floods (fr) »\n",
        "INSTITUTIONS (1)",
        "Numéro reste",
    ] {
        let unwrapped = &text[from..];
        from += unwrapped.find(what).unwrap_or_else(|| panic!("no {what} in {unwrapped}")) + what.len();
    }
    assert_eq!(mails[0].html().matches("<h3").count(), 5, "each item once");
}
