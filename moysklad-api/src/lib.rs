#![doc = include_str!("../README.md")]
// `counterparty::New::new` reads well; what it makes is named by its module.
#![allow(clippy::self_named_constructors)]
// Requests take what they send, so that they own nothing borrowed.
#![allow(clippy::needless_pass_by_value)]

pub mod address;
mod answer;
pub mod async_task;
pub mod attribute;
pub mod audit;
pub mod cash_in;
mod client;
pub mod company_settings;
pub mod context;
pub mod counterparty;
pub mod customer_order;
mod decimal;
#[cfg(feature = "emulator")]
pub mod emulator;
mod ensured;
pub mod entity;
mod error;
pub mod file;
mod guard;
mod id;
mod limit;
mod meta;
pub mod metadata;
mod moment;
mod money;
pub mod named_filter;
pub mod operation;
pub mod organization;
mod page;
mod patch;
pub mod payment_in;
pub mod query;
pub mod rate;
mod retry;
mod secret;
pub mod state;
pub mod token;
mod transport;
pub mod webhook;
pub mod webhook_stock;

pub use client::{Client, ClientBuilder};
pub use ensured::{Difference, Ensured};
pub use error::{Error, ErrorCode, Result, RowError, ServiceError};
pub use id::Id;
pub use limit::Pace;
pub use meta::{Meta, Nested, Ref, Untyped};
pub use moment::Moment;
pub use money::Money;
pub use page::Page;
pub use patch::Patch;
pub use secret::Credentials;
