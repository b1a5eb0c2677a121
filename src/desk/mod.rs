//! The desk: pages for those who work here, which speak of several terms.
//!
//! - `board.rs` the first page; `release/` all about one release; `editor/` where a release is written; `states.rs` how the desk says where
//!   things stand; `mailbox.rs` the demo's mailbox; `query.rs` what the board shows

pub mod board;
pub mod editor;
pub mod mailbox;
pub mod query;
pub mod release;
pub mod states;

use crate::account::rights::{Action, Right};
use crate::kit::web::routes::{self, Route};
use crate::paths;

/// The pages of the desk.
pub fn routes() -> Vec<Route<Right>> {
    let mut all = vec![
        routes::get(paths::DESK, Right::SignedIn, board::show),
        routes::post(paths::DESK_DEMO_CLOCK, Right::Site(Action::RunDigests), board::advance_demo_clock),
        routes::get(paths::MAILBOX, Right::DemoOnly, mailbox::list),
        routes::get(paths::MAILBOX_MAIL, Right::DemoOnly, mailbox::show),
        routes::get(paths::MAILBOX_HTML, Right::DemoOnly, mailbox::html_body),
    ];
    all.extend(editor::handlers::routes());
    all.extend(release::routes());
    all
}
