//! Whole flows between the emulators of both services; the tests are in `tests/tests`.
//!
//! [`Pair`] is where a story starts: both emulators, a store in a file of its own, and the
//! configuration that every [`Sync`](ct_ms_sync::Sync) made from it gets. [`seed`] makes leads,
//! [`Ending`] says what a story left behind on both sides, [`Proxy`] stands before an emulator where a
//! fault depends on what a request says, and [`Fuse`] lets a store fail at one of its writes.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    reason = "whatever goes wrong while a story is set up is a failed test"
)]

mod clock;
mod ending;
mod fuse;
mod pair;
mod proxy;
pub mod seed;

pub use clock::{START, now};
pub use ending::{DealEnding, Ending, OrderEnding};
pub use fuse::Fuse;
pub use pair::{Pair, PairBuilder, id_of, kopecks};
pub use proxy::{Asked, Proxy, Verdict};

/// The readme, so that its example is compiled.
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The Russian readme, likewise.
#[doc = include_str!("../../README.ru.md")]
pub struct RussianReadme;
