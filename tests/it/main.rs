//! Journeys: stories of the product over HTTP, against a real Postgres and a real SMTP conversation.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod accounts;
mod archive;
mod bench;
mod cache;
mod cards;
mod desk;
mod digest;
mod editor;
mod feeds;
mod house;
mod media;
mod process;
mod release;
mod rights;
mod search;
mod search_index;
mod site;
mod subscription;
mod support;
