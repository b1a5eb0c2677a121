//! What comes back: each kind of message does what it means, once, and what is forged or unknown does nothing.

use communique::digest::returned::{self, Verdict};
use communique::digest::{deliver, run};
use communique::ids::DeliveryId;
use communique::kit::lang::Lang;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};

use crate::subscription::subscribe;
use crate::support::TestSite;

const TOKEN: &str = "a-secret-of-the-mail-server-and-us";

/// A site whose one reader has had a mail at each of so many slots; gives the envelope senders of these mails.
async fn sent(site: &TestSite, slots: &[&str]) -> Vec<(DeliveryId, String)> {
    let mut sent = Vec::new();
    for slot in slots {
        site.advance_to(slot).await;
        site.publish("water-agency", &[(Lang::En, slot)]).await;
        let before = site.smtp.received().await.len();
        run::open_due(&site.ctx).await.unwrap();
        deliver::drain(&site.ctx).await.unwrap();
        let mails = site.smtp.received().await;
        assert_eq!(mails.len(), before + 1, "{slot}");
        #[derive(QueryableByName)]
        struct Last {
            #[diesel(sql_type = BigInt)]
            id: DeliveryId,
        }
        let last: Last = diesel::sql_query("SELECT max(id) AS id FROM deliveries")
            .get_result(&mut *site.conn().await)
            .await
            .unwrap();
        sent.push((last.id, mails[before].envelope_from.clone()));
    }
    sent
}

async fn site() -> TestSite {
    let site = TestSite::with(
        "2026-11-20T07:30:00Z",
        &[("COMMUNIQUE_BOUNCE_DOMAIN", "bounce.four-rivers.example"), ("COMMUNIQUE_BOUNCES_TOKEN", TOKEN)],
    )
    .await;
    subscribe(&site, "reader@example.org", "", &[Lang::En]).await;
    site
}

async fn standing(site: &TestSite) -> String {
    #[derive(QueryableByName)]
    struct Said {
        #[diesel(sql_type = Text)]
        said: String,
    }
    let row: Said = diesel::sql_query(
        "SELECT p.state || ' ' || (SELECT string_agg(d.state, ' ' ORDER BY d.id) FROM deliveries d WHERE d.subscriber_id = p.id)
             || ' ' || coalesce((SELECT string_agg(reason, ' ') FROM suppressions), '-') AS said
         FROM subscribers p WHERE p.id = 1",
    )
    .get_result(&mut *site.conn().await)
    .await
    .unwrap();
    row.said
}

fn dsn(to: &str, fields: &str) -> Vec<u8> {
    format!(
        "Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example\r\nTo: <{to}>\r\nSubject: Undelivered Mail\r\nAuto-Submitted: auto-replied\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n\
         --b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n\
         Final-Recipient: rfc822; reader@example.org\r\n{fields}\r\n--b--\r\n"
    )
    .into_bytes()
}

fn failed(to: &str, status: &str) -> Vec<u8> {
    dsn(
        to,
        &format!(
            "Action: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; 550 {status} <reader@example.org> no\r\n"
        ),
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_of_message_does_what_it_means_and_once() {
    for (what, message, verdict, after) in [
        ("no mailbox", failed("{to}", "5.1.1"), Verdict::NoMailbox, "suspended bounced bounced"),
        ("full", failed("{to}", "5.2.2"), Verdict::Final, "active bounced -"),
        ("too long", failed("{to}", "4.4.7"), Verdict::Final, "active bounced -"),
        ("policy", failed("{to}", "5.7.26"), Verdict::Refused, "active bounced -"),
        ("our own address", failed("{to}", "5.1.8"), Verdict::Refused, "active bounced -"),
        ("late", dsn("{to}", "Action: delayed\r\nStatus: 4.4.1\r\n"), Verdict::Passing, "active accepted -"),
        ("there", dsn("{to}", "Action: delivered\r\nStatus: 2.1.5\r\n"), Verdict::Delivered, "active delivered -"),
        (
            "a vacation",
            b"Auto-Submitted: auto-replied\r\nTo: {to}\r\nSubject: Away\r\n\r\n550 5.1.1 unknown user\r\n".to_vec(),
            Verdict::Ignored,
            "active accepted -",
        ),
        (
            "free text",
            b"To: {to}\r\nSubject: failure notice\r\n\r\n<reader@example.org>: 550 5.1.1 unknown user\r\n".to_vec(),
            Verdict::Aside,
            "active accepted -",
        ),
        (
            "a complaint",
            b"To: fbl@four-rivers.example\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n\
              --b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Mail-From: <{to}>\r\n\r\n--b--\r\n"
                .to_vec(),
            Verdict::Complaint,
            "unsubscribed complained complained",
        ),
    ] {
        let site = site().await;
        let (_, to) = sent(&site, &["2026-11-20T08:00:00Z"]).await.remove(0);
        let message = String::from_utf8(message).unwrap().replace("{to}", &to).into_bytes();
        let before = site.smtp.received().await.len();
        for _ in 0..2 {
            assert_eq!(returned::take(&site.ctx, &message).await.unwrap(), verdict, "{what}");
        }
        assert_eq!(standing(&site).await, after, "{what}");
        let kept: i64 = diesel::dsl::sql::<BigInt>("SELECT count(*) FROM returned_mails").get_result(&mut *site.conn().await).await.unwrap();
        assert_eq!(kept, 1, "{what}: read twice, it counts once");
        let named: i64 = diesel::dsl::sql::<BigInt>(
            "SELECT count(*) FROM returned_mails r WHERE (r.diagnostic ILIKE '%example.org%')",
        )
        .get_result(&mut *site.conn().await)
        .await
        .unwrap();
        assert_eq!(named, 0, "{what}: no address is kept");
        assert_eq!(site.smtp.received().await.len(), before, "{what}: nothing is answered");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_message_changes_nothing() {
    let site = site().await;
    let (id, to) = sent(&site, &["2026-11-20T08:00:00Z"]).await.remove(0);
    let (local, host) = to.split_once('@').unwrap();
    let mut spoilt = local.to_owned();
    let last = spoilt.pop().unwrap();
    spoilt.push(if last == '0' { '1' } else { '0' });
    for to in [
        format!("{spoilt}@{host}"),
        format!("bounce+d-{id}-00000000000000000000@{host}"),
        format!("bounce+d-{id}@{host}"),
        format!("bounce+d-99999999-{}@{host}", local.rsplit('-').next().unwrap()),
        "bounce@four-rivers.example".to_owned(),
        "reader@example.org".to_owned(),
    ] {
        assert_eq!(returned::take(&site.ctx, &failed(&to, "5.1.1")).await.unwrap(), Verdict::Aside, "{to}");
    }
    assert_eq!(returned::take(&site.ctx, &[0xff; 2_000_000]).await.unwrap(), Verdict::Aside);
    assert_eq!(returned::take(&site.ctx, b"").await.unwrap(), Verdict::Aside);
    assert_eq!(standing(&site).await, "active accepted -");
    // The case of what comes back is its hosts' to fold.
    assert_eq!(returned::take(&site.ctx, &failed(&to.to_uppercase(), "5.1.1")).await.unwrap(), Verdict::NoMailbox);
}

#[tokio::test(flavor = "multi_thread")]
async fn three_failures_in_a_row_suspend_and_a_success_between_forgets_them() {
    let slots = [
        "2026-11-20T08:00:00Z",
        "2026-11-20T12:00:00Z",
        "2026-11-20T16:00:00Z",
        "2026-11-21T08:00:00Z",
        "2026-11-21T12:00:00Z",
        "2026-11-21T16:00:00Z",
    ];
    let site = site().await;
    let mails = sent(&site, &slots).await;
    let full = async |n: usize| returned::take(&site.ctx, &failed(&mails[n].1, "5.2.2")).await.unwrap();
    full(0).await;
    full(1).await;
    // The third arrived: the next two failures are the first two of another row.
    returned::take(&site.ctx, &dsn(&mails[2].1, "Action: delivered\r\nStatus: 2.0.0\r\n")).await.unwrap();
    full(3).await;
    full(4).await;
    assert!(standing(&site).await.starts_with("active"), "{}", standing(&site).await);
    full(5).await;
    assert!(standing(&site).await.starts_with("suspended"), "{}", standing(&site).await);

    // Out of a fortnight they do not add up.
    let site = self::site().await;
    let mails = sent(&site, &slots[..3]).await;
    for (at, (_, to)) in ["2026-11-21T00:00:00Z", "2026-11-30T00:00:00Z", "2026-12-05T00:00:01Z"].iter().zip(&mails) {
        site.advance_to(at).await;
        returned::take(&site.ctx, &failed(to, "5.2.2")).await.unwrap();
    }
    assert!(standing(&site).await.starts_with("active"), "{}", standing(&site).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_hands_it_in_with_the_secret_and_a_maildir_is_read() {
    let site = site().await;
    let (_, to) = sent(&site, &["2026-11-20T08:00:00Z"]).await.remove(0);
    let post = |token: String, body: Vec<u8>| {
        site.http.post(format!("{}/bounces", site.base)).header("authorization", token).body(body).send()
    };
    for wrong in ["", "Bearer x", &format!("Basic {TOKEN}"), &format!("Bearer {TOKEN}x")] {
        assert_eq!(post(wrong.to_owned(), failed(&to, "5.1.1")).await.unwrap().status(), 404, "{wrong}");
    }
    let too_long = vec![b'x'; returned::MESSAGE_MAX + 1];
    assert_eq!(post(format!("Bearer {TOKEN}"), too_long).await.unwrap().status(), 413);
    assert_eq!(standing(&site).await, "active accepted -");
    let taken = post(format!("Bearer {TOKEN}"), failed(&to, "5.1.1")).await.unwrap();
    assert_eq!(taken.status(), 202);
    assert_eq!(taken.text().await.unwrap(), "no_mailbox\n");
    assert_eq!(standing(&site).await, "suspended bounced bounced");
    let closed = TestSite::at("2026-11-20T07:30:00Z").await;
    let answer =
        closed.http.post(format!("{}/bounces", closed.base)).header("authorization", "Bearer ").send().await.unwrap();
    assert_eq!(answer.status(), 404, "without the setting there is no such address");

    let folder = tempfile::tempdir().unwrap();
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir(folder.path().join(part)).unwrap();
    }
    for (n, message) in
        [failed(&to, "5.2.2"), b"Subject: hello\r\n\r\n".to_vec(), failed(&to, "5.1.1")].iter().enumerate()
    {
        std::fs::write(folder.path().join(format!("new/{n}.host")), message).unwrap();
    }
    let done = returned::read_maildir(&site.ctx, folder.path()).await.unwrap();
    let counts: Vec<(Verdict, usize)> = done.counts.iter().copied().filter(|(_, count)| *count > 0).collect();
    assert_eq!(counts, [(Verdict::NoMailbox, 1), (Verdict::Final, 1), (Verdict::Aside, 1)]);
    assert!(done.to_string().contains("1.host: not understood"), "{done}");
    let mut names: Vec<String> = std::fs::read_dir(folder.path().join("cur"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, ["0.host:2,S", "1.host:2,S", "2.host:2,S"]);
    assert_eq!(std::fs::read_dir(folder.path().join("new")).unwrap().count(), 0);
    assert_eq!(
        returned::read_maildir(&site.ctx, folder.path()).await.unwrap().counts.iter().map(|(_, n)| n).sum::<usize>(),
        0
    );
    assert!(returned::read_maildir(&site.ctx, &folder.path().join("nothing")).await.is_err());
}

/// The real ones beside the project: read by the whole step, they change nothing of a site that they do not speak of.
#[tokio::test(flavor = "multi_thread")]
async fn real_messages_of_other_sites_are_kept_aside() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/bounces/sisimai");
    let Ok(files) = std::fs::read_dir(&folder) else {
        eprintln!("left out: no samples at {}", folder.display());
        return;
    };
    let site = site().await;
    sent(&site, &["2026-11-20T08:00:00Z"]).await;
    let mut read = 0;
    for file in files {
        let message = std::fs::read(file.unwrap().path()).unwrap();
        let verdict = returned::take(&site.ctx, &message).await.unwrap();
        assert!(matches!(verdict, Verdict::Aside | Verdict::Ignored), "{verdict}");
        read += 1;
    }
    assert!(read > 300, "{read}");
    assert_eq!(standing(&site).await, "active accepted -");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_kept_aside_is_bounded_for_a_message_and_for_a_day() {
    let site = site().await;
    let long = |n: usize| format!("Subject: {n}\r\n\r\n{}", "x".repeat(200_000)).into_bytes();
    assert_eq!(returned::take(&site.ctx, &long(0)).await.unwrap(), Verdict::Aside);
    let mut conn = site.conn().await;
    conn.batch_execute(
        "DO $$ BEGIN ASSERT (SELECT octet_length(message) FROM returned_mails) = 64 * 1024; END $$;
         INSERT INTO returned_mails (digest, verdict, message)
         SELECT sha256(n::text::bytea), 'aside', 'x' FROM generate_series(1, 999) n",
    )
    .await
    .unwrap();
    assert_eq!(returned::take(&site.ctx, &long(1)).await.unwrap(), Verdict::Aside);
    conn.batch_execute("DO $$ BEGIN ASSERT (SELECT count(*) FROM returned_mails) = 1000; END $$").await.unwrap();
    site.advance_to("2026-11-25T08:00:00Z").await;
    assert_eq!(returned::take(&site.ctx, &long(1)).await.unwrap(), Verdict::Aside);
    conn.batch_execute("DO $$ BEGIN ASSERT (SELECT count(*) FROM returned_mails) = 1001; END $$").await.unwrap();
}
