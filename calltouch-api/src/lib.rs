#![doc = include_str!("../README.md")]
// On docs.rs every item says which feature it needs.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod call;
pub mod deal;
#[cfg(feature = "emulator")]
pub mod emulator;
pub mod lead;
pub mod request;
pub mod statistics;
pub mod webhook;

mod addition;
mod attribution;
mod batch;
mod client;
mod error;
mod journal;
mod lenient;
mod limit;
mod node;
mod page;
mod period;
mod query;
mod retry;
mod row;
mod secret;
mod tag;
mod text;
mod transport;
mod visit;

pub use attribution::Attribution;
pub use client::{Client, ClientBuilder};
pub use error::{Error, RecordError, Result, Violation};
pub use limit::Limiter;
pub use node::Node;
pub use page::Page;
pub use period::Period;
pub use row::RowError;
pub use secret::Token;
pub use tag::{TagGroup, TagKind};
pub use text::Text;
pub use visit::{Comment, Dcm, GoogleAds, MapVisit, NamedValue, YandexDirect};

const _: () = {
    const fn shared<T: Send + Sync + 'static>() {}
    shared::<Client>();
    shared::<Error>();
    shared::<Limiter>();
    shared::<RowError>();
};
