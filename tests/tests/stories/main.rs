//! Whole flows between two emulators, one room for each promise.
//!
//! They are one program, since linking each on its own takes longer than running it.

mod backfill;
mod changes;
mod crash;
mod day;
mod deletions;
mod deliveries;
mod drift;
mod explain;
mod faults;
mod flows;
mod plan;
mod reconcile;
mod replay;
mod resting;
mod settings;
mod soak;
mod state_dates;
mod store;
mod webhooks;
