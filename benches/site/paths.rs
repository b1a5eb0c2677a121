//! Which addresses are asked for, each list in an order that only the seed decides.

use chrono::{DateTime, NaiveDate, Utc};
use communique::kit::lang::Lang;
use communique::paths;
use communique::release::public::Key;
use tokio_postgres::Client;

use super::corpus::Corpus;
use super::corpus::chance::Chance;

/// What a list shows on a page.
const LIST_SIZE: i64 = communique::front::list::SIZE as i64;
/// How many neighbours of a page of a list are asked for, so that none was asked for before.
const LIST_WINDOW: i64 = 4_000;
/// How many different searches.
const SEARCHES: usize = 20_000;

/// The addresses of the public site in this database.
#[derive(Debug)]
pub struct Paths {
    /// Every page of a release.
    pub releases: Vec<String>,
    /// The page of the release whose French text is nearest to 2.5 kB.
    pub usual_release: String,
    /// The bytes of that text, in Markdown.
    pub usual_bytes: i32,
    /// Lists that begin about where the second page does.
    pub list_2: Vec<String>,
    /// … the two hundredth; or in the middle, of a corpus that has not so many.
    pub list_200: Vec<String>,
    /// Which page that is.
    pub deep_page: i64,
    /// The feed of everything.
    pub feed: String,
    /// Feeds of filters.
    pub feeds: Vec<String>,
    /// Searches for words as often as the texts have them.
    pub searches: Vec<String>,
    /// A search that finds something, to see whether there is one.
    pub a_search: String,
}

/// Reads them out of the database.
pub async fn read(client: &Client, corpus: &Corpus, seed: u64) -> anyhow::Result<Paths> {
    let mut chance = Chance::of(seed, u64::from_le_bytes(*b"paths\0\0\0"), 0);
    let rows = client
        .query(
            "SELECT a.lang, a.published_on, a.slug FROM addresses a JOIN releases r ON r.id = a.release_id
             WHERE a.current AND r.public_state IN ('public', 'withdrawn') ORDER BY a.release_id, a.lang",
            &[],
        )
        .await?;
    let mut releases: Vec<String> = rows.iter().map(|row| release_path(row.get(0), row.get(1), row.get(2))).collect();
    shuffle(&mut chance, &mut releases);
    // Of everyday kind: not corrected, in the two usual languages, as long as half of them.
    let row = client
        .query_one(
            "SELECT v.lang, r.first_published_on, v.slug, octet_length(v.body)
             FROM public_versions v JOIN public_releases r ON r.id = v.release_id
             WHERE v.lang = 'fr' AND r.changed_at IS NULL AND r.public_state = 'public'
             ORDER BY abs(octet_length(v.body) - 2500), v.release_id LIMIT 1",
            &[],
        )
        .await?;
    let usual_release = release_path(row.get(0), row.get(1), row.get(2));
    let usual_bytes = row.get(3);
    let there: i64 = client.query_one("SELECT count(*) FROM listings WHERE shelf = 'all'", &[]).await?.get(0);
    let deep_page = 200.min(there / LIST_SIZE / 2);
    let list_2 = lists_from(client, LIST_SIZE - 1, &mut chance).await?;
    let list_200 = lists_from(client, (deep_page - 1) * LIST_SIZE - 1, &mut chance).await?;
    let mut feeds = Vec::new();
    for lang in Lang::ALL {
        for filter in filters(corpus) {
            feeds.push(paths::feed(lang, "atom", &filter));
        }
    }
    shuffle(&mut chance, &mut feeds);
    let searches = searches(corpus, &mut chance);
    let a_search = paths::search(Lang::Fr, &format!("q={}", encoded(corpus.words(Lang::Fr).ranked(0))));
    Ok(Paths {
        releases,
        usual_release,
        usual_bytes,
        list_2,
        list_200,
        deep_page,
        feed: paths::feed(Lang::Fr, "atom", ""),
        feeds,
        searches,
        a_search,
    })
}

fn release_path(lang: &str, on: NaiveDate, slug: &str) -> String {
    paths::release(lang.parse().unwrap_or(Lang::Fr), on, slug)
}

/// Pages of the list of everything that begin after the `first`th and the next ones, in every language.
async fn lists_from(client: &Client, first: i64, chance: &mut Chance) -> anyhow::Result<Vec<String>> {
    let rows = client
        .query(
            "SELECT published_at, place FROM listings WHERE shelf = 'all' AND shelf_id = 0
             ORDER BY published_at DESC, place DESC OFFSET $1 LIMIT $2",
            &[&first.max(0), &LIST_WINDOW],
        )
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let key = Key { published_at: row.get::<_, DateTime<Utc>>(0), place: row.get(1) };
        all.extend(Lang::ALL.map(|lang| paths::releases(lang, &format!("before={key}"))));
    }
    shuffle(chance, &mut all);
    Ok(all)
}

/// Filters as a feed's readers choose them: a family, an institution, a topic, two of them.
fn filters(corpus: &Corpus) -> Vec<String> {
    let families = ["family=council", "family=government", "family=institutions"].map(str::to_owned);
    let institutions: Vec<String> = corpus.institutions().iter().map(|it| format!("institution={}", it.code)).collect();
    let topics: Vec<String> = corpus.topics().iter().map(|(code, _)| format!("topic={code}")).collect();
    let mut all: Vec<String> = families.iter().chain(&institutions).chain(&topics).cloned().collect();
    for topic in &topics {
        all.extend(families.iter().chain(&institutions).map(|other| format!("{other}&{topic}")));
    }
    all
}

fn searches(corpus: &Corpus, chance: &mut Chance) -> Vec<String> {
    let mut known = std::collections::HashSet::new();
    let mut all = Vec::new();
    while all.len() < SEARCHES {
        // As the readers: French and Dutch mostly.
        let lang = chance.one(&[Lang::Fr, Lang::Fr, Lang::Fr, Lang::Nl, Lang::Nl, Lang::Nl, Lang::De, Lang::En]);
        let words = corpus.words(lang);
        // At least one word that means something; the others are whatever stands in a text.
        let mut asked = vec![words.content(chance).to_owned()];
        for _ in 0..chance.within(0, 2) {
            asked.push(words.any(chance).to_owned());
        }
        let path = paths::search(lang, &format!("q={}", encoded(&asked.join(" "))));
        if known.insert(path.clone()) {
            all.push(path);
        }
    }
    all
}

/// As a parameter has it.
pub fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

fn shuffle<T>(chance: &mut Chance, all: &mut [T]) {
    for place in (1..all.len()).rev() {
        all.swap(place, chance.within(0, place as u64) as usize);
    }
}
