//! Conditions of a filter, in the service's grammar.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

/// Keeps some of the `T` in a list; made from a [`Field`](super::Field) or an attribute.
pub struct Condition<T> {
    /// The field, for error texts.
    pub(super) name: String,
    /// Whole conditions of the grammar; several are alternatives on one field.
    pub(super) terms: Vec<String>,
    /// Whether the alternatives may be asked for one by one.
    pub(super) splits: bool,
    /// Why the service would read something else into it.
    pub(super) flaw: Option<&'static str>,
    of: PhantomData<fn() -> T>,
}

impl<T> Condition<T> {
    pub(crate) fn new(name: &str, operator: &str, value: &str) -> Self {
        Self {
            flaw: flaw(operator, value),
            terms: vec![term(name, operator, value)],
            ..Self::without_terms(name)
        }
    }

    pub(super) fn any(name: &str, values: impl Iterator<Item = String>, splits: bool) -> Self {
        let mut seen = HashSet::new();
        let values: Vec<_> = values.filter(|value| seen.insert(value.clone())).collect();
        Self {
            flaw: values.iter().find_map(|value| flaw("=", value)),
            terms: values.iter().map(|value| term(name, "=", value)).collect(),
            splits,
            ..Self::without_terms(name)
        }
    }

    /// Takes conditions that are in the grammar already.
    pub(super) fn raw(text: String) -> Self {
        Self {
            terms: vec![text],
            ..Self::without_terms("raw filter")
        }
    }

    fn without_terms(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            terms: Vec::new(),
            splits: false,
            flaw: None,
            of: PhantomData,
        }
    }
}

fn term(name: &str, operator: &str, value: &str) -> String {
    format!("{name}{operator}{}", value.replace(';', r"\;"))
}

/// Values that make another operator out of the one before them; there is no escape for that.
fn flaw(operator: &str, value: &str) -> Option<&'static str> {
    match (operator, value.chars().next()) {
        ("=", Some('~')) => Some("a value that begins with `~` cannot be compared for equality"),
        ("~", Some('=')) => Some("a value that begins with `=` cannot be searched inside a text"),
        _ => None,
    }
}

impl<T> Clone for Condition<T> {
    fn clone(&self) -> Self {
        Self {
            name: self.name.clone(),
            terms: self.terms.clone(),
            splits: self.splits,
            flaw: self.flaw,
            of: PhantomData,
        }
    }
}

/// Shows the field and not the values, which may be contacts.
impl<T> fmt::Debug for Condition<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Condition({}, {} terms)", self.name, self.terms.len())
    }
}
