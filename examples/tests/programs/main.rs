//! The example programs as their users meet them: processes with arguments, an environment, two
//! output streams, an exit code, and HTTP between them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by a panic"
)]

mod control;
mod crashes;
mod dead_letters;
mod demo;
mod emulators;
mod emulators_arguments;
mod figures;
mod full_disk;
mod history;
mod kills;
mod leads;
mod modes;
mod pair;
mod process;
mod refusals;
mod secrets;
mod services;
mod shared_day;
mod small;
mod stopping;
mod stream_orders;
mod time_zones;
mod together;
