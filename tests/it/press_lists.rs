//! Press lists: kept by an institution's staff, written to when a release is published, and left by one click.

use communique::account::Role;
use communique::digest::{deliver, run};
use communique::directory::Family;
use communique::ids::ReleaseId;
use communique::kit::lang::Lang;
use communique::kit::mail::Address;
use communique::release::drafting;
use communique::release::model::NewRelease;
use communique::subscription::model::{SuppressionReason, address_key};
use communique::subscription::query;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::publishing::{both, main_text};
use crate::subscription::{link, subscribe};
use crate::support::browser::Browser;
use crate::support::{Answer, TestSite, english};

const AT: &str = "2026-11-20T10:00:00Z";

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

async fn institution_id(site: &TestSite, code: &str) -> i64 {
    one(site, &format!("SELECT id FROM institutions WHERE code = '{code}'")).await.parse().unwrap()
}

/// Makes a list at the desk; gives its address.
async fn made(browser: &Browser<'_>, institution: i64, name: &str) -> String {
    let lists = format!("/desk/institutions/{institution}/press-lists");
    browser.get(&lists).await;
    let fields = [("name", name), ("basis", "accredited in May 2026"), ("first", "en"), ("second", "fr")];
    let made = browser.post(&lists, &fields).await;
    assert_eq!(made.status, 303, "{}", made.body);
    made.header("location").to_owned()
}

async fn add(browser: &Browser<'_>, list: &str, addresses: &str) -> Answer {
    browser.get(list).await;
    browser.post(&format!("{list}/members"), &[("addresses", addresses), ("sure", "on")]).await
}

/// A draft in the two languages that everybody asks for, of which nothing is to be corrected.
async fn drafted(site: &TestSite, institution: &str, french: &str, dutch: &str) -> ReleaseId {
    let lead = site.institution(institution, Family::Institutions).await;
    let author = site.person(Role::Contributor, Some(institution)).await;
    let mut content = both();
    for (lang, title) in [(Lang::Fr, french), (Lang::Nl, dutch)] {
        title.clone_into(&mut content.versions.get_mut(&lang).unwrap().title);
    }
    let new = NewRelease { issuers: vec![lead], content };
    drafting::begin(&mut *site.conn().await, &author, new).await.unwrap().0
}

/// Goes through the desk's page of publication with these lists ticked, to its end.
async fn publish(browser: &Browser<'_>, release: ReleaseId, lists: &[&str], at: Option<(&str, &str)>) {
    let page = browser.get(&format!("/desk/releases/{release}/publication")).await;
    let seen = page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut fields = vec![("act", "go"), ("seen", seen.as_str()), ("use", "now")];
    match at {
        None => fields.push(("when", "now")),
        Some((day, hour)) => fields.extend([("when", "at"), ("day", day), ("hour", hour)]),
    }
    fields.extend(lists.iter().map(|list| ("list", *list)));
    let path = format!("/desk/releases/{release}/publication");
    let asked = browser.post(&path, &fields).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    for list in lists {
        assert!(asked.body.contains(&format!(r#"name="list" value="{list}""#)), "{}", asked.body);
    }
    fields.push(("confirmed", "yes"));
    let done = browser.post(&path, &fields).await;
    assert_eq!(done.status, 303, "{}", done.body);
}

async fn send(site: &TestSite) -> Vec<String> {
    let before = site.smtp.received().await.len();
    run::open_at_once(&site.ctx).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    let mut reached: Vec<String> =
        site.smtp.received().await.into_iter().skip(before).flat_map(|mail| mail.rcpt).collect();
    reached.sort();
    reached
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_goes_to_the_lists_that_were_chosen_once_it_is_public_and_never_before() {
    let site = english(AT).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let institution = institution_id(&site, "water-agency").await;
    subscribe(&site, "reader@example.org", "", &[Lang::Fr]).await;
    let list = made(&publisher, institution, "Accredited").await;
    let other = made(&publisher, institution, "Others").await;
    let number = list.rsplit('/').next().unwrap().to_owned();
    assert_eq!(add(&publisher, &list, "Ann <ann@example.org>\nben@example.org, reader@example.org").await.status, 303);
    assert_eq!(add(&publisher, &other, "other@example.org").await.status, 303);
    let page = publisher.get(&list).await.body;
    assert!(page.contains("3 addresses") && page.contains("ann@example.org"), "{page}");

    let release = drafted(&site, "water-agency", "La digue tient", "De dijk houdt").await;
    let offered = publisher.get(&format!("/desk/releases/{release}/publication")).await.body;
    assert!(offered.contains("To which press lists?") && offered.contains("Accredited"));
    publish(&publisher, release, &[&number], Some(("2026-11-20", "13:30"))).await;
    assert!(send(&site).await.is_empty(), "it is not public yet");
    let kept = publisher.get(&format!("/desk/releases/{release}")).await;
    assert_eq!(kept.status, 200);
    site.advance_to("2026-11-20T12:30:00Z").await;
    communique::release::publication::publish_due(&site.ctx).await.unwrap();
    assert_eq!(send(&site).await, ["ann@example.org", "ben@example.org", "reader@example.org"]);
    assert!(send(&site).await.is_empty(), "once");
    // Who is subscribed too has had it, and does not get it a second time at the slot.
    site.advance_to("2026-11-20T16:00:00Z").await;
    let before = site.smtp.received().await.len();
    run::open_due(&site.ctx).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    assert_eq!(site.smtp.received().await.len(), before);

    // The way out of the list, and of nothing else.
    let mails = site.smtp.received().await;
    let mail = mails.iter().find(|mail| mail.rcpt == ["ann@example.org"]).unwrap();
    let text = mail.text().replace("\r\n", "\n");
    assert!(text.contains("Accredited"), "it says why it came: {text}");
    let way_out = link(&site, &text, "/end/");
    assert_eq!(site.post(&way_out, &[("List-Unsubscribe", "One-Click")]).await.status, 200);
    assert_eq!(one(&site, "SELECT state FROM subscribers WHERE email = 'ann@example.org'").await, "unsubscribed");
    // Hours have passed: the session of the morning is over.
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let refused = add(&publisher, &list, "ann@example.org\nnew@example.org").await;
    assert!(refused.status == 422 && refused.body.contains("Not added, since they left"), "{}", refused.body);
    let refused = add(&publisher, &other, "ANN@example.org").await;
    assert_eq!(refused.status, 422, "nor on another list of the same institution");
    assert_eq!(one(&site, "SELECT count(*) FROM press_list_refusals").await, "1");
    // Of their own will they may subscribe all the same.
    subscribe(&site, "ann@example.org", "", &[Lang::Fr]).await;

    let second = drafted(&site, "water-agency", "L’écluse ouvre", "De sluis gaat open").await;
    publish(&publisher, second, &[&number], None).await;
    assert_eq!(send(&site).await, ["ben@example.org", "new@example.org", "reader@example.org"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_their_institution_s_and_what_is_wrong_is_said() {
    let site = english(AT).await;
    site.institution("police", Family::Institutions).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let police = site.signed_in(Role::Publisher, Some("police")).await;
    let (own, foreign) = (institution_id(&site, "water-agency").await, institution_id(&site, "police").await);
    let list = made(&publisher, own, "Accredited").await;
    let number = list.rsplit('/').next().unwrap();
    let institution_page = publisher.get(&format!("/desk/institutions/{own}")).await.body;
    assert!(institution_page.contains(&format!("/desk/institutions/{own}/press-lists")), "one finds it");

    // The list of another institution is not there, by whichever address.
    assert_eq!(police.get(&list).await.status, 404);
    assert_eq!(police.get(&format!("/desk/institutions/{foreign}/press-lists/{number}")).await.status, 404);
    for part in ["members", "removal", "closing", ""] {
        let path = format!("/desk/institutions/{foreign}/press-lists/{number}/{part}");
        police.get("/desk").await;
        let fields = [
            ("addresses", "x@example.org"),
            ("sure", "on"),
            ("member", "1"),
            ("name", "x"),
            ("basis", "x"),
            ("first", "en"),
        ];
        assert_eq!(police.post(path.trim_end_matches('/'), &fields).await.status, 404, "{part}");
    }
    let release = drafted(&site, "police", "La police cherche", "De politie zoekt").await;
    publish(&police, release, &[], None).await;
    assert_eq!(one(&site, "SELECT count(*) FROM release_press_lists").await, "0");

    let lists = format!("/desk/institutions/{own}/press-lists");
    publisher.get(&lists).await;
    let twice = publisher.post(&lists, &[("name", "ACCREDITED"), ("basis", "x"), ("first", "en")]).await;
    assert!(twice.status == 422 && twice.body.contains("has a list of that name"), "{}", twice.body);
    let empty = publisher.post(&lists, &[("name", " "), ("basis", ""), ("first", "xx")]).await;
    assert!(
        empty.status == 422 && empty.body.contains("A name is needed") && empty.body.contains("Say why"),
        "{}",
        empty.body
    );
    assert_eq!(publisher.post(&lists, &[("form_token", "forged"), ("name", "x"), ("basis", "x")]).await.status, 403);

    let key = address_key(&site.ctx.secret, &Address::parse("never@example.org").unwrap());
    query::suppress(&mut *site.conn().await, &key, SuppressionReason::Asked).await.unwrap();
    let mixed =
        add(&publisher, &list, "good@example.org\nnever@example.org\nroot@localhost\nbad\r\nBcc: x@example.org").await;
    assert_eq!(mixed.status, 422);
    assert!(
        mixed.body.contains("One address was added")
            && mixed.body.contains("never@example.org")
            && mixed.body.contains("root@localhost")
    );
    assert_eq!(one(&site, "SELECT string_agg(email, ' ') FROM subscribers").await, "good@example.org");
    let again = add(&publisher, &list, "Good@example.org").await;
    assert_eq!(again.status, 303);
    assert_eq!(one(&site, "SELECT count(*) FROM subscriptions").await, "1");
    assert_eq!(one(&site, "SELECT count(*) FROM journal WHERE detail::text ILIKE '%example.org%'").await, "0");

    let member = one(&site, "SELECT id FROM subscriptions").await;
    publisher.get(&list).await;
    assert_eq!(publisher.post(&format!("{list}/removal"), &[("member", &member)]).await.status, 303);
    assert_eq!(one(&site, "SELECT state FROM subscribers").await, "unsubscribed");
    assert_eq!(add(&publisher, &list, "good@example.org").await.status, 303, "taken off by staff, put back by staff");
    publisher.get(&list).await;
    assert_eq!(publisher.post(&format!("{list}/closing"), &[("sure", "on")]).await.status, 303);
    assert_eq!(publisher.get(&list).await.status, 404);
    let running: i64 = diesel::dsl::sql::<BigInt>("SELECT count(*) FROM subscriptions WHERE ended_at IS NULL")
        .get_result(&mut *site.conn().await)
        .await
        .unwrap();
    assert_eq!(running, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_of_publication_counts_each_reader_once_and_says_when() {
    let site = english("2026-11-20T08:30:00Z").await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let institution = institution_id(&site, "water-agency").await;
    let list = made(&publisher, institution, "Accredited").await;
    let number = list.rsplit('/').next().unwrap().to_owned();
    for (email, filter) in [
        ("slots@example.org", ""),
        ("words@example.org", "q=dijk"),
        ("elsewhere@example.org", "q=sluice"),
        ("german@example.org", "language=de"),
        ("paused@example.org", ""),
        ("both@example.org", ""),
    ] {
        subscribe(&site, email, filter, &[Lang::En]).await;
    }
    let mut conn = site.conn().await;
    for sql in [
        "UPDATE subscriptions SET frequency = 'at_once' WHERE filter = 'q=dijk'",
        "UPDATE subscriptions SET paused_from = site_now() FROM subscribers p WHERE p.id = subscriber_id AND email LIKE 'paused%'",
        "UPDATE subscriptions SET slots = '{17:00}' FROM subscribers p WHERE p.id = subscriber_id AND email LIKE 'both%'",
    ] {
        diesel::sql_query(sql).execute(&mut conn).await.unwrap();
    }
    drop(conn);
    assert_eq!(add(&publisher, &list, "ann@example.org, slots@example.org").await.status, 303);
    let release = drafted(&site, "water-agency", "La digue tient", "De dijk houdt").await;
    let answer = publisher.get(&format!("/desk/releases/{release}/publication")).await;
    let page = answer.body.clone();
    assert!(
        main_text(&answer).contains("3 subscribers get it by e-mail: 1 at once; 1 at the slot of Friday 20 November 2026, 13:00; 1 at the slot of Friday 20 November 2026, 17:00."),
        "{page}"
    );
    let seen = page.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let fields = [("act", "go"), ("seen", seen.as_str()), ("use", "now"), ("when", "now"), ("list", number.as_str())];
    let asked = main_text(&publisher.post(&format!("/desk/releases/{release}/publication"), &fields).await);
    assert!(
        asked.contains("4 subscribers get it by e-mail: 3 at once; 1 at the slot of Friday 20 November 2026, 17:00."),
        "{asked}"
    );
    assert!(asked.contains("2 of them are on press lists."), "{asked}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_ended_everything_is_put_on_no_list_until_they_come_back() {
    let site = english(AT).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let institution = institution_id(&site, "water-agency").await;
    let list = made(&publisher, institution, "Accredited").await;
    subscribe(&site, "left@example.org", "", &[Lang::En]).await;
    site.publish("water-agency", &[(Lang::En, "Number 1")]).await;
    site.advance_to("2026-11-20T12:00:00Z").await;
    run::open_due(&site.ctx).await.unwrap();
    deliver::drain(&site.ctx).await.unwrap();
    let text = site.smtp.received().await[0].text().replace("\r\n", "\n");
    let way_out = link(&site, &text, "/end/");
    assert_eq!(site.post(&way_out, &[("scope", "all")]).await.status, 303);

    // Hours have passed: the session of the morning is over.
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let refused = add(&publisher, &list, "left@example.org\nstaff@example.org\ngone@example.org").await;
    assert!(refused.status == 422 && refused.body.contains("<li>left@example.org</li>"), "{}", refused.body);
    assert_eq!(one(&site, "SELECT state FROM subscribers WHERE email = 'left@example.org'").await, "unsubscribed");
    // The answer to the form has an address that can be loaded again.
    let again = publisher.get(&format!("{list}/members")).await;
    assert_eq!((again.status, again.header("location")), (303, list.as_str()));

    // Whom staff take off they may put back; whose mail comes back is counted apart.
    let member = one(
        &site,
        "SELECT s.id FROM subscriptions s JOIN subscribers p ON p.id = subscriber_id WHERE email LIKE 'staff%'",
    )
    .await;
    assert_eq!(publisher.post(&format!("{list}/removal"), &[("member", member.as_str())]).await.status, 303);
    assert_eq!(add(&publisher, &list, "staff@example.org").await.status, 303);
    diesel::sql_query("UPDATE subscribers SET state = 'suspended', ended_at = site_now() WHERE email LIKE 'gone%'")
        .execute(&mut *site.conn().await)
        .await
        .unwrap();
    let page = publisher.get(&list).await.body;
    assert!(page.contains("2 addresses, one of them cannot be reached"), "{page}");

    // Their own later consent lifts it.
    subscribe(&site, "left@example.org", "topic=floods", &[Lang::En]).await;
    assert_eq!(add(&publisher, &list, "left@example.org").await.status, 303);
}
