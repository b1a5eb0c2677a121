//! Digests: each item once to each person, and none missed, whatever the mail server, the clock or a crash does.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use communique::account::Role;
use communique::digest::model::State;
use communique::digest::query::{self, Followed};
use communique::digest::run::{self, Due, Opened, RunError};
use communique::digest::{deliver, slot};
use communique::directory::Family;
use communique::ids::ReleaseId;
use communique::journal::Actor;
use communique::kit::lang::{Lang, Texts};
use communique::release::model::Content;
use communique::release::{correction, withdrawal};
use communique::subscription::unsubscribe::{Scope, unsubscribe};
use diesel::sql_types::BigInt;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use mail_parser::MimeHeaders;

use crate::subscription::{SOON, link, run_jobs, subscribe};
use crate::support::smtp::{Behaviour, Gate, Received, Step};
use crate::support::{TestSite, content};

async fn open(site: &TestSite) -> Opened {
    match run::open_due(&site.ctx).await.unwrap() {
        Due::Opened(opened) => opened,
        other => panic!("no run: {other:?}"),
    }
}

async fn deliveries(site: &TestSite, opened: &Opened) -> Vec<Followed> {
    query::deliveries(&mut *site.conn().await, opened.id).await.unwrap()
}

async fn states(site: &TestSite, opened: &Opened) -> Vec<State> {
    deliveries(site, opened).await.iter().map(|delivery| delivery.state).collect()
}

/// The subjects that came, by whom they came to.
async fn subjects(site: &TestSite) -> BTreeMap<String, Vec<String>> {
    let mut by_reader: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in site.smtp.received().await {
        by_reader.entry(mail.rcpt[0].clone()).or_default().push(mail.subject());
    }
    by_reader
}

async fn correct(site: &TestSite, id: ReleaseId, title: &str, note: &str) {
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let mut conn = site.conn().await;
    let zone = site.ctx.settings.zone;
    let content: Content = content(&[(Lang::Fr, title)]);
    correction::correct(&mut conn, zone, &publisher, id, content, Texts::one(Lang::Fr, note)).await.unwrap();
}

async fn withdraw(site: &TestSite, id: ReleaseId) {
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let reason = Texts::one(Lang::Fr, "Publié par erreur.");
    withdrawal::withdraw(&mut *site.conn().await, &publisher, id, &reason).await.unwrap();
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_form_to_the_mailbox_and_out_again() {
    let site =
        TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_BOUNCE_DOMAIN", "bounces.four-rivers.example")]).await;
    site.institution("chancellery", Family::Council).await;
    site.publish("water-agency", &[(Lang::Fr, "Avant l’abonnement")]).await;
    let sent = [("what", "everything"), ("first", "fr"), ("second", "nl"), ("email", "reader@example.org")];
    assert_eq!(site.post("/fr/abonnement", &sent).await.status, 303);
    run_jobs(&site).await;
    let confirmation = link(&site, &site.smtp.wait_for(1, SOON).await[0].text(), "/confirmation/");
    assert_eq!(site.post(&confirmation, &[]).await.status, 303);
    site.smtp.clear();

    site.advance_to("2026-11-20T09:40:00Z").await;
    site.publish(
        "water-agency",
        &[(Lang::Fr, "L’inflation recule à 1,9\u{a0}% en novembre"), (Lang::Nl, "Inflatie daalt")],
    )
    .await;
    site.advance_to("2026-11-20T11:15:00Z").await;
    site.publish("water-agency", &[(Lang::Nl, "Drinkwaterverbod opgeheven")]).await;

    assert_eq!(
        run::open_due(&site.ctx).await.unwrap(),
        Due::NotUntil(at("2026-11-20T12:00:00Z")),
        "nobody waited at 9:00"
    );
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    assert_eq!((opened.due_at, opened.deliveries), (at("2026-11-20T12:00:00Z"), 1));
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.subject(), "2 communiqués, dont Drinkwaterverbod opgeheven");
    is_well_formed(&site, mail);
    insta::assert_snapshot!("digest_text", masked(&site, &mail.text()));
    insta::assert_snapshot!("digest_html", masked(&site, &mail.html()).replace("><", ">\n<"));

    let run = query::run(&mut *site.conn().await, opened.id).await.unwrap().unwrap();
    assert_eq!((run.deliveries, run.accepted, run.open), (1, 1, 0));
    assert_eq!(run.finished_at, Some(at("2026-11-20T12:00:00Z")));

    // The header's address, with one POST; then nothing comes any more.
    let header = mail.header("list-unsubscribe").unwrap();
    let url = header.trim_matches(['<', '>']);
    let click = site.http.post(url).form(&[("List-Unsubscribe", "One-Click")]).send().await.unwrap();
    assert_eq!(click.status(), 200);
    site.advance_to("2026-11-20T15:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Après")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    assert_eq!(open(&site).await.deliveries, 0);
}

/// Without what differs from one site to the next: its address, and the tokens of the last links.
fn masked(site: &TestSite, text: &str) -> String {
    let mut text = text.replace("\r\n", "\n").replace(&site.base, "[site]");
    for path in ["/fin/", "/ouvrir/"] {
        let mut parts = text.split(path);
        let mut masked = parts.next().unwrap().to_owned();
        for part in parts {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && !"-_.".contains(c)).unwrap_or(part.len());
            masked.push_str(&format!("{path}[token]"));
            masked.push_str(&part[end..]);
        }
        text = masked;
    }
    text
}

/// PROMISES I-24, as far as a mail tells by itself.
fn is_well_formed(site: &TestSite, mail: &Received) {
    let text = String::from_utf8(mail.bytes.clone()).unwrap();
    assert!(text.is_ascii() && text.len() <= 100_000, "{} octets", text.len());
    assert!(text.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
    for name in
        ["From", "Date", "Message-ID", "List-Id", "List-Unsubscribe", "List-Help", "Feedback-ID", "Auto-Submitted"]
    {
        let start = format!("\r\n{name}:");
        let head = text.split("\r\n\r\n").next().unwrap();
        assert_eq!(format!("\r\n{head}").matches(&start).count(), 1, "{name}");
    }
    assert_eq!(mail.header("list-unsubscribe-post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert!(
        mail.envelope_from.starts_with("bounce+d-") && mail.envelope_from.ends_with("@bounces.four-rivers.example")
    );
    let parsed = mail.parsed();
    assert_eq!(parsed.text_body_count() + parsed.html_body_count(), 2);
    assert!(parsed.parts.iter().all(|part| part.content_type().is_some()));
    let html = mail.html();
    assert!(!html.contains("<img") && !html.contains("url("), "no picture");
    // Both parts lead to the same places, all of them ours.
    let places = |text: &str| {
        let mut places: Vec<String> = text
            .split(['"', ' ', '\n', '\r', '<', '>'])
            .filter(|word| word.starts_with("http"))
            .map(str::to_owned)
            .collect();
        places.sort();
        places.dedup();
        places
    };
    assert_eq!(places(&html), places(&mail.text()));
    assert!(places(&html).iter().all(|place| place.starts_with(&site.base)));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_open_one_run_and_two_senders_send_each_mail_once() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    let readers: Vec<String> = (0..40).map(|number| format!("r{number:02}@example.org")).collect();
    for reader in &readers {
        subscribe(&site, reader, "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let (one, two) = tokio::join!(run::open_due(&site.ctx), run::open_due(&site.ctx));
    let opened: Vec<Opened> = [one.unwrap(), two.unwrap()]
        .into_iter()
        .filter_map(|due| if let Due::Opened(opened) = due { Some(opened) } else { None })
        .collect();
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0].deliveries, 40);
    let senders = (0..4).map(|_| deliver::drain(&site.ctx));
    for sender in futures::future::join_all(senders).await {
        sender.unwrap();
    }
    let mut reached: Vec<String> = site.smtp.received().await.into_iter().flat_map(|mail| mail.rcpt).collect();
    reached.sort();
    assert_eq!(reached, readers);
    assert!(matches!(run::open_due(&site.ctx).await.unwrap(), Due::NotUntil(_)), "there is one run for a slot");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_dies_after_the_dot_brings_one_copy_under_the_same_name() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_BOUNCE_DOMAIN", "bounces.example.org")]).await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    site.smtp.next(Behaviour::KeepAndCut);
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[0].bytes, mails[1].bytes, "the same octets, Message-ID and Date among them");
    assert_eq!(mails[0].envelope_from, mails[1].envelope_from);
    let delivery = &deliveries(&site, &opened).await[0];
    assert_eq!((delivery.state, delivery.doubtful, delivery.attempts), (State::Accepted, true, 2));

    // And never a third: then it is listed as what it is.
    site.publish("water-agency", &[(Lang::Fr, "Encore")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    let opened = open(&site).await;
    site.smtp.next(Behaviour::KeepAndCut);
    site.smtp.next(Behaviour::KeepAndCut);
    for _ in 0..3 {
        deliver::drain(&site.ctx).await.unwrap();
    }
    assert_eq!(site.smtp.received().await.len(), 4);
    assert_eq!(states(&site, &opened).await, [State::Uncertain]);
    let run = query::run(&mut *site.conn().await, opened.id).await.unwrap().unwrap();
    assert_eq!((run.uncertain, run.open, run.finished_at.is_some()), (1, 0, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_puts_off_is_tried_again_until_the_news_is_old() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    let later = || Behaviour::refuse(Step::Rcpt, 451, "4.7.1 greylisted");
    let mut expected = at("2026-11-20T12:00:00Z");
    for minutes in [1, 5, 15, 30, 60, 60] {
        site.smtp.next(later());
        deliver::drain(&site.ctx).await.unwrap();
        let delivery = deliveries(&site, &opened).await.remove(0);
        expected += chrono::Duration::minutes(minutes);
        assert_eq!((delivery.state, delivery.due_at), (State::Queued, expected), "{minutes}");
        assert_eq!(delivery.reply.as_deref(), Some("451 4.7.1 greylisted"));
        // Not a second before.
        site.advance_to(&(expected - chrono::Duration::seconds(1)).to_rfc3339()).await;
        deliver::drain(&site.ctx).await.unwrap();
        site.advance_to(&expected.to_rfc3339()).await;
    }
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), 1);
    assert_eq!(states(&site, &opened).await, [State::Accepted]);

    // The slot after the next ends it: here 09:00 tomorrow.
    site.publish("water-agency", &[(Lang::Fr, "Encore")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    let opened = open(&site).await;
    site.advance_to("2026-11-21T11:59:30Z").await;
    site.smtp.next(later());
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(states(&site, &opened).await, [State::Failed]);
    assert_eq!(site.smtp.received().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_away_says_nothing_about_the_mail() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    for behaviour in [Behaviour::refuse(Step::Connect, 554, "not today"), Behaviour::Cut { at: Step::Connect }] {
        site.smtp.next(behaviour);
        assert!(deliver::drain(&site.ctx).await.is_err());
        let delivery = deliveries(&site, &opened).await.remove(0);
        assert_eq!(
            (delivery.state, delivery.attempts, delivery.due_at),
            (State::Queued, 0, at("2026-11-20T12:00:00Z"))
        );
    }
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(states(&site, &opened).await, [State::Accepted]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_is_the_end_and_an_address_that_is_not_there_is_never_written_to_again() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    for reader in ["full", "gone", "good"] {
        subscribe(&site, &format!("{reader}@example.org"), "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    site.smtp.when(|to| to.starts_with("full"), Behaviour::refuse(Step::Rcpt, 552, "5.2.2 mailbox full"));
    site.smtp.when(|to| to.starts_with("gone"), Behaviour::refuse(Step::Rcpt, 550, "5.1.1 gone@example.org unknown"));
    deliver::drain(&site.ctx).await.unwrap();
    let all = deliveries(&site, &opened).await;
    let states: Vec<State> = all.iter().map(|delivery| delivery.state).collect();
    assert_eq!(states, [State::Failed, State::Bounced, State::Accepted]);
    assert!(all.iter().all(|delivery| !delivery.reply.as_deref().unwrap_or_default().contains("gone@")), "{all:?}");
    site.publish("water-agency", &[(Lang::Fr, "Encore")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    assert_eq!(open(&site).await.deliveries, 2, "the one that is not there is out");
    let mut conn = site.conn().await;
    conn.batch_execute("DO $$ BEGIN ASSERT (SELECT reason FROM suppressions) = 'bounced'; END $$").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_ended_or_withdrawn_after_the_freeze_is_not_sent() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    for reader in ["stays", "leaves"] {
        subscribe(&site, &format!("{reader}@example.org"), "", &[Lang::Fr]).await;
    }
    let wrong = site.publish("water-agency", &[(Lang::Fr, "Faux")]).await;
    site.publish("water-agency", &[(Lang::Fr, "Juste")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    let token = communique::subscription::model::Ending {
        subscriber_id: deliveries(&site, &opened).await[1].subscriber_id,
        subscription_ids: Vec::new(),
    };
    unsubscribe(&site.ctx, &token.token(&site.ctx.secret), Scope::All).await.unwrap();
    withdraw(&site, wrong).await;
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(states(&site, &opened).await, [State::Accepted, State::Cancelled]);
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 1);
    assert_eq!((mails[0].rcpt[0].as_str(), mails[0].subject().as_str()), ("stays@example.org", "Juste"));
    assert!(!mails[0].text().contains("Faux"));

    // Nobody had it: nobody is told that it is gone. And a mail of which nothing is left isn't sent.
    let only = site.publish("water-agency", &[(Lang::Fr, "Seul")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    let opened = open(&site).await;
    withdraw(&site, only).await;
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(states(&site, &opened).await, [State::Cancelled]);
    site.advance_to("2026-11-21T08:00:00Z").await;
    let opened = open(&site).await;
    assert_eq!(opened.deliveries, 0);
    assert_eq!(site.smtp.received().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sender_that_is_killed_with_a_mail_in_hand_costs_one_copy_at_most() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_BOUNCE_DOMAIN", "bounces.example.org")]).await;
    subscribe(&site, "a@example.org", "", &[Lang::Fr]).await;
    subscribe(&site, "b@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    let gate = Gate::new();
    site.smtp.next(Behaviour::KeepAndHold(gate.clone()));
    let killed = tokio::spawn({
        let ctx = site.ctx.clone();
        async move { deliver::drain(&ctx).await }
    });
    gate.reached().await;
    let in_hand = deliveries(&site, &opened).await.remove(0);
    assert_eq!(in_hand.state, State::Sending);
    // While it lives, nobody takes it away.
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(states(&site, &opened).await, [State::Sending, State::Accepted]);
    killed.abort();
    assert!(killed.await.unwrap_err().is_cancelled());
    // Its lock goes with its session; whoever waits for it sees the session's end.
    let mut conn = site.conn().await;
    diesel::sql_query("SELECT pg_advisory_lock($1), pg_advisory_unlock($1)")
        .bind::<BigInt, _>(in_hand.sender.unwrap())
        .execute(&mut conn)
        .await
        .unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    gate.open();
    assert_eq!(states(&site, &opened).await, [State::Accepted, State::Accepted]);
    let mails = site.smtp.received().await;
    let of = |reader: &str| mails.iter().filter(|mail| mail.rcpt[0] == reader).collect::<Vec<_>>();
    assert_eq!((of("a@example.org").len(), of("b@example.org").len()), (2, 1));
    assert_eq!(of("a@example.org")[0].bytes, of("a@example.org")[1].bytes);
    assert_eq!(of("a@example.org")[0].envelope_from, of("a@example.org")[1].envelope_from);
}

#[tokio::test(flavor = "multi_thread")]
async fn senders_wake_by_themselves_and_finish_the_mail_in_hand_when_they_are_stopped() {
    let site = TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_SMTP_CONNECTIONS", "2")]).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let senders = tokio::spawn({
        let ctx = site.ctx.clone();
        async move { deliver::run_senders(&ctx, stopped).await }
    });
    for reader in ["a", "b", "c"] {
        subscribe(&site, &format!("{reader}@example.org"), "", &[Lang::Fr]).await;
    }
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    open(&site).await;
    // Long before anybody looks without being woken.
    site.smtp.wait_for(3, SOON).await;

    site.publish("water-agency", &[(Lang::Fr, "Encore")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    let gates = [Gate::new(), Gate::new()];
    for gate in &gates {
        site.smtp.next(Behaviour::KeepAndHold(gate.clone()));
    }
    let opened = open(&site).await;
    for gate in &gates {
        gate.reached().await;
    }
    stop.send_replace(true);
    for gate in &gates {
        gate.open();
    }
    tokio::time::timeout(SOON, senders).await.expect("they end").unwrap().unwrap();
    let mut states = states(&site, &opened).await;
    states.sort();
    assert_eq!(states, [State::Queued, State::Accepted, State::Accepted], "two in hand, finished; one left for later");
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn each_slot_of_short_and_long_days_has_one_run_and_each_item_is_in_one_of_them() {
    let site = TestSite::at("2026-03-27T16:30:00Z").await;
    site.institution("water-agency", Family::Institutions).await;
    for start in ["2026-03-27T16:30:00Z", "2026-10-23T15:30:00Z"] {
        site.advance_to(start).await;
        subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
        site.smtp.clear();
        // What was missed between the two stretches is made up for by nobody: it is too long ago.
        let begun = slot::last(&site.ctx.settings, at(start));
        let mut due = Vec::new();
        for half_hours in 0..(4 * 48) {
            let now = at(start) + chrono::Duration::minutes(30 * half_hours);
            site.advance_to(&now.to_rfc3339()).await;
            if half_hours % 7 == 0 {
                site.publish("water-agency", &[(Lang::Fr, &format!("Numéro {start} {half_hours}"))]).await;
            }
            if let Due::Opened(opened) = run::open_due(&site.ctx).await.unwrap()
                && opened.due_at > begun
            {
                due.push(opened.due_at);
            }
            deliver::drain(&site.ctx).await.unwrap();
        }
        let end = at(start) + chrono::Duration::minutes(30 * 191);
        assert_eq!(due, slot::within(&site.ctx.settings, begun, end), "{start}");
        let texts: Vec<String> = site.smtp.received().await.iter().map(Received::text).collect();
        let last = due.last().unwrap();
        for half_hours in (0..(4 * 48)).step_by(7) {
            let published = at(start) + chrono::Duration::minutes(30 * half_hours);
            let title = format!("Numéro {start} {half_hours}\n");
            let title = title.trim_end();
            let brought = texts.iter().filter(|text| text.lines().any(|line| line.trim() == title)).count();
            assert_eq!(brought, usize::from(published <= *last), "{title}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_subscriptions_bring_an_item_once_and_one_of_them_is_enough() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.topic("floods").await;
    site.institution("water-agency", Family::Institutions).await;
    let all = subscribe(&site, "reader@example.org", "family=institutions", &[Lang::Fr]).await;
    subscribe(&site, "reader@example.org", "topic=floods", &[Lang::Fr]).await;
    site.publish_about("water-agency", &[(Lang::Fr, "Crue")], &["floods"]).await;
    site.publish_about("water-agency", &[(Lang::Fr, "Autre")], &[]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let opened = open(&site).await;
    assert_eq!(opened.deliveries, 1, "one mail to one person");
    let ending = communique::subscription::model::Ending {
        subscriber_id: deliveries(&site, &opened).await[0].subscriber_id,
        subscription_ids: vec![all],
    };
    unsubscribe(&site.ctx, &ending.token(&site.ctx.secret), Scope::These).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(subjects(&site).await["reader@example.org"], ["Crue"], "the other subscription still asks for it");

    // A new wish for the same does not bring it again.
    subscribe(&site, "reader@example.org", "institution=water-agency", &[Lang::Fr]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    assert_eq!(open(&site).await.deliveries, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_reads_their_own_language_and_hears_of_a_later_one() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    for (reader, languages) in [
        ("fr", vec![Lang::Fr]),
        ("nl-fr", vec![Lang::Nl, Lang::Fr]),
        ("de-nl", vec![Lang::De, Lang::Nl]),
        ("en", vec![Lang::En]),
    ] {
        subscribe(&site, &format!("{reader}@example.org"), "", &languages).await;
    }
    let id = site.publish("water-agency", &[(Lang::Fr, "Bonjour"), (Lang::Nl, "Goedendag")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let mut came = subjects(&site).await;
    for (reader, subject) in [("fr", "Bonjour"), ("nl-fr", "Goedendag"), ("de-nl", "Goedendag"), ("en", "Bonjour")] {
        assert_eq!(came.remove(&format!("{reader}@example.org")).unwrap(), [subject], "{reader}");
    }
    let german = site.smtp.received().await.into_iter().find(|mail| mail.rcpt[0].starts_with("de")).unwrap();
    assert!(german.html().contains(r#"<h3 lang="nl""#) && german.text().contains("Auf Niederländisch"));
    assert!(german.html().contains("<html lang=\"de\""));

    site.smtp.clear();
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let three = content(&[(Lang::Fr, "Bonjour"), (Lang::Nl, "Goedendag"), (Lang::De, "Guten Tag")]);
    correction::revise_public(&mut *site.conn().await, &publisher, id, three).await.unwrap();
    site.advance_to("2026-11-20T16:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 1, "those who do not read it hear nothing");
    assert_eq!((mails[0].rcpt[0].as_str(), mails[0].subject().as_str()), ("de-nl@example.org", "Guten Tag"));
    assert!(mails[0].text().contains("Jetzt auch auf Deutsch"), "{}", mails[0].text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_is_told_to_who_had_it_and_is_plain_news_to_who_did_not() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe(&site, "early@example.org", "", &[Lang::Fr]).await;
    let id = site.publish("water-agency", &[(Lang::Fr, "Lot 2621")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    subscribe(&site, "late@example.org", "", &[Lang::Fr]).await;
    site.smtp.clear();

    site.advance_to("2026-11-20T14:05:00Z").await;
    correct(&site, id, "Lot 2612", "Le numéro du lot est 2612 et non 2621.").await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 2);
    let of = |reader: &str| mails.iter().find(|mail| mail.rcpt[0].starts_with(reader)).unwrap().text();
    let early = of("early");
    assert!(
        early.contains("RECTIFICATIONS (1)") && early.contains("Le numéro du lot est 2612 et non 2621."),
        "{early}"
    );
    assert!(early.contains("15:05") && early.contains(">> RECTIFIÉ LE 20\u{a0}NOVEMBRE 2026 À 15:05"), "{early}");
    let late = of("late");
    let runs = query::runs(&mut *site.conn().await, None, 1).await.unwrap();
    assert_eq!((runs[0].deliveries, runs[0].items), (2, 1), "a release is one, however many get it");
    assert!(late.contains("INSTITUTIONS (1)") && !late.contains("RECTIF") && !late.contains("2621"), "{late}");

    // Withdrawn: told to both, for both had it; not to somebody who comes after.
    subscribe(&site, "last@example.org", "", &[Lang::Fr]).await;
    site.smtp.clear();
    withdraw(&site, id).await;
    site.advance_to("2026-11-21T08:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    let mut reached: Vec<&str> = mails.iter().map(|mail| mail.rcpt[0].as_str()).collect();
    reached.sort_unstable();
    assert_eq!(reached, ["early@example.org", "late@example.org"]);
    assert!(
        mails[0].text().contains("\nRETIRÉ (1)")
            && mails[0].text().contains(">> RETIRÉ")
            && mails[0].text().contains("Publié par erreur."),
        "{}",
        mails[0].text()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_and_corrected_before_the_slot_is_planned_once() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Nl, Lang::Fr]).await;
    let id = site.publish("water-agency", &[(Lang::Fr, "Lot 2621")]).await;
    site.advance_to("2026-11-20T09:05:00Z").await;
    correct(&site, id, "Lot 2612", "Le numéro du lot est 2612.").await;
    let plan = run::plan(&site.ctx).await.unwrap();
    let items: Vec<_> = plan.by_item.iter().map(|item| (item.release_id, item.deliveries)).collect();
    assert_eq!((items, plan.by_filter[0].items), (vec![(id, 1)], 1));
    site.advance_to("2026-11-20T12:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    site.smtp.clear();

    // Corrected and withdrawn in one mail: the group says both, and each item its language.
    let other = site.publish("water-agency", &[(Lang::Fr, "Autre")]).await;
    site.advance_to("2026-11-20T16:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    site.smtp.clear();
    correct(&site, id, "Lot 2613", "Le numéro du lot est 2613.").await;
    withdraw(&site, other).await;
    site.advance_to("2026-11-21T08:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let text = site.smtp.received().await[0].text();
    assert!(text.contains("RECHTGEZET OF INGETROKKEN (2)") && text.contains("17.00 uur"), "{text}");
    assert_eq!(text.matches("In het Frans").count(), 2, "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn slots_that_were_missed_are_one_run_and_what_is_old_waits_for_an_operator() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    site.publish("water-agency", &[(Lang::Fr, "Un")]).await;
    // Down over 13:00 and 17:00; back at 20:00, within four hours of the latter.
    site.advance_to("2026-11-20T13:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Deux")]).await;
    site.advance_to("2026-11-20T19:00:00Z").await;
    let plan = run::plan(&site.ctx).await.unwrap();
    assert_eq!((plan.due_at, plan.deliveries, plan.by_filter[0].items), (at("2026-11-20T16:00:00Z"), 1, 2));
    assert_eq!(plan, run::plan(&site.ctx).await.unwrap(), "looking changes nothing");
    let opened = open(&site).await;
    assert_eq!((opened.due_at, opened.deliveries), (at("2026-11-20T16:00:00Z"), 1));
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(subjects(&site).await["reader@example.org"], ["2 communiqués, dont Deux"]);

    // Back in the night: it waits for the morning.
    site.publish("water-agency", &[(Lang::Fr, "Trois")]).await;
    site.advance_to("2026-11-21T23:00:00Z").await;
    assert_eq!(run::open_due(&site.ctx).await.unwrap(), Due::NotUntil(at("2026-11-22T08:00:00Z")));
    // Back two days later: an operator says whether it still goes out.
    site.advance_to("2026-11-23T08:00:00Z").await;
    let held = Due::Held { due_at: at("2026-11-23T08:00:00Z"), oldest_at: at("2026-11-20T19:00:00Z") };
    assert_eq!(run::open_due(&site.ctx).await.unwrap(), held);
    assert_eq!(run::open_due(&site.ctx).await.unwrap(), held, "nothing was changed by asking");
    let by = Actor::Job("test");
    let now = |text| run::run_slot_now(&site.ctx, by, at(text));
    assert!(matches!(now("2026-11-23T08:00:01Z").await, Err(RunError::NoSuchSlot(_))));
    assert!(matches!(now("2026-11-23T12:00:00Z").await, Err(RunError::NotYet(_))));
    assert_eq!(now("2026-11-23T08:00:00Z").await.unwrap().deliveries, 1);
    assert!(matches!(now("2026-11-23T08:00:00Z").await, Err(RunError::AlreadyOpen(_))));
    assert!(matches!(run::open_due(&site.ctx).await.unwrap(), Due::NotUntil(_)));
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(subjects(&site).await["reader@example.org"].last().unwrap(), "Trois");
    assert_eq!(query::runs(&mut *site.conn().await, None, 10).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_heavy_day_is_cut_and_leads_to_the_rest() {
    let site =
        TestSite::with("2026-11-20T08:30:00Z", &[("COMMUNIQUE_BOUNCE_DOMAIN", "bounces.four-rivers.example")]).await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    let long = "Décision relative à l’énergie, à l’égalité et à la sécurité ".repeat(3);
    for number in 0..60 {
        site.publish("water-agency", &[(Lang::Fr, &format!("{long}{number:03}"))]).await;
    }
    site.advance_to("2026-11-20T12:00:00Z").await;
    open(&site).await;
    deliver::drain(&site.ctx).await.unwrap();
    let mails = site.smtp.received().await;
    is_well_formed(&site, &mails[0]);
    assert!(mails[0].subject().starts_with("60 communiqués"));
    let shown = mails[0].html().matches("<h3").count();
    assert!((10..60).contains(&shown), "{shown}");
    let rest = format!("{} autres communiqués se trouvent sur le site.", 60 - shown);
    assert!(mails[0].html().contains(&rest) && mails[0].text().contains(&rest), "{rest}");
    let in_text =
        mails[0].text().lines().filter(|line| line.trim().starts_with(&format!("{}/fr/2026-", site.base))).count();
    assert_eq!(in_text, shown, "both parts bring the same items");
}

/// Friday at 13:00: 15 items, half of the readers on everything and half on one of three families or ten topics.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "lays out a million items; cargo test --release -- --ignored"]
async fn a_hundred_thousand_subscribers_are_laid_out_in_seconds() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    for number in 0..10 {
        site.topic(&format!("topic-{number}")).await;
    }
    let mut conn = site.conn().await;
    conn.batch_execute(
        "INSERT INTO subscribers (email, languages, wished_at)
         SELECT 'r' || n || '@example.org', '{fr,nl}', site_now() FROM generate_series(1, 100000) n;
         INSERT INTO subscriptions (subscriber_id, filter, cursor)
         SELECT id, CASE WHEN id % 2 = 0 THEN '' WHEN id % 4 = 1 THEN 'family=institutions' ELSE 'topic=topic-' || id % 10 END,
                (SELECT last FROM public_change_counter) FROM subscribers;
         ANALYZE subscribers; ANALYZE subscriptions",
    )
    .await
    .unwrap();
    for number in 0..15 {
        let topic = format!("topic-{}", number % 10);
        site.publish_about("water-agency", &[(Lang::Fr, &format!("Numéro {number}"))], &[&topic]).await;
    }
    site.advance_to("2026-11-20T12:00:00Z").await;
    let begun = std::time::Instant::now();
    let opened = open(&site).await;
    let took = begun.elapsed();
    println!("{} deliveries in {took:?}", opened.deliveries);
    assert_eq!(opened.deliveries, 100_000);
    assert!(took.as_secs() < 60, "{took:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_brings_the_confirmation_and_then_the_digest_by_itself() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let worker = tokio::spawn(communique::worker::run(site.ctx.clone(), stopped));
    let sent = [("what", "everything"), ("first", "fr"), ("email", "reader@example.org")];
    assert_eq!(site.post("/fr/abonnement", &sent).await.status, 303);
    let confirmation = link(&site, &site.smtp.wait_for(1, SOON).await[0].text(), "/confirmation/");
    assert_eq!(site.post(&confirmation, &[]).await.status, 303);
    site.publish("water-agency", &[(Lang::Fr, "Nouveau")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    let mails = site.smtp.wait_for(2, SOON).await;
    assert_eq!(mails[1].subject(), "Nouveau");
    stop.send_replace(true);
    tokio::time::timeout(SOON, worker).await.expect("it ends").unwrap().unwrap();
    assert_eq!(site.smtp.received().await.len(), 2);
}
