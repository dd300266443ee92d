//! Fields by name, and what lists can do with them.

use std::fmt;
use std::marker::PhantomData;

use super::condition::Condition;
use super::kind::{Compared, Kind, Literal, Matched, Nullable};

/// A field of `T` that lists can be filtered by, or, if `S` is [`Sortable`], sorted by.
///
/// Fields that this crate does not name can be made: an entity of one's own does it so.
///
/// ```
/// use moysklad_api::counterparty::{self, Counterparty};
/// use moysklad_api::query::{Condition, Field, Text};
///
/// const OKPO: Field<Counterparty, Text> = Field::new("okpo");
/// let conditions: [Condition<Counterparty>; 3] = [
///     OKPO.is_not_empty(),
///     counterparty::PHONE.starts_with("+7915"),
///     counterparty::ARCHIVED.any_of([true, false]),
/// ];
/// ```
pub struct Field<T, K, S = Fixed> {
    name: &'static str,
    of: PhantomData<Of<T, K, S>>,
}

type Of<T, K, S> = fn() -> (T, K, S);

/// Marks fields that the service can sort by.
#[derive(Clone, Copy, Debug)]
pub enum Sortable {}

/// Marks fields that the service cannot sort by.
#[derive(Clone, Copy, Debug)]
pub enum Fixed {}

impl<T, K, S> Field<T, K, S> {
    /// Names a field as the service spells it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            of: PhantomData,
        }
    }

    /// The field's name as the service spells it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T, K: Kind, S> Field<T, K, S> {
    /// Keeps objects whose field equals the value.
    ///
    /// Several such conditions on one field keep objects that meet any of them.
    #[must_use]
    pub fn eq(self, value: impl Into<K::Value>) -> Condition<T> {
        Condition::new(self.name, "=", &value.into().literal())
    }

    /// Keeps objects whose field differs from the value.
    #[must_use]
    pub fn ne(self, value: impl Into<K::Value>) -> Condition<T> {
        Condition::new(self.name, "!=", &value.into().literal())
    }

    /// Keeps objects whose field equals one of the values; without values, nothing.
    ///
    /// So many values that they pass the service's limit for one request are asked for in
    /// several, where the list can do that.
    #[must_use]
    pub fn any_of<V: Into<K::Value>>(self, values: impl IntoIterator<Item = V>) -> Condition<T> {
        let values = values.into_iter().map(|value| value.into().literal());
        Condition::any(self.name, values, K::SINGLE)
    }
}

impl<T, K: Compared, S> Field<T, K, S> {
    /// Keeps objects whose field is larger or later than the value.
    #[must_use]
    pub fn gt(self, value: impl Into<K::Value>) -> Condition<T> {
        Condition::new(self.name, ">", &value.into().literal())
    }

    /// Keeps objects whose field is the value, or larger or later.
    #[must_use]
    pub fn ge(self, value: impl Into<K::Value>) -> Condition<T> {
        Condition::new(self.name, ">=", &value.into().literal())
    }

    /// Keeps objects whose field is smaller or earlier than the value.
    #[must_use]
    pub fn lt(self, value: impl Into<K::Value>) -> Condition<T> {
        Condition::new(self.name, "<", &value.into().literal())
    }

    /// Keeps objects whose field is the value, or smaller or earlier.
    #[must_use]
    pub fn le(self, value: impl Into<K::Value>) -> Condition<T> {
        Condition::new(self.name, "<=", &value.into().literal())
    }
}

impl<T, K: Matched, S> Field<T, K, S> {
    /// Keeps objects whose field contains the text, in any letter case.
    #[must_use]
    pub fn contains(self, text: impl Into<String>) -> Condition<T> {
        Condition::new(self.name, "~", &text.into())
    }

    /// Keeps objects whose field begins with the text, in any letter case.
    #[must_use]
    pub fn starts_with(self, text: impl Into<String>) -> Condition<T> {
        Condition::new(self.name, "~=", &text.into())
    }

    /// Keeps objects whose field ends with the text, in any letter case.
    #[must_use]
    pub fn ends_with(self, text: impl Into<String>) -> Condition<T> {
        Condition::new(self.name, "=~", &text.into())
    }
}

impl<T, K: Nullable, S> Field<T, K, S> {
    /// Keeps objects whose field has no value.
    #[must_use]
    pub fn is_empty(self) -> Condition<T> {
        Condition::new(self.name, "=", "")
    }

    /// Keeps objects whose field has a value.
    #[must_use]
    pub fn is_not_empty(self) -> Condition<T> {
        Condition::new(self.name, "!=", "")
    }
}

impl<T, K> Field<T, K, Sortable> {
    /// Sorts by the field, smallest or earliest first; objects without a value come last.
    #[must_use]
    pub const fn asc(self) -> Order<T> {
        Order {
            field: self.name,
            direction: "asc",
            of: PhantomData,
        }
    }

    /// Sorts by the field, largest or latest first.
    #[must_use]
    pub const fn desc(self) -> Order<T> {
        Order {
            field: self.name,
            direction: "desc",
            of: PhantomData,
        }
    }
}

impl<T, K, S> Clone for Field<T, K, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, K, S> Copy for Field<T, K, S> {}

impl<T, K, S> fmt::Debug for Field<T, K, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Field({})", self.name)
    }
}

/// One step of a list's order.
pub struct Order<T> {
    pub(super) field: &'static str,
    pub(super) direction: &'static str,
    of: PhantomData<fn() -> T>,
}

impl<T> Order<T> {
    pub(super) const fn by_id() -> Self {
        Self {
            field: "id",
            direction: "asc",
            of: PhantomData,
        }
    }
}

impl<T> Clone for Order<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Order<T> {}

impl<T> fmt::Debug for Order<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Order({},{})", self.field, self.direction)
    }
}
