//! The door of the desk: who gets in, who doesn't, and what a form from elsewhere does.

use communique::account::creation::{CreationError, NewAccount};
use communique::account::{Role, password};
use communique::kit::lang::Lang;
use diesel_async::RunQueryDsl;

use crate::support::{Answer, PASSWORD, TestSite, people};

const EDITOR: &str = "chancellery-editor@chancellery.example";

async fn sign_in(site: &TestSite, email: &str, password: &str) -> Answer {
    site.post("/desk/sign-in", &[("email", email), ("password", password)]).await
}

async fn get_with(site: &TestSite, path: &str, cookie: &str) -> Answer {
    let request = site.http.get(format!("{}{path}", site.base)).header("cookie", cookie);
    Answer::of(request.send().await.unwrap()).await
}

fn cookie(answer: &Answer) -> String {
    answer.header("set-cookie").split(';').next().unwrap().to_owned()
}

fn form_token(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"form_token\" value=\"").expect("a form token");
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_comes_in_and_goes_out_again() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.person(Role::ChancelleryEditor, None).await;
    let at_the_door = site.get("/desk").await;
    assert_eq!((at_the_door.status, at_the_door.header("location")), (303, "/desk/sign-in"));

    let wrong = sign_in(&site, EDITOR, "wrong password").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains(&format!("value=\"{EDITOR}\"")), "the address is kept");
    assert!(!wrong.headers.contains_key("set-cookie"));
    let unknown = sign_in(&site, "nobody@example.org", PASSWORD).await;
    assert_eq!(unknown.status, 422);
    assert_eq!(unknown.body.replace("nobody@example.org", EDITOR), wrong.body, "known and unknown look alike");

    let right = sign_in(&site, EDITOR, PASSWORD).await;
    assert_eq!((right.status, right.header("location")), (303, "/desk"));
    let set = right.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Lax") && set.contains("Path=/"), "{set}");
    let session = cookie(&right);
    let board = get_with(&site, "/desk", &session).await;
    assert_eq!((board.status, board.header("cache-control")), (200, "private, no-store"));

    let token = form_token(&board);
    let sign_out = |form_token: String, from: &'static str| {
        let request = site.http.post(format!("{}/desk/sign-out", site.base));
        let request = request.header("cookie", session.clone()).header("sec-fetch-site", from);
        async move { Answer::of(request.form(&[("form_token", form_token)]).send().await.unwrap()).await.status }
    };
    assert_eq!(sign_out("forged".into(), "same-origin").await, 403);
    assert_eq!(sign_out(token.clone(), "cross-site").await, 403);
    assert_eq!(get_with(&site, "/desk", &session).await.status, 200, "still in");
    assert_eq!(sign_out(token, "same-origin").await, 303);
    assert_eq!(get_with(&site, "/desk", &session).await.status, 303, "the old cookie opens nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_itself() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.person(Role::ChancelleryEditor, None).await;
    let session = cookie(&sign_in(&site, EDITOR, PASSWORD).await);
    let by_itself = async |name: &'static str, value: &'static str| {
        let request = site.http.get(format!("{}/desk", site.base)).header("cookie", session.clone());
        Answer::of(request.header(name, value).send().await.unwrap()).await.status
    };
    for (at, status) in [
        ("2026-03-06T09:29:00Z", 200),
        ("2026-03-06T09:58:00Z", 200),
        ("2026-03-06T10:20:00Z", 0), // what an open page asks by itself is no sign of anybody
        ("2026-03-06T10:29:00Z", 303), // idle for 31 minutes
    ] {
        site.advance_to(at).await;
        if status == 0 {
            assert_eq!(by_itself("x-by-itself", "1").await, 200, "{at}");
            assert_eq!(by_itself("accept", "text/event-stream").await, 200, "{at}");
        } else {
            assert_eq!(get_with(&site, "/desk", &session).await.status, status, "{at}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_tries_are_slowed_down() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[("COMMUNIQUE_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let mut statuses = Vec::new();
    for _ in 0..7 {
        let request = site.http.post(format!("{}/desk/sign-in", site.base)).header("x-forwarded-for", "203.0.113.7");
        let form = request.form(&[("email", "nobody@example.org"), ("password", "wrong password")]);
        let answer = Answer::of(form.send().await.unwrap()).await;
        statuses.push(answer.status);
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|wait| wait <= 60));
        }
    }
    assert_eq!(statuses[..5], [422; 5]);
    assert!(statuses[5..].contains(&429), "{statuses:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_shows_only_what_its_reader_may_see() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.draft("water-agency", &[(Lang::Fr, "Secret de l’eau")], &[]).await;
    site.draft("police", &[(Lang::Fr, "Secret de la police")], &[]).await;
    site.publish("police", &[(Lang::Fr, "Avis de la police")]).await;
    site.person(Role::Contributor, Some("water-agency")).await;
    let session = cookie(&sign_in(&site, &people::email(Role::Contributor, Some("water-agency")), PASSWORD).await);
    let board = get_with(&site, "/desk", &session).await.body;
    assert!(board.contains("Secret de l’eau"));
    assert!(!board.contains("de la police"));
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_are_made_with_care() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let mut conn = site.conn().await;
    let new = |email: &str, role, password: &str| NewAccount {
        email: email.into(),
        name: "Somebody".into(),
        role,
        institution_id: None,
        password: Some(password.into()),
    };
    let made = people::created(&mut conn, new("A@Example.org", Role::Admin, PASSWORD)).await.unwrap();
    assert_eq!(made.role(), Role::Admin);
    for (new, why) in [
        (new("a@example.org", Role::Admin, PASSWORD), "has an account"),
        (new("b@example.org", Role::Contributor, PASSWORD), "needs an institution"),
        (new("b@example.org", Role::Admin, "short"), "at least 12"),
        (new("no address", Role::Admin, PASSWORD), "not a mail address"),
    ] {
        let error = people::created(&mut conn, new).await.expect_err(why);
        assert!(error.to_string().contains(why), "{error}");
        if why.contains("at least") {
            assert!(matches!(error, CreationError::Password(password::PasswordError::Short)));
        }
    }
    assert_eq!(sign_in(&site, "a@EXAMPLE.org", PASSWORD).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_at_the_door_breaks_nothing_and_is_written_down() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[("COMMUNIQUE_TRUSTED_PROXIES", "127.0.0.1")]).await;
    site.person(Role::ChancelleryEditor, None).await;
    for (email, given) in
        [("\0", "x"), ("", ""), ("a@b", "x"), (EDITOR, "\0"), (EDITOR, &"x".repeat(5000)), ("é@example.org", "x")]
    {
        let request = site.http.post(format!("{}/desk/sign-in", site.base));
        let request = request.header("x-forwarded-for", format!("203.0.113.{}", email.len() + given.len() % 200));
        let answer = Answer::of(request.form(&[("email", email), ("password", given)]).send().await.unwrap()).await;
        assert_eq!(answer.status, 422, "{email:?}");
    }
    let mut conn = site.conn().await;
    let refused: i64 = diesel::dsl::sql::<diesel::sql_types::BigInt>(
        "SELECT count(*) FROM journal WHERE action = 'account.sign_in_refused'",
    )
    .get_result(&mut conn)
    .await
    .unwrap();
    assert_eq!(refused, 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_anew_ends_the_session_before() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    site.person(Role::ChancelleryEditor, None).await;
    let first = cookie(&sign_in(&site, EDITOR, PASSWORD).await);
    let request = site.http.post(format!("{}/desk/sign-in", site.base)).header("cookie", first.clone());
    let again = Answer::of(request.form(&[("email", EDITOR), ("password", PASSWORD)]).send().await.unwrap()).await;
    assert_eq!(get_with(&site, "/desk", &first).await.status, 303);
    assert_eq!(get_with(&site, "/desk", &cookie(&again)).await.status, 200);
}
