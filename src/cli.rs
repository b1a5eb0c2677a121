//! The commands: serve, work, demo, migrate, import, digest, doctor, routes, account, settings.

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use clap::{Args, Parser, Subcommand};
use tokio::sync::watch;

use crate::account::Role;
use crate::account::creation::{self, NewAccount};
use crate::journal::Actor;
use crate::kit::config::{DEFAULT_FILE, SETTINGS, Settings, Source};
use crate::kit::context::Context;
use crate::kit::secret::Secret;
use crate::kit::{clock, migrations};
use crate::process::{listen, log, serve, stop_on_signal};
use crate::{archive, demo, digest, directory, doctor, server, worker};

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
    /// See what the next digest would send, open a slot, list the runs
    #[command(subcommand)]
    Digest(DigestCommand),
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
    /// From files with one JSON object a line, plain or gzip. Exit status: 0 all well, 1 some items refused, 2 nothing done
    Jsonl(ImportOptions),
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
    /// Name of the source, part of every item's identity [default: from each file's name]
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
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
    },
    /// The latest runs with their counts
    Runs,
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
            let (stop, stopped) = watch::channel(false);
            tokio::spawn(stop_on_signal(stop));
            worker::run(ctx, stopped).await?;
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
        }
        Command::Doctor => return doctor::run(&source).await,
        Command::Import(ImportCommand::Jsonl(options)) => {
            // Nothing done is another status than some items refused, and a script tells them apart.
            return match import(&source, options).await {
                Ok(code) => Ok(code),
                Err(error) => {
                    eprintln!("communique: {error:#}");
                    Ok(ExitCode::from(NOTHING_DONE))
                }
            };
        }
        Command::Digest(command) => digest(context(prepare(&source)?)?, command).await?,
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

async fn import(source: &Source, options: ImportOptions) -> anyhow::Result<ExitCode> {
    let ctx = context(prepare(source)?)?;
    ensure_migrated(&ctx).await?;
    let progress = archive::progress::on_terminal();
    let import = archive::import::Options {
        source: options.source,
        dry_run: options.dry_run,
        report: options.report,
        ..Default::default()
    };
    let report = archive::import::run(&ctx, &options.files, &import, progress.as_ref()).await?;
    print(&report.to_string())?;
    Ok(ExitCode::from(report.exit_code()))
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
            for part in plan.by_filter {
                let filter = if part.filter.is_empty() { "everything" } else { &part.filter };
                text.push_str(&format!("{:>8} mails {:>8} items  {filter}\n", part.deliveries, part.items));
            }
        }
        DigestCommand::Run { on, slot } => {
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
                "{:<22} {:>8} {:>8} {:>8} {:>8} {:>9}\n",
                "slot", "mails", "accepted", "waiting", "failed", "uncertain"
            ));
            for run in digest::query::runs(&mut conn, RUNS_SHOWN).await? {
                text.push_str(&format!(
                    "{:<22} {:>8} {:>8} {:>8} {:>8} {:>9}\n",
                    local(run.due_at),
                    run.deliveries,
                    run.accepted,
                    run.open,
                    run.failed,
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
