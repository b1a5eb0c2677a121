//! Asks a scanner of this machine about a file before it is stored (PROMISES 5.4.3): a command of the operator's choice,
//! which is given the file's path as its last argument, and says by its exit status that it is clean (0) or infected (1), as
//! `clamdscan` does.
//!
//! Whatever else happens (another status, no such command, no answer in a minute) is not a clean file: it is not taken, and
//! whoever operates the site reads why in the log.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::model::Refusal;
use super::upload::UploadError;
use crate::kit::storage::StorageError;

/// How long a scanner may take for one file.
const PATIENCE: Duration = Duration::from_secs(60);

/// Lets a file through that the command calls clean.
///
/// # Errors
/// It is infected, or nobody could say.
pub async fn ask(command: &[String], path: &Path) -> Result<(), UploadError> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    let mut scanner = Command::new(program);
    scanner.args(arguments).arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Who asked may have gone away: nobody waits for the answer then.
    scanner.kill_on_drop(true);
    let unanswered = |error: std::io::Error| UploadError::Storage(StorageError::Away(error.into()));
    match tokio::time::timeout(PATIENCE, scanner.status()).await {
        Ok(Ok(status)) => match status.code() {
            Some(0) => Ok(()),
            Some(1) => Err(Refusal::Infected.into()),
            _ => Err(unanswered(std::io::Error::other(format!("the scanner ended with {status}")))),
        },
        Ok(Err(error)) => Err(unanswered(error)),
        Err(_) => Err(unanswered(std::io::ErrorKind::TimedOut.into())),
    }
}
