//! How imports and old addresses are shown in the desk.

use chrono::{DateTime, Utc};
use maud::{Markup, html};

use super::imports::{Import, State, Summary, Wish};
use super::query::Original;
use super::reader::Format;
use super::redirecting::{self, Left, Row, Wanted, Wrong};
use crate::ids::ReleaseId;
use crate::kit::config::Settings;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::rich_text::{self, Labels};
use crate::layout::desk::parts::described_by;
use crate::layout::desk::{self, Mark};
use crate::paths;
use crate::phrases::{Phrases, phrases};

/// What lies in the folder of imports.
#[derive(Debug, Clone, Default)]
pub struct Offered {
    /// Files that can be imported, by their paths in it.
    pub files: Vec<String>,
    /// Folders, which may hold the files of the former site.
    pub folders: Vec<String>,
}

/// What was chosen in the form that begins one.
#[derive(Debug, Clone, Default)]
pub struct Begun {
    /// The file.
    pub file: String,
    /// The folder of files.
    pub files: String,
}

fn format_name(format: Format) -> &'static str {
    match format {
        Format::Jsonl => "JSONL",
        Format::Drupal6 => "Drupal 6",
        Format::Wxr => "WordPress",
    }
}

fn instant(settings: &Settings, lang: Lang, at: DateTime<Utc>) -> String {
    let day = dates::short(lang, dates::day(settings.zone, at));
    format!("{day}, {}", dates::hour(lang, settings.zone, at))
}

fn state(import: &Import, words: &Phrases) -> Markup {
    let (mark, word) = match (import.wish, import.state) {
        (Some(Wish::Inspect), _) => (Mark::Clock, words.archive_imports_inspecting()),
        (Some(Wish::Foresee), _) => (Mark::Clock, words.archive_imports_foreseeing()),
        (Some(Wish::Import), _) => (Mark::Clock, words.archive_imports_importing()),
        (Some(Wish::Undo), _) => (Mark::Clock, words.archive_imports_undoing()),
        (None, _) if import.problem.is_some() => (Mark::Change, words.archive_imports_stopped()),
        (None, State::New) => (Mark::Draft, words.archive_imports_new_state()),
        (None, State::Inspected) => (Mark::Draft, words.archive_imports_inspected()),
        (None, State::Foreseen) => (Mark::Ready, words.archive_imports_foreseen()),
        (None, State::Running) => (Mark::Change, words.archive_imports_in_part()),
        (None, State::Done) => (Mark::Ready, words.archive_imports_done()),
        (None, State::Accepted) => (Mark::Published, words.archive_imports_accepted()),
        (None, State::Undone) => (Mark::Withdrawn, words.archive_imports_undone()),
    };
    html! { span.state { (desk::mark(mark)) " " (word) } }
}

/// Every import, and the way to a new one.
pub fn imports(all: &[Import], settings: &Settings, lang: Lang) -> Markup {
    let words = phrases(lang);
    let action = html! { a.btn.main href=(paths::DESK_IMPORTS_NEW) { (words.archive_imports_new()) } };
    html! {
        (desk::page_top(html! { a href=(paths::DESK_SITE) { (words.desk_nav_site()) } }, &words.archive_imports_title(), action))
        @if all.is_empty() { p.gap { (words.archive_imports_none()) } }
        ul.rows.gap {
            @for import in all {
                @let title = html! { a href=(paths::of_import(paths::DESK_IMPORT, import.id)) { (import.name) } };
                @let detail = html! {
                    (format_name(import.format)) " · "
                    @if let Some(by) = &import.by { (by) } @else { (words.archive_imports_by_command()) }
                    " · " (instant(settings, lang, import.created_at))
                };
                (desk::row(state(import, words), title, detail, html! {}))
            }
        }
    }
}

/// How a new one begins: from the folder of imports, or with a file that is sent.
pub fn new_import(
    offered: &Offered,
    settings: &Settings,
    words: &Phrases,
    form_token: &str,
    typed: &Begun,
    wrongs: &[(String, String)],
) -> Markup {
    let wrong = |id: &str| wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    html! {
        (desk::page_top(html! { a href=(paths::DESK_IMPORTS) { (words.archive_imports_title()) } }, &words.archive_imports_new(), html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), wrongs))
        p.gap { (words.archive_imports_what()) }
        div.home {
            div { (desk::section("from-folder", &words.archive_imports_from_folder(), html! {}, html! {
                @if offered.files.is_empty() {
                    p { (words.archive_imports_folder_empty(settings.import_folder.display().to_string())) }
                } @else {
                    form.form method="post" action=(paths::DESK_IMPORTS) {
                        input type="hidden" name="form_token" value=(form_token);
                        (desk::field("file", &words.archive_imports_file(), None, wrong("file"), html! {
                            select #file name="file" required aria-invalid=[wrong("file").map(|_| "true")]
                                aria-describedby=[described_by("file", false, wrong("file").is_some())] {
                                option value="" { "–" }
                                @for file in &offered.files { option value=(file) selected[*file == typed.file] { (file) } }
                            }
                        }))
                        (folder_field("files", &offered.folders, &typed.files, wrong("files"), words))
                        div.acts { button.main { (words.archive_imports_begin()) } }
                    }
                }
            })) }
            div { (desk::section("from-upload", &words.archive_imports_from_upload(), html! {}, html! {
                form.form method="post" action=(paths::DESK_IMPORTS_FILE) enctype="multipart/form-data" {
                    input type="hidden" name="form_token" value=(form_token);
                    (folder_field("upload-files", &offered.folders, "", None, words))
                    (desk::field("upload", &words.archive_imports_upload(), Some(&words.archive_imports_upload_hint()), wrong("upload"), html! {
                        input #upload type="file" name="upload" required accept=".sql,.gz,.zst,.xml,.jsonl,.ndjson,.json"
                            aria-invalid=[wrong("upload").map(|_| "true")] aria-describedby=[described_by("upload", true, wrong("upload").is_some())];
                    }))
                    div.acts { button { (words.archive_imports_send()) } }
                }
            })) }
        }
    }
}

fn folder_field(id: &str, folders: &[String], chosen: &str, wrong: Option<&str>, words: &Phrases) -> Markup {
    desk::field(
        id,
        &words.archive_imports_files(),
        Some(&words.archive_imports_files_hint()),
        wrong,
        html! {
            select id=(id) name="files" aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by(id, true, wrong.is_some())] {
                option value="" { (words.archive_imports_no_files()) }
                @for folder in folders { option value=(folder) selected[*folder == chosen] { (folder) } }
            }
        },
    )
}

/// All that the page of an import shows.
pub struct Page<'a> {
    /// Which one.
    pub import: &'a Import,
    /// What lies in the folder of imports.
    pub offered: &'a Offered,
    /// How the site is set up.
    pub settings: &'a Settings,
    /// The language of the desk.
    pub lang: Lang,
    /// Its words.
    pub words: &'a Phrases,
    /// What its forms bring back.
    pub form_token: &'a str,
    /// As it was written last.
    pub mapping: &'a str,
    /// The folder that was chosen last.
    pub files: String,
    /// What is wrong with the form.
    pub wrongs: &'a [(String, String)],
}

/// One import: how it stands, what may be done, and what became of everything.
pub fn import(it: &Page<'_>) -> Markup {
    let (import, words) = (it.import, it.words);
    let crumb = html! { a href=(paths::DESK_IMPORTS) { (words.archive_imports_title()) } };
    let summary = import.summary();
    html! {
        (desk::page_top(crumb, &import.name, html! {}))
        (desk::error(&words.form_wrong(it.wrongs.len()), it.wrongs))
        p.gap role="status" {
            (state(import, words)) " · " (format_name(import.format))
            @if let (Some(begun), Some(ended)) = (import.begun_at, import.ended_at) {
                " · " (words.archive_imports_took(seconds((ended - begun).num_milliseconds(), it.lang)))
            }
        }
        @if let Some(problem) = &import.problem {
            div.errors role="alert" { p.err { (desk::mark(Mark::Change)) (words.archive_imports_problem()) } p { code { (problem) } } }
        }
        @if import.wish.is_some() { (progress(it)) } @else { (steps(it, summary.as_ref())) }
        @if let Some(summary) = &summary { (report(it, summary)) }
        @if !import.inspection.is_empty() {
            (desk::section("holds", &words.archive_imports_holds(), html! {}, html! {
                pre.source tabindex="0" { (import.inspection) }
            }))
        }
    }
}

fn seconds(ms: i64, lang: Lang) -> String {
    let seconds = ms / 1_000;
    if seconds >= 120 {
        format!("{} min {:02} s", seconds / 60, seconds % 60)
    } else {
        let point = if lang == Lang::En { "." } else { "," };
        format!("{seconds}{point}{} s", ms.rem_euclid(1_000) / 100)
    }
}

fn progress(it: &Page<'_>) -> Markup {
    let (import, words) = (it.import, it.words);
    let (settled, all) = (import.settled_items, import.all_items);
    html! {
        div.note {
            @if all > 0 {
                p { label for="progress" { (words.archive_imports_progress(count(settled), count(all))) } }
                progress #progress max=(all) value=(settled) { (settled) "/" (all) }
                @if let Some(left) = left(import) { p.soft { (words.archive_imports_left(left.0, left.1)) } }
            } @else { p { (words.archive_imports_waiting()) } }
            p { a href=(paths::of_import(paths::DESK_IMPORT, import.id)) { (words.archive_imports_reload()) } }
        }
    }
}

/// Items a second, and the minutes that remain.
fn left(import: &Import) -> Option<(usize, usize)> {
    let elapsed = (Utc::now() - import.begun_at?).num_seconds();
    if elapsed <= 0 || import.settled_items <= 0 {
        return None;
    }
    let rate = (import.settled_items / elapsed).max(1);
    let minutes = ((import.all_items - import.settled_items).max(0) / rate).div_euclid(60) + 1;
    Some((count(rate), count(minutes)))
}

fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// What may be done next: one filled button.
fn steps(it: &Page<'_>, summary: Option<&Summary>) -> Markup {
    let (import, words) = (it.import, it.words);
    let here = paths::of_import(paths::DESK_IMPORT, import.id);
    let wrong = |id: &str| it.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let edits = import.state.allows(Wish::Foresee);
    let main = match import.state {
        State::New => Some((Wish::Inspect, words.archive_imports_do_inspect())),
        State::Inspected => Some((Wish::Foresee, words.archive_imports_do_foresee())),
        State::Foreseen => Some((Wish::Import, words.archive_imports_do_import())),
        State::Running => Some((Wish::Import, words.archive_imports_do_go_on())),
        State::Done | State::Accepted | State::Undone => None,
    };
    html! {
        @if edits && import.state != State::Accepted {
            form.form.gap method="post" action=(here) {
                input type="hidden" name="form_token" value=(it.form_token);
                @if import.format == Format::Jsonl {
                    input type="hidden" name="mapping" value="";
                } @else {
                    (desk::field("mapping", &words.archive_imports_mapping(), Some(&words.archive_imports_mapping_hint()), wrong("mapping"), html! {
                        textarea #mapping.code name="mapping" rows="24" spellcheck="false" aria-invalid=[wrong("mapping").map(|_| "true")]
                            aria-describedby=[described_by("mapping", true, wrong("mapping").is_some())] { (it.mapping) }
                    }))
                }
                (folder_field("files", &it.offered.folders, &it.files, wrong("files"), words))
                div.acts {
                    @if let Some((wish, name)) = &main { button.main name="wish" value=(wish.as_str()) { (name) } }
                    @if import.state != State::Inspected {
                        button name="wish" value=(Wish::Foresee.as_str()) { (words.archive_imports_do_foresee_again()) }
                    }
                    @if import.state == State::Done { button name="wish" value=(Wish::Import.as_str()) { (words.archive_imports_do_again()) } }
                }
            }
        } @else if let Some((wish, name)) = &main {
            form.form.gap method="post" action=(here) {
                input type="hidden" name="form_token" value=(it.form_token);
                div.acts { button.main name="wish" value=(wish.as_str()) { (name) } }
            }
        }
        @if import.state == State::Done {
            form.form.gap method="post" action=(paths::of_import(paths::DESK_IMPORT_ACCEPTANCE, import.id)) {
                input type="hidden" name="form_token" value=(it.form_token);
                p { (words.archive_imports_accept_what()) }
                div.acts { button.main { (words.archive_imports_accept()) } }
            }
        }
        @if import.state.allows(Wish::Undo) {
            @let kept = summary.map(|summary| summary.kept.as_slice()).unwrap_or_default();
            @if import.state != State::Undone || !kept.is_empty() {
                div.apart.narrow {
                    details open[wrong("sure").is_some()] {
                        summary { (words.archive_imports_undo_summary()) }
                        p { (words.archive_imports_undo_what()) }
                        form.form method="post" action=(here) {
                            input type="hidden" name="form_token" value=(it.form_token);
                            @if !kept.is_empty() {
                                fieldset {
                                    legend { (words.archive_imports_kept(kept.len())) }
                                    @for one in kept {
                                        label.pick {
                                            input type="checkbox" name="also" value=(one.release_id);
                                            span { (one.title) span.soft { " · " (why_kept(&one.why, words)) } }
                                        }
                                    }
                                }
                            }
                            label.pick {
                                input #sure type="checkbox" name="sure" required aria-invalid=[wrong("sure").map(|_| "true")]
                                    aria-describedby=[described_by("sure", false, wrong("sure").is_some())];
                                span { (words.archive_imports_undo_sure()) }
                            }
                            @if let Some(wrong) = wrong("sure") { (desk::field_error("sure", wrong)) }
                            button.danger name="wish" value=(Wish::Undo.as_str()) { (words.archive_imports_undo()) }
                        }
                    }
                }
            }
        }
    }
}

fn why_kept(why: &str, words: &Phrases) -> String {
    if why.starts_with("cited") {
        words.archive_imports_why_cited()
    } else if why.starts_with("corrected") {
        words.archive_imports_why_corrected()
    } else {
        words.archive_imports_why_edited()
    }
}

fn fate(word: &str, words: &Phrases) -> String {
    match word {
        "new" => words.archive_fate_new(),
        "unchanged" => words.archive_fate_unchanged(),
        "changed" => words.archive_fate_changed(),
        "refused" => words.archive_fate_refused(),
        "conflict" => words.archive_fate_conflict(),
        "draft" => words.archive_fate_draft(),
        "missing" => words.archive_fate_missing(),
        "loop" => words.archive_fate_loop(),
        other => other.to_owned(),
    }
}

fn report(it: &Page<'_>, summary: &Summary) -> Markup {
    let (import, words) = (it.import, it.words);
    let title = if summary.dry_run { words.archive_report_foreseen() } else { words.archive_report_done() };
    let counts = [
        (words.archive_report_items(), &summary.items),
        (words.archive_report_addresses(), &summary.addresses),
        (words.archive_report_files(), &summary.files),
        (words.archive_report_links(), &summary.links),
    ];
    let report = |name: &str| paths::of_import(paths::DESK_IMPORT_REPORT, import.id).replace("{name}", name);
    desk::section(
        "report",
        &title,
        html! {},
        html! {
            ul.rows {
                @for (what, counts) in &counts {
                    @if counts.iter().any(|(_, count)| *count > 0) {
                        li {
                            p.t { (what) }
                            p {
                                @for (place, (word, number)) in counts.iter().filter(|(_, number)| *number > 0).enumerate() {
                                    @if place > 0 { " · " } strong { (number) } " " (fate(word, words))
                                }
                            }
                        }
                    }
                }
                @if summary.drafts > 0 { li { p { (words.archive_report_drafts(usize::try_from(summary.drafts).unwrap_or_default())) } } }
                @for (what, names) in [(words.archive_report_institutions(), &summary.institutions_added), (words.archive_report_topics(), &summary.topics_added)] {
                    @if !names.is_empty() { li { p.t { (what) } p { (names.join(" · ")) } } }
                }
                @if !summary.left_alone.is_empty() {
                    li {
                        p.t { (words.archive_report_left_alone()) }
                        p { @for (place, (kind, count)) in summary.left_alone.iter().enumerate() { @if place > 0 { " · " } (kind) " (" (count) ")" } }
                    }
                }
            }
            @if import.report_csv_key.is_some() {
                p.gap { a href=(report("items.csv")) download { (words.archive_report_csv()) } " · " a href=(report("items.json")) download { (words.archive_report_json()) } }
            }
            @if !summary.listed.is_empty() {
                details.gap {
                    summary { (words.archive_report_to_look_at(summary.listed.len())) }
                    // The reasons are the importer's own words, which its files and its command say alike.
                    ul.rows { @for one in &summary.listed {
                        li { p.t { (fate(&one.fate, words)) " · " (one.id) span.soft { " · " (words.archive_report_line(usize::try_from(one.line).unwrap_or_default())) } } p lang="en" { (one.notes.join("; ")) } }
                    } }
                }
            }
            @for (what, list) in [(words.archive_report_address_list(summary.address_list.len()), &summary.address_list), (words.archive_report_file_list(summary.file_list.len()), &summary.file_list)] {
                @if !list.is_empty() {
                    details.gap { summary { (what) } ul.rows { @for (name, why) in list { li { p { code { (name) } " · " (fate(why, words)) } } } } }
                }
            }
        },
    )
}

// --- old addresses

/// What the page of old addresses was asked.
#[derive(Debug, Clone, Default)]
pub struct RedirectsForm {
    /// What their addresses hold.
    pub q: String,
    /// After which address the list goes on.
    pub after: String,
    /// The address that is tested.
    pub test: Option<String>,
    /// How many were just added.
    pub added: Option<u64>,
    /// What was written to be added.
    pub typed: Option<Wanted>,
    /// What is wrong with it.
    pub wrongs: Vec<(String, String)>,
    /// Rows of a table that were not taken.
    pub left: Vec<Left>,
}

/// Why an old address is not taken.
pub fn sentence(wrong: Wrong, words: &Phrases) -> String {
    match wrong {
        Wrong::NoAddress => words.archive_redirects_wrong_address(),
        Wrong::Own => words.archive_redirects_wrong_own(),
        Wrong::Taken => words.archive_redirects_wrong_taken(),
        Wrong::NoTarget => words.archive_redirects_wrong_target(),
        Wrong::Loop => words.archive_redirects_wrong_loop(),
    }
}

fn use_of(row: &Row, lang: Lang) -> String {
    let words = phrases(lang);
    match row.last_used_on {
        Some(on) => words.archive_redirects_used(count(row.hits), dates::short(lang, on)),
        None => words.archive_redirects_unused(),
    }
}

fn target(row: &Row, words: &Phrases) -> Markup {
    html! {
        @if let Some(to) = &row.leads_to { a href=(to) { (to) } }
        @else if let Some(file) = &row.file_name { (words.archive_redirects_file(file.as_str())) }
        @else { span.soft { (words.archive_redirects_not_public()) } }
    }
}

/// All of them, page by page, with the forms that find, test and add.
pub fn redirects(
    rows: &[Row],
    counts: (i64, i64),
    tested: Option<&Option<(String, String)>>,
    form: &RedirectsForm,
    lang: Lang,
    form_token: &str,
) -> Markup {
    let words = phrases(lang);
    let wrong = |id: &str| form.wrongs.iter().find(|(field, _)| field == id).map(|(_, wrong)| wrong.as_str());
    let most = usize::try_from(redirecting::PAGE).unwrap_or_default();
    let (shown, more) = rows.split_at(rows.len().min(most));
    let typed = form.typed.as_ref();
    let q = |after: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !form.q.is_empty() {
            query.append_pair("q", &form.q);
        }
        format!("{}?{}", paths::DESK_REDIRECTS, query.append_pair("after", after).finish())
    };
    html! {
        (desk::page_top(html! { a href=(paths::DESK_SITE) { (words.desk_nav_site()) } }, &words.archive_redirects_title(), html! {}))
        (desk::error(&words.form_wrong(form.wrongs.len()), &form.wrongs))
        @if let Some(added) = form.added { p.said-ok role="status" { (words.archive_redirects_added(usize::try_from(added).unwrap_or_default())) } }
        @if !form.left.is_empty() {
            div.errors role="alert" tabindex="-1" autofocus {
                p.err { (desk::mark(Mark::Change)) (words.archive_redirects_left(form.left.len())) }
                ul { @for (line, from, why) in form.left.iter().take(100) { li { (words.archive_report_line(*line)) " · " code { (from) } " · " (sentence(*why, words)) } } }
            }
        }
        p.gap { (words.archive_redirects_counts(count(counts.0), count(counts.1))) }
        div.home {
            div {
                (desk::section("all", &words.archive_redirects_all(), html! {}, html! {
                    form.form role="search" action=(paths::DESK_REDIRECTS) {
                        (desk::field("q", &words.archive_redirects_find(), None, None, html! { input #q type="search" name="q" value=(form.q) maxlength="2000"; }))
                        div.acts { button { (words.archive_redirects_find_button()) } }
                    }
                    @if shown.is_empty() { p.gap { (words.archive_redirects_none()) } }
                    ul.rows.gap {
                        @for row in shown {
                            li {
                                p.t { a href=(paths::of_redirect(paths::DESK_REDIRECT, row.id)) { (row.path) } }
                                p { "→ " (target(row, words)) }
                                p.soft { (use_of(row, lang)) }
                            }
                        }
                    }
                    @if let (Some(last), false) = (shown.last(), more.is_empty()) {
                        p.gap { a href=(q(&last.path)) rel="next" { (words.archive_redirects_more()) } }
                    }
                }))
            }
            div {
                (desk::section("test", &words.archive_redirects_test(), html! {}, html! {
                    form.form action=(paths::DESK_REDIRECTS) {
                        (desk::field("asked", &words.archive_redirects_test_address(), None, None, html! {
                            input #asked name="test" maxlength="2000" value=[form.test.as_deref()] required autocapitalize="none";
                        }))
                        div.acts { button { (words.archive_redirects_test_button()) } }
                    }
                    @match tested {
                        Some(Some((known, to))) => p.gap role="status" { code { (known) } " → " a href=(to) { (to) } },
                        Some(None) => p.gap role="status" { (words.archive_redirects_test_none()) },
                        None => {},
                    }
                }))
                (desk::section("add", &words.archive_redirects_new(), html! {}, html! {
                    form.form method="post" action=(paths::DESK_REDIRECTS) {
                        input type="hidden" name="form_token" value=(form_token);
                        (desk::field("from", &words.archive_redirects_from(), Some(&words.archive_redirects_from_hint()), wrong("from"), html! {
                            input #from name="from" maxlength="2000" required autocapitalize="none" value=[typed.map(|it| it.from.as_str())]
                                aria-invalid=[wrong("from").map(|_| "true")] aria-describedby=[described_by("from", true, wrong("from").is_some())];
                        }))
                        (to_field(typed.map(|it| it.to.as_str()).unwrap_or_default(), wrong("to"), words))
                        div.acts { button.main { (words.archive_redirects_add()) } }
                    }
                }))
                (desk::section("from-table", &words.archive_redirects_from_table(), html! {}, html! {
                    form.form method="post" action=(paths::DESK_REDIRECTS_FILE) enctype="multipart/form-data" {
                        input type="hidden" name="form_token" value=(form_token);
                        (desk::field("table", &words.archive_redirects_table(), Some(&words.archive_redirects_table_hint()), wrong("table"), html! {
                            input #table type="file" name="table" required accept=".csv,.tsv,.txt,text/csv" aria-invalid=[wrong("table").map(|_| "true")]
                                aria-describedby=[described_by("table", true, wrong("table").is_some())];
                        }))
                        div.acts { button { (words.archive_redirects_add_all()) } }
                    }
                }))
            }
        }
    }
}

fn to_field(value: &str, wrong: Option<&str>, words: &Phrases) -> Markup {
    desk::field(
        "to",
        &words.archive_redirects_to(),
        Some(&words.archive_redirects_to_hint()),
        wrong,
        html! {
            input #to name="to" maxlength="2000" required autocapitalize="none" value=(value)
                aria-invalid=[wrong.map(|_| "true")] aria-describedby=[described_by("to", true, wrong.is_some())];
        },
    )
}

/// One of them, to be led elsewhere or taken away.
pub fn redirect(row: &Row, typed: Option<&str>, wrong: Option<Wrong>, lang: Lang, form_token: &str) -> Markup {
    let words = phrases(lang);
    let wrong = wrong.map(|wrong| sentence(wrong, words));
    let wrongs: Vec<(String, String)> = wrong.iter().map(|wrong| ("to".to_owned(), wrong.clone())).collect();
    html! {
        (desk::page_top(html! { a href=(paths::DESK_REDIRECTS) { (words.archive_redirects_title()) } }, &row.path, html! {}))
        (desk::error(&words.form_wrong(wrongs.len()), &wrongs))
        p.gap { "→ " (target(row, words)) }
        p.soft { (use_of(row, lang)) }
        form.form.narrow.gap method="post" action=(paths::of_redirect(paths::DESK_REDIRECT, row.id)) {
            input type="hidden" name="form_token" value=(form_token);
            (to_field(typed.or(row.leads_to.as_deref()).unwrap_or_default(), wrong.as_deref(), words))
            div.acts { button.main { (words.archive_redirects_change()) } }
        }
        div.apart.narrow {
            details {
                summary { (words.archive_redirects_remove_summary()) }
                p { (words.archive_redirects_remove_what()) }
                form.form method="post" action=(paths::of_redirect(paths::DESK_REDIRECT_REMOVAL, row.id)) {
                    input type="hidden" name="form_token" value=(form_token);
                    button.danger { (words.archive_redirects_remove()) }
                }
            }
        }
    }
}

// --- originals

/// What a former site had of a release, beside what became of it. The source is shown as text: nothing of it is run.
pub fn originals(id: ReleaseId, all: &[Original], lang: Lang) -> Markup {
    let words = phrases(lang);
    html! {
        (desk::page_top(html! { a href=(paths::of_release(paths::DESK_RELEASE, id)) { (words.desk_nav_releases()) } }, &words.archive_original_title(), html! {}))
        @if all.is_empty() { p.gap { (words.archive_original_none()) } }
        @for it in all {
            @let name = format!("original-{}", it.lang);
            (desk::section(&name, it.lang.own_name(), html! {}, html! {
                p.soft {
                    (it.source) " · " (it.source_id)
                    @if let Some(url) = &it.url { " · " (url) }
                    @if let Some(author) = &it.author { " · " (words.archive_original_author(author.as_str())) }
                }
                div.cols lang=(it.lang) {
                    section aria-label=(words.archive_original_there()) lang=(lang) {
                        h3 { (words.archive_original_there()) }
                        pre.source tabindex="0" lang=(it.lang) { (it.original_html) }
                    }
                    section aria-label=(words.archive_original_here()) lang=(lang) {
                        h3 { (words.archive_original_here()) }
                        div.prose lang=(it.lang) { (rich_text::render(it.body.as_deref().unwrap_or_default(), &Labels { table: &words.release_table() })) }
                    }
                }
            }))
        }
    }
}
