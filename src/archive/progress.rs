//! How far an import has come, for whoever waits for it.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Hears how an import goes on. Called from the import's own task: it must return at once.
pub trait Progress: Send + Sync {
    /// The files are being looked through.
    fn look_through(&self) {}
    /// So many items will be dealt with.
    fn begin(&self, _items: u64) {}
    /// The fate of so many more is settled: what is written of them is committed.
    fn settled(&self, _items: u64) {}
    /// All is done.
    fn end(&self) {}
}

/// Shows nothing.
#[derive(Debug)]
pub struct Quiet;

impl Progress for Quiet {}

/// A bar with its rate on standard error.
pub struct Bar(ProgressBar);

/// A bar where there is somebody to see it: on a terminal.
pub fn on_terminal() -> Box<dyn Progress> {
    if std::io::stderr().is_terminal() { Box::new(Bar(ProgressBar::new_spinner())) } else { Box::new(Quiet) }
}

impl Progress for Bar {
    fn look_through(&self) {
        self.0.set_message("looking through the files");
        self.0.enable_steady_tick(Duration::from_millis(100));
    }

    fn begin(&self, items: u64) {
        let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} items, {per_sec}, {eta} left");
        self.0.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        self.0.set_length(items);
    }

    fn settled(&self, items: u64) {
        self.0.inc(items);
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}
