//! Checks what an installation needs and says what is missing: one line each, and what to do.

use std::process::ExitCode;
use std::time::Duration;

use chrono::Utc;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::instance;
use crate::journal::seal::{self, Chain};
use crate::kit::config::{Settings, Source};
use crate::kit::context::Context;
use crate::kit::secret::Secret;
use crate::kit::storage::{Key, Storage};
use crate::kit::{clock, db, mail, migrations};

/// More difference between the process's and the database's clock than this is worth a warning.
const CLOCK_TOLERANCE: Duration = Duration::from_secs(5);
/// A job that waits longer than this is stuck.
const JOB_PATIENCE: &str = "10 minutes";

/// How one check came out.
enum Finding {
    Well(String),
    Warning(String),
    Bad(String),
}

/// Runs all checks; exit status 1 if one of them is bad.
pub async fn run(source: &Source) -> anyhow::Result<ExitCode> {
    let settings = Settings::understand(source)?;
    let mut findings = vec![("settings", Finding::Well("understood".into()))];
    findings.push(("zone and slots", slots(&settings)));
    findings.push(("data folder", writable(&settings)));
    findings.push(("storage", storage(&settings).await));
    findings.extend(database(&settings).await);
    findings.push(("mail server", relay(&settings).await));
    findings.push(("sender", sender(&settings)));
    let mut bad = false;
    for (what, finding) in findings {
        let (mark, text) = match finding {
            Finding::Well(text) => ("ok     ", text),
            Finding::Warning(text) => ("warning", text),
            Finding::Bad(text) => {
                bad = true;
                ("BAD    ", text)
            }
        };
        println!("{mark}  {what}: {text}");
    }
    Ok(if bad { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn slots(settings: &Settings) -> Finding {
    let times: Vec<String> = settings.slots.iter().map(|slot| slot.format("%H:%M").to_string()).collect();
    Finding::Well(format!("{} in {}", times.join(", "), settings.zone))
}

fn writable(settings: &Settings) -> Finding {
    let folder = &settings.data_dir;
    let tried = std::fs::create_dir_all(folder).and_then(|()| tempfile_in(folder));
    match tried {
        Ok(()) => Finding::Well(format!("{} can be written", folder.display())),
        Err(error) => Finding::Bad(format!("{} cannot be written: {error}; set COMMUNIQUE_DATA_DIR", folder.display())),
    }
}

async fn storage(settings: &Settings) -> Finding {
    let tried = async {
        let storage = Storage::new(settings.storage_url.as_deref(), &settings.data_dir)?;
        let key = Key::random();
        storage.put("can it be written?".into(), &key).await?;
        storage.remove(&key).await?;
        Ok::<_, anyhow::Error>(storage)
    };
    match tried.await {
        Ok(storage) => Finding::Well(format!("{storage:?} can be written")),
        Err(error) => Finding::Bad(format!("cannot be written: {error:#}; set COMMUNIQUE_STORAGE_URL")),
    }
}

fn tempfile_in(folder: &std::path::Path) -> std::io::Result<()> {
    let path = folder.join(format!(".doctor-{}", std::process::id()));
    std::fs::write(&path, b"can it be written?")?;
    std::fs::remove_file(path)
}

async fn database(settings: &Settings) -> Vec<(&'static str, Finding)> {
    let Some(url) = &settings.database_url else {
        return vec![("database", Finding::Bad("DATABASE_URL is not set".into()))];
    };
    let mut conn = match db::establish_site(url).await {
        Ok(conn) => conn,
        Err(error) => return vec![("database", Finding::Bad(format!("cannot be reached: {error}")))],
    };
    let mut findings = vec![("database", Finding::Well("answers".into()))];
    match migrations::pending(url).await {
        Ok(pending) if pending.is_empty() => findings.push(("schema", Finding::Well("up to date".into()))),
        Ok(pending) => {
            findings.push(("schema", Finding::Bad(format!("{} to do; run `communique migrate`", pending.join(", ")))));
            return findings;
        }
        Err(error) => {
            findings.push(("schema", Finding::Bad(format!("{error:#}"))));
            return findings;
        }
    }
    findings.push((
        "clock",
        match clock::now(&mut conn).await {
            Err(error) => Finding::Bad(error.to_string()),
            Ok(_) if clock::is_shiftable(&mut conn).await.unwrap_or(false) => {
                Finding::Warning("this database's clock can be shifted: it is a demo's or a test's".into())
            }
            Ok(at) => {
                let apart = (Utc::now() - at).abs();
                if apart.to_std().is_ok_and(|apart| apart <= CLOCK_TOLERANCE) {
                    Finding::Well("the database's and this machine's agree".into())
                } else {
                    Finding::Warning(format!(
                        "the database's differs from this machine's by {} s; it is the one that counts",
                        apart.num_seconds()
                    ))
                }
            }
        },
    ));
    findings.push(("instance", the_site(settings).await));
    findings.push(("journal", journal(&mut conn).await));
    findings.push(("journal's owner", journal_owner(&mut conn).await));
    findings.push((
        "jobs",
        match stuck_jobs(&mut conn).await {
            Ok(0) => Finding::Well("none is stuck".into()),
            Ok(count) => {
                Finding::Bad(format!("{count} have waited over {JOB_PATIENCE} or failed for good; does a worker run?"))
            }
            Err(error) => Finding::Bad(error.to_string()),
        },
    ));
    findings
}

/// Whether this database is the site.
async fn the_site(settings: &Settings) -> Finding {
    let looked = async {
        let url = settings.database_url.clone().unwrap_or_default();
        let ctx = Context::new(settings.clone(), &url, Secret::ephemeral(), false)?;
        instance::examine(&ctx).await
    };
    match looked.await {
        Ok(Ok(())) => Finding::Well("this database is the site".into()),
        Ok(Err(held)) => Finding::Bad(held.to_string()),
        Err(error) => Finding::Bad(format!("{error:#}")),
    }
}

/// Whether every entry is as it was sealed.
async fn journal(conn: &mut diesel_async::AsyncPgConnection) -> Finding {
    match seal::verify(conn).await {
        Ok(Chain::Whole { seals, waiting }) => {
            Finding::Well(format!("every entry is as it was sealed ({seals} seals; {waiting} entries wait for theirs)"))
        }
        Ok(Chain::Broken { number }) => Finding::Bad(format!(
            "seal {number} does not hold: entries were changed, deleted or added after it was made; compare with the \
             hashes in the log"
        )),
        Ok(Chain::Unsealed(count)) => {
            Finding::Bad(format!("{count} entries are under no seal and wait for none: somebody was at the tables"))
        }
        Err(error) => Finding::Bad(error.to_string()),
    }
}

/// Whether the role that we connect as could take away what refuses changes of the journal.
async fn journal_owner(conn: &mut diesel_async::AsyncPgConnection) -> Finding {
    let owns = diesel::select(diesel::dsl::sql::<diesel::sql_types::Bool>(
        "(SELECT pg_has_role(current_user, tableowner, 'USAGE') FROM pg_tables
          WHERE schemaname = current_schema() AND tablename = 'journal')",
    ))
    .get_result::<bool>(conn)
    .await;
    match owns {
        Ok(false) => Finding::Well("another role than ours".into()),
        Ok(true) => Finding::Warning(format!(
            "we work as the owner of the tables: triggers refuse to change or delete an entry, and the owner could drop \
             them; `migrate` may not make roles here: let somebody who may run CREATE ROLE {name} and GRANT {name} TO \
             whom we connect as, then `communique migrate` again",
            name = crate::kit::role::NAME
        )),
        Err(error) => Finding::Bad(error.to_string()),
    }
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

async fn stuck_jobs(conn: &mut diesel_async::AsyncPgConnection) -> diesel::QueryResult<i64> {
    let Count { count } = diesel::sql_query(format!(
        "SELECT count(*) AS count FROM graphile_worker._private_jobs
         WHERE (locked_at IS NULL AND run_at < now() - interval '{JOB_PATIENCE}') OR attempts >= max_attempts"
    ))
    .get_result(conn)
    .await?;
    Ok(count)
}

async fn relay(settings: &Settings) -> Finding {
    let transport = match mail::Transport::parse(&settings.smtp_url) {
        Ok(transport) => transport,
        Err(error) => return Finding::Bad(format!("COMMUNIQUE_SMTP_URL: {error}")),
    };
    match mail::probe(&transport).await {
        Ok(greeting) => Finding::Well(greeting),
        Err(error) => Finding::Bad(format!("{error}; set COMMUNIQUE_SMTP_URL")),
    }
}

fn sender(settings: &Settings) -> Finding {
    match mail::Mailbox::parse(&settings.mail_from) {
        Ok(from) if from.address.domain().ends_with(".invalid") => {
            Finding::Bad("no address that the world can answer; set COMMUNIQUE_MAIL_FROM".into())
        }
        Ok(from) if settings.dkim.is_empty() => Finding::Warning(format!(
            "mail from {} is not signed; large providers want DKIM (COMMUNIQUE_DKIM_KEY_FILE)",
            from.address.domain()
        )),
        Ok(from) => Finding::Well(format!("mail from {} is signed", from.address.domain())),
        Err(error) => Finding::Bad(format!("COMMUNIQUE_MAIL_FROM: {error}")),
    }
}
