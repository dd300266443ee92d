#![doc = include_str!("../README.md")]
// On docs.rs every item says which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]
// `counterparty::New::new` reads well; what it makes is named by its module.
#![allow(clippy::self_named_constructors)]
// Requests take what they send, so that they own nothing borrowed.
#![allow(clippy::needless_pass_by_value)]

pub mod address;
mod answer;
pub mod assortment;
pub mod async_task;
pub mod attribute;
pub mod audit;
pub mod bundle;
pub mod cash_in;
pub mod cash_out;
mod client;
pub mod company_settings;
pub mod context;
pub mod contract;
pub mod counterparty;
pub mod country;
pub mod currency;
pub mod custom_entity;
pub mod customer_order;
mod decimal;
pub mod demand;
pub mod employee;
#[cfg(feature = "emulator")]
pub mod emulator;
mod ensured;
pub mod entity;
mod error;
pub mod expense_item;
pub mod file;
pub mod group;
mod guard;
mod id;
pub mod image;
pub mod invoice_out;
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
pub mod payment_out;
pub mod price_type;
pub mod product;
pub mod product_folder;
pub mod project;
pub mod query;
pub mod rate;
pub mod region;
pub mod requisites;
mod retry;
pub mod sales_channel;
mod secret;
pub mod service;
pub mod state;
pub mod store;
pub mod task;
pub mod tax_rate;
pub mod tax_system;
pub mod token;
mod transport;
pub mod uom;
pub mod variant;
pub mod webhook;
pub mod webhook_stock;

pub use client::{Client, ClientBuilder};
pub use ensured::{Difference, Ensured};
pub use error::{Error, ErrorCode, Result, RowError, ServiceError};
pub use id::Id;
pub use limit::Pace;
pub use meta::{ListMeta, Meta, Nested, Ref, Untyped};
pub use moment::Moment;
pub use money::Money;
pub use page::Page;
pub use patch::Patch;
pub use secret::Credentials;
