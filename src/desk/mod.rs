//! The desk: pages for those who work here, which speak of several terms.
//!
//! - `home.rs` the first page; `list.rs` every release, and the search over them; `calendar.rs` what goes public when
//! - `board/` the live board of a meeting's validation
//! - `release/` all about one release; `editor/` where a release is written; `states.rs` how the desk says where things stand
//! - `council/` the meetings of the Council
//! - `press_lists.rs` whom an institution writes to itself
//! - `topics.rs`, `merging.rs` the vocabulary; `people.rs` who works here; `journal.rs` who did what
//! - `government/` who governs, who speaks for whom, the change of government
//! - `mailings.rs` what leaves by mail
//! - `rows.rs` how an edition is shown; `query.rs` what these pages read; `mailbox.rs` the demo's mailbox

pub mod board;
pub mod calendar;
pub mod council;
pub mod editor;
pub mod government;
pub mod home;
pub mod journal;
pub mod list;
pub mod mailbox;
pub mod mailings;
pub mod merging;
pub mod people;
pub mod press_lists;
pub mod query;
pub mod release;
pub mod rows;
pub mod states;
pub mod topics;

use crate::account::rights::{Action, Right};
use crate::kit::web::routes::{self, Route};
use crate::paths;

/// The pages of the desk.
pub fn routes() -> Vec<Route<Right>> {
    let mut all = vec![
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
        routes::get(paths::DESK_PEOPLE, Right::Site(Action::People), people::list),
        routes::get(paths::DESK_PEOPLE_NEW, Right::Site(Action::People), people::invite_form),
        routes::post(paths::DESK_PEOPLE_NEW, Right::Site(Action::People), people::invite),
        routes::get(paths::DESK_PERSON, Right::Account(Action::Read), people::show),
        routes::post(paths::DESK_PERSON, Right::Account(Action::People), people::change),
        routes::post(paths::DESK_PERSON_CLOSING, Right::Account(Action::People), people::close),
        routes::post(paths::DESK_PERSON_OPENING, Right::Account(Action::People), people::open),
        routes::post(paths::DESK_PERSON_INVITATION, Right::Account(Action::People), people::invite_again),
        routes::post(paths::DESK_PERSON_SECOND_FACTOR, Right::Account(Action::People), people::reset_second_factor),
        routes::get(paths::DESK_PRESS_LISTS, Right::Institution(Action::PressLists), press_lists::list),
        routes::post(paths::DESK_PRESS_LISTS, Right::Institution(Action::PressLists), press_lists::create),
        routes::get(paths::DESK_PRESS_LIST, Right::Institution(Action::PressLists), press_lists::show),
        routes::post(paths::DESK_PRESS_LIST, Right::Institution(Action::PressLists), press_lists::describe),
        routes::get(paths::DESK_PRESS_LIST_MEMBERS, Right::Institution(Action::PressLists), press_lists::back),
        routes::post(paths::DESK_PRESS_LIST_MEMBERS, Right::Institution(Action::PressLists), press_lists::add),
        routes::post(paths::DESK_PRESS_LIST_REMOVAL, Right::Institution(Action::PressLists), press_lists::remove),
        routes::post(paths::DESK_PRESS_LIST_CLOSING, Right::Institution(Action::PressLists), press_lists::close),
        routes::get(paths::DESK_JOURNAL, Right::Site(Action::Journal), journal::show),
        routes::get(paths::DESK_JOURNAL_CSV, Right::Site(Action::Journal), journal::export),
        routes::get(paths::DESK_RELEASE_JOURNAL, Right::Release(Action::Read), journal::of_release),
        routes::get(paths::MAILBOX, Right::DemoOnly, mailbox::list),
        routes::get(paths::MAILBOX_MAIL, Right::DemoOnly, mailbox::show),
        routes::get(paths::MAILBOX_HTML, Right::DemoOnly, mailbox::html_body),
    ];
    all.extend(editor::handlers::routes());
    all.extend(release::routes());
    all.extend(council::routes());
    all.extend(government::routes());
    all.extend(mailings::routes());
    all
}
