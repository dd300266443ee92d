//! Typed, async SDK for the Calltouch API: calls, requests, deals.
//!
//! With the feature `emulator` the crate also holds a stateful server of the same API on
//! loopback, for tests.

#[cfg(feature = "emulator")]
pub mod emulator;
