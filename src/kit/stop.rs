//! How a process is told to end, and how its tasks wait for it.

use std::time::Duration;

use tokio::sync::watch;

/// Told when the process is to end; whoever holds it finishes what is in hand.
pub type Stop = watch::Receiver<bool>;

/// Waits for `period`, or less if the process is to end: its caller looks which of the two it was.
pub async fn wait(period: Duration, stop: &mut Stop) {
    let _ = tokio::time::timeout(period, stop.wait_for(|stop| *stop)).await;
}
