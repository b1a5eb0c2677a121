//! Moving in and out: the list of another system, twice, with what is wrong in it.

use communique::ids::SubscriberId;
use communique::journal::Actor;
use communique::kit::lang::Lang;
use communique::kit::mail::Address;
use communique::subscription::model::{SuppressionReason, address_key};
use communique::subscription::moving::{self, Fate};
use communique::subscription::{query, unsubscribe};
use diesel::sql_types::BigInt;
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::subscription::subscribe;
use crate::support::TestSite;

const LIST: &str = "email,languages,filter,frequency,consented_at,consent_source\r\n\
    ann@example.org,fr nl,,slots,2024-05-01,form of 2024\r\n\
    Ben@example.org,nl,topic=floods&q=dijk,slots:09:00+17:00,2025-01-02T10:00:00Z,\"card, signed\"\r\n\
    ann@example.org,fr,topic=floods,weekly,2024-05-01,form of 2024\r\n\
    ANN@example.org,de,,daily,2024-05-01,form of 2024\r\n\
    \r\n\
    nobody,fr,,slots,2024-05-01,form\r\n\
    c@example.org,fr,topic=gone,slots,2024-05-01,form\r\n\
    \"d@example.org,fr,,slots,2024-05-01,form\r\n\
    kept@example.org,fr,,at-once,2024-05-01,form\r\n\
    bounced@example.org,fr,,slots,2024-05-01,form\r\n\
    younger@example.org,fr,,slots,2026-11-20T08:29:00Z,form of today\r\n";

async fn count(site: &TestSite, sql: &str) -> i64 {
    diesel::dsl::sql::<BigInt>(&format!("SELECT count(*) FROM {sql}"))
        .get_result(&mut *site.conn().await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_comes_in_twice_without_harm_and_a_wrong_line_costs_itself() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Avant")]).await;
    site.topic("floods").await;
    subscribe(&site, "kept@example.org", "", &[Lang::De]).await;
    for email in ["bounced@example.org", "younger@example.org"] {
        let key = address_key(&site.ctx.secret, &Address::parse(email).unwrap());
        query::suppress(&mut *site.conn().await, &key, SuppressionReason::Complained).await.unwrap();
    }
    site.advance_to("2026-11-20T08:30:00Z").await;

    let dry = moving::import(&site.ctx, LIST.as_bytes(), true).await.unwrap();
    assert_eq!(count(&site, "subscribers").await, 1, "nothing was written");
    let done = moving::import(&site.ctx, LIST.as_bytes(), false).await.unwrap();
    assert_eq!(dry.lines, done.lines, "what was foretold");
    let fates: Vec<(usize, &str)> = done
        .lines
        .iter()
        .map(|(number, _, fate)| {
            let fate = match fate {
                Fate::Wrong(reason) if reason.contains("one @") => "wrong address",
                Fate::Wrong(reason) if reason.contains("not there") => "wrong topic",
                Fate::Wrong(reason) if reason.contains("quotation") => "wrong quotes",
                Fate::Wrong(reason) => panic!("{reason}"),
                Fate::Subscribed => "in",
                Fate::There => "there",
                Fate::Twice => "twice",
                Fate::Suppressed => "suppressed",
                Fate::Ended => "ended",
            };
            (*number, fate)
        })
        .collect();
    assert_eq!(
        fates,
        [
            (2, "in"),
            (3, "in"),
            (4, "in"),
            (5, "twice"),
            (7, "wrong address"),
            (8, "wrong topic"),
            (9, "wrong quotes"),
            (10, "there"),
            (11, "suppressed"),
            (12, "in"),
        ]
    );
    assert_eq!(done.exit_code(), 1);
    assert!(!done.to_string().contains("example.org"), "no address in what is logged: {done}");
    let folder = tempfile::tempdir().unwrap();
    done.write(&folder.path().join("report")).unwrap();
    let lines = std::fs::read_to_string(folder.path().join("report/lines.csv")).unwrap();
    assert!(lines.contains("9,,wrong,") && lines.contains("2,ann@example.org,subscribed,"), "{lines}");
    assert_eq!(count(&site, "subscriptions WHERE ended_at IS NULL").await, 5);
    assert_eq!(
        count(&site, "subscriptions WHERE cursor = (SELECT last FROM public_change_counter)").await,
        5,
        "from now on"
    );
    assert_eq!(count(&site, "suppressions").await, 1, "a younger consent counts");
    assert_eq!(count(&site, "subscribers WHERE confirmed_at = '2024-04-30T22:00:00Z'").await, 1, "when they consented");
    assert_eq!(count(&site, "journal WHERE action = 'subscription.imported'").await, 4);

    let again = moving::import(&site.ctx, LIST.as_bytes(), false).await.unwrap();
    assert_eq!(again.count("subscribed"), 0);
    assert_eq!(again.count("there already"), 5);
    assert_eq!((count(&site, "subscriptions").await, count(&site, "subscribers").await), (5, 4));

    // Who has left is not brought back by the old list, and is by a younger consent.
    let ann = query::subscriber_by_email(&mut *site.conn().await, &Address::parse("ann@example.org").unwrap())
        .await
        .unwrap()
        .unwrap();
    let mut conn = site.conn().await;
    conn.transaction(async |conn| {
        let of = query::subscriptions_of(conn, ann.id).await?;
        unsubscribe::end_within(&site.ctx, conn, Actor::Job("test"), ann.id, &of, true).await
    })
    .await
    .unwrap();
    drop(conn);
    let third = moving::import(&site.ctx, LIST.as_bytes(), false).await.unwrap();
    assert_eq!(third.count("ended since"), 2);
    site.advance_to("2026-11-21T08:30:00Z").await;
    let younger = LIST.replace("ann@example.org,fr nl,,slots,2024-05-01", "ann@example.org,fr nl,,slots,2026-11-21");
    assert_eq!(moving::import(&site.ctx, younger.as_bytes(), false).await.unwrap().count("subscribed"), 1);
    assert_ne!(ann.id, SubscriberId(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_along_can_be_brought_in_elsewhere() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.topic("floods").await;
    subscribe(&site, "=sum@example.org", "topic=floods&q=dijk", &[Lang::Nl, Lang::Fr]).await;
    moving::import(&site.ctx, LIST.as_bytes(), false).await.unwrap();
    let export = async |site: &TestSite| {
        let mut text = String::new();
        let count = moving::export(&site.ctx, |part| {
            text.push_str(part);
            Ok(())
        });
        (count.await.unwrap(), text)
    };
    let (count, text) = export(&site).await;
    assert_eq!(count, text.lines().count() - 1);
    assert!(text.contains("'=sum@example.org"), "no formula for a spreadsheet: {text}");
    assert!(
        text.contains("Ben@example.org,nl,q=dijk&topic=floods,slots:09:00+17:00,2025-01-02T10:00:00Z,\"card, signed\""),
        "{text}"
    );
    let other = TestSite::at("2026-11-20T08:30:00Z").await;
    other.topic("floods").await;
    let report = moving::import(&other.ctx, text.as_bytes(), false).await.unwrap();
    assert_eq!((report.count("subscribed"), report.exit_code()), (count, 0), "{report}");
    let lines = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(lines(&export(&other).await.1), lines(&text));
    assert!(moving::import(&other.ctx, b"", false).await.is_err());
    assert!(moving::import(&other.ctx, b"name,mail\nx,y\n", false).await.is_err());
}
