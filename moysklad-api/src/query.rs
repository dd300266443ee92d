//! What a list asks for: filters, order, search, expanded references.
//!
//! Conditions start from the [`Field`] constants of an entity, such as
//! [`counterparty::PHONE`](crate::counterparty::PHONE); a field offers only the operators that
//! the service documents for it.

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
