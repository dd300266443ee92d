#![doc = include_str!("../README.md")]

mod changes;
mod check;
pub mod config;
pub mod contact;
mod cycle;
mod error;
mod flow;
mod index;
mod lead;
mod mapping;
mod report;
mod setup;
mod source_field;
mod store;
mod sync;

pub use check::{Check, Outcome, Verdict};
pub use config::Config;
pub use error::{Error, Result};
pub use lead::{LeadKey, LeadKind, LeftOut, NotALeadKey};
pub use report::{
    Ambiguity, CounterpartyCounts, DeadLetter, DealCounts, LeadCounts, OrderCounts, Report,
    RequestCounts, Step,
};
pub use source_field::{SOURCE_FIELDS, SourceField};
pub use store::Store;
pub use sync::{Sync, SyncBuilder};
