//! The commands: serve, work, demo, migrate, import, subscribers, bounces, digest, doctor, routes, account, settings.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use clap::{Args, Parser, Subcommand};
use tokio::sync::watch;

use crate::account::Role;
use crate::account::creation::{self, NewAccount};
use crate::archive::imports::{self, NewImport};
use crate::archive::mapping::Mapping;
use crate::archive::reader::Format;
use crate::journal::Actor;
use crate::kit::config::{DEFAULT_FILE, SETTINGS, Settings, Source};
use crate::kit::context::Context;
use crate::kit::secret::Secret;
use crate::kit::web::routes::OwnPaths;
use crate::kit::{clock, migrations};
use crate::process::{listen, log, serve, stop_on_signal};
use crate::{archive, demo, digest, directory, doctor, instance, metrics, server, subscription, worker};

/// The newsroom on which a government publishes its press releases.
#[derive(Parser)]
#[command(name = "communique", version, arg_required_else_help = true, after_help = "Settings: `communique settings`.")]
struct Cli {
    /// File of settings; the environment wins over it [default: communique.toml, if there is one]
    #[arg(long, global = true, env = "COMMUNIQUE_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site, and do the work behind it unless COMMUNIQUE_WORKER is off
    Serve,
    /// Do the work behind the site: publish what is due, open digests, send mail
    Work,
    /// Show an invented federation's newsroom, with a database and a mailbox of its own
    Demo(demo::Options),
    /// Bring the database up to this version
    Migrate,
    /// Check that everything needed is there, and say what is not
    Doctor,
    /// Bring in the releases of a former site; again without harm
    #[command(subcommand)]
    Import(ImportCommand),
    /// Bring in a list of subscribers from another system, or take all of them along
    #[command(subcommand)]
    Subscribers(SubscribersCommand),
    /// Read mail that came back, from standard input or from a maildir
    Bounces(BouncesOptions),
    /// See what the next digest would send, open a slot, list the runs
    #[command(subcommand)]
    Digest(DigestCommand),
    /// Whether this database is the site, or a copy or a restored one that must not mail
    #[command(subcommand)]
    Instance(InstanceCommand),
    /// List every route, its method, and the right that it asks for
    Routes,
    /// List every setting, its default, and what is allowed
    Settings,
    /// Manage the accounts of the desk
    #[command(subcommand)]
    Account(AccountCommand),
}

#[derive(Subcommand)]
enum ImportCommand {
    /// From files with one JSON object a line, plain, gzip or zstd. Exit status: 0 all well, 1 some items refused, 2 nothing done
    Jsonl(ImportOptions),
    /// From dumps of the database of Drupal 6 (mysqldump), plain, gzip or zstd
    Drupal6(ImportOptions),
    /// From exports of WordPress (WXR)
    Wxr(ImportOptions),
}

#[derive(Args)]
struct ImportOptions {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Do everything but write, and report the fate of every item and address
    #[arg(long)]
    dry_run: bool,
    /// Folder for summary.txt, items.csv and items.json
    #[arg(long, value_name = "FOLDER")]
    report: Option<PathBuf>,
    /// Name of the source, part of every item's identity [default: the mapping's, or from each file's name]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// What types, fields and vocabularies are here, in TOML [default: what their names suggest]
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Folder with the files of the former site: attachments and pictures are taken from there
    #[arg(long, value_name = "FOLDER")]
    files_from: Option<PathBuf>,
    /// Only say what the file holds, and write a first mapping to --mapping (NAME.toml) if it is not there
    #[arg(long)]
    inspect: bool,
}

#[derive(Subcommand)]
enum SubscribersCommand {
    /// From a CSV with the columns email,languages,filter,frequency,consented_at,consent_source; again without harm.
    /// Exit status: 0 all well, 1 some lines refused, 2 nothing done
    Import {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Do everything but write, and report the fate of every line
        #[arg(long)]
        dry_run: bool,
        /// Folder for summary.txt and lines.csv
        #[arg(long, value_name = "FOLDER")]
        report: Option<PathBuf>,
    },
    /// As such a CSV, to standard output
    Export,
}

#[derive(Args)]
struct BouncesOptions {
    /// Maildir whose new messages are read, and then are no longer new; without it one message from standard input
    #[arg(long, value_name = "FOLDER")]
    maildir: Option<PathBuf>,
}

#[derive(Subcommand)]
enum DigestCommand {
    /// What the next slot would send, and to how many; changes nothing
    Plan,
    /// Open a due or past slot now
    Run {
        /// Its day, as 2026-11-20 [default: today, by the site's clock]
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
        /// Its local time [default: the latest slot of that day that has come]
        #[arg(long, value_name = "HH:MM", value_parser = |text: &str| NaiveTime::parse_from_str(text, "%H:%M"))]
        slot: Option<NaiveTime>,
        /// Instead of a slot: what is to be told at once and waits, since something in it is old
        #[arg(long, conflicts_with_all = ["on", "slot"])]
        at_once: bool,
    },
    /// The latest runs with their counts
    Runs,
}

#[derive(Subcommand)]
enum InstanceCommand {
    /// What was accepted as the site and what this database is. Exit status 1 if mail and publications are held
    Show,
    /// Make this database the site: mail leaves, and what is due is published
    Accept,
}

#[derive(Subcommand)]
enum AccountCommand {
    /// Make an account; its password is read from standard input, and where that is empty an invitation is mailed
    Create(AccountCreate),
}

#[derive(Args)]
struct AccountCreate {
    /// Mail address, to sign in with
    #[arg(long)]
    email: String,
    /// contributor, publisher, institution-admin, chancellery-editor, spokesperson, picture-desk, photographer or admin
    #[arg(long, value_parser = |text: &str| text.parse::<Role>())]
    role: Role,
    /// Code of the institution that they speak for
    #[arg(long)]
    institution: Option<String>,
    /// What they are called; if not given, the part of the address before the @
    #[arg(long)]
    name: Option<String>,
}

/// Runs the command; what goes wrong is one line on standard error.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("communique: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    if matches!(cli.command, Command::Settings) {
        print_settings()?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = cli.config.clone().unwrap_or_else(|| DEFAULT_FILE.into());
    let source = Source::read(&file, cli.config.is_some(), std::env::vars())?;
    // One provider for every handshake of the process.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("starting the runtime")?;
    let code = runtime.block_on(dispatch(cli.command, source));
    // Blocking work that nobody waits for any more does not keep us.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    code
}

async fn dispatch(command: Command, source: Source) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve => {
            let settings = prepare(&source)?;
            let (ctx, listener) = (context(settings.clone())?, listen(&settings)?);
            ensure_migrated(&ctx).await?;
            serve(ctx, listener, settings.worker).await?;
        }
        Command::Work => {
            let ctx = context(prepare(&source)?)?;
            ensure_migrated(&ctx).await?;
            // What an old site called one of our addresses must not take it.
            let _ = ctx.own_paths.set(OwnPaths::of(&server::routes(&ctx.settings)));
            let (stop, stopped) = watch::channel(false);
            tokio::spawn(stop_on_signal(stop));
            let measured = tokio::spawn(metrics::serve(ctx.clone(), stopped.clone()));
            worker::run(ctx, stopped).await?;
            measured.await.context("what serves metrics panicked")??;
        }
        Command::Demo(options) => demo::run(options, source).await?,
        Command::Migrate => {
            let settings = prepare(&source)?;
            // A session of the owner's own: a pooler might lend one that a part of the site has stepped down in.
            let url = settings.database_direct_url.as_deref().map_or_else(|| database_url(&settings), Ok)?;
            let done = migrations::migrate(url).await?;
            match done.len() {
                0 => println!("The database is up to date."),
                _ => done.iter().for_each(|version| println!("done: {version}")),
            }
            // The first of all writes down that this database is the site.
            if let Err(held) = instance::examine(&context(settings)?).await? {
                println!("{held}");
            }
        }
        Command::Doctor => return doctor::run(&source).await,
        Command::Import(command) => {
            let (format, options) = match command {
                ImportCommand::Jsonl(options) => (Format::Jsonl, options),
                ImportCommand::Drupal6(options) => (Format::Drupal6, options),
                ImportCommand::Wxr(options) => (Format::Wxr, options),
            };
            // Nothing done is another status than some items refused, and a script tells them apart.
            return match import(&source, format, options).await {
                Ok(code) => Ok(code),
                Err(error) => {
                    eprintln!("communique: {error:#}");
                    Ok(ExitCode::from(NOTHING_DONE))
                }
            };
        }
        Command::Subscribers(command) => {
            return match subscribers(&source, command).await {
                Ok(code) => Ok(code),
                Err(error) => {
                    eprintln!("communique: {error:#}");
                    Ok(ExitCode::from(NOTHING_DONE))
                }
            };
        }
        Command::Bounces(options) => bounces(context(prepare(&source)?)?, options).await?,
        Command::Digest(command) => digest(context(prepare(&source)?)?, command).await?,
        Command::Instance(command) => return instance(context(prepare(&source)?)?, command).await,
        Command::Routes => {
            let settings = Settings::understand(&source)?;
            let lines = server::routes(&settings)
                .iter()
                .map(|route| format!("{:<5} {:<60} {}\n", route.method.as_str(), route.pattern, route.right))
                .collect::<String>();
            print(&lines)?;
        }
        Command::Settings => {}
        Command::Account(AccountCommand::Create(new)) => create_account(context(prepare(&source)?)?, new).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Understands the settings and starts the log.
fn prepare(source: &Source) -> anyhow::Result<Settings> {
    let settings = Settings::understand(source)?;
    log(&settings)?;
    Ok(settings)
}

fn database_url(settings: &Settings) -> anyhow::Result<&str> {
    settings.database_url.as_deref().context(
        "DATABASE_URL is not set. It is the address of the Postgres database, as in \
         postgres://communique@localhost/communique; `communique demo` starts one of its own",
    )
}

fn context(settings: Settings) -> anyhow::Result<Context> {
    let url = database_url(&settings)?.to_owned();
    let secret = Secret::load_or_make(&settings.secret_file)?;
    Context::new(settings, &url, secret, false)
}

/// A schema that is older than this build is refused before a page is served from it.
async fn ensure_migrated(ctx: &Context) -> anyhow::Result<()> {
    let pending = migrations::pending(ctx.db.url()).await?;
    ensure!(
        pending.is_empty(),
        "the database is not up to date ({} to do); run `communique migrate`",
        pending.join(", ")
    );
    Ok(())
}

async fn instance(ctx: Context, command: InstanceCommand) -> anyhow::Result<ExitCode> {
    ensure_migrated(&ctx).await?;
    if let InstanceCommand::Accept = command {
        instance::accept(&ctx, Actor::Job("communique instance accept")).await?;
    }
    let standing = instance::examine(&ctx).await?;
    let (accepted, found) = instance::both(&ctx).await?;
    let mut text = format!("{:<18} {:<40} {}\n", "", "accepted", "this database");
    let of = |of: fn(&instance::Fingerprint) -> String| (accepted.as_ref().map_or_else(String::new, of), of(&found));
    for (what, (accepted, found)) in [
        ("system identifier", of(|it| it.system_identifier.clone())),
        ("timeline", of(|it| it.timeline.to_string())),
        ("database", of(|it| format!("{} ({})", it.database, it.database_oid))),
        ("public address", of(|it| it.public_url.clone())),
    ] {
        text.push_str(&format!("{what:<18} {accepted:<40} {found}\n"));
    }
    if let Some(mark) = instance::mark(&ctx).await? {
        text.push_str(&format!("Storage knows of run {} up to change {}.\n", mark.run, mark.sequence.0));
    }
    let code = match &standing {
        Ok(()) => {
            text.push_str("It is the site: mail leaves, and what is due is published.\n");
            ExitCode::SUCCESS
        }
        Err(instance::Held(differences)) => {
            text.push_str("It is held: nothing is mailed, and nothing is published by itself.\n");
            for difference in differences {
                text.push_str(&format!("- {difference}\n"));
            }
            text.push_str("If it is to be the site: communique instance accept\n");
            ExitCode::FAILURE
        }
    };
    print(&text)?;
    Ok(code)
}

async fn create_account(ctx: Context, new: AccountCreate) -> anyhow::Result<()> {
    let mut stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!(
            "Password (at least {} characters), then Enter and Ctrl-D; nothing: an invitation is mailed:",
            crate::account::password::MIN
        );
    }
    let mut password = String::new();
    stdin.read_to_string(&mut password).context("reading the password from standard input")?;
    let password = password.strip_suffix('\n').unwrap_or(&password).to_owned();
    let password = Some(password).filter(|password| !password.is_empty());
    let invited = password.is_none();
    let name = new.name.unwrap_or_else(|| new.email.split('@').next().unwrap_or_default().to_owned());
    let mut conn = ctx.conn().await?;
    let institution_id = match &new.institution {
        Some(code) => {
            let found = directory::query::institution_by_code(&mut conn, code).await?;
            Some(found.with_context(|| format!("no institution has the code {code:?}"))?.id)
        }
        None => None,
    };
    let account = NewAccount { email: new.email, name, role: new.role, institution_id, password };
    let person = creation::invite(&ctx, &mut conn, Actor::Job("communique account create"), account).await?;
    println!("Account {} made: {}, {}.", person.id(), person.name(), person.role());
    if invited {
        println!("An invitation, good for seven days, is on its way; `serve` or `work` sends it.");
    }
    Ok(())
}

/// The exit status of an import that did nothing (DESIGN §10).
const NOTHING_DONE: u8 = 2;

async fn import(source: &Source, format: Format, options: ImportOptions) -> anyhow::Result<ExitCode> {
    let mapping = match &options.mapping {
        Some(path) if path.exists() => {
            let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
            Some(Mapping::parse(&text).with_context(|| path.display().to_string())?)
        }
        Some(path) if !options.inspect => anyhow::bail!("{}: there is no such mapping", path.display()),
        _ => None,
    };
    if options.inspect {
        return inspect(&Settings::understand(source)?, format, &options, mapping.as_ref());
    }
    let ctx = context(prepare(source)?)?;
    ensure_migrated(&ctx).await?;
    let _ = ctx.own_paths.set(OwnPaths::of(&server::routes(&ctx.settings)));
    let progress = archive::progress::on_terminal();
    let mut import = archive::import::Options {
        source: options.source,
        format,
        mapping,
        folder: options.files_from.clone(),
        import: None,
        dry_run: options.dry_run,
        report: options.report,
    };
    if options.dry_run {
        let report = archive::import::run(&ctx, &options.files, &import, progress.as_ref()).await?;
        print(&report.to_string())?;
        return Ok(ExitCode::from(report.exit_code()));
    }
    // What it brings is marked as one import, which the desk lists and can take back.
    let first = options.files.first().context("no file to import")?;
    let new = NewImport {
        format,
        name: options.files.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", "),
        path: std::path::absolute(first)?,
        uploaded: false,
        files_folder: options.files_from,
    };
    for path in &options.files {
        drop(std::fs::File::open(path).with_context(|| format!("opening {}", path.display()))?);
    }
    let mut conn = ctx.conn().await?;
    let id = imports::begin_by_command(&mut conn, &new).await?;
    let begun = imports::get(&mut conn, id).await?.context("the import that was begun is gone")?;
    drop(conn);
    import.import = Some(id);
    let report = archive::import::run(&ctx, &options.files, &import, progress.as_ref()).await?;
    imports::end(&ctx, &begun, &report, imports::State::Done).await?;
    print(&report.to_string())?;
    Ok(ExitCode::from(report.exit_code()))
}

async fn subscribers(source: &Source, command: SubscribersCommand) -> anyhow::Result<ExitCode> {
    let ctx = context(prepare(source)?)?;
    ensure_migrated(&ctx).await?;
    match command {
        SubscribersCommand::Import { file, dry_run, report } => {
            let bytes = std::fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
            let done = subscription::moving::import(&ctx, &bytes, dry_run).await?;
            if let Some(folder) = report {
                done.write(&folder)?;
            }
            print(&done.to_string())?;
            Ok(ExitCode::from(done.exit_code()))
        }
        SubscribersCommand::Export => {
            subscription::moving::export(&ctx, print).await?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn bounces(ctx: Context, options: BouncesOptions) -> anyhow::Result<()> {
    ensure_migrated(&ctx).await?;
    match options.maildir {
        Some(folder) => {
            let done = digest::returned::read_maildir(&ctx, &folder).await?;
            print(&done.to_string())
        }
        None => {
            let mut message = Vec::new();
            let most = digest::returned::MESSAGE_MAX;
            std::io::stdin().take(most as u64 + 1).read_to_end(&mut message).context("reading standard input")?;
            let verdict = digest::returned::take(&ctx, &message).await?;
            print(&format!("{verdict}\n"))
        }
    }
}

/// What the files hold, and a mapping to go on with. Needs no database.
fn inspect(
    settings: &Settings,
    format: Format,
    options: &ImportOptions,
    mapping: Option<&Mapping>,
) -> anyhow::Result<ExitCode> {
    let scratch = settings.data_dir.join(archive::import::SCRATCH);
    for path in &options.files {
        let opened = archive::reader::Opened::open(path, format, mapping, &scratch)?;
        let source =
            options.source.clone().or_else(|| archive::reader::source_of(path)).context("a file without a name")?;
        let found = opened.inspect(&source)?;
        print(&found.text)?;
        if !found.files.is_empty() {
            print(&imports::files_there(options.files_from.as_deref(), &found.files, &found.files_folder)?)?;
        }
        if let Some(text) = found.mapping {
            let to = options.mapping.clone().unwrap_or_else(|| PathBuf::from(format!("{source}.toml")));
            match std::fs::OpenOptions::new().write(true).create_new(true).open(&to) {
                Ok(mut file) => {
                    file.write_all(text.as_bytes()).with_context(|| to.display().to_string())?;
                    print(&format!(
                        "\nA first mapping is in {}: read it, then import with --mapping.\n",
                        to.display()
                    ))?;
                }
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                    print(&format!("\n{} is there already and stays as it is.\n", to.display()))?;
                }
                Err(error) => return Err(error).with_context(|| to.display().to_string()),
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn digest(ctx: Context, command: DigestCommand) -> anyhow::Result<()> {
    ensure_migrated(&ctx).await?;
    let zone = ctx.settings.zone;
    let local = |at: DateTime<Utc>| at.with_timezone(&zone).format("%a %-d %b %Y %H:%M").to_string();
    let mut text = String::new();
    match command {
        DigestCommand::Plan => {
            let plan = digest::run::plan(&ctx).await?;
            text.push_str(&format!("Slot of {}: {} mails.\n", local(plan.due_at), plan.deliveries));
            if let Some(oldest) = plan.oldest_at {
                text.push_str(&format!("The oldest item in them is of {}.\n", local(oldest)));
            }
            if plan.is_held {
                text.push_str("It would wait for an operator: something in it is more than two days old.\n");
            }
            for part in plan.by_filter {
                let filter = if part.filter.is_empty() { "everything" } else { &part.filter };
                text.push_str(&format!("{:>8} mails {:>8} items  {filter}\n", part.deliveries, part.items));
            }
        }
        DigestCommand::Run { at_once: true, .. } => {
            match digest::run::run_at_once_now(&ctx, Actor::Job("communique digest run")).await? {
                Some(opened) => text.push_str(&format!(
                    "Told at once: {} mails, for the senders of `serve` or `work`.\n",
                    opened.deliveries
                )),
                None => text.push_str("There is nothing to tell at once.\n"),
            }
        }
        DigestCommand::Run { on, slot, at_once: false } => {
            let mut conn = ctx.conn().await?;
            let now = clock::now(&mut conn).await?;
            drop(conn);
            let day = on.unwrap_or_else(|| now.with_timezone(&zone).date_naive());
            let due_at = match slot {
                Some(time) => clock::instant(zone, day.and_time(time)),
                None => {
                    let end =
                        clock::start_of_day(zone, day.succ_opt().context("a day too far")?) - TimeDelta::seconds(1);
                    digest::slot::last(&ctx.settings, end.min(now))
                }
            };
            let opened = digest::run::run_slot_now(&ctx, Actor::Job("communique digest run"), due_at).await?;
            text.push_str(&format!(
                "Opened the slot of {}: {} mails, for the senders of `serve` or `work`.\n",
                local(due_at),
                opened.deliveries
            ));
        }
        DigestCommand::Runs => {
            let mut conn = ctx.conn().await?;
            text.push_str(&format!(
                "{:<22} {:<7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9}\n",
                "due", "kind", "mails", "items", "accepted", "waiting", "failed", "bounced", "uncertain"
            ));
            for run in digest::query::runs(&mut conn, None, RUNS_SHOWN).await? {
                text.push_str(&format!(
                    "{:<22} {:<7} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9}\n",
                    local(run.due_at),
                    run.kind.as_str(),
                    run.deliveries,
                    run.items,
                    run.accepted,
                    run.open,
                    run.failed,
                    run.bounced,
                    run.uncertain
                ));
            }
        }
    }
    print(&text)
}

/// How many runs `digest runs` lists.
const RUNS_SHOWN: i64 = 50;

fn print_settings() -> anyhow::Result<()> {
    let mut text = String::new();
    for setting in SETTINGS {
        text.push_str(&format!("{}  (in communique.toml: {})\n", setting.name, setting.key()));
        if let Some(default) = setting.default.filter(|default| !default.is_empty()) {
            text.push_str(&format!("    default: {default}\n"));
        }
        text.push_str(&format!("    {}\n\n", setting.meaning));
    }
    print(&text)
}

/// Prints the text; whoever stopped reading (`communique routes | head`) has seen enough, which is no error.
fn print(text: &str) -> anyhow::Result<()> {
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error).context("printing"),
        _ => Ok(()),
    }
}
