//! Journeys: stories of the product over HTTP, against a real Postgres and a real SMTP conversation.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod archive;
mod bench;
mod cache;
mod cards;
mod contacts;
mod council;
mod desk;
mod desk_home;
mod digest;
mod editor;
mod feeds;
mod figures;
mod former_sites;
mod government;
mod history;
mod house;
mod kinds;
mod leaks;
mod manage;
mod media;
mod moving;
mod press_lists;
mod previews;
mod process;
mod publishing;
mod release;
mod returned;
mod rights;
mod search;
mod search_index;
mod sending;
mod site;
mod site_pages;
mod subscription;
mod support;
mod topics;
mod validation;
