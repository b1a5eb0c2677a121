//! Communiqué: the newsroom on which a government publishes its press releases.
//!
//! A folder is a term of the domain, a file name is a layer. Floors run from the roof down: commands and wiring, then
//! the pages that speak of several terms, then the slices in their order, then the kit; a file imports only from floors
//! below its own, and a test holds that order.
//!
//! Deliberately absent: an event bus (what comes next pulls from the log of public changes), callbacks of an ORM, HTML
//! from strings (maud makes it, and `kit::rich_text` alone makes HTML of what a person wrote), a clock of the process in
//! any decision.

pub mod account;
pub mod archive;
pub mod change;
pub mod cli;
pub mod council;
pub mod demo;
pub mod desk;
pub mod digest;
pub mod directory;
pub mod doctor;
pub mod front;
pub mod ids;
pub mod instance;
pub mod journal;
pub mod kit;
pub mod layout;
pub mod media;
pub mod metrics;
pub mod paths;
pub mod phrases;
pub mod process;
pub mod release;
pub mod schema;
pub mod search;
pub mod server;
pub mod site_page;
pub mod subscription;
pub mod validation;
pub mod worker;
