//! The program `fleet` over PostgreSQL, with workers as processes that are killed and frozen.
//!
//! Needs a PostgreSQL server: `DATABASE_URL` names a database of it beside which the tests make their
//! own. One test starts a server of its own, to stop it, with the programs of the newest PostgreSQL
//! that is installed.
//!
//! ```text
//! cargo build --workspace --features examples/fleet --example fleet
//! DATABASE_URL=postgres://… cargo test --workspace --features examples/fleet --test fleet
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

mod cluster;
mod crews;
mod database;
mod engine;
mod fairness;
mod hooks;
mod moving;
#[allow(dead_code, reason = "its own tests are what is wanted here")]
#[path = "../../fleet/pairs.rs"]
mod pairs;
#[allow(dead_code, reason = "other programs are driven in other ways")]
#[path = "../programs/process.rs"]
mod process;
mod restart;
mod rests;
#[allow(dead_code, reason = "its own tests are what is wanted here")]
#[path = "../../fleet/schedule.rs"]
mod schedule;
mod shops;
