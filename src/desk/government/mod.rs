//! Who governs, in the desk: governments in office, former and prepared; mandates with who speaks and who answers for them;
//! the change of government.
//!
//! - `list.rs` all governments, and a new one to prepare; `page.rs` one of them: its plan, what becomes of the present
//!   mandates, the preview; `takeover.rs` the operation, and the page that asks once more
//! - `mandate.rs` a mandate; `facts.rs` what it says; `speaking.rs` its spokespersons; `registers.rs` offices, persons and
//!   competences

pub mod facts;
pub mod list;
pub mod mandate;
pub mod page;
pub mod preview;
pub mod query;
pub mod registers;
pub mod speaking;
pub mod takeover;

use crate::account::rights::{Action, Right};
use crate::directory::government::keeping::GovernmentError;
use crate::directory::government::{self, Government};
use crate::ids::GovernmentId;
use crate::kit::context::Context;
use crate::kit::dates;
use crate::kit::lang::Lang;
use crate::kit::web::error::WebError;
use crate::kit::web::routes::{self, Route};
use crate::layout::desk::{Mark, Tone, state};
use crate::paths;
use crate::phrases::Phrases;

/// The pages of governments and mandates.
pub fn routes() -> Vec<Route<Right>> {
    let keep = Right::Site(Action::Governments);
    let people = Right::Mandate(Action::Contacts);
    vec![
        routes::get(paths::DESK_GOVERNMENTS, keep, list::show),
        routes::post(paths::DESK_GOVERNMENTS, keep, list::prepare),
        routes::get(paths::DESK_GOVERNMENT, keep, page::show),
        routes::post(paths::DESK_GOVERNMENT_PLAN, keep, page::plan),
        routes::post(paths::DESK_GOVERNMENT_NAME, keep, page::rename),
        routes::post(paths::DESK_GOVERNMENT_CARETAKER, keep, page::set_caretaker),
        routes::post(paths::DESK_GOVERNMENT_DISCARDING, keep, page::discard),
        routes::get(paths::DESK_GOVERNMENT_PREVIEW, keep, preview::show),
        routes::get(paths::DESK_GOVERNMENT_TAKEOVER, keep, takeover::ask),
        routes::post(paths::DESK_GOVERNMENT_TAKEOVER, keep, takeover::confirm),
        routes::get(paths::DESK_GOVERNMENT_MANDATES, keep, facts::new),
        routes::post(paths::DESK_GOVERNMENT_MANDATES, keep, facts::create),
        routes::get(paths::DESK_REGISTERS, keep, registers::show),
        routes::post(paths::DESK_REGISTERS, keep, registers::add),
        routes::post(paths::DESK_REGISTERS_NAME, keep, registers::rename),
        routes::get(paths::DESK_MANDATE, Right::Mandate(Action::Read), mandate::show),
        routes::get(paths::DESK_MANDATE_FACTS, Right::Mandate(Action::Governments), facts::edit),
        routes::post(paths::DESK_MANDATE_FACTS, Right::Mandate(Action::Governments), facts::change),
        routes::post(paths::DESK_MANDATE_END, Right::Mandate(Action::Governments), mandate::end),
        // Deputies are the spokespersons' own to name; the step asks again.
        routes::get(paths::DESK_SPOKESPERSONS, people, speaking::new),
        routes::post(paths::DESK_SPOKESPERSONS, people, speaking::create),
        routes::get(paths::DESK_SPOKESPERSON, people, speaking::edit),
        routes::post(paths::DESK_SPOKESPERSON, people, speaking::change),
        routes::post(paths::DESK_SPOKESPERSON_END, people, speaking::end),
    ]
}

/// The government that the address names.
async fn named(ctx: &Context, id: i64) -> Result<Government, WebError> {
    let mut conn = ctx.conn().await?;
    government::query::government(&mut conn, GovernmentId(id)).await?.ok_or(WebError::NotFound)
}

/// How it stands: its shape and its word.
fn standing(of: &Government, words: &Phrases) -> maud::Markup {
    if of.is_prepared() {
        state(Mark::Draft, Tone::Warn, &words.government_state_prepared())
    } else if of.is_in_office() && of.caretaker_from.is_some() {
        state(Mark::Pause, Tone::Now, &words.government_state_caretaker())
    } else if of.is_in_office() {
        state(Mark::Published, Tone::Ok, &words.government_state_in_office())
    } else {
        state(Mark::Withdrawn, Tone::Mute, &words.government_state_former())
    }
}

/// An instant within a sentence of the desk.
fn instant(ctx: &Context, lang: Lang, at: chrono::DateTime<chrono::Utc>) -> String {
    let zone = ctx.settings.zone;
    format!("{}, {}", dates::full(lang, dates::day(zone, at)), dates::hour_in_words(lang, zone, at))
}

/// What a form says of a refusal that it can put right; what it cannot is an answer of its own.
fn refusal(words: &Phrases, error: GovernmentError) -> Result<String, WebError> {
    Ok(match error {
        GovernmentError::HeldTwice(_) => words.government_wrong_held_twice(),
        GovernmentError::Nobody => words.government_wrong_nobody(),
        GovernmentError::NoCell(_) => words.government_wrong_no_cell(),
        GovernmentError::Changed => words.government_wrong_changed(),
        other => return Err(other.into()),
    })
}
