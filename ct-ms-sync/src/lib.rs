#![doc = include_str!("../README.md")]
// On docs.rs every item says which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod changes;
mod check;
pub mod config;
pub mod contact;
mod cycle;
mod error;
mod event;
mod explanation;
mod fingerprint;
mod flow;
mod index;
mod lead;
mod mapping;
mod metrics;
mod plan;
mod progress;
#[cfg(feature = "webhooks")]
mod receiver;
mod reconciliation;
mod report;
mod setup;
mod source_field;
mod store;
mod sync;
mod template;
mod webhook_secret;

pub use check::{Check, Outcome, Verdict};
pub use config::Config;
pub use error::{Error, Result};
pub use event::{CycleStep, Event};
pub use explanation::{Explanation, HistoryEntry, Standing, Subject, What};
pub use lead::{LeadKey, LeadKind, LeftOut, NotALeadKey};
pub use plan::{Action, Change, Operation, Plan};
pub use progress::Progress;
pub use reconciliation::{
    Exception, ExceptionKind, Fates, Funnel, MoneyCheck, Reconciliation, Repair, Repaired, Sums,
};
pub use report::{
    Ambiguity, CounterpartyCounts, DeadLetter, DealCounts, LeadCounts, OrderCounts, Report,
    RequestCounts, Step,
};
pub use source_field::{SOURCE_FIELDS, SourceField};
pub use store::{Replay, Store};
pub use sync::{RegisteredWebhook, Sync, SyncBuilder};
