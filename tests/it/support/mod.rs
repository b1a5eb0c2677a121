//! People, releases and a site of their own for the journeys.

pub mod smtp;
