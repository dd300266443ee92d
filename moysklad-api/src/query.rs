//! What a list asks for: filters, order, search, expanded references.
//!
//! Conditions start from the [`Field`] constants of an entity, such as
//! [`counterparty::PHONE`](crate::counterparty::PHONE); a field offers only the operators that
//! the service documents for it:
//!
//! ```
//! # use moysklad_api::{customer_order, Id, Money, query::Condition};
//! # use moysklad_api::{customer_order::CustomerOrder, store::Store};
//! # fn run(store: Id<Store>) -> [Condition<CustomerOrder>; 3] {
//! [
//!     customer_order::SUM.gt(Money::from_rubles(1000.into())),
//!     customer_order::STORE.eq(store),
//!     customer_order::DESCRIPTION.contains("срочно"),
//! ]
//! # }
//! ```
//!
//! A sum is not searched by its parts, and a phone number is not larger than another:
//!
//! ```compile_fail
//! moysklad_api::customer_order::SUM.contains("100");
//! ```
//!
//! ```compile_fail
//! moysklad_api::counterparty::PHONE.gt("+7915");
//! ```
//!
//! ```compile_fail
//! moysklad_api::customer_order::AGENT.asc();
//! ```

mod condition;
mod expand;
mod field;
mod kind;
mod text;

pub use condition::Condition;
pub use expand::{Expand, Leads};
pub use field::{Field, Fixed, Order, Sortable};
pub use kind::{
    Compared, Exact, Kind, Linked, Literal, Matched, Nullable, Ordered, Reference, References,
};
pub use kind::{Text, Texts, Unfiltered};

pub(crate) use text::{Filters, Query, check_expand};
