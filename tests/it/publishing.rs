//! The way to the public over the pages of the desk: what is looked at, what will happen, one press, and what comes after.

use communique::account::{Person, Role};
use communique::directory::Family;
use communique::ids::{EditionId, ReleaseId};
use communique::kit::lang::Lang;
use communique::release::draft::{self, Field, Written};
use communique::release::mails::RatificationMail;
use communique::release::model::{Content, NewRelease};
use communique::release::state::State;
use communique::release::{drafting, forcing, publication, query};
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use serde_json::Value;

use crate::support::browser::Browser;
use crate::support::{Answer, TestSite, content, english};

const AT: &str = "2026-11-20T12:00:00Z";
const FRENCH: &str = "Le pont-canal rouvre";
const DUTCH: &str = "De kanaalbrug gaat weer open";

fn path(release: ReleaseId, rest: &str) -> String {
    format!("/desk/releases/{release}{rest}")
}

/// The hidden fields of the form of that id, as its page holds them.
fn fields(page: &Answer, form: &str) -> Vec<(String, String)> {
    let html = scraper::Html::parse_document(&page.body);
    let selector = scraper::Selector::parse(&format!("form#{form} input[type=hidden]")).unwrap();
    let of = |input: scraper::ElementRef<'_>| {
        let get = |name: &str| input.value().attr(name).unwrap_or_default().to_owned();
        (get("name"), get("value"))
    };
    html.select(&selector).map(of).collect()
}

pub fn main_text(page: &Answer) -> String {
    let html = scraper::Html::parse_document(&page.body);
    let main = scraper::Selector::parse("main").unwrap();
    let text: Vec<&str> = html.select(&main).flat_map(|main| main.text()).collect();
    text.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn state_of(site: &TestSite, id: EditionId) -> String {
    let mut conn = site.conn().await;
    diesel::dsl::sql::<Text>("SELECT state FROM editions WHERE id = ")
        .bind::<BigInt, _>(id)
        .get_result(&mut conn)
        .await
        .unwrap()
}

async fn journal(site: &TestSite, release: ReleaseId) -> Vec<String> {
    let mut conn = site.conn().await;
    diesel::dsl::sql::<Text>(
        "SELECT action FROM journal WHERE object = 'release' AND action <> 'release.read' AND object_id = ",
    )
    .bind::<BigInt, _>(release)
    .sql(" ORDER BY id")
    .load(&mut conn)
    .await
    .unwrap()
}

/// Presses the button of the publication's page with these fields; gives the page that asks once more.
async fn ask(browser: &Browser<'_>, release: ReleaseId, more: &[(&str, &str)]) -> Answer {
    let page = browser.get(&path(release, "/publication")).await;
    assert_eq!(page.status, 200, "{}", main_text(&page));
    let mut all = fields(&page, "publication");
    all.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&path(release, "/publication"), &all).await
}

/// Says yes to the page that asks once more.
async fn confirm(browser: &Browser<'_>, release: ReleaseId, asked: &Answer, act: &str) -> Answer {
    assert_eq!(asked.status, 200, "{}", main_text(asked));
    let mut all = fields(asked, "confirm");
    assert!(all.iter().any(|(name, value)| name == "confirmed" && value == "yes"), "{all:?}");
    all.push(("act".into(), act.into()));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&path(release, "/publication"), &all).await
}

/// Real words in both languages: the same ones in two columns would be found.
pub fn both() -> Content {
    let mut both = content(&[(Lang::Fr, FRENCH), (Lang::Nl, DUTCH)]);
    for (lang, lead, body) in [
        (
            Lang::Fr,
            "Les bateaux passent de nouveau.",
            "Après quatorze mois de travaux, le passage est rouvert aux bateliers.",
        ),
        (
            Lang::Nl,
            "De schepen varen opnieuw.",
            "Na veertien maanden werken is de doorvaart weer vrij voor de schippers.",
        ),
    ] {
        let version = both.versions.get_mut(&lang).unwrap();
        (version.lead, version.body) = (lead.into(), body.into());
    }
    both
}

async fn begin(site: &TestSite, by: &Person, content: Content) -> (ReleaseId, EditionId) {
    let lead = site.institution("water-agency", Family::Institutions).await;
    let new = NewRelease { issuers: vec![lead], content };
    drafting::begin(&mut *site.conn().await, by, new).await.unwrap()
}

async fn release_with_two_languages(site: &TestSite) -> (ReleaseId, EditionId) {
    site.institution("water-agency", Family::Institutions).await;
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    let topics = vec![site.topic("floods").await];
    begin(site, &author, Content { topics, ..both() }).await
}

async fn public_in_two_languages(site: &TestSite) -> ReleaseId {
    let (release, edition) = release_with_two_languages(site).await;
    let publisher = site.person(Role::Publisher, Some("water-agency")).await;
    let zone = site.ctx.settings.zone;
    publication::publish_draft(&mut *site.conn().await, zone, &publisher, edition).await.unwrap();
    release
}

async fn save(conn: &mut AsyncPgConnection, by: &Person, id: EditionId, field: Field, text: &str) {
    let edition = query::lock_editions(conn, &[id]).await.unwrap().pop().unwrap();
    let over = draft::load(conn, &edition).await.unwrap().version(field);
    let written = Written { field, value: Value::String(text.to_owned()), over };
    draft::save(conn, by, id, &[written]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn one_press_asks_once_and_publishes_what_was_shown() {
    let site = english(AT).await;
    let (release, edition) = release_with_two_languages(&site).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let asked = ask(&publisher, release, &[("act", "go"), ("when", "now")]).await;
    assert!(main_text(&asked).contains("goes public in French and in Dutch"), "{}", main_text(&asked));
    assert_eq!(state_of(&site, edition).await, "draft", "asking changes nothing");
    // Between the page and the press somebody writes: nothing happens.
    let author = site.person(Role::Contributor, Some("water-agency")).await;
    save(&mut *site.conn().await, &author, edition, Field::Title(Lang::Fr), "Un autre titre").await;
    let late = confirm(&publisher, release, &asked, "go").await;
    assert_eq!((late.status, state_of(&site, edition).await.as_str()), (409, "draft"));
    assert!(main_text(&late).contains("The text has changed"), "{}", main_text(&late));
    // Seen again, it goes out, with the words that are written now.
    let asked = ask(&publisher, release, &[("act", "go"), ("when", "now")]).await;
    let done = confirm(&publisher, release, &asked, "go").await;
    assert_eq!((done.status, done.header("location")), (303, path(release, "").as_str()));
    assert!(site.get("/fr/2026/11/20/un-autre-titre").await.body.contains("Un autre titre"));
    assert_eq!(
        journal(&site, release).await,
        ["release.begun", "release.written", "release.submitted", "release.made_ready", "release.published"]
    );
    // The same press once more: somebody was first, and who.
    let again = confirm(&publisher, release, &asked, "go").await;
    assert_eq!(again.status, 409);
    assert!(main_text(&again).contains("Somebody was first: Somebody"), "{}", main_text(&again));
    let overview = publisher.get(&path(release, "")).await;
    assert!(overview.body.contains("/fr/2026/11/20/un-autre-titre") && overview.body.contains("/2026-0001"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_put_right_comes_before_the_button() {
    let site = english(AT).await;
    let (release, edition) = site.draft("water-agency", &[(Lang::Fr, FRENCH)], &[]).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let page = publisher.get(&path(release, "/publication")).await;
    let text = main_text(&page);
    for said in ["Dutch is missing", "No press contact", "No topic", "One point is still to be corrected"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(page.body.contains(&format!("href=\"{}#title-nl\"", path(release, "/editor"))), "a link to the spot");
    let refused = ask(&publisher, release, &[("act", "go"), ("when", "now")]).await;
    assert_eq!((refused.status, state_of(&site, edition).await.as_str()), (422, "draft"));
    // Forced without a reason: refused; with one: marked, and somebody else has to say that it was right.
    assert_eq!(ask(&publisher, release, &[("act", "force"), ("when", "now"), ("reason", " ")]).await.status, 422);
    let asked = ask(&publisher, release, &[("act", "force"), ("when", "now"), ("reason", "Digue rompue")]).await;
    assert_eq!(confirm(&publisher, release, &asked, "force").await.status, 303);
    assert_eq!(state_of(&site, edition).await, "published");
    let own = publisher.get(&path(release, "")).await;
    assert!(main_text(&own).contains("Digue rompue") && !own.body.contains("/ratification\""));
    assert_eq!(publisher.post(&path(release, "/ratification"), &[("edition", &edition.to_string())]).await.status, 409);
    // After a day admins hear of it, once a day.
    assert_eq!(forcing::remind(&site.ctx).await.unwrap(), 0);
    let admin = site.person(Role::Admin, None).await;
    site.advance_to("2026-11-21T12:00:01Z").await;
    assert_eq!(forcing::remind(&site.ctx).await.unwrap(), 1);
    assert_eq!(forcing::remind(&site.ctx).await.unwrap(), 0, "once a day");
    RatificationMail { account_id: admin.id() }.send(&site.ctx).await.unwrap();
    let mail = site.smtp.received().await.iter().map(|mail| mail.text()).collect::<Vec<_>>().join("\n");
    assert!(mail.contains("Digue rompue") && mail.contains(&path(release, "")), "{mail}");
    let second = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    second.get(&path(release, "")).await;
    assert_eq!(second.post(&path(release, "/ratification"), &[("edition", &edition.to_string())]).await.status, 303);
    assert!(main_text(&second.get(&path(release, "")).await).contains("Ratified by"));
    site.advance_to("2026-11-22T12:00:02Z").await;
    assert_eq!(forcing::remind(&site.ctx).await.unwrap(), 0, "nothing waits");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_instant_is_one_that_the_clock_shows_once() {
    let site = english("2026-03-20T12:00:00Z").await;
    let (release, edition) = release_with_two_languages(&site).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let at = |day: &'static str, hour: &'static str| [("act", "go"), ("when", "at"), ("day", day), ("hour", hour)];
    for (day, hour, said) in [
        ("2026-03-20", "12:59", "This instant is past"),
        ("2026-03-29", "02:30", "This hour does not exist"),
        ("2026-10-25", "02:30", "Say which of the two hours"),
        ("2026-13-01", "02:30", "Give a day and a time"),
        ("", "", "Give a day and a time"),
    ] {
        let answer = ask(&publisher, release, &at(day, hour)).await;
        assert_eq!(answer.status, 422, "{day} {hour}");
        assert!(main_text(&answer).contains(said), "{day} {hour}: {}", main_text(&answer));
    }
    for (fold, instant) in [("first", "2026-10-25T00:30:00Z"), ("second", "2026-10-25T01:30:00Z")] {
        let mut fields = at("2026-10-25", "02:30").to_vec();
        fields.push(("fold", fold));
        let asked = ask(&publisher, release, &fields).await;
        assert_eq!(confirm(&publisher, release, &asked, "go").await.status, 303, "{fold}");
        let planned = query::current_edition(&mut *site.conn().await, release).await.unwrap().unwrap();
        assert_eq!((planned.state, planned.planned_at), (State::Scheduled, instant.parse().ok()), "{fold}");
    }
    let scheduled = publisher.get(&path(release, "/publication")).await;
    assert!(scheduled.body.contains("value=\"unschedule\""));
    assert_eq!(ask(&publisher, release, &[("act", "unschedule")]).await.status, 303);
    assert_eq!(state_of(&site, edition).await, "ready");
    // Scheduled again, it goes out by itself.
    let asked = ask(&publisher, release, &at("2026-03-20", "18:00")).await;
    assert!(main_text(&asked).contains("Schedule for 18:00"), "{}", main_text(&asked));
    assert_eq!(confirm(&publisher, release, &asked, "go").await.status, 303);
    site.advance_to("2026-03-20T17:00:00Z").await;
    assert_eq!(publication::publish_due(&site.ctx).await.unwrap().len(), 1);
    assert_eq!(site.get("/fr/2026/03/20/le-pont-canal-rouvre").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn four_eyes_name_who_can_send_it_on() {
    let site = english(AT).await;
    site.institution_with("water-agency", Family::Institutions, true).await;
    let author = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    let person = site.person(Role::InstitutionAdmin, Some("water-agency")).await;
    site.person(Role::Publisher, Some("water-agency")).await;
    let (release, edition) = begin(&site, &person, both()).await;
    let page = main_text(&author.get(&path(release, "/publication")).await);
    assert!(page.contains("You wrote in it") && page.contains("These people can send it on"), "{page}");
    assert_eq!(ask(&author, release, &[("act", "submit")]).await.status, 303);
    let asked = ask(&author, release, &[("act", "go"), ("when", "now")]).await;
    assert_eq!(confirm(&author, release, &asked, "go").await.status, 409);
    assert_eq!(state_of(&site, edition).await, "submitted", "all or nothing");
    let second = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let back = ask(&second, release, &[("act", "send_back"), ("back_reason", "")]).await;
    assert_eq!(back.status, 422);
    let asked = ask(&second, release, &[("act", "go"), ("when", "now")]).await;
    assert_eq!(confirm(&second, release, &asked, "go").await.status, 303);
    // What is public has a next text: who wrote in it does not publish it either.
    save(&mut *site.conn().await, &person, edition, Field::Lead(Lang::Fr), "Un autre chapeau.").await;
    let correction = author.get(&path(release, "/correction")).await;
    assert!(main_text(&correction).contains("You wrote in it"), "{}", main_text(&correction));
    let seen =
        |page: &Answer| page.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let sent = author.post(&path(release, "/correction"), &[("act", "minor"), ("seen", &seen(&correction))]).await;
    assert_eq!(sent.status, 409);
    let correction = second.get(&path(release, "/correction")).await;
    let sent = second.post(&path(release, "/correction"), &[("act", "minor"), ("seen", &seen(&correction))]).await;
    assert_eq!(sent.status, 303);
    assert!(site.get("/fr/2026/11/20/le-pont-canal-rouvre").await.body.contains("Un autre chapeau."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_follows_later_with_a_reason_and_its_text_is_kept() {
    let site = english(AT).await;
    let (release, edition) = release_with_two_languages(&site).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let later = [("act", "go"), ("when", "now"), ("later", "nl")];
    let refused = ask(&publisher, release, &later).await;
    assert_eq!(refused.status, 422);
    assert!(main_text(&refused).contains("Say why this language follows later"));
    let asked =
        ask(&publisher, release, &[later.as_slice(), &[("language_reason", "Traduction en cours")]].concat()).await;
    assert!(main_text(&asked).contains("Dutch: follows later"), "{}", main_text(&asked));
    assert_eq!(confirm(&publisher, release, &asked, "go").await.status, 303);
    assert_eq!(site.get("/fr/2026/11/20/le-pont-canal-rouvre").await.status, 200);
    assert_eq!(site.get("/nl/2026/11/20/de-kanaalbrug-gaat-weer-open").await.status, 404);
    assert!(main_text(&publisher.get(&path(release, "")).await).contains("Traduction en cours"));
    // It waits in what is being written, and is published as a language that comes.
    let correction = publisher.get(&path(release, "/correction")).await;
    assert!(main_text(&correction).contains("Publish in Dutch, too"), "{}", main_text(&correction));
    let seen = correction.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(publisher.post(&path(release, "/correction"), &[("act", "minor"), ("seen", &seen)]).await.status, 303);
    assert_eq!(site.get("/nl/2026/11/20/de-kanaalbrug-gaat-weer-open").await.status, 200);
    assert_eq!(state_of(&site, edition).await, "published");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_readers_who_are_reached_are_counted() {
    let site = english(AT).await;
    let (release, _) = release_with_two_languages(&site).await;
    let mut conn = site.conn().await;
    for (n, languages, filter) in [
        (1, "{fr}", ""),
        (2, "{nl,fr}", "topic=floods"),
        (3, "{de}", ""),
        (4, "{fr}", "topic=other"),
        (5, "{fr}", "family=council"),
    ] {
        diesel::sql_query(format!(
            "WITH p AS (INSERT INTO subscribers (email, languages, confirmed_at, wished_at, consent)
                        VALUES ('r{n}@example.org', '{languages}', site_now(), site_now(), '[]') RETURNING id)
             INSERT INTO subscriptions (subscriber_id, filter, cursor) SELECT id, '{filter}', 0 FROM p"
        ))
        .execute(&mut conn)
        .await
        .unwrap();
    }
    site.topic("other").await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let text = main_text(&publisher.get(&path(release, "/publication")).await);
    assert!(text.contains("3 subscribers get it by e-mail: 3 at the slot of Friday 20 November 2026, 13:00"), "{text}");
    assert!(text.contains("French 2, Dutch 1"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_keeps_the_old_edition_and_the_old_address() {
    let site = english(AT).await;
    let release = public_in_two_languages(&site).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let person = site.person(Role::Publisher, Some("water-agency")).await;
    let old = "/fr/2026/11/20/le-pont-canal-rouvre";
    let edition = query::current_edition(&mut *site.conn().await, release).await.unwrap().unwrap();
    assert!(main_text(&publisher.get(&path(release, "/correction")).await).contains("Nothing is different yet"));
    save(&mut *site.conn().await, &person, edition.id, Field::Title(Lang::Fr), "Le pont-canal ferme").await;
    let correction = publisher.get(&path(release, "/correction")).await;
    assert!(correction.body.contains("<del>rouvre</del><ins>ferme</ins>"), "{}", correction.body);
    let seen = correction.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let missing = publisher
        .post(&path(release, "/correction"), &[("act", "major"), ("seen", &seen), ("note-fr", "Il ferme.")])
        .await;
    assert_eq!(missing.status, 422);
    assert!(main_text(&missing).contains("Say what is corrected (Dutch)") && missing.body.contains("Il ferme."));
    let notes = [("act", "major"), ("seen", seen.as_str()), ("note-fr", "Il ferme."), ("note-nl", "Hij sluit.")];
    let opened = publisher.post(&path(release, "/correction"), &notes).await;
    assert_eq!((opened.status, opened.header("location")), (303, path(release, "/editor").as_str()));
    assert_eq!(site.get(old).await.status, 200, "nothing is public yet");
    assert_eq!(site.get(&format!("{old}/edition/1")).await.status, 404, "the present one");
    let asked = ask(&publisher, release, &[("act", "go"), ("when", "now")]).await;
    assert_eq!(confirm(&publisher, release, &asked, "go").await.status, 303);
    // The new title has its own address, and the old one leads there.
    let new = "/fr/2026/11/20/le-pont-canal-ferme";
    let moved = site.until(old, "moved", |answer| answer.status == 301).await;
    assert_eq!(moved.header("location"), new);
    let page = site.get(new).await;
    assert!(page.body.contains("Il ferme.") && page.body.contains(&format!("{new}/edition/1")), "{}", page.body);
    let former = site.get(&format!("{new}/edition/1")).await;
    assert_eq!(former.status, 200);
    assert!(former.body.contains("<del>rouvre</del><ins>ferme</ins>") && former.body.contains("content=\"noindex\""));
    let nl = site.get("/nl/2026/11/20/de-kanaalbrug-gaat-weer-open/editie/1").await;
    assert_eq!(nl.status, 200);
    for gone in ["/edition/2", "/edition/3", "/edition/0"] {
        assert_eq!(site.get(&format!("{new}{gone}")).await.status, 404, "{gone}");
    }
    let from_old = site.get(&format!("{old}/edition/1")).await;
    assert_eq!((from_old.status, from_old.header("location")), (301, format!("{new}/edition/1").as_str()));
    // Back to the first title by a minor correction: its old address is taken up again.
    let edition = query::current_edition(&mut *site.conn().await, release).await.unwrap().unwrap();
    save(&mut *site.conn().await, &person, edition.id, Field::Title(Lang::Fr), FRENCH).await;
    let correction = publisher.get(&path(release, "/correction")).await;
    let seen = correction.body.split("name=\"seen\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(publisher.post(&path(release, "/correction"), &[("act", "minor"), ("seen", &seen)]).await.status, 303);
    assert_eq!(site.until(new, "moved", |answer| answer.status == 301).await.header("location"), old);
    assert_eq!(site.get(old).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_off_says_why_and_comes_back() {
    let site = english(AT).await;
    let release = public_in_two_languages(&site).await;
    let other = site.publish("water-agency", &[(Lang::Fr, "Un autre")]).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let there = path(release, "/withdrawal");
    let page = "/fr/2026/11/20/le-pont-canal-rouvre";
    publisher.get(&there).await;
    let missing = publisher.post(&there, &[("act", "withdraw"), ("withdraw-fr", "Erreur.")]).await;
    assert_eq!(missing.status, 422);
    assert!(main_text(&missing).contains("Give the reason (Dutch)") && missing.body.contains("Erreur."));
    let reasons = [("withdraw-fr", "Erreur."), ("withdraw-nl", "Fout.")];
    assert_eq!(publisher.post(&there, &[&[("act", "withdraw")], reasons.as_slice()].concat()).await.status, 303);
    site.until(page, "withdrawn", |answer| answer.status == 200 && answer.body.contains("Erreur.")).await;
    let late = publisher.post(&there, &[&[("act", "withdraw")], reasons.as_slice()].concat()).await;
    assert_eq!(late.status, 409);
    assert_eq!(publisher.post(&there, &[("act", "restore")]).await.status, 303);
    let reasons = [("act", "unpublish"), ("unpublish-fr", "Erreur."), ("unpublish-nl", "Fout.")];
    for wrong in ["https://elsewhere.example/", "//elsewhere.example", "/fr/2026/11/20/rien", page, "/fr/\\x"] {
        let answer = publisher.post(&there, &[reasons.as_slice(), &[("moved_to", wrong)]].concat()).await;
        assert_eq!(answer.status, 422, "{wrong}");
    }
    let to = "/fr/2026/11/20/un-autre";
    assert_eq!(publisher.post(&there, &[reasons.as_slice(), &[("moved_to", to)]].concat()).await.status, 303);
    assert_eq!(site.until(page, "moved", |answer| answer.status == 301).await.header("location"), to);
    assert_eq!(publisher.post(&there, &[("act", "restore")]).await.status, 303);
    assert_eq!(publisher.post(&there, &reasons).await.status, 303);
    let gone = site.until(page, "gone", |answer| answer.status == 410).await;
    assert!(gone.body.contains("Erreur."));
    assert_ne!(release, other);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_not_to_use_it_before_goes_by_itself() {
    let site = english(AT).await;
    let (release, _) = release_with_two_languages(&site).await;
    let publisher = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let until =
        [("act", "go"), ("when", "now"), ("use", "until"), ("until_day", "2026-11-20"), ("until_hour", "18:00")];
    let asked = ask(&publisher, release, &until).await;
    assert!(main_text(&asked).contains("Do not use before Friday 20 November 2026, 18:00"), "{}", main_text(&asked));
    assert_eq!(confirm(&publisher, release, &asked, "go").await.status, 303);
    let notice = "Ne pas utiliser avant le vendredi 20\u{a0}novembre 2026, 18:00";
    let page = "/fr/2026/11/20/le-pont-canal-rouvre";
    assert!(site.get(page).await.body.contains(notice));
    site.advance_to("2026-11-20T17:00:00Z").await;
    assert!(!site.get(page).await.body.contains(notice));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_presses_at_once_one_wins_and_the_other_is_told() {
    let site = english(AT).await;
    let (release, edition) = release_with_two_languages(&site).await;
    let one = site.signed_in(Role::Publisher, Some("water-agency")).await;
    let other = site.signed_in(Role::InstitutionAdmin, Some("water-agency")).await;
    let go = [("act", "go"), ("when", "now")];
    let (first, second) = (ask(&one, release, &go).await, ask(&other, release, &go).await);
    let (first, second) = tokio::join!(confirm(&one, release, &first, "go"), confirm(&other, release, &second, "go"));
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(state_of(&site, edition).await, "published");
    let published = journal(&site, release).await.into_iter().filter(|action| action == "release.published").count();
    assert_eq!(published, 1);
}
