//! The pages about the site itself: what it is, whom to write to, the law, privacy, help, accessibility.
//!
//! There from the first start: the program brings each in four languages (`texts/`), filled with what the installation has
//! set. Whoever edits one in the desk makes a revision, which is never changed; the newest is what the public reads.
//!
//! - `model.rs` which pages there are, and a revision; `query.rs` reads and writes them; `writing.rs` makes one
//! - `handlers.rs`, `views.rs` the public pages and those of the desk; `difference.rs` what two texts do not share
//! - `suggestion.rs` what readers and communicators write to the site's mailbox

pub mod difference;
pub mod handlers;
pub mod model;
pub mod query;
pub mod suggestion;
pub mod views;
pub mod writing;

pub use model::SitePage;
