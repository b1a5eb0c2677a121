//! The desk: pages for those who work here, which speak of several terms.
//!
//! - `board.rs` the first page; `editor/` where a release is written; `states.rs` how the desk says where
//!   things stand; `people.rs` who works here; `journal.rs` who did what; `mailbox.rs` the demo's mailbox;
//!   `query.rs` what the board shows

pub mod board;
pub mod editor;
pub mod journal;
pub mod mailbox;
pub mod people;
pub mod query;
pub mod states;

use crate::account::rights::{Action, Right};
use crate::kit::web::routes::{self, Route};
use crate::paths;

/// The pages of the desk.
pub fn routes() -> Vec<Route<Right>> {
    let mut all = vec![
        routes::get(paths::DESK, Right::SignedIn, board::show),
        routes::post(paths::DESK_DEMO_CLOCK, Right::Site(Action::RunDigests), board::advance_demo_clock),
        routes::get(paths::DESK_PEOPLE, Right::Site(Action::People), people::list),
        routes::get(paths::DESK_PEOPLE_NEW, Right::Site(Action::People), people::invite_form),
        routes::post(paths::DESK_PEOPLE_NEW, Right::Site(Action::People), people::invite),
        routes::get(paths::DESK_PERSON, Right::Account(Action::Read), people::show),
        routes::post(paths::DESK_PERSON, Right::Account(Action::People), people::change),
        routes::post(paths::DESK_PERSON_CLOSING, Right::Account(Action::People), people::close),
        routes::post(paths::DESK_PERSON_OPENING, Right::Account(Action::People), people::open),
        routes::post(paths::DESK_PERSON_INVITATION, Right::Account(Action::People), people::invite_again),
        routes::post(paths::DESK_PERSON_SECOND_FACTOR, Right::Account(Action::People), people::reset_second_factor),
        routes::get(paths::DESK_JOURNAL, Right::Site(Action::Journal), journal::show),
        routes::get(paths::DESK_JOURNAL_CSV, Right::Site(Action::Journal), journal::export),
        routes::get(paths::DESK_RELEASE_JOURNAL, Right::Release(Action::Read), journal::of_release),
        routes::get(paths::MAILBOX, Right::DemoOnly, mailbox::list),
        routes::get(paths::MAILBOX_MAIL, Right::DemoOnly, mailbox::show),
        routes::get(paths::MAILBOX_HTML, Right::DemoOnly, mailbox::html_body),
    ];
    all.extend(editor::handlers::routes());
    all
}
