//! The public pages that speak of several terms: they lead a reader to a release.
//!
//! - `handlers.rs` the routes of home, lists, institutions, topics, archive, short addresses, and of the two text files
//! - `home.rs`, `list.rs`, `directory.rs`, `archive.rs` the pages; `choice.rs` the language of `/`
//! - `narrow.rs` what a list or a search holds, and how to narrow and widen it; `search/` the search and its suggestions
//! - `meetings/` the meetings of the Council of Ministers
//! - `feeds/` every list for feed readers; `sitemap.rs` every page for search engines
//! - `mailings.rs` how the mail is doing
//! - `files.rs` security.txt and robots.txt; `tracking.rs` takes off what others hang onto our addresses
//!
//! A page of a list further back is not for search engines (`noindex`): what stands on it moves with each new release.
//! They find a release by its month in the archive and by the page of its institution, whose addresses stay.

pub mod archive;
pub mod choice;
pub mod contacts;
pub mod directory;
pub mod feeds;
pub mod files;
pub mod former;
pub mod handlers;
pub mod home;
pub mod list;
pub mod mailings;
pub mod meetings;
pub mod narrow;
pub mod search;
pub mod sitemap;
pub mod tracking;
