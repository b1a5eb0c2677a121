//! What any web site needs, without one word of our domain.

pub mod clock;
pub mod cluster;
pub mod config;
pub mod context;
pub mod csv;
pub mod dates;
pub mod db;
pub mod job;
pub mod lang;
pub mod mail;
pub mod migrations;
pub mod page_cache;
pub mod reads;
pub mod redirects;
pub mod rich_text;
pub mod role;
pub mod secret;
pub mod slug;
pub mod stop;
pub mod storage;
pub mod text_enum;
pub mod typography;
pub mod web;
pub mod xml;
pub mod zip;
