//! Former sites come in whole: dumps of Drupal 6 and exports of WordPress, by small ones of our own and by the real ones
//! beside the project; their addresses are followed, their imports wished for at the desk, accepted and taken back.

use std::io::Write;
use std::path::{Path, PathBuf};

use communique::account::Role;
use communique::archive::import::{self, Options};
use communique::archive::progress::Quiet;
use communique::archive::reader::Format;
use communique::archive::report::{AddressFate, Fate, FileFate, LinkFate, Report};
use communique::archive::{imports, redirects};
use communique::directory::Family;
use communique::kit::lang::Lang;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::support::TestSite;

const NOW: &str = "2026-11-20T12:00:00Z";

/// A dump of a small Drupal 6, table by table, that can be written in many ways.
#[derive(Clone)]
struct Dump {
    tables: Vec<Table>,
}

/// Name, columns, rows of SQL values.
type Table = (&'static str, Vec<&'static str>, Vec<Vec<String>>);

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\0', "\\0"))
}

impl Dump {
    /// A site of two languages with one type, one vocabulary of issuers and one of topics.
    fn new() -> Self {
        let table = |name, columns: &[&'static str]| (name, columns.to_vec(), Vec::new());
        let mut dump = Self {
            tables: vec![
                table("files", &["fid", "uid", "filename", "filepath", "filemime", "filesize"]),
                table("filters", &["fid", "format", "module", "delta", "weight"]),
                table("languages", &["language", "name", "prefix"]),
                table(
                    "node",
                    &[
                        "nid", "vid", "type", "language", "title", "uid", "status", "created", "changed", "promote",
                        "sticky", "tnid",
                    ],
                ),
                table(
                    "node_revisions",
                    &["nid", "vid", "uid", "title", "body", "teaser", "log", "timestamp", "format"],
                ),
                table(
                    "content_type_press_release",
                    &["vid", "nid", "field_lead_value", "field_lead_format", "field_date_value"],
                ),
                table("content_node_field", &["field_name", "type", "global_settings"]),
                table("term_data", &["tid", "vid", "name", "description", "weight"]),
                table("term_synonym", &["tsid", "tid", "name"]),
                table("term_node", &["nid", "vid", "tid"]),
                table("upload", &["fid", "nid", "vid", "description", "list", "weight"]),
                table("url_alias", &["pid", "src", "dst", "language"]),
                table("users", &["uid", "name", "mail"]),
                table("variable", &["name", "value"]),
                table("vocabulary", &["vid", "name"]),
            ],
        };
        for (format, module, delta) in [("1", "filter", "1"), ("2", "filter", "0"), ("3", "php", "0")] {
            dump.row("filters", &["1", format, &text(module), delta, "0"]);
        }
        for code in ["fr", "nl"] {
            dump.row("languages", &[&text(code), "''", &text(code)]);
        }
        dump.row("content_node_field", &["'field_lead'", "'text'", "'a:0:{}'"]);
        dump.row("content_node_field", &["'field_date'", "'date'", "'a:0:{}'"]);
        dump.row("vocabulary", &["1", "'Source'"]);
        dump.row("vocabulary", &["2", "'Topics'"]);
        dump.row("term_data", &["1", "1", "'Agence de l’eau'", "''", "0"]);
        dump.row("term_data", &["2", "2", "'Crues'", "''", "0"]);
        dump.row("term_synonym", &["1", "2", "'Inondations'"]);
        dump.row("users", &["1", "'Anne'", "'anne@old.example'"]);
        dump.row("variable", &["'language_default'", &text(r#"O:8:"stdClass":1:{s:8:"language";s:2:"fr";}"#)]);
        dump
    }

    fn row(&mut self, table: &str, values: &[&str]) {
        let found = self.tables.iter_mut().find(|(name, ..)| *name == table).unwrap();
        assert_eq!(found.1.len(), values.len(), "{table}");
        found.2.push(values.iter().map(|value| (*value).to_owned()).collect());
    }

    /// A published node of 2012 with a text, an issuer, a topic and an alias.
    fn node(&mut self, nid: u32, language: &str, title: &str, body: &str, tnid: u32) {
        let (nid, tnid) = (nid.to_string(), tnid.to_string());
        let vid = format!("9{nid}");
        let lang = text(language);
        self.row(
            "node",
            &[
                &nid,
                &vid,
                "'press_release'",
                &lang,
                &text(title),
                "1",
                "1",
                "1330600000",
                "1330600000",
                "1",
                "0",
                &tnid,
            ],
        );
        // An older revision, which nobody sees.
        self.row("node_revisions", &[&nid, &nid, "1", "'Old'", "'Old text.'", "''", "''", "1330600000", "1"]);
        self.row("node_revisions", &[&nid, &vid, "1", &text(title), &text(body), "''", "''", "1330600000", "1"]);
        self.row(
            "content_type_press_release",
            &[&vid, &nid, &text(&format!("Lead of {title}")), "NULL", "'2012-03-01T00:00:00'"],
        );
        self.row("term_node", &[&nid, &vid, "1"]);
        self.row("term_node", &[&nid, &vid, "2"]);
        self.row(
            "url_alias",
            &[&nid, &text(&format!("node/{nid}")), &text(&format!("pressrelease/20120301/{nid}")), &lang],
        );
    }

    fn value<'a>(&'a mut self, table: &str, row: usize, column: &str) -> &'a mut String {
        let (_, columns, rows) = self.tables.iter_mut().find(|(name, ..)| *name == table).unwrap();
        let at = columns.iter().position(|there| *there == column).unwrap();
        &mut rows[row][at]
    }

    fn without(mut self, table: &str) -> Self {
        self.tables.retain(|(name, ..)| *name != table);
        self
    }

    /// As mysqldump writes it: one statement a table.
    fn sql(&self) -> String {
        self.written("", false, false)
    }

    /// `backwards`: tables and columns in another order, named in each statement; `alone`: a row a statement.
    fn written(&self, prefix: &str, backwards: bool, alone: bool) -> String {
        let mut sql = String::from("-- MySQL dump 10.13\n/*!40101 SET NAMES utf8 */;\n");
        let mut tables: Vec<_> = self.tables.iter().collect();
        if backwards {
            tables.reverse();
        }
        for (name, columns, rows) in tables {
            let order: Vec<usize> =
                if backwards { (0..columns.len()).rev().collect() } else { (0..columns.len()).collect() };
            sql.push_str(&format!("CREATE TABLE `{prefix}{name}` (\n"));
            sql.push_str(&columns.iter().map(|column| format!("  `{column}` text")).collect::<Vec<_>>().join(",\n"));
            sql.push_str(",\n  PRIMARY KEY (`x`)\n) ENGINE=MyISAM DEFAULT CHARSET=utf8;\n");
            let named: Vec<String> = order.iter().map(|at| format!("`{}`", columns[*at])).collect();
            let named = if backwards { format!(" ({})", named.join(",")) } else { String::new() };
            let rows: Vec<String> = rows
                .iter()
                .map(|row| format!("({})", order.iter().map(|at| row[*at].as_str()).collect::<Vec<_>>().join(",")))
                .collect();
            if alone {
                rows.iter()
                    .for_each(|row| sql.push_str(&format!("INSERT INTO `{prefix}{name}`{named} VALUES {row};\n")));
            } else if !rows.is_empty() {
                sql.push_str(&format!("INSERT INTO `{prefix}{name}`{named} VALUES {};\n", rows.join(",\n")));
            }
        }
        sql + "-- Dump completed on 2014-01-01\n"
    }
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn options(format: Format) -> Options {
    Options { source: Some("old".into()), format, ..Options::default() }
}

async fn run(site: &TestSite, file: &Path, options: &Options) -> Report {
    import::run(&site.ctx, &[file.to_owned()], options, &Quiet).await.unwrap()
}

async fn rows(site: &TestSite, sql: &str) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        row: String,
    }
    let rows: Vec<Row> = diesel::sql_query(sql).get_results(&mut site.conn().await).await.unwrap();
    rows.into_iter().map(|row| row.row).collect()
}

/// What the public reads, and the old addresses: without ids.
async fn holds(site: &TestSite) -> Vec<String> {
    let mut all = rows(
        site,
        "SELECT concat_ws('|', i.source_id, i.source_set, v.lang, v.title, v.lead, v.body, i.author, r.first_published_on) AS row
         FROM source_items i JOIN releases r ON r.id = i.release_id
         JOIN public_versions v ON v.release_id = i.release_id AND v.lang = i.lang ORDER BY 1",
    )
    .await;
    all.extend(rows(site, "SELECT concat_ws('|', path, lang, target) AS row FROM redirects ORDER BY 1").await);
    all
}

fn small() -> Dump {
    let mut dump = Dump::new();
    dump.node(1, "fr", "L’eau monte", "Première ligne.\n\nSeconde <b>ligne</b>.<!--break-->\n\nFin.", 1);
    dump.node(2, "nl", "Het water stijgt", "Één regel.", 1);
    dump.node(
        3,
        "fr",
        "Autre chose",
        "<p>Voir <a href=\"/node/1\">l’eau</a> et <a href=\"/nl/pressrelease/20120301/2\">NL</a>.</p>",
        0,
    );
    dump
}

#[actix_web::test]
async fn a_dump_says_the_same_however_it_is_written() {
    let dump = small();
    let gzip = |bytes: &[u8]| {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    };
    let zstd = |bytes: &[u8]| ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest);
    let twice: String =
        dump.sql().bytes().map(|byte| if byte < 0x80 { char::from(byte) } else { latin1(byte) }).collect();
    let forms: Vec<(&str, Vec<u8>)> = vec![
        ("plain", dump.sql().into_bytes()),
        ("prefix, other order, a row a statement, gzip", gzip(dump.written("d6_", true, true).as_bytes())),
        ("zstd", zstd(dump.sql().as_bytes())),
        ("encoded twice", twice.into_bytes()),
    ];
    let mut first: Option<Vec<String>> = None;
    for (form, bytes) in forms {
        let site = TestSite::at(NOW).await;
        let folder = Folder::new();
        let file = folder.file("press.sql", bytes);
        let report = run(&site, &file, &options(Format::Drupal6)).await;
        assert_eq!((report.count(Fate::New), report.items.len(), report.exit_code()), (3, 3, 0), "{form}: {report}");
        let held = holds(&site).await;
        match &first {
            None => {
                assert_eq!(
                    held[0],
                    "node/1|node/1|fr|L’eau monte|Lead of L’eau monte|Première ligne.\n\nSeconde **ligne**.\n\nFin.|Anne|2012-03-01"
                );
                assert!(
                    held[2].contains("[l’eau](/fr/2012/03/01/l-eau-monte) et [NL](/nl/2012/03/01/het-water-stijgt)"),
                    "{held:#?}"
                );
                assert_eq!(report.count_links(LinkFate::Changed), 2);
                assert_eq!(rows(&site, "SELECT code AS row FROM institutions ORDER BY 1").await, ["agence-de-leau"]);
                for (old, new) in [
                    ("/node/1", "/fr/2012/03/01/l-eau-monte"),
                    ("/nl/node/1", "/fr/2012/03/01/l-eau-monte"),
                    ("/?q=node/2", "/nl/2012/03/01/het-water-stijgt"),
                    ("/fr/?q=node/1", "/fr/2012/03/01/l-eau-monte"),
                    ("/index.php?q=nl/node/2", "/nl/2012/03/01/het-water-stijgt"),
                    ("/fr/pressrelease/20120301/1", "/fr/2012/03/01/l-eau-monte"),
                    ("/pressrelease/20120301/1/", "/fr/2012/03/01/l-eau-monte"),
                    ("/nl/PressRelease/20120301/2", "/nl/2012/03/01/het-water-stijgt"),
                    ("/taxonomy/term/2/0/feed", "/fr/communiques?topic=crues"),
                ] {
                    let answer = site.get(old).await;
                    assert_eq!((answer.status, answer.header("location")), (301, new), "{old}");
                    assert_eq!(site.get(new).await.status, 200, "one hop: {new}");
                }
                assert_eq!(site.get("/?q=node/999").await.status, 400, "what is then unknown");
                assert_eq!(site.get("/node/999").await.status, 404);
                let again = run(&site, &file, &options(Format::Drupal6)).await;
                assert_eq!(again.count(Fate::Unchanged), 3, "{again}");
                assert_eq!(holds(&site).await, held);
                first = Some(held);
            }
            Some(first) => assert_eq!(&held, first, "{form}"),
        }
    }
}

fn latin1(byte: u8) -> char {
    const HIGH: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    if (0x80..0xa0).contains(&byte) { HIGH.chars().nth(usize::from(byte - 0x80)).unwrap() } else { char::from(byte) }
}

#[actix_web::test]
async fn every_fault_of_a_dump_is_told_and_costs_itself() {
    let mut dump = small();
    for nid in 4..=12 {
        dump.node(nid, "fr", &format!("Numéro {nid}"), "Texte.", 0);
    }
    *dump.value("content_type_press_release", 3, "field_date_value") = "'0000-00-00T00:00:00'".into();
    *dump.value("node", 4, "uid") = "77".into();
    *dump.value("node", 5, "tnid") = "555".into();
    dump.row("upload", &["42", "7", "97", "'Plan'", "1", "0"]);
    let big = format!("'{}'", "mot ".repeat(1_300_000));
    *dump.value("node_revisions", 15, "body") = big;
    *dump.value("url_alias", 8, "dst") = "'pressrelease/20120301/1'".into();
    *dump.value("url_alias", 9, "dst") = "'communiques'".into();
    dump.row("files", &["7", "1", "'passwd'", "'sites/default/files/../../../../etc/passwd'", "''", "1"]);
    dump.row("upload", &["7", "11", "911", "'Secret'", "1", "0"]);
    *dump.value("node_revisions", 23, "format") = "3".into();
    *dump.value("node_revisions", 23, "body") = "'<?php print 1; ?>'".into();
    let sql = dump.sql().replace("INSERT INTO `users` VALUES ", "INSERT INTO `users` VALUES (5,'short'),\n");
    // One text that is no UTF-8 among many that are.
    let sql = sql.replacen("Lead of Numéro 4", "Lead of Num\u{e9}", 1);
    let mut bytes = sql.into_bytes();
    let at = bytes.windows(13).position(|part| part == "Lead of Num\u{e9}".as_bytes()).unwrap();
    bytes.splice(at + 11..at + 13, [0xe9]);
    let site = TestSite::at(NOW).await;
    let folder = Folder::new();
    let report = run(&site, &folder.file("bad.sql", &bytes), &options(Format::Drupal6)).await;
    let item = |id: &str| report.items.iter().find(|item| item.id.as_deref() == Some(id)).unwrap();
    for (id, fate, note) in [
        ("node/1", Fate::New, ""),
        ("node/4", Fate::New, "field_date: date: \"0000-00-00T00:00:00\" is no date"),
        ("node/4", Fate::New, "not in the character set of their column"),
        ("node/5", Fate::New, "its author (user 77) is gone"),
        ("node/6", Fate::New, "its translation source node/555 is gone"),
        ("node/7", Fate::New, "its file 42 has no row in files"),
        ("node/8", Fate::Refused, "body in fr over 500000 bytes"),
        ("node/9", Fate::New, "leads to"),
        ("node/10", Fate::New, "is an address of this site"),
        ("node/11", Fate::New, ""),
        ("node/12", Fate::Refused, "its text is PHP code (format 3)"),
    ] {
        let found = item(id);
        assert_eq!(found.fate, fate, "{id}: {:?}", found.notes);
        assert!(note.is_empty() || found.notes.iter().any(|there| there.contains(note)), "{id}: {:?}", found.notes);
    }
    assert_eq!(item("node/11").files[0].1, FileFate::Refused, "a path that climbs");
    let fault = report.items.iter().find(|item| item.id.is_none()).unwrap();
    assert_eq!(fault.notes, ["a row of `users` with 2 values instead of 3"]);
    assert!(fault.line > 100, "{}", fault.line);
    assert_eq!((report.count(Fate::New), report.count(Fate::Refused), report.exit_code()), (10, 3, 1), "{report}");

    // Cut anywhere: what stands before comes in, and where it is cut is told.
    let whole = small().sql();
    let cut = &whole[..whole.find("Het water").unwrap() + 3];
    let site = TestSite::at(NOW).await;
    let report = run(&site, &folder.file("cut.sql", cut), &options(Format::Drupal6)).await;
    assert!(report.items[0].notes[0].contains("the dump is cut"), "{report}");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(whole.as_bytes()).unwrap();
    let mut packed = packed.finish().unwrap();
    packed.truncate(packed.len() - 40);
    let outcome =
        import::run(&site.ctx, &[folder.file("cut.sql.gz", &packed)], &options(Format::Drupal6), &Quiet).await;
    match outcome {
        Ok(report) => assert!(report.to_string().contains("cannot be read from here on"), "{report}"),
        Err(error) => assert!(format!("{error:#}").contains("no Drupal 6 is in the dump"), "{error:#}"),
    }
    for (table, why) in
        [("node", "no Drupal 6 is in the dump"), ("node_revisions", "its current revision is not in node_revisions")]
    {
        let file = folder.file("missing.sql", small().without(table).sql());
        match import::run(&site.ctx, &[file], &options(Format::Drupal6), &Quiet).await {
            Ok(report) => assert!(report.to_string().contains(why), "{table}: {report}"),
            Err(error) => assert!(format!("{error:#}").contains(why), "{table}: {error:#}"),
        }
    }
    for table in
        ["term_data", "files", "url_alias", "users", "filters", "vocabulary", "upload", "content_type_press_release"]
    {
        let site = TestSite::at(NOW).await;
        let file = folder.file("missing.sql", small().without(table).sql());
        let report = run(&site, &file, &options(Format::Drupal6)).await;
        assert_eq!(report.count(Fate::New), 3, "{table}: {report}");
    }
}

#[actix_web::test]
async fn files_come_into_storage_and_old_addresses_lead_to_them() {
    let site = TestSite::at(NOW).await;
    let folder = Folder::new();
    let pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    folder.file("files/plan.pdf", pdf);
    let mut dump = small();
    dump.row("files", &["7", "1", "'plan.pdf'", "'sites/default/files/plan.pdf'", "'application/pdf'", "9"]);
    dump.row("upload", &["7", "1", "91", "'Le plan'", "1", "0"]);
    dump.row("files", &["8", "1", "'gone.pdf'", "'sites/default/files/gone.pdf'", "'application/pdf'", "9"]);
    dump.row("upload", &["8", "1", "91", "'Disparu'", "1", "1"]);
    let file = folder.file("press.sql", dump.sql());
    let without = run(&site, &file, &options(Format::Drupal6)).await;
    assert_eq!(without.count_files(FileFate::Missing), 2, "{without}");
    let with = Options { folder: Some(folder.path().join("files")), ..options(Format::Drupal6) };
    let report = run(&site, &file, &with).await;
    assert_eq!((report.count_files(FileFate::New), report.count_files(FileFate::Missing)), (1, 1), "{report}");
    assert_eq!(report.count(Fate::Changed), 1, "what lacked a file is looked at again: {report}");
    let answer = site.get("/sites/default/files/plan.pdf").await;
    assert_eq!(answer.status, 301, "{}", answer.body);
    let address = answer.header("location").to_owned();
    assert!(address.starts_with("/media/"), "{address}");
    assert_eq!(site.get(&address).await.status, 200);
    let page = site.get("/fr/2012/03/01/l-eau-monte").await;
    assert!(page.body.contains("plan.pdf"), "{}", page.body);
    // Once: the same content is one file.
    folder.file("files/gone.pdf", pdf);
    let report = run(&site, &file, &with).await;
    assert_eq!(report.count_files(FileFate::Missing), 0, "{report}");
    assert_eq!(rows(&site, "SELECT count(*)::text AS row FROM assets").await, ["1"]);
    let again = run(&site, &file, &with).await;
    assert_eq!(again.count(Fate::Unchanged), 3, "{again}");
}

#[actix_web::test]
async fn an_import_is_wished_for_looked_at_and_taken_back_at_the_desk() {
    let site = TestSite::at(NOW).await;
    let admin = site.signed_in(Role::Admin, None).await;
    let folder = site.ctx.settings.import_folder.clone();
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("press.sql"), small().sql()).unwrap();
    let empty = admin.post("/desk/imports", &[("file", "../secret.sql")]).await;
    assert_eq!(empty.status, 422, "only what is offered");
    let begun = admin.post("/desk/imports", &[("file", "press.sql"), ("files", "")]).await;
    let page = begun.header("location").to_owned();
    assert_eq!((begun.status, page.as_str()), (303, "/desk/imports/1"));
    assert_eq!(admin.post(&page, &[("wish", "import")]).await.status, 409, "while something is under way");
    assert!(imports::fulfil_next(&site.ctx).await.unwrap());
    assert!(!imports::fulfil_next(&site.ctx).await.unwrap(), "once");
    let inspected = admin.get(&page).await;
    assert!(
        inspected.body.contains("[types.&quot;press_release&quot;]") && inspected.body.contains("node_revisions"),
        "{}",
        inspected.body
    );
    assert_eq!(admin.post(&page, &[("wish", "import")]).await.status, 409, "not before a dry run");
    let wrong = admin.post(&page, &[("wish", "foresee"), ("mapping", "[types.x]\nlaed = 1"), ("files", "")]).await;
    assert!(wrong.status == 422 && wrong.body.contains("laed"), "{}", wrong.body);
    let mapping = rows(&site, "SELECT mapping AS row FROM imports").await.remove(0);
    let wish = |wish: &'static str| [("wish", wish), ("mapping", mapping.as_str()), ("files", "")];
    assert_eq!(admin.post(&page, &wish("foresee")).await.status, 303);
    assert!(imports::fulfil_next(&site.ctx).await.unwrap());
    assert_eq!(rows(&site, "SELECT count(*)::text AS row FROM releases").await, ["0"], "a dry run writes nothing");
    assert_eq!(admin.post(&page, &wish("import")).await.status, 303);
    assert!(imports::fulfil_next(&site.ctx).await.unwrap());
    let done = admin.get(&page).await;
    assert!(done.status == 200 && done.body.contains("items.csv"), "{}", done.body);
    let csv = admin.get("/desk/imports/1/report/items.csv").await;
    assert!(csv.status == 200 && csv.body.contains("node/1"), "{}", csv.body);
    assert_eq!(admin.get("/desk/imports/1/report/summary.txt").await.status, 404);
    let release =
        rows(&site, "SELECT release_id::text AS row FROM source_items WHERE source_id = 'node/1'").await.remove(0);
    let original = admin.get(&format!("/desk/releases/{release}/original")).await;
    assert!(original.body.contains("Seconde &lt;b&gt;ligne&lt;/b&gt;"), "{}", original.body);

    // A release of ours cites one of them.
    site.institution("water-agency", Family::Institutions).await;
    site.publish("water-agency", &[(Lang::Fr, "Voir")]).await;
    diesel::sql_query(
        "INSERT INTO language_versions (revision_id, lang, title, body)
         SELECT public_revision_id, 'nl', 'Zie', 'Zie [daar](/fr/2012/03/01/autre-chose).' FROM releases WHERE origin = 'desk'",
    )
    .execute(&mut site.conn().await)
    .await
    .unwrap();
    let before = rows(&site, "SELECT last::text AS row FROM public_change_counter").await;
    let unsure = admin.post(&page, &[("wish", "undo")]).await;
    assert_eq!(unsure.status, 422);
    assert_eq!(admin.post(&page, &[("wish", "undo"), ("sure", "1")]).await.status, 303);
    assert!(imports::fulfil_next(&site.ctx).await.unwrap());
    let left = rows(&site, "SELECT count(*)::text AS row FROM source_items").await;
    let kept = rows(&site, "SELECT (report->'kept')::text AS row FROM imports").await;
    assert_eq!((left, kept[0].matches("cited").count()), (vec!["1".to_owned()], 1), "{kept:?}");
    assert_eq!(site.get("/node/3").await.status, 301, "of what stays, the addresses stay");
    assert_eq!(site.get("/node/2").await.status, 404);
    let gone = "SELECT count(*)::text AS row FROM public_changes WHERE kind = 'unpublished'";
    assert_ne!(rows(&site, gone).await, ["0"], "numbered entries without text stay, after {before:?}");
    assert_eq!(rows(&site, "SELECT state AS row FROM imports").await, ["undone"]);
}

#[actix_web::test]
async fn old_addresses_are_looked_after_at_the_desk_and_counted() {
    let site = TestSite::at(NOW).await;
    let admin = site.signed_in(Role::Admin, None).await;
    site.institution("water-agency", Family::Institutions).await;
    site.publish("water-agency", &[(Lang::Fr, "Eau")]).await;
    let add = async |from: &str, to: &str| admin.post("/desk/redirects", &[("from", from), ("to", to)]).await;
    for (from, to, status) in [
        ("https://old.example/a", "/fr/2026/11/20/eau", 303),
        ("/b", "/a", 303),
        ("/a", "/fr/themes", 422),
        ("/fr/themes", "/fr/institutions", 422),
        ("/c", "/nowhere/at/all", 422),
        ("/c", "//evil.example", 422),
        ("/c", "https://evil.example/", 422),
        ("/c", "/c", 422),
        ("nonsense", "/fr/themes", 422),
    ] {
        assert_eq!(add(from, to).await.status, status, "{from} → {to}");
    }
    for old in ["/a", "/b"] {
        let answer = site.get(old).await;
        assert_eq!((answer.status, answer.header("location")), (301, "/fr/2026/11/20/eau"), "{old}: one hop");
    }
    let page = admin.get("/desk/redirects?q=b&test=/fr/b/").await;
    assert!(page.status == 200 && page.body.contains("/fr/2026/11/20/eau"), "{}", page.body);
    let id = rows(&site, "SELECT id::text AS row FROM redirects WHERE path = '/b'").await.remove(0);
    assert_eq!(admin.post(&format!("/desk/redirects/{id}"), &[("to", "/fr/themes")]).await.status, 303);
    site.until("/b", "the change", |answer| answer.header("location") == "/fr/themes").await;
    redirects::flush(&site.ctx).await.unwrap();
    let used =
        rows(&site, "SELECT concat_ws(' ', path, hits > 0, last_used_on) AS row FROM redirects ORDER BY 1").await;
    assert_eq!(used, ["/a t 2026-11-20", "/b t 2026-11-20"]);
    assert_eq!(admin.post(&format!("/desk/redirects/{id}/removal"), &[]).await.status, 303);
    site.until("/b", "its end", |answer| answer.status == 404).await;
    let journal = "SELECT action AS row FROM journal WHERE action LIKE 'redirect%' ORDER BY id";
    assert_eq!(
        rows(&site, journal).await,
        ["redirect.added", "redirect.added", "redirect.changed", "redirect.removed"]
    );
}

/// A file beside the project; told where it is not at hand.
fn real(path: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("COMMUNIQUE_TEST_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
    let path = folder.join(path);
    if !path.exists() {
        eprintln!("LEFT OUT: {}: not at hand (set COMMUNIQUE_TEST_DATA)", path.display());
        return None;
    }
    Some(path)
}

#[actix_web::test]
async fn real_dumps_and_exports_come_in() {
    for (path, format, new) in [
        ("drupal6/core-upgrade-fixture.sql.gz", Format::Drupal6, 12),
        ("drupal6/press-site-small-latin1.sql.gz", Format::Drupal6, 148),
        ("wxr/theme-unit-test.wordpress.xml", Format::Wxr, 50),
        ("wxr/small-export.xml", Format::Wxr, 6),
        ("wxr/valid-wxr-1.0.xml", Format::Wxr, 3),
        ("wxr/crazy-cdata.xml", Format::Wxr, 1),
        ("wxr/malformed.xml", Format::Wxr, 0),
        ("wxr/wxr-comprehensive.xml", Format::Wxr, 1),
    ] {
        let Some(path) = real(path) else { continue };
        let site = TestSite::at(NOW).await;
        let report = run(&site, &path, &options(format)).await;
        assert_eq!(report.count(Fate::New), new, "{}: {report}", path.display());
        let lost: Vec<_> =
            report.items.iter().filter(|item| item.notes.iter().any(|note| note.contains("are lost"))).collect();
        assert!(lost.is_empty(), "{}: {lost:?}", path.display());
        let bad = "SELECT title AS row FROM public_versions WHERE title LIKE '%Ã%' OR body LIKE '%Ã©%'";
        assert_eq!(rows(&site, bad).await, Vec::<String>::new(), "{}", path.display());
        // Every address that was taken is asked for once, and ends on a page.
        for item in report.items.iter().filter(|item| !item.draft) {
            let all =
                item.old_address.iter().cloned().zip(item.address_fate).chain(item.more_addresses.iter().cloned());
            for (old, _) in all.filter(|(_, fate)| *fate == AddressFate::New) {
                let asked =
                    url::Url::parse(&old).map_or(old.clone(), |url| url[url::Position::BeforePath..].to_owned());
                let answer = site.get(&asked).await;
                assert_eq!((answer.status, Some(answer.header("location"))), (301, item.address.as_deref()), "{old}");
            }
        }
        let again = run(&site, &path, &options(format)).await;
        assert_eq!(again.count(Fate::Unchanged), new, "{}: {again}", path.display());
    }
}

#[actix_web::test]
#[ignore = "minutes: cargo test --test it press_site -- --ignored"]
async fn the_press_site_comes_in_as_expected() {
    let (Some(dump), Some(expected)) = (real("drupal6/press-site.sql.gz"), real("drupal6/press-site.expected.json"))
    else {
        return;
    };
    let expected: serde_json::Value = serde_json::from_slice(&std::fs::read(expected).unwrap()).unwrap();
    let site = TestSite::at(NOW).await;
    let report = run(&site, &dump, &options(Format::Drupal6)).await;
    let count = |name: &str| usize::try_from(expected[name].as_u64().unwrap()).unwrap();
    assert_eq!(report.items.len(), count("press_releases"));
    let left: u64 = report.left_alone.iter().map(|(_, count)| count).sum();
    assert_eq!(left, expected["other_nodes_not_to_import"].as_u64().unwrap());
    let published = report.items.iter().filter(|item| item.fate == Fate::New && !item.draft).count();
    assert_eq!(published, count("published"));
    for sample in expected["samples"].as_array().unwrap() {
        for old in sample["old_urls"].as_array().unwrap() {
            let answer = site.get(old.as_str().unwrap()).await;
            let day = sample["date"].as_str().unwrap().replace('-', "/");
            if sample["published"].as_bool().unwrap() {
                assert!(answer.status == 301 && answer.header("location").contains(&day), "{old}: {}", answer.status);
            } else {
                assert_eq!(answer.status, 404, "{old}");
            }
        }
    }
    diesel::dsl::sql::<BigInt>("SELECT count(*) FROM releases")
        .get_result::<i64>(&mut site.conn().await)
        .await
        .unwrap();
}
