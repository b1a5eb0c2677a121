//! The house itself: the order of its floors, and migrations that run up, down, up.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use communique::kit::{db, migrations};
use communique::release::state::{Move, PublicMove, PublicState, State};
use diesel::QueryableByName;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use crate::support::{self, TestSite};

/// From the roof down. A file imports from its own room and from floors below; rooms on one floor do not know each other.
const FLOORS: &[&[&str]] = &[
    &["main", "cli"],
    &["demo"],
    &["doctor"],
    &["process"],
    &["worker"],
    &["server", "metrics"],
    &["front", "desk"],
    &["validation", "digest"],
    &["council", "archive"],
    &["subscription"],
    &["search"],
    &["release"],
    &["media", "directory", "site_page"],
    &["account"],
    &["instance"],
    &["change", "journal"],
    &["layout"],
    &["phrases"],
    &["paths"],
    &["schema", "ids"],
    &["kit"],
];

fn floor(room: &str) -> usize {
    FLOORS.iter().position(|rooms| rooms.contains(&room)).unwrap_or_else(|| panic!("no floor for src/{room}"))
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn imports_run_down_the_floors() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&src, &mut files);
    let mut upward: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files {
        let inside = file.strip_prefix(&src).unwrap();
        let room = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        if room == "lib" {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let text: String =
            text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
        for piece in text.split("crate::").skip(1) {
            // `crate::kit::…`, or a group: `crate::{account, desk, paths}`.
            let named: Vec<&str> = match piece.strip_prefix('{') {
                Some(group) => group
                    .split('}')
                    .next()
                    .unwrap()
                    .split(',')
                    .map(|part| part.trim().split("::").next().unwrap())
                    .filter(|part| !part.is_empty() && *part != "self")
                    .collect(),
                None => vec![piece.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()],
            };
            for other in named {
                // The macro of the kit stands at the crate's top.
                if other == room || other == "text_enum" {
                    continue;
                }
                if floor(other) <= floor(&room) {
                    upward.entry(inside.display().to_string()).or_default().push(other.to_owned());
                }
            }
        }
    }
    assert!(upward.is_empty(), "imports that run up or across a floor: {upward:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn migrations_run_up_down_and_up_again() {
    let url = support::empty_database().await;
    let up = migrations::migrate(&url).await.unwrap();
    assert!(!up.is_empty() && migrations::pending(&url).await.unwrap().is_empty());
    let first = shape(&url).await;
    let down = migrations::revert_all(&url).await.unwrap();
    assert_eq!(down.len(), up.len());
    let bare = shape(&url).await;
    assert!(bare.iter().all(|line| line.contains("__diesel_schema_migrations")), "left behind: {bare:#?}");
    assert_eq!(migrations::migrate(&url).await.unwrap(), up);
    assert_eq!(shape(&url).await, first);
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table's columns, every view, index, trigger and function of ours.
async fn shape(url: &str) -> Vec<String> {
    let mut conn = db::establish(url).await.unwrap();
    let lines: Vec<Line> = diesel::sql_query(
        "SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable AS line
         FROM information_schema.columns WHERE table_schema = 'public'
         UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'
         UNION ALL SELECT 'check ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                   WHERE connamespace = 'public'::regnamespace
         UNION ALL SELECT 'trigger ' || tgrelid::regclass || ' ' || tgname FROM pg_trigger
                   WHERE NOT tgisinternal AND tgrelid::regclass::text NOT LIKE 'graphile_worker.%'
         UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
         ORDER BY 1",
    )
    .load(&mut conn)
    .await
    .unwrap();
    lines.into_iter().map(|row| row.line).collect()
}

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = Text)]
    from_state: String,
    #[diesel(sql_type = Text)]
    to_state: String,
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_knows_the_same_moves_as_the_code() {
    let site = TestSite::at("2026-03-06T09:00:00Z").await;
    let mut conn = site.conn().await;
    let mut in_code: Vec<(String, String)> = State::ALL
        .iter()
        .flat_map(|from| {
            Move::ALL.iter().filter_map(|step| from.after(*step).ok().map(|to| (from.to_string(), to.to_string())))
        })
        .collect();
    in_code.sort();
    in_code.dedup();
    let rows: Vec<Pair> = diesel::sql_query("SELECT from_state, to_state FROM edition_moves ORDER BY 1, 2")
        .load(&mut conn)
        .await
        .unwrap();
    assert_eq!(rows.into_iter().map(|row| (row.from_state, row.to_state)).collect::<Vec<_>>(), in_code);

    let mut in_code: Vec<(String, String)> = PublicState::ALL
        .iter()
        .flat_map(|from| {
            PublicMove::ALL
                .iter()
                .filter_map(|step| from.after(*step).ok().map(|to| (from.to_string(), to.to_string())))
        })
        .collect();
    in_code.sort();
    in_code.dedup();
    let rows: Vec<Pair> =
        diesel::sql_query("SELECT from_state, to_state FROM public_moves ORDER BY 1, 2").load(&mut conn).await.unwrap();
    assert_eq!(rows.into_iter().map(|row| (row.from_state, row.to_state)).collect::<Vec<_>>(), in_code);
}
