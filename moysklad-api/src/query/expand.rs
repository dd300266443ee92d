//! References to put into an answer.

use std::fmt;
use std::marker::PhantomData;

use super::field::Field;
use super::kind::{Linked, Reference};

/// A path of references from a `T`, of up to three levels, to put into the answer.
///
/// It is a field, several fields in a row, or the service's own text:
///
/// ```
/// use moysklad_api::customer_order::{self, CustomerOrder, position};
/// use moysklad_api::query::Expand;
///
/// let paths: [Expand<CustomerOrder>; 3] = [
///     customer_order::AGENT.into(),
///     customer_order::POSITIONS.then(position::ASSORTMENT),
///     "rate.currency".into(),
/// ];
/// ```
pub struct Expand<T> {
    path: String,
    of: PhantomData<fn() -> T>,
}

impl<T> Expand<T> {
    fn new(path: String) -> Self {
        Self {
            path,
            of: PhantomData,
        }
    }

    /// The path as the service reads it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.path
    }

    pub(crate) fn into_path(self) -> String {
        self.path
    }
}

/// Kinds of fields that lead to an object or to several.
pub trait Leads {
    /// Where they lead.
    type To;
}

impl<X> Leads for Reference<X> {
    type To = X;
}

impl<X> Leads for Linked<X> {
    type To = X;
}

impl<T, K: Leads, S> Field<T, K, S> {
    /// Goes on, from the object that the field leads to, to another one.
    #[must_use]
    pub fn then(self, next: impl Into<Expand<K::To>>) -> Expand<T> {
        Expand::new(format!("{}.{}", self.name(), next.into().path))
    }
}

impl<T, K: Leads, S> From<Field<T, K, S>> for Expand<T> {
    fn from(field: Field<T, K, S>) -> Self {
        Self::new(field.name().to_owned())
    }
}

impl<T> From<&str> for Expand<T> {
    fn from(path: &str) -> Self {
        Self::new(path.to_owned())
    }
}

impl<T> From<String> for Expand<T> {
    fn from(path: String) -> Self {
        Self::new(path)
    }
}

impl<T> Clone for Expand<T> {
    fn clone(&self) -> Self {
        Self::new(self.path.clone())
    }
}

impl<T> fmt::Debug for Expand<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Expand({})", self.path)
    }
}
