//! Subscribing: the form, its limits, the confirmation, and the link that ends it.

use std::time::Duration;

use communique::digest::deliver;
use communique::ids::{SubscriberId, SubscriptionId};
use communique::kit::job;
use communique::kit::lang::Lang;
use communique::kit::mail::Address;
use communique::kit::secret::Secret;
use communique::search::Filter;
use communique::subscription::confirmation;
use communique::subscription::model::{Ending, SuppressionReason, Wish, address_key};
use communique::subscription::query;
use communique::subscription::signup::ConfirmationMail;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;

use crate::support::smtp::{Behaviour, Step};
use crate::support::{Answer, TestSite};

/// Long enough for a machine that does other things too.
pub const SOON: Duration = Duration::from_secs(20);

/// Runs what is on the queue now.
pub async fn run_jobs(site: &TestSite) {
    let worker = job::options(site.ctx.db.url())
        .unwrap()
        .add_extension(site.ctx.clone())
        .define_job::<ConfirmationMail>()
        .init()
        .await
        .unwrap();
    worker.run_once().await.unwrap();
}

/// Subscribes somebody by the step behind the confirmation's button.
pub async fn subscribe(site: &TestSite, email: &str, filter: &str, languages: &[Lang]) -> SubscriptionId {
    let filter = Filter::parse(filter).unwrap();
    let wish = Wish::new(Address::parse(email).unwrap(), &filter, languages.to_vec(), site.now().await);
    confirmation::confirm(&site.ctx, &wish.token(&site.ctx.secret)).await.unwrap();
    let mut conn = site.conn().await;
    let id: Id = diesel::sql_query(
        "SELECT s.id FROM subscriptions s JOIN subscribers p ON p.id = s.subscriber_id
         WHERE lower(p.email) = lower($1) AND s.filter = $2 AND s.ended_at IS NULL",
    )
    .bind::<Text, _>(email)
    .bind::<Text, _>(filter.canonical())
    .get_result(&mut conn)
    .await
    .unwrap();
    SubscriptionId(id.id)
}

/// The path of the last address in a mail's text that contains `part`.
pub fn link(site: &TestSite, text: &str, part: &str) -> String {
    let line = text.lines().rfind(|line| line.contains(part)).unwrap_or_else(|| panic!("no {part} in {text}"));
    line.trim().strip_prefix(&site.base).unwrap_or_else(|| panic!("{line} is not ours")).to_owned()
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

#[derive(Debug, QueryableByName)]
struct Row {
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = Jsonb)]
    consent: serde_json::Value,
    #[diesel(sql_type = Nullable<Text>)]
    filters: Option<String>,
    #[diesel(sql_type = Timestamptz)]
    wished_at: chrono::DateTime<chrono::Utc>,
}

async fn subscribers(site: &TestSite) -> Vec<Row> {
    let mut conn = site.conn().await;
    diesel::sql_query(
        "SELECT email, state, consent, wished_at, (SELECT string_agg(filter || '@' || cursor, ' ' ORDER BY id)
             FROM subscriptions s WHERE s.subscriber_id = p.id AND ended_at IS NULL) AS filters
         FROM subscribers p ORDER BY id",
    )
    .load(&mut conn)
    .await
    .unwrap()
}

async fn count(site: &TestSite, sql: &str) -> i64 {
    let mut conn = site.conn().await;
    let row: Id = diesel::sql_query(format!("SELECT count(*) AS id FROM {sql}")).get_result(&mut conn).await.unwrap();
    row.id
}

fn fields(email: &str) -> Vec<(&str, &str)> {
    vec![
        ("what", "everything"),
        ("institution", ""),
        ("topic", ""),
        ("first", "fr"),
        ("second", "nl"),
        ("email", email),
    ]
}

/// As a browser sees it, without what differs from one answer to the next by nature.
fn seen(answer: &Answer) -> (u16, String, String) {
    (answer.status, answer.header("location").to_owned(), answer.body.clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wish_becomes_a_subscription_by_the_button_behind_its_link_and_by_nothing_else() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.publish("water-agency", &[(Lang::Fr, "Avant")]).await;

    let form = site.get("/fr/abonnement?institution=water-agency").await;
    assert_eq!(form.status, 200);
    assert!(form.body.contains(r#"<option value="water-agency" selected>"#), "{}", form.body);
    assert!(!form.headers.contains_key("set-cookie"));
    assert_eq!(site.get("/fr/abonnement?institution=unknown").await.status, 404);
    assert_eq!(site.get("/fr/abonnement?x=1").await.status, 400);

    let asked = site.post("/fr/abonnement", &fields("Reader@Example.org")).await;
    assert_eq!((asked.status, asked.header("location")), (303, "/fr/abonnement/demande"));
    let page = site.get(asked.header("location")).await;
    assert!(page.status == 200 && page.body.contains("Consultez votre boîte aux lettres"));
    assert!(subscribers(&site).await.is_empty(), "nothing is kept of a wish");

    run_jobs(&site).await;
    let mails = site.smtp.wait_for(1, SOON).await;
    assert_eq!(count(&site, "graphile_worker._private_jobs").await, 0, "the address is gone from the queue");
    let mail = &mails[0];
    assert_eq!(mail.rcpt, ["Reader@example.org"]);
    assert_eq!(mail.subject(), "Confirmez votre abonnement – Four Rivers");
    assert_eq!(mail.header("auto-submitted").as_deref(), Some("auto-generated"));
    let text = mail.text().replace("\r\n", "\n");
    assert!(text.contains("tous les communiqués\u{202f}; en français, sinon en\nnéerlandais"), "{text}");
    let link = link(&site, &text, "/confirmation/");
    assert!(mail.html().contains(&link), "both parts lead there");

    // A program that looks at links before people do.
    for _ in 0..2 {
        let landing = site.get(&link).await;
        assert!(landing.status == 200 && landing.body.contains("Confirmer mon abonnement"), "{}", landing.body);
        assert_eq!(landing.header("referrer-policy"), "no-referrer");
        assert_eq!(landing.header("cache-control"), "private, no-store");
    }
    assert!(subscribers(&site).await.is_empty(), "GET changes nothing");

    for _ in 0..2 {
        let confirmed = site.post(&link, &[]).await;
        assert_eq!((confirmed.status, confirmed.header("location")), (303, link.as_str()));
        let page = site.get(&link).await.body;
        assert!(page.contains("Votre abonnement est confirmé") && page.contains("tous les communiqués"), "{page}");
        assert!(page.contains("/fr/abonnement/gestion/ajout"), "and the way to another choice: {page}");
    }
    let rows = subscribers(&site).await;
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].email.as_deref(), Some("Reader@example.org"));
    assert_eq!(rows[0].filters.as_deref(), Some("@2"), "it begins after what is public already");
    let consent = &rows[0].consent[0];
    assert_eq!(rows[0].consent.as_array().unwrap().len(), 1);
    assert_eq!((consent["filter"].as_str(), consent["lang"].as_str()), (Some(""), Some("fr")));
    assert_eq!(consent["wished_at"].as_str().unwrap().parse(), Ok(rows[0].wished_at));
    assert!(consent["confirmed_at"].is_string() && consent["text"].is_string());
    assert_eq!(count(&site, "journal WHERE action = 'subscription.confirmed'").await, 1);
    assert_eq!(count(&site, "journal WHERE detail::text ILIKE '%example.org%'").await, 0, "no address in the journal");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_comes_back_with_its_fields_and_what_to_correct() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    site.institution("water-agency", communique::directory::Family::Institutions).await;
    for (email, message) in [
        ("", "Enter one e-mail address"),
        ("nobody", "Enter one e-mail address"),
        ("a@b.example, c@d.example", "Enter one e-mail address"),
        ("root@localhost", "Enter one e-mail address"),
        ("a@b.example\r\nBcc: c@d.example", "Enter one e-mail address"),
        ("jérôme@b.example", "We cannot write to an address with accented"),
        (&format!("{}@b.example", "a".repeat(65)), "longer than an e-mail address"),
    ] {
        let mut sent = fields(email);
        sent[0] = ("what", "institution");
        let answer = site.post("/en/subscribe", &sent).await;
        assert_eq!(answer.status, 422, "{email}");
        assert!(answer.body.contains(message), "{email}");
        assert!(answer.body.contains("Choose an institution from the list."), "{email}");
        assert!(answer.body.contains("2 answers have to be corrected"), "{email}");
        assert!(answer.body.contains(&format!(r#"value="{email}""#)), "{email}: {}", answer.body);
        assert_eq!(answer.body.matches(" autofocus").count(), 1, "the first of them has the focus");
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
    assert_eq!(site.post("/en/subscribe", &[]).await.status, 422);
    assert_eq!(count(&site, "graphile_worker._private_jobs").await, 0);
    let long = "x".repeat(9000);
    assert_eq!(site.post("/en/subscribe", &fields(&long)).await.status, 413);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_another_site_is_refused() {
    let site = TestSite::at("2026-11-20T08:30:00Z").await;
    let post = |name: &'static str, value: String| {
        site.http
            .post(format!("{}/fr/abonnement", site.base))
            .header(name, value)
            .form(&fields("reader@example.org"))
            .send()
    };
    assert_eq!(post("sec-fetch-site", "cross-site".into()).await.unwrap().status(), 403);
    assert_eq!(post("origin", "https://elsewhere.example".into()).await.unwrap().status(), 403);
    assert_eq!(post("origin", site.base.clone()).await.unwrap().status(), 303);
    assert_eq!(count(&site, "graphile_worker._private_jobs").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_gets_one_confirmation_an_hour_and_three_a_day_and_nobody_is_told() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    subscribe(&site, "known@example.org", "", &[Lang::Fr]).await;
    let first = seen(&site.post("/fr/abonnement", &fields("new@example.org")).await);
    assert_eq!(first.0, 303);
    for (at, email, mails) in [
        ("2026-11-20T08:00:00Z", "new@example.org", 1),
        ("2026-11-20T08:59:59Z", "NEW@example.org", 1),
        ("2026-11-20T08:59:59Z", "new+another@example.org", 1),
        ("2026-11-20T08:59:59Z", "known@example.org", 2),
        ("2026-11-20T09:00:00Z", "new@example.org", 3),
        ("2026-11-20T10:00:00Z", "new@example.org", 4),
        ("2026-11-20T11:00:00Z", "new@example.org", 4),
        ("2026-11-21T07:59:59Z", "new@example.org", 4),
        ("2026-11-21T08:00:01Z", "new@example.org", 5),
    ] {
        site.advance_to(at).await;
        assert_eq!(seen(&site.post("/fr/abonnement", &fields(email)).await), first, "{at} {email}");
        run_jobs(&site).await;
        assert_eq!(site.smtp.received().await.len(), mails, "{at} {email}");
    }
    // The same statements: the queue had a job each time.
    assert_eq!(count(&site, "graphile_worker._private_jobs").await, 0);
    assert_eq!(count(&site, "signup_attempts").await, 5, "by keyed hashes alone, one a mail");
}

#[tokio::test(flavor = "multi_thread")]
async fn sign_ups_at_the_same_instant_bring_one_confirmation() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    let posts = (0..8)
        .map(|_| site.post("/fr/abonnement", &[("what", "everything"), ("first", "fr"), ("email", "r@example.org")]));
    for answer in futures::future::join_all(posts).await {
        assert_eq!(answer.status, 303);
    }
    run_jobs(&site).await;
    assert_eq!(site.smtp.received().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_client_can_not_enter_addresses_without_end() {
    let site = &TestSite::at("2026-11-20T08:00:00Z").await;
    let begun = std::time::Instant::now();
    let (mut taken, mut refused) = (0, 0);
    for hundred in 0..100 {
        let posts = (0..100).map(|number| async move {
            let email = format!("r{hundred}-{number}@example.org");
            site.post("/fr/abonnement", &fields(&email)).await.status
        });
        for status in futures::future::join_all(posts).await {
            match status {
                303 => taken += 1,
                429 => refused += 1,
                other => panic!("{other}"),
            }
        }
    }
    // Twenty at once, then ten a minute.
    let most = 21 + begun.elapsed().as_secs() / 6;
    assert_eq!(taken + refused, 10_000);
    assert!((20..=most).contains(&taken), "{taken} of 10,000");
    assert_eq!(count(site, "graphile_worker._private_jobs").await, i64::try_from(taken).unwrap());
    assert!(subscribers(site).await.is_empty());
    // The same client asks for links no faster.
    assert_eq!(site.post("/fr/abonnement/gestion/lien", &[("email", "r@example.org")]).await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_forged_or_too_old_says_so_and_leads_back_to_the_form() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    let now = site.now().await;
    let wish = |email| Wish::new(Address::parse(email).unwrap(), &Filter::default(), vec![Lang::De], now);
    let own = wish("a@example.org").token(&site.ctx.secret);
    let forged = wish("a@example.org").token(&Secret::ephemeral());
    let spoilt = format!("{}A{}", &own[..20], &own[21..]);
    assert_ne!(spoilt, own);
    let ending = Ending { subscriber_id: SubscriberId(1), subscription_ids: vec![] }.token(&site.ctx.secret);
    for token in [forged.as_str(), &spoilt, &ending, "x", "x.y"] {
        for answer in [
            site.get(&format!("/de/abonnement/bestaetigung/{token}")).await,
            site.post(&format!("/de/abonnement/bestaetigung/{token}"), &[]).await,
        ] {
            assert_eq!(answer.status, 410, "{token}");
            assert!(answer.body.contains("Dieser Link gilt nicht mehr") && answer.body.contains("/de/abonnement\""));
        }
    }
    let path = format!("/de/abonnement/bestaetigung/{own}");
    site.advance_to("2026-11-22T07:59:59Z").await;
    assert_eq!(site.get(&path).await.status, 200);
    site.advance_to("2026-11-22T08:00:00Z").await;
    assert_eq!(site.get(&path).await.status, 410);
    assert_eq!(site.post(&path, &[]).await.status, 410);
    assert!(subscribers(&site).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suppressed_address_is_left_alone_and_a_bounced_one_can_prove_itself() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    let suppress = async |email: &str, reason| {
        let key = address_key(&site.ctx.secret, &Address::parse(email).unwrap());
        query::suppress(&mut *site.conn().await, &key, reason).await.unwrap();
    };
    suppress("complained@example.org", SuppressionReason::Complained).await;
    suppress("asked@example.org", SuppressionReason::Asked).await;
    suppress("bounced@example.org", SuppressionReason::Bounced).await;
    let answers = [
        seen(&site.post("/fr/abonnement", &fields("complained@example.org")).await),
        seen(&site.post("/fr/abonnement", &fields("asked@example.org")).await),
        seen(&site.post("/fr/abonnement", &fields("bounced@example.org")).await),
        seen(&site.post("/fr/abonnement", &fields("other@example.org")).await),
    ];
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    run_jobs(&site).await;
    let mut reached: Vec<String> = site.smtp.received().await.iter().flat_map(|mail| mail.rcpt.clone()).collect();
    reached.sort();
    assert_eq!(reached, ["bounced@example.org", "other@example.org"]);

    subscribe(&site, "bounced@example.org", "", &[Lang::Fr]).await;
    assert_eq!(count(&site, "suppressions").await, 2, "it receives again");
    // Complained after the confirmation had left.
    let wish = Wish::new(
        Address::parse("Complained@example.org").unwrap(),
        &Filter::default(),
        vec![Lang::Fr],
        site.now().await,
    );
    assert!(confirmation::confirm(&site.ctx, &wish.token(&site.ctx.secret)).await.is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmation_that_the_server_puts_off_stays_on_the_queue_and_one_it_refuses_does_not() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    site.smtp.next(Behaviour::refuse(Step::Rcpt, 451, "4.3.0 later"));
    site.post("/fr/abonnement", &fields("later@example.org")).await;
    run_jobs(&site).await;
    assert_eq!(count(&site, "graphile_worker._private_jobs WHERE attempts = 1").await, 1);
    site.smtp.next(Behaviour::refuse(Step::Rcpt, 550, "5.1.1 nobody here"));
    site.post("/fr/abonnement", &fields("nobody@example.org")).await;
    run_jobs(&site).await;
    assert_eq!(count(&site, "graphile_worker._private_jobs").await, 1);
    assert!(site.smtp.received().await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_ends_it_for_ever_whatever_is_sent_with_it() {
    let site = TestSite::at("2026-11-20T08:00:00Z").await;
    site.topic("floods").await;
    let all = subscribe(&site, "reader@example.org", "", &[Lang::Nl]).await;
    let floods = subscribe(&site, "reader@example.org", "topic=floods", &[Lang::Nl]).await;
    let subscriber_id = SubscriberId(1);
    let token =
        |ids: &[SubscriptionId]| Ending { subscriber_id, subscription_ids: ids.to_vec() }.token(&site.ctx.secret);
    let path = format!("/nl/abonnement/einde/{}", token(&[floods]));

    let page = site.get(&path).await;
    assert!(page.status == 200 && page.body.contains("thema ‘floods (nl)’"), "{}", page.body);
    assert_eq!(subscribers(&site).await[0].filters.as_deref(), Some("@1 topic=floods@1"), "GET is harmless");

    // RFC 8058: no cookie, no Origin, form or multipart; and a mail program that says it comes from elsewhere.
    let one_click = || site.http.post(format!("{}{path}", site.base)).header("sec-fetch-site", "cross-site");
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    for request in [
        one_click().form(&[("List-Unsubscribe", "One-Click")]),
        one_click().header("content-type", "multipart/form-data; boundary=b").body(multipart),
        one_click(),
    ] {
        let answer = Answer::of(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 200, "no redirect");
        assert!(answer.body.contains("Uw abonnement is beëindigd"));
    }
    assert_eq!(subscribers(&site).await[0].filters.as_deref(), Some("@1"), "that one, and the other goes on");
    assert_eq!(subscribers(&site).await[0].state, "active");
    assert_eq!(count(&site, "journal WHERE action = 'subscription.ended'").await, 1, "once");

    // By the page: another goes on, and can be stopped there too.
    let page = site.get(&path).await;
    assert!(page.body.contains("Een ander abonnement van u loopt door."), "{}", page.body);
    let answer = site.post(&path, &[("scope", "all")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, path.as_str()));
    assert_eq!(
        (subscribers(&site).await[0].state.as_str(), &subscribers(&site).await[0].filters),
        ("unsubscribed", &None)
    );

    // Who subscribes again in the same words and then clicks in the old mail means the mails.
    let again = subscribe(&site, "reader@example.org", "topic=floods", &[Lang::Nl]).await;
    assert_ne!(again, floods);
    assert_eq!(subscribers(&site).await[0].consent.as_array().unwrap().len(), 3, "each consent is kept");
    assert_eq!(site.post(&path, &[("scope", "this")]).await.status, 303);
    assert_eq!(subscribers(&site).await[0].state, "unsubscribed");

    let forged = Ending { subscriber_id, subscription_ids: vec![all] }.token(&Secret::ephemeral());
    let answer = site.post(&format!("/nl/abonnement/einde/{forged}"), &[]).await;
    assert!(answer.status == 404 && answer.body.contains("Deze link is niet geldig"));
    let unknown = Ending { subscriber_id: SubscriberId(999), subscription_ids: vec![] }.token(&site.ctx.secret);
    assert_eq!(site.post(&format!("/nl/abonnement/einde/{unknown}"), &[]).await.status, 200);
    deliver::drain(&site.ctx).await.unwrap();
    assert!(site.smtp.received().await.is_empty(), "nothing is ever answered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_signed_by_an_older_key_still_ends_its_subscription() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    let old = Secret::load_or_make(&file).unwrap();
    let keys = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{}\n{keys}", "ab".repeat(32))).unwrap();
    let site = TestSite::with("2026-11-20T08:00:00Z", &[]).await;
    let mut ctx = site.ctx.clone();
    ctx.secret = Secret::load_or_make(&file).unwrap();
    let id = subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    let token = Ending { subscriber_id: SubscriberId(1), subscription_ids: vec![id] }.token(&old);
    use communique::subscription::unsubscribe::{Scope, unsubscribe};
    unsubscribe(&ctx, &token, Scope::These).await.unwrap();
    assert_eq!(subscribers(&site).await[0].state, "unsubscribed");
}
