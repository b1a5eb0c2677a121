//! Coming in: from an invitation in a mailbox to the desk, with a second factor, back after a forgotten password; and what
//! of it is written down.

use std::time::{Duration, Instant};

use communique::account::creation::NewAccount;
use communique::account::mails::AccountMail;
use communique::account::{Role, creation, password, query};
use communique::directory::Family;
use communique::ids::AccountId;
use communique::journal::seal::{self, Chain};
use communique::journal::{self, Actor, Entry};
use communique::kit::db;
use communique::kit::mail::Address;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Jsonb, Text};
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::support::browser::Browser;
use crate::support::{Answer, PASSWORD, TestSite, people};

const NEW: &str = "vier woorden uit een hoed";
const PROXY: (&str, &str) = ("COMMUNIQUE_TRUSTED_PROXIES", "127.0.0.1");

#[derive(QueryableByName)]
struct Waiting {
    #[diesel(sql_type = Jsonb)]
    payload: serde_json::Value,
}

/// Sends the account mails that wait, by hand; gives how many there were.
async fn send_mails(site: &TestSite) -> usize {
    let mut conn = site.conn().await;
    let waiting: Vec<Waiting> = diesel::sql_query(
        "SELECT payload::jsonb AS payload FROM graphile_worker._private_jobs j
         JOIN graphile_worker._private_tasks t ON t.id = j.task_id WHERE t.identifier = 'account-mail' ORDER BY j.id",
    )
    .load(&mut conn)
    .await
    .unwrap();
    diesel::sql_query(
        "DELETE FROM graphile_worker._private_jobs WHERE task_id =
         (SELECT id FROM graphile_worker._private_tasks WHERE identifier = 'account-mail')",
    )
    .execute(&mut conn)
    .await
    .unwrap();
    let count = waiting.len();
    for job in waiting {
        // What the queue holds tells nobody an address or a token.
        let payload = job.payload.to_string();
        assert!(!payload.contains('@'), "{payload}");
        let mail: AccountMail = serde_json::from_value(job.payload).unwrap();
        mail.send(&site.ctx).await.unwrap();
    }
    count
}

/// The texts of the mails to that address, in their order.
async fn mails(site: &TestSite, to: &str) -> Vec<String> {
    site.smtp.received().await.iter().filter(|mail| mail.rcpt == [to]).map(|mail| mail.text()).collect()
}

/// The last link of that kind in the mailbox, as a path.
async fn link(site: &TestSite, to: &str, kind: &str) -> String {
    let mark = format!("/desk/sign-in/{kind}/");
    let text = mails(site, to).await.pop().unwrap_or_else(|| panic!("no mail to {to}"));
    let at = text.find(&mark).unwrap_or_else(|| panic!("no link in {text}"));
    text[at..].split_whitespace().next().unwrap().to_owned()
}

async fn actions(site: &TestSite) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        action: String,
    }
    let mut conn = site.conn().await;
    let rows: Vec<Row> = diesel::sql_query("SELECT action FROM journal WHERE action LIKE 'account.%' ORDER BY id")
        .load(&mut conn)
        .await
        .unwrap();
    rows.into_iter().map(|row| row.action).collect()
}

async fn number(conn: &mut AsyncPgConnection, sql: &str) -> i64 {
    diesel::dsl::sql::<BigInt>(sql).get_result(conn).await.unwrap()
}

/// The code of the authenticator that knows the secret on a page, at that instant.
fn code(page: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    let secret = page.split("class=\"secret\">").nth(1).expect("a secret").split('<').next().unwrap().replace(' ', "");
    code_of(&secret, at)
}

fn code_of(secret: &str, at: chrono::DateTime<chrono::Utc>) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).with_account_name("x").build().unwrap();
    totp.generate(at.timestamp() as u64).to_string()
}

fn secret(page: &str) -> String {
    page.split("class=\"secret\">").nth(1).expect("a secret").split('<').next().unwrap().replace(' ', "")
}

fn recovery_codes(page: &str) -> Vec<String> {
    page.split("<li><code>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_invited_and_comes_in_for_the_first_time() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    site.institution("water-agency", Family::Institutions).await;
    let admin = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    let own = site.person(Role::InstitutionAdmin, Some("water-agency")).await.institution_id().unwrap().to_string();
    let form = admin.get("/desk/people/new").await;
    assert!(!form.body.contains("value=\"admin\""), "more than she may give");
    for (role, email, status) in [
        ("admin", "x@example.org", 422),
        ("publisher", "no address", 422),
        ("", "x@example.org", 422),
        ("publisher", &people::email(Role::InstitutionAdmin, Some("water-agency")), 422),
        ("publisher", "Sanne@water.example", 303),
    ] {
        let fields = [("email", email), ("name", " Sanne\tObbergen "), ("role", role), ("institution", &own)];
        let answer = admin.post("/desk/people/new", &fields).await;
        assert_eq!(answer.status, status, "{role} {email}: {}", answer.body);
        if status == 422 {
            assert!(answer.body.contains("Sanne"), "what was typed is kept");
        }
    }
    assert_eq!(send_mails(&site).await, 1);
    let invitation = link(&site, "sanne@water.example", "invitation").await;

    // A mail scanner opens the link, and sends nothing: it still works.
    let sanne = site.browser();
    for _ in 0..3 {
        let page = sanne.get(&invitation).await;
        assert_eq!((page.status, page.header("referrer-policy")), (200, "no-referrer"));
        assert!(page.body.contains("Sanne Obbergen"));
    }
    for (password, said) in
        [("short", "12"), ("sanneobbergen", "password-error"), ("password12345", "password-error"), ("", "12")]
    {
        let answer = sanne.post(&invitation, &[("password", password)]).await;
        assert_eq!(answer.status, 422, "{password}");
        assert!(answer.body.contains(said), "{}", answer.body);
        site.advance_to("2026-03-06T09:00:01Z").await;
    }
    let elsewhere = site.browser();
    let chosen = elsewhere.post(&invitation, &[("password", NEW)]).await;
    assert_eq!((chosen.status, chosen.header("location")), (303, "/desk/sign-in?said=chosen"));
    assert!(!chosen.headers.contains_key("set-cookie"), "the link signs nobody in");
    assert_eq!(elsewhere.get(&invitation).await.status, 404, "single use");
    assert_eq!(elsewhere.post(&invitation, &[("password", "another password of hers")]).await.status, 404);
    let inside = elsewhere.sign_in("sanne@water.example", NEW).await;
    assert_eq!((inside.status, inside.header("location")), (303, "/desk"));
    let done = actions(&site).await;
    assert_eq!(
        done[done.len() - 4..],
        ["account.created", "account.invited", "account.invitation_taken", "account.signed_in"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_lasts_a_week_and_the_next_one_takes_its_place() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let mut conn = site.conn().await;
    let new = NewAccount {
        email: "late@example.org".into(),
        name: "Late".into(),
        role: Role::Admin,
        institution_id: None,
        password: None,
    };
    let late = creation::invite(&site.ctx, &mut conn, Actor::Job("test"), new).await.unwrap();
    send_mails(&site).await;
    let first = link(&site, "late@example.org", "invitation").await;
    let admin = site.signed_in(Role::Admin, None).await;
    assert_eq!(admin.post(&format!("/desk/people/{}/invitation", late.id()), &[]).await.status, 303);
    send_mails(&site).await;
    let second = link(&site, "late@example.org", "invitation").await;
    assert_ne!(first, second);
    assert_eq!(site.get(&first).await.status, 404);
    assert_eq!(site.get(&second).await.status, 200);
    site.advance_to("2026-03-13T09:00:01Z").await;
    let too_late = site.browser();
    assert_eq!(too_late.get(&second).await.status, 404);
    assert_eq!(too_late.post(&second, &[("password", NEW)]).await.status, 404);
    assert_eq!(too_late.get("/desk/sign-in/invitation/never-there").await.body, too_late.get(&second).await.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_is_chosen_anew() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let before = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let email = people::email(Role::Contributor, Some("water-agency"));
    let browser = site.browser();
    let known = browser.post("/desk/forgotten", &[("email", &email)]).await;
    let unknown = browser.post("/desk/forgotten", &[("email", "nobody@example.org")]).await;
    assert_eq!((known.status, known.header("location")), (303, "/desk/forgotten/asked"));
    assert_eq!((unknown.status, &unknown.headers.get("location")), (303, &known.headers.get("location")));
    assert_eq!(browser.post("/desk/forgotten", &[("email", "none")]).await.status, 422);
    assert_eq!(send_mails(&site).await, 2, "the same job for both");
    assert!(mails(&site, "nobody@example.org").await.is_empty());
    let there = link(&site, &email, "new-password").await;
    assert_eq!(browser.get(&there).await.status, 200);
    assert_eq!(before.get("/desk").await.status, 200, "nothing has changed yet");
    let chosen = browser.post(&there, &[("password", NEW)]).await;
    assert_eq!(chosen.status, 303);
    assert_eq!(before.get("/desk").await.status, 303, "sessions of before are over");
    assert_eq!(browser.sign_in(&email, PASSWORD).await.status, 422);
    assert_eq!(site.browser().sign_in(&email, NEW).await.status, 303);
    assert_eq!(send_mails(&site).await, 1, "she is told");
    // Three an hour and account, whatever is asked; the answer stays the same.
    for _ in 0..3 {
        let answer = site.browser().post("/desk/forgotten", &[("email", &email)]).await;
        assert!(matches!(answer.status, 303 | 429), "{}", answer.status);
    }
    let asked = |site: &TestSite| {
        let (ctx, email) = (site.ctx.clone(), email.clone());
        async move { communique::account::mails::ask_new_password(&ctx, &Address::parse(&email).unwrap()).await.unwrap() }
    };
    for _ in 0..5 {
        asked(&site).await;
    }
    send_mails(&site).await;
    let links = mails(&site, &email).await.iter().filter(|text| text.contains("/new-password/")).count();
    assert_eq!(links, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_factor_is_set_up_before_anything_else_and_each_code_counts_once() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY, ("COMMUNIQUE_SECOND_FACTOR", "publishers")]).await;
    site.institution("water-agency", Family::Institutions).await;
    site.person(Role::Publisher, Some("water-agency")).await;
    site.person(Role::Contributor, Some("water-agency")).await;
    let email = people::email(Role::Publisher, Some("water-agency"));
    let contributor = site.browser();
    let inside = contributor.sign_in(&people::email(Role::Contributor, Some("water-agency")), PASSWORD).await;
    assert_eq!(inside.header("location"), "/desk", "not asked of contributors");

    let browser = site.browser();
    let answer =
        browser.post("/desk/sign-in", &[("email", &email), ("password", PASSWORD), ("next", "/desk/account")]).await;
    assert_eq!(answer.header("location"), "/desk/sign-in/second-factor?next=%2Fdesk%2Faccount");
    opens_nothing(&site, &browser).await;
    let page = browser.get("/desk/sign-in/second-factor?next=/desk/account").await;
    assert!(page.body.contains("<svg class=\"qr\""), "{}", page.body);
    let secret = secret(&page.body);
    assert_eq!(code(&page.body, site.now().await), code_of(&secret, site.now().await));
    let again = browser.get("/desk/sign-in/second-factor").await;
    assert_eq!(self::secret(&again.body), secret, "the same picture when it is loaded again");
    assert_eq!(browser.post("/desk/sign-in/second-factor", &[("code", "000000")]).await.status, 422);
    let now = site.now().await;
    let codes = browser
        .post("/desk/sign-in/second-factor", &[("code", &code_of(&secret, now)), ("next", "/desk/account")])
        .await;
    assert_eq!(codes.status, 200);
    let codes_shown = recovery_codes(&codes.body);
    assert_eq!(codes_shown.len(), 10, "{}", codes.body);
    assert_eq!(browser.get("/desk").await.status, 200, "in");
    let file = browser.post("/desk/account/recovery-codes.txt", &[("codes", &codes_shown.join(" "))]).await;
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"recovery-codes.txt\"");
    assert!(codes_shown.iter().all(|code| file.body.contains(code)));
    // Neither the database nor the queue knows secret or codes.
    let mut conn = site.conn().await;
    let kept = number(
        &mut conn,
        "SELECT count(*) FROM accounts WHERE totp_secret IS NOT NULL AND length(totp_secret) = 12 + 20 + 16",
    )
    .await;
    assert_eq!(kept, 1, "sealed");

    // The second time: the code is asked, and the one of before is spent.
    let second = site.browser();
    let answer = second.sign_in(&email, PASSWORD).await;
    assert_eq!(answer.header("location"), "/desk/sign-in/code");
    opens_nothing(&site, &second).await;
    assert_eq!(second.post("/desk/sign-in/code", &[("code", &code_of(&secret, now))]).await.status, 422, "replayed");
    site.advance_to("2026-03-06T09:00:31Z").await;
    let fresh = code_of(&secret, site.now().await);
    let answer = second.post("/desk/sign-in/code", &[("code", &fresh)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, "/desk"));
    assert_eq!(second.get("/desk").await.status, 200);
    // A recovery code, once.
    for expected in [303, 422] {
        let third = site.browser();
        third.sign_in(&email, PASSWORD).await;
        let typed = codes_shown[3].to_uppercase().replace('-', " ");
        assert_eq!(third.post("/desk/sign-in/code", &[("code", &typed)]).await.status, expected);
    }
    // A new password does not go round it.
    communique::account::mails::ask_new_password(&site.ctx, &Address::parse(&email).unwrap()).await.unwrap();
    send_mails(&site).await;
    let reset = site.browser();
    let there = link(&site, &email, "new-password").await;
    assert_eq!(reset.post(&there, &[("password", NEW)]).await.status, 303);
    assert_eq!(reset.sign_in(&email, NEW).await.header("location"), "/desk/sign-in/code");
    opens_nothing(&site, &reset).await;
    assert!(mails(&site, &email).await.len() >= 3, "set up, recovery code, link");
}

/// Between password and code, nothing of the desk opens.
async fn opens_nothing(site: &TestSite, browser: &Browser<'_>) {
    for path in ["/desk", "/desk/account", "/desk/account/second-factor", "/desk/people", "/desk/journal"] {
        let answer = browser.get(path).await;
        assert!(answer.status == 303 && answer.header("location").starts_with("/desk/sign-in"), "{path}");
    }
    // Nor with the half token in the place of a whole one.
    let half = browser.cookies().split("half=").nth(1).expect("a half session").split(';').next().unwrap().to_owned();
    let answer = site.get_with("/desk", &[("cookie", &format!("session={half}"))]).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_cannot_be_guessed() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let owner = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let email = people::email(Role::Publisher, Some("water-agency"));
    let page = owner.get("/desk/account/second-factor").await;
    assert_eq!(page.status, 200, "the password was typed just now: {}", page.header("location"));
    let secret = secret(&page.body);
    let confirmed = owner.post("/desk/account/second-factor", &[("code", &code_of(&secret, site.now().await))]).await;
    assert_eq!(recovery_codes(&confirmed.body).len(), 10);
    let thief = site.browser();
    thief.sign_in(&email, PASSWORD).await;
    for wrong in 0..4 {
        assert_eq!(thief.post("/desk/sign-in/code", &[("code", "000000")]).await.status, 422, "{wrong}");
        // From addresses of a whole network: it is the account that is counted.
    }
    let other = site.browser();
    other.sign_in(&email, PASSWORD).await;
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(other.post("/desk/sign-in/code", &[("code", "000001")]).await.status);
    }
    assert!(statuses.contains(&429), "{statuses:?}");
    // Its owner waits with them, and not for ever.
    site.advance_to("2026-03-06T09:06:00Z").await;
    let back = site.browser();
    back.sign_in(&email, PASSWORD).await;
    let answer = back.post("/desk/sign-in/code", &[("code", &code_of(&secret, site.now().await))]).await;
    assert_eq!(answer.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn failed_tries_wait_longer_and_a_known_browser_is_not_kept_out() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let owner = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let email = people::email(Role::Contributor, Some("water-agency"));
    for typed in [email.as_str(), "nobody@example.org"] {
        let mut statuses = Vec::new();
        for _ in 0..7 {
            statuses.push(site.browser().sign_in(typed, "a wrong password").await.status);
        }
        assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 429], "{typed}: whether it has an account or not");
    }
    // From elsewhere, the right password waits as well; the browser that was here before doesn't.
    assert_eq!(site.browser().sign_in(&email, PASSWORD).await.status, 429);
    assert_eq!(owner.sign_in(&email, PASSWORD).await.status, 303);
    site.advance_to("2026-03-06T09:00:02Z").await;
    assert_eq!(site.browser().sign_in(&email, PASSWORD).await.status, 303, "two seconds later");
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_are_listed_and_ended() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let first = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let second = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let third = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let page = first.get("/desk/account").await;
    for browser in [&first, &second, &third] {
        assert!(page.body.contains(&browser.address), "{} is listed", browser.address);
    }
    let ends: Vec<String> = page
        .body
        .split("action=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .filter(|action| action.starts_with("/desk/account/sessions/") && !action.ends_with("others"))
        .collect();
    assert_eq!(ends.len(), 2, "its own is not among them");
    // Somebody else's session is not theirs to end.
    let stranger = site.signed_in(Role::Contributor, Some("police")).await;
    assert_eq!(stranger.post(&ends[0], &[]).await.status, 303);
    assert_eq!(first.post(&ends[0], &[]).await.status, 303);
    let left = [second.get("/desk").await.status, third.get("/desk").await.status];
    assert_eq!(left.iter().filter(|status| **status == 200).count(), 1, "{left:?}");
    assert_eq!(first.post("/desk/account/sessions/end-others", &[]).await.status, 303);
    assert_eq!((second.get("/desk").await.status, third.get("/desk").await.status), (303, 303));
    assert_eq!((first.get("/desk").await.status, stranger.get("/desk").await.status), (200, 200));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_opens_the_account_wants_the_password_and_is_told_by_mail() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let owner = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let other = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let email = people::email(Role::Contributor, Some("water-agency"));
    site.advance_to("2026-03-06T09:11:00Z").await;
    for (path, fields) in [
        ("/desk/account/address", vec![("email", "new@water.example")]),
        ("/desk/account/second-factor", vec![("code", "123456")]),
        ("/desk/account/recovery-codes", vec![]),
        ("/desk/account/second-factor/end", vec![]),
    ] {
        let answer = owner.post(path, &fields).await;
        assert!(answer.status == 303 && answer.header("location").starts_with("/desk/account/proof"), "{path}");
    }
    assert_eq!(owner.post("/desk/account/proof", &[("password", "wrong password")]).await.status, 422);
    let proved = owner.post("/desk/account/proof", &[("password", PASSWORD), ("next", "//evil.example")]).await;
    assert_eq!((proved.status, proved.header("location")), (303, "/desk/account"));
    // Another address: nothing changes before it is proved.
    assert_eq!(owner.post("/desk/account/address", &[("email", "New@water.example")]).await.status, 303);
    send_mails(&site).await;
    let there = link(&site, "new@water.example", "address").await;
    assert_eq!(owner.get(&there).await.status, 200);
    assert_eq!(site.browser().sign_in("new@water.example", PASSWORD).await.status, 422);
    assert_eq!(owner.post(&there, &[]).await.status, 303);
    send_mails(&site).await;
    assert_eq!(mails(&site, &email).await.len(), 1, "the old address is told");
    assert_eq!(site.browser().sign_in("new@water.example", PASSWORD).await.status, 303);
    // Another password.
    for (current, new, status) in [
        ("wrong password", NEW, 422),
        (PASSWORD, "too short", 422),
        (PASSWORD, "contributor1", 422),
        (PASSWORD, NEW, 303),
    ] {
        let answer = owner.post("/desk/account/password", &[("current", current), ("password", new)]).await;
        assert_eq!(answer.status, status, "{new}: {}", answer.body);
    }
    assert_eq!((owner.get("/desk").await.status, other.get("/desk").await.status), (200, 303));
    // Name and language.
    let fields = [("name", "Sanne van den Bosch"), ("lang", "nl")];
    assert_eq!(owner.post("/desk/account/profile", &fields).await.status, 303);
    let page = owner.get("/desk/account").await.body;
    assert!(page.contains("<html lang=\"nl\"") && page.contains("Sanne van den Bosch"));
    assert_eq!(owner.post("/desk/account/profile", &[("name", " "), ("lang", "nl")]).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_stood_open_is_sent_after_signing_in_again() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let owner = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let email = people::email(Role::Contributor, Some("water-agency"));
    owner.get("/desk/account").await;
    let token = owner.form_token();
    site.advance_to("2026-03-09T08:00:00Z").await;
    let fields = [("form_token", token.as_str()), ("name", "Anna"), ("lang", "fr")];
    let gone = owner.post("/desk/account/profile", &fields).await;
    assert_eq!((gone.status, gone.header("www-authenticate")), (401, "Session realm=\"desk\""));
    assert!(gone.body.contains("href=\"/desk/sign-in\" target=\"_blank\""));
    let request = site.http.post(format!("{}/desk/account/profile", site.base)).header("accept", "application/json");
    let scripted = owner.send(request.form(&fields)).await;
    assert_eq!(scripted.status, 401);
    assert!(scripted.body.contains("\"signed_out\"") && scripted.body.contains("/desk/sign-in"), "{}", scripted.body);
    let door = owner.get("/desk/account?done=profile").await;
    assert_eq!(door.header("location"), "/desk/sign-in?next=%2Fdesk%2Faccount%3Fdone%3Dprofile");
    // In a new window; then the form that stood open is sent as it is.
    assert_eq!(owner.sign_in(&email, PASSWORD).await.status, 303);
    assert_eq!(owner.post("/desk/account/profile", &fields).await.status, 303);
    // Of somebody else it opens nothing, nor after a week, nor altered.
    let other = site.signed_in(Role::Publisher, Some("water-agency")).await;
    assert_eq!(other.post("/desk/account/profile", &fields).await.status, 403);
    for wrong in ["", "x", "20000.x", &token.replacen("20", "21", 1), &format!("{token}x")] {
        let fields = [("form_token", wrong), ("name", "Anna"), ("lang", "fr")];
        assert_eq!(owner.post("/desk/account/profile", &fields).await.status, 403, "{wrong}");
    }
    site.advance_to("2026-03-14T08:00:00Z").await;
    assert_eq!(owner.sign_in(&email, PASSWORD).await.status, 303);
    assert_eq!(owner.post("/desk/account/profile", &fields).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_an_account_and_changing_a_role_count_at_once() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let admin = site.signed_in(Role::Admin, None).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let person = site.person(Role::Publisher, Some("water-agency")).await;
    let email = people::email(Role::Publisher, Some("water-agency"));
    let institution = person.institution_id().unwrap().to_string();
    let at = |what: &str| format!("/desk/people/{}{what}", person.id());
    let fields = [("name", "Somebody"), ("role", "contributor"), ("institution", institution.as_str())];
    assert_eq!(admin.post(&at(""), &fields).await.status, 303);
    assert_eq!(publisher.get("/desk").await.status, 303, "signs in anew");
    assert_eq!(publisher.sign_in(&email, PASSWORD).await.status, 303);
    assert_eq!(publisher.get("/desk").await.status, 200);
    assert_eq!(admin.post(&at("/closing"), &[]).await.status, 303);
    assert_eq!(admin.post(&at("/closing"), &[]).await.status, 409);
    assert_eq!(publisher.get("/desk").await.status, 303);
    assert_eq!(site.browser().sign_in(&email, PASSWORD).await.status, 422, "as if there were none");
    assert_eq!(admin.post(&at("/opening"), &[]).await.status, 303);
    assert_eq!(site.browser().sign_in(&email, PASSWORD).await.status, 303);
    assert_eq!(send_mails(&site).await, 3);
    assert_eq!(mails(&site, &email).await.len(), 3, "each is told");
    // Nobody changes their own standing.
    let own = site.person(Role::Admin, None).await.id();
    for what in ["/closing", "/second-factor", "/invitation"] {
        assert_eq!(admin.post(&format!("/desk/people/{own}{what}"), &[]).await.status, 409);
    }
    let fields = [("name", "Admin"), ("role", "contributor"), ("institution", institution.as_str())];
    assert_eq!(admin.post(&format!("/desk/people/{own}"), &fields).await.status, 409);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institutions_admin_gives_no_more_than_they_have() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    site.institution("water-agency", Family::Institutions).await;
    let police = site.institution("police", Family::Institutions).await.to_string();
    let admin = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    let colleague = site.person(Role::Contributor, Some("water-agency")).await;
    let own = colleague.institution_id().unwrap().to_string();
    site.person(Role::Contributor, Some("police")).await;
    let list = admin.get(&format!("/desk/people?institution={police}")).await.body;
    assert!(list.contains("contributor@water-agency.example") && !list.contains("@police.example"));
    let at = format!("/desk/people/{}", colleague.id());
    for (role, institution, status) in [
        ("admin", own.as_str(), 422),
        ("chancellery-editor", "", 422),
        ("spokesperson", own.as_str(), 422),
        ("publisher", police.as_str(), 422),
        ("publisher", "", 422),
        ("publisher", own.as_str(), 303),
    ] {
        let answer = admin.post(&at, &[("name", "Somebody"), ("role", role), ("institution", institution)]).await;
        assert_eq!(answer.status, status, "{role} at {institution}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hashes_of_yesterday_are_renewed_at_the_next_sign_in() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    site.institution("water-agency", Family::Institutions).await;
    let person = site.person(Role::Contributor, Some("water-agency")).await;
    let weak = {
        use argon2::password_hash::PasswordHasher;
        let params = argon2::Params::new(19 * 1024, 2, 1, None).unwrap();
        let hasher = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params);
        hasher.hash_password(PASSWORD.as_bytes()).unwrap().to_string()
    };
    assert!(password::is_outdated(&weak));
    let mut conn = site.conn().await;
    query::set_password(&mut conn, person.id(), &weak, site.now().await).await.unwrap();
    let email = people::email(Role::Contributor, Some("water-agency"));
    assert_eq!(site.browser().sign_in(&email, PASSWORD).await.status, 303);
    let stored = query::password_hash(&mut conn, person.id()).await.unwrap().unwrap();
    assert!(stored.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{stored}");
    assert_eq!(site.browser().sign_in(&email, PASSWORD).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_a_password_takes_as_long_whether_the_address_is_known() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    site.institution("water-agency", Family::Institutions).await;
    site.person(Role::Contributor, Some("water-agency")).await;
    let known = Address::parse(&people::email(Role::Contributor, Some("water-agency"))).unwrap();
    let unknown = Address::parse("contributor@nowhere-at-all.example").unwrap();
    let ask = async |address: &Address| {
        let begun = Instant::now();
        communique::account::mails::ask_new_password(&site.ctx, address).await.unwrap();
        begun.elapsed()
    };
    let (mut of_known, mut of_unknown) = (Vec::new(), Vec::new());
    for _ in 0..200 {
        of_known.push(ask(&known).await);
        of_unknown.push(ask(&unknown).await);
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2]
    };
    let (known, unknown) = (median(&mut of_known), median(&mut of_unknown));
    let apart = known.abs_diff(unknown);
    assert!(apart < Duration::from_millis(1), "{known:?} and {unknown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_journal_says_from_where_and_admins_read_it() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let admin = site.signed_in(Role::Admin, None).await;
    let somebody = site.signed_in(Role::Contributor, Some("water-agency")).await;
    let id = site.person(Role::Contributor, Some("water-agency")).await.id();
    let refused = somebody.get("/desk/journal").await;
    assert_eq!(refused.status, 404);
    {
        let mut conn = site.conn().await;
        let entry = Entry::new("test.done", "release", 12).with(serde_json::json!({ "note": "=1+1" }));
        journal::record(&mut conn, Actor::Account(id, None), [entry]).await.unwrap();
    }
    let page = admin.get(&format!("/desk/journal?person={id}")).await;
    assert_eq!(page.status, 200);
    for said in ["account.signed_in", "access.refused", "test.done", somebody.address.as_str(), "release 12"] {
        assert!(page.body.contains(said), "{said}");
    }
    assert!(!page.body.contains(&admin.address));
    for (query, there) in [
        ("action=test.", true),
        ("action=account.", false),
        ("object=release+12", true),
        ("object=release+13", false),
        ("day=2026-03-06", true),
        ("day=2026-03-07", false),
        ("action=%25", false),
    ] {
        let page = admin.get(&format!("/desk/journal?{query}")).await;
        assert_eq!(page.body.contains("test.done"), there, "{query}");
    }
    let csv = admin.get("/desk/journal.csv?action=test.").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
    assert!(csv.body.contains("test.done,release,12,"), "{}", csv.body);
    // Addresses are forgotten after their time, and no sooner than a month.
    let mut conn = site.conn().await;
    let now = site.now().await;
    assert!(journal::query::forget_addresses(&mut conn, now + chrono::Duration::days(1)).await.is_err());
    site.advance_to("2026-06-06T09:00:00Z").await;
    let now = site.now().await;
    assert!(journal::query::forget_addresses(&mut conn, now - chrono::Duration::days(90)).await.unwrap() > 0);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM journal_addresses").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn seals_cover_late_commits_and_show_what_was_changed() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let mut conn = site.conn().await;
    let write = async |conn: &mut AsyncPgConnection, n: i64| {
        journal::record(conn, Actor::Job("test"), [Entry::new("test.done", "thing", n)]).await.unwrap();
    };
    seal::seal_all(&mut conn).await.unwrap();
    assert_eq!(seal::seal(&mut conn).await.unwrap(), None, "nothing to seal");
    let before = match seal::verify(&mut conn).await.unwrap() {
        Chain::Whole { seals, waiting: 0 } => seals,
        other => panic!("{other:?}"),
    };
    // One takes its number first and commits last.
    let mut slow = db::establish(site.ctx.db.url()).await.unwrap();
    slow.batch_execute("BEGIN").await.unwrap();
    write(&mut slow, 1).await;
    write(&mut conn, 2).await;
    let first = seal::seal(&mut conn).await.unwrap().unwrap();
    assert_eq!(first.entries, 1);
    slow.batch_execute("COMMIT").await.unwrap();
    let second = seal::seal(&mut conn).await.unwrap().unwrap();
    assert_eq!((second.number, second.entries), (first.number + 1, 1));
    let rolled_back = conn
        .transaction(async |conn| {
            write(conn, 3).await;
            Err::<(), _>(diesel::result::Error::RollbackTransaction)
        })
        .await;
    assert!(rolled_back.is_err());
    write(&mut conn, 4).await;
    assert_eq!(seal::verify(&mut conn).await.unwrap(), Chain::Whole { seals: before + 2, waiting: 1 });
    // Ten at once, and two that seal.
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..10 {
        let url = site.ctx.db.url().to_owned();
        tasks.spawn(async move {
            let mut conn = db::establish(&url).await.unwrap();
            for i in 0..20 {
                journal::record(&mut conn, Actor::Job("test"), [Entry::new("test.done", "thing", n * 100 + i)])
                    .await
                    .unwrap();
                if n < 2 {
                    seal::seal_all(&mut conn).await.unwrap();
                }
            }
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    seal::seal_all(&mut conn).await.unwrap();
    assert!(matches!(seal::verify(&mut conn).await.unwrap(), Chain::Whole { waiting: 0, .. }));
    assert_eq!(
        number(&mut conn, "SELECT sum(entries)::bigint FROM journal_seals").await,
        number(&mut conn, "SELECT count(*) FROM journal").await
    );

    // The application may change nothing; its owner may, and it shows.
    for sql in [
        "UPDATE journal SET detail = '{}'",
        "DELETE FROM journal",
        "TRUNCATE journal CASCADE",
        "UPDATE journal_seals SET hash = hash",
        "DELETE FROM journal_seals",
        "UPDATE journal_addresses SET network = '10.0.0.1'",
    ] {
        let by = Actor::Visitor("test", "10.0.0.2".parse().unwrap());
        journal::record(&mut conn, by, [Entry::new("test.done", "thing", 5)]).await.unwrap();
        assert!(conn.batch_execute(sql).await.is_err(), "{sql}");
    }
    seal::seal_all(&mut conn).await.unwrap();
    let tampered = async |conn: &mut AsyncPgConnection, sql: &str| {
        conn.batch_execute(&format!("BEGIN; SET LOCAL session_replication_role = replica; {sql}")).await.unwrap();
        // Within the transaction, since nothing of it is to stay.
        let found = seal::verify_within(conn).await.unwrap();
        conn.batch_execute("ROLLBACK").await.unwrap();
        found
    };
    let mut owner = db::establish(site.ctx.db.url()).await.unwrap();
    for sql in [
        "UPDATE journal SET account_id = NULL, job = 'nobody' WHERE object_id = 1 AND object = 'thing'",
        "UPDATE journal SET at = at + interval '1 second' WHERE object_id = 1 AND object = 'thing'",
        "DELETE FROM journal WHERE object_id = 1 AND object = 'thing'",
        "DELETE FROM journal_seals WHERE number = 2",
    ] {
        assert!(matches!(tampered(&mut owner, sql).await, Chain::Broken { .. }), "{sql}");
    }
    let slipped_in = "INSERT INTO journal (job, action, object) VALUES ('x', 'x', 'x')";
    assert_eq!(tampered(&mut owner, slipped_in).await, Chain::Unsealed(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_leaves_nothing() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[PROXY]).await;
    let browser: Browser<'_> = site.browser();
    let nowhere: Answer = browser.post("/desk/sign-in/code", &[("code", "123456")]).await;
    assert_eq!((nowhere.status, nowhere.header("location")), (303, "/desk/sign-in"));
    assert_eq!(browser.get("/desk/sign-in/second-factor").await.header("location"), "/desk/sign-in");
    let mut conn = site.conn().await;
    assert_eq!(query::account(&mut conn, AccountId(987_654_321)).await.unwrap(), None);
    assert_eq!(number(&mut conn, "SELECT count(*) FROM sessions").await, 0);
}
