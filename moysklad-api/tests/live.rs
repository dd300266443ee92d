//! The client against the emulator: both as they are, over real HTTP, at the pace of a solution.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod live {
    mod account;
    mod definitions;
    mod filters;
    mod history;
    mod hooks;
    mod lists;
    mod parts;
    mod shop;
    mod templates;
    mod waiting;
}
