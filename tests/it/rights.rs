//! Who gets through which door: every route that `server::routes` names, for every role, on its own institution's things,
//! another's, those it co-issues, and the Council's, in every state that matters (PROMISES I-6, V8).
//!
//! What is expected stands here a second time, as letters; that it is asked on every route, and that a refusal is written
//! down, is what this test adds to the table in `account::rights`.

use std::collections::BTreeMap;

use actix_web::http::Method;
use communique::account::rights::{Action, Right};
use communique::account::{Person, Role};
use communique::directory::Family;
use communique::ids::{EditionId, ReleaseId};
use communique::kit::lang::Lang;
use communique::release::model::NewRelease;
use communique::release::{drafting, publication};
use diesel::sql_types::BigInt;
use diesel_async::{AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};

use crate::support::browser::Browser;
use crate::support::{TestSite, content};

/// What is asked for, in the letters of the tables below.
fn letter(action: Action) -> char {
    match action {
        Action::Read => 'r',
        Action::Write => 'w',
        Action::Publish => 'p',
        Action::Settings => 's',
        Action::Contacts => 'c',
        Action::People => 'o',
        Action::RunDigests => 'D',
        Action::Subscribers => 'S',
        Action::Topics => 'T',
        Action::Pages => 'P',
        Action::Redirects => 'R',
        Action::Journal => 'J',
        Action::Imports => 'I',
        Action::Institutions => 'N',
        Action::PressLists => 'l',
        Action::Governments => 'G',
        Action::Meetings => 'M',
        Action::ReadMeetings => 'm',
        Action::Answer => 'A',
    }
}

/// What somebody may do to things of whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Own,
    /// Led by another, and not handed in yet.
    CoIssuedDraft,
    CoIssued,
    Other,
    Council,
}

/// Of a release.
fn on_release(role: Role, of: Of) -> &'static str {
    match (role, of) {
        (Role::Contributor, Of::Own) => "rw",
        (Role::Publisher | Role::InstitutionAdmin, Of::Own) => "rwp",
        (Role::Contributor | Role::Publisher | Role::InstitutionAdmin, Of::CoIssued) => "r",
        (Role::ChancelleryEditor, Of::Council) => "rwp",
        (Role::Admin, _) => "r",
        _ => "",
    }
}

/// Of an institution.
fn on_institution(role: Role, of: Of) -> &'static str {
    match (role, of) {
        (Role::Contributor | Role::PictureDesk | Role::Photographer, Of::Own) => "rw",
        (Role::Publisher, Of::Own) => "rwl",
        (Role::InstitutionAdmin, Of::Own) => "rwscol",
        (Role::ChancelleryEditor, Of::Council) => "rwscl",
        (Role::Admin, _) => "rscoNl",
        _ => "",
    }
}

/// To a file that nobody of them uploaded; co-issued: of another institution, in a submitted release of both.
fn on_asset(role: Role, of: Of) -> &'static str {
    match (role, of) {
        (Role::Contributor | Role::Publisher | Role::InstitutionAdmin | Role::PictureDesk, Of::Own) => "rw",
        (Role::Contributor | Role::Publisher | Role::InstitutionAdmin, Of::CoIssued) => "r",
        (Role::ChancelleryEditor, Of::Council) => "rw",
        (Role::Admin, _) => "r",
        _ => "",
    }
}

/// Of somebody's account.
fn on_account(role: Role, of: Of) -> &'static str {
    match (role, of) {
        (Role::InstitutionAdmin, Of::Own) | (Role::Admin, _) => "ro",
        _ => "",
    }
}

/// Of a mandate: of the own policy cell, of another for which the spokesperson of the test speaks, and of the own policy
/// cell in a government that is being prepared.
fn on_mandate(role: Role, of: Of) -> &'static str {
    match (role, of) {
        (Role::Admin | Role::ChancelleryEditor, _) => "rcoG",
        (Role::InstitutionAdmin, Of::Own) => "rco",
        (Role::Contributor | Role::Publisher | Role::PictureDesk | Role::Photographer, Of::Own) => "r",
        (Role::Spokesperson, Of::Other) => "rc",
        _ => "",
    }
}

/// Of the site.
fn on_site(role: Role) -> &'static str {
    match role {
        Role::Contributor | Role::Publisher => "w",
        Role::InstitutionAdmin => "wo",
        Role::ChancelleryEditor => "wDGMm",
        Role::Admin => "oDSTPRJINGm",
        Role::Spokesperson => "A",
        Role::PictureDesk | Role::Photographer => "",
    }
}

/// Doors of the desk that somebody who is not signed in must get through.
const OPEN_DOORS: &[&str] = &["/desk/sign-in", "/desk/forgotten", "/desk/forgotten/asked"];

/// Forms that end the session which sends them, or others': tried by journeys of their own.
const ENDS_SESSIONS: &[&str] = &["/desk/sign-out"];

/// Forms after which the next question finds nothing: likewise, where they may.
const TAKES_AWAY: &[&str] = &[
    "/desk/governments/{government}/discarding",
    "/desk/governments/{government}/takeover",
    "/desk/mandates/{mandate}/end",
];

/// What a right opens, and then only a demo has.
const DEMO_ONLY: &[&str] = &["/desk/demo-clock"];

/// What an address with ids in it may stand for.
struct Things {
    releases: Vec<(Of, &'static str, i64)>,
    institutions: Vec<(Of, &'static str, i64)>,
    accounts: Vec<(Of, &'static str, i64)>,
    assets: Vec<(Of, &'static str, i64)>,
    mandates: Vec<(Of, &'static str, i64)>,
}

#[tokio::test(flavor = "multi_thread")]
async fn every_route_asks_every_role() {
    let site = TestSite::with("2026-03-06T09:00:00Z", &[("COMMUNIQUE_TRUSTED_PROXIES", "127.0.0.1")]).await;
    let things = things(&site).await;
    let mut browsers = BTreeMap::new();
    for role in Role::ALL {
        let institution = match role {
            Role::ChancelleryEditor | Role::Spokesperson | Role::Admin => None,
            _ => Some("water-agency"),
        };
        browsers.insert(*role, site.signed_in(*role, institution).await);
    }
    let nobody = site.browser();
    let mut routes = communique::server::routes(&site.ctx.settings);
    // Pages first: a form that goes through may change what the next one finds.
    routes.sort_by_key(|route| route.method != Method::GET);
    let (mut cells, mut wrong) = (0, Vec::new());
    for route in &routes {
        let (method, pattern) = (&route.method, route.pattern.as_str());
        let (action, segment, objects): (_, _, &[(Of, &str, i64)]) = match route.right {
            Right::Public => {
                let of_the_desk = pattern.starts_with("/desk") || pattern.starts_with("/mailbox");
                let is_open = OPEN_DOORS.contains(&pattern) || pattern.starts_with("/desk/sign-in/");
                assert!(!of_the_desk || is_open, "{route:?} is open to everybody");
                continue;
            }
            Right::DemoOnly => {
                let there = ask(&site, &browsers[&Role::Admin], method, &filled(pattern, "", 0)).await;
                assert_eq!(there.0, 404, "{route:?} on a site that is no demo");
                continue;
            }
            Right::SignedIn => (None, "", &[]),
            Right::Site(action) => (Some(action), "", &[]),
            Right::Release(action) => (Some(action), "release", things.releases.as_slice()),
            Right::Institution(action) => (Some(action), "institution", things.institutions.as_slice()),
            Right::Account(action) => (Some(action), "account", things.accounts.as_slice()),
            Right::Asset(action) => (Some(action), "asset", things.assets.as_slice()),
            Right::Mandate(action) => (Some(action), "mandate", things.mandates.as_slice()),
        };
        assert!(
            segment.is_empty()
                || pattern.contains(&format!("{{{segment}}}"))
                || pattern.contains(&format!("{{{segment}:")),
            "{route:?} asks for a right on what its address doesn't name"
        );
        // Nobody gets in, and what is there looks like what is not.
        for id in objects.iter().map(|(_, _, id)| *id).chain([987_654_321]) {
            let (status, location, _) = ask(&site, &nobody, method, &filled(pattern, segment, id)).await;
            let shown_the_door = *method == Method::GET && status == 303 && location.starts_with("/desk/sign-in");
            if !(shown_the_door || *method == Method::POST && status == 401) {
                wrong.push(format!("{route:?} for nobody: {status} {location}"));
            }
        }
        for (role, browser) in &browsers {
            if segment.is_empty() {
                let may = action.is_none_or(|action| on_site(*role).contains(letter(action)));
                if may && (ENDS_SESSIONS.contains(&pattern) || TAKES_AWAY.contains(&pattern)) {
                    continue;
                }
                cells += 1;
                let expected = if may { Told::Through } else { Told::Hidden };
                check(&site, route, *role, browser, &filled(pattern, "", 0), "the site", expected, &mut wrong).await;
                continue;
            }
            cells += 1;
            let path = filled(pattern, segment, 987_654_321);
            check(&site, route, *role, browser, &path, "nothing", Told::Hidden, &mut wrong).await;
            for (of, what, id) in objects {
                cells += 1;
                let letters = match segment {
                    "release" => on_release(*role, *of),
                    "institution" => on_institution(*role, *of),
                    "asset" => on_asset(*role, *of),
                    "mandate" => on_mandate(*role, *of),
                    _ => on_account(*role, *of),
                };
                let expected = if letters.contains(letter(action.unwrap())) {
                    Told::Through
                } else if letters.contains('r') {
                    Told::Refused
                } else {
                    Told::Hidden
                };
                if expected == Told::Through && TAKES_AWAY.contains(&pattern) {
                    continue;
                }
                let path = filled(pattern, segment, *id);
                check(&site, route, *role, browser, &path, what, expected, &mut wrong).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {cells} cells:\n{}", wrong.len(), wrong.join("\n"));
    assert!(cells >= 300, "only {cells} cells");
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Told {
    Through,
    Refused,
    Hidden,
}

#[expect(clippy::too_many_arguments, reason = "one cell of the table, whole")]
async fn check(
    site: &TestSite,
    route: &communique::kit::web::routes::Route<Right>,
    role: Role,
    browser: &Browser<'_>,
    path: &str,
    what: &str,
    expected: Told,
    wrong: &mut Vec<String>,
) {
    let (status, _, was_refused) = ask(site, browser, &route.method, path).await;
    // Below what the right is asked for, a handler may find nothing; and then it isn't the door that says so.
    let found = match (was_refused, status) {
        (true, 403) => Some(Told::Refused),
        (true, 404) => Some(Told::Hidden),
        (false, 403) if !is_whole(&route.pattern) => Some(Told::Through),
        (false, 404) if !is_whole(&route.pattern) => Some(Told::Through),
        (false, 401 | 403 | 404) => None,
        (false, _) => Some(Told::Through),
        (true, _) => None,
    };
    if found != Some(expected) {
        wrong.push(format!("{route:?}, {role} on {what}: {status}, expected {expected:?}"));
    }
}

/// Whether the address is there for everybody with the right, and names nothing but what the right is asked for.
fn is_whole(pattern: &str) -> bool {
    pattern.matches('{').count() <= 1 && !DEMO_ONLY.contains(&pattern)
}

/// Status and Location of the answer, and whether a refusal was written down.
async fn ask(site: &TestSite, browser: &Browser<'_>, method: &Method, path: &str) -> (u16, String, bool) {
    let before = refusals(site).await;
    let answer = if *method == Method::GET { browser.get(path).await } else { browser.post(path, &[]).await };
    let refused = refusals(site).await - before;
    assert!(refused <= 1, "{path}: refused {refused} times");
    assert!(answer.status < 500, "{method} {path}: {} {}", answer.status, answer.body);
    (answer.status, answer.header("location").to_owned(), refused == 1)
}

async fn refusals(site: &TestSite) -> i64 {
    let mut conn = site.conn().await;
    diesel::dsl::sql::<BigInt>("SELECT count(*) FROM journal WHERE action = 'access.refused'")
        .get_result(&mut conn)
        .await
        .unwrap()
}

/// The pattern with the id in its segment, and something in all others.
fn filled(pattern: &str, segment: &str, id: i64) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, from)) = rest.split_once('{') {
        // A rule may hold braces of its own.
        let mut depth = 1;
        let end = from
            .char_indices()
            .find(|(_, c)| {
                depth += i32::from(*c == '{') - i32::from(*c == '}');
                depth == 0
            })
            .map(|(at, _)| at)
            .unwrap();
        let name = from[..end].split(':').next().unwrap();
        out.push_str(before);
        out.push_str(&match name {
            name if name == segment => id.to_string(),
            // What everybody who may see the site's own things finds there: a page, the first topic, run and reader.
            "page" => "help".to_owned(),
            "topic" | "government" | "meeting" | "run" | "subscriber" | "import" | "redirect" => "1".to_owned(),
            _ => "987654321".to_owned(),
        });
        rest = &from[end + 1..];
    }
    out + rest
}

/// Releases, institutions and accounts of every kind that a right tells apart.
async fn things(site: &TestSite) -> Things {
    assert_eq!(site.topic("water").await.0, 1);
    diesel_async::SimpleAsyncConnection::batch_execute(
        &mut site.conn().await,
        "INSERT INTO imports (format, name, path) VALUES ('wxr', 'old.xml', '/nowhere');
         INSERT INTO redirects (path, target) VALUES ('/old', '/fr/themes')",
    )
    .await
    .unwrap();
    crate::subscription::subscribe(site, "reader@example.org", "", &[Lang::Fr]).await;
    diesel::sql_query("INSERT INTO digest_runs (due_at, bound, give_up_at) VALUES (site_now(), 0, site_now())")
        .execute(&mut *site.conn().await)
        .await
        .unwrap();
    assert_eq!(site.meeting("2026-03-13", None).await.0, 1);
    let own = site.institution("water-agency", Family::Institutions).await;
    let other = site.institution("police", Family::Institutions).await;
    let council = site.institution("council", Family::Council).await;
    let editor = site.person(Role::ChancelleryEditor, None).await;
    let mut releases = Vec::new();
    for (of, draft, name, issuers) in [
        (Of::Own, Of::Own, "an own release", vec![own, other]),
        (Of::CoIssued, Of::CoIssuedDraft, "a co-issued release", vec![other, own]),
        (Of::Other, Of::Other, "another's release", vec![other]),
        (Of::Council, Of::Council, "a release of the Council", vec![council]),
    ] {
        let lead = if issuers[0] == own { "water-agency" } else { "police" };
        // The Council always wants a second pair of eyes.
        let (author, publisher) = match of {
            Of::Council => (editor.clone(), site.person(Role::ChancelleryEditor, Some("council")).await),
            _ => {
                let publisher = site.person(Role::Publisher, Some(lead)).await;
                (publisher.clone(), publisher)
            }
        };
        for state in ["draft", "submitted", "published"] {
            let (release, edition) = begin(site, &author, &issuers).await;
            let mut conn = site.conn().await;
            match state {
                "submitted" => drafting::submit(&mut conn, &author, edition).await.unwrap(),
                "published" => {
                    if of == Of::Council {
                        drafting::submit(&mut conn, &author, edition).await.unwrap();
                        drafting::make_ready(&mut conn, &publisher, edition).await.unwrap();
                        publication::publish(&mut conn, site.ctx.settings.zone, &publisher, &[edition]).await.unwrap();
                    } else {
                        publication::publish_draft(&mut conn, site.ctx.settings.zone, &author, edition).await.unwrap();
                    }
                }
                _ => {}
            }
            let of = if state == "draft" { draft } else { of };
            let what: &'static str = format!("{name}, {state}").leak();
            releases.push((of, what, release.0));
        }
    }
    let colleague = site.person(Role::Contributor, Some("water-agency")).await;
    // Not one of those who ask.
    let mut conn = site.conn().await;
    let target: i64 = diesel::dsl::sql::<BigInt>(
        "INSERT INTO accounts (email, name, role, institution_id)
         SELECT 'target@water-agency.example', 'Target', role, institution_id FROM accounts
         WHERE email = 'contributor@water-agency.example' RETURNING id",
    )
    .get_result(&mut conn)
    .await
    .unwrap();
    assert_ne!(target, colleague.id().0);
    let stranger = site.person(Role::Contributor, Some("police")).await.id().0;
    let of_council: i64 = diesel::dsl::sql::<BigInt>(
        "INSERT INTO accounts (email, name, role) VALUES ('second@chancellery.example', 'Second', 'chancellery-editor')
         RETURNING id",
    )
    .get_result(&mut conn)
    .await
    .unwrap();
    let mut assets = Vec::new();
    for (of, what, institution) in [
        (Of::Own, "an own file", own),
        (Of::CoIssued, "a file of a co-issued release", other),
        (Of::Other, "another's file", other),
        (Of::Council, "a file of the Council", council),
    ] {
        let id: i64 = diesel::dsl::sql::<BigInt>(&format!(
            "INSERT INTO assets (institution_id, kind, state, file_name, link)
             VALUES ({institution}, 'link', 'ready', 'Vimeo', 'https://vimeo.com/1') RETURNING id"
        ))
        .get_result(&mut conn)
        .await
        .unwrap();
        if of == Of::CoIssued {
            let release = releases.iter().find(|(_, what, _)| *what == "a co-issued release, submitted").unwrap().2;
            diesel::sql_query(format!(
                "INSERT INTO revision_media (revision_id, position, asset_id)
                 SELECT head_revision_id, 0, {id} FROM editions WHERE release_id = {release}"
            ))
            .execute(&mut conn)
            .await
            .unwrap();
        }
        assets.push((of, what, id));
    }
    let mandates = mandates(&mut conn, own.0, other.0).await;
    something_to_answer(site).await;
    Things {
        assets,
        mandates,
        releases,
        institutions: vec![
            (Of::Own, "the own institution", own.0),
            (Of::Other, "another institution", other.0),
            (Of::Council, "the Council", council.0),
        ],
        accounts: vec![
            (Of::Own, "a colleague", target),
            (Of::Other, "somebody of another institution", stranger),
            (Of::Council, "somebody of the Chancellery", of_council),
        ],
    }
}

/// A government that governs, and the first of all, which is being prepared and stays so.
async fn mandates(conn: &mut AsyncPgConnection, own: i64, other: i64) -> Vec<(Of, &'static str, i64)> {
    conn.batch_execute(
        "INSERT INTO governments (code, names) VALUES ('next', '{\"en\": \"Next\"}');
         INSERT INTO governments (code, names, starts_at) VALUES ('present', '{\"en\": \"Present\"}', '2025-01-01');
         INSERT INTO persons (code, given_name, family_name) VALUES ('a-b', 'A', 'B');
         INSERT INTO offices (code, names) VALUES ('one', '{\"en\": \"One\"}'), ('two', '{\"en\": \"Two\"}')",
    )
    .await
    .unwrap();
    let mut found = Vec::new();
    for (of, what, code, government, office, cell, begun) in [
        (Of::Own, "an own mandate", "own", "present", "one", own, true),
        (Of::Other, "another's mandate", "other", "present", "two", other, true),
        (Of::Council, "a prepared mandate of the own policy cell", "prepared", "next", "one", own, false),
    ] {
        let begun = if begun { "'2025-01-01'" } else { "NULL" };
        let id: i64 = diesel::dsl::sql::<BigInt>(&format!(
            "INSERT INTO mandates (code, government_id, office_id, person_id, titles, policy_cell_id, starts_at)
             SELECT '{code}', g.id, o.id, p.id, '{{\"en\": \"Minister\"}}', {cell}, {begun}
             FROM governments g, offices o, persons p WHERE g.code = '{government}' AND o.code = '{office}' RETURNING id"
        ))
        .get_result(conn)
        .await
        .unwrap();
        found.push((of, what, id));
    }
    // Under their address, before they had an account.
    diesel::sql_query(format!(
        "INSERT INTO spokespersons (mandate_id, name, email, lang, starts_at)
         VALUES ({}, 'Somebody', 'Spokesperson@chancellery.example', 'fr', '2025-01-01')",
        found[1].2
    ))
    .execute(conn)
    .await
    .unwrap();
    found
}

/// In the first meeting, something is asked of whoever signs in as a spokesperson, for a mandate that no other form ends.
async fn something_to_answer(site: &TestSite) {
    let mandate: i64 = diesel::dsl::sql::<BigInt>(
        "WITH office AS (INSERT INTO offices (code, names) VALUES ('three', '{\"en\": \"Three\"}') RETURNING id),
              mandate AS (INSERT INTO mandates (code, government_id, office_id, person_id, titles, starts_at)
                  SELECT 'asked', g.id, o.id, p.id, '{\"en\": \"Minister\"}', '2025-01-01'
                  FROM governments g, office o, persons p WHERE g.code = 'present' AND p.code = 'a-b' RETURNING id),
              speaks AS (INSERT INTO spokespersons (mandate_id, name, email, lang, starts_at)
                  SELECT id, 'Somebody', 'Spokesperson@chancellery.example', 'fr', '2025-01-01' FROM mandate)
         SELECT id FROM mandate",
    )
    .get_result(&mut *site.conn().await)
    .await
    .unwrap();
    let (writer, _) = site.chancellery().await;
    let meeting = communique::ids::MeetingId(1);
    let titles = [(Lang::Fr, "Un titre"), (Lang::Nl, "Een titel")];
    let (_, edition) = site.decision(meeting, &titles, &[communique::ids::MandateId(mandate)]).await;
    let mut conn = site.conn().await;
    communique::validation::round::send(&mut conn, &site.ctx, &writer, meeting, &[edition]).await.unwrap();
}

async fn begin(site: &TestSite, author: &Person, issuers: &[communique::ids::InstitutionId]) -> (ReleaseId, EditionId) {
    let content = content(&[(Lang::Fr, "Un titre"), (Lang::Nl, "Een titel")]);
    let mut conn = site.conn().await;
    drafting::begin(&mut conn, author, NewRelease { issuers: issuers.to_vec(), content }).await.unwrap()
}

#[test]
fn patterns_are_filled_whole() {
    for (pattern, filled_in) in [
        ("/desk/releases/{release}/editor", "/desk/releases/7/editor"),
        (r"/desk/releases/{release:\d{1,9}}/x/{part}", "/desk/releases/7/x/987654321"),
        ("/desk", "/desk"),
    ] {
        assert_eq!(filled(pattern, "release", 7), filled_in);
    }
}
