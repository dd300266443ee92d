//! What changed in an object, field by field.

use std::fmt;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use serde_with::DeserializeAs;

use crate::decimal::Number;
use crate::meta::{Meta, Ref, Untyped};
use crate::moment::Moment;
use crate::money::Money;

/// What changed in an object, by field.
///
/// Fields go by the names of the API where it has them, by the service's own otherwise. Their
/// values are read as [`Change`]s when asked for; [`Diff::raw`] has everything as it came.
#[derive(Clone, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Diff(Map<String, Json>);

impl Diff {
    /// How the field changed; none if it did not.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<Change> {
        self.0.get(field).map(Change::read)
    }

    /// The names of the fields that changed.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Everything as the service sent it.
    #[must_use]
    pub const fn raw(&self) -> &Map<String, Json> {
        &self.0
    }
}

/// Shows the fields and not their values, which may be contacts.
impl fmt::Debug for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// How one field changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Change {
    /// From one value to another; a side is absent where there was or is none.
    Value {
        /// What the field held before.
        old: Option<Held>,
        /// What it holds since.
        new: Option<Held>,
    },
    /// Rows of it changed, such as positions (позиции); others stayed.
    Rows(Vec<RowChange>),
    /// In a form that this crate does not know, as it came.
    Other(Json),
}

impl Change {
    fn read(json: &Json) -> Self {
        let known = match json {
            Json::Array(rows) => rows
                .iter()
                .map(RowChange::read)
                .collect::<Option<_>>()
                .map(Self::Rows),
            json => sides(json).map(|(old, new)| Self::Value {
                old: old.map(Held::read),
                new: new.map(Held::read),
            }),
        };
        known.unwrap_or_else(|| Self::Other(json.clone()))
    }

    /// What the field held before, if it holds one value.
    #[must_use]
    pub const fn before(&self) -> Option<&Held> {
        match self {
            Self::Value { old, .. } => old.as_ref(),
            _ => None,
        }
    }

    /// What the field holds since, if it holds one value.
    #[must_use]
    pub const fn after(&self) -> Option<&Held> {
        match self {
            Self::Value { new, .. } => new.as_ref(),
            _ => None,
        }
    }
}

/// Both sides of a change; none if it is no such thing.
fn sides(json: &Json) -> Option<(Option<&Json>, Option<&Json>)> {
    let fields = json.as_object()?;
    let is_side = |name: &String| name == "oldValue" || name == "newValue";
    if fields.is_empty() || !fields.keys().all(is_side) {
        return None;
    }
    let side = |name| fields.get(name).filter(|value| !value.is_null());
    Some((side("oldValue"), side("newValue")))
}

/// What a field held or holds.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Held {
    /// A text, a word or a moment.
    Text(String),
    /// A number; sums are in kopecks.
    Number(Decimal),
    /// Yes or no.
    Flag(bool),
    /// An object: a state, a counterparty…
    Object {
        /// Where the object is.
        reference: Ref<Untyped>,
        /// The object's name.
        name: Option<String>,
    },
    /// A value in a form that this crate does not know, as it came.
    Other(Json),
}

impl Held {
    fn read(json: &Json) -> Self {
        let known = match json {
            Json::String(text) => Some(Self::Text(text.clone())),
            Json::Bool(flag) => Some(Self::Flag(*flag)),
            Json::Number(number) => Number::deserialize_as(number).ok().map(Self::Number),
            Json::Object(fields) => fields.get("meta").and_then(|meta| {
                let meta: Meta = serde_json::from_value(meta.clone()).ok()?;
                let name = fields.get("name").and_then(Json::as_str).map(str::to_owned);
                let reference = Ref::from_meta(meta);
                Some(Self::Object { reference, name })
            }),
            _ => None,
        };
        known.unwrap_or_else(|| Self::Other(json.clone()))
    }

    /// The text, or the name of the object.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object { name, .. } => name.as_deref(),
            _ => None,
        }
    }

    /// The object.
    #[must_use]
    pub const fn reference(&self) -> Option<&Ref<Untyped>> {
        match self {
            Self::Object { reference, .. } => Some(reference),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The number as a sum.
    #[must_use]
    pub fn money(&self) -> Option<Money> {
        self.number().map(Money::from_kopecks)
    }

    /// The text as a moment.
    #[must_use]
    pub fn moment(&self) -> Option<Moment> {
        self.text()?.parse().ok()
    }
}

/// How one row changed; a row without an old side was added, one without a new side removed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RowChange {
    /// The row before.
    pub old: Option<Row>,
    /// The row since.
    pub new: Option<Row>,
}

impl RowChange {
    fn read(json: &Json) -> Option<Self> {
        let row = |side: Option<&Json>| match side {
            None => Some(None),
            Some(Json::Object(fields)) => Some(Some(Row(fields.clone()))),
            Some(_) => None,
        };
        let (old, new) = sides(json)?;
        Some(Self {
            old: row(old)?,
            new: row(new)?,
        })
    }
}

/// A row, such as a position, as it was or is.
#[derive(Clone, Debug, PartialEq)]
pub struct Row(Map<String, Json>);

impl Row {
    /// What the row holds in a field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<Held> {
        self.0.get(field).map(Held::read)
    }

    /// The product, service or other good of a position.
    #[must_use]
    pub fn assortment(&self) -> Option<Held> {
        self.get("assortment")
    }

    /// The quantity of a position.
    #[must_use]
    pub fn quantity(&self) -> Option<Decimal> {
        self.get("quantity")?.number()
    }

    /// The price of a position, for one.
    #[must_use]
    pub fn price(&self) -> Option<Money> {
        self.get("price")?.money()
    }

    /// Everything as the service sent it.
    #[must_use]
    pub const fn raw(&self) -> &Map<String, Json> {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn change(json: Json) -> Change {
        let diff: Diff = serde_json::from_value(json!({ "field": json })).unwrap();
        diff.get("field").unwrap()
    }

    #[test]
    fn values_are_read_by_what_they_are() {
        let object = json!({"meta": {"href": "h", "type": "state"}, "name": "Оплачен"});
        for (json, expected) in [
            (json!("a"), Held::Text("a".to_owned())),
            (json!(254_000.5), Held::Number(Decimal::new(2_540_005, 1))),
            (json!(true), Held::Flag(true)),
            (json!([1]), Held::Other(json!([1]))),
        ] {
            let change = change(json!({"oldValue": json, "newValue": object}));
            assert_eq!(change.before(), Some(&expected));
            assert_eq!(change.after().unwrap().text(), Some("Оплачен"));
            assert!(change.after().unwrap().reference().is_some());
        }
    }

    #[test]
    fn a_side_that_is_absent_or_null_is_none() {
        for json in [
            json!({"newValue": 1}),
            json!({"oldValue": null, "newValue": 1}),
        ] {
            let change = change(json);
            assert_eq!(change.before(), None);
            assert_eq!(
                change.after().unwrap().money(),
                Some(Money::from_kopecks(1.into()))
            );
        }
    }

    #[test]
    fn rows_tell_what_was_added_and_removed() {
        let row = json!({"assortment": {"meta": {}, "name": "Кружка"}, "quantity": 2.0, "price": 125_000.0});
        let Change::Rows(rows) = change(json!([{"oldValue": row}, {"newValue": row}])) else {
            panic!("no rows")
        };

        assert!(rows[0].new.is_none() && rows[1].old.is_none());
        let row = rows[1].new.as_ref().unwrap();
        assert_eq!(row.assortment().unwrap().text(), Some("Кружка"));
        assert_eq!(row.quantity(), Some(2.into()));
        assert_eq!(row.price(), Some(Money::from_kopecks(125_000.into())));
    }

    #[test]
    fn whatever_else_comes_is_kept() {
        for json in [
            json!("text"),
            json!({}),
            json!({"oldValue": 1, "extra": 2}),
            json!([{"oldValue": 1}]),
            json!([3]),
            json!(null),
        ] {
            assert_eq!(change(json.clone()), Change::Other(json));
        }
    }

    #[test]
    fn a_diff_shows_its_fields_and_not_their_values() {
        let diff: Diff =
            serde_json::from_value(json!({"phone": {"newValue": "+79151234567"}})).unwrap();

        assert_eq!(format!("{diff:?}"), r#"{"phone"}"#);
    }
}
