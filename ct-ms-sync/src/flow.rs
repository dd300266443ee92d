//! The four flows: what starts each, and what it does.

pub(crate) mod call;
pub(crate) mod order_close;
pub(crate) mod order_update;
pub(crate) mod request;
