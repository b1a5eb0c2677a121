//! What the benchmark measures with: the invented archive is the same wherever it is made, its rows are those of real
//! publications, and its figures are reckoned right.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use communique::ids::ReleaseId;
use communique::kit::lang::Lang;
use communique::release::listing;
use communique::release::model::Content;
use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use self::corpus::fill::{self, Triggers};
use self::corpus::{Corpus, Fate};
use self::statistics::{median, percentile};
use crate::support::TestSite;

#[allow(dead_code, reason = "the benchmark uses the rest of it")]
#[path = "../../benches/site/corpus/mod.rs"]
mod corpus;
#[allow(dead_code, reason = "the benchmark uses the rest of it")]
#[path = "../../benches/site/http.rs"]
mod http;
#[path = "../../benches/site/open_loop.rs"]
mod open_loop;
#[path = "../../benches/site/statistics.rs"]
mod statistics;

#[test]
fn a_small_corpus_is_the_beginning_of_a_large_one() {
    let (one, again, other) = (Corpus::new(7), Corpus::new(7), Corpus::new(8));
    let (small, large) = (one.heads(60), again.heads(600));
    assert_eq!(small[..], large[..small.len()]);
    // In whatever order they are asked for.
    for head in large.iter().rev().take(40) {
        assert_eq!(again.texts(head), one.texts(&one.head(head.number)));
        assert_eq!(again.note(head), one.note(head));
    }
    assert_ne!(one.texts(&small[0]), other.texts(&other.head(0)));
    let names = |corpus: &Corpus| corpus.topics().into_iter().map(|(_, names)| names).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&again));
}

#[test]
fn its_texts_are_like_those_of_a_newsroom() {
    let corpus = Corpus::new(1);
    let heads = corpus.heads(2_000);
    let mut bodies = Vec::new();
    let (mut fridays, mut weekends, mut corrected) = (0, 0, 0);
    let mut words = std::collections::HashMap::<String, usize>::new();
    let mut all_words = 0;
    for head in &heads {
        let day = head.published_at.with_timezone(&corpus::ZONE).format("%a").to_string();
        fridays += usize::from(day == "Fri");
        weekends += usize::from(day == "Sat" || day == "Sun");
        corrected += usize::from(matches!(head.fate, Fate::Corrected(_)));
        let versions = corpus.texts(head);
        assert!(versions.keys().copied().eq(head.languages.iter().copied()));
        for (lang, version) in &versions {
            bodies.push(version.body.len() as f64);
            assert!((40..=160).contains(&version.title.chars().count()), "{}", version.title);
            if *lang == Lang::Nl {
                for word in version.body.split_whitespace() {
                    *words.entry(word.to_lowercase()).or_default() += 1;
                    all_words += 1;
                }
            }
        }
        // As the desk would store it: nothing to bring into form, nothing to refuse.
        let content = Content { versions, ..Content::default() };
        assert_eq!(content.clone().checked().unwrap(), content);
    }
    let versions: usize = heads.iter().map(|head| head.languages.len()).sum();
    for (what, value, least, most) in [
        ("versions a release", versions as f64 / heads.len() as f64, 2.1, 2.4),
        ("median body", median(&bodies), 2_200.0, 3_200.0),
        ("one body in a hundred", percentile(&bodies, 0.99), 9_000.0, 25_000.0),
        ("longest body", percentile(&bodies, 1.0), 9_000.0, 32_000.0),
        ("Fridays", fridays as f64 / heads.len() as f64, 0.3, 0.5),
        ("weekends", weekends as f64 / heads.len() as f64, 0.005, 0.05),
        ("corrected", corrected as f64 / heads.len() as f64, 0.01, 0.06),
        // In newspapers it is every twentieth word or so.
        ("de", words["de"] as f64 / all_words as f64, 0.03, 0.08),
        // Heaps' law: a text goes on finding new words.
        ("different words", words.len() as f64, 8_000.0, 40_000.0),
    ] {
        assert!((least..=most).contains(&value), "{what}: {value}");
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

async fn lines(conn: &mut AsyncPgConnection, sql: &str) -> Vec<String> {
    let rows: Vec<Line> = diesel::sql_query(sql).load(conn).await.unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

#[derive(QueryableByName)]
struct Tagged {
    #[diesel(sql_type = BigInt)]
    release_id: ReleaseId,
    #[diesel(sql_type = Text)]
    tags: String,
}

/// Every trigger and every key is on, so that no row is there which a publication could not have written.
#[actix_web::test]
async fn its_rows_are_those_of_publications() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let corpus = Arc::new(Corpus::new(1));
    let filled = fill::fill(site.ctx.db.url(), Arc::clone(&corpus), 300, Triggers::On).await.unwrap();
    let heads = corpus.heads(300);
    assert_eq!(filled.releases, heads.len());
    let mut conn = site.conn().await;

    // Sequence and references have no gap, and the log is in the order of time.
    let odd = lines(
        &mut conn,
        "SELECT 'sequence ' || sequence AS line
         FROM (SELECT sequence, sequence - lag(sequence) OVER w AS step, at - lag(at) OVER w AS later, kind
               FROM public_changes WINDOW w AS (ORDER BY sequence)) AS log
         WHERE step <> 1 OR (later < interval '0' AND kind NOT IN ('directory', 'topics'))
           AND sequence > (SELECT max(sequence) + 1 FROM public_changes WHERE kind IN ('directory', 'topics'))
         UNION ALL
         SELECT 'counter ' || last FROM public_change_counter WHERE last <> (SELECT max(sequence) FROM public_changes)
         UNION ALL
         SELECT 'year ' || year FROM reference_counters
         WHERE last <> (SELECT count(*) FROM releases WHERE reference LIKE year || '-%')
         UNION ALL
         SELECT 'address of ' || r.id FROM releases r JOIN editions e ON e.release_id = r.id AND e.number = 1
         JOIN language_versions v ON v.revision_id = (SELECT min(id) FROM revisions WHERE edition_id = e.id)
         WHERE NOT EXISTS (SELECT FROM addresses a WHERE a.release_id = r.id AND a.lang = v.lang AND a.current)",
    )
    .await;
    assert!(odd.is_empty(), "{odd:#?}");

    // The shelves are what the step that publishes would write, and so are the tags of the log.
    let shelves = "SELECT shelf || ' ' || shelf_id || ' ' || published_at || ' ' || place || ' ' || release_id AS line
                   FROM listings ORDER BY 1";
    let before = lines(&mut conn, shelves).await;
    let logged: Vec<Tagged> = diesel::sql_query(
        "SELECT release_id, array_to_string(tags, ' ') AS tags FROM public_changes
         WHERE kind = 'new' AND release_id IN (SELECT id FROM public_releases)",
    )
    .load(&mut conn)
    .await
    .unwrap();
    let ids: Vec<ReleaseId> = logged.iter().map(|row| row.release_id).collect();
    let mut tags = listing::shelve_within(&mut conn, &ids).await.unwrap();
    assert_eq!(lines(&mut conn, shelves).await, before);
    for row in logged {
        let by_step: BTreeSet<String> = tags.remove(&row.release_id).unwrap().into_iter().collect();
        assert_eq!(row.tags.split(' ').map(str::to_owned).collect::<BTreeSet<_>>(), by_step);
    }

    assert_eq!(crate::cards::hold(&mut conn).await, heads.iter().filter(|head| head.is_readable()).count() as i64);

    // And readers find them.
    let pages = lines(
        &mut conn,
        "SELECT '/' || lang || '/' || to_char(published_on, 'YYYY/MM/DD') || '/' || slug AS line
         FROM public_addresses WHERE public_state <> 'unpublished' ORDER BY release_id DESC, lang LIMIT 12",
    )
    .await;
    for page in pages.iter().map(String::as_str).chain(["/fr/", "/nl/persberichten", "/de/themen", "/en/institutions"])
    {
        assert_eq!(site.get(page).await.status, 200, "{page}");
    }
    drop(conn);

    // What is published now comes after it, with a number that is free.
    site.publish("institutions-30", &[(Lang::Fr, "Après le corpus")]).await;
    let mut conn = site.conn().await;
    assert_eq!(lines(&mut conn, "SELECT max(reference) AS line FROM releases").await, ["2026-0001"]);
}

#[test]
fn percentiles_are_by_nearest_rank() {
    let thousand: Vec<f64> = (1..=1000).rev().map(f64::from).collect();
    for (share, expected) in [(0.0, 1.0), (0.5, 500.0), (0.99, 990.0), (0.991, 991.0), (1.0, 1000.0)] {
        assert_eq!(percentile(&thousand, share), expected, "{share}");
    }
    assert_eq!((percentile(&[7.0], 0.99), percentile(&[], 0.5)), (7.0, 0.0));
    for (values, expected) in [(&[3.0, 1.0, 2.0][..], 2.0), (&[4.0, 1.0, 2.0, 3.0], 2.5), (&[5.0], 5.0), (&[], 0.0)] {
        assert_eq!(median(values), expected, "{values:?}");
    }
}

#[test]
fn requests_are_due_at_a_fixed_rate() {
    for (n, per_second, expected_us) in
        [(0, 100, 0), (1, 100, 10_000), (250, 100, 2_500_000), (1, 3, 333_333), (3, 3, 1_000_000)]
    {
        assert_eq!(open_loop::intended(n, per_second).as_micros(), expected_us, "{n} at {per_second}/s");
    }
}

/// A server that answers nobody until it was asked often enough: whoever asks first waits for all who come after, and a
/// client that waited for its first answer would never send the second.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_stalls_is_charged_with_all_who_wait() {
    const REQUESTS: u32 = 20;
    const PER_SECOND: u32 = 200;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let mut waiting = Vec::new();
        for _ in 0..REQUESTS {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = [0; 512];
            assert!(stream.read(&mut request).await.unwrap() > 0);
            waiting.push(stream);
        }
        for stream in &mut waiting {
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await.unwrap();
        }
        std::future::pending::<()>().await;
    });
    let timed = open_loop::run(address, &["/".into()], PER_SECOND, REQUESTS).await.unwrap();
    assert_eq!(timed.len(), REQUESTS as usize);
    for (n, took_ms) in (0..REQUESTS).zip(timed) {
        let at_least: Duration = open_loop::intended(REQUESTS - 1, PER_SECOND) - open_loop::intended(n, PER_SECOND);
        assert!(took_ms >= at_least.as_secs_f64() * 1e3, "request {n} took {took_ms} ms");
    }
}

/// An answer in chunks is read whole, its bytes on the wire counted, and the next one on the same connection is its own.
#[tokio::test(flavor = "multi_thread")]
async fn bytes_on_the_wire_are_counted() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n3;x=y\r\nefg\r\n0\r\n\r\n";
    const SIZED: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nxyz";
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 512];
        for answer in [CHUNKED, SIZED] {
            assert!(stream.read(&mut request).await.unwrap() > 0);
            stream.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    let mut connection = http::Connection::open(address).await.unwrap();
    for (status, text, bytes) in [(200, "abcdefg", CHUNKED.len()), (404, "xyz", SIZED.len())] {
        let answer = connection.get("/").await.unwrap();
        assert_eq!((answer.status, answer.text().unwrap().as_str(), answer.wire_bytes), (status, text, bytes));
    }
}
