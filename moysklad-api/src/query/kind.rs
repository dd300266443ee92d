//! Kinds of fields: which values and operators a filter may use with them.

use std::marker::PhantomData;

use rust_decimal::Decimal;
use uuid::Uuid;

use crate::id::Id;
use crate::meta::Ref;
use crate::moment::Moment;
use crate::money::Money;

/// A value as a filter writes it, before escaping.
pub trait Literal {
    /// The value's text.
    fn literal(&self) -> String;
}

impl Literal for String {
    fn literal(&self) -> String {
        self.clone()
    }
}

impl Literal for bool {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Literal for Decimal {
    fn literal(&self) -> String {
        self.normalize().to_string()
    }
}

impl Literal for Uuid {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl<T> Literal for Id<T> {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Literal for Moment {
    fn literal(&self) -> String {
        self.to_string()
    }
}

impl Literal for Money {
    /// The sum in kopecks, as filters count too.
    fn literal(&self) -> String {
        self.kopecks().normalize().to_string()
    }
}

impl<T> Literal for Ref<T> {
    /// The full link, as filters need it.
    fn literal(&self) -> String {
        self.canonical_href().unwrap_or_default()
    }
}

/// What a field holds, as far as filters care.
pub trait Kind {
    /// The values that the field is compared with.
    type Value: Literal;
    /// Whether an object has one value of the field, so different values mean different objects.
    const SINGLE: bool = true;
}

/// Kinds that can be compared by size or time.
pub trait Compared: Kind {}

/// Kinds whose values are searched by their parts.
pub trait Matched: Kind<Value = String> {}

/// Kinds that can be asked for being empty.
pub trait Nullable: Kind {}

/// A text: equal, containing, beginning or ending with.
#[derive(Clone, Copy, Debug)]
pub enum Text {}

impl Kind for Text {
    type Value = String;
}
impl Matched for Text {}
impl Nullable for Text {}

/// Several texts, such as the groups of a counterparty.
#[derive(Clone, Copy, Debug)]
pub enum Texts {}

impl Kind for Texts {
    type Value = String;
    const SINGLE: bool = false;
}
impl Matched for Texts {}
impl Nullable for Texts {}

/// An id, a flag or a word: equal or not.
#[derive(Clone, Copy, Debug)]
pub struct Exact<V>(PhantomData<fn() -> V>);

impl<V: Literal> Kind for Exact<V> {
    type Value = V;
}
impl Nullable for Exact<Uuid> {}

/// A number or a moment: equal, smaller, larger.
#[derive(Clone, Copy, Debug)]
pub struct Ordered<V>(PhantomData<fn() -> V>);

impl<V: Literal> Kind for Ordered<V> {
    type Value = V;
}
impl<V: Literal> Compared for Ordered<V> {}
impl<V: Literal> Nullable for Ordered<V> {}

/// A reference to an `X`: equal or not.
#[derive(Clone, Copy, Debug)]
pub struct Reference<X>(PhantomData<fn() -> X>);

impl<X> Kind for Reference<X> {
    type Value = Ref<X>;
}
impl<X> Nullable for Reference<X> {}

/// References to several `X`, such as the products of an order's positions.
#[derive(Clone, Copy, Debug)]
pub struct References<X>(PhantomData<fn() -> X>);

impl<X> Kind for References<X> {
    type Value = Ref<X>;
    const SINGLE: bool = false;
}

/// A link to an `X`, or to several, that lists can expand and not filter by.
#[derive(Clone, Copy, Debug)]
pub struct Linked<X>(PhantomData<fn() -> X>);

/// A field that lists can be sorted by and not filtered by.
#[derive(Clone, Copy, Debug)]
pub enum Unfiltered {}
