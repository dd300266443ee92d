//! Collections inside objects.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::ListMeta;

/// A collection inside an object: its size always, its rows when the request expanded it.
#[derive(Clone, Debug, PartialEq)]
pub struct Nested<T> {
    meta: ListMeta,
    rows: Option<Vec<T>>,
}

impl<T> Nested<T> {
    /// How many elements the collection has, as far as the service told.
    #[must_use]
    pub fn size(&self) -> Option<u64> {
        let counted = self
            .rows
            .as_ref()
            .and_then(|rows| u64::try_from(rows.len()).ok());
        self.meta.size.or(counted)
    }

    /// The elements, when the request expanded them; possibly fewer than [`Nested::size`].
    #[must_use]
    pub fn rows(&self) -> Option<&[T]> {
        self.rows.as_deref()
    }

    /// What the service told about the collection.
    #[must_use]
    pub const fn meta(&self) -> &ListMeta {
        &self.meta
    }

    /// The elements, given up by the collection.
    #[must_use]
    pub fn into_rows(self) -> Option<Vec<T>> {
        self.rows
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nested<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NestedVisitor(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Field {
    Meta,
    Rows,
    #[serde(other)]
    Other,
}

/// Reads `{meta, rows?}` and, since the documentation shows them too, plain arrays.
struct NestedVisitor<T>(PhantomData<fn() -> T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for NestedVisitor<T> {
    type Value = Nested<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a collection with `meta`, or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Nested<T>, A::Error> {
        let mut meta: Option<ListMeta> = None;
        let mut rows = None;
        while let Some(field) = map.next_key()? {
            match field {
                Field::Meta => meta = map.next_value()?,
                Field::Rows => rows = map.next_value()?,
                Field::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Nested {
            meta: meta.unwrap_or_default(),
            rows,
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Nested<T>, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = seq.next_element()? {
            rows.push(row);
        }
        Ok(Nested {
            meta: ListMeta::default(),
            rows: Some(rows),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_nested_collection_is_read_with_and_without_rows() {
        let get = |json| serde_json::from_value::<Nested<u32>>(json).unwrap();

        assert_eq!(get(json!({"meta": {"size": 7}})).size(), Some(7));
        assert_eq!(
            get(json!({"meta": {"size": 1}, "rows": [5]})).rows(),
            Some(&[5][..])
        );
        assert_eq!(get(json!([5, 6])).size(), Some(2));
    }
}
