//! Typed, async SDK for the МойСклад JSON API 1.2.

#[cfg(feature = "emulator")]
pub mod emulator;
