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
    mod history;
    mod hooks;
    mod shop;
    mod waiting;
}
