//! The emulator against the documented behaviour of the service, over real HTTP.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod assortment;
mod attributes;
mod audit;
mod bulk;
mod client;
mod control;
mod dictionaries;
mod documents;
mod faults;
mod files;
mod filters;
mod limits;
mod lists;
mod orders;
mod payments;
mod protocol;
mod rights;
mod settings;
mod speed;
mod states;
mod stock;
mod switches;
mod tasks;
mod users;
mod webhooks;
mod writing;
