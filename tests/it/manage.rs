//! One's own subscriptions without a password: the link, its one opening, and everything behind it; and the ways that the
//! page behind an unsubscribe link offers besides the end.

use chrono::{DateTime, Utc};
use communique::ids::{DeliveryId, SubscriberId};
use communique::kit::job;
use communique::kit::lang::Lang;
use communique::kit::mail::Address;
use communique::subscription::manage::address::MovingMail;
use communique::subscription::manage::link::{Key, LinkMail};
use communique::subscription::model::{Ending, SuppressionReason, address_key};
use communique::subscription::{pause, query, retention, unsubscribe};
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Bool, Nullable, Text, Timestamptz};
use diesel_async::{AsyncConnection, RunQueryDsl};

use crate::publishing::main_text;
use crate::subscription::{SOON, link, subscribe};
use crate::support::browser::Browser;
use crate::support::{Answer, TestSite};

const AT: &str = "2026-11-20T08:30:00Z";
const MANAGE: &str = "/en/subscribe/manage";

async fn run_jobs(site: &TestSite) {
    let worker = job::options(site.ctx.db.url())
        .unwrap()
        .add_extension(site.ctx.clone())
        .define_job::<LinkMail>()
        .define_job::<MovingMail>()
        .init()
        .await
        .unwrap();
    worker.run_once().await.unwrap();
}

#[derive(Debug, PartialEq, QueryableByName)]
struct Row {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Text)]
    filter: String,
    #[diesel(sql_type = Text)]
    rhythm: String,
    #[diesel(sql_type = BigInt)]
    cursor: i64,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    paused_until: Option<DateTime<Utc>>,
    #[diesel(sql_type = Bool)]
    paused: bool,
}

/// What runs, of everybody.
async fn running(site: &TestSite) -> Vec<Row> {
    diesel::sql_query(
        "SELECT id, filter, frequency || coalesce(':' || array_to_string(slots, '+'), '') AS rhythm, cursor, paused_until,
                is_paused(paused_from, paused_until, site_now()) AS paused
         FROM subscriptions WHERE ended_at IS NULL ORDER BY id",
    )
    .load(&mut *site.conn().await)
    .await
    .unwrap()
}

async fn one(site: &TestSite, sql: &str) -> String {
    #[derive(QueryableByName)]
    struct Said {
        #[diesel(sql_type = Text)]
        said: String,
    }
    let row: Said = diesel::sql_query(format!("SELECT coalesce(({sql})::text, 'none') AS said"))
        .get_result(&mut *site.conn().await)
        .await
        .unwrap();
    row.said
}

/// Asks for a link, and opens it.
async fn open<'a>(site: &'a TestSite, email: &str) -> Browser<'a> {
    let before = site.smtp.received().await.len();
    let browser = site.browser();
    let asked = browser.post(&format!("{MANAGE}/link"), &[("email", email)]).await;
    assert_eq!((asked.status, asked.header("location")), (303, "/en/subscribe/manage/link/asked"));
    run_jobs(site).await;
    let mails = site.smtp.wait_for(before + 1, SOON).await;
    let text = mails[before].text().replace("\r\n", "\n");
    let path = link(site, &text, "/manage/open/");
    let opened = browser.post(&path, &[]).await;
    assert_eq!((opened.status, opened.header("location")), (303, MANAGE), "{}", opened.body);
    let page = browser.get(MANAGE).await;
    assert!(page.status == 200 && page.body.contains(email), "{}", page.body);
    browser
}

fn told(answer: &Answer, what: &str) {
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, format!("{MANAGE}?told={what}").as_str()),
        "{}",
        answer.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_opens_once_on_the_device_that_presses_its_button_and_for_an_hour() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "Reader@example.org", "", &[Lang::En]).await;
    let asked = async |email: &str| site.post("/en/subscribe/manage/link", &[("email", email)]).await;
    let (known, unknown) = (asked("reader@EXAMPLE.org").await, asked("nobody@example.org").await);
    assert_eq!((known.status, known.header("location")), (unknown.status, unknown.header("location")));
    assert_eq!(
        one(&site, "SELECT count(*) FROM graphile_worker._private_jobs WHERE payload::text ILIKE '%example.org%'")
            .await,
        "0"
    );
    run_jobs(&site).await;
    let mails = site.smtp.received().await;
    assert_eq!(mails.len(), 1, "who is not there gets nothing");
    assert_eq!(mails[0].rcpt, ["Reader@example.org"], "as it is known, not as somebody typed it");
    assert_eq!(mails[0].subject(), "Your subscriptions – Four Rivers");
    assert_eq!(mails[0].header("auto-submitted").as_deref(), Some("auto-generated"));
    let path = link(&site, &mails[0].text().replace("\r\n", "\n"), "/manage/open/");
    assert!(mails[0].html().contains(&path), "both parts lead there");

    // What looks at links before people do.
    for _ in 0..3 {
        let landing = site.get(&path).await;
        assert!(landing.status == 200 && landing.body.contains("Open my subscriptions"));
        assert!(!landing.headers.contains_key("set-cookie") && !landing.body.contains("example.org"));
        assert_eq!(
            (landing.header("referrer-policy"), landing.header("cache-control")),
            ("no-referrer", "private, no-store")
        );
    }
    let elsewhere = site.http.post(format!("{}{path}", site.base)).header("origin", "https://elsewhere.example");
    assert_eq!(elsewhere.send().await.unwrap().status(), 403);

    let browser = site.browser();
    let opened = browser.post(&path, &[]).await;
    assert_eq!((opened.status, opened.header("location")), (303, MANAGE));
    let cookie = opened.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/"), "{cookie}");
    assert!(
        browser.get(MANAGE).await.body.contains("All press releases")
            || browser.get(MANAGE).await.body.contains("all press releases")
    );
    for again in [site.browser().post(&path, &[]).await, site.get(&path).await] {
        assert!(again.status == 410 && again.body.contains("opened before"), "{}", again.body);
    }
    for void in ["x", &format!("{}x", &path[path.len() - 40..])] {
        assert_eq!(site.get(&format!("{MANAGE}/open/{void}")).await.status, 410);
        assert_eq!(site.post(&format!("{MANAGE}/open/{void}"), &[]).await.status, 410);
    }

    // Without the cookie there is a form and nothing else; without the form token nothing is done.
    assert!(site.get(MANAGE).await.body.contains("Send me the link"));
    for (part, status) in [("data", 303), ("erasure", 303), ("addition", 303)] {
        assert_eq!(site.get(&format!("{MANAGE}/{part}")).await.status, status, "{part}");
    }
    assert_eq!(site.post(&format!("{MANAGE}/end"), &[]).await.status, 303);
    assert_eq!(browser.post(&format!("{MANAGE}/end"), &[("form_token", "forged")]).await.status, 403);
    assert_eq!(running(&site).await.len(), 1);

    site.advance_to("2026-11-20T09:29:59Z").await;
    assert!(browser.get(MANAGE).await.body.contains("Reader@example.org"));
    site.advance_to("2026-11-20T09:30:00Z").await;
    assert!(browser.get(MANAGE).await.body.contains("Send me the link"), "the hour is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_links_that_one_address_gets_are_few_and_none_is_sent_after_a_complaint() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "reader@example.org", "", &[Lang::En]).await;
    for (at, mails) in [
        ("2026-11-20T08:30:00Z", 1),
        ("2026-11-20T08:31:00Z", 2),
        ("2026-11-20T08:32:00Z", 3),
        ("2026-11-20T08:33:00Z", 3),
        ("2026-11-20T09:31:00Z", 4),
    ] {
        site.advance_to(at).await;
        assert_eq!(site.post(&format!("{MANAGE}/link"), &[("email", "reader@example.org")]).await.status, 303);
        run_jobs(&site).await;
        assert_eq!(site.smtp.received().await.len(), mails, "{at}");
    }
    site.advance_to("2026-11-21T12:00:00Z").await;
    let key = address_key(&site.ctx.secret, &Address::parse("reader@example.org").unwrap());
    query::suppress(&mut *site.conn().await, &key, SuppressionReason::Complained).await.unwrap();
    assert_eq!(site.post(&format!("{MANAGE}/link"), &[("email", "reader@example.org")]).await.status, 303);
    run_jobs(&site).await;
    assert_eq!(site.smtp.received().await.len(), 4);
    for wrong in ["", "x", "a@b.example\r\nBcc: c@d.example"] {
        let answer = site.post(&format!("{MANAGE}/link"), &[("email", wrong)]).await;
        assert!(answer.status == 422 && answer.body.contains("Enter one e-mail address"), "{wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_link_at_the_foot_of_a_mail_opens_too_for_a_fortnight() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "reader@example.org", "", &[Lang::En]).await;
    let email = Address::parse("reader@example.org").unwrap();
    let written_at = site.now().await;
    let token = |delivery| {
        Key::of_mail(&site.ctx.secret, SubscriberId(1), &email, DeliveryId(delivery), written_at)
            .token(&site.ctx.secret)
    };
    assert_eq!(site.browser().post(&format!("{MANAGE}/open/{}", token(1)), &[]).await.status, 303);
    assert_eq!(site.browser().post(&format!("{MANAGE}/open/{}", token(1)), &[]).await.status, 410);
    site.advance_to("2026-12-04T08:29:59Z").await;
    assert_eq!(site.get(&format!("{MANAGE}/open/{}", token(2))).await.status, 200);
    site.advance_to("2026-12-04T08:30:00Z").await;
    assert_eq!(site.get(&format!("{MANAGE}/open/{}", token(2))).await.status, 410);
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_can_be_changed_and_nothing_of_others() {
    let site = TestSite::at(AT).await;
    site.publish("water-agency", &[(Lang::En, "Before")]).await;
    let other = subscribe(&site, "other@example.org", "", &[Lang::Fr]).await;
    subscribe(&site, "reader@example.org", "institution=water-agency", &[Lang::En]).await;
    let browser = open(&site, "reader@example.org").await;
    let own = running(&site).await[1].id.to_string();

    told(
        &browser.post(&format!("{MANAGE}/languages"), &[("first", "nl"), ("second", "fr"), ("third", "nl")]).await,
        "saved",
    );
    assert_eq!(one(&site, "SELECT languages FROM subscribers WHERE email = 'reader@example.org'").await, "{nl,fr}");
    let none = browser.post(&format!("{MANAGE}/languages"), &[("first", "")]).await;
    assert!(none.status == 422 && none.body.contains("Choose a first language"));

    let rhythm = |frequency: &'static str, slots: &'static [&'static str]| {
        let mut fields = vec![("subscription", own.as_str()), ("frequency", frequency)];
        fields.extend(slots.iter().map(|slot| ("slot", *slot)));
        let browser = &browser;
        async move { browser.post(&format!("{MANAGE}/rhythm"), &fields).await }
    };
    told(&rhythm("slots", &["17:00", "09:00"]).await, "saved");
    assert_eq!(running(&site).await[1].rhythm, "slots:09:00+17:00");
    told(&rhythm("weekly", &[]).await, "saved");
    assert_eq!(running(&site).await[1].rhythm, "weekly");
    for (frequency, slots) in [("slots", &[][..]), ("slots", &["10:00"]), ("press-list", &[]), ("hourly", &[])] {
        let answer = rhythm(frequency, slots).await;
        assert_eq!(answer.status, 422, "{frequency} {slots:?}");
        assert_eq!(answer.body.matches(" autofocus").count(), 1, "{frequency} {slots:?}");
    }
    let foreign = browser
        .post(&format!("{MANAGE}/rhythm"), &[("subscription", &other.to_string()), ("frequency", "daily")])
        .await;
    assert_eq!(foreign.status, 404);
    for id in ["999999", "x", "-1"] {
        assert_eq!(
            browser.post(&format!("{MANAGE}/rhythm"), &[("subscription", id), ("frequency", "daily")]).await.status,
            404
        );
    }

    // From any list one comes to what it shows, and from here to a search.
    let form = site.get("/en/subscribe?q=dike&language=nl").await.body;
    assert!(form.contains("Several choices?") && form.contains(&format!("{MANAGE}/addition?q=dike")), "{form}");
    let offered = browser.get(&format!("{MANAGE}/addition?q=dike&language=nl")).await.body;
    assert!(offered.contains("q=dike&amp;language=nl") && offered.contains("Search, then"), "{offered}");
    told(
        &browser
            .post(
                &format!("{MANAGE}/addition"),
                &[("what", "filter"), ("filter", "q=dike&language=nl"), ("frequency", "at-once")],
            )
            .await,
        "added",
    );
    let rows = running(&site).await;
    assert_eq!(
        (rows[2].filter.as_str(), rows[2].rhythm.as_str(), rows[2].cursor),
        ("q=dike&language=nl", "at_once", 2)
    );
    let page = browser.get(&format!("{MANAGE}?told=added")).await;
    assert!(page.body.contains("With the word “dike”, available in Dutch"), "{}", page.body);
    assert_eq!(browser.get(&format!("{MANAGE}?told=nothing")).await.status, 400);
    let wrong = browser
        .post(&format!("{MANAGE}/addition"), &[("what", "institution"), ("institution", "x"), ("frequency", "slots")])
        .await;
    assert!(wrong.status == 422 && wrong.body.contains("2 answers have to be corrected"), "{}", wrong.body);

    told(&browser.post(&format!("{MANAGE}/end"), &[("subscription", &own)]).await, "ended");
    told(&browser.post(&format!("{MANAGE}/end"), &[("subscription", &own)]).await, "ended");
    told(&browser.post(&format!("{MANAGE}/end"), &[("subscription", &other.to_string())]).await, "ended");
    assert_eq!(
        running(&site).await.iter().map(|row| row.filter.as_str()).collect::<Vec<_>>(),
        ["", "q=dike&language=nl"]
    );
    told(&browser.post(&format!("{MANAGE}/end"), &[]).await, "ended");
    assert_eq!(running(&site).await.len(), 1, "the other's");
    assert_eq!(one(&site, "SELECT state FROM subscribers WHERE email = 'reader@example.org'").await, "unsubscribed");
    // Whoever has nothing left may begin again by the same page.
    told(
        &browser
            .post(
                &format!("{MANAGE}/addition"),
                &[
                    ("what", "everything"),
                    ("frequency", "slots"),
                    ("slot", "09:00"),
                    ("slot", "13:00"),
                    ("slot", "17:00"),
                ],
            )
            .await,
        "added",
    );
    assert_eq!(running(&site).await[1].rhythm, "slots");
    assert_eq!(one(&site, "SELECT count(*) FROM journal WHERE detail::text ILIKE '%example.org%'").await, "0");

    browser.post(&format!("{MANAGE}/closing"), &[]).await;
    assert!(browser.get(MANAGE).await.body.contains("Send me the link"));
    assert_eq!(one(&site, "SELECT count(*) FROM manage_sessions").await, "0");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_passes_over_what_is_missed_unless_it_is_asked_for() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "reader@example.org", "", &[Lang::En]).await;
    let browser = open(&site, "reader@example.org").await;
    let own = running(&site).await[0].id.to_string();
    let (first, last) = ("Enter a first day", "Enter a last day");
    for (from, until, said) in [("2026-11-19", "", first), ("2026-11-22", "2026-11-21", last), ("soon", "", first)] {
        let wrong = browser
            .post(&format!("{MANAGE}/pause"), &[("subscription", own.as_str()), ("from", from), ("until", until)])
            .await;
        assert!(wrong.status == 422 && wrong.body.contains(said), "{from} {until}");
        assert!(wrong.body.contains(&format!(r#"name="from" value="{from}""#)), "what was typed stays: {from} {until}");
        assert!(wrong.body.contains(&format!(r#"name="until" value="{until}""#)), "{from} {until}");
    }
    told(&browser.post(&format!("{MANAGE}/pause"), &[("from", "2026-11-21"), ("until", "2026-11-22")]).await, "paused");
    assert!(!running(&site).await[0].paused, "not yet");
    let page = browser.get(MANAGE).await;
    assert!(
        main_text(&page).contains("Paused from Saturday 21 November 2026 to Sunday 22 November 2026."),
        "{}",
        page.body
    );

    // Missed: published within the pause. Not missed: after its last instant, however late the pause is ended.
    site.advance_to("2026-11-21T10:00:00Z").await;
    assert!(running(&site).await[0].paused);
    site.publish("water-agency", &[(Lang::En, "Missed")]).await;
    let missed = running(&site).await[0].cursor;
    site.advance_to("2026-11-22T23:00:00Z").await;
    assert!(!running(&site).await[0].paused, "midnight in Brussels");
    site.publish("water-agency", &[(Lang::En, "After")]).await;
    site.advance_to("2026-11-23T06:00:00Z").await;
    let last = communique::change::last(&mut *site.conn().await).await.unwrap().0;
    let resumed = async || {
        let mut conn = site.conn().await;
        conn.transaction(async |conn| pause::resume_due_within(conn).await).await.unwrap()
    };
    assert_eq!((resumed().await, resumed().await), (1, 0));
    let row = &running(&site).await[0];
    assert!(row.cursor > missed && row.cursor < last, "{missed} < {} < {last}: the second one is news", row.cursor);

    // The same with what was missed; and by hand.
    let cursor = row.cursor;
    let browser = open(&site, "reader@example.org").await;
    told(
        &browser.post(&format!("{MANAGE}/pause"), &[("from", ""), ("until", "2026-11-23"), ("catch_up", "yes")]).await,
        "paused",
    );
    site.advance_to("2026-11-24T06:00:00Z").await;
    assert_eq!(resumed().await, 1);
    assert_eq!(running(&site).await[0].cursor, cursor);
    for (missed, expected) in [("yes", cursor), ("no", last)] {
        let browser = open(&site, "reader@example.org").await;
        told(&browser.post(&format!("{MANAGE}/pause"), &[]).await, "paused");
        assert!(running(&site).await[0].paused && running(&site).await[0].paused_until.is_none());
        told(&browser.post(&format!("{MANAGE}/resumption"), &[("missed", missed)]).await, "resumed");
        assert!(!running(&site).await[0].paused);
        assert_eq!(running(&site).await[0].cursor, expected, "{missed}");
        site.advance_to(if missed == "yes" { "2026-11-24T12:00:00Z" } else { "2026-11-24T18:00:00Z" }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_changed_by_the_new_one_and_the_old_one_is_told() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "old@example.org", "", &[Lang::En]).await;
    subscribe(&site, "taken@example.org", "", &[Lang::En]).await;
    let browser = open(&site, "old@example.org").await;
    let wrong = browser.post(&format!("{MANAGE}/address"), &[("email", "new@example.org\r\nBcc: x@example.org")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("Enter one e-mail address"));
    let proof = async |to: &str| {
        let before = site.smtp.received().await.len();
        told(&browser.post(&format!("{MANAGE}/address"), &[("email", to)]).await, "address");
        run_jobs(&site).await;
        let mails = site.smtp.wait_for(before + 1, SOON).await;
        assert_eq!(mails[before].rcpt, [to]);
        link(&site, &mails[before].text().replace("\r\n", "\n"), "/manage/address/")
    };
    let taken = proof("taken@example.org").await;
    assert_eq!(site.get(&taken).await.status, 409);
    assert_eq!(site.post(&taken, &[]).await.status, 409);
    let (first, second) = (proof("new@example.org").await, proof("third@example.org").await);
    for _ in 0..2 {
        assert_eq!(site.get(&first).await.status, 200);
    }
    assert_eq!(
        one(&site, "SELECT count(*) FROM subscribers WHERE email = 'old@example.org'").await,
        "1",
        "GET changes nothing"
    );

    let sent = site.smtp.received().await.len();
    for _ in 0..2 {
        assert_eq!(site.post(&first, &[]).await.status, 303);
    }
    assert_eq!(one(&site, "SELECT email FROM subscribers WHERE id = 1").await, "new@example.org");
    run_jobs(&site).await;
    let mails = site.smtp.wait_for(sent + 1, SOON).await;
    assert_eq!(mails.len(), sent + 1, "told once");
    assert_eq!(mails[sent].rcpt, ["old@example.org"]);
    assert!(!mails[sent].text().contains("new@example.org"), "where they went is theirs to tell");
    // What was sent before is void: the second proof, and the device that stood open.
    assert_eq!(site.get(&second).await.status, 410);
    assert_eq!(site.post(&second, &[]).await.status, 410);
    assert!(browser.get(MANAGE).await.body.contains("Send me the link"));
    open(&site, "new@example.org").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_takes_their_data_along_and_goes() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "reader@example.org", "q=dike", &[Lang::En, Lang::Nl]).await;
    subscribe(&site, "forgotten@example.org", "", &[Lang::En]).await;
    let browser = open(&site, "reader@example.org").await;
    let data = browser.get(&format!("{MANAGE}/data")).await;
    assert_eq!(data.status, 200);
    assert!(
        data.header("content-disposition").contains("attachment") && data.header("cache-control").contains("no-store")
    );
    let data: serde_json::Value = serde_json::from_str(&data.body).unwrap();
    assert_eq!(data["address"], "reader@example.org");
    assert_eq!(data["languages"], serde_json::json!(["en", "nl"]));
    assert_eq!(data["subscriptions"][0]["filter"], "q=dike");
    assert_eq!(data["consent"][0]["filter"], "q=dike");
    let sentence = data["consent"][0]["sentence"].as_str().unwrap();
    assert!(sentence.contains("with the word “dike”"), "what was consented to: {sentence}");
    assert_eq!((data["mails"].as_array().unwrap().len(), &data["suppressed"]), (0, &serde_json::Value::Null));

    let asks = browser.get(&format!("{MANAGE}/erasure")).await;
    assert!(asks.status == 200 && asks.body.contains("reader@example.org"));
    let gone = browser.post(&format!("{MANAGE}/erasure"), &[("never_again", "yes")]).await;
    assert!(gone.status == 200 && gone.body.contains("Your data have been erased"), "{}", gone.body);
    let browser = open(&site, "forgotten@example.org").await;
    browser.post(&format!("{MANAGE}/erasure"), &[]).await;

    assert!(running(&site).await.is_empty());
    assert_eq!(one(&site, "SELECT count(*) FROM subscribers WHERE email IS NOT NULL").await, "0");
    assert_eq!(one(&site, "SELECT count(*) FROM subscribers WHERE state = 'erased'").await, "2", "the counts stay");
    assert_eq!(one(&site, "SELECT count(*) FROM suppressions").await, "1", "one wanted to be left alone for ever");
    // Nothing anywhere names them.
    let dump = one(
        &site,
        "SELECT string_agg(t.row, ' ') FROM (
             SELECT s::text AS row FROM subscribers s UNION ALL SELECT s::text FROM subscriptions s
             UNION ALL SELECT j::text FROM journal j UNION ALL SELECT j::text FROM graphile_worker._private_jobs j
             UNION ALL SELECT m::text FROM manage_sessions m UNION ALL SELECT r::text FROM returned_mails r) t",
    )
    .await;
    assert!(!dump.contains("example.org"), "{dump}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_behind_an_unsubscribe_link_offers_less_before_nothing() {
    let site = TestSite::at(AT).await;
    let id = subscribe(&site, "reader@example.org", "", &[Lang::En]).await;
    let ending = Ending { subscriber_id: SubscriberId(1), subscription_ids: vec![id] };
    let path = format!("/en/subscribe/end/{}", ending.token(&site.ctx.secret));
    let page = site.get(&path).await.body;
    assert!(page.contains("Once a week is enough") && page.contains("Pause for four weeks"), "{page}");
    assert!(!page.contains("reader@example.org"));
    assert_eq!(site.post(&path, &[("scope", "weekly")]).await.status, 303);
    assert_eq!(running(&site).await[0].rhythm, "weekly");
    let page = site.get(&path).await.body;
    assert!(page.contains("Once a week.") && !page.contains("Once a week is enough"), "{page}");
    assert_eq!(site.post(&path, &[("scope", "pause")]).await.status, 303);
    assert_eq!(running(&site).await[0].paused_until, Some("2026-12-18T08:30:00Z".parse().unwrap()));
    assert!(!site.get(&path).await.body.contains("Pause for four weeks"));
    // A mail of before: its token was signed and not sealed.
    let old = format!("/en/subscribe/end/{}", site.ctx.secret.sign("subscription.end", &ending));
    assert_eq!(site.post(&old, &[("List-Unsubscribe", "One-Click")]).await.status, 200);
    assert_eq!(site.post(&old, &[("List-Unsubscribe", "One-Click")]).await.status, 200);
    assert!(running(&site).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_address_keeps_its_subscriptions_and_comes_back_by_its_link() {
    let site = TestSite::at(AT).await;
    subscribe(&site, "reader@example.org", "", &[Lang::En]).await;
    let suspend = async || {
        let mut conn = site.conn().await;
        conn.transaction(async |conn| unsubscribe::suspend_within(&site.ctx, conn, SubscriberId(1)).await)
            .await
            .unwrap()
    };
    assert_eq!((suspend().await, suspend().await), (true, false));
    assert_eq!(running(&site).await.len(), 1);
    site.publish("water-agency", &[(Lang::En, "Meanwhile")]).await;
    let browser = open(&site, "reader@example.org").await;
    assert!(browser.get(MANAGE).await.body.contains("came back, so we stopped sending"));
    told(&browser.post(&format!("{MANAGE}/resumption"), &[]).await, "resumed");
    assert_eq!(one(&site, "SELECT state FROM subscribers").await, "active");
    assert_eq!(one(&site, "SELECT count(*) FROM suppressions").await, "0");
    let last = communique::change::last(&mut *site.conn().await).await.unwrap().0;
    assert_eq!(running(&site).await[0].cursor, last, "what was missed is not sent");
    // By the form and its confirmation, too.
    assert!(suspend().await);
    site.publish("water-agency", &[(Lang::En, "Again")]).await;
    subscribe(&site, "reader@example.org", "topic=", &[Lang::En]).await;
    let last = communique::change::last(&mut *site.conn().await).await.unwrap().0;
    assert_eq!(running(&site).await[0].cursor, last);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_go_four_weeks_after_the_last_subscription_has_ended() {
    let site = TestSite::at(AT).await;
    for email in ["ended@example.org", "running@example.org", "bounced@example.org"] {
        subscribe(&site, email, "", &[Lang::En]).await;
    }
    let browser = open(&site, "ended@example.org").await;
    told(&browser.post(&format!("{MANAGE}/end"), &[]).await, "ended");
    let mut conn = site.conn().await;
    conn.transaction(async |conn| unsubscribe::suspend_within(&site.ctx, conn, SubscriberId(3)).await).await.unwrap();
    diesel::sql_query("INSERT INTO returned_mails (digest, verdict, message) VALUES ('\\x01', 'aside', '\\x02')")
        .execute(&mut conn)
        .await
        .unwrap();
    drop(conn);
    for (at, addresses, returned) in [
        ("2026-11-27T08:29:59Z", 0, 0),
        ("2026-11-27T08:30:00Z", 0, 1),
        ("2026-12-18T08:29:59Z", 0, 0),
        ("2026-12-18T08:30:00Z", 2, 0),
        ("2027-06-18T08:30:00Z", 0, 0),
    ] {
        site.advance_to(at).await;
        let blanked = retention::run(&site.ctx).await.unwrap();
        assert_eq!((blanked.addresses, blanked.returned), (addresses, returned), "{at}");
    }
    assert_eq!(
        one(&site, "SELECT string_agg(state || ' ' || coalesce(email, '-'), ', ' ORDER BY id) FROM subscribers").await,
        "erased -, active running@example.org, erased -"
    );
    assert_eq!(
        one(&site, "SELECT count(*) FROM suppressions").await,
        "1",
        "the address that bounced is still not written to"
    );
    assert_eq!(
        one(&site, "SELECT count(*) FROM journal WHERE action IN ('subscriber.erased', 'mails.blanked')").await,
        "3"
    );
}
