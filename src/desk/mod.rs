//! The desk: pages for those who work here, which speak of several terms.
//!
//! - `home.rs` the first page; `list.rs` every release, and the search over them; `calendar.rs` what goes public when
//! - `topics.rs`, `merging.rs` the vocabulary
//! - `rows.rs` how an edition is shown; `query.rs` what these pages read; `mailbox.rs` the demo's mailbox

pub mod calendar;
pub mod home;
pub mod list;
pub mod mailbox;
pub mod merging;
pub mod query;
pub mod rows;
pub mod topics;

use crate::account::rights::{Action, Right};
use crate::kit::web::routes::{self, Route};
use crate::paths;

/// The pages of the desk.
pub fn routes() -> Vec<Route<Right>> {
    vec![
        routes::get(paths::DESK, Right::SignedIn, home::show),
        routes::get(paths::DESK_RELEASES, Right::SignedIn, list::show),
        routes::get(paths::DESK_CALENDAR, Right::SignedIn, calendar::show),
        routes::get(paths::DESK_CALENDAR_ICS, Right::SignedIn, calendar::file),
        routes::get(paths::DESK_TOPICS, Right::Site(Action::Topics), topics::list),
        routes::post(paths::DESK_TOPICS, Right::Site(Action::Topics), topics::create),
        routes::get(paths::DESK_TOPIC, Right::Site(Action::Topics), topics::show),
        routes::post(paths::DESK_TOPIC, Right::Site(Action::Topics), topics::rename),
        routes::post(paths::DESK_TOPIC_MERGING, Right::Site(Action::Topics), topics::merge),
        routes::post(paths::DESK_DEMO_CLOCK, Right::Site(Action::RunDigests), home::advance_demo_clock),
        routes::get(paths::MAILBOX, Right::DemoOnly, mailbox::list),
        routes::get(paths::MAILBOX_MAIL, Right::DemoOnly, mailbox::show),
        routes::get(paths::MAILBOX_HTML, Right::DemoOnly, mailbox::html_body),
    ]
}
